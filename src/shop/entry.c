/* SPDX-License-Identifier: ISC */
/* The grammar of the till's line.  A count comes before its item, as on every
 * cash register; a price after it. */
#include "shop/entry.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

static bool
entry_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
entry_all_digits(const char *s)
{
	if (*s == '\0') {
		return false;
	}
	for (; *s != '\0'; s++) {
		if (!entry_digit(*s)) {
			return false;
		}
	}
	return true;
}

/* Digits and decimal marks, with a sign perhaps: meant as a number. */
static bool
entry_numeric(const char *s)
{
	bool	seen = false;

	if (*s == '-') {
		s++;
	}
	for (; *s != '\0'; s++) {
		if (entry_digit(*s)) {
			seen = true;
		} else if (*s != '.' && *s != ',') {
			return false;
		}
	}
	return seen;
}

static void
entry_trim(char *s)
{
	size_t	from = strspn(s, " "), n;

	memmove(s, s + from, strlen(s + from) + 1);
	for (n = strlen(s); n > 0 && s[n - 1] == ' '; n--) {
		s[n - 1] = '\0';
	}
}

bool
entry_is_scan(const char *text)
{
	return entry_all_digits(text) && strlen(text) >= ENTRY_SCAN;
}

bool
entry_unshift(const char *text, char *out, size_t size)
{
	/* The unshifted top row of a French keyboard, 1 to 9 then 0. */
	static const uint32_t	row[] = { '&', 0xe9, '"', '\'', '(', '-',
	    0xe8, '_', 0xe7, 0xe0 };
	size_t			n = 0;
	uint32_t		c;

	out[0] = '\0';
	while ((c = utf8_next(&text)) != 0) {
		size_t	i = 0;

		while (i < NELEM(row) && row[i] != c) {
			i++;
		}
		if (i == NELEM(row) || n + 1 >= size) {
			out[0] = '\0';
			return false;
		}
		out[n++] = (char)('0' + (i + 1) % 10);
	}
	out[n] = '\0';
	return n > 0;
}

/* Where the count ends: a '*', or an 'x' between digits; NULL for none. */
static char *
entry_times(char *s)
{
	char	*star = strchr(s, '*');

	if (star != NULL) {
		return star;
	}
	for (char *p = s; *p != '\0'; p++) {
		if ((*p == 'x' || *p == 'X') && p > s &&
		    entry_digit(p[-1]) && entry_digit(p[1])) {
			return p;
		} else if (!entry_digit(*p) && *p != '.' && *p != ',') {
			break;		/* words: "box 2x4" is a name */
		}
	}
	return NULL;
}

static int
entry_count(const char *text, int64_t *qty)
{
	int	r;

	if (entry_is_scan(text)) {
		return err_set(ERR_INVALID,
		    _("%.20s is a barcode; the count comes first: 2*%.20s"),
		    text, text);
	}
	if ((r = qty_parse(text, qty)) != 0) {
		return r;
	}
	if (*qty <= 0) {
		return err_set(ERR_RANGE,
		    _("quantity %.20s sells nothing; F8 voids a line"), text);
	}
	return 0;
}

int
entry_price_parse(const char *text, const struct money_style *money,
    bool implied, int64_t *price)
{
	int	r;

	*price = 0;
	if (entry_is_scan(text)) {
		return err_set(ERR_INVALID, _("a barcode is no price"));
	}
	if ((r = money_parse(money, text, implied, price)) != 0) {
		return r;
	}
	return *price >= 0 ? 0 : err_set(ERR_RANGE,
	    _("a price is not less than nothing"));
}

/* Cut `@9.50` (or `/9.50` after a code) off the words. */
static int
entry_price(char *words, const struct money_style *money, bool implied,
    struct entry *out)
{
	char	*at = strrchr(words, '@');

	if (at == NULL && (at = strrchr(words, '/')) != NULL) {
		*at = '\0';
		if (!entry_all_digits(words) || !entry_numeric(at + 1)) {
			*at = '/';
			return 0;	/* "1/2 baguette" is a name */
		}
	}
	if (at == NULL) {
		return 0;
	}
	*at = '\0';
	entry_trim(words);
	entry_trim(at + 1);
	if (*words == '\0') {
		return err_set(ERR_INVALID,
		    _("the price comes after the item: 1001@9%c50"),
		    money->mark);
	}
	if (!entry_numeric(at + 1)) {
		return err_set(ERR_INVALID,
		    _("which price? %.40s@9%c50"), words, money->mark);
	}
	out->has_price = true;
	return entry_price_parse(at + 1, money, implied, &out->price);
}

