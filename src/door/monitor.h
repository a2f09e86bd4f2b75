/* SPDX-License-Identifier: ISC */
/* What the programs say to comptoird and back: small typed messages over a
 * socketpair, descriptors beside them.  Both ends check every bound. */
#ifndef DOOR_MONITOR_H
#define DOOR_MONITOR_H

#include <sys/types.h>

#include "base/buf.h"

#define MON_FD		3	/* where a program finds its monitor */
#define MON_MAX		16384	/* bytes of one message */
#define MON_FDS		3	/* descriptors beside one message */

#define MON_NAME_MAX	128	/* login name as typed */
#define MON_SECRET_MAX	1024	/* password, code */
#define MON_KEY_TYPE_MAX	64
#define MON_KEY_MAX	6000	/* base64 wire form */
#define MON_TERM_MAX	32
#define MON_LANG_MAX	32
#define MON_COMMAND_MAX	8192
#define MON_WORDS_MAX	512	/* one line to log or to show */
#define MON_CODE_MAX	16

/*
 * Every message, once.  The fields are in the order of the words: text(n) at
 * most n bytes, u32, i64, fds.  Who may say what when is the table of
 * entry.c; everything not in it ends the door.
 */
#define MON_TYPES(X) \
	/* a door to comptoird */ \
	X(HELLO)	/* first of all; the kernel says which process */ \
	X(PASSWORD)	/* text name, text secret        -> VERDICT */ \
	X(KEY)		/* text name, type, key; u32 verified -> VERDICT */ \
	X(PROMPT)	/* text name: keyboard-interactive begins -> ASK */ \
	X(REPLY)	/* text name, text answer -> ASK or VERDICT */ \
	X(TTY)		/* text term, u32 columns, rows, text lang, command \
			   -> SESSION with one descriptor, or NOTICE */ \
	X(PIPES)	/* text lang, text command \
			   -> SESSION with three, or NOTICE */ \
	X(SIGNAL)	/* u32 number, for the session */ \
	X(LOG)		/* u32 level, text words */ \
	X(LINE)		/* one descriptor: the serial line is ready */ \
	/* comptoird to a door */ \
	X(VERDICT)	/* u32 enum mon_verdict, text words to show or "" */ \
	X(ASK)		/* text prompt, u32 echo */ \
	X(SESSION)	/* the session's descriptors */ \
	X(NOTICE)	/* u32 exit status, text: instead of a session */ \
	X(EXITED)	/* u32 exit status, u32 signal */ \
	/* comptoird and the first comptoir-ssh */ \
	X(CONNECTION)	/* u32 seconds to sign in, u32 passwords accepted; \
			   the socket, the door's end of its monitor */ \
	/* comptoird and a worker */ \
	X(SECOND)	/* i64 user, text code -> GRANT */ \
	X(CHECK_PASSWORD) /* text name, secret, from -> GRANT */ \
	X(CHECK_KEY)	/* text name, type, key; u32 verified; text from \
			   -> GRANT */ \
	X(GRANT)	/* u32 result (an error, negated), u32 second, u32 \
			   enrol, i64 user, terminal, text name, code */ \
	X(READY)	/* u32 demo shop: the database is open and migrated */ \
	X(FAILED)	/* u32 error, negated; text words */ \
	X(ROWS)		/* u32 n: that many LINE_ROW and PRINTER_ROW follow */ \
	X(LINE_ROW)	/* i64 id, terminal; text name, device, format, flow, \
			   term, charset; u32 speed, columns, rows, modem */ \
	X(PRINTER_ROW)	/* i64 id, text name */

enum mon_type {
	MON_NONE_,
#define X(name) MON_##name,
	MON_TYPES(X)
#undef X
	MON_COUNT
};

enum mon_verdict {
	MON_NO,			/* refused; may try again */
	MON_NO_LAST,		/* refused; hang up */
	MON_YES,
	MON_MORE,		/* right so far; a second proof is needed */
};

const char *mon_name(uint32_t type);

/* A message being written; buf_done() by mon_send() or mon_drop(). */
void	 mon_start(struct buf *out, enum mon_type type);
void	 mon_u32(struct buf *out, uint32_t v);
void	 mon_i64(struct buf *out, int64_t v);
void	 mon_text(struct buf *out, const char *s);
/*
 * Send it, with n descriptors (still the caller's), and wipe it.  Never
 * blocks: ERR_CLOSED when the other side is gone or does not read.
 */
int	 mon_send(int fd, struct buf *out, const int *fds, size_t n)
	    MUST_CHECK;
void	 mon_drop(struct buf *out);
/* From now on this process's log goes there, a message each line. */
void	 mon_log_to(int fd);

/* A message read; owns the descriptors in fds[] until taken. */
struct mon {
	enum mon_type	 type;
	pid_t		 pid;		/* of the sender, if the kernel says */
	int		 fds[MON_FDS];
	size_t		 nfds;
	const uint8_t	*at, *end;
	bool		 bad;
	uint8_t		 data[MON_MAX];
};

/*
 * The next message.  ERR_CLOSED at the end, ERR_BUSY when `wait` is false
 * and there is none, ERR_INVALID for one that is no message.
 */
int	 mon_recv(int fd, struct mon *in, bool wait) MUST_CHECK;
/* Fields in order; past the end, too long or with a NUL inside makes the
 * message bad and gives 0 or "". */
uint32_t mon_get_u32(struct mon *in);
int64_t	 mon_get_i64(struct mon *in);
void	 mon_get_text(struct mon *in, char *out, size_t size);
/* The descriptor, now the caller's; -1 when there is none. */
int	 mon_take_fd(struct mon *in, size_t i);
/* All fields were read and well: ERR_INVALID otherwise. */
int	 mon_end(struct mon *in) MUST_CHECK;
/* Close what was not taken, wipe the bytes. */
void	 mon_done(struct mon *in);

/* A pair: both ends CLOEXEC; the first learns senders' pids. */
int	 mon_pair(int fd[2]) MUST_CHECK;

#endif
