/* SPDX-License-Identifier: ISC */
/* One line of the open sale: its quantity and its price, as a form. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/entry.h"
#include "shop/sale.h"
#include "term/widgets.h"

struct line_screen {
	struct shop		*shop;
	int64_t			 sale;
	struct sale_line	 line;
	struct form		 form;
};

static const struct field line_fields[] = {
	{ .name = "label", .label = N_("Item"), .kind = FIELD_SHOW },
	{ .name = "qty", .label = N_("Quantity"), .kind = FIELD_QTY,
	    .required = true, .hint = N_("how many, or the weight") },
	{ .name = "price", .label = N_("Price"), .kind = FIELD_MONEY,
	    .required = true, .hint = N_("of one; needs a right") },
};

static int
line_open(struct session *s, void *state, const void *arg)
{
	struct line_screen	*st = state;
	char			 text[MONEY_TEXT];

	st->shop = session_shop(s);
	st->sale = app_of(s)->sale;
	st->line = *(const struct sale_line *)arg;
	form_init(&st->form, line_fields, NELEM(line_fields), st);
	st->form.money = &st->shop->money;
	st->form.implied = st->shop->who.implied;
	form_set(&st->form, "label", st->line.label);
	qty_plain(st->shop->money.mark, st->line.qty, text);
	form_set(&st->form, "qty", text);
	form_set(&st->form, "price", app_typed(st->shop, st->line.price));
	return 0;
}

static void
line_close(struct session *s, void *state)
{
	struct line_screen	*st = state;

	(void)s;
	form_done(&st->form);
}

static void
line_layout(struct session *s, void *state, int rows, int cols)
{
	struct line_screen	*st = state;

	(void)s;
	(void)cols;
	form_layout(&st->form, rows - 1);
}

static void
line_draw(const void *state, struct canvas *c)
{
	const struct line_screen	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

static void
line_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct line_screen	*st = state;

	(void)typed;
	form_prompt(&st->form, out, size);
}

/* Two facts, each its own act: what is the same is not written.  The price
 * comes first: where its right is refused, nothing was done. */
static int
line_save(struct line_screen *st)
{
	struct sale	sale;
	int64_t		qty, price, version;
	int		r;

	if ((r = qty_parse(form_get(&st->form, "qty"), &qty)) != 0 ||
	    (r = entry_price_parse(form_get(&st->form, "price"),
	    &st->shop->money, st->shop->who.implied, &price)) != 0 ||
	    (r = sale_load(st->shop, st->sale, &sale)) != 0) {
		return r;
	}
	version = sale.version;
	sale_done(&sale);
	if (!st->line.by_weight && qty % QTY_ONE != 0) {
		return err_set(ERR_INVALID,
		    _("%s is sold by the piece"), st->line.label);
	}
	if (price != st->line.price) {
		if ((r = sale_set_price(st->shop, st->sale, &version,
		    st->line.id, price)) != 0) {
			return r;
		}
		st->line.price = price;
	}
	if (qty != st->line.qty) {
		return sale_set_qty(st->shop, st->sale, &version,
		    st->line.id, qty);
	}
	return 0;
}

static enum turn
line_enter(struct session *s, void *state, const char *text)
{
	struct line_screen	*st = state;
	enum turn		 turn;
	bool			 done = false;
	int			 r;

	turn = form_enter(s, &st->form, text, &done);
	if (!done) {
		return turn;
	}
	if ((r = line_save(st)) != 0) {
		return session_fail(s, r);
	}
	return session_pop(s, true, 0, "");
}

static enum turn
line_key(struct session *s, void *state, struct key key)
{
	struct line_screen	*st = state;

	return form_key(s, &st->form, key);
}

static enum turn
line_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct line_screen	*st = state;
	int			 r;

	(void)rest;
	if (act != ACT_SAVE) {
		return form_act(s, &st->form, act);
	}
	if (form_check(s, &st->form) != 0) {
		return TURN_DRAW;
	}
	if ((r = line_save(st)) != 0) {
		return session_fail(s, r);
	}
	return session_pop(s, true, 0, "");
}

static const struct binding line_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};

const struct screen screen_line = {
	.name = "line",
	.title = N_("LINE"),
	.right = "sell",
	.help = N_("Another quantity or price for one line.  Enter alone "
	    "keeps a value and goes on; after the last field the line is "
	    "changed.  Esc leaves it as it was."),
	.state_size = sizeof(struct line_screen),
	.keys = line_keys,
	.open = line_open,
	.layout = line_layout,
	.draw = line_draw,
	.prompt = line_prompt,
	.key = line_key,
	.enter = line_enter,
	.act = line_act,
	.close = line_close,
};
