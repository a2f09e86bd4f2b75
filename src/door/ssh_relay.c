/* SPDX-License-Identifier: ISC */
/*
 * The relay between a client and its session.  libssh never gets a foreign
 * descriptor: this loop polls all of them itself, because an event loop of
 * libssh's neither reports a disconnect nor survives a closed descriptor.
 */
#include <sys/ioctl.h>

#include <linux/sockios.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "door/ssh.h"

#define OUTQ_MAX	65536	/* bytes the client has not acknowledged */
#define OUTQ_LITTLE	2048	/* so few: the last packet went out whole */
#define OUTQ_MS		20	/* until we look again */
#define ALIVE_MS	120000	/* quiet for so long: ask the client */
#define ALIVE_TRIES	3
#define CLOSE_MS	5000	/* for the client's own close */

static const struct {
	const char	*name;
	int		 number;
} relay_signals[] = {
	{ "HUP", SIGHUP }, { "INT", SIGINT }, { "QUIT", SIGQUIT },
	{ "TERM", SIGTERM }, { "KILL", SIGKILL }, { "USR1", SIGUSR1 },
	{ "USR2", SIGUSR2 },
};

static void
relay_close(int *fd)
{
	if (*fd >= 0) {
		(void)close(*fd);
		*fd = -1;
	}
}

static bool
relay_connected(const struct conn *c)
{
	return ssh_get_fd(c->session) >= 0 && ssh_is_connected(c->session);
}

/* ---- what the client asks for ---- */

static uint32_t
relay_size(int n, uint32_t otherwise)
{
	return n <= 0 ? otherwise : n > 1000 ? 1000 : (uint32_t)n;
}

static int
relay_pty(ssh_session session, ssh_channel channel, const char *term,
    int width, int height, int pxwidth, int pxheight, void *ctx)
{
	struct conn	*c = ctx;

	(void)session, (void)channel, (void)pxwidth, (void)pxheight;
	if (c->pty || c->started) {
		return 1;
	}
	c->pty = true;
	if (!str_copy(c->term, sizeof(c->term), term)) {
		c->term[0] = '\0';
	}
	c->columns = relay_size(width, 80);
	c->rows = relay_size(height, 24);
	return 0;
}

static int
relay_resize(ssh_session session, ssh_channel channel, int width, int height,
    int pxwidth, int pxheight, void *ctx)
{
	struct conn	*c = ctx;
	struct winsize	 size = {
		.ws_col = (unsigned short)relay_size(width, 80),
		.ws_row = (unsigned short)relay_size(height, 24),
	};

	(void)session, (void)channel, (void)pxwidth, (void)pxheight;
	c->columns = size.ws_col;
	c->rows = size.ws_row;
	if (c->pty && c->out_fd >= 0) {
		(void)ioctl(c->out_fd, TIOCSWINSZ, &size);
	}
	return 0;
}

/* Of the environment only what names a character set, the strongest. */
static int
relay_env(ssh_session session, ssh_channel channel, const char *name,
    const char *value, void *ctx)
{
	static const char *const	wanted[] = { "", "LANG", "LC_CTYPE",
					    "LC_ALL" };
	struct conn			*c = ctx;

	(void)session, (void)channel;
	for (int i = 1; i < (int)NELEM(wanted); i++) {
		if (strcmp(name, wanted[i]) == 0 && !c->started) {
			if (i >= c->lang_rank && value[0] != '\0' &&
			    strlen(value) < sizeof(c->lang)) {
				(void)str_copy(c->lang, sizeof(c->lang),
				    value);
				c->lang_rank = i;
			}
			return 0;
		}
	}
	return 1;
}

/* Words instead of a session. */
static void
relay_notice(struct conn *c, uint32_t status, const char *words)
{
	c->out_len = 0;
	for (const char *p = words; *p != '\0' &&
	    c->out_len < sizeof(c->out) - 4; p++) {
		if (*p == '\n') {
			c->out[c->out_len++] = '\r';
		}
		c->out[c->out_len++] = *p;
	}
	c->out[c->out_len++] = '\r';
	c->out[c->out_len++] = '\n';
	c->out_at = 0;
	c->out_is_err = !c->pty;
	c->exited = true;
	c->status = status;
	c->signal = 0;
}

