/* SPDX-License-Identifier: ISC */
/* What a station and the pass have before them.  A display is told of every
 * key in the kitchen and fifty of them are told at once: what was read stays,
 * and only those sales are read again that the audit names since. */
#include "shop/kitchen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/kitchen_part.h"
#include "sql/room.h"

#define NOT_FIRED	INT64_MAX	/* behind all that is */
#define SINCE_MOST	40		/* acts: more are read as a whole */

static void
ticket_done(struct kitchen_ticket *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->lines[i].label);
		free(t->lines[i].words);
		free(t->lines[i].note);
	}
	free(t->lines);
	free(t->allergies);
	free(t->message);
	free(t->elsewhere);
}

void
kitchen_board_done(struct kitchen_board *b)
{
	for (size_t i = 0; i < b->n; i++) {
		ticket_done(&b->tickets[i]);
	}
	free(b->tickets);
	free(b->times);
	known_done(b->known);
	*b = (struct kitchen_board){ 0 };
}

void
kitchen_way(const struct kitchen_ticket *t, bool hour, char *out, size_t size)
{
	serving_way(t->kind, t->mode, hour ? t->promised : 0, out, size);
	if (*out == '\0' && t->moded) {
		(void)str_copy(out, size, sale_mode_text(t->mode));
	}
}

static struct kitchen_ticket *
board_add(struct kitchen_board *b)
{
	b->tickets = xrealloc(b->tickets, b->n + 1, sizeof(*b->tickets));
	return memset(&b->tickets[b->n++], 0, sizeof(*b->tickets));
}

/* ---- one course of a sale ------------------------------------------------ */

/* At the pass: where it is made at a display, or ready there since a moment. */
static bool
line_stands(const struct q_kitchen_ticket *row)
{
	enum kitchen_state	s = kitchen_state_of(row->state);

	return row->fired_at > 0 && (s == KITCHEN_READY ?
	    row->ready_at > shop_now() - PASS_MS :
	    row->display && s <= KITCHEN_STARTED);
}

/* Is it before whoever looks? */
static bool
line_shown(const struct kitchen_board *b, const struct q_kitchen_ticket *row)
{
	enum kitchen_state	s = kitchen_state_of(row->state);

	if (b->station.id == 0) {
		return line_stands(row);
	}
	return row->station == b->station.id &&
	    (s <= KITCHEN_STARTED || !row->told);
}

/* Is it yet to be made by somebody else, or for the pass by anybody? */
static bool
line_elsewhere(const struct kitchen_board *b,
    const struct q_kitchen_ticket *row)
{
	return row->station != b->station.id &&
	    (b->station.id != 0 || line_stands(row)) &&
	    kitchen_state_of(row->state) <= KITCHEN_STARTED;
}

/* "Bar, Grill": each once. */
static char *
ticket_elsewhere(const struct kitchen_board *b,
    const struct q_kitchen_ticket *rows, size_t n)
{
	struct buf	text = { 0 };
	char		*words;

	for (size_t i = 0; i < n; i++) {
		bool	again = !line_elsewhere(b, &rows[i]);

		for (size_t k = 0; k < i && !again; k++) {
			again = rows[k].station == rows[i].station &&
			    line_elsewhere(b, &rows[k]);
		}
		if (!again) {
			buf_fmt(&text, "%s%s", text.len == 0 ? "" : ", ",
			    rows[i].station_name);
		}
	}
	words = xstrdup(buf_text(&text));
	buf_done(&text);
	return words;
}

/* A ticket is as far as the line that is least far. */
static void
ticket_line(struct kitchen_ticket *t, const struct kitchen_board *b,
    const struct q_kitchen_ticket *row)
{
	struct kitchen_line	*l = &t->lines[t->n++];
	int64_t			 at = row->fired_at > 0 ? row->fired_at :
				    row->sent_at;
	bool			 pass = b->station.id == 0;

	*l = (struct kitchen_line){ .line = row->line,
	    .station = row->station, .state = kitchen_state_of(row->state),
	    .told = pass || row->told, .fired = row->fired_at > 0,
	    .under = row->head != row->line && !pass, .qty = row->qty,
	    .sent_at = row->sent_at, .seat = (int)row->seat,
	    .label = xstrdup(row->label), .words = xstrdup(row->words),
	    .note = xstrdup(pass ? row->station_name : row->note) };
	l->more = t->n > 1 && l->sent_at > t->lines[0].sent_at;
	t->untold = t->untold || !l->told;
	t->live = t->live || l->fired;
	if (l->state < t->state) {
		t->state = l->state;
	}
	if (t->since == 0 || at < t->since) {
		t->since = at;
	}
}

