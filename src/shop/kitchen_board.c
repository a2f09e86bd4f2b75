/* SPDX-License-Identifier: ISC */
/* What a station and the pass have before them. */
#include "shop/kitchen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/kitchen_part.h"

void
kitchen_board_done(struct kitchen_board *b)
{
	for (size_t i = 0; i < b->n; i++) {
		struct kitchen_ticket	*t = &b->tickets[i];

		for (size_t k = 0; k < t->n; k++) {
			free(t->lines[k].label);
			free(t->lines[k].words);
			free(t->lines[k].note);
		}
		free(t->lines);
		free(t->allergies);
		free(t->message);
		free(t->elsewhere);
	}
	free(b->tickets);
	*b = (struct kitchen_board){ 0 };
}

/* The ticket the next line belongs to: the last one, or a new one. */
static struct kitchen_ticket *
board_ticket(struct kitchen_board *b, size_t most, int64_t sale, int course)
{
	struct kitchen_ticket	*t = b->n == 0 ? NULL : &b->tickets[b->n - 1];

	if (t != NULL && t->sale == sale && t->course == course) {
		return t;
	}
	t = &b->tickets[b->n++];
	t->sale = sale;
	t->course = course;
	t->lines = xcalloc(most, sizeof(*t->lines));
	t->state = KITCHEN_VOIDED;
	return t;
}

/* A ticket is as far as the line that is least far. */
static void
ticket_line(struct kitchen_ticket *t, struct kitchen_line *l)
{
	l->more = t->n > 1 && l->sent_at > t->lines[0].sent_at;
	t->untold = t->untold || !l->told;
	if (l->state < t->state) {
		t->state = l->state;
	}
}

static void
ticket_since(struct kitchen_ticket *t, int64_t fired, int64_t sent)
{
	int64_t	at = fired > 0 ? fired : sent;

	t->live = t->live || fired > 0;
	if (t->since == 0 || at < t->since) {
		t->since = at;
	}
}

/* The minutes a ticket may take. */
static void
ticket_minutes(struct kitchen_ticket *t, const struct station *st,
    const struct q_station_minutes_all *minutes, size_t n)
{
	t->warn = st->warn;
	t->late = st->late;
	for (size_t i = 0; i < n; i++) {
		if (minutes[i].course == t->course) {
			t->warn = (int)minutes[i].warn;
			t->late = (int)minutes[i].late;
		}
	}
}

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

/* What is said of each table as a whole: read once for all of them. */
static int
board_words(struct shop *shop, struct kitchen_board *b)
{
	struct q_kitchen_words	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_kitchen_words(shop->db, shop_now() - PASS_MS, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < b->n; i++) {
		struct kitchen_ticket	*t = &b->tickets[i];
		const char		*message = "";
		struct buf		 text = { 0 };
		int64_t			 seat = 0;

		for (size_t k = 0; k < n; k++) {
			if (rows[k].sale != t->sale) {
				continue;
			}
			if (rows[k].allergy) {
				allergy_words(&text, &seat, rows[k].seat,
				    rows[k].words);
			} else {
				message = rows[k].words;
			}
		}
		t->allergies = xstrdup(buf_text(&text));
		t->message = xstrdup(message);
		buf_done(&text);
	}
	free(rows);
	for (size_t i = 0; i < b->n && r == 0; i++) {
		r = ticket_harms(shop, &b->tickets[i]);
	}
	return r;
}

static void
board_row(struct kitchen_board *b, size_t most, int64_t station,
    const struct q_kitchen_board *row)
{
	struct kitchen_ticket	*t = board_ticket(b, most, row->sale,
				    (int)row->course);
	struct kitchen_line	*l = &t->lines[t->n++];

	if (t->n == 1) {
		t->rev = row->rev;
		t->kind = serving_kind_of(row->kind);
		t->covers = (int)row->covers;
		t->rush = row->rush;
		t->elsewhere = xstrdup(row->elsewhere);
		(void)str_copy(t->called, sizeof(t->called), row->name);
		(void)str_copy(t->server, sizeof(t->server), row->server);
	}
	*l = (struct kitchen_line){ .line = row->line, .station = station,
	    .state = kitchen_state_of(row->state), .told = row->told,
	    .under = row->under, .qty = row->qty, .sent_at = row->sent_at,
	    .seat = (int)row->seat, .label = xstrdup(row->label),
	    .words = xstrdup(row->words), .note = xstrdup(row->note) };
	ticket_line(t, l);
	ticket_since(t, row->fired_at, row->sent_at);
}

/* A table that is in a hurry comes before all others. */
static void
board_rush_first(struct kitchen_board *b)
{
	struct kitchen_ticket	*sorted = xcalloc(b->n + 1, sizeof(*sorted));
	size_t			 n = 0;

	for (int rush = 1; rush >= 0; rush--) {
		for (size_t i = 0; i < b->n; i++) {
			if ((b->tickets[i].rush && b->tickets[i].live) ==
			    (rush == 1)) {
				sorted[n++] = b->tickets[i];
			}
		}
	}
	free(b->tickets);
	b->tickets = sorted;
}

static int
board_station(struct shop *shop, int64_t id, struct station *out)
{
	struct station	*rows;
	size_t		 n;
	int		 r = station_list(shop, &rows, &n);

	if (r != 0) {
		return r;
	}
	r = ERR_NOT_FOUND;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == id) {
			*out = rows[i];
			r = 0;
		}
	}
	free(rows);
	return r == 0 ? 0 : err_set(r, _("this station is gone; choose "
	    "another"));
}

