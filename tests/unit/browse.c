/* SPDX-License-Identifier: ISC */
/* Looking through the shop by place: pages, what runs out, a day's hours. */
#include "trade.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "shop/browse.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		ids[30];

static int
setup(void **state)
{
	char	code[24], name[96];

	(void)state;
	shop = test_shop("FR", dir);
	for (int i = 0; i < 30; i++) {
		(void)snprintf(code, sizeof(code), "%03d", 100 + i);
		(void)snprintf(name, sizeof(name), "Chose %d", i);
		ids[i] = test_product(shop, code, name, "standard",
		    i % 2 == 0 ? "pc" : "kg", 100 + i, i < 4);
	}
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static void
pages_are_in_order_of_code(void **state)
{
	struct product	out[40];
	int64_t		n, at;
	int		got;

	(void)state;
	OK(browse_count(shop, &n));
	assert_int_equal(n, 30);
	OK(browse_page(shop, 0, 10, out, &got));
	assert_int_equal(got, 10);
	assert_string_equal(out[0].code, "100");
	assert_string_equal(out[9].name, "Chose 9");
	assert_false(out[0].by_weight);
	assert_true(out[1].by_weight);
	assert_true(out[3].tracked);
	assert_false(out[4].tracked);
	OK(browse_page(shop, 25, 10, out, &got));
	assert_int_equal(got, 5);
	assert_string_equal(out[4].code, "129");
	OK(browse_page(shop, 30, 10, out, &got));
	assert_int_equal(got, 0);
	OK(browse_place(shop, ids[17], &at));
	assert_int_equal(at, 17);
}

static void
what_is_no_longer_sold_is_not_there(void **state)
{
	struct product	p;
	int64_t		n, at;

	(void)state;
	OK(product_get(shop, ids[0], &p));
	p.active = false;
	OK(product_update(shop, &p));
	OK(browse_count(shop, &n));
	assert_int_equal(n, 29);
	OK(browse_place(shop, ids[17], &at));
	assert_int_equal(at, 16);
}

static void
the_lowest_come_first(void **state)
{
	struct product	out[8];
	int		got;

	(void)state;
	OK(stock_adjust(shop, ids[0], 9 * QTY_ONE, "count"));
	OK(stock_adjust(shop, ids[1], 300, "count"));
	OK(stock_adjust(shop, ids[2], -QTY_ONE, "count"));
	OK(stock_adjust(shop, ids[3], 5 * QTY_ONE, "count"));
	OK(browse_low(shop, 5 * QTY_ONE, 8, out, &got));
	assert_int_equal(got, 3);
	assert_int_equal(out[0].id, ids[2]);
	assert_int_equal(out[1].stock, 300);
	assert_int_equal(out[2].id, ids[3]);
	OK(browse_low(shop, 5 * QTY_ONE, 1, out, &got));
	assert_int_equal(got, 1);
}

static void
a_day_hour_by_hour(void **state)
{
	struct shop		*till = test_till(dir, "Anna", "Till 1");
	struct browse_day	day;
	int64_t			id = 0, version = 0, line, change;
	bool			posted;

	(void)state;
	OK(sale_add(till, &id, &version, ids[0], 3 * QTY_ONE, NULL, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	test_now += 3600 * 1000;
	id = version = 0;
	OK(sale_add(till, &id, &version, ids[2], QTY_ONE, NULL, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	OK(browse_day(shop, 0, &day));
	assert_int_equal(day.tickets, 2);
	assert_int_equal(day.amount, 402);
	assert_int_equal(day.hour[12], 300);
	assert_int_equal(day.hour[13], 102);
	OK(browse_day(shop, 7, &day));
	assert_int_equal(day.tickets, 0);
	test_now -= 3600 * 1000;
	till->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(browse_day(till, 0, &day), ERR_DENIED);
	shop_close(till);
}

static void
the_newest_backup(void **state)
{
	char	path[128];
	int64_t	now = clock_now_ms();

	(void)state;
	assert_int_equal(browse_backup(shop), 0);
	(void)snprintf(path, sizeof(path), "%s/backups", dir);
	(void)mkdir(path, 0700);
	assert_int_equal(browse_backup(shop), 0);
	(void)snprintf(path, sizeof(path), "%s/backups/one.db", dir);
	OK(io_write_file(path, 0600, "x", 1));
	assert_true(browse_backup(shop) > now - 60000);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(pages_are_in_order_of_code),
		T(what_is_no_longer_sold_is_not_there),
		T(the_lowest_come_first),
		T(a_day_hour_by_hour),
		T(the_newest_backup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
