/* SPDX-License-Identifier: ISC */
/* ncurses at arm's length: a grid of cells whose difference is sent. */
#include "term/tty.h"

#include <sys/ioctl.h>

#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "term/theme_curses.h"
#include <term.h>

#include "base/mem.h"
#include "term/row.h"

#define TTY_ROWS_MAX	200
#define TTY_COLS_MAX	500

struct tty {
	SCREEN		*screen;
	FILE		*file;
	int		 fd;
	struct termios	 before;
	bool		 restore;
	char		 term[48];
	enum charset	 charset;
	bool		 colour;
	bool		 slow;
	bool		 fixed;		/* size given, not the tty's */
	int		 cursor_row, cursor_col;
	int		 cursor_shown;	/* as last sent */
	/* Cells that may hold something, row by row: blank ones are not
	 * blanked again, for ncurses would compare them all. */
	short		 used[TTY_ROWS_MAX];
	struct row	 row[TTY_ROWS_MAX];
};

/* ncurses works on one terminal at a time; a test may have two. */
static const struct tty	*tty_used;

static void
tty_use(const struct tty *t)
{
	if (tty_used != t) {
		(void)set_term(t->screen);
		tty_used = t;
	}
}

/* Used when terminfo knows nothing of a name that begins so; the last one is
 * tried for everything. */
static const struct {
	const char	*head, *term;
} tty_families[] = {
	{ "xterm", "xterm" }, { "rxvt", "xterm" }, { "putty", "xterm" },
	{ "alacritty", "xterm" }, { "kitty", "xterm" }, { "foot", "xterm" },
	{ "tmux", "screen" }, { "screen", "screen" }, { "linux", "linux" },
	{ "vt1", "vt100" }, { "vt", "vt220" }, { "ansi", "ansi" },
	{ "", "vt100" }, { "", "ansi" },
};

/*
 * ncurses draws what the process's LC_CTYPE can.  UTF-8 is native.  For the
 * 8-bit sets it is "C", where a wide character below 256 goes out as that
 * byte; tty_cells() gives it bytes, so Latin-9 works the same way.
 */
static void
tty_locale(enum charset set)
{
	(void)setlocale(LC_CTYPE, set == CHARSET_UTF8 ? "C.UTF-8" : "C");
}

static SCREEN *
tty_try(struct tty *t, const char *term)
{
	SCREEN	*screen = newterm(term, t->file, stdin);

	/* It has turned to it, or to nothing of ours. */
	tty_used = screen != NULL ? t : NULL;
	if (screen != NULL) {
		(void)str_copy(t->term, sizeof(t->term), term);
	}
	return screen;
}

/* Before anything is opened or sent. */
static int
tty_refuse(const char *term)
{
	if (strcmp(term, "dumb") != 0 && strcmp(term, "unknown") != 0 &&
	    term[0] != '\0') {
		return 0;
	}
	return err_set(ERR_CONFIG, _("this terminal (TERM=%.20s) cannot show "
	    "screens; use another, or: comptoir --help"), term);
}

/*
 * The promised terminals' descriptions come along, for a machine without
 * ncurses-term: "terminfo" beside the program (a build tree), else where
 * `make install` puts it.  The empty name before is the system's own.
 */
static void
tty_descriptions(void)
{
	char	 dirs[PATH_MAX + 1] = ":";
	ssize_t	 n = readlink("/proc/self/exe", dirs + 1, PATH_MAX - 1);
	char	*slash;

	dirs[n > 0 ? n + 1 : 1] = '\0';
	if ((slash = strrchr(dirs, '/')) == NULL ||
	    !str_copy(slash, sizeof(dirs) - (size_t)(slash - dirs),
	    "/terminfo") || access(dirs + 1, R_OK) != 0) {
		(void)str_copy(dirs, sizeof(dirs), ":" SHAREDIR "/terminfo");
	}
	(void)setenv("TERMINFO_DIRS", dirs, 0);
}

/*
 * Where bytes are cheap, the description without relative moves, if there is
 * one: to find the shortest of all ways takes ncurses longer than to paint.
 */
