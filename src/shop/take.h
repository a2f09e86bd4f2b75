/* SPDX-License-Identifier: ISC */
/* How an amount that is handed over counts: the rules of the tender, the cash
 * rounding, change, tips, foreign money.  Nothing is written here. */
#ifndef SHOP_TAKE_H
#define SHOP_TAKE_H

#include "shop/payment.h"

/* What one payment does. */
struct take {
	struct tender		tender;
	struct sale_payment	p;	/* as it will be recorded */
	int64_t			rounding;	/* of the total, once it ends */
	bool			covers;	/* nothing is due after it */
	bool			issued;	/* a credit note was made for it */
	char			phone[24];
};

/* The tender is open for this sale, the amount for the tender.  Errors as
 * sale_pay_with(). */
int	 take_plan(struct shop *shop, const struct sale *sale,
	    const struct pay *pay, struct take *take) MUST_CHECK;
/* Inside the transaction: what may have changed since it was planned. */
int	 take_check(struct shop *shop, const struct take *take) MUST_CHECK;
/* Everything but amounts, for a tender chosen afterwards. */
int	 take_words(struct shop *shop, const struct pay *pay,
	    struct take *take) MUST_CHECK;
/* A reference that is none: a card's number, unclean text, too long. */
int	 take_reference(const char *text, char out[static PAY_REFERENCE])
	    MUST_CHECK;
/* Digits alone, with the + of an international number. */
int	 take_phone(const char *text, char out[static 24]) MUST_CHECK;
/* On this business day nothing else came by that reference. */
int	 take_reference_once(struct shop *shop, const struct tender *tender,
	    const char *reference) MUST_CHECK;
/* Is it somebody's, and may they owe so much more? */
int	 take_account(struct shop *shop, int64_t customer, int64_t more)
	    MUST_CHECK;

#endif
