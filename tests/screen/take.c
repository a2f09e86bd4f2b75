/* SPDX-License-Identifier: ISC */
/* The sale moves, not the session: found, taken, told, parked. */
#include "till.h"

#include "db/watch.h"

static char		dir[64];
static struct shop	*owner;

static int
setup(void **state)
{
	(void)state;
	owner = till_shop(dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(owner, dir);
	return 0;
}

static void
enter(struct till *t, const char *user, const char *terminal)
{
	struct session_config	c = till_config(24, 80);

	till_enter(t, dir, user, ROLE_CASHIER, terminal, "en", &c);
}

static void
told(struct till *t)
{
	till_boot += 1000;
	session_news(t->s, 1U << TOPIC_SESSION | 1U << TOPIC_SALE);
}

static size_t
open_sales(void)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_open_list(owner, &rows, &n));
	free(rows);
	return n;
}

static void
a_second_login_takes_it_with_one_enter(void **state)
{
	struct till	a, b;

	(void)state;
	enter(&a, "Anna", "Till 1");
	till_type(a.s, "1001\r3*10\r");
	enter(&b, "Anna", "Till 2");
	till_expect(b.s, "Your sale is open elsewhere");
	till_expect(b.s, "Till 1   2 lines   17,30");
	till_type(b.s, "\r");
	till_expect(b.s, "1 Croque-monsieur");
	till_expect(b.s, "TOTAL      17,30 €");

	/* The first is told, and loses nothing that it had shown. */
	told(&a);
	till_expect(a.s, "Anna at Till 2 has taken this sale");
	till_expect(a.s, "1 Croque-monsieur");
	till_expect(a.s, "TOTAL      17,30 €");

	/* What it types is refused and stays; nothing is sold twice. */
	till_type(a.s, "1002\r");
	till_expect(a.s, "F6 takes it back");
	assert_string_equal(session_entry(a.s), "1002");
	till_refuse(a.s, "1 Entrec");
	assert_int_equal(open_sales(), 1);

	/* Esc starts another, after the refused text. */
	till_esc(a.s);
	till_esc(a.s);
	till_refuse(a.s, "Croque");
	till_type(a.s, "1002\r");
	till_expect(a.s, "TOTAL      24,00 €");
	assert_int_equal(open_sales(), 2);
	till_leave(&b);
	till_leave(&a);
}

static void
f6_takes_it_back(void **state)
{
	struct till	a, b;

	(void)state;
	enter(&a, "Anna", "Till 1");
	till_type(a.s, "10\r:hold Zoe\r1001\r");
	enter(&b, "Paul", "Till 2");
	till_type(b.s, "\033[17~\033[B");
	till_expect(b.s, "Anna");
	till_expect(b.s, "Till 1");
	till_type(b.s, "\r10\r");
	till_expect(b.s, "TOTAL      12,30 €");
	told(&a);
	till_expect(a.s, "Paul at Till 2");
	/* Whatever else is open, and whatever was typed meanwhile. */
	till_type(a.s, "11\r");
	till_expect(a.s, "F6 takes it back");
	till_type(a.s, "\033[17~");
	till_expect(a.s, "Zoe");
	till_type(a.s, "\r");
	till_expect(a.s, "TOTAL      12,30 €");
	told(&b);
	till_expect(b.s, "Anna at Till 1");
	till_leave(&b);
	till_leave(&a);
}

static void
taken_while_paying(void **state)
{
	struct till	a, b;

	(void)state;
	enter(&a, "Anna", "Till 1");
	till_type(a.s, "1001\r\r");
	enter(&b, "Paul", "Till 2");
	till_type(b.s, "\033[17~\r");
	/* The money meets the fence, told or not. */
	till_type(a.s, "\r");
	till_expect(a.s, "Paul");
	till_expect(a.s, "1 Croque-monsieur");
	till_refuse(a.s, "PAID");
	till_type(b.s, "\033[20~\r");
	till_expect(b.s, "PAID");
	till_leave(&b);
	till_leave(&a);
}

static void
a_lost_line_parks_the_sale(void **state)
{
	struct till	a, b;

	(void)state;
	enter(&a, "Anna", "Till 1");
	till_type(a.s, "1001\r10\r");
	till_leave(&a);
	/* The next login finds it where it was, without a word. */
	enter(&b, "Anna", "Till 2");
	till_expect(b.s, "1 Croque-monsieur");
	till_expect(b.s, "TOTAL      12,30 €");
	/* It was recalled: never paid by Enter. */
	till_type(b.s, "\r");
	till_refuse(b.s, "e Cash");
	till_type(b.s, "11\r");
	till_expect(b.s, "TOTAL      16,10 €");
	till_leave(&b);
	assert_int_equal(open_sales(), 1);
}

static void
news_never_moves_the_mark(void **state)
{
	struct till	a, b;

	(void)state;
	enter(&a, "Anna", "Till 1");
	till_type(a.s, "1001\r:hold Zoé\r10\r:hold Paul\r11\r:hold Max\r");
	enter(&b, "Paul", "Till 2");
	till_type(b.s, "\033[17~\033[B");
	till_expect(b.s, "> Paul");
	till_type(a.s, "1002\r");
	told(&b);
	till_expect(b.s, "> Paul");
	till_expect(b.s, "being rung up");
	/* The one above goes: the mark stays on its row's sale. */
	till_type(a.s, "\033[15~X\r\033[17~zo\r\033[20~\r");
	told(&b);
	till_refuse(b.s, "Zoé");
	till_expect(b.s, "> Paul");
	till_leave(&b);
	till_leave(&a);
}

static void
an_offer_is_no_obligation(void **state)
{
	struct till	a, b;

	(void)state;
	enter(&a, "Anna", "Till 1");
	till_type(a.s, "1001\r");
	enter(&b, "Anna", "Till 2");
	till_type(b.s, "10\r");
	till_expect(b.s, "TOTAL       2,50 €");
	assert_int_equal(open_sales(), 2);
	/* The first one goes on undisturbed. */
	till_type(a.s, "10\r");
	till_expect(a.s, "TOTAL      12,30 €");
	till_leave(&b);
	till_leave(&a);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(a_second_login_takes_it_with_one_enter),
		T(f6_takes_it_back),
		T(taken_while_paying),
		T(a_lost_line_parks_the_sale),
		T(news_never_moves_the_mark),
		T(an_offer_is_no_obligation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
