/* SPDX-License-Identifier: ISC */
/* One customer as a form: who they are and what they may owe. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/screens.h"
#include "shop/customer.h"

struct person_screen {
	struct form_screen	 top;
	struct shop		*shop;
	struct customer		 customer;	/* id 0: a new one */
};

static const struct field person_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT,
	    .required = true, .max = 60 },
	{ .name = "phone", .label = N_("Telephone"), .kind = FIELD_TEXT,
	    .max = 22 },
	{ .name = "email", .label = N_("E-mail"), .kind = FIELD_TEXT },
	{ .name = "address", .label = N_("Address"), .kind = FIELD_TEXT,
	    .max = 120, .hint = N_("; between its lines") },
	{ .name = "vat_id", .label = N_("VAT id"), .kind = FIELD_TEXT,
	    .max = 20 },
	{ .name = "code", .label = N_("Code"), .kind = FIELD_TEXT, .max = 15,
	    .hint = N_("empty: the next number") },
	{ .name = "credit", .label = N_("May owe"), .kind = FIELD_MONEY,
	    .hint = N_("at most; empty: pays at once") },
};

static void
person_fill(struct person_screen *st)
{
	const struct customer	*c = &st->customer;
	form_set(&st->top.form, "name", c->name);
	form_set(&st->top.form, "phone", c->phone);
	form_set(&st->top.form, "email", c->email);
	form_set(&st->top.form, "address", c->address);
	form_set(&st->top.form, "vat_id", c->vat_id);
	form_set(&st->top.form, "code", c->code);
	form_set(&st->top.form, "credit", c->on_account ?
	    app_typed(st->shop, c->credit) : "");
}

static int
person_take(struct person_screen *st, const char *field, char *out,
    size_t size)
{
	return str_copy(out, size, form_get(&st->top.form, field)) ? 0 :
	    err_set(ERR_TOO_LONG, _("%s: too long"), field);
}

static int
person_save(struct person_screen *st)
{
	struct customer	*c = &st->customer;
	const char	*credit = form_get(&st->top.form, "credit");
	int		 r;

	if ((r = person_take(st, "name", c->name, sizeof(c->name))) != 0 ||
	    (r = person_take(st, "phone", c->phone, sizeof(c->phone))) != 0 ||
	    (r = person_take(st, "email", c->email, sizeof(c->email))) != 0 ||
	    (r = person_take(st, "address", c->address,
	    sizeof(c->address))) != 0 ||
	    (r = person_take(st, "vat_id", c->vat_id,
	    sizeof(c->vat_id))) != 0 ||
	    (r = person_take(st, "code", c->code, sizeof(c->code))) != 0) {
		return r;
	}
	c->on_account = credit[0] != '\0';
	c->credit = 0;
	if (c->on_account && (r = money_parse(&st->shop->money, credit,
	    st->shop->who.implied, &c->credit)) != 0) {
		return r;
	}
	return c->id != 0 ? customer_update(st->shop, c) :
	    customer_add(st->shop, c, &c->id);
}

static enum turn
person_done(struct session *s, void *state)
{
	struct person_screen	*st = state;
	int			 r = person_save(st);

	return r != 0 ? session_fail(s, r) :
	    session_pop(s, true, st->customer.id, "");
}

static int
person_open(struct session *s, void *state, const void *arg)
{
	struct person_screen	*st = state;
	const struct person_arg	*a = arg;
	int			 r;

	st->shop = session_shop(s);
	st->customer = (struct customer){ .active = true };
	if (a->customer != 0) {
		if ((r = customer_get(st->shop, a->customer,
		    &st->customer)) != 0) {
			return r;
		}
	} else if (a->name != NULL) {
		(void)str_copy(st->customer.name, sizeof(st->customer.name),
		    a->name);
	}
	form_screen_init(s, st, person_fields, NELEM(person_fields),
	    person_done);
	person_fill(st);
	st->top.form.at = a->customer == 0 && a->name != NULL &&
	    a->name[0] != '\0' ? 1 : 0;
	return 0;
}

const struct screen screen_person = {
	.name = "person",
	.title = N_("CUSTOMER"),
	.right = "customer",
	.help = N_("A customer: name, telephone, and for invoices the address "
	    "and VAT id.  Enter alone keeps a value and goes on; F9 or Enter "
	    "after the last field keeps it all.  What a customer may owe is "
	    "a manager's word."),
	.state_size = sizeof(struct person_screen),
	FORM_SCREEN_PARTS,
	.open = person_open,
	.close = form_screen_close,
};
