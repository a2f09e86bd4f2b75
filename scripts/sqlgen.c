/* SPDX-License-Identifier: ISC */
/* Named SQL statements to typed C: sqlgen SQLDIR OUTDIR.  Each statement is
 * prepared against the schema, so a wrong column ends the build. */
#include "sqlgen.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

sqlite3 *gen_db;

/* The file being read, for messages; the tables marked append-only. */
static const char *gen_file;
static struct buf gen_append;		/* NUL-separated names */
static struct buf gen_names;		/* of the queries so far, too */
static struct buf gen_trials, gen_trial_rows;	/* the test that runs all */

void
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

void
gen_name(int line, const char *name)
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

	if (name[0] == '\0' || strlen(name) >= NAME_SIZE ||
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

static void
query_write(struct query *q, struct buf *h, struct buf *c)
{
	size_t		 n = query_variants(q);
	struct buf	*sql = xcalloc(n, sizeof(*sql));

	query_check(q, sql);
	emit_query(q, sql, h, c);
	emit_trial(&gen_trials, &gen_trial_rows, q);
	for (size_t i = 0; i < n; i++) {
		buf_done(&sql[i]);
	}
	free(sql);
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
				query_write(&q, h, c);
			}
			query_done(&q);
			open = true;
			more = 0;
			q.line = number;
			gen_name(number, trim(line + 9));
			(void)str_copy(q.name, sizeof(q.name),
			    trim(line + 9));
			if (gen_listed(&gen_names, q.name)) {
				gen_fail(number, "query %s is there twice",
				    q.name);
			}
			buf_add(&gen_names, q.name, strlen(q.name) + 1);
		} else if (str_starts(line, "--") && q.sql.len == 0) {
			if (open) {
				query_header(number, line + 2, &q, &more);
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
		query_write(&q, h, c);
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
	gen_name(1, name);
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

/* --- schema and reports ------------------------------------------------- */

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
	long		last = 0;
	int		count = 0;

	gen_glob(sqldir, "schema", &found);
	buf_str(c, "const struct schema_step schema_steps[] = {\n");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct buf	 text = { 0 };
		char		*name = gen_module(found.gl_pathv[i]);
		char		*message = NULL;

		gen_read(found.gl_pathv[i], &text);
		/* A wing has its number before all of them are there: the
		 * place in the order is the version, the number only ranks. */
		if (atol(name) <= last || strspn(name, "0123456789") != 4 ||
		    name[4] != '-') {
			gen_fail(1, "migrations are named NNNN-name.sql, each "
			    "number once; after %04ld comes a higher one",
			    last);
		}
		last = atol(name);
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
		emit_literal(c, buf_text(&text), "\t\t    ");
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
		emit_literal(c, buf_text(&text), "\t\t    ");
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
	    buf_text(&gen_trials), buf_text(&gen_trial_rows));
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
	buf_done(&gen_trials);
	buf_done(&gen_trial_rows);
	(void)sqlite3_close(gen_db);
	return 0;
}
