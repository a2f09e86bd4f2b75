/* SPDX-License-Identifier: ISC */
/* Goods between stores: those that are open, or one of them, where a scan puts
 * one more on it, or takes one in that has come. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/serial.h"
#include "shop/transfer.h"

enum { ASK_SHIP, ASK_ALL, ASK_LOST, ASK_NUMBER };

struct transfer_screen {
	struct shop	*shop;
	struct transfer	 one;		/* id 0: the list of them */
	struct rows	 rows;
	struct list	 list;
	int64_t		 last;		/* whose number is asked … */
	bool		 less;		/* … to take it off again */
};

static const struct column transfer_columns[] = {
	{ N_("Sent"), 9, true, 0 },
	{ N_("Item"), 0, false, 0 },
	{ N_("Received"), 9, true, 0 },
	{ 0 }
};
static const struct column transfers_columns[] = {
	{ N_("No."), 5, true, 0 },
	{ N_("From, to"), 0, false, 0 },
	{ N_("State"), 10, false, 0 },
	{ N_("Quantity"), 10, true, 60 },
	{ N_("Received"), 10, true, 60 },
	{ 0 }
};

static const char *
transfer_state(const char *state)
{
	static const char *const	words[][2] = {
		{ "draft", N_("open") }, { "shipped", N_("under way") },
		{ "received", N_("received") },
		{ "cancelled", N_("cancelled") },
	};

	for (size_t i = 0; i < NELEM(words); i++) {
		if (strcmp(words[i][0], state) == 0) {
			return _(words[i][1]);
		}
	}
	return state;
}

static int
transfer_read_list(struct transfer_screen *st)
{
	struct transfer	*rows;
	size_t		 n;
	int		 r;

	if ((r = transfer_list(st->shop, true, 200, &rows, &n)) == 0) {
		for (size_t i = 0; i < n; i++) {
			rows_add(&st->rows, rows[i].id, STYLE_NORMAL,
			    "%lld\t%s > %s\t%s\t%s\t%s",
			    (long long)rows[i].id, rows[i].source.name,
			    rows[i].target.name, transfer_state(rows[i].state),
			    app_qty(st->shop, rows[i].qty),
			    app_qty(st->shop, rows[i].received));
		}
	}
	free(rows);
	return r;
}

