/* SPDX-License-Identifier: ISC */
/* Goods that came from a supplier, or go back: counted beep by beep, then
 * posted into the stock with what they cost. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/purchase_part.h"
#include "shop/sale_part.h"
#include "shop/serial.h"
#include "shop/stock.h"
#include "sql/purchase.h"

/* --- counting ------------------------------------------------------------ */

int
intake_of_order(struct shop *shop, int64_t purchase, int64_t *id)
{
	struct q_receipt_draft_of	row;
	struct purchase			p;
	int				r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = purchase_get(shop, purchase, &p)) != 0) {
		return r;
	}
	if (strcmp(p.state, "sent") != 0 && strcmp(p.state, "partial") != 0) {
		return err_set(ERR_FROZEN, p.number[0] == '\0' ?
		    _("this order was not sent yet; send it first") :
		    _("nothing more is waited for on this order"));
	}
	if ((r = db_begin(shop->db, "receipt")) != 0) {
		return r;
	}
	if ((r = q_receipt_draft_of(shop->db, purchase, &row)) == 0) {
		*id = row.id;
	} else if (r == ERR_NOT_FOUND && (r = q_receipt_add(shop->db,
	    "receipt", p.supplier, &purchase, p.place, "", "", shop_now(),
	    some(&shop->who.user), id)) == 0) {
		r = audit_add(shop, "receipt.start", "receipt", *id,
		    p.number);
	}
	return purchase_end(shop, r);
}

int
intake_start(struct shop *shop, int64_t supplier, bool back, int64_t place,
    const char *reason, int64_t *id)
{
	struct supplier	s;
	int		r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = supplier_get(shop, supplier, &s)) != 0 ||
	    (r = purchase_place(shop, &place)) != 0) {
		return r;
	}
	if (!utf8_is_clean(reason) || (back && reason[0] == '\0')) {
		return err_set(ERR_EMPTY, _("say why it goes back"));
	}
	if ((r = db_begin(shop->db, "receipt")) != 0) {
		return r;
	}
	if ((r = q_receipt_add(shop->db, back ? "return" : "receipt",
	    supplier, NULL, place, "", reason, shop_now(),
	    some(&shop->who.user), id)) == 0) {
		r = audit_add(shop, "receipt.start", "receipt", *id, s.code);
	}
	return purchase_end(shop, r);
}

/* A draft, or words why not. */
static int
intake_open(struct shop *shop, int64_t id, struct intake *out)
{
	int	r = intake_get(shop, id, out);

	return r != 0 || strcmp(out->state, "draft") == 0 ? r :
	    err_set(ERR_FROZEN, _("receipt %s is %s; it stands"),
	    out->number, purchase_state_text(out->state));
}

int
intake_set(struct shop *shop, int64_t id, const char *reference,
    int64_t costs)
{
	struct intake	in;
	int64_t		n;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0) {
		return r;
	}
	if (!utf8_is_clean(reference) ||
	    strlen(reference) >= sizeof(in.reference)) {
		return err_set(ERR_TOO_LONG, _("the reference is too long"));
	}
	if (costs < 0 || costs > MONEY_MAX) {
		return err_set(ERR_RANGE, _("costs are not below zero"));
	}
	if ((r = db_begin(shop->db, "receipt")) != 0) {
		return r;
	}
	if ((r = intake_open(shop, id, &in)) == 0 &&
	    (r = q_receipt_set(shop->db, id, reference, costs, &n)) == 0) {
		r = audit_add(shop, "receipt.set", "receipt", id, "");
	}
	return purchase_end(shop, r);
}

/* What so much costs of what they do not sell otherwise: what it is worth
 * here, else what the catalogue says; else nothing is known. */
