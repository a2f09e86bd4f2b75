/* SPDX-License-Identifier: ISC */
/* A kitchen's display painted: tiles, counts, and what the next key does. */
#include "screens/kitchen_part.h"

#include "base/buf.h"

const char *
kitchen_course(const struct kitchen_screen *st, int course)
{
	return course >= 0 && course <= COURSES ? st->course[course] : "";
}

static void
kitchen_draw_tile(const struct kitchen_screen *st, struct canvas *c, int i)
{
	const struct slot	*slot = &st->slots[i];
	ptrdiff_t		 at = kitchen_ticket_of(st, slot);

	if (at >= 0) {
		const struct kitchen_ticket	*t = &st->board.tickets[at];

		if (canvas_kept(c, (int64_t[]){ t->stamp, i, st->now,
		    st->shop->money.mark }, 4)) {
			return;
		}
		tile_draw(c, &(struct tile_view){ .ticket = t,
		    .digit = i + 1, .now = st->now,
		    .course = kitchen_course(st, t->course),
		    .mark = st->shop->money.mark });
	} else if (slot->sale != 0) {
		canvas_fmt(c, 0, 0, STYLE_DIM, _("%d %s  READY"), i + 1,
		    slot->called);
		canvas_fmt(c, 1, 2, STYLE_DIM, _("%d takes it back"), i + 1);
	}
}

/* "to make: 6 Frites  4 Magret …": as many as the row has room for. */
static void
kitchen_draw_row(const struct kitchen_screen *st, struct canvas *c, int row)
{
	char	text[200], qty[MONEY_TEXT];
	int	col = 0;

	if (st->ncounts > 0) {
		col = canvas_put(c, row, 0, STYLE_NORMAL, _("to make:"));
	}
	for (size_t i = 0; i < st->ncounts; i++) {
		qty_plain(st->shop->money.mark, st->counts[i].qty, qty);
		(void)str_fmt(text, sizeof(text), "%s %s", qty,
		    st->counts[i].label);
		if (col + 2 + canvas_width(c, text) > canvas_cols(c) -
		    (i + 1 < st->ncounts ? 2 : 0)) {
			(void)canvas_put(c, row, col + 1, STYLE_BOLD, "…");
			break;
		}
		col = canvas_put(c, row, col + 2, STYLE_NORMAL, text);
	}
}

/* "12 left", behind its name. */
static void
kitchen_left(const struct kitchen_screen *st, const struct dish *d, char *out,
    size_t size)
{
	char	qty[MONEY_TEXT];

	if (d->counted && d->left > 0) {
		qty_plain(st->shop->money.mark, d->left, qty);
		(void)str_fmt(out, size, _("%s left"), qty);
	} else {
		(void)str_copy(out, size, d->counted ? _("SOLD OUT") : "");
	}
}

/* "today: Blanquette 12 left   Tartare 3 left   Saumon SOLD OUT …" */
static void
kitchen_draw_dishes(const struct kitchen_screen *st, struct canvas *c, int row)
{
	int	col = 0;

	for (size_t i = 0; i < st->ndishes; i++) {
		const struct dish	*d = &st->dishes[i].dish;
		enum style		 style = st->dishes[i].since != 0 ?
					    STYLE_BOLD : STYLE_NORMAL;
		char			 left[48];
		int			 room, width;

		kitchen_left(st, d, left, sizeof(left));
		if (i == 0 && d->day[0] != '\0') {
			col = canvas_put(c, row, 0, style, _("today:")) + 1;
		}
		room = canvas_cols(c) - col - 1 - canvas_width(c, left) -
		    (i + 1 < st->ndishes ? 2 : 0);
		width = canvas_width(c, d->name);
		/* A long name is cut where it is the only one. */
		if (width > room && i > 0) {
			(void)canvas_put(c, row, col - 2, STYLE_BOLD, "…");
			break;
		}
		width = width < room ? width : room;
		canvas_cell(c, row, col, width, style, d->name);
		col = canvas_put(c, row, col + width + 1, d->counted &&
		    d->left <= 0 ? STYLE_BOLD : style, left) + 3;
	}
}