static SCREEN *
tty_try_plain(struct tty *t, const char *term)
{
	char	name[sizeof(t->term)];
	SCREEN	*screen;

	if (t->slow || !str_fmt(name, sizeof(name), "%s+abs", term)) {
		return NULL;
	}
	screen = tty_try(t, name);
	if (screen != NULL) {
		(void)str_copy(t->term, sizeof(t->term), term);
	}
	return screen;
}

static int
tty_newterm(struct tty *t, const char *term)
{
	tty_descriptions();
	t->screen = tty_try_plain(t, term);
	if (t->screen == NULL) {
		t->screen = tty_try(t, term);
	}
	for (size_t i = 0; t->screen == NULL && i < NELEM(tty_families); i++) {
		if (str_starts(term, tty_families[i].head)) {
			t->screen = tty_try(t, tty_families[i].term);
		}
	}
	if (t->screen == NULL) {
		return err_set(ERR_CONFIG, _("no description of terminal "
		    "%.20s; install ncurses-term or set TERM=vt100"), term);
	}
	if (cursor_address == NULL) {
		delscreen(t->screen);
		t->screen = NULL;
		return err_set(ERR_CONFIG, _("terminal %.20s cannot move its "
		    "cursor; set TERM=vt100 or use another"), term);
	}
	return 0;
}

static void
tty_raw(struct tty *t)
{
	struct termios	raw;

	if (t->fd < 0 || tcgetattr(t->fd, &t->before) != 0) {
		return;
	}
	t->restore = true;
	raw = t->before;
	/* Flow control stays as the line has it: a VT or Wyse needs ^S ^Q.
	 * Elsewhere a slip on ^S must not freeze the till. */
	if (!t->slow) {
		raw.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
	}
	raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK |
	    ISTRIP | PARMRK);
	raw.c_iflag |= IGNBRK;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	(void)tcsetattr(t->fd, TCSANOW, &raw);
}

/*
 * Until it has once come back from endwin(), ncurses writes at each move of the
 * cursor.  Every such piece would wake the door and travel as a packet of its
 * own; so it goes there and back, to where nobody sees it, and from then on a
 * painting is one write.
 */
static int
tty_whole(struct tty *t)
{
	int	fd = fileno(t->file), null, keep;

	/* What newterm() has to say, and a blank screen. */
	(void)refresh();
	null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	keep = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (null < 0 || keep < 0 || dup3(null, fd, O_CLOEXEC) < 0) {
		goto fail;
	}
	(void)endwin();
	(void)refresh();
	if (dup3(keep, fd, O_CLOEXEC) < 0) {
		goto fail;
	}
	(void)close(null);
	(void)close(keep);
	return 0;
fail:
	(void)err_sys(ERR_SYSTEM, _("cannot open the terminal"));
	if (null >= 0) {
		(void)close(null);
	}
	if (keep >= 0) {
		(void)close(keep);
	}
	return ERR_SYSTEM;
}

