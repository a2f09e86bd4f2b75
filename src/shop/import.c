/* SPDX-License-Identifier: ISC */
/* The catalogue from and to CSV.  A large file is staged, flipped in as one,
 * and its words and stock follow: no transaction is long. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/journal.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "shop/session.h"
#include "sql/import.h"
#include "sql/product.h"

#define IMPORT_SLICE	1000		/* lines in one transaction */

/* The columns, in the order they are exported. */
enum column {
	COL_CODE, COL_NAME, COL_CATEGORY, COL_CLASS, COL_UNIT, COL_PRICE,
	COL_BARCODES, COL_STOCK, COL_KIND, COL_MIN, COL_MAX, COL_SERIALS,
	COL_COUNT
};
static const char *const column_names[COL_COUNT] = {
	"code", "name", "category", "tax_class", "unit", "price", "barcodes",
	"stock", "kind", "min_price", "max_price", "serials",
};

/* --- a set of texts ------------------------------------------------------ */

struct names {
	char	**slot;
	size_t	  n, size;
};

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

/* False when it was there. */
static bool
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

static void
names_done(struct names *set)
{
	for (size_t i = 0; i < set->size; i++) {
		free(set->slot[i]);
	}
	free(set->slot);
}

/* --- one line ------------------------------------------------------------ */

/* A good line that waits for its transaction. */
struct staged {
	int64_t		 line, stock;
	struct product	 p;
	char		 folded[PRODUCT_FOLDED];
	char		*old_folded;	/* NULL: a new product */
	char		*barcodes;	/* "" none, spaces between */
	bool		 has_stock;
};

struct import {
	struct shop	*shop;
	struct csv	 csv;
	bool		 dry;
	void		(*bad)(void *ctx, int64_t line, const char *why);
	void		*ctx;
	struct product_import	*out;
	int		 column[COL_COUNT];	/* field, or -1 */
	size_t		 width;			/* fields of the header */
	struct names	 codes, barcodes;
	struct staged	*staged;
	size_t		 nstaged;
	int64_t		 batch;
};

static void
import_bad(struct import *im, int64_t line, const char *why)
{
	im->out->bad++;
	im->bad(im->ctx, line, why);
}

static const char *
import_field(const struct import *im, enum column c)
{
	int	i = im->column[c];

	return i >= 0 && (size_t)i < im->csv.nfields ? im->csv.field[i] : "";
}

static int
import_header(struct import *im)
{
	int	r = csv_next(&im->csv);

	if (r <= 0) {
		return r < 0 ? r : err_set(ERR_EMPTY, _("the file is empty; "
		    "its first line names the columns"));
	}
	for (int c = 0; c < COL_COUNT; c++) {
		im->column[c] = -1;
	}
	im->width = im->csv.nfields;
	for (size_t i = 0; i < im->csv.nfields; i++) {
		int	c = 0;

		while (c < COL_COUNT &&
		    strcmp(column_names[c], im->csv.field[i]) != 0) {
			c++;
		}
		if (c == COL_COUNT || im->column[c] >= 0) {
			return err_set(ERR_INVALID, _("line 1: \"%.30s\" is no "
			    "column, or stands twice; columns are code, name, "
			    "category, tax_class, unit, price, barcodes, "
			    "stock, kind, min_price, max_price, serials"),
			    im->csv.field[i]);
		}
		im->column[c] = (int)i;
	}
	if (im->column[COL_CODE] < 0 || im->column[COL_NAME] < 0 ||
	    im->column[COL_CLASS] < 0 || im->column[COL_PRICE] < 0) {
		return err_set(ERR_INVALID, _("line 1: the columns code, name, "
		    "tax_class and price are needed"));
	}
	return 0;
}

static int
import_text(char *dst, size_t size, const char *what, const char *text)
{
	if (!utf8_is_clean(text)) {
		return err_set(ERR_INVALID, _("%s is no clean UTF-8 text"),
		    what);
	}
	return str_copy(dst, size, text) ? 0 : err_set(ERR_TOO_LONG,
	    _("%s is longer than %zu bytes"), what, size - 1);
}

