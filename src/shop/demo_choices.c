/* SPDX-License-Identifier: ISC */
/* What the demo asks: how the steak is done and what goes with it, the steps
 * of a menu with wine, a T-shirt in sizes and colours, what a bicycle comes
 * with. */
#include "shop/demo_goods.h"
#include "shop/option.h"
#include "shop/stock.h"
#include "shop/variant.h"

static const struct option_row demo_options[] = {
	{ .code = "1046", .group = "Cuisson", .choice = "bleue",
	    .least = 1, .most = 1 },
	{ .code = "1046", .group = "Cuisson", .choice = "saignante",
	    .least = 1, .most = 1 },
	{ .code = "1046", .group = "Cuisson", .choice = "à point",
	    .least = 1, .most = 1 },
	{ .code = "1046", .group = "Cuisson", .choice = "bien cuite",
	    .least = 1, .most = 1 },
	{ .code = "1046", .group = "Garniture", .choice = "frites",
	    .least = 1, .most = 2 },
	{ .code = "1046", .group = "Garniture", .choice = "haricots verts",
	    .least = 1, .most = 2 },
	{ .code = "1046", .group = "Garniture", .choice = "salade verte",
	    .least = 1, .most = 2 },
	{ .code = "1046", .group = "Garniture", .choice = "gratin",
	    .least = 1, .most = 2, .price = 200 },
	{ .code = "1046", .group = "Sauce", .choice = "poivre",
	    .most = 1, .price = 150 },
	{ .code = "1046", .group = "Sauce", .choice = "béarnaise",
	    .most = 1, .price = 150 },
	{ .code = "1046", .group = "Sauce", .choice = "roquefort",
	    .most = 1, .price = 200 },
	{ .code = "1047", .group = "Cuisson", .choice = "bleu", .least = 1,
	    .most = 1 },
	{ .code = "1047", .group = "Cuisson", .choice = "saignant",
	    .least = 1, .most = 1 },
	{ .code = "1047", .group = "Cuisson", .choice = "à point",
	    .least = 1, .most = 1 },
	{ .code = "1047", .group = "Cuisson", .choice = "bien cuit",
	    .least = 1, .most = 1 },
	{ .code = "1047", .group = "Avec", .choice = "sauce au poivre",
	    .most = 2 },
	{ .code = "1047", .group = "Avec", .choice = "œuf", .most = 2,
	    .price = 150 },
	{ .code = "1053", .group = "Entrée", .choice = "Œuf mayonnaise",
	    .component = "1039", .least = 1, .most = 1, .included = true },
	{ .code = "1053", .group = "Entrée", .choice = "Terrine",
	    .component = "1040", .least = 1, .most = 1, .included = true },
	{ .code = "1053", .group = "Entrée", .choice = "Six huîtres",
	    .component = "1042", .least = 1, .most = 1, .included = true,
	    .price = 600 },
	{ .code = "1053", .group = "Plat", .choice = "Plat du jour",
	    .component = "1052", .least = 1, .most = 1, .included = true },
	{ .code = "1053", .group = "Plat", .choice = "Saumon",
	    .component = "1050", .least = 1, .most = 1, .included = true },
	{ .code = "1053", .group = "Boisson", .choice = "Verre de rouge",
	    .component = "1026", .least = 1, .most = 1, .included = true },
	{ .code = "1053", .group = "Boisson", .choice = "Eau minérale",
	    .component = "1011", .least = 1, .most = 1, .included = true },
	{ .code = "1049", .group = "Garniture", .choice = "pommes sautées",
	    .least = 1, .most = 1 },
	{ .code = "1049", .group = "Garniture", .choice = "salade verte",
	    .least = 1, .most = 1 },
	{ .code = "1049", .group = "Garniture", .choice = "gratin",
	    .least = 1, .most = 1, .price = 200 },
	{ .code = "1054", .group = "Plat", .choice = "Croque-monsieur",
	    .component = "1043", .least = 1, .most = 1, .included = true },
	{ .code = "1054", .group = "Plat", .choice = "Omelette",
	    .component = "1045", .least = 1, .most = 1, .included = true },
	{ .code = "1054", .group = "Dessert", .choice = "Mousse au chocolat",
	    .component = "1057", .least = 1, .most = 1, .included = true },
	{ .code = "1054", .group = "Dessert", .choice = "Île flottante",
	    .component = "1059", .least = 1, .most = 1, .included = true },
	{ .code = "1054", .group = "Boisson", .choice = "Sirop à l'eau",
	    .component = "1014", .least = 1, .most = 1, .included = true },
	{ .code = "1054", .group = "Boisson", .choice = "Jus de pomme",
	    .component = "1016", .least = 1, .most = 1, .included = true },
	{ .code = "4100", .group = "Cadre", .choice = "48", .least = 1,
	    .most = 1 },
	{ .code = "4100", .group = "Cadre", .choice = "54", .least = 1,
	    .most = 1 },
	{ .code = "4100", .group = "Cadre", .choice = "58", .least = 1,
	    .most = 1 },
	{ .code = "4100", .group = "Équipement", .choice = "panier avant",
	    .most = 4, .price = 3900 },
	{ .code = "4100", .group = "Équipement", .choice = "porte-bagages",
	    .most = 4, .price = 4500 },
	{ .code = "4100", .group = "Équipement", .choice = "siège enfant",
	    .most = 4, .price = 8900, .against = "porte-bagages" },
	{ .code = "4100", .group = "Équipement", .choice = "éclairage",
	    .most = 4, .price = 2900, .preset = true },
};

