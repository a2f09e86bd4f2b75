/* SPDX-License-Identifier: ISC */
/* What keys and commands do to the open sale, and the questions they ask. */
#include "screens/acts_part.h"

#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/pass.h"
#include "screens/pay.h"
#include "screens/return.h"
#include "screens/screens.h"
#include "shop/discount.h"
#include "shop/order.h"
#include "shop/training.h"

static bool
acts_has_lines(struct session *s, struct sale_screen *st)
{
	if (st->sale.id != 0 && !sale_over(st) && bill_count(&st->sale) > 0) {
		return true;
	}
	session_warn(s, st->taken ? _("this sale was taken; F6 takes it "
	    "back") : _("there is no sale yet; type a code, a name or scan"));
	session_beep(s);
	return false;
}

static bool
acts_has_line(struct session *s, struct sale_screen *st)
{
	if (!acts_has_lines(s, st)) {
		return false;
	}
	if (sale_current(st) == NULL) {
		session_warn(s, _("no line is left to change"));
		session_beep(s);
		return false;
	}
	return true;
}

/* Nothing to pay for the line; the reason is asked where none was said. */
static enum turn
acts_offer(struct session *s, struct sale_screen *st, int64_t line,
    const char *reason)
{
	int64_t	version = st->sale.version;
	int	r;

	r = sale_offer(st->shop, st->sale.id, &version, line, reason);
	if (r == ERR_EMPTY && *reason == '\0') {
		st->acted_on = line;
		return session_ask(s, ASK_OFFER, false,
		    _("Why is it offered?"), "");
	}
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

/* "9.50", "10%", "-2" or "offer WHY" for a line; line 0: the ticket. */
static enum turn
acts_price(struct session *s, struct sale_screen *st, int64_t line,
    const char *text)
{
	struct wish	wish;
	int64_t		version = st->sale.version;
	int		r;

	r = wish_parse(text, &st->shop->money, st->shop->who.implied, &wish);
	if (r == 0 && wish.kind == WISH_OFFER && line != 0) {
		return acts_offer(s, st, line, wish.reason);
	}
	if (r == 0) {
		r = sale_discount(st->shop, st->sale.id, &version, line,
		    &wish);
	}
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
acts_coupon(struct session *s, struct sale_screen *st, const char *code)
{
	int64_t	version = st->sale.version;
	int	r;

	if (*code == '\0') {
		return session_ask_code(s, ASK_COUPON, _("Coupon"), "");
	}
	r = sale_coupon(st->shop, st->sale.id, &version, code);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
acts_note(struct session *s, struct sale_screen *st, int64_t line,
    const char *text)
{
	int64_t	version = st->sale.version;
	int	r;

	r = sale_note(st->shop, st->sale.id, &version, line, text);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
acts_void(struct session *s, struct sale_screen *st, int64_t line,
    const char *reason)
{
	const struct sale_line	*l;
	char			 label[PRODUCT_NAME] = "";
	int64_t			 version = st->sale.version;
	int			 r;

	l = bill_line(&st->sale, bill_find(&st->sale, line));
	if (l != NULL) {
		(void)str_copy(label, sizeof(label), l->label);
	}
	r = sale_void_line(st->shop, st->sale.id, &version, line, reason);
	if (r == ERR_EMPTY && *reason == '\0') {
		st->acted_on = line;
		return session_ask(s, ASK_REASON_VOID, false,
		    _("Why is this line taken back?"), "");
	}
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	st->bill.mark = 0;
	sale_show(s, st);
	session_say(s, _("%s is off"), label);
	return TURN_DRAW;
}

static enum turn
acts_hold(struct session *s, struct sale_screen *st, const char *name,
    int64_t then)
{
	int64_t	version = st->sale.version;
	int	r;

	if ((r = sale_hold(st->shop, st->sale.id, &version, name)) != 0) {
		return sale_failed(s, st, r);
	}
	sale_clear(s, st);
	st->last_version = version;
	if (then != 0) {
		return sale_take_over(s, st, then);
	}
	session_say(s, _("held as %s; F6 has it"), name);
	return TURN_DRAW;
}

/* To the till: this screen is free for the next customer. */
static enum turn
acts_submit(struct session *s, struct sale_screen *st)
{
	int64_t	version = st->sale.version;
	int	r;

	if ((r = sale_submit(st->shop, st->sale.id, &version)) != 0) {
		return sale_failed(s, st, r);
	}
	sale_clear(s, st);
	st->last_version = version;
	session_say(s, _("handed to the till; F6 or :undo has it back"));
	return TURN_DRAW;
}

static enum turn
acts_reopen(struct session *s, struct sale_screen *st)
{
	int64_t	version = st->sale.version;
	int	r;

	if ((r = sale_reopen(st->shop, st->sale.id, &version)) != 0) {
		return sale_failed(s, st, r);
	}
	sale_show(s, st);
	session_say(s, _("its lines can change again"));
	return TURN_DRAW;
}

/* Take another sale here; what is open here is held first, by a name. */
enum turn
acts_swap(struct session *s, struct sale_screen *st, int64_t id)
{
	if (st->sale.id == id && !st->taken) {
		return TURN_DRAW;
	}
	if (st->sale.id == 0 || sale_over(st) || bill_count(&st->sale) == 0) {
		sale_clear(s, st);
		return sale_take_over(s, st, id);
	}
	if (st->sale.name[0] != '\0') {
		return acts_hold(s, st, st->sale.name, id);
	}
	st->wanted = id;
	return session_ask(s, ASK_HOLD_FIRST, false,
	    _("Hold the sale that is open here as"), "");
}

static enum turn
acts_no_sale(struct session *s, struct sale_screen *st,
    const char *reason)
{
	int	r = sale_no_sale(st->shop, reason);

	if (r == ERR_EMPTY && *reason == '\0') {
		return session_ask(s, ASK_NO_SALE, false,
		    _("Why is the drawer opened?"), "");
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, _("the drawer is opening"));
	return TURN_DRAW;
}

/* Nothing of the real sale comes along; it waits under F6. */
static enum turn
acts_training(struct session *s, struct sale_screen *st)
{
	bool	on = !st->shop->who.training;
	int	r = training_set(st->shop, on);

	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	sale_clear(s, st);
	st->last = 0;
	app_bar(s);
	session_say(s, on ? _("practice: nothing counts from here; :training "
	    "ends it") : _("practice has ended; this is real again"));
	return TURN_DRAW;
}

/* Who buys; the sale begins with them where there is none yet. */
enum turn
acts_buyer(struct session *s, struct sale_screen *st, int64_t customer)
{
	int64_t	id, version;
	int	r;

	if (sale_over(st)) {
		sale_clear(s, st);
	}
	id = st->sale.id;
	version = st->sale.version;
	r = sale_set_customer(st->shop, &id, &version, customer);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	st->sale.id = id;
	sale_show(s, st);
	return TURN_DRAW;
}

/* ---- how it is consumed ------------------------------------------------- */

static enum turn
acts_ask_mode(struct session *s)
{
	static const char *const	modes[] = {
#define X(name, text) text,
		SALE_MODES(X)
#undef X
		N_("not said"),
	};
	const char			*labels[NELEM(modes)];

	for (size_t i = 0; i < NELEM(modes); i++) {
		labels[i] = _(modes[i]);
	}
	return session_choose(s, ASK_MODE, _("How is it consumed?"), labels,
	    NELEM(labels));
}

/* Of this sale; with none open, of the next. */
static enum turn
acts_mode(struct session *s, struct sale_screen *st, const char *text)
{
	int64_t	version = st->sale.version;
	char	mode[SALE_MODE];
	int	r;

	if ((r = sale_mode_find(text, mode)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	if (st->sale.id == 0 || sale_over(st)) {
		r = sale_mode_next(st->shop, mode);
	} else {
		r = sale_set_mode(st->shop, st->sale.id, &version, mode);
	}
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_show(s, st);
	session_say(s, _("consumed: %s"), mode[0] == '\0' ? _("not said") :
	    sale_mode_text(mode));
	return TURN_DRAW;
}

static enum turn
acts_mode_chosen(struct session *s, struct sale_screen *st, int64_t i)
{
	static const char *const	names[] = {
#define X(name, text) name,
		SALE_MODES(X)
#undef X
		"none",
	};

	return acts_mode(s, st, names[i < (int64_t)NELEM(names) ? i : 0]);
}

static enum turn
acts_undo(struct session *s, struct sale_screen *st)
{
	char	what[160] = "";
	int64_t	version = st->sale.version, id = st->sale.id;
	int	r;

	/* Nothing is open: the sale that was just held, paid or cancelled. */
	if (id == 0) {
		id = st->last;
		version = st->last_version;
	}
	if (id == 0) {
		session_warn(s, _("there is nothing to take back"));
		return TURN_DRAW;
	}
	r = sale_undo(st->shop, id, &version, what, sizeof(what));
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	st->sale.id = id;
	sale_show(s, st);
	session_say(s, "%s", what);
	return TURN_DRAW;
}

static enum turn
acts_pay_now(struct session *s, struct sale_screen *st, const char *text)
{
	struct pay_arg	arg = { .sale = &st->sale, .over_bill = true };
	struct pay_try	try = { .doubted = false };

	if (*text == '\0') {
		return session_push(s, &screen_pay, &arg);
	}
	if (pay_text(s, &st->sale, text, &try) == TURN_KEEP) {
		return TURN_KEEP;
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
acts_unsent(struct session *s, struct sale_screen *st, int64_t choice)
{
	char	text[sizeof(st->why)];
	int	r;

	if ((r = pass_unsent(st->shop, st->sale.id, st->sale.version,
	    choice)) != 0) {
		return sale_failed(s, st, r);
	}
	(void)str_copy(text, sizeof(text), st->why);
	sale_show(s, st);
	return acts_pay_now(s, st, text);
}

static enum turn
acts_pay(struct session *s, struct sale_screen *st, const char *text)
{
	int64_t		version = st->sale.version;
	enum turn	turn;
	int		r;

	if (!acts_has_lines(s, st)) {
		return TURN_KEEP;
	}
	if (st->sale.kind != SALE_SALE &&
	    (r = order_settle(st->shop, st->sale.id, &version)) != 0) {
		return sale_failed(s, st, r);
	}
	if (version != st->sale.version) {
		sale_show(s, st);
	}
	(void)str_copy(st->why, sizeof(st->why), text);
	return pass_unsent_asked(s, ASK_UNSENT, st->sale.id, &turn) ? turn :
	    acts_pay_now(s, st, text);
}

static enum turn
acts_back(struct session *s, struct sale_screen *st)
{
	if (search_back(&st->search)) {
		return TURN_DRAW;
	}
	if (st->bill.mark != 0) {
		st->bill.mark = 0;
		bill_scroll(&st->bill, st->rows, -1);
		return TURN_DRAW;
	}
	if (st->serving.sale != 0 && !st->taken) {
		return table_leave(s, st);
	}
	if (sale_over(st)) {
		sale_clear(s, st);
		return TURN_DRAW;
	}
	if (app_home(st->shop) != &screen_sale) {
		return session_pop(s, false, 0, "");
	}
	if (st->sale.id != 0) {
		return session_confirm(s, ASK_LEAVE, true,
		    _("Leave? The sale of %s waits for you"),
		    app_cash(st->shop, st->sale.total));
	}
	return session_confirm(s, ASK_LEAVE, true, _("Leave the till?"));
}

enum turn
acts_do(struct session *s, void *state, enum action act, const char *rest)
{
	struct sale_screen	*st = state;
	const struct sale_line	*line;
	enum turn		 turn = table_do(s, st, act, rest);

	if (turn != TURN_PASS) {
		return turn;
	}
	switch (act) {
	case ACT_BACK:
		return acts_back(s, st);
	case ACT_FIND:
		return session_push(s, &screen_find, rest);
	case ACT_OPENED:
		/* One that was taken is taken back by Enter. */
		return session_push(s, &screen_opened, &(struct opened_arg){
		    .name = st->taken ? "" : rest,
		    .sale = st->taken ? st->sale.id : 0 });
	case ACT_QUICK:
		return quick_show(s, st, rest);
	case ACT_SALE_LINE:
		if (!acts_has_line(s, st)) {
			return TURN_KEEP;
		}
		st->acted_on = sale_current(st)->id;
		return session_push(s, &screen_line, sale_current(st));
	case ACT_SALE_PRICE:
		if (!acts_has_line(s, st)) {
			return TURN_KEEP;
		}
		line = sale_current(st);
		if (*rest != '\0') {
			return acts_price(s, st, line->id, rest);
		}
		st->acted_on = line->id;
		return session_ask(s, ASK_PRICE, false,
		    _("New price, 10%, -2 or offer WHY"), "");
	case ACT_SALE_DISCOUNT:
		if (!acts_has_lines(s, st)) {
			return TURN_KEEP;
		}
		if (*rest != '\0') {
			return acts_price(s, st, 0, rest);
		}
		return session_ask(s, ASK_DISCOUNT, false,
		    _("Off the whole ticket, -2 or 10%"), "");
	case ACT_SALE_OFFER:
		return acts_has_line(s, st) ? acts_offer(s, st,
		    sale_current(st)->id, rest) : TURN_KEEP;
	case ACT_SALE_COUPON:
		return acts_has_lines(s, st) ? acts_coupon(s, st, rest) :
		    TURN_KEEP;
	case ACT_SALE_NOTE:
		if (!acts_has_line(s, st)) {
			return TURN_KEEP;
		}
		line = sale_current(st);
		if (*rest != '\0') {
			return acts_note(s, st, line->id, rest);
		}
		st->acted_on = line->id;
		return session_ask(s, ASK_NOTE, false, _("Note"), line->note);
	case ACT_SALE_HOLD:
		if (!acts_has_lines(s, st)) {
			return TURN_KEEP;
		}
		if (*rest != '\0') {
			return acts_hold(s, st, rest, 0);
		}
		return session_ask(s, ASK_HOLD, false, _("Hold the sale as"),
		    st->sale.name);
	case ACT_SALE_VOID:
		if (!acts_has_line(s, st)) {
			return TURN_KEEP;
		}
		return acts_void(s, st, sale_current(st)->id, rest);
	case ACT_SALE_PAY:
		return acts_pay(s, st, rest);
	case ACT_SALE_CANCEL:
		if (!acts_has_lines(s, st)) {
			return TURN_KEEP;
		}
		return acts_ask_cancel(s, st, rest);
	case ACT_SALE_SUBMIT:
		return acts_has_lines(s, st) ? acts_submit(s, st) : TURN_KEEP;
	case ACT_QUOTE:
	case ACT_ORDER:
		return acts_has_lines(s, st) ? acts_order(s, st,
		    act == ACT_ORDER ? SALE_ORDER : SALE_QUOTATION, rest) :
		    TURN_KEEP;
	case ACT_DEPOSIT:
		return acts_has_lines(s, st) ? acts_deposit(s, st, rest) :
		    TURN_KEEP;
	case ACT_SALE_REOPEN:
		return acts_has_lines(s, st) ? acts_reopen(s, st) : TURN_KEEP;
	case ACT_NO_SALE:
		return acts_no_sale(s, st, rest);
	case ACT_TRAINING:
		return acts_training(s, st);
	case ACT_REPRINT:
		return acts_reprint(s, st, rest);
	case ACT_BILL:
		return acts_has_lines(s, st) ? acts_bill(s, st) : TURN_KEEP;
	case ACT_RECEIPT:
		return acts_receipt(s, st);
	case ACT_INVOICE:
		return acts_invoice(s, st, rest);
	case ACT_RETENDER:
		return acts_retender(s, st, rest);
	case ACT_CUSTOMER:
		return session_push(s, &screen_customer, rest);
	case ACT_UNDO:
		return acts_undo(s, st);
	case ACT_SALE_OPTIONS:
		return acts_has_line(s, st) ? ring_options(s, st) : TURN_KEEP;
	case ACT_SALE_MODE:
		return *rest != '\0' ? acts_mode(s, st, rest) :
		    acts_ask_mode(s);
	default:
		return back_do(s, st, act, rest);
	}
}

static enum turn
acts_answer(struct session *s, struct sale_screen *st,
    const struct answer *a)
{
	char	text[ENTRY_MAX];

	(void)str_copy(text, sizeof(text), a->text);
	if (a->tag == ASK_WEIGHT || a->tag == ASK_OPEN_PRICE ||
	    a->tag == ASK_SERIAL) {
		return ring_answered(s, st, a);
	}
	if (!a->ok) {
		return TURN_DRAW;
	}
	switch (a->tag) {
	case ASK_MODE:
		return acts_mode_chosen(s, st, a->value);
	case ASK_HOLD:
	case ASK_HOLD_FIRST:
		if (*text == '\0') {
			session_warn(s, _("a held sale needs a name, or "
			    "nobody finds it again"));
			return TURN_DRAW;
		}
		return acts_hold(s, st, text,
		    a->tag == ASK_HOLD ? 0 : st->wanted);
	case ASK_PRICE:
		return acts_price(s, st, st->acted_on, text);
	case ASK_DISCOUNT:
		return *text == '\0' ? TURN_DRAW :
		    acts_price(s, st, 0, text);
	case ASK_OFFER:
		return *text == '\0' ? TURN_DRAW :
		    acts_offer(s, st, st->acted_on, text);
	case ASK_COUPON:
		return *text == '\0' ? TURN_DRAW :
		    acts_coupon(s, st, text);
	case ASK_NOTE:
		return acts_note(s, st, st->acted_on, text);
	case ASK_REASON_VOID:
		return *text == '\0' ? TURN_DRAW :
		    acts_void(s, st, st->acted_on, text);
	case ASK_CANCEL:
		return acts_cancel(s, st, "");
	case ASK_REASON_CANCEL:
		return *text == '\0' ? TURN_DRAW : acts_cancel(s, st, text);
	case ASK_NO_SALE:
		return *text == '\0' ? TURN_DRAW : acts_no_sale(s, st, text);
	case ASK_RETENDER:
		return *text == '\0' ? TURN_DRAW :
		    acts_retender(s, st, text);
	case ASK_RETENDER_MORE:
		return *text == '\0' ? TURN_DRAW :
		    acts_retender_more(s, st, text);
	case ASK_FATE:
		return acts_fate(s, st, a->value);
	case ASK_UNSENT:
		return acts_unsent(s, st, a->value);
	case ASK_DEPOSIT:
		return *text == '\0' ? TURN_DRAW :
		    acts_deposit(s, st, text);
	case ASK_LEAVE:
		return app_leave(s);
	case ASK_FIRE:
	case ASK_COVERS:
	case ASK_COURSE:
	case ASK_SEAT:
	case ASK_MESSAGE:
	case ASK_ALLERGY:
	case ASK_MOVE:
	case ASK_GIVE:
	case ASK_SERVER:
		return table_answered(s, st, a);
	default:
		return back_answered(s, st, a);
	}
}

/* What was refused is asked again with its text, unless the sale went. */
enum turn
acts_answered(struct session *s, struct sale_screen *st,
    const struct answer *a)
{
	enum turn	turn = acts_answer(s, st, a);

	return turn == TURN_KEEP && sale_over(st) &&
	    a->tag != ASK_RETENDER && a->tag != ASK_RETENDER_MORE &&
	    a->tag != ASK_NO_SALE ? TURN_DRAW : turn;
}
