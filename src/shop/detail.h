/* SPDX-License-Identifier: ISC */
/* The detail of a record: what its payload does not say, as a hash of the
 * rows it is about.  Signed with the record; only the journal includes this. */
#ifndef SHOP_DETAIL_H
#define SHOP_DETAIL_H

#include "shop/grand.h"

/*
 * "t1:PAYMENT:HASH"		a ticket: the sale, its lines, taxes and
 *				payments up to that id
 * "p1:AFTER:PAYMENT:HASH"	payments of a ticket that came later
 * "c1:HASH"			a closing
 * The number is the version of the text that is hashed.
 */
#define DETAIL_SIZE	120

/* What the posting is about to write, or wrote, into the sale. */
struct detail_posted {
	int64_t		user, terminal, shift;	/* 0 for none */
	int64_t		posted_at;
	const char	*business_day;
	int64_t		total, rounding;
};
int	 detail_ticket(struct shop *shop, int64_t sale,
	    const struct detail_posted *posted, char out[static DETAIL_SIZE])
	    MUST_CHECK;
/* Payments of a posted sale with an id above `after`. */
int	 detail_payments(struct shop *shop, int64_t sale, int64_t after,
	    char out[static DETAIL_SIZE]) MUST_CHECK;
void	 detail_grand(const struct grand *c,
	    char out[static DETAIL_SIZE]);
/* c->audit and c->audit_hash: the audit since the last closing. */
int	 detail_audit(struct shop *shop, struct grand *c) MUST_CHECK;
/* The hash of the audit's rows from after that one to the last. */
int	 detail_audit_hash(struct shop *shop, int64_t after, int64_t last,
	    char out[static 65]) MUST_CHECK;

/*
 * The same text worked out again from the rows as they are now: false when
 * it is another one.  *last is the last payment covered, or 0.
 */
int	 detail_check(struct shop *shop, const char *detail, int64_t sale,
	    int64_t *last, bool *same) MUST_CHECK;

#endif
