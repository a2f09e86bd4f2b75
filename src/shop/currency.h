/* SPDX-License-Identifier: ISC */
/* Foreign money taken at the till, each at a rate that is a fraction of minor
 * units: `home` of the shop's for `abroad` of it. */
#ifndef SHOP_CURRENCY_H
#define SHOP_CURRENCY_H

#include "shop/shop.h"

struct currency {
	char			code[4];	/* "USD" */
	int64_t			home, abroad;	/* worth the same */
	bool			active;
	struct money_style	money;
};

/* Those that are taken, by code; free(*rows).  No query: read with the taxes
 * and tenders. */
int	 currency_list(struct shop *shop, struct currency **rows, size_t *n)
	    MUST_CHECK;
/* By code in any case; one no longer taken is ERR_INVALID. */
int	 currency_find(struct shop *shop, const char *code,
	    struct currency *out) MUST_CHECK;
/* What foreign money is worth here (B06, B07), half away from zero; the
 * other way up to what is enough. */
int	 currency_home(const struct currency *c, int64_t abroad, int64_t *home)
	    MUST_CHECK;
int	 currency_abroad(const struct currency *c, int64_t home,
	    int64_t *abroad) MUST_CHECK;
/*
 * "1.1650": so much of it for one of the shop's own; `worth`: "655.957", what
 * one of it is worth here.  At most six decimals, the fraction in lowest
 * terms.
 */
int	 currency_rate(struct shop *shop, const char *text, bool worth,
	    struct currency *c) MUST_CHECK;
/* The rate as one would say it, of one unit of the shop's own; where that
 * would begin with zeros, what one of it is worth (`worth` says so). */
void	 currency_rate_text(const struct shop *shop, const struct currency *c,
	    bool *worth, char out[static MONEY_TEXT]);
/* Right "tender": taken from now on at this rate, or no longer. */
int	 currency_set(struct shop *shop, const struct currency *c) MUST_CHECK;

#endif
