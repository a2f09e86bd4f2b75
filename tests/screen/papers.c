/* SPDX-License-Identifier: ISC */
/* What papers look like, on the screen; and the papers asked for at the till:
 * the bill, the receipt where none is printed unasked, the invoice. */
#include "till.h"

#include "shop/document.h"
#include "shop/print.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static int
setup(void **state)
{
	struct printer_change	p = PRINTER_NO_CHANGE;
	int64_t			id;

	(void)state;
	till_now = INT64_C(1795174260000);
	owner = till_shop(dir);
	p.driver = "text";
	p.connection = "file:";
	OK(printer_add(owner, "Till", &p, &id));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	test_done(owner, dir);
	return 0;
}

static void
enter(int rows, int cols, const char *user, enum role role,
    const char *terminal, const char *language)
{
	struct session_config	c = till_config(rows, cols);

	till_enter(&t, dir, user, role, terminal, language, &c);
}

/* --- the templates -------------------------------------------------------- */

static void
a_paper_is_changed_tried_and_put_back(void **state)
{
	struct buf	text = { 0 };
	bool		own;

	(void)state;
	enter(24, 80, "Ada", ROLE_ADMIN, "Office", "en");
	till_type(t.s, ":sell\r1001\r\r\r");
	till_esc(t.s);
	till_type(t.s, ":templates\r");
	till_golden(t.s, "templates-80x24-en");
	till_type(t.s, "\r");
	till_golden(t.s, "template-80x24-en");

	/* A line of one's own below the marked one, seen before it counts. */
	till_type(t.s, "^*Welcome at {company}\r");
	till_expect_row(t.s, 0, "changed");
	till_type(t.s, "\tw");
	till_expect(t.s, "Welcome at Brasserie du Port");
	till_expect(t.s, "B 10%                8,91    0,89     9,80");
	till_expect(t.s, "comptoir " VERSION " / ");
	till_esc(t.s);
	OK(document_template(owner, DOCUMENT_RECEIPT, &text, &own));
	assert_false(own);
	buf_clear(&text);

	/* Enter takes a line up, Enter puts it back changed. */
	till_type(t.s, "\r");
	till_expect(t.s, "Enter puts it back");
	till_type(t.s, " ever\r\033[15~");
	till_expect(t.s, "from here on it is printed so");
	OK(document_template(owner, DOCUMENT_RECEIPT, &text, &own));
	assert_true(own);
	assert_non_null(strstr(buf_text(&text),
	    "^*Welcome at {company} ever\n"));
	buf_done(&text);

	till_esc(t.s);
	till_expect(t.s, "yes");
	till_type(t.s, "\r\tc");
	till_expect(t.s, "Back to the usual template?");
	till_type(t.s, "y");
	till_expect(t.s, "the usual template again");
	till_refuse(t.s, "Welcome");
}

/* Half a template is none: it is said which line, and nothing typed is lost. */
static void
what_is_no_template_is_refused_on_its_line(void **state)
{
	struct buf	text = { 0 };
	bool		own;

	(void)state;
	enter(24, 80, "Ada", ROLE_ADMIN, "Office", "en");
	till_type(t.s, ":templates\r\r");
	till_type(t.s, "{if ticket\r\033[15~");
	till_expect(t.s, "line 2: { without }");
	till_expect(t.s, "{if ticket");
	till_type(t.s, "\tw");
	till_expect(t.s, "line 2: { without }");
	/* Leaving asks; staying keeps it. */
	till_esc(t.s);
	till_expect(t.s, "lose what was changed");
	till_type(t.s, "n");
	till_expect(t.s, "{if ticket");
	till_type(t.s, "\033[19~\033[15~");		/* F8, F5 */
	till_expect(t.s, "from here on it is printed so");
	till_type(t.s, "{end}\r");
	till_esc(t.s);
	till_type(t.s, "y");
	till_expect(t.s, "figures of an open shift");
	OK(document_template(owner, DOCUMENT_RECEIPT, &text, &own));
	assert_null(strstr(buf_text(&text), "{end}\n{end}\n{end}\n"));
	buf_done(&text);
}

/* Each kind on the newest thing there is, or one line that there is none. */
static void
every_paper_has_its_preview(void **state)
{
	static const struct {
		const char	*down, *shows;
	} papers[] = {
		{ "", "TVA" },
		{ "\033[B", "NOTE" },
		{ "\033[B\033[B", "TOTAL" },
		{ "\033[B\033[B\033[B", "rien encore pour" },
		{ "\033[B\033[B\033[B\033[B", "X - LA SESSION CONTINUE" },
		{ "\033[B\033[B\033[B\033[B\033[B", "rien encore pour" },
	};

	(void)state;
	OK(setting_set(owner, "language", "fr"));
	enter(24, 80, "Ada", ROLE_ADMIN, "Office", "fr");
	till_type(t.s, ":vendre\r1001\r\r\r");
	till_esc(t.s);
	for (size_t i = 0; i < NELEM(papers); i++) {
		till_type(t.s, ":templates\r\033[H");
		till_type(t.s, papers[i].down);
		till_type(t.s, "\r\tw\033[F");
		if (!till_shows(t.s, papers[i].shows)) {
			till_type(t.s, "\033[H");
			till_expect(t.s, papers[i].shows);
		}
		till_esc(t.s);
		till_esc(t.s);
		till_esc(t.s);
	}
}

