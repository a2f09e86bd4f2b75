/* SPDX-License-Identifier: ISC */
/* The catalogue: reading it, finding by code, changing it. */
#include "shop/product.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/ean.h"
#include "shop/product_part.h"
#include "shop/rates.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "sql/import.h"
#include "sql/product.h"

#define PRODUCT_PAGE	500

static const struct {
	const char	*name, *text;
} product_kinds[PRODUCT_KIND_COUNT] = {
#define X(id, name, text) { name, text },
	PRODUCT_KINDS(X)
#undef X
};

const char *
product_kind_name(enum product_kind k)
{
	return product_kinds[k].name;
}

const char *
product_kind_text(enum product_kind k)
{
	return _(product_kinds[k].text);
}

int
product_kind_find(const char *name, enum product_kind *out)
{
	*out = PRODUCT_ITEM;
	for (size_t i = 0; i < NELEM(product_kinds); i++) {
		if (strcmp(product_kinds[i].name, name) == 0) {
			*out = (enum product_kind)i;
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("\"%.20s\" is no kind of product; one "
	    "of item, department, voucher, deposit"), name);
}

enum product_kind
product_kind_of(const char *word)
{
	enum product_kind	kind;

	return product_kind_find(word, &kind) == 0 ? kind : PRODUCT_ITEM;
}

int
product_rates(struct shop *shop, struct product *p, int n)
{
	const struct rates	*rates;
	int			 r;

	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (int i = 0; i < n; i++) {
		p[i].rate = rates_on(rates, p[i].tax_class, "", 1,
		    rates->today);
		p[i].rate2 = rates_on(rates, p[i].tax_class, "", 2,
		    rates->today);
	}
	return 0;
}

int
product_read(struct shop *shop, int64_t id, bool counted, struct product *out)
{
	struct q_product_by_id	row;
	int			r;

	*out = (struct product){ 0 };
	if ((r = q_product_by_id(shop->db, id, counted, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no product %lld"), (long long)id);
	}
	PRODUCT_FROM(out, &row);
	out->active = row.active;
	out->changed_at = row.changed_at;
	return product_rates(shop, out, 1);
}

int
product_get(struct shop *shop, int64_t id, struct product *out)
{
	return product_read(shop, id, true, out);
}

int
product_free_code(struct shop *shop, char out[static PRODUCT_CODE])
{
	struct q_product_next_code	row;
	int				r;

	out[0] = '\0';
	if ((r = q_product_next_code(shop->db, &row)) == 0) {
		(void)str_fmt(out, PRODUCT_CODE, "%lld", (long long)row.code);
	}
	return r;
}

int
tax_class_list(struct shop *shop, struct tax_class **out, size_t *n)
{
	struct q_tax_class_all	*rows;
	int			 r;

	*out = NULL;
	if ((r = q_tax_class_all(shop->db, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		(void)str_copy((*out)[i].name, sizeof((*out)[i].name),
		    rows[i].name);
		(void)str_copy((*out)[i].label, sizeof((*out)[i].label),
		    rows[i].label);
	}
	free(rows);
	return 0;
}

int
tax_class_known(struct shop *shop, const char *name)
{
	struct q_tax_class_has	 row;
	struct tax_class	*all;
	char			 names[200] = "";
	size_t			 n, used;
	int			 r = q_tax_class_has(shop->db, name, &row);

	if (r != ERR_NOT_FOUND || (r = tax_class_list(shop, &all, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		used = strlen(names);
		(void)str_fmt(names + used, sizeof(names) - used, "%s%s",
		    i == 0 ? "" : ", ", all[i].name);
	}
	free(all);
	return err_set(ERR_NOT_FOUND, _("there is no tax class \"%s\"; they "
	    "are %s"), name, names);
}

/* --- changing ----------------------------------------------------------- */

int
product_check(const struct product *p, char folded[static PRODUCT_FOLDED])
{
	static const char *const	units[] = { "pc", "kg", "l", "m" };
	bool				known = false;

	folded[0] = '\0';
	for (const char *s = p->code; *s != '\0'; s++) {
		if (*s <= ' ' || *s > '~' || strchr("*@/:,;\"", *s) != NULL) {
			return err_set(ERR_INVALID, _("code \"%s\": letters, "
			    "digits and - . _ only"), p->code);
		}
	}
	if (p->code[0] == '\0') {
		return err_set(ERR_INVALID, _("a code is missing"));
	}
	if (p->name[0] == '\0' || !utf8_is_clean(p->name) ||
	    !utf8_is_clean(p->category)) {
		return err_set(ERR_INVALID, _("code %s: the name is empty or "
		    "no clean UTF-8 text"), p->code);
	}
	for (size_t i = 0; i < NELEM(units); i++) {
		known = known || strcmp(units[i], p->unit) == 0;
	}
	if (!known) {
		return err_set(ERR_INVALID, _("code %s: unit \"%s\" is none of "
		    "pc, kg, l, m"), p->code, p->unit);
	}
	if (p->price < 0 || p->price > MONEY_MAX) {
		return err_set(ERR_RANGE, _("code %s: the price is out of "
		    "range"), p->code);
	}
	if (p->min_price < 0 || p->max_price < 0 ||
	    p->min_price > MONEY_MAX || p->max_price > MONEY_MAX ||
	    (p->max_price != 0 && p->max_price < p->min_price)) {
		return err_set(ERR_RANGE, _("code %s: the least price is above "
		    "the most"), p->code);
	}
	if (p->serials && strcmp(p->unit, "pc") != 0) {
		return err_set(ERR_INVALID, _("code %s: only pieces have "
		    "serial numbers"), p->code);
	}
	if (!utf8_fold(folded, PRODUCT_FOLDED, p->name)) {
		return err_set(ERR_TOO_LONG, _("code %s: the name is too "
		    "long"), p->code);
	}
	return 0;
}

int
barcode_check(const char *code)
{
	size_t	n = strlen(code);

	if (n == 0 || n > BARCODE_MAX) {
		return err_set(ERR_INVALID, _("a barcode has 1 to %d "
		    "characters"), BARCODE_MAX);
	}
	for (size_t i = 0; i < n; i++) {
		if (code[i] <= ' ' || code[i] > '~') {
			return err_set(ERR_INVALID, _("barcode %.48s has "
			    "characters no scanner reads"), code);
		}
	}
	if (ean_is_length(code) && !ean_is_valid(code)) {
		return err_set(ERR_INVALID, _("barcode %s: its check digit is "
		    "wrong"), code);
	}
	return 0;
}

int
product_code_free(struct shop *shop, const char *code, int64_t id)
{
	struct product	other;
	int64_t		found = 0;
	int		r;

	if ((r = product_id_of(shop, code, &found)) == ERR_NOT_FOUND ||
	    (r == 0 && found == id)) {
		return 0;
	}
	if (r != 0 || (r = product_get(shop, found, &other)) != 0) {
		return r;
	}
	return err_set(ERR_EXISTS, _("%s is already %s (%s)"), code,
	    other.name, other.code);
}

int
product_insert(struct shop *shop, const struct product *p, int64_t *id)
{
	char	folded[PRODUCT_FOLDED];
	int	r;

	if ((r = product_check(p, folded)) != 0 ||
	    (r = tax_class_known(shop, p->tax_class)) != 0 ||
	    (r = product_code_free(shop, p->code, 0)) != 0 ||
	    (r = q_product_insert(shop->db, p->code, p->name, folded,
	    p->category, p->tax_class, p->unit, p->price, p->tracked,
	    p->active, product_kind_name(p->kind), p->min_price,
	    p->max_price, p->serials, shop_now(), id)) != 0) {
		return r;
	}
	return q_product_word_add(shop->db, *id);
}

int
product_add(struct shop *shop, const struct product *p,
    const char *const *barcodes, size_t nbarcodes, int64_t *id)
{
	int	r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	for (size_t i = 0; i < nbarcodes; i++) {
		if ((r = barcode_check(barcodes[i])) != 0) {
			return r;
		}
	}
	if ((r = db_begin(shop->db, "product add")) != 0) {
		return r;
	}
	if ((r = product_insert(shop, p, id)) != 0) {
		goto fail;
	}
	for (size_t i = 0; i < nbarcodes; i++) {
		if ((r = product_code_free(shop, barcodes[i], 0)) != 0 ||
		    (r = q_barcode_add(shop->db, barcodes[i], *id)) != 0) {
			goto fail;
		}
	}
	if ((r = audit_add(shop, "product.add", "product", *id,
	    p->code)) != 0) {
		goto fail;
	}
	db_topic(shop->db, "product");
	if ((r = db_commit(shop->db)) == 0) {
		return 0;
	}
fail:
	db_rollback(shop->db);
	*id = 0;
	return r;
}

/* Words of an imported product follow a moment later; until then a new name
 * would be indexed twice. */
static int
product_settled(struct shop *shop, const char *code)
{
	struct q_import_pending	row;
	int			r;

	if ((r = q_import_pending(shop->db, code, &row)) == 0) {
		return err_set(ERR_BUSY, _("%s is being imported; try again "
		    "in a moment"), code);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* Inside the transaction: is it still as it was read?  And its stock is not
 * left behind. */
static int
product_fence(struct shop *shop, const struct product *p, struct product *old)
{
	struct q_product_held	row;
	int			r;

	if ((r = product_get(shop, p->id, old)) != 0) {
		return r;
	}
	if (p->changed_at != 0 && p->changed_at != old->changed_at) {
		return err_set(ERR_CHANGED, _("%s was changed meanwhile; look "
		    "at it again"), old->code);
	}
	/* Of pieces there is no half one: what is weighed stays so. */
	if ((p->tracked && (strcmp(p->unit, "pc") != 0) == old->by_weight) ||
	    !old->tracked ||
	    (r = q_product_held(shop->db, p->id, &row)) == ERR_NOT_FOUND) {
		return 0;
	}
	return r != 0 ? r : err_set(ERR_EXISTS, _("%s: there is stock of it; "
	    "bring its level to nothing first"), old->code);
}

int
product_update(struct shop *shop, const struct product *p)
{
	char		folded[PRODUCT_FOLDED], detail[96];
	struct product	old;
	int64_t		n;
	int		r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_check(p, folded)) != 0 ||
	    (r = db_begin(shop->db, "product update")) != 0) {
		return r;
	}
	if ((r = product_fence(shop, p, &old)) != 0) {
		goto fail;
	}
	(void)str_fmt(detail, sizeof(detail), "%s price %lld to %lld", p->code,
	    (long long)old.price, (long long)p->price);
	if ((r = tax_class_known(shop, p->tax_class)) != 0 ||
	    (r = product_code_free(shop, p->code, p->id)) != 0 ||
	    (r = product_settled(shop, old.code)) != 0 ||
	    (r = q_product_word_drop(shop->db, p->id)) != 0 ||
	    (r = q_product_change(shop->db, p->id, p->code, p->name, folded,
	    p->category, p->tax_class, p->unit, p->price, p->tracked,
	    p->active, product_kind_name(p->kind), p->min_price,
	    p->max_price, p->serials, shop_now(), some(&shop->who.user),
	    &n)) != 0) {
		goto fail;
	}
	if ((r = q_product_word_add(shop->db, p->id)) != 0 ||
	    (r = audit_add(shop, "product.set", "product", p->id,
	    old.price != p->price ? detail : p->code)) != 0) {
		goto fail;
	}
	db_topic(shop->db, "product");
	if ((r = db_commit(shop->db)) == 0) {
		return 0;
	}
fail:
	db_rollback(shop->db);
	return r;
}

int
product_barcode_free(struct shop *shop, const char *code)
{
	int	r = barcode_check(code);

	return r != 0 ? r : product_code_free(shop, code, 0);
}

int
product_barcode_add(struct shop *shop, int64_t id, const char *code)
{
	struct product	p;
	int		r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = barcode_check(code)) != 0 ||
	    (r = db_begin(shop->db, "product barcode")) != 0) {
		return r;
	}
	if ((r = product_get(shop, id, &p)) != 0 ||
	    (r = product_code_free(shop, code, 0)) != 0 ||
	    (r = q_barcode_add(shop->db, code, id)) != 0 ||
	    (r = audit_add(shop, "product.barcode", "product", id,
	    code)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
product_barcodes(struct shop *shop, int64_t id, struct buf *out)
{
	struct q_product_barcodes	row;
	int				r;

	if ((r = q_product_barcodes(shop->db, id, &row)) == 0) {
		buf_str(out, row.codes);
	}
	return r;
}

int
product_list(struct shop *shop, const char *category, int64_t limit,
    int (*fn)(void *ctx, const struct product *p), void *ctx)
{
	char	after[PRODUCT_CODE] = "";
	int64_t	left = limit > 0 ? limit : INT64_MAX;
	int	r = 0;

	while (left > 0 && r == 0) {
		struct q_product_page	*rows;
		size_t			 n;
		int64_t			 most = left < PRODUCT_PAGE ? left :
					    PRODUCT_PAGE;

		if ((r = q_product_page(shop->db, after,
		    category == NULL ? "" : category, most, &rows,
		    &n)) != 0) {
			return r;
		}
		for (size_t i = 0; i < n && r == 0; i++) {
			struct product	p = { 0 };

			PRODUCT_FROM(&p, &rows[i]);
			p.active = rows[i].active;
			(void)str_copy(after, sizeof(after), p.code);
			if ((r = product_rates(shop, &p, 1)) == 0 &&
			    (r = stock_shown(shop, &p, 1)) == 0) {
				r = fn(ctx, &p);
			}
		}
		free(rows);
		left -= (int64_t)n;
		if ((int64_t)n < most) {
			break;
		}
	}
	return r;
}
