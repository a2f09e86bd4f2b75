/* SPDX-License-Identifier: ISC */
/* Goods that come back: how much, for how much, and what is refused. */
#include "trade.h"

#include "shop/init.h"
#include "shop/return.h"

/* A ticket of one product, paid in cash. */
static int64_t
ticket_of(struct shop *shop, int64_t product, int64_t qty)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(shop, &id, &version, product, qty, NULL, &line));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	return id;
}

static int64_t
line_of(struct shop *shop, int64_t sale, size_t nth)
{
	struct return_ticket	t;
	int64_t			line;

	OK(return_load(shop, sale, &t));
	assert_true(nth < t.nlines);
	line = t.lines[nth].id;
	return_done(&t);
	return line;
}

static int
bring(struct shop *shop, int64_t *id, int64_t *version, int64_t ticket,
    int64_t line, int64_t qty)
{
	struct return_pick	pick = { .line = line, .qty = qty };

	return return_add(shop, id, version, ticket, &pick, 1);
}

static void
count_finding(void *ctx, const char *what, const char *finding)
{
	int	*n = ctx;

	print_message("%s: %s\n", what, finding);
	(*n)++;
}

static void
whole(struct shop *shop)
{
	int64_t	bad;
	int	n = 0;

	OK(check_run(shop, count_finding, &n, &bad));
	assert_int_equal(n, 0);
	assert_int_equal(bad, 0);
}

/* A07: TTC -3.00 @5.5 is HT -2.84, TVA -0.16. */
static void
a07_a_return_is_the_mirror_of_the_sale(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct sale	sale;
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, QTY_ONE);
	int64_t		id = 0, version = 0;

	(void)state;
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 0),
	    QTY_ONE));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, -300);
	assert_int_equal(sale.due, -300);
	assert_int_equal(sale.nvat, 1);
	assert_int_equal(sale.vat[0].net, -284);
	assert_int_equal(sale.vat[0].vat, -16);
	assert_string_equal(sale.lines[0].of, "0-000001");
	sale_done(&sale);
	test_done(shop, dir);
}

static void
never_more_than_was_sold(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, 3 * QTY_ONE);
	int64_t		line = line_of(shop, ticket, 0);
	int64_t		id = 0, version = 0, other = 0, seen = 0;
	struct sale	sale;
	char		what[80];

	(void)state;
	assert_int_equal(bring(shop, &id, &version, ticket, line, 4 * QTY_ONE),
	    ERR_RANGE);
	assert_int_equal(id, 0);
	assert_int_equal(bring(shop, &id, &version, ticket, line, 500),
	    ERR_RANGE);
	assert_int_equal(bring(shop, &id, &version, ticket, line, 0),
	    ERR_RANGE);
	OK(bring(shop, &id, &version, ticket, line, 2 * QTY_ONE));
	/* An open sale counts: on another till one is left. */
	assert_int_equal(bring(shop, &other, &seen, ticket, line,
	    2 * QTY_ONE), ERR_RANGE);
	assert_non_null(strstr(err_text(ERR_RANGE), "1"));
	OK(bring(shop, &other, &seen, ticket, line, QTY_ONE));
	/* Nor by changing the quantity of a line that is there. */
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale_set_qty(shop, id, &version, sale.lines[0].id,
	    3 * QTY_ONE), ERR_RANGE);
	OK(sale_set_qty(shop, id, &version, sale.lines[0].id, QTY_ONE));
	/* Voided, somebody else has it, and undo cannot bring it back. */
	OK(sale_void_line(shop, id, &version, sale.lines[0].id, ""));
	sale_done(&sale);
	OK(bring(shop, &other, &seen, ticket, line, 2 * QTY_ONE));
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_RANGE);
	/* A cancelled sale gives them free. */
	OK(sale_cancel(shop, other, &seen, "changed their mind"));
	other = seen = 0;
	OK(bring(shop, &other, &seen, ticket, line, 3 * QTY_ONE));
	whole(shop);
	test_done(shop, dir);
}

/* However it is cut, what comes back makes the line's amount exactly. */
static void
parts_make_the_amount(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		price = 333, line, ticket, id = 0, version = 0, sum;
	int64_t		p = test_product(shop, "1", "Lot", "food", "pc", 333,
			    true);
	struct sale	sale;

	(void)state;
	ticket = ticket_of(shop, p, 3 * QTY_ONE);
	(void)price;
	line = line_of(shop, ticket, 0);
	for (int i = 0; i < 3; i++) {
		OK(bring(shop, &id, &version, ticket, line, QTY_ONE));
	}
	OK(sale_load(shop, id, &sale));
	sum = 0;
	for (size_t i = 0; i < sale.nlines; i++) {
		sum += sale.lines[i].amount;
	}
	assert_int_equal(sum, -999);
	sale_done(&sale);
	test_done(shop, dir);
}

