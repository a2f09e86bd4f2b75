/* SPDX-License-Identifier: ISC */
/* Every tender on the payment, and customers: keys in, text out. */
#include "till.h"

#include "shop/currency.h"
#include "shop/customer.h"
#include "shop/init.h"
#include "shop/payment.h"
#include "shop/tender_set.h"
#include "shop/voucher.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static int
setup_of(int rows, int cols, const char *language)
{
	struct session_config	c = till_config(rows, cols);

	owner = till_shop(dir);
	till_enter(&t, dir, "Anna", ROLE_CASHIER, "Till 1", language, &c);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	return setup_of(24, 80, "en");
}

static int
setup_phone(void **state)
{
	(void)state;
	return setup_of(12, 40, "fr");
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	test_done(owner, dir);
	return 0;
}

/* The newest ticket; false when there is none. */
static bool
ticket(struct sale *out)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_posted_list(owner, NULL, 1, &rows, &n));
	if (n > 0) {
		OK(sale_load(owner, rows[0].id, out));
	}
	free(rows);
	return n > 0;
}

static void
no_ticket(void)
{
	struct sale	sale;

	assert_false(ticket(&sale));
}

static void
paid_by(const char *tender, int64_t amount, const char *reference)
{
	struct sale	sale;

	assert_true(ticket(&sale));
	assert_string_equal(sale.payments[0].tender, tender);
	assert_int_equal(sale.payments[0].amount, amount);
	assert_string_equal(sale.payments[0].reference, reference);
	sale_done(&sale);
}

static void
a_tip_is_asked_twice(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1002\r\r25c\r");
	till_expect(t.s, "tip 1,00");
	assert_string_equal(session_entry(t.s), "25c");
	no_ticket();
	till_type(t.s, "\r");
	assert_true(ticket(&sale));
	assert_int_equal(sale.tip, 100);
	sale_done(&sale);
	/* By its word, at once; in cash too. */
	till_type(t.s, "1002\r\r25 tip\r");
	assert_true(ticket(&sale));
	assert_int_equal(sale.tip, 100);
	assert_string_equal(sale.payments[0].tender, "cash");
	assert_int_equal(sale.change, 0);
	sale_done(&sale);
	/* Another amount is another question. */
	till_type(t.s, "1002\r\r25c\r\025" "26c\r");
	till_expect(t.s, "tip 2,00");
}

static void
foreign_money(void **state)
{
	struct currency	usd = { .code = "USD", .active = true };

	(void)state;
	OK(money_style_set(&usd.money, "USD", "FR"));
	OK(currency_rate(owner, "1.1650", false, &usd));
	OK(currency_set(owner, &usd));
	OK(shop_reload_settings(t.shop));
	till_type(t.s, "1002\r\r");
	till_expect(t.s, "USD");
	till_type(t.s, "usd\r");
	till_expect(t.s, "27,96 USD is enough");
	till_type(t.s, "\02530 usd\r");
	till_expect(t.s, "CHANGE       1,75");
	paid_by("cash", 2400, "");
}

static void
a_reference_is_asked_for(void **state)
{
	(void)state;
	till_type(t.s, "1002\r\rq\r");
	till_expect(t.s, "Cheque: number or reference");
	no_ticket();
	till_type(t.s, "0071234\r");
	paid_by("cheque", 2400, "0071234");
	/* Or it stands behind. */
	till_type(t.s, "1002\r\r24q 0071235\r");
	paid_by("cheque", 2400, "0071235");
	/* Esc leaves everything as it was. */
	till_type(t.s, "1002\r\rq\r");
	till_esc(t.s);
	till_expect(t.s, "TOTAL      24,00");
	till_type(t.s, "\r");
	paid_by("cash", 2400, "");
}

static void
a_card_number_is_not_kept(void **state)
{
	(void)state;
	till_type(t.s, "1002\r\rq 4111 1111 1111 1111\r");
	till_expect(t.s, "number of a card");
	no_ticket();
}

