/* SPDX-License-Identifier: ISC */
/* Messages as bytes: type, then fields, each with its length. */
#include "door/monitor.h"

#include <sys/socket.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

_Static_assert(MON_COMMAND_MAX + MON_TERM_MAX + MON_LANG_MAX + 64 < MON_MAX,
    "a command fits a message");
_Static_assert(MON_KEY_MAX + MON_KEY_TYPE_MAX + MON_NAME_MAX + 64 < MON_MAX,
    "a key fits a message");

const char *
mon_name(uint32_t type)
{
	static const char *const names[MON_COUNT] = {
		[MON_NONE_] = "nothing",
#define X(name) [MON_##name] = #name,
		MON_TYPES(X)
#undef X
	};

	return type < MON_COUNT ? names[type] : "unknown";
}

void
mon_start(struct buf *out, enum mon_type type)
{
	*out = (struct buf){ 0 };
	mon_u32(out, type);
}

/* Both ends are the same machine and the same build: host order. */
void
mon_u32(struct buf *out, uint32_t v)
{
	buf_add(out, &v, sizeof(v));
}

void
mon_i64(struct buf *out, int64_t v)
{
	buf_add(out, &v, sizeof(v));
}

void
mon_text(struct buf *out, const char *s)
{
	size_t	n = strlen(s);

	if (n > MON_MAX) {
		n = MON_MAX;	/* mon_send() will refuse it */
	}
	mon_u32(out, (uint32_t)n);
	buf_add(out, s, n);
}

void
mon_drop(struct buf *out)
{
	if (out->data != NULL) {
		explicit_bzero(out->data, out->len);
	}
	buf_done(out);
}

int
mon_send(int fd, struct buf *out, const int *fds, size_t n)
{
	union {
		struct cmsghdr	head;
		char		room[CMSG_SPACE(sizeof(int) * MON_FDS)];
	}		 control = { 0 };
	struct iovec	 iov = { out->data, out->len };
	struct msghdr	 msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	ssize_t		 sent;

	if (out->len > MON_MAX || n > MON_FDS) {
		mon_drop(out);
		return err_set(ERR_TOO_LONG, "a message is too long");
	}
	if (n > 0) {
		msg.msg_control = control.room;
		msg.msg_controllen = CMSG_SPACE(sizeof(int) * n);
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(sizeof(int) * n);
		memcpy(CMSG_DATA(&control.head), fds, sizeof(int) * n);
	}
	/* A plain send where it will do: the locked door has no sendmsg. */
	do {
		sent = n > 0 ?
		    sendmsg(fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT) :
		    send(fd, out->data, out->len, MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (sent < 0 && errno == EINTR);
	mon_drop(out);
	return sent < 0 ? err_sys(ERR_CLOSED, "cannot send a message") : 0;
}

static int	mon_log_fd = -1;

static void
mon_log(enum log_level level, const char *text)
{
	struct buf	out;
	char		words[MON_WORDS_MAX];

	(void)str_copy(words, sizeof(words), text);
	mon_start(&out, MON_LOG);
	mon_u32(&out, level);
	mon_text(&out, words);
	if (mon_send(mon_log_fd, &out, NULL, 0) != 0) {
		return;		/* nobody is left to tell */
	}
}

void
mon_log_to(int fd)
{
	mon_log_fd = fd;
	log_to(mon_log);
}

/* Take the descriptors and the sender out of the control bytes. */
static bool
mon_control(struct msghdr *msg, struct mon *in)
{
	bool	good = (msg->msg_flags & (MSG_CTRUNC | MSG_TRUNC)) == 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c != NULL;
	    c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_SOCKET) {
			continue;
		}
		if (c->cmsg_type == SCM_CREDENTIALS) {
			struct ucred	from;

			memcpy(&from, CMSG_DATA(c), sizeof(from));
			in->pid = from.pid;
		} else if (c->cmsg_type == SCM_RIGHTS) {
			size_t	n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

			for (size_t i = 0; i < n; i++) {
				int	fd;

				memcpy(&fd, CMSG_DATA(c) + i * sizeof(int),
				    sizeof(fd));
				if (in->nfds < MON_FDS) {
					in->fds[in->nfds++] = fd;
				} else {
					(void)close(fd);
					good = false;
				}
			}
		}
	}
	return good;
}

