/* SPDX-License-Identifier: ISC */
/* price … and promo …: what things cost, and what is taken off. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shop/promo.h"

#define CATALOGUE	"catalogue"	/* no list: the catalogue's own */

static const char *const scope_keys[] = {
	"till", "place", "group", "mode", "from", "until", "days", "hours",
};

struct scoped_out {
	struct out	*out;
	struct shop	*shop;
};

/* Days as they are stored for a program, as the country writes them for a
 * reader. */
static void
out_scope(const struct scoped_out *to, const struct scope *scope)
{
	char	stored[SCOPE_TEXT], shown[SCOPE_TEXT];

	scope_text(NULL, scope, stored);
	scope_text(to->shop, scope, shown);
	out_word(to->out, stored, shown);
}

/* One line beside what was made, where a group is nobody's. */
static void
scope_told(struct call *call, const struct scope *scope)
{
	char	doubt[SCOPE_DOUBT];

	scope_doubt(call->shop, scope, doubt);
	if (doubt[0] != '\0') {
		(void)fprintf(stderr, "%s\n", doubt);
	}
}

/* --- price lists --------------------------------------------------------- */

static int
list_row(void *ctx, const struct price_list *list, bool now)
{
	struct scoped_out	*to = ctx;
	struct out		*o = to->out;

	out_text(o, list->name);
	out_text(o, list->label);
	out_scope(to, &list->scope);
	out_int(o, list->prices);
	out_int(o, now);
	return 0;
}

static int
price_row(void *ctx, const struct price_row *row)
{
	struct out	*o = ctx;

	out_text(o, row->code);
	out_text(o, row->name);
	out_int(o, row->price);
	out_int(o, row->catalogue);
	out_text(o, row->since);
	out_text(o, row->until);
	return 0;
}

static int
run_price_list(struct call *call)
{
	static const struct out_column	lists[] = {
		{ "list", N_("list"), VALUE_TEXT },
		{ "label", N_("on the ticket"), VALUE_TEXT },
		{ "holds", N_("when"), VALUE_TEXT },
		{ "prices", N_("prices"), VALUE_COUNT },
		{ "now", N_("now"), VALUE_BOOL },
	}, prices[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "price", N_("price"), VALUE_MONEY },
		{ "catalogue", N_("catalogue"), VALUE_MONEY },
		{ "since", N_("from"), VALUE_TEXT },
		{ "until", N_("until"), VALUE_TEXT },
	};
	const char		*name = call_arg(call, 0);
	struct scoped_out	 to = { &call->out, call->shop };
	int			 r;

	if (name == NULL) {
		out_begin(&call->out, lists, NELEM(lists), false);
		r = price_lists(call->shop, list_row, &to);
	} else {
		out_begin(&call->out, prices, NELEM(prices), false);
		r = price_rows(call->shop, strcmp(name, CATALOGUE) == 0 ? "" :
		    name, price_row, &call->out);
	}
	return r != 0 ? r : out_end(&call->out);
}

static int
run_price_add(struct call *call)
{
	struct price_list	 list = { .scope.when = PERIOD_ALWAYS };
	const char		*label = call_option(call, "label"), *value;
	int64_t			 id;
	int			 r;

	if (!str_copy(list.name, sizeof(list.name), call_arg(call, 0)) ||
	    !str_copy(list.label, sizeof(list.label), label != NULL ? label :
	    call_arg(call, 0))) {
		return err_set(ERR_TOO_LONG, _("the name is too long"));
	}
	for (size_t i = 0; i < NELEM(scope_keys); i++) {
		if ((value = call_option(call, scope_keys[i])) != NULL &&
		    (r = scope_set(call->shop, &list.scope, scope_keys[i],
		    value)) != 0) {
			return r;
		}
	}
	if ((r = price_list_add(call->shop, &list, &id)) == 0) {
		call_say(call, _("price list %s made"), list.name);
		scope_told(call, &list.scope);
	}
	return r;
}

static int
run_price_end(struct call *call)
{
	int	r = price_list_end(call->shop, call_arg(call, 0));

	if (r == 0) {
		call_say(call, _("price list %s ended"), call_arg(call, 0));
	}
	return r;
}

/* The row the arguments and options name. */
static int
price_words(struct call *call, struct price_row *row)
{
	const char	*list = call_arg(call, 0);
	const char	*since = call_option(call, "from");
	const char	*until = call_option(call, "until");

	*row = (struct price_row){ .price = 0 };
	return str_copy(row->list, sizeof(row->list),
	    strcmp(list, CATALOGUE) == 0 ? "" : list) &&
	    str_copy(row->code, sizeof(row->code), call_arg(call, 1)) &&
	    str_copy(row->since, sizeof(row->since),
	    since == NULL ? "" : since) &&
	    str_copy(row->until, sizeof(row->until),
	    until == NULL ? "" : until) ? 0 :
	    err_set(ERR_TOO_LONG, _("a field is too long"));
}

static int
run_price_set(struct call *call)
{
	struct price_row	row;
	int			r;

	if ((r = price_words(call, &row)) != 0 ||
	    (r = money_parse(&call->shop->money, call_arg(call, 2), false,
	    &row.price)) != 0) {
		return r;
	}
	return price_set(call->shop, &row, false);
}

static int
run_price_drop(struct call *call)
{
	struct price_row	row;
	int			r = price_words(call, &row);

	return r != 0 ? r : price_set(call->shop, &row, true);
}

