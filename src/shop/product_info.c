/* SPDX-License-Identifier: ISC */
/* What is known of an item beside what a sale needs: brand, allergens, cost
 * and margin, past prices. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/country.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "shop/tax.h"
#include "sql/catalogue.h"

static const struct {
	const char	*name, *text;
} allergens[ALLERGEN_COUNT] = {
#define X(id, name, text) { name, text },
	ALLERGENS(X)
#undef X
};

static void
allergens_join(unsigned set, bool spoken, char out[static ALLERGEN_TEXT])
{
	size_t	n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < ALLERGEN_COUNT; i++) {
		if ((set & (1U << i)) != 0) {
			(void)str_fmt(out + n, ALLERGEN_TEXT - n, "%s%s",
			    n == 0 ? "" : spoken ? ", " : " ", spoken ?
			    _(allergens[i].text) : allergens[i].name);
			n = strlen(out);
		}
	}
}

void
allergens_words(unsigned set, char out[static ALLERGEN_TEXT])
{
	allergens_join(set, false, out);
}

void
allergens_text(unsigned set, char out[static ALLERGEN_TEXT])
{
	allergens_join(set, true, out);
}

unsigned
allergens_named(unsigned set, const char *said)
{
	/* No character becomes twice as many bytes. */
	char		*text, want[2 * ALLERGEN_TEXT];
	size_t		 size = 2 * strlen(said) + 1;
	unsigned	 named = 0;

	if (set == 0) {
		return 0;
	}
	text = xmalloc(size);
	(void)utf8_fold(text, size, said);
	for (size_t i = 0; i < ALLERGEN_COUNT; i++) {
		if ((set & (1U << i)) != 0 &&
		    (strstr(text, allergens[i].name) != NULL ||
		    (utf8_fold(want, sizeof(want), _(allergens[i].text)) &&
		    strstr(text, want) != NULL))) {
			named |= 1U << i;
		}
	}
	free(text);
	return named;
}

static unsigned
allergen_bit(const char *word)
{
	char	typed[48], text[48];

	if (!utf8_fold(typed, sizeof(typed), word)) {
		return 0;
	}
	for (size_t i = 0; i < ALLERGEN_COUNT; i++) {
		if (strcmp(typed, allergens[i].name) == 0 ||
		    (utf8_fold(text, sizeof(text), _(allergens[i].text)) &&
		    strcmp(typed, text) == 0)) {
			return 1U << i;
		}
	}
	return 0;
}

int
allergens_parse(const char *text, unsigned *out)
{
	char	*own = xstrdup(text), *save = NULL;
	int	 r = 0;

	*out = 0;
	for (char *word = strtok_r(own, " ,;", &save); word != NULL && r == 0;
	    word = strtok_r(NULL, " ,;", &save)) {
		unsigned	bit = allergen_bit(word);

		*out |= bit;
		if (bit == 0) {
			r = err_set(ERR_INVALID, _("\"%.20s\" is none of the "
			    "allergens: gluten crustaceans eggs fish peanuts "
			    "soya milk nuts celery mustard sesame sulphites "
			    "lupin molluscs"), word);
		}
	}
	free(own);
	return r;
}

/* --- what is known ------------------------------------------------------- */

