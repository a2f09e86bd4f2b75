/* SPDX-License-Identifier: ISC */
/* Ringing up: from what is typed or scanned to a line of the sale. */
#include "screens/sale.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"

/* ---- search as you type ------------------------------------------------- */

static const struct column ring_columns[] = {
	{ N_("Code"), 8, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Price"), 10, true, 0 },
	{ N_("Stock"), 10, true, 60 },
	{ 0 }
};

static int
ring_count(struct session *s, void *ctx, int64_t *n)
{
	const struct sale_screen	*st = ctx;

	(void)s;
	*n = st->nfound;
	return 0;
}

static int
ring_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct sale_screen	*st = ctx;

	(void)s;
	for (int64_t i = from; i < from + n && i < st->nfound; i++) {
		const struct product	*p = &st->found[i];

		list_add(into, p->id, STYLE_NORMAL, "%s\t%s\t%s\t%s%s%s",
		    p->code, p->name, app_money(st->shop, p->price),
		    p->tracked ? app_qty(st->shop, p->stock) : "",
		    p->tracked && p->by_weight ? " " : "",
		    p->tracked && p->by_weight ? p->unit : "");
	}
	return 0;
}

static int
ring_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	const struct sale_screen	*st = ctx;

	(void)s;
	*at = -1;
	for (int i = 0; i < st->nfound; i++) {
		if (st->found[i].id == id) {
			*at = i;
		}
	}
	return 0;
}

static const struct list_source ring_source = {
	ring_count, ring_fetch, ring_find
};

void
ring_open(struct session *s, struct sale_screen *st)
{
	(void)s;
	list_init(&st->search.list, ring_columns, &ring_source, st);
}

void
ring_close(struct sale_screen *st)
{
	list_done(&st->search.list);
	free(st->found);
	st->found = NULL;
}

/* Look the words up and show what was found; "" shows nothing. */
static int
ring_search(struct session *s, struct sale_screen *st, const char *words)
{
	int	r = 0;

	st->nfound = 0;
	(void)str_copy(st->searched, sizeof(st->searched), words);
	if (*words != '\0') {
		if (st->found == NULL) {
			st->found = xcalloc(SALE_FOUND, sizeof(*st->found));
		}
		r = product_search(st->shop, words, SALE_FOUND, st->found,
		    &st->nfound);
	}
	if (r == 0) {
		r = search_typed(s, &st->search, words);
	}
	return r;
}

/* A pattern is looked up once it is closed: /caf.* / */
static bool
ring_pattern_whole(const char *words)
{
	size_t	n = strlen(words);

	return n > 2 && words[n - 1] == '/';
}

enum turn
ring_typed(struct session *s, struct sale_screen *st, const char *text)
{
	struct entry	 entry;
	const char	*words = "";
	bool		 was = st->search.open;

	/* The first key after a paid sale is the next one's. */
	if (*text != '\0' && sale_over(st) && !st->taken) {
		sale_clear(s, st);
		was = true;
	}
	st->search.focus = false;
	if (entry_parse(text, &st->shop->money, st->shop->who.implied,
	    &entry) != 0) {
		/* Not finished: "3*", "1001@". */
		return was ? TURN_DRAW : TURN_STAY;
	}
	st->entry = entry;
	if (entry.kind == ENTRY_ITEM && !entry.digits &&
	    (!entry.pattern || ring_pattern_whole(entry.words))) {
		words = entry.words;
	}
	if (*words == '\0' && !was) {
		return TURN_STAY;
	}
	if (ring_search(s, st, words) != 0) {
		return TURN_STAY;	/* half a pattern; Enter says so */
	}
	return TURN_DRAW;
}

/* ---- selling ------------------------------------------------------------ */

/* `amount` is what a scale printed on the label for the whole; NULL: none. */
static enum turn
ring_sell(struct session *s, struct sale_screen *st,
    const struct product *product, const struct entry *entry,
    const int64_t *amount)
{
	const struct sale_item	item = { .product = product->id,
		.qty = entry->qty, .amount = amount,
		.price = entry->has_price ? &entry->price : NULL };
	int64_t	id = st->sale.id, version = st->sale.version, line = 0;
	int	r;

	r = sale_add_items(st->shop, &id, &version, &item, 1, &line);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	st->sale.id = id;
	st->doubt[0] = '\0';
	st->bill.mark = 0;
	st->offer.id = 0;
	(void)ring_search(s, st, "");
	sale_show(s, st);
	return TURN_DRAW;
}

/* The typed line with another quantity, as the entry line shall have it. */
static void
ring_better(const struct sale_screen *st, const struct entry *entry,
    int64_t better, char *out, size_t size)
{
	char	qty[MONEY_TEXT];

	qty_plain(st->shop->money.mark, better, qty);
	if (entry->kind == ENTRY_TIMES) {
		(void)str_fmt(out, size, "*%s", qty);
	} else if (entry->has_price) {
		(void)str_fmt(out, size, "%s*%s@%s", qty, entry->words,
		    app_money(st->shop, entry->price));
	} else {
		(void)str_fmt(out, size, "%s*%s", qty, entry->words);
	}
}

static enum turn
ring_weigh(struct session *s, const struct sale_screen *st)
{
	char	question[PRODUCT_NAME + 40];

	(void)str_fmt(question, sizeof(question), _("%s: how many %s?"),
	    st->weighed.name, st->weighed.unit);
	return session_ask(s, ASK_WEIGHT, false, question, "");
}

/*
 * A quantity that looks wrong is asked about on the message line and what may
 * have been meant stands in the entry line: Enter takes that.  The same line
 * typed again is meant.  False: go on; else *turn is the answer.
 */
static bool
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
		st->weighed = *product;
		st->weighed_as = *entry;
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

