/* SPDX-License-Identifier: ISC */
/* Selling what was found: the questions that come before it, one after the
 * other, and the offer to make an item of a barcode nobody knows. */
#include "screens/sale.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "screens/app.h"
#include "screens/choose.h"
#include "screens/screens.h"
#include "shop/ean.h"
#include "shop/gs1.h"
#include "shop/serial.h"
#include "shop/variant.h"

/* ---- strange quantities -------------------------------------------------- */

/* The typed line with another quantity, as the entry line shall have it. */
static void
ring_better(const struct sale_screen *st, const struct entry *entry,
    int64_t better, char *out, size_t size)
{
	char	qty[MONEY_TEXT];

	qty_plain(st->shop->money.mark, better, qty);
	if (entry->kind == ENTRY_TIMES || entry->kind == ENTRY_MORE) {
		(void)str_fmt(out, size, "%s%s",
		    entry->kind == ENTRY_TIMES ? "*" : "+", qty);
	} else if (entry->has_price) {
		(void)str_fmt(out, size, "%s*%s@%s", qty, entry->words,
		    app_typed(st->shop, entry->price));
	} else {
		(void)str_fmt(out, size, "%s*%s", qty, entry->words);
	}
}

static enum turn
ring_weigh(struct session *s, const struct sale_screen *st)
{
	const struct product	*p = &st->ringing.product;
	char			 question[PRODUCT_NAME + 40];

	(void)str_fmt(question, sizeof(question), _("%s: how many %s?"),
	    p->name, p->unit);
	return session_ask(s, ASK_WEIGHT, false, question, "");
}

/*
 * A quantity that looks wrong is asked about on the message line and what may
 * have been meant stands in the entry line: Enter takes that.  The same line
 * typed again is meant.  False: go on; else *turn is the answer.
 */
bool
ring_doubts(struct session *s, struct sale_screen *st,
    const struct product *product, const struct entry *entry,
    const char *text, enum turn *turn)
{
	char			better_text[ENTRY_MAX];
	int64_t			better;
	enum entry_doubt	doubt;
	const char		*qty;

	doubt = entry_doubt(entry, product->by_weight, &better);
	if (doubt == DOUBT_NONE) {
		return false;
	}
	if (doubt == DOUBT_WEIGH) {
		*turn = ring_weigh(s, st);
		return true;
	}
	if (doubt != DOUBT_FRACTION && strcmp(st->doubt, text) == 0) {
		return false;
	}
	(void)str_copy(st->doubt, sizeof(st->doubt), text);
	qty = app_qty(st->shop, entry->qty);
	switch (doubt) {
	case DOUBT_HEAVY:
		session_warn(s, _("%s %s? Enter takes %s; type it again "
		    "to mean it"), qty, product->unit,
		    app_qty(st->shop, better));
		break;
	case DOUBT_FRACTION:
		session_warn(s, _("%s %s? It is sold by the piece; Enter "
		    "takes %s"), qty, product->name,
		    app_qty(st->shop, better));
		break;
	default:
		session_warn(s, _("%s %s? Enter again if you mean it"), qty,
		    product->name);
		break;
	}
	session_beep(s);
	if (better > 0) {
		ring_better(st, entry, better, better_text,
		    sizeof(better_text));
		session_set_entry(s, better_text);
		*turn = TURN_DRAW;
	} else {
		*turn = TURN_KEEP;
	}
	return true;
}

/* What is past its day is sold only when scanned again. */
static bool
ring_expired(struct session *s, struct sale_screen *st, enum turn *turn)
{
	const struct ringing	*r = &st->ringing;
	char			 today[CLOCK_DAY_SIZE];

	if (r->scan.expiry[0] == '\0') {
		return false;
	}
	clock_business_day(shop_now(), st->shop->set.day_start_hour, today);
	if (strcmp(r->scan.expiry, today) >= 0 ||
	    strcmp(st->doubt, r->text) == 0) {
		return false;
	}
	(void)str_copy(st->doubt, sizeof(st->doubt), r->text);
	session_warn(s, _("%s expired on %s; scan it again to sell it all "
	    "the same"), r->product.name,
	    app_day_of(st->shop, r->scan.expiry));
	session_beep(s);
	*turn = TURN_KEEP;
	return true;
}

/* ---- selling ------------------------------------------------------------- */

