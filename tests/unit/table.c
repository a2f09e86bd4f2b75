/* SPDX-License-Identifier: ISC */
/* Rooms and tables, who sits there, courses sent and fired. */
#include "fire.h"
#include "house.h"
#include "trade.h"

#include "shop/booking.h"
#include "shop/course.h"
#include "shop/discount.h"
#include "shop/dish.h"
#include "shop/grand.h"
#include "shop/init.h"
#include "shop/invoice.h"
#include "shop/party.h"
#include "shop/price.h"
#include "shop/print.h"
#include "shop/product.h"
#include "shop/report.h"
#include "shop/setting.h"
#include "shop/shift.h"
#include "shop/split.h"
#include "shop/stock.h"
#include "shop/user.h"
#include "sql/room.h"

static char		dir[64];
static struct shop	*owner, *anna, *paul;
static int64_t		starter, dish, beer, room, four, five;

static int64_t
table_at(int number, int line, int cell)
{
	struct table	t = { .room = room, .number = number, .seats = 4,
			    .line = line, .cell = cell };

	OK(table_put(owner, &t));
	return t.id;
}

static int
setup(void **state)
{
	struct room	r = { .name = "Salle", .mode = "on_site" };

	(void)state;
	owner = test_shop("FR", dir);
	house_card(owner, &starter, &dish, &beer);
	OK(room_put(owner, &r));
	room = r.id;
	four = table_at(4, 0, 0);
	five = table_at(5, 0, 2);
	anna = test_till(dir, "Anna", "Phone 1");
	paul = test_till(dir, "Paul", "Phone 2");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(anna);
	shop_close(paul);
	test_done(owner, dir);
	return 0;
}

static struct table_view
seen(int64_t id)
{
	struct table_view	*rows, v = { 0 };
	size_t			 n;

	OK(table_plan(owner, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].t.id == id) {
			v = rows[i];
		}
	}
	free(rows);
	return v;
}

static int64_t
add(struct shop *shop, int64_t *sale, int64_t *version, int64_t product,
    int64_t qty)
{
	int64_t	line;

	OK(sale_add(shop, sale, version, product, qty * QTY_ONE, NULL,
	    &line));
	return line;
}

static const struct sale_line *
line_of(const struct sale *sale, int64_t id)
{
	for (size_t i = 0; i < sale->nlines; i++) {
		if (sale->lines[i].id == id) {
			return &sale->lines[i];
		}
	}
	return NULL;
}

/* ---- rooms -------------------------------------------------------------- */

static void
tables_have_their_number_and_spot(void **state)
{
	struct table	t = { .room = room, .number = 4, .seats = 2,
			    .line = 3, .cell = 3 };
	struct table	*rows;
	size_t		 n;
	bool		 any;

	(void)state;
	OK(room_any(owner, &any));
	assert_true(any);
	assert_int_equal(table_put(owner, &t), ERR_EXISTS);
	t.number = 6;
	t.line = t.cell = 0;
	assert_int_equal(table_put(owner, &t), ERR_EXISTS);
	t.cell = 30;
	assert_int_equal(table_put(owner, &t), ERR_RANGE);
	t.cell = 5;
	t.shape = SHAPE_ROUND;
	OK(table_put(owner, &t));
	OK(table_list(owner, room, &rows, &n));
	assert_int_equal(n, 3);
	assert_int_equal(rows[2].number, 6);
	assert_int_equal(rows[2].shape, SHAPE_ROUND);
	free(rows);
	assert_int_equal(room_end(owner, room), ERR_INVALID);
	OK(table_end(owner, t.id));
	assert_int_equal(table_get(owner, t.id, &t), ERR_NOT_FOUND);
	anna->who.rights = role_rights(ROLE_WAITER);
	t = (struct table){ .room = room, .number = 9, .seats = 1,
	    .line = 9 };
	assert_int_equal(table_put(anna, &t), ERR_DENIED);
}

static void
tables_stand_together(void **state)
{
	int64_t	sale, version, other;

	(void)state;
	OK(table_join(anna, five, four));
	assert_int_equal(seen(five).t.joined, four);
	/* Who is brought to five sits at four. */
	OK(table_seat(anna, five, 7, &sale, &version));
	assert_int_equal(seen(four).sale, sale);
	assert_int_equal(seen(five).sale, 0);
	assert_int_equal(table_seat(paul, four, 2, &other, &version),
	    ERR_TAKEN);
	assert_int_equal(table_join(anna, four, five), ERR_INVALID);
}

static void
blocked_and_cleared(void **state)
{
	int64_t	sale, version;

	(void)state;
	OK(table_block(anna, four, "a leg is broken"));
	assert_int_equal(seen(four).state, TABLE_BLOCKED);
	assert_int_equal(table_seat(anna, four, 2, &sale, &version),
	    ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "a leg is broken"));
	OK(table_block(anna, four, ""));
	OK(table_seat(anna, four, 2, &sale, &version));
	assert_int_equal(table_block(anna, four, "no"), ERR_INVALID);
	assert_int_equal(table_clear(anna, four), ERR_INVALID);
	assert_int_equal(table_end(owner, four), ERR_INVALID);
}

/* ---- an evening --------------------------------------------------------- */

