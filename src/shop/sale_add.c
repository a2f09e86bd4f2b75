/* SPDX-License-Identifier: ISC */
/* What is added to a sale: things of the catalogue, one or several at once. */
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/course.h"
#include "shop/dish.h"
#include "shop/journal.h"
#include "shop/option.h"
#include "shop/price.h"
#include "shop/sale_part.h"
#include "shop/serial.h"
#include "shop/stock.h"
#include "shop/voucher.h"

#define MORE_TEXT	240		/* the quantities of sale_more() */

/* A thing looked up, priced and allowed: the line to be. */
struct line_new {
	const struct sale_item	*item;
	struct product		 p;
	struct price		 holds;		/* what it costs here and now */
	int64_t			 unit, amount;
	struct option_set	 set;		/* empty where it has none */
	int64_t			 picks[OPTION_PICKS];
	size_t			 npicks;
};

/* ---- what may be sold ---------------------------------------------------- */

int
line_qty_check(const struct product *p, int64_t qty)
{
	if (qty <= 0 || qty > QTY_MAX) {
		return err_set(ERR_RANGE, _("%s: a quantity is more than 0 and "
		    "at most 9999"), p->code);
	}
	if (!p->by_weight && qty % QTY_ONE != 0) {
		return err_set(ERR_RANGE, _("%s is sold by the piece; no "
		    "fractions"), p->code);
	}
	return 0;
}

int
line_one_piece(const struct q_sale_line_get *row, int64_t qty)
{
	if (!row->voucher_null && qty != row->qty) {
		return err_set(ERR_INVALID, _("gift cards are sold one by "
		    "one; each has its number"));
	}
	if (strcmp(row->kind, "deposit") == 0 && qty != row->qty) {
		return err_set(ERR_INVALID, _("a deposit is what was paid; "
		    "void its line (F8)"));
	}
	return row->serial[0] == '\0' || qty == row->qty ? 0 :
	    err_set(ERR_INVALID, _("%s no. %s is one piece; sell another one "
	    "by its own number"), row->label, row->serial);
}

/* A department's price is open, between its limits; beyond them it takes who
 * may set prices. */
static int
open_price(struct shop *shop, const struct product *p, int64_t price)
{
	char	least[MONEY_TEXT], most[MONEY_TEXT];
	int	r;

	if (price >= p->min_price &&
	    (p->max_price == 0 || price <= p->max_price)) {
		return 0;
	}
	if ((r = shop_require(shop, RIGHT_PRICE)) != ERR_DENIED) {
		return r;
	}
	money_plain(&shop->money, p->min_price, least);
	money_plain(&shop->money, p->max_price, most);
	return p->max_price == 0 ?
	    err_set(ERR_DENIED, _("%s: at least %s; who may set prices goes "
	    "below"), p->name, least) :
	    err_set(ERR_DENIED, _("%s: from %s to %s; who may set prices goes "
	    "beyond"), p->name, least, most);
}

static int
item_price(struct shop *shop, struct line_new *l)
{
	const struct product	*p = &l->p;
	const int64_t		*price = l->item->price;
	int			 r = 0;

	l->unit = price == NULL ? l->holds.unit : *price;
	if (l->unit < 0 || l->unit > MONEY_MAX) {
		return err_set(ERR_RANGE, _("the price is out of range"));
	}
	/* As a gift card is, that is sold for any amount. */
	if (p->kind == PRODUCT_DEPARTMENT ||
	    (p->kind == PRODUCT_VOUCHER && p->price == 0)) {
		return price == NULL && l->item->amount == NULL ?
		    err_set(ERR_EMPTY, _("%s has no price of its own; type it: "
		    "%s@9%c50"), p->name, p->code, shop->money.mark) :
		    open_price(shop, p, price == NULL ? *l->item->amount :
		    l->unit);
	}
	if (l->unit != l->holds.unit) {
		r = shop_require(shop, RIGHT_PRICE);
	}
	return r;
}

