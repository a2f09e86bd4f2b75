/* SPDX-License-Identifier: ISC */
/* Named SQL statements to typed C: sqlgen SQLDIR OUTDIR.  Each statement is
 * prepared against the schema, so a wrong column ends the build. */
#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define FIELDS_MAX	96
#define PICKS_MAX	3
#define CHOICES_MAX	16
#define NAME_SIZE	64

enum type { TYPE_I64, TYPE_TEXT, TYPE_BLOB, TYPE_BOOL };
static const char *const type_names[] = { "i64", "text", "blob", "bool" };
static const char *const type_macros[] = {
	"COL_I64", "COL_TEXT", "COL_BLOB", "COL_BOOL"
};

enum kind { KIND_NONE, KIND_EXEC, KIND_ID, KIND_CHANGES, KIND_ONE, KIND_ALL,
    KIND_EACH };
static const char *const kind_names[] = {
	"", "exec", "id", "changes", "one", "all", "each"
};

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

/* The file being read, for messages; the tables marked append-only. */
static const char *gen_file;
static struct buf gen_append;		/* NUL-separated names */
static struct buf gen_names;		/* of the queries so far, too */
static sqlite3 *gen_db;
static struct buf gen_all_h, gen_all_c;	/* the test that runs them all */

static void gen_fail(int line, const char *fmt, ...) PRINTF(2, 3) NORETURN;

static void
gen_fail(int line, const char *fmt, ...)
{
	va_list	ap;

	(void)fprintf(stderr, "%s:%d: ", gen_file, line);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	exit(1);
}

static void
gen_read(const char *path, struct buf *out)
{
	int	r = io_read_file(path, 16 << 20, out);

	gen_file = path;
	if (r != 0) {
		gen_fail(1, "%s", err_text(r));
	}
	if (strlen(buf_text(out)) != out->len) {
		gen_fail(1, "a NUL byte in the text");
	}
}

/* Only when it changed, so that nothing that includes it is rebuilt. */
static void
gen_write(const char *dir, const char *name, const struct buf *text)
{
	struct buf	old = { 0 };
	char		*path = xasprintf("%s/%s", dir, name);

	if (access(path, R_OK) != 0 ||
	    io_read_file(path, 16 << 20, &old) != 0 ||
	    old.len != text->len ||
	    strcmp(buf_text(&old), buf_text(text)) != 0) {
		FILE	*f = fopen(path, "w");

		if (f == NULL || fwrite(buf_text(text), 1, text->len, f) !=
		    text->len || fclose(f) != 0) {
			(void)fprintf(stderr, "sqlgen: cannot write %s: %s\n",
			    path, strerror(errno));
			exit(1);
		}
	}
	buf_done(&old);
	free(path);
}

static void
gen_glob(const char *dir, const char *what, glob_t *found)
{
	char	*pattern = xasprintf("%s/%s/*.sql", dir, what);
	int	 r = glob(pattern, 0, NULL, found);

	if (r != 0 && r != GLOB_NOMATCH) {
		(void)fprintf(stderr, "sqlgen: cannot read %s\n", pattern);
		exit(1);
	}
	free(pattern);
}

/* "sql/query/sale.sql" -> "sale"; the caller frees. */
static char *
gen_module(const char *path)
{
	char	*copy = xstrdup(path), *name = xstrdup(basename(copy));

	name[strlen(name) - 4] = '\0';
	free(copy);
	return name;
}

static bool
gen_listed(const struct buf *list, const char *name)
{
	for (size_t at = 0; at < list->len;
	    at += strlen(list->data + at) + 1) {
		if (strcmp(list->data + at, name) == 0) {
			return true;
		}
	}
	return false;
}

/* A C string literal, one source line for each line of text. */
static void
gen_literal(struct buf *out, const char *text, const char *indent)
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

/* --- the words of a header ------------------------------------------- */

static char *
trim(char *s)
{
	size_t	n;

	while (isspace((unsigned char)*s)) {
		s++;
	}
	n = strlen(s);
	while (n > 0 && isspace((unsigned char)s[n - 1])) {
		s[--n] = '\0';
	}
	return s;
}

