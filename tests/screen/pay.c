/* SPDX-License-Identifier: ISC */
/* Taking the money: every sentence of design.md 9 on it. */
#include "till.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static int
setup(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	owner = till_shop(dir);
	till_enter(&t, dir, "Anna", ROLE_CASHIER, "Till 1", "en", &c);
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

/* The newest ticket; its id, 0 when there is none. */
static int64_t
ticket(struct sale *out)
{
	struct sale_brief	*rows;
	size_t			 n;
	int64_t			 id;

	OK(sale_posted_list(owner, NULL, 10, &rows, &n));
	id = n > 0 ? rows[0].id : 0;
	if (id != 0) {
		OK(sale_load(owner, id, out));
	}
	free(rows);
	return id;
}

static size_t
tickets(void)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_posted_list(owner, NULL, 100, &rows, &n));
	free(rows);
	return n;
}

static void
paid_with(const char *tender, int64_t amount, int64_t change)
{
	struct sale	sale;

	assert_true(ticket(&sale) != 0);
	assert_int_equal(sale.state, SALE_PAID);
	assert_int_equal(sale.npayments, 1);
	assert_string_equal(sale.payments[0].tender, tender);
	assert_int_equal(sale.payments[0].amount, amount);
	assert_int_equal(sale.change, change);
	sale_done(&sale);
}

static void
enter_goes_to_the_payment(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r");
	till_expect(t.s, "Enter = Cash 9,80");
	till_expect(t.s, "e Cash  c Card");
	till_expect(t.s, "TOTAL       9,80 €");
	assert_int_equal(tickets(), 0);
}

static void
enter_takes_the_exact_amount(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r\r");
	paid_with("cash", 980, 0);
	till_expect(t.s, "PAID");
	till_expect(t.s, "Cash 9,80");
}

static void
an_amount_is_in_the_default_tender(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r20\r");
	paid_with("cash", 980, 1020);
	till_expect(t.s, "CHANGE      10,20 €");
	till_expect(t.s, "Cash 20,00");
	/* And large: figures of three rows. */
	till_expect(t.s, "|_|");
}

static void
letters_name_tenders(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\rc\r");
	paid_with("card", 980, 0);
	till_type(t.s, "1001\r\rcard\r");
	paid_with("card", 980, 0);
	till_type(t.s, "1001\r\rCARD\r");
	paid_with("card", 980, 0);
	assert_int_equal(tickets(), 3);
}

static void
several_tenders_pay_one_sale(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1002\r1001\r\r30c\r");
	till_expect(t.s, "Card");
	till_expect(t.s, "-30,00");
	till_expect(t.s, "DUE       3,80 €");
	till_expect(t.s, "Enter = Cash 3,80");
	assert_int_equal(tickets(), 0);
	till_type(t.s, "5\r");
	assert_true(ticket(&sale) != 0);
	assert_int_equal(sale.npayments, 2);
	assert_int_equal(sale.change, 120);
	sale_done(&sale);
	till_expect(t.s, "CHANGE       1,20 €");
}

static void
no_default_tender_asks(void **state)
{
	(void)state;
	t.shop->who.rights = UINT64_MAX;
	OK(terminal_set(t.shop, t.shop->who.terminal, "tender", "none"));
	till_type(t.s, "1001\r\r\r");
	till_expect(t.s, "paid how? e Cash  c Card");
	assert_int_equal(tickets(), 0);
	till_type(t.s, "20\r");
	till_expect(t.s, "paid how?");
	till_type(t.s, "20e\r");
	paid_with("cash", 980, 1020);
}

static void
plus_cycles_notes(void **state)
{
	char	first[32], second[32];

	(void)state;
	till_type(t.s, "1001\r\r+");
	(void)str_copy(first, sizeof(first), session_entry(t.s));
	assert_string_equal(first, "10");
	till_type(t.s, "+");
	(void)str_copy(second, sizeof(second), session_entry(t.s));
	assert_string_not_equal(second, first);
	for (int i = 0; i < 9 && strcmp(session_entry(t.s), "10") != 0; i++) {
		till_type(t.s, "+");
	}
	assert_string_equal(session_entry(t.s), "10");
	till_type(t.s, "\r");
	paid_with("cash", 980, 20);
}

