/* SPDX-License-Identifier: ISC */
/* Departments with an open price, pieces with a serial number, several things
 * by one act. */
#include "trade.h"

#include <sqlite3.h>

#include "shop/init.h"
#include "shop/return.h"
#include "shop/sale_part.h"
#include "shop/serial.h"
#include "shop/stock.h"

static char		dir[64];
static struct shop	*shop, *one, *two;
static int64_t		misc, drill, coffee;

static int64_t
product(const char *code, const char *name, enum product_kind kind,
    int64_t price, bool serials)
{
	struct product	p = { .price = price, .active = true, .kind = kind,
			    .serials = serials, .tax_class = "standard",
			    .unit = "pc" };
	int64_t		id;

	(void)strcpy(p.code, code);
	(void)strcpy(p.name, name);
	if (kind == PRODUCT_DEPARTMENT) {
		p.min_price = 50;
		p.max_price = 9900;
	}
	OK(product_add(shop, &p, NULL, 0, &id));
	return id;
}

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	misc = product("7", "Divers", PRODUCT_DEPARTMENT, 0, false);
	drill = product("9001", "Perceuse", PRODUCT_ITEM, 8900, true);
	coffee = product("10", "Café", PRODUCT_ITEM, 250, false);
	one = test_till(dir, "anna", "Till 1");
	two = test_till(dir, "ben", "Till 2");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(two);
	shop_close(one);
	test_done(shop, dir);
	return 0;
}

static int
add_serial(struct shop *on, int64_t *id, int64_t *version, const char *serial)
{
	const struct sale_item	item = { .product = drill, .qty = QTY_ONE,
				    .serial = serial };
	int64_t			line;

	return sale_add_items(on, id, version, &item, 1, &line);
}

static void
says(int r, int code, const char *words)
{
	assert_int_equal(r, code);
	if (strstr(err_text(r), words) == NULL) {
		fail_msg("%s", err_text(r));
	}
}

static void
a_department_has_an_open_price(void **state)
{
	int64_t		id = 0, version = 0, line, price = 1250;
	struct sale	sale;

	(void)state;
	one->who.rights = role_rights(ROLE_CASHIER);
	says(sale_add(one, &id, &version, misc, QTY_ONE, NULL, &line),
	    ERR_EMPTY, "7@9,50");
	OK(sale_add(one, &id, &version, misc, 2 * QTY_ONE, &price, &line));
	price = 49;
	says(sale_add(one, &id, &version, misc, QTY_ONE, &price, &line),
	    ERR_DENIED, "0,50");
	price = 9901;
	says(sale_add(one, &id, &version, misc, QTY_ONE, &price, &line),
	    ERR_DENIED, "99,00");
	/* What an item costs is not open. */
	says(sale_add(one, &id, &version, coffee, QTY_ONE, &price, &line),
	    ERR_DENIED, "");
	one->who.rights = role_rights(ROLE_MANAGER);
	OK(sale_add(one, &id, &version, misc, QTY_ONE, &price, &line));
	OK(sale_load(one, id, &sale));
	assert_int_equal(sale.nlines, 2);
	assert_int_equal(sale.lines[0].amount, 2500);
	assert_int_equal(sale.lines[0].kind, PRODUCT_DEPARTMENT);
	assert_false(sale.lines[0].price_overridden);
	sale_done(&sale);
}