static void
the_plan_follows_the_meal(void **state)
{
	int64_t		sale, version, sent, change, s, d, b;
	struct serving	v;
	struct sale	now;
	int		course;
	bool		posted;

	(void)state;
	assert_int_equal(seen(four).state, TABLE_FREE);
	OK(table_seat(anna, four, 2, &sale, &version));
	assert_int_equal(seen(four).state, TABLE_SEATED);
	assert_int_equal(seen(four).covers, 2);
	assert_string_equal(seen(four).server, "Anna");
	s = add(anna, &sale, &version, starter, 2);
	d = add(anna, &sale, &version, dish, 2);
	b = add(anna, &sale, &version, beer, 1);
	assert_int_equal(seen(four).unsent, 3);
	OK(sale_load(anna, sale, &now));
	assert_true(now.seated);
	assert_int_equal(line_of(&now, s)->course, 1);
	assert_int_equal(line_of(&now, d)->course, 2);
	assert_int_equal(line_of(&now, b)->course, 0);
	/* Shown by course, whatever the order they were entered in. */
	assert_int_equal(now.lines[0].id, b);
	sale_done(&now);

	test_now += 60000;
	OK(course_send(anna, sale, &version, &sent));
	assert_int_equal(sent, 5);
	OK(sale_load(anna, sale, &now));
	assert_true(line_of(&now, s)->fired);
	assert_true(line_of(&now, b)->fired);
	assert_true(line_of(&now, d)->sent);
	assert_false(line_of(&now, d)->fired);
	sale_done(&now);
	assert_int_equal(seen(four).state, TABLE_COURSE);
	assert_int_equal(seen(four).course, 1);
	assert_int_equal(seen(four).waits, 2);
	assert_int_equal(course_send(anna, sale, &version, &sent), ERR_EMPTY);

	OK(fire_seen(paul, sale, false, &course));
	assert_int_equal(course, 2);
	assert_int_equal(seen(four).waits, 0);
	assert_int_equal(fire_seen(anna, sale, false, &course), ERR_EMPTY);
	/* What is added to a course that was fired is made at once. */
	d = add(anna, &sale, &version, dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	OK(sale_load(anna, sale, &now));
	assert_true(line_of(&now, d)->fired);
	sale_done(&now);

	OK(sale_pay(anna, sale, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	assert_int_equal(seen(four).state, TABLE_PAID);
	OK(serving_get(anna, sale, &v));
	assert_true(v.ended);
	OK(table_clear(paul, four));
	assert_int_equal(seen(four).state, TABLE_DIRTY);
	OK(table_clear(paul, four));
	assert_int_equal(seen(four).state, TABLE_FREE);
}

static void
who_only_sat_down_stays(void **state)
{
	struct sale	now;
	int64_t		sale, version, count;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(sale_park(anna, sale));
	assert_int_equal(grand_day(owner, &count), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "T4"));
	OK(sale_load(owner, sale, &now));
	assert_int_equal(now.state, SALE_DRAFT);
	sale_done(&now);
	assert_int_equal(table_none_open(owner), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "T4"));
	version = 0;
	OK(sale_take(paul, sale, &version));
	OK(sale_cancel(paul, sale, &version, ""));
	assert_int_equal(seen(four).state, TABLE_FREE);
	OK(table_none_open(owner));
}

static void
lines_change_until_they_are_sent(void **state)
{
	const struct line_wish	held = { -1, -1, 1 }, free = { -1, 3, 0 };
	const struct line_wish	course = { 3, -1, -1 };
	int64_t			sale, version, sent, line, other;
	struct sale		now;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	line = add(anna, &sale, &version, dish, 2);
	other = add(anna, &sale, &version, starter, 1);
	OK(course_line_set(anna, sale, &version, line, &held));
	OK(course_send(anna, sale, &version, &sent));
	assert_int_equal(sent, 1);
	OK(course_line_set(anna, sale, &version, line, &free));
	OK(course_line_set(anna, sale, &version, line, &course));
	OK(sale_load(anna, sale, &now));
	assert_int_equal(line_of(&now, line)->seat, 3);
	assert_int_equal(line_of(&now, line)->course, 3);
	assert_false(line_of(&now, line)->sent);
	sale_done(&now);
	assert_int_equal(course_line_set(anna, sale, &version, other, &free),
	    ERR_INVALID);
	assert_int_equal(sale_set_qty(anna, sale, &version, other,
	    5 * QTY_ONE), ERR_INVALID);
	/* However fresh: the kitchen is cooking it. */
	assert_int_equal(sale_void_line(anna, sale, &version, other, ""),
	    ERR_EMPTY);
	OK(sale_void_line(anna, sale, &version, other, "guest left"));
	anna->who.rights = role_rights(ROLE_WAITER);
	OK(course_send(anna, sale, &version, &sent));
	assert_int_equal(sale_void_line(anna, sale, &version, line, "oops"),
	    ERR_DENIED);
}

/* What somebody there must not eat is this and nothing else. */
static void
allergies_are(int64_t sale, const char *wanted)
{
	char	*words;

	OK(table_allergies(anna, sale, &words));
	assert_string_equal(words, wanted);
	free(words);
}

static void
told_to_the_kitchen(void **state)
{
	int64_t	sale, version;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(course_message(anna, sale, "birthday at the end"));
	assert_int_equal(course_message(anna, sale, ""), ERR_EMPTY);
	OK(course_rush(anna, sale, true));
	assert_true(seen(four).rush);
	OK(course_rush(anna, sale, false));
	assert_false(seen(four).rush);
	OK(table_allergy(anna, sale, 2, "peanuts"));
	OK(table_allergy(paul, sale, 2, "celery"));
	OK(table_allergy(anna, sale, 0, "mustard"));
	allergies_are(sale, "mustard; seat 2: celery, peanuts");
	OK(table_allergy(anna, sale, 2, ""));
	allergies_are(sale, "mustard");
	OK(table_covers(paul, sale, 5));
	assert_int_equal(seen(four).covers, 5);
	OK(table_server(paul, sale, paul->who.user));
	assert_string_equal(seen(four).server, "Paul");
}

/* ---- without a table ---------------------------------------------------- */

static void
tabs_and_take_away(void **state)
{
	struct tab_new	tab = { .kind = SERVING_TAB, .name = "Paul",
			    .phone = "", .address = "", .covers = 2 };
	struct tab_view	*rows;
	struct sale	 now;
	int64_t		 sale, version, out;
	size_t		 n;

	(void)state;
	OK(tab_open(anna, &tab, &sale, &version));
	(void)add(anna, &sale, &version, beer, 2);
	tab = (struct tab_new){ .kind = SERVING_DELIVERY, .name = "Karim",
	    .phone = "0612345678", .address = "" };
	assert_int_equal(tab_open(anna, &tab, &out, &version), ERR_EMPTY);
	tab.address = "3 rue du Port";
	tab.promised = test_now + 3600000;
	OK(tab_open(anna, &tab, &out, &version));
	OK(sale_load(anna, out, &now));
	assert_string_equal(now.mode, "delivery");
	sale_done(&now);
	OK(tab_list(anna, &rows, &n));
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].name, "Paul");
	assert_int_equal(rows[0].total, 900);
	assert_int_equal(rows[1].kind, SERVING_DELIVERY);
	assert_int_equal(rows[1].promised, tab.promised);
	free(rows);
}

/* ---- bills in parts ----------------------------------------------------- */

static int64_t
plain(const char *code, const char *class, int64_t price)
{
	return test_product(owner, code, code, class, "pc", price, false);
}

static int64_t
pay_part(int64_t sale)
{
	struct sale	s;
	int64_t		version = 0, change, vat = 0;
	bool		posted;

	OK(sale_take(anna, sale, &version));
	OK(sale_pay(anna, sale, &version, "card", 0, &change, &posted));
	assert_true(posted);
	OK(sale_load(anna, sale, &s));
	for (int i = 0; i < s.nvat; i++) {
		vat += s.vat[i].vat;
	}
	sale_done(&s);
	return vat;
}

/* Who waits for a bill is seen, whichever part of it was asked for. */
static void
a_bill_in_parts_is_asked_for(void **state)
{
	struct bill_part	*parts;
	int64_t			 sale, version, sent, second;
	size_t			 n;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	(void)add(anna, &sale, &version, beer, 2);
	OK(course_send(anna, sale, &version, &sent));
	OK(bill_heads(anna, sale, &version, 2));
	OK(bill_parts(anna, sale, &parts, &n));
	assert_int_equal(n, 2);
	second = parts[1].sale;
	free(parts);
	assert_int_equal(seen(four).state, TABLE_ORDERED);
	test_now += 60000;
	OK(note_print(anna, second));
	assert_int_equal(seen(four).state, TABLE_BILL);
	assert_int_equal(seen(four).since, test_now);
	test_now += 60000;
	OK(note_print(anna, sale));
	assert_int_equal(seen(four).since, test_now - 60000);
	(void)pay_part(second);
	assert_int_equal(seen(four).state, TABLE_BILL);
	assert_int_equal(seen(four).since, test_now);
	(void)add(anna, &sale, &version, beer, 1);
	OK(course_send(anna, sale, &version, &sent));
	assert_int_equal(seen(four).state, TABLE_ORDERED);
}

