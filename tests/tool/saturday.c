/* SPDX-License-Identifier: ISC */
/*
 * saturday DIR SEED SECONDS TURNS COMMAND...
 * A service of a restaurant, each of its people at a terminal of their own:
 * four waiters (the last two on 40 columns), three kitchen displays, a pass,
 * two cashiers.  COMMAND and a user's name is the way in ("ssh -p 2222 … -l"):
 * w1 to w4, k1 to k3, p1, c1, c2.  Everybody reads their own screen and types;
 * nobody looks into the shop.
 *
 * The guests of TABLES tables come TURNS times in SECONDS.  Then everybody
 * rests with four tables just ordered: what each screen shows is written to
 * DIR/NAME.screen, and DIR/rest says so; DIR/on lets them end the service.
 *
 * DIR/NAME.log has what each saw: "line CODE QTY", "void CODE QTY" and "paid
 * CENTS" as the screen acknowledged them; "bump MS TABLE COURSE" (ms of the
 * boot clock) and "ready MS TABLE COURSE N" for what a pass showed.
 * On stdout "not ok - …" with the screen of whoever did not see what they
 * should; the status is 0 when there was none.
 */
#include <sys/mman.h>
#include <sys/wait.h>

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

#define TABLES		30
#define WAITERS		4
#define COOKS		3
#define CASHIERS	2
#define PEOPLE		(WAITERS + COOKS + 1 + CASHIERS)
#define WAIT_MS		30000
#define COLS		80
#define ROWS		24
#define F9		"\033[20~"
#define DISHES		6		/* of a party, at most */

enum phase { SERVE, LAST, REST, END, GONE };

/* What people would call across the room; never what a screen should say. */
struct house {
	atomic_int	phase;
	atomic_int	done;		/* waiters without guests */
	atomic_int	rested;
	atomic_int	empty[COOKS + 1];	/* displays */
	atomic_int	asked[TABLES + 1];	/* to pay so many cents */
	atomic_int	paid[TABLES + 1];
};

static struct house	*house;
static const char	*dir;
static uint64_t		 seed;
static int64_t		 service_ms;
static int		 turns;

/* Who this process is. */
static struct {
	char		 name[8];
	int		 fd, rows, cols;
	pid_t		 pid;
	VTerm		*vterm;
	VTermScreen	*screen;
	FILE		*log;
} me;

static unsigned
any(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 11) % below);
}

/* ---- the terminal ------------------------------------------------------- */

static void
answer(const char *bytes, size_t n, void *ctx)
{
	(void)ctx;
	if (io_write_all(me.fd, bytes, n) != 0) {
		_exit(1);
	}
}

static void
row_text(int row, char out[static COLS * 4 + 1])
{
	for (int col = 0; col < me.cols; col++) {
		VTermPos	pos = { .row = row, .col = col };
		VTermScreenCell	cell;

		if (!vterm_screen_get_cell(me.screen, pos, &cell) ||
		    cell.chars[0] == 0) {
			*out++ = ' ';
		} else if (cell.chars[0] != (uint32_t)-1) {
			out += utf8_put(cell.chars[0], out);
		}
	}
	*out = '\0';
}

/* A part of a row, in columns. */
static void
part_text(int row, int col, int width, char *out)
{
	for (int i = col; i < col + width && i < me.cols; i++) {
		VTermPos	pos = { .row = row, .col = i };
		VTermScreenCell	cell;

		if (!vterm_screen_get_cell(me.screen, pos, &cell) ||
		    cell.chars[0] == 0) {
			*out++ = ' ';
		} else if (cell.chars[0] != (uint32_t)-1) {
			out += utf8_put(cell.chars[0], out);
		}
	}
	*out = '\0';
}

static void
show(FILE *f, const char *before)
{
	char	text[COLS * 4 + 1];

	for (int row = 0; row < me.rows; row++) {
		row_text(row, text);
		fprintf(f, "%s%s\n", before, text);
	}
}

