/* SPDX-License-Identifier: ISC */
/* Every paper of a day as it comes out of the outbox, on paper of 32, 42 and
 * 48 columns: tests/unit/golden/papers-*.  VT_GOLDEN=1 renews them. */
#include "trade.h"

#include <ctype.h>
#include <libintl.h>
#include <sqlite3.h>

#include "base/utf8.h"
#include "base/words.h"
#include "drivers/driver.h"
#include "shop/currency.h"
#include "shop/drawer.h"
#include "shop/init.h"
#include "shop/invoice.h"
#include "shop/order.h"
#include "shop/payment.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/return.h"
#include "shop/training.h"
#include "shop/voucher.h"

static char		dir[64];
static struct shop	*shop, *till;
static int64_t		menu, wine, buyer;

static int
setup(void **state)
{
	(void)state;
	test_now = INT64_C(1795177815000);	/* 2026-11-20 12:30:15 Z */
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(till);
	test_done(shop, dir);
	words_language("en");
	return 0;
}

/* A till with a printer in a shop of that country, speaking that language. */
static void
begin(const char *country, const char *language)
{
	struct printer_change	p = PRINTER_NO_CHANGE;
	struct customer	c = { .name = "Roux, S.A.", .active = true,
			    .address = "3 rue du Port;75013 Paris",
			    .vat_id = "FR 40 303265045", .on_account = true,
			    .credit = 100000 };
	const char	*build = getenv("B");
	char		 locale[256];
	int64_t		 printer;

	shop = test_shop(country, dir);
	words_init();
	(void)str_fmt(locale, sizeof(locale), "%s/locale",
	    build == NULL ? "build" : build);
	(void)bindtextdomain("comptoir", locale);
	OK(setting_set(shop, "language", language));
	OK(setting_set(shop, "address", "1 quai de la Gare;75013 Paris"));
	OK(setting_set(shop, "tax_ids", "SIRET 123 456 789 00012 "
	    "APE 5610A;TVA FR 12 123456789"));
	p.driver = "text";
	p.connection = "file:";
	OK(printer_add(shop, "Till", &p, &printer));
	OK(customer_add(shop, &c, &buyer));
	menu = test_product(shop, "2001", "Menu du jour", "meal", "pc", 1850,
	    false);
	wine = test_product(shop, "3001", "Verre de vin", "alcohol", "pc",
	    500, false);
	till = test_till(dir, "anna", "Caisse 1");
	OK(shop_reload_settings(till));
}

/* --- what came out -------------------------------------------------------- */

struct pile {
	int64_t	id[64];
	char	name[64][80];
	size_t	n;
};

static int
pile_job(void *ctx, const struct print_job *job)
{
	struct pile	*pile = ctx;

	if (job->kind != PRINT_DRAWER) {
		assert_true(pile->n < NELEM(pile->id));
		pile->id[pile->n] = job->id;
		(void)snprintf(pile->name[pile->n++], 80, "%s %s",
		    print_kind_word(job->kind), job->ref);
	}
	return 0;
}

/* What is another one each time: hashes, drawn numbers, the version. */
static void
mask(char *text)
{
	for (char *p = text; *p != '\0'; p++) {
		size_t	digits = 0, at = 0;

		while (digits < 16 && (isdigit(p[at]) || (digits > 0 &&
		    p[at] == ' ' && isdigit(p[at + 1])))) {
			digits += p[at++] != ' ';
		}
		if (digits == 16 && p[0] == '9' && p[1] == '8') {
			for (size_t i = 2; i < at; i++) {
				p[i] = isdigit(p[i]) ? 'x' : p[i];
			}
		}
		if (str_starts(p, "comptoir " VERSION " / ")) {
			for (p += strlen("comptoir "); *p != '\n'; p++) {
				*p = isalnum(*p) ? 'x' : *p;
			}
		}
		/* A receipt's own barcode has four digits of its hash. */
		if (digits >= 14 && p[0] == '9' && p[1] == '7') {
			for (; isdigit(*p); p++) {
				*p = 'y';
			}
		}
	}
}

