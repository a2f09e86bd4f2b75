/* SPDX-License-Identifier: ISC */
/* Statements prepared once a connection, rows copied out by table. */
#include "db/stmt.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "db/conn.h"

struct stmt {
	struct db		*db;
	const struct query	*q;
	sqlite3_stmt		*sq;
	bool			 open;
	bool			 again;		/* asked more than once */
	char			*text;		/* of the row handed out */
	size_t			 text_size;
};

static size_t
stmt_hash(const struct query *q, size_t size)
{
	return (size_t)(((uintptr_t)q >> 3) * UINT64_C(0x9e3779b97f4a7c15) >>
	    32) & (size - 1);
}

static struct stmt **
stmt_slot(struct db *db, const struct query *q)
{
	size_t	i = stmt_hash(q, db->stmts_size);

	while (db->stmts[i] != NULL && db->stmts[i]->q != q) {
		i = (i + 1) & (db->stmts_size - 1);
	}
	return &db->stmts[i];
}

static void
stmt_grow(struct db *db)
{
	struct stmt	**old = db->stmts;
	size_t		  n = db->stmts_size;

	db->stmts_size = n == 0 ? 64 : n * 2;
	db->stmts = xcalloc(db->stmts_size, sizeof(*db->stmts));
	for (size_t i = 0; i < n; i++) {
		if (old[i] != NULL) {
			*stmt_slot(db, old[i]->q) = old[i];
		}
	}
	free(old);
}

static void
stmt_drop(struct stmt *st)
{
	(void)sqlite3_finalize(st->sq);
	free(st->text);
	free(st);
}

void
stmt_rest(struct db *db)
{
	struct stmt	**old = db->stmts;
	size_t		  n = db->stmts_size;

	db->stmts = NULL;
	db->nstmts = db->stmts_size = 0;
	for (size_t i = 0; i < n; i++) {
		if (old[i] == NULL) {
			continue;
		}
		if (!old[i]->again && !old[i]->open) {
			stmt_drop(old[i]);
			continue;
		}
		if (db->nstmts * 2 >= db->stmts_size) {
			stmt_grow(db);
		}
		*stmt_slot(db, old[i]->q) = old[i];
		db->nstmts++;
	}
	free(old);
}

void
stmt_drop_all(struct db *db)
{
	for (size_t i = 0; i < db->stmts_size; i++) {
		struct stmt	*st = db->stmts[i];

		if (st == NULL) {
			continue;
		}
		if (st->open) {
			fatal("statement %s is open at the end", st->q->name);
		}
		stmt_drop(st);
	}
	free(db->stmts);
	db->stmts = NULL;
	db->nstmts = db->stmts_size = 0;
}

/* Writes belong into db_begin() … db_commit(), while that still stands. */
static int
stmt_allowed(struct db *db, const struct stmt *st)
{
	if (sqlite3_stmt_readonly(st->sq)) {
		return 0;
	}
	if (!db->in_write) {
		log_error("%s writes outside a transaction", st->q->name);
		return err_set(ERR_BUG, "%s writes outside a transaction",
		    st->q->name);
	}
	return db->undone;
}

int
stmt_open(struct db *db, const struct query *q, struct stmt **out)
{
	struct stmt	**slot, *st;
	int		  r;

	*out = NULL;
	if (db->broken && !db->in_write && db->in_read == 0 &&
	    (r = db_reopen(db)) != 0) {
		return r;
	}
	if (db->nstmts * 2 >= db->stmts_size) {
		stmt_grow(db);
	}
	slot = stmt_slot(db, q);
	if (*slot == NULL) {
		sqlite3_stmt	*sq;
		int		 rc;

		rc = sqlite3_prepare_v3(db->sq, q->sql, -1,
		    SQLITE_PREPARE_PERSISTENT, &sq, NULL);
		if (rc != SQLITE_OK) {
			return db_error(db, rc, q->name);
		}
		*slot = xcalloc(1, sizeof(**slot));
		(*slot)->db = db;
		(*slot)->q = q;
		(*slot)->sq = sq;
		db->nstmts++;
	} else {
		(*slot)->again = true;
	}
	st = *slot;
	if (st->open) {
		fatal("statement %s is used inside itself", q->name);
	}
	if ((r = stmt_allowed(db, st)) != 0) {
		return r;
	}
	st->open = db->used = true;
	*out = st;
	return 0;
}

