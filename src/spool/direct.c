/* SPDX-License-Identifier: ISC */
/* Printers without a print system: TCP port 9100, a character device. */
#include "spool/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"

#define DIRECT_MS	3000		/* for a connection, and for silence */
#define NAP_MS		10		/* between two questions of one kind */

static int
direct_poll(int fd, short events, int ms)
{
	struct pollfd	p = { .fd = fd, .events = events };
	int		n;

	do {
		n = poll(&p, 1, ms);
	} while (n < 0 && errno == EINTR);
	return n;
}

static int
direct_silent(void)
{
	return err_set(ERR_TIMEOUT, _("the printer takes no data"));
}

/* HOST:PORT, [HOST]:PORT; the port may be missing. */
static int
tcp_resolve(const char *where, struct addrinfo **out)
{
	struct addrinfo	 hints = { .ai_socktype = SOCK_STREAM };
	char		 text[PRINTER_CONNECTION_SIZE];
	const char	*host = text, *port = "9100";
	char		*colon, *end;

	(void)str_copy(text, sizeof(text), where);
	end = text[0] == '[' ? strchr(text, ']') : NULL;
	if ((colon = strrchr(end == NULL ? text : end, ':')) != NULL) {
		*colon = '\0';
		port = colon + 1;
	}
	if (end != NULL) {
		*end = '\0';
		host++;
	}
	if (getaddrinfo(host, port, &hints, out) != 0) {
		return err_set(ERR_DEVICE, _("%s names no printer"), where);
	}
	return 0;
}

static int
tcp_connect(const struct addrinfo *to, int ms, int *fd)
{
	int		error = 0;
	socklen_t	len = sizeof(error);

	*fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	if (*fd >= 0 && connect(*fd, to->ai_addr, to->ai_addrlen) == 0) {
		return 0;
	}
	if (*fd < 0 || errno != EINPROGRESS) {
		return -1;
	}
	if (direct_poll(*fd, POLLOUT, ms) != 1) {
		errno = ETIMEDOUT;
		return -1;
	}
	if (getsockopt(*fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0) {
		errno = error;
	}
	return error == 0 ? 0 : -1;
}

/* Each address of the name, all within DIRECT_MS. */
static int
tcp_open(const struct spool *s, int *fd)
{
	int64_t		 until = clock_boot_ms() + DIRECT_MS;
	struct addrinfo	*list;
	int		 r;

	*fd = -1;
	if ((r = tcp_resolve(spool_where(s), &list)) != 0) {
		return r;
	}
	for (const struct addrinfo *a = list; a != NULL; a = a->ai_next) {
		int64_t	rest = until - clock_boot_ms();

		if (tcp_connect(a, rest < NAP_MS ? NAP_MS : (int)rest,
		    fd) == 0) {
			r = 0;
			break;
		}
		r = err_sys(ERR_DEVICE, "%s", spool_where(s));
		if (*fd >= 0) {
			(void)close(*fd);
			*fd = -1;
		}
	}
	freeaddrinfo(list);
	return r;
}

static int
device_open(const struct spool *s, int *fd)
{
	struct termios	t;

	*fd = open(spool_where(s), O_WRONLY | O_NONBLOCK | O_NOCTTY |
	    O_CLOEXEC);
	if (*fd < 0) {
		return err_sys(ERR_DEVICE, "%s", spool_where(s));
	}
	/* A serial line keeps its speed, and changes no byte. */
	if (tcgetattr(*fd, &t) == 0) {
		cfmakeraw(&t);
		(void)tcsetattr(*fd, TCSANOW, &t);
	}
	return 0;
}

/* All of it; silence for DIRECT_MS is an error, a slow printer is not. */
static int
direct_write(int fd, const char *data, size_t n, bool *left)
{
	int64_t	until = clock_boot_ms() + DIRECT_MS;

	while (n > 0) {
		int64_t	rest = until - clock_boot_ms();
		ssize_t	w;

		if (rest <= 0 || direct_poll(fd, POLLOUT, (int)rest) != 1) {
			return direct_silent();
		}
		w = write(fd, data, n);
		if (w < 0 && errno != EAGAIN && errno != EINTR) {
			return err_sys(ERR_DEVICE, _("the printer broke off"));
		}
		if (w > 0) {
			*left = true;
			data += w;
			n -= (size_t)w;
			until = clock_boot_ms() + DIRECT_MS;
		} else {
			(void)poll(NULL, 0, NAP_MS);
		}
	}
	return 0;
}

/*
 * Until the printer has closed its end, or its side of the line has taken
 * every byte: some keep the connection open.  What it says is its own affair,
 * but unread it would turn our goodbye into a reset.
 */
static int
tcp_finish(int fd)
{
	int64_t	until = clock_boot_ms() + DIRECT_MS;
	char	said[256];
	ssize_t	n;
	int	waiting;

	if (shutdown(fd, SHUT_WR) != 0) {
		return err_sys(ERR_DEVICE, _("the printer broke off"));
	}
	while (clock_boot_ms() < until) {
		if (direct_poll(fd, POLLIN, NAP_MS) == 1) {
			if ((n = read(fd, said, sizeof(said))) == 0) {
				return 0;
			} else if (n < 0 && errno != EINTR &&
			    errno != EAGAIN) {
				return err_sys(ERR_DEVICE,
				    _("the printer broke off"));
			}
		} else if (ioctl(fd, SIOCOUTQ, &waiting) == 0 &&
		    waiting == 0) {
			return 0;
		}
	}
	return direct_silent();
}

static void
direct_close(struct spool *s)
{
	if (s->line >= 0) {
		(void)close(s->line);
		s->line = -1;
	}
}

static int
tcp_reserve(struct spool *s, struct errand *e)
{
	(void)e;
	direct_close(s);
	return tcp_open(s, &s->line);
}

static int
device_reserve(struct spool *s, struct errand *e)
{
	(void)e;
	direct_close(s);
	return device_open(s, &s->line);
}

static int
direct_cancel(struct spool *s, const struct errand *e)
{
	(void)e;
	direct_close(s);
	return 0;
}

static int
tcp_send(struct spool *s, const struct errand *e, const void *data, size_t n,
    bool *left)
{
	int	r;

	(void)e;
	*left = false;
	if ((r = direct_write(s->line, data, n, left)) == 0) {
		r = tcp_finish(s->line);
	}
	direct_close(s);
	return r;
}

static int
device_send(struct spool *s, const struct errand *e, const void *data,
    size_t n, bool *left)
{
	int	r;

	(void)e;
	*left = false;
	r = direct_write(s->line, data, n, left);
	direct_close(s);
	return r;
}

static void
direct_seen(int fd, int r, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	if (r == 0) {
		(void)close(fd);
	} else {
		*state = PRINTER_OFF;
		(void)str_copy(detail, SPOOL_NOTE, err_text(r));
	}
}

static void
device_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	int	fd = -1, r = device_open(s, &fd);

	direct_seen(fd, r, state, detail);
	/* What this user may not open is no printer that is off. */
	if (r != 0 && access(spool_where(s), W_OK) != 0 && errno == EACCES) {
		*state = PRINTER_ERROR;
	}
}

static void
tcp_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	int	fd = -1, r = tcp_open(s, &fd);

	direct_seen(fd, r, state, detail);
}

const struct port port_tcp = {
	.prefix = "tcp:",
	.look = tcp_look,
	.reserve = tcp_reserve,
	.send = tcp_send,
	.cancel = direct_cancel,
};

const struct port port_device = {
	.prefix = "device:",
	.look = device_look,
	.reserve = device_reserve,
	.send = device_send,
	.cancel = direct_cancel,
};
