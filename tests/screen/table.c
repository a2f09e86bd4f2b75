/* SPDX-License-Identifier: ISC */
/* A waiter's evening on screens: the plan, a table, courses, the bill in
 * parts; at a till's size, on a telephone and on a large screen. */
#include "fire.h"
#include "house.h"
#include "till.h"

#include "shop/booking.h"
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/invoice.h"
#include "shop/kitchen.h"
#include "shop/option.h"
#include "shop/party.h"
#include "shop/print.h"
#include "shop/table.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static void
stand(int64_t room, int number, int seats, enum table_shape shape, int line,
    int cell)
{
	struct table	table = { .room = room, .number = number,
			    .seats = seats, .shape = shape, .line = line,
			    .cell = cell };

	OK(table_put(owner, &table));
}

static void
house(void)
{
	struct room	hall = { .name = "Salle", .mode = "on_site" };
	struct room	terrace = { .name = "Terrasse", .mode = "on_site" };

	owner = till_shop(dir);
	house_category(owner, "1001", "Entrées");
	house_category(owner, "1002", "Plats");
	house_courses(owner);
	OK(room_put(owner, &hall));
	OK(room_put(owner, &terrace));
	stand(hall.id, 1, 4, SHAPE_SQUARE, 0, 0);
	stand(hall.id, 2, 4, SHAPE_SQUARE, 0, 1);
	stand(hall.id, 3, 2, SHAPE_ROUND, 0, 2);
	stand(hall.id, 4, 2, SHAPE_SQUARE, 1, 0);
	stand(hall.id, 5, 6, SHAPE_LONG, 1, 1);
	stand(terrace.id, 10, 2, SHAPE_ROUND, 0, 0);
}

static void
enter(int rows, int cols, const char *language, enum role role)
{
	struct session_config	c = till_config(rows, cols);

	house();
	till_enter(&t, dir, "Julie", role, "Phone 1", language, &c);
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	test_done(owner, dir);
	return 0;
}

static int
waiter(void **state)
{
	(void)state;
	enter(24, 80, "en", ROLE_WAITER);
	return 0;
}

static int
manager(void **state)
{
	(void)state;
	enter(24, 80, "en", ROLE_MANAGER);
	till_type(t.s, ":tables\r");
	return 0;
}

