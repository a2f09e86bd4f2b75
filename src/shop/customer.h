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

#endif