/* No line is wider than the paper. */
static void
fits(const char *text, int columns)
{
	while (*text != '\0') {
		char	line[200];
		size_t	n = strcspn(text, "\n");

		assert_true(str_fmt(line, sizeof(line), "%.*s", (int)n,
		    text));
		if (!str_starts(line, "=====") && utf8_cols(line) > columns) {
			fail_msg("wider than %d: %s", columns, line);
		}
		text += n + (text[n] == '\n');
	}
}

static void
papers_are(const char *golden, int columns)
{
	struct pile	 pile = { .n = 0 };
	struct buf	 is = { 0 }, want = { 0 };
	char		 path[128];
	bool		 same;

	OK(print_list(shop, 0, false, NELEM(pile.id), pile_job, &pile));
	for (size_t i = pile.n; i-- > 0;) {
		struct buf	stored = { 0 };

		buf_fmt(&is, "========== %s\n", pile.name[i]);
		OK(print_slip(shop, pile.id[i], &stored));
		OK(driver_preview(buf_text(&stored), columns, &is));
		buf_done(&stored);
	}
	fits(buf_text(&is), columns);
	mask(is.data);
	(void)str_fmt(path, sizeof(path), "tests/unit/golden/papers-%s-%d",
	    golden, columns);
	if (getenv("VT_GOLDEN") != NULL) {
		OK(io_write_file(path, 0644, is.data, is.len));
	}
	same = io_read_file(path, 100000, &want) == 0 &&
	    strcmp(buf_text(&is), buf_text(&want)) == 0;
	if (!same) {
		fprintf(stderr, "wanted:\n%sgot:\n%s", buf_text(&want),
		    buf_text(&is));
	}
	buf_done(&is);
	buf_done(&want);
	if (!same) {
		fail_msg("the papers are not %s", path);
	}
}

/* --- a day ---------------------------------------------------------------- */

static int
sql(const char *text)
{
	char	 path[96];
	sqlite3	*sq;
	int	 n;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sq, text, NULL, NULL, NULL), SQLITE_OK);
	n = sqlite3_changes(sq);
	(void)sqlite3_close(sq);
	return n;
}

/* It may have come out, nobody knows; somebody sends it again. */
static void
again(const char *ref)
{
	struct pile	pile = { .n = 0 };
	char		text[200];
	size_t		i = 0;

	(void)snprintf(text, sizeof(text), "UPDATE print_job SET attempts = "
	    "attempts + 1, state = 'printed?' WHERE ref = '%s' "
	    "AND kind <> 'drawer'", ref);
	assert_int_equal(sql(text), 1);
	OK(print_list(shop, 0, false, NELEM(pile.id), pile_job, &pile));
	while (i < pile.n && strcmp(strchr(pile.name[i], ' ') + 1, ref) != 0) {
		i++;
	}
	assert_true(i < pile.n);
	OK(print_retry(till, pile.id[i]));
}

static int64_t
sell(int64_t product, int64_t qty, int64_t customer, const char *tender)
{
	struct pay	how = { .tender = tender, .sure = true,
			    .amount = strcmp(tender, "cash") == 0 ? 5000 :
			    0 };
	struct paid	paid;
	int64_t		id = 0, version = 0, line;

	OK(sale_add(till, &id, &version, product, qty, NULL, &line));
	if (customer != 0) {
		OK(sale_set_customer(till, &id, &version, customer));
	}
	OK(sale_pay_with(till, id, &version, &how, &paid));
	assert_true(paid.posted);
	return id;
}

/* A customer brings all of a ticket back and gets a credit note for it. */
static void
bring_back(int64_t sale)
{
	struct pay		how = { .tender = "credit", .sure = true };
	struct return_pick	pick = { .qty = QTY_ONE };
	struct return_ticket	t;
	struct paid		paid;
	int64_t			id = 0, version = 0;

	OK(return_load(till, sale, &t));
	pick.line = t.lines[0].id;
	return_done(&t);
	OK(return_add(till, &id, &version, sale, &pick, 1));
	OK(sale_set_customer(till, &id, &version, buyer));
	OK(sale_pay_with(till, id, &version, &how, &paid));
	assert_true(paid.posted);
}

