/* SPDX-License-Identifier: ISC */
/* place …, recipe … and the rest of stock …: the stockroom. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "shop/sale.h"
#include "shop/stock.h"
#include "shop/stock_alert.h"
#include "shop/stock_recipe.h"
#include "shop/user.h"

/* +3, -0.250 */
static int
stock_qty(const char *text, int64_t *qty)
{
	return qty_parse(text[0] == '+' ? text + 1 : text, qty);
}

/* The place an option names; 0: here. */
static int
stock_place_option(struct call *call, int64_t *id)
{
	struct stock_place	p = { 0 };
	const char		*name = call_option(call, "place");
	int			 r = 0;

	if (name != NULL) {
		r = stock_place_find(call->shop, name, &p);
	}
	*id = p.id;
	return r;
}

/* ---- stock … ------------------------------------------------------------ */

static int
stock_say_level(struct call *call, const struct product *p)
{
	char	level[MONEY_TEXT];
	int64_t	qty;
	int	r;

	if ((r = stock_level(call->shop, p->id, &qty)) == 0) {
		qty_plain(call->shop->money.mark, qty, level);
		call_say(call, _("%s: level is now %s %s"), p->code, level,
		    p->unit);
	}
	return r;
}

static int
stock_by_hand(struct call *call, enum stock_kind kind, bool out)
{
	struct product	 p;
	struct scan	 scan;
	const char	*value = call_option(call, "cost");
	struct stock_entry e = { .kind = kind, .reason = call_arg(call, 2),
				    .lot = call_option(call, "lot"),
				    .expiry = call_option(call, "expiry"),
				    .serial = call_option(call, "serial") };
	int64_t		 times, qty, cost;
	bool		 made;
	int		 r;

	if ((r = product_scan(call->shop, call_arg(call, 0), &p,
	    &scan)) != 0 ||
	    (r = stock_qty(call_arg(call, 1), &times)) != 0 ||
	    (r = scan_times(&scan, times, &qty)) != 0 ||
	    (r = stock_place_option(call, &e.place)) != 0 ||
	    (value != NULL && (r = money_parse(&call->shop->money, value,
	    false, &cost)) != 0) ||
	    (r = stock_made(call->shop, &p, &made)) != 0) {
		return r;
	}
	e.product = p.id;
	e.qty = out ? -qty : qty;
	if (value != NULL && e.qty > 0) {
		e.kind = STOCK_RECEIPT;
	}
	/* What a label says, unless an option says otherwise. */
	if (e.lot == NULL && scan.lot[0] != '\0' && !made) {
		e.lot = scan.lot;
		e.expiry = e.expiry == NULL ? scan.expiry : e.expiry;
	}
	if (e.serial == NULL && p.serials) {
		e.serial = scan.serial;
	}
	if ((r = stock_correct_piece(call->shop, &e, value == NULL ? NULL :
	    &cost)) != 0) {
		return r;
	}
	if (made) {
		call_say(call, _("%s: what it is made of is thrown away"),
		    p.code);
		return 0;
	}
	return stock_say_level(call, &p);
}

static int
run_stock_adjust(struct call *call)
{
	return stock_by_hand(call, STOCK_ADJUST, false);
}

static int
run_stock_waste(struct call *call)
{
	return stock_by_hand(call, STOCK_WASTE, true);
}

static int
run_stock_make(struct call *call)
{
	struct product	p;
	int64_t		qty;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = stock_qty(call_arg(call, 1), &qty)) != 0 ||
	    (r = recipe_make(call->shop, p.id, qty)) != 0) {
		return r;
	}
	return stock_say_level(call, &p);
}

static int
run_stock_lots(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "lot", N_("lot"), VALUE_TEXT },
		{ "expiry", N_("expires"), VALUE_TEXT },
		{ "place", N_("place"), VALUE_TEXT },
		{ "level", N_("level"), VALUE_QTY },
	};
	struct stock_lot	*lots;
	struct product		 p;
	size_t			 n;
	int			 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = stock_lots(call->shop, p.id, 0, &lots, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, lots[i].code);
		out_text(&call->out, lots[i].expiry);
		out_text(&call->out, lots[i].place);
		out_int(&call->out, lots[i].qty);
	}
	free(lots);
	return out_end(&call->out);
}

