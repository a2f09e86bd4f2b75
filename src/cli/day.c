/* SPDX-License-Identifier: ISC */
/* sale …, report …, audit: what happened. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/audit.h"
#include "shop/init.h"
#include "shop/order.h"
#include "shop/receipt.h"
#include "shop/report.h"

static const char *
sale_state_word(enum sale_state state)
{
	static const char *const words[] = {
		[SALE_DRAFT] = N_("draft"),
		[SALE_PENDING] = N_("pending"),
		[SALE_PAYING] = N_("partly_paid"),
		[SALE_PAID] = N_("paid"),
		[SALE_CANCELLED] = N_("cancelled"),
	};

	return words[state];
}

static const char *
line_state_word(enum line_state state)
{
	static const char *const words[] = {
		[LINE_LIVE] = N_("live"), [LINE_VOID] = N_("void"),
		[LINE_REVERSED] = N_("reversed"),
		[LINE_REVERSAL] = N_("reversal"),
	};

	return words[state];
}

static const char *
sale_back_word(enum sale_back back)
{
	return back == SALE_BACK_ALL ? N_("all") :
	    back == SALE_BACK_PART ? N_("partly") : N_("none");
}

static int
run_sale_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "ticket", N_("ticket"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "user", N_("user"), VALUE_TEXT },
		{ "terminal", N_("terminal"), VALUE_TEXT },
		{ "opened", N_("opened"), VALUE_TIME },
		{ "lines", N_("lines"), VALUE_COUNT },
		{ "total", N_("total"), VALUE_MONEY },
		{ "returned", N_("returned"), VALUE_TEXT },
	};
	struct sale_brief	*rows = NULL;
	const char		*limit = call_option(call, "limit");
	char			 day[11];
	size_t			 n = 0;
	int64_t			 most = 0;
	int			 r;

	if (limit != NULL &&
	    (r = str_to_i64(limit, 1, 1000000, &most)) != 0) {
		return r;
	}
	if (call_option(call, "open") != NULL) {
		r = sale_open_list(call->shop, &rows, &n);
	} else if (call_option(call, "all") != NULL) {
		r = sale_posted_list(call->shop, NULL,
		    most == 0 ? INT32_MAX : most, &rows, &n);
	} else if ((r = report_day(call->shop, call_option(call, "day"),
	    day)) == 0) {
		r = sale_posted_list(call->shop, day,
		    most == 0 ? INT32_MAX : most, &rows, &n);
	}
	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].id);
		out_text(&call->out, rows[i].ticket);
		out_word(&call->out, sale_state_word(rows[i].state),
		    _(sale_state_word(rows[i].state)));
		out_text(&call->out, rows[i].name);
		out_text(&call->out, rows[i].user);
		out_text(&call->out, rows[i].terminal);
		out_int(&call->out, rows[i].opened_at);
		out_int(&call->out, rows[i].lines);
		out_int(&call->out, rows[i].total);
		out_word(&call->out, sale_back_word(rows[i].back),
		    _(sale_back_word(rows[i].back)));
	}
	free(rows);
	return out_end(&call->out);
}

static void
sale_json(struct json *j, const struct shop *shop, const struct sale *s)
{
	char	iso[CLOCK_ISO_SIZE];

	json_object(j);
	json_key(j, "id");
	json_i64(j, s->id);
	json_key(j, "ticket");
	json_text(j, s->ticket[0] == '\0' ? NULL : s->ticket);
	json_key(j, "state");
	json_text(j, sale_state_word(s->state));
	json_key(j, "name");
	json_text(j, s->name);
	json_key(j, "opened");
	clock_iso(s->opened_at, iso);
	json_text(j, iso);
	json_key(j, "posted");
	clock_iso(s->posted_at, iso);
	json_text(j, s->posted_at == 0 ? NULL : iso);
	json_key(j, "business_day");
	json_text(j, s->business_day);
	json_key(j, "mode");
	json_text(j, s->mode[0] == '\0' ? NULL : s->mode);
	json_key(j, "currency");
	json_text(j, shop->money.currency);
	json_key(j, "lines");
	json_array(j);
	for (size_t i = 0; i < s->nlines; i++) {
		const struct sale_line	*l = &s->lines[i];

		json_object(j);
		json_key(j, "id");
		json_i64(j, l->id);
		json_key(j, "code");
		json_text(j, l->code);
		json_key(j, "label");
		json_text(j, l->label);
		json_key(j, "qty");
		json_i64(j, l->qty);
		json_key(j, "unit");
		json_text(j, l->unit);
		json_key(j, "price");
		json_i64(j, l->price);
		json_key(j, "amount");
		json_i64(j, l->amount);
		json_key(j, "rate");
		json_i64(j, l->rate);
		json_key(j, "state");
		json_text(j, line_state_word(l->state));
		json_key(j, "note");
		json_text(j, l->note);
		/* What was chosen: in words, or as lines that name theirs. */
		json_key(j, "options");
		json_text(j, l->words);
		json_key(j, "parent");
		if (l->parent == 0) {
			json_text(j, NULL);
		} else {
			json_i64(j, l->parent);
		}
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "vat");
	json_array(j);
	for (int i = 0; i < s->nvat; i++) {
		json_object(j);
		json_key(j, "rate");
		json_i64(j, s->vat[i].rate);
		json_key(j, "gross");
		json_i64(j, s->vat[i].gross);
		json_key(j, "net");
		json_i64(j, s->vat[i].net);
		json_key(j, "vat");
		json_i64(j, s->vat[i].vat);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "payments");
	json_array(j);
	for (size_t i = 0; i < s->npayments; i++) {
		json_object(j);
		json_key(j, "tender");
		json_text(j, s->payments[i].tender);
		json_key(j, "amount");
		json_i64(j, s->payments[i].amount);
		json_key(j, "given");
		json_i64(j, s->payments[i].given);
		json_key(j, "change");
		json_i64(j, s->payments[i].change);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "total");
	json_i64(j, s->total);
	json_key(j, "paid");
	json_i64(j, s->paid);
	json_key(j, "rounding");
	json_i64(j, s->rounding);
	json_end_object(j);
}

