/* SPDX-License-Identifier: ISC */
/* Ways to pay, as data: letter, words, rules. */
#ifndef SHOP_TENDER_H
#define SHOP_TENDER_H

#include "shop/shop.h"

#define TENDER_CLASSES	64		/* bytes of `eligible` */

/* What is done with it; the rest are rules. */
#define TENDER_KINDS(X) \
	X(CASH,     "cash") \
	X(CARD,     "card") \
	X(CHEQUE,   "cheque") \
	X(MEAL,     "meal")		/* part of the items only */ \
	X(MOBILE,   "mobile") \
	X(TRANSFER, "transfer") \
	X(VOUCHER,  "voucher")		/* gift cards, credit notes */ \
	X(ACCOUNT,  "account")		/* the customer owes it */ \
	X(OTHER,    "other")

enum tender_kind {
#define X(id, name) TENDER_##id,
	TENDER_KINDS(X)
#undef X
	TENDER_KIND_COUNT
};

struct tender {
	char	name[16], label[32], letter[4];
	bool	change, drawer;
	bool	rounded;		/* cash rounding applies */
	bool	active;			/* still taken */
	enum tender_kind kind;
	int	reference;		/* 1 asked for, 2: each once a day */
	bool	phone;			/* a telephone number too */
	bool	waits;			/* pending until :confirmed */
	bool	refund;			/* money goes back by it */
	bool	tip;			/* may be more than is due */
	char	eligible[TENDER_CLASSES];	/* tax classes; "" all */
	int64_t	least;			/* 0: any amount */
	int64_t	most;			/* of one payer a day; 0 no limit */
};

/* Those still taken, in order; free(*rows). */
int	 tender_list(struct shop *shop, struct tender **rows, size_t *n)
	    MUST_CHECK;
/* By name or letter, one no longer taken too; the label translated. */
int	 tender_find(struct shop *shop, const char *name, struct tender *out)
	    MUST_CHECK;
/* This terminal's default tender name, or "" for none. */
int	 tender_default(struct shop *shop, char out[static 16]) MUST_CHECK;
/* Notes worth offering for a due amount (52.92: 55 60 70 100). */
size_t	 tender_notes(const struct shop *shop, int64_t due, int64_t *out,
	    size_t max);

const char *tender_kind_name(enum tender_kind kind);
int	 tender_kind_find(const char *name, enum tender_kind *out) MUST_CHECK;

#endif
