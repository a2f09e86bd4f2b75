/* SPDX-License-Identifier: ISC */
/* Labels gathered one after the other, then printed together.  They are rows:
 * what was scanned at the shelf is there at the desk. */
#include "shop/label_part.h"

#include <stdlib.h>

#include "base/mem.h"
#include "shop/audit.h"
#include "shop/purchase.h"
#include "sql/label.h"

int
label_wanted(struct shop *shop, struct label_wanted **out, size_t *n)
{
	struct q_label_want_all	*rows;
	int			 r;

	*out = NULL;
	*n = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = q_label_want_all(shop->db, shop->who.user, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct label_wanted	*w = &(*out)[i];

		w->product = rows[i].product;
		w->price = rows[i].price;
		w->copies = rows[i].copies;
		(void)str_copy(w->code, sizeof(w->code), rows[i].code);
		(void)str_copy(w->name, sizeof(w->name), rows[i].name);
		(void)str_copy(w->unit, sizeof(w->unit), rows[i].unit);
	}
	free(rows);
	return 0;
}

/* The end of a change of the list, good or not. */
static int
label_changed(struct shop *shop, int r, int64_t product, int64_t n)
{
	char	detail[32];

	(void)str_fmt(detail, sizeof(detail), "%lld", (long long)n);
	if (r != 0 || (r = audit_add(shop, "label.want", "product", product,
	    detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
label_want(struct shop *shop, int64_t product, int64_t copies, bool more)
{
	int64_t	gone;
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	if (copies < 0 || copies > LABEL_COPIES) {
		return err_set(ERR_RANGE, _("at most %d labels of an item, "
		    "%d at once"), LABEL_COPIES, LABEL_MOST);
	}
	if ((r = db_begin(shop->db, "labels")) != 0) {
		return r;
	}
	return label_changed(shop, copies > 0 ?
	    q_label_want_put(shop->db, shop->who.user, product, copies,
	    more) : q_label_want_drop(shop->db, shop->who.user, product,
	    &gone), product, copies);
}

static int
label_want_each(struct shop *shop, const int64_t *ids, size_t n,
    int64_t *added)
{
	int	r;

	*added = 0;
	if (n > LABEL_MOST) {
		return err_set(ERR_RANGE, _("%zu items answer; at most %d "
		    "labels at once"), n, LABEL_MOST);
	}
	if ((r = db_begin(shop->db, "labels")) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = q_label_want_put(shop->db, shop->who.user, ids[i], 1,
		    false);
	}
	*added = (int64_t)n;
	return label_changed(shop, r, 0, (int64_t)n);
}

int
label_want_found(struct shop *shop, const char *words, int64_t *added)
{
	struct product	p;
	int64_t		*ids;
	size_t		 n, sold = 0;
	int		 r;

	*added = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_search_ids(shop, words, &ids, &n)) != 0) {
		return r;
	}
	/* What is no longer sold stands on no shelf. */
	for (size_t i = 0; i < n && n <= LABEL_MOST && r == 0; i++) {
		if ((r = product_get(shop, ids[i], &p)) == 0 && p.active) {
			ids[sold++] = ids[i];
		}
	}
	if (r != 0) {
		free(ids);
		return r;
	}
	n = n <= LABEL_MOST ? sold : n;
	r = n > 0 ? label_want_each(shop, ids, n, added) :
	    err_set(ERR_NOT_FOUND, _("no item answers to %.40s"), words);
	free(ids);
	return r;
}

int
label_want_changed(struct shop *shop, const char *day, int64_t *added)
{
	int64_t	*ids;
	size_t	 n;
	int	 r;

	*added = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = label_due(shop, day, &ids, &n)) != 0) {
		return r;
	}
	r = n > 0 ? label_want_each(shop, ids, n, added) :
	    err_set(ERR_NOT_FOUND, _("no price changed since %s"), day);
	free(ids);
	return r;
}

int
label_want_receipt(struct shop *shop, const char *number, bool each,
    int64_t *added)
{
	struct intake	in;
	int		r;

	*added = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = intake_find(shop, number, &in)) != 0 ||
	    (r = db_begin(shop->db, "labels")) != 0) {
		return r;
	}
	return label_changed(shop, q_label_want_receipt(shop->db,
	    shop->who.user, in.id, each, added), 0, *added);
}

int
label_want_none(struct shop *shop)
{
	return label_want(shop, 0, 0, false);
}

/* The list as label_slip() wants it; ERR_EMPTY says what to do. */
static int
label_some(struct shop *shop, struct label_some **out, size_t *n)
{
	struct label_wanted	*rows;
	int			 r;

	*out = NULL;
	if ((r = label_wanted(shop, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		(*out)[i] = (struct label_some){ rows[i].product,
		    rows[i].copies };
	}
	free(rows);
	return 0;
}

int
label_print_wanted(struct shop *shop, const struct label_how *how,
    int64_t *job, int64_t *labels)
{
	struct label_some	*some;
	struct slip		 slip = { 0 };
	int64_t			 gone;
	size_t			 n;
	int			 r;

	*job = *labels = 0;
	if ((r = label_some(shop, &some, &n)) != 0) {
		return r;
	}
	if ((r = label_slip(shop, how, some, n, &slip, labels)) == 0 &&
	    (r = db_begin(shop->db, "labels")) == 0) {
		if ((r = label_queue(shop, how, some[0].product, *labels,
		    &slip, job)) != 0 || (r = q_label_want_drop(shop->db,
		    shop->who.user, 0, &gone)) != 0) {
			db_rollback(shop->db);
		} else {
			db_topic(shop->db, "product");
			r = db_commit(shop->db);
		}
	}
	free(some);
	slip_done(&slip);
	return r;
}

int
label_preview(struct shop *shop, const struct label_how *how,
    struct slip *slip)
{
	struct label_some	*some;
	int64_t			 labels;
	size_t			 n;
	int			 r;

	if ((r = label_some(shop, &some, &n)) != 0) {
		return r;
	}
	r = label_slip(shop, how, some, n, slip, &labels);
	free(some);
	return r;
}
