/* SPDX-License-Identifier: ISC */
/* A short list held in memory: what users, terminals and printers need. */
#ifndef SCREENS_ROWS_H
#define SCREENS_ROWS_H

#include "term/widgets.h"

struct rows {
	struct list_row	*row;		/* cells with a tab between two */
	size_t		 n, room;
};

void	 rows_clear(struct rows *r);
void	 rows_add(struct rows *r, int64_t id, enum style style,
	    const char *fmt, ...) PRINTF(4, 5);
/* For list_init(), with the struct rows as its ctx. */
extern const struct list_source rows_source;

#endif
