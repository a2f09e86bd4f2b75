/* SPDX-License-Identifier: ISC */
/* The tree of categories.  Products name theirs; a row says where it stands. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/csv_rows.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "sql/catalogue.h"

#define CATEGORY_DEPTH	8

struct tree {
	const struct q_category_tree	*row;
	size_t				 n;
	int				(*fn)(void *ctx,
					    const struct category *c);
	void				*ctx;
};

static int
tree_walk(const struct tree *t, const char *parent, int depth)
{
	int	r = 0;

	for (size_t i = 0; i < t->n && r == 0; i++) {
		const struct category	c = {
			.name = t->row[i].name, .parent = t->row[i].parent,
			.depth = depth, .items = t->row[i].items,
		};

		if (strcmp(c.parent, parent) != 0) {
			continue;
		}
		if ((r = t->fn(t->ctx, &c)) == 0 && depth < CATEGORY_DEPTH) {
			r = tree_walk(t, c.name, depth + 1);
		}
	}
	return r;
}

int
category_list(struct shop *shop,
    int (*fn)(void *ctx, const struct category *c), void *ctx)
{
	struct q_category_tree	*rows;
	struct tree		 tree = { .fn = fn, .ctx = ctx };
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_category_tree(shop->db, &rows, &tree.n)) != 0) {
		return r;
	}
	tree.row = rows;
	r = tree_walk(&tree, "", 0);
	free(rows);
	return r;
}

static int
category_name_check(const char *name)
{
	struct product	p;

	if (name[0] == '\0' || !utf8_is_clean(name)) {
		return err_set(ERR_INVALID, _("a category has a name"));
	}
	return strlen(name) < sizeof(p.category) ? 0 : err_set(ERR_TOO_LONG,
	    _("a category's name has at most %zu bytes"),
	    sizeof(p.category) - 1);
}

int
category_known(struct shop *shop, const char *name)
{
	struct q_category_known	row;
	int			r = q_category_known(shop->db, name, &row);

	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no category \"%s\""), name);
}

/* A parent has a row of its own, which leaves it where it is. */
static int
category_above(struct shop *shop, const char *parent)
{
	return parent[0] == '\0' ? 0 : q_category_keep(shop->db, parent);
}

int
category_put(struct shop *shop, const char *name, const char *parent)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = category_name_check(name)) != 0) {
		return r;
	}
	if (strcmp(name, parent) == 0) {
		return err_set(ERR_INVALID, _("\"%s\" would stand within "
		    "itself"), name);
	}
	if ((r = db_begin(shop->db, "category")) != 0) {
		return r;
	}
	/* What it stands in may so far be known from products only. */
	if ((parent[0] != '\0' &&
	    (r = category_known(shop, parent)) != 0) ||
	    (r = category_above(shop, parent)) != 0 ||
	    (r = q_category_put(shop->db, name, parent[0] == '\0' ? NULL :
	    parent)) != 0 ||
	    (r = audit_add(shop, "category.set", "category", 0, "")) != 0) {
		db_rollback(shop->db);
		return r != ERR_INVALID ? r : err_set(ERR_INVALID,
		    _("\"%s\" would stand within itself"), name);
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
category_rename(struct shop *shop, const char *old, const char *name,
    int64_t *n)
{
	struct q_category_known	row;
	int			r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = category_name_check(name)) != 0 ||
	    (r = category_known(shop, old)) != 0 ||
	    (r = db_begin(shop->db, "category")) != 0) {
		return r;
	}
	if ((r = q_category_known(shop->db, name, &row)) == 0) {
		r = err_set(ERR_EXISTS, _("there is a category \"%s\" "
		    "already"), name);
	} else if (r == ERR_NOT_FOUND) {
		r = 0;
	}
	if (r != 0 || (r = q_category_rename(shop->db, old, name)) != 0 ||
	    (r = q_category_rename_products(shop->db, old, name, shop_now(),
	    some(&shop->who.user), n)) != 0 ||
	    (r = q_category_rename_promos(shop->db, old, name)) != 0 ||
	    (r = q_category_rename_course(shop->db, old, name)) != 0 ||
	    (r = q_category_rename_routes(shop->db, old, name)) != 0 ||
	    (r = audit_add(shop, "category.rename", "category", 0,
	    "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
category_drop(struct shop *shop, const char *name)
{
	struct q_category_used	used;
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "category")) != 0) {
		return r;
	}
	if ((r = q_category_used(shop->db, name, &used)) == 0 &&
	    (used.items > 0 || used.below > 0)) {
		r = err_set(ERR_EXISTS, _("\"%s\" has %lld items and %lld "
		    "categories in it; move them first"), name,
		    (long long)used.items, (long long)used.below);
	}
	if (r == 0 && (r = q_category_drop(shop->db, name, &n)) == 0 &&
	    n == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no category \"%s\""),
		    name);
	}
	if (r != 0 || (r = audit_add(shop, "category.drop", "category", 0,
	    "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* --- a file of them ------------------------------------------------------ */

static const char *const category_columns[] = { "name", "parent", NULL };

/* First all of them are there, then each where it stands. */
static int
category_line(struct shop *shop, void *of, const char *const *cell,
    int pass)
{
	int	r;

	(void)of;
	if (pass == 0) {
		r = category_name_check(cell[0]);
		return r != 0 ? r : q_category_keep(shop->db, cell[0]);
	}
	if (strcmp(cell[0], cell[1]) == 0) {
		r = ERR_INVALID;
	} else if (cell[1][0] != '\0' &&
	    (r = category_known(shop, cell[1])) != 0) {
		return r;
	} else if ((r = category_above(shop, cell[1])) == 0) {
		r = q_category_put(shop->db, cell[0],
		    cell[1][0] == '\0' ? NULL : cell[1]);
	}
	if (r == ERR_INVALID) {
		return err_set(ERR_INVALID, _("\"%s\" would stand within "
		    "itself"), cell[0]);
	}
	return r != 0 ? r : audit_add(shop, "category.set", "category", 0, "");
}

static const struct csv_rows category_rows = {
	.verb = "category import", .columns = category_columns, .kinds = "TT",
	.needed = 2, .line = category_line, .twice = true,
};

int
category_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return csv_rows_take(shop, RIGHT_PRODUCT, fd, how, &category_rows,
	    bad, ctx, lines);
}

static int
category_out(void *ctx, const struct category *c)
{
	struct rows_out	*o = ctx;

	rows_out_text(o, c->name);
	rows_out_text(o, c->parent);
	return 0;
}

int
category_export(struct shop *shop, bool json, struct buf *out)
{
	struct rows_out	o;
	int		r;

	rows_out_begin(&o, shop, &category_rows, json);
	r = category_list(shop, category_out, &o);
	rows_out_end(&o);
	*out = o.text;
	return r;
}