/* A guest reads what was taken back behind what it was. */
static void
what_is_taken_back_stands_behind(void **state)
{
	struct sale	s;
	int64_t		sale, version, sent, line;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	line = add(anna, &sale, &version, dish, 1);
	(void)add(anna, &sale, &version, starter, 1);
	OK(course_send(anna, sale, &version, &sent));
	OK(sale_void_line(anna, sale, &version, line, "cold"));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.nlines, 3);
	assert_int_equal(s.lines[0].product, starter);
	assert_int_equal(s.lines[1].id, line);
	assert_int_equal(s.lines[2].reverses, line);
	assert_int_equal(s.lines[2].qty, -QTY_ONE);
	sale_done(&s);
}

/* What is eaten in a room is taxed so, and the room's name is its own. */
static void
a_room_says_how_it_is_consumed(void **state)
{
	struct room	other = { .name = "SALLE", .mode = "on_site" }, *rows;
	struct sale	s;
	int64_t		sale, version, line;
	size_t		n;

	(void)state;
	OK(room_list(owner, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].mode, "on_site");
	free(rows);
	OK(table_seat(anna, four, 2, &sale, &version));
	line = add(anna, &sale, &version, plain("c3", "food", 790), 1);
	OK(sale_load(anna, sale, &s));
	assert_string_equal(s.mode, "on_site");
	assert_int_equal(line_of(&s, line)->rate, 10000);
	sale_done(&s);
	assert_int_equal(room_put(owner, &other), ERR_EXISTS);
	(void)strcpy(other.name, "Mezzanine");
	OK(room_put(owner, &other));
	(void)strcpy(other.name, "salle");
	assert_int_equal(room_put(owner, &other), ERR_EXISTS);
}

/* A04's ticket, where nothing is said of how it is consumed: 37.00 at 10 %,
 * 5.00 at 20 %, 7.90 at 5.5 %. */
static int64_t
a04(int64_t *version)
{
	int64_t	sale;

	OK(table_seat(anna, four, 3, &sale, version));
	OK(sale_set_mode(anna, sale, version, ""));
	(void)add(anna, &sale, version, plain("c1", "meal", 3700), 1);
	(void)add(anna, &sale, version, plain("c2", "alcohol", 500), 1);
	(void)add(anna, &sale, version, plain("c3", "food", 790), 1);
	return sale;
}

/* C03, and C04 where each of three has a ticket. */
static void
c03_c04_three_tickets(void **state)
{
	struct bill_part	*parts;
	int64_t			 version, sale = a04(&version), vat = 0;
	size_t			 n;

	(void)state;
	OK(bill_heads(anna, sale, &version, 3));
	OK(bill_parts(anna, sale, &parts, &n));
	assert_int_equal(n, 3);
	assert_int_equal(parts[0].total, 1664);
	assert_int_equal(parts[1].total, 1663);
	assert_int_equal(parts[2].total, 1663);
	assert_string_equal(parts[1].name, "T4/2");
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(seen(four).sale, parts[i].sale);
		vat += pay_part(parts[i].sale);
	}
	free(parts);
	assert_int_equal(vat, 462);
	assert_int_equal(seen(four).state, TABLE_PAID);
	OK(bill_parts(anna, sale, &parts, &n));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(parts[i].state, SALE_PAID);
	}
	free(parts);
}

/* C04, the other way: one ticket in three payments. */
static void
c04_one_ticket(void **state)
{
	struct sale	s;
	int64_t		version, sale = a04(&version), change, vat = 0;
	bool		posted;

	(void)state;
	OK(sale_pay(anna, sale, &version, "card", 1664, &change, &posted));
	OK(sale_pay(anna, sale, &version, "cash", 1663, &change, &posted));
	assert_int_equal(bill_heads(anna, sale, &version, 2), ERR_INVALID);
	OK(sale_pay(anna, sale, &version, "card", 0, &change, &posted));
	assert_true(posted);
	OK(sale_load(anna, sale, &s));
	for (int i = 0; i < s.nvat; i++) {
		vat += s.vat[i].vat;
	}
	assert_int_equal(vat, 460);
	assert_int_equal(s.npayments, 3);
	sale_done(&s);
}

/* C01: 100.00 by three. */
static void
c01_a_share_of_an_item(void **state)
{
	struct sale	s;
	int64_t		sale, version, line, sent, part = 0;
	struct bill_pick pick = { 0, 0 };

	(void)state;
	OK(table_seat(anna, four, 3, &sale, &version));
	line = add(anna, &sale, &version, plain("c", "meal", 10000), 1);
	OK(course_send(anna, sale, &version, &sent));
	OK(bill_share(anna, sale, &version, line, 3));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.nlines, 3);
	assert_int_equal(s.total, 10000);
	assert_int_equal(s.lines[0].amount, 3334);
	assert_int_equal(s.lines[1].amount, 3333);
	assert_int_equal(s.lines[2].amount, 3333);
	assert_int_equal(s.lines[0].qty + s.lines[1].qty + s.lines[2].qty,
	    QTY_ONE);
	assert_string_equal(s.lines[1].label, "c 1/3");
	pick.line = s.lines[2].id;
	sale_done(&s);
	/* One pays a share, then all is one again but that. */
	OK(bill_take(anna, sale, &version, &pick, 1, &part));
	(void)pay_part(part);
	OK(bill_whole(anna, sale, &version));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total, 6667);
	sale_done(&s);
}

/* Whoever asked for the bill, or for their part of it, waits for it still when
 * it is one again; of two parties that are one nobody asked for the sum. */
static void
a_bill_asked_for_stays_so(void **state)
{
	struct bill_pick	pick = { 0 };
	int64_t			sale, version, part = 0, to, at;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	pick.line = add(anna, &sale, &version, dish, 1);
	(void)add(anna, &sale, &version, beer, 1);
	OK(bill_take(anna, sale, &version, &pick, 1, &part));
	OK(note_print(anna, part));
	at = seen(four).since;
	test_now += 60000;
	assert_int_equal(seen(four).state, TABLE_BILL);
	OK(bill_whole(anna, sale, &version));
	assert_int_equal(seen(four).state, TABLE_BILL);
	assert_int_equal(seen(four).since, at);
	/* The earlier of two. */
	part = 0;
	OK(bill_take(anna, sale, &version, &pick, 1, &part));
	OK(note_print(anna, part));
	OK(bill_whole(anna, sale, &version));
	assert_int_equal(seen(four).since, at);
	OK(sale_park(anna, sale));
	OK(table_seat(anna, five, 2, &to, &version));
	(void)add(anna, &to, &version, beer, 1);
	OK(party_move(anna, to, &version, four, &to));
	assert_int_equal(to, sale);
	assert_int_not_equal(seen(four).state, TABLE_BILL);
}

static void
shares_are_whole_again(void **state)
{
	struct sale	s;
	int64_t		sale, version, line;

	(void)state;
	OK(table_seat(anna, four, 3, &sale, &version));
	line = add(anna, &sale, &version, dish, 1);
	(void)add(anna, &sale, &version, beer, 3);
	OK(bill_heads(anna, sale, &version, 4));
	OK(bill_whole(anna, sale, &version));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total, 3750);
	assert_string_equal(line_of(&s, line)->label, "Entrecôte");
	assert_int_equal(line_of(&s, line)->qty, QTY_ONE);
	sale_done(&s);
	assert_int_equal(seen(four).parts, 1);
}

