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
	    _("an amount is not less than nothing"));
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

/* Where an amount begins: a digit, or a sign or mark before one. */
static char *
entry_number(char *s)
{
	char	*before = NULL;

	for (; *s != '\0'; s++) {
		if (entry_digit(*s)) {
			return before != NULL ? before : s;
		}
		if (strchr("-.,", *s) == NULL) {
			before = NULL;
		} else if (before == NULL) {
			before = s;
		}
	}
	return NULL;
}

static size_t
entry_digits(const char *s, size_t n)
{
	size_t	digits = 0;

	for (size_t i = 0; i < n; i++) {
		digits += entry_digit(s[i]) ? 1 : 0;
	}
	return digits;
}

/* "30c 1234": the amount, the tender up to a blank or a digit, the rest. */
static int
entry_pay_forward(char *text, size_t n, struct entry_pay *out)
{
	char	*word = text + n;
	size_t	 len;

	if (entry_digits(text, n) >= ENTRY_SCAN) {
		return err_set(ERR_INVALID,
		    _("a barcode is never money; Esc goes back to the sale"));
	}
	(void)str_fmt(out->number, sizeof(out->number), "%.*s", (int)n, text);
	word += strspn(word, " ");
	len = strcspn(word, " 0123456789");
	(void)str_copy(out->rest, sizeof(out->rest), word + len);
	word[len] = '\0';
	return str_copy(out->tender, sizeof(out->tender), word) ? 0 :
	    ERR_TOO_LONG;
}

/* "c 30", "m 699112233 AB12": a number behind a tender is an amount only when
 * nothing else could be meant. */
static int
entry_pay_behind(char *text, char *number, struct entry_pay *out)
{
	size_t	n = number == NULL ? 0 : strspn(number, "-.,0123456789");

	if (number == NULL) {
		number = text + strlen(text);
	} else if (number[n] == '\0' && entry_digits(number, n) < ENTRY_SCAN) {
		(void)str_copy(out->number, sizeof(out->number), number);
	} else {
		(void)str_copy(out->rest, sizeof(out->rest), number);
	}
	*number = '\0';
	entry_trim(text);
	return str_copy(out->tender, sizeof(out->tender), text) ? 0 :
	    ERR_TOO_LONG;
}

int
entry_pay_split(const char *line, struct entry_pay *out)
{
	char	text[ENTRY_WORDS], *number;
	int	r;

	*out = (struct entry_pay){ 0 };
	if (!utf8_clean(text, sizeof(text), line)) {
		return err_set(ERR_TOO_LONG, _("too long for an amount"));
	}
	entry_trim(text);
	number = entry_number(text);
	r = number == text ? entry_pay_forward(text,
	    strspn(text, "-.,0123456789"), out) :
	    entry_pay_behind(text, number, out);
	entry_trim(out->rest);
	return r != ERR_TOO_LONG ? r : err_set(ERR_INVALID,
	    _("no way to pay begins so; Tab lists them"));
}

int
entry_pay_amount(const struct money_style *money, bool implied,
    struct entry_pay *pay)
{
	int	r;

	pay->amount = 0;
	pay->has_amount = pay->number[0] != '\0';
	if (!pay->has_amount) {
		return 0;
	}
	if ((r = money_parse(money, pay->number, implied,
	    &pay->amount)) != 0) {
		return r;
	}
	return pay->amount > 0 ? 0 : err_set(ERR_RANGE,
	    _("%.20s pays nothing; Enter alone takes the rest"), pay->number);
}

int
entry_pay_parse(const char *line, const struct money_style *money,
    bool implied, struct entry_pay *out)
{
	int	r = entry_pay_split(line, out);

	return r != 0 ? r : entry_pay_amount(money, implied, out);
}