static void
close_till(int64_t left)
{
	struct shift_how	 how = { .left = &left };
	struct drawer_line	*rows;
	int64_t			 shift, count;
	size_t			 n;

	OK(shift_now(till, &shift));
	OK(drawer_sheet(till, shift, &rows, &n));
	rows[0].n = 1;				/* one note of 500 */
	OK(drawer_count(till, shift, rows, n, &count));
	free(rows);
	OK(shift_close(till, shift, &how));
}

static void
a_day(void)
{
	struct currency	usd = { .code = "USD", .active = true };
	struct pay	dollars = { .tender = "cash", .amount = 3000,
			    .currency = "USD", .sure = true };
	struct paid	paid;
	int64_t		id = 0, version = 0, line, entry, shift, n;
	int64_t		zero = 10000, first;
	char		number[INVOICE_NUMBER], paper[SALE_PAPER];

	OK(money_style_set(&usd.money, "USD", "FR"));
	OK(currency_rate(shop, "1.1650", false, &usd));
	OK(currency_set(shop, &usd));
	OK(shift_open(till, &zero, &shift));
	first = sell(menu, QTY_ONE, 0, "cash");
	(void)sell(wine, 2 * QTY_ONE, buyer, "account");
	OK(sale_add(till, &id, &version, menu, QTY_ONE, NULL, &line));
	OK(note_print(till, id));
	OK(sale_pay_with(till, id, &version, &dollars, &paid));
	OK(invoice_make(till, first, buyer, number));
	bring_back(first);
	id = version = 0;
	OK(voucher_sell(till, &id, &version, 5000, "", &line));
	OK(sale_pay_with(till, id, &version, &(struct pay){
	    .tender = "card", .sure = true }, &paid));
	OK(customer_pay(till, buyer, "card", 600, "", &entry));
	OK(drawer_move(till, DRAWER_PAY_OUT, "", 1230, "bread"));
	id = version = 0;
	OK(sale_add(till, &id, &version, wine, 6 * QTY_ONE, NULL, &line));
	OK(order_make(till, id, &version, SALE_ORDER, "Roux", "2026-12-24",
	    paper));
	till->who.rights &= ~RIGHT_BIT(RIGHT_EXPECTED);
	OK(shift_x(till, shift));		/* blind */
	till->who.rights |= RIGHT_BIT(RIGHT_EXPECTED);
	OK(shift_x(till, shift));
	close_till(10000);
	OK(shift_reprint(till, shift, &n));
	OK(receipt_reprint(till, first, &n));
}

static void
the_papers_of_a_french_day(void **state)
{
	(void)state;
	begin("FR", "fr");
	a_day();
	papers_are("fr", 32);
	papers_are("fr", 42);
	papers_are("fr", 48);
}

static void
the_same_day_in_english(void **state)
{
	(void)state;
	begin("FR", "en");
	a_day();
	papers_are("en", 42);
}

/* Two taxes on top, side by side, on the narrowest paper. */
static void
a_closing_in_quebec(void **state)
{
	int64_t	zero = 10000, shift;

	(void)state;
	begin("CA-QC", "fr");
	OK(shift_open(till, &zero, &shift));
	(void)sell(menu, QTY_ONE, 0, "cash");
	close_till(0);
	papers_are("qc", 32);
}

static void
finding(void *ctx, const char *text)
{
	(void)ctx;
	print_message("%s\n", text);
}