static int64_t
sale_at(int number)
{
	struct table_view	*rows;
	int64_t			 sale = 0;
	size_t			 n;

	OK(table_plan(owner, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		sale = rows[i].t.number == number ? rows[i].sale : sale;
	}
	free(rows);
	return sale;
}

/* ---- a waiter's way ----------------------------------------------------- */

static void
a_waiter_begins_with_the_plan(void **state)
{
	(void)state;
	till_expect(t.s, "Salle  0 covers  0/6");
	till_expect(t.s, "[1");
	till_type(t.s, "4");
	till_expect(t.s, "Enter seats table 4  2 seats");
	till_type(t.s, "\r");
	till_expect(t.s, "Table 4: how many people?");
	till_type(t.s, "2\r");
	till_expect(t.s, "T4  2 covers");
	assert_true(sale_at(4) != 0);
	till_type(t.s, "1002\r2*1001\r10\r");
	/* By course, whatever came first. */
	till_expect(t.s, "Entrées");
	till_expect(t.s, "Plats");
	till_expect(t.s, "(new)");
	till_expect(t.s, "Enter sends");
	till_type(t.s, "\r");
	till_expect(t.s, "4 items sent");
	till_refuse(t.s, "(new)");
	till_expect(t.s, "waits for its turn");
	till_type(t.s, "\r");
	till_expect(t.s, "2 covers  1/6");
	till_expect(t.s, "next course to fire");
	/* Marked still: fire it from here. */
	till_type(t.s, "s");
	till_expect(t.s, "Plats: fired");
	till_refuse(t.s, "next course to fire");
}

static void
seats_and_courses_are_typed(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1*3\r");
	till_expect(t.s, "T1  3 covers");
	till_type(t.s, "#2\r");
	till_expect(t.s, "#2 code or name");
	till_type(t.s, "1001\r>2\r1001\r");
	OK(sale_load(owner, sale_at(1), &sale));
	assert_int_equal(sale.nlines, 2);
	assert_int_equal(sale.lines[0].course, 1);
	assert_int_equal(sale.lines[0].seat, 2);
	assert_int_equal(sale.lines[1].course, 2);
	sale_done(&sale);
	till_type(t.s, ":wait\r");
	till_expect(t.s, "(held)");
	till_type(t.s, ":course 1\r:seat 3\r");
	till_expect(t.s, "#3");
	till_type(t.s, ":allergy 2 peanuts\r");
	till_expect_row(t.s, 1, "!! ALLERGY  seat 2: peanuts");
	till_type(t.s, ":message it is a birthday\r");
	till_expect(t.s, "the kitchen is told");
	till_type(t.s, ":rush\r");
	till_expect(t.s, "RUSH");
	till_type(t.s, ":covers 4\r");
	till_expect(t.s, "4 covers");
	till_type(t.s, "#x\r");
	till_expect(t.s, "a number from 0 to 99");
}

static void
what_a_guest_must_not_eat_is_said(void **state)
{
	struct product_info	info = { .allergens = 1U << ALLERGEN_EGGS |
				    1U << ALLERGEN_MUSTARD };
	struct product		p;

	(void)state;
	OK(product_find(owner, "1001", &p));
	OK(product_info_put(owner, p.id, &info));
	till_type(t.s, "1*3\r1001\r");
	till_refuse(t.s, "ALLERGY");
	till_type(t.s, ":allergy 2 Mustard\r1001\r");
	till_expect(t.s, "!! ALLERGY  Croque-monsieur has mustard");
	till_type(t.s, "1002\r");
	till_refuse(t.s, "has mustard");
}

static void
what_was_sent_is_taken_back_by_somebodys_word(void **state)
{
	(void)state;
	till_type(t.s, "1*3\r1001\r\r");
	till_expect(t.s, "1 item sent");
	till_type(t.s, "*2\r");
	till_expect(t.s, "the kitchen has it already");
	till_esc(t.s);
	till_type(t.s, ":void\r");
	till_refuse(t.s, "is off");
}

static void
news_comes_while_it_is_open(void **state)
{
	struct shop	*paul;
	int		 course;

	(void)state;
	till_type(t.s, "1*3\r1001\r1002\r\r");
	till_expect(t.s, "waits for its turn");
	paul = test_till(dir, "Paul", "Phone 2");
	OK(fire_seen(paul, sale_at(1), false, &course));
	shop_close(paul);
	/* Typed before the news came. */
	till_expect(t.s, ":fire  Plats");
	till_type(t.s, ":fire\r");
	till_expect(t.s, "Plats is already fired (Paul, ");
	session_news(t.s, 1U << TOPIC_TABLE);
	till_refuse(t.s, "waits for its turn");
}

static void
somebody_else_sits_there(void **state)
{
	struct shop	*paul;
	int64_t		 sale, version, two;

	(void)state;
	till_type(t.s, "2");
	paul = test_till(dir, "Paul", "Phone 2");
	OK(table_numbered(owner, 2, &two));
	OK(table_seat(paul, two, 2, &sale, &version));
	till_type(t.s, "\r4\r");
	till_expect(t.s, "somebody sits at table 2 already");
	shop_close(paul);
}

static void
tabs_and_take_away(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "b");
	till_expect(t.s, "Under what name?");
	till_type(t.s, "Paul\r1003\r");
	till_expect(t.s, "Paul");
	till_type(t.s, "\r\r");
	till_expect(t.s, "Paul");
	till_expect(t.s, "4,50");
	till_type(t.s, ":delivery 19h30 Karim, 0612345678, 3 rue du Port\r");
	till_expect(t.s, "Karim  delivery 19:30");
	till_esc(t.s);
	till_expect(t.s, "19:30");
	till_type(t.s, ":takeaway Zoé, 0700000000\r1001\r");
	OK(sale_load(owner, t.app.sale, &sale));
	assert_string_equal(sale.mode, "take_away_now");
	sale_done(&sale);
}

/* Who came to fetch it stays after all: the head says what the tax does. */
static void
the_head_says_the_mode(void **state)
{
	(void)state;
	till_type(t.s, ":takeaway Zoé, 0700000000\r1001\r");
	till_expect(t.s, "Zoé  take-away");
	till_type(t.s, ":mode on the spot\r");
	till_expect(t.s, "Zoé  on the spot");
	till_refuse(t.s, "take-away");
	till_type(t.s, ":mode packed\r");
	till_expect(t.s, "Zoé  take-away");
	till_type(t.s, "\r\r2*2\r1001\r");
	till_expect(t.s, "T2  2 covers");
	till_refuse(t.s, "take-away");
	till_type(t.s, ":mode packed\r");
	till_expect(t.s, "T2  2 covers  take-away");
}

/* A telephone shows what was added last, though its course stands above, and
 * says what it takes back. */
static void
the_newest_line_is_in_view(void **state)
{
	(void)state;
	enter(12, 40, "en", ROLE_WAITER);
	till_type(t.s, "1*3\r#1\r1002\r#2\r1002\r#3\r1002\r");
	till_type(t.s, "#1\r1002\r1001\r");
	till_expect(t.s, "*#1 Croque-monsieur");
	till_type(t.s, "#2\r1002\r");
	till_expect(t.s, "*#2 Entrec");
}

/* ---- going elsewhere ---------------------------------------------------- */

