/* SPDX-License-Identifier: ISC */
/* Goods that come back: how much, for how much, and what is refused. */
#include "trade.h"

#include "shop/init.h"
#include "shop/option.h"
#include "shop/payment.h"
#include "shop/receipt.h"
#include "shop/return.h"
#include "shop/slip.h"
#include "shop/voucher.h"

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

static bool
paper_says(struct shop *shop, int64_t id, const char *text)
{
	struct slip	slip = { 0 };
	struct sale	sale;
	bool		says;

	OK(sale_load(shop, id, &sale));
	OK(receipt_build(shop, &sale, 0, &slip));
	says = strstr(slip_stored(&slip), text) != NULL;
	slip_done(&slip);
	sale_done(&sale);
	return says;
}

static void
without_a_ticket_by_right_and_reason(void **state)
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
	assert_string_equal(sale.lines[0].why, "mouldy");
	sale_done(&sale);
	assert_true(paper_says(shop, id, "back without a ticket: mouldy"));
	test_done(shop, dir);
}

/* What a manager allowed was two; `*9` is another wish. */
static void
more_back_takes_the_same_right(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, 3 * QTY_ONE);
	int64_t		id = 0, version = 0, line, more = 3 * QTY_ONE;
	struct sale	sale;
	char		what[80];

	(void)state;
	OK(return_free(shop, &id, &version, p, 2 * QTY_ONE, NULL, false,
	    "mouldy"));
	OK(sale_load(shop, id, &sale));
	line = sale.lines[0].id;
	sale_done(&sale);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(sale_set_qty(shop, id, &version, line, 9 * QTY_ONE),
	    ERR_DENIED);
	OK(sale_set_qty(shop, id, &version, line, QTY_ONE));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	/* Nor does it turn into a sale of one. */
	assert_int_equal(sale_more(shop, id, &version, &line, &more, 1),
	    ERR_INVALID);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, -600);
	sale_done(&sale);

	id = version = 0;
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 0),
	    QTY_ONE));
	OK(sale_load(shop, id, &sale));
	line = sale.lines[0].id;
	sale_done(&sale);
	shop->who.rights = role_rights(ROLE_SELLER);
	assert_int_equal(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE),
	    ERR_DENIED);
	shop->who.rights = role_rights(ROLE_CASHIER);
	OK(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE));
	shop->who.rights = UINT64_MAX;
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

/* ---- money --------------------------------------------------------------- */

static void
pay_back(struct shop *shop, int64_t id, int64_t *version, const char *tender,
    const char *reference)
{
	struct pay	pay = { .tender = tender, .reference = reference,
			    .sure = true };
	struct paid	paid;

	OK(sale_pay_with(shop, id, version, &pay, &paid));
	assert_true(paid.posted);
}

/* I03: the journal calls it Retour, below nothing. */
static void
i03_a_return_is_recorded_as_one(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	struct sale	sale;
	struct buf	payload = { 0 };
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, QTY_ONE), qty;
	int64_t		id = 0, version = 0;

	(void)state;
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 0),
	    QTY_ONE));
	pay_back(shop, id, &version, "cash", NULL);
	OK(sale_load(shop, id, &sale));
	journal_ticket(&sale, sale.posted_at, sale.ticket, &payload);
	assert_string_equal(buf_text(&payload),
	    "0550:-300,-300,20261120123015,0-000002,Retour");
	assert_int_equal(sale.payments[0].amount, -300);
	buf_done(&payload);
	sale_done(&sale);
	OK(stock_level(shop, p, &qty));
	assert_int_equal(qty, 0);
	whole(shop);
	test_done(shop, dir);
}

static void
scrap_does_not_go_back_to_stock(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, 3 * QTY_ONE), qty;
	int64_t		id = 0, version = 0;
	struct return_pick	pick = { .qty = 2 * QTY_ONE, .scrap = true };

	(void)state;
	pick.line = line_of(shop, ticket, 0);
	OK(return_add(shop, &id, &version, ticket, &pick, 1));
	pick.qty = QTY_ONE;
	pick.scrap = false;
	OK(return_add(shop, &id, &version, ticket, &pick, 1));
	pay_back(shop, id, &version, "cash", NULL);
	OK(stock_level(shop, p, &qty));
	assert_int_equal(qty, -2 * QTY_ONE);
	whole(shop);
	test_done(shop, dir);
}

