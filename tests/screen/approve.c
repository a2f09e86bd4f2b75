/* SPDX-License-Identifier: ISC */
/* What is refused is approved on the spot: over the same screen, once, with
 * both names noted, and nothing typed is lost. */
#include "till.h"

#include "db/watch.h"
#include "shop/audit.h"
#include "shop/secret.h"
#include "shop/setting.h"

#define PIN	"4711"
#define SECRET	"long enough"
#define CARD	"K7F3-22QX"

static char		dir[64];
static struct shop	*owner;
static struct till	t;
static int64_t		boss;

static void
till_trusted(const char *name)
{
	int64_t	id;

	if (terminal_find(owner, name, &id) != 0) {
		OK(terminal_add(owner, name, &id));
	}
	OK(terminal_set(owner, id, "trusted", "1"));
}

/* A waiter at a trusted till, and a manager who is somewhere about. */
static void
enter_at(const char *language, int rows, int cols)
{
	struct session_config	c = till_config(rows, cols);

	till_enter(&t, dir, "Willy", ROLE_WAITER, "Till 1", language, &c);
}

static int
setup(void **state)
{
	int64_t	id;

	(void)state;
	owner = till_shop(dir);
	OK(user_add(owner, "Monique", ROLE_MANAGER, "", &boss));
	OK(user_set_pin(owner, boss, PIN));
	OK(user_set_password(owner, boss, SECRET));
	till_trusted("Till 1");
	OK(user_add(owner, "Willy", ROLE_WAITER, "", &id));
	enter_at("en", 24, 80);
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
again_at(const char *language, int rows, int cols)
{
	till_leave(&t);
	enter_at(language, rows, cols);
}

struct wanted {
	const char	*action, *user, *approver;
	int		 n;
	char		 detail[64];	/* of the last of them */
};

static int
count_row(void *ctx, const struct audit_row *row)
{
	struct wanted	*w = ctx;

	assert_null(strstr(row->detail, PIN));
	assert_null(strstr(row->detail, CARD));
	if (strcmp(row->action, w->action) == 0 &&
	    strcmp(row->user, w->user) == 0 &&
	    strcmp(row->approver, w->approver) == 0) {
		if (w->n++ == 0) {
			(void)strcpy(w->detail, row->detail);
		}
	}
	return 0;
}

static int
audited(const char *action, const char *user, const char *approver)
{
	struct wanted	w = { action, user, approver, 0, "" };

	OK(audit_list(owner, 0, 0, NULL, 0, count_row, &w));
	return w.n;
}

/* The last approval: what for, and how they proved who they are. */
static void
proven_by(const char *want)
{
	struct wanted	w = { "approval", "Willy", "Monique", 0, "" };

	OK(audit_list(owner, 0, 0, NULL, 0, count_row, &w));
	assert_string_equal(w.detail, want);
}

static void
stored(struct sale *out)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_open_list(owner, &rows, &n));
	assert_int_equal(n, 1);
	OK(sale_load(owner, rows[0].id, out));
	free(rows);
}

static size_t
open_sales(void)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_open_list(owner, &rows, &n));
	free(rows);
	return n;
}

static void
a_cancel_is_approved_once(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:cancel gone\r");
	till_expect(t.s, "you may not cancel a whole sale");
	till_expect(t.s, "Approval: cancel a whole sale.  Who?");
	till_expect(t.s, "Croque-monsieur");
	assert_int_equal(open_sales(), 1);
	till_type(t.s, "monique\r");
	till_expect(t.s, "monique: PIN, password or badge?");
	till_type(t.s, PIN);
	till_expect_row(t.s, 21, "****");
	till_refuse(t.s, PIN);
	till_type(t.s, "\r");
	till_expect(t.s, "the sale is cancelled");
	assert_string_equal(session_entry(t.s), "");
	assert_int_equal(open_sales(), 0);
	assert_int_equal(audited("sale.cancel", "Willy", "Monique"), 1);
	assert_int_equal(audited("approval", "Willy", "Monique"), 1);
	/* Willy works here, as before; and may no more than before. */
	till_expect_row(t.s, 0, "Willy");
	till_type(t.s, "1001\r:cancel gone\r");
	till_expect(t.s, "Approval: cancel a whole sale.  Who?");
	till_expect(t.s, "Enter = Monique");
	till_esc(t.s);
	assert_int_equal(open_sales(), 1);
}