/* Kind, limits and serial numbers; "" is the usual. */
static int
import_parse_kind(struct import *im, struct product *p)
{
	const char	*kind = import_field(im, COL_KIND);
	const char	*serials = import_field(im, COL_SERIALS);
	const char	*least = import_field(im, COL_MIN);
	const char	*most = import_field(im, COL_MAX);
	int		 r;

	p->serials = strcmp(serials, "yes") == 0;
	if (!p->serials && serials[0] != '\0' && strcmp(serials, "no") != 0) {
		return err_set(ERR_INVALID, _("serials: yes or no"));
	}
	if ((kind[0] != '\0' &&
	    (r = product_kind_find(kind, &p->kind)) != 0) ||
	    (least[0] != '\0' && (r = money_parse(&im->shop->money, least,
	    false, &p->min_price)) != 0) ||
	    (most[0] != '\0' && (r = money_parse(&im->shop->money, most,
	    false, &p->max_price)) != 0)) {
		return r;
	}
	return 0;
}

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
}

/* Texts and numbers of the record; nothing of the database. */
static int
import_parse(struct import *im, struct staged *s)
{
	const char	*stock = import_field(im, COL_STOCK);
	const char	*unit = import_field(im, COL_UNIT);
	int		 r;

	s->line = im->csv.line;
	if (im->csv.nfields != im->width) {
		return err_set(ERR_INVALID, _("%zu fields instead of %zu"),
		    im->csv.nfields, im->width);
	}
	if ((r = import_text(s->p.code, sizeof(s->p.code), "code",
	    import_field(im, COL_CODE))) != 0 ||
	    (r = import_text(s->p.name, sizeof(s->p.name), "name",
	    import_field(im, COL_NAME))) != 0 ||
	    (r = import_text(s->p.category, sizeof(s->p.category), "category",
	    import_field(im, COL_CATEGORY))) != 0 ||
	    (r = import_text(s->p.tax_class, sizeof(s->p.tax_class),
	    "tax_class", import_field(im, COL_CLASS))) != 0 ||
	    (r = import_text(s->p.unit, sizeof(s->p.unit), "unit",
	    unit[0] == '\0' ? "pc" : unit)) != 0 ||
	    (r = money_parse(&im->shop->money, import_field(im, COL_PRICE),
	    false, &s->p.price)) != 0 ||
	    (r = import_parse_kind(im, &s->p)) != 0 ||
	    (r = product_check(&s->p, s->folded)) != 0) {
		return r;
	}
	if (stock[0] != '\0') {
		s->has_stock = true;
		if ((r = qty_parse(stock, &s->stock)) != 0) {
			return r;
		}
		if (strcmp(s->p.unit, "pc") == 0 && s->stock % QTY_ONE != 0) {
			return err_set(ERR_INVALID, _("stock %s: pieces have "
			    "no fractions"), stock);
		}
	}
	return 0;
}

/* Each barcode good, once in the file, and nobody else's. */
static int
import_barcodes(struct import *im, struct staged *s, int64_t id)
{
	struct q_product_id_by_barcode	owner;
	struct q_product_id_by_code	same;
	char	*save = NULL, *own = xstrdup(s->barcodes);
	int	 r = 0;

	for (char *code = strtok_r(own, " ", &save); code != NULL && r == 0;
	    code = strtok_r(NULL, " ", &save)) {
		if ((r = barcode_check(code)) != 0) {
			break;
		}
		if (!names_add(&im->barcodes, code)) {
			r = err_set(ERR_EXISTS, _("barcode %s stands twice in "
			    "the file"), code);
		} else if ((r = q_product_id_by_barcode(im->shop->db, code,
		    &owner)) == 0 && owner.product != id) {
			r = err_set(ERR_EXISTS, _("barcode %s belongs to "
			    "another product"), code);
		} else if (r == ERR_NOT_FOUND || r == 0) {
			r = q_product_id_by_code(im->shop->db, code, &same);
			r = r == 0 && same.id != id ? err_set(ERR_EXISTS,
			    _("barcode %s is another product's code"), code) :
			    r == ERR_NOT_FOUND ? 0 : r;
		}
	}
	free(own);
	return r;
}

/* Nothing of it differs from what is stored. */
static bool
import_same(struct import *im, const struct staged *s,
    const struct product *old)
{
	struct buf	codes = { 0 };
	bool		same;

	same = strcmp(s->p.name, old->name) == 0 &&
	    strcmp(s->p.tax_class, old->tax_class) == 0 &&
	    strcmp(s->p.unit, old->unit) == 0 && s->p.price == old->price &&
	    strcmp(s->p.category, old->category) == 0 && old->active &&
	    s->p.kind == old->kind && s->p.min_price == old->min_price &&
	    s->p.max_price == old->max_price &&
	    s->p.serials == old->serials &&
	    (!s->has_stock || (old->tracked && s->stock == old->stock));
	if (same && im->column[COL_BARCODES] >= 0) {
		same = product_barcodes(im->shop, old->id, &codes) == 0 &&
		    strcmp(buf_text(&codes), s->barcodes) == 0;
	}
	buf_done(&codes);
	return same;
}

