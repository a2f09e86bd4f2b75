/* SPDX-License-Identifier: ISC */
/* What a display knows of the sales in the kitchen.  Most of what it hears of
 * is a key pressed there: how far a line is.  Dish, table and guests are read
 * when somebody did more than that. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/kitchen_part.h"
#include "sql/room.h"

#define KNOWN_MOST	40	/* sales: more are read as a whole each time */

struct kitchen_known {
	struct kitchen_sale	sale[KNOWN_MOST];	/* the newest last */
	size_t			n;
};

struct kitchen_known *
known_new(void)
{
	return xcalloc(1, sizeof(struct kitchen_known));
}

/* Words that `served` has to itself; NUL-terminated ones of a query's row. */
static void
served_own(struct q_kitchen_served *v)
{
	v->kind = xstrdup(v->kind);
	v->name = xstrdup(v->name);
	v->mode = xstrdup(v->mode);
	v->server = xstrdup(v->server);
	v->message = xstrdup(v->message);
}

static void
known_free(struct kitchen_sale *s)
{
	const char	*words[] = { s->served.kind, s->served.name,
			    s->served.mode, s->served.server,
			    s->served.message };

	for (size_t i = 0; i < NELEM(words); i++) {
		free((char *)(uintptr_t)words[i]);
	}
	free(s->rows);
}

void
known_done(struct kitchen_known *k)
{
	for (size_t i = 0; k != NULL && i < k->n; i++) {
		known_free(&k->sale[i]);
	}
	free(k);
}

static void
known_drop(struct kitchen_known *k, size_t at)
{
	known_free(&k->sale[at]);
	k->n--;
	memmove(&k->sale[at], &k->sale[at + 1],
	    (k->n - at) * sizeof(k->sale[0]));
}

static struct kitchen_sale *
known_find(struct kitchen_known *k, int64_t sale)
{
	for (size_t i = 0; i < k->n; i++) {
		if (k->sale[i].sale == sale) {
			return &k->sale[i];
		}
	}
	return NULL;
}

/* Of the lines as they were read; false: they are others. */
static bool
known_states(struct kitchen_sale *s, const struct q_kitchen_states *states,
    size_t n)
{
	size_t	found = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct q_kitchen_ticket	*row = &s->rows[i];

		for (size_t k = 0; k < n; k++) {
			if (states[k].line != row->line ||
			    states[k].station != row->station) {
				continue;
			}
			row->state = kitchen_state_name(
			    kitchen_state_of(states[k].state));
			row->told = states[k].told;
			row->event = states[k].event;
			row->ready_at = states[k].ready_at;
			found++;
		}
	}
	return found == s->n && found == n;
}

static int
known_called(struct shop *shop, struct kitchen_sale *s)
{
	struct q_kitchen_called	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_kitchen_called(shop->db, s->sale, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t	course = rows[i].course;

		if (course >= 0 && course <= COURSES &&
		    rows[i].at > s->called[course]) {
			s->called[course] = rows[i].at;
		}
	}
	free(rows);
	return 0;
}

int
known_served(struct shop *shop, struct kitchen_sale *s)
{
	int	r;

	if (s->asked) {
		return 0;
	}
	if ((r = known_called(shop, s)) != 0 ||
	    (r = q_kitchen_served(shop->db, s->sale, &s->served)) != 0) {
		s->served = (struct q_kitchen_served){ 0 };
		return r;
	}
	served_own(&s->served);
	s->asked = true;
	return 0;
}

/* How far its lines are; *same: they are those that are known. */
static int
known_keys(struct shop *shop, struct kitchen_sale *s, bool *same)
{
	struct q_kitchen_states	*states;
	size_t			 n;
	int			 r;

	*same = false;
	if ((r = q_kitchen_states(shop->db, s->sale, &states, &n)) == 0) {
		*same = known_states(s, states, n);
		free(states);
	}
	return r;
}

int
known_sale(struct shop *shop, struct kitchen_known *k, int64_t sale, bool keys,
    int (*order)(const void *, const void *), struct kitchen_sale **out)
{
	struct kitchen_sale	*s = known_find(k, sale);
	struct kitchen_sale	 fresh = { .sale = sale };
	bool			 same = false;
	int			 r;

	*out = s;
	if (s != NULL && keys && ((r = known_keys(shop, s, &same)) != 0 ||
	    same)) {
		return r;
	}
	*out = NULL;
	if (s != NULL) {
		known_drop(k, (size_t)(s - k->sale));
	}
	if ((r = q_kitchen_ticket(shop->db, sale, &fresh.rows,
	    &fresh.n)) != 0 || fresh.n == 0) {
		free(fresh.rows);
		return r;
	}
	if (fresh.n > 1) {
		qsort(fresh.rows, fresh.n, sizeof(*fresh.rows), order);
	}
	if (k->n == KNOWN_MOST) {
		known_drop(k, 0);
	}
	k->sale[k->n] = fresh;
	*out = &k->sale[k->n++];
	return 0;
}
