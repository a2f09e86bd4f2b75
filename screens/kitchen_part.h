/* SPDX-License-Identifier: ISC */
/* What the files of a kitchen's display share; nobody else includes this. */
#ifndef SCREENS_KITCHEN_PART_H
#define SCREENS_KITCHEN_PART_H

#include "screens/kitchen.h"
#include "shop/dish.h"
#include "term/term.h"

#define SLOTS		9		/* as many as there are digits */
#define TILE_WIDTH	26		/* columns it needs at least */
#define TILE_HEIGHT	8
#define KITCHEN_TALL	16		/* rows from which counts have one */
#define PICKED		64		/* lines to choose one from */

enum verb { VERB_READY, VERB_START, VERB_PART, VERB_MOVE, VERB_FIRST };
enum { ASK_LEAVE = 1, ASK_LINE, ASK_TO, ASK_VERB };

/* A place on the screen; its digit is its number. */
struct slot {
	int64_t		 sale;		/* 0: free */
	int		 course;
	bool		 here;		/* not here: made a moment ago */
	int64_t		 held;		/* boot clock: until then taken back */
	int64_t		 given;		/* boot clock: whose it was before */
	bool		 used;
	char		 called[64];
};

/* A dish of today, or one that there is only so much of. */
struct announced {
	struct dish	 dish;
	int64_t		 since;		/* boot clock: new since; 0 known */
};

struct kitchen_screen {
	struct shop		*shop;
	struct station		*stations;	/* with a display */
	size_t			 nstations;
	struct station		 at;		/* id 0: which one? */
	struct kitchen_board	 board;
	struct kitchen_count	*counts;
	size_t			 ncounts;
	struct announced	*dishes;
	size_t			 ndishes;
	bool			 announced;	/* `dishes` were read before */
	char			 course[COURSES + 1][COURSE_NAME];
	struct slot		 slots[SLOTS];
	int			 cols, rows;	/* of tiles */
	bool			 small;		/* few columns: fewer words */
	int			 page;
	int64_t			 now;		/* a whole minute */
	int64_t			 touched;	/* boot clock */
	enum verb		 verb;		/* the next digit does this */
	bool			 totals;	/* counts over the tiles */
	/* A ticket and its lines while something is chosen. */
	struct kitchen_ticket	 picked;
	int64_t			 lines[PICKED];
	int64_t			 choices;	/* without "nothing" */
};

/* ---- kitchen_slots.c ---------------------------------------------------- */

int	 kitchen_per(const struct kitchen_screen *st);	/* tiles of a page */
int	 kitchen_pages(const struct kitchen_screen *st);
/* Its ticket's place on the board, -1 none. */
ptrdiff_t kitchen_ticket_of(const struct kitchen_screen *st,
	    const struct slot *slot);
/* Tickets to their places; all anew after a key that turned the page. */
void	 kitchen_settle(struct session *s, struct kitchen_screen *st,
	    bool anew);
void	 kitchen_layout(struct session *s, void *state, int rows, int cols);

/* ---- kitchen_read.c ----------------------------------------------------- */

/* From the database what is new of these topics; *news: somebody should look
 * up. */
int	 kitchen_read(struct session *s, struct kitchen_screen *st,
	    unsigned topics, bool *news) MUST_CHECK;
/* What was announced a while ago is not new any more. */
void	 kitchen_known(struct session *s, struct kitchen_screen *st);
/* The next minute of the wall's clock, or when a place is given free. */
void	 kitchen_timer(struct session *s, const struct kitchen_screen *st);
/* Both, whatever is new. */
int	 kitchen_again(struct session *s, struct kitchen_screen *st) MUST_CHECK;
int	 kitchen_stations(struct kitchen_screen *st) MUST_CHECK;
/* Another station, NULL none: nothing of the one before is kept. */
void	 kitchen_at(struct kitchen_screen *st, const struct station *at);
/* The station that is asked for, by that name, or (NULL) this terminal's. */
int	 kitchen_begin(struct kitchen_screen *st,
	    const struct kitchen_arg *arg) MUST_CHECK;
int	 kitchen_open(struct session *s, void *state, const void *arg);
void	 kitchen_close(struct session *s, void *state);

/* ---- kitchen_draw.c ----------------------------------------------------- */

const char *kitchen_course(const struct kitchen_screen *st, int course);
void	 kitchen_draw(const void *state, struct canvas *c);
void	 kitchen_head(const void *state, char *out, size_t size);
void	 kitchen_prompt(const void *state, const char *typed, char *out,
	    size_t size);

/* ---- kitchen_do.c: each says what it did, or why not -------------------- */

/* Of n things, or nothing: a number pad has no Esc.  Room for n + 1. */
enum turn kitchen_choose(struct session *s, struct kitchen_screen *st,
	    int tag, const char *question, const char **labels, size_t n);
enum turn kitchen_refused(struct session *s, struct kitchen_screen *st, int r);
/* The last one made comes back, then the one before; or that slot's. */
enum turn kitchen_undo(struct session *s, struct kitchen_screen *st,
	    const struct slot *slot);
/* The ticket at that digit, with what is to be done to it. */
enum turn kitchen_digit(struct session *s, struct kitchen_screen *st,
	    int digit);
/* The line, the station that was chosen. */
enum turn kitchen_part_done(struct session *s, struct kitchen_screen *st,
	    int64_t i);
enum turn kitchen_move_to(struct session *s, struct kitchen_screen *st,
	    int64_t i);

#endif
