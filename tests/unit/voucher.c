/* SPDX-License-Identifier: ISC */
/* Gift cards and credit notes: numbers, balances, what is refused. */
#include "trade.h"

#include "shop/init.h"
#include "shop/payment.h"
#include "shop/return.h"
#include "shop/slip.h"
#include "shop/voucher.h"

static void
numbers_carry_their_check_digit(void **state)
{
	char		dir[64], number[VOUCHER_NUMBER], shown[VOUCHER_SHOWN];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	int64_t		id;

	(void)state;
	OK(voucher_add(shop, &id));
	OK(voucher_get(shop, id, &v));
	assert_int_equal(strlen(v.number), 16);
	assert_memory_equal(v.number, "98", 2);
	assert_true(voucher_looks(v.number));
	OK(voucher_number(v.number, number));
	assert_string_equal(number, v.number);
	voucher_show(v.number, false, shown);
	assert_int_equal(strlen(shown), 19);
	OK(voucher_number(shown, number));
	assert_string_equal(number, v.number);
	voucher_show(v.number, true, shown);
	assert_memory_equal(shown, "**** **** **** ", 15);
	assert_string_equal(shown + 15, v.number + 12);
	/* Every single wrong digit is noticed. */
	for (size_t i = 2; i < 16; i++) {
		(void)strcpy(number, v.number);
		number[i] = (char)('0' + (number[i] - '0' + 3) % 10);
		assert_int_equal(voucher_number(number, shown), ERR_INVALID);
		assert_non_null(strstr(err_text(ERR_INVALID), "wrong"));
	}
	assert_false(voucher_looks("981234"));
	assert_false(voucher_looks("4006381333931"));
	assert_int_equal(voucher_number("gift", number), ERR_INVALID);
	test_done(shop, dir);
}

static void
none_is_drawn_twice(void **state)
{
	char		dir[64], seen[200][VOUCHER_NUMBER];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	int64_t		id;

	(void)state;
	for (size_t i = 0; i < NELEM(seen); i++) {
		OK(voucher_add(shop, &id));
		OK(voucher_get(shop, id, &v));
		(void)strcpy(seen[i], v.number);
		for (size_t k = 0; k < i; k++) {
			assert_string_not_equal(seen[k], seen[i]);
		}
	}
	test_done(shop, dir);
}

static int64_t
card_of(struct shop *shop, int64_t amount)
{
	int64_t	id;

	OK(voucher_add(shop, &id));
	OK(voucher_adjust(shop, id, amount, "brought from the old till"));
	return id;
}

static void
a_balance_never_goes_below_nothing(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	int64_t		id = card_of(shop, 1160);

	(void)state;
	assert_int_equal(voucher_adjust(shop, id, -1161, "too much"),
	    ERR_RANGE);
	OK(voucher_adjust(shop, id, -1160, "all of it"));
	OK(voucher_get(shop, id, &v));
	assert_int_equal(v.balance, 0);
	assert_int_equal(v.state, VOUCHER_USED_UP);
	assert_int_equal(voucher_adjust(shop, id, 5, ""), ERR_EMPTY);
	assert_int_equal(voucher_adjust(shop, id, 0, "why"), ERR_RANGE);
	test_done(shop, dir);
}

static void
what_cannot_be_used_says_why(void **state)
{
	char		dir[64], text[100];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	int64_t		id = card_of(shop, 1160);

	(void)state;
	OK(voucher_get(shop, id, &v));
	OK(voucher_balance(shop, v.number, text, sizeof(text)));
	assert_non_null(strstr(text, "11,60"));
	OK(voucher_usable(shop, &v));
	OK(voucher_extend(shop, id, "19/11/2026"));
	OK(voucher_get(shop, id, &v));
	assert_int_equal(v.state, VOUCHER_EXPIRED);
	assert_int_equal(voucher_usable(shop, &v), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "19/11/2026"));
	/* Good on its last day. */
	OK(voucher_extend(shop, id, "2026-11-20"));
	OK(voucher_get(shop, id, &v));
	OK(voucher_usable(shop, &v));
	OK(voucher_block(shop, id, true));
	OK(voucher_get(shop, id, &v));
	assert_int_equal(voucher_usable(shop, &v), ERR_DENIED);
	OK(voucher_block(shop, id, false));
	OK(voucher_add(shop, &id));
	OK(voucher_get(shop, id, &v));
	assert_int_equal(v.state, VOUCHER_BLANK);
	assert_int_equal(voucher_usable(shop, &v), ERR_INVALID);
	assert_int_equal(voucher_balance(shop, "9800000000000001", text,
	    sizeof(text)), ERR_INVALID);
	assert_int_equal(voucher_balance(shop, "9800000000000005", text,
	    sizeof(text)), ERR_NOT_FOUND);
	assert_int_equal(voucher_extend(shop, id, "soon"), ERR_INVALID);
	test_done(shop, dir);
}

