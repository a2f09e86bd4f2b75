/* SPDX-License-Identifier: ISC */
/* Tables and their kitchen together: what is divided, merged, moved, practised
 * or taken back is made once, and nobody's dish is forgotten. */
#include "evening.h"

static void
merged_courses_are_fired_aloud(void **state)
{
	struct meal	a, b;
	struct buf	slip = { 0 };
	int64_t		to, printer, before;
	int		course;

	(void)state;
	printer = prints(&hot);
	a = seated(anna, four);
	(void)add(&a, starter, 1);
	(void)add(&a, dish, 1);
	send(&a);
	b = seated(paul, five);
	(void)add(&b, starter, 1);
	(void)add(&b, dish, 1);
	send(&b);
	OK(fire_seen(paul, b.sale, false, &course));
	assert_int_equal(course, 2);
	OK(party_move(anna, a.sale, &a.version, five, &to));
	assert_int_equal(to, b.sale);
	before = papers(printer, &slip);
	OK(fire_seen(anna, to, false, &course));
	assert_int_equal(course, 2);
	assert_int_equal(papers(printer, &slip), before + 1);
	assert_non_null(strstr(buf_text(&slip), "MAKE IT NOW"));
	assert_int_equal(to_make(&hot, "Entrecôte"), 2 * QTY_ONE);
	buf_done(&slip);
}

static void
allergies_go_with_a_divided_bill(void **state)
{
	struct kitchen_board	b;
	struct bill_pick	pick = { 0 };
	struct meal		m;
	int64_t			part = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, starter, 1);
	(void)add(&m, starter, 1);
	OK(table_allergy(anna, m.sale, 2, "nuts"));
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(kitchen_board(cook, hot.id, &b));
	assert_int_equal(b.n, 2);
	for (size_t i = 0; i < b.n; i++) {
		assert_non_null(strstr(b.tickets[i].allergies, "nuts"));
	}
	kitchen_board_done(&b);
}

static void
put_together_from_any_part(void **state)
{
	struct kitchen_board	b;
	struct bill_pick	pick = { 0 };
	struct meal		m;
	int64_t			part = 0, version = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, starter, 1);
	(void)add(&m, starter, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(table_allergy(anna, m.sale, 0, "nuts"));
	OK(sale_park(anna, m.sale));
	OK(sale_take(anna, part, &version));
	OK(bill_whole(anna, part, &version));
	assert_int_equal(seen(anna, four).sale, part);
	assert_int_equal(seen(anna, four).covers, 2);
	OK(kitchen_board(cook, hot.id, &b));
	assert_int_equal(b.n, 1);
	assert_non_null(strstr(b.tickets[0].allergies, "nuts"));
	kitchen_board_done(&b);
}

static void
a_piece_taken_back_is_not_made(void **state)
{
	struct bill_pick	pick = { .qty = QTY_ONE };
	struct meal		m;
	struct sale		s;
	int64_t			part = 0, version = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, dish, 2);
	(void)add(&m, starter, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	assert_int_equal(to_make(&hot, "Entrecôte"), 2 * QTY_ONE);
	OK(sale_park(anna, m.sale));
	OK(sale_take(anna, part, &version));
	OK(sale_load(anna, part, &s));
	OK(sale_void_line(anna, part, &version, s.lines[0].id, "cold"));
	sale_done(&s);
	assert_int_equal(to_make(&hot, "Entrecôte"), QTY_ONE);
	/* and the other */
	OK(sale_park(anna, part));
	version = 0;
	OK(sale_take(anna, m.sale, &version));
	OK(sale_void_line(anna, m.sale, &version, pick.line, "cold"));
	assert_int_equal(to_make(&hot, "Entrecôte"), 0);
}

static void
one_piece_taken_back_leaves_the_other(void **state)
{
	struct bill_pick	pick = { .qty = QTY_ONE };
	struct meal		m;
	int64_t			part = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, dish, 2);
	(void)add(&m, starter, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(sale_void_line(anna, m.sale, &m.version, pick.line, "cold"));
	assert_int_equal(to_make(&hot, "Entrecôte"), QTY_ONE);
}

static void
a_cancelled_part_is_not_made(void **state)
{
	struct bill_pick	pick = { .qty = QTY_ONE };
	struct meal		m;
	int64_t			part = 0, version = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, dish, 2);
	(void)add(&m, starter, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(sale_park(anna, m.sale));
	OK(sale_take(anna, part, &version));
	OK(sale_cancel(anna, part, &version, "left"));
	assert_int_equal(to_make(&hot, "Entrecôte"), QTY_ONE);
	version = 0;
	OK(sale_take(anna, m.sale, &version));
	OK(sale_cancel(anna, m.sale, &version, "left"));
	assert_int_equal(to_make(&hot, "Entrecôte"), 0);
}

