/* SPDX-License-Identifier: ISC */
/* From an open sale to a ticket: number, VAT, stock, journal, paper, all in
 * the transaction of the last payment. */
#include <string.h>

#include "base/clock.h"
#include "shop/detail.h"
#include "shop/drawer.h"
#include "shop/grand.h"
#include "shop/document.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/table.h"
#include "shop/stock.h"
#include "shop/training.h"
#include "shop/voucher.h"
#include "sql/returned.h"
#include "sql/sale.h"

#define CHAIN_TICKET	"ticket/"
#define CHAIN_TRAINING	"training/"

/* "1", the till, of the shell of the shop's owner "0"; "1.2" in the second
 * life of the database; "E1" while practising. */
int
sale_series(struct shop *shop, char out[static SALE_SERIES])
{
	char	life[JOURNAL_LIFE];
	int	r;

	if ((r = journal_life(shop, life)) == 0) {
		(void)str_fmt(out, SALE_SERIES, "%s%lld%s",
		    shop->who.training ? "E" : "",
		    (long long)shop->who.terminal, life);
	}
	return r;
}

void
sale_chain(const char *series, char out[static SALE_CHAIN])
{
	(void)str_fmt(out, SALE_CHAIN, "%s%s", series[0] == 'E' ?
	    CHAIN_TRAINING : CHAIN_TICKET, series + (series[0] == 'E'));
}

bool
sale_series_of(const char *chain, char out[static SALE_SERIES])
{
	bool	training = str_starts(chain, CHAIN_TRAINING);

	if (!training && !str_starts(chain, CHAIN_TICKET)) {
		return false;
	}
	return str_fmt(out, SALE_SERIES, "%s%s", training ? "E" : "",
	    strchr(chain, '/') + 1);
}

static int
posting_vat(struct shop *shop, const struct sale *sale)
{
	int	r = 0;

	for (int i = 0; i < sale->nvat && r == 0; i++) {
		const struct sale_vat	*v = &sale->vat[i];

		r = q_sale_vat_add(shop->db, sale->id, v->part, v->rate,
		    v->name, v->letter, v->gross, v->net, v->vat);
	}
	return r;
}

/* Does it still take back a whole ticket, and nothing else? */
static int
posting_cancels(struct shop *shop, struct sale *sale)
{
	int64_t	n;
	int	r;

	if (sale->cancels[0] == '\0') {
		return 0;
	}
	if ((r = q_return_partial(shop->db, sale->id, &n)) == 0 && n > 0) {
		sale->cancels[0] = '\0';
	}
	return r;
}

/*
 * The place in the signed chain is the ticket number: gapless because the
 * chain is, and taken in this transaction.
 */
static int
posting_journal(struct shop *shop, struct sale *sale, const char *series,
    int64_t *number, int64_t *record)
{
	const struct detail_posted	posted = {
		.user = shop->who.user,
		.terminal = shop->who.terminal,
		.shift = sale->shift,
		.posted_at = sale->posted_at,
		.business_day = sale->business_day,
		.total = sale->total,
		.rounding = sale->rounding,
	};
	struct journal_place	place;
	struct buf		payload = { 0 };
	char			chain[32], detail[DETAIL_SIZE];
	int			r;

	(void)str_fmt(chain, sizeof(chain), "%s%lld", sale->training ?
	    CHAIN_TRAINING : CHAIN_TICKET, (long long)shop->who.terminal);
	if ((r = journal_clock_check(shop)) != 0 || (!sale->training &&
	    (r = grand_sell(shop, shop->who.terminal,
	    sale->business_day)) != 0) ||
	    (r = detail_ticket(shop, sale->id, &posted, detail)) != 0 ||
	    (r = journal_place(shop, chain, &place)) != 0) {
		return r;
	}
	*number = place.seq;
	sale_ticket(series, place.seq, sale->ticket);
	journal_ticket(sale, sale->posted_at, sale->ticket, &payload);
	r = journal_add(shop, &place, buf_text(&payload), detail, sale->id,
	    sale->hash, record);
	buf_done(&payload);
	return r;
}

