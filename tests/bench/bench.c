/* SPDX-License-Identifier: ISC */
/*
 * The figures of comptoir against their floors.
 *
 *	bench DIR KEY SSHD-PORT COMPTOIRD-PORT COMPTOIRD-PID FLOOR-USER OUT
 *	    [PART ...]
 *
 * tests/bench/run prepares DIR (shop, small, large, past, young), a private
 * sshd with the floor program and a comptoird, and starts this.  Everything
 * timed is timed beside its floor, RUNS times; the median run counts.  A PART
 * (typing, adding, news ...) measures that alone.
 */
#include "bench.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/words.h"
#include "shop/auth.h"
#include "shop/sale.h"
#include "shop/user.h"

#define RUNS		5
#define KEYS		1000		/* a run and side */
#define ADDS		60
#define LOGINS		8
#define PAYS		30
#define SALES		12
#define WATCHERS	50
#define COMMITS		240		/* each makes two rounds */
#define NEWS_APART	150
#define SEARCHES	300
#define SESSIONS	100
#define RESTED		22000		/* ms after the last act */
#define PAUSE		4		/* ms between keys, after an answer */

static const char	*bench_dir, *bench_key, *bench_user;
static const char	*floor_port, *shop_port;
static pid_t		 bench_daemon;
static struct buf	 bench_json;
static int		 bench_over;

/* ---- what is said ------------------------------------------------------- */

void
figure(const char *name, double value)
{
	buf_fmt(&bench_json, "%s\"%s\": %.4g", bench_json.len > 0 ? ",\n" : "",
	    name, value);
}

/* A figure with a limit, shown and kept. */
void
judge(const char *words, const char *name, double value, double limit)
{
	bool	ok = value <= limit;

	figure(name, value);
	(void)printf("%-52s %10.4g %10.4g  %s\n", words, value, limit,
	    ok ? "ok" : "OVER");
	(void)fflush(stdout);
	bench_over += !ok;
}

char *
path_in(const char *name)
{
	struct buf	b = { 0 };

	buf_fmt(&b, "%s/%s", bench_dir, name);
	return buf_take(&b);
}

/* ---- sessions ----------------------------------------------------------- */

void
ssh_start(struct client *c, bool floor)
{
	const char	*argv[] = {
		"ssh", "-tt", "-F", "/dev/null", "-i", bench_key,
		"-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
		"-o", "StrictHostKeyChecking=no",
		"-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
		"-o", "KexAlgorithms=curve25519-sha256",
		"-o", "HostKeyAlgorithms=ssh-ed25519",
		"-o", "Ciphers=aes128-gcm@openssh.com",
		"-o", "PreferredAuthentications=publickey",
		"-p", floor ? floor_port : shop_port,
		"-l", floor ? bench_user : "cashier", "127.0.0.1", NULL,
	};

	client_start(c, argv, "xterm-256color", B38400);
}

/* The last word that either paints on a fresh screen. */
void
ssh_ready(struct client *c, bool floor)
{
	if (floor) {
		(void)client_until(c, FLOOR_TOTAL, -1, "TOTAL");
	} else {
		(void)client_until(c, KEY_BAR, -1, "Retour");
	}
}

static void
both_start(struct client *ours, struct client *floor)
{
	ssh_start(ours, false);
	ssh_start(floor, true);
	ssh_ready(ours, false);
	ssh_ready(floor, true);
}

static void
both_stop(struct client *ours, struct client *floor)
{
	client_stop(ours);
	client_stop(floor);
}

/* ---- the shop itself ---------------------------------------------------- */

/* As a session opens it: with the words of its user at hand. */
static struct shop *
shop_as_cashier(const char *dir)
{
	struct shop	*shop;
	int64_t		 user;

	if (shop_open(dir, DB_WRITE, &shop) != 0 ||
	    auth_owner(shop, DOOR_SHELL) != 0 ||
	    user_find(shop, "cashier", &user) != 0 ||
	    auth_enter(shop, user, 0, DOOR_CONSOLE, "bench", true) != 0) {
		die("%s: no cashier", dir);
	}
	words_init();
	words_language(shop->set.language);
	return shop;
}

