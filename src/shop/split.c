/* SPDX-License-Identifier: ISC */
/* Dividing what is due: by heads, by amount, over months. */
#include "shop/split.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

static int
split_heads(int n)
{
	return n >= 1 && n <= SPLIT_MOST ? 0 : err_set(ERR_RANGE,
	    _("a split is in 2 to %d parts"), SPLIT_MOST);
}

int
split_equal(int64_t total, int n, int64_t *out)
{
	int64_t	part, over;
	int	r;

	if ((r = split_heads(n)) != 0) {
		return r;
	}
	part = total / n;
	over = total % n;		/* below 0 where the total is */
	for (int i = 0; i < n; i++) {
		int64_t	unit = i < llabs(over) ? (over > 0 ? 1 : -1) : 0;

		out[i] = part + unit;
	}
	return 0;
}

int
split_rates(const int64_t *gross, size_t rates, int n, int64_t *out)
{
	int	turn = 0, r;

	if ((r = split_heads(n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < rates; i++) {
		int64_t	part = gross[i] / n, over = gross[i] % n;
		int64_t	unit = over > 0 ? 1 : -1;

		for (int head = 0; head < n; head++) {
			out[i * (size_t)n + (size_t)head] = part;
		}
		for (; over != 0; over -= unit) {
			out[i * (size_t)n + (size_t)turn] += unit;
			turn = (turn + 1) % n;
		}
	}
	return 0;
}

int
split_first(int64_t total, int64_t first, int n, int64_t *out)
{
	if (n < 2 || first < 0 || first > total) {
		return err_set(ERR_RANGE, _("nobody pays more than there is"));
	}
	out[0] = first;
	return split_equal(total - first, n - 1, out + 1);
}

static int
month_days(int year, int month)
{
	static const int	days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
				    31, 30, 31 };
	bool			leap = year % 4 == 0 && (year % 100 != 0 ||
				    year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

int
split_schedule(int64_t total, int n, const char *from,
    struct split_term *out)
{
	int64_t	part[SPLIT_MOST];
	int	year, month, day, r;

	if ((r = clock_day_check(from)) != 0 ||
	    (r = split_equal(total, n, part)) != 0) {
		return r;
	}
	year = (int)strtol(from, NULL, 10);
	month = (int)strtol(from + 5, NULL, 10);
	day = (int)strtol(from + 8, NULL, 10);
	for (int i = 0; i < n; i++) {
		int	last = month_days(year, month);

		(void)str_fmt(out[i].day, sizeof(out[i].day),
		    "%04d-%02d-%02d", year, month, day < last ? day : last);
		out[i].amount = part[i];
		year += month == 12 ? 1 : 0;
		month = month % 12 + 1;
	}
	return 0;
}
