/* SPDX-License-Identifier: ISC */
/* The rooms as they stand: every table with its state, covers, age, course and
 * server; a list where there is no room to draw.  A number jumps to a table,
 * Enter opens it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/pass.h"
#include "screens/screens.h"
#include "screens/split.h"
#include "shop/course.h"
#include "shop/invoice.h"
#include "shop/party.h"
#include "shop/user.h"

#define PLAN_CELL	9		/* columns of a table */
#define PLAN_WIDE	60		/* narrower: a list */
#define PLAN_TALL	14
#define PLAN_CALLS	3		/* rows of what wants somebody */
#define PLAN_TABS	26		/* columns of those without a table */
#define PLAN_TICK_MS	30000

struct plan_screen {
	struct shop		*shop;
	struct room		*rooms;
	size_t			 nrooms, room;
	struct table_view	*tables;
	size_t			 ntables;
	struct tab_view		*tabs;
	size_t			 ntabs;
	struct course		*courses;
	size_t			 ncourses;
	int64_t			 table;		/* marked; 0 none */
	int64_t			 tab;		/* or this sale */
	int64_t			 now;
	int			 rows, cols;
	int			 covers;	/* typed behind the number */
};

enum { ASK_LEAVE = 1, ASK_COVERS, ASK_MOVE, ASK_SERVER, ASK_MESSAGE,
    ASK_JOIN, ASK_BLOCK, ASK_TAB, ASK_TAKE_AWAY, ASK_DELIVERY };

/* ---- reading ------------------------------------------------------------ */

static int
plan_read(struct session *s, struct plan_screen *st)
{
	struct table_view	*tables;
	struct tab_view		*tabs;
	size_t			 ntables, ntabs;
	int			 r;

	if ((r = table_plan(st->shop, &tables, &ntables)) != 0) {
		return r;
	}
	if ((r = tab_list(st->shop, &tabs, &ntabs)) != 0) {
		free(tables);
		return r;
	}
	free(st->tables);
	free(st->tabs);
	st->tables = tables;
	st->ntables = ntables;
	st->tabs = tabs;
	st->ntabs = ntabs;
	st->now = session_now_ms(s);
	return 0;
}

static const struct table_view *
plan_marked(const struct plan_screen *st)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].t.id == st->table) {
			return &st->tables[i];
		}
	}
	return NULL;
}

static const struct tab_view *
plan_marked_tab(const struct plan_screen *st)
{
	for (size_t i = 0; i < st->ntabs; i++) {
		if (st->tabs[i].sale == st->tab) {
			return &st->tabs[i];
		}
	}
	return NULL;
}

/* Mark a table, in the room it stands in. */
static void
plan_mark(struct plan_screen *st, const struct table_view *v)
{
	st->tab = 0;
	st->table = v->t.id;
	for (size_t i = 0; i < st->nrooms; i++) {
		if (st->rooms[i].id == v->t.room) {
			st->room = i;
		}
	}
}

static const struct table_view *
plan_numbered(const struct plan_screen *st, int64_t number)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].t.number == number) {
			return &st->tables[i];
		}
	}
	return NULL;
}

static int
plan_open(struct session *s, void *state, const void *arg)
{
	struct plan_screen	*st = state;
	const char		*number = arg;
	int			 r;

	st->shop = session_shop(s);
	if ((r = room_list(st->shop, &st->rooms, &st->nrooms)) != 0 ||
	    (r = course_list(st->shop, &st->courses,
	    &st->ncourses)) != 0) {
		return r;
	}
	if (number != NULL && *number != '\0') {
		session_set_entry(s, number);
	}
	session_timer(s, PLAN_TICK_MS);
	return plan_read(s, st);
}

static void
plan_close(struct session *s, void *state)
{
	struct plan_screen	*st = state;

	app_keep(s, "plan", 0);
	free(st->rooms);
	free(st->tables);
	free(st->tabs);
	free(st->courses);
}

