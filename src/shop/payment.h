/* SPDX-License-Identifier: ISC */
/* Taking money in every way the shop does, and giving it back. */
#ifndef SHOP_PAYMENT_H
#define SHOP_PAYMENT_H

#include "shop/sale.h"

/* What is more than due, where the tender gives no change. */
enum pay_tip { TIP_ASKED, TIP_MEANT, TIP_NEVER };

/* What somebody hands over, as it was typed. */
struct pay {
	const char	*tender;	/* name or letter */
	int64_t		 amount;	/* 0: all that is due; of `currency` */
	const char	*currency;	/* NULL or "": the shop's own */
	const char	*reference;	/* NULL or "": not said yet */
	const char	*phone;
	enum pay_tip	 tip;
	bool		 sure;		/* what was doubted is meant */
};

struct paid {
	int64_t	change, tip;
	bool	posted;			/* the ticket has its number */
	bool	pending;		/* waits for its word */
};

/*
 * sale_pay() with everything that can be said: `amount` is positive, and where
 * the sale itself is below 0 it is what goes back.  Nothing is recorded
 * but when it returns 0.  Beside the errors of sale_pay():
 *	ERR_EMPTY	the tender wants a reference or a telephone number;
 *			the words are the question
 *	ERR_DOUBT	the words are a doubt: a tip, change above the largest
 *			note, more cash than the law has, another person's
 *			voucher; again with `sure` if it is meant
 * A payment that waits keeps the sale open, however much was paid.
 */
int	 sale_pay_with(struct shop *shop, int64_t id, int64_t *version,
	    const struct pay *pay, struct paid *out) MUST_CHECK;
/*
 * The word on the oldest payment that waits.  It came: `reference` is the
 * proof (ERR_EMPTY asks for it where the tender wants one), and the sale is
 * posted when nothing else is due.  It did not: a counter-entry, and the
 * money is due again.
 */
int	 sale_pay_came(struct shop *shop, int64_t id, int64_t *version,
	    const char *reference, struct paid *out) MUST_CHECK;
int	 sale_pay_failed(struct shop *shop, int64_t id, int64_t *version)
	    MUST_CHECK;
/*
 * sale_retender() with a reference: all of a paid ticket in another tender,
 * by counter-entries that name what they correct, in today's drawer.
 * ERR_EMPTY where the tender wants a reference, also one that it would have
 * waited for.
 * RIGHT_RETENDER where a voucher or an account is concerned; never to a
 * voucher.
 */
int	 sale_retender_with(struct shop *shop, int64_t id,
	    const struct pay *pay) MUST_CHECK;

/* What of a due amount this tender can take now: as rounded, as far as the
 * items and its limit go.  For a prompt; sale_pay_with() decides. */
int	 sale_ask(struct shop *shop, const struct sale *sale,
	    const struct tender *tender, int64_t *ask) MUST_CHECK;

#endif
