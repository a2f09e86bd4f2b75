/* SPDX-License-Identifier: ISC */
/* Sales while they are open: lines, versions, owners, undo. */
#include "trade.h"

#include <sys/wait.h>

#include <signal.h>
#include <unistd.h>

#include "shop/receipt.h"
#include "shop/slip.h"
#include "sql/sale.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		coffee, cheese, book;

/* What a scale's label says the whole costs. */
static int
add_labelled(struct shop *on, int64_t *id, int64_t *version, int64_t product,
    int64_t qty, int64_t amount, int64_t *line)
{
	const struct sale_item	item = { .product = product, .qty = qty,
				    .amount = &amount };

	return sale_add_items(on, id, version, &item, 1, line);
}

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	coffee = test_product(shop, "1001", "Café", "drink", "pc", 250, false);
	cheese = test_product(shop, "2001", "Comté", "food", "kg", 2890, true);
	book = test_product(shop, "3001", "Carnet", "standard", "pc", 690,
	    true);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static int64_t
total(struct shop *s, int64_t id)
{
	struct sale	sale;
	int64_t		t;

	OK(sale_load(s, id, &sale));
	t = sale.total;
	sale_done(&sale);
	return t;
}

static void
test_first_line(void **state)
{
	int64_t		id = 0, version = 0, line;
	struct sale	sale;

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, 3 * QTY_ONE, NULL, &line));
	assert_true(id > 0);
	assert_int_equal(version, 1);
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	assert_int_equal(version, 2);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.nlines, 2);
	assert_int_equal(sale.total, 1000);
	assert_int_equal(sale.units, 4);
	assert_int_equal(sale.nvat, 1);
	assert_int_equal(sale.vat[0].rate, 10000);
	assert_string_equal(sale.vat[0].letter, "B");
	assert_string_equal(sale.vat[0].name, "TVA");
	assert_string_equal(sale.lines[1].label, "Café");
	assert_int_equal(sale.version, 2);
	assert_string_equal(sale.ticket, "");
	sale_done(&sale);
}

/* What a screen keeps and brings up to date is what a stranger would read. */
static void
is_as_read(struct sale *kept, int64_t id)
{
	struct sale	sale;

	kept->id = id;
	OK(sale_reload(shop, kept));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(kept->version, sale.version);
	assert_int_equal(kept->total, sale.total);
	assert_int_equal(kept->units, sale.units);
	assert_int_equal(kept->nlines, sale.nlines);
	assert_memory_equal(kept->lines, sale.lines,
	    sale.nlines * sizeof(sale.lines[0]));
	sale_done(&sale);
}

static void
test_reload(void **state)
{
	int64_t		id = 0, version = 0, other = 0, seen = 0, line, first;
	struct sale	kept = { 0 };

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &first));
	is_as_read(&kept, id);
	OK(sale_add(shop, &id, &version, cheese, 350, NULL, &line));
	is_as_read(&kept, id);
	assert_int_equal(kept.nlines, 2);
	/* Two acts since, the later one an addition. */
	OK(sale_set_qty(shop, id, &version, first, 2 * QTY_ONE));
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	is_as_read(&kept, id);
	assert_int_equal(kept.lines[0].qty, 2 * QTY_ONE);
	OK(sale_void_line(shop, id, &version, first, ""));
	is_as_read(&kept, id);
	assert_int_equal(kept.lines[0].state, LINE_VOID);
	/* Another sale in its place, as if it were one version on. */
	while (seen <= version) {
		OK(sale_add(shop, &other, &seen, book, QTY_ONE, NULL, &line));
	}
	assert_int_equal(seen, version + 1);
	is_as_read(&kept, other);
	assert_string_equal(kept.lines[0].label, "Carnet");
	sale_done(&kept);
}

static void
test_weights(void **state)
{
	int64_t		id = 0, version = 0, line;
	struct sale	sale;

	(void)state;
	OK(sale_add(shop, &id, &version, cheese, 350, NULL, &line));
	assert_int_equal(total(shop, id), 1012);	/* 10.115 */
	/* D06: the label's price is what is paid. */
	OK(add_labelled(shop, &id, &version, cheese, 1404, 1250, &line));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.lines[1].amount, 1250);
	assert_int_equal(sale.units, 2);
	sale_done(&sale);
}

