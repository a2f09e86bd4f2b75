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
	till_esc(t.s);				/* nothing was written */
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

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(a_till_is_closed_in_few_keys,
		    setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