/* One product, place by place. */
static int
run_stock_show(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "place", N_("place"), VALUE_TEXT },
		{ "level", N_("level"), VALUE_QTY },
		{ "reserved", N_("reserved"), VALUE_QTY },
		{ "cost", N_("cost"), VALUE_MONEY },
		{ "value", N_("value"), VALUE_MONEY },
	};
	struct stock_place	*places;
	struct product		 p;
	int64_t			 qty, value, reserved;
	size_t			 n;
	bool			 cost = shop_may(call->shop, RIGHT_COST);
	int			 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = sale_reserved(call->shop, p.id, &reserved)) != 0 ||
	    (r = stock_place_list(call->shop, &places, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = stock_there(call->shop, p.id, places[i].id, &qty,
		    &value)) == 0) {
			out_text(&call->out, places[i].name);
			out_int(&call->out, qty);
			out_int(&call->out, i == 0 ? reserved : 0);
			if (cost) {
				out_int(&call->out, stock_unit_cost(qty,
				    value));
				out_int(&call->out, value);
			} else {
				out_null(&call->out);
				out_null(&call->out);
			}
		}
	}
	free(places);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_stock_alerts(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "kind", N_("alert"), VALUE_TEXT },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "place", N_("place"), VALUE_TEXT },
		{ "level", N_("level"), VALUE_QTY },
		{ "cost", N_("cost"), VALUE_MONEY },
		{ "expiry", N_("expires"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
	};
	struct stock_alert	*rows;
	size_t			 n;
	bool			 cost = shop_may(call->shop, RIGHT_COST);
	int			 r;

	if ((call_option(call, "look") != NULL &&
	    (r = stock_alert_look(call->shop)) != 0) ||
	    (r = stock_alert_list(call->shop, call_arg(call, 0), 0, &rows,
	    &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		bool	dear = rows[i].kind == ALERT_COST;

		out_word(&call->out, alert_kind_name(rows[i].kind),
		    alert_kind_text(rows[i].kind));
		out_text(&call->out, rows[i].code);
		out_text(&call->out, rows[i].name);
		out_text(&call->out, rows[i].place);
		if (dear) {
			out_null(&call->out);
		} else {
			out_int(&call->out, rows[i].amount);
		}
		if (dear && cost) {
			out_int(&call->out, rows[i].amount);
		} else {
			out_null(&call->out);
		}
		out_text(&call->out, rows[i].detail);
		out_int(&call->out, rows[i].since);
	}
	free(rows);
	return out_end(&call->out);
}

/* ---- place … ------------------------------------------------------------ */

static int
run_place_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "store", N_("in store"), VALUE_TEXT },
		{ "active", N_("active"), VALUE_BOOL },
	};
	struct stock_place	*places;
	size_t			 n;
	int			 r;

	if ((r = stock_place_list(call->shop, &places, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		struct stock_place	store = { 0 };

		if (places[i].parent != 0 && (r = stock_place_get(call->shop,
		    places[i].parent, &store)) != 0) {
			break;
		}
		out_text(&call->out, places[i].name);
		out_text(&call->out, store.name);
		out_int(&call->out, places[i].active);
	}
	free(places);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_place_add(struct call *call)
{
	int64_t	id;
	int	r;

	if ((r = stock_place_add(call->shop, call_arg(call, 0),
	    call_option(call, "in"), &id)) == 0) {
		call_say(call, _("place %s added"), call_arg(call, 0));
	}
	return r;
}

static int
run_place_set(struct call *call)
{
	struct stock_place	p;
	const char		*name = call_option(call, "name");
	const char		*active = call_option(call, "active");
	int			 r;

	if ((r = stock_place_find(call->shop, call_arg(call, 0), &p)) != 0) {
		return r;
	}
	return stock_place_rename(call->shop, p.id, name == NULL ? p.name :
	    name, active == NULL ? p.active : strcmp(active, "yes") == 0);
}

static int
run_place_terminal(struct call *call)
{
	struct stock_place	p;
	int64_t			terminal;
	int			r;

	if ((r = terminal_find(call->shop, call_arg(call, 0),
	    &terminal)) != 0 ||
	    (r = stock_place_find(call->shop, call_arg(call, 1), &p)) != 0) {
		return r;
	}
	return stock_place_terminal(call->shop, terminal, p.id);
}

static int
run_place_user(struct call *call)
{
	struct stock_place	p;
	int64_t			user, place[CALL_ARGS];
	size_t			n = 0;
	int			r;

	if ((r = user_find(call->shop, call_arg(call, 0), &user)) != 0) {
		return r;
	}
	for (int i = 1; i < call->nargs; i++) {
		if ((r = stock_place_find(call->shop, call->arg[i],
		    &p)) != 0) {
			return r;
		}
		place[n++] = p.id;
	}
	return stock_place_user(call->shop, user, place, n);
}

/* ---- recipe … ----------------------------------------------------------- */

static int
run_recipe_show(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "makes", N_("makes"), VALUE_QTY },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "qty", N_("takes"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "waste", N_("waste %"), VALUE_RATE },
		{ "choice", N_("when chosen"), VALUE_TEXT },
		{ "cost", N_("cost"), VALUE_MONEY },
	};
	struct recipe_line	*lines;
	struct recipe_choice	*choices;
	struct product		 p;
	int64_t			 makes, cost;
	size_t			 n, more;
	bool			 seen = shop_may(call->shop, RIGHT_COST);
	int			 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = recipe_get(call->shop, p.id, &makes, &lines, &n,
	    &cost)) != 0) {
		return r;
	}
	if ((r = recipe_choices(call->shop, p.id, &choices, &more)) != 0) {
		free(lines);
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n + more; i++) {
		const struct recipe_line	*l = i < n ? &lines[i] : NULL;
		const struct recipe_choice	*c = i < n ? NULL :
						    &choices[i - n];

		out_int(&call->out, l != NULL ? makes : QTY_ONE);
		out_text(&call->out, l != NULL ? l->code : c->code);
		out_text(&call->out, l != NULL ? l->name : c->name);
		out_int(&call->out, l != NULL ? l->qty : c->qty);
		out_text(&call->out, l != NULL ? l->unit : c->unit);
		out_int(&call->out, l != NULL ? l->waste : 0);
		out_text(&call->out, l != NULL ? "" : c->choice);
		if (seen && l != NULL) {
			out_int(&call->out, l->cost);
		} else {
			out_null(&call->out);
		}
	}
	free(lines);
	free(choices);
	return out_end(&call->out);
}

