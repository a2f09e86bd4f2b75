/* SPDX-License-Identifier: ISC */
/* Bar codes as what is drawn of them: widths of bars and spaces. */
#ifndef DRIVERS_BARS_H
#define DRIVERS_BARS_H

#include "base/buf.h"

/*
 * A digit for each bar and space in turn, a bar first, as wide as it says in
 * modules; appended to out.  *modules is the sum, the quiet zones of both
 * sides in it (*quiet each).  The text was checked by who made the slip.
 */
void	 bars_ean13(const char *digits, struct buf *out, int *modules,
	    int *quiet);
void	 bars_code128(const char *text, struct buf *out, int *modules,
	    int *quiet);

#endif
