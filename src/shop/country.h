/* SPDX-License-Identifier: ISC */
/* What changes with the border: currency, taxes, cash, tenders.  A country is
 * one file, country_XX.c, and one word in COUNTRIES. */
#ifndef SHOP_COUNTRY_H
#define SHOP_COUNTRY_H

#include "shop/shop.h"
#include "shop/tender.h"

#define COUNTRIES(X) \
	X(fr)		/* France */ \
	X(be)		/* Belgium */ \
	X(cm)		/* Cameroon */ \
	X(ca_qc)	/* Quebec */

/* What the law puts under one rate since a day; part 2 is a second tax on the
 * same base. */
struct country_tax {
	const char	*class;		/* one of country_classes() */
	int		 part;
	const char	*since;		/* "2014-01-01" */
	const char	*name, *letter;	/* "TVA", "A" */
	int64_t		 rate;		/* 1/100 000 */
};
/* The same where the sale is consumed in a mode (sale.h). */
struct country_mode {
	const char	*mode;
	struct country_tax tax;
};

struct country_tender {
	const char	*label;		/* N_() */
	struct tender	 rules;		/* the rest of it */
};

/* Lists end with 0 or NULL. */
struct country {
	const char	*code;		/* "FR", "CA-QC" */
	const char	*currency;	/* ISO 4217 */
	bool		 tax_added;	/* prices are shown without tax */
	int64_t		 cash_step;	/* 1: cash is not rounded */
	int64_t		 cash_keep;	/* a due this small never is */
	int64_t		 cash_limit;	/* more cash is against the law; 0 */
	int64_t		 largest_note;	/* more change is asked twice */
	const int64_t	*notes;		/* what people hand over, ascending */
	const int64_t	*money;		/* every coin and note, ascending */
	const char	*regime;	/* of the journal: "fr", "none" */
	const char	*const *mentions;	/* N_(): on each receipt */
	const struct country_tax *taxes;	/* class NULL ends */
	const struct country_mode *modes;	/* mode NULL ends; or NULL */
	const struct country_tender *tenders;	/* label NULL ends */
};

/* Never NULL: an unknown code is ERR_NOT_FOUND and France. */
int	 country_find(const char *code, const struct country **out) MUST_CHECK;
/* Of this shop. */
const struct country *country_of(const struct shop *shop);
/* A day as this country writes it: "20/11/2026", in Canada as it is stored. */
#define COUNTRY_DAY	16
const char *country_day(const struct shop *shop, const char *iso,
	    char out[static COUNTRY_DAY]);
/*
 * The first day, inside a transaction: tax classes and dated rates, tenders,
 * label patterns.  The settings (currency, cash_step) are the caller's.
 */
int	 country_seed(struct shop *shop, const char *code) MUST_CHECK;

#define X(name) extern const struct country country_##name;
COUNTRIES(X)
#undef X

#endif
