/* SPDX-License-Identifier: ISC */
/* Customers, and what they owe.  Names, telephones and addresses stand in this
 * one table; everything else has the id. */
#ifndef SHOP_CUSTOMER_H
#define SHOP_CUSTOMER_H

#include "shop/shop.h"

#define CUSTOMER_CODE	16
#define CUSTOMER_NAME	96
#define CUSTOMER_LINE	160		/* e-mail, address, VAT id */

struct customer {
	int64_t	id;
	char	code[CUSTOMER_CODE];	/* "" when added: the next number */
	char	name[CUSTOMER_NAME];
	char	phone[24];		/* "+33612345678" */
	char	email[CUSTOMER_LINE];
	char	address[CUSTOMER_LINE];	/* ';' between its lines */
	char	vat_id[24];
	bool	on_account;		/* may owe … */
	int64_t	credit;			/* … so much at most */
	int64_t	balance;		/* owes now; below 0: has to his good */
	bool	active;
};

/* Right "customer"; a limit is set or raised with "credit" only.  *id comes
 * back; ERR_EXISTS for a code that is taken. */
int	 customer_add(struct shop *shop, const struct customer *c, int64_t *id)
	    MUST_CHECK;
/* Everything but the balance, by id. */
int	 customer_update(struct shop *shop, const struct customer *c)
	    MUST_CHECK;
/*
 * Rights "customer", "credit": somebody asks to be forgotten (case K06).  Name,
 * code, telephone, addresses and VAT id go, and the name in papers the outbox
 * keeps; the row stays as CLIENT-17-EFFACE for the tickets that have its id.
 * Tickets, invoices (which the law wants whole) and the journal are untouched.
 * ERR_BUSY while they owe, are owed, or have something open.
 */
int	 customer_erase(struct shop *shop, int64_t id) MUST_CHECK;
/* Right "sell" to read. */
int	 customer_get(struct shop *shop, int64_t id, struct customer *out)
	    MUST_CHECK;
/* By code, exactly. */
int	 customer_find(struct shop *shop, const char *code,
	    struct customer *out) MUST_CHECK;
/* Word starts of the name, the start of a code, or digits of a telephone;
 * by name; "" is everybody.  At most `limit` to fn(). */
int	 customer_search(struct shop *shop, const char *words, int64_t limit,
	    int (*fn)(void *ctx, const struct customer *c), void *ctx)
	    MUST_CHECK;
/* Right "sales"; `every`: those no longer served too. */
int	 customer_list(struct shop *shop, bool every,
	    int (*fn)(void *ctx, const struct customer *c), void *ctx)
	    MUST_CHECK;

struct customer_entry {
	int64_t		 id, amount, at, balance;	/* after it */
	const char	*kind, *tender, *reference, *reason, *user;
	char		 ticket[32];		/* "" none */
};
/* Right "sales"; oldest first: what is owed and how it came to it. */
int	 customer_statement(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct customer_entry *e), void *ctx)
	    MUST_CHECK;

/*
 * Right "pay": money from somebody who owes it; no turnover, an event of the
 * journal.  `tender` by name or letter, one that gives real money, with its
 * reference.  A receipt is printed.
 */
int	 customer_pay(struct shop *shop, int64_t id, const char *tender,
	    int64_t amount, const char *reference, int64_t *entry) MUST_CHECK;
/* Inside that transaction: the receipt, where there is a printer. */
int	 customer_receipt(struct shop *shop, int64_t entry) MUST_CHECK;
/* Right "credit": a manager's word on the account, with a reason. */
int	 customer_adjust(struct shop *shop, int64_t id, int64_t amount,
	    const char *reason) MUST_CHECK;

/* Who buys; customer 0 takes it away.  *id 0 opens a sale for them; *id and
 * *version come back.  ERR_INVALID once something stands on the account of
 * another. */
int	 sale_set_customer(struct shop *shop, int64_t *id, int64_t *version,
	    int64_t customer) MUST_CHECK;

#endif
