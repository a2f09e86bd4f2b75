/* SPDX-License-Identifier: ISC */
/* Home, catalogue, tickets, printers and the rest: what they show and do. */
#include "till.h"

#include "shop/print.h"

static char		dir[64];
static struct shop	*owner;

static int
setup(void **state)
{
	(void)state;
	till_now = INT64_C(1795174260000);
	owner = till_shop(dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(owner, dir);
	return 0;
}

static void
enter(struct till *t, const char *user, enum role role)
{
	struct session_config	c = till_config(24, 80);

	till_enter(t, dir, user, role, "Office", "en", &c);
}

static void
dump(struct till *t, const char *what)
{
	if (getenv("DUMP") != NULL) {
		till_dump(t->s, what);
	}
}

static void
a_manager_sees_the_day(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Marie", ROLE_MANAGER);
	dump(&t, "home");
	till_expect_row(t.s, 0, "HOME");
	till_expect(t.s, "Today");
	till_expect(t.s, "0,00");
	till_type(t.s, ":sell\r1001\r\r\r");
	till_esc(t.s);
	till_esc(t.s);
	dump(&t, "home again");
	till_expect_row(t.s, 0, "HOME");
	till_expect(t.s, "1 ticket");
	till_expect(t.s, "9,80");
	till_leave(&t);
}

static void
a_stock_keeper_sees_what_runs_out(void **state)
{
	struct till	t;

	(void)state;
	OK(stock_adjust(owner, 6, 300, "count"));
	OK(stock_adjust(owner, 7, 40 * QTY_ONE, "count"));
	enter(&t, "Sam", ROLE_STOCK);
	dump(&t, "stock");
	till_expect(t.s, "adjust stock                        "
	    "comptoir stock adjust");
	till_expect(t.s, "Runs out");
	till_expect(t.s, "0,300 kg Comté");
	till_refuse(t.s, "Carnet");
	till_refuse(t.s, "Today");
	till_type(t.s, "3001\r");
	till_expect_row(t.s, 0, "LOOK UP");
	till_expect(t.s, "Carnet quadrillé");
	till_expect(t.s, "4006381333931");
	till_expect(t.s, "3,20");
	dump(&t, "product");
	till_type(t.s, "gom\r");
	till_expect(t.s, "Gomme");
	till_leave(&t);
}

static void
a_cook_gets_a_plain_page(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Chef", ROLE_COOK);
	dump(&t, "cook");
	till_expect_row(t.s, 0, "HOME");
	till_type(t.s, ":sell\r");
	till_expect(t.s, "you may not make sales; ask: admin, manager, seller");
	till_expect_row(t.s, 0, "HOME");
	till_leave(&t);
}

static void
the_catalogue_scrolls_and_narrows(void **state)
{
	struct till	t;
	char		code[24], name[96];

	(void)state;
	for (int i = 0; i < 300; i++) {
		(void)str_fmt(code, sizeof(code), "5%04d", i);
		(void)str_fmt(name, sizeof(name), "Chose %d", i);
		(void)test_product(owner, code, name, "standard", "pc", 100,
		    false);
	}
	enter(&t, "Marie", ROLE_MANAGER);
	till_type(t.s, ":find\r");
	dump(&t, "find");
	till_expect_row(t.s, 0, "FIND");
	till_expect(t.s, "> 10 ");
	till_type(t.s, "\033[4~");
	till_expect(t.s, "> 50299");
	till_type(t.s, "entr");
	till_expect(t.s, "> 1002");
	till_refuse(t.s, "50299");
	till_esc(t.s);
	till_type(t.s, "/^chose 29[78]$/");
	till_expect(t.s, "Chose 298");
	till_refuse(t.s, "Chose 299");
	till_type(t.s, "\033OR");
	till_expect_row(t.s, 0, "LOOK UP");
	till_expect(t.s, "Chose 297");
	till_leave(&t);
}

static void
tickets_are_looked_at_and_printed_again(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Marie", ROLE_MANAGER);
	till_type(t.s, ":tickets\r");
	till_expect(t.s, "No ticket yet");
	till_esc(t.s);
	till_type(t.s, ":sell\r1001\r\r\r10\r\r\r:tickets\r");
	dump(&t, "tickets");
	till_expect(t.s, "2,50");
	till_expect(t.s, "9,80");
	till_type(t.s, "\033[B\r");
	till_expect(t.s, "Croque-monsieur");
	dump(&t, "receipt");
	till_esc(t.s);
	till_type(t.s, "\tr");
	till_expect(t.s, "duplicate 1 is printing");
	till_type(t.s, "1999-12-31\r");
	till_expect(t.s, "No ticket on 1999-12-31");
	till_esc(t.s);
	till_expect(t.s, "9,80");
	till_leave(&t);
}

static void
users_are_locked_and_let_in(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Ada", ROLE_ADMIN);
	till_type(t.s, ":users\r");
	dump(&t, "users");
	till_expect(t.s, "Ada");
	till_type(t.s, ":terminals\r");
	dump(&t, "terminals");
	till_expect(t.s, "Office");
	till_esc(t.s);
	till_type(t.s, ":language fr\r:terminals\r");
	till_expect(t.s, "pas de confiance");
	till_expect(t.s, "Espèces");
	till_type(t.s, ":language en\r");
	till_type(t.s, ":printers\r");
	dump(&t, "printers");
	till_expect_row(t.s, 0, "PRINTERS");
	till_leave(&t);
}

static int
secrets_of(void *ctx, const struct user_row *u)
{
	struct user_row	*want = ctx;

	if (strcmp(u->name, "Zed") == 0) {
		want->locked = u->locked;
		want->has_pin = u->has_pin;
		want->has_password = u->has_password;
		want->has_totp = u->has_totp;
	}
	return 0;
}

/* On the screen what user lock, password, pin and totp do. */
static void
secrets_are_given_on_the_screen(void **state)
{
	struct user_row	zed = { 0 };
	struct till	t;
	int64_t		id;

	(void)state;
	OK(user_add(owner, "Zed", ROLE_CASHIER, "", &id));
	enter(&t, "Ada", ROLE_ADMIN);
	till_type(t.s, ":users\r\033[F\r");
	till_expect(t.s, "> Zed");
	till_expect(t.s, "Lock Zed out");
	till_type(t.s, "y");
	till_expect(t.s, "locked");
	OK(user_list(owner, secrets_of, &zed));
	assert_true(zed.locked);
	till_type(t.s, "\ry");
	till_type(t.s, "\tp");
	till_expect(t.s, "New password of Zed");
	till_type(t.s, "short\r");
	till_expect(t.s, "at least 8 characters");
	till_type(t.s, "\tpotters knit quilts");
	till_refuse(t.s, "otters");
	till_type(t.s, "\r");
	till_expect(t.s, "kept");
	till_type(t.s, ":pin\r1234\r");
	till_expect(t.s, "too easy to guess");
	till_type(t.s, ":pin\r2580\r");
	till_type(t.s, ":code\ry");
	till_expect(t.s, "otpauth://totp/");
	till_esc(t.s);
	till_expect(t.s, "password PIN code");
	till_refuse(t.s, "otpauth");
	OK(user_list(owner, secrets_of, &zed));
	assert_true(zed.has_pin && zed.has_password && zed.has_totp &&
	    !zed.locked);
	till_leave(&t);
}

/* The list the command line reads too; a table, or blocks on a telephone. */
static void
reports_are_read_on_the_screen(void **state)
{
	struct session_config	c = till_config(24, 80);
	struct till		t;

	(void)state;
	enter(&t, "Marie", ROLE_MANAGER);
	till_type(t.s, ":sell\r3*1001\r\r\r");
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, ":report\r");
	dump(&t, "reports");
	till_expect_row(t.s, 0, "REPORTS");
	till_expect(t.s, "> Day: tickets");
	till_type(t.s, "\r");
	dump(&t, "report");
	till_expect_row(t.s, 0, "REPORT  20/11/2026");
	till_expect(t.s, "29,40");
	till_type(t.s, "\033[D");
	till_expect_row(t.s, 0, "REPORT  19/11/2026");
	till_refuse(t.s, "29,40");
	till_type(t.s, "2026-02-31\r");
	till_expect(t.s, "not in the calendar");
	till_expect_row(t.s, 0, "REPORT  19/11/2026");
	till_type(t.s, "\025today\r");
	till_expect(t.s, "29,40");
	till_esc(t.s);
	till_type(t.s, "sold yesterday\r");
	till_expect(t.s, "nothing to report");
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, ":report sold today\r");
	till_expect(t.s, "Croque-monsieur");
	till_expect(t.s, "####");
	till_esc(t.s);
	till_type(t.s, ":report nonsense\r");
	till_expect(t.s, "no report is called nonsense");
	till_expect_row(t.s, 0, "HOME");
	till_leave(&t);

	c = till_config(12, 40);
	till_enter(&t, dir, "Marie", ROLE_MANAGER, "Office", "en", &c);
	till_type(t.s, ":report day\r");
	dump(&t, "narrow");
	till_expect(t.s, "amount 29,40");
	till_leave(&t);

	/* Who may not read takings reads stock levels, and only those. */
	enter(&t, "Sam", ROLE_STOCK);
	till_type(t.s, ":report\r");
	till_expect(t.s, "Stock levels");
	till_refuse(t.s, "Day");
	till_type(t.s, "day\r");
	till_expect(t.s, "you may not");
	till_leave(&t);
}

