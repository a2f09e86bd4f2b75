/* SPDX-License-Identifier: ISC */
/* The demo's month: made by the functions of the till, and it adds up. */
#include "trade.h"

#include "shop/init.h"

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_error("%s: %s\n", what, text);
}

static void
test_demo(void **state)
{
	char			 dir[64];
	struct shop		*shop = test_shop("FR", dir);
	struct sale_brief	*rows;
	int64_t			 bad, began = clock_boot_ms();
	size_t			 n;

	(void)state;
	OK(demo_fill(shop));
	print_message("demo made in %lld ms\n",
	    (long long)(clock_boot_ms() - began));
	OK(sale_posted_list(shop, NULL, 0, &rows, &n));
	assert_in_range(n, 900, 1800);
	free(rows);
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
