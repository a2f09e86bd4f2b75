/* SPDX-License-Identifier: ISC */
/* This till: since when it is open, what it took, what is missing in its
 * drawer and why, and its closing.  Enter does what comes next. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/pay.h"
#include "screens/screens.h"
#include "screens/shift_part.h"
#include "screens/till.h"

#define SHIFT_WIDE	60

enum { SHIFT_ASK_Z = 1, SHIFT_ASK_LEAVE, SHIFT_ASK_RETENDER,
	SHIFT_ASK_RETENDER_MORE };

const char *
till_money_text(struct shop *shop, const char *currency, int64_t amount)
{
	static char		 ring[8][MONEY_TEXT];
	static unsigned		 at;
	char			*out = ring[at++ % NELEM(ring)];
	struct money_style	 style = shop->money;

	if (currency[0] != '\0' && money_style_set(&style, currency,
	    shop->set.country) != 0) {
		style = shop->money;
	}
	money_plain(&style, amount, out);
	return out;
}

/* ---- reading ------------------------------------------------------------ */

static void
shift_forget(struct shift_screen *st)
{
	closing_done(&st->c);
	free(st->sales);
	free(st->hints);
	st->sales = NULL;
	st->hints = NULL;
	st->nsales = st->nhints = 0;
	st->sees = false;
}

/* What the cash of the shop's own money is off by; 0 when nobody may know. */
static int64_t
shift_gap(const struct shift_screen *st)
{
	for (size_t i = 0; i < st->c.ntotals; i++) {
		const struct closing_total	*t = &st->c.totals[i];

		if (t->cash && t->currency[0] == '\0' && t->is_counted) {
			return t->counted - t->expected;
		}
	}
	return 0;
}

static int
shift_load(struct shift_screen *st)
{
	int	r;

	shift_forget(st);
	if ((!st->past && (r = shift_now(st->shop, &st->shift)) != 0) ||
	    st->shift == 0) {
		return st->shift == 0 ? 0 : r;
	}
	if ((r = shift_sees(st->shop, st->shift, &st->sees)) != 0 ||
	    (r = drawer_counted(st->shop, st->shift, &st->count)) != 0 ||
	    (r = drawer_closing(st->shop, st->shift, &st->c)) != 0) {
		return r;
	}
	if (!st->c.shift.open) {
		return 0;
	}
	if ((r = shift_sales(st->shop, &st->c.shift, &st->sales,
	    &st->nsales)) != 0) {
		return r;
	}
	return !st->sees ? 0 : gap_explain(st->shop, st->shift,
	    shift_gap(st), &st->hints, &st->nhints);
}