/* "Double" costs something and is no second steak: one is thrown away. */
static void
words_are_not_thrown_away(void **state)
{
	char			dir[64];
	struct shop		*shop = test_shop("FR", dir);
	int64_t			p = test_product(shop, "1", "Steak", "meal",
				    "pc", 1600, true);
	struct option_row	row = { .code = "1", .group = "Avec",
				    .choice = "double", .component = "",
				    .against = "", .most = 1, .price = 500,
				    .preset = true };
	int64_t			id = 0, version = 0, ticket, qty;
	struct return_pick	pick[2] = { { .qty = QTY_ONE, .scrap = true },
				    { .qty = QTY_ONE, .scrap = true } };

	(void)state;
	OK(option_put_row(shop, &row));
	/* Nor does one come back where only the words do. */
	ticket = ticket_of(shop, p, QTY_ONE);
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 1),
	    QTY_ONE));
	pay_back(shop, id, &version, "cash", NULL);
	OK(stock_level(shop, p, &qty));
	assert_int_equal(qty, -QTY_ONE);
	OK(stock_adjust(shop, p, QTY_ONE, "one more"));
	id = version = 0;
	ticket = ticket_of(shop, p, QTY_ONE);
	OK(stock_level(shop, p, &qty));
	assert_int_equal(qty, -QTY_ONE);
	pick[0].line = line_of(shop, ticket, 0);
	pick[1].line = line_of(shop, ticket, 1);
	OK(return_add(shop, &id, &version, ticket, pick, 2));
	pay_back(shop, id, &version, "cash", NULL);
	OK(stock_level(shop, p, &qty));
	assert_int_equal(qty, -QTY_ONE);
	whole(shop);
	test_done(shop, dir);
}

static void
an_exchange_is_one_ticket(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pull", "standard", "pc",
			    4000, true);
	int64_t		q = test_product(shop, "2", "Gants", "standard", "pc",
			    1500, true);
	int64_t		ticket = ticket_of(shop, p, QTY_ONE), line;
	int64_t		id = 0, version = 0;
	struct sale	sale;

	(void)state;
	OK(sale_add(shop, &id, &version, q, QTY_ONE, NULL, &line));
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 0),
	    QTY_ONE));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, -2500);
	assert_int_equal(sale.units, 2);
	sale_done(&sale);
	pay_back(shop, id, &version, "card", NULL);
	whole(shop);
	test_done(shop, dir);
}

/* The refund is a credit note; then it pays, and the money that comes back of
 * that goes onto it again. */
static void
a_credit_note_takes_and_pays(void **state)
{
	char		dir[64], name[16];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pull", "standard", "pc",
			    4000, true);
	int64_t		q = test_product(shop, "2", "Gants", "standard", "pc",
			    1500, true);
	int64_t		ticket = ticket_of(shop, p, QTY_ONE), line, card;
	int64_t		id = 0, version = 0;
	struct voucher	v;
	struct sale	sale;

	(void)state;
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 0),
	    QTY_ONE));
	OK(return_tender(shop, id, name, &card));
	assert_string_equal(name, "cash");
	pay_back(shop, id, &version, "credit", NULL);
	OK(voucher_get(shop, 1, &v));
	assert_int_equal(v.kind, VOUCHER_CREDIT);
	assert_int_equal(v.balance, 4000);
	assert_string_equal(v.expires, "2027-11-20");

	id = version = 0;
	OK(sale_add(shop, &id, &version, q, QTY_ONE, NULL, &line));
	pay_back(shop, id, &version, "credit", v.number);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 2500);
	ticket = id;
	id = version = 0;
	OK(bring(shop, &id, &version, ticket, line_of(shop, ticket, 0),
	    QTY_ONE));
	OK(return_tender(shop, id, name, &card));
	assert_string_equal(name, "credit");
	assert_int_equal(card, v.id);
	pay_back(shop, id, &version, "credit", NULL);
	OK(voucher_get(shop, v.id, &v));
	assert_int_equal(v.balance, 4000);
	OK(sale_load(shop, ticket, &sale));
	assert_int_equal(sale.vat[0].vat, 250);
	sale_done(&sale);
	whole(shop);
	test_done(shop, dir);
}