static void
a_cancelled_first_leaves_what_others_have(void **state)
{
	struct bill_pick	pick = { .qty = QTY_ONE };
	struct meal		m;
	int64_t			part = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, dish, 2);
	(void)add(&m, starter, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(sale_cancel(anna, m.sale, &m.version, "left"));
	assert_int_equal(to_make(&hot, "Entrecôte"), QTY_ONE);
	assert_int_equal(to_make(&hot, "Œuf mayonnaise"), 0);
}

static void
a_share_taken_back_leaves_the_dish(void **state)
{
	struct meal	m;
	int64_t		line;

	(void)state;
	m = seated(anna, four);
	line = add(&m, dish, 1);
	(void)add(&m, starter, 1);
	send(&m);
	OK(bill_share(anna, m.sale, &m.version, line, 3));
	OK(sale_void_line(anna, m.sale, &m.version, line, "too dear"));
	assert_int_equal(to_make(&hot, "Entrecôte"), QTY_ONE);
}

static void
divided_before_it_is_sent(void **state)
{
	struct bill_pick	pick = { .qty = QTY_ONE };
	struct meal		m;
	int64_t			part = 0, version = 0, sent;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, dish, 2);
	(void)add(&m, starter, 1);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	send(&m);
	OK(sale_park(anna, m.sale));
	OK(sale_take(anna, part, &version));
	OK(course_send(anna, part, &version, &sent));
	assert_int_equal(to_make(&hot, "Entrecôte"), 2 * QTY_ONE);
	(void)version;
}

static void
shared_before_it_is_sent(void **state)
{
	struct meal	m;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, dish, 1);
	OK(bill_heads(anna, m.sale, &m.version, 3));
	send(&m);
	assert_int_equal(to_make(&hot, "Entrecôte"), QTY_ONE);
}

static void
a_bump_knows_what_came_by_a_merge(void **state)
{
	struct kitchen_board	b;
	struct meal		a, c;
	int64_t			to;
	bool			said;

	(void)state;
	a = seated(anna, four);
	(void)add(&a, starter, 1);
	send(&a);
	c = seated(paul, five);
	(void)add(&c, starter, 1);
	send(&c);
	OK(kitchen_board(cook, hot.id, &b));
	assert_int_equal(b.n, 2);
	OK(party_move(anna, a.sale, &a.version, five, &to));
	assert_int_equal(kitchen_do(cook, KITCHEN_BUMP, hot.id,
	    &b.tickets[1], 0, &said), ERR_CHANGED);
	kitchen_board_done(&b);
}

static void
practice_is_nothing_to_the_room(void **state)
{
	struct meal	m, real;

	(void)state;
	OK(training_set(anna, true));
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	send(&m);
	assert_int_equal(to_make(&hot, "Œuf mayonnaise"), 0);
	assert_int_equal(seen(paul, four).state, TABLE_FREE);
	real = seated(paul, four);
	(void)real;
	assert_int_equal(seen(paul, four).parts, 1);
	assert_int_equal(seen(anna, four).sale, m.sale);
}

static void
practice_eats_nothing(void **state)
{
	struct dish	d;
	struct meal	m;

	(void)state;
	OK(dish_left(owner, dish, 3 * QTY_ONE));
	OK(training_set(anna, true));
	m = seated(anna, four);
	(void)add(&m, dish, 2);
	OK(dish_get(owner, dish, &d));
	assert_int_equal(d.left, 3 * QTY_ONE);
	OK(sale_cancel(anna, m.sale, &m.version, ""));
	OK(dish_get(owner, dish, &d));
	assert_int_equal(d.left, 3 * QTY_ONE);
}

static void
practice_leaves_no_mark_on_tables(void **state)
{
	struct meal	m;

	(void)state;
	OK(table_block(owner, five, "wobbles"));
	OK(training_set(anna, true));
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	OK(sale_cancel(anna, m.sale, &m.version, ""));
	assert_int_equal(seen(paul, four).state, TABLE_FREE);
	assert_int_equal(table_block(anna, four, "x"), ERR_INVALID);
}

static void
a_line_that_moves_to_paper_is_printed(void **state)
{
	struct kitchen_board	b;
	struct buf		slip = { 0 };
	struct meal		m;
	int64_t			printer;

	(void)state;
	bar.display = false;
	printer = prints(&bar);
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	send(&m);
	OK(kitchen_board(cook, hot.id, &b));
	OK(kitchen_move(cook, hot.id, &b.tickets[0], bar.id));
	kitchen_board_done(&b);
	assert_int_equal(papers(printer, &slip), 1);
	buf_done(&slip);
}

static void
paper_alone_waits_for_nobody(void **state)
{
	struct kitchen_board	p;
	struct buf		slip = { 0 };
	struct meal		m;
	int64_t			printer, change;
	bool			posted;

	(void)state;
	bar.display = false;
	printer = prints(&bar);
	m = seated(anna, four);
	(void)add(&m, beer, 1);
	send(&m);
	assert_int_equal(papers(printer, &slip), 1);
	OK(sale_pay(anna, m.sale, &m.version, "cash", 0, &change, &posted));
	test_now += INT64_C(24) * 3600000;
	OK(kitchen_pass(cook, &p));
	assert_int_equal(p.n, 0);
	kitchen_board_done(&p);
	OK(station_end(owner, bar.id));
	buf_done(&slip);
}

