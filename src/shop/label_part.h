/* SPDX-License-Identifier: ISC */
/* What the two files of labels share; nobody else includes this. */
#ifndef SHOP_LABEL_PART_H
#define SHOP_LABEL_PART_H

#include "shop/label.h"

/* So many labels of an item. */
struct label_some {
	int64_t	product, copies;
};
/* The slip of all of them; *labels how many.  ERR_RANGE above LABEL_MOST. */
int	 label_slip(struct shop *shop, const struct label_how *how,
	    const struct label_some *some, size_t n, struct slip *slip,
	    int64_t *labels) MUST_CHECK;
/* Inside a transaction: the slip as a job, audited. */
int	 label_queue(struct shop *shop, const struct label_how *how,
	    int64_t first, int64_t labels, struct slip *slip, int64_t *job)
	    MUST_CHECK;

#endif
