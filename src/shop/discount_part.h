/* SPDX-License-Identifier: ISC */
/* What discount.c and discount_again.c share; nobody else includes this. */
#ifndef SHOP_DISCOUNT_PART_H
#define SHOP_DISCOUNT_PART_H

#include "shop/discount.h"
#include "sql/discount.h"

/* A sale's lines and what takes something off them, while it is worked out. */
struct again {
	struct shop		*shop;
	int64_t			 sale;
	struct q_discount_lines	*line;
	size_t			 nlines;
	struct q_discount_rows	*row;
	size_t			 nrows;
	int64_t			*gross;	/* of lines that take part, else 0 */
	int64_t			*left, *share;
	int64_t			*given;	/* what each row comes to */
	int64_t			*moved;	/* to the options of a line */
	const struct q_discount_rows *capping;	/* off the ticket, or NULL */
	int64_t			 cap;
	bool			 capped;
	bool			 optioned;	/* there are some */
	bool			 paying;
};

/* Read the sale's lines and rows; again_done() frees them, also after a
 * failure. */
int	 again_read(struct shop *shop, int64_t sale, struct again *a)
	    MUST_CHECK;
void	 again_done(struct again *a);
/* Is the row a hand's work on that line (NULL: on the ticket)? */
bool	 row_given(const struct q_discount_rows *row, const int64_t *line);
/* The row that is, or NULL. */
const struct q_discount_rows
	*again_given(const struct again *a, const int64_t *line);
/* What this role may take off, of RATE_ONE. */
int64_t	 hand_limit(const struct shop *shop);

#endif
