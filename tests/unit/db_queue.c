/* SPDX-License-Identifier: ISC */
/* timeout: 60 */
/* Several processes: the queue and its holder, forks, hearing of commits. */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

#include "base/clock.h"

/* A child that did its part says so with a byte. */
static int	told[2];

static void
tell(int fd)
{
	assert_int_equal(write(fd, "x", 1), 1);
}

static void
told_wait(void)
{
	char	c;

	assert_int_equal(read(told[0], &c, 1), 1);
}

static int
told_make(void **state)
{
	return pipe(told) == 0 ? scratch_make(state) : -1;
}

static int
told_drop(void **state)
{
	(void)close(told[0]);
	(void)close(told[1]);
	return scratch_drop(state);
}

/* --- the queue ---------------------------------------------------------- */

static int
child_hold(int out)
{
	struct db	*db;

	log_open("child", LOG_LEVEL_ERROR);
	if (db_open(scratch, DB_WRITE, &db) != 0 ||
	    db_begin(db, "stock count") != 0 ||
	    q_setting_put(db, "held", "1", 1) != 0) {
		return 1;
	}
	tell(out);
	pause();
	return 2;
}

static void
a_stopped_holder_is_named(void **state)
{
	pid_t		 child = scratch_child(child_hold, told[1]), waiter;
	struct db	*db;
	struct db_health health;
	int64_t		 since;
	char		 pid[16];

	(void)state;
	told_wait();
	(void)snprintf(pid, sizeof(pid), "%d", (int)child);
	db = scratch_open();
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.holder_pid, child);
	assert_false(health.holder_stopped);
	assert_string_equal(health.holder_verb, "stock count");
	assert_int_equal(kill(child, SIGSTOP), 0);
	assert_int_equal(waitpid(child, NULL, WUNTRACED), child);
	assert_int_equal(db_health(db, &health), 0);
	assert_true(health.holder_stopped);

	/* Readers do not mind. */
	assert_int_equal(scratch_count(db), 0);
	since = clock_boot_ms();
	assert_int_equal(scratch_put(db, "a", "1"), ERR_BUSY);
	assert_in_range(clock_boot_ms() - since, 4000, 5000);
	assert_non_null(strstr(err_text(ERR_BUSY), pid));
	assert_non_null(strstr(err_text(ERR_BUSY), "stock count"));
	assert_non_null(strstr(err_text(ERR_BUSY), "stopped"));

	/* It ends while somebody waits: the wait ends too, its work is gone. */
	db_close(db);
	waiter = fork();
	if (waiter == 0) {
		(void)poll(NULL, 0, 300);
		(void)kill(child, SIGKILL);
		_exit(0);
	}
	db = scratch_open();
	since = clock_boot_ms();
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	assert_in_range(clock_boot_ms() - since, 0, 2000);
	assert_int_equal(scratch_count(db), 1);
	assert_int_equal(scratch_wait(child), 128 + SIGKILL);
	assert_int_equal(scratch_wait(waiter), 0);
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.holder_pid, 0);
	db_close(db);
}

/* flock(1) on the file says nothing of itself: the record is of another. */
static int
child_flock(int out)
{
	char	path[96];
	int	fd;

	(void)snprintf(path, sizeof(path), "%s/shop.lock", scratch);
	fd = open(path, O_RDWR);
	if (fd < 0 || flock(fd, LOCK_EX) != 0) {
		return 1;
	}
	tell(out);
	pause();
	return 2;
}

static void
a_holder_without_a_record_is_named(void **state)
{
	struct db	*db = scratch_open();
	struct db_health health;
	char		 mine[24], its[24];
	pid_t		 child;

	(void)state;
	assert_int_equal(scratch_put(db, "mine", "1"), 0);
	child = scratch_child(child_flock, told[1]);
	told_wait();
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.holder_pid, child);
	assert_int_equal(health.holder_since_ms, 0);
	assert_int_equal(scratch_put(db, "a", "1"), ERR_BUSY);
	(void)snprintf(mine, sizeof(mine), "process %d ", (int)getpid());
	(void)snprintf(its, sizeof(its), "process %d ", (int)child);
	assert_non_null(strstr(err_text(ERR_BUSY), its));
	assert_null(strstr(err_text(ERR_BUSY), mine));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(scratch_wait(child), 128 + SIGKILL);
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	db_close(db);
}

