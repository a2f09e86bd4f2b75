/* SPDX-License-Identifier: ISC */
/* What the files of purchasing share; nobody else includes this. */
#ifndef SHOP_PURCHASE_PART_H
#define SHOP_PURCHASE_PART_H

#include "shop/purchase.h"

/* Inside the transaction: the next number of a series of papers. */
int	 purchase_number(struct shop *shop, const char *series,
	    char out[static PURCHASE_NUMBER]) MUST_CHECK;
/* The id of the draft that "#12" names; 12 alone can be nothing else, and a
 * shell takes # for a remark.  0: it names none. */
int64_t	 purchase_draft_id(const char *text);
/* 0: where this actor works. */
int	 purchase_place(struct shop *shop, int64_t *place) MUST_CHECK;
/* What so much of it costs, `pack` of it at `price`, less the discount. */
int	 purchase_amount(int64_t qty, int64_t pack, int64_t price,
	    int64_t discount, int64_t *out) MUST_CHECK;
/* Inside the transaction: so many packs onto the draft for that place. */
int	 purchase_write(struct shop *shop, int64_t supplier, int64_t place,
	    const char *wanted, const struct product *item, int64_t packs,
	    const int64_t *price, int64_t *id) MUST_CHECK;
/* Inside the transaction: so much of it onto a receipt that is a draft. */
int	 intake_enter(struct shop *shop, int64_t id,
	    const struct intake_entry *e) MUST_CHECK;
/* Begin, do, commit or roll back; topic "purchase". */
int	 purchase_end(struct shop *shop, int r) MUST_CHECK;

#endif
