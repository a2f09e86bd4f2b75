/* SPDX-License-Identifier: ISC */
/* From one store to another: sent, under way, received, differences settled. */
#ifndef SHOP_TRANSFER_H
#define SHOP_TRANSFER_H

#include "shop/product.h"
#include "shop/stock.h"

struct transfer {
	int64_t	id, made_at, shipped_at, closed_at;	/* 0: not yet */
	struct stock_place	source, target;
	char	state[12];		/* "draft", "shipped", "received", … */
	char	made_by[NAME_SIZE];
	int64_t	lines, qty, received, settled;	/* thousandths, in all */
};
struct transfer_line {
	int64_t	id, product, qty, received, settled;
	char	code[PRODUCT_CODE], name[PRODUCT_NAME], unit[8];
	char	lot[STOCK_LOT], serial[52];
};

/* Right "transfer", in all of them; an actor must see the store it is sent
 * from, or to take in, the one it goes to. */
int	 transfer_open(struct shop *shop, int64_t source, int64_t target,
	    int64_t *id) MUST_CHECK;
int	 transfer_get(struct shop *shop, int64_t id, struct transfer *out)
	    MUST_CHECK;
/* Newest first, of stores the actor may see; free(*out). */
int	 transfer_list(struct shop *shop, bool open, int64_t limit,
	    struct transfer **out, size_t *n) MUST_CHECK;
int	 transfer_lines(struct shop *shop, int64_t id,
	    struct transfer_line **out, size_t *n) MUST_CHECK;	/* free */
/* Of a draft: more of it, or (below 0) less.  A serial is one piece. */
int	 transfer_put(struct shop *shop, int64_t id, int64_t product,
	    int64_t qty, const char *lot, const char *serial) MUST_CHECK;
/* All of it leaves at what it is worth there and is under way; a line that
 * names no lot becomes one of each lot that left. */
int	 transfer_ship(struct shop *shop, int64_t id) MUST_CHECK;
/* So much of a product has come; `serial` "" where it has none.  ERR_RANGE
 * when that is more than is under way. */
int	 transfer_receive(struct shop *shop, int64_t id, int64_t product,
	    int64_t qty, const char *serial) MUST_CHECK;
/* All that is under way has come. */
int	 transfer_receive_all(struct shop *shop, int64_t id) MUST_CHECK;
/* What has not come is `lost`, or was found where it was sent from; the
 * transfer is closed. */
int	 transfer_settle(struct shop *shop, int64_t id, bool lost) MUST_CHECK;
/* Of a draft. */
int	 transfer_cancel(struct shop *shop, int64_t id) MUST_CHECK;

#endif
