/* SPDX-License-Identifier: ISC */
/* Shifts: K05, opening by itself, what was forgotten, what a closing says. */
#include "trade.h"

#include "shop/init.h"
#include "shop/shift.h"

#define HOUR	(INT64_C(3600) * 1000)
/* 2026-11-20 12:30:15 Z */
#define NOON	INT64_C(1795177815000)

static char		dir[64];
static struct shop	*shop, *till;
static int64_t		menu, wine;

static int
setup(void **state)
{
	(void)state;
	test_now = NOON;
	shop = test_shop("FR", dir);
	menu = test_product(shop, "2001", "Menu du jour", "meal", "pc", 1850,
	    false);
	wine = test_product(shop, "3001", "Verre de vin", "alcohol", "pc", 500,
	    false);
	till = test_till(dir, "anna", "Caisse 1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(till);
	test_done(shop, dir);
	return 0;
}

/* One ticket of that price, paid whole. */
static int64_t
ticket(struct shop *at, int64_t price, const char *tender)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(at, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_pay(at, id, &version, tender, 0, &change, &posted));
	assert_true(posted);
	return id;
}

static void
business_day(struct shop *at, int64_t id, char out[static CLOCK_DAY_SIZE])
{
	struct sale	sale;

	OK(sale_load(at, id, &sale));
	(void)strcpy(out, sale.business_day);
	sale_done(&sale);
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

static void
check_clean(void)
{
	int64_t	bad;

	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* Case K05: the day changes at five, the ticket keeps its hour. */
static void
k05_a_shift_crosses_midnight(void **state)
{
	int64_t	late, shift, same;
	char	day[CLOCK_DAY_SIZE];

	(void)state;
	OK(setting_set(till, "day_start_hour", "5"));
	OK(shift_now(till, &shift));
	assert_int_equal(shift, 0);
	(void)ticket(till, 1000, "e");
	OK(shift_now(till, &shift));
	assert_int_not_equal(shift, 0);
	test_now = NOON + 13 * HOUR;		/* 01:30 */
	late = ticket(till, 500, "c");
	business_day(till, late, day);
	assert_string_equal(day, "2026-11-20");
	OK(shift_now(till, &same));
	assert_int_equal(same, shift);
	/* In use over the hour the next day begins at, it goes on. */
	test_now = NOON + 16 * HOUR;		/* 04:30 */
	(void)ticket(till, 500, "c");
	test_now = NOON + 17 * HOUR;		/* 05:30 */
	late = ticket(till, 500, "c");
	business_day(till, late, day);
	assert_string_equal(day, "2026-11-20");
	check_clean();
}

static void
a_forgotten_shift_is_closed_at_the_next_start(void **state)
{
	int64_t		first, next, sale;
	char		day[CLOCK_DAY_SIZE];
	struct closing	c;

	(void)state;
	(void)ticket(till, 1000, "e");
	(void)ticket(till, 500, "c");
	OK(shift_now(till, &first));
	test_now = NOON + 20 * HOUR;		/* 08:30 the next morning */
	sale = ticket(till, 700, "e");
	business_day(till, sale, day);
	assert_string_equal(day, "2026-11-21");
	OK(shift_now(till, &next));
	assert_int_not_equal(next, first);
	OK(closing_read(till, first, &c));
	assert_false(c.shift.open);
	assert_true(c.shift.forced);
	assert_string_equal(c.shift.z, "Z1-000001");
	assert_string_equal(c.shift.business_day, "2026-11-20");
	assert_int_equal(c.ntotals, 2);
	assert_string_equal(c.totals[0].tender, "cash");
	assert_int_equal(c.totals[0].expected, 1000);
	assert_false(c.totals[0].is_counted);
	assert_int_equal(c.totals[1].expected, 500);
	assert_int_equal(c.nvats, 1);
	assert_int_equal(c.vats[0].gross, 1500);
	assert_int_equal(closing_figure(&c, "tickets")->count, 2);
	assert_int_equal(closing_figure(&c, "tickets")->amount, 1500);
	closing_done(&c);
	/* What nobody took out is still in the drawer. */
	OK(closing_read(till, next, &c));
	assert_true(c.shift.automatic);
	assert_int_equal(c.totals[0].opened, 1000);
	assert_int_equal(c.totals[0].expected, 1700);
	closing_done(&c);
	check_clean();
}

static void
one_per_till_or_one_per_cashier(void **state)
{
	struct shop	*bob;
	int64_t		 a, b;

	(void)state;
	bob = test_till(dir, "bob", "Caisse 1");
	(void)ticket(till, 1000, "e");
	(void)ticket(bob, 1000, "e");
	OK(shift_now(till, &a));
	OK(shift_now(bob, &b));
	assert_int_equal(a, b);
	OK(setting_set(till, "shift_per", "cashier"));
	OK(shop_reload_settings(bob));
	assert_int_equal(setting_set(till, "shift_per", "moon"), ERR_INVALID);
	(void)ticket(till, 1000, "e");
	(void)ticket(bob, 1000, "e");
	OK(shift_now(till, &a));
	OK(shift_now(bob, &b));
	assert_int_not_equal(a, b);
	shop_close(bob);
	check_clean();
}

static void
no_shift_opens_where_it_is_asked_for(void **state)
{
	int64_t	id = 0, version = 0, line, change, shift;
	bool	posted;

	(void)state;
	OK(setting_set(till, "shift_open", "ask"));
	OK(sale_add(till, &id, &version, wine, QTY_ONE, NULL, &line));
	assert_int_equal(sale_pay(till, id, &version, "e", 0, &change,
	    &posted), ERR_EMPTY);
	assert_non_null(strstr(err_text(ERR_EMPTY), ":open"));
	OK(shift_now(till, &shift));
	assert_int_equal(shift, 0);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(k05_a_shift_crosses_midnight,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_forgotten_shift_is_closed_at_the_next_start, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    one_per_till_or_one_per_cashier, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    no_shift_opens_where_it_is_asked_for, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
