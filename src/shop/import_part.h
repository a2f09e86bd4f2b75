/* SPDX-License-Identifier: ISC */
/* What the files of the import share; nobody else includes this. */
#ifndef SHOP_IMPORT_PART_H
#define SHOP_IMPORT_PART_H

#include "base/csv.h"
#include "shop/catalogue.h"
#include "shop/product_part.h"

/* The columns, in the order they are exported: id, name, what JSON writes
 * (T text, M money in minor units, Q thousandths, R rate, N number, B yes or
 * no, L a list of texts). */
#define IMPORT_COLUMNS(X) \
	X(CODE, "code", 'T') X(NAME, "name", 'T') \
	X(CATEGORY, "category", 'T') X(CLASS, "tax_class", 'T') \
	X(UNIT, "unit", 'T') X(PRICE, "price", 'M') \
	X(BARCODES, "barcodes", 'L') X(STOCK, "stock", 'Q') \
	X(KIND, "kind", 'T') X(MIN, "min_price", 'M') \
	X(MAX, "max_price", 'M') X(SERIALS, "serials", 'B') \
	X(BRAND, "brand", 'T') X(ORIGIN, "origin", 'T') \
	X(ALLERGENS, "allergens", 'L') X(LOTS, "lots", 'B') \
	X(KEEPS, "keeps_days", 'N') X(CONTENT, "content", 'T') \
	X(COST, "cost", 'M') X(MARGIN, "margin", 'R') \
	X(REORDER_MIN, "reorder_min", 'Q') \
	X(REORDER_MAX, "reorder_max", 'Q') X(PACKS, "packs", 'L') \
	X(ACTIVE, "active", 'B')

enum column {
#define X(id, name, kind) COL_##id,
	IMPORT_COLUMNS(X)
#undef X
	COL_COUNT
};
extern const struct import_column {
	const char	*name;
	char		 kind;
} import_columns[COL_COUNT];

/* A growing set of texts. */
struct names {
	char	**slot;
	size_t	  n, size;
};
/* False when it was there. */
bool	 names_add(struct names *set, const char *text);
void	 names_done(struct names *set);

/* A good line that waits for its transaction. */
struct staged {
	int64_t			 line, stock;
	struct product		 p;
	struct product_info	 info;
	char			 folded[PRODUCT_FOLDED];
	char			*old_folded;	/* NULL: a new product */
	char			*barcodes;	/* "" none, blanks between */
	char			*packs;		/* "box=6:CODE pallet=144" */
	bool			 has_stock, has_info;
};
void	 staged_free(struct staged *s);

struct import {
	struct shop	*shop;
	struct csv	 csv;
	bool		 dry;
	void		(*bad)(void *ctx, int64_t line, const char *why);
	void		*ctx;
	struct product_import	*out;
	int		 column[COL_COUNT];	/* field, or -1 */
	size_t		 width;			/* fields of the header */
	bool		 informed;		/* it has columns of the info */
	struct names	 codes, barcodes;
	struct staged	*staged;
	size_t		 nstaged;
	int64_t		 slices;		/* staged so far */
	int64_t		 batch;
};

/* The first record: which columns there are. */
int	 import_header(struct import *im) MUST_CHECK;
/* The record just read, held against the file so far and the catalogue.
 * *keep: to be stored; else, and on failure, *s is empty again. */
int	 import_line(struct import *im, struct staged *s, bool *keep)
	    MUST_CHECK;
/* "box=6:CODE:CODE": the next word of *at; false at the end.  `word` is cut up
 * and the codes stay in it, ended by NUL each. */
struct pack_word {
	char		*name;
	int64_t		 qty;
	char		*codes;		/* parted by ':'; NULL none */
};
int	 pack_word_parse(char *word, struct pack_word *out) MUST_CHECK;
/* The packs of a product as the file has them; appended. */
int	 packs_text(struct shop *shop, int64_t product, struct buf *out)
	    MUST_CHECK;

#endif
