/* SPDX-License-Identifier: ISC */
/* Asking what a product comes in and with: sizes, steps of a menu, how it is
 * done.  The same screen for all of it, one step after the other. */
#ifndef SCREENS_CHOOSE_H
#define SCREENS_CHOOSE_H

#include "shop/option.h"
#include "term/term.h"

struct choose_arg {
	const struct product *product;
	int64_t		 qty;		/* shown before its name */
	const int64_t	*picks;		/* what is chosen so far */
	size_t		 npicks;
	bool		 again;		/* a line has them: all steps */
};
/*
 * Ends ok with value, the variant's product, or 0 and the choices' ids in the
 * text ("12 15 ").
 */
size_t	 choose_picks(const char *text,
	    int64_t picks[static OPTION_PICKS]);

#endif
