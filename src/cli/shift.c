/* SPDX-License-Identifier: ISC */
/* shift …: a till opened, moved, counted and closed from a shell. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/driver.h"
#include "shop/drawer.h"
#include "shop/slip.h"
#include "shop/tender.h"

#define SHIFT_PAPER	42		/* columns of a Z on a terminal */

/* The one that was named, else the open one of who calls. */
static int
shift_named(struct call *call, int n, int64_t *shift)
{
	const char	*name = call_arg(call, n);
	int		 r;

	if (name != NULL) {
		return shift_by_name(call->shop, name, shift);
	}
	if ((r = shift_now(call->shop, shift)) == 0 && *shift == 0) {
		r = err_set(ERR_EMPTY, _("no shift is open here; \"comptoir "
		    "shift list --open\" has the others"));
	}
	return r;
}

static int
shift_amount(struct call *call, const char *text, int64_t *amount)
{
	return money_parse(&call->shop->money, text, false, amount);
}

static int
run_shift_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "z", N_("Z"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "business_day", N_("day"), VALUE_TEXT },
		{ "terminal", N_("terminal"), VALUE_TEXT },
		{ "user", N_("user"), VALUE_TEXT },
		{ "opened", N_("opened"), VALUE_TIME },
		{ "closed", N_("closed"), VALUE_TIME },
		{ "tickets", N_("tickets"), VALUE_COUNT },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "difference", N_("difference"), VALUE_MONEY },
	};
	struct shift_brief		*rows;
	const char			*limit = call_option(call, "limit");
	int64_t				 most = 50;
	size_t				 n;
	int				 r;

	if ((limit != NULL && (r = str_to_i64(limit, 1, INT32_MAX,
	    &most)) != 0) || (r = shift_list(call->shop,
	    call_option(call, "open") != NULL, most, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		const struct shift_brief	*b = &rows[i];

		out_int(&call->out, b->id);
		out_text(&call->out, b->z);
		out_word(&call->out, b->open ? "open" : b->forced ? "forced" :
		    "closed", b->open ? _("open") : b->forced ?
		    _("forgotten") : _("closed"));
		out_text(&call->out, b->business_day);
		out_text(&call->out, b->terminal);
		out_text(&call->out, b->user);
		out_int(&call->out, b->opened_at);
		if (b->open) {
			for (int k = 0; k < 4; k++) {
				out_null(&call->out);
			}
			continue;
		}
		out_int(&call->out, b->closed_at);
		out_int(&call->out, b->tickets);
		out_int(&call->out, b->amount);
		if (b->counted) {
			out_int(&call->out, b->gap);
		} else {
			out_null(&call->out);
		}
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_shift_open(struct call *call)
{
	int64_t	amount = 0, shift;
	bool	given = call_arg(call, 0) != NULL;
	int	r;

	if (given && (r = shift_amount(call, call_arg(call, 0),
	    &amount)) != 0) {
		return r;
	}
	if ((r = shift_open(call->shop, given ? &amount : NULL,
	    &shift)) == 0) {
		call_say(call, _("shift %lld is open"), (long long)shift);
	}
	return r;
}

static int
run_shift_close(struct call *call)
{
	struct shift_how	 how = {
		.uncounted = call_option(call, "uncounted") != NULL,
		.leave = call_option(call, "leave") != NULL,
	};
	const char		*left = call_option(call, "left");
	struct shift		 shift;
	int64_t			 id, amount;
	int			 r;

	if ((r = shift_named(call, 0, &id)) != 0 || (left != NULL &&
	    (r = shift_amount(call, left, &amount)) != 0)) {
		return r;
	}
	how.left = left != NULL ? &amount : NULL;
	if ((r = shift_close(call->shop, id, &how)) == 0 &&
	    (r = shift_get(call->shop, id, &shift)) == 0) {
		call_say(call, _("%s is closed and printing"), shift.z);
	}
	return r;
}

/* --- figures -------------------------------------------------------------- */

static void
shift_json_totals(struct json *j, const struct shop *shop,
    const struct closing *c)
{
	json_key(j, "tenders");
	json_array(j);
	for (size_t i = 0; i < c->ntotals; i++) {
		const struct closing_total	*t = &c->totals[i];

		json_object(j);
		json_key(j, "tender");
		json_text(j, t->tender);
		json_key(j, "currency");
		json_text(j, t->currency[0] != '\0' ? t->currency :
		    shop->money.currency);
		json_key(j, "float");
		json_i64(j, t->opened);
		json_key(j, "moved");
		json_i64(j, t->moved);
		json_key(j, "payments");
		json_i64(j, t->payments);
		json_key(j, "taken");
		json_i64(j, t->taken);
		json_key(j, "expected");
		json_i64(j, t->expected);
		if (t->is_counted) {
			json_key(j, "counted");
			json_i64(j, t->counted);
			json_key(j, "difference");
			json_i64(j, t->counted - t->expected);
			json_key(j, "left");
			json_i64(j, t->left);
		}
		json_end_object(j);
	}
	json_end_array(j);
}

static void
shift_json_sales(struct json *j, const struct closing *c)
{
	json_key(j, "vat");
	json_array(j);
	for (size_t i = 0; i < c->nvats; i++) {
		json_object(j);
		json_key(j, "name");
		json_text(j, c->vats[i].name);
		json_key(j, "rate");
		json_i64(j, c->vats[i].rate);
		json_key(j, "gross");
		json_i64(j, c->vats[i].gross);
		json_key(j, "net");
		json_i64(j, c->vats[i].net);
		json_key(j, "vat");
		json_i64(j, c->vats[i].vat);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "users");
	json_array(j);
	for (size_t i = 0; i < c->nusers; i++) {
		json_object(j);
		json_key(j, "user");
		json_text(j, c->users[i].name);
		json_key(j, "tickets");
		json_i64(j, c->users[i].tickets);
		json_key(j, "amount");
		json_i64(j, c->users[i].amount);
		json_end_object(j);
	}
	json_end_array(j);
}

/* Before the count, who may not know gets no amounts. */
static int
shift_json(struct call *call, const struct closing *c, bool sees)
{
	struct buf	text = { 0 };
	struct json	json = { .out = &text }, *j = &json;
	char		iso[CLOCK_ISO_SIZE];
	int		r;

	json_object(j);
	json_key(j, "id");
	json_i64(j, c->shift.id);
	json_key(j, "z");
	json_text(j, c->shift.open ? NULL : c->shift.z);
	json_key(j, "state");
	json_text(j, c->shift.open ? "open" : c->shift.forced ? "forced" :
	    "closed");
	json_key(j, "business_day");
	json_text(j, c->shift.business_day);
	json_key(j, "terminal");
	json_text(j, c->shift.terminal);
	json_key(j, "user");
	json_text(j, c->shift.user);
	json_key(j, "opened");
	clock_iso(c->shift.opened_at, iso);
	json_text(j, iso);
	json_key(j, "closed");
	clock_iso(c->shift.closed_at, iso);
	json_text(j, c->shift.open ? NULL : iso);
	json_key(j, "currency");
	json_text(j, call->shop->money.currency);
	for (size_t i = 0; i < c->nfigures; i++) {
		json_key(j, c->figures[i].name);
		json_i64(j, c->figures[i].count);
		if (sees && strcmp(c->figures[i].name, "tickets") == 0) {
			json_key(j, "amount");
			json_i64(j, c->figures[i].amount);
		}
	}
	if (sees) {
		shift_json_totals(j, call->shop, c);
		shift_json_sales(j, c);
	}
	json_end_object(j);
	buf_chr(&text, '\n');
	r = io_write_all(1, text.data, text.len);
	buf_done(&text);
	return r;
}

/* As it is on paper, in the caller's terminal. */
static int
shift_paper(struct call *call, const struct closing *c, bool sees)
{
	struct slip	slip = { 0 };
	struct buf	text = { 0 };
	int		r;

	if ((r = shift_slip(call->shop, c, 0, sees, &slip)) == 0 &&
	    (r = driver_preview(slip_stored(&slip), SHIFT_PAPER,
	    &text)) == 0) {
		r = io_write_all(1, text.data, text.len);
	}
	buf_done(&text);
	slip_done(&slip);
	return r;
}

static int
run_shift_show(struct call *call)
{
	struct closing	c;
	int64_t		shift;
	bool		sees;
	int		r;

	if ((r = shift_named(call, 0, &shift)) != 0 ||
	    (r = shift_sees(call->shop, shift, &sees)) != 0 ||
	    (r = drawer_closing(call->shop, shift, &c)) != 0) {
		return r;
	}
	r = call->out.format == OUT_JSON ? shift_json(call, &c, sees) :
	    shift_paper(call, &c, sees);
	closing_done(&c);
	return r;
}

static int
run_shift_x(struct call *call)
{
	int64_t	shift;
	int	r;

	if ((r = shift_named(call, 0, &shift)) == 0 &&
	    (r = shift_x(call->shop, shift)) == 0) {
		call_say(call, _("the X is printing"));
	}
	return r;
}

static int
run_shift_z(struct call *call)
{
	int64_t	shift, n;
	int	r;

	if ((r = shift_named(call, 0, &shift)) == 0 &&
	    (r = shift_reprint(call->shop, shift, &n)) == 0) {
		call_say(call, _("DUPLICATA %lld of %s is being printed"),
		    (long long)n, call_arg(call, 0));
	}
	return r;
}

/* --- the drawer ----------------------------------------------------------- */

static int
shift_move(struct call *call, enum drawer_kind kind)
{
	const char	*currency = call_option(call, "currency");
	struct money_style style = call->shop->money;
	char		 reason[DRAWER_REASON] = "";
	int64_t		 amount;
	int		 r;

	for (int i = 1; i < call->nargs; i++) {
		size_t	at = strlen(reason);

		(void)str_fmt(reason + at, sizeof(reason) - at, "%s%s",
		    i > 1 ? " " : "", call->arg[i]);
	}

	if ((currency != NULL && (r = money_style_set(&style, currency,
	    call->shop->set.country)) != 0) || (r = money_parse(&style,
	    call_arg(call, 0), false, &amount)) != 0) {
		return r;
	}
	r = drawer_move(call->shop, kind, currency != NULL ? currency : "",
	    amount, reason);
	if (r == 0) {
		call_say(call, "%s %s", drawer_kind_text(kind),
		    call_arg(call, 0));
	}
	return r;
}

static int
run_shift_pay_in(struct call *call)
{
	return shift_move(call, DRAWER_PAY_IN);
}

static int
run_shift_pay_out(struct call *call)
{
	return shift_move(call, DRAWER_PAY_OUT);
}

static int
run_shift_drop(struct call *call)
{
	return shift_move(call, DRAWER_DROP);
}

/*
 * "50=3": three notes of 50; "USD:20=2" of another currency; "cash=920.00" or
 * "cheque=40.00": an amount of that tender, whatever it is made of.
 */
static int
count_word(struct call *call, const char *word, struct drawer_line *out)
{
	struct money_style	 style = call->shop->money;
	struct tender		 tender;
	const char		*equal = strchr(word, '='), *colon;
	char			 left[40];
	int			 r;

	*out = (struct drawer_line){ .value = 0 };
	if (equal == NULL || !str_fmt(left, sizeof(left), "%.*s",
	    (int)(equal - word), word)) {
		return err_set(ERR_USAGE, _("a count is COIN=N, like 50=3, "
		    "or TENDER=AMOUNT"));
	}
	colon = strchr(left, ':');
	if (colon != NULL && colon - left == 3) {
		(void)str_fmt(out->currency, sizeof(out->currency), "%.3s",
		    left);
		if ((r = money_style_set(&style, out->currency,
		    call->shop->set.country)) != 0) {
			return r;
		}
		/* The shop's own is counted with the rest of it. */
		if (strcmp(out->currency, call->shop->money.currency) == 0) {
			out->currency[0] = '\0';
		}
	}
	if (strspn(colon != NULL ? colon + 1 : left, "0123456789.,") ==
	    strlen(colon != NULL ? colon + 1 : left)) {
		(void)str_copy(out->tender, sizeof(out->tender), "cash");
		if ((r = money_parse(&style, colon != NULL ? colon + 1 : left,
		    false, &out->value)) != 0) {
			return r;
		}
		return str_to_i64(equal + 1, 0, 1000000, &out->n);
	}
	if ((r = tender_find(call->shop, colon != NULL ? colon + 1 : left,
	    &tender)) != 0) {
		return r;
	}
	(void)str_copy(out->tender, sizeof(out->tender), tender.name);
	return money_parse(&style, equal + 1, false, &out->n);
}

/* A value nobody mints is a slip of the finger. */
static int
count_minted(struct call *call, const struct drawer_line *l)
{
	const int64_t	*values = drawer_values(call->shop, l->currency);
	char		 text[MONEY_TEXT];

	for (size_t i = 0; values != NULL && values[i] != 0; i++) {
		if (values[i] == l->value) {
			return 0;
		}
	}
	money_plain(&call->shop->money, l->value, text);
	return l->value == 0 ? 0 : err_set(ERR_INVALID,
	    _("there is no coin or note of %s"), text);
}

static int
run_shift_count(struct call *call)
{
	struct drawer_line	*rows;
	struct closing		 c = { .ntotals = 0 };
	int64_t			 shift, count;
	size_t			 n = (size_t)call->nargs;
	int			 r;

	if ((r = shift_named(call, call->nargs, &shift)) != 0) {
		return r;
	}
	rows = xcalloc(n + 1, sizeof(*rows));
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = count_word(call, call->arg[i], &rows[i])) == 0) {
			r = count_minted(call, &rows[i]);
		}
	}
	if (r == 0 && (r = drawer_count(call->shop, shift, rows, n,
	    &count)) == 0 &&
	    (r = drawer_closing(call->shop, shift, &c)) == 0) {
		for (size_t i = 0; i < c.ntotals; i++) {
			const struct closing_total	*t = &c.totals[i];
			char	is[MONEY_TEXT], want[MONEY_TEXT];

			if (t->is_counted) {
				money_plain(&call->shop->money, t->counted,
				    is);
				money_plain(&call->shop->money, t->expected,
				    want);
				call_say(call, _("%s %s: counted %s, expected "
				    "%s"), t->label, t->currency, is, want);
			}
		}
	}
	closing_done(&c);
	free(rows);
	return r;
}

