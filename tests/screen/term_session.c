/* SPDX-License-Identifier: ISC */
/* A session's life: the stack, news, clocks, the lock, what the top row says;
 * time is given, never waited for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen.h"

static struct buf told;

static void
told_is(const char *want)
{
	assert_string_equal(buf_text(&told), want);
	buf_clear(&told);
}

/* ---- screens that do what they are told --------------------------------- */

struct page_state {
	char	name[16];
	int	drawn;
};

static const struct screen screen_page, screen_over, screen_boss, screen_shut,
    screen_bolt, screen_pin;

static int
page_open(struct session *s, void *state, const void *arg)
{
	struct page_state	*p = state;

	(void)s;
	(void)str_copy(p->name, sizeof(p->name), arg != NULL ? arg : "first");
	buf_fmt(&told, "open(%s) ", p->name);
	return 0;
}

static void
page_draw(const void *state, struct canvas *c)
{
	canvas_fmt(c, 0, 0, STYLE_NORMAL, "page %s",
	    ((const struct page_state *)state)->name);
}

static enum turn
page_enter(struct session *s, void *state, const char *text)
{
	const struct page_state	*p = state;

	if (str_starts(text, "push ")) {
		return session_push(s, &screen_page, text + 5);
	}
	if (str_starts(text, "over ")) {
		return session_push(s, &screen_over, text + 5);
	}
	if (str_starts(text, "pop")) {
		/* Its state must stand until it has returned. */
		enum turn	turn = session_pop(s, true, 5, p->name);

		buf_fmt(&told, "popped(%s) ", p->name);
		return turn;
	}
	if (strcmp(text, "home") == 0) {
		return session_home(s);
	}
	if (strcmp(text, "timer") == 0) {
		session_timer(s, 3000);
		return TURN_STAY;
	}
	if (strcmp(text, "boss") == 0) {
		return session_push(s, &screen_boss, "boss");
	}
	if (strcmp(text, "shut") == 0) {
		return session_push(s, &screen_shut, NULL);
	}
	if (strcmp(text, "pin") == 0) {
		return session_push(s, &screen_pin, "pin");
	}
	if (strcmp(text, "secret") == 0) {
		return session_ask(s, 4, true, "Password?", NULL);
	}
	if (strcmp(text, "end") == 0) {
		return session_end(s, 7);
	}
	return TURN_PASS;
}

static enum turn
page_resume(struct session *s, void *state, const struct answer *a)
{
	(void)s;
	buf_fmt(&told, "resume(%s %d %lld %s) ",
	    ((struct page_state *)state)->name, a->ok, (long long)a->value,
	    a->text != NULL ? a->text : "");
	return TURN_DRAW;
}

static enum turn
page_news(struct session *s, void *state, unsigned topics)
{
	(void)s;
	buf_fmt(&told, "news(%s %x) ", ((struct page_state *)state)->name,
	    topics);
	return TURN_DRAW;
}

static enum turn
page_tick(struct session *s, void *state)
{
	(void)s;
	buf_fmt(&told, "tick(%s) ", ((struct page_state *)state)->name);
	return TURN_DRAW;
}

static void
page_close(struct session *s, void *state)
{
	(void)s;
	buf_fmt(&told, "close(%s) ", ((struct page_state *)state)->name);
}

#define PAGE								\
	.state_size = sizeof(struct page_state), .open = page_open,	\
	.draw = page_draw, .enter = page_enter, .resume = page_resume,	\
	.tick = page_tick, .close = page_close

static const struct screen screen_page = {
	.name = "page", .title = "PAGE", .topics = 6, .news = page_news, PAGE
};
static const struct screen screen_over = {
	.name = "over", .title = "OVER", .flags = SCREEN_OVER, PAGE
};
static const struct screen screen_boss = {
	.name = "boss", .title = "BOSS", .right = "manage", PAGE
};
static const struct screen screen_bolt = {
	.name = "lock", .title = "LOCKED", PAGE
};
static const struct screen screen_pin = {
	.name = "pin", .title = "PIN", .flags = SCREEN_SECRET, PAGE
};

static int
shut_open(struct session *s, void *state, const void *arg)
{
	(void)s;
	(void)state;
	(void)arg;
	return err_set(ERR_NOT_FOUND, "there is no such thing; try another");
}

static const struct screen screen_shut = {
	.name = "shut", .title = "SHUT", .state_size = 8, .open = shut_open,
	.draw = page_draw, .close = page_close,
};

