/* SPDX-License-Identifier: ISC */
/* Quotation, order, deposit, final ticket. */
#include "trade.h"

#include "shop/order.h"
#include "shop/return.h"
#include "shop/voucher.h"

static char		dir[64];
static struct shop	*owner, *floor_, *till;
static int64_t		sofa, wine;

static int
setup(void **state)
{
	(void)state;
	owner = test_shop("FR", dir);
	sofa = test_product(owner, "4001", "Canapé", "standard", "pc", 48000,
	    true);
	wine = test_product(owner, "4002", "Repas", "meal", "pc", 1850, false);
	floor_ = test_till(dir, "Sylvie", "Floor");
	floor_->who.rights = role_rights(ROLE_SELLER);
	till = test_till(dir, "Anna", "Till 1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(till);
	shop_close(floor_);
	test_done(owner, dir);
	return 0;
}

static int64_t
draft(struct shop *shop, int64_t product, int64_t *version)
{
	int64_t	id = 0, line;

	*version = 0;
	OK(sale_add(shop, &id, version, product, QTY_ONE, NULL, &line));
	return id;
}

static int64_t
ordered(struct shop *shop, int64_t product, int64_t *version,
    const char *number)
{
	char	paper[SALE_PAPER];
	int64_t	id = draft(shop, product, version);

	OK(order_make(shop, id, version, SALE_ORDER, "Roux", "2026-12-24",
	    paper));
	assert_string_equal(paper, number);
	return id;
}

/* Pays what is on the screen of `shop`; its VAT of the first rate. */
static int64_t
paid(struct shop *shop, int64_t id, int64_t *version, int64_t total)
{
	struct sale	sale;
	int64_t		change, vat;
	bool		posted;

	OK(sale_pay(shop, id, version, "card", 0, &change, &posted));
	assert_true(posted);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, total);
	vat = sale.nvat > 0 ? sale.vat[0].vat : 0;
	sale_done(&sale);
	return vat;
}

/* J10 */
static void
j10_deposit_then_balance(void **state)
{
	int64_t	version, order, dv, deposit, amount, qty;

	(void)state;
	order = ordered(floor_, sofa, &version, "C-000001");
	OK(sale_take(till, order, &version));
	OK(order_deposit(till, order, &version, 0, 30000, &deposit, &dv));
	assert_int_equal(paid(till, deposit, &dv, 14400), 2400);
	OK(order_deposited(till, order, &amount));
	assert_int_equal(amount, 14400);
	OK(sale_reserved(till, sofa, &qty));
	assert_int_equal(qty, QTY_ONE);

	version = 0;
	OK(sale_take(till, order, &version));
	assert_int_equal(sale_pay(till, order, &version, "card", 0, &amount,
	    &(bool){ false }), ERR_INVALID);	/* not settled */
	OK(order_settle(till, order, &version));
	OK(order_settle(till, order, &version));	/* nothing twice */
	assert_int_equal(paid(till, order, &version, 33600), 5600);
	OK(sale_reserved(till, sofa, &qty));
	assert_int_equal(qty, 0);
	OK(stock_level(till, sofa, &qty));
	assert_int_equal(qty, -QTY_ONE);	/* sold once, by the last */
}

static void
a_deposit_has_its_share_of_each_rate(void **state)
{
	struct sale	sale;
	int64_t		version, order, dv, deposit, line;
	char		paper[SALE_PAPER];

	(void)state;
	order = draft(till, sofa, &version);
	OK(sale_add(till, &order, &version, wine, 3 * QTY_ONE, NULL, &line));
	OK(order_make(till, order, &version, SALE_ORDER, "", NULL, paper));
	OK(sale_take(till, order, &version));
	OK(order_deposit(till, order, &version, 10000, 0, &deposit, &dv));
	OK(sale_load(till, deposit, &sale));
	assert_int_equal(sale.total, 10000);
	assert_int_equal(sale.nvat, 2);
	assert_int_equal(sale.vat[0].gross, 8964);	/* 480.00 of 535.50 */
	assert_int_equal(sale.vat[1].gross, 1036);
	assert_int_equal(sale.refers, order);
	sale_done(&sale);
}

