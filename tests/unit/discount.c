/* SPDX-License-Identifier: ISC */
/* Prices and discounts on real sales: what a line keeps, who may give what,
 * what undo gives back, what is frozen. */
#include "trade.h"

#include <sqlite3.h>

#include "shop/approval.h"
#include "shop/discount.h"
#include "shop/init.h"
#include "shop/promo.h"
#include "shop/receipt.h"
#include "shop/slip.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		coffee, meal, wine, cheese;
static int64_t		id, version, line;

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	coffee = test_product(shop, "1001", "Café", "drink", "pc", 250, false);
	meal = test_product(shop, "1040", "Menu", "meal", "pc", 4000, false);
	wine = test_product(shop, "1090", "Vin", "alcohol", "pc", 2000, false);
	cheese = test_product(shop, "2001", "Comté", "food", "kg", 1290, true);
	id = version = 0;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static void
add(int64_t product, int64_t qty)
{
	OK(sale_add(shop, &id, &version, product, qty, NULL, &line));
}

static int
off(int64_t at, const char *text)
{
	struct wish	wish;

	OK(wish_parse(text, &shop->money, false, &wish));
	return sale_discount(shop, id, &version, at, &wish);
}

static int64_t
total(void)
{
	struct sale	sale;
	int64_t		t;

	OK(sale_load(shop, id, &sale));
	t = sale.total;
	sale_done(&sale);
	return t;
}

static void
pay(void)
{
	int64_t	change;
	bool	posted;

	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

static void
whole(void)
{
	int64_t	bad;

	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* 10.00 off 40.00 at 10 % and 20.00 at 20 %. */
static void
a08_amount_across_rates(void **state)
{
	struct sale	sale;
	struct slip	slip = { 0 };

	(void)state;
	add(meal, QTY_ONE);
	add(wine, QTY_ONE);
	OK(off(0, "-10 anniversaire"));
	for (int paid = 0; paid < 2; paid++) {
		OK(sale_load(shop, id, &sale));
		assert_int_equal(sale.total, 5000);
		assert_int_equal(sale.lines[0].off, 667);
		assert_int_equal(sale.lines[1].off, 333);
		assert_int_equal(sale.nvat, 2);
		assert_int_equal(sale.vat[0].gross, 1667);	/* 20 % */
		assert_int_equal(sale.vat[0].net, 1389);
		assert_int_equal(sale.vat[0].vat, 278);
		assert_int_equal(sale.vat[1].gross, 3333);
		assert_int_equal(sale.vat[1].net, 3030);
		assert_int_equal(sale.vat[1].vat, 303);
		assert_int_equal(sale.ndiscounts, 1);
		assert_int_equal(sale.discounts[0].amount, 1000);
		if (paid == 0) {
			sale_done(&sale);
			pay();
		}
	}
	/* The paper shows the lines as they were, and what was taken off. */
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "40,00 B"));
	assert_non_null(strstr(slip_stored(&slip), "discount: anniversaire"));
	assert_non_null(strstr(slip_stored(&slip), "-10,00"));
	slip_done(&slip);
	sale_done(&sale);
	whole();
}

static void
a13_a_weight_at_a_list_price(void **state)
{
	struct price_row	row = { .list = "", .code = "2001",
				    .price = 1200, .since = "2026-11-21" };
	struct sale		sale;

	(void)state;
	add(cheese, 1235);
	assert_int_equal(total(), 1593);
	/* From tomorrow: not today; and then the catalogue's own. */
	OK(price_set(shop, &row, false));
	add(cheese, 1000);
	assert_int_equal(total(), 1593 + 1290);
	test_now += INT64_C(86400000);
	add(cheese, 1000);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.lines[2].price, 1200);
	assert_int_equal(sale.lines[2].list_price, 1200);
	assert_string_equal(sale.lines[2].price_label, "");
	assert_false(sale.lines[2].price_overridden);
	sale_done(&sale);
}

