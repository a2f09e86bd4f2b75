/* SPDX-License-Identifier: ISC */
/* The pass: whole tables by course, the oldest first, what is ready and who
 * has yet to make some of it.  A digit says that it left. */
#include "screens/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/course.h"
#include "shop/kitchen.h"

#define PASS_SLOTS	9		/* digits */
#define PASS_WIDE	60		/* narrower: no dishes, short words */
#define PASS_TICK_MS	30000
#define PASS_MORE	5		/* columns of "  +12" */
#define MINUTE_MS	60000

struct pass_screen {
	struct shop		*shop;
	struct kitchen_board	 board;
	struct course		*courses;
	size_t			 ncourses;
	/* What a digit stands for, for as long as it is shown. */
	struct pass_slot {
		int64_t	 sale;		/* 0 free … */
		int	 course;
		int64_t	 freed;		/* … since, of st->freed */
	}			 slot[PASS_SLOTS];
	int64_t			 freed;
	size_t			 at;		/* marked ticket … */
	int64_t			 sale;		/* … which is this one */
	int			 course;
	size_t			 top, end;	/* shown, end not … */
	int64_t			 top_sale;	/* … from this one on */
	int			 top_course;
	bool			 calling;	/* the next digit calls */
	int64_t			 now;
	int			 rows, cols;
	char			 paper[256];	/* a printer that is out */
	bool			 moded;		/* one of them goes otherwise */
};

void
pass_sent(struct session *s, int64_t sale, int64_t n)
{
	if (app_trouble(s, sale)) {
		return;
	}
	session_say(s, ngettext("%lld item sent", "%lld items sent",
	    (unsigned long)n), (long long)n);
}

int
pass_fire(const char *text, int waits, int *seen, bool *all)
{
	int64_t	n = waits;

	*all = strcmp(text, "all") == 0 || strcmp(text, _("all")) == 0;
	if (*text != '\0' && !*all &&
	    str_to_i64(text, 1, COURSES, &n) != 0) {
		return err_set(ERR_INVALID, _("a number from %d to %d"), 1,
		    COURSES);
	}
	*seen = (int)n;
	return 0;
}

bool
pass_fire_asked(struct session *s, int tag, int64_t sale, int waits,
    const char *text, enum turn *turn)
{
	struct shop	*shop = session_shop(s);
	struct serving	 v;
	char		 was[COURSE_NAME + 8], next[COURSE_NAME + 8];
	int		 course;

	if (*text != '\0' || waits == 0 || serving_get(shop, sale, &v) != 0 ||
	    course_just(shop, &v, &course) != 0 || course == 0 ||
	    course >= waits) {
		return false;
	}
	course_name(shop, course, was, sizeof(was));
	course_name(shop, waits, next, sizeof(next));
	*turn = session_confirm(s, tag, true,
	    _("%s is fired already.  %s, too?"), was, next);
	return true;
}

bool
pass_unsent_asked(struct session *s, int tag, int64_t sale, enum turn *turn)
{
	const char	*ways[] = { _("send it now"), _("they have it") };
	struct shop	*shop = session_shop(s);
	struct serving	 v;
	char		 question[80];
	int64_t		 n;

	if (serving_get(shop, sale, &v) != 0 || v.training ||
	    v.kind == SERVING_TAKE_AWAY || v.kind == SERVING_DELIVERY ||
	    course_unsent(shop, sale, &n) != 0 || n == 0) {
		return false;
	}
	(void)str_fmt(question, sizeof(question), ngettext("%lld item was "
	    "not sent to the kitchen", "%lld items were not sent to the "
	    "kitchen", (unsigned long)n), (long long)n);
	*turn = session_choose(s, tag, question, ways, NELEM(ways));
	return true;
}

