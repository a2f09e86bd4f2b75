/* SPDX-License-Identifier: ISC */
/* comptoird's end of one door: what the door may ask, and when.  The door is
 * taken to be hostile; whatever is not in the table below ends it. */
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/words.h"
#include "door/server.h"

#define GUESSES_MAX	6	/* wrong passwords and codes, one connection */
#define ASKS_MAX	40	/* questions of any kind before signing in */
#define LOG_LINES_MAX	20
#define HELLO_MS	10000	/* for a comptoir-ssh to take a connection */
#define SESSION_MS	60000	/* from signing in to asking for a session */
#define HANG_UP_MS	10000	/* from the end of the session to the door's */
#define PARK_MS		10000	/* a session whose door went may take so long */

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

static void	entry_verdict(struct entry *e, enum mon_verdict verdict,
		    const char *words);

/* ---- coming and going ---- */

static void
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

static void
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

/* Send or close: a door that does not read is no door.  False when closed. */
static bool
entry_send(struct entry *e, struct buf *out, const int *fds, size_t n)
{
	if (mon_send(e->source.fd, out, fds, n) != 0) {
		entry_close(e);
		return false;
	}
	return true;
}

static bool
entry_notice(struct entry *e, int status, const char *words)
{
	struct buf	out;

	e->state = ENTRY_ENDED;
	loop_after(e->server->loop, &e->deadline, HANG_UP_MS);
	mon_start(&out, MON_NOTICE);
	mon_u32(&out, (uint32_t)status);
	mon_text(&out, words);
	return entry_send(e, &out, NULL, 0);
}

/* ---- signing in ---- */

static void
entry_ask(struct entry *e, const char *prompt, bool echo)
{
	struct buf	out;

	mon_start(&out, MON_ASK);
	mon_text(&out, prompt);
	mon_u32(&out, echo);
	(void)entry_send(e, &out, NULL, 0);
}

static void
entry_verdict(struct entry *e, enum mon_verdict verdict, const char *words)
{
	struct buf	out;

	if (verdict == MON_NO_LAST) {
		/* A good door hangs up now; another gets no more answers. */
		e->state = ENTRY_ENDED;
		loop_after(e->server->loop, &e->deadline, HANG_UP_MS);
	}
	mon_start(&out, MON_VERDICT);
	mon_u32(&out, verdict);
	mon_text(&out, words);
	(void)entry_send(e, &out, NULL, 0);
}

static void
entry_signed(struct entry *e)
{
	e->state = ENTRY_SIGNED;
	entry_leave_guard(e);
	loop_after(e->server->loop, &e->deadline, SESSION_MS);
	log_info("%s signed in from %s", e->code[0] != '\0' ?
	    "a terminal to enrol" : e->who, e->from);
	entry_verdict(e, MON_YES, "");
}

static void
entry_refused(struct entry *e, enum guard_kind kind)
{
	if (e->asked == MON_KEY && !e->verified) {
		/* A client offers every key it has; that is no guess. */
		entry_verdict(e, e->asks < ASKS_MAX ? MON_NO : MON_NO_LAST,
		    "");
		return;
	}
	guard_refused(e->server->guard, e->stranger, kind);
	e->guesses++;
	entry_verdict(e, e->guesses < GUESSES_MAX && e->asks < ASKS_MAX ?
	    MON_NO : MON_NO_LAST, "");
}

/* The first factor, or both, are right. */
static void
entry_granted(struct entry *e, bool second)
{
	if (e->asked == MON_KEY && !e->verified) {
		entry_verdict(e, MON_YES, "");
	} else if (!second) {
		entry_signed(e);
	} else {
		e->proven = true;
		memcpy(e->proven_name, e->name, sizeof(e->proven_name));
		if (e->asked == MON_REPLY) {
			entry_ask(e, _("Code: "), true);
		} else {
			entry_verdict(e, MON_MORE, "");
		}
	}
}