static void
plan_layout(struct session *s, void *state, int rows, int cols)
{
	struct plan_screen	*st = state;

	(void)s;
	st->rows = rows;
	st->cols = cols;
}

/* ---- words -------------------------------------------------------------- */

static const char *
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
		(void)str_fmt(text, sizeof(text), _("res. %s"), at);
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
plan_row(const struct table_view *v, int top)
{
	return 3 * (v->t.line - top);
}

/* "[4 2]": number and covers in the table's shape. */
static void
plan_draw_table(const struct plan_screen *st, struct canvas *c,
    const struct table_view *v, int top)
{
	static const char	open[] = "[([|", shut[] = "])]|";
	int			row = plan_row(v, top);
	int			col = 1 + v->t.cell * PLAN_CELL;
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
		int			 end = t->cell +
					    (t->shape == SHAPE_LONG ? 2 : 1);

		if (st->nrooms > 0 && t->room == st->rooms[st->room].id) {
			*cells = end > *cells ? end : *cells;
			*lines = t->line + 1 > *lines ? t->line + 1 : *lines;
		}
	}
}

static void
plan_draw_room(const struct plan_screen *st, struct canvas *c)
{
	const struct table_view	*marked = plan_marked(st);
	int			 room = (canvas_rows(c) - PLAN_CALLS) / 3;
	int			 cells, lines, top = 0, col, row = 0;

	plan_size(st, &cells, &lines);
	if (marked != NULL && marked->t.line >= room) {
		top = marked->t.line - room + 1;
	}
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table_view	*v = &st->tables[i];

		if (v->t.room == st->rooms[st->room].id &&
		    v->t.line >= top && v->t.line < top + room) {
			plan_draw_table(st, c, v, top);
		}
	}
	/* Beside the tables where they leave so much, else below. */
	col = canvas_cols(c) - PLAN_TABS;
	if (cells * PLAN_CELL + 2 > col) {
		row = 3 * (lines - top);
	}
	for (size_t i = 0; i < st->ntabs && row < canvas_rows(c) -
	    PLAN_CALLS; i++) {
		plan_draw_tab(st, c, row++, col, &st->tabs[i]);
	}
	plan_draw_calls(st, c);
}

/* Rows of the list: tables of the room, then those without one. */
static int
plan_list_size(const struct plan_screen *st)
{
	return (int)(st->ntables + st->ntabs);
}

static int
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

static bool
plan_wide(const struct plan_screen *st)
{
	return st->cols >= PLAN_WIDE && st->rows >= PLAN_TALL;
}

static void
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

static void
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

static void
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

/* ---- opening ------------------------------------------------------------ */

static enum turn
plan_refused(struct session *s, struct plan_screen *st, int r)
{
	session_beep(s);
	(void)session_fail(s, r);
	(void)plan_read(s, st);
	return TURN_KEEP;
}

static enum turn
plan_go(struct session *s, int64_t sale)
{
	struct sale_arg	arg = { .sale = sale };

	session_set_entry(s, "");
	return session_push(s, &screen_sale, &arg);
}

static enum turn
plan_seat(struct session *s, struct plan_screen *st, int covers)
{
	int64_t	sale, version;
	int	r = table_seat(st->shop, st->table, covers, &sale, &version);

	return r != 0 ? plan_refused(s, st, r) : plan_go(s, sale);
}

/* Where it stands at another table, that one. */
static const struct table_view *
plan_real(const struct plan_screen *st, const struct table_view *v)
{
	for (size_t i = 0; i < st->ntables && v->t.joined != 0; i++) {
		if (st->tables[i].t.id == v->t.joined) {
			return &st->tables[i];
		}
	}
	return v;
}