static void
add_code(struct shop *shop, const char *code, int64_t *id, int64_t *version)
{
	struct product	p;
	int64_t		line;

	if (product_find(shop, code, &p) != 0 || sale_add(shop, id, version,
	    p.id, QTY_ONE, NULL, &line) != 0) {
		die("cannot add a line");
	}
}

static void
add_one(struct shop *shop, int64_t *id, int64_t *version)
{
	add_code(shop, "1001", id, version);
}

/* Ten lines: half of them dishes, half things of which stock is kept. */
static void
add_ten(struct shop *shop, int64_t *id, int64_t *version)
{
	static const char *const	codes[] = {
		"1001", "1002", "1003", "1043", "1045",
		"3001", "3002", "3003", "3004", "3005",
	};

	for (size_t i = 0; i < NELEM(codes); i++) {
		add_code(shop, codes[i], id, version);
	}
}

static void
pay_all(struct shop *shop, int64_t id, int64_t *version)
{
	int64_t	change;
	bool	posted;
	int	r;

	r = sale_pay(shop, id, version, "cash", 0, &change, &posted);
	if (r != 0 || !posted) {
		die("cannot pay: %s", err_text(r));
	}
}

/* A session on a pty of our own, as comptoird starts it. */
void
tty_start(struct client *c, const char *dir, int64_t user, speed_t speed)
{
	char		 id[32];
	const char	*argv[] = {
		"comptoir", "-s", dir, "--door", "ssh", "--user", id,
		"--terminal", "0", "--from", "bench", "--", NULL,
	};

	(void)str_fmt(id, sizeof(id), "%lld", (long long)user);
	client_start(c, argv, "vt220", speed);
}

/* The bare transactions of a three-line sale (first add, later adds, pay)
 * and of paying ten lines. */
static struct bare *bare_first, *bare_add, *bare_pay3, *bare_pay10;

static struct bare *
bare_between(const char *before, const char *after, const char *name)
{
	char		*b = path_in(before), *a = path_in(after);
	char		*path = path_in(name);
	struct bare	*bare = bare_learn(b, a, path);

	free(a);
	free(b);
	free(path);
	return bare;
}

static void
copy_as(const char *name)
{
	char	*db = path_in("shop/shop.db"), *to = path_in(name);

	bare_copy(db, to);
	free(db);
	free(to);
}

static void
learn(void)
{
	char		*dir = path_in("shop");
	struct shop	*shop = shop_as_cashier(dir);
	int64_t		 id = 0, version = 0;

	copy_as("0.db");
	add_one(shop, &id, &version);
	copy_as("1.db");
	bare_first = bare_between("0.db", "1.db", "first.db");
	add_one(shop, &id, &version);
	copy_as("2.db");
	bare_add = bare_between("1.db", "2.db", "add.db");
	add_one(shop, &id, &version);
	copy_as("3.db");
	pay_all(shop, id, &version);
	copy_as("4.db");
	bare_pay3 = bare_between("3.db", "4.db", "pay3.db");
	id = version = 0;
	add_ten(shop, &id, &version);
	copy_as("3.db");
	pay_all(shop, id, &version);
	copy_as("4.db");
	bare_pay10 = bare_between("3.db", "4.db", "pay10.db");
	figure("rows_add", bare_rows(bare_add));
	figure("rows_pay_10", bare_rows(bare_pay10));
	auth_leave(shop);
	shop_close(shop);
	free(dir);
}

/* ---- typing ------------------------------------------------------------- */

/* Milliseconds until the entry line begins so.  Then a typist's pause. */
static double
type(struct client *c, bool floor, const char *keys, const char *shown)
{
	double	start = now_ms(), end;

	client_send(c, keys);
	end = client_until(c, floor ? FLOOR_ENTRY : ENTRY, 1, shown);
	client_quiet(c, PAUSE);
	return end - start;
}

