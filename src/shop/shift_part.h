/* SPDX-License-Identifier: ISC */
/* What the files of the shift share; nobody else includes this. */
#ifndef SHOP_SHIFT_PART_H
#define SHOP_SHIFT_PART_H

#include "shop/shift.h"

/* "Z1-000012" */
void	 shift_z(const char *series, int64_t number, char out[static 40]);
/* Inside a transaction: a new one of this till or cashier, its drawer still
 * empty. */
int	 shift_begin(struct shop *shop, bool automatic, int64_t *shift)
	    MUST_CHECK;
/* Inside a transaction: figures written down, number given, frozen.  `count`
 * is the one its Z says, 0 for none. */
int	 shift_finish(struct shop *shop, int64_t shift, int64_t count,
	    bool forced) MUST_CHECK;

/* closing_read() as if that count were the one an open shift is closed by. */
int	 closing_with(struct shop *shop, int64_t shift, int64_t count,
	    struct closing *out) MUST_CHECK;

#endif
