/* SPDX-License-Identifier: ISC */
/* The one list of errors, and the last exact words said about one. */
#include "base/base.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
	const char	*name;
	const char	*text;
	int		 status;
} err_table[ERR_COUNT_] = {
	[0] = { "OK", N_("done"), 0 },
#define X(name, status, text) [ERR_##name##_] = { #name, text, status },
	ERRS(X)
#undef X
};

/* Like errno: meaningful only right after a call that failed. */
static int err_last_code;
static char err_last_text[512];

static size_t
err_index(int code)
{
	size_t	i = code < 0 ? (size_t)-(int64_t)code : 0;

	if (code > 0 || i >= ERR_COUNT_) {
		return ERR_BUG_;
	}
	return i;
}

int
err_set(int code, const char *fmt, ...)
{
	va_list	ap;
	char	text[sizeof(err_last_text)];

	/* Through a local copy: an argument may be err_text() itself; and it
	 * may be what a stranger's file has, which no terminal is to obey. */
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	(void)utf8_clean(err_last_text, sizeof(err_last_text), text);
	err_last_code = code;
	return code;
}

int
err_sys(int code, const char *fmt, ...)
{
	va_list	ap;
	char	text[256];
	int	saved = errno;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(code, "%s: %s", text, strerror(saved));
}

const char *
err_text(int code)
{
	if (code != 0 && code == err_last_code) {
		return err_last_text;
	}
	return _(err_table[err_index(code)].text);
}

const char *
err_name(int code)
{
	return err_table[err_index(code)].name;
}

int
err_status(int code)
{
	return err_table[err_index(code)].status;
}
