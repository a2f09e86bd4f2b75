/* SPDX-License-Identifier: ISC */
/* Transactions: the queue, BEGIN, COMMIT, the witness, who hears of it. */
#include <sys/socket.h>
#include <sys/un.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/conn.h"
#include "db/schema.h"

/* One of the prepared ones that return no row. */
static int
db_run(struct db *db, sqlite3_stmt *st, const char *what)
{
	int	rc = sqlite3_step(st), again = sqlite3_reset(st);

	return rc == SQLITE_DONE ? 0 : db_error(db, again, what);
}

static int
db_begin_immediate(struct db *db, int64_t since)
{
	int64_t	version;
	int	left = DB_WAIT_MS - (int)(clock_boot_ms() - since), r;

	/* Who writes without the queue (the sqlite3 shell) is waited for. */
	(void)sqlite3_busy_timeout(db->sq, left < 200 ? 200 : left);
	if ((r = db_run(db, db->begin_write, "BEGIN IMMEDIATE")) != 0) {
		return r;
	}
	db->in_write = true;
	db->serial++;
	if ((r = db_pragma(db, db->version, &version)) != 0) {
		return r;
	}
	return version == schema_version ? 0 : err_set(ERR_PARKED, _("the shop "
	    "was upgraded meanwhile; nothing was changed; log in again"));
}

int
db_begin(struct db *db, const char *verb)
{
	int64_t	since = clock_boot_ms();
	int	r;

	if (db->in_write || db->in_read != 0) {
		fatal("transaction \"%s\" inside another", verb);
	}
	if (db->mode == DB_READ) {
		return err_set(ERR_BUG, "\"%s\" writes, but the shop was "
		    "opened for reading", verb);
	}
	if (db->queue.fd < 0) {
		fatal("the database was used after fork");
	}
	if (db->broken && (r = db_reopen(db)) != 0) {
		return r;
	}
	if ((r = queue_enter(&db->queue, verb, DB_WAIT_MS)) != 0) {
		return r;
	}
	db->undone = 0;
	db->topics = 0;
	buf_clear(&db->witness);
	if ((r = db_begin_immediate(db, since)) != 0) {
		db_rollback(db);
	}
	return r;
}

int
db_begin_large(struct db *db, const char *verb)
{
	int	r = db_begin(db, verb);

	if (r == 0) {
		db->large = true;
		if ((r = db_set(db, DB_CACHE_LARGE)) != 0) {
			db_rollback(db);
		}
	}
	return r;
}

/* The pages of a large one are given back as soon as it ends. */
static void
large_end(struct db *db)
{
	int	r;

	if (db->large && (r = db_set(db, DB_CACHE)) != 0) {
		log_err(r, "cache");
	}
	db->large = false;
}

/*
 * Lines that prove later what the database held; it cannot fail the sale.
 * They are not synced: a line lost with the power leaves the witness behind
 * the database, which proves less and accuses nobody.
 */
static void
witness_append(struct db *db)
{
	char	*path = db_path(db->shop, "witness");
	int	 fd, r;

	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	r = fd < 0 ? err_sys(ERR_IO, _("cannot write %s"), path) :
	    io_write_all(fd, db->witness.data, db->witness.len);
	if (r != 0) {
		log_err(r, "witness");
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	free(path);
}

/*
 * By hand: syslog() waits for a log that does not read, and with it every
 * till would.  What such a log misses stands in the file.
 */
static void
witness_syslog(struct db *db)
{
	struct sockaddr_un	to = { .sun_family = AF_UNIX,
				    .sun_path = "/dev/log" };
	const char		*s = buf_text(&db->witness);
	char			 when[32], line[512];
	int			 fd;

	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return;
	}
	clock_local(clock_now_ms(), "%b %e %H:%M:%S", when, sizeof(when));
	while (*s != '\0') {
		size_t	n = strcspn(s, "\n");

		if (str_fmt(line, sizeof(line), "<%d>%s comptoir[%d]: "
		    "comptoir witness: %.*s", LOG_NOTICE | LOG_USER, when,
		    (int)getpid(), (int)n, s) && sendto(fd, line,
		    strlen(line), MSG_NOSIGNAL, (struct sockaddr *)&to,
		    sizeof(to)) < 0) {
			break;
		}
		s += n + (s[n] == '\n');
	}
	(void)close(fd);
}

/*
 * A session shortens the log only when the keeper does not.  A reader that
 * holds it back must not make every commit try again.
 */
