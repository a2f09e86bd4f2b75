/* SPDX-License-Identifier: ISC */
/* Same thing, same place: who and where on top, the work, the entry line, the
 * one message, the keys. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "term/inside.h"

#define WIDE		60	/* columns from which the full layout fits */
#define TITLE_COL	25
#define PRINTER_LEAST	6	/* columns of a printer's trouble, cut */
#define CLOCK_COLS	5

/* A row of the whole screen as a canvas of its own. */
static struct canvas
paint_area(struct session *s, int row, int rows)
{
	return (struct canvas){ .tty = s->tty, .box = { .row = row,
	    .rows = rows, .cols = tty_cols(s->tty) } };
}

/* ---- row 1: place, person, state, printer, clock ------------------------ */

static void
paint_title(const struct frame *f, char *out, size_t size)
{
	out[0] = '\0';
	if (f->screen->head != NULL) {
		f->screen->head(f->state, out, size);
	}
	if (out[0] == '\0') {
		(void)str_copy(out, size, words_of(session_face(f).title));
	}
}

/* A calendar is far to go for what changes once a minute. */
static void
paint_clock(struct session *s)
{
	int64_t	now = session_now_ms(s);

	if (s->clock[0] == '\0' || s->minute != now / 60000) {
		s->minute = now / 60000;
		clock_local(now, "%H:%M", s->clock, sizeof(s->clock));
	}
}

/* The lowest screen names the state: a question upon a sale is still a sale. */
static void
paint_head(struct session *s)
{
	struct canvas	 c = paint_area(s, 0, 1);
	int		 cols = canvas_cols(&c), right, left = 0, width;
	char		 title[128];
	const char	*place = s->status[STATUS_PLACE];
	const char	*printer = s->status[STATUS_PRINTER];

	canvas_clear(&c, 0, 1);
	paint_title(s->frames[session_base(s)], title, sizeof(title));
	width = canvas_width(&c, title);
	paint_clock(s);
	right = cols - CLOCK_COLS;
	(void)canvas_put(&c, 0, right, STYLE_NORMAL, s->clock);

	/* On a small screen only a printer in trouble has a place. */
	if (printer[0] != '\0' && cols < WIDE &&
	    s->status_style[STATUS_PRINTER] >= STYLE_WARN) {
		/* Cut rather than that the name of who works here goes. */
		int	room = right - 1 - width - 4 -
			    canvas_width(&c, s->status[STATUS_PERSON]);
		int	wide = canvas_width(&c, printer);

		if (room > wide) {
			room = wide;
		}
		if (room >= PRINTER_LEAST) {
			right -= room + 1;
			canvas_cell(&c, 0, right, room,
			    s->status_style[STATUS_PRINTER], printer);
		}
	} else if (printer[0] != '\0' && cols >= WIDE) {
		right -= canvas_width(&c, printer) + 3;
		if (right > width) {
			(void)canvas_put(&c, 0, right,
			    s->status_style[STATUS_PRINTER], printer);
		} else {
			right = cols - CLOCK_COLS;
		}
	}
	if (canvas_width(&c, place) +
	    canvas_width(&c, s->status[STATUS_PERSON]) + width + 5 > right) {
		place = "";		/* who matters more than where */
	}
	if (place[0] != '\0') {
		left = canvas_put(&c, 0, 0, s->status_style[STATUS_PLACE],
		    place) + 2;
	}
	if (left + canvas_width(&c, s->status[STATUS_PERSON]) + width + 3 <=
	    right) {
		left = canvas_put(&c, 0, left,
		    s->status_style[STATUS_PERSON],
		    s->status[STATUS_PERSON]) + 2;
	}
	if (cols >= WIDE && left < TITLE_COL && TITLE_COL + width < right) {
		left = TITLE_COL;
	}
	canvas_cell(&c, 0, left, right - left - 1, STYLE_TITLE, title);
}

/* ---- the work ----------------------------------------------------------- */

/* What stood before stands where only the news or a key changed something: no
 * other screen, language or size, and nothing painted upon it. */
