/* SPDX-License-Identifier: ISC */
/* One item: what it costs, how many there are, what its labels say. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/catalogue.h"
#include "shop/label.h"
#include "shop/stock.h"
#include "shop/stock_recipe.h"
#include "shop/supplier.h"

#define PRODUCT_LABEL	14		/* columns of what a row is */
#define PRODUCT_PAST	10		/* prices before this one */

struct product_row {
	char	*label, *text;		/* owned; label "" goes on */
};

struct product_screen {
	struct shop		*shop;
	struct product		 p;	/* id 0: none yet */
	struct product_info	 info;
	bool			 costs;	/* who looks may see them */
	struct product_row	*row;	/* the page, wrapped to its width */
	size_t			 n;
	int			 top, rows, cols;
};

/* ---- the page ------------------------------------------------------------ */

static void
page_clear(struct product_screen *st)
{
	for (size_t i = 0; i < st->n; i++) {
		free(st->row[i].label);
		free(st->row[i].text);
	}
	free(st->row);
	st->row = NULL;
	st->n = 0;
}

/* Where there is something to say: as many rows as it takes. */
static void
page_add(struct product_screen *st, const char *label, const char *text)
{
	int	left = st->cols < 60 ? 1 : 4;
	int	width = st->cols - left - PRODUCT_LABEL - 1;

	width = width < 10 ? 10 : width;
	while (*text != '\0') {
		size_t	cut = utf8_cut(text, width), at = cut;

		if (text[cut] != '\0') {
			while (at > 0 && text[at] != ' ') {
				at--;
			}
			cut = at > 0 ? at : cut;
		}
		st->row = xrealloc(st->row, st->n + 1, sizeof(*st->row));
		st->row[st->n++] = (struct product_row){ xstrdup(label),
		    xstrndup(text, cut) };
		text += cut;
		text += strspn(text, " ");
		label = "";
	}
}

static void page_fmt(struct product_screen *st, const char *label,
    const char *fmt, ...) PRINTF(3, 4);

static void
page_fmt(struct product_screen *st, const char *label, const char *fmt, ...)
{
	char	text[512];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	page_add(st, label, text);
}

/* The row of a list: its label on the first one only. */
static void
page_item(struct product_screen *st, const char *label, bool first,
    const char *text)
{
	page_add(st, first ? label : "", text);
}

struct page_list {
	struct product_screen	*st;
	const char		*label;
	bool			 more;
};

static int
page_seller(void *ctx, const struct supplier_item *i)
{
	struct page_list	*list = ctx;
	struct shop		*shop = list->st->shop;
	char			 text[200];

	(void)str_fmt(text, sizeof(text), "%s %s %s / %s %s%s",
	    i->supplier_code, i->ref, app_money(shop, i->price),
	    app_qty(shop, i->pack), i->unit, i->preferred ? " *" : "");
	page_item(list->st, list->label, !list->more, text);
	list->more = true;
	return 0;
}

static int
page_past(void *ctx, const struct price_change *c)
{
	struct page_list	*list = ctx;
	struct shop		*shop = list->st->shop;
	char			 text[160];

	(void)str_fmt(text, sizeof(text), "%s %s %s", app_money(shop, c->old),
	    app_day(shop, c->at), c->who);
	page_item(list->st, list->label, !list->more, text);
	list->more = true;
	return 0;
}

