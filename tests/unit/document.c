/* SPDX-License-Identifier: ISC */
/* Papers: templates in force, which the law wants, invoices, requests. */
#include "trade.h"

#include "base/buf.h"
#include "shop/customer.h"
#include "shop/invoice.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/return.h"
#include "shop/slip.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		mug, meal, cut, iron, buyer;

static int64_t
of_nature(const char *code, const char *nature, int64_t price)
{
	int64_t	id = test_product(shop, code, code, "standard", "pc", price,
	    false);

	OK(product_nature_set(shop, id, nature));
	return id;
}

static int
setup(void **state)
{
	struct printer_change	p = PRINTER_NO_CHANGE;
	struct customer	c = { .name = "Roux, S.A.", .active = true,
			    .address = "3 rue du Port;75013 Paris",
			    .vat_id = "FR 40 303265045" };
	int64_t		printer;

	(void)state;
	shop = test_shop("FR", dir);
	p.driver = "text";
	p.connection = "file:";
	OK(printer_add(shop, "Till", &p, &printer));
	OK(customer_add(shop, &c, &buyer));
	mug = test_product(shop, "1", "Mug", "standard", "pc", 6000, false);
	meal = test_product(shop, "2", "Plat", "meal", "pc", 1800, false);
	cut = of_nature("3", "service", 2499);
	iron = of_nature("4", "guarantee", 900);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static int64_t
sell(int64_t product, const int64_t *price)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(shop, &id, &version, product, QTY_ONE, price, &line));
	OK(sale_pay(shop, id, &version, "card", 0, &change, &posted));
	assert_true(posted);
	return id;
}

static int
count_one(void *ctx, const struct print_job *job)
{
	struct buf	*kinds = ctx;

	buf_fmt(kinds, "%s ", print_kind_word(job->kind));
	return 0;
}

/* Kinds of the jobs queued so far, newest first. */
static void
jobs_are(const char *expected)
{
	struct buf	kinds = { 0 };

	OK(print_list(shop, 0, false, 100, count_one, &kinds));
	assert_string_equal(buf_text(&kinds), expected);
	buf_done(&kinds);
}

static void
k04_what_is_printed_unasked(void **state)
{
	static const int64_t	at_25 = 2500;
	int64_t			id, n;

	(void)state;
	OK(setting_set(shop, "receipt_print", "ask"));
	(void)sell(meal, NULL);			/* whatever the amount */
	jobs_are("receipt ");
	(void)sell(cut, NULL);			/* 24.99: on request */
	jobs_are("receipt ");
	(void)sell(cut, &at_25);
	jobs_are("receipt receipt ");
	(void)sell(iron, NULL);			/* two years' guarantee */
	jobs_are("receipt receipt receipt ");
	id = sell(mug, NULL);			/* a shop, no request */
	jobs_are("receipt receipt receipt ");

	/* Asked for at once it is the original, again it is a duplicate. */
	OK(receipt_request(shop, id, &n));
	assert_int_equal(n, 0);
	OK(receipt_request(shop, id, &n));
	assert_int_equal(n, 1);
	jobs_are("duplicate receipt receipt receipt receipt ");
	OK(setting_set(shop, "receipt_print", "always"));
	(void)sell(mug, NULL);
	jobs_are("receipt duplicate receipt receipt receipt receipt ");
}

/* And money that goes back, whatever the goods: on paper, unasked. */
static void
k04_a_refund_is_printed(void **state)
{
	struct return_ticket	t;
	struct return_pick	pick = { .qty = QTY_ONE };
	int64_t			id, back = 0, version = 0, change;
	bool			posted;

	(void)state;
	OK(setting_set(shop, "receipt_print", "ask"));
	id = sell(mug, NULL);
	jobs_are("");
	OK(return_load(shop, id, &t));
	pick.line = t.lines[0].id;
	return_done(&t);
	OK(return_add(shop, &back, &version, id, &pick, 1));
	OK(sale_pay(shop, back, &version, "card", 0, &change, &posted));
	jobs_are("receipt ");
	/* An exchange of the same price, too: goods came back. */
	id = sell(mug, NULL);
	back = version = 0;
	OK(return_load(shop, id, &t));
	pick.line = t.lines[0].id;
	return_done(&t);
	OK(return_add(shop, &back, &version, id, &pick, 1));
	OK(sale_add(shop, &back, &version, mug, QTY_ONE, NULL, &id));
	OK(sale_pay(shop, back, &version, "card", 0, &change, &posted));
	assert_true(posted);
	jobs_are("receipt receipt ");
}

