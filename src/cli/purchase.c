/* SPDX-License-Identifier: ISC */
/* purchase … and receipt …: what was ordered, what came. */
#include "cli/supplier.h"

#include <stdio.h>
#include <string.h>

#include "shop/purchase.h"
#include "shop/stock.h"

/* --- orders -------------------------------------------------------------- */

/* "PO-000012", or "#7" what has no number yet. */
static void
paper_name(struct out *o, const char *number, int64_t id)
{
	char	text[PURCHASE_NUMBER];

	(void)str_fmt(text, sizeof(text), "#%lld", (long long)id);
	out_text(o, number[0] != '\0' ? number : text);
}

static int
purchase_row(void *ctx, const struct purchase *p)
{
	struct out	*o = ctx;

	paper_name(o, p->number, p->id);
	out_text(o, p->supplier_name);
	out_word(o, p->state, purchase_state_text(p->state));
	out_int(o, p->made_at);
	out_int(o, p->sent_at);
	out_text(o, p->wanted);
	out_int(o, p->lines);
	out_int(o, p->amount);
	return 0;
}

static int
run_purchase_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "number", N_("order"), VALUE_TEXT },
		{ "supplier", N_("supplier"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "made_at", N_("made"), VALUE_TIME },
		{ "sent_at", N_("sent"), VALUE_TIME },
		{ "wanted", N_("wanted for"), VALUE_DAY },
		{ "lines", N_("lines"), VALUE_COUNT },
		{ "amount", N_("without tax"), VALUE_MONEY },
	};
	const char	*state = call_option(call, "state");
	int64_t		 supplier;
	int		 r = supplier_option(call, &supplier);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = purchase_list(call->shop, state == NULL ? "open" :
	    strcmp(state, "all") == 0 ? "" : state, supplier, 0,
	    purchase_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
purchase_line_row(void *ctx, const struct purchase_line *l)
{
	struct out	*o = ctx;

	out_text(o, l->code);
	out_text(o, l->ref);
	out_text(o, l->name);
	out_int(o, l->packs);
	out_int(o, l->pack);
	out_text(o, l->unit);
	out_int(o, l->price);
	out_int(o, l->discount);
	out_int(o, l->amount);
	out_int(o, l->received);
	return 0;
}

static int
run_purchase_show(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "ref", N_("reference"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "packs", N_("packs"), VALUE_COUNT },
		{ "pack", N_("pack"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "price", N_("price"), VALUE_MONEY },
		{ "discount", N_("discount %"), VALUE_RATE },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "received", N_("received"), VALUE_QTY },
	};
	struct purchase	p;
	int		r = purchase_find(call->shop, call_arg(call, 0), &p);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = purchase_lines(call->shop, p.id, purchase_line_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_purchase_add(struct call *call)
{
	const char	*wanted = call_option(call, "wanted");
	const char	*price = call_option(call, "price");
	struct supplier	 s;
	struct product	 p;
	struct scan	 scan;
	int64_t		 id, packs, at = 0;
	int		 r;

	if ((r = supplier_find(call->shop, call_arg(call, 0), &s)) != 0 ||
	    (r = supplier_item_find(call->shop, s.id, call_arg(call, 1), &p,
	    &scan)) != 0 ||
	    (r = str_to_i64(call_arg(call, 2), 0, 99999, &packs)) != 0 ||
	    (price != NULL && (r = money_parse(&call->shop->money, price,
	    false, &at)) != 0) ||
	    (r = purchase_order(call->shop, s.id, wanted == NULL ? "" : wanted,
	    p.id, packs, price == NULL ? NULL : &at, &id)) != 0) {
		return r;
	}
	call_say(call, _("order #%lld: %lld × %s"), (long long)id,
	    (long long)packs, p.name);
	return 0;
}

static int
run_purchase_send(struct call *call)
{
	struct purchase	p;
	char		number[PURCHASE_NUMBER];
	int		r;

	if ((r = purchase_find(call->shop, call_arg(call, 0), &p)) == 0 &&
	    (r = purchase_send(call->shop, p.id,
	    call_option(call, "anyway") != NULL, number)) == 0) {
		call_say(call, _("order %s to %s"), number, p.supplier_name);
	}
	return r;
}

static int
run_purchase_close(struct call *call)
{
	struct purchase	p;
	int		r = purchase_find(call->shop, call_arg(call, 0), &p);

	return r != 0 ? r : purchase_close(call->shop, p.id);
}

static int
run_purchase_import(struct call *call)
{
	return call_import(call, purchase_import);
}

/* That order, or all drafts. */
static int
run_purchase_export(struct call *call)
{
	const char	*order = call_option(call, "order");
	struct purchase	 p = { .id = 0 };
	int		 r;

	if (order != NULL &&
	    (r = purchase_find(call->shop, order, &p)) != 0) {
		return r;
	}
	return call_export_of(call, p.id, 0, purchase_export);
}

static int
due_row(void *ctx, const struct purchase_due *d)
{
	struct out	*o = ctx;

	out_text(o, d->day);
	out_int(o, d->late);
	out_text(o, d->number);
	out_text(o, d->supplier);
	out_text(o, d->code);
	out_text(o, d->name);
	out_int(o, d->qty);
	out_text(o, d->unit);
	return 0;
}

static int
run_purchase_due(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "day", N_("day"), VALUE_DAY },
		{ "late", N_("late"), VALUE_BOOL },
		{ "order", N_("order"), VALUE_TEXT },
		{ "supplier", N_("supplier"), VALUE_TEXT },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "qty", N_("missing"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
	};
	int64_t	supplier;
	int	r = supplier_option(call, &supplier);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = purchase_due(call->shop, supplier, due_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
propose_row(void *ctx, const struct proposal *p)
{
	struct out	*o = ctx;

	out_text(o, p->supplier_code);
	out_text(o, p->code);
	out_text(o, p->name);
	out_int(o, p->here);
	out_int(o, p->coming);
	out_int(o, p->promised);
	out_int(o, p->least);
	out_int(o, p->most);
	out_int(o, p->daily);
	out_int(o, p->packs);
	out_int(o, p->pack);
	out_text(o, p->unit);
	out_int(o, p->packs * p->price);
	return 0;
}

static int
run_purchase_propose(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "supplier", N_("supplier"), VALUE_TEXT },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "here", N_("here"), VALUE_QTY },
		{ "coming", N_("on its way"), VALUE_QTY },
		{ "promised", N_("promised"), VALUE_QTY },
		{ "reorder_min", N_("ordered at"), VALUE_QTY },
		{ "reorder_max", N_("up to"), VALUE_QTY },
		{ "sold_a_day", N_("sold a day"), VALUE_QTY },
		{ "packs", N_("packs"), VALUE_COUNT },
		{ "pack", N_("pack"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "amount", N_("amount"), VALUE_MONEY },
	};
	const char		*value;
	struct stock_place	 place = { 0 };
	int64_t			 days = 0, cover = 14, n;
	int			 r;

	if (((value = call_option(call, "days")) != NULL &&
	    (r = str_to_i64(value, 0, 730, &days)) != 0) ||
	    ((value = call_option(call, "cover")) != NULL &&
	    (r = str_to_i64(value, 0, 730, &cover)) != 0)) {
		return r;
	}
	if ((value = call_option(call, "place")) != NULL) {
		if (strcmp(value, "all") == 0) {
			place.id = PROPOSE_ALL;
		} else if ((r = stock_place_find(call->shop, value,
		    &place)) != 0) {
			return r;
		}
	}
	if (call_option(call, "order") != NULL) {
		if ((r = purchase_propose_orders(call->shop, place.id,
		    (int)days, (int)cover, &n)) == 0) {
			call_say(call, ngettext("%lld line on draft orders",
			    "%lld lines on draft orders", (unsigned long)n),
			    (long long)n);
		}
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = purchase_propose(call->shop, place.id, (int)days, (int)cover,
	    propose_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* --- receipts ------------------------------------------------------------ */

static int
receipt_row(void *ctx, const struct intake *in)
{
	struct out	*o = ctx;

	paper_name(o, in->number, in->id);
	out_word(o, in->back ? "return" : "receipt",
	    in->back ? _("sent back") : _("received"));
	out_text(o, in->supplier_name);
	out_text(o, in->order);
	out_word(o, in->state, purchase_state_text(in->state));
	out_int(o, in->at);
	out_text(o, in->reference);
	out_int(o, in->lines);
	out_int(o, in->amount);
	out_int(o, in->costs);
	out_int(o, in->billed);
	return 0;
}

static int
run_receipt_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "number", N_("number"), VALUE_TEXT },
		{ "kind", N_("what"), VALUE_TEXT },
		{ "supplier", N_("supplier"), VALUE_TEXT },
		{ "order", N_("order"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "at", N_("time"), VALUE_TIME },
		{ "reference", N_("reference"), VALUE_TEXT },
		{ "lines", N_("lines"), VALUE_COUNT },
		{ "amount", N_("without tax"), VALUE_MONEY },
		{ "costs", N_("costs"), VALUE_MONEY },
		{ "billed", N_("invoiced"), VALUE_BOOL },
	};
	const char	*state = call_option(call, "state");
	int64_t		 supplier;
	int		 r = supplier_option(call, &supplier);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = intake_list(call->shop, state == NULL ? "" : state, supplier, 0,
	    receipt_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
receipt_line_row(void *ctx, const struct intake_line *l)
{
	struct out	*o = ctx;

	out_text(o, l->code);
	out_text(o, l->name);
	out_int(o, l->qty);
	out_text(o, l->unit);
	out_text(o, l->lot);
	out_text(o, l->expiry);
	out_text(o, l->serial);
	out_int(o, l->amount);
	out_int(o, l->value);
	out_int(o, l->expired);
	return 0;
}

static int
run_receipt_show(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "qty", N_("quantity"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "lot", N_("lot"), VALUE_TEXT },
		{ "expiry", N_("last day"), VALUE_DAY },
		{ "serial", N_("serial no."), VALUE_TEXT },
		{ "amount", N_("without tax"), VALUE_MONEY },
		{ "value", N_("with costs"), VALUE_MONEY },
		{ "expired", N_("past its last day"), VALUE_BOOL },
	};
	struct intake	in;
	int		r = intake_find(call->shop, call_arg(call, 0), &in);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = intake_lines(call->shop, in.id, receipt_line_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
gap_row(void *ctx, const struct intake_gap *g)
{
	struct out	*o = ctx;

	out_text(o, g->code);
	out_text(o, g->name);
	out_text(o, g->unit);
	out_int(o, g->ordered);
	out_int(o, g->before);
	out_int(o, g->now);
	out_int(o, g->before + g->now - g->ordered);
	return 0;
}

static int
run_receipt_gaps(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "ordered", N_("ordered"), VALUE_QTY },
		{ "before", N_("came before"), VALUE_QTY },
		{ "now", N_("now"), VALUE_QTY },
		{ "difference", N_("difference"), VALUE_QTY },
	};
	struct intake	in;
	int		r = intake_find(call->shop, call_arg(call, 0), &in);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = intake_gaps(call->shop, in.id, gap_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* An order's number, or a supplier's code: nothing was ordered. */
static int
run_receipt_start(struct call *call)
{
	struct purchase	order;
	struct supplier	s;
	int64_t		id;
	int		r = purchase_find(call->shop, call_arg(call, 0),
			    &order);

	if (r == 0) {
		r = intake_of_order(call->shop, order.id, &id);
	} else if ((r = supplier_find(call->shop, call_arg(call, 0),
	    &s)) == 0) {
		r = intake_start(call->shop, s.id, false, 0, "", &id);
	}
	if (r == 0) {
		call_say(call, _("receipt #%lld"), (long long)id);
	}
	return r;
}

static int
run_receipt_back(struct call *call)
{
	struct supplier	s;
	int64_t		id;
	int		r;

	if ((r = supplier_find(call->shop, call_arg(call, 0), &s)) == 0 &&
	    (r = intake_start(call->shop, s.id, true, 0, call_arg(call, 1),
	    &id)) == 0) {
		call_say(call, _("receipt #%lld, back to %s"), (long long)id,
		    s.name);
	}
	return r;
}

/* One line beside what was taken all the same. */
static void
doubt_said(void *ctx, const char *text)
{
	(void)ctx;
	(void)fprintf(stderr, "%s\n", text);
}

static int
run_receipt_add(struct call *call)
{
	const char		*times = call_arg(call, 2);
	const char		*asked = call_option(call, "amount");
	struct intake_entry	 e = { .lot = call_option(call, "lot"),
				    .expiry = call_option(call, "expiry"),
				    .serial = call_option(call, "serial") };
	struct intake		 in;
	struct product		 p;
	struct scan		 scan;
	int64_t			 qty = QTY_ONE, amount;
	char			 text[MONEY_TEXT];
	int			 r;

	if ((r = intake_find(call->shop, call_arg(call, 0), &in)) != 0 ||
	    (times != NULL && (r = qty_parse(times, &qty)) != 0) ||
	    (asked != NULL && (r = money_parse(&call->shop->money, asked,
	    false, &amount)) != 0)) {
		return r;
	}
	if (asked == NULL && e.lot == NULL && e.expiry == NULL &&
	    e.serial == NULL) {
		r = intake_scan(call->shop, in.id, call_arg(call, 1), qty,
		    &p, &e.qty);
	} else if ((r = supplier_item_find(call->shop, in.supplier,
	    call_arg(call, 1), &p, &scan)) == 0 &&
	    (r = scan_times(&scan, qty, &e.qty)) == 0) {
		e.product = p.id;
		e.lot = e.lot != NULL ? e.lot : scan.lot;
		e.expiry = e.expiry != NULL || e.lot[0] == '\0' ? e.expiry :
		    scan.expiry;
		e.serial = e.serial != NULL ? e.serial : scan.serial;
		e.amount = asked == NULL ? NULL : &amount;
		r = intake_add(call->shop, in.id, &e);
	}
	if (r == 0) {
		qty_plain(call->shop->money.mark, e.qty, text);
		call_say(call, _("%s: %s more"), p.name, text);
		if (e.qty > 0) {
			r = intake_doubts(call->shop, in.id, p.id, doubt_said,
			    NULL);
		}
	}
	return r;
}

static int
run_receipt_import(struct call *call)
{
	struct intake	in;
	int		r = intake_find(call->shop, call_arg(call, 0), &in);

	if (r == 0 && (r = call_import_of(call, in.id, intake_import)) == 0) {
		r = intake_doubts(call->shop, in.id, 0, doubt_said, NULL);
	}
	return r;
}

static int
run_receipt_export(struct call *call)
{
	struct intake	in;
	int		r = intake_find(call->shop, call_arg(call, 0), &in);

	return r != 0 ? r : call_export_of(call, in.id, 1, intake_export);
}

static int
run_receipt_fill(struct call *call)
{
	struct intake	in;
	int		r = intake_find(call->shop, call_arg(call, 0), &in);

	return r != 0 ? r : intake_fill(call->shop, in.id);
}

static int
run_receipt_set(struct call *call)
{
	const char	*reference = call_option(call, "reference");
	const char	*costs = call_option(call, "costs");
	struct intake	 in;
	int		 r;

	if ((r = intake_find(call->shop, call_arg(call, 0), &in)) != 0 ||
	    (costs != NULL && (r = money_parse(&call->shop->money, costs,
	    false, &in.costs)) != 0)) {
		return r;
	}
	return intake_set(call->shop, in.id,
	    reference == NULL ? in.reference : reference, in.costs);
}

static int
run_receipt_post(struct call *call)
{
	struct intake	in;
	char		number[PURCHASE_NUMBER];
	int		r;

	if ((r = intake_find(call->shop, call_arg(call, 0), &in)) == 0 &&
	    (r = intake_post(call->shop, in.id, number)) == 0) {
		call_say(call, _("receipt %s"), number);
	}
	return r;
}

static int
run_receipt_cancel(struct call *call)
{
	struct intake	in;
	int		r = intake_find(call->shop, call_arg(call, 0), &in);

	return r != 0 ? r : intake_cancel(call->shop, in.id);
}

const struct command commands_purchase[] = {
	{ "purchase list", "", "state=STATE supplier=CODE",
	    N_("orders not done with; --state all for every one"),
	    COMMAND_LISTS, RIGHT_COST, run_purchase_list },
	{ "purchase show", "ORDER", "", N_("the lines of an order"),
	    COMMAND_LISTS, RIGHT_COST, run_purchase_show },
	{ "purchase add", "SUPPLIER CODE PACKS", "price=PRICE wanted=DAY",
	    N_("so many packs onto the draft for them; 0 takes it off"),
	    0, RIGHT_PURCHASE, run_purchase_add },
	{ "purchase send", "ORDER", "anyway",
	    N_("number it, print it; its lines stand from then on"),
	    0, RIGHT_PURCHASE, run_purchase_send },
	{ "purchase close", "ORDER", "",
	    N_("nothing more is waited for; a draft is cancelled"),
	    0, RIGHT_PURCHASE, run_purchase_close },
	{ "purchase import", "FILE", IMPORT_OPTIONS,
	    N_("onto draft orders, from CSV or JSON: supplier, code, packs, "
	    "price, pack, place, wanted; all or nothing"),
	    0, RIGHT_PURCHASE, run_purchase_import },
	{ "purchase export", "[FILE]", "json order=ORDER",
	    N_("all drafts, or that order, as import reads them"),
	    0, RIGHT_COST, run_purchase_export },
	{ "purchase due", "", "supplier=CODE",
	    N_("what was ordered and has not come"),
	    COMMAND_LISTS, RIGHT_LOOK, run_purchase_due },
	{ "purchase propose", "", "days=DAYS cover=DAYS place=PLACE|all order",
	    N_("what should be ordered for a store; --order puts it on "
	    "drafts"),
	    COMMAND_LISTS, RIGHT_COST, run_purchase_propose },
	{ "receipt list", "", "state=STATE supplier=CODE",
	    N_("what came and what went back"),
	    COMMAND_LISTS, RIGHT_COST, run_receipt_list },
	{ "receipt show", "RECEIPT", "", N_("the lines of a receipt"),
	    COMMAND_LISTS, RIGHT_COST, run_receipt_show },
	{ "receipt gaps", "RECEIPT", "",
	    N_("ordered against come, line by line"),
	    COMMAND_LISTS, RIGHT_LOOK, run_receipt_gaps },
	{ "receipt start", "ORDER", "",
	    N_("count what came; a supplier's code: without an order"),
	    0, RIGHT_PURCHASE, run_receipt_start },
	{ "receipt back", "SUPPLIER REASON", "",
	    N_("count what goes back to them"),
	    0, RIGHT_PURCHASE, run_receipt_back },
	{ "receipt add", "RECEIPT CODE [QTY]",
	    "lot=LOT expiry=DAY serial=NUMBER amount=AMOUNT",
	    N_("one more of it, or so many; packs by their barcode"),
	    0, RIGHT_PURCHASE, run_receipt_add },
	{ "receipt import", "RECEIPT FILE", IMPORT_OPTIONS,
	    N_("a hand scanner's file or a delivery note: code;qty, or with "
	    "lot, expiry, serial, amount"),
	    0, RIGHT_PURCHASE, run_receipt_import },
	{ "receipt export", "RECEIPT [FILE]", "json",
	    N_("what is on it, as import reads it"),
	    0, RIGHT_COST, run_receipt_export },
	{ "receipt fill", "RECEIPT", "", N_("all came as ordered"),
	    0, RIGHT_PURCHASE, run_receipt_fill },
	{ "receipt set", "RECEIPT", "reference=TEXT costs=AMOUNT",
	    N_("their delivery note; freight and duty, spread over it"),
	    0, RIGHT_PURCHASE, run_receipt_set },
	{ "receipt post", "RECEIPT", "", N_("into the stock; it stands"),
	    0, RIGHT_PURCHASE, run_receipt_post },
	{ "receipt cancel", "RECEIPT", "", N_("one not posted"),
	    0, RIGHT_PURCHASE, run_receipt_cancel },
	{ .words = NULL },
};
