/* SPDX-License-Identifier: ISC */
/* What a payment line says: "20", "c", "20 usd", "momo 699112233 AB12". */
#include "screens/pay_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "shop/payment.h"

#define PAY_LABEL	24		/* columns of a tender's words … */
#define PAY_LABEL_LEAST	4		/* … which fewer do not tell */

const struct tender *
pay_tender_named(const struct tender *tenders, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(tenders[i].name, name) == 0) {
			return &tenders[i];
		}
	}
	return NULL;
}

/* By letter, by whole name, or by the only one that begins so.  One letter is
 * a tender's own and never the beginning of another one. */
static bool
pay_tender(const struct tender *tenders, size_t n, const char *typed,
    const struct tender **out)
{
	size_t	found = n;
	char	want[64], have[64];

	*out = NULL;
	(void)utf8_fold(want, sizeof(want), typed);
	for (size_t i = 0; i < n; i++) {
		(void)utf8_fold(have, sizeof(have), tenders[i].letter);
		if (strcmp(have, want) == 0 ||
		    strcmp(tenders[i].name, want) == 0) {
			*out = &tenders[i];
			return true;
		}
	}
	for (size_t i = 0; i < n && strlen(want) > 1; i++) {
		(void)utf8_fold(have, sizeof(have), _(tenders[i].label));
		if (str_starts(tenders[i].name, want) ||
		    str_starts(have, want)) {
			if (found != n) {
				return false;
			}
			found = i;
		}
	}
	if (found != n) {
		*out = &tenders[found];
	}
	return found != n;
}

/* "e Cash  c Card  t q": the letters of all, the words of the first, cut to
 * so many columns. */
static void
pay_tenders_put(const struct tender *tenders, size_t n, size_t worded,
    int width, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		const char	*label = _(tenders[i].label);
		size_t		 cut = utf8_cut(label, width);

		while (cut > 0 && strchr(" -", label[cut - 1]) != NULL) {
			cut--;
		}
		if (i < worded) {
			buf_fmt(out, "%s%s %.*s", i > 0 ? "  " : "",
			    tenders[i].letter, (int)cut, label);
		} else {
			buf_fmt(out, "%s%s", i == worded && i > 0 ? "  " :
			    i > 0 ? " " : "", tenders[i].letter);
		}
	}
}

/* The widest words that let the tenders stand in so many columns; 0 none. */
int
pay_words_fit(const struct tender *tenders, size_t n, int cols, struct buf *b)
{
	for (int width = PAY_LABEL; width >= PAY_LABEL_LEAST; width--) {
		b->len = 0;
		pay_tenders_put(tenders, n, n, width, b);
		if (utf8_cols(buf_text(b)) <= cols) {
			return width;
		}
	}
	return 0;
}

/* In so many columns: words are cut short before they are left out, and the
 * last are left out before a letter is. */
void
pay_tenders_text(const struct tender *tenders, size_t n, int cols, char *out,
    size_t size)
{
	struct buf	b = { 0 };
	size_t		worded = n;
	int		width = PAY_LABEL;

	for (;;) {
		b.len = 0;
		pay_tenders_put(tenders, n, worded, width, &b);
		if (utf8_cols(buf_text(&b)) <= cols) {
			break;
		}
		if (worded == n && width > PAY_LABEL_LEAST) {
			width--;
			continue;
		}
		width = PAY_LABEL;
		if (worded-- == 0) {
			break;
		}
	}
	(void)str_copy(out, size, buf_text(&b));
	buf_done(&b);
}

/* The tender the text names, or the usual one; refuses in words. */
static int
pay_which(const struct tender *tenders, size_t n, const char *usual,
    const char *typed, const struct tender **out)
{
	char	list[160];

	*out = NULL;
	if (*typed != '\0') {
		if (pay_tender(tenders, n, typed, out)) {
			return 0;
		}
	} else if (*usual != '\0') {
		*out = pay_tender_named(tenders, n, usual);
	}
	if (*out != NULL) {
		return 0;
	}
	pay_tenders_text(tenders, n, 60, list, sizeof(list));
	if (*typed == '\0') {
		return err_set(ERR_INVALID, _("paid how? %s"), list);
	}
	return err_set(ERR_INVALID, _("%.20s is no way to pay: %s"), typed,
	    list);
}

