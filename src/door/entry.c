/* SPDX-License-Identifier: ISC */
/* comptoird's end of one door: what the door may ask, and when.  The door is
 * taken to be hostile; whatever is not in the table below ends it. */
#include "door/entry.h"

#include <sys/pidfd.h>
#include <sys/socket.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

#define LOG_LINES_MAX	20
#define HELLO_MS	10000	/* for a comptoir-ssh to take a connection */
#define PARK_MS		10000	/* a session whose door went may take so long */

/* ---- coming and going ---- */

void
entry_free(struct entry *e)
{
	for (struct entry **p = &e->server->entries; *p != NULL;
	    p = &(*p)->next) {
		if (*p == e) {
			*p = e->next;
			break;
		}
	}
	loop_cancel(e->server->loop, &e->deadline);
	free(e);
}

static void
entry_patience(void *ctx)
{
	struct entry	*e = ctx;

	/* Its door went a while ago and the session did not follow. */
	log_warn("session %d of %s does not end; killed", e->session.pid,
	    e->from);
	(void)kill(e->session.pid, SIGKILL);
}

static void
entry_kill_door(struct entry *e)
{
	if (e->door >= 0) {
		(void)pidfd_send_signal(e->door, SIGKILL, NULL, 0);
		(void)close(e->door);
		e->door = -1;
	}
}

void
entry_leave_guard(struct entry *e)
{
	if (e->stranger != NULL) {
		guard_leave(e->server->guard, e->stranger);
		e->stranger = NULL;
	}
}

/* The door is over.  Its session, if there is one, has lost its terminal and
 * gets the time to put the sale away. */
void
entry_close(struct entry *e)
{
	if (e->source.fd >= 0) {
		loop_unwatch(e->server->loop, &e->source);
		(void)close(e->source.fd);
		e->source.fd = -1;
	}
	/* Gone by itself in most cases; a stuck one goes now. */
	entry_kill_door(e);
	if (e->stranger != NULL && (e->state & ENTRY_ASKING) != 0) {
		guard_refused(e->server->guard, e->stranger, GUARD_LEFT);
	}
	entry_leave_guard(e);
	if (e->line != NULL) {
		e->line->entry = NULL;
		e->line = NULL;
	}
	workers_cancel(e->question);
	e->question = NULL;
	loop_cancel(e->server->loop, &e->hold);
	mon_drop(&e->held);
	if (e->session.pid == 0) {
		entry_free(e);
		return;
	}
	(void)kill(e->session.pid, SIGHUP);
	(void)kill(e->session.pid, SIGCONT);
	e->deadline.fired = entry_patience;
	loop_after(e->server->loop, &e->deadline, PARK_MS);
}

static void
entry_timeout(void *ctx)
{
	struct entry	*e = ctx;

	if (e->state == ENTRY_NEW && e->line == NULL) {
		/* It was handed over and nobody took it. */
		log_error("comptoir-ssh takes no connection; starting another");
		service_kill(&e->server->mother, SIGKILL);
	}
	entry_close(e);
}

bool
entry_send(struct entry *e, struct buf *out, const int *fds, size_t n)
{
	if (mon_send(e->source.fd, out, fds, n) != 0) {
		entry_close(e);
		return false;
	}
	return true;
}

void
entry_notice(struct entry *e, int status, const char *words)
{
	struct buf	out;

	e->state = ENTRY_ENDED;
	loop_after(e->server->loop, &e->deadline, HANG_UP_MS);
	mon_start(&out, MON_NOTICE);
	mon_u32(&out, (uint32_t)status);
	mon_text(&out, words);
	(void)entry_send(e, &out, NULL, 0);
}

/* ---- what may be said when ---- */

