/* SPDX-License-Identifier: ISC */
/* From a sale to paper: receipt, preview, duplicate. */
#ifndef SHOP_RECEIPT_H
#define SHOP_RECEIPT_H

#include "shop/sale.h"

struct slip;

/* The receipt as it is, or as it would be before payment.
 * duplicate 0: the original, n: DUPLICATA n. */
int	 receipt_build(struct shop *shop, const struct sale *sale,
	    int duplicate, struct slip *out) MUST_CHECK;
/* Paper is in the shop's language, whoever is at the till: words of the code
 * in this one from here on.  The one that was goes to was[8] (NULL: it does
 * not matter). */
void	 receipt_language(const char *language, char *was);
/* Inside a transaction: the next duplicate of a document of that sale
 * ("Ticket", "Invoice", "Voucher 12"), counted and in the journal; *n says
 * which. */
int	 receipt_duplicate(struct shop *shop, const struct sale *sale,
	    const char *number, const char *document, int64_t *n) MUST_CHECK;
/* Count, journal and queue a DUPLICATA; *n says which. */
int	 receipt_reprint(struct shop *shop, int64_t sale, int64_t *n)
	    MUST_CHECK;

#endif
