/* SPDX-License-Identifier: ISC */
/* Shifts: K05, opening by itself, what was forgotten, what a closing says. */
#include "trade.h"

#include <sqlite3.h>

#include "shop/currency.h"
#include "shop/drawer.h"
#include "shop/init.h"
#include "shop/payment.h"
#include "shop/print.h"

#define HOUR	(INT64_C(3600) * 1000)
/* 2026-11-20 12:30:15 Z */
#define NOON	INT64_C(1795177815000)

static char		dir[64];
static struct shop	*shop, *till;
static int64_t		menu, wine;

static int
setup(void **state)
{
	(void)state;
	test_now = NOON;
	shop = test_shop("FR", dir);
	menu = test_product(shop, "2001", "Menu du jour", "meal", "pc", 1850,
	    false);
	wine = test_product(shop, "3001", "Verre de vin", "alcohol", "pc", 500,
	    false);
	till = test_till(dir, "anna", "Caisse 1");
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

/* One ticket of that price, paid whole. */
static int64_t
ticket(struct shop *at, int64_t price, const char *tender)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(at, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_pay(at, id, &version, tender, 0, &change, &posted));
	assert_true(posted);
	return id;
}

static void
business_day(struct shop *at, int64_t id, char out[static CLOCK_DAY_SIZE])
{
	struct sale	sale;

	OK(sale_load(at, id, &sale));
	(void)strcpy(out, sale.business_day);
	sale_done(&sale);
}

static char	found[4096];		/* by the check */

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
	(void)strncat(found, text, sizeof(found) - strlen(found) - 1);
}

static void
check_clean(void)
{
	int64_t	bad;

	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* Case K05: the day changes at five, the ticket keeps its hour. */
static void
k05_a_shift_crosses_midnight(void **state)
{
	int64_t	late, shift, same;
	char	day[CLOCK_DAY_SIZE];

	(void)state;
	OK(setting_set(till, "day_start_hour", "5"));
	OK(shift_now(till, &shift));
	assert_int_equal(shift, 0);
	(void)ticket(till, 1000, "e");
	OK(shift_now(till, &shift));
	assert_int_not_equal(shift, 0);
	test_now = NOON + 13 * HOUR;		/* 01:30 */
	late = ticket(till, 500, "c");
	business_day(till, late, day);
	assert_string_equal(day, "2026-11-20");
	OK(shift_now(till, &same));
	assert_int_equal(same, shift);
	/* In use over the hour the next day begins at, it goes on. */
	test_now = NOON + 16 * HOUR;		/* 04:30 */
	(void)ticket(till, 500, "c");
	test_now = NOON + 17 * HOUR;		/* 05:30 */
	late = ticket(till, 500, "c");
	business_day(till, late, day);
	assert_string_equal(day, "2026-11-20");
	check_clean();
}

static void
a_forgotten_shift_is_closed_at_the_next_start(void **state)
{
	int64_t		first, next, sale;
	char		day[CLOCK_DAY_SIZE];
	struct closing	c;

	(void)state;
	(void)ticket(till, 1000, "e");
	(void)ticket(till, 500, "c");
	OK(shift_now(till, &first));
	test_now = NOON + 20 * HOUR;		/* 08:30 the next morning */
	sale = ticket(till, 700, "e");
	business_day(till, sale, day);
	assert_string_equal(day, "2026-11-21");
	OK(shift_now(till, &next));
	assert_int_not_equal(next, first);
	OK(closing_read(till, first, &c));
	assert_false(c.shift.open);
	assert_true(c.shift.forced);
	assert_string_equal(c.shift.z, "Z1-000001");
	assert_string_equal(c.shift.business_day, "2026-11-20");
	assert_int_equal(c.ntotals, 2);
	assert_string_equal(c.totals[0].tender, "cash");
	assert_int_equal(c.totals[0].expected, 1000);
	assert_false(c.totals[0].is_counted);
	assert_int_equal(c.totals[1].expected, 500);
	assert_int_equal(c.nvats, 1);
	assert_int_equal(c.vats[0].gross, 1500);
	assert_int_equal(closing_figure(&c, "tickets")->count, 2);
	assert_int_equal(closing_figure(&c, "tickets")->amount, 1500);
	closing_done(&c);
	/* What nobody took out is still in the drawer. */
	OK(closing_read(till, next, &c));
	assert_true(c.shift.automatic);
	assert_int_equal(c.totals[0].opened, 1000);
	assert_int_equal(c.totals[0].expected, 1700);
	closing_done(&c);
	check_clean();
}

/* The cash counted as one amount of cents, which is what a sheet allows. */
static int
count_cash(struct shop *at, int64_t shift, int64_t amount)
{
	struct drawer_line	*rows;
	size_t			 n;
	int64_t			 count;
	int			 r;

	OK(drawer_sheet(at, shift, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].tender, "cash") == 0 &&
		    rows[i].currency[0] == '\0') {
			rows[i].n = amount / rows[i].value;
			amount %= rows[i].value;
		}
	}
	r = drawer_count(at, shift, rows, n, &count);
	free(rows);
	return r;
}

