/* SPDX-License-Identifier: ISC */
/* What the files of counting share; nobody else includes this. */
#ifndef SHOP_STOCK_COUNT_PART_H
#define SHOP_STOCK_COUNT_PART_H

#include "shop/stock_count.h"

/* ERR_FROZEN where it is closed, or being closed. */
int	 count_is_open(struct shop *shop, int64_t id, struct stock_count *c)
	    MUST_CHECK;
/* What may be counted, and in which quantities; looks at texts only. */
int	 count_allowed(const struct product *p, int64_t qty,
	    const struct count_piece *piece) MUST_CHECK;
/* ERR_INVALID for a dish that is made when it is sold: with a level of its own
 * it would take nothing from the stock any more. */
int	 count_kept(struct shop *shop, const struct product *p) MUST_CHECK;
/* Inside the transaction.  total: qty is the whole of it. */
int	 count_put(struct shop *shop, int64_t id, const struct product *p,
	    int64_t qty, bool total, const struct count_piece *piece,
	    int64_t *sum) MUST_CHECK;
/* Audited and committed, or rolled back; topic "stock". */
int	 count_end(struct shop *shop, int r, const char *action, int64_t id,
	    const char *detail) MUST_CHECK;

#endif
