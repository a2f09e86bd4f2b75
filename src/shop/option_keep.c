/* SPDX-License-Identifier: ISC */
/* Keeping options: groups and choices by name, one by one or from a file. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/csv_rows.h"
#include "shop/option.h"
#include "sql/option.h"

/* The names that a choice does not go together with, bars between. */
static void
against_names(const struct option_set *set, int64_t choice, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < set->nchoices; i++) {
		if (option_against(set, choice, &set->choice[i].id, 1) !=
		    NULL) {
			buf_fmt(out, "%s%s", out->len > 0 ? "|" : "",
			    set->choice[i].name);
		}
	}
}

static int
list_one(struct shop *shop, int64_t product, const char *code,
    int (*fn)(void *ctx, const struct option_row *row), void *ctx)
{
	struct option_set	set;
	struct buf		against = { 0 };
	int			r;

	if ((r = option_load(shop, product, &set)) != 0) {
		return r;
	}
	for (size_t i = 0; i < set.nchoices && r == 0; i++) {
		const struct option_choice	*c = &set.choice[i];
		const struct option_group	*g = &set.group[c->group];
		struct option_row		 row;

		against_names(&set, c->id, &against);
		row = (struct option_row){
			.code = code, .group = g->name, .choice = c->name,
			.component = c->code, .against = buf_text(&against),
			.least = g->least, .most = g->most,
			.price = c->price, .place = g->place,
			.number = (int64_t)(i - g->first) + 1,
			.included = g->included, .preset = c->preset,
		};
		r = fn(ctx, &row);
	}
	buf_done(&against);
	option_done(&set);
	return r;
}

int
option_list(struct shop *shop, int64_t product,
    int (*fn)(void *ctx, const struct option_row *row), void *ctx)
{
	struct q_option_products	*rows;
	size_t				 n;
	int				 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_option_products(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (product == 0 || rows[i].id == product) {
			r = list_one(shop, rows[i].id, rows[i].code, fn, ctx);
		}
	}
	free(rows);
	return r;
}

/* --- one row -------------------------------------------------------------- */

static int
row_check(const struct option_row *row)
{
	if (row->group[0] == '\0' || row->choice[0] == '\0' ||
	    !utf8_is_clean(row->group) || !utf8_is_clean(row->choice) ||
	    strlen(row->group) >= OPTION_NAME ||
	    strlen(row->choice) >= OPTION_NAME) {
		return err_set(ERR_INVALID, _("an option has a group and a "
		    "name: \"Cooking\" \"rare\""));
	}
	if (row->least < 0 || row->most < 1 || row->least > row->most ||
	    row->most > OPTION_PICKS) {
		return err_set(ERR_RANGE, _("%s: at least 0, at most 1 to %d"),
		    row->group, OPTION_PICKS);
	}
	return row->price >= 0 && row->price <= MONEY_MAX ? 0 :
	    err_set(ERR_RANGE, _("%s: an option costs nothing or more, never "
	    "less"), row->choice);
}

/* What may have options, and what may come as one. */
static int
row_products(struct shop *shop, const struct option_row *row,
    struct product *p, struct product *component)
{
	int	r;

	*component = (struct product){ 0 };
	if ((r = product_find(shop, row->code, p)) != 0) {
		return r;
	}
	if (p->by_weight || p->kind != PRODUCT_ITEM) {
		return err_set(ERR_INVALID, _("%s: only what is sold by the "
		    "piece has options"), p->name);
	}
	if (row->component[0] == '\0') {
		return 0;
	}
	if ((r = product_find(shop, row->component, component)) != 0) {
		return r;
	}
	if (component->by_weight || component->kind != PRODUCT_ITEM ||
	    component->serials || (component->choices & PRODUCT_ASKS) != 0 ||
	    component->id == p->id) {
		return err_set(ERR_INVALID, _("%s cannot come as an option: it "
		    "is weighed, numbered, or has options itself"),
		    component->name);
	}
	return 0;
}

