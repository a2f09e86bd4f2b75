/* SPDX-License-Identifier: ISC */
/* A scanner that goes off anywhere: on every screen of the till, in every
 * field.  It is on the sale as an item, or refused in one line, and nothing is
 * sold, paid, changed or lost. */
#include "till.h"

#include "shop/secret.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static int
setup(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	owner = till_shop(dir);
	till_enter(&t, dir, "Anna", ROLE_ADMIN, "Till 1", "en", &c);
	OK(user_set_pin(owner, t.shop->who.user, "4711"));
	OK(terminal_set(owner, t.shop->who.terminal, "trusted", "yes"));
	till_type(t.s, ":sell\r");
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

/* ---- what stands in the books -------------------------------------------- */

struct facts {
	int64_t	lines, total, payments, version;
	size_t	open;
};

static struct facts
facts(void)
{
	struct facts		 f = { 0 };
	struct sale_brief	*rows;
	struct sale		 sale;

	OK(sale_open_list(owner, &rows, &f.open));
	for (size_t i = 0; i < f.open; i++) {
		OK(sale_load(owner, rows[i].id, &sale));
		f.lines += (int64_t)sale.nlines;
		f.total += sale.total;
		f.payments += (int64_t)sale.npayments;
		f.version += sale.version;
		sale_done(&sale);
	}
	free(rows);
	return f;
}

static void
nothing_happened(struct facts before, const char *where)
{
	struct facts	now = facts();

	if (now.lines != before.lines || now.total != before.total ||
	    now.payments != before.payments || now.open != before.open ||
	    now.version != before.version) {
		till_dump(t.s, where);
		fail_msg("%s: the scan did something", where);
	}
}

/* ---- the scans ----------------------------------------------------------- */

static const char *const scans[] = {
	"4006381333931\r",			/* EAN-13 of item 3001 */
	"96385074\r",				/* EAN-8 of item 3002 */
	"4006381333931\t",			/* ended by a Tab */
	"4006381333931\r\n",
	"]E04006381333931\r",
	"]C1010400638133393110yes\r",
	"]d2010400638133393121n1\x1d" "10y\r",
	"'àà-\"_&\"\"\"ç\"&\r",		/* in the wrong layout */
};

/* Everything there is to get to, and how; from the sale with one line. */
static const struct {
	const char	*name;
	const char	*keys;
	const char	*shows;		/* that one is there */
} places[] = {
	{ "note", "\te", "Note" },
	{ "price", ":4", "rice" },
	{ "hold", ":5", "Hold the sale as" },
	{ "line form", ":3", "LINE" },
	{ "line form, price", ":3\r", "LINE" },
	{ "menu", "\t", "number or letter" },
	{ "menu, a digit typed", "\t1", "Enter = 1" },
	{ "cancel", "\tc", "Cancel the whole sale" },
	{ "help", "?", "HELP" },
	{ "help, explain", "??", "HELP" },
	{ "open sales", ":6", "OPEN SALES" },
	{ "receipt preview", "\tw", "HT     TVA" },
	{ "past tickets", ":tickets\r", "TICKETS" },
	{ "reports", ":report\r", "REPORTS" },
	{ "report", ":report day\r", "" },
	{ "no sale", "\td", "drawer" },
	{ "users", ":users\r", "USERS" },
	{ "terminals", ":terminals\r", "TERMINALS" },
	{ "printers", ":printers\r", "PRINTERS" },
	{ "self, password", ":self\r", "MYSELF" },
	{ "self, PIN", ":self\r\r\r\r", "MYSELF" },
	{ "keys", ":keys\r", "KEY TEST" },
	{ "quick keys", ":quickkeys\r", "QUICK KEYS" },
	{ "quick page's title", ":quickkeys\r\r", "Title" },
	{ "customer", ":customer\r", "" },
	{ "shift", ":shift\r", "" },
	{ "count", ":count\r", "" },
	{ "pay-in", ":pay-in\r", "" },
	{ "prices", ":prices\r", "" },
	{ "promotions", ":promotions\r", "" },
	{ "templates", ":templates\r", "" },
	{ "discount", ":discount\r", "" },
	{ "a quick key asked for", ";", "" },
	{ "retender", ":retender\r", "" },
};

static void
back_to_the_sale(const char *where)
{
	char	row[256];

	for (int i = 0; i < 8; i++) {
		assert_true(session_text(t.s, 0, row, sizeof(row)));
		if (strstr(row, "  SALE") != NULL && strcmp(session_entry(
		    t.s), "") == 0 && till_shows(t.s, "code, name or scan")) {
			return;
		}
		till_esc(t.s);
		if (till_shows(t.s, "y yes   n no") ||
		    till_shows(t.s, "y, Enter yes   n no")) {
			till_type(t.s, "n");
		}
	}
	till_dump(t.s, where);
	fail_msg("%s: no way back to the sale", where);
}

static void
a_scan_does_nothing_where_none_is_taken(void **state)
{
	struct facts	before;

	(void)state;
	till_type(t.s, "1001\r\r\r");		/* a shift is open */
	till_type(t.s, "1001\r");
	before = facts();
	assert_int_equal(before.lines, 1);
	for (size_t p = 0; p < NELEM(places); p++) {
		for (size_t i = 0; i < NELEM(scans); i++) {
			char	row[256];

			till_type(t.s, places[p].keys);
			if (places[p].shows[0] != '\0' &&
			    !till_shows(t.s, places[p].shows)) {
				till_dump(t.s, places[p].name);
				fail_msg("not at %s", places[p].name);
			}
			till_type(t.s, scans[i]);
			nothing_happened(before, places[p].name);
			/* Said in one line; the key test shows keys. */
			assert_true(session_text(t.s, 22, row, sizeof(row)));
			if (strcmp(places[p].name, "keys") != 0 &&
			    row[strspn(row, " ")] == '\0') {
				till_dump(t.s, places[p].name);
				fail_msg("%s: not said", places[p].name);
			}
			back_to_the_sale(places[p].name);
			nothing_happened(before, places[p].name);
		}
	}
}

/* Twice the same scan is two scans, and no Enter again. */
static void
twice_is_not_meant(void **state)
{
	struct facts	before;

	(void)state;
	till_type(t.s, "1001\r\te");
	before = facts();
	till_type(t.s, "4006381333931\r4006381333931\r4006381333931\r");
	nothing_happened(before, "note");
	till_expect(t.s, "Enter again");
	till_type(t.s, "\r");			/* a person insists */
	assert_int_equal(facts().version, before.version + 1);
	till_expect(t.s, "4006381333931");
}

/* Where a scan is wanted it is an item. */
static void
a_scan_is_an_item_on_sale_payment_and_search(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(scans); i++) {
		int64_t	lines;

		till_type(t.s, "1001\r");
		lines = facts().lines;
		till_type(t.s, scans[i]);
		assert_int_equal(facts().lines, lines + 1);
		/* At the payment: on the bill, and no money is taken. */
		till_type(t.s, ":9");
		till_expect(t.s, "Enter = Cash");
		till_type(t.s, scans[i]);
		assert_int_equal(facts().lines, lines + 2);
		assert_int_equal(facts().payments, 0);
		till_expect(t.s, "code, name or scan");
		/* While searching. */
		till_type(t.s, ":2");
		till_expect_row(t.s, 0, "FIND");
		till_type(t.s, scans[i]);
		if (facts().lines != lines + 3) {
			till_dump(t.s, scans[i]);
		}
		assert_int_equal(facts().lines, lines + 3);
		till_expect_row(t.s, 0, "SALE");
	}
	/* Part paid, it is refused: the bill stands. */
	till_type(t.s, ":9");
	till_type(t.s, "1\r");
	{
		struct facts	before = facts();

		till_type(t.s, "4006381333931\r");
		nothing_happened(before, "part paid");
		till_expect(t.s, "never money");
	}
}

