/* SPDX-License-Identifier: ISC */
/* A program that is kept running: started again when it ends, more and more
 * slowly while it keeps ending. */
#ifndef DOOR_SERVICE_H
#define DOOR_SERVICE_H

#include "door/loop.h"

struct service {
	char		  name[96];		/* for the log */
	/* Start it; 0 and *pid, or an error (tried again later). */
	int		(*start)(void *ctx, pid_t *pid);
	/* It ended, wanted or not; may be NULL. */
	void		(*ended)(void *ctx, int status);
	void		 *ctx;

	struct loop	 *loop;
	struct child	  child;
	struct timer	  again;
	int64_t		  started;
	int		  delay_ms;
	bool		  wanted;
};

/* Set name, start, ended and ctx first; the rest is the service's. */
void	 service_start(struct service *service, struct loop *loop);
/* No longer wanted: SIGTERM now; ended() still comes. */
void	 service_stop(struct service *service);
/* To be replaced at once by a fresh one, without a delay: SIGTERM. */
void	 service_renew(struct service *service);
bool	 service_runs(const struct service *service);
void	 service_kill(struct service *service, int sig);
/* "ended with status 3", "was killed by SIGSEGV": log words. */
const char *service_status(int status);

#endif
