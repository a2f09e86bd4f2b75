/* SPDX-License-Identifier: ISC */
/* The sale screen's commands about what comes back, and about vouchers. */
#include "screens/return.h"

#include <string.h>

#include "base/buf.h"
#include "screens/screens.h"
#include "shop/return.h"
#include "shop/voucher.h"

/* Beside those of sale.h. */
enum {
	ASK_RETURN = 40,
	ASK_WITHOUT,
	ASK_WITHOUT_WHY,
	ASK_GIFT,
	ASK_VOUCHER,
};

enum turn
back_shown(struct session *s, struct sale_screen *st, int64_t id)
{
	if (st->sale.id != id) {
		sale_clear(s, st);
		st->sale.id = id;
	}
	sale_show(s, st);
	bill_scroll(&st->bill, st->rows, -1);
	return TURN_DRAW;
}

static enum turn
back_failed(struct session *s, struct sale_screen *st, int r)
{
	return st->sale.id != 0 ? sale_failed(s, st, r) : (session_beep(s),
	    session_fail(s, r));
}

/* What is open and may be added to; a paid one is only still shown. */
static void
back_onto(const struct sale_screen *st, int64_t *id, int64_t *version)
{
	*id = sale_over(st) ? 0 : st->sale.id;
	*version = *id == 0 ? 0 : st->sale.version;
}

static enum turn
back_ticket(struct session *s, struct sale_screen *st, const char *text)
{
	int64_t	sale;
	int	r;

	if (*text == '\0') {
		return session_ask_code(s, ASK_RETURN, _("Ticket, or scan "
		    "the receipt; Enter lists them"), "");
	}
	if ((r = return_find(st->shop, text, &sale)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return session_push(s, &screen_return, &sale);
}

/* ---- without a ticket ---------------------------------------------------- */

static enum turn
back_without(struct session *s, struct sale_screen *st, const char *text,
    const char *reason)
{
	struct entry	entry;
	struct product	p = { .id = 0 };
	int64_t		id, version;
	int		r;

	if (*text == '\0') {
		return session_ask_code(s, ASK_WITHOUT, _("What comes back? "
		    "3*1001, or scan it"), "");
	}
	if ((r = entry_parse(text, &st->shop->money, st->shop->who.implied,
	    &entry)) == 0 && (r = product_find(st->shop, entry.words,
	    &p)) == 0) {
		back_onto(st, &id, &version);
		r = return_free(st->shop, &id, &version, p.id, entry.qty,
		    entry.has_price ? &entry.price : NULL, false, reason);
	}
	if (r == ERR_EMPTY && *reason == '\0' && p.id != 0) {
		(void)str_copy(st->doubt, sizeof(st->doubt), text);
		return session_ask(s, ASK_WITHOUT_WHY, false,
		    _("Why does it come back without a ticket?"), "");
	}
	return r != 0 ? back_failed(s, st, r) : back_shown(s, st, id);
}

/* ---- gift cards and credit notes ----------------------------------------- */

/* "50", or "50 9812 3456 …" for a card that is there. */
static enum turn
back_gift(struct session *s, struct sale_screen *st, const char *text)
{
	char	head[ENTRY_WORDS];
	int64_t	id, version, amount, line;
	size_t	n = strcspn(text, " ");
	int	r;

	if (*text == '\0') {
		return session_ask(s, ASK_GIFT, false, _("Gift card of how "
		    "much?  A card's number may follow"), "");
	}
	(void)str_fmt(head, sizeof(head), "%.*s", (int)n, text);
	if ((r = entry_price_parse(head, &st->shop->money,
	    st->shop->who.implied, &amount)) == 0) {
		back_onto(st, &id, &version);
		r = voucher_sell(st->shop, &id, &version, amount,
		    text + n + strspn(text + n, " "), &line);
	}
	return r != 0 ? back_failed(s, st, r) : back_shown(s, st, id);
}

static enum turn
back_voucher(struct session *s, struct sale_screen *st, const char *text)
{
	char	words[160];
	int	r;

	if (*text == '\0') {
		return session_ask_code(s, ASK_VOUCHER, _("Number of the "
		    "gift card or credit note"), "");
	}
	if ((r = voucher_balance(st->shop, text, words,
	    sizeof(words))) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, "%s", words);
	return TURN_DRAW;
}

/* A card on the sale: one whose VAT was paid takes goods off; what is on the
 * others is said. */
static enum turn
back_card(struct session *s, struct sale_screen *st, const char *text)
{
	struct voucher	v;
	int64_t		id, version;
	int		r;

	if ((r = voucher_find(st->shop, text, &v)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	back_onto(st, &id, &version);
	if (!v.single || id == 0) {
		return back_voucher(s, st, text);
	}
	r = voucher_redeem(st->shop, id, &version, text, 0);
	return r != 0 ? back_failed(s, st, r) : back_shown(s, st, id);
}

/* ---- from the sale screen ------------------------------------------------ */

bool
back_enter(struct session *s, struct sale_screen *st, const char *text,
    enum turn *turn)
{
	if (return_code_looks(text)) {
		*turn = back_ticket(s, st, text);
		return true;
	}
	if (voucher_looks(text)) {
		*turn = back_card(s, st, text);
		return true;
	}
	return false;
}

enum turn
back_do(struct session *s, struct sale_screen *st, enum action act,
    const char *rest)
{
	switch (act) {
	case ACT_RETURN:
		return back_ticket(s, st, rest);
	case ACT_RETURN_FREE:
		return back_without(s, st, rest, "");
	case ACT_GIFT:
		return back_gift(s, st, rest);
	case ACT_VOUCHER:
		return back_voucher(s, st, rest);
	default:
		return TURN_PASS;
	}
}

enum turn
back_answered(struct session *s, struct sale_screen *st,
    const struct answer *a)
{
	char	text[ENTRY_MAX], what[ENTRY_WORDS];

	(void)str_copy(text, sizeof(text), a->text);
	if (!a->ok) {
		return TURN_DRAW;
	}
	if (a->tag == ASK_RETURN && *text == '\0') {
		return session_push(s, &screen_tickets, "");
	}
	if (*text == '\0') {
		if (a->tag == ASK_WITHOUT_WHY) {
			session_warn(s, _("without a reason nothing is taken "
			    "back"));
			return TURN_KEEP;
		}
		return TURN_DRAW;
	}
	switch (a->tag) {
	case ASK_RETURN:
		return back_ticket(s, st, text);
	case ASK_WITHOUT:
		return back_without(s, st, text, "");
	case ASK_WITHOUT_WHY:
		(void)str_copy(what, sizeof(what), st->doubt);
		return back_without(s, st, what, text);
	case ASK_GIFT:
		return back_gift(s, st, text);
	case ASK_VOUCHER:
		return back_voucher(s, st, text);
	default:
		return TURN_DRAW;
	}
}
