/* SPDX-License-Identifier: ISC */
/* The catalogue beyond what a sale needs: what is known of an item, its packs,
 * its past prices, the tree of categories. */
#ifndef SHOP_CATALOGUE_H
#define SHOP_CATALOGUE_H

#include "shop/product.h"

#define BRAND_SIZE	48

/* The fourteen of Regulation (EU) 1169/2011, annex II; a bit each, in its
 * order.  Kept by name, in files, too. */
#define ALLERGENS(X) \
	X(GLUTEN, "gluten", N_("gluten")) \
	X(CRUSTACEANS, "crustaceans", N_("crustaceans")) \
	X(EGGS, "eggs", N_("eggs")) \
	X(FISH, "fish", N_("fish")) \
	X(PEANUTS, "peanuts", N_("peanuts")) \
	X(SOYA, "soya", N_("soya")) \
	X(MILK, "milk", N_("milk")) \
	X(NUTS, "nuts", N_("nuts")) \
	X(CELERY, "celery", N_("celery")) \
	X(MUSTARD, "mustard", N_("mustard")) \
	X(SESAME, "sesame", N_("sesame")) \
	X(SULPHITES, "sulphites", N_("sulphites")) \
	X(LUPIN, "lupin", N_("lupin")) \
	X(MOLLUSCS, "molluscs", N_("molluscs"))

enum allergen {
#define X(id, name, text) ALLERGEN_##id,
	ALLERGENS(X)
#undef X
	ALLERGEN_COUNT
};
#define ALLERGEN_TEXT	160		/* all of them, in any language */

/* "milk nuts", as programs read it, or in the language spoken; both forms are
 * read back, commas or blanks between.  ERR_INVALID names the odd one. */
void	 allergens_words(unsigned set, char out[static ALLERGEN_TEXT]);
void	 allergens_text(unsigned set, char out[static ALLERGEN_TEXT]);
int	 allergens_parse(const char *text, unsigned *out) MUST_CHECK;
/* Those of a set that words of a guest name, in English or the language
 * spoken. */
unsigned allergens_named(unsigned set, const char *said);

struct product_info {
	char	 brand[BRAND_SIZE], origin[BRAND_SIZE];
	unsigned allergens;
	bool	 lots;			/* kept by lot */
	int64_t	 keeps;			/* days from its receipt; 0 not said */
	int64_t	 content;		/* of a piece, thousandths of … */
	char	 content_unit[4];	/* … "kg", "l", "m"; "" not said */
	bool	 has_cost;
	int64_t	 cost;			/* of one, without tax */
	int64_t	 margin;		/* of the net price, to be kept; 0 */
	bool	 has_reorder;
	int64_t	 reorder_min, reorder_max;	/* thousandths */
};
/* Zeroes where nothing is known. */
int	 product_info_get(struct shop *shop, int64_t product,
	    struct product_info *out) MUST_CHECK;
/* Right "product".  All of it. */
int	 product_info_put(struct shop *shop, int64_t product,
	    const struct product_info *info) MUST_CHECK;
/* Only looks at the values; product_info_put() and the import do. */
int	 product_info_check(const struct product_info *info) MUST_CHECK;
/* "0.75 l", "250 g", "33 cl" into content and unit; "" is none. */
int	 content_parse(const char *text, struct product_info *info)
	    MUST_CHECK;
/* "0.75 l"; "" none. */
void	 content_text(char mark, const struct product_info *info,
	    char out[static MONEY_TEXT]);
/* Brands of items sold, by name. */
int	 brand_list(struct shop *shop, int (*fn)(void *ctx, const char *brand,
	    int64_t items), void *ctx) MUST_CHECK;

/* --- money --------------------------------------------------------------- */

struct margin {
	int64_t	net;			/* the price without tax */
	int64_t	cost;			/* of one, without tax */
	int64_t	gain;			/* net - cost */
	int64_t	rate;			/* gain of net, 1/100 000 */
	int64_t	suggested;		/* price for the margin wanted; 0 */
	bool	known;			/* a cost is */
	bool	tax_added;		/* prices are without tax here */
};
/* Of an item at its price now, and what the stock of it cost; where there is
 * none, what is known as its cost.  Suggested is as prices are written in the
 * shop: with tax where they have it. */
