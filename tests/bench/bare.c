/* SPDX-License-Identifier: ISC */
/* The rows of an act, written again by SQLite alone. */
#include "bench.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define BARE_ROWS	256

struct bare {
	sqlite3		*db;
	sqlite3_stmt	*row[BARE_ROWS];
	int		 rows;
};

static void
bare_exec(sqlite3 *db, const char *sql)
{
	char	*error = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
		die("%s: %s", sql, error);
	}
}

static void
bare_execf(sqlite3 *db, struct buf *sql)
{
	bare_exec(db, buf_text(sql));
	buf_clear(sql);
}

static sqlite3_stmt *
bare_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt	*stmt;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
		die("%s: %s", sql, sqlite3_errmsg(db));
	}
	return stmt;
}

void
bare_copy(const char *path, const char *to)
{
	sqlite3		*db, *copy;
	sqlite3_backup	*b;

	(void)unlink(to);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_open(to, &copy) != SQLITE_OK ||
	    (b = sqlite3_backup_init(copy, "main", db, "main")) == NULL ||
	    sqlite3_backup_step(b, -1) != SQLITE_DONE) {
		die("cannot copy %s", path);
	}
	(void)sqlite3_backup_finish(b);
	(void)sqlite3_close(copy);
	(void)sqlite3_close(db);
}

/* The columns of a table, "a, b, c"; all of them, or of its primary key. */
static void
bare_columns(sqlite3 *db, const char *table, bool key, struct buf *out)
{
	sqlite3_stmt	*stmt;
	const char	*comma = "";

	stmt = bare_prepare(db, key ?
	    "SELECT name FROM pragma_table_info(?1, 'after') WHERE pk > 0"
	    " ORDER BY pk" :
	    "SELECT name FROM pragma_table_info(?1, 'after') ORDER BY cid");
	(void)sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		buf_fmt(out, "%s\"%s\"", comma,
		    (const char *)sqlite3_column_text(stmt, 0));
		comma = ", ";
	}
	(void)sqlite3_finalize(stmt);
}

/* Indexes on the same columns, none of them unique. */
static void
bare_indexes(sqlite3 *db, const char *table)
{
	sqlite3_stmt	*stmt;
	struct buf	 sql = { 0 };
	int		 n = 0;

	stmt = bare_prepare(db,
	    "SELECT group_concat('\"' || i.name || '\"')"
	    " FROM pragma_index_list(?1, 'after') AS l,"
	    " pragma_index_info(l.name, 'after') AS i"
	    " WHERE i.name IS NOT NULL GROUP BY l.name");
	(void)sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		buf_fmt(&sql, "CREATE INDEX \"%s_%d\" ON \"%s\" (%s)", table,
		    n++, table, (const char *)sqlite3_column_text(stmt, 0));
		bare_execf(db, &sql);
	}
	(void)sqlite3_finalize(stmt);
	buf_done(&sql);
}

/* A statement that writes one row like this one of after.TABLE. */
static void
bare_row(struct bare *b, const char *table, const char *columns,
    sqlite3_stmt *row, bool changed)
{
	struct buf	 sql = { 0 };
	sqlite3_stmt	*stmt;
	int		 n = sqlite3_column_count(row);

	if (b->rows == BARE_ROWS) {
		die("more than %d rows in one act", BARE_ROWS);
	}
	if (changed) {
		buf_fmt(&sql, "UPDATE \"%s\" SET (%s) = (", table, columns);
	} else {
		buf_fmt(&sql, "REPLACE INTO \"%s\" (%s) VALUES (", table,
		    columns);
	}
	for (int i = 1; i < n; i++) {
		buf_fmt(&sql, "%s?%d", i > 1 ? ", " : "", i);
	}
	buf_chr(&sql, ')');
	if (changed) {
		buf_fmt(&sql, " WHERE rowid = %lld",
		    (long long)sqlite3_column_int64(row, 0));
	}
	stmt = bare_prepare(b->db, buf_text(&sql));
	for (int i = 1; i < n; i++) {
		(void)sqlite3_bind_value(stmt, i, sqlite3_column_value(row, i));
	}
	b->row[b->rows++] = stmt;
	buf_done(&sql);
}

