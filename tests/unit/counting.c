/* SPDX-License-Identifier: ISC */
/* Counting while the shop sells, and goods between stores. */
#include "trade.h"

#include <signal.h>
#include <sys/wait.h>

#include "shop/print.h"
#include "shop/catalogue.h"
#include "shop/init.h"
#include "shop/stock.h"
#include "shop/stock_alert.h"
#include "shop/stock_count.h"
#include "shop/transfer.h"
#include "sql/stock_count.h"

static char		dir[64];
static struct shop	*shop, *anna;
static int64_t		item, flour;

static void
bring(int64_t product, int64_t qty, int64_t cost)
{
	OK(stock_correct(shop, STOCK_RECEIPT, product, 0, qty, &cost, "x"));
}

static int
setup(void **state)
{
	(void)state;
	test_now = INT64_C(1795165200000);	/* 09:00 Z */
	shop = test_shop("FR", dir);
	item = test_product(shop, "10", "Vase", "standard", "pc", 20000, true);
	flour = test_product(shop, "20", "Farine", "food", "kg", 250, true);
	anna = test_till(dir, "Anna", "Till 1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(anna);
	test_done(shop, dir);
	return 0;
}

static void
sell(int64_t product, int64_t qty)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(anna, &id, &version, product, qty, NULL, &line));
	OK(sale_pay(anna, id, &version, "cash", 0, &change, &posted));
}

static void
level_is(int64_t product, int64_t want, int64_t worth)
{
	int64_t	qty, value;

	OK(stock_held(shop, product, 0, &qty, &value));
	assert_int_equal(qty, want);
	assert_int_equal(value, worth);
}

/* Case J06: frozen 58 at 09:00, counted 55 at 10:00, 2 sold between, CUMP
 * 102.50: expected 56, difference -1, value -102.50.  What is sold after it
 * was counted changes nothing. */
static void
test_while_trading(void **state)
{
	struct stock_count	c;
	struct count_row	row;
	int64_t			id, total;
	size_t			n;

	(void)state;
	bring(item, 58 * QTY_ONE, 10250);
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	test_now += 1800000;
	sell(item, 2 * QTY_ONE);
	test_now += 1800000;
	OK(count_enter(anna, id, item, 55 * QTY_ONE, &total));
	assert_int_equal(total, 55 * QTY_ONE);
	test_now += 60000;
	sell(item, 3 * QTY_ONE);
	OK(count_rows(shop, id, COUNT_DIFFER, "", 1, &row, &n));
	assert_int_equal(n, 1);
	assert_int_equal(row.frozen, 58 * QTY_ONE);
	assert_int_equal(row.expected, 56 * QTY_ONE);
	assert_int_equal(row.counted, 55 * QTY_ONE);
	OK(count_close(shop, id, false, true));
	OK(count_get(shop, id, &c));
	assert_int_equal(c.differ, 1);
	assert_int_equal(c.value, -10250);
	level_is(item, 52 * QTY_ONE, 52 * 10250);
}

static int64_t
lot_left(int64_t product, const char *code)
{
	struct stock_lot	*lots;
	int64_t			 qty = 0;
	size_t			 n;

	OK(stock_lots(shop, product, 0, &lots, &n));
	for (size_t i = 0; i < n; i++) {
		qty += strcmp(lots[i].code, code) == 0 ? lots[i].qty : 0;
	}
	free(lots);
	return qty;
}

static void
bring_lot(const char *lot, int64_t qty)
{
	OK(db_begin(shop->db, "test"));
	OK(stock_write(shop, &(struct stock_entry){ .product = flour,
	    .qty = qty, .kind = STOCK_RECEIPT, .lot = lot,
	    .expiry = "2026-12-31", .value = &(int64_t){ qty / 10 } }));
	OK(db_commit(shop->db));
}

/* Lot by lot, while one of them goes on being sold: each is put right by
 * itself, one that is not found is gone, one nobody knew is there. */
