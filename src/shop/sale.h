/* SPDX-License-Identifier: ISC */
/* A sale from its first line to its ticket.  One function, one transaction,
 * one audit row; each checks right, owner session and version inside it. */
#ifndef SHOP_SALE_H
#define SHOP_SALE_H

#include "shop/customer.h"
#include "shop/product.h"
#include "shop/tender.h"

#define SALE_RATES	8		/* VAT rates on one ticket at most */
#define SALE_NOTE	60		/* characters of a note */
#define PAY_REFERENCE	40		/* bytes, of a cheque, an SMS … */
#define SALE_REASON	60		/* of why something is taken off */

/* How a sale is consumed, as the tax asks (sale.mode, terminal.mode). */
#define SALE_MODES(X) \
	X("on_site", N_("on the spot")) \
	X("take_away_now", N_("to take away")) \
	X("take_away_later", N_("packed for later")) \
	X("delivery", N_("delivery"))
#define SALE_MODE	24
/* The words for a mode; "" for "". */
const char *sale_mode_text(const char *mode);
/* By stable name, by its words or the only one that begins so; "none" or
 * "" is "".  ERR_INVALID lists them. */
int	 sale_mode_find(const char *text, char out[static SALE_MODE])
	    MUST_CHECK;

enum sale_state {
	SALE_DRAFT,			/* lines are being entered */
	SALE_PENDING,			/* submitted: waits for the till */
	SALE_PAYING,			/* part paid */
	SALE_PAID,			/* posted: frozen, has its number */
	SALE_CANCELLED,
};

/* What a sale is on its way to: a quotation or order is promised first. */
enum sale_kind { SALE_SALE, SALE_QUOTATION, SALE_ORDER };
#define SALE_PAPER	24		/* "D-000012" */

enum line_state { LINE_LIVE, LINE_VOID, LINE_REVERSED, LINE_REVERSAL };

struct sale_line {
	int64_t		id, product;
	int		seq;
	char		code[PRODUCT_CODE];
	char		label[PRODUCT_NAME];
	char		unit[8];
	bool		by_weight, price_overridden;
	int64_t		qty, price, amount;	/* amount = price * qty - off */
	int64_t		rate, rate2, at;
	enum line_state	state;
	char		note[4 * SALE_NOTE + 1];	/* "rare", "" none */
	enum product_kind kind;
	char		serial[52], lot[52];	/* of this piece; "" none */
	char		expiry[11];
	int64_t		returns;	/* line of a ticket taken back; 0 */
	int64_t		reverses;	/* line of this sale it mirrors; 0 */
	char		of[32];		/* that ticket; "" none */
	char		why[4 * SALE_REASON + 1];	/* it came back without
					 * a ticket; "" it did not */
	bool		no_turnover;	/* gift card, deposit: outside VAT */
	bool		scrap;		/* came back, thrown away */
	int64_t		voucher;	/* sold, filled or used by it; 0 */
	int64_t		list_price;	/* the catalogue's at that moment */
	char		price_label[64];	/* the list it is of; "" none */
	int64_t		off;		/* >= 0 on a sale, < 0 on its mirror */
	int64_t		parent;		/* line it is an option of; 0 */
	int64_t		moved;		/* of the amount: for the tax it counts
					 * under an option, shown it does not */
	char		words[192];	/* what was chosen: "rare" */
	/* Of a table's line (course.h); 0 and false of a shop's. */
	int		course, seat;
	bool		told;		/* the kitchen could be told of it */
	bool		sent, fired, held;
	int		shares;		/* it is one of so many shares; 0 */
};