int
product_info_get(struct shop *shop, int64_t product, struct product_info *out)
{
	struct q_info_get	row;
	int			r;

	*out = (struct product_info){ 0 };
	if ((r = q_info_get(shop->db, product, &row)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	(void)str_copy(out->brand, sizeof(out->brand), row.brand);
	(void)str_copy(out->origin, sizeof(out->origin), row.origin);
	(void)str_copy(out->content_unit, sizeof(out->content_unit),
	    row.content_unit);
	out->allergens = (unsigned)row.allergens;
	out->lots = row.lots;
	out->keeps = row.keeps;
	out->content = row.content;
	out->has_cost = !row.cost_null;
	out->cost = row.cost_null ? 0 : row.cost;
	out->margin = row.margin;
	out->has_reorder = !row.reorder_min_null;
	if (out->has_reorder) {
		out->reorder_min = row.reorder_min;
		out->reorder_max = row.reorder_max;
	}
	return 0;
}

int
product_info_check(const struct product_info *info)
{
	if (!utf8_is_clean(info->brand) || !utf8_is_clean(info->origin)) {
		return err_set(ERR_INVALID, _("brand and origin are clean "
		    "UTF-8 text"));
	}
	if (info->has_cost && (info->cost < 0 || info->cost > MONEY_MAX)) {
		return err_set(ERR_RANGE, _("the cost is out of range"));
	}
	if (info->margin < 0 || info->margin >= RATE_ONE) {
		return err_set(ERR_RANGE, _("a margin is from 0 to less than "
		    "100 percent of the price without tax"));
	}
	if (info->keeps < 0 || info->keeps > 9999) {
		return err_set(ERR_RANGE, _("it keeps from 0 to 9999 days"));
	}
	if (info->content < 0 || info->content > QTY_MAX ||
	    (info->content == 0) != (info->content_unit[0] == '\0')) {
		return err_set(ERR_RANGE, _("the content is a quantity and a "
		    "unit: 0.75 l"));
	}
	if (info->has_reorder && (info->reorder_min < 0 ||
	    info->reorder_max < info->reorder_min ||
	    info->reorder_max > QTY_MAX)) {
		return err_set(ERR_RANGE, _("it is ordered when the least is "
		    "left, up to the most: the most is not less"));
	}
	return 0;
}

int
product_info_put(struct shop *shop, int64_t product,
    const struct product_info *info)
{
	struct product	p;
	int		r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_info_check(info)) != 0 ||
	    (r = db_begin(shop->db, "product info")) != 0) {
		return r;
	}
	if ((r = product_get(shop, product, &p)) != 0 ||
	    (r = q_info_put(shop->db, product, info->brand, info->allergens,
	    info->lots, info->keeps, info->origin, info->content,
	    info->content_unit, info->has_cost ? &info->cost : NULL,
	    info->margin, info->has_reorder ? &info->reorder_min : NULL,
	    info->has_reorder ? &info->reorder_max : NULL)) != 0 ||
	    (r = audit_add(shop, "product.info", "product", product,
	    p.code)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
content_parse(const char *text, struct product_info *info)
{
	static const struct {
		const char	*name, *unit;
		int64_t		 part;		/* of a unit */
	} units[] = {
		{ "kg", "kg", 1 }, { "g", "kg", 1000 }, { "l", "l", 1 },
		{ "dl", "l", 10 }, { "cl", "l", 100 }, { "ml", "l", 1000 },
		{ "m", "m", 1 }, { "cm", "m", 100 }, { "mm", "m", 1000 },
	};
	size_t	n = strspn(text, "0123456789.,");
	char	number[24], unit[8];
	int64_t	qty;

	info->content = 0;
	info->content_unit[0] = '\0';
	if (text[0] == '\0') {
		return 0;
	}
	if (n > 0 && n < sizeof(number) &&
	    utf8_fold(unit, sizeof(unit), text + n + strspn(text + n, " "))) {
		(void)str_fmt(number, sizeof(number), "%.*s", (int)n, text);
		for (size_t i = 0; i < NELEM(units); i++) {
			if (strcmp(unit, units[i].name) == 0 &&
			    qty_parse(number, &qty) == 0 &&
			    muldiv(qty, 1, units[i].part,
			    &info->content) == 0 && info->content > 0) {
				(void)str_copy(info->content_unit,
				    sizeof(info->content_unit),
				    units[i].unit);
				return 0;
			}
		}
	}
	info->content = 0;
	return err_set(ERR_INVALID, _("content \"%.20s\": a number and kg, g, "
	    "l, cl, ml, m or cm"), text);
}

void
content_text(char mark, const struct product_info *info,
    char out[static MONEY_TEXT])
{
	size_t	n;

	out[0] = '\0';
	if (info->content > 0) {
		qty_plain(mark, info->content, out);
		n = strlen(out);
		(void)str_fmt(out + n, MONEY_TEXT - n, " %s",
		    info->content_unit);
	}
}

int
brand_list(struct shop *shop, int (*fn)(void *ctx, const char *brand,
    int64_t items), void *ctx)
{
	struct q_brand_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_brand_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = fn(ctx, rows[i].brand, rows[i].items);
	}
	free(rows);
	return r;
}

/* --- money --------------------------------------------------------------- */

static int
margin_net(const struct shop *shop, const struct product *p, int64_t *net)
{
	int64_t	vat = 0;
	int	r = 0;

	if (!country_of(shop)->tax_added) {
		r = vat_of_gross(p->price, p->rate, &vat);
	}
	*net = p->price - vat;
	return r;
}

int
product_margin(struct shop *shop, const struct product *p,
    const struct product_info *info, struct margin *out)
{
	int64_t	net, tax, held, value;
	int	r;

	*out = (struct margin){ .known = info->has_cost, .cost = info->cost,
	    .tax_added = country_of(shop)->tax_added };
	if ((r = stock_held(shop, p->id, 0, &held, &value)) != 0) {
		return r;
	}
	if (held > 0 && value > 0) {
		out->known = true;
		out->cost = stock_unit_cost(held, value);
	}
	if ((r = margin_net(shop, p, &out->net)) != 0 || !out->known) {
		return r;
	}
	out->gain = out->net - out->cost;
	if (out->net > 0 && (r = muldiv(out->gain, RATE_ONE, out->net,
	    &out->rate)) != 0) {
		return r;
	}
	if (info->margin == 0) {
		return 0;
	}
	if ((r = muldiv(out->cost, RATE_ONE, RATE_ONE - info->margin,
	    &net)) != 0) {
		return r;
	}
	out->suggested = net;
	if (!out->tax_added) {
		if ((r = tax_on_net(net, p->rate, &tax)) != 0) {
			return r;
		}
		out->suggested = net + tax;
	}
	return 0;
}

int
product_unit_price(const struct product *p, const struct product_info *info,
    int64_t *out)
{
	*out = 0;
	return info->content == 0 ? 0 :
	    muldiv(p->price, QTY_ONE, info->content, out);
}

int
product_price_history(struct shop *shop, int64_t product, int64_t limit,
    int (*fn)(void *ctx, const struct price_change *c), void *ctx)
{
	struct q_price_changes	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_price_changes(shop->db, product, limit > 0 ? limit : -1,
	    &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct price_change	c = {
			.old = rows[i].old, .price = rows[i].price,
			.at = rows[i].at, .who = rows[i].who,
		};

		r = fn(ctx, &c);
	}
	free(rows);
	return r;
}

int
product_price_lowest(struct shop *shop, int64_t product, int64_t since,
    int64_t *price)
{
	struct q_price_lowest	row;
	int			r;

	*price = 0;
	if ((r = q_price_lowest(shop->db, product, since, &row)) == 0) {
		*price = row.price;
	}
	return r;
}
