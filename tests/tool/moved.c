/* SPDX-License-Identifier: ISC */
/*
 * moved SHOP COUNT
 * Gives a shop of which nobody has it open the movements of three years:
 * COUNT of them over all its items, half of them of a tenth of these, in two
 * stores; bought at costs that change, sold, thrown away, counted.  Levels,
 * worths and marks are what the ledger's own triggers would have made of
 * them, so that `comptoir check` and tests/stock.sql hold; written without
 * the triggers, five million take a minute instead of an hour.
 */
#include "raw.h"

#include <time.h>

#include "base/buf.h"
#include "base/mem.h"

#define YEARS_MS	(INT64_C(3) * 365 * 86400000)
#define PLACES		2

struct level {
	int64_t	qty, value, cost, sold_at;
	bool	moved;
};

static int64_t	 store[PLACES] = { 1 };	/* the first, and one of its own */
static uint64_t	 seed = UINT64_C(88172645463325252);

static int64_t
rnd(int64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)below);
}

/* What stands on the ledger's table: out of the way, and back again. */
static char *
ledger_bare(void)
{
	sqlite3_stmt	*st = prepare("SELECT type, name, sql "
	    "FROM sqlite_schema WHERE type IN ('trigger', 'index') "
	    "AND tbl_name = 'stock_move' AND sql IS NOT NULL");
	struct buf	 keep = { 0 }, drop = { 0 };

	while (sqlite3_step(st) == SQLITE_ROW) {
		buf_fmt(&drop, "DROP %s %s;",
		    (const char *)sqlite3_column_text(st, 0),
		    (const char *)sqlite3_column_text(st, 1));
		buf_fmt(&keep, "%s;\n",
		    (const char *)sqlite3_column_text(st, 2));
	}
	(void)sqlite3_finalize(st);
	run(buf_text(&drop));
	buf_done(&drop);
	return buf_take(&keep);
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt	*st = prepare(sql);
	int64_t		 v = sqlite3_step(st) == SQLITE_ROW ?
			    sqlite3_column_int64(st, 0) : 0;

	(void)sqlite3_finalize(st);
	return v;
}

static int64_t *
items(int64_t *n)
{
	sqlite3_stmt	*st = prepare("SELECT id FROM product WHERE "
	    "unit = 'pc' AND tracked = 1 AND serials = 0 AND lots = 0 "
	    "AND kind = 'item' AND id NOT IN (SELECT product FROM stock_level) "
	    "ORDER BY id");
	int64_t		*id = NULL;

	for (*n = 0; sqlite3_step(st) == SQLITE_ROW;) {
		if ((*n & (*n - 1)) == 0) {
			id = xrealloc(id, *n == 0 ? 1 : (size_t)*n * 2,
			    sizeof(*id));
		}
		id[(*n)++] = sqlite3_column_int64(st, 0);
	}
	(void)sqlite3_finalize(st);
	return id;
}

/* Half away from zero, as money is rounded. */
static int64_t
part(int64_t value, int64_t of, int64_t all)
{
	int64_t	twice = 2 * value * of;

	return (twice + (twice < 0 ? -all : all)) / (2 * all);
}

/* The next movement of it: kind, quantity and value; the level follows. */
static const char *
step(struct level *l, int64_t item, int64_t at, int64_t *qty, int64_t *value)
{
	int64_t		 base = 100 + item * 37 % 4000, dice = rnd(100);
	const char	*kind = "sale";

	if (dice < 4) {
		kind = dice < 2 ? "waste" : "count";
	}
	l->moved = true;
	if (l->qty < 3000 || dice >= 94) {
		kind = "receipt";
		*qty = (5 + rnd(40)) * 1000;
		*value = *qty / 1000 * (base - base / 10 +
		    rnd(base / 5 + 1));
	} else {
		*qty = -(1 + rnd(3)) * 1000;
		*value = l->qty + *qty == 0 ? -l->value :
		    part(l->value, *qty, l->qty);
	}
	l->qty += *qty;
	l->value += *value;
	if (kind[0] == 's') {
		l->sold_at = at;
	}
	if (*qty > 0) {
		l->cost = part(l->value, 1000, l->qty);
	}
	return kind;
}