/* A badge says by itself whose it is, at either question. */
static void
a_badge_approves(void **state)
{
	(void)state;
	OK(user_badge_add(owner, boss, "", CARD));
	till_type(t.s, "1001\r:cancel gone\r");
	till_expect(t.s, "Approval: cancel a whole sale.  Who?");
	till_type(t.s, "%" CARD);
	till_expect_row(t.s, 21, "**********");
	till_refuse(t.s, "K7F3");
	till_type(t.s, "\r");
	till_expect(t.s, "the sale is cancelled");
	assert_int_equal(audited("sale.cancel", "Willy", "Monique"), 1);
	proven_by("cancel by=badge");
	till_expect_row(t.s, 0, "Willy");
	/* As the scanner sends it, where a PIN was expected. */
	OK(setting_set(owner, "scan_prefix", "~"));
	till_boot += 1000;
	session_news(t.s, 1U << TOPIC_SETTING);
	till_type(t.s, "1001\r:cancel gone\rMonique\r~%" CARD "\r");
	till_expect(t.s, "the sale is cancelled");
	assert_int_equal(audited("sale.cancel", "Willy", "Monique"), 2);
	till_type(t.s, "1001\r:cancel gone\rMonique\r" PIN "\r");
	proven_by("cancel by=pin");
	till_type(t.s, "1001\r:cancel gone\rMonique\r" SECRET "\r");
	proven_by("cancel by=password");
}

/* Wherever else it is shown it is refused, hidden and forgotten. */
static void
a_badge_lands_nowhere_else(void **state)
{
	(void)state;
	OK(user_badge_add(owner, boss, "", CARD));
	till_type(t.s, "1001\r%" CARD);
	till_refuse(t.s, "K7F3");
	till_type(t.s, "\r");
	till_expect(t.s, "a badge was shown; it is not taken here");
	till_refuse(t.s, "K7F3");
	assert_string_equal(session_entry(t.s), "");
	till_type(t.s, ":hold\r%" CARD "\r");
	till_expect(t.s, "it is not taken here");
	till_refuse(t.s, "K7F3");
	till_esc(t.s);
	/* Words that begin alike are words. */
	till_type(t.s, "%off today");
	till_expect(t.s, "%off today");
}

/* Five unknown ones, and this terminal takes none until a name was proven. */
static void
unknown_badges_are_counted(void **state)
{
	(void)state;
	OK(user_badge_add(owner, boss, "", CARD));
	till_type(t.s, "1001\r:cancel gone\r");
	for (int i = 0; i < PIN_TRIES; i++) {
		till_type(t.s, "%WRONG-ONE\r");
		till_expect(t.s, "nobody's badge");
		till_refuse(t.s, "WRONG");
	}
	till_type(t.s, "%" CARD "\r");
	till_expect(t.s, "too many unknown badges here");
	assert_int_equal(open_sales(), 1);
	till_type(t.s, "Monique\r" PIN "\r");
	till_expect(t.s, "the sale is cancelled");
	till_type(t.s, "1001\r:cancel gone\r%" CARD "\r");
	till_expect(t.s, "the sale is cancelled");
	/* Lost: it opens nothing from then on. */
	OK(user_badge_remove(owner, boss, "1"));
	till_type(t.s, "1001\r:cancel gone\r%" CARD "\r");
	till_expect(t.s, "nobody's badge");
}

/* Goods without their ticket: the manager says why, and who it was stands on
 * the line. */
static void
a_return_without_a_ticket_is_approved(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, ":return-without 2*10\r");
	till_expect(t.s, "Approval: ");
	till_type(t.s, "monique\r" PIN "\r");
	till_expect(t.s, "Why does it come back without a ticket?");
	till_type(t.s, "cold\r");
	till_expect(t.s, "-5,00");
	stored(&sale);
	assert_int_equal(sale.total, -500);
	sale_done(&sale);
	assert_int_equal(audited("sale.return-free", "Willy", "Monique"), 1);
	/* Once: the next one is asked for again. */
	till_type(t.s, ":return-without 10\r");
	till_expect(t.s, "Approval: ");
	till_esc(t.s);
	stored(&sale);
	assert_int_equal(sale.total, -500);
	sale_done(&sale);
}

/* The questions of an act are part of it; leaving them gives the word back. */
static void
the_word_is_for_one_act(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\tcMonique\r" PIN "\r");
	till_expect(t.s, "Cancel the whole sale of 9,80");
	till_esc(t.s);
	till_type(t.s, "\tc");
	till_expect(t.s, "Approval: cancel a whole sale");
	till_type(t.s, "\r" PIN "\r");
	till_expect(t.s, "Cancel the whole sale of 9,80");
	till_type(t.s, "y");
	till_expect(t.s, "the sale is cancelled");
	assert_int_equal(open_sales(), 0);
	assert_int_equal(audited("approval", "Willy", "Monique"), 2);
}

