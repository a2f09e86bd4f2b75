/* SPDX-License-Identifier: ISC */
/* Printers and the outbox: rows, rights, what is sent again, what a till is
 * told. */
#include "trade.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "shop/print.h"
#include "sql/print.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		bar;

static int64_t
add_printer(const char *name, const char *connection, int drawer)
{
	struct printer_change	c = PRINTER_NO_CHANGE;
	int64_t			id;

	c.driver = "escpos";
	c.model = "tm-t88";
	c.connection = connection;
	c.drawer = drawer;
	OK(printer_add(shop, name, &c, &id));
	return id;
}

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	bar = add_printer("Bar", "cups:bon", 2);
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
add_job(const char *ref)
{
	struct slip	slip = { 0 };
	int64_t		id;

	slip_text(&slip, SLIP_LEFT, 0, "Café");
	OK(db_begin(shop->db, "test"));
	OK(print_add(shop, bar, PRINT_RECEIPT, ref, &slip, &id));
	OK(db_commit(shop->db));
	slip_done(&slip);
	return id;
}

static int64_t
add_drawer(void)
{
	int64_t	id;

	OK(db_begin(shop->db, "test"));
	OK(print_drawer(shop, bar, "T1-1", &id));
	OK(db_commit(shop->db));
	return id;
}

/* What the spooler does to a row. */
static void
end_job(int64_t id, const char *state, const char *note)
{
	struct q_spool_next	next;
	int64_t			n;
	char			key[32];

	OK(q_spool_next(shop->db, bar, false, &next));
	assert_int_equal(next.id, id);
	(void)str_copy(key, sizeof(key), next.key);
	OK(db_begin(shop->db, "test"));
	OK(q_spool_begin(shop->db, id, key, NULL, shop_now(), &n));
	assert_int_equal(n, 1);
	OK(q_spool_end(shop->db, id, key, state, note, shop_now(), &n));
	assert_int_equal(n, 1);
	OK(db_commit(shop->db));
}

static int
keep_job(void *ctx, const struct print_job *job)
{
	static char		 ref[64], name[NAME_SIZE], note[256];
	struct print_job	*kept = ctx;

	/* Its texts are the row's, and gone with it. */
	*kept = *job;
	assert_true(str_copy(ref, sizeof(ref), job->ref));
	assert_true(str_copy(name, sizeof(name), job->printer_name));
	assert_true(str_copy(note, sizeof(note), job->note));
	kept->ref = ref;
	kept->printer_name = name;
	kept->note = note;
	return 1;		/* only the newest */
}

static struct print_job
newest(bool open)
{
	struct print_job	job = { 0 };

	assert_true(print_list(shop, bar, open, 10, keep_job, &job) >= 0);
	return job;
}

static void
test_rows(void **state)
{
	struct printer_change	c = PRINTER_NO_CHANGE;
	struct printer		p;
	int64_t			id, files;

	(void)state;
	OK(printer_get(shop, bar, &p));
	assert_string_equal(p.driver, "escpos");
	assert_string_equal(p.connection, "cups:bon");
	assert_true(p.is_default && p.active);
	assert_int_equal(p.state, PRINTER_UNSERVED);
	OK(printer_find(shop, "bar", &id));
	assert_int_equal(id, bar);
	assert_int_equal(printer_find(shop, "cuisine", &id), ERR_NOT_FOUND);
	/* Without a word about it, a file is plain text. */
	c.connection = "file:";
	OK(printer_add(shop, "paper", &c, &files));
	OK(printer_get(shop, files, &p));
	assert_string_equal(p.driver, "text");
	assert_false(p.is_default);
	OK(printer_set_key(shop, files, "default", "yes"));
	OK(printer_get(shop, bar, &p));
	assert_false(p.is_default);
	assert_int_equal(printer_set_key(shop, files, "default", "no"),
	    ERR_INVALID);
	assert_int_equal(printer_remove(shop, files), ERR_INVALID);
	OK(printer_set_key(shop, bar, "default", "yes"));
	OK(printer_remove(shop, files));
	assert_int_equal(printer_get(shop, files, &p), ERR_NOT_FOUND);
	/* Its name is free again. */
	OK(printer_add(shop, "PAPER", &c, &files));
}

