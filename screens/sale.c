/* SPDX-License-Identifier: ISC */
/* Ringing up a sale: the screen of whoever stands at a till.  Lines go to the
 * database one by one; what is drawn was read back from it. */
#include "screens/sale.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/return.h"
#include "screens/screens.h"
#include "shop/order.h"
#include "shop/session.h"

bool
sale_over(const struct sale_screen *st)
{
	return st->taken || (st->sale.id != 0 &&
	    st->sale.state != SALE_DRAFT && st->sale.state != SALE_PENDING &&
	    st->sale.state != SALE_PAYING);
}

/* What must be seen: the marked line, else at a table the newest with all that
 * is under it, for its course may stand above others; -1 the end. */
static int
sale_seen(const struct sale_screen *st)
{
	const struct sale_line	*line = NULL;
	int			 n = bill_count(&st->sale), at = -1;

	if (st->bill.mark != 0) {
		return bill_find(&st->sale, st->bill.mark);
	}
	if (!st->sale.seated || (line = sale_current(st)) == NULL) {
		return -1;
	}
	for (int i = 0; i < n; i++) {
		const struct sale_line	*l = bill_line(&st->sale, i);

		at = l->id == line->id || l->parent == line->id ? i : at;
	}
	return at;
}

void
sale_show(struct session *s, struct sale_screen *st)
{
	int	r;

	if (st->sale.id == 0) {
		return;
	}
	if ((r = sale_reload(st->shop, &st->sale)) != 0) {
		(void)session_fail(s, r);
		return;
	}
	st->bill.done = st->sale.state == SALE_PAID;
	table_show(s, st);
	if (bill_find(&st->sale, st->bill.mark) < 0) {
		st->bill.mark = 0;
	}
	bill_scroll(&st->bill, st->rows, sale_seen(st));
	app_of(s)->sale = sale_over(st) ? 0 : st->sale.id;
}

void
sale_clear(struct session *s, struct sale_screen *st)
{
	if (st->sale.id != 0 && !st->taken) {
		st->last = st->sale.id;
		st->last_version = st->sale.version;
	}
	sale_done(&st->sale);
	st->sale = (struct sale){ 0 };
	st->serving = (struct serving){ 0 };
	st->bill.mark = 0;
	st->bill.top = 0;
	st->bill.done = false;
	st->taken = false;
	st->doubt[0] = '\0';
	app_of(s)->sale = 0;
}

const struct sale_line *
sale_current(const struct sale_screen *st)
{
	const struct sale_line	*line = NULL, *last = NULL;
	int			 n = bill_count(&st->sale);

	if (st->bill.mark != 0) {
		return bill_line(&st->sale, bill_find(&st->sale,
		    st->bill.mark));
	}
	/* The last one still there; a reversed line has had its turn, and an
	 * option is its line's.  At a table it may stand anywhere. */
	while (n-- > 0) {
		line = bill_line(&st->sale, n);
		if (line->state == LINE_LIVE && line->parent == 0 &&
		    (last == NULL || line->seq > last->seq)) {
			last = line;
			if (!st->sale.seated) {
				break;
			}
		}
	}
	return last;
}

/* ---- whose sale it is --------------------------------------------------- */

static int
sale_heard(void *ctx, const struct notice *notice)
{
	struct sale_screen	*st = ctx;

	if (strcmp(notice->kind, "sale.taken") != 0 ||
	    notice->object != st->sale.id) {
		return 0;
	}
	st->taken = true;
	if (notice->terminal != NULL && *notice->terminal != '\0') {
		(void)str_fmt(st->taken_by, sizeof(st->taken_by),
		    _("%s at %s"), notice->user, notice->terminal);
	} else {
		(void)str_copy(st->taken_by, sizeof(st->taken_by),
		    notice->user);
	}
	return 0;
}

/* Was this sale taken meanwhile?  Says so and keeps showing it. */
static bool
sale_listen(struct session *s, struct sale_screen *st)
{
	bool	was = st->taken;

	if (session_hear(st->shop, sale_heard, st) != 0 || was ||
	    !st->taken) {
		return false;
	}
	app_of(s)->sale = 0;
	session_warn(s, _("%s has taken this sale; F6 takes it back, Esc "
	    "starts another"), st->taken_by);
	session_beep(s);
	return true;
}

