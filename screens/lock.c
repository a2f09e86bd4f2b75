/* SPDX-License-Identifier: ISC */
/* Locked: the PIN opens it, and somebody else's PIN makes it theirs.  What is
 * below is hidden, and its sale let go so that others can take it. */
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "screens/app.h"
#include "screens/screens.h"

enum lock_stage { LOCK_NAME, LOCK_SECRET, LOCK_CODE };

struct lock_screen {
	struct shop		*shop;
	enum lock_stage		 stage;
	bool			 wished;	/* not locked: Esc goes back */
	char			 name[NAME_SIZE];
	struct grant		 grant;
};

static void
lock_stage(struct session *s, struct lock_screen *st, enum lock_stage stage)
{
	st->stage = stage;
	session_secret(s, stage == LOCK_SECRET);
}

/* `arg`: NULL locks; a name, or "", is somebody else who wants to work. */
static int
lock_open(struct session *s, void *state, const void *arg)
{
	struct lock_screen	*st = state;
	struct app		*app = app_of(s);
	const char		*name = arg;
	int			 r;

	st->shop = session_shop(s);
	st->wished = name != NULL;
	if (app->sale != 0 && (r = sale_park(st->shop, app->sale)) != 0) {
		log_err(r, "parking sale %lld", (long long)app->sale);
	}
	(void)str_copy(st->name, sizeof(st->name),
	    name != NULL ? name : st->shop->who.name);
	lock_stage(s, st, st->name[0] == '\0' ? LOCK_NAME : LOCK_SECRET);
	return 0;
}

static void
lock_draw(const void *state, struct canvas *c)
{
	const struct lock_screen	*st = state;
	int				 row = canvas_rows(c) >= 14 ? 4 : 1;
	int				 col = canvas_cols(c) >= 60 ? 25 : 4;

	if (st->stage == LOCK_NAME) {
		canvas_put(c, row, col, STYLE_BOLD,
		    _("Who works here now?"));
		return;
	}
	canvas_put(c, row, col, STYLE_BOLD, st->name);
	canvas_put(c, row + 2, col, STYLE_NORMAL,
	    st->stage == LOCK_CODE ? _("Code of your authenticator?") :
	    st->shop->who.terminal != 0 ? _("PIN, password or badge?") :
	    _("Password?"));
}

static void
lock_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct lock_screen	*st = state;

	(void)typed;
	(void)str_copy(out, size, st->stage == LOCK_NAME ?
	    _("name, then Enter") : st->stage == LOCK_SECRET ?
	    _("then Enter; Esc: somebody else") :
	    _("six digits, then Enter"));
}

/* Proven: open, or become that user; the home screens see who it is. */
static enum turn
lock_done(struct session *s, struct lock_screen *st)
{
	int	r;

	if (st->grant.user == st->shop->who.user) {
		return session_pop(s, true, 0, "");
	}
	if ((r = app_enter(s, st->grant.user)) != 0) {
		(void)session_fail(s, r);
		return session_end(s, 1);
	}
	return session_home(s);
}

static enum turn
lock_proven(struct session *s, struct lock_screen *st, int r)
{
	if (r != 0) {
		st->wished = false;	/* from here on it is locked */
		(void)session_fail(s, r);
		return TURN_DRAW;
	}
	return lock_done(s, st);
}

static enum turn
lock_enter(struct session *s, void *state, const char *text)
{
	struct lock_screen	*st = state;
	int			 r = 0;

	if (*text == '\0' && st->stage == LOCK_NAME && !st->wished) {
		(void)str_copy(st->name, sizeof(st->name),
		    st->shop->who.name);
		lock_stage(s, st, LOCK_SECRET);
		return TURN_DRAW;
	}
	if (*text == '\0') {
		return TURN_STAY;
	}
	if (app_badge(s, text)) {
		return lock_proven(s, st, app_prove(s, "", text, &st->grant));
	}
	switch (st->stage) {
	case LOCK_NAME:
		(void)str_copy(st->name, sizeof(st->name), text);
		lock_stage(s, st, LOCK_SECRET);
		return TURN_DRAW;
	case LOCK_SECRET:
		r = app_prove(s, st->name, text, &st->grant);
		if (r == 0 && st->grant.needs_second &&
		    st->grant.user != st->shop->who.user) {
			lock_stage(s, st, LOCK_CODE);
			return TURN_DRAW;
		}
		break;
	case LOCK_CODE:
		r = auth_second(st->shop, st->grant.user, text);
		break;
	}
	return lock_proven(s, st, r);
}

static enum turn
lock_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct lock_screen	*st = state;

	(void)rest;
	if (act == ACT_LOCK) {
		return TURN_STAY;
	}
	if (act != ACT_BACK) {
		return TURN_PASS;
	}
	if (st->wished) {
		return session_pop(s, false, 0, "");
	}
	lock_stage(s, st, st->stage == LOCK_NAME ? LOCK_SECRET : LOCK_NAME);
	(void)str_copy(st->name, sizeof(st->name),
	    st->stage == LOCK_NAME ? "" : st->shop->who.name);
	return TURN_DRAW;
}

static void
lock_close(struct session *s, void *state)
{
	(void)s;
	explicit_bzero(state, sizeof(struct lock_screen));
}

static const struct binding lock_keys[] = {
	{ ACT_LEAVE, K_F10, 0, NULL },
	{ 0 }
};

const struct screen screen_lock = {
	.name = "lock",
	.title = N_("LOCKED"),
	.help = N_("Your PIN (or your password) opens this terminal where "
	    "you left it.  Esc asks for another name: that person's PIN "
	    "makes the terminal theirs.  A badge does both at once.  "
	    "Your open sale waits under F6."),
	.flags = SCREEN_LITERAL | SCREEN_NOLOCK | SCREEN_BADGES,
	.state_size = sizeof(struct lock_screen),
	.keys = lock_keys,
	.open = lock_open,
	.draw = lock_draw,
	.prompt = lock_prompt,
	.enter = lock_enter,
	.act = lock_act,
	.close = lock_close,
};