static int
relay_start(struct conn *c, const char *command)
{
	struct buf	out;

	if (c->started || strlen(command) >= MON_COMMAND_MAX) {
		return 1;
	}
	c->started = true;
	mon_start(&out, c->pty ? MON_TTY : MON_PIPES);
	if (c->pty) {
		mon_text(&out, c->term);
		mon_u32(&out, c->columns);
		mon_u32(&out, c->rows);
	}
	mon_text(&out, c->lang);
	mon_text(&out, command);
	if (mon_send(c->monitor, &out, NULL, 0) != 0) {
		ssh_conn_end(c);
	}
	ssh_conn_answer(c, MON_NONE_);
	if (c->in->type == MON_NOTICE) {
		char		words[MON_WORDS_MAX];
		uint32_t	status = mon_get_u32(c->in);

		mon_get_text(c->in, words, sizeof(words));
		relay_notice(c, status, words);
	} else if (c->in->type == MON_SESSION) {
		c->in_fd = c->out_fd = mon_take_fd(c->in, 0);
		if (!c->pty) {
			c->out_fd = mon_take_fd(c->in, 1);
			c->err_fd = mon_take_fd(c->in, 2);
		}
	} else {
		c->in->bad = true;
	}
	if (mon_end(c->in) != 0) {
		ssh_conn_end(c);
	}
	mon_done(c->in);
	return 0;
}

static int
relay_shell(ssh_session session, ssh_channel channel, void *ctx)
{
	(void)session, (void)channel;
	return relay_start(ctx, "");
}

static int
relay_exec(ssh_session session, ssh_channel channel, const char *command,
    void *ctx)
{
	(void)session, (void)channel;
	return relay_start(ctx, command);
}

static void
relay_signal(ssh_session session, ssh_channel channel, const char *name,
    void *ctx)
{
	struct conn	*c = ctx;

	(void)session, (void)channel;
	for (size_t i = 0; c->started && !c->exited &&
	    i < NELEM(relay_signals); i++) {
		if (strcmp(name, relay_signals[i].name) == 0) {
			struct buf	out;

			mon_start(&out, MON_SIGNAL);
			mon_u32(&out, (uint32_t)relay_signals[i].number);
			if (mon_send(c->monitor, &out, NULL, 0) != 0) {
				c->over = true;
			}
		}
	}
}

static void
relay_eof(ssh_session session, ssh_channel channel, void *ctx)
{
	struct conn	*c = ctx;

	(void)session, (void)channel;
	c->client_eof = true;
}

static void
relay_closed(ssh_session session, ssh_channel channel, void *ctx)
{
	struct conn	*c = ctx;

	(void)session, (void)channel;
	c->over = true;
}

/* ---- client to session ---- */

static size_t
relay_write(struct conn *c, const char *data, size_t n)
{
	ssize_t	w;

	if (c->in_fd < 0) {
		return n;	/* the session wants no more */
	}
	w = write(c->in_fd, data, n);
	if (w < 0) {
		if (errno == EAGAIN || errno == EINTR) {
			return 0;
		}
		/* It is closing; its exit is on the way. */
		if (!c->pty) {
			relay_close(&c->in_fd);
		}
		return n;
	}
	return (size_t)w;
}

/* What is not taken stays in libssh, which offers it again only when more
 * comes: `more` makes us fetch it when the session is ready. */
static int
relay_data(ssh_session session, ssh_channel channel, void *data, uint32_t len,
    int is_stderr, void *ctx)
{
	struct conn	*c = ctx;
	size_t		 n;

	(void)session, (void)channel;
	if (is_stderr) {
		return (int)len;
	}
	if (!c->started || c->hold_len > 0) {
		c->more = true;
		return 0;
	}
	n = relay_write(c, data, len);
	c->more = n < len;
	return (int)n;
}

