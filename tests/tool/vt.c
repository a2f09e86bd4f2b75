/* SPDX-License-Identifier: ISC */
/*
 * A terminal with a script: runs a command on a pseudo-terminal, types, waits
 * and looks at the screen as a person would.
 *
 *	vt [-t TERM] [-s COLSxROWS] [-c CHARSET] [-b BAUD] -- COMMAND [ARG...]
 *
 * TERM is xterm-256color unless said, the size 80x24, the character set utf8
 * (also latin9, latin1, ascii: bytes go both ways in it, and the command sees
 * COMPTOIR_CHARSET and a C locale).  BAUD limits how fast output is read.
 * wyse60 is understood by a translation of its own; the rest is libvterm.
 *
 * The script comes on stdin, one order a line; # begins a comment.  TEXT is
 * "quoted" with \r \n \t \e \\ \" \xHH, or one bare word.
 *
 *	send TEXT		type it
 *	key NAME...		F1..F12 Up Down Left Right Home End PgUp PgDn
 *				Enter Tab BackTab Esc Backspace Delete Ctrl-X
 *				KP0..KP9: what this TERM's keys send now
 *	wait TEXT [SECONDS]	until it is on the screen (10 s)
 *	waitnot TEXT [SECONDS]	until it is not
 *	expect TEXT, refuse TEXT	is it there now, is it not
 *	row N TEXT		row N (from 0) has TEXT; without TEXT: print it
 *	cursor ROW COL		the cursor is there
 *	bold TEXT, reverse TEXT	it is shown so
 *	golden FILE		the screen is exactly this (made when absent
 *				and VT_GOLDEN is set)
 *	screen			print the screen
 *	save FILE		write the screen there
 *	quiet MS		until nothing has come for so long
 *	during MS		read for exactly so long
 *	run COMMAND		a shell command that must succeed
 *	freeze, thaw		read nothing at all until thawed
 *	bytes			print how many bytes came, count from 0
 *	most N [TEXT]		no more than N came; then count from 0
 *	raw TEXT, rawnot TEXT	these bytes came, or did not, since then
 *	slow BAUD		from now on; 0: as fast as it comes
 *	resize COLSxROWS
 *	signal NAME		to the command (TERM, HUP, KILL, STOP, CONT…)
 *	close			hang up
 *	exit STATUS [SECONDS]	the command ends so (128 + signal when killed)
 *	pid			print the command's process id
 *	note TEXT		name the checks that follow
 *	print TEXT		a line of the caller's, between screens
 *
 * Each check prints "ok - …" or "not ok - …" (with the screen); the status is
 * 0 when all held, 1 when one did not, 2 for a script in error.  A shell test
 * uses it through vt() of tests/lib.sh, which numbers the lines.
 */
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>
/* After vterm.h: term.h makes macros of short words. */
#include <curses.h>
#include <term.h>

#include "base/utf8.h"

#define WAIT_MS		30000
#define WORDS		32

struct vt {
	VTerm		*vterm;
	VTermScreen	*screen;
	int		 rows, cols;
	const char	*term;
	enum charset	 charset;
	bool		 wyse;
	unsigned char	 esc[8];	/* a Wyse sequence being collected */
	size_t		 esc_len;
	int		 fd;
	pid_t		 pid;
	bool		 eof, reaped, frozen;
	int		 status;
	long		 baud;
	double		 allowance;	/* bytes that may be read now */
	int64_t		 filled_ms;
	struct buf	 raw;		/* since the last count */
	int64_t		 last_ms;	/* of the last byte */
	char		 note[128];
	int		 failed;
	int		 line;
};

static int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* ---- what the command prints -------------------------------------------- */

static void
vt_utf8(struct vt *v, const char *bytes, size_t n)
{
	vterm_input_write(v->vterm, bytes, n);
}

static void
vt_glyph(struct vt *v, unsigned char byte)
{
	char		enc[5];
	uint32_t	c = byte;

	if (byte >= 0xa0 && v->charset != CHARSET_UTF8) {
		c = charset_char(v->charset, byte);
		vt_utf8(v, enc, utf8_put(c, enc));
		return;
	}
	vt_utf8(v, (const char *)&byte, 1);
}

