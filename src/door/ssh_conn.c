/* SPDX-License-Identifier: ISC */
/* One connection: key exchange, then the questions that sign somebody in.
 * Every answer comes from comptoird; nothing here decides. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "door/lock.h"
#include "door/ssh.h"

/* Base64 of an RSA key of 3072 bits has 544 characters, of 2048 bits 372. */
#define RSA_TEXT_MIN	540

void
ssh_conn_end(struct conn *c)
{
	if (c->session != NULL && ssh_is_connected(c->session)) {
		ssh_disconnect(c->session);
	}
	/* Not exit(): libraries would tidy up what the kernel takes anyway. */
	_exit(0);
}

void
ssh_conn_answer(struct conn *c, enum mon_type wanted)
{
	int	r = mon_recv(c->monitor, c->in, true);

	if (r != 0) {
		ssh_conn_end(c);
	}
	if (wanted != MON_NONE_ && c->in->type != wanted) {
		log_error("%s instead of %s", mon_name(c->in->type),
		    mon_name(wanted));
		ssh_conn_end(c);
	}
}

static void
conn_send(struct conn *c, struct buf *out)
{
	if (mon_send(c->monitor, out, NULL, 0) != 0) {
		ssh_conn_end(c);
	}
}

/* ---- signing in ---- */

static void
conn_show(struct conn *c, const char *words)
{
	char		line[MON_WORDS_MAX + 2];
	ssh_string	text;

	if (words[0] == '\0' ||
	    !str_fmt(line, sizeof(line), "%s\r\n", words)) {
		return;
	}
	if ((text = ssh_string_from_char(line)) != NULL) {
		(void)ssh_send_issue_banner(c->session, text);
		ssh_string_free(text);
	}
}

/* A verdict as libssh wants it. */
static int
conn_verdict(struct conn *c)
{
	uint32_t	verdict = mon_get_u32(c->in);
	char		words[MON_WORDS_MAX];

	mon_get_text(c->in, words, sizeof(words));
	if (mon_end(c->in) != 0) {
		ssh_conn_end(c);
	}
	mon_done(c->in);
	conn_show(c, words);
	switch (verdict) {
	case MON_YES:
		return SSH_AUTH_SUCCESS;
	case MON_MORE:
		/* Only the second factor is left to give. */
		ssh_set_auth_methods(c->session, SSH_AUTH_METHOD_INTERACTIVE);
		return SSH_AUTH_PARTIAL;
	case MON_NO_LAST:
		c->over = true;
		return SSH_AUTH_DENIED;
	default:
		return SSH_AUTH_DENIED;
	}
}

static int
conn_signed(struct conn *c, int verdict)
{
	if (verdict == SSH_AUTH_SUCCESS) {
		c->signed_in = true;
		(void)alarm(0);
	}
	return verdict;
}

static int
conn_password(ssh_session session, const char *user, const char *password,
    void *ctx)
{
	struct conn	*c = ctx;
	struct buf	 out;

	(void)session;
	if (!c->passwords || c->over || strlen(user) >= MON_NAME_MAX ||
	    strlen(password) >= MON_SECRET_MAX) {
		return SSH_AUTH_DENIED;
	}
	mon_start(&out, MON_PASSWORD);
	mon_text(&out, user);
	mon_text(&out, password);
	conn_send(c, &out);
	ssh_conn_answer(c, MON_VERDICT);
	return conn_signed(c, conn_verdict(c));
}

/* Called to ask ("would you?"), then again with a signature checked. */
static int
conn_key(ssh_session session, const char *user, struct ssh_key_struct *key,
    char state, void *ctx)
{
	struct conn	*c = ctx;
	struct buf	 out;
	const char	*type = ssh_key_type_to_char(ssh_key_type(key));
	char		*text = NULL;
	int		 verdict;

	(void)session;
	if (c->over || strlen(user) >= MON_NAME_MAX || type == NULL ||
	    (state != SSH_PUBLICKEY_STATE_NONE &&
	    state != SSH_PUBLICKEY_STATE_VALID) ||
	    ssh_pki_export_pubkey_base64(key, &text) != SSH_OK) {
		return SSH_AUTH_DENIED;
	}
	/* A signature by a short key libssh leaves without any answer, and the
	 * client waiting: such a key is refused when it is offered. */
	if (strlen(text) >= MON_KEY_MAX || strlen(type) >= MON_KEY_TYPE_MAX ||
	    (ssh_key_type(key) == SSH_KEYTYPE_RSA &&
	    strlen(text) < RSA_TEXT_MIN)) {
		ssh_string_free_char(text);
		return SSH_AUTH_DENIED;
	}
	mon_start(&out, MON_KEY);
	mon_text(&out, user);
	mon_text(&out, type);
	mon_text(&out, text);
	mon_u32(&out, state == SSH_PUBLICKEY_STATE_VALID);
	ssh_string_free_char(text);
	conn_send(c, &out);
	ssh_conn_answer(c, MON_VERDICT);
	verdict = conn_verdict(c);
	return state == SSH_PUBLICKEY_STATE_VALID ? conn_signed(c, verdict) :
	    verdict;
}