static void
people_change_tables(void **state)
{
	(void)state;
	till_type(t.s, "1*3\r1001\r\r\r2*2\r1002\r\r\r");
	till_type(t.s, "1");
	till_type(t.s, "\r:move 3\r");
	till_expect(t.s, "T1 is at table 3 now");
	till_expect(t.s, "T3  3 covers");
	assert_int_equal(sale_at(1), 0);
	/* To who sits there already. */
	till_type(t.s, ":move 2\r");
	till_expect(t.s, "T2  5 covers");
	till_expect(t.s, "Croque-monsieur");
	till_expect(t.s, "Entrecôte");
	assert_int_equal(sale_at(3), 0);
	till_type(t.s, ":give 9\r");
	till_expect(t.s, "nobody sits at table 9");
	till_esc(t.s);
	till_type(t.s, ":give #3 2\r");
	till_expect(t.s, "on that bill already");
	till_esc(t.s);
	/* A guest with all they have. */
	till_type(t.s, "#1\r1003\r#1\r1001\r\r\r4*1\r1003\r\r\r2\r");
	till_type(t.s, ":give #1 4\r");
	till_expect(t.s, "on the bill of table 4 now");
	till_type(t.s, "\r4\r");
	till_expect(t.s, "T4  1 cover");
	till_expect(t.s, "Croque-monsieur");
}

/* What came from a table that was ahead does not hide what waits here. */
static void
a_course_waits_until_all_of_it_is_fired(void **state)
{
	(void)state;
	till_type(t.s, "1*3\r1001\r1002\r\r:fire\r\r");
	till_type(t.s, "2*2\r1001\r1002\r\r\r");
	till_type(t.s, "1\r:give 2\r");
	till_expect(t.s, "bill of table 2 now");
	till_type(t.s, "\r2\r");
	till_expect(t.s, "Plats  waits for its turn");
	till_type(t.s, ":fire\r");
	till_expect(t.s, "Plats  being made");
}

/* Right behind one's own the same key is that key twice, or an answer that a
 * cut line has lost: it is asked, also in another session and on the plan. */
static void
a_course_is_not_fired_by_a_repeat(void **state)
{
	struct session_config	c = till_config(24, 80);
	struct kitchen_board	b;
	struct station		all = { .name = "Cuisine", .display = true,
				    .warn = 10, .late = 20 };
	bool			seen;

	(void)state;
	OK(station_put(owner, &all));
	OK(course_put(owner, 3, "Desserts"));
	house_category(owner, "10", "Desserts");
	OK(course_of_category(owner, "Desserts", 3));
	till_type(t.s, "1*3\r1001\r1002\r10\r\r:fire\r");
	till_expect(t.s, "Plats: fired");
	till_type(t.s, ":fire\r");
	till_expect(t.s, "Plats is fired already.  Desserts, too?");
	/* Enter alone is no yes. */
	till_type(t.s, "\r");
	till_type(t.s, "n");
	till_expect(t.s, ":fire  Desserts");
	till_leave(&t);
	till_enter(&t, dir, "Julie", ROLE_WAITER, "Phone 1", "en", &c);
	till_type(t.s, "1\r");
	till_expect(t.s, ":fire  Desserts");
	till_type(t.s, ":fire\r");
	till_expect(t.s, "Desserts, too?");
	till_type(t.s, "n\r");
	till_type(t.s, "s");
	till_expect(t.s, "Desserts, too?");
	till_type(t.s, "n");
	/* Once the kitchen has begun, or something else was done, it is no
	 * repeat. */
	OK(kitchen_board(owner, all.id, &b));
	OK(kitchen_do(owner, KITCHEN_BUMP, all.id, &b.tickets[1], 0, &seen));
	kitchen_board_done(&b);
	till_type(t.s, "s");
	till_expect(t.s, "Desserts: fired");
}

/* What has no room is counted at the edge, and the mark brings it in; every
 * terminal hears what a room is called now. */
static void
a_large_room_is_walked(void **state)
{
	struct room	*rooms;
	size_t		 n;

	(void)state;
	OK(room_list(owner, &rooms, &n));
	for (int i = 0; i < 12; i++) {
		stand(rooms[1].id, 20 + i, 2, i == 11 ? SHAPE_LONG :
		    SHAPE_SQUARE, 1, i);
	}
	for (int i = 0; i < 4; i++) {
		stand(rooms[1].id, 40 + i, 2, SHAPE_BAR, 4 + i, 0);
	}
	session_news(t.s, 1U << TOPIC_TABLE);
	till_pass(t.s, 1000);
	till_type(t.s, "\033[6~");
	till_expect(t.s, "Terrasse");
	till_expect(t.s, "+4 >");
	till_expect(t.s, "+3 v");
	till_expect(t.s, "[27");
	till_refuse(t.s, "[28");
	till_type(t.s, "31");
	till_expect(t.s, "[31");
	till_expect(t.s, "+7 <");
	till_refuse(t.s, "[24");
	/* It stays where it is while what is marked is seen. */
	till_esc(t.s);
	till_type(t.s, "\033[D");
	till_expect(t.s, "Enter seats table 30");
	till_expect(t.s, "+7 <");
	till_type(t.s, "43");
	till_expect(t.s, "|43");
	till_expect(t.s, "+13 ^");
	till_refuse(t.s, " >");
	till_esc(t.s);
	(void)strcpy(rooms[1].name, "Jardin");
	OK(room_put(owner, &rooms[1]));
	free(rooms);
	session_news(t.s, 1U << TOPIC_TABLE);
	till_pass(t.s, 1000);
	till_expect(t.s, "Jardin");
	till_refuse(t.s, "Terrasse");
}

