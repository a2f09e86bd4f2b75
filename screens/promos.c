/* SPDX-License-Identifier: ISC */
/* Promotions and coupons: what they do, whether they hold now. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/promo.h"

#define PROMOS_END	1		/* what is asked */

struct promos_screen {
	const struct shop	*shop;
	struct rows		 rows;
	struct list		 list;
	char			 ending[PRICE_NAME];
};

static const struct column promos_columns[] = {
	{ N_("Promotion"), 12, false, 0 },
	{ N_("Active"), 6, false, 0 },
	{ N_("Takes off"), 17, false, 0 },
	{ N_("Of"), 16, false, 60 },
	{ N_("Coupon"), 10, false, 60 },
	{ N_("Holds"), 0, false, 60 },
	{ 0 }
};

static int
promos_row(void *ctx, const struct promo *p, bool now)
{
	struct promos_screen	*st = ctx;
	char			 terms[96], about[160], scope[SCOPE_TEXT];

	promo_terms(st->shop, p, terms, sizeof(terms));
	promo_about(p, about, sizeof(about));
	scope_text(st->shop, &p->scope, scope);
	rows_add(&st->rows, p->id, now ? STYLE_BOLD : STYLE_NORMAL,
	    "%s\t%s\t%s\t%s\t%s\t%s%s%s", p->name, now ? _("yes") : "-",
	    terms, about[0] == '\0' ? _("everything") : about, p->coupon,
	    p->alone ? _("alone") : "", p->alone ? "  " : "", scope);
	return 0;
}

static int
promos_read(struct session *s, struct promos_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = promo_list(session_shop(s), promos_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
promos_open(struct session *s, void *state, const void *arg)
{
	struct promos_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, promos_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return promos_read(s, st);
}

static void
promos_close(struct session *s, void *state)
{
	struct promos_screen	*st = state;

	app_keep(s, "promos", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
promos_layout(struct session *s, void *state, int rows, int cols)
{
	struct promos_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
promos_draw(const void *state, struct canvas *c)
{
	const struct promos_screen	*st = state;

	if (st->rows.n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL,
		    _("No promotion.  Enter makes one."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
promos_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter makes one, :end ends one"));
}

static enum turn
promos_key(struct session *s, void *state, struct key key)
{
	struct promos_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
promos_enter(struct session *s, void *state, const char *text)
{
	(void)state;
	(void)text;
	return session_push(s, &screen_promo_form, NULL);
}

static enum turn
promos_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct promos_screen	*st = state;
	int64_t			 id = list_chosen(&st->list);

	(void)rest;
	if (act == ACT_PROMO_NEW) {
		return session_push(s, &screen_promo_form, NULL);
	}
	if (act != ACT_PROMO_END) {
		return TURN_PASS;
	}
	for (size_t i = 0; i < st->rows.n; i++) {
		const char	*text = st->rows.row[i].text;

		if (st->rows.row[i].id == id) {
			(void)str_fmt(st->ending, sizeof(st->ending), "%.*s",
			    (int)strcspn(text, "\t"), text);
			return session_confirm(s, PROMOS_END, true,
			    _("End %s? What was sold keeps its price."),
			    st->ending);
		}
	}
	return TURN_STAY;
}

static enum turn
promos_resume(struct session *s, void *state, const struct answer *a)
{
	struct promos_screen	*st = state;
	int			 r = 0;

	if (a->ok && a->tag == PROMOS_END) {
		r = promo_end(session_shop(s), st->ending);
	}
	if (r == 0) {
		r = promos_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
promos_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return promos_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding promos_keys[] = {
	{ ACT_PROMO_NEW, K_NONE, 'n', NULL },
	{ ACT_PROMO_END, K_NONE, 'e', NULL },
	{ 0 }
};

const struct screen screen_promos = {
	.name = "promos",
	.title = N_("PROMOTIONS"),
	.right = "promo",
	.help = N_("What is taken off by itself or for a coupon, in the order "
	    "it is tried, and whether it holds now.  Enter makes a new one; "
	    ":end ends the marked one: a sale that is open keeps what it had."),
	.topics = 1U << TOPIC_PRICE,
	.state_size = sizeof(struct promos_screen),
	.keys = promos_keys,
	.open = promos_open,
	.layout = promos_layout,
	.draw = promos_draw,
	.prompt = promos_prompt,
	.key = promos_key,
	.enter = promos_enter,
	.act = promos_act,
	.resume = promos_resume,
	.news = promos_news,
	.close = promos_close,
};