static void
a_piece_is_sold_once(void **state)
{
	int64_t		id = 0, version = 0, other = 0, seen = 0, change;
	bool		posted;
	struct sale	sale;

	(void)state;
	says(add_serial(one, &id, &version, ""), ERR_EMPTY, "serial number");
	OK(add_serial(one, &id, &version, "SN1"));
	says(add_serial(one, &id, &version, "SN1"), ERR_EXISTS, "this sale");
	says(add_serial(two, &other, &seen, "SN1"), ERR_EXISTS,
	    "another open sale");
	assert_int_equal(other, 0);
	OK(sale_load(one, id, &sale));
	assert_string_equal(sale.lines[0].serial, "SN1");
	/* One piece stays one. */
	says(sale_set_qty(one, id, &version, sale.lines[0].id, 2 * QTY_ONE),
	    ERR_INVALID, "SN1");
	sale_done(&sale);
	OK(sale_pay(one, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	says(add_serial(two, &other, &seen, "SN1"), ERR_EXISTS, "ticket ");
	OK(add_serial(two, &other, &seen, "SN2"));
	/* Taken out again it is free; put back, it is not. */
	OK(sale_cancel(two, other, &seen, "x"));
	other = seen = 0;
	OK(add_serial(two, &other, &seen, "SN2"));
}

/* What no till can see alone: the trigger refuses, whoever asked first. */
static void
the_database_refuses_it_too(void **state)
{
	int64_t		added;
	int64_t		id = 0, version = 0, other = 0, seen = 0, line, first;
	struct sale	sale;
	char		what[160];
	int		r;

	(void)state;
	OK(add_serial(one, &id, &version, "SN1"));
	OK(sale_add(two, &other, &seen, coffee, QTY_ONE, NULL, &line));
	OK(db_begin(two->db, "test"));
	r = q_sale_line_add(two->db, other, drill, "9001", "Perceuse", "pc",
	    QTY_ONE, 8900, 8900, 20000, 0, false, shop_now(), NULL, "item",
	    "SN1", "", "", "", 8900, NULL, &added);
	says(r, ERR_EXISTS, "sold already");
	r = q_sale_line_add(two->db, other, drill, "9001", "Perceuse", "pc",
	    2 * QTY_ONE, 8900, 17800, 20000, 0, false, shop_now(), NULL,
	    "item", "SN9", "", "", "", 8900, NULL, &added);
	says(r, ERR_INVALID, "one piece");
	db_rollback(two->db);
	/* Out, in at the other till, and undo cannot bring it back here. */
	OK(sale_load(one, id, &sale));
	first = sale.lines[0].id;
	sale_done(&sale);
	OK(sale_void_line(one, id, &version, first, ""));
	OK(add_serial(two, &other, &seen, "SN1"));
	says(sale_undo(one, id, &version, what, sizeof(what)), ERR_EXISTS,
	    "sold already");
}

/* A piece that came back on a paid ticket can be sold again, not before. */
static void
what_came_back_is_sold_again(void **state)
{
	int64_t		added;
	int64_t	id = 0, version = 0, back = 0, seen = 0, line, change;
	bool	posted;
	int64_t	third = 0, third_seen = 0;

	(void)state;
	OK(add_serial(one, &id, &version, "SN1"));
	OK(sale_pay(one, id, &version, "cash", 0, &change, &posted));
	/* A return, as it will stand in a ticket. */
	OK(sale_add(two, &back, &seen, coffee, 50 * QTY_ONE, NULL, &line));
	OK(db_begin(two->db, "test"));
	OK(q_sale_line_add(two->db, back, drill, "9001", "Perceuse", "pc",
	    -QTY_ONE, 8900, -8900, 20000, 0, false, shop_now(), NULL, "item",
	    "SN1", "", "", "", 8900, NULL, &added));
	OK(db_commit(two->db));
	says(add_serial(one, &third, &third_seen, "SN1"), ERR_EXISTS,
	    "ticket ");
	OK(sale_pay(two, back, &seen, "cash", 0, &change, &posted));
	assert_true(posted);
	OK(add_serial(one, &third, &third_seen, "SN1"));
	says(add_serial(two, &(int64_t){ 0 }, &(int64_t){ 0 }, "SN1"),
	    ERR_EXISTS, "open sale");
}

/* SN1 sold, and its ticket's line on a sale of its own; *line is that one. */
static void
out_and_back(bool scrap, int64_t *id, int64_t *version, int64_t *line)
{
	struct return_pick	pick = { .qty = QTY_ONE, .scrap = scrap };
	int64_t			sold = 0, seen = 0, change;
	struct sale		sale;
	bool			posted;

	OK(add_serial(one, &sold, &seen, "SN1"));
	OK(sale_pay(one, sold, &seen, "cash", 0, &change, &posted));
	OK(sale_load(one, sold, &sale));
	pick.line = sale.lines[0].id;
	sale_done(&sale);
	*id = *version = 0;
	OK(return_add(one, id, version, sold, &pick, 1));
	OK(sale_load(one, *id, &sale));
	*line = sale.lines[0].id;
	sale_done(&sale);
}

static void
what_is_thrown_away_is_gone(void **state)
{
	int64_t	id, version, back, change;
	bool	posted;

	(void)state;
	out_and_back(true, &id, &version, &back);
	says(add_serial(one, &id, &version, "SN1"), ERR_EXISTS, "ticket ");
	OK(sale_pay(one, id, &version, "cash", 0, &change, &posted));
	says(add_serial(two, &(int64_t){ 0 }, &(int64_t){ 0 }, "SN1"),
	    ERR_EXISTS, "ticket ");
}

static int	named;

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	named += strcmp(what, "serial numbers") == 0 &&
	    strstr(text, "SN1") != NULL;
}

static void
a_piece_out_twice_is_found(void **state)
{
	static const char	sql[] =
				    "DROP TRIGGER sale_line_no_update;"
				    "DROP TRIGGER sale_line_serial_update;"
				    "UPDATE sale_line SET serial = 'SN1';";
	int64_t			id, version, change, bad;
	bool			posted;
	char			path[96];
	sqlite3			*sq;

	(void)state;
	for (int i = 0; i < 2; i++) {
		id = version = 0;
		OK(add_serial(one, &id, &version, i == 0 ? "SN1" : "SN2"));
		OK(sale_pay(one, id, &version, "cash", 0, &change, &posted));
	}
	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad + named, 0);
	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sq, sql, NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(sq);
	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(named, 1);
}

