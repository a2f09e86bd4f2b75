/* SPDX-License-Identifier: ISC */
/* Money in minor units, quantities in thousandths, rates in 1/100 000; never
 * floating point.  Rounding is half away from zero (domain.md 3.2). */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/base.h"

#define MONEY_TEXT	40		/* holds any formatted amount */
#define QTY_ONE		1000		/* one piece, one kilogram */
#define RATE_ONE	100000		/* 100 % */
#define MONEY_MAX	INT64_C(99999999999)	/* refuse absurd amounts */
#define QTY_MAX		INT64_C(9999999)	/* 9 999.999 */

/* How amounts are written; one per shop, from its country and currency. */
struct money_style {
	char	currency[4];		/* ISO 4217: "EUR" */
	int	digits;			/* decimals: 2; XAF 0 */
	char	symbol[8];		/* UTF-8: "€", "F" */
	bool	symbol_first;		/* "$5.00" */
	char	mark;			/* ',' or '.' */
	char	group[4];		/* UTF-8 thousands separator or "" */
};

/* ISO code to decimals and symbol; ERR_NOT_FOUND for an unknown currency. */
int money_style_set(struct money_style *style, const char *currency,
    const char *country) MUST_CHECK;

/* "12,50" (no symbol), "12,50 €" (with). */
void money_plain(const struct money_style *style, int64_t amount,
    char out[static MONEY_TEXT]);
void money_symbol(const struct money_style *style, int64_t amount,
    char out[static MONEY_TEXT]);
/* Comma and point are both the decimal mark, never grouping; more decimals
 * than the currency has: ERR_INVALID.  `implied`: "1250" means 12.50. */
int money_parse(const struct money_style *style, const char *text,
    bool implied, int64_t *out) MUST_CHECK;

/* Thousandths: "3", "0,350"; at most three decimals. */
void qty_plain(char mark, int64_t qty, char out[static MONEY_TEXT]);
int qty_parse(const char *text, int64_t *out) MUST_CHECK;
/* The same up to `most` thousandths: a level, not a line. */
int qty_parse_most(const char *text, int64_t most, int64_t *out) MUST_CHECK;

/* Rate in 1/100 000 as "20", "5,5", "9,975" (percent). */
void rate_plain(char mark, int64_t rate, char out[static MONEY_TEXT]);
int rate_parse(const char *text, int64_t *out) MUST_CHECK;

/* round(a * b / c), half away from zero; ERR_RANGE when it does not fit. */
int muldiv(int64_t a, int64_t b, int64_t c, int64_t *out) MUST_CHECK;
/*
 * An amount over n parts pro rata of their weights (none below 0), exactly:
 * what rounding leaves goes to the largest remainders, the first ones where
 * they are equal (case A08).  ERR_RANGE when there is no weight to go by.
 */
int money_spread(int64_t amount, const int64_t *weight, size_t n,
    int64_t *out) MUST_CHECK;
/* price * quantity: 12.90 x 1.235 kg = 15.93 (case A13). */
int money_times(int64_t price, int64_t qty, int64_t *out) MUST_CHECK;

#endif
