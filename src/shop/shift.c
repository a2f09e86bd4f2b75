/* SPDX-License-Identifier: ISC */
/* Opening shifts, finding them, closing what was forgotten. */
#include "shop/shift.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
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

int
shift_begin(struct shop *shop, bool automatic, int64_t *shift)
{
	struct q_shift_has_drawer	row = { .drawer = true };
	char				day[CLOCK_DAY_SIZE];
	int				r;

	*shift = 0;
	if (shop->who.terminal != 0 && (r = q_shift_has_drawer(shop->db,
	    shop->who.terminal, &row)) != 0) {
		return r;
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, day);
	if ((r = q_shift_add(shop->db, shop->set.shift_cashier ? "cashier" :
	    "till", some(&shop->who.terminal), some(&shop->who.user),
	    row.drawer, day, shop_now(), automatic, shift)) != 0 ||
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
	if ((r = journal_event(shop, JET_FORCED, info)) != 0 ||
	    (r = shift_finish(shop, found->id, 0, true)) != 0) {
		return r;
	}
	return audit_add(shop, "shift.force", "shift", found->id, found->day);
}

int
shift_for_payment(struct shop *shop, int64_t *shift)
{
	struct found	found;
	bool		forgotten = false;
	int		r;

	*shift = 0;
	if (shop->who.training) {
		return 0;		/* no real drawer */
	}
	if ((r = shift_find(shop, &found)) != 0 || (found.id != 0 &&
	    (r = shift_forgotten(shop, &found, &forgotten)) != 0)) {
		return r;
	}
	if (forgotten) {
		if ((r = shift_force(shop, &found)) != 0) {
			return r;
		}
		found.id = 0;
	}
	*shift = found.id;
	if (found.id != 0) {
		return 0;
	}
	if (shop->set.shift_ask) {
		return err_set(ERR_EMPTY, _("no shift is open; :open opens "
		    "one"));
	}
	if ((r = shift_begin(shop, true, shift)) == 0) {
		r = open_float(shop, *shift);
	}
	return r;
}
