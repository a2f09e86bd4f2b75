/* SPDX-License-Identifier: ISC */
/* A manager draws the rooms: the arrows go over the grid, a number puts that
 * table there. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/room.h"

#define ROOMS_CELL	9		/* columns, as on the plan */

struct rooms_screen {
	struct shop	*shop;
	struct room	*rooms;
	size_t		 n, at;
	struct table	*tables;	/* of the room shown */
	size_t		 ntables;
	int		 line, cell;	/* the mark */
	int		 rows, cols;
};

enum { ASK_ROOM = 1, ASK_REMOVE };

static int
rooms_read(struct rooms_screen *st)
{
	struct room	*rooms;
	size_t		 n;
	int		 r;

	if ((r = room_list(st->shop, &rooms, &n)) != 0) {
		return r;
	}
	free(st->rooms);
	free(st->tables);
	st->rooms = rooms;
	st->n = n;
	st->tables = NULL;
	st->ntables = 0;
	st->at = st->at < n ? st->at : 0;
	return n == 0 ? 0 : table_list(st->shop, rooms[st->at].id,
	    &st->tables, &st->ntables);
}

static int
rooms_open(struct session *s, void *state, const void *arg)
{
	struct rooms_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	return rooms_read(st);
}

static void
rooms_close(struct session *s, void *state)
{
	struct rooms_screen	*st = state;

	(void)s;
	free(st->rooms);
	free(st->tables);
}

static void
rooms_layout(struct session *s, void *state, int rows, int cols)
{
	struct rooms_screen	*st = state;

	(void)s;
	st->rows = rows;
	st->cols = cols;
}

/* The table under the mark, or beside it where it is long; NULL none. */
static struct table *
rooms_here(const struct rooms_screen *st)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].line == st->line &&
		    st->tables[i].cell == st->cell) {
			return &st->tables[i];
		}
	}
	return NULL;
}

/* ---- drawing ------------------------------------------------------------ */

static void
rooms_draw_table(const struct table *t, struct canvas *c, int row, int col,
    bool marked)
{
	static const char	open[] = "[([|", shut[] = "])]|";
	char			text[40];
	int			width = t->shape == SHAPE_LONG ?
				    ROOMS_CELL + 2 : 2;

	(void)str_fmt(text, sizeof(text), "%c%-*d%2d%c", open[t->shape],
	    width, t->number, t->seats, shut[t->shape]);
	canvas_put(c, row, col + 1, marked ? STYLE_MARKER : STYLE_NORMAL,
	    text);
}

static void
rooms_draw(const void *state, struct canvas *c)
{
	const struct rooms_screen	*st = state;
	int				 lines = canvas_rows(c) / 2;
	int				 cells = canvas_cols(c) / ROOMS_CELL;
	int				 top, left;

	if (st->n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL, _("There is no room "
		    "yet.  :room Salle makes one; then a number puts a table "
		    "where the mark is."));
		return;
	}
	top = st->line >= lines ? st->line - lines + 1 : 0;
	left = st->cell >= cells ? st->cell - cells + 1 : 0;
	for (int l = 0; l < lines; l++) {
		for (int k = 0; k < cells; k++) {
			bool	here = l + top == st->line &&
				    k + left == st->cell;

			canvas_put(c, 2 * l, k * ROOMS_CELL, here ?
			    STYLE_MARKER : STYLE_DIM, here ? ">" : ".");
		}
	}
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table	*t = &st->tables[i];
		int			 l = t->line - top, k = t->cell - left;

		if (l >= 0 && l < lines && k >= 0 && k < cells) {
			rooms_draw_table(t, c, 2 * l, k * ROOMS_CELL,
			    t == rooms_here(st));
		}
	}
}

static void
rooms_head(const void *state, char *out, size_t size)
{
	const struct rooms_screen	*st = state;

	(void)str_fmt(out, size, "%s  %s", _("ROOMS"), st->n > 0 ?
	    st->rooms[st->at].name : "");
}

static void
rooms_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct rooms_screen	*st = state;
	const struct table		*t = rooms_here(st);

	(void)typed;
	if (t != NULL) {
		(void)str_fmt(out, size, _("*6 = six seats at table %d"),
		    t->number);
	} else {
		(void)str_copy(out, size, _("5 = table 5 here, 5*6 six "
		    "seats"));
	}
}

/* ---- keys --------------------------------------------------------------- */