static enum turn
ring_sell(struct session *s, struct sale_screen *st)
{
	struct ringing	*ring = &st->ringing;
	struct sale_item item = {
		.product = ring->product.id,
		.qty = ring->product.serials ? QTY_ONE : ring->entry.qty,
		.amount = ring->scan.has_amount ? &ring->scan.amount : NULL,
		.price = ring->entry.has_price ? &ring->entry.price : NULL,
		.serial = ring->scan.serial,
		.lot = ring->scan.lot,
		.expiry = ring->scan.expiry,
		.note = ring->note,
		.picks = ring->chosen ? ring->picks : NULL,
		.npicks = ring->npicks,
		.course = st->course < 0 ? NULL : &st->course,
		.seat = st->seat,
	};
	int64_t		id = st->sale.id, version = st->sale.version, line;
	int		r;

	r = sale_add_items(st->shop, &id, &version, &item, 1, &line);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	ring_done(s, st, id);
	table_warn(s, st, &ring->product);
	sale_said(s, st);
	/* Three pieces are three numbers, asked one by one. */
	if (ring->product.serials && ring->entry.qty > QTY_ONE) {
		ring->entry.qty -= QTY_ONE;
		ring->piece++;
		ring->scan.serial[0] = '\0';
		return ring_go(s, st);
	}
	return TURN_DRAW;
}

static enum turn
ring_ask_price(struct session *s, const struct sale_screen *st)
{
	const struct product	*p = &st->ringing.product;
	char			 question[PRODUCT_NAME + 80];
	char			 least[MONEY_TEXT], most[MONEY_TEXT];

	money_plain(&st->shop->money, p->min_price, least);
	money_plain(&st->shop->money, p->max_price, most);
	if (p->max_price == 0) {
		(void)str_fmt(question, sizeof(question), _("%s: at what "
		    "price?"), p->name);
	} else {
		(void)str_fmt(question, sizeof(question), _("%s: at what "
		    "price, %s to %s?"), p->name, least, most);
	}
	return session_ask(s, ASK_OPEN_PRICE, false, question, "");
}

static enum turn
ring_ask_serial(struct session *s, const struct sale_screen *st)
{
	const struct ringing	*r = &st->ringing;
	int64_t			 left = r->entry.qty / QTY_ONE;
	char			 question[PRODUCT_NAME + 60];

	if (r->piece + left > 1) {
		(void)str_fmt(question, sizeof(question), _("%s, %lld of "
		    "%lld: its serial number?"), r->product.name,
		    (long long)r->piece + 1, (long long)r->piece +
		    (long long)left);
	} else {
		(void)str_fmt(question, sizeof(question), _("%s: its serial "
		    "number?"), r->product.name);
	}
	return session_ask_code(s, ASK_SERIAL, question, "");
}

/* ---- sizes and options -------------------------------------------------- */

/* The first number that was typed behind the code, out of `n`; false: none
 * there, or none of these. */
static bool
ring_number(struct ringing *r, size_t n, size_t *at)
{
	size_t	digits = strspn(r->numbers, "0123456789"), number = 0;

	for (size_t i = 0; i < digits && i < 3; i++) {
		number = number * 10 + (size_t)(r->numbers[i] - '0');
	}
	if (digits == 0 || digits > 2 || number < 1 || number > n) {
		return false;
	}
	*at = number - 1;
	digits += strspn(r->numbers + digits, ".,");
	memmove(r->numbers, r->numbers + digits,
	    strlen(r->numbers + digits) + 1);
	return true;
}

/* The variant that the numbers name; false: it is to be asked. */
static bool
ring_variant(struct sale_screen *st, int64_t *product)
{
	struct ringing		*r = &st->ringing;
	struct variant_set	 set;
	const struct variant	*v = NULL;
	const char		*first[99], *second[99] = { "" };
	size_t			 n, i, k = 0;

	if (variant_load(st->shop, r->product.id, &set) != 0) {
		return false;
	}
	variant_values(&set, 0, NULL, first, NELEM(first), &n);
	if (ring_number(r, n, &i)) {
		if (set.naxes > 1) {
			variant_values(&set, 1, first[i], second,
			    NELEM(second), &n);
		}
		if (set.naxes < 2 || ring_number(r, n, &k)) {
			v = variant_find(&set, first[i], second[k]);
		}
	}
	*product = v == NULL ? 0 : v->product;
	variant_done(&set);
	return v != NULL;
}

static enum turn
ring_ask_choice(struct session *s, struct sale_screen *st)
{
	struct ringing	*r = &st->ringing;

	st->acted_on = 0;
	return session_push(s, &screen_choose, &(struct choose_arg){
	    .product = &r->product, .qty = r->entry.qty, .picks = r->picks,
	    .npicks = r->npicks });
}