int
pass_unsent(struct shop *shop, int64_t sale, int64_t version, int64_t choice)
{
	int64_t	n;
	int	r = choice == 1 ? course_had(shop, sale, &version) :
		    course_send(shop, sale, &version, &n);

	/* What is held back goes with the payment. */
	return r == ERR_EMPTY ? 0 : r;
}

/* ---- reading ------------------------------------------------------------ */

static struct kitchen_ticket *
pass_find(struct pass_screen *st, int64_t sale, int course)
{
	for (size_t i = 0; i < st->board.n; i++) {
		if (st->board.tickets[i].sale == sale &&
		    st->board.tickets[i].course == course) {
			return &st->board.tickets[i];
		}
	}
	return NULL;
}

/* A ticket's digit, 0 while all are taken. */
static int
pass_digit(const struct pass_screen *st, const struct kitchen_ticket *t)
{
	for (int i = 0; i < PASS_SLOTS; i++) {
		if (st->slot[i].sale == t->sale &&
		    st->slot[i].course == t->course) {
			return i + 1;
		}
	}
	return 0;
}

static int
pass_height(const struct pass_screen *st, const struct kitchen_ticket *t)
{
	char	way[SERVING_OUT];

	kitchen_way(t, false, way, sizeof(way));
	return 1 + (st->cols >= PASS_WIDE || t->elsewhere[0] != '\0' ||
	    way[0] != '\0' || t->rush ? 1 : 0) +
	    (t->allergies[0] != '\0' ? 1 : 0);
}

/* What fits, with the marked one, and as much of what was there before as
 * can stay. */
static void
pass_view(struct pass_screen *st)
{
	const struct kitchen_ticket	*all = st->board.tickets, *first;
	int				 rows = st->rows -
					    (st->paper[0] != '\0' ? 1 : 0);
	int				 used = 0;

	first = pass_find(st, st->top_sale, st->top_course);
	st->top = first != NULL ? (size_t)(first - all) : st->top;
	st->top = st->top < st->at ? st->top : st->at;
	for (size_t i = st->top; i < st->board.n && i <= st->at; i++) {
		used += pass_height(st, &all[i]);
		for (; used > rows && st->top < st->at; st->top++) {
			used -= pass_height(st, &all[st->top]);
		}
	}
	for (st->end = st->at + 1; st->end < st->board.n && used +
	    pass_height(st, &all[st->end]) <= rows; st->end++) {
		used += pass_height(st, &all[st->end]);
	}
	st->end = st->end < st->board.n ? st->end : st->board.n;
	/* Rows that are free below are filled from above. */
	while (st->top > 0 && st->end == st->board.n && used +
	    pass_height(st, &all[st->top - 1]) <= rows) {
		used += pass_height(st, &all[--st->top]);
	}
	st->top_sale = st->board.n == 0 ? 0 : all[st->top].sale;
	st->top_course = st->board.n == 0 ? 0 : all[st->top].course;
}

static bool
pass_shown(struct pass_screen *st, const struct pass_slot *slot)
{
	const struct kitchen_ticket	*t = pass_find(st, slot->sale,
					    slot->course);

	return t != NULL && t >= st->board.tickets + st->top &&
	    t < st->board.tickets + st->end;
}

/* The digit that was free longest: one pressed twice is about nothing, not
 * about the table that came next. */
static void
pass_give(struct pass_screen *st, const struct kitchen_ticket *t)
{
	struct pass_slot	*best = NULL;

	for (int i = 0; i < PASS_SLOTS && pass_digit(st, t) == 0; i++) {
		if (st->slot[i].sale == 0 && (best == NULL ||
		    st->slot[i].freed < best->freed)) {
			best = &st->slot[i];
		}
	}
	if (best != NULL) {
		best->sale = t->sale;
		best->course = t->course;
	}
}

/* The marked one and whatever else is shown have a digit while there are any,
 * and keep it as long as they are shown. */
