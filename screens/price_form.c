/* SPDX-License-Identifier: ISC */
/* A new price list: its name, and where and when it holds. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/price.h"
#include "term/widgets.h"

struct price_form {
	struct form	 form;
};

static const struct field price_form_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT,
	    .required = true, .max = PRICE_NAME - 1,
	    .hint = N_("one word: happy") },
	{ .name = "label", .label = N_("On the ticket"), .kind = FIELD_TEXT,
	    .required = true, .max = 40, .hint = N_("its words there") },
	{ .name = "hours", .label = N_("Hours"), .kind = FIELD_TEXT,
	    .hint = N_("17:00-19:00; empty: all day") },
	{ .name = "days", .label = N_("Weekdays"), .kind = FIELD_TEXT,
	    .hint = N_("mon-fri; empty: every day") },
	{ .name = "from", .label = N_("From"), .kind = FIELD_DAY,
	    .hint = N_("first day; empty: now") },
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DAY,
	    .hint = N_("last day; empty: open") },
	{ .name = "till", .label = N_("Till"), .kind = FIELD_TEXT,
	    .hint = N_("empty: every till") },
	{ .name = "group", .label = N_("Customers"), .kind = FIELD_TEXT,
	    .max = PRICE_GROUP - 1, .hint = N_("group; empty: everybody") },
	{ .name = "mode", .label = N_("Mode"), .kind = FIELD_TEXT,
	    .max = PRICE_MODE - 1, .hint = N_("to take away …; empty: any") },
};

static int
price_form_open(struct session *s, void *state, const void *arg)
{
	struct price_form	*st = state;

	(void)s;
	(void)arg;
	form_init(&st->form, price_form_fields, NELEM(price_form_fields), st);
	return 0;
}

static void
price_form_close(struct session *s, void *state)
{
	struct price_form	*st = state;

	(void)s;
	form_done(&st->form);
}

static void
price_form_layout(struct session *s, void *state, int rows, int cols)
{
	struct price_form	*st = state;

	(void)s;
	(void)cols;
	form_layout(&st->form, rows - 1);
}

static void
price_form_draw(const void *state, struct canvas *c)
{
	const struct price_form	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

static void
price_form_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	const struct price_form	*st = state;

	(void)typed;
	form_prompt(&st->form, out, size);
}

static enum turn
price_form_save(struct session *s, struct price_form *st)
{
	struct price_list	list = { .scope.when = PERIOD_ALWAYS };
	char			doubt[SCOPE_DOUBT];
	int64_t			id;
	int			r = 0;

	(void)str_copy(list.name, sizeof(list.name),
	    form_get(&st->form, "name"));
	(void)str_copy(list.label, sizeof(list.label),
	    form_get(&st->form, "label"));
	for (size_t i = 2; i < NELEM(price_form_fields) && r == 0; i++) {
		const char	*key = price_form_fields[i].name;

		r = scope_set(session_shop(s), &list.scope, key,
		    form_get(&st->form, key));
	}
	if (r != 0 ||
	    (r = price_list_add(session_shop(s), &list, &id)) != 0) {
		return session_fail(s, r);
	}
	scope_doubt(session_shop(s), &list.scope, doubt);
	if (doubt[0] != '\0') {
		session_warn(s, "%s", doubt);
	}
	return session_pop(s, true, id, "");
}

static enum turn
price_form_enter(struct session *s, void *state, const char *text)
{
	struct price_form	*st = state;
	enum turn		 turn;
	bool			 done = false;

	turn = form_enter(s, &st->form, text, &done);
	return done ? price_form_save(s, st) : turn;
}

static enum turn
price_form_key(struct session *s, void *state, struct key key)
{
	struct price_form	*st = state;

	return form_key(s, &st->form, key);
}

static enum turn
price_form_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct price_form	*st = state;

	(void)rest;
	if (act != ACT_SAVE) {
		return form_act(s, &st->form, act);
	}
	return form_check(s, &st->form) != 0 ? TURN_DRAW :
	    price_form_save(s, st);
}

static const struct binding price_form_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};

const struct screen screen_price_form = {
	.name = "price_form",
	.title = N_("NEW PRICE LIST"),
	.right = "promo",
	.help = N_("A list of prices beside the catalogue's: a name of one "
	    "word, its words on the ticket, then where and when it holds; "
	    "empty holds always.  Hours end just before the last minute said "
	    "and may go past midnight.  F9 keeps it; its prices come next."),
	.state_size = sizeof(struct price_form),
	.keys = price_form_keys,
	.open = price_form_open,
	.layout = price_form_layout,
	.draw = price_form_draw,
	.prompt = price_form_prompt,
	.key = price_form_key,
	.enter = price_form_enter,
	.act = price_form_act,
	.close = price_form_close,
};