static void
name_check(int line, const char *name, size_t size)
{
	static const char *const taken[] = {
		"auto", "bool", "break", "case", "char", "const", "continue",
		"default", "do", "double", "else", "enum", "extern", "float",
		"for", "goto", "if", "inline", "int", "long", "register",
		"restrict", "return", "short", "signed", "sizeof", "static",
		"struct", "switch", "typedef", "union", "unsigned", "void",
		"volatile", "while", "true", "false", "asm",
		/* what the generated functions call their own things */
		"db", "row", "rows", "count", "new_id", "changes", "fn",
		"ctx", "st", "r", "block",
	};

	if (name[0] == '\0' || strlen(name) >= size ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") !=
	    strlen(name) || !islower((unsigned char)name[0])) {
		gen_fail(line, "'%s' is no name (a-z, 0-9, _)", name);
	}
	for (size_t i = 0; i < NELEM(taken); i++) {
		if (strcmp(name, taken[i]) == 0) {
			gen_fail(line, "'%s' is taken; choose another name",
			    name);
		}
	}
}

/* "sale i64, product i64?, label text" onto the list. */
static void
fields_parse(int line, char *text, struct field *list, size_t *n)
{
	char	*rest = text, *word;

	while ((word = strsep(&rest, ",")) != NULL) {
		char		name[NAME_SIZE], type[NAME_SIZE], extra[2];
		struct field	*f = &list[*n];
		size_t		len;

		word = trim(word);
		if (word[0] == '\0') {
			continue;
		}
		if (sscanf(word, "%63s %63s %1s", name, type, extra) != 2) {
			gen_fail(line, "'%s' is not NAME TYPE", word);
		}
		if (*n == FIELDS_MAX) {
			gen_fail(line, "more than %d fields", FIELDS_MAX);
		}
		name_check(line, name, sizeof(f->name));
		*f = (struct field){ 0 };
		(void)str_copy(f->name, sizeof(f->name), name);
		len = strlen(type);
		f->nullable = type[len - 1] == '?';
		f->sure = type[len - 1] == '!';
		if (f->nullable || f->sure) {
			type[len - 1] = '\0';
		}
		for (f->type = 0; f->type < NELEM(type_names); f->type++) {
			if (strcmp(type, type_names[f->type]) == 0) {
				break;
			}
		}
		if (f->type == NELEM(type_names)) {
			gen_fail(line, "'%s' is no type (i64 text blob bool, "
			    "with ? when it may be NULL)", type);
		}
		for (size_t i = 0; i < *n; i++) {
			if (strcmp(list[i].name, f->name) == 0) {
				gen_fail(line, "'%s' is named twice",
				    f->name);
			}
		}
		(*n)++;
	}
}

/* "order: name = fold, id | code = code": the texts for {order}. */
static void
pick_parse(int line, char *text, struct query *q)
{
	struct pick	*p = &q->pick[q->npick];
	char		*colon = strchr(text, ':'), *s;

	if (q->npick == PICKS_MAX || colon == NULL) {
		gen_fail(line, "not '-- pick WORD: name = SQL | name = SQL'");
	}
	*colon = '\0';
	name_check(line, trim(text), sizeof(p->name));
	(void)str_copy(p->name, sizeof(p->name), trim(text));
	for (s = colon + 1; s != NULL;) {
		char	*bar = strstr(s, " | "), *equal;

		if (bar != NULL) {
			*bar = '\0';
		}
		equal = strchr(s, '=');
		if (equal == NULL || p->n == CHOICES_MAX) {
			gen_fail(line, "'%s' is not NAME = SQL", s);
		}
		*equal = '\0';
		name_check(line, trim(s), sizeof(p->choice[0]));
		(void)str_copy(p->choice[p->n], sizeof(p->choice[0]),
		    trim(s));
		p->text[p->n++] = xstrdup(trim(equal + 1));
		s = bar == NULL ? NULL : bar + 3;
	}
	q->npick++;
}

