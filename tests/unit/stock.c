/* SPDX-License-Identifier: ISC */
/* The stock ledger: what is there, what it is worth, lots and pieces. */
#include "trade.h"

#include "shop/stock.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		item;

static int
setup(void **state)
{
	(void)state;
	test_now = INT64_C(1795177815000);
	shop = test_shop("FR", dir);
	item = test_product(shop, "5001", "Farine", "food", "kg", 250, true);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static int
entry(struct stock_entry e)
{
	int	r;

	if (e.product == 0) {
		e.product = item;
	}
	OK(db_begin(shop->db, "test"));
	if ((r = stock_write(shop, &e)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* So many units in at a unit cost. */
static void
in(int64_t units, int64_t cost)
{
	int64_t	value = units * cost;

	OK(entry((struct stock_entry){ .qty = units * QTY_ONE,
	    .value = &value, .kind = STOCK_RECEIPT }));
}

static void
out(int64_t units)
{
	OK(entry((struct stock_entry){ .qty = -units * QTY_ONE,
	    .kind = STOCK_WASTE }));
}

static void
held(int64_t units, int64_t worth)
{
	int64_t	qty, value;

	OK(stock_held(shop, item, 0, &qty, &value));
	assert_int_equal(qty, units * QTY_ONE);
	assert_int_equal(value, worth);
}

/* --- what it is worth ----------------------------------------------------- */

/* Case J01. */
static void
test_average(void **state)
{
	int64_t	qty, value;

	(void)state;
	in(30, 10000);
	in(10, 11000);
	in(10, 10500);
	in(10, 10000);
	held(60, 615000);
	OK(stock_held(shop, item, 0, &qty, &value));
	assert_int_equal(stock_unit_cost(qty, value), 10250);
	out(35);
	held(25, 256250);
	out(25);
	held(0, 0);
}

/* Value and quantity are kept: three thirds of a euro are a euro. */
static void
test_average_remainder(void **state)
{
	(void)state;
	in(2, 0);
	in(1, 100);
	held(3, 100);
	out(1);
	held(2, 67);
	out(1);
	held(1, 33);		/* 67 / 2 is 33.5, half away from nothing */
	out(1);
	held(0, 0);
}

/* Where nothing goes that is not there, a movement takes the long way: to the
 * same values. */
static void
test_average_counted(void **state)
{
	OK(setting_set(shop, "negative_stock", "no"));
	test_average(state);
	test_average_remainder(state);
}

/* Case J03. */
static void
test_fifo(void **state)
{
	(void)state;
	in(30, 105);
	OK(setting_set(shop, "valuation", "fifo"));
	out(17);
	held(13, 13 * 105);
	in(50, 108);
	out(20);		/* 13 at 105, 7 at 108: 2121 */
	held(43, 3150 - 1785 + 5400 - 2121);
	out(15);
	in(30, 112);
	held(58, 6384);
	OK(setting_set(shop, "valuation", "average"));
	held(58, 6384);
}

/* Case J05: an entry into less than nothing begins anew at its own cost. */
static void
test_below_zero(void **state)
{
	(void)state;
	in(10, 100);
	out(15);
	held(-5, -500);
	in(3, 120);
	held(-2, -240);
	in(20, 110);
	held(18, 18 * 110);
	out(18);
	held(0, 0);
	/* nothing left: at the last cost */
	out(2);
	held(-2, -220);
}

static void
test_below_zero_fifo(void **state)
{
	(void)state;
	OK(setting_set(shop, "valuation", "fifo"));
	in(10, 100);
	in(2, 130);
	out(15);
	held(-3, -315);	/* the average was 105 */
	in(20, 110);
	held(17, 17 * 110);
	in(5, 200);
	out(17);
	held(5, 1000);
}

/* Back to the supplier at the price it was bought for. */
static void
test_supplier(void **state)
{
	int64_t	value = -800;

	(void)state;
	in(5, 100);
	in(5, 200);
	held(10, 1500);
	OK(entry((struct stock_entry){ .qty = -4 * QTY_ONE, .value = &value,
	    .kind = STOCK_SUPPLIER }));
	held(6, 700);
	value = -1200;
	OK(entry((struct stock_entry){ .qty = -6 * QTY_ONE, .value = &value,
	    .kind = STOCK_SUPPLIER }));
	held(0, 0);
}

static void
test_negative_refused(void **state)
{
	(void)state;
	in(2, 100);
	OK(setting_set(shop, "negative_stock", "no"));
	assert_int_equal(entry((struct stock_entry){ .qty = -3 * QTY_ONE,
	    .kind = STOCK_WASTE }), ERR_EMPTY);
	held(2, 200);
	/* a count says what is */
	OK(entry((struct stock_entry){ .qty = -3 * QTY_ONE,
	    .kind = STOCK_COUNT }));
	held(-1, -100);
	assert_int_equal(setting_set(shop, "negative_stock", "maybe"),
	    ERR_INVALID);
}

/* --- places --------------------------------------------------------------- */

static void
test_places(void **state)
{
	struct stock_place	*places, p;
	int64_t			 annex, room, qty, value;
	size_t			 n;
	struct shop		*anna;

	(void)state;
	OK(stock_place_add(shop, "Annexe", NULL, &annex));
	OK(stock_place_add(shop, "Cave", "annexe", &room));
	assert_int_equal(stock_place_add(shop, "ANNEXE", NULL, &value),
	    ERR_EXISTS);
	assert_int_equal(stock_place_add(shop, "Coin", "cave", &value),
	    ERR_INVALID);
	in(4, 100);
	value = 3000;
	OK(entry((struct stock_entry){ .qty = 10 * QTY_ONE, .place = annex,
	    .value = &value, .kind = STOCK_RECEIPT }));
	held(14, 3400);
	OK(stock_held(shop, item, annex, &qty, &value));
	assert_int_equal(qty, 10 * QTY_ONE);
	assert_int_equal(value, 3000);
	OK(stock_place_list(shop, &places, &n));
	assert_int_equal(n, 3);
	assert_string_equal(places[2].name, "Cave");
	assert_int_equal(places[2].parent, annex);
	assert_int_equal(places[1].value, 3000);
	free(places);
	/* Anna works in the annexe and sees nothing else. */
	anna = test_till(dir, "Anna", "Till 2");
	OK(stock_place_terminal(shop, anna->who.terminal, annex));
	OK(stock_place_here(anna, &qty));
	assert_int_equal(qty, annex);
	OK(stock_place_user(shop, anna->who.user, &annex, 1));
	OK(stock_place_find(anna, "cave", &p));
	assert_int_equal(stock_place_find(anna, "1", &p), ERR_DENIED);
	OK(stock_place_list(anna, &places, &n));
	assert_int_equal(n, 2);
	free(places);
	/* and of what there is, what lies there */
	OK(stock_level(anna, item, &qty));
	assert_int_equal(qty, 10 * QTY_ONE);
	OK(stock_level(shop, item, &qty));
	assert_int_equal(qty, 14 * QTY_ONE);
	shop_close(anna);
}

/* --- lots and pieces ------------------------------------------------------ */

static void
lot_in(const char *lot, const char *expiry, int64_t units)
{
	OK(entry((struct stock_entry){ .qty = units * QTY_ONE, .lot = lot,
	    .expiry = expiry, .kind = STOCK_RECEIPT }));
}

static int64_t
lot_left(const char *lot)
{
	struct stock_lot	*lots;
	size_t			 n;
	int64_t			 left = 0;

	OK(stock_lots(shop, item, 0, &lots, &n));
	for (size_t i = 0; i < n; i++) {
		left += strcmp(lots[i].code, lot) == 0 ? lots[i].qty : 0;
	}
	free(lots);
	return left / QTY_ONE;
}

/* The first to expire goes first; what no lot is left for goes without. */
static void
test_lots(void **state)
{
	(void)state;
	OK(stock_by_lot(shop, item, true));
	lot_in("B", "2026-12-31", 5);
	lot_in("A", "2026-11-30", 3);
	lot_in("C", "", 10);
	out(4);
	assert_int_equal(lot_left("A"), 0);
	assert_int_equal(lot_left("B"), 4);
	OK(entry((struct stock_entry){ .qty = -2 * QTY_ONE, .lot = "C",
	    .kind = STOCK_WASTE }));
	assert_int_equal(lot_left("C"), 8);
	out(14);
	assert_int_equal(lot_left("B") + lot_left("C"), 0);
	held(-2, 0);
}

/* One lot that has enough: of those that expire on a day the first that came,
 * also where nothing is sold that is not there. */
static void
test_lots_enough(void **state)
{
	(void)state;
	OK(stock_by_lot(shop, item, true));
	OK(setting_set(shop, "negative_stock", "no"));
	lot_in("E", "2027-01-31", 2);
	lot_in("D", "2027-01-31", 2);
	lot_in("C", "", 2);
	out(1);
	assert_int_equal(lot_left("E"), 1);
	out(1);
	assert_int_equal(lot_left("E"), 0);
	assert_int_equal(lot_left("D"), 2);
	assert_int_equal(entry((struct stock_entry){ .qty = -5 * QTY_ONE,
	    .kind = STOCK_WASTE }), ERR_EMPTY);
	out(4);
	held(0, 0);
}

static void
test_serial_twice(void **state)
{
	struct stock_entry	e = { .qty = QTY_ONE, .serial = "SN1",
				    .kind = STOCK_RECEIPT };

	(void)state;
	OK(entry(e));
	assert_int_equal(entry(e), ERR_EXISTS);
	e.kind = STOCK_WASTE;
	e.qty = -QTY_ONE;
	OK(entry(e));
	assert_int_equal(entry(e), ERR_EXISTS);
	e.qty = -2 * QTY_ONE;
	assert_int_equal(entry(e), ERR_INVALID);
	/* one that was never seen to come leaves once */
	e.serial = "SN2";
	e.qty = -QTY_ONE;
	OK(entry(e));
	assert_int_equal(entry(e), ERR_EXISTS);
	e.qty = QTY_ONE;
	e.kind = STOCK_RETURN;
	OK(entry(e));
	held(0, 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_average),
		T(test_average_remainder),
		T(test_average_counted),
		T(test_fifo),
		T(test_below_zero),
		T(test_below_zero_fifo),
		T(test_supplier),
		T(test_negative_refused),
		T(test_places),
		T(test_lots),
		T(test_lots_enough),
		T(test_serial_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
