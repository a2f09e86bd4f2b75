/* SPDX-License-Identifier: ISC */
/* What the screens of the till share: shift.c, count.c, drawer.c. */
#ifndef SCREENS_TILL_H
#define SCREENS_TILL_H

#include "shop/drawer.h"
#include "term/term.h"

/* The till, and its drawer being counted above it. */
enum turn till_count(struct session *s);
/* The X is printed, and the till shown. */
enum turn till_x(struct session *s);
/* The till, ready for its Z: counted first, where that is still to do. */
enum turn till_z(struct session *s);
/* ACT_FLOAT, PAY_IN, PAY_OUT or DROP: done at once where all was said, else
 * its form. */
enum turn till_money(struct session *s, enum action act, const char *rest);
/* "50 bread": refused in words when it is no amount. */
int	 till_amount(struct shop *shop, const char *text, int64_t *amount,
	    const char **rest) MUST_CHECK;
/* The amount of any currency, as it is written there; of one printf. */
const char *till_money_text(struct shop *shop, const char *currency,
	    int64_t amount);

#endif
