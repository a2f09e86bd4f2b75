/* SPDX-License-Identifier: ISC */
/* Labels: on the shelf, on the item. */
#ifndef SHOP_LABEL_H
#define SHOP_LABEL_H

#include "shop/product.h"

enum label_kind {
	LABEL_SHELF,		/* name, price large, price of a kilogram */
	LABEL_ITEM,		/* name, price, barcode */
	LABEL_KINDS
};
int	 label_kind_find(const char *name, enum label_kind *out) MUST_CHECK;

/* Right "product"; one print job on the terminal's printer, each label cut
 * off.  ERR_NOT_FOUND without a printer; *job is its id. */
int	 label_print(struct shop *shop, enum label_kind kind,
	    const int64_t *products, size_t n, int64_t copies, int64_t *job)
	    MUST_CHECK;
/* Items sold whose price is another one than as that day (2026-12-31) began,
 * by code; free(*out). */
int	 label_due(struct shop *shop, const char *day, int64_t **out, size_t *n)
	    MUST_CHECK;

#endif
