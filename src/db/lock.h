/* SPDX-License-Identifier: ISC */
/* flock(2) with a limit, and the writers' queue made of it. */
#ifndef DB_LOCK_H
#define DB_LOCK_H

#include <signal.h>

#include "base/base.h"

/*
 * `op` is LOCK_SH or LOCK_EX.  Sleeps in the kernel's queue, so that who came
 * first is served first; ERR_TIMEOUT after wait_ms.
 */
int	 lock_wait(int fd, int op, int wait_ms) MUST_CHECK;

/* A process that has the file locked, not our own; 0 when none is seen. */
int	 lock_owner(int fd);

struct queue {
	int		fd;		/* SHOP/shop.lock, -1 when closed */
	bool		held;
	sigset_t	mask;		/* of signals, before it was taken */
};

struct queue_holder {
	int	pid;
	int64_t	since_ms;		/* wall clock; 0 unknown */
	char	verb[64];
	bool	stopped;		/* SIGSTOP, ^Z or a debugger */
};

int	 queue_open(struct queue *q, const char *shop) MUST_CHECK;
void	 queue_close(struct queue *q);
/* ERR_BUSY names the holder after wait_ms.  Until queue_leave() the process
 * cannot be stopped from its terminal and must not fork. */
int	 queue_enter(struct queue *q, const char *verb, int wait_ms)
	    MUST_CHECK;
void	 queue_leave(struct queue *q);
/* false: nobody holds it. */
bool	 queue_holder(struct queue *q, struct queue_holder *out);

#endif
