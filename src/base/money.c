/* SPDX-License-Identifier: ISC */
/* Integer money: writing it, reading it, and the one rounding. */
#include "base/money.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static const struct {
	char	code[4];
	int	digits;
	char	symbol[8];
} money_currencies[] = {
	{ "EUR", 2, "€" }, { "XAF", 0, "F" }, { "XOF", 0, "F" },
	{ "CAD", 2, "$" }, { "USD", 2, "$" }, { "CHF", 2, "CHF" },
	{ "GBP", 2, "£" }, { "MAD", 2, "DH" }, { "TND", 3, "DT" },
	{ "JPY", 0, "¥" },
};

int
money_style_set(struct money_style *style, const char *currency,
    const char *country)
{
	bool	english = strcmp(country, "US") == 0 ||
	    strcmp(country, "GB") == 0 || strcmp(country, "CA") == 0 ||
	    strcmp(country, "IE") == 0;

	*style = (struct money_style){ .mark = english ? '.' : ',' };
	for (size_t i = 0; i < NELEM(money_currencies); i++) {
		if (strcmp(money_currencies[i].code, currency) == 0) {
			(void)str_copy(style->currency,
			    sizeof(style->currency), currency);
			(void)str_copy(style->symbol, sizeof(style->symbol),
			    money_currencies[i].symbol);
			style->digits = money_currencies[i].digits;
			style->symbol_first = english;
			(void)str_copy(style->group, sizeof(style->group),
			    english ? "," : "\xc2\xa0");
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("currency %.8s is not known"),
	    currency);
}

/* Digits with `digits` decimals; grouped from the right by threes. */
static void
money_digits(int64_t v, int digits, char mark, const char *group,
    char out[static MONEY_TEXT])
{
	char		digit[32], *raw = digit + sizeof(digit);
	uint64_t	u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	size_t		len = 0, whole, at = 0, room = MONEY_TEXT;

	/* By hand: a bill has twenty of these, and printf is no friend of
	 * small numbers. */
	for (; u != 0 || len <= (size_t)digits; len++) {
		*--raw = (char)('0' + u % 10);
		u /= 10;
	}
	whole = len - (size_t)digits;
	if (v < 0) {
		out[at++] = '-';
	}
	for (size_t i = 0; i < len; i++) {
		if (i == whole) {
			out[at++] = mark;
		} else if (i > 0 && i < whole && (whole - i) % 3 == 0) {
			size_t	n = strlen(group);

			if (at + n + (len - i) + 4 < room) {
				memcpy(out + at, group, n);
				at += n;
			}
		}
		out[at++] = raw[i];
	}
	out[at] = '\0';
}

void
money_plain(const struct money_style *style, int64_t amount,
    char out[static MONEY_TEXT])
{
	money_digits(amount, style->digits, style->mark, style->group, out);
}

void
money_symbol(const struct money_style *style, int64_t amount,
    char out[static MONEY_TEXT])
{
	char	plain[MONEY_TEXT];

	money_plain(style, amount, plain);
	if (!style->symbol_first) {
		(void)str_fmt(out, MONEY_TEXT, "%s\xc2\xa0%s", plain,
		    style->symbol);
	} else if (plain[0] == '-') {
		(void)str_fmt(out, MONEY_TEXT, "-%s%s", style->symbol,
		    plain + 1);
	} else {
		(void)str_fmt(out, MONEY_TEXT, "%s%s", style->symbol, plain);
	}
}

/* A decimal number as an integer scaled by 10^digits. */
static int
decimal_parse(const char *text, int digits, int64_t max, int64_t *out)
{
	const char	*p = text;
	int64_t		 v = 0;
	int		 decimals = -1, seen = 0;
	bool		 minus = false;

	*out = 0;
	if (*p == '-') {
		minus = true;
		p++;
	}
	for (; *p != '\0'; p++) {
		if (*p == '.' || *p == ',') {
			if (decimals >= 0) {
				return err_set(ERR_INVALID,
				    _("%.40s has two decimal marks"), text);
			}
			decimals = 0;
			continue;
		}
		if (*p < '0' || *p > '9') {
			return err_set(ERR_INVALID, _("%.40s is no number"),
			    text);
		}
		seen++;
		if (decimals >= 0 && ++decimals > digits) {
			return err_set(ERR_INVALID,
			    digits == 0 ? _("%.40s: no decimals here") :
			    ngettext("%.40s: at most %d decimal",
			    "%.40s: at most %d decimals",
			    (unsigned long)digits), text, digits);
		}
		v = v * 10 + (*p - '0');
		if (v > max) {
			return err_set(ERR_RANGE, _("%.40s is too large"),
			    text);
		}
	}
	if (seen == 0) {
		return err_set(ERR_INVALID, _("%.40s is no number"), text);
	}
	for (int i = decimals < 0 ? 0 : decimals; i < digits; i++) {
		v *= 10;
		if (v > max) {
			return err_set(ERR_RANGE, _("%.40s is too large"),
			    text);
		}
	}
	*out = minus ? -v : v;
	return 0;
}

int
money_parse(const struct money_style *style, const char *text, bool implied,
    int64_t *out)
{
	if (implied && strpbrk(text, ".,") == NULL) {
		return decimal_parse(text, 0, MONEY_MAX, out);
	}
	return decimal_parse(text, style->digits, MONEY_MAX, out);
}

static void
trim_zeros(char *text, char mark)
{
	size_t	n = strlen(text);

	if (strchr(text, mark) == NULL) {
		return;
	}
	while (n > 0 && text[n - 1] == '0') {
		text[--n] = '\0';
	}
	if (n > 0 && text[n - 1] == mark) {
		text[n - 1] = '\0';
	}
}

void
qty_plain(char mark, int64_t qty, char out[static MONEY_TEXT])
{
	money_digits(qty, 3, mark, "", out);
	if (qty % QTY_ONE == 0) {
		trim_zeros(out, mark);
	}
}

int
qty_parse(const char *text, int64_t *out)
{
	return decimal_parse(text, 3, QTY_MAX, out);
}

int
qty_parse_most(const char *text, int64_t most, int64_t *out)
{
	return decimal_parse(text, 3, most, out);
}

void
rate_plain(char mark, int64_t rate, char out[static MONEY_TEXT])
{
	money_digits(rate, 3, mark, "", out);
	trim_zeros(out, mark);
}

int
rate_parse(const char *text, int64_t *out)
{
	return decimal_parse(text, 3, 10 * RATE_ONE, out);
}

int
muldiv(int64_t a, int64_t b, int64_t c, int64_t *out)
{
	__extension__ typedef __int128 wide;
	wide	n = (wide)a * b, d = c, half, q;

	*out = 0;
	if (d == 0) {
		return err_set(ERR_RANGE, _("division by zero"));
	}
	if (d < 0) {
		n = -n;
		d = -d;
	}
	half = d / 2;
	/* Half away from zero: -133.5 becomes -134 as 133.5 becomes 134. */
	q = n >= 0 ? (n + half) / d : -((-n + half) / d);
	if (q > INT64_MAX || q < INT64_MIN) {
		return ERR_RANGE;
	}
	*out = (int64_t)q;
	return 0;
}

/* The part with the largest remainder, the first of equals; marks it. */
static size_t
spread_next(int64_t *remainder, size_t n)
{
	size_t	best = 0;

	for (size_t i = 1; i < n; i++) {
		if (remainder[i] > remainder[best]) {
			best = i;
		}
	}
	remainder[best] = -1;
	return best;
}

int
money_spread(int64_t amount, const int64_t *weight, size_t n, int64_t *out)
{
	__extension__ typedef __int128 wide;
	int64_t	*remainder, sum = 0, left;
	int64_t	 sign = amount < 0 ? -1 : 1;

	for (size_t i = 0; i < n; i++) {
		out[i] = 0;
		if (weight[i] < 0 ||
		    __builtin_add_overflow(sum, weight[i], &sum)) {
			return err_set(ERR_RANGE, _("the amount is too "
			    "large"));
		}
	}
	if (amount == 0) {
		return 0;
	}
	if (sum == 0) {
		return err_set(ERR_RANGE, _("there is nothing to spread it "
		    "over"));
	}
	remainder = xcalloc(n, sizeof(*remainder));
	left = amount * sign;
	for (size_t i = 0; i < n; i++) {
		wide	part = (wide)amount * sign * weight[i];

		out[i] = (int64_t)(part / sum);
		remainder[i] = (int64_t)(part % sum);
		left -= out[i];
		out[i] *= sign;
	}
	/* Fewer than n are left, each to a part that has a weight. */
	while (left-- > 0) {
		out[spread_next(remainder, n)] += sign;
	}
	free(remainder);
	return 0;
}

int
money_times(int64_t price, int64_t qty, int64_t *out)
{
	int	r = muldiv(price, qty, QTY_ONE, out);

	if (r == 0 && (*out > MONEY_MAX || *out < -MONEY_MAX)) {
		return err_set(ERR_RANGE, _("the amount is too large"));
	}
	return r;
}
