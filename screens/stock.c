/* SPDX-License-Identifier: ISC */
/* The stockroom: what wants attention, or what was searched, and its level;
 * "+3 why" or "-2 why" moves the marked one. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/ean.h"
#include "shop/serial.h"
#include "shop/stock.h"
#include "shop/stock_alert.h"

#define STOCK_FIRST	60		/* rows read … */
#define STOCK_MOST	500		/* … and when the end is walked to */

struct stock_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
	int		 kind;		/* enum alert_kind, or ALERT_KIND_COUNT:
					 * all of them */
	char		 words[ENTRY_MAX];	/* searched; "" alerts */
	int		 most;		/* rows read of them */
	int		 found;		/* so many there were, up to `most` */
	int64_t		 moved, delta;	/* whose number is asked, and … */
	char		 why[ENTRY_MAX];	/* … what is to be done */
	bool		 plain;		/* nothing alarms: the first items */
};

#define ASK_NUMBER	1

static const struct column stock_columns[] = {
	{ N_("Code"), 8, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Level"), 10, true, 0 },
	{ N_("Place"), 10, false, 60 },
	{ N_("Alert"), 25, false, 72 },
	{ 0 }
};

static int
stock_alerts(struct stock_screen *st)
{
	struct stock_alert	*rows;
	size_t			 n;
	int			 r;

	if ((r = stock_alert_list(st->shop, st->kind == ALERT_KIND_COUNT ?
	    NULL : alert_kind_name((enum alert_kind)st->kind), st->most,
	    &rows, &n)) != 0) {
		return r;
	}
	st->found = (int)n;
	for (size_t i = 0; i < n; i++) {
		const struct stock_alert	*a = &rows[i];

		rows_add(&st->rows, a->product, a->kind == ALERT_NEGATIVE ?
		    STYLE_WARN : STYLE_NORMAL, "%s\t%s\t%s\t%s\t%s %s",
		    a->code, a->name, a->kind == ALERT_COST ?
		    app_money(st->shop, a->amount) : app_qty(st->shop,
		    a->amount), a->place, alert_kind_text(a->kind),
		    a->detail[0] == '\0' ? "" : app_day_of(st->shop,
		    a->detail));
	}
	free(rows);
	return 0;
}

/* What a category holds. */
struct stock_some {
	struct product	*out;
	size_t		 n;
};

static int
stock_one(void *ctx, const struct product *p)
{
	struct stock_some	*some = ctx;

	some->out[some->n++] = *p;
	return 0;
}

static int
stock_matches(struct session *s, struct stock_screen *st)
{
	struct stock_some	some = { .out = xcalloc(STOCK_MOST,
				    sizeof(*some.out)) };
	struct product		*found = some.out;
	int64_t			 reserved;
	int			 n = 0, r;

	(void)s;
	if (st->words[0] == '@') {
		r = product_list(st->shop, st->words + 1, st->most,
		    stock_one, &some);
		n = (int)some.n;
	} else {
		r = product_search(st->shop, st->words, st->most, found, &n);
	}
	st->found = n;
	for (int i = 0; i < n && r == 0; i++) {
		const struct product	*p = &found[i];

		if (!p->tracked) {
			continue;
		}
		reserved = 0;
		if (n < 20) {	/* asked of each only where few are shown */
			r = sale_reserved(st->shop, p->id, &reserved);
		}
		rows_add(&st->rows, p->id, p->stock < 0 ? STYLE_WARN :
		    STYLE_NORMAL, "%s\t%s\t%s\t\t%s%s", p->code, p->name,
		    app_qty(st->shop, p->stock), reserved != 0 ?
		    _("reserved ") : "", reserved != 0 ?
		    app_qty(st->shop, reserved) : "");
	}
	free(found);
	return r;
}

static int
stock_item(void *ctx, const struct product *p)
{
	struct stock_screen	*st = ctx;

	st->found++;
	if (p->tracked) {
		rows_add(&st->rows, p->id, p->stock < 0 ? STYLE_WARN :
		    STYLE_NORMAL, "%s\t%s\t%s\t\t", p->code, p->name,
		    app_qty(st->shop, p->stock));
	}
	return 0;
}

static int
stock_read(struct session *s, struct stock_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	r = st->words[0] == '\0' ? stock_alerts(st) : stock_matches(s, st);
	/* Where nothing wants attention there is still what there is. */
	st->plain = st->words[0] == '\0' && st->kind == ALERT_KIND_COUNT &&
	    st->rows.n == 0;
	if (r == 0 && st->plain) {
		st->found = 0;
		r = product_list(st->shop, NULL, st->most, stock_item, st);
	}
	return r != 0 ? r : list_reload(s, &st->list);
}

/* What is shown changes: from its top. */
static void
stock_anew(struct stock_screen *st)
{
	st->list.id = st->list.at = st->list.top = 0;
	st->most = STOCK_FIRST;
}

static int
stock_open(struct session *s, void *state, const void *arg)
{
	struct stock_screen	*st = state;
	const char		*word = arg != NULL ? arg : "";
	enum alert_kind		 kind;

	st->shop = session_shop(s);
	st->kind = ALERT_KIND_COUNT;
	if (alert_kind_find(word, &kind) == 0) {
		st->kind = (int)kind;
	} else {
		(void)str_copy(st->words, sizeof(st->words), word);
	}
	list_init(&st->list, stock_columns, &rows_source, &st->rows);
	st->list.headed = true;
	st->most = STOCK_FIRST;
	return stock_read(s, st);
}

static void
stock_close(struct session *s, void *state)
{
	struct stock_screen	*st = state;

	app_keep(s, "stock", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
stock_layout(struct session *s, void *state, int rows, int cols)
{
	struct stock_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 1);
}

static void
stock_draw(const void *state, struct canvas *c)
{
	const struct stock_screen	*st = state;

	canvas_put(c, 0, 2, STYLE_BOLD, st->words[0] != '\0' ? st->words :
	    st->plain ? _("No alert: the first items") :
	    st->kind == ALERT_KIND_COUNT ? _("What wants attention") :
	    alert_kind_text((enum alert_kind)st->kind));
	if (st->list.count == 0) {
		canvas_put(c, 2, 4, STYLE_NORMAL, st->words[0] != '\0' ?
		    _("Nothing kept in stock matches.") :
		    _("Nothing does; type words to see levels."));
		return;
	}
	list_draw(&st->list, c, 1);
}

static void
stock_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("words, /pattern/, @category, +3 WHY"));
}

