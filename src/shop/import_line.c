/* SPDX-License-Identifier: ISC */
/* One line of an imported catalogue: read, checked, held against what is
 * there. */
#include "shop/import_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/stock.h"
#include "sql/catalogue.h"
#include "sql/product.h"

const struct import_column import_columns[COL_COUNT] = {
#define X(id, name, kind) { name, kind },
	IMPORT_COLUMNS(X)
#undef X
};

/* A level a file may ask for: no movement is larger than it by far. */
#define IMPORT_LEVEL	(STOCK_QTY_MAX / 2)

/* --- a set of texts ------------------------------------------------------ */

static size_t
names_at(const struct names *set, const char *text)
{
	uint64_t	h = UINT64_C(14695981039346656037);
	size_t		i;

	for (const char *s = text; *s != '\0'; s++) {
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	}
	i = (size_t)h & (set->size - 1);
	while (set->slot[i] != NULL && strcmp(set->slot[i], text) != 0) {
		i = (i + 1) & (set->size - 1);
	}
	return i;
}

static void
names_grow(struct names *set)
{
	struct names	wide = { .size = set->size == 0 ? 1024 :
			    set->size * 2, .n = set->n };

	wide.slot = xcalloc(wide.size, sizeof(*wide.slot));
	for (size_t i = 0; i < set->size; i++) {
		if (set->slot[i] != NULL) {
			wide.slot[names_at(&wide, set->slot[i])] =
			    set->slot[i];
		}
	}
	free(set->slot);
	*set = wide;
}

bool
names_add(struct names *set, const char *text)
{
	size_t	i;

	if (set->n * 2 >= set->size) {
		names_grow(set);
	}
	i = names_at(set, text);
	if (set->slot[i] != NULL) {
		return false;
	}
	set->slot[i] = xstrdup(text);
	set->n++;
	return true;
}

void
names_done(struct names *set)
{
	for (size_t i = 0; i < set->size; i++) {
		free(set->slot[i]);
	}
	free(set->slot);
}

/* --- the first line ------------------------------------------------------ */

int
import_header(struct import *im)
{
	struct buf	known = { 0 };
	int		r = csv_next(&im->csv);

	if (r <= 0) {
		return r < 0 ? r : err_set(ERR_EMPTY, _("the file is empty; "
		    "its first line names the columns"));
	}
	for (int c = 0; c < COL_COUNT; c++) {
		im->column[c] = -1;
		buf_fmt(&known, "%s%s", c == 0 ? "" : ", ",
		    import_columns[c].name);
	}
	im->width = im->csv.nfields;
	r = 0;
	for (size_t i = 0; i < im->csv.nfields && r == 0; i++) {
		int	c = 0;

		while (c < COL_COUNT && strcmp(import_columns[c].name,
		    im->csv.field[i]) != 0) {
			c++;
		}
		if (c == COL_COUNT || im->column[c] >= 0) {
			r = err_set(ERR_INVALID, _("line 1: \"%.30s\" is no "
			    "column, or stands twice; columns are %s"),
			    im->csv.field[i], buf_text(&known));
			break;
		}
		im->column[c] = (int)i;
		im->informed = im->informed || (c >= COL_BRAND &&
		    c <= COL_REORDER_MAX);
	}
	buf_done(&known);
	if (r == 0 && (im->column[COL_CODE] < 0 || im->column[COL_NAME] < 0 ||
	    im->column[COL_CLASS] < 0 || im->column[COL_PRICE] < 0)) {
		r = err_set(ERR_INVALID, _("line 1: the columns code, name, "
		    "tax_class and price are needed"));
	}
	return r;
}

/* --- texts and numbers of a line ----------------------------------------- */

static const char *
import_field(const struct import *im, enum column c)
{
	int	i = im->column[c];

	return i >= 0 && (size_t)i < im->csv.nfields ? im->csv.field[i] : "";
}

/* A JSON number: minor units, thousandths, 1/100 000. */
static bool
import_is_number(const struct import *im, enum column c)
{
	return im->csv.json && im->column[c] >= 0 &&
	    im->csv.number[im->column[c]];
}