static void
what_was_typed_still_stands(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1001@9.50\r");
	till_expect(t.s, "Approval: override a price.  Who?");
	till_esc(t.s);
	till_expect(t.s, "you may not override a price");
	till_refuse(t.s, "Approval");
	assert_string_equal(session_entry(t.s), "1001@9.50");
	till_type(t.s, "\rmonique\r" PIN "\r");
	till_expect(t.s, "Croque-monsieur");
	assert_string_equal(session_entry(t.s), "");
	stored(&sale);
	assert_int_equal(sale.nlines, 1);
	assert_int_equal(sale.lines[0].price, 950);
	sale_done(&sale);
	assert_int_equal(audited("sale.add", "Willy", "Monique"), 1);
	/* A command stands too, and an answer. */
	till_type(t.s, ":price 1\r");
	till_expect(t.s, "Approval");
	till_esc(t.s);
	assert_string_equal(session_entry(t.s), ":price 1");
	till_type(t.s, "\025:void\r");
	till_expect(t.s, "is off");
}

/* An older line needs a reason: its question comes under the same word, and
 * what was answered is not lost when it is refused then. */
static void
an_old_line_is_reversed(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1002\r");
	test_now += 3600000;
	till_type(t.s, "\033[19~");
	till_expect(t.s, "Approval: reverse an older line.  Who?");
	till_type(t.s, "Monique\r" PIN "\r");
	till_expect(t.s, "Why is this line taken back?");
	till_type(t.s, "burnt\r");
	till_expect(t.s, "is off");
	stored(&sale);
	assert_int_equal(sale.nlines, 2);
	assert_int_equal(sale.total, 0);
	sale_done(&sale);
	assert_int_equal(audited("sale.reverse", "Willy", "Monique"), 1);
}

static void
wrong_pins_are_counted(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:cancel gone\rMonique\r");
	for (int i = 0; i < 4; i++) {
		till_type(t.s, "0000\r");
		till_expect(t.s, "wrong name or PIN");
		till_expect(t.s, "PIN, password or badge?");
		till_refuse(t.s, "0000");
	}
	till_expect(t.s, "each further try waits longer");
	till_type(t.s, "0000\r");
	till_expect(t.s, "too many wrong PINs; type your password");
	till_type(t.s, PIN "\r");
	till_refuse(t.s, "cancelled");
	/* No lock-out: the password does it, and makes the PIN good again. */
	till_type(t.s, SECRET "\r");
	till_expect(t.s, "the sale is cancelled");
	till_type(t.s, "1001\r:cancel gone\r\r" PIN "\r");
	till_expect(t.s, "the sale is cancelled");
}

static void
who_may_not_either(void **state)
{
	int64_t	id;

	(void)state;
	OK(user_add(owner, "Serge", ROLE_SELLER, "", &id));
	OK(user_set_pin(owner, id, "2580"));
	till_type(t.s, "1001\r:cancel gone\rSerge\r2580\r");
	till_expect(t.s, "Serge may not cancel a whole sale either");
	till_expect(t.s, "Who?");
	till_type(t.s, "nobody at all\r2580\r");
	till_expect(t.s, "wrong name or PIN");
	assert_int_equal(open_sales(), 1);
	assert_int_equal(audited("approval", "Willy", "Serge"), 0);
}

static void
told(void)
{
	till_boot += 1000;
	session_news(t.s, 1U << TOPIC_USER | 1U << TOPIC_TERMINAL);
}

/* Where nobody could, nobody is asked. */
static void
refused_as_before(void **state)
{
	int64_t	till;

	(void)state;
	/* The terminal forbids it to everybody. */
	OK(terminal_find(owner, "Till 1", &till));
	OK(terminal_set(owner, till, "deny", "cancel"));
	told();
	till_type(t.s, "1001\r:cancel gone\r");
	till_expect(t.s, "you may not cancel");
	till_refuse(t.s, "Who?");
	OK(terminal_set(owner, till, "deny", ""));
	told();
	/* Who could is locked. */
	OK(user_set(owner, boss, "locked", "1"));
	told();
	till_type(t.s, "\025:cancel gone\r");
	till_refuse(t.s, "Who?");
	OK(user_set(owner, boss, "locked", "0"));
	told();
	/* The running of the shop is nobody's to lend. */
	till_type(t.s, "\025:users\r");
	till_expect(t.s, "you may not manage users");
	till_refuse(t.s, "Who?");
}

/* Between the word and the act the world may change. */
static void
locked_or_taken_meanwhile(void **state)
{
	struct till		b;
	struct session_config	c = till_config(24, 80);

	(void)state;
	till_type(t.s, "1001\r\tcMonique\r" PIN "\r");
	till_expect(t.s, "Cancel the whole sale");
	OK(user_set(owner, boss, "locked", "1"));
	till_type(t.s, "y");
	till_expect(t.s, "this user is locked");
	till_refuse(t.s, "cancelled");
	assert_int_equal(open_sales(), 1);
	OK(user_set(owner, boss, "locked", "0"));

	till_type(t.s, "\tc\r" PIN "\r");
	till_expect(t.s, "Cancel the whole sale");
	till_enter(&b, dir, "Anna", ROLE_MANAGER, "Till 2", "en", &c);
	till_type(b.s, ":sell\r\033[17~\r");
	till_expect(b.s, "Croque-monsieur");
	till_type(t.s, "y");
	till_expect(t.s, "Anna at Till 2 has taken this sale");
	assert_int_equal(open_sales(), 1);
	assert_int_equal(audited("sale.cancel", "Willy", "Monique"), 0);
	till_leave(&b);
}

