/* SPDX-License-Identifier: ISC */
/* The writers' queue: flock(2) bounded by a timer, with the holder's name. */
#include "db/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"

#define LOCK_RECORD	96		/* bytes of shop.lock */
#define LOCK_SIGNAL	(SIGRTMIN + 3)

static void
lock_alarm(int sig)
{
	(void)sig;			/* only so that flock gives EINTR */
}

/*
 * One shot at the deadline: a waiter that is woken earlier would lose its
 * place.  The short interval after it covers a shot that came just before
 * flock was entered.
 */
static int
lock_timer(timer_t *timer, int wait_ms)
{
	struct sigevent		ev = { .sigev_notify = SIGEV_SIGNAL };
	struct sigaction	sa = { .sa_handler = lock_alarm };
	struct itimerspec	when = {
		.it_value = { wait_ms / 1000, wait_ms % 1000 * 1000000L },
		.it_interval = { 0, 20 * 1000000L },
	};

	ev.sigev_signo = LOCK_SIGNAL;
	(void)sigemptyset(&sa.sa_mask);
	if (sigaction(LOCK_SIGNAL, &sa, NULL) != 0 ||
	    timer_create(CLOCK_MONOTONIC, &ev, timer) != 0) {
		return err_sys(ERR_SYSTEM, _("no timer for a lock"));
	}
	if (timer_settime(*timer, 0, &when, NULL) != 0) {
		(void)timer_delete(*timer);
		return err_sys(ERR_SYSTEM, _("no timer for a lock"));
	}
	return 0;
}

int
lock_wait(int fd, int op, int wait_ms)
{
	int64_t		until;
	sigset_t	set, old;
	timer_t		timer;
	int		r;

	if (flock(fd, op | LOCK_NB) == 0) {
		return 0;
	}
	if (errno != EWOULDBLOCK) {
		return err_sys(ERR_SYSTEM, _("cannot lock the shop"));
	}
	if (wait_ms <= 0) {
		return ERR_TIMEOUT;
	}
	until = clock_boot_ms() + wait_ms;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, LOCK_SIGNAL);
	(void)sigprocmask(SIG_UNBLOCK, &set, &old);
	if ((r = lock_timer(&timer, wait_ms)) == 0) {
		while ((r = flock(fd, op)) != 0 && errno == EINTR &&
		    clock_boot_ms() < until) {
			continue;
		}
		if (r != 0) {
			r = errno == EINTR ? ERR_TIMEOUT :
			    err_sys(ERR_SYSTEM, _("cannot lock the shop"));
		}
		(void)timer_delete(timer);
	}
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
	return r;
}

/* "7: FLOCK  ADVISORY  READ 4711 fd:00:1234 0 EOF" */
int
lock_owner(int fd)
{
	struct stat	 st;
	FILE		*f = fstat(fd, &st) == 0 ? fopen("/proc/locks", "re") :
	    NULL;
	char		 line[256];
	int		 owner = 0;

	while (f != NULL && owner == 0 &&
	    fgets(line, sizeof(line), f) != NULL) {
		unsigned	major, minor;
		unsigned long	inode;
		int		pid;

		if (sscanf(line, "%*d: FLOCK %*s %*s %d %x:%x:%lu", &pid,
		    &major, &minor, &inode) == 4 && inode == st.st_ino &&
		    major == major(st.st_dev) && minor == minor(st.st_dev) &&
		    pid != getpid()) {
			owner = pid;
		}
	}
	if (f != NULL) {
		(void)fclose(f);
	}
	return owner;
}

int
queue_open(struct queue *q, const char *shop)
{
	char	*path = xasprintf("%s/shop.lock", shop);

	*q = (struct queue){ .fd = -1 };
	q->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (q->fd < 0) {
		int	code = errno == EROFS || errno == EACCES ?
		    ERR_READONLY : ERR_SYSTEM;

		(void)err_sys(code, _("cannot open %s"), path);
		free(path);
		return code;
	}
	free(path);
	return 0;
}

void
queue_close(struct queue *q)
{
	if (q->fd >= 0) {
		(void)close(q->fd);
	}
	q->fd = -1;
}

/* The third field of /proc/PID/stat: T is stopped, t is traced. */
static bool
process_stopped(int pid)
{
	struct buf	text = { 0 };
	char		path[40];
	const char	*s;
	bool		stopped = false;

	(void)str_fmt(path, sizeof(path), "/proc/%d/stat", pid);
	if (io_read_file(path, 4096, &text) == 0 &&
	    (s = strrchr(buf_text(&text), ')')) != NULL && s[1] == ' ') {
		stopped = s[2] == 'T' || s[2] == 't';
	}
	buf_done(&text);
	return stopped;
}

