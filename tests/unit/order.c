/* SPDX-License-Identifier: ISC */
/* Quotation, order, deposit, final ticket. */
#include "trade.h"

#include "shop/order.h"

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
		T(what_is_refused_takes_no_number),
		T(a_deposit_where_tax_is_added),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
