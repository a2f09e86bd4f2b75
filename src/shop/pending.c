/* SPDX-License-Identifier: ISC */
/* From the shop floor to the till: a seller builds a sale and hands it over,
 * a cashier takes it and the money. */
#include <string.h>

#include "shop/audit.h"
#include "shop/sale_part.h"
#include "shop/training.h"
#include "sql/sale.h"
#include "sql/stock.h"

void
sale_pending_changed(struct shop *shop, bool never_submitted)
{
	if (!never_submitted) {
		db_topic(shop->db, "pending");
	}
}

int
sale_submit(struct shop *shop, int64_t id, int64_t *version)
{
	struct q_sale_sums	sums;
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = q_sale_sums(shop->db, id, &sums)) != 0) {
		return r;
	}
	if (shop->who.training) {
		return training_same(shop, false);	/* the till is real */
	}
	if (sums.lines == 0) {
		return err_set(ERR_EMPTY, _("there is nothing to hand over"));
	}
	if ((r = db_begin(shop->db, "sale submit")) != 0) {
		return r;
	}
	if ((r = q_sale_submit(shop->db, id, *version,
	    some(&shop->who.session), some(&shop->who.user), shop_now(),
	    &n)) == 0 && n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0) {
		r = audit_add(shop, "sale.submit", "sale", id, "");
	}
	sale_pending_changed(shop, false);
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* Whose word it is: the seller's while it waits, then who has taken it. */
static int
reopen_allowed(struct shop *shop, const struct q_sale_get *row)
{
	if (strcmp(row->state, "paying") == 0) {
		return err_set(ERR_INVALID, _("money was taken for it; take "
		    "the payment back first (:undo)"));
	}
	if (strcmp(row->state, "pending") != 0) {
		return err_set(ERR_INVALID, _("this sale does not wait for "
		    "the till"));
	}
	if (row->owner_session_null) {
		return row->seller == shop->who.user ? 0 :
		    shop_require(shop, RIGHT_TAKE);
	}
	return row->owner_session == shop->who.session ? 0 :
	    err_set(ERR_TAKEN, _("taken by %s"), row->owner_user);
}

int
sale_reopen(struct shop *shop, int64_t id, int64_t *version)
{
	struct q_sale_get	row;
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = q_sale_get(shop->db, id, &row)) != 0 ||
	    (r = reopen_allowed(shop, &row)) != 0 ||
	    (r = db_begin(shop->db, "sale reopen")) != 0) {
		return r;
	}
	if ((r = q_sale_reopen(shop->db, id, *version,
	    some(&shop->who.session), &n)) == 0 && n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0) {
		r = audit_add(shop, "sale.reopen", "sale", id, "");
	}
	sale_pending_changed(shop, false);
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

int
sale_waiting(struct shop *shop, int64_t *n, int64_t *since)
{
	struct q_sale_waiting	row;
	int			r;

	*n = 0;
	*since = 0;
	if ((r = q_sale_waiting(shop->db, &row)) == 0) {
		*n = row.n;
		*since = row.since;
	}
	return r;
}

int
sale_reserved(struct shop *shop, int64_t product, int64_t *qty)
{
	return sale_reserved_at(shop, product, 0, qty);
}

int
sale_reserved_at(struct shop *shop, int64_t product, int64_t store,
    int64_t *qty)
{
	struct q_sale_reserved	row;
	int			r;

	*qty = 0;
	/* Of one store all its rooms count, whoever asks. */
	if ((r = q_sale_reserved(shop->db, product, store,
	    store != 0 ? 0 : shop->who.user, &row)) == 0) {
		*qty = row.qty;
	}
	return r;
}
