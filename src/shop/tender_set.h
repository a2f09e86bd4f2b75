/* SPDX-License-Identifier: ISC */
/* Changing the rules of a tender. */
#ifndef SHOP_TENDER_SET_H
#define SHOP_TENDER_SET_H

#include "shop/tender.h"

/* All of them, those no longer taken too; free(*rows). */
int	 tender_every(struct shop *shop, struct tender **rows, size_t *n)
	    MUST_CHECK;
/*
 * Right "tender".  One rule by its name: active, label, letter, reference (no,
 * yes, once), phone, waits, eligible (tax classes, "all"), least, most,
 * refund, tip.  What the tender is (its kind, change, drawer, rounding) stays.
 */
int	 tender_set(struct shop *shop, const char *name, const char *key,
	    const char *value) MUST_CHECK;
const char *tender_reference_word(int reference);	/* "no", "yes" … */

#endif