/* Nobody left a word: say who has it now. */
static void
sale_lost(struct session *s, struct sale_screen *st)
{
	st->taken = true;
	(void)str_copy(st->taken_by, sizeof(st->taken_by),
	    st->sale.owner_user[0] != '\0' ? st->sale.owner_user :
	    _("nobody"));
	app_of(s)->sale = 0;
}

void
sale_said(struct session *s, struct sale_screen *st)
{
	if (st->shop->said[0] != '\0') {
		session_warn(s, "%s", st->shop->said);
		session_beep(s);
		st->shop->said[0] = '\0';
	}
}

enum turn
sale_failed(struct session *s, struct sale_screen *st, int r)
{
	if (app_ended(s, r)) {
		return TURN_KEEP;
	}
	session_beep(s);
	if (r == ERR_TAKEN && sale_listen(s, st)) {
		return TURN_KEEP;
	}
	(void)session_fail(s, r);
	if (r == ERR_TAKEN) {
		sale_show(s, st);
		sale_lost(s, st);
	} else if (r == ERR_CHANGED || r == ERR_FROZEN) {
		sale_show(s, st);
	}
	return TURN_KEEP;
}

enum turn
sale_take_over(struct session *s, struct sale_screen *st, int64_t id)
{
	int64_t	version = 0, deposited = 0;
	int	r;

	st->offer.id = 0;
	if ((r = sale_take(st->shop, id, &version)) != 0) {
		sale_clear(s, st);
		session_beep(s);
		(void)session_fail(s, r);
		return TURN_DRAW;
	}
	st->taken = false;
	st->sale.id = id;
	sale_show(s, st);
	if (st->sale.kind == SALE_ORDER &&
	    order_deposited(st->shop, id, &deposited) == 0 && deposited > 0) {
		session_say(s, _("%s paid already; F9 takes it off"),
		    app_cash(st->shop, deposited));
	}
	if (st->sale.submitted_at != 0) {
		app_bar(s);		/* one less waits for the till */
	}
	return TURN_DRAW;
}

/*
 * The user's own sale, left on another terminal: one that nobody holds any
 * more is simply here again; one that is open elsewhere is offered.
 */
static void
sale_look(struct session *s, struct sale_screen *st)
{
	if (sale_of_user(st->shop, &st->offer) != 0) {
		st->offer.id = 0;
		return;
	}
	if (st->offer.parked || st->offer.here) {
		(void)sale_take_over(s, st, st->offer.id);
	}
}

/* ---- the contract ------------------------------------------------------- */

static int
sale_open(struct session *s, void *state, const void *arg)
{
	struct sale_screen	*st = state;
	const struct sale_arg	*a = arg;

	st->shop = session_shop(s);
	st->bill.sale = &st->sale;
	st->bill.shop = st->shop;
	st->rows = session_rows(s);
	st->course = -1;
	ring_open(s, st);
	quick_read(s, st);
	if (a != NULL && a->sale != 0) {
		(void)sale_take_over(s, st, a->sale);
	} else {
		sale_look(s, st);
	}
	if (a != NULL && a->entry != NULL) {
		session_set_entry(s, a->entry);
	}
	return 0;
}

static void
sale_close(struct session *s, void *state)
{
	struct sale_screen	*st = state;
	int			 r;

	app_keep(s, "sale", sale_over(st) ? 0 : st->sale.id);
	/* When somebody else has signed in, their coming has parked it. */
	if (st->sale.id != 0 && !sale_over(st) && !app_of(s)->changed &&
	    (r = sale_park(st->shop, st->sale.id)) != 0) {
		log_err(r, "parking sale %lld", (long long)st->sale.id);
	}
	app_of(s)->sale = 0;
	sale_done(&st->sale);
	table_close(st);
	ring_close(st);
	quick_done(&st->quick.keys);
}

static void
sale_layout(struct session *s, void *state, int rows, int cols)
{
	struct sale_screen	*st = state;

	st->rows = rows;
	st->bill.cols = cols;
	bill_scroll(&st->bill, rows, sale_seen(st));
	list_layout(s, &st->search.list, rows > 14 ? 10 : rows - 2);
}

/* An empty screen says what to type, in the row that the first line takes. */
static void
sale_draw_hint(struct canvas *c)
{
	int	row = canvas_rows(c) >= 14 ? 1 : 0;

	canvas_put(c, row, 4, STYLE_DIM, canvas_cols(c) >= 60 ?
	    _("1001 Enter sells one   3*1001 three   letters search   "
	    "? explains") : _("1001   3*1001   letters   ? help"));
}

