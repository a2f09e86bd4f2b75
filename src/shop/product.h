/* SPDX-License-Identifier: ISC */
/* The catalogue: codes, barcodes, categories, tax classes, prices, units. */
#ifndef SHOP_PRODUCT_H
#define SHOP_PRODUCT_H

#include "base/buf.h"
#include "shop/shop.h"

#define PRODUCT_NAME	96
#define PRODUCT_CODE	24

/* What selling it means (product.kind). */
#define PRODUCT_KINDS(X) \
	X(ITEM, "item", N_("item")) \
	X(DEPARTMENT, "department", N_("department"))	/* open price */ \
	X(VOUCHER, "voucher", N_("voucher"))		/* no turnover */ \
	X(DEPOSIT, "deposit", N_("deposit"))

enum product_kind {
#define X(id, name, text) PRODUCT_##id,
	PRODUCT_KINDS(X)
#undef X
	PRODUCT_KIND_COUNT
};
const char *product_kind_name(enum product_kind k);
const char *product_kind_text(enum product_kind k);	/* translated */
int	 product_kind_find(const char *name, enum product_kind *out)
	    MUST_CHECK;

struct product {
	int64_t	id;
	char	code[PRODUCT_CODE];
	char	name[PRODUCT_NAME];
	char	category[48], tax_class[16];
	char	unit[8];		/* "pc", "kg", "l", "m" */
	bool	by_weight;		/* quantity is weighed, never counted */
	bool	active;
	bool	tracked;		/* stock is kept for it */
	int64_t	changed_at;		/* as it was read; 0: not said */
	int64_t	price;			/* minor units, as the country has it */
	int64_t	rate;			/* today's, 1/100 000 */
	int64_t	rate2;			/* of a second tax on it, or 0 */
	int64_t	stock;			/* level in thousandths */
	enum product_kind kind;
	int64_t	min_price, max_price;	/* of an open price; 0 no limit */
	bool	serials;		/* each piece has its number */
	unsigned choices;		/* PRODUCT_OPTIONS | PRODUCT_VARIANTS */
};
#define PRODUCT_OPTIONS		1U	/* option.h: something is asked */
#define PRODUCT_VARIANTS	2U	/* variant.h: it is not sold itself */
#define PRODUCT_COUNTED		4U	/* only so many, or today only */
#define PRODUCT_ASKS		(PRODUCT_OPTIONS | PRODUCT_VARIANTS)

/* What a label says beside the item it names. */
struct scan {
	bool	has_qty, has_amount;
	int64_t	qty;			/* weight, thousandths */
	int64_t	amount;			/* price of the whole, as printed */
	char	serial[52], lot[21];	/* of this piece (GS1); "" none */
	char	expiry[11];		/* 2026-12-31, or "" */
	int64_t	pack;			/* whose barcode it is; 0: one */
};

/*
 * Code or barcode, exactly; strips the scanner's prefix and AIM's; reads the
 * unshifted digits of an entry typed in the wrong keyboard layout; knows the
 * shop's weight and price labels and GS1 (domain.md 5.1).  ERR_NOT_FOUND.
 * How much there is of it is not read: out->stock is 0.
 */
int	 product_scan(struct shop *shop, const char *text, struct product *out,
	    struct scan *scan) MUST_CHECK;
/* So many (thousandths, below 0 too) of what a label says: two boxes of six
 * are twelve.  ERR_RANGE. */
int	 scan_times(const struct scan *scan, int64_t times, int64_t *qty)
	    MUST_CHECK;
/* The same where only the item matters, with its stock. */
int	 product_find(struct shop *shop, const char *text, struct product *out)
	    MUST_CHECK;
int	 product_get(struct shop *shop, int64_t id, struct product *out)
	    MUST_CHECK;
/*
 * Word starts, accents and case ignored, all words must match ("cro mon");
 * the order depends on the text and the catalogue only.  At most `limit`
 * rows into out[]; *n says how many.  "/…/" is a PCRE2 pattern.
 */
int	 product_search(struct shop *shop, const char *text, int limit,
	    struct product *out, int *n) MUST_CHECK;

/* The same; a pattern asks stop() now and then, ERR_TIMEOUT when it says so
 * (more was typed).  A pattern too costly is ERR_RANGE. */