PRINTF(1, 2) NORETURN static void
fault(const char *fmt, ...)
{
	va_list	ap;

	flockfile(stdout);
	va_start(ap, fmt);
	printf("not ok - %s: ", me.name);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	show(stdout, "# |");
	fflush(stdout);
	funlockfile(stdout);
	_exit(1);
}

/* Reads what comes within so long; everything there is, if 0. */
static bool
hear(int64_t ms)
{
	struct pollfd	p = { .fd = me.fd, .events = POLLIN };
	char		data[8192];
	ssize_t		n;

	if (poll(&p, 1, (int)ms) <= 0) {
		return false;
	}
	if ((n = read(me.fd, data, sizeof(data))) <= 0) {
		fault("the line is cut");
	}
	(void)vterm_input_write(me.vterm, data, (size_t)n);
	return true;
}

static void
during(int64_t ms)
{
	int64_t	until = clock_boot_ms() + ms, left;

	while ((left = until - clock_boot_ms()) > 0) {
		(void)hear(left);
	}
}

/* Until nothing came for so long. */
static void
quiet(int64_t ms)
{
	while (hear(ms)) {
		continue;
	}
}

PRINTF(1, 2) static void
type(const char *fmt, ...)
{
	char	text[256];
	va_list	ap;
	int	n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (io_write_all(me.fd, text, (size_t)n) != 0) {
		fault("cannot type");
	}
}

/* Are both in one row? */
static bool
sees(const char *a, const char *b)
{
	char	text[COLS * 4 + 1];

	for (int row = 0; row < me.rows; row++) {
		row_text(row, text);
		if (strstr(text, a) != NULL && strstr(text, b) != NULL) {
			return true;
		}
	}
	return false;
}

static bool
sees_within(const char *a, const char *b, int64_t ms)
{
	int64_t	until = clock_boot_ms() + ms;

	while (!sees(a, b)) {
		if (clock_boot_ms() > until) {
			return false;
		}
		(void)hear(50);
	}
	return true;
}

static void
await(const char *a, const char *b)
{
	if (!sees_within(a, b, WAIT_MS)) {
		fault("waits for \"%s\"%s%s", a, *b == '\0' ? "" : " with ",
		    b);
	}
}

PRINTF(1, 2) static void
noted(const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	vfprintf(me.log, fmt, ap);
	va_end(ap);
	fflush(me.log);
}

/* What this screen shows now, for who compares it with the shop. */
static void
keep_screen(void)
{
	char	path[512];
	FILE	*f;

	quiet(1000);
	(void)str_fmt(path, sizeof(path), "%s/%s.screen", dir, me.name);
	if ((f = fopen(path, "w")) == NULL) {
		fault("cannot write %s", path);
	}
	show(f, "");
	fclose(f);
	atomic_fetch_add(&house->rested, 1);
}

static void
await_phase(enum phase phase)
{
	while ((enum phase)atomic_load(&house->phase) < phase) {
		(void)hear(100);
	}
}

/* ---- waiters ------------------------------------------------------------ */

static const struct dish {
	const char	*code;
	int		 cents, course;
	bool		 asks;		/* how the steak is done */
} menu[] = {
	{ "1001", 250, 0, false }, { "1011", 420, 0, false },
	{ "1021", 420, 0, false }, { "1026", 520, 0, false },
	{ "1039", 650, 1, false }, { "1040", 880, 1, false },
	{ "1042", 1650, 1, false }, { "1038", 950, 1, false },
	{ "1043", 980, 2, false }, { "1047", 1690, 2, true },
	{ "1044", 1130, 2, false }, { "1050", 1850, 2, false },
	{ "1056", 720, 3, false }, { "1058", 690, 3, false },
	{ "1059", 650, 3, false }, { "1057", 680, 3, false },
};

/* What is done for a party, one after the other, some of it not for all. */
enum step { SEAT, FIRE, SWEET, TURN, ASK, CLEAR, OVER };

struct party {
	int	table, other;		/* other: where TURN brings them */
	int	covers, cents;
	int	fresh;			/* pieces not sent yet */
	int	last_cents;		/* of the last line of the last order */
	char	last_code[8];
	enum step	step;
	enum { STAYS, MOVES, MERGES, GIVES, VOIDS, HURRIES }	turn;
	int64_t	due;
};

