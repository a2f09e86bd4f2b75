/* SPDX-License-Identifier: ISC */
/* The terminal at arm's length: ncurses where bytes are dear or the terminal
 * is a strange one, else cells of our own (ecma.h). */
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
#include "term/ecma.h"
#include "term/row.h"

#define TTY_ROWS_MAX	200
#define TTY_COLS_MAX	500

struct tty {
	SCREEN		*screen;	/* ncurses paints */
	struct ecma	*ecma;		/* or we do, … */
	TERMINAL	*terminal;	/* … as this description says, and */
	struct buf	 greet, leave;	/* before all and at the end */
	struct buf	 hide, show;	/* the cursor */
	FILE		*file;
	int		 fd;
	struct termios	 before;
	bool		 restore;
	char		 term[48];
	enum charset	 charset;
	bool		 colour;
	bool		 slow;
	bool		 fixed;		/* size given, not the tty's */
	bool		 rings;		/* to be rung */
	int		 rows, cols;
	int		 cursor_row, cursor_col;
	int		 cursor_shown;	/* as last sent */
	/* Cells that may hold something, row by row: blank ones are not
	 * blanked again, for ncurses would compare them all. */
	short		 used[TTY_ROWS_MAX];
	struct row	 row[TTY_ROWS_MAX];
	struct kept	 kept;
};

/* ncurses works on one terminal at a time; a test may have two. */
static const struct tty	*tty_used;

