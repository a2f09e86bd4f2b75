/* SPDX-License-Identifier: ISC */
/* A kitchen's display opened, read and read again. */
#include "screens/kitchen_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/watch.h"
#include "screens/app.h"

#define SAID_MS		50000	/* a dish stands out until the next minute */

/* Is there something on it that was not there before? */
static bool
kitchen_is_news(const struct kitchen_board *old,
    const struct kitchen_ticket *t)
{
	const struct kitchen_ticket	*was = NULL;
	size_t				 untold = 0, before = 0;

	for (size_t i = 0; i < old->n; i++) {
		if (old->tickets[i].sale == t->sale &&
		    old->tickets[i].course == t->course) {
			was = &old->tickets[i];
		}
	}
	for (size_t i = 0; i < t->n; i++) {
		untold += t->lines[i].told ? 0 : 1;
	}
	for (size_t i = 0; was != NULL && i < was->n; i++) {
		before += was->lines[i].told ? 0 : 1;
	}
	return was == NULL || t->n > was->n || untold > before ||
	    (t->live && !was->live) || (t->rush && !was->rush) ||
	    strcmp(t->message, was->message) != 0 ||
	    strcmp(t->allergies, was->allergies) != 0;
}

/* What the cooks are to hear of: a dish that is new, sold out, or there
 * again.  That one more was sold only shows. */
static bool
kitchen_is_said(const struct dish *was, const struct dish *d)
{
	bool	out = d->counted && d->left <= 0;

	return was == NULL || out != (was->counted && was->left <= 0);
}

static int
kitchen_dishes(struct session *s, struct kitchen_screen *st, bool *news)
{
	struct dish		*rows;
	struct announced	*all;
	size_t			 n;
	int			 r;

	if ((r = dish_board(st->shop, st->at.id, &rows, &n)) != 0) {
		return r;
	}
	all = xcalloc(n + 1, sizeof(*all));
	for (size_t i = 0; i < n; i++) {
		const struct announced	*was = NULL;

		for (size_t k = 0; k < st->ndishes; k++) {
			if (st->dishes[k].dish.product == rows[i].product) {
				was = &st->dishes[k];
			}
		}
		all[i].dish = rows[i];
		all[i].since = was == NULL ? 0 : was->since;
		if (st->announced && kitchen_is_said(was == NULL ? NULL :
		    &was->dish, &rows[i])) {
			all[i].since = session_boot_ms(s);
			*news = true;
		}
	}
	free(rows);
	free(st->dishes);
	st->dishes = all;
	st->ndishes = n;
	st->announced = true;
	return 0;
}

void
kitchen_known(struct session *s, struct kitchen_screen *st)
{
	for (size_t i = 0; i < st->ndishes; i++) {
		if (session_boot_ms(s) - st->dishes[i].since >= SAID_MS) {
			st->dishes[i].since = 0;
		}
	}
}

static int
kitchen_tickets(struct session *s, struct kitchen_screen *st, bool *news)
{
	struct kitchen_board	was = { 0 };
	int			r;

	st->board.station.id = st->at.id;
	if ((r = kitchen_board_again(st->shop, &st->board, &was)) != 0) {
		return r;
	}
	for (size_t i = 0; i < st->board.n; i++) {
		*news = *news || (st->board.tickets[i].fresh &&
		    kitchen_is_news(&was, &st->board.tickets[i]));
	}
	kitchen_board_done(&was);
	free(st->counts);
	kitchen_all_day(&st->board, &st->counts, &st->ncounts);
	kitchen_settle(s, st, false);
	return 0;
}

int
kitchen_read(struct session *s, struct kitchen_screen *st, unsigned topics,
    bool *news)
{
	int	r = 0;

	*news = false;
	st->now = session_now_ms(s) / 60000 * 60000;
	if (st->at.id == 0) {
		return 0;
	}
	if ((topics & ~(1U << TOPIC_DISH)) != 0) {
		r = kitchen_tickets(s, st, news);
	}
	return r != 0 || (topics & 1U << TOPIC_DISH) == 0 ? r :
	    kitchen_dishes(s, st, news);
}

