/* SPDX-License-Identifier: ISC */
/* Quick keys on the sale: ";" shows the page, a letter after it sells at once
 * what is on that key.  The same key again is more of the lines it made, as
 * long as they are the last ones: bounded by what stands there, never by
 * time. */
#include "screens/sale.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "screens/app.h"

#define QUICK_WIDE	60		/* columns for four letters a row */
#define QUICK_TALL	34		/* rows for keys beside a bill */

void
quick_read(struct session *s, struct sale_screen *st)
{
	struct quick	fresh;
	int		r;

	r = quick_load(st->shop, st->shop->who.terminal, &fresh);
	if (r != 0) {
		(void)session_fail(s, r);
		return;
	}
	quick_done(&st->quick.keys);
	st->quick.keys = fresh;
	if (st->quick.page >= fresh.n) {
		st->quick.page = 0;
	}
	st->quick.always = !session_slow(s);
}

static const struct quick_page *
quick_page(const struct sale_screen *st)
{
	return st->quick.page < st->quick.keys.n ?
	    &st->quick.keys.pages[st->quick.page] : NULL;
}

/* ---- pressing ------------------------------------------------------------ */

/* Are the lines of the last press still the last of the sale? */
static bool
quick_repeats(const struct sale_screen *st, int64_t page, char letter)
{
	const struct quick_state	*q = &st->quick;
	int				 n = bill_count(&st->sale);

	if (q->pressed != letter || q->pressed_page != page ||
	    q->nlines == 0 || (size_t)n < q->nlines) {
		return false;
	}
	for (size_t i = 0; i < q->nlines; i++) {
		const struct sale_line	*line = bill_line(&st->sale,
					    n - (int)q->nlines + (int)i);

		if (line == NULL || line->id != q->lines[i] ||
		    line->state != LINE_LIVE) {
			return false;
		}
	}
	return true;
}

/* The lines it made are the last ones. */
static void
quick_made(struct sale_screen *st, int64_t page, char letter, size_t n)
{
	int	count = bill_count(&st->sale);

	st->quick.pressed = letter;
	st->quick.pressed_page = page;
	st->quick.nlines = (size_t)count < n ? 0 : n;
	for (size_t i = 0; i < st->quick.nlines; i++) {
		st->quick.lines[i] = bill_line(&st->sale,
		    count - (int)n + (int)i)->id;
	}
}

/* The words of a key: a note, after the numbers of its options ("2.1 rare")
 * where there are any to choose. */
static void
quick_words(struct ringing *r, const char *words)
{
	bool	asks = (r->product.choices & PRODUCT_ASKS) != 0;
	size_t	n = asks ? strspn(words, "0123456789.") : 0;

	if (n > 0 && (words[n] == ' ' || words[n] == '\0')) {
		(void)str_fmt(r->numbers, sizeof(r->numbers), "%.*s", (int)n,
		    words);
		words += n + strspn(words + n, " ");
	}
	(void)str_copy(r->note, sizeof(r->note), words);
}

/* A key of one thing that still has to be asked about. */
static bool
quick_asks(struct sale_screen *st, const struct quick_key *key,
    int64_t times, enum turn *turn, struct session *s)
{
	const struct quick_item	*item = &key->items[0];
	struct ringing		*r = &st->ringing;
	int			 error;

	*r = (struct ringing){ .entry = { .kind = ENTRY_ITEM,
	    .qty = item->qty, .has_price = item->has_price,
	    .price = item->price } };
	if ((error = product_get(st->shop, item->product,
	    &r->product)) != 0) {
		*turn = session_fail(s, error);
		return true;
	}
	if (key->n > 1 || !(r->product.serials ||
	    (r->product.choices & PRODUCT_ASKS) != 0 ||
	    (r->product.by_weight && item->qty == QTY_ONE) ||
	    (r->product.kind == PRODUCT_DEPARTMENT && !item->has_price))) {
		return false;
	}
	if (!r->product.by_weight) {
		r->entry.qty = item->qty * times / QTY_ONE;
		r->entry.has_qty = true;
	}
	(void)str_copy(r->entry.words, sizeof(r->entry.words), item->code);
	(void)str_copy(r->text, sizeof(r->text), item->code);
	quick_words(r, item->note);
	*turn = ring_go(s, st);
	return true;
}

