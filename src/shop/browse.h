/* SPDX-License-Identifier: ISC */
/* Looking through the shop by place: rows of long lists, what runs out, how
 * the day goes. */
#ifndef SHOP_BROWSE_H
#define SHOP_BROWSE_H

#include "shop/product.h"

/* Products still sold, in order of code; rows [from, from + n) into out[]
 * (id, code, name, unit, price, tracked, stock), *got says how many. */
int	 browse_count(struct shop *shop, int64_t *n) MUST_CHECK;
int	 browse_page(struct shop *shop, int64_t from, int n,
	    struct product *out, int *got) MUST_CHECK;
/* The place of a product in that order. */
int	 browse_place(struct shop *shop, int64_t id, int64_t *at) MUST_CHECK;

/* Tracked products with a level of `below` or less (five units at most),
 * lowest first. */
int	 browse_low(struct shop *shop, int64_t below, int limit,
	    struct product *out, int *got) MUST_CHECK;

/* A business day: hour[h] is what was taken from h to h + 1 o'clock. */
struct browse_day {
	char	day[11];
	int64_t	tickets, amount;
	int64_t	hour[24];
};
/* Right "report".  `back` days before today's business day. */
int	 browse_day(struct shop *shop, int back, struct browse_day *out)
	    MUST_CHECK;

/* When the newest backup under SHOP/backups was made; 0: there is none. */
int64_t	 browse_backup(const struct shop *shop);

#endif
