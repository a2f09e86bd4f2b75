/* SPDX-License-Identifier: ISC */
/*
 * Parts of a painting by what they were drawn from.  Screens are drawn whole;
 * where one knows that nothing of a part has changed, it says what it would
 * draw it from, and the part stands as it stood in the painting before.
 */
#ifndef TERM_KEPT_H
#define TERM_KEPT_H

#include "base/base.h"

#define KEPT_PARTS	32	/* of a painting; more are drawn each time */
#define KEPT_FACTS	8	/* of a part */

struct kept_part {
	int		 row, col, rows, cols;
	size_t		 n;			/* facts */
	int64_t		 facts[KEPT_FACTS];
};

struct kept {
	struct kept_part part[2][KEPT_PARTS];
	size_t		 n[2];
	int		 now;			/* of the painting under way */
};

/* Another painting; `stands` false: nothing of the one before does. */
void	 kept_begin(struct kept *k, bool stands);
/* Was this part in the painting before, from the same facts? */
bool	 kept_same(struct kept *k, const struct kept_part *part);

#endif