/*
 * What is preset, and the numbers typed behind the code; only what is still
 * missing is asked.  True: *turn says it.
 */
static bool
ring_asks_options(struct session *s, struct sale_screen *st,
    enum turn *turn)
{
	struct ringing		*r = &st->ringing;
	struct option_set	 set;
	int			 error;

	if ((error = option_load(st->shop, r->product.id, &set)) != 0) {
		*turn = session_fail(s, error);
		return true;
	}
	r->npicks = 0;
	if (r->numbers[0] == '\0') {
		r->npicks = option_presets(&set, r->picks);
	} else {
		error = option_numbers(&set, r->numbers, r->picks,
		    &r->npicks);
	}
	if (error != 0) {
		session_beep(s);
		*turn = session_fail(s, error);
	} else if ((error = option_check(&set, r->picks, r->npicks)) ==
	    ERR_EMPTY) {
		*turn = ring_ask_choice(s, st);
	} else if (error != 0) {
		session_beep(s);
		*turn = session_fail(s, error);
	}
	r->chosen = error == 0;
	option_done(&set);
	return error != 0;
}

/* False: nothing is left to be chosen. */
static bool
ring_asks(struct session *s, struct sale_screen *st, enum turn *turn)
{
	struct ringing	*r = &st->ringing;
	int64_t		 product;
	int		 error;

	if ((r->product.choices & PRODUCT_VARIANTS) != 0) {
		if (!ring_variant(st, &product)) {
			*turn = ring_ask_choice(s, st);
			return true;
		}
		if ((error = product_get(st->shop, product,
		    &r->product)) != 0) {
			*turn = session_fail(s, error);
			return true;
		}
	}
	return (r->product.choices & PRODUCT_OPTIONS) != 0 && !r->chosen &&
	    ring_asks_options(s, st, turn);
}

enum turn
ring_options(struct session *s, struct sale_screen *st)
{
	const struct sale_line	*line = sale_current(st);
	struct product		 p;
	int64_t			 picks[OPTION_PICKS];
	size_t			 n;
	int			 r;

	if ((r = product_get(st->shop, line->product, &p)) != 0 ||
	    (r = sale_options(st->shop, line->id, picks, &n)) != 0) {
		return session_fail(s, r);
	}
	p.choices &= ~PRODUCT_VARIANTS;
	st->acted_on = line->id;
	return session_push(s, &screen_choose, &(struct choose_arg){
	    .product = &p, .qty = line->qty, .picks = picks, .npicks = n,
	    .again = true });
}

enum turn
ring_chosen(struct session *s, struct sale_screen *st,
    const struct answer *a)
{
	struct ringing	*r = &st->ringing;
	int64_t		 version = st->sale.version;
	enum turn	 turn;
	int		 error;

	if (!a->ok) {
		return TURN_DRAW;
	}
	if (st->acted_on != 0) {
		r->npicks = choose_picks(a->text, r->picks);
		if ((error = sale_set_options(st->shop, st->sale.id,
		    &version, st->acted_on, r->picks, r->npicks)) != 0) {
			return sale_failed(s, st, error);
		}
		sale_show(s, st);
		sale_said(s, st);
		return TURN_DRAW;
	}
	if (a->value != 0) {
		if ((error = product_get(st->shop, a->value,
		    &r->product)) != 0) {
			return session_fail(s, error);
		}
	} else {
		r->npicks = choose_picks(a->text, r->picks);
		r->chosen = true;
	}
	turn = ring_go(s, st);
	if (turn == TURN_KEEP && *session_entry(s) == '\0') {
		/* It left the line for the questions. */
		session_set_entry(s, r->text);
	}
	return turn;
}

/* ---- selling it --------------------------------------------------------- */

enum turn
ring_go(struct session *s, struct sale_screen *st)
{
	struct ringing	*r = &st->ringing;
	enum turn	 turn;

	if (ring_doubts(s, st, &r->product, &r->entry, r->text, &turn) ||
	    ring_expired(s, st, &turn)) {
		return turn;
	}
	if ((r->product.choices & PRODUCT_ASKS) != 0 &&
	    ring_asks(s, st, &turn)) {
		return turn;
	}
	if (r->product.kind == PRODUCT_DEPARTMENT && !r->entry.has_price &&
	    !r->scan.has_amount) {
		return ring_ask_price(s, st);
	}
	if (r->product.serials && r->scan.serial[0] == '\0') {
		return ring_ask_serial(s, st);
	}
	return ring_sell(s, st);
}

