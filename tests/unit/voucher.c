/* SPDX-License-Identifier: ISC */
/* Gift cards and credit notes: numbers, balances, what is refused. */
#include "trade.h"

#include "shop/init.h"
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
	OK(voucher_extend(shop, id, "2026-11-19"));
	OK(voucher_get(shop, id, &v));
	assert_int_equal(v.state, VOUCHER_EXPIRED);
	assert_int_equal(voucher_usable(shop, &v), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "2026-11-19"));
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
	OK(voucher_slip(shop, &v, true, &slip));
	assert_non_null(strstr(slip_stored(&slip), v.number));
	assert_non_null(strstr(slip_stored(&slip), "code128"));
	assert_non_null(strstr(slip_stored(&slip), "DUPLICATA"));
	assert_non_null(strstr(slip_stored(&slip), "50,00"));
	slip_done(&slip);
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
		cmocka_unit_test(a_manager_s_work_needs_the_right),
		cmocka_unit_test(the_slip_has_number_and_barcode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
