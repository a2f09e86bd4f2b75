/* SPDX-License-Identifier: ISC */
/* What the files of the sale share; nobody else includes this. */
#ifndef SHOP_SALE_PART_H
#define SHOP_SALE_PART_H

#include "shop/sale.h"
#include "sql/sale.h"

/* An id column is NULL where the actor has none. */
static inline const int64_t *
some(const int64_t *id)
{
	return *id == 0 ? NULL : id;
}

/* Of a stored state's name. */
enum sale_state sale_state_of(const char *word);
/*
 * After a fence changed nothing: leave the transaction and say why.
 * ERR_NOT_FOUND, ERR_FROZEN, ERR_TAKEN (who has it), ERR_CHANGED.
 */
int	 sale_refused(struct shop *shop, int64_t id, int64_t version);
/* Begin, and pass the fence with an act that undo can take back.  On failure
 * nothing is open any more. */
int	 sale_begin(struct shop *shop, const char *verb, int64_t id,
	    int64_t version, const char *act, int64_t line, int64_t value,
	    const char *text) MUST_CHECK;
/* A line of that sale that may still be changed. */
int	 line_live(struct shop *shop, int64_t sale, int64_t line,
	    struct q_sale_line_get *row) MUST_CHECK;
/* More than nothing, no fraction of a piece. */
int	 line_qty_check(const struct product *p, int64_t qty) MUST_CHECK;
/* A line that names one piece by its serial number stays one. */
int	 line_one_piece(const struct q_sale_line_get *row, int64_t qty)
	    MUST_CHECK;
/* Inside the transaction: a new sale of this session; its row is there before
 * its first `lines` lines are, which undo takes back together. */
int	 sale_first(struct shop *shop, int64_t lines, int64_t *id,
	    int64_t *version) MUST_CHECK;
/* Inside the transaction, after a line came to so much: a sale whose total is
 * beyond MONEY_MAX could not be read again. */
#define SALE_LARGE	(MONEY_MAX / 1000)
#define SALE_MOST	(MONEY_MAX / 4 * 3)	/* taxes may come on top */
int	 line_fits(struct shop *shop, int64_t sale, int64_t amount)
	    MUST_CHECK;
/* What was allowed of one piece (its price, an offer, a discount above the
 * limit) is allowed of more by whoever may do so. */
int	 line_grows(struct shop *shop, int64_t sale, int64_t line,
	    const struct q_sale_line_get *row) MUST_CHECK;
/* What was paid stays covered: a line may not shrink by so much that less is
 * left, nor what went back grow beyond what is owed. */
int	 line_covers(struct shop *shop, int64_t sale, int64_t less)
	    MUST_CHECK;
/* What `qty` of a ticket's line is worth when it comes back (below 0), and
 * its share of discounts, not counting the line `but` of an open sale;
 * ERR_RANGE when less is left. */
int	 return_amount(struct shop *shop, int64_t line, int64_t but,
	    int64_t qty, int64_t *amount, int64_t *off) MUST_CHECK;
/* Inside the transaction: another quantity (below 0) of such a line. */
int	 return_set_qty(struct shop *shop, int64_t line, int64_t returns,
	    int64_t qty) MUST_CHECK;
/* How a sale is consumed; 0: the next one.  Asks the database only for a sale
 * that this process has not read last. */
int	 sale_mode_of(struct shop *shop, int64_t id,
	    char out[static SALE_MODE]) MUST_CHECK;
void	 sale_mode_seen(struct shop *shop, int64_t id, const char *mode);
/* The product's rates in that mode. */
int	 sale_mode_rates(struct shop *shop, const char *mode,
	    struct product *p) MUST_CHECK;
/* Inside the transaction; how many lines changed. */
int	 sale_mode_put(struct shop *shop, int64_t id, const char *mode,
	    int64_t *changed) MUST_CHECK;