static enum turn
plan_open_marked(struct session *s, struct plan_screen *st, int covers)
{
	const struct table_view	*v = plan_marked(st);
	char			 question[48];

	if (st->tab != 0 && plan_marked_tab(st) != NULL) {
		return plan_go(s, st->tab);
	}
	if (v == NULL) {
		return TURN_STAY;
	}
	v = plan_real(st, v);
	plan_mark(st, v);
	if (v->parts > 1) {
		return session_push(s, &screen_split,
		    &(struct split_arg){ .sale = v->sale });
	}
	if (v->sale != 0) {
		return plan_go(s, v->sale);
	}
	if (v->state == TABLE_BLOCKED) {
		return plan_refused(s, st, err_set(ERR_INVALID,
		    _("table %lld is blocked: %s"), (long long)v->t.number,
		    v->t.note));
	}
	if (covers > 0) {
		return plan_seat(s, st, covers);
	}
	(void)str_fmt(question, sizeof(question), _("Table %d: how many "
	    "people?"), v->t.number);
	return session_ask(s, ASK_COVERS, false, question, "");
}

/* "4", or "4*2": two people at table four. */
static enum turn
plan_enter(struct session *s, void *state, const char *text)
{
	struct plan_screen	*st = state;
	const struct table_view	*v;
	const char		*star = strchr(text, '*');
	char			 first[16];
	int64_t			 number = 0, covers = 0;

	if (*text == '\0') {
		return plan_open_marked(s, st, 0);
	}
	(void)str_fmt(first, sizeof(first), "%.*s", star == NULL ? 15 :
	    (int)(star - text), text);
	if (str_to_i64(first, 1, 9999, &number) != 0 || (star != NULL &&
	    str_to_i64(star + 1, 1, 999, &covers) != 0)) {
		return plan_refused(s, st, err_set(ERR_INVALID,
		    _("4 opens table 4, 4*2 seats two there")));
	}
	if ((v = plan_numbered(st, number)) == NULL) {
		return plan_refused(s, st, err_set(ERR_NOT_FOUND,
		    _("there is no table %lld"), (long long)number));
	}
	plan_mark(st, v);
	return plan_open_marked(s, st, (int)covers);
}

/* Digits jump to the table while they are typed. */
static enum turn
plan_typed(struct session *s, void *state, const char *text)
{
	struct plan_screen	*st = state;
	const struct table_view	*v;
	int64_t			 number;

	(void)s;
	if (str_to_i64(text, 1, 9999, &number) != 0 ||
	    (v = plan_numbered(st, number)) == NULL ||
	    v->t.id == st->table) {
		return TURN_STAY;
	}
	plan_mark(st, v);
	return TURN_DRAW;
}

/* A digit begins a number on the entry line. */
static enum turn
plan_press(struct session *s, void *state, uint32_t ch)
{
	(void)s;
	(void)state;
	return ch >= '0' && ch <= '9' ? TURN_PASS : TURN_STAY;
}

/* ---- moving the mark ---------------------------------------------------- */

static enum turn
plan_step(struct plan_screen *st, int step)
{
	int	n = plan_list_size(st), at = plan_list_at(st) + step;

	if (n == 0) {
		return TURN_PASS;
	}
	at = at < 0 ? 0 : at >= n ? n - 1 : at;
	if (at < (int)st->ntables) {
		plan_mark(st, &st->tables[at]);
	} else {
		st->table = 0;
		st->tab = st->tabs[at - (int)st->ntables].sale;
	}
	return TURN_DRAW;
}

/* The nearest table of the room in that direction. */
static enum turn
plan_walk(struct plan_screen *st, int down, int right)
{
	const struct table_view	*from = plan_marked(st), *best = NULL;
	int			 least = 0;

	if (from == NULL) {
		return plan_step(st, st->tab != 0 ? down + right : 1);
	}
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table_view	*v = &st->tables[i];
		int			 ahead, aside;

		ahead = down * (v->t.line - from->t.line) +
		    right * (v->t.cell - from->t.cell);
		aside = down != 0 ? abs(v->t.cell - from->t.cell) :
		    abs(v->t.line - from->t.line);
		if (v->t.room != from->t.room || ahead <= 0 ||
		    (best != NULL && ahead + 3 * aside >= least)) {
			continue;
		}
		least = ahead + 3 * aside;
		best = v;
	}
	if (best != NULL) {
		plan_mark(st, best);
	} else if (st->ntabs > 0 && right > 0) {
		st->table = 0;
		st->tab = st->tabs[0].sale;
	}
	return TURN_DRAW;
}

