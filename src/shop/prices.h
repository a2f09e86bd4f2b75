/* SPDX-License-Identifier: ISC */
/* Lists and promotions as read once for a process; for the files that work
 * prices out, nobody else. */
#ifndef SHOP_PRICES_H
#define SHOP_PRICES_H

#include "base/buf.h"
#include "shop/promo.h"

struct prices {
	struct price_list	*list;
	size_t			 nlists;
	bool			 dated;	/* the catalogue has dated prices */
	struct promo		*promo;	/* in order; ended ones of late too */
	size_t			 npromos;
	bool			 asks_buyer;	/* some look at group, mode
						 * or where they sit */
	bool			 asks_store;	/* some at the till's store */
};

/* The columns of a scope, in every query that has one. */
#define SCOPE_FROM(s, row) do { \
	(s)->terminal = (row)->terminal_null ? 0 : (row)->terminal; \
	(void)str_copy((s)->till, sizeof((s)->till), (row)->till); \
	(s)->room = (row)->room_null ? 0 : (row)->room; \
	(s)->store = (row)->store_null ? 0 : (row)->store; \
	(void)str_copy((s)->spot, sizeof((s)->spot), (row)->spot); \
	(void)str_copy((s)->group, sizeof((s)->group), \
	    (row)->customer_group); \
	(void)str_copy((s)->mode, sizeof((s)->mode), (row)->mode); \
	(void)str_copy((s)->when.since, sizeof((s)->when.since), \
	    (row)->since); \
	(void)str_copy((s)->when.until, sizeof((s)->when.until), \
	    (row)->until); \
	(s)->when.days = (int)(row)->days; \
	(s)->when.from = (int)(row)->from_minute; \
	(s)->when.to = (int)(row)->until_minute; \
} while (0)
#define SCOPE_ASKS(s)	((s)->group[0] != '\0' || (s)->mode[0] != '\0' || \
	(s)->room != 0)

/* *out is the shop's, until prices_drop(). */
int	 prices_of(struct shop *shop, const struct prices **out) MUST_CHECK;
/* promo.c's share of reading and forgetting. */
int	 prices_load_promos(struct shop *shop, struct prices *out) MUST_CHECK;

/* A name of one word, and a label. */
int	 price_name_check(const char *name, const char *label) MUST_CHECK;
/* End of a transaction that changed them: commit with topic "price" and
 * forget what was read, or roll back when r is not 0. */
int	 prices_end(struct shop *shop, int r) MUST_CHECK;

#endif
