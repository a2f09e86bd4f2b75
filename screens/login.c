/* SPDX-License-Identifier: ISC */
/* Who is it?  The first screen of a console, a serial line and a terminal's
 * own login.  It lists nobody and answers alike for names it does not know. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/session.h"

enum login_stage { LOGIN_NAME, LOGIN_SECRET, LOGIN_CODE };

struct login_screen {
	struct shop		*shop;
	enum login_stage	 stage;
	bool			 back;	/* this terminal keeps a place */
	bool			 known;	/* the door has asked already */
	char			 name[NAME_SIZE];
	struct grant		 grant;
};

static void
login_stage(struct session *s, struct login_screen *st,
    enum login_stage stage)
{
	st->stage = stage;
	session_secret(s, stage == LOGIN_SECRET);
}

/* Nobody is here; who was cut off on this terminal gives the PIN alone. */
static void
login_begin(struct session *s, struct login_screen *st)
{
	struct app	*app = app_of(s);

	app_nobody(s);
	st->grant = (struct grant){ 0 };
	st->name[0] = '\0';
	st->back = app->terminal != 0 && session_place_user(st->shop,
	    app->terminal, st->name) == 0;
	login_stage(s, st, st->back ? LOGIN_SECRET : LOGIN_NAME);
}

/* `arg`: not NULL when somebody has signed in at the door; then this screen
 * only stands under theirs. */
static int
login_open(struct session *s, void *state, const void *arg)
{
	struct login_screen	*st = state;

	st->shop = session_shop(s);
	st->known = arg != NULL;
	if (st->known) {
		(void)app_start(s);
	} else {
		login_begin(s, st);
	}
	return 0;
}

static void
login_draw(const void *state, struct canvas *c)
{
	const struct login_screen	*st = state;
	int				 row = canvas_rows(c) >= 14 ? 4 : 1;
	int				 col = canvas_cols(c) >= 60 ? 25 : 4;

	canvas_put(c, row, col, STYLE_BOLD, st->shop->set.company);
	if (st->shop->set.demo) {
		canvas_put(c, row + 1, col, STYLE_WARN,
		    _("DEMO, an example: nothing here is real"));
	}
	if (st->stage == LOGIN_NAME) {
		canvas_put(c, row + 3, col, STYLE_NORMAL, _("Who are you?"));
		return;
	}
	canvas_put(c, row + 3, col, STYLE_NORMAL, st->name);
	canvas_put(c, row + 5, col, STYLE_NORMAL,
	    st->stage == LOGIN_CODE ? _("Code of your authenticator?") :
	    st->back ? _("Welcome back.  Your PIN, or your password?") :
	    _("Your password?"));
}

static void
login_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct login_screen	*st = state;

	(void)typed;
	(void)str_copy(out, size, st->stage == LOGIN_NAME ?
	    _("name, then Enter") : st->stage == LOGIN_SECRET ?
	    _("then Enter; Esc: another name") :
	    _("six digits, then Enter"));
}

static enum turn
login_in(struct session *s, struct login_screen *st)
{
	int	r;

	if ((r = app_enter(s, st->grant.user)) != 0) {
		login_begin(s, st);
		return session_fail(s, r);
	}
	st->name[0] = '\0';
	login_stage(s, st, LOGIN_NAME);
	return app_start(s);
}

static enum turn
login_refused(struct session *s, int r)
{
	/* DRAW, not KEEP: a secret does not stay on the line. */
	(void)session_fail(s, r);
	return TURN_DRAW;
}

static enum turn
login_enter(struct session *s, void *state, const char *text)
{
	struct login_screen	*st = state;
	int			 r;

	if (*text == '\0') {
		return TURN_STAY;
	}
	if (app_badge(s, text)) {
		r = app_prove(s, "", text, &st->grant);
		return r != 0 ? login_refused(s, r) : login_in(s, st);
	}
	switch (st->stage) {
	case LOGIN_NAME:
		(void)str_copy(st->name, sizeof(st->name), text);
		login_stage(s, st, LOGIN_SECRET);
		return TURN_DRAW;
	case LOGIN_SECRET:
		if ((r = app_prove(s, st->name, text, &st->grant)) != 0) {
			return login_refused(s, r);
		}
		if (st->grant.needs_second) {
			login_stage(s, st, LOGIN_CODE);
			return TURN_DRAW;
		}
		return login_in(s, st);
	case LOGIN_CODE:
		if ((r = auth_second(st->shop, st->grant.user, text)) != 0) {
			return login_refused(s, r);
		}
		return login_in(s, st);
	default:
		return TURN_STAY;
	}
}

static enum turn
login_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct login_screen	*st = state;

	(void)rest;
	if (act != ACT_BACK) {
		return TURN_PASS;
	}
	if (st->stage == LOGIN_NAME) {
		return TURN_STAY;
	}
	st->back = false;
	st->name[0] = '\0';
	st->grant = (struct grant){ 0 };
	login_stage(s, st, LOGIN_NAME);
	return TURN_DRAW;
}

/* The home screen ended: signed out, or somebody else has signed in. */
static enum turn
login_resume(struct session *s, void *state, const struct answer *a)
{
	struct login_screen	*st = state;

	(void)a;
	if (app_of(s)->changed) {
		return app_start(s);
	}
	if (st->known) {
		return session_pop(s, true, 0, "");
	}
	login_begin(s, st);
	return TURN_DRAW;
}

static void
login_close(struct session *s, void *state)
{
	(void)s;
	explicit_bzero(state, sizeof(struct login_screen));
}

static const struct binding login_keys[] = {
	{ ACT_KEY_TEST, K_F7, 0, NULL },
	{ ACT_LEAVE, K_F10, 0, NULL },
	{ 0 }
};

const struct screen screen_login = {
	.name = "login",
	.title = N_("WELCOME"),
	.help = N_("Type your name and Enter, then your password and Enter.  "
	    "The password is not shown.  Who was cut off on this terminal "
	    "is asked for the PIN alone.  On a trusted terminal a badge "
	    "is enough.  F7 shows what your keys send."),
	.flags = SCREEN_LITERAL | SCREEN_NOLOCK | SCREEN_BADGES,
	.state_size = sizeof(struct login_screen),
	.keys = login_keys,
	.open = login_open,
	.draw = login_draw,
	.prompt = login_prompt,
	.enter = login_enter,
	.act = login_act,
	.resume = login_resume,
	.close = login_close,
};
