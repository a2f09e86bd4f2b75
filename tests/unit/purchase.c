/* SPDX-License-Identifier: ISC */
/* Suppliers, orders, receipts, their invoices, and what should be ordered. */
#include "trade.h"

#include "shop/catalogue.h"
#include "shop/init.h"
#include "shop/purchase.h"
#include "shop/stock.h"

static char		dir[64];
static struct shop	*shop;
static struct supplier	metro;
static int64_t		water, cheese, drill;

static void
sells(int64_t product, const char *ref, int64_t pack, int64_t price)
{
	struct supplier_item	i = { .supplier = metro.id,
				    .product = product, .pack = pack,
				    .price = price, .least = 1 };

	(void)strcpy(i.ref, ref);
	OK(supplier_item_put(shop, &i));
}

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	metro = (struct supplier){ .code = "METRO", .name = "Métro",
	    .lead = 3, .terms = 30, .active = true };
	OK(supplier_put(shop, &metro));
	water = test_product(shop, "1", "Eau", "food", "pc", 100, true);
	cheese = test_product(shop, "2", "Comté", "food", "kg", 2890, true);
	drill = test_product(shop, "3", "Perceuse", "standard", "pc", 8900,
	    true);
	sells(water, "E-75", 6000, 240);
	sells(cheese, "C-18", 8000, 14800);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

/* Nothing the ledgers say is apart. */
static void
checked(void)
{
	int64_t	bad;

	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
}

static void
held_is(int64_t product, int64_t qty, int64_t value)
{
	int64_t	held, worth;

	OK(stock_held(shop, product, 0, &held, &worth));
	assert_int_equal(held, qty);
	assert_int_equal(worth, value);
}

static int64_t
ordered(int64_t product, int64_t packs)
{
	int64_t	id;
	char	number[PURCHASE_NUMBER];

	OK(purchase_start(shop, metro.id, 0, "", &id));
	OK(purchase_set(shop, id, product, packs, NULL));
	OK(purchase_send(shop, id, false, number));
	return id;
}

static void
state_is(int64_t id, const char *state)
{
	struct purchase	p;

	OK(purchase_get(shop, id, &p));
	assert_string_equal(p.state, state);
}

/* 10 at 8.00, 5 % off, freight 12.00: 8.80 each. */
static void
test_j04(void **state)
{
	struct product_info	info;
	struct product		p;
	struct margin		m;
	int64_t			id, in, price = 800;
	char			number[PURCHASE_NUMBER];

	(void)state;
	metro.discount = 5000;
	OK(supplier_put(shop, &metro));
	OK(purchase_start(shop, metro.id, 0, "2026-12-01", &id));
	OK(purchase_set(shop, id, drill, 10, &price));
	OK(purchase_send(shop, id, false, number));
	assert_string_equal(number, "PO-000001");
	OK(intake_of_order(shop, id, &in));
	OK(intake_fill(shop, in));
	OK(intake_set(shop, in, "BL 4711", 1200));
	OK(intake_post(shop, in, number));
	assert_string_equal(number, "REC-000001");
	held_is(drill, 10000, 8800);
	assert_int_equal(stock_unit_cost(10000, 8800), 880);
	state_is(id, "received");
	/* The margin is held against what it cost. */
	OK(product_get(shop, drill, &p));
	OK(product_info_get(shop, drill, &info));
	OK(product_margin(shop, &p, &info, &m));
	assert_true(m.known);
	assert_int_equal(m.cost, 880);
	checked();
}

/* What freight leaves over goes somewhere, and all of it. */
static void
test_costs_spread(void **state)
{
	int64_t	in, sum = 0, qty, value, amount = 333;
	char	number[PURCHASE_NUMBER];
	struct intake_entry e = { .product = water, .qty = 1000,
	    .amount = &amount };

	(void)state;
	OK(intake_start(shop, metro.id, false, 0, "", &in));
	OK(intake_add(shop, in, &e));
	e.product = cheese;
	OK(intake_add(shop, in, &e));
	e.product = drill;
	OK(intake_add(shop, in, &e));
	OK(intake_set(shop, in, "", 100));
	OK(intake_post(shop, in, number));
	for (int64_t id = water; id <= drill; id++) {
		OK(stock_held(shop, id, 0, &qty, &value));
		assert_in_range(value, 366, 367);
		sum += value;
	}
	assert_int_equal(sum, 999 + 100);
	checked();
}

static int
due_one(void *ctx, const struct purchase_due *d)
{
	int64_t	*qty = ctx;

	*qty += d->qty;
	assert_string_equal(d->day, "2026-11-23");
	return 0;
}

