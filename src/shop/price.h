/* SPDX-License-Identifier: ISC */
/* What one of a thing costs: the catalogue's price, dated prices, and lists
 * of a till, a room or a store, a group of customers, a way of consuming or
 * an hour. */
#ifndef SHOP_PRICE_H
#define SHOP_PRICE_H

#include "shop/period.h"
#include "shop/product.h"

#define PRICE_NAME	32		/* of a list or promotion */
#define PRICE_LABEL	64		/* its words on paper */
#define PRICE_GROUP	32		/* of customers */
#define PRICE_MODE	24		/* of consuming: "on_site" */

/* Where and when a list or a promotion holds. */
struct scope {
	int64_t		terminal;	/* 0: every till */
	char		till[NAME_SIZE];	/* its name */
	int64_t		room, store;	/* with tables; of stock; 0: all */
	char		spot[NAME_SIZE];	/* the name of either */
	char		group[PRICE_GROUP];	/* "" whoever */
	char		mode[PRICE_MODE];	/* "" however */
	struct period	when;
};
/* Who buys where and how, at what moment. */
struct buying {
	int64_t	at, terminal;
	int64_t	room;			/* they sit in; 0 at no table */
	int64_t	place, store;		/* the terminal's, and its store's */
	char	group[PRICE_GROUP], mode[PRICE_MODE];
};
/* All but the moment. */
bool	 scope_fits(const struct scope *scope, const struct buying *b);
/*
 * One value by name, the same on the command line and the screens: till,
 * place (a room with tables, else a store), group, mode, from, until (days),
 * days ("mon-fri"), hours ("17:00-19:00").
 * ERR_INVALID names what is wrong with it.
 */
int	 scope_set(struct shop *shop, struct scope *scope, const char *key,
	    const char *value) MUST_CHECK;
/* "Bar  mon-fri 17:00-19:00 until 25/12/2026"; "" when it is everywhere and
 * always.  Days as the country writes them, without a shop as stored. */
#define SCOPE_TEXT	200
void	 scope_text(const struct shop *shop, const struct scope *scope,
	    char out[static SCOPE_TEXT]);
/* What somebody who just wrote it should know: nobody is in its group, as far
 * as is known.  "" nothing. */
#define SCOPE_DOUBT	160
void	 scope_doubt(struct shop *shop, const struct scope *scope,
	    char out[static SCOPE_DOUBT]);

struct price_list {
	int64_t		id, place, prices;	/* how many it has */
	char		name[PRICE_NAME], label[PRICE_LABEL];
	struct scope	scope;
};

/* The price that holds, and what it comes from. */
struct price {
	int64_t	catalogue;		/* of that day */
	int64_t	unit;			/* what is paid for one */
	int64_t	list;			/* the list that says so; 0 none */
};
/*
 * The price of a product for who buys now.  Asks the database nothing where
 * there is neither list nor dated price; what there is is read once for a
 * process (shop->prices) and again after topic "price".
 */
int	 price_of(struct shop *shop, const struct product *p,
	    const struct buying *b, struct price *out) MUST_CHECK;
/* Forget what was read; shop_close(), topics "price" and "setting". */
void	 prices_drop(struct shop *shop);

/* Right "promo" for all that change something; audited; topic "price". */
int	 price_list_add(struct shop *shop, const struct price_list *list,
	    int64_t *id) MUST_CHECK;
int	 price_list_end(struct shop *shop, const char *name) MUST_CHECK;
/* In the order they are asked; `now`: whether it holds at this till. */
int	 price_lists(struct shop *shop,
	    int (*fn)(void *ctx, const struct price_list *list, bool now),
	    void *ctx) MUST_CHECK;

/* The group a customer, by code, is of; "" none. */
int	 price_group_set(struct shop *shop, const char *customer,
	    const char *group) MUST_CHECK;

/* A price between two days ("" open); list "" is the catalogue itself. */
struct price_row {
	char	list[PRICE_NAME];
	char	code[PRODUCT_CODE], name[PRODUCT_NAME];
	char	since[CLOCK_DAY_SIZE], until[CLOCK_DAY_SIZE];
	int64_t	price, catalogue;
};
/* Put one there, instead of one with the same first day; `gone`: take it
 * away. */
int	 price_set(struct shop *shop, const struct price_row *row, bool gone)
	    MUST_CHECK;
int	 price_rows(struct shop *shop, const char *list,
	    int (*fn)(void *ctx, const struct price_row *row), void *ctx)
	    MUST_CHECK;
/* CSV or JSON: list,code,price,since,until (the last two may be missing).
 * Every bad line to bad(); all is stored or nothing. */
int	 price_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* All of them, so that importing changes nothing; fills `out`. */
int	 price_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

#endif
