/* SPDX-License-Identifier: ISC */
/* Making the schema and bringing older ones up, a numbered file at a time. */
#include "db/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/schema.h"
#include "sql/schema.h"

static int
plain_exec(sqlite3 *sq, const char *sql)
{
	int	rc = sqlite3_exec(sq, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_error_plain(sq, rc, "migration");
}

/* Run a statement with up to three values; *out is its first integer. */
static int
plain_run(sqlite3 *sq, const char *sql, const int64_t *values, int n,
    int64_t *out)
{
	sqlite3_stmt	*st;
	int		 rc;

	*out = 0;
	rc = sqlite3_prepare_v2(sq, sql, -1, &st, NULL);
	if (rc == SQLITE_OK) {
		for (int i = 0; i < n; i++) {
			(void)sqlite3_bind_int64(st, i + 1, values[i]);
		}
		if ((rc = sqlite3_step(st)) == SQLITE_ROW) {
			*out = sqlite3_column_int64(st, 0);
		}
		rc = sqlite3_finalize(st);
	}
	return rc == SQLITE_OK ? 0 : db_error_plain(sq, rc, "migration");
}

int
migrate_version(sqlite3 *sq, int *version)
{
	int64_t	v;
	int	r = plain_run(sq, "PRAGMA user_version", NULL, 0, &v);

	*version = (int)v;
	return r;
}

/*
 * One version number, one text.  A shop made by a program whose migration
 * said something else would fail later and worse.
 */
int
migrate_check(sqlite3 *sq)
{
	int64_t	version = schema_version, hash;
	int	r;

	r = plain_run(sq, q_schema_hash_text, &version, 1, &hash);
	if (r != 0) {
		return r == ERR_BUG ? err_set(ERR_CORRUPT, _("this database "
		    "is no shop of comptoir")) : r;
	}
	return hash == schema_steps[schema_version - 1].hash ? 0 :
	    err_set(ERR_OLDER, _("the shop was made by another build of "
	    "schema %d; make a new one"), schema_version);
}

static void
count_finding(void *ctx, const char *text)
{
	int	*n = ctx;

	log_error("foreign key: %s", text);
	(*n)++;
}

/* A step that ended its transaction could no longer be undone. */
static int
step_authorize(void *ctx, int action, const char *a, const char *b,
    const char *c, const char *d)
{
	(void)ctx;
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return action == SQLITE_TRANSACTION || action == SQLITE_ATTACH ?
	    SQLITE_DENY : SQLITE_OK;
}

/*
 * foreign_keys does nothing inside a transaction, and on, a table that is
 * rebuilt takes its children with it.  So it is off for the step and checked
 * before the commit.
 */
static int
migrate_step(sqlite3 *sq, const struct schema_step *step)
{
	int64_t	row[3] = { step->version, step->hash, clock_now_ms() };
	int64_t	none;
	char	set[48];
	int	broken = 0, r;

	if ((r = plain_exec(sq, "BEGIN IMMEDIATE")) != 0) {
		return r;
	}
	(void)sqlite3_set_authorizer(sq, step_authorize, NULL);
	r = plain_exec(sq, step->sql);
	(void)sqlite3_set_authorizer(sq, NULL, NULL);
	if (r != 0) {
		goto fail;
	}
	if ((r = foreign_key_check(sq, count_finding, &broken)) != 0) {
		goto fail;
	}
	if (broken > 0) {
		r = err_set(ERR_CORRUPT, _("upgrade %s would break %d "
		    "references; nothing was changed"), step->name, broken);
		goto fail;
	}
	(void)str_fmt(set, sizeof(set), "PRAGMA user_version = %d",
	    step->version);
	if ((r = plain_run(sq, q_schema_made_add_text, row, 3, &none)) != 0 ||
	    (r = plain_exec(sq, set)) != 0 ||
	    (r = plain_exec(sq, "COMMIT")) != 0) {
		goto fail;
	}
	return 0;
fail:
	if (!sqlite3_get_autocommit(sq)) {
		(void)sqlite3_exec(sq, "ROLLBACK", NULL, NULL, NULL);
	}
	return r;
}

int
migrate_list(sqlite3 *sq, const struct schema_step *steps, int count)
{
	int	version, r, on;

	if ((r = migrate_version(sq, &version)) != 0 ||
	    (r = plain_exec(sq, "PRAGMA foreign_keys = OFF")) != 0) {
		return r;
	}
	/* A step may rebuild what DEFENSIVE protects (a search index). */
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	for (int i = version; r == 0 && i < count; i++) {
		log_info("schema %d: %s", steps[i].version, steps[i].name);
		r = migrate_step(sq, &steps[i]);
	}
	(void)sqlite3_db_config(sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	on = plain_exec(sq, "PRAGMA foreign_keys = ON");
	return r != 0 ? r : on;
}

int
migrate_incarnate(sqlite3 *sq, const char *why, int64_t lives)
{
	unsigned char	 uid[16];
	sqlite3_stmt	*st;
	int		 rc;

	if (getrandom(uid, sizeof(uid), 0) != (ssize_t)sizeof(uid)) {
		return err_sys(ERR_SYSTEM, _("no random numbers"));
	}
	rc = sqlite3_prepare_v2(sq, q_incarnation_add_text, -1, &st, NULL);
	if (rc == SQLITE_OK) {
		(void)sqlite3_bind_blob(st, 1, uid, sizeof(uid),
		    SQLITE_STATIC);
		(void)sqlite3_bind_int64(st, 2, clock_now_ms());
		(void)sqlite3_bind_text(st, 3, why, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int64(st, 4, lives);
		(void)sqlite3_step(st);
		rc = sqlite3_finalize(st);
	}
	return rc == SQLITE_OK ? 0 : db_error_plain(sq, rc, "incarnation");
}

/* --- a new shop --------------------------------------------------------- */

int
make_directories(const char *shop)
{
	static const char *const names[] = {
		"", "topics", "keys", "backups", "documents", "log", "run"
	};

	for (size_t i = 0; i < NELEM(names); i++) {
		char	*path = db_path(shop, names[i]);
		int	 r = 0;

		if (mkdir(path, 0700) != 0 && errno != EEXIST) {
			r = err_sys(errno == EROFS || errno == EACCES ?
			    ERR_READONLY : ERR_IO, _("cannot make %s"), path);
		}
		free(path);
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

/* Made with the shop: first made by root, its user could not write them. */
int
make_files(const char *shop)
{
	static const char *const names[] = {
		"shop.lock", "shop.open", "witness", "topics/counts",
#define X(id, name) "topics/" name,
		TOPICS(X)
#undef X
	};

	for (size_t i = 0; i < NELEM(names); i++) {
		char	*path = db_path(shop, names[i]);
		int	 fd, r = 0;

		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0) {
			r = err_sys(ERR_IO, _("cannot make %s"), path);
		} else {
			(void)close(fd);
		}
		free(path);
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

/* The whole schema in one file that is not a shop until it is renamed. */
static int
create_file(const char *path)
{
	char	 application[48];
	sqlite3	*sq;
	int	 rc, r;

	rc = sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK) {
		r = db_error_plain(sq, rc, "create");
		(void)sqlite3_close(sq);
		return r;
	}
	(void)str_fmt(application, sizeof(application),
	    "PRAGMA application_id = %d", DB_APPLICATION);
	if ((r = db_settings(sq)) == 0 &&
	    (r = plain_exec(sq, application)) == 0 &&
	    (r = migrate_list(sq, schema_steps, schema_version)) == 0) {
		r = migrate_incarnate(sq, "init", 0);
	}
	(void)sqlite3_close(sq);
	return r;
}

int
db_create(const char *shop)
{
	char		*path = db_path(shop, "shop.db"), *temporary;
	struct db	*db;
	int		 r;

	temporary = xasprintf("%s/shop.db.new-%d", shop, (int)getpid());
	if ((r = make_directories(shop)) != 0) {
		goto out;
	}
	if (access(path, F_OK) == 0) {
		r = err_set(ERR_EXISTS, _("%s is a shop already"), shop);
		goto out;
	}
	if ((r = make_files(shop)) != 0) {
		goto out;
	}
	(void)unlink(temporary);
	if ((r = create_file(temporary)) != 0) {
		(void)unlink(temporary);
		goto out;
	}
	/* link() and not rename(): two at once make one shop. */
	if (link(temporary, path) != 0) {
		r = errno == EEXIST ? err_set(ERR_EXISTS, _("%s is a shop "
		    "already"), shop) : err_sys(ERR_IO, _("cannot make %s"),
		    path);
	}
	(void)unlink(temporary);
	if (r == 0 && (r = fsync_dir(shop)) == 0 &&
	    (r = db_open(shop, DB_MIGRATE, &db)) == 0) {
		db_close(db);		/* it is in WAL mode from here on */
	}
out:
	free(temporary);
	free(path);
	return r;
}

int
db_migrate(const char *shop)
{
	struct db	*db;
	char		*backup;
	int		 version, r;

	if ((r = db_open(shop, DB_MIGRATE, &db)) != 0) {
		return r;
	}
	if ((r = migrate_version(db->sq, &version)) != 0) {
		goto out;
	}
	if (version > schema_version) {
		r = err_set(ERR_NEWER, _("the shop was made by a newer "
		    "comptoir (schema %d, this one knows %d); upgrade this "
		    "one"), version, schema_version);
		goto out;
	}
	if (version == schema_version) {
		r = migrate_check(db->sq);
		goto out;
	}
	backup = xasprintf("%s/backups/before-schema-%d-%lld.db", shop,
	    schema_version, (long long)clock_now_ms() / 1000);
	r = db_backup(db, backup);
	free(backup);
	if (r == 0 &&
	    (r = queue_enter(&db->queue, "upgrade", DB_WAIT_MS)) == 0) {
		r = migrate_list(db->sq, schema_steps, schema_version);
		queue_leave(&db->queue);
	}
out:
	db_close(db);
	return r;
}
