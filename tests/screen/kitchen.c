/* SPDX-License-Identifier: ISC */
/* A kitchen's display: tickets on their tiles, digits that stay, what nobody
 * may miss; and what all of it costs on a line of 9600 baud. */
#include "fire.h"
#include "house.h"
#include "till.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "shop/course.h"
#include "shop/dish.h"
#include "shop/kitchen.h"
#include "shop/party.h"
#include "shop/table.h"

#define MINUTE	60000

static char		dir[64];
static struct shop	*owner, *anna;
static struct till	t;
static struct station	hot, bar;
static int64_t		starter, dish, fries, beer, begun;

static void
house(void)
{
	struct room		r = { .name = "Salle", .mode = "on_site" };

	/* A whole minute, so that ages are what was waited. */
	begun = till_now;
	owner = till_shop(dir);
	house_card(owner, &starter, &dish, &beer);
	fries = house_item(owner, "32", "Frites", "Plats", "meal", 450);
	OK(room_put(owner, &r));
	house_tables(owner, r.id, 14, 7);
	house_stations(owner, "Chaud", &hot, &bar);
	anna = test_till(dir, "Anna", "Phone 1");
}

static void
enter(struct session_config *c, const char *language)
{
	house();
	till_enter(&t, dir, "Momo", ROLE_COOK, "Kitchen 1", language, c);
}

static int
cook(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	enter(&c, "en");
	till_expect(t.s, "Which station?");
	till_type(t.s, "1");
	till_expect(t.s, "nothing to make");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	shop_close(anna);
	test_done(owner, dir);
	till_now = begun;
	return 0;
}

/* ---- the waiter's side -------------------------------------------------- */

struct party {
	int64_t	sale, version;
};

static void
wait_minutes(int n)
{
	test_now += n * MINUTE;
	till_pass(t.s, n * MINUTE);
}

static struct party
seat(int number, int covers)
{
	struct party	p;
	int64_t		table;

	OK(table_numbered(owner, number, &table));
	OK(table_seat(anna, table, covers, &p.sale, &p.version));
	return p;
}

static int64_t
add(struct party *p, int64_t product, int n)
{
	int64_t	line;

	OK(sale_add(anna, &p->sale, &p->version, product, n * QTY_ONE, NULL,
	    &line));
	return line;
}

static void
news(void)
{
	session_news(t.s, 1U << TOPIC_KITCHEN | 1U << TOPIC_TABLE);
	till_pass(t.s, 1000);		/* news is held back a moment */
	test_now += 1000;
}

static void
send(struct party *p)
{
	int64_t	n;

	OK(course_send(anna, p->sale, &p->version, &n));
	news();
}

/* A starter for so many, sent. */
static struct party
table(int number, int covers)
{
	struct party	p = seat(number, covers);

	(void)add(&p, starter, covers);
	send(&p);
	return p;
}

static void
type(const char *keys)
{
	till_type(t.s, keys);
}

/* How many tickets the station has, whatever the screen says. */
static size_t
tickets(void)
{
	struct kitchen_board	b;
	size_t			n;

	OK(kitchen_board(owner, hot.id, &b));
	n = b.n;
	kitchen_board_done(&b);
	return n;
}

/* ---- keys --------------------------------------------------------------- */

static void
a_ticket_comes_without_a_key(void **state)
{
	struct party	p;

	(void)state;
	p = seat(4, 2);
	(void)add(&p, starter, 2);
	(void)add(&p, dish, 1);
	send(&p);
	till_expect(t.s, "Chaud  1 ticket  1 to come");
	till_expect_row(t.s, 1, "1 T4  2c            0 min");
	till_expect(t.s, "2 Œuf mayonnaise");
	till_expect_row(t.s, 1, "2 T4  2c            waits");
	till_expect(t.s, "to make:  2 Œuf mayonnaise");
	wait_minutes(12);
	till_expect_row(t.s, 1, "12 min");
	wait_minutes(10);
	till_expect_row(t.s, 1, "22 min LATE");
}

