/* SPDX-License-Identifier: ISC */
/* The life of a session: keys, news and clock in, one painting out. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/watch.h"
#include "term/inside.h"

#define NEWS_MS		100	/* at most one repaint for others' news … */
#define NEWS_SLOW_MS	500	/* … and on a serial line */
#define READ_MAX	256	/* scans of a paste, each a commit */

/* ---- what happened meanwhile -------------------------------------------- */

/* Topics of what shows now; what is hidden catches up when it shows again. */
void
session_listen(struct session *s)
{
	unsigned	topics = s->config.topics;

	for (size_t i = session_base(s); i < s->depth; i++) {
		topics |= s->frames[i]->screen->topics;
	}
	if (topics == s->watched || s->config.watch == NULL) {
		return;
	}
	s->watched = topics;
	if (watch_topics(s->config.watch, topics) != 0) {
		session_warn(s, "%s", err_text(ERR_SYSTEM));
	}
}

/* Who the user is, is no matter of `news` here: `mine` is for the program. */
static void
session_tell_of(struct session *s, unsigned news, unsigned mine)
{
	if (s->config.heard != NULL && (mine & s->config.topics) != 0) {
		s->config.heard(s, mine & s->config.topics);
	}
	for (size_t i = session_base(s); i < s->depth; i++) {
		struct frame	*f = s->frames[i], *before;
		enum turn	 turn;
		size_t		 depth = s->depth;

		if (f->screen->news == NULL ||
		    (news & f->screen->topics) == 0) {
			continue;
		}
		before = session_enter(s, f);
		turn = f->screen->news(s, f->state,
		    news & f->screen->topics);
		session_leave(s, before);
		session_turned(s, turn);
		if (s->depth != depth || s->over) {
			return;		/* whoever is new has just read */
		}
	}
}

static void
session_tell(struct session *s)
{
	unsigned	news = s->news;

	s->news = 0;
	s->news_ms = session_boot_ms(s);
	session_tell_of(s, news, news);
}

void
session_reread(struct session *s)
{
	session_tell_of(s, ~0U, 1U << TOPIC_PRINTER | 1U << TOPIC_PRINT);
}

static int64_t
session_news_due(const struct session *s)
{
	return s->news_ms + (session_slow(s) ? NEWS_SLOW_MS : NEWS_MS);
}

void
session_news(struct session *s, unsigned topics)
{
	s->news |= topics;
	if (s->news != 0 && session_boot_ms(s) >= session_news_due(s)) {
		session_tell(s);
	}
	session_paint(s);
}

static void
session_timers(struct session *s, int64_t now)
{
	for (size_t i = 0; i < s->depth; i++) {
		struct frame	*f = s->frames[i], *before;
		enum turn	 turn;

		if (f->timer_at == 0 || f->timer_at > now) {
			continue;
		}
		f->timer_at = 0;
		if (f->screen->tick == NULL) {
			continue;
		}
		before = session_enter(s, f);
		turn = f->screen->tick(s, f->state);
		session_leave(s, before);
		session_turned(s, turn);
		return;		/* the stack may be another; the rest follows */
	}
}

/* Boot time at which this session locks; 0 never. */
static int64_t
session_lock_at(const struct session *s)
{
	if (s->config.lock_ms <= 0 || s->config.lock == NULL) {
		return 0;
	}
	for (size_t i = 0; i < s->depth; i++) {
		if (s->frames[i]->screen == s->config.lock ||
		    (i >= session_base(s) &&
		    (s->frames[i]->screen->flags & SCREEN_NOLOCK) != 0)) {
			return 0;
		}
	}
	return s->key_ms + s->config.lock_ms;
}

static void
session_key_all(struct session *s, const struct key *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		session_key(s, keys[i]);
	}
}

/* Everything that time brings; nothing is painted. */
static void
session_time(struct session *s)
{
	int64_t		now = session_boot_ms(s), lock_at;
	struct key	keys[2];

	session_key_all(s, keys, keys_tick(&s->keys, now, keys));
	session_timers(s, now);
	if (s->news != 0 && now >= session_news_due(s)) {
		session_tell(s);
	}
	lock_at = session_lock_at(s);
	if (lock_at != 0 && now >= lock_at && !s->over) {
		session_turned(s, session_push(s, s->config.lock, NULL));
		s->key_ms = now;	/* refused: not again at once */
	}
	if (session_now_ms(s) / 60000 != s->minute) {
		s->dirty |= DIRTY_HEAD;
	}
}

