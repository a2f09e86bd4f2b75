/* SPDX-License-Identifier: ISC */
/* Two ways to paint, ncurses' and our own: the same picture at the end of
 * both, whatever was painted before, and few bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "term/ecma.h"
#include "term/tty.h"

#define ROWS	12
#define COLS	40
#define HALF	((uint32_t)-1)	/* the right one of a wide character */
#define WIDE	10	/* rows from here on have wide characters only */

/* ---- pictures ----------------------------------------------------------- */

/* A terminal, and who paints on it. */
struct easel {
	int		 master, slave;
	struct tty	*tty;
	VTerm		*vterm;
	VTermScreen	*screen;
};

static void
easel_open(struct easel *e, const char *term, bool slow, bool mono)
{
	struct winsize		size = { .ws_row = ROWS, .ws_col = COLS };
	struct tty_config	c = { .term = term, .charset = CHARSET_UTF8,
				    .mono = mono, .slow = slow };

	assert_int_equal(openpty(&e->master, &e->slave, NULL, NULL, &size), 0);
	assert_int_equal(fcntl(e->master, F_SETFL, O_NONBLOCK), 0);
	c.fd = e->slave;
	assert_int_equal(tty_open(&c, &e->tty), 0);
	assert_int_equal(tty_rows(e->tty), ROWS);
	assert_int_equal(tty_cols(e->tty), COLS);
	e->vterm = vterm_new(ROWS, COLS);
	vterm_set_utf8(e->vterm, 1);
	e->screen = vterm_obtain_screen(e->vterm);
	vterm_screen_enable_altscreen(e->screen, 1);
	vterm_screen_reset(e->screen, 1);
}

static void
easel_close(struct easel *e)
{
	tty_close(e->tty, true);
	vterm_free(e->vterm);
	(void)close(e->slave);
	(void)close(e->master);
}

static size_t
easel_look(struct easel *e)
{
	char	bytes[65536];
	size_t	n = 0;
	ssize_t	got;

	while ((got = read(e->master, bytes, sizeof(bytes))) > 0) {
		(void)vterm_input_write(e->vterm, bytes, (size_t)got);
		n += (size_t)got;
	}
	return n;
}

static size_t
easel_flush(struct easel *e)
{
	tty_flush(e->tty);
	return easel_look(e);
}

static bool
cell_blank(const VTermScreenCell *c)
{
	return c->chars[0] == 0 || c->chars[0] == ' ';
}

static void
same_picture(const struct easel *a, const struct easel *b, unsigned seed)
{
	VTermPos	ca, cb, p;

	for (p.row = 0; p.row < ROWS; p.row++) {
		for (p.col = 0; p.col < COLS; p.col++) {
			VTermScreenCell	x = { 0 }, y = { 0 };
			bool		same;

			(void)vterm_screen_get_cell(a->screen, p, &x);
			(void)vterm_screen_get_cell(b->screen, p, &y);
			same = cell_blank(&x) ? cell_blank(&y) :
			    memcmp(x.chars, y.chars, sizeof(x.chars)) == 0 &&
			    (x.chars[0] == HALF || (x.width == y.width &&
			    x.attrs.bold == y.attrs.bold &&
			    vterm_color_is_equal(&x.fg, &y.fg)));
			if (!same || x.attrs.reverse != y.attrs.reverse) {
				fail_msg("seed %u, row %d, column %d: U+%04x "
				    "and U+%04x, bold %d %d, reverse %d %d",
				    seed, p.row, p.col, x.chars[0],
				    y.chars[0], x.attrs.bold, y.attrs.bold,
				    x.attrs.reverse, y.attrs.reverse);
			}
		}
	}
	vterm_state_get_cursorpos(vterm_obtain_state(a->vterm), &ca);
	vterm_state_get_cursorpos(vterm_obtain_state(b->vterm), &cb);
	assert_int_equal(ca.row, cb.row);
	assert_int_equal(ca.col, cb.col);
}

/* One thing that a screen might do. */
struct stroke {
	int		 row, col, n, what;
	const char	*text;
	enum style	 style;
};