static void
entry_answered(void *ctx, struct mon *in)
{
	struct entry	*e = ctx;
	uint32_t	 result = ERR_SYSTEM_, second = 0, enrol = 0;
	bool		 was_second = e->proven && e->asked == MON_REPLY;
	int64_t		 user = 0, terminal = 0;
	char		 who[MON_NAME_MAX] = "", code[MON_CODE_MAX] = "";

	e->question = NULL;
	if (in != NULL) {
		result = mon_get_u32(in);
		second = mon_get_u32(in);
		enrol = mon_get_u32(in);
		user = mon_get_i64(in);
		terminal = mon_get_i64(in);
		mon_get_text(in, who, sizeof(who));
		mon_get_text(in, code, sizeof(code));
		if (mon_end(in) != 0) {
			result = ERR_SYSTEM_;
		}
	}
	if (e->source.fd < 0 || e->state != ENTRY_ASKING) {
		return;
	}
	if (result == ERR_AUTH_) {
		entry_refused(e, was_second ? GUARD_CODE :
		    e->asked == MON_KEY ? GUARD_KEY : GUARD_PASSWORD);
	} else if (result == ERR_LOCKED_) {
		entry_verdict(e, MON_NO_LAST, err_text(ERR_LOCKED));
	} else if (result != 0) {
		entry_verdict(e, MON_NO,
		    _("nobody can sign in just now; try again"));
	} else {
		if (!was_second) {
			e->user = user;
			e->terminal = terminal;
			memcpy(e->who, who, sizeof(e->who));
			if (enrol != 0) {
				memcpy(e->code, code, sizeof(e->code));
			}
		}
		entry_granted(e, second != 0 && !was_second);
	}
}

static void
entry_held(void *ctx)
{
	struct entry	*e = ctx;

	e->question = workers_ask(e->server->workers, &e->held,
	    entry_answered, e);
}

/* Queue the question; a guess after many waits first. */
static void
entry_question(struct entry *e, struct buf *message, bool guess)
{
	int	ms = guess ? guard_delay(e->stranger) : 0;

	e->held = *message;
	if (ms == 0) {
		entry_held(e);
		return;
	}
	loop_after(e->server->loop, &e->hold, ms);
}

/* One at a time, and not for ever. */
static int
entry_may_ask(struct entry *e, enum mon_type what)
{
	if (e->question != NULL || e->hold.on || ++e->asks > ASKS_MAX) {
		return err_set(ERR_DENIED, "too many questions");
	}
	e->asked = what;
	return 0;
}

static void
entry_check_password(struct entry *e, const char *secret)
{
	struct buf	out;

	mon_start(&out, MON_CHECK_PASSWORD);
	mon_text(&out, e->name);
	mon_text(&out, secret);
	mon_text(&out, e->from);
	entry_question(e, &out, true);
}

static int
entry_on_password(struct entry *e, struct mon *in)
{
	char	secret[MON_SECRET_MAX];
	int	r;

	mon_get_text(in, e->name, sizeof(e->name));
	mon_get_text(in, secret, sizeof(secret));
	if ((r = mon_end(in)) == 0 &&
	    (r = entry_may_ask(e, MON_PASSWORD)) == 0) {
		e->proven = false;
		if (conf_flag(&e->server->conf, CONF_PASSWORDS)) {
			entry_check_password(e, secret);
		} else {
			entry_verdict(e, MON_NO, "");
		}
	}
	explicit_bzero(secret, sizeof(secret));
	return r;
}

static int
entry_on_key(struct entry *e, struct mon *in)
{
	char		type[MON_KEY_TYPE_MAX], *key = xmalloc(MON_KEY_MAX);
	struct buf	out;
	int		r;

	mon_get_text(in, e->name, sizeof(e->name));
	mon_get_text(in, type, sizeof(type));
	mon_get_text(in, key, MON_KEY_MAX);
	e->verified = mon_get_u32(in) != 0;
	if ((r = mon_end(in)) == 0 && (r = entry_may_ask(e, MON_KEY)) == 0) {
		e->proven = false;
		mon_start(&out, MON_CHECK_KEY);
		mon_text(&out, e->name);
		mon_text(&out, type);
		mon_text(&out, key);
		mon_u32(&out, e->verified);
		mon_text(&out, e->from);
		entry_question(e, &out, false);
	}
	free(key);
	return r;
}