/* `times`: thousandths, of everything on the key. */
static int
quick_sell(struct sale_screen *st, const struct quick_key *key,
    int64_t times, bool again, int64_t *id, int64_t *version)
{
	struct sale_item	items[SALE_ITEMS] = { { 0 } };
	int64_t			qty[SALE_ITEMS], line;
	int			r;

	for (size_t i = 0; i < key->n; i++) {
		const struct quick_item	*item = &key->items[i];

		if ((r = muldiv(item->qty, times, QTY_ONE, &qty[i])) != 0) {
			return r;
		}
		items[i] = (struct sale_item){ .product = item->product,
		    .qty = qty[i], .note = item->note,
		    .price = item->has_price ? &item->price : NULL };
	}
	return again ? sale_more(st->shop, *id, version, st->quick.lines,
	    qty, key->n) :
	    sale_add_items(st->shop, id, version, items, key->n, &line);
}

static enum turn
quick_press(struct session *s, struct sale_screen *st, char letter,
    int64_t times)
{
	const struct quick_page	*page = quick_page(st);
	const struct quick_key	*key = &page->keys[letter - 'a'];
	int64_t			 id, version;
	enum turn		 turn;
	bool			 again;
	int			 r;

	if (key->n == 0) {
		session_warn(s, _("nothing is on key %c of %s"), letter,
		    page->title);
		session_beep(s);
		return TURN_DRAW;
	}
	if (st->taken) {
		session_warn(s, _("this sale is %s's now; F6 takes it back, "
		    "Esc starts another"), st->taken_by);
		session_beep(s);
		return TURN_DRAW;
	}
	if (sale_over(st)) {
		sale_clear(s, st);
	}
	if (quick_asks(st, key, times, &turn, s)) {
		return turn == TURN_KEEP ? TURN_DRAW : turn;
	}
	id = st->sale.id;
	version = st->sale.version;
	again = quick_repeats(st, page->id, letter);
	if ((r = quick_sell(st, key, times, again, &id, &version)) != 0) {
		(void)sale_failed(s, st, r);
		return TURN_DRAW;
	}
	ring_done(s, st, id);
	sale_said(s, st);
	if (!again) {
		quick_made(st, page->id, letter, key->n);
	}
	return TURN_DRAW;
}

/* ---- the entry line ------------------------------------------------------ */

/* ";…", "3*;…": what stands behind the ";", and how many; NULL: none. */
static const char *
quick_after(const struct sale_screen *st, const char *text, int64_t *times)
{
	const char	*semi = strchr(text, ';');
	char		 count[24];

	*times = QTY_ONE;
	if (semi == NULL || st->quick.keys.n == 0) {
		return NULL;
	}
	if (semi == text) {
		return semi + 1;
	}
	if (semi[-1] != '*' ||
	    !str_fmt(count, sizeof(count), "%.*s", (int)(semi - text) - 1,
	    text) || qty_parse(count, times) != 0 || *times <= 0) {
		return NULL;
	}
	return semi + 1;
}

bool
quick_typed(struct session *s, struct sale_screen *st, const char *text,
    enum turn *turn)
{
	int64_t		 times;
	const char	*after = quick_after(st, text, &times);
	char		 line[ENTRY_MAX], letter;

	if (after == NULL) {
		st->quick.shown = false;
		return false;
	}
	*turn = st->quick.shown ? TURN_STAY : TURN_DRAW;
	st->quick.shown = true;
	letter = after[0] >= 'A' && after[0] <= 'Z' ?
	    (char)(after[0] - 'A' + 'a') : after[0];
	if (after[0] == ';' && after[1] == '\0') {
		st->quick.page = (st->quick.page + 1) % st->quick.keys.n;
		(void)str_fmt(line, sizeof(line), "%.*s",
		    (int)(after - text), text);
		session_set_entry(s, line);
		*turn = TURN_DRAW;
	} else if (letter >= 'a' && letter <= 'z' && after[1] == '\0') {
		session_set_entry(s, "");
		st->quick.shown = false;
		*turn = quick_press(s, st, letter, times);
	}
	return true;
}

bool
quick_enter(struct session *s, struct sale_screen *st, const char *text,
    enum turn *turn)
{
	int64_t		 times, number;
	const char	*after = quick_after(st, text, &times);