int
tty_open(const struct tty_config *config, struct tty **out)
{
	struct tty	*t;
	int		 fd, r;

	*out = NULL;
	if ((r = tty_refuse(config->term)) != 0) {
		return r;
	}
	t = xcalloc(1, sizeof(*t));
	t->fd = config->fd;
	t->charset = config->charset;
	t->cursor_shown = 1;
	fd = t->fd >= 0 ? fcntl(t->fd, F_DUPFD_CLOEXEC, 3) :
	    open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || (t->file = fdopen(fd, "w")) == NULL) {
		if (fd >= 0) {
			(void)close(fd);
		}
		free(t);
		return err_sys(ERR_SYSTEM, _("cannot open the terminal"));
	}
	t->slow = config->slow;
	tty_locale(t->charset);
	/* Nobody suspends a till; found so, ncurses leaves the signal alone
	 * instead of guarding each painting against it. */
	if (t->fd >= 0) {
		(void)signal(SIGTSTP, SIG_IGN);
	}
	/* ncurses spins on a line that does not block (libserialport's). */
	if (t->fd >= 0) {
		(void)fcntl(t->fd, F_SETFL, fcntl(t->fd, F_GETFL) &
		    ~O_NONBLOCK);
	}
	/* Saved before ncurses touches the line, restored after it. */
	if (t->fd >= 0 && tcgetattr(t->fd, &t->before) == 0) {
		t->restore = true;
	}
	/* The profile's size, not that of a LINES left in the environment. */
	use_env(FALSE);
	use_tioctl(t->fd >= 0 ? TRUE : FALSE);
	if ((r = tty_newterm(t, config->term)) != 0) {
		tty_close(t, false);
		return r;
	}
	if (t->fd >= 0 && (r = tty_whole(t)) != 0) {
		tty_close(t, false);
		return r;
	}
	tty_raw(t);
	t->colour = theme_init(config->mono);
	(void)typeahead(-1);
	(void)idlok(stdscr, TRUE);
	(void)leaveok(stdscr, FALSE);
	if (config->rows > 0 && config->cols > 0) {
		t->fixed = true;
		tty_resize(t, config->rows, config->cols);
	}
	/* A keypad somebody left in application mode would send F-keys. */
	if (t->fd >= 0 && keypad_local != NULL &&
	    io_write_all(t->fd, keypad_local, strlen(keypad_local)) != 0) {
		tty_close(t, false);
		return err_sys(ERR_CLOSED, _("cannot write to the terminal"));
	}
	*out = t;
	return 0;
}

/* Could a write go out now?  A frozen terminal must not hold up an end. */
static bool
tty_writable(const struct tty *t)
{
	struct pollfd	p = { .fd = t->fd, .events = POLLOUT };

	return t->fd < 0 || (poll(&p, 1, 200) == 1 &&
	    (p.revents & POLLOUT) != 0);
}

void
tty_close(struct tty *t, bool alive)
{
	if (t == NULL) {
		return;
	}
	if (t->screen != NULL) {
		tty_use(t);
		if (alive && tty_writable(t)) {
			(void)endwin();
		}
		delscreen(t->screen);
		tty_used = NULL;
	}
	if (t->restore) {
		if (!alive) {
			(void)tcflush(t->fd, TCOFLUSH);
		}
		(void)tcsetattr(t->fd, TCSANOW, &t->before);
	}
	for (size_t i = 0; i < NELEM(t->row); i++) {
		row_done(&t->row[i]);
	}
	if (t->file != NULL) {
		(void)fclose(t->file);
	}
	free(t);
}

const char *
tty_term(const struct tty *t)
{
	return t->term;
}

int
tty_rows(const struct tty *t)
{
	tty_use(t);
	return LINES;
}

int
tty_cols(const struct tty *t)
{
	tty_use(t);
	return COLS;
}

void
tty_resize(struct tty *t, int rows, int cols)
{
	tty_use(t);
	rows = rows < 3 ? 3 : rows > TTY_ROWS_MAX ? TTY_ROWS_MAX : rows;
	cols = cols < 10 ? 10 : cols > TTY_COLS_MAX ? TTY_COLS_MAX : cols;
	if (is_term_resized(rows, cols)) {
		(void)resize_term(rows, cols);
		(void)clearok(curscr, TRUE);
		for (size_t i = 0; i < NELEM(t->used); i++) {
			t->used[i] = TTY_COLS_MAX;
			row_forget(&t->row[i]);
		}
	}
}

bool
tty_measure(struct tty *t)
{
	struct winsize	ws;
	int		rows = tty_rows(t), cols = COLS;

	if (t->fixed || t->fd < 0 || ioctl(t->fd, TIOCGWINSZ, &ws) != 0 ||
	    ws.ws_row == 0 || ws.ws_col == 0) {
		return false;
	}
	tty_resize(t, ws.ws_row, ws.ws_col);
	return rows != LINES || cols != COLS;
}

const char *
tty_key(const char *name)
{
	/* ncurses' prototype lacks the const it keeps. */
	char		 copy[16];
	const char	*s;

	(void)str_copy(copy, sizeof(copy), name);
	s = tigetstr(copy);
	return s == (const char *)-1 ? NULL : s;
}

