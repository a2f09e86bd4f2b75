/* SPDX-License-Identifier: ISC */
/* Every way to pay, by its rules: cases B, J12, and what must be refused. */
#include "trade.h"

#include "shop/currency.h"
#include "shop/customer.h"
#include "shop/drawer.h"
#include "shop/init.h"
#include "shop/payment.h"
#include "shop/receipt.h"
#include "shop/return.h"
#include "shop/shift.h"
#include "shop/slip.h"
#include "shop/tender.h"
#include "shop/tender_set.h"
#include "shop/voucher.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		dish, wine;
static struct paid	paid;

static int
start(const char *country)
{
	shop = test_shop(country, dir);
	dish = test_product(shop, "1", "Plat du jour", "meal", "pc", 1000,
	    false);
	wine = test_product(shop, "2", "Vin", "alcohol", "pc", 1000, false);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	return start("FR");
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

static void
books_balance(void)
{
	int64_t	bad;

	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* An open sale of one line at a price; wine is no food. */
static void
open_sale(int64_t product, int64_t price, int64_t *id, int64_t *version)
{
	int64_t	line;

	*id = *version = 0;
	OK(sale_add(shop, id, version, product, QTY_ONE, &price, &line));
}

/* The receipt says so. */
static void
on_paper(const struct sale *sale, const char *words)
{
	struct slip	slip = { 0 };

	(void)snprintf(shop->set.language, sizeof(shop->set.language), "en");
	OK(receipt_build(shop, sale, 0, &slip));
	if (strstr(slip_stored(&slip), words) == NULL) {
		fail_msg("not on the receipt: %s\n%s", words,
		    slip_stored(&slip));
	}
	slip_done(&slip);
}

#define PAY(...) sale_pay_with(shop, id, &version, \
	    &(struct pay){ __VA_ARGS__ }, &paid)
#define REFUSED(error, words, call) do { \
	int r_ = (call); \
	if (r_ != (error)) { \
		fail_msg("%s: %s: %s", #call, err_name(r_), r_ == 0 ? \
		    "done" : err_text(r_)); \
	} \
	if (strstr(err_text(r_), words) == NULL) { \
		fail_msg("%s: \"%s\" lacks \"%s\"", #call, err_text(r_), \
		    words); \
	} \
} while (0)

static void
loaded(int64_t id, struct sale *sale)
{
	OK(sale_load(shop, id, sale));
}

/* B06: due 23.40, USD 30.00 at 1 EUR = 1.1650 USD. */
static void
b06_foreign_money_home_change(void **state)
{
	struct currency	usd = { .code = "USD", .active = true };
	struct sale	sale;
	int64_t		id, version;

	(void)state;
	OK(money_style_set(&usd.money, "USD", "FR"));
	OK(currency_rate(shop, "1.1650", false, &usd));
	OK(currency_set(shop, &usd));
	open_sale(dish, 2340, &id, &version);
	REFUSED(ERR_NOT_FOUND, "gbp", PAY(.tender = "cash", .amount = 3000,
	    .currency = "gbp"));
	REFUSED(ERR_INVALID, "27,26 USD", PAY(.tender = "cash",
	    .currency = "usd"));
	REFUSED(ERR_INVALID, "in cash only", PAY(.tender = "card",
	    .amount = 3000, .currency = "USD"));
	REFUSED(ERR_RANGE, "no amount", PAY(.tender = "cash",
	    .amount = MONEY_MAX + 1, .currency = "USD"));
	OK(PAY(.tender = "cash", .amount = 3000, .currency = "usd"));
	assert_true(paid.posted);
	assert_int_equal(paid.change, 235);
	loaded(id, &sale);
	assert_int_equal(sale.payments[0].given, 2575);
	assert_int_equal(sale.payments[0].abroad, 3000);
	assert_string_equal(sale.payments[0].currency, "USD");
	on_paper(&sale, "30,00 USD");
	/* The rate of that moment stays on it, whatever it is tomorrow. */
	sale_done(&sale);
	OK(currency_rate(shop, "2", false, &usd));
	OK(currency_set(shop, &usd));
	loaded(id, &sale);
	assert_int_equal(sale.payments[0].home * 11650,
	    sale.payments[0].per * 10000);
	sale_done(&sale);
	usd.active = false;
	OK(currency_set(shop, &usd));
	open_sale(dish, 100, &id, &version);
	REFUSED(ERR_INVALID, "no longer", PAY(.tender = "cash",
	    .amount = 100, .currency = "USD"));
	books_balance();
}

