/* SPDX-License-Identifier: ISC */
/* What ringing up asks: the price of a department, serial numbers, a day that
 * is past; more of the same; a barcode that nobody knows. */
#include "till.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;
static int64_t		drill;

static void
open_till(enum role role, int rows, int cols, const char *language)
{
	struct session_config	c = till_config(rows, cols);
	struct product		p = { .active = true, .unit = "pc",
				    .tax_class = "standard" };
	int64_t			id;

	owner = till_shop(dir);
	(void)strcpy(p.code, "7");
	(void)strcpy(p.name, "Divers");
	p.kind = PRODUCT_DEPARTMENT;
	p.min_price = 50;
	p.max_price = 9900;
	OK(product_add(owner, &p, NULL, 0, &id));
	(void)strcpy(p.code, "9001");
	(void)strcpy(p.name, "Perceuse");
	p.kind = PRODUCT_ITEM;
	p.min_price = p.max_price = 0;
	p.price = 8900;
	p.serials = true;
	OK(product_add(owner, &p, (const char *[]){ "5901234123457" }, 1,
	    &drill));
	till_enter(&t, dir, "Anna", role, "Till 1", language, &c);
	till_type(t.s, ":sell\r");
}

static int
setup(void **state)
{
	(void)state;
	open_till(ROLE_MANAGER, 24, 80, "en");
	return 0;
}

static int
setup_cashier(void **state)
{
	(void)state;
	open_till(ROLE_CASHIER, 24, 80, "en");
	return 0;
}

static int
setup_phone(void **state)
{
	(void)state;
	open_till(ROLE_MANAGER, 12, 40, "fr");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	test_done(owner, dir);
	return 0;
}

static void
sale_is(size_t lines, int64_t total)
{
	struct sale	sale;

	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, lines);
	assert_int_equal(sale.total, total);
	sale_done(&sale);
}

static void
a_department_asks_its_price(void **state)
{
	(void)state;
	till_type(t.s, "7@12.50\r");
	sale_is(1, 1250);
	till_type(t.s, "7\r");
	till_expect(t.s, "Divers: at what price, 0,50 to 99,00?");
	till_type(t.s, "abc\r");
	till_expect(t.s, "at what price");
	sale_is(1, 1250);
	till_type(t.s, "96385074\r");
	till_expect(t.s, "at what price");
	sale_is(1, 1250);
	till_type(t.s, "3\r");
	sale_is(2, 1550);
	/* Two of it, and Esc sells none. */
	till_type(t.s, "2*7\r4\r");
	sale_is(3, 2350);
	till_type(t.s, "7\r");
	till_esc(t.s);
	sale_is(3, 2350);
}

static void
its_limits_hold_for_a_cashier(void **state)
{
	(void)state;
	till_type(t.s, "7@0.20\r");
	till_expect(t.s, "from 0,50 to 99,00");
	till_esc(t.s);
	till_type(t.s, "7@99\r");
	sale_is(1, 9900);
}

static void
a_piece_asks_its_number(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "9001\r");
	till_expect(t.s, "Perceuse: its serial number?");
	till_type(t.s, "5901234123457\r");
	till_expect(t.s, "no serial number");
	till_type(t.s, "sn-1\r");
	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, 1);
	assert_string_equal(sale.lines[0].serial, "SN-1");
	sale_done(&sale);
	/* The same again: said, asked again. */
	till_type(t.s, "9001\rSN-1\r");
	till_expect(t.s, "is on this sale already");
	till_esc(t.s);
	till_esc(t.s);
	/* Two pieces, two numbers. */
	till_type(t.s, "2*9001\r");
	till_expect(t.s, "Perceuse, 1 of 2");
	till_type(t.s, "SN-2\r");
	till_expect(t.s, "Perceuse, 2 of 2");
	till_type(t.s, "SN-3\r");
	sale_is(3, 3 * 8900);
	/* One piece does not become four. */
	till_type(t.s, "*4\r");
	till_expect(t.s, "is one piece");
	till_esc(t.s);
	till_type(t.s, "+\r");
	till_expect(t.s, "is one piece");
	sale_is(3, 3 * 8900);
}