/* ---- answers ------------------------------------------------------------- */

static enum turn
ring_refused(struct session *s, int r)
{
	session_beep(s);
	(void)session_fail(s, r);
	return TURN_KEEP;
}

static enum turn
ring_weighed(struct session *s, struct sale_screen *st, const char *text)
{
	struct entry	*entry = &st->ringing.entry;
	enum turn	 turn;
	int		 r;

	if (entry_is_scan(text)) {
		r = err_set(ERR_INVALID,
		    _("a barcode is no weight; Esc leaves the weighing"));
	} else {
		r = qty_parse(text, &entry->qty);
	}
	if (r == 0 && entry->qty <= 0) {
		r = err_set(ERR_RANGE, _("nothing weighed; Esc leaves the "
		    "weighing"));
	}
	if (r != 0) {
		entry->qty = QTY_ONE;
		return ring_refused(s, r);
	}
	entry->has_qty = true;
	/* A strange weight is asked about on the sale's own line. */
	turn = ring_go(s, st);
	return turn == TURN_KEEP ? TURN_DRAW : turn;
}

static enum turn
ring_priced(struct session *s, struct sale_screen *st, const char *text)
{
	struct entry	*entry = &st->ringing.entry;
	enum turn	 turn;
	int		 r;

	r = entry_price_parse(text, &st->shop->money, st->shop->who.implied,
	    &entry->price);
	if (r != 0) {
		return ring_refused(s, r);
	}
	entry->has_price = true;
	turn = ring_go(s, st);
	if (turn == TURN_KEEP) {
		entry->has_price = false;	/* refused: asked again */
	}
	return turn;
}

static enum turn
ring_numbered(struct session *s, struct sale_screen *st, const char *text)
{
	enum turn	turn;
	int		r = serial_scanned(st->shop, st->ringing.product.id,
			    text, st->ringing.scan.serial);

	if (r != 0) {
		return ring_refused(s, r);
	}
	turn = ring_go(s, st);
	if (turn == TURN_KEEP) {
		st->ringing.scan.serial[0] = '\0';
	}
	return turn;
}

enum turn
ring_answered(struct session *s, struct sale_screen *st,
    const struct answer *a)
{
	char	text[ENTRY_MAX];

	if (!a->ok) {
		return TURN_DRAW;	/* Esc: not sold */
	}
	(void)str_copy(text, sizeof(text), a->text);
	switch (a->tag) {
	case ASK_WEIGHT:
		return ring_weighed(s, st, text);
	case ASK_OPEN_PRICE:
		return ring_priced(s, st, text);
	default:
		return ring_numbered(s, st, text);
	}
}

/* ---- what nobody knows --------------------------------------------------- */

enum turn
ring_unknown(struct session *s, struct sale_screen *st,
    const struct entry *entry)
{
	char	digits[ENTRY_WORDS];
	bool	scan = scan_is(entry->words, st->shop->set.scan_prefix);

	/* Not a question: the next scan is to be rung up all the same. */
	if (scan && shop_may(st->shop, RIGHT_PRODUCT)) {
		if (strcmp(st->doubt, entry->words) == 0) {
			st->doubt[0] = '\0';
			st->unknown = *entry;
			return session_push(s, &screen_newitem,
			    entry->words);
		}
		(void)str_copy(st->doubt, sizeof(st->doubt), entry->words);
		session_warn(s, _("barcode %.40s is not in the catalogue; "
		    "Enter makes an item of it"), entry->words);
		session_beep(s);
		return TURN_KEEP;
	}
	if (scan || entry_is_scan(entry->words) ||
	    (entry_unshift(entry->words, digits, sizeof(digits)) &&
	    entry_is_scan(digits))) {
		session_warn(s, _("barcode %.40s is not in the catalogue; "
		    "F2 finds it by name"), entry->words);
	} else {
		session_warn(s, _("no code or name begins with %.40s; "
		    "F2 looks further"), entry->words);
	}
	session_beep(s);
	return TURN_KEEP;
}

enum turn
ring_created(struct session *s, struct sale_screen *st, int64_t product)
{
	struct ringing	*r = &st->ringing;
	int		 error;

	*r = (struct ringing){ .entry = st->unknown };
	if ((error = product_get(st->shop, product, &r->product)) != 0) {
		return session_fail(s, error);
	}
	(void)str_copy(r->text, sizeof(r->text), r->entry.words);
	return ring_go(s, st);
}
