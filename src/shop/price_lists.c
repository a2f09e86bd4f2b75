/* SPDX-License-Identifier: ISC */
/* Keeping price lists and dated prices. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/csv_rows.h"
#include "shop/customer.h"
#include "shop/prices.h"
#include "shop/sale.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "sql/price.h"
#include "sql/product.h"
#include "sql/terminal.h"

#define PRICE_WHY	200

/* --- where and when ------------------------------------------------------ */

static int
scope_till(struct shop *shop, struct scope *scope, const char *value)
{
	struct q_terminal_by_login	row;
	char				login[NAME_SIZE];
	int				r;

	scope->terminal = 0;
	scope->till[0] = '\0';
	if (value[0] == '\0') {
		return 0;
	}
	if ((r = shop_login_name(value, login)) == 0) {
		r = q_terminal_by_login(shop->db, login, &row);
	}
	if (r == ERR_NOT_FOUND || r == ERR_INVALID) {
		return err_set(ERR_NOT_FOUND, _("there is no terminal "
		    "\"%.40s\""), value);
	}
	if (r == 0) {
		scope->terminal = row.id;
		(void)str_copy(scope->till, sizeof(scope->till), value);
	}
	return r;
}

/* A room with tables, else a store or a room of one. */
static int
scope_place(struct shop *shop, struct scope *scope, const char *value)
{
	struct q_price_room	room;
	struct stock_place	place;
	int			r;

	scope->room = scope->store = 0;
	scope->spot[0] = '\0';
	if (value[0] == '\0') {
		return 0;
	}
	if ((r = q_price_room(shop->db, value, &room)) == 0) {
		scope->room = room.id;
		(void)str_copy(scope->spot, sizeof(scope->spot), room.name);
		return 0;
	}
	if (r == ERR_NOT_FOUND) {
		r = stock_place_find(shop, value, &place);
	}
	if (r == ERR_NOT_FOUND) {
		return err_set(ERR_NOT_FOUND, _("there is no room and no "
		    "store \"%.40s\""), value);
	}
	if (r == 0) {
		scope->store = place.id;
		(void)str_copy(scope->spot, sizeof(scope->spot), place.name);
	}
	return r;
}

static int
scope_word(char *out, size_t size, const char *value)
{
	return utf8_is_clean(value) && str_copy(out, size, value) ? 0 :
	    err_set(ERR_TOO_LONG, _("\"%.40s\" is too long"), value);
}

int
scope_set(struct shop *shop, struct scope *scope, const char *key,
    const char *value)
{
	if (strcmp(key, "till") == 0) {
		return scope_till(shop, scope, value);
	}
	if (strcmp(key, "place") == 0) {
		return scope_place(shop, scope, value);
	}
	if (strcmp(key, "group") == 0) {
		return scope_word(scope->group, sizeof(scope->group), value);
	}
	if (strcmp(key, "mode") == 0) {
		return sale_mode_find(value, scope->mode);
	}
	if (strcmp(key, "from") == 0) {
		return period_since(&scope->when, value);
	}
	if (strcmp(key, "until") == 0) {
		return period_until(&scope->when, value);
	}
	if (strcmp(key, "days") == 0 && value[0] != '\0') {
		return period_days(&scope->when, value);
	}
	if (strcmp(key, "hours") == 0 && value[0] != '\0') {
		return period_hours(&scope->when, value);
	}
	return 0;
}

void
scope_doubt(struct shop *shop, const struct scope *scope,
    char out[static SCOPE_DOUBT])
{
	struct q_price_group_count	row = { 0 };

	out[0] = '\0';
	if (scope->group[0] != '\0' && q_price_group_count(shop->db,
	    scope->group, &row) == 0 && row.n == 0) {
		(void)str_fmt(out, SCOPE_DOUBT, _("no customer is in the "
		    "group \"%s\" yet; \"comptoir price group\" puts one "
		    "there"), scope->group);
	}
}

void
scope_text(const struct shop *shop, const struct scope *scope,
    char out[static SCOPE_TEXT])
{
	const char *const	parts[] = { scope->till, scope->spot,
				    scope->group, sale_mode_text(scope->mode) };
	struct period		p = scope->when;
	char			when[PERIOD_TEXT], day[COUNTRY_DAY];
	struct buf		text = { 0 };

	if (shop != NULL) {
		(void)str_copy(p.since, sizeof(p.since),
		    country_day(shop, scope->when.since, day));
		(void)str_copy(p.until, sizeof(p.until),
		    country_day(shop, scope->when.until, day));
	}
	for (size_t i = 0; i < NELEM(parts); i++) {
		if (parts[i][0] != '\0') {
			buf_fmt(&text, "%s%s", text.len > 0 ? "  " : "",
			    parts[i]);
		}
	}
	period_text(&p, when);
	if (when[0] != '\0') {
		buf_fmt(&text, "%s%s", text.len > 0 ? "  " : "", when);
	}
	(void)str_copy(out, SCOPE_TEXT, buf_text(&text));
	buf_done(&text);
}