static void
deposits_have_their_limits(void **state)
{
	int64_t	version, order, dv, deposit, other;

	(void)state;
	order = ordered(till, sofa, &version, "C-000001");
	OK(sale_take(till, order, &version));
	assert_int_equal(order_deposit(till, order, &version, 48001, 0,
	    &deposit, &dv), ERR_RANGE);
	assert_int_equal(order_deposit(till, order, &version, -1, 0,
	    &deposit, &dv), ERR_RANGE);
	OK(order_deposit(till, order, &version, 48000, 0, &deposit, &dv));
	version = 0;
	OK(sale_take(till, order, &version));
	assert_int_equal(order_deposit(till, order, &version, 100, 0,
	    &other, &dv), ERR_INVALID);		/* one is being paid */
	dv = 0;
	OK(sale_take(till, deposit, &dv));
	(void)paid(till, deposit, &dv, 48000);
	assert_int_equal(order_deposit(till, order, &version, 100, 0,
	    &other, &dv), ERR_RANGE);		/* nothing is left */
}

static void
a_quotation_holds_its_prices_and_becomes_an_order(void **state)
{
	struct product	p;
	struct sale	sale;
	int64_t		version, id, found;
	char		paper[SALE_PAPER];

	(void)state;
	id = draft(floor_, sofa, &version);
	OK(order_make(floor_, id, &version, SALE_QUOTATION, "Roux", NULL,
	    paper));
	assert_string_equal(paper, "D-000001");
	OK(product_get(owner, sofa, &p));
	p.price = 99900;
	OK(product_update(owner, &p));
	version = 0;
	OK(sale_take(floor_, id, &version));
	OK(sale_load(floor_, id, &sale));
	assert_int_equal(sale.total, 48000);
	assert_string_equal(sale.due_day, "2026-12-20");
	sale_done(&sale);
	OK(order_find(owner, "D-000001", &found));
	assert_int_equal(found, id);

	OK(order_make(floor_, id, &version, SALE_ORDER, "", NULL, paper));
	assert_string_equal(paper, "C-000001");
	OK(sale_take(floor_, id, &version));
	assert_int_equal(order_make(floor_, id, &version, SALE_ORDER, "",
	    NULL, paper), ERR_INVALID);
	assert_int_equal(order_find(owner, "D-000009", &found),
	    ERR_NOT_FOUND);
}

static void
a_quotation_is_paid_at_the_counter(void **state)
{
	int64_t	version, id;
	char	paper[SALE_PAPER];

	(void)state;
	id = draft(till, sofa, &version);
	OK(order_make(till, id, &version, SALE_QUOTATION, "", NULL, paper));
	OK(sale_take(till, id, &version));
	OK(order_settle(till, id, &version));
	assert_int_equal(paid(till, id, &version, 48000), 8000);
}

/* A quotation without a name goes by its number, and so does what becomes of
 * it: by its own. */
static void
an_order_is_not_called_by_its_quotation(void **state)
{
	struct sale	sale;
	int64_t		version, id;
	char		paper[SALE_PAPER];

	(void)state;
	id = draft(till, sofa, &version);
	OK(order_make(till, id, &version, SALE_QUOTATION, "", NULL, paper));
	OK(sale_take(till, id, &version));
	OK(order_make(till, id, &version, SALE_ORDER, "", NULL, paper));
	OK(sale_load(till, id, &sale));
	assert_string_equal(sale.name, "C-000001");
	sale_done(&sale);
}

/* Until its last day; later a manager says whether its prices still hold. */
static void
a_quotation_has_its_last_day(void **state)
{
	int64_t	version, id, was = test_now;
	char	paper[SALE_PAPER];

	(void)state;
	id = draft(till, sofa, &version);
	OK(order_make(till, id, &version, SALE_QUOTATION, "", "2026-11-21",
	    paper));
	test_now += INT64_C(86400000);
	OK(sale_take(till, id, &version));
	till->who.rights = role_rights(ROLE_CASHIER);
	test_now += INT64_C(86400000);
	assert_int_equal(order_settle(till, id, &version), ERR_DENIED);
	assert_non_null(strstr(err_text(ERR_DENIED), "2026-11-21"));
	assert_int_equal(order_make(till, id, &version, SALE_ORDER, "", NULL,
	    paper), ERR_DENIED);
	till->who.rights = role_rights(ROLE_MANAGER);
	OK(order_settle(till, id, &version));
	test_now = was;
}

