/* SPDX-License-Identifier: ISC */
/* … import FILE and … export [FILE], the same of all that has rows. */
#include "cli/command.h"

#include <stdio.h>
#include <unistd.h>

static void
files_bad_line(void *ctx, int64_t line, const char *why)
{
	(void)ctx;
	(void)fprintf(stderr, _("line %lld: %s\n"), (long long)line, why);
}

int
call_import(struct call *call, call_reader *read)
{
	bool	dry = call_option(call, "dry-run") != NULL;
	int64_t	lines;
	int	fd, r;

	if ((r = call_open(call, call_arg(call, 0), false, &fd)) != 0) {
		return r;
	}
	r = read(call->shop, fd, dry, files_bad_line, NULL, &lines);
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	if (r == 0) {
		call_say(call, dry ? _("%lld lines read; nothing stored (dry "
		    "run)") : _("%lld lines read"), (long long)lines);
	}
	return r;
}

int
call_export(struct call *call, call_writer *write)
{
	struct buf	text = { 0 };
	int		fd, r;

	if ((r = write(call->shop, call_option(call, "json") != NULL,
	    &text)) == 0 && (r = call_open(call, call_arg(call, 0), true,
	    &fd)) == 0) {
		r = io_write_all(fd, text.data, text.len);
		if (fd != STDOUT_FILENO && close(fd) != 0 && r == 0) {
			r = err_sys(ERR_IO, _("cannot write %s"),
			    call_arg(call, 0));
		}
	}
	buf_done(&text);
	return r;
}
