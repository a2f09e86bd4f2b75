/* SPDX-License-Identifier: ISC */
/* A short CSV or JSON file into the shop: all of its lines or none, every bad
 * one named with its number; and out, as it is read. */
#ifndef SHOP_CSV_ROWS_H
#define SHOP_CSV_ROWS_H

#include "base/buf.h"
#include "base/json.h"
#include "shop/product.h"

struct csv_rows {
	const char	*verb;		/* who holds the queue */
	const char	*const *columns;/* names, NULL ends; any order */
	/* A letter a column, for JSON: T text, M money (minor units there),
	 * Q thousandths, R 1/100 000, N a number, B yes or no, F 1 or 0. */
	const char	*kinds;
	size_t		 needed;	/* of the first so many none may lack */
	/* Inside the transaction; cells in the order of `columns`, "" where
	 * the file has no such column.  Called for every line, then again
	 * with pass 1 when `twice`: for what names other lines. */
	int		 (*line)(struct shop *shop, void *of,
			    const char *const *cell, int pass);
	void		*of;		/* what the lines are of */
	int64_t		*at;		/* gets the number of the line being
					 * read, for who compares lines */
	bool		 twice;
	/* A first line that does not begin with the first column's name is
	 * one already, in the order of `columns`: what a hand scanner keeps. */
	bool		 bare;
	const char	*topic;		/* told besides "product", "stock" */
	void		 (*bad)(void *ctx, int64_t line, const char *why);
	void		*ctx;		/* of bad() */
};
/* how: IMPORT_….  The file is read before the transaction begins.  A dry run
 * stores nothing; ERR_INVALID when there were bad lines, and nothing was
 * stored. */
int	 csv_rows_import(struct shop *shop, int fd, unsigned how,
	    const struct csv_rows *rows, int64_t *lines) MUST_CHECK;
/* The same by whoever has that right, where `rows` is the same every time and
 * only who hears of bad lines differs. */
int	 csv_rows_take(struct shop *shop, enum right right, int fd,
	    unsigned how, const struct csv_rows *rows,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;

/* The other way: begun, then every row's cells in the order of the columns,
 * as text or number; ended, `text` is the file and the caller's to free. */
struct rows_out {
	const struct csv_rows	*rows;
	struct money_style	 plain;
	struct json		 json;
	struct buf		 text;
	size_t			 at;	/* column that comes next */
	bool			 as_json;
};
void	 rows_out_begin(struct rows_out *o, const struct shop *shop,
	    const struct csv_rows *rows, bool as_json);
void	 rows_out_text(struct rows_out *o, const char *text);
void	 rows_out_number(struct rows_out *o, int64_t v);
void	 rows_out_end(struct rows_out *o);

#endif