/* Numbers are taken with the paper or not at all. */
static void
what_is_refused_takes_no_number(void **state)
{
	int64_t	version, id, line;
	char	paper[SALE_PAPER];

	(void)state;
	id = draft(till, sofa, &version);
	assert_int_equal(order_make(till, id, &version, SALE_ORDER, "",
	    "2026-02-30", paper), ERR_INVALID);
	assert_int_equal(order_make(floor_, id, &version, SALE_ORDER, "",
	    NULL, paper), ERR_TAKEN);
	OK(sale_add(till, &id, &version, sofa, QTY_ONE, NULL, &line));
	version--;
	assert_int_equal(order_make(till, id, &version, SALE_ORDER, "", NULL,
	    paper), ERR_CHANGED);
	version++;
	OK(order_make(till, id, &version, SALE_ORDER, "", NULL, paper));
	assert_string_equal(paper, "C-000001");
}

/* Taxes on top: a deposit is said as it is paid. */
static void
a_deposit_where_tax_is_added(void **state)
{
	char		qc[64], paper[SALE_PAPER];
	struct shop	*shop = test_shop("CA-QC", qc);
	struct sale	sale;
	int64_t		version, order, dv, deposit, id;

	(void)state;
	id = test_product(shop, "1", "Table", "standard", "pc", 20000, false);
	order = draft(shop, id, &version);
	OK(order_make(shop, order, &version, SALE_ORDER, "", NULL, paper));
	OK(order_deposit(shop, order, &version, 11498, 0, &deposit, &dv));
	OK(sale_load(shop, deposit, &sale));
	assert_int_equal(sale.total, 11498);	/* half of 229.95 */
	sale_done(&sale);
	test_done(shop, qc);
}

/* The first line of a sale. */
static int64_t
first_line(int64_t id)
{
	struct sale	sale;
	int64_t		line;

	OK(sale_load(till, id, &sale));
	line = sale.lines[0].id;
	sale_done(&sale);
	return line;
}

/* What of a ticket's line may come back: all of it, on a new sale. */
static int
back(struct shop *shop, int64_t ticket, int64_t *id, int64_t *version)
{
	struct return_ticket	t;
	struct return_pick	pick;
	int			r;

	*id = *version = 0;
	OK(return_load(shop, ticket, &t));
	pick = (struct return_pick){ .line = t.lines[0].id,
		.qty = t.lines[0].left };
	r = return_add(shop, id, version, ticket, &pick, 1);
	return_done(&t);
	return r;
}

/* The order with a deposit of 144.00 paid, taken by the till. */
static int64_t
deposited(int64_t *version, int64_t *deposit)
{
	int64_t	order, dv;

	order = ordered(floor_, sofa, version, "C-000001");
	OK(sale_take(till, order, version));
	OK(order_deposit(till, order, version, 0, 30000, deposit, &dv));
	(void)paid(till, *deposit, &dv, 14400);
	*version = 0;
	OK(sale_take(till, order, version));
	return order;
}

/* The line of the deposit that was taken off, the last one. */
static int64_t
taken_off(int64_t order)
{
	struct sale	sale;
	int64_t		line;

	OK(sale_load(till, order, &sale));
	assert_int_equal(sale.lines[sale.nlines - 1].amount, -14400);
	line = sale.lines[sale.nlines - 1].id;
	sale_done(&sale);
	return line;
}

/* `*2` makes the last line two, and that is the deposit. */
static void
a_deposit_counts_once(void **state)
{
	int64_t	version, order, deposit, line, dv, sale;

	(void)state;
	order = deposited(&version, &deposit);
	OK(order_settle(till, order, &version));
	line = taken_off(order);
	assert_int_equal(sale_set_qty(till, order, &version, line,
	    2 * QTY_ONE), ERR_INVALID);
	till->who.rights |= RIGHT_BIT(RIGHT_PRICE);
	assert_int_equal(sale_set_price(till, order, &version, line, 40000),
	    ERR_INVALID);
	assert_int_equal(paid(till, order, &version, 33600), 5600);
	/* Nor is the one being paid another one by its quantity. */
	sale = ordered(floor_, sofa, &version, "C-000002");
	OK(sale_take(till, sale, &version));
	OK(order_deposit(till, sale, &version, 0, 30000, &deposit, &dv));
	line = first_line(deposit);
	assert_int_equal(sale_set_qty(till, deposit, &dv, line, 2 * QTY_ONE),
	    ERR_INVALID);
}

