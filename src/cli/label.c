/* SPDX-License-Identifier: ISC */
/* label …: what is gathered, looked at, printed. */
#include "cli/command.h"

#include <stdlib.h>
#include <unistd.h>

#include "drivers/driver.h"
#include "shop/label.h"
#include "shop/print.h"

#define LABEL_WIDE	42		/* columns of a preview */

static int
label_options(struct call *call, struct label_how *how)
{
	const char	*word = call_option(call, "kind");
	const char	*start = call_option(call, "start");
	const char	*printer = call_option(call, "printer");
	int		 r;

	*how = (struct label_how){
		.kind = LABEL_SHELF,
		.sheet = call_option(call, "sheet"),
		.offset = call_option(call, "offset"),
	};
	if ((word != NULL && (r = label_kind_find(word, &how->kind)) != 0) ||
	    (start != NULL && (r = str_to_i64(start, 1, 1600,
	    &how->start)) != 0) ||
	    (printer != NULL && (r = printer_find(call->shop, printer,
	    &how->printer)) != 0)) {
		return r;
	}
	return 0;
}

static int
label_list_printed(struct call *call, const struct label_how *how)
{
	int64_t	job, labels;
	int	r = label_print_wanted(call->shop, how, &job, &labels);

	if (r == 0) {
		call_say(call, ngettext("job %lld: %lld label",
		    "job %lld: %lld labels", (unsigned long)labels),
		    (long long)job, (long long)labels);
	}
	return r;
}

/* Of a product, of all whose price changed since a day, or of the list. */
static int
run_label_print(struct call *call)
{
	const char		*since = call_option(call, "changed-since");
	const char		*number = call_option(call, "copies");
	struct label_how	 how;
	int64_t			*ids = NULL, copies = 1, job;
	struct product		 p;
	size_t			 n = 1;
	int			 r;

	if ((r = label_options(call, &how)) != 0 || (number != NULL &&
	    (r = str_to_i64(number, 1, LABEL_COPIES, &copies)) != 0)) {
		return r;
	}
	if (since != NULL) {
		r = label_due(call->shop, since, &ids, &n);
	} else if (call_arg(call, 0) == NULL) {
		return label_list_printed(call, &how);
	} else {
		r = product_find(call->shop, call_arg(call, 0), &p);
	}
	if (r == 0 && (r = label_print(call->shop, &how, ids == NULL ?
	    &p.id : ids, n, copies, &job)) == 0) {
		call_say(call, ngettext("job %lld: labels of %lld item",
		    "job %lld: labels of %lld items", (unsigned long)n),
		    (long long)job, (long long)n);
	}
	free(ids);
	return r;
}

static int
run_label_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "price", N_("price"), VALUE_MONEY },
		{ "copies", N_("labels"), VALUE_COUNT },
	};
	struct label_wanted	*rows;
	size_t			 n;
	int			 r = label_wanted(call->shop, &rows, &n);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, rows[i].code);
		out_text(&call->out, rows[i].name);
		out_text(&call->out, rows[i].unit);
		out_int(&call->out, rows[i].price);
		out_int(&call->out, rows[i].copies);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_label_add(struct call *call)
{
	const char	*number = call_arg(call, 1);
	int64_t		 copies = 1;
	struct product	 p;
	int		 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (number != NULL && (r = str_to_i64(number, 0, LABEL_COPIES,
	    &copies)) != 0)) {
		return r;
	}
	return label_want(call->shop, p.id, copies, number == NULL);
}

static int
label_added(struct call *call, int r, int64_t added)
{
	if (r == 0) {
		call_say(call, ngettext("labels of %lld item wanted",
		    "labels of %lld items wanted", (unsigned long)added),
		    (long long)added);
	}
	return r;
}

static int
run_label_find(struct call *call)
{
	int64_t	added;
	int	r = label_want_found(call->shop, call_arg(call, 0), &added);

	return label_added(call, r, added);
}

static int
run_label_changed(struct call *call)
{
	int64_t	added;
	int	r = label_want_changed(call->shop, call_arg(call, 0), &added);

	return label_added(call, r, added);
}

static int
run_label_receipt(struct call *call)
{
	int64_t	added;
	int	r = label_want_receipt(call->shop, call_arg(call, 0),
		    call_option(call, "each") != NULL, &added);

	return label_added(call, r, added);
}

static int
run_label_clear(struct call *call)
{
	return label_want_none(call->shop);
}

static int
run_label_preview(struct call *call)
{
	struct label_how	how;
	struct slip		slip = { 0 };
	struct buf		text = { 0 };
	int			r;

	if ((r = label_options(call, &how)) == 0 &&
	    (r = label_preview(call->shop, &how, &slip)) == 0 &&
	    (r = driver_preview(slip_stored(&slip), LABEL_WIDE,
	    &text)) == 0) {
		r = io_write_all(STDOUT_FILENO, text.data, text.len);
	}
	slip_done(&slip);
	buf_done(&text);
	return r;
}

#define LABEL_OPTIONS	"kind=shelf|item sheet=SHEET start=N offset=MM,MM " \
			"printer=NAME"

const struct command commands_label[] = {
	{ "label print", "[CODE]", "copies=N changed-since=DAY "
	    LABEL_OPTIONS,
	    N_("of a product, of all with another price since; else the list"),
	    0, RIGHT_PRODUCT, run_label_print },
	{ "label preview", "", LABEL_OPTIONS,
	    N_("what label print would print of the list"),
	    0, RIGHT_PRODUCT, run_label_preview },
	{ "label list", "", "", N_("the labels you have gathered"),
	    COMMAND_LISTS, RIGHT_PRODUCT, run_label_list },
	{ "label add", "CODE [COPIES]", "",
	    N_("one more of an item, or so many; 0 none"),
	    0, RIGHT_PRODUCT, run_label_add },
	{ "label find", "WORDS", "", N_("one of each that words find"),
	    0, RIGHT_PRODUCT, run_label_find },
	{ "label changed", "DAY", "",
	    N_("one of each with another price than as the day began"),
	    0, RIGHT_PRODUCT, run_label_changed },
	{ "label receipt", "RECEIPT", "each",
	    N_("of what came: one of each item, or one a piece"),
	    0, RIGHT_PRODUCT, run_label_receipt },
	{ "label clear", "", "", N_("none of them any more"),
	    0, RIGHT_PRODUCT, run_label_clear },
	{ .words = NULL },
};