/* Commit with topic "sale", or roll back when r is not 0. */
int	 sale_end(struct shop *shop, int r) MUST_CHECK;
/*
 * Inside the transaction, after lines changed: promotions and discounts are
 * worked out again.  `discounted` is that column of the sale; where it is
 * false and no promotion is active nothing is asked or written.
 */
int	 sale_discounts_again(struct shop *shop, int64_t id,
	    bool discounted) MUST_CHECK;
/* Before lines part: what a hand took off the whole ticket is off its lines
 * instead, each its share. */
int	 discount_settle(struct shop *shop, int64_t sale) MUST_CHECK;
/* What row `row` gave, `fixed` of it, is off a line that comes to gross before
 * it; nothing for nothing. */
int	 discount_part(struct shop *shop, int64_t row, int64_t sale,
	    int64_t line, int64_t fixed, int64_t gross, const char *reason)
	    MUST_CHECK;
/* Inside the transaction, after who buys or how changed: prices of lists that
 * look at either, each as on the moment of its line, then discounts. */
int	 sale_prices_again(struct shop *shop, int64_t id) MUST_CHECK;
/* Inside a transaction: a price was given by hand. */
int	 sale_price_event(struct shop *shop, int64_t sale, int64_t was,
	    int64_t price) MUST_CHECK;
/* The series this actor's tickets are numbered in: "1" of till 1, "E1" while
 * practising there. */
#define SALE_SERIES	40
int	 sale_series(struct shop *shop, char out[static SALE_SERIES])
	    MUST_CHECK;
/* The chain of a series: "ticket/1", "training/1"; and back (false: a chain
 * of something else). */
#define SALE_CHAIN	48
void	 sale_chain(const char *series, char out[static SALE_CHAIN]);
bool	 sale_series_of(const char *chain, char out[static SALE_SERIES]);
/* "1-000017" */
void	 sale_ticket(const char *series, int64_t number, char out[static 32]);
/* Is the owner's process still there?  Columns of a joined session row. */
bool	 sale_owner_alive(bool has_owner, bool ended, const char *boot,
	    int64_t pid, int64_t pid_start);

/* Inside a transaction: the till's list of sales handed over is another now,
 * unless this sale was `never_submitted`. */
void	 sale_pending_changed(struct shop *shop, bool never_submitted);

/* Inside a transaction, the two ways a payment row is written: money that
 * moved (p->id comes back), and the mirror of one that is taken back (`failed`:
 * it was waited for and never came). */
int	 payment_put(struct shop *shop, int64_t sale, struct sale_payment *p,
	    int64_t corrects) MUST_CHECK;
int	 payment_back(struct shop *shop, int64_t sale,
	    const struct sale_payment *p, bool failed) MUST_CHECK;

/* order.c: what must be done to an order before it is paid, and whether a
 * deposit on one is still worth anything; 0: nothing stands in the way.  Asked
 * again by the posting: another till may have paid meanwhile. */
int	 order_unsettled(struct shop *shop, const struct sale *sale)
	    MUST_CHECK;
/* Of one line of a ticket that is a deposit: may it be paid, or come `back`?
 * 0 for any other line. */
int	 order_deposit_stands(struct shop *shop, int64_t line, bool back)
	    MUST_CHECK;

/* Where, how and by whom the sale is bought, now. */
struct buying;
int	 sale_buying(struct shop *shop, int64_t id, struct buying *out)
	    MUST_CHECK;
/* As stored: "promo", "discount", "offer", "coupon". */
enum discount_kind discount_kind(const char *word);

/* Inside the transaction of the last payment: number, VAT rows, stock,
 * journal, receipt and drawer; ERR_CHANGED when the sale is not as it was
 * read.  `paper` false: nothing to be printed. */
int	 sale_posting(struct shop *shop, struct sale *sale, bool drawer,
	    bool paper) MUST_CHECK;

/* sale_pay() without receipt and drawer: a past that is being made up. */
int	 sale_pay_history(struct shop *shop, int64_t id, int64_t *version,
	    const char *tender, int64_t amount, int64_t *change,
	    bool *posted) MUST_CHECK;

#endif
