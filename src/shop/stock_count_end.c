/* SPDX-License-Identifier: ISC */
/* The end of a count: what differs is counted again, or put right. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/audit.h"
#include "shop/sale_part.h"
#include "shop/stock_count_part.h"
#include "sql/stock_count.h"

int
count_gaps(struct shop *shop, int64_t id, struct count_gap **out, size_t *n)
{
	struct q_stock_count_pieces	*rows;
	struct stock_count		 c;
	int				 r;

	*out = NULL;
	*n = 0;
	if ((r = count_glance(shop, id, &c)) != 0 ||
	    (r = shop_require(shop, c.blind ? RIGHT_ADJUST :
	    RIGHT_COUNT_STOCK)) != 0 || (r = q_stock_count_pieces(shop->db,
	    id, 0, INT64_MAX, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct count_gap	*g = &(*out)[i];

		g->counted = rows[i].seen;
		g->expected = rows[i].there;
		(void)str_copy(g->code, sizeof(g->code), rows[i].code);
		(void)str_copy(g->name, sizeof(g->name), rows[i].name);
		(void)str_copy(g->unit, sizeof(g->unit), rows[i].unit);
		(void)str_copy(g->lot, sizeof(g->lot), rows[i].lot);
		(void)str_copy(g->serial, sizeof(g->serial), rows[i].serial);
	}
	free(rows);
	return 0;
}

/* Begin, and is it open?  Somebody may be closing it just now. */
static int
count_begin(struct shop *shop, int64_t id, const char *verb,
    struct stock_count *c)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_ADJUST)) != 0 ||
	    (r = db_begin(shop->db, verb)) != 0) {
		return r;
	}
	if ((r = count_is_open(shop, id, c)) != 0) {
		db_rollback(shop->db);
	}
	return r;
}

int
count_again(struct shop *shop, int64_t id, int64_t *n)
{
	struct q_stock_count_pieces	*rows = NULL;
	struct stock_count		 c;
	size_t				 pieces = 0;
	int64_t				 one;
	int				 r;

	*n = 0;
	if ((r = count_begin(shop, id, "count again", &c)) != 0) {
		return r;
	}
	if ((r = q_stock_count_pieces(shop->db, id, 0, INT64_MAX, &rows,
	    &pieces)) == 0) {
		r = q_stock_count_again(shop->db, id, c.round + 1, n);
	}
	/* Too much of one lot, too little of another: none of the item. */
	for (size_t i = 0; i < pieces && r == 0; i++) {
		r = q_stock_count_again_one(shop->db, id, rows[i].product,
		    c.round + 1, &one);
		*n += one;
	}
	free(rows);
	if (r == 0 && *n == 0) {
		r = err_set(ERR_EMPTY, _("nothing differs"));
	}
	if (r == 0) {
		r = q_stock_count_round(shop->db, id, c.round + 1);
	}
	return count_end(shop, r, "count.again", id, "");
}

/* Inside the transaction: what nobody counted, in the round that holds. */
static int
count_sure(struct shop *shop, const struct stock_count *c, bool zero)
{
	struct q_stock_count_missing	row;
	int				r;

	if ((r = q_stock_count_missing(shop->db, c->id, &row)) != 0 ||
	    row.n == 0) {
		return r;
	}
	return err_set(ERR_DOUBT, zero ? _("%lld of %lld were not "
	    "counted: they would be nothing") : _("%lld of %lld were "
	    "not counted: they stay as they are"), (long long)row.n,
	    (long long)c->items);
}

#define COUNT_SLICE	500		/* items put right in one go */

/* Inside the transaction: lots and numbers of a slice, each by itself. */
static int
count_adjust_pieces(struct shop *shop, int64_t id, int64_t after, int64_t last)
{
	struct q_stock_count_pieces	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_stock_count_pieces(shop->db, id, after, last, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = q_stock_count_adjust_piece(shop->db, id, rows[i].product,
		    rows[i].seen - rows[i].there, rows[i].took,
		    rows[i].expiry, rows[i].serial, shop_now(),
		    some(&shop->who.user));
	}
	free(rows);
	return r;
}

/* Inside the transaction: the next slice; *more: it was not the last. */
static int
count_slice(struct shop *shop, int64_t id, bool *more)
{
	struct q_stock_count_stage	at;
	struct q_stock_count_slice	s;
	int64_t				n;
	int				r;

	*more = false;
	if ((r = q_stock_count_stage(shop->db, id, &at)) != 0 ||
	    strcmp(at.state, "closing") != 0) {
		return r;		/* another came to its end before us */
	}
	if ((r = q_stock_count_slice(shop->db, id, at.reached, COUNT_SLICE,
	    &s)) != 0) {
		return r;
	}
	if (!s.last_null && ((r = q_stock_count_result(shop->db, id, at.zero,
	    at.reached, s.last)) != 0 ||
	    (r = q_stock_count_adjust(shop->db, id, at.reached, s.last,
	    shop_now(), some(&shop->who.user))) != 0 ||
	    (r = count_adjust_pieces(shop, id, at.reached, s.last)) != 0 ||
	    (r = q_stock_count_values(shop->db, id, at.mark)) != 0 ||
	    (r = q_stock_count_reached(shop->db, id, s.last)) != 0)) {
		return r;
	}
	*more = s.n == COUNT_SLICE;
	if (*more || (r = q_stock_count_done(shop->db, id, "done", shop_now(),
	    some(&shop->who.user), &n)) != 0) {
		return r;
	}
	db_topic(shop->db, "stock");
	return audit_add(shop, "count.close", "count", id,
	    at.zero ? "zero" : "");
}

/* Inside the transaction: nobody counts from here on. */
static int
count_shut(struct shop *shop, int64_t id, bool zero, bool sure)
{
	struct stock_count	c;
	int			r;

	if ((r = count_glance(shop, id, &c)) != 0 ||
	    strcmp(c.state, "closing") == 0) {
		return r;		/* broken off: it goes on */
	}
	if ((r = count_is_open(shop, id, &c)) != 0 ||
	    (!sure && (r = count_sure(shop, &c, zero)) != 0)) {
		return r;
	}
	return q_stock_count_closing(shop->db, id, zero);
}

int
count_close(struct shop *shop, int64_t id, bool zero, bool sure)
{
	bool	more = true, shut = false;
	int	r;

	if ((r = shop_require(shop, RIGHT_ADJUST)) != 0) {
		return r;
	}
	while (r == 0 && more) {
		if ((r = db_begin(shop->db, "count close")) != 0) {
			return r;
		}
		if ((!shut && (r = count_shut(shop, id, zero, sure)) != 0) ||
		    (r = count_slice(shop, id, &more)) != 0) {
			db_rollback(shop->db);
			return r;
		}
		shut = true;
		r = db_commit(shop->db);
		if (more) {
			db_yield();
		}
	}
	return r;
}

int
count_cancel(struct shop *shop, int64_t id)
{
	struct stock_count	c;
	int64_t			n;
	int			r;

	if ((r = count_begin(shop, id, "count cancel", &c)) != 0) {
		return r;
	}
	return count_end(shop, q_stock_count_done(shop->db, id, "cancelled",
	    shop_now(), some(&shop->who.user), &n), "count.cancel", id, "");
}
