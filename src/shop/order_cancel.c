/* SPDX-License-Identifier: ISC */
/* An order that is given up, and where the money deposited on it goes. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/order.h"
#include "shop/payment.h"
#include "shop/return.h"
#include "shop/sale_part.h"
#include "shop/voucher.h"
#include "sql/order.h"

/* Every deposit comes back, on one sale. */
static int
deposits_back(struct shop *shop, int64_t order, int64_t *id, int64_t *version)
{
	struct q_order_deposit_lines	*rows;
	struct return_pick		*picks;
	size_t				 n;
	int				 r;

	if ((r = q_order_deposit_lines(shop->db, order, &rows, &n)) != 0) {
		return r;
	}
	picks = xcalloc(n + 1, sizeof(*picks));
	for (size_t i = 0, from = 0; i < n && r == 0; i++) {
		picks[i] = (struct return_pick){ .line = rows[i].line,
		    .qty = QTY_ONE };
		/* One call for each ticket. */
		if (i + 1 == n || rows[i + 1].ticket != rows[i].ticket) {
			r = return_add(shop, id, version, rows[i].ticket,
			    picks + from, i + 1 - from);
			from = i + 1;
		}
	}
	free(picks);
	free(rows);
	return r;
}

static int
deposits_to_voucher(struct shop *shop, const struct sale *order,
    int64_t *ticket)
{
	struct pay	how = { .tender = VOUCHER_TENDER_CREDIT,
			    .sure = true };
	struct paid	paid;
	int64_t		id = 0, version = 0;
	int		r;

	if ((r = deposits_back(shop, order->id, &id, &version)) == 0 &&
	    (order->customer == 0 || (r = sale_set_customer(shop, &id,
	    &version, order->customer)) == 0) &&
	    (r = sale_pay_with(shop, id, &version, &how, &paid)) == 0) {
		*ticket = id;
	}
	return r;
}

/* Nothing that would stop half way. */
static int
cancel_ready(struct shop *shop, const struct sale *order, int64_t version,
    enum deposit_fate fate)
{
	struct q_order_deposits_open	open;
	struct tender			tender;
	int				r;

	if (order->version != version) {
		return sale_refused(shop, order->id, version);
	}
	if (order->kind != SALE_ORDER) {
		return err_set(ERR_INVALID, _("this is no order"));
	}
	if ((r = q_order_deposits_open(shop->db, order->id, &open)) != 0) {
		return r;
	}
	if (open.n != 0) {
		return err_set(ERR_INVALID, _("a deposit on order %s is being "
		    "paid; finish that sale first (F6)"), order->paper);
	}
	if (fate != DEPOSIT_VOUCHER) {
		return 0;
	}
	if ((r = shop_require(shop, RIGHT_RETURN)) != 0 ||
	    (r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = tender_find(shop, VOUCHER_TENDER_CREDIT, &tender)) != 0) {
		return r;
	}
	return tender.active ? 0 : err_set(ERR_INVALID,
	    _("%s is no longer taken"), tender.label);
}

int
order_cancel(struct shop *shop, int64_t id, int64_t *version,
    enum deposit_fate fate, const char *reason, int64_t *ticket)
{
	struct sale	sale;
	char		words[200];
	int64_t		amount;
	int		r;

	*ticket = 0;
	if ((r = shop_require(shop, RIGHT_CANCEL)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = cancel_ready(shop, &sale, *version, fate)) == 0 &&
	    (r = order_deposited(shop, id, &amount)) == 0) {
		(void)str_fmt(words, sizeof(words), "%.120s%s%s", reason,
		    reason[0] != '\0' && amount > 0 ? "; " : "",
		    amount <= 0 ? "" : fate == DEPOSIT_KEPT ?
		    "deposit kept" : "deposit to a credit note");
		/* The money first: whatever ends this between the two leaves
		 * an open order without a deposit, which is cancelled again,
		 * and never a deposit that nothing speaks of any more. */
		if (amount > 0 && fate == DEPOSIT_VOUCHER) {
			r = deposits_to_voucher(shop, &sale, ticket);
		}
		if (r == 0) {
			r = sale_cancel(shop, id, version, words);
		}
	}
	sale_done(&sale);
	return r;
}
