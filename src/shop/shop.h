/* SPDX-License-Identifier: ISC */
/* An open shop: its database, its settings and who is acting in it. */
#ifndef SHOP_SHOP_H
#define SHOP_SHOP_H

#include "base/money.h"
#include "db/db.h"
#include "shop/right.h"

#define NAME_SIZE	64		/* user, terminal, printer names */

enum door {
	DOOR_CONSOLE,			/* comptoir tty on the server */
	DOOR_SSH,
	DOOR_LINE,			/* serial */
	DOOR_SHELL,			/* command line of the shop's owner */
};

/* Who acts: every shop function checks rights and audits with this. */
struct actor {
	int64_t		user;		/* 0: nobody signed in, or the owner */
	char		name[NAME_SIZE];
	enum role	role;
	uint64_t	rights;		/* role's, less what the door forbids */
	char		language[8];	/* "fr", "en" */
	bool		implied;	/* types 2000 for 20.00 */
	int64_t		terminal;	/* 0: none known */
	char		terminal_name[NAME_SIZE];
	enum door	door;
	char		from[NAME_SIZE];	/* address, port or tty */
	char		unix_user[NAME_SIZE];	/* doors SHELL and CONSOLE */
	int64_t		session;	/* row of session; 0 for commands */
	bool		training;	/* practising: training.h */
	char		mode[24];	/* of sales begun at the terminal */
};

/* What is sold that stock says is not there: without a word, said, only by the
 * word of who may adjust stock, not at all. */
enum short_stock { SHORT_YES, SHORT_WARN, SHORT_ASK, SHORT_NO };

/* Settings every function needs; read again on topic "setting".  Their names,
 * defaults and help are in setting.h. */
struct shop_settings {
	char	company[128];
	char	address[256];		/* lines parted by ';' */
	char	tax_ids[256];		/* likewise */
	char	receipt_footer[256];	/* likewise */
	char	country[8];		/* "FR", "CA-QC" */
	char	currency[4];
	char	language[8];		/* of users who chose none */
	int	day_start_hour;
	int	lock_minutes;		/* idle lock of a till; 0 never */
	int	away_minutes;		/* a place is kept this long */
	bool	demo;
	int64_t	void_fresh_ms;		/* a line younger is marked void */
	int64_t	cash_step;		/* cash rounding step, 1 none */
	int64_t	largest_note;
	char	admin_from[256];	/* doors, terminals; "" all */
	char	second_factor[128];	/* roles that need a code */
	int	password_min;
	int	enrol_minutes;
	int	quotation_days;
	int	disk_warn_mb;
	int	backup_hours;
	bool	receipt_ask;		/* printed when asked, or by law */
	bool	shift_ask;		/* no shift opens by itself */
	bool	shift_cashier;		/* one per cashier, not per till */
	enum short_stock short_stock;
	int	gift_months;		/* a voucher is good; 0 for ever */
	int	credit_months;
	int	year_month;		/* the fiscal year begins in */
	int64_t	discount_limit[ROLE_COUNT];	/* of RATE_ONE */
	char	scan_prefix[8];		/* of the scanners; "" none */
	char	badge_prefix[8];	/* of people's badges; "" none */
};

struct shop {
	struct db		*db;
	struct actor		 who;
	struct shop_settings	 set;
	struct money_style	 money;
	struct rates		*rates;	/* rates.h; NULL until asked for */
	struct approval		*approval; /* approval.h: a right lent */
	int64_t			 mode_sale;	/* the sale read last … */
	char			 mode[24];	/* … and its mode */
	char			 mode_next[24];	/* of the next; "none", "" */
	struct prices		*prices;	/* prices.h; likewise */
	char			 said[160];	/* what the act that was done
						 * wants said; "" nothing */
};

/* *out is owned by the caller (shop_close); NULL on failure. */
int	 shop_open(const char *dir, enum db_mode mode, struct shop **out)
	    MUST_CHECK;
void	 shop_close(struct shop *shop);		/* NULL is fine */
int	 shop_reload_settings(struct shop *shop) MUST_CHECK;

bool	 shop_may(const struct shop *shop, enum right r);
const char *door_name(enum door door);	/* "console", "ssh", "line", "shell" */
int	 door_find(const char *name, enum door *out) MUST_CHECK;

/* ERR_DENIED, saying what is missing and which roles may; 0 also where
 * somebody lends it for this act (approval.h). */
int	 shop_require(const struct shop *shop, enum right r) MUST_CHECK;

/*
 * The form names of users, terminals and lines are compared and stored in:
 * folded, blanks left out, [a-z0-9._-]; ERR_INVALID for anything else.
 */
int	 shop_login_name(const char *name, char out[static NAME_SIZE])
	    MUST_CHECK;
/* "fr" or "en"; ERR_INVALID. */
int	 language_check(const char *language) MUST_CHECK;

/* Milliseconds UTC; tests set it with shop_set_clock(). */
int64_t	 shop_now(void);
void	 shop_set_clock(int64_t (*now)(void));	/* NULL: the real one */

#endif
