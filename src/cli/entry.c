/* SPDX-License-Identifier: ISC */
/* pattern … and serial …: what scanners read, and which piece was sold. */
#include "cli/command.h"

#include <string.h>

#include "shop/ean.h"
#include "shop/pattern.h"
#include "shop/serial.h"

static int
entry_pattern_row(void *ctx, const struct pattern_row *row)
{
	struct out	*o = ctx;

	out_text(o, row->pattern);
	out_int(o, row->decimals);
	return 0;
}

static int
run_pattern_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "pattern", N_("pattern"), VALUE_TEXT },
		{ "decimals", N_("decimals"), VALUE_COUNT },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = pattern_list(call->shop, entry_pattern_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_pattern_add(struct call *call)
{
	const char	*text = call_option(call, "decimals");
	const char	*pattern = call_arg(call, 0);
	int64_t		 decimals;
	int		 r;

	decimals = strchr(pattern, 'P') != NULL ? call->shop->money.digits : 3;
	if (text != NULL && (r = str_to_i64(text, 0, 3, &decimals)) != 0) {
		return r;
	}
	if ((r = pattern_add(call->shop, pattern, (int)decimals)) == 0) {
		call_say(call, _("labels like %s are read from now on"),
		    pattern);
	}
	return r;
}

static int
run_pattern_remove(struct call *call)
{
	return pattern_remove(call->shop, call_arg(call, 0));
}

/* What the till would make of a code: nothing is sold. */
static int
run_pattern_test(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "scan", N_("scan"), VALUE_BOOL },
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "quantity", N_("quantity"), VALUE_QTY },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "serial", N_("serial no."), VALUE_TEXT },
		{ "lot", N_("lot"), VALUE_TEXT },
		{ "expiry", N_("expiry"), VALUE_TEXT },
	};
	const char	*code = call_arg(call, 0);
	struct out	*o = &call->out;
	struct product	 p;
	struct scan	 scan;
	int		 r;

	if ((r = product_scan(call->shop, code, &p, &scan)) != 0) {
		return r;
	}
	out_begin(o, columns, NELEM(columns), true);
	out_int(o, scan_is(code, call->shop->set.scan_prefix));
	out_text(o, p.code);
	out_text(o, p.name);
	if (scan.has_qty) {
		out_int(o, scan.qty);
	} else {
		out_null(o);
	}
	if (scan.has_amount) {
		out_int(o, scan.amount);
	} else {
		out_null(o);
	}
	out_text(o, scan.serial);
	out_text(o, scan.lot);
	out_text(o, scan.expiry);
	return out_end(o);
}

static int
entry_serial_row(void *ctx, const struct serial_row *row)
{
	struct out	*o = ctx;

	out_text(o, row->code);
	out_text(o, row->name);
	out_text(o, row->serial);
	out_word(o, row->qty > 0 ? "sold" : "returned",
	    row->qty > 0 ? _("sold") : _("returned"));
	out_text(o, row->ticket);
	out_int(o, row->at);
	return 0;
}

static int
run_serial_find(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "serial", N_("serial no."), VALUE_TEXT },
		{ "what", N_("what"), VALUE_TEXT },
		{ "ticket", N_("ticket"), VALUE_TEXT },
		{ "at", N_("time"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = serial_list(call->shop, call_arg(call, 0), entry_serial_row,
	    &call->out);
	return r != 0 ? r : out_end(&call->out);
}

const struct command commands_entry[] = {
	{ "pattern list", "", "", N_("the labels the shop's scales print"),
	    COMMAND_LISTS, RIGHT_LOOK, run_pattern_list },
	{ "pattern add", "PATTERN", "decimals=N",
	    N_("read such labels: 21IIIIIWWWWWC (I item, W weight, P price, "
	    "C check, V check of the price, N anything)"),
	    0, RIGHT_PRODUCT, run_pattern_add },
	{ "pattern remove", "PATTERN", "", N_("read such labels no more"),
	    0, RIGHT_PRODUCT, run_pattern_remove },
	{ "pattern test", "CODE", "",
	    N_("what a till would make of a scanned code; sells nothing"),
	    COMMAND_LISTS, RIGHT_LOOK, run_pattern_test },
	{ "serial find", "NUMBER", "",
	    N_("where a serial number was sold and came back"),
	    COMMAND_LISTS, RIGHT_SALES, run_serial_find },
	{ .words = NULL },
};