/* What a program calls itself. */
static void
process_name(int pid, char *out, size_t size)
{
	struct buf	text = { 0 };
	char		path[40];

	(void)str_fmt(path, sizeof(path), "/proc/%d/comm", pid);
	if (io_read_file(path, 64, &text) == 0) {
		(void)str_copy(out, size, buf_text(&text));
		out[strcspn(out, "\n")] = '\0';
	}
	buf_done(&text);
}

/*
 * The record is of who wrote there last.  Somebody may have the lock who wrote
 * nothing (flock(1) for one): nobody else is to be ended for it.
 */
static bool
queue_record(const struct queue *q, struct queue_holder *out)
{
	char		text[LOCK_RECORD + 1];
	ssize_t		n = pread(q->fd, text, LOCK_RECORD, 0);
	int		owner = lock_owner(q->fd);
	long long	since = 0;

	*out = (struct queue_holder){ 0 };
	text[n > 0 ? n : 0] = '\0';
	if (sscanf(text, "%d %lld %63[^\n]", &out->pid, &since,
	    out->verb) != 3 || (owner != 0 && out->pid != owner)) {
		*out = (struct queue_holder){ .pid = owner };
		since = 0;
		process_name(owner, out->verb, sizeof(out->verb));
	}
	out->since_ms = since;
	out->stopped = out->pid != 0 && process_stopped(out->pid);
	return out->pid != 0;
}

bool
queue_holder(struct queue *q, struct queue_holder *out)
{
	*out = (struct queue_holder){ 0 };
	if (!q->held && flock(q->fd, LOCK_SH | LOCK_NB) == 0) {
		(void)flock(q->fd, LOCK_UN);
		return false;
	}
	return queue_record(q, out);
}

static int
queue_busy(struct queue *q)
{
	struct queue_holder	h;
	int			seconds;

	if (!queue_record(q, &h)) {
		return err_set(ERR_BUSY, _("another program is writing to the "
		    "shop; try again"));
	}
	if (h.since_ms == 0) {
		return err_set(ERR_BUSY, _("process %d (%s) holds the shop; "
		    "end it (kill %d)"), h.pid, h.verb, h.pid);
	}
	seconds = (int)((clock_now_ms() - h.since_ms) / 1000);
	if (h.stopped) {
		return err_set(ERR_BUSY, _("process %d (%s) is stopped and has "
		    "held the shop for %d s; let it go on (kill -CONT %d) or "
		    "end it (kill -KILL %d)"), h.pid, h.verb, seconds, h.pid,
		    h.pid);
	}
	return err_set(ERR_BUSY, _("process %d (%s) has held the shop for "
	    "%d s; try again, or end it (kill %d)"), h.pid, h.verb, seconds,
	    h.pid);
}

int
queue_enter(struct queue *q, const char *verb, int wait_ms)
{
	char		record[LOCK_RECORD + 1];
	sigset_t	stops;
	ssize_t		n;
	int		r;

	if (q->held) {
		fatal("the write queue was entered twice (%s)", verb);
	}
	/* A holder stopped by ^Z would hold up the whole shop. */
	(void)sigemptyset(&stops);
	(void)sigaddset(&stops, SIGTSTP);
	(void)sigaddset(&stops, SIGTTIN);
	(void)sigaddset(&stops, SIGTTOU);
	(void)sigprocmask(SIG_BLOCK, &stops, &q->mask);
	if ((r = lock_wait(q->fd, LOCK_EX, wait_ms)) != 0) {
		(void)sigprocmask(SIG_SETMASK, &q->mask, NULL);
		return r == ERR_TIMEOUT ? queue_busy(q) : r;
	}
	q->held = true;
	memset(record, ' ', sizeof(record));
	(void)snprintf(record, sizeof(record), "%d %lld %.63s\n",
	    (int)getpid(), (long long)clock_now_ms(), verb);
	n = pwrite(q->fd, record, LOCK_RECORD, 0);
	(void)n;		/* a full disk: nameless, but held */
	return 0;
}

void
queue_leave(struct queue *q)
{
	if (!q->held) {
		return;
	}
	q->held = false;
	(void)flock(q->fd, LOCK_UN);
	(void)sigprocmask(SIG_SETMASK, &q->mask, NULL);
}
