/* SPDX-License-Identifier: ISC */
/* epoll, signalfd and a sorted list of timers; no thread, no handler. */
#include "door/loop.h"

#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

struct loop {
	int		  epoll;
	struct source	  signals;
	void		(*signalled)(void *ctx, int sig);
	void		 *ctx;
	struct timer	 *timers;		/* soonest first */
	struct child	 *children;
	bool		  stopped;
};

static void
loop_reap(struct loop *loop)
{
	pid_t	pid;
	int	status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct child	*child = loop->children;

		while (child != NULL && child->pid != pid) {
			child = child->next;
		}
		if (child != NULL) {
			loop_forget(loop, child);
			child->ended(child->ctx, status);
		}
	}
}

static void
loop_signal(void *ctx, unsigned events)
{
	struct loop			*loop = ctx;
	struct signalfd_siginfo		 info;

	(void)events;
	while (read(loop->signals.fd, &info, sizeof(info)) ==
	    (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD) {
			loop_reap(loop);
		} else {
			loop->signalled(loop->ctx, (int)info.ssi_signo);
		}
	}
}

int
loop_new(struct loop **out, void (*signalled)(void *ctx, int sig), void *ctx)
{
	struct loop	*loop = xcalloc(1, sizeof(*loop));
	sigset_t	 set;

	*out = NULL;
	loop->signalled = signalled;
	loop->ctx = ctx;
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	loop->signals.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	loop->signals.ready = loop_signal;
	loop->signals.ctx = loop;
	if (loop->epoll < 0 || loop->signals.fd < 0 ||
	    loop_watch(loop, &loop->signals) != 0) {
		loop_free(loop);
		return err_sys(ERR_SYSTEM, _("cannot wait for events"));
	}
	*out = loop;
	return 0;
}

void
loop_free(struct loop *loop)
{
	if (loop == NULL) {
		return;
	}
	if (loop->signals.fd >= 0) {
		(void)close(loop->signals.fd);
	}
	if (loop->epoll >= 0) {
		(void)close(loop->epoll);
	}
	free(loop);
}

int
loop_watch(struct loop *loop, struct source *source)
{
	struct epoll_event	event = { .events = EPOLLIN,
				    .data.ptr = source };

	if (source->on) {
		return 0;
	}
	if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, source->fd, &event) != 0) {
		return err_sys(ERR_SYSTEM, _("cannot wait for events"));
	}
	source->on = true;
	return 0;
}

void
loop_unwatch(struct loop *loop, struct source *source)
{
	if (source->on) {
		(void)epoll_ctl(loop->epoll, EPOLL_CTL_DEL, source->fd, NULL);
		source->on = false;
	}
}

void
loop_after(struct loop *loop, struct timer *timer, int ms)
{
	struct timer	**p = &loop->timers;

	loop_cancel(loop, timer);
	timer->at = clock_boot_ms() + ms;
	while (*p != NULL && (*p)->at <= timer->at) {
		p = &(*p)->next;
	}
	timer->next = *p;
	timer->on = true;
	*p = timer;
}

void
loop_cancel(struct loop *loop, struct timer *timer)
{
	if (!timer->on) {
		return;
	}
	for (struct timer **p = &loop->timers; *p != NULL; p = &(*p)->next) {
		if (*p == timer) {
			*p = timer->next;
			break;
		}
	}
	timer->on = false;
}

void
loop_child(struct loop *loop, struct child *child)
{
	child->next = loop->children;
	loop->children = child;
}

void
loop_forget(struct loop *loop, struct child *child)
{
	for (struct child **p = &loop->children; *p != NULL;
	    p = &(*p)->next) {
		if (*p == child) {
			*p = child->next;
			break;
		}
	}
	child->pid = 0;
}

bool
loop_has_children(void)
{
	siginfo_t	info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* Run what is due; how long the next one may wait, -1 for ever. */
static int
loop_timers(struct loop *loop)
{
	while (loop->timers != NULL && !loop->stopped) {
		struct timer	*timer = loop->timers;
		int64_t		 left = timer->at - clock_boot_ms();

		if (left > 0) {
			return left > 3600000 ? 3600000 : (int)left;
		}
		loop->timers = timer->next;
		timer->on = false;
		timer->fired(timer->ctx);
	}
	return -1;
}

void
loop_run(struct loop *loop)
{
	while (!loop->stopped) {
		struct epoll_event	 event;
		int			 ms = loop_timers(loop), n;

		if (loop->stopped) {
			break;
		}
		/* One at a time: what it does may end the owner of another. */
		n = epoll_wait(loop->epoll, &event, 1, ms);
		if (n < 0 && errno != EINTR) {
			fatal("epoll_wait failed");
		}
		if (n == 1) {
			struct source	*source = event.data.ptr;

			source->ready(source->ctx, event.events);
		}
	}
}

void
loop_stop(struct loop *loop)
{
	loop->stopped = true;
}
