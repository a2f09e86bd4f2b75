/* SPDX-License-Identifier: ISC */
/* Gift cards and credit notes: numbers that are as good as money.  What is on
 * one is the sum of its log; it never goes below nothing (domain.md 8). */
#ifndef SHOP_VOUCHER_H
#define SHOP_VOUCHER_H

#include "shop/shop.h"

#define VOUCHER_NUMBER	17		/* "9812345678901234" */
#define VOUCHER_SHOWN	24		/* "9812 3456 7890 1234" */

/* Tenders that want a voucher, and the class of a product that is one for
 * anything.  A product of kind "voucher" in any other class has its VAT paid
 * when it is sold, and pays for goods at that rate only. */
#define VOUCHER_TENDER_GIFT	"gift"
#define VOUCHER_TENDER_CREDIT	"credit"
#define VOUCHER_CLASS		"voucher"

enum voucher_kind { VOUCHER_GIFT, VOUCHER_CREDIT };

enum voucher_state {
	VOUCHER_BLANK,			/* made, nothing was ever on it */
	VOUCHER_GOOD,
	VOUCHER_USED_UP,
	VOUCHER_EXPIRED,
	VOUCHER_BLOCKED,
};

struct voucher {
	int64_t			id, balance, made_at;
	enum voucher_kind	kind;
	enum voucher_state	state;
	bool			single;		/* VAT paid when it was sold */
	int64_t			rate, rate2;	/* of a single one */
	char			number[VOUCHER_NUMBER];
	char			expires[11];	/* last day; "" none */
	char			holder[96];	/* of a credit note; "" any */
};

/* ---- numbers; no database ----------------------------------------------- */

/* Sixteen digits that begin with 98, blanks between them: what a scan of a
 * slip or a card gives.  The check digit may still be wrong. */
bool	 voucher_looks(const char *text);
/* Digits alone, check digit proven; ERR_INVALID in one line. */
int	 voucher_number(const char *text, char out[static VOUCHER_NUMBER])
	    MUST_CHECK;
/* In fours, as printed; `hidden`: all but the last four as dots. */
void	 voucher_show(const char *number, bool hidden,
	    char out[static VOUCHER_SHOWN]);

/* ---- reading ------------------------------------------------------------ */

const char *voucher_kind_word(enum voucher_kind kind);	/* "gift" */
const char *voucher_kind_text(enum voucher_kind kind);	/* translated */
const char *voucher_state_word(enum voucher_state state);
const char *voucher_state_text(enum voucher_state state); /* translated */
/* By number, as typed or scanned; ERR_NOT_FOUND for one of another shop. */
int	 voucher_find(struct shop *shop, const char *text,
	    struct voucher *out) MUST_CHECK;
int	 voucher_get(struct shop *shop, int64_t id, struct voucher *out)
	    MUST_CHECK;
/* 0, or in one line why money cannot be taken from it now. */
int	 voucher_usable(struct shop *shop, const struct voucher *v)
	    MUST_CHECK;
/* Right "sell": what is on it, in words ("11,60 €, until 2027-11-20"). */
int	 voucher_balance(struct shop *shop, const char *text, char *out,
	    size_t size) MUST_CHECK;
/* Right "sales"; newest first.  `open`: only those with something on them. */
int	 voucher_list(struct shop *shop, bool open,
	    int (*fn)(void *ctx, const struct voucher *v), void *ctx)
	    MUST_CHECK;
struct voucher_move {
	int64_t		 id, amount, at, sale;
	const char	*kind, *ticket, *reason, *user;
};
int	 voucher_moves(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct voucher_move *move), void *ctx)
	    MUST_CHECK;

/* ---- lines of a sale ---------------------------------------------------- */

/*
 * Right "sell": put a gift card for that amount on the sale, as sale_add();
 * `number` "": a new one, else a blank card or one to be filled.  It is worth
 * something once the sale is paid.
 */
int	 voucher_sell(struct shop *shop, int64_t *id, int64_t *version,
	    int64_t amount, const char *number, int64_t *line) MUST_CHECK;
/*
 * Right "sell": a card whose VAT was paid takes its amount off the goods at
 * its rate, so that nothing is taxed twice; amount 0: as much as it can.
 * It is taken off the card when the sale is paid.
 */
int	 voucher_redeem(struct shop *shop, int64_t id, int64_t *version,
	    const char *number, int64_t amount) MUST_CHECK;
struct product;
/* Of a product of the kind voucher: is its VAT paid when it is sold? */
bool	 voucher_is_single(const struct product *p);
/* Inside the transaction of sale_add(): the card that a line sells; `voucher`
 * 0 makes a new one. */
int	 voucher_line_put(struct shop *shop, const struct product *p,
	    int64_t qty, int64_t voucher, int64_t line) MUST_CHECK;
/* ERR_RANGE, saying what is left on it. */
int	 voucher_short(struct shop *shop, const struct voucher *v);

/* ---- inside the transaction of a payment or a posting -------------------- */

/*
 * A voucher as a tender (multi-purpose gift cards and credit notes): take
 * `amount` off it for that sale.  ERR_RANGE, and nothing else is changed,
 * when another till was quicker; then the caller rolls back.
 */
int	 voucher_use(struct shop *shop, int64_t id, int64_t amount,
	    int64_t sale) MUST_CHECK;
/* The counter-entry of that payment: back onto it, whatever its state. */
int	 voucher_unuse(struct shop *shop, int64_t id, int64_t amount,
	    int64_t sale) MUST_CHECK;
/* Money owed to the customer: onto the card that had paid … */
int	 voucher_refund(struct shop *shop, int64_t id, int64_t amount,
	    int64_t sale) MUST_CHECK;
/* … or onto a new credit note; *out is what was made. */
int	 voucher_issue(struct shop *shop, int64_t amount, int64_t sale,
	    struct voucher *out) MUST_CHECK;
/* A new number, nothing on it yet; rate NULL: for anything. */
int	 voucher_make(struct shop *shop, enum voucher_kind kind,
	    const int64_t *rate, int64_t rate2, int64_t *id) MUST_CHECK;

struct sale;
/* What the lines of a sale being posted put on their cards and take off. */
int	 voucher_posting(struct shop *shop, const struct sale *sale)
	    MUST_CHECK;

/* ---- a manager's work: right "voucher", one transaction each ------------- */

/* A blank card, to be sold later by its number. */
int	 voucher_add(struct shop *shop, int64_t *id) MUST_CHECK;
int	 voucher_block(struct shop *shop, int64_t id, bool blocked)
	    MUST_CHECK;
/* Another last day; "" none. */
int	 voucher_extend(struct shop *shop, int64_t id, const char *day)
	    MUST_CHECK;
/* Put on or take off, with a reason. */
int	 voucher_adjust(struct shop *shop, int64_t id, int64_t amount,
	    const char *reason) MUST_CHECK;

/* ---- on paper ----------------------------------------------------------- */

struct slip;
/* A credit note's paper or a gift card's; duplicate 0: the original, n:
 * DUPLICATA n. */
int	 voucher_slip(struct shop *shop, const struct voucher *v,
	    int64_t duplicate, struct slip *out) MUST_CHECK;
/* Inside a transaction: once more, counted and in the journal; *n says which.
 * ERR_INVALID: it is on no ticket. */
int	 voucher_again(struct shop *shop, int64_t id, int64_t *n,
	    struct slip *out) MUST_CHECK;
/* Right "reprint": count, journal and queue a DUPLICATA; *n says which. */
int	 voucher_reprint(struct shop *shop, int64_t id, int64_t *n)
	    MUST_CHECK;

#endif