/* The rate of the ticket, whatever the law says today. */
static void
the_ticket_s_rate_holds(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, QTY_ONE);
	int64_t		line = line_of(shop, ticket, 0), id = 0, version = 0;
	struct product	now;
	struct sale	sale;

	(void)state;
	OK(product_get(shop, p, &now));
	(void)strcpy(now.tax_class, "standard");
	now.price = 900;
	OK(product_update(shop, &now));
	OK(bring(shop, &id, &version, ticket, line, QTY_ONE));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, -300);
	assert_int_equal(sale.vat[0].rate, 5500);
	assert_int_equal(sale_set_price(shop, id, &version, sale.lines[0].id,
	    100), ERR_INVALID);
	sale_done(&sale);
	test_done(shop, dir);
}

static void
a_receipt_s_barcode_names_its_ticket(void **state)
{
	char		dir[64], code[RETURN_CODE], wrong[RETURN_CODE];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, QTY_ONE), found;
	struct sale	sale;

	(void)state;
	OK(sale_load(shop, ticket, &sale));
	assert_true(return_code(&sale, code));
	assert_int_equal(strlen(code), 20);
	assert_true(return_code_looks(code));
	OK(return_find(shop, code, &found));
	assert_int_equal(found, ticket);
	OK(return_find(shop, "0-000001", &found));
	OK(return_find(shop, "1", &found));
	assert_int_equal(found, ticket);
	/* Another shop's ticket 0-000001 has another hash. */
	sale.hash[2] = sale.hash[2] == '0' ? '1' : '0';
	assert_true(return_code(&sale, wrong));
	assert_true(return_code_looks(wrong));
	assert_int_equal(return_find(shop, wrong, &found), ERR_NOT_FOUND);
	assert_int_equal(found, 0);
	/* A digit misread is no code at all. */
	code[7] = code[7] == '5' ? '6' : '5';
	assert_false(return_code_looks(code));
	assert_int_equal(return_find(shop, "0-000099", &found),
	    ERR_NOT_FOUND);
	sale_done(&sale);
	test_done(shop, dir);
}

static void
without_a_ticket_it_takes_a_right_and_a_reason(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		id = 0, version = 0;
	struct sale	sale;

	(void)state;
	assert_int_equal(return_free(shop, &id, &version, p, 2 * QTY_ONE, NULL,
	    false, ""), ERR_EMPTY);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(return_free(shop, &id, &version, p, 2 * QTY_ONE, NULL,
	    false, "mouldy"), ERR_DENIED);
	shop->who.rights = UINT64_MAX;
	OK(return_free(shop, &id, &version, p, 2 * QTY_ONE, NULL, true,
	    "mouldy"));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, -600);
	assert_int_equal(sale.lines[0].qty, -2 * QTY_ONE);
	assert_true(sale.lines[0].scrap);
	sale_done(&sale);
	test_done(shop, dir);
}

static void
only_a_paid_ticket_s_own_lines(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		one = ticket_of(shop, p, QTY_ONE);
	int64_t		two = ticket_of(shop, p, QTY_ONE);
	int64_t		id = 0, version = 0, open = 0, seen = 0, line;
	struct return_ticket	t;

	(void)state;
	assert_int_equal(bring(shop, &id, &version, one, line_of(shop, two, 0),
	    QTY_ONE), ERR_NOT_FOUND);
	assert_int_equal(id, 0);
	OK(sale_add(shop, &open, &seen, p, QTY_ONE, NULL, &line));
	assert_int_equal(return_load(shop, open, &t), ERR_INVALID);
	assert_int_equal(bring(shop, &id, &version, open, line, QTY_ONE),
	    ERR_INVALID);
	assert_int_equal(return_add(shop, &id, &version, one, NULL, 0),
	    ERR_EMPTY);
	shop->who.rights = role_rights(ROLE_SELLER);
	assert_int_equal(return_load(shop, one, &t), ERR_DENIED);
	test_done(shop, dir);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(a07_a_return_is_the_mirror_of_the_sale),
		cmocka_unit_test(never_more_than_was_sold),
		cmocka_unit_test(parts_make_the_amount),
		cmocka_unit_test(the_ticket_s_rate_holds),
		cmocka_unit_test(a_receipt_s_barcode_names_its_ticket),
		cmocka_unit_test(without_a_ticket_it_takes_a_right_and_a_reason),
		cmocka_unit_test(only_a_paid_ticket_s_own_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
