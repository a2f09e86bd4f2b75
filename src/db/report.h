/* SPDX-License-Identifier: ISC */
/* One statement run read-only, for reports: it cannot write, cannot look
 * into secrets and cannot run for ever. */
#ifndef DB_REPORT_H
#define DB_REPORT_H

#include "db/db.h"

#define REPORT_SECONDS	20		/* then it is ended: ERR_TIMEOUT */

struct db_param {
	const char	*name;		/* without the colon */
	const char	*text;		/* NULL and no number: SQL NULL */
	int64_t		 number;
	bool		 is_number;
};

struct db_value {
	bool		 null;
	int64_t		 number;
	const char	*text;		/* borrowed during fn() */
};

/*
 * Runs on a connection of its own, opened for it: the authorizer allows
 * SELECT, reading columns and functions only, and no column named password,
 * pin, totp or secret.  A non-zero result of fn() ends it and is returned.
 */
int	db_report(struct db *db, const char *sql,
	    const struct db_param *param, size_t nparams,
	    int (*fn)(void *ctx, const struct db_value *row, size_t n),
	    void *ctx) MUST_CHECK;

#endif
