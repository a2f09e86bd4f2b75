/* SPDX-License-Identifier: ISC */
/* The goods of the demo, as tables; demo.c sells them. */
#ifndef SHOP_DEMO_GOODS_H
#define SHOP_DEMO_GOODS_H

#include "shop/shop.h"

#define DEMO_DISHES	60
#define DEMO_WEIGHED	8
#define DEMO_SORTS	8
#define DEMO_ITEMS	292		/* all sorts of all families */

struct demo_dish {
	int		 code;
	const char	*name, *category, *tax_class;
	int64_t		 price;
	int		 liked;		/* how often, among the others */
};

struct demo_weighed {
	int		 code;
	const char	*name, *category;
	int64_t		 price;		/* per kilogram */
};

struct demo_family {
	const char	*name, *size, *category, *tax_class;
	int64_t		 price, step;	/* of the first sort, and on top */
	const char	*sorts[DEMO_SORTS];
};

/* A key of the quick pages: what it sells, as it is typed. */
struct demo_key {
	int		 page;
	char		 letter;
	const char	*label, *items;
};

extern const struct demo_key demo_keys[];	/* label NULL ends */
extern const struct demo_dish demo_dishes[DEMO_DISHES];
extern const struct demo_weighed demo_weighed[DEMO_WEIGHED];
extern const struct demo_family demo_families[];
extern const size_t demo_families_count;

/* After the month: things that ask something, and what they ask. */
int	 demo_choices(struct shop *shop) MUST_CHECK;
/* Two rooms with their tables; nobody sits there yet. */
int	 demo_house(struct shop *shop) MUST_CHECK;
/* Courses, three stations, what is in the dishes, and that of today. */
int	 demo_kitchen(struct shop *shop) MUST_CHECK;
/* Who delivers, what dishes take, lots and reorder points, a second store. */
int	 demo_stockroom(struct shop *shop) MUST_CHECK;

#endif
