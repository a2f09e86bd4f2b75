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

#define SUPPLIERS_WHY	1		/* what is asked */

struct suppliers_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
};

static const struct column suppliers_columns[] = {
	{ N_("Code"), 8, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Items"), 6, true, 60 },
	{ N_("Orders"), 6, true, 60 },
	{ N_("Owed"), 11, true, 0 },
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
suppliers_new(struct suppliers_screen *st, const char *text, int64_t *id)
{
	struct supplier	s = { .lead = 7, .terms = 30, .active = true };
	size_t		n = strcspn(text, " ");
	int		r;

	*id = 0;
	if (n >= sizeof(s.code) || !str_copy(s.name, sizeof(s.name),
	    text + n + strspn(text + n, " "))) {
		return err_set(ERR_TOO_LONG, _("the code or name is too "
		    "long"));
	}
	(void)str_fmt(s.code, sizeof(s.code), "%.*s", (int)n, text);
	if ((r = supplier_put(st->shop, &s)) == 0) {
		*id = s.id;
	}
	return r;
}

static enum turn
suppliers_enter(struct session *s, void *state, const char *text)
{
	struct suppliers_screen	*st = state;
	int64_t			 id = list_chosen(&st->list);
	int			 r;

	if (*text == '\0') {
		return id == 0 ? TURN_STAY :
		    session_push(s, &screen_sells, &id);
	}
	/* A new one is on its form at once. */
	if ((r = suppliers_new(st, text, &id)) == 0 &&
	    (r = suppliers_read(s, st)) == 0) {
		return session_push(s, &screen_supplier, &id);
	}
	return session_fail(s, r);
}

/* What they brought, or what goes back to them. */
static enum turn
suppliers_intake(struct session *s, struct suppliers_screen *st, bool back,
    const char *why)
{
	int64_t	id = list_chosen(&st->list), receipt;
	int	r;

	if (id == 0) {
		return TURN_STAY;
	}
	if (back && why[0] == '\0') {
		return session_ask(s, SUPPLIERS_WHY, false,
		    _("Why do they go back?"), "");
	}
	if ((r = intake_start(st->shop, id, back, 0, why, &receipt)) != 0) {
		return session_fail(s, r);
	}
	return session_push(s, &screen_intake, &receipt);
}

static enum turn
suppliers_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct suppliers_screen	*st = state;
	int64_t			 id = list_chosen(&st->list);

	switch (act) {
	case ACT_SUPPLIER_EDIT:
		return id == 0 ? TURN_STAY :
		    session_push(s, &screen_supplier, &id);
	case ACT_INTAKE_NEW:
		return suppliers_intake(s, st, false, "");
	case ACT_INTAKE_BACK:
		return suppliers_intake(s, st, true, rest);
	default:
		return TURN_PASS;
	}
}

static enum turn
suppliers_resume(struct session *s, void *state, const struct answer *a)
{
	int	r;

	if (a->ok && a->tag == SUPPLIERS_WHY) {
		return suppliers_intake(s, state, true, a->text);
	}
	r = suppliers_read(s, state);
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
suppliers_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return suppliers_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding suppliers_keys[] = {
	{ ACT_SUPPLIER_EDIT, K_F3, 'e', NULL },
	{ ACT_INTAKE_NEW, K_NONE, 'r', NULL },
	{ ACT_INTAKE_BACK, K_NONE, 'b', NULL },
	{ ACT_BILLS, K_F9, 'i', NULL },
	{ 0 }
};

const struct screen screen_suppliers = {
	.name = "suppliers",
	.title = N_("SUPPLIERS"),
	.right = "purchase",
	.help = N_("Who sells to the shop, how many orders are open there and "
	    "what is owed.  Enter shows what the marked one sells, F3 who "
	    "they are.  A code and a name make a new one.  :receive counts "
	    "what they brought without an order, :send-back what goes back; "
	    "F9 has their invoices."),
	.topics = 1U << TOPIC_PURCHASE,
	.state_size = sizeof(struct suppliers_screen),
	.keys = suppliers_keys,
	.open = suppliers_open,
	.layout = suppliers_layout,
	.draw = suppliers_draw,
	.prompt = suppliers_prompt,
	.key = suppliers_key,
	.enter = suppliers_enter,
	.act = suppliers_act,
	.resume = suppliers_resume,
	.news = suppliers_news,
	.close = suppliers_close,
};
