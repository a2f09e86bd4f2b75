/* SPDX-License-Identifier: ISC */
/* The spooler's loop: next job, ask after open ones, watch, sleep. */
#include "spool/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/watch.h"
#include "sql/print.h"

#define SPOOL_OPEN_MOST	4		/* at the print system at once */
#define ASK_MS		1000		/* while jobs are open there */
#define ASK_SOON_MS	100		/* just after one was sent */
#define LOOK_MS		15000		/* while nothing happens */
#define RETRY_MS	3000		/* while it is in trouble */
#define SEVERE		3		/* no paper can come out */

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

static int
spool_begin(struct spool *s, const char *verb)
{
	return db_begin(s->shop->db, verb);
}

static int
spool_commit(struct spool *s, int r, bool tell)
{
	if (r != 0) {
		db_rollback(s->shop->db);
		return r;
	}
	if (tell) {
		db_topic(s->shop->db, "printer");
	}
	return db_commit(s->shop->db);
}

/* --- the printer -------------------------------------------------------------- */

static int
spool_seen(struct spool *s, enum printer_state state, const char *detail)
{
	int64_t	changed = 0;
	int	r;

	s->state = state;
	if (s->known && state == s->printer.state &&
	    strcmp(detail, s->printer.detail) == 0) {
		return 0;
	}
	if ((r = spool_begin(s, "printer state")) != 0) {
		return r;
	}
	r = q_printer_seen(s->shop->db, s->printer.id,
	    printer_state_word(state), detail, shop_now(), &changed);
	if ((r = spool_commit(s, r, changed > 0)) != 0) {
		return r;
	}
	s->known = true;
	s->printer.state = state;
	(void)str_copy(s->printer.detail, sizeof(s->printer.detail), detail);
	return 0;
}

static int
spool_look(struct spool *s)
{
	enum printer_state	state = PRINTER_READY;
	char			detail[SPOOL_NOTE] = "";

	if (!s->printer.active) {
		state = PRINTER_DISABLED;
	} else {
		s->port->look(s, &state, detail);
	}
	s->look_at = clock_boot_ms() + (printer_state_severity(state) > 0 ?
	    RETRY_MS : LOOK_MS);
	return spool_seen(s, state, detail);
}

/* The row, again after every news: it may have a new driver or place. */
static int
spool_load(struct spool *s, int64_t id)
{
	static const struct port *const	ports[] = { &port_cups, &port_file,
		&port_tcp, &port_device };
	struct printer			now;
	int				r;

	if ((r = printer_get(s->shop, id, &now)) != 0) {
		return r;
	}
	s->printer = now;
	s->port = NULL;
	for (size_t i = 0; i < NELEM(ports); i++) {
		if (str_starts(now.connection, ports[i]->prefix)) {
			s->port = ports[i];
		}
	}
	if (s->port == NULL) {
		return err_set(ERR_CONFIG, _("printer %s has no place: %s"),
		    now.name, now.connection);
	}
	return driver_find(now.driver, now.model, now.columns, now.charset,
	    &s->setup);
}

/* --- a job's way --------------------------------------------------------------- */

static void
errand_name(struct errand *e, const char *key)
{
	(void)str_fmt(e->name, sizeof(e->name), "comptoir-%lld-%s",
	    (long long)e->id, key);
}

static int
print_kind_of(const char *word, enum print_kind *out)
{
	for (enum print_kind k = 0; k < PRINT_KIND_COUNT; k++) {
		if (strcmp(print_kind_word(k), word) == 0) {
			*out = k;
			return 0;
		}
	}
	return err_set(ERR_BUG, _("a print job of kind %s"), word);
}

static int
spool_end(struct spool *s, int64_t id, const char *key,
    enum print_state state, const char *note)
{
	int64_t	changed = 0;
	bool	bad = state == PRINT_STATE_FAILED ||
		    state == PRINT_STATE_UNSURE;
	int	r = spool_begin(s, "print end");

	if (r != 0) {
		return r;
	}
	if (bad) {
		log_warn("%s: job %lld %s: %s", s->printer.name,
		    (long long)id, print_state_word(state), note);
	}
	r = q_spool_end(s->shop->db, id, key, print_state_word(state), note,
	    shop_now(), &changed);
	return spool_commit(s, r, bad);
}

