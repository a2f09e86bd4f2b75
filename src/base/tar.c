/* SPDX-License-Identifier: ISC */
/* ustar: a header of 512 bytes, the data padded to 512, two empty blocks. */
#include "base/tar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

#define BLOCK	512

struct header {
	char	name[TAR_NAME];
	char	mode[8], uid[8], gid[8];
	char	size[12], mtime[12];
	char	sum[8];
	char	type;
	char	link[100];
	char	magic[6], version[2];
	char	owner[32], group[32];
	char	major[8], minor[8];
	char	prefix[155];
	char	pad[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "one block");

/* The sum of the header's bytes, its own field taken as blanks. */
static unsigned
header_sum(const struct header *h)
{
	struct header	 copy = *h;
	const uint8_t	*s = (const uint8_t *)&copy;
	unsigned	 sum = 0;

	memset(copy.sum, ' ', sizeof(copy.sum));
	for (size_t i = 0; i < sizeof(copy); i++) {
		sum += s[i];
	}
	return sum;
}

static int
header_write(const struct tar *tar)
{
	struct header	h = { .type = '0' };

	(void)str_copy(h.name, sizeof(h.name), tar->name);
	memcpy(h.mode, "0000644", 8);
	memcpy(h.uid, "0000000", 8);
	memcpy(h.gid, "0000000", 8);
	(void)snprintf(h.size, sizeof(h.size), "%011llo",
	    (unsigned long long)tar->size);
	(void)snprintf(h.mtime, sizeof(h.mtime), "%011llo",
	    (unsigned long long)tar->at);
	memcpy(h.magic, "ustar", 6);
	memcpy(h.version, "00", 2);
	(void)snprintf(h.sum, sizeof(h.sum), "%06o", header_sum(&h));
	h.sum[7] = ' ';
	return io_write_all(tar->fd, &h, sizeof(h));
}

void
tar_init(struct tar *tar, int fd, int64_t at)
{
	*tar = (struct tar){ .fd = fd, .at = at };
}

static int
tar_seek(int fd, off_t to)
{
	return lseek(fd, to, SEEK_SET) == to ? 0 :
	    err_sys(ERR_IO, _("cannot write the archive"));
}

int
tar_begin(struct tar *tar, const char *name)
{
	tar->size = 0;
	if (!str_copy(tar->name, sizeof(tar->name), name) ||
	    (tar->head = lseek(tar->fd, 0, SEEK_CUR)) < 0) {
		return err_sys(ERR_IO, _("cannot write the archive"));
	}
	return header_write(tar);
}

int
tar_add(struct tar *tar, const void *data, size_t n)
{
	tar->size += (int64_t)n;
	return io_write_all(tar->fd, data, n);
}

int
tar_end(struct tar *tar)
{
	static const char	none[BLOCK];
	size_t			pad = (size_t)(-tar->size & (BLOCK - 1));
	int			r;

	if (tar->size >= INT64_C(1) << 33) {
		return err_set(ERR_TOO_LONG, _("more than 8 GB in one file; "
		    "archive a shorter time"));
	}
	if ((r = io_write_all(tar->fd, none, pad)) != 0 ||
	    (r = tar_seek(tar->fd, tar->head)) != 0 ||
	    (r = header_write(tar)) != 0) {
		return r;
	}
	return tar_seek(tar->fd, tar->head + BLOCK + (off_t)tar->size +
	    (off_t)pad);
}

int
tar_done(struct tar *tar)
{
	static const char	none[2 * BLOCK];

	return io_write_all(tar->fd, none, sizeof(none));
}

static int
tar_bad(void)
{
	return err_set(ERR_CORRUPT, _("this is no archive, or a part of it is "
	    "missing"));
}

int
tar_next(int fd, off_t *at, struct tar_entry *out)
{
	static const struct header	none;
	struct header			h;
	char				number[13];
	off_t				end;

	*out = (struct tar_entry){ .size = 0 };
	if (pread(fd, &h, sizeof(h), *at) != (ssize_t)sizeof(h)) {
		return tar_bad();
	}
	if (memcmp(&h, &none, sizeof(h)) == 0) {
		return ERR_NOT_FOUND;
	}
	memcpy(number, h.sum, sizeof(h.sum));
	number[sizeof(h.sum)] = '\0';
	if (memcmp(h.magic, "ustar", 5) != 0 || (h.type != '0' &&
	    h.type != '\0') || strtoul(number, NULL, 8) != header_sum(&h)) {
		return tar_bad();
	}
	memcpy(number, h.size, sizeof(h.size));
	number[sizeof(h.size)] = '\0';
	out->size = (int64_t)strtoull(number, NULL, 8);
	memcpy(out->name, h.name, sizeof(out->name));
	out->name[sizeof(out->name) - 1] = '\0';
	out->data = *at + BLOCK;
	*at = out->data + (off_t)((out->size + BLOCK - 1) / BLOCK * BLOCK);
	end = lseek(fd, 0, SEEK_END);
	return *at <= end ? 0 : tar_bad();
}
