/* SPDX-License-Identifier: ISC */
/* Invoices made from tickets, bills before payment, receipts on request. */
#ifndef SHOP_INVOICE_H
#define SHOP_INVOICE_H

#include "shop/document.h"

#define INVOICE_NUMBER	40

/*
 * An invoice of a posted ticket for that customer (0: who is on it): a number
 * of its own ("F1-000003"), a record in the chain "invoice", no turnover.
 * Right "pay".  A second time it is printed as a duplicate.
 */
int	 invoice_make(struct shop *shop, int64_t sale, int64_t customer,
	    char number[static INVOICE_NUMBER]) MUST_CHECK;

struct invoice {
	const char	*number, *ticket, *buyer;
	int64_t		 at, total;
};
/* Newest first, at most `limit`. */
int	 invoice_list(struct shop *shop, int64_t limit,
	    int (*fn)(void *ctx, const struct invoice *i), void *ctx)
	    MUST_CHECK;

/* The bill before it is paid: a provisional document, told to the journal. */
int	 note_print(struct shop *shop, int64_t sale) MUST_CHECK;
/*
 * The customer asks for the receipt after all: the original while it was
 * never printed and this is the till's last ticket, else a duplicate (*n > 0).
 */
int	 receipt_request(struct shop *shop, int64_t sale, int64_t *n)
	    MUST_CHECK;
/* By the number on a paper: "1-000017", "F1-000003", "C-000004". */
int	 document_by_number(struct shop *shop, const char *number,
	    enum document *d, int64_t *sale) MUST_CHECK;

#endif
