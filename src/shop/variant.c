/* SPDX-License-Identifier: ISC */
/* Variants of a template: reading, finding, keeping them. */
#include "shop/variant.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/csv_rows.h"
#include "shop/product_part.h"
#include "shop/variant_part.h"
#include "sql/catalogue.h"
#include "sql/option.h"
#include "sql/product.h"

void
variant_done(struct variant_set *set)
{
	free(set->variant);
	*set = (struct variant_set){ 0 };
}

static int
variant_axes(struct shop *shop, int64_t template, struct variant_set *set)
{
	struct q_variant_axes	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_variant_axes(shop->db, template, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && i < VARIANT_AXES; i++) {
		(void)str_copy(set->axis[i], sizeof(set->axis[i]),
		    rows[i].name);
		set->naxes = i + 1;
	}
	free(rows);
	return 0;
}

int
variant_load(struct shop *shop, int64_t template, struct variant_set *out)
{
	struct q_variant_list	*rows;
	int			 r;

	*out = (struct variant_set){ 0 };
	if ((r = variant_axes(shop, template, out)) != 0 ||
	    (r = q_variant_list(shop->db, template, shop->who.user, &rows,
	    &out->n)) != 0) {
		return r;
	}
	out->variant = xcalloc(out->n + 1, sizeof(*out->variant));
	for (size_t i = 0; i < out->n; i++) {
		struct variant	*v = &out->variant[i];

		v->product = rows[i].product;
		v->delta = rows[i].delta;
		v->price = rows[i].price;
		v->stock = rows[i].stock;
		v->active = rows[i].active;
		v->tracked = rows[i].tracked;
		(void)str_copy(v->code, sizeof(v->code), rows[i].code);
		(void)str_copy(v->value[0], sizeof(v->value[0]),
		    rows[i].first);
		(void)str_copy(v->value[1], sizeof(v->value[1]),
		    rows[i].second);
	}
	free(rows);
	return 0;
}

void
variant_values(const struct variant_set *set, size_t axis, const char *first,
    const char **out, size_t max, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < set->n; i++) {
		const struct variant	*v = &set->variant[i];
		bool			 known = false;

		if (!v->active || (axis > 0 && first != NULL &&
		    strcmp(v->value[0], first) != 0)) {
			continue;
		}
		for (size_t k = 0; k < *n; k++) {
			known = known || strcmp(out[k], v->value[axis]) == 0;
		}
		if (!known && *n < max) {
			out[(*n)++] = v->value[axis];
		}
	}
}

const struct variant *
variant_find(const struct variant_set *set, const char *first,
    const char *second)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct variant	*v = &set->variant[i];

		if (v->active && strcmp(v->value[0], first) == 0 &&
		    strcmp(v->value[1], second) == 0) {
			return v;
		}
	}
	return NULL;
}

