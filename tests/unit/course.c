/* SPDX-License-Identifier: ISC */
/* What waiters do to a table at the same time, or say twice: done once, and
 * whoever comes second hears it. */
#include "evening.h"

#include "shop/approval.h"
#include "shop/catalogue.h"
#include "shop/report.h"

static int64_t	dessert;

static int
setup_courses(void **state)
{
	test_now = INT64_C(1795177815000);	/* 12:30:15 */
	if (setup(state) != 0) {
		return -1;
	}
	dessert = house_item(owner, "51", "Crème brûlée", "Desserts", "meal",
	    700);
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

/* ---- taken back --------------------------------------------------------- */

static int
report_line(void *ctx, const struct report_value *row)
{
	struct buf	*out = ctx;

	buf_fmt(out, "%s %s %s %lld %lld by %s for %s: %s\n", row[0].text,
	    row[1].text, row[2].text, (long long)row[3].number,
	    (long long)row[4].number, row[5].text, row[6].text, row[7].text);
	return 0;
}

static void
voided_says(const char *want)
{
	const char	*arg[] = { "2026-11-20" };
	struct buf	 out = { 0 };
	struct report	 report;

	OK(report_find("voided", &report));
	OK(report_run(owner, &report, arg, 1, report_line, &out));
	assert_string_equal(buf_text(&out), want);
	buf_done(&out);
}

/* A line and a whole table, by a waiter who may not and a manager who may. */
static void
taken_back_with_whose_word(void **state)
{
	struct meal	m;
	enum right	right;
	int64_t		boss, line;

	(void)state;
	OK(user_add(owner, "Monique", ROLE_MANAGER, "", &boss));
	OK(user_set_pin(owner, boss, "4711"));
	anna->who.role = ROLE_WAITER;
	anna->who.rights = role_rights(ROLE_WAITER);
	m = seated(anna, four);
	line = add(&m, dish, 2);
	(void)add(&m, starter, 1);
	send(&m);
	(void)add(&m, beer, 1);
	assert_int_equal(sale_void_line(anna, m.sale, &m.version, line,
	    "too long"), ERR_DENIED);
	assert_true(approval_ask(anna, &right));
	OK(approval_grant(anna, boss, "pin"));
	OK(sale_void_line(anna, m.sale, &m.version, line, "too long"));
	/* Nobody has paid yet, and it is told all the same. */
	voided_says("12:31 T4 Entrecôte 2000 4800 by Anna for Monique: "
	    "too long\n");
	test_now += 60000;
	assert_int_equal(sale_cancel(anna, m.sale, &m.version, ""),
	    ERR_DENIED);
	assert_true(approval_ask(anna, &right));
	OK(approval_grant(anna, boss, "pin"));
	/* The kitchen has cooked: it is not given up without a word. */
	assert_int_equal(sale_cancel(anna, m.sale, &m.version, ""),
	    ERR_EMPTY);
	OK(sale_cancel(anna, m.sale, &m.version, "they left"));
	voided_says("12:31 T4 Entrecôte 2000 4800 by Anna for Monique: "
	    "too long\n"
	    "12:32 T4 Œuf mayonnaise 1000 690 by Anna for Monique: "
	    "they left\n");
}

/* ---- allergies ---------------------------------------------------------- */

static bool
is_warned(int64_t sale, const char *what)
{
	char	*words;
	bool	 found;

	OK(table_allergies(owner, sale, &words));
	found = strstr(words, what) != NULL;
	free(words);
	return found;
}

/* A large party: none of it is cut off, on paper, on the screen or where a
 * dish is looked at. */
static void
no_allergy_is_too_many(void **state)
{
	char			text[48];
	struct buf		slip = { 0 };
	struct product_info	info;
	struct meal		m;
	struct sale		s;
	int64_t			printer;

	(void)state;
	printer = prints(&hot);
	OK(product_info_get(owner, dish, &info));
	OK(allergens_parse("milk", &info.allergens));
	OK(product_info_put(owner, dish, &info));
	m = seated(anna, four);
	for (int seat = 1; seat <= 30; seat++) {
		(void)snprintf(text, sizeof(text), "%s %d", seat < 30 ?
		    "no cherries, plums or peaches," : "milk", seat);
		OK(table_allergy(anna, m.sale, seat, text));
	}
	(void)add(&m, dish, 1);
	send(&m);
	assert_int_equal(papers(printer, &slip), 1);
	assert_non_null(strstr(buf_text(&slip), "seat 29: no cherries"));
	assert_non_null(strstr(buf_text(&slip), "seat 30: milk 30"));
	assert_non_null(strstr(buf_text(&slip), "!! HAS milk"));
	OK(sale_load(anna, m.sale, &s));
	assert_non_null(strstr(s.allergies, "seat 30: milk 30"));
	assert_int_equal(allergens_named(info.allergens, s.allergies),
	    info.allergens);
	sale_done(&s);
	buf_done(&slip);
}

static void
an_allergy_is_of_the_guests_not_of_the_bill(void **state)
{
	struct bill_pick	pick = { 0 };
	struct kitchen_board	b;
	struct meal		m;
	bool			told;
	int64_t			part = 0;

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, starter, 1);
	(void)add(&m, dish, 1);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &part));
	OK(table_allergy(paul, part, 2, "nuts"));
	assert_true(is_warned(m.sale, "seat 2: nuts"));
	assert_true(is_warned(part, "seat 2: nuts"));
	assert_int_equal(happened(part, "allergy"), 1);
	/* Twice is once; and all that is not ready must be looked at. */
	OK(table_allergy(anna, m.sale, 2, "nuts"));
	assert_int_equal(happened(m.sale, "allergy"), 0);
	OK(kitchen_board(cook, hot.id, &b));
	assert_int_equal(b.n, 2);
	for (size_t i = 0; i < b.n; i++) {
		assert_non_null(strstr(b.tickets[i].allergies, "nuts"));
		assert_true(b.tickets[i].untold);
		OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &b.tickets[i], 0,
		    &told));
		assert_true(told);
	}
	kitchen_board_done(&b);
	OK(table_allergy(anna, m.sale, 2, ""));
	assert_false(is_warned(part, "nuts"));
}

