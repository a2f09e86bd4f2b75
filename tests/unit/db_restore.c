/* SPDX-License-Identifier: ISC */
/* Upgrades, backups and restores: what must survive, and what must not. */
#include "scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/schema.h"
#include "sql/schema.h"

static char *
place(const char *name)
{
	return xasprintf("%s/%s", scratch, name);
}

static void
write_text(const char *name, const char *text)
{
	char	*path = place(name);

	assert_int_equal(io_write_file(path, 0600, text, strlen(text)), 0);
	free(path);
}

static void
has_text(const char *name, const char *text)
{
	struct buf	 have = { 0 };
	char		*path = place(name);

	assert_int_equal(io_read_file(path, 10000, &have), 0);
	assert_string_equal(buf_text(&have), text);
	buf_done(&have);
	free(path);
}

/* --- upgrades ----------------------------------------------------------- */

static const char	step_one[] =
    "CREATE TABLE schema_made (version INTEGER PRIMARY KEY, hash INTEGER "
    "NOT NULL, at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
    "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL "
    "REFERENCES parent (id) ON DELETE CASCADE) STRICT;"
    "CREATE TRIGGER parent_frozen BEFORE UPDATE ON parent BEGIN SELECT "
    "RAISE(ABORT, 'ERR:FROZEN'); END;";

/* What a table needs to get a NOT NULL: the classical rebuild. */
static const char	step_rebuild[] =
    "CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL) "
    "STRICT;"
    "INSERT INTO parent_new SELECT id, coalesce(name, '') FROM parent;"
    "DROP TABLE parent;"
    "ALTER TABLE parent_new RENAME TO parent;"
    "CREATE TRIGGER parent_frozen BEFORE UPDATE ON parent BEGIN SELECT "
    "RAISE(ABORT, 'ERR:FROZEN'); END;";

static const char	step_orphan[] = "DELETE FROM parent WHERE id = 1;";
static const char	step_broken[] =
    "CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";
static const char	step_leaves[] = "COMMIT; DROP TABLE child;";

static sqlite3 *
steps_open(const struct schema_step *steps, int n, int *r)
{
	sqlite3	*sq;

	assert_int_equal(sqlite3_open(":memory:", &sq), SQLITE_OK);
	assert_int_equal(db_settings(sq), 0);
	*r = migrate_list(sq, steps, n);
	return sq;
}

static int64_t
number(sqlite3 *sq, const char *sql)
{
	sqlite3_stmt	*st;
	int64_t		 v = -1;

	assert_int_equal(sqlite3_prepare_v2(sq, sql, -1, &st, NULL),
	    SQLITE_OK);
	if (sqlite3_step(st) == SQLITE_ROW) {
		v = sqlite3_column_int64(st, 0);
	}
	(void)sqlite3_finalize(st);
	return v;
}

