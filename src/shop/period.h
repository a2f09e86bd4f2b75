/* SPDX-License-Identifier: ISC */
/* When something holds: days of the calendar, weekdays, hours of the day.
 * Pure; the zone is the process's. */
#ifndef SHOP_PERIOD_H
#define SHOP_PERIOD_H

#include "base/clock.h"

#define PERIOD_TEXT	64
#define DAY_MINUTES	1440
#define PERIOD_WEEK	127		/* all seven bits */

struct period {
	char	since[CLOCK_DAY_SIZE];	/* first day, "" open */
	char	until[CLOCK_DAY_SIZE];	/* last day, included; "" open */
	int	days;			/* bit 0 Monday … bit 6 Sunday */
	int	from, to;		/* minutes of the day, `to` excluded;
					 * from > to goes past midnight and
					 * belongs to the day it began */
};
#define PERIOD_ALWAYS	{ .days = PERIOD_WEEK, .to = DAY_MINUTES }

/* A moment as a period looks at it. */
struct moment {
	char	day[CLOCK_DAY_SIZE];
	int	weekday;		/* 0 Monday */
	int	minute;
};
struct moment moment_of(int64_t ms);
bool	 period_holds(const struct period *p, const struct moment *at);
/* It holds at any time. */
bool	 period_open(const struct period *p);

/* "mon-fri", "sat,sun", "lun-ven"; ERR_INVALID. */
int	 period_days(struct period *p, const char *text) MUST_CHECK;
/* "17:00-19:00", "22-2"; ERR_INVALID. */
int	 period_hours(struct period *p, const char *text) MUST_CHECK;
/* Days "2026-11-20"; "" takes the bound away; ERR_INVALID. */
int	 period_since(struct period *p, const char *day) MUST_CHECK;
int	 period_until(struct period *p, const char *day) MUST_CHECK;
/* "mon-fri 17:00-19:00 from 2026-11-20"; "" when it always holds. */
void	 period_text(const struct period *p, char out[static PERIOD_TEXT]);

#endif