static void
an_allergy_goes_with_the_dish(void **state)
{
	struct meal	m, other;
	struct buf	slip = { 0 };
	int64_t		line, shared, printer, before;

	(void)state;
	other = seated(paul, five);
	(void)add(&other, dish, 1);
	send(&other);
	OK(sale_park(paul, other.sale));
	m = seated(anna, four);
	line = add(&m, dish, 1);
	OK(course_line_set(anna, m.sale, &m.version, line,
	    &(struct line_wish){ -1, 2, -1 }));
	shared = add(&m, starter, 1);
	OK(table_allergy(anna, m.sale, 2, "nuts"));
	OK(table_allergy(anna, m.sale, 3, "milk"));
	send(&m);
	printer = prints(&hot);
	before = papers(printer, &slip);
	OK(party_give(anna, m.sale, &m.version, line, 0, other.sale));
	assert_true(is_warned(other.sale, "seat 2: nuts"));
	assert_false(is_warned(other.sale, "milk"));
	/* On paper too, for what is there already. */
	assert_int_equal(papers(printer, &slip), before + 2);
	assert_non_null(strstr(buf_text(&slip), "!! ALLERGY"));
	assert_non_null(strstr(buf_text(&slip), "T5"));
	assert_non_null(strstr(buf_text(&slip), "seat 2: nuts"));
	/* What is for nobody in particular may be anybody's. */
	(void)add(&m, beer, 1);
	OK(party_give(anna, m.sale, &m.version, shared, 0, other.sale));
	assert_true(is_warned(other.sale, "seat 3: milk"));
	assert_true(is_warned(m.sale, "seat 2: nuts"));
	buf_done(&slip);
}

/* ---- paid before it was sent -------------------------------------------- */

static void
pay(struct meal *m)
{
	int64_t	change;
	bool	posted;

	OK(sale_pay(m->shop, m->sale, &m->version, "cash", 0, &change,
	    &posted));
	assert_true(posted);
}

static void
what_is_paid_first_is_made(void **state)
{
	const struct tab_new	tab = { .kind = SERVING_TAKE_AWAY,
				    .name = "Karim", .phone = "",
				    .address = "" };
	struct meal		m = { .shop = anna };
	int64_t			line;

	(void)state;
	OK(tab_open(anna, &tab, &m.sale, &m.version));
	line = add(&m, starter, 1);
	(void)add(&m, dish, 2);
	(void)add(&m, beer, 1);
	OK(course_line_set(anna, m.sale, &m.version, line,
	    &(struct line_wish){ -1, -1, 1 }));
	pay(&m);
	assert_int_equal(to_make(&hot, "Œuf mayonnaise"), QTY_ONE);
	assert_int_equal(to_make(&hot, "Entrecôte"), 2 * QTY_ONE);
	assert_int_equal(to_make(&bar, "Demi"), QTY_ONE);
	assert_int_equal(fired_events(m.sale), 3);
	assert_int_equal(happened(m.sale, "sent"), 1);
}

