/* SPDX-License-Identifier: ISC */
/* The queue of questions about people, and the few processes that answer:
 * `comptoir worker auth`, as many at once as there are cores. */
#ifndef DOOR_WORKERS_H
#define DOOR_WORKERS_H

#include "base/buf.h"
#include "door/loop.h"
#include "door/monitor.h"

struct workers;
struct question;

/* start() makes one, its end of the pair in *fd. */
struct workers *workers_new(struct loop *loop,
	    int (*start)(void *ctx, pid_t *pid, int *fd), void *ctx);
void	 workers_free(struct workers *workers);

/*
 * Queue a message (taken over) for the next free worker.  answer() comes
 * once, never before this returns, with its GRANT, or NULL when nobody could
 * say; not after workers_cancel().
 */
struct question *workers_ask(struct workers *workers, struct buf *message,
	    void (*answer)(void *ctx, struct mon *grant), void *ctx);
void	 workers_cancel(struct question *question);	/* NULL is fine */
/* Why the last worker ended that could not answer: ERR_OLDER …; 0 none since
 * one has answered. */
int	 workers_failed(const struct workers *workers);
/* Somebody is about to ask: have one started. */
void	 workers_warm(struct workers *workers);
/* No more: those at work are told to end, the questions get no answer. */
void	 workers_stop(struct workers *workers);
void	 workers_kill(struct workers *workers, int sig);

#endif