static void
bench_typing(void)
{
	struct client	ours, floor;
	struct samples	r50 = { 0 }, r95 = { 0 }, r99 = { 0 };
	struct samples	p50 = { 0 }, f50 = { 0 };

	both_start(&ours, &floor);
	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 };

		for (int i = 0; i < KEYS; i++) {
			char	key[2] = { (char)('1' + i % 9), '\0' };

			sample(&a, type(&ours, false, key, key));
			sample(&b, type(&floor, true, key, key));
			(void)type(&ours, false, "\177", " ");
			(void)type(&floor, true, "\177", " ");
		}
		sample(&r50, percentile(&a, 50) / percentile(&b, 50));
		sample(&r95, percentile(&a, 95) / percentile(&b, 95));
		sample(&r99, percentile(&a, 99) / percentile(&b, 99));
		sample(&p50, percentile(&a, 50));
		sample(&f50, percentile(&b, 50));
		samples_done(&a);
		samples_done(&b);
	}
	judge("typing a digit, p50 to the floor's", "type_p50_ratio",
	    median(&r50), 1.1);
	judge("typing a digit, p95 to the floor's", "type_p95_ratio",
	    median(&r95), 1.3);
	figure("type_p99_ratio", median(&r99));
	figure("type_p50_ms", median(&p50));
	figure("floor_type_p50_ms", median(&f50));
	both_stop(&ours, &floor);
	samples_done(&r50);
	samples_done(&r95);
	samples_done(&r99);
	samples_done(&p50);
	samples_done(&f50);
}

/* ---- adding and selling ------------------------------------------------- */

static void
sum_text(const struct client *c, bool floor, char out[static 32])
{
	if (floor) {
		(void)str_fmt(out, 32, "TOTAL %12d", c->sum);
	} else {
		(void)str_fmt(out, 32, " %d,%02d \xe2\x82\xac",
		    c->sum / 100, c->sum % 100);
	}
}

bool
client_shows_sum(struct client *c, bool floor)
{
	char	total[32];

	sum_text(c, floor, total);
	return client_shows(c, floor ? FLOOR_TOTAL : OUR_TOTAL, -1, total) &&
	    client_shows(c, floor ? FLOOR_ENTRY : ENTRY, 1, " ");
}

double
bare_sale(void)
{
	return bare_run(bare_first) + bare_run(bare_add) +
	    bare_run(bare_add) + bare_run(bare_pay3);
}

/* Enter on what is typed: until the total counts it and the entry line is
 * empty again. */
static double
enter(struct client *c, bool floor)
{
	char	total[32];
	double	start = now_ms(), a, b;

	c->sum += BENCH_PRICE;
	sum_text(c, floor, total);
	client_send(c, "\r");
	a = client_until(c, floor ? FLOOR_TOTAL : OUR_TOTAL, -1, total);
	b = client_until(c, floor ? FLOOR_ENTRY : ENTRY, 1, " ");
	client_quiet(c, PAUSE);
	return (a > b ? a : b) - start;
}

/* Pays what is on the screen: Enter opens the payment, Enter takes it all.
 * The floor adds two lines. */
static double
open_payment(struct client *c, bool floor)
{
	double	start = now_ms(), end;

	if (floor) {
		return enter(c, floor);
	}
	client_send(c, "\r");
	end = client_until(c, ENTRY, -1, "Entr\xc3\xa9" "e = ");
	client_quiet(c, PAUSE);
	return end - start;
}

static double
take_payment(struct client *c, bool floor)
{
	double	start = now_ms(), a, b;

	if (floor) {
		return enter(c, floor);
	}
	client_send(c, "\r");
	a = client_until(c, PAID, -1, "PAY\xc3\x89");
	b = client_until(c, ENTRY, -1, "code, nom");
	client_quiet(c, PAUSE);
	c->sum = 0;
	return (a > b ? a : b) - start;
}

static double
pay_on_screen(struct client *c, bool floor)
{
	double	ms = open_payment(c, floor);

	return ms + take_payment(c, floor);
}