static enum turn
plan_other_room(struct plan_screen *st, size_t step)
{
	if (st->nrooms == 0) {
		return TURN_PASS;
	}
	st->room = (st->room + step) % st->nrooms;
	st->table = 0;
	st->tab = 0;
	return TURN_DRAW;
}

static enum turn
plan_key(struct session *s, void *state, struct key key)
{
	struct plan_screen	*st = state;
	bool			 wide = plan_wide(st);

	(void)s;
	switch (key.code) {
	case K_UP:
		return wide ? plan_walk(st, -1, 0) : plan_step(st, -1);
	case K_DOWN:
		return wide ? plan_walk(st, 1, 0) : plan_step(st, 1);
	case K_LEFT:
		return wide && session_entry(s)[0] == '\0' ?
		    plan_walk(st, 0, -1) : TURN_PASS;
	case K_RIGHT:
		return wide && session_entry(s)[0] == '\0' ?
		    plan_walk(st, 0, 1) : TURN_PASS;
	case K_PGUP:
		return wide ? plan_other_room(st, st->nrooms - 1) :
		    plan_step(st, -st->rows);
	case K_PGDN:
		return wide ? plan_other_room(st, 1) :
		    plan_step(st, st->rows);
	default:
		return TURN_PASS;
	}
}

/* ---- acts on the marked one --------------------------------------------- */

/* Its open sale; says so when there is none. */
static int64_t
plan_sale(struct session *s, struct plan_screen *st, int64_t *version)
{
	const struct table_view	*v = plan_marked(st);
	const struct tab_view	*t = plan_marked_tab(st);

	if (v != NULL) {
		v = plan_real(st, v);
	}
	if ((v != NULL && v->sale != 0) || t != NULL) {
		*version = v != NULL ? v->version : t->version;
		session_set_entry(s, "");
		return v != NULL ? v->sale : t->sale;
	}
	session_warn(s, v == NULL ? _("mark a table first: its number, or "
	    "the arrows") : _("nobody sits at table %d"),
	    v == NULL ? 0 : v->t.number);
	session_beep(s);
	return 0;
}

static enum turn
plan_done_so(struct session *s, struct plan_screen *st, int r)
{
	if (r != 0 || (r = plan_read(s, st)) != 0) {
		return plan_refused(s, st, r);
	}
	session_set_entry(s, "");
	return TURN_DRAW;
}

