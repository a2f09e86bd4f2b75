/* SPDX-License-Identifier: ISC */
/* The first comptoir-ssh: it has libssh loaded and the host keys read, and
 * forks itself for each connection it is handed.  Loading anew for each would
 * cost a megabyte and ten milliseconds a session. */
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "door/server.h"

static const char *const mother_key_names[HOST_KEYS] = {
	"keys/ssh_host_ed25519_key",		/* made when missing */
	"keys/ssh_host_rsa_key",		/* used when there */
};

/* `comptoir-ssh --make-hostkey`, as the shop's user; only it knows libssh. */
static int
mother_make_key(struct server *server)
{
	char		 path[PATH_MAX];
	const char	*argv[] = { "comptoir-ssh", "--make-hostkey", path,
			    NULL };
	struct spawn	 spawn = {
		.path = server->ssh,
		.argv = (char *const *)(uintptr_t)argv,
		.who = server->drop,
		.fd = { -1, -1, STDERR_FILENO },
		.nfds = 3,
		.death_signal = SIGTERM,
	};
	pid_t		 pid;
	int		 status, r;

	if (!str_fmt(path, sizeof(path), "%s/%s", server->shop,
	    mother_key_names[0])) {
		return err_set(ERR_TOO_LONG, _("path too long"));
	}
	if ((r = spawn_start(&spawn, &pid)) != 0) {
		return r;
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return err_sys(ERR_SYSTEM, _("no host key"));
		}
	}
	if (status != 0) {
		return err_set(ERR_SYSTEM,
		    _("the host key %s cannot be made (comptoir-ssh %s)"),
		    path, service_status(status));
	}
	log_info("made the host key %s", path);
	return 0;
}

int
mother_keys(struct server *server)
{
	struct stat	st;
	int		fd = server_open(server, mother_key_names[0], O_RDONLY,
			    0);

	if (fd < 0 && errno == ENOENT) {
		return mother_make_key(server);
	}
	if (fd < 0) {
		return err_sys(ERR_DENIED, _("cannot read %s/%s"),
		    server->shop, mother_key_names[0]);
	}
	if (fstat(fd, &st) == 0 && (st.st_mode & 077) != 0) {
		log_warn("others may read the host key %s/%s; chmod 600 it",
		    server->shop, mother_key_names[0]);
	}
	(void)close(fd);
	return 0;
}

static void
mother_closed(struct server *server)
{
	listen_accept(server, false);
	if (server->mother_source.fd >= 0) {
		loop_unwatch(server->loop, &server->mother_source);
		(void)close(server->mother_source.fd);
		server->mother_source.fd = -1;
	}
}

static void
mother_ready(void *ctx, unsigned events)
{
	struct server	*server = ctx;
	int		 r = mon_recv(server->mother_source.fd, &server->in,
			    false);

	(void)events;
	if (r == 0 && server->in.type == MON_LOG) {
		char		text[MON_WORDS_MAX];
		uint32_t	level = mon_get_u32(&server->in);

		mon_get_text(&server->in, text, sizeof(text));
		if (mon_end(&server->in) == 0 && level <= LOG_LEVEL_DEBUG) {
			log_write((enum log_level)level, "comptoir-ssh: %s",
			    text);
		}
	} else if (r == 0 && server->in.type == MON_HELLO) {
		/* Locked in and listening. */
		if (!server->stopping) {
			listen_accept(server, true);
		}
	} else if (r != ERR_BUSY) {
		mother_closed(server);
		service_kill(&server->mother, SIGTERM);
	}
	mon_done(&server->in);
}

static int
mother_spawn(void *ctx, pid_t *pid)
{
	struct server	*server = ctx;
	const char	*argv[] = { "comptoir-ssh", "--serve", NULL };
	struct spawn	 spawn = {
		.path = server->ssh,
		.argv = (char *const *)(uintptr_t)argv,
		.fd = { -1, -1, STDERR_FILENO, -1 },
		.nfds = MON_FD + 1,
		/* It finds its own user, and an empty root. */
		.locks_itself = true,
		.death_signal = SIGTERM,
	};
	int		 pair[2], r;

	*pid = 0;
	if ((r = mon_pair(pair)) != 0) {
		return r;
	}
	spawn.fd[MON_FD] = pair[1];
	for (size_t i = 0; i < HOST_KEYS; i++) {
		int	fd = server_open(server, mother_key_names[i],
			    O_RDONLY, 0);

		if (fd >= 0) {
			spawn.fd[spawn.nfds++] = fd;
		}
	}
	r = spawn_start(&spawn, pid);
	for (size_t i = MON_FD; i < spawn.nfds; i++) {
		(void)close(spawn.fd[i]);
	}
	if (r != 0) {
		(void)close(pair[0]);
		return r;
	}
	mother_closed(server);
	server->mother_source = (struct source){ .fd = pair[0],
	    .ready = mother_ready, .ctx = server };
	return loop_watch(server->loop, &server->mother_source);
}

static void
mother_ended(void *ctx, int status)
{
	(void)status;
	mother_closed(ctx);
}

void
mother_start(struct server *server)
{
	struct service	*service = &server->mother;

	(void)str_copy(service->name, sizeof(service->name), "comptoir-ssh");
	service->start = mother_spawn;
	service->ended = mother_ended;
	service->ctx = server;
	service_start(service, server->loop);
}

int
mother_connect(struct server *server, int fd, int door)
{
	const int	fds[] = { fd, door };
	struct buf	out;

	if (server->mother_source.fd < 0) {
		return err_set(ERR_CLOSED, _("comptoir-ssh does not run"));
	}
	mon_start(&out, MON_CONNECTION);
	mon_u32(&out, (uint32_t)conf_number(&server->conf,
	    CONF_LOGIN_SECONDS));
	mon_u32(&out, conf_flag(&server->conf, CONF_PASSWORDS));
	return mon_send(server->mother_source.fd, &out, fds, 2);
}