/* What all bills of the party come to, each discount with its lines. */
static int64_t
parts_total(int64_t sale, int64_t *least, int64_t *most)
{
	struct bill_part	*parts;
	int64_t			 sum = 0;
	size_t			 n;

	OK(bill_parts(anna, sale, &parts, &n));
	*least = *most = parts[0].total;
	for (size_t i = 0; i < n; i++) {
		sum += parts[i].total;
		*least = parts[i].total < *least ? parts[i].total : *least;
		*most = parts[i].total > *most ? parts[i].total : *most;
	}
	free(parts);
	return sum;
}

/* 10 % off the whole bill, and something off a line: nobody pays a cent more
 * than another, and together it is the bill. */
static void
what_is_off_is_divided(void **state)
{
	const struct wish	ticket = { WISH_PERCENT, 10000, "regulars" };
	const struct wish	cold = { WISH_AMOUNT, 250, "cold" };
	struct sale		s;
	int64_t			sale, version, line, total, least, most;
	int64_t			off = 0;

	(void)state;
	OK(table_seat(anna, four, 7, &sale, &version));
	line = add(anna, &sale, &version, dish, 1);
	(void)add(anna, &sale, &version, starter, 2);
	(void)add(anna, &sale, &version, beer, 5);
	OK(sale_discount(anna, sale, &version, line, &cold));
	OK(sale_discount(anna, sale, &version, 0, &ticket));
	OK(sale_load(anna, sale, &s));
	total = s.total;
	sale_done(&s);
	/* (24.00 - 2.50 + 13.80 + 22.50) less 10 %. */
	assert_int_equal(total, 5202);
	OK(bill_heads(anna, sale, &version, 7));
	assert_int_equal(parts_total(sale, &least, &most), total);
	assert_true(most - least <= 1);
	OK(bill_whole(anna, sale, &version));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total, total);
	assert_int_equal(line_of(&s, line)->qty, QTY_ONE);
	assert_int_equal(line_of(&s, line)->off, 250 + 215);
	sale_done(&s);
	/* Who gave it, and why, is on the part as well. */
	OK(bill_share(anna, sale, &version, line, 2));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total, total);
	for (size_t i = 0; i < s.nlines; i++) {
		off += strncmp(s.lines[i].label, "Entrec", 6) == 0 &&
		    s.lines[i].state == LINE_LIVE ? s.lines[i].off : 0;
	}
	assert_int_equal(off, 250 + 215);
	assert_string_equal(s.discounts[s.ndiscounts - 1].reason, "cold");
	sale_done(&s);
}

/* Two of three beers at half price go on a bill of their own; what was offered
 * stays offered. */
static void
off_a_line_goes_with_its_pieces(void **state)
{
	const struct wish	half = { WISH_PERCENT, 50000, "happy" };
	struct bill_pick	pick = { 0, 2 * QTY_ONE };
	struct sale		s;
	int64_t			sale, version, other, part = 0, least, most;

	(void)state;
	OK(table_seat(anna, four, 3, &sale, &version));
	pick.line = add(anna, &sale, &version, beer, 3);
	other = add(anna, &sale, &version, starter, 2);
	anna->who.rights = owner->who.rights;
	OK(sale_discount(anna, sale, &version, pick.line, &half));
	OK(sale_offer(anna, sale, &version, other, "waited"));
	OK(bill_take(anna, sale, &version, &pick, 1, &part));
	OK(sale_load(anna, part, &s));
	assert_int_equal(s.total, 450);
	sale_done(&s);
	assert_int_equal(parts_total(sale, &least, &most), 675);
	pick = (struct bill_pick){ other, QTY_ONE };
	OK(bill_take(anna, sale, &version, &pick, 1, &part));
	assert_int_equal(parts_total(sale, &least, &most), 675);
	OK(bill_whole(anna, sale, &version));
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total, 675);
	assert_int_equal(line_of(&s, other)->amount, 0);
	assert_int_equal(line_of(&s, other)->qty, 2 * QTY_ONE);
	sale_done(&s);
}

/* A bill with something off it meets another: each keeps its own. */
static void
off_a_bill_stays_off_its_lines(void **state)
{
	const struct wish	ticket = { WISH_PERCENT, 10000, "" };
	struct sale		s;
	int64_t			sale, version, other, seen_at, to;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	(void)add(anna, &sale, &version, dish, 1);
	OK(sale_discount(anna, sale, &version, 0, &ticket));
	OK(table_seat(paul, five, 2, &other, &seen_at));
	(void)add(paul, &other, &seen_at, dish, 1);
	OK(party_move(anna, sale, &version, five, &to));
	OK(sale_load(paul, other, &s));
	assert_int_equal(s.total, 2160 + 2400);
	sale_done(&s);
}

static void
by_item_and_by_piece(void **state)
{
	struct bill_pick	pick = { 0, 2 * QTY_ONE };
	struct sale		s;
	int64_t			sale, version, part = 0, whole;

	(void)state;
	OK(table_seat(anna, four, 3, &sale, &version));
	pick.line = add(anna, &sale, &version, beer, 3);
	assert_int_equal(bill_take(anna, sale, &version,
	    &(struct bill_pick){ pick.line, 0 }, 1, &part), ERR_INVALID);
	whole = add(anna, &sale, &version, dish, 1);
	OK(bill_take(anna, sale, &version, &pick, 1, &part));
	OK(sale_load(anna, part, &s));
	assert_int_equal(s.total, 900);
	assert_int_equal(s.lines[0].qty, 2 * QTY_ONE);
	sale_done(&s);
	OK(bill_take(anna, sale, &version, &(struct bill_pick){ whole, 0 },
	    1, &part));
	OK(sale_load(anna, part, &s));
	assert_int_equal(s.total, 3300);
	sale_done(&s);
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total, 450);
	sale_done(&s);
}

static void
by_seat(void **state)
{
	const struct line_wish	 one = { -1, 1, -1 }, two = { -1, 2, -1 };
	struct bill_part	*parts;
	int64_t			 sale, version, line;
	size_t			 n;
	int			 count;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	line = add(anna, &sale, &version, dish, 1);
	assert_int_equal(bill_seats(anna, sale, &version, &count),
	    ERR_EMPTY);
	OK(course_line_set(anna, sale, &version, line, &one));
	line = add(anna, &sale, &version, starter, 1);
	OK(course_line_set(anna, sale, &version, line, &two));
	(void)add(anna, &sale, &version, beer, 1);	/* shared */
	OK(bill_seats(anna, sale, &version, &count));
	assert_int_equal(count, 2);
	OK(bill_parts(anna, sale, &parts, &n));
	assert_int_equal(parts[0].total, 2400 + 225);
	assert_int_equal(parts[1].total, 690 + 225);
	free(parts);
}