/* What takes something off: a promotion, somebody, or all of a line. */
enum discount_kind {
	DISCOUNT_PROMO,
	DISCOUNT_GIVEN,
	DISCOUNT_OFFER,
	DISCOUNT_COUPON,		/* shown; takes nothing itself */
};
struct sale_discount {
	int64_t			id, line;	/* line 0: the whole ticket */
	enum discount_kind	kind;
	int64_t			promo, amount;
	int64_t			percent;	/* as given; 0: an amount was */
	bool			capped;		/* it takes no more than was
						 * allowed */
	char			label[64];	/* of a promotion or coupon */
	char			reason[4 * SALE_REASON + 1];
	char			user[NAME_SIZE];
};

struct sale_payment {
	int64_t	id, amount, given, change;	/* change only for cash */
	char	tender[16], letter[4];		/* "cash", "e" */
	char	label[32];
	bool	pending;		/* waited for: nothing is posted yet */
	int64_t	tip;			/* given - change - tip = amount */
	char	reference[PAY_REFERENCE];	/* "" none */
	char	currency[4];		/* "": the shop's own */
	int64_t	abroad;			/* so much of that currency … */
	int64_t	home, per;		/* … `home` for `per`, minor units */
	int64_t	customer;		/* whose account it is on; 0 */
	int64_t	voucher;		/* paid with it, or put on it; 0 */
};

/* One tax of the sale; where tax is added, part 2 is a second one. */
struct sale_vat {
	int64_t	rate, gross, net, vat;
	int	part;
	char	name[16], letter[4];	/* "TVA", "B" */
};

/* A whole sale as read at one moment; sale_done() frees. */
struct sale {
	int64_t			 id, version;
	enum sale_state		 state;
	char			 ticket[32];	/* "1-000017"; "" in a draft */
	char			 name[64];	/* held under */
	int64_t			 owner_session;	/* 0: parked or held */
	char			 owner_user[NAME_SIZE];
	char			 owner_terminal[NAME_SIZE];
	bool			 recalled;	/* never paid by Enter alone */
	int64_t			 opened_at, posted_at;
	char			 business_day[11];
	int64_t			 lines_of;	/* the sale they are of */
	struct sale_line	*lines;		/* in order of seq, voids too */
	size_t			 nlines;
	struct sale_payment	*payments;
	size_t			 npayments;
	struct sale_vat		 vat[SALE_RATES];
	int			 nvat;
	int64_t			 total, paid, due, change, rounding;
	int64_t			 units;		/* pieces; a weighing is one */
	bool			 tax_added;	/* prices are without tax */
	char			 user[NAME_SIZE];	/* served or posted */
	char			 terminal[NAME_SIZE];
	char			 hash[65];	/* of its journal record */
	int64_t			 seller_id;	/* who submitted it, or 0 */
	char			 seller[NAME_SIZE];
	int64_t			 submitted_at;
	int64_t			 customer;	/* who buys; 0 nobody known */
	char			 customer_code[CUSTOMER_CODE];
	char			 customer_name[CUSTOMER_NAME];
	int64_t			 tip;		/* of all payments */
	bool			 waits;		/* some payment is pending */
	int64_t			 shift;		/* it was posted in, or 0 */
	bool			 training;	/* practice: counts nowhere */
	int64_t			 turnover;	/* of total, with its taxes */
	enum sale_kind		 kind;
	char			 paper[SALE_PAPER];	/* "C-000004" */
	char			 due_day[11];		/* "", of a paper */
	int64_t			 refers;	/* this deposit's order */
	struct sale_discount	*discounts;	/* in the order they apply */
	size_t			 ndiscounts;
	char			 cancels[32];	/* ticket it takes back whole */
	char			 cancelled_by[32];	/* "" none */
	char			 mode[SALE_MODE];	/* "" not said */
	bool			 seated;	/* somebody is served: table.h;
						 * lines go by course */
	char			*allergies;	/* NULL none known */
};
void	 sale_done(struct sale *sale);
int	 sale_load(struct shop *shop, int64_t id, struct sale *out) MUST_CHECK;
/* The sale `id` as it is now; of lines already there only those are read again
 * that may have changed.  Left alone on failure. */
int	 sale_reload(struct shop *shop, struct sale *sale) MUST_CHECK;

