/* SPDX-License-Identifier: ISC */
/* Stations: what goes where, how far it is, and what nobody may miss. */
#include "fire.h"
#include "house.h"
#include "trade.h"

#include "shop/catalogue.h"
#include "shop/course.h"
#include "base/clock.h"
#include "shop/dish.h"
#include "shop/document.h"
#include "shop/init.h"
#include "shop/kitchen.h"
#include "shop/kitchen_part.h"
#include "shop/party.h"
#include "shop/print.h"
#include "shop/product.h"
#include "shop/slip.h"

#define PAPERS	12			/* most of a test */

static char		dir[64];
static struct shop	*owner, *anna, *cook;
static int64_t		starter, dish, beer, four, five, sale, version;
static struct station	hot, bar;

static void
rule(int64_t station, int64_t product, const char *category, const char *mode)
{
	struct station_route	route = { .station = station,
				    .product = product, .category = category,
				    .mode = mode };
	int64_t			id;

	OK(station_route_add(owner, &route, &id));
}

static int
setup(void **state)
{
	struct room	r = { .name = "Salle", .mode = "on_site" };
	struct table	t = { .number = 4, .seats = 4 };

	(void)state;
	owner = test_shop("FR", dir);
	house_card(owner, &starter, &dish, &beer);
	OK(room_put(owner, &r));
	t.room = r.id;
	OK(table_put(owner, &t));
	four = t.id;
	t = (struct table){ .room = r.id, .number = 5, .seats = 4,
	    .cell = 1 };
	OK(table_put(owner, &t));
	five = t.id;
	house_stations(owner, "Cuisine", &hot, &bar);
	anna = test_till(dir, "Anna", "Phone 1");
	cook = test_till(dir, "Momo", "Kitchen");
	cook->who.rights = role_rights(ROLE_COOK);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(anna);
	shop_close(cook);
	test_done(owner, dir);
	return 0;
}

static int64_t
add(int64_t product, int64_t qty)
{
	int64_t	line;

	OK(sale_add(anna, &sale, &version, product, qty * QTY_ONE, NULL,
	    &line));
	return line;
}

static void
found_wrong(void *ctx, const char *what, const char *finding)
{
	(void)ctx;
	fail_msg("%s: %s", what, finding);
}

/* An evening at table 4: two starters, two dishes, a beer; all sent. */
static void
order(void)
{
	int64_t	sent;

	OK(table_seat(anna, four, 2, &sale, &version));
	(void)add(starter, 2);
	(void)add(dish, 2);
	(void)add(beer, 1);
	OK(course_send(anna, sale, &version, &sent));
	assert_int_equal(sent, 5);
	test_now += 60000;
}

static struct kitchen_board
board(const struct station *st)
{
	struct kitchen_board	b;

	OK(kitchen_board(cook, st->id, &b));
	return b;
}

static int64_t
ticking(void)
{
	return ++test_now;
}

/* One key is one moment, however long it takes: nothing of it is an addition
 * to the rest of it. */
static void
what_is_sent_together_stands_together(void **state)
{
	struct kitchen_board	b;
	int64_t			sent;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	(void)add(dish, 1);
	(void)add(dish, 2);
	(void)add(beer, 1);
	shop_set_clock(ticking);
	OK(course_send(anna, sale, &version, &sent));
	shop_set_clock(test_clock);
	b = board(&hot);
	assert_int_equal(b.tickets[0].n, 2);
	assert_false(b.tickets[0].lines[1].more);
	kitchen_board_done(&b);
}

/* ---- where ------------------------------------------------------------- */

static void
each_line_goes_to_its_station(void **state)
{
	struct kitchen_board	b;

	(void)state;
	order();
	b = board(&bar);
	assert_int_equal(b.n, 1);
	assert_int_equal(b.tickets[0].n, 1);
	assert_string_equal(b.tickets[0].lines[0].label, "Demi");
	assert_string_equal(b.tickets[0].called, "T4");
	assert_true(b.tickets[0].live);
	kitchen_board_done(&b);
	/* Starters are live, dishes are seen coming. */
	b = board(&hot);
	assert_int_equal(b.n, 2);
	assert_int_equal(b.tickets[0].course, 1);
	assert_true(b.tickets[0].live);
	assert_int_equal(b.tickets[0].lines[0].qty, 2 * QTY_ONE);
	assert_int_equal(b.tickets[1].course, 2);
	assert_false(b.tickets[1].live);
	kitchen_board_done(&b);
}

static void
the_rule_that_names_most_decides(void **state)
{
	struct kitchen_board	b;
	struct station		grill = { .name = "Grill", .display = true,
				    .warn = 10, .late = 20 };

	(void)state;
	OK(station_put(owner, &grill));
	rule(hot.id, 0, "Plats", "");
	rule(grill.id, dish, "", "");
	/* Two equal ones: both make it. */
	rule(bar.id, dish, "", "");
	order();
	b = board(&grill);
	assert_int_equal(b.n, 1);
	assert_string_equal(b.tickets[0].elsewhere, "Bar");
	kitchen_board_done(&b);
	b = board(&bar);
	assert_int_equal(b.n, 2);
	kitchen_board_done(&b);
	b = board(&hot);
	assert_int_equal(b.n, 1);
	assert_int_equal(b.tickets[0].course, 1);
	kitchen_board_done(&b);
	assert_int_equal(station_end(owner, grill.id), ERR_BUSY);
}

