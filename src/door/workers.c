/* SPDX-License-Identifier: ISC */
/* First come, first served; a worker has one question at a time. */
#include "door/workers.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "door/service.h"

#define WORKERS_MAX	16
#define RETRY_MS	1000	/* after a worker could not be started */
#define PATIENCE_MS	20000	/* a worker silent for so long is stuck */

struct question {
	struct question	 *next;
	struct workers	 *workers;
	char		 *text;		/* kept for a second try */
	size_t		  len;
	int		  tries;
	void		(*answer)(void *ctx, struct mon *grant);
	void		 *ctx;
	bool		  dropped;	/* nobody waits for it any more */
};

struct worker {
	struct workers	*workers;
	struct child	 child;
	struct source	 source;
	struct timer	 patience;
	struct question	*busy;
};

struct workers {
	struct loop	 *loop;
	int		(*start)(void *ctx, pid_t *pid, int *fd);
	void		 *ctx;
	struct worker	  worker[WORKERS_MAX];
	size_t		  n;
	struct question	 *first, **last;
	struct timer	  again;
	struct mon	  in;
	bool		  stopped;
	int		  failed;	/* how the last one failed to start */
};

static void	workers_next(struct workers *workers);

static void
question_free(struct question *q)
{
	explicit_bzero(q->text, q->len);
	free(q->text);
	free(q);
}

/* Give the answer, if somebody still waits, and forget the question. */
static void
question_end(struct question *q, struct mon *grant)
{
	if (!q->dropped) {
		q->answer(q->ctx, grant);
	}
	question_free(q);
}

/* Its end of the pair is closed; a worker leaves when it sees that. */
static void
worker_close(struct worker *w)
{
	struct question	*q = w->busy;

	w->busy = NULL;
	loop_cancel(w->workers->loop, &w->patience);
	if (w->source.fd >= 0) {
		loop_unwatch(w->workers->loop, &w->source);
		(void)close(w->source.fd);
		w->source.fd = -1;
	}
	if (q == NULL) {
		return;
	}
	if (q->dropped || ++q->tries >= 2 || w->workers->stopped) {
		question_end(q, NULL);
		return;
	}
	/* It was this worker's bad day, not the question's: first again. */
	q->next = w->workers->first;
	w->workers->first = q;
	if (q->next == NULL) {
		w->workers->last = &q->next;
	}
}

static void
worker_ended(void *ctx, int status)
{
	struct worker	*w = ctx;

	if (status != 0 && !w->workers->stopped) {
		log_warn("comptoir worker auth %s", service_status(status));
	}
	worker_close(w);
	workers_next(w->workers);
}

static void
worker_stuck(void *ctx)
{
	struct worker	*w = ctx;

	log_warn("comptoir worker auth[%d] does not answer", w->child.pid);
	(void)kill(w->child.pid, SIGKILL);
}

/* Words for the log; a worker that failed leaves after them. */
static void
worker_said(struct workers *workers)
{
	struct mon	*in = &workers->in;
	uint32_t	 level = mon_get_u32(in);
	char		 text[MON_WORDS_MAX];

	mon_get_text(in, text, sizeof(text));
	if (mon_end(in) == 0) {
		if (in->type == MON_FAILED && level < ERR_COUNT_) {
			workers->failed = -(int)level;
		}
		log_write(in->type == MON_LOG && level <= LOG_LEVEL_DEBUG ?
		    (enum log_level)level : LOG_LEVEL_ERROR,
		    "worker auth: %s", text);
	}
	mon_done(in);
}

static void
worker_ready(void *ctx, unsigned events)
{
	struct worker	*w = ctx;
	struct workers	*workers = w->workers;
	struct question	*q = w->busy;
	int		 r = mon_recv(w->source.fd, &workers->in, false);

	(void)events;
	if (r == ERR_BUSY) {
		return;
	}
	if (r == 0 && (workers->in.type == MON_LOG ||
	    workers->in.type == MON_FAILED)) {
		worker_said(workers);
		return;
	}
	if (r != 0 || workers->in.type != MON_GRANT || q == NULL) {
		worker_close(w);
	} else {
		w->busy = NULL;
		workers->failed = 0;
		loop_cancel(workers->loop, &w->patience);
		question_end(q, &workers->in);
	}
	mon_done(&workers->in);
	workers_next(workers);
}

static bool
worker_start(struct worker *w)
{
	pid_t	pid;
	int	fd, r;

	if ((r = w->workers->start(w->workers->ctx, &pid, &fd)) != 0) {
		log_err(r, "comptoir worker auth");
		return false;
	}
	w->child.pid = pid;
	w->child.ended = worker_ended;
	w->child.ctx = w;
	loop_child(w->workers->loop, &w->child);
	w->source = (struct source){ .fd = fd, .ready = worker_ready,
	    .ctx = w };
	w->patience.fired = worker_stuck;
	w->patience.ctx = w;
	if (loop_watch(w->workers->loop, &w->source) != 0) {
		worker_close(w);
		return false;
	}
	return true;
}

