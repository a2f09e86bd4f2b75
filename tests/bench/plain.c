/* SPDX-License-Identifier: ISC */
/* What an import writes, by SQLite alone: the same rows, prepared, into the
 * same schema with its triggers, a thousand items in a transaction. */
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

double
plain_import(const char *dir, int items)
{
	char		*path = xasprintf("%s/shop.db", dir);
	sqlite3		*db;
	sqlite3_stmt	*product, *barcode, *info, *word;
	double		 start;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		die("%s: %s", path, sqlite3_errmsg(db));
	}
	plain_run(db, "PRAGMA foreign_keys = ON; "
	    "PRAGMA recursive_triggers = ON; PRAGMA secure_delete = ON; "
	    "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
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
	free(path);
	return start;
}
