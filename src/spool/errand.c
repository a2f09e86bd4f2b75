/* SPDX-License-Identifier: ISC */
/* A job's way out: reserved by name, its number written down, sent, asked
 * after.  Whoever dies at whatever moment, the next one can tell where it
 * stands, or says that nobody can. */
#include "spool/spool.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/words.h"
#include "shop/kitchen.h"
#include "sql/print.h"

#define EMPTY_MS	1000		/* its data may still be on the way */
#define SLOW_MS		20000		/* a job printing so long is stuck */
#define LATE_MS		2000		/* a pulse asked after this late */
#define DEAD_WALL_MS	60000		/* older than any pulse can be */

/* Stored in English, said in the reader's language. */
#define NOTE_LATE	N_("given up after 5 s")
#define NOTE_LATE_OPEN	N_("given up after 5 s; it may open late")
#define NOTE_LATE_DONE	N_("it may have opened late")
#define NOTE_LOST	N_("the print system lost it; look at the paper")
#define NOTE_DIED	N_("stopped while sending; look at the paper")
#define NOTE_BROKE	N_("the printer broke off; look at the paper")

static void
errand_name(struct errand *e, const char *key)
{
	(void)str_fmt(e->name, sizeof(e->name), "comptoir-%lld-%s",
	    (long long)e->id, key);
}

static enum print_kind
errand_kind(const char *word)
{
	enum print_kind	k = PRINT_RECEIPT;

	while (k + 1 < PRINT_KIND_COUNT &&
	    strcmp(print_kind_word(k), word) != 0) {
		k++;
	}
	return k;
}

/* A row's texts live until its query runs again; this is the own copy. */
struct errand_row {
	struct errand	 e;
	int64_t		 attempts, dies_at, made_at;
	bool		 dies;
	char		*key, *ref, *slip;
};

static void
errand_row_done(struct errand_row *row)
{
	free(row->key);
	free(row->ref);
	free(row->slip);
}

static int
errand_read(struct spool *s, bool drawers_only, struct errand_row *out)
{
	struct q_spool_next	row;
	int			r;

	*out = (struct errand_row){ 0 };
	if ((r = q_spool_next(s->shop->db, s->printer.id, drawers_only,
	    &row)) != 0) {
		return r;
	}
	*out = (struct errand_row){
		.e = { .id = row.id, .kind = errand_kind(row.kind) },
		.attempts = row.attempts, .made_at = row.made_at,
		.dies = !row.dies_at_null, .dies_at = row.dies_at,
		.key = xstrdup(row.key), .ref = xstrdup(row.ref),
		.slip = xstrdup(row.slip),
	};
	out->e.ref = out->ref;
	errand_name(&out->e, out->key);
	return 0;
}

/* The boot clock decides; after a reboot it began anew, and whatever was
 * queued before is older than any clock says. */
static bool
errand_dead(int64_t dies_at, int64_t made_at, int64_t slack)
{
	int64_t	left = dies_at - clock_boot_ms();

	return left < -slack || left > PRINT_DRAWER_MS ||
	    shop_now() - made_at > DEAD_WALL_MS;
}

/*
 * What a row is told.
 */
static int
errand_commit(struct spool *s, int r, bool tell)
{
	if (r != 0) {
		db_rollback(s->shop->db);
		return r;
	}
	db_topic(s->shop->db, "print");
	if (tell) {
		db_topic(s->shop->db, "printer");	/* the status bars */
	}
	return db_commit(s->shop->db);
}

static int
errand_end(struct spool *s, int64_t id, const char *key,
    enum print_state state, const char *note)
{
	bool	bad = state == PRINT_STATE_FAILED ||
	    state == PRINT_STATE_UNSURE;
	int64_t	changes = 0;
	int	r;

