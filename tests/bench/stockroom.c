/* SPDX-License-Identifier: ISC */
/* The stockroom at 100 000 items and 5 000 000 movements, against a hundredth
 * of both: what is waited for at a key, a receipt of 500 lines, what the stock
 * is worth, an import while a till sells. */
#include "bench.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "shop/auth.h"
#include "shop/purchase.h"
#include "shop/report.h"
#include "shop/stock.h"
#include "shop/user.h"

#define SCANS		500
#define SEARCHES	200
#define KEYS		40
#define RECEIPT_LINES	500
#define RECEIPTS	5
#define IMPORTED	100000		/* rows; a hundredth of it, too */
#define HUNDREDTH	100
#define ROUNDS		5

/* Who posts a receipt: comptoir, a bare transaction with its rows, one whose
 * triggers write what follows from a movement. */
enum posted { POSTED_OURS, POSTED_ROWS, POSTED_TRIGGERS, POSTED_COUNT };

/* One of the two shops that are held against each other. */
struct room {
	char		*dir;
	struct shop	*shop;
	int		 items;
	double		 beep, posted[POSTED_COUNT], import, wait;
};

static void
room_open(struct room *room, const char *name, int items)
{
	room->dir = path_in(name);
	room->items = items;
	if (shop_open(room->dir, DB_WRITE, &room->shop) != 0 ||
	    auth_owner(room->shop, DOOR_SHELL) != 0) {
		fatal("%s: no owner", room->dir);
	}
}

static void
room_close(struct room *room)
{
	auth_leave(room->shop);
	shop_close(room->shop);
	free(room->dir);
}

/* How many items tests/bench/run made. */
static int
room_items(void)
{
	const char	*text = getenv("BENCH_ITEMS");
	int64_t		 n = 100000;

	if (text != NULL && str_to_i64(text, 10000, 1000000, &n) != 0) {
		fatal("BENCH_ITEMS: 10000 at least");
	}
	return (int)n;
}

static void
judge_growth(const char *words, const char *name, double small, double large,
    double limit)
{
	char	*ratio = xasprintf("%s_ratio", name);
	char	*ms = xasprintf("%s_ms", name);

	judge(words, ratio, large / small, limit);
	figure(ms, large);
	free(ratio);
	free(ms);
}

/* ---- at a key ----------------------------------------------------------- */

static void
item_code(int i, char out[static PRODUCT_CODE])
{
	(void)str_fmt(out, PRODUCT_CODE, "B%06d", i);
}

/* p95 of what a scanned barcode costs a till, spread over the catalogue. */
static double
scans(const struct room *room)
{
	struct samples	all = { 0 };
	struct product	p;
	struct scan	scan;
	char		code[PRODUCT_CODE];
	double		p95;

	for (int i = 0; i < SCANS; i++) {
		double	start = now_ms();

		(void)str_fmt(code, sizeof(code), "X%07d",
		    (int)((int64_t)i * 7919 % room->items));
		if (product_scan(room->shop, code, &p, &scan) != 0) {
			fatal("%s: not found", code);
		}
		sample(&all, now_ms() - start);
	}
	p95 = percentile(&all, 95);
	samples_done(&all);
	return p95;
}

/* p95 of each key of words being typed. */
static double
searches(const struct room *room)
{
	static const char *const	words[] = {
		"c", "ca", "caf", "cafe", "cafe r", "th", "the ve", "rou",
		"blanc", "vi", "vin ro", "pa", "pain", "fro", "sa", "sal ve",
	};
	struct samples	all = { 0 };
	struct product	out[20];
	double		p95;

	for (size_t i = 0; i < SEARCHES; i++) {
		double	start = now_ms();
		int	n;

		if (product_search(room->shop, words[i % NELEM(words)],
		    (int)NELEM(out), out, &n) != 0) {
			fatal("search failed");
		}
		sample(&all, now_ms() - start);
	}
	p95 = percentile(&all, 95);
	samples_done(&all);
	return p95;
}

/* What a place is worth now, and what there is of an item, and where. */
static double
worths(const struct room *room)
{
	struct samples		 all = { 0 };
	struct stock_place	*place;
	size_t			 n;
	double			 p95;

	for (int i = 0; i < SCANS; i++) {
		double	start = now_ms();

		if (stock_place_list(room->shop, &place, &n) != 0) {
			fatal("no places");
		}
		free(place);
		sample(&all, now_ms() - start);
	}
	p95 = percentile(&all, 95);
	samples_done(&all);
	return p95;
}