static void
a_digit_is_that_tile_and_no_other(void **state)
{
	(void)state;
	(void)table(4, 2);
	(void)table(5, 3);
	(void)table(6, 1);
	type("2");
	till_expect(t.s, "T5 Entrées: ready");
	/* Its place is kept: the others have their digits still. */
	till_expect_row(t.s, 1, "1 T4");
	till_expect_row(t.s, 1, "2 T5  READY");
	till_expect_row(t.s, 1, "3 T6");
	assert_int_equal(tickets(), 2);
	/* In time the same digit takes it back, where it was. */
	type("2");
	till_expect(t.s, "T5 Entrées: back");
	till_expect_row(t.s, 1, "2 T5  3c");
	assert_int_equal(tickets(), 3);
	type("2");
	till_pass(t.s, 4000);
	till_refuse(t.s, "T5  READY");
	type("2");
	till_expect(t.s, "2: no ticket stands there");
	type("9");
	till_expect(t.s, "9: no ticket stands there");
	assert_int_equal(tickets(), 2);
	/* A new one goes behind the last. */
	(void)table(7, 2);
	till_expect_row(t.s, 1, "3 T6");
	till_expect(t.s, "4 T7");
}

static void
undo_goes_back_and_further_back(void **state)
{
	(void)state;
	(void)table(4, 2);
	test_now += MINUTE;
	(void)table(5, 3);
	type("1");
	test_now += 1;
	type("2");
	assert_int_equal(tickets(), 0);
	type("0");
	till_expect(t.s, "T5 Entrées: back");
	type("0");
	till_expect(t.s, "T4 Entrées: back");
	assert_int_equal(tickets(), 2);
	type("0");
	till_expect(t.s, "nothing that is ready stands at the pass");
}

/* Its digit was given to what comes later; the key that took it back may be
 * followed at once by its own. */
static void
what_came_back_is_bumped_at_once(void **state)
{
	struct party	p = seat(4, 2);

	(void)state;
	(void)add(&p, starter, 2);
	(void)add(&p, dish, 2);
	send(&p);
	type("1");
	till_pass(t.s, 4000);
	till_expect_row(t.s, 1, "1 T4  2c            waits");
	type("01");
	till_expect(t.s, "T4 Entrées: ready");
}

/* The line was cut: the same terminal is at the same station again. */
static void
it_comes_back_where_it_was(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	(void)table(4, 2);
	(void)session_end(t.s, 129);
	till_leave(&t);
	till_enter(&t, dir, "Momo", ROLE_COOK, "Kitchen 1", "en", &c);
	till_expect_row(t.s, 1, "1 T4  2c");
}

/* Signed out by hand, and somebody else signs in: the display stands where it
 * stood; another one still asks. */
static void
a_display_keeps_its_station(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	(void)table(4, 2);
	till_type(t.s, ":back\r");
	till_type(t.s, "y");
	till_leave(&t);
	till_enter(&t, dir, "Yves", ROLE_COOK, "Kitchen 1", "en", &c);
	till_expect_row(t.s, 1, "1 T4  2c");
	/* Another one is a choice, and it stays, too. */
	till_type(t.s, ":kitchen\r");
	till_expect(t.s, "Which station?");
	till_type(t.s, "2");
	till_leave(&t);
	till_enter(&t, dir, "Zoe", ROLE_COOK, "Kitchen 1", "en", &c);
	till_refuse(t.s, "Which station?");
	till_expect(t.s, "Bar");
	till_leave(&t);
	till_enter(&t, dir, "Alma", ROLE_COOK, "Kitchen 2", "en", &c);
	till_expect(t.s, "Which station?");
}

/* Somebody else makes some of it. */
static void
it_says_where_else(void **state)
{
	struct station_route	route = { .station = bar.id,
				    .product = starter, .category = "",
				    .mode = "" };
	int64_t			id;

	(void)state;
	OK(station_route_add(owner, &route, &id));
	route.station = hot.id;
	OK(station_route_add(owner, &route, &id));
	(void)table(4, 2);
	till_expect(t.s, "also at: Bar");
}

