/* SPDX-License-Identifier: ISC */
/* quickkey …, pattern …, serial …: keys that sell, what scanners read, which
 * piece was sold. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shop/ean.h"
#include "shop/pattern.h"
#include "shop/quickkey.h"
#include "shop/serial.h"
#include "shop/stock.h"
#include "shop/user.h"

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
	if (row->kind[0] != '\0') {
		out_word(o, row->kind, stock_kind_text(row->kind));
	} else {
		out_word(o, row->qty > 0 ? "sold" : "returned",
		    row->qty > 0 ? _("sold") : _("returned"));
	}
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
		{ "ticket", N_("document"), VALUE_TEXT },
		{ "at", N_("time"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = serial_list(call->shop, call_arg(call, 0), entry_serial_row,
	    &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* ---- quick keys ---------------------------------------------------------- */

/* --terminal NAME; 0: all tills. */
static int
quick_terminal(struct call *call, int64_t *terminal)
{
	const char	*name = call_option(call, "terminal");

	*terminal = 0;
	return name == NULL ? 0 : terminal_find(call->shop, name, terminal);
}

static int
quick_place(const char *text, int *place)
{
	int64_t	n;
	int	r = str_to_i64(text, 1, 99, &n);

	*place = (int)n;
	return r != 0 ? err_set(ERR_USAGE, _("pages are numbered 1 to 99")) :
	    0;
}

static int
run_quick_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "page", N_("page"), VALUE_COUNT },
		{ "title", N_("title"), VALUE_TEXT },
		{ "letter", N_("key"), VALUE_TEXT },
		{ "label", N_("label"), VALUE_TEXT },
		{ "items", N_("sells"), VALUE_TEXT },
	};
	struct out	*o = &call->out;
	struct quick	 quick;
	int64_t		 terminal;
	int		 r;

	if ((r = quick_terminal(call, &terminal)) != 0 ||
	    (r = quick_load(call->shop, terminal, &quick)) != 0) {
		return r;
	}
	out_begin(o, columns, NELEM(columns), false);
	for (size_t p = 0; p < quick.n; p++) {
		for (int k = 0; k < QUICK_LETTERS; k++) {
			const struct quick_key	*key;
			struct buf		 text = { 0 };
			char			 letter[2] = { 0 };

			key = &quick.pages[p].keys[k];
			if (key->n == 0) {
				continue;
			}
			letter[0] = (char)('a' + k);
			quick_text(call->shop, key, &text);
			out_int(o, quick.pages[p].place);
			out_text(o, quick.pages[p].title);
			out_text(o, letter);
			out_text(o, key->label);
			out_text(o, buf_text(&text));
			buf_done(&text);
		}
	}
	quick_done(&quick);
	return out_end(o);
}

static int
run_quick_page(struct call *call)
{
	int64_t	terminal;
	int	place, r;

	if ((r = quick_terminal(call, &terminal)) != 0 ||
	    (r = quick_place(call_arg(call, 0), &place)) != 0) {
		return r;
	}
	return quick_page_put(call->shop, terminal, place,
	    call_arg(call, 1));
}

static int
run_quick_set(struct call *call)
{
	const char	*label = call_option(call, "label");
	int64_t		 terminal;
	int		 place, r;

	if ((r = quick_terminal(call, &terminal)) != 0 ||
	    (r = quick_place(call_arg(call, 0), &place)) != 0) {
		return r;
	}
	return quick_key_put(call->shop, terminal, place,
	    call_arg(call, 1)[0], label == NULL ? "" : label,
	    call_arg(call, 2));
}

static int
run_quick_remove(struct call *call)
{
	const char	*letter = call_arg(call, 1);
	int64_t		 terminal;
	int		 place, r;

	if ((r = quick_terminal(call, &terminal)) != 0 ||
	    (r = quick_place(call_arg(call, 0), &place)) != 0) {
		return r;
	}
	return letter == NULL ?
	    quick_page_drop(call->shop, terminal, place) :
	    quick_key_drop(call->shop, terminal, place, letter[0]);
}

static int
run_quick_export(struct call *call)
{
	int	fd, r = call_open(call, call_arg(call, 0), true, &fd);

	if (r != 0) {
		return r;
	}
	r = quick_export(call->shop, fd);
	if (fd != STDOUT_FILENO && close(fd) != 0 && r == 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), call_arg(call, 0));
	}
	return r;
}

static void
quick_bad_line(void *ctx, int64_t line, const char *why)
{
	(void)ctx;
	(void)fprintf(stderr, _("line %lld: %s\n"), (long long)line, why);
}

static int
run_quick_import(struct call *call)
{
	int64_t	n;
	int	fd, r;

	if ((r = call_open(call, call_arg(call, 0), false, &fd)) != 0) {
		return r;
	}
	r = quick_import(call->shop, fd, quick_bad_line, NULL, &n);
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	if (r == 0) {
		call_say(call, ngettext("%lld key", "%lld keys",
		    (unsigned long)n), (long long)n);
	}
	return r;
}

const struct command commands_entry[] = {
	{ "quickkey list", "", "terminal=NAME",
	    N_("the quick keys of a till, or of all tills"),
	    COMMAND_LISTS, RIGHT_LOOK, run_quick_list },
	{ "quickkey page", "PAGE TITLE", "terminal=NAME",
	    N_("name a page of quick keys, 1 to 99; a new one is made"),
	    0, RIGHT_QUICKKEY, run_quick_page },
	{ "quickkey set", "PAGE LETTER ITEMS", "terminal=NAME label=LABEL",
	    N_("what a key sells: \"2*1001; 1044 rare\""),
	    0, RIGHT_QUICKKEY, run_quick_set },
	{ "quickkey remove", "PAGE [LETTER]", "terminal=NAME",
	    N_("take a key away, or a whole page"), 0, RIGHT_QUICKKEY,
	    run_quick_remove },
	{ "quickkey export", "[FILE]", "",
	    N_("CSV of all quick keys, as import reads it"), 0, RIGHT_LOOK,
	    run_quick_export },
	{ "quickkey import", "FILE", "",
	    N_("CSV in: terminal,page,title,letter,label,items"), 0,
	    RIGHT_QUICKKEY, run_quick_import },
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
	    N_("what became of a serial number, oldest first"),
	    COMMAND_LISTS, RIGHT_SALES, run_serial_find },
	{ .words = NULL },
};
