/* SPDX-License-Identifier: ISC */
/* Orders to suppliers. */
#include "shop/purchase.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/print.h"
#include "shop/product_part.h"
#include "shop/purchase_part.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "sql/order.h"
#include "sql/purchase.h"
#include "sql/stock.h"

static const struct {
	const char	*name, *text;
} purchase_states[] = {
	{ "draft", N_("draft") }, { "sent", N_("sent") },
	{ "partial", N_("in part") }, { "received", N_("received") },
	{ "closed", N_("closed") }, { "cancelled", N_("cancelled") },
	{ "posted", N_("posted") },
};

const char *
purchase_state_text(const char *state)
{
	for (size_t i = 0; i < NELEM(purchase_states); i++) {
		if (strcmp(purchase_states[i].name, state) == 0) {
			return _(purchase_states[i].text);
		}
	}
	return state;
}

int
purchase_number(struct shop *shop, const char *series,
    char out[static PURCHASE_NUMBER])
{
	struct q_order_number	row;
	int			r;

	if ((r = q_order_number_take(shop->db, series)) == 0 &&
	    (r = q_order_number(shop->db, series, &row)) == 0) {
		(void)str_fmt(out, PURCHASE_NUMBER, "%s-%06lld", series,
		    (long long)row.last);
	}
	return r;
}

int
purchase_place(struct shop *shop, int64_t *place)
{
	return *place == 0 ? stock_place_here(shop, place) :
	    stock_place_seen(shop, *place);
}

int
purchase_amount(int64_t qty, int64_t pack, int64_t price, int64_t discount,
    int64_t *out)
{
	int64_t	whole, off;
	int	r;

	*out = 0;
	if ((r = muldiv(price, qty, pack, &whole)) != 0 ||
	    (r = muldiv(whole, discount, RATE_ONE, &off)) != 0) {
		return r;
	}
	*out = whole - off;
	return *out <= MONEY_MAX ? 0 :
	    err_set(ERR_RANGE, _("the amount is too large"));
}

int
purchase_end(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "purchase");
	return db_commit(shop->db);
}

/* --- reading ------------------------------------------------------------- */

int
purchase_get(struct shop *shop, int64_t id, struct purchase *out)
{
	struct q_purchase_get	row;
	struct supplier		s;
	int			r;

	*out = (struct purchase){ .id = id };
	if ((r = q_purchase_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such order"));
	}
	out->supplier = row.supplier;
	out->place = row.place;
	out->made_at = row.made_at;
	out->sent_at = row.sent_at_null ? 0 : row.sent_at;
	(void)str_copy(out->number, sizeof(out->number),
	    row.number == NULL ? "" : row.number);
	(void)str_copy(out->state, sizeof(out->state), row.state);
	(void)str_copy(out->wanted, sizeof(out->wanted), row.wanted);
	if ((r = supplier_get(shop, out->supplier, &s)) == 0) {
		(void)str_copy(out->supplier_name,
		    sizeof(out->supplier_name), s.name);
	}
	return r != 0 ? r : stock_place_seen(shop, out->place);
}

int64_t
purchase_draft_id(const char *text)
{
	int64_t	id;

	return str_to_i64(text + (text[0] == '#'), 1, INT64_MAX, &id) == 0 ?
	    id : 0;
}

int
purchase_find(struct shop *shop, const char *text, struct purchase *out)
{
	struct q_purchase_by_number	row;
	int64_t				id = purchase_draft_id(text);
	int				r = 0;

	*out = (struct purchase){ .id = 0 };
	if (id == 0 && (r = q_purchase_by_number(shop->db, text, &row)) == 0) {
		id = row.id;
	}
	if (r != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no order %.24s"), text);
	}
	return purchase_get(shop, id, out);
}

int
purchase_list(struct shop *shop, const char *state, int64_t supplier,
    int64_t limit, int (*fn)(void *ctx, const struct purchase *p), void *ctx)
{
	struct q_purchase_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_purchase_list(shop->db, state, supplier, shop->who.user,
	    limit > 0 ? limit : -1, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct purchase	p = {
			.id = rows[i].id, .supplier = rows[i].supplier,
			.made_at = rows[i].made_at,
			.sent_at = rows[i].sent_at_null ? 0 :
			    rows[i].sent_at,
			.lines = rows[i].lines, .amount = rows[i].amount,
		};

		(void)str_copy(p.number, sizeof(p.number), rows[i].number);
		(void)str_copy(p.supplier_name, sizeof(p.supplier_name),
		    rows[i].supplier_name);
		(void)str_copy(p.state, sizeof(p.state), rows[i].state);
		(void)str_copy(p.wanted, sizeof(p.wanted), rows[i].wanted);
		r = fn(ctx, &p);
	}
	free(rows);
	return r;
}

int
purchase_lines(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct purchase_line *l), void *ctx)
{
	struct q_purchase_lines	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_purchase_lines(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct purchase_line	l = {
			.product = rows[i].product, .packs = rows[i].packs,
			.pack = rows[i].pack, .price = rows[i].price,
			.discount = rows[i].discount,
			.received = rows[i].received,
		};

		(void)str_copy(l.code, sizeof(l.code), rows[i].code);
		(void)str_copy(l.name, sizeof(l.name), rows[i].name);
		(void)str_copy(l.unit, sizeof(l.unit), rows[i].unit);
		(void)str_copy(l.ref, sizeof(l.ref), rows[i].ref);
		if ((r = purchase_amount(l.packs * l.pack, l.pack, l.price,
		    l.discount, &l.amount)) == 0) {
			r = fn(ctx, &l);
		}
	}
	free(rows);
	return r;
}

