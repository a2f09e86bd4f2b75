/* SPDX-License-Identifier: ISC */
/* A backup in the shop's place, and the numbers that may not come again. */
#ifndef SHOP_RESTORE_H
#define SHOP_RESTORE_H

#include "shop/journal.h"

/* Tickets on paper that the restored shop does not know. */
struct restore_lost {
	char	series[48];
	int64_t	first, last;
};

struct restored {
	char			 life[JOURNAL_LIFE];	/* ".2" */
	struct restore_lost	*lost;
	size_t			 nlost;
	bool			 new_key;	/* the old one is gone */
	char			*aside;	/* the state before; NULL none */
};

/* Whether the shop's own witness knows what was printed. */
bool	 restore_witnessed(const char *dir);
/*
 * The new life of the database numbers its tickets in a segment that neither
 * the backup, nor the witness, nor `printed` (the number on the last ticket
 * that came out of any printer; NULL: not known) has seen; an event and an
 * audit row say so.  The owner's shell only.  Free with restored_done(), also
 * after a failure.
 */
int	 shop_restore(const char *dir, const char *backup, const char *printed,
	    struct restored *out) MUST_CHECK;
void	 restored_done(struct restored *r);

#endif