/* Who stays after all, or takes it along: said as it is now, and seen. */
static void
how_it_is_consumed_is_as_it_is_now(void **state)
{
	struct party	p;

	(void)state;
	p = table(4, 2);
	OK(sale_set_mode(anna, p.sale, &p.version, "take_away_now"));
	news();
	till_expect(t.s, "take-away");
	till_expect(t.s, "CHANGED 2 Œuf mayonnaise");
	type("1");
	till_expect(t.s, "T4 Entrées: seen; 1 again once it is ready");
	till_expect(t.s, "take-away");
	till_refuse(t.s, "CHANGED");
	OK(sale_set_mode(anna, p.sale, &p.version, "on_site"));
	news();
	till_refuse(t.s, "take-away");
	till_expect(t.s, "on the spot");
	till_expect(t.s, "CHANGED 2 Œuf mayonnaise");
}

/* Many digits in a row are no barcode here. */
static void
a_whole_rush_is_bumped(void **state)
{
	struct party	p;

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 1; i <= 4; i++) {
			p = seat(4 * round + i, 2);
			(void)add(&p, starter, 1);
			send(&p);
		}
		type("1234");
		till_pass(t.s, 4000);
		type("+");
		assert_int_equal(tickets(), 0);
	}
}

static void
what_was_cancelled_must_be_seen(void **state)
{
	struct party	p;
	int64_t		line;

	(void)state;
	p = seat(4, 2);
	line = add(&p, starter, 2);
	(void)add(&p, starter, 1);
	send(&p);
	OK(sale_void_line(anna, p.sale, &p.version, line, "guest left"));
	/* Before it is heard of: the key was for what stood there. */
	type("1");
	till_expect(t.s, "it changed meanwhile");
	assert_int_equal(tickets(), 1);
	till_expect(t.s, "CANCELLED 2 Œuf");
	type("1");
	till_expect(t.s, "T4 Entrées: seen; 1 again once it is ready");
	till_refuse(t.s, "CANCELLED");
	assert_int_equal(tickets(), 1);
	type("1");
	till_expect(t.s, "T4 Entrées: ready");
	assert_int_equal(tickets(), 0);
}

static void
another_display_was_quicker(void **state)
{
	struct kitchen_board	b;
	bool			seen;

	(void)state;
	(void)table(4, 2);
	(void)table(5, 2);
	OK(kitchen_board(owner, hot.id, &b));
	OK(kitchen_do(owner, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &seen));
	kitchen_board_done(&b);
	type("1");
	till_expect(t.s, "it changed meanwhile");
	till_refuse(t.s, "T4");
	till_expect_row(t.s, 1, "2 T5");
	assert_int_equal(tickets(), 1);
}

/* A full screen; one is made elsewhere and its digit is somebody else's: a
 * key that was on its way does nothing. */
static void
a_digit_given_away_is_said(void **state)
{
	struct kitchen_board	b;
	bool			seen;

	(void)state;
	for (int i = 1; i <= 7; i++) {
		(void)table(i, 2);
	}
	till_expect(t.s, "p 1/2");
	till_refuse(t.s, "T7");
	OK(kitchen_board(owner, hot.id, &b));
	OK(kitchen_do(owner, KITCHEN_BUMP, hot.id, &b.tickets[2], 0, &seen));
	kitchen_board_done(&b);
	session_news(t.s, 1U << TOPIC_KITCHEN);
	session_advance(t.s);
	till_expect_row(t.s, 1, "3 T7");
	type("3");
	till_expect(t.s, "3 is T7 since this moment");
	assert_int_equal(tickets(), 6);
	till_pass(t.s, 1000);
	type("3");
	till_expect(t.s, "T7 Entrées: ready");
	assert_int_equal(tickets(), 5);
}

