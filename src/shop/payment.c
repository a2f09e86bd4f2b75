/* SPDX-License-Identifier: ISC */
/* Taking money: how much of it counts, what goes back, when a sale is done. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/detail.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/sale_part.h"
#include "shop/shift.h"
#include "shop/tax.h"
#include "sql/detail.h"
#include "sql/sale.h"

/* What one payment does. */
struct take {
	struct tender	tender;
	int64_t		amount;		/* counts for the sale */
	int64_t		given, change;
	int64_t		rounding;	/* of the total, once cash ends it */
	bool		posts;
};

/*
 * How a given amount counts against what is due.  Cash that is enough for the
 * rounded due ends the sale at the rounded amount; less of it counts as it
 * is.  Only cash gives change.
 */
static int
take_plan(struct shop *shop, const struct sale *sale, int64_t given,
    struct take *take)
{
	int64_t	ask = sale->due;
	char	due[MONEY_TEXT];
	int	r;

	if (take->tender.rounded && (r = cash_round(sale->due,
	    shop->set.cash_step, country_of(shop)->cash_keep, &ask)) != 0) {
		return r;
	}
	take->given = given == 0 ? ask : given;
	if (take->given < 0 || take->given > MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount to pay with"));
	}
	if (take->given < ask) {
		take->amount = take->given;
		return 0;
	}
	if (take->given > ask && !take->tender.change) {
		money_symbol(&shop->money, sale->due, due);
		return err_set(ERR_RANGE, _("%s gives no change; at most %s"),
		    take->tender.label, due);
	}
	take->amount = ask;
	take->change = take->given - ask;
	take->rounding = ask - sale->due;
	take->posts = true;
	return 0;
}

/* May this sale be paid now, as it was read? */
static int
pay_ready(struct shop *shop, const struct sale *sale, int64_t version)
{
	size_t	live = 0;
	int	r;

	if (sale->version != version ||
	    (sale->state != SALE_DRAFT && sale->state != SALE_PENDING &&
	    sale->state != SALE_PAYING)) {
		return sale_refused(shop, sale->id, version);
	}
	for (size_t i = 0; i < sale->nlines; i++) {
		live += sale->lines[i].state == LINE_LIVE;
	}
	if (live == 0) {
		return err_set(ERR_EMPTY, _("there is nothing to pay"));
	}
	if ((r = order_unsettled(shop, sale)) != 0) {
		return r;
	}
	if (sale->due < 0) {
		return err_set(ERR_INVALID, _("more was paid than is due"));
	}
	return 0;
}

int
payment_put(struct shop *shop, int64_t sale, struct sale_payment *p,
    int64_t corrects)
{
	int64_t	shift;
	int	r = shift_for_payment(shop, &shift);

	return r != 0 ? r : q_payment_add(shop->db, sale, p->tender, p->amount, p->given,
	    p->change, p->pending ? "pending" : "ok", p->tip, p->reference,
	    p->currency, p->abroad, p->home, p->per, some(&p->customer),
	    some(&corrects), shop_now(), some(&shop->who.user),
	    some(&shop->who.terminal), shift, &p->id);
}

int
payment_back(struct shop *shop, int64_t payment, bool failed)
{
	int64_t	id, shift;
	int	r = shift_for_payment(shop, &shift);

	return r != 0 ? r : q_payment_back(shop->db, payment,
	    failed ? "failed" : "back", shop_now(), some(&shop->who.user),
	    some(&shop->who.terminal), shift, &id);
}

static void
payment_of(const struct tender *tender, struct sale_payment *p)
{
	*p = (struct sale_payment){ .home = 1, .per = 1 };
	(void)str_copy(p->tender, sizeof(p->tender), tender->name);
	(void)str_copy(p->letter, sizeof(p->letter), tender->letter);
	(void)str_copy(p->label, sizeof(p->label), tender->label);
}

/* A payment put beside those read, so that the receipt shows it. */
static void
payment_note(struct sale *sale, const struct take *take,
    const struct sale_payment *p)
{
	sale->payments = xrealloc(sale->payments, sale->npayments + 1,
	    sizeof(*p));
	sale->payments[sale->npayments++] = *p;
	sale->paid += take->amount;
	sale->change += take->change;
	sale->rounding = take->rounding;
	sale->due -= take->amount - take->rounding;
}

/* Does any money of this sale belong in the drawer? */
static bool
pay_drawer(struct shop *shop, const struct sale *sale)
{
	struct tender	t;

	for (size_t i = 0; i < sale->npayments; i++) {
		if (tender_find(shop, sale->payments[i].tender, &t) == 0 &&
		    t.drawer) {
			return true;
		}
	}
	return false;
}

/* The transaction: everything of it or nothing. */
static int
pay_write(struct shop *shop, struct sale *sale, const struct take *take,
    bool paper)
{
	struct sale_payment	p;
	char			detail[64];
	bool			drawer = take->tender.drawer ||
				    pay_drawer(shop, sale);
	int64_t			n;
	int			r;

	if ((r = db_begin(shop->db, "sale pay")) != 0) {
		return r;
	}
	/* A posting has its fence at the end. */
	if (!take->posts && (r = q_sale_fence(shop->db, sale->id,
	    sale->version, some(&shop->who.session), "paying", &n)) == 0 &&
	    n == 0) {
		return sale_refused(shop, sale->id, sale->version);
	}
	if (r == 0) {
		payment_of(&take->tender, &p);
		p.amount = take->amount;
		p.given = take->given;
		p.change = take->change;
		r = payment_put(shop, sale->id, &p, 0);
	}
	if (r == 0) {
		payment_note(sale, take, &p);
		(void)str_fmt(detail, sizeof(detail), "%s %lld",
		    take->tender.name, (long long)take->amount);
		r = audit_add(shop, "sale.pay", "sale", sale->id, detail);
	}
	if (r == 0 && take->posts) {
		r = sale_posting(shop, sale, drawer, paper);
	}
	/* Frozen: another till posted it since it was read. */
	if (r == ERR_CHANGED || r == ERR_FROZEN) {
		return sale_refused(shop, sale->id, sale->version);
	}
	return sale_end(shop, r);
}

