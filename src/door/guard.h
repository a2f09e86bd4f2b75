/* SPDX-License-Identifier: ISC */
/* Strangers: how many at once, how long they wait after being wrong, and the
 * sums of refused logins that go to SHOP/log/logins. */
#ifndef DOOR_GUARD_H
#define DOOR_GUARD_H

#include <sys/socket.h>

#include "door/loop.h"

#define GUARD_FROM	64		/* an address as text */

enum guard_kind {
	GUARD_PASSWORD,			/* wrong password or unknown name */
	GUARD_CODE,			/* wrong second factor */
	GUARD_KEY,			/* a signature by a key of nobody */
	GUARD_LEFT,			/* went, or ran out of time */
	GUARD_FULL,			/* turned away: too many at once */
	GUARD_KINDS
};

struct guard;
struct stranger;			/* one address (IPv6: one /64) */

/* `log` is the file for the sums (append, owned by the guard), -1 none. */
struct guard *guard_new(struct loop *loop, int log);
void	 guard_free(struct guard *guard);
void	 guard_limits(struct guard *guard, int each, int all);

/*
 * A connection from there that has not signed in.  NULL when that address
 * has its share already.  Ends with guard_leave(), once.
 */
struct stranger *guard_enter(struct guard *guard,
	    const struct sockaddr_storage *from);
void	 guard_leave(struct guard *guard, struct stranger *who);
/* All places are taken: somebody must go first. */
bool	 guard_is_full(const struct guard *guard);
/* Connections of the same address now. */
int	 guard_waiting(const struct stranger *who);

void	 guard_refused(struct guard *guard, struct stranger *who,
	    enum guard_kind kind);
/*
 * How long the next guess from there has to wait, in ms: nothing for the
 * first few, never more than three seconds, forgotten in a minute or so.
 * Nobody is ever locked out.
 */
int	 guard_delay(const struct stranger *who);
/* The address, without the port. */
void	 guard_from(const struct sockaddr_storage *from,
	    char out[static GUARD_FROM]);
/* Write the sums now. */
void	 guard_flush(struct guard *guard);

#endif
