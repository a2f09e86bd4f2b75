/* SPDX-License-Identifier: ISC */
/* Cases C: shares of a sum, by heads, by rates, by amount, by months. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "shop/split.h"
#include "shop/tax.h"

static void
shares(const int64_t *got, const int64_t *want, int n)
{
	for (int i = 0; i < n; i++) {
		assert_int_equal(got[i], want[i]);
	}
}

static void
c01_equal(void **state)
{
	int64_t	out[SPLIT_MOST];

	(void)state;
	assert_int_equal(split_equal(10000, 3, out), 0);
	shares(out, (const int64_t[]){ 3334, 3333, 3333 }, 3);
	/* What goes back is shared the same way. */
	assert_int_equal(split_equal(-10000, 3, out), 0);
	shares(out, (const int64_t[]){ -3334, -3333, -3333 }, 3);
	assert_int_equal(split_equal(2, 3, out), 0);
	shares(out, (const int64_t[]){ 1, 1, 0 }, 3);
	assert_int_equal(split_equal(2, 0, out), ERR_RANGE);
	assert_int_equal(split_equal(2, SPLIT_MOST + 1, out), ERR_RANGE);
}

/* A04's ticket by three, and C04: one ticket's VAT, and three tickets'. */
static void
c03_rates_c04_vat(void **state)
{
	static const int64_t	gross[] = { 3700, 500, 790 };
	static const int64_t	rate[] = { 10000, 20000, 5500 };
	static const int64_t	want[] = { 1234, 1233, 1233, 166, 167, 167,
				    264, 263, 263 };
	static const int64_t	heads[] = { 1664, 1663, 1663 };
	int64_t			out[9], vat, one = 0, three[3] = { 0 };

	(void)state;
	assert_int_equal(split_rates(gross, 3, 3, out), 0);
	shares(out, want, 9);
	for (int head = 0; head < 3; head++) {
		assert_int_equal(out[head] + out[3 + head] + out[6 + head],
		    heads[head]);
	}
	for (int i = 0; i < 3; i++) {
		assert_int_equal(vat_of_gross(gross[i], rate[i], &vat), 0);
		one += vat;
		for (int head = 0; head < 3; head++) {
			assert_int_equal(vat_of_gross(out[3 * i + head],
			    rate[i], &vat), 0);
			three[i] += vat;
		}
	}
	assert_int_equal(one, 460);
	shares(three, (const int64_t[]){ 336, 84, 42 }, 3);
}

static void
c06_by_amount(void **state)
{
	int64_t	out[3];

	(void)state;
	assert_int_equal(split_first(8760, 4000, 3, out), 0);
	shares(out, (const int64_t[]){ 4000, 2380, 2380 }, 3);
	assert_int_equal(split_first(8760, 8761, 3, out), ERR_RANGE);
	assert_int_equal(split_first(8760, -1, 3, out), ERR_RANGE);
}

static void
c08_schedule(void **state)
{
	static const char *const	days[] = { "2027-01-31",
					    "2027-02-28", "2027-03-31",
					    "2027-04-30" };
	static const int64_t		amounts[] = { 7498, 7498, 7497,
					    7497 };
	struct split_term		out[4];

	(void)state;
	assert_int_equal(split_schedule(29990, 4, "2027-01-31", out), 0);
	for (int i = 0; i < 4; i++) {
		assert_string_equal(out[i].day, days[i]);
		assert_int_equal(out[i].amount, amounts[i]);
	}
	assert_int_equal(split_schedule(100, 2, "2027-12-31", out), 0);
	assert_string_equal(out[1].day, "2028-01-31");
	assert_int_equal(split_schedule(100, 2, "2028-01-30", out), 0);
	assert_string_equal(out[1].day, "2028-02-29");
	assert_int_equal(split_schedule(100, 2, "2027-02-30", out),
	    ERR_INVALID);
}

/* Whatever is shared, the parts make it. */
static void
parts_make_the_whole(void **state)
{
	(void)state;
	for (int n = 1; n <= SPLIT_MOST; n++) {
		for (int64_t total = -250; total <= 250; total += 7) {
			int64_t	gross[3] = { total, total / 2, 3 * total };
			int64_t	out[3 * SPLIT_MOST], sum = 0;
			int64_t	least = INT64_MAX, most = INT64_MIN;

			assert_int_equal(split_rates(gross, 3, n, out), 0);
			for (int i = 0; i < n; i++) {
				int64_t	head = out[i] + out[n + i] +
					    out[2 * n + i];

				sum += head;
				least = head < least ? head : least;
				most = head > most ? head : most;
			}
			assert_int_equal(sum, gross[0] + gross[1] +
			    gross[2]);
			assert_true(most - least <= 1);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(c01_equal),
		cmocka_unit_test(c03_rates_c04_vat),
		cmocka_unit_test(c06_by_amount),
		cmocka_unit_test(c08_schedule),
		cmocka_unit_test(parts_make_the_whole),
	};

	return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
