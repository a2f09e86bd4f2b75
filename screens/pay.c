/* SPDX-License-Identifier: ISC */
/* Taking the money: over the sale, in the one row it leaves free, so that a
 * payment costs few bytes and the bill stays in sight. */
#include "screens/pay.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screens/app.h"
#include "screens/bill.h"
#include "screens/pay_line.h"
#include "screens/screens.h"
#include "shop/country.h"
#include "shop/currency.h"
#include "shop/ean.h"
#include "shop/entry.h"
#include "shop/payment.h"
#include "shop/return.h"
#include "shop/split.h"
#include "shop/tax.h"
#include "shop/voucher.h"

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
	struct pay_try	 try;
	char		 abroad[48];	/* "  USD  CHF" */
	int		 abroad_cols;
	bool		 over_bill;	/* there is a bill under the row */
	int64_t		 keep;		/* a due this small is not rounded */
};

enum { ASK_REFERENCE = 1, ASK_CAME, ASK_SPLIT, ASK_WAY };

#define PAY_WAY		48		/* bytes of "e  Cash" */

enum turn
pay_ask_again(struct session *s, int tag, const char *question,
    const char *initial)
{
	struct shop	*shop = session_shop(s);
	struct tender	*tenders;
	size_t		 n;
	char		 list[160], text[256];
	int		 r;

	if ((r = tender_list(shop, &tenders, &n)) != 0) {
		return session_fail(s, r);
	}
	pay_tenders_text(tenders, n, session_cols(s) - 3, list, sizeof(list));
	free(tenders);
	(void)str_fmt(text, sizeof(text), "%s  %s", question, list);
	return session_ask(s, tag, false, text, initial);
}

int
pay_again(struct shop *shop, int64_t sale, const char *text)
{
	struct pay_line	line;
	const char	*rest = text + strcspn(text, " ");
	char		word[ENTRY_WORDS], usual[16];
	int		r;

	/* There is no amount: what stands behind is a reference. */
	(void)str_fmt(word, sizeof(word), "%.*s", (int)(rest - text), text);
	rest += strspn(rest, " ");
	if ((r = tender_default(shop, usual)) != 0 ||
	    (r = pay_line_read(shop, word, rest, usual, &line)) != 0) {
		return r;
	}
	if (line.entry.has_amount || line.pay.currency != NULL) {
		return err_set(ERR_INVALID, _("the whole ticket is corrected: "
		    "a tender and its reference"));
	}
	return sale_retender_with(shop, sale, &line.pay);
}

/* ---- taking it ---------------------------------------------------------- */

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

/* What Enter alone takes: the till's tender; what goes back goes the way it
 * came. */
static int
pay_usual(struct shop *shop, const struct sale *sale, char out[static 16])
{
	struct tender	t;
	int64_t		voucher;
	int		r;

	if (sale->due < 0) {
		if ((r = return_tender(shop, sale->id, out, &voucher)) != 0) {
			return r;
		}
		if (out[0] != '\0' && tender_find(shop, out, &t) == 0 &&
		    t.active && t.refund) {
			return 0;
		}
	}
	return tender_default(shop, out);
}

/* Refused or not, show the sale as it is now. */
static int
pay_reload(struct shop *shop, struct sale *sale)
{
	struct sale	fresh;
	int		r = sale_load(shop, sale->id, &fresh);

	if (r == 0) {
		sale_done(sale);
		*sale = fresh;
	}
	return r;
}

static int
pay_take(struct session *s, struct sale *sale, const struct pay *pay,
    struct pay_try *try)
{
	struct shop	*shop = session_shop(s);
	struct paid	 paid;
	int64_t		 version = sale->version;
	int		 r, again;

	r = sale_pay_with(shop, sale->id, &version, pay, &paid);
	again = pay_reload(shop, sale);
	try->posted = paid.posted;
	if (r == ERR_CHANGED && again == 0 && sale->state == SALE_PAID) {
		try->posted = true;	/* paid already: nothing twice */
		return 0;
	}
	return r != 0 ? r : again;
}

/* One share of those still to pay; the last pays what is left. */
static int
pay_share(const struct shop *shop, const struct sale *sale,
    const struct tender *tender, int heads, int64_t *amount)
{
	int64_t	part[SPLIT_MOST];
	int	r;

	*amount = 0;
	if (heads < 2 || sale->due <= 0) {
		return 0;
	}
	if ((r = split_equal(sale->due, heads, part)) != 0) {
		return r;
	}
	*amount = part[0];
	return tender->rounded ? cash_round(part[0], shop->set.cash_step, 0,
	    amount) : 0;
}

enum turn
pay_text(struct session *s, struct sale *sale, const char *text,
    struct pay_try *try)
{
	struct shop	*shop = session_shop(s);
	struct pay_line	 line;
	char		 usual[16];
	int		 r;

