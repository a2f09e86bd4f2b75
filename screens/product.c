/* SPDX-License-Identifier: ISC */
/* One item: what it costs, how many there are, what its labels say. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/catalogue.h"
#include "shop/label.h"
#include "shop/supplier.h"

enum { PRODUCT_FIND = 1 };

struct product_screen {
	struct shop	*shop;
	int64_t		 reserved;	/* by sales not posted yet */
	struct product	 p;		/* id 0: none yet */
	struct buf	 barcodes;
	struct product_info info;
	struct margin	 margin;
	bool		 costs;		/* who looks may see them */
	int64_t		 each;		/* of a kilogram, a litre */
	struct buf	 packs, sellers, past;
};

static int
product_seller(void *ctx, const struct supplier_item *i)
{
	struct product_screen	*st = ctx;

	buf_fmt(&st->sellers, "%s%s %s %s", st->sellers.len > 0 ? ", " : "",
	    i->supplier_code, i->ref, app_money(st->shop, i->price));
	return 0;
}

static int
product_past(void *ctx, const struct price_change *c)
{
	struct product_screen	*st = ctx;

	buf_fmt(&st->past, "%s%s %s", st->past.len > 0 ? ", " : "",
	    app_money(st->shop, c->old), app_day(st->shop, c->at));
	return 0;
}

static int
product_packs(struct product_screen *st)
{
	struct pack	*rows;
	size_t		 n;
	int		 r;

	if ((r = pack_list(st->shop, st->p.id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&st->packs, "%s%s %s", i > 0 ? ", " : "",
		    rows[i].name, app_qty(st->shop, rows[i].qty));
	}
	free(rows);
	return 0;
}

/* What is known of it beside what a sale needs. */
static int
product_more(struct product_screen *st)
{
	int	r;

	buf_clear(&st->packs);
	buf_clear(&st->sellers);
	buf_clear(&st->past);
	st->costs = shop_may(st->shop, RIGHT_COST);
	if ((r = product_info_get(st->shop, st->p.id, &st->info)) != 0 ||
	    (r = product_margin(st->shop, &st->p, &st->info,
	    &st->margin)) != 0 ||
	    (r = product_unit_price(&st->p, &st->info, &st->each)) != 0 ||
	    (r = product_packs(st)) != 0 ||
	    (r = product_price_history(st->shop, st->p.id, 3, product_past,
	    st)) != 0) {
		return r;
	}
	return st->costs ? supplier_items(st->shop, 0, st->p.id,
	    product_seller, st) : 0;
}

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
	if ((r = product_barcodes(st->shop, id, &st->barcodes)) != 0) {
		return r;
	}
	return product_more(st);
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
	buf_done(&st->packs);
	buf_done(&st->sellers);
	buf_done(&st->past);
}

static void
product_row(struct canvas *c, int row, const char *label, const char *value)
{
	canvas_put(c, row, 4, STYLE_DIM, label);
	canvas_put(c, row, 18, STYLE_NORMAL, value);
}

/* A row where there is something to say; the next one's number. */
static int
product_said(struct canvas *c, int row, const char *label, const char *value)
{
	if (value[0] == '\0') {
		return row;
	}
	product_row(c, row, label, value);
	return row + 1;
}

static int
product_money(const struct product_screen *st, struct canvas *c, int row)
{
	char	text[160], rate[MONEY_TEXT];
	size_t	n;

	if (!st->costs || !st->margin.known) {
		return row;
	}
	rate_plain(st->shop->money.mark, st->margin.rate, rate);
	(void)str_fmt(text, sizeof(text), _("%s   margin %s   %s\xc2\xa0%%"),
	    app_cash(st->shop, st->margin.cost),
	    app_cash(st->shop, st->margin.gain), rate);
	n = strlen(text);
	if (st->margin.suggested > 0) {
		(void)str_fmt(text + n, sizeof(text) - n,
		    _("   suggested %s"),
		    app_cash(st->shop, st->margin.suggested));
	}
	return product_said(c, row, _("Cost"), text);
}

