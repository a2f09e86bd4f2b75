/* SPDX-License-Identifier: ISC */
/* How the rooms look: every table with its state, covers, age, course and
 * server; a list where there is no room to draw. */
#include "screens/plan_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screens/app.h"

#define PLAN_CELL	9		/* columns of a table */
#define PLAN_WIDE	60		/* narrower: a list */
#define PLAN_TALL	14
#define PLAN_CALLS	3		/* rows of what wants somebody */
#define PLAN_TABS	26		/* columns of those without a table */
#define PLAN_EDGE	5		/* columns of "+12 >" */

const struct table_view *
plan_marked(const struct plan_screen *st)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].t.id == st->table) {
			return &st->tables[i];
		}
	}
	return NULL;
}

const struct tab_view *
plan_marked_tab(const struct plan_screen *st)
{
	for (size_t i = 0; i < st->ntabs; i++) {
		if (st->tabs[i].sale == st->tab) {
			return &st->tabs[i];
		}
	}
	return NULL;
}

/* ---- words -------------------------------------------------------------- */

const char *
plan_course(const struct plan_screen *st, int course)
{
	static char	name[COURSE_NAME];

	(void)str_fmt(name, sizeof(name), _("course %d"), course);
	for (size_t i = 0; i < st->ncourses; i++) {
		if (st->courses[i].number == course) {
			(void)str_copy(name, sizeof(name),
			    st->courses[i].name);
		}
	}
	return name;
}

static const char *
plan_state(const struct plan_screen *st, const struct table_view *v)
{
	static char	text[64];
	char		at[8];

	if (v->t.joined != 0) {
		for (size_t i = 0; i < st->ntables; i++) {
			if (st->tables[i].t.id == v->t.joined) {
				(void)str_fmt(text, sizeof(text), _("at T%d"),
				    st->tables[i].t.number);
				return text;
			}
		}
	}
	if (v->state == TABLE_RESERVED) {
		clock_local(v->booked_at, "%H:%M", at, sizeof(at));
		(void)str_fmt(text, sizeof(text), _("res%s"), at);
		return text;
	}
	if (v->state != TABLE_BILL && v->rush) {
		return _("RUSH");
	}
	return v->state == TABLE_COURSE ? plan_course(st, v->course) :
	    table_state_text(v->state);
}

/* What shouts: a bill that is waited for.  What seats guests is bold. */
static enum style
plan_style(const struct table_view *v)
{
	return v->state == TABLE_BILL ? STYLE_SHOUT :
	    v->state == TABLE_FREE ? STYLE_BOLD :
	    v->state == TABLE_BLOCKED ? STYLE_DIM : STYLE_NORMAL;
}

/* "18m Jul" */
static void
plan_age(const struct plan_screen *st, const struct table_view *v, char *out,
    size_t size)
{
	const char	*who = v->server;
	size_t		 n = 0;

	*out = '\0';
	if (v->sale == 0) {
		if (v->since != 0 && v->state != TABLE_FREE &&
		    v->state != TABLE_RESERVED) {
			(void)str_copy(out, size, app_age(v->since, st->now));
		}
		return;
	}
	for (const char *p = who; n < 3 && *p != '\0'; n++) {
		(void)utf8_next(&p);
		who = p;
	}
	(void)str_fmt(out, size, "%s %.*s", app_age(v->since, st->now),
	    (int)(who - v->server), v->server);
}

/* ---- the drawing -------------------------------------------------------- */

static int
plan_lines(int rows)
{
	return (rows - PLAN_CALLS) / 3;
}

/* As many as there are columns for: where some do not fit, it is said behind
 * them. */
static int
plan_cells(int cols, int cells)
{
	return cells * PLAN_CELL <= cols ? cells :
	    (cols - PLAN_EDGE) / PLAN_CELL;
}

static int
plan_wide_table(const struct table *t)
{
	return t->shape == SHAPE_LONG ? 2 : 1;
}