/* What was taken off the ticket does not come back as money as well. */
static void
a_deposit_that_was_used_stays(void **state)
{
	int64_t	version, order, deposit, id, seen, change;
	bool	posted;

	(void)state;
	order = deposited(&version, &deposit);
	OK(order_settle(till, order, &version));
	(void)paid(till, order, &version, 33600);
	assert_int_equal(back(till, deposit, &id, &seen), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "C-000001"));

	/* Begun before the order was paid, and ended after it. */
	order = ordered(floor_, sofa, &version, "C-000002");
	OK(sale_take(till, order, &version));
	OK(order_deposit(till, order, &version, 0, 30000, &deposit, &seen));
	(void)paid(till, deposit, &seen, 14400);
	OK(back(till, deposit, &id, &seen));
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_settle(till, order, &version));
	(void)paid(till, order, &version, 33600);
	assert_int_equal(sale_pay(till, id, &seen, "cash", 0, &change,
	    &posted), ERR_INVALID);
	assert_false(posted);
}

/* Given back while the order stands there with it taken off. */
static void
a_deposit_given_back_is_not_taken_off(void **state)
{
	int64_t	version, order, deposit, id, seen, change;
	bool	posted;

	(void)state;
	order = deposited(&version, &deposit);
	OK(back(till, deposit, &id, &seen));
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_settle(till, order, &version));
	OK(sale_pay(till, id, &seen, "cash", 0, &change, &posted));
	assert_true(posted);
	assert_int_equal(sale_pay(till, order, &version, "card", 0, &change,
	    &posted), ERR_INVALID);
	assert_false(posted);
	OK(sale_void_line(till, order, &version, taken_off(order), ""));
	(void)paid(till, order, &version, 48000);
}

/* The goods' tax goes by how they are eaten; that of a deposit was paid. */
static void
a_deposit_keeps_its_rate(void **state)
{
	struct sale	sale;
	int64_t		version, order, deposit, dv;

	(void)state;
	order = ordered(floor_, wine, &version, "C-000001");
	OK(sale_take(till, order, &version));
	OK(order_deposit(till, order, &version, 500, 0, &deposit, &dv));
	(void)paid(till, deposit, &dv, 500);
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_settle(till, order, &version));
	OK(sale_set_mode(till, order, &version, "take_away_later"));
	OK(sale_load(till, order, &sale));
	assert_int_equal(sale.lines[0].rate, 5500);
	assert_int_equal(sale.lines[1].amount, -500);
	assert_int_equal(sale.lines[1].rate, 10000);
	sale_done(&sale);
}

/* Another order's deposit that comes back on this one is not this one's. */
static void
two_deposits_are_two(void **state)
{
	struct return_ticket	t;
	struct return_pick	pick;
	int64_t			version, order, first, second, dv;

	(void)state;
	(void)deposited(&version, &first);
	order = ordered(till, sofa, &version, "C-000002");
	OK(sale_take(till, order, &version));
	OK(return_load(till, first, &t));
	pick = (struct return_pick){ .line = t.lines[0].id, .qty = QTY_ONE };
	return_done(&t);
	OK(return_add(till, &order, &version, first, &pick, 1));
	OK(order_deposit(till, order, &version, 10000, 0, &second, &dv));
	(void)paid(till, second, &dv, 10000);
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_settle(till, order, &version));
	(void)paid(till, order, &version, 48000 - 14400 - 10000);
}

/* A deposit somebody began to pay, and the order paid whole meanwhile. */
static void
a_deposit_on_what_is_paid(void **state)
{
	int64_t	version, order, deposit, dv, change;
	bool	posted;

	(void)state;
	order = ordered(floor_, sofa, &version, "C-000001");
	OK(sale_take(till, order, &version));
	OK(order_deposit(till, order, &version, 0, 30000, &deposit, &dv));
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_settle(till, order, &version));
	(void)paid(till, order, &version, 48000);
	assert_int_equal(sale_pay(till, deposit, &dv, "card", 0, &change,
	    &posted), ERR_INVALID);
	assert_false(posted);
	OK(sale_cancel(till, deposit, &dv, "paid whole"));
}