int
purchase_due(struct shop *shop, int64_t supplier,
    int (*fn)(void *ctx, const struct purchase_due *d), void *ctx)
{
	struct q_purchase_due	*rows;
	char			 today[CLOCK_DAY_SIZE];
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_purchase_due(shop->db, supplier, shop->who.user, &rows,
	    &n)) != 0) {
		return r;
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct purchase_due	d = {
			.number = rows[i].number,
			.supplier = rows[i].supplier, .code = rows[i].code,
			.name = rows[i].name, .unit = rows[i].unit,
			.day = rows[i].day, .qty = rows[i].qty,
			.late = strcmp(rows[i].day, today) < 0,
		};

		r = fn(ctx, &d);
	}
	free(rows);
	return r;
}

/* --- writing ------------------------------------------------------------- */

/* Inside the transaction; a day that is said holds for a draft there is. */
static int
purchase_draft(struct shop *shop, int64_t supplier, int64_t place,
    const char *wanted, int64_t *id)
{
	struct q_purchase_draft	row;
	int			r;

	if ((r = q_purchase_draft(shop->db, supplier, place, &row)) == 0) {
		*id = row.id;
		return wanted[0] == '\0' ? 0 :
		    q_purchase_wanted(shop->db, row.id, wanted);
	}
	return r != ERR_NOT_FOUND ? r : q_purchase_add(shop->db, supplier,
	    place, wanted, "", shop_now(), some(&shop->who.user), id);
}

int
purchase_start(struct shop *shop, int64_t supplier, int64_t place,
    const char *wanted, int64_t *id)
{
	struct supplier	s;
	int		r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (wanted[0] != '\0' && (r = clock_day_check(wanted)) != 0) ||
	    (r = supplier_get(shop, supplier, &s)) != 0 ||
	    (r = purchase_place(shop, &place)) != 0 ||
	    (r = db_begin(shop->db, "purchase")) != 0) {
		return r;
	}
	if ((r = purchase_draft(shop, supplier, place, wanted, id)) == 0) {
		r = audit_add(shop, "purchase.start", "purchase", *id,
		    s.code);
	}
	return purchase_end(shop, r);
}

/* A draft, or words why not. */
static int
purchase_open(struct shop *shop, int64_t id, struct purchase *out)
{
	int	r = purchase_get(shop, id, out);

	return r != 0 || strcmp(out->state, "draft") == 0 ? r :
	    err_set(ERR_FROZEN, _("order %s is %s; its lines stand"),
	    out->number, purchase_state_text(out->state));
}