/* A parameter that only another variant uses is out of range: fine. */
static void
stmt_bound(struct stmt *st, int i, int rc)
{
	if (rc == SQLITE_RANGE || rc == SQLITE_OK) {
		return;
	}
	fatal("cannot bind parameter %d of %s: %s", i, st->q->name,
	    sqlite3_errstr(rc));
}

void
stmt_bind_i64(struct stmt *st, int i, int64_t v)
{
	stmt_bound(st, i, sqlite3_bind_int64(st->sq, i, v));
}

void
stmt_bind_i64_null(struct stmt *st, int i, const int64_t *v)
{
	stmt_bound(st, i, v == NULL ? sqlite3_bind_null(st->sq, i) :
	    sqlite3_bind_int64(st->sq, i, *v));
}

void
stmt_bind_text(struct stmt *st, int i, const char *v)
{
	stmt_bound(st, i, v == NULL ? sqlite3_bind_null(st->sq, i) :
	    sqlite3_bind_text64(st->sq, i, v, strlen(v), SQLITE_STATIC,
	    SQLITE_UTF8));
}

void
stmt_bind_blob(struct stmt *st, int i, const void *v, size_t n)
{
	/* SQLite takes NULL of any length for NULL; an empty blob is one. */
	stmt_bound(st, i, v == NULL ? sqlite3_bind_null(st->sq, i) :
	    sqlite3_bind_blob64(st->sq, i, v, n, SQLITE_STATIC));
}

int
stmt_close(struct stmt *st, int r)
{
	(void)sqlite3_reset(st->sq);	/* its error was seen at the step */
	(void)sqlite3_clear_bindings(st->sq);
	st->open = false;
	return r;
}

/* 1 with a row, 0 when done. */
static int
stmt_step(struct stmt *st)
{
	int	rc = sqlite3_step(st->sq);

	if (rc == SQLITE_ROW) {
		return 1;
	}
	if (rc == SQLITE_DONE) {
		return 0;
	}
	return db_error(st->db, rc, st->q->name);
}

int
stmt_exec(struct stmt *st)
{
	int	r;

	while ((r = stmt_step(st)) > 0) {
		continue;
	}
	return stmt_close(st, r);
}

int
stmt_exec_id(struct stmt *st, int64_t *id)
{
	sqlite3	*sq = st->db->sq;
	int	 r = stmt_exec(st);

	*id = r == 0 ? sqlite3_last_insert_rowid(sq) : 0;
	return r;
}

int
stmt_exec_changes(struct stmt *st, int64_t *n)
{
	sqlite3	*sq = st->db->sq;
	int	 r = stmt_exec(st);

	*n = r == 0 ? sqlite3_changes64(sq) : 0;
	return r;
}

/* --- rows --------------------------------------------------------------- */

/* The header's promise about a column, kept at run time too.  Values are taken
 * as such: there is one thread, and sqlite3_column_…() locks for each. */
static int
col_check(const struct stmt *st, int i, sqlite3_value *v)
{
	const struct col	*c = &st->q->cols[i];
	int			 type = sqlite3_value_type(v);
	static const int	 want[] = {
		SQLITE_INTEGER, SQLITE_TEXT, SQLITE_BLOB, SQLITE_INTEGER
	};

	if (type == want[c->type] || (type == SQLITE_NULL && c->nullable)) {
		return 0;
	}
	log_error("column %s of %s is %s", sqlite3_column_name(st->sq, i),
	    st->q->name, type == SQLITE_NULL ? "NULL" : "of another type");
	return err_set(ERR_BUG, "column %s of %s is not as declared",
	    sqlite3_column_name(st->sq, i), st->q->name);
}

/* Bytes the row's texts need; each text has a NUL. */
static int
row_check(const struct stmt *st, size_t *size)
{
	*size = 0;
	for (size_t i = 0; i < st->q->ncols; i++) {
		sqlite3_value	*v = sqlite3_column_value(st->sq, (int)i);
		int		 r = col_check(st, (int)i, v);

		if (r != 0) {
			return r;
		}
		if (st->q->cols[i].type == COL_TEXT ||
		    st->q->cols[i].type == COL_BLOB) {
			*size += (size_t)sqlite3_value_bytes(v) + 1;
		}
	}
	return 0;
}

static void
put_bool(void *row, size_t at, bool v)
{
	memcpy((char *)row + at, &v, sizeof(v));
}

