/* SPDX-License-Identifier: ISC */
/* comptoir-line's inside: one serial port and its sessions, one by one. */
#ifndef DOOR_LINE_H
#define DOOR_LINE_H

#include "base/base.h"

struct line_port {
	const char	*device;	/* or a link, as /dev/serial/by-id/… */
	int		 speed;
	const char	*format;	/* "8N1" */
	const char	*flow;		/* "none", "xonxoff", "rtscts" */
	bool		 modem;		/* carrier is wired */
};

/* The words make sense; ERR_USAGE. */
int	line_check(const struct line_port *port) MUST_CHECK;
/*
 * For ever: open the port, hand it to comptoird on MON_FD, wait for the end
 * of the session there, begin again.  Returns when comptoird has gone.
 */
int	line_serve(const struct line_port *port) MUST_CHECK;

#endif