/* A Z counts gift cards and credit notes apart. */
static void
a_number_pays_by_its_own_name(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pull", "standard", "pc",
			    1000, false);
	int64_t		id = 0, version = 0, line, card = card_of(shop, 1000);
	struct pay	pay = { .tender = "credit" };
	struct paid	paid;
	struct voucher	v;

	(void)state;
	OK(voucher_get(shop, card, &v));
	pay.reference = v.number;
	OK(sale_add(shop, &id, &version, p, QTY_ONE, NULL, &line));
	assert_int_equal(sale_pay_with(shop, id, &version, &pay, &paid),
	    ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "gift card"));
	pay.tender = "gift";
	OK(sale_pay_with(shop, id, &version, &pay, &paid));
	assert_true(paid.posted);
	test_done(shop, dir);
}

static void
a_manager_s_work_needs_the_right(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		id = card_of(shop, 100), other;

	(void)state;
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(voucher_add(shop, &other), ERR_DENIED);
	assert_int_equal(voucher_block(shop, id, true), ERR_DENIED);
	assert_int_equal(voucher_extend(shop, id, ""), ERR_DENIED);
	assert_int_equal(voucher_adjust(shop, id, 5, "x"), ERR_DENIED);
	test_done(shop, dir);
}

static void
the_slip_has_number_and_barcode(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	struct slip	slip = { 0 };
	int64_t		id = card_of(shop, 5000);

	(void)state;
	OK(voucher_get(shop, id, &v));
	OK(voucher_slip(shop, &v, 1, &slip));
	assert_non_null(strstr(slip_stored(&slip), v.number));
	assert_non_null(strstr(slip_stored(&slip), "code128"));
	assert_non_null(strstr(slip_stored(&slip), "DUPLICATA"));
	assert_non_null(strstr(slip_stored(&slip), "50,00"));
	slip_done(&slip);
	test_done(shop, dir);
}

/* ---- on a sale ---------------------------------------------------------- */

static void
pay_all(struct shop *shop, int64_t id, int64_t *version)
{
	int64_t	change;
	bool	posted;

	OK(sale_pay(shop, id, version, "cash", 0, &change, &posted));
	assert_true(posted);
}

static void
count_finding(void *ctx, const char *what, const char *finding)
{
	int	*n = ctx;

	print_message("%s: %s\n", what, finding);
	(*n)++;
}

static void
whole(struct shop *shop)
{
	int64_t	bad;
	int	n = 0;

	OK(check_run(shop, count_finding, &n, &bad));
	assert_int_equal(n, 0);
}

