/* SPDX-License-Identifier: ISC */
/* product option … and product variant …: what an item comes with and in. */
#include "cli/command.h"

#include <string.h>

#include "shop/option.h"
#include "shop/variant.h"

/* The product a command is about; without a code all of them (0). */
static int
options_product(struct call *call, int64_t *id)
{
	struct product	p;
	int		r;

	*id = 0;
	if (call->nargs == 0) {
		return 0;
	}
	if ((r = product_find(call->shop, call_arg(call, 0), &p)) == 0) {
		*id = p.id;
	}
	return r;
}

/* ---- options ------------------------------------------------------------ */

static int
option_out_row(void *ctx, const struct option_row *row)
{
	struct out	*o = ctx;

	out_text(o, row->code);
	out_text(o, row->group);
	out_int(o, row->least);
	out_int(o, row->most);
	out_int(o, row->included);
	out_int(o, row->number);
	out_text(o, row->choice);
	out_text(o, row->component);
	out_int(o, row->price);
	out_int(o, row->preset);
	out_text(o, row->against);
	return 0;
}

static int
run_option_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "group", N_("question"), VALUE_TEXT },
		{ "least", N_("least"), VALUE_COUNT },
		{ "most", N_("most"), VALUE_COUNT },
		{ "included", N_("included"), VALUE_BOOL },
		{ "number", N_("number"), VALUE_COUNT },
		{ "choice", N_("choice"), VALUE_TEXT },
		{ "component", N_("component"), VALUE_TEXT },
		{ "price", N_("price"), VALUE_MONEY },
		{ "preset", N_("preset"), VALUE_BOOL },
		{ "against", N_("not with"), VALUE_TEXT },
	};
	int64_t				id;
	int				r;

	if ((r = options_product(call, &id)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = option_list(call->shop, id, option_out_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* A group's bounds stay as they are where the command does not say. */
static int
option_same_group(void *ctx, const struct option_row *has)
{
	struct option_row	*row = ctx;

	if (strcmp(has->group, row->group) == 0) {
		row->least = has->least;
		row->most = has->most;
		row->included = has->included;
	}
	return 0;
}

static int
option_number(struct call *call, const char *name, int64_t *out)
{
	const char	*text = call_option(call, name);

	return text == NULL ? 0 : str_to_i64(text, 0, 99, out);
}

static int
run_option_add(struct call *call)
{
	const char		*price = call_option(call, "price");
	const char		*component = call_option(call, "component");
	const char		*against = call_option(call, "against");
	struct option_row	 row = {
		.code = call_arg(call, 0), .group = call_arg(call, 1),
		.choice = call_arg(call, 2), .most = 1,
		.component = component == NULL ? "" : component,
		.against = against == NULL ? "" : against,
		.preset = call_option(call, "preset") != NULL,
	};
	int64_t			 id;
	int			 r;

	if ((r = options_product(call, &id)) != 0 ||
	    (r = option_list(call->shop, id, option_same_group, &row)) != 0 ||
	    (r = option_number(call, "least", &row.least)) != 0 ||
	    (r = option_number(call, "most", &row.most)) != 0 ||
	    (price != NULL && (r = money_parse(&call->shop->money, price,
	    false, &row.price)) != 0)) {
		return r;
	}
	row.included = row.included || call_option(call, "included") != NULL;
	if ((r = option_put_row(call->shop, &row)) == 0) {
		call_say(call, _("%s: %s %s"), row.code, row.group,
		    row.choice);
	}
	return r;
}

static int
run_option_remove(struct call *call)
{
	int	r = option_end(call->shop, call_arg(call, 0),
		    call->nargs > 1 ? call_arg(call, 1) : "",
		    call->nargs > 2 ? call_arg(call, 2) : "");

	if (r == 0) {
		call_say(call, _("removed"));
	}
	return r;
}

static int
run_option_export(struct call *call)
{
	return call_export(call, option_export);
}

static int
run_option_import(struct call *call)
{
	return call_import(call, option_import);
}

/* ---- variants ----------------------------------------------------------- */

static int
variant_out_row(void *ctx, const struct variant_row *row)
{
	struct out	*o = ctx;

	out_text(o, row->template);
	out_text(o, row->axes);
	out_text(o, row->code);
	out_text(o, row->name);
	out_text(o, row->first);
	out_text(o, row->second);
	out_int(o, row->delta);
	out_int(o, row->price);
	if (row->tracked) {
		out_int(o, row->stock);
	} else {
		out_null(o);
	}
	out_int(o, row->active);
	return 0;
}

/* Of one template or of all of them. */
static int
variant_each(struct call *call,
    int (*fn)(void *ctx, const struct variant_row *row), void *ctx)
{
	int64_t	id;
	int	r;

	if ((r = options_product(call, &id)) != 0) {
		return r;
	}
	return id != 0 ? variant_list(call->shop, id, fn, ctx) :
	    variant_list_all(call->shop, fn, ctx);
}

static int
run_variant_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "template", N_("item"), VALUE_TEXT },
		{ "axes", N_("differs in"), VALUE_TEXT },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "first", N_("first"), VALUE_TEXT },
		{ "second", N_("second"), VALUE_TEXT },
		{ "delta", N_("more"), VALUE_MONEY },
		{ "price", N_("price"), VALUE_MONEY },
		{ "stock", N_("stock"), VALUE_QTY },
		{ "active", N_("active"), VALUE_BOOL },
	};
	int				r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = variant_each(call, variant_out_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* "2.00" or "-2.00". */
static int
variant_delta(struct call *call, const char *text, int64_t *out)
{
	bool	less = *text == '-';
	int	r = money_parse(&call->shop->money, text + (less ? 1 : 0),
		    false, out);

	*out = less ? -*out : *out;
	return r;
}

static int
run_variant_add(struct call *call)
{
	const char		*axes = call_option(call, "axes");
	const char		*delta = call_option(call, "delta");
	const char		*barcode = call_option(call, "barcode");
	struct variant_row	 row = {
		.template = call_arg(call, 0), .code = call_arg(call, 1),
		.first = call_arg(call, 2),
		.second = call->nargs > 3 ? call_arg(call, 3) : "",
		.axes = axes == NULL ? "" : axes,
	};
	struct product		 p;
	int			 r;

	if ((delta != NULL && (r = variant_delta(call, delta,
	    &row.delta)) != 0) ||
	    (barcode != NULL && (r = product_barcode_free(call->shop,
	    barcode)) != 0) ||
	    (r = variant_put(call->shop, &row)) != 0 ||
	    (barcode != NULL && ((r = product_find(call->shop, row.code,
	    &p)) != 0 ||
	    (r = product_barcode_add(call->shop, p.id, barcode)) != 0))) {
		return r;
	}
	call_say(call, _("variant %s of %s"), row.code, row.template);
	return 0;
}

static int
variant_made(void *ctx, const struct variant *v, const char *barcode,
    bool fresh)
{
	struct out	*o = ctx;

	out_text(o, v->code);
	out_text(o, v->value[0]);
	out_text(o, v->value[1]);
	out_int(o, v->delta);
	out_int(o, v->price);
	out_text(o, barcode);
	out_int(o, fresh);
	return 0;
}

static int
run_variant_make(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "first", N_("first"), VALUE_TEXT },
		{ "second", N_("second"), VALUE_TEXT },
		{ "delta", N_("more"), VALUE_MONEY },
		{ "price", N_("price"), VALUE_MONEY },
		{ "barcode", N_("barcode"), VALUE_TEXT },
		{ "new", N_("new"), VALUE_BOOL },
	};
	unsigned			how = 0;
	int64_t				made;
	int				r;

	how |= call_option(call, "dry-run") != NULL ? VARIANT_DRY : 0;
	how |= call_option(call, "barcodes") != NULL ? VARIANT_BARCODE : 0;
	out_begin(&call->out, columns, NELEM(columns), false);
	r = variant_make(call->shop, call_arg(call, 0), call->arg + 1,
	    (size_t)call->nargs - 1, how, variant_made, &call->out, &made);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_variant_export(struct call *call)
{
	return call_export(call, variant_export);
}