/* "[4 2]": number and covers in the table's shape. */
static void
plan_draw_table(const struct plan_screen *st, struct canvas *c,
    const struct table_view *v)
{
	static const char	open[] = "[([|", shut[] = "])]|";
	int			row = 3 * (v->t.line - st->top);
	int			col = 1 + (v->t.cell - st->left) * PLAN_CELL;
	bool			marked = v->t.id == st->table;
	enum style		style = marked ? STYLE_MARKER :
				    plan_style(v);
	char			text[32], covers[8] = "";
	int			width = v->t.shape == SHAPE_LONG ?
				    PLAN_CELL + 6 : 6;

	if (v->covers > 0) {
		(void)str_fmt(covers, sizeof(covers), "%d", v->covers);
	}
	(void)str_fmt(text, sizeof(text), "%c%-*d%*s%c", open[v->t.shape],
	    width - 4, v->t.number, 2, covers, shut[v->t.shape]);
	canvas_marker(c, row, col - 1, marked);
	canvas_put(c, row, col, style, text);
	canvas_cell(c, row + 1, col, PLAN_CELL - 1, style,
	    plan_state(st, v));
	plan_age(st, v, text, sizeof(text));
	canvas_cell(c, row + 2, col, PLAN_CELL - 1, STYLE_NORMAL, text);
}

/* "> Paul      2  9,00  8m" */
static void
plan_draw_tab(const struct plan_screen *st, struct canvas *c, int row,
    int col, const struct tab_view *v)
{
	bool	marked = v->sale == st->tab;
	int	width = canvas_cols(c) - col - 16;
	char	when[8];

	canvas_marker(c, row, col - 1, marked);
	canvas_cell(c, row, col, width, marked ? STYLE_MARKER :
	    v->bill ? STYLE_SHOUT : STYLE_NORMAL, v->name);
	canvas_right(c, row, col + width + 9, 8, STYLE_NORMAL,
	    app_money(st->shop, v->total));
	if (v->promised != 0) {
		clock_local(v->promised, "%H:%M", when, sizeof(when));
		canvas_right(c, row, col + width + 15, 5, STYLE_BOLD, when);
	} else {
		canvas_right(c, row, col + width + 15, 5, STYLE_NORMAL,
		    app_age(v->since, st->now));
	}
}

/* What wants somebody, the longest waiting first; -1: no more. */
static ptrdiff_t
plan_call(const struct plan_screen *st, const bool *had)
{
	ptrdiff_t	best = -1;

	for (size_t i = 0; i < st->ntables; i++) {
		const struct table_view	*v = &st->tables[i];

		if (had[i] || v->sale == 0 || (v->state != TABLE_BILL &&
		    v->waits == 0 && v->unsent == 0)) {
			continue;
		}
		if (best < 0 || v->since < st->tables[best].since) {
			best = (ptrdiff_t)i;
		}
	}
	return best;
}

static void
plan_draw_calls(const struct plan_screen *st, struct canvas *c)
{
	bool	*had = xcalloc(st->ntables + 1, sizeof(*had));
	int	 row = canvas_rows(c) - PLAN_CALLS;

	for (int n = 0; n < PLAN_CALLS; n++) {
		ptrdiff_t		 i = plan_call(st, had);
		const struct table_view	*v;

		if (i < 0) {
			break;
		}
		had[i] = true;
		v = &st->tables[i];
		canvas_fmt(c, row + n, 2, v->state == TABLE_BILL ?
		    STYLE_BOLD : STYLE_NORMAL, v->state == TABLE_BILL ?
		    _("T%d  bill asked  %s") : v->unsent > 0 ?
		    _("T%d  not sent yet  %s") :
		    _("T%d  next course to fire  %s"), v->t.number,
		    app_age(v->since, st->now));
	}
	free(had);
}

