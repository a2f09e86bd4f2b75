/* SPDX-License-Identifier: ISC */
/* Goods that come back: the lines of a ticket, and how much of each. */
#include "screens/return.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/bill.h"
#include "screens/screens.h"
#include "shop/product.h"
#include "shop/return.h"
#include "term/widgets.h"

#define ASK_WHY		1

struct return_screen {
	struct shop		*shop;
	struct return_ticket	 ticket;
	struct return_pick	*picks;		/* one a line; qty 0: not */
	int64_t			*amounts;	/* what each gives back */
	int64_t			 sum;
	char			 when[24];
	struct list		 list;
};

static const struct column return_columns[] = {
	{ N_("Sold"), 6, true, 60 },
	{ N_("Rest"), 6, true, 0 },
	{ N_("Item"), 0, false, 0 },
	{ N_("Back"), 6, true, 0 },
	{ N_("Amount"), 10, true, 60 },
	{ N_("Goes to"), 8, false, 50 },
	{ 0 }
};

/* ---- the list ------------------------------------------------------------ */

static int
return_count(struct session *s, void *ctx, int64_t *n)
{
	const struct return_screen	*st = ctx;

	(void)s;
	*n = (int64_t)st->ticket.nlines;
	return 0;
}

static int
return_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct return_screen	*st = ctx;

	(void)s;
	for (int64_t i = from; i < from + n &&
	    i < (int64_t)st->ticket.nlines; i++) {
		const struct return_line	*l = &st->ticket.lines[i];
		const struct return_pick	*p = &st->picks[i];
		bool				 chosen = p->qty > 0;

		list_add(into, l->id, l->left > 0 ? STYLE_NORMAL : STYLE_DIM,
		    "%s\t%s\t%s%s\t%s\t%s\t%s", app_qty(st->shop, l->sold),
		    app_qty(st->shop, l->left), l->parent != 0 ? "  + " : "",
		    l->label,
		    chosen ? app_qty(st->shop, p->qty) : "",
		    chosen ? app_money(st->shop, st->amounts[i]) : "",
		    !chosen ? "" : p->scrap ? _("scrap") : _("stock"));
	}
	return 0;
}

static int
return_place(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	const struct return_screen	*st = ctx;

	(void)s;
	*at = -1;
	for (size_t i = 0; i < st->ticket.nlines; i++) {
		if (st->ticket.lines[i].id == id) {
			*at = (int64_t)i;
		}
	}
	return 0;
}

static const struct list_source return_source = {
	return_count, return_fetch, return_place
};

/* The marked line's place; -1 none. */
static int64_t
return_marked(struct session *s, struct return_screen *st)
{
	int64_t	at = -1;

	(void)return_place(s, st, list_chosen(&st->list), &at);
	return at;
}

/* ---- choosing ------------------------------------------------------------ */

static int
return_pick_set(struct session *s, struct return_screen *st, int64_t at,
    int64_t qty)
{
	int	r;

	if ((r = return_choose(st->shop, &st->ticket, st->picks, (size_t)at,
	    qty)) != 0) {
		return r;
	}
	st->sum = 0;
	for (size_t i = 0; i < st->ticket.nlines; i++) {
		if ((r = return_worth(&st->ticket.lines[i], st->picks[i].qty,
		    &st->amounts[i])) != 0) {
			return r;
		}
		st->sum += st->amounts[i];
	}
	return list_reload(s, &st->list);
}

static int
return_load_ticket(struct session *s, struct return_screen *st, int64_t sale)
{
	int	r;

	if ((r = return_load(st->shop, sale, &st->ticket)) != 0) {
		return r;
	}
	st->picks = xcalloc(st->ticket.nlines + 1, sizeof(*st->picks));
	st->amounts = xcalloc(st->ticket.nlines + 1, sizeof(*st->amounts));
	for (size_t i = 0; i < st->ticket.nlines; i++) {
		st->picks[i].line = st->ticket.lines[i].id;
	}
	clock_local(st->ticket.posted_at, "%d/%m/%Y %H:%M", st->when,
	    sizeof(st->when));
	return list_reload(s, &st->list);
}

static int
return_open(struct session *s, void *state, const void *arg)
{
	struct return_screen	*st = state;

	st->shop = session_shop(s);
	list_init(&st->list, return_columns, &return_source, st);
	st->list.headed = true;
	return return_load_ticket(s, st, *(const int64_t *)arg);
}

