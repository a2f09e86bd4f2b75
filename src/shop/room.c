/* SPDX-License-Identifier: ISC */
/* Rooms and tables: where they stand, which stand together, which are out. */
#include "shop/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/training.h"
#include "sql/room.h"

static const struct {
	const char	*name, *text;
} shape_words[SHAPE_COUNT] = {
#define X(id, name, text) [SHAPE_##id] = { name, text },
	TABLE_SHAPES(X)
#undef X
};

const char *
shape_name(enum table_shape s)
{
	return shape_words[s].name;
}

const char *
shape_text(enum table_shape s)
{
	return _(shape_words[s].text);
}

enum table_shape
shape_of(const char *name)
{
	enum table_shape	s = 0;

	while (s < SHAPE_COUNT && strcmp(shape_words[s].name, name) != 0) {
		s++;
	}
	return s;
}

int
shape_find(const char *name, enum table_shape *out)
{
	*out = shape_of(name);
	return *out < SHAPE_COUNT ? 0 : err_set(ERR_INVALID,
	    _("a table is square, round, long or bar"));
}

/* Commit with topic "table", or roll back when r is not 0. */
static int
room_done(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "table");
	return db_commit(shop->db);
}

/* ---- rooms -------------------------------------------------------------- */

int
room_list(struct shop *shop, struct room **rows, size_t *n)
{
	struct q_room_all	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_room_all(shop->db, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct room	*room = &(*rows)[i];

		room->id = all[i].id;
		room->place = (int)all[i].place;
		room->tables = (int)all[i].tables;
		(void)str_copy(room->name, sizeof(room->name), all[i].name);
		(void)str_copy(room->mode, sizeof(room->mode), all[i].mode);
	}
	free(all);
	return 0;
}

int
room_any(struct shop *shop, bool *any)
{
	struct q_room_any	row;
	int			r = q_room_any(shop->db, &row);

	*any = r == 0 && row.any;
	return r;
}

/* A room is called by its name, however it is written; NULL. */
static const struct room *
room_called(const struct room *rows, size_t n, const char *name)
{
	char	said[2 * ROOM_NAME], its[2 * ROOM_NAME];

	for (size_t i = 0; i < n && utf8_fold(said, sizeof(said), name); i++) {
		if (utf8_fold(its, sizeof(its), rows[i].name) &&
		    strcmp(said, its) == 0) {
			return &rows[i];
		}
	}
	return NULL;
}

int
room_find(struct shop *shop, const char *name, struct room *out)
{
	const struct room	*found;
	struct room		*rows;
	size_t			 n;
	int			 r;

	*out = (struct room){ 0 };
	if ((r = room_list(shop, &rows, &n)) != 0) {
		return r;
	}
	if ((found = room_called(rows, n, name)) != NULL) {
		*out = *found;
	} else {
		r = err_set(ERR_NOT_FOUND, _("no room is called \"%s\""),
		    name);
	}
	free(rows);
	return r;
}

int
room_put(struct shop *shop, struct room *room)
{
	const struct room	*other;
	struct room		*rows;
	char			 mode[SALE_MODE];
	size_t			 n;
	int64_t			 changed = 1;
	int			 r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0) {
		return r;
	}
	if (room->name[0] == '\0' || !utf8_is_clean(room->name)) {
		return err_set(ERR_INVALID, _("a room has a name"));
	}
	if ((r = sale_mode_find(room->mode, mode)) != 0 ||
	    (r = room_list(shop, &rows, &n)) != 0) {
		return r;
	}
	(void)str_copy(room->mode, sizeof(room->mode), mode);
	if (room->place == 0) {
		room->place = n == 0 ? 1 : rows[n - 1].place + 1;
	}
	other = room_called(rows, n, room->name);
	if (other != NULL && other->id != room->id) {
		r = err_set(ERR_EXISTS, _("there is a room %s already"),
		    other->name);
	}
	free(rows);
	if (r != 0 || (r = db_begin(shop->db, "room")) != 0) {
		return r;
	}
	r = room->id == 0 ? q_room_add(shop->db, room->place, room->name,
	    room->mode, &room->id) : q_room_change(shop->db, room->id,
	    room->place, room->name, room->mode, &changed);
	if (r == 0 && changed == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no such room"));
	}
	if (r == 0) {
		r = audit_add(shop, "room.put", "room", room->id, "");
	}
	return room_done(shop, r);
}