static int
import_text(char *dst, size_t size, const struct import *im, enum column c)
{
	const char	*text = import_field(im, c);

	if (!utf8_is_clean(text)) {
		return err_set(ERR_INVALID, _("%s is no clean UTF-8 text (is "
		    "the file in Latin-1? --encoding latin1)"),
		    import_columns[c].name);
	}
	return str_copy(dst, size, text) ? 0 : err_set(ERR_TOO_LONG,
	    _("%s is longer than %zu bytes"), import_columns[c].name,
	    size - 1);
}

static int
import_flag(const struct import *im, enum column c, bool *out)
{
	const char	*text = import_field(im, c);

	*out = strcmp(text, "yes") == 0;
	return *out || text[0] == '\0' || strcmp(text, "no") == 0 ? 0 :
	    err_set(ERR_INVALID, _("%s: yes or no"), import_columns[c].name);
}

/* "" leaves what is there and says so in *has. */
static int
import_amount(const struct import *im, enum column c, bool *has, int64_t *out)
{
	const char	*text = import_field(im, c);
	int		 r;

	*has = text[0] != '\0';
	if (!*has) {
		return 0;
	}
	if (c == COL_STOCK) {
		r = import_is_number(im, c) ? str_to_i64(text, -IMPORT_LEVEL,
		    IMPORT_LEVEL, out) : qty_parse_most(text, IMPORT_LEVEL,
		    out);
	} else if (import_is_number(im, c)) {
		r = str_to_i64(text, -MONEY_MAX, MONEY_MAX, out);
	} else if (import_columns[c].kind == 'M') {
		r = money_parse(&im->shop->money, text, false, out);
	} else if (import_columns[c].kind == 'Q') {
		r = qty_parse(text, out);
	} else if (import_columns[c].kind == 'R') {
		r = rate_parse(text, out);
	} else {
		r = str_to_i64(text, 0, INT32_MAX, out);
	}
	return r == 0 ? 0 : err_set(ERR_INVALID, _("%s: \"%.20s\" is no such "
	    "number"), import_columns[c].name, text);
}

/* Kind, limits and serial numbers; "" is the usual. */
static int
import_parse_kind(struct import *im, struct product *p)
{
	const char	*kind = import_field(im, COL_KIND);
	bool		 has;
	int		 r;

	if ((r = import_flag(im, COL_SERIALS, &p->serials)) != 0 ||
	    (kind[0] != '\0' &&
	    (r = product_kind_find(kind, &p->kind)) != 0) ||
	    (r = import_amount(im, COL_MIN, &has, &p->min_price)) != 0) {
		return r;
	}
	return import_amount(im, COL_MAX, &has, &p->max_price);
}

/* What is known of it; `info` has what was known so far. */
static int
import_parse_info(struct import *im, struct product_info *info)
{
	const int	*col = im->column;
	bool		 has;
	int		 r;

	if ((col[COL_BRAND] >= 0 && (r = import_text(info->brand,
	    sizeof(info->brand), im, COL_BRAND)) != 0) ||
	    (col[COL_ORIGIN] >= 0 && (r = import_text(info->origin,
	    sizeof(info->origin), im, COL_ORIGIN)) != 0) ||
	    (col[COL_ALLERGENS] >= 0 && (r = allergens_parse(
	    import_field(im, COL_ALLERGENS), &info->allergens)) != 0) ||
	    (col[COL_LOTS] >= 0 && (r = import_flag(im, COL_LOTS,
	    &info->lots)) != 0) ||
	    (col[COL_CONTENT] >= 0 && (r = content_parse(
	    import_field(im, COL_CONTENT), info)) != 0)) {
		return r;
	}
	if (col[COL_KEEPS] >= 0) {
		info->keeps = 0;
		if ((r = import_amount(im, COL_KEEPS, &has,
		    &info->keeps)) != 0) {
			return r;
		}
	}
	if (col[COL_MARGIN] >= 0) {
		info->margin = 0;
		if ((r = import_amount(im, COL_MARGIN, &has,
		    &info->margin)) != 0) {
			return r;
		}
	}
	if (col[COL_COST] >= 0 && (r = import_amount(im, COL_COST,
	    &info->has_cost, &info->cost)) != 0) {
		return r;
	}
	if (col[COL_REORDER_MIN] >= 0 || col[COL_REORDER_MAX] >= 0) {
		if ((r = import_amount(im, COL_REORDER_MIN, &has,
		    &info->reorder_min)) != 0 ||
		    (r = import_amount(im, COL_REORDER_MAX,
		    &info->has_reorder, &info->reorder_max)) != 0) {
			return r;
		}
		if (has != info->has_reorder) {
			return err_set(ERR_INVALID, _("reorder_min and "
			    "reorder_max go together"));
		}
	}
	return product_info_check(info);
}