static struct stroke
stroke_any(void)
{
	static const char *const	words[] = { "a", "TOTAL", "12,50 €",
	    "Crêpe flambée, à l'orange", "e\xcc\x81t\xe2\x80\xa6",
	    "   ", "x      y", "Œuf", "|||||||||||||||||||||||||||||||||||||||"
	    "|||||", "a       b       c       d       e       f" };
	static const enum style		styles[] = { STYLE_NORMAL,
	    STYLE_NORMAL, STYLE_BOLD, STYLE_SHOUT, STYLE_WARN, STYLE_OK };
	struct stroke			s = { .row = rand() % ROWS };

	s.col = rand() % 3 == 0 ? 0 : rand() % COLS;
	s.n = rand() % 4 == 0 ? COLS : 1 + rand() % COLS;
	s.what = rand() % 8;
	s.text = words[(size_t)rand() % NELEM(words)];
	s.style = styles[(size_t)rand() % NELEM(styles)];
	/* Of half a wide character ncurses leaves the other half. */
	if (s.row >= WIDE && s.what > 2) {
		s.text = "日本の";
	}
	if (s.row >= WIDE) {
		s.col &= ~1;
		s.n = (s.n + 1) & ~1;
	}
	/* libvterm wraps what is combined with the last column. */
	if (s.col == COLS - 1) {
		s.col = 0;
	}
	return s;
}

static void
stroke(struct tty *t, const struct stroke *s)
{
	if (s->what == 0) {
		tty_clear(t, s->row, 0, COLS);
	} else if (s->what == 1) {
		tty_clear(t, s->row, s->col, s->n);
	} else if (s->what == 2) {
		tty_cursor(t, s->row, s->col);
	} else {
		(void)tty_put(t, s->row, s->col, s->n, s->style, s->text);
	}
}

static void
both_paint_the_same(void **state)
{
	static const char *const	terms[] = { "xterm-256color", "linux",
	    "vt100", "vt220", "vt510", "screen", "tmux" };

	(void)state;
	for (unsigned seed = 0; seed < 56; seed++) {
		struct easel	a, b;
		const char	*term = terms[seed % NELEM(terms)];

		srand(seed);
		easel_open(&a, term, false, seed % 2 == 0);
		easel_open(&b, term, true, seed % 2 == 0);
		for (int i = 0; i < 60; i++) {
			for (int k = rand() % 12; k >= 0; k--) {
				struct stroke	s = stroke_any();

				stroke(a.tty, &s);
				stroke(b.tty, &s);
			}
			if (rand() % 20 == 0) {
				tty_forget(a.tty);
				tty_forget(b.tty);
			}
			(void)easel_flush(&a);
			(void)easel_flush(&b);
			same_picture(&a, &b, seed);
		}
		assert_int_equal(easel_flush(&a), 0);
		easel_close(&a);
		easel_close(&b);
	}
}

/* ---- a screen drawn again and again ------------------------------------- */

#define STROKES	60
#define PARTS	4		/* side by side, half as high as the screen */
#define PART	(COLS / PARTS)

struct drawing {
	struct stroke	stroke[STROKES];
	size_t		n;
	int64_t		drawn[PARTS];	/* what each is drawn from */
};

/* In the upper half nothing reaches out of its part. */
static void
drawing_put(struct drawing *d, size_t at)
{
	struct stroke	*s = &d->stroke[at];

	*s = stroke_any();
	if (s->row < ROWS / 2) {
		int	part = s->col / PART, room = PART - s->col % PART;

		/* Nor is a mark put upon its neighbour. */
		s->n = s->n < room ? s->n : room;
		s->what = s->what == 0 || s->n == COLS ? 3 : s->what;
		d->drawn[part]++;
	}
}

static void
drawing_change(struct drawing *d)
{
	size_t	at = (size_t)rand() % d->n;

	if (d->stroke[at].row < ROWS / 2) {
		d->drawn[d->stroke[at].col / PART]++;
	}
	if (rand() % 3 == 0 && d->n > 1) {
		d->n--;
		memmove(&d->stroke[at], &d->stroke[at + 1],
		    (d->n - at) * sizeof(d->stroke[0]));
	} else if (rand() % 2 == 0 && d->n < STROKES) {
		drawing_put(d, d->n++);
	} else {
		drawing_put(d, at);
	}
}

/* The whole of it; `parts`: but for those that say what they said before. */
static void
drawing_draw(const struct drawing *d, struct tty *t, bool parts, bool stand)
{
	bool	kept[PARTS] = { false };

	for (int i = 0; i < ROWS; i++) {
		tty_clear(t, i, 0, COLS);
	}
	if (parts) {
		tty_parts(t, stand);
	}
	for (int i = 0; i < PARTS && parts; i++) {
		kept[i] = tty_kept(t, &(struct kept_part){ .col = i * PART,
		    .rows = ROWS / 2, .cols = PART, .n = 1,
		    .facts = { d->drawn[i] } });
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct stroke	*s = &d->stroke[i];

		if (s->what == 2 || s->row >= ROWS / 2 ||
		    !kept[s->col / PART]) {
			stroke(t, s);
		}
	}
}