/* Who comes back later gets a duplicate, even of what was never printed. */
static void
a_late_request_is_a_duplicate(void **state)
{
	int64_t	first, n;

	(void)state;
	OK(setting_set(shop, "receipt_print", "ask"));
	first = sell(mug, NULL);
	(void)sell(mug, NULL);
	OK(receipt_request(shop, first, &n));
	assert_int_equal(n, 1);
}

static bool
invoice_shows(int64_t id, const char *text)
{
	struct sale	sale;
	struct slip	slip = { 0 };
	bool		shows;

	OK(sale_load(shop, id, &sale));
	OK(document_build(shop, DOCUMENT_INVOICE, &sale, 0, NULL, &slip));
	shows = strstr(slip_stored(&slip), text) != NULL;
	sale_done(&sale);
	slip_done(&slip);
	return shows;
}

static void
finding(void *ctx, const char *text)
{
	(void)ctx;
	print_message("%s\n", text);
}

static void
an_invoice_of_a_ticket(void **state)
{
	char	number[INVOICE_NUMBER];
	int64_t	id = sell(mug, NULL), records, bad, found;
	enum document	d;

	(void)state;
	assert_int_equal(invoice_make(shop, id, 0, number), ERR_INVALID);
	OK(invoice_make(shop, id, buyer, number));
	assert_string_equal(number, "F0-000001");
	assert_true(invoice_shows(id, "Roux, S.A."));
	assert_true(invoice_shows(id, "75013 Paris"));
	assert_true(invoice_shows(id, "F0-000001"));
	assert_true(invoice_shows(id, "0-000001"));
	jobs_are("receipt receipt ");
	OK(invoice_make(shop, id, buyer, number));
	assert_string_equal(number, "F0-000001");
	jobs_are("duplicate receipt receipt ");
	OK(document_by_number(shop, "F0-000001", &d, &found));
	assert_int_equal(d, DOCUMENT_INVOICE);
	assert_int_equal(found, id);
	assert_int_equal(document_by_number(shop, "F0-000002", &d, &found),
	    ERR_NOT_FOUND);
	OK(journal_verify(shop, VERIFY_ALL, finding, NULL, &records,
	    &bad));
	assert_int_equal(bad, 0);
}

/* The day counts the ticket, not the invoice too. */
static void
an_invoice_is_no_second_turnover(void **state)
{
	char	number[INVOICE_NUMBER];
	struct sale_brief *rows;
	size_t	n;
	int64_t	id = sell(mug, NULL);

	(void)state;
	OK(invoice_make(shop, id, buyer, number));
	OK(sale_posted_list(shop, NULL, 0, &rows, &n));
	assert_int_equal(n, 1);
	free(rows);
}

static void
a_template_is_put_in_force(void **state)
{
	struct sale	sale;
	struct slip	slip = { 0 };
	struct buf	text = { 0 };
	bool		own;
	int64_t		id = sell(mug, NULL);

	(void)state;
	assert_int_equal(document_set(shop, DOCUMENT_RECEIPT, "{each lines}"),
	    ERR_INVALID);
	assert_int_equal(document_set(shop, DOCUMENT_RECEIPT, "a\033b"),
	    ERR_INVALID);
	OK(document_set(shop, DOCUMENT_RECEIPT,
	    "^{company}\n{each lines}\n{label} >> {amount}\n{end}\n"));
	OK(sale_load(shop, id, &sale));
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_string_equal(slip_stored(&slip), "slip 1\n"
	    "text c - Brasserie du Port\ncols - Mug\t60,00\ncut part\n");
	slip_done(&slip);
	sale_done(&sale);
	OK(document_set(shop, DOCUMENT_RECEIPT, ""));
	OK(document_template(shop, DOCUMENT_RECEIPT, &text, &own));
	assert_false(own);
	buf_done(&text);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(document_set(shop, DOCUMENT_RECEIPT, "x"),
	    ERR_DENIED);
}

/* Every paper's own template, in both languages, is one. */
static void
the_usual_templates_are_templates(void **state)
{
	(void)state;
	for (int french = 0; french <= 1; french++) {
		OK(setting_set(shop, "language", french ? "fr" : "en"));
		for (enum document d = 0; d < DOCUMENT_COUNT; d++) {
			struct buf	text = { 0 };
			bool		own;
			int		line;

			OK(document_template(shop, d, &text, &own));
			OK(template_check(buf_text(&text), &line));
			buf_done(&text);
		}
	}
}

