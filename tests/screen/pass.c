/* SPDX-License-Identifier: ISC */
/* The pass: what is ready, what is missing, who is called; at a till's size
 * and on a telephone. */
#include "fire.h"
#include "house.h"
#include "till.h"

#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/print.h"
#include "shop/table.h"

static char		dir[64];
static struct shop	*owner, *anna;
static struct till	t;
static struct station	hot, bar;
static int64_t		began;

static void
house(void)
{
	struct room		hall = { .name = "Salle", .mode = "on_site" };

	owner = till_shop(dir);
	house_category(owner, "1001", "Entrées");
	house_category(owner, "1002", "Plats");
	house_category(owner, "1003", "Bières");
	house_courses(owner);
	OK(room_put(owner, &hall));
	house_tables(owner, hall.id, 12, 6);
	house_stations(owner, "Cuisine", &hot, &bar);
	anna = test_till(dir, "Anna", "Phone 2");
}

static void
enter(int rows, int cols, const char *language, enum role role)
{
	struct session_config	c = till_config(rows, cols);

	began = till_now;
	house();
	till_enter(&t, dir, "Momo", role, "Pass", language, &c);
	till_type(t.s, ":pass\r");
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	shop_close(anna);
	test_done(owner, dir);
	till_now = began;
	return 0;
}

static int
cook(void **state)
{
	(void)state;
	enter(24, 80, "en", ROLE_COOK);
	return 0;
}

static int
waiter(void **state)
{
	(void)state;
	enter(24, 80, "en", ROLE_WAITER);
	return 0;
}

static int64_t
order(int number, int starters, int dishes, int beers)
{
	static const char *const codes[] = { "1001", "1002", "1003" };
	const int		 qty[] = { starters, dishes, beers };
	struct product		 p;
	int64_t			 id, sale, version, line, n;

	OK(table_numbered(owner, number, &id));
	OK(table_seat(anna, id, 2, &sale, &version));
	for (size_t i = 0; i < NELEM(codes); i++) {
		if (qty[i] > 0) {
			OK(product_find(owner, codes[i], &p));
			OK(sale_add(anna, &sale, &version, p.id,
			    qty[i] * QTY_ONE, NULL, &line));
		}
	}
	OK(course_send(anna, sale, &version, &n));
	return sale;
}

/* What is sold by weight is as much as was said, not the whole kilos of it. */
static void
a_weight_is_one(void **state)
{
	int64_t	ham = test_product(owner, "51", "Jambon", "food", "kg", 3200,
		    false);
	int64_t	id, sale, version, line, n;

	(void)state;
	OK(table_numbered(owner, 4, &id));
	OK(table_seat(anna, id, 2, &sale, &version));
	OK(sale_add(anna, &sale, &version, ham, 350, NULL, &line));
	OK(course_send(anna, sale, &version, &n));
	session_news(t.s, 1U << TOPIC_KITCHEN);
	till_expect(t.s, "0,350 Jambon");
}

static void
bump(const struct station *st, int64_t sale, int course)
{
	struct kitchen_board	b;
	bool			seen;

	OK(kitchen_board(owner, st->id, &b));
	for (size_t i = 0; i < b.n; i++) {
		if (b.tickets[i].sale == sale &&
		    b.tickets[i].course == course) {
			OK(kitchen_do(owner, KITCHEN_BUMP, st->id,
			    &b.tickets[i], 0, &seen));
		}
	}
	kitchen_board_done(&b);
}

static void
news(void)
{
	session_news(t.s, 1U << TOPIC_KITCHEN);
	till_pass(t.s, 200);
}

static int64_t
served(void)
{
	struct kitchen_board	b;
	int64_t			n;

	OK(kitchen_pass(owner, &b));
	n = (int64_t)b.n;
	kitchen_board_done(&b);
	return n;
}

/* ---- what it does ------------------------------------------------------- */

static void
news_comes_without_a_key(void **state)
{
	int64_t	sale;

	(void)state;
	till_expect(t.s, "Nothing is being made");
	sale = order(4, 2, 0, 0);
	news();
	till_expect(t.s, "PASS  1, 0 ready");
	till_expect(t.s, "1 T4");
	till_expect(t.s, "0/1 ready");
	till_expect(t.s, "missing: Cuisine");
	till_expect(t.s, "2 Croque-monsieur");
	bump(&hot, sale, 1);
	news();
	till_expect(t.s, "READY");
	till_refuse(t.s, "missing");
	till_expect(t.s, "PASS  1, 1 ready");
}