int
room_end(struct shop *shop, int64_t id)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = db_begin(shop->db, "room")) != 0) {
		return r;
	}
	if ((r = q_room_end(shop->db, id, &n)) == 0 && n == 0) {
		r = err_set(ERR_INVALID, _("tables stand in this room; take "
		    "them away first"));
	}
	if (r == 0) {
		r = audit_add(shop, "room.end", "room", id, "");
	}
	return room_done(shop, r);
}

/* ---- tables ------------------------------------------------------------- */

/* Rows of both queries have these columns. */
#define TABLE_FROM(t, row) do { \
	(t)->id = (row)->id; \
	(t)->room = (row)->room; \
	(t)->number = (int)(row)->number; \
	(t)->seats = (int)(row)->seats; \
	(t)->line = (int)(row)->line; \
	(t)->cell = (int)(row)->cell; \
	(t)->joined = (row)->joined_null ? 0 : (row)->joined; \
	(t)->since = (row)->since; \
	(t)->shape = shape_of((row)->shape); \
	(void)str_copy((t)->state, sizeof((t)->state), (row)->state); \
	(void)str_copy((t)->note, sizeof((t)->note), (row)->note); \
} while (0)

int
table_list(struct shop *shop, int64_t room, struct table **rows, size_t *n)
{
	struct q_table_all	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_table_all(shop->db, room, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		TABLE_FROM(&(*rows)[i], &all[i]);
	}
	free(all);
	return 0;
}

static int
table_row(struct shop *shop, int64_t id, struct q_table_get *row)
{
	int	r = q_table_get(shop->db, id, false, row);

	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no such table"));
}

int
table_get(struct shop *shop, int64_t id, struct table *out)
{
	struct q_table_get	row;
	int			r;

	*out = (struct table){ 0 };
	if ((r = table_row(shop, id, &row)) == 0) {
		TABLE_FROM(out, &row);
	}
	return r;
}

int
table_numbered(struct shop *shop, int64_t number, int64_t *id)
{
	struct q_table_numbered	row;
	int			r = q_table_numbered(shop->db, number, &row);

	*id = r == 0 ? row.id : 0;
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no table %lld"), (long long)number);
}

/* The last cell it takes. */
static int
table_end_cell(const struct table *t)
{
	return t->cell + (t->shape == SHAPE_LONG ? 1 : 0);
}

static int
table_check(struct shop *shop, const struct table *t)
{
	struct table	*rows;
	size_t		 n;
	int		 r;

	if (t->number < 1 || t->number > 9999) {
		return err_set(ERR_RANGE, _("a table has a number from 1 to "
		    "9999"));
	}
	if (t->seats < 1 || t->seats > 99) {
		return err_set(ERR_RANGE, _("a table has 1 to 99 seats"));
	}
	if (t->line < 0 || t->line >= ROOM_LINES || t->cell < 0 ||
	    table_end_cell(t) >= ROOM_CELLS) {
		return err_set(ERR_RANGE, _("that is outside the room"));
	}
	if ((r = table_list(shop, 0, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (rows[i].id == t->id) {
			continue;
		}
		if (rows[i].number == t->number) {
			r = err_set(ERR_EXISTS, _("there is a table %d "
			    "already"), t->number);
		} else if (rows[i].room == t->room &&
		    rows[i].line == t->line &&
		    rows[i].cell <= table_end_cell(t) &&
		    t->cell <= table_end_cell(&rows[i])) {
			r = err_set(ERR_EXISTS, _("table %d stands there"),
			    rows[i].number);
		}
	}
	free(rows);
	return r;
}

int
table_put(struct shop *shop, struct table *t)
{
	char	detail[64];
	int64_t	n = 1;
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = db_begin(shop->db, "table")) != 0) {
		return r;
	}
	if ((r = table_check(shop, t)) == 0) {
		r = t->id == 0 ? q_table_add(shop->db, t->room, t->number,
		    t->seats, shape_name(t->shape), t->line, t->cell,
		    &t->id) : q_table_change(shop->db, t->id, t->room,
		    t->number, t->seats, shape_name(t->shape), t->line,
		    t->cell, &n);
	}
	if (r == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no such table"));
	}
	(void)str_fmt(detail, sizeof(detail), "%d: %d,%d seats %d", t->number,
	    t->line, t->cell, t->seats);
	if (r == 0) {
		r = audit_add(shop, "table.put", "table", t->id, detail);
	}
	return room_done(shop, r);
}