static void
test_refused(void **state)
{
	int64_t		id = 0, version = 0, line, price = 100;
	struct product	p;

	(void)state;
	assert_int_equal(sale_add(shop, &id, &version, coffee, 0, NULL,
	    &line), ERR_RANGE);
	assert_int_equal(sale_add(shop, &id, &version, coffee, 500, NULL,
	    &line), ERR_RANGE);
	assert_int_equal(sale_add(shop, &id, &version, coffee, QTY_MAX + 1,
	    NULL, &line), ERR_RANGE);
	assert_int_equal(sale_add(shop, &id, &version, 999, QTY_ONE, NULL,
	    &line), ERR_NOT_FOUND);
	assert_int_equal(id, 0);
	OK(product_get(shop, book, &p));
	p.active = false;
	OK(product_update(shop, &p));
	assert_int_equal(sale_add(shop, &id, &version, book, QTY_ONE, NULL,
	    &line), ERR_INVALID);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(sale_add(shop, &id, &version, coffee, QTY_ONE,
	    &price, &line), ERR_DENIED);
	shop->who.rights = role_rights(ROLE_COOK);
	assert_int_equal(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL,
	    &line), ERR_DENIED);
	assert_int_equal(id, 0);
}

/* Words under a line: on the receipt, undone, frozen with the ticket. */
static void
test_note(void **state)
{
	struct sale	 sale;
	struct slip	 slip = { 0 };
	int64_t		 id = 0, version = 0, line, change;
	char		 what[160], wide[80];
	bool		 posted;

	(void)state;
	memset(wide, 'x', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_note(shop, id, &version, line, "saignant"));
	assert_int_equal(sale_note(shop, id, &version, line, wide),
	    ERR_TOO_LONG);
	assert_int_equal(sale_note(shop, id, &version, line, "a\033b"),
	    ERR_INVALID);
	OK(sale_note(shop, id, &version, line, "à point"));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_non_null(strstr(what, "saignant"));
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.lines[0].note, "saignant");
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "    saignant"));
	slip_done(&slip);
	sale_done(&sale);
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	assert_int_not_equal(sale_note(shop, id, &version, line, "late"), 0);
}

static void
test_change_lines(void **state)
{
	int64_t		id = 0, version = 0, line, second, was;
	struct sale	sale;

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_set_qty(shop, id, &version, line, 4 * QTY_ONE));
	assert_int_equal(total(shop, id), 1000);
	OK(sale_set_price(shop, id, &version, line, 200));
	assert_int_equal(total(shop, id), 800);
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &second));
	was = version;
	OK(sale_void_line(shop, id, &version, second, ""));
	assert_int_equal(total(shop, id), 800);
	assert_int_equal(version, was + 1);
	/* The same versions again change nothing. */
	assert_int_equal(sale_void_line(shop, id, &was, line, ""),
	    ERR_CHANGED);
	assert_int_equal(sale_void_line(shop, id, &version, second, ""),
	    ERR_INVALID);
	/* Older than the limit: a reason, and two lines that stay. */
	test_now += shop->set.void_fresh_ms + 1;
	assert_int_equal(sale_void_line(shop, id, &version, line, ""),
	    ERR_EMPTY);
	OK(sale_void_line(shop, id, &version, line, "guest left"));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.nlines, 3);
	assert_int_equal(sale.lines[0].state, LINE_REVERSED);
	assert_int_equal(sale.lines[1].state, LINE_VOID);
	assert_int_equal(sale.lines[2].state, LINE_REVERSAL);
	assert_int_equal(sale.lines[2].qty, -4 * QTY_ONE);
	assert_int_equal(sale.total, 0);
	sale_done(&sale);
}

static void
test_undo(void **state)
{
	int64_t	id = 0, version = 0, line;
	char	what[120];

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_set_qty(shop, id, &version, line, 3 * QTY_ONE));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 250);
	OK(sale_set_price(shop, id, &version, line, 100));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 250);
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &line));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_non_null(strstr(what, "Carnet"));
	assert_int_equal(total(shop, id), 250);
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &line));
	OK(sale_void_line(shop, id, &version, line, ""));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 940);
	OK(sale_hold(shop, id, &version, "Table de Zoé"));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &line));
	assert_int_equal(total(shop, id), 1630);
}

