/* SPDX-License-Identifier: ISC */
/* What a digit does to the ticket that has it. */
#include "screens/kitchen_part.h"

#include <stdlib.h>

#include "base/buf.h"

#define HELD_MS		3000		/* a made one's digit takes it back */
#define NEW_MS		700		/* a digit just given to another one */

enum turn
kitchen_refused(struct session *s, struct kitchen_screen *st, int r)
{
	session_beep(s);
	(void)session_fail(s, r);
	if (kitchen_again(s, st) != 0) {
		kitchen_at(st, NULL);
	}
	return TURN_KEEP;
}

enum turn
kitchen_choose(struct session *s, struct kitchen_screen *st, int tag,
    const char *question, const char **labels, size_t n)
{
	st->choices = (int64_t)n;
	labels[n] = _("nothing");
	return session_choose(s, tag, question, labels, n + 1);
}

/* "T4 Plats" */
static const char *
kitchen_named(const struct kitchen_screen *st, const char *called, int course)
{
	static char	name[64 + COURSE_NAME];
	const char	*words = kitchen_course(st, course);

	(void)str_fmt(name, sizeof(name), "%s%s%s", called,
	    *words == '\0' ? "" : " ", words);
	return name;
}

static enum turn
kitchen_ready(struct session *s, struct kitchen_screen *st, int i)
{
	struct kitchen_ticket	*t = &st->board.tickets[kitchen_ticket_of(st,
				    &st->slots[i])];
	int			 course = t->course, r;
	char			 called[64];
	bool			 seen;

	(void)str_copy(called, sizeof(called), t->called);
	if ((r = kitchen_do(st->shop, KITCHEN_BUMP, st->at.id, t, 0,
	    &seen)) != 0) {
		return kitchen_refused(s, st, r);
	}
	st->slots[i].held = session_boot_ms(s) + HELD_MS;
	if ((r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	if (seen) {
		session_say(s, _("%s: seen; %d again once it is ready"),
		    kitchen_named(st, called, course), i + 1);
	} else {
		session_say(s, _("%s: ready   0 takes it back"),
		    kitchen_named(st, called, course));
	}
	return TURN_DRAW;
}

enum turn
kitchen_undo(struct session *s, struct kitchen_screen *st,
    const struct slot *slot)
{
	struct kitchen_made	*made, one = { 0 };
	size_t			 n, i = 0;
	int			 r;

	if ((r = kitchen_made(st->shop, st->at.id, 50, &made, &n)) != 0) {
		return kitchen_refused(s, st, r);
	}
	while (slot != NULL && i < n && (made[i].sale != slot->sale ||
	    made[i].course != slot->course)) {
		i++;
	}
	if (i < n) {
		one = made[i];
	}
	free(made);
	if (one.sale == 0) {
		return kitchen_refused(s, st, err_set(ERR_EMPTY,
		    _("nothing that is ready stands at the pass any more")));
	}
	if ((r = kitchen_recall(st->shop, st->at.id, &one)) != 0 ||
	    (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	for (int k = 0; k < SLOTS; k++) {
		/* Whose digit it is was asked for by this key. */
		if (st->slots[k].sale == one.sale &&
		    st->slots[k].course == one.course) {
			st->slots[k].given = 0;
		}
	}
	session_say(s, _("%s: back, to be made again"),
	    kitchen_named(st, one.called, one.course));
	return TURN_DRAW;
}

static enum turn
kitchen_start(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	struct kitchen_ticket	was = *t;
	bool			seen;
	int			r;

	if ((r = kitchen_do(st->shop, KITCHEN_START, st->at.id, t, 0,
	    &seen)) != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, _("%s: started"), kitchen_named(st, was.called,
	    was.course));
	return TURN_DRAW;
}

static enum turn
kitchen_before(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	struct kitchen_ticket	was = *t;
	bool			first;
	int			r;

	if ((r = kitchen_first(st->shop, st->at.id, t, &first)) != 0 ||
	    (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, first ? _("%s: before the others") :
	    _("%s: in its turn again"), was.called);
	return TURN_DRAW;
}

/* What is chosen from outlives news: only what states it is kept. */
static void
kitchen_pick(struct kitchen_screen *st, const struct kitchen_ticket *t)
{
	st->picked = (struct kitchen_ticket){ .sale = t->sale,
	    .course = t->course, .rev = t->rev, .live = t->live };
	(void)str_copy(st->picked.called, sizeof(st->picked.called),
	    t->called);
}

static enum turn
kitchen_part(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	const char	*labels[PICKED + 1];
	char		 texts[PICKED][200];
	size_t		 n;

	kitchen_pick(st, t);
	for (n = 0; n < t->n && n < PICKED; n++) {
		tile_line(&t->lines[n], st->shop->money.mark, texts[n],
		    sizeof(texts[n]));
		labels[n] = texts[n];
		st->lines[n] = t->lines[n].line;
	}
	return kitchen_choose(s, st, ASK_LINE, _("Which dish is ready?"),
	    labels, n);
}

enum turn
kitchen_part_done(struct session *s, struct kitchen_screen *st, int64_t i)
{
	bool	seen;
	int	r;

	if ((r = kitchen_do(st->shop, KITCHEN_BUMP, st->at.id, &st->picked,
	    st->lines[i], &seen)) != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, seen ? _("%s: seen") : _("%s: one dish is ready"),
	    kitchen_named(st, st->picked.called, st->picked.course));
	return TURN_DRAW;
}

enum turn
kitchen_move_to(struct session *s, struct kitchen_screen *st, int64_t i)
{
	char	name[STATION_NAME];
	int	r;

	(void)str_copy(name, sizeof(name), st->stations[i].name);
	if ((r = kitchen_move(st->shop, st->at.id, &st->picked,
	    st->stations[i].id)) != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, _("%s: at %s now"), kitchen_named(st,
	    st->picked.called, st->picked.course), name);
	return TURN_DRAW;
}

static enum turn
kitchen_transfer(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	const char	*labels[STATIONS + 1];
	size_t		 n;

	kitchen_pick(st, t);
	if (kitchen_stations(st) != 0 || st->nstations < 2) {
		return kitchen_refused(s, st, err_set(ERR_EMPTY,
		    _("there is no other station with a display")));
	}
	for (n = 0; n < st->nstations && n < STATIONS; n++) {
		labels[n] = st->stations[n].name;
	}
	return kitchen_choose(s, st, ASK_TO, _("Who makes it?"), labels, n);
}

enum turn
kitchen_digit(struct session *s, struct kitchen_screen *st, int digit)
{
	enum verb		 verb = st->verb;
	const struct slot	*slot = &st->slots[digit - 1];
	ptrdiff_t		 at = kitchen_ticket_of(st, slot);
	const struct kitchen_ticket *t;

	st->verb = VERB_READY;
	if (slot->sale != 0 && at < 0 && verb == VERB_READY) {
		return kitchen_undo(s, st, slot);
	}
	if (at < 0) {
		session_warn(s, _("%d: no ticket stands there"), digit);
		session_beep(s);
		return TURN_KEEP;
	}
	if (slot->given != 0 && session_boot_ms(s) - slot->given < NEW_MS) {
		session_warn(s, _("%d is %s since this moment: look, then "
		    "press it"), digit, slot->called);
		session_beep(s);
		return TURN_KEEP;
	}
	t = &st->board.tickets[at];
	switch (verb) {
	case VERB_START:
		return kitchen_start(s, st, t);
	case VERB_PART:
		return kitchen_part(s, st, t);
	case VERB_MOVE:
		return kitchen_transfer(s, st, t);
	case VERB_FIRST:
		return kitchen_before(s, st, t);
	default:
		return kitchen_ready(s, st, digit - 1);
	}
}