/* How many bytes a Wyse 60 sequence has, by what is known of it; 0: more. */
static size_t
wyse_length(const unsigned char *e, size_t n)
{
	if (n < 2) {
		return 0;
	}
	switch (e[1]) {
	case '=':
		return 4;
	case 'c':
	case 'e':
		return e[1] == 'e' && n > 2 && e[2] == '(' ? 4 :
		    e[1] == 'c' && n > 2 && (e[2] == 'B' || e[2] == 'C') ?
		    4 : 3;
	case 'G': case '`': case 'w': case 'd': case 'H': case '~':
	case 'A': case 'x':
		return 3;
	default:
		return 2;
	}
}

/* A Wyse 60's own language said in ANSI. */
static void
wyse_say(struct vt *v, const unsigned char *e)
{
	char	out[32] = "";

	switch (e[1]) {
	case '=':
		snprintf(out, sizeof(out), "\033[%d;%dH", e[2] - 31,
		    e[3] - 31);
		break;
	case '{': snprintf(out, sizeof(out), "\033[H"); break;
	case 'T': case 't': snprintf(out, sizeof(out), "\033[K"); break;
	case 'Y': case 'y': snprintf(out, sizeof(out), "\033[J"); break;
	case '+': case '*':
		snprintf(out, sizeof(out), "\033[2J\033[H");
		break;
	case 'E': snprintf(out, sizeof(out), "\033[L"); break;
	case 'R': snprintf(out, sizeof(out), "\033[M"); break;
	case 'Q': snprintf(out, sizeof(out), "\033[@"); break;
	case 'W': snprintf(out, sizeof(out), "\033[P"); break;
	case 'q': snprintf(out, sizeof(out), "\033[4h"); break;
	case 'r': snprintf(out, sizeof(out), "\033[4l"); break;
	case 'j': snprintf(out, sizeof(out), "\033M"); break;
	case '(': snprintf(out, sizeof(out), "\033[22m"); break;
	case ')': snprintf(out, sizeof(out), "\033[1m"); break;
	case 'G':
		/* bits: 1 blank, 2 blink, 4 reverse, 8 underline, @ dim */
		snprintf(out, sizeof(out), "\033[0%s%s%s%sm",
		    e[2] & 0x40 ? ";1" : "", e[2] & 8 ? ";4" : "",
		    e[2] & 2 ? ";5" : "", e[2] & 4 ? ";7" : "");
		break;
	case '`':
		if (e[2] == '0' || e[2] == '1') {
			snprintf(out, sizeof(out), "\033[?25%c",
			    e[2] == '1' ? 'h' : 'l');
		}
		break;
	default:
		break;		/* set-up that shows nothing */
	}
	vt_utf8(v, out, strlen(out));
}

static void
wyse_byte(struct vt *v, unsigned char b)
{
	char		move[32] = "\033[A";
	VTermPos	pos;

	if (v->esc_len > 0) {
		size_t	want;

		v->esc[v->esc_len++] = b;
		want = wyse_length(v->esc, v->esc_len);
		if (want > 0 && v->esc_len >= want) {
			v->esc_len = 0;
			wyse_say(v, v->esc);
		}
		return;
	}
	vterm_state_get_cursorpos(vterm_obtain_state(v->vterm), &pos);
	switch (b) {
	case 0x1b:
		v->esc[0] = b;
		v->esc_len = 1;
		break;
	case 0x0b:
		/* Up from the first row is the last one (terminfo's ll). */
		if (pos.row == 0) {
			snprintf(move, sizeof(move), "\033[%d;%dH", v->rows,
			    pos.col + 1);
		}
		vt_utf8(v, move, strlen(move));
		break;
	case 0x08:
		if (pos.col == 0 && pos.row > 0) {
			snprintf(move, sizeof(move), "\033[%d;%dH", pos.row,
			    v->cols);
			vt_utf8(v, move, strlen(move));
		} else {
			vt_utf8(v, "\b", 1);
		}
		break;
	case 0x0c:
		vt_utf8(v, "\033[C", 3);
		break;
	case 0x1a:
		vt_utf8(v, "\033[2J\033[H", 7);
		break;
	case 0x1e:
		vt_utf8(v, "\033[H", 3);
		break;
	case 0:
		break;
	default:
		vt_glyph(v, b);
		/* It wraps at once, not with the next character. */
		if (b >= 0x20 && pos.col == v->cols - 1) {
			vt_utf8(v, "\r\n", 2);
		}
	}
}

