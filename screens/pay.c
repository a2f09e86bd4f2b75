/* SPDX-License-Identifier: ISC */
/* Taking the money: over the sale, in the one row it leaves free, so that a
 * payment costs few bytes and the bill stays in sight. */
#include "screens/pay.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "screens/app.h"
#include "screens/bill.h"
#include "screens/screens.h"
#include "shop/entry.h"

#define PAY_NOTES	5

struct pay_screen {
	struct shop	*shop;
	struct sale	*sale;
	struct tender	*tenders;
	size_t		 ntenders;
	char		 usual[16];	/* the till's default; "" none */
	int64_t		 notes[PAY_NOTES];
	size_t		 nnotes;
	size_t		 note;		/* the next "+" offers this one */
	char		 offered[MONEY_TEXT];	/* by "+", on the line now */
	char		 doubt[ENTRY_WORDS];
};

/* ---- taking it ---------------------------------------------------------- */

static const struct tender *
pay_tender_named(const struct tender *tenders, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(tenders[i].name, name) == 0) {
			return &tenders[i];
		}
	}
	return NULL;
}

/* By letter, by whole name, or by the only one that begins so. */
static const struct tender *
pay_tender(const struct tender *tenders, size_t n, const char *typed)
{
	const struct tender	*found = NULL;
	char			 want[64], have[64];

	(void)utf8_fold(want, sizeof(want), typed);
	for (size_t i = 0; i < n; i++) {
		(void)utf8_fold(have, sizeof(have), tenders[i].letter);
		if (strcmp(have, want) == 0) {
			return &tenders[i];
		}
	}
	for (size_t i = 0; i < n; i++) {
		(void)utf8_fold(have, sizeof(have), _(tenders[i].label));
		if (str_starts(tenders[i].name, want) ||
		    str_starts(have, want)) {
			if (found != NULL) {
				return NULL;
			}
			found = &tenders[i];
		}
	}
	return found;
}

/* "e Cash  c Card  t Voucher" */
static void
pay_tenders_text(const struct tender *tenders, size_t n, char *out,
    size_t size)
{
	struct buf	b = { 0 };

	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "%s%s %s", i > 0 ? "  " : "", tenders[i].letter,
		    _(tenders[i].label));
	}
	(void)str_copy(out, size, buf_text(&b));
	buf_done(&b);
}

static enum turn
pay_refuse(struct session *s, int r)
{
	if (app_ended(s, r)) {
		return TURN_KEEP;
	}
	session_beep(s);
	(void)session_fail(s, r);
	return TURN_KEEP;
}

/* An item's barcode, however short, is never money. */
static bool
pay_is_item(struct shop *shop, const char *text)
{
	struct product	product;
	char		digits[ENTRY_WORDS];

	if (entry_is_scan(text) || (entry_unshift(text, digits,
	    sizeof(digits)) && entry_is_scan(digits))) {
		return true;
	}
	for (const char *p = text; *p != '\0'; p++) {
		if (*p < '0' || *p > '9') {
			return false;
		}
	}
	return product_find(shop, text, &product) == 0 &&
	    strcmp(product.code, text) != 0;
}

/* The tender the text names, or the till's; refuses in words. */
static int
pay_which(struct shop *shop, const struct tender *tenders, size_t n,
    const char *typed, const struct tender **out)
{
	char	usual[16], list[160];
	int	r;

	*out = NULL;
	if (*typed != '\0') {
		*out = pay_tender(tenders, n, typed);
	} else if ((r = tender_default(shop, usual)) != 0) {
		return r;
	} else if (*usual != '\0') {
		*out = pay_tender_named(tenders, n, usual);
	}
	if (*out != NULL) {
		return 0;
	}
	pay_tenders_text(tenders, n, list, sizeof(list));
	if (*typed == '\0') {
		return err_set(ERR_INVALID, _("paid how? %s"), list);
	}
	return err_set(ERR_INVALID, _("%.20s is no way to pay: %s"), typed,
	    list);
}

int
pay_again(struct shop *shop, int64_t sale, const char *tender)
{
	const struct tender	*which;
	struct tender		*tenders;
	size_t			 n;
	int			 r;

	if ((r = tender_list(shop, &tenders, &n)) != 0) {
		return r;
	}
	if ((r = pay_which(shop, tenders, n, tender, &which)) == 0) {
		r = sale_retender(shop, sale, which->name);
	}
	free(tenders);
	return r;
}

