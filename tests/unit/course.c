/* SPDX-License-Identifier: ISC */
/* What waiters do to a table at the same time, or say twice: done once, and
 * whoever comes second hears it. */
#include "evening.h"

static int64_t	dessert;

static int
setup_courses(void **state)
{
	if (setup(state) != 0) {
		return -1;
	}
	dessert = in_category("51", "Crème brûlée", "Desserts", "meal", 700);
	OK(course_put(owner, 3, "Desserts"));
	OK(course_of_category(owner, "Desserts", 3));
	return 0;
}

static struct meal
three_courses(int64_t table)
{
	struct meal	m = seated(anna, table);

	(void)add(&m, starter, 1);
	(void)add(&m, dish, 1);
	(void)add(&m, dessert, 1);
	send(&m);
	return m;
}

/* How often that happened to somebody served. */
static int64_t
happened(int64_t sale, const char *kind)
{
	char	sql[128];

	(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM serving_event "
	    "WHERE sale = ?1 AND kind = '%s'", kind);
	return counted(sql, sale);
}

static void
who_fires_second_hears_who_was_first(void **state)
{
	struct meal	m;
	int		course;

	(void)state;
	m = three_courses(four);
	OK(course_fire(paul, m.sale, 2, false, &course));
	assert_int_equal(course, 2);
	test_now += 60000;
	assert_int_equal(course_fire(anna, m.sale, 2, false, &course),
	    ERR_CHANGED);
	assert_string_equal(err_text(ERR_CHANGED),
	    "Plats is already fired (Paul, 12:31)");
	assert_int_equal(seen(anna, four).waits, 3);
	/* All of it, as it was seen, is no more than that either. */
	assert_int_equal(course_fire(anna, m.sale, 2, true, &course),
	    ERR_CHANGED);
	assert_int_equal(seen(anna, four).waits, 3);
	OK(course_fire(anna, m.sale, 3, true, &course));
	assert_int_equal(course, 3);
	assert_int_equal(course_fire(anna, m.sale, 3, true, &course),
	    ERR_CHANGED);
	assert_int_equal(course_fire(anna, m.sale, 0, false, &course),
	    ERR_EMPTY);
}

static void
what_waits_before_it_is_said(void **state)
{
	struct meal	m;
	int		course;

	(void)state;
	m = three_courses(four);
	assert_int_equal(course_fire(anna, m.sale, 3, false, &course),
	    ERR_CHANGED);
	assert_string_equal(err_text(ERR_CHANGED),
	    "Plats waits now; look again");
	assert_int_equal(seen(anna, four).waits, 2);
}

/* What is sent on one bill belongs to a course that was fired on another. */
static void
a_party_eats_together_whatever_its_bills(void **state)
{
	struct bill_pick	pick = { 0 };
	struct meal		m, other = { .shop = paul };
	int			course;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, starter, 1);
	(void)add(&m, starter, 1);
	(void)add(&m, dish, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &other.sale));
	OK(fire_seen(anna, m.sale, false, &course));
	OK(sale_take(paul, other.sale, &other.version));
	(void)add(&other, dish, 1);
	send(&other);
	assert_int_equal(to_make(&hot, "Entrecôte"), 2 * QTY_ONE);
	assert_int_equal(seen(anna, four).waits, 0);
	assert_int_equal(fired_events(other.sale), 2);
}

static void
said_twice_is_said_once(void **state)
{
	struct kitchen_board	b;
	struct meal		m;
	bool			first;

	(void)state;
	m = three_courses(four);
	OK(course_rush(anna, m.sale, true));
	OK(course_rush(paul, m.sale, true));
	assert_true(seen(anna, four).rush);
	assert_int_equal(happened(m.sale, "rush"), 1);
	OK(course_message(anna, m.sale, "birthday"));
	OK(course_message(paul, m.sale, "birthday"));
	assert_int_equal(happened(m.sale, "message"), 1);
	OK(course_message(paul, m.sale, "no candles"));
	OK(course_message(anna, m.sale, "birthday"));
	assert_int_equal(happened(m.sale, "message"), 3);
	/* Two displays that saw it so. */
	OK(kitchen_board(cook, hot.id, &b));
	OK(kitchen_first(cook, hot.id, &b.tickets[0], &first));
	assert_false(first);
	OK(kitchen_first(cook, hot.id, &b.tickets[0], &first));
	assert_false(first);
	kitchen_board_done(&b);
	assert_false(seen(anna, four).rush);
	assert_int_equal(happened(m.sale, "rush"), 2);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup_courses, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(who_fires_second_hears_who_was_first),
		T(what_waits_before_it_is_said),
		T(a_party_eats_together_whatever_its_bills),
		T(said_twice_is_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