static void
money(int cents, char out[static 32])
{
	(void)str_fmt(out, 32, " %d,%02d ", cents / 100, cents % 100);
}

static void
at_table(const struct party *p)
{
	char	name[16];

	type("%d\r", p->table);
	(void)str_fmt(name, sizeof(name), "T%d  ", p->table);
	await(name, "cover");
}

static void
to_plan(void)
{
	type("\r");
	await("covers  ", "/30");
}

static void
dish(struct party *p, int course)
{
	/* The last ones have no soup: each station's tickets fit on a page. */
	const struct dish	*d = &menu[course * 4 + (int)any(
				    atomic_load(&house->phase) == LAST ? 3 :
				    4)];
	int			 qty = (int)any(3) + 1;

	if (any(3) == 0) {
		type("#%u\r", any((unsigned)p->covers) + 1);
	}
	if (qty > 1) {
		type("%d*", qty);
	}
	type("%s\r", d->code);
	if (d->asks) {
		type("%u\r\r", any(4) + 1);
	}
	p->cents += qty * d->cents;
	p->fresh += qty;
	p->last_cents = qty * d->cents;
	(void)str_copy(p->last_code, sizeof(p->last_code), d->code);
	noted("line %s %d\n", d->code, qty);
}

/* All of it stands on the bill, is sent once, and said to be. */
static void
send_order(struct party *p)
{
	char	sum[32], said[32];

	money(p->cents, sum);
	await("TOTAL", sum);
	(void)str_fmt(said, sizeof(said), "%d item%s sent", p->fresh,
	    p->fresh == 1 ? "" : "s");
	p->fresh = 0;
	type("\r");
	await(said, "");
}

static void
seat(struct party *p)
{
	char	name[16];

	type("%d*%d\r", p->table, p->covers);
	(void)str_fmt(name, sizeof(name), "T%d  %d cover", p->table,
	    p->covers);
	await(name, "");
	p->cents = 0;
	if (p->covers == 3) {
		type(":allergy 2 mustard\r");
		await("ALLERGY", "mustard");
	}
	for (int course = 0; course < 3; course++) {
		for (unsigned n = any(2) + 1; n > 0; n--) {
			dish(p, course);
		}
	}
	send_order(p);
	to_plan();
}

static void
fire(void)
{
	type(":fire\r");
	await(": fired", "");
}

static void
sweet(struct party *p)
{
	at_table(p);
	dish(p, 3);
	send_order(p);
	if (sees_within("waits for its turn", "", 2000)) {
		fire();
	}
	to_plan();
}

/* The last line ordered, which the kitchen has: with a manager's word. */
static void
take_back(struct party *p)
{
	char	sum[32];
	int	qty = 0;

	for (size_t i = 0; i < NELEM(menu); i++) {
		if (strcmp(menu[i].code, p->last_code) == 0) {
			qty = p->last_cents / menu[i].cents;
		}
	}
	at_table(p);
	type(":void\r");
	await("Who?", "");
	type("manager\r");
	await("assword?", "");
	type("demo\r");
	await("taken back?", "");
	type("sent back\r");
	p->cents -= p->last_cents;
	money(p->cents, sum);
	await("TOTAL", sum);
	noted("void %s %d\n", p->last_code, qty);
	to_plan();
}