static void
a_digit_says_that_it_left(void **state)
{
	int64_t	sale = order(4, 2, 0, 0);

	(void)state;
	news();
	till_type(t.s, "1");
	till_expect(t.s, "nothing of it is ready yet");
	bump(&hot, sale, 1);
	news();
	till_type(t.s, "1");
	till_expect(t.s, "T4: served");
	till_expect(t.s, "Nothing is being made");
	assert_int_equal(served(), 0);
	/* The same key once more is about nothing. */
	till_type(t.s, "1");
	till_expect(t.s, "nothing has that digit");
}

/* What the screen did not show yet is not served by its digit. */
static void
a_key_knows_what_it_saw(void **state)
{
	int64_t	sale = order(4, 2, 0, 0);

	(void)state;
	news();
	bump(&hot, sale, 1);
	till_type(t.s, "1");
	till_expect(t.s, "it changed meanwhile");
	till_expect(t.s, "READY");
	assert_int_equal(served(), 1);
	till_type(t.s, "1");
	till_expect(t.s, "T4: served");
}

static void
a_digit_stays_with_its_table(void **state)
{
	int64_t	first = order(4, 1, 0, 0);

	(void)state;
	test_now += 60000;
	(void)order(7, 1, 0, 0);
	news();
	till_expect(t.s, "1 T4");
	till_expect(t.s, "2 T7");
	bump(&hot, first, 1);
	news();
	till_type(t.s, "1");
	till_expect(t.s, "T4: served");
	till_expect(t.s, "2 T7");
	/* The same key once more is not about who came next: that one's digit
	 * was free before. */
	(void)order(9, 1, 0, 0);
	news();
	till_expect(t.s, "3 T9");
	till_expect(t.s, "2 T7");
	till_type(t.s, "1");
	till_expect(t.s, "nothing has that digit");
}

/* The tables shown that have a digit of their own; `without` have none. */
static int
digits_shown(int without)
{
	bool	had[10] = { false };
	char	row[2048];
	int	n = 0;

	for (int i = 0; session_text(t.s, i, row, sizeof(row)); i++) {
		if (strlen(row) < 5 || row[2] != ' ' || row[3] != 'T' ||
		    row[4] < '1' || row[4] > '9') {
			continue;
		}
		if (row[1] == ' ') {
			without--;
			continue;
		}
		assert_in_range(row[1], '1', '9');
		assert_false(had[row[1] - '0']);
		had[row[1] - '0'] = true;
		n++;
	}
	assert_int_equal(without, 0);
	return n;
}

static void
many_tables_are_walked(void **state)
{
	int64_t	last = 0;

	(void)state;
	for (int i = 1; i <= 12; i++) {
		last = order(i, 1, 0, 0);
		test_now += 1000;
	}
	news();
	till_expect(t.s, "9 T9");
	till_expect(t.s, "   T10");
	till_refuse(t.s, "T12");
	till_expect(t.s, "PASS  1-10 of 12, 0 ready");
	assert_int_equal(digits_shown(1), 9);
	for (int i = 0; i < 11; i++) {
		till_type(t.s, "+");
	}
	/* Who went out of sight left a digit to the marked one; the others
	 * have theirs still. */
	till_expect(t.s, ">2 T12");
	till_expect(t.s, " 3 T3");
	till_expect(t.s, "PASS  3-12 of 12");
	assert_int_equal(digits_shown(1), 9);
	till_type(t.s, "---");
	till_expect(t.s, ">9 T9");
	till_expect(t.s, " 2 T12");
	bump(&hot, last, 1);
	news();
	till_type(t.s, "2");
	till_expect(t.s, "T12: served");
	till_expect(t.s, "PASS  2-11 of 11");
	assert_int_equal(digits_shown(1), 9);
}

static int
telephone(void **state)
{
	(void)state;
	enter(12, 40, "en", ROLE_COOK);
	return 0;
}

static void
what_is_shown_has_a_digit(void **state)
{
	int64_t	sales[13];

	(void)state;
	for (int i = 1; i <= 12; i++) {
		sales[i] = order(i, 1, 0, 0);
		test_now += 1000;
		if (i == 2) {
			OK(table_allergy(anna, sales[i], 1, "milk"));
		}
	}
	news();
	till_expect(t.s, "PASS  1-3 of 12, 0 ready");
	assert_int_equal(digits_shown(0), 3);
	for (int i = 1; i < 12; i++) {
		till_type(t.s, "+");
		assert_in_range(digits_shown(0), 3, 4);
	}
	till_expect(t.s, "PASS  9-12 of 12");
	/* The marked one by the number pad. */
	till_type(t.s, "\r");
	till_expect(t.s, "nothing of it is ready yet");
	bump(&hot, sales[12], 1);
	news();
	till_expect(t.s, "READY");
	till_type(t.s, "*\r");
	till_expect(t.s, "T12: Anna is called");
	till_expect(t.s, "CALLED");
	till_type(t.s, "\r");
	till_expect(t.s, "T12: served");
	till_refuse(t.s, "T12 ");
	till_type(t.s, "0");
	till_expect(t.s, "T12: back at the pass");
}

