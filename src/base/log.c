/* SPDX-License-Identifier: ISC */
/* Structured log lines, each written with one write(2) so that lines of
 * several processes never mix. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

static int log_fd = STDERR_FILENO;
static enum log_level log_most = LOG_LEVEL_INFO;
static char log_program[32] = "comptoir";
static void (*log_sink)(enum log_level, const char *);

static const char *const log_names[] = { "error", "warn", "info", "debug" };

void
log_open(const char *program, enum log_level most)
{
	(void)snprintf(log_program, sizeof(log_program), "%s", program);
	log_most = most;
}

int
log_open_file(const char *path)
{
	int	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
	    0640);

	if (fd < 0) {
		return err_sys(ERR_IO, _("cannot write the log %s"), path);
	}
	log_close();
	log_fd = fd;
	return 0;
}

void
log_close(void)
{
	if (log_fd != STDERR_FILENO && log_fd >= 0) {
		(void)close(log_fd);
	}
	log_fd = STDERR_FILENO;
}

void
log_to(void (*sink)(enum log_level level, const char *text))
{
	log_sink = sink;
}

int
log_level_find(const char *name, enum log_level *out)
{
	*out = LOG_LEVEL_INFO;
	for (size_t i = 0; i < NELEM(log_names); i++) {
		if (strcmp(log_names[i], name) == 0) {
			*out = (enum log_level)i;
			return 0;
		}
	}
	return err_set(ERR_INVALID,
	    _("%.20s is no log level; use error, warn, info or debug"), name);
}

void
log_set_level(enum log_level most)
{
	log_most = most;
}

static void
log_line(enum log_level level, const char *text)
{
	char	line[1024], when[CLOCK_ISO_SIZE];
	ssize_t	done;
	int	n, saved = errno;

	clock_iso(clock_now_ms(), when);
	n = snprintf(line, sizeof(line) - 1, "%s %s %s[%d]: %s", when,
	    log_names[level], log_program, (int)getpid(), text);
	if (n < 0) {
		return;
	}
	if ((size_t)n > sizeof(line) - 2) {
		n = (int)sizeof(line) - 2;
	}
	/* A name typed by a stranger must not be able to forge a line. */
	for (int i = 0; i < n; i++) {
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f) {
			line[i] = '?';
		}
	}
	line[n] = '\n';
	done = write(log_fd, line, (size_t)n + 1);
	(void)done;		/* a full disk must not stop the till */
	errno = saved;
}

void
log_write(enum log_level level, const char *fmt, ...)
{
	va_list	ap;
	char	text[900];

	if (level > log_most) {
		return;
	}
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (log_sink != NULL) {
		log_sink(level, text);
		return;
	}
	log_line(level, text);
}

void
log_err(int code, const char *fmt, ...)
{
	va_list	ap;
	char	text[400];

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_write(LOG_LEVEL_ERROR, "%s: %s (%s)", text, err_text(code),
	    err_name(code));
}