void
session_advance(struct session *s)
{
	session_time(s);
	session_paint(s);
}

static int64_t
sooner(int64_t ms, int64_t at, int64_t now)
{
	int64_t	left = at > now ? at - now : 0;

	return ms < 0 || left < ms ? left : ms;
}

int64_t
session_sleep_ms(const struct session *s)
{
	int64_t	now = session_boot_ms(s), ms = -1, lock_at;
	int	key = keys_timeout_ms(&s->keys, now);

	if (s->depth > 0) {
		ms = 60000 - session_now_ms(s) % 60000;	/* the clock */
	}
	if (key >= 0) {
		ms = sooner(ms, now + key, now);
	}
	if (s->news != 0) {
		ms = sooner(ms, session_news_due(s), now);
	}
	for (size_t i = 0; i < s->depth; i++) {
		if (s->frames[i]->timer_at != 0) {
			ms = sooner(ms, s->frames[i]->timer_at, now);
		}
	}
	if ((lock_at = session_lock_at(s)) != 0) {
		ms = sooner(ms, lock_at, now);
	}
	return ms;
}

bool
session_begin(struct session *s, const struct screen *first, const void *arg)
{
	session_turned(s, session_push(s, first, arg));
	session_paint(s);
	return s->depth > 0;
}

static void
session_bytes(struct session *s, const char *bytes, size_t n)
{
	int64_t		now = session_boot_ms(s);
	struct key	keys[2];

	s->key_ms = now;
	for (size_t i = 0; i < n && !s->over; i++) {
		session_key_all(s, keys, keys_feed(&s->keys,
		    (unsigned char)bytes[i], now, keys));
	}
	keys_acted(&s->keys, session_boot_ms(s));
}

bool
session_pressed(const struct session *s)
{
	struct pollfd	p = { .fd = s->config.fd, .events = POLLIN };

	return s->config.fd >= 0 && poll(&p, 1, 0) == 1 &&
	    (p.revents & POLLIN) != 0;
}

void
session_feed(struct session *s, const char *bytes, size_t n)
{
	session_bytes(s, bytes, n);
	session_paint(s);
}

void
session_resize(struct session *s, int rows, int cols)
{
	tty_resize(s->tty, rows, cols);
	session_layout(s);
	session_paint(s);
}

/* ---- a real terminal ---------------------------------------------------- */

static volatile sig_atomic_t run_ended;		/* the signal that ends us */
static volatile sig_atomic_t run_resized;
static volatile sig_atomic_t run_continued;

static void
run_signal(int number)
{
	if (number == SIGWINCH) {
		run_resized = 1;
	} else if (number == SIGCONT) {
		run_continued = 1;
	} else {
		run_ended = number;
	}
}

static const int run_signals[] = { SIGHUP, SIGTERM, SIGINT, SIGWINCH,
	SIGCONT };

/* Blocked except while waiting: none is missed between test and poll.
 * (ncurses' own handlers are replaced: they would only write and exit.) */
static void
run_signals_take(sigset_t *waiting)
{
	struct sigaction	act = { .sa_handler = run_signal };
	sigset_t		block;

	(void)sigemptyset(&act.sa_mask);
	(void)sigemptyset(&block);
	for (size_t i = 0; i < NELEM(run_signals); i++) {
		(void)sigaction(run_signals[i], &act, NULL);
		(void)sigaddset(&block, run_signals[i]);
	}
	act.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &act, NULL);
	(void)sigaction(SIGTSTP, &act, NULL);
	(void)sigaction(SIGTTIN, &act, NULL);
	(void)sigaction(SIGTTOU, &act, NULL);
	(void)sigaction(SIGQUIT, &act, NULL);
	(void)sigprocmask(SIG_BLOCK, &block, waiting);
	for (size_t i = 0; i < NELEM(run_signals); i++) {
		(void)sigdelset(waiting, run_signals[i]);
	}
}