int	 product_margin(struct shop *shop, const struct product *p,
	    const struct product_info *info, struct margin *out) MUST_CHECK;
/* The price of a kilogram, litre or metre; 0 where it is not said. */
int	 product_unit_price(const struct product *p,
	    const struct product_info *info, int64_t *out) MUST_CHECK;

struct price_change {
	int64_t		 old, price, at;
	const char	*who;		/* "" not known */
};
/* Newest first; limit 0 for all. */
int	 product_price_history(struct shop *shop, int64_t product,
	    int64_t limit, int (*fn)(void *ctx, const struct price_change *c),
	    void *ctx) MUST_CHECK;
/* The lowest price that held at some moment since then. */
int	 product_price_lowest(struct shop *shop, int64_t product,
	    int64_t since, int64_t *price) MUST_CHECK;

/* --- barcodes and packs -------------------------------------------------- */

struct pack {
	int64_t	id, qty;		/* thousandths of the item's unit */
	char	name[32];
	char	codes[128];		/* barcodes, blanks between */
};
/* free(*rows) */
int	 pack_list(struct shop *shop, int64_t product, struct pack **rows,
	    size_t *n) MUST_CHECK;
/* Right "product".  New, or another quantity; a barcode too unless NULL or
 * "".  A pack of pieces holds whole pieces. */
int	 pack_put(struct shop *shop, int64_t product, const char *name,
	    int64_t qty, const char *barcode, int64_t *id) MUST_CHECK;
/* With its barcodes. */
int	 pack_drop(struct shop *shop, int64_t product, const char *name)
	    MUST_CHECK;
/* Looks at name and quantity only. */
int	 pack_check(const struct product *p, const char *name, int64_t qty)
	    MUST_CHECK;
int	 product_barcode_drop(struct shop *shop, int64_t product,
	    const char *code) MUST_CHECK;
/*
 * An EAN-13 of the shop's own, from the setting "barcode_prefix" (20 to 29,
 * free for every shop), with its check digit; pack 0 for one of the item.
 * ERR_INVALID where a scale's labels have that prefix.
 */
int	 product_barcode_make(struct shop *shop, int64_t product,
	    int64_t pack, char out[static 14]) MUST_CHECK;

/* --- copies and ends ----------------------------------------------------- */

/* Right "product".  Everything but barcodes, stock and what was sold; name ""
 * for the same one. */
int	 product_copy(struct shop *shop, int64_t product, const char *code,
	    const char *name, int64_t *copy) MUST_CHECK;
/* No longer sold, or again; of a template its variants, too.  Nothing is ever
 * deleted: tickets name it.  *n is how many changed. */
int	 product_archive(struct shop *shop, int64_t product, bool archive,
	    int64_t *n) MUST_CHECK;

/* --- categories ---------------------------------------------------------- */

struct category {
	const char	*name, *parent;	/* "" at the top */
	int		 depth;
	int64_t		 items;		/* sold, in it and not below */
};
/* Each after the one it stands in, by name. */
int	 category_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct category *c), void *ctx)
	    MUST_CHECK;
/* Right "product".  New, or moved; parent "" for the top. */
int	 category_put(struct shop *shop, const char *name, const char *parent)
	    MUST_CHECK;
/* Its items and promotions follow; *n is how many items. */
int	 category_rename(struct shop *shop, const char *old, const char *name,
	    int64_t *n) MUST_CHECK;
/* Only an empty one. */
int	 category_drop(struct shop *shop, const char *name) MUST_CHECK;
/* CSV or JSON: name,parent, in any order.  Every bad line to bad(); all or
 * nothing, and those the file does not name stay. */
int	 category_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* All of them, so that importing changes nothing; fills `out`. */
int	 category_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

#endif
