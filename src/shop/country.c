/* SPDX-License-Identifier: ISC */
/* The shop's country, and what its first day takes from it. */
#include "shop/country.h"

#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "shop/rates.h"
#include "sql/entry.h"
#include "sql/product.h"
#include "sql/tender.h"

static const struct country *const countries[] = {
#define X(name) &country_##name,
	COUNTRIES(X)
#undef X
};

static const struct {
	const char	*name, *label;
} country_classes[] = {
	{ "standard", N_("standard rate") },
	{ "alcohol", N_("alcohol") },
	{ "meal", N_("meal on the spot") },
	{ "drink", N_("soft drink on the spot") },
	{ "food", N_("food to take away") },
	{ "press", N_("press") },
	{ "exempt", N_("without tax") },
	{ "voucher", N_("gift card, no VAT until it is used") },
};

/* A price on a label has the currency's decimals. */
static const struct {
	const char	*pattern;
	bool		 price;
} country_patterns[] = {
	{ "21IIIIIWWWWWC", false },
	{ "23IIIIIPPPPPC", true },
	{ "02IIIIIPPPPPC", true },
};

int
country_find(const char *code, const struct country **out)
{
	char	list[64] = "";

	for (size_t i = 0; i < NELEM(countries); i++) {
		size_t	n = strlen(list);

		if (strcmp(countries[i]->code, code) == 0) {
			*out = countries[i];
			return 0;
		}
		(void)str_fmt(list + n, sizeof(list) - n, "%s%s",
		    i > 0 ? ", " : "", countries[i]->code);
	}
	*out = countries[0];
	return err_set(ERR_NOT_FOUND, _("country %.8s is not known; one of "
	    "%s"), code, list);
}

const struct country *
country_of(const struct shop *shop)
{
	const struct country	*country;

	if (country_find(shop->set.country, &country) != 0) {
		log_warn("setting country: %s", shop->set.country);
	}
	return country;
}

static int
country_seed_taxes(struct shop *shop, const struct country *country)
{
	int	r = 0;

	for (size_t i = 0; i < NELEM(country_classes) && r == 0; i++) {
		r = q_tax_class_add(shop->db, country_classes[i].name,
		    country_classes[i].label);
	}
	for (const struct country_tax *t = country->taxes;
	    t->class != NULL && r == 0; t++) {
		r = q_tax_rate_add(shop->db, t->class, t->part, t->since,
		    t->name, t->letter, t->rate, "");
	}
	for (const struct country_mode *m = country->modes; m != NULL &&
	    m->mode != NULL && r == 0; m++) {
		r = q_tax_rate_add(shop->db, m->tax.class, m->tax.part,
		    m->tax.since, m->tax.name, m->tax.letter, m->tax.rate,
		    m->mode);
	}
	return r;
}

static int
country_seed_tenders(struct shop *shop, const struct country *country)
{
	int64_t	place = 0;
	int	r = 0;

	for (const struct country_tender *c = country->tenders;
	    c->label != NULL && r == 0; c++) {
		const struct tender	*t = &c->rules;

		r = q_tender_add(shop->db, t->name, c->label, t->letter,
		    t->change, t->drawer, t->rounded, ++place, t->active,
		    tender_kind_name(t->kind), t->reference, t->phone,
		    t->waits, t->eligible, t->least, t->most, t->refund,
		    t->tip);
	}
	return r;
}

int
country_seed(struct shop *shop, const char *code)
{
	const struct country	*country;
	struct money_style	 money;
	int			 r;

	if ((r = country_find(code, &country)) != 0 ||
	    (r = money_style_set(&money, country->currency, code)) != 0 ||
	    (r = country_seed_taxes(shop, country)) != 0 ||
	    (r = country_seed_tenders(shop, country)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(country_patterns) && r == 0; i++) {
		r = q_pattern_add(shop->db, country_patterns[i].pattern,
		    country_patterns[i].price ? money.digits : 3);
	}
	rates_drop(shop);
	return r;
}

const char *
country_day(const struct shop *shop, const char *iso,
    char out[static COUNTRY_DAY])
{
	if (str_starts(shop->set.country, "CA") || strlen(iso) != 10) {
		(void)str_copy(out, COUNTRY_DAY, iso);
	} else {
		(void)str_fmt(out, COUNTRY_DAY, "%.2s/%.2s/%.4s", iso + 8,
		    iso + 5, iso);
	}
	return out;
}
