/* SPDX-License-Identifier: ISC */
/* The shop's labels: how its scales print weights and prices (ean.h). */
#ifndef SHOP_PATTERN_H
#define SHOP_PATTERN_H

#include "shop/product.h"

struct pattern_row {
	const char	*pattern;
	int64_t		 decimals;
};
int	 pattern_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct pattern_row *row), void *ctx)
	    MUST_CHECK;
/* Right "product".  `decimals` are those of the weight in kilograms or of the
 * price.  ERR_EXISTS when a pattern there would read the same labels. */
int	 pattern_add(struct shop *shop, const char *pattern, int decimals)
	    MUST_CHECK;
int	 pattern_remove(struct shop *shop, const char *pattern) MUST_CHECK;

#endif