/* ---- on the screen ------------------------------------------------------ */

/* Keys until the program sleeps again: the last byte of its answer; where
 * nothing on the screen changes there is none. */
static void
pressed(struct client *c, const char *keys, struct samples *all)
{
	double	start = now_ms();

	client_send(c, keys);
	(void)client_hear(c, 100);
	client_rest(c);
	if (all != NULL && c->heard > start) {
		sample(all, c->heard - start);
	}
}

enum seen { SEEN_OPEN, SEEN_PAGE, SEEN_FILTER, SEEN_SEARCH, SEEN_ITEM,
	SEEN_COUNT };
static const struct {
	const char	*name, *words;
} seen_names[SEEN_COUNT] = {
	{ "stock_open", "stock screen opened" },
	{ "stock_page", "stock screen, a page further" },
	{ "stock_filter", "stock screen, the next kind" },
	{ "stock_search", "stock screen, words" },
	{ "stock_item", "an item's page" },
};

static int
manager(void *ctx, const struct user_row *u)
{
	int64_t	*id = ctx;

	if (strcmp(u->role, "manager") == 0) {
		*id = u->id;
	}
	return 0;
}

/* A session at the stock screen, each act KEYS times; p50 of each. */
static void
screens_of(const struct room *room, double p50[static SEEN_COUNT])
{
	struct samples	all[SEEN_COUNT] = { 0 };
	struct client	c;
	char		code[PRODUCT_CODE];
	int64_t		user = 0;

	if (user_list(room->shop, manager, &user) != 0 || user == 0) {
		fatal("nobody manages %s", room->dir);
	}
	tty_start(&c, room->dir, user, B38400);
	(void)client_until(&c, KEY_BAR, -1, "Retour");
	client_rest(&c);
	for (int i = 0; i < KEYS; i++) {
		pressed(&c, ":stock\r", &all[SEEN_OPEN]);
		pressed(&c, "\033[6~", &all[SEEN_PAGE]);
		pressed(&c, "\033OR", &all[SEEN_FILTER]);
		pressed(&c, "vin rouge\r", &all[SEEN_SEARCH]);
		item_code((int)((int64_t)i * 7919 % room->items), code);
		pressed(&c, code, NULL);
		pressed(&c, "\r", NULL);
		pressed(&c, "\r", &all[SEEN_ITEM]);
		pressed(&c, "\033", NULL);
		pressed(&c, "\033", NULL);
	}
	client_stop(&c);
	for (int k = 0; k < SEEN_COUNT; k++) {
		p50[k] = percentile(&all[k], 50);
		samples_done(&all[k]);
	}
}

/* ---- a receipt ---------------------------------------------------------- */

/* What a beep takes, and the posting; the same rows of other items by SQLite
 * alone.  The next item is far from the last: each turn has its own. */
static void
receipt_turn(struct room *room, int64_t supplier, int turn,
    struct samples *beep, struct samples posted[static POSTED_COUNT])
{
	struct product	p;
	char		code[PRODUCT_CODE], number[PURCHASE_NUMBER];
	int64_t		product[POSTED_COUNT][RECEIPT_LINES], id, qty;
	double		start;

	for (int i = 0; i < POSTED_COUNT * RECEIPT_LINES; i++) {
		int64_t	item = (int64_t)i * 7919 +
			    turn * POSTED_COUNT * RECEIPT_LINES;

		item_code((int)(item % room->items), code);
		if (product_find(room->shop, code, &p) != 0) {
			fatal("%s: not found", code);
		}
		product[i / RECEIPT_LINES][i % RECEIPT_LINES] = p.id;
	}
	if (intake_start(room->shop, supplier, false, 0, "", &id) != 0) {
		fatal("no receipt");
	}
	start = now_ms();
	for (int i = 0; i < RECEIPT_LINES; i++) {
		item_code((int)(((int64_t)i * 7919 +
		    turn * POSTED_COUNT * RECEIPT_LINES) % room->items), code);
		if (intake_scan(room->shop, id, code, QTY_ONE, &p,
		    &qty) != 0) {
			fatal("%s did not come", code);
		}
	}
	sample(beep, (now_ms() - start) / RECEIPT_LINES);
	start = now_ms();
	if (intake_post(room->shop, id, number) != 0) {
		fatal("the receipt is not posted");
	}
	sample(&posted[POSTED_OURS], now_ms() - start);
	sample(&posted[POSTED_ROWS], plain_receipt(room->dir,
	    product[POSTED_ROWS], RECEIPT_LINES, shop_now(), false));
	sample(&posted[POSTED_TRIGGERS], plain_receipt(room->dir,
	    product[POSTED_TRIGGERS], RECEIPT_LINES, shop_now(), true));
}