	if (bad) {
		log_warn("%s: job %lld %s: %s", s->printer.name,
		    (long long)id, print_state_word(state), note);
	}
	if ((r = db_begin(s->shop->db, "print end")) != 0) {
		return r;
	}
	/* What a kitchen may not have is sent again, marked. */
	r = !bad ? 0 : q_spool_once_more(s->shop->db, id, key, shop_now(),
	    &changes);
	if (r == 0 && changes == 0) {
		r = q_spool_end(s->shop->db, id, key,
		    print_state_word(state), note, shop_now(), &changes);
	} else {
		bad = false;
	}
	return errand_commit(s, r, bad);
}

/* No data left: as if nothing had been tried, under another name. */
static int
errand_again(struct spool *s, int64_t id, const char *key)
{
	int64_t	changes;
	int	r;

	if ((r = db_begin(s->shop->db, "print again")) != 0) {
		return r;
	}
	r = q_spool_again(s->shop->db, id, key, shop_now(), &changes);
	return errand_commit(s, r, false);
}

/* *taken is false when somebody cancelled it meanwhile. */
static int
errand_begin(struct spool *s, const struct errand_row *row, bool *taken)
{
	const int64_t	*number = row->e.device_job == 0 ? NULL :
	    &row->e.device_job;
	int64_t		 changes = 0;
	int		 r;

	*taken = false;
	if ((r = db_begin(s->shop->db, "print send")) != 0) {
		return r;
	}
	r = q_spool_begin(s->shop->db, row->e.id, row->key, number,
	    shop_now(), &changes);
	if ((r = errand_commit(s, r, false)) == 0) {
		*taken = changes > 0;
	}
	return r;
}

/*
 * Sending.
 */

/* The bytes for this printer.  Where data may have left before, the paper
 * says so. */
static int
errand_render(struct spool *s, const struct errand_row *row, struct buf *out)
{
	struct slip	 marked = { 0 };
	const char	*rest = strchr(row->slip, '\n');
	int		 r;

	if (row->attempts == 0 || rest == NULL ||
	    row->e.kind == PRINT_DRAWER || row->e.kind == PRINT_DUPLICATE ||
	    row->e.kind == PRINT_LABEL) {	/* which is no document */
		return driver_render(&s->setup, row->slip, out);
	}
	slip_text(&marked, SLIP_CENTRE, SLIP_BOLD | SLIP_WIDE, "DUPLICATA");
	buf_str(&marked.text, rest + 1);
	r = driver_render(&s->setup, slip_stored(&marked), out);
	slip_done(&marked);
	return r;
}

/* Its job on the other side, made now or by somebody who died or was left
 * without an answer.  *there: it has the data already. */
static int
errand_reserve(struct spool *s, struct errand_row *row, bool *there)
{
	enum fate	fate = FATE_GONE;
	int		r;

	*there = false;
	if (s->port->reserve == NULL) {
		return 0;
	}
	if (s->unsure && s->port->keeps_jobs &&
	    (r = s->port->find(s, &row->e, &fate)) != 0) {
		return r;
	}
	if (fate != FATE_GONE) {
		*there = fate != FATE_EMPTY;
		return 0;
	}
	r = s->port->reserve(s, &row->e);
	s->unsure = s->unsure || r != 0;
	return r;
}

static int
errand_sent(struct spool *s, const struct errand_row *row, int r, bool left)
{
	int	code = r;

	if (r == 0) {
		s->open += s->port->keeps_jobs;
		return errand_end(s, row->e.id, row->key,
		    s->port->keeps_jobs ? PRINT_STATE_SENT :
		    PRINT_STATE_PRINTED, "");
	}
	log_warn("%s: job %lld: %s", s->printer.name, (long long)row->e.id,
	    err_text(r));
	if (!left) {
		/* An empty job left behind prints nothing. */
		if (s->port->cancel != NULL && r != ERR_TIMEOUT) {
			(void)s->port->cancel(s, &row->e);
		}
		r = errand_again(s, row->e.id, row->key);
	} else if (!s->port->keeps_jobs) {
		r = errand_end(s, row->e.id, row->key, PRINT_STATE_UNSURE,
		    NOTE_BROKE);
	} else {
		r = 0;			/* it will be asked after */
	}
	return r != 0 ? r : code;
}

