/* SPDX-License-Identifier: ISC */
/* Cases A (taxes) and B (cash), on the bare functions; D is in scan.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "shop/tax.h"

static void
vat_is(int64_t gross, int64_t rate, int64_t net, int64_t vat)
{
	int64_t	got;

	assert_int_equal(vat_of_gross(gross, rate, &got), 0);
	assert_int_equal(got, vat);
	assert_int_equal(gross - got, net);
}

static void
test_a_single(void **state)
{
	(void)state;
	vat_is(1200, 20000, 1000, 200);		/* A01 */
	vat_is(550, 5500, 521, 29);		/* A02 */
	vat_is(801, 20000, 667, 134);		/* A03: 133.5 */
	vat_is(-801, 20000, -667, -134);
	vat_is(-300, 5500, -284, -16);		/* A07 */
	vat_is(600, 10000, 545, 55);		/* A11 on site */
	vat_is(600, 5500, 569, 31);		/* A11 packed */
	vat_is(11925, 19250, 10000, 1925);	/* A14 */
	vat_is(5000, 19250, 4193, 807);
	vat_is(500, 0, 500, 0);
}

/* A sale of n lines, each {amount, rate, rate2}. */
static void
sale_of(struct sale *s, struct sale_line *lines, size_t n,
    const int64_t (*what)[3], bool added)
{
	*s = (struct sale){ .lines = lines, .nlines = n, .tax_added = added };
	for (size_t i = 0; i < n; i++) {
		lines[i] = (struct sale_line){
			.qty = QTY_ONE, .amount = what[i][0],
			.price = what[i][0], .rate = what[i][1],
			.rate2 = what[i][2],
		};
	}
	assert_int_equal(tax_compute(s), 0);
}

static void
test_a_tickets(void **state)
{
	static const int64_t	a04[][3] = { { 3700, 10000, 0 },
				    { 500, 20000, 0 }, { 790, 5500, 0 } };
	static const int64_t	a05[][3] = { { 100, 20000, 0 },
				    { 100, 20000, 0 }, { 100, 20000, 0 } };
	static const int64_t	a16[][3] = { { 2000, 5000, 9975 } };
	struct sale_line	lines[3];
	struct sale		s;
	int64_t			net = 0, vat = 0;

	(void)state;
	sale_of(&s, lines, 3, a04, false);
	assert_int_equal(s.total, 4990);
	assert_int_equal(s.nvat, 3);
	for (int i = 0; i < 3; i++) {
		net += s.vat[i].net;
		vat += s.vat[i].vat;
	}
	assert_int_equal(net, 4530);
	assert_int_equal(vat, 460);
	assert_int_equal(s.vat[0].vat, 83);
	assert_int_equal(s.vat[1].vat, 336);
	assert_int_equal(s.vat[2].vat, 41);

	sale_of(&s, lines, 3, a05, false);
	assert_int_equal(s.nvat, 1);
	assert_int_equal(s.vat[0].vat, 50);	/* line by line: 51 */

	sale_of(&s, lines, 1, a16, true);
	assert_int_equal(s.nvat, 2);
	assert_int_equal(s.vat[0].vat, 100);	/* TPS */
	assert_int_equal(s.vat[1].vat, 200);	/* TVQ: 199.5, on the net */
	assert_int_equal(s.vat[1].net, 2000);
	assert_int_equal(s.total, 2300);
}

static void
test_a13_weight(void **state)
{
	int64_t	amount;

	(void)state;
	assert_int_equal(money_times(1290, 1235, &amount), 0);
	assert_int_equal(amount, 1593);
}

static void
test_too_many_rates(void **state)
{
	struct sale_line	lines[SALE_RATES + 1];
	struct sale		s = { .lines = lines,
				    .nlines = SALE_RATES + 1 };

	(void)state;
	for (size_t i = 0; i < NELEM(lines); i++) {
		lines[i] = (struct sale_line){ .qty = QTY_ONE, .amount = 100,
		    .rate = (int64_t)i * 1000 };
	}
	assert_int_equal(tax_compute(&s), ERR_RANGE);
}

static void
test_b_cash(void **state)
{
	static const int64_t	b01[][2] = { { 491, 490 }, { 492, 490 },
				    { 493, 495 }, { 496, 495 }, { 497, 495 },
				    { 498, 500 }, { 598, 600 } };
	static const int64_t	b04[][2] = { { 2, 2 }, { 5, 5 }, { 6, 5 } };
	int64_t			got;

	(void)state;
	for (size_t i = 0; i < NELEM(b01); i++) {
		assert_int_equal(cash_round(b01[i][0], 5, 0, &got), 0);
		assert_int_equal(got, b01[i][1]);
	}
	for (size_t i = 0; i < NELEM(b04); i++) {
		assert_int_equal(cash_round(b04[i][0], 5, 5, &got), 0);
		assert_int_equal(got, b04[i][1]);
	}
	assert_int_equal(cash_round(1547, 5, 5, &got), 0);	/* B02 */
	assert_int_equal(got, 1545);
	assert_int_equal(cash_round(1547, 1, 0, &got), 0);	/* France */
	assert_int_equal(got, 1547);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(test_a_single),
		cmocka_unit_test(test_a_tickets),
		cmocka_unit_test(test_a13_weight),
		cmocka_unit_test(test_too_many_rates),
		cmocka_unit_test(test_b_cash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
