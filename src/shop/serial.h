/* SPDX-License-Identifier: ISC */
/* Serial numbers: which piece was sold, and that none is sold twice. */
#ifndef SHOP_SERIAL_H
#define SHOP_SERIAL_H

#include "shop/product.h"

#define SERIAL_MAX	48		/* bytes of one */

/* As it is stored: no blanks around it, capitals; ERR_INVALID. */
int	 serial_clean(const char *text, char out[static SERIAL_MAX + 1])
	    MUST_CHECK;
/* The same, where there may be none: NULL or "". */
int	 serial_read(const char *text, char out[static SERIAL_MAX + 1])
	    MUST_CHECK;
/* What answers the question for a number: typed, or out of the GS1 text that
 * was scanned.  ERR_INVALID for the code of an item, or a piece of another. */
int	 serial_scanned(struct shop *shop, int64_t product, const char *text,
	    char out[static SERIAL_MAX + 1]) MUST_CHECK;
/*
 * May this piece be put on that sale (0: a new one)?  ERR_EMPTY when the
 * product needs a number and there is none, ERR_EXISTS when that piece is
 * out: the words say on which ticket.  The database's trigger says the same
 * when two tills ask at once.
 */
int	 serial_free(struct shop *shop, const struct product *p,
	    const char *serial, int64_t sale) MUST_CHECK;

/*
 * May this piece come in, or leave that place?  0 where the product has no
 * numbers; ERR_EMPTY when it needs one and there is none, ERR_EXISTS or
 * ERR_NOT_FOUND in words that name it.  The ledger's trigger says the first of
 * these when two ask at once.
 */
int	 serial_moves(struct shop *shop, const struct product *p,
	    const char *serial, int64_t place, bool in) MUST_CHECK;

/* One line of a piece's life. */
struct serial_row {
	const char	*code, *name, *serial;
	const char	*ticket;	/* "" while the sale is open; or the
					 * stock's document */
	const char	*kind;		/* how the stock moved; "" a sale */
	int64_t		 at, qty;	/* of a sale < 0: it came back; of the
					 * stock < 0: it left */
};
/* Right "sales"; what became of a number, oldest first: how it came,
 * where it went, was sold and came back. */
int	 serial_list(struct shop *shop, const char *serial,
	    int (*fn)(void *ctx, const struct serial_row *row), void *ctx)
	    MUST_CHECK;

#endif