/* The slip of a gift card that was sold or filled. */
static int
posting_card(struct shop *shop, int64_t printer, const char *ticket,
    int64_t voucher)
{
	struct voucher	v;
	struct slip	slip = { 0 };
	char		ref[48];
	int64_t		job;
	int		r;

	(void)str_fmt(ref, sizeof(ref), "%s-V%lld", ticket,
	    (long long)voucher);
	if ((r = voucher_get(shop, voucher, &v)) == 0 &&
	    (r = voucher_slip(shop, &v, 0, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_RECEIPT, ref, &slip, &job);
	}
	slip_done(&slip);
	return r;
}

static int
posting_paper(struct shop *shop, const struct sale *sale, bool drawer)
{
	struct slip	slip = { 0 };
	int64_t		printer, job;
	bool		wanted;
	int		r;

	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0) {
		return r;
	}
	/* A till without one may still share a printer that has. */
	if ((drawer && (r = drawer_stands(shop, &drawer)) != 0) ||
	    (drawer && (r = print_drawer(shop, printer, sale->ticket,
	    &job)) != 0)) {
		return r;
	}
	if ((r = document_wanted(shop, sale, &wanted)) == 0 && wanted &&
	    (r = receipt_build(shop, sale, 0, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_RECEIPT, sale->ticket,
		    &slip, &job);
	}
	slip_done(&slip);
	for (size_t i = 0; i < sale->nlines && r == 0 && !sale->training;
	    i++) {
		if (sale->lines[i].voucher != 0 && sale->lines[i].qty > 0 &&
		    sale->lines[i].state == LINE_LIVE &&
		    sale->lines[i].returns == 0) {
			r = posting_card(shop, printer, sale->ticket,
			    sale->lines[i].voucher);
		}
	}
	return r;
}

/* What a real sale does beyond its paper; practice does none of it. */
static int
posting_acts(struct shop *shop, struct sale *sale)
{
	int	r;

	if (sale->training) {
		sale->shift = 0;
		clock_business_day(sale->posted_at, shop->set.day_start_hour,
		    sale->business_day);
		return posting_vat(shop, sale);
	}
	if ((r = order_unsettled(shop, sale)) != 0 ||
	    (r = shift_for_payment(shop, &sale->shift)) != 0 ||
	    (r = shift_day(shop, sale->shift, sale->business_day)) != 0 ||
	    (r = posting_vat(shop, sale)) != 0 ||
	    (r = voucher_posting(shop, sale)) != 0 ||
	    (r = posting_cancels(shop, sale)) != 0) {
		return r;
	}
	return stock_posting(shop, sale);
}

int
sale_posting(struct shop *shop, struct sale *sale, bool drawer, bool paper)
{
	char	series[SALE_SERIES];
	int64_t	number, record, n;
	int	r;

	/* Whole seconds: what the journal says and what the row says must be
	 * the same when it is read back. */
	sale->posted_at = shop_now() / 1000 * 1000;
	sale->state = SALE_PAID;
	(void)str_copy(sale->user, sizeof(sale->user), shop->who.name);
	(void)str_copy(sale->terminal, sizeof(sale->terminal),
	    shop->who.terminal_name);
	if ((r = training_same(shop, sale->training)) != 0 ||
	    (r = sale_series(shop, series)) != 0 ||
	    (r = posting_acts(shop, sale)) != 0 ||
	    (r = posting_journal(shop, sale, series, &number,
	    &record)) != 0) {
		return r;
	}
	if (paper && (r = posting_paper(shop, sale, drawer &&
	    !sale->training)) != 0) {
		return r;
	}
	if (sale->seated && (r = serving_over(shop, sale->id,
	    "paid")) != 0) {
		return r;
	}
	sale_pending_changed(shop, sale->submitted_at == 0);
	/* Last: from here on the row is frozen.  It is the fence as well; what
	 * was written before is rolled back when it does not hold. */
	if ((r = q_sale_post(shop->db, sale->id, sale->version,
	    some(&shop->who.session), some(&shop->who.user),
	    some(&shop->who.terminal), sale->posted_at, sale->business_day,
	    series, number, sale->total, sale->turnover, sale->rounding,
	    record, some(&sale->shift), &n)) != 0) {
		return r;
	}
	return n == 1 ? 0 : ERR_CHANGED;
}
