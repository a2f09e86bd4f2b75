/* SPDX-License-Identifier: ISC */
/* Badges: what somebody carries and shows to a reader that types (a scanner,
 * a card or an iButton reader).  Known by its prefix, wherever it arrives. */
#ifndef SHOP_BADGE_H
#define SHOP_BADGE_H

#include "shop/shop.h"

#define BADGE_HASH	65		/* hexadecimal and NUL */

/*
 * Does this begin as a badge does?  The scanners' and the shop's prefix for
 * badges, and no blank or control in it so far: from there on it is shown as
 * stars.  Pure.
 */
bool	 badge_begun(const struct shop *shop, const char *text);
/* A whole one: it is never an item, an amount, a name or an answer. */
bool	 badge_is(const struct shop *shop, const char *text);
/* May this be one?  Long enough and not all alike; ERR_INVALID. */
int	 badge_check(const struct shop *shop, const char *text) MUST_CHECK;
/*
 * What is kept of it: argon2id (secret.h) with a salt of the shop's own, the
 * same each time, for the badge alone says whose it is.  The prefixes do not
 * count.  Never inside a transaction.
 */
int	 badge_hash(struct shop *shop, const char *text,
	    char out[static BADGE_HASH]) MUST_CHECK;

#endif
