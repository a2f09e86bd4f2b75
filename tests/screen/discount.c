/* SPDX-License-Identifier: ISC */
/* Prices and what is taken off, on the screens: F4, :discount, :offer,
 * :coupon, the lines under a line, price lists and promotions. */
#include "till.h"

#include "shop/promo.h"
#include "shop/secret.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

/* Happy hour at this hour, three for two coffees, a coupon. */
static void
offers(void)
{
	struct price_list	list = { .name = "happy",
				    .label = "Happy hour",
				    .scope.when = PERIOD_ALWAYS };
	struct price_row	row = { .list = "happy", .code = "1003",
				    .price = 350 };
	struct promo_item	item[PROMO_ITEMS];
	struct promo		promo = { .name = "3for2",
				    .label = "3 cafés pour 2",
				    .kind = PROMO_N_FOR_M, .n = 3, .m = 2,
				    .scope.when = PERIOD_ALWAYS,
				    .item = item };
	struct promo		coupon = { .name = "welcome",
				    .label = "Bienvenue", .amount = 500,
				    .kind = PROMO_THRESHOLD,
				    .threshold = 3000, .coupon = "HELLO",
				    .scope.when = PERIOD_ALWAYS };
	int64_t			id;

	OK(period_hours(&list.scope.when, "12:00-14:00"));
	OK(price_list_add(owner, &list, &id));
	OK(price_set(owner, &row, false));
	OK(promo_set(owner, &promo, "items", "10"));
	OK(promo_add(owner, &promo, &id));
	OK(promo_add(owner, &coupon, &id));
}

