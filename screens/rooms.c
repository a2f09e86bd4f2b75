/* SPDX-License-Identifier: ISC */
/* A manager draws the rooms: the arrows go over the grid, Enter puts a table
 * there or lifts the one that stands there. */
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
	struct table	*tables;	/* of all rooms */
	size_t		 ntables;
	int		 line, cell;	/* the mark */
	struct table	 next;		/* what Enter puts on a free spot */
	int64_t		 lifted;	/* goes where the mark goes; 0 none */
	int		 rows, cols;
};

enum { ASK_ROOM = 1, ASK_REMOVE, ASK_JOIN, ASK_NUMBER, ASK_NAME };

#define ROOMS_SEATS	4		/* of a table nobody said more of */

/* ---- reading ------------------------------------------------------------ */

static bool
rooms_in(const struct rooms_screen *st, const struct table *t)
{
	return st->n > 0 && t->room == st->rooms[st->at].id;
}

static struct table *
rooms_numbered(const struct rooms_screen *st, int64_t number)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].number == number) {
			return &st->tables[i];
		}
	}
	return NULL;
}

/* The number after the one put last, else after the highest of this room. */
static void
rooms_next(struct rooms_screen *st)
{
	int	number = st->next.number;

	for (size_t i = 0; i < st->ntables && st->next.number == 0; i++) {
		if (rooms_in(st, &st->tables[i]) &&
		    st->tables[i].number > number) {
			number = st->tables[i].number;
		}
	}
	for (number = number > 0 ? number : 1; rooms_numbered(st, number) !=
	    NULL; number++) {
		continue;
	}
	st->next.number = number;
	st->next.seats = st->next.seats > 0 ? st->next.seats : ROOMS_SEATS;
}

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
	if ((r = table_list(st->shop, 0, &st->tables, &st->ntables)) == 0) {
		rooms_next(st);
	}
	return r;
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

static struct table *
rooms_lifted(const struct rooms_screen *st)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].id == st->lifted && st->lifted != 0) {
			return &st->tables[i];
		}
	}
	return NULL;
}

/* The table under the mark, a long one under either half; NULL none. */
static struct table *
rooms_here(const struct rooms_screen *st)
{
	for (size_t i = 0; i < st->ntables; i++) {
		struct table	*t = &st->tables[i];

		if (rooms_in(st, t) && t->line == st->line &&
		    (t->cell == st->cell || (t->shape == SHAPE_LONG &&
		    t->cell + 1 == st->cell)) && t->id != st->lifted) {
			return t;
		}
	}
	return NULL;
}

/* ---- drawing ------------------------------------------------------------ */

/* "[4  6]", and "[5=4]" where it stands at another. */
static void
rooms_draw_table(const struct rooms_screen *st, const struct table *t,
    struct canvas *c, int row, int col, bool marked)
{
	static const char	open[] = "[([|", shut[] = "])]|";
	char			text[40];
	int			width = t->shape == SHAPE_LONG ?
				    ROOMS_CELL + 2 : 2, at = 0;

	for (size_t i = 0; i < st->ntables && t->joined != 0; i++) {
		at = st->tables[i].id == t->joined ? st->tables[i].number : at;
	}
	if (at != 0) {
		(void)str_fmt(text, sizeof(text), "%c%d=%d%c",
		    open[t->shape], t->number, at, shut[t->shape]);
	} else {
		(void)str_fmt(text, sizeof(text), "%c%-*d%2d%c",
		    open[t->shape], width, t->number, t->seats,
		    shut[t->shape]);
	}
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
		    "yet.  n and its name make one; then Enter puts a table "
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