static int
run_variant_import(struct call *call)
{
	return call_import(call, variant_import);
}

const struct command commands_options[] = {
	{ "product option list", "[CODE]", "",
	    N_("what is chosen for a product, or for all"),
	    COMMAND_LISTS, RIGHT_LOOK, run_option_list },
	{ "product option add", "CODE QUESTION CHOICE",
	    "price=AMOUNT component=CODE least=N most=N included preset "
	    "against=CHOICE",
	    N_("a choice, or another price for it; what is included is part "
	    "of the product's own price"),
	    0, RIGHT_PRODUCT, run_option_add },
	{ "product option remove", "CODE [QUESTION [CHOICE]]", "",
	    N_("a choice, a question or all of them go"),
	    0, RIGHT_PRODUCT, run_option_remove },
	{ "product option import", "FILE", IMPORT_OPTIONS,
	    N_("options from CSV or JSON: code, group, least, most, included, "
	    "choice, component, price, preset, against"),
	    0, RIGHT_PRODUCT, run_option_import },
	{ "product option export", "[FILE]", "json",
	    N_("CSV or JSON out; importing it changes nothing"), 0,
	    RIGHT_LOOK, run_option_export },
	{ "product variant list", "[CODE]", "",
	    N_("sizes and colours of a product, or of all"),
	    COMMAND_LISTS, RIGHT_LOOK, run_variant_list },
	{ "product variant add", "TEMPLATE CODE FIRST [SECOND]",
	    "axes=NAMES delta=AMOUNT barcode=DIGITS",
	    N_("a size or colour; a code nobody has is a new product; axes: "
	    "\"Size|Colour\""),
	    0, RIGHT_PRODUCT, run_variant_add },
	{ "product variant make", "CODE ATTRIBUTE…", "barcodes dry-run",
	    N_("all combinations: 'Size=S,M' 'Colour=Red,Blue:+2.00'; those "
	    "that are there stay"),
	    COMMAND_LISTS, RIGHT_PRODUCT, run_variant_make },
	{ "product variant import", "FILE", IMPORT_OPTIONS,
	    N_("variants from CSV or JSON: template, axes, code, first, "
	    "second, delta; the products are there already"),
	    0, RIGHT_PRODUCT, run_variant_import },
	{ "product variant export", "[FILE]", "json",
	    N_("CSV or JSON out; importing it changes nothing"), 0,
	    RIGHT_LOOK, run_variant_export },
	{ 0 }
};
