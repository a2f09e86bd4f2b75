/* SPDX-License-Identifier: ISC */
/* Closings: a day adds its tickets, a month its days, a year its months. */
#include "shop/grand.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "shop/audit.h"
#include "shop/booking.h"
#include "shop/detail.h"
#include "shop/journal.h"
#include "shop/regime.h"
#include "shop/table.h"
#include "sql/closing.h"

static const char *const grand_levels[GRAND_LEVELS] = {
	[GRAND_SHIFT] = N_("shift"),
	[GRAND_DAY] = N_("day"),
	[GRAND_MONTH] = N_("month"),
	[GRAND_YEAR] = N_("year"),
};

const char *
grand_level_name(enum grand_level level)
{
	return grand_levels[level];
}

int
grand_level_find(const char *name, enum grand_level *out)
{
	*out = GRAND_DAY;
	for (enum grand_level l = 0; l < GRAND_LEVELS; l++) {
		if (strcmp(grand_levels[l], name) == 0) {
			*out = l;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("\"%s\" is no closing; one of shift, "
	    "day, month, year"), name);
}

/* --- adding ------------------------------------------------------------- */

/* The rows of the three sums have the same fields under three types. */
#define SUM_TAKE(c, row) do { \
	(c)->tickets = (row).tickets; \
	(c)->refunds = (row).refunds; \
	(c)->total = (row).total; \
	(c)->absolute = (row).absolute; \
} while (0)

static int
vat_take(struct grand *c, int64_t part, int64_t rate, const char *name,
    const char *letter, int64_t gross, int64_t net, int64_t vat)
{
	struct sale_vat	*v = &c->vat[c->nvat];

	if (c->nvat == GRAND_RATES) {
		return err_set(ERR_RANGE, _("more than %d rates in one "
		    "closing"), GRAND_RATES);
	}
	*v = (struct sale_vat){ .part = (int)part, .rate = rate,
		.gross = gross, .net = net, .vat = vat };
	(void)str_copy(v->name, sizeof(v->name), name);
	(void)str_copy(v->letter, sizeof(v->letter), letter);
	c->nvat++;
	return 0;
}

/* All rows of a list of rates, and the list freed. */
#define VATS_TAKE(c, rows, n, r) do { \
	for (size_t i_ = 0; i_ < (n) && (r) == 0; i_++) { \
		(r) = vat_take((c), (rows)[i_].part, (rows)[i_].rate, \
		    (rows)[i_].name, (rows)[i_].letter, (rows)[i_].gross, \
		    (rows)[i_].net, (rows)[i_].vat); \
	} \
	free(rows); \
} while (0)

/* Tickets of c->period, a day, that no closing of it has counted. */
static int
add_day(struct shop *shop, struct grand *c)
{
	struct q_closing_same		 same;
	struct q_closing_sum_day	 sum;
	struct q_closing_vat_day	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_closing_same(shop->db, c->till, "day", c->period,
	    &same)) != 0 ||
	    (r = q_closing_sum_day(shop->db, c->till, c->period,
	    same.journal, &sum)) != 0 ||
	    (r = q_closing_vat_day(shop->db, c->till, c->period,
	    same.journal, &rows, &n)) != 0) {
		return r;
	}
	SUM_TAKE(c, sum);
	VATS_TAKE(c, rows, n, r);
	return r;
}

static int
add_shift(struct shop *shop, struct grand *c)
{
	struct q_closing_sum_shift	 sum;
	struct q_closing_vat_shift	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_closing_sum_shift(shop->db, c->shift, c->period,
	    &sum)) != 0 ||
	    (r = q_closing_vat_shift(shop->db, c->shift, c->period, &rows,
	    &n)) != 0) {
		return r;
	}
	SUM_TAKE(c, sum);
	VATS_TAKE(c, rows, n, r);
	return r;
}

/* Closings of the level below, from first to last, recorded after `after`. */
static int
add_closings(struct shop *shop, struct grand *c, const char *first,
    const char *last, int64_t after)
{
	const char			*below = grand_levels[c->level - 1];
	struct q_closing_sum_closings	 sum;
	struct q_closing_vat_closings	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_closing_sum_closings(shop->db, c->till, below, first, last,
	    after, &sum)) != 0 ||
	    (r = q_closing_vat_closings(shop->db, c->till, below, first, last,
	    after, &rows, &n)) != 0) {
		return r;
	}
	SUM_TAKE(c, sum);
	VATS_TAKE(c, rows, n, r);
	return r;
}