/* In two parts, scanned, one thing nobody ordered; the rest given up. */
static void
test_partial(void **state)
{
	int64_t		id = ordered(water, 4), in, again, qty, due = 0;
	struct product	p;
	struct purchase	order;
	struct intake	got;
	char		number[PURCHASE_NUMBER];

	(void)state;
	OK(purchase_due(shop, 0, due_one, &due));
	assert_int_equal(due, 24000);
	OK(intake_of_order(shop, id, &in));
	OK(product_barcode_add(shop, water, "4006381333931"));
	OK(intake_scan(shop, in, "4006381333931", 10000, &p, &qty));
	assert_int_equal(qty, 10000);
	OK(intake_scan(shop, in, "E-75", 2000, &p, &qty));
	assert_int_equal(p.id, water);
	OK(intake_of_order(shop, id, &again));
	assert_int_equal(again, in);
	OK(intake_post(shop, in, number));
	/* 12 of 24, at 2.40 for six. */
	held_is(water, 12000, 480);
	state_is(id, "partial");
	due = 0;
	OK(purchase_due(shop, metro.id, due_one, &due));
	assert_int_equal(due, 12000);
	OK(intake_of_order(shop, id, &again));
	assert_int_not_equal(again, in);
	OK(intake_scan(shop, again, "E-75", 3000, &p, &qty));
	OK(intake_scan(shop, again, "3", 1000, &p, &qty));
	OK(intake_post(shop, again, number));
	held_is(water, 15000, 600);
	held_is(drill, 1000, 0);
	state_is(id, "partial");
	OK(purchase_close(shop, id));
	state_is(id, "closed");
	due = 0;
	OK(purchase_due(shop, 0, due_one, &due));
	assert_int_equal(due, 0);
	assert_int_equal(intake_of_order(shop, id, &in), ERR_FROZEN);
	assert_int_equal(purchase_close(shop, id), ERR_FROZEN);
	/* What is posted stands. */
	assert_int_equal(intake_scan(shop, again, "3", 1000, &p, &qty),
	    ERR_FROZEN);
	assert_int_equal(intake_post(shop, again, number), ERR_FROZEN);
	assert_int_equal(intake_cancel(shop, again), ERR_FROZEN);
	assert_int_equal(purchase_set(shop, id, water, 1, NULL), ERR_FROZEN);
	OK(intake_find(shop, "REC-000002", &got));
	assert_int_equal(got.id, again);
	/* A draft by its id, with # or without; nothing else is one. */
	(void)snprintf(number, sizeof(number), "#%lld", (long long)again);
	OK(intake_find(shop, number, &got));
	assert_int_equal(got.id, again);
	OK(intake_find(shop, number + 1, &got));
	assert_int_equal(got.id, again);
	assert_int_equal(intake_find(shop, "#", &got), ERR_NOT_FOUND);
	assert_string_equal(err_text(ERR_NOT_FOUND), "there is no receipt #");
	assert_int_equal(intake_find(shop, "", &got), ERR_NOT_FOUND);
	assert_int_equal(purchase_find(shop, "#1x", &order), ERR_NOT_FOUND);
	checked();
}

static void
test_limits(void **state)
{
	struct supplier_item	i = { .supplier = metro.id, .product = water,
				    .pack = 6500, .price = 1, .least = 1 };
	struct supplier		other = { .code = "METRO", .name = "M",
				    .active = true };
	int64_t			id, cost = 5;
	char			number[PURCHASE_NUMBER];

	(void)state;
	/* A pack that does not divide, a code taken. */
	assert_int_equal(supplier_item_put(shop, &i), ERR_INVALID);
	assert_int_equal(supplier_put(shop, &other), ERR_EXISTS);
	i.pack = 6000;
	i.price = 240;
	i.least = 5;
	OK(supplier_item_put(shop, &i));
	metro.least = 2000;
	OK(supplier_put(shop, &metro));
	OK(purchase_start(shop, metro.id, 0, "", &id));
	assert_int_equal(purchase_send(shop, id, false, number), ERR_EMPTY);
	assert_int_equal(purchase_set(shop, id, drill, 1, NULL),
	    ERR_NOT_FOUND);
	OK(purchase_set(shop, id, water, 4, NULL));
	assert_int_equal(purchase_send(shop, id, false, number), ERR_RANGE);
	OK(purchase_set(shop, id, water, 5, NULL));
	assert_int_equal(purchase_send(shop, id, false, number), ERR_RANGE);
	OK(purchase_set(shop, id, drill, 1, &cost));
	OK(purchase_set(shop, id, drill, 0, NULL));
	assert_int_equal(intake_of_order(shop, id, &cost), ERR_FROZEN);
	OK(purchase_send(shop, id, true, number));
	shop->who.rights = RIGHT_BIT(RIGHT_LOOK);
	assert_int_equal(purchase_start(shop, metro.id, 0, "", &id),
	    ERR_DENIED);
	assert_int_equal(purchase_close(shop, id), ERR_DENIED);
}

