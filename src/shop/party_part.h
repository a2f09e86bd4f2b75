/* SPDX-License-Identifier: ISC */
/* What party.c, divide.c and divide_back.c share; nobody else includes this. */
#ifndef SHOP_PARTY_PART_H
#define SHOP_PARTY_PART_H

#include "shop/party.h"
#include "shop/sale_part.h"
#include "sql/discount.h"
#include "sql/room.h"

/* Somebody is served there, nothing was paid, no coupon was shown. */
int	 party_ready(struct shop *shop, int64_t sale, struct serving *v,
	    struct q_party_row *row) MUST_CHECK;
/* The same, and lines may go to it and from it. */
int	 party_parts(struct shop *shop, int64_t sale, struct serving *v,
	    struct q_party_row *row) MUST_CHECK;
/* Begin, past the fence; on failure nothing is open any more. */
int	 party_begin(struct shop *shop, const char *verb, int64_t sale,
	    int64_t version, struct serving *v, struct q_party_row *row)
	    MUST_CHECK;
/* Lines went over: their discounts follow, both are worked out again. */
int	 party_again(struct shop *shop, int64_t from, int64_t to,
	    bool discounted) MUST_CHECK;

/* ---- divide.c ----------------------------------------------------------- */

/* A bill being divided: its lines as they were read, options behind theirs. */
struct divide {
	struct shop		*shop;
	struct serving		 v;
	struct q_party_row	 row;
	struct q_part_lines	*lines;
	size_t			 n;
};
/* Begin, past the fence, with its lines read. */
int	 divide_begin(struct divide *d, struct shop *shop, const char *verb,
	    int64_t sale, int64_t version) MUST_CHECK;
/* Commit, or roll back when r is not 0; the lines are freed. */
int	 divide_end(struct divide *d, int64_t *version, const char *how, int r)
	    MUST_CHECK;
/* A line and its options: so many rows. */
size_t	 part_rows(const struct divide *d, size_t at);

#endif
