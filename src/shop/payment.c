/* SPDX-License-Identifier: ISC */
/* Taking money: what take.c planned, written, and the posting when nothing is
 * due any more. */
#include "shop/payment.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/detail.h"
#include "shop/drawer.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/sale_part.h"
#include "shop/slip.h"
#include "shop/take.h"
#include "shop/training.h"
#include "shop/voucher.h"
#include "sql/detail.h"
#include "sql/sale.h"
#include "sql/tender.h"

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
	if (sale->due == 0 && sale->waits) {
		return err_set(ERR_INVALID, _("a payment is waited for: "
		    ":confirmed or :failed"));
	}
	if (sale->due < 0 && sale->total >= 0) {
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

	return r != 0 ? r : q_payment_add(shop->db, sale, p->tender,
	    p->amount, p->given, p->change, p->pending ? "pending" : "ok",
	    p->tip, p->reference, p->currency, p->abroad, p->home, p->per,
	    some(&p->customer), some(&p->voucher), some(&corrects),
	    shop_now(), some(&shop->who.user), some(&shop->who.terminal),
	    some(&shift), &p->id);
}

int
payment_back(struct shop *shop, int64_t sale, const struct sale_payment *p,
    bool failed)
{
	int64_t	id, shift;
	int	r = shift_for_payment(shop, &shift);

	if (r == 0) {
		r = q_payment_back(shop->db, p->id, failed ? "failed" :
		    "back", shop_now(), some(&shop->who.user),
		    some(&shop->who.terminal), some(&shift), &id);
	}
	if (r != 0 || p->voucher == 0 || p->amount == 0) {
		return r;
	}
	return p->amount > 0 ?
	    voucher_unuse(shop, p->voucher, p->amount, sale) :
	    voucher_use(shop, p->voucher, -p->amount, sale);
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

/* The paper of a credit note that was made in the place of money. */
static int
pay_note_paper(struct shop *shop, int64_t voucher)
{
	struct voucher	v;
	struct slip	slip = { 0 };
	char		ref[32];
	int64_t		printer, job;
	int		r;

	(void)str_fmt(ref, sizeof(ref), "V%lld", (long long)voucher);
	if ((r = printer_for(shop, shop->who.terminal, &printer)) == 0 &&
	    printer != 0 && (r = voucher_get(shop, voucher, &v)) == 0 &&
	    (r = voucher_slip(shop, &v, 0, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_RECEIPT, ref, &slip, &job);
	}
	slip_done(&slip);
	return r;
}

/* What was on the card, or a new one for what goes back. */
static int
pay_voucher(struct shop *shop, const struct sale *sale, struct take *take)
{
	struct voucher	made;
	int64_t		amount = take->p.amount;
	int		r;

	if (take->tender.kind != TENDER_VOUCHER || amount == 0) {
		return 0;
	}
	if (amount > 0) {
		return voucher_use(shop, take->p.voucher, amount, sale->id);
	}
	if (take->p.voucher != 0) {
		return voucher_refund(shop, take->p.voucher, -amount,
		    sale->id);
	}
	if ((r = voucher_issue(shop, -amount, sale->id, &made)) == 0) {
		take->p.voucher = made.id;
		take->issued = true;
	}
	return r;
}

/* A payment put beside those read, so that the receipt shows it. */
static void
pay_note(struct sale *sale, const struct take *take)
{
	sale->payments = xrealloc(sale->payments, sale->npayments + 1,
	    sizeof(*sale->payments));
	sale->payments[sale->npayments++] = take->p;
	sale->paid += take->p.amount;
	sale->change += take->p.change;
	sale->tip += take->p.tip;
	sale->waits = sale->waits || take->p.pending;
	sale->rounding = take->rounding;
	sale->due -= take->p.amount - take->rounding;
}

static int
pay_rows(struct shop *shop, struct sale *sale, struct take *take)
{
	char	detail[64];
	int	r;

	if ((r = take_check(shop, take)) != 0 ||
	    (r = pay_voucher(shop, sale, take)) != 0 ||
	    (r = payment_put(shop, sale->id, &take->p, 0)) != 0 ||
	    (take->phone[0] != '\0' && (r = q_payment_phone_add(shop->db,
	    take->p.id, take->phone)) != 0)) {
		return r;
	}
	pay_note(sale, take);
	if (take->p.tip != 0) {
		(void)str_fmt(detail, sizeof(detail), "tip %s %lld",
		    take->tender.name, (long long)take->p.tip);
		if ((r = journal_event(shop, JET_OTHER, detail)) != 0) {
			return r;
		}
	}
	(void)str_fmt(detail, sizeof(detail), "%s %lld", take->tender.name,
	    (long long)take->p.amount);
	return audit_add(shop, "sale.pay", "sale", sale->id, detail);
}

/* After a part of the money, and after all of it: the end of a transaction
 * that may have posted the sale. */
static int
pay_end(struct shop *shop, const struct sale *sale, int r)
{
	/* Frozen: another till posted it since it was read. */
	if (r == ERR_CHANGED || r == ERR_FROZEN) {
		return sale_refused(shop, sale->id, sale->version);
	}
	return sale_end(shop, r);
}

static int
pay_fence(struct shop *shop, const struct sale *sale)
{
	int64_t	n;
	int	r = q_sale_fence(shop->db, sale->id, sale->version,
		    some(&shop->who.session), "paying", &n);

	return r != 0 || n == 1 ? r : ERR_CHANGED;
}

/* The transaction: everything of it or nothing. */
static int
pay_write(struct shop *shop, struct sale *sale, struct take *take, bool paper,
    bool *posts)
{
	int	r;

	*posts = take->covers && !take->p.pending && !sale->waits;
	if ((r = db_begin(shop->db, "sale pay")) != 0) {
		return r;
	}
	/* A posting has its fence at the end. */
	if ((*posts || (r = pay_fence(shop, sale)) == 0) &&
	    (r = pay_rows(shop, sale, take)) == 0 && *posts) {
		r = sale_posting(shop, sale, pay_drawer(shop, sale), paper);
	}
	/* Last, so that it names the ticket. */
	if (r == 0 && take->issued && paper) {
		r = pay_note_paper(shop, take->p.voucher);
	}
	return pay_end(shop, sale, r);
}

/* One that money may still come in by. */
static int
tender_open(struct shop *shop, const char *name, struct tender *out)
{
	int	r = tender_find(shop, name, out);

	return r == 0 && !out->active ? err_set(ERR_INVALID,
	    _("%s is no longer taken"), out->label) : r;
}

/* The tender's own columns of a payment. */
static int
take_begin(struct shop *shop, const char *tender, struct take *take)
{
	struct sale_payment	*p = &take->p;
	int			 r;

	*take = (struct take){ .p = { .home = 1, .per = 1 } };
	if ((r = tender_open(shop, tender, &take->tender)) == 0) {
		(void)str_copy(p->tender, sizeof(p->tender),
		    take->tender.name);
		(void)str_copy(p->letter, sizeof(p->letter),
		    take->tender.letter);
		(void)str_copy(p->label, sizeof(p->label),
		    take->tender.label);
	}
	return r;
}

static int
pay(struct shop *shop, int64_t id, int64_t *version, const struct pay *how,
    struct paid *out, bool paper)
{
	struct sale	sale;
	struct take	take;
	int		r;

	*out = (struct paid){ .change = 0 };
	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = take_begin(shop, how->tender, &take)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = training_same(shop, sale.training)) == 0 &&
	    (r = training_pays(&sale, take.tender.name)) == 0 &&
	    (r = pay_ready(shop, &sale, *version)) == 0 &&
	    (r = take_plan(shop, &sale, how, &take)) == 0 &&
	    (r = pay_write(shop, &sale, &take, paper, &out->posted)) == 0) {
		(*version)++;
		out->change = take.p.change;
		out->tip = take.p.tip;
		out->pending = take.p.pending;
	} else {
		out->posted = false;
	}
	sale_done(&sale);
	return r;
}

