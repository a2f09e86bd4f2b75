/* SPDX-License-Identifier: ISC */
/* Labels as slips: any receipt or label printer prints them. */
#include "shop/label.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/ean.h"
#include "shop/print.h"
#include "shop/product_part.h"
#include "sql/catalogue.h"

#define LABEL_COPIES	200
#define LABEL_MOST	2000		/* labels in one job */

int
label_kind_find(const char *name, enum label_kind *out)
{
	*out = strcmp(name, "item") == 0 ? LABEL_ITEM : LABEL_SHELF;
	return *out == LABEL_ITEM || strcmp(name, "shelf") == 0 ? 0 :
	    err_set(ERR_INVALID, _("labels are shelf or item"));
}

/* Its first barcode of thirteen digits, else any, else its code. */
static int
label_code(struct shop *shop, const struct product *p, struct slip *slip)
{
	struct buf	codes = { 0 };
	char		first[BARCODE_MAX + 1];
	const char	*at;
	int		r;

	if ((r = product_barcodes(shop, p->id, &codes)) != 0) {
		return r;
	}
	(void)str_copy(first, sizeof(first), p->code);
	for (at = buf_text(&codes); *at != '\0'; at += strspn(at, " ")) {
		size_t	n = strcspn(at, " ");

		(void)str_fmt(first, sizeof(first), "%.*s", (int)n, at);
		at += n;
		if (n == 13 && ean_is_valid(first)) {
			break;
		}
	}
	buf_done(&codes);
	return strlen(first) == 13 && ean_is_valid(first) ?
	    slip_ean13(slip, first) : slip_code128(slip, first);
}

static int
label_one(struct shop *shop, enum label_kind kind, const struct product *p,
    struct slip *slip)
{
	struct product_info	info;
	char			price[MONEY_TEXT], each[MONEY_TEXT];
	int64_t			unit;
	int			r;

	if ((r = product_info_get(shop, p->id, &info)) != 0 ||
	    (r = product_unit_price(p, &info, &unit)) != 0) {
		return r;
	}
	money_symbol(&shop->money, p->price, price);
	slip_text(slip, SLIP_LEFT, SLIP_BOLD, p->name);
	if (info.brand[0] != '\0') {
		slip_text(slip, SLIP_LEFT, 0, info.brand);
	}
	if (kind == LABEL_SHELF) {
		slip_fmt(slip, SLIP_RIGHT, SLIP_WIDE | SLIP_HIGH, "%s%s%s",
		    price, p->by_weight ? "/" : "",
		    p->by_weight ? p->unit : "");
		if (unit > 0) {
			money_symbol(&shop->money, unit, each);
			slip_fmt(slip, SLIP_RIGHT, 0, "%s/%s", each,
			    info.content_unit);
		}
		if (info.origin[0] != '\0') {
			slip_text(slip, SLIP_LEFT, 0, info.origin);
		}
	} else {
		slip_columns(slip, SLIP_BOLD, p->code, price);
	}
	if ((r = label_code(shop, p, slip)) == 0) {
		slip_cut(slip, false);
	}
	return r;
}

static int
label_slip(struct shop *shop, enum label_kind kind, const int64_t *products,
    size_t n, int64_t copies, struct slip *slip)
{
	struct product	p;
	int		r;

	for (size_t i = 0; i < n; i++) {
		if ((r = product_get(shop, products[i], &p)) != 0) {
			return r;
		}
		for (int64_t k = 0; k < copies; k++) {
			if ((r = label_one(shop, kind, &p, slip)) != 0) {
				return r;
			}
		}
	}
	return 0;
}

int
label_print(struct shop *shop, enum label_kind kind, const int64_t *products,
    size_t n, int64_t copies, int64_t *job)
{
	struct slip	slip = { 0 };
	char		detail[32];
	int64_t		printer;
	int		r;

	*job = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = printer_for(shop, shop->who.terminal, &printer)) != 0) {
		return r;
	}
	if (printer == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no printer"));
	}
	if (n == 0) {
		return err_set(ERR_EMPTY, _("no label to print"));
	}
	if (copies < 1 || copies > LABEL_COPIES ||
	    (int64_t)n * copies > LABEL_MOST) {
		return err_set(ERR_RANGE, _("at most %d labels of an item, "
		    "%d at once"), LABEL_COPIES, LABEL_MOST);
	}
	if ((r = label_slip(shop, kind, products, n, copies, &slip)) != 0 ||
	    (r = db_begin(shop->db, "labels")) != 0) {
		slip_done(&slip);
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "%lld",
	    (long long)n * (long long)copies);
	if ((r = print_add(shop, printer, PRINT_LABEL, "labels", &slip,
	    job)) != 0 || (r = audit_add(shop, "label.print", "product",
	    products[0], detail)) != 0) {
		db_rollback(shop->db);
	} else {
		r = db_commit(shop->db);
	}
	slip_done(&slip);
	return r;
}

int
label_due(struct shop *shop, const char *day, int64_t **out, size_t *n)
{
	struct q_price_changed_since	*rows;
	int				 r;

	*out = NULL;
	*n = 0;
	if ((r = clock_day_check(day)) != 0 ||
	    (r = q_price_changed_since(shop->db, day, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		(*out)[i] = rows[i].id;
	}
	free(rows);
	return 0;
}
