/* SPDX-License-Identifier: ISC */
/* A room with three tables, a kitchen and a bar: two waiters and a cook in
 * sessions of their own. */
#ifndef TESTS_EVENING_H
#define TESTS_EVENING_H

#include "fire.h"
#include "house.h"
#include "trade.h"

#include <sqlite3.h>

#include "shop/booking.h"
#include "shop/course.h"
#include "shop/dish.h"
#include "shop/init.h"
#include "shop/kitchen.h"
#include "shop/party.h"
#include "shop/print.h"
#include "shop/product.h"
#include "shop/sale.h"
#include "shop/training.h"
#include "sql/kitchen.h"

static char		dir[64];
static struct shop	*owner, *anna, *paul, *cook;
static int64_t		starter, dish, beer, four, five, six;
static struct station	hot, bar;

static inline int64_t
table_at(int64_t room, int number)
{
	struct table	t = { .room = room, .number = number, .seats = 4,
			    .cell = number };

	OK(table_put(owner, &t));
	return t.id;
}

static inline int
setup(void **state)
{
	struct room		r = { .name = "Salle", .mode = "on_site" };

	(void)state;
	owner = test_shop("FR", dir);
	house_card(owner, &starter, &dish, &beer);
	OK(room_put(owner, &r));
	four = table_at(r.id, 4);
	five = table_at(r.id, 5);
	six = table_at(r.id, 6);
	house_stations(owner, "Cuisine", &hot, &bar);
	anna = test_till(dir, "Anna", "Phone 1");
	paul = test_till(dir, "Paul", "Phone 2");
	cook = test_till(dir, "Momo", "Kitchen");
	cook->who.rights = role_rights(ROLE_COOK);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	shop_close(anna);
	shop_close(paul);
	shop_close(cook);
	test_done(owner, dir);
	return 0;
}

/* Somebody at a table, with an order not sent yet. */
struct meal {
	struct shop	*shop;
	int64_t		 sale, version;
};

static inline struct meal
seated(struct shop *shop, int64_t table)
{
	struct meal	m = { .shop = shop };

	OK(table_seat(shop, table, 2, &m.sale, &m.version));
	return m;
}

static inline int64_t
add(struct meal *m, int64_t product, int64_t qty)
{
	int64_t	line;

	OK(sale_add(m->shop, &m->sale, &m->version, product, qty * QTY_ONE,
	    NULL, &line));
	return line;
}

static inline void
send(struct meal *m)
{
	int64_t	sent;

	OK(course_send(m->shop, m->sale, &m->version, &sent));
	test_now += 60000;
}

/* What a station has to make of a product now, in thousandths. */
static inline int64_t
to_make(const struct station *st, const char *label)
{
	struct kitchen_board	b;
	int64_t			n = 0;

	OK(kitchen_board(cook, st->id, &b));
	for (size_t i = 0; i < b.n; i++) {
		for (size_t k = 0; k < b.tickets[i].n; k++) {
			const struct kitchen_line	*l =
			    &b.tickets[i].lines[k];

			if (strcmp(l->label, label) == 0 &&
			    l->state <= KITCHEN_STARTED) {
				n += l->qty;
			}
		}
	}
	kitchen_board_done(&b);
	return n;
}

static inline void
found_wrong(void *ctx, const char *what, const char *finding)
{
	(void)ctx;
	fail_msg("%s: %s", what, finding);
}

static inline struct table_view
seen(struct shop *shop, int64_t id)
{
	struct table_view	*rows, v = { 0 };
	size_t			 n;

	OK(table_plan(shop, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].t.id == id) {
			v = rows[i];
		}
	}
	free(rows);
	return v;
}

/* A printer for a station; where its paper is. */
static inline int64_t
prints(struct station *st)
{
	struct printer_change	values = PRINTER_NO_CHANGE;
	int64_t			printer;

	values.driver = "text";
	values.model = "";
	values.connection = "file:";
	OK(printer_add(owner, "chaud", &values, &printer));
	st->printer = printer;
	OK(station_put(owner, st));
	return printer;
}

static inline int
note_job(void *ctx, const struct print_job *job)
{
	int64_t	*ids = ctx;

	if (job->kind == PRINT_KITCHEN) {
		ids[ids[0] < 7 ? ++ids[0] : 7] = job->id;
	}
	return 0;
}

/* How many papers came there, and the newest of them. */
static inline int64_t
papers(int64_t printer, struct buf *slip)
{
	int64_t	jobs[8] = { 0 };

	OK(print_list(owner, printer, false, 9, note_job, jobs));
	buf_clear(slip);
	if (jobs[0] > 0) {
		OK(print_slip(owner, jobs[1], slip));
	}
	return jobs[0];
}

/* One number that only SQL knows; `sale` stands for ?1. */
static inline int64_t
counted(const char *sql, int64_t sale)
{
	sqlite3		*db;
	sqlite3_stmt	*st;
	char		 path[100];
	int64_t		 n;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	}
	(void)sqlite3_bind_int64(st, 1, sale);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(db);
	return n;
}

static inline int64_t
fired_events(int64_t sale)
{
	struct q_kitchen_of_sale	*rows;
	size_t				 n;
	int64_t				 live = 0;

	OK(q_kitchen_of_sale(owner->db, sale, -1, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		live += rows[i].fired ? 1 : 0;
	}
	free(rows);
	return live;
}

#endif