static void
sale_draw_offer(const struct sale_screen *st, struct canvas *c)
{
	const struct sale_brief	*o = &st->offer;
	int			 row = canvas_rows(c) >= 14 ? 2 : 0;

	canvas_put(c, row, 4, STYLE_BOLD, _("Your sale is open elsewhere:"));
	canvas_fmt(c, row + 2, 4, STYLE_NORMAL, ngettext(
	    "%s   %lld line   %s", "%s   %lld lines   %s",
	    (unsigned long)o->lines), o->terminal, (long long)o->lines,
	    app_cash(st->shop, o->total));
	(void)canvas_wrap(c, row + 4, 4, STYLE_NORMAL,
	    _("Enter takes it here.  A code starts another sale."));
}

static void
sale_draw(const void *state, struct canvas *c)
{
	const struct sale_screen	*st = state;
	int				 rows = canvas_rows(c);

	if (st->sale.id != 0) {
		bill_draw(&st->bill, c);
	} else if (st->offer.id != 0) {
		sale_draw_offer(st, c);
	} else {
		sale_draw_hint(c);
	}
	if (st->taken) {
		canvas_clear(c, rows - 1, 1);
		canvas_fmt(c, rows - 1, 2, STYLE_WARN, canvas_cols(c) < 60 ?
		    _("%s has it   F6 takes it back") :
		    _("taken by %s   F6 takes it back   Esc starts another"),
		    st->taken_by);
	}
	quick_draw(st, c);
	if (st->search.open) {
		/* Over the bill, no wider than it. */
		struct canvas	part = canvas_part(c, (struct canvas_box){
		    .rows = rows, .cols = bill_cols(canvas_cols(c)) });

		search_draw(&st->search, &part, st->sale.id == 0 ? rows :
		    bill_lines_end(&st->sale, rows),
		    rows > 14 ? 10 : rows - 2);
	}
}

static void
sale_head(const void *state, char *out, size_t size)
{
	const struct sale_screen	*st = state;
	const char			*how = sale_mode_text(st->sale.mode);
	char				 word[96];

	if (st->serving.sale != 0) {
		table_head(st, out, size);
		return;
	}
	(void)str_fmt(word, sizeof(word), "%s%s%s", _("SALE"),
	    how[0] != '\0' ? "  " : "", how);

	if (st->sale.kind != SALE_SALE) {
		bool	named = strcmp(st->sale.name, st->sale.paper) != 0;

		(void)str_fmt(out, size, "%s  %s%s%s", word,
		    st->sale.paper, named ? "  " : "",
		    named ? st->sale.name : "");
	} else if (st->sale.name[0] != '\0') {
		(void)str_fmt(out, size, "%s  %s", word, st->sale.name);
	} else if (st->sale.submitted_at != 0) {
		(void)str_fmt(out, size, "%s  %s", word,
		    st->sale.seller);
	} else if (st->sale.customer != 0) {
		(void)str_fmt(out, size, "%s  %s", word,
		    st->sale.customer_name);
	} else {
		(void)str_copy(out, size, word);
	}
}

/*
 * The same words while digits are typed: they cost bytes on a slow line, and
 * nothing new is to be said.
 */
static void
sale_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct sale_screen	*st = state;
	struct entry			 entry;
	const char			*star = strchr(typed, '*');

	if (star != NULL && star > typed && star[1] == '\0' &&
	    entry_parse(typed, &st->shop->money, false, &entry) != 0 &&
	    entry.has_qty) {
		(void)str_fmt(out, size, _("%s × code, name or scan"),
		    app_qty(st->shop, entry.qty));
	} else if (st->quick.shown) {
		(void)str_copy(out, size, _("a letter sells; ;; next page"));
	} else if (*typed == '+' && sale_current(st) != NULL) {
		(void)str_fmt(out, size, _("Enter: more of %s"),
		    sale_current(st)->label);
	} else if (st->search.focus) {
		(void)str_copy(out, size, _("Enter takes the marked one"));
	} else if (st->search.open) {
		(void)str_copy(out, size, _("Enter chooses from the list"));
	} else if (st->offer.id != 0 && *typed == '\0') {
		(void)str_copy(out, size, _("Enter takes your sale"));
	} else if (st->sale.id == 0 || sale_over(st)) {
		(void)str_copy(out, size, _("code, name or scan"));
	} else if (st->serving.sale != 0) {
		table_prompt(st, out, size);
	} else if (!shop_may(st->shop, RIGHT_PAY)) {
		(void)str_copy(out, size,
		    _("code, name or scan; Enter hands it over"));
	} else if (st->sale.state == SALE_PENDING) {
		(void)str_copy(out, size, _("F9 pays; :reopen changes lines"));
	} else if (st->sale.recalled) {
		(void)str_copy(out, size, _("code, name or scan; F9 pays"));
	} else {
		(void)str_copy(out, size,
		    _("code, name or scan; Enter pays"));
	}
}

