/* SPDX-License-Identifier: ISC */
/* Sessions that live, that are killed, that are told, that come back. */
#include "trade.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "shop/auth.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		coffee;

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	coffee = test_product(shop, "1001", "Café", "drink", "pc", 250, false);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static int
count(void *ctx, const struct session_row *row)
{
	int	*n = ctx;

	(void)row;
	(*n)++;
	return 0;
}

static int
sessions(void)
{
	int	n = 0;

	OK(session_list(shop, count, &n));
	return n;
}

/* Another process: signs in, puts a coffee on a sale, then does nothing more.
 * It says so through the pipe: session, sale, version. */
static pid_t
worker(int64_t said[3])
{
	int	fd[2];
	pid_t	pid;

	assert_int_equal(pipe(fd), 0);
	(void)fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct shop	*till;
		int64_t		 user, terminal, line, out[3] = { 0 };

		(void)close(fd[0]);
		if (shop_open(dir, DB_WRITE, &till) != 0 ||
		    user_find(till, "ann", &user) != 0 ||
		    terminal_find(till, "till1", &terminal) != 0 ||
		    auth_enter(till, user, terminal, DOOR_SSH, "10.0.0.7",
		    true) != 0 || sale_add(till, &out[1], &out[2], coffee,
		    QTY_ONE, NULL, &line) != 0) {
			_exit(1);
		}
		out[0] = till->who.session;
		if (write(fd[1], out, sizeof(out)) != sizeof(out)) {
			_exit(1);
		}
		for (;;) {
			(void)pause();
		}
	}
	(void)close(fd[1]);
	assert_int_equal(read(fd[0], said, 3 * sizeof(said[0])),
	    3 * sizeof(said[0]));
	(void)close(fd[0]);
	return pid;
}

static void
reap(pid_t pid)
{
	int	status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
}

/* --- alive and dead ------------------------------------------------------ */

static void
test_self(void **state)
{
	char	boot[SESSION_BOOT];
	int64_t	pid, start;

	(void)state;
	session_self(boot, &pid, &start);
	assert_int_equal(strlen(boot), 36);
	assert_int_equal(pid, getpid());
	assert_true(start > 0);
	assert_true(session_process_alive(boot, pid, start));
	/* The pid used again, another boot, nobody. */
	assert_false(session_process_alive(boot, pid, start + 1));
	boot[0] = boot[0] == 'f' ? '0' : 'f';
	assert_false(session_process_alive(boot, pid, start));
	boot[0] = '\0';
	assert_false(session_process_alive(boot, pid, start));
	session_self(boot, &pid, &start);
	assert_false(session_process_alive(boot, 0, 0));
	assert_false(session_process_alive(boot, -1, 0));
	assert_false(session_alive(shop, 0));
	assert_false(session_alive(shop, 4711));
}

/*
 * kill -9: nobody ran any code for it, and yet its sale is parked for the
 * next who looks, with every line it had shown, and can be taken.
 */
static void
test_killed(void **state)
{
	struct shop		*other;
	struct sale_brief	*rows;
	struct sale		 sale;
	size_t			 n;
	int64_t			 said[3], user, terminal, version, gone;
	pid_t			 pid;

	(void)state;
	OK(user_add(shop, "ann", ROLE_CASHIER, "", &user));
	OK(terminal_add(shop, "till1", &terminal));
	other = test_till(dir, "bob", "till2");
	pid = worker(said);
	assert_true(session_alive(shop, said[0]));
	assert_int_equal(sessions(), 2);
	OK(sale_open_list(other, &rows, &n));
	assert_int_equal(n, 1);
	assert_false(rows[0].parked);
	free(rows);

	assert_int_equal(kill(pid, SIGKILL), 0);
	/* A zombie works no more: this needs no waitpid(2). */
	for (int i = 0; i < 500 && session_alive(shop, said[0]); i++) {
		(void)usleep(10000);
	}
	assert_false(session_alive(shop, said[0]));
	assert_int_equal(sessions(), 1);
	OK(sale_open_list(other, &rows, &n));
	assert_int_equal(n, 1);
	assert_true(rows[0].parked);
	assert_int_equal(rows[0].lines, 1);
	free(rows);
	reap(pid);
	assert_false(session_alive(shop, said[0]));

	version = said[2];
	OK(sale_take(other, said[1], &version));
	OK(sale_load(other, said[1], &sale));
	assert_int_equal(sale.nlines, 1);
	assert_int_equal(sale.owner_session, other->who.session);
	sale_done(&sale);

	/* The keeper tidies up what nobody needs any more, once. */
	OK(session_reap(shop, &gone));
	assert_int_equal(gone, 1);
	OK(session_reap(shop, &gone));
	assert_int_equal(gone, 0);
	assert_int_equal(sessions(), 1);
	shop_close(other);
}

