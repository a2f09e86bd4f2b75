/* SPDX-License-Identifier: ISC */
/* One supplier as a form: who they are, how long they take. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/screens.h"
#include "shop/supplier.h"

struct supplier_screen {
	struct form_screen	 top;
	struct shop		*shop;
	struct supplier		 s;
};

static const struct field supplier_fields[] = {
	{ .name = "code", .label = N_("Code"), .kind = FIELD_TEXT,
	    .required = true, .max = 15 },
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT,
	    .required = true, .max = 60 },
	{ .name = "address", .label = N_("Address"), .kind = FIELD_TEXT,
	    .max = 120, .hint = N_("; between its lines") },
	{ .name = "phone", .label = N_("Telephone"), .kind = FIELD_TEXT,
	    .max = 22 },
	{ .name = "email", .label = N_("E-mail"), .kind = FIELD_TEXT,
	    .max = 60 },
	{ .name = "account", .label = N_("Our number"), .kind = FIELD_TEXT,
	    .max = 30 },
	{ .name = "lead", .label = N_("Lead time"), .kind = FIELD_NUMBER,
	    .most = 730, .hint = N_("days from order to receipt") },
	{ .name = "least", .label = N_("Least order"), .kind = FIELD_MONEY,
	    .hint = N_("they take none below it; 0 any") },
	{ .name = "terms", .label = N_("Days to pay"), .kind = FIELD_NUMBER,
	    .most = 730 },
	{ .name = "discount", .label = N_("Discount %"), .kind = FIELD_RATE,
	    .hint = N_("off every line") },
	{ .name = "active", .label = N_("Orders there"), .kind = FIELD_BOOL },
};

static void
supplier_fill(struct supplier_screen *st)
{
	struct form		*f = &st->top.form;
	const struct supplier	*s = &st->s;
	char			 text[MONEY_TEXT];

	form_set(f, "code", s->code);
	form_set(f, "name", s->name);
	form_set(f, "address", s->address);
	form_set(f, "phone", s->phone);
	form_set(f, "email", s->email);
	form_set(f, "account", s->account);
	(void)str_fmt(text, sizeof(text), "%lld", (long long)s->lead);
	form_set(f, "lead", text);
	form_set(f, "least", app_typed(st->shop, s->least));
	(void)str_fmt(text, sizeof(text), "%lld", (long long)s->terms);
	form_set(f, "terms", text);
	rate_plain(st->shop->money.mark, s->discount, text);
	form_set(f, "discount", text);
	form_set(f, "active", s->active ? "1" : "0");
}

static int
supplier_take(struct supplier_screen *st)
{
	const struct {
		const char	*field;
		char		*out;
		size_t		 size;
	} texts[] = {
		{ "code", st->s.code, sizeof(st->s.code) },
		{ "name", st->s.name, sizeof(st->s.name) },
		{ "address", st->s.address, sizeof(st->s.address) },
		{ "phone", st->s.phone, sizeof(st->s.phone) },
		{ "email", st->s.email, sizeof(st->s.email) },
		{ "account", st->s.account, sizeof(st->s.account) },
	};
	const struct form	*f = &st->top.form;
	const char		*least = form_get(f, "least");
	const char		*discount = form_get(f, "discount");
	int			 r;

	for (size_t i = 0; i < NELEM(texts); i++) {
		if (!str_copy(texts[i].out, texts[i].size,
		    form_get(f, texts[i].field))) {
			return err_set(ERR_TOO_LONG, _("%s: too long"),
			    texts[i].field);
		}
	}
	st->s.lead = form_number(f, "lead");
	st->s.terms = form_number(f, "terms");
	st->s.active = strcmp(form_get(f, "active"), "1") == 0;
	st->s.least = st->s.discount = 0;
	if ((least[0] != '\0' && (r = money_parse(&st->shop->money, least,
	    st->shop->who.implied, &st->s.least)) != 0) ||
	    (discount[0] != '\0' && (r = rate_parse(discount,
	    &st->s.discount)) != 0)) {
		return r;
	}
	return supplier_put(st->shop, &st->s);
}

static enum turn
supplier_done(struct session *s, void *state)
{
	struct supplier_screen	*st = state;
	int			 r = supplier_take(st);

	return r != 0 ? session_fail(s, r) :
	    session_pop(s, true, st->s.id, "");
}

static int
supplier_open(struct session *s, void *state, const void *arg)
{
	struct supplier_screen	*st = state;
	const int64_t		*id = arg;
	int			 r;

	st->shop = session_shop(s);
	st->s = (struct supplier){ .lead = 7, .terms = 30, .active = true };
	if (*id != 0 && (r = supplier_get(st->shop, *id, &st->s)) != 0) {
		return r;
	}
	form_screen_init(s, st, supplier_fields, NELEM(supplier_fields),
	    supplier_done);
	supplier_fill(st);
	return 0;
}

const struct screen screen_supplier = {
	.name = "supplier",
	.title = N_("SUPPLIER"),
	.right = "purchase",
	.help = N_("A supplier: our code for them, who they are, how many "
	    "days an order takes and may be paid in, what they take off and "
	    "the least they deliver.  Enter alone keeps a value and goes on; "
	    "F9 or Enter after the last field keeps it all."),
	.state_size = sizeof(struct supplier_screen),
	FORM_SCREEN_PARTS,
	.open = supplier_open,
	.close = form_screen_close,
};
