/* SPDX-License-Identifier: ISC */
/* count … and transfer …: what is there, and what is under way. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shop/stock_count.h"
#include "shop/transfer.h"

static int
counting_id(struct call *call, int64_t *id)
{
	int	r = str_to_i64(call_arg(call, 0), 1, INT64_MAX, id);

	return r == 0 ? 0 : err_set(ERR_INVALID, _("%s is no number"),
	    call_arg(call, 0));
}

/* So many of it; of a pack's barcode, so many packs. */
static int
counting_item(struct call *call, int at, struct product *p, int64_t *qty)
{
	const char	*text = call_arg(call, at + 1);
	struct scan	 scan;
	int64_t		 times;
	int		 r;

	if ((r = product_scan(call->shop, call_arg(call, at), p,
	    &scan)) != 0 ||
	    (r = qty_parse(text[0] == '+' ? text + 1 : text, &times)) != 0) {
		return r;
	}
	return scan_times(&scan, times, qty);
}

/* ---- count … ------------------------------------------------------------ */

static int
run_count_open(struct call *call)
{
	struct stock_place	 place = { 0 };
	const char		*name = call_option(call, "place");
	const char		*category = call_option(call, "category");
	const char		*limit = call_option(call, "limit");
	const char		*how = call_arg(call, 0);
	enum count_kind		 kind;
	int64_t			 id, most = 0;
	int			 r;

	if ((r = count_kind_find(how != NULL ? how : category != NULL ?
	    "part" : "full", &kind)) != 0 ||
	    (name != NULL && (r = stock_place_find(call->shop, name,
	    &place)) != 0) ||
	    (limit != NULL && (r = str_to_i64(limit, 1, INT64_MAX,
	    &most)) != 0) ||
	    (r = count_open(call->shop, kind, place.id,
	    call_option(call, "seen") == NULL, category == NULL ? "" :
	    category, most, &id)) != 0) {
		return r;
	}
	call_say(call, _("count %lld is open"), (long long)id);
	return 0;
}

static int
run_count_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "count", N_("count"), VALUE_ID },
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "place", N_("place"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "round", N_("round"), VALUE_COUNT },
		{ "items", N_("items"), VALUE_COUNT },
		{ "counted", N_("counted"), VALUE_COUNT },
		{ "differ", N_("differ"), VALUE_COUNT },
		{ "value", N_("value"), VALUE_MONEY },
		{ "opened", N_("opened"), VALUE_TIME },
		{ "closed", N_("closed"), VALUE_TIME },
		{ "user", N_("who"), VALUE_TEXT },
	};
	struct stock_count	*rows;
	size_t			 n;
	bool			 cost = shop_may(call->shop, RIGHT_COST);
	int			 r;

	if ((r = count_list(call->shop, 100, &rows, &n)) != 0) {
		free(rows);
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].id);
		out_text(&call->out, rows[i].kind);
		out_text(&call->out, rows[i].place_name);
		out_text(&call->out, rows[i].state);
		out_int(&call->out, rows[i].round);
		out_int(&call->out, rows[i].items);
		out_int(&call->out, rows[i].counted);
		out_int(&call->out, rows[i].differ);
		if (cost) {
			out_int(&call->out, rows[i].value);
		} else {
			out_null(&call->out);
		}
		out_int(&call->out, rows[i].opened_at);
		out_int(&call->out, rows[i].closed_at);
		out_text(&call->out, rows[i].opened_by);
	}
	free(rows);
	return out_end(&call->out);
}

static enum count_which
counting_which(const struct call *call)
{
	const char	*word = call_arg(call, 1);

	return word == NULL ? COUNT_ALL : strcmp(word, "left") == 0 ?
	    COUNT_LEFT : strcmp(word, "differ") == 0 ? COUNT_DIFFER :
	    COUNT_ALL;
}

