/* SPDX-License-Identifier: ISC */
/* The spooler's loop: open jobs, next job, how the printer is, sleep. */
#include "spool/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/words.h"
#include "db/watch.h"
#include "shop/kitchen.h"
#include "sql/print.h"

#define SPOOL_OPEN_MOST	4		/* at the print system at once */
#define ASK_MS		1000		/* while jobs are open there */
#define LOOK_MS		60000		/* while nothing happens */
#define TROUBLE_MS	5000		/* until it is well again */
#define SLEEP_MS	20		/* at least, but for news */
#define RETRY_MS	1000		/* while jobs cannot get there */
#define LOCK_MS		3000		/* for the one before to be gone */

static volatile sig_atomic_t spool_stop;

static void
spool_signal(int sig)
{
	(void)sig;
	spool_stop = 1;
}

const char *
spool_where(const struct spool *spool)
{
	return spool->printer.connection + strlen(spool->port->prefix);
}

/*
 * The printer.
 */
static int
spool_seen(struct spool *s, enum printer_state state, const char *detail)
{
	int64_t	changes = 0;
	int	r;

	s->state = state;
	if (state == s->printer.state &&
	    strcmp(detail, s->printer.detail) == 0) {
		return 0;
	}
	if (state != s->printer.state) {
		log_info("%s: %s%s%s", s->printer.name,
		    printer_state_word(state), *detail == '\0' ? "" : ": ",
		    detail);
	}
	if ((r = db_begin(s->shop->db, "printer state")) != 0) {
		return r;
	}
	if ((r = q_printer_seen(s->shop->db, s->printer.id,
	    printer_state_word(state), detail, shop_now(), &changes)) != 0) {
		db_rollback(s->shop->db);
		return r;
	}
	if (changes > 0) {
		db_topic(s->shop->db, "printer");
	}
	if ((r = db_commit(s->shop->db)) == 0) {
		s->printer.state = state;
		(void)str_copy(s->printer.detail, sizeof(s->printer.detail),
		    detail);
	}
	return r;
}

static int
spool_look(struct spool *s)
{
	enum printer_state	state = PRINTER_READY;
	char			detail[SPOOL_NOTE] = "";
	int64_t			moved;
	int			r;

	if (s->port == NULL) {
		state = PRINTER_ERROR;
		(void)str_copy(detail, sizeof(detail), s->fault);
	} else if (!s->printer.active) {
		state = PRINTER_DISABLED;
	} else {
		s->port->look(s, &state, detail);
	}
	s->look_at = clock_boot_ms() + (s->port != NULL &&
	    printer_state_severity(state) >= SEVERE ? TROUBLE_MS : LOOK_MS);
	if ((r = spool_seen(s, state, detail)) != 0 ||
	    (s->printer.active && printer_state_severity(state) < SEVERE)) {
		return r;
	}
	/* A kitchen does not wait for its paper; what it says of it is in
	 * the shop's words, all else here in English. */
	words_language(s->shop->set.language);
	r = kitchen_paper_away(s->shop, s->printer.id, s->port != NULL &&
	    s->port->keeps_jobs, &moved);
	words_language("en");
	if (r == 0 && moved > 0) {
		log_info("%s: %lld jobs of the kitchen go elsewhere",
		    s->printer.name, (long long)moved);
	}
	return r;
}

/* A row that cannot be served is told of, and waits to be mended. */
static void
spool_choose(struct spool *s)
{
	static const struct port *const	ports[] = {
		&port_cups, &port_file, &port_tcp, &port_device,
	};
	int				r;

	s->port = NULL;
	if ((r = driver_find(s->printer.driver, s->printer.model,
	    s->printer.columns, s->printer.charset, &s->setup)) != 0) {
		(void)str_copy(s->fault, sizeof(s->fault), err_text(r));
		return;
	}
	for (size_t i = 0; i < NELEM(ports); i++) {
		if (str_starts(s->printer.connection, ports[i]->prefix)) {
			s->port = ports[i];
		}
	}
	if (s->port == NULL) {
		(void)str_copy(s->fault, sizeof(s->fault),
		    s->printer.connection);
	}
}

