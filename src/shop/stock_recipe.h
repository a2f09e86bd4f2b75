/* SPDX-License-Identifier: ISC */
/* What a product is made of, and what a sale of it takes from stock. */
#ifndef SHOP_STOCK_RECIPE_H
#define SHOP_STOCK_RECIPE_H

#include "base/buf.h"
#include "shop/product.h"

struct recipe_line {
	int64_t	component;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	int64_t	qty;			/* that gets there, thousandths */
	int64_t	waste;			/* lost of what is taken, 1/100 000 */
	int64_t	cost;			/* of one whole unit now */
};
/*
 * The recipe of a product: `makes` of it take these lines; makes 0 and no
 * lines where there is none.  `cost` is what one whole unit of the product
 * costs so.  free(*lines).
 */
int	 recipe_get(struct shop *shop, int64_t product, int64_t *makes,
	    struct recipe_line **lines, size_t *n, int64_t *cost) MUST_CHECK;
/*
 * Right "product".  One line put, changed or (qty 0) taken out.  A component
 * without a recipe of its own is kept in stock from here on; a recipe that
 * would come back to its product is ERR_INVALID.
 */
int	 recipe_put(struct shop *shop, int64_t product, int64_t component,
	    int64_t qty, int64_t waste) MUST_CHECK;
/* How much of the product its lines are for; at first one. */
int	 recipe_makes(struct shop *shop, int64_t product, int64_t makes)
	    MUST_CHECK;
/* CSV or JSON: code,component,qty,waste,makes; a line is recipe_put(), so that
 * qty 0 takes it out and what the file does not name stays; the same two on
 * two lines is a bad line.  Every bad line to bad(); all or nothing. */
int	 recipe_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* All of them, so that importing changes nothing; fills `out`. */
int	 recipe_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

/* What a choice takes more (or, below 0, less) for one it is chosen for;
 * qty 0: nothing any more. */
int	 recipe_choice(struct shop *shop, int64_t product, const char *group,
	    const char *choice, int64_t component, int64_t qty) MUST_CHECK;
struct recipe_choice {
	char	group[64], choice[64];
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	int64_t	qty;
};
int	 recipe_choices(struct shop *shop, int64_t product,
	    struct recipe_choice **out, size_t *n) MUST_CHECK;

/* A file of them: code,group,choice,component,qty, as recipe_import(). */
int	 recipe_choice_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
int	 recipe_choice_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

/* Right "adjust": so much of it is made ahead, here: its components go out,
 * it comes in at what they were worth. */
int	 recipe_make(struct shop *shop, int64_t product, int64_t qty)
	    MUST_CHECK;

#endif
