/* SPDX-License-Identifier: ISC */
/* A serial line: the port is ours, what happens on it is comptoir's. */
#include "door/line.h"

#include <sys/file.h>
#include <sys/ioctl.h>

#include <libserialport.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "door/monitor.h"

#define FIRST_MS	1000	/* between sessions; the line rests */
#define LAST_MS		30000	/* at most, while they keep ending */
#define SHORT_MS	5000	/* a session shorter than this is a failure */
#define MISSING_MS	5000	/* until a missing device is tried again */
#define CARRIER_MS	1000	/* between looks for a carrier */

static const struct {
	const char		*name;
	enum sp_flowcontrol	 flow;
} line_flows[] = {
	{ "none", SP_FLOWCONTROL_NONE },
	{ "xonxoff", SP_FLOWCONTROL_XONXOFF },
	{ "rtscts", SP_FLOWCONTROL_RTSCTS },
};

static const struct {
	char		 letter;
	enum sp_parity	 parity;
} line_parities[] = {
	{ 'N', SP_PARITY_NONE }, { 'E', SP_PARITY_EVEN },
	{ 'O', SP_PARITY_ODD }, { 'M', SP_PARITY_MARK },
	{ 'S', SP_PARITY_SPACE },
};

static bool
line_flow(const char *name, enum sp_flowcontrol *out)
{
	for (size_t i = 0; i < NELEM(line_flows); i++) {
		if (strcmp(line_flows[i].name, name) == 0) {
			*out = line_flows[i].flow;
			return true;
		}
	}
	return false;
}

/* "8N1": bits, parity, stop bits. */
static bool
line_format(const char *format, int *bits, enum sp_parity *parity, int *stop)
{
	if (strlen(format) != 3 || format[0] < '5' || format[0] > '8' ||
	    format[2] < '1' || format[2] > '2') {
		return false;
	}
	*bits = format[0] - '0';
	*stop = format[2] - '0';
	for (size_t i = 0; i < NELEM(line_parities); i++) {
		if (line_parities[i].letter ==
		    toupper((unsigned char)format[1])) {
			*parity = line_parities[i].parity;
			return true;
		}
	}
	return false;
}

int
line_check(const struct line_port *port)
{
	enum sp_flowcontrol	flow;
	enum sp_parity		parity;
	int			bits, stop;

	if (!line_format(port->format, &bits, &parity, &stop)) {
		return err_set(ERR_USAGE, _("%.10s is no format; write 8N1"),
		    port->format);
	}
	if (!line_flow(port->flow, &flow)) {
		return err_set(ERR_USAGE,
		    _("%.20s is no flow control; none, xonxoff or rtscts"),
		    port->flow);
	}
	return 0;
}

static int
line_error(const char *device, const char *what)
{
	char	*text = sp_last_error_message();
	int	 r = err_set(ERR_DEVICE, "%s: %s: %s", device, what,
		    text == NULL ? "?" : text);

	sp_free_error_message(text);
	return r;
}

static int
line_configure(const struct line_port *port, struct sp_port *sp)
{
	enum sp_flowcontrol	flow = SP_FLOWCONTROL_NONE;
	enum sp_parity		parity = SP_PARITY_NONE;
	int			bits = 8, stop = 1;

	(void)line_format(port->format, &bits, &parity, &stop);
	(void)line_flow(port->flow, &flow);
	if (sp_set_baudrate(sp, port->speed) != SP_OK) {
		return line_error(port->device, _("speed refused"));
	}
	if (sp_set_bits(sp, bits) != SP_OK ||
	    sp_set_parity(sp, parity) != SP_OK ||
	    sp_set_stopbits(sp, stop) != SP_OK) {
		return line_error(port->device, _("format refused"));
	}
	if (sp_set_flowcontrol(sp, flow) != SP_OK) {
		return line_error(port->device, _("flow control refused"));
	}
	return 0;
}

/*
 * The library leaves a raw, non-blocking port that never hangs up.  Raw is
 * right for what is typed before comptoir takes over, but lines it prints
 * must end at the left margin; and with a carrier wired the end of the line
 * must be noticed: without CLOCAL, the kernel does.
 */
static int
line_cook(const struct line_port *port, int fd)
{
	struct termios	t;
	int		flags;

	if (tcgetattr(fd, &t) != 0) {
		return err_sys(ERR_DEVICE, "%s", port->device);
	}
	t.c_iflag &= ~(tcflag_t)(IXANY | ICRNL | IGNCR | INLCR);
	t.c_oflag |= OPOST | ONLCR;
	t.c_lflag &= ~(tcflag_t)(ISIG | ICANON | ECHO | IEXTEN);
	t.c_cflag |= CREAD;
	if (port->modem) {
		t.c_cflag &= ~(tcflag_t)CLOCAL;
		t.c_cflag |= HUPCL;
	} else {
		t.c_cflag |= CLOCAL;
	}
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	t.c_cc[VERASE] = 0x7f;
	t.c_cc[VINTR] = 'C' & 0x1f;
	t.c_cc[VEOF] = 'D' & 0x1f;
	t.c_cc[VSTART] = 'Q' & 0x1f;
	t.c_cc[VSTOP] = 'S' & 0x1f;
	if (tcsetattr(fd, TCSANOW, &t) != 0 ||
	    (flags = fcntl(fd, F_GETFL)) < 0 ||
	    fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
		return err_sys(ERR_DEVICE, "%s", port->device);
	}
	return 0;
}

