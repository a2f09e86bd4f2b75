/* SPDX-License-Identifier: ISC */
/* The key contract of design.md 9 and of comptoir-keys(7), sentence by
 * sentence, on screens made for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen.h"
#include "term/widgets.h"

/* ---- an entry screen and a direct one that write down what they were told  */

static struct buf told;
static bool may_hold;

static void
tell(const char *what, const char *text)
{
	buf_fmt(&told, "%s(%s) ", what, text);
}

static void
told_is(const char *want)
{
	assert_string_equal(buf_text(&told), want);
	buf_clear(&told);
}

struct desk_state {
	int	opened;
};

static int
desk_open(struct session *s, void *state, const void *arg)
{
	(void)s;
	((struct desk_state *)state)->opened = arg != NULL;
	return 0;
}

static void
desk_draw(const void *state, struct canvas *c)
{
	(void)state;
	canvas_put(c, 0, 0, STYLE_NORMAL, "the desk");
	canvas_right(c, canvas_rows(c) - 2, canvas_cols(c), 12, STYLE_TOTAL,
	    "TOTAL 52,92");
}

static void
desk_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)str_copy(out, size, typed[0] == '\0' ? "Enter pays" :
	    "Enter adds");
}

static enum turn
desk_enter(struct session *s, void *state, const char *text)
{
	(void)state;
	tell("enter", text);
	if (strcmp(text, "9999") == 0) {
		session_warn(s, "no product has code 9999");
		return TURN_KEEP;
	}
	if (strcmp(text, "hold?") == 0) {
		return session_confirm(s, 7, true, "Really hold %d?", 3);
	}
	if (strcmp(text, "go?") == 0) {
		return session_confirm(s, 8, false, "Go?");
	}
	if (strcmp(text, "weigh") == 0) {
		return session_ask(s, 8, false, "Weight in kg?", NULL);
	}
	return TURN_DRAW;
}

static enum turn
desk_typed(struct session *s, void *state, const char *text)
{
	(void)s;
	(void)state;
	tell("typed", text);
	return TURN_STAY;
}

static enum turn
desk_act(struct session *s, void *state, enum action act, const char *rest)
{
	(void)s;
	(void)state;
	if (act == ACT_HELP || act == ACT_MENU || act == ACT_BACK ||
	    act == ACT_REDRAW || act == ACT_LEAVE) {
		return TURN_PASS;
	}
	tell(action_name(act), rest);
	return TURN_DRAW;
}

static enum turn
desk_resume(struct session *s, void *state, const struct answer *a)
{
	char	text[64];

	(void)s;
	(void)state;
	(void)str_fmt(text, sizeof(text), "%d %d %s", a->tag, a->ok, a->text);
	tell("answer", text);
	return TURN_DRAW;
}

static void
desk_close(struct session *s, void *state)
{
	(void)s;
	(void)state;
	tell("close", "");
}

static const struct binding desk_keys[] = {
	{ .act = ACT_FIND, .key = K_F2 },
	{ .act = ACT_SALE_HOLD, .key = K_F5, .letter = 'h' },
	{ .act = ACT_SALE_VOID, .key = K_F8 },
	{ .act = ACT_SALE_PAY, .key = K_F9 },
	{ .act = ACT_NO_SALE, .letter = 'n' },
	{ .act = ACT_UNDO, .letter = 'u' },
	{ 0 }
};

static const struct screen screen_desk = {
	.name = "desk", .title = "DESK",
	.help = "A desk to test the keys with.",
	.state_size = sizeof(struct desk_state), .keys = desk_keys,
	.open = desk_open, .draw = desk_draw, .prompt = desk_prompt,
	.typed = desk_typed, .enter = desk_enter, .act = desk_act,
	.resume = desk_resume, .close = desk_close,
};

static enum turn
pad_press(struct session *s, void *state, uint32_t ch)
{
	char	text[5];

	(void)s;
	(void)state;
	if (ch == '4') {
		return TURN_PASS;	/* another digit may follow */
	}
	(void)utf8_put(ch, text);
	tell("press", text);
	return TURN_DRAW;
}

