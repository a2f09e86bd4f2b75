/* SPDX-License-Identifier: ISC */
/* Time: milliseconds UTC for facts, the boot clock for timeouts. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/base.h"

#define CLOCK_ISO_SIZE	25		/* 2026-11-20T12:30:15.000Z and NUL */
#define CLOCK_DAY_SIZE	11		/* 2026-11-20 and NUL */

/* Milliseconds since 1970 UTC. */
int64_t clock_now_ms(void);
/* Milliseconds since boot, suspended time included; only for differences. */
int64_t clock_boot_ms(void);
/* ISO 8601 UTC with milliseconds. */
void clock_iso(int64_t ms, char out[static CLOCK_ISO_SIZE]);
/* Local date and time (zone of the process, TZ) by strftime(3) format. */
void clock_local(int64_t ms, const char *format, char *out, size_t size);
/* That hour of the local day a moment belongs to. */
int64_t clock_at(int64_t ms, int hour, int minute);
/* Noon of a day that is one. */
int64_t clock_day_noon(const char *day);
/* "19:30 ", "19h30" or "19h" at the start of a text: that hour of the day of
 * `day`; how many bytes that was, with the blanks behind it, 0 no hour. */
size_t clock_hour(const char *text, int64_t day, int64_t *ms);
/* The same of the night that lies ahead: an hour that passed more than an
 * hour ago is tomorrow's. */
size_t clock_hour_next(const char *text, int64_t now, int64_t *ms);
/*
 * The business day a moment belongs to, as YYYY-MM-DD local time: before
 * `day_start_hour` it is still the day before (domain.md K05).
 */
void clock_business_day(int64_t ms, int day_start_hour,
    char out[static CLOCK_DAY_SIZE]);
/* YYYY-MM-DD really names a day; ERR_INVALID if not. */
int clock_day_check(const char *day) MUST_CHECK;
/* As a person writes it: 2026-11-20, 20/11/2026, 20.11.26; `day` is as above.
 * The same refusals. */
int clock_day_read(const char *text, char day[static CLOCK_DAY_SIZE])
    MUST_CHECK;
/* The day so many days later, by the calendar; `day` is one. */
void clock_day_step(const char *day, int days,
    char out[static CLOCK_DAY_SIZE]);

#endif
