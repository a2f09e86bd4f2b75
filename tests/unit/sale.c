/* SPDX-License-Identifier: ISC */
/* Sales while they are open: lines, versions, owners, undo. */
#include "trade.h"

static void
test_first_line(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		coffee, id = 0, version = 0, line;
	struct sale	sale;

	(void)state;
	coffee = test_product(shop, "1001", "Café", "drink", "pc", 250, false);
	OK(sale_add(shop, &id, &version, coffee, 3 * QTY_ONE, NULL, &line));
	assert_true(id > 0);
	assert_int_equal(version, 1);
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	assert_int_equal(version, 2);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.nlines, 2);
	assert_int_equal(sale.total, 1000);
	assert_int_equal(sale.units, 4);
	assert_int_equal(sale.nvat, 1);
	assert_int_equal(sale.vat[0].rate, 10000);
	assert_string_equal(sale.vat[0].letter, "B");
	assert_string_equal(sale.lines[1].label, "Café");
	assert_int_equal(sale.version, 2);
	assert_string_equal(sale.ticket, "");
	sale_done(&sale);
	test_done(shop, dir);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(test_first_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