static int64_t
take_away(const char *name, enum serving_kind kind, int64_t promised)
{
	struct tab_new	tab = { .kind = kind, .name = name, .phone = "",
			    .address = "3 rue du Port",
			    .promised = promised };
	struct product	p;
	int64_t		sale, version, line, n;

	OK(tab_open(anna, &tab, &sale, &version));
	OK(product_find(owner, "1001", &p));
	OK(sale_add(anna, &sale, &version, p.id, QTY_ONE, NULL, &line));
	OK(course_send(anna, sale, &version, &n));
	return sale;
}

/* Who comes for it when: late is when that hour has come, not before. */
static void
what_is_promised_says_when(void **state)
{
	int64_t	karim;

	(void)state;
	karim = take_away("Karim Benali", SERVING_TAKE_AWAY,
	    test_now + 60 * 60000);
	(void)take_away("Mme Martin", SERVING_DELIVERY,
	    test_now + 30 * 60000);
	(void)take_away("Zoé", SERVING_TAKE_AWAY, 0);
	news();
	till_expect(t.s, "1 Karim Benali");
	till_expect(t.s, "take-away 13:31  missing: Cuisine  1 Croque");
	till_expect(t.s, "delivery 13:01  missing: Cuisine");
	till_expect(t.s, "take-away  missing: Cuisine");
	till_now = test_now + 25 * 60000;
	till_pass(t.s, 31000);
	till_expect_row(t.s, 1, "25m   ");
	till_expect_row(t.s, 3, "25m waits");
	till_expect_row(t.s, 5, "25m LATE");
	bump(&hot, karim, 1);
	news();
	till_expect_row(t.s, 1, "READY");
	till_expect_row(t.s, 2, "take-away 13:31  1 Croque");
	till_now = test_now + 61 * 60000;
	till_pass(t.s, 31000);
	till_pass(t.s, 100);	/* one timer at a time */
	till_expect_row(t.s, 3, "LATE");
}

static void
a_waiter_is_called(void **state)
{
	struct till		two = { 0 };
	struct session_config	c = till_config(24, 80);
	int64_t			sale = order(4, 1, 0, 0);

	(void)state;
	news();
	till_type(t.s, "*1");
	till_expect(t.s, "nothing of it is ready yet");
	bump(&hot, sale, 1);
	news();
	till_type(t.s, "*");
	till_expect(t.s, "digit: its waiter is called");
	till_type(t.s, "1");
	till_expect(t.s, "T4: Anna is called");
	till_expect(t.s, "READY, called");
	assert_int_equal(served(), 1);
	/* Nobody else is. */
	session_news(t.s, 1U << TOPIC_CALL);
	till_pass(t.s, 200);
	till_refuse(t.s, "at the pass");
	/* Wherever Anna is: once. */
	till_enter(&two, dir, "Anna", ROLE_WAITER, "Phone 3", "en", &c);
	session_news(two.s, 1U << TOPIC_CALL);
	till_pass(two.s, 200);
	till_expect(two.s, "at the pass: T4  Entrées");
	till_type(two.s, ":tables\r");
	till_refuse(two.s, "at the pass");
	session_news(two.s, 1U << TOPIC_CALL);
	till_pass(two.s, 200);
	till_refuse(two.s, "at the pass");
	/* What was fetched calls nobody any more. */
	till_type(t.s, "1");
	assert_int_equal(served(), 0);
	session_news(two.s, 1U << TOPIC_CALL);
	till_pass(two.s, 200);
	till_refuse(two.s, "at the pass");
	till_leave(&two);
}

static void
what_left_comes_back(void **state)
{
	int64_t	sale, six;

	(void)state;
	sale = order(4, 1, 0, 1);
	bump(&hot, sale, 1);
	bump(&bar, sale, 0);
	test_now += 60000;
	six = order(6, 1, 0, 0);
	bump(&hot, six, 1);
	news();
	till_type(t.s, "1");
	till_expect(t.s, "T4: served");
	test_now += 1000;
	till_type(t.s, "2");
	test_now += 1000;
	till_type(t.s, "3");
	till_expect(t.s, "T6: served");
	/* The last one first, then what left before it. */
	till_type(t.s, "0");
	till_expect(t.s, "T6: back at the pass");
	till_expect(t.s, "READY");
	till_type(t.s, "0");
	till_expect(t.s, "T4: back at the pass");
	till_type(t.s, "0");
	till_expect(t.s, "T4: back at the pass");
	till_type(t.s, "0");
	till_expect(t.s, "nothing that left the pass may come back");
}