static void
undone(int64_t id, int64_t *version, const char *says, int64_t left)
{
	char	what[120];

	OK(sale_undo(shop, id, version, what, sizeof(what)));
	assert_non_null(strstr(what, says));
	assert_int_equal(total(shop, id), left);
}

/* Undo, and once more: each the act before, back to the first. */
static void
test_undo_again(void **state)
{
	int64_t	id = 0, version = 0, line, other;
	char	what[120];

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_set_qty(shop, id, &version, line, 3 * QTY_ONE));
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &other));
	OK(sale_note(shop, id, &version, other, "wrapped"));
	OK(sale_void_line(shop, id, &version, line, ""));
	assert_int_equal(total(shop, id), 690);
	OK(sale_hold(shop, id, &version, "Zoé"));
	undone(id, &version, "put aside", 690);
	undone(id, &version, "Café is back", 1440);
	undone(id, &version, "no note again", 1440);
	undone(id, &version, "Carnet", 750);
	undone(id, &version, "1 again", 250);
	/* Something new in between: from there on back. */
	OK(sale_set_price(shop, id, &version, line, 100));
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &other));
	undone(id, &version, "Carnet", 100);
	undone(id, &version, "2,50 again", 250);
	undone(id, &version, "taken out", 0);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_EMPTY);
}

/* Each step is fenced as the first: the time, a reversal, another's act. */
static void
test_undo_again_is_fenced(void **state)
{
	int64_t	id = 0, version = 0, line, other;
	char	what[120];

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	test_now += shop->set.void_fresh_ms + 1;
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &other));
	undone(id, &version, "Carnet", 250);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_INVALID);
	assert_int_equal(total(shop, id), 250);
	OK(sale_void_line(shop, id, &version, line, "cold"));
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &other));
	undone(id, &version, "Carnet", 0);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "a reversal stands"));
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &other));
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &other));
	OK(db_begin(shop->db, "test"));
	OK(q_sale_past(shop->db, id, "add\0371\03799\037\0371\037\036"));
	OK(db_commit(shop->db));
	undone(id, &version, "Carnet", 690);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_EMPTY);
	assert_int_equal(total(shop, id), 690);
}

/* What a scale printed on a label comes back as it was. */
static void
test_undo_labelled(void **state)
{
	int64_t	id = 0, version = 0, line;
	char	what[120];

	(void)state;
	OK(add_labelled(shop, &id, &version, coffee, 2 * QTY_ONE, 499,
	    &line));
	OK(sale_set_qty(shop, id, &version, line, 3 * QTY_ONE));
	assert_int_equal(total(shop, id), 750);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 499);
	OK(sale_set_price(shop, id, &version, line, 100));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 499);
}

/* Undo is no way round the reason that an older line wants. */
static void
test_undo_late(void **state)
{
	int64_t	id = 0, version = 0, line, late = shop->set.void_fresh_ms + 1;
	char	what[120];

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	test_now += late;
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_INVALID);
	assert_int_equal(total(shop, id), 250);
	/* A slip of the finger just now, on a line however old. */
	OK(sale_set_qty(shop, id, &version, line, 9 * QTY_ONE));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 250);
	OK(sale_set_qty(shop, id, &version, line, 4 * QTY_ONE));
	test_now += late;
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_INVALID);
	assert_int_equal(total(shop, id), 1000);
	/* Nor round the right to void. */
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &line));
	shop->who.rights &= ~RIGHT_BIT(RIGHT_VOID);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_DENIED);
	shop->who.rights |= RIGHT_BIT(RIGHT_VOID);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_int_equal(total(shop, id), 1000);
}

/* A coffee after a part was paid, and long ago: the money still comes back. */
static void
test_undo_late_on_money(void **state)
{
	int64_t		id = 0, version = 0, line, change;
	bool		posted;
	char		what[120];
	struct sale	sale;

	(void)state;
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &line));
	OK(sale_pay(shop, id, &version, "card", 300, &change, &posted));
	OK(sale_pay(shop, id, &version, "cash", 100, &change, &posted));
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, NULL, &line));
	test_now += shop->set.void_fresh_ms + 1;
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.state, SALE_DRAFT);
	assert_int_equal(sale.paid, 0);
	assert_int_equal(sale.nlines, 2);
	sale_done(&sale);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_EMPTY);
	OK(sale_cancel(shop, id, &version, "late"));
}