static int
entry_on_hello(struct entry *e, struct mon *in)
{
	char	byte;
	int	r = mon_end(in);

	if (r != 0) {
		return r;
	}
	/* The kernel named the process; it is the one as long as its end of
	 * the pair is open after we got hold of it. */
	e->door = in->pid > 0 ? pidfd_open(in->pid, 0) : -1;
	if (recv(e->source.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
		return ERR_CLOSED;
	}
	if (e->line != NULL) {
		e->state = ENTRY_SIGNED;
		return 0;
	}
	e->state = ENTRY_ASKING;
	/* The door has its own clock; this one is for a door that stopped. */
	loop_after(e->server->loop, &e->deadline,
	    conf_number(&e->server->conf, CONF_LOGIN_SECONDS) * 1000 + 1000);
	return 0;
}

static int
entry_on_log(struct entry *e, struct mon *in)
{
	uint32_t	level = mon_get_u32(in);
	char		words[MON_WORDS_MAX];
	int		r;

	mon_get_text(in, words, sizeof(words));
	if ((r = mon_end(in)) != 0 || level > LOG_LEVEL_DEBUG) {
		return ERR_INVALID;
	}
	/* A serial line talks for years, a connection for a moment. */
	if (e->line != NULL || e->lines++ < LOG_LINES_MAX) {
		log_write((enum log_level)level, "%s %s: %s",
		    e->line != NULL ? "comptoir-line" : "comptoir-ssh",
		    e->line != NULL ? e->who : e->from, words);
	}
	return 0;
}

static const struct entry_request {
	unsigned	  when;		/* states, and whose */
	size_t		  fds;		/* exactly so many descriptors */
	int		(*fn)(struct entry *e, struct mon *in);
} entry_requests[MON_COUNT] = {
	[MON_HELLO]	= { ENTRY_NEW | ENTRY_LINE, 0, entry_on_hello },
	[MON_LOG]	= { ENTRY_ANY | ENTRY_LINE, 0, entry_on_log },
	[MON_PASSWORD]	= { ENTRY_ASKING, 0, entry_on_password },
	[MON_KEY]	= { ENTRY_ASKING, 0, entry_on_key },
	[MON_PROMPT]	= { ENTRY_ASKING, 0, entry_on_prompt },
	[MON_REPLY]	= { ENTRY_ASKING, 0, entry_on_reply },
	[MON_TTY]	= { ENTRY_SIGNED, 0, entry_on_tty },
	[MON_PIPES]	= { ENTRY_SIGNED, 0, entry_on_pipes },
	/* The session may have ended while it was on its way. */
	[MON_SIGNAL]	= { ENTRY_RUNNING | ENTRY_ENDED, 0, entry_on_signal },
	[MON_LINE]	= { ENTRY_SIGNED | ENTRY_LINE, 1, entry_on_line },
};

static int
entry_request(struct entry *e, struct mon *in)
{
	const struct entry_request	*request = &entry_requests[in->type];
	bool				 ssh_only, line_only;

	line_only = in->type == MON_LINE;
	ssh_only = (request->when & ENTRY_LINE) == 0;
	if (request->fn == NULL || (request->when & e->state) == 0 ||
	    (e->line != NULL ? ssh_only : line_only) ||
	    in->nfds != request->fds) {
		return err_set(ERR_DENIED, "%s is not allowed now",
		    mon_name(in->type));
	}
	return request->fn(e, in);
}

static void
entry_ready(void *ctx, unsigned events)
{
	struct entry	*e = ctx;
	struct mon	*in = &e->server->in;
	int		 r = mon_recv(e->source.fd, in, false);

	(void)events;
	if (r == ERR_BUSY) {
		return;
	}
	if (r == 0) {
		enum mon_type	type = in->type;

		/* After a request the entry may be gone; a refused one is
		 * still there. */
		r = entry_request(e, in);
		if (r != 0 && r != ERR_CLOSED) {
			log_warn("the door of %s sent %s: %s", e->from,
			    mon_name(type), err_text(r));
		}
	}
	mon_done(in);
	if (r != 0) {
		entry_close(e);
	}
}

/* ---- made and ended by others ---- */

static int
entry_make(struct server *server, struct entry **out, int *door)
{
	struct entry	*e;
	int		 pair[2], r;

	*door = -1;
	*out = NULL;
	if ((r = mon_pair(pair)) != 0) {
		return r;
	}
	e = xcalloc(1, sizeof(*e));
	e->server = server;
	e->state = ENTRY_NEW;
	e->door = -1;
	e->since = clock_boot_ms();
	e->source = (struct source){ .fd = pair[0], .ready = entry_ready,
	    .ctx = e };
	e->deadline.fired = entry_timeout;
	e->deadline.ctx = e;
	e->hold.fired = entry_held;
	e->hold.ctx = e;
	if ((r = loop_watch(server->loop, &e->source)) != 0) {
		(void)close(pair[0]);
		(void)close(pair[1]);
		free(e);
		return r;
	}
	e->next = server->entries;
	server->entries = e;
	*out = e;
	*door = pair[1];
	return 0;
}

int
entry_new(struct server *server, struct stranger *who, const char *from,
    int *door)
{
	struct entry	*e;
	int		 r = entry_make(server, &e, door);

	if (r != 0) {
		guard_leave(server->guard, who);
		return r;
	}
	e->stranger = who;
	(void)str_copy(e->from, sizeof(e->from), from);
	loop_after(server->loop, &e->deadline, HELLO_MS);
	return 0;
}

int
entry_new_line(struct server *server, struct device *line, int *door)
{
	struct entry	*e;
	int		 r = entry_make(server, &e, door);

	if (r != 0) {
		return r;
	}
	e->line = line;
	line->entry = e;
	(void)str_copy(e->from, sizeof(e->from), line->path);
	(void)str_copy(e->who, sizeof(e->who), line->name);
	return 0;
}

void
entry_make_room(struct server *server)
{
	struct entry	*worst = NULL;

	for (struct entry *e = server->entries; e != NULL; e = e->next) {
		if (e->stranger == NULL) {
			continue;
		}
		if (worst == NULL ||
		    guard_waiting(e->stranger) >
		    guard_waiting(worst->stranger) ||
		    (guard_waiting(e->stranger) ==
		    guard_waiting(worst->stranger) &&
		    e->since <= worst->since)) {
			worst = e;
		}
	}
	if (worst != NULL) {
		guard_refused(server->guard, worst->stranger, GUARD_FULL);
		entry_leave_guard(worst);
		entry_close(worst);
	}
}

void
entry_stop_all(struct server *server)
{
	struct entry	*next;

	for (struct entry *e = server->entries; e != NULL; e = next) {
		next = e->next;
		if (e->session.pid != 0) {
			/* The screen says so and puts the sale away. */
			(void)kill(e->session.pid, SIGTERM);
			(void)kill(e->session.pid, SIGCONT);
		} else if (e->line == NULL && e->state != ENTRY_ENDED) {
			entry_close(e);
		}
	}
}

void
entry_kill_all(struct server *server)
{
	struct entry	*next;

	for (struct entry *e = server->entries; e != NULL; e = next) {
		next = e->next;
		if (e->session.pid != 0) {
			(void)kill(e->session.pid, SIGKILL);
		}
		if (e->source.fd >= 0 && e->line == NULL) {
			entry_close(e);
		}
	}
}

size_t
entry_sessions(const struct server *server)
{
	size_t	n = 0;

	for (const struct entry *e = server->entries; e != NULL;
	    e = e->next) {
		n += e->session.pid != 0;
	}
	return n;
}
