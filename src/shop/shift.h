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

/* tickets, returns, rounding, voids, reversals, prices, cancelled, duplicates,
 * no_sales, counts; a name is stored and never changes. */
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

#endif
