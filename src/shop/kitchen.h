/* SPDX-License-Identifier: ISC */
/* Stations, what each has to make, and how far every line is there.  A ticket
 * is one course of somebody served, as one station sees it. */
#ifndef SHOP_KITCHEN_H
#define SHOP_KITCHEN_H

#include "shop/table.h"

#define STATION_NAME	32
#define STATIONS	32		/* most of a shop */

struct station {
	int64_t	 id;
	char	 name[STATION_NAME];
	int	 place;			/* order on screens; 0: the last */
	bool	 display;
	int64_t	 printer, fallback;	/* 0 none; a station's paper instead */
	int	 warn, late;		/* minutes */
	bool	 rest;			/* takes what no rule names */
	char	 printer_name[NAME_SIZE], fallback_name[STATION_NAME];
};
/* By place; free(*rows). */
int	 station_list(struct shop *shop, struct station **rows, size_t *n)
	    MUST_CHECK;
/* By name or by what it begins with, case ignored; ERR_NOT_FOUND. */
int	 station_find(struct shop *shop, const char *name,
	    struct station *out) MUST_CHECK;
/* Right "room".  id 0 makes a new one; the first takes the rest. */
int	 station_put(struct shop *shop, struct station *st) MUST_CHECK;
/* ERR_BUSY while something is to be made there. */
int	 station_end(struct shop *shop, int64_t id) MUST_CHECK;
/* Other minutes for one course (0 … COURSES) there. */
int	 station_minutes(struct shop *shop, int64_t id, int course, int warn,
	    int late) MUST_CHECK;
struct station_time {
	int	course, warn, late;
};
/* Those that were set, by course; free(*rows). */
int	 station_times(struct shop *shop, int64_t id,
	    struct station_time **rows, size_t *n) MUST_CHECK;

/* The station whoever signs in at this terminal sees, 0 when none was chosen
 * there yet; right "kitchen" to choose one. */
int	 station_here(struct shop *shop, int64_t *id) MUST_CHECK;
int	 station_stay(struct shop *shop, int64_t id) MUST_CHECK;

/* What is made there: an item, a category with what stands in it, a room, a
 * mode; 0 and "" stand for any.  The rules that name most decide: the item
 * before its category, then the room, then the mode; equal ones send a line
 * to each of their stations. */
struct station_route {
	int64_t		 id, station, product, room;
	const char	*category, *mode;
};
/* Right "room".  ERR_NOT_FOUND for a category that is none. */
int	 station_route_add(struct shop *shop,
	    const struct station_route *route, int64_t *id) MUST_CHECK;
int	 station_route_drop(struct shop *shop, int64_t id) MUST_CHECK;
/* Every rule, by station; words are borrowed during the call. */
struct station_rule {
	int64_t		 id;
	const char	*station, *code, *category, *room, *mode;
};
int	 station_rules(struct shop *shop,
	    int (*fn)(void *ctx, const struct station_rule *rule), void *ctx)
	    MUST_CHECK;

/* ---- a station's board --------------------------------------------------- */

enum kitchen_state { KITCHEN_SENT, KITCHEN_STARTED, KITCHEN_READY,
    KITCHEN_SERVED, KITCHEN_VOIDED };
const char *kitchen_state_name(enum kitchen_state s);	/* stored */
const char *kitchen_state_text(enum kitchen_state s);	/* translated */