/* Handing over and taking back are offered when they can be done. */
static bool
sale_can(const void *state, enum action act)
{
	const struct sale_screen	*st = state;

	if (!table_can(st, act)) {
		return false;
	}
	switch (act) {
	case ACT_SALE_SUBMIT:
		return st->sale.id != 0 && st->sale.state == SALE_DRAFT;
	case ACT_SALE_REOPEN:
		return st->sale.id != 0 && st->sale.state == SALE_PENDING;
	case ACT_QUOTE:
	case ACT_ORDER:
		return st->sale.id != 0 && st->sale.state == SALE_DRAFT &&
		    st->sale.kind != SALE_ORDER && st->sale.refers == 0;
	case ACT_DEPOSIT:
		return st->sale.id != 0 && st->sale.state == SALE_DRAFT &&
		    st->sale.kind == SALE_ORDER;
	default:
		return true;
	}
}

/* What sale_can() left out was asked for by its name. */
static const char *
sale_why(const void *state, enum action act)
{
	const struct sale_screen	*st = state;

	if (act != ACT_DEPOSIT && st->sale.id == 0) {
		return _("there is no sale yet: ring up first");
	}
	switch (act) {
	case ACT_QUOTE:
	case ACT_ORDER:
		return st->sale.kind == SALE_ORDER ?
		    _("this is an order already") : NULL;
	case ACT_DEPOSIT:
		return st->sale.id == 0 ?
		    _("a deposit is paid on an order; F6 has them") :
		    _("a deposit is paid on an order; :order makes one of "
		    "this");
	default:
		return NULL;
	}
}

static const struct screen_face *
sale_face(const void *state)
{
	return table_shown(state);
}

static enum turn
sale_key(struct session *s, void *state, struct key key)
{
	struct sale_screen	*st = state;
	int			 n, at, step;

	if (st->search.open) {
		return search_key(s, &st->search, key);
	}
	switch (key.code) {
	case K_UP:
		step = -1;
		break;
	case K_DOWN:
		step = 1;
		break;
	case K_PGUP:
		step = -bill_room(&st->sale, st->rows);
		break;
	case K_PGDN:
		step = bill_room(&st->sale, st->rows);
		break;
	default:
		return TURN_PASS;
	}
	if ((n = bill_count(&st->sale)) == 0 || sale_over(st)) {
		return TURN_PASS;
	}
	at = st->bill.mark == 0 ? n : bill_find(&st->sale, st->bill.mark);
	at += step;
	/* Options are their line's: the mark passes over them. */
	while (at > 0 && at < n && bill_line(&st->sale, at)->parent != 0) {
		at += step < 0 ? -1 : 1;
	}
	if (at >= n) {
		st->bill.mark = 0;	/* below the last: the next line */
		bill_scroll(&st->bill, st->rows, -1);
		return TURN_DRAW;
	}
	st->bill.mark = bill_line(&st->sale, at < 0 ? 0 : at)->id;
	bill_scroll(&st->bill, st->rows, at < 0 ? 0 : at);
	return TURN_DRAW;
}

static enum turn
sale_typed(struct session *s, void *state, const char *text)
{
	const struct sale_screen	*st = state;

	/* Course or seat: nothing to look up. */
	if (st->serving.sale != 0 && (*text == '#' || *text == '>')) {
		return TURN_STAY;
	}
	return ring_typed(s, state, text);
}

static enum turn
sale_rung(struct session *s, struct sale_screen *st, const char *text)
{
	enum turn	turn;

	return back_enter(s, st, text, &turn) ||
	    table_enter(s, st, text, &turn) ? turn :
	    ring_enter(s, st, text);
}

