/* SPDX-License-Identifier: ISC */
/* Taxes, tenders and currencies, read once for a process: they change by law or
 * once a day.  Read again after shop_reload_settings(). */
#ifndef SHOP_RATES_H
#define SHOP_RATES_H

#include "base/clock.h"
#include "shop/currency.h"
#include "shop/sale.h"

struct rate {
	char	class[16], since[11], name[16], letter[4];
	char	mode[SALE_MODE];	/* "": where none has its own */
	int	part;
	int64_t	rate;
};

struct rates {
	char		 today[CLOCK_DAY_SIZE];	/* business day */
	int64_t		 quarter;	/* of an hour for which it was told */
	struct rate	*rate;		/* by class, part, newest first */
	size_t		 nrates;
	bool		 modes;		/* some depend on the mode */
	struct tender	*tender;	/* labels as stored, not translated */
	size_t		 ntenders;
	struct currency	*currency;	/* those once taken too */
	size_t		 ncurrencies;
};

/* *out is the shop's; it lives until the settings are read again. */
int	 rates_of(struct shop *shop, const struct rates **out) MUST_CHECK;
/* What holds for a class on a day ("2026-11-20"), consumed in that mode; 0
 * when nothing does. */
int64_t	 rates_on(const struct rates *rates, const char *class,
	    const char *mode, int part, const char *day);
/* Name and letter of a rate, as last written; NULL when it is unknown. */
const struct rate *rates_word(const struct rates *rates, int part,
	    int64_t rate);
/* Forget; shop_close() and shop_reload_settings() call it. */
void	 rates_drop(struct shop *shop);

#endif
