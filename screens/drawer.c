/* SPDX-License-Identifier: ISC */
/* Money into the drawer or out of it, without a sale. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "screens/till.h"
#include "shop/entry.h"
#include "term/widgets.h"

struct drawer_screen {
	struct shop	*shop;
	enum action	 act;
	struct form	 form;
};

struct drawer_arg {
	enum action	 act;
	const char	*amount;
};

static const struct field drawer_fields[] = {
	{ .name = "amount", .label = N_("Amount"), .kind = FIELD_MONEY,
	    .required = true, .hint = N_("how much") },
	{ .name = "reason", .label = N_("What for"), .kind = FIELD_TEXT,
	    .max = 60, .hint = N_("a few words; they are on the slip") },
};

/* A float has no reason: it is asked for the amount alone. */
static size_t
drawer_asks(enum action act)
{
	return act == ACT_FLOAT ? 1 : NELEM(drawer_fields);
}

int
till_amount(struct shop *shop, const char *text, int64_t *amount,
    const char **rest)
{
	char	word[MONEY_TEXT];
	size_t	n = strcspn(text, " ");

	*rest = text + n + strspn(text + n, " ");
	(void)str_fmt(word, sizeof(word), "%.*s", (int)n, text);
	return entry_price_parse(word, &shop->money, shop->who.implied,
	    amount);
}

static enum drawer_kind
drawer_kind_of(enum action act)
{
	return act == ACT_PAY_IN ? DRAWER_PAY_IN :
	    act == ACT_PAY_OUT ? DRAWER_PAY_OUT : DRAWER_DROP;
}

/* The act itself, and what is said of it. */
static int
drawer_do(struct session *s, enum action act, int64_t amount,
    const char *reason)
{
	struct shop	*shop = session_shop(s);
	int64_t		 shift;
	int		 r;

	if (act == ACT_FLOAT) {
		if ((r = shift_open(shop, &amount, &shift)) == 0) {
			session_say(s, _("the till is open with %s"),
			    app_cash(shop, amount));
		}
		return r;
	}
	if ((r = drawer_move(shop, drawer_kind_of(act), "", amount,
	    reason)) == 0) {
		session_say(s, _("%s: %s"),
		    drawer_kind_text(drawer_kind_of(act)),
		    app_cash(shop, amount));
	}
	return r;
}

enum turn
till_money(struct session *s, enum action act, const char *rest)
{
	struct drawer_arg	 arg = { .act = act, .amount = "" };
	struct shop		*shop = session_shop(s);
	const char		*reason;
	int64_t			 amount;
	int			 r;

	if (*rest == '\0') {
		return session_push(s, &screen_drawer, &arg);
	}
	if ((r = till_amount(shop, rest, &amount, &reason)) == 0) {
		r = drawer_do(s, act, amount, reason);
	}
	/* Only the reason is missing: the form has the amount. */
	if (r == ERR_EMPTY && *reason == '\0') {
		arg.amount = rest;
		return session_push(s, &screen_drawer, &arg);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static int
drawer_open(struct session *s, void *state, const void *arg)
{
	struct drawer_screen	*st = state;
	const struct drawer_arg	*a = arg;
	const char		*rest;
	int64_t			 amount;

	st->shop = session_shop(s);
	st->act = a->act;
	form_init(&st->form, drawer_fields, drawer_asks(a->act), st);
	st->form.money = &st->shop->money;
	st->form.implied = st->shop->who.implied;
	if (till_amount(st->shop, a->amount, &amount, &rest) == 0) {
		form_set(&st->form, "amount", app_typed(st->shop, amount));
		st->form.at = 1;
	}
	return 0;
}

static void
drawer_close(struct session *s, void *state)
{
	struct drawer_screen	*st = state;

	(void)s;
	form_done(&st->form);
}

static void
drawer_layout(struct session *s, void *state, int rows, int cols)
{
	struct drawer_screen	*st = state;

	(void)s;
	(void)cols;
	form_layout(&st->form, rows - 1);
}

static void
drawer_draw(const void *state, struct canvas *c)
{
	const struct drawer_screen	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

static void
drawer_head(const void *state, char *out, size_t size)
{
	const struct drawer_screen	*st = state;

	(void)str_copy(out, size, st->act == ACT_FLOAT ? _("Opening float") :
	    drawer_kind_text(drawer_kind_of(st->act)));
}

static void
drawer_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct drawer_screen	*st = state;

	(void)typed;
	form_prompt(&st->form, out, size);
}

static enum turn
drawer_save(struct session *s, struct drawer_screen *st)
{
	int64_t	amount;
	int	r;

	r = entry_price_parse(form_get(&st->form, "amount"),
	    &st->shop->money, st->shop->who.implied, &amount);
	if (r == 0) {
		r = drawer_do(s, st->act, amount, st->act == ACT_FLOAT ? "" :
		    form_get(&st->form, "reason"));
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return session_pop(s, true, 0, "");
}

static enum turn
drawer_enter(struct session *s, void *state, const char *text)
{
	struct drawer_screen	*st = state;
	bool			 done = false;
	enum turn		 turn = form_enter(s, &st->form, text, &done);

	return done ? drawer_save(s, st) : turn;
}

static enum turn
drawer_key(struct session *s, void *state, struct key key)
{
	struct drawer_screen	*st = state;

	return form_key(s, &st->form, key);
}

static enum turn
drawer_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct drawer_screen	*st = state;

	(void)rest;
	if (act != ACT_SAVE) {
		return form_act(s, &st->form, act);
	}
	return form_check(s, &st->form) != 0 ? TURN_DRAW :
	    drawer_save(s, st);
}

static const struct binding drawer_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};

const struct screen screen_drawer = {
	.name = "drawer",
	.title = N_("DRAWER"),
	.right = "shift",
	.help = N_("How much goes into the drawer or out of it, and what "
	    "for.  The drawer opens and a slip is printed, to be signed and "
	    "kept with the money.  All at once: :pay-out 12 bread."),
	.state_size = sizeof(struct drawer_screen),
	.keys = drawer_keys,
	.open = drawer_open,
	.layout = drawer_layout,
	.draw = drawer_draw,
	.head = drawer_head,
	.prompt = drawer_prompt,
	.key = drawer_key,
	.enter = drawer_enter,
	.act = drawer_act,
	.close = drawer_close,
};
