/* SPDX-License-Identifier: ISC */
/* GS1 element strings: what a GS1-128, DataMatrix or QR says of a piece.
 * Pure: no database. */
#ifndef SHOP_GS1_H
#define SHOP_GS1_H

#include "base/base.h"

/* Ends a field of free length (FNC1).  On the entry line it is shown, and
 * kept, as U+241D. */
#define GS1_GS		'\x1d'
#define GS1_GS_SHOWN	0x241dU

struct gs1 {
	char	gtin[15];		/* 01 */
	bool	has_weight, has_price, has_count;
	int64_t	weight;			/* 310n, thousandths of a kilogram */
	int64_t	price;			/* 392n, as printed … */
	int	price_decimals;		/* … with so many decimals */
	int64_t	count;			/* 30 */
	char	expiry[11];		/* 17: 2026-12-31 or "" */
	char	best[11];		/* 15: best before */
	char	lot[21], serial[21];	/* 10, 21 */
};
/*
 * GS1-128 or DataMatrix text, prefix already stripped (case D09).  Fields in
 * any order after the GTIN; unknown ones are passed over.  False when it does
 * not begin with a GTIN or a field breaks off.
 */
bool	 gs1_read(const char *text, struct gs1 *out);
/* The price in minor units of a currency; false when digits would be lost. */
bool	 gs1_amount(const struct gs1 *gs1, int money_digits, int64_t *amount);

#endif
