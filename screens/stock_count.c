/* SPDX-License-Identifier: ISC */
/* Counting: a scan is one more.  What everybody entered last stands above,
 * with what it comes to. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/ean.h"
#include "shop/serial.h"
#include "shop/stock_count.h"

#define COUNTED_MOST	60

enum { ASK_CLOSE_ZERO, ASK_CLOSE, ASK_AGAIN, ASK_NUMBER };

struct stock_count_screen {
	struct shop		*shop;
	struct stock_count	 count;
	struct rows		 rows;
	struct list		 list;
	int64_t			 last;		/* item counted last here */
	bool			 back;		/* its number is taken back */
	bool			 seen;		/* what is expected, too */
	bool			 differ;	/* differences, not entries: */
	char			 after[PRODUCT_CODE];	/* read up to here, */
	bool			 more;		/* and there are more */
};

static const struct column counted_columns[] = {
	{ N_("Counted"), 9, true, 0 },
	{ N_("Item"), 0, false, 0 },
	{ N_("Now"), 6, true, 60 },
	{ N_("Expected"), 10, true, 60 },
	{ N_("Who"), 10, false, 72 },
	{ 0 }
};
/* Between what was counted and what was expected. */
static const struct column differ_columns[] = {
	{ N_("Counted"), 9, true, 0 },
	{ N_("Item"), 0, false, 0 },
	{ N_("Off by"), 9, true, 0 },
	{ N_("Expected"), 10, true, 60 },
	{ 0 }
};
/* What is typed behind the name of the screen. */
static const char *const counted_kinds[COUNT_KIND_COUNT] = {
	[COUNT_FULL] = N_("full"), [COUNT_ROLLING] = N_("rolling"),
	[COUNT_PART] = N_("part"),
};

static void
counted_differs(struct stock_count_screen *st, int64_t id, const char *name,
    int64_t counted, int64_t expected)
{
	int64_t	off = counted - expected;

	rows_add(&st->rows, id, STYLE_WARN, "%s\t%s\t%s%s\t%s",
	    app_qty(st->shop, counted), name, off > 0 ? "+" : "",
	    app_qty(st->shop, off), app_qty(st->shop, expected));
}