/* One thing to be added; texts NULL or "" for none. */
struct sale_item {
	int64_t		 product, qty;
	const int64_t	*price;		/* of one; NULL the catalogue's */
	const int64_t	*amount;	/* of all, as a label says; or NULL */
	const char	*note;
	const char	*serial;	/* needed where product.serials says */
	const char	*lot, *expiry;	/* "2026-12-31" */
	int64_t		 voucher;	/* gift card to fill; 0 a new one */
	const int64_t	*picks;		/* option.h; NULL what is preset */
	size_t		 npicks;
	const int64_t	*course;	/* at a table; NULL by category */
	int64_t		 seat;		/* at a table; 0 shared */
};

/*
 * Add a product.  *id 0 opens a sale with this line; *id and *version come
 * back.  `price` NULL: the catalogue's; else an override (RIGHT_PRICE), or
 * what a department is sold for.  ERR_EMPTY: a department without a price, a
 * piece without its serial number, a choice that has to be made.
 * ERR_EXISTS: that number is sold already.
 * ERR_TAKEN / ERR_CHANGED when the sale moved: nothing is written then.
 * The line is on the disk when this returns 0.
 */
int	 sale_add(struct shop *shop, int64_t *id, int64_t *version,
	    int64_t product, int64_t qty, const int64_t *price,
	    int64_t *line) MUST_CHECK;
/* Several at once: all or none, taken back by one undo; *line is the last. */
int	 sale_add_items(struct shop *shop, int64_t *id, int64_t *version,
	    const struct sale_item *items, size_t n, int64_t *line)
	    MUST_CHECK;
/* Each of these lines gets so much more: all or none, one undo. */
int	 sale_more(struct shop *shop, int64_t id, int64_t *version,
	    const int64_t *lines, const int64_t *more, size_t n) MUST_CHECK;
#define SALE_ITEMS	12		/* in one of these calls at most */
/* `*4` makes a fresh line four. */
int	 sale_set_qty(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, int64_t qty) MUST_CHECK;
int	 sale_set_price(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, int64_t price) MUST_CHECK;
/* Every line's tax by how it is consumed; prices stay.  Undo takes it back. */
int	 sale_set_mode(struct shop *shop, int64_t id, int64_t *version,
	    const char *mode) MUST_CHECK;
/* The mode of the next sale this process begins. */
int	 sale_mode_next(struct shop *shop, const char *mode) MUST_CHECK;
/* Words under a line, for who reads it: "rare", "gift wrapped"; "" takes them
 * away. */
int	 sale_note(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, const char *note) MUST_CHECK;
/* Fresh: marked void.  Older than the limit: a reversing line with a reason
 * (RIGHT_REVERSE; ERR_EMPTY asks for the reason when it is ""). */
int	 sale_void_line(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, const char *reason) MUST_CHECK;
/* Let go under a name ("" keeps the one it has). */
int	 sale_hold(struct shop *shop, int64_t id, int64_t *version,
	    const char *name) MUST_CHECK;
/* The session ends or is locked: owner becomes 0, nothing else changes. */
int	 sale_park(struct shop *shop, int64_t id) MUST_CHECK;
/* All that this session owns. */
int	 sale_park_all(struct shop *shop) MUST_CHECK;
/*
 * Become the owner of a held, parked or another session's sale; who had it is
 * told.  *version is the one seen, or 0 for whatever it is by now.  Never by
 * a command; RIGHT_TAKE when somebody else was serving.
 */
int	 sale_take(struct shop *shop, int64_t id, int64_t *version)
	    MUST_CHECK;
/*
 * A seller hands the sale to the till: its lines are locked, nobody owns it,
 * and the sessions that take money hear of it (topic "pending").  Who takes
 * it (sale_take) needs the right "pay".
 */
int	 sale_submit(struct shop *shop, int64_t id, int64_t *version)
	    MUST_CHECK;
