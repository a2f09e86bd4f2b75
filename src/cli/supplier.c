/* SPDX-License-Identifier: ISC */
/* supplier … and bill …: who sells to the shop, what they are owed. */
#include "cli/supplier.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shop/purchase.h"

/* The supplier that option --supplier names; none is 0. */
int
supplier_option(struct call *call, int64_t *id)
{
	const char	*code = call_option(call, "supplier");
	struct supplier	 s;
	int		 r;

	*id = 0;
	if (code == NULL) {
		return 0;
	}
	if ((r = supplier_find(call->shop, code, &s)) == 0) {
		*id = s.id;
	}
	return r;
}

/* --- suppliers ----------------------------------------------------------- */

static int
supplier_row(void *ctx, const struct supplier_row *row)
{
	struct out	*o = ctx;

	out_text(o, row->s.code);
	out_text(o, row->s.name);
	out_text(o, row->s.account);
	out_int(o, row->s.lead);
	out_int(o, row->s.least);
	out_int(o, row->s.terms);
	out_int(o, row->s.discount);
	out_int(o, row->items);
	out_int(o, row->open);
	out_int(o, row->owed);
	out_int(o, row->s.active);
	out_text(o, row->s.address);
	out_text(o, row->s.email);
	out_text(o, row->s.phone);
	return 0;
}

static int
run_supplier_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "account", N_("our number"), VALUE_TEXT },
		{ "lead_days", N_("days"), VALUE_COUNT },
		{ "least", N_("least order"), VALUE_MONEY },
		{ "terms_days", N_("terms"), VALUE_COUNT },
		{ "discount", N_("discount %"), VALUE_RATE },
		{ "items", N_("items"), VALUE_COUNT },
		{ "open_orders", N_("orders"), VALUE_COUNT },
		{ "owed", N_("owed"), VALUE_MONEY },
		{ "active", N_("active"), VALUE_BOOL },
		{ "address", N_("address"), VALUE_TEXT },
		{ "email", N_("e-mail"), VALUE_TEXT },
		{ "phone", N_("telephone"), VALUE_TEXT },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = supplier_list(call->shop, supplier_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
supplier_options(struct call *call, struct supplier *s)
{
	static const struct {
		const char	*name;
		size_t		 offset, size;
	} texts[] = {
#define TEXT(option, field) { option, offsetof(struct supplier, field), \
	    sizeof(((struct supplier *)NULL)->field) }
		TEXT("name", name), TEXT("address", address),
		TEXT("email", email), TEXT("phone", phone),
		TEXT("account", account),
#undef TEXT
	};
	const char	*value;
	int		 r;

	for (size_t i = 0; i < NELEM(texts); i++) {
		if ((value = call_option(call, texts[i].name)) != NULL &&
		    !str_copy((char *)s + texts[i].offset, texts[i].size,
		    value)) {
			return err_set(ERR_TOO_LONG, _("--%s is too long"),
			    texts[i].name);
		}
	}
	if (((value = call_option(call, "lead")) != NULL &&
	    (r = str_to_i64(value, 0, 730, &s->lead)) != 0) ||
	    ((value = call_option(call, "terms")) != NULL &&
	    (r = str_to_i64(value, 0, 730, &s->terms)) != 0) ||
	    ((value = call_option(call, "least")) != NULL &&
	    (r = money_parse(&call->shop->money, value, false,
	    &s->least)) != 0) ||
	    ((value = call_option(call, "discount")) != NULL &&
	    (r = rate_parse(value, &s->discount)) != 0)) {
		return r;
	}
	if ((value = call_option(call, "active")) != NULL) {
		s->active = strcmp(value, "yes") == 0;
	}
	return 0;
}

static int
run_supplier_add(struct call *call)
{
	struct supplier	s = { .lead = 7, .terms = 30, .active = true };
	int		r;

	if (!str_copy(s.code, sizeof(s.code), call_arg(call, 0)) ||
	    !str_copy(s.name, sizeof(s.name), call_arg(call, 1))) {
		return err_set(ERR_TOO_LONG, _("the code or name is too "
		    "long"));
	}
	if ((r = supplier_options(call, &s)) == 0 &&
	    (r = supplier_put(call->shop, &s)) == 0) {
		call_say(call, _("supplier %s added"), s.code);
	}
	return r;
}

static int
run_supplier_set(struct call *call)
{
	struct supplier	s;
	int		r;

	if ((r = supplier_find(call->shop, call_arg(call, 0), &s)) != 0 ||
	    (r = supplier_options(call, &s)) != 0) {
		return r;
	}
	return supplier_put(call->shop, &s);
}