/* K02: by item, weekday and half-open hours; fixed when it is entered. */
static void
k02_happy_hour(void **state)
{
	struct price_list	list = { .name = "happy",
				    .label = "Happy hour",
				    .scope.when = PERIOD_ALWAYS };
	struct price_row	row = { .list = "happy", .code = "1001",
				    .price = 150 };
	struct sale		sale;
	int64_t			list_id, start, price = 200;

	(void)state;
	OK(period_hours(&list.scope.when, "17:00-19:00"));
	OK(period_days(&list.scope.when, "mon-fri"));
	OK(price_list_add(shop, &list, &list_id));
	OK(price_set(shop, &row, false));
	start = INT64_C(1795194000000);		/* Friday 17:00 */
	test_now = start - 1;
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 250);
	test_now = start;
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 400);
	add(meal, QTY_ONE);			/* is not on the list */
	assert_int_equal(total(), 4400);
	test_now = start + 2 * 3600 * 1000 - 1;
	add(coffee, QTY_ONE);
	test_now++;
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 4400 + 150 + 250);
	/* What was entered then is not dearer later. */
	OK(sale_load(shop, id, &sale));
	OK(sale_set_qty(shop, id, &version, sale.lines[1].id, 3 * QTY_ONE));
	assert_int_equal(sale.lines[1].price, 150);
	assert_int_equal(sale.lines[1].list_price, 250);
	assert_string_equal(sale.lines[1].price_label, "Happy hour");
	assert_false(sale.lines[1].price_overridden);
	sale_done(&sale);
	assert_int_equal(total(), 4400 + 150 + 250 + 300);
	/* The price it has now is no override; another one is. */
	shop->who.rights = role_rights(ROLE_CASHIER);
	price = 250;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, &price, &line));
	price = 150;
	assert_int_equal(sale_add(shop, &id, &version, coffee, QTY_ONE,
	    &price, &line), ERR_DENIED);
	shop->who.rights = role_rights(ROLE_ADMIN);
	pay();
	OK(price_list_end(shop, "happy"));
	assert_int_equal(price_list_end(shop, "happy"), ERR_NOT_FOUND);
	whole();
}

static void
lists_by_till_in_their_order(void **state)
{
	struct price_list	list = { .name = "bar", .label = "Bar",
				    .scope.when = PERIOD_ALWAYS };
	struct price_row	row = { .list = "bar", .code = "1001",
				    .price = 200 };
	int64_t			made, bar;

	(void)state;
	OK(db_begin(shop->db, "test"));
	OK(q_terminal_add(shop->db, "Bar", "bar", true, test_now, &bar));
	OK(db_commit(shop->db));
	OK(scope_set(shop, &list.scope, "till", "Bar"));
	OK(price_list_add(shop, &list, &made));
	OK(price_set(shop, &row, false));
	(void)strcpy(list.name, "partout");
	list.scope.terminal = 0;
	OK(price_list_add(shop, &list, &made));
	(void)strcpy(row.list, "partout");
	row.price = 230;
	OK(price_set(shop, &row, false));
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 230);
	/* At the bar its list comes first; what it lacks the next one has. */
	shop->who.terminal = bar;
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 430);
	OK(price_set(shop, &(struct price_row){ .list = "bar",
	    .code = "1001" }, true));
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 660);
	assert_int_equal(scope_set(shop, &list.scope, "till", "nowhere"),
	    ERR_NOT_FOUND);
	assert_int_equal(price_list_add(shop, &list, &made), ERR_EXISTS);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(price_set(shop, &row, false), ERR_DENIED);
	assert_int_equal(price_list_end(shop, "bar"), ERR_DENIED);
}

static int
findings(void)
{
	int64_t	bad;

	OK(check_run(shop, finding, NULL, &bad));
	return (int)bad;
}

/* Who changes the file by hand is found by the sums. */
static void
a_changed_discount_is_found(void **state)
{
	sqlite3	*sq;
	char	 path[96];

	(void)state;
	add(meal, QTY_ONE);
	OK(off(line, "10%"));
	pay();
	whole();
	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sq,
	    "DROP TRIGGER sale_discount_no_update;"
	    "UPDATE sale_discount SET amount = amount + 1", NULL, NULL,
	    NULL), SQLITE_OK);
	(void)sqlite3_close(sq);
	assert_true(findings() > 0);
}

/* Gold customers pay less from the moment they are known, and no longer when
 * they are not the buyer any more. */