static int
item_texts(const struct sale_item *item)
{
	if (item->note != NULL && (!utf8_is_clean(item->note) ||
	    utf8_chars(item->note) > SALE_NOTE)) {
		return err_set(ERR_TOO_LONG, _("the note is too long; at most "
		    "%d characters"), SALE_NOTE);
	}
	if (item->lot != NULL && (!utf8_is_clean(item->lot) ||
	    strlen(item->lot) > SERIAL_MAX)) {
		return err_set(ERR_INVALID, _("the lot is no clean text"));
	}
	return item->expiry == NULL || item->expiry[0] == '\0' ? 0 :
	    clock_day_check(item->expiry);
}

/* What is chosen for it, and whether that will do. */
static int
item_options(struct shop *shop, const struct sale_item *item,
    struct line_new *l)
{
	int	r;

	if ((l->p.choices & PRODUCT_VARIANTS) != 0) {
		return err_set(ERR_EMPTY, _("%s comes in several; choose which "
		    "one"), l->p.name);
	}
	if ((r = option_load(shop, l->p.id, &l->set)) != 0) {
		return r;
	}
	if (item->picks == NULL) {
		l->npicks = option_presets(&l->set, l->picks);
	} else if (item->npicks > OPTION_PICKS) {
		return err_set(ERR_RANGE, _("at most %d options"),
		    OPTION_PICKS);
	} else {
		l->npicks = item->npicks;
		memcpy(l->picks, item->picks, item->npicks *
		    sizeof(*item->picks));
	}
	if (item->amount != NULL) {
		return err_set(ERR_INVALID, _("%s has options; a label cannot "
		    "say its price"), l->p.name);
	}
	return option_check(&l->set, l->picks, l->npicks);
}

/* Everything that can be known before the transaction. */
static int
item_check(struct shop *shop, const struct sale_item *item,
    const struct buying *buying, struct line_new *l)
{
	int	r;

	l->item = item;
	if ((r = product_get(shop, item->product, &l->p)) != 0 ||
	    (r = sale_mode_rates(shop, buying->mode, &l->p)) != 0 ||
	    (r = line_qty_check(&l->p, item->qty)) != 0 ||
	    (r = price_of(shop, &l->p, buying, &l->holds)) != 0) {
		return r;
	}
	if (!l->p.active) {
		return err_set(ERR_INVALID, _("%s is no longer sold"),
		    l->p.name);
	}
	if ((l->p.choices & PRODUCT_COUNTED) != 0 &&
	    (r = dish_check(shop, &l->p, item->qty)) != 0) {
		return r;
	}
	if ((r = item_price(shop, l)) != 0 || (r = item_texts(item)) != 0 ||
	    ((l->p.choices & PRODUCT_ASKS) != 0 &&
	    (r = item_options(shop, item, l)) != 0)) {
		return r;
	}
	if (item->amount == NULL) {
		return money_times(l->unit, item->qty, &l->amount);
	}
	l->amount = *item->amount;
	return l->amount >= 0 && l->amount <= MONEY_MAX ? 0 :
	    err_set(ERR_RANGE, _("the price is out of range"));
}

/* ---- the lines ----------------------------------------------------------- */

int
sale_first(struct shop *shop, int64_t lines, int64_t *id, int64_t *version)
{
	unsigned char	uid[16];
	char		mode[SALE_MODE];
	int		r;

	if ((r = sale_mode_of(shop, 0, mode)) != 0) {
		return r;
	}
	randombytes_buf(uid, sizeof(uid));
	if ((r = q_sale_open(shop->db, uid, sizeof(uid),
	    some(&shop->who.session), some(&shop->who.user),
	    some(&shop->who.terminal), country_of(shop)->tax_added,
	    shop_now(), lines, shop->who.training, mode, id)) == 0) {
		*version = 1;
		sale_mode_seen(shop, *id, mode);
		shop->mode_next[0] = '\0';
	}
	return r;
}

static const char *
text_or_none(const char *text)
{
	return text == NULL ? "" : text;
}

int
sale_price_event(struct shop *shop, int64_t sale, int64_t was, int64_t price)
{
	char	info[96];

	(void)str_fmt(info, sizeof(info), "sale %lld price %lld for %lld",
	    (long long)sale, (long long)price, (long long)was);
	return journal_event(shop, JET_PRICE, info);
}