/* Its paper waits, every waiter knows it, and need not hear it at each key. */
static void
a_dead_printer_is_told_once(void **state)
{
	struct printer_change	p = PRINTER_NO_CHANGE;
	struct station		all = { .name = "Cuisine", .display = true,
				    .warn = 10, .late = 20 };

	(void)state;
	p.driver = "text";
	p.model = "";
	p.connection = "file:";
	OK(printer_add(owner, "chaud", &p, &all.printer));
	OK(station_put(owner, &all));
	p = (struct printer_change)PRINTER_NO_CHANGE;
	p.active = 0;
	OK(printer_set(owner, all.printer, &p));
	till_type(t.s, "1*2\r1001\r\r");
	till_expect(t.s, "Cuisine: the printer is out, its paper waits");
	till_type(t.s, "2*1001\r\r");
	till_refuse(t.s, "the printer is out");
	till_expect(t.s, "2 items sent");
	session_news(t.s, 1U << TOPIC_PRINTER);
	till_pass(t.s, 1000);
	till_refuse(t.s, "the printer is out");
	/* Well again, it is the next trouble that is told. */
	p.active = 1;
	OK(printer_set(owner, all.printer, &p));
	session_news(t.s, 1U << TOPIC_PRINTER);
	till_pass(t.s, 1000);
	till_type(t.s, "1001\r\r");
	till_expect(t.s, "1 item sent");
	p.active = 0;
	OK(printer_set(owner, all.printer, &p));
	session_news(t.s, 1U << TOPIC_PRINTER);
	till_pass(t.s, 1000);
	till_expect(t.s, "Cuisine: the printer is out, its paper waits");
	till_type(t.s, "1001\r\r");
	till_expect(t.s, "1 item sent");
}

/* ---- the bill ----------------------------------------------------------- */

/* How much of the newest party's order a station has. */
static size_t
at_station(int64_t id)
{
	struct kitchen_board	b;
	size_t			n = 0;

	OK(kitchen_board(owner, id, &b));
	for (size_t i = 0; i < b.n; i++) {
		n += b.tickets[i].n;
	}
	kitchen_board_done(&b);
	return n;
}

/* What was not sent may stand before them: it is asked, never forgotten. */
static void
unsent_is_asked_before_they_pay(void **state)
{
	struct station	all = { .name = "Cuisine", .display = true,
			    .warn = 10, .late = 20 };

	(void)state;
	OK(station_put(owner, &all));
	till_type(t.s, "1*2\r2*1001\r");
	till_type(t.s, ":pay cash\r");
	till_expect(t.s, "2 items were not sent to the kitchen");
	till_expect(t.s, "send it now");
	till_expect(t.s, "they have it");
	/* Neither: nothing happened. */
	till_type(t.s, "\033");
	till_expect(t.s, "(new)");
	assert_int_equal(at_station(all.id), 0);
	till_type(t.s, ":pay cash\r\r");
	till_expect(t.s, "PAID");
	assert_int_equal(at_station(all.id), 1);
	till_type(t.s, "\r2*2\r1002\r\r1001\r:pay\r");
	till_expect(t.s, "1 item was not sent to the kitchen");
	till_type(t.s, "2\r");
	till_expect(t.s, "Enter = Cash");
	till_type(t.s, "\r");
	till_expect(t.s, "PAID");
	assert_int_equal(at_station(all.id), 2);
	/* The same where the bill is in parts; neither leaves it to others. */
	till_type(t.s, "\r3*2\r1001\r1002\r:divide\r2\r\r");
	till_expect(t.s, "1 item was not sent to the kitchen");
	till_type(t.s, "\033");
	till_expect(t.s, "SPLIT");
	assert_int_equal(at_station(all.id), 2);
	till_type(t.s, "\r\r");
	till_expect(t.s, "Enter = Cash");
	assert_int_equal(at_station(all.id), 3);
	till_type(t.s, "\r");
	till_expect(t.s, "PAID");
	till_type(t.s, "\r2\r");
	till_expect(t.s, "Enter = Cash");
	till_type(t.s, "\r");
	till_expect(t.s, "all of it is paid");
	assert_int_equal(at_station(all.id), 3);
	/* What is fetched goes with the payment, unasked. */
	till_type(t.s, ":takeaway Zoé, 0700000000\r1001\r:pay cash\r");
	till_expect(t.s, "PAID");
	assert_int_equal(at_station(all.id), 4);
}