static void
test_by_lot(void **state)
{
	struct count_gap	*gaps;
	int64_t			 id, total;
	size_t			 n;

	(void)state;
	OK(stock_by_lot(shop, flour, true));
	bring_lot("A", 5000);
	bring_lot("B", 3000);
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	sell(flour, 1000);			/* of A */
	OK(count_enter_piece(shop, id, flour, 3500,
	    &(struct count_piece){ .lot = "A" }, &total));
	OK(count_enter_piece(anna, id, flour, 2000,
	    &(struct count_piece){ .lot = "C", .expiry = "2027-01-31" },
	    &total));
	assert_int_equal(total, 5500);
	sell(flour, 500);			/* of A, counted already */
	OK(count_gaps(shop, id, &gaps, &n));
	assert_int_equal(n, 3);
	assert_string_equal(gaps[0].lot, "A");
	assert_int_equal(gaps[0].expected, 4000);
	assert_int_equal(gaps[0].counted, 3500);
	free(gaps);
	OK(count_close(shop, id, false, true));
	assert_int_equal(lot_left(flour, "A"), 3000);
	assert_int_equal(lot_left(flour, "B"), 0);
	assert_int_equal(lot_left(flour, "C"), 2000);
}

/* By number: one twice, one that is missing, one that nobody knew. */
static void
test_by_number(void **state)
{
	struct product	p;
	int64_t		id, total, qty, value;

	(void)state;
	OK(product_get(shop, item, &p));
	p.serials = true;
	OK(product_update(shop, &p));
	OK(db_begin(shop->db, "test"));
	for (int i = 0; i < 3; i++) {
		char	serial[8];

		(void)snprintf(serial, sizeof(serial), "S%d", i);
		OK(stock_write(shop, &(struct stock_entry){ .product = item,
		    .qty = QTY_ONE, .kind = STOCK_RECEIPT, .serial = serial,
		    .value = &(int64_t){ 100 } }));
	}
	OK(db_commit(shop->db));
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	assert_int_equal(count_enter(shop, id, item, QTY_ONE, &total),
	    ERR_EMPTY);
#define PIECE(n) &(struct count_piece){ .serial = (n) }
	OK(count_enter_piece(shop, id, item, QTY_ONE, PIECE("S0"), &total));
	assert_int_equal(count_enter_piece(anna, id, item, QTY_ONE,
	    PIECE("S0"), &total), ERR_EXISTS);
	OK(count_enter_piece(shop, id, item, QTY_ONE, PIECE("S1"), &total));
	OK(count_enter_piece(shop, id, item, -QTY_ONE, PIECE("S1"), &total));
	OK(count_enter_piece(anna, id, item, QTY_ONE, PIECE("S2"), &total));
	OK(count_enter_piece(anna, id, item, QTY_ONE, PIECE("X9"), &total));
	assert_int_equal(total, 3 * QTY_ONE);
	OK(count_close(shop, id, false, true));
	OK(stock_held(shop, item, 0, &qty, &value));
	assert_int_equal(qty, 3 * QTY_ONE);
	/* S1 is gone: it may come again, X9 may not */
	OK(db_begin(shop->db, "test"));
	assert_int_equal(stock_write(shop, &(struct stock_entry){
	    .product = item, .qty = QTY_ONE, .kind = STOCK_RECEIPT,
	    .serial = "X9" }), ERR_EXISTS);
	db_rollback(shop->db);
	OK(db_begin(shop->db, "test"));
	OK(stock_write(shop, &(struct stock_entry){ .product = item,
	    .qty = QTY_ONE, .kind = STOCK_RECEIPT, .serial = "S1" }));
	OK(db_commit(shop->db));
}

static int64_t	bad_lines;

static void
bad_line(void *ctx, int64_t line, const char *why)
{
	(void)ctx;
	(void)why;
	bad_lines = bad_lines * 10 + line;
}

