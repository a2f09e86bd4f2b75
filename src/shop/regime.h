/* SPDX-License-Identifier: ISC */
/* What a country's law makes of the journal; data, one row a regime. */
#ifndef SHOP_REGIME_H
#define SHOP_REGIME_H

#include "shop/shop.h"

/* The chain, the signatures and the closings are the same everywhere; what
 * differs is what is refused. */
struct regime {
	const char	*name;		/* "fr", "none" */
	bool		 closed_days_stay;	/* no sale in a closed day */
};

/* Of this shop's country. */
const struct regime *regime_of(const struct shop *shop);

#endif
