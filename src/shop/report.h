/* SPDX-License-Identifier: ISC */
/* Reports: one file each under sql/report, run read-only with a limit; the
 * shell, the screens and the exporters read the same list. */
#ifndef SHOP_REPORT_H
#define SHOP_REPORT_H

#include "base/clock.h"
#include "base/value.h"
#include "shop/shop.h"

#define REPORT_COLUMNS	16
#define REPORT_PARAMS	4

struct report_column {
	char		key[32];	/* English snake_case */
	char		title[48];	/* N_(): translate when shown */
	enum value_kind	kind;
};

/*
 * From the head of a report file:
 *	-- report: Day: sales, VAT and tenders
 *	-- right: report
 *	-- param: day day		(kinds of base/value.h; the first "day"
 *					 is today when it is not given)
 *	-- column: rate rate VAT %	(key, kind, title; in SELECT's order)
 *	-- chart: gross			(the column a chart shows; optional)
 *	-- words: sales; VAT		(text of the rows that is translated)
 * A value that is not given is NULL; :me is who asks (0 the owner), for what
 * not everybody may see of it.
 */
struct report {
	char			 name[32], title[80], chart[32];
	enum right		 right;
	struct report_column	 column[REPORT_COLUMNS];
	size_t			 ncolumns;
	struct report_column	 param[REPORT_PARAMS];
	size_t			 nparams;
	const char		*sql;
};

size_t	 report_total(void);
/* The nth of report_total(), by name; ERR_CONFIG when its head is wrong. */
int	 report_nth(size_t n, struct report *out) MUST_CHECK;
int	 report_find(const char *name, struct report *out) MUST_CHECK;

/* "today", "yesterday" (also in the user's language) or YYYY-MM-DD; NULL is
 * today's business day. */
int	 report_day(struct shop *shop, const char *text,
	    char out[static CLOCK_DAY_SIZE]) MUST_CHECK;

/* One value of a row: text borrowed during fn() only. */
struct report_value {
	bool		 null;
	int64_t		 number;
	const char	*text;		/* for kinds TEXT and DAY, else NULL */
};
/* Checks the right; `arg` in the order of the parameters. */
int	 report_run(struct shop *shop, const struct report *report,
	    const char *const *arg, size_t nargs,
	    int (*fn)(void *ctx, const struct report_value *row), void *ctx)
	    MUST_CHECK;

#endif
