/* SPDX-License-Identifier: ISC */
/* What happens to a line at its stations. */
#include "shop/kitchen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/kitchen_part.h"
#include "sql/room.h"

static const struct {
	const char	*name, *text;
} state_words[] = {
	[KITCHEN_SENT] = { "sent", N_("sent") },
	[KITCHEN_STARTED] = { "started", N_("started") },
	[KITCHEN_READY] = { "ready", N_("ready") },
	[KITCHEN_SERVED] = { "served", N_("served") },
	[KITCHEN_VOIDED] = { "voided", N_("cancelled") },
};

const char *
kitchen_state_name(enum kitchen_state s)
{
	return state_words[s].name;
}

const char *
kitchen_state_text(enum kitchen_state s)
{
	return _(state_words[s].text);
}

/* ---- one line's history ------------------------------------------------ */

int
kitchen_step(struct shop *shop, const struct step *s)
{
	int64_t	event;
	int	r;

	db_topic(shop->db, "kitchen");
	if ((r = q_kitchen_event_add(shop->db, s->line, s->station,
	    shop_now(), some(&shop->who.user), s->kind, s->qty, NULL,
	    &event)) != 0) {
		return r;
	}
	return q_kitchen_line_set(shop->db, s->line, s->station,
	    kitchen_state_name(s->state), s->told, event,
	    some(&s->ready_at));
}

enum kitchen_state
kitchen_state_of(const char *name)
{
	enum kitchen_state	s = KITCHEN_SENT;

	while (s < KITCHEN_VOIDED && strcmp(state_words[s].name, name) != 0) {
		s++;
	}
	return s;
}

/* ---- sent, fired, taken back ------------------------------------------- */

static int
kitchen_line_new(struct shop *shop, const struct q_kitchen_unsent *line,
    int64_t station, int64_t now)
{
	int64_t	event;
	int	r;

	if ((r = q_kitchen_event_add(shop->db, line->line, station, now,
	    some(&shop->who.user), "sent", line->qty, NULL, &event)) != 0) {
		return r;
	}
	return q_kitchen_line_add(shop->db, line->line, station, line->qty,
	    event, now);
}

int
kitchen_papers(struct shop *shop, const struct serving *v,
    const struct routing *ro, const struct batch *batches,
    enum kitchen_paper what)
{
	int	r = 0;

	for (size_t i = 0; i < ro->nstations && r == 0; i++) {
		if (batches[i].n > 0) {
			r = kitchen_print(shop, v, &ro->stations[i], what,
			    batches[i].line, batches[i].qty, batches[i].n);
		}
	}
	return r;
}

struct batch *
batches_new(const struct routing *ro, size_t most)
{
	struct batch	*b = xcalloc(ro->nstations, sizeof(*b));

	for (size_t i = 0; i < ro->nstations; i++) {
		b[i].line = xcalloc(most + 1, sizeof(*b[i].line));
		b[i].qty = xcalloc(most + 1, sizeof(*b[i].qty));
	}
	return b;
}

void
batches_done(const struct routing *ro, struct batch *b)
{
	for (size_t i = 0; i < ro->nstations; i++) {
		free(b[i].line);
		free(b[i].qty);
	}
	free(b);
}

void
batch_add(const struct routing *ro, struct batch *b, int64_t station,
    int64_t line, int64_t qty)
{
	for (size_t i = 0; i < ro->nstations; i++) {
		if (ro->stations[i].id == station) {
			b[i].qty[b[i].n] = qty;
			b[i].line[b[i].n++] = line;
		}
	}
}

static int
kitchen_route(struct shop *shop, const struct routing *ro,
    const struct q_kitchen_unsent *line, int64_t now, struct batch *batches)
{
	int64_t	to[STATIONS];
	size_t	n;
	int	r = routing_of(shop, ro, line, to, &n);

	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = kitchen_line_new(shop, line, to[i],
		    now)) == 0) {
			batch_add(ro, batches, to[i], line->line, line->qty);
		}
	}
	return r;
}