static void
a_scan_is_never_money(void **state)
{
	struct sale	sale;

	(void)state;
	/* It goes on the bill while nothing is paid. */
	till_type(t.s, "1001\r\r4006381333931\r");
	assert_int_equal(tickets(), 0);
	till_expect(t.s, "1 Carnet");
	till_expect(t.s, "TOTAL      13,00 €");
	till_type(t.s, "\r5c\r4006381333931\r");
	till_expect(t.s, "a barcode is never money");
	assert_int_equal(tickets(), 0);
	till_esc(t.s);
	/* Unknown ones, short ones with a check digit, wrong layouts. */
	till_type(t.s, "12345678\r");
	till_expect(t.s, "never money");
	till_esc(t.s);
	till_type(t.s, "\r");
	assert_true(ticket(&sale) != 0);
	assert_int_equal(sale.total, 1300);
	sale_done(&sale);
}

static void
an_unknown_scan_is_not_money_either(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r4006381333948\r");
	assert_int_equal(tickets(), 0);
	till_expect(t.s, "is not in the catalogue");
	assert_string_equal(session_entry(t.s), "4006381333948");
}

static void
a_short_barcode_is_not_money(void **state)
{
	int64_t	id = test_product(owner, "3003", "Timbre", "standard", "pc",
		    130, true);

	(void)state;
	OK(product_barcode_add(owner, id, "777"));
	till_type(t.s, "1001\r\r777\r");
	assert_int_equal(tickets(), 0);
	till_expect(t.s, "1 Timbre");
	/* A code is no barcode: 10 is ten euros. */
	till_type(t.s, "\r20\r");
	paid_with("cash", 1110, 890);
}

static void
much_change_is_asked_twice(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r1000\r");
	till_expect(t.s, "990,20");
	assert_int_equal(tickets(), 0);
	assert_string_equal(session_entry(t.s), "1000");
	till_type(t.s, "\r");
	paid_with("cash", 980, 99020);
}

static void
much_change_once_more_after_another_amount(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r1000\r2000\r");
	till_expect(t.s, "back?");
	assert_int_equal(tickets(), 0);
}

static void
bad_money_stays_to_be_mended(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r9.805\r");
	till_expect(t.s, "2 decimals");
	assert_string_equal(session_entry(t.s), "9.805");
	till_type(t.s, "\177\r");
	paid_with("cash", 980, 0);
}

static void
an_unknown_tender_lists_them(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r5z\r");
	till_expect(t.s, "z is no way to pay: e Cash  c Card");
	assert_int_equal(tickets(), 0);
}

static void
more_than_due_by_card_is_refused(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r20c\r");
	assert_int_equal(tickets(), 0);
	assert_string_equal(session_entry(t.s), "20c");
}

static void
esc_goes_back_to_the_sale(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r");
	till_esc(t.s);
	till_refuse(t.s, "e Cash");
	till_type(t.s, "10\r");
	till_expect(t.s, "TOTAL      12,30 €");
}

static void
enter_on_the_change_is_nothing(void **state)
{
	struct buf	before = { 0 }, after = { 0 };

	(void)state;
	till_type(t.s, "1001\r\r20\r");
	till_screen(t.s, &before);
	till_type(t.s, "\r\r\r\r");
	till_screen(t.s, &after);
	assert_string_equal(buf_text(&before), buf_text(&after));
	buf_done(&before);
	buf_done(&after);
	assert_int_equal(tickets(), 1);
}

static void
the_next_key_starts_the_next_sale(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r20\r");
	till_type(t.s, "1");
	till_refuse(t.s, "CHANGE");
	till_refuse(t.s, "Croque");
	/* And that key counts. */
	till_type(t.s, "0\r");
	till_expect(t.s, "1 Café");
	till_expect(t.s, "TOTAL       2,50 €");
}

static void
a_burst_sells_two_sales(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r20\r10\r11\r\r\r2*10\r\rc\r");
	assert_int_equal(tickets(), 3);
}

static void
the_sales_keys_work_here_too(void **state)
{
	(void)state;
	till_type(t.s, "1001\r10\r\r\033[19~");
	till_expect(t.s, "Café is off");
	till_type(t.s, "\r\033[15~Zoé\r");
	till_expect(t.s, "held as Zoé");
}