static int
page_packs(struct product_screen *st)
{
	struct pack	*rows;
	char		 text[256];
	size_t		 n;
	int		 r;

	if ((r = pack_list(st->shop, st->p.id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_fmt(text, sizeof(text), "%s %s  %s", rows[i].name,
		    app_qty(st->shop, rows[i].qty), rows[i].codes);
		page_item(st, _("Packs"), i == 0, text);
	}
	free(rows);
	return 0;
}

/* Store by store, then lot by lot. */
static int
page_places(struct product_screen *st)
{
	struct stock_place	*places;
	struct stock_lot	*lots;
	int64_t			 qty, value;
	char			 text[200];
	bool			 more = false;
	size_t			 n;
	int			 r;

	if ((r = stock_place_list(st->shop, &places, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; n > 1 && i < n && r == 0; i++) {
		if ((r = stock_there(st->shop, st->p.id, places[i].id, &qty,
		    &value)) == 0 && qty != 0) {
			(void)str_fmt(text, sizeof(text), "%s: %s",
			    places[i].name, app_qty(st->shop, qty));
			page_item(st, _("Places"), !more, text);
			more = true;
		}
	}
	free(places);
	if (r != 0 || !st->info.lots ||
	    (r = stock_lots(st->shop, st->p.id, 0, &lots, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_fmt(text, sizeof(text), "%s: %s  %s  %s",
		    lots[i].code, app_qty(st->shop, lots[i].qty),
		    lots[i].expiry[0] == '\0' ? "" :
		    app_day_of(st->shop, lots[i].expiry), lots[i].place);
		page_item(st, _("Lots"), i == 0, text);
	}
	if (n == 0) {
		page_add(st, _("Lots"), _("kept by lot"));
	}
	free(lots);
	return 0;
}

static int
page_recipe(struct product_screen *st)
{
	struct recipe_line	*lines;
	int64_t			 makes, cost;
	char			 text[200];
	size_t			 n;
	int			 r;

	if ((r = recipe_get(st->shop, st->p.id, &makes, &lines, &n,
	    &cost)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_fmt(text, sizeof(text), "%s %s %s",
		    app_qty(st->shop, lines[i].qty), lines[i].unit,
		    lines[i].name);
		page_item(st, _("Recipe"), i == 0, text);
	}
	if (n > 0 && st->costs) {
		page_add(st, "", app_cash(st->shop, cost));
	}
	free(lines);
	return 0;
}

static int
page_stock(struct product_screen *st)
{
	struct product	*p = &st->p;
	int64_t		 reserved;
	char		 text[160];
	size_t		 n;
	int		 r;

	if (!p->tracked) {
		page_add(st, _("Stock"), _("not counted"));
		return page_recipe(st);
	}
	if ((r = stock_shown(st->shop, p, 1)) != 0 ||
	    (r = sale_reserved(st->shop, p->id, &reserved)) != 0) {
		return r;
	}
	(void)str_copy(text, sizeof(text), app_stock(st->shop, p));
	n = strlen(text);
	if (reserved != 0) {
		(void)str_fmt(text + n, sizeof(text) - n, _("   %s promised"),
		    app_qty(st->shop, reserved));
	}
	page_add(st, _("Stock"), text);
	if (st->info.has_reorder) {
		page_fmt(st, _("Reordered"), _("at %s, up to %s"),
		    app_qty(st->shop, st->info.reorder_min),
		    app_qty(st->shop, st->info.reorder_max));
	}
	r = page_places(st);
	return r != 0 ? r : page_recipe(st);
}

static int
page_money(struct product_screen *st)
{
	struct page_list	sellers = { .st = st, .label = _("Sold by") };
	struct page_list	past = { .st = st, .label = _("Before") };
	struct margin		m;
	char			text[200], rate[MONEY_TEXT];
	size_t			n;
	int			r;

	if ((r = product_margin(st->shop, &st->p, &st->info, &m)) != 0) {
		return r;
	}
	if (st->costs && m.known) {
		rate_plain(st->shop->money.mark, m.rate, rate);
		(void)str_fmt(text, sizeof(text),
		    _("%s   margin %s   %s\xc2\xa0%%"),
		    app_cash(st->shop, m.cost), app_cash(st->shop, m.gain),
		    rate);
		n = strlen(text);
		if (m.suggested > 0) {
			(void)str_fmt(text + n, sizeof(text) - n,
			    _("   suggested %s"),
			    app_cash(st->shop, m.suggested));
		}
		page_add(st, _("Cost"), text);
	}
	if (st->costs && (r = supplier_items(st->shop, 0, st->p.id,
	    page_seller, &sellers)) != 0) {
		return r;
	}
	return product_price_history(st->shop, st->p.id, PRODUCT_PAST,
	    page_past, &past);
}

static int
page_head(struct product_screen *st)
{
	const struct product	*p = &st->p;
	struct buf		 codes = { 0 };
	char			 text[160];
	int			 r;

	page_fmt(st, _("Code"), "%s%s", p->code, p->active ? "" :
	    _("   no longer sold"));
	(void)str_fmt(text, sizeof(text), p->by_weight ? _("%s a %s") : "%s",
	    app_cash(st->shop, p->price), p->unit);
	page_add(st, _("Price"), text);
	rate_plain(st->shop->money.mark, p->rate, text);
	page_fmt(st, _("VAT"), "%s\xc2\xa0%%", text);
	if ((r = page_stock(st)) != 0 ||
	    (r = product_barcodes(st->shop, p->id, &codes)) != 0) {
		buf_done(&codes);
		return r;
	}
	page_add(st, _("Category"), p->category);
	page_add(st, _("Barcodes"), buf_text(&codes));
	buf_done(&codes);
	return 0;
}

/* All there is to say of it, each thing where there is something. */
static int
page_fill(struct product_screen *st)
{
	const struct product_info	*i = &st->info;
	char				 text[ALLERGEN_TEXT + 64];
	int64_t				 each;
	int				 r;

	page_clear(st);
	if ((r = page_head(st)) != 0 || (r = page_packs(st)) != 0 ||
	    (r = product_unit_price(&st->p, i, &each)) != 0) {
		return r;
	}
	page_fmt(st, _("Brand"), "%s%s%s", i->brand,
	    i->brand[0] != '\0' && i->origin[0] != '\0' ? ", " : "",
	    i->origin);
	content_text(st->shop->money.mark, i, text);
	if (text[0] != '\0') {
		page_fmt(st, _("Content"), "%s   %s/%s", text,
		    app_cash(st->shop, each), i->content_unit);
	}
	allergens_text(i->allergens, text);
	page_add(st, _("Allergens"), text);
	if (st->p.serials) {
		page_add(st, _("Numbers"), _("each piece has its own"));
	}
	return page_money(st);
}

static void
page_scroll(struct product_screen *st, int top)
{
	int	most = (int)st->n - st->rows;

	st->top = top > most ? most : top;
	st->top = st->top < 0 ? 0 : st->top;
}

static int
product_show(struct product_screen *st, int64_t id)
{
	int	r;

	if ((r = product_get(st->shop, id, &st->p)) != 0 ||
	    (r = product_info_get(st->shop, id, &st->info)) != 0) {
		return r;
	}
	st->costs = shop_may(st->shop, RIGHT_COST);
	r = page_fill(st);
	page_scroll(st, st->top);
	return r;
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
		st->top = 0;
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
	page_clear(st);
}

static void
product_layout(struct session *s, void *state, int rows, int cols)
{
	struct product_screen	*st = state;

	st->rows = rows - (rows >= 14 ? 3 : 1);
	st->cols = cols;
	if (st->p.id != 0) {
		(void)!product_show(st, st->p.id);
	}
	(void)s;
}

static void
product_draw(const void *state, struct canvas *c)
{
	const struct product_screen	*st = state;
	int				 row = canvas_rows(c) >= 14 ? 1 : 0;
	int				 left = canvas_cols(c) < 60 ? 1 : 4;

	if (st->p.id == 0) {
		canvas_put(c, row + 1, 4, STYLE_NORMAL,
		    _("Scan it, or type its code or name."));
		return;
	}
	canvas_put(c, row, left, STYLE_BOLD, st->p.name);
	if ((int)st->n > st->rows) {
		char	text[32];

		(void)str_fmt(text, sizeof(text), "%d/%zu", st->top + st->rows,
		    st->n);
		canvas_right(c, row, canvas_cols(c) - 1, 8, STYLE_DIM, text);
	}
	row += canvas_rows(c) >= 14 ? 2 : 1;
	for (int i = 0; i < st->rows && st->top + i < (int)st->n; i++) {
		const struct product_row	*r = &st->row[st->top + i];

		canvas_put(c, row + i, left, STYLE_DIM, r->label);
		canvas_put(c, row + i, left + PRODUCT_LABEL, STYLE_NORMAL,
		    r->text);
	}
}

static enum turn
product_key(struct session *s, void *state, struct key key)
{
	struct product_screen	*st = state;
	int			 top = st->top;

	(void)s;
	switch (key.code) {
	case K_UP:
		top--;
		break;
	case K_DOWN:
		top++;
		break;
	case K_PGUP:
		top -= st->rows;
		break;
	case K_PGDN:
		top += st->rows;
		break;
	case K_HOME:
		top = 0;
		break;
	case K_END:
		top = (int)st->n;
		break;
	default:
		return TURN_PASS;
	}
	page_scroll(st, top);
	return TURN_DRAW;
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
	    "or type its code; letters search, F2 lists everything; the arrows "
	    "scroll.  Who may sees what it costs and what is left of it.  "
	    ":label prints labels, :barcode gives it one of the shop's own, "
	    ":archive ends its sale and begins it again."),
	.topics = 1U << TOPIC_PRODUCT | 1U << TOPIC_STOCK,
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct product_screen),
	.keys = product_keys,
	.open = product_open,
	.draw = product_draw,
	.prompt = product_prompt,
	.layout = product_layout,
	.key = product_key,
	.enter = product_enter,
	.act = product_act,
	.resume = product_resume,
	.news = product_news,
	.close = product_close,
};