/* B07: fixed parity 655.957, both ways. */
static void
b07_franc_parity(void **state)
{
	struct currency	xaf = { .code = "XAF" }, eur = { .code = "EUR" };
	char		text[MONEY_TEXT];
	int64_t		home;
	bool		worth;

	(void)state;
	OK(money_style_set(&xaf.money, "XAF", "FR"));
	OK(currency_rate(shop, "655.957", false, &xaf));
	OK(currency_home(&xaf, 10000, &home));
	assert_int_equal(home, 1524);
	/* Nothing is worth that, and it could not be written either. */
	REFUSED(ERR_INVALID, "no rate", currency_rate(shop, "999999999999",
	    true, &xaf));
	test_done(shop, dir);
	(void)start("CM");
	OK(money_style_set(&eur.money, "EUR", "CM"));
	OK(currency_rate(shop, "655,957", true, &eur));
	OK(currency_home(&eur, 2000, &home));
	assert_int_equal(home, 13119);
	currency_rate_text(shop, &eur, &worth, text);
	assert_true(worth);
	assert_string_equal(text, "655,957");
	REFUSED(ERR_INVALID, "no rate", currency_rate(shop, "0", true, &eur));
	REFUSED(ERR_INVALID, "no rate", currency_rate(shop, "1.1234567",
	    false, &eur));
	REFUSED(ERR_INVALID, "no rate", currency_rate(shop, "-1", false,
	    &eur));
}

/* B10: ticket 48.00, card 52.00 of which tip 4.00. */
static void
b10_a_tip_is_no_turnover(void **state)
{
	struct sale	sale;
	int64_t		id, version;

	(void)state;
	open_sale(dish, 4800, &id, &version);
	REFUSED(ERR_DOUBT, "4,00", PAY(.tender = "card", .amount = 5200));
	REFUSED(ERR_RANGE, "at most", PAY(.tender = "card", .amount = 5200,
	    .tip = TIP_NEVER));
	REFUSED(ERR_RANGE, "more than the sale", PAY(.tender = "card",
	    .amount = 52000, .tip = TIP_MEANT));
	OK(PAY(.tender = "card", .amount = 5200, .sure = true));
	assert_true(paid.posted);
	assert_int_equal(paid.tip, 400);
	loaded(id, &sale);
	assert_int_equal(sale.total, 4800);
	assert_int_equal(sale.vat[0].vat, 436);
	assert_int_equal(sale.payments[0].given, 5200);
	assert_int_equal(sale.payments[0].amount, 4800);
	assert_int_equal(sale.tip, 400);
	on_paper(&sale, "Tip\t4,00");
	sale_done(&sale);
	/* In cash by its word only: else it is change. */
	open_sale(dish, 4800, &id, &version);
	OK(PAY(.tender = "cash", .amount = 5000, .tip = TIP_MEANT));
	assert_int_equal(paid.tip, 200);
	assert_int_equal(paid.change, 0);
	/* A correction takes it along. */
	OK(sale_retender_with(shop, id, &(struct pay){ .tender = "card" }));
	loaded(id, &sale);
	assert_int_equal(sale.tip, 200);
	assert_int_equal(sale.payments[0].given, 5000);
	sale_done(&sale);
	REFUSED(ERR_INVALID, "no tip", sale_retender_with(shop, id,
	    &(struct pay){ .tender = "cheque", .reference = "12" }));
	books_balance();
}

