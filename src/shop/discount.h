/* SPDX-License-Identifier: ISC */
/* What is taken off a sale: by hand, by coupon, or all of a line. */
#ifndef SHOP_DISCOUNT_H
#define SHOP_DISCOUNT_H

#include "shop/sale.h"

/* What somebody asks for: the price form of a line, F4 and `:discount`. */
enum wish_kind {
	WISH_PRICE,			/* "9.50": another price */
	WISH_PERCENT,			/* "10%", "-10%"; "0%" none any more */
	WISH_AMOUNT,			/* "-2": off the line or ticket */
	WISH_OFFER,			/* "offer REASON" */
};
struct wish {
	enum wish_kind	kind;
	int64_t		value;		/* price, rate or amount */
	char		reason[4 * SALE_REASON + 1];
};
/* Words after a percentage or an amount are its reason: "10% damaged". */
int	 wish_parse(const char *text, const struct money_style *money,
	    bool implied, struct wish *out) MUST_CHECK;

/*
 * A discount by hand on a line, or with line 0 on the whole ticket (spread
 * over its lines pro rata, case A08); another one takes its place, a value
 * of 0 takes it away.  It stands behind promotions and takes part of what
 * those leave.  Right "discount" up to the limit of the role (setting
 * discount_limits), for the line and for all that is given on the ticket;
 * "discount_any" above.  A percentage of the ticket above somebody's limit
 * does not grow with what they add: it stays at what was allowed.
 * WISH_PRICE is sale_set_price(), WISH_OFFER sale_offer().
 */
int	 sale_discount(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, const struct wish *wish) MUST_CHECK;
/* Right "offer": nothing to pay for this line; kept with its reason and told
 * to the journal.  ERR_EMPTY asks for the reason. */
int	 sale_offer(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, const char *reason) MUST_CHECK;
/* Right "sell": a coupon is shown; ERR_NOT_FOUND, or why it is not good. */
int	 sale_coupon(struct shop *shop, int64_t id, int64_t *version,
	    const char *code) MUST_CHECK;

/* Words for a discount, as on paper: "Happy hour", "discount 10 %". */
void	 discount_text(const struct shop *shop,
	    const struct sale_discount *d, char *out, size_t size);
/* What the line comes to before the shares of what is taken off the whole
 * ticket, and before anything is; both are the amount of a reversed one. */
int64_t	 line_before_ticket(const struct sale *sale,
	    const struct sale_line *line);
int64_t	 line_before_all(const struct sale_line *line);

#endif