static void
one_may_change_ones_language(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Marie", ROLE_MANAGER);
	till_type(t.s, ":self\r");
	dump(&t, "self");
	till_expect_row(t.s, 0, "MYSELF");
	till_type(t.s, "fr\r\033[20~");
	dump(&t, "fr");
	assert_string_equal(session_language_code(t.s), "fr");
	till_leave(&t);
}

static void
the_key_test_shows_keys(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Marie", ROLE_MANAGER);
	till_type(t.s, ":keys\r\033[15~é:");
	dump(&t, "keys");
	till_expect(t.s, "F5");
	till_expect(t.s, "U+00E9");
	till_expect(t.s, "F5+");
	till_esc(t.s);
	till_expect_row(t.s, 0, "KEY TEST");
	till_esc(t.s);
	till_expect_row(t.s, 0, "HOME");
	till_leave(&t);
}

static void
leaving_asks(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Anna", ROLE_CASHIER);
	till_type(t.s, "1001\r");
	/* Esc too often, and then Enter to be paid: that is not leaving. */
	till_esc(t.s);
	till_type(t.s, "\r");
	till_expect(t.s, "waits for you");
	till_type(t.s, "n");
	till_expect(t.s, "1 Croque-monsieur");
	till_type(t.s, "\033[21~y");
	assert_true(session_over(t.s));
	assert_int_equal(session_exit_status(t.s), 0);
	till_leave(&t);
}