static int
entry_on_prompt(struct entry *e, struct mon *in)
{
	int	r;

	mon_get_text(in, e->name, sizeof(e->name));
	if ((r = mon_end(in)) != 0 ||
	    (r = entry_may_ask(e, MON_PROMPT)) != 0) {
		return r;
	}
	if (e->proven && strcmp(e->name, e->proven_name) == 0) {
		entry_ask(e, _("Code: "), true);
	} else if (conf_flag(&e->server->conf, CONF_PASSWORDS)) {
		entry_ask(e, _("Password: "), false);
	} else {
		entry_verdict(e, MON_NO, "");
	}
	return 0;
}

static int
entry_on_reply(struct entry *e, struct mon *in)
{
	char		answer[MON_SECRET_MAX];
	struct buf	out;
	int		r;

	mon_get_text(in, e->name, sizeof(e->name));
	mon_get_text(in, answer, sizeof(answer));
	if ((r = mon_end(in)) == 0 &&
	    (r = entry_may_ask(e, MON_REPLY)) == 0) {
		if (e->proven && strcmp(e->name, e->proven_name) == 0) {
			mon_start(&out, MON_SECOND);
			mon_i64(&out, e->user);
			mon_text(&out, answer);
			entry_question(e, &out, true);
		} else if (conf_flag(&e->server->conf, CONF_PASSWORDS)) {
			e->proven = false;
			entry_check_password(e, answer);
		} else {
			entry_verdict(e, MON_NO, "");
		}
	}
	explicit_bzero(answer, sizeof(answer));
	return r;
}

/* ---- the session ---- */

static void
entry_session_ended(void *ctx, int status)
{
	struct entry	*e = ctx;
	struct buf	 out;

	log_debug("session of %s %s", e->who, service_status(status));
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGHUP &&
	    WTERMSIG(status) != SIGTERM && WTERMSIG(status) != SIGPIPE) {
		log_warn("the session of %s from %s %s", e->who, e->from,
		    service_status(status));
	}
	if (e->source.fd < 0) {
		entry_free(e);
		return;
	}
	if (e->line != NULL) {
		e->state = ENTRY_SIGNED;
	} else {
		e->state = ENTRY_ENDED;
		loop_after(e->server->loop, &e->deadline, HANG_UP_MS);
	}
	mon_start(&out, MON_EXITED);
	mon_u32(&out, WIFEXITED(status) ? (uint32_t)WEXITSTATUS(status) : 0);
	mon_u32(&out, WIFSIGNALED(status) ? (uint32_t)WTERMSIG(status) : 0);
	(void)entry_send(e, &out, NULL, 0);
}

/* Started: tell the door, or say why not. */
static void
entry_run(struct entry *e, const struct session_want *want)
{
	struct server	*server = e->server;
	struct buf	 out;
	int		 fds[3], r;
	size_t		 n;
	pid_t		 pid;

	if (server->stopping) {
		(void)entry_notice(e, 75, _("the shop is closing"));
		return;
	}
	r = session_start(server->comptoir, server->shop, server->drop, want,
	    &pid, fds, &n);
	if (r != 0) {
		log_err(r, "no session for %s from %s", e->who, e->from);
		(void)entry_notice(e, err_status(r), err_text(r));
		return;
	}
	e->state = ENTRY_RUNNING;
	loop_cancel(server->loop, &e->deadline);
	e->session.pid = pid;
	e->session.ended = entry_session_ended;
	e->session.ctx = e;
	loop_child(server->loop, &e->session);
	mon_start(&out, MON_SESSION);
	(void)entry_send(e, &out, fds, n);
	/* Ours go now: while one is open here the session gets no hang-up. */
	for (size_t i = 0; i < n; i++) {
		(void)close(fds[i]);
	}
}