int
kitchen_sent(struct shop *shop, const struct serving *v)
{
	struct q_kitchen_unsent	*rows;
	struct routing		 ro;
	struct batch		*batches;
	int64_t			 now = shop_now();
	size_t			 n;
	int			 r;

	if (v->training) {
		return 0;		/* nobody eats it */
	}
	if ((r = routing_load(shop, &ro)) != 0) {
		return r == ERR_EMPTY ? 0 : r;
	}
	if ((r = q_kitchen_unsent(shop->db, v->sale, &rows, &n)) != 0) {
		routing_done(&ro);
		return r;
	}
	batches = batches_new(&ro, n);
	for (size_t i = 0; i < n && r == 0; i++) {
		/* One key, one moment: none is an addition to another. */
		r = kitchen_route(shop, &ro, &rows[i], now, batches);
	}
	if (r == 0) {
		r = kitchen_papers(shop, v, &ro, batches, PAPER_SENT);
	}
	db_topic(shop->db, "kitchen");
	batches_done(&ro, batches);
	free(rows);
	routing_done(&ro);
	return r;
}

/* How much less of it is to be made: what is left of a divided line is made
 * in whole pieces. */
static int64_t
kitchen_less(const struct q_kitchen_of_line *row)
{
	int64_t	rest = row->rest;

	if (kitchen_state_of(row->state) >= KITCHEN_SERVED) {
		return 0;
	}
	if (row->qty % QTY_ONE == 0) {
		rest = (rest + QTY_ONE - 1) / QTY_ONE * QTY_ONE;
	}
	return rest <= 0 ? row->qty : rest < row->qty ? row->qty - rest : 0;
}

int
kitchen_line_papers(struct shop *shop, const struct q_kitchen_of_line *rows,
    size_t n, enum kitchen_paper what,
    int64_t (*much)(const struct q_kitchen_of_line *row))
{
	struct q_kitchen_paper	 paper;
	struct routing		 ro;
	struct serving		 v;
	struct batch		*batches;
	int			 r;

	if ((r = q_kitchen_paper(shop->db, rows[0].line, &paper)) != 0 ||
	    (r = serving_get(shop, paper.sale, &v)) != 0) {
		return r;
	}
	if ((r = routing_load(shop, &ro)) != 0) {
		return r == ERR_EMPTY ? 0 : r;
	}
	batches = batches_new(&ro, n);
	for (size_t i = 0; i < n; i++) {
		int64_t	qty = much(&rows[i]);

		if (qty > 0) {
			batch_add(&ro, batches, rows[i].station,
			    rows[i].line, qty);
		}
	}
	r = kitchen_papers(shop, &v, &ro, batches, what);
	batches_done(&ro, batches);
	routing_done(&ro);
	return r;
}

/* Some of it, or all, is not wanted any more. */
static int
kitchen_wanted(struct shop *shop, const struct q_kitchen_of_line *row,
    int64_t less)
{
	bool	all = less == row->qty;
	int	r;

	if (!all && ((r = q_kitchen_line_rest(shop->db, row->line,
	    row->station, row->qty - less)) != 0 ||
	    (r = q_kitchen_sent_rest(shop->db, row->line,
	    row->qty - less)) != 0)) {
		return r;
	}
	return kitchen_step(shop, &(struct step){ .line = row->line,
	    .station = row->station, .kind = all ? "voided" : "changed",
	    .state = all ? KITCHEN_VOIDED : kitchen_state_of(row->state),
	    .told = false, .qty = all ? row->qty : row->qty - less,
	    .ready_at = all || row->ready_at_null ? 0 : row->ready_at });
}

