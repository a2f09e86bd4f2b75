/* SPDX-License-Identifier: ISC */
/* Who sells to the shop, and what: references, packs, prices. */
#ifndef SHOP_SUPPLIER_H
#define SHOP_SUPPLIER_H

#include "base/buf.h"
#include "shop/product.h"

struct supplier {
	int64_t	id;
	char	code[PRODUCT_CODE];	/* the shop's own for them */
	char	name[NAME_SIZE], address[160], email[64], phone[32];
	char	account[32];		/* our number there */
	int64_t	lead;			/* days from order to receipt */
	int64_t	least;			/* they take no order below it */
	int64_t	terms;			/* days to pay */
	int64_t	discount;		/* off every line, 1/100 000 */
	bool	active;
};
/* Right "purchase"; id 0 adds and is filled, else all of it is set. */
int	 supplier_put(struct shop *shop, struct supplier *s) MUST_CHECK;
int	 supplier_get(struct shop *shop, int64_t id, struct supplier *out)
	    MUST_CHECK;
/* By code; ERR_NOT_FOUND says so. */
int	 supplier_find(struct shop *shop, const char *code,
	    struct supplier *out) MUST_CHECK;
struct supplier_row {
	struct supplier	s;
	int64_t		items, open, owed;	/* orders, unpaid bills */
};
/* Active ones first, by name. */
int	 supplier_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct supplier_row *row), void *ctx)
	    MUST_CHECK;

/* What they sell us.  Prices are of a pack, without tax. */
struct supplier_item {
	int64_t	supplier, product;
	char	supplier_code[PRODUCT_CODE], code[PRODUCT_CODE];
	char	name[PRODUCT_NAME], unit[8];
	char	ref[32];		/* what they call it */
	int64_t	pack;			/* thousandths of the item's unit */
	int64_t	price, least;		/* of a pack; so many packs */
	bool	preferred;
};
/* Right "purchase".  Of pieces a pack holds whole ones. */
int	 supplier_item_put(struct shop *shop, const struct supplier_item *i)
	    MUST_CHECK;
int	 supplier_item_drop(struct shop *shop, int64_t supplier,
	    int64_t product) MUST_CHECK;
/* ERR_NOT_FOUND where they do not sell it. */
int	 supplier_item_get(struct shop *shop, int64_t supplier,
	    int64_t product, struct supplier_item *out) MUST_CHECK;
/* What they call so, or what the shop does; with `scan` as product_scan(). */
int	 supplier_item_find(struct shop *shop, int64_t supplier,
	    const char *text, struct product *out, struct scan *scan)
	    MUST_CHECK;
/* Of a supplier, of a product; 0 for all. */
int	 supplier_items(struct shop *shop, int64_t supplier, int64_t product,
	    int (*fn)(void *ctx, const struct supplier_item *i), void *ctx)
	    MUST_CHECK;
/* CSV or JSON: supplier,code,price,ref,pack,least,preferred.  Every bad line
 * to bad(); all or nothing. */
int	 supplier_item_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* The same of suppliers themselves: code,name,address,email,phone,account,
 * lead,least,terms,discount,active; new, or set.  What a line leaves empty
 * stays as it was. */
int	 supplier_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* All of them, so that importing changes nothing; fills `out`. */
int	 supplier_item_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;
int	 supplier_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

#endif
