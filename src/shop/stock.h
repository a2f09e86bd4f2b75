/* SPDX-License-Identifier: ISC */
/* The stockroom: the ledger of movements, and the places they are in. */
#ifndef SHOP_STOCK_H
#define SHOP_STOCK_H

#include "shop/shop.h"

/* stock_move.kind: why something moved. */
#define STOCK_KINDS(X) \
	X(SALE, "sale", N_("sold")) \
	X(RETURN, "return", N_("came back")) \
	X(SCRAP, "scrap", N_("came back, thrown away")) \
	X(ADJUST, "adjust", N_("corrected")) \
	X(IMPORT, "import", N_("imported")) \
	X(RECEIPT, "receipt", N_("received")) \
	X(SUPPLIER, "supplier", N_("back to the supplier")) \
	X(COUNT, "count", N_("counted")) \
	X(SHIP, "ship", N_("sent to another store")) \
	X(ARRIVE, "arrive", N_("came from another store")) \
	X(LOSS, "loss", N_("lost under way")) \
	X(WASTE, "waste", N_("thrown away")) \
	X(MAKE, "make", N_("made")) \
	X(REVALUE, "revalue", N_("valued anew"))

enum stock_kind {
#define X(id, name, text) STOCK_##id,
	STOCK_KINDS(X)
#undef X
	STOCK_KIND_COUNT
};
const char *stock_kind_name(enum stock_kind k);
const char *stock_kind_text(const char *name);	/* translated; of a name */
int	 stock_kind_find(const char *name, enum stock_kind *out) MUST_CHECK;

#define STOCK_LOT	24		/* bytes, NUL included */
#define STOCK_QTY_MAX	INT64_C(2000000000)	/* of a movement, a level */
#define PLACE_UNDER_WAY	0		/* neither here nor there */
#define PLACE_FIRST	1		/* there from the first day */

/* One movement to be written; what is not named is 0, NULL or "". */
struct stock_entry {
	int64_t		 product;
	int64_t		 place;		/* 0: where this actor works … */
	bool		 under_way;	/* … or really place 0 */
	int64_t		 qty;		/* thousandths; below 0 out */
	/* Of all of it, minor units, with the sign of qty; NULL: what it is
	 * worth where it is (average or oldest entries). */
	const int64_t	*value;
	enum stock_kind	 kind;
	const char	*lot;		/* NULL: none named, the first to
					 * expire goes; "": none */
	const char	*expiry;	/* of a lot that is new: 2026-12-31 */
	const char	*serial;	/* then qty is one piece */
	const char	*doc;		/* "count", "transfer", "receipt" */
	int64_t		 doc_id;
	const char	*reason;
};
/*
 * Inside a transaction, after the caller asked for its right: one movement,
 * level, value, lot and serial with it; the product is tracked from here on,
 * topic "stock".  Nothing else writes the ledger.  ERR_EXISTS: a serial that
 * is there already, or has left; ERR_EMPTY: not so much there where the
 * setting negative_stock is "no" (a count may); ERR_RANGE.
 */
int	 stock_write(struct shop *shop, const struct stock_entry *e)
	    MUST_CHECK;

/* By hand: right "adjust", a reason, one audit row.  `cost` of one whole unit
 * that comes in, where it is known (else what it is worth there); STOCK_WASTE
 * goes out; place 0: here. */
int	 stock_correct(struct shop *shop, enum stock_kind kind,
	    int64_t product, int64_t place, int64_t delta,
	    const int64_t *cost, const char *reason) MUST_CHECK;

/* The same of a lot or of a piece: kind, product, place, qty, lot, expiry,
 * serial and reason of `e`.  A product with numbers wants one (ERR_EMPTY), and
 * what goes out must be there (ERR_NOT_FOUND, ERR_EXISTS).  Of a dish that is
 * made when it is sold (stock_made) what it takes is thrown away; it is not
 * corrected itself, ERR_INVALID. */
int	 stock_correct_piece(struct shop *shop, const struct stock_entry *e,
	    const int64_t *cost) MUST_CHECK;