static int
errand_send(struct spool *s, struct errand_row *row, const struct buf *data)
{
	bool	there, taken, left = false;
	int	r;

	if ((r = errand_reserve(s, row, &there)) != 0) {
		return r;
	}
	if ((r = errand_begin(s, row, &taken)) != 0) {
		s->unsure = true;	/* its job is there, under its name */
		return r;
	}
	if (!taken) {
		if (s->port->cancel != NULL) {
			(void)s->port->cancel(s, &row->e);
		}
		return 0;
	}
	if (there) {
		s->open++;
		return 0;
	}
	r = s->port->send(s, &row->e, data->data, data->len, &left);
	return errand_sent(s, row, r, left);
}

int
errand_next(struct spool *s, bool drawers_only)
{
	struct errand_row	row;
	struct buf		data = { 0 };
	int			r;

	if ((r = errand_read(s, drawers_only, &row)) != 0) {
		return r;
	}
	if (row.dies && errand_dead(row.dies_at, row.made_at, 0)) {
		r = errand_end(s, row.e.id, row.key, PRINT_STATE_FAILED,
		    NOTE_LATE);
	} else if ((r = errand_render(s, &row, &data)) != 0) {
		r = errand_end(s, row.e.id, row.key, PRINT_STATE_FAILED,
		    err_text(r));
	} else {
		r = errand_send(s, &row, &data);
	}
	buf_done(&data);
	errand_row_done(&row);
	return r;
}

int
errand_expire(struct spool *s)
{
	for (;;) {
		struct errand_row	row;
		bool			dead;
		int			r;

		if ((r = errand_read(s, true, &row)) != 0) {
			s->drawer = false;
			return r == ERR_NOT_FOUND ? 0 : r;
		}
		s->drawer = true;
		dead = row.dies && errand_dead(row.dies_at, row.made_at, 0);
		if (dead) {
			r = errand_end(s, row.e.id, row.key,
			    PRINT_STATE_FAILED, NOTE_LATE);
		}
		errand_row_done(&row);
		if (!dead || r != 0) {
			return r;
		}
	}
}

/*
 * Asking.
 */

/* How long the job has been seen without its data; 0 the first time. */
static int64_t
errand_empty_ms(struct spool *s, int64_t id)
{
	int64_t	now = clock_boot_ms();
	size_t	oldest = 0;

	for (size_t i = 0; i < SPOOL_EMPTY; i++) {
		if (s->empty[i].job == id) {
			return now - s->empty[i].at;
		}
		if (s->empty[i].at < s->empty[oldest].at) {
			oldest = i;
		}
	}
	s->empty[oldest].job = id;
	s->empty[oldest].at = now;
	return 0;
}

/* Nothing of it comes out there any more: another printer makes it, with the
 * shop's words for whose it is. */
static int
errand_elsewhere(struct spool *s, const struct q_spool_open *row)
{
	int	r;

	log_info("%s: job %lld goes elsewhere", s->printer.name,
	    (long long)row->id);
	words_language(s->shop->set.language);
	r = kitchen_paper_left(s->shop, s->printer.id, row->id);
	words_language("en");
	return r;
}

/*
 * It was reserved and has no data.  Data sent by somebody who died may still
 * be on its way through the other side: only a job that was seen without it
 * for a while, and was taken back for certain, is queued again.
 */
static int
errand_empty(struct spool *s, const struct q_spool_open *row,
    const struct errand *e)
{
	int	r;

	if (errand_empty_ms(s, row->id) < EMPTY_MS) {
		return 0;
	}
	if ((r = s->port->cancel(s, e)) != 0) {
		return r;
	}
	return row->recalled ? errand_end(s, row->id, row->key,
	    PRINT_STATE_CANCELLED, "") : errand_again(s, row->id, row->key);
}

/*
 * A job that prints for so long is stuck, whatever the print system says: a
 * network printer that is off gives no reason there.  The time it waited behind
 * another, or for paper, does not count.
 */