static void
drawn_again_it_is_the_same(void **state)
{
	(void)state;
	for (unsigned seed = 100; seed < 140; seed++) {
		struct easel	a, b;
		struct drawing	d = { .n = STROKES / 2 };

		srand(seed);
		easel_open(&a, "vt220", false, false);
		easel_open(&b, "vt220", true, false);
		for (size_t i = 0; i < d.n; i++) {
			drawing_put(&d, i);
		}
		for (int i = 0; i < 80; i++) {
			bool	over = rand() % 10 == 0;

			for (int k = rand() % 4; k > 0; k--) {
				drawing_change(&d);
			}
			drawing_draw(&d, a.tty, true, i > 0);
			drawing_draw(&d, b.tty, false, false);
			(void)easel_flush(&a);
			(void)easel_flush(&b);
			same_picture(&a, &b, seed);
			if (!over) {
				continue;
			}
			/* Something upon it, which goes again. */
			for (int k = 0; k < 2; k++) {
				tty_clear(k == 0 ? a.tty : b.tty, 2, 0, COLS);
				(void)tty_put(k == 0 ? a.tty : b.tty, 2, 3,
				    COLS, STYLE_SHOUT, "over all of it");
			}
			(void)easel_flush(&a);
			(void)easel_flush(&b);
			same_picture(&a, &b, seed);
			drawing_draw(&d, a.tty, true, false);
			drawing_draw(&d, b.tty, false, false);
			(void)easel_flush(&a);
			(void)easel_flush(&b);
			same_picture(&a, &b, seed);
		}
		assert_int_equal(easel_flush(&a), 0);
		easel_close(&a);
		easel_close(&b);
	}
}

/* It is one packet with what is to be seen, and one byte by itself. */
static void
the_bell_rings_with_the_painting(void **state)
{
	(void)state;
	for (int slow = 0; slow < 2; slow++) {
		struct easel	e;

		easel_open(&e, "vt220", slow, true);
		(void)easel_flush(&e);
		tty_beep(e.tty);
		assert_int_equal(easel_look(&e), 0);
		assert_int_equal(easel_flush(&e), 1);
		assert_int_equal(easel_flush(&e), 0);
		(void)tty_put(e.tty, 0, 0, COLS, STYLE_NORMAL, "x");
		tty_beep(e.tty);
		tty_beep(e.tty);
		assert_int_equal(easel_look(&e), 0);
		assert_in_range(easel_flush(&e), 3, 12);
		assert_int_equal(easel_flush(&e), 0);
		easel_close(&e);
	}
}

/* The same part at another place, or one of many, is drawn. */
static void
a_part_is_kept_in_its_place(void **state)
{
	struct kept		k = { 0 };
	struct kept_part	p = { .row = 1, .col = 2, .rows = 3, .cols = 4,
				    .n = 2, .facts = { 7, 8, 9 } };

	(void)state;
	kept_begin(&k, true);
	assert_false(kept_same(&k, &p));
	kept_begin(&k, true);
	p.facts[2] = 10;	/* no fact */
	assert_true(kept_same(&k, &p));
	kept_begin(&k, true);
	p.facts[1] = 9;
	assert_false(kept_same(&k, &p));
	kept_begin(&k, true);
	p.col = 3;
	assert_false(kept_same(&k, &p));
	kept_begin(&k, true);
	assert_true(kept_same(&k, &p));
	kept_begin(&k, false);
	assert_false(kept_same(&k, &p));
	/* Left out of one painting, it is not there in the next. */
	kept_begin(&k, true);
	kept_begin(&k, true);
	assert_false(kept_same(&k, &p));
	for (int i = 0; i < 2; i++) {
		kept_begin(&k, true);
		for (int64_t n = 0; n < KEPT_PARTS + 1; n++) {
			p.facts[0] = 100 + n;
			assert_int_equal(kept_same(&k, &p), i == 1 &&
			    n < KEPT_PARTS);
		}
	}
}

/* ---- bytes -------------------------------------------------------------- */

static struct ecma	*cells;