static void
a_datamatrix_brings_its_number(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "]d2010590123412345721AB12\x1d" "10L7\x1d"
	    "17271231\r");
	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, 1);
	assert_string_equal(sale.lines[0].serial, "AB12");
	assert_string_equal(sale.lines[0].lot, "L7");
	assert_string_equal(sale.lines[0].expiry, "2027-12-31");
	sale_done(&sale);
	till_type(t.s, "]d2010590123412345721AB12\r");
	till_expect(t.s, "is on this sale already");
	/* At the question, too; but not another thing's. */
	till_type(t.s, "9001\r]d2010590123412345721AB13\r");
	sale_is(2, 2 * 8900);
	till_type(t.s, "9001\r]d2010400638133393121AB14\r");
	till_expect(t.s, "a piece of Carnet");
	till_esc(t.s);
	till_esc(t.s);
	sale_is(2, 2 * 8900);
	/* Its code names one piece. */
	till_type(t.s, "3*]d2010590123412345721AB15\r");
	till_expect(t.s, "one piece; scan each alone");
	sale_is(2, 2 * 8900);
}

static void
what_expired_is_scanned_twice(void **state)
{
	(void)state;
	till_type(t.s, "]C1010400638133393117261101" "10L1\r");
	till_expect(t.s, "expired on 01/11/2026");
	till_type(t.s, "]C1010400638133393117261101" "10L1\r");
	sale_is(1, 320);
	till_type(t.s, "]C1010400638133393117261231" "10L1\r");
	sale_is(2, 640);
}

static void
plus_is_more_of_the_same(void **state)
{
	(void)state;
	till_type(t.s, "+\r");
	till_expect(t.s, "there is no line yet");
	till_esc(t.s);
	till_type(t.s, "1001\r+");
	till_expect(t.s, "more of Croque-monsieur");
	till_type(t.s, "\r");
	sale_is(1, 2 * 980);
	till_type(t.s, "+3\r");
	sale_is(1, 5 * 980);
	till_type(t.s, ":undo\r");
	sale_is(1, 2 * 980);
	till_type(t.s, "0.5*2001\r+\r");
	till_expect(t.s, "weighed each time");
	sale_is(2, 2 * 980 + 1445);
}

static void
an_unknown_barcode_becomes_an_item(void **state)
{
	struct product	p;
	struct sale	sale;

	(void)state;
	till_type(t.s, "2*4006381333948\r");
	till_expect(t.s, "Enter makes an item of it");
	/* The next scan is rung up all the same. */
	till_type(t.s, "4006381333931\r");
	sale_is(1, 320);
	till_type(t.s, "2*4006381333948\r\r");
	till_expect_row(t.s, 0, "NEW ITEM");
	till_expect(t.s, "4006381333948");
	till_type(t.s, "Crayon gras\r1.50\r");
	/* More rates than a row has room for: not some of them. */
	till_expect(t.s, "+ for the next one, or its first letters");
	till_type(t.s, "\r");
	till_expect_row(t.s, 0, "SALE");
	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, 2);
	assert_string_equal(sale.lines[1].label, "Crayon gras");
	assert_int_equal(sale.lines[1].qty, 2 * QTY_ONE);
	sale_done(&sale);
	OK(product_find(owner, "4006381333948", &p));
	assert_string_equal(p.code, "9002");
	assert_int_equal(p.price, 150);
	/* A scale's label is no item. */
	till_type(t.s, "2155555015004\r");
	till_expect(t.s, "not in the catalogue");
	till_type(t.s, "\r");
	till_expect(t.s, "label of item 55555");
	till_expect_row(t.s, 0, "SALE");
}

static void
without_the_right_it_is_one_line(void **state)
{
	(void)state;
	till_type(t.s, "4006381333948\r");
	till_expect(t.s, "F2 finds it by name");
	till_type(t.s, "\r");
	till_expect(t.s, "F2 finds it by name");
	till_expect_row(t.s, 0, "SALE");
}

static void
on_a_phone_in_french(void **state)
{
	(void)state;
	till_type(t.s, "7\r");
	till_expect(t.s, "à quel prix");
	till_type(t.s, "3\r9001\r");
	till_expect(t.s, "numéro de série");
	till_type(t.s, "A1\r4006381333948\r\r");
	till_expect_row(t.s, 0, "NOUVEL ARTICLE");
	till_type(t.s, "Crayon\r2\r\r");
	sale_is(3, 300 + 8900 + 200);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(a_department_asks_its_price),
		cmocka_unit_test_setup_teardown(its_limits_hold_for_a_cashier,
		    setup_cashier, teardown),
		T(a_piece_asks_its_number),
		T(a_datamatrix_brings_its_number),
		T(what_expired_is_scanned_twice),
		T(plus_is_more_of_the_same),
		T(an_unknown_barcode_becomes_an_item),
		cmocka_unit_test_setup_teardown(
		    without_the_right_it_is_one_line, setup_cashier,
		    teardown),
		cmocka_unit_test_setup_teardown(on_a_phone_in_french,
		    setup_phone, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
