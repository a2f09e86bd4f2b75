/* SPDX-License-Identifier: ISC */
/* Barcodes: check digits, what a scanner sends, labels of scales (domain.md
 * 5.1).  Pure: no database. */
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

/* The text behind a scanner's AIM prefix ("]E0", case D08), or itself. */
const char *aim_strip(const char *text);
/* The same, behind the prefix the shop gave its scanners ("" none). */
const char *scan_bare(const char *text, const char *prefix);
/*
 * Was this scanned?  Known by what it is, never by how fast it came: one of
 * the prefixes, eight digits or more with a right check digit (also as a
 * keyboard in the wrong layout sends them), or a GS1 text.
 */
bool	 scan_is(const char *text, const char *prefix);

struct label {
	char	item[16];
	bool	has_weight, has_price;
	int64_t	weight;			/* thousandths */
	int64_t	price;			/* as printed, minor units */
};
#define LABEL_MAX	24		/* digits of a pattern */
/*
 * A pattern such as "21IIIIIWWWWWC": digits stand for themselves, I item, W
 * weight, P price, N anything, C the check digit of all before it, V the
 * check digit of the weight or price alone.  `decimals` are the weight's or
 * the price's.  ERR_INVALID, ERR_RANGE.
 */
int	 label_pattern_check(const char *pattern, int decimals) MUST_CHECK;
/* False when the digits do not fit.  money_digits are the currency's. */
bool	 label_read(const char *pattern, int decimals, int money_digits,
	    const char *digits, struct label *out);
/* The other way, for label printers; ERR_RANGE when it does not fit. */
int	 label_make(const char *pattern, int decimals, int money_digits,
	    const struct label *label, char *out, size_t size) MUST_CHECK;
/* The inner check digit of four or five digits of a price or weight (GS1
 * General Specifications 7.9); -1 for any other number of them. */
int	 label_check(const char *digits, size_t n);

#endif