static void
a_gift_card_by_its_number(void **state)
{
	struct voucher	v;
	char		keys[64];
	int64_t		id;

	(void)state;
	OK(voucher_add(owner, &id));
	OK(voucher_adjust(owner, id, 3000, "test"));
	OK(voucher_get(owner, id, &v));
	till_type(t.s, "1002\r\rk\r");
	till_expect(t.s, "Gift: its number");
	(void)snprintf(keys, sizeof(keys), "%s\r", v.number);
	till_type(t.s, keys);
	paid_by("gift", 2400, "");
	till_type(t.s, "1002\r\rk 9800000000000000\r");
	assert_string_equal(session_entry(t.s), "k 9800000000000000");
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

/* A number with that much on it, good until that day. */
static void
card_of(int64_t amount, const char *until, bool blocked, char out[static 40])
{
	struct voucher	v;
	int64_t		id;

	OK(voucher_add(owner, &id));
	OK(voucher_adjust(owner, id, 3000, "test"));
	if (amount != 3000) {
		OK(voucher_adjust(owner, id, amount - 3000, "test"));
	}
	OK(voucher_extend(owner, id, until));
	OK(voucher_block(owner, id, blocked));
	OK(voucher_get(owner, id, &v));
	(void)snprintf(out, 40, "k %s", v.number);
}

/* Whatever is typed that cannot pay: one line says why, what was typed stays
 * to be mended, nothing is taken, and the books balance. */
static void
what_cannot_pay_says_why(void **state)
{
	char	old[40], blocked[40], empty[40], small[40], few[48];
	const struct {
		const char	*typed, *words;
	} bad[] = {
		{ old, "this voucher expired on" },
		{ blocked, "this voucher is blocked; keep it" },
		{ empty, "this voucher is used up" },
		{ few, "gives no change; at most 5,00" },
		{ "k 9800000000000005", "knows no voucher of that number" },
		{ "k 9800000000000001", "a digit of that voucher number" },
		{ "30gbp", "gbp is no currency taken here" },
		{ "30 usd", "usd is no currency taken here" },
		{ "9999999c", "is more than the sale" },
		{ "0", "0 pays nothing" },
		{ "-5", "-5 pays nothing" },
		{ "5z", "z is no way to pay" },
		{ "o", "on whose account?" },
		{ "q 4970101234567893", "number of a card is never kept" },
		{ "25,01t", "gives no change; at most 9,80" },
		{ "1234567,89e", "a barcode is never money" },
		{ "99999999999999999999e", "a barcode is never money" },
	};
	int64_t	sound;

	(void)state;
	card_of(3000, "2026-11-01", false, old);
	card_of(3000, "", true, blocked);
	card_of(0, "", false, empty);
	card_of(500, "", false, small);
	(void)snprintf(few, sizeof(few), "9%s", small);
	till_type(t.s, "1001\r\r");
	for (size_t i = 0; i < NELEM(bad); i++) {
		char	keys[64];

		(void)snprintf(keys, sizeof(keys), "%s\r", bad[i].typed);
		till_type(t.s, keys);
		till_expect(t.s, bad[i].words);
		assert_string_equal(session_entry(t.s), bad[i].typed);
		no_ticket();
		till_esc(t.s);
		assert_string_equal(session_entry(t.s), "");
	}
	till_type(t.s, "\r");
	paid_by("cash", 980, "");
	OK(check_run(owner, finding, NULL, &sound));
	assert_int_equal(sound, 0);
}

static void
mobile_money_waits(void **state)
{
	(void)state;
	OK(tender_set(owner, "mobile", "active", "yes"));
	OK(shop_reload_settings(t.shop));
	/* Eight ways to pay are a row too long: words are cut, none is lost. */
	till_type(t.s, "1002\r\r");
	till_expect(t.s, "c Card  t Meal");
	till_expect(t.s, "o Acco");
	till_expect(t.s, "m Mobil");
	till_type(t.s, "m\r");
	till_expect(t.s, "Mobile money: telephone");
	till_type(t.s, "699112233\r");
	till_expect(t.s, "waiting");
	till_expect(t.s, "Mobile money     -24,00");
	no_ticket();
	till_type(t.s, ":failed\r");
	till_expect(t.s, "due again");
	till_expect(t.s, "Enter = Cash 24,00");
	till_type(t.s, "m 699112233\r:confirmed\r");
	till_expect(t.s, "reference it came with");
	till_type(t.s, "MP2401\r");
	till_expect(t.s, "PAID");
}

/* On a phone with every way to pay only letters are left: help and the menu
 * say whose they are. */
static void
the_letters_are_listed(void **state)
{
	(void)state;
	OK(tender_set(owner, "mobile", "active", "yes"));
	OK(tender_set(owner, "transfer", "active", "yes"));
	OK(shop_reload_settings(t.shop));
	session_resize(t.s, 12, 40);
	till_type(t.s, "1002\r\r");
	till_refuse(t.s, "Mobile money");
	till_type(t.s, "?");
	till_expect(t.s, "  e  Cash");
	till_expect(t.s, "  q  Cheque");
	till_expect(t.s, "  o  Account");
	till_esc(t.s);
	till_type(t.s, ":ways\r");
	till_expect(t.s, "How is it paid?");
	till_expect(t.s, "c  Card");
	till_type(t.s, "2\r");
	assert_string_equal(session_entry(t.s), "c");
	till_type(t.s, "\r");
	till_expect(t.s, "PAID");
	paid_by("card", 2400, "");
}

static void
shares(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1002\r1002\r1002\r1003\r\r");	/* 76,50 */
	till_type(t.s, ":split 4\r");
	till_expect(t.s, "Enter = Cash 19,13, 4 to pay");
	till_type(t.s, "c\r");
	till_expect(t.s, "19,13, 3 to pay");
	till_type(t.s, "\r");
	till_expect(t.s, "19,12, 2 to pay");
	till_type(t.s, "20\r");
	till_expect(t.s, "Enter = Cash 18,24");
	till_type(t.s, "c\r");
	assert_true(ticket(&sale));
	assert_int_equal(sale.npayments, 4);
	assert_int_equal(sale.paid, 7650);
	sale_done(&sale);
	till_type(t.s, "1002\r\r:split 100\r");
	till_expect(t.s, "2 to 99");
}

static void
the_law_on_cash_is_said(void **state)
{
	(void)state;
	till_type(t.s, "50*1002\r\r\r");
	till_expect(t.s, "the law allows");
	no_ticket();
	till_type(t.s, "\r");
	paid_by("cash", 120000, "");
}

static void
a_huge_paste_pays_nothing(void **state)
{
	char	paste[2000];

	(void)state;
	memset(paste, '9', sizeof(paste));
	paste[sizeof(paste) - 1] = '\0';
	till_type(t.s, "1002\r\r");
	till_type(t.s, paste);
	till_type(t.s, "\r\r");
	no_ticket();
	till_expect(t.s, "24,00");
}

static void
retender_with_a_reference(void **state)
{
	(void)state;
	till_type(t.s, "1002\r\r\r:retender q 0071234\r");
	till_expect(t.s, "corrected");
	paid_by("cheque", 2400, "0071234");
	/* What is missing is asked for, and may be scanned. */
	till_type(t.s, ":retender card\r");
	till_expect(t.s, "corrected");
	till_type(t.s, ":retender q\r");
	till_expect(t.s, "number or reference");
	till_type(t.s, "\r");
	paid_by("card", 2400, "");
	till_type(t.s, ":retender q\r0071235\r");
	till_expect(t.s, "corrected");
	paid_by("cheque", 2400, "0071235");
	/* Of what a tender waits for, too: it has come, or it is none. */
	OK(tender_set(owner, "mobile", "active", "yes"));
	OK(shop_reload_settings(t.shop));
	till_type(t.s, ":retender\rm\r");
	till_expect(t.s, "telephone");
	till_type(t.s, "699112233\r");
	till_expect(t.s, "the reference it came with");
	paid_by("cheque", 2400, "0071235");
	till_type(t.s, "AB12\r");
	till_expect(t.s, "corrected");
	paid_by("mobile", 2400, "AB12");
	till_type(t.s, ":retender k\r");
	till_expect(t.s, "take it back");
	till_esc(t.s);
	till_type(t.s, ":retender 5c\r");
	till_expect(t.s, "the whole ticket");
}

/* Added at the till, found by the start of the name, on the sale, owing. */
static void
customers_on_a_sale(void **state)
{
	struct customer	c;

	(void)state;
	till_type(t.s, "1002\r\033[18~");
	till_expect(t.s, "No customer yet");
	till_type(t.s, "\033[18~Z\303\251lie Petit\r0612345678\r\r\r\r\r\r");
	till_expect(t.s, "lie Petit");
	till_type(t.s, "petit\r");
	till_expect(t.s, "SALE  Z");
	till_type(t.s, "\033[18~");
	till_expect(t.s, "lie Petit  (buys now)");
	till_esc(t.s);
	/* A limit is a manager's word. */
	till_type(t.s, "\ro\r");
	till_expect(t.s, "pays at once");
	till_esc(t.s);
	OK(customer_find(owner, "1", &c));
	c.on_account = true;
	c.credit = 3000;
	OK(customer_update(owner, &c));
	till_type(t.s, "o\r");
	till_expect(t.s, "PAID");
	paid_by("account", 2400, "");
	till_type(t.s, "1002\r:customer petit\r\r\ro\r");
	till_expect(t.s, "would owe 48,00");
	till_esc(t.s);
	till_esc(t.s);
	/* And pays some of it: no sale. */
	till_type(t.s, ":customer\r\033[20~20c\r");
	till_expect(t.s, "off the account");
	till_expect(t.s, "4,00");
	OK(customer_find(owner, "1", &c));
	assert_int_equal(c.balance, 400);
}

static void
account_wants_a_customer(void **state)
{
	(void)state;
	till_type(t.s, "1002\r\ro\r");
	till_expect(t.s, "F7 chooses the customer");
	no_ticket();
	/* F7 works on the payment too. */
	till_type(t.s, "\025\033[18~");
	till_expect(t.s, "No customer yet");
}

/* On a telephone, in French: everything by letters and the ":" line. */
static void
on_a_phone(void **state)
{
	(void)state;
	till_type(t.s, "1002\r\r");
	till_expect(t.s, "e Esp\303\250ces  c Carte");
	till_type(t.s, "25c\r");
	till_expect(t.s, "pourboire 1,00");
	till_type(t.s, "\r");
	till_expect(t.s, "PAY");
	till_type(t.s, ":client\r");
	till_expect(t.s, "Aucun client");
	till_type(t.s, ":nouveau-client Ana\r");
	till_expect(t.s, "Ana");
	till_type(t.s, "\r\r\r\r\r\r\r");
	till_expect(t.s, "Ana");
	till_type(t.s, "\r");
	till_expect(t.s, "VENTE  Ana");
}

/* "5m" where nothing has the letter m is not the meal vouchers. */
static void
a_letter_is_not_a_beginning(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1002\r\r5m\r");
	till_expect(t.s, "m is no way to pay");
	assert_false(ticket(&sale));
	till_type(t.s, "\02520 usd\r");
	till_expect(t.s, "usd is no currency taken here");
	till_type(t.s, "\0255me\r");
	till_expect(t.s, "DUE      19,00");
	till_type(t.s, "\r:retender\r");
	till_expect(t.s, "really paid by  e Cash  c Card");
}

/* The name was said: what comes next is the telephone. */
static void
a_new_customer_keeps_the_name(void **state)
{
	struct customer	c;

	(void)state;
	till_type(t.s, "1002\r\033[18~Petit\r");
	till_expect(t.s, "F7 adds");
	till_type(t.s, "\033[18~");
	till_type(t.s, "0546000000\r\033[20~");
	OK(customer_find(owner, "1", &c));
	assert_string_equal(c.name, "Petit");
	assert_string_equal(c.phone, "0546000000");
	till_type(t.s, "\r\ro\r");
	till_expect(t.s, "Petit pays at once: no limit is set");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(a_tip_is_asked_twice),
		T(foreign_money),
		T(a_reference_is_asked_for),
		T(a_card_number_is_not_kept),
		T(a_gift_card_by_its_number),
		T(what_cannot_pay_says_why),
		T(mobile_money_waits),
		T(the_letters_are_listed),
		T(shares),
		T(the_law_on_cash_is_said),
		T(a_huge_paste_pays_nothing),
		T(retender_with_a_reference),
		T(customers_on_a_sale),
		T(account_wants_a_customer),
		T(a_letter_is_not_a_beginning),
		T(a_new_customer_keeps_the_name),
		cmocka_unit_test_setup_teardown(on_a_phone, setup_phone,
		    teardown),
	};

	return cmocka_run_group_tests_name("tender", tests, NULL, NULL);
}
