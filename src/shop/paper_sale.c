/* SPDX-License-Identifier: ISC */
/* The values a paper about a sale is made of; comptoir-templates(7) lists
 * them. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "shop/country.h"
#include "shop/discount.h"
#include "shop/document_part.h"
#include "shop/journal.h"
#include "shop/return.h"
#include "shop/sale_part.h"
#include "shop/table.h"
#include "shop/training.h"
#include "sql/document.h"

static void
paper_some(struct paper *p, const struct shop *shop, const char *name,
    int64_t amount)
{
	if (amount != 0) {
		paper_money(p, shop, name, amount);
	}
}

static void
paper_head(const struct shop *shop, const struct sale *sale, int duplicate,
    struct paper *p)
{
	char	when[32];
	bool	ticket = sale->ticket[0] != '\0';

	if (sale->training) {
		paper_set(p, "training", TRAINING_WORDS);
		paper_set(p, "practice", _("Practice - not a receipt"));
	}
	paper_duplicate(p, duplicate);
	paper_set(p, "ticket", sale->ticket);
	if (sale->cancels[0] != '\0') {
		paper_fmt(p, "cancels", _("This ticket cancels ticket no. %s"),
		    sale->cancels);
	}
	if (sale->cancelled_by[0] != '\0') {
		paper_fmt(p, "cancelled_by", _("Cancelled by ticket no. %s"),
		    sale->cancelled_by);
	}
	paper_set(p, "operation", sale->total < 0 ? _("Refund") : _("Sale"));
	clock_local(ticket ? sale->posted_at : shop_now(),
	    ticket ? "%d/%m/%Y %H:%M:%S" : "%d/%m/%Y %H:%M", when,
	    sizeof(when));
	paper_set(p, "date_time", when);
	when[10] = '\0';
	paper_set(p, "date", when);
	paper_place(p, sale->terminal, sale->user);
	paper_set(p, "mode", sale_mode_text(sale->mode));
	paper_set(p, "seller", sale->seller);
	paper_set(p, "customer", sale->customer_name);
	paper_set(p, "customer_code", sale->customer_code);
	paper_set(p, sale->kind == SALE_ORDER ? "order" : "quotation",
	    sale->paper);
	if (strcmp(sale->name, sale->paper) != 0) {
		paper_set(p, "name", sale->name);
	}
	paper_day(p, shop, "due_day", sale->due_day);
}

static void
paper_letters(const struct sale *sale, const struct sale_line *line,
    struct paper *row)
{
	const char	*letter = "", *second = "";

	for (int i = 0; i < sale->nvat && !line->no_turnover; i++) {
		if (sale->vat[i].part == 1 &&
		    sale->vat[i].rate == line->rate) {
			letter = sale->vat[i].letter;
		}
		if (sale->vat[i].part == 2 && line->rate2 != 0 &&
		    sale->vat[i].rate == line->rate2) {
			second = sale->vat[i].letter;
		}
	}
	paper_fmt(row, "letters", "%s%s", letter, second);
}

/* "    + Wine         A": under its line, whose price may have it in. */
static void
paper_option(struct shop *shop, const struct sale *sale,
    const struct sale_line *line, struct paper *row)
{
	int64_t	full = line_before_all(line);

	paper_set(row, "qty", "   +");
	paper_set(row, "code", line->code);
	paper_set(row, "label", line->label);
	paper_set(row, "full", "");
	if (full != 0) {
		paper_money(row, shop, "full", full);
	}
	paper_money(row, shop, "amount", line->amount);
	paper_letters(sale, line, row);
}

static void
paper_line(struct shop *shop, const struct sale *sale,
    const struct sale_line *line, struct paper *row)
{
	char	qty[MONEY_TEXT], price[MONEY_TEXT];

	if (line->parent != 0) {
		paper_option(shop, sale, line, row);
		return;
	}
	qty_plain(shop->money.mark, line->qty, qty);
	money_plain(&shop->money, line->price, price);
	paper_fmt(row, "qty", "%s%s%s", qty, line->by_weight ? " " : "",
	    line->by_weight ? line->unit : "");
	paper_set(row, "code", line->code);
	paper_set(row, "label", line->label);
	paper_set(row, "unit_price", price);
	/* Before what is taken off: that has lines of its own. */
	paper_money(row, shop, "full", line_before_all(line));
	paper_money(row, shop, "amount", line->amount);
	/* What is shared out over its options has their taxes. */
	if (line->amount != 0 || line->moved == 0) {
		paper_letters(sale, line, row);
	}
	if (line->qty != QTY_ONE && line->qty != -QTY_ONE) {
		paper_fmt(row, "count", "%s x %s%s%s", qty, price,
		    line->by_weight ? "/" : "",
		    line->by_weight ? line->unit : "");
	}
	paper_fmt(row, "note", "%s%s%s", line->words,
	    line->words[0] != '\0' && line->note[0] != '\0' ? ", " : "",
	    line->note);
	if (line->of[0] != '\0' && strcmp(line->of, sale->cancels) != 0) {
		paper_fmt(row, "from", _("back from ticket %s"), line->of);
	}
	if (line->why[0] != '\0') {
		paper_fmt(row, "why_back", _("back without a ticket: %s"),
		    line->why);
	}
	if (line->price_label[0] != '\0' && line->price < line->list_price) {
		paper_set(row, "price_list", line->price_label);
		paper_money(row, shop, "list_price", line->list_price);
	}
	paper_set(row, "serial", line->serial);
	paper_set(row, "lot", line->lot);
}

static void
paper_discounts(struct shop *shop, const struct sale *sale, int64_t line,
    struct paper *to)
{
	char	words[160];