static int
intake_worth(struct shop *shop, int64_t product, int64_t qty, int64_t *amount)
{
	struct product_info	info;
	int64_t			held, value;
	int			r;

	if ((r = stock_held(shop, product, 0, &held, &value)) != 0) {
		return r;
	}
	if (held > 0 && value > 0) {
		return muldiv(value, qty, held, amount);
	}
	if ((r = product_info_get(shop, product, &info)) != 0 ||
	    !info.has_cost) {
		return r;
	}
	return money_times(info.cost, qty, amount);
}

/* What so much of it costs: as ordered, as they sell it, else as above. */
static int
intake_amount(struct shop *shop, const struct intake *in, int64_t product,
    int64_t qty, int64_t *amount)
{
	struct q_purchase_line_of	line;
	struct supplier_item		item;
	struct supplier			s;
	int				r = ERR_NOT_FOUND;

	*amount = 0;
	if (in->purchase != 0) {
		r = q_purchase_line_of(shop->db, in->purchase, product,
		    &line);
	}
	if (r == 0) {
		return purchase_amount(qty, line.pack, line.price,
		    line.discount, amount);
	}
	if (r != ERR_NOT_FOUND ||
	    (r = supplier_get(shop, in->supplier, &s)) != 0) {
		return r;
	}
	r = supplier_item_get(shop, in->supplier, product, &item);
	if (r == 0) {
		r = purchase_amount(qty, item.pack, item.price, s.discount,
		    amount);
	}
	return r != ERR_NOT_FOUND ? r :
	    intake_worth(shop, product, qty, amount);
}

/* The same of another quantity than it was: what somebody said to be its
 * amount stays in proportion. */
static int
intake_amount_again(struct shop *shop, const struct intake *in,
    int64_t product, int64_t old, int64_t was, int64_t qty, int64_t *amount)
{
	int64_t	usual;
	int	r;

	if ((r = intake_amount(shop, in, product, old, &usual)) != 0) {
		return r;
	}
	if (usual == was) {
		return intake_amount(shop, in, product, qty, amount);
	}
	if ((r = muldiv(was, qty, old, amount)) != 0 || *amount > MONEY_MAX) {
		return err_set(ERR_RANGE, _("the amount is too large"));
	}
	return 0;
}

static int
intake_entry_check(const struct product *p, const struct intake_entry *e)
{
	if (e->qty == 0 || e->qty > STOCK_QTY_MAX ||
	    e->qty < -STOCK_QTY_MAX ||
	    (!p->by_weight && e->qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: so much cannot have come"),
		    p->code);
	}
	if (e->amount != NULL && (*e->amount < 0 || *e->amount > MONEY_MAX)) {
		return err_set(ERR_RANGE, _("an amount is not below zero"));
	}
	if (p->choices & PRODUCT_VARIANTS) {
		return err_set(ERR_INVALID, _("%s comes in sizes or colours; "
		    "scan the one that came"), p->code);
	}
	if (e->expiry[0] != '\0' && clock_day_check(e->expiry) != 0) {
		return err_set(ERR_INVALID, _("\"%.20s\" is no day; write it "
		    "2026-12-31"), e->expiry);
	}
	if (e->expiry[0] != '\0' && e->lot[0] == '\0') {
		return err_set(ERR_INVALID, _("a last day is one of a lot; "
		    "say which"));
	}
	if (strlen(e->lot) >= STOCK_LOT || !utf8_is_clean(e->lot)) {
		return err_set(ERR_TOO_LONG, _("a lot has at most %d "
		    "characters"), STOCK_LOT - 1);
	}
	if (e->serial[0] != '\0' && e->qty != QTY_ONE &&
	    e->qty != -QTY_ONE) {
		return err_set(ERR_INVALID, _("a serial number is one "
		    "piece"));
	}
	return 0;
}

/* What is made when it is sold does not come: with a level of its own it would
 * take nothing from the stock any more. */
static int
intake_kept(struct shop *shop, const struct product *p)
{
	bool	made;
	int	r = stock_made(shop, p, &made);

	return r != 0 || !made ? r : err_set(ERR_INVALID, _("%s is made when "
	    "it is sold: receive what it is made of"), p->name);
}