static void
pages_are_turned(void **state)
{
	(void)state;
	for (int i = 1; i <= 8; i++) {
		(void)table(i, 2);
	}
	till_expect(t.s, "p 1/2");
	till_refuse(t.s, "T7");
	type("+");
	till_expect(t.s, "p 2/2");
	till_expect_row(t.s, 1, "1 T7");
	till_refuse(t.s, "T6");
	type("2");
	till_expect(t.s, "T8 Entrées: ready");
	type("-");
	till_expect_row(t.s, 1, "1 T1");
	type("\033[6~");
	till_expect_row(t.s, 1, "1 T7");
}

static void
it_is_started_and_one_dish_is_ready(void **state)
{
	struct party	p = seat(4, 2);

	(void)state;
	(void)add(&p, dish, 1);
	(void)add(&p, fries, 2);
	send(&p);
	type(".");
	till_expect(t.s, "start which one?");
	type("0");
	till_refuse(t.s, "start which one?");
	type(".1");
	till_expect(t.s, "T4 Plats: started");
	till_expect(t.s, "*1 Entrecôte");
	type("/1");
	till_expect(t.s, "Which dish is ready?");
	till_expect(t.s, "2 Frites");
	type("\033[B\r");
	till_expect(t.s, "one dish is ready");
	till_refuse(t.s, "Frites");
	till_expect(t.s, "*1 Entrecôte");
	type("1");
	assert_int_equal(tickets(), 0);
	type("s9");
	till_expect(t.s, "9: no ticket stands there");
}

static void
the_rest_is_behind_enter(void **state)
{
	struct kitchen_board	b;

	(void)state;
	(void)table(4, 2);
	(void)table(5, 2);
	/* Transfer: the third of the list. */
	type("\r3\r");
	till_expect(t.s, "transfer which one?");
	type("1");
	till_expect(t.s, "Who makes it?");
	type("2\r");
	till_expect(t.s, "T4 Entrées: at Bar now");
	assert_int_equal(tickets(), 1);
	OK(kitchen_board(owner, bar.id, &b));
	assert_int_equal(b.n, 1);
	kitchen_board_done(&b);
	/* A number pad has no Esc: nothing of it all. */
	type("\r7\r");
	till_refuse(t.s, "What else?");
	type("/2");
	till_expect(t.s, "Which dish is ready?");
	type("2\r");
	till_refuse(t.s, "Which dish is ready?");
	assert_int_equal(tickets(), 1);
	type("+");
	type(":priority 1\r");
	till_expect(t.s, "T5: before the others");
	till_expect(t.s, "RUSH");
	type("p1");
	till_expect(t.s, "T5: in its turn again");
	type("*");
	till_expect(t.s, "to be made now");
	type("1");
	till_refuse(t.s, "to be made now");
	assert_int_equal(tickets(), 1);
	type(":kitchen bar\r");
	till_expect(t.s, "Bar  1 ticket");
	till_expect_row(t.s, 1, "1 T4");
}

static void
what_is_added_stands_under_a_rule(void **state)
{
	struct party	p = table(4, 2);

	(void)state;
	OK(table_allergy(anna, p.sale, 2, "peanuts"));
	OK(course_message(anna, p.sale, "a birthday"));
	wait_minutes(7);
	(void)add(&p, starter, 1);
	send(&p);
	till_expect(t.s, "!! ALLERGY seat 2:");
	till_expect(t.s, "\"a birthday\"");
	till_expect(t.s, "+ 12:38 ---");
	assert_int_equal(tickets(), 1);
}