	for (size_t i = 0; i < sale->ndiscounts; i++) {
		const struct sale_discount	*d = &sale->discounts[i];
		struct paper			*row;

		if (d->line != line || (d->amount <= 0 &&
		    d->kind != DISCOUNT_OFFER)) {
			continue;
		}
		/* Those of the ticket have another name, so that a template
		 * in a line does not see them. */
		row = paper_row(to, line == 0 ? "ticket_discounts" :
		    "discounts");
		discount_text(shop, d, words, sizeof(words));
		paper_set(row, "reason", words);
		paper_money(row, shop, "off", -d->amount);
	}
}

static void
paper_body(struct shop *shop, const struct sale *sale, struct paper *p)
{
	size_t	lines = 0;
	int64_t	before = 0;

	for (size_t i = 0; i < sale->nlines; i++) {
		const struct sale_line	*line = &sale->lines[i];

		if (line->state != LINE_VOID) {
			struct paper	*row = paper_row(p, "lines");

			paper_line(shop, sale, line, row);
			if (line->state == LINE_LIVE) {
				paper_discounts(shop, sale, line->id, row);
			}
			before += line_before_ticket(sale, line);
			lines += line->parent == 0;
		}
	}
	paper_discounts(shop, sale, 0, p);
	paper_money(p, shop, "subtotal", before);
	paper_fmt(p, "line_count", ngettext("%zu line", "%zu lines", lines),
	    lines);
}

static void
paper_sums(struct shop *shop, const struct sale *sale, struct paper *p)
{
	char	rate[MONEY_TEXT];

	money_symbol(&shop->money, sale->total, rate);
	paper_set(p, "total", rate);
	if (sale->rounding != 0) {
		paper_money(p, shop, "rounding", sale->rounding);
		paper_cash(p, shop, "to_pay", sale->total + sale->rounding);
	}
	paper_cash(p, shop, "due", sale->due);
	/* Two taxes side by side are told apart by name. */
	paper_set(p, "vat_name", sale->nvat > 0 && !sale->tax_added ?
	    sale->vat[0].name : " ");
	for (int i = 0; i < sale->nvat; i++) {
		const struct sale_vat	*v = &sale->vat[i];
		struct paper		*row = paper_row(p, "vat");

		rate_plain(shop->money.mark, v->rate, rate);
		paper_fmt(row, "rate", "%s %s%s%s%%", v->letter,
		    sale->tax_added ? v->name : "",
		    sale->tax_added ? " " : "", rate);
		paper_money(row, shop, "net", v->net);
		paper_money(row, shop, "tax", v->vat);
		paper_money(row, shop, "gross", v->gross);
	}
}

/* Foreign money as it was given: "30,00 USD". */
static int
paper_foreign(struct shop *shop, const struct sale_payment *pay,
    struct paper *row)
{
	struct money_style	style;
	char			amount[MONEY_TEXT];
	int			r;

	if ((r = money_style_set(&style, pay->currency,
	    shop->set.country)) == 0) {
		money_plain(&style, pay->abroad, amount);
		paper_fmt(row, "abroad", "%s %s", amount, pay->currency);
	}
	return r;
}

/* The tenders' words once more: the sale has them in the user's language. */
static int
paper_payments(struct shop *shop, const struct sale *sale, struct paper *p)
{
	struct tender	tender;
	int		r;

	for (size_t i = 0; i < sale->npayments; i++) {
		const struct sale_payment	*pay = &sale->payments[i];
		struct paper			*row;

		if ((r = tender_find(shop, pay->tender, &tender)) != 0) {
			return r;
		}
		row = paper_row(p, "payments");
		paper_set(row, "tender", tender.label);
		paper_money(row, shop, "given", pay->given);
		paper_set(row, "reference", pay->reference);
		if (pay->currency[0] != '\0' && (r = paper_foreign(shop, pay,
		    row)) != 0) {
			return r;
		}
		paper_some(row, shop, "tip", pay->tip);
	}
	paper_some(p, shop, "change", sale->change);
	paper_some(p, shop, "tip", sale->tip);
	return 0;
}

/* Who was served, where, by whom; a bar tab's nickname is the house's. */
static int
paper_served(struct shop *shop, const struct sale *sale, struct paper *p)
{
	struct serving	v;
	char		way[SERVING_OUT];
	int		r;

	if (!sale->seated) {
		return 0;
	}
	if ((r = serving_get(shop, sale->id, &v)) != 0) {
		return r;
	}
	paper_set(p, "table", v.kind == SERVING_TABLE ? v.name : "");
	if (v.covers > 0) {
		paper_fmt(p, "covers", ngettext("%d cover", "%d covers",
		    (unsigned long)v.covers), v.covers);
	}
	paper_set(p, "server", v.server_name);
	serving_way(v.kind, sale->mode, v.promised, way, sizeof(way));
	paper_set(p, "way", way);
	paper_set(p, "phone", v.phone);
	paper_set(p, "deliver_to", v.address);
	return 0;
}

int
paper_of_sale(struct shop *shop, const void *of, struct paper *out)
{
	const struct paper_sale	*what = of;
	const struct sale	*sale = what->sale;
	char			 code[RETURN_CODE];
	int			 r;

	paper_head(shop, sale, what->duplicate, out);
	if ((r = paper_served(shop, sale, out)) != 0) {
		return r;
	}
	paper_body(shop, sale, out);
	paper_sums(shop, sale, out);
	paper_program(out, sale->hash);
	/* For who brings something back: a scanner finds the ticket by it. */
	if (sale->state == SALE_PAID && return_code(sale, code)) {
		paper_set(out, "code", code);
	}
	r = paper_payments(shop, sale, out);
	return r == 0 && what->invoice ? paper_of_invoice(shop, sale, out) :
	    r;
}