static int
hear_one(void *ctx, const struct notice *notice)
{
	*(int64_t *)ctx = notice->object;
	assert_string_equal(notice->kind, "sale.taken");
	return 0;
}

/* The sale moves from one till to the other; the first is told, and what it
 * shows is all there. */
static void
test_owners(void **state)
{
	struct shop		*one, *two;
	struct sale_brief	*rows, mine;
	struct sale		 sale;
	int64_t			 id = 0, version = 0, seen = 0, line, told = 0;
	size_t			 n;

	(void)state;
	one = test_till(dir, "anna", "Till 1");
	two = test_till(dir, "ben", "Till 2");
	OK(sale_add(one, &id, &version, coffee, QTY_ONE, NULL, &line));
	seen = version;
	assert_int_equal(sale_add(two, &id, &seen, coffee, QTY_ONE, NULL,
	    &line), ERR_TAKEN);
	assert_non_null(strstr(err_text(ERR_TAKEN), "anna"));
	assert_non_null(strstr(err_text(ERR_TAKEN), "Till 1"));
	OK(sale_open_list(two, &rows, &n));
	assert_int_equal(n, 1);
	assert_false(rows[0].here);
	assert_false(rows[0].parked);
	assert_int_equal(rows[0].total, 250);
	assert_string_equal(rows[0].user, "anna");
	free(rows);
	seen = 0;
	OK(sale_take(two, id, &seen));
	assert_int_equal(sale_add(one, &id, &version, coffee, QTY_ONE, NULL,
	    &line), ERR_TAKEN);
	assert_non_null(strstr(err_text(ERR_TAKEN), "Till 2"));
	OK(session_hear(one, hear_one, &told));
	assert_int_equal(told, id);
	OK(sale_load(two, id, &sale));
	assert_true(sale.recalled);
	assert_int_equal(sale.owner_session, two->who.session);
	assert_int_equal(sale.nlines, 1);
	sale_done(&sale);
	OK(sale_of_user(two, &mine));
	assert_int_equal(mine.id, id);
	assert_true(mine.here);
	assert_int_equal(sale_of_user(one, &mine), ERR_NOT_FOUND);
	/* Parked when the session ends, by whoever; a command takes nothing. */
	OK(sale_park_all(two));
	assert_int_equal(sale_add(two, &id, &seen, coffee, QTY_ONE, NULL,
	    &line), ERR_CHANGED);
	seen = 0;
	assert_int_equal(sale_take(shop, id, &seen), ERR_DENIED);
	OK(sale_take(one, id, &seen));
	OK(sale_add(one, &id, &seen, coffee, QTY_ONE, NULL, &line));
	shop_close(one);
	shop_close(two);
}

/* A killed session's row stays; its sale is parked all the same. */
static void
test_dead_owner(void **state)
{
	struct shop		*one = test_till(dir, "anna", "Till 1");
	struct sale_brief	*rows;
	int64_t			 id = 0, version = 0, line, n64;
	size_t			 n;

	(void)state;
	OK(db_begin(one->db, "test"));
	OK(q_session_end(one->db, one->who.session, shop_now(), "dead",
	    &n64));
	OK(q_session_add(one->db, one->who.user, &one->who.terminal, "ssh",
	    "test", "another boot", 1, 1, shop_now(), &one->who.session));
	OK(db_commit(one->db));
	OK(sale_add(one, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_open_list(shop, &rows, &n));
	assert_int_equal(n, 1);
	assert_true(rows[0].parked);
	free(rows);
	shop_close(one);
}

/* As long as a process lives, and not a moment longer, its sale is its own:
 * asked time and again, as a list on a screen does. */
static void
test_owner_dies(void **state)
{
	struct shop		*one = test_till(dir, "anna", "Till 1");
	struct sale_brief	*rows;
	int64_t			 id = 0, version = 0, line, n64;
	char			 boot[SESSION_BOOT];
	siginfo_t		 info;
	struct { int64_t pid, start; } other;
	int			 fd[2];
	pid_t			 child;
	size_t			 n;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	child = fork();
	if (child == 0) {
		session_self(boot, &other.pid, &other.start);
		if (write(fd[1], &other, sizeof(other)) < 0) {
			_exit(1);
		}
		(void)pause();
		_exit(0);
	}
	assert_int_equal(read(fd[0], &other, sizeof(other)), sizeof(other));
	assert_int_equal(other.pid, child);
	session_self(boot, &n64, &n64);
	OK(db_begin(one->db, "test"));
	OK(q_session_add(one->db, one->who.user, &one->who.terminal, "ssh",
	    "test", boot, other.pid, other.start, shop_now(),
	    &one->who.session));
	OK(db_commit(one->db));
	OK(sale_add(one, &id, &version, coffee, QTY_ONE, NULL, &line));
	for (int i = 0; i < 3; i++) {
		OK(sale_open_list(shop, &rows, &n));
		assert_int_equal(n, 1);
		assert_false(rows[0].parked);
		free(rows);
	}
	assert_false(session_process_alive(boot, other.pid,
	    other.start + 1));
	assert_true(session_process_alive(boot, other.pid, other.start));

	/* Dead, though nobody has taken note of it; then gone for good. */
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitid(P_PID, (id_t)child, &info,
	    WEXITED | WNOWAIT), 0);
	for (int i = 0; i < 3; i++) {
		OK(sale_open_list(shop, &rows, &n));
		assert_true(rows[0].parked);
		free(rows);
		if (i == 1) {
			assert_int_equal(waitpid(child, NULL, 0), child);
		}
	}
	(void)close(fd[0]);
	(void)close(fd[1]);
	OK(sale_take(one, id, &version));
	OK(sale_cancel(one, id, &version, "test"));
	shop_close(one);
}