static void
lists_by_customer_and_mode(void **state)
{
	struct price_list	list = { .name = "gold", .label = "Gold",
				    .scope.when = PERIOD_ALWAYS };
	struct price_row	row = { .list = "gold", .code = "1001",
				    .price = 200 };
	struct customer		c = { .code = "C1", .name = "Roux",
				    .active = true };
	struct sale		sale;
	int64_t			made, roux;

	(void)state;
	OK(customer_add(shop, &c, &roux));
	OK(price_group_set(shop, "C1", "gold"));
	OK(scope_set(shop, &list.scope, "group", "gold"));
	OK(price_list_add(shop, &list, &made));
	OK(price_set(shop, &row, false));
	(void)strcpy(list.name, "away");
	(void)strcpy(list.scope.group, "");
	OK(scope_set(shop, &list.scope, "mode", "take_away_now"));
	OK(price_list_add(shop, &list, &made));
	(void)strcpy(row.list, "away");
	row.price = 220;
	OK(price_set(shop, &row, false));

	add(coffee, 2 * QTY_ONE);
	add(meal, QTY_ONE);
	assert_int_equal(total(), 4500);
	OK(off(line, "10%"));
	assert_int_equal(total(), 4100);
	OK(sale_set_mode(shop, id, &version, "take_away_now"));
	assert_int_equal(total(), 4040);
	OK(sale_set_customer(shop, &id, &version, roux));
	assert_int_equal(total(), 4000);
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.lines[0].price_label, "Gold");
	assert_int_equal(sale.lines[0].list_price, 250);
	assert_false(sale.lines[0].price_overridden);
	sale_done(&sale);
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 4200);
	OK(sale_set_customer(shop, &id, &version, 0));
	OK(sale_set_mode(shop, id, &version, "on_site"));
	assert_int_equal(total(), 4350);
	pay();
	whole();
}

static void
promotions_follow_the_lines(void **state)
{
	struct promo_item	items[2];
	struct promo		promo = { .name = "3for2",
				    .label = "3 cafés pour 2",
				    .kind = PROMO_N_FOR_M, .n = 3, .m = 2,
				    .scope.when = PERIOD_ALWAYS,
				    .item = items };
	struct sale		sale;
	char			what[160];
	int64_t			promo_id, first;

	(void)state;
	add(coffee, QTY_ONE);
	test_now++;
	OK(promo_item_parse(shop, promo.kind, "1001", items, &promo.nitems));
	OK(promo_add(shop, &promo, &promo_id));
	/* The line that was there before takes no part. */
	add(coffee, 2 * QTY_ONE);
	first = line;
	assert_int_equal(total(), 750);
	OK(sale_set_qty(shop, id, &version, first, 3 * QTY_ONE));
	assert_int_equal(total(), 250 + 500);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.lines[1].off, 250);
	assert_int_equal(sale.lines[1].amount, 500);
	assert_int_equal(sale.ndiscounts, 1);
	assert_int_equal(sale.discounts[0].line, first);
	assert_string_equal(sale.discounts[0].label, "3 cafés pour 2");
	sale_done(&sale);
	/* Undo gives it back, more brings it again. */
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(), 750);
	OK(sale_set_qty(shop, id, &version, first, 6 * QTY_ONE));
	assert_int_equal(total(), 250 + 1000);
	/* A price somebody decides is no promotion's. */
	OK(sale_set_price(shop, id, &version, first, 100));
	assert_int_equal(total(), 250 + 600);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(), 250 + 1000);
	OK(sale_void_line(shop, id, &version, first, ""));
	assert_int_equal(total(), 250);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(), 250 + 1000);
	/* Ended: what was entered before keeps it, what comes after not. */
	test_now++;
	OK(promo_end(shop, "3for2"));
	add(coffee, 3 * QTY_ONE);
	assert_int_equal(total(), 250 + 1000 + 750);
	/* Reversed with its discount, to the cent. */
	test_now += shop->set.void_fresh_ms + 1;
	OK(sale_void_line(shop, id, &version, first, "tasse cassée"));
	assert_int_equal(total(), 250 + 750);
	pay();
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.lines[1].off + sale.lines[3].off, 0);
	sale_done(&sale);
	whole();
}

