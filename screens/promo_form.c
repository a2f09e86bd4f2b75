/* SPDX-License-Identifier: ISC */
/* A new promotion: what it takes off, of what, where and when. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/scope_fields.h"
#include "screens/screens.h"
#include "shop/promo.h"

static const char *const promo_form_kinds[] = {
#define X(id, name, text) name,
	PROMO_KINDS(X)
#undef X
	NULL
};

static const struct field promo_form_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT,
	    .required = true, .max = PRICE_NAME - 1,
	    .hint = N_("one word: happy") },
	{ .name = "label", .label = N_("On the ticket"), .kind = FIELD_TEXT,
	    .required = true, .max = 40, .hint = N_("its words there") },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE,
	    .required = true, .choices = promo_form_kinds },
	{ .name = "percent", .label = N_("Percent"), .kind = FIELD_RATE,
	    .hint = N_("percent, second, threshold") },
	{ .name = "amount", .label = N_("Amount"), .kind = FIELD_MONEY,
	    .hint = N_("off each, off the ticket, of the set") },
	{ .name = "n", .label = N_("So many"), .kind = FIELD_NUMBER,
	    .hint = N_("3, of 3 for 2") },
	{ .name = "m", .label = N_("For the price of"), .kind = FIELD_NUMBER,
	    .hint = N_("2, of 3 for 2") },
	{ .name = "threshold", .label = N_("From a sum of"),
	    .kind = FIELD_MONEY, .hint = N_("of a threshold") },
	{ .name = "items", .label = N_("Items"), .kind = FIELD_TEXT,
	    .max = 200, .hint = N_("1001, Desserts; a set: 2*1001, 1002") },
	{ .name = "times", .label = N_("Times"), .kind = FIELD_NUMBER,
	    .hint = N_("on one ticket; empty: any") },
	{ .name = "alone", .label = N_("Alone"), .kind = FIELD_BOOL,
	    .hint = N_("shares no line with another one") },
	{ .name = "coupon", .label = N_("Coupon"), .kind = FIELD_TEXT,
	    .max = PRICE_NAME - 1, .hint = N_("code; empty: for everybody") },
	{ .name = "uses", .label = N_("Uses"), .kind = FIELD_NUMBER,
	    .hint = N_("of the coupon; empty: any") },
	SCOPE_FIELDS
};

static enum turn
promo_form_save(struct session *s, void *state)
{
	struct form_screen	*st = state;
	struct promo_item	item[PROMO_ITEMS];
	struct promo		p = { .scope.when = PERIOD_ALWAYS,
				    .item = item };
	char			doubt[SCOPE_DOUBT];
	int64_t			id;
	int			r;

	(void)str_copy(p.name, sizeof(p.name), form_get(&st->form, "name"));
	r = promo_kind_find(form_get(&st->form, "kind"), &p.kind);
	for (size_t i = 0; i < NELEM(promo_form_fields) && r == 0; i++) {
		const char	*key = promo_form_fields[i].name;
		const char	*value = form_get(&st->form, key);

		/* Decimals that were not typed are said from here on. */
		if (promo_form_fields[i].kind == FIELD_MONEY &&
		    value[0] != '\0') {
			value = app_typed(session_shop(s),
			    form_number(&st->form, key));
		}
		if (strcmp(key, "name") != 0 && strcmp(key, "kind") != 0) {
			r = promo_set(session_shop(s), &p, key, value);
		}
	}
	if (r != 0 || (r = promo_add(session_shop(s), &p, &id)) != 0) {
		return session_fail(s, r);
	}
	scope_doubt(session_shop(s), &p.scope, doubt);
	if (doubt[0] != '\0') {
		session_warn(s, "%s", doubt);
	}
	return session_pop(s, true, id, "");
}

static int
promo_form_open(struct session *s, void *state, const void *arg)
{
	struct form_screen	*st = state;

	(void)arg;
	form_screen_init(s, st, promo_form_fields, NELEM(promo_form_fields),
	    promo_form_save);
	form_set(&st->form, "kind", promo_form_kinds[0]);
	return 0;
}

const struct screen screen_promo_form = {
	.name = "promo_form",
	.title = N_("NEW PROMOTION"),
	.right = "promo",
	.help = N_("What is taken off by itself, or for a coupon.  The kind "
	    "says which of the numbers count: percent; amount off each; "
	    "n for the price of m, the cheapest free; the second at a "
	    "percentage less; a set (bundle) for an amount; off from a sum "
	    "on (threshold).  Alone: it shares no line with another one, "
	    "and the best for the customer is done; the others follow one "
	    "another.  F9 begins it."),
	.state_size = sizeof(struct form_screen),
	FORM_SCREEN_PARTS,
	.open = promo_form_open,
	.close = form_screen_close,
};