/* "tip", in the user's language or in English. */
static bool
pay_is_tip(const char *word)
{
	char	have[32], want[32];

	(void)utf8_fold(have, sizeof(have), word);
	(void)utf8_fold(want, sizeof(want), _("tip"));
	return strcmp(have, "tip") == 0 || strcmp(have, want) == 0;
}

/* "699112233 AB12": the number first, where the tender wants one. */
static void
pay_line_words(struct pay_line *line)
{
	const char	*rest = line->entry.rest;

	line->phone[0] = '\0';
	if (line->tender.phone) {
		size_t	n = strcspn(rest, " ");

		(void)str_fmt(line->phone, sizeof(line->phone), "%.*s",
		    (int)n, rest);
		rest += n + strspn(rest + n, " ");
	}
	(void)str_copy(line->reference, sizeof(line->reference), rest);
	line->pay.phone = line->phone;
	line->pay.reference = line->reference;
}

/* "usd": the code of some money, taken here or not. */
static bool
pay_is_foreign(const char *word)
{
	struct money_style	money;
	char			code[4];

	if (strlen(word) != 3) {
		return false;
	}
	for (int i = 0; i < 4; i++) {
		code[i] = (char)toupper((unsigned char)word[i]);
	}
	return money_style_set(&money, code, "") == 0;
}

/* Words behind the amount: a tender of two words, a tip, a currency. */
static int
pay_line_tender(struct shop *shop, const struct tender *tenders, size_t n,
    const char *usual, struct pay_line *line)
{
	struct entry_pay	*e = &line->entry;
	const struct tender	*tender;
	char			 both[ENTRY_WORDS + 40];
	int			 r;

	if (pay_is_tip(e->tender) || pay_is_tip(e->rest)) {
		line->pay.tip = TIP_MEANT;
		e->rest[0] = '\0';
		if (pay_is_tip(e->tender)) {
			e->tender[0] = '\0';
		}
	}
	(void)str_fmt(both, sizeof(both), "%s %s", e->tender, e->rest);
	if (e->rest[0] != '\0' &&
	    pay_tender(tenders, n, both, &tender)) {
		e->rest[0] = '\0';
		line->tender = *tender;
		return 0;
	}
	if (strlen(e->tender) == 3 && pay_tender_named(tenders, n,
	    e->tender) == NULL && currency_find(shop, e->tender,
	    &line->currency) == 0) {
		line->pay.currency = line->currency.code;
		tender = pay_tender_named(tenders, n, "cash");
		if (tender != NULL) {
			line->tender = *tender;
			return 0;
		}
	}
	if ((r = pay_which(tenders, n, usual, e->tender, &tender)) == 0) {
		line->tender = *tender;
	} else if (pay_is_foreign(e->tender)) {
		/* Money all right, but not here: that is what is said. */
		r = currency_find(shop, e->tender, &line->currency);
	}
	return r;
}

/* `more` is what a question brought, "" none; it goes behind the rest. */
int
pay_line_read(struct shop *shop, const char *text, const char *more,
    const char *usual, struct pay_line *line)
{
	struct tender	*tenders;
	size_t		 n, len;
	int		 r;

	*line = (struct pay_line){ .pay = { .tip = TIP_ASKED } };
	if ((r = entry_pay_split(text, &line->entry)) != 0 ||
	    (r = tender_list(shop, &tenders, &n)) != 0) {
		return r;
	}
	r = pay_line_tender(shop, tenders, n, usual, line);
	free(tenders);
	if (r != 0 || (r = entry_pay_amount(line->pay.currency != NULL ?
	    &line->currency.money : &shop->money, shop->who.implied,
	    &line->entry)) != 0) {
		return r;
	}
	len = strlen(line->entry.rest);
	(void)str_fmt(line->entry.rest + len, sizeof(line->entry.rest) - len,
	    "%s%s", len > 0 && *more != '\0' ? " " : "", more);
	line->pay.tender = line->tender.name;
	line->pay.amount = line->entry.amount;
	pay_line_words(line);
	return 0;
}

/* Is a telephone or a reference still to be said? */
bool
pay_line_lacks(const struct pay_line *line)
{
	const struct tender	*t = &line->tender;

	return (t->phone && line->phone[0] == '\0') ||
	    (line->reference[0] == '\0' && (t->kind == TENDER_VOUCHER ||
	    (t->reference > 0 && !t->waits)));
}
