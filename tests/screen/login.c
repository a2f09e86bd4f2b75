/* SPDX-License-Identifier: ISC */
/* Coming and going: login, lock, quick switch, and the place that is kept. */
#include "till.h"

#include "shop/secret.h"

static char		model[64], dir[64];
static struct shop	*owner;
static int64_t		anna, terminal;

/* Secrets cost time to make on purpose: once, and a copy for each test. */
static int
prepare(void **state)
{
	int64_t	paul;

	(void)state;
	owner = till_shop(model);
	OK(user_add(owner, "Anna", ROLE_CASHIER, "en", &anna));
	OK(user_set_password(owner, anna, "three odd words"));
	OK(user_set_pin(owner, anna, "2580"));
	OK(user_add(owner, "Paul", ROLE_MANAGER, "fr", &paul));
	OK(user_set_password(owner, paul, "other odd words"));
	OK(user_set_pin(owner, paul, "8024"));
	OK(terminal_add(owner, "Till 1", &terminal));
	OK(terminal_set(owner, terminal, "trusted", "yes"));
	shop_close(owner);
	return 0;
}

static int
forget(void **state)
{
	(void)state;
	test_remove(model);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	till_now = INT64_C(1795174260000);
	test_now = till_now;
	test_dir(dir);
	test_dir_copy(model, dir);
	OK(shop_open(dir, DB_WRITE, &owner));
	owner->who.rights = UINT64_MAX;
	owner->who.door = DOOR_SHELL;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(owner);
	test_remove(dir);
	return 0;
}

/* A terminal on which nobody has signed in. */
static void
open_terminal(struct till *t)
{
	struct session_config	c = till_config(24, 80);

	OK(shop_open(dir, DB_WRITE, &t->shop));
	t->app = (struct app){ .shop = t->shop, .door = DOOR_LINE,
	    .terminal = terminal, .from = "ttyS0" };
	c.shop = t->shop;
	c.app = &t->app;
	c.allowed = app_allowed;
	c.refusal = app_refusal;
	c.act = app_act;
	c.heard = app_heard;
	c.lock = &screen_lock;
	c.language = "en";
	c.lock_ms = 60000;
	t->shop->set.lock_minutes = 1;
	(void)strcpy(t->shop->set.language, "en");
	OK(session_open(&c, &t->s));
	till_words();
	assert_true(session_begin(t->s, &screen_login, NULL));
}

/* The line is cut: as session_run() does on SIGHUP. */
static void
hang_up(struct till *t)
{
	(void)session_end(t->s, 129);
	session_close(t->s);
	auth_leave(t->shop);
	shop_close(t->shop);
}

static void
it_lists_nobody(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_expect(t.s, "Who are you?");
	till_expect(t.s, "Brasserie du Port");
	till_expect(t.s, "Till 1");
	till_refuse(t.s, "Anna");
	till_type(t.s, "?:\t");
	till_refuse(t.s, "Anna");
	hang_up(&t);
}

static void
name_and_password(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd");
	till_expect(t.s, "Your password?");
	till_refuse(t.s, "three");
	till_expect(t.s, "*********");
	till_type(t.s, " words\r");
	till_expect_row(t.s, 0, "SALE");
	till_expect_row(t.s, 0, "Anna");
	hang_up(&t);
}

static void
typed_ahead_of_the_screen(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r2*1001\r\r20\r");
	till_expect(t.s, "CHANGE       0,40");
	hang_up(&t);
}

static void
a_wrong_password_and_an_unknown_name_look_alike(void **state)
{
	struct till	t;
	struct buf	wrong = { 0 }, unknown = { 0 };

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rnot that\r");
	till_expect(t.s, "wrong name or password");
	assert_string_equal(session_entry(t.s), "");
	till_screen(t.s, &wrong);
	till_esc(t.s);
	till_type(t.s, "zora\rnot that\r");
	till_screen(t.s, &unknown);
	assert_non_null(strstr(buf_text(&unknown), "wrong name or password"));
	assert_int_equal(wrong.len, unknown.len);
	buf_done(&wrong);
	buf_done(&unknown);
	hang_up(&t);
}