int
kitchen_voided(struct shop *shop, int64_t line)
{
	struct q_kitchen_of_line	*rows;
	size_t				 n;
	bool				 told = false;
	int				 r;

	if ((r = q_kitchen_of_line(shop->db, line, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		int64_t	less = kitchen_less(&rows[i]);

		if (less > 0) {
			r = kitchen_wanted(shop, &rows[i], less);
			told = true;
		}
	}
	if (r == 0 && told) {
		r = kitchen_line_papers(shop, rows, n, PAPER_VOIDED,
		    kitchen_less);
	}
	free(rows);
	return r;
}

int
kitchen_over(struct shop *shop, int64_t sale)
{
	struct q_kitchen_lines	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_kitchen_lines(shop->db, sale, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = kitchen_voided(shop, rows[i].line);
	}
	free(rows);
	return r;
}

/* ---- keys at a display ------------------------------------------------- */

static int
kitchen_begin(struct shop *shop, const char *verb)
{
	int	r = shop_require(shop, RIGHT_KITCHEN);

	return r != 0 ? r : db_begin(shop->db, verb);
}

static int
kitchen_end(struct shop *shop, int r, const char *verb, int64_t sale)
{
	if (r == 0) {
		r = audit_add(shop, verb, "sale", sale, "");
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "kitchen");
	db_topic(shop->db, "table");
	return db_commit(shop->db);
}

/* Is the ticket still what the board showed? */
static int
kitchen_fence(struct shop *shop, int64_t station, int64_t sale, int course,
    int64_t rev)
{
	struct q_kitchen_rev	row;
	int			r;

	if ((r = q_kitchen_rev(shop->db, station, sale, course, &row)) != 0) {
		return r;
	}
	return row.rev == rev ? 0 : err_set(ERR_CHANGED,
	    _("it changed meanwhile; look again"));
}

/* What the act makes of a line; false: nothing. */
static bool
kitchen_next(enum kitchen_act act, const struct q_kitchen_of_sale *row,
    bool seen, struct step *out)
{
	enum kitchen_state	s = kitchen_state_of(row->state);

	*out = (struct step){ .line = row->line, .station = row->station,
	    .state = s, .told = row->told, .qty = row->qty,
	    .ready_at = row->ready_at_null ? 0 : row->ready_at };
	if (seen) {
		out->kind = "seen";
		out->told = true;
		return !row->told;
	}
	if (act == KITCHEN_START && s == KITCHEN_SENT && row->fired) {
		out->kind = "started";
		out->state = KITCHEN_STARTED;
		return true;
	}
	if (act == KITCHEN_BUMP && s <= KITCHEN_STARTED && row->fired) {
		out->kind = "ready";
		out->state = KITCHEN_READY;
		out->ready_at = shop_now();
		return true;
	}
	if (act == KITCHEN_SERVE && s == KITCHEN_READY) {
		out->kind = "served";
		out->state = KITCHEN_SERVED;
		return true;
	}
	return false;
}

static int
kitchen_apply(struct shop *shop, enum kitchen_act act, int64_t station,
    const struct kitchen_ticket *ticket, int64_t line, bool *seen)
{
	struct q_kitchen_of_sale	*rows;
	struct step			 step;
	size_t				 n, did = 0;
	int				 r;

	if ((r = q_kitchen_of_sale(shop->db, ticket->sale, ticket->course,
	    &rows, &n)) != 0) {
		return r;
	}
	*seen = false;
	for (size_t i = 0; i < n; i++) {
		*seen = *seen || (act == KITCHEN_BUMP && !rows[i].told &&
		    rows[i].station == station &&
		    (line == 0 || rows[i].line == line));
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((station == 0 || rows[i].station == station) &&
		    (line == 0 || rows[i].line == line) &&
		    kitchen_next(act, &rows[i], *seen, &step)) {
			r = kitchen_step(shop, &step);
			did++;
		}
	}
	free(rows);
	if (r == 0 && did == 0) {
		r = err_set(ERR_EMPTY, !ticket->live ? _("this course waits; "
		    "the room has yet to ask for it") : act == KITCHEN_SERVE ?
		    _("nothing of it is ready yet") :
		    _("nothing of it is left to do"));
	}
	return r;
}

int
kitchen_do(struct shop *shop, enum kitchen_act act, int64_t station,
    const struct kitchen_ticket *ticket, int64_t line, bool *seen)
{
	static const char *const verbs[] = {
		[KITCHEN_START] = "kitchen.start",
		[KITCHEN_BUMP] = "kitchen.bump",
		[KITCHEN_SERVE] = "kitchen.serve",
	};
	int	r;

	*seen = false;
	if ((r = kitchen_begin(shop, verbs[act])) != 0) {
		return r;
	}
	if ((r = kitchen_fence(shop, station, ticket->sale, ticket->course,
	    ticket->rev)) == 0) {
		r = kitchen_apply(shop, act, station, ticket, line, seen);
	}
	return kitchen_end(shop, r, verbs[act], ticket->sale);
}

int
kitchen_recall(struct shop *shop, int64_t station,
    const struct kitchen_made *made)
{
	struct q_kitchen_of_sale	*rows;
	size_t				 n, did = 0;
	int				 r;

	if ((r = kitchen_begin(shop, "kitchen.recall")) != 0) {
		return r;
	}
	if ((r = q_kitchen_of_sale(shop->db, made->sale, made->course, &rows,
	    &n)) != 0) {
		return kitchen_end(shop, r, "", 0);
	}
	/* Only what that key made ready: all of it at one moment. */
	for (size_t i = 0; i < n && r == 0; i++) {
		if (rows[i].station == station && !rows[i].ready_at_null &&
		    rows[i].ready_at == made->ready_at &&
		    strcmp(rows[i].state, "ready") == 0) {
			did++;
			r = kitchen_step(shop, &(struct step){
			    .line = rows[i].line, .station = station,
			    .kind = "recalled", .state = KITCHEN_SENT,
			    .told = true, .qty = rows[i].qty });
		}
	}
	free(rows);
	if (r == 0 && did == 0) {
		r = err_set(ERR_CHANGED, _("it was served or is back "
		    "already"));
	}
	return kitchen_end(shop, r, "kitchen.recall", made->sale);
}

#define UNSERVE_MS	(INT64_C(60) * 60000)	/* older is eaten */

/* Inside the transaction: all that left by that key is ready again. */
static int
kitchen_unserve_all(struct shop *shop, int64_t *sale, char *called)
{
	struct q_kitchen_served_last	 last;
	struct q_kitchen_served_then	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_kitchen_served_last(shop->db, shop->who.training,
	    shop_now() - UNSERVE_MS, &last)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_EMPTY,
		    _("nothing that left the pass may come back"));
	}
	*sale = last.sale;
	(void)str_copy(called, NAME_SIZE, last.name);
	if ((r = q_kitchen_served_then(shop->db, last.sale, last.course,
	    last.at, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = kitchen_step(shop, &(struct step){
		    .line = rows[i].line, .station = rows[i].station,
		    .kind = "recalled", .state = KITCHEN_READY,
		    .told = rows[i].told, .qty = rows[i].qty,
		    .ready_at = rows[i].ready_at_null ? shop_now() :
		    rows[i].ready_at });
	}
	free(rows);
	return r;
}

int
kitchen_unserve(struct shop *shop, char *called)
{
	int64_t	sale = 0;
	int	r;

	*called = '\0';
	if ((r = kitchen_begin(shop, "kitchen.unserve")) != 0) {
		return r;
	}
	r = kitchen_unserve_all(shop, &sale, called);
	return kitchen_end(shop, r, "kitchen.unserve", sale);
}

/* Where it goes by paper, and where paper of it lies already. */
static int
kitchen_moved_paper(struct shop *shop, int64_t sale, int64_t station,
    enum kitchen_paper what, const struct batch *lines)
{
	struct station	*rows;
	struct serving	 v;
	size_t		 n, at = 0;
	int		 r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = station_list(shop, &rows, &n)) != 0) {
		return r;
	}
	while (at < n && rows[at].id != station) {
		at++;
	}
	r = at == n ? err_set(ERR_NOT_FOUND, _("this station is gone; choose "
	    "another")) : kitchen_print(shop, &v, &rows[at], what,
	    lines->line, lines->qty, lines->n);
	free(rows);
	return r;
}