/* Kept by lot, with serial numbers: said before it is posted. */
static void
test_lots_serials(void **state)
{
	struct product_info	info = { .lots = true, .keeps = 40 };
	struct product		p;
	struct stock_lot	*lots;
	int64_t			in, twice, qty;
	size_t			n;
	char			number[PURCHASE_NUMBER];

	(void)state;
	OK(product_info_put(shop, cheese, &info));
	OK(product_get(shop, drill, &p));
	p.serials = true;
	OK(product_update(shop, &p));
	OK(intake_start(shop, metro.id, false, 0, "", &in));
	OK(intake_scan(shop, in, "C-18", 8000, &p, &qty));
	assert_int_equal(intake_post(shop, in, number), ERR_EMPTY);
	OK(intake_cancel(shop, in));
	OK(intake_start(shop, metro.id, false, 0, "", &in));
	OK(intake_add(shop, in, &(struct intake_entry){ .product = cheese,
	    .qty = 8000, .lot = "L7" }));
	OK(intake_add(shop, in, &(struct intake_entry){ .product = cheese,
	    .qty = 4000, .lot = "L8", .expiry = "2026-12-01" }));
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = cheese, .qty = 1, .lot = "L9",
	    .expiry = "2026-02-30" }), ERR_INVALID);
	assert_int_equal(intake_scan(shop, in, "3", 1000, &p, &qty),
	    ERR_EMPTY);
	assert_int_equal(p.id, drill);		/* whose number is asked */
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = drill, .qty = 1000 }), ERR_EMPTY);
	OK(intake_cancel(shop, in));
	OK(intake_start(shop, metro.id, false, 0, "", &in));
	OK(intake_add(shop, in, &(struct intake_entry){ .product = cheese,
	    .qty = 8000, .lot = "L7" }));
	OK(intake_add(shop, in, &(struct intake_entry){ .product = cheese,
	    .qty = 4000, .lot = "L8", .expiry = "2026-12-01" }));
	OK(intake_add(shop, in, &(struct intake_entry){ .product = drill,
	    .qty = 1000, .serial = "SN1" }));
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = drill, .qty = 1000, .serial = "SN1" }), ERR_EXISTS);
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = drill, .qty = 2000, .serial = "SN2" }), ERR_INVALID);
	OK(intake_start(shop, metro.id, false, 0, "", &twice));
	OK(intake_add(shop, twice, &(struct intake_entry){ .product = drill,
	    .qty = 1000, .serial = "SN1" }));
	OK(intake_post(shop, in, number));
	OK(stock_lots(shop, cheese, 0, &lots, &n));
	assert_int_equal(n, 2);
	assert_string_equal(lots[0].code, "L8");
	assert_string_equal(lots[1].code, "L7");
	assert_string_equal(lots[1].expiry, "2026-12-30");	/* 40 days */
	free(lots);
	/* The same piece comes once: said at the beep, and at the end to who
	 * scanned it before. */
	assert_int_equal(intake_post(shop, twice, number), ERR_EXISTS);
	OK(intake_start(shop, metro.id, false, 0, "", &in));
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = drill, .qty = 1000, .serial = "sn1" }), ERR_EXISTS);
	/* What goes back was there. */
	OK(intake_start(shop, metro.id, true, 0, "broken", &in));
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = drill, .qty = 1000, .serial = "SN9" }), ERR_NOT_FOUND);
	OK(intake_add(shop, in, &(struct intake_entry){ .product = drill,
	    .qty = 1000, .serial = "SN1" }));
	OK(intake_post(shop, in, number));
	assert_int_equal(intake_add(shop, in, &(struct intake_entry){
	    .product = drill, .qty = 1000, .serial = "SN1" }), ERR_FROZEN);
	checked();
}

static void
test_back(void **state)
{
	int64_t		id = ordered(water, 2), in;
	struct intake	got;
	struct product	p;
	int64_t		qty;
	char		number[PURCHASE_NUMBER];

	(void)state;
	OK(intake_of_order(shop, id, &in));
	OK(intake_fill(shop, in));
	OK(intake_post(shop, in, number));
	held_is(water, 12000, 480);
	assert_int_equal(intake_start(shop, metro.id, true, 0, "", &in),
	    ERR_EMPTY);
	OK(intake_start(shop, metro.id, true, 0, "broken", &in));
	OK(intake_scan(shop, in, "E-75", 6000, &p, &qty));
	OK(intake_post(shop, in, number));
	assert_string_equal(number, "RET-000001");
	held_is(water, 6000, 240);
	OK(intake_get(shop, in, &got));
	assert_true(got.back);
	checked();
}

