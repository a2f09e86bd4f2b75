/* SPDX-License-Identifier: ISC */
/* GS1 element strings: an identifier, its value, the next identifier … */
#include "shop/gs1.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "shop/ean.h"

#define GS1_SHOWN	"\xe2\x90\x9d"	/* GS1_GS_SHOWN */
#define GS1_VALUE	91		/* of one field, NUL included */

/* Fields whose first two digits say how long they are, identifier included;
 * they need no separator. */
static size_t
gs1_fixed(const char *ai)
{
	static const struct {
		char	ai[3];
		size_t	len;
	} lengths[] = {
		{ "00", 20 }, { "01", 16 }, { "02", 16 }, { "03", 16 },
		{ "04", 18 }, { "11", 8 }, { "12", 8 }, { "13", 8 },
		{ "14", 8 }, { "15", 8 }, { "16", 8 }, { "17", 8 },
		{ "18", 8 }, { "19", 8 }, { "20", 4 }, { "31", 10 },
		{ "32", 10 }, { "33", 10 }, { "34", 10 }, { "35", 10 },
		{ "36", 10 }, { "41", 16 },
	};

	for (size_t i = 0; i < NELEM(lengths); i++) {
		if (strncmp(lengths[i].ai, ai, 2) == 0) {
			return lengths[i].len;
		}
	}
	return 0;
}

/* Digits of the identifier itself. */
static size_t
gs1_ai_len(const char *ai)
{
	switch (ai[0]) {
	case '2':
		return ai[1] >= '3' && ai[1] <= '5' ? 3 : 2;
	case '3':
		return ai[1] == '0' || ai[1] == '7' ? 2 : 4;
	case '4':
		return ai[1] == '3' ? 4 : 3;
	case '7':
		return ai[1] == '1' ? 3 : 4;
	case '8':
		return 4;
	default:
		return 2;
	}
}

static bool
gs1_all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9') {
			return false;
		}
	}
	return true;
}

/* Bytes of a separator at p; 0 for none. */
static size_t
gs1_separator(const char *p)
{
	return *p == GS1_GS ? 1 : str_starts(p, GS1_SHOWN) ?
	    sizeof(GS1_SHOWN) - 1 : 0;
}

/* YYMMDD of this century; day 00 is the month's last. */
static bool
gs1_date(const char *value, char out[static 11])
{
	static const char *const	last[] = { "31", "30", "29", "28" };

	if (strlen(value) != 6 || !gs1_all_digits(value, 6)) {
		return false;
	}
	(void)str_fmt(out, 11, "20%.2s-%.2s-%.2s", value, value + 2,
	    value + 4);
	if (value[4] != '0' || value[5] != '0') {
		return clock_day_check(out) == 0;
	}
	for (size_t i = 0; i < NELEM(last); i++) {
		memcpy(out + 8, last[i], 2);
		if (clock_day_check(out) == 0) {
			return true;
		}
	}
	return false;
}

/* 310n: six digits, n of them decimals of a kilogram. */
static bool
gs1_weight(char decimals, const char *value, struct gs1 *out)
{
	int	n = decimals - '0';

	if (n < 0 || n > 5 || str_to_i64(value, 0, 999999,
	    &out->weight) != 0) {
		return false;
	}
	for (; n < 3; n++) {
		out->weight *= 10;
	}
	for (; n > 3; n--) {
		out->weight = (out->weight + 5) / 10;
	}
	out->has_weight = true;
	return true;
}

static bool
gs1_price(char decimals, const char *value, struct gs1 *out)
{
	out->price_decimals = decimals - '0';
	out->has_price = true;
	return decimals >= '0' && decimals <= '9' &&
	    str_to_i64(value, 0, INT64_C(999999999999999), &out->price) == 0;
}

static bool
gs1_copy(char out[static 21], const char *value)
{
	return value[0] != '\0' && str_copy(out, 21, value);
}

/* One field.  Those of no interest at a till are passed over. */
static bool
gs1_field(const char *ai, const char *value, struct gs1 *out)
{
	if (str_starts(ai, "310")) {
		return gs1_weight(ai[3], value, out);
	}
	if (str_starts(ai, "392")) {
		return gs1_price(ai[3], value, out);
	}
	if (strcmp(ai, "17") == 0) {
		return gs1_date(value, out->expiry);
	}
	if (strcmp(ai, "15") == 0) {
		return gs1_date(value, out->best);
	}
	if (strcmp(ai, "10") == 0) {
		return gs1_copy(out->lot, value);
	}
	if (strcmp(ai, "21") == 0) {
		return gs1_copy(out->serial, value);
	}
	if (strcmp(ai, "30") == 0) {
		out->has_count = true;
		return str_to_i64(value, 1, 99999999, &out->count) == 0;
	}
	return true;
}

bool
gs1_read(const char *text, struct gs1 *out)
{
	const char	*p = text;

	*out = (struct gs1){ 0 };
	p += gs1_separator(p);		/* a leading FNC1, by some scanners */
	if (!str_starts(p, "01") || strlen(p) < 16 ||
	    !gs1_all_digits(p, 16)) {
		return false;
	}
	memcpy(out->gtin, p + 2, 14);
	if (!ean_is_valid(out->gtin)) {
		return false;
	}
	for (p += 16; *p != '\0';) {
		char	ai[5] = "", value[GS1_VALUE];
		size_t	len, n = 0;

		if ((len = gs1_separator(p)) > 0) {
			p += len;
			continue;
		}
		len = gs1_ai_len(p);
		if (strnlen(p, len) < len || !gs1_all_digits(p, len)) {
			return false;
		}
		memcpy(ai, p, len);
		if (gs1_fixed(p) > 0) {
			n = gs1_fixed(p) - len;
			if (strnlen(p + len, n) < n ||
			    !gs1_all_digits(p + len, n)) {
				return false;
			}
		} else {
			while (p[len + n] != '\0' &&
			    gs1_separator(p + len + n) == 0) {
				n++;
			}
		}
		if (n == 0 || n >= sizeof(value)) {
			return false;
		}
		memcpy(value, p + len, n);
		value[n] = '\0';
		if (!gs1_field(ai, value, out)) {
			return false;
		}
		p += len + n;
	}
	return true;
}

bool
gs1_amount(const struct gs1 *gs1, int money_digits, int64_t *amount)
{
	int	n = gs1->price_decimals;

	*amount = gs1->price;
	for (; n < money_digits; n++) {
		if (*amount > INT64_MAX / 10) {
			return false;
		}
		*amount *= 10;
	}
	for (; n > money_digits; n--) {
		if (*amount % 10 != 0) {
			return false;
		}
		*amount /= 10;
	}
	return true;
}
