/* SPDX-License-Identifier: ISC */
/* Ringing up: from what is typed or scanned to a line of the sale. */
#include "screens/sale.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"
#include "shop/dish.h"

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

/* "3 left" or "sold out" where others show their stock; on a narrow screen
 * the name says it. */
static void
ring_counted(const struct sale_screen *st, const struct product *p,
    struct list *into)
{
	struct dish	d;
	char		left[40] = "";

	if (dish_get(st->shop, p->id, &d) == 0 && d.counted) {
		(void)str_fmt(left, sizeof(left), d.left > 0 ?
		    _("%s left") : _("sold out"),
		    app_qty(st->shop, d.left));
	}
	list_add(into, p->id, STYLE_NORMAL, "%s\t%s%s%s\t%s\t%s", p->code,
	    p->name, left[0] != '\0' ? " - " : "", left,
	    app_money(st->shop, p->price), left);
}

static int
ring_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct sale_screen	*st = ctx;

	(void)s;
	for (int64_t i = from; i < from + n && i < st->nfound; i++) {
		const struct product	*p = &st->found[i];

		if ((p->choices & PRODUCT_COUNTED) != 0) {
			ring_counted(st, p, into);
			continue;
		}
		list_add(into, p->id, STYLE_NORMAL, "%s\t%s\t%s\t%s",
		    p->code, p->name, app_money(st->shop, p->price),
		    app_stock(st->shop, p));
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

static bool
ring_impatient(void *ctx)
{
	return session_pressed(ctx);
}

/* Look the words up and show what was found; "" shows nothing.  `live`: who
 * types on does not wait for it. */
static int
ring_search(struct session *s, struct sale_screen *st, const char *words,
    bool live)
{
	int	r = 0;

	st->nfound = 0;
	(void)str_copy(st->searched, sizeof(st->searched), words);
	if (*words != '\0') {
		if (st->found == NULL) {
			st->found = xcalloc(SALE_FOUND, sizeof(*st->found));
		}
		r = product_search_until(st->shop, words, SALE_FOUND,
		    live ? ring_impatient : NULL, s, st->found, &st->nfound);
	}
	if (r != 0) {
		st->searched[0] = '\0';	/* not to the end: Enter asks anew */
		st->nfound = 0;
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
	bool		 was = st->search.open || st->quick.shown;
	enum turn	 turn;

	if (quick_typed(s, st, text, &turn)) {
		return turn;
	}
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
	if (ring_search(s, st, words, true) != 0) {
		return TURN_STAY;	/* half a pattern; Enter says so */
	}
	return TURN_DRAW;
}

/* ---- selling ------------------------------------------------------------ */

void
ring_done(struct session *s, struct sale_screen *st, int64_t id)
{
	st->sale.id = id;
	st->doubt[0] = '\0';
	st->bill.mark = 0;
	st->offer.id = 0;
	(void)ring_search(s, st, "", false);
	sale_show(s, st);
}

/* "+3": so many more of the current line. */
static int
ring_more(struct sale_screen *st, const struct sale_line *line, int64_t more)
{
	int64_t	version = st->sale.version;

	return line->by_weight ? err_set(ERR_INVALID, _("%s is weighed each "
	    "time; scan or type it again"), line->label) :
	    sale_more(st->shop, st->sale.id, &version, &line->id, &more, 1);
}

/* "*4": the current line becomes four; "+": one more. */
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
	if (!(entry->kind == ENTRY_MORE && line->by_weight) &&
	    ring_doubts(s, st, &product, entry, text, &turn)) {
		return turn;
	}
	r = entry->kind == ENTRY_MORE ? ring_more(st, line, entry->qty) :
	    sale_set_qty(st->shop, st->sale.id, &version, line->id,
	    entry->qty);
	if (r != 0) {
		return sale_failed(s, st, r);
	}
	st->doubt[0] = '\0';
	sale_show(s, st);
	sale_said(s, st);
	return TURN_DRAW;
}

/* Three boxes of six are eighteen. */
static int
ring_packs(struct entry *entry, const struct scan *scan)
{
	int64_t	qty = entry->has_qty ? entry->qty : QTY_ONE;

	if (muldiv(qty, scan->qty, QTY_ONE, &entry->qty) != 0 ||
	    entry->qty > QTY_MAX || entry->qty < -QTY_MAX) {
		return err_set(ERR_RANGE, _("that is too many"));
	}
	entry->has_qty = true;
	return 0;
}

/* A label from a scale says how much by itself. */
static int
ring_label(struct entry *entry, const struct scan *scan)
{
	if (scan->serial[0] != '\0' && entry->has_qty &&
	    entry->qty != QTY_ONE) {
		return err_set(ERR_INVALID, _("this code is of one piece; scan "
		    "each alone"));
	}
	if (!scan->has_qty && !scan->has_amount) {
		return 0;
	}
	if (scan->pack != 0) {
		return ring_packs(entry, scan);
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

/* "1050.2.3": an item that asks something, and the answers behind it. */
static bool
ring_path(struct sale_screen *st, const struct entry *entry,
    struct product *product, char numbers[static ENTRY_WORDS])
{
	size_t	n = strcspn(entry->words, ".,");
	char	code[ENTRY_WORDS];

	if (n == 0 || entry->words[n] == '\0' ||
	    strspn(entry->words + n, "0123456789.,") !=
	    strlen(entry->words + n)) {
		return false;
	}
	(void)str_fmt(code, sizeof(code), "%.*s", (int)n, entry->words);
	if (product_find(st->shop, code, product) != 0 ||
	    (product->choices & PRODUCT_ASKS) == 0) {
		return false;
	}
	(void)str_copy(numbers, ENTRY_WORDS, entry->words + n + 1);
	return true;
}

enum turn
ring_enter(struct session *s, struct sale_screen *st, const char *text)
{
	struct product	 product = { 0 };
	struct entry	 entry;
	struct scan	 scan = { 0 };
	char		 numbers[ENTRY_WORDS] = "";
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
	if (quick_enter(s, st, text, &turn)) {
		return turn;
	}
	if (sale_over(st)) {
		sale_clear(s, st);
	}
	if (entry.kind == ENTRY_TIMES || entry.kind == ENTRY_MORE) {
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
	if (id == 0 && ring_path(st, &entry, &product, numbers)) {
		id = product.id;
	}
	if (id == 0 && !entry_is_scan(entry.words) &&
	    strcmp(st->searched, entry.words) != 0 &&
	    (r = ring_search(s, st, entry.words, false)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	found = search_enter(s, &st->search, id, &id);
	if (found == FOUND_MANY) {
		session_set_entry(s, text);	/* more letters narrow it */
		return TURN_DRAW;
	}
	if (found == FOUND_NOTHING) {
		return ring_unknown(s, st, &entry);
	}
	if (product.id != id &&
	    (r = product_get(st->shop, id, &product)) != 0) {
		return session_fail(s, r);
	}
	st->ringing = (struct ringing){ .product = product, .entry = entry,
	    .scan = scan };
	(void)str_copy(st->ringing.numbers, sizeof(st->ringing.numbers),
	    numbers);
	(void)str_copy(st->ringing.text, sizeof(st->ringing.text), text);
	return ring_go(s, st);
}

enum turn
ring_product(struct session *s, struct sale_screen *st, int64_t product)
{
	struct ringing	*r = &st->ringing;
	int		 error;

	*r = (struct ringing){ .entry = { .kind = ENTRY_ITEM,
	    .qty = QTY_ONE } };
	if ((error = product_get(st->shop, product, &r->product)) != 0) {
		return session_fail(s, error);
	}
	if (sale_over(st)) {
		sale_clear(s, st);
	}
	(void)str_copy(r->entry.words, sizeof(r->entry.words),
	    r->product.code);
	(void)str_copy(r->text, sizeof(r->text), r->product.code);
	return ring_go(s, st);
}
