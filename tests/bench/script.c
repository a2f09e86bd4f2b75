/* SPDX-License-Identifier: ISC */
/* Sales by script: no typist pauses, in one session or in several at once. */
#include "bench.h"

#include <poll.h>

#define RUNS		5
#define LANES		8
#define SALES		24		/* a run, over all sessions */
#define STEPS		5		/* of a sale: three lines, pay, take */

struct lane {
	struct client	c;
	bool		floor;
	int		step;		/* of the sale it is at */
	int		left;		/* sales still to do */
};

/* What the step types: a line, or Enter to pay and to take the money, where the
 * floor adds a line more. */
static void
lane_type(struct lane *l)
{
	if (l->step < 3 || l->floor) {
		l->c.sum += BENCH_PRICE;
	}
	client_send(&l->c, l->step < 3 ? "1001\r" : "\r");
}

/* Does the screen say that the step is done? */
static bool
lane_shows(struct lane *l)
{
	struct client	*c = &l->c;

	if (l->floor || l->step < 3) {
		return client_shows_sum(c, l->floor);
	}
	if (l->step == 3) {
		return client_shows(c, ENTRY, -1, "Entr\xc3\xa9" "e = ");
	}
	return client_shows(c, PAID, -1, "PAY\xc3\x89") &&
	    client_shows(c, ENTRY, -1, "code, nom");
}

/* As far as what came so far allows. */
static void
lane_go(struct lane *l)
{
	while (l->left > 0 && lane_shows(l)) {
		l->step++;
		if (l->step == STEPS) {
			l->step = 0;
			l->left--;
			if (!l->floor) {
				l->c.sum = 0;
			}
		}
		if (l->left > 0) {
			lane_type(l);
		}
	}
}

/* Milliseconds a sale, SALES of them shared out over the sessions. */
static double
lanes_sell(struct lane *lane, int n)
{
	struct pollfd	p[LANES];
	double		start = now_ms();
	int		open = n;

	for (int i = 0; i < n; i++) {
		lane[i].step = 0;
		lane[i].left = SALES / n;
		p[i] = (struct pollfd){ .fd = lane[i].c.fd, .events = POLLIN };
		lane_type(&lane[i]);
	}
	while (open > 0) {
		if (poll(p, (nfds_t)n, BENCH_WAIT_MS) <= 0) {
			die("a script waits for ever");
		}
		open = 0;
		for (int i = 0; i < n; i++) {
			if (p[i].revents != 0 && client_hear(&lane[i].c, 0)) {
				lane_go(&lane[i]);
			}
			open += lane[i].left > 0;
		}
	}
	return (now_ms() - start) / SALES;
}

static void
lanes_start(struct lane *lane, int n, bool floor)
{
	for (int i = 0; i < n; i++) {
		lane[i] = (struct lane){ .floor = floor };
		ssh_start(&lane[i].c, floor);
		ssh_ready(&lane[i].c, floor);
	}
}

static void
lanes_stop(struct lane *lane, int n)
{
	for (int i = 0; i < n; i++) {
		client_stop(&lane[i].c);
	}
}

/* The same of their bare transactions: one after the other, as there is one
 * writer at a time. */
static double
bare_sales(void)
{
	double	ms = 0;

	for (int i = 0; i < SALES; i++) {
		ms += bare_sale();
	}
	return ms / SALES;
}

static void
lanes_judge(int n, const char *words, const char *ratio_name,
    const char *ms_name)
{
	static struct lane	ours[LANES], floor[LANES];
	struct samples		ratio = { 0 }, ms = { 0 };

	lanes_start(ours, n, false);
	lanes_start(floor, n, true);
	for (int run = 0; run < RUNS; run++) {
		double	a = 0, b;

		/* Who syncs first pays for what the other wrote. */
		if (run % 2 == 0) {
			a = lanes_sell(ours, n);
		}
		b = lanes_sell(floor, n) + bare_sales();
		if (run % 2 != 0) {
			a = lanes_sell(ours, n);
		}
		sample(&ratio, a / b);
		sample(&ms, a);
	}
	judge(words, ratio_name, median(&ratio), 1.8);
	figure(ms_name, median(&ms));
	lanes_stop(ours, n);
	lanes_stop(floor, n);
	samples_done(&ratio);
	samples_done(&ms);
}

void
bench_script(void)
{
	lanes_judge(1, "sale by script, 1 session, to (floor + bare)",
	    "script_1_ratio", "script_1_ms");
	lanes_judge(LANES, "sale by script, 8 sessions, to (floor + bare)",
	    "script_8_ratio", "script_8_ms");
}
