/* SPDX-License-Identifier: ISC */
/* What there is only so much of, and dishes of one day. */
#ifndef SHOP_DISH_H
#define SHOP_DISH_H

#include "shop/product.h"

struct dish {
	int64_t	product, price;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME];
	bool	counted;
	int64_t	left;			/* thousandths */
	char	day[11];		/* of that day only; "" any */
	char	station[32];		/* who makes it: a station's name, or
					 * the word that was none's */
	int64_t	maker;			/* that station; 0 none; of a list */
};
/* ERR_NOT_FOUND: not counted, and of any day. */
int	 dish_get(struct shop *shop, int64_t product, struct dish *out)
	    MUST_CHECK;
int	 dish_list(struct shop *shop, struct dish **rows, size_t *n)
	    MUST_CHECK;			/* free(*rows) */
/* For a station's display: what is left of what is counted, today's dishes
 * before the others, less before more; not those that another one makes. */
int	 dish_board(struct shop *shop, int64_t station, struct dish **rows,
	    size_t *n) MUST_CHECK;	/* free(*rows) */
/* Right "dish".  So much is left (0: sold out) from now on, on every terminal;
 * -1: it is not counted any more. */
int	 dish_left(struct shop *shop, int64_t product, int64_t left)
	    MUST_CHECK;

/* The dish of the day in one line. */
struct dish_new {
	char	name[PRODUCT_NAME], station[32];
	int64_t	price, left;		/* left -1: not counted */
};
/* "Blanquette 14,50 x20 chaud": count and station may be missing; figures in
 * the name ("Menu 2 plats 18,50") are no price. */
int	 dish_parse(struct shop *shop, const char *text,
	    struct dish_new *out) MUST_CHECK;
/* Right "product".  In the catalogue until the business day ends, and made by
 * the station whose name begins so; where none's does, or nothing was said, by
 * whoever makes what no rule names.  Today's dish of that name is put right
 * instead: its price, and of count and station what is said. */
int	 dish_today(struct shop *shop, const struct dish_new *dish,
	    int64_t *product) MUST_CHECK;
/* "Blanquette at 14.50 is on, until tonight"; also that no station is called
 * so. */
#define DISH_SAID	320
int	 dish_said(struct shop *shop, int64_t product,
	    char out[static DISH_SAID]) MUST_CHECK;
/* What was of another day is off, its counts forgotten. */
int	 dish_sweep(struct shop *shop) MUST_CHECK;

/* Inside the transaction: something was taken back that may be counted; who
 * shows counts is told. */
int	 dish_back(struct shop *shop) MUST_CHECK;
/* For sale_add.c: may so much of it be sold now?  The count itself is kept by
 * triggers, for who asks at the same moment. */
int	 dish_check(struct shop *shop, const struct product *p, int64_t qty)
	    MUST_CHECK;

#endif
