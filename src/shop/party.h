/* SPDX-License-Identifier: ISC */
/* People who change tables, and bills that are divided: lines go from one open
 * sale to another, each with its id, its time and what the kitchen knows. */
#ifndef SHOP_PARTY_H
#define SHOP_PARTY_H

#include "shop/table.h"

/*
 * Right "sell".  A sale that is open here or nowhere; whoever has the other
 * one open sees that it changed.  None of them touches money: ERR_INVALID once
 * some was taken, or a coupon shown.  What a hand took off a bill or a line is
 * divided with it, to the cent; off a bill, it is off its lines from then on.
 */

/* Everybody goes to that table; who sits there already has their lines on the
 * same bill from now on, and `*to` is that sale. */
int	 party_move(struct shop *shop, int64_t sale, int64_t *version,
	    int64_t table, int64_t *to) MUST_CHECK;
/* One line with its options, or (line 0) all that a seat has, goes on another
 * open sale of somebody served; what that guest must not eat goes along.
 * ERR_EMPTY: nobody there has anything. */
int	 party_give(struct shop *shop, int64_t sale, int64_t *version,
	    int64_t line, int64_t seat, int64_t to) MUST_CHECK;

/* ---- dividing the bill: each part is a sale, with a ticket of its own ---- */

struct bill_pick {
	int64_t	line, qty;		/* so many pieces; 0 all of it */
};
/* These go on a bill of their own (*part 0: a new one).  ERR_INVALID when
 * nothing would be left. */
int	 bill_take(struct shop *shop, int64_t sale, int64_t *version,
	    const struct bill_pick *picks, size_t n, int64_t *part)
	    MUST_CHECK;
/* One line in equal shares, to be taken one by one. */
int	 bill_share(struct shop *shop, int64_t sale, int64_t *version,
	    int64_t line, int shares) MUST_CHECK;
/* Everything in equal parts, to the cent (cases C01, C03, C04). */
int	 bill_heads(struct shop *shop, int64_t sale, int64_t *version,
	    int heads) MUST_CHECK;
/* A bill for each seat; what is shared, among them. */
int	 bill_seats(struct shop *shop, int64_t sale, int64_t *version,
	    int *parts) MUST_CHECK;
/* All that is not paid is one bill again, shares whole lines. */
int	 bill_whole(struct shop *shop, int64_t sale, int64_t *version)
	    MUST_CHECK;

struct bill_part {
	int64_t	sale, version, total, paid, lines;
	enum sale_state state;
	char	name[64], ticket[32];
};
/* All bills of the party that `sale` is of, paid ones too; free(*rows). */
int	 bill_parts(struct shop *shop, int64_t sale, struct bill_part **rows,
	    size_t *n) MUST_CHECK;

#endif