/* B08's rule: food only, no change, 25 euros of one person. */
static void
meal_vouchers(void **state)
{
	int64_t	id, version, line, price = 900, customer;

	(void)state;
	open_sale(wine, 1000, &id, &version);
	REFUSED(ERR_RANGE, "nothing here", PAY(.tender = "meal"));
	OK(sale_add(shop, &id, &version, dish, QTY_ONE, &price, &line));
	REFUSED(ERR_RANGE, "no change; at most 9,00", PAY(.tender = "meal",
	    .amount = 1100));
	OK(PAY(.tender = "meal"));
	REFUSED(ERR_RANGE, "nothing here", PAY(.tender = "meal",
	    .amount = 100));
	OK(PAY(.tender = "cash"));
	assert_true(paid.posted);

	open_sale(dish, 6000, &id, &version);
	REFUSED(ERR_RANGE, "at most 25,00", PAY(.tender = "meal",
	    .amount = 2600));
	OK(PAY(.tender = "meal"));
	/* More of it may be another guest's; it is asked. */
	REFUSED(ERR_DOUBT, "another person", PAY(.tender = "meal",
	    .amount = 1000));
	OK(PAY(.tender = "meal", .amount = 1000, .sure = true));
	OK(PAY(.tender = "card"));
	assert_true(paid.posted);

	/* Who is known has one day, on whatever sale. */
	OK(customer_add(shop, &(struct customer){ .name = "Zoé" },
	    &customer));
	open_sale(dish, 2000, &id, &version);
	OK(sale_set_customer(shop, &id, &version, customer));
	OK(PAY(.tender = "meal", .amount = 2000));
	open_sale(dish, 2000, &id, &version);
	OK(sale_set_customer(shop, &id, &version, customer));
	REFUSED(ERR_RANGE, "20,00", PAY(.tender = "meal", .amount = 600,
	    .sure = true));
	OK(PAY(.tender = "meal", .amount = 500));
	test_now += INT64_C(86400000);
	open_sale(dish, 2000, &id, &version);
	OK(sale_set_customer(shop, &id, &version, customer));
	OK(PAY(.tender = "meal", .amount = 2000));
	test_now -= INT64_C(86400000);
	books_balance();
}

static void
references(void **state)
{
	char		paste[4096];
	struct sale	sale;
	int64_t		id, version;

	(void)state;
	open_sale(dish, 1000, &id, &version);
	REFUSED(ERR_EMPTY, "Cheque", PAY(.tender = "cheque"));
	/* A card's number by mistake, a paste, odd bytes: nothing is kept. */
	REFUSED(ERR_INVALID, "number of a card", PAY(.tender = "cheque",
	    .reference = "4111 1111 1111 1111"));
	memset(paste, 'x', sizeof(paste));
	paste[sizeof(paste) - 1] = '\0';
	REFUSED(ERR_TOO_LONG, "at most", PAY(.tender = "cheque",
	    .reference = paste));
	REFUSED(ERR_TOO_LONG, "at most", PAY(.tender = "cheque",
	    .reference = "12\03334"));
	loaded(id, &sale);
	assert_int_equal(sale.state, SALE_DRAFT);
	sale_done(&sale);
	OK(PAY(.tender = "q", .reference = "0071234"));
	assert_true(paid.posted);
	loaded(id, &sale);
	assert_string_equal(sale.payments[0].reference, "0071234");
	sale_done(&sale);
	books_balance();
}