	try->posted = false;
	try->asks = false;
	if ((r = pay_usual(shop, sale, usual)) != 0 ||
	    (r = pay_line_read(shop, text, try->more, usual, &line)) != 0 ||
	    (!line.entry.has_amount && line.pay.currency == NULL &&
	    (r = pay_share(shop, sale, &line.tender, try->heads,
	    &line.pay.amount)) != 0)) {
		return pay_refuse(s, r);
	}
	line.pay.sure = try->doubted && strcmp(try->text, text) == 0;
	r = pay_take(s, sale, &line.pay, try);
	try->doubted = r == ERR_DOUBT;
	try->asks = r == ERR_EMPTY && pay_line_lacks(&line);
	(void)str_copy(try->text, sizeof(try->text), text);
	if (r == ERR_DOUBT || try->asks) {
		session_warn(s, "%s", err_text(r));
		session_beep(s);
		return TURN_KEEP;
	}
	if (r != 0) {
		return pay_refuse(s, r);
	}
	try->heads -= try->heads > 0 ? 1 : 0;
	return TURN_DRAW;
}

/* ---- the screen --------------------------------------------------------- */

/* An item's barcode, however short, is never money. */
static bool
pay_is_item(struct shop *shop, const char *text)
{
	struct product	product;
	char		digits[ENTRY_WORDS];

	if (entry_is_scan(text) || scan_is(text, shop->set.scan_prefix) ||
	    (entry_unshift(text, digits, sizeof(digits)) &&
	    entry_is_scan(digits))) {
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

/* Foreign money stands behind the tenders, by its code. */
static int
pay_abroad(struct pay_screen *st)
{
	struct currency	*rows;
	size_t		 n, len = 0;
	int		 r;

	if ((r = currency_list(st->shop, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && len + 6 < sizeof(st->abroad); i++) {
		(void)str_fmt(st->abroad + len, sizeof(st->abroad) - len,
		    "  %s", rows[i].code);
		len = strlen(st->abroad);
	}
	st->abroad_cols = (int)len;
	free(rows);
	return 0;
}

static int
pay_open(struct session *s, void *state, const void *arg)
{
	struct pay_screen	*st = state;
	const struct pay_arg	*a = arg;
	int			 r;

	st->shop = session_shop(s);
	st->sale = a->sale;
	st->over_bill = a->over_bill;
	if ((r = tender_list(st->shop, &st->tenders, &st->ntenders)) != 0) {
		return r;
	}
	st->keep = country_of(st->shop)->cash_keep;
	if ((r = pay_usual(st->shop, st->sale, st->usual)) != 0 ||
	    (r = pay_abroad(st)) != 0) {
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

/* In two rows, parted where their words are cut least; false when not even
 * that has room for all words. */
static bool
pay_two_rows(const struct pay_screen *st, int cols, struct buf row[2])
{
	size_t	best = 0;
	int	widest = 0;

	for (size_t k = 1; k < st->ntenders; k++) {
		int	first = pay_words_fit(st->tenders, k, cols, &row[0]);
		int	rest = pay_words_fit(st->tenders + k,
			    st->ntenders - k, cols - st->abroad_cols,
			    &row[1]);

		if ((first < rest ? first : rest) > widest) {
			widest = first < rest ? first : rest;
			best = k;
		}
	}
	if (best == 0) {
		return false;
	}
	(void)pay_words_fit(st->tenders, best, cols, &row[0]);
	(void)pay_words_fit(st->tenders + best, st->ntenders - best,
	    cols - st->abroad_cols, &row[1]);
	return true;
}

static void
pay_draw(const void *state, struct canvas *c)
{
	const struct pay_screen	*st = state;
	struct buf		 two[2] = { { 0 }, { 0 } };
	char			 text[256];
	int			 row = canvas_rows(c) - 1;
	int			 cols = canvas_cols(c) - 3;

	if (st->over_bill && pay_words_fit(st->tenders, st->ntenders,
	    cols - st->abroad_cols, &two[0]) == 0 &&
	    bill_spare(st->sale, canvas_rows(c), canvas_cols(c)) > 0 &&
	    pay_two_rows(st, cols, two)) {
		bill_raise(st->shop, st->sale, c);
		canvas_put(c, row - 1, 2, STYLE_NORMAL, buf_text(&two[0]));
		canvas_fmt(c, row, 2, STYLE_NORMAL, "%s%s",
		    buf_text(&two[1]), st->abroad);
		buf_done(&two[0]);
		buf_done(&two[1]);
		return;
	}
	buf_done(&two[0]);
	buf_done(&two[1]);
	pay_tenders_text(st->tenders, st->ntenders, cols - st->abroad_cols,
	    text, sizeof(text));
	canvas_clear(c, row, 1);
	canvas_fmt(c, row, 2, STYLE_NORMAL, "%s%s", text, st->abroad);
}

/* On a phone there is room for the letters alone. */
static void
pay_legend(const void *state, struct buf *out)
{
	const struct pay_screen	*st = state;

	for (size_t i = 0; i < st->ntenders; i++) {
		buf_fmt(out, "  %s  %s\n", st->tenders[i].letter,
		    _(st->tenders[i].label));
	}
}

/* The same to choose from: the letter goes on the entry line, for Enter. */
static enum turn
pay_ways(struct session *s, const struct pay_screen *st)
{
	char		(*words)[PAY_WAY];
	const char	**labels;
	enum turn	 turn;

	words = xcalloc(st->ntenders + 1, sizeof(*words));
	labels = xcalloc(st->ntenders + 1, sizeof(*labels));
	for (size_t i = 0; i < st->ntenders; i++) {
		(void)str_fmt(words[i], PAY_WAY, "%s  %s",
		    st->tenders[i].letter, _(st->tenders[i].label));
		labels[i] = words[i];
	}
	turn = session_choose(s, ASK_WAY, _("How is it paid?"), labels,
	    st->ntenders);
	free(labels);
	free(words);
	return turn;
}

/* What Enter alone would do. */
static void
pay_prompt_enter(const struct pay_screen *st, const struct tender *usual,
    struct buf *b)
{
	int64_t	ask = st->sale->due, share;

	if (pay_share(st->shop, st->sale, usual, st->try.heads,
	    &share) == 0 && share != 0) {
		buf_fmt(b, _("Enter = %s %s, %d to pay"), _(usual->label),
		    app_money(st->shop, share), st->try.heads);
		return;
	}
	if (cash_round(st->sale->due, usual->rounded ?
	    st->shop->set.cash_step : 1, st->keep, &ask) != 0) {
		ask = st->sale->due;
	}
	buf_fmt(b, ask < 0 ? _("Enter = %s %s back") : _("Enter = %s %s"),
	    _(usual->label), app_money(st->shop, ask < 0 ? -ask : ask));
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
	if (st->sale->waits && st->sale->due == 0) {
		(void)str_copy(out, size, _("waiting: :confirmed or :failed"));
		return;
	}
	if (usual != NULL) {
		pay_prompt_enter(st, usual, &b);
	} else {
		buf_str(&b, _("amount and letter, or a letter alone"));
	}
	if (st->shop->who.implied) {
		buf_fmt(&b, "  2000 = %s", app_money(st->shop, 2000));
	}
	if (usual != NULL && usual->change && st->nnotes > 0 &&
	    st->try.heads < 2) {
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

/* Take it; what is missing is asked for on the entry line. */
static enum turn
pay_try(struct session *s, struct pay_screen *st, const char *text)
{
	if (pay_text(s, st->sale, text, &st->try) == TURN_KEEP) {
		/* Taken by somebody: the sale says by whom. */
		if (st->sale->owner_session != st->shop->who.session) {
			return session_pop(s, false, 0, "");
		}
		if (!st->try.asks || st->try.more[0] != '\0') {
			return TURN_KEEP;
		}
		session_say(s, "%s", "");	/* the question says it */
		return session_ask_code(s, ASK_REFERENCE,
		    err_text(ERR_EMPTY), "");
	}
	if (st->try.posted) {
		return session_pop(s, true, st->sale->change, "");
	}
	pay_suggest(st);
	return TURN_DRAW;
}

static enum turn
pay_enter(struct session *s, void *state, const char *text)
{
	struct pay_screen	*st = state;
	struct voucher		 v;
	int			 r;

	/* A card pays, unless its VAT was paid: then it goes on the bill. */
	if (voucher_looks(text)) {
		if ((r = voucher_find(st->shop, text, &v)) != 0) {
			return pay_refuse(s, r);
		}
		if (!v.single) {
			(void)str_copy(st->try.more, sizeof(st->try.more),
			    v.number);
			return pay_try(s, st, v.kind == VOUCHER_GIFT ?
			    VOUCHER_TENDER_GIFT : VOUCHER_TENDER_CREDIT);
		}
	}
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
	st->try.more[0] = '\0';
	return pay_try(s, st, text);
}

/* Is the sale still in a state that :split and :confirmed can speak of? */
static enum turn
pay_settled(struct session *s, struct pay_screen *st, int r, bool posted)
{
	int	again = pay_reload(st->shop, st->sale);

	if (r == 0 && again == 0 && posted) {
		return session_pop(s, true, st->sale->change, "");
	}
	pay_suggest(st);
	return r != 0 || again != 0 ? pay_refuse(s, r != 0 ? r : again) :
	    TURN_DRAW;
}

static enum turn
pay_came(struct session *s, struct pay_screen *st, const char *reference)
{
	struct paid	paid;
	int64_t		version = st->sale->version;
	int		r = sale_pay_came(st->shop, st->sale->id, &version,
			    reference, &paid);

	if (r == ERR_EMPTY && st->sale->waits) {
		return session_ask_code(s, ASK_CAME, err_text(r), "");
	}
	return pay_settled(s, st, r, paid.posted);
}

static enum turn
pay_failed(struct session *s, struct pay_screen *st)
{
	int64_t	version = st->sale->version;
	int	r = sale_pay_failed(st->shop, st->sale->id, &version);

	if (r == 0) {
		session_say(s, _("it did not come; the money is due again"));
	}
	return pay_settled(s, st, r, false);
}

/* In so many equal shares, each in its own way; 1 or nothing ends it. */
static enum turn
pay_split(struct session *s, struct pay_screen *st, const char *text)
{
	int64_t	n;

	if (*text == '\0') {
		return session_ask(s, ASK_SPLIT, false,
		    _("Split between how many?"), "");
	}
	if (str_to_i64(text, 1, SPLIT_MOST, &n) != 0) {
		session_warn(s, _("a split is in 2 to %d parts"), SPLIT_MOST);
		session_beep(s);
		return TURN_KEEP;
	}
	st->try.heads = n > 1 ? (int)n : 0;
	return TURN_DRAW;
}

/* The sale's own keys go back to it and act there. */
static enum turn
pay_act(struct session *s, void *state, enum action act, const char *rest)
{
	switch (act) {
	case ACT_PAY_WAYS:
		return pay_ways(s, state);
	case ACT_SPLIT:
		return pay_split(s, state, rest);
	case ACT_PAY_CAME:
		return pay_came(s, state, rest);
	case ACT_PAY_FAILED:
		return pay_failed(s, state);
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
	case ACT_CUSTOMER:
	case ACT_UNDO:
		return session_pop(s, false, act, rest);
	default:
		return TURN_PASS;
	}
}

static enum turn
pay_resume(struct session *s, void *state, const struct answer *a)
{
	struct pay_screen	*st = state;
	char			 text[ENTRY_WORDS];

	if (a->from == &screen_lock) {
		/* Somebody was away: the sale must be looked at again. */
		return session_pop(s, false, 0, "");
	}
	if (!a->ok || a->text[0] == '\0') {
		return TURN_DRAW;
	}
	switch (a->tag) {
	case ASK_REFERENCE:
		(void)str_copy(st->try.more, sizeof(st->try.more), a->text);
		(void)str_copy(text, sizeof(text), st->try.text);
		return pay_try(s, st, text);
	case ASK_CAME:
		return pay_came(s, st, a->text);
	case ASK_SPLIT:
		return pay_split(s, st, a->text);
	case ASK_WAY:
		if (a->value >= 0 && (size_t)a->value < st->ntenders) {
			session_set_entry(s, st->tenders[a->value].letter);
		}
		return TURN_DRAW;
	default:
		return TURN_DRAW;
	}
}

static const struct binding pay_keys[] = {
	{ ACT_FIND, K_F2, 'f', NULL },
	{ ACT_SALE_LINE, K_F3, 'n', NULL },
	{ ACT_SALE_PRICE, K_F4, 'x', NULL },
	{ ACT_SALE_HOLD, K_F5, 'h', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_CUSTOMER, K_F7, 'b', NULL },
	{ ACT_SALE_VOID, K_F8, 'v', NULL },
	{ ACT_SALE_PAY, K_F9, 'p', NULL },
	{ ACT_PAY_WAYS, K_NONE, 'm', NULL },
	{ ACT_SPLIT, K_NONE, 'd', NULL },
	{ ACT_PAY_CAME, K_NONE, 'y', NULL },
	{ ACT_PAY_FAILED, K_NONE, 'z', NULL },
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
	    "below the total, in full above and under :ways.  + puts "
	    "suggested notes on the line, one after the other.  Several "
	    "ways may pay one sale.  30 usd is "
	    "foreign money, the change is ours; 52c on 48 is a tip, asked "
	    "twice; :split 3 offers equal shares.  What needs a number or a "
	    "telephone asks for it, or it stands behind: 50q 1234567.  Mobile "
	    "money waits: :confirmed with its reference, or :failed.  A scan "
	    "is never money: it goes on the bill.  Esc goes back to the "
	    "sale."),
	.flags = SCREEN_OVER | SCREEN_SCANS,
	.state_size = sizeof(struct pay_screen),
	.keys = pay_keys,
	.open = pay_open,
	.draw = pay_draw,
	.legend = pay_legend,
	.prompt = pay_prompt,
	.typed = pay_typed,
	.enter = pay_enter,
	.act = pay_act,
	.resume = pay_resume,
	.close = pay_close,
};
