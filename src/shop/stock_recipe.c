/* SPDX-License-Identifier: ISC */
/* Recipes: kept line by line, followed down to what is kept in stock. */
#include "shop/stock_recipe.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/csv_rows.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "sql/recipe.h"
#include "sql/stock.h"

/* What goes in for so much that gets there. */
static int
recipe_gross(int64_t qty, int64_t waste, int64_t *out)
{
	return muldiv(qty, RATE_ONE, RATE_ONE - waste, out);
}

int
recipe_get(struct shop *shop, int64_t product, int64_t *makes,
    struct recipe_line **lines, size_t *n, int64_t *cost)
{
	struct q_recipe_get	 head;
	struct q_recipe_lines	*rows;
	int64_t			 gross, value, sum = 0;
	int			 r;

	*makes = *cost = 0;
	*lines = NULL;
	*n = 0;
	if ((r = q_recipe_get(shop->db, product, &head)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	if ((r = q_recipe_lines(shop->db, product, &rows, n)) != 0) {
		return r;
	}
	*makes = head.makes;
	*lines = xcalloc(*n + 1, sizeof(**lines));
	for (size_t i = 0; i < *n && r == 0; i++) {
		struct recipe_line	*l = &(*lines)[i];

		l->component = rows[i].component;
		l->qty = rows[i].qty;
		l->waste = rows[i].waste;
		l->cost = rows[i].cost;
		(void)str_copy(l->code, sizeof(l->code), rows[i].code);
		(void)str_copy(l->name, sizeof(l->name), rows[i].name);
		(void)str_copy(l->unit, sizeof(l->unit), rows[i].unit);
		if ((r = recipe_gross(l->qty, l->waste, &gross)) == 0 &&
		    (r = money_times(l->cost, gross, &value)) == 0) {
			sum += value;
		}
	}
	free(rows);
	if (r == 0) {
		r = muldiv(sum, QTY_ONE, *makes, cost);
	}
	if (r != 0) {
		free(*lines);
		*lines = NULL;
		*n = 0;
	}
	return r;
}

static int
recipe_end(struct shop *shop, int r, const char *action, int64_t product,
    const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, "product", product, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* Inside the transaction: the line, and what it means further up. */
static int
recipe_write(struct shop *shop, const struct product *p,
    const struct product *c, int64_t qty, int64_t waste)
{
	struct q_recipe_get	head;
	int64_t			n;
	int			r;

	if ((r = q_recipe_get(shop->db, p->id, &head)) == ERR_NOT_FOUND) {
		r = q_recipe_put(shop->db, p->id, QTY_ONE, shop_now());
	}
	if (r != 0 || (r = q_recipe_line_drop(shop->db, p->id, c->id,
	    &n)) != 0) {
		return r;
	}
	if (qty == 0 && n == 0) {
		return err_set(ERR_NOT_FOUND, _("%s does not take %s"),
		    p->name, c->name);
	}
	if (qty != 0 && (r = q_recipe_line_add(shop->db, p->id, c->id, qty,
	    waste)) == ERR_INVALID) {
		return err_set(ERR_INVALID, _("%s is made of %s somewhere: a "
		    "recipe cannot come back to itself"), c->name, p->name);
	}
	if (r == 0 && qty != 0 && (r = q_recipe_get(shop->db, c->id,
	    &head)) == ERR_NOT_FOUND) {
		r = q_stock_tracked(shop->db, c->id);
	}
	return r != 0 ? r : q_recipe_changed(shop->db, p->id, shop_now());
}

static int
recipe_check(const struct product *p, const struct product *c, int64_t qty,
    int64_t waste)
{
	if (qty < 0 || qty > QTY_MAX || waste < 0 ||
	    waste > RATE_ONE / 100 * 99) {
		return err_set(ERR_RANGE, _("a recipe takes up to %d of "
		    "something, and loses less than all of it"),
		    (int)(QTY_MAX / QTY_ONE));
	}
	return p->id != c->id && c->kind == PRODUCT_ITEM &&
	    p->kind == PRODUCT_ITEM ? 0 : err_set(ERR_INVALID,
	    _("%s cannot be made of %s"), p->name, c->name);
}

int
recipe_put(struct shop *shop, int64_t product, int64_t component, int64_t qty,
    int64_t waste)
{
	struct product	p, c;
	char		detail[96], much[MONEY_TEXT];
	int		r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0 ||
	    (r = product_get(shop, component, &c)) != 0 ||
	    (r = recipe_check(&p, &c, qty, waste)) != 0 ||
	    (r = db_begin(shop->db, "recipe set")) != 0) {
		return r;
	}
	qty_plain('.', qty, much);
	(void)str_fmt(detail, sizeof(detail), "%s %s", c.code, much);
	return recipe_end(shop, recipe_write(shop, &p, &c, qty, waste),
	    "recipe.set", p.id, detail);
}

int
recipe_makes(struct shop *shop, int64_t product, int64_t makes)
{
	char	detail[64], much[MONEY_TEXT];
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	if (makes <= 0 || makes > QTY_MAX) {
		return err_set(ERR_RANGE, _("a recipe makes at least some"));
	}
	if ((r = db_begin(shop->db, "recipe makes")) != 0) {
		return r;
	}
	qty_plain('.', makes, much);
	(void)str_fmt(detail, sizeof(detail), "makes=%s", much);
	if ((r = q_recipe_put(shop->db, product, makes, shop_now())) == 0) {
		r = q_recipe_changed(shop->db, product, shop_now());
	}
	return recipe_end(shop, r, "recipe.set", product, detail);
}

/* Inside the transaction. */
static int
recipe_choice_write(struct shop *shop, int64_t product, const char *group,
    const char *choice, int64_t component, int64_t qty, int64_t *id)
{
	struct q_recipe_choice_find	row;
	int64_t				n;
	int				r;

	*id = 0;
	if (qty > QTY_MAX || qty < -QTY_MAX) {
		return err_set(ERR_RANGE, _("nobody takes so much"));
	}
	if ((r = q_recipe_choice_find(shop->db, product, group, choice,
	    &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no choice \"%s\" under \"%s\""), choice,
		    group);
	}
	*id = row.id;
	if ((r = q_recipe_choice_drop(shop->db, row.id, component,
	    &n)) == 0 && qty != 0 && (r = q_stock_tracked(shop->db,
	    component)) == 0) {
		r = q_recipe_choice_add(shop->db, row.id, component, qty);
	}
	return r;
}

int
recipe_choice(struct shop *shop, int64_t product, const char *group,
    const char *choice, int64_t component, int64_t qty)
{
	int64_t	id;
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "recipe choice")) != 0) {
		return r;
	}
	return recipe_end(shop, recipe_choice_write(shop, product, group,
	    choice, component, qty, &id), "recipe.choice", product, "");
}