static int
setup(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	owner = till_shop(dir);
	offers();
	till_enter(&t, dir, "Anna", ROLE_MANAGER, "Till 1", "en", &c);
	till_type(t.s, ":sell\r");
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
under_a_line_stands_what_is_off(void **state)
{
	(void)state;
	till_type(t.s, "1003\r3*10\r1002\r");
	till_expect_row(t.s, 3, "- Happy hour (4,50)");
	till_expect_row(t.s, 4, "3 Café");
	till_expect_row(t.s, 4, "7,50");
	till_expect_row(t.s, 5, "- 3 cafés pour 2");
	till_expect_row(t.s, 5, "-2,50");
	till_expect(t.s, "32,50 €");
	/* F4 on the last line: a percentage with its reason. */
	till_type(t.s, "\033OS10% tendre\r");
	till_expect_row(t.s, 7, "- discount 10\xc2\xa0%: tendre");
	till_expect_row(t.s, 7, "-2,40");
	till_type(t.s, ":undo\r");
	till_expect(t.s, "discount 10\xc2\xa0%: tendre taken back");
	till_expect(t.s, "32,50 €");
	till_type(t.s, ":price -2\r");
	till_expect(t.s, "30,50 €");
	till_type(t.s, ":discount 10%\r");
	till_expect(t.s, "-3,05");
	till_expect(t.s, "27,45 €");
	/* What is refused stands again. */
	till_type(t.s, ":discount 5\r");
	till_expect(t.s, "a ticket has no price");
	till_type(t.s, "\025:discount 0%\r");
	till_expect(t.s, "30,50 €");
	till_type(t.s, ":preview\r");
	till_expect(t.s, "Happy hour (4,50)");
	till_expect(t.s, "3 cafés pour 2");
}

static void
offered_and_a_coupon(void **state)
{
	(void)state;
	till_type(t.s, "10\r");
	till_type(t.s, ":offer\r");
	till_expect(t.s, "Why is it offered?");
	till_type(t.s, "habitué\r");
	till_expect(t.s, "- offered: habitué");
	till_expect(t.s, "-2,50");
	till_expect(t.s, "0,00 €");
	till_type(t.s, ":coupon\r");
	till_expect(t.s, "Coupon");
	till_type(t.s, "hello\r");
	till_expect(t.s, "- coupon HELLO");
	till_type(t.s, "2*1002\r");
	till_expect(t.s, "- Bienvenue");
	till_expect(t.s, "43,00 €");
	till_type(t.s, ":coupon hello\r");
	till_expect(t.s, "on this ticket already");
}

/* A long sale: the marked line and the end stay in sight. */
static void
long_sales_with_discounts(void **state)
{
	(void)state;
	for (int i = 0; i < 14; i++) {
		till_type(t.s, "1003\r");
	}
	till_type(t.s, ":discount -1\r");
	till_expect(t.s, "- discount");
	till_expect(t.s, "48,00 €");
	till_expect(t.s, "above");
	for (int i = 0; i < 14; i++) {
		till_type(t.s, "\033[A");
	}
	till_expect_row(t.s, 2, ">");
	till_expect_row(t.s, 3, "- Happy hour");
}

static void
a_manager_keeps_price_lists(void **state)
{
	(void)state;
	till_type(t.s, ":prices\r");
	till_expect_row(t.s, 0, "PRICES");
	till_expect(t.s, "12:00-14:00");
	till_type(t.s, "\r");
	till_expect(t.s, "Bière 1664");
	till_expect(t.s, "3,50");
	till_type(t.s, "10 1.80 01/12/2026\r");
	till_expect(t.s, "1,80");
	till_expect(t.s, "01/12/2026");
	till_type(t.s, "10 nothing\r");
	till_expect(t.s, "10 nothing");
	till_type(t.s, "\02510 - 2026-12-01\r");
	till_expect(t.s, "Bière 1664");
	till_esc(t.s);
	till_type(t.s, "\tn");
	till_expect_row(t.s, 0, "NEW PRICE LIST");
	till_type(t.s, "soir\rPrix du soir\r20-24\r\r\r\r\r\r\r17h\r");
	/* A mode nobody ever sells in would make a list that never holds. */
	till_expect(t.s, "no way of consuming; one of: on the spot");
	till_type(t.s, "\025to take\r");
	till_expect_row(t.s, 0, "PRICES");
	till_expect(t.s, "to take away  20:00-24:00");
	till_type(t.s, "\tnnoel\rNoel\r\r\r1/12/26\r25/12/26\r\r\r\r\r");
	till_expect_row(t.s, 0, "PRICES");
	till_expect(t.s, "from 01/12/2026 until 25/12/2026");
	till_type(t.s, "\tnor\rOr\r\r\r\r\r\r\rgold\r\r");
	till_expect_row(t.s, 0, "PRICES");
	till_expect(t.s, "no customer is in the group \"gold\" yet");
	till_type(t.s, "\te");
	till_expect(t.s, "End happy?");
	till_type(t.s, "y\r");
	till_expect(t.s, "soir");
}

static void
a_manager_keeps_promotions(void **state)
{
	(void)state;
	till_type(t.s, ":promotions\r");
	till_expect_row(t.s, 0, "PROMOTIONS");
	till_expect(t.s, "3 for 2");
	till_expect(t.s, "from 30,00: -5,00");
	till_type(t.s, "\r");
	till_expect_row(t.s, 0, "NEW PROMOTION");
	till_type(t.s, "second\rLe second\rsecond\r50\r\033[20~");
	till_expect_row(t.s, 0, "PROMOTIONS");
	till_expect(t.s, "second -50");
	till_esc(t.s);
	till_type(t.s, "2*1001\r");
	till_expect(t.s, "- Le second");
	till_expect(t.s, "-4,90");
}

/* Who need not type decimals need not here either. */
static void
a_promotion_takes_amounts_as_typed(void **state)
{
	(void)state;
	t.shop->who.implied = true;
	till_type(t.s, ":promotions\r\r");
	till_expect_row(t.s, 0, "NEW PROMOTION");
	till_type(t.s, "from40\rFrom forty\rthreshold\r\r150\r\r\r4000\r"
	    "\033[20~");
	till_expect_row(t.s, 0, "PROMOTIONS");
	till_expect(t.s, "from 40,00: -1,50");
}

/* Ten percent is a cashier's limit; a manager says yes on the same screen. */
static void
above_the_limit_is_approved(void **state)
{
	struct session_config	c = till_config(24, 80);
	struct sale		sale;
	struct sale_brief	*rows;
	size_t			 n;
	int64_t			 id, boss;

	(void)state;
	till_leave(&t);
	OK(user_add(owner, "Monique", ROLE_MANAGER, "", &boss));
	OK(user_set_password(owner, boss, "long enough"));
	OK(user_add(owner, "Karim", ROLE_CASHIER, "", &id));
	till_enter(&t, dir, "Karim", ROLE_CASHIER, "Till 1", "en", &c);
	till_type(t.s, "1002\r\033OS10%\r");
	till_expect(t.s, "-2,40");
	till_type(t.s, ":price 30%\r");
	till_expect(t.s, "Approval: give a discount above");
	till_type(t.s, "Monique\rlong enough\r");
	till_expect(t.s, "-7,20");
	OK(sale_open_list(owner, &rows, &n));
	OK(sale_load(owner, rows[0].id, &sale));
	free(rows);
	assert_int_equal(sale.total, 1680);
	assert_int_equal(sale.ndiscounts, 1);
	assert_int_equal(sale.discounts[0].amount, 720);
	sale_done(&sale);
	/* Lent once. */
	till_type(t.s, ":price 40%\r");
	till_expect(t.s, "Approval: give a discount above");
	till_expect(t.s, "you may take 10\xc2\xa0% off at most");
	till_esc(t.s);
}

static void
looks(int rows, int cols, const char *language, const char *user,
    const char *name)
{
	struct session_config	c = till_config(rows, cols);
	struct till		x;
	char			file[80];

	till_enter(&x, dir, user, ROLE_MANAGER, "Till 2", language, &c);
	till_type(x.s, ":sell\r1003\r3*10\r1002\r:price 10% tendre\r"
	    ":discount -1\r:coupon hello\r");
	(void)snprintf(file, sizeof(file), "discount-%s", name);
	till_golden(x.s, file);
	till_type(x.s, ":prices\r");
	(void)snprintf(file, sizeof(file), "prices-%s", name);
	till_golden(x.s, file);
	till_esc(x.s);
	till_type(x.s, ":promotions\r");
	(void)snprintf(file, sizeof(file), "promos-%s", name);
	till_golden(x.s, file);
	till_type(x.s, "\r");
	(void)snprintf(file, sizeof(file), "promo-form-%s", name);
	till_golden(x.s, file);
	till_leave(&x);
}

static void
it_looks_right(void **state)
{
	(void)state;
	looks(24, 80, "en", "Julie", "80x24-en");
	looks(24, 80, "fr", "Karim", "80x24-fr");
	looks(12, 40, "fr", "Zoé", "40x12-fr");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(under_a_line_stands_what_is_off),
		T(offered_and_a_coupon),
		T(long_sales_with_discounts),
		T(a_manager_keeps_price_lists),
		T(a_manager_keeps_promotions),
		T(a_promotion_takes_amounts_as_typed),
		T(above_the_limit_is_approved),
		T(it_looks_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
