/* SPDX-License-Identifier: ISC */
/* comptoird's one loop: descriptors, timers, ended children. */
#ifndef DOOR_LOOP_H
#define DOOR_LOOP_H

#include <sys/types.h>

#include "base/base.h"

struct loop;

/* Embedded in its owner; zeroed before the first use. */
struct source {
	int	  fd;
	void	(*ready)(void *ctx, unsigned events);	/* EPOLL* bits */
	void	 *ctx;
	bool	  on;
};

struct timer {
	void		(*fired)(void *ctx);
	void		 *ctx;
	int64_t		  at;			/* boot clock, ms */
	struct timer	 *next;
	bool		  on;
};

struct child {
	pid_t		  pid;			/* 0: none */
	void		(*ended)(void *ctx, int status);	/* as wait(2) */
	void		 *ctx;
	struct child	 *next;
};

/* Signals in set come to signalled(); they are blocked in this process. */
int	 loop_new(struct loop **out, void (*signalled)(void *ctx, int sig),
	    void *ctx) MUST_CHECK;
void	 loop_free(struct loop *loop);
/* Until loop_stop(). */
void	 loop_run(struct loop *loop);
void	 loop_stop(struct loop *loop);

/* Input (and hang-up) on source->fd, level-triggered; fine when on. */
int	 loop_watch(struct loop *loop, struct source *source) MUST_CHECK;
void	 loop_unwatch(struct loop *loop, struct source *source);
void	 loop_after(struct loop *loop, struct timer *timer, int ms);
void	 loop_cancel(struct loop *loop, struct timer *timer);
/* child->pid is one of ours; ended() comes once and forgets it first. */
void	 loop_child(struct loop *loop, struct child *child);
void	 loop_forget(struct loop *loop, struct child *child);
/* Any child at all, adopted ones too. */
bool	 loop_has_children(void);

#endif