static int
child_linger(int out)
{
	tell(out);
	pause();
	return 0;
}

/* A child that lives on without exec holds nothing of its parent's. */
static void
a_forked_child_keeps_no_lock(void **state)
{
	struct db	*db = scratch_open();
	pid_t		 child;
	char		 path[100];
	int		 fd;

	(void)state;
	child = scratch_child(child_linger, told[1]);
	told_wait();
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	assert_int_equal(db_begin(db, "test"), 0);
	/* What a kill would do: no unlock, only the last close. */
	(void)close(db->queue.fd);
	(void)snprintf(path, sizeof(path), "%s/shop.lock", scratch);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	(void)close(fd);
	db->queue.fd = open(path, O_RDWR | O_CLOEXEC);
	db_rollback(db);
	db_close(db);
	/* Nor does it hold up a restore. */
	assert_int_equal(db_open(scratch, DB_MIGRATE, &db), 0);
	db_close(db);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(scratch_wait(child), 128 + SIGKILL);
}

static int
child_fork_in_queue(int out)
{
	struct db	*db;

	(void)out;
	log_open("child", LOG_LEVEL_ERROR);
	if (db_open(scratch, DB_WRITE, &db) != 0 ||
	    db_begin(db, "test") != 0) {
		return 1;
	}
	if (freopen("/dev/null", "w", stderr) == NULL) {
		return 3;
	}
	if (fork() == 0) {
		_exit(0);
	}
	return 2;
}

static void
a_fork_in_the_queue_is_a_bug(void **state)
{
	struct rlimit	none = { 0, 0 };
	pid_t		child;
	struct db	*db;

	(void)state;
	(void)setrlimit(RLIMIT_CORE, &none);
	child = scratch_child(child_fork_in_queue, -1);
	assert_int_equal(scratch_wait(child), 128 + SIGABRT);
	db = scratch_open();
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	db_close(db);
}

static bool
stop_is_pending(void)
{
	sigset_t	set;

	assert_int_equal(sigpending(&set), 0);
	return sigismember(&set, SIGTSTP) == 1;
}

static void
the_terminal_cannot_stop_a_holder(void **state)
{
	struct db	*db = scratch_open();
	sigset_t	 set;
	int		 sig;

	(void)state;
	assert_int_equal(db_begin(db, "test"), 0);
	assert_int_equal(raise(SIGTSTP), 0);
	assert_true(stop_is_pending());
	/* Taken here, or it would now stop the test. */
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTSTP);
	assert_int_equal(sigwait(&set, &sig), 0);
	assert_int_equal(db_commit(db), 0);
	assert_int_equal(sigprocmask(SIG_SETMASK, NULL, &set), 0);
	assert_false(sigismember(&set, SIGTSTP));
	db_close(db);
}

static int
child_read(int out)
{
	struct db	*db;

	log_open("child", LOG_LEVEL_ERROR);
	if (db_open(scratch, DB_READ, &db) != 0 || db_read_begin(db) != 0) {
		return 1;
	}
	(void)scratch_count(db);
	tell(out);
	pause();
	return 2;
}

static void
who_has_the_shop_open_is_named(void **state)
{
	pid_t		 child = scratch_child(child_read, told[1]);
	struct db	*db;
	char		 pid[16];

	(void)state;
	told_wait();
	(void)snprintf(pid, sizeof(pid), "%d", (int)child);
	assert_int_equal(db_open(scratch, DB_MIGRATE, &db), ERR_BUSY);
	assert_non_null(strstr(err_text(ERR_BUSY), pid));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(scratch_wait(child), 128 + SIGKILL);
	assert_int_equal(db_open(scratch, DB_MIGRATE, &db), 0);
	db_close(db);
}

