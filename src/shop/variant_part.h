/* SPDX-License-Identifier: ISC */
/* What the files of variants share; nobody else includes this. */
#ifndef SHOP_VARIANT_PART_H
#define SHOP_VARIANT_PART_H

#include "shop/variant.h"

/* Inside the transaction: a new product like its template, and with the
 * values behind its name; fills `out`. */
int	 variant_new(struct shop *shop, const struct variant_row *row,
	    const struct product *template, struct product *out) MUST_CHECK;
/* Inside the transaction: the product is there. */
int	 variant_link(struct shop *shop, const struct variant_row *row,
	    const struct product *template, const struct product *p)
	    MUST_CHECK;

#endif
