/* SPDX-License-Identifier: ISC */
/* comptoird: supervisor and monitor of one shop. */
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/words.h"
#include "door/server.h"

/* In the background: tells the starter how it went, one byte. */
static int	ready_fd = -1;

static void
usage(FILE *to)
{
	(void)fputs(_("usage: comptoird [-f] [--listen ADDR:PORT] SHOP\n"
	    "  -f, --foreground    stay; log to standard error\n"
	    "  --listen ADDR:PORT  instead of `listen' in shop.conf; port 0\n"
	    "                      takes any (see SHOP/run/listen)\n"
	    "  --version, --help\n"), to);
}

static int
complain(int r)
{
	(void)fprintf(stderr, "comptoird: %s\n", err_text(r));
	return err_status(r);
}

/* People may come in: the starter may go, and our output with it. */
static void
opened(struct server *server)
{
	int	null, fd;
	char	path[PATH_MAX];

	(void)server;
	if (ready_fd < 0) {
		return;
	}
	fd = server_open(server, "log/comptoird.log",
	    O_WRONLY | O_CREAT | O_APPEND, 0640);
	if (fd >= 0) {
		/* Opened as the owner; taken again by that name. */
		(void)str_fmt(path, sizeof(path), "/proc/self/fd/%d", fd);
		if (log_open_file(path) != 0) {
			log_warn("no log file");
		}
		(void)close(fd);
	}
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0) {
		(void)dup2(null, STDIN_FILENO);
		(void)dup2(null, STDOUT_FILENO);
		(void)dup2(null, STDERR_FILENO);
		(void)close(null);
	}
	if (write(ready_fd, "", 1) != 1) {
		log_warn("whoever started comptoird has gone");
	}
	(void)close(ready_fd);
	ready_fd = -1;
}

/* Go on in a child; the parent leaves with 0 once the shop is open. */
static int
background(void)
{
	int	p[2], status;
	pid_t	pid;
	char	byte;
	ssize_t	n;

	if (pipe2(p, O_CLOEXEC) != 0 || (pid = fork()) < 0) {
		return err_sys(ERR_SYSTEM, _("cannot go to the background"));
	}
	if (pid == 0) {
		(void)close(p[0]);
		(void)setsid();
		ready_fd = p[1];
		return 0;
	}
	(void)close(p[1]);
	do {
		n = read(p[0], &byte, 1);
	} while (n < 0 && errno == EINTR);
	if (n != 1) {
		/* It has said why, on our standard error. */
		_exit(waitpid(pid, &status, 0) == pid && WIFEXITED(status) ?
		    WEXITSTATUS(status) : err_status(ERR_SYSTEM));
	}
	_exit(0);
}

/* Of whoever starts us: for the log, and for who says no language. */
static const char *
language(void)
{
	static const char *const	names[] = { "LC_ALL", "LC_MESSAGES",
					    "LANG" };

	for (size_t i = 0; i < NELEM(names); i++) {
		const char	*value = getenv(names[i]);

		if (value != NULL && value[0] != '\0') {
			return value;
		}
	}
	return "en";
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "foreground", no_argument, NULL, 'f' },
		{ "listen", required_argument, NULL, 'l' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	static struct server only;
	struct server	*server = &only;
	bool		 foreground = false;
	int		 c, r;

	words_init();
	server->language = language();
	words_language(server->language);
	while ((c = getopt_long(argc, argv, "f", options, NULL)) != -1) {
		switch (c) {
		case 'f':
			foreground = true;
			break;
		case 'l':
			server->listen = optarg;
			break;
		case 'V':
			(void)puts("comptoird " VERSION);
			return 0;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return err_status(ERR_USAGE);
		}
	}
	if (argc - optind != 1) {
		usage(stderr);
		return err_status(ERR_USAGE);
	}
	log_open("comptoird", LOG_LEVEL_INFO);
	if (realpath(argv[optind], server->shop) == NULL) {
		return complain(err_sys(ERR_NOT_FOUND, "%s", argv[optind]));
	}
	if (!foreground && (r = background()) != 0) {
		return complain(r);
	}
	server->opened = opened;
	r = server_run(server);
	return r == 0 ? 0 : complain(r);
}
