/* SPDX-License-Identifier: ISC */
/* Shifts: a drawer from its opening to its count, and the figures of an X or
 * a Z.  What a drawer holds is never stored but summed: its movements and the
 * payments of its shift. */
#ifndef SHOP_SHIFT_H
#define SHOP_SHIFT_H

#include "base/clock.h"
#include "shop/shop.h"

struct shift {
	int64_t	id;
	char	z[40];			/* "Z1-000012"; "" while open */
	bool	open;
	bool	per_cashier;		/* else of its till, whoever is there */
	bool	drawer;			/* there is one to be counted */
	bool	automatic;		/* the first payment opened it */
	bool	forced;			/* nobody closed it */
	char	business_day[CLOCK_DAY_SIZE];
	int64_t	opened_at, closed_at;	/* 0 while open */
	int64_t	terminal_id, user_id;	/* 0: the shop's owner at a shell */
	char	terminal[NAME_SIZE], user[NAME_SIZE], closer[NAME_SIZE];
	int64_t	counted;		/* the count its Z says, or 0 */
};
int	 shift_get(struct shop *shop, int64_t id, struct shift *out)
	    MUST_CHECK;

/*
 * Inside the transaction of a payment or a posting: the open shift of this
 * till (or cashier, setting shift_per), in whose drawer the money goes.  One
 * that was forgotten is closed first, and where none is open one opens by
 * itself (setting shift_open is "auto"), with what the last closing left in
 * the drawer as its float; else ERR_EMPTY, and the text says :open.
 */
int	 shift_for_payment(struct shop *shop, int64_t *shift) MUST_CHECK;
/* The open one, or 0; opens and closes nothing. */
int	 shift_now(struct shop *shop, int64_t *shift) MUST_CHECK;
/*
 * Right "shift".  `amount`: the float of the shop's own money; NULL: what the
 * last closing left.  ERR_EXISTS when one is open: since when.
 */
int	 shift_open(struct shop *shop, const int64_t *amount, int64_t *shift)
	    MUST_CHECK;
/* Somebody begins to work here: a forgotten shift is closed, whatever their
 * rights.  *forced is it, or 0. */
int	 shift_start(struct shop *shop, int64_t *forced) MUST_CHECK;
/* The business day of a shift is that of all its tickets. */
int	 shift_day(struct shop *shop, int64_t shift,
	    char out[static CLOCK_DAY_SIZE]) MUST_CHECK;

/* What one shift comes to.  closing_done() frees. */
struct closing_total {
	char	tender[16], label[32];
	char	currency[4];		/* "": the shop's own */
	bool	cash, drawer;		/* gives change; lies in the drawer */
	int64_t	opened, moved;		/* float; in, out and drops */
	int64_t	taken, payments;	/* money that came in, how often */
	int64_t	expected;		/* the sum of these three */
	bool	is_counted;
	int64_t	counted, left;		/* found; stays for the next shift */
};

struct closing_vat {
	char	name[16], letter[4];
	int	part;
	int64_t	rate, gross, net, vat;
};

struct closing_user {
	char	name[NAME_SIZE];
	int64_t	tickets, amount;
};

/* tickets, not_turnover, returns, discounts, offers, tips, advances (paid for
 * tickets of other shifts), paid_before, rounding, voids, reversals, prices,
 * cancelled, duplicates, no_sales, counts; stored by name. */
struct closing_figure {
	char	name[24];
	int64_t	count, amount;
};

struct closing {
	struct shift		 shift;
	struct closing_total	*totals;
	struct closing_vat	*vats;
	struct closing_user	*users;
	struct closing_figure	*figures;
	size_t			 ntotals, nvats, nusers, nfigures;
};
/* Summed from rows that are frozen once the shift is closed: the same whenever
 * it is asked.  No right of its own. */
int	 closing_read(struct shop *shop, int64_t shift, struct closing *out)
	    MUST_CHECK;
void	 closing_done(struct closing *closing);
/* 0 and 0 for a name it does not know. */
const struct closing_figure *closing_figure(const struct closing *closing,
	    const char *name);

/* What somebody may see of it: all, or, before the drawer was counted and
 * without the right "expected", nothing that tells what the drawer holds. */
int	 shift_sees(struct shop *shop, int64_t shift, bool *out) MUST_CHECK;

struct shift_brief {
	int64_t	id;
	bool	open, forced, counted;
	char	z[40], business_day[CLOCK_DAY_SIZE];
	char	terminal[NAME_SIZE], user[NAME_SIZE];
	int64_t	opened_at, closed_at;
	int64_t	tickets, amount;	/* of a closed one */
	int64_t	gap;			/* of the shop's own cash */
};
/* Right "shift"; newest first; free(*rows). */
int	 shift_list(struct shop *shop, bool open, int64_t limit,
	    struct shift_brief **rows, size_t *n) MUST_CHECK;
/* "Z1-000012", or the id of one that is open. */
int	 shift_by_name(struct shop *shop, const char *name, int64_t *shift)
	    MUST_CHECK;

/*
 * Close it: figures written down, numbered, frozen, what was found too much
 * or too little in the drawer is a movement of its own, the Z queued; all or
 * nothing.  Right "shift", and "expected" for the shift of another till or
 * cashier or without a count.  ERR_EMPTY: not counted since the drawer last
 * moved; ERR_BUSY: sales are still open (shift_sales()).
 */
struct shift_how {
	const int64_t	*left;		/* in the drawer; NULL: all of it */
	bool		 uncounted;
	bool		 leave;		/* open sales stay open */
	bool		 history;	/* a past made up: nothing is printed */
};
int	 shift_close(struct shop *shop, int64_t shift,
	    const struct shift_how *how) MUST_CHECK;

struct shift_sale {
	int64_t	id, total, lines;
	char	name[64], user[NAME_SIZE];
	bool	part_paid;
};
/* The open sales of its till or cashier; free(*rows). */
int	 shift_sales(struct shop *shop, const struct shift *shift,
	    struct shift_sale **rows, size_t *n) MUST_CHECK;

struct slip;
/* The X of an open shift, the Z of a closed one; duplicate n says DUPLICATA.
 * `sees` false: the X of who may not know. */
int	 shift_slip(struct shop *shop, const struct closing *closing,
	    int64_t duplicate, bool sees, struct slip *out) MUST_CHECK;
/* Right "shift": print the X. */
int	 shift_x(struct shop *shop, int64_t shift) MUST_CHECK;
/* Rights "shift", "reprint": count, journal and queue a DUPLICATA of its Z. */
int	 shift_reprint(struct shop *shop, int64_t shift, int64_t *n)
	    MUST_CHECK;

#endif
