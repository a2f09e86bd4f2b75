/* SPDX-License-Identifier: ISC */
/*
 * past SHOP COUNT
 * Gives a shop of which nobody has it open a long past: COUNT more tickets of
 * its first till, copies of those it has, spread over the five years before
 * them.  Numbers, records, hashes, signatures and heads are as if they had
 * been sold; their details, the stock and the closings know nothing of them,
 * so that `journal verify --quick` and every signature hold and `check` does
 * not.  A million takes a minute or two.
 */
#include "raw.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/journal.h"
#include "shop/journal_key.h"

#define MONTHS	60

static int64_t
number(const char *sql)
{
	sqlite3_stmt	*st = prepare(sql);
	int64_t		 v = 0;

	if (sqlite3_step(st) == SQLITE_ROW) {
		v = sqlite3_column_int64(st, 0);
	}
	(void)sqlite3_finalize(st);
	return v;
}

/* Triggers out of the way, and back again. */
static char *
triggers_take(void)
{
	sqlite3_stmt	*st = prepare("SELECT name, sql FROM sqlite_schema "
	    "WHERE type = 'trigger'");
	struct buf	 keep = { 0 }, drop = { 0 };

	while (sqlite3_step(st) == SQLITE_ROW) {
		buf_fmt(&drop, "DROP TRIGGER %s;",
		    (const char *)sqlite3_column_text(st, 0));
		buf_fmt(&keep, "%s;\n",
		    (const char *)sqlite3_column_text(st, 1));
	}
	(void)sqlite3_finalize(st);
	run(buf_text(&drop));
	buf_done(&drop);
	return buf_take(&keep);
}

/*
 * INSERT … SELECT of one table, the columns as they are but for some: pairs
 * of a name and what stands for it.
 */
static sqlite3_stmt *
copier(const char *table, const char *where, const char *const *as)
{
	struct buf	 sql = { 0 }, values = { 0 };
	sqlite3_stmt	*st;
	char		*ask = xasprintf("SELECT name FROM "
	    "pragma_table_info('%s') ORDER BY cid", table);
	const char	*comma = "";

	st = prepare(ask);
	buf_fmt(&sql, "INSERT INTO %s (", table);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char	*name, *value;

		name = value = (const char *)sqlite3_column_text(st, 0);
		for (size_t i = 0; as[i] != NULL; i += 2) {
			if (strcmp(as[i], name) == 0) {
				value = as[i + 1];
			}
		}
		buf_fmt(&sql, "%s\"%s\"", comma, name);
		buf_fmt(&values, value == name ? "%st.\"%s\"" : "%s%s", comma,
		    value);
		comma = ", ";
	}
	(void)sqlite3_finalize(st);
	buf_fmt(&sql, ") SELECT %s FROM %s AS t WHERE %s", buf_text(&values),
	    table, where);
	st = prepare(buf_text(&sql));
	buf_done(&sql);
	buf_done(&values);
	free(ask);
	return st;
}

static void
step(sqlite3_stmt *st)
{
	if (sqlite3_step(st) != SQLITE_DONE) {
		die("insert");
	}
	(void)sqlite3_reset(st);
}

/* What one ticket is copied from. */
struct model {
	int64_t	sale, line, payment;
	char	payload[300];		/* up to the number */
	char	kind[16];
};

static size_t
models(struct model **out)
{
	sqlite3_stmt	*st = prepare("SELECT s.id, j.payload, "
	    "(SELECT min(id) FROM sale_line WHERE sale = s.id), "
	    "(SELECT min(id) FROM payment WHERE sale = s.id) "
	    "FROM journal AS j JOIN sale AS s ON s.journal = j.id "
	    "WHERE j.chain = 'ticket/1' AND s.cancels IS NULL "
	    "AND s.turnover = s.total ORDER BY j.id LIMIT 2000");
	size_t		 n = 0;

	*out = xcalloc(2000, sizeof(**out));
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct model	*m = &(*out)[n++];
		const char	*p = (const char *)sqlite3_column_text(st, 1);
		const char	*at = strchr(p, ',');

		at = at == NULL ? NULL : strchr(at + 1, ',');
		at = at == NULL ? NULL : strchr(at + 1, ',');
		if (at == NULL) {
			die("a payload is odd");
		}
		m->sale = sqlite3_column_int64(st, 0);
		m->line = sqlite3_column_int64(st, 2);
		m->payment = sqlite3_column_int64(st, 3);
		(void)str_fmt(m->payload, sizeof(m->payload), "%.*s",
		    (int)(at - p + 1), p);
		at = strchr(at + 1, ',') + 1;
		(void)str_fmt(m->kind, sizeof(m->kind), "%.*s",
		    (int)strcspn(at, ","), at);
	}
	(void)sqlite3_finalize(st);
	return n;
}