/* What a hand scanner kept: all of it, or none and every fault named. */
static void
test_scanner_file(void **state)
{
	static const char	good[] = "10;2\n20;1,5\n10\n";
	static const char	bad[] = "code,qty,lot\n10,2,\n99,1,\n10,0.5,\n";
	struct count_row	row;
	int64_t			id, lines;
	size_t			n;
	int			fd[2];

	(void)state;
	bring(item, 5 * QTY_ONE, 100);
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	for (int i = 0; i < 2; i++) {
		const char	*text = i == 0 ? bad : good;

		assert_int_equal(pipe(fd), 0);
		assert_int_equal(write(fd[1], text, strlen(text)),
		    (ssize_t)strlen(text));
		(void)close(fd[1]);
		assert_int_equal(count_import(anna, id, fd[0], false, bad_line,
		    NULL, &lines), i == 0 ? ERR_INVALID : 0);
		(void)close(fd[0]);
		OK(count_rows(shop, id, COUNT_ALL, "", 1, &row, &n));
		assert_int_equal(row.was_counted, i == 1);
	}
	assert_int_equal(bad_lines, 34);
	assert_int_equal(lines, 3);
	assert_int_equal(row.counted, 3 * QTY_ONE);
}

/* Each beep is one more, whoever it is of; what is taken back is too. */
static void
test_beeps(void **state)
{
	struct count_entry	last[8];
	int64_t			id, total;
	size_t			n;

	(void)state;
	bring(item, 5 * QTY_ONE, 100);
	OK(count_open(shop, COUNT_PART, 0, false, "", 0, &id));
	assert_int_equal(count_open(shop, COUNT_FULL, 0, true, "", 0, &total),
	    ERR_EXISTS);
	OK(count_of_place(anna, 0, &total));
	assert_int_equal(total, id);
	OK(count_enter(shop, id, item, QTY_ONE, &total));
	OK(count_enter(anna, id, item, QTY_ONE, &total));
	OK(count_enter(shop, id, item, QTY_ONE, &total));
	assert_int_equal(total, 3 * QTY_ONE);
	OK(count_enter(anna, id, item, -QTY_ONE, &total));
	assert_int_equal(total, 2 * QTY_ONE);
	assert_int_equal(count_enter(anna, id, item, -3 * QTY_ONE, &total),
	    ERR_RANGE);
	assert_int_equal(count_enter(anna, id, item, 500, &total), ERR_RANGE);
	OK(count_enter(anna, id, flour, 1250, &total));
	OK(count_total(anna, id, item, 6 * QTY_ONE));
	OK(count_latest(shop, id, 8, last, &n));
	assert_int_equal(n, 6);
	assert_string_equal(last[0].code, "10");
	assert_string_equal(last[0].user, "Anna");
	assert_int_equal(last[0].qty, 4 * QTY_ONE);
	assert_int_equal(last[0].total, 6 * QTY_ONE);
	assert_int_equal(last[0].expected, 5 * QTY_ONE);
	OK(count_close(shop, id, false, false));
	level_is(item, 6 * QTY_ONE, 600);
	level_is(flour, 1250, 0);
	assert_int_equal(count_enter(anna, id, item, QTY_ONE, &total),
	    ERR_FROZEN);
	assert_int_equal(count_close(shop, id, false, true), ERR_FROZEN);
}

/* What differs is counted anew, by itself; what nobody counted is asked. */
static void
test_recount(void **state)
{
	struct stock_count	c;
	int64_t			id, n, total;

	(void)state;
	bring(item, 5 * QTY_ONE, 100);
	bring(flour, 8000, 200);
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	assert_int_equal(count_again(shop, id, &n), ERR_EMPTY);
	OK(count_enter(anna, id, item, 4 * QTY_ONE, &total));
	assert_int_equal(count_close(shop, id, true, false), ERR_DOUBT);
	OK(count_again(shop, id, &n));
	assert_int_equal(n, 1);
	OK(count_enter(anna, id, item, 5 * QTY_ONE, &total));
	assert_int_equal(total, 5 * QTY_ONE);
	OK(count_get(shop, id, &c));
	assert_int_equal(c.round, 2);
	assert_int_equal(c.differ, 0);
	OK(count_close(shop, id, true, true));
	level_is(item, 5 * QTY_ONE, 500);
	level_is(flour, 0, 0);
}

