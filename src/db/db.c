/* SPDX-License-Identifier: ISC */
/* A connection: opening, opening again, closing; never across a fork. */
#include "db/db.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "db/conn.h"
#include "db/schema.h"

/* The connections of this process: a child must not keep their locks. */
static struct db *db_list;

char *
db_path(const char *shop, const char *name)
{
	return xasprintf("%s/%s", shop, name);
}

const char *
db_shop(const struct db *db)
{
	return db->shop;
}

bool
db_in_write(const struct db *db)
{
	return db->in_write;
}

uint64_t
db_serial(const struct db *db)
{
	return db->serial;
}

int64_t
db_written(const struct db *db)
{
	return sqlite3_total_changes64(db->sq);
}

/* --- fork --------------------------------------------------------------- */

static void
fork_prepare(void)
{
	for (struct db *db = db_list; db != NULL; db = db->next) {
		if (db->queue.held) {
			fatal("fork while holding the shop's write queue");
		}
	}
}

/* The child shares the open files: as long as it lived, so would the locks. */
static void
fork_child(void)
{
	for (struct db *db = db_list; db != NULL; db = db->next) {
		queue_close(&db->queue);
		(void)close(db->open_fd);
		db->open_fd = -1;
	}
}

static void
fork_guard(void)
{
	static bool	set;

	if (!set) {
		(void)pthread_atfork(fork_prepare, NULL, fork_child);
		set = true;
	}
}

/* --- opening ------------------------------------------------------------ */

#define DB_HEAP_KEPT	(1 << 20)	/* of what was freed, until db_rest() */
/* The schema's pages in one piece, large enough for malloc(3) to map it apart:
 * a rest gives it back, where pages among the schema's many small pieces would
 * stay. */
#define DB_PAGES_FIRST	40

/* Our processes have one thread, and nobody asks how much memory is used:
 * without a lock around each allocation SQLite does a tenth less.  The heap's
 * end going up and down with every act would cost page faults each time. */
static void
db_library(void)
{
	static bool	set;

	if (!set) {
		(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		(void)sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0,
		    DB_PAGES_FIRST);
		(void)mallopt(M_TRIM_THRESHOLD, DB_HEAP_KEPT);
		set = true;
	}
}

/* The length of the log after each commit, instead of autocheckpoint. */
static int
db_wal_hook(void *ctx, sqlite3 *sq, const char *name, int pages)
{
	struct db	*db = ctx;

	(void)sq;
	(void)name;
	db->wal_pages = pages;
	return SQLITE_OK;
}

static int
db_version_check(sqlite3 *sq)
{
	int	version, r = migrate_version(sq, &version);

	if (r != 0) {
		return r;
	}
	if (version > schema_version) {
		return err_set(ERR_NEWER, _("the shop was made by a newer "
		    "comptoir (schema %d, this one knows %d); upgrade this "
		    "one"), version, schema_version);
	}
	if (version < schema_version) {
		return err_set(ERR_OLDER, _("the shop needs an upgrade (schema "
		    "%d, this comptoir has %d); restart comptoird"), version,
		    schema_version);
	}
	return migrate_check(sq);
}

static int
db_prepare(struct db *db, const char *sql, sqlite3_stmt **out)
{
	int	rc = sqlite3_prepare_v3(db->sq, sql, -1,
	    SQLITE_PREPARE_PERSISTENT, out, NULL);

	return rc == SQLITE_OK ? 0 : db_error(db, rc, sql);
}

/* It answers with the mode there is, which is not always the one asked for. */
static int
db_wal_mode(struct db *db)
{
	sqlite3_stmt	*st;
	bool		 wal = false;
	int		 rc;

	rc = sqlite3_prepare_v2(db->sq, "PRAGMA journal_mode = WAL", -1, &st,
	    NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		wal = sqlite3_stricmp((const char *)sqlite3_column_text(st,
		    0), "wal") == 0;
		rc = SQLITE_OK;
	}
	if (rc != SQLITE_OK) {
		rc = db_error(db, rc, "journal_mode");
	} else if (!wal) {
		rc = err_set(ERR_IO, _("the file system of the shop cannot "
		    "keep a write-ahead log; move it to a local disk"));
	}
	(void)sqlite3_finalize(st);
	return rc;
}

