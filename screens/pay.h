/* SPDX-License-Identifier: ISC */
/* Taking money for a sale that another screen shows. */
#ifndef SCREENS_PAY_H
#define SCREENS_PAY_H

#include "shop/sale.h"
#include "term/term.h"

/* Shared with the screen below, which draws it; reloaded at every payment. */
struct pay_arg {
	struct sale	*sale;
};

/*
 * "20", "30c", "c", "": take that much, say what is refused (TURN_KEEP).
 * Change above the largest note wants the same text twice: `doubt` remembers
 * the first time.  *posted: the sale has its ticket.
 */
enum turn pay_text(struct session *s, struct sale *sale, const char *text,
	    char *doubt, size_t doubt_size, bool *posted);

/* Correct how a ticket was paid: letter or name of the right tender. */
int	 pay_again(struct shop *shop, int64_t sale, const char *tender)
	    MUST_CHECK;

#endif