/* Two of one lot stand among those of another: nothing is missing, yet both
 * are counted again, and put right where it is so. */
static void
test_recount_of_lots(void **state)
{
	const struct count_piece	a = { .lot = "A" }, b = { .lot = "B" };
	struct count_gap		*gaps;
	struct count_row		row;
	int64_t				id, n, total;
	size_t				all;

	(void)state;
	OK(stock_by_lot(shop, flour, true));
	bring_lot("A", 5000);
	bring_lot("B", 3000);
	bring(item, 5 * QTY_ONE, 100);
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	OK(count_enter(anna, id, item, 5 * QTY_ONE, &total));
	OK(count_enter_piece(anna, id, flour, 3000, &a, &total));
	OK(count_enter_piece(anna, id, flour, 5000, &b, &total));
	OK(count_rows(shop, id, COUNT_DIFFER, "", 1, &row, &all));
	assert_int_equal(all, 0);
	OK(count_again(shop, id, &n));
	assert_int_equal(n, 1);
	OK(count_rows(shop, id, COUNT_LEFT, "", 1, &row, &all));
	assert_int_equal(all, 1);
	assert_int_equal(row.product, flour);
	OK(count_enter_piece(anna, id, flour, 4000, &a, &total));
	OK(count_enter_piece(anna, id, flour, 4000, &b, &total));
	OK(count_gaps(shop, id, &gaps, &all));
	assert_int_equal(all, 2);
	free(gaps);
	OK(count_close(shop, id, false, false));
	assert_int_equal(lot_left(flour, "A"), 4000);
	assert_int_equal(lot_left(flour, "B"), 4000);
	/* As it is counted now there is nothing to count again. */
	OK(count_open(shop, COUNT_PART, 0, true, "", 0, &id));
	OK(count_enter_piece(anna, id, flour, 4000, &a, &total));
	OK(count_enter_piece(anna, id, flour, 4000, &b, &total));
	assert_int_equal(count_again(shop, id, &n), ERR_EMPTY);
}

#define MANY	1300			/* items: three goes of closing */

static void
many_items(void)
{
	struct product_import	im;
	FILE			*f = tmpfile();

	(void)fputs("code,name,tax_class,price,cost,stock\n", f);
	for (int i = 0; i < MANY; i++) {
		(void)fprintf(f, "M%04d,Chose %d,food,2,1,2\n", i, i);
	}
	(void)fflush(f);
	(void)lseek(fileno(f), 0, SEEK_SET);
	OK(product_import(shop, fileno(f), 0, bad_line, NULL, &im));
	assert_int_equal(im.added, MANY);
	(void)fclose(f);
}

/* A process of its own closes it; -1: it was killed when it had put right
 * some of them. */
