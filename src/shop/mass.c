/* SPDX-License-Identifier: ISC */
/* Changing many items at once, and back. */
#include "shop/mass.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "sql/catalogue.h"
#include "sql/product.h"

#define MASS_PAGE	1000		/* lines in one transaction */
#define MASS_STALE_MS	INT64_C(600000)

static const char *const mass_fields[MASS_FIELDS] = { "price", "category",
	"tax_class", "brand", "active" };

const char *
mass_field_name(enum mass_field f)
{
	return mass_fields[f];
}

int
mass_price_rule(const struct money_style *money, const char *text,
    struct mass_rule *out)
{
	char	 own[MASS_VALUE], *end;
	bool	 signed_, less = text[0] == '-';
	int64_t	 v;
	int	 r;

	*out = (struct mass_rule){ .field = MASS_PRICE, .ending = -1 };
	signed_ = less || text[0] == '+';
	if (!str_copy(own, sizeof(own), text + (signed_ ? 1 : 0))) {
		return err_set(ERR_TOO_LONG, _("the rule is too long"));
	}
	if ((end = strchr(own, 'x')) != NULL) {
		*end++ = '\0';
		if ((r = str_to_i64(end, 0, 99, &out->ending)) != 0) {
			return r;
		}
	}
	if (own[0] != '\0' && own[strlen(own) - 1] == '%') {
		own[strlen(own) - 1] = '\0';
		if ((r = rate_parse(own, &v)) != 0) {
			return r;
		}
		out->rate = less ? -v : v;
		out->relative = true;
		return 0;
	}
	if ((r = money_parse(money, own, false, &v)) != 0) {
		return r;
	}
	out->relative = signed_;
	out->amount = less ? -v : v;
	if (!signed_) {
		(void)str_fmt(out->value, sizeof(out->value), "%lld",
		    (long long)v);
	}
	return 0;
}

/* The price a rule makes of one. */
static int
mass_price(const struct mass_rule *rule, int64_t old, int64_t *out)
{
	int64_t	more;
	int	r;

	if (!rule->relative) {
		*out = rule->amount;
	} else if ((r = muldiv(old, rule->rate, RATE_ONE, &more)) != 0) {
		return r;
	} else {
		*out = old + more + rule->amount;
	}
	if (rule->ending >= 0 && *out > 0) {
		*out += ((rule->ending - *out) % 100 + 100) % 100;
	}
	return *out >= 0 && *out <= MONEY_MAX ? 0 : err_set(ERR_RANGE,
	    _("a price would be below zero or out of range"));
}

/* --- which ones ---------------------------------------------------------- */

struct mass {
	struct shop			*shop;
	const struct mass_select	*select;
	const struct mass_rule		*rule;
	int64_t				*ids;	/* that the words found */
	size_t				 nids;
	int	(*fn)(void *ctx, const struct mass_line *line);
	void				*ctx;
	int64_t				 n, id;
};

