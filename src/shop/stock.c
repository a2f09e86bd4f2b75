/* SPDX-License-Identifier: ISC */
/* Stock: movements that add up.  Levels, values, lots and serials are kept by
 * triggers of sql/schema/0011-stock.sql. */
#include "shop/stock.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/product.h"
#include "shop/sale_part.h"
#include "shop/serial.h"
#include "shop/setting.h"
#include "sql/recipe.h"
#include "sql/stock.h"

static const struct {
	const char	*name, *text;
} stock_kinds[STOCK_KIND_COUNT] = {
#define X(id, name, text) [STOCK_##id] = { name, text },
	STOCK_KINDS(X)
#undef X
};

const char *
stock_kind_name(enum stock_kind k)
{
	return stock_kinds[k].name;
}

const char *
stock_kind_text(const char *name)
{
	enum stock_kind	k;

	return stock_kind_find(name, &k) == 0 ? _(stock_kinds[k].text) : name;
}

int
stock_kind_find(const char *name, enum stock_kind *out)
{
	for (*out = 0; *out < STOCK_KIND_COUNT; (*out)++) {
		if (strcmp(stock_kinds[*out].name, name) == 0) {
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("stock moves in no way called %.20s"),
	    name);
}

/* ---- the ledger --------------------------------------------------------- */

static const char *
stock_text(const char *text)
{
	return text == NULL ? "" : text;
}

int
stock_write(struct shop *shop, const struct stock_entry *e)
{
	int64_t	place = e->place;
	int	r;

	if (!db_in_write(shop->db)) {
		return err_set(ERR_BUG, "stock_write outside a transaction");
	}
	if (e->qty > STOCK_QTY_MAX || e->qty < -STOCK_QTY_MAX) {
		return err_set(ERR_RANGE, _("so much does not fit one "
		    "movement"));
	}
	if (e->lot != NULL && (!utf8_is_clean(e->lot) ||
	    strlen(e->lot) >= STOCK_LOT)) {
		return err_set(ERR_INVALID, _("a lot is named in up to %d "
		    "bytes"), STOCK_LOT - 1);
	}
	if ((place == 0 && !e->under_way &&
	    (r = stock_place_here(shop, &place)) != 0) ||
	    (r = q_stock_tracked(shop->db, e->product)) != 0 ||
	    (r = q_stock_post(shop->db, e->product, place, e->qty, e->value,
	    stock_kind_name(e->kind), e->lot, stock_text(e->expiry),
	    stock_text(e->serial), stock_text(e->doc), e->doc_id,
	    stock_text(e->reason), shop_now(),
	    some(&shop->who.user))) != 0) {
		return r;
	}
	db_topic(shop->db, "stock");
	return 0;
}

int
stock_held(struct shop *shop, int64_t product, int64_t place, int64_t *qty,
    int64_t *value)
{
	struct q_stock_get	row;
	int			r;

	*qty = *value = 0;
	if ((r = q_stock_get(shop->db, product, place, &row)) == 0) {
		*qty = row.qty;
		*value = row.value;
	}
	return r;
}

int
stock_there(struct shop *shop, int64_t product, int64_t place, int64_t *qty,
    int64_t *value)
{
	struct q_stock_there	row;
	int			r;

	*qty = *value = 0;
	if ((r = q_stock_there(shop->db, product, place, &row)) == 0) {
		*qty = row.qty;
		*value = row.value;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
stock_level(struct shop *shop, int64_t product, int64_t *qty)
{
	struct q_stock_seen	row;
	int			r;

	*qty = 0;
	if ((r = q_stock_seen(shop->db, product, shop->who.user, &row)) == 0) {
		*qty = row.qty;
	}
	return r;
}

int
stock_shown(struct shop *shop, struct product *p, size_t n)
{
	struct q_stock_sees	row;
	int			r = 0;

	if (shop->who.user == 0 || n == 0 || (r = q_stock_sees(shop->db,
	    shop->who.user, &row)) != 0 || !row.some) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = stock_level(shop, p[i].id, &p[i].stock);
	}
	return r;
}

int
stock_short(struct shop *shop, int64_t line)
{
	struct q_stock_line_short	*rows;
	char			 left[MONEY_TEXT], text[160];
	size_t			 n;
	int			 r;

	if (shop->set.short_stock == SHORT_YES || shop->who.training) {
		return 0;
	}
	if ((r = q_stock_line_short(shop->db, line, shop->who.terminal,
	    &rows, &n)) != 0 || n == 0) {
		free(rows);
		return r;
	}
	qty_plain(shop->money.mark, rows[0].left, left);
	(void)str_fmt(text, sizeof(text), _("%s: %s %s left, says the stock"),
	    rows[0].name, left, rows[0].unit);
	free(rows);
	switch (shop->set.short_stock) {
	case SHORT_NO:
		return err_set(ERR_EMPTY, "%s", text);
	case SHORT_ASK:
		return (r = shop_require(shop, RIGHT_ADJUST)) == 0 ? 0 :
		    err_set(r, _("%s; who may adjust stock lets it go"),
		    text);
	default:
		if (shop->said[0] == '\0') {
			(void)str_copy(shop->said, sizeof(shop->said), text);
		}
		return 0;
	}
}

int64_t
stock_unit_cost(int64_t qty, int64_t value)
{
	int64_t	cost;

	return qty == 0 || muldiv(value, QTY_ONE, qty, &cost) != 0 ? 0 : cost;
}

int
stock_adjust(struct shop *shop, int64_t product, int64_t delta,
    const char *reason)
{
	return stock_correct(shop, STOCK_ADJUST, product, 0, delta, NULL,
	    reason);
}

int
stock_correct(struct shop *shop, enum stock_kind kind, int64_t product,
    int64_t place, int64_t delta, const int64_t *cost, const char *reason)
{
	return stock_correct_piece(shop, &(struct stock_entry){
	    .product = product, .place = place, .qty = delta, .kind = kind,
	    .reason = reason }, cost);
}

int
stock_made(struct shop *shop, const struct product *p, bool *made)
{
	struct q_recipe_uses	*rows;
	size_t			 n = 0;
	int			 r = 0;

	if (!p->tracked && (r = q_recipe_uses(shop->db, p->id, &rows,
	    &n)) == 0) {
		free(rows);
	}
	*made = n > 0;
	return r;
}

int
stock_lot_there(struct shop *shop, const struct product *p, const char *lot,
    int64_t place)
{
	struct stock_lot	*lots;
	size_t			 n;
	int			 r;

	if ((r = stock_lots(shop, p->id, place, &lots, &n)) != 0) {
		return r;
	}
	r = err_set(ERR_NOT_FOUND, _("%s has no lot %s there"), p->name, lot);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(lots[i].code, lot) == 0 && lots[i].qty > 0) {
			r = 0;
		}
	}
	free(lots);
	return r;
}

