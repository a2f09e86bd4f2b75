/* SPDX-License-Identifier: ISC */
/* Amounts, quantities, days and ages as this shop writes them. */
#include "base/buf.h"
#include "base/clock.h"
#include "screens/app.h"
#include "shop/catalogue.h"
#include "shop/country.h"

/* Enough for the amounts of one printf. */
static char *
app_slot(void)
{
	static char	ring[8][MONEY_TEXT];
	static unsigned	at;

	return ring[at++ % NELEM(ring)];
}

const char *
app_money(const struct shop *shop, int64_t amount)
{
	char	*out = app_slot();

	money_plain(&shop->money, amount, out);
	return out;
}

const char *
app_day_of(const struct shop *shop, const char *iso)
{
	static char	out[COUNTRY_DAY];

	return country_day(shop, iso, out);
}

const char *
app_day(const struct shop *shop, int64_t ms)
{
	char	iso[16];

	clock_local(ms, "%Y-%m-%d", iso, sizeof(iso));
	return app_day_of(shop, iso);
}

const char *
app_cash(const struct shop *shop, int64_t amount)
{
	char	*out = app_slot();

	money_symbol(&shop->money, amount, out);
	return out;
}

const char *
app_typed(const struct shop *shop, int64_t amount)
{
	struct money_style	 typed = shop->money;
	char			*out = app_slot();

	typed.group[0] = '\0';
	money_plain(&typed, amount, out);
	return out;
}

const char *
app_qty(const struct shop *shop, int64_t qty)
{
	char	*out = app_slot();

	qty_plain(shop->money.mark, qty, out);
	return out;
}

const char *
app_stock(const struct shop *shop, const struct product *p)
{
	char	*out = app_slot();

	if (!p->tracked) {
		out[0] = '\0';
		return out;
	}
	(void)str_fmt(out, MONEY_TEXT, "%s%s%s", app_qty(shop, p->stock),
	    p->by_weight ? " " : "", p->by_weight ? p->unit : "");
	return out;
}

const char *
app_age(int64_t since, int64_t now)
{
	char	*out = app_slot();
	int64_t	 minutes = (now - since) / 60000;

	if (minutes < 0) {
		minutes = 0;
	}
	if (minutes < 60) {
		(void)str_fmt(out, MONEY_TEXT, _("%dm"), (int)minutes);
	} else if (minutes < 48 * 60) {
		(void)str_fmt(out, MONEY_TEXT, _("%dh"), (int)(minutes / 60));
	} else {
		(void)str_fmt(out, MONEY_TEXT, _("%lldd"),
		    (long long)(minutes / (24 * 60)));
	}
	return out;
}