static void
today(const char *text, int64_t *id, char said[static DISH_SAID])
{
	struct dish_new	d;

	OK(dish_parse(owner, text, &d));
	OK(dish_today(owner, &d, id));
	OK(dish_said(owner, *id, said));
}

/* Whose name begins as was said makes the dish of the day, that day. */
static void
a_dish_of_the_day_has_its_station(void **state)
{
	struct kitchen_board	b;
	struct routing		ro;
	char			said[DISH_SAID];
	int64_t			cold, hers, sent, now = test_now;

	(void)state;
	today("Carpaccio 12,00 x3 BAR", &cold, said);
	assert_string_equal(said, "Carpaccio at 12,00 is on, until tonight");
	today("Blanquette 14,50 froid", &hers, said);
	assert_string_equal(said,
	    "Blanquette at 14,50 is on, until tonight; no station is called "
	    "froid");
	OK(table_seat(anna, four, 2, &sale, &version));
	(void)add(cold, 1);
	(void)add(hers, 1);
	OK(course_send(anna, sale, &version, &sent));
	b = board(&bar);
	assert_int_equal(b.n, 1);
	assert_string_equal(b.tickets[0].lines[0].label, "Carpaccio");
	kitchen_board_done(&b);
	b = board(&hot);
	assert_int_equal(b.n, 1);
	assert_string_equal(b.tickets[0].lines[0].label, "Blanquette");
	kitchen_board_done(&b);
	/* Tomorrow nobody makes it any more. */
	OK(routing_load(owner, &ro));
	assert_int_equal(ro.nrules, 2);
	routing_done(&ro);
	test_now += 24 * 3600000;
	OK(dish_sweep(owner));
	OK(routing_load(owner, &ro));
	assert_int_equal(ro.nrules, 1);
	routing_done(&ro);
	test_now = now;
}

/* What is fetched or brought waits for no course. */
static void
a_take_away_is_made_whole(void **state)
{
	struct tab_new		tab = { .kind = SERVING_TAKE_AWAY,
				    .name = "Durand", .phone = "",
				    .address = "" };
	struct kitchen_board	b;
	int64_t			sent, bad;

	(void)state;
	OK(tab_open(anna, &tab, &sale, &version));
	(void)add(starter, 1);
	(void)add(dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	b = board(&hot);
	assert_int_equal(b.n, 2);
	assert_true(b.tickets[0].live);
	assert_true(b.tickets[1].live);
	kitchen_board_done(&b);
	/* One more, later: at once, too. */
	(void)add(dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	b = board(&hot);
	for (size_t i = 0; i < b.n; i++) {
		assert_true(b.tickets[i].live);
	}
	kitchen_board_done(&b);
	OK(check_run(owner, found_wrong, NULL, &bad));
}

static void
a_shop_without_stations_writes_nothing(void **state)
{
	struct kitchen_board	b;

	(void)state;
	OK(station_end(owner, hot.id));
	OK(station_end(owner, bar.id));
	order();
	assert_int_equal(kitchen_board(cook, hot.id, &b), ERR_NOT_FOUND);
	OK(kitchen_pass(cook, &b));
	assert_int_equal(b.n, 0);
	kitchen_board_done(&b);
}

/* ---- how far ------------------------------------------------------------ */

static void
a_bump_is_once(void **state)
{
	struct kitchen_board	b, again;
	struct kitchen_made	*made;
	size_t			 n;
	int64_t			 bad;
	bool			 seen;

	(void)state;
	order();
	b = board(&hot);
	OK(kitchen_do(cook, KITCHEN_START, hot.id, &b.tickets[0], 0, &seen));
	assert_int_equal(kitchen_do(cook, KITCHEN_BUMP, hot.id,
	    &b.tickets[0], 0, &seen), ERR_CHANGED);
	kitchen_board_done(&b);
	b = board(&hot);
	assert_int_equal(b.tickets[0].state, KITCHEN_STARTED);
	/* What waits for its course is not made. */
	assert_int_equal(kitchen_do(cook, KITCHEN_BUMP, hot.id,
	    &b.tickets[1], 0, &seen), ERR_EMPTY);
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &seen));
	assert_false(seen);
	assert_int_equal(kitchen_do(cook, KITCHEN_BUMP, hot.id,
	    &b.tickets[0], 0, &seen), ERR_CHANGED);
	kitchen_board_done(&b);
	b = board(&hot);
	assert_int_equal(b.n, 1);
	kitchen_board_done(&b);
	/* A bump too many comes back as it was, and can again. */
	OK(kitchen_made(cook, hot.id, 5, &made, &n));
	assert_int_equal(n, 1);
	assert_string_equal(made[0].called, "T4");
	OK(kitchen_recall(cook, hot.id, &made[0]));
	assert_int_equal(kitchen_recall(cook, hot.id, &made[0]),
	    ERR_CHANGED);
	free(made);
	again = board(&hot);
	assert_int_equal(again.n, 2);
	assert_int_equal(again.tickets[0].course, 1);
	kitchen_board_done(&again);
	OK(check_run(owner, found_wrong, NULL, &bad));
}

