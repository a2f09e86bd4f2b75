/* SPDX-License-Identifier: ISC */
/* What is done about a ticket that was made: its papers, and how it was really
 * paid. */
#include "base/buf.h"
#include "screens/acts_part.h"
#include "screens/pay.h"
#include "shop/invoice.h"
#include "shop/receipt.h"

enum turn
acts_reprint(struct session *s, struct sale_screen *st, const char *ticket)
{
	int64_t	id = 0, n = 0;
	int	r;

	r = *ticket != '\0' ? sale_by_ticket(st->shop, ticket, &id) :
	    sale_last(st->shop, &id);
	if (r == 0) {
		r = receipt_reprint(st->shop, id, &n);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, _("duplicate %lld is printing"), (long long)n);
	return TURN_DRAW;
}

enum turn
acts_bill(struct session *s, struct sale_screen *st)
{
	int	r = note_print(st->shop, st->sale.id);

	if (r != 0) {
		return sale_failed(s, st, r);
	}
	session_say(s, _("the bill is printing"));
	return TURN_DRAW;
}

/* The customer would like the receipt after all. */
enum turn
acts_receipt(struct session *s, struct sale_screen *st)
{
	int64_t	id = 0, n = 0;
	int	r;

	if ((r = sale_last(st->shop, &id)) != 0 ||
	    (r = receipt_request(st->shop, id, &n)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	if (n > 0) {
		session_say(s, _("duplicate %lld is printing"), (long long)n);
	} else {
		session_say(s, _("the receipt is printing"));
	}
	return TURN_DRAW;
}

enum turn
acts_invoice(struct session *s, struct sale_screen *st, const char *ticket)
{
	char	number[INVOICE_NUMBER];
	int64_t	id = 0;
	int	r;

	r = *ticket != '\0' ? sale_by_ticket(st->shop, ticket, &id) :
	    sale_last(st->shop, &id);
	if (r != 0 || (r = invoice_make(st->shop, id, 0, number)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, _("invoice %s is printing"), number);
	return TURN_DRAW;
}

/* The last ticket of this till was paid another way than was said. */
enum turn
acts_retender(struct session *s, struct sale_screen *st,
    const char *tender)
{
	int64_t	id = 0;
	int	r;

	if (*tender == '\0') {
		return pay_ask_again(s, ASK_RETENDER,
		    _("The last ticket was really paid by"), "");
	}
	if ((r = sale_last(st->shop, &id)) == 0) {
		r = pay_again(st->shop, id, tender);
	}
	if (r == ERR_EMPTY) {
		(void)str_copy(st->retender, sizeof(st->retender), tender);
		return session_ask_code(s, ASK_RETENDER_MORE, err_text(r), "");
	}
	if (r != 0) {
		return session_fail(s, r);
	}
	if (st->sale.id == id) {
		sale_show(s, st);
	}
	session_say(s, _("the last ticket is corrected"));
	return TURN_DRAW;
}

/* The reference that was missing, behind what was said before. */
enum turn
acts_retender_more(struct session *s, struct sale_screen *st,
    const char *more)
{
	char	text[ENTRY_MAX];

	if (!str_fmt(text, sizeof(text), "%s %s", st->retender, more)) {
		return session_fail(s, ERR_TOO_LONG);
	}
	return acts_retender(s, st, text);
}