static void
pass_deal(struct pass_screen *st)
{
	pass_view(st);
	for (int i = 0; i < PASS_SLOTS; i++) {
		if (st->slot[i].sale != 0 && !pass_shown(st, &st->slot[i])) {
			st->slot[i] = (struct pass_slot){ .course = -1,
			    .freed = ++st->freed };
		}
	}
	if (st->at < st->end) {
		pass_give(st, &st->board.tickets[st->at]);
	}
	for (size_t k = st->top; k < st->end; k++) {
		pass_give(st, &st->board.tickets[k]);
	}
}

static void
pass_mark(struct pass_screen *st, size_t at)
{
	st->at = at < st->board.n ? at : st->board.n == 0 ? 0 :
	    st->board.n - 1;
	st->sale = st->board.n == 0 ? 0 : st->board.tickets[st->at].sale;
	st->course = st->board.n == 0 ? 0 :
	    st->board.tickets[st->at].course;
	pass_deal(st);
}

/* Is one of them consumed in another way than a moment ago? */
static void
pass_other_way(struct pass_screen *st, const struct kitchen_board *was)
{
	const struct kitchen_ticket	*t;

	for (size_t i = 0; i < was->n; i++) {
		t = pass_find(st, was->tickets[i].sale,
		    was->tickets[i].course);
		st->moded = st->moded || (t != NULL && strcmp(t->mode,
		    was->tickets[i].mode) != 0);
	}
}

/* What is new of it, and where that was all, the printers, too. */
static int
pass_read(struct session *s, struct pass_screen *st)
{
	struct kitchen_board		 was;
	const struct kitchen_ticket	*t;
	int				 r;

	if ((r = kitchen_board_again(st->shop, &st->board, &was)) != 0) {
		return r;
	}
	pass_other_way(st, &was);
	kitchen_board_done(&was);
	st->now = session_now_ms(s);
	if (!st->board.parts) {
		r = kitchen_paper_out(st->shop, 0, st->paper,
		    sizeof(st->paper));
	}
	t = pass_find(st, st->sale, st->course);
	pass_mark(st, t == NULL ? st->at :
	    (size_t)(t - st->board.tickets));
	return r;
}

static void
pass_forget(struct pass_screen *st)
{
	kitchen_board_done(&st->board);
	free(st->courses);
}

static int
pass_open(struct session *s, void *state, const void *arg)
{
	struct pass_screen	*st = state;
	int			 r;

	(void)arg;
	st->shop = session_shop(s);
	if ((r = course_list(st->shop, &st->courses, &st->ncourses)) != 0) {
		return r;
	}
	session_timer(s, PASS_TICK_MS);
	if ((r = pass_read(s, st)) != 0) {
		pass_forget(st);
	}
	return r;
}

static void
pass_close(struct session *s, void *state)
{
	struct pass_screen	*st = state;

	app_keep(s, "pass", 0);
	pass_forget(st);
}

static void
pass_layout(struct session *s, void *state, int rows, int cols)
{
	struct pass_screen	*st = state;

	(void)s;
	st->rows = rows;
	st->cols = cols;
	pass_deal(st);
}

/* ---- words -------------------------------------------------------------- */

static size_t
pass_ready(const struct kitchen_ticket *t)
{
	size_t	n = 0;

	for (size_t i = 0; i < t->n; i++) {
		n += t->lines[i].state == KITCHEN_READY ? 1 : 0;
	}
	return n;
}

static const char *
pass_course(const struct pass_screen *st, int course)
{
	for (size_t i = 0; i < st->ncourses; i++) {
		if (st->courses[i].number == course) {
			return st->courses[i].name;
		}
	}
	return "";
}

/* How long, in words too: colour is not everybody's.  What was promised for
 * an hour is late when that has come. */
static const char *
pass_age_word(const struct pass_screen *st, const struct kitchen_ticket *t,
    enum style *style)
{
	int64_t	minutes = (st->now - t->since) / MINUTE_MS;