static void
errand_printing(struct spool *s, int64_t id)
{
	int64_t	now = clock_boot_ms();

	if (s->printing != id || (!s->slow &&
	    printer_state_severity(s->state) >= SEVERE)) {
		s->printing = id;
		s->printing_at = now;
	}
	s->slow = s->slow || now - s->printing_at > SLOW_MS;
}

static int
errand_open(struct spool *s, const struct q_spool_open *row,
    const struct errand *e, enum fate fate)
{
	bool	dead = !row->dies_at_null &&
	    errand_dead(row->dies_at, row->made_at, 0);
	int	r;

	if (row->recalled || row->leaves || dead) {
		if ((r = s->port->cancel(s, e)) != 0) {
			return r;
		}
		if (row->leaves && fate == FATE_ACTIVE) {
			return errand_elsewhere(s, row);
		}
		if (fate == FATE_ACTIVE) {
			return errand_end(s, row->id, row->key,
			    PRINT_STATE_UNSURE, dead ? NOTE_LATE_OPEN :
			    N_("cancelled while printing"));
		}
		return 0;		/* asked once more, then it ends */
	}
	if (fate == FATE_ACTIVE) {
		errand_printing(s, row->id);
	}
	if (strcmp(row->state, "sending") == 0) {
		return errand_end(s, row->id, row->key, PRINT_STATE_SENT, "");
	}
	return 0;
}

static int
errand_settle(struct spool *s, const struct q_spool_open *row,
    const struct errand *e, enum fate fate, const char *note)
{
	if (row->leaves && (fate == FATE_CANCELLED || fate == FATE_FAILED ||
	    fate == FATE_GONE)) {
		return errand_elsewhere(s, row);
	}
	switch (fate) {
	case FATE_OPEN:
	case FATE_ACTIVE:
		return errand_open(s, row, e, fate);
	case FATE_EMPTY:
		return errand_empty(s, row, e);
	case FATE_DONE:
		s->slow = false;
		/* A print system that slept with it wakes too late. */
		return !row->dies_at_null && errand_dead(row->dies_at,
		    row->made_at, LATE_MS) ?
		    errand_end(s, row->id, row->key, PRINT_STATE_UNSURE,
		    NOTE_LATE_DONE) :
		    errand_end(s, row->id, row->key, PRINT_STATE_PRINTED, "");
	case FATE_CANCELLED:
		if (!row->dies_at_null && !row->recalled) {
			return errand_end(s, row->id, row->key,
			    PRINT_STATE_FAILED, NOTE_LATE);
		}
		return errand_end(s, row->id, row->key,
		    PRINT_STATE_CANCELLED, "");
	case FATE_FAILED:
		return errand_end(s, row->id, row->key, PRINT_STATE_FAILED,
		    note);
	case FATE_GONE:
		break;
	}
	return errand_end(s, row->id, row->key, PRINT_STATE_UNSURE,
	    NOTE_LOST);
}

/* Where no jobs are kept, a spooler died between two bytes. */
static int
errand_left_over(struct spool *s, const struct q_spool_open *row)
{
	if (s->port->repeatable) {
		return errand_again(s, row->id, row->key);
	}
	return errand_end(s, row->id, row->key, PRINT_STATE_UNSURE,
	    NOTE_DIED);
}

int
errand_ask_all(struct spool *s)
{
	struct q_spool_open	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_spool_open(s->shop->db, s->printer.id, &rows, &n)) != 0) {
		return r;
	}
	s->open = n;
	for (size_t i = 0; i < n && r == 0; i++) {
		struct errand	e = {
			.id = rows[i].id, .device_job = rows[i].device_job,
			.kind = errand_kind(rows[i].kind),
		};
		enum fate	fate;
		char		note[SPOOL_NOTE] = "";

		errand_name(&e, rows[i].key);
		if (!s->port->keeps_jobs) {
			r = errand_left_over(s, &rows[i]);
		} else if ((r = s->port->ask(s, &e, &fate, note)) == 0) {
			r = errand_settle(s, &rows[i], &e, fate, note);
		}
	}
	free(rows);
	return r;
}