/* keyboard-interactive: comptoird asks or has decided. */
static int
conn_interactive_answer(struct conn *c, ssh_message msg)
{
	ssh_conn_answer(c, MON_NONE_);
	if (c->in->type == MON_ASK) {
		char		prompt[MON_WORDS_MAX];
		const char	*prompts[] = { prompt };
		char		echo;

		mon_get_text(c->in, prompt, sizeof(prompt));
		echo = mon_get_u32(c->in) != 0;
		if (mon_end(c->in) != 0) {
			ssh_conn_end(c);
		}
		mon_done(c->in);
		(void)ssh_message_auth_interactive_request(msg, "", "", 1,
		    prompts, &echo);
		return 0;
	}
	if (c->in->type != MON_VERDICT) {
		ssh_conn_end(c);
	}
	switch (conn_signed(c, conn_verdict(c))) {
	case SSH_AUTH_SUCCESS:
		(void)ssh_message_auth_reply_success(msg, 0);
		return 0;
	case SSH_AUTH_PARTIAL:
		(void)ssh_message_auth_reply_success(msg, 1);
		return 0;
	default:
		return 1;
	}
}

static int
conn_interactive(struct conn *c, ssh_message msg)
{
	struct buf	 out;
	const char	*text;

	if (c->over) {
		return 1;
	}
	if (!ssh_message_auth_kbdint_is_response(msg)) {
		text = ssh_message_auth_user(msg);
		if (text == NULL ||
		    !str_copy(c->user, sizeof(c->user), text)) {
			return 1;
		}
		mon_start(&out, MON_PROMPT);
		mon_text(&out, c->user);
	} else {
		if (ssh_userauth_kbdint_getnanswers(c->session) != 1 ||
		    (text = ssh_userauth_kbdint_getanswer(c->session, 0)) ==
		    NULL || strlen(text) >= MON_SECRET_MAX ||
		    c->user[0] == '\0') {
			return 1;
		}
		mon_start(&out, MON_REPLY);
		mon_text(&out, c->user);
		mon_text(&out, text);
	}
	conn_send(c, &out);
	return conn_interactive_answer(c, msg);
}

/*
 * What the callbacks do not take.  1 is the library's refusal: tunnels,
 * agent, X11, subsystems, a second anything.
 */
static int
conn_message(ssh_session session, ssh_message msg, void *ctx)
{
	struct conn	*c = ctx;

	(void)session;
	if (ssh_message_type(msg) == SSH_REQUEST_AUTH &&
	    ssh_message_subtype(msg) == (int)SSH_AUTH_METHOD_INTERACTIVE &&
	    !c->signed_in) {
		return conn_interactive(c, msg);
	}
	return 1;
}

static ssh_channel
conn_channel(ssh_session session, void *ctx)
{
	struct conn	*c = ctx;

	if (!c->signed_in || c->channel != NULL) {
		return NULL;
	}
	c->channel = ssh_channel_new(session);
	if (c->channel != NULL) {
		ssh_relay_callbacks.userdata = c;
		ssh_callbacks_init(&ssh_relay_callbacks);
		(void)ssh_set_channel_callbacks(c->channel,
		    &ssh_relay_callbacks);
	}
	return c->channel;
}

/* ---- from the socket to the session ---- */

static int
conn_setup(struct conn *c, ssh_bind bind, int fd)
{
	static struct ssh_server_callbacks_struct	callbacks = {
		.auth_password_function = conn_password,
		.auth_pubkey_function = conn_key,
		.channel_open_request_session_function = conn_channel,
	};
	const long	seconds = 10;

	c->session = ssh_new();
	c->event = ssh_event_new();
	if (c->session == NULL || c->event == NULL) {
		return err_set(ERR_SYSTEM, "no memory for a connection");
	}
	/* "no" would leave zlib@openssh.com. */
	if (ssh_options_set(c->session, SSH_OPTIONS_COMPRESSION, "none") < 0 ||
	    ssh_options_set(c->session, SSH_OPTIONS_TIMEOUT, &seconds) < 0 ||
	    ssh_bind_accept_fd(bind, c->session, fd) != SSH_OK) {
		return err_set(ERR_SYSTEM, "%s", ssh_get_error(bind));
	}
	callbacks.userdata = c;
	ssh_callbacks_init(&callbacks);
	(void)ssh_set_server_callbacks(c->session, &callbacks);
	ssh_set_message_callback(c->session, conn_message, c);
	ssh_set_auth_methods(c->session, SSH_AUTH_METHOD_PUBLICKEY |
	    (c->passwords ? SSH_AUTH_METHOD_PASSWORD |
	    SSH_AUTH_METHOD_INTERACTIVE : 0));
	return 0;
}

void
ssh_conn_run(ssh_bind bind, int fd, int monitor, unsigned seconds,
    bool passwords)
{
	static struct conn	c;
	struct buf		hello;
	sigset_t		none;
	int			r;

	mon_log_to(monitor);
	c.in = xmalloc(sizeof(*c.in));
	c.in->at = c.in->end = c.in->data;
	c.monitor = monitor;
	c.passwords = passwords;
	c.in_fd = c.out_fd = c.err_fd = -1;
	c.columns = 80;
	c.rows = 24;
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	/* Out of time is the end, without a word. */
	(void)signal(SIGALRM, SIG_DFL);
	(void)alarm(seconds);
	mon_start(&hello, MON_HELLO);
	conn_send(&c, &hello);
	if ((r = conn_setup(&c, bind, fd)) != 0 ||
	    (r = lock_calls(false)) != 0) {
		log_err(r, "a connection");
		_exit(1);
	}
	if (ssh_handle_key_exchange(c.session) != SSH_OK) {
		log_debug("key exchange: %s", ssh_get_error(c.session));
		_exit(0);
	}
	/* From here on nothing may wait for the client. */
	ssh_set_blocking(c.session, 0);
	if (ssh_event_add_session(c.event, c.session) != SSH_OK) {
		_exit(1);
	}
	ssh_relay_run(&c);
	ssh_conn_end(&c);
}