static void
the_last_row_says_what_is_hidden(void **state)
{
	struct party	p = seat(4, 2);

	(void)state;
	for (int i = 1; i <= 9; i++) {
		(void)add(&p, i % 2 == 0 ? dish : fries, i);
	}
	send(&p);
	/* Nobody stands below: it goes on there. */
	till_expect(t.s, "9 Frites");
	till_refuse(t.s, "… ");
	for (int i = 5; i <= 7; i++) {
		(void)table(i, 2);
	}
	till_expect(t.s, "6 Entrecôte");
	till_refuse(t.s, "7 Frites");
	till_expect(t.s, "… 3 more: / 1");
	type("/1");
	till_expect(t.s, "9 Frites");
	/* On a small one, too, with the keys of a number pad alone. */
	session_resize(t.s, 12, 40);
	till_expect(t.s, "1 Frites");
	till_refuse(t.s, "9 Frites");
	type("++");
	till_expect(t.s, "9 Frites");
	type("--");
	till_expect(t.s, "1 Frites");
}

/* The row of counts says where it leaves something out. */
static void
counts_that_do_not_fit_are_told(void **state)
{
	static const char *const	names[] = { "Blanquette de veau",
	    "Canard à l'orange", "Dos de cabillaud", "Escalope milanaise" };
	struct party			p = seat(4, 4);

	(void)state;
	for (size_t i = 0; i < NELEM(names); i++) {
		char	code[8];

		(void)snprintf(code, sizeof(code), "5%zu", i);
		(void)add(&p, house_item(owner, code, names[i], "Plats", "meal",
		    1800), 4 - (int)i);
	}
	send(&p);
	till_expect(t.s, "to make:  4 Blanquette de veau  3 Canard à "
	    "l'orange  2 Dos de cabillaud …");
}

static void
nothing_is_offered_before_a_station_is_chosen(void **state)
{
	(void)state;
	type(":kitchen\r");
	till_expect(t.s, "Which station?");
	till_refuse(t.s, "Recall");
	type("0");
	till_expect(t.s, "choose a station first: its digit");
	type("1");
	till_expect(t.s, "Recall");
}

/* ---- dishes of today, and of which there is only so much ----------------- */

static int64_t
today(const char *line)
{
	struct dish_new	d;
	int64_t		id;

	OK(dish_parse(owner, line, &d));
	OK(dish_today(owner, &d, &id));
	session_news(t.s, 1U << TOPIC_DISH | 1U << TOPIC_PRODUCT);
	till_pass(t.s, 200);
	return id;
}

static void
the_dish_of_the_day_is_announced(void **state)
{
	struct party	p;
	int64_t		veal, line;

	(void)state;
	till_refuse(t.s, "today:");
	veal = today("Blanquette 14.50 x20 chaud");
	till_expect_row(t.s, 19, "today: Blanquette 20 left");
	/* What the bar makes is not for this display. */
	(void)today("Kir 6.00 x9 bar");
	till_refuse(t.s, "Kir");
	p = seat(4, 2);
	line = add(&p, veal, 8);
	session_news(t.s, 1U << TOPIC_DISH);
	till_pass(t.s, 200);
	till_expect(t.s, "today: Blanquette 12 left");
	OK(sale_set_qty(anna, p.sale, &p.version, line, 3 * QTY_ONE));
	session_news(t.s, 1U << TOPIC_DISH);
	till_pass(t.s, 200);
	till_expect(t.s, "Blanquette 17 left");
	OK(sale_void_line(anna, p.sale, &p.version, line, "changed their "
	    "mind"));
	session_news(t.s, 1U << TOPIC_DISH);
	till_pass(t.s, 200);
	till_expect(t.s, "Blanquette 20 left");
}

static void
what_is_sold_out_is_announced(void **state)
{
	(void)state;
	OK(dish_left(owner, dish, 2 * QTY_ONE));
	OK(dish_left(owner, fries, 40 * QTY_ONE));
	session_news(t.s, 1U << TOPIC_DISH);
	till_pass(t.s, 200);
	/* The fewest first. */
	till_expect(t.s, "Entrecôte 2 left   Frites 40 left");
	type(":soldout 31\r");
	till_expect(t.s, "Entrecôte SOLD OUT   Frites 40 left");
	OK(dish_left(owner, dish, -1));
	OK(dish_left(owner, fries, -1));
	session_news(t.s, 1U << TOPIC_DISH);
	till_pass(t.s, 200);
	till_refuse(t.s, "SOLD OUT");
	till_refuse(t.s, "left");
}