/* 20 or 20% */
static int
recipe_waste(const char *text, int64_t *rate)
{
	char	number[16];

	(void)str_fmt(number, sizeof(number), "%.*s",
	    (int)strcspn(text, "%"), text);
	return rate_parse(number, rate);
}

static int
run_recipe_set(struct call *call)
{
	struct product	 p, c;
	const char	*waste = call_option(call, "waste");
	int64_t		 qty, rate = 0;
	int		 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = product_find(call->shop, call_arg(call, 1), &c)) != 0 ||
	    (r = stock_qty(call_arg(call, 2), &qty)) != 0 ||
	    (waste != NULL && (r = recipe_waste(waste, &rate)) != 0)) {
		return r;
	}
	return recipe_put(call->shop, p.id, c.id, qty, rate);
}

static int
run_recipe_makes(struct call *call)
{
	struct product	p;
	int64_t		qty;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = stock_qty(call_arg(call, 1), &qty)) != 0) {
		return r;
	}
	return recipe_makes(call->shop, p.id, qty);
}

static int
run_recipe_choice(struct call *call)
{
	struct product	p, c;
	int64_t		qty;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = product_find(call->shop, call_arg(call, 3), &c)) != 0 ||
	    (r = stock_qty(call_arg(call, 4), &qty)) != 0) {
		return r;
	}
	return recipe_choice(call->shop, p.id, call_arg(call, 1),
	    call_arg(call, 2), c.id, qty);
}