static enum turn
sale_enter(struct session *s, void *state, const char *text)
{
	struct sale_screen	*st = state;

	if (*text != '\0') {
		return sale_rung(s, st, text);
	}
	if (st->offer.id != 0 && st->sale.id == 0) {
		return sale_take_over(s, st, st->offer.id);
	}
	if (st->serving.sale != 0) {
		return table_go_on(s, st);
	}
	if (st->sale.id == 0 || sale_over(st) ||
	    bill_count(&st->sale) == 0) {
		return TURN_STAY;
	}
	/* Who takes no money hands the sale to the till. */
	if (!shop_may(st->shop, RIGHT_PAY)) {
		return acts_do(s, st, ACT_SALE_SUBMIT, "");
	}
	if (st->sale.recalled) {
		session_say(s, _("a recalled sale is paid with F9"));
		return TURN_DRAW;
	}
	return acts_do(s, st, ACT_SALE_PAY, "");
}

/* Back on top: is the sale still ours?  Locking let go of it; have it back
 * if nobody took it meanwhile. */
static void
sale_again(struct session *s, struct sale_screen *st)
{
	if (st->sale.id == 0 || st->taken || sale_listen(s, st)) {
		return;
	}
	sale_show(s, st);
	if (sale_over(st)) {
		return;
	}
	if (st->sale.owner_session == 0) {
		(void)sale_take_over(s, st, st->sale.id);
	} else if (st->sale.owner_session != st->shop->who.session) {
		sale_lost(s, st);
	}
}

/* A code that came in on a screen above this one. */
static enum turn
sale_scanned(struct session *s, struct sale_screen *st, const char *code)
{
	char		text[ENTRY_MAX];
	enum turn	turn;

	(void)str_copy(text, sizeof(text), code);
	turn = sale_rung(s, st, text);
	if (turn == TURN_KEEP) {
		session_set_entry(s, text);
		turn = TURN_DRAW;
	}
	return turn;
}

/* What the payment screen handed back: paid, a scan, or one of our keys. */
static enum turn
sale_paid(struct session *s, struct sale_screen *st,
    const struct answer *answer)
{
	char	text[ENTRY_MAX];

	sale_again(s, st);
	if (answer->ok || (answer->value == 0 && *answer->text == '\0')) {
		return TURN_DRAW;
	}
	(void)str_copy(text, sizeof(text), answer->text);
	if (answer->value != 0) {
		return acts_do(s, st, (enum action)answer->value, text);
	}
	return sale_scanned(s, st, text);
}

static enum turn
sale_resume(struct session *s, void *state, const struct answer *a)
{
	struct sale_screen	*st = state;

	if (a->from == &screen_pay) {
		return sale_paid(s, st, a);
	}
	if (a->from == &screen_find) {
		return !a->ok ? TURN_DRAW : *a->text != '\0' ?
		    sale_scanned(s, st, a->text) :
		    ring_product(s, st, a->value);
	}
	if (a->from == &screen_newitem) {
		return a->ok ? ring_created(s, st, a->value) : TURN_DRAW;
	}
	if (a->from == &screen_customer) {
		return a->ok ? acts_buyer(s, st, a->value) : TURN_DRAW;
	}
	if (a->from == &screen_opened) {
		return a->ok ? acts_swap(s, st, a->value) : TURN_DRAW;
	}
	if (a->from == &screen_return || a->from == &screen_tickets) {
		return a->ok ? back_shown(s, st, a->value) : TURN_DRAW;
	}
	if (a->from == &screen_split) {
		sale_again(s, st);
		return sale_over(st) ? table_leave(s, st) : TURN_DRAW;
	}
	if (a->from == &screen_choose) {
		return ring_chosen(s, st, a);
	}
	if (a->from == &screen_line) {
		/* Left by Esc, too: its price may stand while its quantity was
		 * refused. */
		sale_show(s, st);
		return TURN_DRAW;
	}
	if (a->from == &screen_lock) {
		sale_again(s, st);
		return TURN_DRAW;
	}
	return acts_answered(s, st, a);
}

static enum turn
sale_news(struct session *s, void *state, unsigned topics)
{
	struct sale_screen	*st = state;

	if ((topics & 1U << TOPIC_QUICKKEY) != 0) {
		quick_read(s, st);
		(void)sale_listen(s, st);
		return TURN_DRAW;
	}
	if (sale_listen(s, st)) {
		return TURN_DRAW;
	}
	/* Another waiter, or the kitchen, did something for this table. */
	if ((topics & 1U << TOPIC_TABLE) != 0 && st->serving.sale != 0 &&
	    !st->taken) {
		sale_show(s, st);
		return TURN_DRAW;
	}
	return TURN_STAY;
}