static void
guests_are_seated_once(void **state)
{
	struct booking	b = { 0 };
	struct meal	a = { 0 }, c = { 0 };
	struct table_view v;

	(void)state;
	OK(booking_parse("13h30 4 Dupont", test_now, &b));
	OK(booking_add(anna, &b));
	OK(booking_seat(anna, b.id, four, &a.sale, &a.version));
	assert_int_equal(booking_seat(paul, b.id, five, &c.sale, &c.version),
	    ERR_CHANGED);
	v = seen(anna, five);
	assert_int_equal(v.sale, 0);
	/* One act: nobody sits there by half of it. */
	OK(booking_add(anna, &b));
	anna->who.rights = 0;
	assert_int_equal(booking_seat(anna, b.id, six, &c.sale, &c.version),
	    ERR_DENIED);
	assert_int_equal(seen(anna, six).sale, 0);
}

static void
the_next_course_is_of_all_bills(void **state)
{
	struct bill_pick	pick = { 0 };
	struct meal		m;
	int64_t			part = 0;
	int			course;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, starter, 2);
	pick.line = add(&m, dish, 1);
	(void)add(&m, dish, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(fire_seen(anna, m.sale, false, &course));
	assert_int_equal(course, 2);
	assert_int_equal(fired_events(m.sale), 2);
	assert_int_equal(fired_events(part), 1);
}

static void
covers_stay_when_the_first_part_is_paid(void **state)
{
	struct bill_pick	pick = { 0 };
	struct meal		m;
	int64_t			part = 0, change;
	bool			posted;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	pick.line = add(&m, dish, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(sale_pay(anna, m.sale, &m.version, "cash", 0, &change, &posted));
	assert_true(posted);
	assert_int_equal(seen(anna, four).sale, part);
	assert_int_equal(seen(anna, four).covers, 2);
}

static void
all_bills_of_a_table_merge(void **state)
{
	struct bill_pick	pick = { 0 };
	struct meal		m, other;
	int64_t			part = 0, to;

	(void)state;
	other = seated(paul, five);
	(void)add(&other, starter, 1);
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	pick.line = add(&m, dish, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(party_move(anna, m.sale, &m.version, five, &to));
	assert_int_equal(seen(anna, four).sale, 0);
	assert_int_equal(seen(anna, five).parts, 1);
	assert_int_equal(seen(anna, five).total, 690 + 690 + 2400);
}

static void
who_left_has_no_next_course(void **state)
{
	struct meal	m;
	int		course;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	(void)add(&m, dish, 1);
	send(&m);
	OK(sale_cancel(anna, m.sale, &m.version, "left"));
	assert_int_equal(fire_seen(paul, m.sale, false, &course),
	    ERR_CHANGED);
}

static void
what_comes_back_to_the_pass_is_no_finding(void **state)
{
	struct kitchen_board	b;
	struct meal		m;
	char			called[NAME_SIZE];
	int64_t			bad = 0;
	bool			said;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	send(&m);
	OK(kitchen_board(cook, hot.id, &b));
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &said));
	kitchen_board_done(&b);
	OK(kitchen_pass(cook, &b));
	OK(kitchen_do(cook, KITCHEN_SERVE, 0, &b.tickets[0], 0, &said));
	kitchen_board_done(&b);
	OK(kitchen_unserve(cook, called));
	OK(check_run(owner, found_wrong, NULL, &bad));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(merged_courses_are_fired_aloud),
		TEST(allergies_go_with_a_divided_bill),
		TEST(put_together_from_any_part),
		TEST(a_piece_taken_back_is_not_made),
		TEST(one_piece_taken_back_leaves_the_other),
		TEST(a_cancelled_part_is_not_made),
		TEST(a_cancelled_first_leaves_what_others_have),
		TEST(a_share_taken_back_leaves_the_dish),
		TEST(divided_before_it_is_sent),
		TEST(shared_before_it_is_sent),
		TEST(a_bump_knows_what_came_by_a_merge),
		TEST(practice_is_nothing_to_the_room),
		TEST(practice_eats_nothing),
		TEST(practice_leaves_no_mark_on_tables),
		TEST(a_line_that_moves_to_paper_is_printed),
		TEST(paper_alone_waits_for_nobody),
		TEST(guests_are_seated_once),
		TEST(the_next_course_is_of_all_bills),
		TEST(covers_stay_when_the_first_part_is_paid),
		TEST(all_bills_of_a_table_merge),
		TEST(who_left_has_no_next_course),
		TEST(what_comes_back_to_the_pass_is_no_finding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