/* Columns and lines the tables of a room take. */
static void
plan_size(const struct plan_screen *st, int *cells, int *lines)
{
	*cells = *lines = 0;
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table	*t = &st->tables[i].t;
		int			 end = t->cell + plan_wide_table(t);

		if (st->nrooms > 0 && t->room == st->rooms[st->room].id) {
			*cells = end > *cells ? end : *cells;
			*lines = t->line + 1 > *lines ? t->line + 1 : *lines;
		}
	}
}

void
plan_follow(struct plan_screen *st)
{
	const struct table_view	*v = plan_marked(st);
	int			 cells, lines, room, wide;

	plan_size(st, &cells, &lines);
	room = plan_lines(st->rows);
	wide = plan_cells(st->cols, cells);
	if (v != NULL && v->t.line < st->top) {
		st->top = v->t.line;
	} else if (v != NULL && v->t.line >= st->top + room) {
		st->top = v->t.line - room + 1;
	}
	if (v != NULL && v->t.cell < st->left) {
		st->left = v->t.cell;
	} else if (v != NULL && v->t.cell + plan_wide_table(&v->t) >
	    st->left + wide) {
		st->left = v->t.cell + plan_wide_table(&v->t) - wide;
	}
	/* Nothing is hidden for an empty edge. */
	st->left = st->left > cells - wide ? cells - wide : st->left;
	st->top = st->top > lines - room ? lines - room : st->top;
	st->left = st->left < 0 ? 0 : st->left;
	st->top = st->top < 0 ? 0 : st->top;
}

/* Tables of the room that are out of sight, each way. */
struct hidden {
	int	left, right, above, below;
};

static bool
plan_seen(const struct plan_screen *st, const struct table *t, int wide,
    int room, struct hidden *h)
{
	if (t->line < st->top) {
		h->above++;
	} else if (t->line >= st->top + room) {
		h->below++;
	} else if (t->cell < st->left) {
		h->left++;
	} else if (t->cell + plan_wide_table(t) > st->left + wide) {
		h->right++;
	} else {
		return true;
	}
	return false;
}

/* "+3 >": so many are that way. */
static void
plan_draw_hidden(struct canvas *c, int lines, const struct hidden *h)
{
	char	text[16];
	int	end = canvas_cols(c);

	if (h->above > 0) {
		(void)str_fmt(text, sizeof(text), "+%d ^", h->above);
		canvas_right(c, 0, end, PLAN_EDGE, STYLE_BOLD, text);
	}
	if (h->right > 0) {
		(void)str_fmt(text, sizeof(text), "+%d >", h->right);
		canvas_right(c, 1, end, PLAN_EDGE, STYLE_BOLD, text);
	}
	if (h->left > 0) {
		(void)str_fmt(text, sizeof(text), "+%d <", h->left);
		canvas_right(c, 2, end, PLAN_EDGE, STYLE_BOLD, text);
	}
	if (h->below > 0) {
		(void)str_fmt(text, sizeof(text), "+%d v", h->below);
		canvas_right(c, 3 * lines - 1, end, PLAN_EDGE, STYLE_BOLD,
		    text);
	}
}

static void
plan_draw_room(const struct plan_screen *st, struct canvas *c)
{
	int		 room = plan_lines(canvas_rows(c));
	int		 cells, lines, wide, col, row = 0;
	struct hidden	 h = { 0 };

	plan_size(st, &cells, &lines);
	wide = plan_cells(canvas_cols(c), cells);
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table_view	*v = &st->tables[i];

		if (v->t.room == st->rooms[st->room].id &&
		    plan_seen(st, &v->t, wide, room, &h)) {
			plan_draw_table(st, c, v);
		}
	}
	plan_draw_hidden(c, room, &h);
	/* Beside the tables where they leave so much, else below. */
	col = canvas_cols(c) - PLAN_TABS;
	if (cells * PLAN_CELL + 2 > col) {
		row = 3 * (lines - st->top);
	}
	for (size_t i = 0; i < st->ntabs && row < canvas_rows(c) -
	    PLAN_CALLS; i++) {
		plan_draw_tab(st, c, row++, col, &st->tabs[i]);
	}
	plan_draw_calls(st, c);
}