void
kitchen_timer(struct session *s, const struct kitchen_screen *st)
{
	int64_t	ms = 60000 - session_now_ms(s) % 60000;
	int64_t	boot = session_boot_ms(s);

	for (int i = 0; i < SLOTS; i++) {
		int64_t	left = st->slots[i].held - boot;

		if (st->slots[i].held > 0 && left < ms) {
			ms = left > 0 ? left : 1;
		}
	}
	session_timer(s, ms);
}

int
kitchen_again(struct session *s, struct kitchen_screen *st)
{
	bool	news;
	int	r = kitchen_read(s, st, ~0U, &news);

	kitchen_timer(s, st);
	return r;
}

int
kitchen_stations(struct kitchen_screen *st)
{
	struct station	*rows;
	size_t		 n;
	int		 r;

	if ((r = station_list(st->shop, &rows, &n)) != 0) {
		return r;
	}
	free(st->stations);
	st->stations = rows;
	st->nstations = 0;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].display) {
			rows[st->nstations++] = rows[i];
		}
	}
	return 0;
}

void
kitchen_at(struct kitchen_screen *st, const struct station *at)
{
	st->at.id = 0;
	if (at != NULL) {
		st->at = *at;
	}
	st->page = 0;
	st->verb = VERB_READY;
	st->totals = false;
	kitchen_board_done(&st->board);
	st->announced = false;
	st->ndishes = 0;
	memset(st->slots, 0, sizeof(st->slots));
}

/* Which one is asked for only where there are several, and none was chosen at
 * this terminal before. */
int
kitchen_begin(struct kitchen_screen *st, const struct kitchen_arg *arg)
{
	struct station	found;
	int64_t		here = 0;
	int		r;

	if ((r = kitchen_stations(st)) != 0) {
		return r;
	}
	if (st->nstations == 0) {
		return err_set(ERR_EMPTY, _("no station has a display; a "
		    "manager makes one with comptoir station"));
	}
	kitchen_at(st, st->nstations == 1 ? &st->stations[0] : NULL);
	if (arg != NULL && arg->name != NULL && arg->name[0] != '\0') {
		if ((r = station_find(st->shop, arg->name, &found)) == 0) {
			kitchen_at(st, &found);
			r = station_stay(st->shop, found.id);
		}
		return r;
	}
	if (arg == NULL && (r = station_here(st->shop, &here)) != 0) {
		return r;
	}
	for (size_t i = 0; i < st->nstations; i++) {
		if (st->stations[i].id == (arg == NULL ? here :
		    arg->station)) {
			kitchen_at(st, &st->stations[i]);
		}
	}
	return 0;
}

static void
kitchen_forget(struct kitchen_screen *st)
{
	kitchen_board_done(&st->board);
	free(st->counts);
	free(st->dishes);
	free(st->stations);
}

int
kitchen_open(struct session *s, void *state, const void *arg)
{
	struct kitchen_screen	*st = state;
	struct course		*courses;
	size_t			 n;
	int			 r;

	st->shop = session_shop(s);
	st->cols = st->rows = 1;
	st->touched = session_boot_ms(s);
	if ((r = kitchen_begin(st, arg)) != 0 ||
	    (r = course_list(st->shop, &courses, &n)) != 0) {
		free(st->stations);
		return r;
	}
	for (int i = 1; i <= COURSES; i++) {
		(void)str_fmt(st->course[i], COURSE_NAME, _("course %d"), i);
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_copy(st->course[courses[i].number], COURSE_NAME,
		    courses[i].name);
	}
	free(courses);
	if ((r = kitchen_again(s, st)) != 0) {
		kitchen_forget(st);
	}
	return r;
}

void
kitchen_close(struct session *s, void *state)
{
	struct kitchen_screen	*st = state;

	app_keep(s, "kitchen", st->at.id);
	kitchen_forget(st);
}
