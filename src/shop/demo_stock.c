/* SPDX-License-Identifier: ISC */
/* The demo's stockroom: who delivers, what dishes take, a second store. */
#include "base/clock.h"
#include "shop/catalogue.h"
#include "shop/demo_goods.h"
#include "shop/stock.h"
#include "shop/stock_recipe.h"
#include "shop/supplier.h"

#define DAY_MS	INT64_C(86400000)

static const struct demo_supplier {
	const char	*code, *name, *phone;
	int64_t		 lead, least, terms, discount;
} demo_sellers[] = {
	{ "FRAIS", "Halles de la Marne", "0143000001", 1, 4000, 15, 0 },
	{ "BRULE", "Torréfaction du Canal", "0143000002", 5, 0, 30, 3000 },
};

/* What dishes are made of: kept by lot where it spoils. */
static const struct demo_raw {
	const char	*code, *name, *unit, *seller, *ref;
	int64_t		 cost;		/* of a kilogram, a litre, a piece */
	int64_t		 pack, here;	/* thousandths */
	int		 keeps;		/* days; 0 it does */
} demo_raws[] = {
	{ "5001", "Pain de mie, tranche", "pc", "FRAIS", "PM-20", 12, 20000,
	    160000, 6 },
	{ "5002", "Jambon blanc supérieur", "kg", "FRAIS", "JB-2", 890, 2000,
	    7400, 4 },
	{ "5003", "Emmental râpé", "kg", "FRAIS", "ER-1", 760, 1000, 9000,
	    20 },
	{ "5004", "Lait entier", "l", "FRAIS", "LE-6", 92, 6000, 36000, 9 },
	{ "5005", "Grains torréfiés", "kg", "BRULE", "MOKA-1", 1450, 1000,
	    12000, 0 },
};

static const struct demo_takes {
	const char	*dish, *raw;
	int64_t		 qty, waste;	/* thousandths; 1/100 000 */
} demo_takes[] = {
	{ "1001", "5005", 7, 3000 },
	{ "1002", "5005", 7, 3000 }, { "1002", "5004", 30, 0 },
	{ "1003", "5005", 7, 3000 }, { "1003", "5004", 60, 0 },
	{ "1043", "5001", 2000, 0 }, { "1043", "5002", 50, 4000 },
	{ "1043", "5003", 60, 0 },
	{ "1044", "5001", 2000, 0 }, { "1044", "5002", 50, 4000 },
	{ "1044", "5003", 60, 0 },
};

