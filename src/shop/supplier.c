/* SPDX-License-Identifier: ISC */
/* Suppliers and what they sell: kept, listed, read from a file. */
#include "shop/supplier.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/csv_rows.h"
#include "shop/product_part.h"
#include "sql/purchase.h"

static int
supplier_check(const struct supplier *s)
{
	for (const char *c = s->code; *c != '\0'; c++) {
		if (*c <= ' ' || *c > '~' || strchr("*@/:,;\"", *c) != NULL) {
			return err_set(ERR_INVALID, _("code \"%s\": letters, "
			    "digits and - . _ only"), s->code);
		}
	}
	if (s->code[0] == '\0' || s->name[0] == '\0') {
		return err_set(ERR_EMPTY, _("a supplier has a code and a "
		    "name"));
	}
	if (!utf8_is_clean(s->name) || !utf8_is_clean(s->address) ||
	    !utf8_is_clean(s->email) || !utf8_is_clean(s->phone) ||
	    !utf8_is_clean(s->account)) {
		return err_set(ERR_INVALID, _("supplier %s: clean UTF-8 text "
		    "only"), s->code);
	}
	if (s->lead < 0 || s->lead > 730 || s->terms < 0 || s->terms > 730) {
		return err_set(ERR_RANGE, _("supplier %s: at most 730 days"),
		    s->code);
	}
	if (s->least < 0 || s->least > MONEY_MAX || s->discount < 0 ||
	    s->discount > RATE_ONE) {
		return err_set(ERR_RANGE, _("supplier %s: least order or "
		    "discount out of range"), s->code);
	}
	return 0;
}

static int
supplier_store(struct shop *shop, struct supplier *s)
{
	int64_t	n = 1;
	int	r;

	r = s->id == 0 ? q_supplier_add(shop->db, s->code, s->name,
	    s->address, s->email, s->phone, s->account, s->lead, s->least,
	    s->terms, s->discount, s->active, shop_now(), &s->id) :
	    q_supplier_set(shop->db, s->id, s->code, s->name, s->address,
	    s->email, s->phone, s->account, s->lead, s->least, s->terms,
	    s->discount, s->active, shop_now(), &n);
	if (r == ERR_EXISTS) {
		return err_set(ERR_EXISTS, _("there is a supplier %s "
		    "already"), s->code);
	}
	return r != 0 || n == 1 ? r : err_set(ERR_NOT_FOUND,
	    _("there is no such supplier"));
}

int
supplier_put(struct shop *shop, struct supplier *s)
{
	bool	fresh = s->id == 0;
	int	r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = supplier_check(s)) != 0 ||
	    (r = db_begin(shop->db, "supplier")) != 0) {
		return r;
	}
	if ((r = supplier_store(shop, s)) != 0 ||
	    (r = audit_add(shop, fresh ? "supplier.add" : "supplier.set",
	    "supplier", s->id, s->code)) != 0) {
		db_rollback(shop->db);
		s->id = fresh ? 0 : s->id;
		return r;
	}
	db_topic(shop->db, "purchase");
	return db_commit(shop->db);
}