static void
vt_output(struct vt *v, const char *bytes, size_t n)
{
	buf_add(&v->raw, bytes, n);
	v->last_ms = now_ms();
	if (!v->wyse && v->charset == CHARSET_UTF8) {
		vt_utf8(v, bytes, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (v->wyse) {
			wyse_byte(v, (unsigned char)bytes[i]);
		} else {
			vt_glyph(v, (unsigned char)bytes[i]);
		}
	}
}

/* ---- the pseudo-terminal ------------------------------------------------ */

static void
vt_reap(struct vt *v, int flags)
{
	int	st;

	if (!v->reaped && waitpid(v->pid, &st, flags) == v->pid) {
		v->reaped = true;
		v->status = WIFSIGNALED(st) ? 128 + WTERMSIG(st) :
		    WEXITSTATUS(st);
	}
}

/* Bytes the line can carry now; refilled by time. */
static size_t
vt_allowed(struct vt *v)
{
	int64_t	now = now_ms();

	if (v->baud == 0) {
		return 8192;
	}
	v->allowance += (double)(now - v->filled_ms) * (double)v->baud /
	    10000.0;
	v->filled_ms = now;
	if (v->allowance > 64) {
		v->allowance = 64;
	}
	return (size_t)v->allowance;
}

/* Read what comes for up to `ms`; true when something did. */
static bool
vt_pump(struct vt *v, int ms)
{
	struct pollfd	p = { .fd = v->fd, .events = POLLIN };
	char		b[8192];
	size_t		most;
	ssize_t		n;

	if (v->eof || v->frozen) {
		struct timespec	ts = { .tv_nsec = 5000000 };

		nanosleep(&ts, NULL);
		return false;
	}
	most = vt_allowed(v);
	if (most == 0) {
		struct timespec	ts = { .tv_nsec = 5000000 };

		nanosleep(&ts, NULL);
		return true;
	}
	if (poll(&p, 1, ms) <= 0) {
		return false;
	}
	n = read(v->fd, b, most < sizeof(b) ? most : sizeof(b));
	if (n <= 0) {
		if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			return false;
		}
		v->eof = true;		/* EIO: the command has left the pty */
		return false;
	}
	v->allowance -= (double)n;
	vt_output(v, b, (size_t)n);
	return true;
}

/* Type, reading meanwhile: neither side may block the other. */
static void
vt_write(struct vt *v, const char *bytes, size_t n)
{
	int64_t	until = now_ms() + 60000;

	while (n > 0 && !v->eof && now_ms() < until) {
		ssize_t	w = write(v->fd, bytes, n);

		if (w > 0) {
			bytes += w;
			n -= (size_t)w;
		} else if (errno != EAGAIN && errno != EINTR) {
			return;
		}
		if (n > 0) {
			vt_pump(v, 5);
		}
	}
}

/* What the terminal answers by itself, and keys of the emulation. */
static void
vt_answer(const char *bytes, size_t n, void *arg)
{
	vt_write(arg, bytes, n);
}