/* J08, first half: 50.00 sold; TVA 0, turnover 0, liability 50.00. */
static void
j08_a_gift_card_sold_is_no_turnover(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	struct sale	sale;
	int64_t		id = 0, version = 0, line, other = 0, seen = 0;

	(void)state;
	OK(voucher_sell(shop, &id, &version, 5000, "", &line));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, 5000);
	assert_int_equal(sale.turnover, 0);
	assert_int_equal(sale.nvat, 0);
	OK(voucher_get(shop, sale.lines[0].voucher, &v));
	/* Not worth anything before it is paid. */
	assert_int_equal(v.state, VOUCHER_BLANK);
	assert_int_equal(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE),
	    ERR_INVALID);
	assert_int_equal(sale_set_price(shop, id, &version, line, 6000),
	    ERR_INVALID);
	pay_all(shop, id, &version);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 5000);
	assert_int_equal(v.state, VOUCHER_GOOD);
	assert_false(v.single);
	assert_string_equal(v.expires, "2027-11-20");
	/* Filled again, by its number. */
	OK(voucher_sell(shop, &other, &seen, 2000, v.number, &line));
	pay_all(shop, other, &seen);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 7000);
	/* What a manager made longer is not made shorter. */
	OK(voucher_extend(shop, v.id, "2030-01-31"));
	other = seen = 0;
	OK(voucher_sell(shop, &other, &seen, 1000, v.number, &line));
	pay_all(shop, other, &seen);
	OK(voucher_get(shop, v.id, &v));
	assert_string_equal(v.expires, "2030-01-31");
	OK(voucher_extend(shop, v.id, "2026-11-30"));
	other = seen = 0;
	OK(voucher_sell(shop, &other, &seen, 1000, v.number, &line));
	pay_all(shop, other, &seen);
	OK(voucher_get(shop, v.id, &v));
	assert_string_equal(v.expires, "2027-11-20");
	whole(shop);
	sale_done(&sale);
	test_done(shop, dir);
}

/* Nothing of it was spent: it is taken back with its ticket, else not. */
static void
a_card_comes_back_with_its_ticket(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	int64_t		id = 0, version = 0, line, ticket, change;
	bool		posted;

	(void)state;
	OK(voucher_sell(shop, &id, &version, 5000, "", &line));
	pay_all(shop, id, &version);
	ticket = id;
	id = version = 0;
	OK(return_cancel(shop, &id, &version, ticket, "the wrong one"));
	OK(voucher_adjust(shop, 1, -1, "used meanwhile"));
	assert_int_equal(sale_pay(shop, id, &version, "cash", 0, &change,
	    &posted), ERR_RANGE);
	OK(voucher_adjust(shop, 1, 1, "after all not"));
	pay_all(shop, id, &version);
	OK(voucher_get(shop, 1, &v));
	assert_int_equal(v.balance, 0);
	whole(shop);
	test_done(shop, dir);
}

static int64_t
single_product(struct shop *shop)
{
	struct product	p = { .price = 5000, .active = true,
			    .kind = PRODUCT_VOUCHER };
	int64_t		id;

	(void)strcpy(p.code, "PANIER");
	(void)strcpy(p.name, "Bon panier");
	(void)strcpy(p.tax_class, "food");
	(void)strcpy(p.unit, "pc");
	OK(product_add(shop, &p, NULL, 0, &id));
	return id;
}

/* J09: 50.00 @5.5 sold: HT 47.39, TVA 2.61; used: no VAT. */
static void
j09_a_single_purpose_card_has_its_vat_when_sold(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	struct sale	sale;
	int64_t		card = single_product(shop), line;
	int64_t		food = test_product(shop, "1", "Fruits", "food", "pc",
			    5000, false);
	int64_t		wine = test_product(shop, "2", "Vin", "alcohol", "pc",
			    900, false);
	int64_t		id = 0, version = 0;

	(void)state;
	OK(sale_add(shop, &id, &version, card, QTY_ONE, NULL, &line));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.turnover, 5000);
	assert_int_equal(sale.vat[0].net, 4739);
	assert_int_equal(sale.vat[0].vat, 261);
	OK(voucher_get(shop, sale.lines[0].voucher, &v));
	assert_true(v.single);
	sale_done(&sale);
	pay_all(shop, id, &version);

	/* On goods of another rate it is worth nothing. */
	id = version = 0;
	OK(sale_add(shop, &id, &version, wine, QTY_ONE, NULL, &line));
	assert_int_equal(voucher_redeem(shop, id, &version, v.number, 0),
	    ERR_RANGE);
	OK(sale_add(shop, &id, &version, food, QTY_ONE, NULL, &line));
	OK(voucher_redeem(shop, id, &version, v.number, 0));
	assert_int_equal(voucher_redeem(shop, id, &version, v.number, 0),
	    ERR_EXISTS);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, 900);
	assert_int_equal(sale.nvat, 2);
	assert_int_equal(sale.vat[0].vat, 150);
	assert_int_equal(sale.vat[1].rate, 5500);
	assert_int_equal(sale.vat[1].gross, 0);
	assert_int_equal(sale.vat[1].vat, 0);
	sale_done(&sale);
	pay_all(shop, id, &version);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 0);
	assert_int_equal(v.state, VOUCHER_USED_UP);
	whole(shop);
	test_done(shop, dir);
}

