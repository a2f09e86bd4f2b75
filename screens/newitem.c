/* SPDX-License-Identifier: ISC */
/* A barcode nobody knows becomes an item: name, price, tax.  The rest is for
 * the catalogue, later. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/screens.h"
#include "shop/ean.h"
#include "shop/product.h"

enum { NEW_CODE, NEW_NAME, NEW_PRICE, NEW_CLASS, NEW_FIELDS };

struct newitem_screen {
	struct form_screen	 top;
	struct shop		*shop;
	char			 barcode[ENTRY_MAX];
	struct field		 fields[NEW_FIELDS];
	struct tax_class	*classes;
	size_t			 nclasses;
	const char		**labels;	/* of them; NULL ends */
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

static void
newitem_close(struct session *s, void *state)
{
	struct newitem_screen	*st = state;

	form_screen_close(s, state);
	free(st->labels);
	free(st->classes);
}

static enum turn
newitem_save(struct session *s, void *state)
{
	struct newitem_screen	*st = state;
	struct product		 p = { .active = true, .unit = "pc" };
	const char		*codes[] = { st->barcode };
	int64_t			 id;
	int			 r;

	(void)str_copy(p.name, sizeof(p.name), form_get(&st->top.form, "name"));
	p.price = form_number(&st->top.form, "price");
	for (size_t i = 0; i < st->nclasses; i++) {
		if (strcmp(st->labels[i], form_get(&st->top.form,
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
	form_screen_init(s, st, st->fields, NEW_FIELDS, newitem_save);
	form_set(&st->top.form, "code", st->barcode);
	if (st->nclasses > 0) {
		form_set(&st->top.form, "class", st->labels[0]);
	}
	return 0;
}

const struct screen screen_newitem = {
	.name = "newitem",
	.title = N_("NEW ITEM"),
	.right = "product",
	.help = N_("A barcode that nobody knew becomes an item of the "
	    "catalogue, with the next free code.  Enter goes on from field "
	    "to field; after the last one the item is made and is on the "
	    "sale.  Esc makes nothing."),
	.state_size = sizeof(struct newitem_screen),
	FORM_SCREEN_PARTS,
	.open = newitem_open,
	.close = newitem_close,
};