static const struct variant_row demo_variants[] = {
	{ .code = "4001", .first = "S", .second = "noir" },
	{ .code = "4002", .first = "S", .second = "écru" },
	{ .code = "4003", .first = "M", .second = "noir" },
	{ .code = "4004", .first = "M", .second = "écru" },
	{ .code = "4005", .first = "L", .second = "noir" },
	{ .code = "4006", .first = "XL", .second = "noir", .delta = 200 },
};

static int
demo_thing(struct shop *shop, const char *code, const char *name,
    const char *category, int64_t price)
{
	struct product	p = { .price = price, .active = true };
	int64_t		id;

	(void)str_copy(p.code, sizeof(p.code), code);
	(void)str_copy(p.name, sizeof(p.name), name);
	(void)str_copy(p.category, sizeof(p.category), category);
	(void)str_copy(p.tax_class, sizeof(p.tax_class), "standard");
	(void)str_copy(p.unit, sizeof(p.unit), "pc");
	return product_add(shop, &p, NULL, 0, &id);
}

int
demo_choices(struct shop *shop)
{
	int	r;

	if ((r = demo_thing(shop, "4000", "T-shirt du Comptoir", "Boutique",
	    1800)) != 0 ||
	    (r = demo_thing(shop, "4100", "Vélo de ville", "Boutique",
	    42900)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(demo_options) && r == 0; i++) {
		struct option_row	row = demo_options[i];

		row.component = row.component == NULL ? "" : row.component;
		row.against = row.against == NULL ? "" : row.against;
		r = option_put_row(shop, &row);
	}
	for (size_t i = 0; i < NELEM(demo_variants) && r == 0; i++) {
		struct variant_row	row = demo_variants[i];
		struct product		p;
		int64_t			cost;

		row.template = "4000";
		row.axes = i == 0 ? "Taille|Couleur" : "";
		row.second = row.second == NULL ? "" : row.second;
		if ((r = variant_put(shop, &row)) == 0 &&
		    (r = product_find(shop, row.code, &p)) == 0) {
			cost = p.price / 2;
			r = stock_correct(shop, STOCK_RECEIPT, p.id, 0,
			    (int64_t)(4 + i) * QTY_ONE, &cost, "livraison");
		}
	}
	return r;
}