static void
receipt(struct room *room)
{
	struct supplier	s = { .code = "BENCH", .name = "Bench",
			    .active = true };
	struct samples	beep = { 0 }, posted[POSTED_COUNT] = { 0 };

	if (supplier_put(room->shop, &s) != 0) {
		fatal("no supplier");
	}
	for (int turn = 0; turn < RECEIPTS; turn++) {
		receipt_turn(room, s.id, turn, &beep, posted);
	}
	room->beep = median(&beep);
	samples_done(&beep);
	for (int k = 0; k < POSTED_COUNT; k++) {
		room->posted[k] = median(&posted[k]);
		samples_done(&posted[k]);
	}
}

/* In a large shop each line lies on pages of its own, whoever writes it: what
 * we are judged by is how the rows alone grow. */
static void
bench_receipt(struct room *s, struct room *l)
{
	double	rows;

	receipt(s);
	receipt(l);
	judge_growth("a beep of a receipt", "receipt_beep", s->beep, l->beep,
	    2);
	rows = l->posted[POSTED_ROWS] / s->posted[POSTED_ROWS];
	figure("receipt_rows_ms", l->posted[POSTED_ROWS]);
	figure("receipt_rows_ratio", rows);
	figure("receipt_triggers_ms", l->posted[POSTED_TRIGGERS]);
	figure("receipt_triggers_ratio", l->posted[POSTED_TRIGGERS] /
	    s->posted[POSTED_TRIGGERS]);
	figure("receipt_500_ms", l->posted[POSTED_OURS]);
	figure("receipt_500_ratio", l->posted[POSTED_OURS] /
	    s->posted[POSTED_OURS]);
	judge("growth of a receipt of 500 lines to that of its rows",
	    "receipt_growth", l->posted[POSTED_OURS] / s->posted[POSTED_OURS] /
	    rows, 1);
	judge("a receipt of 500 lines to its rows by plain SQL",
	    "receipt_plain_ratio", l->posted[POSTED_OURS] /
	    l->posted[POSTED_ROWS], 2);
}

/* ---- what it is worth --------------------------------------------------- */

static int
report_row(void *ctx, const struct report_value *row)
{
	int64_t	*n = ctx;

	(void)row;
	(*n)++;
	return 0;
}

/* Milliseconds of the whole list at the end of a day. */
static double
valued(const struct room *room, int days_ago)
{
	struct report	 report;
	char		 day[CLOCK_DAY_SIZE];
	const char	*arg[2] = { day, NULL };
	double		 start;
	int64_t		 n = 0;

	clock_business_day(shop_now() - days_ago * INT64_C(86400000), 0, day);
	if (report_find("stock-value", &report) != 0) {
		fatal("no report");
	}
	start = now_ms();
	if (report_run(room->shop, &report, arg, report.nparams, report_row,
	    &n) != 0 || n < room->items / 2) {
		fatal("%s: %s", room->dir, err_text(ERR_INVALID));
	}
	return now_ms() - start;
}

/* ---- an import ---------------------------------------------------------- */

static int
goods_file(int items)
{
	struct buf	text = { 0 };
	int		fd = memfd_create("goods", MFD_CLOEXEC);

	buf_str(&text, "code,name,tax_class,price,barcodes,brand\n");
	for (int i = 0; i < items; i++) {
		buf_fmt(&text, "I%06d,Import %d,standard,%d.%02d,Y%07d,"
		    "Brand %d\n", i, i, i % 50, i % 100, i, i % 300);
	}
	if (fd < 0 || io_write_all(fd, text.data, text.len) != 0 ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		fatal("no file to import");
	}
	buf_done(&text);
	return fd;
}

