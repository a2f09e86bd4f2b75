/* SPDX-License-Identifier: ISC */
/* A table's bill in parts: lines above, the bills below.  A number sends the
 * marked line to that bill; Enter pays the one that is shown, and comes back
 * until all of them are paid. */
#include "screens/split.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/bill.h"
#include "screens/pass.h"
#include "screens/pay.h"
#include "screens/screens.h"
#include "shop/party.h"
#include "shop/split.h"

struct split_screen {
	struct shop		*shop;
	int64_t			 first;		/* as it was asked for */
	struct bill_part	*parts;
	size_t			 n, at;		/* the one shown */
	struct sale		 sale;		/* its lines */
	int64_t			 mark;		/* line; 0 the first */
	int			 rows;
};

enum { ASK_HEADS = 1, ASK_SHARES, ASK_UNSENT };

/* ---- reading ------------------------------------------------------------ */

static bool
split_open_part(const struct bill_part *p)
{
	return p->state == SALE_DRAFT || p->state == SALE_PENDING ||
	    p->state == SALE_PAYING;
}

/* What somebody pays: a line taken back, and what took it back, are nobody's
 * share. */
static const struct sale_line *
split_line(const struct split_screen *st, int nth)
{
	for (size_t i = 0; i < st->sale.nlines; i++) {
		if (st->sale.lines[i].state == LINE_LIVE && nth-- == 0) {
			return &st->sale.lines[i];
		}
	}
	return NULL;
}

static int
split_find(const struct split_screen *st, int64_t id)
{
	const struct sale_line	*line;

	for (int i = 0; (line = split_line(st, i)) != NULL; i++) {
		if (line->id == id) {
			return i;
		}
	}
	return -1;
}

/* All bills, and the lines of the one shown; `sale` is to be shown, 0 the
 * same as before. */
static int
split_read(struct split_screen *st, int64_t sale)
{
	struct bill_part	*rows;
	struct sale		 fresh;
	size_t			 n;
	int			 r;

	if (sale == 0) {
		sale = st->n == 0 ? st->first : st->parts[st->at].sale;
	}
	if ((r = bill_parts(st->shop, st->first, &rows, &n)) != 0) {
		return r;
	}
	free(st->parts);
	st->parts = rows;
	st->n = n;
	st->at = 0;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].sale == sale) {
			st->at = i;
		}
	}
	if (n == 0 || (r = sale_load(st->shop, rows[st->at].sale,
	    &fresh)) != 0) {
		return r;
	}
	sale_done(&st->sale);
	st->sale = fresh;
	if (split_find(st, st->mark) < 0) {
		st->mark = split_line(st, 0) != NULL ?
		    split_line(st, 0)->id : 0;
	}
	return 0;
}

/* The next one that nobody paid; 0: all are. */
static int64_t
split_next(const struct split_screen *st)
{
	for (size_t i = 0; i < st->n; i++) {
		const struct bill_part	*p = &st->parts[(st->at + i) % st->n];

		if (split_open_part(p)) {
			return p->sale;
		}
	}
	return 0;
}

static int
split_open(struct session *s, void *state, const void *arg)
{
	struct split_screen	*st = state;
	const struct split_arg	*a = arg;

	st->shop = session_shop(s);
	st->first = a->sale;
	return split_read(st, a->sale);
}

static void
split_close(struct session *s, void *state)
{
	struct split_screen	*st = state;

	(void)s;
	sale_done(&st->sale);
	free(st->parts);
}

static void
split_layout(struct session *s, void *state, int rows, int cols)
{
	struct split_screen	*st = state;

	(void)s;
	(void)cols;
	st->rows = rows;
}

/* ---- drawing ------------------------------------------------------------ */

/* Rows the bills take below. */
static int
split_bills(const struct split_screen *st, int rows)
{
	int	most = rows > 14 ? 8 : rows / 3;

	return (int)st->n < most ? (int)st->n : most;
}

