/* SPDX-License-Identifier: ISC */
/* What an import and a receipt write, by SQLite alone: the same rows, prepared,
 * into the same schema.  An import's with its triggers, a thousand items in a
 * transaction; a receipt's all in one, with the triggers and without. */
#include "bench.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/mem.h"

#define SLICE	1000

static void
plain_run(sqlite3 *db, const char *sql)
{
	char	*error = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
		die("%s: %s", sql, error);
	}
}

static sqlite3_stmt *
plain_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt	*st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
		die("%s: %s", sql, sqlite3_errmsg(db));
	}
	return st;
}

static void
plain_step(sqlite3 *db, sqlite3_stmt *st)
{
	if (sqlite3_step(st) != SQLITE_DONE) {
		die("plain: %s", sqlite3_errmsg(db));
	}
	(void)sqlite3_reset(st);
}

/* As a session opens it. */
static sqlite3 *
plain_open(const char *dir)
{
	char	*path = xasprintf("%s/shop.db", dir);
	sqlite3	*db;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		die("%s: %s", path, sqlite3_errmsg(db));
	}
	plain_run(db, "PRAGMA foreign_keys = ON; "
	    "PRAGMA recursive_triggers = ON; PRAGMA secure_delete = ON; "
	    "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
	free(path);
	return db;
}

/* ---- a receipt ---------------------------------------------------------- */

/* The rows of a line: with triggers the first writes the others as well. */
enum { RECEIPT_MOVE, RECEIPT_LEVEL, RECEIPT_MARK, RECEIPT_ROWS };
static const char *const receipt_row[RECEIPT_ROWS] = {
	[RECEIPT_MOVE] = "INSERT INTO stock_move (product, qty, kind, reason, "
	    "at, place, value, doc, doc_id) VALUES (?1, 1000, 'receipt', "
	    "'REC', ?2, 1, 500, 'receipt', 1)",
	[RECEIPT_LEVEL] = "INSERT INTO stock_level (product, place, qty, "
	    "value, cost) VALUES (?1, 1, 1000, 500, ?2 * 0) "
	    "ON CONFLICT (product, place) DO UPDATE SET "
	    "qty = qty + excluded.qty, value = value + excluded.value",
	[RECEIPT_MARK] = "INSERT INTO stock_mark (product, place, period, "
	    "qty, value) VALUES (?1, 1, ?2 / 2592000000, 1000, 500) "
	    "ON CONFLICT (product, place, period) DO UPDATE SET "
	    "qty = qty + excluded.qty, value = value + excluded.value",
};

double
plain_receipt(const char *dir, const int64_t *product, int lines, int64_t at,
    bool triggers)
{
	sqlite3		*db = plain_open(dir);
	sqlite3_stmt	*row[RECEIPT_ROWS];
	int		 rows = triggers ? 1 : RECEIPT_ROWS;
	double		 start;

	if (sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER,
	    triggers ? 1 : 0, NULL) != SQLITE_OK) {
		die("triggers: %s", sqlite3_errmsg(db));
	}
	for (int k = 0; k < rows; k++) {
		row[k] = plain_prepare(db, receipt_row[k]);
	}
	start = now_ms();
	plain_run(db, "BEGIN IMMEDIATE");
	for (int i = 0; i < lines; i++) {
		for (int k = 0; k < rows; k++) {
			(void)sqlite3_bind_int64(row[k], 1, product[i]);
			(void)sqlite3_bind_int64(row[k], 2, at);
			plain_step(db, row[k]);
		}
	}
	plain_run(db, "COMMIT");
	start = now_ms() - start;
	for (int k = 0; k < rows; k++) {
		(void)sqlite3_finalize(row[k]);
	}
	/* what is timed next does not read a long write-ahead log */
	plain_run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	(void)sqlite3_close(db);
	return start;
}

/* ---- an import ---------------------------------------------------------- */

double
plain_import(const char *dir, int items)
{
	sqlite3		*db = plain_open(dir);
	sqlite3_stmt	*product, *barcode, *info, *word;
	double		 start;

	product = plain_prepare(db, "INSERT INTO product (code, name, folded, "
	    "tax_class, price, changed_at) VALUES "
	    "(?1, ?2, ?3, 'standard', ?4, 1)");
	barcode = plain_prepare(db, "INSERT INTO barcode (code, product) "
	    "VALUES (?1, ?2)");
	info = plain_prepare(db, "INSERT INTO product_info (product, brand) "
	    "VALUES (?1, ?2)");
	word = plain_prepare(db, "INSERT INTO product_word (rowid, folded) "
	    "VALUES (?1, ?2)");
	start = now_ms();
	for (int i = 0; i < items; i++) {
		char	code[16], name[32], folded[32], other[16], brand[16];
		int64_t	id;

		if (i % SLICE == 0) {
			plain_run(db, "BEGIN IMMEDIATE");
		}
		(void)str_fmt(code, sizeof(code), "J%06d", i);
		(void)str_fmt(name, sizeof(name), "Import %d", i);
		(void)str_fmt(folded, sizeof(folded), "import %d", i);
		(void)str_fmt(other, sizeof(other), "Z%07d", i);
		(void)str_fmt(brand, sizeof(brand), "Brand %d", i % 300);
		(void)sqlite3_bind_text(product, 1, code, -1, NULL);
		(void)sqlite3_bind_text(product, 2, name, -1, NULL);
		(void)sqlite3_bind_text(product, 3, folded, -1, NULL);
		(void)sqlite3_bind_int(product, 4, i % 50 * 100 + i % 100);
		plain_step(db, product);
		id = sqlite3_last_insert_rowid(db);
		(void)sqlite3_bind_text(barcode, 1, other, -1, NULL);
		(void)sqlite3_bind_int64(barcode, 2, id);
		plain_step(db, barcode);
		(void)sqlite3_bind_int64(info, 1, id);
		(void)sqlite3_bind_text(info, 2, brand, -1, NULL);
		plain_step(db, info);
		(void)sqlite3_bind_int64(word, 1, id);
		(void)sqlite3_bind_text(word, 2, folded, -1, NULL);
		plain_step(db, word);
		if (i % SLICE == SLICE - 1 || i == items - 1) {
			plain_run(db, "COMMIT");
		}
	}
	start = now_ms() - start;
	(void)sqlite3_finalize(product);
	(void)sqlite3_finalize(barcode);
	(void)sqlite3_finalize(info);
	(void)sqlite3_finalize(word);
	(void)sqlite3_close(db);
	return start;
}
