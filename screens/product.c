/* SPDX-License-Identifier: ISC */
/* One item: what it costs, how many there are, what its labels say. */
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/product.h"

enum { PRODUCT_FIND = 1 };

struct product_screen {
	struct shop	*shop;
	int64_t		 reserved;	/* by sales not posted yet */
	struct product	 p;		/* id 0: none yet */
	struct buf	 barcodes;
};

static int
product_show(struct product_screen *st, int64_t id)
{
	int	r;

	if ((r = product_get(st->shop, id, &st->p)) != 0) {
		return r;
	}
	buf_clear(&st->barcodes);
	if ((r = sale_reserved(st->shop, id, &st->reserved)) != 0) {
		return r;
	}
	return product_barcodes(st->shop, id, &st->barcodes);
}

/* By code or barcode, else by words: many open the list. */
static enum turn
product_look(struct session *s, struct product_screen *st, const char *text)
{
	struct product	p[2];
	int		r, n = 0;

	r = product_find(st->shop, text, &p[0]);
	if (r == ERR_NOT_FOUND) {
		if ((r = product_search(st->shop, text, 2, p, &n)) == 0 &&
		    n > 1) {
			return session_push(s, &screen_find, text);
		}
		if (r == 0 && n == 0) {
			r = err_set(ERR_NOT_FOUND, _("no code or name begins "
			    "with %.40s; F2 looks further"), text);
		}
	}
	if (r == 0) {
		r = product_show(st, p[0].id);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static int
product_open(struct session *s, void *state, const void *arg)
{
	struct product_screen	*st = state;
	const char		*code = arg;

	st->shop = session_shop(s);
	if (code != NULL && *code != '\0') {
		(void)product_look(s, st, code);
	}
	return 0;
}

static void
product_close(struct session *s, void *state)
{
	struct product_screen	*st = state;

	app_keep(s, "product", 0);
	buf_done(&st->barcodes);
}

static void
product_row(struct canvas *c, int row, const char *label, const char *value)
{
	canvas_put(c, row, 4, STYLE_DIM, label);
	canvas_put(c, row, 18, STYLE_NORMAL, value);
}

static void
product_draw(const void *state, struct canvas *c)
{
	const struct product_screen	*st = state;
	const struct product		*p = &st->p;
	char				 text[160];
	int				 row = canvas_rows(c) >= 14 ? 1 : 0;

	if (p->id == 0) {
		canvas_put(c, row + 1, 4, STYLE_NORMAL,
		    _("Scan it, or type its code or name."));
		return;
	}
	canvas_put(c, row, 4, STYLE_BOLD, p->name);
	(void)str_fmt(text, sizeof(text), "%s%s", p->code, p->active ? "" :
	    _("   no longer sold"));
	product_row(c, row + 2, _("Code"), text);
	(void)str_fmt(text, sizeof(text), p->by_weight ? _("%s a %s") : "%s",
	    app_cash(st->shop, p->price), p->unit);
	product_row(c, row + 3, _("Price"), text);
	rate_plain(st->shop->money.mark, p->rate, text);
	(void)str_copy(text + strlen(text), sizeof(text) - strlen(text),
	    "\xc2\xa0%");
	product_row(c, row + 4, _("VAT"), text);
	(void)str_fmt(text, sizeof(text), "%s%s%s", p->tracked ?
	    app_qty(st->shop, p->stock) : _("not counted"),
	    p->tracked && p->by_weight ? " " : "",
	    p->tracked && p->by_weight ? p->unit : "");
	if (p->tracked && st->reserved != 0) {
		size_t	n = strlen(text);

		(void)str_fmt(text + n, sizeof(text) - n, _("   %s promised"),
		    app_qty(st->shop, st->reserved));
	}
	product_row(c, row + 5, _("Stock"), text);
	product_row(c, row + 6, _("Category"), p->category);
	product_row(c, row + 7, _("Barcodes"), buf_text(&st->barcodes));
}

static void
product_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("code, name or scan"));
}

static enum turn
product_enter(struct session *s, void *state, const char *text)
{
	return *text == '\0' ? TURN_STAY : product_look(s, state, text);
}

static enum turn
product_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	(void)state;
	if (act == ACT_FIND) {
		return session_push(s, &screen_find, rest);
	}
	return TURN_PASS;
}

static enum turn
product_resume(struct session *s, void *state, const struct answer *a)
{
	struct product_screen	*st = state;
	int			 r;

	if (a->from == &screen_find && a->ok &&
	    (r = product_show(st, a->value)) != 0) {
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static enum turn
product_news(struct session *s, void *state, unsigned topics)
{
	struct product_screen	*st = state;

	(void)s;
	(void)topics;
	return st->p.id != 0 && product_show(st, st->p.id) == 0 ?
	    TURN_DRAW : TURN_STAY;
}

static const struct binding product_keys[] = {
	{ ACT_FIND, K_F2, 'f', NULL },
	{ 0 }
};

const struct screen screen_product = {
	.name = "product",
	.title = N_("LOOK UP"),
	.right = "look",
	.help = N_("Price and stock of an item without selling it.  Scan it "
	    "or type its code; letters search, F2 lists everything."),
	.topics = 1U << TOPIC_PRODUCT | 1U << TOPIC_STOCK,
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct product_screen),
	.keys = product_keys,
	.open = product_open,
	.draw = product_draw,
	.prompt = product_prompt,
	.enter = product_enter,
	.act = product_act,
	.resume = product_resume,
	.news = product_news,
	.close = product_close,
};
