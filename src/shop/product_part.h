/* SPDX-License-Identifier: ISC */
/* What the files of the catalogue share; nobody else includes this. */
#ifndef SHOP_PRODUCT_PART_H
#define SHOP_PRODUCT_PART_H

#include <string.h>

#include "shop/product.h"

/* Of a word the schema allows. */
enum product_kind product_kind_of(const char *word);

/* The columns every product query has. */
#define PRODUCT_FROM(p, row) do { \
	(p)->id = (row)->id; \
	(void)str_copy((p)->code, sizeof((p)->code), (row)->code); \
	(void)str_copy((p)->name, sizeof((p)->name), (row)->name); \
	(void)str_copy((p)->category, sizeof((p)->category), \
	    (row)->category); \
	(void)str_copy((p)->tax_class, sizeof((p)->tax_class), \
	    (row)->tax_class); \
	(void)str_copy((p)->unit, sizeof((p)->unit), (row)->unit); \
	(p)->by_weight = strcmp((row)->unit, "pc") != 0; \
	(p)->tracked = (row)->tracked; \
	(p)->price = (row)->price; \
	(p)->stock = (row)->stock; \
	(p)->kind = product_kind_of((row)->kind); \
	(p)->min_price = (row)->min_price; \
	(p)->max_price = (row)->max_price; \
	(p)->serials = (row)->serials; \
	(p)->choices = (unsigned)(row)->choices; \
} while (0)

/* product_get(); where not `counted` without what there is of it. */
int	 product_read(struct shop *shop, int64_t id, bool counted,
	    struct product *out) MUST_CHECK;
/* By code or barcode exactly; ERR_NOT_FOUND. */
int	 product_id_of(struct shop *shop, const char *code, int64_t *id)
	    MUST_CHECK;
/* Nobody else answers to this code; `id` is the one who may.  ERR_EXISTS. */
int	 product_code_free(struct shop *shop, const char *code, int64_t id)
	    MUST_CHECK;
/* Inside the transaction: checked, stored, its words too. */
int	 product_insert(struct shop *shop, const struct product *p,
	    int64_t *id) MUST_CHECK;
/* product_barcode_make() inside the transaction. */
int	 product_barcode_give(struct shop *shop, int64_t product,
	    int64_t pack, char out[static 14]) MUST_CHECK;
/* The tax rates that hold today, into n products. */
int	 product_rates(struct shop *shop, struct product *p, int n)
	    MUST_CHECK;

/* There is an item in it, or it stands in the tree; ERR_NOT_FOUND. */
int	 category_known(struct shop *shop, const char *name) MUST_CHECK;

#define PRODUCT_FOLDED	(2 * PRODUCT_NAME)

/*
 * A product as it may be stored: name and code clean, unit known, price in
 * range; `folded` is filled.  Only looks at the texts, not at the database.
 */
int	 product_check(const struct product *p,
	    char folded[static PRODUCT_FOLDED]) MUST_CHECK;
/* A barcode as it may be stored. */
int	 barcode_check(const char *code) MUST_CHECK;

#define BARCODE_MAX	48

#endif
