/* SPDX-License-Identifier: ISC */
/* The line typed at a till: every sentence of its grammar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "shop/entry.h"

static struct money_style	euro, franc;

static int
setup(void **state)
{
	(void)state;
	return money_style_set(&euro, "EUR", "FR") != 0 ||
	    money_style_set(&franc, "XAF", "CM") != 0;
}

static struct entry
item(const char *line)
{
	struct entry	e;

	assert_int_equal(entry_parse(line, &euro, false, &e), 0);
	return e;
}

static void
a_code_sells_one(void **state)
{
	struct entry	e = item("1001");

	(void)state;
	assert_int_equal(e.kind, ENTRY_ITEM);
	assert_string_equal(e.words, "1001");
	assert_true(e.digits);
	assert_false(e.has_qty);
	assert_int_equal(e.qty, QTY_ONE);
	assert_false(e.has_price);
	e = item("  caf  ");
	assert_string_equal(e.words, "caf");
	assert_false(e.digits);
	assert_int_equal(item("").kind, ENTRY_NOTHING);
	assert_int_equal(item("   ").kind, ENTRY_NOTHING);
}

static void
a_count_comes_before(void **state)
{
	struct entry	e;
	static const char *const same[] = { "3*1001", "3x1001", "3X1001",
	    "3 * 1001", "3.0*1001", "3,000*1001" };

	(void)state;
	for (size_t i = 0; i < NELEM(same); i++) {
		e = item(same[i]);
		assert_int_equal(e.kind, ENTRY_ITEM);
		assert_true(e.has_qty);
		assert_int_equal(e.qty, 3 * QTY_ONE);
		assert_string_equal(e.words, "1001");
	}
	e = item("3*caf cr");
	assert_int_equal(e.qty, 3 * QTY_ONE);
	assert_string_equal(e.words, "caf cr");
	/* An x in a name is a letter. */
	assert_string_equal(item("box").words, "box");
	assert_string_equal(item("xeres").words, "xeres");
	assert_string_equal(item("box 2x4").words, "box 2x4");
	assert_string_equal(item("3xcaf").words, "3xcaf");
	e = item("3*4006381333931");
	assert_int_equal(e.qty, 3 * QTY_ONE);
	assert_string_equal(e.words, "4006381333931");
}

static void
comma_and_point_are_decimal_marks(void **state)
{
	(void)state;
	assert_int_equal(item("0.350*2001").qty, 350);
	assert_int_equal(item("0,350*2001").qty, 350);
	assert_int_equal(item(".35*2001").qty, 350);
	assert_int_equal(item("1,5x2001").qty, 1500);
}

static void
a_price_comes_after(void **state)
{
	struct entry	e;

	(void)state;
	e = item("1001@9.50");
	assert_true(e.has_price);
	assert_int_equal(e.price, 950);
	assert_string_equal(e.words, "1001");
	e = item("1001/9,50");
	assert_int_equal(e.price, 950);
	e = item("3*1001@9.5");
	assert_int_equal(e.qty, 3 * QTY_ONE);
	assert_int_equal(e.price, 950);
	e = item("caf@2");
	assert_string_equal(e.words, "caf");
	assert_int_equal(e.price, 200);
	/* A slash in a name is a slash. */
	assert_string_equal(item("1/2 baguette").words, "1/2 baguette");
	assert_string_equal(item("demi 1/4").words, "demi 1/4");
	/* Implied decimals: 950 is 9.50, and 9.50 stays so. */
	assert_int_equal(entry_parse("1001@950", &euro, true, &e), 0);
	assert_int_equal(e.price, 950);
	assert_int_equal(entry_parse("1001@9.50", &euro, true, &e), 0);
	assert_int_equal(e.price, 950);
	assert_int_equal(entry_parse("1001@9500", &franc, false, &e), 0);
	assert_int_equal(e.price, 9500);
}

static void
star_four_is_for_the_last_line(void **state)
{
	struct entry	e = item("*4");

	(void)state;
	assert_int_equal(e.kind, ENTRY_TIMES);
	assert_int_equal(e.qty, 4 * QTY_ONE);
	assert_int_equal(item("* 0,5").qty, 500);
}

static void
a_pattern_keeps_its_signs(void **state)
{
	struct entry	e = item("/caf.*@/");

	(void)state;
	assert_true(e.pattern);
	assert_string_equal(e.words, "/caf.*@/");
	e = item("2*/^th/");
	assert_int_equal(e.qty, 2 * QTY_ONE);
	assert_true(e.pattern);
}

static void
refuse(const char *line, const char *words)
{
	struct entry	e;
	int		r = entry_parse(line, &euro, false, &e);

	assert_true(r == ERR_INVALID || r == ERR_RANGE || r == ERR_TOO_LONG);
	if (strstr(err_text(r), words) == NULL) {
		fail_msg("%s: %s", line, err_text(r));
	}
	assert_null(strchr(err_text(r), '\n'));
}

static void
refusals_say_what_is_right(void **state)
{
	char	huge[600];

	(void)state;
	refuse("0*1001", "F8");
	refuse("-1*1001", "F8");
	refuse("*0", "F8");
	refuse("99999*1001", "too large");
	refuse("0,3505*2001", "3 decimals");
	refuse("1001@9.505", "2 decimals");
	refuse("1001@", "@9,50");
	refuse("1001@abc", "@9,50");
	refuse("1001@4006381333931", "barcode");
	refuse("1001@96385074", "barcode");
	refuse("1001@-5", "less than nothing");
	refuse("@9", "after the item");
	refuse("3*", "3*code");
	refuse("*", "*4");
	refuse("*caf", "*4");
	refuse("caf*3", "3*caf");
	refuse("1.2.3*1001", "two decimal marks");
	refuse("4006381333931*2", "2*4006381333931");
	memset(huge, 'a', sizeof(huge));
	huge[sizeof(huge) - 1] = '\0';
	refuse(huge, "too long");
}