static void
test_refused(void **state)
{
	static const char *const	places[] = {
		"", "bon", "cups:", "cups:a b", "cups:a/b", "tcp:", "tcp:x",
		"tcp:x:0", "tcp:x:70000", "device:/etc/passwd",
		"device:/dev/../etc/passwd", "file:/tmp", "ftp:x",
	};
	struct printer_change		c = PRINTER_NO_CHANGE;
	int64_t				id;

	(void)state;
	for (size_t i = 0; i < NELEM(places); i++) {
		c.connection = places[i];
		if (printer_add(shop, "x", &c, &id) != ERR_INVALID) {
			fail_msg("taken: %s", places[i]);
		}
	}
	c.connection = "cups:bon";
	assert_int_equal(printer_add(shop, "BAR", &c, &id), ERR_EXISTS);
	assert_int_equal(printer_add(shop, "", &c, &id), ERR_INVALID);
	assert_int_equal(printer_add(shop, "a/b", &c, &id), ERR_INVALID);
	assert_int_equal(printer_add(shop, "a\nb", &c, &id), ERR_INVALID);
	assert_int_equal(printer_set_key(shop, bar, "drawer", "3"),
	    ERR_INVALID);
	assert_int_equal(printer_set_key(shop, bar, "columns", "8"),
	    ERR_RANGE);
	assert_int_equal(printer_set_key(shop, bar, "charset", "klingon"),
	    ERR_NOT_FOUND);
	assert_int_equal(printer_set_key(shop, bar, "colour", "1"),
	    ERR_INVALID);
	shop->who.rights = 0;
	assert_int_equal(printer_add(shop, "x", &c, &id), ERR_DENIED);
	assert_int_equal(printer_set_key(shop, bar, "drawer", "5"),
	    ERR_DENIED);
	assert_int_equal(printer_remove(shop, bar), ERR_DENIED);
	assert_int_equal(printer_test(shop, bar, &id), ERR_DENIED);
	assert_int_equal(print_cancel(shop, 1), ERR_DENIED);
	assert_int_equal(print_retry(shop, 1), ERR_DENIED);
}

static void
test_whose_printer(void **state)
{
	struct shop	*till = test_till(dir, "ann", "counter");
	int64_t		 id, other = add_printer("Kitchen", "cups:k", 0);

	(void)state;
	OK(printer_for(till, till->who.terminal, &id));
	assert_int_equal(id, bar);
	OK(printer_for(till, 0, &id));
	assert_int_equal(id, bar);
	OK(terminal_set(shop, till->who.terminal, "printer", "Kitchen"));
	OK(printer_for(till, till->who.terminal, &id));
	assert_int_equal(id, other);
	/* Once it is removed the default one prints. */
	OK(printer_remove(shop, other));
	OK(printer_for(till, till->who.terminal, &id));
	assert_int_equal(id, bar);
	OK(printer_remove(shop, bar));
	OK(printer_for(till, till->who.terminal, &id));
	assert_int_equal(id, 0);
	shop_close(till);
}

/* A job is part of the transaction of what it prints. */
static void
test_one_transaction(void **state)
{
	struct slip	slip = { 0 };
	int64_t		id;

	(void)state;
	slip_text(&slip, SLIP_LEFT, 0, "never");
	OK(db_begin(shop->db, "test"));
	OK(print_add(shop, bar, PRINT_RECEIPT, "T1-1", &slip, &id));
	db_rollback(shop->db);
	slip_done(&slip);
	assert_int_equal(newest(false).id, 0);
	id = add_job("T1-2");
	assert_int_equal(newest(true).id, id);
	assert_string_equal(newest(true).ref, "T1-2");
	assert_string_equal(newest(true).printer_name, "Bar");
}

static void
test_again(void **state)
{
	struct buf	text = { 0 };
	int64_t		id = add_job("T1-1");

	(void)state;
	assert_int_equal(print_retry(shop, id), ERR_INVALID);
	end_job(id, "failed", "given up after 5 s");
	assert_int_equal(newest(false).state, PRINT_STATE_FAILED);
	OK(print_retry(shop, id));
	assert_int_equal(newest(false).state, PRINT_STATE_QUEUED);
	/* The data may have left once: the spooler marks the next sending. */
	assert_int_equal(newest(false).attempts, 1);
	end_job(id, "printed", "");
	assert_int_equal(print_retry(shop, id), ERR_INVALID);
	assert_int_equal(print_cancel(shop, id), ERR_INVALID);
	id = add_job("T1-2");
	OK(print_cancel(shop, id));
	assert_int_equal(newest(false).state, PRINT_STATE_CANCELLED);
	OK(print_retry(shop, id));
	assert_int_equal(newest(false).attempts, 0);
	OK(print_slip(shop, id, &text));
	assert_string_equal(buf_text(&text), "slip 1\ntext l - Café\n");
	buf_done(&text);
	assert_int_equal(print_retry(shop, 999), ERR_NOT_FOUND);
	assert_int_equal(print_cancel(shop, 999), ERR_NOT_FOUND);
	assert_int_equal(print_slip(shop, 999, &text), ERR_NOT_FOUND);
	assert_int_equal(printer_remove(shop, bar), ERR_BUSY);
}

