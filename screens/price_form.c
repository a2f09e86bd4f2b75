/* SPDX-License-Identifier: ISC */
/* A new price list: its name, and where and when it holds. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/scope_fields.h"
#include "screens/screens.h"
#include "shop/price.h"

static const struct field price_form_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT,
	    .required = true, .max = PRICE_NAME - 1,
	    .hint = N_("one word: happy") },
	{ .name = "label", .label = N_("On the ticket"), .kind = FIELD_TEXT,
	    .required = true, .max = 40, .hint = N_("its words there") },
	SCOPE_FIELDS
};

static enum turn
price_form_save(struct session *s, void *state)
{
	struct form_screen	*st = state;
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

static int
price_form_open(struct session *s, void *state, const void *arg)
{
	(void)arg;
	form_screen_init(s, state, price_form_fields,
	    NELEM(price_form_fields), price_form_save);
	return 0;
}

const struct screen screen_price_form = {
	.name = "price_form",
	.title = N_("NEW PRICE LIST"),
	.right = "promo",
	.help = N_("A list of prices beside the catalogue's: a name of one "
	    "word, its words on the ticket, then where and when it holds; "
	    "empty holds always.  Hours end just before the last minute said "
	    "and may go past midnight.  F9 keeps it; its prices come next."),
	.state_size = sizeof(struct form_screen),
	FORM_SCREEN_PARTS,
	.open = price_form_open,
	.close = form_screen_close,
};