int	 product_search_until(struct shop *shop, const char *text, int limit,
	    bool (*stop)(void *ctx), void *ctx, struct product *out, int *n)
	    MUST_CHECK;

/* The ids of all that answer, in order; free(*out).  ERR_RANGE as above. */
int	 product_search_ids(struct shop *shop, const char *text,
	    int64_t **out, size_t *n) MUST_CHECK;

int	 product_add(struct shop *shop, const struct product *p,
	    const char *const *barcodes, size_t nbarcodes, int64_t *id)
	    MUST_CHECK;
/* Everything but rate and stock, by id.  ERR_CHANGED when somebody changed it
 * since it was read; ERR_EXISTS when there is stock that would not be kept any
 * more. */
int	 product_update(struct shop *shop, const struct product *p) MUST_CHECK;
/* The check digit is proven for EAN and UPC lengths. */
/* Is it a barcode, and nobody's so far?  ERR_INVALID, ERR_EXISTS. */
int	 product_barcode_free(struct shop *shop, const char *code) MUST_CHECK;
int	 product_barcode_add(struct shop *shop, int64_t id, const char *code)
	    MUST_CHECK;
/* Its barcodes in order, spaces between; appended to out. */
int	 product_barcodes(struct shop *shop, int64_t id, struct buf *out)
	    MUST_CHECK;
/* In order of code; category NULL for all, else it and what stands below it;
 * limit 0 for all. */
int	 product_list(struct shop *shop, const char *category, int64_t limit,
	    int (*fn)(void *ctx, const struct product *p), void *ctx)
	    MUST_CHECK;

struct product_import {
	int64_t	lines, added, changed, bad;
};
enum {
	IMPORT_DRY	= 1 << 0,	/* stores nothing */
	IMPORT_LATIN1	= 1 << 1,	/* bytes are Windows-1252, not UTF-8 */
};
/*
 * CSV with a header line, or a JSON array of objects: code, name, category,
 * tax_class, unit, price, barcodes, stock, kind, min_price, max_price,
 * serials, brand, origin, allergens, lots, keeps_days, content, cost, margin,
 * reorder_min, reorder_max, packs ("box=6:BARCODE pallet=144"), active; lists
 * have blanks between, numbers of JSON are minor units and thousandths.  What
 * the header does not name stays as it is.  Every bad line goes to bad() with
 * its number; all or nothing, staged so that a till goes on selling.
 */
int	 product_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    struct product_import *out) MUST_CHECK;
/* Words, stock and the rest of an import that was killed after its flip; what
 * was not flipped is thrown away.  `check` calls it too. */
int	 product_import_finish(struct shop *shop) MUST_CHECK;
enum {
	EXPORT_JSON	= 1 << 0,
	EXPORT_ALL	= 1 << 1,	/* also what is no longer sold */
};
/* In order of code; importing it gives the same file. */
int	 product_export(struct shop *shop, int fd, unsigned how) MUST_CHECK;

/* What to store as the barcode of something scanned: behind its prefixes, of a
 * GS1 text its number.  ERR_INVALID for a scale's label, which is no item. */
int	 product_barcode_of(struct shop *shop, const char *text, char *out,
	    size_t size) MUST_CHECK;
/* The next code of digits that nothing has. */
int	 product_free_code(struct shop *shop, char out[static PRODUCT_CODE])
	    MUST_CHECK;

struct tax_class {
	char	name[16], label[48];
};
int	 tax_class_list(struct shop *shop, struct tax_class **rows, size_t *n)
	    MUST_CHECK;			/* free(*rows) */
/* 0, or ERR_NOT_FOUND in words that name those there are. */
int	 tax_class_known(struct shop *shop, const char *name) MUST_CHECK;

/* Stock: a level is the sum of its movements, nothing else; in the stores that
 * the actor may see. */
int	 stock_level(struct shop *shop, int64_t product, int64_t *qty)
	    MUST_CHECK;
/* Right "adjust"; a product not tracked so far is from here on. */
int	 stock_adjust(struct shop *shop, int64_t product, int64_t delta,
	    const char *reason) MUST_CHECK;

#endif
