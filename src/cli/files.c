/* SPDX-License-Identifier: ISC */
/* … import FILE and … export [FILE], the same of all that has rows. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shop/product.h"

void
call_bad_line(void *ctx, int64_t line, const char *why)
{
	(void)ctx;
	(void)fprintf(stderr, _("line %lld: %s\n"), (long long)line, why);
}

int
call_how(const struct call *call, unsigned *how)
{
	const char	*encoding = call_option(call, "encoding");

	*how = call_option(call, "dry-run") != NULL ? IMPORT_DRY : 0;
	if (encoding == NULL || strcmp(encoding, "utf8") == 0) {
		return 0;
	}
	*how |= IMPORT_LATIN1;
	return strcmp(encoding, "latin1") == 0 ? 0 :
	    err_set(ERR_USAGE, _("--encoding is utf8 or latin1"));
}

/* By `read`, or by `read_of` that one. */
static int
files_read(struct call *call, int at, call_reader *read,
    call_reader_of *read_of, int64_t of)
{
	unsigned	how;
	int64_t		lines;
	int		fd, r;

	if ((r = call_how(call, &how)) != 0 ||
	    (r = call_open(call, call_arg(call, at), false, &fd)) != 0) {
		return r;
	}
	r = read != NULL ? read(call->shop, fd, how, call_bad_line, NULL,
	    &lines) : read_of(call->shop, of, fd, how, call_bad_line, NULL,
	    &lines);
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	if (r == 0) {
		call_say(call, (how & IMPORT_DRY) != 0 ? ngettext(
		    "%lld line read; nothing stored (dry run)",
		    "%lld lines read; nothing stored (dry run)",
		    (unsigned long)lines) : ngettext("%lld line read",
		    "%lld lines read", (unsigned long)lines),
		    (long long)lines);
	}
	return r;
}

int
call_import(struct call *call, call_reader *read)
{
	return files_read(call, 0, read, NULL, 0);
}

int
call_import_of(struct call *call, int64_t of, call_reader_of *read)
{
	return files_read(call, 1, NULL, read, of);
}

static int
files_write(struct call *call, int at, const struct buf *text)
{
	int	fd, r;

	if ((r = call_open(call, call_arg(call, at), true, &fd)) != 0) {
		return r;
	}
	r = io_write_all(fd, text->data, text->len);
	if (fd != STDOUT_FILENO && close(fd) != 0 && r == 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), call_arg(call, at));
	}
	return r;
}

int
call_export(struct call *call, call_writer *write)
{
	struct buf	text = { 0 };
	int		r;

	if ((r = write(call->shop, call_option(call, "json") != NULL,
	    &text)) == 0) {
		r = files_write(call, 0, &text);
	}
	buf_done(&text);
	return r;
}

int
call_export_of(struct call *call, int64_t of, int at, call_writer_of *write)
{
	struct buf	text = { 0 };
	int		r;

	if ((r = write(call->shop, of, call_option(call, "json") != NULL,
	    &text)) == 0) {
		r = files_write(call, at, &text);
	}
	buf_done(&text);
	return r;
}
