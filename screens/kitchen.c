/* SPDX-License-Identifier: ISC */
/* What a station has to make: a tile for each ticket, and a digit for each
 * tile.  Everything is reached from a number pad, and news needs no key. */
#include "screens/kitchen.h"

#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/kitchen_part.h"
#include "screens/screens.h"

#define REPAINT_MS	(10 * 60000)	/* idle: a tube switched on later */

static enum turn
kitchen_station(struct session *s, struct kitchen_screen *st, int digit)
{
	int	r;

	if (digit > (int)st->nstations) {
		session_beep(s);
		return TURN_STAY;
	}
	kitchen_at(st, &st->stations[digit - 1]);
	if ((r = station_stay(st->shop, st->at.id)) != 0 ||
	    (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	return TURN_DRAW;
}

static enum turn
kitchen_press(struct session *s, void *state, uint32_t ch)
{
	/* The decimal key of half the number pads is a comma. */
	static const struct {
		char		letter;
		enum verb	verb;
	} letters[] = { { ',', VERB_START }, { 's', VERB_START },
	    { 't', VERB_MOVE }, { 'p', VERB_FIRST } };
	struct kitchen_screen	*st = state;

	st->touched = session_boot_ms(s);
	if (st->totals) {
		st->totals = false;
		return TURN_DRAW;
	}
	if (ch == 'a' && st->at.id != 0) {
		st->totals = true;
		return TURN_DRAW;
	}
	for (size_t i = 0; st->at.id != 0 && i < NELEM(letters); i++) {
		if (ch == (uint32_t)letters[i].letter) {
			st->verb = letters[i].verb;
			return TURN_DRAW;
		}
	}
	if (ch < '1' || ch > '9') {
		return TURN_STAY;
	}
	return st->at.id == 0 ? kitchen_station(s, st, (int)(ch - '0')) :
	    kitchen_digit(s, st, (int)(ch - '0'));
}

/* ":ready 3", or the digit is still to come. */
static enum turn
kitchen_verb(struct session *s, struct kitchen_screen *st, enum verb verb,
    const char *rest)
{
	int64_t	digit;

	st->verb = verb;
	if (*rest == '\0') {
		return TURN_DRAW;
	}
	if (str_to_i64(rest, 1, SLOTS, &digit) != 0) {
		st->verb = VERB_READY;
		session_warn(s, _("a number from %d to %d"), 1, SLOTS);
		return TURN_KEEP;
	}
	return kitchen_digit(s, st, (int)digit);
}

/* Another page; all stand in their order again. */
static enum turn
kitchen_turn(struct session *s, struct kitchen_screen *st, int step)
{
	int	pages = kitchen_pages(st);

	st->page = (st->page + step + pages) % pages;
	kitchen_settle(s, st, true);
	return TURN_DRAW;
}

static const enum action kitchen_more[] = { ACT_KITCHEN_START,
    ACT_KITCHEN_PART, ACT_KITCHEN_MOVE, ACT_KITCHEN_FIRST,
    ACT_KITCHEN_COUNTS, ACT_KITCHEN };

/* What a number pad has no key for. */
static enum turn
kitchen_enter(struct session *s, void *state, const char *text)
{
	struct kitchen_screen	*st = state;
	const char		*labels[NELEM(kitchen_more) + 1];

	st->touched = session_boot_ms(s);
	if (*text != '\0' || st->at.id == 0) {
		return TURN_STAY;
	}
	if (st->totals || st->verb != VERB_READY) {
		st->totals = false;
		st->verb = VERB_READY;
		return TURN_DRAW;
	}
	for (size_t i = 0; i < NELEM(kitchen_more); i++) {
		labels[i] = kitchen_more[i] == ACT_KITCHEN ? _("Station") :
		    action_label(kitchen_more[i]);
	}
	return kitchen_choose(s, st, ASK_VERB, _("What else?"), labels,
	    NELEM(kitchen_more));
}

static enum turn
kitchen_other(struct session *s, struct kitchen_screen *st, const char *rest)
{
	int	r = kitchen_begin(st, &(struct kitchen_arg){ .name = rest });

	if (r != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	return TURN_DRAW;
}

static enum turn
kitchen_back(struct session *s, struct kitchen_screen *st)
{
	if (st->totals || st->verb != VERB_READY) {
		st->totals = false;
		st->verb = VERB_READY;
		return TURN_DRAW;
	}
	return app_home(st->shop) == &screen_kitchen ?
	    session_confirm(s, ASK_LEAVE, false, _("Sign out?")) :
	    session_pop(s, false, 0, "");
}

static enum turn
kitchen_station_act(struct session *s, struct kitchen_screen *st,
    enum action act, const char *rest)
{
	switch (act) {
	case ACT_KITCHEN_READY:
		return kitchen_verb(s, st, VERB_READY, rest);
	case ACT_KITCHEN_START:
		return kitchen_verb(s, st, VERB_START, rest);
	case ACT_KITCHEN_PART:
		return kitchen_verb(s, st, VERB_PART, rest);
	case ACT_KITCHEN_MOVE:
		return kitchen_verb(s, st, VERB_MOVE, rest);
	case ACT_KITCHEN_FIRST:
		return kitchen_verb(s, st, VERB_FIRST, rest);
	case ACT_KITCHEN_COUNTS:
		st->totals = true;
		return TURN_DRAW;
	case ACT_PGDN:
		return kitchen_turn(s, st, 1);
	case ACT_PGUP:
		return kitchen_turn(s, st, -1);
	case ACT_UNDO:
		if (st->verb != VERB_READY) {
			st->verb = VERB_READY;
			return TURN_DRAW;
		}
		return kitchen_undo(s, st, NULL);
	default:
		return TURN_PASS;
	}
}

static enum turn
kitchen_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct kitchen_screen	*st = state;
	enum turn		 turn;
	bool			 totals = st->totals;

	st->touched = session_boot_ms(s);
	switch (act) {
	case ACT_BACK:
		return kitchen_back(s, st);
	case ACT_KITCHEN:
		return kitchen_other(s, st, rest);
	case ACT_DISH:
	case ACT_SOLD_OUT:
		/* What is done here is no news: read as well. */
		turn = app_act(s, act, rest);
		return kitchen_again(s, st) == 0 ? turn : TURN_STAY;
	case ACT_REFRESH:
		st->board.seen = 0;
		return kitchen_again(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	default:
		if (st->at.id == 0) {
			return TURN_PASS;
		}
		/* Nothing is done to what the counts hide. */
		turn = totals && *rest == '\0' ? TURN_PASS :
		    kitchen_station_act(s, st, act, rest);
		if (totals && turn == TURN_PASS) {
			st->totals = false;
			turn = TURN_DRAW;
		}
		return turn;
	}
}

/* Before a station is chosen there is nothing to do anything to. */
static bool
kitchen_can(const void *state, enum action act)
{
	const struct kitchen_screen	*st = state;

	switch (act) {
	case ACT_UNDO:
	case ACT_PGDN:
	case ACT_PGUP:
	case ACT_KITCHEN_START:
	case ACT_KITCHEN_PART:
	case ACT_KITCHEN_COUNTS:
	case ACT_KITCHEN_READY:
	case ACT_KITCHEN_MOVE:
	case ACT_KITCHEN_FIRST:
		return st->at.id != 0;
	default:
		return true;
	}
}

static const char *
kitchen_why(const void *state, enum action act)
{
	(void)state;
	(void)act;
	return _("choose a station first: its digit");
}

static enum turn
kitchen_key(struct session *s, void *state, struct key key)
{
	struct kitchen_screen	*st = state;

	st->touched = session_boot_ms(s);
	switch (st->at.id == 0 ? K_NONE : key.code) {
	case K_PGDN:
	case K_DOWN:
	case K_RIGHT:
		return kitchen_turn(s, st, 1);
	case K_PGUP:
	case K_UP:
	case K_LEFT:
		return kitchen_turn(s, st, -1);
	default:
		return TURN_PASS;
	}
}

static enum turn
kitchen_resume(struct session *s, void *state, const struct answer *a)
{
	struct kitchen_screen	*st = state;

	if (a->tag == ASK_LEAVE) {
		return a->ok ? app_leave(s) : TURN_DRAW;
	}
	if (!a->ok || a->value < 0 || a->value >= st->choices) {
		return kitchen_again(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	}
	switch (a->tag) {
	case ASK_LINE:
		return kitchen_part_done(s, st, a->value);
	case ASK_TO:
		return kitchen_move_to(s, st, a->value);
	case ASK_VERB:
		return kitchen_act(s, st, kitchen_more[a->value], "");
	default:
		return kitchen_again(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	}
}

static enum turn
kitchen_news(struct session *s, void *state, unsigned topics)
{
	struct kitchen_screen	*st = state;
	bool			 news;

	if (kitchen_read(s, st, topics, &news) != 0) {
		return TURN_STAY;
	}
	kitchen_timer(s, st);
	if (news) {
		session_beep(s);
	}
	return TURN_DRAW;
}

/* All clocks at once, from what was read already; what came in parts is read
 * as a whole then. */
static enum turn
kitchen_tick(struct session *s, void *state)
{
	struct kitchen_screen	*st = state;
	int64_t			 boot = session_boot_ms(s);
	int64_t			 now = session_now_ms(s) / 60000 * 60000;

	if (st->board.parts && now != st->now) {
		st->board.seen = 0;
		(void)kitchen_news(s, st, ~0U);
	}
	kitchen_known(s, st);
	st->now = now;
	kitchen_settle(s, st, false);
	kitchen_timer(s, st);
	if (boot - st->touched >= REPAINT_MS) {
		st->touched = boot;
		session_redraw(s);
	}
	return TURN_DRAW;
}

static const struct binding kitchen_keys[] = {
	{ ACT_UNDO, K_NONE, '0', N_("Recall") },
	{ ACT_KITCHEN_START, K_NONE, '.', NULL },
	{ ACT_KITCHEN_PART, K_NONE, '/', NULL },
	{ ACT_KITCHEN_COUNTS, K_NONE, '*', NULL },
	{ ACT_PGDN, K_NONE, '+', NULL },
	{ ACT_PGUP, K_NONE, '-', NULL },
	{ ACT_KITCHEN_READY, K_NONE, 0, NULL },
	{ ACT_KITCHEN_MOVE, K_NONE, 0, NULL },
	{ ACT_KITCHEN_FIRST, K_NONE, 0, NULL },
	{ ACT_KITCHEN, K_NONE, 0, N_("Station") },
	{ ACT_SOLD_OUT, K_NONE, 0, NULL },
	{ ACT_SELF, K_NONE, 0, NULL },
	{ ACT_SWITCH_USER, K_NONE, 0, NULL },
	{ 0 }
};

const struct screen screen_kitchen = {
	.name = "kitchen",
	.title = N_("KITCHEN"),
	.right = "kitchen",
	.help = N_("What this station has to make, the oldest first, each "
	    "ticket with its digit.  The digit says that it is ready; where "
	    "something was cancelled or changed it says first that this was "
	    "seen.  For three seconds the digit takes it back, and 0 takes "
	    "back the last one at any time, then the one before.  . and a "
	    "digit: somebody makes it; / and a digit: one dish of it is "
	    "ready; * counts all that is to be made; + and - turn the page.  "
	    "Enter has the rest: another station makes it, this table "
	    "first, another station's tickets.  A star before a dish says "
	    "that it was started; what waits is not to be made yet."),
	.topics = 1U << TOPIC_KITCHEN | 1U << TOPIC_TABLE | 1U << TOPIC_DISH,
	.flags = SCREEN_DIRECT | SCREEN_NOLOCK | SCREEN_DIGITS,
	.state_size = sizeof(struct kitchen_screen),
	.keys = kitchen_keys,
	.open = kitchen_open,
	.layout = kitchen_layout,
	.draw = kitchen_draw,
	.head = kitchen_head,
	.prompt = kitchen_prompt,
	.can = kitchen_can,
	.why = kitchen_why,
	.key = kitchen_key,
	.press = kitchen_press,
	.enter = kitchen_enter,
	.act = kitchen_act,
	.resume = kitchen_resume,
	.news = kitchen_news,
	.tick = kitchen_tick,
	.close = kitchen_close,
};
