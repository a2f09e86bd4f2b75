/* SPDX-License-Identifier: ISC */
/* One door as comptoird sees it: what its three files share.
 *	entry.c		coming, going, and the table of what may be said when
 *	entry_sign.c	signing in
 *	entry_session.c	sessions */
#ifndef DOOR_ENTRY_H
#define DOOR_ENTRY_H

#include "door/server.h"

#define HANG_UP_MS	10000	/* from the end of the session to the door's */

enum entry_state {
	ENTRY_NEW	= 1 << 0,	/* has not said HELLO */
	ENTRY_ASKING	= 1 << 1,	/* nobody yet */
	ENTRY_SIGNED	= 1 << 2,	/* somebody, no session yet */
	ENTRY_RUNNING	= 1 << 3,
	ENTRY_ENDED	= 1 << 4,	/* the session is over, or was shown a
					   notice: only hanging up is left */
	ENTRY_LINE	= 1 << 5,	/* a serial line; not a state but joined
					   to one in the table */
};
#define ENTRY_ANY	(ENTRY_ASKING | ENTRY_SIGNED | ENTRY_RUNNING | \
			    ENTRY_ENDED)

struct entry {
	struct entry	 *next;
	struct server	 *server;
	struct device	 *line;		/* NULL: ssh */
	struct source	  source;	/* fd -1: the door is gone */
	unsigned	  state;
	int		  door;		/* pidfd, -1 not known yet */
	struct stranger	 *stranger;	/* until somebody signed in */
	char		  from[GUARD_FROM];
	int64_t		  since;
	struct timer	  deadline;

	/* The question being asked: kept for its turn, then its answer. */
	struct question	 *question;
	struct buf	  held;
	struct timer	  hold;
	enum mon_type	  asked;	/* PASSWORD, KEY, REPLY */
	bool		  verified;	/* of a KEY */
	int		  guesses, asks, lines;

	char		  name[MON_NAME_MAX];	/* being asked about */
	bool		  proven;	/* first factor right, second missing */
	char		  proven_name[MON_NAME_MAX];
	int64_t		  user, terminal;
	char		  who[MON_NAME_MAX];	/* found: for the log */
	char		  code[MON_CODE_MAX];	/* enrolment: only this */

	struct child	  session;
};

/* Send or close: a door that does not read is no door.  False when closed. */
bool	 entry_send(struct entry *e, struct buf *out, const int *fds,
	    size_t n);
/* Words and an exit status instead of a session. */
void	 entry_notice(struct entry *e, int status, const char *words);
/* Nobody has to guard against this one any more. */
void	 entry_leave_guard(struct entry *e);

/* Requests: 0, or an error that ends the door. */
int	 entry_on_password(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_key(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_prompt(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_reply(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_tty(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_pipes(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_line(struct entry *e, struct mon *in) MUST_CHECK;
int	 entry_on_signal(struct entry *e, struct mon *in) MUST_CHECK;
/* The held question's turn has come. */
void	 entry_held(void *ctx);
/* The door is gone and so is the session. */
void	 entry_free(struct entry *e);

#endif