static void
one_per_till_or_one_per_cashier(void **state)
{
	struct shift_how	 how = { .left = NULL };
	struct shop		*bob;
	int64_t			 a, b;

	(void)state;
	bob = test_till(dir, "bob", "Caisse 1");
	(void)ticket(till, 1000, "e");
	(void)ticket(bob, 1000, "e");
	OK(shift_now(till, &a));
	OK(shift_now(bob, &b));
	assert_int_equal(a, b);
	/* Nobody would find it again: no day would ever end. */
	assert_int_equal(setting_set(till, "shift_per", "cashier"), ERR_BUSY);
	OK(count_cash(till, a, 2000));
	OK(shift_close(till, a, &how));
	OK(setting_set(till, "shift_per", "cashier"));
	OK(shop_reload_settings(bob));
	assert_int_equal(setting_set(till, "shift_per", "moon"), ERR_INVALID);
	(void)ticket(till, 1000, "e");
	(void)ticket(bob, 1000, "e");
	OK(shift_now(till, &a));
	OK(shift_now(bob, &b));
	assert_int_not_equal(a, b);
	shop_close(bob);
	check_clean();
}

static void
no_shift_opens_where_it_is_asked_for(void **state)
{
	int64_t	id = 0, version = 0, line, change, shift;
	bool	posted;

	(void)state;
	OK(setting_set(till, "shift_open", "ask"));
	OK(sale_add(till, &id, &version, wine, QTY_ONE, NULL, &line));
	assert_int_equal(sale_pay(till, id, &version, "e", 0, &change,
	    &posted), ERR_EMPTY);
	assert_non_null(strstr(err_text(ERR_EMPTY), ":float"));
	OK(shift_now(till, &shift));
	assert_int_equal(shift, 0);
}

/* --- the drawer ----------------------------------------------------------- */

static const struct closing_total *
total_of(const struct closing *c, const char *tender)
{
	for (size_t i = 0; i < c->ntotals; i++) {
		if (strcmp(c->totals[i].tender, tender) == 0 &&
		    c->totals[i].currency[0] == '\0') {
			return &c->totals[i];
		}
	}
	fail_msg("no total of %s", tender);
	return NULL;
}