/* What is expected is not for who counts blind. */
static int
run_count_show(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "counted", N_("counted"), VALUE_QTY },
		{ "expected", N_("expected"), VALUE_QTY },
		{ "difference", N_("difference"), VALUE_QTY },
	};
	enum count_which	 which;
	struct stock_count	 c;
	struct count_row	 rows[100];
	char			 after[PRODUCT_CODE] = "";
	int64_t			 id;
	size_t			 n = NELEM(rows);
	bool			 seen;
	int			 r;

	if ((r = counting_id(call, &id)) != 0 ||
	    (r = count_glance(call->shop, id, &c)) != 0) {
		return r;
	}
	seen = !c.blind || shop_may(call->shop, RIGHT_ADJUST);
	which = counting_which(call);
	if (which == COUNT_DIFFER && !seen) {
		which = COUNT_ALL;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	while (n == NELEM(rows)) {
		if ((r = count_rows(call->shop, id, which, after,
		    NELEM(rows), rows, &n)) != 0) {
			return r;
		}
		for (size_t i = 0; i < n; i++) {
			out_text(&call->out, rows[i].code);
			out_text(&call->out, rows[i].name);
			out_text(&call->out, rows[i].unit);
			if (rows[i].was_counted) {
				out_int(&call->out, rows[i].counted);
			} else {
				out_null(&call->out);
			}
			if (seen) {
				out_int(&call->out, rows[i].expected);
			} else {
				out_null(&call->out);
			}
			if (seen && rows[i].was_counted) {
				out_int(&call->out, rows[i].counted -
				    rows[i].expected);
			} else {
				out_null(&call->out);
			}
		}
		if (n > 0) {
			(void)str_copy(after, sizeof(after),
			    rows[n - 1].code);
		}
	}
	return out_end(&call->out);
}

static int
count_said(struct call *call, bool total)
{
	struct product	p;
	char		text[MONEY_TEXT];
	int64_t		id, qty, sum;
	int		r;

	if ((r = counting_id(call, &id)) != 0 ||
	    (r = counting_item(call, 1, &p, &qty)) != 0 ||
	    (r = total ? count_total(call->shop, id, p.id, qty) :
	    count_enter(call->shop, id, p.id, qty, &sum)) != 0) {
		return r;
	}
	qty_plain(call->shop->money.mark, total ? qty : sum, text);
	call_say(call, _("%s: %s %s counted"), p.code, text, p.unit);
	return 0;
}

static int
run_count_enter(struct call *call)
{
	const struct count_piece	piece = {
		.lot = call_option(call, "lot"),
		.expiry = call_option(call, "expiry"),
		.serial = call_option(call, "serial"),
	};
	struct product			p;
	int64_t				id, qty, sum;
	int				r;

	if (piece.lot == NULL && piece.serial == NULL) {
		return count_said(call, false);
	}
	if ((r = counting_id(call, &id)) != 0 ||
	    (r = counting_item(call, 1, &p, &qty)) != 0) {
		return r;
	}
	return count_enter_piece(call->shop, id, p.id, qty, &piece, &sum);
}

static int
run_count_import(struct call *call)
{
	int64_t	id;
	int	r = counting_id(call, &id);

	return r != 0 ? r : call_import_of(call, id, count_import);
}

static int
run_count_export(struct call *call)
{
	int64_t	id;
	int	r = counting_id(call, &id);

	return r != 0 ? r : call_export_of(call, id, 1, count_export);
}

/* What is expected is not for who counts blind: right "adjust" sees it. */
static int
run_count_pieces(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "lot", N_("lot"), VALUE_TEXT },
		{ "serial", N_("number"), VALUE_TEXT },
		{ "counted", N_("counted"), VALUE_QTY },
		{ "expected", N_("expected"), VALUE_QTY },
	};
	struct count_gap	*gaps;
	int64_t			 id;
	size_t			 n;
	int			 r;

	if ((r = counting_id(call, &id)) != 0 ||
	    (r = count_gaps(call->shop, id, &gaps, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, gaps[i].code);
		out_text(&call->out, gaps[i].name);
		out_text(&call->out, gaps[i].lot);
		out_text(&call->out, gaps[i].serial);
		out_int(&call->out, gaps[i].counted);
		out_int(&call->out, gaps[i].expected);
	}
	free(gaps);
	return out_end(&call->out);
}

static int
run_count_total(struct call *call)
{
	return count_said(call, true);
}

static int
run_count_again(struct call *call)
{
	int64_t	id, n;
	int	r;

	if ((r = counting_id(call, &id)) == 0 &&
	    (r = count_again(call->shop, id, &n)) == 0) {
		call_say(call, _("%lld to be counted again"), (long long)n);
	}
	return r;
}

static int
run_count_close(struct call *call)
{
	const char	*missing = call_option(call, "missing");
	int64_t		 id;
	int		 r;

	if (missing != NULL && strcmp(missing, "zero") != 0 &&
	    strcmp(missing, "keep") != 0) {
		return err_set(ERR_USAGE, _("--missing is zero or keep"));
	}
	if ((r = counting_id(call, &id)) != 0) {
		return r;
	}
	return count_close(call->shop, id, missing != NULL &&
	    strcmp(missing, "zero") == 0, missing != NULL);
}

