/* SPDX-License-Identifier: ISC */
/* The demo's brasserie: its two rooms, what the courses are, and who makes
 * what. */
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/demo_goods.h"
#include "shop/dish.h"
#include "shop/kitchen.h"

/* ---- the rooms ----------------------------------------------------------- */

#define ACROSS	5			/* tables of a line, beside the tabs */

static const struct demo_room {
	const char	*name;
	int		 tables;
	enum table_shape shape;
} demo_rooms[] = {
	{ "Salle", 20, SHAPE_SQUARE },
	{ "Terrasse", 10, SHAPE_ROUND },
};

/* Those of the dining room that are not square ones for four. */
static const struct {
	int		 number, seats;
	enum table_shape shape;
} demo_tables[] = {
	{ 1, 2, SHAPE_SQUARE }, { 2, 2, SHAPE_SQUARE },
	{ 3, 2, SHAPE_SQUARE }, { 8, 6, SHAPE_ROUND },
	{ 13, 6, SHAPE_ROUND }, { 16, 2, SHAPE_BAR }, { 17, 2, SHAPE_BAR },
	{ 18, 2, SHAPE_BAR }, { 19, 2, SHAPE_BAR }, { 20, 2, SHAPE_BAR },
};

static int
demo_table(struct shop *shop, const struct room *room, int number, int spot,
    enum table_shape shape)
{
	struct table	t = { .room = room->id, .number = number, .seats = 4,
			    .shape = shape, .line = spot / ACROSS,
			    .cell = spot % ACROSS };

	for (size_t i = 0; i < NELEM(demo_tables); i++) {
		if (demo_tables[i].number == number) {
			t.seats = demo_tables[i].seats;
			t.shape = demo_tables[i].shape;
		}
	}
	return table_put(shop, &t);
}

int
demo_house(struct shop *shop)
{
	int	number = 0, r = 0;

	for (size_t i = 0; i < NELEM(demo_rooms) && r == 0; i++) {
		const struct demo_room	*x = &demo_rooms[i];
		struct room		 room = { .mode = "on_site" };

		(void)str_copy(room.name, sizeof(room.name), x->name);
		r = room_put(shop, &room);
		for (int k = 0; k < x->tables && r == 0; k++) {
			r = demo_table(shop, &room, ++number, k, x->shape);
		}
	}
	return r;
}

/* ---- the kitchen --------------------------------------------------------- */

static const struct {
	int		 number;
	const char	*name;
} demo_courses[] = {
	{ 1, "Entrées" }, { 2, "Plats" }, { 3, "Desserts" },
};

static const struct {
	const char	*category;
	int		 course;
} demo_course_of[] = {
	{ "Entrées", 1 }, { "Plats", 2 }, { "Garnitures", 2 },
	{ "Menus", 2 }, { "Desserts", 3 },
};

enum { HOT, COLD, BAR, DEMO_STATIONS };

static const struct station demo_stations[DEMO_STATIONS] = {
	[HOT] = { .name = "Chaud", .display = true, .warn = 10, .late = 20,
	    .rest = true },
	[COLD] = { .name = "Froid", .display = true, .warn = 8,
	    .late = 15 },
	[BAR] = { .name = "Bar", .display = true, .warn = 5, .late = 10 },
};

/* What is poured or laid out; the soup is hot, and so is all the rest. */
static const struct {
	int		 station;
	const char	*category, *code;
} demo_routes[] = {
	{ BAR, "Boissons", NULL }, { BAR, "Boissons chaudes", NULL },
	{ BAR, "Bières", NULL }, { BAR, "Vins", NULL },
	{ BAR, "Apéritifs", NULL }, { BAR, "Digestifs", NULL },
	{ BAR, "Cave", NULL }, { COLD, "Entrées", NULL },
	{ COLD, "Desserts", NULL }, { HOT, NULL, "1038" },
};

static const struct {
	const char	*code;
	unsigned	 set;
} demo_allergens[] = {
#define A(name)	(1U << ALLERGEN_##name)
	{ "1038", A(GLUTEN) | A(MILK) }, { "1039", A(EGGS) | A(MUSTARD) },
	{ "1040", A(EGGS) | A(NUTS) }, { "1041", A(MILK) | A(NUTS) },
	{ "1042", A(MOLLUSCS) }, { "1043", A(GLUTEN) | A(MILK) },
	{ "1044", A(GLUTEN) | A(MILK) | A(EGGS) }, { "1045", A(EGGS) },
	{ "1046", A(MILK) },
	{ "1048", A(EGGS) | A(MUSTARD) }, { "1050", A(FISH) },
	{ "1051", A(MOLLUSCS) | A(CELERY) }, { "1056", A(MILK) | A(EGGS) },
	{ "1057", A(MILK) | A(EGGS) }, { "1058", A(GLUTEN) | A(EGGS) },
	{ "1059", A(MILK) | A(EGGS) },
#undef A
};

static int
demo_route(struct shop *shop, int64_t station, const char *category,
    const char *code)
{
	struct station_route	route = { .mode = "", .station = station,
				    .category = category == NULL ? "" :
				    category };
	struct product		p;
	int64_t			id;
	int			r;

	if (code != NULL) {
		if ((r = product_find(shop, code, &p)) != 0) {
			return r;
		}
		route.product = p.id;
	}
	return station_route_add(shop, &route, &id);
}

static int
demo_contains(struct shop *shop, const char *code, unsigned set)
{
	struct product_info	info;
	struct product		p;
	int			r;

	if ((r = product_find(shop, code, &p)) != 0 ||
	    (r = product_info_get(shop, p.id, &info)) != 0) {
		return r;
	}
	info.allergens = set;
	return product_info_put(shop, p.id, &info);
}

/* Twenty of it, and tomorrow it is off. */
static int
demo_of_the_day(struct shop *shop)
{
	static const struct dish_new	dish = {
		.name = "Blanquette de veau", .station = "Chaud",
		.price = 1550, .left = 20 * QTY_ONE
	};
	int64_t				product;

	return dish_today(shop, &dish, &product);
}

int
demo_kitchen(struct shop *shop)
{
	int64_t	ids[DEMO_STATIONS] = { 0 };
	int	r = 0;

	for (size_t i = 0; i < NELEM(demo_courses) && r == 0; i++) {
		r = course_put(shop, demo_courses[i].number,
		    demo_courses[i].name);
	}
	for (size_t i = 0; i < NELEM(demo_course_of) && r == 0; i++) {
		r = course_of_category(shop, demo_course_of[i].category,
		    demo_course_of[i].course);
	}
	for (size_t i = 0; i < DEMO_STATIONS && r == 0; i++) {
		struct station	st = demo_stations[i];

		r = station_put(shop, &st);
		ids[i] = st.id;
	}
	for (size_t i = 0; i < NELEM(demo_routes) && r == 0; i++) {
		r = demo_route(shop, ids[demo_routes[i].station],
		    demo_routes[i].category, demo_routes[i].code);
	}
	for (size_t i = 0; i < NELEM(demo_allergens) && r == 0; i++) {
		r = demo_contains(shop, demo_allergens[i].code,
		    demo_allergens[i].set);
	}
	return r != 0 ? r : demo_of_the_day(shop);
}
