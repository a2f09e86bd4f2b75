/* SPDX-License-Identifier: ISC */
/* A read-only connection for one report, fenced and timed. */
#include "db/report.h"

#include <limits.h>
#include <sqlite3.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"

#define REPORT_COLUMNS_MAX	64
#define REPORT_OPS		20000	/* steps between looks */

static int
report_authorize(void *ctx, int action, const char *a, const char *b,
    const char *schema, const char *trigger)
{
	static const char *const	secrets[] = { "password", "pin",
		"totp", "secret" };

	(void)ctx;
	(void)schema;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return strcmp(b, "load_extension") == 0 ||
		    strcmp(b, "readfile") == 0 ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_READ:
		for (size_t i = 0; i < NELEM(secrets); i++) {
			if (strcmp(a, "sqlite_master") == 0 ||
			    strcmp(b, secrets[i]) == 0) {
				return SQLITE_DENY;
			}
		}
		return SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

static int
report_too_long(void *ctx)
{
	const int64_t	*until = ctx;

	return clock_boot_ms() > *until;
}

static int
report_error(sqlite3 *h, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_INTERRUPT:
		return err_set(ERR_TIMEOUT,
		    _("the report took more than %d s; ask for less"),
		    REPORT_SECONDS);
	case SQLITE_AUTH:
		return err_set(ERR_DENIED,
		    _("a report may only read, and no secrets"));
	case SQLITE_BUSY:
		return ERR_BUSY;
	default:
		return err_set(ERR_CONFIG, _("the report failed: %s"),
		    sqlite3_errmsg(h));
	}
}

static void
report_bind(sqlite3_stmt *st, const struct db_param *param, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char	name[64];
		int	at;

		(void)str_fmt(name, sizeof(name), ":%s", param[i].name);
		at = sqlite3_bind_parameter_index(st, name);
		if (at == 0) {
			continue;
		}
		if (param[i].is_number) {
			(void)sqlite3_bind_int64(st, at, param[i].number);
		} else if (param[i].text != NULL) {
			(void)sqlite3_bind_text(st, at, param[i].text, -1,
			    SQLITE_STATIC);
		}
	}
}

static int
report_rows(sqlite3 *h, sqlite3_stmt *st,
    int (*fn)(void *ctx, const struct db_value *row, size_t n), void *ctx)
{
	struct db_value	row[REPORT_COLUMNS_MAX];
	int		n = sqlite3_column_count(st), rc, r;

	if (n > REPORT_COLUMNS_MAX) {
		return err_set(ERR_CONFIG,
		    _("the report has too many columns"));
	}
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (int i = 0; i < n; i++) {
			row[i].null = sqlite3_column_type(st, i) ==
			    SQLITE_NULL;
			row[i].number = sqlite3_column_int64(st, i);
			row[i].text = (const char *)sqlite3_column_text(st, i);
		}
		if ((r = fn(ctx, row, (size_t)n)) != 0) {
			return r;
		}
	}
	return rc == SQLITE_DONE ? 0 : report_error(h, rc);
}

int
db_report(struct db *db, const char *sql, const struct db_param *param,
    size_t nparams,
    int (*fn)(void *ctx, const struct db_value *row, size_t n), void *ctx)
{
	char		 path[PATH_MAX];
	const char	*rest = NULL;
	int64_t		 until = clock_boot_ms() + REPORT_SECONDS * 1000;
	sqlite3		*h = NULL;
	sqlite3_stmt	*st = NULL;
	int		 r;

	if (!str_fmt(path, sizeof(path), "%s/shop.db", db_shop(db))) {
		return ERR_TOO_LONG;
	}
	if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		r = err_set(ERR_IO, _("cannot open the shop for a report"));
		(void)sqlite3_close(h);
		return r;
	}
	(void)sqlite3_busy_timeout(h, 5000);
	(void)sqlite3_exec(h, "PRAGMA query_only=ON; PRAGMA cache_size=-4096;"
	    "PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0", NULL, NULL,
	    NULL);
	(void)sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0,
	    NULL);
	/* Every checkpoint is the writers' queue's business. */
	(void)sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	(void)sqlite3_set_authorizer(h, report_authorize, NULL);
	sqlite3_progress_handler(h, REPORT_OPS, report_too_long, &until);
	if (sqlite3_prepare_v2(h, sql, -1, &st, &rest) != SQLITE_OK) {
		r = report_error(h, sqlite3_errcode(h));
	} else if (rest != NULL && rest[strspn(rest, " \t\r\n;")] != '\0') {
		r = err_set(ERR_CONFIG, _("a report is one statement"));
	} else {
		report_bind(st, param, nparams);
		r = report_rows(h, st, fn, ctx);
	}
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(h);
	return r;
}
