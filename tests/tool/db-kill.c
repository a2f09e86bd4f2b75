/* SPDX-License-Identifier: ISC */
/*
 * A writer that is killed at random moments, again and again.
 *	db-kill SHOP KILLS SEED		makes the shop; prints what is wrong
 *	db-kill SHOP fill		writes until the disk is full, twice
 * After each kill: what was acknowledged is there once, nothing is half
 * there, the queue is free and the database is whole.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/db.h"
#include "sql/audit.h"
#include "sql/setting.h"

#define ROWS	3		/* a transaction */

/* One transaction: ROWS rows that carry the same number. */
static int
put(struct db *db, int64_t number)
{
	int	r = db_begin(db, "storm add");

	if (r != 0) {
		return r;
	}
	for (int i = 0; i < ROWS; i++) {
		if ((r = q_audit_add(db, number, NULL, NULL, NULL, "shell",
		    "", "test", "row", i, "", NULL)) != 0) {
			db_rollback(db);
			return r;
		}
	}
	db_topic(db, "sale");
	db_witness(db, "test");
	return db_commit(db);
}

/* Numbers go down the pipe once they are committed. */
static int
writer(const char *shop, int64_t number, int out)
{
	struct db	*db;

	if (db_open(shop, DB_WRITE, &db) != 0) {
		return 1;
	}
	for (;; number++) {
		if (put(db, number) != 0 || (number % 7 == 0 &&
		    db_checkpoint(db, number % 14 == 0) != 0)) {
			return 1;
		}
		if (write(out, &number, sizeof(number)) !=
		    (ssize_t)sizeof(number)) {
			return 0;
		}
	}
}

static void
finding(void *ctx, const char *text)
{
	int	*bad = ctx;

	(void)printf("%s\n", text);
	(*bad)++;
}

/* Each number ROWS times and without a gap, up to `last` or one more. */
static int
verify(const char *shop, int64_t last, int64_t *next)
{
	struct db		*db;
	struct q_audit_page	*rows;
	int64_t			 since = clock_boot_ms(), most = 1 << 20;
	size_t			 n;
	int			 bad = 0, r;

	if ((r = db_open(shop, DB_WRITE, &db)) != 0 ||
	    (r = q_audit_page(db, 0, INT64_MAX, -1, "", INT64_MAX, most,
	    &rows, &n)) != 0 || (r = db_integrity(db, finding, &bad)) != 0) {
		(void)printf("%s\n", err_text(r));
		return 1;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t	want = (int64_t)((n - 1 - i) / ROWS);

		if (rows[i].at != want) {
			(void)printf("row %zu is of %lld, not %lld\n", i,
			    (long long)rows[i].at, (long long)want);
			bad++;
			break;
		}
	}
	*next = (int64_t)(n / ROWS);
	if (n % ROWS != 0 || *next < last + 1 || *next > last + 2) {
		(void)printf("%zu rows, acknowledged up to %lld\n", n,
		    (long long)last);
		bad++;
	}
	/* The queue is free at once. */
	if ((r = db_begin(db, "verify")) != 0 ||
	    clock_boot_ms() - since > 4000) {
		(void)printf("after the kill: %s\n", err_text(r));
		bad++;
	}
	free(rows);
	db_close(db);
	return bad;
}

static int
kills(const char *shop, int times, unsigned seed)
{
	int64_t	last = -1, next = 0;
	int	bad = 0;

	for (int i = 0; bad == 0 && i < times; i++) {
		int	fd[2];
		int64_t	number;
		pid_t	pid;

		if (pipe(fd) != 0 || (pid = fork()) < 0) {
			fatal("fork: %s", strerror(errno));
		}
		if (pid == 0) {
			(void)close(fd[0]);
			_exit(writer(shop, next, fd[1]));
		}
		(void)close(fd[1]);
		(void)poll(NULL, 0, rand_r(&seed) % 60);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
		while (read(fd[0], &number, sizeof(number)) ==
		    (ssize_t)sizeof(number)) {
			last = number;
		}
		(void)close(fd[0]);
		bad = verify(shop, last, &next);
		last = next - 1;
	}
	(void)printf("%d kills, %lld transactions\n", times, (long long)next);
	return bad == 0 && next > 0 ? 0 : 1;
}

/* As many settings as were acknowledged, and a whole database. */
static int
filled(const char *shop, size_t puts)
{
	struct q_setting_all	*rows;
	struct db		*db;
	size_t			 n, have = 0;
	int			 bad = 0, r;

	if ((r = db_open(shop, DB_WRITE, &db)) != 0 ||
	    (r = q_setting_all(db, &rows, &n)) != 0 ||
	    (r = db_integrity(db, finding, &bad)) != 0) {
		(void)printf("%s\n", err_text(r));
		return 1;
	}
	for (size_t i = 0; i < n; i++) {
		have += str_starts(rows[i].name, "fill ");
	}
	if (have != puts) {
		(void)printf("%zu rows, %zu acknowledged\n", have, puts);
		bad++;
	}
	free(rows);
	db_close(db);
	return bad;
}

static int
fill_one(struct db *db, size_t n)
{
	static char	big[200000];
	char		name[32];
	int		r = db_begin(db, "fill");

	if (r != 0) {
		return r;
	}
	memset(big, 'x', sizeof(big) - 1);
	(void)str_fmt(name, sizeof(name), "fill %zu", n);
	if ((r = q_setting_put(db, name, big, 1)) != 0) {
		db_rollback(db);
		return r;
	}
	return db_commit(db);
}

/* Room runs out twice: the first time the reserve opens, and a sale goes. */
static int
fill(const char *shop)
{
	struct db	*db;
	size_t		 puts = 0;
	int		 full = 0, r;

	if ((r = db_open(shop, DB_WRITE, &db)) != 0) {
		(void)printf("%s\n", err_text(r));
		return 1;
	}
	while (full < 2 && puts < 5000) {
		if ((r = fill_one(db, puts)) == 0) {
			puts++;
			continue;
		}
		(void)printf("%s: %s\n", err_name(r), err_text(r));
		if (r != ERR_FULL || (full++ == 0 && put(db, 1) != 0)) {
			return 1;
		}
	}
	db_close(db);
	return full == 2 && filled(shop, puts) == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	log_open("db-kill", LOG_LEVEL_ERROR);
	if (argc == 3 && strcmp(argv[2], "fill") == 0) {
		return fill(argv[1]);
	}
	if (argc != 4) {
		return 64;
	}
	if (db_create(argv[1]) != 0) {
		return 1;
	}
	return kills(argv[1], (int)strtol(argv[2], NULL, 10),
	    (unsigned)strtoul(argv[3], NULL, 10));
}
