/* SPDX-License-Identifier: ISC */
/* Reading a query's header, and holding its SQL against the schema. */
#include "sqlgen.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const type_names[] = { "i64", "text", "blob", "bool" };
static const char *const kind_names[] = {
	"", "exec", "id", "changes", "one", "all", "each", "text"
};

char *
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
		gen_name(line, name);
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
	gen_name(line, trim(text));
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
		gen_name(line, trim(s));
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

	for (enum kind k = KIND_EXEC; k <= KIND_TEXT; k++) {
		if (strlen(kind_names[k]) != len ||
		    strncmp(text, kind_names[k], len) != 0 ||
		    (colon == NULL && k >= KIND_ONE && k != KIND_TEXT)) {
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
void
query_header(int line, char *text, struct query *q, int *more)
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
		if (q->kind != KIND_TEXT &&
		    (q->nout > 0) != (q->kind >= KIND_ONE)) {
			gen_fail(line, "'%s' and its columns do not agree",
			    kind_names[q->kind]);
		}
	} else {
		buf_fmt(&q->doc, " * %s\n", text);
	}
}

/* --- one statement ------------------------------------------------------ */

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

size_t
query_variants(const struct query *q)
{
	size_t	n = 1;

	for (size_t i = 0; i < q->npick; i++) {
		n *= q->pick[i].n;
	}
	return n;
}

void
query_check(struct query *q, struct buf *sql)
{
	size_t	n = query_variants(q);

	if (q->kind == KIND_NONE) {
		gen_fail(q->line, "query %s lacks its kind (exec id changes "
		    "one all each text)", q->name);
	}
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
}

void
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
