/* SPDX-License-Identifier: ISC */
/* What party.c and divide.c share; nobody else includes this. */
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

#endif
