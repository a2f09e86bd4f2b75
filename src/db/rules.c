/* SPDX-License-Identifier: ISC */
/* What holds for every connection: settings, and what it may not do. */
#include <string.h>

#include "db/conn.h"
#include "db/schema.h"

static bool
append_only(const char *table)
{
	for (size_t i = 0; schema_append_only[i] != NULL; i++) {
		if (strcmp(schema_append_only[i], table) == 0) {
			return true;
		}
	}
	return false;
}

/* Reading ones, and those db_integrity() uses. */
static bool
pragma_allowed(const char *name, const char *argument)
{
	static const char *const names[] = {
		"user_version", "data_version", "integrity_check",
		"foreign_key_check", "page_count", "freelist_count"
	};

	for (size_t i = 0; argument == NULL && i < NELEM(names); i++) {
		if (sqlite3_stricmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Once open, nothing may change the rules or the schema. */
int
db_authorize(void *ctx, int action, const char *a, const char *b,
    const char *c, const char *d)
{
	const struct db	*db = ctx;

	(void)c;
	(void)d;
	if (db->open_to_change) {
		return SQLITE_OK;
	}
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_INSERT:
	case SQLITE_TRANSACTION:
	case SQLITE_RECURSIVE:
	case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return append_only(a) ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_FUNCTION:
		return sqlite3_stricmp(b, "load_extension") == 0 ?
		    SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return pragma_allowed(a, b) ? SQLITE_OK : SQLITE_DENY;
	default:	/* ATTACH, DETACH, every CREATE, DROP and ALTER … */
		return SQLITE_DENY;
	}
}

int
db_settings(sqlite3 *sq)
{
	/* The cache is given back by db_rest(). */
	static const char	pragmas[] =
	    "PRAGMA foreign_keys = ON;"
	    "PRAGMA recursive_triggers = ON;"
	    "PRAGMA secure_delete = ON;"
	    "PRAGMA synchronous = FULL;"
	    "PRAGMA mmap_size = 0;"
	    "PRAGMA wal_autocheckpoint = 0;"
	    "PRAGMA journal_size_limit = 4194304;"
	    "PRAGMA temp_store = MEMORY;"
	    "PRAGMA trusted_schema = OFF;"
	    DB_CACHE;
	int			rc;

	(void)sqlite3_extended_result_codes(sq, 1);
	(void)sqlite3_busy_timeout(sq, DB_WAIT_MS);
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0,
	    NULL);
	/* The last one out would checkpoint outside the queue. */
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
	    NULL);
	rc = sqlite3_exec(sq, pragmas, NULL, NULL, NULL);
	return rc == SQLITE_OK ? 0 : db_error_plain(sq, rc, "settings");
}
