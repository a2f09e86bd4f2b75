/* SPDX-License-Identifier: ISC */
/* The catalogue from a file.  A large file is staged, flipped in as one,
 * and its words and stock follow: no transaction is long. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/audit.h"
#include "shop/import_part.h"
#include "shop/journal.h"
#include "shop/sale_part.h"
#include "shop/session.h"
#include "shop/stock.h"
#include "sql/import.h"

#define IMPORT_SLICE	1000		/* lines in one transaction */
#define IMPORT_ROUND	50		/* slices, then the log is emptied */

static void
import_bad(struct import *im, int64_t line, const char *why)
{
	im->out->bad++;
	im->bad(im->ctx, line, why);
}

/* --- staging ------------------------------------------------------------- */

static void
staged_drop(struct import *im)
{
	for (size_t i = 0; i < im->nstaged; i++) {
		staged_free(&im->staged[i]);
	}
	im->nstaged = 0;
}

static int
staged_codes(struct import *im, const struct staged *s, char *codes,
    const char *between, const char *pack)
{
	char	*save = NULL;
	int	 r = 0;

	for (char *code = strtok_r(codes, between, &save); code != NULL &&
	    r == 0; code = strtok_r(NULL, between, &save)) {
		r = q_import_barcode_add(im->shop->db, im->batch, code,
		    s->p.code, pack);
	}
	return r;
}

/* Its barcodes and packs; the texts are cut up. */
static int
staged_words(struct import *im, const struct staged *s)
{
	char		*save = NULL;
	struct pack_word pack;
	int		 r = staged_codes(im, s, s->barcodes, " ", NULL);

	for (char *word = strtok_r(s->packs, " ", &save); word != NULL &&
	    r == 0; word = strtok_r(NULL, " ", &save)) {
		if ((r = pack_word_parse(word, &pack)) == 0 &&
		    (r = q_import_pack_add(im->shop->db, im->batch,
		    s->p.code, pack.name, pack.qty)) == 0 &&
		    pack.codes != NULL) {
			r = staged_codes(im, s, pack.codes, ":", pack.name);
		}
	}
	return r;
}

static int
staged_info(struct import *im, const struct staged *s)
{
	const struct product_info	*i = &s->info;

	return q_import_info_add(im->shop->db, im->batch, s->line, i->brand,
	    i->allergens, i->lots, i->keeps, i->origin, i->content,
	    i->content_unit, i->has_cost ? &i->cost : NULL, i->margin,
	    i->has_reorder ? &i->reorder_min : NULL,
	    i->has_reorder ? &i->reorder_max : NULL);
}

static int
staged_write(struct import *im, const struct staged *s)
{
	const int	*col = im->column;
	const char	*kind = product_kind_name(s->p.kind);
	int64_t		 serials = s->p.serials, active = s->p.active;
	int		 r;

	if ((r = q_import_line_add(im->shop->db, im->batch, s->line,
	    s->p.code, s->p.name, s->folded, s->old_folded, s->p.category,
	    s->p.tax_class, s->p.unit, s->p.price,
	    s->has_stock ? &s->stock : NULL,
	    col[COL_KIND] < 0 ? NULL : kind,
	    col[COL_MIN] < 0 ? NULL : &s->p.min_price,
	    col[COL_MAX] < 0 ? NULL : &s->p.max_price,
	    col[COL_SERIALS] < 0 ? NULL : &serials,
	    col[COL_ACTIVE] < 0 ? NULL : &active)) != 0 ||
	    (s->has_info && (r = staged_info(im, s)) != 0)) {
		return r;
	}
	return staged_words(im, s);
}

/* The log is emptied while it is short, between slices: it would be a till's
 * commit that finds it long, and waits for all of it. */
static int
import_paused(struct shop *shop, int64_t *slices)
{
	return ++*slices % IMPORT_ROUND == 0 ?
	    db_checkpoint(shop->db, false) : 0;
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
		if (r != 0) {
			db_rollback(im->shop->db);
		} else if ((r = db_commit(im->shop->db)) == 0) {
			r = import_paused(im->shop, &im->slices);
		}
	}
	staged_drop(im);
	return r;
}