/* Pending keeps the sale open; its word ends it, one way or the other. */
static void
mobile_money(void **state)
{
	struct sale	sale;
	int64_t		id, version, was;

	(void)state;
	test_done(shop, dir);
	(void)start("CM");
	open_sale(dish, 5000, &id, &version);
	REFUSED(ERR_EMPTY, "telephone", PAY(.tender = "m"));
	REFUSED(ERR_INVALID, "no telephone", PAY(.tender = "m",
	    .phone = "69a"));
	REFUSED(ERR_RANGE, "at most", PAY(.tender = "m", .amount = 5001,
	    .phone = "699112233"));
	OK(PAY(.tender = "m", .phone = "699 11 22 33"));
	assert_true(paid.pending);
	assert_false(paid.posted);
	loaded(id, &sale);
	assert_int_equal(sale.state, SALE_PAYING);
	assert_int_equal(sale.due, 0);
	assert_true(sale.waits);
	sale_done(&sale);
	REFUSED(ERR_INVALID, ":confirmed", PAY(.tender = "cash"));
	/* It fails: due again, and the books say why. */
	was = version;
	OK(sale_pay_failed(shop, id, &version));
	assert_int_equal(sale_pay_failed(shop, id, &was), ERR_CHANGED);
	loaded(id, &sale);
	assert_int_equal(sale.state, SALE_DRAFT);
	assert_int_equal(sale.due, 5000);
	sale_done(&sale);
	REFUSED(ERR_CHANGED, "", sale_pay_failed(shop, id, &was));
	/* Again, part of it; the rest in cash, posted when the word comes. */
	OK(PAY(.tender = "m", .amount = 3000, .phone = "+237699112233"));
	OK(PAY(.tender = "cash"));
	assert_false(paid.posted);
	REFUSED(ERR_EMPTY, "reference", sale_pay_came(shop, id, &version, "",
	    &paid));
	OK(sale_pay_came(shop, id, &version, "MP240101", &paid));
	assert_true(paid.posted);
	loaded(id, &sale);
	assert_int_equal(sale.npayments, 2);
	assert_false(sale.waits);
	sale_done(&sale);
	/* A reference pays once a day. */
	open_sale(dish, 700, &id, &version);
	REFUSED(ERR_EXISTS, "MP240101", PAY(.tender = "m",
	    .phone = "699112233", .reference = "MP240101"));
	OK(PAY(.tender = "m", .phone = "699112233"));
	REFUSED(ERR_EXISTS, "MP240101", sale_pay_came(shop, id, &version,
	    "MP240101", &paid));
	OK(sale_pay_came(shop, id, &version, "MP240102", &paid));
	assert_true(paid.posted);
	/* Practice uses none up. */
	OK(tender_set(shop, "card", "reference", "once"));
	shop->who.training = true;
	open_sale(dish, 700, &id, &version);
	OK(PAY(.tender = "c", .reference = "A105"));
	shop->who.training = false;
	open_sale(dish, 700, &id, &version);
	OK(PAY(.tender = "c", .reference = "A105"));
	assert_true(paid.posted);
	open_sale(dish, 700, &id, &version);
	REFUSED(ERR_EXISTS, "A105", PAY(.tender = "c",
	    .reference = "A105"));
	OK(tender_set(shop, "card", "reference", "no"));
	/* Another way to pay has its own references. */
	open_sale(dish, 700, &id, &version);
	OK(PAY(.tender = "r", .phone = "655112233",
	    .reference = "MP240102"));
	OK(sale_pay_came(shop, id, &version, "", &paid));
	assert_true(paid.posted);
	books_balance();
}

/* J12: limit 100; 65 ok; 40 refused (105); pays 30, owes 35; 40 ok (75). */
static void
j12_on_account(void **state)
{
	struct customer	c = { .name = "Boulangerie Petit",
			    .on_account = true, .credit = 10000 }, got;
	int64_t		id, version, customer, entry, poor;
	struct sale	sale;

	(void)state;
	OK(customer_add(shop, &c, &customer));
	open_sale(dish, 6500, &id, &version);
	REFUSED(ERR_INVALID, "F7", PAY(.tender = "account"));
	OK(sale_set_customer(shop, &id, &version, customer));
	OK(PAY(.tender = "o"));
	assert_true(paid.posted);
	open_sale(dish, 4000, &id, &version);
	OK(sale_set_customer(shop, &id, &version, customer));
	REFUSED(ERR_RANGE, "105,00", PAY(.tender = "o"));
	loaded(id, &sale);
	assert_int_equal(sale.state, SALE_DRAFT);
	sale_done(&sale);
	REFUSED(ERR_RANGE, "owes 65,00", customer_pay(shop, customer, "e",
	    6600, "", &entry));
	REFUSED(ERR_INVALID, "Account", customer_pay(shop, customer, "o",
	    3000, "", &entry));
	OK(customer_pay(shop, customer, "e", 3000, "", &entry));
	OK(customer_get(shop, customer, &got));
	assert_int_equal(got.balance, 3500);
	OK(PAY(.tender = "o"));
	assert_true(paid.posted);
	OK(customer_get(shop, customer, &got));
	assert_int_equal(got.balance, 7500);
	/* What is taken back before the ticket is owed no more. */
	open_sale(dish, 1000, &id, &version);
	OK(sale_set_customer(shop, &id, &version, customer));
	OK(PAY(.tender = "o", .amount = 400));
	REFUSED(ERR_INVALID, "account of", sale_set_customer(shop, &id,
	    &version, 0));
	{
		char	what[120];

		OK(sale_undo(shop, id, &version, what, sizeof(what)));
	}
	OK(customer_get(shop, customer, &got));
	assert_int_equal(got.balance, 7500);
	/* Who has no limit pays at once. */
	OK(customer_add(shop, &(struct customer){ .name = "Ana" }, &poor));
	OK(sale_set_customer(shop, &id, &version, poor));
	REFUSED(ERR_DENIED, "pays at once", PAY(.tender = "o"));
	OK(PAY(.tender = "e"));
	books_balance();
}

