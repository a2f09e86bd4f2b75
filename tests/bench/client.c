/* SPDX-License-Identifier: ISC */
/* Programs at a terminal, driven and timed; and samples of such times. */
#include "bench.h"

#include <sys/ioctl.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define WAIT_MS		20000

void
die(const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	(void)fputs("bench: ", stderr);
	(void)vfprintf(stderr, fmt, ap);
	(void)fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

double
now_ms(void)
{
	struct timespec	ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

void
sample(struct samples *s, double value)
{
	if (s->n == s->size) {
		s->size = s->size == 0 ? 256 : s->size * 2;
		s->v = xrealloc(s->v, s->size, sizeof(s->v[0]));
	}
	s->v[s->n++] = value;
}

static int
sample_order(const void *a, const void *b)
{
	double	x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
percentile(struct samples *s, double p)
{
	size_t	at;

	if (s->n == 0) {
		return 0;
	}
	qsort(s->v, s->n, sizeof(s->v[0]), sample_order);
	at = (size_t)((double)(s->n - 1) * p / 100 + 0.5);
	return s->v[at];
}

double
median(struct samples *s)
{
	return percentile(s, 50);
}

void
samples_done(struct samples *s)
{
	free(s->v);
	*s = (struct samples){ 0 };
}

void
client_start(struct client *c, const char *const *argv, const char *term)
{
	struct winsize	size = { .ws_row = 24, .ws_col = 80 };

	*c = (struct client){ 0 };
	c->pid = forkpty(&c->fd, NULL, NULL, &size);
	if (c->pid < 0) {
		die("no pty: %s", strerror(errno));
	}
	if (c->pid == 0) {
		(void)setenv("TERM", term, 1);
		(void)execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
}

/* One read within `ms`; false when nothing came. */
static bool
client_read(struct client *c, double ms)
{
	struct pollfd	p = { .fd = c->fd, .events = POLLIN };
	char		data[16384];
	ssize_t		n;

	if (poll(&p, 1, (int)(ms + 0.999)) <= 0) {
		return false;
	}
	n = read(c->fd, data, sizeof(data));
	if (n <= 0) {
		die("the client has ended: %.200s", buf_text(&c->out));
	}
	buf_add(&c->out, data, (size_t)n);
	return true;
}

void
client_send(struct client *c, const char *bytes)
{
	buf_clear(&c->out);
	if (io_write_all(c->fd, bytes, strlen(bytes)) != 0) {
		die("cannot type: %s", strerror(errno));
	}
}

size_t
client_quiet(struct client *c, int quiet_ms)
{
	while (client_read(c, quiet_ms)) {
		continue;
	}
	return c->out.len;
}

double
client_ask(struct client *c, const char *bytes, int quiet_ms)
{
	double	start, took;

	start = now_ms();
	client_send(c, bytes);
	if (!client_read(c, WAIT_MS)) {
		die("no answer to key %02x; last: %.200s", bytes[0],
		    buf_text(&c->out));
	}
	took = now_ms() - start;
	(void)client_quiet(c, quiet_ms);
	return took;
}

void
client_wait(struct client *c, const char *text)
{
	double	until = now_ms() + WAIT_MS;

	while (strstr(buf_text(&c->out), text) == NULL) {
		if (now_ms() > until || !client_read(c, until - now_ms())) {
			die("never came: %s; but: %.2000s", text,
			    buf_text(&c->out));
		}
	}
}

void
client_stop(struct client *c)
{
	(void)close(c->fd);
	(void)kill(c->pid, SIGHUP);
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR) {
		continue;
	}
	buf_done(&c->out);
}