/* < 0 only when the import cannot go on; a bad line is reported. */
static int
import_record(struct import *im)
{
	int64_t	line = im->csv.line;
	bool	keep;
	int	r = import_line(im, &im->staged[im->nstaged], &keep);

	if (r == ERR_IO || r == ERR_BUSY || r == ERR_CORRUPT) {
		return r;
	}
	if (r != 0) {
		import_bad(im, line, err_text(r));
	}
	return keep && ++im->nstaged == IMPORT_SLICE ? import_flush(im) : 0;
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

static int
import_flip_packs(struct import *im)
{
	struct db	*db = im->shop->db;
	int		 r;

	if ((r = q_import_packs_drop(db, im->batch)) != 0 ||
	    (r = q_import_packs(db, im->batch)) != 0) {
		return r;
	}
	return q_import_pack_codes(db, im->batch);
}

/* What changed while the file was read: another name is what the words are
 * known by now, another code is no line of the file's. */
static int
import_moved(struct import *im)
{
	struct q_import_moved	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_import_moved(im->shop->db, im->batch, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = rows[i].now == NULL ? err_set(ERR_CHANGED, _("%s has "
		    "another code meanwhile; import it again"), rows[i].code) :
		    q_import_words_now(im->shop->db, im->batch, rows[i].line,
		    rows[i].now);
	}
	free(rows);
	return r;
}

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
	/* the longest of all begins with a short log */
	if ((r = db_checkpoint(db, false)) != 0 ||
	    (r = db_begin_large(db, "product import")) != 0) {
		return r;
	}
	if ((r = import_moved(im)) != 0 ||
	    (r = q_import_new(db, im->batch, at)) != 0 ||
	    (r = q_import_changed(db, im->batch, at,
	    some(&im->shop->who.user))) != 0 ||
	    (im->column[COL_PACKS] >= 0 &&
	    (r = q_import_pack_codes_drop(db, im->batch)) != 0) ||
	    (im->column[COL_BARCODES] >= 0 &&
	    ((r = q_import_barcodes_drop(db, im->batch)) != 0 ||
	    (r = q_import_barcodes(db, im->batch)) != 0)) ||
	    (im->column[COL_PACKS] >= 0 && (r = import_flip_packs(im)) != 0) ||
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
	    (r = q_import_info(shop->db, batch, last)) != 0 ||
	    (r = q_import_stock(shop->db, batch, last, shop_now(),
	    some(&shop->who.user))) != 0)) {
		return r;
	}
	if ((r = q_import_info_drop(shop->db, batch, last)) != 0) {
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
	int64_t			n, slices = 0;
	int			r;

	if (whole && (r = db_checkpoint(shop->db, false)) != 0) {
		return r;
	}
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
		    slice.last))) != 0 ||
		    (r = import_paused(shop, &slices)) != 0) {
			return r;
		}
	}
	do {
		if ((r = db_begin(shop->db, "product import")) != 0) {
			return r;
		}
		r = q_import_codes_drop(shop->db, batch, IMPORT_SLICE, &n);
		if (r == 0 && n < IMPORT_SLICE &&
		    (r = q_import_pack_drop(shop->db, batch)) == 0) {
			r = q_import_close(shop->db, batch);
		}
		if ((r = follow_commit(shop, r)) != 0) {
			return r;
		}
	} while (n == IMPORT_SLICE);
	return 0;
}

static int
import_busy(int64_t pid)
{
	return err_set(ERR_BUSY, _("another import is under way (process "
	    "%lld); wait for it"), (long long)pid);
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
			r = import_busy(rows[i].pid);
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
	struct q_import_batches	*rows = NULL;
	char			 boot[SESSION_BOOT];
	int64_t			 pid, start;
	size_t			 n = 0;
	int			 r;

	if (im->dry) {
		return 0;
	}
	session_self(boot, &pid, &start);
	if ((r = product_import_finish(im->shop)) != 0 ||
	    (r = db_begin(im->shop->db, "product import")) != 0) {
		return r;
	}
	/* One that began while we waited for the queue. */
	if ((r = q_import_batches(im->shop->db, &rows, &n)) == 0 && n > 0) {
		r = import_busy(rows[0].pid);
	}
	free(rows);
	if (r != 0 || (r = q_import_open(im->shop->db, boot, pid, start,
	    shop_now(), &im->batch)) != 0) {
		db_rollback(im->shop->db);
		return r;
	}
	return db_commit(im->shop->db);
}

/* Levels are more than products. */
static int
import_may(const struct import *im)
{
	int	r;

	if (im->column[COL_STOCK] < 0) {
		return 0;
	}
	return (r = shop_require(im->shop, RIGHT_ADJUST)) != 0 ? r :
	    stock_place_seen(im->shop, PLACE_FIRST);
}

int
product_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    struct product_import *out)
{
	bool		dry = (how & IMPORT_DRY) != 0;
	struct import	im = { .shop = shop, .dry = dry, .bad = bad,
			    .ctx = ctx, .out = out };
	bool		flipped = false;
	int		r, end = 0;

	*out = (struct product_import){ 0 };
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	csv_init(&im.csv, fd);
	im.csv.latin1 = (how & IMPORT_LATIN1) != 0;
	im.staged = xcalloc(IMPORT_SLICE, sizeof(*im.staged));
	if ((r = import_header(&im)) == 0 && (r = import_may(&im)) == 0 &&
	    (r = import_open(&im)) == 0) {
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
