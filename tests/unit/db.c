/* SPDX-License-Identifier: ISC */
/* A connection: its rules, its transactions, what goes wrong on a disk. */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/schema.h"
#include "db/stmt.h"
#include "sql/journal.h"
#include "sql/schema.h"

/* What statfs says in here when a test wants it to. */
static unsigned long	fake_fs;

int
statfs(const char *path, struct statfs *out)
{
	if (access(path, F_OK) != 0) {
		return -1;
	}
	*out = (struct statfs){ 0 };
	out->f_type = (long)(fake_fs != 0 ? fake_fs : 0xef53);
	return 0;
}

static int64_t
pragma(struct db *db, const char *name)
{
	char		 sql[64];
	sqlite3_stmt	*st;
	int64_t		 v;

	db->open_to_change = true;
	(void)str_fmt(sql, sizeof(sql), "PRAGMA %s", name);
	assert_int_equal(sqlite3_prepare_v2(db->sq, sql, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	v = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	db->open_to_change = false;
	return v;
}

static void
every_connection_has_the_rules(void **state)
{
	struct db	*db = scratch_open();

	(void)state;
	assert_int_equal(pragma(db, "foreign_keys"), 1);
	assert_int_equal(pragma(db, "recursive_triggers"), 1);
	assert_int_equal(pragma(db, "secure_delete"), 1);
	assert_int_equal(pragma(db, "synchronous"), 2);
	assert_int_equal(pragma(db, "mmap_size"), 0);
	assert_int_equal(pragma(db, "wal_autocheckpoint"), 0);
	assert_int_equal(pragma(db, "user_version"), schema_version);
	assert_int_equal(pragma(db, "application_id"), DB_APPLICATION);
	/* And has them still after an I/O error made it open anew. */
	assert_int_equal(db_reopen(db), 0);
	assert_int_equal(pragma(db, "recursive_triggers"), 1);
	db_close(db);
	assert_int_equal(db_open(scratch, DB_READ, &db), 0);
	assert_int_equal(pragma(db, "query_only"), 1);
	assert_int_equal(db_begin(db, "test"), ERR_BUG);
	db_close(db);
}

static size_t
prepared(struct db *db)
{
	size_t	n = 0;

	for (sqlite3_stmt *st = sqlite3_next_stmt(db->sq, NULL); st != NULL;
	    st = sqlite3_next_stmt(db->sq, st)) {
		n++;
	}
	return n;
}

/* At rest, what was asked once goes; what is asked again stays. */
static void
a_rest_keeps_what_is_asked_again(void **state)
{
	struct q_incarnation_first	 first;
	struct q_incarnation_last	 last;
	struct q_setting_all		*rows;
	struct db			*db = scratch_open();
	size_t				 before = prepared(db), n;

	(void)state;
	assert_int_equal(q_setting_all(db, &rows, &n), 0);
	free(rows);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(q_incarnation_last(db, &last), 0);
		assert_int_equal(q_incarnation_first(db, &first), 0);
		db_rest(db);
		assert_int_equal(prepared(db), before);
	}
	assert_int_equal(q_incarnation_last(db, &last), 0);
	assert_int_equal(q_incarnation_last(db, &last), 0);
	assert_int_equal(q_incarnation_first(db, &first), 0);
	db_rest(db);
	assert_int_equal(prepared(db), before + 1);
	assert_int_equal(q_incarnation_last(db, &last), 0);
	assert_int_equal(prepared(db), before + 1);
	assert_int_equal(q_setting_all(db, &rows, &n), 0);
	free(rows);
	db_close(db);
}

static void
a_shop_is_made_once(void **state)
{
	struct db	*db;
	struct stat	 st;
	char		 path[100];

	(void)state;
	assert_int_equal(db_create(scratch), ERR_EXISTS);
	assert_int_equal(db_open("/nonexistent/shop", DB_WRITE, &db),
	    ERR_NOT_FOUND);
	assert_null(db);
	assert_int_equal(db_open(scratch_dir, DB_WRITE, &db), ERR_NOT_FOUND);
	(void)str_fmt(path, sizeof(path), "%s/keys", scratch);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

static void
network_file_systems_are_refused(void **state)
{
	static const unsigned long	remote[] = {
		0x6969, 0xff534d42, 0xfe534d42, 0x00c36400, 0x5346414f
	}, local[] = { 0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630 };
	struct db	*db;

	(void)state;
	for (size_t i = 0; i < NELEM(remote); i++) {
		fake_fs = remote[i];
		assert_int_equal(db_open(scratch, DB_WRITE, &db), ERR_NET);
	}
	for (size_t i = 0; i < NELEM(local); i++) {
		fake_fs = local[i];
		assert_int_equal(db_open(scratch, DB_WRITE, &db), 0);
		db_close(db);
	}
	fake_fs = 0;
}

static void
the_authorizer_denies(void **state)
{
	static const char *const	no[] = {
		"ATTACH '/tmp/x.db' AS x", "DETACH main",
		"PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF",
		"PRAGMA recursive_triggers = OFF", "PRAGMA user_version = 9",
		"PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = ON",
		"SELECT load_extension('x')", "CREATE TABLE x (y)",
		"CREATE TEMP TABLE x (y)", "DROP TABLE setting",
		"DROP TRIGGER audit_no_update", "ALTER TABLE audit ADD x",
		"UPDATE audit SET action = ''", "DELETE FROM audit",
		"DELETE FROM incarnation", "DELETE FROM journal",
		"UPDATE journal SET payload = ''", "DELETE FROM closing",
		"UPDATE sale_vat SET gross = 0", "VACUUM INTO '/tmp/x.db'",
	};
	struct db	*db = scratch_open();

	(void)state;
	for (size_t i = 0; i < NELEM(no); i++) {
		int	rc = sqlite3_exec(db->sq, no[i], NULL, NULL, NULL);

		/* (an unknown or denied function is a plain error) */
		if (rc != SQLITE_AUTH && (rc != SQLITE_ERROR ||
		    strstr(no[i], "load_extension") == NULL)) {
			fail_msg("%s gave %d", no[i], rc);
		}
	}
	db_close(db);
}

static int	asked;

static int
count_asked(void *ctx, int action, const char *a, const char *b,
    const char *c, const char *d)
{
	asked++;
	return db_authorize(ctx, action, a, b, c, d);
}

/* The authorizer is asked when a statement is prepared, once in the life of a
 * session, and never while it runs. */
static void
the_authorizer_costs_nothing(void **state)
{
	struct db	*db = scratch_open();
	int		 prepared = 0;

	(void)state;
	(void)sqlite3_set_authorizer(db->sq, count_asked, db);
	for (int i = 0; i < 1000; i++) {
		struct q_journal_life	row;

		assert_int_equal(q_journal_life(db, &row), 0);
		if (i == 0) {
			prepared = asked;
			assert_true(prepared > 0);
		}
	}
	assert_int_equal(asked, prepared);
	db_close(db);
}

/* --- frozen rows -------------------------------------------------------- */

static char *
columns_of(sqlite3 *sq, const char *table, const char *format)
{
	struct buf	 list = { 0 };
	sqlite3_stmt	*st;
	char		*sql = xasprintf("PRAGMA table_info(%s)", table);

	assert_int_equal(sqlite3_prepare_v2(sq, sql, -1, &st, NULL),
	    SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char	*type;

		type = (const char *)sqlite3_column_text(st, 2);
		buf_str(&list, list.len > 0 ? ", " : "");
		if (format != NULL) {
			buf_fmt(&list, format, sqlite3_column_text(st, 1),
			    sqlite3_column_text(st, 1));
			break;		/* one is enough to update */
		}
		buf_str(&list, strcmp(type, "TEXT") == 0 ? "'paid'" :
		    strcmp(type, "BLOB") == 0 ? "zeroblob(16)" : "1");
	}
	(void)sqlite3_finalize(st);
	free(sql);
	return buf_take(&list);
}

static void
frozen_try(struct db *db, const char *table, const char *format)
{
	char	*set = columns_of(db->sq, table, "%s = %s");
	char	*sql = xasprintf(format, table, set);
	int	 before = sqlite3_total_changes(db->sq);
	int	 r = db_exec(db, sql);

	if (r != ERR_FROZEN) {
		fail_msg("%s: %s (%s)", sql, err_name(r), err_text(r));
	}
	assert_int_equal(sqlite3_total_changes(db->sq), before);
	free(sql);
	free(set);
}

/*
 * The triggers alone (the authorizer lets everything pass here) keep each
 * append-only table, and posted sales, from all four ways to change a row.
 */
static void
frozen_rows_stay(void **state)
{
	static const char *const	posted[] = { "sale", "sale_line" };
	size_t				n = 0;
	struct db			*db = scratch_open();

	(void)state;
	while (schema_append_only[n] != NULL) {
		n++;
	}
	assert_true(n > 0);
	db->open_to_change = true;
	/* Rows that need not make sense, only be there. */
	assert_int_equal(db_exec(db, "PRAGMA foreign_keys = OFF; "
	    "PRAGMA ignore_check_constraints = ON"), 0);
	(void)sqlite3_exec(db->sq, "DROP TRIGGER payment_no_insert; "
	    "DROP TRIGGER sale_vat_no_insert; DROP TRIGGER "
	    "sale_line_no_insert; DROP TRIGGER payment_drawer;", NULL, NULL,
	    NULL);
	for (size_t i = 0; i < n + NELEM(posted); i++) {
		const char	*table = i < NELEM(posted) ? posted[i] :
		    schema_append_only[i - NELEM(posted)];
		char		*values = columns_of(db->sq, table, NULL);
		char		*sql = xasprintf("INSERT OR IGNORE INTO %s "
		    "VALUES (%s)", table, values);

		if (db_exec(db, sql) != 0) {
			fail_msg("%s: %s", sql, err_text(ERR_INVALID));
		}
		frozen_try(db, table, "UPDATE %1$s SET %2$s");
		frozen_try(db, table, "DELETE FROM %1$s");
		frozen_try(db, table, "REPLACE INTO %1$s SELECT * FROM %1$s");
		frozen_try(db, table, "INSERT OR REPLACE INTO %1$s "
		    "SELECT * FROM %1$s");
		frozen_try(db, table, "INSERT INTO %1$s SELECT * FROM "
		    "%1$s WHERE true ON CONFLICT DO UPDATE SET %2$s");
		free(sql);
		free(values);
	}
	db->open_to_change = false;
	db_close(db);
}

static void
replace_needs_recursive_triggers(void **state)
{
	struct db	*db = scratch_open();

	(void)state;
	db->open_to_change = true;
	/* The trap itself: this is why the pragma is set and kept. */
	assert_int_equal(db_exec(db, "INSERT INTO audit (id, at, door, action)"
	    " VALUES (7, 1, 'x', 'kept'); PRAGMA recursive_triggers = OFF; "
	    "REPLACE INTO audit (id, at, door, action) "
	    "VALUES (7, 1, 'x', 'lost'); PRAGMA recursive_triggers = ON"), 0);
	assert_int_equal(db_exec(db, "REPLACE INTO audit (id, at, door, "
	    "action) VALUES (7, 1, 'x', 'again')"), ERR_FROZEN);
	db_close(db);
}

/* --- transactions ------------------------------------------------------- */

static void
transactions_are_whole(void **state)
{
	struct db	*db = scratch_open(), *other;

	(void)state;
	assert_int_equal(q_setting_put(db, "a", "1", 1), ERR_BUG);
	assert_int_equal(db_begin(db, "test"), 0);
	assert_true(db_in_write(db));
	assert_int_equal(q_setting_put(db, "a", "1", 1), 0);
	assert_int_equal(db_open(scratch, DB_READ, &other), 0);
	assert_int_equal(scratch_count(other), 0);
	db_rollback(db);
	assert_int_equal(scratch_count(db), 0);
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	assert_int_equal(scratch_count(other), 1);

	/* A reading stays as it was; it nests, and is free in a write. */
	assert_int_equal(db_read_begin(other), 0);
	assert_int_equal(db_read_begin(other), 0);
	assert_int_equal(scratch_count(other), 1);
	assert_int_equal(scratch_put(db, "b", "1"), 0);
	assert_int_equal(scratch_count(other), 1);
	db_read_end(other);
	assert_int_equal(scratch_count(other), 1);
	db_read_end(other);
	assert_int_equal(scratch_count(other), 2);
	assert_int_equal(db_begin(db, "test"), 0);
	assert_int_equal(db_read_begin(db), 0);
	db_read_end(db);
	assert_true(db_in_write(db));
	assert_int_equal(db_commit(db), 0);
	db_rollback(db);
	db_close(other);
	db_close(db);
}

static void
rows_come_as_declared(void **state)
{
	static const struct col		cols[] = {
		{ COL_TEXT, false, 0, 0 }
	};
	static const struct query	null = {
		.name = "null", .sql = "SELECT NULL", .cols = cols,
		.ncols = 1, .size = sizeof(char *)
	}, number = {
		.name = "number", .sql = "SELECT 1", .cols = cols,
		.ncols = 1, .size = sizeof(char *)
	};
	struct db		*db = scratch_open();
	struct q_incarnation_last inc;
	struct q_setting_all	*rows;
	struct stmt		*st;
	const char		*text;
	size_t			 n;

	(void)state;
	assert_int_equal(q_incarnation_last(db, &inc), 0);
	assert_int_equal(inc.uid_len, 16);
	assert_string_equal(inc.why, "init");
	assert_int_equal(q_setting_all(db, &rows, &n), 0);
	assert_null(rows);
	assert_int_equal(n, 0);
	assert_int_equal(db_begin(db, "test"), 0);
	for (int i = 0; i < 300; i++) {
		char	name[16], value[400];

		(void)str_fmt(name, sizeof(name), "n%03d", i);
		memset(value, 'v', sizeof(value));
		value[i] = '\0';
		assert_int_equal(q_setting_put(db, name, value, i), 0);
	}
	assert_int_equal(db_commit(db), 0);
	assert_int_equal(q_setting_all(db, &rows, &n), 0);
	assert_int_equal(n, 300);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(strlen(rows[i].value), i);
	}
	assert_string_equal(rows[299].name, "n299");
	free(rows);
	/* What the header promised is kept when it runs, or it is an error. */
	assert_int_equal(stmt_open(db, &null, &st), 0);
	assert_int_equal(stmt_one(st, &text), ERR_BUG);
	assert_null(text);
	assert_int_equal(stmt_open(db, &number, &st), 0);
	assert_int_equal(stmt_one(st, &text), ERR_BUG);
	db_close(db);
}

static void
constraints_have_names(void **state)
{
	struct db	*db = scratch_open();
	int64_t		 nobody = 4711;

	(void)state;
	assert_int_equal(db_begin(db, "test"), 0);
	assert_int_equal(q_audit_add(db, 1, &nobody, NULL, NULL, "x", "", "x",
	    "", 0, "", NULL), ERR_INVALID);
	db->open_to_change = true;
	assert_int_equal(db_exec(db, "INSERT INTO setting VALUES "
	    "('a', 'b', 1), ('a', 'c', 1)"), ERR_EXISTS);
	assert_int_equal(db_exec(db, "INSERT INTO setting VALUES "
	    "('a', NULL, 1)"), ERR_INVALID);
	assert_int_equal(db_exec(db, "INSERT INTO setting VALUES "
	    "('a', 'x', 'noon')"), ERR_BUG);
	assert_int_equal(db_exec(db, "CREATE TEMP TRIGGER t BEFORE INSERT ON "
	    "setting BEGIN SELECT RAISE(ABORT, 'ERR:TAKEN by Zoé'); END; "
	    "INSERT INTO setting VALUES ('a', 'x', 1)"), ERR_TAKEN);
	assert_string_equal(err_text(ERR_TAKEN), "by Zoé");
	assert_int_equal(db_exec(db, "DROP TRIGGER t; "
	    "CREATE TEMP TRIGGER t BEFORE INSERT ON "
	    "setting BEGIN SELECT RAISE(ABORT, 'ERR:TAKEN'); END; "
	    "INSERT INTO setting VALUES ('a', 'x', 1)"), ERR_TAKEN);
	assert_string_equal(err_text(ERR_TAKEN), "taken by another terminal");
	db_rollback(db);
	db_close(db);
}

/* --- versions ----------------------------------------------------------- */

static void
other_schemas_are_refused(void **state)
{
	struct db	*db;
	char		 sql[96];

	(void)state;
	(void)str_fmt(sql, sizeof(sql), "PRAGMA user_version = %d",
	    schema_version + 1);
	assert_int_equal(scratch_sql(sql), SQLITE_OK);
	assert_int_equal(db_open(scratch, DB_WRITE, &db), ERR_NEWER);
	assert_null(db);
	assert_int_equal(db_migrate(scratch), ERR_NEWER);
	(void)str_fmt(sql, sizeof(sql), "PRAGMA user_version = %d",
	    schema_version - 1);
	assert_int_equal(scratch_sql(sql), SQLITE_OK);
	assert_int_equal(db_open(scratch, DB_READ, &db), ERR_OLDER);
	(void)str_fmt(sql, sizeof(sql), "PRAGMA user_version = %d; "
	    "UPDATE schema_made SET hash = hash + 1", schema_version);
	assert_int_equal(scratch_sql(sql), SQLITE_OK);
	assert_int_equal(db_open(scratch, DB_WRITE, &db), ERR_OLDER);
}

static void
an_upgrade_parks_open_sessions(void **state)
{
	struct db	*db = scratch_open();
	char		 sql[64];

	(void)state;
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	(void)str_fmt(sql, sizeof(sql), "PRAGMA user_version = %d",
	    schema_version + 1);
	assert_int_equal(scratch_sql(sql), SQLITE_OK);
	assert_int_equal(scratch_put(db, "b", "1"), ERR_PARKED);
	assert_false(db_in_write(db));
	assert_int_equal(scratch_count(db), 1);
	db_close(db);
}

/* --- disks -------------------------------------------------------------- */

static void
a_full_disk_undoes_and_says_so(void **state)
{
	struct db	*db = scratch_open();
	char		 big[200000];
	int64_t		 pages = pragma(db, "page_count");
	char		 sql[64];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	db->open_to_change = true;
	(void)str_fmt(sql, sizeof(sql), "PRAGMA max_page_count = %lld",
	    (long long)pages + 2);
	assert_int_equal(db_exec(db, sql), 0);
	db->open_to_change = false;
	assert_int_equal(db_begin(db, "test"), 0);
	assert_int_equal(q_setting_put(db, "small", "1", 1), 0);
	assert_int_equal(q_setting_put(db, "big", big, 1), ERR_FULL);
	/* SQLite has undone it all; nothing may now be written by itself. */
	if (db->undone != 0) {
		assert_int_equal(q_setting_put(db, "alone", "1", 1),
		    ERR_FULL);
		assert_int_equal(db_commit(db), ERR_FULL);
	} else {
		db_rollback(db);
	}
	assert_int_equal(scratch_count(db), 0);
	assert_int_equal(scratch_put(db, "small", "1"), 0);
	db_close(db);
}

static void
the_ballast_opens_when_the_disk_is_full(void **state)
{
	struct db	*db = scratch_open();
	struct stat	 st;
	char		*path = xasprintf("%s/ballast", scratch), sql[64];
	static char	 big[200000];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	assert_int_equal(io_write_file(path, 0600, big, sizeof(big)), 0);
	db->open_to_change = true;
	(void)str_fmt(sql, sizeof(sql), "PRAGMA max_page_count = %lld",
	    (long long)pragma(db, "page_count") + 2);
	db->open_to_change = true;
	assert_int_equal(db_exec(db, sql), 0);
	db->open_to_change = false;
	assert_int_equal(scratch_put(db, "big", big), ERR_FULL);
	assert_non_null(strstr(err_text(ERR_FULL), "reserve"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 0);
	/* The second time there is none left to open. */
	assert_int_equal(scratch_put(db, "big", big), ERR_FULL);
	assert_null(strstr(err_text(ERR_FULL), "reserve"));
	/* This disk has room: it is taken back. */
	assert_int_equal(db_checkpoint(db, false), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size > 1 << 20);
	db_close(db);
	free(path);
}

static void
no_room_for_the_log_is_a_full_disk(void **state)
{
	struct db	*db = scratch_open();
	struct rlimit	 old, none;
	char		 big[400000];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	none = (struct rlimit){ .rlim_cur = 100000, .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_equal(scratch_put(db, "big", big), ERR_FULL);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_false(db_in_write(db));
	assert_int_equal(scratch_count(db), 0);
	assert_int_equal(scratch_put(db, "big", big), 0);
	assert_int_equal(scratch_count(db), 1);
	db_close(db);
}

static int
open_as_nobody(int out)
{
	struct db	*db;
	char		 command[160];
	int		 r;

	(void)out;
	(void)str_fmt(command, sizeof(command), "chmod a+rx %s && "
	    "chmod -R a-w,a+rX %s", scratch_dir, scratch);
	if (system(command) != 0 || (geteuid() == 0 &&
	    (setgid(65534) != 0 || setuid(65534) != 0))) {
		return 1;
	}
	r = db_open(scratch, DB_WRITE, &db);
	return r == ERR_READONLY && db == NULL ? 0 : 2;
}

static void
a_read_only_shop_is_named(void **state)
{
	char	command[120];

	(void)state;
	assert_int_equal(scratch_wait(scratch_child(open_as_nobody, -1)), 0);
	(void)str_fmt(command, sizeof(command), "chmod -R u+w %s", scratch);
	assert_int_equal(system(command), 0);
}

static void
scribble(const char *name, off_t at, size_t n)
{
	char	path[120], junk[4096];
	int	fd;

	memset(junk, 0xa5, sizeof(junk));
	(void)str_fmt(path, sizeof(path), "%s/%s", scratch, name);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	for (size_t done = 0; done < n; done += sizeof(junk)) {
		assert_int_equal(pwrite(fd, junk, sizeof(junk),
		    at + (off_t)done), (ssize_t)sizeof(junk));
	}
	(void)close(fd);
}

static void
count_finding(void *ctx, const char *text)
{
	(void)text;
	(*(int *)ctx)++;
}

static void
a_damaged_database_is_named(void **state)
{
	struct db	*db = scratch_open();
	char		*backup = xasprintf("%s/backups/x.db", scratch);
	sqlite3_stmt	*st;
	int64_t		 page;
	int		 findings = 0, r;

	(void)state;
	assert_int_equal(db_integrity(db, count_finding, &findings), 0);
	assert_int_equal(findings, 0);
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	assert_int_equal(db_checkpoint(db, true), 0);
	assert_int_equal(sqlite3_prepare_v2(db->sq, "SELECT rootpage FROM "
	    "sqlite_schema WHERE name = 'setting'", -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	page = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	db_close(db);
	scribble("shop.db", 4096 * (page - 1), 4096);
	assert_int_equal(db_open(scratch, DB_WRITE, &db), 0);
	r = db_integrity(db, count_finding, &findings);
	assert_true(r == ERR_CORRUPT || findings > 0);
	/* Nor is it ever taken for a good backup. */
	assert_int_equal(db_backup(db, backup), ERR_CORRUPT);
	assert_int_equal(access(backup, F_OK), -1);
	db_close(db);
	scribble("shop.db", 0, 4096);
	assert_int_equal(db_open(scratch, DB_WRITE, &db), ERR_CORRUPT);
	free(backup);
}

static void
a_foreign_database_is_no_shop(void **state)
{
	struct db	*db;
	char		 sql[80];

	(void)state;
	(void)str_fmt(sql, sizeof(sql), "DROP TABLE schema_made");
	assert_int_equal(scratch_sql(sql), SQLITE_OK);
	assert_int_equal(db_open(scratch, DB_WRITE, &db), ERR_CORRUPT);
}

/* --- an fsync that fails ------------------------------------------------ */

static sqlite3_io_methods	sick_methods;
static const sqlite3_io_methods	*well_methods;
static int			sick_syncs;	/* how many shall fail */
static int			sick_seen;

static int
sick_sync(sqlite3_file *f, int flags)
{
	sick_seen++;
	if (sick_syncs > 0) {
		sick_syncs--;
		return SQLITE_IOERR_FSYNC;
	}
	return well_methods->xSync(f, flags);
}

static sqlite3_vfs	sick_vfs, *well_vfs;

static int
sick_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
    int *out)
{
	int	rc = well_vfs->xOpen(vfs, name, f, flags, out);

	if (rc == SQLITE_OK && f->pMethods != NULL &&
	    (flags & SQLITE_OPEN_WAL)) {
		if (well_methods == NULL) {
			well_methods = f->pMethods;
			sick_methods = *well_methods;
			sick_methods.xSync = sick_sync;
		}
		f->pMethods = &sick_methods;
	}
	return rc;
}

static void
a_failed_fsync_is_never_retried(void **state)
{
	struct db	*db;
	sqlite3		*before;

	(void)state;
	well_vfs = sqlite3_vfs_find(NULL);
	sick_vfs = *well_vfs;
	sick_vfs.zName = "sick";
	sick_vfs.xOpen = sick_open;
	assert_int_equal(sqlite3_vfs_register(&sick_vfs, 1), SQLITE_OK);
	db = scratch_open();
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	assert_true(sick_seen > 0);
	sick_syncs = 1;
	before = db->sq;
	assert_int_equal(scratch_put(db, "b", "1"), ERR_IO);
	assert_int_equal(sick_syncs, 0);
	assert_true(db->broken);
	assert_false(db_in_write(db));
	assert_int_equal(scratch_put(db, "c", "1"), 0);
	assert_ptr_not_equal(db->sq, NULL);
	assert_false(db->broken);
	(void)before;
	assert_int_equal(scratch_count(db), 2);
	db_close(db);
	assert_int_equal(sqlite3_vfs_unregister(&sick_vfs), SQLITE_OK);
	assert_int_equal(sqlite3_vfs_register(well_vfs, 1), SQLITE_OK);
}

/* --- the log ------------------------------------------------------------ */

static void
the_log_is_shortened_in_the_queue(void **state)
{
	struct db		*db = scratch_open(), *reader;
	struct db_health	 health;
	char			*big = xmalloc(1 << 20);

	(void)state;
	memset(big, 'x', 1 << 20);
	big[(1 << 20) - 1] = '\0';
	for (int i = 0; i < 45; i++) {
		char	name[16];

		(void)str_fmt(name, sizeof(name), "n%d", i % 3);
		assert_int_equal(scratch_put(db, name, big), 0);
	}
	/* 45 MB were written; at 10 000 pages a session has shortened it. */
	assert_in_range(db->wal_pages, 1, DB_WAL_PAGES);
	assert_int_equal(db_checkpoint(db, true), 0);
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.wal_bytes, 0);

	/* Somebody who reads holds it back: no wait, no error. */
	assert_int_equal(db_open(scratch, DB_READ, &reader), 0);
	assert_int_equal(db_read_begin(reader), 0);
	assert_int_equal(scratch_count(reader), 3);
	memset(big, 'y', 1 << 19);
	assert_int_equal(scratch_put(db, "n0", big), 0);
	assert_int_equal(db_checkpoint(db, true), 0);
	assert_int_equal(db_health(db, &health), 0);
	assert_true(health.wal_bytes > 1 << 18);
	db_read_end(reader);
	assert_int_equal(db_checkpoint(db, true), 0);
	assert_int_equal(db_health(db, &health), 0);
	assert_int_equal(health.wal_bytes, 0);
	db_close(reader);
	db_close(db);
	free(big);
}

static void
the_witness_is_outside(void **state)
{
	struct db	*db = scratch_open();
	struct buf	 text = { 0 };
	char		 path[100];

	(void)state;
	assert_int_equal(db_begin(db, "test"), 0);
	db_witness(db, "ticket 1 abc");
	db_rollback(db);
	assert_int_equal(db_begin(db, "test"), 0);
	db_witness(db, "ticket 1 def");
	db_witness(db, "event 1 ghi");
	assert_int_equal(db_commit(db), 0);
	assert_int_equal(scratch_put(db, "a", "1"), 0);
	(void)str_fmt(path, sizeof(path), "%s/witness", scratch);
	assert_int_equal(io_read_file(path, 1000, &text), 0);
	assert_string_equal(buf_text(&text), "ticket 1 def\nevent 1 ghi\n");
	buf_done(&text);
	db_close(db);
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, scratch_make, scratch_drop)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		TEST(every_connection_has_the_rules),
		TEST(a_shop_is_made_once),
		TEST(network_file_systems_are_refused),
		TEST(the_authorizer_denies),
		TEST(the_authorizer_costs_nothing),
		TEST(frozen_rows_stay),
		TEST(replace_needs_recursive_triggers),
		TEST(transactions_are_whole),
		TEST(rows_come_as_declared),
		TEST(constraints_have_names),
		TEST(other_schemas_are_refused),
		TEST(an_upgrade_parks_open_sessions),
		TEST(a_full_disk_undoes_and_says_so),
		TEST(the_ballast_opens_when_the_disk_is_full),
		TEST(no_room_for_the_log_is_a_full_disk),
		TEST(a_read_only_shop_is_named),
		TEST(a_damaged_database_is_named),
		TEST(a_foreign_database_is_no_shop),
		TEST(a_rest_keeps_what_is_asked_again),
		TEST(a_failed_fsync_is_never_retried),
		TEST(the_log_is_shortened_in_the_queue),
		TEST(the_witness_is_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