static void
a_logo_from_a_pbm(void **state)
{
	static const char	plain[] = "P1\n# tiny\n9 2\n"
				    "1 0 0 0 0 0 0 0 1\n010000000\n";
	struct sale	sale;
	struct slip	slip = { 0 };
	int64_t		id = sell(mug, NULL);

	(void)state;
	OK(document_logo_set(shop, plain, sizeof(plain) - 1));
	OK(sale_load(shop, id, &sale));
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "logo 9 2 80804000"));
	slip_done(&slip);
	OK(document_logo_set(shop, "P4 8 1\n\xaa", 8));
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "logo 8 1 aa"));
	slip_done(&slip);
	OK(document_logo_set(shop, NULL, 0));
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_null(strstr(slip_stored(&slip), "logo"));
	slip_done(&slip);
	sale_done(&sale);
	assert_int_equal(document_logo_set(shop, "P4 8 2\n\xaa", 8),
	    ERR_INVALID);
	assert_int_equal(document_logo_set(shop, "P5 8 1\n\xaa", 8),
	    ERR_INVALID);
	assert_int_equal(document_logo_set(shop, "P1 641 1\n1", 10),
	    ERR_INVALID);
	assert_int_equal(document_logo_set(shop, "P1 2 1\n12", 9),
	    ERR_INVALID);
}

static void
a_bill_is_provisional_and_told(void **state)
{
	int64_t	id = 0, version = 0, line, records, bad, change;
	bool	posted;

	(void)state;
	OK(sale_add(shop, &id, &version, meal, QTY_ONE, NULL, &line));
	OK(note_print(shop, id));
	jobs_are("report ");
	OK(sale_pay(shop, id, &version, "card", 0, &change, &posted));
	assert_int_equal(note_print(shop, id), ERR_INVALID);
	OK(journal_verify(shop, VERIFY_ALL, finding, NULL, &records,
	    &bad));
	assert_int_equal(bad, 0);
}

/* A template says how a paper looks, not that a copy is none. */
static void
no_template_hides_what_the_law_wants(void **state)
{
	static const char	*const templates[] = {
		"Ticket {ticket} >> {total}\n",
		"{if duplicate}\n{else}\nTicket {ticket}\n{end}\n",
	};
	struct slip	slip = { 0 };
	struct sale	sale;
	int64_t		id = sell(mug, NULL);

	(void)state;
	OK(sale_load(shop, id, &sale));
	for (size_t i = 0; i < NELEM(templates); i++) {
		OK(document_set(shop, DOCUMENT_RECEIPT, templates[i]));
		OK(document_build(shop, DOCUMENT_RECEIPT, &sale, 2, NULL,
		    &slip));
		assert_non_null(strstr(slip_stored(&slip), "DUPLICATA 2"));
		slip_done(&slip);
		sale.training = true;
		shop->set.demo = true;
		OK(document_build(shop, DOCUMENT_RECEIPT, &sale, 0, NULL,
		    &slip));
		assert_non_null(strstr(slip_stored(&slip), "MODE ECOLE"));
		assert_non_null(strstr(slip_stored(&slip), "DEMO"));
		slip_done(&slip);
		sale.training = shop->set.demo = false;
	}
	OK(document_set(shop, DOCUMENT_RECEIPT, ""));
	/* Said once where the template says it. */
	OK(document_build(shop, DOCUMENT_RECEIPT, &sale, 2, NULL, &slip));
	assert_null(strstr(strstr(slip_stored(&slip), "DUPLICATA 2") + 1,
	    "DUPLICATA 2"));
	slip_done(&slip);
	sale_done(&sale);
}

/* What no barcode can say stands there in letters: money is taken and the
 * paper comes all the same. */
static void
a_code_that_cannot_be_is_text(void **state)
{
	struct slip	slip = { 0 };
	struct sale	sale;
	int64_t		id;

	(void)state;
	OK(document_set(shop, DOCUMENT_RECEIPT,
	    "Ticket {ticket}\n{barcode company}\n{qr footer}\n"));
	OK(setting_set(shop, "company", "Café de la Gare"));
	id = sell(mug, NULL);
	OK(sale_load(shop, id, &sale));
	OK(document_build(shop, DOCUMENT_RECEIPT, &sale, 0, NULL, &slip));
	assert_non_null(strstr(slip_stored(&slip), "Café de la Gare"));
	slip_done(&slip);
	sale_done(&sale);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(k04_what_is_printed_unasked),
		T(k04_a_refund_is_printed),
		T(a_late_request_is_a_duplicate),
		T(an_invoice_of_a_ticket),
		T(an_invoice_is_no_second_turnover),
		T(a_template_is_put_in_force),
		T(no_template_hides_what_the_law_wants),
		T(a_code_that_cannot_be_is_text),
		T(the_usual_templates_are_templates),
		T(a_logo_from_a_pbm),
		T(a_bill_is_provisional_and_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