int
variant_list(struct shop *shop, int64_t template,
    int (*fn)(void *ctx, const struct variant_row *row), void *ctx)
{
	struct q_variant_list	*rows;
	struct variant_set	 set = { 0 };
	struct product		 p;
	char			 axes[2 * VARIANT_VALUE + 2];
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = product_get(shop, template, &p)) != 0 ||
	    (r = variant_axes(shop, template, &set)) != 0 ||
	    (r = q_variant_list(shop->db, template, shop->who.user, &rows,
	    &n)) != 0) {
		return r;
	}
	(void)str_fmt(axes, sizeof(axes), "%s%s%s", set.axis[0],
	    set.naxes > 1 ? "|" : "", set.axis[1]);
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct variant_row	row = {
			.template = p.code, .axes = axes,
			.code = rows[i].code, .name = rows[i].name,
			.first = rows[i].first, .second = rows[i].second,
			.delta = rows[i].delta, .price = rows[i].price,
			.stock = rows[i].stock, .tracked = rows[i].tracked,
			.active = rows[i].active,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

int
variant_list_all(struct shop *shop,
    int (*fn)(void *ctx, const struct variant_row *row), void *ctx)
{
	struct q_variant_templates	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_variant_templates(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = variant_list(shop, rows[i].id, fn, ctx);
	}
	free(rows);
	return r;
}

/* --- keeping -------------------------------------------------------------- */

static int
variant_check(const struct variant_row *row)
{
	if (row->first[0] == '\0' || !utf8_is_clean(row->first) ||
	    !utf8_is_clean(row->second) || !utf8_is_clean(row->axes) ||
	    strlen(row->first) >= VARIANT_VALUE ||
	    strlen(row->second) >= VARIANT_VALUE ||
	    strlen(row->axes) >= 2 * VARIANT_VALUE) {
		return err_set(ERR_INVALID, _("a variant has one or two short "
		    "values: \"M\", \"red\""));
	}
	return 0;
}

/* Inside the transaction. */
static int
variant_axes_put(struct shop *shop, int64_t template, const char *axes)
{
	const char	*bar = strchr(axes, '|');
	char		 first[2 * VARIANT_VALUE];
	int		 r;

	if (axes[0] == '\0') {
		return 0;
	}
	(void)str_fmt(first, sizeof(first), "%.*s", bar == NULL ?
	    (int)strlen(axes) : (int)(bar - axes), axes);
	if ((r = q_variant_axis_put(shop->db, template, 1, first)) == 0 &&
	    bar != NULL) {
		r = q_variant_axis_put(shop->db, template, 2, bar + 1);
	}
	return r;
}

int
variant_link(struct shop *shop, const struct variant_row *row,
    const struct product *template, const struct product *p)
{
	struct q_variant_of	has;
	int			r;

	if (p->id == template->id || (p->choices & PRODUCT_ASKS) != 0) {
		return err_set(ERR_INVALID, _("%s is a template itself"),
		    p->code);
	}
	if ((r = variant_axes_put(shop, template->id, row->axes)) != 0) {
		return r;
	}
	r = q_variant_of(shop->db, p->id, &has);
	if (r == 0 && has.template != template->id) {
		return err_set(ERR_EXISTS, _("%s is a variant of something "
		    "else"), p->code);
	}
	if ((r != 0 && r != ERR_NOT_FOUND) ||
	    (r = q_variant_add(shop->db, p->id, template->id, row->first,
	    row->second, row->delta)) != 0) {
		return r != ERR_EXISTS ? r : err_set(ERR_EXISTS,
		    _("%s %s %s is there already, under another code"),
		    template->name, row->first, row->second);
	}
	if ((r = q_variant_priced(shop->db, p->id)) != 0) {
		return r;
	}
	return audit_add(shop, "product.variant", "product", template->id,
	    p->code);
}

int
variant_new(struct shop *shop, const struct variant_row *row,
    const struct product *template, struct product *out)
{
	int64_t	id;
	int	r;

	*out = *template;
	out->active = true;
	out->choices = 0;
	out->price += row->delta;	/* it never was for sale without */
	if (!str_fmt(out->name, sizeof(out->name), "%s %s%s%s",
	    template->name, row->first, row->second[0] != '\0' ? " " : "",
	    row->second) ||
	    !str_copy(out->code, sizeof(out->code), row->code)) {
		return err_set(ERR_TOO_LONG, _("the code or name is too "
		    "long"));
	}
	if ((r = product_insert(shop, out, &id)) != 0 ||
	    (r = q_info_copy(shop->db, template->id, id)) != 0) {
		return r;
	}
	out->id = id;
	return audit_add(shop, "product.add", "product", id, out->code);
}

int
variant_put(struct shop *shop, const struct variant_row *row)
{
	struct product	template, p;
	bool		fresh;
	int		r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = variant_check(row)) != 0 ||
	    (r = product_find(shop, row->template, &template)) != 0) {
		return r;
	}
	if (((r = product_find(shop, row->code, &p)) != 0 &&
	    r != ERR_NOT_FOUND) || (fresh = r == ERR_NOT_FOUND,
	    r = db_begin(shop->db, "variant")) != 0) {
		return r;
	}
	if ((fresh && (r = variant_new(shop, row, &template, &p)) != 0) ||
	    (r = variant_link(shop, row, &template, &p)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* --- a file of them ------------------------------------------------------ */

static const char *const variant_columns[] = { "template", "axes", "code",
	"first", "second", "delta", NULL };

static int
variant_line(struct shop *shop, void *of, const char *const *cell,
    int pass)
{
	struct variant_row	row = {
		.template = cell[0], .axes = cell[1], .code = cell[2],
		.first = cell[3], .second = cell[4],
	};
	struct product		template, p;
	char			amount[MONEY_TEXT];
	bool			less = cell[5][0] == '-';
	int			r;

	(void)of;
	(void)pass;
	(void)str_copy(amount, sizeof(amount), cell[5] + (less ? 1 : 0));
	if ((amount[0] != '\0' && (r = money_parse(&shop->money, amount,
	    false, &row.delta)) != 0) || (r = variant_check(&row)) != 0 ||
	    (r = product_find(shop, row.template, &template)) != 0 ||
	    (r = product_find(shop, row.code, &p)) != 0) {
		return r;
	}
	row.delta = less ? -row.delta : row.delta;
	return variant_link(shop, &row, &template, &p);
}

static const struct csv_rows variant_rows = {
	.verb = "variant import", .columns = variant_columns,
	.kinds = "TTTTTM", .needed = 4, .line = variant_line,
};

int
variant_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return csv_rows_take(shop, RIGHT_PRODUCT, fd, how, &variant_rows,
	    bad, ctx, lines);
}

static int
variant_out(void *ctx, const struct variant_row *row)
{
	struct rows_out	*o = ctx;

	rows_out_text(o, row->template);
	rows_out_text(o, row->axes);
	rows_out_text(o, row->code);
	rows_out_text(o, row->first);
	rows_out_text(o, row->second);
	rows_out_number(o, row->delta);
	return 0;
}

int
variant_export(struct shop *shop, bool json, struct buf *out)
{
	struct rows_out	o;
	int		r;

	rows_out_begin(&o, shop, &variant_rows, json);
	r = variant_list_all(shop, variant_out, &o);
	rows_out_end(&o);
	*out = o.text;
	return r;
}