static int
id_order(const void *a, const void *b)
{
	const int64_t	*x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static bool
mass_has(const struct mass *m, int64_t id)
{
	return m->select->words[0] == '\0' || (m->nids > 0 && bsearch(&id,
	    m->ids, m->nids, sizeof(id), id_order) != NULL);
}

/* Its price moves with its template's, which is among them. */
static bool
mass_follows(const struct mass *m, const struct q_mass_candidates *row)
{
	struct product	t;

	return m->rule->field == MASS_PRICE && !row->template_null &&
	    mass_has(m, row->template) &&
	    product_get(m->shop, row->template, &t) == 0 && t.active;
}

static int
mass_line(struct mass *m, const struct q_mass_candidates *row)
{
	struct mass_line	line = { .product = row->id,
				    .code = row->code, .name = row->name };
	const char		*old = m->rule->field == MASS_CATEGORY ?
				    row->category :
				    m->rule->field == MASS_CLASS ?
				    row->tax_class : row->brand;
	int64_t			 price;
	int			 r;

	if (m->rule->field == MASS_PRICE) {
		if ((r = mass_price(m->rule, row->price, &price)) != 0) {
			return r;
		}
		(void)str_fmt(line.old, sizeof(line.old), "%lld",
		    (long long)row->price);
		(void)str_fmt(line.new, sizeof(line.new), "%lld",
		    (long long)price);
	} else if (m->rule->field == MASS_ACTIVE) {
		(void)str_fmt(line.old, sizeof(line.old), "%d", row->active);
		(void)str_copy(line.new, sizeof(line.new), m->rule->value);
	} else {
		(void)str_copy(line.old, sizeof(line.old), old);
		(void)str_copy(line.new, sizeof(line.new), m->rule->value);
	}
	if (strcmp(line.old, line.new) == 0) {
		return 0;
	}
	m->n++;
	return m->fn == NULL ? 0 : m->fn(m->ctx, &line);
}

/* Page by page; writing, each page is one short transaction. */
static int
mass_walk(struct mass *m, bool write)
{
	struct q_mass_candidates	*rows;
	int64_t				 after = 0;
	size_t				 n;
	int				 r;

	do {
		if ((r = q_mass_candidates(m->shop->db, after,
		    m->select->category, m->select->brand,
		    m->select->archived, MASS_PAGE, &rows, &n)) != 0) {
			return r;
		}
		if (write) {
			r = db_begin(m->shop->db, "product change");
		}
		for (size_t i = 0; i < n && r == 0; i++) {
			after = rows[i].id;
			if (mass_has(m, after) && !mass_follows(m, &rows[i])) {
				r = mass_line(m, &rows[i]);
			}
		}
		free(rows);
		if (write && r == 0) {
			r = db_commit(m->shop->db);
		} else if (write && db_in_write(m->shop->db)) {
			db_rollback(m->shop->db);
		}
	} while (r == 0 && n == MASS_PAGE);
	return r;
}

static int
mass_ready(struct mass *m)
{
	struct product		p;
	int			r;

	if ((r = shop_require(m->shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	if (!utf8_is_clean(m->rule->value) ||
	    (m->rule->field == MASS_CATEGORY &&
	    strlen(m->rule->value) >= sizeof(p.category)) ||
	    (m->rule->field == MASS_BRAND &&
	    strlen(m->rule->value) >= 48)) {
		return err_set(ERR_TOO_LONG, _("the new value is too long, or "
		    "no clean text"));
	}
	if (m->rule->field == MASS_CLASS && (r = tax_class_known(m->shop,
	    m->rule->value)) != 0) {
		return r;
	}
	if (m->select->words[0] == '\0') {
		return 0;
	}
	if ((r = product_search_ids(m->shop, m->select->words, &m->ids,
	    &m->nids)) == 0 && m->nids > 0) {
		qsort(m->ids, m->nids, sizeof(*m->ids), id_order);
	}
	return r;
}

int
mass_preview(struct shop *shop, const struct mass_select *select,
    const struct mass_rule *rule,
    int (*fn)(void *ctx, const struct mass_line *line), void *ctx, int64_t *n)
{
	struct mass	m = { .shop = shop, .select = select, .rule = rule,
			    .fn = fn, .ctx = ctx };
	int		r;

	*n = 0;
	if ((r = mass_ready(&m)) == 0 && (r = mass_walk(&m, false)) == 0) {
		*n = m.n;
	}
	free(m.ids);
	return r;
}

/* --- doing it ------------------------------------------------------------ */

static int
mass_store(void *ctx, const struct mass_line *line)
{
	struct mass	*m = ctx;

	return q_mass_item(m->shop->db, m->id, line->product, line->old,
	    line->new);
}

/* The moment it happens; *n is how many. */
static int
mass_flip(struct shop *shop, int64_t id, const char *field, bool undo,
    int64_t *n)
{
	const int64_t	*user = some(&shop->who.user);
	int64_t		 at = shop_now();

	if (strcmp(field, "price") == 0) {
		return q_mass_price(shop->db, id, undo, at, user, n);
	}
	if (strcmp(field, "category") == 0) {
		return q_mass_category(shop->db, id, undo, at, user, n);
	}
	if (strcmp(field, "tax_class") == 0) {
		return q_mass_tax_class(shop->db, id, undo, at, user, n);
	}
	if (strcmp(field, "active") == 0) {
		return q_mass_active(shop->db, id, undo, at, user, n);
	}
	return q_mass_brand(shop->db, id, undo, n);
}

/* One that was never made is taken away in slices. */
static int
mass_forget(struct shop *shop, int64_t id)
{
	int64_t	n;
	int	r;

	do {
		if ((r = db_begin(shop->db, "product change")) != 0) {
			return r;
		}
		if ((r = q_mass_items_drop(shop->db, id, MASS_PAGE,
		    &n)) == 0 && n < MASS_PAGE) {
			r = q_mass_drop(shop->db, id);
		}
		if (r != 0) {
			db_rollback(shop->db);
			return r;
		}
		r = db_commit(shop->db);
	} while (r == 0 && n == MASS_PAGE);
	return r;
}

static int
mass_begin(struct mass *m)
{
	struct q_mass_staged	*old;
	char			 what[160];
	size_t			 n;
	int			 r;

	if ((r = q_mass_staged(m->shop->db, shop_now() - MASS_STALE_MS, &old,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = mass_forget(m->shop, old[i].id);
	}
	free(old);
	(void)str_fmt(what, sizeof(what), "%.40s|%.40s|%.40s",
	    m->select->words, m->select->category, m->select->brand);
	if (r != 0 || (r = db_begin(m->shop->db, "product change")) != 0) {
		return r;
	}
	if ((r = q_mass_open(m->shop->db, shop_now(),
	    some(&m->shop->who.user), mass_fields[m->rule->field], what,
	    &m->id)) != 0) {
		db_rollback(m->shop->db);
		return r;
	}
	return db_commit(m->shop->db);
}

static int
mass_make(struct mass *m)
{
	struct shop	*shop = m->shop;
	char		 detail[64];
	int		 r;

	if ((r = db_begin(shop->db, "product change")) != 0) {
		return r;
	}
	if ((r = mass_flip(shop, m->id, mass_fields[m->rule->field], false,
	    &m->n)) == 0 && (r = q_mass_made(shop->db, m->id)) == 0) {
		(void)str_fmt(detail, sizeof(detail), "%s %lld",
		    mass_fields[m->rule->field], (long long)m->n);
		r = audit_add(shop, "product.mass", "mass_change", m->id,
		    detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
mass_apply(struct shop *shop, const struct mass_select *select,
    const struct mass_rule *rule, int64_t *id, int64_t *n)
{
	struct mass	m = { .shop = shop, .select = select, .rule = rule,
			    .fn = mass_store, .ctx = &m };
	int		r, end;

	*id = *n = 0;
	if ((r = mass_ready(&m)) == 0 && (r = mass_begin(&m)) == 0) {
		if ((r = mass_walk(&m, true)) == 0 && m.n > 0) {
			r = mass_make(&m);
		}
		if (r == 0 && m.n > 0) {
			*id = m.id;
			*n = m.n;
		} else if ((end = mass_forget(shop, m.id)) != 0 && r == 0) {
			r = end;
		}
	}
	free(m.ids);
	return r;
}

int
mass_undo(struct shop *shop, int64_t id, int64_t *back, int64_t *kept)
{
	struct q_mass_get	row;
	struct q_mass_count	count;
	char			field[16], detail[32];
	int			r;

	*back = *kept = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "product change")) != 0) {
		return r;
	}
	r = q_mass_get(shop->db, id, &row);
	if (r == ERR_NOT_FOUND) {
		r = err_set(ERR_NOT_FOUND, _("there was no change %lld"),
		    (long long)id);
	} else if (r == 0 && !row.undone_at_null) {
		r = err_set(ERR_EXISTS, _("it was taken back already"));
	}
	if (r == 0) {
		(void)str_copy(field, sizeof(field), row.field);
		(void)str_fmt(detail, sizeof(detail), "%s", field);
	}
	if (r != 0 || (r = q_mass_count(shop->db, id, &count)) != 0 ||
	    (r = mass_flip(shop, id, field, true, back)) != 0 ||
	    (r = q_mass_undone(shop->db, id, shop_now())) != 0 ||
	    (r = audit_add(shop, "product.mass-undo", "mass_change", id,
	    detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	*kept = count.n - *back;
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
mass_list(struct shop *shop, int64_t limit,
    int (*fn)(void *ctx, const struct mass_change *m), void *ctx)
{
	struct q_mass_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_mass_list(shop->db, limit > 0 ? limit : -1, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct mass_change	m = {
			.id = rows[i].id, .at = rows[i].at,
			.items = rows[i].items, .who = rows[i].who,
			.field = rows[i].field, .what = rows[i].what,
			.undone_at = rows[i].undone_at_null ? 0 :
			    rows[i].undone_at,
		};

		r = fn(ctx, &m);
	}
	free(rows);
	return r;
}