int
table_end(struct shop *shop, int64_t id)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = db_begin(shop->db, "table")) != 0) {
		return r;
	}
	if ((r = q_table_end(shop->db, id, &n)) == 0 && n == 0) {
		r = err_set(ERR_INVALID, _("people sit at this table"));
	}
	if (r == 0 && (r = q_table_apart(shop->db, id, &n)) == 0 &&
	    (r = q_booking_untable(shop->db, id, &n)) == 0) {
		r = audit_add(shop, "table.end", "table", id, "");
	}
	return room_done(shop, r);
}

/* Inside the transaction: may these two stand together? */
static int
table_join_check(struct shop *shop, const struct q_table_get *t, int64_t to)
{
	struct q_table_get	other;
	int			r;

	if (t->open != 0) {
		return err_set(ERR_INVALID, _("people sit at table %lld; "
		    "merge the two instead"), (long long)t->number);
	}
	if (to == 0) {
		return 0;
	}
	if ((r = table_row(shop, to, &other)) != 0) {
		return r;
	}
	if (other.id == t->id || !other.joined_null) {
		return err_set(ERR_INVALID, _("table %lld stands at another "
		    "one itself"), (long long)other.number);
	}
	return 0;
}

int
table_join(struct shop *shop, int64_t id, int64_t to)
{
	struct q_table_get	row;
	char			detail[32];
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "table join")) != 0) {
		return r;
	}
	if ((r = table_row(shop, id, &row)) == 0 &&
	    (r = table_join_check(shop, &row, to)) == 0 &&
	    (to == 0 || (r = q_table_apart(shop->db, id, &n)) == 0)) {
		r = q_table_join(shop->db, id, to == 0 ? NULL : &to);
	}
	(void)str_fmt(detail, sizeof(detail), "to %lld", (long long)to);
	if (r == 0) {
		r = audit_add(shop, "table.join", "table", id, detail);
	}
	return room_done(shop, r);
}

int
table_block(struct shop *shop, int64_t id, const char *why)
{
	struct q_table_get	row;
	bool			free = why[0] == '\0';
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0) {
		return r;
	}
	if (!utf8_is_clean(why) || utf8_chars(why) > 40) {
		return err_set(ERR_TOO_LONG, _("why, in at most %d "
		    "characters"), 40);
	}
	if ((r = db_begin(shop->db, "table block")) != 0) {
		return r;
	}
	if ((r = table_row(shop, id, &row)) == 0 && row.open != 0) {
		r = err_set(ERR_INVALID, _("people sit at table %lld"),
		    (long long)row.number);
	}
	if (r == 0 && (r = q_table_state(shop->db, id, free ? "free" :
	    "blocked", shop_now(), why)) == 0) {
		r = audit_add(shop, free ? "table.free" : "table.block",
		    "table", id, "");
	}
	return room_done(shop, r);
}

int
table_left(struct shop *shop, int64_t id, const char *state)
{
	int64_t	n;
	int	r = q_table_state(shop->db, id, state, shop_now(), "");

	/* Who has paid sits there still. */
	return r != 0 || strcmp(state, "paid") == 0 ? r :
	    q_table_parted(shop->db, id, state, shop_now(), &n);
}

int
table_clear(struct shop *shop, int64_t id)
{
	struct q_table_get	row;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "table clear")) != 0) {
		return r;
	}
	if ((r = table_row(shop, id, &row)) == 0 && row.open != 0) {
		r = err_set(ERR_INVALID, _("people sit at table %lld; it is "
		    "cleared once they have paid"), (long long)row.number);
	}
	if (r == 0) {
		r = table_left(shop, id, strcmp(row.state, "paid") == 0 ?
		    "dirty" : "free");
	}
	if (r == 0) {
		r = audit_add(shop, "table.clear", "table", id, row.state);
	}
	return room_done(shop, r);
}
