/* SPDX-License-Identifier: ISC */
/* Opening shifts, finding them, closing what was forgotten. */
#include "shop/shift.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/journal.h"
#include "shop/sale_part.h"
#include "shop/shift_part.h"
#include "sql/shift.h"

/*
 * A shift goes on over the hour a day begins while it is in use.  It was
 * forgotten once another day has begun and nothing moved for a while, and no
 * shift is longer than a day.
 */
#define SHIFT_IDLE_MS	(INT64_C(2) * 3600 * 1000)
#define SHIFT_LONG_MS	(INT64_C(24) * 3600 * 1000)

struct found {
	int64_t	id, opened_at;		/* 0: none is open */
	char	day[CLOCK_DAY_SIZE];
};

/* The open shift of this till, or of this cashier. */
static int
shift_find(struct shop *shop, struct found *out)
{
	struct q_shift_of_till		till;
	struct q_shift_of_cashier	cashier;
	int				r;

	*out = (struct found){ .id = 0 };
	if (shop->set.shift_cashier) {
		r = q_shift_of_cashier(shop->db, shop->who.user, &cashier);
		if (r == 0) {
			out->id = cashier.id;
			out->opened_at = cashier.opened_at;
			(void)str_copy(out->day, sizeof(out->day),
			    cashier.business_day);
		}
	} else if ((r = q_shift_of_till(shop->db, shop->who.terminal,
	    &till)) == 0) {
		out->id = till.id;
		out->opened_at = till.opened_at;
		(void)str_copy(out->day, sizeof(out->day), till.business_day);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
shift_now(struct shop *shop, int64_t *shift)
{
	struct found	found = { .id = 0 };
	int		r = shop->who.training ? 0 : shift_find(shop, &found);

	*shift = r == 0 ? found.id : 0;
	return r;
}

int
shift_day(struct shop *shop, int64_t shift, char out[static CLOCK_DAY_SIZE])
{
	struct q_shift_day_of	row;
	int			r;

	out[0] = '\0';
	if ((r = q_shift_day_of(shop->db, shift, &row)) == 0) {
		(void)str_copy(out, CLOCK_DAY_SIZE, row.business_day);
	}
	return r;
}

int
shift_get(struct shop *shop, int64_t id, struct shift *out)
{
	struct q_shift_get	row;
	int			r;

	*out = (struct shift){ .id = 0 };
	if ((r = q_shift_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no shift %lld"), (long long)id);
	}
	out->id = row.id;
	if (!row.number_null) {
		shift_z(row.series, row.number, out->z);
	}
	out->open = strcmp(row.state, "open") == 0;
	out->per_cashier = strcmp(row.per, "cashier") == 0;
	out->drawer = row.drawer;
	out->automatic = row.automatic;
	out->forced = row.forced;
	(void)str_copy(out->business_day, sizeof(out->business_day),
	    row.business_day);
	out->opened_at = row.opened_at;
	out->closed_at = row.closed_at_null ? 0 : row.closed_at;
	out->terminal_id = row.terminal_id;
	out->user_id = row.user_id;
	(void)str_copy(out->terminal, sizeof(out->terminal), row.terminal);
	(void)str_copy(out->user, sizeof(out->user), row.user);
	(void)str_copy(out->closer, sizeof(out->closer), row.closer);
	out->counted = row.counted_null ? 0 : row.counted;
	return 0;
}

int
shift_done(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "shift");
	return db_commit(shop->db);
}

/* --- opening -------------------------------------------------------------- */

/* What the last closing of this drawer left in it. */
static int
open_float(struct shop *shop, int64_t shift)
{
	struct q_shift_left	*rows;
	int64_t			 id;
	size_t			 n;
	int			 r;

	if ((r = q_shift_left(shop->db, shift, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = q_drawer_move_add(shop->db, shift, "float",
		    rows[i].tender, rows[i].currency, rows[i].amount, "",
		    shop_now(), some(&shop->who.user),
		    some(&shop->who.terminal), &id);
	}
	free(rows);
	return r;
}

static int
shift_begin(struct shop *shop, bool automatic, int64_t *shift)
{
	char	day[CLOCK_DAY_SIZE];
	bool	drawer;
	int	r;

	*shift = 0;
	if ((r = drawer_stands(shop, &drawer)) != 0) {
		return r;
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, day);
	if ((r = q_shift_add(shop->db, shop->set.shift_cashier ? "cashier" :
	    "till", some(&shop->who.terminal), some(&shop->who.user),
	    drawer, day, shop_now(), automatic, shift)) != 0 ||
	    (r = audit_add(shop, "shift.open", "shift", *shift,
	    automatic ? "auto" : "")) != 0) {
		return r;
	}
	db_topic(shop->db, "shift");
	return 0;
}

/* --- what was forgotten --------------------------------------------------- */

/* Usually one comparison of two days: nothing is read. */
static int
shift_forgotten(struct shop *shop, const struct found *found, bool *out)
{
	struct q_shift_seen	row;
	char			day[CLOCK_DAY_SIZE];
	int64_t			now = shop_now();
	int			r;

	*out = false;
	clock_business_day(now, shop->set.day_start_hour, day);
	if (strcmp(day, found->day) <= 0) {
		return 0;
	}
	if ((r = q_shift_seen(shop->db, found->id, &row)) != 0) {
		return r;
	}
	*out = now - row.at >= SHIFT_IDLE_MS ||
	    now - found->opened_at >= SHIFT_LONG_MS;
	return 0;
}

/* Nobody counted it; it is dated to its own day. */
static int
shift_force(struct shop *shop, const struct found *found)
{
	char	info[80];
	int	r;

	(void)str_fmt(info, sizeof(info), "shift %lld of %s not counted",
	    (long long)found->id, found->day);
	/* A clock that is wrong closes nothing. */
	if ((r = journal_clock_check(shop)) != 0 ||
	    (r = journal_event(shop, JET_FORCED, info)) != 0 ||
	    (r = shift_finish(shop, found->id, 0, NULL, true)) != 0) {
		return r;
	}
	return audit_add(shop, "shift.force", "shift", found->id, found->day);
}

/* The one that is open and was not forgotten, or 0. */
static int
shift_going(struct shop *shop, struct found *found)
{
	bool	forgotten = false;
	int	r;

	if ((r = shift_find(shop, found)) != 0 || (found->id != 0 &&
	    (r = shift_forgotten(shop, found, &forgotten)) != 0)) {
		return r;
	}
	if (forgotten && (r = shift_force(shop, found)) == 0) {
		found->id = 0;
	}
	return r;
}

int
shift_for_payment(struct shop *shop, int64_t *shift)
{
	struct found	found;
	int		r;

	*shift = 0;
	if (shop->who.training) {
		return 0;		/* no real drawer */
	}
	r = shift_going(shop, &found);
	*shift = r == 0 ? found.id : 0;
	if (r != 0 || found.id != 0) {
		return r;
	}
	if (shop->set.shift_ask) {
		return err_set(ERR_EMPTY, _("no shift is open; :float opens "
		    "one"));
	}
	if ((r = shift_begin(shop, true, shift)) == 0) {
		r = open_float(shop, *shift);
	}
	return r;
}

int
shift_start(struct shop *shop, int64_t *forced)
{
	struct found	found;
	bool		forgotten = false;
	int		r;

	*forced = 0;
	if (shop->who.training) {
		return 0;
	}
	/* Most have nothing to close: no writer's turn is taken for them. */
	if ((r = shift_find(shop, &found)) != 0 || found.id == 0 ||
	    (r = shift_forgotten(shop, &found, &forgotten)) != 0 ||
	    !forgotten || (r = db_begin(shop->db, "shift start")) != 0) {
		return r;
	}
	*forced = found.id;
	r = shift_going(shop, &found);
	if (r != 0 || found.id != 0) {
		*forced = 0;
	}
	return shift_done(shop, r);
}

/* What was counted by hand, whatever the last closing said. */
static int
open_float_of(struct shop *shop, int64_t shift, int64_t amount)
{
	struct q_drawer_cash	row;
	char			tender[16];
	int64_t			id;
	int			r;

	if (amount == 0) {
		return 0;
	}
	if ((r = q_drawer_cash(shop->db, &row)) != 0) {
		return r;
	}
	(void)str_copy(tender, sizeof(tender), row.name);
	return q_drawer_move_add(shop->db, shift, "float", tender, "", amount,
	    "", shop_now(), some(&shop->who.user), some(&shop->who.terminal),
	    &id);
}

int
shift_open(struct shop *shop, const int64_t *amount, int64_t *shift)
{
	struct found	found;
	char		since[32];
	int		r;

	*shift = 0;
	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0) {
		return r;
	}
	if (amount != NULL && (*amount < 0 || *amount > MONEY_MAX)) {
		return err_set(ERR_RANGE, _("this is no amount for a float"));
	}
	if ((r = db_begin(shop->db, "shift open")) != 0) {
		return r;
	}
	if ((r = shift_going(shop, &found)) == 0 && found.id != 0) {
		clock_local(found.opened_at, "%Y-%m-%d %H:%M", since,
		    sizeof(since));
		r = err_set(ERR_EXISTS, _("the shift is open since %s"),
		    since);
	}
	if (r == 0 && (r = shift_begin(shop, false, shift)) == 0) {
		r = amount == NULL ? open_float(shop, *shift) :
		    open_float_of(shop, *shift, *amount);
	}
	if ((r = shift_done(shop, r)) != 0) {
		*shift = 0;
	}
	return r;
}

/* --- looking -------------------------------------------------------------- */

int
shift_sees(struct shop *shop, int64_t shift, bool *out)
{
	struct drawer_counted	count;
	struct shift		row;
	int			r = 0;

	*out = shop_may(shop, RIGHT_EXPECTED);
	if (*out || (r = shift_get(shop, shift, &row)) != 0 ||
	    (r = drawer_counted(shop, shift, &count)) != 0) {
		return r;
	}
	*out = !row.open || !row.drawer || (count.id != 0 && !count.old);
	return 0;
}

int
shift_list(struct shop *shop, bool open, int64_t limit,
    struct shift_brief **out, size_t *n)
{
	struct q_shift_list	*rows;
	int			 r;

	*out = NULL;
	*n = 0;
	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = q_shift_list(shop->db, open, limit, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct shift_brief	*b = &(*out)[i];

		b->id = rows[i].id;
		b->open = strcmp(rows[i].state, "open") == 0;
		b->forced = rows[i].forced;
		b->counted = rows[i].counted;
		if (!rows[i].number_null) {
			shift_z(rows[i].series, rows[i].number, b->z);
		}
		(void)str_copy(b->business_day, sizeof(b->business_day),
		    rows[i].business_day);
		(void)str_copy(b->terminal, sizeof(b->terminal),
		    rows[i].terminal);
		(void)str_copy(b->user, sizeof(b->user), rows[i].user);
		b->opened_at = rows[i].opened_at;
		b->closed_at = rows[i].closed_at_null ? 0 : rows[i].closed_at;
		b->tickets = rows[i].tickets_null ? 0 : rows[i].tickets;
		b->amount = rows[i].amount_null ? 0 : rows[i].amount;
		b->gap = rows[i].gap_null ? 0 : rows[i].gap;
	}
	free(rows);
	return 0;
}

int
shift_by_name(struct shop *shop, const char *name, int64_t *shift)
{
	struct q_shift_by_z	row;
	const char		*dash = strrchr(name, '-');
	char			series[40];
	int64_t			number;
	int			r;

	*shift = 0;
	if ((name[0] == 'Z' || name[0] == 'z') && dash != NULL &&
	    str_to_i64(dash + 1, 1, INT64_MAX, &number) == 0) {
		(void)str_fmt(series, sizeof(series), "%.*s",
		    (int)(dash - name - 1), name + 1);
		if ((r = q_shift_by_z(shop->db, series, number, &row)) == 0) {
			*shift = row.id;
		}
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no closing %.40s"), name);
	}
	return str_to_i64(name, 1, INT64_MAX, shift) == 0 ? 0 :
	    err_set(ERR_INVALID, _("\"%.40s\" is neither a Z (Z1-000012) nor "
	    "the number of a shift"), name);
}

int
shift_sales(struct shop *shop, const struct shift *shift,
    struct shift_sale **out, size_t *n)
{
	struct q_shift_sales	*rows;
	int			 r;

	*out = NULL;
	*n = 0;
	if ((r = q_shift_sales(shop->db, shift->per_cashier,
	    shift->per_cashier ? shift->user_id : shift->terminal_id, &rows,
	    n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct shift_sale	*s = &(*out)[i];

		s->id = rows[i].id;
		s->total = rows[i].total;
		s->lines = rows[i].lines;
		s->part_paid = strcmp(rows[i].state, "paying") == 0;
		(void)str_copy(s->name, sizeof(s->name), rows[i].name);
		(void)str_copy(s->user, sizeof(s->user), rows[i].user);
	}
	free(rows);
	return 0;
}