static void
a_rebuild_keeps_the_children(void **state)
{
	static const struct schema_step	steps[] = {
		{ .version = 1, .name = "one", .hash = 1, .sql = step_one },
		{ .version = 2, .name = "two", .hash = 2,
		    .sql = step_rebuild },
	};
	sqlite3	*sq;
	int	 r;

	(void)state;
	sq = steps_open(steps, 1, &r);
	assert_int_equal(r, 0);
	assert_int_equal(sqlite3_exec(sq, "INSERT INTO parent VALUES (1, NULL);"
	    "INSERT INTO child VALUES (1, 1), (2, 1)", NULL, NULL, NULL),
	    SQLITE_OK);

	/* The trap itself: inside BEGIN the pragma does nothing. */
	assert_int_equal(sqlite3_exec(sq, "BEGIN; PRAGMA foreign_keys = OFF",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sq, step_rebuild, NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(number(sq, "SELECT count(*) FROM child"), 0);
	assert_int_equal(sqlite3_exec(sq, "ROLLBACK", NULL, NULL, NULL),
	    SQLITE_OK);

	assert_int_equal(migrate_list(sq, steps, 2), 0);
	assert_int_equal(number(sq, "SELECT count(*) FROM child"), 2);
	assert_int_equal(number(sq, "PRAGMA user_version"), 2);
	assert_int_equal(number(sq, "PRAGMA foreign_keys"), 1);
	assert_int_equal(number(sq, "SELECT count(*) FROM sqlite_schema "
	    "WHERE type = 'trigger'"), 1);
	assert_int_equal(number(sq, "SELECT hash FROM schema_made "
	    "WHERE version = 2"), 2);
	(void)sqlite3_close(sq);
}

static void
a_step_is_whole_or_nothing(void **state)
{
	static const char *const	bad[] = {
		step_orphan, step_broken, step_leaves
	};
	static const int		want[] = {
		ERR_CORRUPT, ERR_BUG, ERR_BUG
	};

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		struct schema_step	steps[2] = {
			{ .version = 1, .name = "one", .hash = 1,
			    .sql = step_one },
			{ .version = 2, .name = "bad", .hash = 2,
			    .sql = bad[i] },
		};
		sqlite3			*sq;
		int			 r;

		sq = steps_open(steps, 1, &r);
		assert_int_equal(r, 0);
		assert_int_equal(sqlite3_exec(sq, "INSERT INTO parent VALUES "
		    "(1, 'x'); INSERT INTO child VALUES (1, 1)", NULL, NULL,
		    NULL), SQLITE_OK);
		assert_int_equal(migrate_list(sq, steps, 2), want[i]);
		assert_int_equal(number(sq, "PRAGMA user_version"), 1);
		assert_int_equal(number(sq, "SELECT count(*) FROM parent"), 1);
		assert_int_equal(number(sq, "SELECT count(*) FROM child"), 1);
		assert_int_equal(number(sq, "SELECT count(*) FROM "
		    "sqlite_schema WHERE name = 'half'"), 0);
		assert_true(sqlite3_get_autocommit(sq));
		assert_int_equal(number(sq, "PRAGMA foreign_keys"), 1);
		(void)sqlite3_close(sq);
	}
}

static char *
schema_text(sqlite3 *sq)
{
	struct buf	 text = { 0 };
	sqlite3_stmt	*st;

	assert_int_equal(sqlite3_prepare_v2(sq, "SELECT type, name, "
	    "coalesce(sql, '') FROM sqlite_schema ORDER BY type, name", -1,
	    &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		buf_fmt(&text, "%s %s %s\n", sqlite3_column_text(st, 0),
		    sqlite3_column_text(st, 1), sqlite3_column_text(st, 2));
	}
	(void)sqlite3_finalize(st);
	return buf_take(&text);
}

/* From every older version, with the shop on disk, triggers included. */
static void
migrated_is_fresh(void **state)
{
	struct db	*db = NULL;
	char		*fresh, *path = place("shop.db");
	int		 r;

	(void)state;
	assert_int_equal(db_open(scratch, DB_READ, &db), 0);
	fresh = schema_text(db->sq);
	db_close(db);
	assert_non_null(strstr(fresh, "trigger audit_no_update"));
	for (int from = 0; from < schema_version; from++) {
		char	*have;
		sqlite3	*sq;

		assert_int_equal(unlink(path), 0);
		(void)sqlite3_open(path, &sq);
		assert_int_equal(db_settings(sq), 0);
		assert_int_equal(migrate_list(sq, schema_steps, from), 0);
		(void)sqlite3_close(sq);
		if (from > 0) {
			assert_int_equal(db_open(scratch, DB_READ, &db),
			    ERR_OLDER);
		}
		assert_int_equal(r = db_migrate(scratch), 0);
		assert_int_equal(db_open(scratch, DB_READ, &db), 0);
		have = schema_text(db->sq);
		assert_string_equal(have, fresh);
		free(have);
		db_close(db);
	}
	free(fresh);
	free(path);
}

static int
count_entries(const char *dir, const char *prefix)
{
	DIR		*d = opendir(dir);
	struct dirent	*e;
	int		 n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		n += strncmp(e->d_name, prefix, strlen(prefix)) == 0;
	}
	(void)closedir(d);
	return n;
}

static void
an_upgrade_is_alone_and_saved_before(void **state)
{
	struct db	*session = scratch_open();
	char		*backups = place("backups"), set[40];

	(void)state;
	assert_int_equal(scratch_put(session, "a", "1"), 0);
	/* Nobody upgrades while somebody has the shop open. */
	assert_int_equal(db_migrate(scratch), ERR_BUSY);
	db_close(session);
	assert_int_equal(db_migrate(scratch), 0);	/* nothing to do */
	assert_int_equal(count_entries(backups, "before-schema"), 0);
	/* One whose step fails (its tables are there) loses nothing. */
	assert_int_equal(scratch_sql("PRAGMA user_version = 0"), SQLITE_OK);
	assert_int_equal(db_migrate(scratch), ERR_BUG);
	assert_int_equal(count_entries(backups, "before-schema"), 1);
	(void)snprintf(set, sizeof(set), "PRAGMA user_version = %d",
	    schema_version);
	assert_int_equal(scratch_sql(set), SQLITE_OK);
	session = scratch_open();
	assert_int_equal(scratch_count(session), 1);
	db_close(session);
	free(backups);
}

/* --- backups ------------------------------------------------------------ */

static void
a_backup_is_one_checked_file(void **state)
{
	struct db	*db = scratch_open();
	char		*path = place("backups/one.db"), *wal;
	sqlite3		*sq;

	(void)state;
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	/* All of it is still in the log; cp of shop.db would have nothing. */
	assert_int_equal(db_backup(db, path), 0);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(number(sq, "SELECT count(*) FROM setting"), 1);
	assert_int_equal(number(sq, "PRAGMA user_version"), schema_version);
	(void)sqlite3_close(sq);
	wal = place("backups/one.db-wal");
	assert_int_equal(access(wal, F_OK), -1);
	free(wal);
	/* Again over it, and never half of it. */
	assert_int_equal(scratch_put(db, "b", "1"), 0);
	assert_int_equal(db_backup(db, path), 0);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(number(sq, "SELECT count(*) FROM setting"), 2);
	(void)sqlite3_close(sq);
	free(path);
	path = place("backups");
	assert_int_equal(count_entries(path, "one.db"), 1);
	free(path);
	assert_int_equal(db_backup(db, "/nonexistent/x.db"), ERR_IO);
	assert_non_null(strstr(err_text(ERR_IO),
	    "/nonexistent/x.db"));
	/* Never over the shop itself, nor over what is no backup. */
	path = place("shop.db");
	assert_int_equal(db_backup(db, path), ERR_INVALID);
	free(path);
	write_text("backups/letter", "Dear Sir or Madam,");
	path = place("backups/letter");
	assert_int_equal(db_backup(db, path), ERR_INVALID);
	free(path);
	path = place("backups");
	assert_int_equal(db_backup(db, path), ERR_INVALID);
	assert_int_equal(count_entries(path, "letter"), 1);
	assert_int_equal(count_entries(path, "one.db"), 1);
	free(path);
	db_close(db);
}

/* --- restores ----------------------------------------------------------- */

static char	backup_path[120];
static char	*beside;	/* where the last restore kept the old */

static void
prepare_backup(void)
{
	struct db	*db = scratch_open();

	(void)str_fmt(backup_path, sizeof(backup_path), "%s/saved.db",
	    scratch_dir);
	assert_int_equal(scratch_put(db, "saved", "1"), 0);
	assert_int_equal(db_backup(db, backup_path), 0);
	assert_int_equal(scratch_put(db, "later", "1"), 0);
	db_close(db);
}

static void
aside_path(char *out, size_t size)
{
	DIR		*d = opendir(scratch_dir);
	struct dirent	*e;

	assert_non_null(d);
	out[0] = '\0';
	while ((e = readdir(d)) != NULL) {
		if (str_starts(e->d_name, "shop.before-restore-")) {
			(void)str_fmt(out, size, "%s/%s", scratch_dir,
			    e->d_name);
		}
	}
	(void)closedir(d);
	assert_true(out[0] != '\0');
}

static void
a_restore_swaps_the_directory(void **state)
{
	struct q_incarnation_last	was, is;
	unsigned char			uid[16];
	struct db			*db;
	struct stat			 st;
	char				 aside[200], *path;
	sqlite3				*sq;

	(void)state;
	prepare_backup();
	db = scratch_open();
	assert_int_equal(q_incarnation_last(db, &was), 0);
	memcpy(uid, was.uid, sizeof(uid));
	assert_int_equal(db_begin(db, "test"), 0);
	db_witness(db, "ticket 2 abc");
	assert_int_equal(db_commit(db), 0);
	db_close(db);
	write_text("keys/host", "secret");
	write_text("documents/z1.txt", "Z 1");
	write_text("shop.conf", "listen 127.0.0.1:2222\n");

	/* The log of the old life is full and stays out of the new one. */
	path = place("shop.db-wal");
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size > 0);
	free(path);
	assert_int_equal(db_restore(scratch, backup_path, 0, &beside), 0);
	free(beside);
	db = scratch_open();
	assert_int_equal(scratch_count(db), 1);
	assert_int_equal(q_incarnation_last(db, &is), 0);
	assert_string_equal(is.why, "restore");
	assert_memory_not_equal(is.uid, uid, sizeof(uid));
	assert_int_equal(scratch_put(db, "more", "1"), 0);
	db_close(db);
	has_text("keys/host", "secret");
	has_text("documents/z1.txt", "Z 1");
	has_text("shop.conf", "listen 127.0.0.1:2222\n");
	has_text("witness", "ticket 2 abc\n");

	/* The old life is beside it, whole, with what came later. */
	aside_path(aside, sizeof(aside));
	path = xasprintf("%s/shop.db", aside);
	assert_int_equal(sqlite3_open(path, &sq), SQLITE_OK);
	assert_int_equal(number(sq, "SELECT count(*) FROM setting"), 2);
	(void)sqlite3_close(sq);
	free(path);
	assert_int_equal(count_entries(scratch_dir, "shop.restore-"), 0);
}