int
supplier_get(struct shop *shop, int64_t id, struct supplier *out)
{
	struct q_supplier_get	row;
	int			r;

	*out = (struct supplier){ 0 };
	if ((r = q_supplier_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such supplier"));
	}
	out->id = id;
	(void)str_copy(out->code, sizeof(out->code), row.code);
	(void)str_copy(out->name, sizeof(out->name), row.name);
	(void)str_copy(out->address, sizeof(out->address), row.address);
	(void)str_copy(out->email, sizeof(out->email), row.email);
	(void)str_copy(out->phone, sizeof(out->phone), row.phone);
	(void)str_copy(out->account, sizeof(out->account), row.account);
	out->lead = row.lead;
	out->least = row.least;
	out->terms = row.terms;
	out->discount = row.discount;
	out->active = row.active;
	return 0;
}

int
supplier_find(struct shop *shop, const char *code, struct supplier *out)
{
	struct q_supplier_by_code	row;
	int				r;

	*out = (struct supplier){ 0 };
	if ((r = q_supplier_by_code(shop->db, code, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no supplier %.30s"), code);
	}
	return supplier_get(shop, row.id, out);
}

int
supplier_list(struct shop *shop,
    int (*fn)(void *ctx, const struct supplier_row *row), void *ctx)
{
	struct q_supplier_all	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_supplier_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct supplier_row	row = { .items = rows[i].items,
					    .open = rows[i].open,
					    .owed = rows[i].owed };

		if ((r = supplier_get(shop, rows[i].id, &row.s)) == 0) {
			r = fn(ctx, &row);
		}
	}
	free(rows);
	return r;
}

/* --- what they sell ------------------------------------------------------ */

static int
supplier_item_check(const struct product *p, const struct supplier_item *i)
{
	if (i->pack <= 0 || i->pack > QTY_MAX) {
		return err_set(ERR_RANGE, _("%s: a pack holds more than "
		    "nothing"), p->code);
	}
	if (!p->by_weight && i->pack % QTY_ONE != 0) {
		return err_set(ERR_INVALID, _("%s: the pack does not divide "
		    "into whole pieces"), p->code);
	}
	if (i->price < 0 || i->price > MONEY_MAX || i->least < 1 ||
	    i->least > 9999) {
		return err_set(ERR_RANGE, _("%s: price or least packs out of "
		    "range"), p->code);
	}
	if (!utf8_is_clean(i->ref)) {
		return err_set(ERR_INVALID, _("%s: the reference is no clean "
		    "text"), p->code);
	}
	return 0;
}

/* Inside the transaction. */
static int
supplier_item_store(struct shop *shop, const struct supplier_item *i)
{
	struct product	p;
	int		r;

	if ((r = product_get(shop, i->product, &p)) != 0 ||
	    (r = supplier_item_check(&p, i)) != 0) {
		return r;
	}
	r = q_supplier_item_put(shop->db, i->supplier, i->product, i->ref,
	    i->pack, i->price, i->least, i->preferred);
	if (r == ERR_EXISTS) {
		return err_set(ERR_EXISTS, _("reference %.32s is another item "
		    "of theirs"), i->ref);
	}
	if (r == 0 && i->preferred) {
		r = q_supplier_item_alone(shop->db, i->supplier, i->product);
	}
	return r != 0 ? r : audit_add(shop, "supplier.item", "product",
	    i->product, p.code);
}

int
supplier_item_put(struct shop *shop, const struct supplier_item *i)
{
	struct supplier	s;
	int		r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = supplier_get(shop, i->supplier, &s)) != 0 ||
	    (r = db_begin(shop->db, "supplier item")) != 0) {
		return r;
	}
	if ((r = supplier_item_store(shop, i)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "purchase");
	return db_commit(shop->db);
}

int
supplier_item_drop(struct shop *shop, int64_t supplier, int64_t product)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_PURCHASE)) != 0 ||
	    (r = db_begin(shop->db, "supplier item")) != 0) {
		return r;
	}
	if ((r = q_supplier_item_drop(shop->db, supplier, product,
	    &n)) == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("they do not sell it to us"));
	}
	if (r != 0 || (r = audit_add(shop, "supplier.item-drop", "product",
	    product, "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "purchase");
	return db_commit(shop->db);
}

int
supplier_item_get(struct shop *shop, int64_t supplier, int64_t product,
    struct supplier_item *out)
{
	struct q_supplier_item_get	row;
	int				r;

	*out = (struct supplier_item){ .supplier = supplier,
	    .product = product, .pack = QTY_ONE, .least = 1 };
	if ((r = q_supplier_item_get(shop->db, supplier, product,
	    &row)) != 0) {
		return r;
	}
	(void)str_copy(out->ref, sizeof(out->ref), row.ref);
	out->pack = row.pack;
	out->price = row.price;
	out->least = row.least;
	out->preferred = row.preferred;
	return 0;
}

int
supplier_item_find(struct shop *shop, int64_t supplier, const char *text,
    struct product *out, struct scan *scan)
{
	struct q_supplier_item_ref	row;
	int				r;

	*scan = (struct scan){ 0 };
	r = q_supplier_item_ref(shop->db, supplier, text, &row);
	if (r == ERR_NOT_FOUND) {
		return product_scan(shop, text, out, scan);
	}
	return r != 0 ? r : product_get(shop, row.product, out);
}

int
supplier_items(struct shop *shop, int64_t supplier, int64_t product,
    int (*fn)(void *ctx, const struct supplier_item *i), void *ctx)
{
	struct q_supplier_items	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_supplier_items(shop->db, supplier, product, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t k = 0; k < n && r == 0; k++) {
		struct supplier_item	i = {
			.supplier = rows[k].supplier,
			.product = rows[k].product, .pack = rows[k].pack,
			.price = rows[k].price, .least = rows[k].least,
			.preferred = rows[k].preferred,
		};

		(void)str_copy(i.supplier_code, sizeof(i.supplier_code),
		    rows[k].supplier_code);
		(void)str_copy(i.code, sizeof(i.code), rows[k].code);
		(void)str_copy(i.name, sizeof(i.name), rows[k].name);
		(void)str_copy(i.unit, sizeof(i.unit), rows[k].unit);
		(void)str_copy(i.ref, sizeof(i.ref), rows[k].ref);
		r = fn(ctx, &i);
	}
	free(rows);
	return r;
}

/* --- a file of them ------------------------------------------------------ */

static const char *const item_columns[] = { "supplier", "code", "price",
	"ref", "pack", "least", "preferred", NULL };

static int
supplier_item_line(struct shop *shop, void *of, const char *const *cell,
    int pass)
{
	struct supplier_item	i = { .pack = QTY_ONE, .least = 1 };
	struct supplier		s;
	struct product		p;
	int			r;

	(void)of;
	(void)pass;
	if ((r = supplier_find(shop, cell[0], &s)) != 0 ||
	    (r = product_find(shop, cell[1], &p)) != 0 ||
	    (r = money_parse(&shop->money, cell[2], false, &i.price)) != 0 ||
	    (cell[4][0] != '\0' && (r = qty_parse(cell[4], &i.pack)) != 0) ||
	    (cell[5][0] != '\0' && (r = str_to_i64(cell[5], 1, 9999,
	    &i.least)) != 0)) {
		return r;
	}
	if (!str_copy(i.ref, sizeof(i.ref), cell[3])) {
		return err_set(ERR_TOO_LONG, _("the reference is too long"));
	}
	i.preferred = strcmp(cell[6], "yes") == 0;
	i.supplier = s.id;
	i.product = p.id;
	return supplier_item_store(shop, &i);
}

static const struct csv_rows item_rows = {
	.verb = "supplier import", .columns = item_columns,
	.kinds = "TTMTQNB", .needed = 3, .line = supplier_item_line,
};

int
supplier_item_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return csv_rows_take(shop, RIGHT_PURCHASE, fd, how, &item_rows,
	    bad, ctx, lines);
}

static int
supplier_item_out(void *ctx, const struct supplier_item *i)
{
	struct rows_out	*o = ctx;

	rows_out_text(o, i->supplier_code);
	rows_out_text(o, i->code);
	rows_out_number(o, i->price);
	rows_out_text(o, i->ref);
	rows_out_number(o, i->pack);
	rows_out_number(o, i->least);
	rows_out_number(o, i->preferred);
	return 0;
}

int
supplier_item_export(struct shop *shop, bool json, struct buf *out)
{
	struct rows_out	o;
	int		r;

	rows_out_begin(&o, shop, &item_rows, json);
	r = supplier_items(shop, 0, 0, supplier_item_out, &o);
	rows_out_end(&o);
	*out = o.text;
	return r;
}

static const char *const supplier_columns[] = { "code", "name", "address",
	"email", "phone", "account", "lead", "least", "terms", "discount",
	"active", NULL };

static int
supplier_days(const char *text, int64_t *out)
{
	return text[0] == '\0' ? 0 : str_to_i64(text, 0, 730, out);
}

static bool
supplier_cell(char *dst, size_t size, const char *text)
{
	return text[0] == '\0' || str_copy(dst, size, text);
}

/* What a line leaves empty stays as it is. */
static int
supplier_line(struct shop *shop, void *of, const char *const *cell, int pass)
{
	struct supplier	s;
	bool		fresh;
	int		r;

	(void)of;
	(void)pass;
	r = supplier_find(shop, cell[0], &s);
	if ((fresh = r == ERR_NOT_FOUND)) {
		s = (struct supplier){ .lead = 7, .terms = 30,
		    .active = true };
		r = 0;
	}
	if (r != 0) {
		return r;
	}
	if (!supplier_cell(s.code, sizeof(s.code), cell[0]) ||
	    !supplier_cell(s.name, sizeof(s.name), cell[1]) ||
	    !supplier_cell(s.address, sizeof(s.address), cell[2]) ||
	    !supplier_cell(s.email, sizeof(s.email), cell[3]) ||
	    !supplier_cell(s.phone, sizeof(s.phone), cell[4]) ||
	    !supplier_cell(s.account, sizeof(s.account), cell[5])) {
		return err_set(ERR_TOO_LONG, _("supplier %.24s: a text is too "
		    "long"), cell[0]);
	}
	if ((r = supplier_days(cell[6], &s.lead)) != 0 ||
	    (cell[7][0] != '\0' && (r = money_parse(&shop->money, cell[7],
	    false, &s.least)) != 0) ||
	    (r = supplier_days(cell[8], &s.terms)) != 0 ||
	    (cell[9][0] != '\0' && (r = rate_parse(cell[9],
	    &s.discount)) != 0)) {
		return r;
	}
	if (cell[10][0] != '\0') {
		s.active = strcmp(cell[10], "yes") == 0;
	}
	if ((r = supplier_check(&s)) != 0 ||
	    (r = supplier_store(shop, &s)) != 0) {
		return r;
	}
	return audit_add(shop, fresh ? "supplier.add" : "supplier.set",
	    "supplier", s.id, s.code);
}

static const struct csv_rows supplier_rows = {
	.verb = "supplier import", .columns = supplier_columns,
	.kinds = "TTTTTTNMNRB", .needed = 2, .line = supplier_line,
};

int
supplier_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return csv_rows_take(shop, RIGHT_PURCHASE, fd, how, &supplier_rows,
	    bad, ctx, lines);
}

static int
supplier_out(void *ctx, const struct supplier_row *row)
{
	const struct supplier	*s = &row->s;
	struct rows_out		*o = ctx;

	rows_out_text(o, s->code);
	rows_out_text(o, s->name);
	rows_out_text(o, s->address);
	rows_out_text(o, s->email);
	rows_out_text(o, s->phone);
	rows_out_text(o, s->account);
	rows_out_number(o, s->lead);
	rows_out_number(o, s->least);
	rows_out_number(o, s->terms);
	rows_out_number(o, s->discount);
	rows_out_number(o, s->active);
	return 0;
}

int
supplier_export(struct shop *shop, bool json, struct buf *out)
{
	struct rows_out	o;
	int		r;

	rows_out_begin(&o, shop, &supplier_rows, json);
	r = supplier_list(shop, supplier_out, &o);
	rows_out_end(&o);
	*out = o.text;
	return r;
}