static int
run_recipe_import(struct call *call)
{
	return call_import(call, call_option(call, "choices") != NULL ?
	    recipe_choice_import : recipe_import);
}

static int
run_recipe_export(struct call *call)
{
	return call_export(call, call_option(call, "choices") != NULL ?
	    recipe_choice_export : recipe_export);
}

const struct command commands_stock[] = {
	{ "stock adjust", "CODE DELTA REASON", "place=PLACE cost=PRICE "
	    "lot=LOT expiry=DAY serial=NUMBER",
	    N_("correct a level by a movement (+3, -0.250)"),
	    0, RIGHT_ADJUST, run_stock_adjust },
	{ "stock waste", "CODE QTY REASON",
	    "place=PLACE lot=LOT serial=NUMBER",
	    N_("so much was thrown away; of a dish what it is made of"),
	    0, RIGHT_ADJUST, run_stock_waste },
	{ "stock make", "CODE QTY", "",
	    N_("made ahead by its recipe: components out, it in"),
	    0, RIGHT_ADJUST, run_stock_make },
	{ "stock show", "CODE", "", N_("one item, place by place"),
	    COMMAND_LISTS, RIGHT_LOOK, run_stock_show },
	{ "stock lots", "CODE", "",
	    N_("its lots, the first to expire first"),
	    COMMAND_LISTS, RIGHT_LOOK, run_stock_lots },
	{ "stock alerts", "[KIND]", "look",
	    N_("what wants attention, as last looked for; --look: now"),
	    COMMAND_LISTS, RIGHT_LOOK, run_stock_alerts },
	{ "place list", "", "", N_("stores, and the rooms in them"),
	    COMMAND_LISTS, RIGHT_LOOK, run_place_list },
	{ "place add", "NAME", "in=STORE",
	    N_("a new store, or a room of one"), 0, RIGHT_SETTING,
	    run_place_add },
	{ "place set", "NAME", "name=NAME active=yes|no",
	    N_("rename a place, or use it no longer"), 0, RIGHT_SETTING,
	    run_place_set },
	{ "place terminal", "TERMINAL PLACE", "",
	    N_("what is sold there is taken from that place"), 0,
	    RIGHT_TERMINAL, run_place_terminal },
	{ "place user", "USER [PLACE…]", "",
	    N_("the only stores somebody may see; none named: all"), 0,
	    RIGHT_USER, run_place_user },
	{ "recipe show", "CODE", "", N_("what an item is made of"),
	    COMMAND_LISTS, RIGHT_LOOK, run_recipe_show },
	{ "recipe set", "CODE COMPONENT QTY", "waste=PERCENT",
	    N_("it takes so much of a component; 0 none any more"), 0,
	    RIGHT_PRODUCT, run_recipe_set },
	{ "recipe makes", "CODE QTY", "",
	    N_("how much of it the recipe is for; at first 1"), 0,
	    RIGHT_PRODUCT, run_recipe_makes },
	{ "recipe import", "FILE", IMPORT_OPTIONS " choices",
	    N_("recipes from CSV or JSON: code, component, qty, waste, "
	    "makes; all is stored or nothing"), 0, RIGHT_PRODUCT,
	    run_recipe_import },
	{ "recipe export", "[FILE]", "json choices",
	    N_("CSV or JSON out; importing it changes nothing"), 0,
	    RIGHT_LOOK, run_recipe_export },
	{ "recipe choice", "CODE GROUP CHOICE COMPONENT QTY", "",
	    N_("what a choice takes more (-1: less) of a component"), 0,
	    RIGHT_PRODUCT, run_recipe_choice },
	{ .words = NULL },
};
