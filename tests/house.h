/* SPDX-License-Identifier: ISC */
/* What tests of a restaurant begin with: what is on the card, its courses, a
 * kitchen and a bar. */
#ifndef TESTS_HOUSE_H
#define TESTS_HOUSE_H

#include "trade.h"

#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/product.h"
#include "shop/room.h"

/* What is sold already is of that category from now on. */
static inline void
house_category(struct shop *owner, const char *code, const char *category)
{
	struct product	p;

	OK(product_find(owner, code, &p));
	(void)strcpy(p.category, category);
	OK(product_update(owner, &p));
}

static inline int64_t
house_item(struct shop *owner, const char *code, const char *name,
    const char *category, const char *class, int64_t price)
{
	int64_t	id = test_product(owner, code, name, class, "pc", price,
		    false);

	house_category(owner, code, category);
	return id;
}

/* Starters, then mains; drinks go at once. */
static inline void
house_courses(struct shop *owner)
{
	OK(course_put(owner, 1, "Entrées"));
	OK(course_put(owner, 2, "Plats"));
	OK(course_of_category(owner, "Entrées", 1));
	OK(course_of_category(owner, "Plats", 2));
}

static inline void
house_card(struct shop *owner, int64_t *starter, int64_t *dish, int64_t *beer)
{
	*starter = house_item(owner, "21", "Œuf mayonnaise", "Entrées",
	    "meal", 690);
	*dish = house_item(owner, "31", "Entrecôte", "Plats", "meal", 2400);
	*beer = house_item(owner, "41", "Demi", "Bières", "alcohol", 450);
	house_courses(owner);
}

/* Tables 1 to n of four seats, so many in a line. */
static inline void
house_tables(struct shop *owner, int64_t room, int n, int line)
{
	for (int i = 1; i <= n; i++) {
		struct table	table = { .room = room, .number = i,
				    .seats = 4, .line = i / line,
				    .cell = i % line };

		OK(table_put(owner, &table));
	}
}

/* Beer is drawn at the bar, all else is made in the kitchen, so called. */
static inline void
house_stations(struct shop *owner, const char *called, struct station *hot,
    struct station *bar)
{
	struct station_route	route = { .category = "Bières", .mode = "" };
	int64_t			id;

	*hot = (struct station){ .display = true, .warn = 10, .late = 20 };
	(void)strcpy(hot->name, called);
	*bar = (struct station){ .name = "Bar", .display = true, .warn = 5,
	    .late = 10 };
	OK(station_put(owner, hot));
	OK(station_put(owner, bar));
	route.station = bar->id;
	OK(station_route_add(owner, &route, &id));
}

#endif