/* Inside the transaction. */
static int
intake_write(struct shop *shop, const struct intake *in,
    const struct intake_entry *e)
{
	struct q_receipt_line_get	line;
	int64_t				old = 0, was = 0, amount, gone;
	int				r;

	r = q_receipt_line_get(shop->db, in->id, e->product, e->lot,
	    e->serial, &line);
	if (r == 0 && e->serial[0] != '\0' && e->qty > 0) {
		return err_set(ERR_EXISTS, _("serial number %s is on this "
		    "receipt already"), e->serial);
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	if (r == 0) {
		old = line.qty;
		was = line.amount;
	}
	if (old + e->qty < 0) {
		return err_set(ERR_RANGE, _("so much of it is not on this "
		    "receipt"));
	}
	if (old + e->qty == 0) {
		return q_receipt_line_drop(shop->db, in->id, line.id, &gone);
	}
	if (e->qty < 0) {
		line.qty += e->qty;
	} else if ((r = q_receipt_line_put(shop->db, in->id, e->product,
	    e->qty, e->lot, e->expiry, e->serial)) != 0 ||
	    (r = q_receipt_line_get(shop->db, in->id, e->product, e->lot,
	    e->serial, &line)) != 0) {
		return r;
	}
	if (e->amount != NULL) {
		amount = *e->amount;
	} else if ((r = old == 0 ? intake_amount(shop, in, e->product,
	    line.qty, &amount) : intake_amount_again(shop, in, e->product,
	    old, was, line.qty, &amount)) != 0) {
		return r;
	}
	return q_receipt_line_qty(shop->db, line.id, line.qty, amount);
}

int
intake_enter(struct shop *shop, int64_t id, const struct intake_entry *entry)
{
	struct intake_entry	e = *entry;
	struct product_info	info;
	struct product		p;
	struct intake		in;
	char			expiry[CLOCK_DAY_SIZE], today[CLOCK_DAY_SIZE];
	char			serial[SERIAL_MAX + 1];
	int			r;

	e.lot = e.lot == NULL ? "" : e.lot;
	e.expiry = e.expiry == NULL ? "" : e.expiry;
	if ((r = serial_read(e.serial, serial)) != 0) {
		return r;
	}
	e.serial = serial;
	if ((r = product_get(shop, e.product, &p)) != 0 ||
	    (r = intake_entry_check(&p, &e)) != 0 ||
	    (r = product_info_get(shop, e.product, &info)) != 0) {
		return r;
	}
	if (e.lot[0] != '\0' && e.expiry[0] == '\0' && info.keeps > 0) {
		clock_business_day(shop_now(), shop->set.day_start_hour,
		    today);
		clock_day_step(today, (int)info.keeps, expiry);
		e.expiry = expiry;
	}
	if ((r = intake_open(shop, id, &in)) != 0 || (e.qty > 0 &&
	    ((r = intake_kept(shop, &p)) != 0 ||
	    (r = serial_moves(shop, &p, e.serial, in.place, !in.back)) != 0)))
	{
		return r;
	}
	return intake_write(shop, &in, &e);
}

int
intake_add(struct shop *shop, int64_t id, const struct intake_entry *e)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin(shop->db, "receipt")) != 0) {
		return r;
	}
	return purchase_end(shop, intake_enter(shop, id, e));
}

int
intake_scan(struct shop *shop, int64_t id, const char *text, int64_t times,
    struct product *p, int64_t *qty)
{
	struct intake	in;
	struct scan	scan;
	int		r;

	*qty = 0;
	if ((r = intake_get(shop, id, &in)) != 0 ||
	    (r = supplier_item_find(shop, in.supplier, text, p,
	    &scan)) != 0) {
		return r;
	}
	if ((r = scan_times(&scan, times, qty)) != 0) {
		return r;
	}
	if (p->serials && scan.serial[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s %s has serial numbers; scan "
		    "each piece"), p->code, p->name);
	}
	return intake_add(shop, id, &(struct intake_entry){
	    .product = p->id, .qty = *qty, .lot = scan.lot,
	    .expiry = scan.lot[0] == '\0' ? "" : scan.expiry,
	    .serial = scan.serial });
}