static void
return_close(struct session *s, void *state)
{
	struct return_screen	*st = state;

	(void)s;
	list_done(&st->list);
	return_done(&st->ticket);
	free(st->picks);
	free(st->amounts);
}

static void
return_layout(struct session *s, void *state, int rows, int cols)
{
	struct return_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 3);
}

static void
return_head(const void *state, char *out, size_t size)
{
	const struct return_screen	*st = state;

	(void)str_fmt(out, size, "%s  %s", _("RETURN"), st->ticket.ticket);
}

static void
return_draw(const void *state, struct canvas *c)
{
	const struct return_screen	*st = state;
	int				 rows = canvas_rows(c);
	int				 cols = canvas_cols(c);
	char				 text[128];

	(void)str_fmt(text, sizeof(text), "%s  %s%s%s", st->when,
	    app_cash(st->shop, st->ticket.total),
	    st->ticket.cancelled_by[0] != '\0' ? "  " : "",
	    st->ticket.cancelled_by);
	canvas_cell(c, 0, 2, cols - 3, STYLE_DIM, text);
	list_draw(&st->list, c, 1);
	(void)str_fmt(text, sizeof(text), "%s  %s", _("TO GIVE BACK"),
	    app_cash(st->shop, st->sum));
	canvas_right(c, rows - 1, bill_cols(cols) - 2, cols - 4, STYLE_TOTAL,
	    text);
}

static void
return_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct return_screen	*st = state;

	(void)str_copy(out, size, *typed != '\0' ?
	    _("how many of this line, or a code") :
	    st->sum > 0 ? _("Enter chooses, F9 takes back") :
	    _("Enter: this line; 2 Enter: two of it"));
}

