/* SPDX-License-Identifier: ISC */
/* Making and running a session: for programs and tests, not for screens. */
#ifndef TERM_SESSION_H
#define TERM_SESSION_H

#include "term/term.h"

struct watch;

/* What is known of a terminal before a byte is sent to it. */
struct profile {
	char		term[48];	/* terminfo name */
	enum charset	charset;	/* UTF8, LATIN9, LATIN1 or ASCII */
	int		escdelay_ms;	/* 0: 50 */
	int		rows, cols;	/* 0: ask the tty */
	bool		slow;		/* a serial line: paint each 500 ms */
	bool		mono;		/* no colour whatever terminfo says */
	char		times;		/* a key that also means "*"; 0 none */
};

/* TERM, COMPTOIR_CHARSET, LANG/LC_ALL (a hint), LINES, COLUMNS and the tty's
 * speed.  Never fails: what is strange is left at its default. */
void	profile_from_env(struct profile *p, int fd);

/* How a right that is missing can be lent for one act (shop/approval.h). */
struct session_approval {
	const struct screen *screen;	/* asks who; ok: they lent it */
	/* Could somebody lend this right?  NULL: the one just refused. */
	bool	 (*can)(struct session *, const char *right);
	void	 (*begin)(struct session *);	/* another call of a handler */
	/* The act under way needs one more right: lent by the same word? */
	bool	 (*extend)(struct session *);
	bool	 (*holds)(struct session *);	/* lent, and not spent yet */
	void	 (*end)(struct session *);	/* the act is over */
};

struct session_config {
	int		 fd;		/* the tty; -1: no terminal (tests) */
	struct profile	 profile;
	const char	*language;	/* until the user is known; NULL en */
	struct shop	*shop;
	void		*app;
	struct watch	*watch;		/* NULL: no news */
	/* Right by name; NULL: all allowed. */
	bool		 (*allowed)(struct session *, const char *right);
	/* The error that says whom to ask; NULL: a plain word. */
	int		 (*refusal)(struct session *, const char *right);
	const struct session_approval *approval;	/* NULL: refused is
							 * refused */
	/* What no screen takes: actions that mean the same everywhere. */
	enum turn	 (*act)(struct session *, enum action,
			    const char *rest);
	/* Topics every session hears, e.g. the printer's for the top bar. */
	unsigned	 topics;
	void		 (*heard)(struct session *, unsigned topics);
	/* After this long without a key push `lock`; 0 never.  The screen
	 * below hears of its end in resume() (answer.from is this one). */
	int64_t		 lock_ms;
	const struct screen *lock;
	/* Clocks; NULL: the real ones. */
	int64_t		 (*now_ms)(void);
	int64_t		 (*boot_ms)(void);
};

/*
 * Take the terminal: raw mode, ncurses, an empty stack.  ERR_CONFIG with one
 * plain line when the terminal cannot be used (nothing has been drawn then).
 * On failure *out is NULL.
 */
int	session_open(const struct session_config *config,
	    struct session **out) MUST_CHECK;
/* Push the first screen, then serve keys, news and clock until session_end(),
 * the last screen's pop, SIGHUP, SIGTERM or a dead line; each close() has
 * been called.  The exit status. */
int	session_run(struct session *s, const struct screen *first,
	    const void *arg);
/* Give the terminal back as it was; NULL is fine. */
void	session_close(struct session *s);
/* Changed by a user's settings or after a login. */
void	session_set_lock(struct session *s, int64_t ms);

/* ---- by hand, without a terminal: tests --------------------------------- */

/* Open the first screen; false if it refused. */
bool	session_begin(struct session *s, const struct screen *first,
	    const void *arg);
/* Bytes as a terminal sends them, all handled, painted once at the end. */
void	session_feed(struct session *s, const char *bytes, size_t n);
/* The clocks have moved: Esc, timers, minute, lock, held-back news. */
void	session_advance(struct session *s);
void	session_news(struct session *s, unsigned topics);
void	session_resize(struct session *s, int rows, int cols);
bool	session_over(const struct session *s);	/* ended */
int	session_exit_status(const struct session *s);
/* Row of the whole screen as UTF-8, no trailing blanks; false: no such row. */
bool	session_text(struct session *s, int row, char *out, size_t size);
/* Milliseconds until session_advance() has something to do; -1 never. */
int64_t	session_sleep_ms(const struct session *s);

#endif