static void
turn(struct party *p, struct party *all, int n)
{
	char	sum[32], name[32];

	switch (p->turn) {
	case MOVES:
	case MERGES:
		at_table(p);
		type(":move %d\r", p->other);
		(void)str_fmt(name, sizeof(name), "is at table %d now",
		    p->other);
		await(name, "");
		for (int i = 0; i < n && p->turn == MERGES; i++) {
			if (&all[i] != p && all[i].table == p->other &&
			    all[i].step < OVER && all[i].step > SEAT) {
				all[i].cents += p->cents;
				all[i].covers += p->covers;
				money(all[i].cents, sum);
				await("TOTAL", sum);
				p->step = CLEAR;	/* nobody is there */
			}
		}
		if (p->turn == MOVES) {
			p->table = p->other;
		}
		to_plan();
		break;
	case GIVES:
		at_table(p);
		type(":give %d\r", p->other);
		(void)str_fmt(name, sizeof(name), "bill of table %d now",
		    p->other);
		await(name, "");
		p->cents -= p->last_cents;
		money(p->cents, sum);
		await("TOTAL", sum);
		for (int i = 0; i < n; i++) {
			all[i].cents += all[i].table == p->other ?
			    p->last_cents : 0;
		}
		to_plan();
		break;
	case VOIDS:
		take_back(p);
		break;
	case HURRIES:
		at_table(p);
		type(":message the train leaves\r");
		await("the kitchen is told", "");
		type(":rush\r");
		await("before the others", "");
		to_plan();
		break;
	default:
		break;
	}
}

/* Does the plan say so of the table, whose number was typed? */
static void
await_state(int table, const char *state)
{
	int64_t	until = clock_boot_ms() + WAIT_MS;
	char	name[16], text[COLS * 4 + 1];

	(void)str_fmt(name, sizeof(name), me.cols < 60 ? ">T%d " : "%d ",
	    table);
	if (me.cols < 60) {
		await(name, state);
		return;
	}
	while (clock_boot_ms() < until) {
		for (int row = 1; row < me.rows - 4; row++) {
			const char	*at;

			row_text(row, text);
			at = strstr(text, name);
			if (at > text && strchr("[(|", at[-1]) != NULL) {
				part_text(row + 1, (int)(at - text) - 1, 8,
				    text);
				if (strstr(text, state) != NULL) {
					return;
				}
			}
		}
		(void)hear(50);
	}
	fault("table %d is not %s", table, state);
}

static void
clear_table(const struct party *p)
{
	type("%d", p->table);
	await_state(p->table, "paid");
	type("\033");
	during(300);
	type("c");
	await_state(p->table, "to clean");
	type("c");
	await_state(p->table, "free");
}

static void
act(struct party *p, struct party *all, int n)
{
	switch (p->step) {
	case SEAT:
		seat(p);
		break;
	case FIRE:
		at_table(p);
		fire();
		to_plan();
		break;
	case SWEET:
		sweet(p);
		break;
	case TURN:
		turn(p, all, n);
		break;
	case ASK:
		type("%d", p->table);
		type(F9);
		await("the bill is printing", "");
		atomic_store(&house->asked[p->table], p->cents);
		break;
	default:
		atomic_store(&house->paid[p->table], 0);
		clear_table(p);
		break;
	}
	p->step++;
}

/* When each thing is done; turns of one table come one after the other. */
static int
invite(int who, struct party *all)
{
	int	n = 0, tables = 0, own[TABLES];
	int64_t	start = clock_boot_ms(), a_turn = service_ms / turns;

	for (int t = 1; t <= TABLES; t++) {
		if (t % WAITERS == who) {
			own[tables++] = t;
		}
	}
	/* The last own table is kept free: there they move to. */
	for (int k = 0; k < turns; k++) {
		for (int i = 0; i < tables - 1; i++) {
			struct party	*p = &all[n++];

			*p = (struct party){ .table = own[i],
			    .covers = (int)any(4) + 1,
			    .due = start + k * a_turn + (int64_t)any(
			    (unsigned)(a_turn / 2)) };
			p->turn = i == 0 ? MOVES : i == 1 ? MERGES : i == 2 ?
			    STAYS : i == 3 ? GIVES : i == 4 || any(2) == 0 ?
			    HURRIES : VOIDS;
			p->other = i == 0 ? own[tables - 1] : i == 1 ?
			    own[2] : own[4];
		}
	}
	return n;
}

