/* SPDX-License-Identifier: ISC */
/* A right lent for one act: who may lend it, when it is spent, what is
 * written down. */
#include "trade.h"

#include "shop/approval.h"
#include "shop/audit.h"
#include "sql/journal.h"

static char		dir[64];
static struct shop	*owner, *till;
static int64_t		boss, coffee;

static int
setup(void **state)
{
	int64_t	id;

	(void)state;
	owner = test_shop("FR", dir);
	coffee = test_product(owner, "10", "Café", "meal", "pc", 250, false);
	OK(user_add(owner, "Monique", ROLE_MANAGER, "", &boss));
	OK(user_set_pin(owner, boss, "4711"));
	OK(user_add(owner, "Willy", ROLE_WAITER, "", &id));
	till = test_till(dir, "Willy", "Till 1");
	till->who.role = ROLE_WAITER;
	till->who.rights = role_rights(ROLE_WAITER);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(till);
	test_done(owner, dir);
	return 0;
}

static void
sold(int64_t *id, int64_t *version)
{
	int64_t	line;

	*id = *version = 0;
	OK(sale_add(till, id, version, coffee, QTY_ONE, NULL, &line));
}

struct seen {
	char	text[512];
};

static int
seen_row(void *ctx, const struct audit_row *row)
{
	struct seen	*seen = ctx;
	size_t		 n = strlen(seen->text);

	if (strcmp(row->action, "login") != 0 &&
	    strcmp(row->object, "product") != 0 &&
	    strcmp(row->object, "terminal") != 0 &&
	    strcmp(row->user, "Willy") == 0) {
		(void)snprintf(seen->text + n, sizeof(seen->text) - n,
		    "%s:%s ", row->action, row->approver);
	}
	return 0;
}

/* Willy's rows, newest first, each with its approver. */
static void
audit_is(const char *want)
{
	struct seen	seen = { "" };

	OK(audit_list(owner, 0, 0, NULL, 0, seen_row, &seen));
	assert_string_equal(seen.text, want);
}

static void
lend(void)
{
	enum right	right;

	assert_true(approval_ask(till, &right));
	OK(approval_grant(till, boss, "pin"));
}

static void
lent_once(void **state)
{
	int64_t		id, version, other, seen;
	enum right	right;

	(void)state;
	sold(&id, &version);
	sold(&other, &seen);
	assert_int_equal(sale_cancel(till, id, &version, "gone"), ERR_DENIED);
	assert_true(approval_wanted(till, &right));
	assert_int_equal(right, RIGHT_CANCEL);
	lend();
	assert_true(approval_lends(till, RIGHT_CANCEL));
	assert_false(approval_lends(till, RIGHT_PRICE));
	OK(sale_cancel(till, id, &version, "gone"));
	assert_false(approval_holds(till));
	assert_int_equal(sale_cancel(till, other, &seen, "gone"),
	    ERR_DENIED);
	audit_is("sale.cancel:Monique approval:Monique sale.add: sale.add: ");
}

/* Nothing was written: the word still stands, for this act. */
static void
unspent_when_it_failed(void **state)
{
	int64_t	id, version, old;

	(void)state;
	sold(&id, &version);
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	lend();
	old = version - 1;
	assert_int_equal(sale_cancel(till, id, &old, ""), ERR_CHANGED);
	assert_true(approval_holds(till));
	OK(sale_cancel(till, id, &version, ""));
	audit_is("sale.cancel:Monique approval:Monique sale.add: ");
}

/* What is done beside it, in one's own right, names nobody. */
static void
only_what_needs_it_names_them(void **state)
{
	int64_t	id, version, line;

	(void)state;
	sold(&id, &version);
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	lend();
	approval_begin(till);
	OK(sale_add(till, &id, &version, coffee, QTY_ONE, NULL, &line));
	assert_true(approval_holds(till));
	approval_end(till);
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	audit_is("sale.add: approval:Monique sale.add: ");
}

static void
the_line_and_the_journal_name_both(void **state)
{
	struct q_journal_chain	*rows;
	int64_t			 id, version, line;
	char			 want[64];
	size_t			 n;

	(void)state;
	id = version = 0;
	OK(sale_add(till, &id, &version, coffee, QTY_ONE, NULL, &line));
	test_now += 3600000;
	assert_int_equal(sale_void_line(till, id, &version, line, "cold"),
	    ERR_DENIED);
	lend();
	OK(sale_void_line(till, id, &version, line, "cold"));
	OK(q_journal_chain(till->db, "event/shop", 0, 100, &rows, &n));
	(void)snprintf(want, sizeof(want), ",%lld/%lld,",
	    (long long)till->who.user, (long long)boss);
	assert_non_null(strstr(rows[n - 1].payload, want));
	free(rows);
}