int
sale_pay_with(struct shop *shop, int64_t id, int64_t *version,
    const struct pay *how, struct paid *out)
{
	return pay(shop, id, version, how, out, true);
}

int
sale_pay(struct shop *shop, int64_t id, int64_t *version, const char *tender,
    int64_t amount, int64_t *change, bool *posted)
{
	struct pay	how = { .tender = tender, .amount = amount,
			    .tip = TIP_NEVER, .sure = true };
	struct paid	paid;
	int		r = pay(shop, id, version, &how, &paid, true);

	*change = paid.change;
	*posted = paid.posted;
	return r;
}

int
sale_pay_history(struct shop *shop, int64_t id, int64_t *version,
    const char *tender, int64_t amount, int64_t *change, bool *posted)
{
	struct pay	how = { .tender = tender, .amount = amount,
			    .tip = TIP_NEVER, .sure = true };
	struct paid	paid;
	int		r = pay(shop, id, version, &how, &paid, false);

	*change = paid.change;
	*posted = paid.posted;
	return r;
}

/* ---- the word on what was waited for ------------------------------------ */

/* The payment that waits longest; `npayments` when none does. */
static size_t
settle_oldest(const struct sale *sale)
{
	size_t	i = 0;

	while (i < sale->npayments && !sale->payments[i].pending) {
		i++;
	}
	return i;
}