static int
bill_one(void *ctx, const struct bill *b)
{
	(*(int *)ctx)++;
	assert_string_equal(b->due, "2026-12-20");
	assert_int_equal(b->expected, b->net);
	assert_false(b->late);
	return 0;
}

static void
test_bills(void **state)
{
	int64_t	order = ordered(water, 5), in, back, id, qty;
	int64_t	receipts[2];
	struct product p;
	char	number[PURCHASE_NUMBER];
	int	n = 0;

	(void)state;
	OK(intake_of_order(shop, order, &in));
	OK(intake_fill(shop, in));
	OK(intake_set(shop, in, "BL", 300));
	OK(intake_post(shop, in, number));
	OK(intake_start(shop, metro.id, true, 0, "broken", &back));
	OK(intake_scan(shop, back, "E-75", 6000, &p, &qty));
	receipts[0] = in;
	receipts[1] = back;
	/* Not posted yet. */
	assert_int_equal(bill_add(shop, metro.id, "F1", "2026-11-20", "",
	    1260, 69, receipts, 2, "", &id), ERR_INVALID);
	OK(intake_post(shop, back, number));
	/* 12.00 and 3.00 freight, less 2.40. */
	assert_int_equal(bill_add(shop, metro.id, "F1", "2026-11-20", "",
	    1300, 72, receipts, 2, "", &id), ERR_CHANGED);
	assert_non_null(strstr(err_text(ERR_CHANGED), "12,60"));
	OK(bill_add(shop, metro.id, "F1", "2026-11-20", "", 1260, 69,
	    receipts, 2, "", &id));
	assert_int_equal(bill_add(shop, metro.id, "F1", "2026-11-20", "",
	    1260, 69, NULL, 0, "", &id), ERR_EXISTS);
	assert_int_equal(bill_add(shop, metro.id, "F2", "2026-11-20", "",
	    1260, 69, receipts, 1, "", &id), ERR_INVALID);
	OK(bill_list(shop, false, 0, bill_one, &n));
	assert_int_equal(n, 1);
	OK(bill_add(shop, metro.id, "F3", "2026-11-20", "2026-11-25", 5, 0,
	    NULL, 0, "postage", &id));
	OK(bill_pay(shop, metro.id, "F1"));
	assert_int_equal(bill_pay(shop, metro.id, "F1"), ERR_EXISTS);
	assert_int_equal(bill_pay(shop, metro.id, "F9"), ERR_NOT_FOUND);
	checked();
}

struct proposed {
	struct proposal	p[4];
	int		n;
};

static int
propose_one(void *ctx, const struct proposal *p)
{
	struct proposed	*all = ctx;

	assert_true(all->n < 4);
	all->p[all->n++] = *p;
	return 0;
}

