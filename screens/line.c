/* SPDX-License-Identifier: ISC */
/* One line of the open sale: its quantity and its price, as a form. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/screens.h"
#include "shop/entry.h"
#include "shop/sale.h"

struct line_screen {
	struct form_screen	 top;
	struct shop		*shop;
	int64_t			 sale;
	struct sale_line	 line;
};

static const struct field line_fields[] = {
	{ .name = "label", .label = N_("Item"), .kind = FIELD_SHOW },
	{ .name = "qty", .label = N_("Quantity"), .kind = FIELD_QTY,
	    .required = true, .hint = N_("how many, or the weight") },
	{ .name = "price", .label = N_("Price"), .kind = FIELD_MONEY,
	    .required = true, .hint = N_("of one; needs a right") },
};

/* Two facts, each its own act: what is the same is not written.  The price
 * comes first: where its right is refused, nothing was done. */
static int
line_save(struct line_screen *st)
{
	struct sale	sale;
	int64_t		qty, price, version;
	int		r;

	if ((r = qty_parse(form_get(&st->top.form, "qty"), &qty)) != 0 ||
	    (r = entry_price_parse(form_get(&st->top.form, "price"),
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
line_done(struct session *s, void *state)
{
	int	r = line_save(state);

	return r != 0 ? session_fail(s, r) : session_pop(s, true, 0, "");
}

static int
line_open(struct session *s, void *state, const void *arg)
{
	struct line_screen	*st = state;
	char			 text[MONEY_TEXT];

	st->shop = session_shop(s);
	st->sale = app_of(s)->sale;
	st->line = *(const struct sale_line *)arg;
	form_screen_init(s, st, line_fields, NELEM(line_fields), line_done);
	form_set(&st->top.form, "label", st->line.label);
	qty_plain(st->shop->money.mark, st->line.qty, text);
	form_set(&st->top.form, "qty", text);
	form_set(&st->top.form, "price", app_typed(st->shop, st->line.price));
	return 0;
}

const struct screen screen_line = {
	.name = "line",
	.title = N_("LINE"),
	.right = "sell",
	.help = N_("Another quantity or price for one line.  Enter alone "
	    "keeps a value and goes on; after the last field the line is "
	    "changed.  Esc leaves it as it was."),
	.state_size = sizeof(struct line_screen),
	FORM_SCREEN_PARTS,
	.open = line_open,
	.close = form_screen_close,
};