static void
a_bill_in_parts_until_all_is_paid(void **state)
{
	(void)state;
	till_type(t.s, "1*2\r");
	till_type(t.s, "2*1001\r1002\r10\r\r");
	till_type(t.s, ":divide\r");
	till_expect(t.s, "SPLIT");
	till_type(t.s, "\033[B");
	till_type(t.s, "1*2\r");
	till_expect(t.s, "T1/2");
	till_expect(t.s, "9,80");
	till_type(t.s, "\r");
	till_expect(t.s, "Enter = Cash");
	till_type(t.s, "\r");
	till_expect(t.s, "PAID");
	till_expect(t.s, "T1/2");
	till_type(t.s, "\r\r");
	till_expect(t.s, "all of it is paid");
	till_expect(t.s, "paid");
	assert_int_equal(sale_at(1), 0);
}

/* Nobody's share is what was taken back, and a menu has its price. */
static void
a_bill_in_parts_has_what_is_paid(void **state)
{
	const struct option_row	row = { .least = 1, .most = 1,
				    .included = true, .code = "1002",
				    .group = "Plat", .choice = "Croque",
				    .component = "1001", .against = "" };

	(void)state;
	OK(option_put_row(owner, &row));
	till_type(t.s, "1*2\r1002\r1\r10\r10\r\r");
	till_type(t.s, ":void\rwrong\r");
	till_type(t.s, ":divide\r");
	till_expect(t.s, "SPLIT");
	till_expect(t.s, "24,00");
	till_refuse(t.s, " 0,00");
	till_refuse(t.s, "-1 ");
}

/* C01 and C03 at a table: what is left over goes round. */
static void
three_friends_pay_the_same(void **state)
{
	struct bill_part	*parts;
	struct sale_brief	*rows;
	size_t			 n;

	(void)state;
	till_type(t.s, "1*3\r1002\r1002\r10\r10\r\r:divide\r:heads 3\r");
	OK(sale_open_list(owner, &rows, &n));
	OK(bill_parts(owner, rows[0].id, &parts, &n));
	assert_int_equal(n, 3);
	assert_int_equal(parts[0].total + parts[1].total + parts[2].total,
	    5300);
	for (size_t i = 0; i < 3; i++) {
		assert_true(parts[i].total == 1767 || parts[i].total == 1766);
	}
	free(parts);
	free(rows);
	till_expect(t.s, "1/3");
	till_type(t.s, ":whole\r");
	till_refuse(t.s, "1/3");
	till_expect(t.s, "53,00");
}

/* ---- the house ---------------------------------------------------------- */

static struct table
table_of(int64_t number)
{
	struct table	table;
	int64_t		id;

	OK(table_numbered(owner, number, &id));
	OK(table_get(owner, id, &table));
	return table;
}

static void
a_manager_draws_the_room(void **state)
{
	(void)state;
	till_type(t.s, ":rooms\r");
	till_expect(t.s, "ROOMS  Salle");
	till_expect(t.s, "Enter lifts table 1  + - seats");
	till_type(t.s, "*6\r\033[B\033[B\033[C7*2\r");
	till_expect(t.s, "[7  2]");
	assert_int_equal(table_of(7).line, 2);
	assert_int_equal(table_of(7).cell, 1);
	assert_int_equal(table_of(7).seats, 2);
	assert_int_equal(table_of(1).seats, 6);
	/* One key each, on the table under the mark. */
	till_type(t.s, "\033[Ds");
	till_expect(t.s, "(7  2)");
	till_type(t.s, "+++-");
	till_expect(t.s, "(7  4)");
	till_type(t.s, "r\b77\r");
	till_expect(t.s, "(77 4)");
	till_type(t.s, "r");
	till_type(t.s, "\b\b5\r");
	till_expect(t.s, "there is a table 5 already");
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, "e");
	till_expect(t.s, "What is the room called?");
	till_type(t.s, "\b\b\b\b\bGrande salle\r");
	till_expect(t.s, "ROOMS  Grande salle");
	till_type(t.s, ":roomname Terrasse\r");
	till_expect(t.s, "there is a room Terrasse already");
	till_type(t.s, ":roomname Salle\r");
	/* Lifted, carried, put down; not onto another. */
	till_type(t.s, "\r");
	till_expect(t.s, "Enter puts table 77 down here");
	till_type(t.s, "\033[A\r");
	till_expect(t.s, "table 5 stands there");
	till_type(t.s, "\033[C\r");
	till_expect(t.s, "table 5 stands there");
	till_type(t.s, "\033[C\r");
	till_refuse(t.s, "down here");
	assert_int_equal(table_of(77).line, 1);
	assert_int_equal(table_of(77).cell, 3);
	/* Esc leaves it where it stood. */
	till_type(t.s, "\r\033[B");
	till_esc(t.s);
	till_expect(t.s, "ROOMS  Salle");
	assert_int_equal(table_of(77).line, 1);
	/* To the other room. */
	till_type(t.s, "\033[A\r\033[6~\033[B\033[B\r");
	till_expect(t.s, "ROOMS  Terrasse");
	till_expect(t.s, "(77 4)");
	till_type(t.s, "x");
	till_expect(t.s, "Is table 77 gone?");
	till_type(t.s, "y");
	till_refuse(t.s, "77 4");
	/* What has no room to be long is something else. */
	till_type(t.s, "\033[5~\033[A\033[A\033[A\033[D\033[D\033[D");
	till_expect(t.s, "Enter lifts table 1");
	till_type(t.s, "ss");
	till_expect(t.s, "|1  6|");
	/* At which other: the one beside it is offered. */
	till_type(t.s, "j\r");
	till_expect(t.s, "|1=2|");
	assert_int_equal(table_of(1).joined, table_of(2).id);
	till_type(t.s, "j");
	till_refuse(t.s, "|1=2|");
	till_type(t.s, ":room Bar\r");
	till_expect(t.s, "ROOMS  Bar");
	till_golden(t.s, "rooms-80x24-en");
}