/* Lots and numbers, which may differ where their sum does not. */
static int
counted_gaps(struct stock_count_screen *st)
{
	struct count_gap	*gaps;
	char			 name[PRODUCT_NAME + 80];
	size_t			 n;
	int			 r;

	if ((r = count_gaps(st->shop, st->count.id, &gaps, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		const struct count_gap	*g = &gaps[i];

		if (g->serial[0] != '\0') {
			(void)str_fmt(name, sizeof(name), _("no. %s  %s"),
			    g->serial, g->name);
		} else if (g->lot[0] != '\0') {
			(void)str_fmt(name, sizeof(name), _("lot %s  %s"),
			    g->lot, g->name);
		} else {
			(void)str_fmt(name, sizeof(name), _("no lot  %s"),
			    g->name);
		}
		counted_differs(st, -(int64_t)i - 1, name, g->counted,
		    g->expected);
	}
	free(gaps);
	return 0;
}

/* The next page of them. */
static int
counted_page(struct stock_count_screen *st)
{
	struct count_row	rows[COUNTED_MOST];
	size_t			n;
	int			r;

	if ((r = count_rows(st->shop, st->count.id, COUNT_DIFFER, st->after,
	    COUNTED_MOST, rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		counted_differs(st, rows[i].product, rows[i].name,
		    rows[i].counted, rows[i].expected);
		(void)str_copy(st->after, sizeof(st->after), rows[i].code);
	}
	st->more = n == COUNTED_MOST;
	return 0;
}

/* As many of them as were read before; lots and numbers first. */
static int
counted_differences(struct stock_count_screen *st, size_t before)
{
	int	r;

	st->after[0] = '\0';
	if ((r = counted_gaps(st)) != 0) {
		return r;
	}
	do {
		r = counted_page(st);
	} while (r == 0 && st->more && st->rows.n < before);
	return r;
}

/* Of a second round first what it waits for: nobody is sent to look for it. */
static int
counted_waiting(struct stock_count_screen *st)
{
	struct count_row	rows[COUNTED_MOST];
	size_t			n;
	int			r;

	if (st->count.round < 2) {
		return 0;
	}
	if ((r = count_rows(st->shop, st->count.id, COUNT_AGAIN, "",
	    COUNTED_MOST, rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		rows_add(&st->rows, -(int64_t)i - 1, STYLE_WARN,
		    "?\t%s\t\t%s\t", rows[i].name, st->seen ?
		    app_qty(st->shop, rows[i].expected) : "");
	}
	return 0;
}

static int
counted_entries(struct stock_count_screen *st)
{
	struct count_entry	rows[COUNTED_MOST];
	size_t			n;
	int			r;

	if ((r = count_latest(st->shop, st->count.id, COUNTED_MOST, rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		rows_add(&st->rows, rows[i].id, STYLE_NORMAL,
		    "%s\t%s\t%s%s\t%s\t%s", app_qty(st->shop, rows[i].total),
		    rows[i].name, rows[i].qty > 0 ? "+" : "",
		    app_qty(st->shop, rows[i].qty), st->seen ?
		    app_qty(st->shop, rows[i].expected) : "", rows[i].user);
	}
	return 0;
}

static int
counted_read(struct session *s, struct stock_count_screen *st)
{
	size_t	before = st->rows.n;
	bool	same = st->list.columns == differ_columns && st->differ;
	int	r = count_glance(st->shop, st->count.id, &st->count);

	if (r != 0) {
		return r;
	}
	rows_clear(&st->rows);
	st->more = false;
	st->list.columns = st->differ ? differ_columns : counted_columns;
	if ((r = st->differ ? counted_differences(st, same ? before : 0) :
	    counted_waiting(st)) != 0 ||
	    (!st->differ && (r = counted_entries(st)) != 0)) {
		return r;
	}
	if (!same) {
		st->list.at = st->list.top = 0;
		st->list.id = 0;
	}
	return list_reload(s, &st->list);
}

/* In the words of the screen's language, or of a shell. */
static int
counted_kind(const char *word, enum count_kind *kind)
{
	for (*kind = 0; *kind < COUNT_KIND_COUNT; (*kind)++) {
		if (strcmp(word, _(counted_kinds[*kind])) == 0) {
			return 0;
		}
	}
	return count_kind_find(word, kind) == 0 ? 0 : err_set(ERR_INVALID,
	    _("\"%.20s\" is no count; there are %s, %s and %s"), word,
	    _(counted_kinds[COUNT_FULL]), _(counted_kinds[COUNT_ROLLING]),
	    _(counted_kinds[COUNT_PART]));
}

/* Another kind was asked for than is being counted. */
static void
counted_other(struct session *s, const struct stock_count *c,
    const char *word)
{
	enum count_kind	kind, open;

	if (word[0] != '\0' && counted_kind(word, &kind) == 0 &&
	    count_kind_find(c->kind, &open) == 0 && kind != open) {
		session_say(s, _("this count (%s) is open here; close it "
		    "before another"), _(counted_kinds[open]));
	}
}

/* `arg` the number of a count; else the one that is open here, which a person
 * who may opens: everything, blind. */
static int
counted_open(struct session *s, void *state, const void *arg)
{
	struct stock_count_screen	*st = state;
	const char			*word = arg != NULL ? arg : "";
	enum count_kind			 kind;
	int				 r;

	st->shop = session_shop(s);
	list_init(&st->list, counted_columns, &rows_source, &st->rows);
	st->list.headed = true;
	if (word[0] >= '1' && word[0] <= '9') {
		r = str_to_i64(word, 1, INT64_MAX, &st->count.id);
	} else if ((r = count_of_place(st->shop, 0,
	    &st->count.id)) == ERR_NOT_FOUND) {
		if (word[0] == '\0') {
			return err_set(ERR_NOT_FOUND, _("no count is open "
			    "here; :stock-count full, rolling or part opens "
			    "one"));
		}
		if ((r = counted_kind(word, &kind)) == 0) {
			r = count_open(st->shop, kind, 0, true, "", 0,
			    &st->count.id);
		}
	}
	if (r != 0 || (r = count_glance(st->shop, st->count.id,
	    &st->count)) != 0) {
		return r;
	}
	st->seen = !st->count.blind || shop_may(st->shop, RIGHT_ADJUST);
	if (word[0] < '0' || word[0] > '9') {
		counted_other(s, &st->count, word);
	}
	return counted_read(s, st);
}

static void
counted_close(struct session *s, void *state)
{
	struct stock_count_screen	*st = state;

	app_keep(s, "stockcount", st->count.id);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
counted_layout(struct session *s, void *state, int rows, int cols)
{
	struct stock_count_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 2);
}

static void
counted_draw(const void *state, struct canvas *c)
{
	const struct stock_count_screen	*st = state;

	canvas_fmt(c, 0, 2, STYLE_BOLD, _("Count %lld, %s"),
	    (long long)st->count.id, st->count.place_name);
	canvas_fmt(c, 0, canvas_cols(c) - 16, STYLE_NORMAL, "%lld/%lld",
	    (long long)st->count.counted, (long long)st->count.items);
	if (st->list.count == 0) {
		(void)canvas_wrap(c, 2, 4, STYLE_NORMAL, st->differ ?
		    _("Nothing differs.") :
		    _("Scan what is there: each beep is one."));
		return;
	}
	list_draw(&st->list, c, 2);
}

static void
counted_head(const void *state, char *out, size_t size)
{
	const struct stock_count_screen	*st = state;

	(void)str_fmt(out, size, st->count.round > 1 ? _("COUNT AGAIN") :
	    st->differ ? _("DIFFERENCES") : _("STOCK COUNT"));
}

static void
counted_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("scan: +1  3*code  *12: 12 in all"));
}

static enum turn
counted_key(struct session *s, void *state, struct key key)
{
	struct stock_count_screen	*st = state;
	int				 r;

	/* The mark comes near the end of what was read, or goes to the end of
	 * all there is. */
	while (st->differ && st->more && (key.code == K_END ||
	    st->list.at + 2 * st->list.height >= st->list.count)) {
		if ((r = counted_page(st)) != 0 ||
		    (r = list_reload(s, &st->list)) != 0) {
			return session_fail(s, r);
		}
	}
	return list_key(s, &st->list, key);
}

static enum turn
counted_said(struct session *s, struct stock_count_screen *st, int64_t sum)
{
	struct product	p;
	int		r;

	st->differ = false;
	if ((r = product_get(st->shop, st->last, &p)) != 0 ||
	    (r = counted_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, "%s: %s %s", p.name, app_qty(st->shop, sum), p.unit);
	return TURN_DRAW;
}

/* "*12": so many in all of what was counted last. */
static enum turn
counted_total(struct session *s, struct stock_count_screen *st,
    const char *text)
{
	int64_t	qty;
	int	r;

	if (st->last == 0) {
		return session_fail(s, err_set(ERR_EMPTY,
		    _("count something first")));
	}
	if ((r = qty_parse(text, &qty)) != 0 || (r = count_total(st->shop,
	    st->count.id, st->last, qty)) != 0) {
		return session_fail(s, r);
	}
	return counted_said(s, st, qty);
}

static enum turn
counted_piece(struct session *s, struct stock_count_screen *st, int64_t qty,
    const struct count_piece *piece)
{
	int64_t	sum;
	int	r;

	if ((r = count_enter_piece(st->shop, st->count.id, st->last, qty,
	    piece, &sum)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return counted_said(s, st, sum);
}

static enum turn
counted_enter(struct session *s, void *state, const char *text)
{
	struct stock_count_screen	*st = state;
	const char			*star = strchr(text, '*');
	struct product			 p;
	struct scan			 scan;
	struct count_piece		 piece;
	char				 number[24];
	int64_t				 qty = QTY_ONE;
	int				 r;

	if (text[0] == '\0') {
		return TURN_STAY;
	}
	if (text[0] == '*') {
		return counted_total(s, st, text + 1);
	}
	if (star != NULL) {
		(void)str_fmt(number, sizeof(number), "%.*s",
		    (int)(star - text), text);
		if ((r = qty_parse(number[0] == '+' ? number + 1 : number,
		    &qty)) != 0) {
			return session_fail(s, r);
		}
	}
	if ((r = product_scan(st->shop, star == NULL ? text : star + 1, &p,
	    &scan)) != 0 || (r = scan_times(&scan, qty, &qty)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	if (star == NULL && !scan.has_qty && p.by_weight) {
		st->last = p.id;
		session_say(s, _("%s: how many %s?  *2,350"), p.name, p.unit);
		return TURN_DRAW;
	}
	st->last = p.id;
	if (p.serials && scan.serial[0] == '\0') {
		st->back = qty < 0;
		return app_ask_serial(s, ASK_NUMBER, &p);
	}
	piece = (struct count_piece){ scan.lot, scan.expiry, scan.serial };
	return counted_piece(s, st, qty, &piece);
}

/* "LOT DAY": one more of what was counted last. */
static enum turn
counted_lot(struct session *s, struct stock_count_screen *st,
    const char *rest)
{
	struct count_piece	 piece = { .lot = "" };
	char			 own[ENTRY_MAX], day[CLOCK_DAY_SIZE];
	char			*save = NULL, *expiry;
	int			 r;

	(void)str_copy(own, sizeof(own), rest);
	piece.lot = strtok_r(own, " ", &save);
	expiry = strtok_r(NULL, " ", &save);
	if (st->last == 0 || piece.lot == NULL) {
		return session_fail(s, err_set(ERR_INVALID, _("count "
		    "something first, then LOT DAY: one more of it")));
	}
	if (expiry != NULL) {
		if ((r = clock_day_read(expiry, day)) != 0) {
			return session_fail(s, r);
		}
		piece.expiry = day;
	}
	return counted_piece(s, st, QTY_ONE, &piece);
}

static enum turn
counted_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct stock_count_screen	*st = state;
	struct stock_count		 whole;
	int				 r;

	switch (act) {
	case ACT_COUNT_LOT:
		return counted_lot(s, st, rest);
	case ACT_COUNT_DIFFER:
		st->differ = !st->differ;
		if ((r = counted_read(s, st)) != 0) {
			return session_fail(s, r);
		}
		return TURN_DRAW;
	case ACT_COUNT_AGAIN:
		return session_confirm(s, ASK_AGAIN, false,
		    _("Count again what differs?"));
	case ACT_COUNT_PRINT:
		if ((r = count_print(st->shop, st->count.id, st->differ ?
		    COUNT_DIFFER : st->count.round > 1 ? COUNT_LEFT :
		    COUNT_ALL)) != 0) {
			return session_fail(s, r);
		}
		session_say(s, st->differ ?
		    _("the sheet of what differs prints") :
		    _("the sheet prints"));
		return TURN_DRAW;
	case ACT_COUNT_CLOSE:
		if ((r = count_get(st->shop, st->count.id, &whole)) != 0) {
			return session_fail(s, r);
		}
		if (whole.counted < whole.items) {
			return session_confirm(s, ASK_CLOSE, true,
			    _("%lld not counted stay as they are; put %lld "
			    "differences right?"), (long long)(whole.items -
			    whole.counted), (long long)whole.differ);
		}
		return session_confirm(s, ASK_CLOSE, true,
		    _("Put %lld differences right?"),
		    (long long)whole.differ);
	default:
		return TURN_PASS;
	}
}

static enum turn
counted_resume(struct session *s, void *state, const struct answer *answer)
{
	struct stock_count_screen	*st = state;
	char				 serial[SERIAL_MAX + 1];
	int64_t				 n;
	int				 r;

	if (!answer->ok) {
		return TURN_DRAW;
	}
	if (answer->tag == ASK_NUMBER) {
		if ((r = serial_scanned(st->shop, st->last, answer->text,
		    serial)) != 0) {
			session_beep(s);
			return session_fail(s, r);
		}
		return counted_piece(s, st, st->back ? -QTY_ONE : QTY_ONE,
		    &(struct count_piece){ .serial = serial });
	}
	if (answer->tag == ASK_AGAIN) {
		if ((r = count_again(st->shop, st->count.id, &n)) != 0) {
			return session_fail(s, r);
		}
		st->differ = false;
		if ((r = counted_read(s, st)) != 0) {
			return session_fail(s, r);
		}
		session_say(s, _("%lld to be counted again"), (long long)n);
		return TURN_DRAW;
	}
	if ((r = count_close(st->shop, st->count.id, false, true)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, _("the stock is put right"));
	return session_pop(s, true, 0, "");
}

static enum turn
counted_news(struct session *s, void *state, unsigned topics)
{
	struct stock_count_screen	*st = state;

	(void)topics;
	return counted_read(s, st) == 0 ? TURN_DRAW : TURN_STAY;
}

static bool
counted_can(const void *state, enum action act)
{
	const struct stock_count_screen	*st = state;

	return act != ACT_COUNT_DIFFER || st->seen;
}

static const struct binding counted_keys[] = {
	{ ACT_COUNT_DIFFER, K_F3, 'd', NULL },
	{ ACT_COUNT_AGAIN, K_F4, 'g', NULL },
	{ ACT_COUNT_CLOSE, K_F9, 'z', NULL },
	{ ACT_COUNT_PRINT, K_NONE, 's', NULL },
	{ ACT_COUNT_LOT, K_NONE, 'l', NULL },
	{ 0 }
};

const struct screen screen_stockcount = {
	.name = "stockcount",
	.title = N_("STOCK COUNT"),
	.right = "count-stock",
	.help = N_("Scan what is there: each beep is one more, whoever counts "
	    "beside you.  3*1001 is three, -1*1001 takes one back, *12 makes "
	    "what was counted last twelve in all; :count-lot LOT DAY is one "
	    "more of it out of that lot.  A piece with a number asks for it.  "
	    "Everything is kept at "
	    "once; the shop goes on selling meanwhile.  F3 shows what "
	    "differs, F4 has it counted again: a ? stands "
	    "before what is still to be, F9 puts the stock right."),
	.flags = SCREEN_SCANS,
	.topics = 1u << TOPIC_STOCK,
	.state_size = sizeof(struct stock_count_screen),
	.keys = counted_keys,
	.open = counted_open,
	.layout = counted_layout,
	.draw = counted_draw,
	.head = counted_head,
	.prompt = counted_prompt,
	.can = counted_can,
	.key = counted_key,
	.enter = counted_enter,
	.act = counted_act,
	.resume = counted_resume,
	.news = counted_news,
	.close = counted_close,
};