static enum turn
pad_enter(struct session *s, void *state, const char *text)
{
	(void)s;
	(void)state;
	tell("enter", text);
	return TURN_DRAW;
}

static const struct binding pad_keys[] = {
	{ .act = ACT_UNDO, .letter = 'u' },
	{ 0 }
};

static const struct screen screen_pad = {
	.name = "pad", .title = "PAD", .flags = SCREEN_DIRECT,
	.state_size = sizeof(struct desk_state), .keys = pad_keys,
	.open = desk_open,
	.draw = desk_draw, .press = pad_press, .enter = pad_enter,
	.act = desk_act,
};

static bool
allowed(struct session *s, const char *right)
{
	(void)s;
	return may_hold || strcmp(right, "void") != 0;
}

static struct session *
desk(void)
{
	struct session_config	c = till_config(24, 80);

	c.allowed = allowed;
	may_hold = true;
	buf_clear(&told);
	return till_open(&c, &screen_desk, NULL);
}

/* ---- typing ------------------------------------------------------------- */

static void
typing_is_never_dropped(void **state)
{
	struct session	*s = desk();
	char		 ahead[4000] = "";
	struct buf	 want = { 0 };

	(void)state;
	/* 300 scans in one burst, ahead of any painting. */
	for (int i = 0; i < 300; i++) {
		char	code[16];

		(void)str_fmt(code, sizeof(code), "%04d\r", i);
		strcat(ahead, code);
	}
	buf_clear(&told);
	till_type(s, ahead);
	for (int i = 0; i < 300; i++) {
		char	code[16];

		(void)str_fmt(code, sizeof(code), "%04d", i);
		for (size_t n = 1; n <= 4; n++) {
			buf_fmt(&want, "typed(%.*s) ", (int)n, code);
		}
		buf_fmt(&want, "enter(%s) ", code);
	}
	assert_string_equal(buf_text(&told), buf_text(&want));
	buf_done(&want);
	session_close(s);
}

static void
typing_ahead_goes_to_the_next_screen(void **state)
{
	struct session	*s = desk();

	(void)state;
	/* The answer to a question not yet asked, and the next entry. */
	till_type(s, "weigh\r0.350\r1001\r");
	assert_non_null(strstr(buf_text(&told),
	    "enter(weigh) answer(8 1 0.350) typed(1) "));
	assert_non_null(strstr(buf_text(&told), "enter(1001) "));
	buf_clear(&told);
	session_close(s);
}

static void
a_repeat_is_not_bounded_by_time(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "5\r5\r5\r");
	told_is("typed(5) enter(5) typed(5) enter(5) typed(5) enter(5) ");
	session_close(s);
}

static void
an_end_of_entry_is_one(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "1\r");
	told_is("typed(1) enter(1) ");
	till_type(s, "2\n");
	told_is("typed(2) enter(2) ");
	till_type(s, "3\r\n");
	told_is("typed(3) enter(3) ");
	/* Even when LF comes much later. */
	till_type(s, "4\r");
	till_pass(s, 500);
	till_type(s, "\n");
	told_is("typed(4) enter(4) ");
	till_type(s, "5\t");
	told_is("typed(5) enter(5) ");
	till_refuse(s, "MENU");
	till_type(s, "\r");
	told_is("enter() ");
	till_type(s, "\r\r");
	told_is("enter() enter() ");
	session_close(s);
}

/* ---- Enter, Esc --------------------------------------------------------- */

static void
enter_is_named_beside_the_entry_line(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_expect_row(s, 21, "Enter pays");
	till_type(s, "1");
	till_expect_row(s, 21, " 1");
	till_expect_row(s, 21, "Enter adds");
	session_close(s);
}

static void
a_refused_entry_stays_to_be_mended(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "9999\r");
	till_expect_row(s, 22, "no product has code 9999");
	till_expect_row(s, 21, " 9999");
	till_type(s, "\b\177\b\b1\r");
	assert_string_equal(session_entry(s), "");
	assert_non_null(strstr(buf_text(&told), "enter(1) "));
	session_close(s);
}

