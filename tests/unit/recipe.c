/* SPDX-License-Identifier: ISC */
/* Recipes: what a sale takes from stock, and what brings it back. */
#include "trade.h"

#include "shop/option.h"
#include "shop/payment.h"
#include "shop/return.h"
#include "shop/stock.h"
#include "shop/stock_recipe.h"

static char		dir[64];
static struct shop	*shop, *till;
static int64_t		dish, sauce, tomato, beef, salt, bun;

static void
stock_in(int64_t product, int64_t qty, int64_t cost)
{
	OK(stock_correct(shop, STOCK_RECEIPT, product, 0, qty, &cost, "x"));
}

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	dish = test_product(shop, "1", "Burger", "meal", "pc", 1500, false);
	sauce = test_product(shop, "2", "Sauce", "meal", "kg", 0, false);
	tomato = test_product(shop, "3", "Tomate", "food", "kg", 400, true);
	beef = test_product(shop, "4", "Boeuf", "food", "kg", 1800, true);
	salt = test_product(shop, "5", "Sel", "food", "kg", 100, true);
	bun = test_product(shop, "6", "Pain", "food", "pc", 60, true);
	stock_in(tomato, 10000, 200);
	stock_in(beef, 10000, 1000);
	stock_in(salt, 1000, 50);
	stock_in(bun, 100000, 30);
	/* 2 kg of sauce of 3 kg of tomatoes, a fifth of them lost, and salt */
	OK(recipe_put(shop, sauce, tomato, 2400, 20000));
	OK(recipe_put(shop, sauce, salt, 20, 0));
	OK(recipe_makes(shop, sauce, 2000));
	OK(recipe_put(shop, dish, beef, 180, 10000));
	OK(recipe_put(shop, dish, sauce, 50, 0));
	OK(recipe_put(shop, dish, bun, QTY_ONE, 0));
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
level_is(int64_t product, int64_t want)
{
	int64_t	qty;

	OK(stock_level(shop, product, &qty));
	assert_int_equal(qty, want);
}

static int64_t
sold(int64_t product, int64_t qty)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(till, &id, &version, product, qty, NULL, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	return id;
}

/* 180 g of beef when a tenth is lost are 200 g; 50 g of sauce are 75 g of
 * tomatoes and half a gram of salt. */
static void
test_sale_takes(void **state)
{
	struct recipe_line	*lines;
	int64_t			 makes, cost;
	size_t			 n;

	(void)state;
	(void)sold(dish, 4 * QTY_ONE);
	level_is(beef, 10000 - 800);
	level_is(tomato, 10000 - 300);
	level_is(salt, 1000 - 2);
	level_is(bun, 100000 - 4000);
	level_is(sauce, 0);
	OK(recipe_get(shop, sauce, &makes, &lines, &n, &cost));
	assert_int_equal(n, 2);
	assert_int_equal(makes, 2000);
	/* 3 kg at 2.00 and 20 g at 0.50 for two kilograms */
	assert_int_equal(cost, (600 + 1 + 1) / 2);
	free(lines);
}

/* What is kept in stock ahead is taken itself, its recipe when it is made. */
static void
test_made_ahead(void **state)
{
	int64_t	qty, value;

	(void)state;
	OK(recipe_make(shop, sauce, 2000));
	level_is(tomato, 10000 - 3000);
	level_is(salt, 1000 - 20);
	OK(stock_held(shop, sauce, 0, &qty, &value));
	assert_int_equal(qty, 2000);
	assert_int_equal(value, 601);
	(void)sold(dish, 10 * QTY_ONE);
	level_is(sauce, 1500);
	level_is(tomato, 7000);
	level_is(beef, 8000);
	assert_int_equal(recipe_make(shop, beef, 1000), ERR_NOT_FOUND);
}

/* A recipe that changes holds for what it is part of. */
static void
test_change(void **state)
{
	(void)state;
	OK(recipe_put(shop, sauce, salt, 0, 0));
	OK(recipe_put(shop, sauce, tomato, 2000, 0));
	(void)sold(dish, 2 * QTY_ONE);
	level_is(salt, 1000);
	level_is(tomato, 10000 - 100);
	assert_int_equal(recipe_put(shop, sauce, salt, 0, 0), ERR_NOT_FOUND);
}

static void
test_circle(void **state)
{
	(void)state;
	assert_int_equal(recipe_put(shop, dish, dish, 100, 0), ERR_INVALID);
	assert_int_equal(recipe_put(shop, sauce, dish, 100, 0), ERR_INVALID);
	assert_int_equal(recipe_put(shop, bun, sauce, 100, 0), 0);
	assert_int_equal(recipe_put(shop, sauce, bun, 100, 0), ERR_INVALID);
	assert_int_equal(recipe_put(shop, dish, beef, -1, 0), ERR_RANGE);
	assert_int_equal(recipe_put(shop, dish, beef, 1, RATE_ONE),
	    ERR_RANGE);
	/* what it takes is what it took */
	(void)sold(dish, QTY_ONE);
	level_is(beef, 9800);
}

