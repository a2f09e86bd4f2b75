/* SPDX-License-Identifier: ISC */
/* Taking money for a sale that another screen shows. */
#ifndef SCREENS_PAY_H
#define SCREENS_PAY_H

#include "shop/entry.h"
#include "shop/sale.h"
#include "term/term.h"

/* Shared with the screen below, which draws it; reloaded at every payment. */
struct pay_arg {
	struct sale	*sale;
	bool		 over_bill;	/* what is below is one of it */
};

/* One attempt after another: what was doubted, what is still to be split. */
struct pay_try {
	char	text[ENTRY_WORDS];	/* tried last */
	char	more[ENTRY_WORDS];	/* behind it: what a question brought */
	bool	doubted;		/* the same once more is meant */
	bool	asks;			/* a number is to be said yet */
	bool	posted;			/* the sale has its ticket */
	int	heads;			/* shares still to pay; 0 no split */
};

/*
 * "20", "30c", "c", "", "30 usd", "52c tip", "50q 1234567": take that much,
 * say what is refused (TURN_KEEP).  What is doubted wants the same text twice.
 */
enum turn pay_text(struct session *s, struct sale *sale, const char *text,
	    struct pay_try *try);

/* Asks how a ticket was really paid, with the letters of all ways to. */
enum turn pay_ask_again(struct session *s, int tag, const char *question,
	    const char *initial);
/* Correct how a ticket was paid: letter or name of the right tender, and its
 * reference where it wants one. */
int	 pay_again(struct shop *shop, int64_t sale, const char *text)
	    MUST_CHECK;

#endif