static void
limits_by_role(void **state)
{
	struct sale	sale;

	(void)state;
	OK(setting_set(shop, "discount_limits", "cashier 10, seller 2.5"));
	assert_int_equal(setting_set(shop, "discount_limits", "boss 10"),
	    ERR_NOT_FOUND);
	assert_int_equal(setting_set(shop, "discount_limits", "cashier"),
	    ERR_INVALID);
	assert_int_equal(setting_set(shop, "discount_limits", "cashier 101"),
	    ERR_INVALID);
	add(meal, QTY_ONE);
	add(wine, QTY_ONE);
	shop->who.role = ROLE_CASHIER;
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(off(line, "11%"), ERR_DENIED);
	assert_int_equal(off(line, "-2,01"), ERR_DENIED);
	OK(off(line, "-2"));
	assert_int_equal(total(), 5800);
	/* All that is given counts: 2.00 of 6.00 are gone. */
	assert_int_equal(off(0, "10%"), ERR_DENIED);
	assert_int_equal(off(0, "-4,01"), ERR_DENIED);
	OK(off(0, "-4"));
	assert_int_equal(total(), 5400);
	assert_int_equal(sale_offer(shop, id, &version, line, "ami"),
	    ERR_DENIED);
	/* What is left when the dear line goes is within the limit too. */
	OK(sale_load(shop, id, &sale));
	OK(sale_void_line(shop, id, &version, sale.lines[0].id, ""));
	sale_done(&sale);
	assert_int_equal(total(), 2000 - 200);
	shop->who.role = ROLE_WAITER;
	shop->who.rights = role_rights(ROLE_WAITER);
	assert_int_equal(off(line, "1%"), ERR_DENIED);
	shop->who.rights = role_rights(ROLE_COOK);
	assert_int_equal(off(line, "1%"), ERR_DENIED);
	/* A manager's is what they say. */
	shop->who.role = ROLE_MANAGER;
	shop->who.rights = role_rights(ROLE_MANAGER);
	OK(off(0, "50%"));
	assert_int_equal(total(), 900);
}

static void
offered_with_a_reason(void **state)
{
	struct sale	sale;
	struct slip	slip = { 0 };
	char		what[160];

	(void)state;
	add(coffee, 2 * QTY_ONE);
	assert_int_equal(sale_offer(shop, id, &version, line, ""),
	    ERR_EMPTY);
	OK(off(line, "10%"));
	assert_int_equal(total(), 450);
	OK(sale_offer(shop, id, &version, line, "café froid"));
	assert_int_equal(total(), 0);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_non_null(strstr(what, "café froid"));
	assert_int_equal(total(), 450);
	OK(off(line, "offer café froid"));
	add(meal, QTY_ONE);
	assert_int_equal(total(), 4000);
	pay();
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.lines[0].amount, 0);
	assert_int_equal(sale.lines[0].off, 500);
	assert_int_equal(sale.discounts[0].kind, DISCOUNT_OFFER);
	assert_string_equal(sale.discounts[0].reason, "café froid");
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "offered: café froid"));
	slip_done(&slip);
	sale_done(&sale);
	/* Frozen, as all of the ticket. */
	assert_int_not_equal(off(line, "5%"), 0);
	assert_int_not_equal(sale_offer(shop, id, &version, line, "x"), 0);
	whole();
}

static void
a_discount_takes_the_place_of_another(void **state)
{
	char	what[160];

	(void)state;
	add(meal, QTY_ONE);
	assert_int_equal(off(line, "0%"), ERR_EMPTY);
	OK(off(line, "10%"));
	OK(off(line, "-5 abîmé"));
	assert_int_equal(total(), 3500);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(), 3600);
	OK(off(line, "0%"));
	assert_int_equal(total(), 4000);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(), 3600);
	/* Behind it, the ticket's. */
	OK(off(0, "50%"));
	assert_int_equal(total(), 1800);
	OK(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE));
	assert_int_equal(total(), 3600);
	OK(off(line, "12,50"));			/* another price */
	assert_int_equal(total(), 1125);
	assert_int_equal(off(0, "12,50"), ERR_INVALID);
	/* Never below nothing. */
	OK(off(line, "-999"));
	assert_int_equal(total(), 0);
}

static void
coupons(void **state)
{
	struct promo	promo = { .name = "bienvenue",
			    .label = "Bienvenue", .kind = PROMO_THRESHOLD,
			    .threshold = 3000, .amount = 500,
			    .coupon = "HELLO-5", .uses = 1,
			    .scope.when = PERIOD_ALWAYS };
	struct sale	sale;
	char		what[160];
	int64_t		promo_id, first;

	(void)state;
	OK(promo_add(shop, &promo, &promo_id));
	assert_int_equal(promo_add(shop, &promo, &promo_id), ERR_EXISTS);
	add(coffee, QTY_ONE);
	assert_int_equal(sale_coupon(shop, id, &version, "NONE"),
	    ERR_NOT_FOUND);
	OK(sale_coupon(shop, id, &version, "hello-5"));
	assert_int_equal(total(), 250);		/* not 30.00 yet */
	add(meal, QTY_ONE);
	assert_int_equal(total(), 4250 - 500);
	assert_int_equal(sale_coupon(shop, id, &version, "HELLO-5"),
	    ERR_EXISTS);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.ndiscounts, 2);
	assert_int_equal(sale.discounts[1].line, 0);
	assert_int_equal(sale.discounts[1].amount, 500);
	sale_done(&sale);
	/* Good for one ticket, wherever it lies; a cancelled one gives it
	 * back. */
	first = id;
	id = version = 0;
	add(meal, QTY_ONE);
	assert_int_equal(sale_coupon(shop, id, &version, "HELLO-5"),
	    ERR_INVALID);
	version = 5;
	OK(sale_load(shop, first, &sale));
	version = sale.version;
	sale_done(&sale);
	OK(sale_cancel(shop, first, &version, "parti"));
	version = 1;
	OK(sale_coupon(shop, id, &version, "HELLO-5"));
	assert_int_equal(total(), 3500);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(), 4000);
	OK(sale_coupon(shop, id, &version, "HELLO-5"));
	pay();
	whole();
}

