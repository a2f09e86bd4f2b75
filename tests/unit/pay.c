/* SPDX-License-Identifier: ISC */
/* Paying: cases A and B, posting, receipts, frozen rows, the journal. */
#include "trade.h"

#include "shop/init.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/tax.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		menu, wine, packed;

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	menu = test_product(shop, "2001", "Menu du jour", "meal", "pc", 1850,
	    false);
	wine = test_product(shop, "3001", "Verre de vin", "alcohol", "pc", 500,
	    true);
	packed = test_product(shop, "4001", "Plat emballé", "food", "pc", 790,
	    true);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

/* Case A04's ticket, open. */
static void
a04(int64_t *id, int64_t *version)
{
	int64_t	line;

	*id = *version = 0;
	OK(sale_add(shop, id, version, menu, 2 * QTY_ONE, NULL, &line));
	OK(sale_add(shop, id, version, wine, QTY_ONE, NULL, &line));
	OK(sale_add(shop, id, version, packed, QTY_ONE, NULL, &line));
}

static void
test_a04_i01(void **state)
{
	int64_t		id, version, change, qty;
	bool		posted;
	struct sale	sale;

	(void)state;
	a04(&id, &version);
	OK(sale_pay(shop, id, &version, "e", 5000, &change, &posted));
	assert_true(posted);
	assert_int_equal(change, 10);
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.ticket, "0-000001");
	assert_int_equal(sale.total, 4990);
	assert_int_equal(sale.nvat, 3);
	assert_int_equal(sale.vat[0].rate, 20000);
	assert_int_equal(sale.vat[0].vat, 83);
	assert_int_equal(sale.vat[0].net, 417);
	assert_int_equal(sale.vat[1].vat, 336);
	assert_int_equal(sale.vat[1].net, 3364);
	assert_int_equal(sale.vat[2].vat, 41);
	assert_int_equal(sale.vat[2].net, 749);
	assert_int_equal(sale.change, 10);
	assert_int_equal(sale.paid, 4990);
	sale_done(&sale);
	OK(stock_level(shop, wine, &qty));
	assert_int_equal(qty, -QTY_ONE);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(test_a04_i01, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