static int
run_price_group(struct call *call)
{
	const char	*group = call_arg(call, 1);

	return price_group_set(call->shop, call_arg(call, 0),
	    group == NULL ? "" : group);
}

static int
run_price_import(struct call *call)
{
	return call_import(call, price_import);
}

static int
run_price_export(struct call *call)
{
	return call_export(call, price_export);
}

/* --- promotions ---------------------------------------------------------- */

static int
promo_row(void *ctx, const struct promo *p, bool now)
{
	struct scoped_out	*to = ctx;
	struct out		*o = to->out;
	char			 terms[96], about[160];

	promo_terms(to->shop, p, terms, sizeof(terms));
	promo_about(p, about, sizeof(about));
	out_text(o, p->name);
	out_word(o, promo_kind_name(p->kind), promo_kind_text(p->kind));
	out_text(o, terms);
	out_text(o, about);
	out_text(o, p->coupon);
	out_int(o, p->alone);
	out_scope(to, &p->scope);
	out_int(o, now);
	return 0;
}

static int
run_promo_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "promo", N_("promotion"), VALUE_TEXT },
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "terms", N_("terms"), VALUE_TEXT },
		{ "items", N_("items"), VALUE_TEXT },
		{ "coupon", N_("coupon"), VALUE_TEXT },
		{ "alone", N_("alone"), VALUE_BOOL },
		{ "holds", N_("when"), VALUE_TEXT },
		{ "now", N_("now"), VALUE_BOOL },
	};
	struct scoped_out		to = { &call->out, call->shop };
	int				r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = promo_list(call->shop, promo_row, &to);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_promo_add(struct call *call)
{
	static const char *const	keys[] = {
		"label", "percent", "amount", "n", "m", "threshold", "times",
		"uses", "alone", "coupon", "items",
	};
	struct promo_item		item[PROMO_ITEMS];
	struct promo			p = { .scope.when = PERIOD_ALWAYS,
					    .item = item };
	int64_t				id;
	int				r;

	if (!str_copy(p.name, sizeof(p.name), call_arg(call, 0)) ||
	    !str_copy(p.label, sizeof(p.label), call_arg(call, 0))) {
		return err_set(ERR_TOO_LONG, _("the name is too long"));
	}
	if ((r = promo_kind_find(call_arg(call, 1), &p.kind)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(keys); i++) {
		if ((r = promo_set(call->shop, &p, keys[i],
		    call_option(call, keys[i]))) != 0) {
			return r;
		}
	}
	for (size_t i = 0; i < NELEM(scope_keys); i++) {
		if ((r = promo_set(call->shop, &p, scope_keys[i],
		    call_option(call, scope_keys[i]))) != 0) {
			return r;
		}
	}
	if ((r = promo_add(call->shop, &p, &id)) == 0) {
		call_say(call, _("promotion %s begins"), p.name);
		scope_told(call, &p.scope);
	}
	return r;
}

static int
run_promo_end(struct call *call)
{
	int	r = promo_end(call->shop, call_arg(call, 0));

	if (r == 0) {
		call_say(call, _("promotion %s ended"), call_arg(call, 0));
	}
	return r;
}

#define SCOPE_OPTIONS \
	"till=TERMINAL place=PLACE group=GROUP mode=MODE from=DAY " \
	"until=DAY days=mon-fri hours=17:00-19:00"

const struct command commands_prices[] = {
	{ "price list", "[LIST]", "",
	    N_("price lists, or the prices of one (catalogue: dated ones)"),
	    COMMAND_LISTS, RIGHT_LOOK, run_price_list },
	{ "price add", "NAME", "label=WORDS " SCOPE_OPTIONS,
	    N_("a new price list: of a till, a room or store, a group, a "
	    "mode, an hour"),
	    0, RIGHT_PROMO, run_price_add },
	{ "price end", "NAME", "", N_("a price list holds no longer"),
	    0, RIGHT_PROMO, run_price_end },
	{ "price set", "LIST CODE PRICE", "from=DAY until=DAY",
	    N_("a price on a list, or a dated one of the catalogue"),
	    0, RIGHT_PROMO, run_price_set },
	{ "price drop", "LIST CODE", "from=DAY",
	    N_("take a price off a list"), 0, RIGHT_PROMO, run_price_drop },
	{ "price group", "CUSTOMER [GROUP]", "",
	    N_("the group whose prices a customer gets"),
	    0, RIGHT_PROMO, run_price_group },
	{ "price import", "FILE", IMPORT_OPTIONS,
	    N_("CSV or JSON in (list,code,price,since,until), all or "
	    "nothing"),
	    0, RIGHT_PROMO, run_price_import },
	{ "price export", "[FILE]", "json",
	    N_("the prices of all lists, as import reads them"),
	    0, RIGHT_LOOK, run_price_export },
	{ "promo list", "", "", N_("promotions and coupons"),
	    COMMAND_LISTS, RIGHT_LOOK, run_promo_list },
	{ "promo add", "NAME KIND", "label=WORDS percent=RATE amount=AMOUNT "
	    "n=COUNT m=COUNT threshold=AMOUNT times=COUNT items=CODE,CATEGORY "
	    "alone=yes|no coupon=CODE uses=COUNT " SCOPE_OPTIONS,
	    N_("percent, amount, n_for_m, second, bundle or threshold"),
	    0, RIGHT_PROMO, run_promo_add },
	{ "promo end", "NAME", "", N_("a promotion holds no longer"),
	    0, RIGHT_PROMO, run_promo_end },
	{ .words = NULL },
};