/* The trap itself: why a restore is no copy. */
static void
a_copy_over_a_live_log_is_the_old_state(void **state)
{
	struct buf	 bytes = { 0 };
	struct db	*db;
	char		*path = place("shop.db");
	int		 fd;

	(void)state;
	prepare_backup();
	assert_int_equal(io_read_file(backup_path, 8 << 20, &bytes), 0);
	fd = open(path, O_WRONLY | O_TRUNC);
	assert_true(fd >= 0);
	assert_int_equal(io_write_all(fd, bytes.data, bytes.len), 0);
	(void)close(fd);
	buf_done(&bytes);
	db = scratch_open();
	assert_int_equal(scratch_count(db), 2);		/* not 1 */
	db_close(db);
	/* While a restore of the same file tells the truth. */
	assert_int_equal(db_restore(scratch, backup_path, 0, &beside), 0);
	free(beside);
	db = scratch_open();
	assert_int_equal(scratch_count(db), 1);
	db_close(db);
	free(path);
}

static void
a_restore_refuses_and_changes_nothing(void **state)
{
	struct db	*db, *session;
	char		*junk = xasprintf("%s/junk.db", scratch_dir), sql[64];
	sqlite3		*sq;

	(void)state;
	prepare_backup();
	session = scratch_open();
	assert_int_equal(db_restore(scratch, backup_path, 0, &beside),
	    ERR_BUSY);
	db_close(session);
	assert_int_equal(db_restore(scratch, "/nonexistent.db", 0, &beside),
	    ERR_NOT_FOUND);
	assert_int_equal(io_write_file(junk, 0600, "not a database at all",
	    21), 0);
	assert_int_equal(db_restore(scratch, junk, 0, &beside), ERR_CORRUPT);
	assert_int_equal(unlink(junk), 0);
	assert_int_equal(sqlite3_open(junk, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sq, "CREATE TABLE x (y)", NULL, NULL,
	    NULL), SQLITE_OK);
	(void)sqlite3_close(sq);
	assert_int_equal(db_restore(scratch, junk, 0, &beside), ERR_CORRUPT);
	(void)str_fmt(sql, sizeof(sql), "PRAGMA user_version = %d",
	    schema_version + 1);
	assert_int_equal(sqlite3_open(backup_path, &sq), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sq, sql, NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(sq);
	assert_int_equal(db_restore(scratch, backup_path, 0, &beside),
	    ERR_NEWER);
	assert_int_equal(count_entries(scratch_dir, "shop."), 0);
	db = scratch_open();
	assert_int_equal(scratch_count(db), 2);
	db_close(db);
	free(junk);
}

static void
a_damaged_or_lost_shop_is_restored(void **state)
{
	struct db	*db;
	char		*path = place("shop.db"), command[120];
	int		 fd;

	(void)state;
	prepare_backup();
	fd = open(path, O_WRONLY | O_TRUNC);
	assert_int_equal(write(fd, "junk", 4), 4);
	(void)close(fd);
	assert_int_equal(db_restore(scratch, backup_path, 0, &beside), 0);
	free(beside);
	db = scratch_open();
	assert_int_equal(scratch_count(db), 1);
	db_close(db);
	(void)str_fmt(command, sizeof(command), "rm -r %s", scratch);
	assert_int_equal(system(command), 0);
	assert_int_equal(db_restore(scratch, backup_path, 0, &beside), 0);
	free(beside);
	db = scratch_open();
	assert_int_equal(scratch_count(db), 1);
	db_close(db);
	free(path);
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, scratch_make, scratch_drop)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		TEST(a_rebuild_keeps_the_children),
		TEST(a_step_is_whole_or_nothing),
		TEST(migrated_is_fresh),
		TEST(an_upgrade_is_alone_and_saved_before),
		TEST(a_backup_is_one_checked_file),
		TEST(a_restore_swaps_the_directory),
		TEST(a_copy_over_a_live_log_is_the_old_state),
		TEST(a_restore_refuses_and_changes_nothing),
		TEST(a_damaged_or_lost_shop_is_restored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