/* What a question's letters are, how help breaks, keys by their names. */
static void
french_to_the_letter(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Anna", ROLE_CASHIER);
	till_type(t.s, "1001\r:language fr\r?");
	till_expect(t.s, "\nLe prix vient après");
	till_type(t.s, "\033[6~");
	till_expect(t.s, "\n             (:défaire)");
	till_esc(t.s);
	till_type(t.s, ":open\r");
	till_expect_row(t.s, 1, " Lignes ");
	till_esc(t.s);
	till_type(t.s, "\t");
	till_expect(t.s, "Chercher       :chercher      F2\n");
	till_expect(t.s, "Rappel         :rappel        F6\n");
	till_esc(t.s);
	till_type(t.s, ":keys\r\033[A\033[5~");
	till_expect(t.s, "Haut");
	till_esc(t.s);
	till_esc(t.s);
	till_esc(t.s);
	till_expect(t.s, "o oui   n non");
	till_expect_row(t.s, 23, "o Oui n Non");
	till_type(t.s, "?");
	till_expect(t.s, "\n  o          oui, le faire");
	till_expect(t.s, "\n  Tab        le menu des actions");
	till_esc(t.s);
	till_type(t.s, "\t");
	till_expect(t.s, " 1 o Oui ");
	till_esc(t.s);
	till_type(t.s, "o");
	assert_true(session_over(t.s));
	till_leave(&t);
}

