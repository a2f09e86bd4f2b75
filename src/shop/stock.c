/* SPDX-License-Identifier: ISC */
/* Stock: movements that add up; the level is kept by a trigger. */
#include "shop/product.h"

#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/sale_part.h"
#include "sql/product.h"

int
stock_level(struct shop *shop, int64_t product, int64_t *qty)
{
	struct q_stock_get	row;
	int			r;

	*qty = 0;
	if ((r = q_stock_get(shop->db, product, &row)) == 0) {
		*qty = row.qty;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
stock_adjust(struct shop *shop, int64_t product, int64_t delta,
    const char *reason)
{
	struct product	p;
	char		detail[64], qty[MONEY_TEXT];
	int		r;

	if ((r = shop_require(shop, RIGHT_ADJUST)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0) {
		return r;
	}
	if (reason[0] == '\0' || !utf8_is_clean(reason)) {
		return err_set(ERR_EMPTY, _("say why the stock changes"));
	}
	if (delta == 0 || delta > QTY_MAX || delta < -QTY_MAX ||
	    (!p.by_weight && delta % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: a stock change is a number of "
		    "%s"), p.code, p.unit);
	}
	if ((r = db_begin(shop->db, "stock adjust")) != 0) {
		return r;
	}
	qty_plain('.', delta, qty);
	(void)str_fmt(detail, sizeof(detail), "%s %s", p.code, qty);
	if ((!p.tracked &&
	    (r = q_product_tracked(shop->db, product)) != 0) ||
	    (r = q_stock_move_add(shop->db, product, delta, "adjust", reason,
	    shop_now(), some(&shop->who.user))) != 0 ||
	    (r = audit_add(shop, "stock.adjust", "product", product,
	    detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "stock");
	return db_commit(shop->db);
}