	*style = STYLE_NORMAL;
	if (t->promised != 0) {
		minutes = t->late - (t->promised - st->now) / MINUTE_MS;
	}
	if (minutes >= t->late) {
		*style = STYLE_SHOUT;
		return _("LATE");
	}
	if (minutes >= t->warn) {
		*style = STYLE_BOLD;
		return _("waits");
	}
	return "";
}

/* "2/5", or READY when the table can be served whole. */
static enum style
pass_state(const struct kitchen_ticket *t, bool wide, char *out, size_t size)
{
	size_t	ready = pass_ready(t);

	if (!wide && ready < t->n) {
		(void)str_fmt(out, size, "%zu/%zu", ready, t->n);
		return t->runner_at != 0 ? STYLE_BOLD : STYLE_NORMAL;
	}
	if (!wide) {
		(void)str_copy(out, size, t->runner_at != 0 ? _("CALLED") :
		    _("READY"));
		return STYLE_BOLD;
	}
	if (ready == t->n) {
		(void)str_copy(out, size, t->runner_at != 0 ?
		    _("READY, called") : _("READY"));
		return STYLE_BOLD;
	}
	(void)str_fmt(out, size, t->runner_at != 0 ? _("%zu/%zu called") :
	    _("%zu/%zu ready"), ready, t->n);
	return STYLE_NORMAL;
}

/* "2 Entrecôte, saignant; 1 Saumon", and "  +3" for those that do not fit. */
static void
pass_dishes(const struct pass_screen *st, const struct kitchen_ticket *t,
    int width, struct buf *out)
{
	char	qty[MONEY_TEXT];

	for (size_t i = 0; i < t->n; i++) {
		const struct kitchen_line	*l = &t->lines[i];
		char				 dish[256];
		int				 room = width;

		qty_plain(st->shop->money.mark, l->qty, qty);
		(void)str_fmt(dish, sizeof(dish), "%s%s %s%s%s",
		    i == 0 ? "" : "; ", qty, l->label,
		    l->words[0] == '\0' ? "" : ", ", l->words);
		room -= i + 1 < t->n ? PASS_MORE : 0;
		if (i > 0 && utf8_cols(buf_text(out)) + utf8_cols(dish) >
		    room) {
			buf_fmt(out, "  +%zu", t->n - i);
			return;
		}
		buf_str(out, dish);
	}
}

/* ---- the drawing -------------------------------------------------------- */

static void
pass_first_row(const struct pass_screen *st, struct canvas *c, int row,
    const struct kitchen_ticket *t, bool marked)
{
	bool		wide = canvas_cols(c) >= PASS_WIDE;
	int		digit = pass_digit(st, t), col = wide ? 21 : 10;
	int		width = wide ? 14 : 9;
	enum style	style, aged;
	const char	*word = pass_age_word(st, t, &aged);
	char		text[64];
	bool		named = t->kind != SERVING_TABLE;

	canvas_marker(c, row, 0, marked);
	if (digit > 0) {
		canvas_fmt(c, row, 1, STYLE_KEY, "%d", digit);
	}
	/* A name needs more room than a number; its course is below. */
	canvas_cell(c, row, 3, !named ? wide ? 12 : 6 : wide ? 17 : 16,
	    marked ? STYLE_MARKER : STYLE_BOLD, t->called);
	if (wide && !named && t->covers > 0) {
		(void)str_fmt(text, sizeof(text), _("%dc"), t->covers);
		canvas_right(c, row, 20, 4, STYLE_NORMAL, text);
	}
	if (wide || !named) {
		canvas_cell(c, row, col, width, STYLE_NORMAL,
		    pass_course(st, t->course));
	}
	col += width + 1;
	style = pass_state(t, wide, text, sizeof(text));
	width = wide ? 14 : 7;
	canvas_cell(c, row, col, width, style, text);
	col += width;
	canvas_right(c, row, col + 4, 4, STYLE_NORMAL, app_age(t->since,
	    st->now));
	canvas_cell(c, row, col + 5, wide ? 8 : 7, aged, word);
	if (wide) {
		canvas_cell(c, row, col + 14, canvas_cols(c) - col - 15,
		    STYLE_NORMAL, t->server);
	}
}