static void
vt_start(struct vt *v, char **argv)
{
	struct winsize	ws = { .ws_row = (unsigned short)v->rows,
	    .ws_col = (unsigned short)v->cols };

	v->pid = forkpty(&v->fd, NULL, NULL, &ws);
	if (v->pid < 0) {
		perror("vt: forkpty");
		exit(2);
	}
	if (v->pid == 0) {
		setenv("TERM", v->term, 1);
		setenv("COMPTOIR_CHARSET", charset_name(v->charset), 1);
		setenv("LC_ALL",
		    v->charset == CHARSET_UTF8 ? "C.UTF-8" : "C", 1);
		unsetenv("LINES");
		unsetenv("COLUMNS");
		unsetenv("TERMINFO");
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	fcntl(v->fd, F_SETFL, O_NONBLOCK);
	fcntl(v->fd, F_SETFD, FD_CLOEXEC);
	v->filled_ms = v->last_ms = now_ms();
}

/* ---- the screen as text ------------------------------------------------- */

static void
vt_row(struct vt *v, int row, struct buf *out)
{
	size_t	end = 0;

	buf_clear(out);
	for (int col = 0; col < v->cols; col++) {
		VTermScreenCell	cell;
		VTermPos	pos = { .row = row, .col = col };
		char		enc[5];

		if (!vterm_screen_get_cell(v->screen, pos, &cell)) {
			break;
		}
		if (cell.chars[0] == (uint32_t)-1) {
			continue;	/* right half of a wide one */
		}
		if (cell.chars[0] == 0) {
			buf_chr(out, ' ');
			continue;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL &&
		    cell.chars[i] != 0; i++) {
			buf_add(out, enc, utf8_put(cell.chars[i], enc));
		}
		if (cell.chars[0] != ' ') {
			end = out->len;
		}
	}
	if (out->len > 0) {
		out->len = end;
		out->data[end] = '\0';
	}
}

static void
vt_text(struct vt *v, struct buf *out)
{
	struct buf	row = { 0 };

	buf_clear(out);
	for (int i = 0; i < v->rows; i++) {
		vt_row(v, i, &row);
		buf_str(out, buf_text(&row));
		buf_chr(out, '\n');
	}
	buf_done(&row);
}

static void
vt_dump(struct vt *v, const char *prefix)
{
	struct buf	row = { 0 };

	for (int i = 0; i < v->rows; i++) {
		vt_row(v, i, &row);
		printf("%s|%s\n", prefix, buf_text(&row));
	}
	buf_done(&row);
}

/* Row and column where a text stands; false: nowhere. */
static bool
vt_find(struct vt *v, const char *text, int *row, int *col)
{
	struct buf	b = { 0 };
	bool		found = false;

	for (int i = 0; i < v->rows && !found; i++) {
		const char	*at;

		vt_row(v, i, &b);
		if ((at = strstr(buf_text(&b), text)) != NULL) {
			char	*head = strndup(b.data, (size_t)(at - b.data));

			*row = i;
			*col = utf8_cols(head);
			free(head);
			found = true;
		}
	}
	buf_done(&b);
	return found;
}

static bool
vt_shows(struct vt *v, const char *text)
{
	int	row, col;

	return vt_find(v, text, &row, &col);
}

/* ---- checks ------------------------------------------------------------- */

static void
vt_check(struct vt *v, bool good, const char *verb, const char *text)
{
	printf("%s - %s%s%s %s\n", good ? "ok" : "not ok", v->note,
	    v->note[0] != '\0' ? ": " : "", verb, text);
	if (!good) {
		v->failed++;
		printf("# line %d of the script; the screen:\n", v->line);
		vt_dump(v, "# ");
	}
	fflush(stdout);
}

static bool
vt_wait(struct vt *v, const char *text, bool there, int64_t ms)
{
	int64_t	until = now_ms() + ms;

	/* What has come already is looked at first. */
	while (v->baud == 0 && vt_pump(v, 0)) {
		continue;
	}
	for (;;) {
		if (vt_shows(v, text) == there) {
			/* Not a half-painted screen that shows it by chance:
			 * still so once nothing more comes. */
			if (!vt_pump(v, 10)) {
				return true;
			}
			continue;
		}
		if (now_ms() >= until || (v->eof && v->reaped)) {
			return false;
		}
		vt_pump(v, 20);
		vt_reap(v, WNOHANG);
	}
}

static bool
vt_exit(struct vt *v, int64_t ms)
{
	int64_t	until = now_ms() + ms;

	while (!v->reaped && now_ms() < until) {
		vt_pump(v, 20);
		vt_reap(v, WNOHANG);
	}
	while (!v->eof && !v->frozen && vt_pump(v, 0)) {
		continue;
	}
	return v->reaped;
}

static bool
vt_styled(struct vt *v, const char *text, bool reverse)
{
	VTermScreenCell	cell;
	VTermPos	pos;

	return vt_find(v, text, &pos.row, &pos.col) &&
	    vterm_screen_get_cell(v->screen, pos, &cell) &&
	    (reverse ? cell.attrs.reverse : cell.attrs.bold);
}

static void
vt_golden(struct vt *v, const char *path)
{
	struct buf	text = { 0 }, want = { 0 };

	vt_text(v, &text);
	if (access(path, F_OK) != 0 && getenv("VT_GOLDEN") != NULL) {
		vt_check(v, io_write_file(path, 0644, text.data, text.len) ==
		    0, "made", path);
	} else {
		bool	same = io_read_file(path, 100000, &want) == 0 &&
		    strcmp(buf_text(&want), buf_text(&text)) == 0;

		vt_check(v, same, "golden", path);
		if (!same) {
			printf("# wanted:\n%s", buf_text(&want));
		}
	}
	buf_done(&text);
	buf_done(&want);
}

/* ---- keys --------------------------------------------------------------- */

/* What terminfo lacks is sent as the hardware does.  Arrows and the keypad
 * are libvterm's (an ANSI terminal's depend on the mode it was set to). */
static const struct {
	const char	*name, *cap, *ansi;
	VTermKey	 vterm;
} vt_keys[] = {
	{ "Up", "kcuu1", "\033[A", VTERM_KEY_UP },
	{ "Down", "kcud1", "\033[B", VTERM_KEY_DOWN },
	{ "Right", "kcuf1", "\033[C", VTERM_KEY_RIGHT },
	{ "Left", "kcub1", "\033[D", VTERM_KEY_LEFT },
	{ "Home", "khome", "\033[1~", VTERM_KEY_NONE },
	{ "End", "kend", "\033[4~", VTERM_KEY_NONE },
	{ "PgUp", "kpp", "\033[5~", VTERM_KEY_NONE },
	{ "PgDn", "knp", "\033[6~", VTERM_KEY_NONE },
	{ "Delete", "kdch1", "\033[3~", VTERM_KEY_NONE },
	{ "Backspace", "kbs", "\177", VTERM_KEY_NONE },
	{ "BackTab", "kcbt", "\033[Z", VTERM_KEY_NONE },
	{ "Enter", NULL, "\r", VTERM_KEY_NONE },
	{ "Tab", NULL, "\t", VTERM_KEY_NONE },
	{ "Esc", NULL, "\033", VTERM_KEY_NONE },
	{ "F1", "kf1", "\033[11~", VTERM_KEY_NONE },
	{ "F2", "kf2", "\033[12~", VTERM_KEY_NONE },
	{ "F3", "kf3", "\033[13~", VTERM_KEY_NONE },
	{ "F4", "kf4", "\033[14~", VTERM_KEY_NONE },
	{ "F5", "kf5", "\033[15~", VTERM_KEY_NONE },
	{ "F6", "kf6", "\033[17~", VTERM_KEY_NONE },
	{ "F7", "kf7", "\033[18~", VTERM_KEY_NONE },
	{ "F8", "kf8", "\033[19~", VTERM_KEY_NONE },
	{ "F9", "kf9", "\033[20~", VTERM_KEY_NONE },
	{ "F10", "kf10", "\033[21~", VTERM_KEY_NONE },
	{ "F11", "kf11", "\033[23~", VTERM_KEY_NONE },
	{ "F12", "kf12", "\033[24~", VTERM_KEY_NONE },
};

static bool
vt_key(struct vt *v, const char *name)
{
	if (strncmp(name, "KP", 2) == 0 && isdigit((unsigned char)name[2])) {
		vterm_keyboard_key(v->vterm,
		    (VTermKey)(VTERM_KEY_KP_0 + (name[2] - '0')),
		    VTERM_MOD_NONE);
		return true;
	}
	if (strncasecmp(name, "Ctrl-", 5) == 0 && name[5] != '\0') {
		char	c = (char)(name[5] & 0x1f);

		vt_write(v, &c, 1);
		return true;
	}
	for (size_t i = 0; i < NELEM(vt_keys); i++) {
		const char	*send = vt_keys[i].ansi, *cap;

		if (strcasecmp(vt_keys[i].name, name) != 0) {
			continue;
		}
		if (!v->wyse && vt_keys[i].vterm != VTERM_KEY_NONE) {
			vterm_keyboard_key(v->vterm, vt_keys[i].vterm,
			    VTERM_MOD_NONE);
			return true;
		}
		if (vt_keys[i].cap != NULL) {
			cap = tigetstr(vt_keys[i].cap);
			if (cap != NULL && cap != (char *)-1) {
				send = cap;
			}
		}
		vt_write(v, send, strlen(send));
		return true;
	}
	return false;
}

/* ---- the script --------------------------------------------------------- */

/* The next word or quoted text of a line, unescaped in place; NULL at its
 * end.  *len is given because a text may hold NUL. */
static char *
script_word(char **line, size_t *len)
{
	char	*p = *line, *start, *to;
	bool	 quoted;

	while (*p == ' ' || *p == '\t') {
		p++;
	}
	if (*p == '\0' || *p == '#') {
		return NULL;
	}
	quoted = *p == '"';
	start = to = quoted ? ++p : p;
	while (*p != '\0' && (quoted ? *p != '"' : *p != ' ')) {
		if (*p != '\\' || p[1] == '\0') {
			*to++ = *p++;
			continue;
		}
		p++;
		switch (*p) {
		case 'r': *to++ = '\r'; break;
		case 'n': *to++ = '\n'; break;
		case 't': *to++ = '\t'; break;
		case 'e': *to++ = '\033'; break;
		case 'x': {
			char	hex[3] = { 0 };

			hex[0] = p[1];
			hex[1] = hex[0] != '\0' ? p[2] : '\0';
			*to++ = (char)strtol(hex, NULL, 16);
			p += strlen(hex);
			break;
		}
		default:
			*to++ = *p;
		}
		p++;
	}
	if (*p != '\0') {
		p++;
	}
	*line = p;
	*len = (size_t)(to - start);
	*to = '\0';
	return start;
}

static const struct {
	const char	*name;
	int		 number;
} vt_signals[] = {
	{ "HUP", SIGHUP }, { "INT", SIGINT }, { "QUIT", SIGQUIT },
	{ "KILL", SIGKILL }, { "USR1", SIGUSR1 }, { "TERM", SIGTERM },
	{ "STOP", SIGSTOP }, { "CONT", SIGCONT }, { "WINCH", SIGWINCH },
};

static bool
vt_signal(struct vt *v, const char *name)
{
	for (size_t i = 0; i < NELEM(vt_signals); i++) {
		if (strcmp(vt_signals[i].name, name) == 0) {
			kill(v->pid, vt_signals[i].number);
			return true;
		}
	}
	return false;
}

static bool
vt_size(const char *text, int *rows, int *cols)
{
	return sscanf(text, "%dx%d", cols, rows) == 2 && *rows > 0 &&
	    *rows < 500 && *cols > 0 && *cols < 500;
}

/* Typed text, in the terminal's own character set. */
static void
vt_send(struct vt *v, const char *text, size_t len)
{
	struct buf	b = { 0 };
	bool		bytes = v->charset == CHARSET_UTF8;
	uint32_t	c;

	for (const char *p = text; (c = utf8_next(&p)) != 0;) {
		bytes = bytes || c == UTF8_BAD;	/* meant as they stand */
	}
	if (bytes) {
		vt_write(v, text, len);
		return;
	}
	charset_encode(v->charset, text, &b);
	vt_write(v, b.data, b.len);
	buf_done(&b);
}

static bool
vt_resize(struct vt *v, const char *size)
{
	struct winsize	ws = { 0 };

	if (!vt_size(size, &v->rows, &v->cols)) {
		return false;
	}
	vterm_set_size(v->vterm, v->rows, v->cols);
	ws.ws_row = (unsigned short)v->rows;
	ws.ws_col = (unsigned short)v->cols;
	return ioctl(v->fd, TIOCSWINSZ, &ws) == 0;
}

static bool
vt_raw(struct vt *v, const char *text, size_t len)
{
	return v->raw.len > 0 &&
	    memmem(v->raw.data, v->raw.len, text, len) != NULL;
}

/* Orders that look at the screen. */
static bool
vt_look(struct vt *v, const char *verb, char *a, size_t len, char *b)
{
	int64_t	ms = b != NULL ? (int64_t)(atof(b) * 1000) : WAIT_MS;
	char	what[64];

	if (strcmp(verb, "wait") == 0) {
		vt_check(v, vt_wait(v, a, true, ms), verb, a);
	} else if (strcmp(verb, "waitnot") == 0) {
		vt_check(v, vt_wait(v, a, false, ms), verb, a);
	} else if (strcmp(verb, "expect") == 0) {
		vt_check(v, vt_wait(v, a, true, 0), verb, a);
	} else if (strcmp(verb, "refuse") == 0) {
		vt_check(v, vt_wait(v, a, false, 0), verb, a);
	} else if (strcmp(verb, "bold") == 0) {
		vt_check(v, vt_styled(v, a, false), verb, a);
	} else if (strcmp(verb, "reverse") == 0) {
		vt_check(v, vt_styled(v, a, true), verb, a);
	} else if (strcmp(verb, "golden") == 0) {
		vt_golden(v, a);
	} else if (strcmp(verb, "raw") == 0) {
		vt_check(v, vt_raw(v, a, len), verb, "bytes");
	} else if (strcmp(verb, "rawnot") == 0) {
		vt_check(v, !vt_raw(v, a, len), verb, "bytes");
	} else if (strcmp(verb, "row") == 0) {
		struct buf	row = { 0 };

		vt_row(v, (int)strtol(a, NULL, 10), &row);
		if (b == NULL) {
			printf("# %s\n", buf_text(&row));
		} else {
			vt_check(v, strstr(buf_text(&row), b) != NULL,
			    "row has", b);
		}
		buf_done(&row);
	} else if (strcmp(verb, "cursor") == 0 && b != NULL) {
		VTermPos	pos;

		vterm_state_get_cursorpos(vterm_obtain_state(v->vterm), &pos);
		snprintf(what, sizeof(what), "%s %s (%d %d)", a, b, pos.row,
		    pos.col);
		vt_check(v, pos.row == strtol(a, NULL, 10) &&
		    pos.col == strtol(b, NULL, 10), verb, what);
	} else if (strcmp(verb, "most") == 0) {
		snprintf(what, sizeof(what), "%s bytes (%zu)%s%.20s", a,
		    v->raw.len, b != NULL ? " " : "", b != NULL ? b : "");
		vt_check(v, (long)v->raw.len <= strtol(a, NULL, 10),
		    "at most", what);
		buf_clear(&v->raw);
	} else if (strcmp(verb, "exit") == 0) {
		bool	over = vt_exit(v, ms);

		snprintf(what, sizeof(what), "%s (%s %d)", a,
		    over ? "was" : "still running,", v->status);
		vt_check(v, over && v->status == strtol(a, NULL, 10), verb,
		    what);
	} else {
		return false;
	}
	return true;
}

static void
vt_quiet(struct vt *v, int ms)
{
	int64_t	from = now_ms(), until = from + 60000;

	/* Time of silence counts from here at the earliest. */
	if (v->last_ms < from) {
		v->last_ms = from;
	}
	while (!v->eof && now_ms() < until && now_ms() - v->last_ms < ms) {
		vt_pump(v, ms);
	}
}

/* Orders that do something. */
static bool
vt_do(struct vt *v, const char *verb, char *a, size_t len)
{
	if (strcmp(verb, "send") == 0 && a != NULL) {
		vt_send(v, a, len);
	} else if (strcmp(verb, "screen") == 0) {
		vt_dump(v, "# ");
	} else if (strcmp(verb, "save") == 0 && a != NULL) {
		struct buf	b = { 0 };

		vt_text(v, &b);
		if (io_write_file(a, 0644, buf_text(&b), b.len) != 0) {
			return false;
		}
		buf_done(&b);
	} else if (strcmp(verb, "quiet") == 0 && a != NULL) {
		vt_quiet(v, (int)strtol(a, NULL, 10));
	} else if (strcmp(verb, "during") == 0 && a != NULL) {
		int64_t	until = now_ms() + strtol(a, NULL, 10);

		while (now_ms() < until) {
			vt_pump(v, (int)(until - now_ms()));
		}
	} else if (strcmp(verb, "run") == 0 && a != NULL) {
		vt_check(v, system(a) == 0, verb, a);
	} else if (strcmp(verb, "freeze") == 0) {
		v->frozen = true;
	} else if (strcmp(verb, "thaw") == 0) {
		v->frozen = false;
	} else if (strcmp(verb, "bytes") == 0) {
		printf("# bytes %zu\n", v->raw.len);
		buf_clear(&v->raw);
	} else if (strcmp(verb, "slow") == 0 && a != NULL) {
		v->baud = strtol(a, NULL, 10);
		v->allowance = 0;
		v->filled_ms = now_ms();
	} else if (strcmp(verb, "resize") == 0 && a != NULL) {
		return vt_resize(v, a);
	} else if (strcmp(verb, "signal") == 0 && a != NULL) {
		return vt_signal(v, a);
	} else if (strcmp(verb, "close") == 0) {
		close(v->fd);
		v->eof = true;
		v->fd = -1;
	} else if (strcmp(verb, "pid") == 0) {
		printf("# pid %d\n", (int)v->pid);
	} else if (strcmp(verb, "note") == 0 && a != NULL) {
		(void)str_copy(v->note, sizeof(v->note), a);
	} else if (strcmp(verb, "print") == 0 && a != NULL) {
		printf("# %s\n", a);
	} else {
		return false;
	}
	return true;
}

static bool
vt_order(struct vt *v, char *line)
{
	size_t	 n, len = 0;
	char	*verb = script_word(&line, &n), *a, *b;

	if (verb == NULL) {
		return true;
	}
	if (strcmp(verb, "key") == 0) {
		while ((a = script_word(&line, &n)) != NULL) {
			if (!vt_key(v, a)) {
				return false;
			}
		}
		return true;
	}
	a = script_word(&line, &len);
	b = a != NULL ? script_word(&line, &n) : NULL;
	fflush(stdout);
	return (a != NULL && vt_look(v, verb, a, len, b)) ||
	    vt_do(v, verb, a, len);
}

static int
vt_script(struct vt *v)
{
	char	*line = NULL;
	size_t	 size = 0;
	ssize_t	 n;

	while ((n = getline(&line, &size, stdin)) > 0) {
		v->line++;
		if (line[n - 1] == '\n') {
			line[n - 1] = '\0';
		}
		if (!vt_order(v, line)) {
			printf("not ok - script line %d: %s\n", v->line, line);
			free(line);
			return 2;
		}
	}
	free(line);
	return v->failed > 0;
}

static void
vt_usage(void)
{
	fprintf(stderr, "usage: vt [-t TERM] [-s COLSxROWS] [-c CHARSET] "
	    "[-b BAUD] -- COMMAND [ARG...]\n");
	exit(2);
}

int
main(int argc, char **argv)
{
	struct vt	v = { .rows = 24, .cols = 80, .fd = -1,
	    .term = "xterm-256color", .charset = CHARSET_UTF8 };
	int		ch, err, status;

	/* Who drives a script by a pipe wants each line as it is known. */
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	while ((ch = getopt(argc, argv, "+t:s:c:b:")) != -1) {
		switch (ch) {
		case 't':
			v.term = optarg;
			break;
		case 's':
			if (!vt_size(optarg, &v.rows, &v.cols)) {
				vt_usage();
			}
			break;
		case 'c':
			if (charset_find(optarg, &v.charset) != 0) {
				vt_usage();
			}
			break;
		case 'b':
			v.baud = strtol(optarg, NULL, 10);
			break;
		default:
			vt_usage();
		}
	}
	if (optind >= argc) {
		vt_usage();
	}
	signal(SIGPIPE, SIG_IGN);
	v.wyse = strncmp(v.term, "wy", 2) == 0;
	/* An unknown TERM is a case to test: keys are then xterm's. */
	if (setupterm(v.term, STDOUT_FILENO, &err) != 0) {
		(void)setupterm("xterm-256color", STDOUT_FILENO, &err);
	}
	v.vterm = vterm_new(v.rows, v.cols);
	vterm_set_utf8(v.vterm, 1);
	vterm_output_set_callback(v.vterm, vt_answer, &v);
	v.screen = vterm_obtain_screen(v.vterm);
	vterm_screen_enable_altscreen(v.screen, 1);
	vterm_screen_reset(v.screen, 1);
	vt_start(&v, argv + optind);
	status = vt_script(&v);
	if (v.fd >= 0) {
		close(v.fd);
	}
	if (!v.reaped) {
		/* A test that ends early leaves nothing behind. */
		vt_reap(&v, WNOHANG);
		if (!v.reaped) {
			kill(v.pid, SIGHUP);
			for (int i = 0; i < 200 && !v.reaped; i++) {
				struct timespec	ts = { .tv_nsec = 10000000 };

				nanosleep(&ts, NULL);
				vt_reap(&v, WNOHANG);
			}
		}
		if (!v.reaped) {
			kill(v.pid, SIGKILL);
			vt_reap(&v, 0);
		}
	}
	vterm_free(v.vterm);
	buf_done(&v.raw);
	return status;
}