/* May it be done now?  Some of it needs others to be there. */
static bool
may(const struct party *p, const struct party *all, int n)
{
	bool	there = false, free_now = true, empty = true;

	for (int i = 0; i < n; i++) {
		const struct party	*o = &all[i];

		if (o == p || o->step == SEAT || o->step == OVER) {
			continue;
		}
		there = there || (o->table == p->other && o->step <= ASK);
		free_now = free_now && o->table != p->table;
		empty = empty && o->table != p->other;
		if (p->step == ASK && (o->turn == MERGES || o->turn == GIVES)
		    && o->other == p->table && o->step < ASK) {
			return false;	/* somebody is coming to them */
		}
	}
	if (p->step == SEAT) {
		return free_now;
	}
	if (p->step == TURN && p->turn == MOVES) {
		return empty;
	}
	if (p->step == TURN && (p->turn == MERGES || p->turn == GIVES)) {
		return there;
	}
	return p->step != CLEAR || atomic_load(&house->paid[p->table]) != 0;
}

static struct party *
next_due(struct party *all, int n)
{
	struct party	*best = NULL;
	int64_t		 now = clock_boot_ms();

	for (int i = 0; i < n; i++) {
		struct party	*p = &all[i];

		if (p->step == TURN && p->due + 5000 < now &&
		    !may(p, all, n)) {
			p->turn = STAYS;	/* they were not there */
		}
		if (p->step != OVER && p->due <= now && may(p, all, n) &&
		    (best == NULL || p->due < best->due)) {
			best = p;
		}
	}
	return best;
}

static bool
all_over(const struct party *all, int n)
{
	for (int i = 0; i < n; i++) {
		if (all[i].step != OVER) {
			return false;
		}
	}
	return true;
}

static void
serve_all(struct party *all, int n)
{
	while (!all_over(all, n)) {
		struct party	*p = next_due(all, n);

		if (p == NULL) {
			(void)hear(50);
			continue;
		}
		act(p, all, n);
		p->due = clock_boot_ms() + service_ms / turns / 20 +
		    (int64_t)any((unsigned)(service_ms / turns / 20));
	}
}

static void
waiter(int who)
{
	struct party	all[TABLES * 8];
	int		n;

	await("covers  ", "/30");
	n = invite(who, all);
	serve_all(all, n);
	atomic_fetch_add(&house->done, 1);
	await_phase(LAST);
	all[0] = (struct party){ .table = who == 0 ? 4 : who,
	    .covers = who + 1 };
	seat(&all[0]);
	atomic_fetch_add(&house->done, 1);
	await_phase(REST);
	keep_screen();
	await_phase(END);
	all[0].step = FIRE;
	serve_all(all, 1);
	atomic_fetch_add(&house->done, 1);
	await_phase(GONE);
}

/* ---- the kitchen -------------------------------------------------------- */

/* A tile as it is read: "3 T12  4c   7 min", its course, what was cancelled. */
struct tile {
	int	digit, table, row, col;
	char	course[12];
	bool	live, untold;
};

static bool
tile_at(int row, int col, struct tile *t)
{
	char	text[COLS * 4 + 1];

	part_text(row, col, 26, text);
	*t = (struct tile){ .row = row, .col = col };
	if (!isdigit((unsigned char)text[0]) || text[1] != ' ' ||
	    text[2] != 'T' || sscanf(text, "%d T%d", &t->digit,
	    &t->table) != 2 || strstr(text, "READY") != NULL) {
		return false;
	}
	t->live = strstr(text, "min") != NULL;
	part_text(row + 1, col, 25, text);
	(void)sscanf(text, "RUSH %11s", t->course);
	if (t->course[0] == '\0') {
		(void)sscanf(text, "%11s", t->course);
	}
	for (int i = row + 1; i < row + 10 && i < me.rows - 3; i++) {
		struct tile	below;

		if (i > row + 2 && tile_at(i, col, &below)) {
			break;
		}
		part_text(i, col, 26, text);
		t->untold = t->untold || strstr(text, "CANCELLED") != NULL ||
		    strstr(text, "CHANGED") != NULL;
	}
	return true;
}

static bool
tile_same(const struct tile *a, const struct tile *b)
{
	return a->digit == b->digit && a->table == b->table &&
	    strcmp(a->course, b->course) == 0 && a->live == b->live &&
	    a->untold == b->untold;
}

