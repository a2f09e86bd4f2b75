/* SPDX-License-Identifier: ISC */
/* Between the room and the kitchen. */
#ifndef SCREENS_PASS_H
#define SCREENS_PASS_H

#include "shop/shop.h"
#include "term/term.h"

/* `n` pieces of a sale were just sent: says so, or, once for each trouble,
 * where the paper comes out while a station's printer is out. */
void	 pass_sent(struct session *s, int64_t sale, int64_t n);
/* What :fire asks for: nothing (`waits`, the course on the screen), "all", or
 * the number of one. */
int	 pass_fire(const char *text, int waits, int *seen, bool *all)
	    MUST_CHECK;

/*
 * A bare :fire, or its key, right after one's own of the same party asks
 * first: it may be the same key twice, or an answer that got lost with the
 * line.  *turn is the question, under that tag; whoever says yes fires `waits`.
 */
bool	 pass_fire_asked(struct session *s, int tag, int64_t sale, int waits,
	    const char *text, enum turn *turn);

/*
 * Before they pay: what was not sent may stand at a table already, and only
 * who sold it knows.  *turn asks, under that tag; what is fetched or brought
 * goes to the kitchen with the payment, unasked.
 */
bool	 pass_unsent_asked(struct session *s, int tag, int64_t sale,
	    enum turn *turn);
/* What was chosen, for the sale at that version: send it, or they have it. */
int	 pass_unsent(struct shop *shop, int64_t sale, int64_t version,
	    int64_t choice) MUST_CHECK;

#endif