static int
spool_again(struct spool *s, int64_t id, const char *key)
{
	int64_t	changed = 0;
	int	r = spool_begin(s, "print again");

	if (r != 0) {
		return r;
	}
	r = q_spool_again(s->shop->db, id, key, shop_now(), &changed);
	return spool_commit(s, r, false);
}

/* The bytes for this printer.  Where data may have left before, the paper
 * says so. */
static int
spool_render(struct spool *s, const char *stored, bool again,
    struct buf *out)
{
	struct slip	mark = { 0 };
	int		r = 0;

	if (again) {
		slip_text(&mark, SLIP_CENTRE, SLIP_BOLD | SLIP_WIDE,
		    "DUPLICATA");
		r = driver_render(&s->setup, slip_stored(&mark), out);
	}
	slip_done(&mark);
	return r != 0 ? r : driver_render(&s->setup, stored, out);
}

/* A row's texts live until its query runs again; this is the own copy. */
struct spool_row {
	int64_t	 id, attempts, dies_at;
	bool	 dies;
	char	*key, *ref, *slip;
	enum print_kind kind;
};

static void
spool_row_done(struct spool_row *row)
{
	free(row->key);
	free(row->ref);
	free(row->slip);
}

static int
spool_next(struct spool *s, bool drawers_only, struct spool_row *out)
{
	struct q_spool_next	row;
	int			r;

	*out = (struct spool_row){ 0 };
	if ((r = q_spool_next(s->shop->db, s->printer.id, drawers_only,
	    &row)) != 0) {
		return r;
	}
	*out = (struct spool_row){ .id = row.id, .attempts = row.attempts,
		.dies = !row.dies_at_null, .dies_at = row.dies_at,
		.key = xstrdup(row.key), .ref = xstrdup(row.ref),
		.slip = xstrdup(row.slip) };
	return print_kind_of(row.kind, &out->kind);
}

/* Reserve, write the number down, send, say how it went. */
static int
spool_send(struct spool *s, const struct spool_row *row)
{
	struct errand	e = { .id = row->id, .kind = row->kind,
			    .ref = row->ref };
	struct buf	data = { 0 };
	int64_t		taken = 0;
	bool		left = false;
	int		r;

	errand_name(&e, row->key);
	r = spool_render(s, row->slip, row->attempts > 0 &&
	    row->kind != PRINT_DRAWER, &data);
	if (r != 0) {
		buf_done(&data);
		return spool_end(s, row->id, row->key, PRINT_STATE_FAILED,
		    err_text(r));
	}
	if (s->port->reserve != NULL && (r = s->port->reserve(s, &e)) != 0) {
		goto out;
	}
	if ((r = spool_begin(s, "print send")) == 0) {
		r = q_spool_begin(s->shop->db, e.id, row->key,
		    e.device_job == 0 ? NULL : &e.device_job, shop_now(),
		    &taken);
		r = spool_commit(s, r, false);
	}
	if (r != 0 || taken == 0) {		/* cancelled meanwhile */
		if (s->port->cancel != NULL) {
			s->port->cancel(s, &e);
		}
		goto out;
	}
	r = s->port->send(s, &e, data.data, data.len, &left);
	if (r == 0) {
		r = spool_end(s, e.id, row->key, s->port->keeps_jobs ?
		    PRINT_STATE_SENT : PRINT_STATE_PRINTED, "");
	} else if (!left) {
		int	code = r;

		if (s->port->cancel != NULL) {
			s->port->cancel(s, &e);
		}
		r = spool_again(s, e.id, row->key);
		r = r == 0 ? code : r;
	} else if (!s->port->keeps_jobs) {
		r = spool_end(s, e.id, row->key, PRINT_STATE_UNSURE,
		    err_text(r));
	}
out:
	buf_done(&data);
	return r;
}

/* Drawers that nobody waits for any more are given up before sending. */
static int
spool_one(struct spool *s, const struct spool_row *row)
{
	if (row->dies && shop_now() > row->dies_at) {
		return spool_end(s, row->id, row->key, PRINT_STATE_FAILED,
		    _("the drawer was not opened in time"));
	}
	return spool_send(s, row);
}

