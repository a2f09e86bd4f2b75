/* SPDX-License-Identifier: ISC */
/* Variants: one thing in several sizes and colours, each a product with its
 * own code, barcodes and stock. */
#ifndef SHOP_VARIANT_H
#define SHOP_VARIANT_H

#include "base/buf.h"
#include "shop/product.h"

#define VARIANT_AXES	2
#define VARIANT_VALUE	32

struct variant {
	int64_t	product, delta, price, stock;
	char	code[PRODUCT_CODE];
	char	value[VARIANT_AXES][VARIANT_VALUE];	/* "M", "red" */
	bool	active, tracked;
};
struct variant_set {
	char		 axis[VARIANT_AXES][VARIANT_VALUE];
	size_t		 naxes;
	struct variant	*variant;	/* in the order they were added */
	size_t		 n;
};
/* Of a template, active or not; none is fine.  variant_done() frees. */
int	 variant_load(struct shop *shop, int64_t template,
	    struct variant_set *out) MUST_CHECK;
void	 variant_done(struct variant_set *set);
/*
 * The values of an axis in the order they were added; of the second axis
 * those that the first value has (NULL: all).  *n is how many of `max`.
 */
void	 variant_values(const struct variant_set *set, size_t axis,
	    const char *first, const char **out, size_t max, size_t *n);
/* NULL when there is none sold. */
const struct variant *variant_find(const struct variant_set *set,
	    const char *first, const char *second);

struct variant_row {
	const char	*template, *axes;	/* "Size|Colour" */
	const char	*code, *name, *first, *second;
	int64_t		 delta, price, stock;
	bool		 tracked, active;
};
int	 variant_list(struct shop *shop, int64_t template,
	    int (*fn)(void *ctx, const struct variant_row *row), void *ctx)
	    MUST_CHECK;
/* Of every template, in order of code. */
int	 variant_list_all(struct shop *shop,
	    int (*fn)(void *ctx, const struct variant_row *row), void *ctx)
	    MUST_CHECK;
/*
 * Right "product".  The product with that code becomes this variant of the
 * template, its price the template's and delta; a code nobody has becomes a
 * new product, of the template's kind (its brand and allergens, too) and with
 * the values behind its name.
 * `axes` "" leaves their names.
 */
int	 variant_put(struct shop *shop, const struct variant_row *row)
	    MUST_CHECK;

#define VARIANT_MADE	500		/* at a time */
enum {
	VARIANT_DRY	= 1 << 0,	/* stores nothing */
	VARIANT_BARCODE	= 1 << 1,	/* each new one gets an EAN-13 */
};
/*
 * Right "product".  All combinations of one or two attributes as they are
 * typed, "Size=S,M,L" and "Colour=Red,Blue:+2.00": values with what each costs
 * more or less; a ; between them leaves the comma to the amounts.  Those that
 * are there, however they are written, stay as they are; the others become
 * products with the template's code and their values: CODE-S-RED.  Each to
 * fn() in order, which looks only; a new one's barcode or "".  All or nothing;
 * ERR_RANGE when they are too many.  *made is how many are new.
 */
int	 variant_make(struct shop *shop, const char *template,
	    const char *const *attribute, size_t n, unsigned how,
	    int (*fn)(void *ctx, const struct variant *v, const char *barcode,
	    bool fresh), void *ctx, int64_t *made) MUST_CHECK;

/* CSV with a header line: template,axes,code,first,second,delta; or JSON.  The
 * products are there already (product import).  Every bad line to bad(); all
 * is stored or nothing. */
int	 variant_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* All of them, so that importing changes nothing; fills `out`. */
int	 variant_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

#endif