/* May it be written so?  Looks at what is said, not at what is there. */
static int
stock_correct_check(const struct product *p, const struct stock_entry *e,
    const int64_t *cost)
{
	if (e->reason[0] == '\0' || !utf8_is_clean(e->reason)) {
		return err_set(ERR_EMPTY, _("say why the stock changes"));
	}
	if (e->qty == 0 || e->qty > QTY_MAX || e->qty < -QTY_MAX ||
	    (!p->by_weight && e->qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: a stock change is a number of "
		    "%s"), p->code, p->unit);
	}
	if (e->qty > 0 ? e->kind == STOCK_WASTE : cost != NULL) {
		return err_set(ERR_RANGE, e->qty > 0 ? _("%s: say how much was "
		    "thrown away") : _("%s: what goes out goes at what it is "
		    "worth; a cost is one of what comes in"), p->code);
	}
	if (e->serial[0] != '\0' && e->qty != QTY_ONE &&
	    e->qty != -QTY_ONE) {
		return err_set(ERR_INVALID, _("a serial number is one piece"));
	}
	if (e->expiry[0] != '\0' && (e->lot == NULL ||
	    clock_day_check(e->expiry) != 0)) {
		return err_set(ERR_INVALID, e->lot == NULL ?
		    _("a last day is one of a lot; say which") :
		    _("\"%.20s\" is no day; write it 2026-12-31"), e->expiry);
	}
	return 0;
}

/* Inside the transaction: what a dish is made of goes, in its place. */
static int
stock_waste_made(struct shop *shop, const struct stock_entry *e)
{
	struct q_recipe_uses	*rows;
	size_t			 n;
	int			 r = q_recipe_uses(shop->db, e->product, &rows,
				    &n);

	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct stock_entry	part = *e;

		part.product = rows[i].component;
		part.lot = NULL;
		if ((r = muldiv(e->qty, rows[i].micro, 1000000,
		    &part.qty)) == 0 && part.qty != 0) {
			r = stock_write(shop, &part);
		}
	}
	free(rows);
	return r;
}

/* Inside the transaction. */
static int
stock_correct_write(struct shop *shop, const struct product *p,
    const struct stock_entry *e)
{
	bool	made;
	int	r;

	if ((r = stock_made(shop, p, &made)) != 0) {
		return r;
	}
	if (made && e->kind == STOCK_WASTE) {
		return *stock_text(e->lot) == '\0' && *e->serial == '\0' ?
		    stock_waste_made(shop, e) : err_set(ERR_INVALID,
		    _("%s is made when it is sold: it has no lot and no "
		    "number"), p->name);
	}
	if (made || (!p->tracked && e->kind == STOCK_WASTE)) {
		return err_set(ERR_INVALID, made ? _("%s is made when it is "
		    "sold: correct what it is made of, or make it ahead") :
		    _("%s is not kept in stock"), p->name);
	}
	if ((r = serial_moves(shop, p, e->serial, e->place, e->qty > 0)) !=
	    0 || (e->qty < 0 && e->lot != NULL &&
	    (r = stock_lot_there(shop, p, e->lot, e->place)) != 0)) {
		return r;
	}
	return stock_write(shop, e);
}