/* Everything between sqlite3_open and the first use. */
static int
db_connect(struct db *db)
{
	char	*path = db_path(db->shop, "shop.db");
	int	 rc, r;

	rc = sqlite3_open_v2(path, &db->sq, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	free(path);
	if (rc != SQLITE_OK) {
		return db_error(db, rc, "open");
	}
	db->open_to_change = true;
	if ((r = db_settings(db->sq)) != 0 ||
	    (r = db_wal_mode(db)) != 0) {
		return r;
	}
	if (db->mode != DB_MIGRATE &&
	    (r = db_version_check(db->sq)) != 0) {
		return r;
	}
	if (db->mode == DB_READ &&
	    (r = db_exec(db, "PRAGMA query_only = ON")) != 0) {
		return r;
	}
	if ((r = db_prepare(db, "PRAGMA user_version", &db->version)) != 0 ||
	    (r = db_prepare(db, "PRAGMA data_version",
	    &db->data_version)) != 0 ||
	    (r = db_prepare(db, "BEGIN", &db->begin)) != 0 ||
	    (r = db_prepare(db, "BEGIN IMMEDIATE", &db->begin_write)) != 0 ||
	    (r = db_prepare(db, "COMMIT", &db->commit)) != 0) {
		return r;
	}
	(void)sqlite3_wal_hook(db->sq, db_wal_hook, db);
	(void)sqlite3_set_authorizer(db->sq, db_authorize, db);
	db->open_to_change = db->mode == DB_MIGRATE;
	db->broken = false;
	return 0;
}

static void
db_disconnect(struct db *db)
{
	stmt_drop_all(db);
	(void)sqlite3_finalize(db->version);
	(void)sqlite3_finalize(db->data_version);
	(void)sqlite3_finalize(db->begin);
	(void)sqlite3_finalize(db->begin_write);
	(void)sqlite3_finalize(db->commit);
	db->version = db->data_version = NULL;
	db->begin = db->begin_write = db->commit = NULL;
	if (sqlite3_close(db->sq) != SQLITE_OK) {
		log_error("the database did not close: %s",
		    sqlite3_errmsg(db->sq));
	}
	db->sq = NULL;
}

int
db_reopen(struct db *db)
{
	int	r;

	log_warn("opening the shop database again after an I/O error");
	db_disconnect(db);
	if ((r = db_connect(db)) != 0) {
		db->broken = true;
	}
	return r;
}

int
db_open(const char *shop, enum db_mode mode, struct db **out)
{
	struct db	*db;
	char		*path;
	bool		 there;
	int		 r;

	*out = NULL;
	if ((r = db_place_check(shop)) != 0) {
		return r;
	}
	path = db_path(shop, "shop.db");
	there = access(path, F_OK) == 0;
	free(path);
	if (!there) {
		return err_set(ERR_NOT_FOUND, _("%s holds no shop; make one "
		    "with: comptoir init %s"), shop, shop);
	}
	fork_guard();
	db_library();
	db = xcalloc(1, sizeof(*db));
	db->shop = xstrdup(shop);
	db->mode = mode;
	db->open_fd = db->queue.fd = db->counts_fd = -1;
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		db->topic_fd[i] = -1;
	}
	if ((r = db_open_lock(shop, mode, &db->open_fd)) != 0 ||
	    (r = queue_open(&db->queue, shop)) != 0 ||
	    (r = db_connect(db)) != 0) {
		db_close(db);
		return r;
	}
	db->next = db_list;
	db_list = db;
	*out = db;
	return 0;
}

void
db_close(struct db *db)
{
	if (db == NULL) {
		return;
	}
	db_rollback(db);
	for (struct db **at = &db_list; *at != NULL; at = &(*at)->next) {
		if (*at == db) {
			*at = db->next;
			break;
		}
	}
	db_disconnect(db);
	queue_close(&db->queue);
	if (db->open_fd >= 0) {
		(void)close(db->open_fd);
	}
	if (db->counts_fd >= 0) {
		(void)close(db->counts_fd);
	}
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		if (db->topic_fd[i] >= 0) {
			(void)close(db->topic_fd[i]);
		}
	}
	buf_done(&db->witness);
	free(db->shop);
	free(db);
}

/* --- for the other files of this floor ---------------------------------- */

int
db_exec(struct db *db, const char *sql)
{
	int	rc = sqlite3_exec(db->sq, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_error(db, rc, sql);
}

int
db_set(struct db *db, const char *pragma)
{
	bool	open_to_change = db->open_to_change;
	int	r;

	db->open_to_change = true;
	r = db_exec(db, pragma);
	db->open_to_change = open_to_change;
	return r;
}

void
db_rest(struct db *db)
{
	stmt_rest(db);
	(void)sqlite3_db_release_memory(db->sq);
	(void)malloc_trim(0);
}

int
db_pragma(struct db *db, sqlite3_stmt *st, int64_t *out)
{
	int	rc = sqlite3_step(st);

	*out = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	(void)sqlite3_reset(st);
	return rc == SQLITE_ROW ? 0 : db_error(db, rc, "pragma");
}

const volatile uint32_t *
db_wal_index(struct db *db)
{
	sqlite3_file	*f = NULL;
	void volatile	*region = NULL;

	if (sqlite3_file_control(db->sq, "main", SQLITE_FCNTL_FILE_POINTER,
	    &f) != SQLITE_OK || f == NULL || f->pMethods == NULL ||
	    f->pMethods->iVersion < 2 ||
	    f->pMethods->xShmMap(f, 0, 32768, 0, &region) != SQLITE_OK) {
		return NULL;
	}
	return region;
}