static int
transfer_read_lines(struct transfer_screen *st)
{
	struct transfer_line	*lines;
	size_t			 n;
	int			 r;

	if ((r = transfer_get(st->shop, st->one.id, &st->one)) != 0 ||
	    (r = transfer_lines(st->shop, st->one.id, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		rows_add(&st->rows, lines[i].id, STYLE_NORMAL,
		    "%s\t%s %s%s\t%s", app_qty(st->shop, lines[i].qty),
		    lines[i].name, lines[i].serial, lines[i].lot,
		    st->one.shipped_at == 0 ? "" :
		    app_qty(st->shop, lines[i].received));
	}
	free(lines);
	return 0;
}

static int
transfer_read(struct session *s, struct transfer_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	r = st->one.id == 0 ? transfer_read_list(st) :
	    transfer_read_lines(st);
	return r != 0 ? r : list_reload(s, &st->list);
}

/* `arg`: the number of one, the store goods go to, or nothing. */
static int
transfers_open(struct session *s, void *state, const void *arg)
{
	struct transfer_screen	*st = state;
	const char		*word = arg != NULL ? arg : "";
	struct stock_place	 to;
	int64_t			 here;
	int			 r = 0;

	st->shop = session_shop(s);
	if (word[0] != '\0' && str_to_i64(word, 1, INT64_MAX,
	    &st->one.id) != 0) {
		r = stock_place_find(st->shop, word, &to);
		if ((r == 0 || r == ERR_DENIED) &&
		    (r = stock_place_here(st->shop, &here)) == 0) {
			r = transfer_open(st->shop, here, to.id,
			    &st->one.id);
		}
	}
	if (r != 0) {
		return r;
	}
	list_init(&st->list, st->one.id == 0 ? transfers_columns :
	    transfer_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return transfer_read(s, st);
}

static void
transfers_close(struct session *s, void *state)
{
	struct transfer_screen	*st = state;

	app_keep(s, "transfers", st->one.id);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
transfers_layout(struct session *s, void *state, int rows, int cols)
{
	struct transfer_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 1);
}

static void
transfers_draw(const void *state, struct canvas *c)
{
	const struct transfer_screen	*st = state;

	if (st->one.id == 0) {
		canvas_put(c, 0, 2, STYLE_BOLD, _("Transfers"));
	} else {
		canvas_fmt(c, 0, 2, STYLE_BOLD, _("Transfer %lld, %s > %s"),
		    (long long)st->one.id, st->one.source.name,
		    st->one.target.name);
		canvas_right(c, 0, canvas_cols(c) - 1, 10, STYLE_NORMAL,
		    transfer_state(st->one.state));
	}
	if (st->list.count == 0) {
		canvas_put(c, 2, 4, STYLE_NORMAL, st->one.id == 0 ?
		    _("None is open; :transfer STORE begins one.") :
		    _("Scan what goes along."));
		return;
	}
	list_draw(&st->list, c, 1);
}

static void
transfers_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct transfer_screen	*st = state;

	(void)typed;
	(void)str_copy(out, size, st->one.id == 0 ?
	    _("Enter opens it; or a store's name") :
	    st->one.shipped_at == 0 ? _("scan: one more   3*code   F9 sends") :
	    _("scan what has come   F9 all of it"));
}

static enum turn
transfers_key(struct session *s, void *state, struct key key)
{
	struct transfer_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* So much of an item, or the piece or lot that was named, goes or has come. */
static enum turn
transfers_take(struct session *s, struct transfer_screen *st,
    const struct product *p, int64_t qty, const char *lot, const char *serial)
{
	int	r = st->one.shipped_at == 0 ? transfer_put(st->shop,
		    st->one.id, p->id, qty, lot, serial) :
		    transfer_receive(st->shop, st->one.id, p->id, qty, serial);

	if (r != 0 || (r = transfer_read(s, st)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, "%s: %s %s", p->name, app_qty(st->shop, qty), p->unit);
	return TURN_DRAW;
}

static enum turn
transfers_scan(struct session *s, struct transfer_screen *st, const char *text)
{
	const char	*star = strchr(text, '*');
	char		 number[24];
	struct product	 p;
	struct scan	 scan;
	int64_t		 qty = QTY_ONE;
	int		 r;

	if (star != NULL) {
		(void)str_fmt(number, sizeof(number), "%.*s",
		    (int)(star - text), text);
		if ((r = qty_parse(number, &qty)) != 0) {
			return session_fail(s, r);
		}
	}
	if ((r = product_scan(st->shop, star == NULL ? text : star + 1, &p,
	    &scan)) != 0 || (r = scan_times(&scan, qty, &qty)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	if (p.serials && scan.serial[0] == '\0') {
		st->last = p.id;
		st->less = qty < 0;
		return app_ask_serial(s, ASK_NUMBER, &p);
	}
	return transfers_take(s, st, &p, qty, scan.lot, p.serials ?
	    scan.serial : "");
}

static enum turn
transfers_enter(struct session *s, void *state, const char *text)
{
	struct transfer_screen	*st = state;
	char			 number[24];

	if (st->one.id != 0) {
		return text[0] == '\0' ? TURN_STAY :
		    transfers_scan(s, st, text);
	}
	if (text[0] == '\0') {
		if (list_chosen(&st->list) == 0) {
			return TURN_STAY;
		}
		(void)str_fmt(number, sizeof(number), "%lld",
		    (long long)list_chosen(&st->list));
		text = number;
	}
	return session_push(s, &screen_transfers, text);
}

static enum turn
transfers_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct transfer_screen	*st = state;

	(void)rest;
	switch (act) {
	case ACT_TRANSFER_GO:
		return st->one.shipped_at == 0 ?
		    session_confirm(s, ASK_SHIP, false, _("Does it leave?")) :
		    session_confirm(s, ASK_ALL, false,
		    _("Has all of it come?"));
	case ACT_TRANSFER_LOST:
		return session_confirm(s, ASK_LOST, true,
		    _("Is what has not come lost?"));
	default:
		return TURN_PASS;
	}
}

static bool
transfers_can(const void *state, enum action act)
{
	const struct transfer_screen	*st = state;

	if (act == ACT_TRANSFER_LOST) {
		return strcmp(st->one.state, "shipped") == 0;
	}
	return act != ACT_TRANSFER_GO || st->one.id != 0;
}

static enum turn
transfers_resume(struct session *s, void *state, const struct answer *answer)
{
	struct transfer_screen	*st = state;
	struct product		 p;
	char			 serial[SERIAL_MAX + 1];
	int			 r = 0;

	if (answer->from == &screen_transfers) {
		return transfer_read(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	}
	if (!answer->ok) {
		return TURN_DRAW;
	}
	if (answer->tag == ASK_NUMBER) {
		if ((r = product_get(st->shop, st->last, &p)) != 0 ||
		    (r = serial_scanned(st->shop, p.id, answer->text,
		    serial)) != 0) {
			session_beep(s);
			return session_fail(s, r);
		}
		return transfers_take(s, st, &p, st->less ? -QTY_ONE :
		    QTY_ONE, "", serial);
	}
	if (answer->tag == ASK_SHIP) {
		r = transfer_ship(st->shop, st->one.id);
	} else if (answer->tag == ASK_ALL) {
		r = transfer_receive_all(st->shop, st->one.id);
	} else if (answer->tag == ASK_LOST) {
		r = transfer_settle(st->shop, st->one.id, true);
	}
	if (r != 0 || (r = transfer_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, "%s", transfer_state(st->one.state));
	return TURN_DRAW;
}

static enum turn
transfers_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return transfer_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding transfers_keys[] = {
	{ ACT_TRANSFER_GO, K_F9, 'g', NULL },
	{ ACT_TRANSFER_LOST, K_NONE, 'l', NULL },
	{ 0 }
};

const struct screen screen_transfers = {
	.name = "transfers",
	.title = N_("TRANSFERS"),
	.right = "transfer",
	.help = N_("Goods for another store.  A store's name begins one from "
	    "here; scan what goes along, 3*1001 is three, -1*1001 takes one "
	    "off; F9 sends it.  There, scan what has come, or F9 for all of "
	    "it; what never comes is lost, with Tab l, or found again by "
	    "transfer settle N back."),
	.flags = SCREEN_SCANS,
	.topics = 1u << TOPIC_STOCK,
	.state_size = sizeof(struct transfer_screen),
	.keys = transfers_keys,
	.open = transfers_open,
	.layout = transfers_layout,
	.draw = transfers_draw,
	.prompt = transfers_prompt,
	.can = transfers_can,
	.key = transfers_key,
	.enter = transfers_enter,
	.act = transfers_act,
	.resume = transfers_resume,
	.news = transfers_news,
	.close = transfers_close,
};