/* C07: what went over says where it came from. */
static void
c07_merge_keeps_the_origin(void **state)
{
	struct sale	s;
	int64_t		a, b, va, vb, line, to, sent;

	(void)state;
	OK(table_seat(anna, four, 2, &a, &va));
	line = add(anna, &a, &va, dish, 2);
	OK(course_send(anna, a, &va, &sent));
	OK(table_seat(paul, five, 3, &b, &vb));
	(void)add(paul, &b, &vb, beer, 1);
	OK(party_move(anna, a, &va, five, &to));
	assert_int_equal(to, b);
	assert_int_equal(seen(four).state, TABLE_FREE);
	assert_int_equal(seen(five).covers, 5);
	/* Paul has it open: he is told that it is another now. */
	assert_int_equal(sale_add(paul, &b, &vb, beer, QTY_ONE, NULL, &line),
	    ERR_CHANGED);
	OK(sale_load(paul, b, &s));
	assert_int_equal(s.total, 4800 + 450);
	assert_true(s.lines[1].sent);
	sale_done(&s);
	OK(sale_load(paul, a, &s));
	assert_int_equal(s.state, SALE_CANCELLED);
	sale_done(&s);
}

static int
count_receipt(void *ctx, const struct print_job *job)
{
	*(int *)ctx += strcmp(print_kind_word(job->kind), "receipt") == 0;
	return 0;
}

/* One guest pays an amount, two the rest: one ticket with three payments; and
 * a restaurant's note is printed unasked, however small. */
static void
c06_by_amount_k04_unasked(void **state)
{
	int64_t	menu = house_item(owner, "51", "Menu", "Menus", "meal", 4380);
	int64_t	small = house_item(owner, "52", "Soupe", "Entrées", "meal",
		    1800);
	struct printer_change	till = PRINTER_NO_CHANGE;
	int64_t	sale, version, change, sent, printer, parts[2];
	struct sale	s;
	bool	posted;
	int	printed = 0;

	(void)state;
	till.driver = "text";
	till.connection = "file:";
	OK(printer_add(owner, "Till", &till, &printer));
	OK(setting_set(owner, "receipt_print", "ask"));
	OK(setting_load(anna));
	OK(table_seat(anna, four, 3, &sale, &version));
	(void)add(anna, &sale, &version, menu, 2);
	OK(course_send(anna, sale, &version, &sent));
	OK(sale_pay(anna, sale, &version, "cash", 4000, &change, &posted));
	assert_false(posted);
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.total - s.paid, 4760);
	OK(split_equal(s.total - s.paid, 2, parts));
	sale_done(&s);
	assert_int_equal(parts[0], 2380);
	assert_int_equal(parts[1], 2380);
	OK(sale_pay(anna, sale, &version, "card", parts[0], &change,
	    &posted));
	assert_false(posted);
	OK(sale_pay(anna, sale, &version, "card", 0, &change, &posted));
	assert_true(posted);
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.npayments, 3);
	assert_int_equal(s.payments[2].amount, 2380);
	sale_done(&s);
	OK(print_list(owner, 0, false, 9, count_receipt, &printed));
	assert_int_equal(printed, 1);
	OK(table_seat(anna, five, 1, &sale, &version));
	(void)add(anna, &sale, &version, small, 1);
	OK(sale_pay(anna, sale, &version, "card", 0, &change, &posted));
	printed = 0;
	OK(print_list(owner, 0, false, 9, count_receipt, &printed));
	assert_int_equal(printed, 2);
}

/* A take-away that stays after all: its tax is that of the table. */
static void
a_merge_goes_by_the_tables_mode(void **state)
{
	struct tab_new	tab = { .kind = SERVING_TAKE_AWAY, .name = "Zoé",
			    .phone = "", .address = "" };
	struct sale	s;
	int64_t		a, b, va, vb, line, to;

	(void)state;
	OK(tab_open(anna, &tab, &a, &va));
	OK(sale_set_mode(anna, a, &va, "take_away_later"));
	line = add(anna, &a, &va, dish, 1);
	OK(sale_load(anna, a, &s));
	assert_int_equal(line_of(&s, line)->rate, 5500);
	sale_done(&s);
	OK(table_seat(paul, five, 3, &b, &vb));
	(void)add(paul, &b, &vb, beer, 1);
	OK(party_move(anna, a, &va, five, &to));
	assert_int_equal(to, b);
	OK(sale_load(anna, b, &s));
	assert_int_equal(line_of(&s, line)->rate, 10000);
	sale_done(&s);
}

static void
lines_and_tables_move(void **state)
{
	struct sale	s;
	int64_t		a, b, va, vb, line, to;

	(void)state;
	OK(table_seat(anna, four, 2, &a, &va));
	line = add(anna, &a, &va, dish, 2);
	(void)add(anna, &a, &va, beer, 1);
	OK(party_move(anna, a, &va, five, &to));
	assert_int_equal(to, a);
	assert_int_equal(seen(five).sale, a);
	assert_int_equal(seen(four).state, TABLE_FREE);
	OK(sale_load(anna, a, &s));
	assert_string_equal(s.name, "T5");
	sale_done(&s);
	OK(table_seat(paul, four, 2, &b, &vb));
	OK(party_give(anna, a, &va, line, 0, b));
	OK(sale_load(anna, b, &s));
	assert_int_equal(s.total, 4800);
	assert_int_equal(s.lines[0].id, line);
	sale_done(&s);
	assert_int_equal(party_give(anna, a, &va, line, 0, b), ERR_NOT_FOUND);
	assert_int_equal(party_move(paul, a, &va, four, &to), ERR_TAKEN);
}

/* Whom nobody serves yet is served by who sends their order; who is served
 * stays so. */
static void
who_takes_the_order_serves(void **state)
{
	struct serving	v;
	int64_t		sale, version, sent;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(table_server(anna, sale, 0));
	(void)add(anna, &sale, &version, dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	OK(serving_get(owner, sale, &v));
	assert_string_equal(v.server_name, "Anna");
	OK(table_server(anna, sale, paul->who.user));
	(void)add(anna, &sale, &version, dish, 1);
	OK(course_send(anna, sale, &version, &sent));
	OK(serving_get(owner, sale, &v));
	assert_string_equal(v.server_name, "Paul");
}

/* A guest changes tables with all they have, and with what they must not
 * eat. */
static void
a_seat_goes_to_another_table(void **state)
{
	struct line_wish	second = { -1, 2, -1 };
	struct sale		s;
	int64_t			a, b, va, vb, line;

	(void)state;
	OK(table_seat(anna, four, 3, &a, &va));
	(void)add(anna, &a, &va, beer, 1);
	line = add(anna, &a, &va, dish, 1);
	OK(course_line_set(anna, a, &va, line, &second));
	line = add(anna, &a, &va, starter, 1);
	OK(course_line_set(anna, a, &va, line, &second));
	OK(table_allergy(anna, a, 2, "peanuts"));
	OK(table_allergy(anna, a, 1, "celery"));
	OK(table_seat(paul, five, 2, &b, &vb));
	assert_int_equal(party_give(anna, a, &va, 0, 7, b), ERR_EMPTY);
	OK(party_give(anna, a, &va, 0, 2, b));
	OK(sale_load(anna, b, &s));
	assert_int_equal(s.nlines, 2);
	sale_done(&s);
	OK(sale_load(anna, a, &s));
	assert_int_equal(s.nlines, 1);
	assert_int_equal(s.lines[0].product, beer);
	sale_done(&s);
	allergies_are(b, "seat 2: peanuts");
}

static void
closing_waits_for_tables(void **state)
{
	const struct shift_how	how = { .uncounted = true };
	int64_t			opening = 0, shift, sale, version;

	(void)state;
	OK(shift_open(anna, &opening, &shift));
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(sale_park(anna, sale));
	assert_int_equal(shift_close(anna, shift, &how), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "T4"));
	version = 0;
	OK(sale_take(anna, sale, &version));
	OK(sale_cancel(anna, sale, &version, ""));
	OK(shift_close(anna, shift, &how));
}