/* Two tills with the same card on their sales: the second is refused, and
 * sells without it. */
static void
a_single_card_is_not_spent_twice(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	struct sale	sale;
	int64_t		card = single_product(shop), line, change;
	int64_t		food = test_product(shop, "1", "Fruits", "food", "pc",
			    5000, false);
	int64_t		id = 0, version = 0, other = 0, seen = 0;
	bool		posted;

	(void)state;
	OK(sale_add(shop, &id, &version, card, QTY_ONE, NULL, &line));
	OK(sale_load(shop, id, &sale));
	OK(voucher_get(shop, sale.lines[0].voucher, &v));
	sale_done(&sale);
	pay_all(shop, id, &version);
	id = version = 0;
	OK(sale_add(shop, &id, &version, food, QTY_ONE, NULL, &line));
	OK(sale_add(shop, &other, &seen, food, QTY_ONE, NULL, &line));
	OK(voucher_redeem(shop, id, &version, v.number, 0));
	OK(voucher_redeem(shop, other, &seen, v.number, 0));
	pay_all(shop, id, &version);
	assert_int_equal(sale_pay(shop, other, &seen, "cash", 0, &change,
	    &posted), ERR_INVALID);
	OK(sale_load(shop, other, &sale));
	OK(sale_void_line(shop, other, &seen, sale.lines[1].id, ""));
	sale_done(&sale);
	pay_all(shop, other, &seen);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 0);
	whole(shop);
	test_done(shop, dir);
}

/* The ticket it was used on is cancelled: it is on the card again. */
static void
a_single_card_comes_off_a_cancelled_ticket(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct voucher	v;
	int64_t		card = single_product(shop), line;
	int64_t		food = test_product(shop, "1", "Fruits", "food", "pc",
			    6000, false);
	int64_t		id = 0, version = 0, ticket;
	struct sale	sale;

	(void)state;
	OK(sale_add(shop, &id, &version, card, QTY_ONE, NULL, &line));
	OK(sale_load(shop, id, &sale));
	OK(voucher_get(shop, sale.lines[0].voucher, &v));
	sale_done(&sale);
	pay_all(shop, id, &version);
	id = version = 0;
	OK(sale_add(shop, &id, &version, food, QTY_ONE, NULL, &line));
	OK(voucher_redeem(shop, id, &version, v.number, 0));
	pay_all(shop, id, &version);
	ticket = id;
	id = version = 0;
	OK(return_cancel(shop, &id, &version, ticket, "wrong customer"));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, -1000);
	sale_done(&sale);
	pay_all(shop, id, &version);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 5000);
	whole(shop);
	test_done(shop, dir);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(numbers_carry_their_check_digit),
		cmocka_unit_test(none_is_drawn_twice),
		cmocka_unit_test(a_balance_never_goes_below_nothing),
		cmocka_unit_test(what_cannot_be_used_says_why),
		cmocka_unit_test(a_number_pays_by_its_own_name),
		cmocka_unit_test(a_manager_s_work_needs_the_right),
		cmocka_unit_test(the_slip_has_number_and_barcode),
		cmocka_unit_test(j08_a_gift_card_sold_is_no_turnover),
		cmocka_unit_test(
		    j09_a_single_purpose_card_has_its_vat_when_sold),
		cmocka_unit_test(a_single_card_is_not_spent_twice),
		cmocka_unit_test(a_card_comes_back_with_its_ticket),
		cmocka_unit_test(a_single_card_comes_off_a_cancelled_ticket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