static int64_t
number(const char *sql)
{
	char		 path[96];
	sqlite3		*sq;
	sqlite3_stmt	*st;
	int64_t		 n;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(sq, sql, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(sq);
	return n;
}

/* Case B09, with change given back and a card that does not count. */
static void
b09_drawer_count(void **state)
{
	struct shift_how	how = { .left = NULL };
	struct closing		c;
	int64_t			shift, id = 0, version = 0, line, change;
	int64_t			amount = 15000, price = 84235;
	bool			posted;

	(void)state;
	OK(shift_open(till, &amount, &shift));
	assert_int_equal(shift_open(till, NULL, &id), ERR_EXISTS);
	OK(sale_add(till, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_pay(till, id, &version, "e", 90000, &change, &posted));
	assert_int_equal(change, 5765);
	(void)ticket(till, 4200, "c");
	OK(drawer_move(till, DRAWER_PAY_IN, "", 5000, "coins of the bank"));
	assert_int_equal(drawer_move(till, DRAWER_PAY_OUT, "", 12000, ""),
	    ERR_EMPTY);
	OK(drawer_move(till, DRAWER_PAY_OUT, "", 12000, "bread"));
	assert_int_equal(drawer_move(till, DRAWER_DROP, "", 92236, ""),
	    ERR_RANGE);
	assert_int_equal(drawer_move(till, DRAWER_DROP, "", 0, ""),
	    ERR_RANGE);
	assert_int_equal(drawer_move(till, DRAWER_DROP, "ZZZ", 100, ""),
	    ERR_INVALID);
	OK(closing_read(till, shift, &c));
	assert_int_equal(total_of(&c, "cash")->expected, 92235);
	assert_int_equal(total_of(&c, "card")->expected, 4200);
	closing_done(&c);
	assert_int_equal(shift_close(till, shift, &how), ERR_EMPTY);
	OK(count_cash(till, shift, 92000));
	OK(drawer_closing(till, shift, &c));
	assert_true(total_of(&c, "cash")->is_counted);
	assert_int_equal(total_of(&c, "cash")->counted, 92000);
	closing_done(&c);
	amount = 15000;
	how.left = &amount;
	OK(shift_close(till, shift, &how));
	OK(closing_read(till, shift, &c));
	assert_false(c.shift.open);
	assert_string_equal(c.shift.z, "Z1-000001");
	assert_int_equal(total_of(&c, "cash")->expected, 92235);
	assert_int_equal(total_of(&c, "cash")->counted, 92000);
	assert_int_equal(total_of(&c, "cash")->left, 15000);
	closing_done(&c);
	/* The shortage is a row, 658 one day. */
	assert_int_equal(number("SELECT amount FROM drawer_move "
	    "WHERE kind = 'shortage'"), -235);
	assert_int_equal(number("SELECT count(*) FROM drawer_move "
	    "WHERE kind = 'surplus'"), 0);
	/* What was left is the next float. */
	OK(shift_open(till, NULL, &shift));
	OK(closing_read(till, shift, &c));
	assert_int_equal(total_of(&c, "cash")->opened, 15000);
	closing_done(&c);
	check_clean();
}

static void
a_count_gets_old_when_money_moves(void **state)
{
	struct shift_how	how = { .left = NULL };
	struct drawer_counted	count;
	int64_t			shift, sale;

	(void)state;
	sale = ticket(till, 1000, "e");
	OK(shift_now(till, &shift));
	OK(drawer_counted(till, shift, &count));
	assert_int_equal(count.id, 0);
	OK(count_cash(till, shift, 1000));
	OK(drawer_counted(till, shift, &count));
	assert_false(count.old);
	/* A card is not in the drawer. */
	(void)ticket(till, 700, "c");
	OK(drawer_counted(till, shift, &count));
	assert_false(count.old);
	/* How a ticket was paid is corrected; no coin has moved. */
	OK(sale_retender(till, sale, "card"));
	OK(drawer_counted(till, shift, &count));
	assert_false(count.old);
	(void)ticket(till, 300, "e");
	OK(drawer_counted(till, shift, &count));
	assert_true(count.old);
	assert_int_equal(shift_close(till, shift, &how), ERR_EMPTY);
	OK(count_cash(till, shift, 300));
	OK(drawer_move(till, DRAWER_PAY_IN, "", 100, "coins"));
	assert_int_equal(shift_close(till, shift, &how), ERR_EMPTY);
	OK(count_cash(till, shift, 400));
	OK(shift_close(till, shift, &how));
	assert_int_equal(number("SELECT count(*) FROM drawer_count"), 3);
	check_clean();
}

/* :retender moves what the drawer should hold, and the hints with it. */
static void
the_gap_is_explained(void **state)
{
	struct shift_how	 how = { .left = NULL };
	struct closing		 c;
	struct gap_hint		*hints;
	int64_t			 shift, wrong, id = 0, version = 0, line;
	int64_t			 change, price = 1240;
	size_t			 n;
	bool			 posted;

	(void)state;
	(void)ticket(till, 2500, "e");
	wrong = ticket(till, 1850, "e");	/* it was a card */
	(void)ticket(till, 900, "c");
	OK(sale_add(till, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_pay(till, id, &version, "e", 5000, &change, &posted));
	OK(shift_now(till, &shift));
	OK(count_cash(till, shift, 2500 + 1240));
	OK(gap_explain(till, shift, -1850, &hints, &n));
	assert_true(n >= 1);
	assert_int_equal(hints[0].kind, GAP_TENDER);
	assert_int_equal(hints[0].sale, wrong);
	assert_string_equal(hints[0].ticket, "1-000002");
	assert_true(hints[0].single);
	free(hints);
	OK(sale_retender(till, wrong, "card"));
	OK(drawer_closing(till, shift, &c));
	assert_int_equal(total_of(&c, "cash")->expected, 3740);
	assert_int_equal(total_of(&c, "cash")->counted, 3740);
	assert_int_equal(total_of(&c, "cash")->payments, 2);
	assert_int_equal(total_of(&c, "card")->expected, 2750);
	assert_int_equal(total_of(&c, "card")->payments, 2);
	closing_done(&c);
	/* Cash taken for a card is one too much. */
	OK(gap_explain(till, shift, 900, &hints, &n));
	assert_int_equal(hints[0].kind, GAP_TENDER);
	assert_string_equal(hints[0].ticket, "1-000003");
	free(hints);
	/* 20 noted as 50: thirty are missing. */
	OK(gap_explain(till, shift, -3000, &hints, &n));
	assert_int_equal(hints[0].kind, GAP_NOTE);
	assert_int_equal(hints[0].sale, id);
	free(hints);
	/* One note of ten too many in the change. */
	OK(gap_explain(till, shift, -1000, &hints, &n));
	assert_int_equal(hints[n - 1].kind, GAP_CHANGE);
	assert_int_equal(hints[n - 1].sale, id);
	free(hints);
	OK(gap_explain(till, shift, 0, &hints, &n));
	assert_int_equal(n, 0);
	OK(shift_close(till, shift, &how));
	check_clean();
}

static void
moves_and_an_opened_drawer_explain_too(void **state)
{
	struct gap_hint	*hints;
	int64_t		 shift, id = 0, version = 0, line, price = 770;
	size_t		 n;

	(void)state;
	(void)ticket(till, 5000, "e");
	OK(drawer_move(till, DRAWER_PAY_OUT, "", 1234, "flowers"));
	OK(sale_no_sale(till, "change for a guest"));
	OK(sale_add(till, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_cancel(till, id, &version, "left"));
	OK(shift_now(till, &shift));
	OK(gap_explain(till, shift, -1234, &hints, &n));
	assert_int_equal(n, 2);
	assert_int_equal(hints[0].kind, GAP_MOVE);
	assert_non_null(strstr(hints[0].text, "flowers"));
	assert_int_equal(hints[1].kind, GAP_OPENED);
	assert_non_null(strstr(hints[1].text, "change for a guest"));
	free(hints);
	OK(gap_explain(till, shift, 770, &hints, &n));
	assert_int_equal(hints[0].kind, GAP_CANCELLED);
	assert_int_equal(hints[0].sale, id);
	free(hints);
}

/* B06: dollars in, euros out: each is counted apart. */
static void
foreign_cash_is_counted_by_its_own_notes(void **state)
{
	struct currency		 usd = { .active = true };
	struct pay		 pay = { .tender = "e", .amount = 3000,
	    .currency = "USD" };
	struct shift_how	 how = { .left = NULL };
	struct drawer_line	*rows;
	struct closing		 c;
	struct paid		 paid;
	int64_t			 shift, id = 0, version = 0, line, count;
	int64_t			 price = 2340, amount = 10000;
	size_t			 n, dollars = 0;

	(void)state;
	(void)strcpy(usd.code, "USD");
	OK(money_style_set(&usd.money, "USD", "FR"));
	OK(currency_rate(till, "1.1650", false, &usd));
	OK(currency_set(till, &usd));
	OK(shift_open(till, &amount, &shift));
	OK(sale_add(till, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_pay_with(till, id, &version, &pay, &paid));
	assert_int_equal(paid.change, 235);
	assert_true(paid.posted);
	OK(drawer_sheet(till, shift, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].currency, "USD") == 0) {
			dollars++;
			rows[i].n = rows[i].value == 1000 ? 3 : 0;
		} else if (rows[i].value == 5000) {
			rows[i].n = 1;
		} else if (rows[i].value == 2000) {
			rows[i].n = 2;
		} else if (rows[i].value == 500) {
			rows[i].n = 1;
		}
	}
	assert_int_not_equal(dollars, 0);
	OK(drawer_count(till, shift, rows, n, &count));
	free(rows);
	OK(drawer_closing(till, shift, &c));
	assert_int_equal(c.ntotals, 2);
	assert_int_equal(total_of(&c, "cash")->expected, 10000 - 235);
	assert_int_equal(total_of(&c, "cash")->counted, 9500);
	assert_int_equal(total_of(&c, "cash")->payments, 0);
	assert_string_equal(c.totals[1].currency, "USD");
	assert_int_equal(c.totals[1].expected, 3000);
	assert_int_equal(c.totals[1].counted, 3000);
	assert_int_equal(c.totals[1].payments, 1);
	closing_done(&c);
	OK(shift_close(till, shift, &how));
	/* The dollars are the next float too. */
	OK(shift_open(till, NULL, &shift));
	OK(closing_read(till, shift, &c));
	assert_int_equal(c.ntotals, 2);
	assert_int_equal(c.totals[1].opened, 3000);
	closing_done(&c);
	check_clean();
}

/* Money and tickets of two shifts: each says what is not its own, and a Z
 * says the same for ever. */
static void
a_sale_paid_over_two_shifts(void **state)
{
	struct shift_how	how = { .leave = true, .uncounted = true };
	struct closing		c;
	int64_t			one, two, id = 0, version = 0, line, change;
	int64_t			price = 10000;
	bool			posted;

	(void)state;
	OK(sale_add(till, &id, &version, wine, QTY_ONE, &price, &line));
	OK(sale_pay(till, id, &version, "e", 3000, &change, &posted));
	OK(shift_now(till, &one));
	OK(shift_close(till, one, &how));
	OK(sale_pay(till, id, &version, "c", 0, &change, &posted));
	assert_true(posted);
	OK(shift_now(till, &two));
	assert_int_not_equal(one, two);
	OK(sale_retender(till, id, "card"));
	for (int again = 0; again < 2; again++) {
		OK(closing_read(till, one, &c));
		assert_int_equal(closing_figure(&c, "tickets")->count, 0);
		assert_int_equal(closing_figure(&c, "advances")->amount,
		    3000);
		assert_int_equal(total_of(&c, "cash")->expected, 3000);
		closing_done(&c);
		OK(closing_read(till, two, &c));
		assert_int_equal(closing_figure(&c, "tickets")->amount,
		    10000);
		assert_int_equal(closing_figure(&c, "paid_before")->amount,
		    3000);
		assert_int_equal(total_of(&c, "card")->taken, 10000);
		assert_int_equal(total_of(&c, "cash")->taken, -3000);
		closing_done(&c);
		if (again == 0) {
			OK(shift_close(till, two, &how));
		}
	}
	check_clean();
}

/* Who counts sees nothing that tells what should be there. */
static void
a_count_is_blind(void **state)
{
	struct gap_hint	*hints;
	struct slip	 slip = { 0 };
	struct closing	 c;
	int64_t		 shift;
	size_t		 n;
	bool		 sees;

	(void)state;
	till->who.rights = role_rights(ROLE_CASHIER) |
	    RIGHT_BIT(RIGHT_PRICE);
	(void)ticket(till, 98765, "e");
	OK(shift_now(till, &shift));
	OK(shift_sees(till, shift, &sees));
	assert_false(sees);
	assert_int_equal(gap_explain(till, shift, -100, &hints, &n),
	    ERR_DENIED);
	OK(closing_read(till, shift, &c));
	OK(shift_slip(till, &c, 0, sees, &slip));
	assert_null(strstr(slip_stored(&slip), "987"));
	slip_done(&slip);
	closing_done(&c);
	OK(count_cash(till, shift, 98000));
	OK(shift_sees(till, shift, &sees));
	assert_true(sees);
	assert_int_equal(number("SELECT seen FROM drawer_count"), 0);
	OK(drawer_closing(till, shift, &c));
	OK(shift_slip(till, &c, 0, sees, &slip));
	assert_non_null(strstr(slip_stored(&slip), "987,65"));
	assert_non_null(strstr(slip_stored(&slip), "-7,65"));
	slip_done(&slip);
	closing_done(&c);
	/* A manager may look first, and the count says so. */
	OK(shift_sees(shop, shift, &sees));
	assert_true(sees);
}

static void
what_stands_in_the_way_of_a_z(void **state)
{
	struct shift_how	 how = { .left = NULL };
	struct shift_sale	*sales;
	struct shift		 shift;
	struct shop		*other;
	int64_t			 id = 0, version = 0, line, open;
	int64_t			 left = 1;
	size_t			 n;

	(void)state;
	till->who.rights = role_rights(ROLE_CASHIER) |
	    RIGHT_BIT(RIGHT_PRICE);
	(void)ticket(till, 1000, "c");
	OK(sale_add(till, &id, &version, wine, 3 * QTY_ONE, NULL, &line));
	OK(shift_now(till, &open));
	assert_int_equal(shift_close(till, open, &how), ERR_BUSY);
	OK(shift_get(till, open, &shift));
	OK(shift_sales(till, &shift, &sales, &n));
	assert_int_equal(n, 1);
	assert_int_equal(sales[0].id, id);
	assert_int_equal(sales[0].total, 1500);
	free(sales);
	how.leave = true;
	assert_int_equal(shift_close(till, open, &how), ERR_EMPTY);
	how.uncounted = true;
	assert_int_equal(shift_close(till, open, &how), ERR_DENIED);
	how.uncounted = false;
	OK(count_cash(till, open, 0));
	/* Another till's shift is a manager's matter. */
	other = test_till(dir, "bob", "Caisse 2");
	other->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(shift_close(other, open, &how), ERR_DENIED);
	shop_close(other);
	how.left = &left;
	assert_int_equal(shift_close(till, open, &how), ERR_RANGE);
	how.left = NULL;
	OK(shift_close(till, open, &how));
	assert_int_equal(shift_close(till, open, &how), ERR_FROZEN);
	assert_int_equal(drawer_count(till, open, NULL, 0, &line),
	    ERR_FROZEN);
	/* The sale that was left is paid in the next one. */
	OK(sale_pay(till, id, &version, "e", 0, &line, &how.leave));
	OK(shift_now(till, &id));
	assert_int_not_equal(id, open);
	check_clean();
}

static void
a_till_without_a_drawer(void **state)
{
	struct shift_how	how = { .left = NULL };
	int64_t			shift;

	(void)state;
	OK(terminal_set(shop, till->who.terminal, "drawer", "no"));
	(void)ticket(till, 1000, "e");
	OK(shift_now(till, &shift));
	assert_int_equal(sale_no_sale(till, "why"), ERR_INVALID);
	assert_int_equal(drawer_move(till, DRAWER_PAY_IN, "", 1, "x"),
	    ERR_INVALID);
	assert_int_equal(count_cash(till, shift, 1000), ERR_INVALID);
	assert_int_equal(number("SELECT count(*) FROM print_job "
	    "WHERE kind = 'drawer'"), 0);
	OK(shift_close(till, shift, &how));
	check_clean();
}

/* Each Z is printed once; then it is a duplicate, counted and chained. */
static void
a_z_printed_again_says_so(void **state)
{
	struct printer_change	change = PRINTER_NO_CHANGE;
	struct shift_how	how = { .left = NULL };
	int64_t			printer, shift, n;

	(void)state;
	change.connection = "file:";
	OK(printer_add(shop, "paper", &change, &printer));
	(void)ticket(till, 1000, "c");
	OK(shift_now(till, &shift));
	OK(shift_x(till, shift));
	assert_int_equal(shift_reprint(till, shift, &n), ERR_INVALID);
	OK(count_cash(till, shift, 0));
	OK(shift_close(till, shift, &how));
	assert_int_equal(shift_x(till, shift), ERR_FROZEN);
	assert_int_equal(number("SELECT count(*) FROM print_job "
	    "WHERE ref = 'Z1-000001' AND slip NOT LIKE '%DUPLICATA%'"), 1);
	OK(shift_reprint(till, shift, &n));
	OK(shift_reprint(till, shift, &n));
	assert_int_equal(n, 2);
	assert_int_equal(number("SELECT count(*) FROM print_job "
	    "WHERE kind = 'duplicate' AND slip LIKE '%DUPLICATA 2%'"), 1);
	assert_int_equal(number("SELECT count(*) FROM journal WHERE chain = "
	    "'duplicate/1' AND payload LIKE '%,Z,2,%,Z1-000001,%'"), 1);
	check_clean();
}

static int
sql_fails(const char *sql)
{
	char	 path[96];
	sqlite3	*sq;
	int	 rc;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	(void)sqlite3_exec(sq, "PRAGMA recursive_triggers = ON", NULL, NULL,
	    NULL);
	rc = sqlite3_exec(sq, sql, NULL, NULL, NULL);
	(void)sqlite3_close(sq);
	if (rc == SQLITE_OK) {
		fail_msg("went through: %s", sql);
	}
	return rc;
}

static void
a_closed_shift_is_frozen(void **state)
{
	static const char *const	sql[] = {
		"UPDATE shift SET business_day = '2026-01-01'",
		"DELETE FROM shift",
		"REPLACE INTO shift SELECT * FROM shift",
		"INSERT INTO shift SELECT * FROM shift WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET forced = 1",
		"UPDATE drawer_move SET amount = 1",
		"DELETE FROM drawer_move",
		"REPLACE INTO drawer_move SELECT * FROM drawer_move",
		"INSERT INTO drawer_move (shift, kind, tender, currency, "
		    "amount, at) VALUES (1, 'pay_in', 'cash', '', 1, 1)",
		"UPDATE drawer_count SET seen = 0",
		"DELETE FROM drawer_count",
		"UPDATE drawer_count_line SET n = 1",
		"DELETE FROM drawer_count_line",
		"UPDATE drawer_count_sum SET counted = 1",
		"DELETE FROM drawer_count_sum",
		"INSERT INTO drawer_count (shift, seen, at, payment, move) "
		    "VALUES (1, 0, 1, 0, 0)",
		"UPDATE shift_total SET taken = 1",
		"DELETE FROM shift_total",
		"REPLACE INTO shift_total SELECT * FROM shift_total",
		"INSERT INTO shift_total SELECT * FROM shift_total WHERE true "
		    "ON CONFLICT DO UPDATE SET taken = 1",
		"UPDATE shift_vat SET vat = vat + 1, net = net - 1",
		"DELETE FROM shift_vat",
		"UPDATE shift_figure SET count = 7",
		"DELETE FROM shift_figure",
		"INSERT INTO shift_figure VALUES (1, 'x', 1, 1)",
		"INSERT INTO payment (sale, tender, amount, given, at, shift, "
		    "corrects) SELECT sale, tender, amount, given, at, 1, id "
		    "FROM payment",
	};
	struct shift_how		how = { .left = NULL };
	int64_t				shift;

	(void)state;
	(void)ticket(till, 1000, "e");
	OK(shift_now(till, &shift));
	assert_int_equal(shift, 1);
	OK(drawer_move(till, DRAWER_PAY_IN, "", 100, "coins"));
	OK(count_cash(till, shift, 1000));
	OK(shift_close(till, shift, &how));
	for (size_t i = 0; i < NELEM(sql); i++) {
		(void)sql_fails(sql[i]);
	}
	check_clean();
}

/* A hand in the database: what each Z says is added up anew. */
static void
a_changed_z_is_found(void **state)
{
	static const struct {
		const char	*trigger, *sql, *words;
	} hands[] = {
		{ "shift_total_no_update",
		    "UPDATE shift_total SET taken = taken + 100 "
		    "WHERE tender = 'cash'", "cash" },
		{ "drawer_move_no_update",
		    "UPDATE drawer_move SET amount = 999 "
		    "WHERE kind = 'pay_in'", "cash" },
		{ "shift_vat_no_update",
		    "UPDATE shift_vat SET gross = gross + 1, vat = vat + 1",
		    "TVA" },
		{ "shift_figure_no_update",
		    "UPDATE shift_figure SET amount = 1 "
		    "WHERE name = 'tickets'", "tickets" },
		{ "drawer_move_no_update",
		    "UPDATE drawer_move SET amount = -1 "
		    "WHERE kind = 'shortage'", "difference" },
		{ "shift_no_update",
		    "UPDATE shift SET business_day = '2026-11-19'",
		    "business day" },
		{ "shift_no_update", "UPDATE shift SET number = 7", "gap" },
	};
	struct shift_how	how = { .left = NULL };
	int64_t			shift, bad;
	char			sql[300];

	(void)state;
	(void)ticket(till, 1000, "e");
	OK(drawer_move(till, DRAWER_PAY_IN, "", 500, "coins"));
	OK(shift_now(till, &shift));
	OK(count_cash(till, shift, 1400));
	OK(shift_close(till, shift, &how));
	check_clean();
	for (size_t i = 0; i < NELEM(hands); i++) {
		char		 path[96];
		sqlite3		*sq;

		(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
		assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
		(void)snprintf(sql, sizeof(sql),
		    "DROP TRIGGER IF EXISTS %s; %s;", hands[i].trigger,
		    hands[i].sql);
		assert_int_equal(sqlite3_exec(sq, sql, NULL, NULL, NULL),
		    SQLITE_OK);
		found[0] = '\0';
		OK(check_run(shop, finding, NULL, &bad));
		assert_int_not_equal(bad, 0);
		if (strstr(found, hands[i].words) == NULL) {
			fail_msg("%s: %s", hands[i].sql, found);
		}
		(void)sqlite3_close(sq);
	}
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(k05_a_shift_crosses_midnight,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_forgotten_shift_is_closed_at_the_next_start, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    one_per_till_or_one_per_cashier, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    no_shift_opens_where_it_is_asked_for, setup, teardown),
		cmocka_unit_test_setup_teardown(b09_drawer_count, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    a_count_gets_old_when_money_moves, setup, teardown),
		cmocka_unit_test_setup_teardown(the_gap_is_explained, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    moves_and_an_opened_drawer_explain_too, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    foreign_cash_is_counted_by_its_own_notes, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(a_sale_paid_over_two_shifts,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_count_is_blind, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(what_stands_in_the_way_of_a_z,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_till_without_a_drawer,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_z_printed_again_says_so,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_closed_shift_is_frozen,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_changed_z_is_found, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