static int
setup(void **state)
{
	(void)state;
	cells = ecma_new(true, 5, 20);
	ecma_look(cells, STYLE_NORMAL, "");
	ecma_look(cells, STYLE_BOLD, "1");
	ecma_look(cells, STYLE_TITLE, "1");
	ecma_look(cells, STYLE_SHOUT, "1;7");
	(void)ecma_bytes(cells, 0, 0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ecma_free(cells);
	return 0;
}

static void
put(int row, int col, enum style style, const char *text)
{
	uint32_t	c;

	while ((c = utf8_next(&text)) != 0) {
		ecma_put(cells, row, col, c, utf8_width(c), style);
		col += utf8_width(c);
	}
}

static void
sends(int row, int col, const char *bytes)
{
	assert_string_equal(buf_text(ecma_bytes(cells, row, col)), bytes);
}

static void
only_a_difference_is_sent(void **state)
{
	(void)state;
	sends(0, 0, "");
	put(0, 0, STYLE_NORMAL, "12");
	sends(0, 2, "12");
	put(0, 0, STYLE_NORMAL, "12");
	sends(0, 2, "");
	put(0, 0, STYLE_NORMAL, "13");
	sends(0, 2, "\b3");
	put(2, 4, STYLE_NORMAL, "ab");
	sends(0, 2, "\033[3;5Hab\033[1;3H");
	put(2, 4, STYLE_NORMAL, "xbcdefghy");
	sends(2, 0, "\033[3;5Hxbcdefghy\r");
	/* What is near is sent again, what is far is passed over. */
	put(2, 4, STYLE_NORMAL, "1bcd2");
	sends(2, 1, "\033[4C1bcd2\r\033[C");
	put(2, 4, STYLE_NORMAL, "3bcd2fgh4");
	sends(2, 13, "\033[3C3\033[7C4");
}

static void
blanks_are_erased(void **state)
{
	(void)state;
	put(1, 0, STYLE_NORMAL, "a long text is here");
	sends(0, 0, "\033[2Ha long text is here\033[1H");
	ecma_blank(cells, 1, 6, 14);
	sends(0, 0, "\033[2;8H\033[K\033[1H");
	put(1, 0, STYLE_NORMAL, "a long text is here");
	(void)ecma_bytes(cells, 0, 0);
	/* Erased first, then what belongs at the end. */
	ecma_blank(cells, 1, 2, 14);
	put(1, 17, STYLE_NORMAL, "9");
	sends(0, 0, "\033[2;3H\033[K\033[14Ce9e\033[1H");
}

static void
styles_are_turned_to_once(void **state)
{
	(void)state;
	put(0, 0, STYLE_BOLD, "ab");
	put(0, 4, STYLE_TITLE, "cd");
	put(0, 8, STYLE_SHOUT, "e f");
	put(0, 11, STYLE_NORMAL, " g");
	sends(0, 0, "\033[1mab  cd  \033[0;1;7me f\033[C"
	    "\033[mg\r");
	/* A bold blank is a blank, a reverse one is not. */
	put(1, 0, STYLE_BOLD, "  ");
	put(1, 3, STYLE_SHOUT, " ");
	sends(0, 0, "\033[2;4H\033[1;7m \033[m\033[1H");
}

static void
wide_and_combined_characters(void **state)
{
	(void)state;
	put(0, 0, STYLE_NORMAL, "日本");
	put(0, 6, STYLE_NORMAL, "e\xcc\x81");
	sends(0, 7, "日本  e\xcc\x81");
	/* Half of one is none. */
	put(0, 1, STYLE_NORMAL, "x");
	sends(0, 2, "\r x");
	ecma_blank(cells, 0, 3, 1);
	sends(0, 2, "  \r\033[2C");
	put(0, 6, STYLE_NORMAL, "e");
	sends(0, 7, "\033[4Ce");
}

static void
edges_are_kept(void **state)
{
	(void)state;
	put(4, 18, STYLE_NORMAL, "abc");
	ecma_put(cells, 5, 0, 'x', 1, STYLE_NORMAL);
	ecma_put(cells, -1, 0, 'x', 1, STYLE_NORMAL);
	ecma_put(cells, 0, 19, 0x65e5, 2, STYLE_NORMAL);
	ecma_put(cells, 0, 0, 0x301, 0, STYLE_NORMAL);
	ecma_blank(cells, 3, 15, 100);
	/* Beyond the edge terminals differ: the next place is said whole. */
	sends(4, 18, "\033[5;19Hab\033[5;19H");
	ecma_resize(cells, 2, 3);
	put(1, 0, STYLE_NORMAL, "abc");
	sends(0, 0, "\033[m\033[H\033[2J\033[2Habc\033[1H");
	ecma_forget(cells);
	sends(0, 0, "\033[m\033[H\033[2J\033[2Habc\033[1H");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(both_paint_the_same),
		cmocka_unit_test(drawn_again_it_is_the_same),
		cmocka_unit_test(a_part_is_kept_in_its_place),
		cmocka_unit_test(the_bell_rings_with_the_painting),
		T(only_a_difference_is_sent),
		T(blanks_are_erased),
		T(styles_are_turned_to_once),
		T(wide_and_combined_characters),
		T(edges_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