static void
the_oldest_reader_is_named(void **state)
{
	struct db		*db = scratch_open();
	struct db_health	 health;
	pid_t			 child;

	(void)state;
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.oldest_reader_pid, 0);
	db_close(db);
	child = scratch_child(child_read, told[1]);
	told_wait();
	db = scratch_open();
	assert_int_equal(scratch_put(db, "b", "1"), 0);
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.oldest_reader_pid, child);
	assert_true(health.oldest_reader_pages > 0);
	(void)poll(NULL, 0, 60);
	assert_int_equal(db_health(db, &health), 0);
	assert_in_range(health.oldest_reader_ms, 100, 5000);
	/* Looking must not have cost this process its own locks. */
	assert_int_equal(scratch_put(db, "c", "1"), 0);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(scratch_wait(child), 128 + SIGKILL);
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.oldest_reader_pid, 0);
	db_close(db);
}

/* --- hearing ------------------------------------------------------------ */

static bool
woken(const struct watch *w, int wait_ms)
{
	struct pollfd	p = { .fd = watch_fd(w), .events = POLLIN };

	return poll(&p, 1, wait_ms) == 1;
}

static int
commit_topic(struct db *db, const char *topic)
{
	int	r = db_begin(db, "test topic");

	if (r != 0 || (r = q_setting_put(db, topic, "1", clock_boot_ms())) !=
	    0) {
		db_rollback(db);
		return r;
	}
	db_topic(db, topic);
	return db_commit(db);
}

static void
others_commits_are_heard(void **state)
{
	struct db	*db = scratch_open(), *other = scratch_open();
	struct watch	*w;

	(void)state;
	assert_int_equal(commit_topic(other, "sale"), 0);
	assert_int_equal(watch_open(db, &w), 0);
	assert_int_equal(watch_topics(w, 1u << TOPIC_SALE |
	    1u << TOPIC_STOCK), 0);
	assert_false(woken(w, 0));		/* what was before */
	assert_int_equal(commit_topic(other, "user"), 0);
	assert_false(woken(w, 20));		/* not on this screen */
	assert_int_equal(commit_topic(other, "sale"), 0);
	assert_true(woken(w, 1000));
	assert_int_equal(watch_take(w), 1u << TOPIC_SALE);
	assert_int_equal(watch_take(w), 0);

	/* Our own say nothing, also between those of others. */
	assert_int_equal(commit_topic(db, "sale"), 0);
	assert_int_equal(watch_take(w), 0);
	assert_int_equal(commit_topic(other, "stock"), 0);
	assert_int_equal(commit_topic(db, "stock"), 0);
	assert_int_equal(commit_topic(db, "sale"), 0);
	assert_int_equal(watch_take(w), 1u << TOPIC_STOCK);

	/* Another screen, other topics. */
	assert_int_equal(watch_topics(w, 1u << TOPIC_USER), 0);
	assert_int_equal(commit_topic(other, "sale"), 0);
	assert_int_equal(watch_take(w), 0);
	assert_int_equal(commit_topic(other, "user"), 0);
	assert_true(woken(w, 1000));
	assert_int_equal(watch_take(w), 1u << TOPIC_USER);
	watch_close(w);
	db_close(other);
	db_close(db);
}

static void
poll_now(struct watch *w)
{
	watch_hurry(w);
	assert_int_equal(watch_timeout_ms(w), 0);
}

static int
child_die_after_commit(int out)
{
	struct db	*db;

	(void)out;
	log_open("child", LOG_LEVEL_ERROR);
	if (db_open(scratch, DB_WRITE, &db) != 0 ||
	    db_begin(db, "sale add") != 0 ||
	    q_setting_put(db, "dead", "1", 1) != 0) {
		return 1;
	}
	db_topic(db, "sale");
	/* As far as db_commit() came when it was killed. */
	topic_before(db);
	if (db_exec(db, "COMMIT") != 0) {
		return 2;
	}
	(void)kill(getpid(), SIGKILL);
	return 3;
}