/* Nobody reads a manual for it: n, a name, and Enter. */
static void
ten_tables_are_ten_keys(void **state)
{
	char	row[2048];

	(void)state;
	till_type(t.s, ":rooms\rnVéranda\r");
	till_expect(t.s, "ROOMS  Véranda");
	till_expect(t.s, "Enter: table 6, 4 seats, square");
	till_type(t.s, "30\r");
	till_expect(t.s, "Enter: table 31, 4 seats, square");
	till_type(t.s, "\r\r\r\r\r\r\r");
	/* The eighth ends the row; then round ones for two. */
	till_expect(t.s, "Enter: table 38, 4 seats, square");
	till_type(t.s, "--s\r\r");
	assert_true(session_text(t.s, 1, row, sizeof(row)));
	assert_non_null(strstr(row, "[30 4]"));
	assert_non_null(strstr(row, "[37 4]"));
	till_expect_row(t.s, 3, "(38 2)  .(39 2)");
	assert_int_equal(table_of(39).line, 1);
	assert_int_equal(table_of(39).cell, 1);
	assert_int_equal(table_of(39).shape, SHAPE_ROUND);
	till_golden(t.s, "rooms-drawn-80x24-en");
}

static void
guests_are_expected(void **state)
{
	(void)state;
	till_type(t.s, ":bookings\r");
	till_expect(t.s, "Nobody is expected");
	till_type(t.s, "13h30 4 Dupont, 0612345678, by the window\r");
	till_expect(t.s, "13:30");
	till_expect(t.s, "by the window");
	till_type(t.s, "Dupont\r");
	till_expect(t.s, "when, how many and who");
	till_esc(t.s);
	till_type(t.s, ":assign 3\r");
	till_expect(t.s, "T3");
	till_golden(t.s, "bookings-80x24-en");
	till_type(t.s, "\r");
	till_expect(t.s, "T3  4 covers");
	till_esc(t.s);
	till_expect(t.s, "Nobody is expected");
}

/* Made, mended, not cut by midnight, not seated by one key too soon, never
 * seen. */
static void
a_booking_is_walked(void **state)
{
	int64_t	now = till_now;

	(void)state;
	till_type(t.s, ":bookings\r20h30 4 Dupont, 0612345678\r");
	till_expect(t.s, "Dupont, 4 people: 20:30");
	till_type(t.s, ":edit\r");
	till_expect(t.s, "2026-11-20 20:30 4 Dupont, 0612345678");
	till_expect(t.s, "Enter keeps it so");
	till_type(t.s, ", by the window\r");
	till_expect(t.s, "by the window");
	assert_false(till_shows(t.s, "Enter keeps it so"));
	/* Thrown away, it is as it was; what is typed then is another's. */
	till_type(t.s, ":edit\r");
	till_esc(t.s);
	till_type(t.s, "tomorrow 12h 2 Martin\r");
	till_expect(t.s, "Martin, 2 people: 21/11 12:00");
	till_expect(t.s, "Dupont");
	/* The mark is on who was made last. */
	till_expect(t.s, "Enter seats Martin");
	till_type(t.s, "\r");
	till_expect(t.s, "Martin: 21/11 12:00.  Are they here now?");
	till_type(t.s, "n");
	till_type(t.s, ":assign 4\r");
	till_refuse(t.s, "seats for");
	till_type(t.s, "\033[A:assign 4\r");
	till_expect(t.s, "table 4 has 2 seats for 4 people");
	/* At the table: is it them? */
	till_now = test_now = now + (int64_t)7 * 3600000;
	till_esc(t.s);
	session_news(t.s, 1U << TOPIC_TABLE);
	till_pass(t.s, 31000);
	till_expect(t.s, "res20:30");
	till_type(t.s, "4\r");
	till_expect(t.s, "Table 4 is kept for Dupont.  Is it them?");
	till_type(t.s, "n");
	till_expect(t.s, "4*2 seats two others there");
	assert_int_equal(sale_at(4), 0);
	till_type(t.s, "4\ry");
	till_expect(t.s, "T4  4 covers");
	assert_true(sale_at(4) != 0);
	till_esc(t.s);
	till_type(t.s, ":bookings\r");
	till_refuse(t.s, "Dupont");
	/* Nobody came. */
	till_type(t.s, ":noshow\r");
	till_expect(t.s, "Martin never came?");
	till_type(t.s, "y");
	till_expect(t.s, "21/11 12:00: they may come yet");
	till_type(t.s, ":unbook\r");
	till_expect(t.s, "They do not come?");
	till_type(t.s, "n");
	till_now = test_now = now + (int64_t)25 * 3600000;
	till_type(t.s, ":unbook\r");
	till_expect(t.s, "they called it off");
	till_type(t.s, "2\r");
	till_expect(t.s, "Nobody is expected");
	till_now = test_now = now;
}

