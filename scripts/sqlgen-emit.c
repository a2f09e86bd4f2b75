/* SPDX-License-Identifier: ISC */
/* The C of a query: header, tables, the function, and its trial. */
#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

static const char *const type_macros[] = {
	"COL_I64", "COL_TEXT", "COL_BLOB", "COL_BOOL"
};

void
emit_literal(struct buf *out, const char *text, const char *indent)
{
	buf_str(out, indent);
	buf_chr(out, '"');
	for (const char *s = text; *s != '\0'; s++) {
		switch (*s) {
		case '\n':
			buf_str(out, "\\n\"");
			if (s[1] != '\0') {
				buf_fmt(out, "\n%s\"", indent);
				continue;
			}
			return;
		case '\t':
			buf_str(out, "\\t");
			break;
		case '"':
		case '\\':
		case '?':		/* no trigraph by accident */
			buf_chr(out, '\\');
			/* FALLTHROUGH */
		default:
			buf_chr(out, *s);
		}
	}
	buf_chr(out, '"');
}

void
emit_upper(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		buf_chr(out, (char)toupper((unsigned char)*s));
	}
}

static void
emit_parameter(struct buf *out, const struct field *f)
{
	switch (f->type) {
	case TYPE_I64:
		buf_fmt(out, f->nullable ? "const int64_t *%s" : "int64_t %s",
		    f->name);
		break;
	case TYPE_BOOL:
		buf_fmt(out, f->nullable ? "const int64_t *%s" : "bool %s",
		    f->name);
		break;
	case TYPE_TEXT:
		buf_fmt(out, "const char *%s", f->name);
		break;
	case TYPE_BLOB:
		buf_fmt(out, "const void *%s, size_t %s_len", f->name,
		    f->name);
	}
}

/* The head of a function, wrapped at 80 columns. */
static void
emit_head(struct buf *out, const struct query *q, bool prototype)
{
	struct buf	words = { 0 };
	size_t		column;
	char		*rest, *word;

	buf_str(&words, "struct db *db");
	for (size_t i = 0; i < q->npick; i++) {
		buf_fmt(&words, "|enum q_%s_%s %s", q->name, q->pick[i].name,
		    q->pick[i].name);
	}
	for (size_t i = 0; i < q->nin; i++) {
		buf_chr(&words, '|');
		emit_parameter(&words, &q->in[i]);
	}
	switch (q->kind) {
	case KIND_ID:
		buf_str(&words, "|int64_t *new_id");
		break;
	case KIND_CHANGES:
		buf_str(&words, "|int64_t *changes");
		break;
	case KIND_ONE:
		buf_fmt(&words, "|struct q_%s *row", q->name);
		break;
	case KIND_ALL:
		buf_fmt(&words, "|struct q_%s **rows|size_t *count", q->name);
		break;
	case KIND_EACH:
		buf_fmt(&words, "|int (*fn)(void *ctx, const struct q_%s *row)"
		    "|void *ctx", q->name);
		break;
	default:
		break;
	}
	buf_fmt(out, prototype ? "int\t q_%s(" : "int\nq_%s(", q->name);
	column = strlen(q->name) + (prototype ? 12 : 3);
	rest = words.data;
	for (bool first = true; (word = strsep(&rest, "|")) != NULL;
	    first = false) {
		size_t	need = strlen(word) + (rest == NULL ? 1 : 2);

		if (first) {
			column += need - 1;
		} else if (column + 1 + need > 79) {
			buf_str(out, prototype ? "\n\t    " : "\n    ");
			column = (prototype ? 12 : 4) + need;
		} else {
			buf_chr(out, ' ');
			column += 1 + need;
		}
		buf_fmt(out, "%s%s", word, rest == NULL ? ")" : ",");
	}
	if (prototype) {
		buf_str(out, column + 11 > 79 ? "\n\t    MUST_CHECK;\n" :
		    " MUST_CHECK;\n");
	}
	buf_done(&words);
}

