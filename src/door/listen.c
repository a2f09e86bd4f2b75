/* SPDX-License-Identifier: ISC */
/* The sockets strangers come to, and how many of them come in. */
#include <sys/epoll.h>
#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "door/server.h"

#define BACKLOG		128
#define FULL_MS		500	/* no descriptors: pause */

/* A client that vanished is noticed in about two minutes, without a packet
 * of ours while it answers. */
static void
listen_tune(int fd)
{
	const int	on = 1, idle = 60, interval = 15, probes = 4;
	const unsigned	unacknowledged_ms = 60000;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval,
	    sizeof(interval));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes,
	    sizeof(probes));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT,
	    &unacknowledged_ms, sizeof(unacknowledged_ms));
}

static void
listen_again(void *ctx)
{
	struct server	*server = ctx;

	/* Only while there is somebody to hand them to. */
	if (server->mother_source.fd >= 0 && !server->stopping) {
		listen_accept(server, true);
	}
}

static void
listen_ready(void *ctx, unsigned events)
{
	struct listener		*listener = ctx;
	struct server		*server = listener->server;
	struct sockaddr_storage	 from = { 0 };
	socklen_t		 len = sizeof(from);
	struct stranger		*who;
	char			 text[GUARD_FROM];
	int			 fd, door, r;

	(void)events;
	fd = accept4(listener->source.fd, (struct sockaddr *)&from, &len,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0) {
		if (errno == EMFILE || errno == ENFILE) {
			/* It would be ready again at once, and again. */
			log_error("no descriptor left for a connection");
			entry_make_room(server);
			listen_accept(server, false);
			loop_after(server->loop, &server->listen_again,
			    FULL_MS);
		}
		return;
	}
	if ((who = guard_enter(server->guard, &from)) == NULL) {
		(void)close(fd);
		return;
	}
	if (guard_is_full(server->guard)) {
		entry_make_room(server);
	}
	listen_tune(fd);
	guard_from(&from, text);
	workers_warm(server->workers);
	if ((r = entry_new(server, who, text, &door)) != 0) {
		log_err(r, "a connection from %s", text);
	} else {
		/* When this fails both ends close, and the entry with them. */
		if ((r = mother_connect(server, fd, door)) != 0) {
			log_err(r, "a connection from %s", text);
		}
		(void)close(door);
	}
	(void)close(fd);
}

/* "ADDR:PORT", "[ADDR6]:PORT", "*:PORT" or "PORT". */
static int
listen_parse(const char *text, char *host, size_t size, const char **port)
{
	const char	*colon = strrchr(text, ':');
	int64_t		 number;
	size_t		 n;

	*port = colon == NULL ? text : colon + 1;
	n = colon == NULL ? 0 : (size_t)(colon - text);
	if (n > 1 && text[0] == '[' && text[n - 1] == ']') {
		text++;
		n -= 2;
	}
	/* getaddrinfo() would take 99999 for 34463. */
	if (n >= size || (*port)[strspn(*port, "0123456789")] != '\0' ||
	    str_to_i64(*port, 0, 65535, &number) != 0) {
		return err_set(ERR_CONFIG,
		    _("%.60s is no address; write 127.0.0.1:2222"), text);
	}
	memcpy(host, text, n);
	host[n] = '\0';
	if (strcmp(host, "*") == 0) {
		host[0] = '\0';
	}
	return 0;
}

static bool
listen_is_loopback(const struct sockaddr *a)
{
	const struct sockaddr_in	*in = (const void *)a;
	const struct sockaddr_in6	*in6 = (const void *)a;

	return a->sa_family == AF_INET ?
	    ntohl(in->sin_addr.s_addr) >> 24 == 127 :
	    a->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}

static int
listen_bind(const struct addrinfo *ai, const char *text, int *fd)
{
	const int	on = 1, off = 0;

	*fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0);
	if (*fd < 0) {
		return err_sys(ERR_SYSTEM, _("cannot listen on %s"), text);
	}
	(void)setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (ai->ai_family == AF_INET6) {
		(void)setsockopt(*fd, IPPROTO_IPV6, IPV6_V6ONLY, &off,
		    sizeof(off));
	}
	if (bind(*fd, ai->ai_addr, ai->ai_addrlen) != 0 ||
	    listen(*fd, BACKLOG) != 0) {
		int	r = errno == EADDRINUSE ? err_set(ERR_EXISTS,
			    _("%s is in use; stop the other program or give "
			    "another address"), text) :
			    errno == EACCES ? err_set(ERR_DENIED,
			    _("%s needs root; take a port above 1023"), text) :
			    err_sys(ERR_CONFIG, _("cannot listen on %s"),
			    text);

		(void)close(*fd);
		*fd = -1;
		return r;
	}
	return 0;
}

static int
listen_one(struct server *server, const char *text, struct listener *out)
{
	const struct addrinfo	 hints = {
		.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
	};
	struct addrinfo		*found = NULL;
	char			 host[LISTEN_TEXT] = "";
	const char		*port = NULL;
	int			 r, fd = -1;

	*out = (struct listener){ .server = server, .source.fd = -1 };
	if (!str_copy(out->text, sizeof(out->text), text)) {
		return err_set(ERR_CONFIG, _("%.60s… is too long"), text);
	}
	if ((r = listen_parse(text, host, sizeof(host), &port)) != 0) {
		return r;
	}
	if (getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints,
	    &found) != 0) {
		return err_set(ERR_CONFIG,
		    _("%s is no address; write 127.0.0.1:2222"), text);
	}
	/* Any address: the IPv6 socket takes IPv4 too, where there is IPv6. */
	r = ERR_CONFIG;
	for (int pass = 0; pass < 2 && r != 0 && r != ERR_EXISTS; pass++) {
		for (struct addrinfo *ai = found; ai != NULL && r != 0;
		    ai = ai->ai_next) {
			if (ai->ai_family == (pass == 0 ? AF_INET6 :
			    AF_INET)) {
				r = listen_bind(ai, text, &fd);
				out->loopback = listen_is_loopback(ai->ai_addr);
			}
		}
	}
	freeaddrinfo(found);
	if (r != 0) {
		return r;
	}
	out->source.fd = fd;
	out->source.ready = listen_ready;
	return 0;
}