int
recipe_choices(struct shop *shop, int64_t product, struct recipe_choice **out,
    size_t *n)
{
	struct q_recipe_choices	*rows;
	int			 r;

	*out = NULL;
	if ((r = q_recipe_choices(shop->db, product, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct recipe_choice	*c = &(*out)[i];

		(void)str_copy(c->group, sizeof(c->group), rows[i].grp);
		(void)str_copy(c->choice, sizeof(c->choice), rows[i].name);
		(void)str_copy(c->code, sizeof(c->code), rows[i].code);
		(void)str_copy(c->name, sizeof(c->name), rows[i].component);
		(void)str_copy(c->unit, sizeof(c->unit), rows[i].unit);
		c->qty = rows[i].qty;
	}
	free(rows);
	return 0;
}

/* Inside the transaction: components out, product in at their worth. */
static int
recipe_made(struct shop *shop, int64_t product, int64_t qty)
{
	struct q_recipe_uses	*rows;
	size_t			 n;
	int64_t			 place = PLACE_FIRST, before, after, held;
	int64_t			 worth = 0;
	int			 r;

	if ((r = q_recipe_uses(shop->db, product, &rows, &n)) != 0) {
		return r;
	}
	if (n == 0) {
		r = err_set(ERR_NOT_FOUND, _("it has no recipe"));
	} else if ((r = stock_place_here(shop, &place)) == 0) {
		r = stock_place_seen(shop, place);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct stock_entry	e = { .product = rows[i].component,
					    .place = place,
					    .kind = STOCK_MAKE };

		if ((r = muldiv(-qty, rows[i].micro, 1000000, &e.qty)) != 0 ||
		    e.qty == 0 || (r = stock_held(shop, e.product, place,
		    &held, &before)) != 0 ||
		    (r = stock_write(shop, &e)) != 0 ||
		    (r = stock_held(shop, e.product, place, &held,
		    &after)) != 0) {
			continue;
		}
		worth += before - after;
	}
	free(rows);
	return r != 0 ? r : stock_write(shop, &(struct stock_entry){
	    .product = product, .place = place, .qty = qty, .value = &worth,
	    .kind = STOCK_MAKE });
}

int
recipe_make(struct shop *shop, int64_t product, int64_t qty)
{
	struct product	p;
	char		detail[MONEY_TEXT];
	int		r;

	if ((r = shop_require(shop, RIGHT_ADJUST)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0) {
		return r;
	}
	if (qty <= 0 || qty > QTY_MAX ||
	    (!p.by_weight && qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("how much of it is made?"));
	}
	if ((r = db_begin(shop->db, "stock make")) != 0) {
		return r;
	}
	qty_plain('.', qty, detail);
	return recipe_end(shop, recipe_made(shop, product, qty), "stock.make",
	    product, detail);
}

/* --- a file of them ------------------------------------------------------ */

static const char *const recipe_columns[] = { "code", "component", "qty",
	"waste", "makes", NULL };

/* What the lines read so far say, to find what stands twice: of a product, or
 * of a choice of its. */
struct recipe_file {
	struct recipe_told {
		int64_t	of, component, line;
	}		*told;
	size_t		 n;
	int64_t		 at;
};

static int
recipe_once(struct recipe_file *file, int64_t of, const char *of_name,
    const struct product *c)
{
	for (size_t i = 0; i < file->n; i++) {
		const struct recipe_told	*t = &file->told[i];

		if (t->of == of && t->component == c->id) {
			return err_set(ERR_EXISTS, _("%s takes %s on line "
			    "%lld already"), of_name, c->code,
			    (long long)t->line);
		}
	}
	file->told = xrealloc(file->told, file->n + 1, sizeof(*file->told));
	file->told[file->n++] = (struct recipe_told){ .of = of,
	    .component = c->id, .line = file->at };
	return 0;
}

static int
recipe_line(struct shop *shop, void *of, const char *const *cell, int pass)
{
	struct product	p, c;
	int64_t		qty, waste = 0, makes;
	int		r;

	(void)pass;
	if ((r = product_find(shop, cell[0], &p)) != 0 ||
	    (r = product_find(shop, cell[1], &c)) != 0 ||
	    (r = recipe_once(of, p.id, p.code, &c)) != 0 ||
	    (r = qty_parse(cell[2], &qty)) != 0 ||
	    (cell[3][0] != '\0' && (r = rate_parse(cell[3], &waste)) != 0) ||
	    (r = recipe_check(&p, &c, qty, waste)) != 0) {
		return r;
	}
	if (cell[4][0] != '\0') {
		if ((r = qty_parse(cell[4], &makes)) != 0) {
			return r;
		}
		if (makes <= 0 || makes > QTY_MAX) {
			return err_set(ERR_RANGE, _("a recipe makes at least "
			    "some"));
		}
		if ((r = q_recipe_put(shop->db, p.id, makes,
		    shop_now())) != 0) {
			return r;
		}
	}
	if ((r = recipe_write(shop, &p, &c, qty, waste)) != 0) {
		return r;
	}
	return audit_add(shop, "recipe.set", "product", p.id, c.code);
}

static const struct csv_rows recipe_rows = {
	.verb = "recipe import", .columns = recipe_columns, .kinds = "TTQRQ",
	.needed = 3, .line = recipe_line,
};

static int
recipe_take(struct shop *shop, int fd, unsigned how, struct csv_rows rows,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	struct recipe_file	file = { 0 };
	int			r;

	rows.of = &file;
	rows.at = &file.at;
	r = csv_rows_take(shop, RIGHT_PRODUCT, fd, how, &rows, bad, ctx,
	    lines);
	free(file.told);
	return r;
}

int
recipe_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return recipe_take(shop, fd, how, recipe_rows, bad, ctx, lines);
}

int
recipe_export(struct shop *shop, bool json, struct buf *out)
{
	struct q_recipe_every	*rows;
	struct rows_out		 o;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_recipe_every(shop->db, &rows, &n)) != 0) {
		return r;
	}
	rows_out_begin(&o, shop, &recipe_rows, json);
	for (size_t i = 0; i < n; i++) {
		rows_out_text(&o, rows[i].code);
		rows_out_text(&o, rows[i].component);
		rows_out_number(&o, rows[i].qty);
		rows_out_number(&o, rows[i].waste);
		rows_out_number(&o, rows[i].makes);
	}
	rows_out_end(&o);
	free(rows);
	*out = o.text;
	return 0;
}

