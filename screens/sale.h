/* SPDX-License-Identifier: ISC */
/* The sale screen's state, shared by its files: sale.c (the screen), acts.c
 * (what its keys and commands do), ring.c (what is typed). */
#ifndef SCREENS_SALE_H
#define SCREENS_SALE_H

#include "screens/app.h"
#include "screens/bill.h"
#include "shop/entry.h"
#include "shop/option.h"
#include "shop/product.h"
#include "shop/quickkey.h"
#include "term/widgets.h"

#define SALE_FOUND	60	/* matches kept while typing; F2 has all */

/* Something to be sold, once what is still open about it is known. */
struct ringing {
	struct product		 product;
	struct entry		 entry;		/* how many, at what price */
	struct scan		 scan;		/* what its code said */
	char			 text[ENTRY_WORDS];	/* as typed */
	int64_t			 piece;		/* of how many: serials */
	char			 numbers[ENTRY_WORDS];	/* "2.3" behind it */
	bool			 chosen;	/* its options are */
	int64_t			 picks[OPTION_PICKS];
	size_t			 npicks;
	char			 note[4 * SALE_NOTE + 1];	/* of its key */
};

/* The quick keys of this till, and the last one pressed. */
struct quick_state {
	struct quick	 keys;
	size_t		 page;		/* shown, of keys.pages */
	bool		 shown;		/* ";" is on the entry line */
	bool		 always;	/* there is room, and a fast line */
	char		 pressed;	/* 0: none, else its letter */
	int64_t		 pressed_page;
	int64_t		 lines[SALE_ITEMS];	/* that it made */
	size_t		 nlines;
};

struct sale_screen {
	struct shop		*shop;
	struct sale		 sale;		/* as read last; id 0: none */
	struct bill		 bill;
	int			 rows;

	/* Search as you type. */
	struct search		 search;
	struct product		*found;		/* SALE_FOUND of them */
	int			 nfound;
	char			 searched[ENTRY_WORDS];	/* found by */
	struct entry		 entry;		/* the line as read */

	/* A strange quantity: the same line again means it. */
	char			 doubt[ENTRY_WORDS];
	struct ringing		 ringing;	/* being asked about */
	struct entry		 unknown;	/* may become a new item */
	struct quick_state	 quick;

	int64_t			 last;		/* shown before, for undo */
	int64_t			 last_version;
	int64_t			 acted_on;	/* line a question is about */
	int64_t			 wanted;	/* sale to take after a hold */
	char			 why[120];	/* an order is given up; or
						 * the payment asked for */
	char			 retender[ENTRY_MAX];	/* no reference yet */
	bool			 taken;		/* by somebody: only shown */
	char			 taken_by[2 * NAME_SIZE + 8];
	struct sale_brief	 offer;		/* own sale elsewhere; id 0 */

	/* At a table (table.c). */
	struct serving		 serving;	/* sale 0: a shop's sale */
	struct course		*courses;	/* names */
	int			 waits;		/* sent and not fired; 0 */
	int			 asked;		/* course asked about */
	int64_t			 seat, course;	/* of what follows; -1 by
						 * category */
};

/* Question tags. */
enum {
	ASK_WEIGHT = 1,
	ASK_HOLD,
	ASK_HOLD_FIRST,		/* and then take `wanted` */
	ASK_PRICE,
	ASK_NOTE,
	ASK_REASON_VOID,
	ASK_REASON_CANCEL,
	ASK_CANCEL,
	ASK_NO_SALE,
	ASK_RETENDER,
	ASK_RETENDER_MORE,	/* and its reference */
	ASK_LEAVE,
	ASK_DISCOUNT,
	ASK_OFFER,
	ASK_COUPON,
	ASK_DEPOSIT,
	ASK_FATE,		/* of the deposit on an order given up */
	ASK_UNSENT,		/* sent before they pay, or had already? */
	ASK_OPEN_PRICE,
	ASK_SERIAL,
	ASK_MODE,
	ASK_COVERS,
	ASK_FIRE,		/* the next course right behind one */
	ASK_COURSE,
	ASK_SEAT,
	ASK_MESSAGE,
	ASK_ALLERGY,
	ASK_MOVE,
	ASK_GIVE,
	ASK_SERVER,
};

/* ---- sale.c ------------------------------------------------------------- */

/* Read the sale again; what cannot be read is said. */
void	 sale_show(struct session *s, struct sale_screen *st);
/* An empty sale; what was shown goes. */
void	 sale_clear(struct session *s, struct sale_screen *st);
/* The sale was paid, cancelled or taken: nothing can be added to it. */
bool	 sale_over(const struct sale_screen *st);
/* A write failed: taken and changed sales are shown as they are now.  The
 * turn is enter()'s: what was typed stays. */
enum turn sale_failed(struct session *s, struct sale_screen *st, int r);
/* What the act that was done wants said (stock that is not there). */
void	 sale_said(struct session *s, struct sale_screen *st);
/* The line acts are about: the marked one, else the last; NULL: none. */
const struct sale_line *sale_current(const struct sale_screen *st);
/* Become the owner of that sale and show it. */
enum turn sale_take_over(struct session *s, struct sale_screen *st,
	    int64_t id);