/* The drinks of a table have no course; a server's name stands there. */
static const char *
course_of(const char *word)
{
	static const char *const	names[] = { "Entr", "Plats",
	    "Desserts" };

	for (size_t i = 0; i < NELEM(names); i++) {
		if (str_starts(word, names[i])) {
			return names[i];
		}
	}
	return "-";
}

/* Pressed, until the tile says otherwise: what another says meanwhile about
 * it (taken back, changed) is there for the next look. */
static void
bump(const struct tile *t)
{
	int64_t		at = clock_boot_ms();
	const char	*course = course_of(t->course);
	struct tile	now;
	char		said[64];

	type("%d", t->digit);
	while (tile_at(t->row, t->col, &now) && tile_same(&now, t)) {
		if (clock_boot_ms() > at + 3000) {
			return;		/* refused: it will be read again */
		}
		(void)hear(20);
	}
	/* In one piece: the tile and what was done to it. */
	quiet(30);
	(void)str_fmt(said, sizeof(said), "T%d%s%s: ready   0", t->table,
	    *course == '-' ? "" : " ", *course == '-' ? "" :
	    strcmp(course, "Entr") == 0 ? "Entrées" : course);
	if (t->live && !t->untold && sees(said, "")) {
		noted("bump %lld %d %s\n", (long long)at, t->table, course);
	}
}

static void
cook(int who)
{
	struct tile	seen[9] = { 0 };
	int64_t		since[9] = { 0 };

	await("Which station?", "");
	type("%d", who + 1);
	await("nothing to make", "");
	for (;;) {
		int	phase = atomic_load(&house->phase), n = 0;

		(void)hear(50);
		if (phase == REST) {
			/* What was made keeps its place for three seconds; a
			 * ticket that finds none stands there after that. */
			while (sees(" READY", "")) {
				(void)hear(50);
			}
			keep_screen();
			await_phase(END);
		}
		if (phase == GONE) {
			return;
		}
		for (int row = 1; row < me.rows - 3; row++) {
			for (int col = 0; col < 78; col += 26) {
				struct tile	t;
				int64_t		now = clock_boot_ms();

				if (!tile_at(row, col, &t) || t.digit < 1) {
					continue;
				}
				n++;
				if (!tile_same(&t, &seen[t.digit - 1])) {
					seen[t.digit - 1] = t;
					since[t.digit - 1] = now;
				}
				if (phase == LAST || (!t.live && !t.untold) ||
				    now - since[t.digit - 1] <
				    900 + (int64_t)any(1500)) {
					continue;
				}
				bump(&t);
				seen[t.digit - 1].digit = 0;
				row = me.rows;
				break;
			}
		}
		atomic_store(&house->empty[who], n == 0 &&
		    sees("nothing to make", ""));
	}
}

/* ---- the pass ----------------------------------------------------------- */

static int	ready_of[TABLES + 1][4];

/* What is ready of each is noted when it changes; whole ones leave. */
static int
pass_look(void)
{
	char	text[COLS * 4 + 1], word[16];
	int	serve = 0, table, covers, ready, all;

	for (int row = 1; row < me.rows - 3; row++) {
		int		 course;
		const char	*at;

		row_text(row, text);
		if (sscanf(text + 3, "T%d %dc", &table, &covers) != 2 ||
		    table < 1 || table > TABLES) {
			continue;
		}
		part_text(row, 21, 10, word);
		course = strstr(text, "Entr") != NULL ? 1 :
		    strstr(text, "Plats") != NULL ? 2 :
		    strstr(text, "Desserts") != NULL ? 3 : 0;
		part_text(row, 36, 14, word);
		if ((at = strstr(word, "READY")) != NULL) {
			ready = 99;
		} else if (sscanf(word, "%d/%d", &ready, &all) != 2) {
			continue;
		}
		if (ready != ready_of[table][course]) {
			static const char *const names[] = { "-", "Entr",
			    "Plats", "Desserts" };

			ready_of[table][course] = ready;
			noted("ready %lld %d %s %d\n",
			    (long long)clock_boot_ms(), table,
			    names[course], ready);
		}
		if (at != NULL && (text[0] == '>' ||
		    isdigit((unsigned char)text[1]))) {
			serve = text[0] == '>' ? 's' : text[1];
		}
	}
	return serve;
}

