/* SPDX-License-Identifier: ISC */
/* The stockroom at its edges: what would lose or invent goods or money. */
#include "trade.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "shop/browse.h"
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/import_part.h"
#include "shop/init.h"
#include "shop/kitchen.h"
#include "shop/option.h"
#include "shop/party.h"
#include "shop/payment.h"
#include "shop/purchase.h"
#include "shop/report.h"
#include "shop/return.h"
#include "shop/stock.h"
#include "shop/stock_alert.h"
#include "shop/stock_count.h"
#include "shop/stock_recipe.h"
#include "shop/table.h"
#include "shop/transfer.h"
#include "shop/variant.h"
#include "sql/import.h"
#include "sql/room.h"
#include "sql/stock_count.h"
#include "sql/transfer.h"

static char		dir[64];
static struct shop	*shop, *till;
static struct supplier	metro;
static int64_t		vase, flour, drill, second;

static int
setup(void **state)
{
	struct product	p = { .price = 9900, .tracked = true, .active = true,
			    .serials = true, .code = "30",
			    .name = "Perceuse", .tax_class = "standard",
			    .unit = "pc" };

	(void)state;
	test_now = INT64_C(1795165200000);	/* 09:00 Z */
	shop = test_shop("FR", dir);
	vase = test_product(shop, "10", "Vase", "standard", "pc", 2000, true);
	flour = test_product(shop, "20", "Farine", "food", "kg", 250, true);
	OK(product_add(shop, &p, NULL, 0, &drill));
	OK(stock_place_add(shop, "Gare", NULL, &second));
	metro = (struct supplier){ .code = "METRO", .name = "Métro",
	    .lead = 3, .terms = 30, .active = true };
	OK(supplier_put(shop, &metro));
	till = test_till(dir, "Anna", "Till 1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(till);
	test_done(shop, dir);
	return 0;
}

static void
bring(int64_t product, int64_t qty, int64_t cost)
{
	OK(stock_correct(shop, STOCK_RECEIPT, product, 0, qty, &cost, "x"));
}

static void
level_is(int64_t product, int64_t place, int64_t want)
{
	int64_t	qty, value;

	OK(stock_there(shop, product, place, &qty, &value));
	assert_int_equal(qty, want);
}

static void
checked(void)
{
	int64_t	bad;

	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
}

static int
write_one(struct stock_entry e)
{
	int	r;

	OK(db_begin(shop->db, "test"));
	if ((r = stock_write(shop, &e)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* --- by hand -------------------------------------------------------------- */

static int
by_hand(int64_t product, int64_t qty, const char *lot, const char *serial)
{
	return stock_correct_piece(shop, &(struct stock_entry){
	    .product = product, .qty = qty, .kind = qty < 0 ? STOCK_WASTE :
	    STOCK_ADJUST, .lot = lot, .serial = serial, .reason = "x" }, NULL);
}

/* A piece is named, and one that is not there does not go. */
static void
test_pieces_by_hand(void **state)
{
	(void)state;
	assert_int_equal(by_hand(drill, QTY_ONE, NULL, ""), ERR_EMPTY);
	OK(by_hand(drill, QTY_ONE, NULL, "a1"));
	assert_int_equal(by_hand(drill, QTY_ONE, NULL, "A1"), ERR_EXISTS);
	assert_int_equal(by_hand(drill, 2 * QTY_ONE, NULL, "A2"),
	    ERR_INVALID);
	assert_int_equal(by_hand(drill, -QTY_ONE, NULL, "A9"), ERR_NOT_FOUND);
	OK(by_hand(drill, -QTY_ONE, NULL, "A1"));
	assert_int_equal(by_hand(drill, -QTY_ONE, NULL, "A1"), ERR_EXISTS);
	level_is(drill, PLACE_FIRST, 0);
	checked();
}

/* The lot that went bad goes, not the first to expire. */
static void
test_lots_by_hand(void **state)
{
	struct stock_lot	*lots;
	size_t			 n;

	(void)state;
	OK(write_one((struct stock_entry){ .product = flour, .place =
	    PLACE_FIRST, .qty = 5000, .kind = STOCK_RECEIPT, .lot = "L1",
	    .expiry = "2026-12-01" }));
	OK(write_one((struct stock_entry){ .product = flour, .place =
	    PLACE_FIRST, .qty = 5000, .kind = STOCK_RECEIPT, .lot = "L2",
	    .expiry = "2026-12-31" }));
	assert_int_equal(by_hand(flour, -2000, "L3", ""), ERR_NOT_FOUND);
	OK(by_hand(flour, -2000, "L2", ""));
	OK(stock_lots(shop, flour, PLACE_FIRST, &lots, &n));
	assert_int_equal(n, 2);
	assert_string_equal(lots[1].code, "L2");
	assert_int_equal(lots[1].qty, 3000);
	free(lots);
	checked();
}

/* A dish that fell: what it is made of is gone.  With a level of its own it
 * would take nothing from the stock when it is sold. */
static void
test_dish_thrown_away(void **state)
{
	int64_t		dish = test_product(shop, "40", "Tarte", "meal", "pc",
			    500, false), tea, id, sum;
	struct product	p;

	(void)state;
	bring(flour, 5000, 100);
	OK(recipe_put(shop, dish, flour, 250, 0));
	OK(by_hand(dish, -2 * QTY_ONE, NULL, ""));
	level_is(flour, PLACE_FIRST, 4500);
	level_is(dish, PLACE_FIRST, 0);
	OK(product_get(shop, dish, &p));
	assert_false(p.tracked);
	assert_int_equal(by_hand(dish, QTY_ONE, NULL, ""), ERR_INVALID);
	OK(count_open(shop, COUNT_PART, 0, true, "", 0, &id));
	assert_int_equal(count_enter(shop, id, dish, QTY_ONE, &sum),
	    ERR_INVALID);
	OK(count_cancel(shop, id));
	OK(intake_start(shop, metro.id, false, 0, "", &id));
	assert_int_equal(intake_add(shop, id, &(struct intake_entry){
	    .product = dish, .qty = QTY_ONE }), ERR_INVALID);
	/* made ahead it has one */
	OK(recipe_make(shop, dish, 2 * QTY_ONE));
	level_is(flour, PLACE_FIRST, 4000);
	OK(by_hand(dish, -QTY_ONE, NULL, ""));
	level_is(dish, PLACE_FIRST, QTY_ONE);
	level_is(flour, PLACE_FIRST, 4000);
	/* what stock is not kept of cannot be thrown away out of it */
	tea = test_product(shop, "41", "Conseil", "standard", "pc", 500, false);
	assert_int_equal(by_hand(tea, -QTY_ONE, NULL, ""), ERR_INVALID);
	checked();
}

/* What the supplier has no price for comes at what it is worth, not at
 * nothing, which would spoil the average. */
static void
test_price_unknown(void **state)
{
	struct product_info	info = { .has_cost = true, .cost = 300 };
	struct product		p;
	int64_t			in, qty, value;
	char			number[PURCHASE_NUMBER];

	(void)state;
	bring(vase, 10 * QTY_ONE, 700);
	OK(product_info_put(shop, flour, &info));
	OK(intake_start(shop, metro.id, false, 0, "", &in));
	OK(intake_scan(shop, in, "10", 4 * QTY_ONE, &p, &qty));
	OK(intake_scan(shop, in, "20", 2000, &p, &qty));
	OK(intake_post(shop, in, number));
	OK(stock_held(shop, vase, 0, &qty, &value));
	assert_int_equal(qty, 14 * QTY_ONE);
	assert_int_equal(value, 9800);
	OK(stock_held(shop, flour, 0, &qty, &value));
	assert_int_equal(value, 600);
	checked();
}

/* What is not there is not sent: neither a lot nor a piece. */
static void
test_sent_is_there(void **state)
{
	int64_t	id;

	(void)state;
	OK(by_hand(drill, QTY_ONE, NULL, "A1"));
	bring(flour, 5000, 100);
	OK(transfer_open(shop, PLACE_FIRST, second, &id));
	assert_int_equal(transfer_put(shop, id, drill, QTY_ONE, "", ""),
	    ERR_EMPTY);
	assert_int_equal(transfer_put(shop, id, drill, QTY_ONE, "", "A2"),
	    ERR_NOT_FOUND);
	assert_int_equal(transfer_put(shop, id, flour, 1000, "L1", ""),
	    ERR_NOT_FOUND);
	OK(transfer_put(shop, id, drill, QTY_ONE, "", "A1"));
	OK(transfer_ship(shop, id));
	assert_int_equal(by_hand(drill, -QTY_ONE, NULL, "A1"), ERR_EXISTS);
	OK(transfer_receive_all(shop, id));
	level_is(drill, second, QTY_ONE);
	checked();
}

/* A store that is not theirs to see is one to send goods to. */
static void
test_sent_out_of_sight(void **state)
{
	struct stock_place	p;
	int64_t			level, id;

	(void)state;
	bring(vase, 5 * QTY_ONE, 100);
	till->who.rights |= UINT64_C(1) << RIGHT_TRANSFER;
	OK(stock_place_user(shop, till->who.user, &(int64_t){ PLACE_FIRST },
	    1));
	assert_int_equal(stock_place_find(till, "gare", &p), ERR_DENIED);
	assert_int_equal(p.id, second);
	OK(transfer_open(till, PLACE_FIRST, p.id, &id));
	OK(transfer_put(till, id, vase, QTY_ONE, "", ""));
	OK(transfer_ship(till, id));
	OK(stock_level(till, vase, &level));
	assert_int_equal(level, 4 * QTY_ONE);
}

/* What lies there by the piece is not weighed from now on. */
static void
test_unit_of_what_is_there(void **state)
{
	struct product	p;

	(void)state;
	bring(flour, 1500, 100);
	OK(product_get(shop, flour, &p));
	(void)str_copy(p.unit, sizeof(p.unit), "pc");
	assert_int_equal(product_update(shop, &p), ERR_EXISTS);
	OK(stock_correct(shop, STOCK_WASTE, flour, 0, -1500, NULL, "x"));
	OK(product_get(shop, flour, &p));
	(void)str_copy(p.unit, sizeof(p.unit), "pc");
	OK(product_update(shop, &p));
}

/* What is thrown away goes out; a price is one of what comes in. */
static void
test_waste_goes_out(void **state)
{
	int64_t	cost = 500, qty, value;

	(void)state;
	bring(vase, 10 * QTY_ONE, 100);
	assert_int_equal(stock_correct(shop, STOCK_WASTE, vase, 0,
	    5 * QTY_ONE, NULL, "broken"), ERR_RANGE);
	assert_int_equal(stock_correct(shop, STOCK_ADJUST, vase, 0,
	    -5 * QTY_ONE, &cost, "broken"), ERR_RANGE);
	OK(stock_held(shop, vase, 0, &qty, &value));
	assert_int_equal(qty, 10 * QTY_ONE);
	assert_int_equal(value, 1000);
}

/* A dish has no lot of its own, and what it is made of does not get one. */
static void
test_waste_of_a_dish(void **state)
{
	int64_t			toast = test_product(shop, "41", "Toast",
				    "food", "pc", 300, false);
	struct stock_entry	e = { .product = toast, .qty = -QTY_ONE,
				    .kind = STOCK_WASTE, .lot = "L9",
				    .reason = "burnt" };
	struct stock_lot	*lots;
	size_t			 n;

	(void)state;
	OK(recipe_put(shop, toast, flour, 100, 0));
	bring(flour, 1000, 100);
	assert_int_equal(stock_correct_piece(shop, &e, NULL), ERR_INVALID);
	e.lot = NULL;
	e.serial = "S9";
	assert_int_equal(stock_correct_piece(shop, &e, NULL), ERR_INVALID);
	level_is(flour, 1, 1000);
	e.serial = NULL;
	OK(stock_correct_piece(shop, &e, NULL));
	level_is(flour, 1, 900);
	OK(stock_lots(shop, flour, 0, &lots, &n));
	assert_int_equal(n, 0);
	free(lots);
}

/* Nothing is made of what is not there, where that is forbidden. */
static void
test_make_of_nothing(void **state)
{
	int64_t	bread = test_product(shop, "40", "Pain", "food", "pc", 100,
		    true);

	(void)state;
	OK(recipe_put(shop, bread, flour, 500, 0));
	bring(flour, 1000, 100);
	OK(setting_set(shop, "negative_stock", "no"));
	assert_int_equal(recipe_make(shop, bread, 3 * QTY_ONE), ERR_EMPTY);
	level_is(flour, 1, 1000);
	assert_int_equal(recipe_make(shop, bread, 500), ERR_RANGE);
	OK(recipe_make(shop, bread, 2 * QTY_ONE));
	level_is(flour, 1, 0);
}

/* --- choices -------------------------------------------------------------- */

static int64_t
chosen_on(int64_t id, int64_t version, int64_t dish, int64_t qty, bool pay)
{
	struct option_set	set;
	struct sale_item	item = { .product = dish, .qty = qty };
	int64_t			chosen[OPTION_PICKS] = { 0 }, line, change;
	bool			posted;

	OK(option_load(till, dish, &set));
	OK(option_numbers(&set, "1", chosen, &item.npicks));
	option_done(&set);
	item.picks = chosen;
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	if (pay) {
		OK(sale_pay(till, id, &version, "cash", 0, &change,
		    &posted));
	}
	return id;
}

static int64_t
chosen_sold(int64_t dish, int64_t qty)
{
	return chosen_on(0, 0, dish, qty, true);
}

static int64_t
with_choice(void)
{
	const struct option_row	more = { .code = "50", .group = "Avec",
		.choice = "double", .component = "", .against = "",
		.most = 2, .price = 300 };
	int64_t			dish = test_product(shop, "50", "Crêpe",
				    "meal", "pc", 700, false);

	OK(recipe_put(shop, dish, flour, 100, 0));
	OK(option_put_row(shop, &more));
	OK(recipe_choice(shop, dish, "Avec", "double", flour, 50));
	return dish;
}

/* What is chosen is looked for as well: more of an ingredient, another item;
 * when it is rung up, when there is more of it, when it is chosen later. */
static void
test_short_of_what_is_chosen(void **state)
{
	int64_t			 dish = with_choice(), id = 0, version = 0;
	const struct option_row	 set = { .code = "50", .group = "Avec",
		.choice = "vase", .component = "10", .against = "",
		.most = 2, .price = 300 };
	struct option_set	 all;
	struct sale_item	 item = { .product = dish,
				    .qty = 6 * QTY_ONE };
	int64_t			 picks[OPTION_PICKS] = { 0 }, line;
	size_t			 n = 0;

	(void)state;
	OK(option_put_row(shop, &set));
	bring(flour, 1000, 100);
	bring(vase, 2 * QTY_ONE, 100);
	OK(setting_set(shop, "negative_stock", "warn"));
	OK(shop_reload_settings(till));
	OK(option_load(till, dish, &all));
	/* 6 of 100 g and 50 g more are 900 g, 7 are 1050 g */
	OK(option_numbers(&all, "1", picks, &n));
	item.picks = picks;
	item.npicks = n;
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	assert_string_equal(till->said, "");
	OK(sale_set_qty(till, id, &version, line, 7 * QTY_ONE));
	assert_non_null(strstr(till->said, "Farine: 1 kg left"));
	/* without it there is enough again, and two vases are there */
	n = 0;
	OK(option_numbers(&all, "2", picks, &n));
	OK(sale_set_qty(till, id, &version, line, 2 * QTY_ONE));
	OK(sale_set_options(till, id, &version, line, picks, n));
	assert_string_equal(till->said, "");
	OK(sale_more(till, id, &version, &line, &(int64_t){ QTY_ONE }, 1));
	assert_non_null(strstr(till->said, "Vase: 2 pc left"));
	/* nobody adds a vase to another where that is forbidden */
	OK(setting_set(shop, "negative_stock", "no"));
	OK(shop_reload_settings(till));
	item.qty = QTY_ONE;
	item.npicks = n;
	assert_int_equal(sale_add_items(till, &id, &version, &item, 1,
	    &line), ERR_EMPTY);
	item.npicks = 0;
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	assert_int_equal(sale_set_options(till, id, &version, line, picks,
	    n), ERR_EMPTY);
	option_done(&all);
}

static void
back(int64_t sale, bool scrap)
{
	struct return_pick	picks[8] = { { 0 } };
	struct pay		pay = { .tender = "cash", .sure = true };
	struct paid		paid;
	struct sale		s;
	int64_t			id = 0, version = 0;
	size_t			n;

	OK(sale_load(till, sale, &s));
	for (n = 0; n < s.nlines && n < NELEM(picks); n++) {
		picks[n].line = s.lines[n].id;
		picks[n].qty = s.lines[n].qty;
		picks[n].scrap = scrap;
	}
	sale_done(&s);
	OK(return_add(till, &id, &version, sale, picks, n));
	OK(sale_pay_with(till, id, &version, &pay, &paid));
	assert_true(paid.posted);
}

/* What was chosen with it comes back with it, or is thrown away with it. */
static void
test_choice_comes_back(void **state)
{
	int64_t	dish = with_choice(), sale;

	(void)state;
	bring(flour, 10000, 100);
	sale = chosen_sold(dish, 2 * QTY_ONE);
	level_is(flour, 1, 9700);
	back(sale, false);
	level_is(flour, 1, 10000);
	sale = chosen_sold(dish, 2 * QTY_ONE);
	back(sale, true);
	level_is(flour, 1, 9700);
	checked();
}

/* A bill that is divided takes what the whole one takes. */
static void
test_choice_is_divided(void **state)
{
	struct pay		pay = { .tender = "cash", .sure = true };
	struct bill_part	*parts;
	struct paid		paid;
	struct sale		s;
	struct room		room = { .name = "Salle", .mode = "on_site" };
	struct table		table = { .number = 1, .seats = 4 };
	int64_t			dish = with_choice(), sale = 0, version = 0;
	size_t			n;

	(void)state;
	bring(flour, 10000, 100);
	OK(room_put(shop, &room));
	table.room = room.id;
	OK(table_put(shop, &table));
	OK(table_seat(till, table.id, 2, &sale, &version));
	(void)chosen_on(sale, version, dish, 2 * QTY_ONE, false);
	OK(sale_load(till, sale, &s));
	version = s.version;
	sale_done(&s);
	OK(bill_heads(till, sale, &version, 2));
	OK(bill_parts(till, sale, &parts, &n));
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		int64_t	v, id = parts[i].sale;

		OK(sale_load(till, id, &s));
		v = s.version;
		sale_done(&s);
		if (s.owner_session != till->who.session) {
			OK(sale_take(till, id, &v));
		}
		OK(sale_pay_with(till, id, &v, &pay, &paid));
		assert_true(paid.posted);
	}
	free(parts);
	level_is(flour, 1, 9700);
}

/* A copy is made of what the first is made of. */
static void
test_copy_has_the_recipe(void **state)
{
	int64_t	dish = with_choice(), copy;

	(void)state;
	bring(flour, 10000, 100);
	OK(product_copy(shop, dish, "51", "Crêpe bis", &copy));
	(void)chosen_sold(copy, 2 * QTY_ONE);
	level_is(flour, 1, 9700);
	checked();
}

/* --- pieces and lots ------------------------------------------------------ */

/* A piece with a number leaves the place it is in, no other. */
static void
test_piece_elsewhere(void **state)
{
	struct sale_item	item = { .product = drill, .qty = QTY_ONE,
				    .serial = "SN1" };
	int64_t			id = 0, version = 0, line, change;
	bool			posted;

	(void)state;
	OK(write_one((struct stock_entry){ .product = drill, .place = second,
	    .qty = QTY_ONE, .serial = "SN1", .kind = STOCK_RECEIPT }));
	assert_int_equal(write_one((struct stock_entry){ .product = drill,
	    .place = 1, .qty = -QTY_ONE, .serial = "SN1",
	    .kind = STOCK_WASTE }), ERR_EXISTS);
	/* somebody carried it over: it is sold from where it is kept */
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	level_is(drill, second, 0);
	level_is(drill, 1, 0);
	checked();
	/* one that is under way is taken in before it is sold */
	OK(write_one((struct stock_entry){ .product = drill, .place = second,
	    .qty = QTY_ONE, .serial = "SN2", .kind = STOCK_RECEIPT }));
	OK(transfer_open(shop, second, 1, &id));
	OK(transfer_put(shop, id, drill, QTY_ONE, "", "SN2"));
	OK(transfer_ship(shop, id));
	change = id;
	id = version = 0;
	item.serial = "SN2";
	assert_int_equal(sale_add_items(till, &id, &version, &item, 1, &line),
	    ERR_EXISTS);
	OK(transfer_receive_all(shop, change));
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	checked();
}

/* A piece takes its own lot along, not the first to expire. */
static void
test_piece_of_a_lot(void **state)
{
	struct stock_lot	*lots;
	size_t			 n;

	(void)state;
	OK(stock_by_lot(shop, drill, true));
	OK(write_one((struct stock_entry){ .product = drill, .qty = QTY_ONE,
	    .serial = "SN1", .lot = "A", .expiry = "2026-12-01",
	    .kind = STOCK_RECEIPT }));
	OK(write_one((struct stock_entry){ .product = drill, .qty = QTY_ONE,
	    .serial = "SN2", .lot = "B", .expiry = "2027-12-01",
	    .kind = STOCK_RECEIPT }));
	OK(write_one((struct stock_entry){ .product = drill, .qty = -QTY_ONE,
	    .serial = "SN2", .kind = STOCK_WASTE }));
	OK(stock_lots(shop, drill, 0, &lots, &n));
	assert_int_equal(n, 1);
	assert_string_equal(lots[0].code, "A");
	free(lots);
	checked();
}

static int64_t
sent(int64_t product, int64_t qty, int64_t from, int64_t to)
{
	int64_t	id;

	OK(transfer_open(shop, from, to, &id));
	OK(transfer_put(shop, id, product, qty, "", ""));
	OK(transfer_ship(shop, id));
	return id;
}

/* Two transfers of one item: each brings the lots that were put on it. */
static void
test_transfers_keep_their_lots(void **state)
{
	struct stock_lot	*lots;
	int64_t			 third, a, b;
	size_t			 n;

	(void)state;
	OK(stock_place_add(shop, "Port", NULL, &third));
	OK(stock_by_lot(shop, vase, true));
	OK(write_one((struct stock_entry){ .product = vase, .place = 1,
	    .qty = 2 * QTY_ONE, .lot = "A", .expiry = "2026-12-01",
	    .kind = STOCK_RECEIPT }));
	OK(write_one((struct stock_entry){ .product = vase, .place = 1,
	    .qty = 2 * QTY_ONE, .lot = "B", .expiry = "2027-12-01",
	    .kind = STOCK_RECEIPT }));
	a = sent(vase, 2 * QTY_ONE, 1, second);
	b = sent(vase, 2 * QTY_ONE, 1, third);
	OK(transfer_receive_all(shop, b));
	OK(stock_lots(shop, vase, third, &lots, &n));
	assert_int_equal(n, 1);
	assert_string_equal(lots[0].code, "B");
	free(lots);
	OK(transfer_receive(shop, a, vase, 2 * QTY_ONE, ""));
	OK(stock_lots(shop, vase, second, &lots, &n));
	assert_int_equal(n, 1);
	assert_string_equal(lots[0].code, "A");
	free(lots);
	checked();
}

/* --- at the same instant -------------------------------------------------- */

static size_t
waiting(const char *name)
{
	struct stat	st;
	char		path[96], inode[32], line[256];
	FILE		*locks = fopen("/proc/locks", "r");
	size_t		 n = 0;

	assert_non_null(locks);
	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(stat(path, &st), 0);
	(void)snprintf(inode, sizeof(inode), ":%llu ",
	    (unsigned long long)st.st_ino);
	while (fgets(line, sizeof(line), locks) != NULL) {
		n += strstr(line, "->") != NULL &&
		    strstr(line, inode) != NULL;
	}
	(void)fclose(locks);
	return n;
}

/* A process of its own does `act`, up to the queue, while first() is done in
 * front of it; what act() said. */
static int
behind(int (*act)(struct shop *own, int64_t id), int64_t id,
    void (*first)(int64_t id))
{
	pid_t	pid;
	int	status, go[2];
	char	c = 0;

	assert_int_equal(pipe(go), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct shop	*own;
		int		 r;

		if (read(go[0], &c, 1) != 1 ||
		    shop_open(dir, DB_WRITE, &own) != 0) {
			_exit(99);
		}
		own->who.rights = UINT64_MAX;
		r = act(own, id);
		shop_close(own);
		_exit(-r);
	}
	OK(db_begin(shop->db, "test"));
	assert_int_equal(write(go[1], &c, 1), 1);
	for (int i = 0; i < 1000 && waiting("shop.lock") == 0; i++) {
		(void)usleep(5000);
	}
	first(id);
	OK(db_commit(shop->db));
	(void)close(go[0]);
	(void)close(go[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return -WEXITSTATUS(status);
}

static int
act_close(struct shop *own, int64_t id)
{
	return count_close(own, id, true, false);
}

static void
first_again(int64_t id)
{
	int64_t	n;

	OK(q_stock_count_again(shop->db, id, 2, &n));
	OK(q_stock_count_round(shop->db, id, 2));
	assert_int_equal(n, 1);
}

/* Closed while somebody has it counted again: nothing is taken for nothing. */
static void
test_close_behind_again(void **state)
{
	int64_t	id, total;

	(void)state;
	bring(vase, 10 * QTY_ONE, 100);
	OK(count_open(shop, COUNT_PART, 0, true, "", 0, &id));
	OK(count_enter(shop, id, vase, 9 * QTY_ONE, &total));
	assert_int_equal(behind(act_close, id, first_again), ERR_DOUBT);
	level_is(vase, 1, 10 * QTY_ONE);
}

static int
act_cancel(struct shop *own, int64_t id)
{
	return count_cancel(own, id);
}

static int
act_again(struct shop *own, int64_t id)
{
	int64_t	n;

	return count_again(own, id, &n);
}

static void
first_done(int64_t id)
{
	int64_t	n;

	OK(q_stock_count_done(shop->db, id, "done", shop_now(), NULL, &n));
}

/* What is closed is neither cancelled nor counted again. */
static void
test_closed_stays(void **state)
{
	int64_t	id, total;

	(void)state;
	bring(vase, 10 * QTY_ONE, 100);
	OK(count_open(shop, COUNT_PART, 0, true, "", 0, &id));
	OK(count_enter(shop, id, vase, 9 * QTY_ONE, &total));
	assert_int_equal(behind(act_cancel, id, first_done), ERR_FROZEN);
	OK(count_open(shop, COUNT_PART, 0, true, "", 0, &id));
	OK(count_enter(shop, id, vase, 9 * QTY_ONE, &total));
	assert_int_equal(behind(act_again, id, first_done), ERR_FROZEN);
}

static int
act_put(struct shop *own, int64_t id)
{
	return transfer_put(own, id, vase, QTY_ONE, "", "");
}

static void
first_shipped(int64_t id)
{
	int64_t	n;

	OK(q_transfer_shipped(shop->db, id, shop_now(), NULL, &n));
	assert_int_equal(n, 1);
}

/* Put on a transfer that left a moment ago: it is not under way. */
static void
test_put_behind_ship(void **state)
{
	struct transfer	t;
	int64_t		id;

	(void)state;
	bring(vase, 10 * QTY_ONE, 100);
	OK(transfer_open(shop, 1, second, &id));
	OK(transfer_put(shop, id, vase, QTY_ONE, "", ""));
	assert_int_equal(behind(act_put, id, first_shipped), ERR_FROZEN);
	OK(transfer_get(shop, id, &t));
	assert_int_equal(t.qty, QTY_ONE);
}

/* --- receipts ------------------------------------------------------------- */

static int64_t
line_amount(int64_t receipt);

static int
see_line(void *ctx, const struct intake_line *l)
{
	*(int64_t *)ctx = l->amount;
	return 0;
}

static int64_t
line_amount(int64_t receipt)
{
	int64_t	amount = -1;

	OK(intake_lines(shop, receipt, see_line, &amount));
	return amount;
}

/* What was said to be its price stays with it when one more of it comes. */
static void
test_typed_amount_stays(void **state)
{
	int64_t			id, amount = 10000, less = -1,
				much = MONEY_MAX + 1;
	struct intake_entry	e = { .product = vase, .qty = 10 * QTY_ONE,
				    .amount = &amount };

	(void)state;
	OK(intake_start(shop, metro.id, false, 0, "", &id));
	OK(intake_add(shop, id, &e));
	e.amount = NULL;
	e.qty = QTY_ONE;
	OK(intake_add(shop, id, &e));
	assert_int_equal(line_amount(id), 11000);
	e.amount = &less;
	assert_int_equal(intake_add(shop, id, &e), ERR_RANGE);
	e.amount = &much;
	assert_int_equal(intake_add(shop, id, &e), ERR_RANGE);
}

static int
see_one(void *ctx, const struct purchase *p)
{
	(void)p;
	++*(int *)ctx;
	return 0;
}

static int
see_receipt(void *ctx, const struct intake *r)
{
	(void)r;
	++*(int *)ctx;
	return 0;
}

/* Who is of one store buys for it alone. */
static void
test_orders_of_a_store(void **state)
{
	struct stock_lot	*lots;
	char			 number[PURCHASE_NUMBER];
	struct intake_entry	 e = { .product = vase, .qty = QTY_ONE };
	int64_t			 order, receipt, loose, price = 100;
	size_t			 n;
	int			 seen = 0;

	(void)state;
	OK(purchase_start(shop, metro.id, 1, "", &order));
	OK(purchase_set(shop, order, vase, 2, &price));
	OK(intake_start(shop, metro.id, false, 1, "", &loose));
	OK(stock_place_user(shop, till->who.user, &second, 1));
	assert_int_equal(purchase_set(till, order, vase, 3, &price),
	    ERR_DENIED);
	assert_int_equal(purchase_send(till, order, false, number),
	    ERR_DENIED);
	assert_int_equal(purchase_close(till, order), ERR_DENIED);
	OK(purchase_send(shop, order, false, number));
	assert_int_equal(intake_of_order(till, order, &receipt), ERR_DENIED);
	assert_int_equal(intake_add(till, loose, &e), ERR_DENIED);
	OK(intake_add(shop, loose, &e));
	assert_int_equal(intake_post(till, loose, number), ERR_DENIED);
	assert_int_equal(intake_cancel(till, loose), ERR_DENIED);
	OK(purchase_list(till, "", 0, 0, see_one, &seen));
	OK(intake_list(till, "", 0, 0, see_receipt, &seen));
	assert_int_equal(seen, 0);
	/* nor does it see what lots the others have */
	OK(write_one((struct stock_entry){ .product = vase, .place = 1,
	    .qty = QTY_ONE, .lot = "A", .kind = STOCK_RECEIPT }));
	OK(stock_lots(till, vase, 0, &lots, &n));
	assert_int_equal(n, 0);
	free(lots);
}

/* 7777 vases at 1.13 stand in the first store: nobody of the other is told. */
#define THEIRS	(7777 * QTY_ONE)
#define WORTH	(INT64_C(7777) * 113)

static int
see_product(void *ctx, const struct product *p)
{
	(void)ctx;
	assert_true(p->id != vase || p->stock == 3 * QTY_ONE);
	return 0;
}

static int
see_report(void *ctx, const struct report_value *row)
{
	const struct report	*report = ctx;

	for (size_t i = 0; i < report->ncolumns; i++) {
		if (!row[i].null && (row[i].number == THEIRS ||
		    row[i].number == -THEIRS || row[i].number == WORTH ||
		    row[i].number == THEIRS + 3 * QTY_ONE)) {
			fail_msg("report %s, column %s", report->name,
			    report->column[i].key);
		}
	}
	return 0;
}

static void
see_file(unsigned how)
{
	FILE	*f = tmpfile();
	char	 line[512];

	OK(product_export(till, fileno(f), how));
	rewind(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		assert_null(strstr(line, "7777"));
		assert_null(strstr(line, "7780"));
	}
	(void)fclose(f);
}

/* What a list, a search, a file, a report or a count says to who is of one
 * store is of that one; what is the others' they can neither read nor do. */
static void
test_only_their_store(void **state)
{
	struct stock_count	*counts;
	struct product		 found[20];
	struct report		 report;
	struct buf		 text = { 0 };
	int64_t			 id, total, cost = 113, order;
	size_t			 n;
	int			 got;

	(void)state;
	bring(vase, THEIRS, 113);
	OK(stock_correct(shop, STOCK_RECEIPT, vase, second, 3 * QTY_ONE,
	    &cost, "x"));
	OK(purchase_start(shop, metro.id, 1, "", &order));
	OK(purchase_set(shop, order, vase, 77, &cost));
	OK(count_open(shop, COUNT_FULL, 1, false, "", 0, &id));
	OK(count_enter(shop, id, vase, THEIRS - QTY_ONE, &total));
	OK(stock_place_user(shop, till->who.user, &second, 1));
	OK(product_list(till, NULL, 0, see_product, NULL));
	OK(product_search(till, "vase", 20, found, &got));
	assert_int_equal(got, 1);
	OK(see_product(NULL, &found[0]));
	OK(browse_page(till, 0, 20, found, &got));
	for (int i = 0; i < got; i++) {
		OK(see_product(NULL, &found[i]));
	}
	see_file(0);
	see_file(EXPORT_JSON);
	for (size_t i = 0; i < report_total(); i++) {
		const char	*arg[REPORT_PARAMS] = { NULL };

		OK(report_nth(i, &report));
		OK(report_run(till, &report, arg, report.nparams, see_report,
		    &report));
	}
	OK(count_list(till, 10, &counts, &n));
	assert_int_equal(n, 0);
	free(counts);
	assert_int_equal(count_export(till, id, false, &text), ERR_DENIED);
	assert_int_equal(count_enter(till, id, vase, QTY_ONE, &total),
	    ERR_DENIED);
	assert_int_equal(count_close(till, id, true, true), ERR_DENIED);
	assert_int_equal(count_cancel(till, id), ERR_DENIED);
	assert_int_equal(count_open(till, COUNT_PART, 1, true, "", 0, &id),
	    ERR_DENIED);
	OK(purchase_export(till, 0, false, &text));
	assert_null(strstr(buf_text(&text), "METRO"));
	buf_done(&text);
	assert_int_equal(stock_correct(till, STOCK_ADJUST, vase, 1, QTY_ONE,
	    NULL, "x"), ERR_DENIED);
}

/* So is what runs low, what is promised, and what a size or a choice has. */
static void
test_only_their_figures(void **state)
{
	const struct option_row		 with = { .code = "50",
		.group = "Avec", .choice = "vase", .component = "10",
		.against = "", .most = 1 };
	const struct variant_row	 size = { .template = "60",
		.axes = "Taille", .code = "10", .first = "M", .second = "" };
	const struct product_info	 info = { .has_reorder = true,
		.reorder_min = 8000 * QTY_ONE,
		.reorder_max = 9000 * QTY_ONE };
	struct stock_alert		*alerts;
	struct variant_set		 sizes;
	struct option_set		 choices;
	int64_t				 cost = 113, dish, template, qty;
	int64_t				 sale = 0, version = 0, line;
	size_t				 n;

	(void)state;
	dish = test_product(shop, "50", "Bouquet", "standard", "pc", 3000,
	    false);
	OK(option_put_row(shop, &with));
	template = test_product(shop, "60", "Vases", "standard", "pc", 2000,
	    false);
	OK(variant_put(shop, &size));
	OK(product_info_put(shop, vase, &info));
	bring(vase, THEIRS, 113);
	OK(stock_correct(shop, STOCK_RECEIPT, vase, second, 3 * QTY_ONE,
	    &cost, "x"));
	OK(sale_add(till, &sale, &version, vase, 2 * QTY_ONE, NULL, &line));
	OK(sale_submit(till, sale, &version));
	OK(stock_alert_look(shop));

	OK(stock_alert_list(till, "low", 0, &alerts, &n));
	assert_int_equal(n, 1);
	assert_int_equal(alerts[0].amount, THEIRS + 3 * QTY_ONE);
	free(alerts);
	OK(sale_reserved(till, vase, &qty));
	assert_int_equal(qty, 2 * QTY_ONE);

	OK(stock_place_user(shop, till->who.user, &second, 1));
	OK(stock_alert_list(till, "low", 0, &alerts, &n));
	assert_int_equal(n, 1);
	assert_int_equal(alerts[0].amount, 3 * QTY_ONE);
	free(alerts);
	OK(sale_reserved(till, vase, &qty));
	assert_int_equal(qty, 0);
	OK(variant_load(till, template, &sizes));
	assert_int_equal(sizes.n, 1);
	assert_int_equal(sizes.variant[0].stock, 3 * QTY_ONE);
	variant_done(&sizes);
	OK(option_load(till, dish, &choices));
	assert_int_equal(choices.nchoices, 1);
	assert_int_equal(choices.choice[0].stock, 3 * QTY_ONE);
	option_done(&choices);

	/* who sees all stores is told of all of them */
	OK(sale_reserved(shop, vase, &qty));
	assert_int_equal(qty, 2 * QTY_ONE);
	OK(variant_load(shop, template, &sizes));
	assert_int_equal(sizes.variant[0].stock, THEIRS + 3 * QTY_ONE);
	variant_done(&sizes);
}

/* A day that is said for a draft that was begun already holds for it. */
static void
test_wanted_day(void **state)
{
	struct purchase	p;
	int64_t		order, again;

	(void)state;
	OK(purchase_start(shop, metro.id, 0, "", &order));
	OK(purchase_start(shop, metro.id, 0, "2026-12-24", &again));
	assert_int_equal(again, order);
	OK(purchase_get(shop, order, &p));
	assert_string_equal(p.wanted, "2026-12-24");
	OK(purchase_start(shop, metro.id, 0, "", &again));
	OK(purchase_get(shop, order, &p));
	assert_string_equal(p.wanted, "2026-12-24");
}

/* What cannot be ordered leaves no empty order. */
static void
test_order_is_whole(void **state)
{
	int64_t	order, price = MONEY_MAX;
	int	seen = 0;

	(void)state;
	assert_int_equal(purchase_order(shop, metro.id, "", vase, 2, NULL,
	    &order), ERR_NOT_FOUND);
	assert_int_equal(purchase_order(shop, metro.id, "", vase, 2, &price,
	    &order), ERR_RANGE);
	OK(purchase_list(shop, "", 0, 0, see_one, &seen));
	assert_int_equal(seen, 0);
	price = 100;
	OK(purchase_order(shop, metro.id, "", vase, 2, &price, &order));
	OK(purchase_list(shop, "", 0, 0, see_one, &seen));
	assert_int_equal(seen, 1);
}

/* --- the catalogue -------------------------------------------------------- */

/* A variant that cannot be leaves no product behind. */
static void
test_variant_is_whole(void **state)
{
	struct variant_row	row = { .template = "60", .axes = "Taille",
				    .code = "60M", .first = "M",
				    .second = "" };
	struct product		p;

	(void)state;
	(void)test_product(shop, "60", "Chemise", "standard", "pc", 4000,
	    true);
	OK(variant_put(shop, &row));
	row.code = "60X";
	assert_int_equal(variant_put(shop, &row), ERR_EXISTS);
	assert_int_equal(product_find(shop, "60X", &p), ERR_NOT_FOUND);
}

static void
bad_line(void *ctx, int64_t line, const char *why)
{
	(void)ctx;
	(void)line;
	(void)why;
}

static int
import_by(struct shop *who, const char *text)
{
	struct product_import	im;
	FILE			*f = tmpfile();
	int			 r;

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	rewind(f);
	r = product_import(who, fileno(f), 0, bad_line, NULL, &im);
	(void)fclose(f);
	return r;
}

/* What the file does not name stays as it is. */
static void
test_import_leaves_alone(void **state)
{
	struct product	p;
	int64_t		n;

	(void)state;
	OK(product_get(shop, flour, &p));
	(void)strcpy(p.category, "Épicerie");
	OK(product_update(shop, &p));
	OK(product_archive(shop, flour, true, &n));
	bring(flour, 1500, 100);
	OK(import_by(shop, "code,name,tax_class,price\n"
	    "20,Farine T55,food,2.60\n"));
	OK(product_get(shop, flour, &p));
	assert_string_equal(p.name, "Farine T55");
	assert_string_equal(p.category, "Épicerie");
	assert_string_equal(p.unit, "kg");
	assert_false(p.active);
	assert_int_equal(p.price, 260);
}

/* A level that cannot be is a bad line, not a catalogue half changed; one
 * that can comes back out of the file it went into. */
static void
test_import_of_levels(void **state)
{
	struct product	p;

	(void)state;
	assert_int_equal(import_by(shop, "[{\"code\":\"10\","
	    "\"name\":\"Grand vase\",\"tax_class\":\"standard\","
	    "\"price\":100,\"stock\":3000000000}]"), ERR_INVALID);
	OK(product_get(shop, vase, &p));
	assert_string_equal(p.name, "Vase");
	bring(vase, 9000 * QTY_ONE, 1);
	bring(vase, 9000 * QTY_ONE, 1);
	OK(import_by(shop, "code,name,tax_class,price,stock\n"
	    "10,Vase,standard,21,18000\n"));
	OK(product_get(shop, vase, &p));
	assert_int_equal(p.price, 2100);
	assert_int_equal(p.stock, 18000 * QTY_ONE);
}

/* Who may change products but not stock changes no stock by a file. */
static void
test_import_needs_the_right(void **state)
{
	(void)state;
	till->who.rights = UINT64_MAX & ~RIGHT_BIT(RIGHT_ADJUST);
	assert_int_equal(import_by(till, "code,name,tax_class,price,stock\n"
	    "10,Vase,standard,20,5\n"), ERR_DENIED);
	level_is(vase, 1, 0);
	OK(import_by(till, "code,name,tax_class,price\n"
	    "10,Vase,standard,21\n"));
}

/* A form that was open while somebody else changed the item, or while it came
 * into the stock, takes nothing of that back. */
static void
test_update_is_fenced(void **state)
{
	int64_t		id = test_product(shop, "70", "Bol", "standard", "pc",
			    500, false);
	struct product	p, other;

	(void)state;
	OK(product_get(shop, id, &p));
	bring(id, 5 * QTY_ONE, 100);
	(void)strcpy(p.name, "Bol bleu");
	assert_int_equal(product_update(shop, &p), ERR_EXISTS);
	OK(product_get(shop, id, &p));
	test_now += 1000;
	OK(product_get(shop, id, &other));
	other.price = 600;
	OK(product_update(shop, &other));
	(void)strcpy(p.name, "Bol bleu");
	assert_int_equal(product_update(shop, &p), ERR_CHANGED);
	OK(product_get(shop, id, &p));
	assert_int_equal(p.price, 600);
	assert_true(p.tracked);
}

/* Another code while an import follows up: its words and levels find it. */
static void
test_code_while_imported(void **state)
{
	int64_t		batch, stock = 5 * QTY_ONE;
	struct product	p;

	(void)state;
	OK(db_begin(shop->db, "test"));
	OK(q_import_open(shop->db, "gone", 1, 1, shop_now(), &batch));
	OK(q_import_line_add(shop->db, batch, 1, "10", "Vase", "vase", "vase",
	    "", "standard", "pc", 2000, &stock, NULL, NULL, NULL, NULL,
	    NULL));
	OK(q_import_flipped(shop->db, batch));
	OK(db_commit(shop->db));
	OK(product_get(shop, vase, &p));
	(void)strcpy(p.code, "11");
	assert_int_equal(product_update(shop, &p), ERR_BUSY);
	OK(product_import_finish(shop));
	level_is(vase, 1, 5 * QTY_ONE);
	OK(product_update(shop, &p));
}

/* A look at a wrong time is not the last one for ever. */
static void
test_alerts_of_a_wrong_clock(void **state)
{
	struct stock_alert	*rows;
	size_t			 n;

	(void)state;
	OK(stock_correct(shop, STOCK_ADJUST, vase, 0, -QTY_ONE, NULL, "x"));
	test_now += INT64_C(31536000000);
	OK(stock_alert_look(shop));
	OK(stock_alert_list(shop, "negative", 0, &rows, &n));
	assert_int_equal(n, 1);
	free(rows);
	test_now -= INT64_C(31536000000);
	OK(stock_correct(shop, STOCK_ADJUST, vase, 0, QTY_ONE, NULL, "x"));
	OK(stock_alert_look(shop));
	OK(stock_alert_list(shop, "negative", 0, &rows, &n));
	assert_int_equal(n, 0);
	free(rows);
}

/* --- and more ------------------------------------------------------------- */

/* Where nothing is said it is here: a store that must be theirs to see. */
static void
test_here_is_not_theirs(void **state)
{
	int64_t	bread = test_product(shop, "40", "Pain", "food", "pc", 100,
		    true);

	(void)state;
	OK(recipe_put(shop, bread, flour, 500, 0));
	OK(stock_place_user(shop, till->who.user, &second, 1));
	assert_int_equal(stock_correct(till, STOCK_ADJUST, vase, 0, QTY_ONE,
	    NULL, "x"), ERR_DENIED);
	assert_int_equal(recipe_make(till, bread, QTY_ONE), ERR_DENIED);
	assert_int_equal(stock_place_terminal(shop, till->who.terminal,
	    PLACE_UNDER_WAY), ERR_INVALID);
	OK(stock_place_terminal(shop, till->who.terminal, second));
	OK(stock_correct(till, STOCK_ADJUST, vase, 0, QTY_ONE, NULL, "x"));
	level_is(vase, second, QTY_ONE);
}

/* A last day that is known later holds for the lot from then on. */
static void
test_day_of_a_lot(void **state)
{
	struct stock_lot	*lots;
	size_t			 n;

	(void)state;
	OK(stock_by_lot(shop, vase, true));
	OK(write_one((struct stock_entry){ .product = vase, .qty = QTY_ONE,
	    .lot = "A", .kind = STOCK_RECEIPT }));
	OK(write_one((struct stock_entry){ .product = vase, .qty = QTY_ONE,
	    .lot = "A", .expiry = "2026-12-01", .kind = STOCK_RECEIPT }));
	OK(stock_lots(shop, vase, 0, &lots, &n));
	assert_int_equal(n, 1);
	assert_string_equal(lots[0].expiry, "2026-12-01");
	free(lots);
}

/* A beep too many is taken back, beep by beep. */
static void
test_beep_taken_back(void **state)
{
	struct intake_entry	e = { .product = vase, .qty = 3 * QTY_ONE };
	struct product		p;
	int64_t			id, qty, amount = 900;

	(void)state;
	OK(intake_start(shop, metro.id, false, 0, "", &id));
	e.amount = &amount;
	OK(intake_add(shop, id, &e));
	OK(intake_scan(shop, id, "10", -QTY_ONE, &p, &qty));
	assert_int_equal(qty, -QTY_ONE);
	assert_int_equal(line_amount(id), 600);
	assert_int_equal(intake_scan(shop, id, "10", -3 * QTY_ONE, &p, &qty),
	    ERR_RANGE);
	OK(intake_scan(shop, id, "10", -2 * QTY_ONE, &p, &qty));
	assert_int_equal(line_amount(id), -1);
	assert_int_equal(intake_scan(shop, id, "10", -QTY_ONE, &p, &qty),
	    ERR_RANGE);
}

static int
act_import(struct shop *own, int64_t id)
{
	(void)id;
	return import_by(own, "code,name,tax_class,price\n"
	    "10,Amphore,standard,20\n");
}

static void
first_import(int64_t id)
{
	char	boot[SESSION_BOOT];
	int64_t	pid, start, batch;

	(void)id;
	session_self(boot, &pid, &start);
	OK(q_import_open(shop->db, boot, pid, start, shop_now(), &batch));
}

/* Two imports that begin at the same instant: one. */
static void
test_import_behind_another(void **state)
{
	struct product	p;

	(void)state;
	assert_int_equal(behind(act_import, 0, first_import), ERR_BUSY);
	OK(product_get(shop, vase, &p));
	assert_string_equal(p.name, "Vase");
}

static void
renamed(const char *code, const char *name)
{
	struct product	p;

	OK(product_get(shop, vase, &p));
	(void)strcpy(p.code, code);
	(void)strcpy(p.name, name);
	OK(product_update(shop, &p));
}

/* Reads a file as it is written, and says when the first line of it is in. */
static int
import_while(void (*meanwhile)(void))
{
	int	ends[2], status;
	pid_t	pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct product_import	im;
		struct shop		*own;
		int			 r;

		(void)close(ends[1]);
		if (shop_open(dir, DB_WRITE, &own) != 0) {
			_exit(99);
		}
		own->who.rights = UINT64_MAX;
		r = product_import(own, ends[0], 0, bad_line, NULL, &im);
		shop_close(own);
		_exit(-r);
	}
	(void)close(ends[0]);
	assert_true(dprintf(ends[1], "code,name,tax_class,price\n"
	    "10,Amphore,standard,20\n") > 0);
	/* A thousand more and it is staged. */
	for (int i = 0; i < 1000; i++) {
		assert_true(dprintf(ends[1], "N%d,Neuf %d,standard,1\n", i,
		    i) > 0);
	}
	for (int i = 0; i < 1000; i++) {
		struct q_import_slice	slice;

		OK(q_import_slice(shop->db, 1, 1, &slice));
		if (!slice.last_null) {
			break;
		}
		(void)usleep(5000);
	}
	meanwhile();
	(void)close(ends[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return -WEXITSTATUS(status);
}

static void
other_name(void)
{
	renamed("10", "Coupe");
}

static void
other_code(void)
{
	renamed("11", "Vase");
}

static int
found(const char *word)
{
	struct product	p[4];
	int		n;

	OK(product_search(shop, word, 4, p, &n));
	return n;
}

/* An item that changes while its import is read: its words are found, or the
 * import says so. */
static void
test_change_while_imported(void **state)
{
	struct product	p;

	(void)state;
	OK(import_while(other_name));
	OK(product_get(shop, vase, &p));
	assert_string_equal(p.name, "Amphore");
	assert_int_equal(found("amphore"), 1);
	assert_int_equal(found("coupe"), 0);
	checked();
}

static void
test_code_lost_while_imported(void **state)
{
	struct product	p;

	(void)state;
	assert_int_equal(import_while(other_code), ERR_CHANGED);
	OK(product_get(shop, vase, &p));
	assert_string_equal(p.name, "Vase");
	assert_int_equal(product_find(shop, "N1", &p), ERR_NOT_FOUND);
}

static int
see_day(void *ctx, const struct purchase_due *d)
{
	(void)str_copy(ctx, 11, d->day);
	return 0;
}

/* The day something is due is one of the shop, not of Greenwich. */
static void
test_due_in_the_zone(void **state)
{
	char	number[PURCHASE_NUMBER], day[11];
	int64_t	order, price = 100;

	(void)state;
	test_now = INT64_C(1795125600000);	/* 19 November, 22:00 Z */
	(void)setenv("TZ", "Pacific/Auckland", 1);
	tzset();
	OK(purchase_order(shop, metro.id, "", vase, 1, &price, &order));
	OK(purchase_send(shop, order, false, number));
	OK(purchase_due(shop, 0, see_day, day));
	(void)setenv("TZ", "UTC", 1);
	tzset();
	assert_string_equal(day, "2026-11-23");
}

static int
see_rule(void *ctx, const struct station_rule *rule)
{
	(void)str_copy(ctx, 48, rule->category);
	return 0;
}

/* What a category is called changes for courses and stations, too. */
static void
test_category_is_renamed(void **state)
{
	struct station		s = { .name = "Four", .warn = 5, .late = 9 };
	struct station_route	route = { .category = "Pizzas",
				    .mode = "" };
	struct q_course_of	course;
	struct product		p;
	char			rule[48] = "";
	int64_t			id, n;

	(void)state;
	OK(product_get(shop, vase, &p));
	(void)strcpy(p.category, "Pizzas");
	OK(product_update(shop, &p));
	OK(course_put(shop, 1, "Plats"));
	OK(course_of_category(shop, "Pizzas", 1));
	OK(station_put(shop, &s));
	route.station = s.id;
	OK(station_route_add(shop, &route, &id));
	OK(category_rename(shop, "Pizzas", "Tartes", &n));
	assert_int_equal(n, 1);
	OK(q_course_of(shop->db, "Tartes", &course));
	assert_int_equal(course.course, 1);
	OK(station_rules(shop, see_rule, rule));
	assert_string_equal(rule, "Tartes");
}

/* Every barcode of a pack comes out of the file it went into. */
static void
test_pack_of_many_codes(void **state)
{
	struct buf	text = { 0 };
	struct product	p;
	struct scan	scan;
	char		code[16];

	(void)state;
	buf_str(&text, "code,name,tax_class,price,packs\n"
	    "10,Vase,standard,20,box=6");
	for (int i = 0; i < 20; i++) {
		buf_fmt(&text, ":PACKCODE-%03d", i);
	}
	buf_chr(&text, '\n');
	OK(import_by(shop, buf_text(&text)));
	buf_clear(&text);
	OK(packs_text(shop, vase, &text));
	for (int i = 0; i < 20; i++) {
		(void)snprintf(code, sizeof(code), "PACKCODE-%03d", i);
		OK(product_scan(shop, code, &p, &scan));
		assert_int_equal(scan.qty, 6000);
		assert_non_null(strstr(buf_text(&text), code));
	}
	buf_done(&text);
}

/* A numbered piece of a lot, counted where it is, is right; one that is not
 * there leaves its lot. */
static void
test_pieces_of_lots_counted(void **state)
{
	const struct count_piece	seen = { "A", "2026-12-01", "SN1" };
	const struct count_piece	fresh = { "B", "2027-12-01", "SN3" };
	struct stock_lot		*lots;
	struct count_gap		*gaps;
	int64_t				 id, sum;
	size_t				 n;

	(void)state;
	OK(stock_by_lot(shop, drill, true));
	OK(write_one((struct stock_entry){ .product = drill, .qty = QTY_ONE,
	    .serial = "SN1", .lot = "A", .expiry = "2026-12-01",
	    .kind = STOCK_RECEIPT }));
	OK(write_one((struct stock_entry){ .product = drill, .qty = QTY_ONE,
	    .serial = "SN2", .lot = "A", .kind = STOCK_RECEIPT }));
	OK(count_open(shop, COUNT_FULL, 0, true, "", 0, &id));
	OK(count_enter_piece(shop, id, drill, QTY_ONE, &seen, &sum));
	OK(count_enter_piece(shop, id, drill, QTY_ONE, &fresh, &sum));
	OK(count_gaps(shop, id, &gaps, &n));
	assert_int_equal(n, 2);
	assert_string_equal(gaps[0].serial, "SN2");
	assert_int_equal(gaps[0].expected, QTY_ONE);
	assert_string_equal(gaps[1].serial, "SN3");
	free(gaps);
	OK(count_close(shop, id, false, true));
	OK(stock_lots(shop, drill, 0, &lots, &n));
	assert_int_equal(n, 2);
	assert_string_equal(lots[0].code, "A");
	assert_int_equal(lots[0].qty, QTY_ONE);
	assert_string_equal(lots[1].code, "B");
	assert_int_equal(lots[1].qty, QTY_ONE);
	free(lots);
	checked();
}

/* A number is one, however it is typed where. */
static void
test_number_is_one(void **state)
{
	struct intake_entry	e = { .product = drill, .qty = QTY_ONE,
				    .serial = " sn9" };
	const struct count_piece	seen = { "", "", "Sn9" };
	struct sale_item	item = { .product = drill, .qty = QTY_ONE,
				    .serial = "SN9" };
	char			number[PURCHASE_NUMBER];
	int64_t			id, version = 0, line, change, sum;
	bool			posted;

	(void)state;
	OK(intake_start(shop, metro.id, false, 0, "", &id));
	OK(intake_add(shop, id, &e));
	e.serial = "SN9 ";
	assert_int_equal(intake_add(shop, id, &e), ERR_EXISTS);
	OK(intake_post(shop, id, number));
	assert_int_equal(write_one((struct stock_entry){ .product = drill,
	    .qty = QTY_ONE, .serial = "SN9", .kind = STOCK_RECEIPT }),
	    ERR_EXISTS);
	OK(transfer_open(shop, 1, second, &id));
	OK(transfer_put(shop, id, drill, QTY_ONE, "", "sn9"));
	OK(transfer_ship(shop, id));
	OK(transfer_receive(shop, id, drill, QTY_ONE, "sN9"));
	OK(count_open(shop, COUNT_PART, second, true, "", 0, &id));
	OK(count_enter_piece(shop, id, drill, QTY_ONE, &seen, &sum));
	OK(count_close(shop, id, false, true));
	level_is(drill, second, QTY_ONE);
	id = 0;
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	level_is(drill, second, 0);
	checked();
}

/* Why an invoice is taken is text. */
static void
test_reason_of_a_bill(void **state)
{
	int64_t	id;

	(void)state;
	assert_int_equal(bill_add(shop, metro.id, "F1", "2026-11-20", "",
	    1000, 0, NULL, 0, "\xff\xfe", &id), ERR_INVALID);
	OK(bill_add(shop, metro.id, "F1", "2026-11-20", "", 1000, 0, NULL, 0,
	    "agreed", &id));
}

static int
act_rolling(struct shop *own, int64_t id)
{
	return count_open(own, COUNT_ROLLING, 0, true, "", 0, &id);
}

static void
first_delivery(int64_t id)
{
	(void)id;
	OK(stock_write(shop, &(struct stock_entry){ .product = vase,
	    .qty = 5 * QTY_ONE, .kind = STOCK_RECEIPT }));
}

/* What is due is looked for before a rolling count opens, its level is the one
 * of that moment. */
static void
test_rolling_behind_delivery(void **state)
{
	struct count_row	row;
	int64_t			id;
	size_t			n;

	(void)state;
	bring(vase, 10 * QTY_ONE, 100);
	assert_int_equal(behind(act_rolling, 0, first_delivery), 0);
	OK(count_of_place(shop, 0, &id));
	OK(count_rows(shop, id, COUNT_ALL, "", 1, &row, &n));
	assert_int_equal(n, 1);
	assert_int_equal(row.product, vase);
	assert_int_equal(row.frozen, 15 * QTY_ONE);
	assert_int_equal(row.expected, 15 * QTY_ONE);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest	tests[] = {
		T(test_waste_goes_out), T(test_waste_of_a_dish),
		T(test_make_of_nothing),
		T(test_pieces_by_hand), T(test_lots_by_hand),
		T(test_dish_thrown_away), T(test_price_unknown),
		T(test_sent_is_there), T(test_sent_out_of_sight),
		T(test_unit_of_what_is_there), T(test_short_of_what_is_chosen),
		T(test_choice_comes_back), T(test_choice_is_divided),
		T(test_copy_has_the_recipe), T(test_piece_elsewhere),
		T(test_piece_of_a_lot), T(test_transfers_keep_their_lots),
		T(test_close_behind_again), T(test_closed_stays),
		T(test_put_behind_ship), T(test_typed_amount_stays),
		T(test_orders_of_a_store), T(test_only_their_store),
		T(test_only_their_figures),
		T(test_wanted_day),
		T(test_order_is_whole),
		T(test_variant_is_whole), T(test_import_leaves_alone),
		T(test_import_of_levels), T(test_import_needs_the_right),
		T(test_update_is_fenced), T(test_code_while_imported),
		T(test_alerts_of_a_wrong_clock),
		T(test_here_is_not_theirs), T(test_day_of_a_lot),
		T(test_beep_taken_back), T(test_import_behind_another),
		T(test_change_while_imported),
		T(test_code_lost_while_imported), T(test_due_in_the_zone),
		T(test_category_is_renamed), T(test_pack_of_many_codes),
		T(test_pieces_of_lots_counted), T(test_number_is_one),
		T(test_reason_of_a_bill), T(test_rolling_behind_delivery),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("edges", tests, NULL, NULL);
}
