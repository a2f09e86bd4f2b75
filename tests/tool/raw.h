/* SPDX-License-Identifier: ISC */
/* What the tools share that write a shop's database past its own rules; each
 * sets `db`. */
#ifndef TESTS_TOOL_RAW_H
#define TESTS_TOOL_RAW_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

static sqlite3	*db;

static inline void NORETURN
die(const char *what)
{
	(void)fprintf(stderr, "%s: %s\n", what,
	    db == NULL ? "" : sqlite3_errmsg(db));
	exit(1);
}

static inline void
run(const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		die(sql);
	}
}

static inline sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt	*st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
		die(sql);
	}
	return st;
}

#endif