static void
esc_is_one_step_back(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "12");
	buf_clear(&told);
	till_esc(s);
	told_is("typed() ");
	/* The lowest screen is home: Esc ends nothing. */
	till_esc(s);
	assert_false(session_over(s));
	till_expect(s, "the desk");
	session_close(s);
}

static void
esc_then_digit_is_no_fkey(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "\0335\r");
	told_is("typed(5) enter(5) ");
	session_close(s);
}

/* ---- F-keys ------------------------------------------------------------- */

static void
fkeys_are_the_bar(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_expect_row(s, 23, "F1Help 2Find 5Hold 8Void 9Pay 10Back");
	till_type(s, "\033[15~\033[19~\033[20~");
	told_is("hold() void() pay() ");
	session_close(s);
}

static void
colon_digit_is_an_fkey_at_once(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, ":5");
	told_is("hold() ");
	assert_string_equal(session_entry(s), "");
	till_type(s, ":9:8");
	told_is("pay() void() ");
	till_type(s, ":1");
	till_expect_row(s, 0, "HELP");
	till_type(s, ":0");
	till_expect_row(s, 0, "DESK");
	session_close(s);
}

static void
a_key_without_meaning_says_so(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "\033[17~");
	till_expect_row(s, 22, "F6 does nothing here");
	session_close(s);
}

static void
a_broken_fkey_is_dropped_whole(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "12");
	buf_clear(&told);
	till_type(s, "\033[1\r");	/* the rest lost, the user's Enter */
	till_type(s, "\033[1");
	till_pass(s, 1000);		/* the rest never comes */
	till_type(s, "\033[99;99~\033Oz");
	till_pass(s, 1000);
	told_is("");
	assert_string_equal(session_entry(s), "12");
	session_close(s);
}

/* ---- Tab, ?, : ---------------------------------------------------------- */

static void
tab_is_the_numbered_menu(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "\t");
	till_expect(s, " 1   Find");
	till_expect(s, " 2 h Hold");
	/* Its Enter ends a number: a scan begins with digits, too. */
	till_type(s, "2");
	told_is("");
	till_expect(s, "Enter = 2");
	till_type(s, "\r");
	told_is("hold() ");
	till_refuse(s, " 2 h Hold");
	till_type(s, "\t4006381333931\r");
	told_is("");
	till_expect(s, "a barcode was scanned");
	till_type(s, "99\r");
	told_is("");
	till_esc(s);
	till_type(s, "\t]d20104006381333931" "10hold\r");
	told_is("");
	till_esc(s);
	till_type(s, "\tn");
	told_is("no-sale() ");
	till_type(s, "\t\033[B\033[B\033[B\r");
	told_is("pay() ");
	till_type(s, "\t");
	till_esc(s);
	told_is("");
	till_expect_row(s, 23, "5Hold");
	/* All of it typed ahead. */
	till_type(s, "\th1001\r");
	told_is("hold() typed(1) typed(10) typed(100) typed(1001) "
	    "enter(1001) ");
	session_close(s);
}

static void
help_scrolls_and_explains(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "?");
	till_expect_row(s, 0, "HELP");
	till_expect(s, "A desk to test the keys with.");
	till_expect(s, "F5, h      NAME: put the sale aside");
	till_expect_row(s, 21, "1-20 of ");
	till_type(s, "\033[B\033[B");
	till_expect_row(s, 21, "3-22 of ");
	till_type(s, "\033[F");
	till_expect(s, "paint the screen again");
	till_type(s, "\033OP");
	till_expect_row(s, 21, "press a key");
	till_type(s, "\033[15~");
	till_expect_row(s, 22, "F5: NAME: put the sale aside under a name");
	told_is("");
	till_type(s, "\033OP");
	till_type(s, "7");
	till_expect_row(s, 22, "7: typed on the entry line");
	till_esc(s);
	till_expect_row(s, 0, "DESK");
	till_type(s, "\033OP");
	till_expect_row(s, 0, "HELP");
	session_close(s);
}

static void
question_mark_in_text_is_text(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "a?b:c");
	assert_string_equal(session_entry(s), "a?b:c");
	session_close(s);
}