static bool
nobody(struct session *s, const char *right)
{
	(void)s;
	(void)right;
	return false;
}

static void
heard(struct session *s, unsigned topics)
{
	session_status(s, STATUS_PRINTER, STYLE_ERROR, "no paper");
	buf_fmt(&told, "heard(%x) ", topics);
}

static struct session *
page(void)
{
	struct session_config	 c = till_config(24, 80);
	struct session		*s;

	c.allowed = nobody;
	c.topics = 8;
	c.heard = heard;
	c.lock = &screen_bolt;
	c.lock_ms = 300000;
	buf_clear(&told);
	s = till_open(&c, &screen_page, NULL);
	told_is("open(first) ");
	return s;
}

/* ---- the stack ---------------------------------------------------------- */

static void
screens_open_and_close_in_order(void **state)
{
	struct session	*s = page();

	(void)state;
	till_type(s, "push a\rpush b\r");
	told_is("open(a) open(b) ");
	till_expect_row(s, 1, "page b");
	till_type(s, "pop\r");
	/* Hidden screens catch up on what they may have missed. */
	told_is("popped(b) close(b) resume(a 1 5 b) news(a 6) ");
	till_type(s, "push d\rpush e\rhome\r");
	told_is("open(d) open(e) close(e) close(d) close(a) "
	    "resume(first 0 0 ) news(first 6) ");
	till_expect_row(s, 1, "page first");
	till_type(s, "push f\r");
	buf_clear(&told);
	till_type(s, "end\r");
	assert_true(session_over(s));
	assert_int_equal(session_exit_status(s), 7);
	session_close(s);
	told_is("close(f) close(first) ");
}

static void
popping_the_last_screen_ends(void **state)
{
	struct session	*s = page();

	(void)state;
	till_type(s, "pop\r1001\r");
	assert_true(session_over(s));
	told_is("popped(first) close(first) ");
	session_close(s);
}

static void
a_screen_that_will_not_open_says_why(void **state)
{
	struct session	*s = page();

	(void)state;
	till_type(s, "shut\r");
	till_expect_row(s, 22, "there is no such thing; try another");
	till_expect_row(s, 0, "PAGE");
	/* What was typed stays to be mended. */
	till_esc(s);
	till_type(s, "boss\r");
	till_expect_row(s, 22, "BOSS: you may not");
	told_is("");
	session_close(s);
}

/* ---- news --------------------------------------------------------------- */

static void
news_come_at_once_then_in_bundles(void **state)
{
	struct session	*s = page();

	(void)state;
	till_boot += 1000;
	session_news(s, 2);
	told_is("news(first 2) ");
	session_news(s, 2);
	session_news(s, 4);
	told_is("");
	assert_int_equal(session_sleep_ms(s), 100);
	till_pass(s, 99);
	told_is("");
	till_pass(s, 1);
	told_is("news(first 6) ");
	till_pass(s, 1000);
	told_is("");
	/* A slow line: twice a second. */
	session_close(s);
	told_is("close(first) ");
}

static void
news_on_a_slow_line(void **state)
{
	struct session_config	 c = till_config(24, 80);
	struct session		*s;

	(void)state;
	c.profile.slow = true;
	s = till_open(&c, &screen_page, NULL);
	till_boot += 1000;
	session_news(s, 2);
	buf_clear(&told);
	session_news(s, 2);
	till_pass(s, 499);
	told_is("");
	till_pass(s, 1);
	told_is("news(first 2) ");
	session_close(s);
	buf_clear(&told);
}

static void
news_reach_what_shows(void **state)
{
	struct session	*s = page();

	(void)state;
	/* A question upon the page: the page still shows. */
	till_type(s, "over o\r");
	buf_clear(&told);
	till_boot += 1000;
	session_news(s, 2);
	told_is("news(first 2) ");
	/* Hidden under another: told when it shows again. */
	till_type(s, "push p\r");
	buf_clear(&told);
	till_boot += 1000;
	session_news(s, 2);
	told_is("news(p 2) ");
	/* Nobody's topic, and everybody's. */
	till_boot += 1000;
	session_news(s, 1);
	told_is("");
	till_boot += 1000;
	session_news(s, 8);
	told_is("heard(8) ");
	till_expect_row(s, 0, "no paper");
	session_close(s);
	buf_clear(&told);
}

/* ---- time --------------------------------------------------------------- */