static void
test_hold_cancel(void **state)
{
	struct shop		*one = test_till(dir, "anna", "Till 1");
	struct sale_brief	*rows, mine;
	int64_t			 id = 0, version = 0, line;
	size_t			 n;

	(void)state;
	OK(sale_add(one, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_hold(one, id, &version, "Table de Zoé"));
	OK(sale_open_list(one, &rows, &n));
	assert_string_equal(rows[0].name, "Table de Zoé");
	assert_true(rows[0].parked);
	free(rows);
	assert_int_equal(sale_of_user(one, &mine), ERR_NOT_FOUND);
	version = 0;
	OK(sale_take(one, id, &version));
	OK(sale_cancel(one, id, &version, "guests left"));
	OK(sale_open_list(one, &rows, &n));
	assert_int_equal(n, 0);
	free(rows);
	assert_int_equal(sale_add(one, &id, &version, coffee, QTY_ONE, NULL,
	    &line), ERR_FROZEN);
	/* What nothing is left in is not kept open. */
	id = version = 0;
	OK(sale_add(one, &id, &version, coffee, QTY_ONE, NULL, &line));
	OK(sale_void_line(one, id, &version, line, ""));
	OK(sale_park_all(one));
	OK(sale_open_list(one, &rows, &n));
	assert_int_equal(n, 0);
	free(rows);
	shop_close(one);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* A line that would make the sale unreadable is not taken. */
static void
test_absurd_totals(void **state)
{
	int64_t	id = 0, version = 0, line, first, price = 60000000000;
	int64_t	more = QTY_ONE;

	(void)state;
	OK(sale_add(shop, &id, &version, coffee, QTY_ONE, &price, &first));
	assert_int_equal(sale_add(shop, &id, &version, book, QTY_ONE, &price,
	    &line), ERR_RANGE);
	assert_int_equal(sale_set_qty(shop, id, &version, first,
	    2 * QTY_ONE), ERR_RANGE);
	assert_int_equal(sale_more(shop, id, &version, &first, &more, 1),
	    ERR_RANGE);
	assert_int_equal(total(shop, id), price);
	OK(sale_add(shop, &id, &version, book, QTY_ONE, NULL, &line));
	assert_int_equal(sale_set_price(shop, id, &version, line, price),
	    ERR_RANGE);
	assert_int_equal(total(shop, id), price + 690);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(test_first_line),
		T(test_reload),
		T(test_weights),
		T(test_refused),
		T(test_note),
		T(test_change_lines),
		T(test_undo), T(test_undo_again), T(test_undo_again_is_fenced),
		T(test_undo_late), T(test_undo_late_on_money),
		T(test_undo_labelled),
		T(test_owners),
		T(test_dead_owner),
		T(test_owner_dies),
		T(test_hold_cancel),
		T(test_absurd_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
