/* SPDX-License-Identifier: ISC */
/* What the two halves of a verification share; nobody else includes this. */
#ifndef SHOP_VERIFY_PART_H
#define SHOP_VERIFY_PART_H

#include "shop/journal.h"
#include "sql/journal.h"

/* Payments of a posted ticket that an event covers. */
struct later {
	int64_t	sale, from, to;
};

struct verify {
	struct shop	*shop;
	unsigned	 what;		/* VERIFY_... */
	void		(*fn)(void *ctx, const char *finding);
	void		*ctx;
	int64_t		 records, bad;

	struct q_journal_keys	*keys;
	size_t			 nkeys;
	struct q_journal_heads	*heads;
	size_t			 nheads;
	struct later		*later;	/* met on the way, in order */
	size_t			 nlater, later_size;
};

void	 verify_found(struct verify *v, const char *fmt, ...) PRINTF(2, 3);
/* verify_rows.c: the rows a record is about, as they are now. */
int	 verify_rows(struct verify *v, const char *chain,
	    const struct q_journal_chain *row) MUST_CHECK;

#endif