/* The line is gone: nothing can be painted, everything is to be closed. */
static void
run_hangup(struct session *s)
{
	s->over = true;
	s->dead_line = true;
	s->status_code = 128 + SIGHUP;
}

/* What has been typed, then one painting: one question tells whether there is
 * more and whether that painting can go out.  A long paste is painted as it
 * goes. */
static void
run_read(struct session *s)
{
	struct pollfd	p = { .fd = s->config.fd, .events = POLLIN | POLLOUT };
	int64_t		until = session_boot_ms(s) +
			    (session_slow(s) ? NEWS_SLOW_MS : NEWS_MS);
	char		bytes[READ_MAX];

	while (!s->over) {
		ssize_t	n = read(s->config.fd, bytes, sizeof(bytes));

		if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
			break;
		}
		if (n <= 0) {
			run_hangup(s);
			break;
		}
		session_bytes(s, bytes, (size_t)n);
		explicit_bzero(bytes, (size_t)n);
		s->writable = poll(&p, 1, 0) == 1 &&
		    (p.revents & POLLOUT) != 0;
		if ((p.revents & POLLIN) == 0 || session_boot_ms(s) >= until) {
			break;
		}
	}
}

static void
run_flags(struct session *s)
{
	if (run_ended != 0) {
		s->over = true;
		s->dead_line = run_ended == SIGHUP;
		s->status_code = 128 + run_ended;
	}
	if (run_resized != 0) {
		run_resized = 0;
		if (tty_measure(s->tty)) {
			session_layout(s);
		}
	}
	if (run_continued != 0) {
		run_continued = 0;
		session_redraw(s);
	}
}

/* How long poll may sleep; the watch has its own safety poll. */
static struct timespec *
run_sleep(const struct session *s, struct timespec *ts)
{
	int64_t	ms = session_sleep_ms(s);

	if (s->config.watch != NULL) {
		int	watch = watch_timeout_ms(s->config.watch);

		if (watch >= 0 && (ms < 0 || watch < ms)) {
			ms = watch;
		}
	}
	ts->tv_sec = ms / 1000;
	ts->tv_nsec = (ms % 1000) * 1000000;
	return ms < 0 ? NULL : ts;
}

static void
run_wait(struct session *s, const sigset_t *waiting, bool wants_out)
{
	struct pollfd	p[2] = {
		{ .fd = s->config.fd, .events = POLLIN },
		{ .fd = s->config.watch != NULL ?
		    watch_fd(s->config.watch) : -1, .events = POLLIN },
	};
	struct timespec	ts;
	int		n;

	s->writable = false;
	if (wants_out) {
		p[0].events |= POLLOUT;
	}
	n = ppoll(p, 2, run_sleep(s, &ts), waiting);
	run_flags(s);
	if (n < 0 || s->over) {
		return;
	}
	if ((p[0].revents & POLLIN) != 0) {
		run_read(s);
	} else if ((p[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
		run_hangup(s);
	}
	if (s->config.watch != NULL && !s->over &&
	    (n == 0 || p[1].revents != 0)) {
		s->news |= watch_take(s->config.watch);
	}
}

/*
 * Paint only what the line takes now: a frozen client or a terminal that said
 * XOFF must not hold this process inside a write, deaf to everything else.
 */
static bool
run_paint(struct session *s)
{
	struct pollfd	p = { .fd = s->config.fd, .events = POLLOUT };

	if (s->dirty == 0) {
		return true;
	}
	if (!s->writable && (poll(&p, 1, 0) != 1 ||
	    (p.revents & POLLOUT) == 0)) {
		return false;
	}
	session_paint(s);
	return true;
}

int
session_run(struct session *s, const struct screen *first, const void *arg)
{
	sigset_t	waiting;

	run_signals_take(&waiting);
	session_turned(s, session_push(s, first, arg));
	while (!s->over) {
		bool	painted = run_paint(s);

		run_wait(s, &waiting, !painted);
		if (!s->over) {
			session_time(s);
		}
	}
	session_close_all(s);
	return s->status_code;
}