static void
back(int64_t sale, bool scrap)
{
	struct return_pick	pick = { .scrap = scrap };
	struct pay		pay = { .tender = "cash", .sure = true };
	struct paid		paid;
	struct sale		s;
	int64_t			id = 0, version = 0;

	OK(sale_load(till, sale, &s));
	pick.line = s.lines[0].id;
	pick.qty = s.lines[0].qty;
	sale_done(&s);
	OK(return_add(till, &id, &version, sale, &pick, 1));
	OK(sale_pay_with(till, id, &version, &pay, &paid));
	assert_true(paid.posted);
}

/* Back into stock, or thrown away: both are written down. */
static void
test_returns(void **state)
{
	int64_t	first, second;

	(void)state;
	first = sold(dish, 2 * QTY_ONE);
	second = sold(bun, 3 * QTY_ONE);
	back(first, true);
	level_is(beef, 10000 - 400);
	level_is(bun, 100000 - 5000);
	back(second, false);
	level_is(bun, 100000 - 2000);
}

/* "double" takes as much again, "sans sauce" none. */
static void
test_choices(void **state)
{
	const struct option_row	more = { .code = "1", .group = "Avec",
		.choice = "double", .component = "", .against = "",
		.most = 2, .price = 300 };
	const struct option_row	less = { .code = "1", .group = "Avec",
		.choice = "sans pain", .component = "", .against = "",
		.most = 2 };
	struct option_set	set;
	struct recipe_choice	*list;
	struct sale_item	item = { .product = dish, .qty = 2 * QTY_ONE };
	int64_t			chosen[OPTION_PICKS] = { 0 }, id = 0,
				version = 0, line, change;
	size_t			n;
	bool			posted;

	(void)state;
	OK(option_put_row(shop, &more));
	OK(option_put_row(shop, &less));
	OK(recipe_choice(shop, dish, "Avec", "double", beef, 200));
	OK(recipe_choice(shop, dish, "Avec", "sans pain", bun, -QTY_ONE));
	assert_int_equal(recipe_choice(shop, dish, "Avec", "triple", beef, 1),
	    ERR_NOT_FOUND);
	OK(recipe_choices(shop, dish, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].code, "4");
	free(list);
	OK(option_load(till, dish, &set));
	OK(option_numbers(&set, "1", chosen, &item.npicks));
	OK(option_numbers(&set, "2", chosen, &item.npicks));
	option_done(&set);
	assert_int_equal(item.npicks, 2);
	item.picks = chosen;
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	level_is(beef, 10000 - 800);
	level_is(bun, 100000);
	level_is(tomato, 10000 - 150);
	/* an unchosen one takes the plain recipe */
	(void)sold(dish, QTY_ONE);
	level_is(beef, 9000);
	level_is(bun, 99000);
}

/* Pending sales and orders hold what their recipes take. */
static void
test_reserved(void **state)
{
	int64_t	id = 0, version = 0, line, qty;

	(void)state;
	OK(sale_add(till, &id, &version, dish, 3 * QTY_ONE, NULL, &line));
	OK(sale_reserved(shop, beef, &qty));
	assert_int_equal(qty, 0);
	OK(sale_submit(till, id, &version));
	OK(sale_reserved(shop, beef, &qty));
	assert_int_equal(qty, 600);
	OK(sale_reserved(shop, dish, &qty));
	assert_int_equal(qty, 3 * QTY_ONE);
	OK(sale_reopen(till, id, &version));
	OK(sale_reserved(shop, beef, &qty));
	assert_int_equal(qty, 0);
}

/* Said at the till, by name, before anything is written. */
static void
test_too_little(void **state)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	(void)state;
	OK(sale_add(till, &id, &version, dish, 60 * QTY_ONE, NULL, &line));
	OK(setting_set(shop, "negative_stock", "no"));
	assert_int_equal(sale_pay(till, id, &version, "cash", 0, &change,
	    &posted), ERR_EMPTY);
	assert_non_null(strstr(err_text(ERR_EMPTY), "Boeuf"));
	level_is(beef, 10000);
	OK(setting_set(shop, "negative_stock", "yes"));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	level_is(beef, -2000);
}

/* Said where it is rung up: what is there less what open sales have of it; and
 * one who may not adjust stock needs the word of one who may. */
