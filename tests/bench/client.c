/* SPDX-License-Identifier: ISC */
/* Programs at a terminal, driven and timed; and samples of such times. */
#include "bench.h"

#include <sys/ioctl.h>
#include <sys/syscall.h>
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
#include "base/utf8.h"

#define ROWS		24
#define COLS		80

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

/* What the terminal says by itself. */
static void
client_answer(const char *bytes, size_t n, void *ctx)
{
	struct client	*c = ctx;

	if (io_write_all(c->fd, bytes, n) != 0) {
		die("cannot answer: %s", strerror(errno));
	}
}

/* The line as a serial one of that speed would say it. */
static void
client_speed(speed_t speed)
{
	struct termios	t;

	if (tcgetattr(0, &t) == 0 && cfsetspeed(&t, speed) == 0) {
		(void)tcsetattr(0, TCSANOW, &t);
	}
}

void
client_start(struct client *c, const char *const *argv, const char *term,
    speed_t speed)
{
	struct winsize	size = { .ws_row = ROWS, .ws_col = COLS };

	*c = (struct client){ 0 };
	c->pid = forkpty(&c->fd, NULL, NULL, &size);
	if (c->pid < 0) {
		die("no pty: %s", strerror(errno));
	}
	if (c->pid == 0) {
		client_speed(speed);
		(void)setenv("TERM", term, 1);
		(void)execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	c->vterm = vterm_new(ROWS, COLS);
	vterm_set_utf8(c->vterm, 1);
	vterm_output_set_callback(c->vterm, client_answer, c);
	c->screen = vterm_obtain_screen(c->vterm);
	vterm_screen_enable_altscreen(c->screen, 1);
	vterm_screen_reset(c->screen, 1);
}

/* A row as text; cells of nothing are spaces, so that columns count. */
static void
client_row(struct client *c, int row, char out[static COLS * 4 + 1])
{
	for (int col = 0; col < COLS; col++) {
		VTermPos	pos = { .row = row, .col = col };
		VTermScreenCell	cell;

		if (!vterm_screen_get_cell(c->screen, pos, &cell) ||
		    cell.chars[0] == 0) {
			*out++ = ' ';
		} else if (cell.chars[0] != (uint32_t)-1) {
			out += utf8_put(cell.chars[0], out);
		}
	}
	*out = '\0';
}

/* All of the screen, for one who must say what is wrong with it. */
static NORETURN void
client_die(struct client *c, const char *what)
{
	char	text[COLS * 4 + 1];

	for (int row = 0; row < ROWS; row++) {
		client_row(c, row, text);
		(void)fprintf(stderr, "|%s|\n", text);
	}
	die("%s", what);
}

bool
client_hear(struct client *c, double ms)
{
	struct pollfd	p = { .fd = c->fd, .events = POLLIN };
	char		data[16384];
	ssize_t		n;

	if (poll(&p, 1, (int)(ms + 0.999)) <= 0) {
		return false;
	}
	n = read(c->fd, data, sizeof(data));
	if (n <= 0) {
		client_die(c, "the client has ended");
	}
	c->heard = now_ms();
	c->bytes += (size_t)n;
	(void)vterm_input_write(c->vterm, data, (size_t)n);
	return true;
}

void
client_send(struct client *c, const char *bytes)
{
	if (io_write_all(c->fd, bytes, strlen(bytes)) != 0) {
		die("cannot type: %s", strerror(errno));
	}
}

bool
client_shows(struct client *c, int row, int col, const char *text)
{
	char	all[COLS * 4 + 1];

	client_row(c, row, all);
	/* Columns are bytes up to col: what is before it there is ASCII. */
	return col < 0 ? strstr(all, text) != NULL :
	    str_starts(all + col, text);
}

double
client_until(struct client *c, int row, int col, const char *text)
{
	double	until = now_ms() + BENCH_WAIT_MS;

	while (!client_shows(c, row, col, text)) {
		if (now_ms() > until || !client_hear(c, until - now_ms())) {
			(void)fprintf(stderr, "row %d never shows: %s\n", row,
			    text);
			client_die(c, "an answer did not come");
		}
	}
	return c->heard;
}

void
client_quiet(struct client *c, int quiet_ms)
{
	while (client_hear(c, quiet_ms)) {
		continue;
	}
}

/* Is it in ppoll(2), which a session calls to wait for the next key? */
static bool
client_sleeps(struct client *c)
{
	char		path[64];
	struct buf	call = { 0 };
	bool		sleeps;

	(void)str_fmt(path, sizeof(path), "/proc/%d/syscall", (int)c->pid);
	if (io_read_file(path, 4096, &call) != 0) {
		die("cannot read %s: be root", path);
	}
	sleeps = strtol(buf_text(&call), NULL, 10) == SYS_ppoll;
	buf_done(&call);
	return sleeps;
}

void
client_rest(struct client *c)
{
	double	until = now_ms() + BENCH_WAIT_MS;

	/* Asleep, and nothing on its way when it already was. */
	while (!client_sleeps(c) || client_hear(c, 0)) {
		if (now_ms() > until) {
			client_die(c, "the session does not rest");
		}
		(void)client_hear(c, 1);
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
	vterm_free(c->vterm);
}