static int
group_put(struct shop *shop, int64_t product, const struct option_set *set,
    const struct option_row *row, int64_t *group)
{
	for (size_t g = 0; g < set->ngroups; g++) {
		if (strcmp(set->group[g].name, row->group) == 0) {
			*group = set->group[g].id;
			return q_option_group_set(shop->db, *group,
			    row->least, row->most, row->included);
		}
	}
	return q_option_group_add(shop->db, product, row->group, row->least,
	    row->most, row->included, group);
}

static const struct option_choice *
choice_named(const struct option_set *set, int64_t group, const char *name,
    size_t n)
{
	for (size_t i = 0; i < set->nchoices; i++) {
		const struct option_choice	*c = &set->choice[i];

		if ((group == 0 || set->group[c->group].id == group) &&
		    strlen(c->name) == n && strncmp(c->name, name, n) == 0) {
			return c;
		}
	}
	return NULL;
}

static int
against_put(struct shop *shop, const struct option_set *set, int64_t choice,
    const char *names)
{
	const struct option_choice	*other;
	int				 r = 0;

	while (*names != '\0' && r == 0) {
		size_t	n = strcspn(names, "|");

		other = choice_named(set, 0, names, n);
		if (other == NULL || other->id == choice) {
			return err_set(ERR_NOT_FOUND, _("there is no other "
			    "option \"%.*s\""), (int)n, names);
		}
		r = q_option_conflict_add(shop->db, choice, other->id);
		names += n + (names[n] == '|');
	}
	return r;
}

/* Inside the transaction: with what it does not go. */
static int
row_against(struct shop *shop, const struct option_row *row)
{
	struct option_set		 set;
	struct product			 p;
	const struct option_choice	*c = NULL;
	int				 r;

	if (row->against[0] == '\0') {
		return 0;
	}
	if ((r = product_find(shop, row->code, &p)) != 0 ||
	    (r = option_load(shop, p.id, &set)) != 0) {
		return r;
	}
	for (size_t g = 0; g < set.ngroups && c == NULL; g++) {
		if (strcmp(set.group[g].name, row->group) == 0) {
			c = choice_named(&set, set.group[g].id, row->choice,
			    strlen(row->choice));
		}
	}
	r = c == NULL ? ERR_BUG : against_put(shop, &set, c->id,
	    row->against);
	option_done(&set);
	return r;
}

/* Inside the transaction. */
static int
row_put(struct shop *shop, const struct option_row *row)
{
	struct option_set		 set;
	struct product			 p, component;
	const struct option_choice	*old;
	const int64_t			*of;
	int64_t				 group = 0, fresh;
	int				 r;

	if ((r = row_check(row)) != 0 ||
	    (r = row_products(shop, row, &p, &component)) != 0 ||
	    (r = option_load(shop, p.id, &set)) != 0) {
		return r;
	}
	of = component.id == 0 ? NULL : &component.id;
	if ((r = group_put(shop, p.id, &set, row, &group)) == 0) {
		old = choice_named(&set, group, row->choice,
		    strlen(row->choice));
		r = old != NULL ? q_option_choice_set(shop->db, old->id, of,
		    row->price, row->preset) :
		    q_option_choice_add(shop->db, group, row->choice, of,
		    row->price, row->preset, &fresh);
	}
	if (r == 0) {
		r = audit_add(shop, "product.option", "product", p.id,
		    row->choice);
	}
	option_done(&set);
	return r;
}

static int
option_commit(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
option_put_row(struct shop *shop, const struct option_row *row)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "option")) != 0) {
		return r;
	}
	if ((r = row_put(shop, row)) == 0) {
		r = row_against(shop, row);
	}
	return option_commit(shop, r);
}

/* --- taking away ---------------------------------------------------------- */