struct kitchen_line {
	int64_t			 line, station;
	enum kitchen_state	 state;
	bool			 told;	/* nothing about it must be seen */
	bool			 under;	/* a menu's component */
	bool			 more;	/* sent after the ticket's first */
	bool			 fired;	/* to be made now */
	int64_t			 qty, sent_at;
	int			 seat;
	unsigned		 harms;	/* allergens of its table in it */
	char			*label, *words, *note;
};
/* One course of somebody served. */
struct kitchen_ticket {
	int64_t			 sale;
	int			 course;
	int64_t			 rev;		/* state it with every key */
	enum serving_kind	 kind;
	char			 called[64];	/* "T4", or a name */
	char			 server[NAME_SIZE];
	char			 mode[SALE_MODE];
	bool			 moded;		/* another one when sent */
	int			 covers;
	bool			 live, rush;	/* live: to be made now */
	bool			 untold;	/* some line must be seen */
	enum kitchen_state	 state;		/* of all its lines */
	int64_t			 since;		/* fired, or sent when not */
	int64_t			 fired;		/* its place by age */
	bool			 fresh;		/* read by the last reading */
	int64_t			 stamp;		/* of this one reading */
	int64_t			 runner_at;	/* called to the pass; 0 not */
	int64_t			 promised;	/* for that hour; 0 */
	int			 warn, late;	/* minutes */
	char			*allergies;	/* "" none */
	char			*message;	/* newest words; "" none */
	char			*elsewhere;	/* "Bar, Grill"; "" nowhere */
	struct kitchen_line	*lines;
	size_t			 n;
};
/* How it is consumed, where that is to be said: "take-away 19:30"; "" for who
 * sits down and never said otherwise.  hour: with what it was promised for. */
void	 kitchen_way(const struct kitchen_ticket *t, bool hour, char *out,
	    size_t size);
struct kitchen_board {
	struct kitchen_ticket	*tickets;	/* live ones first, by age */
	size_t			 n;
	/* For reading it again. */
	struct station		 station;	/* id 0: the pass */
	struct station_time	*times;
	size_t			 ntimes;
	int64_t			 seen;		/* the audit's last row; 0 none:
						   the whole is read next */
	bool			 parts;		/* was not read as a whole */
	struct kitchen_known	*known;		/* sales; NULL none yet */
};
int	 kitchen_board(struct shop *shop, int64_t station,
	    struct kitchen_board *out) MUST_CHECK;
/* All stations together, live and ready ones by table: for the pass. */
int	 kitchen_pass(struct shop *shop, struct kitchen_board *out)
	    MUST_CHECK;
/*
 * The board of b->station as it is now.  Only the sales that something was
 * done to since are read, and their tickets are `fresh`; *was has what they
 * were before, to be done with as well.  The whole is read where the audit does
 * not say which sales those are.  After an error the board is what it was, and
 * *was empty.
 */
int	 kitchen_board_again(struct shop *shop, struct kitchen_board *b,
	    struct kitchen_board *was) MUST_CHECK;
void	 kitchen_board_done(struct kitchen_board *b);

struct kitchen_count {
	char	 label[128];		/* with its words */
	int64_t	 qty;
};
/* How much of each is to be made now at a station; free(*rows). */
void	 kitchen_all_day(const struct kitchen_board *b,
	    struct kitchen_count **rows, size_t *n);

/* What was made last there, the newest first; free(*rows). */
struct kitchen_made {
	int64_t	 sale, ready_at;
	int	 course, lines;
	char	 called[64];
};
int	 kitchen_made(struct shop *shop, int64_t station, int64_t most,
	    struct kitchen_made **rows, size_t *n) MUST_CHECK;

/* ---- what is done there (right "kitchen") -------------------------------- */

enum kitchen_act {
	KITCHEN_START,			/* somebody makes it */
	KITCHEN_BUMP,			/* ready; first what must be seen */
	KITCHEN_SERVE			/* it left the pass */
};
/*
 * To one ticket at a station (0: at all of them), or to one line of it
 * (line > 0).  `rev` is what the board said: ERR_CHANGED when something
 * happened to it since, so that the same key twice does it once.  A bump of
 * a ticket with something unseen only says that it was seen (*seen).
 */
int	 kitchen_do(struct shop *shop, enum kitchen_act act, int64_t station,
	    const struct kitchen_ticket *ticket, int64_t line, bool *seen)
	    MUST_CHECK;
/* What was ready is to be made again. */
int	 kitchen_recall(struct shop *shop, int64_t station,
	    const struct kitchen_made *made) MUST_CHECK;
/* What left the pass last stands there again, what left before it next time;
 * *called has room for NAME_SIZE.  ERR_EMPTY: nothing that may come back. */
