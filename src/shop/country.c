/* SPDX-License-Identifier: ISC */
/* Countries as tables: to add one is to add rows (domain.md 1.7, 3). */
#include "shop/country.h"

#include <string.h>

#include "base/log.h"
#include "shop/rates.h"
#include "sql/product.h"
#include "sql/sale.h"

struct country_tax {
	const char	*country, *class;
	int		 part;
	const char	*since, *name, *letter;
	int64_t		 rate;
};

static const struct country countries[] = {
	{ "FR", "EUR", false, 1, 0, 50000, { 500, 1000, 2000, 5000, 10000 } },
	{ "BE", "EUR", false, 5, 5, 50000, { 500, 1000, 2000, 5000, 10000 } },
	{ "CM", "XAF", false, 1, 0, 10000, { 500, 1000, 2000, 5000, 10000 } },
	{ "CA-QC", "CAD", true, 5, 0, 10000,
	    { 500, 1000, 2000, 5000, 10000 } },
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
};

static const struct country_tax country_taxes[] = {
	{ "FR", "standard", 1, "2014-01-01", "TVA", "A", 20000 },
	{ "FR", "alcohol", 1, "2014-01-01", "TVA", "A", 20000 },
	{ "FR", "meal", 1, "2014-01-01", "TVA", "B", 10000 },
	{ "FR", "drink", 1, "2014-01-01", "TVA", "B", 10000 },
	{ "FR", "food", 1, "2014-01-01", "TVA", "C", 5500 },
	{ "FR", "press", 1, "2014-01-01", "TVA", "D", 2100 },
	{ "FR", "exempt", 1, "2014-01-01", "TVA", "E", 0 },

	{ "BE", "standard", 1, "2010-01-01", "TVA", "A", 21000 },
	{ "BE", "alcohol", 1, "2010-01-01", "TVA", "A", 21000 },
	{ "BE", "meal", 1, "2010-01-01", "TVA", "B", 12000 },
	{ "BE", "drink", 1, "2010-01-01", "TVA", "A", 21000 },
	{ "BE", "food", 1, "2010-01-01", "TVA", "C", 6000 },
	{ "BE", "press", 1, "2010-01-01", "TVA", "D", 0 },
	{ "BE", "exempt", 1, "2010-01-01", "TVA", "D", 0 },

	{ "CM", "standard", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "CM", "alcohol", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "CM", "meal", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "CM", "drink", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "CM", "food", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "CM", "press", 1, "2005-01-01", "TVA", "B", 0 },
	{ "CM", "exempt", 1, "2005-01-01", "TVA", "B", 0 },

	{ "CA-QC", "standard", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "CA-QC", "standard", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "CA-QC", "alcohol", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "CA-QC", "alcohol", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "CA-QC", "meal", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "CA-QC", "meal", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "CA-QC", "drink", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "CA-QC", "drink", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "CA-QC", "press", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "CA-QC", "food", 1, "2013-01-01", "TPS", "Z", 0 },
	{ "CA-QC", "exempt", 1, "2013-01-01", "TPS", "Z", 0 },
};

/* Letters are data and the same in all languages. */
static const struct {
	const char	*name, *label, *letter;
	bool		 change, drawer, rounded;
} country_tenders[] = {
	{ "cash", N_("Cash"), "e", true, true, true },
	{ "card", N_("Card"), "c", false, false, false },
};

static const struct {
	const char	*pattern;
	int		 decimals;
} country_patterns[] = {
	{ "21IIIIIWWWWWC", 3 },
	{ "23IIIIIPPPPPC", 0 },
	{ "02IIIIIPPPPPC", 0 },
};

int
country_find(const char *code, const struct country **out)
{
	for (size_t i = 0; i < NELEM(countries); i++) {
		if (strcmp(countries[i].code, code) == 0) {
			*out = &countries[i];
			return 0;
		}
	}
	*out = &countries[0];
	return err_set(ERR_NOT_FOUND, _("country %.8s is not known; one of "
	    "FR, BE, CM, CA-QC"), code);
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

int
country_seed(struct shop *shop, const char *code)
{
	const struct country	*country;
	int			 r;

	if ((r = country_find(code, &country)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(country_classes) && r == 0; i++) {
		r = q_tax_class_add(shop->db, country_classes[i].name,
		    country_classes[i].label);
	}
	for (size_t i = 0; i < NELEM(country_taxes) && r == 0; i++) {
		const struct country_tax	*t = &country_taxes[i];

		if (strcmp(t->country, country->code) == 0) {
			r = q_tax_rate_add(shop->db, t->class, t->part,
			    t->since, t->name, t->letter, t->rate);
		}
	}
	for (size_t i = 0; i < NELEM(country_tenders) && r == 0; i++) {
		r = q_tender_add(shop->db, country_tenders[i].name,
		    country_tenders[i].label, country_tenders[i].letter,
		    country_tenders[i].change, country_tenders[i].drawer,
		    country_tenders[i].rounded, (int64_t)i + 1);
	}
	for (size_t i = 0; i < NELEM(country_patterns) && r == 0; i++) {
		r = q_product_pattern_add(shop->db, country_patterns[i].pattern,
		    country_patterns[i].decimals);
	}
	rates_drop(shop);
	return r;
}
