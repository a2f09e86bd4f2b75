/* SPDX-License-Identifier: ISC */
/* Orders to suppliers that are not done with: fill, send, receive. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/purchase.h"
#include "shop/stock.h"

#define ORDERS_CLOSE	1		/* what is asked */

struct orders_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
	int64_t		 closing;
};

static const struct column orders_columns[] = {
	{ N_("Order"), 11, false, 0 },
	{ N_("Supplier"), 0, false, 0 },
	{ N_("State"), 12, false, 0 },
	{ N_("Lines"), 6, true, 60 },
	{ N_("Without tax"), 12, true, 60 },
	{ 0 }
};

static int
orders_row(void *ctx, const struct purchase *p)
{
	struct orders_screen	*st = ctx;
	char			 number[PURCHASE_NUMBER];

	(void)str_fmt(number, sizeof(number), "#%lld", (long long)p->id);
	rows_add(&st->rows, p->id, STYLE_NORMAL, "%s\t%s\t%s\t%lld\t%s",
	    p->number[0] != '\0' ? p->number : number, p->supplier_name,
	    purchase_state_text(p->state), (long long)p->lines,
	    app_money(st->shop, p->amount));
	return 0;
}

static int
orders_read(struct session *s, struct orders_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = purchase_list(st->shop, "open", 0, 0, orders_row,
	    st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
orders_open(struct session *s, void *state, const void *arg)
{
	struct orders_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, orders_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return orders_read(s, st);
}

static void
orders_close(struct session *s, void *state)
{
	struct orders_screen	*st = state;

	app_keep(s, "orders", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
orders_layout(struct session *s, void *state, int rows, int cols)
{
	struct orders_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
orders_draw(const void *state, struct canvas *c)
{
	const struct orders_screen	*st = state;

	if (st->rows.n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL,
		    _("Nothing is ordered.  METRO 1001 4 puts four packs of "
		    "1001 on an order to METRO; :propose fills the orders by "
		    "what runs out."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
orders_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size,
	    _("Enter receives; SUPPLIER ITEM PACKS orders"));
}

static enum turn
orders_key(struct session *s, void *state, struct key key)
{
	struct orders_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* "METRO 1001 4" */
static int
orders_put(struct session *s, struct orders_screen *st, const char *text)
{
	char		 own[ENTRY_MAX], *save = NULL, *who, *what, *packs;
	struct supplier	 supplier;
	struct product	 p;
	struct scan	 scan;
	int64_t		 id, n = 1;
	int		 r;

	(void)str_copy(own, sizeof(own), text);
	who = strtok_r(own, " ", &save);
	what = strtok_r(NULL, " ", &save);
	packs = strtok_r(NULL, " ", &save);
	if (who == NULL || what == NULL) {
		return err_set(ERR_INVALID, _("SUPPLIER ITEM PACKS: METRO "
		    "1001 4"));
	}
	if ((r = supplier_find(st->shop, who, &supplier)) != 0 ||
	    (r = supplier_item_find(st->shop, supplier.id, what, &p,
	    &scan)) != 0 || (packs != NULL &&
	    (r = str_to_i64(packs, 0, 99999, &n)) != 0) ||
	    (r = purchase_order(st->shop, supplier.id, "", p.id, n, NULL,
	    &id)) != 0) {
		return r;
	}
	session_say(s, _("%lld × %s"), (long long)n, p.name);
	return orders_read(s, st);
}

static enum turn
orders_enter(struct session *s, void *state, const char *text)
{
	struct orders_screen	*st = state;
	int64_t			 id = list_chosen(&st->list), receipt;
	int			 r;

	if (*text != '\0') {
		r = orders_put(s, st, text);
	} else if (id == 0) {
		return TURN_STAY;
	} else if ((r = intake_of_order(st->shop, id, &receipt)) == 0) {
		return session_push(s, &screen_intake, &receipt);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static int
orders_line(void *ctx, const struct purchase_line *l)
{
	char	pack[MONEY_TEXT];

	qty_plain('.', l->pack, pack);
	buf_fmt(ctx, "%5lld × %-8s %-10s %s\n", (long long)l->packs, pack,
	    l->ref[0] != '\0' ? l->ref : l->code, l->name);
	return 0;
}

static enum turn
orders_look(struct session *s, struct orders_screen *st, int64_t id)
{
	struct buf	text = { 0 };
	struct purchase	p;
	enum turn	turn;
	int		r;

	if ((r = purchase_get(st->shop, id, &p)) != 0 ||
	    (r = purchase_lines(st->shop, id, orders_line, &text)) != 0) {
		buf_done(&text);
		return session_fail(s, r);
	}
	turn = session_view(s, p.supplier_name, buf_text(&text));
	buf_done(&text);
	return turn;
}

static int
orders_awaited(void *ctx, const struct purchase_due *d)
{
	char	qty[MONEY_TEXT];

	qty_plain('.', d->qty, qty);
	buf_fmt(ctx, "%-10s %c %-10s %8s %-3s %s  (%s)\n", d->day,
	    d->late ? '!' : ' ', d->number, qty, d->unit, d->name,
	    d->supplier);
	return 0;
}

/* The first day first; what is late has a ! */
static enum turn
orders_due(struct session *s, struct orders_screen *st)
{
	struct buf	text = { 0 };
	enum turn	turn;
	int		r;

	if ((r = purchase_due(st->shop, 0, orders_awaited, &text)) == 0 &&
	    text.len == 0) {
		r = err_set(ERR_EMPTY, _("nothing is awaited"));
	}
	turn = r != 0 ? session_fail(s, r) :
	    session_view(s, _("AWAITED"), buf_text(&text));
	buf_done(&text);
	return turn;
}

/* "" here; "all" of them together, or the name of one. */
static int
orders_store(struct orders_screen *st, const char *name, int64_t *id)
{
	struct stock_place	place = { 0 };
	int			r = 0;

	if (strcmp(name, "all") == 0 || strcmp(name, _("all")) == 0) {
		place.id = PROPOSE_ALL;
	} else if (name[0] != '\0') {
		r = stock_place_find(st->shop, name, &place);
	}
	*id = place.id;
	return r;
}

static enum turn
orders_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct orders_screen	*st = state;
	int64_t			 id = list_chosen(&st->list), n, place;
	char			 number[PURCHASE_NUMBER];
	int			 r = 0;

	switch (act) {
	case ACT_ORDER_SEND:
		if (id != 0 && (r = purchase_send(st->shop, id,
		    strcmp(rest, "!") == 0, number)) == 0) {
			session_say(s, _("order %s is sent"), number);
		}
		break;
	case ACT_PROPOSE:
		if ((r = orders_store(st, rest, &place)) == 0 &&
		    (r = purchase_propose_orders(st->shop, place, 28, 14,
		    &n)) == 0) {
			session_say(s, ngettext("%lld line on draft orders",
			    "%lld lines on draft orders", (unsigned long)n),
			    (long long)n);
		}
		break;
	case ACT_ORDER_DUE:
		return orders_due(s, st);
	case ACT_ORDER_LINES:
		return id == 0 ? TURN_STAY : orders_look(s, st, id);
	case ACT_ORDER_CLOSE:
		st->closing = id;
		return id == 0 ? TURN_STAY : session_confirm(s, ORDERS_CLOSE,
		    true, _("Wait for nothing more on this order?"));
	default:
		return TURN_PASS;
	}
	if (r == 0) {
		r = orders_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
orders_resume(struct session *s, void *state, const struct answer *a)
{
	struct orders_screen	*st = state;
	int			 r = 0;

	if (a->ok && a->tag == ORDERS_CLOSE) {
		r = purchase_close(st->shop, st->closing);
	}
	if (r == 0) {
		r = orders_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
orders_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return orders_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding orders_keys[] = {
	{ ACT_ORDER_LINES, K_F3, 'l', NULL },
	{ ACT_ORDER_DUE, K_NONE, 'd', NULL },
	{ ACT_SUPPLIERS, K_NONE, 'f', NULL },
	{ ACT_ORDER_SEND, K_NONE, 's', NULL },
	{ ACT_PROPOSE, K_NONE, 'p', NULL },
	{ ACT_ORDER_CLOSE, K_NONE, 'e', NULL },
	{ 0 }
};

const struct screen screen_orders = {
	.name = "orders",
	.title = N_("ORDERS"),
	.right = "purchase",
	.help = N_("Orders to suppliers that are not done with.  METRO 1001 4 "
	    "puts four packs of item 1001, or of what METRO calls so, on the "
	    "draft for METRO; 0 takes it off.  :propose fills the drafts by "
	    "reorder points and by what was sold, of this store, of the one "
	    "that is named, or of all together.  :send-order numbers "
	    "and prints one, with ! also below their least order.  Enter "
	    "counts what came of the marked one, :close-order waits for "
	    "nothing more; :awaited lists what has not come."),
	.topics = 1U << TOPIC_PURCHASE,
	.state_size = sizeof(struct orders_screen),
	.keys = orders_keys,
	.open = orders_open,
	.layout = orders_layout,
	.draw = orders_draw,
	.prompt = orders_prompt,
	.key = orders_key,
	.enter = orders_enter,
	.act = orders_act,
	.resume = orders_resume,
	.news = orders_news,
	.close = orders_close,
};