static int
run_count_cancel(struct call *call)
{
	int64_t	id;
	int	r;

	return (r = counting_id(call, &id)) != 0 ? r :
	    count_cancel(call->shop, id);
}

static int
run_count_print(struct call *call)
{
	int64_t	id;
	int	r;

	return (r = counting_id(call, &id)) != 0 ? r :
	    count_print(call->shop, id, counting_which(call));
}

/* ---- transfer … --------------------------------------------------------- */

static int
run_transfer_add(struct call *call)
{
	struct stock_place	from, to;
	int64_t			id;
	int			r;

	if ((r = stock_place_find(call->shop, call_arg(call, 0),
	    &from)) != 0) {
		return r;
	}
	if ((r = stock_place_find(call->shop, call_arg(call, 1),
	    &to)) != 0 && r != ERR_DENIED) {
		return r;
	}
	if ((r = transfer_open(call->shop, from.id, to.id, &id)) == 0) {
		call_say(call, _("transfer %lld: put goods on it, then ship"),
		    (long long)id);
	}
	return r;
}

static int
run_transfer_put(struct call *call)
{
	const char	*lot = call_option(call, "lot");
	const char	*serial = call_option(call, "serial");
	struct product	 p;
	int64_t		 id, qty;
	int		 r;

	if ((r = counting_id(call, &id)) != 0 ||
	    (r = counting_item(call, 1, &p, &qty)) != 0) {
		return r;
	}
	return transfer_put(call->shop, id, p.id, qty, lot == NULL ? "" : lot,
	    serial == NULL ? "" : serial);
}

static int
run_transfer_ship(struct call *call)
{
	int64_t	id;
	int	r;

	return (r = counting_id(call, &id)) != 0 ? r :
	    transfer_ship(call->shop, id);
}

static int
run_transfer_receive(struct call *call)
{
	const char	*serial = call_option(call, "serial");
	struct product	 p;
	struct scan	 scan;
	int64_t		 id, qty = QTY_ONE;
	int		 r;

	if ((r = counting_id(call, &id)) != 0) {
		return r;
	}
	if (call->nargs == 1) {
		return transfer_receive_all(call->shop, id);
	}
	if (call->nargs == 2) {
		if ((r = product_scan(call->shop, call_arg(call, 1), &p,
		    &scan)) == 0) {
			r = scan_times(&scan, QTY_ONE, &qty);
		}
	} else {
		r = counting_item(call, 1, &p, &qty);
	}
	return r != 0 ? r : transfer_receive(call->shop, id, p.id, qty,
	    serial == NULL ? "" : serial);
}

static int
run_transfer_settle(struct call *call)
{
	const char	*how = call_arg(call, 1);
	int64_t		 id;
	int		 r;

	if (strcmp(how, "lost") != 0 && strcmp(how, "back") != 0) {
		return err_set(ERR_USAGE, _("what has not come is lost, or "
		    "back where it was sent from"));
	}
	return (r = counting_id(call, &id)) != 0 ? r :
	    transfer_settle(call->shop, id, strcmp(how, "lost") == 0);
}

static int
run_transfer_cancel(struct call *call)
{
	int64_t	id;
	int	r;

	return (r = counting_id(call, &id)) != 0 ? r :
	    transfer_cancel(call->shop, id);
}

static int
run_transfer_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "transfer", N_("transfer"), VALUE_ID },
		{ "from", N_("from"), VALUE_TEXT },
		{ "to", N_("to"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "lines", N_("lines"), VALUE_COUNT },
		{ "qty", N_("quantity"), VALUE_QTY },
		{ "received", N_("received"), VALUE_QTY },
		{ "settled", N_("settled"), VALUE_QTY },
		{ "shipped", N_("sent"), VALUE_TIME },
		{ "closed", N_("closed"), VALUE_TIME },
		{ "user", N_("who"), VALUE_TEXT },
	};
	struct transfer	*rows;
	size_t		 n;
	int		 r;

	if ((r = transfer_list(call->shop, call_option(call, "all") == NULL,
	    200, &rows, &n)) != 0) {
		free(rows);
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].id);
		out_text(&call->out, rows[i].source.name);
		out_text(&call->out, rows[i].target.name);
		out_text(&call->out, rows[i].state);
		out_int(&call->out, rows[i].lines);
		out_int(&call->out, rows[i].qty);
		out_int(&call->out, rows[i].received);
		out_int(&call->out, rows[i].settled);
		out_int(&call->out, rows[i].shipped_at);
		out_int(&call->out, rows[i].closed_at);
		out_text(&call->out, rows[i].made_by);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_transfer_show(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "lot", N_("lot"), VALUE_TEXT },
		{ "serial", N_("number"), VALUE_TEXT },
		{ "qty", N_("quantity"), VALUE_QTY },
		{ "received", N_("received"), VALUE_QTY },
		{ "settled", N_("settled"), VALUE_QTY },
	};
	struct transfer_line	*lines;
	struct transfer		 t;
	int64_t			 id;
	size_t			 n;
	int			 r;

	if ((r = counting_id(call, &id)) != 0 ||
	    (r = transfer_get(call->shop, id, &t)) != 0 ||
	    (r = transfer_lines(call->shop, id, &lines, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, lines[i].code);
		out_text(&call->out, lines[i].name);
		out_text(&call->out, lines[i].lot);
		out_text(&call->out, lines[i].serial);
		out_int(&call->out, lines[i].qty);
		out_int(&call->out, lines[i].received);
		out_int(&call->out, lines[i].settled);
	}
	free(lines);
	return out_end(&call->out);
}