/* What a till's totals were when its last day was closed. */
static int
perpetual_closed(struct shop *shop, struct grand *c)
{
	struct q_closing_perpetual	row;
	int				r;

	c->perpetual = c->perpetual_absolute = 0;
	if ((r = q_closing_perpetual(shop->db, c->till, &row)) == 0) {
		c->perpetual = row.perpetual;
		c->perpetual_absolute = row.perpetual_absolute;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* And what they are now, with the tickets of days that are open. */
static int
perpetual_now(struct shop *shop, struct grand *c)
{
	struct q_closing_days_open	*days;
	size_t				 n;
	int				 r;

	if ((r = perpetual_closed(shop, c)) != 0 ||
	    (r = q_closing_days_open(shop->db, c->till, &days, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct grand	day = { .till = c->till };

		(void)str_copy(day.period, sizeof(day.period), days[i].day);
		if ((r = add_day(shop, &day)) == 0) {
			c->perpetual += day.total;
			c->perpetual_absolute += day.absolute;
		}
	}
	free(days);
	return r;
}

/* --- recording ---------------------------------------------------------- */

/* Day, month and year are events; a shift's is its drawer count. */
static int
grand_event(struct shop *shop, const struct grand *c)
{
	char	info[64];

	if (c->level == GRAND_SHIFT) {
		return 0;
	}
	(void)str_fmt(info, sizeof(info), "%s %s till %lld%s",
	    grand_levels[c->level], c->period, (long long)c->till,
	    c->forced ? " forced" : "");
	return journal_event(shop, c->level == GRAND_YEAR ? JET_YEAR :
	    JET_CLOSING, info);
}

static int
grand_rows(struct shop *shop, struct grand *c)
{
	int	r;

	r = q_closing_add(shop->db, c->till, grand_levels[c->level], c->seq,
	    c->period, c->shift == 0 ? NULL : &c->shift, c->at, c->forced,
	    c->tickets, c->refunds, c->total, c->absolute, c->perpetual,
	    c->perpetual_absolute, c->audit, c->audit_hash, c->journal,
	    &c->id);
	for (int i = 0; i < c->nvat && r == 0; i++) {
		const struct sale_vat	*v = &c->vat[i];

		r = q_closing_vat_add(shop->db, c->id, v->part, v->rate,
		    v->name, v->letter, v->gross, v->net, v->vat);
	}
	return r;
}

/* Everything added up: number, record, rows, event. */
static int
grand_record(struct shop *shop, struct grand *c)
{
	struct q_closing_seq	seq;
	struct journal_place	place;
	struct buf		payload = { 0 };
	char			chain[32], detail[DETAIL_SIZE];
	int			r;

	(void)str_fmt(chain, sizeof(chain), "grandtotal/%lld",
	    (long long)c->till);
	if ((r = q_closing_seq(shop->db, c->till, grand_levels[c->level],
	    &seq)) != 0 ||
	    (r = detail_audit(shop, c)) != 0 ||
	    (r = journal_place(shop, chain, &place)) != 0) {
		return r;
	}
	c->seq = seq.seq;
	journal_grand_total(c, &payload);
	detail_grand(c, detail);
	r = journal_add(shop, &place, buf_text(&payload), detail, 0, c->hash,
	    &c->journal);
	buf_done(&payload);
	if (r != 0 || (r = grand_rows(shop, c)) != 0) {
		return r;
	}
	return grand_event(shop, c);
}

/* --- months and years --------------------------------------------------- */

/* The year a month is of, by the month the shop's year begins with: "2026",
 * or "2026/27" where that is not January.  `first` is its first month. */
static void
fiscal_year(const struct shop *shop, const char *month,
    char year[static 11], char first[static 11], char last[static 11])
{
	int	y = (int)strtol(month, NULL, 10);
	int	m = (int)strtol(month + 5, NULL, 10);
	int	begins = shop->set.year_month;

	if (m < begins) {
		y--;
	}
	(void)str_fmt(first, 11, "%04d-%02d", y, begins);
	if (begins == 1) {
		(void)str_fmt(year, 11, "%04d", y);
		(void)str_fmt(last, 11, "%04d-12", y);
	} else {
		(void)str_fmt(year, 11, "%04d/%02d", y, (y + 1) % 100);
		(void)str_fmt(last, 11, "%04d-%02d", y + 1, begins - 1);
	}
}

/* The last moment of a business day. */
static int64_t
day_end(const struct shop *shop, const char *day)
{
	struct tm	tm = { 0 };
	char		next[CLOCK_DAY_SIZE];

	clock_day_step(day, 1, next);
	tm.tm_year = (int)strtol(next, NULL, 10) - 1900;
	tm.tm_mon = (int)strtol(next + 5, NULL, 10) - 1;
	tm.tm_mday = (int)strtol(next + 8, NULL, 10);
	tm.tm_hour = shop->set.day_start_hour;
	tm.tm_isdst = -1;
	return ((int64_t)mktime(&tm) - 1) * 1000;
}

/* A period that is over is dated to its end. */
static void
grand_date(const struct shop *shop, struct grand *c, const char *last_day)
{
	int64_t	end = day_end(shop, last_day);

	c->forced = shop_now() > end;
	c->at = c->forced ? end : shop_now() / 1000 * 1000;
}

/* The last day of a month. */
static void
month_end(const char *month, char day[static CLOCK_DAY_SIZE])
{
	char	first[CLOCK_DAY_SIZE];
	int	y = (int)strtol(month, NULL, 10);
	int	m = (int)strtol(month + 5, NULL, 10);

	(void)str_fmt(first, sizeof(first), "%04d-%02d-01",
	    m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1);
	clock_day_step(first, -1, day);
}

/* One month or year: what was closed below since the level's last record. */
static int
close_above(struct shop *shop, int64_t till, enum grand_level level,
    const char *period, const char *first, const char *last, int64_t after)
{
	struct grand	c = { .till = till, .level = level };
	char		day[CLOCK_DAY_SIZE];
	int		r;

	(void)str_copy(c.period, sizeof(c.period), period);
	month_end(level == GRAND_MONTH ? period : last, day);
	grand_date(shop, &c, day);
	if ((r = add_closings(shop, &c, first, last, after)) != 0 ||
	    (r = perpetual_closed(shop, &c)) != 0) {
		return r;
	}
	return grand_record(shop, &c);
}

/* Years of a till that ended before that month began. */
static int
close_years(struct shop *shop, int64_t till, const char *month)
{
	struct q_closing_last		 done;
	struct q_closing_uncounted	*rows;
	char				 year[11], first[11], last[11];
	char				 before[11], was[11] = "";
	size_t				 n;
	int				 r;

	fiscal_year(shop, month, year, before, last);
	if ((r = q_closing_last(shop->db, till, "year", &done)) != 0 ||
	    (r = q_closing_uncounted(shop->db, till, "month", before,
	    done.journal, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		fiscal_year(shop, rows[i].period, year, first, last);
		if (strcmp(year, was) != 0) {
			r = close_above(shop, till, GRAND_YEAR, year, first,
			    last, done.journal);
			(void)str_copy(was, sizeof(was), year);
		}
	}
	free(rows);
	return r;
}

/* Months of a till that ended before that day's began, and their years. */
static int
close_months(struct shop *shop, int64_t till, const char *day)
{
	struct q_closing_last		 done;
	struct q_closing_uncounted	*rows;
	char				 before[11], was[11] = "", month[11];
	size_t				 n;
	int				 r;

	(void)str_fmt(before, sizeof(before), "%.7s-01", day);
	if ((r = q_closing_last(shop->db, till, "month", &done)) != 0 ||
	    (r = q_closing_uncounted(shop->db, till, "day", before,
	    done.journal, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		char	first[11], last[11];

		(void)str_fmt(month, sizeof(month), "%.7s", rows[i].period);
		if (strcmp(month, was) == 0) {
			continue;
		}
		(void)str_copy(was, sizeof(was), month);
		(void)str_fmt(first, sizeof(first), "%s-01", month);
		month_end(month, last);
		if ((r = close_years(shop, till, month)) == 0) {
			r = close_above(shop, till, GRAND_MONTH, month,
			    first, last, done.journal);
		}
	}
	free(rows);
	(void)str_fmt(month, sizeof(month), "%.7s", day);
	return r != 0 ? r : close_years(shop, till, month);
}

/* --- days --------------------------------------------------------------- */

/* Months that ended before it come first: each level adds what is below it
 * since its own last record. */
static int
close_day(struct shop *shop, int64_t till, const char *day)
{
	struct grand	c = { .till = till, .level = GRAND_DAY };
	int64_t		n;
	int		r;

	(void)str_copy(c.period, sizeof(c.period), day);
	grand_date(shop, &c, day);
	if ((r = close_months(shop, till, day)) != 0 ||
	    (r = add_day(shop, &c)) != 0 ||
	    (r = perpetual_closed(shop, &c)) != 0) {
		return r;
	}
	c.perpetual += c.total;
	c.perpetual_absolute += c.absolute;
	if ((r = grand_record(shop, &c)) != 0 ||
	    (r = q_till_day_close(shop->db, till, day, c.id, &n)) != 0) {
		return r;
	}
	return n == 1 ? 0 : ERR_BUG;
}

/* Everything of a till (-1: of all) that ended before that day. */
static int
close_before(struct shop *shop, int64_t till, const char *day)
{
	struct q_till_days_due	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_till_days_due(shop->db, till, day, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = close_day(shop, rows[i].till, rows[i].day);
	}
	free(rows);
	return r;
}

static void
today(const struct shop *shop, char day[static CLOCK_DAY_SIZE])
{
	clock_business_day(shop_now(), shop->set.day_start_hour, day);
}

/* --- for others --------------------------------------------------------- */

static int
look(struct shop *shop, int64_t shift, struct grand *out)
{
	struct q_closing_shift_of	row;
	int				r;

	*out = (struct grand){ .level = GRAND_SHIFT, .shift = shift,
		.at = shop_now() / 1000 * 1000 };
	if ((r = q_closing_shift_of(shop->db, shift, &row)) != 0) {
		return r;
	}
	out->till = row.till;
	(void)str_copy(out->period, sizeof(out->period), row.day);
	if ((r = add_shift(shop, out)) != 0) {
		return r;
	}
	return perpetual_now(shop, out);
}

int
grand_look(struct shop *shop, int64_t shift, struct grand *out)
{
	int	r;

	if ((r = db_read_begin(shop->db)) == 0) {
		r = look(shop, shift, out);
		db_read_end(shop->db);
	}
	return r;
}

int
grand_shift(struct shop *shop, int64_t shift, struct grand *out)
{
	char	now[CLOCK_DAY_SIZE];
	int	r;

	today(shop, now);
	if ((r = look(shop, shift, out)) != 0) {
		return r;
	}
	/* Forgotten until the next day: dated to its own. */
	if (strcmp(out->period, now) < 0) {
		grand_date(shop, out, out->period);
	}
	if ((r = grand_record(shop, out)) != 0) {
		return r;
	}
	return close_before(shop, out->till, now);
}

int
closing_shift(struct shop *shop, int64_t shift)
{
	struct grand	g;

	return grand_shift(shop, shift, &g);
}

int
grand_sell(struct shop *shop, int64_t till, const char *day)
{
	struct q_till_day_state	row;
	int			r;

	r = q_till_day_state(shop->db, till, day, &row);
	if (r == 0 && row.closing_null) {
		return 0;		/* being sold on: the way of all */
	}
	if (r == 0 && regime_of(shop)->closed_days_stay) {
		return err_set(ERR_INVALID, _("the day %s is closed; sell "
		    "again when the next one begins"), day);
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	if ((r = close_before(shop, till, day)) != 0 ||
	    (r = close_months(shop, till, day)) != 0) {
		return r;
	}
	return q_till_day_open(shop->db, till, day);
}

int
grand_catch_up(struct shop *shop)
{
	struct q_till_days_due	*rows;
	char			 day[CLOCK_DAY_SIZE];
	size_t			 n;
	int			 r;

	today(shop, day);
	if ((r = q_till_days_due(shop->db, -1, day, &rows, &n)) != 0) {
		return r;
	}
	free(rows);
	if (n == 0 || (r = db_begin(shop->db, "closing")) != 0) {
		return r;
	}
	if ((r = close_before(shop, -1, day)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

static int
close_today(struct shop *shop, int64_t *count)
{
	struct q_closing_shifts_open	 open;
	struct q_till_days_due		*rows;
	char				 day[CLOCK_DAY_SIZE];
	char				 next[CLOCK_DAY_SIZE];
	size_t				 n;
	int				 r;

	today(shop, day);
	clock_day_step(day, 1, next);
	if ((r = q_closing_shifts_open(shop->db, day, &open)) != 0) {
		return r;
	}
	if (open.n > 0) {
		return err_set(ERR_BUSY, ngettext("a shift is open; close it "
		    "first", "%lld shifts are open; close them first",
		    (unsigned long)open.n), (long long)open.n);
	}
	/* They could not pay any more. */
	if ((r = table_none_open(shop)) != 0) {
		return r;
	}
	if ((r = q_till_days_due(shop->db, -1, next, &rows, &n)) != 0) {
		return r;
	}
	free(rows);
	if (n == 0) {
		return err_set(ERR_EMPTY, _("nothing was sold since the last "
		    "closing"));
	}
	*count = (int64_t)n;
	if ((r = close_before(shop, -1, next)) != 0) {
		return r;
	}
	/* Who was expected and never came goes with the day. */
	if ((r = booking_day_over(shop, shop_now())) != 0) {
		return r;
	}
	return audit_add(shop, "closing.day", "", 0, day);
}

int
grand_day(struct shop *shop, int64_t *count)
{
	int	r;

	*count = 0;
	if ((r = shop_require(shop, RIGHT_CLOSING)) != 0 ||
	    (r = db_begin(shop->db, "closing")) != 0) {
		return r;
	}
	if ((r = close_today(shop, count)) != 0) {
		db_rollback(shop->db);
		*count = 0;
		return r;
	}
	return db_commit(shop->db);
}

/* --- reading ------------------------------------------------------------ */

int
grand_load(struct shop *shop, int64_t id, struct grand *out)
{
	struct q_closing_get	row;
	struct q_closing_rates	*rows;
	size_t			n;
	int			r;

	*out = (struct grand){ .id = id };
	if ((r = q_closing_get(shop->db, id, &row)) != 0) {
		return r;
	}
	out->till = row.till;
	out->seq = row.seq;
	out->shift = row.shift_null ? 0 : row.shift;
	out->at = row.at;
	out->forced = row.forced;
	SUM_TAKE(out, row);
	out->perpetual = row.perpetual;
	out->perpetual_absolute = row.perpetual_absolute;
	out->audit = row.audit;
	out->journal = row.journal;
	(void)str_copy(out->period, sizeof(out->period), row.period);
	(void)str_copy(out->audit_hash, sizeof(out->audit_hash),
	    row.audit_hash);
	(void)str_copy(out->hash, sizeof(out->hash), row.hash);
	if ((r = grand_level_find(row.level, &out->level)) != 0 ||
	    (r = q_closing_rates(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	VATS_TAKE(out, rows, n, r);
	return r;
}

int
grand_of_shift(struct shop *shop, int64_t shift, struct grand *out)
{
	struct q_closing_of_shift	row;
	int				r;

	*out = (struct grand){ .shift = shift };
	r = q_closing_of_shift(shop->db, shift, &row);
	return r == 0 ? grand_load(shop, row.id, out) : r;
}

int
grand_list(struct shop *shop, const char *level, int64_t limit,
    int (*fn)(void *ctx, const struct grand *g, const char *terminal),
    void *ctx)
{
	struct q_closing_list	*rows;
	enum grand_level	 known;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_AUDIT)) != 0 || (level != NULL &&
	    (r = grand_level_find(level, &known)) != 0) ||
	    (r = q_closing_list(shop->db, -1, level == NULL ? "" : level,
	    limit, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct grand	g;

		if ((r = grand_load(shop, rows[i].id, &g)) == 0) {
			r = fn(ctx, &g, rows[i].terminal == NULL ? "" :
			    rows[i].terminal);
		}
	}
	free(rows);
	return r;
}
