/* SPDX-License-Identifier: ISC */
/* Barcodes: check digits, scanner prefixes, labels of scales, GS1. */
#include "shop/ean.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"

#define GS		'\x1d'		/* ends a GS1 field of free length */

static bool
all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9') {
			return false;
		}
	}
	return n > 0;
}

/* From the right of the data: weights 3, 1, 3 … */
static int
ean_sum(const char *digits, size_t n)
{
	int	sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += (digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
	}
	return (10 - sum % 10) % 10;
}

int
ean_check(const char *digits)
{
	size_t	n = strlen(digits);

	return all_digits(digits, n) ? ean_sum(digits, n) : -1;
}

bool
ean_is_length(const char *code)
{
	size_t	n = strlen(code);

	return (n == 8 || (n >= 12 && n <= 14)) && all_digits(code, n);
}

bool
ean_is_valid(const char *code)
{
	size_t	n = strlen(code);

	return ean_is_length(code) &&
	    ean_sum(code, n - 1) == code[n - 1] - '0';
}

const char *
aim_strip(const char *text)
{
	bool	aim = text[0] == ']' &&
	    ((text[1] >= 'A' && text[1] <= 'Z') ||
	    (text[1] >= 'a' && text[1] <= 'z')) &&
	    text[2] != '\0' && text[3] != '\0';

	return aim ? text + 3 : text;
}

bool
label_read(const char *pattern, int decimals, const char *digits,
    struct label *out)
{
	size_t	n = strlen(pattern), item = 0;

	*out = (struct label){ 0 };
	if (strlen(digits) != n || !all_digits(digits, n)) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		int	digit = digits[i] - '0';

		switch (pattern[i]) {
		case 'I':
			if (item + 1 >= sizeof(out->item)) {
				return false;
			}
			out->item[item++] = digits[i];
			break;
		case 'W':
			out->has_weight = true;
			out->weight = out->weight * 10 + digit;
			break;
		case 'P':
			out->has_price = true;
			out->price = out->price * 10 + digit;
			break;
		case 'C':
			if (ean_sum(digits, i) != digit) {
				return false;
			}
			break;
		case 'N':
			break;
		default:
			if (pattern[i] != digits[i]) {
				return false;
			}
		}
	}
	for (int i = decimals; i < 3; i++) {
		out->weight *= 10;
	}
	return true;
}

int
label_make(const char *pattern, int decimals, const struct label *label,
    char *out, size_t size)
{
	size_t	n = strlen(pattern), item = strlen(label->item);
	int64_t	weight = label->weight, price = label->price;

	out[0] = '\0';
	if (n >= size) {
		return err_set(ERR_RANGE, _("the label pattern is too long"));
	}
	for (int i = decimals; i < 3; i++) {
		weight /= 10;
	}
	for (size_t i = n; i-- > 0;) {
		switch (pattern[i]) {
		case 'I':
			out[i] = item > 0 ? label->item[--item] : '0';
			break;
		case 'W':
			out[i] = (char)('0' + weight % 10);
			weight /= 10;
			break;
		case 'P':
			out[i] = (char)('0' + price % 10);
			price /= 10;
			break;
		case 'N':
			out[i] = '0';
			break;
		default:
			out[i] = pattern[i];
		}
	}
	out[n] = '\0';
	if (item > 0 || weight != 0 || price != 0) {
		out[0] = '\0';
		return err_set(ERR_RANGE, _("the label %s has no room for it"),
		    pattern);
	}
	for (size_t i = 0; i < n; i++) {
		if (pattern[i] == 'C') {
			out[i] = (char)('0' + ean_sum(out, i));
		}
	}
	return 0;
}

/* n digits at *p, which moves past them. */
static bool
gs1_digits(const char **p, size_t n, char *out)
{
	if (strnlen(*p, n) < n || !all_digits(*p, n)) {
		return false;
	}
	memcpy(out, *p, n);
	out[n] = '\0';
	*p += n;
	return true;
}

/* Up to 20 characters, ended by GS or the end. */
static bool
gs1_text(const char **p, char out[static 21])
{
	size_t	n = 0;

	while ((*p)[n] != '\0' && (*p)[n] != GS) {
		n++;
	}
	if (n == 0 || n > 20) {
		return false;
	}
	memcpy(out, *p, n);
	out[n] = '\0';
	*p += n;
	return true;
}

/* YYMMDD; the century is the next 50 years' (day 00: the month's last is
 * not needed, the first stands for it). */
static bool
gs1_date(const char **p, char out[static 11])
{
	char	d[7];

	if (!gs1_digits(p, 6, d)) {
		return false;
	}
	if (d[4] == '0' && d[5] == '0') {
		d[5] = '1';
	}
	(void)str_fmt(out, 11, "20%.2s-%.2s-%.2s", d, d + 2, d + 4);
	return clock_day_check(out) == 0;
}

/* 310n: n decimals of a kilogram, six digits. */
static bool
gs1_weight(const char **p, struct gs1 *out)
{
	char	digits[8];
	int	decimals = (*p)[3] - '0';

	*p += 4;
	if (decimals < 0 || decimals > 5 || !gs1_digits(p, 6, digits) ||
	    str_to_i64(digits, 0, 999999, &out->weight) != 0) {
		return false;
	}
	for (; decimals < 3; decimals++) {
		out->weight *= 10;
	}
	for (; decimals > 3; decimals--) {
		out->weight = (out->weight + 5) / 10;
	}
	out->has_weight = true;
	return true;
}

bool
gs1_read(const char *text, struct gs1 *out)
{
	const char	*p = text;
	bool		 fine;
	char		 skip[11];

	*out = (struct gs1){ 0 };
	if (!str_starts(p, "01")) {
		return false;
	}
	p += 2;
	if (!gs1_digits(&p, 14, out->gtin) || !ean_is_valid(out->gtin)) {
		return false;
	}
	while (*p != '\0') {
		if (*p == GS) {
			p++;
			continue;
		}
		if (str_starts(p, "310")) {
			fine = gs1_weight(&p, out);
		} else if (str_starts(p, "17")) {
			p += 2;
			fine = gs1_date(&p, out->expiry);
		} else if (str_starts(p, "15")) {
			p += 2;
			fine = gs1_date(&p, skip);
		} else if (str_starts(p, "10")) {
			p += 2;
			fine = gs1_text(&p, out->lot);
		} else if (str_starts(p, "21")) {
			p += 2;
			fine = gs1_text(&p, out->serial);
		} else {
			return true;	/* the item is known; enough */
		}
		if (!fine) {
			return false;
		}
	}
	return true;
}
