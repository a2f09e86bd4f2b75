/* SPDX-License-Identifier: ISC */
/* What a supplier sells: our items, their words for them, packs, prices. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/supplier.h"

struct sells_screen {
	struct shop	*shop;
	struct supplier	 s;
	struct rows	 rows;
	struct list	 list;
};

static const struct column sells_columns[] = {
	{ N_("Code"), 10, false, 0 },
	{ N_("Reference"), 12, false, 60 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Pack"), 7, true, 0 },
	{ N_("Price"), 9, true, 0 },
	{ N_("Least"), 5, true, 72 },
	{ 0 }
};

static int
sells_row(void *ctx, const struct supplier_item *i)
{
	struct sells_screen	*st = ctx;

	rows_add(&st->rows, i->product, STYLE_NORMAL,
	    "%s\t%s\t%s%s\t%s\t%s\t%lld", i->code, i->ref,
	    i->preferred ? "* " : "", i->name, app_qty(st->shop, i->pack),
	    app_money(st->shop, i->price), (long long)i->least);
	return 0;
}

static int
sells_read(struct session *s, struct sells_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = supplier_get(st->shop, st->s.id, &st->s)) != 0 ||
	    (r = supplier_items(st->shop, st->s.id, 0, sells_row,
	    st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
sells_open(struct session *s, void *state, const void *arg)
{
	struct sells_screen	*st = state;

	st->shop = session_shop(s);
	st->s.id = *(const int64_t *)arg;
	list_init(&st->list, sells_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return sells_read(s, st);
}

static void
sells_close(struct session *s, void *state)
{
	struct sells_screen	*st = state;

	(void)s;
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
sells_layout(struct session *s, void *state, int rows, int cols)
{
	struct sells_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 2);
}

static void
sells_draw(const void *state, struct canvas *c)
{
	const struct sells_screen	*st = state;

	canvas_fmt(c, 0, 2, STYLE_BOLD, "%s  %s  %s", st->s.code, st->s.name,
	    st->s.phone);
	canvas_fmt(c, 1, 2, STYLE_DIM, _("delivery in days: %lld, payment: "
	    "%lld, orders from %s"), (long long)st->s.lead,
	    (long long)st->s.terms, app_cash(st->shop, st->s.least));
	if (st->list.count == 0) {
		(void)canvas_wrap(c, 3, 4, STYLE_NORMAL, _("Nothing so far.  "
		    "1001 9.60 12 EG-1 says they sell 1001, twelve at 9.60, "
		    "as EG-1."));
		return;
	}
	list_draw(&st->list, c, 2);
}

static void
sells_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("ITEM PRICE PACK REFERENCE LEAST"));
}

static enum turn
sells_key(struct session *s, void *state, struct key key)
{
	struct sells_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* "1001 9.60 12 EG-1 2 *": what is left out stays as it is. */
static int
sells_put(struct sells_screen *st, const char *text)
{
	struct supplier_item	 i;
	struct product		 p;
	struct scan		 scan;
	char			 own[ENTRY_MAX], *save = NULL, *word;
	int			 r;

	(void)str_copy(own, sizeof(own), text);
	if ((r = supplier_item_find(st->shop, st->s.id,
	    strtok_r(own, " ", &save), &p, &scan)) != 0) {
		return r;
	}
	r = supplier_item_get(st->shop, st->s.id, p.id, &i);
	if ((word = strtok_r(NULL, " ", &save)) == NULL) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_INVALID,
		    _("ITEM PRICE PACK REFERENCE LEAST: 1001 9.60 12 EG-1 2"));
	}
	if ((r = money_parse(&st->shop->money, word, st->shop->who.implied,
	    &i.price)) != 0 || ((word = strtok_r(NULL, " ", &save)) != NULL &&
	    (r = qty_parse(word, &i.pack)) != 0)) {
		return r;
	}
	if (word != NULL && (word = strtok_r(NULL, " ", &save)) != NULL &&
	    !str_copy(i.ref, sizeof(i.ref), word)) {
		return err_set(ERR_TOO_LONG, _("the reference is too long"));
	}
	if (word != NULL && (word = strtok_r(NULL, " ", &save)) != NULL &&
	    (r = str_to_i64(word, 1, 9999, &i.least)) != 0) {
		return r;
	}
	word = word == NULL ? NULL : strtok_r(NULL, " ", &save);
	i.preferred = word == NULL ? i.preferred : strcmp(word, "*") == 0;
	st->list.id = p.id;
	return supplier_item_put(st->shop, &i);
}

static enum turn
sells_done(struct session *s, struct sells_screen *st, int r)
{
	if (r == 0) {
		r = sells_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

/* Enter alone brings the marked one to the entry line, to be changed. */
static enum turn
sells_enter(struct session *s, void *state, const char *text)
{
	struct sells_screen	*st = state;
	struct supplier_item	 i;
	struct product		 p;
	char			 line[160], pack[MONEY_TEXT];

	if (text[0] != '\0') {
		return sells_done(s, st, sells_put(st, text));
	}
	if (product_get(st->shop, list_chosen(&st->list), &p) != 0 ||
	    supplier_item_get(st->shop, st->s.id, p.id, &i) != 0) {
		return TURN_STAY;
	}
	qty_plain(st->shop->money.mark, i.pack, pack);
	(void)str_fmt(line, sizeof(line), i.ref[0] == '\0' ? "%s %s %s%s" :
	    "%s %s %s %s %lld", p.code, app_typed(st->shop, i.price), pack,
	    i.ref, (long long)i.least);
	session_set_entry(s, line);
	return TURN_DRAW;
}

static enum turn
sells_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct sells_screen	*st = state;
	int64_t			 product = list_chosen(&st->list);

	(void)rest;
	switch (act) {
	case ACT_SUPPLIER_EDIT:
		return session_push(s, &screen_supplier, &st->s.id);
	case ACT_SELLS_DROP:
		return product == 0 ? TURN_STAY : sells_done(s, st,
		    supplier_item_drop(st->shop, st->s.id, product));
	default:
		return TURN_PASS;
	}
}

static enum turn
sells_resume(struct session *s, void *state, const struct answer *a)
{
	(void)a;
	return sells_done(s, state, 0);
}

static enum turn
sells_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return sells_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding sells_keys[] = {
	{ ACT_SUPPLIER_EDIT, K_F3, 'e', NULL },
	{ ACT_SELLS_DROP, K_F8, 'v', NULL },
	{ 0 }
};

const struct screen screen_sells = {
	.name = "sells",
	.title = N_("SELLS US"),
	.right = "purchase",
	.help = N_("What a supplier sells: our code or theirs, the price of a "
	    "pack without tax, how many it holds, their reference, the least "
	    "packs of an order: 1001 9.60 12 EG-1 2; a * behind it makes them "
	    "the one proposed.  Enter alone brings the marked one to the "
	    "line, F8 takes it off, F3 changes the supplier."),
	.flags = SCREEN_SCANS,
	.topics = 1U << TOPIC_PURCHASE,
	.state_size = sizeof(struct sells_screen),
	.keys = sells_keys,
	.open = sells_open,
	.layout = sells_layout,
	.draw = sells_draw,
	.prompt = sells_prompt,
	.key = sells_key,
	.enter = sells_enter,
	.act = sells_act,
	.resume = sells_resume,
	.news = sells_news,
	.close = sells_close,
};