/* The open sale, and which payment in it waits. */
static int
settle_load(struct shop *shop, int64_t id, int64_t version, struct sale *sale,
    size_t *which)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = sale_load(shop, id, sale)) != 0) {
		return r;
	}
	if (sale->version != version || sale->state != SALE_PAYING) {
		r = sale_refused(shop, sale->id, version);
	} else if ((*which = settle_oldest(sale)) == sale->npayments) {
		r = err_set(ERR_EMPTY, _("no payment is waited for"));
	}
	if (r != 0) {
		sale_done(sale);
	}
	return r;
}

static int
settle_reference(struct shop *shop, const struct sale_payment *p,
    const char *typed, char out[static PAY_REFERENCE])
{
	struct tender	tender;
	int		r;

	if ((r = take_reference(typed, out)) != 0 ||
	    (r = tender_find(shop, p->tender, &tender)) != 0) {
		return r;
	}
	if (tender.reference > 0 && out[0] == '\0' &&
	    p->reference[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s: the reference it came with"),
		    tender.label);
	}
	return strcmp(out, p->reference) == 0 ? 0 :
	    take_reference_once(shop, &tender, out);
}

/* The proof is looked at inside: two tills may have been shown the same. */
static int
settle_write(struct shop *shop, struct sale *sale, struct sale_payment *p,
    const char *typed, bool *posts)
{
	char	reference[PAY_REFERENCE];
	int	r;

	p->pending = false;
	sale->waits = settle_oldest(sale) < sale->npayments;
	*posts = sale->due == 0 && !sale->waits;
	if ((r = db_begin(shop->db, "sale confirmed")) != 0) {
		return r;
	}
	if ((r = settle_reference(shop, p, typed, reference)) == 0 &&
	    (*posts || (r = pay_fence(shop, sale)) == 0) &&
	    (r = q_payment_settle(shop->db, p->id, reference, shop_now(),
	    some(&shop->who.user))) == 0 &&
	    (r = audit_add(shop, "sale.confirmed", "sale", sale->id,
	    p->tender)) == 0 && *posts) {
		r = sale_posting(shop, sale, pay_drawer(shop, sale), true);
	}
	return pay_end(shop, sale, r);
}

int
sale_pay_came(struct shop *shop, int64_t id, int64_t *version,
    const char *reference, struct paid *out)
{
	struct sale	 sale;
	size_t		 which = 0;
	int		 r;

	*out = (struct paid){ .change = 0 };
	if ((r = settle_load(shop, id, *version, &sale, &which)) != 0) {
		return r;
	}
	if ((r = settle_write(shop, &sale, &sale.payments[which], reference,
	    &out->posted)) == 0) {
		(*version)++;
		out->pending = sale.waits;
		out->change = sale.change;
	} else {
		out->posted = false;
	}
	sale_done(&sale);
	return r;
}

int
sale_pay_failed(struct shop *shop, int64_t id, int64_t *version)
{
	const struct sale_payment	*p;
	struct sale			 sale;
	size_t				 which = 0;
	int				 r;

	if ((r = settle_load(shop, id, *version, &sale, &which)) != 0) {
		return r;
	}
	p = &sale.payments[which];
	if ((r = db_begin(shop->db, "sale failed")) == 0) {
		if ((r = pay_fence(shop, &sale)) == 0 &&
		    (r = payment_back(shop, id, p, true)) == 0 &&
		    (sale.npayments > 1 ||
		    (r = q_sale_unpay(shop->db, id)) == 0)) {
			r = audit_add(shop, "sale.failed", "sale", id,
			    p->tender);
		}
		if ((r = pay_end(shop, &sale, r)) == 0) {
			(*version)++;
		}
	}
	sale_done(&sale);
	return r;
}

/* ---- afterwards --------------------------------------------------------- */

/* What is on a card or an account is not corrected at the counter. */
static int
retender_right(struct shop *shop, const struct sale *sale,
    const struct tender *to)
{
	bool	hard = to->kind == TENDER_ACCOUNT;

	if (to->kind == TENDER_VOUCHER) {
		return err_set(ERR_INVALID, _("a ticket is not corrected to "
		    "%s; take it back and sell again"), to->label);
	}
	for (size_t i = 0; i < sale->npayments; i++) {
		hard = hard || sale->payments[i].voucher != 0 ||
		    sale->payments[i].customer != 0;
	}
	return hard ? shop_require(shop, RIGHT_RETENDER) : 0;
}