static void
kitchen_draw_totals(const struct kitchen_screen *st, struct canvas *c)
{
	int	rows = canvas_rows(c) - 2, cols = canvas_cols(c);
	int	width = cols >= 2 * TILE_WIDTH ? cols / (cols /
		    (TILE_WIDTH + 12 < cols ? TILE_WIDTH + 12 : cols)) : cols;
	char	qty[MONEY_TEXT];

	(void)canvas_put(c, 0, 0, STYLE_BOLD, st->ncounts == 0 ?
	    _("nothing is to be made now") : _("to be made now"));
	for (size_t i = 0; i < st->ncounts && rows > 0; i++) {
		int	row = 2 + (int)i % rows, col = (int)i / rows * width;

		qty_plain(st->shop->money.mark, st->counts[i].qty, qty);
		canvas_right(c, row, col + 5, 5, STYLE_BOLD, qty);
		canvas_cell(c, row, col + 6, width - 7, STYLE_NORMAL,
		    st->counts[i].label);
	}
}

static void
kitchen_draw_stations(const struct kitchen_screen *st, struct canvas *c)
{
	(void)canvas_put(c, 0, 2, STYLE_BOLD, _("Which station?"));
	for (size_t i = 0; i < st->nstations && i < SLOTS; i++) {
		canvas_fmt(c, 2 + (int)i, 2, STYLE_NORMAL, "%zu  %s", i + 1,
		    st->stations[i].name);
	}
}

/* Rows of tiles that one has: a long ticket goes on where nobody stands below
 * it. */
static int
kitchen_span(const struct kitchen_screen *st, int i)
{
	int	n = 1;

	while (i + n * st->cols < kitchen_per(st) &&
	    st->slots[i + n * st->cols].sale == 0) {
		n++;
	}
	return st->slots[i].sale == 0 ? 1 : n;
}

void
kitchen_draw(const void *state, struct canvas *c)
{
	const struct kitchen_screen	*st = state;
	int				 rows = canvas_rows(c), width;

	if (st->at.id == 0) {
		kitchen_draw_stations(st, c);
		return;
	}
	if (st->totals) {
		kitchen_draw_totals(st, c);
		return;
	}
	if (rows >= KITCHEN_TALL) {
		rows--;
		kitchen_draw_row(st, c, rows);
	}
	if (st->ndishes > 0) {
		rows--;
		kitchen_draw_dishes(st, c, rows);
	}
	width = canvas_cols(c) / st->cols;
	rows /= st->rows;
	for (int i = 0; i < kitchen_per(st); i++) {
		struct canvas	part = canvas_part(c, (struct canvas_box){
				    .row = i / st->cols * rows,
				    .col = i % st->cols * width,
				    .rows = rows * kitchen_span(st, i),
				    .cols = width - 1 });

		kitchen_draw_tile(st, &part, i);
	}
	if (st->board.n == 0) {
		(void)canvas_put(c, rows / 2, 2, STYLE_NORMAL,
		    _("nothing to make"));
	}
}

void
kitchen_head(const void *state, char *out, size_t size)
{
	const struct kitchen_screen	*st = state;
	char				 text[96], page[24] = "";
	int				 live = 0, n = (int)st->board.n;

	if (st->at.id == 0) {
		return;
	}
	for (int i = 0; i < n; i++) {
		live += st->board.tickets[i].live ? 1 : 0;
	}
	(void)str_fmt(text, sizeof(text), ngettext("%d ticket", "%d tickets",
	    (unsigned long)live), live);
	if (kitchen_pages(st) > 1) {
		(void)str_fmt(page, sizeof(page), _("  p %d/%d"),
		    st->page + 1, kitchen_pages(st));
	}
	if (n > live) {
		(void)str_fmt(out, size, _("%s  %s  %d to come%s"),
		    st->at.name, text, n - live, page);
	} else {
		(void)str_fmt(out, size, "%s  %s%s", st->at.name, text, page);
	}
}

void
kitchen_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct kitchen_screen	*st = state;
	static const char *const	 verbs[] = {
		[VERB_START] = N_("start which one? 1-9   0 none"),
		[VERB_PART] = N_("a dish of which one? 1-9   0 none"),
		[VERB_MOVE] = N_("transfer which one? 1-9   0 none"),
		[VERB_FIRST] = N_("which one first? 1-9   0 none"),
	};

	(void)typed;
	if (st->at.id == 0) {
		(void)str_copy(out, size, _("the digit of a station"));
	} else if (st->totals) {
		(void)str_copy(out, size, _("any key: the tickets again"));
	} else if (st->verb != VERB_READY) {
		(void)str_copy(out, size, _(verbs[st->verb]));
	} else {
		(void)str_copy(out, size, st->small ?
		    _("1-9 ready   Enter more") :
		    _("1-9 ready   0 undo   . start   Enter more"));
	}
}