static enum turn
plan_fire(struct session *s, struct plan_screen *st, int64_t sale)
{
	int	course, r = course_fire(st->shop, sale, false, &course);

	if (r == 0) {
		session_say(s, _("%s: fired"), plan_course(st, course));
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_send(struct session *s, struct plan_screen *st, int64_t sale,
    int64_t version)
{
	int64_t	n;
	int	r = course_send(st->shop, sale, &version, &n);

	if (r == 0) {
		pass_sent(s, st->shop, sale, n);
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_move(struct session *s, struct plan_screen *st, int64_t sale,
    int64_t version, const char *text)
{
	int64_t	number, table, to;
	int	r;

	if (str_to_i64(text, 1, 9999, &number) != 0) {
		r = err_set(ERR_INVALID, _("a number from %d to %d"), 1,
		    9999);
	} else if ((r = table_numbered(st->shop, number, &table)) == 0 &&
	    (r = party_move(st->shop, sale, &version, table, &to)) == 0) {
		st->table = table;
		st->tab = 0;
		session_say(s, _("at table %lld now"), (long long)number);
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_bill(struct session *s, struct plan_screen *st, int64_t sale)
{
	int	r = note_print(st->shop, sale);

	if (r == 0) {
		session_say(s, _("the bill is printing"));
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_table_act(struct session *s, struct plan_screen *st, enum action act,
    const char *rest)
{
	const struct table_view	*v = plan_marked(st);
	int64_t			 number, to = 0;
	int			 r;

	if (v == NULL) {
		session_warn(s, _("mark a table first: its number, or the "
		    "arrows"));
		session_beep(s);
		return TURN_KEEP;
	}
	if (act == ACT_TABLE_CLEAR) {
		r = table_clear(st->shop, v->t.id);
	} else if (act == ACT_TABLE_BLOCK) {
		if (*rest == '\0' && v->state != TABLE_BLOCKED) {
			return session_ask(s, ASK_BLOCK, false,
			    _("Why does nobody sit there?"), "");
		}
		r = table_block(st->shop, v->t.id, rest);
	} else {
		if (*rest == '\0' && v->t.joined == 0) {
			return session_ask(s, ASK_JOIN, false,
			    _("It stands at which table?"), "");
		}
		r = *rest == '\0' ? 0 : str_to_i64(rest, 1, 9999, &number);
		if (r == 0 && *rest != '\0') {
			r = table_numbered(st->shop, number, &to);
		}
		if (r == 0) {
			r = table_join(st->shop, v->t.id, to);
		}
	}
	return plan_done_so(s, st, r);
}

/* ---- without a table ---------------------------------------------------- */

/* "19:30 Karim, 0612345678, 3 rue du Port": time first if there is one. */
static enum turn
plan_tab(struct session *s, struct plan_screen *st, enum serving_kind kind,
    const char *text)
{
	char		words[ENTRY_MAX], *part[3] = { words, NULL, NULL };
	struct tab_new	tab = { .kind = kind, .phone = "", .address = "" };
	int64_t		sale, version;
	int		r;

	if (kind != SERVING_TAB) {
		text += clock_hour(text, st->now, &tab.promised);
	}
	(void)str_copy(words, sizeof(words), text);
	for (int i = 0; i < 2 && part[i] != NULL; i++) {
		if ((part[i + 1] = strchr(part[i], ',')) != NULL) {
			*part[i + 1]++ = '\0';
			part[i + 1] += strspn(part[i + 1], " ");
		}
	}
	tab.name = words;
	tab.phone = part[1] == NULL ? "" : part[1];
	tab.address = part[1] == NULL || part[2] == NULL ? "" : part[2];
	if ((r = tab_open(st->shop, &tab, &sale, &version)) != 0) {
		return plan_refused(s, st, r);
	}
	st->table = 0;
	st->tab = sale;
	return plan_go(s, sale);
}

static enum turn
plan_ask_tab(struct session *s, enum action act)
{
	return act == ACT_TAB ? session_ask(s, ASK_TAB, false,
	    _("Under what name?"), "") : act == ACT_TAKE_AWAY ?
	    session_ask(s, ASK_TAKE_AWAY, false,
	    _("Time name, telephone"), "") :
	    session_ask(s, ASK_DELIVERY, false,
	    _("Time name, telephone, address"), "");
}

/* ---- acts --------------------------------------------------------------- */

static enum turn
plan_serve(struct session *s, struct plan_screen *st, int64_t sale,
    const char *name)
{
	int64_t	user;
	int	r = user_find(st->shop, name, &user);

	if (r == 0) {
		r = table_server(st->shop, sale, user);
	}
	return plan_done_so(s, st, r);
}

/* Acts on somebody who is served. */
static enum turn
plan_sale_act(struct session *s, struct plan_screen *st, enum action act,
    const char *rest)
{
	int64_t	version = 0, sale = plan_sale(s, st, &version);
	bool	rush;

	if (sale == 0) {
		return TURN_KEEP;
	}
	switch (act) {
	case ACT_TABLE_SEND:
		return plan_send(s, st, sale, version);
	case ACT_TABLE_FIRE:
		return plan_fire(s, st, sale);
	case ACT_BILL:
		return plan_bill(s, st, sale);
	case ACT_TABLE_SPLIT:
		return session_push(s, &screen_split,
		    &(struct split_arg){ .sale = sale });
	case ACT_TABLE_RUSH:
		return plan_done_so(s, st, course_rush(st->shop, sale,
		    &rush));
	case ACT_TABLE_MOVE:
		return *rest != '\0' ? plan_move(s, st, sale, version,
		    rest) : session_ask(s, ASK_MOVE, false,
		    _("To which table?"), "");
	case ACT_TABLE_MESSAGE:
		return *rest != '\0' ? plan_done_so(s, st,
		    course_message(st->shop, sale, rest)) :
		    session_ask(s, ASK_MESSAGE, false, _("To the kitchen"),
		    "");
	default:
		return *rest != '\0' ? plan_serve(s, st, sale, rest) :
		    session_ask(s, ASK_SERVER, false, _("Who serves it?"),
		    "");
	}
}

static enum turn
plan_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct plan_screen	*st = state;

	switch (act) {
	case ACT_BACK:
		return app_home(st->shop) == &screen_plan ?
		    session_confirm(s, ASK_LEAVE, false, _("Sign out?")) :
		    session_pop(s, false, 0, "");
	case ACT_PLAN:
		return *rest == '\0' ? TURN_STAY : plan_enter(s, st, rest);
	case ACT_REFRESH:
		return plan_done_so(s, st, 0);
	case ACT_TABLE_SEND:
	case ACT_TABLE_FIRE:
	case ACT_BILL:
	case ACT_TABLE_SPLIT:
	case ACT_TABLE_RUSH:
	case ACT_TABLE_MOVE:
	case ACT_TABLE_MESSAGE:
	case ACT_TABLE_SERVER:
		return plan_sale_act(s, st, act, rest);
	case ACT_TABLE_CLEAR:
	case ACT_TABLE_BLOCK:
	case ACT_TABLE_JOIN:
		return plan_table_act(s, st, act, rest);
	case ACT_TAB:
	case ACT_TAKE_AWAY:
	case ACT_DELIVERY:
		return *rest == '\0' ? plan_ask_tab(s, act) :
		    plan_tab(s, st, act == ACT_TAB ? SERVING_TAB :
		    act == ACT_TAKE_AWAY ? SERVING_TAKE_AWAY :
		    SERVING_DELIVERY, rest);
	case ACT_OPENED:
		return session_push(s, &screen_opened, rest);
	default:
		return TURN_PASS;
	}
}

static enum turn
plan_answered(struct session *s, struct plan_screen *st,
    const struct answer *a)
{
	char	text[ENTRY_MAX];
	int64_t	n;

	(void)str_copy(text, sizeof(text), a->text);
	switch (a->tag) {
	case ASK_COVERS:
		if (*text == '\0') {
			return plan_seat(s, st, 0);
		}
		if (str_to_i64(text, 1, 999, &n) != 0) {
			session_warn(s, _("a number from %d to %d"), 1, 999);
			return TURN_KEEP;
		}
		return plan_seat(s, st, (int)n);
	case ASK_MOVE:
		return plan_sale_act(s, st, ACT_TABLE_MOVE, text);
	case ASK_MESSAGE:
		return plan_sale_act(s, st, ACT_TABLE_MESSAGE, text);
	case ASK_SERVER:
		return plan_sale_act(s, st, ACT_TABLE_SERVER, text);
	case ASK_JOIN:
		return plan_table_act(s, st, ACT_TABLE_JOIN, text);
	case ASK_BLOCK:
		return plan_table_act(s, st, ACT_TABLE_BLOCK, text);
	case ASK_TAB:
		return plan_tab(s, st, SERVING_TAB, text);
	case ASK_TAKE_AWAY:
		return plan_tab(s, st, SERVING_TAKE_AWAY, text);
	case ASK_DELIVERY:
		return plan_tab(s, st, SERVING_DELIVERY, text);
	default:
		return TURN_DRAW;
	}
}

static enum turn
plan_resume(struct session *s, void *state, const struct answer *a)
{
	struct plan_screen	*st = state;

	if (a->tag == ASK_LEAVE && a->from != &screen_sale) {
		return a->ok ? app_leave(s) : TURN_DRAW;
	}
	if (a->from == &screen_opened && a->ok) {
		return plan_go(s, a->value);
	}
	if (a->from == &screen_sale || a->from == &screen_split ||
	    a->from == &screen_opened || a->from == &screen_lock) {
		return plan_done_so(s, st, 0);
	}
	if (!a->ok || (*a->text == '\0' && a->tag != ASK_COVERS)) {
		return TURN_DRAW;
	}
	return plan_answered(s, st, a);
}

static enum turn
plan_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return plan_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

/* Ages grow by themselves. */
static enum turn
plan_tick(struct session *s, void *state)
{
	session_timer(s, PLAN_TICK_MS);
	return plan_news(s, state, 0);
}

static const struct binding plan_keys[] = {
	{ ACT_TABLE_SEND, K_F5, 'e', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_BILL, K_F9, 'n', NULL },
	{ ACT_TABLE_FIRE, K_NONE, 's', NULL },
	{ ACT_TABLE_SPLIT, K_NONE, 'p', NULL },
	{ ACT_TABLE_MOVE, K_NONE, 't', NULL },
	{ ACT_TABLE_CLEAR, K_NONE, 'c', NULL },
	{ ACT_TAB, K_NONE, 'b', NULL },
	{ ACT_TAKE_AWAY, K_NONE, 0, NULL },
	{ ACT_DELIVERY, K_NONE, 0, NULL },
	{ ACT_TABLE_JOIN, K_NONE, 0, NULL },
	{ ACT_TABLE_BLOCK, K_NONE, 0, NULL },
	{ ACT_TABLE_RUSH, K_NONE, 0, NULL },
	{ ACT_TABLE_MESSAGE, K_NONE, 0, NULL },
	{ ACT_TABLE_SERVER, K_NONE, 0, NULL },
	{ ACT_PASS, K_NONE, 0, NULL },
	{ ACT_BOOKINGS, K_NONE, 0, NULL },
	{ ACT_ROOMS, K_NONE, 0, NULL },
	{ ACT_DISH, K_NONE, 0, NULL },
	{ ACT_SOLD_OUT, K_NONE, 0, NULL },
	{ ACT_SELL, K_NONE, 0, NULL },
	{ ACT_SELF, K_NONE, 0, NULL },
	{ ACT_SWITCH_USER, K_NONE, 0, NULL },
	{ ACT_LOCK, K_NONE, 0, NULL },
	{ 0 }
};

const struct screen screen_plan = {
	.name = "plan",
	.title = N_("TABLES"),
	.right = "sell",
	.help = N_("Every table with its number, covers, state, how long and "
	    "who serves it.  A number jumps there, Enter opens it: 4*2 seats "
	    "two at table 4.  The arrows go from table to table, PgUp and "
	    "PgDn from room to room.  F5 sends what is new to the kitchen, s "
	    "fires the next course, F9 prints the bill, p divides it, t "
	    "moves everybody to another table or to who sits there, c clears "
	    "a table that has paid.  b opens an account at the bar; Tab has "
	    "the rest: take-away, delivery, bookings.  Below stands what "
	    "wants somebody."),
	.topics = 1U << TOPIC_TABLE | 1U << TOPIC_SALE,
	.flags = SCREEN_DIRECT,
	.state_size = sizeof(struct plan_screen),
	.keys = plan_keys,
	.open = plan_open,
	.layout = plan_layout,
	.draw = plan_draw,
	.head = plan_head,
	.prompt = plan_prompt,
	.key = plan_key,
	.press = plan_press,
	.typed = plan_typed,
	.enter = plan_enter,
	.act = plan_act,
	.resume = plan_resume,
	.news = plan_news,
	.tick = plan_tick,
	.close = plan_close,
};
