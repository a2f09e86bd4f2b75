/* SPDX-License-Identifier: ISC */
/* What changes with the border: currency, taxes, cash, tenders. */
#ifndef SHOP_COUNTRY_H
#define SHOP_COUNTRY_H

#include "shop/shop.h"

#define COUNTRY_NOTES	6

struct country {
	const char	*code;		/* "FR", "CA-QC" */
	const char	*currency;
	bool		 tax_added;	/* prices are shown without tax */
	int64_t		 cash_step;	/* 1: cash is not rounded */
	int64_t		 cash_keep;	/* a due this small never is */
	int64_t		 largest_note;
	int64_t		 notes[COUNTRY_NOTES];	/* ascending, 0 ends */
};

/* Never NULL: an unknown code is ERR_NOT_FOUND and France. */
int	 country_find(const char *code, const struct country **out) MUST_CHECK;
/* Of this shop. */
const struct country *country_of(const struct shop *shop);
/*
 * The first day, inside a transaction: tax classes and dated rates, tenders,
 * label patterns.  The settings (currency, cash_step) are the caller's.
 */
int	 country_seed(struct shop *shop, const char *code) MUST_CHECK;

#endif
