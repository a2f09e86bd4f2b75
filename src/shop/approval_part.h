/* SPDX-License-Identifier: ISC */
/* What shop.c and approval.c share about a lent right. */
#ifndef SHOP_APPROVAL_PART_H
#define SHOP_APPROVAL_PART_H

#include "shop/shop.h"

/* A right that is missing, and how far it has to go (`may` NULL: at all). */
struct approval_want {
	bool		 set;
	enum right	 right;
	int64_t		 value;
	bool		 (*may)(const struct shop *shop, enum role role,
			    int64_t value);
};

struct approval {
	struct approval_want refused;	/* to the actor, last */
	struct approval_want asked;	/* of somebody else, now */

	/* Who lends what. */
	int64_t		 user;		/* 0: nobody */
	enum role	 role;
	uint64_t	 rights;
	bool		 used;		/* by the call that runs now */
	bool		 spent;
	uint64_t	 serial;	/* the transaction it was spent in */

	/* What others could lend here. */
	bool		 known;
	int64_t		 known_for;
	uint64_t	 others;
};

struct approval *approval_new(void);	/* owned: free() */

#endif
