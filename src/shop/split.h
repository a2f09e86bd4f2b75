/* SPDX-License-Identifier: ISC */
/* Dividing what is due: by heads, by amount, over months.  Integers only; the
 * parts always make the whole (cases C). */
#ifndef SHOP_SPLIT_H
#define SHOP_SPLIT_H

#include "base/clock.h"
#include "base/money.h"

#define SPLIT_MOST	99

/* n equal parts; the first ones have a unit more (C01: 33.34 33.33 33.33). */
int	 split_equal(int64_t total, int n, int64_t *out) MUST_CHECK;
/*
 * Sums at several rates for n heads: out[rate * n + head].  What a rate leaves
 * over is dealt on from head to head, so that nobody pays all of it (C03).
 */
int	 split_rates(const int64_t *gross, size_t rates, int n, int64_t *out)
	    MUST_CHECK;
/* One pays `first`, the others share the rest: n parts in all (C06). */
int	 split_first(int64_t total, int64_t first, int n, int64_t *out)
	    MUST_CHECK;

struct split_term {
	char	day[CLOCK_DAY_SIZE];
	int64_t	amount;
};
/* Equal parts month by month from a day; one that a month has not becomes its
 * last (C08). */
int	 split_schedule(int64_t total, int n, const char *from,
	    struct split_term *out) MUST_CHECK;

#endif