/* One that is free; else a place where one could be started. */
static struct worker *
workers_free_one(struct workers *workers, bool *started)
{
	struct worker	*place = NULL;

	for (size_t i = 0; i < workers->n; i++) {
		struct worker	*w = &workers->worker[i];

		if (w->source.fd >= 0 && w->busy == NULL) {
			*started = true;
			return w;
		}
		if (w->child.pid == 0 && place == NULL) {
			place = w;
		}
	}
	*started = false;
	return place;
}

static void
workers_next(struct workers *workers)
{
	struct question	*q;

	while (!workers->stopped && (q = workers->first) != NULL) {
		struct buf	 message = { 0 };
		bool		 started;
		struct worker	*w;

		if (q->dropped) {
			workers->first = q->next;
			question_free(q);
			continue;
		}
		w = workers_free_one(workers, &started);
		if (w == NULL) {
			break;
		}
		if (!started && !worker_start(w)) {
			loop_after(workers->loop, &workers->again, RETRY_MS);
			break;
		}
		workers->first = q->next;
		w->busy = q;
		loop_after(workers->loop, &w->patience, PATIENCE_MS);
		buf_add(&message, q->text, q->len);
		if (mon_send(w->source.fd, &message, NULL, 0) != 0) {
			worker_close(w);	/* puts q back in front */
		}
	}
	if (workers->first == NULL) {
		workers->last = &workers->first;
	}
}

int
workers_failed(const struct workers *workers)
{
	return workers->failed;
}

static void
workers_again(void *ctx)
{
	workers_next(ctx);
}

struct workers *
workers_new(struct loop *loop, int (*start)(void *ctx, pid_t *pid, int *fd),
    void *ctx)
{
	struct workers	*workers = xcalloc(1, sizeof(*workers));
	long		 cores = sysconf(_SC_NPROCESSORS_ONLN);

	workers->loop = loop;
	workers->start = start;
	workers->ctx = ctx;
	workers->n = cores < 1 ? 1 :
	    cores > WORKERS_MAX ? WORKERS_MAX : (size_t)cores;
	workers->last = &workers->first;
	workers->again.fired = workers_again;
	workers->again.ctx = workers;
	for (size_t i = 0; i < workers->n; i++) {
		workers->worker[i].workers = workers;
		workers->worker[i].source.fd = -1;
	}
	return workers;
}

void
workers_free(struct workers *workers)
{
	if (workers == NULL) {
		return;
	}
	workers_stop(workers);
	for (size_t i = 0; i < workers->n; i++) {
		if (workers->worker[i].child.pid != 0) {
			loop_forget(workers->loop,
			    &workers->worker[i].child);
		}
	}
	free(workers);
}

struct question *
workers_ask(struct workers *workers, struct buf *message,
    void (*answer)(void *ctx, struct mon *grant), void *ctx)
{
	struct question	*q = xcalloc(1, sizeof(*q));

	q->workers = workers;
	q->len = message->len;
	q->text = buf_take(message);
	q->answer = answer;
	q->ctx = ctx;
	*workers->last = q;
	workers->last = &q->next;
	/* From the loop, so that no answer comes before the return. */
	loop_after(workers->loop, &workers->again, 0);
	return q;
}

void
workers_cancel(struct question *question)
{
	if (question != NULL) {
		question->dropped = true;
	}
}

void
workers_warm(struct workers *workers)
{
	bool		 started;
	struct worker	*w;

	if (workers->stopped) {
		return;
	}
	for (size_t i = 0; i < workers->n; i++) {
		if (workers->worker[i].source.fd >= 0) {
			return;
		}
	}
	w = workers_free_one(workers, &started);
	if (w != NULL && !started) {
		(void)worker_start(w);
	}
}

void
workers_stop(struct workers *workers)
{
	workers->stopped = true;
	loop_cancel(workers->loop, &workers->again);
	for (size_t i = 0; i < workers->n; i++) {
		worker_close(&workers->worker[i]);
	}
	while (workers->first != NULL) {
		struct question	*q = workers->first;

		workers->first = q->next;
		question_end(q, NULL);
	}
	workers->last = &workers->first;
}

void
workers_kill(struct workers *workers, int sig)
{
	for (size_t i = 0; i < workers->n; i++) {
		if (workers->worker[i].child.pid != 0) {
			(void)kill(workers->worker[i].child.pid, sig);
		}
	}
}
