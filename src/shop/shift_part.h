/* SPDX-License-Identifier: ISC */
/* What the files of the shift share; nobody else includes this. */
#ifndef SHOP_SHIFT_PART_H
#define SHOP_SHIFT_PART_H

#include "shop/drawer.h"
#include "shop/slip.h"

/* "Z1-000012" */
void	 shift_z(const char *series, int64_t number, char out[static 40]);
/* Inside a transaction: figures written down, number given, frozen.  `count`
 * is the one its Z says, 0 for none; `left` what stays of the shop's own
 * cash, NULL all of it. */
int	 shift_finish(struct shop *shop, int64_t shift, int64_t count,
	    const int64_t *left, bool forced) MUST_CHECK;

/* Commit with topic "shift", or roll back when r is not 0. */
int	 shift_done(struct shop *shop, int r) MUST_CHECK;
/* Inside a transaction: a Z once more, counted and in the journal; *n says
 * which, `ref` is its name. */
int	 shift_again(struct shop *shop, const struct closing *c, int64_t *n,
	    char ref[static 60], struct slip *out) MUST_CHECK;
/* closing_read() as if that count were the one an open shift is closed by. */
int	 closing_with(struct shop *shop, int64_t shift, int64_t count,
	    struct closing *out) MUST_CHECK;

#endif