/* The minutes it may take. */
static void
ticket_minutes(struct kitchen_ticket *t, const struct kitchen_board *b)
{
	t->warn = b->station.warn;
	t->late = b->station.late;
	for (size_t i = 0; i < b->ntimes; i++) {
		if (b->times[i].course == t->course) {
			t->warn = b->times[i].warn;
			t->late = b->times[i].late;
		}
	}
}

/* All lines of a sale's course, wherever they are made. */
static void
board_course(struct kitchen_board *b, int64_t sale,
    const struct q_kitchen_ticket *rows, size_t n)
{
	static int64_t		 stamp;		/* of this process */
	struct kitchen_ticket	*t;
	size_t			 shown = 0;

	for (size_t i = 0; i < n; i++) {
		shown += line_shown(b, &rows[i]) ? 1 : 0;
	}
	if (shown == 0) {
		return;
	}
	t = board_add(b);
	t->sale = sale;
	t->course = (int)rows[0].course;
	t->state = KITCHEN_VOIDED;
	t->fired = NOT_FIRED;
	t->fresh = true;
	t->stamp = ++stamp;
	t->lines = xcalloc(shown, sizeof(*t->lines));
	for (size_t i = 0; i < n; i++) {
		const struct q_kitchen_ticket	*row = &rows[i];
		bool				 see = line_shown(b, row);

		if (see) {
			ticket_line(t, b, row);
		}
		if ((see || b->station.id == 0) && row->fired_at > 0 &&
		    row->fired_at < t->fired) {
			t->fired = row->fired_at;
		}
		if (b->station.id == 0 || row->station == b->station.id) {
			t->rev += row->event;
		}
	}
	t->elsewhere = ticket_elsewhere(b, rows, n);
	ticket_minutes(t, b);
}

/* ---- a sale -------------------------------------------------------------- */