/* On forty columns what one needs is broken, not cut. */
static void
a_narrow_screen_says_it_all(void **state)
{
	struct session_config	c = till_config(12, 40);
	struct till		t, anna;

	(void)state;
	till_enter(&t, dir, "Ada", ROLE_ADMIN, "Office", "fr", &c);
	till_expect(t.s, "comptoir\n  backup");
	till_leave(&t);
	enter(&anna, "Anna", ROLE_CASHIER);
	till_type(anna.s, "1001\r");
	till_enter(&t, dir, "Anna", ROLE_CASHIER, "Pocket", "fr", &c);
	till_expect(t.s, "\n    Entrée la reprend ici.  Un code\n"
	    "    commence une autre vente.");
	till_type(t.s, "\r5c\r");
	till_expect_row(t.s, 10, "aucun code ni nom ne commence par 5c ;");
	till_expect_row(t.s, 11, "F2 cherche plus loin");
	till_type(t.s, "\b\b");
	till_expect_row(t.s, 10, "");
	till_expect_row(t.s, 11, "Tab menu :9Payer");
	till_leave(&t);
	till_leave(&anna);
}

/* The row as it stands, without the blanks around it. */
static void
trimmed(struct session *s, int row, char out[static 256])
{
	char	text[2048], *from = text;

	assert_true(session_text(s, row, text, sizeof(text)));
	from += strspn(from, " ");
	for (size_t n = strlen(from); n > 0 && from[n - 1] == ' '; n--) {
		from[n - 1] = '\0';
	}
	(void)str_copy(out, 256, from);
}

/* Every screen's name and its next step are whole on a telephone. */
static void
a_telephone_cuts_no_words(void **state)
{
	static const char *const	screens[] = { ":find\r",
		":product 2001\r", ":tickets\r", ":users\r",
		":terminals\r", ":printers\r", ":self\r", ":report\r",
		":sell\r", ":open\r", ":keys\r", "" };
	static const char *const	languages[] = { "en", "fr" };

	(void)state;
	for (size_t i = 0; i < NELEM(screens) * NELEM(languages); i++) {
		struct session_config	c = till_config(24, 80);
		struct till		wide, narrow;
		char			want[256], is[256], head[256];

		till_enter(&wide, dir, "Ada", ROLE_ADMIN, "Office",
		    languages[i % 2], &c);
		till_type(wide.s, screens[i / 2]);
		trimmed(wide.s, 21, want);
		trimmed(wide.s, 0, head);
		head[25 + strcspn(head + 25, " ")] = '\0';
		c = till_config(12, 40);
		till_enter(&narrow, dir, "Ada", ROLE_ADMIN, "Office",
		    languages[i % 2], &c);
		till_type(narrow.s, screens[i / 2]);
		trimmed(narrow.s, 9, is);
		if (strcmp(is, want) != 0) {
			till_dump(narrow.s, want);
			fail_msg("cut: %s", is);
		}
		till_expect_row(narrow.s, 0, head + 25);
		till_leave(&narrow);
		till_leave(&wide);
	}
}