/* What was allowed was allowed for one: more of it is asked again. */
static void
more_of_it_takes_the_same_right(void **state)
{
	int64_t	more = QTY_ONE;

	(void)state;
	OK(setting_set(shop, "discount_limits", "cashier 10"));
	shop->who.role = ROLE_MANAGER;
	shop->who.rights = role_rights(ROLE_MANAGER);
	add(coffee, QTY_ONE);
	OK(sale_offer(shop, id, &version, line, "ami"));
	shop->who.role = ROLE_CASHIER;
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(sale_set_qty(shop, id, &version, line, 9 * QTY_ONE),
	    ERR_DENIED);
	assert_int_equal(sale_more(shop, id, &version, &line, &more, 1),
	    ERR_DENIED);

	shop->who.rights = role_rights(ROLE_MANAGER);
	add(meal, QTY_ONE);
	OK(sale_set_price(shop, id, &version, line, 100));
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE),
	    ERR_DENIED);

	shop->who.role = ROLE_MANAGER;
	shop->who.rights = role_rights(ROLE_MANAGER);
	add(wine, QTY_ONE);
	OK(off(line, "50%"));
	shop->who.role = ROLE_CASHIER;
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE),
	    ERR_DENIED);
	assert_int_equal(total(), 0 + 100 + 1000);
	/* Their own they may. */
	id = version = 0;
	add(wine, QTY_ONE);
	OK(off(line, "10%"));
	OK(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE));
	assert_int_equal(total(), 3600);
}

static void
as(enum role role)
{
	shop->who.role = role;
	shop->who.rights = role_rights(role);
}

/* 30 % of 20.00 was allowed, not 30 % of whatever comes later. */
static void
what_was_allowed_of_the_ticket_stays(void **state)
{
	struct sale	sale;
	char		text[96];
	enum right	right;
	int64_t		boss, owner = shop->who.user, first;

	(void)state;
	OK(setting_set(shop, "discount_limits", "cashier 10"));
	OK(user_add(shop, "Monique", ROLE_MANAGER, "", &boss));
	OK(user_set_pin(shop, boss, "4711"));
	as(ROLE_CASHIER);
	id = version = 0;
	add(coffee, QTY_ONE);
	first = line;
	OK(sale_void_line(shop, id, &version, line, ""));
	assert_int_equal(off(0, "30%"), ERR_EMPTY);
	add(wine, QTY_ONE);
	approval_begin(shop);
	assert_int_equal(off(0, "30%"), ERR_DENIED);
	assert_true(approval_ask(shop, &right));
	OK(approval_grant(shop, boss, "pin"));
	OK(off(0, "30%"));
	assert_int_equal(total(), 1400);
	add(meal, 12 * QTY_ONE);
	assert_int_equal(total(), 2000 + 48000 - 600);
	OK(sale_load(shop, id, &sale));
	discount_text(shop, &sale.discounts[0], text, sizeof(text));
	assert_string_equal(text, "discount 30\xc2\xa0% (capped)");
	sale_done(&sale);
	/* Less is less, and what was allowed comes back. */
	OK(sale_void_line(shop, id, &version, line, ""));
	assert_int_equal(total(), 1400);
	OK(sale_load(shop, id, &sale));
	assert_false(sale.discounts[0].capped);
	line = sale.lines[1].id;
	assert_int_not_equal(line, first);
	sale_done(&sale);
	OK(sale_set_qty(shop, id, &version, line, QTY_ONE * 2));
	assert_int_equal(total(), 4000 - 600);
	/* Somebody who may give as much lets it grow. */
	as(ROLE_MANAGER);
	add(meal, QTY_ONE);
	assert_int_equal(total(), 8000 - 2400);
	/* Up to their own limit anybody's grows. */
	OK(off(0, "10%"));
	as(ROLE_CASHIER);
	add(meal, QTY_ONE);
	assert_int_equal(total(), 12000 - 1200);
	assert_int_equal(shop->who.user, owner);
	pay();
	as(ROLE_ADMIN);
	whole();
}