/* J08, second half: 38.40 @20 paid with a card of 50.00: TVA 6.40, left
 * 11.60; and more than is left is refused. */
static void
j08_a_gift_card_pays_and_the_vat_falls_due(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pull", "standard", "pc",
			    3840, true);
	int64_t		id = 0, version = 0, line;
	struct voucher	v;
	struct sale	sale;
	struct pay	pay = { .tender = "gift", .amount = 2000 };
	struct paid	paid;

	(void)state;
	OK(voucher_sell(shop, &id, &version, 5000, "", &line));
	pay_back(shop, id, &version, "cash", NULL);
	OK(voucher_get(shop, 1, &v));
	id = version = 0;
	OK(sale_add(shop, &id, &version, p, QTY_ONE, NULL, &line));
	pay_back(shop, id, &version, "gift", v.number);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.turnover, 3840);
	assert_int_equal(sale.vat[0].vat, 640);
	sale_done(&sale);
	OK(voucher_get(shop, 1, &v));
	assert_int_equal(v.balance, 1160);
	/* What is on it is all it gives. */
	id = version = 0;
	OK(sale_add(shop, &id, &version, p, QTY_ONE, NULL, &line));
	pay.reference = v.number;
	assert_int_equal(sale_pay_with(shop, id, &version, &pay, &paid),
	    ERR_RANGE);
	pay.amount = 0;
	OK(sale_pay_with(shop, id, &version, &pay, &paid));
	assert_false(paid.posted);
	OK(voucher_get(shop, 1, &v));
	assert_int_equal(v.balance, 0);
	/* Taken back: on the card again. */
	{
		char	what[80];

		OK(sale_undo(shop, id, &version, what, sizeof(what)));
	}
	OK(voucher_get(shop, 1, &v));
	assert_int_equal(v.balance, 1160);
	whole(shop);
	test_done(shop, dir);
}

static void
a_whole_ticket_is_cancelled_by_one_that_says_so(void **state)
{
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		p = test_product(shop, "1", "Pain", "food", "pc", 300,
			    true);
	int64_t		ticket = ticket_of(shop, p, 2 * QTY_ONE);
	int64_t		id = 0, version = 0, other = 0, seen = 0, n;

	(void)state;
	assert_int_equal(return_cancel(shop, &id, &version, ticket, ""),
	    ERR_EMPTY);
	OK(return_cancel(shop, &id, &version, ticket, "rung up twice"));
	assert_int_equal(return_cancel(shop, &other, &seen, ticket, "again"),
	    ERR_EXISTS);
	pay_back(shop, id, &version, "cash", NULL);
	assert_true(paper_says(shop, id, "cancels ticket no. 0-000001"));
	assert_true(paper_says(shop, ticket,
	    "Cancelled by ticket no. 0-000002"));
	OK(receipt_reprint(shop, ticket, &n));
	assert_int_equal(n, 1);
	/* A return is not cancelled, nor is the same ticket once more. */
	assert_int_equal(return_cancel(shop, &other, &seen, id, "no"),
	    ERR_INVALID);
	assert_int_equal(return_cancel(shop, &other, &seen, ticket, "no"),
	    ERR_EXISTS);
	/* With a line taken out it is a return like another. */
	ticket = ticket_of(shop, p, QTY_ONE);
	id = version = 0;
	OK(return_cancel(shop, &id, &version, ticket, "no"));
	OK(sale_add(shop, &id, &version, p, QTY_ONE, NULL, &n));
	pay_back(shop, id, &version, "cash", NULL);
	assert_false(paper_says(shop, id, "cancels"));
	assert_true(paper_says(shop, id, "back from ticket 0-000003"));
	whole(shop);
	test_done(shop, dir);
}