static void
relay_pull(struct conn *c)
{
	while (c->hold_len > 0 || c->more) {
		size_t	n;

		if (c->hold_len == 0) {
			int	got = ssh_channel_read_nonblocking(c->channel,
				    c->hold, sizeof(c->hold), 0);

			if (got <= 0) {
				c->more = false;
				return;
			}
			c->hold_at = 0;
			c->hold_len = (size_t)got;
		}
		n = relay_write(c, c->hold + c->hold_at, c->hold_len);
		if (n == 0) {
			return;
		}
		c->hold_at += n;
		c->hold_len -= n;
	}
}

/* ---- session to client ---- */

static void
relay_flush(struct conn *c)
{
	while (c->out_len > 0) {
		int	n = c->out_is_err ?
			    ssh_channel_write_stderr(c->channel,
			    c->out + c->out_at, (uint32_t)c->out_len) :
			    ssh_channel_write(c->channel, c->out + c->out_at,
			    (uint32_t)c->out_len);

		if (n < 0) {
			c->over = true;
			return;
		}
		if (n == 0) {
			return;		/* no window, or new keys on the way */
		}
		c->out_at += (size_t)n;
		c->out_len -= (size_t)n;
	}
}

static void
relay_read(struct conn *c, int *fd)
{
	ssize_t	n = read(*fd, c->out, sizeof(c->out));

	if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		return;
	}
	if (n <= 0) {
		/* End of file; of a terminal whose session ended, EIO. */
		if (c->pty) {
			c->in_fd = -1;
		}
		relay_close(fd);
		return;
	}
	c->out_is_err = fd == &c->err_fd;
	c->out_at = 0;
	c->out_len = (size_t)n;
	relay_flush(c);
}

/*
 * After each packet libssh waits for the socket to be writable, though the
 * packet has gone.  To tell it so at once would take as much time as sending
 * did, while the client has work to do; it is told with the next key, before
 * the session's next words, or a moment later.
 */
static bool
relay_pending(const struct conn *c)
{
	return (ssh_get_poll_flags(c->session) & SSH_WRITE_PENDING) != 0;
}

static void
relay_events(struct conn *c)
{
	if (ssh_event_dopoll(c->event, 0) == SSH_ERROR ||
	    !relay_connected(c)) {
		c->over = true;
		return;
	}
	c->full = relay_pending(c);
	relay_flush(c);
}

/* Nothing of the session's is still here, and nothing blocks the way out. */
static bool
relay_empty(const struct conn *c)
{
	return c->out_len == 0 && !c->full;
}

/* May the session be read?  Not while its last words are still here, or
 * pile up on the way: a client that stalls must find the screen as it is,
 * not as it was.  *look: when nothing happens, look again in a moment. */
static bool
relay_may_read(struct conn *c, bool *look)
{
	bool	pending = relay_pending(c);
	int	queued = 0;

	if (ioctl(ssh_get_fd(c->session), SIOCOUTQ, &queued) != 0 ||
	    queued > OUTQ_LITTLE || c->out_at > OUTQ_LITTLE ||
	    c->out_len > 0 || c->closing) {
		c->full = pending;
	}
	c->full = c->full && pending;
	*look = pending && !c->full;
	if (c->channel == NULL || (c->out_fd < 0 && c->err_fd < 0) ||
	    c->out_len > 0 || c->full ||
	    ssh_channel_window_size(c->channel) == 0) {
		return false;
	}
	if (queued >= OUTQ_MAX) {
		*look = true;
		return false;
	}
	return true;
}

/* ---- the end ---- */

static void
relay_monitor(struct conn *c)
{
	int	r = mon_recv(c->monitor, c->in, false);

	if (r == ERR_BUSY) {
		return;
	}
	if (r != 0 || c->in->type != MON_EXITED) {
		/* A door without its monitor closes. */
		c->over = true;
	} else {
		c->status = mon_get_u32(c->in);
		c->signal = mon_get_u32(c->in);
		c->exited = true;
		c->over = mon_end(c->in) != 0;
	}
	mon_done(c->in);
}