static int
sale_lines_out(struct call *call, const struct sale *s)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "label", N_("label"), VALUE_TEXT },
		{ "qty", N_("quantity"), VALUE_QTY },
		{ "price", N_("price"), VALUE_MONEY },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "rate", N_("VAT %"), VALUE_RATE },
		{ "state", N_("state"), VALUE_TEXT },
		{ "note", N_("note"), VALUE_TEXT },
		{ "options", N_("options"), VALUE_TEXT },
	};

	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < s->nlines; i++) {
		const struct sale_line	*l = &s->lines[i];

		out_text(&call->out, l->code);
		out_text(&call->out, l->label);
		out_int(&call->out, l->qty);
		out_int(&call->out, l->price);
		out_int(&call->out, l->amount);
		out_int(&call->out, l->rate);
		out_word(&call->out, line_state_word(l->state),
		    _(line_state_word(l->state)));
		out_text(&call->out, l->note);
		out_text(&call->out, l->words);
	}
	return out_end(&call->out);
}

static void
sale_foot(struct call *call, const struct sale *s)
{
	const struct money_style	*m = &call->shop->money;
	char				 text[MONEY_TEXT], back[MONEY_TEXT];

	money_symbol(m, s->total, text);
	call_say(call, _("total %s  (%s)"), text,
	    _(sale_state_word(s->state)));
	for (size_t i = 0; i < s->npayments; i++) {
		money_symbol(m, s->payments[i].given, text);
		money_symbol(m, s->payments[i].change, back);
		if (s->payments[i].change != 0) {
			call_say(call, _("%s %s, change %s"),
			    s->payments[i].label, text, back);
		} else {
			call_say(call, "%s %s", s->payments[i].label, text);
		}
	}
}

