/* SPDX-License-Identifier: ISC */
/* Alerts: rows of the last look, so that no screen adds anything up. */
#include "shop/stock_alert.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "shop/country.h"
#include "shop/setting.h"
#include "sql/stock_alert.h"

#define DAY_MS	INT64_C(86400000)

static const struct {
	const char	*name, *text;
} alert_kinds[ALERT_KIND_COUNT] = {
#define X(id, name, text) [ALERT_##id] = { name, text },
	ALERT_KINDS(X)
#undef X
};

const char *
alert_kind_text(enum alert_kind k)
{
	return _(alert_kinds[k].text);
}

const char *
alert_kind_name(enum alert_kind k)
{
	return alert_kinds[k].name;
}

int
alert_kind_find(const char *name, enum alert_kind *out)
{
	for (*out = 0; *out < ALERT_KIND_COUNT; (*out)++) {
		if (strcmp(alert_kinds[*out].name, name) == 0) {
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("alerts are negative, out, low, "
	    "expiring, cost or unsold"));
}

static int
alert_days(struct shop *shop, const char *name, int64_t *days)
{
	char	text[16];
	int	r;

	*days = 0;
	if ((r = setting_get(shop, name, text, sizeof(text))) == 0) {
		r = str_to_i64(text, 0, 3650, days);
	}
	return r;
}

int
stock_alert_look(struct shop *shop)
{
	const struct country	*country;
	char			 today[CLOCK_DAY_SIZE], until[CLOCK_DAY_SIZE];
	int64_t			 expiry, unsold, now = shop_now();
	int			 r;

	if ((r = country_find(shop->set.country, &country)) != 0 ||
	    (r = alert_days(shop, "expiry_days", &expiry)) != 0 ||
	    (r = alert_days(shop, "unsold_days", &unsold)) != 0) {
		return r;
	}
	clock_business_day(now, 0, today);
	clock_day_step(today, (int)expiry, until);
	/* One after the other: a till sells between two of them. */
	for (int k = 0; k < ALERT_KIND_COUNT && r == 0; k++) {
		if ((r = db_begin(shop->db, "stock alerts")) != 0) {
			return r;
		}
		if ((r = q_stock_alert_look(shop->db, alert_kinds[k].name,
		    now, today, until, now - unsold * DAY_MS,
		    country->tax_added)) != 0 ||
		    (r = q_stock_alert_drop(shop->db, alert_kinds[k].name,
		    now)) != 0) {
			db_rollback(shop->db);
			return r;
		}
		r = db_commit(shop->db);
	}
	return r;
}

/* Of one kind, behind those that are there already. */
static int
alert_add(struct shop *shop, enum alert_kind kind, int64_t limit,
    struct stock_alert **out, size_t *n)
{
	struct q_stock_alert_list	*rows;
	size_t				 more;
	int				 r;

	if ((r = q_stock_alert_list(shop->db, alert_kinds[kind].name,
	    shop->who.user, limit, &rows, &more)) != 0) {
		return r;
	}
	*out = xrealloc(*out, *n + more + 1, sizeof(**out));
	for (size_t i = 0; i < more; i++) {
		struct stock_alert	*a = &(*out)[(*n)++];

		*a = (struct stock_alert){ .kind = kind,
		    .product = rows[i].product, .amount = rows[i].amount,
		    .since = rows[i].since };
		(void)str_copy(a->code, sizeof(a->code), rows[i].code);
		(void)str_copy(a->name, sizeof(a->name), rows[i].name);
		(void)str_copy(a->unit, sizeof(a->unit), rows[i].unit);
		(void)str_copy(a->place, sizeof(a->place), rows[i].place);
		(void)str_copy(a->detail, sizeof(a->detail), rows[i].detail);
	}
	free(rows);
	return 0;
}

int
stock_alert_list(struct shop *shop, const char *kind, int64_t limit,
    struct stock_alert **out, size_t *n)
{
	enum alert_kind	only = ALERT_KIND_COUNT;
	int		r;

	*out = NULL;
	*n = 0;
	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (kind != NULL && (r = alert_kind_find(kind, &only)) != 0)) {
		return r;
	}
	/* Kind by kind: no more are read and sorted than are wanted. */
	for (enum alert_kind k = 0; k < ALERT_KIND_COUNT && r == 0; k++) {
		if ((kind == NULL || k == only) &&
		    (limit <= 0 || (int64_t)*n < limit)) {
			r = alert_add(shop, k, limit <= 0 ? -1 :
			    limit - (int64_t)*n, out, n);
		}
	}
	if (r != 0) {
		free(*out);
		*out = NULL;
		*n = 0;
	}
	return r;
}

int
stock_alert_counts(struct shop *shop, int64_t n[static ALERT_KIND_COUNT])
{
	struct q_stock_alert_counts	*rows;
	enum alert_kind			 k;
	size_t				 all;
	int				 r;

	memset(n, 0, ALERT_KIND_COUNT * sizeof(*n));
	if ((r = q_stock_alert_counts(shop->db, shop->who.user, &rows,
	    &all)) != 0) {
		return r;
	}
	for (size_t i = 0; i < all; i++) {
		if (alert_kind_find(rows[i].kind, &k) == 0) {
			n[k] = rows[i].n;
		}
	}
	free(rows);
	return 0;
}