static void
bench_adding(void)
{
	struct client	ours, floor;
	struct samples	ratio = { 0 }, p50 = { 0 };

	both_start(&ours, &floor);
	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 }, bare = { 0 };

		for (int i = 0; i < ADDS; i++) {
			/* Who syncs first pays for what the other wrote. */
			if (i % 2 == 0) {
				sample(&bare, bare_run(bare_add));
			}
			(void)type(&ours, false, "1001", "1001");
			sample(&a, enter(&ours, false));
			(void)type(&floor, true, "1001", "1001");
			sample(&b, enter(&floor, true));
			if (i % 2 != 0) {
				sample(&bare, bare_run(bare_add));
			}
			if (i % 10 == 9) {
				(void)pay_on_screen(&ours, false);
			}
		}
		sample(&ratio, percentile(&a, 50) /
		    (percentile(&b, 50) + percentile(&bare, 50)));
		sample(&p50, percentile(&a, 50));
		samples_done(&a);
		samples_done(&b);
		samples_done(&bare);
	}
	judge("adding a line, p50 to (floor + bare)", "add_p50_ratio",
	    median(&ratio), 1.2);
	figure("add_p50_ms", median(&p50));
	both_stop(&ours, &floor);
	samples_done(&ratio);
	samples_done(&p50);
}

static double
sell_three(struct client *c, bool floor)
{
	double	ms = 0;

	for (int i = 0; i < 3; i++) {
		ms += type(c, floor, "1001", "1001");
		ms += enter(c, floor);
	}
	return ms + pay_on_screen(c, floor);
}

static void
bench_selling(void)
{
	struct client	ours, floor;
	struct samples	ratio = { 0 }, p50 = { 0 };

	both_start(&ours, &floor);
	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 };

		for (int i = 0; i < SALES; i++) {
			sample(&a, sell_three(&ours, false));
			sample(&b, sell_three(&floor, true) + bare_sale());
		}
		sample(&ratio, percentile(&a, 50) / percentile(&b, 50));
		sample(&p50, percentile(&a, 50));
		samples_done(&a);
		samples_done(&b);
	}
	judge("three-line cash sale, to (floor + bare)", "sale_ratio",
	    median(&ratio), 1.5);
	figure("sale_ms", median(&p50));
	both_stop(&ours, &floor);
	samples_done(&ratio);
	samples_done(&p50);
}

static void
bench_paying(void)
{
	char		*dir = path_in("shop");
	struct shop	*shop = shop_as_cashier(dir);
	struct samples	 ratio = { 0 }, p50 = { 0 };

	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 };

		for (int i = 0; i < PAYS; i++) {
			int64_t	id = 0, version = 0;
			double	start;

			add_ten(shop, &id, &version);
			if (i % 2 == 0) {
				sample(&b, bare_run(bare_pay10));
			}
			start = now_ms();
			pay_all(shop, id, &version);
			sample(&a, now_ms() - start);
			if (i % 2 != 0) {
				sample(&b, bare_run(bare_pay10));
			}
		}
		sample(&ratio, percentile(&a, 50) / percentile(&b, 50));
		sample(&p50, percentile(&a, 50));
		samples_done(&a);
		samples_done(&b);
	}
	judge("paying ten lines, journal on, to bare", "pay_ratio",
	    median(&ratio), 1.5);
	figure("pay_ms", median(&p50));
	auth_leave(shop);
	shop_close(shop);
	free(dir);
}

/* ---- logging in --------------------------------------------------------- */

static double
login(bool floor)
{
	struct client	c;
	double		start = now_ms(), took;

	ssh_start(&c, floor);
	ssh_ready(&c, floor);
	took = now_ms() - start;
	client_stop(&c);
	return took;
}