int	 kitchen_unserve(struct shop *shop, char *called) MUST_CHECK;
/* Another station makes it. */
int	 kitchen_move(struct shop *shop, int64_t station,
	    const struct kitchen_ticket *ticket, int64_t to) MUST_CHECK;
/* Everything of that table before anything else; again takes it back. */
int	 kitchen_first(struct shop *shop, int64_t station,
	    const struct kitchen_ticket *ticket, bool *first) MUST_CHECK;

/* Whoever serves it is to fetch it; ERR_EMPTY while nothing of it is ready. */
int	 kitchen_call(struct shop *shop, const struct kitchen_ticket *ticket)
	    MUST_CHECK;
/* What a server was called for and has not fetched, the last call last;
 * free(*rows). */
struct kitchen_runner {
	int64_t	 sale, at;
	int	 course;
	char	 called[64];
};
int	 kitchen_runners(struct shop *shop, int64_t server,
	    struct kitchen_runner **rows, size_t *n) MUST_CHECK;
/* A station whose printer is out; instead: another one makes its paper. */
struct paper_trouble {
	int64_t	 station;
	bool	 instead;
	char	 name[STATION_NAME];
	char	 words[160];		/* where its paper is */
};
/* sale > 0: only those that were just sent something of it; free(*rows). */
int	 kitchen_troubles(struct shop *shop, int64_t sale,
	    struct paper_trouble **rows, size_t *n) MUST_CHECK;
/* The same in one line; "" when all print. */
int	 kitchen_paper_out(struct shop *shop, int64_t sale, char *out,
	    size_t size) MUST_CHECK;

/*
 * For the spooler of a printer that is out: kitchen paper that waits there
 * goes to the printer of whoever stands in for its station, once, and says so;
 * *moved jobs.  Nothing where nobody stands in or that printer is out, too.
 * held: its print system keeps jobs; those are to be taken back from it, and
 * each that was goes the same way by kitchen_paper_left(), or waits here again
 * when nobody can print it any more.
 */
int	 kitchen_paper_away(struct shop *shop, int64_t printer, bool held,
	    int64_t *moved) MUST_CHECK;
int	 kitchen_paper_left(struct shop *shop, int64_t printer, int64_t job)
	    MUST_CHECK;

/* ---- inside the transaction of what it is about ------------------------- */

/* Lines were sent: each goes to its stations, with paper where there is a
 * printer.  Nothing in a shop without stations, nor of what is practised. */
int	 kitchen_sent(struct shop *shop, const struct serving *v) MUST_CHECK;
/* Before they are marked: lines up to that course that wait at a station are
 * to be made now. */
int	 kitchen_fired(struct shop *shop, const struct serving *v, int course)
	    MUST_CHECK;
/* A sale is consumed in another way now: what is not ready is looked at again,
 * with paper where there is a printer. */
int	 kitchen_moded(struct shop *shop, int64_t sale) MUST_CHECK;
/* Before it goes on the bill of somebody else: those lines of it (n 0: all) are
 * for who is called `to`.  Paper, where there is a printer. */
int	 kitchen_goes(struct shop *shop, const struct serving *v,
	    const char *to, const int64_t *lines, size_t n) MUST_CHECK;
/* What is to be made of it now comes before anything else: paper, where there
 * is a printer. */
int	 kitchen_rushed(struct shop *shop, const struct serving *v) MUST_CHECK;
/* Words about somebody served, on paper where they wait for something; what is
 * sent later to a station that had nothing says them, too. */
int	 kitchen_said(struct shop *shop, const struct serving *v) MUST_CHECK;
/* A line that was sent was taken back: what other bills have of it is made all
 * the same.  Or other words stand on it. */
int	 kitchen_voided(struct shop *shop, int64_t line) MUST_CHECK;
int	 kitchen_changed(struct shop *shop, int64_t line) MUST_CHECK;
/* Somebody there must not eat something: all that is not ready must be looked
 * at again, with paper where there is a printer. */
int	 kitchen_warned(struct shop *shop, const struct serving *v) MUST_CHECK;
/* Nobody is served any more: all that was not made is taken back. */
int	 kitchen_over(struct shop *shop, int64_t sale) MUST_CHECK;

#endif