		if (rooms_in(st, t) && t->id != st->lifted && l >= 0 &&
		    l < lines && k >= 0 && k < cells) {
			rooms_draw_table(st, t, c, 2 * l, k * ROOMS_CELL,
			    t == rooms_here(st));
		}
	}
	if (rooms_lifted(st) != NULL) {
		rooms_draw_table(st, rooms_lifted(st), c,
		    2 * (st->line - top), (st->cell - left) * ROOMS_CELL,
		    true);
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
	if (st->n == 0) {
		*out = '\0';
	} else if (rooms_lifted(st) != NULL) {
		(void)str_fmt(out, size, _("Enter puts table %d down here"),
		    rooms_lifted(st)->number);
	} else if (t != NULL) {
		(void)str_fmt(out, size, _("Enter lifts table %d  + - seats"),
		    t->number);
	} else {
		(void)str_fmt(out, size, _("Enter: table %d, %d seats, %s"),
		    st->next.number, st->next.seats,
		    shape_text(st->next.shape));
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
		if (session_entry(s)[0] != '\0') {
			return TURN_PASS;
		}
		st->cell -= st->cell > 0 ? 1 : 0;
		return TURN_DRAW;
	case K_RIGHT:
		if (session_entry(s)[0] != '\0') {
			return TURN_PASS;
		}
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

/* Where the next one is likely: beside, and at the edge a line below. */
static void
rooms_beside(struct rooms_screen *st, enum table_shape shape)
{
	st->cell += shape == SHAPE_LONG ? 2 : 1;
	if ((st->cell + 1) * ROOMS_CELL > st->cols ||
	    st->cell >= ROOM_CELLS) {
		st->cell = 0;
		st->line += st->line < ROOM_LINES - 1 ? 1 : 0;
	}
}

/* Table `number` comes here, from where it stood or new. */
static enum turn
rooms_put(struct session *s, struct rooms_screen *st, int64_t number,
    int64_t seats)
{
	const struct table	*was = rooms_numbered(st, number);
	struct table		 t = was != NULL ? *was : st->next;
	int			 r;

	t.number = (int)number;
	t.room = st->rooms[st->at].id;
	t.line = st->line;
	t.cell = st->cell;
	t.seats = seats > 0 ? (int)seats : t.seats;
	if ((r = table_put(st->shop, &t)) == 0) {
		st->lifted = 0;
		if (was == NULL) {
			st->next = (struct table){ .number = t.number,
			    .seats = t.seats, .shape = t.shape };
			rooms_beside(st, t.shape);
		}
	}
	return rooms_done_so(s, st, r);
}

/* Of the table under the mark, else of the one Enter would put there. */
static enum turn
rooms_seats(struct session *s, struct rooms_screen *st, int64_t seats)
{
	const struct table	*here = rooms_here(st);
	struct table		 t;

	if (here == NULL) {
		st->next.seats = seats < 1 ? 1 : seats > 99 ? 99 : (int)seats;
		return TURN_DRAW;
	}
	t = *here;
	t.seats = (int)seats;
	return rooms_done_so(s, st, table_put(st->shop, &t));
}

/* Enter alone: lift, put down, or another table. */
static enum turn
rooms_go(struct session *s, struct rooms_screen *st)
{
	const struct table	*here = rooms_here(st);
	const struct table	*lifted = rooms_lifted(st);

	if (lifted != NULL) {
		return rooms_put(s, st, lifted->number, 0);
	}
	if (here != NULL) {
		st->lifted = here->id;
		st->cell = here->cell;
		return TURN_DRAW;
	}
	return rooms_put(s, st, st->next.number, 0);
}

static enum turn
rooms_enter(struct session *s, void *state, const char *text)
{
	struct rooms_screen	*st = state;
	const char		*star = strchr(text, '*');
	char			 first[16];
	int64_t			 number = 0, seats = 0;

	if (st->n == 0) {
		return TURN_STAY;
	}
	if (*text == '\0') {
		return rooms_go(s, st);
	}
	(void)str_fmt(first, sizeof(first), "%.*s", star == NULL ? 15 :
	    (int)(star - text), text);
	if ((first[0] != '\0' && str_to_i64(first, 1, 9999,
	    &number) != 0) || (star != NULL && str_to_i64(star + 1, 1, 99,
	    &seats) != 0)) {
		return rooms_done_so(s, st, err_set(ERR_INVALID,
		    _("5 puts table 5 here, *6 gives it six seats")));
	}
	return number == 0 ? rooms_seats(s, st, seats) :
	    rooms_put(s, st, number, seats);
}

/* A digit or a star begins what is typed. */
static enum turn
rooms_press(struct session *s, void *state, uint32_t ch)
{
	struct rooms_screen	*st = state;
	const struct table	*here = rooms_here(st);

	if (st->n > 0 && (ch == '+' || ch == '-')) {
		return rooms_seats(s, st, (here != NULL ? here->seats :
		    st->next.seats) + (ch == '+' ? 1 : -1));
	}
	return (ch >= '0' && ch <= '9') || ch == '*' ? TURN_PASS : TURN_STAY;
}

static enum turn
rooms_new(struct session *s, struct rooms_screen *st, const char *name)
{
	struct room	room = { .mode = "on_site" };
	int		r;

	r = str_copy(room.name, sizeof(room.name), name) ? 0 :
	    err_set(ERR_TOO_LONG, _("that name is too long"));
	if (r == 0 && (r = room_put(st->shop, &room)) == 0) {
		st->at = st->n;
		st->line = st->cell = 0;
		st->lifted = 0;
	}
	return rooms_done_so(s, st, r);
}

static enum turn
rooms_rename(struct session *s, struct rooms_screen *st, const char *name)
{
	struct room	room = st->rooms[st->at];

	if (!str_copy(room.name, sizeof(room.name), name)) {
		return rooms_done_so(s, st, err_set(ERR_TOO_LONG,
		    _("that name is too long")));
	}
	return rooms_done_so(s, st, room_put(st->shop, &room));
}

/* The next shape it has room for. */
static enum turn
rooms_shape(struct session *s, struct rooms_screen *st)
{
	const struct table	*here = rooms_here(st);
	struct table		 t;
	int			 r = 0;

	if (here == NULL) {
		st->next.shape = (enum table_shape)((st->next.shape + 1) %
		    SHAPE_COUNT);
		return TURN_DRAW;
	}
	t = *here;
	do {
		t.shape = (enum table_shape)((t.shape + 1) % SHAPE_COUNT);
		r = table_put(st->shop, &t);
	} while (t.shape != here->shape && (r == ERR_EXISTS ||
	    r == ERR_RANGE));
	return rooms_done_so(s, st, r);
}

/* The table beside it, which it most likely is to stand at; 0 none. */
static int
rooms_neighbour(const struct rooms_screen *st, const struct table *t)
{
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table	*o = &st->tables[i];
		int			 aside = abs(o->cell - t->cell);
		int			 below = abs(o->line - t->line);

		if (rooms_in(st, o) && o->joined == 0 && aside + below == 1) {
			return o->number;
		}
	}
	return 0;
}

static enum turn
rooms_join(struct session *s, struct rooms_screen *st, const char *text)
{
	const struct table	*here = rooms_here(st);
	int64_t			 number, to;
	char			 near[12] = "";
	int			 r;

	if (here->joined != 0 && *text == '\0') {
		return rooms_done_so(s, st, table_join(st->shop, here->id, 0));
	}
	if (*text == '\0') {
		if (rooms_neighbour(st, here) != 0) {
			(void)str_fmt(near, sizeof(near), "%d",
			    rooms_neighbour(st, here));
		}
		return session_ask(s, ASK_JOIN, false,
		    _("It stands at which table?"), near);
	}
	if ((r = str_to_i64(text, 1, 9999, &number)) == 0 &&
	    (r = table_numbered(st->shop, number, &to)) == 0) {
		r = table_join(st->shop, here->id, to);
	}
	return rooms_done_so(s, st, r);
}

static enum turn
rooms_number(struct session *s, struct rooms_screen *st, const char *text)
{
	struct table	t = *rooms_here(st);
	int64_t		number;
	char		was[12];

	if (*text == '\0') {
		(void)str_fmt(was, sizeof(was), "%d", t.number);
		return session_ask(s, ASK_NUMBER, false,
		    _("What number has it?"), was);
	}
	if (str_to_i64(text, 1, 9999, &number) != 0) {
		return rooms_done_so(s, st, err_set(ERR_INVALID,
		    _("a number from %d to %d"), 1, 9999));
	}
	t.number = (int)number;
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

	if (here == NULL && (act == ACT_ROOM_NUMBER ||
	    act == ACT_TABLE_JOIN)) {
		return rooms_done_so(s, st, err_set(ERR_INVALID,
		    _("no table stands here")));
	}
	switch (act) {
	case ACT_BACK:
		if (st->lifted == 0) {
			return TURN_PASS;
		}
		st->lifted = 0;
		return TURN_DRAW;
	case ACT_TABLE_JOIN:
		return rooms_join(s, st, rest);
	case ACT_ROOM_NUMBER:
		return rooms_number(s, st, rest);
	case ACT_ROOM_NEW:
		return *rest != '\0' ? rooms_new(s, st, rest) :
		    session_ask(s, ASK_ROOM, false,
		    _("What is the room called?"), "");
	case ACT_ROOM_NAME:
		if (st->n == 0) {
			return TURN_STAY;
		}
		return *rest != '\0' ? rooms_rename(s, st, rest) :
		    session_ask(s, ASK_NAME, false,
		    _("What is the room called?"), st->rooms[st->at].name);
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
	char			 name[ENTRY_MAX];

	if (!a->ok) {
		return TURN_DRAW;
	}
	(void)str_copy(name, sizeof(name), a->text);
	if (a->tag == ASK_REMOVE) {
		return rooms_done_so(s, st, rooms_remove(st));
	}
	if (a->tag == ASK_JOIN || a->tag == ASK_NUMBER) {
		return name[0] == '\0' || rooms_here(st) == NULL ? TURN_DRAW :
		    a->tag == ASK_JOIN ? rooms_join(s, st, name) :
		    rooms_number(s, st, name);
	}
	if (name[0] == '\0') {
		return TURN_DRAW;
	}
	return a->tag == ASK_NAME ? rooms_rename(s, st, name) :
	    a->tag == ASK_ROOM ? rooms_new(s, st, name) : TURN_DRAW;
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
	{ ACT_ROOM_NUMBER, K_NONE, 'r', NULL },
	{ ACT_TABLE_JOIN, K_NONE, 'j', NULL },
	{ ACT_ROOM_REMOVE, K_F7, 'x', NULL },
	{ ACT_ROOM_NEW, K_F5, 'n', NULL },
	{ ACT_ROOM_NAME, K_F3, 'e', NULL },
	{ 0 }
};

const struct screen screen_rooms = {
	.name = "rooms",
	.title = N_("ROOMS"),
	.right = "room",
	.help = N_("The arrows move the mark over the grid of a room, PgUp "
	    "and PgDn go from room to room.  Enter puts the next table "
	    "there: ten times Enter are ten tables.  + and - say how many "
	    "seats, s its shape, of the table under the mark or of the next "
	    "one.  5 and Enter is table 5, new or from where it stood, 5*6 "
	    "with six seats.  Enter on a table lifts it, the arrows carry "
	    "it, Enter puts it down, in another room, too.  r gives it "
	    "another number, j lets it stand at another one, x takes it "
	    "away, n makes another room, e gives this one another name.  "
	    "Every terminal sees it at once."),
	.topics = 1U << TOPIC_TABLE,
	.flags = SCREEN_DIRECT,
	.state_size = sizeof(struct rooms_screen),
	.keys = rooms_keys,
	.open = rooms_open,
	.layout = rooms_layout,
	.draw = rooms_draw,
	.head = rooms_head,
	.prompt = rooms_prompt,
	.key = rooms_key,
	.press = rooms_press,
	.enter = rooms_enter,
	.act = rooms_act,
	.resume = rooms_resume,
	.news = rooms_news,
	.close = rooms_close,
};