/* Inside the transaction. */
static int
line_put(struct shop *shop, int64_t sale, const struct line_new *l,
    int64_t *id)
{
	const struct sale_item	*item = l->item;
	const struct product	*p = &l->p;
	char			 detail[64], qty[MONEY_TEXT];
	bool			 overridden;
	int			 r;

	/* Two tills may have asked at once; now nobody else writes. */
	if ((r = serial_free(shop, p, text_or_none(item->serial),
	    sale)) != 0) {
		return r;
	}
	overridden = l->unit != l->holds.unit &&
	    p->kind != PRODUCT_DEPARTMENT && p->kind != PRODUCT_VOUCHER;
	if ((r = q_sale_line_add(shop->db, sale, p->id, p->code, p->name,
	    p->unit, item->qty, l->unit, l->amount, p->rate, p->rate2,
	    overridden, shop_now(), some(&shop->who.user),
	    product_kind_name(p->kind), text_or_none(item->serial),
	    text_or_none(item->lot), text_or_none(item->expiry),
	    text_or_none(item->note), l->holds.catalogue,
	    some(&l->holds.list), id)) != 0) {
		return r;
	}
	if ((r = line_fits(shop, sale, l->amount)) != 0) {
		return r;
	}
	if (p->kind == PRODUCT_VOUCHER && (r = voucher_line_put(shop, p,
	    item->qty, item->voucher, *id)) != 0) {
		return r;
	}
	if (overridden && (r = sale_price_event(shop, sale, l->holds.unit,
	    l->unit)) != 0) {
		return r;
	}
	if (l->set.ngroups > 0 && (r = option_put(shop, sale, *id, p,
	    shop->mode, &l->set, l->picks, l->npicks)) != 0) {
		return r;
	}
	if ((r = stock_short(shop, *id)) != 0) {
		return r;
	}
	qty_plain('.', item->qty, qty);
	(void)str_fmt(detail, sizeof(detail), "%s*%s", qty, p->code);
	return audit_add(shop, "sale.add", "sale", sale, detail);
}

static int
items_done(struct line_new *lines, size_t n, int r)
{
	for (size_t i = 0; i < n; i++) {
		option_done(&lines[i].set);
	}
	return r;
}

/* All of it, with the lines that options come to. */
static int
items_put(struct shop *shop, int64_t *sale, int64_t *seen,
    const struct line_new *lines, size_t n, int64_t *line)
{
	struct q_sale_discounted	sale_row = { 0 };
	int64_t				count = (int64_t)n, id = 0;
	bool				again = false;
	int				r;

	for (size_t i = 0; i < n; i++) {
		count += (int64_t)option_lines(&lines[i].set, lines[i].picks,
		    lines[i].npicks);
	}
	if (*sale == 0) {
		if ((r = db_begin(shop->db, "sale add")) != 0 ||
		    (r = sale_first(shop, count, sale, seen)) != 0) {
			db_rollback(shop->db);
			return r;
		}
	} else if ((r = sale_begin(shop, "sale add", *sale, *seen, "add", 0,
	    count, "")) != 0) {
		return r;
	} else {
		(*seen)++;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = line_put(shop, *sale, &lines[i], &id);
		again = again || lines[i].set.ngroups > 0;
	}
	if (r == 0) {
		r = q_sale_discounted(shop->db, *sale, &sale_row);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((lines[i].p.choices & PRODUCT_COUNTED) != 0) {
			db_topic(shop->db, "dish");
		}
	}
	if (r == 0 && sale_row.seated) {
		r = course_fill(shop, *sale, lines[0].item->course,
		    lines[0].item->seat);
	}
	if (r == 0) {
		r = sale_discounts_again(shop, *sale, again ||
		    sale_row.discounted);
	}
	if ((r = sale_end(shop, r)) == 0) {
		*line = id;
	}
	return r;
}