static void
tty_blank(struct tty *t, int row, int col, int n)
{
	if (col >= t->used[row]) {
		return;
	}
	if (col + n >= t->used[row]) {
		(void)move(row, col);
		(void)clrtoeol();
		t->used[row] = (short)col;
		return;
	}
	(void)mvhline(row, col, ' ', n);
}

void
tty_clear(struct tty *t, int row, int col, int n)
{
	tty_use(t);
	if (row < 0 || row >= LINES || col < 0 || col >= COLS || n <= 0) {
		return;
	}
	if (col == 0 && n >= COLS) {
		row_begin(&t->row[row]);
	} else if (t->row[row].begun) {
		row_clear(&t->row[row], col, n);
	} else {
		row_forget(&t->row[row]);
		tty_blank(t, row, col, n);
	}
}

/*
 * One character as this terminal will get it: wide characters for ncurses
 * (bytes as such in an 8-bit set), and the columns they take.
 */
static int
tty_cells(const struct tty *t, uint32_t c, wchar_t out[static 8], int *n)
{
	int	byte, i;

	*n = 0;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
		return 0;
	}
	if (t->charset == CHARSET_UTF8 || c < 0x80) {
		out[(*n)++] = (wchar_t)c;
		return utf8_width(c);
	}
	if ((byte = charset_byte(t->charset, c)) >= 0xa0) {
		out[(*n)++] = (wchar_t)byte;
		return 1;
	}
	const char	*ascii = charset_degrade(c);

	for (i = 0; i < 8 && ascii[i] != '\0'; i++) {
		out[(*n)++] = (wchar_t)ascii[i];
	}
	return i;
}

/* The next byte is a character of one column on every terminal. */
static bool
tty_ascii(const char *text)
{
	return *text >= ' ' && *text <= '~';
}

int
tty_width(const struct tty *t, const char *text)
{
	wchar_t		cells[8];
	uint32_t	c;
	int		n, width = 0;

	for (;;) {
		while (tty_ascii(text)) {
			text++;
			width++;
		}
		if ((c = utf8_next(&text)) == 0) {
			return width;
		}
		width += tty_cells(t, c, cells, &n);
	}
}

/* The attributes of a style on this terminal. */
static attr_t
tty_attr(const struct tty *t, enum style style, short *pair)
{
	/* A bold row costs 150 bytes each time the mark moves; ">" costs 8. */
	return theme_attr(t->slow && style == STYLE_MARKER ? STYLE_NORMAL :
	    style, t->colour, pair);
}

/* Text at a place; the column after it. */
static int
tty_write(struct tty *t, int row, int col, int most, enum style style,
    const char *text)
{
	wchar_t		line[TTY_COLS_MAX * 2 + 8];
	attr_t		attr;
	short		pair;
	uint32_t	c;
	int		n, used = 0, len = 0;

	for (;;) {
		wchar_t	cells[8];
		int	width;

		while (tty_ascii(text) && used < most &&
		    len < (int)NELEM(line) - 1) {
			line[len++] = (wchar_t)*text++;
			used++;
		}
		if ((c = utf8_next(&text)) == 0) {
			break;
		}
		width = tty_cells(t, c, cells, &n);
		if (used + width > most || len + n > (int)NELEM(line) - 1) {
			break;
		}
		for (int i = 0; i < n; i++) {
			line[len++] = cells[i];
		}
		used += width;
	}
	attr = tty_attr(t, style, &pair);
	(void)attr_set(attr, pair, NULL);
	(void)mvaddnwstr(row, col, line, len);
	(void)attr_set(A_NORMAL, 0, NULL);
	if (col + used > t->used[row]) {
		t->used[row] = (short)(col + used);
	}
	return col + used;
}