/* The line against the file so far and the catalogue.  *keep: to be stored. */
static int
import_match(struct import *im, struct staged *s, bool *keep)
{
	struct q_product_id_by_code	row;
	struct q_tax_class_has		class;
	struct q_product_id_by_barcode	other;
	struct product			old = { 0 };
	char				folded[PRODUCT_FOLDED];
	int				r;

	*keep = false;
	if (!names_add(&im->codes, s->p.code)) {
		return err_set(ERR_EXISTS, _("code %s stands twice in the "
		    "file"), s->p.code);
	}
	if ((r = q_tax_class_has(im->shop->db, s->p.tax_class,
	    &class)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no tax class \"%s\""), s->p.tax_class);
	}
	r = q_product_id_by_code(im->shop->db, s->p.code, &row);
	if (r == 0) {
		r = product_get(im->shop, row.id, &old);
	} else if (r == ERR_NOT_FOUND && (r = q_product_id_by_barcode(
	    im->shop->db, s->p.code, &other)) == 0) {
		return err_set(ERR_EXISTS, _("code %s is the barcode of "
		    "another product"), s->p.code);
	}
	if ((r != 0 && r != ERR_NOT_FOUND) ||
	    (r = import_barcodes(im, s, old.id)) != 0) {
		return r;
	}
	if (old.id != 0) {
		import_keep(im, &s->p, &old);
		if ((r = product_check(&s->p, folded)) != 0) {
			return r;
		}
	}
	if (old.id == 0) {
		im->out->added++;
		*keep = true;
	} else if (!import_same(im, s, &old)) {
		im->out->changed++;
		*keep = true;
		(void)utf8_fold(folded, sizeof(folded), old.name);
		s->old_folded = xstrdup(folded);
	}
	return 0;
}

/* --- staging ------------------------------------------------------------- */

static void
staged_drop(struct import *im)
{
	for (size_t i = 0; i < im->nstaged; i++) {
		free(im->staged[i].old_folded);
		free(im->staged[i].barcodes);
	}
	im->nstaged = 0;
}

static int
staged_write(struct import *im, const struct staged *s)
{
	const int	*col = im->column;
	const char	*kind = product_kind_name(s->p.kind);
	int64_t		 serials = s->p.serials;
	char		*save = NULL, *own;
	int		 r;

	if ((r = q_import_line_add(im->shop->db, im->batch, s->line,
	    s->p.code, s->p.name, s->folded, s->old_folded, s->p.category,
	    s->p.tax_class, s->p.unit, s->p.price,
	    s->has_stock ? &s->stock : NULL,
	    col[COL_KIND] < 0 ? NULL : kind,
	    col[COL_MIN] < 0 ? NULL : &s->p.min_price,
	    col[COL_MAX] < 0 ? NULL : &s->p.max_price,
	    col[COL_SERIALS] < 0 ? NULL : &serials)) != 0) {
		return r;
	}
	own = xstrdup(s->barcodes);
	for (char *code = strtok_r(own, " ", &save); code != NULL && r == 0;
	    code = strtok_r(NULL, " ", &save)) {
		r = q_import_barcode_add(im->shop->db, im->batch, code,
		    s->p.code);
	}
	free(own);
	return r;
}

/* What was read so far, in one short transaction. */
static int
import_flush(struct import *im)
{
	int	r = 0;

	if (im->nstaged > 0 && !im->dry &&
	    (r = db_begin(im->shop->db, "product import")) == 0) {
		for (size_t i = 0; i < im->nstaged && r == 0; i++) {
			r = staged_write(im, &im->staged[i]);
		}
		if (r == 0) {
			r = db_commit(im->shop->db);
		} else {
			db_rollback(im->shop->db);
		}
	}
	staged_drop(im);
	return r;
}