static void
the_next_course_goes_live(void **state)
{
	struct kitchen_board	b;
	int			course;
	int64_t			sent;

	(void)state;
	order();
	OK(fire_seen(anna, sale, false, &course));
	b = board(&hot);
	assert_true(b.tickets[1].live);
	kitchen_board_done(&b);
	/* One more of them, a minute later, stands out on the live ticket. */
	(void)add(dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	b = board(&hot);
	assert_int_equal(b.n, 2);
	assert_int_equal(b.tickets[1].n, 2);
	assert_false(b.tickets[1].lines[0].more);
	assert_true(b.tickets[1].lines[1].more);
	kitchen_board_done(&b);
}

/* Nobody can ask for it any more once the table is paid. */
static void
what_is_paid_is_to_be_made(void **state)
{
	struct kitchen_board	b;
	int64_t			change;
	bool			posted;

	(void)state;
	order();
	b = board(&hot);
	assert_false(b.tickets[1].live);
	kitchen_board_done(&b);
	OK(sale_pay(anna, sale, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	b = board(&hot);
	assert_int_equal(b.n, 2);
	assert_true(b.tickets[1].live);
	kitchen_board_done(&b);
}

/* Who pays which part of a dish is nothing to its cook. */
static void
a_share_is_a_whole_dish_in_the_kitchen(void **state)
{
	struct kitchen_count	*counts;
	struct kitchen_board	 b, p;
	size_t			 n;

	(void)state;
	order();
	OK(bill_heads(anna, sale, &version, 3));
	b = board(&hot);
	assert_string_equal(b.tickets[0].lines[0].label, "Œuf mayonnaise");
	assert_int_equal(b.tickets[0].lines[0].qty, 2 * QTY_ONE);
	kitchen_all_day(&b, &counts, &n);
	kitchen_board_done(&b);
	assert_string_equal(counts[0].label, "Œuf mayonnaise");
	free(counts);
	OK(kitchen_pass(cook, &p));
	for (size_t i = 0; i < p.n; i++) {
		assert_null(strstr(p.tickets[i].lines[0].label, "1/3"));
	}
	kitchen_board_done(&p);
}

static void
the_pass_waits_for_all_of_it(void **state)
{
	struct kitchen_board	b, p;
	bool			seen;

	(void)state;
	rule(bar.id, dish, "", "");
	rule(hot.id, 0, "Plats", "");
	order();
	OK(kitchen_pass(anna, &p));
	assert_int_equal(p.n, 2);	/* drinks, starters */
	assert_string_equal(p.tickets[1].elsewhere, "Cuisine");
	assert_int_equal(kitchen_do(anna, KITCHEN_SERVE, 0, &p.tickets[1], 0,
	    &seen), ERR_EMPTY);
	kitchen_board_done(&p);
	b = board(&hot);
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &seen));
	kitchen_board_done(&b);
	OK(kitchen_pass(anna, &p));
	assert_int_equal(p.tickets[1].state, KITCHEN_READY);
	assert_string_equal(p.tickets[1].elsewhere, "");
	OK(kitchen_do(anna, KITCHEN_SERVE, 0, &p.tickets[1], 0, &seen));
	kitchen_board_done(&p);
	OK(kitchen_pass(anna, &p));
	assert_int_equal(p.n, 1);
	kitchen_board_done(&p);
}

/* A station is missing although its name is part of another's. */
static void
the_pass_names_each_that_is_missing(void **state)
{
	struct kitchen_board	p;
	struct station		outside = { .name = "Bar terrasse",
				    .display = true, .place = 1, .warn = 5,
				    .late = 10 };

	(void)state;
	OK(station_put(owner, &outside));
	rule(outside.id, starter, "", "");
	rule(bar.id, starter, "", "");
	order();
	OK(kitchen_pass(anna, &p));
	assert_string_equal(p.tickets[1].elsewhere, "Bar terrasse, Bar");
	kitchen_board_done(&p);
}

static void
another_station_makes_it(void **state)
{
	struct kitchen_board	b;

	(void)state;
	order();
	b = board(&hot);
	OK(kitchen_move(cook, hot.id, &b.tickets[0], bar.id));
	assert_int_equal(kitchen_move(cook, hot.id, &b.tickets[0], bar.id),
	    ERR_CHANGED);
	kitchen_board_done(&b);
	b = board(&bar);
	assert_int_equal(b.n, 2);
	kitchen_board_done(&b);
}

/* ---- what must be seen --------------------------------------------------- */

static void
what_is_taken_back_stays_until_seen(void **state)
{
	struct kitchen_board	b;
	int64_t			sent, line;
	bool			seen;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	line = add(starter, 2);
	(void)add(starter, 1);
	OK(course_send(anna, sale, &version, &sent));
	b = board(&hot);
	OK(sale_void_line(anna, sale, &version, line, "guest left"));
	/* The key was for what stood there before. */
	assert_int_equal(kitchen_do(cook, KITCHEN_BUMP, hot.id,
	    &b.tickets[0], 0, &seen), ERR_CHANGED);
	kitchen_board_done(&b);
	b = board(&hot);
	assert_true(b.tickets[0].untold);
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &seen));
	assert_true(seen);
	kitchen_board_done(&b);
	b = board(&hot);
	assert_int_equal(b.tickets[0].n, 1);
	assert_false(b.tickets[0].untold);
	kitchen_board_done(&b);
	OK(sale_cancel(anna, sale, &version, "fire alarm"));
	b = board(&hot);
	assert_int_equal(b.n, 1);
	assert_int_equal(b.tickets[0].state, KITCHEN_VOIDED);
	kitchen_board_done(&b);
}

