/* SPDX-License-Identifier: ISC */
/* Rooms and the tables that stand in them; who sits there is in table.h. */
#ifndef SHOP_ROOM_H
#define SHOP_ROOM_H

#include "shop/sale.h"

#define ROOM_NAME	48
#define ROOM_LINES	20		/* of a room's grid */
#define ROOM_CELLS	20

/* How a table looks on the plan (room_table.shape); a long one takes two
 * cells side by side. */
#define TABLE_SHAPES(X) \
	X(SQUARE, "square", N_("square")) \
	X(ROUND, "round", N_("round")) \
	X(LONG, "long", N_("long")) \
	X(BAR, "bar", N_("bar"))

enum table_shape {
#define X(id, name, text) SHAPE_##id,
	TABLE_SHAPES(X)
#undef X
	SHAPE_COUNT
};
const char *shape_name(enum table_shape s);
const char *shape_text(enum table_shape s);	/* translated */
int	 shape_find(const char *name, enum table_shape *out) MUST_CHECK;
/* Of a stored one. */
enum table_shape shape_of(const char *name);

struct room {
	int64_t	id;
	int	place;
	char	name[ROOM_NAME];
	char	mode[SALE_MODE];	/* of what is ordered in it */
	int	tables;
};
/* In order of place; free(*rows). */
int	 room_list(struct shop *shop, struct room **rows, size_t *n)
	    MUST_CHECK;
/* The one of that name, however it is written; ERR_NOT_FOUND. */
int	 room_find(struct shop *shop, const char *name, struct room *out)
	    MUST_CHECK;
/* Has the shop any table at all? */
int	 room_any(struct shop *shop, bool *any) MUST_CHECK;
/* Right "room".  id 0 makes a new one (place 0: the last); else changes. */
int	 room_put(struct shop *shop, struct room *room) MUST_CHECK;
/* ERR_INVALID while tables stand in it. */
int	 room_end(struct shop *shop, int64_t id) MUST_CHECK;

struct table {
	int64_t	 id, room;
	int	 number, seats;
	enum table_shape shape;
	int	 line, cell;		/* where on the grid */
	int64_t	 joined;		/* it stands at that table; 0 */
	char	 state[8];		/* free, paid, dirty, blocked */
	int64_t	 since;			/* of state */
	char	 note[64];		/* why it is blocked */
};
/* Of a room or (0) of all; free(*rows). */
int	 table_list(struct shop *shop, int64_t room, struct table **rows,
	    size_t *n) MUST_CHECK;
int	 table_get(struct shop *shop, int64_t id, struct table *out)
	    MUST_CHECK;
int	 table_numbered(struct shop *shop, int64_t number, int64_t *id)
	    MUST_CHECK;
/* Right "room".  id 0 makes a new one; ERR_EXISTS: that number or spot is
 * taken.  Also while people sit there. */
int	 table_put(struct shop *shop, struct table *t) MUST_CHECK;
int	 table_end(struct shop *shop, int64_t id) MUST_CHECK;
/* Right "sell".  `id` stands at `to` from now on (0: alone again); both must
 * be empty, or `id` is. */
int	 table_join(struct shop *shop, int64_t id, int64_t to) MUST_CHECK;
/* Right "sell".  Nobody may sit there, and why; "" frees it. */
int	 table_block(struct shop *shop, int64_t id, const char *why)
	    MUST_CHECK;
/* Right "sell".  Paid: they have left, it is to be cleaned; dirty: it is
 * clean. */
int	 table_clear(struct shop *shop, int64_t id) MUST_CHECK;

/* For room.c and table.c, inside a transaction: a free table is `state`. */
int	 table_left(struct shop *shop, int64_t id, const char *state)
	    MUST_CHECK;

#endif