static bool
kind_parse(int line, char *text, struct query *q, char **fields)
{
	char	*colon = strchr(text, ':');
	size_t	 len = colon == NULL ? strlen(text) : (size_t)(colon - text);

	for (enum kind k = KIND_EXEC; k <= KIND_EACH; k++) {
		if (strlen(kind_names[k]) != len ||
		    strncmp(text, kind_names[k], len) != 0 ||
		    (colon == NULL && k >= KIND_ONE)) {
			continue;
		}
		if (q->kind != KIND_NONE) {
			gen_fail(line, "query %s has two kinds", q->name);
		}
		q->kind = k;
		*fields = colon == NULL ? NULL : colon + 1;
		return true;
	}
	return false;
}

static bool
ends_with_comma(const char *s)
{
	return s[0] != '\0' && s[strlen(s) - 1] == ',';
}

/*
 * One line of a header, without its "--".  `more` is the list that a comma
 * at the end of the line before left open.
 */
static void
header_line(int line, char *text, struct query *q, int *more)
{
	char	*fields;

	text = trim(text);
	if (*more != 0) {
		bool	on = ends_with_comma(text);

		fields_parse(line, text, *more == 1 ? q->in : q->out,
		    *more == 1 ? &q->nin : &q->nout);
		*more = on ? *more : 0;
	} else if (str_starts(text, "in:")) {
		*more = ends_with_comma(text) ? 1 : 0;
		fields_parse(line, text + 3, q->in, &q->nin);
	} else if (str_starts(text, "pick ")) {
		pick_parse(line, text + 5, q);
	} else if (kind_parse(line, text, q, &fields)) {
		if (fields != NULL) {
			*more = ends_with_comma(fields) ? 2 : 0;
			fields_parse(line, fields, q->out, &q->nout);
		}
		if ((q->nout > 0) != (q->kind >= KIND_ONE)) {
			gen_fail(line, "'%s' and its columns do not agree",
			    kind_names[q->kind]);
		}
	} else {
		buf_fmt(&q->doc, " * %s\n", text);
	}
}

/* --- one statement ---------------------------------------------------- */

/*
 * :name becomes ?N, N being its place in `in`, so that every variant of a
 * statement binds alike.  Strings, quoted names and comments stay.
 */
static void
sql_number(struct query *q, const char *sql, struct buf *out)
{
	int	line = q->sql_line;

	for (const char *s = sql; *s != '\0';) {
		char	name[NAME_SIZE];
		size_t	n = 1, i;

		if (s[0] == '-' && s[1] == '-') {
			s += strcspn(s, "\n");
			continue;
		}
		if (*s == '\'' || *s == '"') {
			const char	*end = strchr(s + 1, *s);

			n = end == NULL ? strlen(s) : (size_t)(end - s) + 1;
		} else if (strchr("?@$", *s) != NULL) {
			gen_fail(line, "parameters are written :name");
		} else if (*s == ':') {
			n = 1 + strspn(s + 1, "abcdefghijklmnopqrstuvwxyz"
			    "0123456789_");
			if (n == 1 || n > NAME_SIZE) {
				gen_fail(line, "':' without a name");
			}
			memcpy(name, s + 1, n - 1);
			name[n - 1] = '\0';
			for (i = 0; i < q->nin; i++) {
				if (strcmp(q->in[i].name, name) == 0) {
					break;
				}
			}
			if (i == q->nin) {
				gen_fail(line, ":%s is not declared in '-- "
				    "in:' of %s", name, q->name);
			}
			q->in[i].used = true;
			buf_fmt(out, "?%zu", i + 1);
			s += n;
			continue;
		}
		for (i = 0; i < n; i++) {
			line += s[i] == '\n';
		}
		buf_add(out, s, n);
		s += n;
	}
}