/* The row, again after every news: it may have a new driver or place. */
static int
spool_load(struct spool *s, int64_t id, bool *changed)
{
	struct printer	now;
	int		r;

	*changed = false;
	if ((r = printer_get(s->shop, id, &now)) != 0) {
		return r;
	}
	*changed = strcmp(now.connection, s->printer.connection) != 0 ||
	    strcmp(now.driver, s->printer.driver) != 0 ||
	    strcmp(now.model, s->printer.model) != 0 ||
	    strcmp(now.charset, s->printer.charset) != 0 ||
	    now.columns != s->printer.columns ||
	    now.active != s->printer.active;
	s->printer = now;
	if (*changed) {
		s->unsure = true;
		s->slow = s->probed = false;
		s->past = PRINTER_READY;
		spool_choose(s);
	}
	return 0;
}

/*
 * The loop.
 */

/* Trouble at the printer waits, so does a busy shop; trouble with the shop
 * ends the process, and comptoird starts another. */
static int
spool_trouble(struct spool *s, int r)
{
	if (r == ERR_TIMEOUT && s->port != NULL && s->port->keeps_jobs) {
		/* Asking a silent server how it is only waits again. */
		s->retry_at = clock_boot_ms() + RETRY_MS;
		s->look_at = clock_boot_ms() + TROUBLE_MS;
		r = spool_seen(s, PRINTER_MUTE, "");
	} else if (r == ERR_DEVICE || r == ERR_TIMEOUT) {
		s->retry_at = clock_boot_ms() + RETRY_MS;
		r = spool_look(s);
	}
	if (r == ERR_BUSY) {
		log_err(r, "%s", s->printer.name);
		s->retry_at = clock_boot_ms() + RETRY_MS;
		s->look_at = s->retry_at;
		return 0;
	}
	return r;
}

/* What the printer cannot take now stays here, where it can be cancelled and
 * survives anything; only a drawer goes past. */
static int
spool_send_all(struct spool *s)
{
	while (!spool_stop && clock_boot_ms() >= s->retry_at) {
		bool	drawers_only = s->open >= SPOOL_OPEN_MOST ||
		    (s->open > 0 &&
		    printer_state_severity(s->state) >= SEVERE);
		int	r = errand_next(s, drawers_only);

		if (r == ERR_NOT_FOUND) {
			s->unsure = s->unsure && drawers_only;
			return 0;
		}
		if (r != 0) {
			return r;
		}
		if (!s->port->keeps_jobs &&
		    printer_state_severity(s->state) >= SEVERE) {
			s->look_at = 0;		/* it took one: it is well */
		}
	}
	return 0;
}

static int
spool_work(struct spool *s)
{
	bool	was_open = false;
	int	r;

	if ((r = errand_expire(s)) != 0) {
		return spool_trouble(s, r);
	}
	if (s->port != NULL && clock_boot_ms() >= s->retry_at) {
		if ((r = errand_ask_all(s)) != 0) {
			return spool_trouble(s, r);
		}
		was_open = s->open > 0;
		if (s->printer.active && (r = spool_send_all(s)) != 0) {
			return spool_trouble(s, r);
		}
	}
	if (was_open || clock_boot_ms() >= s->look_at) {
		return spool_trouble(s, spool_look(s));
	}
	return 0;
}