/* A till beside it sells until it is told to end. */
static pid_t
till_sells(const char *dir, int from, int to)
{
	const char	*b = getenv("B") != NULL ? getenv("B") : "build";
	char		*sell = xasprintf("%s/tests/tool/sell", b);
	pid_t		 pid = fork();

	if (pid == 0) {
		(void)dup2(from, STDIN_FILENO);
		(void)dup2(to, STDOUT_FILENO);
		(void)execl(sell, sell, dir, "until", (char *)NULL);
		_exit(127);
	}
	free(sell);
	return pid;
}

/* Milliseconds of an import, and the longest a till waited for one act. */
static void
import(struct room *room, int items)
{
	struct product_import	did;
	int			fd = goods_file(items), end[2], answer[2];
	char			said[64] = "";
	double			start;
	pid_t			till;

	if (pipe2(end, O_CLOEXEC) != 0 || pipe2(answer, O_CLOEXEC) != 0 ||
	    (till = till_sells(room->dir, end[0], answer[1])) < 0) {
		fatal("no till beside the import");
	}
	(void)close(end[0]);
	(void)close(answer[1]);
	/* It has signed in and sells. */
	if (read(answer[0], said, 8) != 8 ||
	    memcmp(said, "selling\n", 8) != 0) {
		fatal("the till does not sell");
	}
	start = now_ms();
	if (product_import(room->shop, fd, 0, NULL, NULL, &did) != 0 ||
	    did.added != items) {
		fatal("nothing imported");
	}
	room->import = now_ms() - start;
	(void)close(end[1]);
	if (read(answer[0], said, sizeof(said) - 1) <= 0 ||
	    strncmp(said, "worst ", 6) != 0 ||
	    waitpid(till, NULL, 0) != till) {
		fatal("the till did not answer");
	}
	room->wait = strtod(said + 6, NULL);
	(void)close(answer[0]);
	(void)close(fd);
}

/* ---- all of it ---------------------------------------------------------- */

/* The first round in the large shop reads what the machine has not read since
 * it forgot the file: a figure of the disk, not of how much there is.  What is
 * judged is the median of rounds after that, the two shops by turns. */
static void
bench_key(const char *words, const char *name,
    double (*of)(const struct room *), const struct room *s,
    const struct room *l)
{
	struct samples	small = { 0 }, large = { 0 };
	char		*cold = xasprintf("%s_cold_ms", name);

	(void)of(s);
	figure(cold, of(l));
	for (int i = 0; i < ROUNDS; i++) {
		sample(&small, of(s));
		sample(&large, of(l));
	}
	judge_growth(words, name, median(&small), median(&large), 2);
	samples_done(&small);
	samples_done(&large);
	free(cold);
}

static void
bench_keys(const struct room *s, const struct room *l)
{
	double	a[SEEN_COUNT], b[SEEN_COUNT];

	bench_key("a barcode scanned, p95", "stock_scan", scans, s, l);
	bench_key("search as typed, p95", "stock_typed", searches, s, l);
	bench_key("what the places are worth now, p95", "stock_worth", worths,
	    s, l);
	screens_of(s, a);
	screens_of(l, b);
	for (int k = 0; k < SEEN_COUNT; k++) {
		judge_growth(seen_names[k].words, seen_names[k].name, a[k],
		    b[k], 2);
	}
}

void
bench_stockroom(void)
{
	struct room	s, l;
	int		items = room_items();

	/* that the shops were copied is no part of what is timed */
	sync();
	room_open(&s, "stock-small", items / HUNDREDTH);
	room_open(&l, "stock-large", items);
	bench_keys(&s, &l);
	bench_receipt(&s, &l);
	judge_growth("the stock valued now, every item", "value_now",
	    valued(&s, 0), valued(&l, 0), 110);
	judge_growth("the stock valued a year ago", "value_past",
	    valued(&s, 365), valued(&l, 365), 110);
	import(&s, IMPORTED / HUNDREDTH);
	import(&l, IMPORTED);
	judge_growth("import of 100 000 rows to 1 000", "import", s.import,
	    l.import, 110);
	judge("import to the same rows by plain SQL", "import_plain_ratio",
	    l.import / plain_import(l.dir, IMPORTED), 2);
	judge("a till that sells beside it waits, at worst, ms",
	    "import_wait_ms", l.wait, 1000);
	room_close(&s);
	room_close(&l);
}
