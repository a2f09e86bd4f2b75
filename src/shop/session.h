/* SPDX-License-Identifier: ISC */
/* Who is at work where: sessions, their death, what they are told, and where
 * they were. */
#ifndef SHOP_SESSION_H
#define SHOP_SESSION_H

#include "shop/shop.h"

/*
 * A session's row stays open when its process is killed.  Whoever reads it
 * next asks this: it is alive while the process that made it runs, on this
 * boot.  A sale whose owner is dead counts as parked.  Session 0, one that
 * ended and one that is unknown are dead.
 */
bool	 session_alive(struct shop *shop, int64_t session);
/* The same from the row's columns, for lists that join session themselves. */
bool	 session_process_alive(const char *boot, int64_t pid,
	    int64_t pid_start);
/* What this process would write into those columns; boot has 37 bytes. */
#define SESSION_BOOT	37
void	 session_self(char boot[static SESSION_BOOT], int64_t *pid,
	    int64_t *pid_start);

struct session_row {
	int64_t		 id, started_at, pid;
	const char	*user, *terminal, *door, *from;
};
/* The living ones, oldest first. */
int	 session_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct session_row *row), void *ctx)
	    MUST_CHECK;
/* Ends the rows of dead processes and drops what they were to be told; the
 * keeper and the doors' start call it.  *n may be NULL. */
int	 session_reap(struct shop *shop, int64_t *n) MUST_CHECK;

/*
 * Inside a transaction: tell a session that something happened to `object`.
 * kind "sale.taken": this actor took its sale.  Topic "session".
 */
int	 session_tell(struct shop *shop, int64_t session, const char *kind,
	    int64_t object) MUST_CHECK;
struct notice {
	int64_t		 at, object;
	const char	*kind, *user, *terminal;
};
/* What this session was told since the last call, oldest first: each once. */
int	 session_hear(struct shop *shop,
	    int (*fn)(void *ctx, const struct notice *notice), void *ctx)
	    MUST_CHECK;

/* Where the user is on this terminal, kept for away_minutes. */
#define PLACE_SCREEN	32
#define PLACE_ENTRY	256
struct place {
	char	screen[PLACE_SCREEN];
	int64_t	object;			/* the sale that was shown, or 0 */
	char	entry[PLACE_ENTRY];	/* what stood in the entry line */
};
/* Nothing to do, and 0, on an unknown terminal. */
int	 session_place_keep(struct shop *shop, const struct place *place)
	    MUST_CHECK;
/* Gives the place back once; ERR_NOT_FOUND when there is none. */
int	 session_place_take(struct shop *shop, struct place *out) MUST_CHECK;
/* Before anybody signed in: whose place this terminal keeps, so that the PIN
 * alone is asked.  ERR_NOT_FOUND. */
int	 session_place_user(struct shop *shop, int64_t terminal,
	    char name[static NAME_SIZE]) MUST_CHECK;

#endif
