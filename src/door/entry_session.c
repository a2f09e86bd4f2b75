/* SPDX-License-Identifier: ISC */
/* From somebody known to a process on a terminal, and to its end. */
#include "door/entry.h"

#include <sys/ioctl.h>
#include <sys/wait.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/words.h"

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
		entry_notice(e, 75, _("the shop is closing"));
		return;
	}
	r = session_start(server->comptoir, server->shop, server->drop, want,
	    &pid, fds, &n);
	if (r != 0) {
		log_err(r, "no session for %s from %s", e->who, e->from);
		entry_notice(e, err_status(r), err_text(r));
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
		entry_notice(e, 77, words);
	} else if (e->user == 0 && want->command[0] != '\0') {
		entry_notice(e, 77,
		    _("a terminal runs no commands; sign in as a user"));
	} else if (want->on == SESSION_PIPES && want->command[0] == '\0') {
		entry_notice(e, 64, _("a till needs a terminal: use "
		    "ssh -t, or give a command"));
	} else {
		entry_run(e, want);
	}
	words_language(server->language);
}

int
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

int
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

int
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

int
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