static struct timespec
spool_sleep(const struct spool *s, const struct watch *w)
{
	int64_t	now = clock_boot_ms(), ms = watch_timeout_ms(w);

	if ((s->open > 0 || s->drawer) && ms > ASK_MS) {
		ms = ASK_MS;
	}
	if (s->retry_at > now && s->retry_at - now < ms) {
		ms = s->retry_at - now;
	}
	if (s->look_at > now && s->look_at - now < ms) {
		ms = s->look_at - now;
	}
	/* What is due and was not done is held up by a busy shop. */
	ms = ms < SLEEP_MS ? SLEEP_MS : ms;
	return (struct timespec){ .tv_sec = (time_t)(ms / 1000),
		.tv_nsec = (long)(ms % 1000) * 1000000 };
}

static int
spool_run(struct spool *s, struct watch *w, const sigset_t *unblocked)
{
	int64_t	id = s->printer.id;
	bool	changed;
	int	r;

	if ((r = spool_trouble(s, spool_look(s))) != 0) {
		return r;
	}
	while (!spool_stop) {
		struct pollfd	p = { .fd = watch_fd(w), .events = POLLIN };
		struct timespec	ts;

		if ((r = spool_work(s)) != 0) {
			return r;
		}
		ts = spool_sleep(s, w);
		if (ppoll(&p, 1, &ts, unblocked) < 0 && errno != EINTR) {
			return err_sys(ERR_SYSTEM, _("cannot wait"));
		}
		if (watch_take(w) == 0) {
			continue;
		}
		if ((r = spool_load(s, id, &changed)) != 0) {
			return r == ERR_NOT_FOUND ? 0 : r;	/* removed */
		}
		if (changed &&
		    (r = spool_trouble(s, spool_look(s))) != 0) {
			return r;
		}
	}
	return spool_seen(s, PRINTER_UNSERVED, "");
}

/* Two spoolers of one printer would print twice; and a session sees by this
 * lock whether the printer is served (printer_status()). */
static int
spool_lock(const char *shop, int64_t id, int *fd)
{
	struct flock	 lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int64_t		 until = clock_boot_ms() + LOCK_MS;
	char		*dir = xasprintf("%s/run", shop);
	char		*path = xasprintf("%s/printer-%lld.lock", dir,
	    (long long)id);
	int		 r = 0;

	(void)mkdir(dir, 0700);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0) {
		r = err_sys(ERR_SYSTEM, _("cannot open %s"), path);
	}
	while (r == 0 && !spool_stop &&
	    fcntl(*fd, F_OFD_SETLK, &lock) != 0) {
		if (clock_boot_ms() >= until) {
			r = err_set(ERR_BUSY, _("printer %lld has its spooler "
			    "already"), (long long)id);
		}
		(void)poll(NULL, 0, 50);
	}
	free(path);
	free(dir);
	return r;
}

static void
spool_signals(sigset_t *unblocked)
{
	struct sigaction	sa = { .sa_handler = spool_signal };
	sigset_t		ends;

	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &ends, unblocked);
	(void)sigdelset(unblocked, SIGTERM);
	(void)sigdelset(unblocked, SIGINT);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

int
spool_main(const char *shop, int64_t id)
{
	struct spool	 s = { .line = -1 };
	struct watch	*w = NULL;
	sigset_t	 unblocked;
	bool		 changed;
	int		 fd = -1, r;

	spool_signals(&unblocked);
	/* A name server that is away holds nobody up for long. */
	(void)setenv("RES_OPTIONS", "timeout:1 attempts:1", 0);
	if ((r = spool_lock(shop, id, &fd)) == 0 &&
	    (r = shop_open(shop, DB_WRITE, &s.shop)) == 0 &&
	    (r = watch_open(s.shop->db, &w)) == 0 &&
	    (r = watch_topics(w, 1u << TOPIC_PRINTER |
	    1u << TOPIC_PRINT)) == 0 &&
	    (r = spool_load(&s, id, &changed)) == 0) {
		r = spool_run(&s, w, &unblocked);
	}
	if (r != 0) {
		log_err(r, "printer %lld", (long long)id);
	}
	watch_close(w);
	shop_close(s.shop);
	if (fd >= 0) {
		(void)close(fd);
	}
	return err_status(r);
}