static void
words_and_allergies_stand_on_it(void **state)
{
	struct kitchen_board	b;
	struct kitchen_count	*counts;
	size_t			 n;

	(void)state;
	order();
	OK(course_message(anna, sale, "birthday"));
	OK(table_allergy(anna, sale, 2, "peanuts"));
	b = board(&hot);
	assert_string_equal(b.tickets[0].message, "birthday");
	assert_non_null(strstr(b.tickets[0].allergies, "peanuts"));
	kitchen_all_day(&b, &counts, &n);
	kitchen_board_done(&b);
	assert_int_equal(n, 1);
	assert_string_equal(counts[0].label, "Œuf mayonnaise");
	assert_int_equal(counts[0].qty, 2 * QTY_ONE);
	free(counts);
}

/* ---- read again ---------------------------------------------------------- */

static void
same_line(const struct kitchen_line *a, const struct kitchen_line *b)
{
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->station, b->station);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->told, b->told);
	assert_int_equal(a->fired, b->fired);
	assert_int_equal(a->more, b->more);
	assert_int_equal(a->qty, b->qty);
	assert_int_equal(a->seat, b->seat);
	assert_string_equal(a->label, b->label);
	assert_string_equal(a->words, b->words);
	assert_string_equal(a->note, b->note);
}

static void
same_ticket(const struct kitchen_ticket *a, const struct kitchen_ticket *b)
{
	assert_int_equal(a->sale, b->sale);
	assert_int_equal(a->course, b->course);
	assert_int_equal(a->rev, b->rev);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->live, b->live);
	assert_int_equal(a->rush, b->rush);
	assert_int_equal(a->untold, b->untold);
	assert_int_equal(a->covers, b->covers);
	assert_int_equal(a->since, b->since);
	assert_int_equal(a->runner_at, b->runner_at);
	assert_int_equal(a->warn, b->warn);
	assert_string_equal(a->called, b->called);
	assert_string_equal(a->server, b->server);
	assert_string_equal(a->allergies, b->allergies);
	assert_string_equal(a->message, b->message);
	assert_string_equal(a->elsewhere, b->elsewhere);
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		same_line(&a->lines[i], &b->lines[i]);
	}
}

/* Boards that were read before, brought up to now: each is what one is that is
 * read now.  `parts`: without reading it as a whole. */
static void
now_again(struct kitchen_board kept[2], bool parts)
{
	test_now += 1000;
	for (int i = 0; i < 2; i++) {
		struct kitchen_board	whole, was;

		OK(kitchen_board_again(cook, &kept[i], &was));
		kitchen_board_done(&was);
		assert_int_equal(kept[i].parts, parts);
		if (i == 0) {
			whole = board(&hot);
		} else {
			OK(kitchen_pass(cook, &whole));
		}
		assert_int_equal(kept[i].n, whole.n);
		for (size_t k = 0; k < whole.n; k++) {
			same_ticket(&kept[i].tickets[k], &whole.tickets[k]);
		}
		kitchen_board_done(&whole);
	}
}

static const struct kitchen_ticket *
ticket_of(const struct kitchen_board *b, int64_t its)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->tickets[i].sale == its) {
			return &b->tickets[i];
		}
	}
	fail_msg("the ticket is not there");
	return NULL;
}

/* Keys at the displays about a table whose guests were read before: ready,
 * and then words; back; ready, called, gone and back again. */
static void
keys_about(struct kitchen_board kept[2], int64_t its)
{
	struct kitchen_made	*made;
	char			 called[NAME_SIZE];
	size_t			 n;
	bool			 seen;

	/* The allergy is to be seen first. */
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, ticket_of(&kept[0], its), 0,
	    &seen));
	assert_true(seen);
	now_again(kept, true);
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, ticket_of(&kept[0], its), 0,
	    &seen));
	assert_false(seen);
	OK(course_message(anna, its, "no hurry"));
	now_again(kept, true);
	assert_string_equal(ticket_of(&kept[1], its)->message, "no hurry");
	OK(kitchen_call(anna, ticket_of(&kept[1], its)));
	now_again(kept, true);
	OK(kitchen_made(cook, hot.id, 1, &made, &n));
	OK(kitchen_recall(cook, hot.id, &made[0]));
	free(made);
	now_again(kept, true);
	assert_string_equal(ticket_of(&kept[0], its)->message, "no hurry");
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, ticket_of(&kept[0], its), 0,
	    &seen));
	now_again(kept, true);
	/* That call was for what was ready before. */
	assert_int_equal(ticket_of(&kept[1], its)->runner_at, 0);
	OK(kitchen_do(cook, KITCHEN_SERVE, 0, ticket_of(&kept[1], its), 0,
	    &seen));
	now_again(kept, true);
	OK(kitchen_unserve(cook, called));
	now_again(kept, true);
	OK(kitchen_made(cook, hot.id, 1, &made, &n));
	OK(kitchen_recall(cook, hot.id, &made[0]));
	free(made);
	now_again(kept, true);
}