static int
sale_put(struct call *call, const struct sale *s)
{
	int	r;

	if (call->out.format == OUT_JSON) {
		struct buf	text = { 0 };
		struct json	j = { .out = &text };

		sale_json(&j, call->shop, s);
		buf_chr(&text, '\n');
		r = io_write_all(1, text.data, text.len);
		buf_done(&text);
	} else if ((r = sale_lines_out(call, s)) == 0 &&
	    call->out.format == OUT_TABLE) {
		sale_foot(call, s);
	}
	return r;
}

static int
run_sale_show(struct call *call)
{
	struct sale	s;
	int64_t		id;
	int		r;

	/* A ticket's number, or #ID of a sale that has none yet. */
	if (call_arg(call, 0)[0] == '#') {
		r = str_to_i64(call_arg(call, 0) + 1, 1, INT64_MAX, &id);
	} else {
		r = sale_by_ticket(call->shop, call_arg(call, 0), &id);
	}
	if (r != 0 || (r = sale_load(call->shop, id, &s)) != 0) {
		return r;
	}
	r = sale_put(call, &s);
	sale_done(&s);
	return r;
}

static int
run_sale_reprint(struct call *call)
{
	int64_t	id, n;
	int	r;

	if ((r = sale_by_ticket(call->shop, call_arg(call, 0), &id)) != 0 ||
	    (r = receipt_reprint(call->shop, id, &n)) != 0) {
		return r;
	}
	call_say(call, _("DUPLICATA %lld of %s is being printed"),
	    (long long)n, call_arg(call, 0));
	return 0;
}

static int
run_report_names(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "title", N_("title"), VALUE_TEXT },
		{ "right", N_("right"), VALUE_TEXT },
		{ "parameters", N_("values"), VALUE_TEXT },
	};
	struct report	report;
	int		r;

	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < report_total(); i++) {
		char	params[128] = "";

		if ((r = report_nth(i, &report)) != 0) {
			return r;
		}
		for (size_t p = 0; p < report.nparams; p++) {
			size_t	at = strlen(params);

			(void)str_fmt(params + at, sizeof(params) - at,
			    "%s[%s]", p > 0 ? " " : "", report.param[p].key);
		}
		out_text(&call->out, report.name);
		out_text(&call->out, _(report.title));
		out_text(&call->out, right_name(report.right));
		out_text(&call->out, params);
	}
	return out_end(&call->out);
}

struct report_out {
	struct call		*call;
	const struct report	*report;
};

static int
report_out_row(void *ctx, const struct report_value *row)
{
	struct report_out	*to = ctx;

	for (size_t i = 0; i < to->report->ncolumns; i++) {
		if (row[i].null) {
			out_null(&to->call->out);
		} else if (row[i].text != NULL) {
			out_word(&to->call->out, row[i].text,
			    row[i].text[0] != '\0' ? _(row[i].text) : "");
		} else {
			out_int(&to->call->out, row[i].number);
		}
	}
	return 0;
}

static int
run_report(struct call *call)
{
	struct report		 report;
	struct report_out	 to = { call, &report };
	struct out_column	 columns[REPORT_COLUMNS];
	const char		*arg[CALL_ARGS];
	char			 day[REPORT_PARAMS][11];
	int			 r;

	if (call->nargs == 0) {
		return run_report_names(call);
	}
	if ((r = report_find(call_arg(call, 0), &report)) != 0) {
		return r;
	}
	for (int i = 1; i < call->nargs; i++) {
		arg[i - 1] = call->arg[i];
		if ((size_t)i <= report.nparams &&
		    report.param[i - 1].kind == VALUE_DAY) {
			r = report_day(call->shop, call->arg[i], day[i - 1]);
			if (r != 0) {
				return r;
			}
			arg[i - 1] = day[i - 1];
		}
	}
	for (size_t i = 0; i < report.ncolumns; i++) {
		columns[i] = (struct out_column){ report.column[i].key,
			report.column[i].title, report.column[i].kind };
	}
	out_begin(&call->out, columns, report.ncolumns, false);
	r = report_run(call->shop, &report, arg, (size_t)call->nargs - 1,
	    report_out_row, &to);
	return r != 0 ? r : out_end(&call->out);
}