static void
finding_of(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

static int64_t
records(const char *where)
{
	char		 path[96], text[200];
	sqlite3		*sq;
	sqlite3_stmt	*st;
	int64_t		 n;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	(void)snprintf(text, sizeof(text), "SELECT count(*) FROM journal "
	    "WHERE payload LIKE '%s'", where);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(sq, text, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(sq);
	return n;
}

/* The newest job of that name says it on its paper. */
static void
says(const char *ref, const char *words)
{
	struct pile	pile = { .n = 0 };
	struct buf	slip = { 0 };
	size_t		i = 0;

	OK(print_list(shop, 0, false, NELEM(pile.id), pile_job, &pile));
	while (i < pile.n && strcmp(strchr(pile.name[i], ' ') + 1, ref) != 0) {
		i++;
	}
	if (i == pile.n) {
		fail_msg("no job %s", ref);
	}
	OK(print_slip(shop, pile.id[i], &slip));
	if (strstr(buf_text(&slip), words) == NULL) {
		fail_msg("%s says no %s:\n%s", ref, words, buf_text(&slip));
	}
	buf_done(&slip);
}

/* What was perhaps printed and is sent again is counted where the law counts
 * it, and says so; the rest keeps its text, and the spooler marks it. */
static void
what_is_sent_again_is_counted(void **state)
{
	int64_t	n, bad;

	(void)state;
	begin("FR", "en");
	a_day();
	again("1-000002");
	says("1-000002-D1", "DUPLICATA 1");
	again("1-000002-D1");
	says("1-000002-D2", "DUPLICATA 2");
	again("F1-000001");
	says("F1-000001-D1", "DUPLICATA 1");
	says("F1-000001-D1", "Invoice F1-000001");
	again("Z1-000001");			/* a reprint was the first */
	says("Z1-000001-D2", "DUPLICATA 2");
	again("Z1-000001-D2");
	says("Z1-000001-D3", "CLOSING Z1-000001");
	again("V1");
	says("V1-D1", "DUPLICATA 1");
	again("1-000005-V2");
	says("1-000005-V2-D1", "GIFT CARD");
	OK(voucher_reprint(till, 1, &n));
	assert_int_equal(n, 2);
	says("V1-D2", "CREDIT NOTE");
	assert_int_equal(records("%,Ticket,2,%,1-000002,%"), 1);
	assert_int_equal(records("%,Invoice,1,%,F1-000001,%"), 1);
	assert_int_equal(records("%,Z,3,%,Z1-000001,%"), 1);
	assert_int_equal(records("%,Voucher,2,%,V1,%"), 1);
	assert_int_equal(records("%,Voucher,1,%,V2,%"), 1);
	/* No document of the journal, or none with a number. */
	again("C-000001");
	says("C-000001", "C-000001");
	again("A2");
	again("note 3");
	assert_int_equal(records("%provisional_again%"), 1);
	OK(journal_verify(shop, VERIFY_ALL, finding, NULL, &n, &bad));
	assert_int_equal(bad, 0);
	OK(check_run(shop, finding_of, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* Practice has its own count, and says what it is. */
static void
practice_sent_again_is_counted_apart(void **state)
{
	int64_t	n, bad;

	(void)state;
	begin("FR", "en");
	OK(training_set(till, true));
	(void)sell(wine, QTY_ONE, 0, "cash");
	again("E1-000001");
	says("E1-000001-D1", "DUPLICATA 1");
	says("E1-000001-D1", "MODE ECOLE");
	assert_int_equal(records("%,Ticket,1,%,E1-000001,%"), 1);
	OK(journal_verify(shop, VERIFY_ALL, finding, NULL, &n, &bad));
	assert_int_equal(bad, 0);
}

/* Of a voucher that no ticket made there is no paper; and nobody prints one
 * again without the right. */
static void
who_may_print_a_voucher_again(void **state)
{
	int64_t	id, n;

	(void)state;
	begin("FR", "en");
	OK(voucher_add(shop, &id));
	assert_int_equal(voucher_reprint(till, id, &n), ERR_INVALID);
	assert_int_equal(n, 0);
	till->who.rights &= ~RIGHT_BIT(RIGHT_REPRINT);
	assert_int_equal(voucher_reprint(till, id, &n), ERR_DENIED);
	assert_int_equal(voucher_reprint(shop, 99, &n), ERR_NOT_FOUND);
}

/* Money received on account in cash is the drawer's own, not a second heap. */
static void
an_account_paid_in_cash_is_in_the_drawer(void **state)
{
	struct closing	c;
	int64_t		zero = 10000, shift, entry;

	(void)state;
	begin("FR", "en");
	OK(shift_open(till, &zero, &shift));
	(void)sell(wine, 2 * QTY_ONE, buyer, "account");
	OK(customer_pay(till, buyer, "cash", 600, "", &entry));
	OK(drawer_move(till, DRAWER_PAY_IN, "EUR", 100, "coins"));
	OK(closing_read(till, shift, &c));
	for (size_t i = 0; i < c.ntotals; i++) {
		if (strcmp(c.totals[i].tender, "cash") == 0) {
			assert_string_equal(c.totals[i].currency, "");
			assert_int_equal(c.totals[i].expected, 10700);
		}
	}
	closing_done(&c);
}

/* The law's words on the paper, whatever it is: who, what number, what program
 * and which version of the journal's module, a piece of the record's hash. */
static void
a_closing_names_the_program_and_its_record(void **state)
{
	struct closing	c;
	struct slip	slip = { 0 };
	char		program[80], text[300];

	(void)state;
	begin("FR", "en");
	a_day();
	OK(closing_read(till, 1, &c));
	OK(shift_slip(till, &c, 0, true, &slip));
	(void)snprintf(program, sizeof(program), "comptoir %s / %s\t", VERSION,
	    journal_module());
	(void)snprintf(text, sizeof(text), "%.290s",
	    strstr(slip_stored(&slip), program));
	assert_int_equal(strcspn(text + strlen(program), "\n"), 4);
	assert_non_null(strstr(slip_stored(&slip), "SIRET 123 456 789"));
	assert_non_null(strstr(slip_stored(&slip), "Perpetual total"));
	slip_done(&slip);
	closing_done(&c);
}

/* K06: forgotten; tickets, the invoice and the chain stand as they were. */
static void
k06_a_customer_is_forgotten(void **state)
{
	struct customer	c;
	struct sale	sale;
	struct slip	slip = { 0 };
	int64_t		n, bad, entry, id = 0, version = 0, line;
	char		hash[65], path[96], text[160];
	sqlite3		*sq;
	sqlite3_stmt	*st;

	(void)state;
	begin("FR", "en");
	a_day();
	OK(sale_load(shop, 1, &sale));
	(void)strcpy(hash, sale.hash);
	sale_done(&sale);
	till->who.rights &= ~RIGHT_BIT(RIGHT_CREDIT);
	assert_int_equal(customer_erase(till, buyer), ERR_DENIED);
	till->who.rights |= RIGHT_BIT(RIGHT_CREDIT);
	/* 4.00 are owed yet. */
	assert_int_equal(customer_erase(till, buyer), ERR_BUSY);
	OK(customer_pay(till, buyer, "card", 400, "", &entry));
	OK(sale_add(till, &id, &version, menu, QTY_ONE, NULL, &line));
	OK(sale_set_customer(till, &id, &version, buyer));
	assert_int_equal(customer_erase(till, buyer), ERR_BUSY);
	OK(sale_cancel(till, id, &version, ""));
	(void)sql("UPDATE print_job SET state = 'printed'");
	OK(customer_erase(till, buyer));
	OK(customer_get(shop, buyer, &c));
	assert_string_equal(c.name, "CLIENT-1-EFFACE");
	assert_string_equal(c.code, "X1");
	assert_string_equal(c.address, "");
	assert_string_equal(c.vat_id, "");
	assert_false(c.active);

	/* Nowhere else, but in the invoice. */
	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	(void)snprintf(text, sizeof(text), "SELECT (SELECT count(*) FROM "
	    "print_job WHERE instr(slip, 'Roux, S.A.') > 0), (SELECT count(*) "
	    "FROM invoice WHERE buyer_name = 'Roux, S.A.')");
	assert_int_equal(sqlite3_prepare_v2(sq, text, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int64(st, 0), 0);
	assert_int_equal(sqlite3_column_int64(st, 1), 1);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(sq);
	assert_int_equal(records("%customer_1_erased%"), 1);
	OK(sale_load(shop, 1, &sale));
	assert_string_equal(sale.hash, hash);
	OK(document_build(shop, DOCUMENT_INVOICE, &sale, 0, NULL, &slip));
	assert_non_null(strstr(slip_stored(&slip), "Roux, S.A."));
	slip_done(&slip);
	sale_done(&sale);
	OK(journal_verify(shop, VERIFY_ALL, finding, NULL, &n, &bad));
	assert_int_equal(bad, 0);
	OK(check_run(shop, finding_of, NULL, &bad));
	assert_int_equal(bad, 0);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_papers_of_a_french_day),
		T(the_same_day_in_english),
		T(a_closing_in_quebec),
		T(what_is_sent_again_is_counted),
		T(practice_sent_again_is_counted_apart),
		T(who_may_print_a_voucher_again),
		T(an_account_paid_in_cash_is_in_the_drawer),
		T(a_closing_names_the_program_and_its_record),
		T(k06_a_customer_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