/* "take-away 19:30  missing: Bar"; the column behind it. */
static int
pass_second_row(struct canvas *c, int row, const struct kitchen_ticket *t)
{
	int	col = 3;
	char	way[SERVING_OUT];

	kitchen_way(t, true, way, sizeof(way));
	if (t->rush) {
		col = canvas_put(c, row, col, STYLE_BOLD, _("URGENT")) + 2;
	}
	if (way[0] != '\0') {
		col = canvas_put(c, row, col, STYLE_BOLD, way) + 2;
	}
	if (t->elsewhere[0] != '\0') {
		col = canvas_fmt(c, row, col, STYLE_BOLD, _("missing: %s"),
		    t->elsewhere) + 2;
	}
	return col;
}

static void
pass_draw_ticket(const struct pass_screen *st, struct canvas *c,
    const struct kitchen_ticket *t, bool marked)
{
	int		last = canvas_rows(c) - 1, col, width = canvas_cols(c);
	char		warned[320];
	struct buf	text = { 0 };

	if (canvas_kept(c, (int64_t[]){ t->stamp, marked, pass_digit(st, t),
	    st->now / MINUTE_MS, (st->now - t->since) / MINUTE_MS,
	    (t->promised - st->now) / MINUTE_MS, st->shop->money.mark }, 7)) {
		return;
	}
	pass_first_row(st, c, 0, t, marked);
	if (t->allergies[0] != '\0') {
		(void)str_fmt(warned, sizeof(warned), _("!! ALLERGY  %s"),
		    t->allergies);
		canvas_more(c, last--, 3, STYLE_WARN, warned);
	}
	col = last > 0 ? pass_second_row(c, last, t) : 0;
	if (width >= PASS_WIDE) {
		pass_dishes(st, t, width - col - 1, &text);
		canvas_cell(c, last, col, width - col - 1, STYLE_NORMAL,
		    buf_text(&text));
	}
	buf_done(&text);
}

static void
pass_draw(const void *state, struct canvas *c)
{
	const struct pass_screen	*st = state;
	int				 row = 0, rows = canvas_rows(c);

	if (st->paper[0] != '\0') {
		canvas_cell(c, --rows, 1, canvas_cols(c) - 2, STYLE_SHOUT,
		    st->paper);
	}
	if (st->board.n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL, _("Nothing is being "
		    "made.  What is sent and fired comes here by itself."));
		return;
	}
	for (size_t i = st->top; i < st->end; i++) {
		const struct kitchen_ticket	*t = &st->board.tickets[i];
		struct canvas			 part = canvas_part(c,
						    (struct canvas_box){
						    .row = row,
						    .rows = pass_height(st, t),
						    .cols = canvas_cols(c) });

		pass_draw_ticket(st, &part, t, i == st->at);
		row += pass_height(st, t);
	}
}

static void
pass_head(const void *state, char *out, size_t size)
{
	const struct pass_screen	*st = state;
	size_t				 whole = 0;

	for (size_t i = 0; i < st->board.n; i++) {
		const struct kitchen_ticket	*t = &st->board.tickets[i];

		whole += pass_ready(t) == t->n ? 1 : 0;
	}
	if (st->top > 0 || st->end < st->board.n) {
		(void)str_fmt(out, size, _("PASS  %zu-%zu of %zu, %zu ready"),
		    st->top + 1, st->end, st->board.n, whole);
		return;
	}
	(void)str_fmt(out, size, _("PASS  %zu, %zu ready"), st->board.n,
	    whole);
}

