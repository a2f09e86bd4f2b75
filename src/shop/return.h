/* SPDX-License-Identifier: ISC */
/* Goods that come back: negative lines on an open sale, each naming the line
 * of the ticket it takes back.  Beside new lines this is an exchange; what is
 * then due below 0 goes back to the customer (sale_pay). */
#ifndef SHOP_RETURN_H
#define SHOP_RETURN_H

#include "shop/sale.h"

/* A line of a ticket, and what is left of it. */
struct return_line {
	int64_t	id, product;
	int64_t	parent;			/* line it is an option of; 0 none */
	char	code[PRODUCT_CODE];
	char	label[PRODUCT_NAME];
	char	unit[8];
	bool	by_weight;
	int64_t	sold, amount;		/* as on the ticket */
	int64_t	left, left_amount;	/* less what came back, net */
};

struct return_ticket {
	int64_t			 sale, posted_at, total;
	char			 ticket[32];
	char			 cancelled_by[32];	/* ticket; "" none */
	struct return_line	*lines;	/* that may come back, left or not */
	size_t			 nlines;
};
/* Right "return"; return_done() frees.  ERR_INVALID when nothing was sold on
 * it. */
int	 return_load(struct shop *shop, int64_t sale,
	    struct return_ticket *out) MUST_CHECK;
void	 return_done(struct return_ticket *ticket);
/* What so much of a line gives back (above 0). */
int	 return_worth(const struct return_line *line, int64_t qty,
	    int64_t *amount) MUST_CHECK;

/* The ticket that a number ("1-000017", "17" of this till) or the barcode of
 * a receipt names; ERR_NOT_FOUND, also for another shop's. */
int	 return_find(struct shop *shop, const char *text, int64_t *sale)
	    MUST_CHECK;
/* What stands in a receipt's barcode: digits that begin with 97, the till and
 * number, four digits of the journal's hash and a check digit. */
#define RETURN_CODE	21
bool	 return_code(const struct sale *sale, char out[static RETURN_CODE]);
bool	 return_code_looks(const char *text);

struct return_pick {
	int64_t	line, qty;		/* qty > 0: so much of it */
	bool	scrap;			/* thrown away, not back to stock */
};
/* picks[] has one for each line of the ticket: so much of that one, and as
 * much of what was chosen with it; ERR_RANGE when less is left. */
int	 return_choose(const struct shop *shop, const struct return_ticket *t,
	    struct return_pick *picks, size_t at, int64_t qty) MUST_CHECK;
/*
 * Right "return": onto the open sale (*id 0 opens one), all picks or none.
 * The amount is the picked share of what is left of the line's net amount, at
 * its own rates: several returns of one line make its amount exactly.
 * ERR_RANGE when less is left.
 */
int	 return_add(struct shop *shop, int64_t *id, int64_t *version,
	    int64_t sale, const struct return_pick *picks, size_t n)
	    MUST_CHECK;
/* Rights "return" and "cancel": all of a ticket of which nothing came back,
 * as a sale of its own that says so ("annule le ticket n°"); *id is 0 or one
 * with nothing on it. */
int	 return_cancel(struct shop *shop, int64_t *id, int64_t *version,
	    int64_t sale, const char *reason) MUST_CHECK;
/* Right "return-free": without a ticket, at today's price and rate; price NULL
 * is the catalogue's.  ERR_EMPTY asks for the reason when it is "". */
int	 return_free(struct shop *shop, int64_t *id, int64_t *version,
	    int64_t product, int64_t qty, const int64_t *price, bool scrap,
	    const char *reason) MUST_CHECK;

/* How the customer had paid, for money that goes back: the tender of the
 * largest payment of the tickets on this sale, "" when there is none, and the
 * voucher when it was one. */
int	 return_tender(struct shop *shop, int64_t sale, char out[static 16],
	    int64_t *voucher) MUST_CHECK;

#endif