static void
sold_out_and_of_the_day(void **state)
{
	(void)state;
	till_type(t.s, ":soldout 1002 1\r");
	till_expect(t.s, "Entrecôte 300 g is counted from here");
	till_type(t.s, "1*2\r");
	till_type(t.s, "entre");
	till_expect(t.s, "1 left");
	till_type(t.s, "\r1002\r");
	till_expect(t.s, "Entrecôte 300 g is sold out");
	till_esc(t.s);
	/* No code is so long; its beginning is not looked for. */
	till_type(t.s, ":soldout 1002100210021002100210021002100210021002 1\r");
	till_expect(t.s, "nothing has the code 10021002");
	till_type(t.s, ":dish Blanquette 14,50 x20 chaud\r");
	till_expect(t.s, "Blanquette at 14,50 is on, until tonight");
	till_type(t.s, "blanq\r");
	till_expect(t.s, "14,50");
}

/* ---- as they look ------------------------------------------------------- */

static void
an_evening(void)
{
	struct shop	*paul = test_till(dir, "Paul", "Phone 2");
	struct tab_new	 tab = { .kind = SERVING_TAB, .name = "écharpe",
			    .phone = "", .address = "", .covers = 1 };
	struct product	 p;
	int64_t		 id, sale, version, line, n;
	int		 course;

	OK(product_find(owner, "1001", &p));
	OK(table_numbered(owner, 2, &id));
	OK(table_seat(paul, id, 4, &sale, &version));
	OK(sale_add(paul, &sale, &version, p.id, 4 * QTY_ONE, NULL, &line));
	OK(product_find(owner, "1002", &p));
	OK(sale_add(paul, &sale, &version, p.id, 4 * QTY_ONE, NULL, &line));
	OK(course_send(paul, sale, &version, &n));
	test_now += 18 * 60000;
	OK(table_numbered(owner, 3, &id));
	OK(table_seat(paul, id, 2, &sale, &version));
	OK(sale_add(paul, &sale, &version, p.id, QTY_ONE, NULL, &line));
	OK(course_send(paul, sale, &version, &n));
	OK(fire_seen(paul, sale, false, &course) == ERR_EMPTY ? 0 : 1);
	OK(table_numbered(owner, 4, &id));
	OK(table_block(paul, id, "leg"));
	OK(tab_open(paul, &tab, &sale, &version));
	OK(product_find(owner, "1003", &p));
	OK(sale_add(paul, &sale, &version, p.id, 2 * QTY_ONE, NULL, &line));
	OK(table_numbered(owner, 5, &id));
	OK(table_join(paul, id, id - 4));
	shop_close(paul);
	till_now = test_now + 8 * 60000;
	till_pass(t.s, 31000);
}

static void
golden(int rows, int cols, const char *language)
{
	int64_t	now = till_now;

	enter(rows, cols, language, ROLE_WAITER);
	an_evening();
	till_type(t.s, "2");
	till_looks(t.s, "plan", language);
	till_type(t.s, "\r");
	till_looks(t.s, "table", language);
	till_type(t.s, ":divide\r:heads 2\r");
	till_looks(t.s, "split", language);
	till_now = now;
}

TILL_LOOKS(as_it_looks, golden)

/* Every state an evening has, each in a word that is not cut. */
static void
nine_states(int rows, int cols, const char *language)
{
	struct shop	*paul;
	struct booking	 b;
	struct product	 p;
	int64_t		 id[10], sale[10], version, line, n, change;
	bool		 posted;

	enter(rows, cols, language, ROLE_WAITER);
	paul = test_till(dir, "Paul", "Phone 2");
	for (int i = 6; i <= 9; i++) {
		stand(1, i, 4, SHAPE_SQUARE, 2, i - 6);
	}
	for (int i = 1; i <= 9; i++) {
		OK(table_numbered(owner, i, &id[i]));
	}
	OK(booking_parse("13h15 4 Dupont", test_now, &b));
	b.table = id[2];
	OK(booking_add(paul, &b));
	for (int i = 3; i <= 8; i++) {
		OK(table_seat(paul, id[i], i, &sale[i], &version));
		if (i == 3) {
			continue;
		}
		OK(product_find(owner, i == 4 ? "1003" : "1001", &p));
		OK(sale_add(paul, &sale[i], &version, p.id, i * QTY_ONE, NULL,
		    &line));
		OK(course_send(paul, sale[i], &version, &n));
		if (i == 6) {
			OK(note_print(paul, sale[i]));
		} else if (i > 6) {
			OK(sale_pay(paul, sale[i], &version, "card", 0,
			    &change, &posted));
			assert_true(posted);
		}
	}
	OK(table_clear(paul, id[8]));
	OK(table_block(paul, id[9], "leg"));
	shop_close(paul);
	till_pass(t.s, 31000);
	till_looks(t.s, "plan-states", language);
	if (cols < 60) {
		till_type(t.s, "\033[6~\033[6~");
		till_looks(t.s, "plan-states2", language);
	}
}