	if (*text == ';' && st->quick.keys.n == 0) {
		session_warn(s, shop_may(st->shop, RIGHT_QUICKKEY) ?
		    _("there are no quick keys yet; :quickkeys arranges them") :
		    _("there are no quick keys yet; a manager arranges "
		    "them"));
		session_beep(s);
		*turn = TURN_KEEP;
		return true;
	}
	if (after == NULL) {
		return false;
	}
	st->quick.shown = false;
	*turn = TURN_DRAW;
	if (*after == '\0') {
		return true;
	}
	if (str_to_i64(after, 1, (int64_t)st->quick.keys.n, &number) != 0) {
		session_warn(s, ngettext("; and a letter; there is %zu page",
		    "; and a letter; there are %zu pages",
		    (unsigned long)st->quick.keys.n), st->quick.keys.n);
		session_beep(s);
		*turn = TURN_KEEP;
		return true;
	}
	st->quick.page = (size_t)number - 1;
	session_set_entry(s, ";");
	st->quick.shown = true;
	return true;
}

enum turn
quick_show(struct session *s, struct sale_screen *st, const char *page)
{
	char		text[ENTRY_WORDS];
	enum turn	turn;

	(void)str_fmt(text, sizeof(text), ";%s", page);
	if (st->quick.keys.n > 0 && *page == '\0') {
		session_set_entry(s, ";");
		st->quick.shown = true;
		return TURN_DRAW;
	}
	return quick_enter(s, st, text, &turn) ? turn : TURN_STAY;
}

/* ---- painting ------------------------------------------------------------ */

int
quick_columns(int cols)
{
	return cols >= QUICK_WIDE ? 4 : 3;
}

int
quick_rows(const struct quick_page *page, int cols, bool all)
{
	int	last = QUICK_LETTERS - 1, wide = quick_columns(cols);

	while (!all && last > 0 && page->keys[last].n == 0) {
		last--;
	}
	return last / wide + 1;
}

void
quick_grid(const struct quick_page *page, struct canvas *c, int row,
    bool all, int mark)
{
	int	wide = quick_columns(canvas_cols(c));
	int	cell = canvas_cols(c) / wide;
	int	rows = quick_rows(page, canvas_cols(c), all);

	for (int k = 0; k < QUICK_LETTERS && k / wide < rows; k++) {
		const struct quick_key	*key = &page->keys[k];
		char			 letter[2] = { (char)('a' + k) };
		int			 col = k % wide * cell;

		if (key->n == 0 && !all) {
			continue;
		}
		if (mark >= 0) {
			canvas_marker(c, row + k / wide, col, k == mark);
		}
		canvas_put(c, row + k / wide, col + 1, STYLE_KEY, letter);
		canvas_cell(c, row + k / wide, col + 3, cell - 4,
		    k == mark ? STYLE_MARKER : STYLE_NORMAL, key->label);
	}
}

static void
quick_head(const struct sale_screen *st, struct canvas *c, int row)
{
	const struct quick_page	*page = quick_page(st);

	if (st->quick.keys.n > 1) {
		canvas_fmt(c, row, 1, STYLE_BOLD, "%s  %zu/%zu  %s",
		    page->title, st->quick.page + 1, st->quick.keys.n,
		    _(";; next"));
	} else {
		canvas_put(c, row, 1, STYLE_BOLD, page->title);
	}
}

/* Over the lower part when asked for; on an empty sale, and beside a short
 * bill on a tall screen, always. */
void
quick_draw(const struct sale_screen *st, struct canvas *c)
{
	const struct quick_page	*page = quick_page(st);
	int			 rows = canvas_rows(c), n, row;
	bool			 empty = st->sale.id == 0 &&
				    st->offer.id == 0;

	if (page == NULL || (!st->quick.shown && !st->quick.always)) {
		return;
	}
	n = quick_rows(page, canvas_cols(c), false) + 1;
	row = (st->sale.id == 0 ? rows : bill_lines_end(&st->sale, rows)) - n;
	if (!st->quick.shown) {
		if (st->search.open || !(empty ? rows >= 14 :
		    rows >= QUICK_TALL && bill_count(&st->sale) + 2 < row)) {
			return;
		}
	} else if (row < 0) {
		row = 0;
	}
	canvas_clear(c, row, n);
	quick_head(st, c, row);
	quick_grid(page, c, row + 1, false, -1);
}