static void
relay_finish(struct conn *c)
{
	const char	*name;

	if (c->closing || !c->exited || c->out_fd >= 0 || c->err_fd >= 0 ||
	    c->out_len > 0 || c->channel == NULL) {
		return;
	}
	relay_close(&c->in_fd);
	if (c->signal != 0) {
		name = sigabbrev_np((int)c->signal);
		(void)ssh_channel_request_send_exit_signal(c->channel,
		    name == NULL ? "KILL" : name, 0, "", "");
	} else {
		(void)ssh_channel_request_send_exit_status(c->channel,
		    (int)c->status);
	}
	(void)ssh_channel_send_eof(c->channel);
	(void)ssh_channel_close(c->channel);
	c->closing = true;
	c->closing_at = clock_boot_ms();
}

/* Quiet for long: ask, and count on those who have ever answered. */
static void
relay_quiet(struct conn *c)
{
	if (!c->started || c->closing) {
		return;
	}
	if (c->asked && c->answers && ++c->silent >= ALIVE_TRIES) {
		log_info("the client does not answer any more");
		c->over = true;
		return;
	}
	/* The first call takes in the last answer, the second asks. */
	(void)ssh_send_keepalive(c->session);
	(void)ssh_send_keepalive(c->session);
	c->asked = true;
}

static void
relay_heard(struct conn *c)
{
	c->answers = c->answers || c->asked;
	c->asked = false;
	c->silent = 0;
}

static int
relay_timeout(const struct conn *c, bool look)
{
	if (look) {
		return OUTQ_MS;
	}
	if (c->closing) {
		int64_t	left = c->closing_at + CLOSE_MS - clock_boot_ms();

		return left < 0 ? 0 : (int)left;
	}
	return c->started ? ALIVE_MS : -1;
}

static void
relay_turn(struct conn *c)
{
	enum { SSH, MONITOR, OUT, ERRORS, IN };
	bool		look, may_read = relay_may_read(c, &look);
	bool		waits = c->hold_len > 0 || c->more;
	struct pollfd	p[] = {
		[SSH] = { .fd = ssh_get_fd(c->session), .events = POLLIN },
		[MONITOR] = { .fd = c->monitor, .events = POLLIN },
		[OUT] = { .fd = may_read ? c->out_fd : -1,
		    .events = POLLIN },
		[ERRORS] = { .fd = may_read ? c->err_fd : -1,
		    .events = POLLIN },
		[IN] = { .fd = waits ? c->in_fd : -1, .events = POLLOUT },
	};
	int		n;

	if (c->full) {
		p[SSH].events |= POLLOUT;
	}
	n = poll(p, NELEM(p), relay_timeout(c, look));
	if (n < 0 && errno != EINTR) {
		c->over = true;
		return;
	}
	if (n == 0 && !look) {
		if (c->closing) {
			c->over = true;
		} else {
			relay_quiet(c);
		}
		return;
	}
	if (p[SSH].revents != 0) {
		relay_heard(c);
	}
	if (p[SSH].revents != 0 || (relay_pending(c) && (n == 0 ||
	    p[OUT].revents != 0 || p[ERRORS].revents != 0))) {
		relay_events(c);
		if (c->over) {
			return;
		}
	}
	if (p[MONITOR].revents != 0) {
		relay_monitor(c);
	}
	if (p[IN].revents != 0) {
		relay_pull(c);
	}
	if (p[OUT].revents != 0 && relay_empty(c) && c->out_fd >= 0) {
		relay_read(c, &c->out_fd);
	}
	if (p[ERRORS].revents != 0 && relay_empty(c) && c->err_fd >= 0) {
		relay_read(c, &c->err_fd);
	}
	if (c->client_eof && !c->pty && c->hold_len == 0 && !c->more) {
		relay_close(&c->in_fd);
	}
	relay_flush(c);
	relay_finish(c);
}

void
ssh_relay_run(struct conn *c)
{
	while (!c->over) {
		if (!relay_connected(c)) {
			break;
		}
		relay_turn(c);
	}
}

struct ssh_channel_callbacks_struct ssh_relay_callbacks = {
	.channel_data_function = relay_data,
	.channel_eof_function = relay_eof,
	.channel_close_function = relay_closed,
	.channel_signal_function = relay_signal,
	.channel_pty_request_function = relay_pty,
	.channel_shell_request_function = relay_shell,
	.channel_pty_window_change_function = relay_resize,
	.channel_exec_request_function = relay_exec,
	.channel_env_request_function = relay_env,
};