/* ---- acts.c ------------------------------------------------------------- */

enum turn acts_do(struct session *s, void *state, enum action act,
	    const char *rest);
/* Take another sale here; what is open is held first, by a name. */
enum turn acts_swap(struct session *s, struct sale_screen *st, int64_t id);
/* That customer buys; 0 nobody known. */
enum turn acts_buyer(struct session *s, struct sale_screen *st,
	    int64_t customer);
/* A question that one of them had asked. */
enum turn acts_answered(struct session *s, struct sale_screen *st,
	    const struct answer *a);

/* ---- ring.c ------------------------------------------------------------- */

void	 ring_open(struct session *s, struct sale_screen *st);
void	 ring_close(struct sale_screen *st);
enum turn ring_typed(struct session *s, struct sale_screen *st,
	    const char *text);
/* A line that is not empty was entered. */
enum turn ring_enter(struct session *s, struct sale_screen *st,
	    const char *text);
/* Sell one of a product chosen by hand. */
enum turn ring_product(struct session *s, struct sale_screen *st,
	    int64_t product);
/* Something was added or changed: show it. */
void	 ring_done(struct session *s, struct sale_screen *st, int64_t id);

/* ---- ring_sell.c -------------------------------------------------------- */

/* Sell st->ringing, or ask what is not known of it yet: its weight, a price,
 * a serial number, or whether a strange quantity is meant. */
enum turn ring_go(struct session *s, struct sale_screen *st);
/* Is this quantity of the current line meant?  False: go on. */
bool	 ring_doubts(struct session *s, struct sale_screen *st,
	    const struct product *product, const struct entry *entry,
	    const char *text, enum turn *turn);
/* The answer to one of the questions. */
enum turn ring_answered(struct session *s, struct sale_screen *st,
	    const struct answer *a);
/* What was chosen for it, or for a line (st->acted_on). */
enum turn ring_chosen(struct session *s, struct sale_screen *st,
	    const struct answer *a);
/* Other options for the current line. */
enum turn ring_options(struct session *s, struct sale_screen *st);
/* Nothing has that code or name. */
enum turn ring_unknown(struct session *s, struct sale_screen *st,
	    const struct entry *entry);
/* The new item is in the catalogue: sell it as the code was typed. */
enum turn ring_created(struct session *s, struct sale_screen *st,
	    int64_t product);

/* ---- table.c ------------------------------------------------------------ */

/* The sale was read: who is served, if anybody is. */
void	 table_show(struct session *s, struct sale_screen *st);
void	 table_close(struct sale_screen *st);
/* Has it what somebody at this table must not eat?  Says so, loudly. */
void	 table_warn(struct session *s, struct sale_screen *st,
	    const struct product *p);
/* ">2", "#3": course and seat of what follows.  False: something else. */
bool	 table_enter(struct session *s, struct sale_screen *st,
	    const char *text, enum turn *turn);
/* Enter on the empty line of a table. */
enum turn table_go_on(struct session *s, struct sale_screen *st);
/* Let go of it, back to the plan. */
enum turn table_leave(struct session *s, struct sale_screen *st);
/* Its title, help and keys; NULL: a shop's sale. */
const struct screen_face *table_shown(const struct sale_screen *st);
bool	 table_can(const struct sale_screen *st, enum action act);
void	 table_head(const struct sale_screen *st, char *out, size_t size);
void	 table_prompt(const struct sale_screen *st, char *out, size_t size);
/* TURN_PASS: none of its acts. */
enum turn table_do(struct session *s, struct sale_screen *st,
	    enum action act, const char *rest);
enum turn table_answered(struct session *s, struct sale_screen *st,
	    const struct answer *a);

/* ---- quick.c ------------------------------------------------------------ */

/* Read the keys (again); what cannot be read is said. */
void	 quick_read(struct session *s, struct sale_screen *st);
/* The entry line changed: ";a" sells at once, ";;" turns the page.  False: it
 * is about something else. */
bool	 quick_typed(struct session *s, struct sale_screen *st,
	    const char *text, enum turn *turn);
/* ";2" and Enter is page 2; ";" alone puts the keys away. */
bool	 quick_enter(struct session *s, struct sale_screen *st,
	    const char *text, enum turn *turn);
/* The keys, as ";" does; `page` a number or "". */
enum turn quick_show(struct session *s, struct sale_screen *st,
	    const char *page);
void	 quick_draw(const struct sale_screen *st, struct canvas *c);
/* A page as a grid from that row on; the rows it takes.  `mark` is a letter's
 * place, -1 none. */
int	 quick_rows(const struct quick_page *page, int cols, bool all);
void	 quick_grid(const struct quick_page *page, struct canvas *c, int row,
	    bool all, int mark);
/* Letters side by side. */
int	 quick_columns(int cols);

#endif
