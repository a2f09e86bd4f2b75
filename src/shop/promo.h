/* SPDX-License-Identifier: ISC */
/* Promotions: what they are, and what they take off a sale. */
#ifndef SHOP_PROMO_H
#define SHOP_PROMO_H

#include "shop/price.h"

#define PROMO_KINDS(X) \
	X(PERCENT,   N_("percent"),   N_("percent off")) \
	X(AMOUNT,    N_("amount"),    N_("off each")) \
	X(N_FOR_M,   N_("n_for_m"),   N_("n for the price of m")) \
	X(SECOND,    N_("second"),    N_("percent off the second")) \
	X(BUNDLE,    N_("bundle"),    N_("a set for one price")) \
	X(THRESHOLD, N_("threshold"), N_("off from a sum on"))

enum promo_kind {
#define X(id, name, text) PROMO_##id,
	PROMO_KINDS(X)
#undef X
	PROMO_KIND_COUNT
};
const char *promo_kind_name(enum promo_kind kind);
const char *promo_kind_text(enum promo_kind kind);	/* translated */
int	 promo_kind_find(const char *name, enum promo_kind *out) MUST_CHECK;

/* An item or a category it is about; of a bundle `qty` of each part. */
struct promo_item {
	int	part;			/* from 1 */
	int64_t	product;		/* 0: the category */
	char	code[PRODUCT_CODE];
	char	category[48];
	int64_t	qty;
};
#define PROMO_ITEMS	64

struct promo {
	int64_t			 id;
	char			 name[PRICE_NAME], label[PRICE_LABEL];
	enum promo_kind		 kind;
	int64_t			 percent;	/* rate */
	int64_t			 amount;	/* as the schema says */
	int64_t			 n, m, threshold;
	int64_t			 times;		/* on one sale; 0: any */
	bool			 alone;		/* shares no line */
	int64_t			 place;		/* order of the others */
	char			 coupon[PRICE_NAME];	/* "" needs none */
	int64_t			 uses;		/* of the coupon; 0: any */
	struct scope		 scope;
	int64_t			 made_at, ended_at;	/* 0: not ended */
	struct promo_item	*item;		/* none: everything */
	size_t			 nitems;
};

/* --- pure: lines and promotions in, what is taken off out ----------------- */

struct promo_line {
	int64_t		 product, qty, amount;	/* before promotions */
	const char	*category;
	bool		 pieces;	/* counted, not weighed */
	bool		 barred;	/* no promotion takes part of it */
	int64_t		 at;		/* entered: what holds then, holds */
};
/* Who buys (at what moment, each line says) and the coupons shown, as ids of
 * promotions. */
struct promo_sale {
	struct buying		 buying;
	const int64_t		*coupon;
	size_t			 ncoupons;
	const struct promo_line	*line;
	size_t			 nlines;
};
struct promo_cut {
	size_t	promo;			/* index */
	int	line;			/* index; -1: the ticket, spread */
	int64_t	amount;			/* > 0 */
};
/* free(cut), free(off). */
struct promo_cuts {
	struct promo_cut	*cut;
	size_t			 n;
	int64_t			*off;	/* of each line, shares included */
	int64_t			 total;
};
/*
 * The rule, in this order:
 *  1. A line counts for a promotion that held when it was entered; n for m,
 *     the second and bundles look at pieces, the cheapest being the free ones.
 *  2. Those that stand alone share no line with any other.  Every one is
 *     tried first, the others following by what they save on lines still
 *     free; and also none of them.
 *  3. The rest apply one after the other in their place to what is left of
 *     the lines that none of those took; thresholds last, to the sum.
 *  4. What is cheapest for the customer is done; of equals, the first.
 * No line goes below 0; the same in gives the same out.
 */
int	 promo_apply(const struct promo *promo, size_t npromos,
	    const struct promo_sale *sale, struct promo_cuts *out) MUST_CHECK;

/* --- in the shop ---------------------------------------------------------- */

/*
 * Right "promo"; audited; topic "price".  place 0: after the others.  Lines
 * entered before it was made are not touched by it.
 */
int	 promo_add(struct shop *shop, const struct promo *promo, int64_t *id)
	    MUST_CHECK;
int	 promo_end(struct shop *shop, const char *name) MUST_CHECK;
/* Those not ended; `now`: whether it holds at this moment and till. */
int	 promo_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct promo *promo, bool now),
	    void *ctx) MUST_CHECK;
/*
 * One value by name, as typed on the command line or a form: percent, amount,
 * n, m, threshold, times, uses, alone ("yes"), coupon, label, items ("1001,
 * Desserts", see promo_item_parse(), so the kind comes first; item[] holds
 * PROMO_ITEMS), or one of scope_set().  "" leaves it as it is.
 */
int	 promo_set(struct shop *shop, struct promo *promo, const char *key,
	    const char *value) MUST_CHECK;
/* "3 for 2", "-20 %", "2 + 1 = 9,50": what it does. */
void	 promo_terms(const struct shop *shop, const struct promo *promo,
	    char *out, size_t size);
/* What it is about: "Desserts, 1001"; "" everything. */
void	 promo_about(const struct promo *promo, char *out, size_t size);
/* "1001", "Desserts" or, of a bundle, "2*1001": the next item of a promotion
 * whose items are in item[*n].  A code goes before a category. */
int	 promo_item_parse(struct shop *shop, enum promo_kind kind,
	    const char *text, struct promo_item *item, size_t *n) MUST_CHECK;

#endif