static void
customers(void **state)
{
	struct customer	c = { .name = "Éléonore Dupré", .phone =
			    "06 12 34 56 78", .email = "e@x.fr" }, got;
	int64_t		id, other, sale = 0, version = 0;

	(void)state;
	OK(customer_add(shop, &c, &id));
	OK(customer_get(shop, id, &got));
	assert_string_equal(got.code, "1");
	assert_string_equal(got.phone, "0612345678");
	assert_false(got.on_account);
	REFUSED(ERR_EMPTY, "name", customer_add(shop, &(struct customer){
	    .code = "9" }, &other));
	REFUSED(ERR_EXISTS, "code 1", customer_add(shop, &(struct customer){
	    .code = "1", .name = "X" }, &other));
	REFUSED(ERR_INVALID, "telephone", customer_add(shop,
	    &(struct customer){ .phone = "12", .name = "X" }, &other));
	REFUSED(ERR_INVALID, "e-mail", customer_add(shop,
	    &(struct customer){ .email = "x at y", .name = "X" }, &other));
	REFUSED(ERR_INVALID, "letters", customer_add(shop,
	    &(struct customer){ .code = "3*1", .name = "X" }, &other));
	/* A limit is a manager's. */
	shop->who.rights &= ~RIGHT_BIT(RIGHT_CREDIT);
	got.on_account = true;
	got.credit = 1000;
	assert_int_equal(customer_update(shop, &got), ERR_DENIED);
	shop->who.rights = UINT64_MAX;
	OK(customer_update(shop, &got));
	/* A sale may begin with who buys. */
	OK(sale_set_customer(shop, &sale, &version, id));
	assert_true(sale != 0);
	got.active = false;
	OK(customer_update(shop, &got));
	REFUSED(ERR_INVALID, "no longer", sale_set_customer(shop, &sale,
	    &version, id));
	REFUSED(ERR_NOT_FOUND, "no such", sale_set_customer(shop, &sale,
	    &version, 99));
}

static int
count_found(void *ctx, const struct customer *c)
{
	(void)c;
	++*(int *)ctx;
	return 0;
}

static void
customers_are_found(void **state)
{
	static const struct {
		const char	*words;
		int		 found;
	} asked[] = { { "ele", 1 }, { "dup", 2 }, { "dupr ele", 1 },
	    { "5678", 1 }, { "78", 0 }, { "C2", 1 }, { "", 2 }, { "up", 0 } };
	int64_t	id;

	(void)state;
	OK(customer_add(shop, &(struct customer){ .name = "Éléonore Dupré",
	    .phone = "0612345678" }, &id));
	OK(customer_add(shop, &(struct customer){ .name = "Dupond",
	    .code = "C2" }, &id));
	for (size_t i = 0; i < NELEM(asked); i++) {
		int	n = 0;

		OK(customer_search(shop, asked[i].words, 10, count_found,
		    &n));
		if (n != asked[i].found) {
			fail_msg("\"%s\" finds %d", asked[i].words, n);
		}
	}
}

