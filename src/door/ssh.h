/* SPDX-License-Identifier: ISC */
/* comptoir-ssh's inside: the one that forks, a connection, its relay. */
#ifndef DOOR_SSH_H
#define DOOR_SSH_H

/* Callback prototypes are libssh's. */
#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include "base/log.h"
#include "door/monitor.h"

#define RELAY_OUT	16384		/* from the session, not yet sent */
#define RELAY_IN	4096		/* for the session, not yet taken */

/* One connection: a process has one, and ends with it. */
struct conn {
	ssh_session	 session;
	ssh_event	 event;
	ssh_channel	 channel;
	int		 monitor;
	struct mon	*in;
	bool		 passwords;	/* are accepted at all */
	bool		 over;		/* nothing left but to go */

	/* Signing in. */
	bool		 signed_in;
	char		 user[MON_NAME_MAX];	/* of keyboard-interactive */

	/* What the client asked for its session. */
	bool		 pty, started;
	char		 term[MON_TERM_MAX], lang[MON_LANG_MAX];
	int		 lang_rank;
	uint32_t	 columns, rows;

	/* The relay.  On a terminal `in` and `out` are one descriptor. */
	int		 in_fd, out_fd, err_fd;
	char		 out[RELAY_OUT];
	size_t		 out_at, out_len;
	bool		 full;		/* the socket takes no more just now */
	bool		 out_is_err;
	char		 hold[RELAY_IN];
	size_t		 hold_at, hold_len;
	bool		 more;		/* libssh keeps more for the session */
	bool		 client_eof;
	bool		 exited;
	uint32_t	 status, signal;
	bool		 closing;	/* status sent; waiting for the close */
	int64_t		 closing_at;

	/* Keeping alive: has this client ever answered, how often not now. */
	bool		 answers;
	bool		 asked;
	int		 silent;
};

/* ssh_host.c: serve connections handed over on MON_FD, keys on the next
 * descriptors; returns only on failure or when told to end. */
int	 ssh_host_serve(void) MUST_CHECK;
/* Make an ed25519 host key, 0600; ERR_EXISTS when there is a file. */
int	 ssh_host_make_key(const char *path) MUST_CHECK;

/* ssh_random.c: before anything that needs random bytes. */
int	 ssh_random(void) MUST_CHECK;

/* ssh_warm.c: touch what every connection will use, once. */
void	 ssh_warm(ssh_bind bind);

/* ssh_conn.c: a connection in its own process, already locked in. */
void	 ssh_conn_run(ssh_bind bind, int fd, int monitor, unsigned seconds,
	    bool passwords) NORETURN;
/* Wait for comptoird's answer; without one the process ends. */
void	 ssh_conn_answer(struct conn *c, enum mon_type wanted);
void	 ssh_conn_end(struct conn *c) NORETURN;

/* ssh_relay.c: from the first channel to the end. */
extern struct ssh_channel_callbacks_struct ssh_relay_callbacks;
void	 ssh_relay_run(struct conn *c);

#endif
