/* SPDX-License-Identifier: ISC */
/* A shop of its own for a test of the database floor, gone at the end. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "db/conn.h"
#include "place.h"
#include "sql/audit.h"
#include "sql/setting.h"

/* T/shop in a new directory T, so that a restore has room beside it. */
static char scratch_dir[64], scratch[80];

static inline int
scratch_make(void **state)
{
	(void)state;
	log_open("test", LOG_LEVEL_ERROR);
	test_dir(scratch_dir);
	(void)snprintf(scratch, sizeof(scratch), "%s/shop", scratch_dir);
	return db_create(scratch);
}

static inline int
scratch_drop(void **state)
{
	char	command[100];

	(void)state;
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", scratch_dir);
	return system(command);
}

static inline struct db *
scratch_open(void)
{
	struct db	*db;

	assert_int_equal(db_open(scratch, DB_WRITE, &db), 0);
	return db;
}

/* One committed setting. */
static inline int
scratch_put(struct db *db, const char *name, const char *value)
{
	int	r = db_begin(db, "test put");

	if (r != 0) {
		return r;
	}
	if ((r = q_setting_put(db, name, value, 1)) != 0) {
		db_rollback(db);
		return r;
	}
	db_topic(db, "setting");
	return db_commit(db);
}

static inline size_t
scratch_count(struct db *db)
{
	struct q_setting_all	*rows;
	size_t			 n;

	assert_int_equal(q_setting_all(db, &rows, &n), 0);
	free(rows);
	return n;
}

/* SQL that no program of ours would run. */
static inline int
scratch_sql(const char *sql)
{
	char	 path[100];
	sqlite3	*sq;
	int	 rc;

	(void)snprintf(path, sizeof(path), "%s/shop.db", scratch);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	(void)sqlite3_busy_timeout(sq, 5000);
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
	    NULL);
	rc = sqlite3_exec(sq, sql, NULL, NULL, NULL);
	(void)sqlite3_close(sq);
	return rc;
}

/*
 * A child that runs fn() and exits with its result.  SQLite does not live
 * through a fork: the caller has no shop open, or the child uses none.
 */
static inline pid_t
scratch_child(int (*fn)(int out), int out)
{
	pid_t	pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		_exit(fn(out));
	}
	return pid;
}

static inline int
scratch_wait(pid_t pid)
{
	int	status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
}

#endif
