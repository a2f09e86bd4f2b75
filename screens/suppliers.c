/* SPDX-License-Identifier: ISC */
/* Who sells to the shop: what they sell, what is owed them. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/purchase.h"

struct suppliers_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
};

static const struct column suppliers_columns[] = {
	{ N_("Code"), 10, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Items"), 6, true, 60 },
	{ N_("Orders"), 6, true, 0 },
	{ N_("Owed"), 12, true, 0 },
	{ 0 }
};

static int
suppliers_row(void *ctx, const struct supplier_row *row)
{
	struct suppliers_screen	*st = ctx;

	rows_add(&st->rows, row->s.id,
	    row->s.active ? STYLE_NORMAL : STYLE_DIM,
	    "%s\t%s\t%lld\t%lld\t%s", row->s.code, row->s.name,
	    (long long)row->items, (long long)row->open,
	    app_money(st->shop, row->owed));
	return 0;
}

static int
suppliers_read(struct session *s, struct suppliers_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = supplier_list(st->shop, suppliers_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
suppliers_open(struct session *s, void *state, const void *arg)
{
	struct suppliers_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, suppliers_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return suppliers_read(s, st);
}

static void
suppliers_close(struct session *s, void *state)
{
	struct suppliers_screen	*st = state;

	app_keep(s, "suppliers", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
suppliers_layout(struct session *s, void *state, int rows, int cols)
{
	struct suppliers_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
suppliers_draw(const void *state, struct canvas *c)
{
	const struct suppliers_screen	*st = state;

	if (st->rows.n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL, _("No supplier.  "
		    "METRO Metro Nanterre makes one: code, then name."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
suppliers_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter shows; CODE NAME makes one"));
}

static enum turn
suppliers_key(struct session *s, void *state, struct key key)
{
	struct suppliers_screen	*st = state;

	return list_key(s, &st->list, key);
}

static int
suppliers_new(struct suppliers_screen *st, const char *text)
{
	struct supplier	s = { .lead = 7, .terms = 30, .active = true };
	size_t		n = strcspn(text, " ");

	if (n >= sizeof(s.code) || !str_copy(s.name, sizeof(s.name),
	    text + n + strspn(text + n, " "))) {
		return err_set(ERR_TOO_LONG, _("the code or name is too "
		    "long"));
	}
	(void)str_fmt(s.code, sizeof(s.code), "%.*s", (int)n, text);
	return supplier_put(st->shop, &s);
}

struct suppliers_page {
	struct shop	*shop;
	struct buf	 text;
};

static int
suppliers_item(void *ctx, const struct supplier_item *i)
{
	struct suppliers_page	*page = ctx;

	buf_fmt(&page->text, "%-10s %-10s %-28.28s %8s %10s\n", i->code,
	    i->ref, i->name, app_qty(page->shop, i->pack),
	    app_money(page->shop, i->price));
	return 0;
}

/* All about one, to be read. */
static enum turn
suppliers_show(struct session *s, struct suppliers_screen *st, int64_t id)
{
	struct suppliers_page	page = { .shop = st->shop };
	struct supplier		one;
	enum turn		turn;
	int			r;

	if ((r = supplier_get(st->shop, id, &one)) != 0) {
		return session_fail(s, r);
	}
	buf_fmt(&page.text, "%s  %s\n%s  %s  %s\n%s: %s\n", one.code,
	    one.name, one.address, one.phone, one.email, _("our number"),
	    one.account);
	buf_fmt(&page.text, _("%lld days to come, %lld days to pay, orders "
	    "from %s\n\n"), (long long)one.lead, (long long)one.terms,
	    app_cash(st->shop, one.least));
	if ((r = supplier_items(st->shop, id, 0, suppliers_item,
	    &page)) != 0) {
		buf_done(&page.text);
		return session_fail(s, r);
	}
	turn = session_view(s, one.name, buf_text(&page.text));
	buf_done(&page.text);
	return turn;
}

static enum turn
suppliers_enter(struct session *s, void *state, const char *text)
{
	struct suppliers_screen	*st = state;
	int64_t			 id = list_chosen(&st->list);
	int			 r;

	if (*text == '\0') {
		return id == 0 ? TURN_STAY : suppliers_show(s, st, id);
	}
	if ((r = suppliers_new(st, text)) == 0) {
		r = suppliers_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
suppliers_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return suppliers_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

const struct screen screen_suppliers = {
	.name = "suppliers",
	.title = N_("SUPPLIERS"),
	.right = "purchase",
	.help = N_("Who sells to the shop, how many orders are open there and "
	    "what is owed.  Enter shows all about the marked one.  A code and "
	    "a name make a new one; supplier set changes the rest."),
	.topics = 1U << TOPIC_PURCHASE,
	.state_size = sizeof(struct suppliers_screen),
	.open = suppliers_open,
	.layout = suppliers_layout,
	.draw = suppliers_draw,
	.prompt = suppliers_prompt,
	.key = suppliers_key,
	.enter = suppliers_enter,
	.news = suppliers_news,
	.close = suppliers_close,
};
