/* SPDX-License-Identifier: ISC */
/* How generated code runs a statement; nobody else includes this. */
#ifndef DB_STMT_H
#define DB_STMT_H

#include "db/db.h"

enum col_type { COL_I64, COL_TEXT, COL_BLOB, COL_BOOL };

/* Where a column goes in the row struct; aux is NAME_null or NAME_len. */
struct col {
	enum col_type	type;
	bool		nullable;
	size_t		at;
	size_t		aux;
};

struct query {
	const char		*name;
	const char		*sql;
	const struct col	*cols;
	size_t			 ncols;
	size_t			 size;		/* of the row struct */
};

struct stmt;

/* The connection's one prepared statement of the query, ready to bind. */
int	 stmt_open(struct db *db, const struct query *q, struct stmt **out)
	    MUST_CHECK;
/* Values must live until the statement is closed. */
void	 stmt_bind_i64(struct stmt *st, int i, int64_t v);
void	 stmt_bind_i64_null(struct stmt *st, int i, const int64_t *v);
void	 stmt_bind_text(struct stmt *st, int i, const char *v);
void	 stmt_bind_blob(struct stmt *st, int i, const void *v, size_t n);

/* These run it and close it. */
int	 stmt_exec(struct stmt *st) MUST_CHECK;
int	 stmt_exec_id(struct stmt *st, int64_t *id) MUST_CHECK;
int	 stmt_exec_changes(struct stmt *st, int64_t *n) MUST_CHECK;
int	 stmt_one(struct stmt *st, void *row) MUST_CHECK;
int	 stmt_all(struct stmt *st, void **rows, size_t *n) MUST_CHECK;

/* 1 with a row, 0 at the end, ERR_* < 0; then stmt_close(). */
int	 stmt_next(struct stmt *st, void *row) MUST_CHECK;
/* Reset, whatever happened; returns r. */
int	 stmt_close(struct stmt *st, int r);

#endif