static int
audit_out_row(void *ctx, const struct audit_row *a)
{
	struct out	*o = ctx;

	out_int(o, a->id);
	out_int(o, a->at);
	out_text(o, a->user);
	out_text(o, a->terminal);
	out_text(o, a->door);
	out_text(o, a->action);
	out_text(o, a->object);
	out_int(o, a->object_id);
	out_text(o, a->detail);
	out_text(o, a->approver);
	return 0;
}

static int
run_audit(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "at", N_("time"), VALUE_TIME },
		{ "user", N_("user"), VALUE_TEXT },
		{ "terminal", N_("terminal"), VALUE_TEXT },
		{ "door", N_("door"), VALUE_TEXT },
		{ "action", N_("action"), VALUE_TEXT },
		{ "object", N_("object"), VALUE_TEXT },
		{ "object_id", N_("number"), VALUE_ID },
		{ "detail", N_("detail"), VALUE_TEXT },
		{ "approver", N_("approver"), VALUE_TEXT },
	};
	const char	*limit = call_option(call, "limit");
	int64_t		 most = 100;
	int		 r;

	if (limit != NULL &&
	    (r = str_to_i64(limit, 1, INT32_MAX, &most)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = audit_list(call->shop, 0, 0, call_option(call, "user"), most,
	    audit_out_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_orders(struct call *call, enum sale_kind kind)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "number", N_("number"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "due", N_("due"), VALUE_TEXT },
		{ "seller", N_("seller"), VALUE_TEXT },
		{ "opened", N_("opened"), VALUE_TIME },
		{ "total", N_("total"), VALUE_MONEY },
		{ "deposit", N_("deposit"), VALUE_MONEY },
	};
	struct order_brief	*rows;
	size_t			 n;
	int			 r;

	if ((r = order_list(call->shop, kind, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].id);
		out_text(&call->out, rows[i].paper);
		out_text(&call->out, rows[i].name);
		out_text(&call->out, rows[i].due_day);
		out_text(&call->out, rows[i].seller);
		out_int(&call->out, rows[i].opened_at);
		out_int(&call->out, rows[i].total);
		out_int(&call->out, rows[i].deposit);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_quotation_list(struct call *call)
{
	return run_orders(call, SALE_QUOTATION);
}

static int
run_order_list(struct call *call)
{
	return run_orders(call, SALE_ORDER);
}

/* By number, as `sale show` has it. */
static int
run_order_show(struct call *call)
{
	struct sale	s;
	int64_t		id;
	int		r;

	if ((r = order_find(call->shop, call_arg(call, 0), &id)) != 0 ||
	    (r = sale_load(call->shop, id, &s)) != 0) {
		return r;
	}
	r = sale_put(call, &s);
	sale_done(&s);
	return r;
}

const struct command commands_day[] = {
	{ "quotation list", "", "", N_("open quotations"),
	    COMMAND_LISTS, RIGHT_SALES, run_quotation_list },
	{ "order list", "", "", N_("open orders, by the day they are for"),
	    COMMAND_LISTS, RIGHT_SALES, run_order_list },
	{ "order show", "NUMBER", "", N_("an order or a quotation"),
	    COMMAND_LISTS, RIGHT_SALES, run_order_show },
	{ "sale list", "", "open all day=DAY limit=N",
	    N_("tickets of a day (today), or the open sales"),
	    COMMAND_LISTS, RIGHT_SALES, run_sale_list },
	{ "sale show", "NUMBER", "",
	    N_("a ticket; an open sale as '#ID'"),
	    COMMAND_LISTS, RIGHT_SALES, run_sale_show },
	{ "sale reprint", "NUMBER", "", N_("print a DUPLICATA"),
	    0, RIGHT_REPRINT, run_sale_reprint },
	{ "report", "[NAME] [VALUE…]", "",
	    N_("a report (report day today); without NAME their list"),
	    COMMAND_LISTS, -1, run_report },
	{ "audit", "", "user=NAME limit=N",
	    N_("who did what, newest first"),
	    COMMAND_LISTS, RIGHT_AUDIT, run_audit },
	{ .words = NULL },
};