static void
other_table(struct kitchen_board kept[2])
{
	struct table	t = { .number = 9, .seats = 2 };
	struct room	r = { .name = "Terrasse", .mode = "on_site" };
	int64_t		its, its_version, line, sent;

	OK(room_put(owner, &r));
	t.room = r.id;
	OK(table_put(owner, &t));
	now_again(kept, false);
	OK(table_seat(anna, t.id, 3, &its, &its_version));
	OK(sale_add(anna, &its, &its_version, dish, QTY_ONE, NULL, &line));
	OK(course_send(anna, its, &its_version, &sent));
	now_again(kept, true);
	OK(table_allergy(anna, its, 2, "peanuts"));
	OK(course_message(anna, its, "birthday"));
	now_again(kept, true);
	OK(kitchen_first(cook, hot.id, &kept[0].tickets[kept[0].n - 1],
	    &(bool){ false }));
	now_again(kept, true);
	keys_about(kept, its);
	OK(sale_void_line(anna, its, &its_version, line, "guest left"));
	now_again(kept, false);
}

static void
what_is_read_in_parts_is_the_whole(void **state)
{
	struct kitchen_board	 kept[2] = { { .station = hot }, { 0 } };
	struct kitchen_board	 was;
	struct kitchen_made	*made;
	size_t			 n;
	bool			 seen;
	int64_t			 sent;
	int			 fired;

	(void)state;
	order();
	now_again(kept, false);
	OK(kitchen_do(cook, KITCHEN_START, hot.id, &kept[0].tickets[0], 0,
	    &seen));
	now_again(kept, true);
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &kept[0].tickets[0], 0,
	    &seen));
	now_again(kept, true);
	assert_int_equal(kept[0].n, 1);
	OK(kitchen_call(anna, &kept[1].tickets[1]));
	now_again(kept, true);
	assert_int_not_equal(kept[1].tickets[1].runner_at, 0);
	OK(kitchen_made(cook, hot.id, 1, &made, &n));
	OK(kitchen_recall(cook, hot.id, &made[0]));
	free(made);
	now_again(kept, true);
	assert_int_equal(kept[0].n, 2);
	other_table(kept);
	OK(fire_seen(anna, sale, true, &fired));
	now_again(kept, false);
	(void)add(starter, 1);
	OK(course_send(anna, sale, &version, &sent));
	now_again(kept, true);
	OK(kitchen_move(cook, hot.id, &kept[0].tickets[0], bar.id));
	now_again(kept, true);
	OK(bill_heads(anna, sale, &version, 3));
	now_again(kept, false);
	/* What is read although nothing was done is the whole. */
	OK(kitchen_board_again(cook, &kept[0], &was));
	assert_false(kept[0].parts);
	kitchen_board_done(&was);
	kitchen_board_done(&kept[0]);
	kitchen_board_done(&kept[1]);
}

/* Only what is new is fresh, and what it was before is handed out. */
static void
a_part_says_what_it_was(void **state)
{
	struct kitchen_board	b = { .station = hot }, was;

	(void)state;
	order();
	OK(kitchen_board_again(cook, &b, &was));
	assert_int_equal(was.n, 0);
	OK(course_message(anna, sale, "no hurry"));
	OK(kitchen_board_again(cook, &b, &was));
	assert_int_equal(was.n, 2);
	assert_string_equal(was.tickets[0].message, "");
	assert_string_equal(b.tickets[0].message, "no hurry");
	assert_true(b.tickets[0].fresh);
	kitchen_board_done(&was);
	kitchen_board_done(&b);
}

/* ---- paper --------------------------------------------------------------- */

static void
slip_of(int64_t job, struct buf *out)
{
	buf_clear(out);
	OK(print_slip(owner, job, out));
}

static int
note_job(void *ctx, const struct print_job *job)
{
	if (job->kind == PRINT_KITCHEN) {
		int64_t	*ids = ctx;

		ids[ids[0] < PAPERS ? ++ids[0] : PAPERS] = job->id;
	}
	return 0;
}