static void
out_check(const struct query *q, sqlite3_stmt *st, int i)
{
	const struct field	*f = &q->out[i];
	const char		*type = sqlite3_column_decltype(st, i);
	const char		*table = sqlite3_column_table_name(st, i);
	const char		*name = sqlite3_column_name(st, i);
	int			 notnull = 0, key = 0;

	if (strcmp(name, f->name) != 0) {
		gen_fail(q->line, "column %d of %s is '%s', declared '%s'",
		    i + 1, q->name, name, f->name);
	}
	if (type != NULL && sqlite3_stricmp(type, "ANY") != 0) {
		bool	good;

		switch (f->type) {
		case TYPE_I64:
		case TYPE_BOOL:
			good = sqlite3_stricmp(type, "INTEGER") == 0 ||
			    sqlite3_stricmp(type, "INT") == 0;
			break;
		case TYPE_TEXT:
			good = sqlite3_stricmp(type, "TEXT") == 0;
			break;
		default:
			good = sqlite3_stricmp(type, "BLOB") == 0;
		}
		if (!good) {
			gen_fail(q->line, "column %s of %s is %s, declared %s",
			    name, q->name, type, type_names[f->type]);
		}
	}
	if (table == NULL || f->nullable || f->sure ||
	    sqlite3_table_column_metadata(gen_db, NULL, table,
	    sqlite3_column_origin_name(st, i), NULL, NULL, &notnull, &key,
	    NULL) != SQLITE_OK) {
		return;
	}
	if (!notnull && !key) {
		gen_fail(q->line, "column %s of %s may be NULL: declare %s? "
		    "(or %s! where the statement excludes it)", name, q->name,
		    type_names[f->type], type_names[f->type]);
	}
}

static void
sql_check(struct query *q, const char *sql)
{
	sqlite3_stmt	*st = NULL;
	const char	*tail;
	int		 columns;
	bool		 reads;

	if (sqlite3_prepare_v2(gen_db, sql, -1, &st, &tail) != SQLITE_OK) {
		int	at = sqlite3_error_offset(gen_db), line = q->sql_line;

		for (int i = 0; i < at; i++) {
			line += sql[i] == '\n';
		}
		gen_fail(line, "query %s: %s", q->name,
		    sqlite3_errmsg(gen_db));
	}
	if (st == NULL || tail[strspn(tail, " \t\n;")] != '\0') {
		gen_fail(q->line, "query %s is not one statement", q->name);
	}
	reads = sqlite3_stmt_readonly(st) != 0;
	if (reads && q->kind < KIND_ONE) {
		gen_fail(q->line, "query %s reads; it wants one, all or each",
		    q->name);
	}
	columns = sqlite3_column_count(st);
	if ((size_t)columns != q->nout) {
		gen_fail(q->line, "query %s gives %d columns, %zu declared",
		    q->name, columns, q->nout);
	}
	for (int i = 0; i < columns; i++) {
		out_check(q, st, i);
	}
	(void)sqlite3_finalize(st);
}

/* The text of one variant: each {word} replaced by its choice. */
static void
sql_variant(const struct query *q, size_t variant, struct buf *out)
{
	size_t	choice[PICKS_MAX] = { 0 };

	for (size_t i = q->npick; i-- > 0;) {
		choice[i] = variant % q->pick[i].n;
		variant /= q->pick[i].n;
	}
	for (const char *s = buf_text(&q->sql); *s != '\0';) {
		size_t	i, n = 0;

		for (i = 0; *s == '{' && i < q->npick; i++) {
			n = strlen(q->pick[i].name);
			if (strncmp(s + 1, q->pick[i].name, n) == 0 &&
			    s[n + 1] == '}') {
				break;
			}
		}
		if (*s == '{' && i < q->npick) {
			buf_str(out, q->pick[i].text[choice[i]]);
			s += n + 2;
		} else {
			buf_chr(out, *s++);
		}
	}
}

static size_t
sql_variants(const struct query *q)
{
	size_t	n = 1;

	for (size_t i = 0; i < q->npick; i++) {
		n *= q->pick[i].n;
	}
	return n;
}

/* --- the C ------------------------------------------------------------- */

static void
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
	size_t	n = sql_variants(q);

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
		gen_literal(c, buf_text(&sql[i]), "\t\t    ");
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

/* A call with harmless values, for the test that runs every statement. */
static void
emit_trial(struct buf *t, const struct query *q)
{
	static const char *const value[] = {
		"INT64_C(1)", "text", "text, strlen(text)", "true"
	};
	const char	*f = q->name;

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
	buf_fmt(&gen_all_c, "\t{ \"%s\", trial_%s, %zu },\n", f, f,
	    sql_variants(q));
}