static void
bench_connecting(void)
{
	struct samples	ratio = { 0 }, p50 = { 0 };

	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 };

		for (int i = 0; i < LOGINS; i++) {
			sample(&a, login(false));
			sample(&b, login(true));
		}
		sample(&ratio, percentile(&a, 50) / percentile(&b, 50));
		sample(&p50, percentile(&a, 50));
		samples_done(&a);
		samples_done(&b);
	}
	judge("connection to usable screen, to the floor's", "connect_ratio",
	    median(&ratio), 1.0);
	figure("connect_ms", median(&p50));
}

/* ---- news --------------------------------------------------------------- */

/* After a commit returned: when does each watcher's pty get its first byte? */
static void
news_round(struct client *w, double start, struct samples *all)
{
	struct pollfd	p[WATCHERS];
	int		left = WATCHERS;

	for (int i = 0; i < WATCHERS; i++) {
		p[i] = (struct pollfd){ .fd = w[i].fd, .events = POLLIN };
	}
	while (left > 0 && poll(p, WATCHERS, 2000) > 0) {
		double	now = now_ms();

		for (int i = 0; i < WATCHERS; i++) {
			if (p[i].revents != 0) {
				sample(all, now - start);
				p[i].fd = -1;
				left--;
			}
		}
	}
	if (left > 0) {
		die("%d watchers were not told", left);
	}
	for (int i = 0; i < WATCHERS; i++) {
		client_rest(&w[i]);
	}
	/* The next is later than the one repaint in 100 ms, so that it is the
	 * way of the news that is measured and not that rule. */
	while (now_ms() < start + NEWS_APART) {
		(void)poll(NULL, 0, (int)(start + NEWS_APART - now_ms()) + 1);
	}
}

/* What the watchers have had of the processors, in milliseconds each. */
static double
news_cpu(const struct client *w)
{
	double	ns = 0;

	for (int i = 0; i < WATCHERS; i++) {
		char		path[64];
		struct buf	text = { 0 };

		(void)str_fmt(path, sizeof(path), "/proc/%d/schedstat",
		    (int)w[i].pid);
		if (io_read_file(path, 4096, &text) != 0) {
			die("cannot read %s", path);
		}
		ns += strtod(buf_text(&text), NULL);
		buf_done(&text);
	}
	return ns / 1e6 / WATCHERS;
}

/* A commit that adds a sale and one that takes it away, time and again;
 * *cpu: milliseconds that one of them costs a watcher. */
static void
news_runs(struct shop *shop, struct client *w, struct samples *p99,
    struct samples *p50, double *cpu)
{
	*cpu = news_cpu(w);
	for (int run = 0; run < RUNS; run++) {
		struct samples	all = { 0 };

		for (int i = 0; i < COMMITS / RUNS; i++) {
			int64_t	id = 0, version = 0;

			add_one(shop, &id, &version);
			news_round(w, now_ms(), &all);
			if (sale_cancel(shop, id, &version, "bench") != 0) {
				die("cannot cancel");
			}
			news_round(w, now_ms(), &all);
		}
		sample(p50, percentile(&all, 50));
		sample(p99, percentile(&all, 99));
		samples_done(&all);
	}
	*cpu = (news_cpu(w) - *cpu) / (COMMITS / RUNS * RUNS * 2);
	for (int i = 0; i < WATCHERS; i++) {
		client_stop(&w[i]);
	}
}

/* The least that as many could do: woken, one row read, a few bytes out. */
static void
news_floor(struct shop *shop, const char *dir)
{
	char		*waker = xasprintf("%s/tests/bench/waker",
			    getenv("B") != NULL ? getenv("B") : "build");
	const char	*argv[] = { waker, dir, NULL };
	struct client	 w[WATCHERS];
	struct samples	 p99 = { 0 }, p50 = { 0 };
	double		 cpu;

	for (int i = 0; i < WATCHERS; i++) {
		client_start(&w[i], argv, "vt220", B38400);
		(void)client_until(&w[i], 0, -1, "sale");
		client_rest(&w[i]);
	}
	news_runs(shop, w, &p99, &p50, &cpu);
	figure("news_floor_p99_ms", median(&p99));
	figure("news_floor_p50_ms", median(&p50));
	figure("news_floor_cpu_ms", cpu);
	free(waker);
}