static void
paper_says_where_and_what(void **state)
{
	struct printer_change	values = PRINTER_NO_CHANGE;
	struct buf		slip = { 0 };
	int64_t			jobs[PAPERS + 1] = { 0 }, printer;
	int			course;

	(void)state;
	values.driver = "text";
	values.model = "";
	values.connection = "file:";
	OK(printer_add(owner, "chaud", &values, &printer));
	hot.printer = printer;
	OK(station_put(owner, &hot));
	order();
	OK(print_list(owner, printer, false, 9, note_job, jobs));
	assert_int_equal(jobs[0], 1);
	slip_of(jobs[1], &slip);
	assert_non_null(strstr(buf_text(&slip), "T4"));
	assert_non_null(strstr(buf_text(&slip), "2 Œuf mayonnaise"));
	assert_non_null(strstr(buf_text(&slip), "waits"));
	assert_null(strstr(buf_text(&slip), "Demi"));
	OK(fire_seen(anna, sale, false, &course));
	jobs[0] = 0;
	OK(print_list(owner, printer, false, 9, note_job, jobs));
	assert_int_equal(jobs[0], 2);
	slip_of(jobs[1], &slip);
	assert_non_null(strstr(buf_text(&slip), "MAKE IT NOW"));
	assert_non_null(strstr(buf_text(&slip), "2 Entrecôte"));
	assert_null(strstr(buf_text(&slip), "mayonnaise"));
	buf_done(&slip);
}

/* A printer for a station, and no display there. */
static int64_t
by_paper(struct station *st, const char *name)
{
	struct printer_change	values = PRINTER_NO_CHANGE;
	int64_t			printer;

	values.driver = "text";
	values.connection = "file:";
	OK(printer_add(owner, name, &values, &printer));
	st->printer = printer;
	st->display = false;
	OK(station_put(owner, st));
	return printer;
}

/* The newest paper there, of `n` in all. */
static const char *
newest(int64_t printer, int n, struct buf *slip)
{
	int64_t	jobs[PAPERS + 1] = { 0 };

	OK(print_list(owner, printer, false, PAPERS, note_job, jobs));
	assert_int_equal(jobs[0], n);
	if (n > 0) {
		slip_of(jobs[1], slip);
	}
	return buf_text(slip);
}

#define HAS(text, word)							\
	do {								\
		const char	*has_ = (text);				\
									\
		if (strstr(has_, word) == NULL)				\
			fail_msg("no %s in %s", word, has_);		\
	} while (0)

/* How it is consumed is said as it is now: on tiles, at the pass and on paper,
 * as a change that must be seen; and as it was once it is so again. */
static void
another_way_of_consuming_is_told(void **state)
{
	struct kitchen_board	b;
	struct kitchen_ticket	*t;
	struct buf		slip = { 0 };
	char			way[SERVING_OUT];
	int64_t			printer;
	bool			seen;

	(void)state;
	printer = by_paper(&bar, "bar");
	OK(table_seat(anna, four, 2, &sale, &version));
	/* Before anything is sent there is nobody to tell. */
	OK(sale_set_mode(anna, sale, &version, "take_away_now"));
	OK(sale_set_mode(anna, sale, &version, "on_site"));
	(void)add(starter, 2);
	(void)add(dish, 1);
	(void)add(beer, 1);
	OK(course_send(anna, sale, &version, &(int64_t){ 0 }));
	b = board(&hot);
	kitchen_way(&b.tickets[0], true, way, sizeof(way));
	assert_string_equal(way, "");
	assert_false(b.tickets[0].untold);
	kitchen_board_done(&b);
	assert_null(strstr(newest(printer, 1, &slip), "on the spot"));

	OK(sale_set_mode(anna, sale, &version, "take_away_now"));
	b = board(&hot);
	assert_int_equal(b.n, 2);
	for (size_t i = 0; i < b.n; i++) {
		t = &b.tickets[i];
		kitchen_way(t, true, way, sizeof(way));
		assert_string_equal(way, "take-away");
		assert_true(t->untold);
	}
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &seen));
	assert_true(seen);
	kitchen_board_done(&b);
	HAS(newest(printer, 2, &slip), "CHANGED");
	HAS(buf_text(&slip), "take-away");
	HAS(buf_text(&slip), "1 Demi");
	/* What follows says it, too. */
	(void)add(beer, 1);
	OK(course_send(anna, sale, &version, &(int64_t){ 0 }));
	HAS(newest(printer, 3, &slip), "take-away");
	assert_null(strstr(buf_text(&slip), "CHANGED"));
	b = board(&hot);
	t = &b.tickets[0];
	OK(kitchen_do(cook, KITCHEN_BUMP, hot.id, t, 0, &seen));
	assert_false(seen);
	kitchen_board_done(&b);
	OK(kitchen_pass(cook, &b));
	kitchen_way(&b.tickets[0], true, way, sizeof(way));
	assert_string_equal(way, "take-away");
	kitchen_board_done(&b);

	/* They stay after all.  Said twice, it is told once. */
	OK(sale_set_mode(anna, sale, &version, "on_site"));
	OK(sale_set_mode(anna, sale, &version, "on_site"));
	HAS(newest(printer, 4, &slip), "on the spot");
	OK(kitchen_pass(cook, &b));
	kitchen_way(&b.tickets[0], true, way, sizeof(way));
	assert_string_equal(way, "on the spot");
	kitchen_board_done(&b);
	buf_done(&slip);
}

/* A station that has but a printer hears of it by paper: words for it once,
 * with what it has or with the first it gets; hurry; other words on a line. */