static void
product_rest(const struct product_screen *st, struct canvas *c, int row)
{
	const struct product_info	*i = &st->info;
	char				 text[ALLERGEN_TEXT + 64];
	size_t				 n;

	row = product_said(c, row, _("Packs"), buf_text(&st->packs));
	(void)str_fmt(text, sizeof(text), "%s%s%s", i->brand,
	    i->brand[0] != '\0' && i->origin[0] != '\0' ? ", " : "",
	    i->origin);
	row = product_said(c, row, _("Brand"), text);
	content_text(st->shop->money.mark, i, text);
	n = strlen(text);
	if (n > 0) {
		(void)str_fmt(text + n, sizeof(text) - n, "   %s/%s",
		    app_cash(st->shop, st->each), i->content_unit);
	}
	row = product_said(c, row, _("Content"), text);
	allergens_text(i->allergens, text);
	row = product_said(c, row, _("Allergens"), text);
	if (i->lots) {
		row = product_said(c, row, _("Lots"), _("kept by lot"));
	}
	row = product_money(st, c, row);
	if (i->has_reorder) {
		(void)str_fmt(text, sizeof(text), _("at %s, up to %s"),
		    app_qty(st->shop, i->reorder_min),
		    app_qty(st->shop, i->reorder_max));
		row = product_said(c, row, _("Reordered"), text);
	}
	row = product_said(c, row, _("Sold by"), buf_text(&st->sellers));
	(void)product_said(c, row, _("Before"), buf_text(&st->past));
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
	row = product_said(c, row + 6, _("Category"), p->category);
	row = product_said(c, row, _("Barcodes"), buf_text(&st->barcodes));
	product_rest(st, c, row);
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

/* "12", "item 12" */
static int
product_label(struct session *s, struct product_screen *st, const char *rest)
{
	bool			item = str_starts(rest, "item");
	struct label_how	how = { .kind = item ? LABEL_ITEM :
				    LABEL_SHELF };
	int64_t			copies = 1, job;
	int			r;

	rest += item ? 4 : 0;
	rest += strspn(rest, " ");
	if (*rest != '\0' && (r = str_to_i64(rest, 1, 200, &copies)) != 0) {
		return r;
	}
	if ((r = label_print(st->shop, &how, &st->p.id, 1, copies,
	    &job)) == 0) {
		session_say(s, ngettext("%lld label", "%lld labels",
		    (unsigned long)copies), (long long)copies);
	}
	return r;
}

static enum turn
product_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct product_screen	*st = state;
	char			 code[14];
	int64_t			 n;
	int			 r;

	if (act == ACT_FIND) {
		return session_push(s, &screen_find, rest);
	}
	if (act != ACT_LABEL && act != ACT_ARCHIVE && act != ACT_OWN_BARCODE) {
		return TURN_PASS;
	}
	if (st->p.id == 0) {
		session_warn(s, "%s", _("no item yet; scan one"));
		return TURN_DRAW;
	}
	if (act == ACT_LABEL) {
		r = product_label(s, st, rest);
	} else if (act == ACT_OWN_BARCODE) {
		r = product_barcode_make(st->shop, st->p.id, 0, code);
	} else {
		r = product_archive(st->shop, st->p.id, st->p.active, &n);
	}
	if (r == 0) {
		r = product_show(st, st->p.id);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
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
	{ ACT_LABEL, K_NONE, 'l', NULL },
	{ ACT_OWN_BARCODE, K_NONE, 'b', NULL },
	{ ACT_ARCHIVE, K_NONE, 'a', NULL },
	{ 0 }
};

const struct screen screen_product = {
	.name = "product",
	.title = N_("LOOK UP"),
	.right = "look",
	.help = N_("Price and stock of an item without selling it.  Scan it "
	    "or type its code; letters search, F2 lists everything.  Who may "
	    "sees what it costs and what is left of its price.  :label prints "
	    "labels, :barcode gives it one of the shop's own, :archive ends "
	    "its sale and begins it again."),
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
