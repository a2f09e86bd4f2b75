/* SPDX-License-Identifier: ISC */
/*
 * Many writing processes and some readers at one shop: the queue against
 * SQLite's busy_timeout alone, in turns of the same run.
 *	queue-storm [-w WRITERS] [-r READERS] [-s SECONDS] [-t THINK_MS] [-c]
 * Prints one JSON object.  With -c it exits 1 when, in the queue, a writer
 * got less than half of the mean or the p99 of the wait is not five times
 * better.
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/conn.h"
#include "db/stmt.h"

#define TURNS		4		/* of each gate, in alternation */
#define SAMPLES		20000		/* a writer and gate, at most */
#define PEOPLE_MAX	200

enum gate { GATE_QUEUE, GATE_BUSY, GATES };
static const char *const gate_names[GATES] = { "queue", "busy" };

/* What the processes share; a float of milliseconds a sample. */
struct tally {
	uint32_t	commits;
	uint32_t	errors;
	float		wait[SAMPLES];	/* until the transaction was ours */
};

/* All open the shop first: a turn measures waiting, not starting. */
struct start {
	atomic_int	ready;
	atomic_bool	go;
	double		until;
};

static struct {
	int		 writers, readers, seconds, think_ms;
	bool		 check;
	char		 shop[200];
	struct tally	*tally;		/* [gate][writer] */
	struct start	*start;
} storm = { .writers = 40, .readers = 20, .seconds = 8, .think_ms = 5 };

static const char	tables[] =
    "CREATE TABLE storm_sale (id INTEGER PRIMARY KEY, at INTEGER) STRICT;"
    "CREATE TABLE storm_line (id INTEGER PRIMARY KEY, sale INTEGER NOT NULL "
    "REFERENCES storm_sale (id), item INTEGER, amount INTEGER) STRICT;"
    "CREATE INDEX storm_line_sale ON storm_line (sale);"
    "CREATE TABLE storm_stock (item INTEGER PRIMARY KEY, level INTEGER) "
    "STRICT;"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 1000) INSERT INTO storm_stock SELECT i, 0 FROM n;";

static const struct query	add_sale = {
	.name = "add_sale", .sql = "INSERT INTO storm_sale (at) VALUES (?1)"
}, add_line = {
	.name = "add_line", .sql = "INSERT INTO storm_line (sale, item, "
	    "amount) VALUES (?1, ?2, 100)"
}, take = {
	.name = "take", .sql = "UPDATE storm_stock SET level = level - 1 "
	    "WHERE item = ?1"
};
static const struct col		total_cols[] = { { COL_I64, true, 0, 8 } };
static const struct query	total = {
	.name = "total", .sql = "SELECT sum(amount) FROM (SELECT amount FROM "
	    "storm_line ORDER BY id DESC LIMIT 200)", .cols = total_cols,
	    .ncols = 1, .size = 16
};