static void
on_a_phone(void **state)
{
	(void)state;
	enter(12, 40, "Ada", ROLE_ADMIN, "Office", "fr");
	till_type(t.s, ":vendre\r1001\r\r\r");
	till_esc(t.s);
	till_type(t.s, ":templates\r");
	till_golden(t.s, "templates-40x12-fr");
	till_type(t.s, "\r");
	till_golden(t.s, "template-40x12-fr");
	till_type(t.s, "\tw");
	till_golden(t.s, "template-preview-40x12-fr");
}

static void
a_cashier_changes_no_paper(void **state)
{
	(void)state;
	enter(24, 80, "Anna", ROLE_CASHIER, "Caisse 1", "en");
	till_type(t.s, ":templates\r");
	till_refuse(t.s, "quotation or order");
}

/* --- at the till ---------------------------------------------------------- */

static int
count_one(void *ctx, const struct print_job *job)
{
	struct buf	*names = ctx;

	if (job->kind != PRINT_DRAWER) {
		buf_fmt(names, "%s %s; ", print_kind_word(job->kind),
		    job->ref);
	}
	return 0;
}

/* Papers queued so far, newest first. */
static void
papers_are(const char *expected)
{
	struct buf	names = { 0 };

	OK(print_list(owner, 0, false, 100, count_one, &names));
	assert_string_equal(buf_text(&names), expected);
	buf_done(&names);
}

static void
the_bill_before_it_is_paid(void **state)
{
	(void)state;
	enter(24, 80, "Anna", ROLE_CASHIER, "Caisse 1", "en");
	till_type(t.s, ":sell\r:bill\r");		/* of nothing: none */
	papers_are("");
	till_type(t.s, "1001\r:bill\r");
	till_expect(t.s, "the bill is printing");
	papers_are("report note 1; ");
	till_type(t.s, "\tB");				/* and once more */
	papers_are("report note 1; report note 1; ");
	till_type(t.s, "\r\r");
	papers_are("receipt 1-000001; report note 1; report note 1; ");
}

/* Forced cases of the law, and the others on request (domain.md 1.6): a meal
 * whatever its amount; goods not; the last ticket's receipt, asked for, is the
 * original, once; a ticket that went by is a duplicate. */
static void
a_receipt_when_the_law_or_the_customer_wants_it(void **state)
{
	(void)state;
	OK(setting_set(owner, "receipt_print", "ask"));
	enter(24, 80, "Anna", ROLE_CASHIER, "Caisse 1", "en");
	till_type(t.s, ":sell\r:receipt\r");		/* of nothing yet */
	papers_are("");
	till_type(t.s, "1001\r\r\r");
	papers_are("receipt 1-000001; ");
	till_type(t.s, "3001\r\r\r");			/* a notebook */
	papers_are("receipt 1-000001; ");
	till_type(t.s, ":receipt\r");
	till_expect(t.s, "the receipt is printing");
	papers_are("receipt 1-000002; receipt 1-000001; ");
	till_type(t.s, ":receipt\r");
	till_expect(t.s, "duplicate 1 is printing");
	papers_are("duplicate 1-000002-D1; receipt 1-000002; "
	    "receipt 1-000001; ");
	/* Weighed: a weighing instrument's ticket is printed. */
	till_type(t.s, "0.350*2001\r\r\r");
	papers_are("receipt 1-000003; duplicate 1-000002-D1; "
	    "receipt 1-000002; receipt 1-000001; ");
}

static void
an_invoice_of_the_last_ticket(void **state)
{
	struct customer	c = { .name = "Roux, S.A.", .active = true,
			    .address = "3 rue du Port;75013 Paris" };
	struct customer	poor = { .name = "Petit", .active = true };
	int64_t		id;

	(void)state;
	OK(customer_add(owner, &c, &id));
	OK(customer_add(owner, &poor, &id));
	enter(24, 80, "Anna", ROLE_CASHIER, "Caisse 1", "en");
	till_type(t.s, ":sell\r1001\r\r\r:invoice\r");
	till_expect(t.s, "F7 chooses the customer");
	till_type(t.s, "1001\r:customer petit\r\r\r\r:invoice\r");
	till_expect(t.s, "needs the name and the address");
	till_type(t.s, "1001\r:customer roux\r\r\r\r:invoice\r");
	till_expect(t.s, "invoice F1-000001 is printing");
	papers_are("receipt F1-000001; receipt 1-000003; receipt 1-000002; "
	    "receipt 1-000001; ");
	till_type(t.s, ":invoice\r");
	till_expect(t.s, "invoice F1-000001 is printing");
	papers_are("duplicate F1-000001-D1; receipt F1-000001; "
	    "receipt 1-000003; receipt 1-000002; receipt 1-000001; ");
	till_leave(&t);

	/* Each till has its own series; a ticket is named by its number. */
	enter(24, 80, "Bob", ROLE_CASHIER, "Caisse 2", "en");
	till_type(t.s, ":sell\r1001\r:customer roux\r\r\r\r"
	    ":invoice 2-000001\r");
	till_expect(t.s, "invoice F2-000001 is printing");
	till_type(t.s, ":invoice 9-000001\r");
	till_expect(t.s, "there is no ticket");
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_paper_is_changed_tried_and_put_back),
		T(what_is_no_template_is_refused_on_its_line),
		T(every_paper_has_its_preview),
		T(on_a_phone),
		T(a_cashier_changes_no_paper),
		T(the_bill_before_it_is_paid),
		T(a_receipt_when_the_law_or_the_customer_wants_it),
		T(an_invoice_of_the_last_ticket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