static void
bench_news(void)
{
	char		*dir = path_in("shop");
	struct shop	*shop = shop_as_cashier(dir);
	struct client	 w[WATCHERS];
	struct samples	 p99 = { 0 }, p50 = { 0 };
	double		 cpu;

	news_floor(shop, dir);
	for (int i = 0; i < WATCHERS; i++) {
		tty_start(&w[i], dir, shop->who.user, B38400);
		(void)client_until(&w[i], KEY_BAR, -1, "Retour");
		client_rest(&w[i]);
		client_send(&w[i], ":open\r");
		(void)client_until(&w[i], HEAD, -1, "VENTES OUVERTES");
		client_rest(&w[i]);
	}
	news_runs(shop, w, &p99, &p50, &cpu);
	judge("commit to 50 watchers' first byte, p99 ms", "news_p99_ms",
	    median(&p99), 5);
	figure("news_p50_ms", median(&p50));
	figure("news_cpu_ms", cpu);
	auth_leave(shop);
	shop_close(shop);
	free(dir);
}

/* ---- search ------------------------------------------------------------- */

static double
search_one(struct shop *shop, const char *words)
{
	struct product	out[20];
	double		start = now_ms();
	int		n;

	if (product_search(shop, words, (int)NELEM(out), out, &n) != 0) {
		die("search failed");
	}
	return now_ms() - start;
}

static void
bench_search(void)
{
	/* Words of the catalogues that tests/bench/run makes. */
	static const char *const	words[] = {
		"ca", "caf", "cafe", "th", "the ve", "ro", "rou", "bl", "blanc",
		"vi ro", "pa", "pain", "pom", "fro", "sa", "sal ve", "1001",
	};
	char		*small = path_in("small"), *large = path_in("large");
	struct shop	*s = shop_as_cashier(small);
	struct shop	*l = shop_as_cashier(large);
	struct samples	 ratio = { 0 }, p95 = { 0 };

	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 };

		for (size_t i = 0; i < SEARCHES; i++) {
			const char	*text = words[i % NELEM(words)];

			sample(&a, search_one(l, text));
			sample(&b, search_one(s, text));
		}
		sample(&ratio, percentile(&a, 95) / percentile(&b, 95));
		sample(&p95, percentile(&a, 95));
		samples_done(&a);
		samples_done(&b);
	}
	judge("search, 100 000 items to 1 000, p95", "search_p95_ratio",
	    median(&ratio), 3);
	figure("search_p95_ms", median(&p95));
	samples_done(&ratio);
	samples_done(&p95);
	auth_leave(s);
	auth_leave(l);
	shop_close(s);
	shop_close(l);
	free(small);
	free(large);
}

/* ---- bytes on a slow line, processes at rest ---------------------------- */

static void
judge_bytes(const char *words, const char *name, size_t bytes, double limit)
{
	struct buf	more = { 0 };

	judge(words, name, (double)bytes, limit);
	buf_fmt(&more, "%s_s_at_9600", name);
	figure(buf_text(&more), (double)bytes / 960);
	buf_done(&more);
}

/* What one act sent, up to the next wait for a key. */
static size_t
bytes_since(struct client *c, size_t before)
{
	client_rest(c);
	return c->bytes - before;
}

static size_t
bytes_type(struct client *c)
{
	size_t	before = c->bytes;

	/* As fingers do: one at a time. */
	(void)type(c, false, "1", "1");
	(void)type(c, false, "0", "10");
	(void)type(c, false, "0", "100");
	(void)type(c, false, "1", "1001");
	return bytes_since(c, before);
}

static size_t
bytes_enter(struct client *c)
{
	size_t	before = c->bytes;

	(void)enter(c, false);
	return bytes_since(c, before);
}