/* Texts and numbers of the record; nothing of the database. */
static int
import_parse(struct import *im, struct staged *s)
{
	bool	has;
	int	r;

	s->line = im->csv.line;
	if (im->csv.nfields != im->width) {
		return err_set(ERR_INVALID, _("%zu fields instead of %zu"),
		    im->csv.nfields, im->width);
	}
	if ((r = import_text(s->p.code, sizeof(s->p.code), im,
	    COL_CODE)) != 0 ||
	    (r = import_text(s->p.name, sizeof(s->p.name), im,
	    COL_NAME)) != 0 ||
	    (r = import_text(s->p.category, sizeof(s->p.category), im,
	    COL_CATEGORY)) != 0 ||
	    (r = import_text(s->p.tax_class, sizeof(s->p.tax_class), im,
	    COL_CLASS)) != 0 ||
	    (r = import_text(s->p.unit, sizeof(s->p.unit), im,
	    COL_UNIT)) != 0 ||
	    (r = import_amount(im, COL_PRICE, &has, &s->p.price)) != 0 ||
	    (r = import_parse_kind(im, &s->p)) != 0 ||
	    (r = import_amount(im, COL_STOCK, &s->has_stock,
	    &s->stock)) != 0) {
		return r;
	}
	s->p.active = true;
	if (import_field(im, COL_ACTIVE)[0] != '\0' &&
	    (r = import_flag(im, COL_ACTIVE, &s->p.active)) != 0) {
		return r;
	}
	if (!has) {
		return err_set(ERR_EMPTY, _("the price is missing"));
	}
	return 0;
}

/* --- barcodes and packs -------------------------------------------------- */