static const char *const choice_columns[] = { "code", "group", "choice",
	"component", "qty", NULL };

static int
recipe_choice_line(struct shop *shop, void *of, const char *const *cell,
    int pass)
{
	struct product	p, c;
	int64_t		qty, choice;
	int		r;

	(void)pass;
	if ((r = product_find(shop, cell[0], &p)) != 0 ||
	    (r = product_find(shop, cell[3], &c)) != 0 ||
	    (r = qty_parse(cell[4], &qty)) != 0 ||
	    (r = recipe_choice_write(shop, p.id, cell[1], cell[2], c.id,
	    qty, &choice)) != 0 ||
	    (r = recipe_once(of, choice, cell[2], &c)) != 0) {
		return r;
	}
	return audit_add(shop, "recipe.choice", "product", p.id, c.code);
}

static const struct csv_rows choice_rows = {
	.verb = "recipe import", .columns = choice_columns, .kinds = "TTTTQ",
	.needed = 5, .line = recipe_choice_line,
};

int
recipe_choice_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return recipe_take(shop, fd, how, choice_rows, bad, ctx, lines);
}

int
recipe_choice_export(struct shop *shop, bool json, struct buf *out)
{
	struct q_recipe_choice_every	*rows;
	struct rows_out			 o;
	size_t				 n;
	int				 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_recipe_choice_every(shop->db, &rows, &n)) != 0) {
		return r;
	}
	rows_out_begin(&o, shop, &choice_rows, json);
	for (size_t i = 0; i < n; i++) {
		rows_out_text(&o, rows[i].code);
		rows_out_text(&o, rows[i].grp);
		rows_out_text(&o, rows[i].name);
		rows_out_text(&o, rows[i].component);
		rows_out_number(&o, rows[i].qty);
	}
	rows_out_end(&o);
	free(rows);
	*out = o.text;
	return 0;
}
