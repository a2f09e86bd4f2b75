/* SPDX-License-Identifier: ISC */
/* Quick keys: pages of letters, each of which sells what a manager put on
 * it. */
#include "shop/quickkey.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/entry.h"
#include "shop/sale_part.h"
#include "shop/user.h"
#include "sql/entry.h"

/* ---- reading ------------------------------------------------------------- */

void
quick_done(struct quick *quick)
{
	for (size_t p = 0; p < quick->n; p++) {
		for (int k = 0; k < QUICK_LETTERS; k++) {
			free(quick->pages[p].keys[k].items);
		}
	}
	free(quick->pages);
	*quick = (struct quick){ 0 };
}

static void
quick_item_from(struct quick_item *item, const struct q_quick_keys *row)
{
	*item = (struct quick_item){ .product = row->product,
	    .qty = row->qty, .has_price = !row->price_null };
	item->price = item->has_price ? row->price : 0;
	(void)str_copy(item->code, sizeof(item->code), row->code);
	(void)str_copy(item->name, sizeof(item->name), row->name);
	(void)str_copy(item->note, sizeof(item->note), row->note);
}

static int
quick_read_page(struct shop *shop, struct quick_page *page)
{
	struct q_quick_keys	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_quick_keys(shop->db, page->id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		struct quick_key	*key;

		key = &page->keys[rows[i].letter[0] - 'a'];
		(void)str_copy(key->label, sizeof(key->label), rows[i].label);
		key->items = xrealloc(key->items, key->n + 1,
		    sizeof(*key->items));
		quick_item_from(&key->items[key->n++], &rows[i]);
	}
	free(rows);
	return 0;
}

int
quick_load_own(struct shop *shop, int64_t terminal, struct quick *out)
{
	struct q_quick_pages	*rows;
	size_t			 n;
	int			 r;

	*out = (struct quick){ 0 };
	if ((r = q_quick_pages(shop->db, some(&terminal), &rows, &n)) != 0) {
		return r;
	}
	out->pages = xcalloc(n + 1, sizeof(*out->pages));
	for (size_t i = 0; i < n && r == 0; i++) {
		struct quick_page	*page = &out->pages[out->n++];

		page->id = rows[i].id;
		page->place = (int)rows[i].place;
		(void)str_copy(page->title, sizeof(page->title),
		    rows[i].title);
		r = quick_read_page(shop, page);
	}
	free(rows);
	if (r != 0) {
		quick_done(out);
	}
	return r;
}

int
quick_load(struct shop *shop, int64_t terminal, struct quick *out)
{
	int	r = terminal != 0 ? quick_load_own(shop, terminal, out) : 0;

	if (terminal != 0 && (r != 0 || out->n > 0)) {
		return r;
	}
	if (terminal != 0) {
		quick_done(out);
	}
	return quick_load_own(shop, 0, out);
}

void
quick_text(const struct shop *shop, const struct quick_key *key,
    struct buf *out)
{
	char	text[MONEY_TEXT];

	for (size_t i = 0; i < key->n; i++) {
		const struct quick_item	*item = &key->items[i];

		buf_str(out, i > 0 ? "; " : "");
		if (item->qty != QTY_ONE) {
			qty_plain(shop->money.mark, item->qty, text);
			buf_fmt(out, "%s*", text);
		}
		buf_str(out, item->code);
		if (item->has_price) {
			struct money_style	plain = shop->money;

			plain.group[0] = '\0';
			money_plain(&plain, item->price, text);
			buf_fmt(out, "@%s", text);
		}
		if (item->note[0] != '\0') {
			buf_fmt(out, " %s", item->note);
		}
	}
}

/* ---- what is typed for a key --------------------------------------------- */