static void
a_writer_that_died_is_heard(void **state)
{
	struct db	*db, *other;
	struct watch	*w;
	pid_t		 child;

	(void)state;
	/* The child opens only after we watch: SQLite's fork rule. */
	child = fork();
	if (child == 0) {
		(void)kill(getpid(), SIGSTOP);
		_exit(child_die_after_commit(-1));
	}
	assert_int_equal(waitpid(child, NULL, WUNTRACED), child);
	db = scratch_open();
	assert_int_equal(watch_open(db, &w), 0);
	assert_int_equal(watch_topics(w, 1u << TOPIC_SALE |
	    1u << TOPIC_USER), 0);
	assert_int_equal(kill(child, SIGCONT), 0);
	assert_int_equal(scratch_wait(child), 128 + SIGKILL);
	assert_false(woken(w, 20));
	assert_in_range(watch_timeout_ms(w), 1, 10000);
	poll_now(w);
	assert_int_equal(watch_take(w), 1u << TOPIC_SALE | 1u << TOPIC_USER);
	assert_int_equal(scratch_count(db), 1);
	/* The next writer says it to all, and then it is settled. */
	other = scratch_open();
	assert_int_equal(commit_topic(other, "stock"), 0);
	assert_true(woken(w, 1000));
	assert_int_equal(watch_take(w), 1u << TOPIC_SALE | 1u << TOPIC_USER);
	poll_now(w);
	assert_int_equal(watch_take(w), 0);
	watch_close(w);
	db_close(other);
	db_close(db);
}

static void
a_foreign_writer_is_heard(void **state)
{
	struct db	*db = scratch_open();
	struct watch	*w;

	(void)state;
	assert_int_equal(watch_open(db, &w), 0);
	assert_int_equal(watch_topics(w, 1u << TOPIC_SALE), 0);
	assert_int_equal(commit_topic(db, "sale"), 0);
	poll_now(w);
	assert_int_equal(watch_take(w), 0);
	assert_int_equal(scratch_sql("INSERT INTO setting VALUES "
	    "('shell', '1', 1)"), SQLITE_OK);
	poll_now(w);
	assert_int_equal(watch_take(w), 1u << TOPIC_SALE);
	watch_close(w);
	db_close(db);
}

static void
a_sleeping_session_gives_memory_back(void **state)
{
	struct db	*db = scratch_open();
	struct watch	*w;
	int		 before, after, high;

	(void)state;
	assert_int_equal(watch_open(db, &w), 0);
	assert_int_equal(commit_topic(db, "sale"), 0);
	poll_now(w);
	assert_int_equal(watch_take(w), 0);
	(void)sqlite3_db_status(db->sq, SQLITE_DBSTATUS_CACHE_USED, &before,
	    &high, 0);
	poll_now(w);
	assert_int_equal(watch_take(w), 0);
	(void)sqlite3_db_status(db->sq, SQLITE_DBSTATUS_CACHE_USED, &after,
	    &high, 0);
	assert_true(after < before);
	watch_close(w);
	db_close(db);
}

static void
without_inotify_it_polls(void **state)
{
	struct db		*db = scratch_open(), *other = scratch_open();
	struct topic_counts	 counts;
	struct watch		*w;
	struct rlimit		 old, none;

	(void)state;
	assert_int_equal(topic_read(db, &counts), 0);
	/* As with fs.inotify.max_user_instances used up: EMFILE. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = (struct rlimit){ .rlim_cur = 3, .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(watch_open(db, &w), 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(watch_fd(w), -1);
	assert_int_equal(watch_topics(w, 1u << TOPIC_SALE), 0);
	assert_in_range(watch_timeout_ms(w), 1, 1000);
	assert_int_equal(commit_topic(other, "sale"), 0);
	assert_int_equal(watch_take(w), 0);	/* not yet */
	assert_int_equal(poll(NULL, 0, watch_timeout_ms(w)), 0);
	assert_int_equal(watch_take(w), 1u << TOPIC_SALE);
	assert_in_range(watch_timeout_ms(w), 500, 1000);
	watch_close(w);
	db_close(other);
	db_close(db);
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, told_make, told_drop)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		TEST(a_stopped_holder_is_named),
		TEST(a_holder_without_a_record_is_named),
		TEST(a_forked_child_keeps_no_lock),
		TEST(a_fork_in_the_queue_is_a_bug),
		TEST(the_terminal_cannot_stop_a_holder),
		TEST(who_has_the_shop_open_is_named),
		TEST(the_oldest_reader_is_named),
		TEST(others_commits_are_heard),
		TEST(a_writer_that_died_is_heard),
		TEST(a_foreign_writer_is_heard),
		TEST(a_sleeping_session_gives_memory_back),
		TEST(without_inotify_it_polls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