/* No PIN at a terminal that is not trusted: the password and the code. */
static void
a_second_factor_where_it_is_demanded(void **state)
{
	struct session_config	c = till_config(24, 80);
	char			code[9];

	(void)state;
	till_leave(&t);
	OK(user_set(owner, boss, "totp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	till_enter(&t, dir, "Willy", ROLE_WAITER, "Far", "en", &c);
	till_type(t.s, "1001\r:cancel gone\rMonique\r" PIN "\r");
	till_expect(t.s, "works only on a trusted terminal");
	till_type(t.s, SECRET "\r");
	till_expect(t.s, "the authenticator's code?");
	till_type(t.s, "000000\r");
	till_expect(t.s, "wrong code");
	OK(totp_code((const unsigned char *)"12345678901234567890", 20,
	    test_now, 6, code));
	till_type(t.s, code);
	till_type(t.s, "\r");
	till_expect(t.s, "the sale is cancelled");
}

/* A screen opened by somebody's word is theirs to look at until it closes. */
static void
a_screen_is_opened_by_it(void **state)
{
	(void)state;
	till_type(t.s, ":tickets\r");
	till_expect(t.s, "Approval: read past sales");
	till_type(t.s, "Monique\r" PIN "\r");
	till_expect_row(t.s, 0, "TICKETS");
	till_esc(t.s);
	till_expect_row(t.s, 0, "SALE");
	till_type(t.s, ":tickets\r");
	till_expect(t.s, "Approval: read past sales");
	till_esc(t.s);
}

static void
the_menu_says_so(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\t");
	till_expect(t.s, ":cancel             (approval)");
	till_refuse(t.s, ":void          F8   (approval)");
	till_type(t.s, "\033[20~");
}

static void
how_it_looks(void **state)
{
	(void)state;
	till_type(t.s, "1001\r2*10\r:cancel gone\r");
	till_golden(t.s, "approve_80x24");
	again_at("fr", 24, 80);
	till_type(t.s, ":annuler parti\r");
	till_golden(t.s, "approve_80x24_fr");
	till_type(t.s, "Monique\r");
	till_golden(t.s, "approve_pin_80x24_fr");
	again_at("en", 12, 40);
	till_type(t.s, ":cancel gone\r");
	till_golden(t.s, "approve_40x12");
	till_type(t.s, "Monique\r");
	till_golden(t.s, "approve_pin_40x12");
}

/* The form of a line has two facts: where the price is refused, the quantity
 * was not written either, and what is shown is what is stored. */
static void
a_line_is_changed_whole_or_not(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1001\r\033OR2\r5\r");
	till_expect(t.s, "Approval: override a price.  Who?");
	till_esc(t.s);
	till_esc(t.s);
	till_esc(t.s);
	till_expect_row(t.s, 0, "SALE");
	stored(&sale);
	assert_int_equal(sale.lines[0].qty, QTY_ONE);
	sale_done(&sale);
	/* A quantity alone needs nobody's word; the price was never asked. */
	till_type(t.s, "\033OR2\r\r");
	till_expect(t.s, "19,60");
	till_type(t.s, "10\r");
	till_expect(t.s, "22,10");
}

/* Whoever types the amount once more is not asked for its password. */
static void
an_amount_is_nobody(void **state)
{
	(void)state;
	till_type(t.s, "1001@9.50\r9,50\r");
	till_expect(t.s, "is no name");
	till_expect(t.s, "Approval: override a price.  Who?");
	till_refuse(t.s, "PIN, password");
	till_type(t.s, "\025Monique\r" PIN "\r");
	till_expect(t.s, "9,50");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(a_cancel_is_approved_once),
		T(a_badge_approves),
		T(a_badge_lands_nowhere_else),
		T(unknown_badges_are_counted),
		T(a_return_without_a_ticket_is_approved),
		T(the_word_is_for_one_act),
		T(what_was_typed_still_stands),
		T(an_old_line_is_reversed),
		T(wrong_pins_are_counted),
		T(who_may_not_either),
		T(refused_as_before),
		T(locked_or_taken_meanwhile),
		T(a_second_factor_where_it_is_demanded),
		T(a_screen_is_opened_by_it),
		T(the_menu_says_so),
		T(a_line_is_changed_whole_or_not),
		T(an_amount_is_nobody),
		T(how_it_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