static void
pass_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct pass_screen	*st = state;

	(void)typed;
	if (st->calling) {
		(void)str_copy(out, size, st->cols >= PASS_WIDE ?
		    _("digit: its waiter is called  Enter: the marked one") :
		    _("digit: its waiter is called"));
		return;
	}
	(void)str_copy(out, size, st->cols >= PASS_WIDE ?
	    _("digit: it left  Enter: the marked one  0: back  *: call") :
	    _("digit: it left  0: back  *: call"));
}

/* ---- acts --------------------------------------------------------------- */

static enum turn
pass_done(struct session *s, struct pass_screen *st, int r)
{
	int	read;

	st->calling = false;
	if (r != 0) {
		session_beep(s);
		(void)session_fail(s, r);
	}
	if ((read = pass_read(s, st)) != 0 && r == 0) {
		(void)session_fail(s, read);
	}
	return TURN_DRAW;
}

static enum turn
pass_serve(struct session *s, struct pass_screen *st,
    const struct kitchen_ticket *t)
{
	bool	seen;
	int	r = kitchen_do(st->shop, KITCHEN_SERVE, 0, t, 0, &seen);

	if (r == 0) {
		session_say(s, _("%s: served"), t->called);
	}
	return pass_done(s, st, r);
}

static enum turn
pass_unserve(struct session *s, struct pass_screen *st)
{
	char	called[NAME_SIZE];
	int	r = kitchen_unserve(st->shop, called);

	if (r == 0) {
		session_say(s, _("%s: back at the pass"), called);
	}
	return pass_done(s, st, r);
}

static enum turn
pass_call(struct session *s, struct pass_screen *st,
    const struct kitchen_ticket *t)
{
	int	r = kitchen_call(st->shop, t);

	if (r == 0) {
		session_say(s, t->server[0] != '\0' ?
		    _("%s: %s is called") : _("%s: called; nobody serves "
		    "it"), t->called, t->server);
	}
	return pass_done(s, st, r);
}

static enum turn
pass_press(struct session *s, void *state, uint32_t ch)
{
	struct pass_screen		*st = state;
	const struct kitchen_ticket	*t;

	if (ch == '*') {
		st->calling = !st->calling;
		return TURN_DRAW;
	}
	if (ch == '+' || ch == '-') {
		pass_mark(st, ch == '+' ? st->at + 1 :
		    st->at > 0 ? st->at - 1 : 0);
		return TURN_DRAW;
	}
	if (ch < '1' || ch > '9') {
		return TURN_STAY;
	}
	t = pass_find(st, st->slot[ch - '1'].sale, st->slot[ch - '1'].course);
	if (t == NULL) {
		session_warn(s, _("nothing has that digit"));
		return pass_done(s, st, 0);
	}
	return st->calling ? pass_call(s, st, t) : pass_serve(s, st, t);
}

/* The marked one, which may have no digit. */
static enum turn
pass_enter(struct session *s, void *state, const char *text)
{
	struct pass_screen		*st = state;
	const struct kitchen_ticket	*t;

	if (*text != '\0' || st->board.n == 0) {
		return TURN_STAY;
	}
	t = &st->board.tickets[st->at];
	return st->calling ? pass_call(s, st, t) : pass_serve(s, st, t);
}

static enum turn
pass_key(struct session *s, void *state, struct key key)
{
	struct pass_screen	*st = state;

	(void)s;
	switch (key.code) {
	case K_UP:
		pass_mark(st, st->at > 0 ? st->at - 1 : 0);
		return TURN_DRAW;
	case K_DOWN:
		pass_mark(st, st->at + 1);
		return TURN_DRAW;
	case K_PGUP:
		pass_mark(st, st->at > 5 ? st->at - 5 : 0);
		return TURN_DRAW;
	case K_PGDN:
		pass_mark(st, st->at + 5);
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
}

static enum turn
pass_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct pass_screen	*st = state;

	(void)rest;
	switch (act) {
	case ACT_BACK:
		if (st->calling) {
			st->calling = false;
			return TURN_DRAW;
		}
		return session_pop(s, false, 0, "");
	case ACT_PASS:
		return TURN_STAY;
	case ACT_REFRESH:
		st->board.seen = 0;
		return pass_done(s, st, 0);
	case ACT_UNDO:
		return pass_unserve(s, st);
	case ACT_PASS_CALL:
	case ACT_PASS_SERVE:
		if (st->board.n == 0) {
			return TURN_STAY;
		}
		return act == ACT_PASS_CALL ?
		    pass_call(s, st, &st->board.tickets[st->at]) :
		    pass_serve(s, st, &st->board.tickets[st->at]);
	default:
		return TURN_PASS;
	}
}

