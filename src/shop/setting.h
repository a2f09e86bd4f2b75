/* SPDX-License-Identifier: ISC */
/* Settings of the shop: one table of names, kinds, defaults and help. */
#ifndef SHOP_SETTING_H
#define SHOP_SETTING_H

#include "shop/shop.h"

struct setting_row {
	const char	*name, *value, *fallback, *help;
};
int	 setting_get(struct shop *shop, const char *name, char *out,
	    size_t size) MUST_CHECK;
/* Checked against the kind in the table; audited; topic "setting". */
int	 setting_set(struct shop *shop, const char *name, const char *value)
	    MUST_CHECK;
int	 setting_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct setting_row *row), void *ctx)
	    MUST_CHECK;

#endif
