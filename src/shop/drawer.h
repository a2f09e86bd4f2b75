/* SPDX-License-Identifier: ISC */
/* The drawer of a shift: what goes in and out beside sales, and counting it. */
#ifndef SHOP_DRAWER_H
#define SHOP_DRAWER_H

#include "shop/shift.h"

#define DRAWER_REASON	120		/* bytes of a reason */

/* name (stored), label: what a slip and the screens call it. */
#define DRAWER_KINDS(X) \
	X(FLOAT,    "float",    N_("Opening float")) \
	X(PAY_IN,   "pay_in",   N_("Pay-in")) \
	X(PAY_OUT,  "pay_out",  N_("Pay-out")) \
	X(DROP,     "drop",     N_("Cash drop")) \
	X(NO_SALE,  "no_sale",  N_("No sale")) \
	X(SURPLUS,  "surplus",  N_("Surplus")) \
	X(SHORTAGE, "shortage", N_("Shortage"))

enum drawer_kind {
#define X(id, name, label) DRAWER_##id,
	DRAWER_KINDS(X)
#undef X
	DRAWER_KIND_COUNT
};
const char *drawer_kind_name(enum drawer_kind kind);
const char *drawer_kind_text(enum drawer_kind kind);	/* translated */

/*
 * Right "drawer": cash in or out (kinds PAY_IN, PAY_OUT, DROP), in the open
 * shift or one that opens by itself.  `amount` is above 0, `currency` "" the
 * shop's own; a reason is asked for but of a drop (ERR_EMPTY).  The drawer
 * opens and a slip is printed.  ERR_RANGE: it cannot hold that much.
 */
int	 drawer_move(struct shop *shop, enum drawer_kind kind,
	    const char *currency, int64_t amount, const char *reason)
	    MUST_CHECK;

struct drawer_move {
	int64_t			id, amount, at;	/* out is below 0 */
	enum drawer_kind	kind;
	char			tender[16], currency[4];
	char			reason[DRAWER_REASON], user[NAME_SIZE];
};
/* Oldest first; free(*rows). */
int	 drawer_moves(struct shop *shop, int64_t shift,
	    struct drawer_move **rows, size_t *n) MUST_CHECK;
/* Inside a transaction: the drawer was opened without a sale. */
int	 drawer_no_sale(struct shop *shop, const char *reason) MUST_CHECK;
/* Does a drawer stand at this terminal?  drawer_here(): ERR_INVALID where
 * none does. */
int	 drawer_stands(struct shop *shop, bool *out) MUST_CHECK;
int	 drawer_here(struct shop *shop) MUST_CHECK;

/*
 * What is to be counted, one row each: the coins and notes of the cash, of
 * each currency that came in, and the other things that lie in the drawer as
 * one amount (value 0, n is the amount).  Free with free().
 */
struct drawer_line {
	char	tender[16], label[32], currency[4];
	int64_t	value;			/* of one; minor units of currency */
	int64_t	n;			/* how many */
};
int	 drawer_sheet(struct shop *shop, int64_t shift,
	    struct drawer_line **rows, size_t *n) MUST_CHECK;
/*
 * Right "shift": so many of one of these were counted so far; the next
 * drawer_sheet() has it, whoever asks.  A draft that nobody answers for: not
 * audited.  drawer_count() takes it away, and drawer_forget() does.
 */
int	 drawer_note(struct shop *shop, int64_t shift,
	    const struct drawer_line *line) MUST_CHECK;
int	 drawer_forget(struct shop *shop, int64_t shift) MUST_CHECK;
/* Every coin and note of a currency ("" the shop's), ascending, 0 ends; NULL
 * when it is not known. */
const int64_t *drawer_values(const struct shop *shop, const char *currency);

/* Right "shift": write down what was found; rows with n 0 were not there. */
int	 drawer_count(struct shop *shop, int64_t shift,
	    const struct drawer_line *rows, size_t n, int64_t *count)
	    MUST_CHECK;
struct drawer_counted {
	int64_t	id, at;			/* 0: never counted */
	bool	old;			/* the drawer moved since */
	bool	seen;			/* who counted knew what should be */
	char	user[NAME_SIZE];
};
int	 drawer_counted(struct shop *shop, int64_t shift,
	    struct drawer_counted *out) MUST_CHECK;
/* What an open shift comes to with its newest count, if that is not old. */
int	 drawer_closing(struct shop *shop, int64_t shift,
	    struct closing *out) MUST_CHECK;

/* What would explain that the cash is off by exactly that much. */
enum gap_kind {
	GAP_TENDER = 1,			/* paid by something else */
	GAP_MOVE,			/* a movement of that amount */
	GAP_NOTE,			/* one note taken for another */
	GAP_CANCELLED,			/* a sale that was cancelled */
	GAP_TICKET,			/* a ticket of exactly that */
	GAP_CHANGE,			/* a note too much or too little back */
	GAP_OPENED,			/* the drawer was opened */
};
struct gap_hint {
	enum gap_kind	kind;
	int64_t		sale;		/* 0: no ticket */
	char		ticket[32], tender[16];
	bool		single;		/* paid by that one tender */
	int64_t		at, amount;
	char		text[160];	/* in words */
};
/* Likeliest first; needs the sight of the figures.  free(*rows). */
int	 gap_explain(struct shop *shop, int64_t shift, int64_t gap,
	    struct gap_hint **rows, size_t *n) MUST_CHECK;

#endif