static void
what_they_have_is_not_made_again(void **state)
{
	struct meal	m;
	int64_t		n;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, dish, 1);
	send(&m);
	(void)add(&m, beer, 2);
	OK(course_unsent(anna, m.sale, &n));
	assert_int_equal(n, 2);
	OK(course_had(anna, m.sale, &m.version));
	OK(course_unsent(anna, m.sale, &n));
	assert_int_equal(n, 0);
	/* What is sent later is sent alone. */
	(void)add(&m, starter, 1);
	send(&m);
	assert_int_equal(to_make(&bar, "Demi"), 0);
	assert_int_equal(to_make(&hot, "Œuf mayonnaise"), QTY_ONE);
	(void)add(&m, starter, 1);
	pay(&m);
	assert_int_equal(to_make(&bar, "Demi"), 0);
	assert_int_equal(to_make(&hot, "Œuf mayonnaise"), 2 * QTY_ONE);
	assert_int_equal(happened(m.sale, "had"), 1);
	OK(check_run(owner, found_wrong, NULL, &n));
}

/* A bill that was divided after the kitchen had it sends only what is new. */
static void
a_piece_is_not_sent_again(void **state)
{
	struct bill_pick	pick = { .qty = QTY_ONE };
	struct meal		m, other = { .shop = paul };

	(void)state;
	m = seated(anna, four);
	pick.line = add(&m, dish, 3);
	send(&m);
	OK(bill_take(anna, m.sale, &m.version, &pick, 1, &other.sale));
	OK(sale_take(paul, other.sale, &other.version));
	(void)add(&other, beer, 1);
	send(&other);
	assert_int_equal(counted("SELECT count(*) FROM kitchen_line AS k "
	    "JOIN sale_line AS l ON l.id = k.line WHERE l.sale = ?1",
	    other.sale), 1);
	assert_int_equal(to_make(&hot, "Entrecôte"), 3 * QTY_ONE);
}

static void
sent_is_counted_in_pieces(void **state)
{
	struct meal	m;
	int64_t		sent;

	(void)state;
	m = seated(anna, four);
	(void)add(&m, starter, 2);
	(void)add(&m, beer, 3);
	OK(course_send(anna, m.sale, &m.version, &sent));
	assert_int_equal(sent, 5);
	(void)add(&m, dish, 1);
	OK(course_send(anna, m.sale, &m.version, &sent));
	assert_int_equal(sent, 1);
	assert_int_equal(course_send(anna, m.sale, &m.version, &sent),
	    ERR_EMPTY);
}

/* ---- tables that were put together -------------------------------------- */

static void
tables_part_when_the_party_has_gone(void **state)
{
	struct meal	m;
	int64_t		to;

	(void)state;
	/* Paid: they sit there still, until it is cleared. */
	OK(table_join(anna, five, four));
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	send(&m);
	assert_int_equal(seen(anna, five).t.joined, four);
	pay(&m);
	assert_int_equal(seen(anna, five).t.joined, four);
	OK(table_clear(anna, four));
	assert_int_equal(seen(anna, five).t.joined, 0);
	assert_int_equal(seen(anna, five).state, TABLE_DIRTY);
	OK(table_clear(anna, four));
	OK(table_clear(anna, five));
	/* Others come before it is. */
	OK(table_join(anna, five, four));
	m = seated(anna, four);
	(void)add(&m, starter, 1);
	pay(&m);
	m = seated(anna, four);
	assert_int_equal(seen(anna, five).t.joined, 0);
	/* They go to another table, which was put together for them. */
	OK(table_join(anna, six, five));
	OK(party_move(anna, m.sale, &m.version, five, &to));
	assert_int_equal(seen(anna, six).t.joined, five);
	OK(party_move(anna, m.sale, &m.version, four, &to));
	assert_int_equal(seen(anna, six).t.joined, 0);
	assert_int_equal(seen(anna, six).state, TABLE_FREE);
	/* They leave without a word. */
	OK(table_join(anna, six, four));
	OK(sale_cancel(anna, m.sale, &m.version, ""));
	assert_int_equal(seen(anna, six).t.joined, 0);
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
		T(taken_back_with_whose_word),
		T(no_allergy_is_too_many),
		T(an_allergy_is_of_the_guests_not_of_the_bill),
		T(an_allergy_goes_with_the_dish),
		T(what_is_paid_first_is_made),
		T(what_they_have_is_not_made_again),
		T(a_piece_is_not_sent_again),
		T(sent_is_counted_in_pieces),
		T(tables_part_when_the_party_has_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