static void
gift_cards(void **state)
{
	struct voucher	v;
	struct sale	sale;
	char		what[120];
	int64_t		id, version, card;

	(void)state;
	OK(voucher_add(shop, &card));
	OK(voucher_adjust(shop, card, 5000, "test"));
	OK(voucher_get(shop, card, &v));
	/* J08's use: 38.40 @20, 11.60 is left. */
	open_sale(wine, 3840, &id, &version);
	REFUSED(ERR_EMPTY, "number", PAY(.tender = "gift"));
	assert_int_not_equal(PAY(.tender = "gift",
	    .reference = "9800000000000001"), 0);
	OK(PAY(.tender = "k", .reference = v.number));
	assert_true(paid.posted);
	OK(voucher_get(shop, card, &v));
	assert_int_equal(v.balance, 1160);
	loaded(id, &sale);
	assert_int_equal(sale.vat[0].vat, 640);
	assert_int_equal(sale.payments[0].voucher, card);
	assert_string_equal(sale.payments[0].reference, "");
	sale_done(&sale);
	/* Less on it than is due: what there is, then something else. */
	open_sale(dish, 2000, &id, &version);
	REFUSED(ERR_RANGE, "at most 11,60", PAY(.tender = "k",
	    .amount = 2000, .reference = v.number));
	OK(PAY(.tender = "k", .reference = v.number));
	assert_false(paid.posted);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(voucher_get(shop, card, &v));
	assert_int_equal(v.balance, 1160);
	OK(PAY(.tender = "k", .reference = v.number));
	OK(PAY(.tender = "c"));
	assert_true(paid.posted);
	REFUSED(ERR_INVALID, "take it back", sale_retender_with(shop, id,
	    &(struct pay){ .tender = "gift", .reference = v.number }));
	/* From a card needs a manager; then it is back on the card. */
	shop->who.rights &= ~RIGHT_BIT(RIGHT_RETENDER);
	assert_int_equal(sale_retender(shop, id, "card"), ERR_DENIED);
	shop->who.rights = UINT64_MAX;
	OK(sale_retender(shop, id, "card"));
	OK(voucher_get(shop, card, &v));
	assert_int_equal(v.balance, 1160);
	books_balance();
}

/* What a customer pays off lies in the drawer beside what was sold: one sum
 * to count, and nothing is over. */
static void
an_account_paid_in_cash_is_in_the_drawer(void **state)
{
	struct customer	c = { .name = "Boulangerie Petit",
			    .on_account = true, .credit = 10000 };
	struct closing	books;
	int64_t		id, version, customer, entry, shift;

	(void)state;
	OK(customer_add(shop, &c, &customer));
	open_sale(dish, 2000, &id, &version);
	OK(PAY(.tender = "cash"));
	open_sale(dish, 6500, &id, &version);
	OK(sale_set_customer(shop, &id, &version, customer));
	OK(PAY(.tender = "o"));
	OK(customer_pay(shop, customer, "e", 3000, "", &entry));
	OK(drawer_move(shop, DRAWER_PAY_IN, "EUR", 1000, "coins"));
	OK(shift_now(shop, &shift));
	OK(closing_read(shop, shift, &books));
	for (size_t i = 0; i < books.ntotals; i++) {
		const struct closing_total	*t = &books.totals[i];

		assert_string_equal(t->currency, "");
		assert_int_equal(t->expected, strcmp(t->tender, "cash") == 0 ?
		    6000 : 6500);
	}
	assert_int_equal(books.ntotals, 2);
	closing_done(&books);
	books_balance();
}

/* Money that goes back lands on a card it can be spent from again. */
static void
money_goes_back_to_a_good_card_only(void **state)
{
	struct product	p = { .price = 5000, .active = true,
			    .kind = PRODUCT_VOUCHER };
	struct sale	sale;
	struct voucher	single, good, blocked, blank;
	int64_t		id, version, line, card;

	(void)state;
	(void)strcpy(p.code, "PANIER");
	(void)strcpy(p.name, "Bon panier");
	(void)strcpy(p.tax_class, "food");
	(void)strcpy(p.unit, "pc");
	OK(product_add(shop, &p, NULL, 0, &card));
	id = version = 0;
	OK(sale_add(shop, &id, &version, card, QTY_ONE, NULL, &line));
	loaded(id, &sale);
	OK(voucher_get(shop, sale.lines[0].voucher, &single));
	sale_done(&sale);
	OK(PAY(.tender = "cash"));
	OK(voucher_add(shop, &card));
	OK(voucher_get(shop, card, &blank));
	OK(voucher_add(shop, &card));
	OK(voucher_adjust(shop, card, 500, "old till"));
	OK(voucher_block(shop, card, true));
	OK(voucher_get(shop, card, &blocked));
	OK(voucher_add(shop, &card));
	OK(voucher_adjust(shop, card, 500, "old till"));
	OK(voucher_get(shop, card, &good));

	id = version = 0;
	OK(return_free(shop, &id, &version, dish, QTY_ONE, NULL, false,
	    "cold"));
	/* Its VAT was paid: other money on it would be spent without. */
	REFUSED(ERR_INVALID, "", PAY(.tender = "k",
	    .reference = single.number));
	REFUSED(ERR_DENIED, "blocked", PAY(.tender = "k",
	    .reference = blocked.number));
	REFUSED(ERR_INVALID, "ever", PAY(.tender = "k",
	    .reference = blank.number));
	OK(PAY(.tender = "k", .reference = good.number));
	assert_true(paid.posted);
	OK(voucher_get(shop, card, &good));
	assert_int_equal(good.balance, 1500);
	/* Nothing is due: nothing is taken off a card. */
	open_sale(dish, 0, &id, &version);
	OK(PAY(.tender = "k", .reference = good.number));
	assert_true(paid.posted);
	OK(voucher_get(shop, card, &good));
	assert_int_equal(good.balance, 1500);
	books_balance();
}

