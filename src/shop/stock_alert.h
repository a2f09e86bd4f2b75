/* SPDX-License-Identifier: ISC */
/* What somebody should look at in the stockroom; comptoird looks for it. */
#ifndef SHOP_STOCK_ALERT_H
#define SHOP_STOCK_ALERT_H

#include "shop/product.h"

#define ALERT_KINDS(X) \
	X(NEGATIVE, "negative", N_("below nothing")) \
	X(OUT,      "out",      N_("sold out")) \
	X(LOW,      "low",      N_("runs low")) \
	X(EXPIRING, "expiring", N_("expires soon")) \
	X(COST,     "cost",     N_("costs more than it brings")) \
	X(UNSOLD,   "unsold",   N_("nobody buys it"))

enum alert_kind {
#define X(id, name, text) ALERT_##id,
	ALERT_KINDS(X)
#undef X
	ALERT_KIND_COUNT
};
const char *alert_kind_text(enum alert_kind k);		/* translated */
const char *alert_kind_name(enum alert_kind k);
int	 alert_kind_find(const char *name, enum alert_kind *out) MUST_CHECK;

struct stock_alert {
	enum alert_kind	kind;
	int64_t		product, amount, since;
	char		code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	char		place[NAME_SIZE];	/* "" all stores together */
	char		detail[12];		/* a lot's last day */
};
/* Looks anew, as comptoird does every ten minutes; settings expiry_days and
 * unsold_days.  A thousand of each kind at most are kept. */
int	 stock_alert_look(struct shop *shop) MUST_CHECK;
/* As the last look found them, the worst first; kind NULL for all, limit 0
 * for all; of stores the actor may see.  free(*out). */
int	 stock_alert_list(struct shop *shop, const char *kind, int64_t limit,
	    struct stock_alert **out, size_t *n) MUST_CHECK;
int	 stock_alert_counts(struct shop *shop,
	    int64_t n[static ALERT_KIND_COUNT]) MUST_CHECK;

#endif