/* Leaves the session open, with a sale on it, for the idle minute. */
static void
bench_bytes(struct client *c)
{
	size_t	n, before, sale = 0, line = 0;

	/* The first line of a sale moves more than the next ones; the first
	 * key after a sale takes its payment away. */
	for (int i = 0; i < 10; i++) {
		sale += bytes_type(c);
		n = bytes_enter(c);
		line = n > line ? n : line;
		sale += n;
	}
	before = c->bytes;
	(void)type(c, false, "1", "1");
	judge_bytes("bytes on vt220: a digit", "bytes_digit",
	    bytes_since(c, before), 10);
	(void)type(c, false, "\177", " ");
	client_rest(c);
	judge_bytes("bytes on vt220: a line, at worst", "bytes_line", line,
	    120);

	before = c->bytes;
	(void)open_payment(c, false);
	n = bytes_since(c, before);
	figure("bytes_open_payment", (double)n);
	sale += n;
	before = c->bytes;
	(void)take_payment(c, false);
	n = bytes_since(c, before);
	judge_bytes("bytes on vt220: a payment", "bytes_payment", n, 200);
	judge_bytes("bytes on vt220: a ten-line sale", "bytes_sale_10",
	    sale + n, 3000);

	/* ^L clears all first: the wait is for what it paints last. */
	for (int i = 0; i < 10; i++) {
		(void)bytes_type(c);
		(void)bytes_enter(c);
	}
	before = c->bytes;
	client_send(c, "\f");
	while (c->bytes == before) {
		client_quiet(c, 1);
	}
	(void)client_until(c, KEY_BAR, -1, "Retour");
	judge_bytes("bytes on vt220: whole sale screen", "bytes_screen",
	    bytes_since(c, before), 2200);
}

/* A number out of a file of /proc: the first after `word`. */
static double
proc_number(pid_t pid, const char *file, const char *word)
{
	struct buf	path = { 0 }, text = { 0 };
	const char	*at;
	double		value = -1;

	buf_fmt(&path, "/proc/%d/%s", (int)pid, file);
	if (io_read_file(buf_text(&path), 1 << 20, &text) == 0 &&
	    (at = strstr(buf_text(&text), word)) != NULL) {
		value = strtod(at + strlen(word), NULL);
	}
	buf_done(&path);
	buf_done(&text);
	return value;
}

/* utime + stime, in seconds. */
static double
proc_cpu(pid_t pid)
{
	struct buf	path = { 0 }, text = { 0 };
	const char	*at;
	char		*end;
	double		value = 0;

	buf_fmt(&path, "/proc/%d/stat", (int)pid);
	if (io_read_file(buf_text(&path), 4096, &text) == 0 &&
	    (at = strrchr(buf_text(&text), ')')) != NULL) {
		/* After ") S": 10 numbers, then the two. */
		end = (char *)(uintptr_t)(at + 3);
		for (int i = 0; i < 10; i++) {
			(void)strtod(end, &end);
		}
		value = strtod(end, &end);
		value += strtod(end, &end);
	}
	buf_done(&path);
	buf_done(&text);
	return value / (double)sysconf(_SC_CLK_TCK);
}

/* Adds up a figure over comptoird and all that descends from it. */
static double
tree_sum(pid_t root, double (*of)(pid_t))
{
	double		sum = of(root);
	DIR		*proc = opendir("/proc");
	struct dirent	*e;

	while (proc != NULL && (e = readdir(proc)) != NULL) {
		int64_t	pid;

		if (str_to_i64(e->d_name, 1, INT32_MAX, &pid) == 0 &&
		    (pid_t)proc_number((pid_t)pid, "status", "PPid:") == root) {
			sum += tree_sum((pid_t)pid, of);
		}
	}
	if (proc != NULL) {
		(void)closedir(proc);
	}
	return sum;
}

static double
proc_pss_mb(pid_t pid)
{
	double	kb = proc_number(pid, "smaps_rollup", "\nPss:");

	if (kb < 0) {
		die("cannot read the memory of %d: be root", (int)pid);
	}
	return kb / 1024;
}

/* Until the whole tree has used no time for a second: every login's worker
 * has gone to sleep or ended.  Then until the last session has given back what
 * one that is asked nothing does not need: src/db/watch.c looks twice. */