static void
age_is_said_in_words(void **state)
{
	(void)state;
	(void)order(4, 1, 0, 0);
	news();
	till_refuse(t.s, "waits");
	till_now = test_now + 15 * 60000;
	till_pass(t.s, 31000);
	till_expect(t.s, "15m waits");
	till_now = test_now + 25 * 60000;
	till_pass(t.s, 31000);
	till_pass(t.s, 100);	/* one timer at a time */
	till_expect(t.s, "LATE");
}

/* A rushed table keeps its course; what has no room is counted. */
/* What is ready is packed, or not: the pass says which. */
static void
how_it_leaves_is_as_it_is_now(void **state)
{
	struct sale	s;
	int64_t		sale, version;

	(void)state;
	sale = order(4, 2, 0, 0);
	bump(&hot, sale, 1);
	news();
	till_expect(t.s, "READY");
	OK(sale_load(anna, sale, &s));
	version = s.version;
	sale_done(&s);
	OK(sale_set_mode(anna, sale, &version, "take_away_now"));
	news();
	till_expect(t.s, "take-away");
	OK(sale_set_mode(anna, sale, &version, "on_site"));
	news();
	till_refuse(t.s, "take-away");
	till_expect(t.s, "on the spot");
}

static void
a_rushed_table_says_its_course(void **state)
{
	int64_t	sale, version, line, n;

	(void)state;
	sale = order(7, 1, 0, 0);
	OK(course_rush(anna, sale, true));
	(void)take_away("Karim", SERVING_TAKE_AWAY, 0);
	news();
	till_expect_row(t.s, 1, "Entrées        0/1 ready");
	till_expect_row(t.s, 2, "URGENT  missing: Cuisine  1 Croque");
	/* Five dishes in a row of 80. */
	{
		struct tab_new	tab = { .kind = SERVING_TAB, .name = "Zoé",
				    .phone = "", .address = "" };
		struct product	p;

		OK(tab_open(anna, &tab, &sale, &version));
		OK(product_find(owner, "1001", &p));
		for (int i = 0; i < 5; i++) {
			OK(sale_add(anna, &sale, &version, p.id,
			    (i + 1) * QTY_ONE, NULL, &line));
			OK(course_send(anna, sale, &version, &n));
		}
	}
	news();
	till_expect(t.s, "1 Croque-monsieur; 2 Croque-monsieur  +3");
}

/* ---- as it looks -------------------------------------------------------- */

static void
golden(int rows, int cols, const char *language)
{
	int64_t	sale, six;
	int	course;

	enter(rows, cols, language, ROLE_WAITER);
	sale = order(4, 2, 2, 1);
	bump(&hot, sale, 1);
	test_now += 9 * 60000;
	six = order(6, 3, 0, 2);
	OK(table_allergy(anna, six, 2, "moutarde"));
	bump(&bar, six, 0);		/* that is seen first */
	bump(&bar, six, 0);
	test_now += 8 * 60000;
	OK(fire_seen(anna, sale, false, &course));
	(void)order(11, 0, 4, 0);
	(void)take_away("Karim Benali", SERVING_TAKE_AWAY,
	    till_now + 45 * 60000);
	till_now = test_now + 60000;
	till_pass(t.s, 31000);
	news();
	till_looks(t.s, "pass", language);
}

TILL_LOOKS(as_it_looks, golden)

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define C(f) cmocka_unit_test_setup_teardown(f, cook, teardown)
#define W(f) cmocka_unit_test_setup_teardown(f, waiter, teardown)
#define T(f) cmocka_unit_test_setup_teardown(f, telephone, teardown)
#define G(f) cmocka_unit_test_teardown(f, teardown)
		C(a_weight_is_one),
		C(news_comes_without_a_key),
		C(a_digit_says_that_it_left),
		C(a_key_knows_what_it_saw),
		C(a_digit_stays_with_its_table),
		C(many_tables_are_walked),
		T(what_is_shown_has_a_digit),
		C(what_is_promised_says_when),
		C(how_it_leaves_is_as_it_is_now),
		C(a_rushed_table_says_its_course),
		W(a_waiter_is_called),
		C(what_left_comes_back),
		C(age_is_said_in_words),
		TILL_LOOKS_TESTS(G, as_it_looks),
#undef C
#undef W
#undef T
#undef G
	};

	return cmocka_run_group_tests_name("pass", tests, NULL, NULL);
}