/* Its lines may change again, here: by its seller while it waits, else by
 * who has taken it.  ERR_INVALID once money was taken. */
int	 sale_reopen(struct shop *shop, int64_t id, int64_t *version)
	    MUST_CHECK;
/* How many wait for the till, and since when the oldest does (0: none). */
int	 sale_waiting(struct shop *shop, int64_t *n, int64_t *since)
	    MUST_CHECK;
/* How much of a product is promised by sales submitted or part paid, in the
 * stores that who asks may see. */
int	 sale_reserved(struct shop *shop, int64_t product, int64_t *qty)
	    MUST_CHECK;
/* The same by the tills of one store and its rooms; 0: as above. */
int	 sale_reserved_at(struct shop *shop, int64_t product, int64_t store,
	    int64_t *qty) MUST_CHECK;
/* An event of the journal; ERR_INVALID once money was taken. */
int	 sale_cancel(struct shop *shop, int64_t id, int64_t *version,
	    const char *reason) MUST_CHECK;

/* How much of a ticket came back since. */
enum sale_back { SALE_BACK_NONE, SALE_BACK_PART, SALE_BACK_ALL };

struct sale_brief {
	int64_t		id, version, total, opened_at, lines;
	int64_t		posted_at;		/* 0 while open */
	enum sale_state	state;
	char		name[64], ticket[32];
	char		user[NAME_SIZE], terminal[NAME_SIZE];
	bool		here;		/* owned by this session */
	bool		parked;		/* no living owner */
	enum sale_back	back;		/* of a posted one */
	enum sale_kind	kind;
	char		paper[SALE_PAPER];
	char		customer[64];		/* of an open one; "" none */
};
/* Open sales, oldest first; free(*rows). */
int	 sale_open_list(struct shop *shop, struct sale_brief **rows,
	    size_t *n) MUST_CHECK;
/* The user's own unheld open sale wherever it is; ERR_NOT_FOUND for none. */
int	 sale_of_user(struct shop *shop, struct sale_brief *out) MUST_CHECK;
/* Posted, newest first; day NULL for all. */
int	 sale_posted_list(struct shop *shop, const char *day, int64_t limit,
	    struct sale_brief **rows, size_t *n) MUST_CHECK;
int	 sale_by_ticket(struct shop *shop, const char *ticket, int64_t *id)
	    MUST_CHECK;
/* The last one posted on this terminal. */
int	 sale_last(struct shop *shop, int64_t *id) MUST_CHECK;

/*
 * Take money.  amount 0 = the whole rest in that tender.  When nothing is
 * due any more the sale is posted in this same transaction: ticket number,
 * VAT per rate, stock movements, journal record, receipt and drawer jobs;
 * *posted says so, *change is what goes back.  The same version twice
 * changes nothing (ERR_CHANGED).  Cash is rounded as the country does; no
 * doubt is said and no tip is taken (payment.h has all of it).  Where the sale
 * is below 0 the amount goes back.
 */
int	 sale_pay(struct shop *shop, int64_t id, int64_t *version,
	    const char *tender, int64_t amount, int64_t *change,
	    bool *posted) MUST_CHECK;
/* Right "pay"; correct how a ticket was paid: all of it in that tender, by
 * counter-entries that name what they correct. */
int	 sale_retender(struct shop *shop, int64_t id, const char *tender)
	    MUST_CHECK;
/* Opens the drawer without a sale (RIGHT_NOSALE), with a reason. */
int	 sale_no_sale(struct shop *shop, const char *reason) MUST_CHECK;

/*
 * Take back this session's last act on the sale; *what says in words what
 * was undone.  Once more: the act before it, as far back as this session's
 * acts go without another's, or one that stands, between.  Posted: ERR_FROZEN,
 * and its text names the correction.
 */
int	 sale_undo(struct shop *shop, int64_t id, int64_t *version,
	    char *what, size_t size) MUST_CHECK;

#endif
