/* SPDX-License-Identifier: ISC */
/* Counting: frozen, entered beep by beep by anybody while the shop sells,
 * differences counted again, then put right by movements. */
#ifndef SHOP_STOCK_COUNT_H
#define SHOP_STOCK_COUNT_H

#include "base/buf.h"
#include "shop/product.h"
#include "shop/slip.h"

#define COUNT_KINDS(X) \
	X(FULL, "full", N_("everything"))	/* that is kept in stock */ \
	X(ROLLING, "rolling", N_("what is due"))	/* A, B, C */ \
	X(PART, "part", N_("a part"))		/* a category, or as found */

enum count_kind {
#define X(id, name, text) COUNT_##id,
	COUNT_KINDS(X)
#undef X
	COUNT_KIND_COUNT
};
int	 count_kind_find(const char *name, enum count_kind *out) MUST_CHECK;

struct stock_count {
	int64_t	id, place, opened_at, closed_at;	/* 0 still open */
	int	round;				/* above 1: differences */
	char	kind[8], place_name[NAME_SIZE], opened_by[NAME_SIZE];
	char	state[12];	/* "open", "closing", "done", "cancelled" */
	bool	blind;
	int64_t	items, counted, differ;
	int64_t	value;				/* of the differences, closed */
};
/*
 * Right "adjust".  Freezes the place (0: here) at this moment.  `category` of
 * a part ("" nothing yet: what is scanned comes in), `limit` of a rolling one
 * (0: all that is due).  ERR_EXISTS: one is open there.
 */
int	 count_open(struct shop *shop, enum count_kind kind, int64_t place,
	    bool blind, const char *category, int64_t limit, int64_t *id)
	    MUST_CHECK;
int	 count_get(struct shop *shop, int64_t id, struct stock_count *out)
	    MUST_CHECK;
/* Without `differ`, which takes long for a large one. */
int	 count_glance(struct shop *shop, int64_t id, struct stock_count *out)
	    MUST_CHECK;
/* The open one of a place (0: here); ERR_NOT_FOUND. */
int	 count_of_place(struct shop *shop, int64_t place, int64_t *id)
	    MUST_CHECK;
/* The last so many, newest first, of places the actor may see; free(*out). */
int	 count_list(struct shop *shop, int64_t limit, struct stock_count **out,
	    size_t *n) MUST_CHECK;

/*
 * Right "count": so much more of it was seen, by whoever; below 0 takes back.
 * Kept at once.  *total is what all have counted of it in this round.
 */
int	 count_enter(struct shop *shop, int64_t id, int64_t product,
	    int64_t qty, int64_t *total) MUST_CHECK;
/* The same of a lot or a numbered piece (NULL or "" none): from then on each
 * lot or number of the item is put right by itself.  An item with serial
 * numbers wants one; each is counted once (ERR_EXISTS). */
struct count_piece {
	const char	*lot, *expiry, *serial;
};
int	 count_enter_piece(struct shop *shop, int64_t id, int64_t product,
	    int64_t qty, const struct count_piece *piece, int64_t *total)
	    MUST_CHECK;
/* A hand scanner's file: code;qty or code,qty,lot,expiry,serial under a first
 * line of those names, or the same as JSON; a quantity left out is one.  Added
 * to what is counted, all or nothing; every bad line to bad(). */
int	 count_import(struct shop *shop, int64_t id, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* What was counted, so that an empty count which imports it has the same. */
int	 count_export(struct shop *shop, int64_t id, bool json,
	    struct buf *out) MUST_CHECK;
/* Lots and numbers that are not as they should be; free(*out).  Of a blind
 * count right "adjust" sees it. */
struct count_gap {
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	char	lot[24], serial[52];
	int64_t	counted, expected;
};
int	 count_gaps(struct shop *shop, int64_t id, struct count_gap **out,
	    size_t *n) MUST_CHECK;
/* The whole of it is this: what is missing from that is entered. */
int	 count_total(struct shop *shop, int64_t id, int64_t product,
	    int64_t total) MUST_CHECK;

enum count_which {
	COUNT_ALL, COUNT_LEFT, COUNT_DIFFER,
	COUNT_AGAIN		/* differed, and not counted again so far */
};
struct count_row {
	int64_t	product;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	int64_t	frozen, expected, counted;
	bool	was_counted;
	int	round;
};
/* In order of code, from behind `after` (""); up to limit rows of out. */
int	 count_rows(struct shop *shop, int64_t id, enum count_which which,
	    const char *after, size_t limit, struct count_row *out,
	    size_t *n) MUST_CHECK;
/* The last entries of everybody, newest first. */
struct count_entry {
	int64_t	id, product, qty, at, total, expected;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	char	user[NAME_SIZE];
};
int	 count_latest(struct shop *shop, int64_t id, size_t limit,
	    struct count_entry *out, size_t *n) MUST_CHECK;

/* Right "adjust": what differs, of itself or in its lots or numbers, is
 * counted anew; *n how many. */
int	 count_again(struct shop *shop, int64_t id, int64_t *n) MUST_CHECK;
/*
 * Right "adjust": each difference becomes a movement at what it is worth.
 * What nobody counted: `zero` it is not there, else it stays as it is;
 * ERR_DOUBT when there is such and `sure` is false.  From the first on nobody
 * counts any more (state "closing"); they are put right some hundred at a
 * time, so that a till goes on selling.  Broken off, the next call goes on.
 */
int	 count_close(struct shop *shop, int64_t id, bool zero, bool sure)
	    MUST_CHECK;
int	 count_cancel(struct shop *shop, int64_t id) MUST_CHECK;
/* The sheet to write on, with what is expected unless it is blind; what
 * differs of a blind one right "adjust" sees. */
int	 count_sheet(struct shop *shop, int64_t id, enum count_which which,
	    struct slip *slip) MUST_CHECK;
/* Right "count": the same, printed. */
int	 count_print(struct shop *shop, int64_t id, enum count_which which)
	    MUST_CHECK;

#endif