static void
paint_body(struct session *s)
{
	int	rows = session_rows(s);

	tty_parts(s->tty, (s->dirty & DIRTY_ALL) != DIRTY_ALL &&
	    session_base(s) + 1 == s->depth);
	for (size_t i = session_base(s); i < s->depth; i++) {
		struct frame	*f = s->frames[i];
		struct canvas	 c = paint_area(s, 1, rows);

		if (i == session_base(s)) {
			canvas_clear(&c, 0, rows);
		}
		f->screen->draw(f->state, &c);
	}
}

/* ---- the entry line, and what Enter will do ----------------------------- */

/* The text as shown: itself, or a star for each character. */
static void
paint_entry_text(const struct session *s, const struct frame *f, char *out,
    size_t size, size_t *at)
{
	size_t	n = 0, shown = 0;

	if (!f->secret && !session_badge_begun(s, f->line.text)) {
		(void)str_copy(out, size, f->line.text);
		*at = f->line.at;
		return;
	}
	for (const char *p = f->line.text; *p != '\0' && n + 1 < size; n++) {
		if (p < f->line.text + f->line.at) {
			shown++;
		}
		(void)utf8_next(&p);
		out[n] = '*';
	}
	out[n] = '\0';
	*at = shown;
}

static int
paint_head_cols(const struct canvas *c, const char *text, size_t n)
{
	char	head[ENTRY_MAX];

	memcpy(head, text, n);
	head[n] = '\0';
	return canvas_width(c, head);
}

/* In the middle of the row, further left when it is long.  It never moves as
 * the text grows: it gives way once the text comes near (-1). */
static int
paint_hint_at(const struct canvas *c, const char *hint, int from)
{
	int	cols = canvas_cols(c), width = canvas_width(c, hint);
	int	at = cols / 2;

	if (at + width >= cols) {
		at = cols - 1 - width > 4 ? cols - 1 - width : 4;
	}
	return width > 0 && at >= from ? at : -1;
}

static void
paint_hint(struct session *s, const struct frame *f, char *out, size_t size)
{
	out[0] = '\0';
	if (f->line.text[0] == ':' && !f->secret) {
		(void)str_copy(out, size,
		    session_command_hint(s, f->line.text + 1));
	} else if (f->screen->prompt != NULL) {
		f->screen->prompt(f->state, f->secret ||
		    session_badge_begun(s, f->line.text) ? "" : f->line.text,
		    out, size);
	}
}

/*
 * The row of every key: where the hint stands as it is to stand, only the
 * text is painted, and blanks over the end of a longer one before.
 */
static void
paint_entry_row(struct session *s, struct canvas *c, const char *shown,
    int width, bool cut)
{
	char	hint[sizeof(s->hint)];
	int	at;

	paint_hint(s, session_frame(s), hint, sizeof(hint));
	at = paint_hint_at(c, hint, width + 3);
	if (s->entry_end < 0 || cut || at != s->hint_at ||
	    strcmp(hint, s->hint) != 0) {
		canvas_clear(c, 0, 1);
		if (at >= 0) {
			(void)canvas_put(c, 0, at, STYLE_NORMAL, hint);
		}
		if (cut) {
			(void)canvas_put(c, 0, 0, STYLE_NORMAL, "<");
		}
		(void)canvas_put(c, 0, 1, STYLE_ENTRY, shown);
		(void)str_copy(s->hint, sizeof(s->hint), hint);
		s->hint_at = at;
	} else {
		canvas_cell(c, 0, 1, width > s->entry_end - 1 ? width :
		    s->entry_end - 1, STYLE_ENTRY, shown);
	}
	s->entry_end = cut ? -1 : 1 + width;
}

static void
paint_entry(struct session *s)
{
	int		 row = tty_rows(s->tty) - ROWS_BELOW;
	struct canvas	 c = paint_area(s, row, 1);
	struct frame	*f = session_frame(s);
	int		 room = canvas_cols(&c) - 2, cursor;
	char		 text[ENTRY_MAX];
	const char	*shown = text;
	size_t		 at;

	paint_entry_text(s, f, text, sizeof(text), &at);
	/* A text wider than the row shows the part around the cursor. */
	while ((cursor = paint_head_cols(&c, shown, at - (size_t)(shown -
	    text))) > room - 1) {
		(void)utf8_next(&shown);
	}
	paint_entry_row(s, &c, shown, canvas_width(&c, text), shown != text);
	if ((f->screen->flags & SCREEN_DIRECT) != 0 && f->line.len == 0) {
		tty_cursor(s->tty, -1, 0);
	} else {
		tty_cursor(s->tty, row, 1 + cursor);
	}
	explicit_bzero(text, sizeof(text));
}