int
main(int argc, char **argv)
{
	static const char *const	sale_as[] = {
		"id", "?2", "uid", "randomblob(16)", "number", "?3",
		"journal", "?4", "posted_at", "t.posted_at - ?5 * 2678400000",
		"opened_at", "t.opened_at - ?5 * 2678400000", "business_day",
		"date(t.business_day, '-' || (?5 * 31) || ' days')", NULL,
	};
	static const char *const	line_as[] = {
		"id", "t.id + ?2", "sale", "?3", "at",
		"t.at - ?4 * 2678400000", NULL,
	};
	static const char *const	vat_as[] = { "sale", "?2", NULL };
	static const char *const	payment_as[] = {
		"id", "t.id + ?2", "sale", "?3", "at",
		"t.at - ?4 * 2678400000", NULL,
	};
	sqlite3_stmt		*sale, *line, *vat, *payment, *record, *st;
	struct journal_key	 key;
	struct model		*model;
	char			*path, *triggers, previous[65];
	int64_t			 count, id, seq, journal, at;
	int64_t			 last_line, last_pay;
	size_t			 n;

	if (argc != 3 || (count = strtoll(argv[2], NULL, 10)) < 1) {
		(void)fprintf(stderr, "usage: past SHOP COUNT\n");
		return 64;
	}
	if (journal_key_read(argv[1], &key) != 0) {
		die("no signing key");
	}
	path = xasprintf("%s/shop.db", argv[1]);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		die(path);
	}
	/* A shop of a test's: where this fails it is made again. */
	run("PRAGMA foreign_keys = OFF; PRAGMA locking_mode = EXCLUSIVE; "
	    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
	    "PRAGMA cache_size = -262144; BEGIN IMMEDIATE");
	triggers = triggers_take();
	if ((n = models(&model)) == 0) {
		die("the shop has no ticket to copy");
	}
	id = number("SELECT max(id) FROM sale");
	journal = number("SELECT max(id) FROM journal");
	at = number("SELECT at FROM journal ORDER BY id DESC LIMIT 1");
	seq = number("SELECT seq FROM journal_head WHERE chain = 'ticket/1'");
	last_line = number("SELECT max(id) FROM sale_line");
	last_pay = number("SELECT max(id) FROM payment");
	st = prepare("SELECT hash FROM journal_head WHERE chain = 'ticket/1'");
	(void)sqlite3_step(st);
	(void)str_copy(previous, sizeof(previous),
	    (const char *)sqlite3_column_text(st, 0));
	(void)sqlite3_finalize(st);
	sale = copier("sale", "t.id = ?1", sale_as);
	line = copier("sale_line", "t.sale = ?1", line_as);
	vat = copier("sale_vat", "t.sale = ?1", vat_as);
	payment = copier("payment", "t.sale = ?1", payment_as);
	record = prepare("INSERT INTO journal (id, chain, seq, at, payload, "
	    "hash, signature, key, sale, detail) VALUES (?1, 'ticket/1', ?2, "
	    "?3, ?4, ?5, ?6, 1, ?7, '')");
	for (int64_t i = 0; i < count; i++) {
		const struct model	*m = &model[(size_t)i % n];
		int64_t			 back = 1 + i / (int64_t)n % MONTHS;
		struct buf		 full = { 0 };
		char			 payload[400], hash[65];
		char			 signature[JOURNAL_SIGNATURE];

		(void)str_fmt(payload, sizeof(payload), "%s1-%06lld,%s",
		    m->payload, (long long)++seq, m->kind);
		journal_seal(payload, previous, &full, hash);
		journal_sign(&key, hash, signature);
		(void)sqlite3_bind_int64(sale, 1, m->sale);
		(void)sqlite3_bind_int64(sale, 2, ++id);
		(void)sqlite3_bind_int64(sale, 3, seq);
		(void)sqlite3_bind_int64(sale, 4, ++journal);
		(void)sqlite3_bind_int64(sale, 5, back);
		step(sale);
		(void)sqlite3_bind_int64(line, 1, m->sale);
		(void)sqlite3_bind_int64(line, 2, last_line - m->line + 1);
		(void)sqlite3_bind_int64(line, 3, id);
		(void)sqlite3_bind_int64(line, 4, back);
		step(line);
		last_line = sqlite3_last_insert_rowid(db);
		(void)sqlite3_bind_int64(vat, 1, m->sale);
		(void)sqlite3_bind_int64(vat, 2, id);
		step(vat);
		(void)sqlite3_bind_int64(payment, 1, m->sale);
		(void)sqlite3_bind_int64(payment, 2, last_pay - m->payment + 1);
		(void)sqlite3_bind_int64(payment, 3, id);
		(void)sqlite3_bind_int64(payment, 4, back);
		step(payment);
		last_pay = sqlite3_last_insert_rowid(db);
		(void)sqlite3_bind_int64(record, 1, journal);
		(void)sqlite3_bind_int64(record, 2, seq);
		(void)sqlite3_bind_int64(record, 3, at);
		(void)sqlite3_bind_text(record, 4, full.data, -1,
		    SQLITE_STATIC);
		(void)sqlite3_bind_text(record, 5, hash, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(record, 6, signature, -1,
		    SQLITE_STATIC);
		(void)sqlite3_bind_int64(record, 7, id);
		step(record);
		(void)str_copy(previous, sizeof(previous), hash);
		buf_done(&full);
	}
	{
		char	head[200], signature[JOURNAL_SIGNATURE];
		char	*put;

		(void)str_fmt(head, sizeof(head), "ticket/1,%lld,%s",
		    (long long)seq, previous);
		journal_sign(&key, head, signature);
		put = xasprintf("UPDATE journal_head SET seq = %lld, hash = "
		    "'%s', signature = '%s' WHERE chain = 'ticket/1'",
		    (long long)seq, previous, signature);
		run(put);
		free(put);
	}
	(void)sqlite3_finalize(sale);
	(void)sqlite3_finalize(line);
	(void)sqlite3_finalize(vat);
	(void)sqlite3_finalize(payment);
	(void)sqlite3_finalize(record);
	run(triggers);
	run("COMMIT; PRAGMA journal_mode = WAL");
	(void)sqlite3_close(db);
	journal_key_wipe(&key);
	free(triggers);
	free(model);
	free(path);
	(void)printf("%lld tickets\n", (long long)seq);
	return 0;
}