static enum turn
shift_again(struct session *s, struct shift_screen *st)
{
	int	r = shift_load(st);

	if (st->mark > (int)st->nhints) {
		st->mark = 0;
	}
	shift_write(st);
	if (st->top >= st->nrows) {
		st->top = 0;
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

/* ---- the contract ------------------------------------------------------- */

static int
shift_open_screen(struct session *s, void *state, const void *arg)
{
	struct shift_screen	*st = state;
	const char		*name = arg;
	int			 r;

	st->shop = session_shop(s);
	st->height = session_rows(s);
	if (name != NULL && (name[0] == 'Z' || name[0] == 'z')) {
		if ((r = shift_by_name(st->shop, name, &st->shift)) != 0) {
			return r;
		}
		st->past = true;
	}
	if ((r = shift_load(st)) != 0) {
		shift_forget(st);
		return r;
	}
	shift_write(st);
	return 0;
}

static void
shift_close_screen(struct session *s, void *state)
{
	struct shift_screen	*st = state;

	app_keep(s, "shift", 0);
	shift_forget(st);
	free(st->rows);
}

static void
shift_layout(struct session *s, void *state, int rows, int cols)
{
	struct shift_screen	*st = state;

	(void)s;
	(void)cols;
	st->height = rows;
}

static void
shift_draw(const void *state, struct canvas *c)
{
	const struct shift_screen	*st = state;
	bool				 wide = canvas_cols(c) >= SHIFT_WIDE;
	int				 end = wide ? 70 : canvas_cols(c) - 1;
	int				 step = wide ? 13 : 10;

	for (size_t i = st->top; i < st->nrows; i++) {
		const struct shift_row	*row = &st->rows[i];
		bool			 here = row->hint != 0 &&
					    row->hint == st->mark;
		int			 at = (int)(i - st->top), width;

		width = row->hint != 0 ? canvas_cols(c) - 2 : end - 2;
		for (int k = 0; k < 3; k++) {
			if (row->cell[k][0] == '\0') {
				continue;
			}
			width = width > end - (3 - k) * step - 2 ?
			    end - (3 - k) * step - 2 : width;
			canvas_right(c, at, end - (2 - k) * step, step,
			    row->style, row->cell[k]);
		}
		canvas_marker(c, at, 0, here);
		canvas_cell(c, at, 2, width, here ? STYLE_MARKER : row->style,
		    row->text);
	}
}

static void
shift_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct shift_screen	*st = state;
	const char			*words;

	if (st->shift == 0) {
		words = _("Enter opens it; an amount is its float");
	} else if (!st->c.shift.open) {
		words = _("Tab r prints it again");
	} else if (st->mark != 0) {
		words = st->hints[st->mark - 1].sale != 0 ?
		    _("Enter leads to it") : _("arrows; Esc");
	} else if (st->c.shift.drawer &&
	    (st->count.id == 0 || st->count.old)) {
		words = _("Enter counts the drawer");
	} else if (*typed != '\0') {
		words = _("Enter: Z, so much stays in the drawer");
	} else {
		words = st->c.shift.drawer ?
		    _("Enter: Z; an amount stays here") :
		    _("Enter: Z");
	}
	(void)str_copy(out, size, words);
}

static bool
shift_can(const void *state, enum action act)
{
	const struct shift_screen	*st = state;
	bool				 open = st->shift != 0 &&
					    st->c.shift.open;

	switch (act) {
	case ACT_FLOAT:
		return st->shift == 0;
	case ACT_DRAWER_COUNT:
		return open && st->c.shift.drawer;
	case ACT_X:
	case ACT_Z:
		return open;
	case ACT_REPRINT:
		return st->shift != 0 && !open;
	case ACT_PAY_IN:
	case ACT_PAY_OUT:
	case ACT_DROP:
		return st->shift == 0 || (open && st->c.shift.drawer);
	default:
		return true;
	}
}

static size_t
shift_rows_most(const struct shift_screen *st)
{
	size_t	room = st->height > 0 ? (size_t)st->height : 1;

	return st->nrows > room ? st->nrows - room : 0;
}

/* The mark goes from explanation to explanation; the rest scrolls. */
static enum turn
shift_step(struct shift_screen *st, int step)
{
	int	mark = st->mark + step;

	if (st->nhints > 0 && mark >= 0 && mark <= (int)st->nhints) {
		st->mark = mark;
		for (size_t i = 0; i < st->nrows && mark != 0; i++) {
			if (st->rows[i].hint != mark) {
				continue;
			}
			if (i < st->top) {
				st->top = i;
			} else if (i >= st->top + (size_t)st->height) {
				st->top = i - (size_t)st->height + 1;
			}
		}
		return TURN_DRAW;
	}
	if (step > 0 && st->top < shift_rows_most(st)) {
		st->top++;
	} else if (step < 0 && st->top > 0) {
		st->top--;
	}
	return TURN_DRAW;
}

static enum turn
shift_key(struct session *s, void *state, struct key key)
{
	struct shift_screen	*st = state;
	size_t			 page = st->height > 1 ?
				    (size_t)st->height - 1 : 1;

	(void)s;
	switch (key.code) {
	case K_UP:
		return shift_step(st, -1);
	case K_DOWN:
		return shift_step(st, 1);
	case K_PGUP:
		st->top = st->top > page ? st->top - page : 0;
		return TURN_DRAW;
	case K_PGDN:
		st->top += page;
		if (st->top > shift_rows_most(st)) {
			st->top = shift_rows_most(st);
		}
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
}

/* ---- acts --------------------------------------------------------------- */

static enum turn
shift_count(struct session *s, struct shift_screen *st)
{
	return session_push(s, &screen_count, &st->shift);
}

/* One line that names what will happen. */
static enum turn
shift_ask_z(struct session *s, struct shift_screen *st)
{
	const struct closing_figure	*f =
	    closing_figure(&st->c, "tickets");
	int64_t				 gap = shift_gap(st);
	char				 missing[64] = "", stays[64] = "";

	if (gap != 0) {
		(void)str_fmt(missing, sizeof(missing), gap < 0 ?
		    _(", %s missing") : _(", %s too much"),
		    app_cash(st->shop, gap < 0 ? -gap : gap));
	}
	if (st->has_left) {
		(void)str_fmt(stays, sizeof(stays), _(", %s stays"),
		    app_cash(st->shop, st->left));
	}
	if (st->nsales > 0) {
		return session_confirm(s, SHIFT_ASK_LEAVE, true,
		    ngettext("Z of %lld tickets%s%s; leave %zu sale open?",
		    "Z of %lld tickets%s%s; leave %zu sales open?",
		    st->nsales), (long long)f->count, missing, stays,
		    st->nsales);
	}
	return session_confirm(s, SHIFT_ASK_Z, false,
	    ngettext("Close the till? Z of %lld ticket%s%s",
	    "Close the till? Z of %lld tickets%s%s",
	    (unsigned long)f->count), (long long)f->count, missing, stays);
}

/* What is still in the way is done first. */
static enum turn
shift_z(struct session *s, struct shift_screen *st, const char *text)
{
	const char	*rest;
	int		 r;

	st->has_left = false;
	if (st->shift == 0 || !st->c.shift.open) {
		session_warn(s, _("the till is not open"));
		session_beep(s);
		return TURN_KEEP;
	}
	if (*text != '\0') {
		if ((r = till_amount(st->shop, text, &st->left,
		    &rest)) != 0) {
			session_beep(s);
			return session_fail(s, r);
		}
		st->has_left = true;
	}
	if (st->c.shift.drawer && (st->count.id == 0 || st->count.old)) {
		return shift_count(s, st);
	}
	return shift_ask_z(s, st);
}

static enum turn
shift_zed(struct session *s, struct shift_screen *st, bool leave)
{
	struct shift_how	how = { .leave = leave };
	struct shift		shift;
	int			r;

	how.left = st->has_left ? &st->left : NULL;
	if ((r = shift_close(st->shop, st->shift, &how)) == 0) {
		r = shift_get(st->shop, st->shift, &shift);
	}
	if (r != 0) {
		session_beep(s);
		(void)session_fail(s, r);
		(void)shift_load(st);
		shift_write(st);
		return TURN_DRAW;
	}
	/* What was closed stays on the screen until it is left. */
	st->past = true;
	st->mark = 0;
	st->top = 0;
	(void)shift_again(s, st);
	session_say(s, _("%s is closed and printing"), shift.z);
	return TURN_DRAW;
}

static enum turn
shift_print(struct session *s, struct shift_screen *st)
{
	int64_t	n;
	int	r;

	if (st->shift == 0) {
		r = err_set(ERR_EMPTY, _("the till is not open"));
	} else if (st->c.shift.open) {
		r = shift_x(st->shop, st->shift);
	} else {
		r = shift_reprint(st->shop, st->shift, &n);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	if (st->c.shift.open) {
		session_say(s, _("the X is printing"));
	} else {
		session_say(s, _("duplicate %lld is printing"), (long long)n);
	}
	return TURN_DRAW;
}

/* To the ticket: its tender put right where that is the explanation, else
 * the ticket as it was printed. */
static enum turn
shift_lead(struct session *s, struct shift_screen *st)
{
	const struct gap_hint	*h = &st->hints[st->mark - 1];

	if (h->kind == GAP_TENDER && h->single && h->ticket[0] != '\0') {
		return pay_ask_again(s, SHIFT_ASK_RETENDER,
		    _("How was it really paid?"),
		    shift_gap(st) > 0 ? "e" : "c");
	}
	if (h->ticket[0] != '\0') {
		return app_act(s, ACT_PREVIEW, h->ticket);
	}
	session_say(s, "%s", h->text);
	return TURN_DRAW;
}

static enum turn
shift_enter(struct session *s, void *state, const char *text)
{
	struct shift_screen	*st = state;
	int64_t			 shift;
	int			 r;

	if (st->mark != 0 && *text == '\0') {
		return shift_lead(s, st);
	}
	if (st->shift == 0) {
		if (*text != '\0') {
			return till_money(s, ACT_FLOAT, text) == TURN_KEEP ?
			    TURN_KEEP : shift_again(s, st);
		}
		if ((r = shift_open(st->shop, NULL, &shift)) != 0) {
			session_beep(s);
			return session_fail(s, r);
		}
		return shift_again(s, st);
	}
	return !st->c.shift.open && *text == '\0' ? TURN_STAY :
	    shift_z(s, st, text);
}

static enum turn
shift_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct shift_screen	*st = state;
	enum turn		 turn;

	switch (act) {
	case ACT_BACK:
		if (st->mark != 0) {
			st->mark = 0;
			return TURN_DRAW;
		}
		return TURN_PASS;
	case ACT_DRAWER_COUNT:
		if (shift_can(st, act)) {
			return shift_count(s, st);
		}
		session_warn(s, _("there is no drawer to count"));
		session_beep(s);
		return TURN_KEEP;
	case ACT_X:
	case ACT_REPRINT:
		return shift_print(s, st);
	case ACT_Z:
		return shift_z(s, st, rest);
	case ACT_FLOAT:
	case ACT_PAY_IN:
	case ACT_PAY_OUT:
	case ACT_DROP:
		turn = till_money(s, act, rest);
		return turn == TURN_KEEP || *rest == '\0' ? turn :
		    shift_again(s, st);
	case ACT_REFRESH:
		return shift_again(s, st);
	default:
		return TURN_PASS;
	}
}

static enum turn
shift_retender(struct session *s, struct shift_screen *st, const char *tender)
{
	const struct gap_hint	*h = &st->hints[st->mark - 1];
	char			 ticket[sizeof(h->ticket)];
	int			 r;

	(void)str_copy(ticket, sizeof(ticket), h->ticket);
	r = pay_again(st->shop, h->sale, tender);
	if (r == ERR_EMPTY) {
		(void)str_copy(st->retender, sizeof(st->retender), tender);
		return session_ask_code(s, SHIFT_ASK_RETENDER_MORE,
		    err_text(r), "");
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	st->mark = 0;
	(void)shift_again(s, st);
	session_say(s, _("ticket %s is corrected"), ticket);
	return TURN_DRAW;
}

static enum turn
shift_resume(struct session *s, void *state, const struct answer *a)
{
	struct shift_screen	*st = state;
	char			 text[ENTRY_MAX], more[ENTRY_MAX];

	(void)str_copy(text, sizeof(text), a->text);
	switch (a->tag) {
	case SHIFT_ASK_Z:
	case SHIFT_ASK_LEAVE:
		return a->ok ? shift_zed(s, st, a->tag == SHIFT_ASK_LEAVE) :
		    TURN_DRAW;
	case SHIFT_ASK_RETENDER:
		return a->ok && *text != '\0' && st->mark != 0 ?
		    shift_retender(s, st, text) : TURN_DRAW;
	case SHIFT_ASK_RETENDER_MORE:
		return a->ok && *text != '\0' && st->mark != 0 &&
		    str_fmt(more, sizeof(more), "%s %s", st->retender, text) ?
		    shift_retender(s, st, more) : TURN_DRAW;
	default:
		return shift_again(s, st);
	}
}

static enum turn
shift_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return shift_again(s, state);
}

/* The open shift of here; refused in words where none is. */
static int
till_shift(struct session *s, int64_t *shift)
{
	int	r = shift_now(session_shop(s), shift);

	return r != 0 || *shift != 0 ? r : err_set(ERR_EMPTY,
	    _("the till is not open"));
}

enum turn
till_count(struct session *s)
{
	int64_t		shift;
	enum turn	turn;
	int		r;

	if ((r = till_shift(s, &shift)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	turn = session_push(s, &screen_shift, "");
	return turn == TURN_KEEP ? turn :
	    session_push(s, &screen_count, &shift);
}

enum turn
till_x(struct session *s)
{
	int64_t		shift;
	enum turn	turn;
	int		r;

	if ((r = till_shift(s, &shift)) != 0 ||
	    (r = shift_x(session_shop(s), shift)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	turn = session_push(s, &screen_shift, "");
	session_say(s, _("the X is printing"));
	return turn;
}

enum turn
till_z(struct session *s)
{
	struct shop		*shop = session_shop(s);
	struct drawer_counted	 count;
	struct shift		 row;
	int64_t			 shift;
	int			 r;

	if ((r = till_shift(s, &shift)) != 0 ||
	    (r = shift_get(shop, shift, &row)) != 0 ||
	    (r = drawer_counted(shop, shift, &count)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return row.drawer && (count.id == 0 || count.old) ? till_count(s) :
	    session_push(s, &screen_shift, "");
}

static const struct binding shift_keys[] = {
	{ ACT_DRAWER_COUNT, K_NONE, 'c', NULL },
	{ ACT_Z, K_F9, 'z', NULL },
	{ ACT_X, K_NONE, 'x', NULL },
	{ ACT_REPRINT, K_NONE, 'r', NULL },
	{ ACT_FLOAT, K_NONE, 'f', NULL },
	{ ACT_PAY_IN, K_NONE, 'i', NULL },
	{ ACT_PAY_OUT, K_NONE, 'o', NULL },
	{ ACT_DROP, K_NONE, 'd', NULL },
	{ ACT_REFRESH, K_NONE, 'l', NULL },
	{ 0 }
};

const struct screen screen_shift = {
	.name = "shift",
	.title = N_("TILL"),
	.right = "shift",
	.help = N_("Enter does what comes next: open the till, count its "
	    "drawer, close it with a Z.  An amount on the line is the float "
	    "that opens it, or what stays in the drawer when it is closed.  "
	    "When the count is off, what would explain exactly that is "
	    "listed: the arrows choose, Enter leads there.  :x prints where "
	    "the till stands and changes nothing.  Sales still open are "
	    "listed; they may be left for the next shift."),
	.topics = 1U << TOPIC_SHIFT | 1U << TOPIC_SALE,
	.state_size = sizeof(struct shift_screen),
	.keys = shift_keys,
	.open = shift_open_screen,
	.layout = shift_layout,
	.draw = shift_draw,
	.prompt = shift_prompt,
	.can = shift_can,
	.key = shift_key,
	.enter = shift_enter,
	.act = shift_act,
	.resume = shift_resume,
	.news = shift_news,
	.close = shift_close_screen,
};
