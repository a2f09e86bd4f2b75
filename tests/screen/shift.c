/* SPDX-License-Identifier: ISC */
/* The till's own screens: opened, moved, counted blind, explained, closed. */
#include "till.h"

#include "shop/drawer.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static void
enter(int rows, int cols, enum role role, const char *language)
{
	struct session_config	c = till_config(rows, cols);

	till_enter(&t, dir, "Anna", role, "Caisse 1", language, &c);
	/* The screens say who may see what. */
	t.shop->who.rights = role_rights(role) | RIGHT_BIT(RIGHT_PRICE);
}

static int
setup(void **state)
{
	(void)state;
	till_now = INT64_C(1795174260000);
	owner = till_shop(dir);
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
dump(const char *what)
{
	if (getenv("DUMP") != NULL) {
		till_dump(t.s, what);
	}
}

/* Two in cash, one of which was a card. */
static void
sell(void)
{
	till_type(t.s, "1001\r\r\r");		/* 9.80 cash */
	till_type(t.s, "1002\r\r50\r");		/* 24.00, given 50 */
	till_type(t.s, "10\r\rc\r");		/* 2.50 card */
	till_esc(t.s);
}

static void
a_till_is_closed_in_few_keys(void **state)
{
	(void)state;
	enter(24, 80, ROLE_CASHIER, "fr");
	till_type(t.s, ":caisse\r");
	till_golden(t.s, "shift-closed.screen");
	till_type(t.s, "150\r");
	till_expect(t.s, "la caisse est ouverte avec 150,00");
	till_esc(t.s);
	sell();
	till_type(t.s, ":apport 20 monnaie\r");
	till_expect(t.s, "Apport");
	till_type(t.s, "\tG");
	/* Blind: what should be there is not said. */
	till_golden(t.s, "shift-blind.screen");
	till_refuse(t.s, "203,80");
	till_refuse(t.s, "33,80");
	till_type(t.s, "\r");
	till_expect_row(t.s, 0, "COMPTAGE");
	till_type(t.s, "\r\r\r3\r1\r1\r1\r");
	till_golden(t.s, "count.screen");
	till_refuse(t.s, "203,80");
	till_esc(t.s);				/* nothing is lost unasked */
	till_expect(t.s, "compté ?");
	till_type(t.s, "n");
	till_expect_row(t.s, 0, "COMPTAGE");
	till_esc(t.s);
	till_type(t.s, "o");			/* nothing was written */
	dump("after esc");
	till_type(t.s, "\r\r\r1\r");		/* 100 */
	till_type(t.s, "1\r2\r");		/* 50, 2 x 20 */
	till_type(t.s, "\r\r");			/* 10, 5 */
	till_type(t.s, "2\r");			/* 2 x 2 */
	till_type(t.s, "\033[20~");
	till_expect(t.s, "194,00");
	till_type(t.s, "\r");
	till_golden(t.s, "shift-gap.screen");
	till_expect(t.s, "-9,80");
	till_expect(t.s, "1-000001");
	till_type(t.s, "\033[B\r");
	till_expect(t.s, "Comment");
	till_type(t.s, "\r");
	till_expect(t.s, "ticket 1-000001");
	till_refuse(t.s, "-9,80");
	till_type(t.s, "150\r");
	till_expect(t.s, "Fermer la caisse");
	till_type(t.s, "\r");
	till_expect(t.s, "Z1-000001");
	till_golden(t.s, "shift-z.screen");
}

/* Ten minutes of coins outlive the line they were typed on. */
static void
a_count_survives_a_lost_line(void **state)
{
	struct drawer_line	*rows;
	size_t			 n, noted = 0;
	int64_t			 shift;

	(void)state;
	enter(24, 80, ROLE_CASHIER, "en");
	sell();
	till_type(t.s, ":shift\r\r");
	till_expect_row(t.s, 0, "COUNT");
	till_type(t.s, "\r\r\r3\r1\r1\r");
	till_expect(t.s, "x 3");
	till_leave(&t);				/* the line is lost */
	enter(24, 80, ROLE_CASHIER, "en");
	till_type(t.s, ":shift\r\r");
	till_expect(t.s, "begun before; it goes on");
	till_expect(t.s, "x 3");
	till_type(t.s, "2\r\033[20~\r");	/* the next row, and the end */
	OK(shift_now(t.shop, &shift));
	OK(drawer_sheet(t.shop, shift, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		noted += rows[i].n != 0;
	}
	free(rows);
	assert_int_equal(noted, 0);		/* it is written down */
	/* Given up on purpose, nothing of it comes again. */
	till_esc(t.s);
	till_type(t.s, ":count\r");
	till_expect_row(t.s, 0, "COUNT");
	till_type(t.s, "5\r");
	till_esc(t.s);
	till_type(t.s, "y:count\r");
	till_expect_row(t.s, 0, "COUNT");
	till_refuse(t.s, "begun before");
}

/* What is open is listed, and has to be left on purpose. */
static void
open_sales_stand_in_the_way(void **state)
{
	(void)state;
	enter(24, 80, ROLE_CASHIER, "en");
	till_type(t.s, "1001\r\r\r");
	till_esc(t.s);
	till_type(t.s, "3*10\r\033[15~Zoe\r");	/* held as Zoe */
	till_type(t.s, ":x\r");
	till_expect(t.s, "no printer here");
	till_type(t.s, ":z\r");			/* count first */
	till_expect_row(t.s, 0, "COUNT");
	till_type(t.s, "\033[20~\033[A");
	till_type(t.s, "80\r");				/* 0.80 in cents */
	till_type(t.s, "\r");
	till_expect(t.s, "1 sale is still open:");
	till_expect(t.s, "Zoe");
	till_expect(t.s, "7,50");
	till_expect(t.s, "-9,00");
	till_golden(t.s, "shift-open-sales.screen");
	till_type(t.s, "\r");
	till_expect(t.s, "leave 1 sale open?");
	till_type(t.s, "\r");			/* Enter alone is no yes */
	till_refuse(t.s, "Z1-000001");
	till_type(t.s, "\r\rn");
	till_refuse(t.s, "Z1-000001");
	till_type(t.s, ":z\ry");
	till_expect(t.s, "Z1-000001");
	/* And again on paper, later: by its name, as a duplicate. */
	till_esc(t.s);
	till_type(t.s, ":shift Z1-000001\r\tr");
	till_expect(t.s, "duplicate 1 is printing");
}

static void
a_phone_closes_a_till(void **state)
{
	(void)state;
	enter(12, 40, ROLE_MANAGER, "fr");
	till_type(t.s, ":vendre\r");
	sell();
	till_type(t.s, ":caisse\r");
	till_golden(t.s, "shift-40.screen");
	till_type(t.s, "\r");
	till_type(t.s, "\r\r\r\r1\r");
	till_golden(t.s, "count-40.screen");
	till_type(t.s, "\033[20~\r");
	till_golden(t.s, "shift-gap-40.screen");
}

static void
yesterdays_till_is_closed_at_the_login(void **state)
{
	struct till	again;
	struct session_config	c = till_config(24, 80);

	(void)state;
	enter(24, 80, ROLE_CASHIER, "en");
	sell();
	test_now += INT64_C(20) * 3600 * 1000;
	till_now = test_now;
	till_enter(&again, dir, "Bob", ROLE_CASHIER, "Caisse 1", "en", &c);
	till_expect(again.s, "the till of 20/11/2026 was never closed: "
	    "Z1-000001 closes it, not counted");
	till_type(again.s, ":shift Z1-000001\r");
	till_expect(again.s, "forgotten");
	till_leave(&again);
}

/* Said in one line, or asked one after the other; nothing typed is lost. */
static void
money_goes_in_and_out(void **state)
{
	(void)state;
	enter(24, 80, ROLE_CASHIER, "en");
	sell();
	till_type(t.s, ":pay-out 12.50 bread\r");
	till_expect(t.s, "Pay-out: 12,50");
	till_type(t.s, ":pay-out -5 bread\r");
	till_expect(t.s, "an amount is not less than nothing");
	till_type(t.s, ":pay-out 5\r");
	till_expect_row(t.s, 0, "Pay-out");
	till_expect(t.s, "5,00");
	till_type(t.s, "flowers\r");
	till_expect(t.s, "Pay-out: 5,00");
	till_type(t.s, ":pay-in\r20\rcoins\r");
	till_expect(t.s, "Pay-in: 20,00");
	till_type(t.s, ":drop 9999\r");
	till_expect(t.s, "cannot hold that much");
	till_type(t.s, "\025:drop 10\r");
	till_expect(t.s, "Cash drop: 10,00");
	till_type(t.s, ":pay-in ten euros\r");
	till_expect(t.s, "ten euros");
	till_esc(t.s);
	t.shop->who.rights = role_rights(ROLE_MANAGER);
	till_type(t.s, ":shift\r");
	till_expect(t.s, "26,30");		/* 33.80 + 20 - 27.50 */
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(a_till_is_closed_in_few_keys,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_count_survives_a_lost_line,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(open_sales_stand_in_the_way,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_phone_closes_a_till, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    yesterdays_till_is_closed_at_the_login, setup, teardown),
		cmocka_unit_test_setup_teardown(money_goes_in_and_out, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