static void
tty_use(const struct tty *t)
{
	if (t->screen != NULL && tty_used != t) {
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

/* What ncurses writes to. */
static bool
tty_file(struct tty *t)
{
	int	fd;

	if (t->file != NULL) {
		return true;
	}
	fd = t->fd >= 0 ? fcntl(t->fd, F_DUPFD_CLOEXEC, 3) :
	    open("/dev/null", O_WRONLY | O_CLOEXEC);
	t->file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (t->file == NULL && fd >= 0) {
		(void)close(fd);
	}
	return t->file != NULL;
}

static bool
tty_try_curses(struct tty *t, const char *term)
{
	if (!tty_file(t)) {
		return false;
	}
	t->screen = newterm(term, t->file, stdin);
	/* It has turned to it, or to nothing of ours. */
	tty_used = t->screen != NULL ? t : NULL;
	if (t->screen == NULL) {
		return false;
	}
	(void)str_copy(t->term, sizeof(t->term), term);
	t->rows = LINES;
	t->cols = COLS;
	return true;
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

/* A capability says this, padding left aside: no pseudo-terminal needs any. */
static bool
tty_says(const char *capability, const char *what)
{
	size_t	n = strlen(what);

	return capability != NULL && strncmp(capability, what, n) == 0 &&
	    (capability[n] == '\0' || str_starts(capability + n, "$<"));
}

/* Is all that ecma.c sends what this terminal understands? */
static bool
tty_is_ecma(void)
{
	return tty_says(cursor_address, "\033[%i%p1%d;%p2%dH") &&
	    tty_says(clr_eol, "\033[K") &&
	    tty_says(parm_right_cursor, "\033[%p1%dC") &&
	    tty_says(enter_bold_mode, "\033[1m") &&
	    tty_says(enter_reverse_mode, "\033[7m") &&
	    eat_newline_glitch && magic_cookie_glitch <= 0;
}

static bool
tty_has_colours(void)
{
	return max_colors >= 8 && set_a_foreground != NULL &&
	    tty_says(tiparm(set_a_foreground, COLOR_RED), "\033[31m");
}

/* How each style looks, as the parameters of SGR. */
static void
tty_looks(struct tty *t)
{
	for (int i = 0; i < STYLE_COUNT; i++) {
		char	sgr[16] = "", *end = sgr;
		short	colour;
		attr_t	attr = theme_attr((enum style)i, t->colour, &colour);

		if ((attr & A_BOLD) != 0) {
			end = stpcpy(end, ";1");
		}
		if ((attr & A_DIM) != 0 && tty_says(enter_dim_mode,
		    "\033[2m")) {
			end = stpcpy(end, ";2");
		}
		if ((attr & A_REVERSE) != 0) {
			end = stpcpy(end, ";7");
		}
		if (colour >= 0) {
			end = stpcpy(end, ";3");
			*end++ = (char)('0' + colour);
			*end = '\0';
		}
		ecma_look(t->ecma, (enum style)i, end > sgr ? sgr + 1 : sgr);
	}
}

/* A capability, if the terminal has it, without its padding. */
static void
tty_add(struct buf *b, const char *capability)
{
	if (capability != NULL) {
		buf_add(b, capability, strcspn(capability, "$"));
	}
}

/*
 * What is said before the first painting, as ncurses does: who was there
 * before us may have left margins, an insert mode, an application keypad.
 */
static void
tty_words(struct tty *t)
{
	tty_add(&t->greet, ena_acs);
	tty_add(&t->greet, enter_ca_mode);
	tty_add(&t->greet, change_scroll_region != NULL ? "\033[r" : NULL);
	tty_add(&t->greet, exit_attribute_mode);
	tty_add(&t->greet, exit_insert_mode);
	tty_add(&t->greet, enter_am_mode);
	tty_add(&t->greet, keypad_local);
	tty_add(&t->hide, cursor_invisible);
	tty_add(&t->show, cursor_normal);
	tty_add(&t->leave, exit_attribute_mode);
	tty_add(&t->leave, exit_ca_mode);
	tty_add(&t->leave, "\r");
	tty_add(&t->leave, keypad_local);
}

static bool
tty_try_ecma(struct tty *t, const char *term)
{
	TERMINAL	*before = cur_term;
	int		 error;

	if (t->slow || setupterm(term, t->fd, &error) != OK) {
		return false;
	}
	if (tty_is_ecma()) {
		t->terminal = cur_term;
		(void)str_copy(t->term, sizeof(t->term), term);
		t->rows = lines > 0 ? lines : 24;
		t->cols = columns > 0 ? columns : 80;
		t->colour = t->colour && tty_has_colours();
		t->ecma = ecma_new(t->charset == CHARSET_UTF8, t->rows,
		    t->cols);
		tty_looks(t);
		tty_words(t);
	} else {
		(void)del_curterm(cur_term);
	}
	/* ncurses takes the current one for that of its current screen. */
	(void)set_curterm(before);
	return t->ecma != NULL;
}

static bool
tty_try(struct tty *t, const char *term)
{
	return tty_try_ecma(t, term) || tty_try_curses(t, term);
}

static int
tty_newterm(struct tty *t, const char *term)
{
	bool	found;

	tty_descriptions();
	found = tty_try(t, term);
	for (size_t i = 0; !found && i < NELEM(tty_families); i++) {
		found = str_starts(term, tty_families[i].head) &&
		    tty_try(t, tty_families[i].term);
	}
	if (!found) {
		return err_set(ERR_CONFIG, _("no description of terminal "
		    "%.20s; install ncurses-term or set TERM=vt100"), term);
	}
	if (t->ecma == NULL && cursor_address == NULL) {
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

/* A keypad somebody left in application mode would send F-keys. */
static int
tty_begin_curses(struct tty *t)
{
	int	r;

	if (t->fd >= 0 && (r = tty_whole(t)) != 0) {
		return r;
	}
	t->colour = theme_init(!t->colour);
	(void)typeahead(-1);
	(void)idlok(stdscr, TRUE);
	(void)leaveok(stdscr, FALSE);
	tty_add(&t->greet, keypad_local);
	return 0;
}

static void
tty_end_ecma(struct tty *t, bool alive)
{
	struct buf	b = { 0 };

	if (alive && t->fd >= 0) {
		buf_fmt(&b, "\033[%d;1H%s%s", t->rows, t->cursor_shown != 1 ?
		    buf_text(&t->show) : "", buf_text(&t->leave));
		(void)!io_write_all(t->fd, b.data, b.len);
		buf_done(&b);
	}
	ecma_free(t->ecma);
	(void)del_curterm(t->terminal);
}

int
tty_open(const struct tty_config *config, struct tty **out)
{
	struct tty	*t;
	int		 r;

	*out = NULL;
	if ((r = tty_refuse(config->term)) != 0) {
		return r;
	}
	t = xcalloc(1, sizeof(*t));
	t->fd = config->fd;
	t->charset = config->charset;
	t->cursor_shown = 1;
	t->slow = config->slow;
	t->colour = !config->mono;
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
	if (t->ecma == NULL && (r = tty_begin_curses(t)) != 0) {
		tty_close(t, false);
		return r;
	}
	tty_raw(t);
	(void)tty_measure(t);
	if (t->fd >= 0 && io_write_all(t->fd, buf_text(&t->greet),
	    t->greet.len) != 0) {
		tty_close(t, false);
		return err_sys(ERR_CLOSED, _("cannot write to the terminal"));
	}
	if (config->rows > 0 && config->cols > 0) {
		t->fixed = true;
		tty_resize(t, config->rows, config->cols);
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
	if (t->ecma != NULL) {
		tty_end_ecma(t, alive && tty_writable(t));
	} else if (t->screen != NULL) {
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
	buf_done(&t->greet);
	buf_done(&t->leave);
	buf_done(&t->hide);
	buf_done(&t->show);
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
	return t->rows;
}

int
tty_cols(const struct tty *t)
{
	return t->cols;
}

void
tty_resize(struct tty *t, int rows, int cols)
{
	tty_use(t);
	rows = rows < 3 ? 3 : rows > TTY_ROWS_MAX ? TTY_ROWS_MAX : rows;
	cols = cols < 10 ? 10 : cols > TTY_COLS_MAX ? TTY_COLS_MAX : cols;
	if (rows == t->rows && cols == t->cols) {
		return;
	}
	t->rows = rows;
	t->cols = cols;
	if (t->ecma != NULL) {
		ecma_resize(t->ecma, rows, cols);
	} else {
		(void)resize_term(rows, cols);
		(void)clearok(curscr, TRUE);
	}
	for (size_t i = 0; i < NELEM(t->used); i++) {
		t->used[i] = TTY_COLS_MAX;
		row_forget(&t->row[i]);
	}
}

bool
tty_measure(struct tty *t)
{
	struct winsize	ws;
	int		rows = t->rows, cols = t->cols;

	if (t->fixed || t->fd < 0 || ioctl(t->fd, TIOCGWINSZ, &ws) != 0 ||
	    ws.ws_row == 0 || ws.ws_col == 0) {
		return false;
	}
	tty_resize(t, ws.ws_row, ws.ws_col);
	return rows != t->rows || cols != t->cols;
}

const char *
tty_key(const void *tty, const char *name)
{
	const struct tty	*t = tty;
	/* ncurses' prototype lacks the const it keeps. */
	char			 copy[16];
	const char		*s;
	TERMINAL		*before;

	tty_use(t);
	before = cur_term;
	(void)str_copy(copy, sizeof(copy), name);
	if (t->terminal != NULL) {
		(void)set_curterm(t->terminal);
	}
	s = tigetstr(copy);
	(void)set_curterm(before);
	return s == (const char *)-1 ? NULL : s;
}

static void
tty_blank(struct tty *t, int row, int col, int n)
{
	if (t->ecma != NULL) {
		ecma_blank(t->ecma, row, col, n);
		return;
	}
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
	if (row < 0 || row >= t->rows || col < 0 || col >= t->cols || n <= 0) {
		return;
	}
	if (col == 0 && n >= t->cols) {
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
	enum style	seen = t->slow && style == STYLE_MARKER ?
			    STYLE_NORMAL : style;
	attr_t		attr = theme_attr(seen, t->colour, pair);

	*pair = *pair < 0 ? 0 : (short)(seen + 1);
	return attr;
}

static int
tty_write_ecma(struct tty *t, int row, int col, int most, enum style style,
    const char *text)
{
	for (int end = col + most;;) {
		wchar_t		cells[8];
		int		n, width = ecma_ascii(t->ecma, row, col,
				    end - col, style, text);
		uint32_t	c;

		col += width;
		text += width;
		if ((c = utf8_next(&text)) == 0 ||
		    col + (width = tty_cells(t, c, cells, &n)) > end) {
			break;
		}
		for (int i = 0; i < n; i++) {
			ecma_put(t->ecma, row, col + i, (uint32_t)cells[i],
			    n > 1 ? 1 : width, style);
		}
		col += width;
	}
	return col;
}

static int
tty_write_curses(struct tty *t, int row, int col, int most, enum style style,
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

/* Text at a place; the column after it. */
static int
tty_write(struct tty *t, int row, int col, int most, enum style style,
    const char *text)
{
	return t->ecma != NULL ?
	    tty_write_ecma(t, row, col, most, style, text) :
	    tty_write_curses(t, row, col, most, style, text);
}

/* The columns it takes of `most`. */
static int
tty_takes(const struct tty *t, const char *text, int most)
{
	wchar_t		cells[8];
	uint32_t	c;
	int		n, width, used = 0;

	for (;;) {
		while (tty_ascii(text) && used < most) {
			text++;
			used++;
		}
		if ((c = utf8_next(&text)) == 0 ||
		    used + (width = tty_cells(t, c, cells, &n)) > most) {
			return used;
		}
		used += width;
	}
}

int
tty_put(struct tty *t, int row, int col, int most, enum style style,
    const char *text)
{
	int	width;

	tty_use(t);
	if (row < 0 || row >= t->rows || col < 0 || col >= t->cols) {
		return 0;
	}
	if (most > t->cols - col) {
		most = t->cols - col;
	}
	width = tty_takes(t, text, most);
	if (t->row[row].begun) {
		row_put(&t->row[row], col, most, width, style, text);
	} else {
		row_forget(&t->row[row]);
		(void)tty_write(t, row, col, most, style, text);
	}
	return width;
}

void
tty_parts(struct tty *t, bool stand)
{
	kept_begin(&t->kept, stand);
}

bool
tty_kept(struct tty *t, const struct kept_part *part)
{
	bool	kept = kept_same(&t->kept, part);

	for (int i = part->row; i < part->row + part->rows && kept; i++) {
		kept = i < t->rows && t->row[i].known && t->row[i].begun;
	}
	for (int i = part->row; i < part->row + part->rows && kept; i++) {
		kept = row_keep(&t->row[i], part->col, part->cols);
	}
	return kept;
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

/* What is to be painted of a row: ncurses compares it as a whole. */
static void
tty_row_span(struct tty *t, const struct row *r, int *from, int *to)
{
	if (t->ecma == NULL || !row_span(r, from, to)) {
		*from = 0;
		*to = t->cols;
	}
}

/* Rows that are not as they were, to who paints. */
static void
tty_rows_out(struct tty *t)
{
	for (int i = 0; i < t->rows; i++) {
		struct row_put	put;
		enum style	last = STYLE_NORMAL;
		size_t		at = 0;
		int		end = 0;	/* of the text put last */
		int		from, to;

		if (!row_end(&t->row[i])) {
			continue;
		}
		tty_row_span(t, &t->row[i], &from, &to);
		tty_blank(t, i, from, to - from);
		while (row_next(&t->row[i], &at, &put)) {
			if (put.col < from || put.col >= to) {
				continue;
			}
			if (put.clear) {
				tty_blank(t, i, put.col, put.cols);
				continue;
			}
			if (t->ecma == NULL && put.style == last &&
			    end == t->used[i] && put.col > end) {
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
	t->rings = true;
}

void
tty_forget(struct tty *t)
{
	tty_use(t);
	if (t->ecma != NULL) {
		ecma_forget(t->ecma);
	} else {
		(void)clearok(curscr, TRUE);
	}
}

/* A line that is gone is noticed where it is waited for. */
static void
tty_flush_ecma(struct tty *t)
{
	bool		 show = t->cursor_row >= 0;
	struct buf	*b = ecma_bytes(t->ecma, show ? t->cursor_row :
			    t->rows - 1, show ? t->cursor_col : 0);

	if (show != t->cursor_shown) {
		buf_str(b, buf_text(show ? &t->show : &t->hide));
		t->cursor_shown = show;
	}
	if (t->rings) {
		buf_chr(b, '\a');
	}
	if (t->fd >= 0 && b->len > 0) {
		(void)!io_write_all(t->fd, b->data, b->len);
	}
}

void
tty_flush(struct tty *t)
{
	int	show = t->cursor_row >= 0;

	tty_rows_out(t);
	if (t->ecma != NULL) {
		tty_flush_ecma(t);
		t->rings = false;
		return;
	}
	tty_use(t);
	if (t->rings) {
		(void)beep();
		t->rings = false;
	}
	(void)move(show ? t->cursor_row : LINES - 1,
	    show ? t->cursor_col : 0);
	if (show != t->cursor_shown) {
		(void)curs_set(show);
		t->cursor_shown = show;
	}
	(void)refresh();
}

/* What stands in a cell, its marks after it. */
static bool
tty_shown(const struct tty *t, int row, int col,
    wchar_t wide[static CCHARW_MAX + 1])
{
	const struct ecma_cell	*own;
	cchar_t			 cell;
	attr_t			 attr;
	short			 pair;

	if (t->ecma == NULL) {
		return mvin_wch(row, col, &cell) != ERR &&
		    getcchar(&cell, wide, &attr, &pair, NULL) != ERR;
	}
	own = &ecma_cells(t->ecma, row)[col];
	wide[0] = (wchar_t)own->c;
	wide[1] = (wchar_t)own->mark[0];
	wide[2] = (wchar_t)own->mark[1];
	return true;
}

/* Characters as shown, back in UTF-8. */
bool
tty_text(struct tty *t, int row, char *out, size_t size)
{
	struct buf	b = { 0 };
	size_t		end = 0;
	bool		fits;

	tty_use(t);
	if (row < 0 || row >= t->rows) {
		out[0] = '\0';
		return false;
	}
	for (int col = 0; col < t->cols; col++) {
		wchar_t		wide[CCHARW_MAX + 1] = { 0 };
		char		enc[5];

		if (!tty_shown(t, row, col, wide)) {
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
