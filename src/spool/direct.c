/* SPDX-License-Identifier: ISC */
/* Printers without a print system: TCP port 9100, a character device. */
#include "spool/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DIRECT_MS	3000		/* for a connection, and for silence */

static int
direct_wait(int fd, short events)
{
	struct pollfd	p = { .fd = fd, .events = events };
	int		n;

	do {
		n = poll(&p, 1, DIRECT_MS);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? 0 : err_set(ERR_TIMEOUT, _("the printer takes no "
	    "data"));
}

/* HOST:PORT; the port may be missing. */
static int
tcp_resolve(const char *where, struct addrinfo **out)
{
	struct addrinfo	 hints = { .ai_socktype = SOCK_STREAM };
	char		 host[PRINTER_CONNECTION_SIZE];
	const char	*port = "9100";
	char		*colon;

	(void)str_copy(host, sizeof(host), where);
	if ((colon = strrchr(host, ':')) != NULL) {
		*colon = '\0';
		port = colon + 1;
	}
	if (getaddrinfo(host, port, &hints, out) != 0) {
		return err_set(ERR_DEVICE, _("%s names no printer"), where);
	}
	return 0;
}

static int
tcp_open(const struct spool *s, int *fd)
{
	struct addrinfo	*list;
	int		 error = 0, r;
	socklen_t	 len = sizeof(error);

	*fd = -1;
	if ((r = tcp_resolve(spool_where(s), &list)) != 0) {
		return r;
	}
	*fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	if (*fd < 0) {
		r = err_sys(ERR_SYSTEM, _("no socket"));
	} else if (connect(*fd, list->ai_addr, list->ai_addrlen) != 0) {
		r = errno != EINPROGRESS ? err_sys(ERR_DEVICE, "%s",
		    spool_where(s)) : direct_wait(*fd, POLLOUT);
		if (r == 0 && getsockopt(*fd, SOL_SOCKET, SO_ERROR, &error,
		    &len) == 0 && error != 0) {
			errno = error;
			r = err_sys(ERR_DEVICE, "%s", spool_where(s));
		}
	}
	freeaddrinfo(list);
	if (r != 0 && *fd >= 0) {
		(void)close(*fd);
		*fd = -1;
	}
	return r;
}

static int
device_open(const struct spool *s, int *fd)
{
	*fd = open(spool_where(s), O_WRONLY | O_NONBLOCK | O_NOCTTY |
	    O_CLOEXEC);
	return *fd >= 0 ? 0 : err_sys(ERR_DEVICE, "%s", spool_where(s));
}

/* All of it; silence for DIRECT_MS is an error, a slow printer is not. */
static int
direct_write(int fd, const char *data, size_t n, bool *left)
{
	int	r;

	while (n > 0) {
		ssize_t	w;

		if ((r = direct_wait(fd, POLLOUT)) != 0) {
			return r;
		}
		w = write(fd, data, n);
		if (w < 0 && errno != EAGAIN && errno != EINTR) {
			return err_sys(ERR_DEVICE, _("the printer broke off"));
		}
		if (w > 0) {
			*left = true;
			data += w;
			n -= (size_t)w;
		}
	}
	return 0;
}

static int
tcp_send(struct spool *s, const struct errand *e, const void *data, size_t n,
    bool *left)
{
	char	byte;
	int	fd, r;

	(void)e;
	*left = false;
	if ((r = tcp_open(s, &fd)) != 0) {
		return r;
	}
	r = direct_write(fd, data, n, left);
	/*
	 * Most printers close their end once they have everything.  One that
	 * keeps it open for DIRECT_MS has the bytes all the same; one that
	 * resets has not.
	 */
	if (r == 0 && shutdown(fd, SHUT_WR) == 0 &&
	    direct_wait(fd, POLLIN) == 0 && read(fd, &byte, 1) < 0 &&
	    errno == ECONNRESET) {
		r = err_sys(ERR_DEVICE, "%s", spool_where(s));
	}
	(void)close(fd);
	return r;
}

static int
device_send(struct spool *s, const struct errand *e, const void *data,
    size_t n, bool *left)
{
	int	fd, r;

	(void)e;
	*left = false;
	if ((r = device_open(s, &fd)) != 0) {
		return r;
	}
	r = direct_write(fd, data, n, left);
	(void)close(fd);
	return r;
}

static void
device_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	if (access(spool_where(s), W_OK) != 0) {
		*state = PRINTER_OFF;
		(void)str_copy(detail, SPOOL_NOTE, strerror(errno));
	}
}

static void
tcp_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	int	fd, r = tcp_open(s, &fd);

	if (r != 0) {
		*state = PRINTER_OFF;
		(void)str_copy(detail, SPOOL_NOTE, err_text(r));
		return;
	}
	(void)close(fd);
}

const struct port port_tcp = {
	.prefix = "tcp:",
	.look = tcp_look,
	.send = tcp_send,
};

const struct port port_device = {
	.prefix = "device:",
	.look = device_look,
	.send = device_send,
};