static void
query_emit(struct query *q, struct buf *h, struct buf *c)
{
	size_t		 n = sql_variants(q);
	struct buf	*sql;

	if (q->kind == KIND_NONE) {
		gen_fail(q->line, "query %s lacks its kind (exec id changes "
		    "one all each)", q->name);
	}
	sql = xcalloc(n, sizeof(*sql));
	for (size_t i = 0; i < n; i++) {
		struct buf	raw = { 0 };

		sql_variant(q, i, &raw);
		sql_number(q, buf_text(&raw), &sql[i]);
		buf_done(&raw);
		sql_check(q, buf_text(&sql[i]));
		while (sql[i].len > 0 && strchr(" \t\n;",
		    sql[i].data[sql[i].len - 1]) != NULL) {
			sql[i].data[--sql[i].len] = '\0';
		}
	}
	for (size_t i = 0; i < q->nin; i++) {
		if (!q->in[i].used) {
			gen_fail(q->line, "query %s never uses :%s", q->name,
			    q->in[i].name);
		}
	}
	emit_header(h, q);
	emit_tables(c, q, sql);
	emit_body(c, q);
	emit_trial(&gen_all_h, q);
	for (size_t i = 0; i < n; i++) {
		buf_done(&sql[i]);
	}
	free(sql);
}

static void
query_done(struct query *q)
{
	buf_done(&q->doc);
	buf_done(&q->sql);
	for (size_t i = 0; i < q->npick; i++) {
		for (size_t j = 0; j < q->pick[i].n; j++) {
			free(q->pick[i].text[j]);
		}
	}
	*q = (struct query){ 0 };
}

static void
module_parse(const char *path, struct buf *h, struct buf *c)
{
	static struct query	 q;		/* large */
	struct buf		 text = { 0 };
	char			*rest, *line;
	int			 number = 0, more = 0;
	bool			 open = false;

	gen_read(path, &text);
	rest = text.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		number++;
		if (str_starts(line, "-- query:")) {
			if (open) {
				query_emit(&q, h, c);
			}
			query_done(&q);
			open = true;
			more = 0;
			q.line = number;
			name_check(number, trim(line + 9), sizeof(q.name));
			(void)str_copy(q.name, sizeof(q.name),
			    trim(line + 9));
			if (gen_listed(&gen_names, q.name)) {
				gen_fail(number, "query %s is there twice",
				    q.name);
			}
			buf_add(&gen_names, q.name, strlen(q.name) + 1);
		} else if (str_starts(line, "--") && q.sql.len == 0) {
			if (open) {
				header_line(number, line + 2, &q, &more);
			}
		} else if (open && (q.sql.len > 0 || trim(line)[0] != '\0')) {
			if (q.sql.len == 0) {
				q.sql_line = number;
			}
			buf_fmt(&q.sql, "%s\n", line);
		} else if (trim(line)[0] != '\0') {
			gen_fail(number, "SQL before '-- query: NAME'");
		}
	}
	if (open) {
		query_emit(&q, h, c);
	}
	query_done(&q);
	buf_done(&text);
}

static void
module_write(const char *path, const char *outdir)
{
	struct buf	 h = { 0 }, c = { 0 };
	char		*name = gen_module(path), *file;

	gen_file = path;
	name_check(1, name, NAME_SIZE);
	buf_fmt(&h, "/* Made by sqlgen from %s: do not edit. */\n"
	    "#ifndef SQL_", path);
	emit_upper(&h, name);
	buf_str(&h, "_H\n#define SQL_");
	emit_upper(&h, name);
	buf_str(&h, "_H\n\n#include \"base/base.h\"\n\nstruct db;\n\n");
	buf_fmt(&c, "/* Made by sqlgen from %s: do not edit. */\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	    "#include \"sql/%s.h\"\n\n#include <string.h>\n\n"
	    "#include \"db/stmt.h\"\n\n", path, name);
	module_parse(path, &h, &c);
	buf_str(&h, "#endif\n");
	file = xasprintf("sql/%s.h", name);
	gen_write(outdir, file, &h);
	file[strlen(file) - 1] = 'c';
	gen_write(outdir, file, &c);
	free(file);
	free(name);
	buf_done(&h);
	buf_done(&c);
}

/* --- schema and reports ------------------------------------------------ */

/* FNV-1a: tells one build's schema from another's, no more. */
static uint64_t
gen_hash(uint64_t h, const char *s)
{
	for (; *s != '\0'; s++) {
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	}
	return h;
}