int
kitchen_board(struct shop *shop, int64_t station, struct kitchen_board *out)
{
	struct q_station_minutes_all	*minutes = NULL;
	struct q_kitchen_board		*rows;
	struct station			 st = { 0 };
	size_t				 n, nminutes = 0;
	int				 r;

	*out = (struct kitchen_board){ 0 };
	if ((r = board_station(shop, station, &st)) != 0 ||
	    (r = q_kitchen_board(shop->db, station, &rows, &n)) != 0) {
		return r;
	}
	out->tickets = xcalloc(n + 1, sizeof(*out->tickets));
	for (size_t i = 0; i < n; i++) {
		board_row(out, n, station, &rows[i]);
	}
	free(rows);
	if ((r = q_station_minutes_all(shop->db, station, &minutes,
	    &nminutes)) == 0) {
		r = board_words(shop, out);
	}
	for (size_t i = 0; i < out->n; i++) {
		ticket_minutes(&out->tickets[i], &st, minutes, nminutes);
	}
	free(minutes);
	if (r != 0) {
		kitchen_board_done(out);
		return r;
	}
	board_rush_first(out);
	return 0;
}

/* ---- the pass ---------------------------------------------------------- */

/* "Bar, Grill": the last line's station has yet to make it; each once. */
static void
pass_missing(struct kitchen_ticket *t, const char *station)
{
	const struct kitchen_line	*last = &t->lines[t->n - 1];
	struct buf			 text = { 0 };

	for (size_t i = 0; i + 1 < t->n; i++) {
		if (t->lines[i].station == last->station &&
		    t->lines[i].state < KITCHEN_READY) {
			return;
		}
	}
	buf_str(&text, t->elsewhere == NULL ? "" : t->elsewhere);
	if (text.len > 0) {
		buf_str(&text, ", ");
	}
	buf_str(&text, station);
	free(t->elsewhere);
	t->elsewhere = xstrdup(buf_text(&text));
	buf_done(&text);
}

static void
pass_row(struct kitchen_board *b, size_t most,
    const struct q_kitchen_pass *row)
{
	struct kitchen_ticket	*t = board_ticket(b, most, row->sale,
				    (int)row->course);
	struct kitchen_line	*l = &t->lines[t->n++];

	if (t->n == 1) {
		t->kind = serving_kind_of(row->kind);
		t->covers = (int)row->covers;
		t->rush = row->rush;
		(void)str_copy(t->called, sizeof(t->called), row->name);
		(void)str_copy(t->server, sizeof(t->server), row->server);
	}
	*l = (struct kitchen_line){ .line = row->line,
	    .station = row->station, .state = kitchen_state_of(row->state),
	    .told = true, .qty = row->qty, .sent_at = row->sent_at,
	    .seat = (int)row->seat, .label = xstrdup(row->label),
	    .words = xstrdup(row->words),
	    .note = xstrdup(row->station_name) };
	ticket_line(t, l);
	ticket_since(t, row->fired_at, row->sent_at);
	if (l->state < KITCHEN_READY) {
		pass_missing(t, row->station_name);
	}
}

int
kitchen_pass(struct shop *shop, struct kitchen_board *out)
{
	static const struct station	 pass = { .warn = 15, .late = 25 };
	struct q_kitchen_pass		*rows;
	struct q_kitchen_runner		 run;
	struct q_kitchen_rev		 rev;
	size_t				 n;
	int				 r;

	*out = (struct kitchen_board){ 0 };
	if ((r = q_kitchen_pass(shop->db, shop_now() - PASS_MS, &rows,
	    &n)) != 0) {
		return r;
	}
	out->tickets = xcalloc(n + 1, sizeof(*out->tickets));
	for (size_t i = 0; i < n; i++) {
		pass_row(out, n, &rows[i]);
	}
	free(rows);
	r = board_words(shop, out);
	for (size_t i = 0; i < out->n && r == 0; i++) {
		struct kitchen_ticket	*t = &out->tickets[i];

		if (t->elsewhere == NULL) {
			t->elsewhere = xstrdup("");
		}
		ticket_minutes(t, &pass, NULL, 0);
		if ((r = q_kitchen_rev(shop->db, 0, t->sale, t->course,
		    &rev)) == 0 &&
		    (r = q_kitchen_runner(shop->db, t->sale, t->course,
		    &run)) == 0) {
			t->rev = rev.rev;
			t->runner_at = run.at;
		}
	}
	if (r != 0) {
		kitchen_board_done(out);
		return r;
	}
	board_rush_first(out);
	return 0;
}

/* ---- counts, and what is behind ----------------------------------------- */

int
kitchen_all_day(struct shop *shop, int64_t station,
    struct kitchen_count **rows, size_t *n)
{
	struct q_kitchen_all_day	*all;
	int				 r;

	*rows = NULL;
	if ((r = q_kitchen_all_day(shop->db, station, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct kitchen_count	*c = &(*rows)[i];

		c->qty = all[i].qty;
		(void)str_fmt(c->label, sizeof(c->label), "%s%s%s",
		    all[i].label, all[i].words[0] == '\0' ? "" : ", ",
		    all[i].words);
	}
	free(all);
	return 0;
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
