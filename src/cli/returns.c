/* SPDX-License-Identifier: ISC */
/* voucher …, sale return and sale cancel-ticket: what comes back, and what
 * the shop owes to who holds a number. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/order.h"
#include "shop/payment.h"
#include "shop/return.h"
#include "shop/voucher.h"

/* The words behind the nth argument, as one text. */
static void
returns_rest(const struct call *call, int n, char *out, size_t size)
{
	size_t	len = 0;

	out[0] = '\0';
	for (; call_arg(call, n) != NULL; n++) {
		(void)str_fmt(out + len, size - len, "%s%s", len > 0 ? " " :
		    "", call_arg(call, n));
		len = strlen(out);
	}
}

/* ---- vouchers ------------------------------------------------------------ */

/* By number, or by the id that lists show: a number is as good as money. */
static int
voucher_named(struct call *call, struct voucher *v)
{
	const char	*name = call_arg(call, 0);
	int64_t		 id;
	int		 r;

	if (voucher_looks(name)) {
		return voucher_find(call->shop, name, v);
	}
	if (str_to_i64(name, 1, INT64_MAX, &id) != 0) {
		return voucher_find(call->shop, name, v);
	}
	r = voucher_get(call->shop, id, v);
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no voucher %s"), name);
}

static int
voucher_row(void *ctx, const struct voucher *v)
{
	struct out	*o = ctx;
	char		 shown[VOUCHER_SHOWN];

	voucher_show(v->number, true, shown);
	out_int(o, v->id);
	out_text(o, shown);
	out_word(o, voucher_kind_word(v->kind), voucher_kind_text(v->kind));
	out_word(o, voucher_state_word(v->state),
	    voucher_state_text(v->state));
	out_int(o, v->balance);
	out_text(o, v->expires[0] == '\0' ? NULL : v->expires);
	if (v->single) {
		out_int(o, v->rate);
	} else {
		out_null(o);
	}
	out_int(o, v->made_at);
	out_text(o, v->holder[0] == '\0' ? NULL : v->holder);
	return 0;
}

static const struct out_column voucher_columns[] = {
	{ "id", N_("id"), VALUE_ID },
	{ "number", N_("number"), VALUE_TEXT },
	{ "kind", N_("kind"), VALUE_TEXT },
	{ "state", N_("state"), VALUE_TEXT },
	{ "balance", N_("balance"), VALUE_MONEY },
	{ "expires", N_("until"), VALUE_TEXT },
	{ "vat_rate", N_("VAT paid %"), VALUE_RATE },
	{ "made", N_("made"), VALUE_TIME },
	{ "holder", N_("holder"), VALUE_TEXT },
};