static void
settle(void)
{
	double	cpu = -1, until = now_ms() + 60000;

	for (double now; cpu != (now = tree_sum(bench_daemon, proc_cpu));) {
		cpu = now;
		if (now_ms() > until) {
			die("the sessions do not come to rest");
		}
		(void)poll(NULL, 0, 1000);
	}
	(void)poll(NULL, 0, RESTED);
}

static void
bench_resting(void)
{
	static struct client	c[SESSIONS];
	struct client		vt;
	char			*dir = path_in("shop");
	struct shop		*shop = shop_as_cashier(dir);
	double			cpu;
	size_t			bytes;

	tty_start(&vt, dir, shop->who.user, B9600);
	auth_leave(shop);
	shop_close(shop);
	(void)client_until(&vt, KEY_BAR, -1, "Retour");
	client_rest(&vt);
	bench_bytes(&vt);
	for (int i = 0; i < SESSIONS; i++) {
		ssh_start(&c[i], false);
		ssh_ready(&c[i], false);
	}
	settle();
	judge("memory of a session, PSS of 100 shared, MB", "session_pss_mb",
	    tree_sum(bench_daemon, proc_pss_mb) / SESSIONS, 2.3);
	client_rest(&vt);
	bytes = vt.bytes;
	cpu = tree_sum(bench_daemon, proc_cpu);
	for (double until = now_ms() + 60000; now_ms() < until;) {
		client_quiet(&vt, 1000);
	}
	cpu = tree_sum(bench_daemon, proc_cpu) - cpu;
	bytes = vt.bytes - bytes;
	/* In ticks of the kernel's, of which a second has a hundred. */
	judge("CPU of 100 idle sessions, s a minute", "idle_cpu_s",
	    (double)(int)(cpu * 100 + 0.5) / 100, 0.1);
	judge_bytes("bytes on vt220: an idle minute", "bytes_idle_minute",
	    bytes, 20);
	for (int i = 0; i < SESSIONS; i++) {
		client_stop(&c[i]);
	}
	client_stop(&vt);
	free(dir);
}

static const struct {
	const char	*name;
	void		 (*run)(void);
} bench_parts[] = {
	{ "typing", bench_typing },
	{ "adding", bench_adding },
	{ "selling", bench_selling },
	{ "script", bench_script },
	{ "connecting", bench_connecting },
	{ "paying", bench_paying },
	{ "journal", bench_journal },
	{ "past", bench_past },
	{ "search", bench_search },
	{ "news", bench_news },
	{ "resting", bench_resting },
	{ "kitchen", bench_kitchen },
	{ "stockroom", bench_stockroom },
};

int
main(int argc, char **argv)
{
	struct buf	out = { 0 };

	if (argc < 8) {
		die("started by tests/bench/run");
	}
	bench_dir = argv[1];
	bench_key = argv[2];
	floor_port = argv[3];
	shop_port = argv[4];
	bench_daemon = (pid_t)strtol(argv[5], NULL, 10);
	bench_user = argv[6];

	(void)printf("%-52s %10s %10s\n", "", "figure", "limit");
	learn();
	for (size_t i = 0; i < NELEM(bench_parts); i++) {
		bool	wanted = argc == 8;

		for (int k = 8; k < argc; k++) {
			wanted = wanted || strcmp(argv[k],
			    bench_parts[i].name) == 0;
		}
		if (wanted) {
			bench_parts[i].run();
		}
	}
	figure("over_limit", bench_over);

	buf_fmt(&out, "{\n%s\n}\n", buf_text(&bench_json));
	if (io_write_file(argv[7], 0644, out.data, out.len) != 0) {
		die("cannot write %s", argv[7]);
	}
	bare_done(bare_first);
	bare_done(bare_add);
	bare_done(bare_pay3);
	bare_done(bare_pay10);
	buf_done(&out);
	buf_done(&bench_json);
	return bench_over == 0 ? 0 : 1;
}