/* "-- append-only: journal stock_move": only INSERT, ever. */
static void
schema_marks(const char *text)
{
	static const char mark[] = "\n-- append-only:";

	for (const char *s = strstr(text, mark); s != NULL;
	    s = strstr(s + 1, mark)) {
		const char	*at = s + sizeof(mark) - 1;
		size_t		 line = strcspn(at, "\n");
		char		*copy = xstrndup(at, line), *rest = copy, *w;

		while ((w = strsep(&rest, " ,\t")) != NULL) {
			if (w[0] != '\0') {
				buf_add(&gen_append, w, strlen(w) + 1);
			}
		}
		free(copy);
	}
}

static int
gen_authorize(void *ctx, int action, const char *a, const char *b,
    const char *c, const char *d)
{
	(void)ctx;
	(void)b;
	(void)c;
	(void)d;
	return (action == SQLITE_UPDATE || action == SQLITE_DELETE) &&
	    gen_listed(&gen_append, a) ? SQLITE_DENY : SQLITE_OK;
}

static void
marks_write(struct buf *c)
{
	buf_str(c, "const char *const schema_append_only[] = {\n");
	for (size_t at = 0; at < gen_append.len;
	    at += strlen(gen_append.data + at) + 1) {
		const char	*name = gen_append.data + at;

		if (sqlite3_table_column_metadata(gen_db, "main", name, NULL,
		    NULL, NULL, NULL, NULL, NULL) != SQLITE_OK) {
			gen_fail(1, "append-only: there is no table %s", name);
		}
		buf_fmt(c, "\t\"%s\",\n", name);
	}
	buf_str(c, "\tNULL\n};\n");
}

static int
schema_apply(const char *sqldir, struct buf *c)
{
	glob_t		found;
	uint64_t	hash = UINT64_C(14695981039346656037);
	int		count = 0;

	gen_glob(sqldir, "schema", &found);
	buf_str(c, "const struct schema_step schema_steps[] = {\n");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct buf	 text = { 0 };
		char		*name = gen_module(found.gl_pathv[i]);
		char		*message = NULL;

		gen_read(found.gl_pathv[i], &text);
		if (atol(name) != (long)i + 1 || strspn(name, "0123456789") !=
		    4 || name[4] != '-') {
			gen_fail(1, "migrations are named NNNN-name.sql "
			    "without a gap; this should be %04zu", i + 1);
		}
		if (sqlite3_exec(gen_db, buf_text(&text), NULL, NULL,
		    &message) != SQLITE_OK) {
			int	at = sqlite3_error_offset(gen_db), line = 1;

			for (int j = 0; at > 0 && j < at; j++) {
				line += buf_text(&text)[j] == '\n';
			}
			gen_fail(line, "%s", message);
		}
		schema_marks(buf_text(&text));
		hash = gen_hash(hash, buf_text(&text));
		buf_fmt(c, "\t{\n\t\t.version = %zu,\n\t\t.name = \"%s\",\n"
		    "\t\t.hash = INT64_C(%lld),\n\t\t.sql =\n", i + 1, name,
		    (long long)(hash >> 1));
		gen_literal(c, buf_text(&text), "\t\t    ");
		buf_str(c, ",\n\t},\n");
		count++;
		free(name);
		buf_done(&text);
	}
	buf_str(c, "};\n");
	if (count == 0) {
		(void)fprintf(stderr, "sqlgen: no %s/schema/*.sql\n", sqldir);
		exit(1);
	}
	buf_fmt(c, "const int schema_version = %d;\n", count);
	marks_write(c);
	globfree(&found);
	return count;
}

