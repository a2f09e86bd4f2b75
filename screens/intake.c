/* SPDX-License-Identifier: ISC */
/* Goods that come, or go back: each beep is one more, held against what was
 * ordered. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/entry.h"
#include "shop/purchase.h"
#include "shop/serial.h"

#define DOUBT_SIZE	160

enum { INTAKE_POST = 1, INTAKE_NUMBER };	/* what is asked */

struct intake_screen {
	struct shop	*shop;
	struct intake	 in;
	struct rows	 rows;
	struct list	 list;
	int64_t		 missing;	/* lines of which some is */
	int64_t		 last;		/* the item scanned last */
	bool		 less;		/* its number is taken off again */
};

static const struct column intake_columns[] = {
	{ N_("Code"), 10, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Ordered"), 9, true, 60 },
	{ N_("Came"), 9, true, 0 },
	{ N_("Missing"), 9, true, 0 },
	{ 0 }
};

static int
intake_row(void *ctx, const struct intake_gap *g)
{
	struct intake_screen	*st = ctx;
	int64_t			 left = g->ordered - g->before - g->now;
	char			 gap[MONEY_TEXT] = "";

	if (st->in.purchase != 0 && left != 0) {
		(void)str_fmt(gap, sizeof(gap), "%s%s", left < 0 ? "+" : "",
		    app_qty(st->shop, left < 0 ? -left : left));
	}
	st->missing += left > 0;
	rows_add(&st->rows, g->product, left > 0 ? STYLE_NORMAL : STYLE_DIM,
	    "%s\t%s\t%s\t%s\t%s", g->code, g->name,
	    app_qty(st->shop, g->ordered - g->before),
	    app_qty(st->shop, g->now), gap);
	return 0;
}

static int
intake_read(struct session *s, struct intake_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	st->missing = 0;
	if ((r = intake_get(st->shop, st->in.id, &st->in)) != 0 ||
	    (r = intake_gaps(st->shop, st->in.id, intake_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
intake_open_screen(struct session *s, void *state, const void *arg)
{
	struct intake_screen	*st = state;

	st->shop = session_shop(s);
	st->in.id = *(const int64_t *)arg;
	list_init(&st->list, intake_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return intake_read(s, st);
}

static void
intake_close(struct session *s, void *state)
{
	struct intake_screen	*st = state;

	(void)s;
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
intake_layout(struct session *s, void *state, int rows, int cols)
{
	struct intake_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 1);
}

static void
intake_draw(const void *state, struct canvas *c)
{
	const struct intake_screen	*st = state;
	char				 text[160];
	int				 at;

	(void)str_fmt(text, sizeof(text), "%s  %s  %s", st->in.supplier_name,
	    st->in.order, st->in.reference);
	at = canvas_put(c, 0, 2, STYLE_BOLD, text);
	if (st->in.costs > 0) {
		canvas_fmt(c, 0, at + 2, STYLE_NORMAL, _("costs %s"),
		    app_money(st->shop, st->in.costs));
	}
	if (st->rows.n == 0) {
		canvas_put(c, 2, 4, STYLE_NORMAL, st->in.back ?
		    _("Scan what goes back.") : _("Scan what came."));
		return;
	}
	list_draw(&st->list, c, 1);
}

static void
intake_head(const void *state, char *out, size_t size)
{
	const struct intake_screen	*st = state;

	(void)str_copy(out, size, st->in.back ? _("GOODS BACK") :
	    _("RECEIPT"));
}

static void
intake_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct intake_screen	*st = state;

	(void)typed;
	(void)str_copy(out, size, st->in.back ?
	    _("scan, or 3*code; F9 sends it back") :
	    _("scan, or 3*code; F9 into the stock"));
}

static enum turn
intake_key(struct session *s, void *state, struct key key)
{
	struct intake_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* One line has room for one: the first. */
static void
intake_doubted(void *ctx, const char *text)
{
	char	*doubt = ctx;

	if (*doubt == '\0') {
		(void)str_copy(doubt, DOUBT_SIZE, text);
	}
}

/* What was scanned, or what somebody may not have meant by it. */
static enum turn
intake_said(struct session *s, const struct intake_screen *st,
    const struct product *p, int64_t qty)
{
	char	doubt[DOUBT_SIZE] = "";
	int	r = 0;

	session_say(s, p->tracked ? _("%s: %s more") : _("%s: %s more; it is "
	    "kept in stock from here on"), p->name, app_qty(st->shop, qty));
	if (p->tracked && qty > 0) {
		r = intake_doubts(st->shop, st->in.id, p->id, intake_doubted,
		    doubt);
	}
	if (*doubt != '\0') {
		session_beep(s);
		session_warn(s, "%s", doubt);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

/* One piece of the item scanned last, by its number. */
static enum turn
intake_piece(struct session *s, struct intake_screen *st, const char *text)
{
	struct product	p;
	int64_t		qty = st->less ? -QTY_ONE : QTY_ONE;
	char		serial[SERIAL_MAX + 1];
	int		r;

	if ((r = product_get(st->shop, st->last, &p)) != 0 ||
	    (r = serial_scanned(st->shop, p.id, text, serial)) != 0 ||
	    (r = intake_add(st->shop, st->in.id, &(struct intake_entry){
	    .product = p.id, .qty = qty, .serial = serial })) != 0 ||
	    (r = intake_read(s, st)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return intake_said(s, st, &p, qty);
}

static enum turn
intake_enter(struct session *s, void *state, const char *text)
{
	struct intake_screen	*st = state;
	const char		*star = strchr(text, '*');
	char			 times[24];
	struct product		 p = { .serials = false };
	int64_t			 n = QTY_ONE, qty;
	int			 r = 0;

	if (*text == '\0') {
		return TURN_STAY;
	}
	if (star != NULL && star != text) {
		(void)str_fmt(times, sizeof(times), "%.*s",
		    (int)(star - text), text);
		r = qty_parse(times, &n);
		text = star + 1;
	}
	if (r == 0 && (r = intake_scan(st->shop, st->in.id, text, n, &p,
	    &qty)) == 0) {
		st->last = p.id;
		if ((r = intake_read(s, st)) == 0) {
			return intake_said(s, st, &p, qty);
		}
	} else if (r == ERR_EMPTY && p.serials) {
		st->last = p.id;
		st->less = n < 0;
		return app_ask_serial(s, INTAKE_NUMBER, &p);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static enum turn
intake_save(struct session *s, struct intake_screen *st)
{
	char	number[PURCHASE_NUMBER];
	int	r = intake_post(st->shop, st->in.id, number);

	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, st->in.back ? _("%s went back: it is off the stock") :
	    _("receipt %s is in the stock"), number);
	return session_pop(s, true, st->in.id, number);
}

/* "LOT [DAY]" of one more of the marked item. */
static enum turn
intake_lot(struct session *s, struct intake_screen *st, const char *rest)
{
	struct intake_entry	 e = { .product = list_chosen(&st->list),
				    .qty = QTY_ONE };
	struct product		 p;
	char			 own[ENTRY_MAX], *save = NULL;
	int			 r;

	(void)str_copy(own, sizeof(own), rest);
	e.lot = strtok_r(own, " ", &save);
	e.expiry = strtok_r(NULL, " ", &save);
	if (e.product == 0 || e.lot == NULL) {
		r = err_set(ERR_INVALID, _("LOT DAY: of one more of the "
		    "marked item"));
	} else if ((r = product_get(st->shop, e.product, &p)) == 0 &&
	    (r = intake_add(st->shop, st->in.id, &e)) == 0 &&
	    (r = intake_read(s, st)) == 0) {
		return intake_said(s, st, &p, e.qty);
	}
	return session_fail(s, r);
}

static enum turn
intake_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct intake_screen	*st = state;
	int64_t			 costs;
	int			 r;

	switch (act) {
	case ACT_SAVE:
		if (st->missing > 0) {
			return session_confirm(s, INTAKE_POST, false,
			    ngettext("%lld line is short.  Into the stock all "
			    "the same?", "%lld lines are short.  Into the "
			    "stock all the same?",
			    (unsigned long)st->missing),
			    (long long)st->missing);
		}
		return intake_save(s, st);
	case ACT_INTAKE_FILL:
		r = intake_fill(st->shop, st->in.id);
		break;
	case ACT_INTAKE_LOT:
		return intake_lot(s, st, rest);
	case ACT_INTAKE_COSTS:
		if ((r = money_parse(&st->shop->money, rest, false,
		    &costs)) == 0) {
			r = intake_set(st->shop, st->in.id,
			    st->in.reference, costs);
		}
		break;
	case ACT_INTAKE_NOTE:
		r = intake_set(st->shop, st->in.id, rest, st->in.costs);
		break;
	default:
		return TURN_PASS;
	}
	if (r == 0) {
		r = intake_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
intake_resume(struct session *s, void *state, const struct answer *a)
{
	struct intake_screen	*st = state;

	if (a->ok && a->tag == INTAKE_NUMBER) {
		return intake_piece(s, st, a->text);
	}
	return a->ok && a->tag == INTAKE_POST ? intake_save(s, st) :
	    TURN_DRAW;
}

static enum turn
intake_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return intake_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding intake_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ ACT_INTAKE_FILL, K_NONE, 'a', NULL },
	{ ACT_INTAKE_LOT, K_NONE, 'l', NULL },
	{ ACT_INTAKE_COSTS, K_NONE, 'c', NULL },
	{ ACT_INTAKE_NOTE, K_NONE, 'n', NULL },
	{ 0 }
};

const struct screen screen_intake = {
	.name = "intake",
	.title = N_("RECEIPT"),
	.right = "purchase",
	.help = N_("What comes from a supplier.  Each scan is one more, of a "
	    "pack's barcode all it holds; 3*code three more, -1*code takes "
	    "one back; a piece with a number asks for it.  Every beep is "
	    "saved: others may scan the same receipt.  :lot LOT DAY is one "
	    "more of the marked item out of that lot; :costs adds freight "
	    "and duty, which go to the lines by what they cost; :came takes "
	    "all as ordered.  F9 puts it into the stock, where it stands."),
	.topics = 1U << TOPIC_PURCHASE,
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct intake_screen),
	.keys = intake_keys,
	.open = intake_open_screen,
	.layout = intake_layout,
	.draw = intake_draw,
	.head = intake_head,
	.prompt = intake_prompt,
	.key = intake_key,
	.enter = intake_enter,
	.act = intake_act,
	.resume = intake_resume,
	.news = intake_news,
	.close = intake_close,
};