/* Ours alone: the lock goes with the open port to the session and ends with
 * it; the kernel's own exclusion does not bind root. */
static int
line_claim(const struct line_port *port, int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		return err_set(ERR_BUSY,
		    _("%s is used by another program; stop it (a getty?)"),
		    port->device);
	}
	if (ioctl(fd, TIOCEXCL) != 0) {
		return err_sys(ERR_DEVICE, "%s", port->device);
	}
	return 0;
}

static int
line_open(const struct line_port *port, struct sp_port **out, int *fd)
{
	char	path[PATH_MAX];
	int	r;

	*out = NULL;
	*fd = -1;
	/* The library knows no links. */
	if (realpath(port->device, path) == NULL) {
		return errno == ENOENT ? err_set(ERR_DEVICE,
		    _("%s is not there; plug it in or change the line"),
		    port->device) : err_sys(ERR_DEVICE, "%s", port->device);
	}
	if (sp_get_port_by_name(path, out) != SP_OK) {
		return line_error(port->device, _("no serial port"));
	}
	if (sp_open(*out, SP_MODE_READ_WRITE) != SP_OK) {
		r = line_error(port->device, _("cannot open"));
		sp_free_port(*out);
		*out = NULL;
		return r;
	}
	if (sp_get_port_handle(*out, fd) != SP_OK) {
		r = line_error(port->device, _("cannot open"));
	} else if ((r = line_claim(port, *fd)) == 0 &&
	    (r = line_configure(port, *out)) == 0) {
		r = line_cook(port, *fd);
	}
	return r;
}

static void
line_close(struct sp_port **sp)
{
	if (*sp != NULL) {
		(void)sp_close(*sp);
		sp_free_port(*sp);
		*sp = NULL;
	}
}

/* Sleep, but not through comptoird's end; ERR_CLOSED. */
static int
line_rest(int ms)
{
	int64_t	until = clock_boot_ms() + ms;

	for (;;) {
		struct pollfd	p = { .fd = MON_FD, .events = 0 };
		int64_t		left = until - clock_boot_ms();

		if (left <= 0) {
			return 0;
		}
		if (poll(&p, 1, (int)left) > 0 &&
		    (p.revents & (POLLHUP | POLLERR)) != 0) {
			return ERR_CLOSED;
		}
	}
}

/* A modem line is answered when somebody is there. */
static int
line_carrier(const struct line_port *port, int fd)
{
	int	bits, r = 0;

	while (port->modem && r == 0) {
		if (ioctl(fd, TIOCMGET, &bits) != 0 ||
		    (bits & TIOCM_CAR) != 0) {
			break;
		}
		r = line_rest(CARRIER_MS);
	}
	return r;
}

/* One session: pass the port, close our copy, wait for the end. */
static int
line_session(struct sp_port **sp, int fd, struct mon *in)
{
	struct buf	out;
	int		r;

	mon_start(&out, MON_LINE);
	if ((r = mon_send(MON_FD, &out, &fd, 1)) != 0) {
		return r;
	}
	/* Closed here, so that the end of the session is the last close: that
	 * drops DTR. */
	line_close(sp);
	for (;;) {
		enum mon_type	type;

		if ((r = mon_recv(MON_FD, in, true)) != 0) {
			return r;
		}
		type = in->type;
		mon_done(in);
		if (type == MON_EXITED) {
			return 0;
		}
		/* SESSION: it has started; NOTICE: comptoird logged why not,
		 * and closes. */
		if (type != MON_SESSION && type != MON_NOTICE) {
			return err_set(ERR_INVALID, "%s to a line",
			    mon_name(type));
		}
	}
}

int
line_serve(const struct line_port *port)
{
	static struct mon	in;
	struct buf		hello;
	int			rest = FIRST_MS, r;
	char			said[256] = "";

	mon_log_to(MON_FD);
	mon_start(&hello, MON_HELLO);
	if ((r = mon_send(MON_FD, &hello, NULL, 0)) != 0) {
		return r;
	}
	for (;;) {
		struct sp_port	*sp;
		int64_t		 since;
		int		 fd;

		if ((r = line_open(port, &sp, &fd)) != 0) {
			/* Once in the log, however long it lasts. */
			if (strcmp(said, err_text(r)) != 0) {
				log_warn("%s", err_text(r));
				(void)str_copy(said, sizeof(said),
				    err_text(r));
			}
			line_close(&sp);
			if (line_rest(MISSING_MS) != 0) {
				return 0;
			}
			continue;
		}
		if (said[0] != '\0') {
			log_info("%s is there again", port->device);
			said[0] = '\0';
		}
		if (line_carrier(port, fd) != 0) {
			line_close(&sp);
			return 0;
		}
		since = clock_boot_ms();
		r = line_session(&sp, fd, &in);
		line_close(&sp);
		if (r != 0) {
			return r == ERR_CLOSED ? 0 : r;
		}
		rest = clock_boot_ms() - since >= SHORT_MS ? FIRST_MS :
		    rest >= LAST_MS / 2 ? LAST_MS : rest * 2;
		if (line_rest(rest) != 0) {
			return 0;
		}
	}
}