/* "*4": the current line becomes four. */
static enum turn
ring_times(struct session *s, struct sale_screen *st,
    const struct entry *entry, const char *text)
{
	const struct sale_line	*line = sale_current(st);
	struct product		 product = { 0 };
	int64_t			 version = st->sale.version;
	enum turn		 turn;
	int			 r;

	if (line == NULL || sale_over(st)) {
		session_warn(s, _("there is no line yet; 4*1001 sells four"));
		session_beep(s);
		return TURN_KEEP;
	}
	product.by_weight = line->by_weight;
	(void)str_copy(product.name, sizeof(product.name), line->label);
	(void)str_copy(product.unit, sizeof(product.unit), line->unit);
	if (ring_doubts(s, st, &product, entry, text, &turn)) {
		return turn;
	}
	r = sale_set_qty(st->shop, st->sale.id, &version, line->id,
	    entry->qty);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	st->doubt[0] = '\0';
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
ring_unknown(struct session *s, const struct entry *entry)
{
	char	digits[ENTRY_WORDS];

	if (entry_is_scan(entry->words) ||
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

/* A label from a scale says how much by itself. */
static int
ring_label(struct entry *entry, const struct scan *scan)
{
	if (!scan->has_qty && !scan->has_amount) {
		return 0;
	}
	if (entry->has_qty || entry->has_price) {
		return err_set(ERR_INVALID, _("this label has its own weight "
		    "and price; scan it alone"));
	}
	if (scan->has_qty) {
		entry->has_qty = true;
		entry->qty = scan->qty;
	}
	return 0;
}

enum turn
ring_enter(struct session *s, struct sale_screen *st, const char *text)
{
	struct product	 product;
	struct entry	 entry;
	struct scan	 scan = { 0 };
	enum found	 found;
	enum turn	 turn;
	int64_t		 id = 0;
	int		 r;

	if (st->taken) {
		session_warn(s, _("this sale is %s's now; F6 takes it back, "
		    "Esc starts another"), st->taken_by);
		session_beep(s);
		return TURN_KEEP;
	}
	if ((r = entry_parse(text, &st->shop->money, st->shop->who.implied,
	    &entry)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	st->entry = entry;
	if (entry.kind == ENTRY_NOTHING) {
		return TURN_STAY;
	}
	if (sale_over(st)) {
		sale_clear(s, st);
	}
	if (entry.kind == ENTRY_TIMES) {
		return ring_times(s, st, &entry, text);
	}

	/* A code that looks like "3*4" or "A/5" is still that code. */
	if (strcmp(text, entry.words) != 0 &&
	    product_find(st->shop, text, &product) == 0) {
		entry = (struct entry){ .kind = ENTRY_ITEM, .qty = QTY_ONE };
		(void)str_copy(entry.words, sizeof(entry.words), text);
		id = product.id;
	} else if (!st->search.focus && !entry.pattern) {
		r = product_scan(st->shop, entry.words, &product, &scan);
		if (r == 0 && (r = ring_label(&entry, &scan)) == 0) {
			id = product.id;
		} else if (r != ERR_NOT_FOUND) {
			session_beep(s);
			return session_fail(s, r);
		}
	}
	if (id == 0 && !entry_is_scan(entry.words) &&
	    strcmp(st->searched, entry.words) != 0 &&
	    (r = ring_search(s, st, entry.words)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	found = search_enter(s, &st->search, id, &id);
	if (found == FOUND_MANY) {
		session_set_entry(s, text);	/* more letters narrow it */
		return TURN_DRAW;
	}
	if (found == FOUND_NOTHING) {
		return ring_unknown(s, &entry);
	}
	if ((r = product_get(st->shop, id, &product)) != 0) {
		return session_fail(s, r);
	}
	if (ring_doubts(s, st, &product, &entry, text, &turn)) {
		return turn;
	}
	return ring_sell(s, st, &product, &entry,
	    scan.has_amount ? &scan.amount : NULL);
}

enum turn
ring_weighed(struct session *s, struct sale_screen *st,
    const struct answer *answer)
{
	struct entry	entry = st->weighed_as;
	enum turn	turn;
	int		r;

	if (!answer->ok) {
		return TURN_DRAW;	/* Esc: not sold */
	}
	if (entry_is_scan(answer->text)) {
		r = err_set(ERR_INVALID,
		    _("a barcode is no weight; Esc leaves the weighing"));
	} else {
		r = qty_parse(answer->text, &entry.qty);
	}
	if (r == 0 && entry.qty <= 0) {
		r = err_set(ERR_RANGE, _("nothing weighed; Esc leaves the "
		    "weighing"));
	}
	if (r != 0) {
		turn = ring_weigh(s, st);
		(void)session_fail(s, r);
		session_beep(s);
		return turn;
	}
	entry.has_qty = true;
	if (ring_doubts(s, st, &st->weighed, &entry, entry.words, &turn)) {
		return turn;
	}
	turn = ring_sell(s, st, &st->weighed, &entry, NULL);
	return turn == TURN_KEEP ? TURN_DRAW : turn;
}

enum turn
ring_product(struct session *s, struct sale_screen *st, int64_t product)
{
	struct entry	entry = { .kind = ENTRY_ITEM, .qty = QTY_ONE };
	struct product	p;
	enum turn	turn;
	int		r;

	if ((r = product_get(st->shop, product, &p)) != 0) {
		return session_fail(s, r);
	}
	if (sale_over(st)) {
		sale_clear(s, st);
	}
	(void)str_copy(entry.words, sizeof(entry.words), p.code);
	if (ring_doubts(s, st, &p, &entry, p.code, &turn)) {
		return turn;
	}
	return ring_sell(s, st, &p, &entry, NULL);
}