TILL_LOOK(nine_states_80, nine_states, 24, 80, "en")
TILL_LOOK(nine_states_80_fr, nine_states, 24, 80, "fr")
TILL_LOOK(nine_states_40_fr, nine_states, 12, 40, "fr")
/* What a waiter reads standing: the first page of the help and of the menu
 * begin with what is done at a table. */
static void
first_pages(int rows, int cols, const char *language)
{

	enter(rows, cols, language, ROLE_WAITER);
	till_type(t.s, "2*2\r1001\r");
	till_type(t.s, "?");
	till_looks(t.s, "table-help", language);
	till_esc(t.s);
	till_type(t.s, "\t");
	till_looks(t.s, "table-menu", language);
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, "?");
	till_looks(t.s, "plan-help", language);
}

TILL_LOOK(first_pages_40, first_pages, 12, 40, "en")
TILL_LOOK(first_pages_40_fr, first_pages, 12, 40, "fr")
TILL_LOOK(first_pages_80_fr, first_pages, 24, 80, "fr")
/* A shop's sale says nothing of tables, a table nothing of the shop; by name
 * all is there. */
static void
a_menu_is_the_screens_own(void **state)
{
	(void)state;
	till_type(t.s, "2*2\r\t");
	till_expect(t.s, "TABLE");
	till_expect(t.s, " 1   Send");
	till_expect(t.s, " 2 s Fire");
	till_refuse(t.s, "Training");
	till_esc(t.s);
	/* The first of them by one key more. */
	till_type(t.s, "1001\r\t\r");
	till_expect(t.s, "1 item sent");
	till_type(t.s, "1002\r\r\ts");
	till_expect(t.s, "Plats: fired");
	till_type(t.s, ":product 1003\r");
	till_expect(t.s, "Bière 1664");
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, ":sell\r\t");
	till_expect(t.s, "SALE");
	till_expect(t.s, "Hold");
	till_refuse(t.s, "Allergy");
}

/* What a manager draws, and who is expected. */
static void
house_golden(int rows, int cols, const char *language)
{

	enter(rows, cols, language, ROLE_MANAGER);
	till_type(t.s, ":rooms\r\033[B\033[C");
	till_looks(t.s, "rooms", language);
	till_esc(t.s);
	till_type(t.s, ":bookings\r13h30 4 Dupont, 0612345678, terrasse\r");
	till_type(t.s, "24/12 20h 12 Martin\r");
	till_looks(t.s, "bookings", language);
}

TILL_LOOK(the_house_looks, house_golden, 12, 40, "fr")
TILL_LOOK(the_house_looks_80_fr, house_golden, 24, 80, "fr")
TILL_LOOK(the_house_looks_132, house_golden, 43, 132, "en")
int
main(void)
{
	const struct CMUnitTest tests[] = {
#define W(f) cmocka_unit_test_setup_teardown(f, waiter, teardown)
#define M(f) cmocka_unit_test_setup_teardown(f, manager, teardown)
#define G(f) cmocka_unit_test_teardown(f, teardown)
		W(a_waiter_begins_with_the_plan),
		W(seats_and_courses_are_typed),
		W(what_a_guest_must_not_eat_is_said),
		W(what_was_sent_is_taken_back_by_somebodys_word),
		W(news_comes_while_it_is_open),
		W(somebody_else_sits_there),
		W(tabs_and_take_away),
		W(the_head_says_the_mode),
		W(a_course_waits_until_all_of_it_is_fired),
		W(a_course_is_not_fired_by_a_repeat),
		W(a_large_room_is_walked),
		M(people_change_tables),
		W(a_dead_printer_is_told_once),
		M(unsent_is_asked_before_they_pay),
		M(a_bill_in_parts_until_all_is_paid),
		M(a_bill_in_parts_has_what_is_paid),
		M(three_friends_pay_the_same),
		G(the_newest_line_is_in_view),
		M(a_manager_draws_the_room),
		M(ten_tables_are_ten_keys),
		M(guests_are_expected),
		M(a_booking_is_walked),
		M(sold_out_and_of_the_day),
		TILL_LOOKS_TESTS(G, as_it_looks),
		W(a_menu_is_the_screens_own),
		G(nine_states_80),
		G(nine_states_80_fr),
		G(nine_states_40_fr),
		G(first_pages_40),
		G(first_pages_40_fr),
		G(first_pages_80_fr),
		G(the_house_looks),
		G(the_house_looks_80_fr),
		G(the_house_looks_132),
#undef W
#undef M
#undef G
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