static void
test_drawer(void **state)
{
	struct q_spool_next	next;
	int64_t			receipt = add_job("T1-1"), id = add_drawer();

	(void)state;
	assert_true(receipt > 0 && id > 0);
	/* It goes first, and may alone. */
	OK(q_spool_next(shop->db, bar, false, &next));
	assert_int_equal(next.id, id);
	assert_string_equal(next.slip, "slip 1\ndrawer 2 120 240\n");
	assert_in_range(next.dies_at - clock_boot_ms(), 1, PRINT_DRAWER_MS);
	end_job(id, "failed", "given up after 5 s");
	assert_int_equal(print_retry(shop, id), ERR_INVALID);
	assert_int_equal(q_spool_next(shop->db, bar, true, &next),
	    ERR_NOT_FOUND);
	/* No drawer wired: nothing to do, nothing wrong. */
	OK(printer_set_key(shop, bar, "drawer", "0"));
	assert_int_equal(add_drawer(), 0);
}

/* A spooler's lock, held by this process. */
static int
serve(void)
{
	struct flock	lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char		path[128];
	int		fd;

	assert_true(str_fmt(path, sizeof(path), "%s/run", dir));
	(void)mkdir(path, 0700);
	assert_true(str_fmt(path, sizeof(path), "%s/run/printer-%d.lock", dir,
	    (int)bar));
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_OFD_SETLK, &lock), 0);
	return fd;
}

static void
seen(const char *state, const char *detail)
{
	int64_t	n;

	OK(db_begin(shop->db, "test"));
	OK(q_printer_seen(shop->db, bar, state, detail, shop_now(), &n));
	OK(db_commit(shop->db));
}

static void
till_reads(enum printer_state state, const char *text)
{
	struct print_status	status;

	OK(print_status(shop, 0, &status));
	assert_int_equal(status.state, state);
	assert_string_equal(status.text, text);
}

static void
test_status(void **state)
{
	int	fd;

	(void)state;
	till_reads(PRINTER_UNSERVED, "Bar: not served; start comptoird");
	fd = serve();
	seen("ready", "");
	till_reads(PRINTER_READY, "");
	seen("paper", "Out of paper");
	till_reads(PRINTER_PAPER, "Bar: out of paper; put a roll in");
	test_now += 3 * 60 * 1000;
	till_reads(PRINTER_PAPER, "Bar: out of paper; put a roll in (3 min)");
	seen("error", "fuser hot");
	till_reads(PRINTER_ERROR, "Bar: fuser hot");
	OK(printer_set_key(shop, bar, "active", "no"));
	till_reads(PRINTER_DISABLED, "Bar: switched off; set it active");
	OK(printer_set_key(shop, bar, "active", "yes"));
	seen("ready", "");
	/* Everything was killed: the row says ready, the lock does not. */
	assert_int_equal(close(fd), 0);
	till_reads(PRINTER_UNSERVED, "Bar: not served; start comptoird");
}

static void
test_status_of_jobs(void **state)
{
	int	fd = serve();

	(void)state;
	seen("ready", "");
	end_job(add_job("T1-7"), "printed?", "the print system lost it; "
	    "look at the paper");
	till_reads(PRINTER_READY, "Bar: T1-7 may not have come out; look");
	test_now += 1000;
	end_job(add_drawer(), "failed", "given up after 5 s");
	till_reads(PRINTER_READY,
	    "Bar: drawer not opened: given up after 5 s");
	test_now += 1000;
	end_job(add_job("T1-8"), "failed", "");
	till_reads(PRINTER_READY, "Bar: T1-8 not printed");
	test_now += 120 * 1000;
	till_reads(PRINTER_READY, "");
	assert_int_equal(close(fd), 0);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_whose_printer, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_one_transaction, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
		cmocka_unit_test_setup_teardown(test_drawer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_status, setup, teardown),
		cmocka_unit_test_setup_teardown(test_status_of_jobs, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