static void
emit_header(struct buf *h, const struct query *q)
{
	for (size_t i = 0; i < q->npick; i++) {
		buf_fmt(h, "enum q_%s_%s {\n", q->name, q->pick[i].name);
		for (size_t j = 0; j < q->pick[i].n; j++) {
			buf_str(h, "\tQ_");
			emit_upper(h, q->name);
			buf_chr(h, '_');
			emit_upper(h, q->pick[i].name);
			buf_chr(h, '_');
			emit_upper(h, q->pick[i].choice[j]);
			buf_str(h, ",\n");
		}
		buf_str(h, "};\n");
	}
	if (q->nout > 0) {
		buf_fmt(h, "struct q_%s {\n", q->name);
	}
	for (size_t i = 0; i < q->nout; i++) {
		const struct field	*f = &q->out[i];
		static const char *const c[] = {
			"int64_t\t\t ", "const char\t*", "const void\t*",
			"bool\t\t "
		};

		buf_fmt(h, "\t%s%s;\n", c[f->type], f->name);
		if (f->type == TYPE_BLOB) {
			buf_fmt(h, "\tsize_t\t\t %s_len;\n", f->name);
		} else if (f->nullable && f->type != TYPE_TEXT) {
			buf_fmt(h, "\tbool\t\t %s_null;\n", f->name);
		}
	}
	if (q->nout > 0) {
		buf_str(h, "};\n");
	}
	if (q->doc.len > 0) {
		buf_fmt(h, "/*\n%s */\n", buf_text(&q->doc));
	}
	emit_head(h, q, true);
	buf_chr(h, '\n');
}

static void
emit_tables(struct buf *c, const struct query *q, const struct buf *sql)
{
	size_t	n = query_variants(q);

	if (q->nout > 0) {
		buf_fmt(c, "static const struct col %s_cols[] = {\n", q->name);
	}
	for (size_t i = 0; i < q->nout; i++) {
		const struct field	*f = &q->out[i];
		const char		*aux = f->type == TYPE_BLOB ? "_len" :
		    f->nullable && f->type != TYPE_TEXT ? "_null" : "";

		buf_fmt(c, "\t{ %s, %s, offsetof(struct q_%s, %s),\n"
		    "\t    offsetof(struct q_%s, %s%s) },\n",
		    type_macros[f->type], f->nullable ? "true" : "false",
		    q->name, f->name, q->name, f->name, aux);
	}
	if (q->nout > 0) {
		buf_str(c, "};\n\n");
	}
	buf_fmt(c, "static const struct query %s_query[%zu] = {\n", q->name,
	    n);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(c, "\t{\n\t\t.name = \"%s\",\n\t\t.sql =\n", q->name);
		emit_literal(c, buf_text(&sql[i]), "\t\t    ");
		buf_str(c, ",\n");
		if (q->nout > 0) {
			buf_fmt(c, "\t\t.cols = %s_cols,\n"
			    "\t\t.ncols = %zu,\n"
			    "\t\t.size = sizeof(struct q_%s),\n", q->name,
			    q->nout, q->name);
		}
		buf_str(c, "\t},\n");
	}
	buf_str(c, "};\n\n");
}

static void
emit_binds(struct buf *c, const struct query *q)
{
	static const char *const bind[] = { "i64", "text", "blob", "i64" };

	for (size_t i = 0; i < q->nin; i++) {
		const struct field	*f = &q->in[i];
		bool			 null = f->nullable &&
		    (f->type == TYPE_I64 || f->type == TYPE_BOOL);

		buf_fmt(c, "\tstmt_bind_%s%s(st, %zu, %s", bind[f->type],
		    null ? "_null" : "", i + 1, f->name);
		if (f->type == TYPE_BLOB) {
			buf_fmt(c, ", %s_len", f->name);
		}
		buf_str(c, ");\n");
	}
}

static void
emit_body(struct buf *c, const struct query *q)
{
	static const char *const zero[] = {
		"", "", "\t*new_id = 0;\n", "\t*changes = 0;\n",
		"\tmemset(row, 0, sizeof(*row));\n",
		"\t*rows = NULL;\n\t*count = 0;\n", ""
	};

	emit_head(c, q, false);
	buf_str(c, "\n{\n\tstruct stmt\t*st;\n");
	if (q->kind == KIND_ALL) {
		buf_str(c, "\tvoid\t\t*block;\n");
	}
	if (q->kind == KIND_EACH) {
		buf_fmt(c, "\tstruct q_%s\t row;\n", q->name);
	}
	buf_fmt(c, "\tint\t\t r;\n\n%s", zero[q->kind]);
	buf_fmt(c, "\tr = stmt_open(db, &%s_query[", q->name);
	for (size_t i = 0; i < q->npick; i++) {
		buf_fmt(c, "%s%s", i == 0 ? "" : " + ", q->pick[i].name);
		for (size_t j = i + 1; j < q->npick; j++) {
			buf_fmt(c, " * %zu", q->pick[j].n);
		}
	}
	buf_fmt(c, "%s], &st);\n\tif (r != 0) {\n\t\treturn r;\n\t}\n",
	    q->npick == 0 ? "0" : "");
	emit_binds(c, q);
	switch (q->kind) {
	case KIND_EXEC:
		buf_str(c, "\treturn stmt_exec(st);\n");
		break;
	case KIND_ID:
		buf_str(c, "\treturn stmt_exec_id(st, new_id);\n");
		break;
	case KIND_CHANGES:
		buf_str(c, "\treturn stmt_exec_changes(st, changes);\n");
		break;
	case KIND_ONE:
		buf_str(c, "\treturn stmt_one(st, row);\n");
		break;
	case KIND_ALL:
		buf_str(c, "\tr = stmt_all(st, &block, count);\n"
		    "\t*rows = block;\n\treturn r;\n");
		break;
	default:
		/* The caller's function is typed, stmt.c's loop is not. */
		buf_str(c, "\twhile ((r = stmt_next(st, &row)) > 0) {\n"
		    "\t\tif ((r = fn(ctx, &row)) != 0) {\n\t\t\tbreak;\n"
		    "\t\t}\n\t}\n\treturn stmt_close(st, r);\n");
	}
	buf_str(c, "}\n\n");
}

