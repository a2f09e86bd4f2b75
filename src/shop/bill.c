/* SPDX-License-Identifier: ISC */
/* Suppliers' invoices, held against what came. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/purchase_part.h"
#include "shop/sale_part.h"
#include "sql/purchase.h"

static int
bill_check(const char *number, const char *day, const char *due, int64_t net,
    int64_t tax)
{
	if (number[0] == '\0' || strlen(number) > 40 ||
	    !utf8_is_clean(number)) {
		return err_set(ERR_EMPTY, _("an invoice has their number"));
	}
	if (clock_day_check(day) != 0 || clock_day_check(due) != 0) {
		return err_set(ERR_INVALID, _("days are written 2026-12-31"));
	}
	if (strcmp(due, day) < 0) {
		return err_set(ERR_RANGE, _("it is due before it was "
		    "written"));
	}
	return net > MONEY_MAX || net < -MONEY_MAX || tax > MONEY_MAX ||
	    tax < -MONEY_MAX ? err_set(ERR_RANGE,
	    _("the amount is out of range")) : 0;
}

/* Inside the transaction: every receipt theirs, posted, on no other bill. */
static int
bill_receipts(struct shop *shop, int64_t supplier, int64_t bill,
    const int64_t *receipts, size_t n)
{
	struct intake	in;
	int64_t		done;
	int		r;

	for (size_t i = 0; i < n; i++) {
		if ((r = intake_get(shop, receipts[i], &in)) != 0 ||
		    (r = q_bill_receipt(shop->db, receipts[i], supplier,
		    bill, &done)) != 0) {
			return r;
		}
		if (done == 0) {
			return err_set(ERR_INVALID, _("receipt %s is not "
			    "theirs, not posted or on another invoice"),
			    in.number);
		}
	}
	return 0;
}

static int
bill_match(struct shop *shop, int64_t bill, int64_t net, const char *accept)
{
	struct q_bill_expected	row;
	char			came[MONEY_TEXT], asked[MONEY_TEXT];
	char			apart[MONEY_TEXT];
	int			r;

	if ((r = q_bill_expected(shop->db, bill, &row)) != 0) {
		return r;
	}
	if (row.net == net || accept[0] != '\0') {
		return 0;
	}
	money_symbol(&shop->money, row.net, came);
	money_symbol(&shop->money, net, asked);
	money_symbol(&shop->money, net - row.net, apart);
	return err_set(ERR_CHANGED, _("what came costs %s, they ask %s (%s "
	    "apart); say why it is taken all the same"), came, asked, apart);
}

int
bill_add(struct shop *shop, int64_t supplier, const char *number,
    const char *day, const char *due, int64_t net, int64_t tax,
    const int64_t *receipts, size_t n, const char *accept, int64_t *id)
{
	struct supplier	s;
	char		then[CLOCK_DAY_SIZE];
	int		r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = supplier_get(shop, supplier, &s)) != 0) {
		return r;
	}
	if (due[0] == '\0' && clock_day_check(day) == 0) {
		clock_day_step(day, (int)s.terms, then);
		due = then;
	}
	if (!utf8_is_clean(accept)) {
		return err_set(ERR_INVALID, _("why it is taken is clean UTF-8 "
		    "text"));
	}
	if ((r = bill_check(number, day, due, net, tax)) != 0 ||
	    (r = db_begin(shop->db, "supplier invoice")) != 0) {
		return r;
	}
	r = q_bill_add(shop->db, supplier, number, day, due, net, tax, accept,
	    shop_now(), some(&shop->who.user), id);
	if (r == ERR_EXISTS) {
		r = err_set(ERR_EXISTS, _("invoice %.40s of %s is here "
		    "already"), number, s.name);
	}
	if (r == 0 && (r = bill_receipts(shop, supplier, *id, receipts,
	    n)) == 0 && (r = bill_match(shop, *id, net, accept)) == 0) {
		r = audit_add(shop, "bill.add", "supplier_bill", *id, s.code);
	}
	if ((r = purchase_end(shop, r)) != 0) {
		*id = 0;
	}
	return r;
}

int
bill_pay(struct shop *shop, int64_t supplier, const char *number)
{
	struct q_bill_by_number	row;
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0) {
		return r;
	}
	r = q_bill_by_number(shop->db, supplier, number, &row);
	if (r != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("they sent no invoice %.40s"), number);
	}
	if ((r = db_begin(shop->db, "supplier invoice")) != 0) {
		return r;
	}
	if ((r = q_bill_pay(shop->db, row.id, shop_now(), &n)) == 0) {
		r = n == 0 ? err_set(ERR_EXISTS, _("it is paid already")) :
		    audit_add(shop, "bill.pay", "supplier_bill", row.id, "");
	}
	return purchase_end(shop, r);
}

int
bill_list(struct shop *shop, bool paid, int64_t supplier,
    int (*fn)(void *ctx, const struct bill *b), void *ctx)
{
	struct q_bill_list	*rows;
	char			 today[CLOCK_DAY_SIZE];
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_bill_list(shop->db, paid, supplier, &rows, &n)) != 0) {
		return r;
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct bill	b = {
			.id = rows[i].id, .supplier = rows[i].supplier_code,
			.supplier_name = rows[i].supplier_name,
			.number = rows[i].number, .day = rows[i].day,
			.due = rows[i].due, .accepted = rows[i].accepted,
			.net = rows[i].net, .tax = rows[i].tax,
			.expected = rows[i].expected,
			.paid_at = rows[i].paid_at_null ? 0 :
			    rows[i].paid_at,
			.late = rows[i].paid_at_null &&
			    strcmp(rows[i].due, today) < 0,
		};

		r = fn(ctx, &b);
	}
	free(rows);
	return r;
}
