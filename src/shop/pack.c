/* SPDX-License-Identifier: ISC */
/* Packs of an item, barcodes of the shop's own, copies of items and their
 * ends. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/ean.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "shop/setting.h"
#include "sql/catalogue.h"
#include "sql/entry.h"
#include "sql/product.h"
#include "sql/recipe.h"

#define MAKE_TRIES	1000	/* codes of others in the way */

int
pack_list(struct shop *shop, int64_t product, struct pack **out, size_t *n)
{
	struct q_pack_list	*rows;
	int			 r;

	*out = NULL;
	if ((r = q_pack_list(shop->db, product, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		(*out)[i].id = rows[i].id;
		(*out)[i].qty = rows[i].qty;
		(void)str_copy((*out)[i].name, sizeof((*out)[i].name),
		    rows[i].name);
		(void)str_copy((*out)[i].codes, sizeof((*out)[i].codes),
		    rows[i].codes);
	}
	free(rows);
	return 0;
}

int
pack_check(const struct product *p, const char *name, int64_t qty)
{
	size_t	n = strlen(name);

	if (n == 0 || n >= sizeof(((struct pack *)NULL)->name) ||
	    !utf8_is_clean(name) || strpbrk(name, " =:,;\"") != NULL) {
		return err_set(ERR_INVALID, _("pack \"%.32s\": its name is one "
		    "short word, such as box"), name);
	}
	if (qty <= 0 || qty > QTY_MAX) {
		return err_set(ERR_RANGE, _("pack %s: it holds more than "
		    "nothing and at most 9999 %s"), name, p->unit);
	}
	if (!p->by_weight && qty % QTY_ONE != 0) {
		return err_set(ERR_INVALID, _("pack %s: it does not divide "
		    "into whole pieces"), name);
	}
	return 0;
}

int
pack_put(struct shop *shop, int64_t product, const char *name, int64_t qty,
    const char *barcode, int64_t *id)
{
	struct q_pack_put	row;
	struct product		p;
	int			r;

	*id = 0;
	if (barcode != NULL && barcode[0] == '\0') {
		barcode = NULL;
	}
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0 ||
	    (r = pack_check(&p, name, qty)) != 0 ||
	    (barcode != NULL && (r = barcode_check(barcode)) != 0) ||
	    (r = db_begin(shop->db, "pack")) != 0) {
		return r;
	}
	if ((r = q_pack_put(shop->db, product, name, qty, &row)) != 0 ||
	    (barcode != NULL &&
	    ((r = product_code_free(shop, barcode, 0)) != 0 ||
	    (r = q_barcode_pack_add(shop->db, barcode, product,
	    &row.id)) != 0)) ||
	    (r = audit_add(shop, "product.pack", "product", product,
	    p.code)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	*id = row.id;
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
pack_drop(struct shop *shop, int64_t product, const char *name)
{
	struct pack	*rows;
	int64_t		 id = 0;
	size_t		 n;
	int		 r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = pack_list(shop, product, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		id = strcmp(rows[i].name, name) == 0 ? rows[i].id : id;
	}
	free(rows);
	if (id == 0) {
		return err_set(ERR_NOT_FOUND, _("it has no pack \"%.32s\""),
		    name);
	}
	if ((r = db_begin(shop->db, "pack")) != 0) {
		return r;
	}
	if ((r = q_pack_codes_drop(shop->db, product, id)) != 0 ||
	    (r = q_pack_drop(shop->db, id)) != 0 ||
	    (r = audit_add(shop, "product.pack", "product", product,
	    "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* --- barcodes ------------------------------------------------------------ */

int
product_barcode_drop(struct shop *shop, int64_t product, const char *code)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "product barcode")) != 0) {
		return r;
	}
	if ((r = q_barcode_drop(shop->db, code, product, &n)) == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("it has no barcode %.48s"), code);
	}
	if (r != 0 || (r = audit_add(shop, "product.barcode-drop", "product",
	    product, code)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* Would a scale's label be read out of this code? */
static int
make_is_label(struct shop *shop, const char *code, bool *label)
{
	struct q_pattern_all	*rows;
	struct label		 found;
	size_t			 n;
	int			 r;

	*label = false;
	if ((r = q_pattern_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		*label = *label || label_read(rows[i].pattern,
		    (int)rows[i].decimals, shop->money.digits, code, &found);
	}
	free(rows);
	return 0;
}

/* The next number of the shop's own; inside the transaction. */
static int
make_next(struct shop *shop, char out[static 14])
{
	struct q_barcode_last	last;
	char			prefix[8], first[14], end[14];
	int64_t			number = 0;
	bool			label;
	int			r;

	if ((r = setting_get(shop, "barcode_prefix", prefix,
	    sizeof(prefix))) != 0) {
		return r;
	}
	(void)str_fmt(first, sizeof(first), "%s00000000000", prefix);
	(void)str_fmt(end, sizeof(end), "%s99999999999", prefix);
	if ((r = q_barcode_last(shop->db, first, end, &last)) == 0) {
		char	digits[11];

		(void)str_fmt(digits, sizeof(digits), "%.10s", last.code + 2);
		r = str_to_i64(digits, 0, INT64_C(9999999999), &number);
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	for (int i = 0; i < MAKE_TRIES; i++) {
		number = number % INT64_C(9999999999) + 1;
		(void)str_fmt(out, 14, "%s%010lld", prefix,
		    (long long)number);
		(void)str_fmt(out + 12, 2, "%d", ean_check(out));
		if ((r = make_is_label(shop, out, &label)) != 0) {
			return r;
		}
		if (label) {
			return err_set(ERR_INVALID, _("scales print labels "
			    "that begin with %s; set barcode_prefix to "
			    "another one"), prefix);
		}
		if (product_code_free(shop, out, 0) == 0) {
			return 0;
		}
	}
	return err_set(ERR_EXISTS, _("no barcode of the shop's own is left "
	    "with the prefix %s"), prefix);
}

int
product_barcode_give(struct shop *shop, int64_t product, int64_t pack,
    char out[static 14])
{
	int	r;

	if ((r = make_next(shop, out)) != 0 ||
	    (r = q_barcode_pack_add(shop->db, out, product,
	    some(&pack))) != 0) {
		return r;
	}
	return audit_add(shop, "product.barcode", "product", product, out);
}

int
product_barcode_make(struct shop *shop, int64_t product, int64_t pack,
    char out[static 14])
{
	struct product	p;
	int		r;

	out[0] = '\0';
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "product barcode")) != 0) {
		return r;
	}
	if ((r = product_get(shop, product, &p)) != 0 ||
	    (r = product_barcode_give(shop, product, pack, out)) != 0) {
		db_rollback(shop->db);
		out[0] = '\0';
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

/* --- copies and ends ----------------------------------------------------- */

/* What hangs on the item, on its copy. */
static int
copy_rest(struct shop *shop, int64_t product, int64_t copy)
{
	int	r;

	if ((r = q_info_copy(shop->db, product, copy)) != 0 ||
	    (r = q_pack_copy(shop->db, product, copy)) != 0 ||
	    (r = q_option_groups_copy(shop->db, product, copy)) != 0 ||
	    (r = q_option_choices_copy(shop->db, product, copy)) != 0 ||
	    (r = q_option_conflicts_copy(shop->db, product, copy)) != 0 ||
	    (r = q_recipe_copy(shop->db, product, copy)) != 0 ||
	    (r = q_recipe_lines_copy(shop->db, product, copy)) != 0 ||
	    (r = q_recipe_choices_copy(shop->db, product, copy)) != 0) {
		return r;
	}
	return q_recipe_changed(shop->db, copy, shop_now());
}

int
product_copy(struct shop *shop, int64_t product, const char *code,
    const char *name, int64_t *copy)
{
	struct product	p;
	int		r;

	*copy = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0) {
		return r;
	}
	if (!str_copy(p.code, sizeof(p.code), code) ||
	    (name[0] != '\0' && !str_copy(p.name, sizeof(p.name), name))) {
		return err_set(ERR_TOO_LONG, _("the code or name is too "
		    "long"));
	}
	p.active = true;
	if ((r = db_begin(shop->db, "product copy")) != 0) {
		return r;
	}
	if ((r = product_insert(shop, &p, copy)) != 0 ||
	    (r = copy_rest(shop, product, *copy)) != 0 ||
	    (r = audit_add(shop, "product.copy", "product", *copy,
	    p.code)) != 0) {
		db_rollback(shop->db);
		*copy = 0;
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
product_archive(struct shop *shop, int64_t product, bool archive, int64_t *n)
{
	struct product	p;
	int		r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0 ||
	    (r = db_begin(shop->db, "product archive")) != 0) {
		return r;
	}
	if ((r = q_product_activate(shop->db, product, !archive, shop_now(),
	    some(&shop->who.user), n)) != 0 ||
	    (*n > 0 && (r = audit_add(shop, archive ? "product.archive" :
	    "product.restore", "product", product, p.code)) != 0)) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}