/* Inside the transaction. */
static int
purchase_put(struct shop *shop, const struct purchase *p, int64_t product,
    int64_t packs, const int64_t *price)
{
	struct q_purchase_line_of	was;
	struct supplier_item		item;
	struct supplier			s;
	int64_t				n, amount;
	int				r;

	if (packs == 0) {
		return q_purchase_line_drop(shop->db, p->id, product, &n);
	}
	if ((r = supplier_get(shop, p->supplier, &s)) != 0) {
		return r;
	}
	r = supplier_item_get(shop, p->supplier, product, &item);
	if (r == ERR_NOT_FOUND && price == NULL) {
		return err_set(ERR_NOT_FOUND, _("%s does not sell it to us; "
		    "say a price, or add it to what they sell"), s.name);
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	if (price == NULL) {
		price = &item.price;
		/* A price typed before stays. */
		if ((r = q_purchase_line_of(shop->db, p->id, product,
		    &was)) == 0) {
			item.price = was.price;
		} else if (r != ERR_NOT_FOUND) {
			return r;
		}
	}
	if ((r = purchase_amount(packs * item.pack, item.pack, *price,
	    s.discount, &amount)) != 0) {
		return r;
	}
	return q_purchase_line_put(shop->db, p->id, product, packs,
	    item.pack, *price, s.discount);
}

static int
purchase_set_check(int64_t packs, const int64_t *price)
{
	return packs >= 0 && packs <= 99999 && (price == NULL ||
	    (*price >= 0 && *price <= MONEY_MAX)) ? 0 :
	    err_set(ERR_RANGE, _("from 0 to 99999 packs, at a price"));
}

/* Inside the transaction. */
static int
purchase_line_set(struct shop *shop, int64_t id, const struct product *item,
    int64_t packs, const int64_t *price)
{
	struct purchase	p;
	char		detail[64];
	int		r;

	(void)str_fmt(detail, sizeof(detail), "%s %lld", item->code,
	    (long long)packs);
	if ((r = purchase_open(shop, id, &p)) != 0 ||
	    (r = purchase_put(shop, &p, item->id, packs, price)) != 0) {
		return r;
	}
	return audit_add(shop, "purchase.set", "purchase", id, detail);
}

int
purchase_set(struct shop *shop, int64_t id, int64_t product, int64_t packs,
    const int64_t *price)
{
	struct product	item;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = product_get(shop, product, &item)) != 0 ||
	    (r = purchase_set_check(packs, price)) != 0 ||
	    (r = db_begin(shop->db, "purchase")) != 0) {
		return r;
	}
	return purchase_end(shop, purchase_line_set(shop, id, &item, packs,
	    price));
}

int
purchase_write(struct shop *shop, int64_t supplier, int64_t place,
    const char *wanted, const struct product *item, int64_t packs,
    const int64_t *price, int64_t *id)
{
	int	r;

	if ((r = purchase_set_check(packs, price)) != 0 ||
	    (r = purchase_draft(shop, supplier, place, wanted, id)) != 0) {
		return r;
	}
	return purchase_line_set(shop, *id, item, packs, price);
}

int
purchase_order(struct shop *shop, int64_t supplier, const char *wanted,
    int64_t product, int64_t packs, const int64_t *price, int64_t *id)
{
	struct supplier	s;
	struct product	item;
	int64_t		place = 0, order = 0;
	int		r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (wanted[0] != '\0' && (r = clock_day_check(wanted)) != 0) ||
	    (r = supplier_get(shop, supplier, &s)) != 0 ||
	    (r = product_get(shop, product, &item)) != 0 ||
	    (r = purchase_place(shop, &place)) != 0 ||
	    (r = db_begin(shop->db, "purchase")) != 0) {
		return r;
	}
	r = purchase_write(shop, supplier, place, wanted, &item, packs, price,
	    &order);
	if ((r = purchase_end(shop, r)) == 0) {
		*id = order;
	}
	return r;
}

/* --- sending ------------------------------------------------------------- */

struct purchase_check {
	struct shop	*shop;
	int64_t		 supplier, amount, lines;
	struct slip	*slip;		/* NULL: only look */
	bool		 anyway;
};

static int
check_line(void *ctx, const struct purchase_line *l)
{
	struct purchase_check	*c = ctx;
	struct supplier_item	 item;
	char			 amount[MONEY_TEXT], left[160];
	int			 r;

	c->lines++;
	c->amount += l->amount;
	r = supplier_item_get(c->shop, c->supplier, l->product, &item);
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	if (r == 0 && l->packs < item.least && !c->anyway) {
		return err_set(ERR_RANGE, _("%s: they take %lld packs or "
		    "more"), l->code, (long long)item.least);
	}
	if (c->slip != NULL) {
		char	pack[MONEY_TEXT];

		qty_plain(c->shop->money.mark, l->pack, pack);
		money_plain(&c->shop->money, l->amount, amount);
		(void)str_fmt(left, sizeof(left), "%lld × %s %s  %s  %s",
		    (long long)l->packs, pack, l->unit,
		    l->ref[0] != '\0' ? l->ref : l->code, l->name);
		slip_columns(c->slip, 0, left, amount);
	}
	return 0;
}

