/* SPDX-License-Identifier: ISC */
/* Courses, and what the kitchen is told: a line is entered, sent (the kitchen
 * has it and sees it coming) and fired (it is to be made now). */
#ifndef SHOP_COURSE_H
#define SHOP_COURSE_H

#include "shop/table.h"

#define COURSES		9
#define COURSE_NAME	32

struct course {
	int	number;			/* 1 … COURSES; 0 goes at once */
	char	name[COURSE_NAME];
};
int	 course_list(struct shop *shop, struct course **rows, size_t *n)
	    MUST_CHECK;			/* free(*rows) */
/* "Starters", or "course 2" where nobody named it. */
void	 course_name(struct shop *shop, int number, char *out, size_t size);
/* Right "room".  "" as a name leaves the one it has. */
int	 course_put(struct shop *shop, int number, const char *name)
	    MUST_CHECK;
/* The course of whatever is in a category, 0 at once; ERR_NOT_FOUND where
 * there is no such category. */
int	 course_of_category(struct shop *shop, const char *category,
	    int number) MUST_CHECK;

/* ---- a table's lines (right "sell") ------------------------------------- */

/* What is to be done with a line that was not sent yet; -1 leaves a number as
 * it is.  ERR_INVALID once it was sent. */
struct line_wish {
	int	course, seat;
	int	held;			/* 1 hold it back, 0 let it go */
};
int	 course_line_set(struct shop *shop, int64_t sale, int64_t *version,
	    int64_t line, const struct line_wish *wish) MUST_CHECK;

/*
 * All that is not held goes to the kitchen.  What has no course, and what
 * belongs to a course already fired, is to be made at once; so is the first
 * course when none was.  *sent pieces went, a menu as one; ERR_EMPTY: none was
 * left.
 */
int	 course_send(struct shop *shop, int64_t sale, int64_t *version,
	    int64_t *sent) MUST_CHECK;
/* The first course that was sent and waits on any bill of the party; 0 none. */
int	 course_waits(struct shop *shop, const struct serving *v, int *course)
	    MUST_CHECK;
/*
 * The course that waits, on every bill of the party, or (all) it and all behind
 * it; *course is the last one fired.  Whoever has the sale open keeps it.
 * `seen` is what the waiter saw waiting, so that the same key twice, or two
 * waiters, fire one: ERR_CHANGED says who did, or what waits now; ERR_EMPTY:
 * nothing does.
 */
int	 course_fire(struct shop *shop, int64_t sale, int seen, bool all,
	    int *course) MUST_CHECK;
/* Pieces of a bill that its stations do not have, held back or not; they go
 * when it is paid.  None in a shop without stations. */
int	 course_unsent(struct shop *shop, int64_t sale, int64_t *pieces)
	    MUST_CHECK;
/* Who ordered those has them already: nobody is to make them. */
int	 course_had(struct shop *shop, int64_t sale, int64_t *version)
	    MUST_CHECK;
/* Inside a transaction: it is paid, so all of it is sent and to be made. */
int	 course_paid(struct shop *shop, int64_t sale) MUST_CHECK;
/* Whoever is signed in has fired *course there by the last thing they did, and
 * the kitchen has done nothing about it since; 0 no.  To be asked before the
 * next one goes by a key that names none. */
int	 course_just(struct shop *shop, const struct serving *v, int *course)
	    MUST_CHECK;
/* Everything there before anything else, or no longer; nothing happens when it
 * is so already. */
int	 course_rush(struct shop *shop, int64_t sale, bool rush) MUST_CHECK;
/* Words for the kitchen about that table; those that stand there already are
 * not said again. */
int	 course_message(struct shop *shop, int64_t sale, const char *words)
	    MUST_CHECK;

/* What somebody at that seat (0: somebody there) must not eat, whatever bill
 * they pay; the kitchen looks again at what it has of them.  "" says that there
 * is nothing any more. */
int	 table_allergy(struct shop *shop, int64_t sale, int seat,
	    const char *words) MUST_CHECK;
/* "seat 2: peanuts; celery", "" nothing; however long: free(*out). */
int	 table_allergies(struct shop *shop, int64_t sale, char **out)
	    MUST_CHECK;

/* For one text of several: by seat, those of a seat together; *last is the
 * seat of the one before. */
struct buf;
void	 allergy_words(struct buf *text, int64_t *last, int64_t seat,
	    const char *words);

/* The bill that the others of a party were divided from. */
int64_t	 party_of(const struct serving *v);

/* ---- inside the transaction --------------------------------------------- */

/* Another allergy was written for that party. */
int	 allergy_told(struct shop *shop, const struct serving *v) MUST_CHECK;

/* Lines were added to somebody's sale: their course (NULL: by category) and
 * seat. */
int	 course_fill(struct shop *shop, int64_t sale, const int64_t *course,
	    int64_t seat) MUST_CHECK;

#endif