static void
control_bytes_and_bad_utf8_are_left_out(void **state)
{
	(void)state;
	assert_string_equal(item("ca\x01" "f\xff\xc3").words, "caf");
}

static void
strange_quantities_are_asked(void **state)
{
	struct entry	e;
	int64_t		better;

	(void)state;
	e = item("2001");
	assert_int_equal(entry_doubt(&e, true, &better), DOUBT_WEIGH);
	e = item("0.350*2001");
	assert_int_equal(entry_doubt(&e, true, &better), DOUBT_NONE);
	e = item("350*2001");
	assert_int_equal(entry_doubt(&e, true, &better), DOUBT_HEAVY);
	assert_int_equal(better, 350);
	e = item("0.350*1001");
	assert_int_equal(entry_doubt(&e, false, &better), DOUBT_FRACTION);
	assert_int_equal(better, QTY_ONE);
	e = item("2.5*1001");
	assert_int_equal(entry_doubt(&e, false, &better), DOUBT_FRACTION);
	assert_int_equal(better, 2 * QTY_ONE);
	e = item("1001*3");
	assert_int_equal(entry_doubt(&e, false, &better), DOUBT_MANY);
	e = item("999*3");
	assert_int_equal(entry_doubt(&e, false, &better), DOUBT_NONE);
}

static void
scans_are_known(void **state)
{
	(void)state;
	assert_true(entry_is_scan("4006381333931"));
	assert_true(entry_is_scan("96385074"));
	assert_false(entry_is_scan("1234567"));
	assert_false(entry_is_scan("12345678a"));
	assert_false(entry_is_scan(""));
}

static void
a_wrong_layout_is_read(void **state)
{
	char	out[32], small[4];

	(void)state;
	assert_true(entry_unshift("&é\"'(-è_çà", out, sizeof(out)));
	assert_string_equal(out, "1234567890");
	assert_true(entry_unshift("&àà&", out, sizeof(out)));
	assert_string_equal(out, "1001");
	assert_false(entry_unshift("café", out, sizeof(out)));
	assert_string_equal(out, "");
	assert_false(entry_unshift("", out, sizeof(out)));
	assert_false(entry_unshift("&&&&", small, sizeof(small)));
}

static struct entry_pay
pay(const char *line)
{
	struct entry_pay	e;

	assert_int_equal(entry_pay_parse(line, &euro, false, &e), 0);
	return e;
}

static void
money_is_read(void **state)
{
	struct entry_pay	e;

	(void)state;
	e = pay("");
	assert_false(e.has_amount);
	assert_string_equal(e.tender, "");
	e = pay("20");
	assert_int_equal(e.amount, 2000);
	assert_string_equal(e.tender, "");
	e = pay("30c");
	assert_int_equal(e.amount, 3000);
	assert_string_equal(e.tender, "c");
	e = pay("c30,5");
	assert_int_equal(e.amount, 3050);
	assert_string_equal(e.tender, "c");
	e = pay("12.50 card");
	assert_int_equal(e.amount, 1250);
	assert_string_equal(e.tender, "card");
	e = pay("c");
	assert_false(e.has_amount);
	assert_string_equal(e.tender, "c");
	assert_int_equal(entry_pay_parse("2000", &euro, true, &e), 0);
	assert_int_equal(e.amount, 2000);
	assert_int_equal(entry_pay_parse("500", &franc, false, &e), 0);
	assert_int_equal(e.amount, 500);
	/* Seven digits may be francs; eight are a barcode. */
	assert_int_equal(entry_pay_parse("1250000", &franc, false, &e), 0);
}

static void
refuse_pay(const char *line, const char *words)
{
	struct entry_pay	e;
	int			r = entry_pay_parse(line, &euro, false, &e);

	assert_true(r == ERR_INVALID || r == ERR_RANGE);
	if (strstr(err_text(r), words) == NULL) {
		fail_msg("%s: %s", line, err_text(r));
	}
}

static void
a_scan_is_never_money(void **state)
{
	(void)state;
	refuse_pay("4006381333931", "barcode");
	refuse_pay("96385074", "barcode");
	refuse_pay("96385074c", "barcode");
	refuse_pay("123456.78", "barcode");
}

static void
bad_money_is_refused(void **state)
{
	(void)state;
	refuse_pay("0", "rest");
	refuse_pay("-5", "rest");
	refuse_pay("9.505", "2 decimals");
	refuse_pay("1.2.3", "two decimal marks");
	refuse_pay("an overlong word that is no way to pay at all", "Tab");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(a_code_sells_one),
		cmocka_unit_test(a_count_comes_before),
		cmocka_unit_test(comma_and_point_are_decimal_marks),
		cmocka_unit_test(a_price_comes_after),
		cmocka_unit_test(star_four_is_for_the_last_line),
		cmocka_unit_test(a_pattern_keeps_its_signs),
		cmocka_unit_test(refusals_say_what_is_right),
		cmocka_unit_test(control_bytes_and_bad_utf8_are_left_out),
		cmocka_unit_test(strange_quantities_are_asked),
		cmocka_unit_test(scans_are_known),
		cmocka_unit_test(a_wrong_layout_is_read),
		cmocka_unit_test(money_is_read),
		cmocka_unit_test(a_scan_is_never_money),
		cmocka_unit_test(bad_money_is_refused),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
