/* SPDX-License-Identifier: ISC */
/* Starting comptoir for somebody: on a terminal of ours, on a serial line, or
 * on three pipes for a command. */
#ifndef DOOR_SESSION_H
#define DOOR_SESSION_H

#include "door/guard.h"
#include "door/monitor.h"
#include "door/spawn.h"

enum session_on { SESSION_TTY, SESSION_PIPES, SESSION_LINE };

struct session_want {
	enum session_on	 on;
	int64_t		 user, terminal;
	const char	*from;			/* address or device */
	char		 term[MON_TERM_MAX];
	char		 lang[MON_LANG_MAX];
	const char	*charset;		/* a line's; NULL: from lang */
	uint32_t	 columns, rows;
	const char	*command;		/* "" interactive */
	int		 tty;			/* SESSION_LINE: borrowed */
};

/*
 * `path` is comptoir, `who` the shop's user (NULL: stay).  fds[] are the
 * door's ends, the caller's to pass on and close: the master; or input,
 * output and errors; or nothing for a line.
 */
int	 session_start(const char *path, const char *shop,
	    const struct identity *who, const struct session_want *want,
	    pid_t *pid, int fds[static 3], size_t *nfds) MUST_CHECK;

/* Only [A-Za-z0-9+._-] is a terminal type; anything else becomes "dumb". */
void	 session_clean_term(char *term);
/* Only [A-Za-z0-9+._@-] is a language; anything else becomes "". */
void	 session_clean_lang(char *lang);
/* The character set a language names: "utf8", ...; "" when it says none. */
const char *session_charset(const char *lang);

#endif