/* Who practises uses no coupon up. */
static void
a_coupon_in_practice_is_still_good(void **state)
{
	struct promo	promo = { .name = "bienvenue",
			    .label = "Bienvenue", .kind = PROMO_PERCENT,
			    .percent = 10000, .coupon = "HELLO-5", .uses = 1,
			    .scope.when = PERIOD_ALWAYS };
	int64_t		promo_id;

	(void)state;
	OK(promo_add(shop, &promo, &promo_id));
	shop->who.training = true;
	add(meal, QTY_ONE);
	OK(sale_coupon(shop, id, &version, "HELLO-5"));
	pay();
	shop->who.training = false;
	id = version = 0;
	add(meal, QTY_ONE);
	OK(sale_coupon(shop, id, &version, "HELLO-5"));
	assert_int_equal(total(), 3600);
}

/* A promotion may not take back what was paid already. */
static void
what_is_paid_stays_covered(void **state)
{
	struct promo	promo = { .name = "seuil", .label = "Dès 60",
			    .kind = PROMO_THRESHOLD, .threshold = 6000,
			    .percent = 90000,
			    .scope.when = PERIOD_ALWAYS };
	int64_t		promo_id, change, was;
	bool		posted;

	(void)state;
	OK(promo_add(shop, &promo, &promo_id));
	add(meal, QTY_ONE);
	OK(sale_pay(shop, id, &version, "cash", 3000, &change, &posted));
	was = version;
	assert_int_equal(sale_add(shop, &id, &version, wine, QTY_ONE, NULL,
	    &line), ERR_INVALID);
	assert_int_equal(version, was);
	assert_int_equal(total(), 4000);
	assert_int_equal(off(0, "90%"), ERR_INVALID);
	pay();
	whole();
}

static void
what_is_no_promotion_or_wish(void **state)
{
	struct promo	promo = { .name = "x", .label = "X",
			    .kind = PROMO_PERCENT, .percent = 0,
			    .scope.when = PERIOD_ALWAYS };
	struct wish	wish;
	int64_t		promo_id;

	(void)state;
	assert_int_equal(promo_add(shop, &promo, &promo_id), ERR_INVALID);
	promo.percent = RATE_ONE + 1;
	assert_int_equal(promo_add(shop, &promo, &promo_id), ERR_RANGE);
	promo.percent = 100;
	promo.uses = 2;
	assert_int_equal(promo_add(shop, &promo, &promo_id), ERR_INVALID);
	(void)strcpy(promo.name, "two words");
	assert_int_equal(promo_add(shop, &promo, &promo_id), ERR_INVALID);
	assert_int_equal(promo_end(shop, "x"), ERR_NOT_FOUND);
	assert_int_not_equal(wish_parse("abc", &shop->money, false, &wish),
	    0);
	assert_int_equal(wish_parse("101%", &shop->money, false, &wish),
	    ERR_RANGE);
	assert_int_not_equal(wish_parse("9,50 cassé", &shop->money, false,
	    &wish), 0);
	OK(wish_parse("-10 %  abîmé", &shop->money, false, &wish));
	assert_int_equal(wish.kind, WISH_PERCENT);
	assert_int_equal(wish.value, 10000);
	assert_string_equal(wish.reason, "abîmé");
	OK(wish_parse("offer", &shop->money, false, &wish));
	assert_int_equal(wish.kind, WISH_OFFER);
	add(coffee, QTY_ONE);
	assert_int_equal(total(), 250);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(a08_amount_across_rates),
		T(a13_a_weight_at_a_list_price),
		T(k02_happy_hour),
		T(lists_by_till_in_their_order),
		T(a_changed_discount_is_found),
		T(lists_by_customer_and_mode),
		T(promotions_follow_the_lines),
		T(limits_by_role),
		T(offered_with_a_reason),
		T(a_discount_takes_the_place_of_another),
		T(coupons),
		T(a_coupon_in_practice_is_still_good),
		T(more_of_it_takes_the_same_right),
		T(what_was_allowed_of_the_ticket_stays),
		T(what_is_paid_stays_covered),
		T(what_is_no_promotion_or_wish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