/* Looking an item up shows it and sells nothing. */
static void
a_scan_is_looked_up(void **state)
{
	struct facts	before;

	(void)state;
	till_type(t.s, "1001\r");
	before = facts();
	till_type(t.s, ":product\r4006381333931\r");
	nothing_happened(before, "product");
	till_expect(t.s, "Carnet quadrillé");
}

/* A locked till: no PIN is tried, and the PIN still opens it. */
static void
a_scan_is_no_pin(void **state)
{
	struct facts	before;

	(void)state;
	till_type(t.s, "1001\r");
	before = facts();
	for (size_t i = 0; i < NELEM(scans); i++) {
		till_type(t.s, ":lock\r");
		till_expect_row(t.s, 0, "LOCKED");
		for (int n = 0; n < 6; n++) {
			till_type(t.s, scans[i]);
			till_expect(t.s, "a barcode is no secret");
		}
		till_expect_row(t.s, 0, "LOCKED");
		/* The name of somebody else. */
		till_esc(t.s);
		till_type(t.s, scans[i]);
		till_expect(t.s, "a barcode is not taken here");
		till_esc(t.s);
		till_esc(t.s);
		till_type(t.s, "4711\r");
		till_expect_row(t.s, 0, "SALE");
		assert_int_equal(facts().lines, before.lines);
	}
	assert_int_equal(secret_pin_check("96385074"), ERR_INVALID);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(a_scan_does_nothing_where_none_is_taken),
		T(twice_is_not_meant),
		T(a_scan_is_an_item_on_sale_payment_and_search),
		T(a_scan_is_looked_up),
		T(a_scan_is_no_pin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