/*
 * Fill the row; texts go to `text`, and the pointers to them say `base` plus
 * their place (base is text, or the distance into a block that may move).
 */
static void
row_fill(const struct stmt *st, void *row, char *text, uintptr_t base)
{
	size_t	used = 0;

	memset(row, 0, st->q->size);
	for (size_t n = 0; n < st->q->ncols; n++) {
		const struct col	*c = &st->q->cols[n];
		sqlite3_value		*v;
		bool			 null;
		int64_t			 i;
		size_t			 len;
		uintptr_t		 p;

		v = sqlite3_column_value(st->sq, (int)n);
		null = sqlite3_value_type(v) == SQLITE_NULL;
		switch (c->type) {
		case COL_I64:
			i = sqlite3_value_int64(v);
			memcpy((char *)row + c->at, &i, sizeof(i));
			break;
		case COL_BOOL:
			put_bool(row, c->at, sqlite3_value_int64(v) != 0);
			break;
		default:
			if (null) {
				continue;
			}
			len = (size_t)sqlite3_value_bytes(v);
			if (len > 0) {
				memcpy(text + used, sqlite3_value_blob(v),
				    len);
			}
			text[used + len] = '\0';
			p = base + used;
			memcpy((char *)row + c->at, &p, sizeof(p));
			if (c->type == COL_BLOB) {
				memcpy((char *)row + c->aux, &len,
				    sizeof(len));
			}
			used += len + 1;
			continue;
		}
		if (c->nullable) {
			put_bool(row, c->aux, null);
		}
	}
}

int
stmt_next(struct stmt *st, void *row)
{
	size_t	need;
	int	r = stmt_step(st);

	if (r <= 0) {
		return r;
	}
	if ((r = row_check(st, &need)) != 0) {
		return r;
	}
	if (need > st->text_size) {
		st->text = xrealloc(st->text, need, 1);
		st->text_size = need;
	}
	row_fill(st, row, st->text, (uintptr_t)st->text);
	return 1;
}

int
stmt_one(struct stmt *st, void *row)
{
	int	r = stmt_next(st, row), more;

	if (r == 1) {
		r = 0;
		/* RETURNING hands out rows before the statement is done. */
		while (!sqlite3_stmt_readonly(st->sq) &&
		    (more = stmt_step(st)) != 0) {
			if (more < 0) {
				r = more;
				break;
			}
		}
	} else if (r == 0) {
		r = ERR_NOT_FOUND;
		(void)err_set(0, " ");	/* no older words for it */
	}
	if (r != 0) {
		memset(row, 0, st->q->size);
	}
	return stmt_close(st, r);
}

/*
 * Rows grow in one buffer, texts in another; at the end both become one
 * block, and the texts' distances become pointers.
 */
int
stmt_all(struct stmt *st, void **rows, size_t *n)
{
	struct buf	table = { 0 }, text = { 0 };
	size_t		size = st->q->size, need;
	char		*block, *row = xmalloc(size);
	uintptr_t	p;
	int		r;

	*rows = NULL;
	*n = 0;
	while ((r = stmt_step(st)) > 0) {
		size_t	at = text.len;

		if ((r = row_check(st, &need)) != 0) {
			break;
		}
		buf_room(&text, need);
		/* Distances count from 1: 0 is NULL. */
		row_fill(st, row, text.data + at, at + 1);
		text.len += need;
		buf_add(&table, row, size);
		(*n)++;
	}
	free(row);
	if (r == 0 && *n > 0) {
		block = xrealloc(table.data, table.len + text.len, 1);
		table.data = NULL;
		if (text.len > 0) {
			memcpy(block + table.len, text.data, text.len);
		}
		for (size_t i = 0; i < *n * st->q->ncols; i++) {
			const struct col	*c = &st->q->cols[i %
			    st->q->ncols];
			char			*at = block + i /
			    st->q->ncols * size + c->at;

			if (c->type != COL_TEXT && c->type != COL_BLOB) {
				continue;
			}
			memcpy(&p, at, sizeof(p));
			if (p != 0) {
				p = (uintptr_t)(block + table.len) + p - 1;
				memcpy(at, &p, sizeof(p));
			}
		}
		*rows = block;
	} else {
		*n = 0;
	}
	buf_done(&table);
	buf_done(&text);
	return stmt_close(st, r);
}