static enum turn
stock_key(struct session *s, void *state, struct key key)
{
	struct stock_screen	*st = state;
	int			 r;

	/* Few look at more than the first: what is behind is read when the
	 * mark comes near it. */
	if (st->found == st->most && st->most < STOCK_MOST &&
	    (key.code == K_END || st->list.at + 2 * st->list.height >=
	    st->list.count)) {
		st->most = STOCK_MOST;
		if ((r = stock_read(s, st)) != 0) {
			return session_fail(s, r);
		}
	}
	return list_key(s, &st->list, key);
}

static enum turn
stock_moved(struct session *s, struct stock_screen *st, const char *serial)
{
	const struct stock_entry	e = { .product = st->moved,
					    .qty = st->delta,
					    .kind = STOCK_ADJUST,
					    .serial = serial,
					    .reason = st->why };
	int64_t				level;
	int				r;

	if ((r = stock_correct_piece(st->shop, &e, NULL)) != 0 ||
	    (r = stock_level(st->shop, st->moved, &level)) != 0 ||
	    (r = stock_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, _("the level is now %s"), app_qty(st->shop, level));
	return TURN_DRAW;
}

/* "+3 delivery" of the marked item. */
static enum turn
stock_move(struct session *s, struct stock_screen *st, const char *text)
{
	size_t		len = strcspn(text, " ");
	const char	*why = text + len + strspn(text + len, " ");
	char		number[32];
	struct product	p;
	int64_t		id = list_chosen(&st->list);
	int		r;

	(void)str_fmt(number, sizeof(number), "%.*s", (int)len,
	    text[0] == '+' ? text + 1 : text);
	number[strcspn(number, " ")] = '\0';
	if (id == 0) {
		return session_fail(s, err_set(ERR_EMPTY,
		    _("mark an item first")));
	}
	if ((r = qty_parse(number, &st->delta)) != 0 ||
	    (r = product_get(st->shop, id, &p)) != 0) {
		return session_fail(s, r);
	}
	st->moved = id;
	(void)str_copy(st->why, sizeof(st->why), why);
	return p.serials && why[0] != '\0' && (st->delta == QTY_ONE ||
	    st->delta == -QTY_ONE) ? app_ask_serial(s, ASK_NUMBER, &p) :
	    stock_moved(s, st, "");
}

static enum turn
stock_enter(struct session *s, void *state, const char *text)
{
	struct stock_screen	*st = state;
	struct product		 p;
	int			 r;

	if (text[0] == '+' || text[0] == '-') {
		return stock_move(s, st, text);
	}
	if (text[0] == '\0') {
		if (product_get(st->shop, list_chosen(&st->list), &p) != 0) {
			return TURN_STAY;
		}
		return session_push(s, &screen_product, p.code);
	}
	if (product_find(st->shop, text, &p) == 0 &&
	    stock_shown(st->shop, &p, 1) == 0) {
		(void)str_copy(st->words, sizeof(st->words), p.code);
		stock_anew(st);
		st->found = 1;
		rows_clear(&st->rows);
		rows_add(&st->rows, p.id, p.stock < 0 ? STYLE_WARN :
		    STYLE_NORMAL, "%s\t%s\t%s\t\t", p.code, p.name,
		    p.tracked ? app_qty(st->shop, p.stock) : "");
		r = list_reload(s, &st->list);
	} else {
		(void)str_copy(st->words, sizeof(st->words), text);
		stock_anew(st);
		r = stock_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
stock_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct stock_screen	*st = state;
	int			 r;

	(void)rest;
	if (act != ACT_STOCK_KIND) {
		return TURN_PASS;
	}
	/* the next kind that there is any of, then all of them again */
	st->words[0] = '\0';
	do {
		stock_anew(st);
		st->kind = st->kind == ALERT_KIND_COUNT ? 0 : st->kind + 1;
		if ((r = stock_read(s, st)) != 0) {
			return session_fail(s, r);
		}
	} while (st->list.count == 0 && st->kind != ALERT_KIND_COUNT);
	return TURN_DRAW;
}

static enum turn
stock_resume(struct session *s, void *state, const struct answer *answer)
{
	struct stock_screen	*st = state;
	char			 serial[SERIAL_MAX + 1];
	int			 r;

	if (!answer->ok || answer->tag != ASK_NUMBER) {
		return TURN_DRAW;
	}
	if ((r = serial_scanned(st->shop, st->moved, answer->text,
	    serial)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return stock_moved(s, st, serial);
}

static enum turn
stock_news(struct session *s, void *state, unsigned topics)
{
	struct stock_screen	*st = state;

	(void)topics;
	return stock_read(s, st) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding stock_keys[] = {
	{ ACT_STOCK_KIND, K_F3, 'k', NULL },
	{ ACT_STOCK_COUNT, K_F4, 'c', NULL },
	{ 0 }
};

const struct screen screen_stock = {
	.name = "stock",
	.title = N_("STOCK"),
	.right = "look",
	.help = N_("What wants attention: below nothing, sold out, low, soon "
	    "to expire, dearer than its price, not sold for long; F3 shows "
	    "one kind after the other.  Words or a /pattern/ search, "
	    "@category is all of one, a scan finds; levels stand beside.  "
	    "+3 delivery or -2 broken moves the marked item, Enter "
	    "shows all about it, F4 counts."),
	.flags = SCREEN_SCANS,
	.topics = 1u << TOPIC_STOCK,
	.state_size = sizeof(struct stock_screen),
	.keys = stock_keys,
	.open = stock_open,
	.layout = stock_layout,
	.draw = stock_draw,
	.prompt = stock_prompt,
	.key = stock_key,
	.enter = stock_enter,
	.act = stock_act,
	.resume = stock_resume,
	.news = stock_news,
	.close = stock_close,
};