/* More is ready than was: somebody may look up. */
static enum turn
pass_news(struct session *s, void *state, unsigned topics)
{
	struct pass_screen	*st = state;
	size_t			 before = 0, after = 0;
	bool			 out = st->paper[0] != '\0';

	if ((topics & 1U << TOPIC_PRINTER) != 0) {
		st->board.seen = 0;
	}
	for (size_t i = 0; i < st->board.n; i++) {
		before += pass_ready(&st->board.tickets[i]);
	}
	if (pass_read(s, st) != 0) {
		return TURN_STAY;
	}
	if (!out && st->paper[0] != '\0') {
		session_beep(s);
	}
	for (size_t i = 0; i < st->board.n; i++) {
		after += pass_ready(&st->board.tickets[i]);
	}
	if (after > before || st->moded) {
		session_beep(s);
	}
	st->moded = false;
	return TURN_DRAW;
}

/* Ages grow by themselves; what came in parts is read as a whole then. */
static enum turn
pass_tick(struct session *s, void *state)
{
	struct pass_screen	*st = state;

	session_timer(s, PASS_TICK_MS);
	if (st->board.parts) {
		st->board.seen = 0;
		(void)pass_news(s, st, 0);
	}
	st->now = session_now_ms(s);
	return TURN_DRAW;
}

static enum turn
pass_resume(struct session *s, void *state, const struct answer *a)
{
	(void)a;
	return pass_done(s, state, 0);
}

static const struct binding pass_keys[] = {
	{ ACT_UNDO, K_NONE, '0', N_("Recall") },
	{ ACT_PASS_SERVE, K_NONE, 's', NULL },
	{ ACT_PASS_CALL, K_NONE, 'c', NULL },
	{ ACT_PLAN, K_NONE, 'p', NULL },
	{ ACT_REFRESH, K_NONE, 'r', NULL },
	{ ACT_SWITCH_USER, K_NONE, 0, NULL },
	{ ACT_LOCK, K_NONE, 0, NULL },
	{ 0 }
};

const struct screen screen_pass = {
	.name = "pass",
	.title = N_("PASS"),
	.right = "kitchen",
	.help = N_("Every table whose course is being made, the oldest "
	    "first: how much of it is ready and which stations are missing.  "
	    "Its digit says that what is ready left; * and its digit calls "
	    "its waiter to the pass.  0 takes back what left last, then "
	    "what left before.  A digit stays with its table while that is "
	    "shown.  + and - or the arrows mark, and show the tables below; "
	    "Enter instead of a digit is the marked one.  What changes "
	    "comes by itself."),
	.topics = 1U << TOPIC_KITCHEN | 1U << TOPIC_TABLE |
	    1U << TOPIC_PRINTER,
	.flags = SCREEN_DIRECT | SCREEN_NOLOCK | SCREEN_DIGITS,
	.state_size = sizeof(struct pass_screen),
	.keys = pass_keys,
	.open = pass_open,
	.layout = pass_layout,
	.draw = pass_draw,
	.head = pass_head,
	.prompt = pass_prompt,
	.key = pass_key,
	.press = pass_press,
	.enter = pass_enter,
	.act = pass_act,
	.resume = pass_resume,
	.news = pass_news,
	.tick = pass_tick,
	.close = pass_close,
};