static int
count_row(void *ctx, const struct serial_row *row)
{
	/* how it came, then that it was sold */
	static const char *const	kinds[] = { "adjust", "" };
	int				*n = ctx;

	assert_string_equal(row->serial, "SN1");
	assert_string_equal(row->code, "9001");
	assert_true(*n < 2);
	assert_string_equal(row->kind, kinds[*n]);
	(*n)++;
	return 0;
}

static void
a_number_has_its_life(void **state)
{
	int64_t	id = 0, version = 0, change;
	bool	posted;
	char	clean[SERIAL_MAX + 1];
	int	n = 0;
	struct product	p;

	(void)state;
	OK(product_find(shop, "9001", &p));
	OK(stock_correct_piece(shop, &(struct stock_entry){ .product = p.id,
	    .qty = QTY_ONE, .kind = STOCK_ADJUST, .serial = "sn1",
	    .reason = "found" }, NULL));
	test_now += 1000;
	OK(add_serial(one, &id, &version, "SN1"));
	OK(sale_pay(one, id, &version, "cash", 0, &change, &posted));
	OK(serial_list(shop, " sn1 ", count_row, &n));
	assert_int_equal(n, 2);
	n = 0;
	OK(serial_list(shop, "SN2", count_row, &n));
	assert_int_equal(n, 0);
	assert_int_equal(serial_clean("  ", clean), ERR_INVALID);
	assert_int_equal(serial_clean("a\tb", clean), ERR_INVALID);
}