static void
pass(void)
{
	await("covers  ", "/30");
	type(":pass\r");
	await("PASS", "");
	for (;;) {
		int	phase = atomic_load(&house->phase), digit;

		(void)hear(20);
		if (phase == REST) {
			keep_screen();
			await_phase(END);
		}
		if (phase == GONE) {
			return;
		}
		digit = pass_look();
		if (digit != 0 && phase != LAST) {
			/* Not all have a digit; the marked one needs none. */
			type("%c", digit);
			quiet(30);
		}
		atomic_store(&house->empty[COOKS], sees("Nothing is being",
		    ""));
	}
}

/* ---- cashiers ----------------------------------------------------------- */

/* One bill or one part of it, in one of several ways. */
static void
take_money(unsigned way)
{
	switch (way) {
	case 0:
		type("c\r");
		break;
	case 1:
		type("\r");
		break;
	case 2:
		type("20\r");
		await("Cash     -20,00", "");
		type("c\r");
		break;
	case 3:
		type("q\r");
		type("123456\r");
		break;
	default:
		type("5,50t\r");
		await("-5,50", "");
		type("\r");
		break;
	}
}

static void
settle(int table, int cents)
{
	char		sum[32], name[16];
	unsigned	way = any(8), parts = any(2) + 2;

	type(":tables\r");
	await("covers  ", "/30");
	type("%d\r", table);
	(void)str_fmt(name, sizeof(name), "T%d  ", table);
	await(name, "cover");
	money(cents, sum);
	await("TOTAL", sum);
	await(name, "BILL");
	if (way >= 6 && cents > 3000) {
		type(":divide\r");
		await("SPLIT", "");
		type(":heads %u\r", parts);
		(void)str_fmt(name, sizeof(name), "1/%u", parts);
		await("SPLIT", name);
		for (unsigned i = 1; i <= parts; i++) {
			type("\r");
			await("Enter = Cash", "");
			type(i % 2 == 0 ? "c\r" : "\r");
			(void)str_fmt(name, sizeof(name), "%u/%u", i + 1,
			    parts);
			await(i < parts ? "SPLIT" : "all of it is paid",
			    i < parts ? name : "");
		}
	} else {
		type(F9);
		await("Enter = Cash", "");
		take_money(cents > 2600 ? way % 5 : way % 2);
		await("PAID", "");
		type("\r");
	}
	await("SALE", "");
	noted("paid %d\n", cents);
}

static void
cashier(int who)
{
	await("SALE", "");
	for (;;) {
		int	phase = atomic_load(&house->phase);

		(void)hear(50);
		if (phase == REST) {
			type(":tables\r");
			await("covers  ", "/30");
			keep_screen();
			await_phase(END);
			type("\033");
			await("SALE", "");
		}
		if (phase == GONE) {
			return;
		}
		for (int t = 1; t <= TABLES; t++) {
			int	cents = atomic_load(&house->asked[t]);

			if (t % CASHIERS == who && cents != 0) {
				settle(t, cents);
				atomic_store(&house->asked[t], 0);
				atomic_store(&house->paid[t], 1);
			}
		}
	}
}

/* ---- the house ---------------------------------------------------------- */

static void
enter(char *const *command, const char *name, int rows, int cols)
{
	struct winsize	 size = { .ws_row = (unsigned short)rows,
			    .ws_col = (unsigned short)cols };
	char		*argv[64], path[512];
	int		 n = 0;

	(void)str_copy(me.name, sizeof(me.name), name);
	(void)str_fmt(path, sizeof(path), "%s/%s.log", dir, name);
	if ((me.log = fopen(path, "w")) == NULL) {
		fault("cannot write %s", path);
	}
	while (command[n] != NULL && n < 60) {
		argv[n] = command[n];
		n++;
	}
	argv[n++] = me.name;
	argv[n] = NULL;
	me.rows = rows;
	me.cols = cols;
	me.pid = forkpty(&me.fd, NULL, NULL, &size);
	if (me.pid == 0) {
		(void)execvp(argv[0], argv);
		_exit(127);
	}
	me.vterm = vterm_new(rows, cols);
	vterm_set_utf8(me.vterm, 1);
	vterm_output_set_callback(me.vterm, answer, NULL);
	me.screen = vterm_obtain_screen(me.vterm);
	vterm_screen_enable_altscreen(me.screen, 1);
	vterm_screen_reset(me.screen, 1);
}