static int
kitchen_move_line(struct shop *shop, const struct q_kitchen_of_sale *row,
    int64_t to)
{
	int64_t	event;
	int	r;

	if ((r = q_kitchen_event_add(shop->db, row->line, to, shop_now(),
	    some(&shop->who.user), "moved", row->qty, &row->station,
	    &event)) != 0) {
		return r;
	}
	return q_kitchen_line_move(shop->db, row->line, row->station, to,
	    event);
}

int
kitchen_move(struct shop *shop, int64_t station,
    const struct kitchen_ticket *ticket, int64_t to)
{
	struct q_kitchen_of_sale	*rows = NULL;
	struct batch			 went = { 0 };
	size_t				 n = 0;
	int				 r;

	if (to == station) {
		return err_set(ERR_INVALID, _("it is at that station"));
	}
	if ((r = kitchen_begin(shop, "kitchen.move")) != 0) {
		return r;
	}
	if ((r = kitchen_fence(shop, station, ticket->sale, ticket->course,
	    ticket->rev)) == 0) {
		r = q_kitchen_of_sale(shop->db, ticket->sale, ticket->course,
		    &rows, &n);
	}
	went.line = xcalloc(n + 1, sizeof(*went.line));
	went.qty = xcalloc(n + 1, sizeof(*went.qty));
	for (size_t i = 0; i < n && r == 0; i++) {
		if (rows[i].station == station &&
		    kitchen_state_of(rows[i].state) <= KITCHEN_STARTED) {
			r = kitchen_move_line(shop, &rows[i], to);
			went.line[went.n] = rows[i].line;
			went.qty[went.n++] = rows[i].qty;
		}
	}
	free(rows);
	if (r == ERR_EXISTS) {
		r = err_set(r, _("some of it is made there already"));
	}
	if (r == 0 && went.n == 0) {
		r = err_set(ERR_EMPTY, _("nothing of it is left to do"));
	}
	if (r == 0 && (r = kitchen_moved_paper(shop, ticket->sale, to,
	    PAPER_SENT, &went)) == 0) {
		r = kitchen_moved_paper(shop, ticket->sale, station,
		    PAPER_VOIDED, &went);
	}
	free(went.line);
	free(went.qty);
	return kitchen_end(shop, r, "kitchen.move", ticket->sale);
}

int
kitchen_first(struct shop *shop, int64_t station,
    const struct kitchen_ticket *ticket, bool *first)
{
	struct serving	v;
	int		r;

	if ((r = kitchen_begin(shop, "kitchen.first")) != 0) {
		return r;
	}
	/* What was seen is turned over, so that two do not undo each other. */
	*first = !ticket->rush;
	if ((r = kitchen_fence(shop, station, ticket->sale, ticket->course,
	    ticket->rev)) == 0) {
		r = serving_get(shop, ticket->sale, &v);
	}
	if (r == 0 && v.rush == *first) {
		db_rollback(shop->db);
		return 0;
	}
	if (r == 0) {
		r = q_serving_rush(shop->db, ticket->sale, *first);
	}
	if (r == 0) {
		r = serving_note(shop, &(struct serving_note){
		    .kind = "rush", .sale = ticket->sale, .table = v.table,
		    .n = *first });
	}
	if (r == 0 && *first) {
		v.rush = true;
		r = kitchen_rushed(shop, &v);
	}
	return kitchen_end(shop, r, "kitchen.first", ticket->sale);
}
