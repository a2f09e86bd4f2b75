/* SPDX-License-Identifier: ISC */
/* The demo's month: made by the functions of the till, and it adds up. */
#include "trade.h"

#include "shop/init.h"
#include "shop/kitchen.h"

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_error("%s: %s\n", what, text);
}

static int
count(void *ctx, const struct product *p)
{
	(void)p;
	++*(int *)ctx;
	return 0;
}

static void
test_demo(void **state)
{
	char			 dir[64];
	struct shop		*shop = test_shop("FR", dir);
	struct sale_brief	*rows;
	struct room		*rooms;
	struct table_view	*tables;
	struct station		*stations;
	int64_t			 bad, began = clock_boot_ms();
	size_t			 n;
	int			 products = 0;

	(void)state;
	OK(demo_fill(shop));
	print_message("demo made in %lld ms\n",
	    (long long)(clock_boot_ms() - began));
	OK(sale_posted_list(shop, NULL, 0, &rows, &n));
	assert_in_range(n, 900, 1800);
	/* A month, the newest first. */
	assert_in_range(rows[0].posted_at - rows[n - 1].posted_at,
	    INT64_C(28) * 86400000, INT64_C(32) * 86400000);
	free(rows);
	/* A brasserie: two rooms, three stations. */
	OK(room_list(shop, &rooms, &n));
	assert_int_equal(n, 2);
	free(rooms);
	OK(table_plan(shop, &tables, &n));
	assert_int_equal(n, 30);
	assert_int_equal(tables[29].state, TABLE_FREE);
	free(tables);
	OK(station_list(shop, &stations, &n));
	assert_int_equal(n, 3);
	free(stations);
	/* 60 dishes and drinks, 300 shop items, a department, a radio,
	 * what five of the dishes are made of, and the dish of the day. */
	OK(product_list(shop, NULL, 0, count, &products));
	assert_int_equal(products, 376);
	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
	test_done(shop, dir);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(test_demo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