/* ---- many at random ------------------------------------------------------ */

static uint32_t	seed = 7;

static int64_t
draw(int64_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int64_t)(seed >> 8) % n;
}

/* Sold and brought back in any order, with discounts: a line that came back
 * whole gave back its amount exactly, and the shop is whole. */
static void
random_returns_mirror_their_sales(void **state)
{
	static const char *const	classes[] = { "standard", "meal",
					    "food", "press" };
	char		dir[64];
	struct shop	*shop = test_shop("FR", dir);
	int64_t		product[8], line;
	struct return_ticket	t;
	struct sale	sale, back;

	(void)state;
	for (size_t i = 0; i < NELEM(product); i++) {
		char	code[8];

		(void)snprintf(code, sizeof(code), "%zu", i + 1);
		product[i] = test_product(shop, code, code, classes[i % 4],
		    i == 7 ? "kg" : "pc", 1 + draw(3000), true);
	}
	for (int round = 0; round < 60; round++) {
		int64_t	id = 0, version = 0, sum = 0;
		size_t	n = (size_t)(1 + draw(4));

		for (size_t i = 0; i < n; i++) {
			size_t	at = (size_t)draw(8);

			OK(sale_add(shop, &id, &version, product[at],
			    at == 7 ? 1 + draw(4000) : (1 + draw(5)) *
			    QTY_ONE, NULL, &line));
		}
		pay_back(shop, id, &version, "cash", NULL);
		OK(sale_load(shop, id, &sale));
		/* Back in parts until nothing is left. */
		for (bool more = true; more;) {
			int64_t	rid = 0, rversion = 0;

			more = false;
			OK(return_load(shop, id, &t));
			for (size_t i = 0; i < t.nlines; i++) {
				struct return_pick	pick = {
					.line = t.lines[i].id,
					.qty = t.lines[i].by_weight ?
					    1 + draw(t.lines[i].left + 1) :
					    (1 + draw(t.lines[i].left /
					    QTY_ONE + 1)) * QTY_ONE };

				if (t.lines[i].left == 0 || draw(3) == 0) {
					more |= t.lines[i].left > 0;
					continue;
				}
				if (pick.qty > t.lines[i].left) {
					pick.qty = t.lines[i].left;
				}
				more |= pick.qty < t.lines[i].left;
				OK(return_add(shop, &rid, &rversion, id,
				    &pick, 1));
			}
			return_done(&t);
			if (rid == 0) {
				continue;
			}
			OK(sale_load(shop, rid, &back));
			sum += back.total;
			for (size_t i = 0; i < back.nlines; i++) {
				bool	rate = false;

				for (size_t k = 0; k < sale.nlines; k++) {
					rate |= sale.lines[k].id ==
					    back.lines[i].returns &&
					    sale.lines[k].rate ==
					    back.lines[i].rate;
				}
				assert_true(rate);
			}
			sale_done(&back);
			pay_back(shop, rid, &rversion, "cash", NULL);
		}
		assert_int_equal(sum, -sale.total);
		sale_done(&sale);
	}
	whole(shop);
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
		cmocka_unit_test(without_a_ticket_by_right_and_reason),
		cmocka_unit_test(more_back_takes_the_same_right),
		cmocka_unit_test(only_a_paid_ticket_s_own_lines),
		cmocka_unit_test(i03_a_return_is_recorded_as_one),
		cmocka_unit_test(scrap_does_not_go_back_to_stock),
		cmocka_unit_test(words_are_not_thrown_away),
		cmocka_unit_test(an_exchange_is_one_ticket),
		cmocka_unit_test(a_credit_note_takes_and_pays),
		cmocka_unit_test(j08_a_gift_card_pays_and_the_vat_falls_due),
		cmocka_unit_test(
		    a_whole_ticket_is_cancelled_by_one_that_says_so),
		cmocka_unit_test(random_returns_mirror_their_sales),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