/* --- lists --------------------------------------------------------------- */

int
prices_end(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "price");
	if ((r = db_commit(shop->db)) == 0) {
		prices_drop(shop);
	}
	return r;
}

int
price_name_check(const char *name, const char *label)
{
	return name[0] != '\0' && utf8_is_clean(name) && label[0] != '\0' &&
	    utf8_is_clean(label) && strchr(name, ' ') == NULL ? 0 :
	    err_set(ERR_INVALID, _("a name is one word, and there are words "
	    "for the ticket"));
}

static int
price_list_find(struct shop *shop, const char *name,
    const struct price_list **out)
{
	const struct prices	*c;
	int			 r;

	*out = NULL;
	if ((r = prices_of(shop, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c->nlists; i++) {
		if (strcmp(c->list[i].name, name) == 0) {
			*out = &c->list[i];
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("there is no price list \"%.40s\""),
	    name);
}

int
price_list_add(struct shop *shop, const struct price_list *list, int64_t *id)
{
	const struct price_list	*other;
	const struct prices	*c;
	const struct period	*when = &list->scope.when;
	int64_t			 place = list->place;
	int			 r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PROMO)) != 0 ||
	    (r = price_name_check(list->name, list->label)) != 0 ||
	    (r = prices_of(shop, &c)) != 0) {
		return r;
	}
	if (price_list_find(shop, list->name, &other) == 0) {
		return err_set(ERR_EXISTS, _("there is a price list \"%s\" "
		    "already"), list->name);
	}
	if (place == 0) {		/* after the others */
		place = c->nlists == 0 ? 10 :
		    c->list[c->nlists - 1].place + 10;
	}
	if ((r = db_begin(shop->db, "price list")) != 0) {
		return r;
	}
	if ((r = q_price_list_add(shop->db, list->name, list->label, place,
	    some(&list->scope.terminal), some(&list->scope.room),
	    some(&list->scope.store),
	    list->scope.group, list->scope.mode, when->since, when->until,
	    when->days, when->from, when->to, shop_now(), id)) == 0) {
		r = audit_add(shop, "price.list", "price_list", *id,
		    list->name);
	}
	return prices_end(shop, r);
}

int
price_list_end(struct shop *shop, const char *name)
{
	const struct price_list	*list;
	int64_t			 n, id;
	int			 r;

	if ((r = shop_require(shop, RIGHT_PROMO)) != 0 ||
	    (r = price_list_find(shop, name, &list)) != 0) {
		return r;
	}
	id = list->id;
	if ((r = db_begin(shop->db, "price list end")) != 0) {
		return r;
	}
	if ((r = q_price_list_end(shop->db, id, shop_now(), &n)) == 0) {
		r = audit_add(shop, "price.end", "price_list", id, name);
	}
	return prices_end(shop, r);
}

int
price_lists(struct shop *shop,
    int (*fn)(void *ctx, const struct price_list *list, bool now), void *ctx)
{
	const struct prices	*c;
	struct moment		 at = moment_of(shop_now());
	int			 r;

	prices_drop(shop);		/* as things are, not as remembered */
	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = prices_of(shop, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c->nlists && r == 0; i++) {
		r = fn(ctx, &c->list[i], period_holds(&c->list[i].scope.when,
		    &at));
	}
	return r;
}

int
price_group_set(struct shop *shop, const char *customer, const char *group)
{
	struct customer	c;
	char		name[PRICE_GROUP];
	int		r;

	if ((r = shop_require(shop, RIGHT_PROMO)) != 0 ||
	    (r = customer_find(shop, customer, &c)) != 0 ||
	    (r = scope_word(name, sizeof(name), group)) != 0 ||
	    (r = db_begin(shop->db, "customer group")) != 0) {
		return r;
	}
	if ((r = q_price_group_put(shop->db, c.id, name)) == 0) {
		r = audit_add(shop, "price.group", "customer", c.id, name);
	}
	return prices_end(shop, r);
}

/* --- prices -------------------------------------------------------------- */

/* The ids of a row, and whether its values may be. */
static int
price_row_check(struct shop *shop, const struct price_row *row,
    int64_t *product, int64_t *list)
{
	const struct price_list		*found;
	struct q_product_id_by_code	 p;
	int				 r;

	*list = 0;
	if (row->list[0] != '\0') {
		if ((r = price_list_find(shop, row->list, &found)) != 0) {
			return r;
		}
		*list = found->id;
	}
	if ((r = q_product_id_by_code(shop->db, row->code, &p)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("nothing has the code %s"), row->code);
	}
	*product = p.id;
	if (row->price < 0 || row->price > MONEY_MAX) {
		return err_set(ERR_RANGE, _("the price is out of range"));
	}
	if ((row->since[0] != '\0' &&
	    (r = clock_day_check(row->since)) != 0) ||
	    (row->until[0] != '\0' &&
	    (r = clock_day_check(row->until)) != 0)) {
		return r;
	}
	return row->since[0] != '\0' && row->until[0] != '\0' &&
	    strcmp(row->until, row->since) < 0 ? err_set(ERR_INVALID,
	    _("%s is before %s"), row->until, row->since) : 0;
}