/* One of several must be whole: a key asks only when it sells one thing. */
static int
quick_whole(const struct product *p, const struct entry *entry)
{
	if (p->serials) {
		return err_set(ERR_INVALID, _("%s has a serial number; it "
		    "needs a key of its own"), p->name);
	}
	if (p->kind == PRODUCT_DEPARTMENT && !entry->has_price) {
		return err_set(ERR_INVALID, _("%s needs its price here: "
		    "%s@2.50"), p->name, p->code);
	}
	if (p->by_weight && !entry->has_qty) {
		return err_set(ERR_INVALID, _("%s needs its weight here: "
		    "0.2*%s"), p->name, p->code);
	}
	return 0;
}

static int
quick_parse_item(struct shop *shop, char *text, bool alone,
    struct quick_item *item)
{
	struct entry	entry;
	struct product	p;
	char		*note = text + strcspn(text, " ");
	int		 r;

	if (*note != '\0') {
		*note++ = '\0';
		note += strspn(note, " ");
	}
	if (!utf8_is_clean(note) || utf8_chars(note) > SALE_NOTE) {
		return err_set(ERR_TOO_LONG, _("the note is too long; at most "
		    "%d characters"), SALE_NOTE);
	}
	if ((r = entry_parse(text, &shop->money, false, &entry)) != 0) {
		return r;
	}
	if (entry.kind != ENTRY_ITEM) {
		return err_set(ERR_INVALID, _("\"%.40s\" is no code; "
		    "2*1001; 1044 rare"), text);
	}
	if ((r = product_find(shop, entry.words, &p)) != 0) {
		return r;
	}
	if (entry.has_price && p.kind != PRODUCT_DEPARTMENT) {
		return err_set(ERR_INVALID, _("%s has its price in the "
		    "catalogue; only a department's key has one"), p.name);
	}
	if ((r = line_qty_check(&p, entry.qty)) != 0 ||
	    (!alone && (r = quick_whole(&p, &entry)) != 0)) {
		return r;
	}
	*item = (struct quick_item){ .product = p.id, .qty = entry.qty,
	    .price = entry.price, .has_price = entry.has_price };
	(void)str_copy(item->code, sizeof(item->code), p.code);
	(void)str_copy(item->name, sizeof(item->name), p.name);
	(void)str_copy(item->note, sizeof(item->note), note);
	return 0;
}

static int
quick_parse(struct shop *shop, const char *text, struct quick_item *items,
    size_t *n)
{
	char	*own = xstrdup(text), *save = NULL, *part;
	bool	 alone = strchr(text, ';') == NULL;
	int	 r = 0;

	*n = 0;
	for (part = strtok_r(own, ";", &save); part != NULL && r == 0;
	    part = strtok_r(NULL, ";", &save)) {
		part += strspn(part, " ");
		if (*part == '\0') {
			continue;
		}
		if (*n == SALE_ITEMS) {
			r = err_set(ERR_RANGE, _("1 to %d things at once"),
			    SALE_ITEMS);
		} else {
			r = quick_parse_item(shop, part, alone,
			    &items[(*n)++]);
		}
	}
	free(own);
	if (r == 0 && *n == 0) {
		r = err_set(ERR_EMPTY, _("what does the key sell? "
		    "2*1001; 1044 rare"));
	}
	return r;
}

int
quick_check(struct shop *shop, const char *items)
{
	struct quick_item	rows[SALE_ITEMS];
	size_t			n;

	return quick_parse(shop, items, rows, &n);
}

/* ---- changing ------------------------------------------------------------ */

static int
quick_begin(struct shop *shop, int place, const char *verb)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_QUICKKEY)) != 0) {
		return r;
	}
	if (place < 1 || place > 99) {
		return err_set(ERR_RANGE, _("pages are numbered 1 to 99"));
	}
	return db_begin(shop->db, verb);
}

