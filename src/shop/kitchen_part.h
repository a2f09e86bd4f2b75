/* SPDX-License-Identifier: ISC */
/* What the kitchen's files share; nobody else includes this. */
#ifndef SHOP_KITCHEN_PART_H
#define SHOP_KITCHEN_PART_H

#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/sale_part.h"
#include "sql/kitchen.h"

/* The shop's stations, and the rules that say what is made where. */
struct routing {
	struct station			*stations;
	size_t				 nstations;
	struct q_route_words		*rules;
	size_t				 nrules;
};
/* ERR_EMPTY when the shop has no station. */
int	 routing_load(struct shop *shop, struct routing *out) MUST_CHECK;
void	 routing_done(struct routing *ro);
/* The *n stations that make a line; none when no rule names it and no station
 * takes the rest. */
int	 routing_of(struct shop *shop, const struct routing *ro,
	    const struct q_kitchen_unsent *line, int64_t to[static STATIONS],
	    size_t *n) MUST_CHECK;

/* What stood at the pass for longer was eaten. */
#define PASS_MS		(INT64_C(12) * 3600000)

/* Of a stored state's name. */
enum kitchen_state kitchen_state_of(const char *name);

/* A row of a line's history, and the line as it is after it. */
struct step {
	int64_t			 line, station;
	const char		*kind;
	enum kitchen_state	 state;
	bool			 told;
	int64_t			 qty;
	int64_t			 ready_at;	/* 0 none */
};
int	 kitchen_step(struct shop *shop, const struct step *s) MUST_CHECK;

/* A sale in the kitchen as it was read.  A key there changes how far lines are
 * and nothing else of it. */
struct kitchen_sale {
	int64_t			 sale;
	struct q_kitchen_ticket	*rows;		/* as the board sorts them */
	size_t			 n;
	bool			 asked;		/* known_served() has been */
	struct q_kitchen_served	 served;	/* words of its own */
	int64_t			 called[COURSES + 1];	/* 0 nobody yet */
};
/* Those that a display has read last, a few tens. */
struct kitchen_known *known_new(void);
void	 known_done(struct kitchen_known *k);	/* NULL: nothing */
/* One of them, read: `keys`, only keys at a display were pressed about it since
 * it was read last.  NULL where nothing of it is or was in the kitchen.
 * Borrowed until the next call; rows are sorted so. */
int	 known_sale(struct shop *shop, struct kitchen_known *k, int64_t sale,
	    bool keys, int (*order)(const void *, const void *),
	    struct kitchen_sale **out) MUST_CHECK;
/* Who is served, and who was called, of what that call gave. */
int	 known_served(struct shop *shop, struct kitchen_sale *s) MUST_CHECK;

/* Lines that one key brings before a station; as many as `ro` has stations. */
struct batch {
	int64_t	*line, *qty;
	size_t	 n;
};
struct batch *batches_new(const struct routing *ro, size_t most);
void	 batches_done(const struct routing *ro, struct batch *b);
void	 batch_add(const struct routing *ro, struct batch *b,
	    int64_t station, int64_t line, int64_t qty);

/* What a kitchen's paper is about. */
enum kitchen_paper {
	PAPER_SENT,			/* new lines */
	PAPER_FIRED,			/* SUITE: make it now */
	PAPER_VOIDED,			/* ANNULÉ */
	PAPER_WARNED,			/* an allergy, for what is there */
	PAPER_MODE,			/* it is consumed in another way */
	PAPER_CHANGED,			/* other words stand on it */
	PAPER_MOVED,			/* they sit elsewhere */
	PAPER_RUSH,			/* RÉCLAME: what is there, at once */
	PAPER_MESSAGE			/* words alone */
};
/* Inside the transaction: paper at a station that has a printer, or where it
 * falls back to; `lines` are ids, `qty` how many of each. */
int	 kitchen_print(struct shop *shop, const struct serving *v,
	    const struct station *st, enum kitchen_paper what,
	    const int64_t *lines, const int64_t *qty, size_t n) MUST_CHECK;
/* What happened to a line, at each station it went to by paper: so much of it
 * as `much` says, 0 nothing.  Inside the transaction; n > 0. */
int	 kitchen_line_papers(struct shop *shop,
	    const struct q_kitchen_of_line *rows, size_t n,
	    enum kitchen_paper what,
	    int64_t (*much)(const struct q_kitchen_of_line *row)) MUST_CHECK;
/* The same at every station of a batch. */
int	 kitchen_papers(struct shop *shop, const struct serving *v,
	    const struct routing *ro, const struct batch *batches,
	    enum kitchen_paper what) MUST_CHECK;

#endif
