/* SPDX-License-Identifier: ISC */
/*
 * An ssh client that does what OpenSSH's cannot: send a signal.
 *	sshsignal PORT USER KEYFILE SIGNAL COMMAND
 * Runs COMMAND, waits for its first output, sends SIGNAL (TERM, INT, …) and
 * says how the command ended: "status N", or "signal NAME".
 */
#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static void
ended(ssh_session session, ssh_channel channel, int status, void *ctx)
{
	(void)session, (void)channel, (void)ctx;
	(void)printf("status %d\n", status);
}

static void
killed(ssh_session session, ssh_channel channel, const char *name, int core,
    const char *message, const char *language, void *ctx)
{
	(void)session, (void)channel, (void)core, (void)message;
	(void)language, (void)ctx;
	(void)printf("signal %s\n", name);
}

int
main(int argc, char **argv)
{
	struct ssh_channel_callbacks_struct	callbacks = {
		.channel_exit_status_function = ended,
		.channel_exit_signal_function = killed,
	};
	const bool	no = false;
	ssh_session	session = ssh_new();
	ssh_channel	channel;
	ssh_key		key;
	unsigned	port;
	char		bytes[256];
	int		n;

	if (argc != 6 || session == NULL) {
		return 2;
	}
	port = (unsigned)strtoul(argv[1], NULL, 10);
	(void)ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no);
	(void)ssh_options_set(session, SSH_OPTIONS_HOST, "127.0.0.1");
	(void)ssh_options_set(session, SSH_OPTIONS_PORT, &port);
	(void)ssh_options_set(session, SSH_OPTIONS_USER, argv[2]);
	if (ssh_pki_import_privkey_file(argv[3], NULL, NULL, NULL, &key) !=
	    SSH_OK || ssh_connect(session) != SSH_OK ||
	    ssh_userauth_publickey(session, NULL, key) != SSH_AUTH_SUCCESS ||
	    (channel = ssh_channel_new(session)) == NULL ||
	    ssh_channel_open_session(channel) != SSH_OK) {
		(void)fprintf(stderr, "%s\n", ssh_get_error(session));
		return 1;
	}
	ssh_callbacks_init(&callbacks);
	(void)ssh_set_channel_callbacks(channel, &callbacks);
	if (ssh_channel_request_exec(channel, argv[5]) != SSH_OK ||
	    ssh_channel_read(channel, bytes, sizeof(bytes), 0) <= 0 ||
	    ssh_channel_request_send_signal(channel, argv[4]) != SSH_OK) {
		(void)fprintf(stderr, "%s\n", ssh_get_error(session));
		return 1;
	}
	do {
		n = ssh_channel_read(channel, bytes, sizeof(bytes), 0);
	} while (n > 0);
	while (!ssh_channel_is_closed(channel)) {
		if (ssh_channel_poll_timeout(channel, 1000, 0) < 0) {
			break;
		}
	}
	ssh_disconnect(session);
	ssh_free(session);
	ssh_key_free(key);
	return 0;
}