static enum turn
return_key(struct session *s, void *state, struct key key)
{
	struct return_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* Is this an item's code, and the item on this ticket? */
static bool
return_has(struct return_screen *st, const char *text)
{
	struct product	p;

	if (product_find(st->shop, text, &p) == 0) {
		for (size_t i = 0; i < st->ticket.nlines; i++) {
			if (st->ticket.lines[i].product == p.id) {
				return true;
			}
		}
	}
	return false;
}

/* One more of an item that was scanned. */
static int
return_scanned(struct session *s, struct return_screen *st, const char *text)
{
	struct product	p;
	int		r;

	if ((r = product_find(st->shop, text, &p)) != 0) {
		return r;
	}
	r = err_set(ERR_NOT_FOUND, _("%s is not on this ticket"), p.name);
	for (size_t i = 0; i < st->ticket.nlines; i++) {
		const struct return_line	*l = &st->ticket.lines[i];

		if (l->product != p.id) {
			continue;
		}
		r = return_pick_set(s, st, (int64_t)i, st->picks[i].qty +
		    (l->by_weight ? l->left : QTY_ONE));
		if (r == 0) {
			return 0;
		}
	}
	return r;
}

static enum turn
return_enter(struct session *s, void *state, const char *text)
{
	struct return_screen	*st = state;
	int64_t			 at = return_marked(s, st), qty;
	int			 r;

	if (at < 0) {
		return TURN_STAY;
	}
	if (*text == '\0') {
		r = return_pick_set(s, st, at, st->picks[at].qty > 0 ? 0 :
		    st->ticket.lines[at].left);
		if (r == 0 && st->picks[at].qty == 0 &&
		    st->ticket.lines[at].left <= 0) {
			r = err_set(ERR_RANGE, _("%s came back already"),
			    st->ticket.lines[at].label);
		}
		if (r == 0) {
			(void)list_key(s, &st->list,
			    (struct key){ .code = K_DOWN });
		}
	} else if (strlen(text) < 6 && qty_parse(text, &qty) == 0 &&
	    (qty <= st->ticket.lines[at].left || !return_has(st, text))) {
		/* More than is left can only be the code of an item. */
		r = return_pick_set(s, st, at, qty);
	} else {
		r = return_scanned(s, st, text);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

/* ---- doing it ------------------------------------------------------------ */

/* The sale that is open below, which they are put on; 0: a new one. */
static int
return_onto(struct session *s, struct return_screen *st, int64_t *id,
    int64_t *version)
{
	struct sale	sale;
	int		r;

	*id = app_of(s)->sale;
	*version = 0;
	if (*id == 0) {
		return 0;
	}
	if ((r = sale_load(st->shop, *id, &sale)) != 0) {
		return r;
	}
	if (sale.state == SALE_PAID || sale.state == SALE_CANCELLED) {
		*id = 0;
	} else {
		*version = sale.version;
	}
	sale_done(&sale);
	return 0;
}

static enum turn
return_ended(struct session *s, int r, int64_t id)
{
	if (r != 0) {
		if (app_ended(s, r)) {
			return TURN_KEEP;
		}
		session_beep(s);
		return session_fail(s, r);
	}
	return session_pop(s, true, id, "");
}

static enum turn
return_take(struct session *s, struct return_screen *st)
{
	struct return_pick	*picks;
	int64_t			 id, version;
	size_t			 n = 0;
	int			 r;

	picks = xcalloc(st->ticket.nlines + 1, sizeof(*picks));
	for (size_t i = 0; i < st->ticket.nlines; i++) {
		if (st->picks[i].qty > 0) {
			picks[n++] = st->picks[i];
		}
	}
	if ((r = return_onto(s, st, &id, &version)) == 0) {
		r = return_add(st->shop, &id, &version, st->ticket.sale,
		    picks, n);
	}
	free(picks);
	return return_ended(s, r, id);
}

static enum turn
return_cancel_all(struct session *s, struct return_screen *st,
    const char *reason)
{
	char	question[80];
	int64_t	id, version;
	int	r;

	if ((r = return_onto(s, st, &id, &version)) == 0) {
		r = return_cancel(st->shop, &id, &version, st->ticket.sale,
		    reason);
	}
	if (r == ERR_EMPTY && *reason == '\0') {
		(void)str_fmt(question, sizeof(question),
		    _("Why is ticket %s cancelled?"), st->ticket.ticket);
		return session_ask(s, ASK_WHY, false, question, "");
	}
	return return_ended(s, r, id);
}

static int
return_all(struct session *s, struct return_screen *st)
{
	int	r = 0;

	for (size_t i = 0; i < st->ticket.nlines && r == 0; i++) {
		if (st->ticket.lines[i].left > 0) {
			r = return_pick_set(s, st, (int64_t)i,
			    st->ticket.lines[i].left);
		}
	}
	return r;
}

static enum turn
return_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct return_screen	*st = state;
	int64_t			 at;
	int			 r;

	switch (act) {
	case ACT_SAVE:
	case ACT_SALE_PAY:
		return return_take(s, st);
	case ACT_RETURN_ALL:
		if ((r = return_all(s, st)) != 0) {
			return session_fail(s, r);
		}
		return TURN_DRAW;
	case ACT_SCRAP:
		if ((at = return_marked(s, st)) < 0 ||
		    st->picks[at].qty == 0) {
			session_warn(s, _("choose the line first (Enter)"));
			return TURN_DRAW;
		}
		st->picks[at].scrap = !st->picks[at].scrap;
		if ((r = list_reload(s, &st->list)) != 0) {
			return session_fail(s, r);
		}
		return TURN_DRAW;
	case ACT_CANCEL_TICKET:
		return return_cancel_all(s, st, rest);
	default:
		return TURN_PASS;
	}
}

static enum turn
return_resume(struct session *s, void *state, const struct answer *a)
{
	char	text[ENTRY_MAX];

	if (a->tag != ASK_WHY || !a->ok || *a->text == '\0') {
		return TURN_DRAW;
	}
	(void)str_copy(text, sizeof(text), a->text);
	return return_cancel_all(s, state, text);
}

static const struct binding return_keys[] = {
	{ ACT_SAVE, K_F9, 's', N_("Take back") },
	{ ACT_RETURN_ALL, K_NONE, 'a', NULL },
	{ ACT_SCRAP, K_NONE, 'x', NULL },
	{ ACT_CANCEL_TICKET, K_NONE, 'c', NULL },
	{ 0 }
};

const struct screen screen_return = {
	.name = "return",
	.title = N_("RETURN"),
	.right = "return",
	.help = N_("What comes back of this ticket.  Enter chooses all that "
	    "is left of the marked line, once more leaves it; a number and "
	    "Enter is so many of it; scanning an item is one more of it.  "
	    "Tab x says that a line is thrown away and does not go back to "
	    "stock.  F9 puts the lines on the sale, below nothing: add what "
	    "is taken instead, and pay, or give back, the difference.  Tab c "
	    "cancels the ticket as a whole, by one that says so."),
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct return_screen),
	.keys = return_keys,
	.open = return_open,
	.layout = return_layout,
	.draw = return_draw,
	.head = return_head,
	.prompt = return_prompt,
	.key = return_key,
	.enter = return_enter,
	.act = return_act,
	.resume = return_resume,
	.close = return_close,
};