static int
item_row(void *ctx, const struct supplier_item *i)
{
	struct out	*o = ctx;

	out_text(o, i->supplier_code);
	out_text(o, i->code);
	out_text(o, i->name);
	out_text(o, i->ref);
	out_int(o, i->pack);
	out_text(o, i->unit);
	out_int(o, i->price);
	out_int(o, i->least);
	out_int(o, i->preferred);
	return 0;
}

static int
run_supplier_items(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "supplier", N_("supplier"), VALUE_TEXT },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "ref", N_("reference"), VALUE_TEXT },
		{ "pack", N_("pack"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "price", N_("price"), VALUE_MONEY },
		{ "least", N_("least"), VALUE_COUNT },
		{ "preferred", N_("preferred"), VALUE_BOOL },
	};
	const char	*code = call_option(call, "product");
	struct supplier	 s = { .id = 0 };
	struct product	 p = { .id = 0 };
	int		 r;

	if ((call_arg(call, 0) != NULL && (r = supplier_find(call->shop,
	    call_arg(call, 0), &s)) != 0) ||
	    (code != NULL && (r = product_find(call->shop, code,
	    &p)) != 0)) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = supplier_items(call->shop, s.id, p.id, item_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_supplier_item(struct call *call)
{
	struct supplier_item	i;
	struct supplier		s;
	struct product		p;
	const char		*value;
	int			r;

	if ((r = supplier_find(call->shop, call_arg(call, 0), &s)) != 0 ||
	    (r = product_find(call->shop, call_arg(call, 1), &p)) != 0) {
		return r;
	}
	r = supplier_item_get(call->shop, s.id, p.id, &i);
	if ((r != 0 && r != ERR_NOT_FOUND) ||
	    (r = money_parse(&call->shop->money, call_arg(call, 2), false,
	    &i.price)) != 0 ||
	    ((value = call_option(call, "pack")) != NULL &&
	    (r = qty_parse(value, &i.pack)) != 0) ||
	    ((value = call_option(call, "least")) != NULL &&
	    (r = str_to_i64(value, 1, 9999, &i.least)) != 0)) {
		return r;
	}
	if ((value = call_option(call, "ref")) != NULL &&
	    !str_copy(i.ref, sizeof(i.ref), value)) {
		return err_set(ERR_TOO_LONG, _("the reference is too long"));
	}
	if ((value = call_option(call, "preferred")) != NULL) {
		i.preferred = strcmp(value, "yes") == 0;
	}
	return supplier_item_put(call->shop, &i);
}

static int
run_supplier_drop(struct call *call)
{
	struct supplier	s;
	struct product	p;
	int		r;

	if ((r = supplier_find(call->shop, call_arg(call, 0), &s)) != 0 ||
	    (r = product_find(call->shop, call_arg(call, 1), &p)) != 0) {
		return r;
	}
	return supplier_item_drop(call->shop, s.id, p.id);
}

/* With --suppliers themselves, else what they sell. */
static int
run_supplier_import(struct call *call)
{
	return call_import(call, call_option(call, "suppliers") != NULL ?
	    supplier_import : supplier_item_import);
}

static int
run_supplier_export(struct call *call)
{
	return call_export(call, call_option(call, "suppliers") != NULL ?
	    supplier_export : supplier_item_export);
}

/* --- invoices ------------------------------------------------------------ */

static int
bill_row(void *ctx, const struct bill *b)
{
	struct out	*o = ctx;

	out_text(o, b->due);
	out_int(o, b->late);
	out_text(o, b->supplier);
	out_text(o, b->supplier_name);
	out_text(o, b->number);
	out_text(o, b->day);
	out_int(o, b->net);
	out_int(o, b->tax);
	out_int(o, b->net + b->tax);
	out_int(o, b->net - b->expected);
	out_text(o, b->accepted);
	out_int(o, b->paid_at);
	return 0;
}

static int
run_bill_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "due", N_("due"), VALUE_DAY },
		{ "late", N_("late"), VALUE_BOOL },
		{ "supplier", N_("supplier"), VALUE_TEXT },
		{ "supplier_name", N_("name"), VALUE_TEXT },
		{ "number", N_("invoice"), VALUE_TEXT },
		{ "day", N_("day"), VALUE_DAY },
		{ "net", N_("without tax"), VALUE_MONEY },
		{ "tax", N_("tax"), VALUE_MONEY },
		{ "total", N_("total"), VALUE_MONEY },
		{ "difference", N_("difference"), VALUE_MONEY },
		{ "accepted", N_("taken because"), VALUE_TEXT },
		{ "paid_at", N_("paid"), VALUE_TIME },
	};
	int64_t	supplier;
	int	r = supplier_option(call, &supplier);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = bill_list(call->shop, call_option(call, "paid") != NULL, supplier,
	    bill_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

#define BILL_RECEIPTS	64

/* "REC-000001 RET-000002" */
static int
bill_receipts(struct call *call, const char *list, int64_t *ids, size_t *n)
{
	struct intake	in;
	char		word[PURCHASE_NUMBER];
	int		r;

	*n = 0;
	while (*(list += strspn(list, " ,")) != '\0') {
		size_t	len = strcspn(list, " ,");

		if (*n == BILL_RECEIPTS) {
			return err_set(ERR_RANGE, _("at most %d receipts"),
			    BILL_RECEIPTS);
		}
		(void)str_fmt(word, sizeof(word), "%.*s", (int)len, list);
		if ((r = intake_find(call->shop, word, &in)) != 0) {
			return r;
		}
		ids[(*n)++] = in.id;
		list += len;
	}
	return 0;
}

static int
run_bill_add(struct call *call)
{
	const char	*due = call_option(call, "due");
	const char	*tax = call_option(call, "tax");
	const char	*list = call_option(call, "receipts");
	const char	*accept = call_option(call, "accept");
	int64_t		 ids[BILL_RECEIPTS], net, vat = 0, id;
	size_t		 n;
	struct supplier	 s;
	int		 r;

	if ((r = supplier_find(call->shop, call_arg(call, 0), &s)) != 0 ||
	    (r = money_parse(&call->shop->money, call_arg(call, 3), false,
	    &net)) != 0 ||
	    (tax != NULL && (r = money_parse(&call->shop->money, tax, false,
	    &vat)) != 0) ||
	    (r = bill_receipts(call, list == NULL ? "" : list, ids,
	    &n)) != 0) {
		return r;
	}
	return bill_add(call->shop, s.id, call_arg(call, 1),
	    call_arg(call, 2), due == NULL ? "" : due, net, vat, ids, n,
	    accept == NULL ? "" : accept, &id);
}

static int
run_bill_pay(struct call *call)
{
	struct supplier	s;
	int		r = supplier_find(call->shop, call_arg(call, 0), &s);

	return r != 0 ? r : bill_pay(call->shop, s.id, call_arg(call, 1));
}

#define SUPPLIER_OPTIONS \
	"address=TEXT email=TEXT phone=TEXT account=TEXT lead=DAYS " \
	"least=AMOUNT terms=DAYS discount=PERCENT active=yes|no"

const struct command commands_supplier[] = {
	{ "supplier list", "", "", N_("who sells to the shop"),
	    COMMAND_LISTS, RIGHT_COST, run_supplier_list },
	{ "supplier add", "CODE NAME", SUPPLIER_OPTIONS,
	    N_("a new supplier"), 0, RIGHT_PURCHASE, run_supplier_add },
	{ "supplier set", "CODE", "name=NAME " SUPPLIER_OPTIONS,
	    N_("change a supplier"), 0, RIGHT_PURCHASE, run_supplier_set },
	{ "supplier items", "[SUPPLIER]", "product=CODE",
	    N_("what they sell, in which packs, at what price"),
	    COMMAND_LISTS, RIGHT_COST, run_supplier_items },
	{ "supplier item", "SUPPLIER CODE PRICE",
	    "pack=QTY ref=TEXT least=PACKS preferred=yes|no",
	    N_("they sell it, a pack at that price without tax"),
	    0, RIGHT_PURCHASE, run_supplier_item },
	{ "supplier drop", "SUPPLIER CODE", "",
	    N_("they do not sell it any more"),
	    0, RIGHT_PURCHASE, run_supplier_drop },
	{ "supplier import", "FILE", IMPORT_OPTIONS " suppliers",
	    N_("CSV or JSON of what they sell, or of themselves; all is "
	    "stored or nothing"),
	    0, RIGHT_PURCHASE, run_supplier_import },
	{ "supplier export", "[FILE]", "json suppliers",
	    N_("CSV or JSON out; importing it changes nothing"), 0,
	    RIGHT_COST, run_supplier_export },
	{ "bill list", "", "paid supplier=CODE",
	    N_("suppliers' invoices by the day they are due"),
	    COMMAND_LISTS, RIGHT_COST, run_bill_list },
	{ "bill add", "SUPPLIER NUMBER DAY NET",
	    "tax=AMOUNT due=DAY receipts=NUMBERS accept=WHY",
	    N_("an invoice, held against what came"),
	    0, RIGHT_PURCHASE, run_bill_add },
	{ "bill pay", "SUPPLIER NUMBER", "", N_("it is paid"),
	    0, RIGHT_PURCHASE, run_bill_pay },
	{ .words = NULL },
};