const struct command commands_counting[] = {
	{ "count open", "[full|rolling|part]",
	    "place=PLACE category=NAME limit=N seen",
	    N_("freeze a place to be counted; --seen shows what is expected"),
	    0, RIGHT_ADJUST, run_count_open },
	{ "count list", "", "", N_("counts, newest first"),
	    COMMAND_LISTS, RIGHT_COUNT_STOCK, run_count_list },
	{ "count show", "COUNT [all|left|differ]", "",
	    N_("its items and what was counted of them"),
	    COMMAND_LISTS, RIGHT_COUNT_STOCK, run_count_show },
	{ "count import", "COUNT FILE", IMPORT_OPTIONS,
	    N_("a hand scanner's CSV or JSON: code;qty, or with lot, expiry, "
	    "serial"),
	    0, RIGHT_COUNT_STOCK, run_count_import },
	{ "count export", "COUNT [FILE]", "json",
	    N_("what was counted, as import reads it"),
	    0, RIGHT_COUNT_STOCK, run_count_export },
	{ "count pieces", "COUNT", "",
	    N_("lots and numbers that are not as they should be"),
	    COMMAND_LISTS, RIGHT_ADJUST, run_count_pieces },
	{ "count enter", "COUNT CODE QTY",
	    "lot=LOT expiry=DAY serial=NUMBER",
	    N_("so much more of it was seen"), 0, RIGHT_COUNT_STOCK,
	    run_count_enter },
	{ "count total", "COUNT CODE QTY", "",
	    N_("this is all there is of it"), 0, RIGHT_COUNT_STOCK,
	    run_count_total },
	{ "count again", "COUNT", "",
	    N_("what differs is to be counted again"), 0, RIGHT_ADJUST,
	    run_count_again },
	{ "count close", "COUNT", "missing=zero|keep",
	    N_("put the stock right; what nobody counted: zero, or keep"),
	    0, RIGHT_ADJUST, run_count_close },
	{ "count cancel", "COUNT", "", N_("give a count up"), 0,
	    RIGHT_ADJUST, run_count_cancel },
	{ "count print", "COUNT [all|left|differ]", "",
	    N_("the sheet to write on"), 0, RIGHT_COUNT_STOCK,
	    run_count_print },
	{ "transfer add", "FROM TO", "", N_("goods for another store"), 0,
	    RIGHT_TRANSFER, run_transfer_add },
	{ "transfer put", "TRANSFER CODE QTY", "lot=LOT serial=NUMBER",
	    N_("so much of it goes along; -1 takes off"), 0,
	    RIGHT_TRANSFER, run_transfer_put },
	{ "transfer ship", "TRANSFER", "", N_("it leaves"), 0,
	    RIGHT_TRANSFER, run_transfer_ship },
	{ "transfer receive", "TRANSFER [CODE] [QTY]", "serial=NUMBER",
	    N_("what has come; without CODE all of it"), 0,
	    RIGHT_TRANSFER, run_transfer_receive },
	{ "transfer settle", "TRANSFER lost|back", "",
	    N_("what has not come never will"), 0, RIGHT_TRANSFER,
	    run_transfer_settle },
	{ "transfer cancel", "TRANSFER", "", N_("one that did not leave"), 0,
	    RIGHT_TRANSFER, run_transfer_cancel },
	{ "transfer list", "", "all", N_("transfers that are open, or all"),
	    COMMAND_LISTS, RIGHT_TRANSFER, run_transfer_list },
	{ "transfer show", "TRANSFER", "", N_("what is on one"),
	    COMMAND_LISTS, RIGHT_TRANSFER, run_transfer_show },
	{ .words = NULL },
};