static int
run_voucher_list(struct call *call)
{
	int	r;

	out_begin(&call->out, voucher_columns, NELEM(voucher_columns), false);
	r = voucher_list(call->shop, call_option(call, "open") != NULL,
	    voucher_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
voucher_move_row(void *ctx, const struct voucher_move *m)
{
	struct out	*o = ctx;

	out_int(o, m->at);
	out_text(o, m->kind);
	out_int(o, m->amount);
	out_text(o, m->ticket[0] == '\0' ? NULL : m->ticket);
	out_text(o, m->user);
	out_text(o, m->reason);
	return 0;
}

static int
run_voucher_show(struct call *call)
{
	struct voucher	v;
	int		r;

	if ((r = voucher_named(call, &v)) != 0) {
		return r;
	}
	out_begin(&call->out, voucher_columns, NELEM(voucher_columns), true);
	return (r = voucher_row(&call->out, &v)) != 0 ? r :
	    out_end(&call->out);
}

static int
run_voucher_log(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "at", N_("time"), VALUE_TIME },
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "amount", N_("amount"), VALUE_MONEY },
		{ "ticket", N_("ticket"), VALUE_TEXT },
		{ "user", N_("user"), VALUE_TEXT },
		{ "reason", N_("reason"), VALUE_TEXT },
	};
	struct voucher	v;
	int		r;

	if ((r = voucher_named(call, &v)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = voucher_moves(call->shop, v.id, voucher_move_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* Its number is shown this once, for who prints the cards. */
static int
run_voucher_add(struct call *call)
{
	const char	*text = call_option(call, "count");
	struct out	*o = &call->out;
	struct voucher	 v;
	char		 shown[VOUCHER_SHOWN];
	int64_t		 count = 1, id;
	int		 r = 0;

	if (text != NULL && (r = str_to_i64(text, 1, 1000, &count)) != 0) {
		return r;
	}
	out_begin(o, voucher_columns, 2, false);
	for (int64_t i = 0; i < count && r == 0; i++) {
		if ((r = voucher_add(call->shop, &id)) == 0 &&
		    (r = voucher_get(call->shop, id, &v)) == 0) {
			voucher_show(v.number, false, shown);
			out_int(o, v.id);
			out_text(o, shown);
		}
	}
	return r != 0 ? r : out_end(o);
}

static int
voucher_blocked(struct call *call, bool blocked)
{
	struct voucher	v;
	int		r;

	if ((r = voucher_named(call, &v)) == 0 &&
	    (r = voucher_block(call->shop, v.id, blocked)) == 0) {
		call_say(call, blocked ? _("voucher %lld is blocked") :
		    _("voucher %lld is good again"), (long long)v.id);
	}
	return r;
}

static int
run_voucher_block(struct call *call)
{
	return voucher_blocked(call, true);
}

static int
run_voucher_unblock(struct call *call)
{
	return voucher_blocked(call, false);
}

static int
run_voucher_extend(struct call *call)
{
	const char	*day = call_arg(call, 1);
	struct voucher	 v;
	int		 r;

	if ((r = voucher_named(call, &v)) == 0 &&
	    (r = voucher_extend(call->shop, v.id,
	    strcmp(day, "never") == 0 ? "" : day)) == 0) {
		call_say(call, _("voucher %lld: until %s"), (long long)v.id,
		    day);
	}
	return r;
}

static int
run_voucher_reprint(struct call *call)
{
	struct voucher	v;
	int64_t		n;
	int		r;

	if ((r = voucher_named(call, &v)) == 0 &&
	    (r = voucher_reprint(call->shop, v.id, &n)) == 0) {
		call_say(call, _("DUPLICATA %lld of voucher %lld is being "
		    "printed"), (long long)n, (long long)v.id);
	}
	return r;
}

static int
run_voucher_adjust(struct call *call)
{
	const char	*text = call_arg(call, 1);
	struct voucher	 v;
	char		 reason[256], left[MONEY_TEXT];
	int64_t		 amount;
	bool		 less = text[0] == '-';
	int		 r;

	returns_rest(call, 2, reason, sizeof(reason));
	if ((r = money_parse(&call->shop->money, text + (less ? 1 : 0), false,
	    &amount)) != 0 || (r = voucher_named(call, &v)) != 0 ||
	    (r = voucher_adjust(call->shop, v.id, less ? -amount : amount,
	    reason)) != 0 || (r = voucher_get(call->shop, v.id, &v)) != 0) {
		return r;
	}
	money_symbol(&call->shop->money, v.balance, left);
	call_say(call, _("voucher %lld: %s on it"), (long long)v.id, left);
	return 0;
}

/* ---- returns ------------------------------------------------------------- */

/* What is due below 0 goes back, the way it came or as told. */
static int
returns_pay(struct call *call, int64_t sale, int64_t version)
{
	struct pay	 pay = { .tender = call_option(call, "tender"),
			    .sure = true };
	struct paid	 paid;
	struct sale	 s;
	char		 tender[16], amount[MONEY_TEXT];
	int64_t		 voucher;
	int		 r;

	if (pay.tender == NULL) {
		if ((r = return_tender(call->shop, sale, tender,
		    &voucher)) != 0) {
			return r;
		}
		pay.tender = tender[0] == '\0' ? "cash" : tender;
	}
	if ((r = sale_pay_with(call->shop, sale, &version, &pay,
	    &paid)) != 0 || (r = sale_load(call->shop, sale, &s)) != 0) {
		return r;
	}
	money_symbol(&call->shop->money, -s.total, amount);
	call_say(call, _("ticket %s: %s given back"), s.ticket, amount);
	sale_done(&s);
	return 0;
}

/* It was not paid back: no open sale is left behind. */
static int
returns_undone(struct call *call, int64_t sale, int64_t version, int r)
{
	char	words[256];

	(void)str_copy(words, sizeof(words), err_text(r));
	if (sale != 0 && sale_cancel(call->shop, sale, &version,
	    "return failed") != 0) {
		return err_set(r, _("%s; sale %lld stays open"), words,
		    (long long)sale);
	}
	return err_set(r, "%s", words);
}

/* "2" all that is left of the ticket's line 2, "2=1" one of it. */
static int
returns_pick(struct shop *shop, const struct return_ticket *t,
    const char *text, struct return_pick *picks)
{
	const char	*is = strchr(text, '=');
	char		 head[16];
	int64_t		 n, qty;
	int		 r;

	(void)str_fmt(head, sizeof(head), "%.*s", is == NULL ? 15 :
	    (int)(is - text), text);
	if (str_to_i64(head, 1, (int64_t)t->nlines, &n) != 0) {
		return err_set(ERR_RANGE, _("ticket %s has lines 1 to %zu; "
		    "write 2 or 2=1"), t->ticket, t->nlines);
	}
	qty = t->lines[n - 1].left;
	if (is != NULL && (r = qty_parse(is + 1, &qty)) != 0) {
		return r;
	}
	return qty > 0 ? return_choose(shop, t, picks, (size_t)n - 1, qty) :
	    err_set(ERR_RANGE, _("%s came back already"),
	    t->lines[n - 1].label);
}

static int
run_sale_return(struct call *call)
{
	bool			 scrap = call_option(call, "scrap") != NULL;
	struct return_ticket	 t;
	struct return_pick	*picks;
	int64_t			 sale, id = 0, version = 0;
	size_t			 n = 0;
	int			 r;

	if ((r = return_find(call->shop, call_arg(call, 0), &sale)) != 0 ||
	    (r = return_load(call->shop, sale, &t)) != 0) {
		return r;
	}
	picks = xcalloc(t.nlines + 1, sizeof(*picks));
	for (int i = 1; call_arg(call, i) != NULL && r == 0; i++) {
		r = returns_pick(call->shop, &t, call_arg(call, i), picks);
	}
	for (size_t i = 0; i < t.nlines; i++) {
		int64_t	qty = call_arg(call, 1) != NULL ? picks[i].qty :
			    t.lines[i].left;

		if (qty > 0) {
			picks[n++] = (struct return_pick){ t.lines[i].id, qty,
			    scrap };
		}
	}
	if (r == 0 && (r = return_add(call->shop, &id, &version, sale, picks,
	    n)) == 0 && (r = returns_pay(call, id, version)) != 0) {
		r = returns_undone(call, id, version, r);
	}
	free(picks);
	return_done(&t);
	return r;
}

static int
run_sale_cancel_ticket(struct call *call)
{
	char	reason[256];
	int64_t	sale, id = 0, version = 0;
	int	r;

	returns_rest(call, 1, reason, sizeof(reason));
	if ((r = return_find(call->shop, call_arg(call, 0), &sale)) != 0 ||
	    (r = return_cancel(call->shop, &id, &version, sale,
	    reason)) != 0) {
		return r;
	}
	return (r = returns_pay(call, id, version)) == 0 ? 0 :
	    returns_undone(call, id, version, r);
}

static int
run_order_cancel(struct call *call)
{
	const char		*where = call_option(call, "deposit");
	enum deposit_fate	 fate = where != NULL &&
				    strcmp(where, "voucher") == 0 ?
				    DEPOSIT_VOUCHER : DEPOSIT_KEPT;
	struct sale		 sale;
	char			 reason[256];
	int64_t			 id, amount, version, ticket;
	int			 r;

	if (where != NULL && fate == DEPOSIT_KEPT &&
	    strcmp(where, "kept") != 0) {
		return err_set(ERR_INVALID, _("--deposit is voucher or kept"));
	}
	if ((r = order_find(call->shop, call_arg(call, 0), &id)) != 0 ||
	    (r = order_deposited(call->shop, id, &amount)) != 0) {
		return r;
	}
	if (amount > 0 && where == NULL) {
		return err_set(ERR_EMPTY, _("a deposit was paid on it; say "
		    "--deposit voucher or --deposit kept"));
	}
	if ((r = sale_load(call->shop, id, &sale)) != 0) {
		return r;
	}
	version = sale.version;
	sale_done(&sale);
	returns_rest(call, 1, reason, sizeof(reason));
	if ((r = order_cancel(call->shop, id, &version, fate,
	    reason, &ticket)) != 0) {
		return r;
	}
	if (ticket == 0) {
		call_say(call, _("order %s is cancelled"), call_arg(call, 0));
	} else if ((r = sale_load(call->shop, ticket, &sale)) == 0) {
		call_say(call, _("order %s is cancelled, its deposit on a "
		    "credit note: ticket %s"), call_arg(call, 0),
		    sale.ticket);
		sale_done(&sale);
	}
	return r;
}

const struct command commands_returns[] = {
	{ "sale return", "TICKET [LINE=QUANTITY…]", "tender=TENDER scrap",
	    N_("take goods back and give the money back; all that is left "
	    "where no line is named"), 0, RIGHT_RETURN, run_sale_return },
	{ "sale cancel-ticket", "TICKET REASON…", "tender=TENDER",
	    N_("cancel a paid ticket by one that says so"), 0, RIGHT_RETURN,
	    run_sale_cancel_ticket },
	{ "order cancel", "NUMBER REASON…", "deposit=voucher|kept",
	    N_("give an order up; what was deposited on it goes onto a credit "
	    "note or stays with the shop"), 0, RIGHT_CANCEL,
	    run_order_cancel },
	{ "voucher list", "", "open",
	    N_("gift cards and credit notes, the newest first; --open: those "
	    "with something on them"), COMMAND_LISTS, RIGHT_SALES,
	    run_voucher_list },
	{ "voucher show", "NUMBER", "", N_("one of them, by number or id"),
	    COMMAND_LISTS, RIGHT_SALES, run_voucher_show },
	{ "voucher log", "NUMBER", "", N_("what came on it and went off it"),
	    COMMAND_LISTS, RIGHT_SALES, run_voucher_log },
	{ "voucher add", "", "count=N",
	    N_("make blank gift cards, to be sold by their numbers"),
	    COMMAND_LISTS, RIGHT_VOUCHER, run_voucher_add },
	{ "voucher block", "NUMBER", "", N_("it was lost or stolen"),
	    0, RIGHT_VOUCHER, run_voucher_block },
	{ "voucher unblock", "NUMBER", "", N_("it was found"),
	    0, RIGHT_VOUCHER, run_voucher_unblock },
	{ "voucher extend", "NUMBER DAY", "",
	    N_("its last day is another one, or never"),
	    0, RIGHT_VOUCHER, run_voucher_extend },
	{ "voucher adjust", "NUMBER AMOUNT REASON…", "",
	    N_("put on, or with - take off"), 0, RIGHT_VOUCHER,
	    run_voucher_adjust },
	{ "voucher reprint", "NUMBER", "",
	    N_("print its paper again, as a DUPLICATA that is counted"),
	    0, RIGHT_REPRINT, run_voucher_reprint },
	{ .words = NULL },
};
