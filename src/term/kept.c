/* SPDX-License-Identifier: ISC */
/* What the parts of this painting and of the one before were drawn from. */
#include "term/kept.h"

#include <string.h>

void
kept_begin(struct kept *k, bool stands)
{
	if (!stands) {
		k->n[k->now] = 0;
	}
	k->now = !k->now;
	k->n[k->now] = 0;
}

static bool
kept_equal(const struct kept_part *a, const struct kept_part *b)
{
	return a->row == b->row && a->col == b->col && a->rows == b->rows &&
	    a->cols == b->cols && a->n == b->n &&
	    memcmp(a->facts, b->facts, a->n * sizeof(a->facts[0])) == 0;
}

bool
kept_same(struct kept *k, const struct kept_part *part)
{
	int	now = k->now, before = !now;
	bool	same = false;

	if (k->n[now] == KEPT_PARTS) {
		return false;
	}
	k->part[now][k->n[now]++] = *part;
	for (size_t i = 0; i < k->n[before] && !same; i++) {
		same = kept_equal(&k->part[before][i], part);
	}
	return same;
}