/* Inside the transaction. */
static int
intake_line_write(struct shop *shop, const struct intake *in, int64_t line,
    int64_t qty, const int64_t *amount)
{
	struct q_receipt_lines	*rows;
	struct intake_entry	 e = { .qty = qty };
	struct product		 p;
	size_t			 n;
	int64_t			 sum, gone;
	int			 r;

	if (qty == 0) {
		return q_receipt_line_drop(shop->db, in->id, line, &gone);
	}
	if (qty < 0) {
		return err_set(ERR_RANGE, _("so much of it is not on this "
		    "receipt"));
	}
	if ((r = q_receipt_lines(shop->db, in->id, &rows, &n)) != 0) {
		return r;
	}
	r = err_set(ERR_NOT_FOUND, _("there is no such line"));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id != line) {
			continue;
		}
		e.product = rows[i].product;
		e.lot = rows[i].lot;
		e.expiry = rows[i].expiry;
		e.serial = rows[i].serial;
		if ((r = product_get(shop, e.product, &p)) == 0 &&
		    (r = intake_entry_check(&p, &e)) == 0 &&
		    (amount != NULL || (r = intake_amount_again(shop, in,
		    e.product, rows[i].qty, rows[i].amount, qty,
		    &sum)) == 0)) {
			r = q_receipt_line_qty(shop->db, line, qty,
			    amount != NULL ? *amount : sum);
		}
		break;
	}
	free(rows);
	return r;
}

int
intake_line_set(struct shop *shop, int64_t id, int64_t line, int64_t qty,
    const int64_t *amount)
{
	struct intake	in;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0) {
		return r;
	}
	if (amount != NULL && (*amount < 0 || *amount > MONEY_MAX)) {
		return err_set(ERR_RANGE, _("an amount is not below zero"));
	}
	if ((r = db_begin(shop->db, "receipt")) != 0) {
		return r;
	}
	if ((r = intake_open(shop, id, &in)) == 0) {
		r = intake_line_write(shop, &in, line, qty, amount);
	}
	return purchase_end(shop, r);
}

/* Inside the transaction.  A piece with a number and a lot are scanned: nobody
 * can say here which one came. */
static int
intake_rest(struct shop *shop, const struct intake *in)
{
	struct q_receipt_missing	*rows;
	struct product_info		 info;
	struct product			 p;
	size_t				 n;
	int				 r;

	if ((r = q_receipt_missing(shop->db, in->id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct intake_entry	e = {
			.product = rows[i].product, .lot = "", .expiry = "",
			.serial = "",
			.qty = rows[i].ordered - rows[i].before -
			    rows[i].now,
		};

		if (e.qty > 0 &&
		    (r = product_get(shop, e.product, &p)) == 0 &&
		    (r = product_info_get(shop, e.product, &info)) == 0 &&
		    !p.serials && !info.lots) {
			r = intake_write(shop, in, &e);
		}
	}
	free(rows);
	return r;
}

int
intake_fill(struct shop *shop, int64_t id)
{
	struct intake	in;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin(shop->db, "receipt")) != 0) {
		return r;
	}
	if ((r = intake_open(shop, id, &in)) == 0) {
		r = intake_rest(shop, &in);
	}
	return purchase_end(shop, r);
}

int
intake_cancel(struct shop *shop, int64_t id)
{
	struct intake	in;
	int64_t		n;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin(shop->db, "receipt cancel")) != 0) {
		return r;
	}
	if ((r = intake_open(shop, id, &in)) == 0 &&
	    (r = q_receipt_cancel(shop->db, id, &n)) == 0) {
		r = audit_add(shop, "receipt.cancel", "receipt", id, "");
	}
	return purchase_end(shop, r);
}