static int
pay_take(struct session *s, struct sale *sale, const struct tender *tender,
    const struct entry_pay *entry, bool *posted)
{
	struct shop	*shop = session_shop(s);
	struct sale	 fresh;
	int64_t		 version = sale->version, change = 0;
	int		 r, again;

	r = sale_pay(shop, sale->id, &version, tender->name, entry->amount,
	    &change, posted);
	/* Refused or not, show the sale as it is now. */
	again = sale_load(shop, sale->id, &fresh);
	if (again == 0) {
		sale_done(sale);
		*sale = fresh;
	}
	if (r == ERR_CHANGED && again == 0 && sale->state == SALE_PAID) {
		*posted = true;		/* paid already: nothing twice */
		return 0;
	}
	return r != 0 ? r : again;
}

enum turn
pay_text(struct session *s, struct sale *sale, const char *text, char *doubt,
    size_t doubt_size, bool *posted)
{
	struct shop		*shop = session_shop(s);
	struct tender		*tenders;
	const struct tender	*tender;
	struct entry_pay	 entry;
	size_t			 n;
	int			 r;

	*posted = false;
	if ((r = entry_pay_parse(text, &shop->money, shop->who.implied,
	    &entry)) != 0) {
		return pay_refuse(s, r);
	}
	if ((r = tender_list(shop, &tenders, &n)) != 0) {
		return pay_refuse(s, r);
	}
	r = pay_which(shop, tenders, n, entry.tender, &tender);
	if (r == 0 && entry.has_amount && tender->change &&
	    entry.amount - sale->due > shop->set.largest_note &&
	    strcmp(doubt, text) != 0) {
		(void)str_copy(doubt, doubt_size, text);
		session_warn(s, _("%s back? Enter again if you mean it"),
		    app_cash(shop, entry.amount - sale->due));
		session_beep(s);
		free(tenders);
		return TURN_KEEP;
	}
	if (r == 0) {
		r = pay_take(s, sale, tender, &entry, posted);
	}
	free(tenders);
	doubt[0] = '\0';
	return r != 0 ? pay_refuse(s, r) : TURN_DRAW;
}

/* ---- the screen --------------------------------------------------------- */

static void
pay_suggest(struct pay_screen *st)
{
	st->nnotes = tender_notes(st->shop, st->sale->due, st->notes,
	    PAY_NOTES);
	st->note = 0;
	st->offered[0] = '\0';
}

/* An amount as one would type it: no grouping, no useless decimals. */
static void
pay_typed_amount(const struct shop *shop, int64_t amount, char *out,
    size_t size)
{
	int64_t	unit = 1;

	for (int i = 0; i < shop->money.digits; i++) {
		unit *= 10;
	}
	if (shop->who.implied) {
		(void)str_fmt(out, size, "%lld", (long long)amount);
	} else if (amount % unit == 0) {
		(void)str_fmt(out, size, "%lld", (long long)(amount / unit));
	} else {
		(void)str_fmt(out, size, "%lld%c%0*lld",
		    (long long)(amount / unit), shop->money.mark,
		    shop->money.digits, (long long)(amount % unit));
	}
}

static int
pay_open(struct session *s, void *state, const void *arg)
{
	struct pay_screen	*st = state;
	const struct pay_arg	*a = arg;
	int			 r;

	st->shop = session_shop(s);
	st->sale = a->sale;
	if ((r = tender_list(st->shop, &st->tenders, &st->ntenders)) != 0) {
		return r;
	}
	if ((r = tender_default(st->shop, st->usual)) != 0) {
		free(st->tenders);
		st->tenders = NULL;
		return r;
	}
	pay_suggest(st);
	return 0;
}

static void
pay_close(struct session *s, void *state)
{
	struct pay_screen	*st = state;

	(void)s;
	free(st->tenders);
}

static void
pay_draw(const void *state, struct canvas *c)
{
	const struct pay_screen	*st = state;
	char			 text[256];
	int			 row = canvas_rows(c) - 1;

	pay_tenders_text(st->tenders, st->ntenders, text, sizeof(text));
	canvas_clear(c, row, 1);
	canvas_cell(c, row, 2, canvas_cols(c) - 3, STYLE_NORMAL, text);
}

static void
pay_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct pay_screen	*st = state;
	const struct tender	*usual;
	struct buf		 b = { 0 };
	char			 note[MONEY_TEXT];

	(void)typed;
	usual = pay_tender_named(st->tenders, st->ntenders, st->usual);
	if (usual != NULL) {
		buf_fmt(&b, _("Enter = %s %s"), _(usual->label),
		    app_money(st->shop, st->sale->due));
	} else {
		buf_str(&b, _("amount and letter, or a letter alone"));
	}
	if (st->shop->who.implied) {
		buf_fmt(&b, "  2000 = %s", app_money(st->shop, 2000));
	}
	if (usual != NULL && usual->change && st->nnotes > 0) {
		buf_str(&b, "   +");
		for (size_t i = 0; i < st->nnotes; i++) {
			pay_typed_amount(st->shop, st->notes[i], note,
			    sizeof(note));
			buf_fmt(&b, " %s", note);
		}
	}
	(void)str_copy(out, size, buf_text(&b));
	buf_done(&b);
}