static void
split_draw_line(const struct split_screen *st, struct canvas *c, int row,
    const struct sale_line *l)
{
	bool		chosen = l->id == st->mark;
	enum style	style = chosen ? STYLE_MARKER : STYLE_NORMAL;
	/* A menu has its price, however its parts share it. */
	int64_t		amount = l->amount - l->moved;
	int		end = bill_end(canvas_cols(c));
	char		text[sizeof(l->label) + 24];

	if (l->parent != 0) {
		canvas_put(c, row, 8, STYLE_DIM, "+");
		canvas_cell(c, row, 10, end - 22, STYLE_DIM, l->label);
	} else {
		canvas_marker(c, row, 0, chosen);
		canvas_right(c, row, 6, 5, style, app_qty(st->shop, l->qty));
		if (l->seat != 0) {
			(void)str_fmt(text, sizeof(text), "%s   #%d",
			    l->label, l->seat);
		} else {
			(void)str_copy(text, sizeof(text), l->label);
		}
		canvas_cell(c, row, 7, end - 19, style, text);
	}
	if (l->parent == 0 || amount != 0) {
		canvas_right(c, row, end, 11, style,
		    app_money(st->shop, amount));
	}
}

static void
split_draw_bill(const struct split_screen *st, struct canvas *c, int row,
    size_t i)
{
	const struct bill_part	*p = &st->parts[i];
	bool			 shown = i == st->at;
	enum style		 style = shown ? STYLE_BOLD : STYLE_NORMAL;
	int			 end = bill_end(canvas_cols(c));
	char			 text[120];

	(void)str_fmt(text, sizeof(text), "%zu  %s  %s", i + 1, p->name,
	    p->state == SALE_PAID ? p->ticket : p->state == SALE_PAYING ?
	    _("part paid") : shown ? _("shown") : "");
	canvas_cell(c, row, 2, end - 14, style, text);
	canvas_right(c, row, end, 11, p->state == SALE_PAID ? STYLE_OK :
	    style, app_money(st->shop, p->total));
	if (p->state == SALE_PAID) {
		canvas_put(c, row, end + 1, STYLE_OK, canvas_cols(c) < 60 ?
		    "ok" : _("PAID"));
	}
}

static void
split_draw(const void *state, struct canvas *c)
{
	const struct split_screen	*st = state;
	int				 rows = canvas_rows(c) - 1;
	int				 bills = split_bills(st, rows);
	int				 room = rows - bills - 1;
	int				 at, top = 0, row = 0;
	size_t				 first = 0;

	at = split_find(st, st->mark);
	if (at >= room) {
		top = at - room + 1;
	}
	for (int i = top; row < room; i++) {
		const struct sale_line	*l = split_line(st, i);

		if (l == NULL) {
			break;
		}
		split_draw_line(st, c, row++, l);
	}
	if (st->at >= (size_t)bills) {
		first = st->at - (size_t)bills + 1;
	}
	canvas_rule(c, room, 2, bill_end(canvas_cols(c)) - 2, '-');
	for (int i = 0; i < bills; i++) {
		split_draw_bill(st, c, room + 1 + i, first + (size_t)i);
	}
}

static void
split_head(const void *state, char *out, size_t size)
{
	const struct split_screen	*st = state;

	(void)str_fmt(out, size, "%s  %s  %zu/%zu", _("SPLIT"),
	    st->n > 0 ? st->parts[st->at].name : "", st->at + 1, st->n);
}

static void
split_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct split_screen	*st = state;

	(void)typed;
	(void)str_copy(out, size, split_next(st) == 0 ?
	    _("all is paid; Enter leaves") :
	    _("2 = to bill 2  /3 shares  Enter pays"));
}

/* ---- keys --------------------------------------------------------------- */

static enum turn
split_refused(struct session *s, struct split_screen *st, int r)
{
	session_beep(s);
	(void)session_fail(s, r);
	(void)split_read(st, 0);
	return TURN_KEEP;
}

static enum turn
split_done_so(struct session *s, struct split_screen *st, int r, int64_t show)
{
	if (r != 0 || (r = split_read(st, show)) != 0) {
		return split_refused(s, st, r);
	}
	return TURN_DRAW;
}

/* "2", "1*2": so many of the marked line, or all, go to bill 2. */
static enum turn
split_take(struct session *s, struct split_screen *st, int64_t pieces,
    int64_t bill)
{
	const struct bill_pick	pick = { st->mark, pieces * QTY_ONE };
	struct bill_part	*p = &st->parts[st->at];
	int64_t			version = p->version, part = 0;
	int			r;

	if (bill < 1 || bill > (int64_t)st->n + 1 ||
	    bill == (int64_t)st->at + 1) {
		return split_refused(s, st, err_set(ERR_RANGE, _("to which "
		    "bill? 1 to %zu; this one is %zu"), st->n + 1,
		    st->at + 1));
	}
	if (bill <= (int64_t)st->n) {
		part = st->parts[bill - 1].sale;
	}
	r = bill_take(st->shop, p->sale, &version, &pick, 1, &part);
	return split_done_so(s, st, r, 0);
}

