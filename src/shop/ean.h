/* SPDX-License-Identifier: ISC */
/* Barcodes: check digits, scanner prefixes, labels of scales, GS1
 * (domain.md 5.1).  Pure: no database. */
#ifndef SHOP_EAN_H
#define SHOP_EAN_H

#include "base/base.h"

/* Check digit for the head of an EAN-8, UPC-A, EAN-13 or GTIN-14 (case D01);
 * -1: these are no digits. */
int	 ean_check(const char *digits);
/* 8, 12, 13 or 14 digits with a right check digit. */
bool	 ean_is_valid(const char *code);
/* As many digits as one of those, whatever the last one is. */
bool	 ean_is_length(const char *code);

/* The text behind a scanner's AIM prefix ("]E0"), or the text itself. */
const char *aim_strip(const char *text);

struct label {
	char	item[16];
	bool	has_weight, has_price;
	int64_t	weight;			/* thousandths */
	int64_t	price;			/* as printed, minor units */
};
/*
 * Read digits by a pattern such as "21IIIIIWWWWWC": digits stand for
 * themselves, I item, W weight, P price, N anything, C the check digit of the
 * whole.  `decimals` is the weight's; false when it does not fit.
 */
bool	 label_read(const char *pattern, int decimals, const char *digits,
	    struct label *out);
/* The other way, for label printers; ERR_RANGE when it does not fit. */
int	 label_make(const char *pattern, int decimals,
	    const struct label *label, char *out, size_t size) MUST_CHECK;

struct gs1 {
	char	gtin[15];
	bool	has_weight;
	int64_t	weight;			/* thousandths of a kilogram */
	char	expiry[11];		/* 2026-12-31 or "" */
	char	lot[21], serial[21];
};
/* GS1-128 or DataMatrix text, prefix already stripped (case D09); false when
 * it does not begin with a GTIN or breaks off. */
bool	 gs1_read(const char *text, struct gs1 *out);

#endif