/* Which of its dishes have in them what somebody there must not eat. */
static int
ticket_harms(struct shop *shop, struct kitchen_ticket *t)
{
	struct q_kitchen_contains	*rows;
	size_t				 n;
	int				 r;

	if (t->allergies[0] == '\0') {
		return 0;
	}
	if ((r = q_kitchen_contains(shop->db, t->sale, t->course, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < t->n; k++) {
			if (t->lines[k].line == rows[i].line) {
				t->lines[k].harms = allergens_named(
				    (unsigned)rows[i].allergens,
				    t->allergies);
			}
		}
	}
	free(rows);
	return 0;
}

/* What somebody there must not eat stands on each of its tickets. */
static int
board_allergies(struct shop *shop, int64_t sale, struct kitchen_ticket *t,
    size_t n)
{
	struct q_allergy_all	*rows;
	struct buf		 text = { 0 };
	int64_t			 seat = 0;
	size_t			 nrows;
	int			 r;

	if ((r = q_allergy_all(shop->db, sale, &rows, &nrows)) != 0) {
		return r;
	}
	for (size_t i = 0; i < nrows; i++) {
		allergy_words(&text, &seat, rows[i].seat, rows[i].words);
	}
	free(rows);
	for (size_t i = 0; i < n && r == 0; i++) {
		free(t[i].allergies);
		t[i].allergies = xstrdup(buf_text(&text));
		r = ticket_harms(shop, &t[i]);
	}
	buf_done(&text);
	return r;
}

/* For the pass: when somebody was called to fetch what is ready. */
static int64_t
board_runner(const struct kitchen_sale *sale, const struct kitchen_ticket *t)
{
	int64_t	called = sale->called[t->course], first = NOT_FIRED;
	bool	ready = false;

	for (size_t i = 0; i < t->n; i++) {
		ready = ready || t->lines[i].state == KITCHEN_READY;
	}
	for (size_t i = 0; i < sale->n; i++) {
		const struct q_kitchen_ticket	*row = &sale->rows[i];

		if (row->course == t->course && row->ready_at < first &&
		    kitchen_state_of(row->state) == KITCHEN_READY) {
			first = row->ready_at;
		}
	}
	return ready && called >= first ? called : 0;
}

/* What is said of the table as a whole. */
static int
board_served(struct shop *shop, const struct kitchen_board *b,
    struct kitchen_sale *sale, struct kitchen_ticket *t, size_t n)
{
	const struct q_kitchen_served	*v = &sale->served;
	int				 r;

	if ((r = known_served(shop, sale)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		t[i].kind = serving_kind_of(v->kind);
		t[i].covers = (int)v->covers;
		t[i].rush = v->rush;
		t[i].promised = v->promised;
		(void)str_copy(t[i].called, sizeof(t[i].called), v->name);
		(void)str_copy(t[i].server, sizeof(t[i].server), v->server);
		(void)str_copy(t[i].mode, sizeof(t[i].mode), v->mode);
		t[i].moded = v->moded;
		t[i].message = xstrdup(v->message);
		t[i].allergies = xstrdup("");
		t[i].runner_at = b->station.id == 0 ?
		    board_runner(sale, &t[i]) : 0;
	}
	return !v->allergic ? 0 : board_allergies(shop, sale->sale, t, n);
}

/* A menu's components stand behind it. */
static int
order_of_lines(const struct q_kitchen_ticket *a,
    const struct q_kitchen_ticket *b)
{
	if (a->head != b->head) {
		return a->head < b->head ? -1 : 1;
	}
	return a->line < b->line ? -1 : a->line > b->line;
}

/* By course, as they were sent. */
static int
order_at_station(const void *one, const void *other)
{
	const struct q_kitchen_ticket	*a = one, *b = other;

	if (a->course != b->course) {
		return a->course < b->course ? -1 : 1;
	}
	return a->sent_at != b->sent_at ? a->sent_at < b->sent_at ? -1 : 1 :
	    order_of_lines(a, b);
}

/* By course and station. */
static int
order_at_pass(const void *one, const void *other)
{
	const struct q_kitchen_ticket	*a = one, *b = other;

	if (a->course != b->course) {
		return a->course < b->course ? -1 : 1;
	}
	if (a->place != b->place) {
		return a->place < b->place ? -1 : 1;
	}
	return a->station != b->station ? a->station < b->station ? -1 : 1 :
	    order_of_lines(a, b);
}

/* Every ticket of a sale, added to the board; `keys`: only keys at a display
 * were pressed about it since it was read. */
static int
board_sale(struct shop *shop, struct kitchen_board *b, int64_t sale, bool keys)
{
	struct kitchen_sale	*s;
	size_t			 before = b->n, end;
	int			 r;

	if (b->known == NULL) {
		b->known = known_new();
	}
	if ((r = known_sale(shop, b->known, sale, keys, b->station.id == 0 ?
	    order_at_pass : order_at_station, &s)) != 0 || s == NULL) {
		return r;
	}
	for (size_t i = 0; i < s->n; i = end) {
		for (end = i + 1; end < s->n &&
		    s->rows[end].course == s->rows[i].course; end++) {
			continue;
		}
		board_course(b, sale, &s->rows[i], end - i);
	}
	return b->n == before ? 0 : board_served(shop, b, s,
	    &b->tickets[before], b->n - before);
}

/* ---- the whole ----------------------------------------------------------- */

/* A table that is in a hurry, then who was fired first. */
static int
board_order(const void *one, const void *other)
{
	const struct kitchen_ticket	*a = one, *b = other;
	bool				 first = a->rush && a->live;

	if (first != (b->rush && b->live)) {
		return first ? -1 : 1;
	}
	if (a->fired != b->fired) {
		return a->fired < b->fired ? -1 : 1;
	}
	if (a->sale != b->sale) {
		return a->sale < b->sale ? -1 : 1;
	}
	return a->course < b->course ? -1 : a->course > b->course;
}

static void
board_sort(struct kitchen_board *b)
{
	if (b->n > 0) {
		qsort(b->tickets, b->n, sizeof(*b->tickets), board_order);
	}
}

static int
board_station(struct shop *shop, int64_t id, struct kitchen_board *b)
{
	struct station	*rows;
	size_t		 n;
	int		 r;

	if (id == 0) {
		b->station = (struct station){ .warn = 15, .late = 25 };
		return 0;
	}
	if ((r = station_list(shop, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == id) {
			b->station = rows[i];
		}
	}
	free(rows);
	return b->station.id == 0 ? err_set(ERR_NOT_FOUND,
	    _("this station is gone; choose another")) :
	    station_times(shop, id, &b->times, &b->ntimes);
}

static int
board_all(struct shop *shop, int64_t station, struct kitchen_board *b)
{
	struct q_kitchen_sales	*rows;
	struct q_kitchen_last	 last;
	size_t			 n;
	int			 r;

	if ((r = board_station(shop, station, b)) != 0 ||
	    (r = q_kitchen_last(shop->db, &last)) != 0 ||
	    (r = q_kitchen_sales(shop->db, station, shop_now() - PASS_MS,
	    &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = board_sale(shop, b, rows[i].sale, false);
	}
	free(rows);
	board_sort(b);
	b->seen = last.id;
	return r;
}

static int
board_new(struct shop *shop, int64_t station, struct kitchen_board *out)
{
	int	r;

	*out = (struct kitchen_board){ 0 };
	if ((r = db_read_begin(shop->db)) != 0) {
		return r;
	}
	r = board_all(shop, station, out);
	db_read_end(shop->db);
	if (r != 0) {
		kitchen_board_done(out);
	}
	return r;
}

int
kitchen_board(struct shop *shop, int64_t station, struct kitchen_board *out)
{
	return board_new(shop, station, out);
}

int
kitchen_pass(struct shop *shop, struct kitchen_board *out)
{
	return board_new(shop, 0, out);
}

/* ---- what is new --------------------------------------------------------- */

/* Acts that change how far lines of their own sale are, and nothing else. */
static const char *const acts_keys[] = { "kitchen.bump", "kitchen.start",
    "kitchen.serve", "kitchen.recall", "kitchen.unserve" };

/* Acts that change the tickets of their own sale at most, and those that
 * change none.  What is not here may have changed any: a course is fired for
 * all bills of a party, a note may stand on a part of another bill's line. */
static const char *const acts_alone[] = { "kitchen.move", "kitchen.first",
    "kitchen.call", "table.send", "table.rush", "table.message",
    "table.allergy", "table.seat", "table.covers", "table.server",
    "table.line", "sale.add", "sale.qty", "sale.options", "login", "logout",
    "kitchen.stay" };

static bool
act_in(const struct q_kitchen_since *act, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(act->action, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* The sale whose tickets it may have changed; 0 none, -1 any. */
static int64_t
act_sale(const struct q_kitchen_since *act)
{
	if (!act_in(act, acts_keys, NELEM(acts_keys)) &&
	    !act_in(act, acts_alone, NELEM(acts_alone))) {
		return -1;
	}
	return strcmp(act->object, "sale") == 0 ? act->object_id : 0;
}

/* Was nothing but such a key pressed about that sale? */
static bool
acts_of_keys(const struct q_kitchen_since *acts, size_t n, int64_t sale)
{
	for (size_t i = 0; i < n; i++) {
		if (act_sale(&acts[i]) == sale &&
		    !act_in(&acts[i], acts_keys, NELEM(acts_keys))) {
			return false;
		}
	}
	return true;
}

/* Out of the way of what was read of the same sales now. */
static void
board_replace(struct kitchen_board *b, const struct q_kitchen_since *acts,
    size_t n, struct kitchen_board *fresh, struct kitchen_board *was)
{
	size_t	kept = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct kitchen_ticket	*t = &b->tickets[i];
		bool			 old = false;

		for (size_t k = 0; k < n; k++) {
			old = old || act_sale(&acts[k]) == t->sale;
		}
		t->fresh = false;
		if (old) {
			*board_add(was) = *t;
		} else {
			b->tickets[kept++] = *t;
		}
	}
	b->n = kept;
	for (size_t i = 0; i < fresh->n; i++) {
		*board_add(b) = fresh->tickets[i];
	}
	free(fresh->tickets);
	board_sort(b);
}

/* Only the sales of these acts; the board stays as it is when that fails. */
static int
board_since(struct shop *shop, struct kitchen_board *b,
    const struct q_kitchen_since *acts, size_t n, struct kitchen_board *was)
{
	struct kitchen_board	fresh = { .station = b->station,
				    .times = b->times, .ntimes = b->ntimes,
				    .known = b->known };
	int			r = 0;

	for (size_t i = 0; i < n && r == 0; i++) {
		int64_t	sale = act_sale(&acts[i]);
		bool	again = sale == 0;

		for (size_t k = 0; k < i; k++) {
			again = again || act_sale(&acts[k]) == sale;
		}
		if (!again) {
			r = board_sale(shop, &fresh, sale,
			    acts_of_keys(acts, n, sale));
		}
	}
	b->known = fresh.known;
	if (r != 0) {
		fresh.times = NULL;
		fresh.known = NULL;
		kitchen_board_done(&fresh);
		return r;
	}
	board_replace(b, acts, n, &fresh, was);
	b->seen = acts[n - 1].id;
	b->parts = true;
	return 0;
}

/* Does what they say explain all that may be new? */
static bool
acts_explain(const struct q_kitchen_since *acts, size_t n)
{
	bool	all = n > 0 && n < SINCE_MOST;

	for (size_t i = 0; i < n; i++) {
		all = all && act_sale(&acts[i]) >= 0;
	}
	return all;
}

static int
board_again(struct shop *shop, struct kitchen_board *b,
    struct kitchen_board *was)
{
	struct kitchen_board	 all = { 0 };
	struct q_kitchen_since	*acts = NULL;
	size_t			 n = 0;
	int			 r;

	if (b->seen != 0 && (r = q_kitchen_since(shop->db, b->seen,
	    SINCE_MOST, &acts, &n)) != 0) {
		return r;
	}
	if (acts_explain(acts, n)) {
		r = board_since(shop, b, acts, n, was);
	} else if ((r = board_all(shop, b->station.id, &all)) == 0) {
		*was = *b;
		*b = all;
	} else {
		kitchen_board_done(&all);
	}
	free(acts);
	return r;
}

int
kitchen_board_again(struct shop *shop, struct kitchen_board *b,
    struct kitchen_board *was)
{
	int	r;

	*was = (struct kitchen_board){ 0 };
	if ((r = db_read_begin(shop->db)) != 0) {
		return r;
	}
	r = board_again(shop, b, was);
	db_read_end(shop->db);
	return r;
}

/* ---- counts, and what is behind ----------------------------------------- */

static int
count_order(const void *one, const void *other)
{
	const struct kitchen_count	*a = one, *b = other;

	return a->qty != b->qty ? a->qty > b->qty ? -1 : 1 :
	    strcmp(a->label, b->label);
}

/* "Magret, bien cuit": for each line of the board at every bump, so without a
 * format. */
static void
count_label(const struct kitchen_line *l, char *out, size_t size)
{
	(void)str_copy(out, size, l->label);
	if (l->words[0] != '\0') {
		(void)str_copy(out + strlen(out), size - strlen(out), ", ");
		(void)str_copy(out + strlen(out), size - strlen(out),
		    l->words);
	}
}

void
kitchen_all_day(const struct kitchen_board *b, struct kitchen_count **rows,
    size_t *n)
{
	size_t	most = 0;

	for (size_t i = 0; i < b->n; i++) {
		most += b->tickets[i].n;
	}
	*rows = xcalloc(most + 1, sizeof(**rows));
	*n = 0;
	for (size_t i = 0; i < b->n; i++) {
		for (size_t k = 0; k < b->tickets[i].n; k++) {
			const struct kitchen_line *l =
			    &b->tickets[i].lines[k];
			struct kitchen_count	*c = &(*rows)[*n];
			size_t			 at = 0;

			if (!l->fired || l->state > KITCHEN_STARTED) {
				continue;
			}
			count_label(l, c->label, sizeof(c->label));
			while (strcmp((*rows)[at].label, c->label) != 0) {
				at++;
			}
			*n += at == *n ? 1 : 0;
			(*rows)[at].qty += l->qty;
		}
	}
	qsort(*rows, *n, sizeof(**rows), count_order);
}

int
kitchen_made(struct shop *shop, int64_t station, int64_t most,
    struct kitchen_made **rows, size_t *n)
{
	struct q_kitchen_ended	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_kitchen_ended(shop->db, station, most, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct kitchen_made	*m = &(*rows)[i];

		m->sale = all[i].sale;
		m->course = (int)all[i].course;
		m->lines = (int)all[i].lines;
		m->ready_at = all[i].ready_at;
		(void)str_copy(m->called, sizeof(m->called), all[i].name);
	}
	free(all);
	return 0;
}