/* A report reads and is one statement; its header is its reader's matter. */
static void
reports_embed(const char *sqldir, struct buf *c)
{
	glob_t	found;

	gen_glob(sqldir, "report", &found);
	buf_str(c, "const struct report_text report_texts[] = {\n");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct buf	 text = { 0 };
		char		*name = gen_module(found.gl_pathv[i]);
		sqlite3_stmt	*st = NULL;
		const char	*tail;

		gen_read(found.gl_pathv[i], &text);
		if (sqlite3_prepare_v2(gen_db, buf_text(&text), -1, &st,
		    &tail) != SQLITE_OK) {
			int	at = sqlite3_error_offset(gen_db), line = 1;

			for (int j = 0; at > 0 && j < at; j++) {
				line += buf_text(&text)[j] == '\n';
			}
			gen_fail(line, "%s", sqlite3_errmsg(gen_db));
		}
		if (st == NULL || !sqlite3_stmt_readonly(st) ||
		    tail[strspn(tail, " \t\n;")] != '\0') {
			gen_fail(1, "a report is one SELECT");
		}
		(void)sqlite3_finalize(st);
		buf_fmt(c, "\t{\n\t\t.name = \"%s\",\n\t\t.text =\n", name);
		gen_literal(c, buf_text(&text), "\t\t    ");
		buf_str(c, ",\n\t},\n");
		free(name);
		buf_done(&text);
	}
	buf_fmt(c, "\t{ .name = NULL }\n};\nconst size_t report_count = %zu;\n",
	    found.gl_pathc);
	globfree(&found);
}

static void
stale_remove(const char *outdir, const glob_t *found)
{
	glob_t	 old;
	char	*pattern = xasprintf("%s/sql/*.[ch]", outdir);

	if (glob(pattern, 0, NULL, &old) == 0) {
		for (size_t i = 0; i < old.gl_pathc; i++) {
			char	*copy = xstrdup(old.gl_pathv[i]);
			char	*name = basename(copy);
			size_t	 n = strlen(name) - 2, j;

			for (j = 0; j < found->gl_pathc; j++) {
				char	*module = gen_module(
				    found->gl_pathv[j]);
				bool	 same = strlen(module) == n &&
				    strncmp(module, name, n) == 0;

				free(module);
				if (same) {
					break;
				}
			}
			if (j == found->gl_pathc) {
				(void)unlink(old.gl_pathv[i]);
			}
			free(copy);
		}
		globfree(&old);
	}
	free(pattern);
}

static void
modules(const char *sqldir, const char *outdir)
{
	glob_t		found;
	struct buf	all = { 0 };

	gen_glob(sqldir, "query", &found);
	stale_remove(outdir, &found);
	buf_str(&all, "/* Made by sqlgen: every statement once. */\n");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char	*name = gen_module(found.gl_pathv[i]);

		buf_fmt(&all, "#include \"sql/%s.h\"\n", name);
		module_write(found.gl_pathv[i], outdir);
		free(name);
	}
	buf_fmt(&all, "\nstatic const int64_t trial_one = 1;\n\n%s"
	    "static const struct trial {\n\tconst char *name;\n"
	    "\tint (*run)(struct db *, const char *, int);\n"
	    "\tint variants;\n} trials[] = {\n%s\t{ NULL, NULL, 0 }\n};\n",
	    buf_text(&gen_all_h), buf_text(&gen_all_c));
	gen_write(outdir, "sql_all.inc", &all);
	buf_done(&all);
	globfree(&found);
}

int
main(int argc, char **argv)
{
	struct buf	c = { 0 };

	if (argc != 3) {
		(void)fprintf(stderr, "usage: sqlgen SQLDIR OUTDIR\n");
		return 64;
	}
	if (sqlite3_open(":memory:", &gen_db) != SQLITE_OK) {
		(void)fprintf(stderr, "sqlgen: out of memory\n");
		return 1;
	}
	/* "misspelt" is a missing column, not a string. */
	(void)sqlite3_db_config(gen_db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	(void)sqlite3_db_config(gen_db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	buf_str(&c, "/* Made by sqlgen: do not edit. */\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	    "#include \"db/schema.h\"\n\n");
	(void)schema_apply(argv[1], &c);
	(void)sqlite3_set_authorizer(gen_db, gen_authorize, NULL);
	modules(argv[1], argv[2]);
	reports_embed(argv[1], &c);
	gen_write(argv[2], "schema.c", &c);
	buf_done(&c);
	buf_done(&gen_append);
	buf_done(&gen_names);
	buf_done(&gen_all_h);
	buf_done(&gen_all_c);
	(void)sqlite3_close(gen_db);
	return 0;
}
