/* SPDX-License-Identifier: ISC */
/* I08: practice has numbers and a chain of its own and counts nowhere. */
#include "trade.h"

#include "base/buf.h"
#include "shop/grand.h"
#include "shop/init.h"
#include "shop/invoice.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/shift.h"
#include "shop/slip.h"
#include "shop/return.h"
#include "shop/training.h"
#include "sql/journal.h"

static char		dir[64];
static struct shop	*owner, *shop;
static int64_t		item;
static char		found[2000];

static int
setup(void **state)
{
	int64_t	id;

	(void)state;
	test_now = INT64_C(1795177815000);
	owner = test_shop("FR", dir);
	item = test_product(owner, "1", "Un euro", "standard", "pc", 100,
	    true);
	OK(stock_adjust(owner, item, 100 * QTY_ONE, "here"));
	OK(printer_add(owner, "paper", &(struct printer_change){
	    .connection = "file:", .columns = -1, .drawer = 2, .active = -1,
	    .is_default = -1 }, &id));
	shop = test_till(dir, "ann", "Till 1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(shop);
	test_done(owner, dir);
	return 0;
}

static void
ticket(int64_t amount, struct sale *out)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(shop, &id, &version, item, QTY_ONE, &amount, &line));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	OK(sale_load(shop, id, out));
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	(void)what;
	(void)strncat(found, text, sizeof(found) - strlen(found) - 2);
	(void)strcat(found, "\n");
}

static void
whole(void)
{
	int64_t	bad;

	found[0] = '\0';
	OK(check_run(owner, finding, NULL, &bad));
	if (bad != 0) {
		fail_msg("%s", found);
	}
}

struct jobs {
	int	receipts, drawers;
};

static int
job_seen(void *ctx, const struct print_job *job)
{
	struct jobs	*jobs = ctx;

	jobs->receipts += job->kind == PRINT_RECEIPT;
	jobs->drawers += job->kind == PRINT_DRAWER;
	return 0;
}

/* 138.90 before, 20.00 of practice, 20.00 after: 158.90. */
static void
test_apart(void **state)
{
	struct q_journal_chain	*rows;
	struct jobs		 jobs = { 0 };
	struct grand		 g;
	struct sale		 sale;
	struct slip		 slip = { 0 };
	int64_t			 first, level;
	size_t			 n;

	(void)state;
	ticket(13890, &sale);
	OK(shift_now(shop, &first));
	assert_string_equal(sale.ticket, "1-000001");
	sale_done(&sale);
	OK(training_set(shop, true));
	ticket(2000, &sale);
	assert_true(sale.training);
	assert_string_equal(sale.ticket, "E1-000001");
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "MODE ECOLE"));
	slip_done(&slip);
	sale_done(&sale);
	OK(training_set(shop, false));
	ticket(2000, &sale);
	assert_string_equal(sale.ticket, "1-000002");
	sale_done(&sale);
	OK(q_journal_chain(shop->db, "training/1", 0, 10, &rows, &n));
	assert_int_equal(n, 1);
	assert_true(strncmp(rows[0].payload, "2000:2000,2000,", 15) == 0);
	assert_non_null(strstr(rows[0].payload, ",E1-000001,Vente,N,"));
	free(rows);
	OK(grand_look(shop, first, &g));
	assert_int_equal(g.tickets, 2);
	assert_int_equal(g.perpetual, 15890);
	/* Two left the shelf, and the drawer opened twice. */
	OK(stock_level(shop, item, &level));
	assert_int_equal(level, 98 * QTY_ONE);
	OK(print_list(shop, 0, false, 100, job_seen, &jobs));
	assert_int_equal(jobs.receipts, 3);
	assert_int_equal(jobs.drawers, 2);
	whole();
}

/* What is real is out of reach, and what is practice is when it is over. */
static void
test_walls(void **state)
{
	struct sale_brief	*open, mine;
	struct sale		 sale;
	int64_t			 id = 0, version = 0, line, real, n;
	size_t			 count;

	(void)state;
	ticket(100, &sale);
	real = sale.id;
	sale_done(&sale);
	OK(training_set(shop, true));
	assert_int_equal(sale_no_sale(shop, "why"), ERR_INVALID);
	assert_int_equal(setting_set(shop, "company", "x"), ERR_INVALID);
	assert_int_equal(stock_adjust(shop, item, 1, "x"), ERR_INVALID);
	assert_int_equal(receipt_reprint(shop, real, &n), ERR_INVALID);
	assert_int_equal(sale_retender(shop, real, "card"), ERR_INVALID);
	OK(sale_add(shop, &id, &version, item, QTY_ONE, NULL, &line));
	assert_int_equal(sale_submit(shop, id, &version), ERR_INVALID);
	OK(sale_open_list(shop, &open, &count));
	assert_int_equal(count, 1);
	free(open);
	OK(training_set(shop, false));
	OK(sale_open_list(shop, &open, &count));
	assert_int_equal(count, 0);
	free(open);
	assert_int_equal(sale_of_user(shop, &mine), ERR_NOT_FOUND);
	version = 0;
	assert_int_equal(sale_take(shop, id, &version), ERR_INVALID);
	/* By right only, and never by a command. */
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(training_set(shop, true), ERR_DENIED);
	assert_int_equal(training_set(owner, true), ERR_DENIED);
	whole();
}

