/* SPDX-License-Identifier: ISC */
/* What a line typed at a till means: `3*1001@9.50`, `*4`, `caf`, `20`, `30c`.
 * Pure: no database, no screen; the same for fingers, scanners and tests. */
#ifndef SHOP_ENTRY_H
#define SHOP_ENTRY_H

#include "base/money.h"

#define ENTRY_WORDS	256
#define ENTRY_SCAN	8		/* so many digits are never money */

enum entry_kind {
	ENTRY_NOTHING,			/* an empty line */
	ENTRY_ITEM,			/* `words` names something to sell */
	ENTRY_TIMES,			/* "*4": the current line is four */
	ENTRY_MORE,			/* "+", "+3": so many more of it */
};

struct entry {
	enum entry_kind	 kind;
	bool		 has_qty, has_price;
	int64_t		 qty;		/* QTY_ONE when none was typed */
	int64_t		 price;
	char		 words[ENTRY_WORDS];	/* code, name or /pattern/ */
	bool		 digits;	/* words are digits and nothing else */
	bool		 pattern;	/* words begin with "/" */
};

/*
 * Comma and point are both the decimal mark, `x` between digits is times.
 * Refusals (ERR_INVALID, ERR_RANGE) say in one line what would be right.
 */
int	 entry_parse(const char *line, const struct money_style *money,
	    bool implied, struct entry *out) MUST_CHECK;

/* Why a quantity is asked about rather than sold. */
enum entry_doubt {
	DOUBT_NONE,
	DOUBT_WEIGH,			/* weighed, and no weight was typed */
	DOUBT_FRACTION,			/* part of a piece */
	DOUBT_HEAVY,			/* "350 kg? 0.350" */
	DOUBT_MANY,			/* 1001 pieces of item 3? */
};
#define ENTRY_HEAVY	(50 * QTY_ONE)
#define ENTRY_MANY	(999 * QTY_ONE)

/* `better` is the quantity that may have been meant; 0: no idea. */
enum entry_doubt entry_doubt(const struct entry *e, bool by_weight,
	    int64_t *better);

/* A price typed alone (F4, a form): as money, but a scan is none. */
int	 entry_price_parse(const char *text, const struct money_style *money,
	    bool implied, int64_t *price) MUST_CHECK;

struct entry_pay {
	bool		 has_amount;
	int64_t		 amount;	/* 0: the whole rest */
	char		 tender[32];	/* letter or name; "" the default one */
	char		 rest[ENTRY_WORDS];	/* after it: a reference */
	char		 number[32];	/* the amount as it was typed */
};

/* `20`, `20,50`, `30c`, `c 30`, `card`, "", `30 usd`, `50q 1234567`,
 * `m 699112233`.  ENTRY_SCAN digits or more are refused as an amount: a scan
 * is never money; behind a tender they are its reference. */
int	 entry_pay_parse(const char *line, const struct money_style *money,
	    bool implied, struct entry_pay *out) MUST_CHECK;
/* The same without what the number is worth: it depends on the currency that
 * `tender` may name; then entry_pay_amount() with that one. */
int	 entry_pay_split(const char *line, struct entry_pay *out) MUST_CHECK;
int	 entry_pay_amount(const struct money_style *money, bool implied,
	    struct entry_pay *pay) MUST_CHECK;

/* At least ENTRY_SCAN digits and nothing else: a scanner's work. */
bool	 entry_is_scan(const char *text);
/* `&e"'(-e_ca` (French top row, unshifted) as digits; false: it is not. */
bool	 entry_unshift(const char *text, char *out, size_t size);

#endif