static void
looks(int rows, int cols, const char *language, const char *who)
{
	struct session_config	c = till_config(rows, cols);
	struct till		t;
	static const struct {
		const char	*screen, *keys;
	} steps[] = {
		{ "home", "" }, { "find", ":find\r" }, { "look-up", ":product"
		    " 2001\r" }, { "opened", ":open\r" },
		{ "tickets", ":tickets\r" }, { "self", ":self\r" },
		{ "printers", ":printers\r" },
	};

	till_enter(&t, dir, who, ROLE_MANAGER, "Office", language, &c);
	for (size_t i = 0; i < NELEM(steps); i++) {
		till_type(t.s, steps[i].keys);
		till_looks(t.s, steps[i].screen, language);
		if (i > 0) {
			till_esc(t.s);
		}
	}
	till_leave(&t);
}

static void
they_look_right(void **state)
{
	struct till	t;

	(void)state;
	OK(stock_adjust(owner, 6, 300, "count"));
	enter(&t, "Anna", ROLE_CASHIER);
	till_type(t.s, "3*1001\r10\r\r50\r1002\r:hold Zoé\r1003\r");
	till_boot += 1000;
	looks(24, 80, "en", "Marie");
	looks(24, 80, "fr", "Paul");
	looks(12, 40, "fr", "Karim");
	looks(43, 132, "en", "Max");
	till_leave(&t);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Rows are made of words, too. */
static void
a_list_speaks_the_new_language(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Ada", ROLE_ADMIN);
	till_type(t.s, ":terminals\r");
	till_expect(t.s, "not trusted");
	till_type(t.s, ":language fr\r");
	till_expect(t.s, "TERMINAUX");
	till_refuse(t.s, "not trusted");
	till_type(t.s, ":language en\r");
	till_expect(t.s, "not trusted");
	till_leave(&t);
}

/* As on the receipt; and typed so, too. */
static void
days_are_written_as_the_country_does(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, "Marie", ROLE_MANAGER);
	till_type(t.s, ":sell\r1001\r\r\r");
	till_type(t.s, ":tickets\r");
	till_expect(t.s, "20/11/2026");
	till_refuse(t.s, "2026-11-20");
	till_type(t.s, "19/11/2026\r");
	till_refuse(t.s, "9,80");
	till_type(t.s, "20/11/2026\r");
	till_expect(t.s, "9,80");
	till_type(t.s, "2026-11-20\r");
	till_expect(t.s, "9,80");
	till_leave(&t);
}

/* At 40 columns ten F-keys take two rows, and a printer's long trouble is cut
 * before the name of who works here goes. */
static void
forty_columns_have_room(void **state)
{
	struct session_config	c = till_config(12, 40);
	struct till		t;

	(void)state;
	till_enter(&t, dir, "Anna", ROLE_CASHIER, "Till 1", "en", &c);
	session_status(t.s, STATUS_PRINTER, STYLE_WARN,
	    "kitchen: paper is out and the cover is open");
	till_type(t.s, ":keys\r");
	till_expect(t.s, "F1");
	till_expect(t.s, "F10");
	till_type(t.s, "\033\033");
	till_esc(t.s);
	till_esc(t.s);
	till_expect_row(t.s, 0, "Anna");
	till_expect_row(t.s, 0, "kitche");
	till_leave(&t);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(a_manager_sees_the_day),
		T(a_stock_keeper_sees_what_runs_out),
		T(a_cook_gets_a_plain_page),
		T(the_catalogue_scrolls_and_narrows),
		T(tickets_are_looked_at_and_printed_again),
		T(users_are_locked_and_let_in),
		T(secrets_are_given_on_the_screen),
		T(reports_are_read_on_the_screen),
		T(one_may_change_ones_language),
		T(the_key_test_shows_keys),
		T(leaving_asks),
		T(a_narrow_screen_says_it_all),
		T(a_telephone_cuts_no_words),
		T(french_to_the_letter),
		T(they_look_right),
		T(a_list_speaks_the_new_language),
		T(days_are_written_as_the_country_does),
		T(forty_columns_have_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
