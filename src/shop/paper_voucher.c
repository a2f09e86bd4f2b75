/* SPDX-License-Identifier: ISC */
/* Papers about what the shop owes and is owed: credit notes, gift cards, money
 * that was received on account. */
#include <string.h>

#include "base/buf.h"
#include "shop/audit.h"
#include "shop/customer.h"
#include "shop/document_part.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/slip.h"
#include "shop/voucher.h"
#include "sql/customer.h"
#include "sql/voucher.h"

/* --- credit notes and gift cards ------------------------------------------ */

static void
voucher_terms(struct shop *shop, const struct voucher *v, struct paper *p)
{
	char	shown[VOUCHER_SHOWN], rate[MONEY_TEXT];

	voucher_show(v->number, false, shown);
	paper_set(p, "number", shown);
	paper_set(p, "code", v->number);
	paper_day(p, shop, "expires", v->expires);
	paper_set(p, "holder", v->holder);
	if (v->state != VOUCHER_GOOD) {
		paper_set(p, "state", voucher_state_text(v->state));
	}
	if (v->single) {
		rate_plain(shop->money.mark, v->rate, rate);
		paper_fmt(p, "rate", "%s%%", rate);
	}
}

int
paper_of_voucher(struct shop *shop, const void *of, struct paper *out)
{
	const struct paper_voucher	*what = of;
	const struct voucher		*v = what->voucher;
	struct q_voucher_paper		 row;
	char				 text[MONEY_TEXT], ticket[32];
	int				 r;

	if ((r = q_voucher_paper(shop->db, v->id, &row)) != 0) {
		return r;
	}
	paper_duplicate(out, what->duplicate);
	voucher_terms(shop, v, out);
	money_symbol(&shop->money, v->balance, text);
	paper_set(out, "balance", text);
	paper_cash(out, shop, "amount", row.put);
	paper_cash(out, shop, "used", row.put - v->balance);
	if (!row.number_null) {
		sale_ticket(row.series, row.number, ticket);
		paper_set(out, "ticket", ticket);
	}
	paper_set(out, "from", row.back);
	paper_when(out, v->made_at);
	paper_place(out, shop->who.terminal_name, shop->who.name);
	paper_program(out, "");
	return 0;
}

int
voucher_slip(struct shop *shop, const struct voucher *v, int64_t duplicate,
    struct slip *out)
{
	struct paper_voucher	of = { v, duplicate };

	return document_make(shop, v->kind == VOUCHER_GIFT ? DOCUMENT_CARD :
	    DOCUMENT_CREDIT, NULL, paper_of_voucher, &of, out);
}

int
voucher_again(struct shop *shop, int64_t id, int64_t *n, struct slip *out)
{
	struct q_voucher_paper	row;
	struct voucher		v;
	struct sale		sale;
	char			name[32], document[32];
	int			r;

	*n = 0;
	if ((r = q_voucher_paper(shop->db, id, &row)) != 0 ||
	    (r = voucher_get(shop, id, &v)) != 0) {
		return r;
	}
	if (row.number_null) {
		return err_set(ERR_INVALID, _("this voucher is on no ticket; "
		    "it has no paper"));
	}
	if ((r = sale_load(shop, row.sale, &sale)) != 0) {
		return r;
	}
	(void)str_fmt(name, sizeof(name), "V%lld", (long long)id);
	(void)str_fmt(document, sizeof(document), "Voucher %lld",
	    (long long)id);
	if ((r = receipt_duplicate(shop, &sale, name, document, n)) == 0) {
		r = voucher_slip(shop, &v, *n, out);
	}
	sale_done(&sale);
	return r;
}

static int
voucher_reprint_in(struct shop *shop, int64_t id, int64_t *n)
{
	struct slip	slip = { 0 };
	char		ref[48];
	int64_t		printer, job;
	int		r;

	if ((r = voucher_again(shop, id, n, &slip)) == 0 &&
	    (r = audit_add(shop, "voucher.reprint", "voucher", id,
	    "")) == 0 &&
	    (r = printer_for(shop, shop->who.terminal, &printer)) == 0 &&
	    printer != 0) {
		(void)str_fmt(ref, sizeof(ref), "V%lld-D%lld", (long long)id,
		    (long long)*n);
		r = print_add(shop, printer, PRINT_DUPLICATE, ref, &slip,
		    &job);
	}
	slip_done(&slip);
	return r;
}

int
voucher_reprint(struct shop *shop, int64_t id, int64_t *n)
{
	int	r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_REPRINT)) != 0 ||
	    (r = db_begin(shop->db, "voucher reprint")) != 0) {
		return r;
	}
	if ((r = sale_end(shop, voucher_reprint_in(shop, id, n))) != 0) {
		*n = 0;
	}
	return r;
}

/* --- money received on account -------------------------------------------- */

int
paper_of_entry(struct shop *shop, const void *of, struct paper *out)
{
	struct q_customer_receipt	row;
	struct tender			tender;
	int				r;

	if ((r = q_customer_receipt(shop->db, *(const int64_t *)of,
	    &row)) != 0) {
		return r;
	}
	paper_fmt(out, "entry", "A%lld", (long long)row.id);
	paper_set(out, "customer", row.name);
	paper_set(out, "customer_code", row.code);
	paper_set(out, "reference", row.reference);
	paper_money(out, shop, "amount", -row.amount);
	paper_money(out, shop, "owed", row.owed);
	paper_money(out, shop, "owed_before", row.owed - row.amount);
	paper_when(out, row.at);
	paper_place(out, row.terminal, row.user);
	paper_program(out, "");
	if ((r = tender_find(shop, row.tender, &tender)) == 0) {
		paper_set(out, "tender", tender.label);
	}
	return r;
}

int
customer_receipt(struct shop *shop, int64_t entry)
{
	struct slip	slip = { 0 };
	char		ref[32];
	int64_t		printer, job;
	int		r;

	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0) {
		return r;
	}
	(void)str_fmt(ref, sizeof(ref), "A%lld", (long long)entry);
	if ((r = document_make(shop, DOCUMENT_ACCOUNT, NULL, paper_of_entry,
	    &entry, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_REPORT, ref, &slip, &job);
	}
	slip_done(&slip);
	return r;
}