/* The statement alone. */
static void
emit_text(const struct query *q, const struct buf *sql, struct buf *h,
    struct buf *c)
{
	if (q->doc.len > 0) {
		buf_fmt(h, "/*\n%s */\n", buf_text(&q->doc));
	}
	buf_fmt(h, "extern const char q_%s_text[];\n\n", q->name);
	buf_fmt(c, "const char q_%s_text[] =\n", q->name);
	emit_literal(c, buf_text(&sql[0]), "    ");
	buf_str(c, ";\n\n");
}

void
emit_query(const struct query *q, const struct buf *sql, struct buf *h,
    struct buf *c)
{
	if (q->kind == KIND_TEXT) {
		emit_text(q, sql, h, c);
		return;
	}
	emit_header(h, q);
	emit_tables(c, q, sql);
	emit_body(c, q);
}

/* A call with harmless values, for the test that runs every statement. */
void
emit_trial(struct buf *t, struct buf *rows, const struct query *q)
{
	static const char *const value[] = {
		"INT64_C(1)", "text", "text, strlen(text)", "true"
	};
	const char	*f = q->name;

	if (q->kind == KIND_TEXT) {
		return;			/* every migration runs it */
	}
	if (q->kind == KIND_EACH) {
		buf_fmt(t, "static int\ntrial_%s_row(void *ctx, const struct "
		    "q_%s *row)\n{\n\t(void)ctx;\n\t(void)row;\n\treturn 0;\n"
		    "}\n\n", f, f);
	}
	buf_fmt(t, "static int\ntrial_%s(struct db *db, const char *text, "
	    "int variant)\n{\n", f);
	switch (q->kind) {
	case KIND_ID:
	case KIND_CHANGES:
		buf_str(t, "\tint64_t out;\n");
		break;
	case KIND_ONE:
		buf_fmt(t, "\tstruct q_%s row;\n", f);
		break;
	case KIND_ALL:
		buf_fmt(t, "\tstruct q_%s *rows;\n\tsize_t count;\n", f);
		break;
	default:
		break;
	}
	buf_fmt(t, "\tint r;\n\n\t(void)text;\n\t(void)variant;\n"
	    "\tr = q_%s(db", f);
	for (size_t i = 0; i < q->npick; i++) {
		size_t	under = 1;

		for (size_t j = i + 1; j < q->npick; j++) {
			under *= q->pick[j].n;
		}
		buf_fmt(t, ", (enum q_%s_%s)(variant / %zu %% %zu)", f,
		    q->pick[i].name, under, q->pick[i].n);
	}
	for (size_t i = 0; i < q->nin; i++) {
		buf_fmt(t, ", %s", q->in[i].nullable &&
		    q->in[i].type != TYPE_TEXT && q->in[i].type != TYPE_BLOB ?
		    "&trial_one" : value[q->in[i].type]);
	}
	switch (q->kind) {
	case KIND_ID:
	case KIND_CHANGES:
		buf_str(t, ", &out");
		break;
	case KIND_ONE:
		buf_str(t, ", &row");
		break;
	case KIND_ALL:
		buf_str(t, ", &rows, &count");
		break;
	case KIND_EACH:
		buf_fmt(t, ", trial_%s_row, NULL", f);
		break;
	default:
		break;
	}
	buf_fmt(t, ");\n%s\treturn r;\n}\n\n",
	    q->kind == KIND_ALL ? "\tfree(rows);\n" : "");
	buf_fmt(rows, "\t{ \"%s\", trial_%s, %zu },\n", f, f,
	    query_variants(q));
}