static int
split_parts(const char *text, int64_t *n)
{
	return str_to_i64(text, 2, SPLIT_MOST, n) == 0 ? 0 :
	    err_set(ERR_RANGE, _("a split is in 2 to %d parts"), SPLIT_MOST);
}

static enum turn
split_shares(struct session *s, struct split_screen *st, const char *text)
{
	struct bill_part	*p = &st->parts[st->at];
	int64_t			 version = p->version, n;
	int			 r = split_parts(text, &n);

	if (r == 0) {
		r = bill_share(st->shop, p->sale, &version, st->mark,
		    (int)n);
	}
	return split_done_so(s, st, r, 0);
}

static enum turn
split_heads(struct session *s, struct split_screen *st, const char *text)
{
	struct bill_part	*p = &st->parts[st->at];
	int64_t			 version = p->version, n;
	int			 r = split_parts(text, &n);

	if (r == 0) {
		r = bill_heads(st->shop, p->sale, &version, (int)n);
	}
	return split_done_so(s, st, r, 0);
}

static enum turn
split_seats(struct session *s, struct split_screen *st)
{
	struct bill_part	*p = &st->parts[st->at];
	int64_t			 version = p->version;
	int			 n;

	return split_done_so(s, st, bill_seats(st->shop, p->sale, &version,
	    &n), 0);
}

static enum turn
split_whole(struct session *s, struct split_screen *st)
{
	struct bill_part	*p = &st->parts[st->at];
	int64_t			 version = p->version;

	return split_done_so(s, st, bill_whole(st->shop, p->sale, &version),
	    p->sale);
}

static enum turn
split_pay_now(struct session *s, struct split_screen *st)
{
	struct pay_arg	arg = { .sale = &st->sale };

	return session_push(s, &screen_pay, &arg);
}

/* The bill that is shown, by this session from here on. */
static enum turn
split_pay(struct session *s, struct split_screen *st)
{
	int64_t		version = 0, next = split_next(st);
	enum turn	turn;
	int		r;

	if (next == 0) {
		return session_pop(s, true, 0, "");
	}
	if (!split_open_part(&st->parts[st->at])) {
		return split_done_so(s, st, 0, next);
	}
	if (!session_allowed(s, "pay")) {
		return split_refused(s, st, shop_require(st->shop,
		    RIGHT_PAY));
	}
	if ((r = sale_take(st->shop, st->parts[st->at].sale,
	    &version)) != 0 || (r = split_read(st, 0)) != 0) {
		return split_refused(s, st, r);
	}
	return pass_unsent_asked(s, ASK_UNSENT, st->parts[st->at].sale,
	    &turn) ? turn : split_pay_now(s, st);
}

/* What the kitchen was not sent before goes there, or stands there. */
static enum turn
split_unsent(struct session *s, struct split_screen *st, const struct answer *a)
{
	const struct bill_part	*p = &st->parts[st->at];
	int			 r;

	if (!a->ok) {
		/* Not paid after all: others may have it. */
		r = sale_park(st->shop, p->sale);
		return split_done_so(s, st, r, 0);
	}
	if ((r = pass_unsent(st->shop, p->sale, p->version, a->value)) != 0 ||
	    (r = split_read(st, 0)) != 0) {
		return split_refused(s, st, r);
	}
	return split_pay_now(s, st);
}

static enum turn
split_enter(struct session *s, void *state, const char *text)
{
	struct split_screen	*st = state;
	const char		*star = strchr(text, '*');
	char			 first[16];
	int64_t			 n = 0, pieces = 0;

	if (*text == '\0') {
		return split_pay(s, st);
	}
	if (*text == '/') {
		return split_shares(s, st, text + 1);
	}
	(void)str_fmt(first, sizeof(first), "%.*s", star == NULL ? 0 :
	    (int)(star - text), text);
	if (str_to_i64(star == NULL ? text : star + 1, 1, SPLIT_MOST,
	    &n) != 0 || (star != NULL &&
	    str_to_i64(first, 1, 9999, &pieces) != 0)) {
		return split_refused(s, st, err_set(ERR_INVALID, _("2 sends "
		    "the marked line to bill 2, 1*2 one of it")));
	}
	return split_take(s, st, pieces, n);
}

