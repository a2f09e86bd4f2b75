/* SPDX-License-Identifier: ISC */
/*
 * One key exchange with ourselves before the first connection.  What the
 * cryptographic library looks up and keeps is then looked up once, in the
 * process that forks, and shared by all connections: about half of what each
 * would otherwise hold for itself, and some milliseconds of each login.
 */
#include <sys/socket.h>

#include <fcntl.h>
#include <unistd.h>

#include "door/ssh.h"

#define WARM_TURNS	1000		/* far more than it takes */

static int
warm_client(ssh_session client, int fd)
{
	const bool	no = false;

	if (ssh_options_set(client, SSH_OPTIONS_PROCESS_CONFIG, &no) < 0 ||
	    ssh_options_set(client, SSH_OPTIONS_HOST, "localhost") < 0 ||
	    ssh_options_set(client, SSH_OPTIONS_USER, "warm") < 0 ||
	    ssh_options_set(client, SSH_OPTIONS_COMPRESSION, "none") < 0 ||
	    ssh_options_set(client, SSH_OPTIONS_KEY_EXCHANGE,
	    "curve25519-sha256") < 0 ||
	    ssh_options_set(client, SSH_OPTIONS_FD, &fd) < 0) {
		return SSH_ERROR;
	}
	ssh_set_blocking(client, 0);
	return SSH_OK;
}

static int
warm_server(ssh_bind bind, ssh_session server, int fd)
{
	if (ssh_options_set(server, SSH_OPTIONS_COMPRESSION, "none") < 0 ||
	    ssh_bind_accept_fd(bind, server, fd) != SSH_OK) {
		return SSH_ERROR;
	}
	ssh_set_blocking(server, 0);
	return SSH_OK;
}

/* Both sides in turns until each has keys. */
static bool
warm_exchange(ssh_session client, ssh_session server)
{
	int	c = SSH_AGAIN, s = SSH_AGAIN;

	for (int i = 0; i < WARM_TURNS; i++) {
		if (c == SSH_AGAIN) {
			c = ssh_connect(client);
		}
		if (s == SSH_AGAIN) {
			s = ssh_handle_key_exchange(server);
		}
		if (c == SSH_ERROR || s == SSH_ERROR) {
			return false;
		}
		if (c == SSH_OK && s == SSH_OK) {
			return true;
		}
	}
	return false;
}

void
ssh_warm(ssh_bind bind)
{
	ssh_session	client = ssh_new(), server = ssh_new();
	int		fd[2] = { -1, -1 };

	if (client == NULL || server == NULL ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0, fd) != 0) {
		log_debug("no key exchange with ourselves");
		return;
	}
	/* Either session closes its end with ssh_free(). */
	if (warm_client(client, fd[0]) != SSH_OK ||
	    warm_server(bind, server, fd[1]) != SSH_OK ||
	    !warm_exchange(client, server)) {
		log_debug("the key exchange with ourselves did not end: %s",
		    ssh_get_error(client));
	}
	ssh_silent_disconnect(client);
	ssh_silent_disconnect(server);
	ssh_free(client);
	ssh_free(server);
}