/* < 0 only when the import cannot go on; a bad line is reported. */
static int
import_record(struct import *im)
{
	struct staged	*s = &im->staged[im->nstaged];
	bool		 keep = false;
	int		 r;

	*s = (struct staged){ .p.active = true };
	s->barcodes = xstrdup(import_field(im, COL_BARCODES));
	if ((r = import_parse(im, s)) == 0) {
		r = import_match(im, s, &keep);
	}
	if (r != 0) {
		if (r == ERR_IO || r == ERR_BUSY || r == ERR_CORRUPT) {
			free(s->barcodes);
			return r;
		}
		import_bad(im, s->line, err_text(r));
	}
	if (!keep) {
		free(s->old_folded);
		free(s->barcodes);
		return 0;
	}
	return ++im->nstaged == IMPORT_SLICE ? import_flush(im) : 0;
}

static int
import_read(struct import *im)
{
	int	r;

	while ((r = csv_next(&im->csv)) != 0) {
		im->out->lines++;
		if (r == ERR_IO) {
			return r;
		}
		if (r < 0) {
			import_bad(im, im->csv.line, err_text(r));
		} else if ((r = import_record(im)) != 0) {
			return r;
		}
	}
	return import_flush(im);
}

/* --- flipping and following ---------------------------------------------- */

/* The one moment in which the catalogue changes. */
static int
import_flip(struct import *im)
{
	struct db	*db = im->shop->db;
	char		 info[80];
	int64_t		 at = shop_now();
	int		 r;

	(void)str_fmt(info, sizeof(info), "products added %lld changed %lld",
	    (long long)im->out->added, (long long)im->out->changed);
	if ((r = db_begin(db, "product import")) != 0) {
		return r;
	}
	if ((r = q_import_new(db, im->batch, at)) != 0 ||
	    (r = q_import_changed(db, im->batch, at,
	    some(&im->shop->who.user))) != 0 ||
	    (im->column[COL_BARCODES] >= 0 &&
	    ((r = q_import_barcodes_drop(db, im->batch)) != 0 ||
	    (r = q_import_barcodes(db, im->batch)) != 0)) ||
	    (r = q_import_flipped(db, im->batch)) != 0 ||
	    (r = journal_event(im->shop, JET_IMPORT, info)) != 0 ||
	    (r = audit_add(im->shop, "product.import", "", 0, info)) != 0) {
		db_rollback(db);
		return r == ERR_EXISTS ? err_set(ERR_EXISTS, _("somebody else "
		    "took a code or barcode of the file meanwhile; import it "
		    "again")) : r;
	}
	db_topic(db, "product");
	return db_commit(db);
}

/* One slice: `whole` with words and stock, else it is only thrown away. */
static int
follow_slice(struct shop *shop, int64_t batch, bool whole, int64_t last)
{
	int	r;

	if (whole && ((r = q_import_words_drop(shop->db, batch, last)) != 0 ||
	    (r = q_import_words(shop->db, batch, last)) != 0 ||
	    (r = q_import_stock(shop->db, batch, last, shop_now(),
	    some(&shop->who.user))) != 0)) {
		return r;
	}
	return q_import_lines_drop(shop->db, batch, last);
}

