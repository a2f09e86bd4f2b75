/* SPDX-License-Identifier: ISC */
/* The kitchen: from a bump to the first byte at fifty other displays, beside
 * the least that as many could do; and what a display on a slow line costs. */
#include "bench.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "shop/auth.h"
#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/table.h"
#include "shop/user.h"

#define WATCHERS	50
#define RUNS		5
#define BUMPS		12		/* a run */
#define APART		150		/* ms: more than one repaint in 100 */
#define FULL		6		/* tiles of 80x24 */

static struct shop	*shop;
static struct station	 hot;

static void
must(int r, const char *what)
{
	if (r != 0) {
		die("%s: %s", what, err_text(r));
	}
}

/* Two dishes at that table, sent. */
static void
order(int64_t number)
{
	static const char *const	codes[] = { "1043", "1044" };
	int64_t	table, sale, version, line, sent;
	struct product	p;

	must(table_numbered(shop, number, &table), "table");
	must(table_seat(shop, table, 2, &sale, &version), "seat");
	for (size_t i = 0; i < NELEM(codes); i++) {
		must(product_find(shop, codes[i], &p), "product");
		must(sale_add(shop, &sale, &version, p.id, QTY_ONE, NULL,
		    &line), "add");
	}
	must(course_send(shop, sale, &version, &sent), "send");
}

/* The oldest ticket is ready; the last one comes back. */
static void
bump(bool back)
{
	struct kitchen_board	 b;
	struct kitchen_made	*made;
	size_t			 n;
	bool			 seen;

	if (back) {
		must(kitchen_made(shop, hot.id, 1, &made, &n), "made");
		must(kitchen_recall(shop, hot.id, &made[0]), "recall");
		free(made);
		return;
	}
	must(kitchen_board(shop, hot.id, &b), "board");
	must(kitchen_do(shop, KITCHEN_BUMP, hot.id, &b.tickets[0], 0, &seen),
	    "bump");
	kitchen_board_done(&b);
}

static void
round_of(struct client *w, double start, struct samples *all)
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
		die("%d displays were not told of a bump", left);
	}
	for (int i = 0; i < WATCHERS; i++) {
		client_rest(&w[i]);
	}
	while (now_ms() < start + APART) {
		(void)poll(NULL, 0, (int)(start + APART - now_ms()) + 1);
	}
}

static void
runs(struct client *w, double *p99, double *p50)
{
	struct samples	s99 = { 0 }, s50 = { 0 };

	for (int run = 0; run < RUNS; run++) {
		struct samples	all = { 0 };

		for (int i = 0; i < BUMPS; i++) {
			bump(i % 2 != 0);
			round_of(w, now_ms(), &all);
		}
		sample(&s50, percentile(&all, 50));
		sample(&s99, percentile(&all, 99));
		samples_done(&all);
	}
	*p99 = median(&s99);
	*p50 = median(&s50);
	samples_done(&s99);
	samples_done(&s50);
	for (int i = 0; i < WATCHERS; i++) {
		client_stop(&w[i]);
	}
}

static void
floor_of(const char *dir, double *p99, double *p50)
{
	char		*waker = xasprintf("%s/tests/bench/waker",
			    getenv("B") != NULL ? getenv("B") : "build");
	const char	*argv[] = { waker, dir, "kitchen", NULL };
	struct client	 w[WATCHERS];

	for (int i = 0; i < WATCHERS; i++) {
		client_start(&w[i], argv, "vt220", B38400);
		(void)client_until(&w[i], 0, -1, "sale");
		client_rest(&w[i]);
	}
	runs(w, p99, p50);
	free(waker);
}

/* A display of that station, or of the pass. */
static void
display(struct client *c, const char *dir, int64_t cook, bool at_pass,
    speed_t speed)
{
	tty_start(c, dir, cook, speed);
	(void)client_until(c, 3, -1, "1  Chaud");
	client_rest(c);
	client_send(c, at_pass ? ":pass\r" : "1");
	(void)client_until(c, HEAD, -1, at_pass ? "PASSE" : "Chaud");
	client_rest(c);
}

static size_t
since(struct client *c, size_t before)
{
	client_quiet(c, 700);		/* a slow line's repaint is later */
	client_rest(c);
	return c->bytes - before;
}

void
bench_kitchen(void)
{
	char		*dir = path_in("shop");
	struct client	 w[WATCHERS], slow;
	double		 p99, p50;
	int64_t		 manager, cook;
	size_t		 before;

	if (shop_open(dir, DB_WRITE, &shop) != 0 ||
	    auth_owner(shop, DOOR_SHELL) != 0 ||
	    user_find(shop, "manager", &manager) != 0 ||
	    user_find(shop, "cook", &cook) != 0 || auth_enter(shop, manager,
	    0, DOOR_CONSOLE, "bench", true) != 0) {
		die("%s: no kitchen", dir);
	}
	must(station_find(shop, "Chaud", &hot), "station");
	for (int i = 1; i < FULL; i++) {
		order(i);
	}

	floor_of(dir, &p99, &p50);
	figure("bump_floor_p99_ms", p99);
	figure("bump_floor_p50_ms", p50);
	for (int i = 0; i < WATCHERS; i++) {
		display(&w[i], dir, cook, i % 2 != 0, B38400);
	}
	runs(w, &p99, &p50);
	judge("bump to 50 displays' first byte, p99 ms", "bump_p99_ms", p99,
	    5);
	figure("bump_p50_ms", p50);

	display(&slow, dir, cook, false, B9600);
	before = slow.bytes;
	order(FULL);
	judge("bytes on vt220: a new ticket", "bytes_ticket",
	    (double)since(&slow, before), 400);
	client_quiet(&slow, 61000 - (int)(1000 * (time(NULL) % 60)));
	client_rest(&slow);
	before = slow.bytes;
	for (double until = now_ms() + 60000; now_ms() < until;) {
		client_quiet(&slow, 1000);
	}
	judge("bytes on vt220: all clocks of a display tick",
	    "bytes_kitchen_tick", (double)since(&slow, before), 100);
	client_stop(&slow);
	auth_leave(shop);
	shop_close(shop);
	free(dir);
}
