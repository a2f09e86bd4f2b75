/* SPDX-License-Identifier: ISC */
/* The screens of what comes back: choosing on a ticket, exchange, gift cards,
 * what a scan of a receipt or a card does. */
#include "till.h"

#include "shop/return.h"
#include "shop/voucher.h"

static struct shop *owner;
static char dir[64];

static void
begin(struct till *t, int rows, int cols, const char *language,
    enum role role)
{
	struct session_config	c = till_config(rows, cols);

	owner = till_shop(dir);
	till_enter(t, dir, role == ROLE_CASHIER ? "Anna" : "Marc", role,
	    "Caisse 1", language, &c);
}

static void
end(struct till *t)
{
	till_leave(t);
	test_done(owner, dir);
}

/* Two coffees, a croque and a beer, paid in cash: ticket 1-000001. */
static void
sell(struct till *t)
{
	till_type(t->s, "2*10\r1001\r1003\r\r\r");
	assert_non_null(till_shows(t->s, "PAID") || till_shows(t->s, "PAYÉ") ?
	    "paid" : NULL);
}

static void
lines_are_chosen_and_go_on_the_sale(void **state)
{
	struct till	t;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r");
	till_expect(t.s, "RETURN  1-000001");
	till_golden(t.s, "return-80x24");
	/* One of the two coffees, all of the beer, which is thrown away. */
	till_type(t.s, "1\r");
	till_expect(t.s, "2,50");
	till_type(t.s, "\033[B\033[B\r");
	till_type(t.s, "\tx");
	till_expect(t.s, "7,00");
	till_golden(t.s, "return-chosen-80x24");
	till_type(t.s, "\033[20~");		/* F9 */
	till_expect(t.s, "< 1-000001");
	till_expect(t.s, "-7,00");
	/* An exchange: a croque instead; the customer pays the difference. */
	till_type(t.s, "1001\r");
	till_expect(t.s, "2,80");
	till_golden(t.s, "exchange-80x24");
	till_type(t.s, "\r\r");
	till_expect(t.s, "1-000002");
	/* There is one coffee left, and no beer. */
	till_type(t.s, ":return 1\r3\r");
	till_expect(t.s, "at most 1");
	end(&t);
}

/* A code may be as short as a number: more than is left is a code. */
static void
a_short_code_is_no_count(void **state)
{
	struct till	t;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r1001\r");
	till_expect(t.s, "GIVE BACK  9,80");
	till_refuse(t.s, "at most");
	/* The mark is on the coffees, of which there are two; 9 is no item. */
	till_type(t.s, "9\r");
	till_expect(t.s, "at most 2");
	end(&t);
}

