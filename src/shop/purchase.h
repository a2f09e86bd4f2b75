/* SPDX-License-Identifier: ISC */
/* Orders to suppliers, what came, what went back, and their invoices. */
#ifndef SHOP_PURCHASE_H
#define SHOP_PURCHASE_H

#include "base/buf.h"
#include "shop/supplier.h"

#define PURCHASE_NUMBER	24		/* "PO-000012", "REC-000003" */
#define PURCHASE_STATE	12

/* --- orders: draft -> sent -> partial -> received -> closed -------------- */

struct purchase {
	int64_t	id, supplier, place;
	char	number[PURCHASE_NUMBER];	/* "" until it is sent */
	char	supplier_name[NAME_SIZE];
	char	state[PURCHASE_STATE];
	char	wanted[11];			/* the day, or "" */
	int64_t	made_at, sent_at, lines;
	int64_t	amount;				/* without tax */
};
struct purchase_line {
	int64_t	product, packs, pack;		/* pack in thousandths */
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8], ref[32];
	int64_t	price, discount;		/* of a pack; 1/100 000 */
	int64_t	amount;				/* of the line, after it */
	int64_t	received;			/* thousandths */
};
const char *purchase_state_text(const char *state);	/* translated */

/* All right "purchase", of a store the actor may see; each saves at once.
 * The draft there is for that supplier and place (0: here), or a new one;
 * wanted "" or a day. */
int	 purchase_start(struct shop *shop, int64_t supplier, int64_t place,
	    const char *wanted, int64_t *id) MUST_CHECK;
/* Both in one: so many packs onto the draft for here, or none of it stays. */
int	 purchase_order(struct shop *shop, int64_t supplier,
	    const char *wanted, int64_t product, int64_t packs,
	    const int64_t *price, int64_t *id) MUST_CHECK;
/* So many packs of it, 0 none; price NULL: as the supplier sells it, with
 * their discount. */
int	 purchase_set(struct shop *shop, int64_t id, int64_t product,
	    int64_t packs, const int64_t *price) MUST_CHECK;
/* Numbered and printed; from here on its lines stand.  ERR_RANGE below the
 * supplier's least order or least packs, unless `anyway`. */
int	 purchase_send(struct shop *shop, int64_t id, bool anyway,
	    char number[static PURCHASE_NUMBER]) MUST_CHECK;
/* Nothing more is waited for; a draft is cancelled. */
int	 purchase_close(struct shop *shop, int64_t id) MUST_CHECK;

int	 purchase_get(struct shop *shop, int64_t id, struct purchase *out)
	    MUST_CHECK;
/* By number, or "#12" a draft's id. */
int	 purchase_find(struct shop *shop, const char *text,
	    struct purchase *out) MUST_CHECK;
/* Newest first; state "" all, "open"; supplier 0 all; limit 0 all. */
int	 purchase_list(struct shop *shop, const char *state, int64_t supplier,
	    int64_t limit, int (*fn)(void *ctx, const struct purchase *p),
	    void *ctx) MUST_CHECK;
int	 purchase_lines(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct purchase_line *l), void *ctx)
	    MUST_CHECK;

/* CSV or JSON: supplier,code,packs,price,pack,place,wanted.  Each line goes
 * onto the draft for that supplier and place, as purchase_order(); a pack that
 * is said has to be theirs.  Every bad line to bad(); all or nothing. */
int	 purchase_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* That order, or (0) all drafts, so that importing changes nothing; fills
 * `out`. */
int	 purchase_export(struct shop *shop, int64_t id, bool json,
	    struct buf *out) MUST_CHECK;

/* Ordered and not come, the first day first; supplier 0 all. */
struct purchase_due {
	const char	*number, *supplier, *code, *name, *unit, *day;
	int64_t		 qty;
	bool		 late;
};
int	 purchase_due(struct shop *shop, int64_t supplier,
	    int (*fn)(void *ctx, const struct purchase_due *d), void *ctx)
	    MUST_CHECK;

/* --- what should be ordered ---------------------------------------------- */

struct proposal {
	int64_t	product, supplier, packs, pack, price;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	char	supplier_code[PRODUCT_CODE];
	int64_t	here, coming, promised;		/* thousandths */
	int64_t	daily;				/* sold a day, thousandths */
	int64_t	least, most;			/* ordered at, up to */
	bool	by_speed;			/* no reorder points */
};
/*
 * J07: here + ordered - promised at or below the reorder point is brought up
 * to the most, in whole packs.  Items without points go by what was sold in
 * the last `days`: at or below what the lead time takes, up to `cover` days
 * more.  days 0: only reorder points.
 *
 * Of the store it is to come to, its rooms counted: what that one has, awaits,
 * promised and sold (place 0: where the actor works).  PROPOSE_ALL: of all
 * stores together, where one of them is sent to the others from; ERR_DENIED
 * for who may not see them all.
 */
#define PROPOSE_ALL	INT64_C(-1)
int	 purchase_propose(struct shop *shop, int64_t place, int days,
	    int cover, int (*fn)(void *ctx, const struct proposal *p),
	    void *ctx) MUST_CHECK;
/* The same, onto draft orders for that place; *n is how many lines. */
int	 purchase_propose_orders(struct shop *shop, int64_t place, int days,
	    int cover, int64_t *n) MUST_CHECK;

/* --- receipts and returns ------------------------------------------------ */