/* ---- taken away, brought ------------------------------------------------- */

static struct party
take_away(const char *name, enum serving_kind kind, int64_t promised)
{
	struct tab_new	tab = { .kind = kind, .name = name, .phone = "",
			    .address = "3 rue du Port",
			    .promised = promised };
	struct party	p;

	OK(tab_open(anna, &tab, &p.sale, &p.version));
	(void)add(&p, dish, 1);
	send(&p);
	return p;
}

/* Its hour stands where the minutes do, and it is late when that has come. */
static void
what_is_promised_says_for_when(void **state)
{
	(void)state;
	(void)take_away("Karim", SERVING_TAKE_AWAY, test_now + 30 * MINUTE);
	(void)take_away("Mme Martin", SERVING_DELIVERY, test_now +
	    60 * MINUTE);
	(void)take_away("Zoé", SERVING_TAKE_AWAY, 0);
	till_expect_row(t.s, 1, "1 Karim         for 13:01");
	till_expect_row(t.s, 1, "2 Mme Martin    for 13:31");
	till_expect_row(t.s, 1, "3 Zoé               0 min");
	till_expect(t.s, "take-away");
	till_expect(t.s, "delivery");
	wait_minutes(25);
	till_expect_row(t.s, 1, "for 13:01");
	till_expect_row(t.s, 1, "25 min LATE");
	wait_minutes(5);
	till_expect_row(t.s, 1, "1 Karim        13:01 LATE");
	till_expect_row(t.s, 1, "for 13:31");
}

/* ---- bytes -------------------------------------------------------------- */

static int	master, slave;

static size_t
sent(void)
{
	char	bytes[65536];
	size_t	n = 0;
	ssize_t	got;

	while ((got = read(master, bytes, sizeof(bytes))) > 0) {
		if (getenv("BYTES") != NULL) {
			for (ssize_t i = 0; i < got; i++) {
				fprintf(stderr, bytes[i] == '\033' ? "\n\\E" :
				    "%c", bytes[i]);
			}
			fprintf(stderr, "\n");
		}
		n += (size_t)got;
	}
	return n;
}

static void
at_most(const char *what, size_t n, size_t limit)
{
	print_message("# %s: %zu bytes, %zu ms at 9600 baud (limit %zu)\n",
	    what, n, n * 10 * 1000 / 9600, limit);
	assert_in_range(n, 1, limit);
}

static int
line(void **state)
{
	struct session_config	c = till_config(24, 80);
	struct winsize		size = { .ws_row = 24, .ws_col = 80 };

	(void)state;
	assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
	assert_int_equal(fcntl(master, F_SETFL, O_NONBLOCK), 0);
	c.fd = slave;
	(void)strcpy(c.profile.term, "vt100");
	c.profile.mono = true;
	enter(&c, "en");
	till_type(t.s, "1");
	return 0;
}

static int
line_end(void **state)
{
	int	r = teardown(state);

	(void)close(master);
	(void)close(slave);
	return r;
}

static void
a_slow_line_is_enough(void **state)
{
	struct party	p;

	(void)state;
	for (int i = 1; i <= 5; i++) {
		p = seat(i, 2);
		(void)add(&p, dish, 2);
		(void)add(&p, fries, 1);
		send(&p);
		wait_minutes(i == 1 ? 22 : 1);
	}
	(void)sent();
	p = seat(6, 4);
	(void)add(&p, dish, 4);
	(void)add(&p, fries, 2);
	(void)add(&p, starter, 1);
	send(&p);
	at_most("a new ticket", sent(), 400);
	wait_minutes(1);
	at_most("a tick of all clocks", sent(), 100);
	wait_minutes(1);
	at_most("another", sent(), 100);
	type("3");
	at_most("a bump", sent(), 400);
	type("\f");
	at_most("the whole screen", sent(), 2200);
}

/* ---- as it looks -------------------------------------------------------- */