/* What goes back on paper is not what the drawer gives. */
static void
a_credit_note_is_not_change(void **state)
{
	struct till	t;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r\ta\033[20~\rn\r");
	till_expect(t.s, "1-000002");
	till_refuse(t.s, "BACK");
	till_expect(t.s, "Credit note      19,30");
	end(&t);
}

static void
money_goes_back(void **state)
{
	struct till	t;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r\ta\033[20~");
	till_expect(t.s, "-19,30");
	till_type(t.s, "\r\r");
	till_expect(t.s, "1-000002");
	till_expect(t.s, "BACK");
	till_golden(t.s, "refund-80x24");
	till_type(t.s, ":tickets\r");
	till_expect(t.s, "returned");
	end(&t);
}

/* The ticket 1-000002, as it was paid back. */
static void
paid_back(struct till *t, const char *tender, int64_t *voucher)
{
	struct sale	sale;
	int64_t		id;

	till_expect(t->s, "1-000002");
	OK(sale_by_ticket(t->shop, "1-000002", &id));
	OK(sale_load(t->shop, id, &sale));
	assert_int_equal(sale.npayments, 1);
	assert_string_equal(sale.payments[0].tender, tender);
	assert_int_equal(sale.payments[0].amount, -1930);
	*voucher = sale.payments[0].voucher;
	sale_done(&sale);
}

static void
money_goes_back_onto_a_card(void **state)
{
	struct till	t;
	int64_t		none;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r\ta\033[20~\r");
	/* More than all of it is refused, and stays to be mended. */
	till_type(t.s, "30c\r");
	till_expect(t.s, "at most 19,30");
	till_esc(t.s);
	till_type(t.s, "c\r");
	till_golden(t.s, "refund-card-80x24");
	paid_back(&t, "card", &none);
	assert_int_equal(none, 0);
	end(&t);
}

/* A credit note: what is on it is said, and printed with its number. */
static void
money_becomes_a_credit_note(void **state)
{
	struct till	t;
	struct voucher	v;
	int64_t		note;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r\ta\033[20~\r");
	till_type(t.s, "q\r");		/* a cheque gives nothing back */
	till_expect(t.s, "gives no money back");
	till_esc(t.s);
	till_type(t.s, "n\r");
	paid_back(&t, "credit", &note);
	OK(voucher_get(t.shop, note, &v));
	assert_int_equal(v.kind, VOUCHER_CREDIT);
	assert_int_equal(v.balance, 1930);
	end(&t);
}

static void
a_phone_has_room_for_it(void **state)
{
	struct till	t;

	(void)state;
	begin(&t, 12, 40, "fr", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":reprise 1\r\r");
	till_golden(t.s, "return-40x12-fr");
	end(&t);
}

static void
a_whole_ticket_is_cancelled_with_a_reason(void **state)
{
	struct till	t;
	struct sale	sale;
	int64_t		id;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r\tc");
	till_expect(t.s, "Why is ticket 1-000001 cancelled?");
	till_type(t.s, "wrong table\r");
	till_expect(t.s, "-19,30");
	till_type(t.s, "\r\r");
	till_expect(t.s, "1-000002");
	OK(sale_by_ticket(t.shop, "1-000002", &id));
	OK(sale_load(t.shop, id, &sale));
	assert_string_equal(sale.cancels, "1-000001");
	sale_done(&sale);
	OK(sale_by_ticket(t.shop, "1-000001", &id));
	OK(sale_load(t.shop, id, &sale));
	assert_string_equal(sale.cancelled_by, "1-000002");
	sale_done(&sale);
	end(&t);
}

/* Undo empties the draft; a second try is not in its own way, nor in that of
 * another till. */
static void
a_cancelling_taken_back_can_be_tried_again(void **state)
{
	struct till	t;
	struct sale	sale;
	int64_t		id, other = 0, version = 0;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	till_type(t.s, ":return 1\r\tcwrong table\r");
	till_expect(t.s, "-19,30");
	till_type(t.s, ":undo\r");
	till_expect(t.s, "taken out again");
	OK(sale_by_ticket(t.shop, "1-000001", &id));
	OK(return_cancel(owner, &other, &version, id, "here"));
	OK(sale_cancel(owner, other, &version, "no"));
	till_type(t.s, ":return 1\r\tcright table\r");
	till_expect(t.s, "-19,30");
	till_type(t.s, "\r\r");
	till_expect(t.s, "1-000002");
	OK(sale_by_ticket(t.shop, "1-000002", &id));
	OK(sale_load(t.shop, id, &sale));
	assert_string_equal(sale.cancels, "1-000001");
	sale_done(&sale);
	end(&t);
}

static void
a_receipt_s_barcode_opens_its_ticket(void **state)
{
	struct till	t;
	struct sale	sale;
	char		code[RETURN_CODE], keys[RETURN_CODE + 2];
	int64_t		id;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_CASHIER);
	sell(&t);
	OK(sale_by_ticket(t.shop, "1-000001", &id));
	OK(sale_load(t.shop, id, &sale));
	assert_true(return_code(&sale, code));
	sale_done(&sale);
	(void)snprintf(keys, sizeof(keys), "%s\r", code);
	till_type(t.s, keys);
	till_expect(t.s, "RETURN  1-000001");
	/* Scanning an item is one more of it. */
	till_esc(t.s);
	till_type(t.s, ":return 9-000001\r");
	till_expect(t.s, "there is no ticket 9-000001");
	end(&t);
}

static void
without_a_ticket_a_manager_says_why(void **state)
{
	struct till	t;

	(void)state;
	begin(&t, 24, 80, "en", ROLE_MANAGER);
	till_type(t.s, ":sell\r:return-without 2*10\r");
	till_expect(t.s, "Why does it come back");
	till_type(t.s, "cold\r");
	till_expect(t.s, "-5,00");
	end(&t);
}

static void
a_gift_card_is_sold_and_asked(void **state)
{
	struct till	t;
	struct voucher	v;
	char		keys[64];

	(void)state;
	begin(&t, 24, 80, "fr", ROLE_CASHIER);
	till_type(t.s, ":cadeau 50\r");
	till_expect(t.s, "50,00");
	till_golden(t.s, "gift-80x24-fr");
	till_type(t.s, "\r\r");
	till_expect(t.s, "1-000001");
	OK(voucher_get(t.shop, 1, &v));
	assert_int_equal(v.balance, 5000);
	(void)snprintf(keys, sizeof(keys), "%s\r", v.number);
	till_type(t.s, keys);
	till_expect(t.s, "carte cadeau : 50,00");
	/* A digit wrong, and one of another shop. */
	keys[15] = keys[15] == '9' ? '0' : (char)(keys[15] + 1);
	till_type(t.s, keys);
	till_expect(t.s, "un chiffre de ce numéro");
	till_esc(t.s);
	till_type(t.s, ":avoir 9800000000000005\r");
	till_expect(t.s, "ne connaît pas de bon");
	end(&t);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(lines_are_chosen_and_go_on_the_sale),
		cmocka_unit_test(a_short_code_is_no_count),
		cmocka_unit_test(a_credit_note_is_not_change),
		cmocka_unit_test(money_goes_back),
		cmocka_unit_test(money_goes_back_onto_a_card),
		cmocka_unit_test(money_becomes_a_credit_note),
		cmocka_unit_test(a_phone_has_room_for_it),
		cmocka_unit_test(a_whole_ticket_is_cancelled_with_a_reason),
		cmocka_unit_test(a_cancelling_taken_back_can_be_tried_again),
		cmocka_unit_test(a_receipt_s_barcode_opens_its_ticket),
		cmocka_unit_test(without_a_ticket_a_manager_says_why),
		cmocka_unit_test(a_gift_card_is_sold_and_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