static void
the_clock_moves_by_the_minute(void **state)
{
	struct session	*s = page();
	int64_t		 left = 60000 - till_now % 60000;

	(void)state;
	till_expect_row(s, 0, "12:31");
	assert_int_equal(session_sleep_ms(s), left);
	till_pass(s, left - 1);
	till_expect_row(s, 0, "12:31");
	till_pass(s, 1);
	till_expect_row(s, 0, "12:32");
	assert_int_equal(session_sleep_ms(s), 60000);
	till_now -= 60000;
	session_close(s);
	buf_clear(&told);
}

static void
a_timer_ticks_once(void **state)
{
	struct session	*s = page();

	(void)state;
	till_type(s, "timer\r");
	assert_true(session_sleep_ms(s) <= 3000);
	till_pass(s, 2999);
	told_is("");
	till_pass(s, 1);
	told_is("tick(first) ");
	till_pass(s, 10000);
	told_is("");
	session_close(s);
	buf_clear(&told);
}

static void
an_idle_session_locks(void **state)
{
	struct session	*s = page();

	(void)state;
	till_pass(s, 299999);
	told_is("");
	till_type(s, "x\177");		/* a key: from the beginning */
	till_pass(s, 299999);
	told_is("");
	till_pass(s, 1);
	told_is("open(first) ");
	till_expect_row(s, 0, "LOCKED");
	till_pass(s, 900000);		/* once */
	told_is("");
	till_type(s, "pop\r");
	till_expect_row(s, 0, "PAGE");
	/* By hand too. */
	buf_clear(&told);
	till_type(s, ":lock\r");
	told_is("open(first) ");
	session_close(s);
	buf_clear(&told);
}

static void
an_idle_session_sleeps(void **state)
{
	struct session_config	 c = till_config(24, 80);
	struct session		*s;

	(void)state;
	/* Nothing but the clock wakes it: once a minute. */
	s = till_open(&c, &screen_page, NULL);
	till_pass(s, 60000);
	assert_true(session_sleep_ms(s) > 1000);
	till_type(s, "\033");
	assert_int_equal(session_sleep_ms(s), 50);
	till_pass(s, 50);
	assert_true(session_sleep_ms(s) > 1000);
	session_close(s);
	buf_clear(&told);
}

/* ---- secrets, sizes, words ---------------------------------------------- */

static void
a_secret_is_only_text(void **state)
{
	struct session	*s = page();

	(void)state;
	till_type(s, "secret\r");
	buf_clear(&told);
	till_type(s, "?:x");
	till_expect_row(s, 20, "Password?");
	till_expect_row(s, 21, " ***");
	till_type(s, "\r");
	told_is("resume(first 1 0 ?:x) ");
	till_type(s, "pin\r:1?");
	till_expect_row(s, 21, " ***");
	session_close(s);
	buf_clear(&told);
}

static void
every_size_is_survived(void **state)
{
	static const int	sizes[][2] = { { 12, 40 }, { 3, 10 }, { 1, 1 },
	    { 200, 500 }, { 24, 132 }, { 5, 20 }, { 24, 80 } };
	struct session		*s = page();

	(void)state;
	till_type(s, "over o\r");
	for (size_t i = 0; i < NELEM(sizes); i++) {
		session_resize(s, sizes[i][0], sizes[i][1]);
		till_type(s, "1\t?\033[A");
		till_esc(s);
		till_esc(s);
		till_type(s, "over o\r");
	}
	till_expect_row(s, 0, "PAGE");
	till_expect_row(s, 23, "F1Help");
	session_close(s);
	buf_clear(&told);
}

static void
the_language_changes_while_running(void **state)
{
	struct session	*s = page();

	(void)state;
	till_expect_row(s, 23, "F1Help");
	till_language(s, "en");
	till_type(s, ":language fr\r");
	till_expect_row(s, 23, "F1Aide");
	assert_string_equal(session_language_code(s), "fr");
	till_type(s, ":language en\r");
	till_expect_row(s, 23, "F1Help");
	session_close(s);
	buf_clear(&told);
}