/* Inside a transaction. */
static int
price_put(struct shop *shop, const struct price_row *row, bool gone)
{
	char	detail[120];
	int64_t	product = 0, list, n;
	int	r;

	if ((r = price_row_check(shop, row, &product, &list)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "list %lld price %lld from %s",
	    (long long)list, (long long)(gone ? -1 : row->price), row->since);
	if (!gone) {
		r = q_price_put(shop->db, product, list == 0 ? NULL : &list,
		    row->since, row->until, row->price, shop_now());
	} else if ((r = q_price_drop(shop->db, product, list == 0 ? NULL :
	    &list, row->since, &n)) == 0 && n == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no such price to "
		    "take away"));
	}
	return r != 0 ? r : audit_add(shop, "price.set", "product", product,
	    detail);
}

int
price_set(struct shop *shop, const struct price_row *row, bool gone)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PROMO)) != 0 ||
	    (r = db_begin(shop->db, "price set")) != 0) {
		return r;
	}
	return prices_end(shop, price_put(shop, row, gone));
}

int
price_rows(struct shop *shop, const char *list,
    int (*fn)(void *ctx, const struct price_row *row), void *ctx)
{
	const struct price_list	*found;
	struct q_price_all	*rows;
	int64_t			 id = 0;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (list[0] != '\0' &&
	    (r = price_list_find(shop, list, &found)) != 0)) {
		return r;
	}
	if (list[0] != '\0') {
		id = found->id;
	}
	if ((r = q_price_all(shop->db, id == 0 ? NULL : &id, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct price_row	row = {
			.price = rows[i].price,
			.catalogue = rows[i].catalogue,
		};

		(void)str_copy(row.list, sizeof(row.list), list);
		(void)str_copy(row.code, sizeof(row.code), rows[i].code);
		(void)str_copy(row.name, sizeof(row.name), rows[i].name);
		(void)str_copy(row.since, sizeof(row.since), rows[i].since);
		(void)str_copy(row.until, sizeof(row.until), rows[i].until);
		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* --- from a file --------------------------------------------------------- */

static const char *const price_columns[] = { "list", "code", "price", "since",
	"until", NULL };

static int
price_line(struct shop *shop, void *of, const char *const *cell, int pass)
{
	struct price_row	row = { .price = 0 };
	int			r;

	(void)of;
	(void)pass;
	if (!str_copy(row.list, sizeof(row.list), cell[0]) ||
	    !str_copy(row.code, sizeof(row.code), cell[1]) ||
	    !str_copy(row.since, sizeof(row.since), cell[3]) ||
	    !str_copy(row.until, sizeof(row.until), cell[4])) {
		return err_set(ERR_TOO_LONG, _("a field is too long"));
	}
	if ((r = money_parse(&shop->money, cell[2], false,
	    &row.price)) != 0) {
		return r;
	}
	return price_put(shop, &row, false);
}

static const struct csv_rows price_import_rows = {
	.verb = "price import", .columns = price_columns, .kinds = "TTMTT",
	.needed = 3, .line = price_line, .topic = "price",
};

int
price_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	int	r = csv_rows_take(shop, RIGHT_PROMO, fd, how,
		    &price_import_rows, bad, ctx, lines);

	prices_drop(shop);
	return r;
}

static int
price_out(void *ctx, const struct price_row *row)
{
	struct rows_out	*o = ctx;

	rows_out_text(o, row->list);
	rows_out_text(o, row->code);
	rows_out_number(o, row->price);
	rows_out_text(o, row->since);
	rows_out_text(o, row->until);
	return 0;
}

struct price_export {
	struct shop	*shop;
	struct rows_out	 out;
};

static int
price_export_list(void *ctx, const struct price_list *list, bool now)
{
	struct price_export	*x = ctx;

	(void)now;
	return price_rows(x->shop, list->name, price_out, &x->out);
}

int
price_export(struct shop *shop, bool json, struct buf *out)
{
	struct price_export	x = { .shop = shop };
	int			r;

	rows_out_begin(&x.out, shop, &price_import_rows, json);
	if ((r = price_rows(shop, "", price_out, &x.out)) == 0) {
		r = price_lists(shop, price_export_list, &x);
	}
	rows_out_end(&x.out);
	*out = x.out.text;
	return r;
}