int
stock_correct_piece(struct shop *shop, const struct stock_entry *entry,
    const int64_t *cost)
{
	struct stock_entry	e = *entry;
	struct product		p;
	char			detail[64], qty[MONEY_TEXT];
	char			serial[SERIAL_MAX + 1];
	int64_t			value;
	int			r;

	e.reason = stock_text(e.reason);
	e.expiry = stock_text(e.expiry);
	if ((r = shop_require(shop, RIGHT_ADJUST)) != 0 ||
	    (e.place == 0 && (r = stock_place_here(shop, &e.place)) != 0) ||
	    (r = stock_place_seen(shop, e.place)) != 0 ||
	    (r = product_get(shop, e.product, &p)) != 0 ||
	    (r = serial_read(e.serial, serial)) != 0) {
		return r;
	}
	e.serial = serial;
	if ((r = stock_correct_check(&p, &e, cost)) != 0) {
		return r;
	}
	if (cost != NULL) {
		if (*cost < 0 || money_times(*cost, e.qty, &value) != 0) {
			return err_set(ERR_RANGE, _("%s: no such cost"),
			    p.code);
		}
		e.value = &value;
	}
	if ((r = db_begin(shop->db, "stock adjust")) != 0) {
		return r;
	}
	qty_plain('.', e.qty, qty);
	(void)str_fmt(detail, sizeof(detail), "%s %s", p.code, qty);
	if ((r = stock_correct_write(shop, &p, &e)) != 0 ||
	    (r = audit_add(shop, e.kind == STOCK_WASTE ? "stock.waste" :
	    "stock.adjust", "product", e.product, detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
stock_lots(struct shop *shop, int64_t product, int64_t place,
    struct stock_lot **out, size_t *n)
{
	struct q_stock_lots	*rows;
	int			 r;

	*out = NULL;
	if ((r = q_stock_lots(shop->db, product, place,
	    shop->who.user, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct stock_lot	*l = &(*out)[i];

		(void)str_copy(l->code, sizeof(l->code), rows[i].code);
		(void)str_copy(l->expiry, sizeof(l->expiry), rows[i].expiry);
		(void)str_copy(l->place, sizeof(l->place), rows[i].place);
		l->qty = rows[i].qty;
	}
	free(rows);
	return 0;
}

int
stock_by_lot(struct shop *shop, int64_t product, bool yes)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "stock lots")) != 0) {
		return r;
	}
	if ((r = q_stock_by_lot(shop->db, product, yes)) != 0 ||
	    (r = audit_add(shop, "stock.lots", "product", product,
	    yes ? "lots=1" : "lots=0")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* ---- what a sale takes -------------------------------------------------- */

/* The setting forbids it: say of what there is too little. */
static int
stock_refused(struct shop *shop, const struct sale *sale)
{
	struct q_stock_short	*rows;
	char			 left[MONEY_TEXT];
	size_t			 n;
	int			 r;

	if ((r = q_stock_short(shop->db, sale->id, some(&shop->who.terminal),
	    &rows, &n)) != 0) {
		return r;
	}
	r = ERR_EMPTY;
	if (n > 0) {
		qty_plain(shop->money.mark, rows[0].left, left);
		r = err_set(ERR_EMPTY, _("%s: stock says only %s %s are left; "
		    "void the line or correct the stock"), rows[0].name, left,
		    rows[0].unit);
	}
	free(rows);
	return r;
}

int
stock_posting(struct shop *shop, const struct sale *sale)
{
	const int64_t	*user = some(&shop->who.user);
	const int64_t	*terminal = some(&shop->who.terminal);
	int64_t		 before = db_written(shop->db);
	bool		 live = false, scrap = false;
	int		 r = 0;

	for (size_t i = 0; i < sale->nlines; i++) {
		if (sale->lines[i].state == LINE_LIVE) {
			live = true;
			scrap = scrap || sale->lines[i].scrap;
		}
	}
	if (live) {
		r = q_stock_sold(shop->db, sale->id, terminal,
		    sale->posted_at, user);
	}
	if (r == 0 && scrap) {
		r = q_stock_scrapped(shop->db, sale->id, terminal,
		    sale->posted_at, user);
	}
	if (r == ERR_EMPTY) {
		return stock_refused(shop, sale);
	}
	if (r == 0 && db_written(shop->db) != before) {
		db_topic(shop->db, "stock");
	}
	return r;
}

int
stock_valuation_changed(struct shop *shop)
{
	char	how[16];
	int	r;

	if ((r = q_stock_layers_drop(shop->db)) == 0 &&
	    (r = setting_get(shop, "valuation", how, sizeof(how))) == 0 &&
	    strcmp(how, "fifo") == 0) {
		r = q_stock_layers_make(shop->db);
	}
	return r;
}