static int
closed_elsewhere(int64_t id, bool killed, int64_t *between)
{
	struct q_stock_count_stage	at = { .reached = 0 };
	int				status;
	pid_t				pid;

	if ((pid = fork()) == 0) {
		struct shop	*own;

		if (shop_open(dir, DB_WRITE, &own) != 0) {
			_exit(99);
		}
		own->who.rights = UINT64_MAX;
		_exit(count_close(own, id, true, true) == 0 ? 0 : 1);
	}
	*between = 0;
	do {
		(void)usleep(100);
		OK(q_stock_count_stage(shop->db, id, &at));
	} while (at.reached == 0);
	if (killed) {
		(void)kill(pid, SIGKILL);
	} else {
		/* The queue is not held from the first to the last. */
		OK(stock_adjust(shop, item, QTY_ONE, "meanwhile"));
		OK(q_stock_count_stage(shop->db, id, &at));
		*between = strcmp(at.state, "closing") == 0;
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
closed_whole(int64_t id)
{
	struct stock_count	c;
	int64_t			bad;

	OK(count_get(shop, id, &c));
	assert_string_equal(c.state, "done");
	assert_int_equal(c.items, MANY + 2);
	assert_int_equal(c.counted, MANY + 2);
	assert_int_equal(c.differ, MANY);
	assert_int_equal(c.value, -200 * MANY);
	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* A large one is closed a few hundred items at a time: who sells meanwhile
 * comes in between, and each of them is put right once. */
static void
test_close_many(void **state)
{
	int64_t	id, between, qty;

	(void)state;
	many_items();
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	assert_int_equal(closed_elsewhere(id, false, &between), 0);
	assert_int_equal(between, 1);
	closed_whole(id);
	OK(stock_level(shop, item, &qty));
	assert_int_equal(qty, QTY_ONE);
}

/* Killed in the middle of it: nobody counts or cancels any more, and closing
 * goes on where it was. */
static void
test_close_killed(void **state)
{
	struct stock_count	c;
	struct product		p;
	int64_t			id, other, between, total;

	(void)state;
	many_items();
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	assert_int_equal(closed_elsewhere(id, true, &between), -1);
	OK(count_get(shop, id, &c));
	assert_string_equal(c.state, "closing");
	OK(product_find(shop, "M0007", &p));
	assert_int_equal(count_enter(anna, id, p.id, QTY_ONE, &total),
	    ERR_FROZEN);
	assert_int_equal(count_cancel(shop, id), ERR_FROZEN);
	assert_int_equal(count_open(shop, COUNT_FULL, 0, true, "", 0, &other),
	    ERR_EXISTS);
	OK(count_of_place(shop, 0, &other));
	assert_int_equal(other, id);
	/* However it was to be closed, it goes on as it was begun. */
	OK(count_close(shop, id, false, true));
	closed_whole(id);
	assert_int_equal(count_close(shop, id, true, true), ERR_FROZEN);
}

/* A moves monthly, what was never counted comes first. */
static void
test_rolling(void **state)
{
	struct stock_count	c;
	struct count_row	rows[4];
	int64_t			id, total;
	size_t			n;

	(void)state;
	bring(item, 50 * QTY_ONE, 5000);
	bring(flour, 80000, 10);
	sell(item, 10 * QTY_ONE);
	sell(flour, 10000);
	OK(count_open(shop, COUNT_ROLLING, 0, true, "", 0, &id));
	OK(count_get(shop, id, &c));
	assert_int_equal(c.items, 2);
	OK(count_enter(shop, id, item, 40 * QTY_ONE, &total));
	OK(count_enter(shop, id, flour, 70000, &total));
	OK(count_close(shop, id, false, false));
	assert_int_equal(count_open(shop, COUNT_ROLLING, 0, true, "", 0,
	    &id), ERR_EMPTY);
	test_now += INT64_C(31) * 86400000;
	OK(count_open(shop, COUNT_ROLLING, 0, true, "", 0, &id));
	OK(count_rows(shop, id, COUNT_ALL, "", 4, rows, &n));
	assert_int_equal(n, 1);		/* flour is C: once a year */
	assert_string_equal(rows[0].code, "10");
	OK(count_cancel(shop, id));
}

static void
test_sheet(void **state)
{
	struct slip	slip = { 0 };
	int64_t		id;

	(void)state;
	bring(item, 7 * QTY_ONE, 100);
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	OK(count_sheet(anna, id, COUNT_ALL, &slip));
	assert_non_null(strstr(slip_stored(&slip), "10 Vase"));
	assert_null(strstr(slip_stored(&slip), "7"));
	slip_done(&slip);
	OK(count_cancel(shop, id));
	anna->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(count_open(anna, COUNT_FULL, 0, true, "", 0, &id),
	    ERR_DENIED);
	anna->who.rights = UINT64_MAX;
}

/* Shipped against received: under way between, what never came settled. */
static void
test_transfer(void **state)
{
	struct transfer	t;
	int64_t		annex, id, qty, value;

	(void)state;
	OK(stock_place_add(shop, "Annexe", NULL, &annex));
	bring(item, 10 * QTY_ONE, 100);
	assert_int_equal(transfer_open(shop, annex, annex, &id), ERR_INVALID);
	OK(transfer_open(shop, PLACE_FIRST, annex, &id));
	assert_int_equal(transfer_ship(shop, id), ERR_EMPTY);
	OK(transfer_put(shop, id, item, 7 * QTY_ONE, "", ""));
	OK(transfer_put(shop, id, item, -QTY_ONE, "", ""));
	assert_int_equal(transfer_put(shop, id, item, -9 * QTY_ONE, "", ""),
	    ERR_RANGE);
	assert_int_equal(transfer_receive(shop, id, item, QTY_ONE, ""),
	    ERR_FROZEN);
	OK(transfer_ship(shop, id));
	level_is(item, 4 * QTY_ONE, 400);
	OK(stock_there(shop, item, PLACE_UNDER_WAY, &qty, &value));
	assert_int_equal(qty, 6 * QTY_ONE);
	assert_int_equal(value, 600);
	OK(transfer_receive(anna, id, item, 5 * QTY_ONE, ""));
	assert_int_equal(transfer_receive(anna, id, item, 2 * QTY_ONE, ""),
	    ERR_RANGE);
	OK(stock_there(shop, item, annex, &qty, &value));
	assert_int_equal(qty, 5 * QTY_ONE);
	assert_int_equal(value, 500);
	OK(transfer_settle(shop, id, true));
	OK(transfer_get(shop, id, &t));
	assert_string_equal(t.state, "received");
	assert_int_equal(t.settled, QTY_ONE);
	OK(stock_there(shop, item, PLACE_UNDER_WAY, &qty, &value));
	assert_int_equal(qty, 0);
	level_is(item, 9 * QTY_ONE, 900);
	assert_int_equal(transfer_settle(shop, id, true), ERR_FROZEN);
}

/* What left lot by lot comes lot by lot. */
static void
test_transfer_lots(void **state)
{
	struct stock_lot	*lots;
	int64_t			 annex, id, value = 500;
	size_t			 n;

	(void)state;
	OK(stock_place_add(shop, "Annexe", NULL, &annex));
	OK(stock_by_lot(shop, flour, true));
	OK(db_begin(shop->db, "test"));
	OK(stock_write(shop, &(struct stock_entry){ .product = flour,
	    .qty = 5000, .value = &value, .lot = "B",
	    .expiry = "2027-02-01", .kind = STOCK_RECEIPT }));
	OK(stock_write(shop, &(struct stock_entry){ .product = flour,
	    .qty = 3000, .value = &value, .lot = "A",
	    .expiry = "2027-01-01", .kind = STOCK_RECEIPT }));
	OK(db_commit(shop->db));
	OK(transfer_open(shop, PLACE_FIRST, annex, &id));
	OK(transfer_put(shop, id, flour, 4000, "", ""));
	OK(transfer_ship(shop, id));
	OK(transfer_receive(shop, id, flour, 3500, ""));
	OK(stock_lots(shop, flour, annex, &lots, &n));
	assert_int_equal(n, 2);
	assert_string_equal(lots[0].code, "A");
	assert_string_equal(lots[0].expiry, "2027-01-01");
	assert_int_equal(lots[0].qty, 3000);
	assert_int_equal(lots[1].qty, 500);
	free(lots);
	OK(transfer_settle(shop, id, false));
	level_is(flour, 8000, 1000);
}

/* Who sees only the annexe neither sends from the shop nor sees what goes
 * elsewhere. */
static void
test_transfer_seen(void **state)
{
	struct transfer	*list;
	int64_t		annex, depot, id, other;
	size_t		n;

	(void)state;
	OK(stock_place_add(shop, "Annexe", NULL, &annex));
	OK(stock_place_add(shop, "Depot", NULL, &depot));
	OK(stock_place_user(shop, anna->who.user, &annex, 1));
	bring(item, 10 * QTY_ONE, 100);
	OK(transfer_open(shop, PLACE_FIRST, annex, &id));
	OK(transfer_open(shop, PLACE_FIRST, depot, &other));
	OK(transfer_put(shop, id, item, QTY_ONE, "", ""));
	assert_int_equal(transfer_ship(anna, id), ERR_DENIED);
	OK(transfer_ship(shop, id));
	OK(transfer_list(anna, true, 10, &list, &n));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].id, id);
	free(list);
	assert_int_equal(transfer_open(anna, PLACE_FIRST, annex, &other),
	    ERR_DENIED);
	OK(transfer_receive_all(anna, id));
}

/* What wants attention, and no more once it is put right. */
static void
test_alerts(void **state)
{
	struct stock_alert	*list;
	struct product_info	info = { 0 };
	int64_t			n[ALERT_KIND_COUNT], old, dear, lot, count;
	size_t			all;

	(void)state;
	old = test_product(shop, "30", "Vieux", "food", "pc", 100, true);
	dear = test_product(shop, "40", "Cher", "standard", "pc", 1200, true);
	lot = test_product(shop, "50", "Yaourt", "food", "pc", 100, true);
	bring(item, 2 * QTY_ONE, 100);
	bring(old, 3 * QTY_ONE, 10);
	bring(dear, QTY_ONE, 1001);	/* 12.00 with 20 % are 10.00 */
	OK(stock_by_lot(shop, lot, true));
	OK(db_begin(shop->db, "test"));
	OK(stock_write(shop, &(struct stock_entry){ .product = lot,
	    .qty = 4 * QTY_ONE, .lot = "L1", .expiry = "2026-11-25",
	    .kind = STOCK_RECEIPT }));
	OK(db_commit(shop->db));
	OK(product_info_get(shop, flour, &info));
	info.has_reorder = true;
	info.reorder_min = 5000;
	info.reorder_max = 9000;
	OK(product_info_put(shop, flour, &info));
	bring(flour, 4000, 100);
	sell(item, 3 * QTY_ONE);
	OK(stock_alert_look(shop));
	OK(stock_alert_counts(shop, n));
	assert_int_equal(n[ALERT_NEGATIVE], 1);
	assert_int_equal(n[ALERT_LOW], 1);
	assert_int_equal(n[ALERT_EXPIRING], 1);
	assert_int_equal(n[ALERT_COST], 1);
	assert_int_equal(n[ALERT_UNSOLD], 0);
	OK(stock_alert_list(shop, NULL, 0, &list, &all));
	assert_int_equal(all, 4);
	assert_int_equal(list[0].kind, ALERT_NEGATIVE);
	assert_string_equal(list[0].code, "10");
	assert_int_equal(list[0].amount, -QTY_ONE);
	count = list[0].since;
	free(list);
	assert_int_equal(stock_alert_list(shop, "noise", 0, &list, &all),
	    ERR_INVALID);
	test_now += INT64_C(91) * 86400000;
	OK(stock_alert_look(shop));
	OK(stock_alert_list(shop, "negative", 0, &list, &all));
	assert_int_equal(all, 1);
	assert_int_equal(list[0].since, count);	/* found first then */
	free(list);
	bring(item, 5 * QTY_ONE, 100);
	test_now += 600000;
	OK(stock_alert_look(shop));
	OK(stock_alert_counts(shop, n));
	assert_int_equal(n[ALERT_NEGATIVE], 0);
	assert_int_equal(n[ALERT_UNSOLD], 5);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_while_trading),
		T(test_by_lot),
		T(test_by_number),
		T(test_scanner_file),
		T(test_beeps),
		T(test_recount),
		T(test_recount_of_lots),
		T(test_close_many),
		T(test_close_killed),
		T(test_rolling),
		T(test_sheet),
		T(test_transfer),
		T(test_transfer_lots),
		T(test_transfer_seen),
		T(test_alerts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
