/* SPDX-License-Identifier: ISC */
/*
 * A comptoir-ssh that was taken over.  Started by comptoird in its place, it
 * reads one word from each connection, tries what the word says on that
 * connection's monitor, and writes back what comptoird answered, until
 * comptoird closes ("closed") or kills it.
 */
#include <sys/socket.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "door/monitor.h"

static int		 monitor;
static struct mon	*in;

static void
say(struct buf *out, const int *fds, size_t n)
{
	if (mon_send(monitor, out, fds, n) != 0) {
		return;		/* it will be seen as closed */
	}
}

static void
say_hello(void)
{
	struct buf	out;

	mon_start(&out, MON_HELLO);
	say(&out, NULL, 0);
}

static void
say_password(const char *name, const char *secret)
{
	struct buf	out;

	mon_start(&out, MON_PASSWORD);
	mon_text(&out, name);
	mon_text(&out, secret);
	say(&out, NULL, 0);
}

/* In one call: the second is there before anybody can answer the first. */
static void
say_two_passwords(const char *name, const char *first, const char *second)
{
	const char	*secrets[] = { first, second };
	struct buf	 out[2];
	struct iovec	 iov[2];
	struct mmsghdr	 msg[2] = { 0 };

	for (int i = 0; i < 2; i++) {
		mon_start(&out[i], MON_PASSWORD);
		mon_text(&out[i], name);
		mon_text(&out[i], secrets[i]);
		iov[i] = (struct iovec){ out[i].data, out[i].len };
		msg[i].msg_hdr.msg_iov = &iov[i];
		msg[i].msg_hdr.msg_iovlen = 1;
	}
	(void)sendmmsg(monitor, msg, 2, MSG_NOSIGNAL);
	mon_drop(&out[0]);
	mon_drop(&out[1]);
}

static void
say_tty(const char *term, uint32_t columns)
{
	struct buf	out;

	mon_start(&out, MON_TTY);
	mon_text(&out, term);
	mon_u32(&out, columns);
	mon_u32(&out, 24);
	mon_text(&out, "");
	mon_text(&out, "");
	say(&out, NULL, 0);
}

/* The next answer, or the end; no machine is so busy that it takes longer. */
static bool
hear(FILE *to)
{
	struct pollfd	p = { .fd = monitor, .events = POLLIN };

	if (poll(&p, 1, 15000) <= 0) {
		(void)fprintf(to, "silence\n");
		return false;
	}
	if (mon_recv(monitor, in, true) != 0) {
		(void)fprintf(to, "closed\n");
		return false;
	}
	(void)fprintf(to, "%s\n", mon_name(in->type));
	mon_done(in);
	return true;
}

static void
sign_in(FILE *to)
{
	say_hello();
	say_password("ann", "secret");
	(void)hear(to);
}

static void
act(const char *word, FILE *to)
{
	struct buf	out;
	const int	fds[] = { 0, 1 };

	if (strcmp(word, "no-hello") == 0) {
		say_password("ann", "secret");
	} else if (strcmp(word, "hello-twice") == 0) {
		say_hello();
		say_hello();
	} else if (strcmp(word, "session-first") == 0) {
		say_hello();
		say_tty("xterm", 80);
	} else if (strcmp(word, "signal-first") == 0) {
		say_hello();
		mon_start(&out, MON_SIGNAL);
		mon_u32(&out, SIGKILL);
		say(&out, NULL, 0);
	} else if (strcmp(word, "two-questions") == 0) {
		say_hello();
		say_two_passwords("ann", "wrong", "secret");
	} else if (strcmp(word, "descriptors") == 0) {
		say_hello();
		mon_start(&out, MON_PASSWORD);
		mon_text(&out, "ann");
		mon_text(&out, "secret");
		say(&out, fds, 2);
	} else if (strcmp(word, "garbage") == 0) {
		say_hello();
		(void)send(monitor, "rubbish, and more rubbish", 25, 0);
	} else if (strcmp(word, "as-worker") == 0) {
		say_hello();
		mon_start(&out, MON_GRANT);
		for (int i = 0; i < 3; i++) {
			mon_u32(&out, 0);
		}
		mon_i64(&out, 7);
		mon_i64(&out, 0);
		mon_text(&out, "ann");
		mon_text(&out, "");
		say(&out, NULL, 0);
	} else if (strcmp(word, "as-line") == 0) {
		say_hello();
		mon_start(&out, MON_LINE);
		say(&out, fds, 1);
	} else if (strcmp(word, "guess") == 0) {
		say_hello();
		for (int i = 0; i < 100; i++) {
			say_password("ann", "wrong");
			if (!hear(to)) {
				return;
			}
		}
	} else if (strcmp(word, "two-sessions") == 0) {
		sign_in(to);
		say_tty("xterm", 80);
		(void)hear(to);
		say_tty("xterm", 80);
	} else if (strcmp(word, "huge") == 0) {
		sign_in(to);
		say_tty("xterm", 70000);
	} else if (strcmp(word, "again") == 0) {
		sign_in(to);
		say_password("ann", "secret");
	}
	while (hear(to)) {
		continue;
	}
}

int
main(int argc, char **argv)
{
	struct buf	out;

	if (argc != 2 || strcmp(argv[1], "--serve") != 0) {
		return 2;
	}
	in = xmalloc(sizeof(*in));
	(void)signal(SIGCHLD, SIG_IGN);
	monitor = MON_FD;
	mon_start(&out, MON_HELLO);
	say(&out, NULL, 0);
	while (mon_recv(MON_FD, in, true) == 0) {
		int	client = mon_take_fd(in, 0), door = mon_take_fd(in, 1);

		mon_done(in);
		if (fork() == 0) {
			FILE	*to = fdopen(client, "w");
			char	 word[64];
			ssize_t	 n;
			struct pollfd p = { .fd = client, .events = POLLIN };

			(void)setvbuf(to, NULL, _IONBF, 0);
			monitor = door;
			(void)poll(&p, 1, 15000);
			n = read(client, word, sizeof(word) - 1);
			word[n > 0 ? n : 0] = '\0';
			word[strcspn(word, "\n")] = '\0';
			act(word, to);
			(void)fflush(to);
			_exit(0);
		}
		(void)close(client);
		(void)close(door);
	}
	return 0;
}