/* What it says instead of a session is in the client's language. */
static void
entry_open(struct entry *e, struct session_want *want)
{
	const struct server	*server = e->server;

	session_clean_term(want->term);
	session_clean_lang(want->lang);
	if (want->lang[0] != '\0') {
		words_language(want->lang);
	}
	want->user = e->user;
	want->terminal = e->terminal;
	want->from = e->from;
	if (e->code[0] != '\0') {
		char	words[MON_WORDS_MAX];

		(void)str_fmt(words, sizeof(words),
		    _("This terminal is not known yet.  Its code is %s\n"
		    "An admin accepts it with: comptoir terminal accept %s"),
		    e->code, e->code);
		(void)entry_notice(e, 77, words);
	} else if (e->user == 0 && want->command[0] != '\0') {
		(void)entry_notice(e, 77,
		    _("a terminal runs no commands; sign in as a user"));
	} else if (want->on == SESSION_PIPES && want->command[0] == '\0') {
		(void)entry_notice(e, 64, _("a till needs a terminal: use "
		    "ssh -t, or give a command"));
	} else {
		entry_run(e, want);
	}
	words_language(server->language);
}

static int
entry_on_tty(struct entry *e, struct mon *in)
{
	char			*command = xmalloc(MON_COMMAND_MAX);
	struct session_want	 want = { .on = SESSION_TTY,
				    .command = command };
	int			 r;

	mon_get_text(in, want.term, sizeof(want.term));
	want.columns = mon_get_u32(in);
	want.rows = mon_get_u32(in);
	mon_get_text(in, want.lang, sizeof(want.lang));
	mon_get_text(in, command, MON_COMMAND_MAX);
	if ((r = mon_end(in)) == 0 &&
	    (want.columns > UINT16_MAX || want.rows > UINT16_MAX)) {
		r = err_set(ERR_RANGE, "a terminal of %u columns",
		    want.columns);
	}
	if (r == 0) {
		entry_open(e, &want);
	}
	free(command);
	return r;
}

static int
entry_on_pipes(struct entry *e, struct mon *in)
{
	char			*command = xmalloc(MON_COMMAND_MAX);
	struct session_want	 want = { .on = SESSION_PIPES,
				    .command = command };
	int			 r;

	mon_get_text(in, want.lang, sizeof(want.lang));
	mon_get_text(in, command, MON_COMMAND_MAX);
	if ((r = mon_end(in)) == 0) {
		entry_open(e, &want);
	}
	free(command);
	return r;
}

static int
entry_on_line(struct entry *e, struct mon *in)
{
	struct device		*line = e->line;
	struct session_want	 want = { .on = SESSION_LINE,
				    .command = "", .charset = line->charset,
				    .terminal = line->terminal,
				    .columns = line->columns,
				    .rows = line->rows,
				    .from = line->path };
	struct winsize		 size = { 0 };
	int			 r;

	want.tty = mon_take_fd(in, 0);
	if ((r = mon_end(in)) == 0 && isatty(want.tty) == 0) {
		r = err_set(ERR_INVALID, "a line that is no terminal");
	}
	if (r == 0) {
		/* A line has no size of its own; the row knows it. */
		size.ws_col = (unsigned short)line->columns;
		size.ws_row = (unsigned short)line->rows;
		(void)ioctl(want.tty, TIOCSWINSZ, &size);
		(void)str_copy(want.term, sizeof(want.term), line->term);
		session_clean_term(want.term);
		entry_run(e, &want);
	}
	if (want.tty >= 0) {
		(void)close(want.tty);
	}
	return r;
}

static int
entry_on_signal(struct entry *e, struct mon *in)
{
	static const int allowed[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM,
	    SIGKILL, SIGUSR1, SIGUSR2 };
	uint32_t	sig = mon_get_u32(in);
	int		r;

	if ((r = mon_end(in)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(allowed); i++) {
		if ((int)sig == allowed[i] && e->session.pid != 0) {
			(void)kill(e->session.pid, (int)sig);
		}
	}
	return 0;
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