static void
test_short(void **state)
{
	int64_t	id = 0, version = 0, other = 0, seen = 0, line;

	(void)state;
	till->who.rights = role_rights(ROLE_CASHIER);
	OK(sale_add(till, &id, &version, dish, 40 * QTY_ONE, NULL, &line));
	assert_string_equal(till->said, "");
	OK(setting_set(shop, "negative_stock", "warn"));
	OK(shop_reload_settings(till));
	/* 10 kg of beef, 8 of them on the open sale; 15 dishes take 3 more */
	OK(sale_add(till, &other, &seen, dish, 10 * QTY_ONE, NULL, &line));
	assert_string_equal(till->said, "");
	OK(sale_add(till, &other, &seen, dish, 5 * QTY_ONE, NULL, &line));
	assert_non_null(strstr(till->said, "Boeuf: 0 kg left"));
	OK(setting_set(shop, "negative_stock", "ask"));
	OK(shop_reload_settings(till));
	assert_int_equal(sale_more(till, other, &seen, &line,
	    &(int64_t){ QTY_ONE }, 1), ERR_DENIED);
	OK(sale_set_qty(till, other, &seen, line, 4 * QTY_ONE));
	till->who.rights = role_rights(ROLE_MANAGER);
	OK(sale_more(till, other, &seen, &line, &(int64_t){ QTY_ONE }, 1));
	OK(setting_set(shop, "negative_stock", "no"));
	OK(shop_reload_settings(till));
	assert_int_equal(sale_set_qty(till, other, &seen, line, 6 * QTY_ONE),
	    ERR_EMPTY);
	assert_int_equal(sale_add(till, &id, &version, beef, QTY_ONE, NULL,
	    &line), ERR_EMPTY);
}

static int64_t
left_of(int64_t product, const char *lot)
{
	struct stock_lot	*lots;
	size_t			 n;
	int64_t			 left = 0;

	OK(stock_lots(shop, product, 0, &lots, &n));
	for (size_t i = 0; i < n; i++) {
		left += strcmp(lots[i].code, lot) == 0 ? lots[i].qty : 0;
	}
	free(lots);
	return left;
}

/* A sale, and what a recipe takes, goes by expiry; a lot that the label names
 * goes first. */
static void
test_sale_of_lots(void **state)
{
	static const char *const	lots[][2] = {
		{ "late", "2027-03-01" }, { "soon", "2026-12-01" } };
	struct sale_item		item = { .qty = QTY_ONE };
	int64_t				id = 0, version = 0, line, change;
	int64_t				milk;
	bool				posted;

	(void)state;
	milk = test_product(shop, "7", "Lait", "food", "pc", 120, true);
	OK(stock_by_lot(shop, milk, true));
	OK(db_begin(shop->db, "test"));
	for (size_t i = 0; i < 2; i++) {
		OK(stock_write(shop, &(struct stock_entry){ .product = milk,
		    .qty = 5 * QTY_ONE, .lot = lots[i][0],
		    .expiry = lots[i][1], .kind = STOCK_RECEIPT }));
	}
	OK(db_commit(shop->db));
	(void)sold(milk, 2 * QTY_ONE);
	assert_int_equal(left_of(milk, "soon"), 3 * QTY_ONE);
	item.product = milk;
	item.lot = "late";
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	assert_int_equal(left_of(milk, "late"), 4 * QTY_ONE);
	OK(recipe_put(shop, dish, milk, QTY_ONE, 0));
	(void)sold(dish, 4 * QTY_ONE);
	assert_int_equal(left_of(milk, "soon"), 0);
	assert_int_equal(left_of(milk, "late"), 3 * QTY_ONE);
	level_is(milk, 3 * QTY_ONE);
}

/* A piece with a number is here once, is sold once, and comes back once. */
static void
test_sale_of_a_piece(void **state)
{
	struct product		p = { .price = 9900, .tracked = true,
				    .active = true, .serials = true };
	struct sale_item	item = { .qty = QTY_ONE, .serial = "SN7" };
	struct stock_entry	piece = { .qty = QTY_ONE, .serial = "SN7",
				    .kind = STOCK_RECEIPT };
	int64_t			id = 0, version = 0, line, change;
	bool			posted;

	(void)state;
	(void)strcpy(p.code, "8");
	(void)strcpy(p.name, "Perceuse");
	(void)strcpy(p.tax_class, "standard");
	(void)strcpy(p.unit, "pc");
	OK(product_add(shop, &p, NULL, 0, &p.id));
	piece.product = item.product = p.id;
	OK(db_begin(shop->db, "test"));
	OK(stock_write(shop, &piece));
	OK(db_commit(shop->db));
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	level_is(p.id, 0);
	line = id;
	id = version = 0;
	assert_int_equal(sale_add_items(till, &id, &version, &item, 1,
	    &change), ERR_EXISTS);
	back(line, false);
	level_is(p.id, QTY_ONE);
	OK(db_begin(shop->db, "test"));
	assert_int_equal(stock_write(shop, &piece), ERR_EXISTS);
	db_rollback(shop->db);
	id = version = 0;
	OK(sale_add_items(till, &id, &version, &item, 1, &line));
	OK(sale_pay(till, id, &version, "cash", 0, &change, &posted));
	level_is(p.id, 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_sale_takes),
		T(test_made_ahead),
		T(test_change),
		T(test_circle),
		T(test_returns),
		T(test_choices),
		T(test_reserved),
		T(test_too_little),
		T(test_short),
		T(test_sale_of_lots),
		T(test_sale_of_a_piece),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