/* The listeners wanted now; those already open are moved over as they are. */
static int
listen_all(struct server *server, struct listener *list, size_t *n,
    bool *kept)
{
	char		 text[512], *next = text, *word;
	const char	*wanted = server->listen != NULL ? server->listen :
			    conf_text(&server->conf, CONF_LISTEN);
	int		 r;

	*n = 0;
	if (!str_copy(text, sizeof(text), wanted)) {
		return err_set(ERR_CONFIG,
		    _("too many addresses to listen on"));
	}
	while ((word = strsep(&next, " \t,")) != NULL) {
		size_t	i;

		if (word[0] == '\0') {
			continue;
		}
		if (*n == LISTEN_MAX) {
			return err_set(ERR_CONFIG,
			    _("more than %d addresses to listen on"),
			    LISTEN_MAX);
		}
		for (i = 0; i < server->nlisteners; i++) {
			if (!kept[i] && strcmp(server->listener[i].text,
			    word) == 0) {
				break;
			}
		}
		if (i < server->nlisteners) {
			kept[i] = true;
			list[*n] = server->listener[i];
			list[*n].source.on = false;
		} else if ((r = listen_one(server, word, &list[*n])) != 0) {
			return r;
		}
		(*n)++;
	}
	if (*n == 0) {
		return err_set(ERR_CONFIG, _("no address to listen on"));
	}
	return 0;
}

/* A demo shop has known passwords: nobody else's network may see it. */
static int
listen_check_demo(const struct server *server, const struct listener *list,
    size_t n)
{
	for (size_t i = 0; server->demo && i < n; i++) {
		if (!list[i].loopback) {
			return err_set(ERR_CONFIG,
			    _("a demo shop answers on 127.0.0.1 only, not on "
			    "%s"), list[i].text);
		}
	}
	return 0;
}

int
listen_open(struct server *server)
{
	struct listener	list[LISTEN_MAX];
	bool		kept[LISTEN_MAX] = { false };
	size_t		n = 0;
	int		r;

	if ((r = listen_all(server, list, &n, kept)) != 0 ||
	    (r = listen_check_demo(server, list, n)) != 0) {
		/* Only what is not one of the old is ours to close. */
		for (size_t i = 0; i < n; i++) {
			bool	old = false;

			for (size_t j = 0; j < server->nlisteners; j++) {
				old = old || server->listener[j].source.fd ==
				    list[i].source.fd;
			}
			if (!old) {
				(void)close(list[i].source.fd);
			}
		}
		return r;
	}
	listen_accept(server, false);
	for (size_t i = 0; i < server->nlisteners; i++) {
		if (!kept[i]) {
			(void)close(server->listener[i].source.fd);
		}
	}
	memcpy(server->listener, list, n * sizeof(list[0]));
	server->nlisteners = n;
	server->listen_again.fired = listen_again;
	server->listen_again.ctx = server;
	for (size_t i = 0; i < n; i++) {
		server->listener[i].source.ctx = &server->listener[i];
	}
	return 0;
}

/* ADDR:PORT of every listener, one a line: with port 0 it is the way to know
 * which was taken. */
static void
listen_note(struct server *server)
{
	struct buf	out = { 0 };
	int		fd;

	for (size_t i = 0; i < server->nlisteners; i++) {
		struct sockaddr_storage	 a = { 0 };
		socklen_t		 len = sizeof(a);
		char			 host[GUARD_FROM];
		const struct sockaddr_in *in = (const void *)&a;

		if (getsockname(server->listener[i].source.fd,
		    (struct sockaddr *)&a, &len) != 0) {
			continue;
		}
		guard_from(&a, host);
		buf_fmt(&out, a.ss_family == AF_INET6 &&
		    strchr(host, ':') != NULL ? "[%s]:%u\n" : "%s:%u\n", host,
		    ntohs(in->sin_port));
	}
	fd = server_open(server, "run/listen", O_WRONLY | O_CREAT | O_TRUNC,
	    0644);
	if (fd < 0 || io_write_all(fd, out.data, out.len) != 0) {
		log_warn("cannot write run/listen");
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	for (char *line = out.data, *end; line != NULL &&
	    (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		log_info("listening on %s", line);
	}
	buf_done(&out);
}

int
listen_change(struct server *server)
{
	int	r = listen_open(server);

	if (r == 0) {
		listen_note(server);
	}
	listen_accept(server, true);
	return r;
}

void
listen_accept(struct server *server, bool on)
{
	for (size_t i = 0; i < server->nlisteners; i++) {
		struct source	*source = &server->listener[i].source;

		if (!on) {
			loop_unwatch(server->loop, source);
		} else if (loop_watch(server->loop, source) != 0) {
			log_error("cannot accept on %s",
			    server->listener[i].text);
		}
	}
}

void
listen_close(struct server *server)
{
	for (size_t i = 0; i < server->nlisteners; i++) {
		loop_unwatch(server->loop, &server->listener[i].source);
		(void)close(server->listener[i].source.fd);
	}
	server->nlisteners = 0;
	loop_cancel(server->loop, &server->listen_again);
	server_unlink(server, "run/listen");
}
