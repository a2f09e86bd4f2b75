/* SPDX-License-Identifier: ISC */
/* Barcodes: check digits, what a scanner sends, labels of scales. */
#include "shop/ean.h"

#include <string.h>

#include "base/buf.h"
#include "shop/entry.h"
#include "shop/gs1.h"

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

/* ---- what a scanner sends ------------------------------------------------ */

const char *
aim_strip(const char *text)
{
	bool	aim = text[0] == ']' &&
	    ((text[1] >= 'A' && text[1] <= 'Z') ||
	    (text[1] >= 'a' && text[1] <= 'z')) &&
	    text[2] != '\0' && text[3] != '\0';

	return aim ? text + 3 : text;
}

const char *
scan_bare(const char *text, const char *prefix)
{
	if (prefix[0] != '\0' && str_starts(text, prefix)) {
		text += strlen(prefix);
	}
	return aim_strip(text);
}

bool
scan_is(const char *text, const char *prefix)
{
	const char	*bare = scan_bare(text, prefix);
	struct gs1	 gs1;
	char		 digits[64];
	size_t		 n = strlen(bare);

	if (bare != text) {
		return n > 0;
	}
	if (entry_unshift(text, digits, sizeof(digits))) {
		bare = digits;
		n = strlen(bare);
	}
	if (all_digits(bare, n)) {
		return n >= ENTRY_SCAN && (ean_sum(bare, n - 1) ==
		    bare[n - 1] - '0' || gs1_read(bare, &gs1));
	}
	return n > 16 && gs1_read(bare, &gs1);
}

/* ---- labels of scales ---------------------------------------------------- */

/* The digit `weight` times another makes, as GS1 writes it: "2-" is the
 * product's units less its tens, "5+" their sum. */
static int
price_digit(int digit, char kind)
{
	int	by = kind == '3' ? 3 : kind == '2' ? 2 : 5;
	int	product = digit * by;

	return kind == '3' ? product : kind == '+' ?
	    product % 10 + product / 10 : product % 10 - product / 10;
}

int
label_check(const char *digits, size_t n)
{
	/* '2' is 2-, '5' is 5-, '+' is 5+. */
	const char	*kinds = n == 4 ? "2235" : n == 5 ? "+25+2" : NULL;
	int		 sum = 0;

	if (kinds == NULL || !all_digits(digits, n)) {
		return -1;
	}
	for (size_t i = 0; i < n; i++) {
		sum += price_digit(digits[i] - '0', kinds[i]);
	}
	if (n == 4) {
		return (sum * 3 % 10 + 10) % 10;
	}
	/* The digit that, weighted 5-, brings the sum to a whole ten. */
	for (int digit = 0; digit < 10; digit++) {
		if ((sum + price_digit(digit, '5')) % 10 == 0) {
			return digit;
		}
	}
	return -1;
}

/* Where the weight or price stands in a pattern, and how long it is. */
static size_t
label_field(const char *pattern, size_t *at)
{
	*at = strcspn(pattern, "WP");
	return strspn(pattern + *at, pattern[*at] == 'W' ? "W" : "P");
}

int
label_pattern_check(const char *pattern, int decimals)
{
	size_t	n = strlen(pattern), at, len = label_field(pattern, &at);
	size_t	items = 0, fixed = 0;

	if (n < 8 || n > LABEL_MAX) {
		return err_set(ERR_INVALID, _("a label has 8 to %d digits"),
		    LABEL_MAX);
	}
	for (size_t i = 0; i < n; i++) {
		if (strchr("0123456789IWPNCV", pattern[i]) == NULL) {
			return err_set(ERR_INVALID, _("\"%.20s\": digits, I "
			    "item, W weight, P price, N anything, C check, V "
			    "check of weight or price"), pattern);
		}
		items += pattern[i] == 'I' ? 1 : 0;
		fixed += pattern[i] >= '0' && pattern[i] <= '9' ? 1 : 0;
	}
	if (fixed == 0 || pattern[0] < '0' || pattern[0] > '9') {
		return err_set(ERR_INVALID, _("a pattern begins with the "
		    "digits that tell it: 21IIIIIWWWWWC"));
	}
	if (items == 0 || items >= sizeof(((struct label *)0)->item) ||
	    strcspn(pattern + strcspn(pattern, "I") + items, "I") !=
	    strlen(pattern + strcspn(pattern, "I") + items)) {
		return err_set(ERR_INVALID, _("a pattern names its item by "
		    "one run of I, at most 15"));
	}
	if (len == 0 || len > 9 ||
	    strpbrk(pattern + at + len, "WP") != NULL) {
		return err_set(ERR_INVALID, _("a pattern has one weight or "
		    "one price, of 9 digits at most"));
	}
	if (strchr(pattern, 'V') != NULL && (len < 4 || len > 5 ||
	    strchr(strchr(pattern, 'V') + 1, 'V') != NULL)) {
		return err_set(ERR_INVALID, _("V is one digit, and checks "
		    "four or five of weight or price"));
	}
	if (strchr(pattern, 'C') != NULL && pattern[n - 1] != 'C') {
		return err_set(ERR_INVALID, _("C checks what is before it; it "
		    "stands last"));
	}
	return decimals >= 0 && decimals <= 3 ? 0 : err_set(ERR_RANGE,
	    _("0 to 3 decimals"));
}

/* The same number with other decimals; false when digits would be lost. */
static bool
label_scale(int64_t *value, int from, int to)
{
	for (; from < to; from++) {
		*value *= 10;
	}
	for (; from > to; from--) {
		if (*value % 10 != 0) {
			return false;
		}
		*value /= 10;
	}
	return true;
}

bool
label_read(const char *pattern, int decimals, int money_digits,
    const char *digits, struct label *out)
{
	size_t	n = strlen(pattern), item = 0, at;
	size_t	len = label_field(pattern, &at);

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
		case 'V':
			if (label_check(digits + at, len) != digit) {
				return false;
			}
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
	return label_scale(&out->weight, decimals, 3) &&
	    label_scale(&out->price, decimals, money_digits);
}

int
label_make(const char *pattern, int decimals, int money_digits,
    const struct label *label, char *out, size_t size)
{
	size_t	n = strlen(pattern), item = strlen(label->item), at;
	size_t	len = label_field(pattern, &at);
	int64_t	weight = label->weight, price = label->price;
	bool	fits;

	out[0] = '\0';
	if (n >= size) {
		return err_set(ERR_RANGE, _("the label pattern is too long"));
	}
	fits = label_scale(&weight, 3, decimals) &&
	    label_scale(&price, money_digits, decimals);
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
	if (!fits || item > 0 || weight != 0 || price != 0) {
		out[0] = '\0';
		return err_set(ERR_RANGE, _("the label %s has no room for it"),
		    pattern);
	}
	for (size_t i = 0; i < n; i++) {
		if (pattern[i] == 'V') {
			out[i] = (char)('0' + label_check(out + at, len));
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (pattern[i] == 'C') {
			out[i] = (char)('0' + ean_sum(out, i));
		}
	}
	return 0;
}