/* Good, once in the file, and nobody else's. */
static int
import_barcode(struct import *im, const char *code, int64_t id)
{
	struct q_product_id_by_barcode	owner;
	struct q_product_id_by_code	same;
	int				r;

	if ((r = barcode_check(code)) != 0) {
		return r;
	}
	if (!names_add(&im->barcodes, code)) {
		return err_set(ERR_EXISTS, _("barcode %s stands twice in the "
		    "file"), code);
	}
	r = q_product_id_by_barcode(im->shop->db, code, &owner);
	if (r == 0 && owner.product != id) {
		return err_set(ERR_EXISTS, _("barcode %s belongs to another "
		    "product"), code);
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	r = q_product_id_by_code(im->shop->db, code, &same);
	if (r == 0 && same.id != id) {
		return err_set(ERR_EXISTS, _("barcode %s is another product's "
		    "code"), code);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int
import_barcodes(struct import *im, const char *codes, const char *between,
    int64_t id)
{
	char	*save = NULL, *own = xstrdup(codes);
	int	 r = 0;

	for (char *code = strtok_r(own, between, &save); code != NULL &&
	    r == 0; code = strtok_r(NULL, between, &save)) {
		r = import_barcode(im, code, id);
	}
	free(own);
	return r;
}

int
pack_word_parse(char *word, struct pack_word *out)
{
	char	*equal = strchr(word, '='), *colon;

	*out = (struct pack_word){ .name = word };
	if (equal == NULL) {
		return err_set(ERR_INVALID, _("pack \"%.32s\": write it as "
		    "box=6, or box=6:BARCODE"), word);
	}
	*equal++ = '\0';
	if ((colon = strchr(equal, ':')) != NULL) {
		*colon++ = '\0';
		out->codes = colon;
	}
	return qty_parse(equal, &out->qty);
}

int
packs_text(struct shop *shop, int64_t product, struct buf *out)
{
	struct q_pack_list	*rows;
	char			 qty[MONEY_TEXT];
	size_t			 n;
	int			 r;

	if ((r = q_pack_list(shop->db, product, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		qty_plain('.', rows[i].qty, qty);
		buf_fmt(out, "%s%s=%s", i == 0 ? "" : " ", rows[i].name, qty);
		if (rows[i].codes[0] != '\0') {
			buf_chr(out, ':');
		}
		for (const char *c = rows[i].codes; *c != '\0'; c++) {
			buf_chr(out, *c == ' ' ? ':' : *c);
		}
	}
	free(rows);
	return 0;
}

static int
import_packs(struct import *im, const struct staged *s, int64_t id)
{
	char		*save = NULL, *own = xstrdup(s->packs);
	struct names	 seen = { .n = 0 };
	struct pack_word pack;
	int		 r = 0;

	for (char *word = strtok_r(own, " ", &save); word != NULL && r == 0;
	    word = strtok_r(NULL, " ", &save)) {
		if ((r = pack_word_parse(word, &pack)) != 0 ||
		    (r = pack_check(&s->p, pack.name, pack.qty)) != 0) {
			break;
		}
		if (!names_add(&seen, pack.name)) {
			r = err_set(ERR_EXISTS, _("pack %s stands twice"),
			    pack.name);
		} else if (pack.codes != NULL) {
			r = import_barcodes(im, pack.codes, ":", id);
		}
	}
	names_done(&seen);
	free(own);
	return r;
}

/* --- against the catalogue ----------------------------------------------- */

/* What the file does not name stays as it is. */
static void
import_keep(const struct import *im, struct product *p,
    const struct product *old)
{
	if (im->column[COL_KIND] < 0) {
		p->kind = old->kind;
	}
	if (im->column[COL_MIN] < 0) {
		p->min_price = old->min_price;
	}
	if (im->column[COL_MAX] < 0) {
		p->max_price = old->max_price;
	}
	if (im->column[COL_SERIALS] < 0) {
		p->serials = old->serials;
	}
	if (im->column[COL_ACTIVE] < 0) {
		p->active = old->active;
	}
	if (im->column[COL_UNIT] < 0) {
		(void)str_copy(p->unit, sizeof(p->unit), old->unit);
	}
	if (im->column[COL_CATEGORY] < 0) {
		(void)str_copy(p->category, sizeof(p->category),
		    old->category);
	}
}

/* The line as it would be stored. */
static int
import_whole(struct import *im, struct staged *s, const struct product *old)
{
	if (old->id != 0) {
		import_keep(im, &s->p, old);
	}
	if (s->p.unit[0] == '\0') {
		(void)str_copy(s->p.unit, sizeof(s->p.unit), "pc");
	}
	s->p.by_weight = strcmp(s->p.unit, "pc") != 0;
	if (!s->p.by_weight && s->stock % QTY_ONE != 0) {
		return err_set(ERR_INVALID, _("stock %s: pieces have no "
		    "fractions"), import_field(im, COL_STOCK));
	}
	return product_check(&s->p, s->folded);
}

/* The same words in the same order, as the catalogue has them. */
static bool
import_same_words(struct import *im, enum column c, const char *text,
    int (*of)(struct shop *shop, int64_t id, struct buf *out), int64_t id)
{
	struct buf	now = { 0 };
	bool		same = true;

	if (im->column[c] >= 0) {
		same = of(im->shop, id, &now) == 0 &&
		    strcmp(buf_text(&now), text) == 0;
	}
	buf_done(&now);
	return same;
}

/* Nothing of it differs from what is stored. */
static bool
import_same(struct import *im, const struct staged *s,
    const struct product *old)
{
	return !s->has_info && strcmp(s->p.name, old->name) == 0 &&
	    strcmp(s->p.tax_class, old->tax_class) == 0 &&
	    strcmp(s->p.unit, old->unit) == 0 && s->p.price == old->price &&
	    strcmp(s->p.category, old->category) == 0 &&
	    s->p.active == old->active &&
	    s->p.kind == old->kind && s->p.min_price == old->min_price &&
	    s->p.max_price == old->max_price &&
	    s->p.serials == old->serials &&
	    (!s->has_stock || (old->tracked && s->stock == old->stock)) &&
	    import_same_words(im, COL_BARCODES, s->barcodes,
	    product_barcodes, old->id) &&
	    import_same_words(im, COL_PACKS, s->packs, packs_text, old->id);
}

/* Does the file say more, or else, than was known? */
static int
import_match_info(struct import *im, struct staged *s, int64_t id)
{
	struct product_info	was = { .lots = false };
	int			r;

	if (!im->informed) {
		return 0;
	}
	if (id != 0 && (r = product_info_get(im->shop, id, &was)) != 0) {
		return r;
	}
	s->info = was;
	if ((r = import_parse_info(im, &s->info)) != 0) {
		return r;
	}
	s->has_info = strcmp(was.brand, s->info.brand) != 0 ||
	    strcmp(was.origin, s->info.origin) != 0 ||
	    strcmp(was.content_unit, s->info.content_unit) != 0 ||
	    was.allergens != s->info.allergens || was.lots != s->info.lots ||
	    was.keeps != s->info.keeps || was.content != s->info.content ||
	    was.has_cost != s->info.has_cost ||
	    (was.has_cost && was.cost != s->info.cost) ||
	    was.margin != s->info.margin ||
	    was.has_reorder != s->info.has_reorder ||
	    (was.has_reorder && (was.reorder_min != s->info.reorder_min ||
	    was.reorder_max != s->info.reorder_max));
	return 0;
}

/* The product of that code as it is; id 0 for none. */
static int
import_old(struct import *im, const char *code, struct product *old)
{
	struct q_product_id_by_code	row;
	struct q_product_id_by_barcode	other;
	int				r;

	*old = (struct product){ 0 };
	if ((r = q_product_id_by_code(im->shop->db, code, &row)) == 0) {
		return product_get(im->shop, row.id, old);
	}
	if (r == ERR_NOT_FOUND && (r = q_product_id_by_barcode(im->shop->db,
	    code, &other)) == 0) {
		return err_set(ERR_EXISTS, _("code %s is the barcode of "
		    "another product"), code);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* The line against the file so far and the catalogue.  *keep: to be stored. */
static int
import_match(struct import *im, struct staged *s, bool *keep)
{
	struct product		old;
	char			folded[PRODUCT_FOLDED];
	int			r;

	if (!names_add(&im->codes, s->p.code)) {
		return err_set(ERR_EXISTS, _("code %s stands twice in the "
		    "file"), s->p.code);
	}
	if ((r = tax_class_known(im->shop, s->p.tax_class)) != 0 ||
	    (r = import_old(im, s->p.code, &old)) != 0 ||
	    (r = import_whole(im, s, &old)) != 0 ||
	    (r = import_barcodes(im, s->barcodes, " ", old.id)) != 0 ||
	    (r = import_packs(im, s, old.id)) != 0 ||
	    (r = import_match_info(im, s, old.id)) != 0) {
		return r;
	}
	if (old.id == 0) {
		im->out->added++;
		*keep = true;
		return 0;
	}
	if (!import_same(im, s, &old)) {
		im->out->changed++;
		*keep = true;
		(void)utf8_fold(folded, sizeof(folded), old.name);
		s->old_folded = xstrdup(folded);
	}
	return 0;
}

void
staged_free(struct staged *s)
{
	free(s->old_folded);
	free(s->barcodes);
	free(s->packs);
	*s = (struct staged){ .line = 0 };
}

int
import_line(struct import *im, struct staged *s, bool *keep)
{
	int	r;

	*keep = false;
	*s = (struct staged){
		.barcodes = xstrdup(import_field(im, COL_BARCODES)),
		.packs = xstrdup(import_field(im, COL_PACKS)),
	};
	if ((r = import_parse(im, s)) == 0) {
		r = import_match(im, s, keep);
	}
	if (r != 0 || !*keep) {
		staged_free(s);
		*keep = false;
	}
	return r;
}