static enum turn
rooms_done_so(struct session *s, struct rooms_screen *st, int r)
{
	int	again = rooms_read(st);

	r = r != 0 ? r : again;
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static enum turn
rooms_key(struct session *s, void *state, struct key key)
{
	struct rooms_screen	*st = state;

	(void)s;
	if (st->n == 0) {
		return TURN_PASS;
	}
	switch (key.code) {
	case K_UP:
		st->line -= st->line > 0 ? 1 : 0;
		return TURN_DRAW;
	case K_DOWN:
		st->line += st->line < ROOM_LINES - 1 ? 1 : 0;
		return TURN_DRAW;
	case K_LEFT:
		st->cell -= st->cell > 0 ? 1 : 0;
		return TURN_DRAW;
	case K_RIGHT:
		st->cell += st->cell < ROOM_CELLS - 1 ? 1 : 0;
		return TURN_DRAW;
	case K_PGUP:
	case K_PGDN:
		st->at = (st->at + (key.code == K_PGDN ? 1 : st->n - 1)) %
		    st->n;
		return rooms_done_so(s, st, 0);
	default:
		return TURN_PASS;
	}
}

/* Table `number` comes here, from where it stood or new. */
static int
rooms_put(struct rooms_screen *st, int64_t number, int64_t seats)
{
	struct table	t = { .room = st->rooms[st->at].id, .seats = 4 };
	int64_t		id;

	if (table_numbered(st->shop, number, &id) == 0) {
		for (size_t i = 0; i < st->ntables; i++) {
			if (st->tables[i].id == id) {
				t = st->tables[i];
			}
		}
	}
	t.number = (int)number;
	t.line = st->line;
	t.cell = st->cell;
	t.seats = seats > 0 ? (int)seats : t.seats;
	return table_put(st->shop, &t);
}

static int
rooms_seats(struct rooms_screen *st, int64_t seats)
{
	const struct table	*here = rooms_here(st);
	struct table		 t;

	if (here == NULL) {
		return err_set(ERR_INVALID, _("no table stands here"));
	}
	t = *here;
	t.seats = (int)seats;
	return table_put(st->shop, &t);
}

static enum turn
rooms_enter(struct session *s, void *state, const char *text)
{
	struct rooms_screen	*st = state;
	const char		*star = strchr(text, '*');
	char			 first[16];
	int64_t			 number = 0, seats = 0;
	int			 r;

	if (*text == '\0' || st->n == 0) {
		return TURN_STAY;
	}
	(void)str_fmt(first, sizeof(first), "%.*s", star == NULL ? 15 :
	    (int)(star - text), text);
	if ((first[0] != '\0' && str_to_i64(first, 1, 9999,
	    &number) != 0) || (star != NULL && str_to_i64(star + 1, 1, 99,
	    &seats) != 0)) {
		r = err_set(ERR_INVALID, _("5 puts table 5 here, *6 gives it "
		    "six seats"));
	} else {
		r = number == 0 ? rooms_seats(st, seats) :
		    rooms_put(st, number, seats);
	}
	return rooms_done_so(s, st, r);
}

static enum turn
rooms_new(struct session *s, struct rooms_screen *st, const char *name)
{
	struct room	room = { .mode = "on_site" };
	int		r;

	(void)str_copy(room.name, sizeof(room.name), name);
	if ((r = room_put(st->shop, &room)) == 0) {
		st->at = st->n;
		st->line = st->cell = 0;
	}
	return rooms_done_so(s, st, r);
}

static enum turn
rooms_shape(struct session *s, struct rooms_screen *st)
{
	const struct table	*here = rooms_here(st);
	struct table		 t;

	if (here == NULL) {
		return rooms_done_so(s, st, err_set(ERR_INVALID,
		    _("no table stands here")));
	}
	t = *here;
	t.shape = (enum table_shape)((t.shape + 1) % SHAPE_COUNT);
	return rooms_done_so(s, st, table_put(st->shop, &t));
}

/* The table, or the room where nothing stands in it. */
static int
rooms_remove(struct rooms_screen *st)
{
	const struct table	*here = rooms_here(st);

	return here != NULL ? table_end(st->shop, here->id) :
	    room_end(st->shop, st->rooms[st->at].id);
}

static enum turn
rooms_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct rooms_screen	*st = state;
	const struct table	*here = rooms_here(st);

	switch (act) {
	case ACT_ROOM_NEW:
		return *rest != '\0' ? rooms_new(s, st, rest) :
		    session_ask(s, ASK_ROOM, false,
		    _("What is the room called?"), "");
	case ACT_ROOM_SHAPE:
		return rooms_shape(s, st);
	case ACT_ROOM_REMOVE:
		if (st->n == 0) {
			return TURN_STAY;
		}
		return here != NULL ? session_confirm(s, ASK_REMOVE, true,
		    _("Is table %d gone?"), here->number) :
		    session_confirm(s, ASK_REMOVE, true,
		    _("Is the room %s gone?"), st->rooms[st->at].name);
	default:
		return TURN_PASS;
	}
}

static enum turn
rooms_resume(struct session *s, void *state, const struct answer *a)
{
	struct rooms_screen	*st = state;
	char			 name[ROOM_NAME];

	if (!a->ok) {
		return TURN_DRAW;
	}
	(void)str_copy(name, sizeof(name), a->text);
	if (a->tag == ASK_REMOVE) {
		return rooms_done_so(s, st, rooms_remove(st));
	}
	return a->tag == ASK_ROOM && name[0] != '\0' ?
	    rooms_new(s, st, name) : TURN_DRAW;
}

static enum turn
rooms_news(struct session *s, void *state, unsigned topics)
{
	(void)s;
	(void)topics;
	return rooms_read(state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding rooms_keys[] = {
	{ ACT_ROOM_SHAPE, K_F4, 's', NULL },
	{ ACT_ROOM_NEW, K_F5, 'n', NULL },
	{ ACT_ROOM_REMOVE, K_F7, 'x', NULL },
	{ 0 }
};

const struct screen screen_rooms = {
	.name = "rooms",
	.title = N_("ROOMS"),
	.right = "room",
	.help = N_("The arrows move the mark over the grid of a room, PgUp "
	    "and PgDn go from room to room.  5 and Enter puts table 5 where "
	    "the mark is, new or from where it stood; 5*6 with six seats, *6 "
	    "changes the seats of the one under the mark.  F4 gives it "
	    "another shape, F7 takes it away, F5 makes another room.  Every "
	    "terminal sees it at once."),
	.topics = 1U << TOPIC_TABLE,
	.state_size = sizeof(struct rooms_screen),
	.keys = rooms_keys,
	.open = rooms_open,
	.layout = rooms_layout,
	.draw = rooms_draw,
	.head = rooms_head,
	.prompt = rooms_prompt,
	.key = rooms_key,
	.enter = rooms_enter,
	.act = rooms_act,
	.resume = rooms_resume,
	.news = rooms_news,
	.close = rooms_close,
};