static void
colon_runs_any_action_by_name(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, ":hold Table de Zoé\r");
	told_is("hold(Table de Zoé) ");
	till_type(s, ":pay card\r:undo\r");
	told_is("pay(card) undo() ");
	/* A beginning that only one has. */
	till_type(s, ":no-\r");
	told_is("no-sale() ");
	till_type(s, ":nonsense\r");
	till_expect_row(s, 22, "no command \":nonsense\"");
	told_is("");
	session_close(s);
}

static void
colon_speaks_the_users_language(void **state)
{
	struct session	*s = desk();

	(void)state;
	session_language(s, "fr");
	/* Whatever the catalogue calls it, and still in English. */
	assert_int_equal(action_find(action_name_local(ACT_SALE_HOLD)),
	    ACT_SALE_HOLD);
	till_type(s, ":hold\r");
	told_is("hold() ");
	session_language(s, "en");
	session_close(s);
}

static void
tab_completes_a_command(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, ":ho\t");
	assert_string_equal(session_entry(s), ":hold ");
	till_type(s, "Zoé\r");
	told_is("hold(Zoé) ");
	till_type(s, ":re\t");
	till_expect_row(s, 22, "redraw");
	till_expect_row(s, 22, "reprint");
	till_esc(s);
	till_type(s, ":zz\t");
	till_expect_row(s, 22, "no command begins with \"zz\"");
	session_close(s);
}

static void
arrows_have_colon_forms(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "?:down\r:down\r");
	till_expect_row(s, 21, "3-22 of ");
	till_type(s, ":last\r");
	till_expect(s, "paint the screen again");
	till_type(s, ":first\r");
	till_expect_row(s, 21, "1-20 of ");
	till_type(s, ":pgdn\r");
	till_expect_row(s, 21, "of ");
	till_type(s, ":redraw\r");
	till_expect_row(s, 0, "HELP");
	session_close(s);
}

static void
editing_is_as_everywhere(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "bc\033[Ha\033[Fd\b\177\033[D\033[3~é\f");
	assert_string_equal(session_entry(s), "aé");
	session_close(s);
}

/* ---- refusals ----------------------------------------------------------- */

static void
rights_are_checked_by_name(void **state)
{
	struct session	*s = desk();

	(void)state;
	may_hold = false;
	till_type(s, "\033[19~");
	told_is("");
	till_expect_row(s, 22, "Void: you may not");
	till_type(s, "\t");
	till_refuse(s, "Void");
	till_esc(s);
	till_type(s, "?");
	till_refuse(s, ":void");
	session_close(s);
}

static void
an_overlong_line_is_not_executed(void **state)
{
	struct session	*s = desk();
	char		 paste[3002];

	(void)state;
	memset(paste, 'x', 3000);
	paste[3000] = '\r';
	paste[3001] = '\0';
	till_type(s, paste);
	assert_null(strstr(buf_text(&told), "enter("));
	assert_int_equal(strlen(session_entry(s)), ENTRY_MAX - 1);
	till_expect_row(s, 22, "too long");
	till_esc(s);
	buf_clear(&told);
	till_type(s, "7\r");
	told_is("typed(7) enter(7) ");
	session_close(s);
}

static void
control_bytes_and_bad_utf8_are_left_out(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "\001\002a\003\xff" "b\xc3" "c\xe2\x80\xae" "d\xc2\x9b"
	    "e");
	assert_string_equal(session_entry(s), "abcde");
	session_close(s);
}

static void
a_message_is_seen_before_it_goes(void **state)
{
	struct session	*s = desk();

	(void)state;
	/* The refusal and the next scan in one burst. */
	till_type(s, "9999\r\b\b\b\b1001\r");
	till_expect_row(s, 22, "no product has code 9999");
	till_type(s, "1");
	till_refuse(s, "no product has code");
	session_close(s);
}

/* ---- questions ---------------------------------------------------------- */