static int
run_shift_gaps(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "at", N_("time"), VALUE_TIME },
		{ "ticket", N_("ticket"), VALUE_TEXT },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "words", N_("what"), VALUE_TEXT },
	};
	struct gap_hint			*hints = NULL;
	struct closing			 c;
	int64_t				 shift, gap = 0;
	size_t				 n = 0;
	int				 r;

	if ((r = shift_named(call, 0, &shift)) != 0 ||
	    (r = drawer_closing(call->shop, shift, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c.ntotals; i++) {
		if (c.totals[i].cash && c.totals[i].currency[0] == '\0' &&
		    c.totals[i].is_counted) {
			gap = c.totals[i].counted - c.totals[i].expected;
		}
	}
	closing_done(&c);
	if ((r = gap_explain(call->shop, shift, gap, &hints, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, hints[i].at);
		out_text(&call->out, hints[i].ticket);
		out_int(&call->out, hints[i].amount);
		out_text(&call->out, hints[i].text);
	}
	free(hints);
	return out_end(&call->out);
}

const struct command commands_shift[] = {
	{ "shift list", "", "open limit=N", N_("shifts, newest first"),
	    COMMAND_LISTS, RIGHT_SHIFT, run_shift_list },
	{ "shift open", "[AMOUNT]", "",
	    N_("open this till with so much in the drawer"),
	    0, RIGHT_SHIFT, run_shift_open },
	{ "shift close", "[SHIFT]", "left=AMOUNT uncounted leave",
	    N_("close a shift: its Z is numbered and printed"),
	    0, RIGHT_SHIFT, run_shift_close },
	{ "shift show", "[SHIFT]", "",
	    N_("what a shift comes to; SHIFT is its Z or number"),
	    COMMAND_LISTS, RIGHT_SHIFT, run_shift_show },
	{ "shift x", "[SHIFT]", "", N_("print where a shift stands"),
	    0, RIGHT_SHIFT, run_shift_x },
	{ "shift z", "Z", "", N_("print a Z again, as a DUPLICATA"),
	    0, RIGHT_SHIFT, run_shift_z },
	{ "shift pay-in", "AMOUNT REASON…", "currency=CODE",
	    N_("money into the drawer"), 0, RIGHT_DRAWER, run_shift_pay_in },
	{ "shift pay-out", "AMOUNT REASON…", "currency=CODE",
	    N_("money out of the drawer"), 0, RIGHT_DRAWER,
	    run_shift_pay_out },
	{ "shift drop", "AMOUNT [REASON…]", "currency=CODE",
	    N_("too much money, off to the safe"), 0, RIGHT_DRAWER,
	    run_shift_drop },
	{ "shift count", "COIN=N…", "",
	    N_("count the drawer: 50=3 0.20=7, USD:20=1, cheque=40.00; "
	    "cash=920.00 is an amount"), 0, RIGHT_SHIFT, run_shift_count },
	{ "shift gaps", "[SHIFT]", "",
	    N_("what would explain exactly that the count is off"),
	    COMMAND_LISTS, RIGHT_SHIFT, run_shift_gaps },
	{ .words = NULL },
};