/* A line of a ticket onto a sale of its own, to come back. */
static int
bring_back(int64_t from)
{
	struct return_pick	pick = { .qty = QTY_ONE };
	struct sale		sale;
	int64_t			id = 0, version = 0;
	int			r;

	OK(sale_load(owner, from, &sale));
	pick.line = sale.lines[0].id;
	sale_done(&sale);
	r = return_add(shop, &id, &version, from, &pick, 1);
	assert_true(r != 0 || id != 0);
	return r;
}

/* No practice gives real money back, and no real sale what was practised. */
static void
no_ticket_comes_back_across(void **state)
{
	struct return_ticket	t;
	struct sale		real, drill;
	int64_t			id = 0, version = 0;

	(void)state;
	ticket(100, &real);
	OK(training_set(shop, true));
	ticket(100, &drill);
	assert_int_equal(return_load(shop, real.id, &t), ERR_INVALID);
	assert_int_equal(bring_back(real.id), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "practising"));
	assert_int_equal(return_cancel(shop, &id, &version, real.id, "x"),
	    ERR_INVALID);
	assert_int_equal(return_free(shop, &id, &version, item, QTY_ONE, NULL,
	    false, "x"), ERR_INVALID);
	assert_int_equal(id, 0);
	OK(training_set(shop, false));
	assert_int_equal(bring_back(drill.id), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "training"));
	assert_int_equal(return_cancel(shop, &id, &version, drill.id, "x"),
	    ERR_INVALID);
	assert_int_equal(id, 0);
	OK(bring_back(real.id));
	sale_done(&drill);
	sale_done(&real);
	whole();
}

/* A copy is counted apart as well. */
static void
test_duplicate(void **state)
{
	struct q_journal_chain	*rows;
	struct sale		 sale;
	int64_t			 n;
	size_t			 count;

	(void)state;
	OK(training_set(shop, true));
	ticket(100, &sale);
	OK(receipt_reprint(shop, sale.id, &n));
	assert_int_equal(n, 1);
	sale_done(&sale);
	OK(q_journal_chain(shop->db, "duplicate/1", 0, 10, &rows, &count));
	assert_int_equal(count, 0);
	free(rows);
	OK(q_journal_chain(shop->db, "training-duplicate/1", 0, 10, &rows,
	    &count));
	assert_int_equal(count, 1);
	free(rows);
	/* Both ways are events. */
	OK(training_set(shop, false));
	OK(q_journal_chain(shop->db, "event/shop", 0, 100, &rows, &count));
	n = 0;
	for (size_t i = 0; i < count; i++) {
		n += strstr(rows[i].payload, ",480,") != NULL;
	}
	assert_int_equal(n, 2);
	free(rows);
	whole();
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* The numbers of invoices have no gap, and none is of a practice ticket. */
static void
no_invoice_of_practice(void **state)
{
	struct customer	c = { .name = "Zoé", .address = "1 rue; 44000 N" };
	struct sale	sale, real;
	char		number[INVOICE_NUMBER];
	int64_t		buyer;

	(void)state;
	OK(customer_add(shop, &c, &buyer));
	ticket(100, &real);
	OK(training_set(shop, true));
	ticket(100, &sale);
	assert_int_equal(invoice_make(shop, sale.id, buyer, number),
	    ERR_INVALID);
	assert_int_equal(invoice_make(shop, real.id, buyer, number),
	    ERR_INVALID);
	OK(training_set(shop, false));
	assert_int_equal(invoice_make(shop, sale.id, buyer, number),
	    ERR_INVALID);
	OK(invoice_make(shop, real.id, buyer, number));
	assert_non_null(strstr(number, "-000001"));
	sale_done(&sale);
	sale_done(&real);
	whole();
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(test_apart),
		T(test_walls),
		T(no_ticket_comes_back_across),
		T(test_duplicate),
		T(no_invoice_of_practice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
