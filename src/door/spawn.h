/* SPDX-License-Identifier: ISC */
/* Starting another program: where it is, as whom, with which descriptors. */
#ifndef DOOR_SPAWN_H
#define DOOR_SPAWN_H

#include <sys/types.h>

#include <limits.h>

#include "base/base.h"

#define SPAWN_FDS	8	/* descriptors 0 .. 7 at most */
#define SPAWN_GROUPS	32

/* A Unix identity to take; found before it is needed, never in a child. */
struct identity {
	char	name[33];
	uid_t	uid;
	gid_t	gid;
	gid_t	groups[SPAWN_GROUPS];
	int	ngroups;
};

/* By name, else by number; ERR_NOT_FOUND. */
int	 identity_of_name(const char *name, struct identity *out) MUST_CHECK;
int	 identity_of_uid(uid_t uid, struct identity *out) MUST_CHECK;
/* Become it for good, with no new privileges; ERR_SYSTEM if any of it can be
 * undone.  NULL: stay, and only give up new privileges. */
int	 identity_take(const struct identity *who) MUST_CHECK;

/*
 * Full path of one of our programs: beside this one, else where packages put
 * them.  ERR_NOT_FOUND.
 */
int	 spawn_find(const char *program, char path[static PATH_MAX])
	    MUST_CHECK;

struct spawn {
	const char		 *path;		/* full */
	char *const		 *argv;
	char *const		 *env;		/* NULL: this process's */
	const struct identity	 *who;		/* NULL: stay */
	int			  fd[SPAWN_FDS];	/* each i; -1 null */
	size_t			  nfds;
	bool			  tty;		/* fd 0 is its terminal */
	bool			  locks_itself;	/* keeps what we may for that */
	int			  death_signal;	/* when this process dies */
};

/*
 * Start it in a session of its own, with nothing inherited but fd[].  The
 * descriptors stay the caller's.  *pid is the child.
 */
int	 spawn_start(const struct spawn *spawn, pid_t *pid) MUST_CHECK;

#endif