/* J07: 5 here, 6 on their way: 11 <= 12, up to 40, in boxes of 6. */
static void
test_j07(void **state)
{
	struct product_info	info = { .has_reorder = true,
				    .reorder_min = 12000,
				    .reorder_max = 40000 };
	struct proposed		got = { .n = 0 };
	int64_t			n;

	(void)state;
	OK(product_info_put(shop, water, &info));
	OK(stock_adjust(shop, water, 8000, "start"));
	(void)ordered(water, 1);
	OK(purchase_propose(shop, 0, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 0);		/* 14 are enough */
	OK(stock_adjust(shop, water, -3000, "broken"));
	OK(purchase_propose(shop, 0, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 1);
	assert_int_equal(got.p[0].here, 5000);
	assert_int_equal(got.p[0].coming, 6000);
	/* 29 more: five boxes. */
	assert_int_equal(got.p[0].packs, 5);
	OK(purchase_propose_orders(shop, 0, 0, 0, &n));
	assert_int_equal(n, 1);
	got.n = 0;
	OK(purchase_propose(shop, 0, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 0);		/* it is on the draft */
}

/* Two stores, 12 to 40 of it each: one has enough, one does not, and together
 * they would.  What is awaited in one is nothing to the other. */
static void
test_j07_of_a_store(void **state)
{
	struct product_info	info = { .has_reorder = true,
				    .reorder_min = 12000,
				    .reorder_max = 40000 };
	struct proposed		got = { .n = 0 };
	struct purchase		p;
	struct shop		*sam;
	int64_t			station, shelf, order, n;

	(void)state;
	OK(product_info_put(shop, water, &info));
	OK(stock_place_add(shop, "Gare", NULL, &station));
	OK(stock_place_add(shop, "Gare réserve", "Gare", &shelf));
	OK(stock_adjust(shop, water, 30000, "start"));
	OK(stock_correct(shop, STOCK_ADJUST, water, station, 1000, NULL,
	    "start"));
	OK(stock_correct(shop, STOCK_ADJUST, water, shelf, 4000, NULL,
	    "start"));
	OK(purchase_propose(shop, 0, 0, 0, propose_one, &got));
	OK(purchase_propose(shop, PROPOSE_ALL, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 0);
	OK(purchase_propose(shop, shelf, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 1);
	assert_int_equal(got.p[0].here, 5000);	/* the store's, with its room */
	assert_int_equal(got.p[0].packs, 6);
	OK(purchase_propose_orders(shop, station, 0, 0, &n));
	assert_int_equal(n, 1);
	OK(purchase_start(shop, metro.id, station, "", &order));
	OK(purchase_get(shop, order, &p));
	assert_int_equal(p.place, station);
	got.n = 0;
	OK(purchase_propose(shop, station, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 0);		/* 36 come to it */
	OK(stock_adjust(shop, water, -20000, "broken"));
	OK(purchase_propose(shop, 0, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 1);		/* and none of them here */
	assert_int_equal(got.p[0].coming, 0);
	/* Who is of one store orders for that one. */
	sam = test_till(dir, "Sam", "Till 1");
	OK(stock_place_user(shop, sam->who.user, &station, 1));
	assert_int_equal(purchase_propose(sam, PROPOSE_ALL, 0, 0, propose_one,
	    &got), ERR_DENIED);
	assert_int_equal(purchase_propose(sam, 1, 0, 0, propose_one, &got),
	    ERR_DENIED);
	assert_int_equal(purchase_propose_orders(sam, 1, 0, 0, &n),
	    ERR_DENIED);
	got.n = 0;
	OK(purchase_propose(sam, station, 0, 0, propose_one, &got));
	assert_int_equal(got.n, 0);
	shop_close(sam);
}

/* Sold 2 a day: what three days take is the least. */
static void
test_speed(void **state)
{
	struct proposed	got = { .n = 0 };

	(void)state;
	OK(stock_adjust(shop, water, 61000, "start"));
	OK(db_begin(shop->db, "test"));
	OK(stock_write(shop, &(struct stock_entry){ .product = water,
	    .qty = -56000, .kind = STOCK_SALE }));
	OK(db_commit(shop->db));
	OK(purchase_propose(shop, 0, 0, 14, propose_one, &got));
	assert_int_equal(got.n, 0);
	OK(purchase_propose(shop, 0, 28, 14, propose_one, &got));
	assert_int_equal(got.n, 1);
	assert_true(got.p[0].by_speed);
	assert_int_equal(got.p[0].daily, 2000);
	assert_int_equal(got.p[0].least, 6000);
	assert_int_equal(got.p[0].most, 34000);
	assert_int_equal(got.p[0].packs, 5);	/* 29 more */
}

static void
bad_one(void *ctx, int64_t line, const char *why)
{
	(void)why;
	*(int64_t *)ctx = *(int64_t *)ctx * 10 + line;
}

static void
test_item_import(void **state)
{
	static const char	text[] = "supplier,code,ref,pack,price\n"
	    "METRO,3,P-1,1,45.00\nMETRO,1,E-75,6.5,2\nNONE,1,,1,2\n"
	    "METRO,9,,1,2\nMETRO,2,P-1,8,2\n";
	FILE			*f = tmpfile();
	struct supplier_item	 item;
	int64_t			 lines, bad = 0;

	(void)state;
	assert_non_null(f);
	(void)fputs(text, f);
	(void)fflush(f);
	(void)lseek(fileno(f), 0, SEEK_SET);
	assert_int_equal(supplier_item_import(shop, fileno(f), false,
	    bad_one, &bad, &lines), ERR_INVALID);
	assert_int_equal(bad, 3456);
	assert_int_equal(supplier_item_get(shop, metro.id, drill, &item),
	    ERR_NOT_FOUND);
	(void)fclose(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_j04), T(test_costs_spread), T(test_partial),
		T(test_limits), T(test_lots_serials), T(test_back),
		T(test_bills), T(test_j07),
		T(test_j07_of_a_store), T(test_speed),
		T(test_item_import),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