static void
paper_alone_hears_everything(void **state)
{
	struct buf	slip = { 0 };
	int64_t		printer, line, sent, other, again;
	int		course;

	(void)state;
	printer = by_paper(&hot, "chaud");
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(course_message(anna, sale, "birthday"));
	(void)newest(printer, 0, &slip);
	line = add(starter, 2);
	(void)add(dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	HAS(newest(printer, 1, &slip), "\"birthday\"");
	OK(course_message(anna, sale, "bread first"));
	HAS(newest(printer, 2, &slip), "MESSAGE");
	HAS(buf_text(&slip), "T4");
	HAS(buf_text(&slip), "\"bread first\"");
	assert_null(strstr(buf_text(&slip), "mayonnaise"));
	OK(course_message(anna, sale, "bread first"));
	(void)newest(printer, 2, &slip);
	/* It lies there: what follows does not say it again. */
	(void)add(starter, 1);
	OK(course_send(anna, sale, &version, &sent));
	assert_null(strstr(newest(printer, 3, &slip), "bread"));

	OK(course_rush(anna, sale, true));
	HAS(newest(printer, 4, &slip), "HURRY UP");
	HAS(buf_text(&slip), "2 Œuf mayonnaise");
	HAS(buf_text(&slip), "URGENT");
	/* Nobody has asked for that one yet. */
	assert_null(strstr(buf_text(&slip), "Entrecôte"));
	OK(course_rush(anna, sale, false));
	(void)newest(printer, 4, &slip);

	OK(sale_note(anna, sale, &version, line, "no salt"));
	HAS(newest(printer, 5, &slip), "CHANGED");
	HAS(buf_text(&slip), "! no salt");
	assert_null(strstr(buf_text(&slip), "Entrecôte"));
	OK(course_fire(anna, sale, 2, false, &course));
	(void)newest(printer, 6, &slip);
	/* They sit elsewhere, or one dish goes there. */
	(void)add(dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	OK(party_move(anna, sale, &version, five, &sale));
	HAS(newest(printer, 8, &slip), "MOVED");
	HAS(buf_text(&slip), "T4 > T5");
	HAS(buf_text(&slip), "1 Entrecôte");
	assert_null(strstr(buf_text(&slip), "mayonnaise"));
	OK(table_seat(anna, four, 2, &other, &again));
	OK(sale_park(anna, other));
	OK(party_give(anna, sale, &version, line, 0, other));
	HAS(newest(printer, 9, &slip), "T5 > T4");
	HAS(buf_text(&slip), "2 Œuf mayonnaise");
	assert_null(strstr(buf_text(&slip), "Entrecôte"));
	buf_done(&slip);
}

static void
paper_has(enum document d, const char *const *words, const char *not)
{
	struct slip	slip = { 0 };
	struct sale	s;

	OK(sale_load(anna, sale, &s));
	OK(document_build(anna, d, &s, 0, NULL, &slip));
	for (; *words != NULL; words++) {
		if (strstr(slip_stored(&slip), *words) == NULL) {
			fail_msg("no %s in %s", *words, slip_stored(&slip));
		}
	}
	assert_null(strstr(slip_stored(&slip), not));
	slip_done(&slip);
	sale_done(&s);
}

/* Table, covers and server on bill and ticket; of what is brought where to
 * and until when, in the kitchen too. */
static void
paper_says_who_is_served(void **state)
{
	static const char *const	table[] = { "T4", "2 covers", "Anna",
					    NULL };
	static const char *const	brought[] = { "delivery 13:30",
					    "Karim", "0644556677",
					    "12 rue du Port", NULL };
	struct tab_new			tab = { .kind = SERVING_DELIVERY,
					    .name = "Karim",
					    .phone = "0644556677",
					    .address = "12 rue du Port" };
	struct tab_new			nick = { .kind = SERVING_TAB,
					    .name = "le grand roux",
					    .phone = "", .address = "" };
	static const char *const	none[] = { NULL };
	struct printer_change		values = PRINTER_NO_CHANGE;
	struct kitchen_board		b;
	struct buf			slip = { 0 };
	int64_t				printer, jobs[PAPERS + 1] = { 0 }, sent;
	int64_t				ham, line;

	(void)state;
	order();
	paper_has(DOCUMENT_NOTE, table, "delivery");
	paper_has(DOCUMENT_RECEIPT, table, "delivery");
	values.driver = "text";
	values.connection = "file:";
	OK(printer_add(owner, "chaud", &values, &printer));
	hot.printer = printer;
	OK(station_put(owner, &hot));
	tab.promised = clock_at(test_now, 13, 30);
	OK(tab_open(anna, &tab, &sale, &version));
	(void)add(dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	paper_has(DOCUMENT_NOTE, brought, "cover");
	paper_has(DOCUMENT_RECEIPT, brought, "cover");
	OK(print_list(owner, printer, false, 9, note_job, jobs));
	slip_of(jobs[1], &slip);
	assert_non_null(strstr(buf_text(&slip), "delivery 13:30"));
	/* By weight is as much as was said. */
	ham = test_product(owner, "51", "Jambon", "food", "kg", 3200, false);
	OK(sale_add(anna, &sale, &version, ham, 350, NULL, &line));
	OK(course_send(anna, sale, &version, &sent));
	jobs[0] = 0;
	OK(print_list(owner, printer, false, 9, note_job, jobs));
	slip_of(jobs[1], &slip);
	assert_non_null(strstr(buf_text(&slip), "0,350 Jambon"));
	buf_done(&slip);
	b = board(&hot);
	for (size_t i = 0; i < b.n; i++) {
		assert_int_equal(b.tickets[i].promised,
		    b.tickets[i].sale == sale ? tab.promised : 0);
	}
	kitchen_board_done(&b);
	/* What the house calls somebody at the bar is not theirs to read. */
	OK(tab_open(anna, &nick, &sale, &version));
	(void)add(beer, 1);
	paper_has(DOCUMENT_RECEIPT, none, "grand roux");
}

/* What has in it what a guest must not eat says so, on the tile and on paper;
 * a menu's dish, too. */
static void
a_dish_that_harms_says_so(void **state)
{
	struct printer_change	values = PRINTER_NO_CHANGE;
	struct product_info	info;
	struct kitchen_board	b;
	struct buf		slip = { 0 };
	int64_t			sent, printer, jobs[PAPERS + 1] = { 0 };

	(void)state;
	values.driver = "text";
	values.connection = "file:";
	OK(printer_add(owner, "chaud", &values, &printer));
	hot.printer = printer;
	OK(station_put(owner, &hot));
	OK(product_info_get(owner, dish, &info));
	info.allergens = 1U << ALLERGEN_MILK | 1U << ALLERGEN_GLUTEN;
	OK(product_info_put(owner, dish, &info));
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(table_allergy(anna, sale, 2, "no Milk please"));
	(void)add(dish, 1);
	(void)add(starter, 1);
	OK(course_send(anna, sale, &version, &sent));
	b = board(&hot);
	assert_int_equal(b.n, 2);
	for (size_t i = 0; i < b.n; i++) {
		assert_int_equal(b.tickets[i].lines[0].harms,
		    b.tickets[i].course == 2 ? 1U << ALLERGEN_MILK : 0);
	}
	kitchen_board_done(&b);
	OK(print_list(owner, printer, false, 9, note_job, jobs));
	assert_int_equal(jobs[0], 1);
	slip_of(jobs[1], &slip);
	assert_non_null(strstr(buf_text(&slip), "!! HAS milk"));
	assert_null(strstr(buf_text(&slip), "gluten"));
	buf_done(&slip);
	/* Said later, it counts at once; so does that it was wrong. */
	OK(table_allergy(anna, sale, 1, "gluten"));
	b = board(&hot);
	assert_int_equal(b.tickets[1].lines[0].harms, info.allergens);
	kitchen_board_done(&b);
	OK(table_allergy(anna, sale, 1, ""));
	OK(table_allergy(anna, sale, 2, ""));
	b = board(&hot);
	assert_int_equal(b.tickets[1].lines[0].harms, 0);
	kitchen_board_done(&b);
}

static void
a_dead_printer_has_a_stand_in(void **state)
{
	struct printer_change	values = PRINTER_NO_CHANGE;
	struct buf		slip = { 0 };
	int64_t			jobs[PAPERS + 1] = { 0 }, dead, other;

	(void)state;
	values.driver = "text";
	values.model = "";
	values.connection = "file:";
	OK(printer_add(owner, "chaud", &values, &dead));
	OK(printer_add(owner, "comptoir", &values, &other));
	values = (struct printer_change)PRINTER_NO_CHANGE;
	values.active = 0;
	values.is_default = -1;
	bar.printer = other;
	OK(station_put(owner, &bar));
	hot.printer = dead;
	hot.fallback = bar.id;
	OK(station_put(owner, &hot));
	OK(printer_set(owner, other, &(struct printer_change){
	    .columns = -1, .drawer = -1, .active = -1, .is_default = 1 }));
	OK(printer_set(owner, dead, &values));
	order();
	OK(print_list(owner, dead, false, 9, note_job, jobs));
	assert_int_equal(jobs[0], 0);
	OK(print_list(owner, other, false, 9, note_job, jobs));
	assert_int_equal(jobs[0], 2);
	slip_of(jobs[2], &slip);
	assert_non_null(strstr(buf_text(&slip), "FOR Cuisine"));
	buf_done(&slip);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_sent_together_stands_together),
		TEST(each_line_goes_to_its_station),
		TEST(the_rule_that_names_most_decides),
		TEST(a_dish_of_the_day_has_its_station),
		TEST(a_take_away_is_made_whole),
		TEST(a_shop_without_stations_writes_nothing),
		TEST(a_bump_is_once),
		TEST(the_next_course_goes_live),
		TEST(what_is_paid_is_to_be_made),
		TEST(a_share_is_a_whole_dish_in_the_kitchen),
		TEST(the_pass_waits_for_all_of_it),
		TEST(the_pass_names_each_that_is_missing),
		TEST(another_station_makes_it),
		TEST(what_is_taken_back_stays_until_seen),
		TEST(words_and_allergies_stand_on_it),
		TEST(a_dish_that_harms_says_so),
		TEST(what_is_read_in_parts_is_the_whole),
		TEST(a_part_says_what_it_was),
		TEST(paper_says_where_and_what),
		TEST(paper_says_who_is_served),
		TEST(another_way_of_consuming_is_told),
		TEST(paper_alone_hears_everything),
		TEST(a_dead_printer_has_a_stand_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