static void
found(void *ctx, const char *what, const char *finding)
{
	(void)what;
	(void)finding;
	(*(int *)ctx)++;
}

static void
check_knows_tables(void **state)
{
	int64_t	sale, version, bad;
	int	n = 0;

	(void)state;
	OK(table_seat(anna, four, 2, &sale, &version));
	OK(check_run(owner, found, &n, &bad));
	assert_int_equal(n, 0);
	/* By hand, as no function does. */
	OK(db_begin(owner->db, "test"));
	OK(serving_over(owner, sale, "paid"));
	OK(db_commit(owner->db));
	OK(check_run(owner, found, &n, &bad));
	assert_int_equal(n, 1);
}

/* ---- sold out, of the day ----------------------------------------------- */

static void
counts_go_down_everywhere(void **state)
{
	struct dish	d;
	int64_t		sale, version, other = 0, ov = 0, line;

	(void)state;
	OK(dish_left(owner, dish, 3 * QTY_ONE));
	OK(table_seat(anna, four, 2, &sale, &version));
	line = add(anna, &sale, &version, dish, 2);
	OK(dish_get(owner, dish, &d));
	assert_int_equal(d.left, QTY_ONE);
	assert_int_equal(sale_add(paul, &other, &ov, dish, 2 * QTY_ONE, NULL,
	    &line), ERR_RANGE);
	assert_non_null(strstr(err_text(ERR_RANGE), "only 1 of Entrec"));
	(void)add(paul, &other, &ov, dish, 1);
	assert_int_equal(sale_add(paul, &other, &ov, dish, QTY_ONE, NULL,
	    &line), ERR_RANGE);
	assert_non_null(strstr(err_text(ERR_RANGE), "is sold out"));
	/* What is not sold after all can be sold. */
	OK(sale_cancel(paul, other, &ov, ""));
	OK(dish_get(owner, dish, &d));
	assert_int_equal(d.left, QTY_ONE);
	OK(dish_left(owner, dish, -1));
	assert_int_equal(dish_get(owner, dish, &d), ERR_NOT_FOUND);
	(void)add(anna, &sale, &version, dish, 50);
}

static void
a_dish_of_the_day(void **state)
{
	struct dish_new	dish_line;
	struct product	p;
	struct dish	d;
	struct sale	s;
	int64_t		id, sale, version, line, now = test_now;

	(void)state;
	OK(dish_parse(owner, "Blanquette de veau 14,50 x20 chaud",
	    &dish_line));
	assert_string_equal(dish_line.name, "Blanquette de veau");
	assert_int_equal(dish_line.price, 1450);
	assert_int_equal(dish_line.left, 20 * QTY_ONE);
	assert_string_equal(dish_line.station, "chaud");
	assert_int_equal(dish_parse(owner, "Blanquette", &dish_line),
	    ERR_INVALID);
	/* No word of it is lost. */
	OK(dish_parse(owner, "a b c d e f g h i j k l m n o p q r s t u v w x "
	    "y z a b c d e f g h i j k l m n o p q r 9,50", &dish_line));
	assert_int_equal(dish_line.price, 950);
	OK(dish_parse(owner, "Blanquette 14,50 x20 chaud", &dish_line));
	OK(dish_today(owner, &dish_line, &id));
	OK(table_seat(anna, four, 2, &sale, &version));
	(void)add(anna, &sale, &version, id, 1);
	OK(sale_load(anna, sale, &s));
	assert_int_equal(s.lines[0].course, 2);
	sale_done(&s);
	OK(dish_sweep(owner));
	OK(product_get(owner, id, &p));
	assert_true(p.active);
	/* Gone tomorrow, swept or not. */
	test_now += 24 * 3600000;
	assert_int_equal(sale_add(anna, &sale, &version, id, QTY_ONE, NULL,
	    &line), ERR_INVALID);
	OK(dish_sweep(owner));
	OK(product_get(owner, id, &p));
	assert_false(p.active);
	assert_int_equal(dish_get(owner, id, &d), ERR_NOT_FOUND);
	test_now = now;
}

/* Figures in a name are no price, a count is one or refused, and a station
 * may have two words. */
static void
a_dish_is_read_as_it_is_said(void **state)
{
	struct dish_new	d;

	(void)state;
	OK(dish_parse(owner, "Assiette 3 fromages 14,50 x8", &d));
	assert_string_equal(d.name, "Assiette 3 fromages");
	assert_int_equal(d.price, 1450);
	assert_int_equal(d.left, 8 * QTY_ONE);
	assert_string_equal(d.station, "");
	OK(dish_parse(owner, "Menu 2 plats 18 x5 bar terrasse", &d));
	assert_string_equal(d.name, "Menu 2 plats");
	assert_int_equal(d.price, 1800);
	assert_string_equal(d.station, "bar terrasse");
	OK(dish_parse(owner, "Daube 16,00 x3 poste 2", &d));
	assert_string_equal(d.name, "Daube");
	assert_int_equal(d.price, 1600);
	assert_string_equal(d.station, "poste 2");
	assert_int_equal(dish_parse(owner, "Daube 16,00 x0", &d), ERR_RANGE);
	assert_int_equal(dish_parse(owner, "Daube 16,00 x99999", &d),
	    ERR_RANGE);
	assert_int_equal(dish_parse(owner, "14,50 x20", &d), ERR_INVALID);
	assert_int_equal(dish_parse(owner, "Daube 16 abcdefghijklmnopqrst "
	    "abcdefghijklmnop", &d), ERR_TOO_LONG);
}

/* Said once more it is put right: one dish, the count as last said. */
static void
a_dish_said_again_is_put_right(void **state)
{
	struct dish_new	said;
	struct product	p;
	struct dish	d, *rows;
	int64_t		first, again;
	size_t		n;

	(void)state;
	OK(dish_parse(owner, "Daube 16,00 x20 chaud", &said));
	OK(dish_today(owner, &said, &first));
	OK(dish_parse(owner, "daube 17,50", &said));
	OK(dish_today(owner, &said, &again));
	assert_int_equal(again, first);
	OK(product_get(owner, first, &p));
	assert_int_equal(p.price, 1750);
	OK(dish_get(owner, first, &d));
	assert_true(d.counted);
	assert_int_equal(d.left, 20 * QTY_ONE);
	assert_string_equal(d.station, "chaud");
	OK(dish_parse(owner, "Daube 17,50 x6", &said));
	OK(dish_today(owner, &said, &again));
	OK(dish_list(owner, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].left, 6 * QTY_ONE);
	free(rows);
	/* One transaction: refused, nothing of it is in the catalogue. */
	said.price = -1;
	assert_int_equal(dish_today(owner, &said, &again), ERR_RANGE);
	OK(product_get(owner, first, &p));
	assert_int_equal(p.price, 1750);
}

/* ---- reservations ------------------------------------------------------- */