int
mon_recv(int fd, struct mon *in, bool wait)
{
	union {
		struct cmsghdr	head;
		char		room[CMSG_SPACE(sizeof(int) * MON_FDS) +
				    CMSG_SPACE(sizeof(struct ucred))];
	}		 control;
	struct iovec	 iov = { in->data, sizeof(in->data) };
	struct msghdr	 msg = { .msg_iov = &iov, .msg_iovlen = 1,
			    .msg_control = control.room,
			    .msg_controllen = sizeof(control) };
	uint32_t	 type;
	ssize_t		 got;
	bool		 good;

	in->type = MON_NONE_;
	in->pid = 0;
	in->nfds = 0;
	in->bad = false;
	in->at = in->end = in->data;
	do {
		got = recvmsg(fd, &msg,
		    MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
	} while (got < 0 && errno == EINTR);
	if (got < 0) {
		return errno == EAGAIN ? ERR_BUSY : ERR_CLOSED;
	}
	good = mon_control(&msg, in);
	if (got == 0) {
		mon_done(in);
		return ERR_CLOSED;
	}
	in->end = in->data + got;
	type = mon_get_u32(in);
	if (!good || in->bad || type == MON_NONE_ || type >= MON_COUNT) {
		mon_done(in);
		return err_set(ERR_INVALID, "not a message");
	}
	in->type = (enum mon_type)type;
	return 0;
}

static bool
mon_take(struct mon *in, void *out, size_t n)
{
	if (in->bad || (size_t)(in->end - in->at) < n) {
		in->bad = true;
		memset(out, 0, n);
		return false;
	}
	memcpy(out, in->at, n);
	in->at += n;
	return true;
}

uint32_t
mon_get_u32(struct mon *in)
{
	uint32_t	v;

	(void)mon_take(in, &v, sizeof(v));
	return v;
}

int64_t
mon_get_i64(struct mon *in)
{
	int64_t	v;

	(void)mon_take(in, &v, sizeof(v));
	return v;
}

void
mon_get_text(struct mon *in, char *out, size_t size)
{
	uint32_t	n = mon_get_u32(in);

	out[0] = '\0';
	if (n >= size) {
		in->bad = true;
		return;
	}
	if (!mon_take(in, out, n)) {
		out[0] = '\0';
		return;
	}
	out[n] = '\0';
	if (memchr(out, '\0', n) != NULL) {
		in->bad = true;
		out[0] = '\0';
	}
}

int
mon_take_fd(struct mon *in, size_t i)
{
	int	fd;

	if (i >= in->nfds) {
		in->bad = true;
		return -1;
	}
	fd = in->fds[i];
	in->fds[i] = -1;
	return fd;
}

int
mon_end(struct mon *in)
{
	if (in->bad || in->at != in->end) {
		return err_set(ERR_INVALID, "%s is not well formed",
		    mon_name(in->type));
	}
	return 0;
}

void
mon_done(struct mon *in)
{
	for (size_t i = 0; i < in->nfds; i++) {
		if (in->fds[i] >= 0) {
			(void)close(in->fds[i]);
		}
	}
	in->nfds = 0;
	explicit_bzero(in->data, (size_t)(in->end - in->data));
	in->at = in->end = in->data;
}

int
mon_pair(int fd[2])
{
	int	on = 1;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0) {
		fd[0] = fd[1] = -1;
		return err_sys(ERR_SYSTEM, "no pair of sockets");
	}
	if (setsockopt(fd[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) != 0) {
		(void)close(fd[0]);
		(void)close(fd[1]);
		fd[0] = fd[1] = -1;
		return err_sys(ERR_SYSTEM, "no pair of sockets");
	}
	return 0;
}