int
tty_put(struct tty *t, int row, int col, int most, enum style style,
    const char *text)
{
	const char	*at = text;
	wchar_t		cells[8];
	uint32_t	c;
	int		n, width, used = 0;

	tty_use(t);
	if (row < 0 || row >= LINES || col < 0 || col >= COLS) {
		return 0;
	}
	if (most > COLS - col) {
		most = COLS - col;
	}
	if (t->row[row].begun) {
		row_put(&t->row[row], col, most, style, text);
	} else {
		row_forget(&t->row[row]);
		(void)tty_write(t, row, col, most, style, text);
	}
	for (;;) {
		while (tty_ascii(at) && used < most) {
			at++;
			used++;
		}
		if ((c = utf8_next(&at)) == 0 ||
		    used + (width = tty_cells(t, c, cells, &n)) > most) {
			return used;
		}
		used += width;
	}
}

/*
 * Blanks between two texts of one style have it too, where it cannot be seen
 * on them: a bold row of five columns switches once, not ten times, and each
 * switch is ten bytes and as much work as forty characters.
 */
static void
tty_bridge(struct tty *t, int row, int until, enum style style)
{
	short	pair;
	attr_t	attr = tty_attr(t, style, &pair);

	if (attr == A_NORMAL || (attr & ~(attr_t)(A_BOLD | A_DIM)) != 0 ||
	    pair != 0) {
		return;
	}
	(void)mvhline(row, t->used[row], ' ' | attr, until - t->used[row]);
}

/* Rows that are not as they were, to ncurses. */
static void
tty_rows_out(struct tty *t)
{
	for (int i = 0; i < LINES && i < TTY_ROWS_MAX; i++) {
		struct row_put	put;
		enum style	last = STYLE_NORMAL;
		size_t		at = 0;
		int		end = 0;	/* of the text put last */

		if (!row_end(&t->row[i])) {
			continue;
		}
		tty_blank(t, i, 0, COLS);
		while (row_next(&t->row[i], &at, &put)) {
			if (put.clear) {
				tty_blank(t, i, put.col, put.cols);
				continue;
			}
			if (put.style == last && end == t->used[i] &&
			    put.col > end) {
				tty_bridge(t, i, put.col, last);
			}
			end = tty_write(t, i, put.col, put.cols, put.style,
			    put.text);
			last = put.style;
		}
	}
}

void
tty_cursor(struct tty *t, int row, int col)
{
	t->cursor_row = row;
	t->cursor_col = col;
}

void
tty_beep(struct tty *t)
{
	tty_use(t);
	(void)beep();
}

void
tty_forget(struct tty *t)
{
	tty_use(t);
	(void)clearok(curscr, TRUE);
}

void
tty_flush(struct tty *t)
{
	int	show = t->cursor_row >= 0;

	tty_use(t);
	tty_rows_out(t);
	(void)move(show ? t->cursor_row : LINES - 1,
	    show ? t->cursor_col : 0);
	if (show != t->cursor_shown) {
		(void)curs_set(show);
		t->cursor_shown = show;
	}
	(void)refresh();
}

/* Characters as shown, back in UTF-8. */
bool
tty_text(struct tty *t, int row, char *out, size_t size)
{
	struct buf	b = { 0 };
	size_t		end = 0;
	bool		fits;

	tty_use(t);
	if (row < 0 || row >= LINES) {
		out[0] = '\0';
		return false;
	}
	for (int col = 0; col < COLS; col++) {
		cchar_t		cell;
		wchar_t		wide[CCHARW_MAX + 1] = { 0 };
		attr_t		attr;
		short		pair;
		char		enc[5];

		if (mvin_wch(row, col, &cell) == ERR ||
		    getcchar(&cell, wide, &attr, &pair, NULL) == ERR) {
			continue;
		}
		for (int i = 0; wide[i] != 0; i++) {
			uint32_t	c = (uint32_t)wide[i];

			if (t->charset != CHARSET_UTF8 && c >= 0x80) {
				c = charset_char(t->charset,
				    (unsigned char)c);
			}
			buf_add(&b, enc, utf8_put(c, enc));
			if (c != ' ') {
				end = b.len;
			}
		}
		if (utf8_width((uint32_t)wide[0]) == 2) {
			col++;
		}
	}
	if (b.data != NULL) {
		b.data[end] = '\0';
	}
	fits = str_copy(out, size, buf_text(&b));
	buf_done(&b);
	return fits;
}
