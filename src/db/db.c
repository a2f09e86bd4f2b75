/* SPDX-License-Identifier: ISC */
/* A connection: opening, the rules set on it, transactions. */
#include "db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <syslog.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/conn.h"
#include "db/schema.h"

#define OPEN_WAIT_MS	2000		/* for a migration of another */

/* Not in every linux/magic.h. */
#define MAGIC_CIFS	0xff534d42U
#define MAGIC_SMB2	0xfe534d42U
#define MAGIC_FUSE	0x65735546U
#define MAGIC_LUSTRE	0x0bd00bd0U
#define MAGIC_GFS2	0x01161970U
#define MAGIC_OCFS2	0x7461636fU

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

int
db_schema_version(void)
{
	return schema_version;
}

/* --- fork ---------------------------------------------------------------- */

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

/* --- opening ------------------------------------------------------------- */

/*
 * Locks and the shared memory of WAL do not work between machines.  FUSE is
 * judged by its source in /proc/self/mounts: "user@host:/dir" is sshfs.
 */
static bool
fuse_is_remote(const char *shop)
{
	struct buf	 text = { 0 };
	char		*real = realpath(shop, NULL), *rest, *line;
	size_t		 best = 0;
	bool		 remote = false;

	if (real == NULL ||
	    io_read_file("/proc/self/mounts", 1 << 20, &text) != 0) {
		free(real);
		buf_done(&text);
		return true;
	}
	rest = text.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char	*source = strsep(&line, " ");
		char	*dir = strsep(&line, " ");
		char	*type = strsep(&line, " ");
		size_t	 n = dir == NULL ? 0 : strlen(dir);

		if (type == NULL || n < best || !str_starts(real, dir)) {
			continue;
		}
		best = n;
		remote = strchr(source, ':') != NULL ||
		    str_starts(type, "fuse.ssh") ||
		    str_starts(type, "fuse.rclone") ||
		    str_starts(type, "fuse.gluster") ||
		    str_starts(type, "fuse.ceph") ||
		    str_starts(type, "fuse.s3");
	}
	free(real);
	buf_done(&text);
	return remote;
}

static int
refuse_network(const char *shop)
{
	struct statfs	fs;
	const char	*name = NULL;

	if (statfs(shop, &fs) != 0) {
		return errno == ENOENT || errno == ENOTDIR ?
		    err_set(ERR_NOT_FOUND, _("there is no shop %s; make one "
		    "with: comptoir init %s"), shop, shop) :
		    err_sys(ERR_IO, _("cannot look at %s"), shop);
	}
	switch ((unsigned)fs.f_type) {
	case NFS_SUPER_MAGIC:
		name = "NFS";
		break;
	case SMB_SUPER_MAGIC:
	case MAGIC_CIFS:
	case MAGIC_SMB2:
		name = "SMB";
		break;
	case AFS_SUPER_MAGIC:
	case AFS_FS_MAGIC:
	case CODA_SUPER_MAGIC:
		name = "AFS";
		break;
	case CEPH_SUPER_MAGIC:
		name = "Ceph";
		break;
	case MAGIC_LUSTRE:
	case MAGIC_GFS2:
	case MAGIC_OCFS2:
		name = "cluster";
		break;
	case MAGIC_FUSE:
		name = fuse_is_remote(shop) ? "FUSE" : NULL;
		break;
	default:
		break;
	}
	return name == NULL ? 0 : err_set(ERR_NET, _("%s is on a network file "
	    "system (%s), which cannot hold a shop; move it to a local disk"),
	    shop, name);
}

/*
 * SHOP/shop.open, shared or alone.  A restore may have swapped the directory
 * while we waited, so the path must still lead to the file we locked.
 */
int
db_open_lock(const char *shop, enum db_mode mode, int *out)
{
	char	*path = db_path(shop, "shop.open");
	int	 fd, r;

	*out = -1;
	for (;;) {
		struct stat	have, now;

		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0) {
			r = errno == EROFS || errno == EACCES ? ERR_READONLY :
			    ERR_IO;
			(void)err_sys(r, _("cannot open %s"), path);
			break;
		}
		r = lock_wait(fd, mode == DB_MIGRATE ? LOCK_EX : LOCK_SH,
		    OPEN_WAIT_MS);
		if (r == ERR_TIMEOUT) {
			r = mode == DB_MIGRATE ?
			    err_set(ERR_BUSY, _("the shop is in use; stop "
			    "comptoird and the sessions, then try again")) :
			    err_set(ERR_BUSY, _("the shop is being upgraded "
			    "or restored; try again in a minute"));
		}
		if (r != 0) {
			(void)close(fd);
			break;
		}
		if (fstat(fd, &have) == 0 && stat(path, &now) == 0 &&
		    have.st_ino == now.st_ino && have.st_dev == now.st_dev) {
			*out = fd;
			break;
		}
		(void)close(fd);
	}
	free(path);
	return r;
}

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
static int
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
	    "PRAGMA cache_size = -256;";
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
	    &db->data_version)) != 0) {
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
	db->version = db->data_version = NULL;
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
	if ((r = refuse_network(shop)) != 0) {
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
	db = xcalloc(1, sizeof(*db));
	db->shop = xstrdup(shop);
	db->mode = mode;
	db->open_fd = db->queue.fd = db->counts_fd = -1;
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
	buf_done(&db->witness);
	free(db->shop);
	free(db);
}

/* --- transactions -------------------------------------------------------- */

int
db_exec(struct db *db, const char *sql)
{
	int	rc = sqlite3_exec(db->sq, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_error(db, rc, sql);
}

void
db_rest(struct db *db)
{
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

static int
db_begin_immediate(struct db *db, int64_t since)
{
	int64_t	version;
	int	left = DB_WAIT_MS - (int)(clock_boot_ms() - since), r;

	/* Who writes without the queue (the sqlite3 shell) is waited for. */
	(void)sqlite3_busy_timeout(db->sq, left < 200 ? 200 : left);
	if ((r = db_exec(db, "BEGIN IMMEDIATE")) != 0) {
		return r;
	}
	db->in_write = true;
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

static void
witness_syslog(struct db *db)
{
	const char	*s = buf_text(&db->witness);

	while (*s != '\0') {
		size_t	n = strcspn(s, "\n");

		syslog(LOG_NOTICE | LOG_USER, "comptoir witness: %.*s",
		    (int)n, s);
		s += n + (s[n] == '\n');
	}
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
	if ((r = db_exec(db, "COMMIT")) != 0) {
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
	if ((r = db_exec(db, "BEGIN")) == 0) {
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
		(void)sqlite3_exec(db->sq, "COMMIT", NULL, NULL, NULL);
	}
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
	ballast_refill(db->shop);
	return r;
}
