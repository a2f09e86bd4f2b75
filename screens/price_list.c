/* SPDX-License-Identifier: ISC */
/* The prices on one list: "1001 2.50" puts one there, "1001 -" takes it off. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/country.h"
#include "shop/entry.h"
#include "shop/price.h"

struct price_list_screen {
	const struct shop	*shop;
	char			 name[PRICE_NAME];	/* "" the catalogue */
	struct rows		 rows;
	struct list		 list;
};

static const struct column price_list_columns[] = {
	{ N_("Code"), 8, false, 0 },
	{ N_("Item"), 0, false, 0 },
	{ N_("Usual"), 9, true, 60 },
	{ N_("Price"), 9, true, 0 },
	{ N_("From"), 10, false, 60 },
	{ N_("Until"), 10, false, 60 },
	{ 0 }
};

static int
price_list_row(void *ctx, const struct price_row *row)
{
	struct price_list_screen	*st = ctx;
	char				 since[COUNTRY_DAY];
	char				 until[COUNTRY_DAY];

	rows_add(&st->rows, (int64_t)st->rows.n + 1, STYLE_NORMAL,
	    "%s\t%s\t%s\t%s\t%s\t%s", row->code, row->name,
	    app_money(st->shop, row->catalogue),
	    app_money(st->shop, row->price),
	    country_day(st->shop, row->since, since),
	    country_day(st->shop, row->until, until));
	return 0;
}

static int
price_list_read(struct session *s, struct price_list_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = price_rows(session_shop(s), st->name, price_list_row,
	    st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
price_list_open(struct session *s, void *state, const void *arg)
{
	struct price_list_screen	*st = state;

	st->shop = session_shop(s);
	(void)str_copy(st->name, sizeof(st->name), arg);
	list_init(&st->list, price_list_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return price_list_read(s, st);
}

static void
price_list_close(struct session *s, void *state)
{
	struct price_list_screen	*st = state;

	(void)s;
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
price_list_layout(struct session *s, void *state, int rows, int cols)
{
	struct price_list_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
price_list_draw(const void *state, struct canvas *c)
{
	const struct price_list_screen	*st = state;

	if (st->rows.n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL, _("No price yet.  "
		    "1001 2.50 Enter makes one; two days behind it bound "
		    "it."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
price_list_head(const void *state, char *out, size_t size)
{
	const struct price_list_screen	*st = state;

	(void)str_fmt(out, size, "%s  %s", _("PRICES"),
	    st->name[0] == '\0' ? _("catalogue") : st->name);
}

static void
price_list_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("code, price, from, until; - takes off"));
}

static enum turn
price_list_key(struct session *s, void *state, struct key key)
{
	struct price_list_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* "1001 2.50 01/12/2026 24/12/2026" */
static int
price_list_words(const struct shop *shop, const char *text,
    struct price_row *row, bool *gone)
{
	char	copy[256], *save = NULL, *code, *price, *since, *until;
	int	r;

	(void)str_copy(copy, sizeof(copy), text);
	code = strtok_r(copy, " ", &save);
	price = strtok_r(NULL, " ", &save);
	since = strtok_r(NULL, " ", &save);
	until = strtok_r(NULL, " ", &save);
	if (price == NULL || !str_copy(row->code, sizeof(row->code), code)) {
		return err_set(ERR_INVALID, _("write a code and its price: "
		    "1001 2.50"));
	}
	if ((since != NULL && (r = clock_day_read(since, row->since)) != 0) ||
	    (until != NULL && (r = clock_day_read(until, row->until)) != 0)) {
		return r;
	}
	*gone = strcmp(price, "-") == 0;
	return *gone ? 0 : entry_price_parse(price, &shop->money,
	    shop->who.implied, &row->price);
}

static enum turn
price_list_enter(struct session *s, void *state, const char *text)
{
	struct price_list_screen	*st = state;
	struct price_row		 row = { .price = 0 };
	bool				 gone = false;
	int				 r;

	if (*text == '\0') {
		return TURN_STAY;
	}
	(void)str_copy(row.list, sizeof(row.list), st->name);
	if ((r = price_list_words(st->shop, text, &row, &gone)) != 0 ||
	    (r = price_set(session_shop(s), &row, gone)) != 0 ||
	    (r = price_list_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static enum turn
price_list_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return price_list_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

const struct screen screen_price_list = {
	.name = "price_list",
	.title = N_("PRICES"),
	.right = "promo",
	.help = N_("The prices on this list beside the usual ones.  A code "
	    "and a price put one there: 1001 2.50.  A day behind them is the "
	    "first it holds, another one the last.  1001 - takes it off."),
	.topics = 1U << TOPIC_PRICE,
	.state_size = sizeof(struct price_list_screen),
	.open = price_list_open,
	.layout = price_list_layout,
	.draw = price_list_draw,
	.head = price_list_head,
	.prompt = price_list_prompt,
	.key = price_list_key,
	.enter = price_list_enter,
	.news = price_list_news,
	.close = price_list_close,
};