/* On the shelf in two lots, the older one about to expire. */
static int
demo_lots(struct shop *shop, const struct demo_raw *raw, int64_t product)
{
	struct stock_entry	e = { .product = product,
				    .kind = STOCK_RECEIPT,
				    .reason = "livraison" };
	char			code[16], day[CLOCK_DAY_SIZE];
	int64_t			part = raw->here / 4, value;
	int			r;

	if (raw->keeps == 0) {
		return stock_correct(shop, STOCK_RECEIPT, product, 0,
		    raw->here, &raw->cost, "livraison");
	}
	if ((r = db_begin(shop->db, "demo")) != 0) {
		return r;
	}
	e.lot = code;
	e.expiry = day;
	e.value = &value;
	for (int i = 0; i < 2 && r == 0; i++) {
		clock_local(shop_now() + (i == 0 ? 1 : raw->keeps) * DAY_MS,
		    "%Y-%m-%d", day, sizeof(day));
		clock_local(shop_now() - (i == 0 ? raw->keeps : 0) * DAY_MS,
		    "L%m%d", code, sizeof(code));
		e.qty = i == 0 ? part - part % QTY_ONE : raw->here -
		    (part - part % QTY_ONE);
		value = raw->cost * e.qty / QTY_ONE;
		if (e.qty > 0) {
			r = stock_write(shop, &e);
		}
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

static int
demo_raw(struct shop *shop, const struct demo_raw *raw)
{
	struct supplier_item	i = { .pack = raw->pack, .least = 1,
				    .price = raw->cost * raw->pack / QTY_ONE,
				    .preferred = true };
	struct product		p = { .price = raw->cost * 2, .active = true,
				    .tracked = true };
	struct product_info	info = { .has_cost = true, .cost = raw->cost,
				    .lots = raw->keeps > 0,
				    .keeps = raw->keeps, .has_reorder = true,
				    .reorder_min = raw->here / 2 /
				    QTY_ONE * QTY_ONE,
				    .reorder_max = raw->here };
	struct supplier		s;
	int64_t			id;
	int			r;

	(void)str_copy(p.code, sizeof(p.code), raw->code);
	(void)str_copy(p.name, sizeof(p.name), raw->name);
	(void)str_copy(p.category, sizeof(p.category), "Matières");
	(void)str_copy(p.tax_class, sizeof(p.tax_class), "food");
	(void)str_copy(p.unit, sizeof(p.unit), raw->unit);
	(void)str_copy(i.ref, sizeof(i.ref), raw->ref);
	if ((r = product_add(shop, &p, NULL, 0, &id)) != 0 ||
	    (r = product_info_put(shop, id, &info)) != 0 ||
	    (r = supplier_find(shop, raw->seller, &s)) != 0) {
		return r;
	}
	i.supplier = s.id;
	i.product = id;
	if ((r = supplier_item_put(shop, &i)) != 0) {
		return r;
	}
	return demo_lots(shop, raw, id);
}

static int
demo_sellers_put(struct shop *shop)
{
	int	r = 0;

	for (size_t i = 0; i < NELEM(demo_sellers) && r == 0; i++) {
		const struct demo_supplier	*x = &demo_sellers[i];
		struct supplier			 s = { .lead = x->lead,
						    .least = x->least,
						    .terms = x->terms,
						    .discount = x->discount,
						    .active = true };

		(void)str_copy(s.code, sizeof(s.code), x->code);
		(void)str_copy(s.name, sizeof(s.name), x->name);
		(void)str_copy(s.phone, sizeof(s.phone), x->phone);
		r = supplier_put(shop, &s);
	}
	return r;
}

static int
demo_recipes(struct shop *shop)
{
	struct product	dish, raw;
	int		r = 0;

	for (size_t i = 0; i < NELEM(demo_takes) && r == 0; i++) {
		const struct demo_takes	*x = &demo_takes[i];

		if ((r = product_find(shop, x->dish, &dish)) == 0 &&
		    (r = product_find(shop, x->raw, &raw)) == 0) {
			r = recipe_put(shop, dish.id, raw.id, x->qty,
			    x->waste);
		}
	}
	return r;
}

/* A store by the river, with a little of the shop corner, and a cellar below
 * the first one. */
static int
demo_stores(struct shop *shop)
{
	static const char *const	goods[] = { "3001", "3002", "3003" };
	struct product			p;
	int64_t				quay, cellar, cost;
	int				r;

	if ((r = stock_place_add(shop, "Quai", NULL, &quay)) != 0 ||
	    (r = stock_place_add(shop, "Cave", "1", &cellar)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(goods) && r == 0; i++) {
		if ((r = product_find(shop, goods[i], &p)) == 0) {
			cost = p.price / 2;
			r = stock_correct(shop, STOCK_RECEIPT, p.id, quay,
			    6 * QTY_ONE, &cost, "livraison");
		}
	}
	return r;
}

int
demo_stockroom(struct shop *shop)
{
	int	r = demo_sellers_put(shop);

	for (size_t i = 0; i < NELEM(demo_raws) && r == 0; i++) {
		r = demo_raw(shop, &demo_raws[i]);
	}
	if (r == 0 && (r = demo_recipes(shop)) == 0) {
		r = demo_stores(shop);
	}
	return r;
}