static void
guests_are_expected(void **state)
{
	struct booking	b, *rows;
	int64_t		sale, version;
	size_t		n;

	(void)state;
	OK(booking_parse("13h30 4 Dupont, 0612345678, by the window",
	    test_now, &b));
	assert_int_equal(b.covers, 4);
	assert_string_equal(b.name, "Dupont");
	assert_string_equal(b.note, "by the window");
	assert_int_equal(b.at, clock_at(test_now, 13, 30));
	assert_int_equal(booking_parse("4 Dupont", test_now, &b),
	    ERR_INVALID);
	OK(booking_parse("13h30 4 Dupont", test_now, &b));
	b.table = four;
	OK(booking_add(anna, &b));
	assert_int_equal(seen(four).state, TABLE_RESERVED);
	assert_string_equal(seen(four).booked, "Dupont");
	OK(booking_parse("24/12 20:00 2 Martin", test_now, &b));
	OK(booking_add(anna, &b));
	OK(booking_list(anna, test_now, &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].number, 4);
	assert_int_equal(booking_seat(anna, rows[1].id, 0, &sale, &version),
	    ERR_EMPTY);
	OK(booking_seat(anna, rows[0].id, 0, &sale, &version));
	assert_int_equal(seen(four).covers, 4);
	assert_int_equal(booking_end(paul, rows[0].id, true), ERR_CHANGED);
	OK(booking_end(paul, rows[1].id, false));
	free(rows);
	b.at = test_now - 7200000;
	assert_int_equal(booking_add(anna, &b), ERR_RANGE);
}

static int
note_bookings(void *ctx, const struct report_value *row)
{
	int64_t	*n = ctx;

	for (int i = 0; i < 7; i++) {
		n[i] += row[1 + i].number;
	}
	return 0;
}

/* Bookings, their covers, those that came and theirs, called off, never came
 * and theirs: of the day they were expected on. */
static void
booked_so(const char *day, const int64_t want[static 7])
{
	const char		*args[] = { day, "1" };
	struct report		 report;
	int64_t			 n[7] = { 0 };

	OK(report_find("bookings", &report));
	OK(report_run(owner, &report, args, 2, note_bookings, n));
	for (int i = 0; i < 7; i++) {
		assert_int_equal(n[i], want[i]);
	}
}

/* Never came: said by somebody, once their hour has come, or by the day's
 * end. */
static void
who_never_came_is_counted(void **state)
{
	static const char *const	said[] = { "13h30 4 Dupont",
					    "13h45 2 Martin", "14h 3 Zoé",
					    "14h30 5 Karim" };
	int64_t				ids[NELEM(said)], sale, version, at;
	char				day[CLOCK_DAY_SIZE];
	struct booking			b;

	(void)state;
	at = test_now;
	clock_business_day(test_now, 4, day);
	for (size_t i = 0; i < NELEM(said); i++) {
		OK(booking_parse(said[i], test_now, &b));
		b.table = i == 3 ? five : 0;
		OK(booking_add(anna, &b));
		ids[i] = b.id;
	}
	OK(booking_seat(anna, ids[0], four, &sale, &version));
	OK(sale_park(anna, sale));
	assert_int_equal(booking_end(anna, ids[1], true), ERR_INVALID);
	booked_so(day, (int64_t[7]){ 4, 14, 1, 4, 0, 0, 0 });
	test_now = clock_at(test_now, 14, 15);
	OK(booking_end(anna, ids[1], true));
	OK(booking_end(anna, ids[2], false));
	booked_so(day, (int64_t[7]){ 4, 14, 1, 4, 1, 1, 2 });
	/* Not over yet: late guests may come. */
	test_now = clock_at(test_now, 14, 50);
	assert_int_equal(seen(five).state, TABLE_RESERVED);
	OK(booking_catch_up(anna));
	assert_int_equal(seen(five).state, TABLE_RESERVED);
	test_now += INT64_C(24) * 3600000;
	OK(booking_catch_up(anna));
	OK(booking_catch_up(anna));
	booked_so(day, (int64_t[7]){ 4, 14, 1, 4, 1, 2, 7 });
	assert_int_equal(booking_end(anna, ids[3], true), ERR_CHANGED);
	test_now = at;
}

static int64_t
booked_at(const char *text, int64_t now)
{
	struct booking	b;

	OK(booking_parse(text, now, &b));
	return b.at;
}

/* 2026-11-21 23:50 in Paris, and other nights. */
static int64_t
moment(const char *day, int hour, int minute)
{
	return clock_at(clock_day_noon(day), hour, minute);
}

static void
a_booking_crosses_midnight(void **state)
{
	int64_t		late = moment("2026-11-21", 23, 50), began = test_now;
	struct booking	b, *rows;
	size_t		n;

	(void)state;
	/* Tonight's, not yesterday's: no such hour has passed an hour ago. */
	assert_int_equal(booked_at("0h30 2 Zoé", late),
	    moment("2026-11-22", 0, 30));
	assert_int_equal(booked_at("23:00 2 Zoé", late),
	    moment("2026-11-21", 23, 0));
	assert_int_equal(booked_at("20h30 2 Zoé", late),
	    moment("2026-11-22", 20, 30));
	assert_int_equal(booked_at("tomorrow 12h 2 Zoé", late),
	    moment("2026-11-22", 12, 0));
	/* A day of this year that has passed is one of the next. */
	assert_int_equal(booked_at("02/01 20h 2 Zoé", late),
	    moment("2027-01-02", 20, 0));
	assert_int_equal(booked_at("21/11 23h50 2 Zoé", late), late);
	assert_int_equal(booked_at("31/12/2027 20h 2 Zoé", late),
	    moment("2027-12-31", 20, 0));
	assert_int_equal(booking_parse("31/02 20h 2 Zoé", late, &b),
	    ERR_INVALID);
	/* The night clocks go back and forward: the hour on the wall. */
	assert_int_equal(booked_at("0h30 2 Zoé",
	    moment("2026-10-24", 23, 55)), moment("2026-10-25", 0, 30));
	assert_int_equal(booked_at("20h 2 Zoé", moment("2026-10-24", 23, 55)),
	    moment("2026-10-25", 20, 0));
	assert_int_equal(booked_at("20h 2 Zoé", moment("2027-03-27", 23, 55)),
	    moment("2027-03-28", 20, 0));
	/* Who is late at 22:30 is still expected at 00:40. */
	test_now = moment("2026-11-21", 22, 0);
	OK(booking_parse("22h30 2 Zoé", test_now, &b));
	OK(booking_add(anna, &b));
	test_now = moment("2026-11-22", 0, 40);
	OK(booking_list(anna, booking_since(anna, test_now), &rows, &n));
	assert_int_equal(n, 1);
	free(rows);
	OK(booking_end(anna, b.id, true));
	test_now = began;
}