/* A rule that would make money of nothing is none. */
static void
rules_that_cannot_be(void **state)
{
	(void)state;
	REFUSED(ERR_INVALID, "tip", tender_set(shop, "account", "tip",
	    "yes"));
	REFUSED(ERR_INVALID, "tip", tender_set(shop, "gift", "tip", "yes"));
	REFUSED(ERR_INVALID, "waited", tender_set(shop, "cash", "waits",
	    "yes"));
}

/* More cash than the law has is asked twice, in parts as well. */
static void
the_law_on_cash(void **state)
{
	int64_t	id, version;

	(void)state;
	open_sale(dish, 120000, &id, &version);
	REFUSED(ERR_DOUBT, "1\xc2\xa0""000,00", PAY(.tender = "cash"));
	OK(PAY(.tender = "cash", .amount = 90000));
	REFUSED(ERR_DOUBT, "the law", PAY(.tender = "cash"));
	OK(PAY(.tender = "cash", .sure = true));
	assert_true(paid.posted);
	/* Change above the largest note too. */
	open_sale(dish, 100, &id, &version);
	REFUSED(ERR_DOUBT, "back?", PAY(.tender = "cash", .amount = 60000));
	books_balance();
}

/* A manager's changes of a tender hold at once. */
static void
rules_are_set(void **state)
{
	struct tender	t;
	int64_t		id, version;

	(void)state;
	OK(tender_set(shop, "card", "least", "5"));
	open_sale(dish, 1000, &id, &version);
	REFUSED(ERR_RANGE, "from 5,00", PAY(.tender = "c", .amount = 300));
	OK(PAY(.tender = "e", .amount = 700));
	/* What is due at last may be less. */
	OK(PAY(.tender = "c"));
	assert_true(paid.posted);
	OK(tender_set(shop, "mobile", "active", "yes"));
	OK(tender_set(shop, "mobile", "label", "Wave"));
	OK(tender_set(shop, "mobile", "letter", "w"));
	OK(tender_find(shop, "w", &t));
	assert_string_equal(t.label, "Wave");
	REFUSED(ERR_EXISTS, "letter", tender_set(shop, "mobile", "letter",
	    "c"));
	REFUSED(ERR_INVALID, "letter", tender_set(shop, "mobile", "letter",
	    "4"));
	REFUSED(ERR_INVALID, "tax class", tender_set(shop, "meal",
	    "eligible", "meal caviar"));
	REFUSED(ERR_NOT_FOUND, "gold", tender_set(shop, "gold", "active",
	    "no"));
	REFUSED(ERR_NOT_FOUND, "colour", tender_set(shop, "card", "colour",
	    "red"));
	REFUSED(ERR_INVALID, "cash", tender_set(shop, "cash", "active",
	    "no"));
	shop->who.rights &= ~RIGHT_BIT(RIGHT_TENDER);
	assert_int_equal(tender_set(shop, "card", "least", "0"), ERR_DENIED);
	shop->who.rights = UINT64_MAX;
	OK(tender_set(shop, "card", "active", "no"));
	open_sale(dish, 1000, &id, &version);
	REFUSED(ERR_INVALID, "no longer", PAY(.tender = "card"));
}