/* The table of before with its rows, and statements for what came since. */
static void
bare_table(struct bare *b, const char *table)
{
	struct buf	 columns = { 0 }, sql = { 0 };
	sqlite3_stmt	*stmt, *known;

	bare_columns(b->db, table, false, &columns);
	buf_fmt(&sql, "CREATE TABLE \"%s\" (%s)", table, buf_text(&columns));
	bare_execf(b->db, &sql);
	buf_fmt(&sql, "INSERT INTO \"%s\" (rowid, %s) SELECT rowid, %s"
	    " FROM before.\"%s\"", table, buf_text(&columns),
	    buf_text(&columns), table);
	bare_execf(b->db, &sql);
	bare_indexes(b->db, table);

	buf_fmt(&sql, "SELECT 1 FROM before.\"%s\" WHERE rowid = ?1", table);
	known = bare_prepare(b->db, buf_text(&sql));
	buf_clear(&sql);
	buf_fmt(&sql, "SELECT rowid, %s FROM after.\"%s\" EXCEPT"
	    " SELECT rowid, %s FROM before.\"%s\"", buf_text(&columns), table,
	    buf_text(&columns), table);
	stmt = bare_prepare(b->db, buf_text(&sql));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		(void)sqlite3_bind_int64(known, 1,
		    sqlite3_column_int64(stmt, 0));
		bare_row(b, table, buf_text(&columns), stmt,
		    sqlite3_step(known) == SQLITE_ROW);
		(void)sqlite3_reset(known);
	}
	(void)sqlite3_finalize(stmt);
	(void)sqlite3_finalize(known);
	buf_done(&columns);
	buf_done(&sql);
}

/*
 * A table without rowids keeps its key, and a row written again replaces
 * itself: the same page, the same work.
 */
static void
bare_keyed(struct bare *b, const char *table)
{
	struct buf	 columns = { 0 }, key = { 0 }, sql = { 0 };
	sqlite3_stmt	*stmt;

	bare_columns(b->db, table, false, &columns);
	bare_columns(b->db, table, true, &key);
	buf_fmt(&sql, "CREATE TABLE \"%s\" (%s, PRIMARY KEY (%s))"
	    " WITHOUT ROWID", table, buf_text(&columns), buf_text(&key));
	bare_execf(b->db, &sql);
	buf_fmt(&sql, "INSERT INTO \"%s\" SELECT * FROM before.\"%s\"", table,
	    table);
	bare_execf(b->db, &sql);
	buf_fmt(&sql, "SELECT 0, * FROM (SELECT * FROM after.\"%s\" EXCEPT"
	    " SELECT * FROM before.\"%s\")", table, table);
	stmt = bare_prepare(b->db, buf_text(&sql));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		bare_row(b, table, buf_text(&columns), stmt, false);
	}
	(void)sqlite3_finalize(stmt);
	buf_done(&columns);
	buf_done(&key);
	buf_done(&sql);
}

struct bare *
bare_learn(const char *before, const char *after, const char *path)
{
	struct bare	*b = xcalloc(1, sizeof(*b));
	struct buf	 sql = { 0 };
	sqlite3_stmt	*tables;

	(void)unlink(path);
	if (sqlite3_open(path, &b->db) != SQLITE_OK) {
		die("cannot make %s", path);
	}
	bare_exec(b->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA wal_autocheckpoint=10000;");
	buf_fmt(&sql, "ATTACH '%s' AS before; ATTACH '%s' AS after", before,
	    after);
	bare_execf(b->db, &sql);
	/* Tables of our own; search indexes do not change in a sale. */
	tables = bare_prepare(b->db,
	    "SELECT name, sql LIKE '%WITHOUT ROWID%'"
	    " FROM after.sqlite_schema AS s WHERE type = 'table'"
	    " AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
	    " AND NOT EXISTS (SELECT 1"
	    " FROM after.sqlite_schema AS v WHERE v.sql LIKE 'CREATE VIRTUAL%'"
	    " AND s.name LIKE v.name || '\\__%' ESCAPE '\\')");
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char	*name =
		    (const char *)sqlite3_column_text(tables, 0);

		if (sqlite3_column_int(tables, 1) != 0) {
			bare_keyed(b, name);
		} else {
			bare_table(b, name);
		}
	}
	(void)sqlite3_finalize(tables);
	bare_exec(b->db, "DETACH before; DETACH after");
	buf_done(&sql);
	if (b->rows == 0) {
		die("the act wrote nothing");
	}
	return b;
}

double
bare_run(struct bare *b)
{
	double	start = now_ms();

	bare_exec(b->db, "BEGIN IMMEDIATE");
	for (int i = 0; i < b->rows; i++) {
		if (sqlite3_step(b->row[i]) != SQLITE_DONE) {
			die("bare row: %s", sqlite3_errmsg(b->db));
		}
		(void)sqlite3_reset(b->row[i]);
	}
	bare_exec(b->db, "COMMIT");
	return now_ms() - start;
}

int
bare_rows(const struct bare *b)
{
	return b->rows;
}

void
bare_done(struct bare *b)
{
	if (b == NULL) {
		return;
	}
	for (int i = 0; i < b->rows; i++) {
		(void)sqlite3_finalize(b->row[i]);
	}
	(void)sqlite3_close(b->db);
	free(b);
}
