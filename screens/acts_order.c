/* SPDX-License-Identifier: ISC */
/* A sale that is promised before it is paid: orders, quotations, deposits; and
 * one that is given up. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "screens/acts_part.h"
#include "screens/app.h"
#include "shop/entry.h"
#include "shop/order.h"

/* "Roux 24/12/2026": the last word may be the day. */
enum turn
acts_order(struct session *s, struct sale_screen *st, enum sale_kind kind,
    const char *text)
{
	char		 name[ENTRY_WORDS], paper[SALE_PAPER];
	char		 due[CLOCK_DAY_SIZE];
	char		*day = NULL;
	int64_t		 version = st->sale.version;
	int		 r;

	(void)str_copy(name, sizeof(name), text);
	if ((day = strrchr(name, ' ')) != NULL &&
	    clock_day_read(day + 1, due) == 0) {
		*day++ = '\0';
	} else if (clock_day_read(name, due) == 0) {
		day = name;
	} else {
		day = NULL;
	}
	r = order_make(st->shop, st->sale.id, &version, kind,
	    day == name ? "" : name, day == NULL ? NULL : due, paper);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_clear(s, st);
	session_say(s, kind == SALE_ORDER ? _("order %s is printing; F6 has "
	    "it, :deposit takes money on it") :
	    _("quotation %s is printing; F6 has it"), paper);
	return TURN_DRAW;
}

/* The order is put aside and the deposit is the sale on the screen. */
enum turn
acts_deposit(struct session *s, struct sale_screen *st, const char *text)
{
	size_t	n = strlen(text);
	char	number[32];
	int64_t	version = st->sale.version, amount = 0, rate = 0, id, fresh;
	int	r;

	if (n == 0) {
		return session_ask(s, ASK_DEPOSIT, false,
		    _("Deposit, an amount or 30%"), "");
	}
	if (text[n - 1] == '%') {
		(void)str_fmt(number, sizeof(number), "%.*s", (int)n - 1,
		    text);
		r = rate_parse(number, &rate);
	} else {
		r = entry_price_parse(text, &st->shop->money,
		    st->shop->who.implied, &amount);
	}
	if (r == 0) {
		r = order_deposit(st->shop, st->sale.id, &version, amount,
		    rate, &id, &fresh);
	}
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_clear(s, st);
	st->sale.id = id;
	sale_show(s, st);
	return TURN_DRAW;
}

enum turn
acts_cancel(struct session *s, struct sale_screen *st, const char *reason)
{
	int64_t	version = st->sale.version;
	int	r;

	r = sale_cancel(st->shop, st->sale.id, &version, reason);
	if (r == ERR_EMPTY && *reason == '\0') {
		return session_ask(s, ASK_REASON_CANCEL, false,
		    _("Why is the sale cancelled?"), "");
	}
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	sale_clear(s, st);
	session_say(s, _("the sale is cancelled"));
	return TURN_DRAW;
}

/* An order somebody paid on is not given up before it is said where that
 * money goes; `why` is kept for then. */
enum turn
acts_ask_cancel(struct session *s, struct sale_screen *st, const char *why)
{
	const char	*fates[2];
	char		 question[120];
	int64_t		 deposit = 0;
	int		 r;

	if (st->sale.kind == SALE_ORDER && (r = order_deposited(st->shop,
	    st->sale.id, &deposit)) != 0) {
		return session_fail(s, r);
	}
	if (deposit != 0) {
		(void)str_copy(st->why, sizeof(st->why), why);
		(void)str_fmt(question, sizeof(question), _("The order is "
		    "cancelled; where do %s go?"),
		    app_cash(st->shop, deposit));
		fates[DEPOSIT_KEPT] = _("the deposit stays with the shop");
		fates[DEPOSIT_VOUCHER] = _("onto a credit note");
		return session_choose(s, ASK_FATE, question, fates, 2);
	}
	if (*why != '\0') {
		return acts_cancel(s, st, why);
	}
	return session_confirm(s, ASK_CANCEL, true,
	    _("Cancel the whole sale of %s?"),
	    app_cash(st->shop, st->sale.total));
}

enum turn
acts_fate(struct session *s, struct sale_screen *st, int64_t chosen)
{
	enum deposit_fate	fate = chosen == DEPOSIT_VOUCHER ?
				    DEPOSIT_VOUCHER : DEPOSIT_KEPT;
	int64_t			version = st->sale.version, ticket;
	struct sale		back;
	int			r;

	if ((r = order_cancel(st->shop, st->sale.id, &version, fate, st->why,
	    &ticket)) != 0) {
		return sale_failed(s, st, r);
	}
	sale_clear(s, st);
	if (ticket != 0 && sale_load(st->shop, ticket, &back) == 0) {
		session_say(s, _("cancelled; the deposit is on a credit note, "
		    "ticket %s"), back.ticket);
		sale_done(&back);
	} else {
		session_say(s, _("cancelled; the deposit stays here"));
	}
	return TURN_DRAW;
}
