/* SPDX-License-Identifier: ISC */
/* Quotation, order, deposit, final ticket (domain.md 8): a sale that is
 * promised first and paid later, perhaps in parts. */
#ifndef SHOP_ORDER_H
#define SHOP_ORDER_H

#include "shop/sale.h"

/*
 * A draft becomes a quotation ("D-000012", its prices hold until due_day) or
 * an order ("C-000004", due_day is when it is wanted; its goods are promised
 * from here on); a quotation may become an order, which keeps its lines and
 * gets a number of its own.  It is printed, let go of, and found again under
 * its name, its number or by `order_list`.  due_day NULL: the setting
 * quotation_days, of an order none.  paper[] gets the number.
 */
int	 order_make(struct shop *shop, int64_t id, int64_t *version,
	    enum sale_kind kind, const char *name, const char *due_day,
	    char paper[static SALE_PAPER]) MUST_CHECK;

/*
 * Open a sale whose lines are a deposit on that order, spread over its tax
 * rates pro rata (VAT is due on it: case J10), and let go of the order.
 * `amount` or, where that is 0, `rate` of what is not deposited yet (30 % is
 * 30000).  It is paid as any sale, and is a ticket of its own.
 */
int	 order_deposit(struct shop *shop, int64_t order, int64_t *version,
	    int64_t amount, int64_t rate, int64_t *id, int64_t *id_version)
	    MUST_CHECK;
/* What was deposited on it and not given back. */
int	 order_deposited(struct shop *shop, int64_t order, int64_t *amount)
	    MUST_CHECK;
/*
 * Rights "cancel", and for a credit note "return" and "pay": the order is
 * cancelled, and what was deposited on it stays the shop's (the journal and
 * the audit say so) or goes on a credit note for its customer, on a ticket of
 * its own (*ticket, else 0).  The two are a transaction each, the money first:
 * what ends it between them leaves an open order without a deposit.
 */
enum deposit_fate { DEPOSIT_KEPT, DEPOSIT_VOUCHER };
int	 order_cancel(struct shop *shop, int64_t order, int64_t *version,
	    enum deposit_fate fate, const char *reason, int64_t *ticket)
	    MUST_CHECK;
/*
 * Before it is paid: lines that take its deposits off, rate by rate.  Does
 * nothing where they are there already; a quotation becomes a sale.
 */
int	 order_settle(struct shop *shop, int64_t id, int64_t *version)
	    MUST_CHECK;

struct order_brief {
	int64_t		id, opened_at, total, deposit;
	enum sale_kind	kind;
	char		paper[SALE_PAPER], name[64], due_day[11];
	char		seller[NAME_SIZE];
};
/* Open ones by the day they are due, kind SALE_SALE for both; free(*rows). */
int	 order_list(struct shop *shop, enum sale_kind kind,
	    struct order_brief **rows, size_t *n) MUST_CHECK;
/* By its number; ERR_NOT_FOUND. */
int	 order_find(struct shop *shop, const char *paper, int64_t *id)
	    MUST_CHECK;

#endif