struct intake {
	int64_t	id, supplier, purchase, place, costs, amount, lines, at;
	char	number[PURCHASE_NUMBER];	/* "" until it is posted */
	char	supplier_name[NAME_SIZE], order[PURCHASE_NUMBER];
	char	state[PURCHASE_STATE], reference[48];
	bool	back;				/* a return to the supplier */
	bool	billed;
};
struct intake_line {
	int64_t	id, product, qty, amount;	/* amount without tax */
	int64_t	value;				/* with its costs; posted */
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	char	lot[24], expiry[11], serial[52];
	bool	expired;			/* its last day is past */
};
/* The draft there is for this order, or a new one. */
int	 intake_of_order(struct shop *shop, int64_t purchase, int64_t *id)
	    MUST_CHECK;
/* Without an order, or back to the supplier with a reason; place 0: here. */
int	 intake_start(struct shop *shop, int64_t supplier, bool back,
	    int64_t place, const char *reason, int64_t *id) MUST_CHECK;
/* Their delivery note; freight, duty and so on, spread over all lines. */
int	 intake_set(struct shop *shop, int64_t id, const char *reference,
	    int64_t costs) MUST_CHECK;

struct intake_entry {
	int64_t		 product, qty;	/* thousandths, added up; below 0 a
					 * beep too many is taken back */
	const char	*lot, *expiry, *serial;	/* NULL or "" none */
	const int64_t	*amount;	/* of the whole line; NULL as ordered,
					 * or in proportion where another
					 * was said for it before */
};
int	 intake_add(struct shop *shop, int64_t id,
	    const struct intake_entry *e) MUST_CHECK;
/*
 * One beep: a code, a pack's, the supplier's reference, a GS1 text with lot
 * and expiry; `times` of it.  *p is what it was, *qty how many of it came.
 */
int	 intake_scan(struct shop *shop, int64_t id, const char *text,
	    int64_t times, struct product *p, int64_t *qty) MUST_CHECK;
/* Another quantity or amount of a line (NULL: as above); qty 0 drops it. */
int	 intake_line_set(struct shop *shop, int64_t id, int64_t line,
	    int64_t qty, const int64_t *amount) MUST_CHECK;
/* All that is still waited for came as ordered. */
int	 intake_fill(struct shop *shop, int64_t id) MUST_CHECK;
/* J04: the stock moves, at what the supplier asks and its part of the costs.
 * ERR_EMPTY: nothing in it, a lot or serial number missing. */
int	 intake_post(struct shop *shop, int64_t id,
	    char number[static PURCHASE_NUMBER]) MUST_CHECK;
int	 intake_cancel(struct shop *shop, int64_t id) MUST_CHECK;
int	 intake_get(struct shop *shop, int64_t id, struct intake *out)
	    MUST_CHECK;
int	 intake_find(struct shop *shop, const char *text,
	    struct intake *out) MUST_CHECK;
int	 intake_list(struct shop *shop, const char *state, int64_t supplier,
	    int64_t limit, int (*fn)(void *ctx, const struct intake *r),
	    void *ctx) MUST_CHECK;
int	 intake_lines(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct intake_line *l), void *ctx)
	    MUST_CHECK;
/* A hand scanner's file or a delivery note, CSV or JSON:
 * code,qty,lot,expiry,serial,amount, or code;qty alone.  A quantity left out
 * is one; the code may be the supplier's; all of it is added, or nothing. */
int	 intake_import(struct shop *shop, int64_t id, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* What is on it, so that an empty one which imports it has the same. */
int	 intake_export(struct shop *shop, int64_t id, bool json,
	    struct buf *out) MUST_CHECK;
/* Ordered against come: what is missing, what is too much. */
struct intake_gap {
	const char	*code, *name, *unit;
	int64_t		 product, ordered, before, now;	/* thousandths */
};
int	 intake_gaps(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct intake_gap *g), void *ctx)
	    MUST_CHECK;
/* What somebody may not have meant, a line of words each: a lot past its last
 * day, more than was ordered, what was not ordered.  Of one product, or of
 * all (0); nothing of what goes back. */
int	 intake_doubts(struct shop *shop, int64_t id, int64_t product,
	    void (*say)(void *ctx, const char *text), void *ctx) MUST_CHECK;

/* --- the suppliers' invoices --------------------------------------------- */

struct bill {
	int64_t		 id;
	const char	*supplier, *supplier_name, *number, *day, *due;
	const char	*accepted;	/* why, where it differs */
	int64_t		 net, tax, expected, paid_at;
	bool		 late;
};
/*
 * Held against these receipts and returns: where their sum is not its net
 * amount it is refused (ERR_CHANGED, with both), unless `accept` says why it
 * is taken.  due "": the supplier's terms.
 */
int	 bill_add(struct shop *shop, int64_t supplier, const char *number,
	    const char *day, const char *due, int64_t net, int64_t tax,
	    const int64_t *receipts, size_t n, const char *accept,
	    int64_t *id) MUST_CHECK;
int	 bill_pay(struct shop *shop, int64_t supplier, const char *number)
	    MUST_CHECK;
/* By the day they are due; supplier 0 all. */
int	 bill_list(struct shop *shop, bool paid, int64_t supplier,
	    int (*fn)(void *ctx, const struct bill *b), void *ctx)
	    MUST_CHECK;

#endif
