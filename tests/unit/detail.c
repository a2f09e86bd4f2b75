/* SPDX-License-Identifier: ISC */
/* What a ticket's record covers: every column of what it is made of is signed
 * with it, or is named here with the reason why not. */
#include "trade.h"

#include <sqlite3.h>

#include "base/buf.h"

static const struct {
	const char	*table, *columns;
} uncovered[] = {
	/* Its own number, its record, and what the posting itself writes or
	 * the journal says: detail.c and the payload have these. */
	{ "sale", "id state series number journal posted_at business_day "
	    "user terminal shift total turnover rounding "
	    /* the fence and the way to it, of no meaning once posted */
	    "version owner_session recalled act act_at act_session act_line "
	    "act_value act_text act_past discounted " },
	{ "sale_line", "id sale " },
	{ "sale_vat", "sale " },
	{ "sale_discount", "sale " },
	{ "payment", "sale " },
};

/* The words of sql/query/detail.sql. */
static char *
queries(void)
{
	struct buf	text = { 0 };

	OK(io_read_file("sql/query/detail.sql", 1 << 20, &text));
	return buf_take(&text);
}

static bool
word_in(const char *text, const char *word)
{
	size_t	n = strlen(word);

	for (const char *s = strstr(text, word); s != NULL;
	    s = strstr(s + 1, word)) {
		if ((s == text || strchr(" (,\t\n", s[-1]) != NULL) &&
		    strchr(" ),\n", s[n]) != NULL) {
			return true;
		}
	}
	return false;
}

/* Somebody adds a column: it is signed, or it is said why not. */
static void
test_columns(void **state)
{
	char		 dir[64], path[100], sql[100], from[80];
	struct shop	*shop = test_shop("FR", dir);
	char		*text = queries();
	sqlite3		*db;
	sqlite3_stmt	*st;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (size_t i = 0; i < NELEM(uncovered); i++) {
		char	*query = NULL, *end = text;

		/* The SELECT that ends in this table. */
		(void)snprintf(from, sizeof(from), "\nFROM %s WHERE",
		    uncovered[i].table);
		end = strstr(text, from);
		assert_non_null(end);
		for (query = end; strncmp(query, "json_array(", 11) != 0;) {
			query--;
		}
		query = xstrndup(query, (size_t)(end - query));
		(void)snprintf(sql, sizeof(sql), "PRAGMA table_info(%s)",
		    uncovered[i].table);
		assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL),
		    SQLITE_OK);
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char	*name;

			name = (const char *)sqlite3_column_text(st, 1);
			if (!word_in(query, name) && strcmp(name, "uid") != 0 &&
			    !word_in(uncovered[i].columns, name)) {
				fail_msg("%s.%s is not signed with a ticket: "
				    "sql/query/detail.sql", uncovered[i].table,
				    name);
			}
		}
		(void)sqlite3_finalize(st);
		free(query);
	}
	(void)sqlite3_close(db);
	free(text);
	test_done(shop, dir);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(test_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