/* One that money may still come in by. */
static int
tender_open(struct shop *shop, const char *name, struct tender *out)
{
	int	r = tender_find(shop, name, out);

	return r == 0 && !out->active ? err_set(ERR_INVALID,
	    _("%s is no longer taken"), out->label) : r;
}

static int
pay(struct shop *shop, int64_t id, int64_t *version, const char *tender,
    int64_t amount, int64_t *change, bool *posted, bool paper)
{
	struct sale	sale;
	struct take	take = { .posts = false };
	int		r;

	*change = 0;
	*posted = false;
	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = tender_open(shop, tender, &take.tender)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = pay_ready(shop, &sale, *version)) == 0 &&
	    (r = take_plan(shop, &sale, amount, &take)) == 0 &&
	    (r = pay_write(shop, &sale, &take, paper)) == 0) {
		(*version)++;
		*change = take.change;
		*posted = take.posts;
	}
	sale_done(&sale);
	return r;
}

int
sale_pay(struct shop *shop, int64_t id, int64_t *version, const char *tender,
    int64_t amount, int64_t *change, bool *posted)
{
	return pay(shop, id, version, tender, amount, change, posted, true);
}

int
sale_pay_history(struct shop *shop, int64_t id, int64_t *version,
    const char *tender, int64_t amount, int64_t *change, bool *posted)
{
	return pay(shop, id, version, tender, amount, change, posted, false);
}

/* --- afterwards --------------------------------------------------------- */

/* Each payment taken back by its mirror, then the whole of it anew. */
static int
retender_write(struct shop *shop, const struct sale *sale,
    const struct tender *tender)
{
	struct q_detail_payment_last	last;
	struct sale_payment		p;
	char				info[80], detail[DETAIL_SIZE];
	int				r;

	r = q_detail_payment_last(shop->db, sale->id, &last);

	payment_of(tender, &p);
	for (size_t i = 0; i < sale->npayments && r == 0; i++) {
		r = payment_back(shop, sale->payments[i].id, false);
		p.amount += sale->payments[i].amount;
	}
	p.given = p.amount;
	(void)str_fmt(info, sizeof(info), "ticket %s paid by %s", sale->ticket,
	    tender->name);
	if (r != 0 ||
	    (r = payment_put(shop, sale->id, &p,
	    sale->payments[0].id)) != 0 ||
	    (r = detail_payments(shop, sale->id, last.id, detail)) != 0 ||
	    (r = journal_event_sale(shop, JET_TENDER, info, sale->id,
	    detail)) != 0) {
		return r;
	}
	return audit_add(shop, "sale.retender", "sale", sale->id,
	    tender->name);
}

/* A posted sale has no version to fence it: read inside the transaction, so
 * that two tills at once do not take the same payment back twice. */
static int
retender_read(struct shop *shop, int64_t id, const struct tender *tender,
    struct sale *sale)
{
	int	r;

	if ((r = sale_load(shop, id, sale)) != 0) {
		return r;
	}
	if (sale->state != SALE_PAID || sale->npayments == 0) {
		return err_set(ERR_INVALID, _("this sale is not paid yet"));
	}
	if (sale->npayments == 1 &&
	    strcmp(sale->payments[0].tender, tender->name) == 0) {
		return err_set(ERR_INVALID, _("ticket %s is paid by %s "
		    "already"), sale->ticket, tender->label);
	}
	return 0;
}

int
sale_retender(struct shop *shop, int64_t id, const char *name)
{
	struct tender	tender;
	struct sale	sale = { 0 };
	int		r;

	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = tender_open(shop, name, &tender)) != 0 ||
	    (r = db_begin(shop->db, "sale retender")) != 0) {
		return r;
	}
	if ((r = retender_read(shop, id, &tender, &sale)) == 0) {
		r = retender_write(shop, &sale, &tender);
	}
	r = sale_end(shop, r);
	sale_done(&sale);
	return r;
}

int
sale_no_sale(struct shop *shop, const char *reason)
{
	char	info[120];
	int64_t	printer, job;
	int	r;

	if ((r = shop_require(shop, RIGHT_NOSALE)) != 0) {
		return r;
	}
	if (reason[0] == '\0' || !utf8_is_clean(reason)) {
		return err_set(ERR_EMPTY, _("say why the drawer opens"));
	}
	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0) {
		return r;
	}
	(void)str_fmt(info, sizeof(info), "drawer without sale: %s", reason);
	if ((r = db_begin(shop->db, "no sale")) != 0) {
		return r;
	}
	if ((r = journal_event(shop, JET_DRAWER, info)) == 0 &&
	    (r = audit_add(shop, "sale.drawer", "", 0, "")) == 0 &&
	    printer != 0) {
		r = print_drawer(shop, printer, "no sale", &job);
	}
	return sale_end(shop, r);
}