static void
a_saturday(void)
{
	struct party	one = seat(12, 4), two = seat(4, 2), three, four;
	int64_t		chips;
	int		course;

	(void)add(&one, dish, 3);
	chips = add(&one, fries, 1);
	send(&one);
	(void)add(&two, starter, 2);
	(void)add(&two, dish, 2);
	(void)add(&two, beer, 2);
	send(&two);
	wait_minutes(11);
	OK(sale_void_line(anna, one.sale, &one.version, chips, "cold"));
	three = seat(7, 6);
	(void)add(&three, starter, 6);
	(void)add(&three, dish, 6);
	OK(table_allergy(anna, three.sale, 3, "moutarde"));
	send(&three);
	OK(course_message(anna, three.sale, "anniversaire"));
	(void)add(&two, starter, 1);
	send(&two);
	wait_minutes(10);
	four = seat(9, 2);
	(void)add(&four, dish, 1);
	(void)add(&four, fries, 12);
	OK(course_line_set(anna, four.sale, &four.version,
	    add(&four, dish, 1), &(struct line_wish){ .course = -1,
	    .seat = 2, .held = -1 }));
	send(&four);
	OK(fire_seen(anna, two.sale, false, &course));
	news();
	type(".2");
	wait_minutes(1);
}

static void
golden(int rows, int cols, const char *language)
{
	struct session_config	c = till_config(rows, cols);

	enter(&c, language);
	type("1");
	a_saturday();
	till_looks(t.s, "kitchen", language);
	type("*");
	till_looks(t.s, "kitchen-totals", language);
}

/* What is left of the dish of the day, what is sold out, what somebody comes
 * for at an hour. */
static void
golden_dishes(int rows, int cols, const char *language)
{
	struct session_config	c = till_config(rows, cols);
	struct party		p;

	enter(&c, language);
	type("1");
	p = seat(12, 4);
	(void)add(&p, today("Blanquette 14.50 x20 chaud"), 2);
	OK(dish_left(owner, dish, 3 * QTY_ONE));
	OK(dish_left(owner, starter, 0));
	(void)add(&p, fries, 1);
	send(&p);
	(void)take_away("Karim", SERVING_TAKE_AWAY, test_now + 10 * MINUTE);
	(void)take_away("Mme Martin", SERVING_DELIVERY, test_now +
	    40 * MINUTE);
	wait_minutes(12);
	till_looks(t.s, "kitchen-dishes", language);
}

TILL_LOOKS(as_it_looks, golden)
TILL_LOOKS(dishes_look, golden_dishes)

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define C(f) cmocka_unit_test_setup_teardown(f, cook, teardown)
#define G(f) cmocka_unit_test_teardown(f, teardown)
		C(a_ticket_comes_without_a_key),
		C(a_digit_is_that_tile_and_no_other),
		C(undo_goes_back_and_further_back),
		C(what_came_back_is_bumped_at_once),
		C(it_comes_back_where_it_was),
		C(a_display_keeps_its_station),
		C(it_says_where_else),
		C(how_it_is_consumed_is_as_it_is_now),
		C(a_whole_rush_is_bumped),
		C(what_was_cancelled_must_be_seen),
		C(another_display_was_quicker),
		C(a_digit_given_away_is_said),
		C(pages_are_turned),
		C(it_is_started_and_one_dish_is_ready),
		C(the_rest_is_behind_enter),
		C(what_is_added_stands_under_a_rule),
		C(the_last_row_says_what_is_hidden),
		C(counts_that_do_not_fit_are_told),
		C(nothing_is_offered_before_a_station_is_chosen),
		C(the_dish_of_the_day_is_announced),
		C(what_is_sold_out_is_announced),
		C(what_is_promised_says_for_when),
		cmocka_unit_test_setup_teardown(a_slow_line_is_enough, line,
		    line_end),
		TILL_LOOKS_TESTS(G, as_it_looks),
		TILL_LOOKS_TESTS(G, dishes_look),
#undef C
#undef G
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