/* Not kept in stock itself, but made of what is. */
struct product;
int	 stock_made(struct shop *shop, const struct product *p, bool *made)
	    MUST_CHECK;
/* ERR_NOT_FOUND: nothing of that lot is in the place. */
int	 stock_lot_there(struct shop *shop, const struct product *p,
	    const char *lot, int64_t place) MUST_CHECK;

/* What there is of a product in a place (0: in all stores) and its worth. */
int	 stock_held(struct shop *shop, int64_t product, int64_t place,
	    int64_t *qty, int64_t *value) MUST_CHECK;
/* The same of exactly one place, under way (0) too. */
int	 stock_there(struct shop *shop, int64_t product, int64_t place,
	    int64_t *qty, int64_t *value) MUST_CHECK;
/* value / qty for one whole unit, rounded; 0 of nothing. */
int64_t	 stock_unit_cost(int64_t qty, int64_t value);

/*
 * Inside the transaction: a line of a sale was written, with what is chosen
 * for it.  Is all that it takes there, what other lines of open sales have of
 * it counted?  As the setting negative_stock says: 0, or 0 and shop->said, or
 * ERR_DENIED without right "adjust", or ERR_EMPTY.
 */
int	 stock_short(struct shop *shop, int64_t line) MUST_CHECK;
/* p->stock of n products is what the actor may see of them. */
int	 stock_shown(struct shop *shop, struct product *p, size_t n)
	    MUST_CHECK;

/* Lots of a product that something is left of, the first to expire first;
 * place 0: in all stores the actor may see.  free(*out). */
struct stock_lot {
	char	code[STOCK_LOT], expiry[11], place[NAME_SIZE];
	int64_t	qty;
};
int	 stock_lots(struct shop *shop, int64_t product, int64_t place,
	    struct stock_lot **out, size_t *n) MUST_CHECK;
/* Right "product": is it kept by lot, the first to expire going first? */
int	 stock_by_lot(struct shop *shop, int64_t product, bool yes)
	    MUST_CHECK;

/* Inside the posting of a sale: what went, what came back, and what of that
 * is thrown away. */
struct sale;
int	 stock_posting(struct shop *shop, const struct sale *sale)
	    MUST_CHECK;

/* Inside a transaction, after the setting valuation changed. */
int	 stock_valuation_changed(struct shop *shop) MUST_CHECK;

/* ---- places ------------------------------------------------------------- */

struct stock_place {
	int64_t	id, parent;		/* parent 0: a store */
	char	name[NAME_SIZE];
	bool	active;
	int64_t	value;			/* of all that is there */
};
/* In order, stores before their rooms; only those the actor may see.
 * free(*out). */
int	 stock_place_list(struct shop *shop, struct stock_place **out,
	    size_t *n) MUST_CHECK;
/* By name, as compared (shop_login_name); ERR_NOT_FOUND, ERR_DENIED for a
 * store that is not theirs, with *out filled: goods may be sent to it. */
int	 stock_place_find(struct shop *shop, const char *name,
	    struct stock_place *out) MUST_CHECK;
int	 stock_place_get(struct shop *shop, int64_t id,
	    struct stock_place *out) MUST_CHECK;
/* Right "setting"; `store` NULL: a store of its own, else a room of it. */
int	 stock_place_add(struct shop *shop, const char *name, const char *store,
	    int64_t *id) MUST_CHECK;
int	 stock_place_rename(struct shop *shop, int64_t id, const char *name,
	    bool active) MUST_CHECK;
/* Where this actor works: its terminal's place, else the first. */
int	 stock_place_here(struct shop *shop, int64_t *id) MUST_CHECK;
/* What is sold there is taken from this place.  Right "terminal". */
int	 stock_place_terminal(struct shop *shop, int64_t terminal,
	    int64_t place) MUST_CHECK;
/* Which stores somebody may see; n 0: all.  Right "user". */
int	 stock_place_user(struct shop *shop, int64_t user, const int64_t *place,
	    size_t n) MUST_CHECK;
/* ERR_DENIED where the actor may not see it. */
int	 stock_place_seen(struct shop *shop, int64_t place) MUST_CHECK;

#endif
