/* SPDX-License-Identifier: ISC */
/* Taxes, tenders and currencies, read once for a process. */
#include "shop/rates.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "sql/product.h"
#include "sql/tender.h"

static int
rates_currencies(struct shop *shop, struct rates *out)
{
	struct q_currency_all	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_currency_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	out->currency = xcalloc(n + 1, sizeof(*out->currency));
	for (size_t i = 0; i < n && r == 0; i++) {
		struct currency	*c = &out->currency[out->ncurrencies++];

		(void)str_copy(c->code, sizeof(c->code), rows[i].code);
		c->home = rows[i].home;
		c->abroad = rows[i].abroad;
		c->active = rows[i].active;
		r = money_style_set(&c->money, c->code, shop->set.country);
	}
	free(rows);
	return r;
}

static int
rates_load(struct shop *shop, struct rates *out)
{
	struct q_tax_rate_all	*rows;
	struct q_tender_all	*tenders;
	size_t			 n;
	int			 r;

	if ((r = q_tax_rate_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	out->rate = xcalloc(n + 1, sizeof(*out->rate));
	for (size_t i = 0; i < n; i++) {
		struct rate	*x = &out->rate[out->nrates++];

		(void)str_copy(x->class, sizeof(x->class), rows[i].class);
		(void)str_copy(x->since, sizeof(x->since), rows[i].since);
		(void)str_copy(x->name, sizeof(x->name), rows[i].name);
		(void)str_copy(x->letter, sizeof(x->letter), rows[i].letter);
		(void)str_copy(x->mode, sizeof(x->mode), rows[i].mode);
		out->modes = out->modes || x->mode[0] != '\0';
		x->part = (int)rows[i].part;
		x->rate = rows[i].rate;
	}
	free(rows);
	if ((r = q_tender_all(shop->db, &tenders, &n)) != 0) {
		return r;
	}
	out->tender = xcalloc(n + 1, sizeof(*out->tender));
	for (size_t i = 0; i < n; i++) {
		struct tender	*t = &out->tender[out->ntenders++];

		(void)str_copy(t->name, sizeof(t->name), tenders[i].name);
		(void)str_copy(t->label, sizeof(t->label), tenders[i].label);
		(void)str_copy(t->letter, sizeof(t->letter),
		    tenders[i].letter);
		t->change = tenders[i].change;
		t->drawer = tenders[i].drawer;
		t->rounded = tenders[i].rounded;
		t->active = tenders[i].active;
		if ((r = tender_kind_find(tenders[i].kind, &t->kind)) != 0) {
			break;
		}
		t->reference = (int)tenders[i].reference;
		t->phone = tenders[i].phone;
		t->waits = tenders[i].waits;
		t->refund = tenders[i].refund;
		t->tip = tenders[i].tip;
		(void)str_copy(t->eligible, sizeof(t->eligible),
		    tenders[i].eligible);
		t->least = tenders[i].least;
		t->most = tenders[i].most;
	}
	free(tenders);
	return r != 0 ? r : rates_currencies(shop, out);
}

void
rates_drop(struct shop *shop)
{
	if (shop->rates != NULL) {
		free(shop->rates->rate);
		free(shop->rates->tender);
		free(shop->rates->currency);
		free(shop->rates);
		shop->rates = NULL;
	}
}

/* In every zone a day begins with a quarter of an hour, so between two of
 * them the calendar need not be asked. */
int
rates_of(struct shop *shop, const struct rates **out)
{
	int64_t	quarter = shop_now() / (15 * 60 * 1000);
	int	r = 0;

	if (shop->rates == NULL) {
		shop->rates = xcalloc(1, sizeof(*shop->rates));
		shop->rates->quarter = -1;
		if ((r = rates_load(shop, shop->rates)) != 0) {
			rates_drop(shop);
		}
	}
	*out = shop->rates;
	if (r == 0 && shop->rates->quarter != quarter) {
		clock_business_day(shop_now(), shop->set.day_start_hour,
		    shop->rates->today);
		shop->rates->quarter = quarter;
	}
	return r;
}

/* The newest of that class and mode. */
static const struct rate *
rates_row(const struct rates *rates, const char *class, const char *mode,
    int part, const char *day)
{
	for (size_t i = 0; i < rates->nrates; i++) {
		const struct rate	*x = &rates->rate[i];

		if (x->part == part && strcmp(x->since, day) <= 0 &&
		    strcmp(x->class, class) == 0 &&
		    strcmp(x->mode, mode) == 0) {
			return x;
		}
	}
	return NULL;
}

int64_t
rates_on(const struct rates *rates, const char *class, const char *mode,
    int part, const char *day)
{
	const struct rate	*x = NULL;

	if (mode[0] != '\0') {
		x = rates_row(rates, class, mode, part, day);
	}
	if (x == NULL) {
		x = rates_row(rates, class, "", part, day);
	}
	return x == NULL ? 0 : x->rate;
}

const struct rate *
rates_word(const struct rates *rates, int part, int64_t rate)
{
	const struct rate	*found = NULL;

	for (size_t i = 0; i < rates->nrates; i++) {
		const struct rate	*x = &rates->rate[i];

		if (x->part == part && x->rate == rate && (found == NULL ||
		    strcmp(x->since, found->since) > 0)) {
			found = x;
		}
	}
	return found;
}