static void
a_locked_user_is_told_after_the_proof(void **state)
{
	struct till	t;

	(void)state;
	OK(user_set(owner, anna, "locked", "yes"));
	open_terminal(&t);
	till_type(t.s, "anna\rnot that\r");
	till_expect(t.s, "wrong name or password");
	till_type(t.s, "three odd words\r");
	till_expect(t.s, "locked");
	till_refuse(t.s, "SALE");
	hang_up(&t);
}

static void
the_users_language(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "paul\rother odd words\r");
	till_expect_row(t.s, 0, "ACCUEIL");
	assert_string_equal(session_language_code(t.s), "fr");
	/* And the shop's again when he has gone. */
	till_type(t.s, "\033[21~o");
	till_expect(t.s, "Who are you?");
	hang_up(&t);
}

static void
idle_locks_and_the_pin_opens(void **state)
{
	struct till	t;
	struct sale_brief *rows;
	size_t		 n;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r1001\r12");
	till_pass(t.s, 61000);
	till_expect_row(t.s, 0, "LOCKED");
	till_refuse(t.s, "Croque");
	/* Others may take its sale meanwhile. */
	OK(sale_open_list(owner, &rows, &n));
	assert_int_equal(n, 1);
	assert_true(rows[0].parked);
	free(rows);
	till_type(t.s, "1111\r");
	till_expect(t.s, "wrong name or PIN");
	till_refuse(t.s, "Croque");
	till_type(t.s, "2580\r");
	till_expect(t.s, "1 Croque-monsieur");
	assert_string_equal(session_entry(t.s), "12");
	till_type(t.s, "\177\177" "10\r");
	till_expect(t.s, "TOTAL      12,30 €");
	hang_up(&t);
}

static void
a_locked_sale_may_be_gone(void **state)
{
	struct till	t;
	struct shop	*other;
	int64_t		 version = 0;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r1001\r");
	till_pass(t.s, 61000);
	other = test_till(dir, "Zoé", "Till 2");
	OK(sale_take(other, t.app.sale, &version));
	till_type(t.s, "2580\r");
	till_expect(t.s, "1 Croque-monsieur");
	till_expect(t.s, "F6 takes it back");
	shop_close(other);
	hang_up(&t);
}

static void
somebody_else_takes_over_by_pin(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r1001\r:user Paul\r");
	till_expect(t.s, "Paul");
	till_type(t.s, "8024\r");
	till_expect_row(t.s, 0, "Paul");
	till_expect_row(t.s, 0, "ACCUEIL");
	/* Anna's sale waits for her. */
	till_type(t.s, ":user Anna\r2580\r");
	till_expect_row(t.s, 0, "Anna");
	till_expect(t.s, "1 Croque-monsieur");
	hang_up(&t);
}

static void
a_wish_to_switch_can_be_left(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r1001\r:user\r");
	till_expect(t.s, "Who works here now?");
	till_esc(t.s);
	till_expect(t.s, "1 Croque-monsieur");
	/* After a wrong PIN it is locked. */
	till_type(t.s, ":user Paul\r1111\r");
	till_esc(t.s);
	till_refuse(t.s, "Croque");
	hang_up(&t);
}

static void
a_lost_line_comes_back_to_its_place(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r1001\r2*10");
	hang_up(&t);

	/* The PIN alone, then the same screen and the same entry line. */
	open_terminal(&t);
	till_expect(t.s, "Welcome back");
	till_expect(t.s, "Anna");
	till_type(t.s, "2580\r");
	till_expect(t.s, "1 Croque-monsieur");
	assert_string_equal(session_entry(t.s), "2*10");
	till_type(t.s, "\r");
	till_expect(t.s, "2 Café");
	hang_up(&t);
}

