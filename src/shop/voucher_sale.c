/* SPDX-License-Identifier: ISC */
/* Gift cards as lines of a sale: sold, filled, and, where their VAT was paid
 * then, used (cases J08, J09). */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/voucher.h"
#include "sql/product.h"
#include "sql/voucher.h"

#define GIFT_CODE	"GIFT"

/* --- selling -------------------------------------------------------------- */

bool
voucher_is_single(const struct product *p)
{
	return strcmp(p->tax_class, VOUCHER_CLASS) != 0;
}

int
voucher_line_put(struct shop *shop, const struct product *p, int64_t qty,
    int64_t voucher, int64_t line)
{
	bool	single = voucher_is_single(p);
	int	r;

	if (qty != QTY_ONE) {
		return err_set(ERR_RANGE, _("gift cards are sold one by one; "
		    "each has its number"));
	}
	if (voucher == 0 && (r = voucher_make(shop, VOUCHER_GIFT, single ?
	    &p->rate : NULL, single ? p->rate2 : 0, &voucher)) != 0) {
		return r;
	}
	return q_voucher_line(shop->db, line, voucher, single);
}

/* The first gift card of a shop that has put none in its catalogue. */
static int
gift_product_make(struct shop *shop, int64_t *id)
{
	char	was[8], folded[PRODUCT_NAME], name[PRODUCT_NAME];
	int	r;

	receipt_language(shop->set.language, was);
	(void)str_copy(name, sizeof(name), _("A gift card"));
	receipt_language(was, NULL);
	(void)utf8_fold(folded, sizeof(folded), name);
	if ((r = db_begin(shop->db, "gift card")) != 0) {
		return r;
	}
	if ((r = q_tax_class_add(shop->db, VOUCHER_CLASS,
	    N_("gift card, no VAT until it is used"))) == 0 &&
	    (r = q_product_insert(shop->db, GIFT_CODE, name, folded, "",
	    VOUCHER_CLASS, "pc", 0, false, true, "voucher", 0, 0, false,
	    shop_now(), id)) == 0 &&
	    (r = q_product_word_add(shop->db, *id)) == 0 &&
	    (r = audit_add(shop, "product.add", "product", *id,
	    GIFT_CODE)) == 0) {
		db_topic(shop->db, "product");
		return db_commit(shop->db);
	}
	db_rollback(shop->db);
	return r == ERR_EXISTS ? err_set(ERR_EXISTS, _("an item has the code "
	    "%s; make a product of the kind voucher"), GIFT_CODE) : r;
}

static int
gift_product(struct shop *shop, int64_t *id)
{
	struct q_voucher_product	row;
	int				r;

	if ((r = q_voucher_product(shop->db, VOUCHER_CLASS, &row)) == 0) {
		*id = row.id;
	}
	return r == ERR_NOT_FOUND ? gift_product_make(shop, id) : r;
}

/* A card that money may be put on. */
static int
gift_card(struct shop *shop, const char *text, int64_t *voucher)
{
	struct voucher	v;
	int		r;

	if ((r = voucher_find(shop, text, &v)) != 0) {
		return r;
	}
	if (v.kind != VOUCHER_GIFT || v.single) {
		return err_set(ERR_INVALID, _("nothing can be put on this "
		    "voucher; sell a new gift card"));
	}
	if ((v.state == VOUCHER_EXPIRED || v.state == VOUCHER_BLOCKED) &&
	    (r = voucher_usable(shop, &v)) != 0) {
		return r;
	}
	*voucher = v.id;
	return 0;
}

int
voucher_sell(struct shop *shop, int64_t *id, int64_t *version,
    int64_t amount, const char *number, int64_t *line)
{
	struct sale_item	item = { .qty = QTY_ONE, .price = &amount };
	int			r;

	*line = 0;
	if ((r = shop_require(shop, RIGHT_SELL)) != 0) {
		return r;
	}
	if (amount <= 0 || amount > MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount for a "
		    "voucher"));
	}
	if ((number[0] != '\0' &&
	    (r = gift_card(shop, number, &item.voucher)) != 0) ||
	    (r = gift_product(shop, &item.product)) != 0) {
		return r;
	}
	return sale_add_items(shop, id, version, &item, 1, line);
}

/* --- using one whose VAT was paid when it was sold ------------------------ */

/* Inside the transaction. */
static int
redeem_put(struct shop *shop, int64_t sale, const struct voucher *v,
    int64_t wanted)
{
	struct q_voucher_goods	 goods;
	struct q_voucher_sold_as as;
	char			 detail[48];
	int64_t			 amount, added;
	int			 r;

	if ((r = q_voucher_goods(shop->db, sale, v->id, v->rate, v->rate2,
	    &goods)) != 0 ||
	    (r = q_voucher_sold_as(shop->db, v->id, &as)) != 0) {
		return r;
	}
	if (goods.taken > 0) {
		return err_set(ERR_EXISTS, _("this card is on the sale "
		    "already"));
	}
	amount = wanted == 0 ? v->balance : wanted;
	if (amount > v->balance) {
		return voucher_short(shop, v);
	}
	if (wanted == 0 && amount > goods.amount) {
		amount = goods.amount;
	}
	if (amount <= 0 || amount > goods.amount) {
		char	rate[MONEY_TEXT];

		rate_plain(shop->money.mark, v->rate, rate);
		return err_set(ERR_RANGE, _("this card is for goods at %s %% "
		    "VAT; there are not so many on the sale"), rate);
	}
	if ((r = q_sale_line_add(shop->db, sale, as.product, as.code,
	    as.label, "pc", -QTY_ONE, amount, -amount, v->rate, v->rate2,
	    false, shop_now(), some(&shop->who.user), "voucher", "", "", "",
	    "", amount, NULL, &added)) != 0 ||
	    (r = q_voucher_line(shop->db, added, v->id, true)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "voucher %lld %lld",
	    (long long)v->id, (long long)amount);
	return audit_add(shop, "sale.redeem", "sale", sale, detail);
}

int
voucher_redeem(struct shop *shop, int64_t id, int64_t *version,
    const char *number, int64_t amount)
{
	struct voucher	v;
	int		r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = voucher_find(shop, number, &v)) != 0 ||
	    (r = voucher_usable(shop, &v)) != 0) {
		return r;
	}
	if (!v.single) {
		return err_set(ERR_INVALID, _("this voucher pays; scan it at "
		    "the payment"));
	}
	if (id == 0) {
		return err_set(ERR_EMPTY, _("scan the goods first, then the "
		    "card"));
	}
	if ((r = sale_begin(shop, "sale redeem", id, *version, "add", 0, 1,
	    "")) != 0) {
		return r;
	}
	if ((r = redeem_put(shop, id, &v, amount)) == 0) {
		r = line_covers(shop, id, 0);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}
