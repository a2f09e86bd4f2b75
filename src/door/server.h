/* SPDX-License-Identifier: ISC */
/* comptoird's inside: what its files share.  No other program includes it. */
#ifndef DOOR_SERVER_H
#define DOOR_SERVER_H

#include "base/conf.h"
#include "base/log.h"
#include "door/guard.h"
#include "door/monitor.h"
#include "door/service.h"
#include "door/session.h"
#include "door/workers.h"

#define LISTEN_MAX	8
#define LISTEN_TEXT	64
#define HOST_KEYS	2

struct entry;
struct server;

struct listener {
	struct source	 source;
	struct server	*server;
	char		 text[LISTEN_TEXT];	/* as configured */
	bool		 loopback;
};

/* A row of the keep worker's list: a serial line or a printer. */
struct device {
	struct device	*next;
	struct server	*server;
	bool		 is_line;
	bool		 seen;			/* in the list being read */
	int64_t		 id, terminal;
	char		 name[96], path[128];
	char		 format[8], flow[16];
	char		 term[MON_TERM_MAX], charset[16];
	uint32_t	 speed, columns, rows, modem;
	struct service	 service;
	struct entry	*entry;			/* the line's monitor end */
};

struct server {
	struct loop	*loop;
	struct conf	 conf;
	char		 shop[PATH_MAX];
	bool		 root;
	bool		 demo;
	struct identity	 who;			/* the shop's user */
	const struct identity *drop;		/* NULL when not root */
	char		 comptoir[PATH_MAX], ssh[PATH_MAX];
	char		 line[PATH_MAX], spool[PATH_MAX];
	const char	*listen;		/* --listen, or NULL */
	const char	*language;		/* of the log, "fr_FR.UTF-8" */
	int		 lock;			/* SHOP/run/comptoird.pid */
	/* Called once when people may come in. */
	void		(*opened)(struct server *server);

	struct listener	 listener[LISTEN_MAX];
	size_t		 nlisteners;
	struct timer	 listen_again;
	struct guard	*guard;
	struct workers	*workers;
	struct entry	*entries;
	struct mon	 in;			/* the message being read */

	struct service	 mother;		/* the first comptoir-ssh */
	struct source	 mother_source;
	struct service	 keep;
	struct source	 keep_source;
	bool		 keep_ready;		/* once: the shop is open */
	struct device	*devices;
	struct device	*coming;		/* rows being read */
	uint32_t	 rows_left;

	bool		 stopping;
	int64_t		 stop_at;		/* boot ms: patience ends */
	struct timer	 stop_timer;
	int		 result;		/* why it stopped: 0 or ERR_ */
};

/* server.c */
int	 server_run(struct server *server) MUST_CHECK;
void	 server_stop(struct server *server, int result);
/* The keep worker has the shop open: let people in. */
void	 server_opened(struct server *server);
/* Paths under the shop are opened as its owner, never as root. */
int	 server_open(const struct server *server, const char *name, int flags,
	    mode_t mode);
void	 server_unlink(const struct server *server, const char *name);

/* listen.c */
int	 listen_open(struct server *server) MUST_CHECK;
int	 listen_change(struct server *server) MUST_CHECK;
void	 listen_accept(struct server *server, bool on);
void	 listen_close(struct server *server);

/* mother.c: the first comptoir-ssh, which forks one for each connection */
int	 mother_keys(struct server *server) MUST_CHECK;
void	 mother_start(struct server *server);
/* Hand over a socket; the caller's either way. */
int	 mother_connect(struct server *server, int fd, int door)
	    MUST_CHECK;

/* keep.c: the worker that knows the rows, and what they make run */
void	 keep_start(struct server *server);
void	 keep_stop_devices(struct server *server);
void	 keep_kill_devices(struct server *server, int sig);
int	 keep_worker_start(struct server *server, const char *what,
	    pid_t *pid, int *fd) MUST_CHECK;

/* entry.c: comptoird's end of one door */
int	 entry_new(struct server *server, struct stranger *who,
	    const char *from, int *door) MUST_CHECK;
int	 entry_new_line(struct server *server, struct device *line, int *door)
	    MUST_CHECK;
void	 entry_close(struct entry *entry);
/* Somebody who has not signed in, of the address that has most, goes. */
void	 entry_make_room(struct server *server);
/* Sessions are told to end, everybody else goes now. */
void	 entry_stop_all(struct server *server);
void	 entry_kill_all(struct server *server);
size_t	 entry_sessions(const struct server *server);

#endif