/* ---- the message -------------------------------------------------------- */

/*
 * What to do stands at a message's end: one that is wider than the screen has
 * the keys' row too, as long as it is seen.
 */
static bool
paint_message_tall(struct session *s)
{
	struct canvas	c = paint_area(s, tty_rows(s->tty) - 2, 1);

	return canvas_width(&c, s->message) > canvas_cols(&c);
}

static void
paint_message(struct session *s, bool tall)
{
	int		rows = tall ? 2 : 1;
	struct canvas	c = paint_area(s, tty_rows(s->tty) - 2, rows);

	canvas_clear(&c, 0, rows);
	if (tall) {
		/* The last cell of the last row is left alone. */
		c.box.cols--;
		(void)canvas_wrap(&c, 0, 0, s->message_style, s->message);
	} else {
		(void)canvas_put(&c, 0, 0, s->message_style, s->message);
	}
	s->message_seen = true;
}

/* ---- the keys ----------------------------------------------------------- */

/* What the bar says of a binding: its F-key's number or its letter. */
static void
paint_key_name(const struct binding *b, bool first, bool colon, char out[8])
{
	int	n = b->key >= K_F1 && b->key <= K_F10 ?
	    (int)b->key - K_F1 + 1 : 0;

	if (n == 0) {
		(void)str_fmt(out, 8, "%c ", session_binding_letter(b));
	} else if (colon) {
		(void)str_fmt(out, 8, ":%d", n % 10);
	} else {
		(void)str_fmt(out, 8, "%s%d", first ? "F" : "", n);
	}
}

static const char *
paint_label(const struct binding *b)
{
	return b->label != NULL ? words_of(b->label) : action_label(b->act);
}

/* The bar's bindings in order: F1 to F10, then a direct screen's letters. */
static size_t
paint_bar_list(struct session *s, const struct frame *f,
    const struct binding *list[static 40])
{
	static const struct binding	 help = { .act = ACT_HELP,
					     .key = K_F1 };
	static const struct binding	 back = { .act = ACT_BACK,
					     .key = K_F10 };
	bool				 direct;
	size_t				 n = 0;

	direct = (f->screen->flags & SCREEN_DIRECT) != 0;
	for (int key = K_F1; key <= K_F10; key++) {
		const struct binding	*b;

		b = session_binding(s, f, (enum key_code)key);
		if (b == NULL && key == K_F1) {
			b = &help;
		} else if (b == NULL && key == K_F10) {
			b = &back;
		}
		if (b != NULL && session_offers(s, f, b->act)) {
			list[n++] = b;
		}
	}
	for (const struct binding *b = session_face(f).keys; direct &&
	    b != NULL && b->act != ACT_NONE; b++) {
		if (b->key == K_NONE && b->letter != 0 && n < 40 &&
		    session_offers(s, f, b->act)) {
			list[n++] = b;
		}
	}
	return n;
}

/* What stands for a binding in the bar, and the columns it takes. */
struct bar_item {
	const char	*label;
	char		 key[8];
	int		 key_width, width;
};

/* Columns the whole bar takes when no label is longer than `most`. */
static int
paint_bar_width(const struct bar_item *items, size_t n, int most)
{
	int	width = 0;

	for (size_t i = 0; i < n; i++) {
		width += items[i].key_width + (items[i].width < most ?
		    items[i].width : most) + 1;
	}
	return width - 1;
}

