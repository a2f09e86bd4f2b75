/* SPDX-License-Identifier: ISC */
/* Price lists: what they are, which hold now, and the prices on each. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/entry.h"
#include "shop/price.h"

#define PRICES_CATALOGUE	(-1)	/* row of the dated prices */
#define PRICES_END		1	/* what is asked */

/* ---- the lists ---------------------------------------------------------- */

struct prices_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
	char		 ending[PRICE_NAME];
};

static const struct column prices_columns[] = {
	{ N_("List"), 12, false, 0 },
	{ N_("Active"), 6, false, 0 },
	{ N_("Holds"), 0, false, 0 },
	{ N_("Items"), 8, true, 60 },
	{ 0 }
};

static int
prices_row(void *ctx, const struct price_list *list, bool now)
{
	struct prices_screen	*st = ctx;
	char			 scope[SCOPE_TEXT];

	scope_text(st->shop, &list->scope, scope);
	rows_add(&st->rows, list->id, now ? STYLE_BOLD : STYLE_NORMAL,
	    "%s\t%s\t%s\t%lld", list->name, now ? _("yes") : "-",
	    scope[0] == '\0' ? _("always") : scope,
	    (long long)list->prices);
	return 0;
}

static int
prices_read(struct session *s, struct prices_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = price_lists(session_shop(s), prices_row, st)) != 0) {
		return r;
	}
	rows_add(&st->rows, PRICES_CATALOGUE, STYLE_NORMAL, "%s\t\t%s\t",
	    _("catalogue"), _("dated prices"));
	return list_reload(s, &st->list);
}

static int
prices_open(struct session *s, void *state, const void *arg)
{
	struct prices_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, prices_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return prices_read(s, st);
}

static void
prices_close(struct session *s, void *state)
{
	struct prices_screen	*st = state;

	app_keep(s, "prices", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
prices_layout(struct session *s, void *state, int rows, int cols)
{
	struct prices_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
prices_draw(const void *state, struct canvas *c)
{
	const struct prices_screen	*st = state;

	list_draw(&st->list, c, 0);
}

static void
prices_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter shows its prices"));
}

static enum turn
prices_key(struct session *s, void *state, struct key key)
{
	struct prices_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* The name of the marked list; "" the catalogue, NULL none. */
static const char *
prices_marked(struct prices_screen *st, char name[static PRICE_NAME])
{
	int64_t	id = list_chosen(&st->list);

	for (size_t i = 0; i < st->rows.n; i++) {
		if (st->rows.row[i].id == id && id != 0) {
			(void)str_fmt(name, PRICE_NAME, "%.*s",
			    (int)strcspn(st->rows.row[i].text, "\t"),
			    st->rows.row[i].text);
			return id == PRICES_CATALOGUE ? "" : name;
		}
	}
	return NULL;
}

static enum turn
prices_enter(struct session *s, void *state, const char *text)
{
	char		 name[PRICE_NAME];
	const char	*marked = prices_marked(state, name);

	(void)text;
	return marked == NULL ? TURN_STAY :
	    session_push(s, &screen_price_list, marked);
}

static enum turn
prices_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct prices_screen	*st = state;
	char			 name[PRICE_NAME];
	const char		*marked;

	(void)rest;
	if (act == ACT_PROMO_NEW) {
		return session_push(s, &screen_price_form, NULL);
	}
	if (act != ACT_PROMO_END) {
		return TURN_PASS;
	}
	if ((marked = prices_marked(st, name)) == NULL || *marked == '\0') {
		return TURN_STAY;
	}
	(void)str_copy(st->ending, sizeof(st->ending), marked);
	return session_confirm(s, PRICES_END, true,
	    _("End %s? What was sold keeps its price."), marked);
}

static enum turn
prices_resume(struct session *s, void *state, const struct answer *a)
{
	struct prices_screen	*st = state;
	int			 r = 0;

	if (a->ok && a->tag == PRICES_END) {
		r = price_list_end(session_shop(s), st->ending);
	}
	if (r == 0) {
		r = prices_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
prices_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return prices_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding prices_keys[] = {
	{ ACT_PROMO_NEW, K_NONE, 'n', NULL },
	{ ACT_PROMO_END, K_NONE, 'e', NULL },
	{ 0 }
};

const struct screen screen_prices = {
	.name = "prices",
	.title = N_("PRICES"),
	.right = "promo",
	.help = N_("Price lists, in the order they are asked: of those that "
	    "hold, the first with a price for the item decides.  Enter shows "
	    "the prices of one, Tab makes a new one or ends the marked one.  "
	    "The catalogue's dated prices are the last row."),
	.topics = 1U << TOPIC_PRICE,
	.state_size = sizeof(struct prices_screen),
	.keys = prices_keys,
	.open = prices_open,
	.layout = prices_layout,
	.draw = prices_draw,
	.prompt = prices_prompt,
	.key = prices_key,
	.enter = prices_enter,
	.act = prices_act,
	.resume = prices_resume,
	.news = prices_news,
	.close = prices_close,
};