/* A tip goes along where one can be given. */
static int
retender_tip(const struct sale *sale, struct take *take)
{
	if (sale->tip != 0 && !take->tender.tip && !take->tender.change) {
		return err_set(ERR_INVALID, _("%s takes no tip; the ticket "
		    "has one"), take->tender.label);
	}
	take->p.tip = sale->tip;
	take->p.given += sale->tip;
	return 0;
}

/* The whole ticket in one payment: what it is, and whether it may be. */
static int
retender_plan(struct shop *shop, const struct sale *sale,
    const struct pay *how, struct take *take)
{
	struct sale	anew = *sale;
	struct pay	all = *how;
	int		r;

	anew.npayments = 0;		/* as if nothing had been paid */
	anew.due = sale->paid;
	anew.waits = false;
	all.amount = 0;
	all.currency = NULL;
	all.sure = true;
	if (take->tender.rounded) {
		/* What is in the drawer is known to the unit. */
		take->p.amount = take->p.given = sale->paid;
		r = retender_tip(sale, take);
		return r != 0 ? r : take_words(shop, &all, take);
	}
	if ((r = take_plan(shop, &anew, &all, take)) != 0) {
		return r;
	}
	/* It came, or it would not be what the ticket was paid by. */
	if (take->tender.waits && take->tender.reference > 0 &&
	    take->p.reference[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s: the reference it came with"),
		    take->tender.label);
	}
	take->p.pending = false;
	if (take->p.amount != sale->paid) {
		return err_set(ERR_RANGE, _("%s does not pay for all of it"),
		    take->tender.label);
	}
	return retender_tip(sale, take);
}

/* Each payment taken back by its mirror, then the whole of it anew. */
static int
retender_write(struct shop *shop, const struct sale *sale, struct take *take)
{
	struct q_detail_payment_last	last;
	char				info[80], detail[DETAIL_SIZE];
	int				r;

	r = q_detail_payment_last(shop->db, sale->id, &last);
	for (size_t i = 0; i < sale->npayments && r == 0; i++) {
		r = payment_back(shop, sale->id, &sale->payments[i], false);
	}
	(void)str_fmt(info, sizeof(info), "ticket %s paid by %s", sale->ticket,
	    take->tender.name);
	if (r != 0 || (r = take_check(shop, take)) != 0 ||
	    (r = payment_put(shop, sale->id, &take->p,
	    sale->payments[0].id)) != 0 ||
	    (r = detail_payments(shop, sale->id, last.id, detail)) != 0 ||
	    (r = journal_event_sale(shop, JET_TENDER, info, sale->id,
	    detail)) != 0) {
		return r;
	}
	return audit_add(shop, "sale.retender", "sale", sale->id,
	    take->tender.name);
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
	if ((r = training_same(shop, sale->training)) != 0) {
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
	return retender_right(shop, sale, tender);
}

int
sale_retender_with(struct shop *shop, int64_t id, const struct pay *how)
{
	struct sale	sale = { 0 };
	struct take	take;
	int		r;

	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = take_begin(shop, how->tender, &take)) != 0 ||
	    (r = db_begin(shop->db, "sale retender")) != 0) {
		return r;
	}
	if ((r = retender_read(shop, id, &take.tender, &sale)) == 0 &&
	    (r = retender_plan(shop, &sale, how, &take)) == 0) {
		r = retender_write(shop, &sale, &take);
	}
	r = sale_end(shop, r);
	sale_done(&sale);
	return r;
}

int
sale_retender(struct shop *shop, int64_t id, const char *name)
{
	struct pay	how = { .tender = name };

	return sale_retender_with(shop, id, &how);
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
	if ((r = drawer_here(shop)) != 0 ||
	    (r = printer_for(shop, shop->who.terminal, &printer)) != 0) {
		return r;
	}
	(void)str_fmt(info, sizeof(info), "drawer without sale: %s", reason);
	if ((r = db_begin(shop->db, "no sale")) != 0) {
		return r;
	}
	if ((r = drawer_no_sale(shop, reason)) == 0 &&
	    (r = journal_event(shop, JET_DRAWER, info)) == 0 &&
	    (r = audit_add(shop, "sale.drawer", "", 0, "")) == 0 &&
	    printer != 0) {
		r = print_drawer(shop, printer, "no sale", &job);
	}
	return sale_end(shop, r);
}