static void
pay_by_command(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:pay card\r");
	paid_with("card", 980, 0);
	till_type(t.s, "1001\r:pay 20 cash\r");
	paid_with("cash", 980, 1020);
}

static void
retender_corrects_the_last(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1001\r\rc\r:retender cash\r");
	assert_true(ticket(&sale) != 0);
	assert_int_equal(sale.npayments, 1);
	assert_string_equal(sale.payments[0].tender, "cash");
	sale_done(&sale);
	till_expect(t.s, "Cash");
}

static void
a_reprint_is_a_duplicate(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\r\r:reprint\r");
	till_expect(t.s, "duplicate 1 is printing");
	till_type(t.s, ":reprint\r");
	till_expect(t.s, "duplicate 2 is printing");
}

static void
paid_elsewhere_is_not_paid_twice(void **state)
{
	struct shop	*other = test_till(dir, "Paul", "Till 2");
	struct sale	 sale;
	int64_t		 change, version;
	bool		 posted;

	(void)state;
	till_type(t.s, "1001\r\r");
	version = 0;
	other->who.rights = UINT64_MAX;
	OK(sale_take(other, t.app.sale, &version));
	OK(sale_pay(other, t.app.sale, &version, "cash", 0, &change,
	    &posted));
	till_type(t.s, "\r");
	assert_int_equal(tickets(), 1);
	assert_true(ticket(&sale) != 0);
	assert_int_equal(sale.npayments, 1);
	sale_done(&sale);
	shop_close(other);
}

static void
implied_decimals_are_said(void **state)
{
	(void)state;
	t.shop->who.implied = true;
	till_type(t.s, "1001\r\r");
	till_expect(t.s, "2000 = 20,00");
	till_type(t.s, "2000\r");
	paid_with("cash", 980, 1020);
}

static void
looks(int rows, int cols, const char *language, const char *who,
    const char *name)
{
	struct session_config	c = till_config(rows, cols);
	struct till		u;
	char			path[64];

	till_enter(&u, dir, who, ROLE_CASHIER, "Till 2", language, &c);
	till_type(u.s, "3*10\r1001\r1002\r0,350*2001\r\r");
	(void)str_fmt(path, sizeof(path), "pay-%s", name);
	till_golden(u.s, path);
	till_type(u.s, "30c\r2");
	(void)str_fmt(path, sizeof(path), "pay-part-%s", name);
	till_golden(u.s, path);
	till_type(u.s, "5\r");
	(void)str_fmt(path, sizeof(path), "paid-split-%s", name);
	till_golden(u.s, path);
	till_type(u.s, "3*10\r\r20\r");
	(void)str_fmt(path, sizeof(path), "paid-%s", name);
	till_golden(u.s, path);
	till_leave(&u);
}

static void
it_looks_right(void **state)
{
	(void)state;
	looks(24, 80, "en", "Julie", "80x24-en");
	looks(24, 80, "fr", "Karim", "80x24-fr");
	looks(12, 40, "fr", "Zoé", "40x12-fr");
	looks(43, 132, "en", "Paul", "132x43-en");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(enter_goes_to_the_payment),
		T(enter_takes_the_exact_amount),
		T(an_amount_is_in_the_default_tender),
		T(letters_name_tenders),
		T(several_tenders_pay_one_sale),
		T(no_default_tender_asks),
		T(plus_cycles_notes),
		T(a_scan_is_never_money),
		T(an_unknown_scan_is_not_money_either),
		T(a_short_barcode_is_not_money),
		T(much_change_is_asked_twice),
		T(much_change_once_more_after_another_amount),
		T(bad_money_stays_to_be_mended),
		T(an_unknown_tender_lists_them),
		T(more_than_due_by_card_is_refused),
		T(esc_goes_back_to_the_sale),
		T(enter_on_the_change_is_nothing),
		T(the_next_key_starts_the_next_sale),
		T(a_burst_sells_two_sales),
		T(the_sales_keys_work_here_too),
		T(pay_by_command),
		T(retender_corrects_the_last),
		T(a_reprint_is_a_duplicate),
		T(paid_elsewhere_is_not_paid_twice),
		T(implied_decimals_are_said),
		T(it_looks_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
