/* SPDX-License-Identifier: ISC */
/* A barcode nobody knows becomes an item: name, price, tax.  The rest is for
 * the catalogue, later. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/ean.h"
#include "shop/product.h"
#include "term/widgets.h"

enum { NEW_CODE, NEW_NAME, NEW_PRICE, NEW_CLASS, NEW_FIELDS };

struct newitem_screen {
	struct shop		*shop;
	char			 barcode[ENTRY_MAX];
	struct field		 fields[NEW_FIELDS];
	struct tax_class	*classes;
	size_t			 nclasses;
	const char		**labels;	/* of them; NULL ends */
	struct form		 form;
};

static const struct field newitem_fields[NEW_FIELDS] = {
	{ .name = "code", .label = N_("Barcode"), .kind = FIELD_SHOW },
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT,
	    .required = true, .max = PRODUCT_NAME / 2,
	    .hint = N_("as on the receipt") },
	{ .name = "price", .label = N_("Price"), .kind = FIELD_MONEY,
	    .required = true, .hint = N_("of one") },
	{ .name = "class", .label = N_("Tax"), .kind = FIELD_CHOICE,
	    .required = true },
};

/* `arg`: the code as it was scanned. */
static int
newitem_open(struct session *s, void *state, const void *arg)
{
	struct newitem_screen	*st = state;
	int			 r;

	st->shop = session_shop(s);
	if ((r = shop_require(st->shop, RIGHT_PRODUCT)) != 0 ||
	    (r = product_barcode_of(st->shop, arg, st->barcode,
	    sizeof(st->barcode))) != 0 ||
	    (r = tax_class_list(st->shop, &st->classes,
	    &st->nclasses)) != 0) {
		return r;
	}
	st->labels = xcalloc(st->nclasses + 1, sizeof(*st->labels));
	for (size_t i = 0; i < st->nclasses; i++) {
		st->labels[i] = st->classes[i].label;
	}
	memcpy(st->fields, newitem_fields, sizeof(st->fields));
	st->fields[NEW_CLASS].choices = st->labels;
	form_init(&st->form, st->fields, NEW_FIELDS, st);
	st->form.money = &st->shop->money;
	st->form.implied = st->shop->who.implied;
	form_set(&st->form, "code", st->barcode);
	if (st->nclasses > 0) {
		form_set(&st->form, "class", st->labels[0]);
	}
	return 0;
}

static void
newitem_close(struct session *s, void *state)
{
	struct newitem_screen	*st = state;

	(void)s;
	form_done(&st->form);
	free(st->labels);
	free(st->classes);
}

static void
newitem_layout(struct session *s, void *state, int rows, int cols)
{
	struct newitem_screen	*st = state;

	(void)s;
	(void)cols;
	form_layout(&st->form, rows - 1);
}

static void
newitem_draw(const void *state, struct canvas *c)
{
	const struct newitem_screen	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

static void
newitem_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct newitem_screen	*st = state;

	(void)typed;
	form_prompt(&st->form, out, size);
}

static enum turn
newitem_save(struct session *s, struct newitem_screen *st)
{
	struct product	 p = { .active = true, .unit = "pc" };
	const char	*codes[] = { st->barcode };
	int64_t		 id;
	int		 r;

	if (form_check(s, &st->form) != 0) {
		return TURN_DRAW;
	}
	(void)str_copy(p.name, sizeof(p.name), form_get(&st->form, "name"));
	p.price = form_number(&st->form, "price");
	for (size_t i = 0; i < st->nclasses; i++) {
		if (strcmp(st->labels[i], form_get(&st->form,
		    "class")) == 0) {
			(void)str_copy(p.tax_class, sizeof(p.tax_class),
			    st->classes[i].name);
		}
	}
	if ((r = product_free_code(st->shop, p.code)) != 0 ||
	    (r = product_add(st->shop, &p, codes, 1, &id)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return session_pop(s, true, id, "");
}

static enum turn
newitem_enter(struct session *s, void *state, const char *text)
{
	struct newitem_screen	*st = state;
	bool			 done = false;
	enum turn		 turn = form_enter(s, &st->form, text, &done);

	return done ? newitem_save(s, st) : turn;
}

static enum turn
newitem_key(struct session *s, void *state, struct key key)
{
	struct newitem_screen	*st = state;

	return form_key(s, &st->form, key);
}

static enum turn
newitem_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct newitem_screen	*st = state;

	(void)rest;
	return act == ACT_SAVE ? newitem_save(s, st) :
	    form_act(s, &st->form, act);
}

static const struct binding newitem_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};

const struct screen screen_newitem = {
	.name = "newitem",
	.title = N_("NEW ITEM"),
	.right = "product",
	.help = N_("A barcode that nobody knew becomes an item of the "
	    "catalogue, with the next free code.  Enter goes on from field "
	    "to field; after the last one the item is made and is on the "
	    "sale.  Esc makes nothing."),
	.state_size = sizeof(struct newitem_screen),
	.keys = newitem_keys,
	.open = newitem_open,
	.layout = newitem_layout,
	.draw = newitem_draw,
	.prompt = newitem_prompt,
	.key = newitem_key,
	.enter = newitem_enter,
	.act = newitem_act,
	.close = newitem_close,
};