static enum turn
split_key(struct session *s, void *state, struct key key)
{
	struct split_screen	*st = state;
	const struct sale_line	*line;
	int			 at, step;

	if (key.code == K_PGUP || key.code == K_PGDN) {
		size_t	to = key.code == K_PGDN ? st->at + 1 :
			    st->at + st->n - 1;

		return st->n == 0 ? TURN_PASS : split_done_so(s, st, 0,
		    st->parts[to % st->n].sale);
	}
	if (key.code != K_UP && key.code != K_DOWN) {
		return TURN_PASS;
	}
	step = key.code == K_UP ? -1 : 1;
	at = split_find(st, st->mark);
	do {
		line = split_line(st, at += step);
	} while (line != NULL && line->parent != 0);
	if (line != NULL) {
		st->mark = line->id;
	}
	return TURN_DRAW;
}

static enum turn
split_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct split_screen	*st = state;

	switch (act) {
	case ACT_SPLIT_HEADS:
		return *rest != '\0' ? split_heads(s, st, rest) :
		    session_ask(s, ASK_HEADS, false,
		    _("Split between how many?"), "");
	case ACT_SPLIT_SHARES:
		return *rest != '\0' ? split_shares(s, st, rest) :
		    session_ask(s, ASK_SHARES, false,
		    _("The marked line in how many shares?"), "");
	case ACT_SPLIT_SEATS:
		return split_seats(s, st);
	case ACT_SPLIT_WHOLE:
		return split_whole(s, st);
	case ACT_SALE_PAY:
		return split_pay(s, st);
	default:
		return TURN_PASS;
	}
}

static enum turn
split_resume(struct session *s, void *state, const struct answer *a)
{
	struct split_screen	*st = state;
	char			 text[32];
	int64_t			 next;
	int			 r;

	if (a->from == &screen_pay) {
		/* Not paid after all: others may have it. */
		if (!a->ok && (r = sale_park(st->shop,
		    st->parts[st->at].sale)) != 0) {
			return split_refused(s, st, r);
		}
		if ((r = split_read(st, 0)) != 0) {
			return split_refused(s, st, r);
		}
		next = split_next(st);
		if (a->ok && next == 0) {
			session_say(s, _("all of it is paid"));
			return session_pop(s, true, a->value, "");
		}
		return a->ok ? split_done_so(s, st, 0, next) : TURN_DRAW;
	}
	if (a->tag == ASK_UNSENT) {
		return split_unsent(s, st, a);
	}
	if (!a->ok || *a->text == '\0') {
		return TURN_DRAW;
	}
	(void)str_copy(text, sizeof(text), a->text);
	return a->tag == ASK_HEADS ? split_heads(s, st, text) :
	    a->tag == ASK_SHARES ? split_shares(s, st, text) : TURN_DRAW;
}

static enum turn
split_news(struct session *s, void *state, unsigned topics)
{
	struct split_screen	*st = state;

	(void)s;
	(void)topics;
	return split_read(st, 0) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding split_keys[] = {
	{ ACT_SPLIT_SHARES, K_F3, 'd', NULL },
	{ ACT_SPLIT_HEADS, K_F4, 'h', NULL },
	{ ACT_SPLIT_SEATS, K_F7, 's', NULL },
	{ ACT_SPLIT_WHOLE, K_NONE, 'w', NULL },
	{ ACT_SALE_PAY, K_F9, 'p', NULL },
	{ 0 }
};

const struct screen screen_split = {
	.name = "split",
	.title = N_("SPLIT"),
	.right = "sell",
	.help = N_("The lines of one bill above, all bills of the table "
	    "below.  The arrows mark a line; 2 and Enter sends it to bill 2, "
	    "1*2 one piece of it; one number more than there are bills makes "
	    "another.  /3 cuts the marked line in three shares.  F7 makes a "
	    "bill of each seat, F4 equal parts of everything, :whole one "
	    "bill again.  PgUp and PgDn show another bill.  Enter alone "
	    "pays the one shown and comes back until all are paid; each has "
	    "its ticket.  One ticket in several payments: pay the whole bill, "
	    "there :split or an amount."),
	.topics = 1U << TOPIC_TABLE,
	.state_size = sizeof(struct split_screen),
	.keys = split_keys,
	.open = split_open,
	.layout = split_layout,
	.draw = split_draw,
	.head = split_head,
	.prompt = split_prompt,
	.key = split_key,
	.enter = split_enter,
	.act = split_act,
	.resume = split_resume,
	.news = split_news,
	.close = split_close,
};