int
sale_add_items(struct shop *shop, int64_t *id, int64_t *version,
    const struct sale_item *items, size_t n, int64_t *line)
{
	struct line_new	lines[SALE_ITEMS] = { { 0 } };
	struct buying	buying;
	int64_t		sale = *id, seen = *version;
	int		r;

	*line = 0;
	shop->said[0] = '\0';
	if (n == 0 || n > SALE_ITEMS) {
		return err_set(ERR_RANGE, _("1 to %d things at once"),
		    SALE_ITEMS);
	}
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = sale_buying(shop, sale, &buying)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = item_check(shop, &items[i], &buying, &lines[i]);
	}
	if (r == 0) {
		r = items_put(shop, &sale, &seen, lines, n, line);
	}
	if (items_done(lines, n, r) != 0) {
		return r;
	}
	*id = sale;
	*version = seen;
	return 0;
}

int
sale_add(struct shop *shop, int64_t *id, int64_t *version, int64_t product,
    int64_t qty, const int64_t *price, int64_t *line)
{
	const struct sale_item	item = { .product = product, .qty = qty,
				    .price = price };

	return sale_add_items(shop, id, version, &item, 1, line);
}

/* ---- more of the same ---------------------------------------------------- */

/* Inside the transaction. */
static int
line_more(struct shop *shop, int64_t sale, int64_t line, int64_t more,
    bool *discounted)
{
	struct q_sale_line_get	row;
	struct product		p;
	char			detail[64], qty[MONEY_TEXT];
	int64_t			amount;
	int			r;

	if ((r = line_live(shop, sale, line, &row)) != 0 ||
	    (r = product_get(shop, row.product, &p)) != 0) {
		return r;
	}
	if (row.sent) {
		return err_set(ERR_INVALID, _("the kitchen has it already; "
		    "enter more as a line of its own, or take it back (F8)"));
	}
	if (row.qty < 0) {
		return err_set(ERR_INVALID, _("%s comes back; more of it is a "
		    "line of its own"), row.label);
	}
	if ((r = line_grows(shop, sale, line, &row)) != 0 ||
	    (r = line_qty_check(&p, row.qty + more)) != 0 ||
	    (r = line_one_piece(&row, row.qty + more)) != 0 ||
	    (r = money_times(row.price, row.qty + more, &amount)) != 0) {
		return r;
	}
	qty_plain('.', row.qty + more, qty);
	(void)str_fmt(detail, sizeof(detail), "line %lld: %s*%s",
	    (long long)row.seq, qty, row.code);
	*discounted = row.discounted;
	if ((r = q_sale_line_qty(shop->db, line, row.qty + more,
	    amount)) != 0 || (r = line_fits(shop, sale, amount)) != 0 ||
	    (more > 0 && (r = stock_short(shop, line)) != 0)) {
		return r;
	}
	return audit_add(shop, "sale.qty", "sale", sale, detail);
}

int
sale_more(struct shop *shop, int64_t id, int64_t *version,
    const int64_t *lines, const int64_t *more, size_t n)
{
	char	text[MORE_TEXT] = "";
	bool	discounted = false;
	int	r;

	shop->said[0] = '\0';
	if (n == 0 || n > SALE_ITEMS) {
		return err_set(ERR_RANGE, _("1 to %d things at once"),
		    SALE_ITEMS);
	}
	if ((r = shop_require(shop, RIGHT_SELL)) != 0) {
		return r;
	}
	/* For undo: which line got how much. */
	for (size_t i = 0; i < n; i++) {
		size_t	used = strlen(text);

		if (more[i] <= 0 || more[i] > QTY_MAX) {
			return err_set(ERR_RANGE, _("so much more is too "
			    "much"));
		}
		(void)str_fmt(text + used, sizeof(text) - used, "%lld:%lld ",
		    (long long)lines[i], (long long)more[i]);
	}
	if ((r = sale_begin(shop, "sale more", id, *version, "more", 0,
	    (int64_t)n, text)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = line_more(shop, id, lines[i], more[i], &discounted);
	}
	if (r == 0) {
		r = sale_discounts_again(shop, id, discounted);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}