/* Inside the transaction; *n counts what went. */
static int
end_some(struct shop *shop, const struct option_set *set, const char *group,
    const char *choice, int64_t *n)
{
	int	r = 0;

	for (size_t g = 0; g < set->ngroups && r == 0; g++) {
		const struct option_group	*x = &set->group[g];

		if (group[0] != '\0' && strcmp(x->name, group) != 0) {
			continue;
		}
		for (size_t i = x->first; i < x->first + x->n && r == 0;
		    i++) {
			if (choice[0] == '\0' || strcmp(
			    set->choice[i].name, choice) == 0) {
				(*n)++;
				r = q_option_choice_end(shop->db,
				    set->choice[i].id);
			}
		}
		if (r == 0 && choice[0] == '\0') {
			(*n)++;
			r = q_option_group_end(shop->db, x->id);
		}
	}
	return r;
}

int
option_end(struct shop *shop, const char *code, const char *group,
    const char *choice)
{
	struct option_set	set;
	struct product		p;
	int64_t			n = 0;
	int			r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_find(shop, code, &p)) != 0 ||
	    (r = option_load(shop, p.id, &set)) != 0) {
		return r;
	}
	if ((r = db_begin(shop->db, "option")) == 0) {
		r = end_some(shop, &set, group, choice, &n);
		if (r == 0 && n == 0) {
			r = err_set(ERR_NOT_FOUND, _("%s has no such option"),
			    p.name);
		}
		if (r == 0) {
			r = audit_add(shop, "product.option", "product", p.id,
			    "end");
		}
		r = option_commit(shop, r);
	}
	option_done(&set);
	return r;
}

/* --- a file of them ------------------------------------------------------ */

static const char *const option_columns[] = { "code", "group", "choice",
	"least", "most", "included", "component", "price", "preset",
	"against", NULL };

static int
cell_number(const char *text, int64_t fallback, int64_t *out)
{
	*out = fallback;
	return text[0] == '\0' ? 0 : str_to_i64(text, 0, 1000000, out);
}

static int
option_line(struct shop *shop, void *of, const char *const *cell,
    int pass)
{
	struct option_row	row = {
		.code = cell[0], .group = cell[1], .choice = cell[2],
		.component = cell[6], .against = cell[9],
	};
	int64_t			included, preset;
	int			r;

	(void)of;
	if (pass > 0) {
		return row_against(shop, &row);
	}
	if ((r = cell_number(cell[3], 0, &row.least)) != 0 ||
	    (r = cell_number(cell[4], 1, &row.most)) != 0 ||
	    (r = cell_number(cell[5], 0, &included)) != 0 ||
	    (r = cell_number(cell[8], 0, &preset)) != 0 ||
	    (cell[7][0] != '\0' && (r = money_parse(&shop->money, cell[7],
	    false, &row.price)) != 0)) {
		return r;
	}
	row.included = included != 0;
	row.preset = preset != 0;
	return row_put(shop, &row);
}

static const struct csv_rows option_rows = {
	.verb = "option import", .columns = option_columns,
	.kinds = "TTTNNFTMFT", .needed = 3, .line = option_line,
	.twice = true,
};

int
option_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return csv_rows_take(shop, RIGHT_PRODUCT, fd, how, &option_rows,
	    bad, ctx, lines);
}

static int
option_out(void *ctx, const struct option_row *row)
{
	struct rows_out	*o = ctx;

	rows_out_text(o, row->code);
	rows_out_text(o, row->group);
	rows_out_text(o, row->choice);
	rows_out_number(o, row->least);
	rows_out_number(o, row->most);
	rows_out_number(o, row->included);
	rows_out_text(o, row->component);
	rows_out_number(o, row->price);
	rows_out_number(o, row->preset);
	rows_out_text(o, row->against);
	return 0;
}

int
option_export(struct shop *shop, bool json, struct buf *out)
{
	struct rows_out	o;
	int		r;

	rows_out_begin(&o, shop, &option_rows, json);
	r = option_list(shop, 0, option_out, &o);
	rows_out_end(&o);
	*out = o.text;
	return r;
}
