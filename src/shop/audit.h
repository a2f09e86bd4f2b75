/* SPDX-License-Identifier: ISC */
/* Who did what when: one row for every action, in its transaction. */
#ifndef SHOP_AUDIT_H
#define SHOP_AUDIT_H

#include "shop/shop.h"

/*
 * Inside a write transaction.  `action` is a stable name ("sale.pay"),
 * `object` and `id` what it was done to ("sale", 17; "" and 0 for none),
 * `detail` short text with ids and numbers only, never personal; may be "".
 */
int	audit_add(struct shop *shop, const char *action, const char *object,
	    int64_t id, const char *detail) MUST_CHECK;

struct audit_row {
	int64_t		 id, at, object_id;
	const char	*user, *terminal, *door, *action, *object, *detail;
	const char	*approver;		/* "" nobody had to */
};
/* Newest first; since/until in ms (0: open), user NULL for all. */
int	audit_list(struct shop *shop, int64_t since, int64_t until,
	    const char *user, int64_t limit,
	    int (*fn)(void *ctx, const struct audit_row *row), void *ctx)
	    MUST_CHECK;

#endif