/* --- asking after them ----------------------------------------------------------- */

static int
spool_settle(struct spool *s, const struct q_spool_open *row,
    const struct errand *e, enum fate fate, const char *note)
{
	switch (fate) {
	case FATE_DONE:
		return spool_end(s, row->id, row->key, PRINT_STATE_PRINTED,
		    "");
	case FATE_CANCELLED:
		return spool_end(s, row->id, row->key, row->dies_at_null ||
		    row->recalled ? PRINT_STATE_CANCELLED :
		    PRINT_STATE_FAILED, row->dies_at_null || row->recalled ?
		    note : _("the drawer was not opened in time"));
	case FATE_FAILED:
		return spool_end(s, row->id, row->key, PRINT_STATE_FAILED,
		    note);
	case FATE_EMPTY:
		/* Reserved, no data: the row goes back to the queue. */
		s->port->cancel(s, e);
		return row->recalled ? spool_end(s, row->id, row->key,
		    PRINT_STATE_CANCELLED, "") :
		    spool_again(s, row->id, row->key);
	case FATE_GONE:
		return spool_end(s, row->id, row->key, PRINT_STATE_UNSURE,
		    _("the print system forgot it; look at the paper"));
	case FATE_OPEN:
		break;
	}
	if (row->recalled || (!row->dies_at_null &&
	    shop_now() > row->dies_at)) {
		s->port->cancel(s, e);
	} else if (strcmp(row->state, "sending") == 0) {
		return spool_end(s, row->id, row->key, PRINT_STATE_SENT, "");
	}
	return 0;
}

/* A port that keeps no jobs: a spooler died between two bytes. */
static int
spool_left_over(struct spool *s, const struct q_spool_open *row)
{
	if (s->port == &port_file) {
		return spool_again(s, row->id, row->key);
	}
	return spool_end(s, row->id, row->key, PRINT_STATE_UNSURE,
	    _("the spooler was stopped while sending; look at the paper"));
}

/* *open is how many are still there. */
static int
spool_ask(struct spool *s, size_t *open)
{
	struct q_spool_open	*rows;
	size_t			 n;
	int			 r;

	*open = 0;
	if ((r = q_spool_open(s->shop->db, s->printer.id, &rows, &n)) != 0) {
		return r;
	}
	*open = n;
	for (size_t i = 0; i < n && r == 0; i++) {
		struct errand	e = { .id = rows[i].id,
				    .device_job = rows[i].device_job };
		enum fate	fate;
		char		note[SPOOL_NOTE] = "";

		errand_name(&e, rows[i].key);
		if (!s->port->keeps_jobs) {
			r = spool_left_over(s, &rows[i]);
		} else if ((r = s->port->ask(s, &e, &fate, note)) == 0) {
			r = spool_settle(s, &rows[i], &e, fate, note);
		}
	}
	free(rows);
	return r;
}

/* At the start: jobs the print system made for rows still queued here. */
static int
spool_sweep(struct spool *s)
{
	struct q_spool_keys	*rows;
	const char		**keys;
	size_t			 n;
	int			 r;

	if (s->port->sweep == NULL) {
		return 0;
	}
	if ((r = q_spool_keys(s->shop->db, s->printer.id, &rows, &n)) != 0) {
		return r;
	}
	keys = xcalloc(n, sizeof(*keys));
	for (size_t i = 0; i < n; i++) {
		keys[i] = rows[i].key;
	}
	s->port->sweep(s, keys, n);
	free(keys);
	free(rows);
	return 0;
}

/* --- the loop ---------------------------------------------------------------------- */

/* Trouble at the printer waits; trouble with the shop ends the process, and
 * comptoird starts another. */
static int
spool_trouble(struct spool *s, int r)
{
	if (r == ERR_DEVICE || r == ERR_TIMEOUT) {
		s->retry_at = clock_boot_ms() + RETRY_MS;
		return spool_look(s);
	}
	if (r == ERR_BUSY) {
		log_err(r, "%s", s->printer.name);
		s->retry_at = clock_boot_ms() + RETRY_MS;
		return 0;
	}
	return r;
}