static void
paint_bar_full(struct canvas *c, const struct binding **list, size_t n)
{
	struct bar_item	items[40];
	int		col = 0, most = 12;

	for (size_t i = 0; i < n; i++) {
		items[i].label = paint_label(list[i]);
		items[i].width = canvas_width(c, items[i].label);
		paint_key_name(list[i], i == 0, false, items[i].key);
		items[i].key_width = canvas_width(c, items[i].key);
	}
	/* Letters are in the Tab menu as well: better fewer than cut short. */
	while (n > 0 && list[n - 1]->key == K_NONE &&
	    paint_bar_width(items, n, most) >= canvas_cols(c)) {
		n--;
	}
	while (most > 3 && paint_bar_width(items, n, most) >=
	    canvas_cols(c)) {
		most--;
	}
	for (size_t i = 0; i < n; i++) {
		int	width = items[i].width < most ? items[i].width : most;

		/* The last cell of the last row is left alone: writing it
		 * scrolls some terminals. */
		if (col + items[i].key_width + width >= canvas_cols(c)) {
			break;
		}
		col = canvas_put(c, 0, col, STYLE_KEY, items[i].key);
		canvas_cell(c, 0, col, width, STYLE_NORMAL, items[i].label);
		col += width + 1;
	}
}

/* A phone has no F-keys: what leads on, as it is typed there, the most wanted
 * first. */
static void
paint_bar_small(struct canvas *c, const struct binding **list, size_t n)
{
	static const enum key_code	order[] = { K_F9, K_F5, K_F2, K_F10,
	    K_F6, K_F8, K_F3, K_F7, K_F4, K_F1, K_NONE };
	int				col;

	col = canvas_put(c, 0, 0, STYLE_KEY, "Tab");
	col = canvas_put(c, 0, col + 1, STYLE_NORMAL, _("menu")) + 1;
	for (size_t k = 0; k < NELEM(order); k++) {
		for (size_t i = 0; i < n; i++) {
			const char	*label = paint_label(list[i]);
			char		 key[8];

			if (list[i]->key != order[k]) {
				continue;
			}
			paint_key_name(list[i], true, true, key);
			if (col + canvas_width(c, key) +
			    canvas_width(c, label) >= canvas_cols(c)) {
				continue;
			}
			col = canvas_put(c, 0, col, STYLE_KEY, key);
			col = canvas_put(c, 0, col, STYLE_NORMAL, label) + 1;
		}
	}
}

static void
paint_bar(struct session *s)
{
	struct canvas		 c = paint_area(s, tty_rows(s->tty) - 1, 1);
	const struct frame	*f = session_frame(s);
	const struct binding	*list[40];
	size_t			 n = paint_bar_list(s, f, list);

	/* Every act may change it, and hardly one does. */
	if (n == s->bar_len && memcmp(list, s->bar, n * sizeof(list[0])) == 0) {
		return;
	}
	memcpy(s->bar, list, n * sizeof(list[0]));
	s->bar_len = n;
	canvas_clear(&c, 0, 1);
	if (canvas_cols(&c) >= WIDE) {
		paint_bar_full(&c, list, n);
	} else {
		paint_bar_small(&c, list, n);
	}
}

void
session_paint(struct session *s)
{
	bool	tall = s->message_tall;

	if (s->depth == 0 || s->over) {
		return;
	}
	if ((s->dirty & DIRTY_ALL) == DIRTY_ALL) {
		s->entry_end = -1;
		s->bar_len = 0;
	}
	if ((s->dirty & DIRTY_HEAD) != 0) {
		paint_head(s);
	}
	if ((s->dirty & DIRTY_BODY) != 0) {
		paint_body(s);
	}
	if ((s->dirty & DIRTY_MESSAGE) != 0) {
		tall = paint_message_tall(s);
	}
	if (tall && (s->dirty & DIRTY_BAR) != 0) {
		s->dirty |= DIRTY_MESSAGE;
	} else if (!tall && s->message_tall) {
		s->dirty |= DIRTY_BAR;
		s->bar_len = 0;
	}
	s->message_tall = tall;
	if ((s->dirty & DIRTY_MESSAGE) != 0) {
		paint_message(s, tall);
	}
	if ((s->dirty & DIRTY_BAR) != 0 && !tall) {
		paint_bar(s);
	}
	if ((s->dirty & DIRTY_ENTRY) != 0) {
		paint_entry(s);
	}
	s->dirty = 0;
	tty_flush(s->tty);
}
