/* SPDX-License-Identifier: ISC */
/* tender …, currency … and customer …: how money comes in, and from whom. */
#include "cli/command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shop/currency.h"
#include "shop/customer.h"
#include "shop/tender_set.h"
#include "shop/user.h"

/* ---- tenders ------------------------------------------------------------ */

static void
tender_row(struct out *o, const struct tender *t)
{
	out_text(o, t->name);
	out_text(o, t->letter);
	out_word(o, t->label, _(t->label));
	out_text(o, tender_kind_name(t->kind));
	out_int(o, t->active);
	out_text(o, tender_reference_word(t->reference));
	out_int(o, t->phone);
	out_int(o, t->waits);
	out_text(o, t->eligible[0] == '\0' ? "all" : t->eligible);
	out_int(o, t->least);
	out_int(o, t->most);
	out_int(o, t->change);
	out_int(o, t->drawer);
	out_int(o, t->rounded);
	out_int(o, t->refund);
	out_int(o, t->tip);
}

static int
run_tender_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "letter", N_("letter"), VALUE_TEXT },
		{ "label", N_("label"), VALUE_TEXT },
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "active", N_("active"), VALUE_BOOL },
		{ "reference", N_("reference"), VALUE_TEXT },
		{ "phone", N_("telephone"), VALUE_BOOL },
		{ "waits", N_("waits"), VALUE_BOOL },
		{ "eligible", N_("pays for"), VALUE_TEXT },
		{ "least", N_("least"), VALUE_MONEY },
		{ "most", N_("most"), VALUE_MONEY },
		{ "change", N_("change"), VALUE_BOOL },
		{ "drawer", N_("drawer"), VALUE_BOOL },
		{ "rounded", N_("rounded"), VALUE_BOOL },
		{ "refund", N_("refund"), VALUE_BOOL },
		{ "tip", N_("tip"), VALUE_BOOL },
	};
	struct tender	*rows;
	size_t		 n;
	int		 r;

	if ((r = tender_every(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		tender_row(&call->out, &rows[i]);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_tender_set(struct call *call)
{
	return tender_set(call->shop, call_arg(call, 0), call_arg(call, 1),
	    call_arg(call, 2));
}

/* ---- currencies --------------------------------------------------------- */

static int
run_currency_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "rate", N_("rate"), VALUE_TEXT },
		{ "of", N_("of one"), VALUE_TEXT },
		{ "home", N_("home"), VALUE_COUNT },
		{ "abroad", N_("abroad"), VALUE_COUNT },
	};
	struct currency	*rows;
	size_t		 n;
	int		 r;

	if ((r = currency_list(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		char	text[MONEY_TEXT];
		bool	worth;

		currency_rate_text(call->shop, &rows[i], &worth, text);
		out_text(&call->out, rows[i].code);
		out_text(&call->out, text);
		out_text(&call->out, worth ? rows[i].code :
		    call->shop->money.currency);
		out_int(&call->out, rows[i].home);
		out_int(&call->out, rows[i].abroad);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_currency_set(struct call *call)
{
	const char	*code = call_arg(call, 0), *rate = call_arg(call, 1);
	struct currency	 c;
	size_t		 n = strlen(code);
	int		 r;

	if (strcmp(rate, "off") == 0) {
		if ((r = currency_find(call->shop, code, &c)) != 0) {
			return r;
		}
		c.active = false;
		return currency_set(call->shop, &c);
	}
	c = (struct currency){ .active = true };
	for (size_t i = 0; n == 3 && i < n; i++) {
		c.code[i] = (char)toupper((unsigned char)code[i]);
	}
	if ((r = money_style_set(&c.money, n == 3 ? c.code : code,
	    call->shop->set.country)) != 0 ||
	    (r = currency_rate(call->shop, rate, call_option(call, "worth") !=
	    NULL, &c)) != 0) {
		return r;
	}
	return currency_set(call->shop, &c);
}

/* ---- customers ---------------------------------------------------------- */

static const struct out_column customer_columns[] = {
	{ "code", N_("code"), VALUE_TEXT },
	{ "name", N_("name"), VALUE_TEXT },
	{ "phone", N_("telephone"), VALUE_TEXT },
	{ "email", N_("e-mail"), VALUE_TEXT },
	{ "address", N_("address"), VALUE_TEXT },
	{ "vat_id", N_("VAT id"), VALUE_TEXT },
	{ "credit", N_("limit"), VALUE_MONEY },
	{ "balance", N_("owes"), VALUE_MONEY },
	{ "active", N_("active"), VALUE_BOOL },
};

static int
customer_row(void *ctx, const struct customer *c)
{
	struct out	*o = ctx;

	out_text(o, c->code);
	out_text(o, c->name);
	out_text(o, c->phone);
	out_text(o, c->email);
	out_text(o, c->address);
	out_text(o, c->vat_id);
	if (c->on_account) {
		out_int(o, c->credit);
	} else {
		out_null(o);
	}
	out_int(o, c->balance);
	out_int(o, c->active);
	return 0;
}

static int
run_customer_list(struct call *call)
{
	const char	*words = call_arg(call, 0);
	int		 r;

	out_begin(&call->out, customer_columns, NELEM(customer_columns),
	    false);
	r = words != NULL ? customer_search(call->shop, words, INT64_MAX,
	    customer_row, &call->out) : customer_list(call->shop,
	    call_option(call, "all") != NULL, customer_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_customer_show(struct call *call)
{
	struct customer	c;
	int		r = customer_find(call->shop, call_arg(call, 0), &c);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, customer_columns, NELEM(customer_columns),
	    true);
	(void)customer_row(&call->out, &c);
	return out_end(&call->out);
}

/* A customer's fields out of the options; absent ones keep their value. */
static int
customer_options(struct call *call, struct customer *c)
{
	const struct {
		const char	*name;
		char		*field;
		size_t		 size;
	} texts[] = {
		{ "name", c->name, sizeof(c->name) },
		{ "code", c->code, sizeof(c->code) },
		{ "phone", c->phone, sizeof(c->phone) },
		{ "email", c->email, sizeof(c->email) },
		{ "address", c->address, sizeof(c->address) },
		{ "vat-id", c->vat_id, sizeof(c->vat_id) },
	};
	const char	*value;
	int		 r;

	for (size_t i = 0; i < NELEM(texts); i++) {
		if ((value = call_option(call, texts[i].name)) != NULL &&
		    !str_copy(texts[i].field, texts[i].size, value)) {
			return err_set(ERR_TOO_LONG, _("--%s is too long"),
			    texts[i].name);
		}
	}
	if ((value = call_option(call, "active")) != NULL &&
	    (r = people_flag(value, &c->active)) != 0) {
		return r;
	}
	if ((value = call_option(call, "credit")) == NULL) {
		return 0;
	}
	c->on_account = strcmp(value, "none") != 0;
	c->credit = 0;
	return c->on_account ? money_parse(&call->shop->money, value, false,
	    &c->credit) : 0;
}

static int
run_customer_add(struct call *call)
{
	struct customer	c = { .active = true };
	int64_t		id;
	int		r;

	if (!str_copy(c.name, sizeof(c.name), call_arg(call, 0))) {
		return err_set(ERR_TOO_LONG, _("the name is too long"));
	}
	if ((r = customer_options(call, &c)) != 0 ||
	    (r = customer_add(call->shop, &c, &id)) != 0 ||
	    (r = customer_get(call->shop, id, &c)) != 0) {
		return r;
	}
	call_say(call, _("customer %s added"), c.code);
	return 0;
}

static int
run_customer_set(struct call *call)
{
	struct customer	c;
	int		r = customer_find(call->shop, call_arg(call, 0), &c);

	return r != 0 || (r = customer_options(call, &c)) != 0 ? r :
	    customer_update(call->shop, &c);
}

static int
statement_row(void *ctx, const struct customer_entry *e)
{
	struct out	*o = ctx;

	out_int(o, e->at);
	out_text(o, e->kind);
	out_text(o, e->ticket);
	out_text(o, e->tender);
	out_text(o, e->reference);
	out_text(o, e->reason);
	out_int(o, e->amount);
	out_int(o, e->balance);
	out_text(o, e->user);
	return 0;
}

static int
run_customer_statement(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "at", N_("when"), VALUE_TIME },
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "ticket", N_("ticket"), VALUE_TEXT },
		{ "tender", N_("tender"), VALUE_TEXT },
		{ "reference", N_("reference"), VALUE_TEXT },
		{ "reason", N_("reason"), VALUE_TEXT },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "balance", N_("owes"), VALUE_MONEY },
		{ "user", N_("user"), VALUE_TEXT },
	};
	struct customer	c;
	int		r = customer_find(call->shop, call_arg(call, 0), &c);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = customer_statement(call->shop, c.id, statement_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_customer_pay(struct call *call)
{
	const char	*tender = call_option(call, "tender");
	const char	*reference = call_option(call, "reference");
	struct customer	 c;
	int64_t		 amount, entry;
	int		 r;

	if ((r = customer_find(call->shop, call_arg(call, 0), &c)) != 0 ||
	    (r = money_parse(&call->shop->money, call_arg(call, 1), false,
	    &amount)) != 0) {
		return r;
	}
	return customer_pay(call->shop, c.id, tender == NULL ? "cash" :
	    tender, amount, reference == NULL ? "" : reference, &entry);
}

static int
run_customer_erase(struct call *call)
{
	struct customer	c;
	int		r;

	if ((r = customer_find(call->shop, call_arg(call, 0), &c)) == 0 &&
	    (r = customer_erase(call->shop, c.id)) == 0) {
		call_say(call, _("forgotten; what the law wants kept says "
		    "CLIENT-%lld-EFFACE"), (long long)c.id);
	}
	return r;
}

static int
run_customer_adjust(struct call *call)
{
	struct customer	c;
	int64_t		amount;
	int		r;

	if ((r = customer_find(call->shop, call_arg(call, 0), &c)) != 0 ||
	    (r = money_parse(&call->shop->money, call_arg(call, 1), false,
	    &amount)) != 0) {
		return r;
	}
	return customer_adjust(call->shop, c.id, amount, call_arg(call, 2));
}

#define CUSTOMER_OPTIONS "code=CODE phone=NUMBER email=ADDRESS " \
	"address=LINES vat-id=ID credit=AMOUNT|none"

const struct command commands_money[] = {
	{ "tender list", "", "", N_("ways to pay and their rules"),
	    COMMAND_LISTS | COMMAND_READ, RIGHT_LOOK, run_tender_list },
	{ "tender set", "NAME KEY VALUE", "",
	    N_("change active, label, letter, reference, phone, waits, "
	    "eligible, least, most, refund or tip"),
	    0, RIGHT_TENDER, run_tender_set },
	{ "currency list", "", "", N_("foreign money taken, and its rate"),
	    COMMAND_LISTS | COMMAND_READ, RIGHT_LOOK, run_currency_list },
	{ "currency set", "CODE RATE|off", "worth",
	    N_("take it at this rate: so much for one of ours, or with "
	    "--worth what one of it is worth"),
	    0, RIGHT_TENDER, run_currency_set },
	{ "customer list", "[WORDS]", "all",
	    N_("customers and what they owe"),
	    COMMAND_LISTS | COMMAND_READ, RIGHT_SALES, run_customer_list },
	{ "customer show", "CODE", "", N_("one customer"),
	    COMMAND_LISTS | COMMAND_READ, RIGHT_SALES, run_customer_show },
	{ "customer add", "NAME", CUSTOMER_OPTIONS,
	    N_("somebody the shop knows from now on"),
	    0, RIGHT_CUSTOMER, run_customer_add },
	{ "customer set", "CODE", "name=NAME active=yes|no "
	    CUSTOMER_OPTIONS, N_("change what is known of a customer"),
	    0, RIGHT_CUSTOMER, run_customer_set },
	{ "customer statement", "CODE", "",
	    N_("how a customer came to owe what they owe"),
	    COMMAND_LISTS | COMMAND_READ, RIGHT_SALES,
	    run_customer_statement },
	{ "customer pay", "CODE AMOUNT", "tender=NAME reference=TEXT",
	    N_("money from a customer who owes it; cash if not said"),
	    0, RIGHT_PAY, run_customer_pay },
	{ "customer adjust", "CODE AMOUNT REASON…", "",
	    N_("correct an account; more is owed by an amount above 0"),
	    0, RIGHT_CREDIT, run_customer_adjust },
	{ "customer erase", "CODE", "",
	    N_("forget a customer: tickets, invoices and the journal stay"),
	    0, RIGHT_CREDIT, run_customer_erase },
	{ .words = NULL },
};
