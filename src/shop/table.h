/* SPDX-License-Identifier: ISC */
/* Who is served: at a table, at the bar under a name, take-away, delivery.  An
 * open table is an open sale with a row of `serving` beside it. */
#ifndef SHOP_TABLE_H
#define SHOP_TABLE_H

#include "shop/room.h"

#define TABLE_SEATS	99
#define TABLE_WORDS	60		/* characters of a message */

/* What the plan says of a table, in the order of an evening. */
#define TABLE_STATES(X) \
	X(FREE, "free", N_("free")) \
	X(RESERVED, "reserved", N_("reserved")) \
	X(SEATED, "seated", N_("seated")) \
	X(ORDERED, "ordered", N_("ordered")) \
	X(COURSE, "course", N_("course")) \
	X(BILL, "bill", N_("BILL")) \
	X(PAID, "paid", N_("paid")) \
	X(DIRTY, "to_clean", N_("to clean")) \
	X(BLOCKED, "blocked", N_("blocked"))

enum table_state {
#define X(id, name, text) TABLE_##id,
	TABLE_STATES(X)
#undef X
	TABLE_STATE_COUNT
};
const char *table_state_name(enum table_state s);
const char *table_state_text(enum table_state s);	/* translated */

enum serving_kind { SERVING_TABLE, SERVING_TAB, SERVING_TAKE_AWAY,
    SERVING_DELIVERY };
const char *serving_kind_name(enum serving_kind k);
/* "delivery 19:30": how it leaves the house, and when that was promised (0: as
 * soon as it can); "" for who eats here. */
#define SERVING_OUT	48
void	 serving_out(enum serving_kind k, int64_t promised, char *out,
	    size_t size);
/* The same of its bill, whose mode may have been set otherwise since: "on the
 * spot" for who came to fetch it and stays, "take-away" at a table. */
void	 serving_way(enum serving_kind k, const char *mode, int64_t promised,
	    char *out, size_t size);
/* Of a stored one. */
enum serving_kind serving_kind_of(const char *name);

/* A table as the plan shows it; without a sale nobody sits there. */
struct table_view {
	struct table		 t;
	enum table_state	 state;
	int64_t			 since;		/* of the state */
	int64_t			 sale, version;	/* the first of them; 0 */
	int			 covers, course, parts;
	int			 waits;		/* sent course, not fired; 0 */
	int64_t			 lines, unsent, total;
	bool			 rush, here;	/* here: open in this session */
	char			 server[NAME_SIZE];
	int64_t			 booked_at;	/* soon; 0 */
	int64_t			 booking;	/* that one's id */
	char			 booked[64];
};
/* All tables by room and number; free(*rows). */
int	 table_plan(struct shop *shop, struct table_view **rows, size_t *n)
	    MUST_CHECK;

/* Somebody served without a table. */
struct tab_view {
	int64_t			 sale, version;
	enum serving_kind	 kind;
	char			 name[64], phone[32], server[NAME_SIZE];
	int			 covers, waits;
	int64_t			 since, promised, total, lines, unsent;
	bool			 bill, here, rush;
};
int	 tab_list(struct shop *shop, struct tab_view **rows, size_t *n)
	    MUST_CHECK;			/* free(*rows) */

/* One of them. */
struct serving {
	int64_t			 sale, version;
	enum serving_kind	 kind;
	int64_t			 table;		/* 0 none */
	int			 number, covers, course;
	int64_t			 server;	/* user, 0 nobody */
	char			 server_name[NAME_SIZE];
	int64_t			 seated_at, ordered_at, fired_at, bill_at;
	bool			 rush, ended, training;
	int64_t			 whole;		/* split off that sale; 0 */
	char			 name[64], phone[32], address[128];
	char			 mode[SALE_MODE];
	int64_t			 promised;
};
/* ERR_NOT_FOUND: the sale is a shop's. */
int	 serving_get(struct shop *shop, int64_t sale, struct serving *out)
	    MUST_CHECK;
/* "T4", or the tab's name. */
void	 serving_called(const struct serving *v, char *out, size_t size);

/*
 * People sit down (right "sell"): an open sale of this session at that table.
 * One that is paid or dirty is taken for clean; ERR_TAKEN when somebody sits
 * there, ERR_INVALID when it is blocked.  Where it stands at another table it
 * is that one.
 */
int	 table_seat(struct shop *shop, int64_t table, int covers,
	    int64_t *sale, int64_t *version) MUST_CHECK;
/* Somebody without a table; phone, address and promised only for take-away
 * and delivery ("" and 0). */
struct tab_new {
	enum serving_kind kind;
	const char	*name, *phone, *address;
	int64_t		 promised;	/* ms; 0: as soon as it can */
	int		 covers;
};
int	 tab_open(struct shop *shop, const struct tab_new *tab,
	    int64_t *sale, int64_t *version) MUST_CHECK;
/* How many people; nobody's screen changes by it. */
int	 table_covers(struct shop *shop, int64_t sale, int covers) MUST_CHECK;
/* Somebody else serves it from now on; 0 nobody. */
int	 table_server(struct shop *shop, int64_t sale, int64_t user)
	    MUST_CHECK;
/* Does whoever is signed in serve somebody now? */
int	 table_serves(struct shop *shop, bool *serves) MUST_CHECK;
/* ERR_INVALID with the list of who has not paid, 0 when all have. */
int	 table_none_open(struct shop *shop) MUST_CHECK;
/* The same before that shift is closed: while another till is open they can
 * still pay there. */
int	 table_all_paid(struct shop *shop, int64_t shift) MUST_CHECK;

/* Right "sell": begin, with somebody still served there; sale_end() ends it.
 * On failure (ERR_CHANGED: paid or left meanwhile) nothing is open. */
int	 serving_act(struct shop *shop, const char *verb, int64_t sale,
	    struct serving *v) MUST_CHECK;

/* ---- inside the transaction of what it is about ------------------------- */

/* table_seat(). */
int	 table_taken(struct shop *shop, int64_t table, int covers,
	    int64_t *sale, int64_t *version) MUST_CHECK;
struct serving_note {
	const char	*kind;		/* as serving_event has it */
	int64_t		 sale, table, line, n;
	int		 course;
	const char	*words;		/* NULL "" */
	bool		 approved;	/* somebody's word may be needed */
};
/* A row of serving_event; topic "table". */
int	 serving_note(struct shop *shop, const struct serving_note *note)
	    MUST_CHECK;
/* A whole sale is given up: what the kitchen has of it is taken back, line by
 * line, by whose word and why.  ERR_EMPTY without a reason. */
int	 serving_given_up(struct shop *shop, int64_t sale, const char *reason)
	    MUST_CHECK;
/* The bill was printed: it is waited for. */
int	 serving_billed(struct shop *shop, int64_t sale, int64_t total)
	    MUST_CHECK;
/* Posted or given up: the table is left; nothing for a shop's sale.  How is
 * "paid", "cancelled" or "merged". */
int	 serving_over(struct shop *shop, int64_t sale, const char *how)
	    MUST_CHECK;

#endif