/* Rows of the list: tables of the room, then those without one. */
int
plan_list_size(const struct plan_screen *st)
{
	return (int)(st->ntables + st->ntabs);
}

int
plan_list_at(const struct plan_screen *st)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].t.id == st->table) {
			return (int)i;
		}
	}
	for (size_t i = 0; i < st->ntabs; i++) {
		if (st->tabs[i].sale == st->tab) {
			return (int)(st->ntables + i);
		}
	}
	return -1;
}

static void
plan_draw_list(const struct plan_screen *st, struct canvas *c)
{
	int	rows = canvas_rows(c), at = plan_list_at(st);
	int	top = at >= rows ? at - rows + 1 : 0;

	for (int row = 0; row < rows && top + row < plan_list_size(st);
	    row++) {
		size_t			 i = (size_t)top + (size_t)row;
		const struct table_view	*v;
		char			 text[40];
		bool			 marked;

		if (i >= st->ntables) {
			plan_draw_tab(st, c, row, 1,
			    &st->tabs[i - st->ntables]);
			continue;
		}
		v = &st->tables[i];
		marked = v->t.id == st->table;
		canvas_marker(c, row, 0, marked);
		(void)str_fmt(text, sizeof(text), "T%d", v->t.number);
		canvas_cell(c, row, 1, 5, marked ? STYLE_MARKER :
		    plan_style(v), text);
		if (v->covers > 0) {
			(void)str_fmt(text, sizeof(text), "%d", v->covers);
			canvas_right(c, row, 9, 3, STYLE_NORMAL, text);
		}
		canvas_cell(c, row, 10, 12, plan_style(v),
		    plan_state(st, v));
		plan_age(st, v, text, sizeof(text));
		canvas_cell(c, row, 23, 9, STYLE_NORMAL, text);
		if (v->unsent > 0) {
			canvas_put(c, row, 33, STYLE_BOLD, _("unsent"));
		} else if (v->waits > 0) {
			canvas_put(c, row, 33, STYLE_BOLD, _("next?"));
		}
	}
}

bool
plan_wide(const struct plan_screen *st)
{
	return st->cols >= PLAN_WIDE && st->rows >= PLAN_TALL;
}

void
plan_draw(const void *state, struct canvas *c)
{
	const struct plan_screen	*st = state;

	if (st->nrooms == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL, _("No room is drawn "
		    "yet.  A manager draws one with :rooms; :tab opens an "
		    "account at the bar."));
	} else if (plan_wide(st)) {
		plan_draw_room(st, c);
	} else {
		plan_draw_list(st, c);
	}
}

void
plan_head(const void *state, char *out, size_t size)
{
	const struct plan_screen	*st = state;
	int				 covers = 0, taken = 0;

	for (size_t i = 0; i < st->ntables; i++) {
		covers += st->tables[i].covers;
		taken += st->tables[i].sale != 0 ? 1 : 0;
	}
	(void)str_fmt(out, size, _("%s  %d covers  %d/%zu"), st->nrooms > 0 &&
	    plan_wide(st) ? st->rooms[st->room].name : _("TABLES"), covers,
	    taken, st->ntables);
}

void
plan_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct plan_screen	*st = state;
	const struct table_view		*v = plan_marked(st);

	(void)typed;
	if (plan_marked_tab(st) != NULL) {
		(void)str_fmt(out, size, _("Enter opens %s"),
		    plan_marked_tab(st)->name);
	} else if (v == NULL) {
		(void)str_copy(out, size, _("number of a table"));
	} else if (v->sale != 0) {
		(void)str_fmt(out, size, _("Enter opens table %d"),
		    v->t.number);
	} else {
		(void)str_fmt(out, size, _("Enter seats table %d  %d seats"),
		    v->t.number, v->t.seats);
	}
}