/* Who did not see the question scans on: that is no answer. */
static void
a_scan_answers_no_question(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "go?\r");
	buf_clear(&told);
	till_type(s, "4006381333931\r");
	told_is("");
	till_expect(s, "Go?");
	till_expect(s, "a barcode was scanned");
	till_type(s, "]C1yyy\r");
	told_is("");
	till_type(s, "12\r");
	told_is("");
	till_expect(s, "y for yes");
	till_type(s, "\r");
	told_is("answer(8 1 ) ");
	session_close(s);
}

static void
a_question_keeps_the_screen(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "hold?\r");
	till_expect(s, "the desk");
	till_expect_row(s, 20, "Really hold 3?");
	buf_clear(&told);
	till_type(s, "\r");		/* dangerous: Enter alone is not yes */
	told_is("");
	till_type(s, "y");
	told_is("answer(7 1 ) ");
	till_type(s, "hold?\rn");
	assert_non_null(strstr(buf_text(&told), "answer(7 0 ) "));
	buf_clear(&told);
	till_type(s, "hold?\r");
	buf_clear(&told);
	till_esc(s);
	told_is("answer(7 0 ) ");
	session_close(s);
}

/* ---- direct screens ----------------------------------------------------- */

static void
a_direct_screen_acts_at_once(void **state)
{
	struct session_config	 c = till_config(24, 80);
	struct session		*s;

	(void)state;
	may_hold = true;
	buf_clear(&told);
	s = till_open(&c, &screen_pad, NULL);
	till_type(s, "u1");
	told_is("undo() press(1) ");
	/* Where two digits can follow, Enter ends them. */
	till_type(s, "42\r");
	told_is("enter(42) ");
	till_type(s, ":undo\r");
	told_is("undo() ");
	till_type(s, "?");
	till_expect_row(s, 0, "HELP");
	session_close(s);
}

/* ---- closing ------------------------------------------------------------ */

static void
every_screen_is_closed_once(void **state)
{
	struct session	*s = desk();

	(void)state;
	till_type(s, "?");
	session_close(s);
	told_is("close() ");
	s = desk();
	till_type(s, ":leave\r");
	assert_true(session_over(s));
	session_close(s);
	told_is("close() ");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(typing_is_never_dropped),
		cmocka_unit_test(typing_ahead_goes_to_the_next_screen),
		cmocka_unit_test(a_repeat_is_not_bounded_by_time),
		cmocka_unit_test(an_end_of_entry_is_one),
		cmocka_unit_test(enter_is_named_beside_the_entry_line),
		cmocka_unit_test(a_refused_entry_stays_to_be_mended),
		cmocka_unit_test(esc_is_one_step_back),
		cmocka_unit_test(esc_then_digit_is_no_fkey),
		cmocka_unit_test(fkeys_are_the_bar),
		cmocka_unit_test(colon_digit_is_an_fkey_at_once),
		cmocka_unit_test(a_key_without_meaning_says_so),
		cmocka_unit_test(a_broken_fkey_is_dropped_whole),
		cmocka_unit_test(tab_is_the_numbered_menu),
		cmocka_unit_test(help_scrolls_and_explains),
		cmocka_unit_test(question_mark_in_text_is_text),
		cmocka_unit_test(colon_runs_any_action_by_name),
		cmocka_unit_test(colon_speaks_the_users_language),
		cmocka_unit_test(tab_completes_a_command),
		cmocka_unit_test(arrows_have_colon_forms),
		cmocka_unit_test(editing_is_as_everywhere),
		cmocka_unit_test(rights_are_checked_by_name),
		cmocka_unit_test(an_overlong_line_is_not_executed),
		cmocka_unit_test(control_bytes_and_bad_utf8_are_left_out),
		cmocka_unit_test(a_message_is_seen_before_it_goes),
		cmocka_unit_test(a_question_keeps_the_screen),
		cmocka_unit_test(a_scan_answers_no_question),
		cmocka_unit_test(a_direct_screen_acts_at_once),
		cmocka_unit_test(every_screen_is_closed_once),
	};
	int	failed = cmocka_run_group_tests_name("key contract", tests,
		    NULL, NULL);

	buf_done(&told);
	return failed;
}