static void
moves(struct level *level, const int64_t *id, int64_t n, int64_t count)
{
	sqlite3_stmt	*st = prepare("INSERT INTO stock_move (product, qty, "
	    "kind, at, place, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
	int64_t		 from = (int64_t)time(NULL) * 1000 - YEARS_MS;

	for (int64_t i = 0; i < count; i++) {
		int64_t		 item = rnd(n >= 10 && rnd(2) == 0 ? n / 10 :
				    n);
		int64_t		 place = rnd(5) == 0, qty, value;
		int64_t		 at = from + YEARS_MS / count * i;
		const char	*kind;

		/* One in twenty is not asked for any more. */
		item -= i > count / 3 && item >= n - n / 20 ? n / 2 : 0;
		kind = step(&level[item * PLACES + place], item, at, &qty,
		    &value);
		(void)sqlite3_bind_int64(st, 1, id[item]);
		(void)sqlite3_bind_int64(st, 2, qty);
		(void)sqlite3_bind_text(st, 3, kind, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int64(st, 4, at);
		(void)sqlite3_bind_int64(st, 5, store[place]);
		(void)sqlite3_bind_int64(st, 6, value);
		if (sqlite3_step(st) != SQLITE_DONE) {
			die("a movement");
		}
		(void)sqlite3_reset(st);
	}
	(void)sqlite3_finalize(st);
}

static void
levels(const struct level *level, const int64_t *id, int64_t n)
{
	sqlite3_stmt	*st = prepare("INSERT INTO stock_level (product, "
	    "place, qty, value, cost, sold_at) VALUES (?1, ?2, ?3, ?4, ?5, "
	    "nullif(?6, 0))");

	for (int64_t i = 0; i < n * PLACES; i++) {
		const struct level	*l = &level[i];

		if (!l->moved) {
			continue;
		}
		(void)sqlite3_bind_int64(st, 1, id[i / PLACES]);
		(void)sqlite3_bind_int64(st, 2, store[i % PLACES]);
		(void)sqlite3_bind_int64(st, 3, l->qty);
		(void)sqlite3_bind_int64(st, 4, l->value);
		(void)sqlite3_bind_int64(st, 5, l->cost);
		(void)sqlite3_bind_int64(st, 6, l->sold_at);
		if (sqlite3_step(st) != SQLITE_DONE) {
			die("a level");
		}
		(void)sqlite3_reset(st);
	}
	(void)sqlite3_finalize(st);
}

int
main(int argc, char **argv)
{
	struct level	*level;
	char		*path, *keep, *marks;
	int64_t		*id, count, n, before;

	if (argc != 3 || (count = strtoll(argv[2], NULL, 10)) < 1) {
		(void)fprintf(stderr, "usage: moved SHOP COUNT\n");
		return 64;
	}
	path = xasprintf("%s/shop.db", argv[1]);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		die(path);
	}
	/* A shop of a test's: where this fails it is made again. */
	run("PRAGMA foreign_keys = OFF; PRAGMA locking_mode = EXCLUSIVE; "
	    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
	    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -524288; "
	    "BEGIN IMMEDIATE; "
	    "INSERT INTO stock_place (name, login) VALUES ('Moved', 'moved')");
	store[1] = number("SELECT max(id) FROM stock_place");
	before = number("SELECT max(id) FROM stock_move");
	keep = ledger_bare();
	id = items(&n);
	if (n == 0) {
		die("no item is kept in stock and has not moved yet");
	}
	level = xcalloc((size_t)n * PLACES, sizeof(*level));
	moves(level, id, n, count);
	levels(level, id, n);
	marks = xasprintf("INSERT INTO stock_mark (product, place, period, "
	    "qty, value) SELECT product, place, period, sum(qty) OVER w, "
	    "sum(value) OVER w FROM (SELECT product, place, "
	    "at / 2592000000 AS period, sum(qty) AS qty, sum(value) AS value "
	    "FROM stock_move WHERE id > %lld GROUP BY 1, 2, 3) "
	    "WINDOW w AS (PARTITION BY product, place ORDER BY period)",
	    (long long)before);
	run(marks);
	run("UPDATE stock_worth SET value = (SELECT coalesce(sum(value), 0) "
	    "FROM stock_move WHERE place = stock_worth.place)");
	run(keep);
	run("COMMIT; PRAGMA journal_mode = WAL");
	(void)sqlite3_close(db);
	(void)printf("%lld movements of %lld items\n", (long long)count,
	    (long long)n);
	free(level);
	free(id);
	free(keep);
	free(marks);
	free(path);
	return 0;
}