int
entry_parse(const char *line, const struct money_style *money, bool implied,
    struct entry *out)
{
	char	text[ENTRY_WORDS], *times = NULL, *words = text;
	int	r;

	*out = (struct entry){ .qty = QTY_ONE };
	if (!utf8_clean(text, sizeof(text), line)) {
		return err_set(ERR_TOO_LONG,
		    _("too long for a code or a name"));
	}
	entry_trim(text);
	if (*text == '\0') {
		return 0;
	}
	if (*text == '+' && (text[1] == '\0' || entry_numeric(text + 1))) {
		out->kind = ENTRY_MORE;
		out->has_qty = text[1] != '\0';
		return out->has_qty ? entry_count(text + 1, &out->qty) : 0;
	}
	if (*text != '/') {
		times = entry_times(text);
	}
	if (times != NULL) {
		*times = '\0';
		entry_trim(text);
		words = times + 1;
		entry_trim(words);
		if (*text != '\0' && !entry_numeric(text)) {
			return err_set(ERR_INVALID,
			    _("the count comes first: 3*%.40s"), text);
		}
		if (*text == '\0') {
			if (!entry_numeric(words)) {
				return err_set(ERR_INVALID,
				    _("*4 makes the last line four"));
			}
			out->kind = ENTRY_TIMES;
			out->has_qty = true;
			return entry_count(words, &out->qty);
		}
		if ((r = entry_count(text, &out->qty)) != 0) {
			return r;
		}
		out->has_qty = true;
		if (*words == '\0') {
			return err_set(ERR_INVALID,
			    _("%.20s of what? %.20s*code, name or scan"),
			    text, text);
		}
	}
	out->pattern = *words == '/';
	if (!out->pattern &&
	    (r = entry_price(words, money, implied, out)) != 0) {
		return r;
	}
	out->kind = ENTRY_ITEM;
	out->digits = entry_all_digits(words);
	(void)str_copy(out->words, sizeof(out->words), words);
	return 0;
}

enum entry_doubt
entry_doubt(const struct entry *e, bool by_weight, int64_t *better)
{
	*better = 0;
	if (by_weight) {
		if (!e->has_qty) {
			return DOUBT_WEIGH;
		}
		if (e->qty < ENTRY_HEAVY) {
			return DOUBT_NONE;
		}
		/* Grams typed for kilograms. */
		*better = e->qty / QTY_ONE;
		return DOUBT_HEAVY;
	}
	if (e->qty % QTY_ONE != 0) {
		*better = e->qty < QTY_ONE ? QTY_ONE :
		    e->qty - e->qty % QTY_ONE;
		return DOUBT_FRACTION;
	}
	return e->qty > ENTRY_MANY ? DOUBT_MANY : DOUBT_NONE;
}

int
entry_pay_parse(const char *line, const struct money_style *money,
    bool implied, struct entry_pay *out)
{
	char	text[ENTRY_WORDS], number[ENTRY_WORDS];
	char	*p;
	size_t	n, digits = 0;
	int	r;

	*out = (struct entry_pay){ 0 };
	if (!utf8_clean(text, sizeof(text), line)) {
		return err_set(ERR_TOO_LONG, _("too long for an amount"));
	}
	entry_trim(text);
	/* The amount before or after its tender: 30c, c30. */
	p = text + strcspn(text, "-0123456789.,");
	n = strspn(p, "-0123456789.,");
	memcpy(number, p, n);
	number[n] = '\0';
	memmove(p, p + n, strlen(p + n) + 1);
	entry_trim(text);
	if (!str_copy(out->tender, sizeof(out->tender), text)) {
		return err_set(ERR_INVALID, _("no way to pay begins so; "
		    "Tab lists them"));
	}
	if (n == 0) {
		return 0;
	}
	for (const char *d = number; *d != '\0'; d++) {
		digits += entry_digit(*d) ? 1 : 0;
	}
	if (digits >= ENTRY_SCAN) {
		return err_set(ERR_INVALID,
		    _("a barcode is never money; Esc goes back to the sale"));
	}
	if ((r = money_parse(money, number, implied, &out->amount)) != 0) {
		return r;
	}
	if (out->amount <= 0) {
		return err_set(ERR_RANGE,
		    _("%.20s pays nothing; Enter alone takes the rest"),
		    number);
	}
	out->has_amount = true;
	return 0;
}