static const struct binding sale_keys[] = {
	{ ACT_FIND, K_F2, 'f', NULL },
	{ ACT_SALE_LINE, K_F3, 'n', NULL },
	{ ACT_SALE_PRICE, K_F4, 'x', NULL },
	{ ACT_SALE_HOLD, K_F5, 'h', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_CUSTOMER, K_F7, 'C', NULL },
	{ ACT_SALE_VOID, K_F8, 'v', NULL },
	{ ACT_SALE_PAY, K_F9, 'p', NULL },
	{ ACT_UNDO, K_NONE, 'u', NULL },
	{ ACT_SALE_OPTIONS, K_NONE, 'i', NULL },
	{ ACT_SALE_MODE, K_NONE, 'M', NULL },
	{ ACT_SALE_NOTE, K_NONE, 'e', NULL },
	{ ACT_SALE_CANCEL, K_NONE, 'c', NULL },
	{ ACT_SALE_SUBMIT, K_NONE, 'y', NULL },
	{ ACT_SALE_REOPEN, K_NONE, 0, NULL },
	{ ACT_QUOTE, K_NONE, 'q', NULL },
	{ ACT_ORDER, K_NONE, 'b', NULL },
	{ ACT_DEPOSIT, K_NONE, 'A', NULL },
	{ ACT_REPRINT, K_NONE, 'r', NULL },
	{ ACT_BILL, K_NONE, 'B', NULL },
	{ ACT_RECEIPT, K_NONE, 'R', NULL },
	{ ACT_INVOICE, K_NONE, 'I', NULL },
	{ ACT_RETENDER, K_NONE, 'a', NULL },
	{ ACT_PREVIEW, K_NONE, 'w', NULL },
	{ ACT_TICKETS, K_NONE, 't', NULL },
	{ ACT_NO_SALE, K_NONE, 'd', NULL },
	{ ACT_SHIFT, K_NONE, 'G', NULL },
	{ ACT_RETURN, K_NONE, 'z', NULL },
	{ ACT_SALE_DISCOUNT, K_NONE, 'D', NULL },
	{ ACT_SALE_OFFER, K_NONE, 'O', NULL },
	{ ACT_SALE_COUPON, K_NONE, 'K', NULL },
	{ ACT_TRAINING, K_NONE, 'j', NULL },
	{ ACT_PRODUCT, K_NONE, 'k', NULL },
	{ ACT_SWITCH_USER, K_NONE, 's', NULL },
	{ ACT_LOCK, K_NONE, 'l', NULL },
	{ ACT_SELF, K_NONE, 'm', NULL },
	{ ACT_GIFT, K_NONE, 0, NULL },
	{ ACT_VOUCHER, K_NONE, 0, NULL },
	{ ACT_RETURN_FREE, K_NONE, 0, NULL },
	{ ACT_QUICK, K_NONE, 0, NULL },
	{ ACT_PLAN, K_NONE, 'N', NULL },
	{ 0 }
};

const struct screen screen_sale = {
	.name = "sale",
	.title = N_("SALE"),
	.right = "sell",
	.help = N_("Type a code or scan, then Enter: one is sold.  A count "
	    "comes first: 3*1001, a weight too: 0.350*2001.  *4 makes the "
	    "last line four.  A price comes after: 1001@9.50.  Letters "
	    "search names; Enter takes the only match, or goes into the "
	    "list, where the arrows choose and Enter takes.  ; shows the quick "
	    "keys: ;a sells what is on key a, 3*;a three times, ;; turns the "
	    "page.  + is one more of the last line.  Enter alone "
	    "goes on to the payment.  The arrows choose a line for F3, F4 "
	    "and F8.  F5 puts the sale aside under a name; F6 lists what is "
	    "open, here and elsewhere.  :submit hands the sale to the till, "
	    "where F6 has it first."),
	.topics = 1U << TOPIC_SESSION | 1U << TOPIC_QUICKKEY |
	    1U << TOPIC_TABLE,
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct sale_screen),
	.keys = sale_keys,
	.face = sale_face,
	.open = sale_open,
	.layout = sale_layout,
	.draw = sale_draw,
	.head = sale_head,
	.prompt = sale_prompt,
	.can = sale_can,
	.why = sale_why,
	.key = sale_key,
	.typed = sale_typed,
	.enter = sale_enter,
	.act = acts_do,
	.resume = sale_resume,
	.news = sale_news,
	.close = sale_close,
};