/* The order as it goes to the supplier. */
static int
purchase_paper(struct shop *shop, const struct purchase *p)
{
	struct slip		slip = { 0 };
	struct purchase_check	c = { .shop = shop, .slip = &slip,
				    .supplier = p->supplier,
				    .anyway = true };
	struct supplier		s;
	char			total[MONEY_TEXT];
	int64_t			printer, job;
	int			r;

	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0 ||
	    (r = supplier_get(shop, p->supplier, &s)) != 0) {
		return r;
	}
	slip_text(&slip, SLIP_CENTRE, SLIP_BOLD, shop->set.company);
	slip_fmt(&slip, SLIP_CENTRE, SLIP_WIDE, _("ORDER %s"), p->number);
	slip_text(&slip, SLIP_LEFT, 0, s.name);
	if (s.address[0] != '\0') {
		slip_text(&slip, SLIP_LEFT, 0, s.address);
	}
	if (s.account[0] != '\0') {
		slip_fmt(&slip, SLIP_LEFT, 0, _("our number: %s"), s.account);
	}
	if (p->wanted[0] != '\0') {
		slip_fmt(&slip, SLIP_LEFT, 0, _("wanted for %s"), p->wanted);
	}
	slip_rule(&slip, '-');
	if ((r = purchase_lines(shop, p->id, check_line, &c)) == 0) {
		slip_rule(&slip, '-');
		money_symbol(&shop->money, c.amount, total);
		slip_columns(&slip, SLIP_BOLD, _("Total without tax"), total);
		slip_feed(&slip, 3);
		slip_cut(&slip, false);
		r = print_add(shop, printer, PRINT_REPORT, p->number, &slip,
		    &job);
	}
	slip_done(&slip);
	return r;
}

/* Inside the transaction. */
static int
purchase_fit(struct shop *shop, const struct purchase *p, bool anyway)
{
	struct purchase_check	c = { .shop = shop, .anyway = anyway,
				    .supplier = p->supplier };
	struct supplier		s;
	char			least[MONEY_TEXT], amount[MONEY_TEXT];
	int			r;

	if ((r = supplier_get(shop, p->supplier, &s)) != 0 ||
	    (r = purchase_lines(shop, p->id, check_line, &c)) != 0) {
		return r;
	}
	if (c.lines == 0) {
		return err_set(ERR_EMPTY, _("the order is empty"));
	}
	if (c.amount < s.least && !anyway) {
		money_symbol(&shop->money, s.least, least);
		money_symbol(&shop->money, c.amount, amount);
		return err_set(ERR_RANGE, _("%s takes orders from %s; this "
		    "one is of %s"), s.name, least, amount);
	}
	return 0;
}

int
purchase_send(struct shop *shop, int64_t id, bool anyway,
    char number[static PURCHASE_NUMBER])
{
	struct purchase	p;
	int64_t		n;
	int		r;

	number[0] = '\0';
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin(shop->db, "purchase send")) != 0) {
		return r;
	}
	if ((r = purchase_open(shop, id, &p)) == 0 &&
	    (r = purchase_fit(shop, &p, anyway)) == 0 &&
	    (r = purchase_number(shop, "PO", p.number)) == 0 &&
	    (r = q_purchase_send(shop->db, id, p.number, shop_now(),
	    &n)) == 0 && (r = purchase_paper(shop, &p)) == 0) {
		r = audit_add(shop, "purchase.send", "purchase", id,
		    p.number);
	}
	if ((r = purchase_end(shop, r)) == 0) {
		(void)str_copy(number, PURCHASE_NUMBER, p.number);
	}
	return r;
}

int
purchase_close(struct shop *shop, int64_t id)
{
	struct purchase	p;
	int64_t		n;
	bool		draft;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin(shop->db, "purchase close")) != 0) {
		return r;
	}
	if ((r = purchase_get(shop, id, &p)) == 0) {
		draft = strcmp(p.state, "draft") == 0;
		if (strcmp(p.state, "closed") == 0 ||
		    strcmp(p.state, "cancelled") == 0) {
			r = err_set(ERR_FROZEN, _("it is %s already"),
			    purchase_state_text(p.state));
		} else if ((r = q_purchase_end(shop->db, id, draft ?
		    "cancelled" : "closed", &n)) == 0) {
			r = audit_add(shop, "purchase.close", "purchase", id,
			    p.number);
		}
	}
	return purchase_end(shop, r);
}

/* --- what should be ordered ---------------------------------------------- */

/* Points out of the speed it is sold at, where it has none. */
static int
propose_points(struct proposal *p, const struct q_purchase_needs *row,
    int days, int cover)
{
	int	r;

	p->by_speed = row->reorder_min_null;
	if (!p->by_speed) {
		p->least = row->reorder_min;
		p->most = row->reorder_max;
		return 0;
	}
	if ((r = muldiv(row->sold, row->lead, days, &p->least)) != 0) {
		return r;
	}
	return muldiv(row->sold, row->lead + cover, days, &p->most);
}