static void
session_checkpoint(struct db *db)
{
	if (db->wal_pages < db->wal_tried) {
		db->wal_tried = 0;
	}
	if (db->wal_pages < DB_WAL_PAGES ||
	    db->wal_pages < db->wal_tried + DB_WAL_PAGES / 10) {
		return;
	}
	db->wal_tried = db->wal_pages;
	(void)sqlite3_wal_checkpoint_v2(db->sq, NULL,
	    SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/*
 * A commit whose fsync failed is whole in the log, only not announced: who
 * opens the shop next after all have closed it would find it done.  Cut the
 * log where the last announced commit ends, so that "nothing was changed" is
 * true.  BEGIN IMMEDIATE keeps writers out that know no queue.
 */
static int
commit_undo(struct db *db)
{
	const volatile uint32_t	*shm;
	char			*path = db_path(db->shop, "shop.db-wal");
	off_t			 size;
	int			 fd = -1, r = ERR_IO;

	if (sqlite3_exec(db->sq, "BEGIN IMMEDIATE", NULL, NULL, NULL) ==
	    SQLITE_OK && (shm = db_wal_index(db)) != NULL) {
		/* WalIndexHdr: page size (1 is 64 k), last frame. */
		uint32_t	page = shm[3] >> 16;

		size = 32 + (off_t)shm[4] * (24 + (page == 1 ? 65536 :
		    (off_t)page));
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd >= 0 && ftruncate(fd, size) == 0 && fsync(fd) == 0) {
			r = 0;
		}
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	if (!sqlite3_get_autocommit(db->sq)) {
		(void)sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL);
	}
	free(path);
	return r;
}

int
db_commit(struct db *db)
{
	int	r;

	if (!db->in_write) {
		fatal("commit without a transaction");
	}
	if (db->undone != 0) {
		r = db->undone;
		db_rollback(db);
		return r;
	}
	topic_before(db);
	if ((r = db_run(db, db->commit, "COMMIT")) != 0) {
		if (!sqlite3_get_autocommit(db->sq)) {
			(void)sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL,
			    NULL);
		}
		if (db->broken && commit_undo(db) != 0) {
			r = err_set(ERR_IO, _("the disk failed; look whether "
			    "the last step was done before you try again"));
		}
		db_rollback(db);
		return r;
	}
	db->in_write = false;
	topic_commit(db);
	if (db->witness.len > 0) {
		witness_append(db);
	}
	session_checkpoint(db);
	queue_leave(&db->queue);
	large_end(db);
	topic_touch(db);
	if (db->witness.len > 0 && !db->unsettled) {
		witness_syslog(db);
	}
	return 0;
}

void
db_rollback(struct db *db)
{
	if (db->in_write && !sqlite3_get_autocommit(db->sq)) {
		/* In WAL nothing of it reached the database. */
		(void)sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL);
	}
	db->in_write = false;
	queue_leave(&db->queue);
	large_end(db);
}

void
db_witness(struct db *db, const char *line)
{
	if (!db->in_write || strchr(line, '\n') != NULL) {
		fatal("a witness outside a transaction, or of two lines");
	}
	buf_fmt(&db->witness, "%s\n", line);
}

int
db_read_begin(struct db *db)
{
	int	r;

	/* A write transaction reads consistently by itself. */
	if (db->in_write || db->in_read > 0) {
		db->in_read += !db->in_write;
		return 0;
	}
	if (db->broken && (r = db_reopen(db)) != 0) {
		return r;
	}
	if ((r = db_run(db, db->begin, "BEGIN")) == 0) {
		db->in_read = 1;
	}
	return r;
}

void
db_read_end(struct db *db)
{
	if (db->in_write || db->in_read == 0 || --db->in_read > 0) {
		return;
	}
	if (!sqlite3_get_autocommit(db->sq)) {
		(void)db_run(db, db->commit, "COMMIT");
	}
}

void
db_yield(void)
{
	struct timespec	pause = { .tv_nsec = 5 * 1000000L };

	(void)nanosleep(&pause, NULL);
}

int
db_checkpoint(struct db *db, bool truncate)
{
	int	rc, r;

	if (db->in_write || db->in_read != 0) {
		fatal("checkpoint inside a transaction");
	}
	if (db->broken && (r = db_reopen(db)) != 0) {
		return r;
	}
	if ((r = queue_enter(&db->queue, "checkpoint", DB_WAIT_MS)) != 0) {
		return r;
	}
	/* Readers are not waited for: others wait for the queue. */
	(void)sqlite3_busy_timeout(db->sq, 0);
	rc = sqlite3_wal_checkpoint_v2(db->sq, NULL, truncate ?
	    SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, NULL,
	    NULL);
	r = rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY ? 0 :
	    db_error(db, rc, "checkpoint");
	(void)sqlite3_busy_timeout(db->sq, DB_WAIT_MS);
	queue_leave(&db->queue);
	db_reserve_refill(db->shop);
	return r;
}