static int
quick_end(struct shop *shop, int r, const char *action, int64_t page,
    const char *detail)
{
	if (r != 0 || (r = audit_add(shop, action, "quick_page", page,
	    detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "quickkey");
	return db_commit(shop->db);
}

static int
quick_page_find(struct shop *shop, int64_t terminal, int place, int64_t *id)
{
	struct q_quick_page_get	row;
	int			r;

	*id = 0;
	if ((r = q_quick_page_get(shop->db, some(&terminal), place,
	    &row)) == 0) {
		*id = row.id;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no page %d; give it a title first"), place);
}

int
quick_page_put(struct shop *shop, int64_t terminal, int place,
    const char *title)
{
	char	clean[64];
	int64_t	id;
	int	r;

	if (!utf8_is_clean(title) || title[0] == '\0' ||
	    !str_copy(clean, sizeof(clean), title)) {
		return err_set(ERR_INVALID, _("a page has a title of at most "
		    "60 characters"));
	}
	if ((r = quick_begin(shop, place, "quick page")) != 0) {
		return r;
	}
	r = quick_page_find(shop, terminal, place, &id);
	if (r == ERR_NOT_FOUND) {
		r = q_quick_page_add(shop->db, some(&terminal), place, clean,
		    &id);
	} else if (r == 0) {
		r = q_quick_page_title(shop->db, id, clean);
	}
	return quick_end(shop, r, "quick.page", id, "");
}

int
quick_page_drop(struct shop *shop, int64_t terminal, int place)
{
	int64_t	id = 0, n;
	int	r;

	if ((r = quick_begin(shop, place, "quick page")) != 0) {
		return r;
	}
	if ((r = quick_page_find(shop, terminal, place, &id)) == 0 &&
	    (r = q_quick_items_drop(shop->db, id, "")) == 0 &&
	    (r = q_quick_keys_drop(shop->db, id, "", &n)) == 0) {
		r = q_quick_page_drop(shop->db, id);
	}
	return quick_end(shop, r, "quick.page.drop", id, "");
}

static int
quick_letter(char letter, char out[static 2])
{
	out[0] = letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') :
	    letter;
	out[1] = '\0';
	return out[0] >= 'a' && out[0] <= 'z' ? 0 : err_set(ERR_INVALID,
	    _("a key is a letter, a to z"));
}

int
quick_key_put(struct shop *shop, int64_t terminal, int place, char letter,
    const char *label, const char *items)
{
	struct quick_item	rows[SALE_ITEMS];
	char			name[2], shown[4 * QUICK_LABEL + 1];
	int64_t			id = 0, gone;
	size_t			n;
	int			r;

	if ((r = quick_letter(letter, name)) != 0 ||
	    (r = quick_parse(shop, items, rows, &n)) != 0) {
		return r;
	}
	if (label[0] == '\0') {
		label = rows[0].name;
		(void)str_fmt(shown, sizeof(shown), "%.*s",
		    (int)utf8_cut(label, QUICK_LABEL), label);
	} else if (!utf8_is_clean(label) || utf8_chars(label) > QUICK_LABEL ||
	    !str_copy(shown, sizeof(shown), label)) {
		return err_set(ERR_TOO_LONG, _("a label has at most %d "
		    "characters"), QUICK_LABEL);
	}
	if ((r = quick_begin(shop, place, "quick key")) != 0) {
		return r;
	}
	if ((r = quick_page_find(shop, terminal, place, &id)) == 0 &&
	    (r = q_quick_items_drop(shop->db, id, name)) == 0 &&
	    (r = q_quick_keys_drop(shop->db, id, name, &gone)) == 0) {
		r = q_quick_key_add(shop->db, id, name, shown);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = q_quick_item_add(shop->db, id, name, (int64_t)i + 1,
		    rows[i].product, rows[i].qty,
		    rows[i].has_price ? &rows[i].price : NULL, rows[i].note);
	}
	return quick_end(shop, r, "quick.key", id, name);
}

int
quick_key_drop(struct shop *shop, int64_t terminal, int place, char letter)
{
	char	name[2];
	int64_t	id = 0, n = 0;
	int	r;

	if ((r = quick_letter(letter, name)) != 0 ||
	    (r = quick_begin(shop, place, "quick key")) != 0) {
		return r;
	}
	if ((r = quick_page_find(shop, terminal, place, &id)) == 0 &&
	    (r = q_quick_items_drop(shop->db, id, name)) == 0 &&
	    (r = q_quick_keys_drop(shop->db, id, name, &n)) == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("nothing is on key %s"), name);
	}
	return quick_end(shop, r, "quick.key.drop", id, name);
}

/* ---- CSV ----------------------------------------------------------------- */

static const char *const quick_columns[] = {
	"terminal", "page", "title", "letter", "label", "items",
};

static int
quick_export_of(struct shop *shop, int64_t terminal, const char *name,
    struct buf *out)
{
	struct quick	quick;
	int		r;

	if ((r = quick_load_own(shop, terminal, &quick)) != 0) {
		return r;
	}
	for (size_t p = 0; p < quick.n; p++) {
		const struct quick_page	*page = &quick.pages[p];

		for (int k = 0; k < QUICK_LETTERS; k++) {
			struct buf	items = { 0 };
			char		place[16], letter[2] = { 0 };

			if (page->keys[k].n == 0) {
				continue;
			}
			(void)str_fmt(place, sizeof(place), "%d",
			    page->place);
			letter[0] = (char)('a' + k);
			quick_text(shop, &page->keys[k], &items);
			csv_field(out, name, false);
			csv_field(out, place, false);
			csv_field(out, page->title, false);
			csv_field(out, letter, false);
			csv_field(out, page->keys[k].label, false);
			csv_field(out, buf_text(&items), true);
			buf_done(&items);
		}
	}
	quick_done(&quick);
	return 0;
}

int
quick_export(struct shop *shop, int fd)
{
	struct q_quick_terminals	*rows;
	struct buf			 out = { 0 };
	size_t				 n;
	int				 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_quick_terminals(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t c = 0; c < NELEM(quick_columns); c++) {
		csv_field(&out, quick_columns[c],
		    c + 1 == NELEM(quick_columns));
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = quick_export_of(shop, rows[i].terminal, rows[i].name,
		    &out);
	}
	free(rows);
	if (r == 0) {
		r = io_write_all(fd, out.data, out.len);
	}
	buf_done(&out);
	return r;
}

static int
quick_import_line(struct shop *shop, const struct csv *csv)
{
	int64_t	terminal = 0, place;
	int	r;

	if (csv->nfields != NELEM(quick_columns)) {
		return err_set(ERR_INVALID, _("%zu fields instead of %zu"),
		    csv->nfields, NELEM(quick_columns));
	}
	if ((csv->field[0][0] != '\0' && (r = terminal_find(shop,
	    csv->field[0], &terminal)) != 0) ||
	    (r = str_to_i64(csv->field[1], 1, 99, &place)) != 0 ||
	    (r = quick_page_put(shop, terminal, (int)place,
	    csv->field[2])) != 0) {
		return r;
	}
	return quick_key_put(shop, terminal, (int)place, csv->field[3][0],
	    csv->field[4], csv->field[5]);
}

int
quick_import(struct shop *shop, int fd,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *n)
{
	struct csv	csv;
	int64_t		wrong = 0;
	int		r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_QUICKKEY)) != 0) {
		return r;
	}
	csv_init(&csv, fd);
	if ((r = csv_next(&csv)) > 0 && (csv.nfields !=
	    NELEM(quick_columns) || strcmp(csv.field[0], "terminal") != 0)) {
		r = err_set(ERR_INVALID, _("line 1: the columns are "
		    "terminal,page,title,letter,label,items"));
	}
	while (r >= 0 && (r = csv_next(&csv)) != 0) {
		if (r == ERR_IO) {
			break;
		}
		r = r < 0 ? r : quick_import_line(shop, &csv);
		if (r != 0) {
			bad(ctx, csv.line, err_text(r));
			wrong++;
		} else {
			(*n)++;
		}
		r = 0;
	}
	csv_done(&csv);
	if (r == 0 && wrong > 0) {
		r = err_set(ERR_INVALID, ngettext("%lld bad line was left out",
		    "%lld bad lines were left out", (unsigned long)wrong),
		    (long long)wrong);
	}
	return r < 0 ? r : 0;
}