/* A card that is refused: waited for, then nothing of it is left. */
static void
an_expired_card(void **state)
{
	struct sale	sale;
	int64_t		id, version;

	(void)state;
	OK(tender_set(shop, "card", "waits", "yes"));
	open_sale(dish, 1000, &id, &version);
	OK(PAY(.tender = "card"));
	assert_true(paid.pending);
	OK(sale_pay_failed(shop, id, &version));
	loaded(id, &sale);
	assert_int_equal(sale.npayments, 0);
	assert_int_equal(sale.due, 1000);
	assert_int_equal(sale.state, SALE_DRAFT);
	sale_done(&sale);
	OK(PAY(.tender = "cash"));
	assert_true(paid.posted);
	books_balance();
}

/* B02, B04 in Belgium; a payment that waits and cash that rounds. */
static void
belgium(void **state)
{
	struct sale	sale;
	int64_t		id, version;

	(void)state;
	test_done(shop, dir);
	(void)start("BE");
	open_sale(dish, 2347, &id, &version);
	OK(PAY(.tender = "card", .amount = 800));
	OK(PAY(.tender = "cash"));
	assert_true(paid.posted);
	loaded(id, &sale);
	assert_int_equal(sale.payments[1].amount, 1545);
	assert_int_equal(sale.rounding, -2);
	sale_done(&sale);
	for (int i = 0; i < 3; i++) {
		static const int64_t	due[] = { 2, 5, 6 }, pays[] = { 2, 5,
					    5 };

		open_sale(dish, due[i], &id, &version);
		OK(PAY(.tender = "cash"));
		loaded(id, &sale);
		assert_int_equal(sale.payments[0].amount, pays[i]);
		sale_done(&sale);
	}
	OK(tender_set(shop, "mobile", "active", "yes"));
	open_sale(dish, 2347, &id, &version);
	OK(PAY(.tender = "mobile", .amount = 800, .phone = "0470123456"));
	REFUSED(ERR_INVALID, "then cash", PAY(.tender = "cash"));
	OK(sale_pay_came(shop, id, &version, "A1", &paid));
	OK(PAY(.tender = "cash"));
	assert_true(paid.posted);
	books_balance();
}

/* Back by the same rules: what gives nothing back refuses. */
static void
money_back(void **state)
{
	struct return_pick	pick = { .qty = QTY_ONE };
	struct sale		sale;
	int64_t			id, version, ticket;

	(void)state;
	open_sale(dish, 1000, &ticket, &version);
	id = ticket;
	OK(PAY(.tender = "cash", .amount = 2000));
	loaded(ticket, &sale);
	pick.line = sale.lines[0].id;
	sale_done(&sale);
	id = version = 0;
	OK(return_add(shop, &id, &version, ticket, &pick, 1));
	REFUSED(ERR_INVALID, "no money back", PAY(.tender = "meal"));
	REFUSED(ERR_RANGE, "at most 10,00", PAY(.tender = "cash",
	    .amount = 1001));
	OK(PAY(.tender = "card", .amount = 400));
	assert_false(paid.posted);
	OK(PAY(.tender = "credit"));
	assert_true(paid.posted);
	loaded(id, &sale);
	assert_int_equal(sale.total, -1000);
	assert_int_equal(sale.payments[0].amount, -400);
	assert_int_equal(sale.payments[1].amount, -600);
	assert_true(sale.payments[1].voucher != 0);
	{
		struct voucher	v;

		OK(voucher_get(shop, sale.payments[1].voucher, &v));
		assert_int_equal(v.balance, 600);
		assert_int_equal(v.kind, VOUCHER_CREDIT);
	}
	sale_done(&sale);
	books_balance();
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(b06_foreign_money_home_change),
		T(b07_franc_parity),
		T(b10_a_tip_is_no_turnover),
		T(meal_vouchers),
		T(references),
		T(mobile_money),
		T(j12_on_account),
		T(an_account_paid_in_cash_is_in_the_drawer),
		T(money_goes_back_to_a_good_card_only),
		T(rules_that_cannot_be),
		T(customers),
		T(customers_are_found),
		T(gift_cards),
		T(the_law_on_cash),
		T(rules_are_set),
		T(an_expired_card),
		T(belgium),
		T(money_back),
	};

	return cmocka_run_group_tests_name("tender", tests, NULL, NULL);
}
