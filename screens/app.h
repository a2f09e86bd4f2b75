/* SPDX-License-Identifier: ISC */
/* What the screens of one session share: how it was reached, who is coming
 * next, the top bar, the way home. */
#ifndef SCREENS_APP_H
#define SCREENS_APP_H

#include "db/watch.h"
#include "shop/auth.h"
#include "shop/kitchen.h"
#include "shop/print.h"
#include "shop/sale.h"
#include "shop/shop.h"
#include "term/session.h"

struct app {
	struct shop	*shop;
	enum door	 door;
	char		 from[NAME_SIZE];
	int64_t		 terminal;	/* 0: not a known one */
	int64_t		 sale;		/* the open sale on the screen, or 0 */
	const char	*farewell;	/* said when the screens are gone */
	enum printer_state printer;	/* as last said */
	int64_t		 waiting;	/* sales handed to the till */
	struct {			/* kitchen printers out, heard */
		int64_t	station;
		bool	instead;
	}		 told[STATIONS];
	size_t		 ntold;
	int64_t		 runner_at;	/* the last call to the pass, heard */
	bool		 left;		/* on purpose: no place is kept */
	bool		 kept;		/* the place is written */
	bool		 changed;	/* another user has signed in; the
					 * screens below are not theirs */
	int		 guesses;	/* wrong secrets in a row */
	char		 approver[NAME_SIZE];	/* who approved last here */
};

struct app *app_of(struct session *s);

/*
 * Sign this user in here (a proof was given): rights, language, top bar.  The
 * one before is signed out first.
 */
int	 app_enter(struct session *s, int64_t user) MUST_CHECK;
/* Nobody works here (any more): only the place is known. */
void	 app_nobody(struct session *s);
/* On top of the login screen: what the role starts with, or the place that
 * was left. */
enum turn app_start(struct session *s);
/* What the role starts with. */
const struct screen *app_home(struct shop *shop);
/* From a home screen: sign out. */
enum turn app_leave(struct session *s);

/* Is it really them?  A PIN where this terminal is trusted, else a password;
 * a badge says itself who it is, whatever the name.  The words of a refusal
 * are set. */
int	 app_prove(struct session *s, const char *name, const char *secret,
	    struct grant *out) MUST_CHECK;

/* Is what was entered a badge? */
bool	 app_badge(struct session *s, const char *text);

/* From close(): remember where the user was, topmost screen only. */
void	 app_keep(struct session *s, const char *screen, int64_t object);

/* For struct session_config: acts that mean the same on every screen. */
enum turn app_act(struct session *s, enum action act, const char *rest);
/* What the sale screen is opened with; NULL: an empty sale. */
struct sale_arg {
	int64_t		 sale;		/* open sale to take; 0 none */
	const char	*entry;		/* text for the entry line; NULL */
};

/* What the list of open sales is opened with. */
struct opened_arg {
	const char	*name;		/* narrows it; NULL or "": all */
	int64_t		 sale;		/* marked first; 0 */
};

/* What the form of a customer is opened with. */
struct person_arg {
	int64_t		 customer;	/* 0: a new one … */
	const char	*name;		/* … called so; NULL */
};

/* After an upgrade this program may not write any more: the session ends and
 * the farewell says why.  False: another error, go on. */
bool	 app_ended(struct session *s, int r);
/*
 * Says which stations' printers are out, of those that were just sent something
 * of a sale (0: of all), once for each trouble: false when nobody here has to
 * hear of one any more.
 */
bool	 app_trouble(struct session *s, int64_t sale);
/* The top bar as things are now. */
void	 app_bar(struct session *s);
void	 app_heard(struct session *s, unsigned topics);
bool	 app_allowed(struct session *s, const char *right);
int	 app_refusal(struct session *s, const char *right);
/* What is refused here may be approved by somebody else on the spot. */
extern const struct session_approval app_approval;
#define APP_TOPICS	(1U << TOPIC_PRINTER | 1U << TOPIC_SETTING | \
			    1U << TOPIC_USER | 1U << TOPIC_TERMINAL | \
			    1U << TOPIC_PENDING | 1U << TOPIC_PRICE | \
			    1U << TOPIC_CALL)

/* "Telephone: its serial number?", of scanner or keys. */
struct product;
enum turn app_ask_serial(struct session *s, int tag, const struct product *p);

/* ---- words as this shop writes them (app_words.c) ----------------------- */

/* All of these come from a ring of buffers, for one line of output, but for
 * the days, which are valid until the next one. */

/* An amount; with the currency; as one types it, without grouping. */
const char *app_money(const struct shop *shop, int64_t amount);
const char *app_cash(const struct shop *shop, int64_t amount);
const char *app_typed(const struct shop *shop, int64_t amount);
const char *app_qty(const struct shop *shop, int64_t qty);
/* How much of it is there, with the unit where it is weighed; "" of what is
 * not kept in stock. */
const char *app_stock(const struct shop *shop, const struct product *p);
/* A moment's day, and a stored one (2026-11-20). */
const char *app_day(const struct shop *shop, int64_t ms);
const char *app_day_of(const struct shop *shop, const char *iso);
/* How long ago in a few columns: "0m", "4m", "3h", "2d". */
const char *app_age(int64_t since, int64_t now);

/* An amount in figures of three rows, ending before column `end`; false when
 * it does not fit in `width` columns. */
#define FIGURES_ROWS	3
bool	 figures_draw(struct canvas *c, int row, int end, int width,
	    enum style style, const char *amount);

#endif