static void
several_things_are_one_act(void **state)
{
	struct sale_item items[] = {
		{ .product = coffee, .qty = QTY_ONE, .note = "sans sucre" },
		{ .product = coffee, .qty = 2 * QTY_ONE },
		{ .product = misc, .qty = QTY_ONE },
	};
	int64_t		price = 300, id = 0, version = 0, line, lines[2];
	int64_t		more[2] = { QTY_ONE, 2 * QTY_ONE }, bad;
	struct sale	sale;
	char		what[160];

	(void)state;
	/* All or none: the department has no price. */
	assert_int_equal(sale_add_items(one, &id, &version, items, 3, &line),
	    ERR_EMPTY);
	assert_int_equal(id, 0);
	items[2].price = &price;
	OK(sale_add_items(one, &id, &version, items, 3, &line));
	OK(sale_load(one, id, &sale));
	assert_int_equal(sale.nlines, 3);
	assert_string_equal(sale.lines[0].note, "sans sucre");
	assert_int_equal(sale.total, 250 + 500 + 300);
	lines[0] = sale.lines[0].id;
	lines[1] = sale.lines[1].id;
	sale_done(&sale);
	OK(sale_more(one, id, &version, lines, more, 2));
	OK(sale_load(one, id, &sale));
	assert_int_equal(sale.lines[0].qty, 2 * QTY_ONE);
	assert_int_equal(sale.lines[1].qty, 4 * QTY_ONE);
	assert_int_equal(sale.total, 500 + 1000 + 300);
	sale_done(&sale);
	/* Each is taken back by one undo. */
	OK(sale_undo(one, id, &version, what, sizeof(what)));
	OK(sale_load(one, id, &sale));
	assert_int_equal(sale.total, 250 + 500 + 300);
	sale_done(&sale);
	OK(sale_add_items(one, &id, &version, items, 2, &line));
	OK(sale_undo(one, id, &version, what, sizeof(what)));
	assert_non_null(strstr(what, "2 lines"));
	OK(sale_load(one, id, &sale));
	assert_int_equal(sale.total, 250 + 500 + 300);
	sale_done(&sale);
	assert_int_equal(sale_add_items(one, &id, &version, items, 0, &line),
	    ERR_RANGE);
	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
}

static int64_t
line_at(int64_t id, size_t at)
{
	struct sale	sale;
	int64_t		line;

	OK(sale_load(one, id, &sale));
	line = sale.lines[at].id;
	sale_done(&sale);
	return line;
}

/* Brought back and sold again on one sale: then it does come back. */
static void
what_is_sold_again_has_come_back(void **state)
{
	struct return_pick	pick = { .qty = QTY_ONE };
	int64_t			ticket = 0, version = 0, id = 0, change;
	bool			posted;
	char			what[80];

	(void)state;
	OK(add_serial(one, &ticket, &version, "SN1"));
	OK(sale_pay(one, ticket, &version, "cash", 0, &change, &posted));
	pick.line = line_at(ticket, 0);
	version = 0;
	OK(return_add(one, &id, &version, ticket, &pick, 1));
	OK(add_serial(one, &id, &version, "SN1"));
	says(sale_void_line(one, id, &version, line_at(id, 0), ""),
	    ERR_INVALID, "sold again");
	OK(sale_undo(one, id, &version, what, sizeof(what)));
	OK(sale_void_line(one, id, &version, line_at(id, 0), ""));
}

/* Without its ticket nobody knows which piece it is. */
static void
a_piece_comes_back_with_its_ticket(void **state)
{
	int64_t	id = 0, version = 0;

	(void)state;
	says(return_free(one, &id, &version, drill, QTY_ONE, NULL, false,
	    "broken"), ERR_INVALID, "ticket");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(a_department_has_an_open_price),
		T(a_piece_is_sold_once),
		T(the_database_refuses_it_too),
		T(what_came_back_is_sold_again),
		T(what_is_thrown_away_is_gone),
		T(a_piece_out_twice_is_found),
		T(a_number_has_its_life),
		T(several_things_are_one_act),
		T(what_is_sold_again_has_come_back),
		T(a_piece_comes_back_with_its_ticket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