/* Given up: the deposit is the shop's, and the books say so. */
static void
a_deposit_is_kept(void **state)
{
	int64_t	version, order, deposit, amount, ticket;

	(void)state;
	order = deposited(&version, &deposit);
	till->who.rights = role_rights(ROLE_SELLER);
	till->who.rights &= ~RIGHT_BIT(RIGHT_CANCEL);
	assert_int_equal(order_cancel(till, order, &version, DEPOSIT_KEPT,
	    "", &ticket), ERR_DENIED);
	till->who.rights = role_rights(ROLE_MANAGER);
	OK(order_cancel(till, order, &version, DEPOSIT_KEPT, "never came",
	    &ticket));
	assert_int_equal(ticket, 0);
	OK(order_deposited(till, order, &amount));
	assert_int_equal(amount, 14400);
	assert_int_equal(order_cancel(till, order, &version, DEPOSIT_KEPT, "",
	    &ticket), ERR_FROZEN);
}

/* Or on a credit note, made out to who had ordered: VAT goes back with it. */
static void
a_deposit_goes_on_a_credit_note(void **state)
{
	struct customer	c = { .name = "Roux", .active = true };
	struct voucher	v;
	struct sale	sale;
	int64_t		version, order, first, second, dv, amount, ticket;
	int64_t		customer;

	(void)state;
	OK(customer_add(owner, &c, &customer));
	order = deposited(&version, &first);
	OK(sale_set_customer(till, &order, &version, customer));
	OK(order_deposit(till, order, &version, 6000, 0, &second, &dv));
	version = 0;
	OK(sale_take(till, order, &version));
	assert_int_equal(order_cancel(till, order, &version, DEPOSIT_VOUCHER,
	    "", &ticket), ERR_INVALID);		/* one is being paid */
	dv = 0;
	OK(sale_take(till, second, &dv));
	(void)paid(till, second, &dv, 6000);
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_cancel(till, order, &version, DEPOSIT_VOUCHER, "moved away",
	    &ticket));
	OK(order_deposited(till, order, &amount));
	assert_int_equal(amount, 0);
	OK(sale_load(till, ticket, &sale));
	assert_int_equal(sale.state, SALE_PAID);
	assert_int_equal(sale.total, -20400);
	assert_int_equal(sale.vat[0].vat, -3400);
	sale_done(&sale);
	OK(voucher_get(till, 1, &v));
	assert_int_equal(v.balance, 20400);
	assert_string_equal(v.holder, "Roux");
}

/* What came back already is not given twice. */
static void
a_deposit_that_came_back_is_gone(void **state)
{
	int64_t	version, order, deposit, id, seen, change, amount, ticket;
	bool	posted;

	(void)state;
	order = deposited(&version, &deposit);
	OK(back(till, deposit, &id, &seen));
	OK(sale_pay(till, id, &seen, "cash", 0, &change, &posted));
	OK(order_deposited(till, order, &amount));
	assert_int_equal(amount, 0);
	version = 0;
	OK(sale_take(till, order, &version));
	OK(order_cancel(till, order, &version, DEPOSIT_VOUCHER, "", &ticket));
	assert_int_equal(ticket, 0);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(j10_deposit_then_balance),
		T(a_deposit_has_its_share_of_each_rate),
		T(deposits_have_their_limits),
		T(a_quotation_holds_its_prices_and_becomes_an_order),
		T(a_quotation_is_paid_at_the_counter),
		T(an_order_is_not_called_by_its_quotation),
		T(a_quotation_has_its_last_day),
		T(what_is_refused_takes_no_number),
		T(a_deposit_where_tax_is_added),
		T(a_deposit_counts_once),
		T(a_deposit_that_was_used_stays),
		T(a_deposit_given_back_is_not_taken_off),
		T(a_deposit_on_what_is_paid),
		T(a_deposit_keeps_its_rate),
		T(two_deposits_are_two),
		T(a_deposit_is_kept),
		T(a_deposit_goes_on_a_credit_note),
		T(a_deposit_that_came_back_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
