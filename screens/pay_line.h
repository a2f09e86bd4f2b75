/* SPDX-License-Identifier: ISC */
/* The line of a payment, read; between pay_line.c and pay.c alone. */
#ifndef SCREENS_PAY_LINE_H
#define SCREENS_PAY_LINE_H

#include "base/buf.h"
#include "shop/currency.h"
#include "shop/entry.h"
#include "shop/payment.h"
#include "shop/tender.h"

/* What a line means, with the texts its pointers need. */
struct pay_line {
	struct entry_pay	entry;
	struct tender		tender;
	struct currency		currency;
	char			phone[ENTRY_WORDS], reference[ENTRY_WORDS];
	struct pay		pay;
};

/* Of n tenders, by name; NULL when there is none. */
const struct tender *pay_tender_named(const struct tender *tenders, size_t n,
	    const char *name);
/* "e Cash  c Card  t q" in so many columns: words are cut short before they
 * are left out, and the last are left out before a letter is. */
void	pay_tenders_text(const struct tender *tenders, size_t n, int cols,
	    char *out, size_t size);
/* Into b, all with their words in so many columns: how wide the widest word
 * may be then, 0 where there is no room for all. */
int	pay_words_fit(const struct tender *tenders, size_t n, int cols,
	    struct buf *b);
/*
 * Read a line; `more` is what a question brought, "" none, and goes behind
 * the rest; `usual` is what Enter alone takes.  The line's pointers are into
 * itself.  ERR_INVALID and others in words.
 */
int	pay_line_read(struct shop *shop, const char *text, const char *more,
	    const char *usual, struct pay_line *line) MUST_CHECK;
/* Is a telephone or a reference still to be said? */
bool	pay_line_lacks(const struct pay_line *line);

#endif
