/* SPDX-License-Identifier: ISC */
/* Bytes that grow, strings that do not overflow, files written whole. */
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

void
buf_room(struct buf *b, size_t more)
{
	size_t	want = b->len + more + 1;

	if (want <= b->size) {
		return;
	}
	if (want < more) {
		fatal("a buffer would pass the address space");
	}
	b->size = b->size < 128 ? 128 : b->size;
	while (b->size < want) {
		b->size *= 2;
	}
	b->data = xrealloc(b->data, b->size, 1);
}

void
buf_done(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL) {
		b->data[0] = '\0';
	}
}

void
buf_add(struct buf *b, const void *data, size_t n)
{
	buf_room(b, n);
	if (n > 0) {
		memcpy(b->data + b->len, data, n);
	}
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_chr(struct buf *b, char c)
{
	buf_room(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list	ap, again;
	size_t	room;
	int	n;

	/* Most fits where the last came to be: once is enough. */
	buf_room(b, 0);
	room = b->size - b->len;
	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(b->data + b->len, room, fmt, ap);
	va_end(ap);
	if (n > 0 && (size_t)n >= room) {
		buf_room(b, (size_t)n);
		(void)vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	b->len += n > 0 ? (size_t)n : 0;
	b->data[b->len] = '\0';
}

const char *
buf_text(const struct buf *b)
{
	return b->data == NULL ? "" : b->data;
}

char *
buf_take(struct buf *b)
{
	char	*text = b->data == NULL ? xstrdup("") : b->data;

	*b = (struct buf){ 0 };
	return text;
}

/* End the text of dst[size], full or not, at a whole character. */
static void
str_mend(char *dst, size_t size)
{
	size_t	end = size - 1, start = end;

	while (start > 0 && ((unsigned char)dst[start - 1] & 0xc0) == 0x80) {
		start--;
	}
	if (start > 0 && ((unsigned char)dst[start - 1] & 0xc0) == 0xc0) {
		unsigned char	lead = (unsigned char)dst[start - 1];
		size_t		need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

		if (end - (start - 1) < need) {
			end = start - 1;
		}
	}
	dst[end] = '\0';
}

bool
str_copy(char *dst, size_t size, const char *src)
{
	size_t	n = strlen(src);

	if (size == 0) {
		return false;
	}
	if (n < size) {
		memcpy(dst, src, n + 1);
		return true;
	}
	memcpy(dst, src, size - 1);
	dst[size - 1] = '\0';
	str_mend(dst, size);
	return false;
}

bool
str_fmt(char *dst, size_t size, const char *fmt, ...)
{
	va_list	ap;
	int	n;

	if (size == 0) {
		return false;
	}
	va_start(ap, fmt);
	n = vsnprintf(dst, size, fmt, ap);
	va_end(ap);
	if (n < 0) {
		dst[0] = '\0';
		return false;
	}
	if ((size_t)n < size) {
		return true;
	}
	str_mend(dst, size);
	return false;
}

bool
str_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
str_listed(const char *list, const char *word)
{
	size_t	n = strlen(word);

	while (*list != '\0') {
		size_t	len = strcspn(list, " ,");

		if (len == n && strncmp(list, word, n) == 0) {
			return true;
		}
		list += len;
		list += strspn(list, " ,");
	}
	return false;
}

int
str_to_i64(const char *s, int64_t min, int64_t max, int64_t *out)
{
	char		*end;
	long long	 v;

	*out = 0;
	if (s[0] == '\0' || strspn(s, "-0123456789") != strlen(s)) {
		return err_set(ERR_INVALID, _("%.40s is no whole number"), s);
	}
	errno = 0;
	v = strtoll(s, &end, 10);
	if (*end != '\0') {
		return err_set(ERR_INVALID, _("%.40s is no whole number"), s);
	}
	if (errno == ERANGE || v < min || v > max) {
		return err_set(ERR_RANGE,
		    _("%.40s is not between %lld and %lld"), s,
		    (long long)min, (long long)max);
	}
	*out = v;
	return 0;
}

void
str_hex(const void *data, size_t n, char *hex)
{
	static const char	 digits[] = "0123456789abcdef";
	const unsigned char	*p = data;

	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[p[i] >> 4];
		hex[2 * i + 1] = digits[p[i] & 15];
	}
	hex[2 * n] = '\0';
}

static int
io_errno(const char *what)
{
	int	code = errno == ENOSPC || errno == EDQUOT ? ERR_FULL :
	    errno == EROFS ? ERR_READONLY : ERR_IO;

	return err_sys(code, "%s", what);
}

int
io_write_all(int fd, const void *data, size_t n)
{
	const char	*p = data;

	while (n > 0) {
		ssize_t	w = write(fd, p, n);

		if (w < 0) {
			if (errno == EINTR) {
				continue;
			}
			return io_errno(_("writing failed"));
		}
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

int
io_read_all(int fd, size_t limit, struct buf *out)
{
	char	chunk[8192];

	for (;;) {
		ssize_t	r = read(fd, chunk, sizeof(chunk));

		if (r < 0) {
			if (errno == EINTR) {
				continue;
			}
			return io_errno(_("reading failed"));
		}
		if (r == 0) {
			return 0;
		}
		if (out->len + (size_t)r > limit) {
			return err_set(ERR_TOO_LONG,
			    _("more than %zu bytes; split it"), limit);
		}
		buf_add(out, chunk, (size_t)r);
	}
}

int
io_read_file(const char *path, size_t limit, struct buf *out)
{
	int	fd = open(path, O_RDONLY | O_CLOEXEC), r;

	if (fd < 0) {
		return err_sys(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
		    _("cannot read %s"), path);
	}
	r = io_read_all(fd, limit, out);
	(void)close(fd);
	return r;
}

static int
io_sync_dir(const char *path)
{
	char	copy[PATH_MAX];
	int	fd, r = 0;

	if (!str_copy(copy, sizeof(copy), path)) {
		return err_set(ERR_TOO_LONG, _("path too long: %.80s"), path);
	}
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0) {
		r = io_errno(_("cannot sync a directory"));
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

int
io_write_file(const char *path, mode_t mode, const void *data, size_t n)
{
	char	temp[PATH_MAX];
	int	fd, r;

	if (!str_fmt(temp, sizeof(temp), "%s.new.%d", path, (int)getpid())) {
		return err_set(ERR_TOO_LONG, _("path too long: %.80s"), path);
	}
	fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
	    mode);
	if (fd < 0) {
		return io_errno(path);
	}
	r = io_write_all(fd, data, n);
	if (r == 0 && fsync(fd) != 0) {
		r = io_errno(path);
	}
	if (close(fd) != 0 && r == 0) {
		r = io_errno(path);
	}
	if (r == 0 && rename(temp, path) != 0) {
		r = io_errno(path);
	}
	if (r != 0) {
		(void)unlink(temp);
		return r;
	}
	return io_sync_dir(path);
}