/* A stopped process is not dead: its sale stays its own until it is taken. */
static void
test_stopped_is_alive(void **state)
{
	int64_t	said[3], user, terminal, gone;
	int	status;
	pid_t	pid;

	(void)state;
	OK(user_add(shop, "ann", ROLE_CASHIER, "", &user));
	OK(terminal_add(shop, "till1", &terminal));
	pid = worker(said);
	assert_int_equal(kill(pid, SIGSTOP), 0);
	assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
	assert_true(WIFSTOPPED(status));
	assert_true(session_alive(shop, said[0]));
	OK(session_reap(shop, &gone));
	assert_int_equal(gone, 0);
	assert_int_equal(kill(pid, SIGKILL), 0);
	reap(pid);
	OK(session_reap(shop, NULL));
	assert_int_equal(sessions(), 0);
}

static void
test_ended(void **state)
{
	struct shop	*till = test_till(dir, "ann", "till1");
	int64_t		 id = till->who.session;

	(void)state;
	assert_true(session_alive(shop, id));
	auth_leave(till);
	assert_false(session_alive(shop, id));
	shop_close(till);
}

/* --- what a session is told ---------------------------------------------- */

static int
hear(void *ctx, const struct notice *notice)
{
	buf_fmt(ctx, "%s %lld %s %s|", notice->kind,
	    (long long)notice->object, notice->user, notice->terminal);
	return 0;
}

static void
test_told_once(void **state)
{
	struct shop	*a = test_till(dir, "ann", "Till 1");
	struct shop	*b = test_till(dir, "bob", "Till 2");
	struct buf	 out = { 0 };
	int64_t		 sale = 0, version = 0, seen = 0, line;

	(void)state;
	OK(sale_add(a, &sale, &version, coffee, QTY_ONE, NULL, &line));
	seen = version;
	OK(sale_take(b, sale, &seen));
	/* The first one's next act writes nothing, and says who has it. */
	assert_int_equal(sale_add(a, &sale, &version, coffee, QTY_ONE, NULL,
	    &line), ERR_TAKEN);
	assert_non_null(strstr(err_text(ERR_TAKEN), "Till 2"));
	OK(session_hear(a, hear, &out));
	assert_non_null(strstr(buf_text(&out), "sale.taken"));
	assert_non_null(strstr(buf_text(&out), "bob Till 2|"));
	buf_clear(&out);
	OK(session_hear(a, hear, &out));
	assert_string_equal(buf_text(&out), "");
	OK(session_hear(b, hear, &out));
	assert_string_equal(buf_text(&out), "");
	OK(session_hear(shop, hear, &out));	/* no session: nothing */
	buf_done(&out);
	shop_close(a);
	shop_close(b);
}

/* --- the place one left -------------------------------------------------- */

static void
test_place(void **state)
{
	struct shop	*till = test_till(dir, "ann", "Till 1");
	struct place	 place = { .screen = "sale", .object = 17,
			    .entry = "3*caf" };
	struct place	 back;
	char		 name[NAME_SIZE];
	int64_t		 terminal = till->who.terminal;

	(void)state;
	assert_int_equal(session_place_take(till, &back), ERR_NOT_FOUND);
	assert_int_equal(session_place_user(shop, terminal, name),
	    ERR_NOT_FOUND);
	OK(session_place_keep(till, &place));
	OK(session_place_user(shop, terminal, name));
	assert_string_equal(name, "ann");
	OK(session_place_take(till, &back));
	assert_string_equal(back.screen, "sale");
	assert_string_equal(back.entry, "3*caf");
	assert_int_equal(back.object, 17);
	assert_int_equal(session_place_take(till, &back), ERR_NOT_FOUND);
	/* It is kept for a while, and not for who left the shop. */
	OK(session_place_keep(till, &place));
	test_now += (int64_t)shop->set.away_minutes * 60000 + 1;
	assert_int_equal(session_place_user(shop, terminal, name),
	    ERR_NOT_FOUND);
	assert_int_equal(session_place_take(till, &back), ERR_NOT_FOUND);
	OK(session_place_keep(till, &place));
	OK(user_set(shop, till->who.user, "active", "no"));
	assert_int_equal(session_place_user(shop, terminal, name),
	    ERR_NOT_FOUND);
	/* Nothing to come back to at an unknown terminal. */
	till->who.terminal = 0;
	OK(session_place_keep(till, &place));
	assert_int_equal(session_place_take(till, &back), ERR_NOT_FOUND);
	shop_close(till);
}

int
main(void)
{
#define T(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_self), T(test_killed), T(test_stopped_is_alive),
		T(test_ended), T(test_told_once), T(test_place),
	};

	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