static void
who_left_on_purpose_is_asked_for_a_name(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r1001\r\033[21~y");
	till_expect(t.s, "Who are you?");
	till_type(t.s, "\033[21~");
	assert_true(session_over(t.s));
	hang_up(&t);
	open_terminal(&t);
	till_expect(t.s, "Who are you?");
	hang_up(&t);
}

static void
a_second_factor_is_asked(void **state)
{
	struct till	t;
	unsigned char	key[TOTP_BYTES];
	size_t		n;
	char		code[9], line[16];

	(void)state;
	OK(user_set(owner, anna, "totp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	OK(totp_from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", key,
	    sizeof(key), &n));
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r");
	till_expect(t.s, "Code of your authenticator?");
	till_type(t.s, "000000\r");
	till_refuse(t.s, "SALE");
	OK(totp_code(key, n, shop_now(), 6, code));
	(void)str_fmt(line, sizeof(line), "%s\r", code);
	till_type(t.s, line);
	till_expect_row(t.s, 0, "SALE");
	hang_up(&t);
}

static void
a_pin_is_changed_with_the_password(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r:self\r");
	till_expect_row(t.s, 0, "MYSELF");
	/* Language, decimals, password now, new, again, PIN. */
	till_type(t.s, "\r\rnot that\r\r\r8024\r");
	till_expect(t.s, "wrong name or password");
	till_refuse(t.s, "8024");
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, ":self\r\r\rthree odd words\r\r\r1111\r");
	till_refuse(t.s, "SALE");		/* too easy a PIN */
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, ":self\r\r\rthree odd words\r\r\r8024\r");
	till_expect_row(t.s, 0, "SALE");
	till_type(t.s, ":lock\r2580\r");
	till_expect(t.s, "wrong name or PIN");
	till_type(t.s, "8024\r");
	till_expect_row(t.s, 0, "SALE");
	hang_up(&t);
}

static void
a_password_is_changed_twice_the_same(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_type(t.s, "anna\rthree odd words\r:self\r");
	till_type(t.s, "\r\rthree odd words\rfour new odd\rfour new\r\r");
	till_expect(t.s, "not the same twice");
	till_esc(t.s);
	till_esc(t.s);
	till_type(t.s, ":self\r\r\rthree odd words\rfour new odd\r"
	    "four new odd\r\r");
	till_expect_row(t.s, 0, "SALE");
	till_type(t.s, ":leave\r");
	hang_up(&t);
	open_terminal(&t);
	till_type(t.s, "anna\rfour new odd\r");
	till_expect_row(t.s, 0, "SALE");
	hang_up(&t);
}

/* A badge opens one's own lock, and makes a locked terminal another's. */
static void
a_badge_switches_quickly(void **state)
{
	struct till	t;
	int64_t		paul;

	(void)state;
	OK(user_find(owner, "Paul", &paul));
	OK(user_badge_add(owner, anna, "", "ANNA-0001"));
	OK(user_badge_add(owner, paul, "", "PAUL-0001"));
	open_terminal(&t);
	till_type(t.s, "%ANNA-0001\r");
	till_expect_row(t.s, 0, "SALE");
	till_expect_row(t.s, 0, "Anna");
	till_type(t.s, ":lock\r%ANNA-0001\r");
	till_expect_row(t.s, 0, "SALE");
	till_type(t.s, ":lock\r%PAUL-0009\r");
	till_expect(t.s, "nobody's badge");
	till_refuse(t.s, "PAUL-");
	till_type(t.s, "%PAUL-0001\r");
	till_expect_row(t.s, 0, "Paul");
	hang_up(&t);
}

static void
it_looks_right(void **state)
{
	struct till	t;

	(void)state;
	open_terminal(&t);
	till_golden(t.s, "login-80x24-en");
	session_resize(t.s, 12, 40);
	till_golden(t.s, "login-40x12-en");
	session_resize(t.s, 24, 80);
	till_type(t.s, "anna\rthree odd words\r");
	till_pass(t.s, 61000);
	till_golden(t.s, "lock-80x24-en");
	hang_up(&t);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(it_lists_nobody),
		T(name_and_password),
		T(typed_ahead_of_the_screen),
		T(a_wrong_password_and_an_unknown_name_look_alike),
		T(a_locked_user_is_told_after_the_proof),
		T(the_users_language),
		T(idle_locks_and_the_pin_opens),
		T(a_locked_sale_may_be_gone),
		T(somebody_else_takes_over_by_pin),
		T(a_wish_to_switch_can_be_left),
		T(a_lost_line_comes_back_to_its_place),
		T(who_left_on_purpose_is_asked_for_a_name),
		T(a_second_factor_is_asked),
		T(a_pin_is_changed_with_the_password),
		T(a_password_is_changed_twice_the_same),
		T(a_badge_switches_quickly),
		T(it_looks_right),
	};

	return cmocka_run_group_tests(tests, prepare, forget);
}