/* Locked, or another role, between the word and the act: nothing happens. */
static void
may_not_any_more(void **state)
{
	int64_t	id, version;

	(void)state;
	sold(&id, &version);
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	lend();
	OK(user_set(owner, boss, "locked", "1"));
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_LOCKED);
	assert_false(approval_holds(till));
	OK(user_set(owner, boss, "locked", "0"));
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	lend();
	OK(user_set(owner, boss, "role", "cook"));
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	assert_false(approval_holds(till));
	approval_forget(till);
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	assert_int_equal(approval_grant(till, boss, "pin"), ERR_BUG);
	audit_is("approval:Monique approval:Monique sale.add: ");
}

static void
who_cannot_lend(void **state)
{
	enum right	right;
	int64_t		id, version, cook;

	(void)state;
	sold(&id, &version);
	OK(user_add(owner, "Karim", ROLE_COOK, "", &cook));
	OK(user_set_pin(owner, cook, "2580"));
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	assert_true(approval_ask(till, &right));
	assert_int_equal(approval_grant(till, cook, "pin"), ERR_DENIED);
	assert_int_equal(approval_grant(till, till->who.user, "pin"),
	    ERR_DENIED);
	assert_false(approval_holds(till));
	/* The running of the shop is never lent, even by who may. */
	assert_int_equal(setting_set(till, "company", "X"), ERR_DENIED);
	assert_false(approval_wanted(till, &right));
	assert_false(approval_ask(till, &right));
	/* Nor what the terminal forbids. */
	OK(terminal_set(owner, till->who.terminal, "deny", "cancel"));
	approval_forget(till);
	assert_int_equal(sale_cancel(till, id, &version, ""), ERR_DENIED);
	assert_false(approval_wanted(till, &right));
	audit_is("sale.add: ");
}

static bool
up_to(const struct shop *shop, enum role role, int64_t percent)
{
	(void)shop;
	return percent <= (role == ROLE_ADMIN ? 100 :
	    role == ROLE_MANAGER ? 30 : 5);
}

/* A limit by role: the approver's own counts, not more. */
static void
as_far_as_the_role(void **state)
{
	enum right	right;
	int64_t		admin;

	(void)state;
	OK(approval_limit(till, RIGHT_PRICE, 5, up_to));
	assert_int_equal(approval_limit(till, RIGHT_PRICE, 20, up_to),
	    ERR_DENIED);
	assert_non_null(strstr(err_text(ERR_DENIED), "ask: admin, manager"));
	lend();
	OK(approval_limit(till, RIGHT_PRICE, 20, up_to));
	assert_int_equal(approval_limit(till, RIGHT_PRICE, 40, up_to),
	    ERR_DENIED);
	assert_null(strstr(err_text(ERR_DENIED), "manager"));
	assert_true(approval_ask(till, &right));
	assert_int_equal(approval_grant(till, boss, "pin"), ERR_DENIED);
	OK(user_add(owner, "Ada", ROLE_ADMIN, "", &admin));
	OK(approval_grant(till, admin, "pin"));
	OK(approval_limit(till, RIGHT_PRICE, 40, up_to));
}

/* An act that needs two rights: one word for both, if both are theirs. */
static void
a_second_right_by_the_same_word(void **state)
{
	(void)state;
	assert_int_equal(shop_require(till, RIGHT_CANCEL), ERR_DENIED);
	lend();
	assert_int_equal(shop_require(till, RIGHT_PRICE), ERR_DENIED);
	assert_true(approval_extend(till));
	OK(shop_require(till, RIGHT_PRICE));
	OK(shop_require(till, RIGHT_CANCEL));
	assert_int_equal(shop_require(till, RIGHT_SETTING), ERR_DENIED);
	assert_false(approval_extend(till));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(lent_once),
		T(unspent_when_it_failed),
		T(only_what_needs_it_names_them),
		T(the_line_and_the_journal_name_both),
		T(may_not_any_more),
		T(who_cannot_lend),
		T(as_far_as_the_role),
		T(a_second_right_by_the_same_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
