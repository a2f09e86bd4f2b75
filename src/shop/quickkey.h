/* SPDX-License-Identifier: ISC */
/* Quick keys: pages of letters, each of which sells what a manager put on it.
 * A till has pages of its own, or those of all tills. */
#ifndef SHOP_QUICKKEY_H
#define SHOP_QUICKKEY_H

#include "shop/sale.h"

#define QUICK_LETTERS	26
#define QUICK_LABEL	24		/* characters of a label */

struct quick_item {
	int64_t	product, qty, price;
	bool	has_price;		/* of a department */
	char	code[PRODUCT_CODE], name[PRODUCT_NAME];
	char	note[4 * SALE_NOTE + 1];	/* "saignant"; "" none */
};

struct quick_key {
	char			 label[4 * QUICK_LABEL + 1];	/* "": none */
	struct quick_item	*items;
	size_t			 n;
};

struct quick_page {
	int64_t			 id;
	int			 place;
	char			 title[64];
	struct quick_key	 keys[QUICK_LETTERS];
};

struct quick {
	struct quick_page	*pages;		/* in order of place */
	size_t			 n;
};
void	 quick_done(struct quick *quick);
/* The pages that hold on a terminal (0: none known). */
int	 quick_load(struct shop *shop, int64_t terminal, struct quick *out)
	    MUST_CHECK;
/* Its own and no others; terminal 0: those of all tills. */
int	 quick_load_own(struct shop *shop, int64_t terminal,
	    struct quick *out) MUST_CHECK;
/* "2*1001; 1044 saignant; 7@1.20": as one would type it, words after a code
 * are the note under its line. */
void	 quick_text(const struct shop *shop, const struct quick_key *key,
	    struct buf *out);

/*
 * Right "quickkey".  Pages and keys of a terminal, 0 of all tills; topic
 * "quickkey".  A page that is not there yet is made; one that is gets another
 * title.
 */
int	 quick_page_put(struct shop *shop, int64_t terminal, int place,
	    const char *title) MUST_CHECK;
int	 quick_page_drop(struct shop *shop, int64_t terminal, int place)
	    MUST_CHECK;
/* `items` as quick_text() writes them; label "": the first one's name.  What
 * was on that letter goes. */
int	 quick_key_put(struct shop *shop, int64_t terminal, int place,
	    char letter, const char *label, const char *items) MUST_CHECK;
int	 quick_key_drop(struct shop *shop, int64_t terminal, int place,
	    char letter) MUST_CHECK;

/* Is this something a key can sell? */
int	 quick_check(struct shop *shop, const char *items) MUST_CHECK;

/* CSV: terminal,page,title,letter,label,items; terminal "" is all tills. */
int	 quick_export(struct shop *shop, int fd) MUST_CHECK;
/* Each bad line goes to bad() and is left out; *n keys were set. */
int	 quick_import(struct shop *shop, int fd,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *n) MUST_CHECK;

#endif
