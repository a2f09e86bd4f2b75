/* SPDX-License-Identifier: ISC */
/* Labels: on the shelf, on the item; on a roll, or on sheets of them. */
#ifndef SHOP_LABEL_H
#define SHOP_LABEL_H

#include "shop/product.h"
#include "shop/slip.h"

enum label_kind {
	LABEL_SHELF,		/* name, price large, price of a kilogram */
	LABEL_ITEM,		/* name, price, barcode */
	LABEL_KINDS
};
int	 label_kind_find(const char *name, enum label_kind *out) MUST_CHECK;

/* Sheets that are sold everywhere: name, labels across and down, a label's
 * width and height, to the first from the left and top, gaps; tenths of mm. */
#define LABEL_SHEETS(X) \
	X("a4-3x8", 3, 8, 700, 370, 0, 5, 0, 0) \
	X("a4-3x7", 3, 7, 635, 381, 72, 151, 25, 0) \
	X("a4-2x7", 2, 7, 991, 381, 47, 151, 25, 0) \
	X("a4-2x4", 2, 4, 991, 677, 47, 131, 25, 0) \
	X("a4-4x10", 4, 10, 525, 297, 0, 0, 0, 0) \
	X("a4-5x13", 5, 13, 381, 212, 48, 107, 25, 0)

#define LABEL_SHEET_NAME	64
#define LABEL_MOST		2000	/* labels in one job */
#define LABEL_COPIES		200	/* of one item, where it is asked for */

/* What is not said (NULL, 0) is as the shop has it. */
struct label_how {
	enum label_kind	 kind;
	/* "roll", a name above, or "3x8:70x37+0+0.5+2.5+0": across and down,
	 * a label's size, to the first from left and top, gaps; mm.  NULL:
	 * setting label_sheet. */
	const char	*sheet;
	const char	*offset;	/* "1.5,-0.5": right and down, mm */
	int64_t		 start;		/* the first label to use, from 1 */
	int64_t		 printer;	/* 0: this terminal's; of a sheet the
					 * one that prints whole pages */
};
/* *out zeroes for a roll; with the start and the offset in it. */
int	 label_sheet(struct shop *shop, const struct label_how *how,
	    struct slip_sheet *out) MUST_CHECK;

/* Right "product"; one print job, each label cut off.  ERR_NOT_FOUND without
 * a printer that can; *job is its id. */
int	 label_print(struct shop *shop, const struct label_how *how,
	    const int64_t *products, size_t n, int64_t copies, int64_t *job)
	    MUST_CHECK;
/* Items sold whose price is another one than as that day (2026-12-31) began,
 * by code; free(*out). */
int	 label_due(struct shop *shop, const char *day, int64_t **out, size_t *n)
	    MUST_CHECK;

/* ---- what somebody gathers, to be printed together ---------------------- */

struct label_wanted {
	int64_t	product, price, copies;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
};
/* By code, of who asks; free(*out). */
int	 label_wanted(struct shop *shop, struct label_wanted **out, size_t *n)
	    MUST_CHECK;
/* Right "product", here and below.  So many of it, or `more`; 0 none. */
int	 label_want(struct shop *shop, int64_t product, int64_t copies,
	    bool more) MUST_CHECK;
/* One of each that these words (or /pattern/) find; *added how many. */
int	 label_want_found(struct shop *shop, const char *words,
	    int64_t *added) MUST_CHECK;
/* One of each with another price than as the day began. */
int	 label_want_changed(struct shop *shop, const char *day,
	    int64_t *added) MUST_CHECK;
/* Of what came on a receipt ("REC-000001"): one of each, or one a piece. */
int	 label_want_receipt(struct shop *shop, const char *number, bool each,
	    int64_t *added) MUST_CHECK;
int	 label_want_none(struct shop *shop) MUST_CHECK;
/* All of it printed, and none wanted any more; *labels how many. */
int	 label_print_wanted(struct shop *shop, const struct label_how *how,
	    int64_t *job, int64_t *labels) MUST_CHECK;
/* The same as a slip, to look at first. */
int	 label_preview(struct shop *shop, const struct label_how *how,
	    struct slip *slip) MUST_CHECK;

#endif