static void
person(int i, char *const *command)
{
	char	name[8];

	seed = (seed + (uint64_t)i + 1) * 2654435761U + 88172645463325252U;
	(void)str_fmt(name, sizeof(name), "%c%d", i < WAITERS ? 'w' :
	    i < WAITERS + COOKS ? 'k' : i < WAITERS + COOKS + 1 ? 'p' : 'c',
	    i < WAITERS ? i + 1 : i < WAITERS + COOKS ? i - WAITERS + 1 :
	    i < WAITERS + COOKS + 1 ? 1 : i - WAITERS - COOKS);
	enter(command, name, name[0] == 'w' && i >= 2 ? 12 : ROWS,
	    name[0] == 'w' && i >= 2 ? 40 : COLS);
	if (i < WAITERS) {
		waiter(i);
	} else if (i < WAITERS + COOKS) {
		cook(i - WAITERS);
	} else if (i < WAITERS + COOKS + 1) {
		pass();
	} else {
		cashier(i - WAITERS - COOKS - 1);
	}
	(void)kill(me.pid, SIGHUP);
	fclose(me.log);
	_exit(0);
}

static bool
file_there(const char *name)
{
	char	path[512];

	(void)str_fmt(path, sizeof(path), "%s/%s", dir, name);
	return access(path, F_OK) == 0;
}

static bool
nothing_waits(void)
{
	bool	empty = true;

	for (int i = 0; i <= COOKS; i++) {
		empty = empty && atomic_load(&house->empty[i]) != 0;
	}
	return empty;
}

/* Who calls the phases; false when somebody gave up. */
static bool
lead(void)
{
	int	phase = SERVE, left = PEOPLE, status;
	bool	well = true, rested = false;
	pid_t	pid;

	while (left > 0) {
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
			left--;
			well = well && status == 0;
		}
		if (!well) {
			return false;
		}
		(void)poll(NULL, 0, 50);
		if (phase == SERVE && atomic_load(&house->done) == WAITERS &&
		    nothing_waits()) {
			phase = LAST;
		} else if (phase == LAST &&
		    atomic_load(&house->done) == 2 * WAITERS) {
			phase = REST;
		} else if (phase == REST && !rested &&
		    atomic_load(&house->rested) == PEOPLE) {
			char	path[512];

			(void)str_fmt(path, sizeof(path), "%s/rest", dir);
			rested = io_write_file(path, 0644, "", 0) == 0;
		} else if (phase == REST && rested && file_there("on")) {
			phase = END;
		} else if (phase == END && nothing_waits() &&
		    atomic_load(&house->done) == 3 * WAITERS) {
			phase = GONE;
		}
		atomic_store(&house->phase, phase);
	}
	return well;
}

int
main(int argc, char **argv)
{
	pid_t	pids[PEOPLE];
	bool	well;

	if (argc < 6) {
		fputs("usage: saturday DIR SEED SECONDS TURNS COMMAND…\n",
		    stderr);
		return 64;
	}
	dir = argv[1];
	seed = strtoull(argv[2], NULL, 10);
	service_ms = strtoll(argv[3], NULL, 10) * 1000;
	turns = atoi(argv[4]);
	house = mmap(NULL, sizeof(*house), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (house == MAP_FAILED || turns < 1 || turns > 8) {
		return 71;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < PEOPLE; i++) {
		if ((pids[i] = fork()) == 0) {
			person(i, argv + 5);
		}
	}
	if (!(well = lead())) {
		for (int i = 0; i < PEOPLE; i++) {
			(void)kill(pids[i], SIGKILL);
		}
		while (wait(NULL) > 0 || errno == EINTR) {
			continue;
		}
	}
	return well ? 0 : 1;
}