/* False: there is enough of it. */
static int
propose_one(struct shop *shop, const struct q_purchase_needs *row, int days,
    int cover, int64_t store, struct proposal *p, bool *wanted)
{
	int64_t	projected, need;
	int	r;

	*wanted = false;
	if (row->reorder_min_null && (days == 0 || row->sold <= 0)) {
		return 0;
	}
	*p = (struct proposal){
		.product = row->product, .supplier = row->supplier,
		.pack = row->pack, .price = row->price, .here = row->here,
		.coming = row->coming,
	};
	if ((r = propose_points(p, row, days, cover)) != 0 ||
	    (days > 0 && (r = muldiv(row->sold, 1, days, &p->daily)) != 0) ||
	    (r = sale_reserved_at(shop, row->product, store,
	    &p->promised)) != 0) {
		return r;
	}
	projected = p->here + p->coming - p->promised;
	need = p->most - projected;
	if (projected > p->least || need <= 0) {
		return 0;
	}
	p->packs = (need + p->pack - 1) / p->pack;
	if (p->packs < row->least) {
		p->packs = row->least;
	}
	(void)str_copy(p->code, sizeof(p->code), row->code);
	(void)str_copy(p->name, sizeof(p->name), row->name);
	(void)str_copy(p->unit, sizeof(p->unit), row->unit);
	(void)str_copy(p->supplier_code, sizeof(p->supplier_code),
	    row->supplier_code);
	*wanted = true;
	return 0;
}

/* The store of a place; 0 all of them, for who may see them. */
static int
propose_store(struct shop *shop, int64_t place, int64_t *store)
{
	struct stock_place	p;
	struct q_stock_sees	sees;
	int			r;

	*store = 0;
	if (place == PROPOSE_ALL) {
		if ((r = q_stock_sees(shop->db, shop->who.user,
		    &sees)) == 0 && sees.some) {
			r = err_set(ERR_DENIED, _("not all stores are yours "
			    "to see; say which"));
		}
		return r;
	}
	if ((r = purchase_place(shop, &place)) != 0 ||
	    (r = stock_place_get(shop, place, &p)) != 0) {
		return r;
	}
	*store = p.parent != 0 ? p.parent : p.id;
	return 0;
}

int
purchase_propose(struct shop *shop, int64_t place, int days, int cover,
    int (*fn)(void *ctx, const struct proposal *p), void *ctx)
{
	struct q_purchase_needs	*rows;
	struct proposal		 p;
	size_t			 n;
	int64_t			 store;
	bool			 wanted;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = propose_store(shop, place, &store)) != 0) {
		return r;
	}
	if (days < 0 || days > 730 || cover < 0 || cover > 730) {
		return err_set(ERR_RANGE, _("from 0 to 730 days"));
	}
	if ((r = q_purchase_needs(shop->db, shop_now() -
	    days * INT64_C(86400000), store, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = propose_one(shop, &rows[i], days, cover, store, &p,
		    &wanted)) == 0 && wanted) {
			r = fn(ctx, &p);
		}
	}
	free(rows);
	return r;
}

struct propose_orders {
	struct shop	*shop;
	int64_t		 place, n;
};

/* Inside the transaction; on top of what the draft has already. */
static int
propose_order(void *ctx, const struct proposal *p)
{
	struct propose_orders		*o = ctx;
	struct purchase			 order = { .supplier = p->supplier };
	struct q_purchase_line_of	 was;
	int				 r;

	if ((r = purchase_draft(o->shop, p->supplier, o->place, "",
	    &order.id)) != 0) {
		return r;
	}
	r = q_purchase_line_of(o->shop->db, order.id, p->product, &was);
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	o->n++;
	return purchase_put(o->shop, &order, p->product, p->packs +
	    (r == 0 ? was.packs : 0), NULL);
}

int
purchase_propose_orders(struct shop *shop, int64_t place, int days, int cover,
    int64_t *n)
{
	struct propose_orders	o = { .shop = shop,
				    .place = place == PROPOSE_ALL ? 0 : place };
	char			detail[32];
	int			r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = purchase_place(shop, &o.place)) != 0 ||
	    (r = db_begin(shop->db, "purchase propose")) != 0) {
		return r;
	}
	if ((r = purchase_propose(shop, place, days, cover, propose_order,
	    &o)) == 0) {
		(void)str_fmt(detail, sizeof(detail), "%lld",
		    (long long)o.n);
		r = audit_add(shop, "purchase.propose", "", 0, detail);
	}
	if ((r = purchase_end(shop, r)) == 0) {
		*n = o.n;
	}
	return r;
}
