/* SPDX-License-Identifier: ISC */
/* When something holds: days of the calendar, weekdays, hours of the day. */
#include "shop/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"

static const char *const period_weekdays[] = {
	N_("mon"), N_("tue"), N_("wed"), N_("thu"), N_("fri"), N_("sat"),
	N_("sun"),
};

struct moment
moment_of(int64_t ms)
{
	struct moment	m = { .weekday = 0 };
	char		text[32];

	clock_local(ms, "%Y-%m-%d", m.day, sizeof(m.day));
	clock_local(ms, "%u %H %M", text, sizeof(text));
	if (strlen(text) == strlen("1 23 59")) {
		m.weekday = text[0] - '1';
		m.minute = (int)strtol(text + 2, NULL, 10) * 60 +
		    (int)strtol(text + 5, NULL, 10);
	}
	return m;
}

bool
period_open(const struct period *p)
{
	return p->since[0] == '\0' && p->until[0] == '\0' &&
	    p->days == PERIOD_WEEK && p->from == 0 && p->to == DAY_MINUTES;
}

static bool
period_on(const struct period *p, const char *day, int weekday)
{
	return (p->days & 1 << weekday) != 0 &&
	    (p->since[0] == '\0' || strcmp(p->since, day) <= 0) &&
	    (p->until[0] == '\0' || strcmp(day, p->until) <= 0);
}

bool
period_holds(const struct period *p, const struct moment *at)
{
	char	before[CLOCK_DAY_SIZE];

	if (p->from < p->to) {
		return at->minute >= p->from && at->minute < p->to &&
		    period_on(p, at->day, at->weekday);
	}
	if (at->minute >= p->from) {
		return period_on(p, at->day, at->weekday);
	}
	if (at->minute >= p->to) {
		return false;
	}
	clock_day_step(at->day, -1, before);
	return period_on(p, before, (at->weekday + 6) % 7);
}

/* A weekday in English or in the user's language; -1 for none. */
static int
period_weekday(const char *text, size_t n)
{
	for (int i = 0; i < (int)NELEM(period_weekdays); i++) {
		const char	*own = _(period_weekdays[i]);

		if ((strlen(period_weekdays[i]) == n &&
		    strncmp(period_weekdays[i], text, n) == 0) ||
		    (strlen(own) == n && strncmp(own, text, n) == 0)) {
			return i;
		}
	}
	return -1;
}

int
period_days(struct period *p, const char *text)
{
	int	days = 0;

	for (const char *s = text; *s != '\0';) {
		size_t	n = strcspn(s, "-,");
		int	first = period_weekday(s, n), last = first;

		s += n;
		if (*s == '-') {
			n = strcspn(++s, ",");
			last = period_weekday(s, n);
			s += n;
		}
		if (first < 0 || last < 0) {
			days = 0;
			break;
		}
		for (int d = first; d != last; d = (d + 1) % 7) {
			days |= 1 << d;
		}
		days |= 1 << last;
		s += *s == ',' ? 1 : 0;
	}
	if (days == 0) {
		return err_set(ERR_INVALID, _("\"%.40s\" are no weekdays; "
		    "write them as mon-fri or sat,sun"), text);
	}
	p->days = days;
	return 0;
}

/* "17:30" or "17"; where it ends, NULL when it is none. */
static const char *
period_minute(const char *text, int *out)
{
	char	*end;
	long	 hour = strtol(text, &end, 10), minute = 0;

	if (end == text || end > text + 2 || hour < 0 || hour > 24) {
		return NULL;
	}
	if (*end == ':' || *end == 'h') {
		const char	*at = ++end;

		minute = strtol(at, &end, 10);
		if (end != at && (end != at + 2 || minute < 0 ||
		    minute > 59)) {
			return NULL;
		}
	}
	*out = (int)(hour * 60 + minute);
	return end;
}

int
period_hours(struct period *p, const char *text)
{
	int		 from = 0, to = 0;
	const char	*end = period_minute(text, &from);

	end = end != NULL && *end == '-' && end[1] != '-' ?
	    period_minute(end + 1, &to) : NULL;
	if (end == NULL || *end != '\0' || from == to || from >= DAY_MINUTES ||
	    to > DAY_MINUTES) {
		return err_set(ERR_INVALID, _("\"%.40s\" are no hours; write "
		    "them as 17:00-19:00"), text);
	}
	p->from = from;
	p->to = to == 0 ? DAY_MINUTES : to;
	return 0;
}

static int
period_day(char out[static CLOCK_DAY_SIZE], const char *day)
{
	if (day[0] == '\0') {
		out[0] = '\0';
		return 0;
	}
	return clock_day_read(day, out);
}

int
period_since(struct period *p, const char *day)
{
	return period_day(p->since, day);
}

int
period_until(struct period *p, const char *day)
{
	return period_day(p->until, day);
}

/* "mon-fri,sun": runs of days. */
static void
period_days_text(const struct period *p, struct buf *out)
{
	for (int d = 0; d < 7; d++) {
		int	last = d;

		if ((p->days & 1 << d) == 0) {
			continue;
		}
		while (last < 6 && (p->days & 1 << (last + 1)) != 0) {
			last++;
		}
		buf_fmt(out, "%s%s", out->len > 0 ? "," : "",
		    _(period_weekdays[d]));
		if (last > d) {
			buf_fmt(out, "-%s", _(period_weekdays[last]));
		}
		d = last;
	}
}

void
period_text(const struct period *p, char out[static PERIOD_TEXT])
{
	struct buf	text = { 0 };

	if (p->days != PERIOD_WEEK) {
		period_days_text(p, &text);
	}
	if (p->from != 0 || p->to != DAY_MINUTES) {
		buf_fmt(&text, "%s%02d:%02d-%02d:%02d",
		    text.len > 0 ? " " : "", p->from / 60, p->from % 60,
		    p->to / 60, p->to % 60);
	}
	if (p->since[0] != '\0') {
		buf_fmt(&text, "%s%s %s", text.len > 0 ? " " : "",
		    _("from"), p->since);
	}
	if (p->until[0] != '\0') {
		buf_fmt(&text, "%s%s %s", text.len > 0 ? " " : "",
		    _("until"), p->until);
	}
	(void)str_copy(out, PERIOD_TEXT, buf_text(&text));
	buf_done(&text);
}