/* --- posting ------------------------------------------------------------- */

/* A lot and a serial number are said where they are kept. */
static int
post_check(struct shop *shop, const struct intake *in,
    const struct q_receipt_lines *row)
{
	struct product_info	info;
	struct product		p;
	int			r;

	if ((r = product_get(shop, row->product, &p)) != 0 ||
	    (r = product_info_get(shop, row->product, &info)) != 0) {
		return r;
	}
	if (info.lots && row->lot[0] == '\0' && !in->back) {
		return err_set(ERR_EMPTY, _("%s %s is kept by lot; say which "
		    "one came"), p.code, p.name);
	}
	if (p.serials && row->serial[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s %s has serial numbers; scan "
		    "each piece"), p.code, p.name);
	}
	return 0;
}

static int
post_line(struct shop *shop, const struct intake *in,
    const struct q_receipt_lines *row, int64_t costs)
{
	int64_t			value = row->amount + costs;
	struct stock_entry	e = {
		.product = row->product, .place = in->place,
		.qty = in->back ? -row->qty : row->qty,
		.value = in->back ? NULL : &value,
		.kind = in->back ? STOCK_SUPPLIER : STOCK_RECEIPT,
		.lot = in->back && row->lot[0] == '\0' ? NULL : row->lot,
		.expiry = row->expiry, .serial = row->serial,
		.doc = "receipt", .doc_id = in->id, .reason = in->number,
	};
	int			r;

	if ((r = post_check(shop, in, row)) != 0 ||
	    (r = stock_write(shop, &e)) != 0 ||
	    (r = q_receipt_line_value(shop->db, row->id, value)) != 0) {
		return r;
	}
	return in->purchase == 0 ? 0 : q_purchase_received(shop->db,
	    in->purchase, row->product, row->qty);
}

/* Case J04: the costs go to the lines by what each of them costs; where all
 * of it was free, by how much came. */
static int
post_lines(struct shop *shop, const struct intake *in)
{
	struct q_receipt_lines	*rows;
	int64_t			*weight, *share, sum = 0;
	size_t			 n;
	int			 r;

	if ((r = q_receipt_lines(shop->db, in->id, &rows, &n)) != 0) {
		return r;
	}
	weight = xcalloc(n + 1, sizeof(*weight));
	share = xcalloc(n + 1, sizeof(*share));
	for (size_t i = 0; i < n; i++) {
		sum += weight[i] = rows[i].amount;
	}
	for (size_t i = 0; i < n && sum == 0; i++) {
		weight[i] = rows[i].qty;
	}
	if (n == 0) {
		r = err_set(ERR_EMPTY, _("nothing came on this receipt"));
	} else if (in->costs > 0) {
		r = money_spread(in->costs, weight, n, share);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = post_line(shop, in, &rows[i], share[i]);
	}
	free(share);
	free(weight);
	free(rows);
	return r;
}

int
intake_post(struct shop *shop, int64_t id, char number[static PURCHASE_NUMBER])
{
	struct intake	in;
	int64_t		n;
	int		r;

	number[0] = '\0';
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin_large(shop->db, "receipt post")) != 0) {
		return r;
	}
	if ((r = intake_open(shop, id, &in)) == 0 &&
	    (r = purchase_number(shop, in.back ? "RET" : "REC",
	    in.number)) == 0 && (r = post_lines(shop, &in)) == 0 &&
	    (in.purchase == 0 ||
	    (r = q_purchase_state(shop->db, in.purchase)) == 0) &&
	    (r = q_receipt_post(shop->db, id, in.number, shop_now(),
	    &n)) == 0) {
		r = audit_add(shop, "receipt.post", "receipt", id,
		    in.number);
	}
	if ((r = purchase_end(shop, r)) == 0) {
		(void)str_copy(number, PURCHASE_NUMBER, in.number);
	}
	return r;
}
