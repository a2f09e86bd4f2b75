/* SPDX-License-Identifier: ISC */
/* What the kitchen hears of things it has already: make it now, look at it
 * again, hurry. */
#include "shop/kitchen.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/kitchen_part.h"

/* Which of what is not ready hears of it, and how. */
struct word {
	const char		*kind;		/* of its event; NULL none */
	enum kitchen_paper	 paper;
	bool			 fire;		/* up to `course`, not live */
	bool			 now;		/* only what is eaten now */
	bool			 left;		/* not what must be eaten */
	bool			 look;		/* it must be seen */
	int			 course;
	const int64_t		*only;		/* those lines; NULL all */
	size_t			 nonly;
};

/* Of paper alone nobody says how far it is. */
static bool
word_display(const struct routing *ro, int64_t station)
{
	for (size_t i = 0; i < ro->nstations; i++) {
		if (ro->stations[i].id == station) {
			return ro->stations[i].display;
		}
	}
	return true;
}

static bool
word_concerns(const struct word *w, const struct routing *ro,
    const struct q_kitchen_of_sale *row)
{
	bool	only = w->only == NULL;

	for (size_t i = 0; i < w->nonly; i++) {
		only = only || w->only[i] == row->line;
	}
	if (!only || kitchen_state_of(row->state) > KITCHEN_STARTED) {
		return false;
	}
	if (w->fire) {
		return !row->fired && row->course <= w->course;
	}
	if (w->now) {
		return row->fired && (row->course == 0 ||
		    row->course == w->course);
	}
	return !w->left || row->course == 0 || row->course >= w->course ||
	    word_display(ro, row->station);
}

static int
word_given(struct shop *shop, const struct word *w, const struct routing *ro,
    struct batch *batches, const struct q_kitchen_of_sale *row)
{
	int	r = 0;

	if (w->kind != NULL && (r = kitchen_step(shop, &(struct step){
	    .line = row->line, .station = row->station, .kind = w->kind,
	    .state = kitchen_state_of(row->state),
	    .told = row->told && !w->look, .qty = row->qty })) != 0) {
		return r;
	}
	batch_add(ro, batches, row->station, row->line, row->qty);
	return 0;
}

static int
word_spread(struct shop *shop, const struct serving *v, const struct word *w)
{
	struct q_kitchen_of_sale	*rows;
	struct routing			 ro;
	struct batch			*batches;
	size_t				 n;
	int				 r;

	if ((r = routing_load(shop, &ro)) != 0) {
		return r == ERR_EMPTY ? 0 : r;
	}
	if ((r = q_kitchen_of_sale(shop->db, v->sale, -1, &rows, &n)) != 0) {
		routing_done(&ro);
		return r;
	}
	batches = batches_new(&ro, n);
	for (size_t i = 0; i < n && r == 0; i++) {
		if (word_concerns(w, &ro, &rows[i])) {
			r = word_given(shop, w, &ro, batches, &rows[i]);
		}
	}
	if (r == 0) {
		r = kitchen_papers(shop, v, &ro, batches, w->paper);
	}
	batches_done(&ro, batches);
	free(rows);
	routing_done(&ro);
	return r;
}

int
kitchen_fired(struct shop *shop, const struct serving *v, int course)
{
	return word_spread(shop, v, &(struct word){ .kind = "fired",
	    .paper = PAPER_FIRED, .fire = true, .course = course });
}

int
kitchen_warned(struct shop *shop, const struct serving *v)
{
	return word_spread(shop, v, &(struct word){ .kind = "changed",
	    .paper = PAPER_WARNED, .look = true });
}

int
kitchen_moded(struct shop *shop, int64_t sale)
{
	struct serving	v;
	int		r;

	if ((r = serving_get(shop, sale, &v)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	if (v.ordered_at == 0) {
		return 0;		/* the kitchen knows of nobody */
	}
	/* What is ready is packed at the pass. */
	db_topic(shop->db, "kitchen");
	if ((r = serving_note(shop, &(struct serving_note){ .kind = "mode",
	    .sale = sale, .table = v.table, .words = v.mode })) != 0) {
		return r;
	}
	return word_spread(shop, &v, &(struct word){ .kind = "changed",
	    .paper = PAPER_MODE, .look = true, .left = true,
	    .course = v.course });
}

/* Those lines and what is made of each; to be freed. */
static int
goes_with(struct shop *shop, const int64_t *lines, size_t n, int64_t **all,
    size_t *nall)
{
	struct q_kitchen_of_line	*rows;
	size_t				 k;
	int				 r = 0;

	*all = xcalloc(1, sizeof(**all));
	*nall = 0;
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = q_kitchen_of_line(shop->db, lines[i], &rows,
		    &k)) != 0) {
			break;
		}
		*all = xrealloc(*all, *nall + k + 1, sizeof(**all));
		for (size_t j = 0; j < k; j++) {
			(*all)[(*nall)++] = rows[j].line;
		}
		free(rows);
	}
	return r;
}

int
kitchen_goes(struct shop *shop, const struct serving *v, const char *to,
    const int64_t *lines, size_t n)
{
	struct serving	 gone = *v;
	int64_t		*all;
	size_t		 nall;
	int		 r;

	(void)str_fmt(gone.name, sizeof(gone.name), "%s > %s", v->name, to);
	if ((r = goes_with(shop, lines, n, &all, &nall)) == 0) {
		r = word_spread(shop, &gone, &(struct word){
		    .paper = PAPER_MOVED, .left = n == 0,
		    .course = v->course, .only = n == 0 ? NULL : all,
		    .nonly = nall });
	}
	free(all);
	return r;
}

int
kitchen_rushed(struct shop *shop, const struct serving *v)
{
	return word_spread(shop, v, &(struct word){ .paper = PAPER_RUSH,
	    .now = true, .course = v->course });
}

int
kitchen_said(struct shop *shop, const struct serving *v)
{
	struct q_kitchen_open	*rows;
	struct station		*all;
	size_t			 n, nall;
	int			 r;

	if ((r = q_kitchen_open(shop->db, v->sale, &rows, &n)) != 0) {
		return r;
	}
	if ((r = station_list(shop, &all, &nall)) != 0) {
		free(rows);
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < nall && r == 0; k++) {
			if (all[k].id == rows[i].station) {
				r = kitchen_print(shop, v, &all[k],
				    PAPER_MESSAGE, NULL, NULL, 0);
			}
		}
	}
	free(all);
	free(rows);
	return r;
}

/* All of what is not made yet. */
static int64_t
changed_much(const struct q_kitchen_of_line *row)
{
	return kitchen_state_of(row->state) < KITCHEN_READY ? row->qty : 0;
}

int
kitchen_changed(struct shop *shop, int64_t line)
{
	struct q_kitchen_of_line	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_kitchen_of_line(shop->db, line, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		enum kitchen_state	s = kitchen_state_of(rows[i].state);

		if (s < KITCHEN_READY) {
			r = kitchen_step(shop, &(struct step){
			    .line = rows[i].line,
			    .station = rows[i].station, .kind = "changed",
			    .state = s, .told = false, .qty = rows[i].qty });
		}
	}
	if (r == 0 && n > 0) {
		r = kitchen_line_papers(shop, rows, n, PAPER_CHANGED,
		    changed_much);
	}
	free(rows);
	return r;
}
