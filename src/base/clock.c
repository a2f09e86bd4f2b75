/* SPDX-License-Identifier: ISC */
/* Clocks and calendar; the zone is the process's TZ, set from shop.conf. */
#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t
clock_read(clockid_t id)
{
	struct timespec	ts;

	if (clock_gettime(id, &ts) != 0) {
		return 0;
	}
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
clock_now_ms(void)
{
	return clock_read(CLOCK_REALTIME);
}

int64_t
clock_boot_ms(void)
{
	return clock_read(CLOCK_BOOTTIME);
}

static time_t
clock_seconds(int64_t ms, int *rest)
{
	int64_t	s = ms / 1000, r = ms % 1000;

	if (r < 0) {
		r += 1000;
		s--;
	}
	if (rest != NULL) {
		*rest = (int)r;
	}
	return (time_t)s;
}

void
clock_iso(int64_t ms, char out[static CLOCK_ISO_SIZE])
{
	struct tm	tm;
	int		rest;
	time_t		t = clock_seconds(ms, &rest);
	char		text[64];

	if (gmtime_r(&t, &tm) == NULL || tm.tm_year > 8099 || tm.tm_year < 0) {
		out[0] = '?';
		out[1] = '\0';
		return;
	}
	(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(out, CLOCK_ISO_SIZE, "%.19s.%03uZ", text,
	    (unsigned)rest % 1000U);
}

void
clock_local(int64_t ms, const char *format, char *out, size_t size)
{
	struct tm	tm;
	time_t		t = clock_seconds(ms, NULL);

	if (size == 0) {
		return;
	}
	out[0] = '\0';
	if (localtime_r(&t, &tm) == NULL ||
	    strftime(out, size, format, &tm) == 0) {
		out[0] = '\0';
	}
}

int64_t
clock_at(int64_t ms, int hour, int minute)
{
	time_t		t = (time_t)(ms / 1000);
	struct tm	tm = { 0 };

	(void)localtime_r(&t, &tm);
	tm.tm_hour = hour;
	tm.tm_min = minute;
	tm.tm_sec = 0;
	tm.tm_isdst = -1;
	return (int64_t)mktime(&tm) * 1000;
}

int64_t
clock_day_noon(const char *day)
{
	struct tm	tm = { .tm_hour = 12, .tm_isdst = -1 };

	tm.tm_year = (int)strtol(day, NULL, 10) - 1900;
	tm.tm_mon = (int)strtol(day + 5, NULL, 10) - 1;
	tm.tm_mday = (int)strtol(day + 8, NULL, 10);
	return (int64_t)mktime(&tm) * 1000;
}

size_t
clock_hour(const char *text, int64_t day, int64_t *ms)
{
	size_t	n = strspn(text, "0123456789"), m;
	int	hour, minute;

	if (n < 1 || n > 2 || (text[n] != ':' && text[n] != 'h')) {
		return 0;
	}
	m = strspn(text + n + 1, "0123456789");
	if ((m != 2 && (m != 0 || text[n] != 'h')) ||
	    (text[n + 1 + m] != ' ' && text[n + 1 + m] != '\0')) {
		return 0;
	}
	hour = (int)strtol(text, NULL, 10);
	minute = m == 0 ? 0 : (int)strtol(text + n + 1, NULL, 10);
	if (hour > 23 || minute > 59) {
		return 0;
	}
	*ms = clock_at(day, hour, minute);
	n += 1 + m;
	return n + strspn(text + n, " ");
}

size_t
clock_hour_next(const char *text, int64_t now, int64_t *ms)
{
	/* Noon and a day is tomorrow, however long today is. */
	int64_t	tomorrow = clock_at(now, 12, 0) + INT64_C(24) * 3600000;
	size_t	n = clock_hour(text, now, ms);

	return n == 0 || *ms >= now - 3600000 ? n :
	    clock_hour(text, tomorrow, ms);
}

void
clock_business_day(int64_t ms, int day_start_hour,
    char out[static CLOCK_DAY_SIZE])
{
	struct tm	tm;
	time_t		t = clock_seconds(ms, NULL);

	if (localtime_r(&t, &tm) == NULL) {
		(void)snprintf(out, CLOCK_DAY_SIZE, "1970-01-01");
		return;
	}
	/* By the calendar, not by seconds: a clock change moves no ticket.
	 * mktime() looks for a new /etc/localtime each time. */
	if (tm.tm_hour < day_start_hour) {
		tm.tm_mday--;
		tm.tm_hour = 12;
		tm.tm_min = tm.tm_sec = 0;
		tm.tm_isdst = -1;
		(void)mktime(&tm);
	}
	(void)strftime(out, CLOCK_DAY_SIZE, "%Y-%m-%d", &tm);
}

int
clock_day_check(const char *day)
{
	struct tm	tm = { 0 }, back;
	char		text[CLOCK_DAY_SIZE];
	const char	*end;

	if (strlen(day) != 10 ||
	    (end = strptime(day, "%Y-%m-%d", &tm)) == NULL || *end != '\0') {
		return err_set(ERR_INVALID,
		    _("%.20s is no day; write it as 2026-11-20"), day);
	}
	back = tm;
	back.tm_hour = 12;
	back.tm_isdst = -1;
	(void)mktime(&back);
	(void)strftime(text, sizeof(text), "%Y-%m-%d", &back);
	if (strcmp(text, day) != 0) {
		return err_set(ERR_INVALID,
		    _("%s is not in the calendar"), day);
	}
	return 0;
}

int
clock_day_read(const char *text, char day[static CLOCK_DAY_SIZE])
{
	int	d, m, y, end = 0;

	if (sscanf(text, "%2d%*1[/.]%2d%*1[/.]%4d%n", &d, &m, &y, &end) == 3 &&
	    text[end] == '\0' && d > 0 && m > 0 && y >= 0 &&
	    (y < 100 || y > 999)) {
		(void)snprintf(day, CLOCK_DAY_SIZE, "%04u-%02u-%02u",
		    (unsigned)(y < 100 ? 2000 + y : y) % 10000U,
		    (unsigned)m % 100U, (unsigned)d % 100U);
		if (clock_day_check(day) != 0) {
			return err_set(ERR_INVALID,
			    _("%s is not in the calendar"), text);
		}
		return 0;
	}
	if (strlen(text) != 10 || text[4] != '-') {
		return err_set(ERR_INVALID, _("%.20s is no day; write it as "
		    "20/11/2026 or 2026-11-20"), text);
	}
	(void)snprintf(day, CLOCK_DAY_SIZE, "%s", text);
	return clock_day_check(text);
}

void
clock_day_step(const char *day, int days, char out[static CLOCK_DAY_SIZE])
{
	struct tm	tm = { 0 };

	(void)strptime(day, "%Y-%m-%d", &tm);
	tm.tm_mday += days;
	tm.tm_hour = 12;
	tm.tm_isdst = -1;
	(void)mktime(&tm);
	(void)strftime(out, CLOCK_DAY_SIZE, "%Y-%m-%d", &tm);
}