static int
spool_work(struct spool *s, size_t *open, bool *sent)
{
	struct spool_row	row;
	int			r;

	*sent = false;
	if ((r = spool_ask(s, open)) != 0) {
		return spool_trouble(s, r);
	}
	while (!spool_stop && s->printer.active &&
	    clock_boot_ms() >= s->retry_at) {
		bool	drawers_only = *open >= SPOOL_OPEN_MOST ||
			    (s->port->keeps_jobs && *open > 0 &&
			    printer_state_severity(s->state) >= SEVERE);

		r = spool_next(s, drawers_only, &row);
		if (r == ERR_NOT_FOUND) {
			return 0;
		}
		if (r == 0) {
			r = spool_one(s, &row);
		}
		spool_row_done(&row);
		if (r != 0) {
			return spool_trouble(s, r);
		}
		*sent = true;
		*open += s->port->keeps_jobs;
	}
	return 0;
}

static int
spool_sleep_ms(const struct spool *s, const struct watch *w, size_t open,
    bool sent)
{
	int64_t	now = clock_boot_ms(), ms = watch_timeout_ms(w);

	if (open > 0) {
		ms = sent ? ASK_SOON_MS : ASK_MS;
	}
	if (s->retry_at > now && s->retry_at - now < ms) {
		ms = s->retry_at - now;
	}
	if (s->port->keeps_jobs && s->look_at - now < ms) {
		ms = s->look_at - now;
	}
	return ms < 1 ? 1 : (int)ms;
}

static int
spool_run(struct spool *s, struct watch *w)
{
	int64_t	id = s->printer.id;
	size_t	open = 0;
	bool	sent = false;
	int	r;

	if ((r = spool_look(s)) != 0 || (r = spool_sweep(s)) != 0) {
		return r;
	}
	while (!spool_stop) {
		struct pollfd	p = { .fd = watch_fd(w), .events = POLLIN };

		if ((r = spool_work(s, &open, &sent)) != 0) {
			return r;
		}
		if (open > 0 || clock_boot_ms() >= s->look_at) {
			if ((r = spool_look(s)) != 0) {
				return r;
			}
		}
		if (poll(&p, 1, spool_sleep_ms(s, w, open, sent)) < 0 &&
		    errno != EINTR) {
			return err_sys(ERR_SYSTEM, _("cannot wait"));
		}
		if (watch_take(w) != 0) {
			bool	known = s->known;

			if ((r = spool_load(s, id)) != 0) {
				return r == ERR_NOT_FOUND ? 0 : r;
			}
			s->known = known;
			if (!s->printer.active && (r = spool_look(s)) != 0) {
				return r;
			}
		}
	}
	return spool_seen(s, PRINTER_UNSERVED, "");
}

/* Two spoolers of one printer would print twice; and a session sees by this
 * lock whether the printer is served (printer_status()). */
static int
spool_lock(const char *shop, int64_t id, int *fd)
{
	struct flock	lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char		*path = xasprintf("%s/run/printer-%lld.lock", shop,
			    (long long)id);
	int		 r = 0;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0) {
		r = err_sys(ERR_SYSTEM, _("cannot open %s"), path);
	} else if (fcntl(*fd, F_OFD_SETLK, &lock) != 0) {
		r = err_set(ERR_BUSY, _("printer %lld has its spooler "
		    "already"), (long long)id);
	}
	free(path);
	return r;
}

int
spool_main(const char *shop, int64_t id)
{
	struct sigaction	sa = { .sa_handler = spool_signal };
	struct spool		s = { 0 };
	struct watch		*w = NULL;
	int			 fd = -1, r;

	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	if ((r = spool_lock(shop, id, &fd)) == 0 &&
	    (r = shop_open(shop, DB_WRITE, &s.shop)) == 0 &&
	    (r = spool_load(&s, id)) == 0 &&
	    (r = watch_open(s.shop->db, &w)) == 0 &&
	    (r = watch_topics(w, 1u << TOPIC_PRINTER |
	    1u << TOPIC_PRINT)) == 0) {
		r = spool_run(&s, w);
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
