/* SPDX-License-Identifier: ISC */
/* What the three parts of sqlgen share: a query, read and checked. */
#ifndef SCRIPTS_SQLGEN_H
#define SCRIPTS_SQLGEN_H

#include <sqlite3.h>

#include "base/buf.h"

/*
 * A query in sql/query/MODULE.sql, whose C goes to "sql/MODULE.h":
 *
 *	-- query: sale_lines
 *	-- Free lines become the comment in the header.
 *	-- in: sale i64, name text?	(i64 text blob bool; ? may be NULL)
 *	-- pick order: seq = seq | newest = seq DESC, id
 *	-- all: id i64, label text, note text?
 *	SELECT id, label, note FROM sale_line WHERE sale = :sale ... {order};
 *
 * The kind is exec, id (the new rowid), changes (how many rows), or, with the
 * columns, one, all (free() the rows) or each (a function for each row).  A
 * list that ends in a comma goes on in the next line.  `text!` is a column
 * that could be NULL and is not, as the statement sees to it; where it is all
 * the same, the call fails with ERR_BUG.  Each {word} of a pick is replaced by
 * one of its texts, which an enum parameter names.  The kind text (with columns
 * or without) gives only the checked statement, q_NAME_text[], for connections
 * that are not open yet: migrations.
 *
 * In sql/schema a line "-- append-only: NAME ..." names tables that are only
 * ever inserted into: the build and every connection refuse anything else.
 */
#define FIELDS_MAX	96
#define PICKS_MAX	3
#define CHOICES_MAX	16
#define NAME_SIZE	64

enum type { TYPE_I64, TYPE_TEXT, TYPE_BLOB, TYPE_BOOL };
enum kind { KIND_NONE, KIND_EXEC, KIND_ID, KIND_CHANGES, KIND_ONE, KIND_ALL,
    KIND_EACH, KIND_TEXT };
struct field {
	char		name[NAME_SIZE];
	enum type	type;
	bool		nullable;
	bool		sure;		/* "text!": never NULL here */
	bool		used;
};

struct pick {				/* one {word} of the SQL */
	char	 name[NAME_SIZE];
	char	 choice[CHOICES_MAX][NAME_SIZE];
	char	*text[CHOICES_MAX];
	size_t	 n;
};

struct query {
	char		name[NAME_SIZE];
	int		line;		/* of "-- query:" */
	int		sql_line;	/* of the first line of SQL */
	struct buf	doc;
	struct buf	sql;
	struct field	in[FIELDS_MAX];
	size_t		nin;
	struct field	out[FIELDS_MAX];
	size_t		nout;
	struct pick	pick[PICKS_MAX];
	size_t		npick;
	enum kind	kind;
};

/* sqlgen.c: "FILE:LINE: words" and the end. */
void	 gen_fail(int line, const char *fmt, ...) PRINTF(2, 3) NORETURN;
/* A name that C takes and the generated functions do not use themselves. */
void	 gen_name(int line, const char *name);
/* The schema, in memory. */
extern sqlite3	*gen_db;

/* sqlgen-query.c: one line of a header without its "--"; `more` is the list
 * that a comma at the end left open. */
void	 query_header(int line, char *text, struct query *q, int *more);
/* How many texts the picks make of one statement. */
size_t	 query_variants(const struct query *q);
/* Prepares each variant against the schema; fills sql[query_variants()]. */
void	 query_check(struct query *q, struct buf *sql);
void	 query_done(struct query *q);
char	*trim(char *s);

/* sqlgen-emit.c: header, C, and the trial with its row for the test. */
void	 emit_query(const struct query *q, const struct buf *sql,
	    struct buf *h, struct buf *c);
void	 emit_trial(struct buf *functions, struct buf *rows,
	    const struct query *q);
/* A C string literal, one source line for each line of text. */
void	 emit_literal(struct buf *out, const char *text, const char *indent);
void	 emit_upper(struct buf *out, const char *s);

#endif
