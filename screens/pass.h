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

#endif