static int
follow_commit(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

static int
import_follow(struct shop *shop, int64_t batch, bool whole)
{
	struct q_import_slice	slice;
	int64_t			n;
	int			r;

	for (;;) {
		if ((r = q_import_slice(shop->db, batch, IMPORT_SLICE,
		    &slice)) != 0) {
			return r;
		}
		if (slice.last_null) {
			break;
		}
		if ((r = db_begin(shop->db, "product import")) != 0 ||
		    (r = follow_commit(shop, follow_slice(shop, batch, whole,
		    slice.last))) != 0) {
			return r;
		}
	}
	do {
		if ((r = db_begin(shop->db, "product import")) != 0) {
			return r;
		}
		r = q_import_codes_drop(shop->db, batch, IMPORT_SLICE, &n);
		if (r == 0 && n < IMPORT_SLICE) {
			r = q_import_close(shop->db, batch);
		}
		if ((r = follow_commit(shop, r)) != 0) {
			return r;
		}
	} while (n == IMPORT_SLICE);
	return 0;
}

int
product_import_finish(struct shop *shop)
{
	struct q_import_batches	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_import_batches(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (session_process_alive(rows[i].boot, rows[i].pid,
		    rows[i].pid_start)) {
			r = err_set(ERR_BUSY, _("another import is under way "
			    "(process %lld); wait for it"),
			    (long long)rows[i].pid);
		} else {
			r = import_follow(shop, rows[i].id,
			    strcmp(rows[i].state, "following") == 0);
		}
	}
	free(rows);
	return r;
}

static int
import_open(struct import *im)
{
	char	boot[SESSION_BOOT];
	int64_t	pid, start;
	int	r;

	if (im->dry) {
		return 0;
	}
	session_self(boot, &pid, &start);
	if ((r = product_import_finish(im->shop)) != 0 ||
	    (r = db_begin(im->shop->db, "product import")) != 0) {
		return r;
	}
	if ((r = q_import_open(im->shop->db, boot, pid, start, shop_now(),
	    &im->batch)) != 0) {
		db_rollback(im->shop->db);
		return r;
	}
	return db_commit(im->shop->db);
}

int
product_import(struct shop *shop, int fd, bool dry,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    struct product_import *out)
{
	struct import	im = { .shop = shop, .dry = dry, .bad = bad,
			    .ctx = ctx, .out = out };
	bool		flipped = false;
	int		r, end = 0;

	*out = (struct product_import){ 0 };
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	csv_init(&im.csv, fd);
	im.staged = xcalloc(IMPORT_SLICE, sizeof(*im.staged));
	if ((r = import_header(&im)) == 0 && (r = import_open(&im)) == 0) {
		if ((r = import_read(&im)) == 0 && out->bad > 0) {
			r = err_set(ERR_INVALID, ngettext("%lld bad line; "
			    "nothing was stored", "%lld bad lines; nothing "
			    "was stored", (unsigned long)out->bad),
			    (long long)out->bad);
		}
		if (r == 0 && !dry) {
			r = import_flip(&im);
			flipped = r == 0;
		}
		if (!dry) {
			end = import_follow(shop, im.batch, flipped);
		}
	}
	staged_drop(&im);
	free(im.staged);
	names_done(&im.codes);
	names_done(&im.barcodes);
	csv_done(&im.csv);
	return r != 0 ? r : end;
}

/* --- export -------------------------------------------------------------- */

struct export {
	struct shop		*shop;
	struct money_style	 plain;		/* 1234.50 */
	struct buf		 out;
	int			 fd;
};

static int
export_one(void *ctx, const struct product *p)
{
	struct export	*ex = ctx;
	struct buf	 codes = { 0 };
	char		 price[MONEY_TEXT], stock[MONEY_TEXT] = "";
	char		 least[MONEY_TEXT] = "", most[MONEY_TEXT] = "";
	int		 r;

	if (!p->active) {
		return 0;
	}
	money_plain(&ex->plain, p->price, price);
	if (p->tracked) {
		qty_plain('.', p->stock, stock);
	}
	if (p->min_price != 0) {
		money_plain(&ex->plain, p->min_price, least);
	}
	if (p->max_price != 0) {
		money_plain(&ex->plain, p->max_price, most);
	}
	if ((r = product_barcodes(ex->shop, p->id, &codes)) != 0) {
		return r;
	}
	csv_field(&ex->out, p->code, false);
	csv_field(&ex->out, p->name, false);
	csv_field(&ex->out, p->category, false);
	csv_field(&ex->out, p->tax_class, false);
	csv_field(&ex->out, p->unit, false);
	csv_field(&ex->out, price, false);
	csv_field(&ex->out, buf_text(&codes), false);
	csv_field(&ex->out, stock, false);
	csv_field(&ex->out, product_kind_name(p->kind), false);
	csv_field(&ex->out, least, false);
	csv_field(&ex->out, most, false);
	csv_field(&ex->out, p->serials ? "yes" : "", true);
	buf_done(&codes);
	if (ex->out.len >= 65536) {
		r = io_write_all(ex->fd, ex->out.data, ex->out.len);
		buf_clear(&ex->out);
	}
	return r;
}

int
product_export(struct shop *shop, int fd)
{
	struct export	ex = { .shop = shop, .fd = fd, .plain = shop->money };
	int		r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0) {
		return r;
	}
	ex.plain.mark = '.';
	ex.plain.group[0] = '\0';
	for (int c = 0; c < COL_COUNT; c++) {
		csv_field(&ex.out, column_names[c], c + 1 == COL_COUNT);
	}
	if ((r = product_list(shop, NULL, 0, export_one, &ex)) == 0 &&
	    (r = journal_export(shop, "products")) == 0) {
		r = io_write_all(fd, ex.out.data, ex.out.len);
	}
	buf_done(&ex.out);
	return r;
}
