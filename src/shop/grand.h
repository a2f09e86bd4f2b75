/* SPDX-License-Identifier: ISC */
/* Closing a shift, a day, a month, a year of a till: what its tickets add up
 * to, and the two totals that never go back (domain.md 1.3). */
#ifndef SHOP_GRAND_H
#define SHOP_GRAND_H

#include "shop/sale.h"

#define GRAND_RATES	32

enum grand_level {
	GRAND_SHIFT,
	GRAND_DAY,
	GRAND_MONTH,
	GRAND_YEAR,
	GRAND_LEVELS
};

/* Only turnover: no vouchers, tips or payments on account, no training. */
struct grand {
	int64_t			id;		/* 0: not closed, just added */
	int64_t			till;		/* terminal; 0 the shell */
	enum grand_level	level;
	int64_t			seq;		/* gapless, of till and level */
	char			period[11];	/* "2026-11-20", "2026-11" */
	int64_t			shift;		/* of a shift, else 0 */
	int64_t			at;
	bool			forced;		/* after its time */
	int64_t			tickets, refunds;
	int64_t			total;		/* refunds taken off */
	int64_t			absolute;	/* refunds added */
	int64_t			perpetual, perpetual_absolute;
	struct sale_vat		vat[GRAND_RATES];
	int			nvat;
	int64_t			audit;		/* last row of it covered */
	char			audit_hash[65];
	int64_t			journal;
	char			hash[65];	/* of its record */
};

const char *grand_level_name(enum grand_level level);
int	 grand_level_find(const char *name, enum grand_level *out)
	    MUST_CHECK;

/*
 * Inside the transaction that closes a shift, after the last of its rows: the
 * GRANDTOTAL record of its till, and the days, months and years whose time
 * has come.  grand_shift() also says what was closed.
 */
int	 closing_shift(struct shop *shop, int64_t shift) MUST_CHECK;
int	 grand_shift(struct shop *shop, int64_t shift, struct grand *out)
	    MUST_CHECK;
/* The same figures of a shift that goes on, for an X: nothing is written. */
int	 grand_look(struct shop *shop, int64_t shift, struct grand *out)
	    MUST_CHECK;

/*
 * Inside a posting: the day may be sold on (ERR_INVALID: it is closed and the
 * country is strict about it), and what this till did not close in time is
 * closed first, dated to its period.
 */
int	 grand_sell(struct shop *shop, int64_t till, const char *day)
	    MUST_CHECK;
/* When a session starts: what no till closed in time.  Cheap when there is
 * nothing; a transaction of its own else. */
int	 grand_catch_up(struct shop *shop) MUST_CHECK;
/* Right "closing", a transaction: the present business day of every till, not
 * sold on any more; *count days were closed.  ERR_EMPTY: none to close;
 * ERR_BUSY: a shift is open. */
int	 grand_day(struct shop *shop, int64_t *count) MUST_CHECK;

int	 grand_load(struct shop *shop, int64_t id, struct grand *out)
	    MUST_CHECK;
/* For `comptoir check`: sums, perpetual totals and numbers of all closings
 * against the tickets, and every ticket's place in the journal. */
int	 grand_check(struct shop *shop,
	    void (*fn)(void *ctx, const char *finding), void *ctx)
	    MUST_CHECK;
/* Right "audit"; newest first, level NULL for all. */
int	 grand_list(struct shop *shop, const char *level, int64_t limit,
	    int (*fn)(void *ctx, const struct grand *g, const char *terminal),
	    void *ctx) MUST_CHECK;
/* Of a shift that was closed; ERR_NOT_FOUND. */
int	 grand_of_shift(struct shop *shop, int64_t shift,
	    struct grand *out) MUST_CHECK;

#endif