static void
terminals_and_sets_paint_the_same(void **state)
{
	static const char *const	terms[] = { "xterm-256color", "linux",
	    "vt100", "vt220", "vt510", "wyse60", "screen", "tmux" };
	static const enum charset	sets[] = { CHARSET_UTF8,
	    CHARSET_LATIN1, CHARSET_LATIN9, CHARSET_ASCII };

	(void)state;
	for (size_t i = 0; i < NELEM(terms); i++) {
		for (size_t j = 0; j < NELEM(sets); j++) {
			struct session_config	 c = till_config(24, 80);
			struct session		*s;

			(void)str_copy(c.profile.term, sizeof(c.profile.term),
			    terms[i]);
			c.profile.charset = sets[j];
			c.profile.mono = j % 2 == 0;
			s = till_open(&c, &screen_page, "Zoé 5 €");
			till_expect_row(s, 1, sets[j] == CHARSET_ASCII ?
			    "page Zoe 5 EUR" : sets[j] == CHARSET_LATIN1 ?
			    "page Zoé 5 EUR" : "page Zoé 5 €");
			session_close(s);
		}
	}
	buf_clear(&told);
}

static void
bad_terminals_are_refused_in_one_line(void **state)
{
	static const char *const	bad[] = { "dumb", "unknown", "" };

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		struct session_config	 c = till_config(24, 80);
		struct session		*s;

		(void)str_copy(c.profile.term, sizeof(c.profile.term), bad[i]);
		assert_int_equal(session_open(&c, &s), ERR_CONFIG);
		assert_null(s);
		assert_null(strchr(err_text(ERR_CONFIG), '\n'));
	}
}

static void
a_profile_reads_the_environment(void **state)
{
	struct profile	p;

	(void)state;
	setenv("TERM", "vt220", 1);
	unsetenv("COMPTOIR_CHARSET");
	unsetenv("LC_ALL");
	unsetenv("LC_CTYPE");
	setenv("LANG", "fr_FR.ISO-8859-15@euro", 1);
	setenv("LINES", "25", 1);
	setenv("COLUMNS", "132", 1);
	profile_from_env(&p, -1);
	assert_string_equal(p.term, "vt220");
	assert_int_equal(p.charset, CHARSET_LATIN9);
	assert_int_equal(p.rows, 25);
	assert_int_equal(p.cols, 132);
	assert_int_equal(p.escdelay_ms, 50);
	unsetenv("LANG");
	setenv("COLUMNS", "-3", 1);
	setenv("ESCDELAY", "150", 1);
	profile_from_env(&p, -1);
	assert_int_equal(p.charset, CHARSET_ASCII);
	assert_int_equal(p.rows, 0);
	assert_int_equal(p.escdelay_ms, 150);
	unsetenv("ESCDELAY");
	setenv("TERM", "xterm", 1);
	profile_from_env(&p, -1);
	assert_int_equal(p.charset, CHARSET_UTF8);
	setenv("COMPTOIR_CHARSET", "latin1", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	profile_from_env(&p, -1);
	assert_int_equal(p.charset, CHARSET_LATIN1);
	setenv("COMPTOIR_CHARSET", "cp437", 1);
	profile_from_env(&p, -1);
	assert_int_equal(p.charset, CHARSET_UTF8);
	setenv("TERM", "x;rm -rf", 1);
	profile_from_env(&p, -1);
	assert_string_equal(p.term, "dumb");
}

static void
a_key_can_mean_times(void **state)
{
	struct session_config	 c = till_config(24, 80);
	struct session		*s;

	(void)state;
	c.profile.times = '+';
	s = till_open(&c, &screen_page, NULL);
	till_type(s, "3+1001");
	assert_string_equal(session_entry(s), "3*1001");
	session_close(s);
	buf_clear(&told);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(screens_open_and_close_in_order),
		cmocka_unit_test(popping_the_last_screen_ends),
		cmocka_unit_test(a_screen_that_will_not_open_says_why),
		cmocka_unit_test(news_come_at_once_then_in_bundles),
		cmocka_unit_test(news_on_a_slow_line),
		cmocka_unit_test(news_reach_what_shows),
		cmocka_unit_test(the_clock_moves_by_the_minute),
		cmocka_unit_test(a_timer_ticks_once),
		cmocka_unit_test(an_idle_session_locks),
		cmocka_unit_test(an_idle_session_sleeps),
		cmocka_unit_test(a_secret_is_only_text),
		cmocka_unit_test(every_size_is_survived),
		cmocka_unit_test(the_language_changes_while_running),
		cmocka_unit_test(terminals_and_sets_paint_the_same),
		cmocka_unit_test(bad_terminals_are_refused_in_one_line),
		cmocka_unit_test(a_profile_reads_the_environment),
		cmocka_unit_test(a_key_can_mean_times),
	};
	int	failed = cmocka_run_group_tests_name("session", tests, NULL,
		    NULL);

	buf_done(&told);
	return failed;
}