static void
a_booking_is_changed(void **state)
{
	struct booking	b, again, *rows;
	char		text[BOOKING_TEXT];
	size_t		n;

	(void)state;
	OK(booking_parse("20h30 4 Dupont, , by the window", test_now, &b));
	assert_string_equal(b.phone, "");
	assert_string_equal(b.note, "by the window");
	OK(booking_add(anna, &b));
	OK(booking_list(anna, test_now, &rows, &n));
	assert_int_equal(n, 1);
	/* As it is brought back it is read the same. */
	booking_text(&rows[0], text);
	OK(booking_parse(text, test_now, &again));
	assert_int_equal(again.at, b.at);
	assert_string_equal(again.note, b.note);
	again.id = b.id;
	again.version = rows[0].version;
	again.at += 3600000;
	again.covers = 6;
	free(rows);
	OK(booking_change(anna, &again));
	/* Somebody who saw what it was before. */
	assert_int_equal(booking_change(paul, &again), ERR_CHANGED);
	OK(booking_list(anna, test_now, &rows, &n));
	assert_int_equal(rows[0].covers, 6);
	assert_int_equal(rows[0].at, b.at + 3600000);
	again.version = rows[0].version;
	free(rows);
	OK(booking_end(anna, b.id, false));
	assert_int_equal(booking_change(anna, &again), ERR_CHANGED);
	/* One that never was. */
	assert_int_equal(booking_table(anna, 99, four), ERR_NOT_FOUND);
	assert_string_equal(err_text(ERR_NOT_FOUND), "there is no such "
	    "booking");
	assert_int_equal(booking_end(anna, 99, false), ERR_NOT_FOUND);
	/* Nothing that was typed is cut in silence. */
	assert_int_equal(booking_parse("20h 4 Dupont, 0612345678901234567890"
	    "12345678901234, x", test_now, &b), ERR_TOO_LONG);
}

static void
a_table_is_kept_once(void **state)
{
	struct booking	one, two;

	(void)state;
	OK(booking_parse("20h30 4 Dupont", test_now, &one));
	one.table = four;
	OK(booking_add(anna, &one));
	OK(booking_parse("21h 2 Martin", test_now, &two));
	two.table = four;
	assert_int_equal(booking_add(paul, &two), ERR_EXISTS);
	two.table = 0;
	OK(booking_add(paul, &two));
	assert_int_equal(booking_table(paul, two.id, four), ERR_EXISTS);
	OK(booking_table(paul, two.id, five));
	/* Two hours later it is free again. */
	two.at = one.at + 2 * 3600000;
	two.version = 2;
	OK(booking_change(paul, &two));
	OK(booking_table(paul, two.id, four));
	/* Moved back, it would be taken. */
	two.at = one.at + 3600000;
	two.version = 4;
	assert_int_equal(booking_change(paul, &two), ERR_EXISTS);
	/* A table that is gone keeps nobody's place, and loses nobody. */
	OK(table_end(owner, four));
	OK(booking_table(paul, two.id, five));
	OK(booking_end(anna, one.id, false));
	OK(booking_end(anna, two.id, false));
}

/* ---- prices of a room, of a store --------------------------------------- */

static void
priced(const char *list, const char *label, const char *place,
    const char *price)
{
	struct price_list	l = { .scope.when = PERIOD_ALWAYS };
	struct price_row	row = { .code = "41" };
	char			text[SCOPE_TEXT];
	int64_t			id;

	(void)strcpy(l.name, list);
	(void)strcpy(l.label, label);
	(void)strcpy(row.list, list);
	OK(scope_set(owner, &l.scope, "place", place));
	scope_text(owner, &l.scope, text);
	assert_string_equal(text, label);
	OK(price_list_add(owner, &l, &id));
	OK(money_parse(&owner->money, price, false, &row.price));
	OK(price_set(owner, &row, false));
	prices_drop(anna);
}

static int64_t
beer_costs(int64_t sale, size_t at)
{
	struct sale	s;
	int64_t		price;

	OK(sale_load(anna, sale, &s));
	assert_true(s.nlines > at);
	price = s.lines[at].price;
	sale_done(&s);
	return price;
}

/* The classic: a beer costs more on the terrace, also for who moves there. */
static void
the_terrace_has_its_prices(void **state)
{
	struct room	r = { .name = "Terrasse", .mode = "on_site" };
	struct table	t = { .number = 30, .seats = 2 };
	struct scope	nowhere = { .when = PERIOD_ALWAYS };
	int64_t		in, out, to, version, other = 0;

	(void)state;
	OK(room_put(owner, &r));
	t.room = r.id;
	OK(table_put(owner, &t));
	assert_int_equal(scope_set(owner, &nowhere, "place", "Balcon"),
	    ERR_NOT_FOUND);
	priced("terrace", "Terrasse", "terrasse", "5.20");
	version = 0;
	OK(table_seat(anna, four, 2, &in, &version));
	(void)add(anna, &in, &version, beer, 1);
	assert_int_equal(beer_costs(in, 0), 450);
	OK(party_move(anna, in, &version, t.id, &to));
	assert_int_equal(to, in);
	assert_int_equal(beer_costs(in, 0), 520);
	(void)add(anna, &in, &version, beer, 1);
	assert_int_equal(beer_costs(in, 1), 520);
	/* At the counter there is no room; and back inside it is as inside. */
	out = 0;
	(void)add(anna, &out, &other, beer, 1);
	assert_int_equal(beer_costs(out, 0), 450);
	OK(party_move(anna, in, &version, five, &to));
	assert_int_equal(beer_costs(in, 0), 450);
	assert_int_equal(beer_costs(in, 1), 450);
}

/* A till that sells from the annexe sells at its prices. */
static void
a_store_has_its_prices(void **state)
{
	int64_t	place, till, sale = 0, version = 0;

	(void)state;
	OK(stock_place_add(owner, "Annexe", NULL, &place));
	OK(terminal_find(owner, "Phone 1", &till));
	priced("annexe", "Annexe", "annexe", "4.00");
	(void)add(anna, &sale, &version, beer, 1);
	assert_int_equal(beer_costs(sale, 0), 450);
	OK(stock_place_terminal(owner, till, place));
	(void)add(anna, &sale, &version, beer, 1);
	assert_int_equal(beer_costs(sale, 1), 400);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(tables_have_their_number_and_spot),
		T(the_terrace_has_its_prices), T(a_store_has_its_prices),
		T(tables_stand_together),
		T(blocked_and_cleared),
		T(the_plan_follows_the_meal),
		T(who_only_sat_down_stays),
		T(lines_change_until_they_are_sent),
		T(told_to_the_kitchen),
		T(tabs_and_take_away),
		T(a_bill_in_parts_is_asked_for),
		T(what_is_taken_back_stands_behind),
		T(c01_a_share_of_an_item),
		T(a_room_says_how_it_is_consumed),
		T(c03_c04_three_tickets),
		T(c04_one_ticket),
		T(c07_merge_keeps_the_origin),
		T(a_bill_asked_for_stays_so),
		T(shares_are_whole_again),
		T(what_is_off_is_divided),
		T(off_a_line_goes_with_its_pieces),
		T(off_a_bill_stays_off_its_lines),
		T(by_item_and_by_piece),
		T(by_seat), T(c06_by_amount_k04_unasked),
		T(a_merge_goes_by_the_tables_mode),
		T(lines_and_tables_move),
		T(who_takes_the_order_serves),
		T(a_seat_goes_to_another_table),
		T(closing_waits_for_tables),
		T(check_knows_tables),
		T(counts_go_down_everywhere),
		T(a_dish_of_the_day),
		T(a_dish_is_read_as_it_is_said),
		T(a_dish_said_again_is_put_right),
		T(guests_are_expected),
		T(who_never_came_is_counted),
		T(a_booking_crosses_midnight),
		T(a_booking_is_changed),
		T(a_table_is_kept_once),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