/* "+" on an empty line, or after a note it has put there, puts the next one;
 * Enter takes it. */
static enum turn
pay_typed(struct session *s, void *state, const char *text)
{
	struct pay_screen	*st = state;
	size_t			 n = strlen(st->offered);

	if (strncmp(text, st->offered, n) != 0 ||
	    strcmp(text + n, "+") != 0 || st->nnotes == 0) {
		return TURN_STAY;
	}
	pay_typed_amount(st->shop, st->notes[st->note], st->offered,
	    sizeof(st->offered));
	st->note = (st->note + 1) % st->nnotes;
	session_set_entry(s, st->offered);
	return TURN_DRAW;
}

static enum turn
pay_enter(struct session *s, void *state, const char *text)
{
	struct pay_screen	*st = state;
	bool			 posted;

	if (*text != '\0' && pay_is_item(st->shop, text)) {
		if (st->sale->npayments > 0) {
			session_warn(s, _("a barcode is never money; this "
			    "sale is part paid, finish it first"));
			session_beep(s);
			return TURN_KEEP;
		}
		/* One more item at the last moment: it is on the bill. */
		return session_pop(s, false, 0, text);
	}
	if (pay_text(s, st->sale, text, st->doubt, sizeof(st->doubt),
	    &posted) == TURN_KEEP) {
		/* Taken by somebody: the sale says by whom. */
		return st->sale->owner_session ==
		    st->shop->who.session ? TURN_KEEP :
		    session_pop(s, false, 0, "");
	}
	if (posted) {
		return session_pop(s, true, st->sale->change, "");
	}
	pay_suggest(st);
	return TURN_DRAW;
}

/* The sale's own keys go back to it and act there. */
static enum turn
pay_act(struct session *s, void *state, enum action act, const char *rest)
{
	(void)state;
	switch (act) {
	case ACT_SALE_PAY:
		/* F9 pressed twice has opened the payment, not paid it. */
		if (*rest == '\0') {
			session_say(s, _("the payment is open; Enter takes "
			    "the money"));
			return TURN_DRAW;
		}
		return pay_enter(s, state, rest);
	case ACT_FIND:
	case ACT_OPENED:
	case ACT_SALE_LINE:
	case ACT_SALE_PRICE:
	case ACT_SALE_HOLD:
	case ACT_SALE_VOID:
	case ACT_SALE_CANCEL:
	case ACT_UNDO:
		return session_pop(s, false, act, rest);
	default:
		return TURN_PASS;
	}
}

static enum turn
pay_resume(struct session *s, void *state, const struct answer *a)
{
	(void)state;
	if (a->from == &screen_lock) {
		/* Somebody was away: the sale must be looked at again. */
		return session_pop(s, false, 0, "");
	}
	return TURN_DRAW;
}

static const struct binding pay_keys[] = {
	{ ACT_FIND, K_F2, 'f', NULL },
	{ ACT_SALE_LINE, K_F3, 'n', NULL },
	{ ACT_SALE_PRICE, K_F4, 'x', NULL },
	{ ACT_SALE_HOLD, K_F5, 'h', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_SALE_VOID, K_F8, 'v', NULL },
	{ ACT_SALE_PAY, K_F9, 'p', NULL },
	{ ACT_SALE_CANCEL, K_NONE, 'c', NULL },
	{ ACT_UNDO, K_NONE, 'u', NULL },
	{ ACT_PREVIEW, K_NONE, 'w', NULL },
	{ ACT_SWITCH_USER, K_NONE, 's', NULL },
	{ ACT_LOCK, K_NONE, 'l', NULL },
	{ 0 }
};

const struct screen screen_pay = {
	.name = "pay",
	.title = N_("PAYMENT"),
	.right = "pay",
	.help = N_("Enter alone takes the exact amount in the till's usual "
	    "way.  An amount and Enter is that much in it; 30c is 30 by "
	    "card, c alone the rest by card: the letters are in the row "
	    "below the total.  + puts suggested notes on the line, one "
	    "after the other.  Several ways may pay one sale.  A scan is "
	    "never money: it goes on the bill.  Esc goes back to the sale."),
	.flags = SCREEN_OVER,
	.state_size = sizeof(struct pay_screen),
	.keys = pay_keys,
	.open = pay_open,
	.draw = pay_draw,
	.prompt = pay_prompt,
	.typed = pay_typed,
	.enter = pay_enter,
	.act = pay_act,
	.resume = pay_resume,
	.close = pay_close,
};