static double
now_ms(void)
{
	struct timespec	ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* Half to one and a half of the think time. */
static void
think(unsigned *seed)
{
	struct timespec	ts;
	long		ms = storm.think_ms / 2 +
	    (long)(rand_r(seed) % (storm.think_ms + 1));

	ts = (struct timespec){ ms / 1000, ms % 1000 * 1000000L };
	(void)nanosleep(&ts, NULL);
}

/* --- one transaction ---------------------------------------------------- */

static int
work(struct db *db, unsigned *seed)
{
	struct stmt	*st;
	int64_t		 sale;
	int		 r;

	if ((r = stmt_open(db, &add_sale, &st)) != 0) {
		return r;
	}
	stmt_bind_i64(st, 1, 1);
	if ((r = stmt_exec_id(st, &sale)) != 0) {
		return r;
	}
	for (int i = 0; i < 5; i++) {
		int64_t	item = rand_r(seed) % 1000 + 1;

		if ((r = stmt_open(db, &add_line, &st)) != 0) {
			return r;
		}
		stmt_bind_i64(st, 1, sale);
		stmt_bind_i64(st, 2, item);
		if ((r = stmt_exec(st)) != 0 ||
		    (r = stmt_open(db, &take, &st)) != 0) {
			return r;
		}
		stmt_bind_i64(st, 1, item);
		if ((r = stmt_exec(st)) != 0) {
			return r;
		}
	}
	return 0;
}

/* As a program without our queue would: SQLite's own waiting. */
static int
busy_begin(struct db *db)
{
	int	r;

	(void)sqlite3_busy_timeout(db->sq, 5000);
	if ((r = db_exec(db, "BEGIN IMMEDIATE")) == 0) {
		db->in_write = true;
	}
	return r;
}

static int
transaction(struct db *db, enum gate gate, unsigned *seed, float *wait)
{
	double	since = now_ms();
	int	r;

	r = gate == GATE_QUEUE ? db_begin(db, "storm") : busy_begin(db);
	*wait = (float)(now_ms() - since);
	if (r != 0) {
		return r;
	}
	if ((r = work(db, seed)) != 0) {
		db_rollback(db);
		return r;
	}
	if (gate == GATE_QUEUE) {
		return db_commit(db);
	}
	r = db_exec(db, "COMMIT");
	db_rollback(db);		/* forgets, or undoes */
	/* The same length of log for both. */
	if (r == 0 && db->wal_pages >= DB_WAL_PAGES) {
		(void)sqlite3_wal_checkpoint_v2(db->sq, NULL,
		    SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	}
	return r;
}

static double
start_wait(void)
{
	struct timespec	ts = { .tv_nsec = 2 * 1000000L };

	(void)atomic_fetch_add(&storm.start->ready, 1);
	while (!atomic_load(&storm.start->go)) {
		(void)nanosleep(&ts, NULL);
	}
	return storm.start->until;
}

static int
writer(enum gate gate, int n)
{
	struct tally	*t = &storm.tally[(int)gate * storm.writers + n];
	unsigned	 seed = (unsigned)getpid();
	struct db	*db;
	double		 until;

	if (db_open(storm.shop, DB_WRITE, &db) != 0) {
		return 1;
	}
	until = start_wait();
	think(&seed);
	while (now_ms() < until) {
		float	wait;

		if (transaction(db, gate, &seed, &wait) != 0) {
			t->errors++;
		} else if (t->commits < SAMPLES) {
			t->wait[t->commits++] = wait;
		}
		think(&seed);
	}
	db_close(db);
	return 0;
}

static int
reader(void)
{
	unsigned	 seed = (unsigned)getpid();
	struct db	*db;
	double		 until;
	int		 r = 0;

	if (db_open(storm.shop, DB_READ, &db) != 0) {
		return 1;
	}
	until = start_wait();
	while (r == 0 && now_ms() < until) {
		struct stmt	*st;
		char		 row[16];

		if ((r = stmt_open(db, &total, &st)) == 0) {
			r = stmt_one(st, row);
		}
		think(&seed);
	}
	db_close(db);
	return r == 0 ? 0 : 1;
}

/* --- turns -------------------------------------------------------------- */

static void
turn(enum gate gate)
{
	int	people = storm.writers + storm.readers;
	pid_t	pid[PEOPLE_MAX];
	int	status;

	atomic_store(&storm.start->ready, 0);
	atomic_store(&storm.start->go, false);
	for (int i = 0; i < people; i++) {
		pid[i] = fork();
		if (pid[i] < 0) {
			fatal("fork: %s", strerror(errno));
		}
		if (pid[i] == 0) {
			_exit(i < storm.writers ? writer(gate, i) :
			    reader());
		}
	}
	while (atomic_load(&storm.start->ready) < people) {
		struct timespec	ts = { .tv_nsec = 2 * 1000000L };

		if (waitpid(-1, &status, WNOHANG) > 0) {
			fatal("a process of the storm did not start");
		}
		(void)nanosleep(&ts, NULL);
	}
	storm.start->until = now_ms() + storm.seconds * 1e3 /
	    (TURNS * GATES);
	atomic_store(&storm.start->go, true);
	for (int i = 0; i < people; i++) {
		if (waitpid(pid[i], &status, 0) != pid[i] || status != 0) {
			fatal("a process of the storm failed");
		}
	}
}

static int
by_size(const void *a, const void *b)
{
	const float	*x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
percentile(const float *v, size_t n, double p)
{
	size_t	i = (size_t)((double)n * p);

	return n == 0 ? 0 : (double)v[i < n ? i : n - 1];
}

struct figures {
	size_t	n;
	double	p50, p99, max;
	double	mean;			/* commits of a writer */
	unsigned least, errors;
};

static void
figures(enum gate gate, struct figures *f)
{
	float	*all = xcalloc((size_t)storm.writers * SAMPLES,
	    sizeof(*all));

	*f = (struct figures){ .least = UINT32_MAX };
	for (int i = 0; i < storm.writers; i++) {
		const struct tally	*t;

		t = &storm.tally[(int)gate * storm.writers + i];
		memcpy(all + f->n, t->wait, t->commits * sizeof(float));
		f->n += t->commits;
		f->errors += t->errors;
		f->least = t->commits < f->least ? t->commits : f->least;
	}
	qsort(all, f->n, sizeof(*all), by_size);
	f->p50 = percentile(all, f->n, 0.5);
	f->p99 = percentile(all, f->n, 0.99);
	f->max = percentile(all, f->n, 1);
	f->mean = (double)f->n / storm.writers;
	free(all);
}

static int
report(void)
{
	struct figures	f[GATES];
	double		ratio;
	bool		good;

	(void)printf("{\"storm_writers\":%d,\"storm_readers\":%d,"
	    "\"storm_think_ms\":%d", storm.writers, storm.readers,
	    storm.think_ms);
	for (enum gate g = 0; g < GATES; g++) {
		figures(g, &f[g]);
		(void)printf(",\"storm_%s_commits\":%zu", gate_names[g],
		    f[g].n);
		(void)printf(",\"storm_%s_least\":%u", gate_names[g],
		    f[g].least);
		(void)printf(",\"storm_%s_mean\":%.1f", gate_names[g],
		    f[g].mean);
		(void)printf(",\"storm_%s_errors\":%u", gate_names[g],
		    f[g].errors);
		(void)printf(",\"storm_%s_p50_ms\":%.3f", gate_names[g],
		    f[g].p50);
		(void)printf(",\"storm_%s_p99_ms\":%.3f", gate_names[g],
		    f[g].p99);
		(void)printf(",\"storm_%s_max_ms\":%.3f", gate_names[g],
		    f[g].max);
	}
	ratio = f[GATE_QUEUE].p99 > 0 ? f[GATE_BUSY].p99 / f[GATE_QUEUE].p99 :
	    0;
	(void)printf(",\"storm_p99_ratio\":%.2f}\n", ratio);
	good = f[GATE_QUEUE].errors == 0 && ratio >= 5 &&
	    f[GATE_QUEUE].least * 2 >= f[GATE_QUEUE].mean;
	return good || !storm.check ? 0 : 1;
}

static void *
shared(size_t size)
{
	void	*p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED |
	    MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED) {
		fatal("mmap: %s", strerror(errno));
	}
	return p;
}

static void
prepare(void)
{
	char		*path;
	sqlite3		*sq;

	path = getenv("TMPDIR");
	(void)str_fmt(storm.shop, sizeof(storm.shop), "%s/storm.XXXXXX",
	    path == NULL ? "/tmp" : path);
	if (mkdtemp(storm.shop) == NULL || db_create(storm.shop) != 0) {
		fatal("cannot make a shop in %s", storm.shop);
	}
	path = xasprintf("%s/shop.db", storm.shop);
	if (sqlite3_open(path, &sq) != SQLITE_OK || sqlite3_exec(sq, tables,
	    NULL, NULL, NULL) != SQLITE_OK) {
		fatal("%s: %s", path, sqlite3_errmsg(sq));
	}
	(void)sqlite3_close(sq);
	free(path);
	storm.start = shared(sizeof(*storm.start));
	storm.tally = shared(sizeof(struct tally) * GATES *
	    (size_t)storm.writers);
}

static int
number(const char *s)
{
	int64_t	v;

	if (str_to_i64(s, 1, 100000, &v) != 0) {
		fatal("%s", err_text(ERR_RANGE));
	}
	return (int)v;
}

int
main(int argc, char **argv)
{
	char	*command;
	int	 c, r;

	log_open("queue-storm", LOG_LEVEL_ERROR);
	while ((c = getopt(argc, argv, "w:r:s:t:c")) != -1) {
		switch (c) {
		case 'w':
			storm.writers = number(optarg);
			break;
		case 'r':
			storm.readers = number(optarg);
			break;
		case 's':
			storm.seconds = number(optarg);
			break;
		case 't':
			storm.think_ms = number(optarg);
			break;
		case 'c':
			storm.check = true;
			break;
		default:
			return 64;
		}
	}
	if (storm.writers + storm.readers > PEOPLE_MAX) {
		fatal("at most %d processes", PEOPLE_MAX);
	}
	prepare();
	for (int i = 0; i < TURNS; i++) {
		turn(GATE_QUEUE);
		turn(GATE_BUSY);
	}
	r = report();
	command = xasprintf("rm -rf '%s'", storm.shop);
	if (system(command) != 0) {
		r = 1;
	}
	free(command);
	return r;
}
