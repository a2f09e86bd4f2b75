/* SPDX-License-Identifier: ISC */
/* The demo's kitchen: what the courses are, and who makes what. */
#include "shop/course.h"
#include "shop/demo_goods.h"
#include "shop/kitchen.h"

static const struct {
	const char	*category;
	int		 course;
} demo_courses[] = {
	{ "Entrées", 1 }, { "Plats", 2 }, { "Garnitures", 2 },
	{ "Desserts", 3 },
};

/* What is poured, not cooked; everything else is the kitchen's. */
static const char *const demo_drinks[] = {
	"Boissons", "Boissons chaudes", "Bières", "Vins", "Apéritifs",
	"Digestifs", "Cave",
};

int
demo_kitchen(struct shop *shop)
{
	static const char *const names[] = { "Entrées", "Plats", "Desserts" };
	struct station		 hot = { .name = "Cuisine", .display = true,
				    .warn = 10, .late = 20, .rest = true };
	struct station		 bar = { .name = "Bar", .display = true,
				    .warn = 5, .late = 10 };
	struct station_route	 route = { .mode = "" };
	int64_t			 id;
	int			 r = 0;

	for (size_t i = 0; i < NELEM(names) && r == 0; i++) {
		r = course_put(shop, (int)i + 1, names[i]);
	}
	for (size_t i = 0; i < NELEM(demo_courses) && r == 0; i++) {
		r = course_of_category(shop, demo_courses[i].category,
		    demo_courses[i].course);
	}
	if (r != 0 || (r = station_put(shop, &hot)) != 0 ||
	    (r = station_put(shop, &bar)) != 0) {
		return r;
	}
	route.station = bar.id;
	for (size_t i = 0; i < NELEM(demo_drinks) && r == 0; i++) {
		route.category = demo_drinks[i];
		r = station_route_add(shop, &route, &id);
	}
	return r;
}
