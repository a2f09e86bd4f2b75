/* SPDX-License-Identifier: ISC */
/* Over the screen that refused: somebody who may says who they are, and what
 * was refused is done once under their right.  Nobody is signed in or out. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/approval.h"

enum approve_stage { APPROVE_NAME, APPROVE_SECRET, APPROVE_CODE };

struct approve_screen {
	struct shop		*shop;
	enum approve_stage	 stage;
	enum right		 right;
	char			 last[NAME_SIZE];	/* approved before */
	char			 name[NAME_SIZE];
	struct grant		 grant;
};

static void
approve_stage(struct session *s, struct approve_screen *st,
    enum approve_stage stage)
{
	st->stage = stage;
	session_secret(s, stage == APPROVE_SECRET);
}

static int
approve_open(struct session *s, void *state, const void *arg)
{
	struct approve_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	(void)str_copy(st->last, sizeof(st->last), app_of(s)->approver);
	return approval_ask(st->shop, &st->right) ? 0 :
	    err_set(ERR_BUG, "there is nothing to approve");
}

/* On the rows just above the entry line; what is below stays in sight. */
static void
approve_draw(const void *state, struct canvas *c)
{
	const struct approve_screen	*st = state;
	char				 text[200];
	int				 cols = canvas_cols(c) - 2, rows;

	if (st->stage == APPROVE_NAME) {
		(void)str_fmt(text, sizeof(text), _("Approval: %s.  Who?"),
		    right_text(st->right));
	} else {
		(void)str_fmt(text, sizeof(text), _("Approval: %s.  %s: %s"),
		    right_text(st->right), st->name,
		    st->stage == APPROVE_CODE ? _("the authenticator's "
		    "code?") : st->shop->who.terminal != 0 ?
		    _("PIN, password or badge?") : _("Password?"));
	}
	rows = (canvas_width(c, text) + cols - 1) / (cols > 0 ? cols : 1);
	rows += rows > 1;
	canvas_clear(c, canvas_rows(c) - rows, rows);
	canvas_wrap(c, canvas_rows(c) - rows, 1, STYLE_BOLD, text);
}

static void
approve_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct approve_screen	*st = state;

	(void)typed;
	if (st->stage == APPROVE_NAME && st->last[0] != '\0') {
		(void)str_fmt(out, size, _("name; Enter = %s  Esc refuses"),
		    st->last);
	} else if (st->stage == APPROVE_NAME) {
		(void)str_copy(out, size, _("name, then Enter  Esc refuses"));
	} else if (st->stage == APPROVE_SECRET) {
		(void)str_copy(out, size, _("then Enter; Esc: another name"));
	} else {
		(void)str_copy(out, size, _("six digits, then Enter"));
	}
}

/* Proven; may they? */
static enum turn
approve_done(struct session *s, struct approve_screen *st)
{
	int	r;

	if ((r = approval_grant(st->shop, st->grant.user,
	    st->grant.by)) != 0) {
		approve_stage(s, st, APPROVE_NAME);
		(void)session_fail(s, r);
		return TURN_DRAW;
	}
	(void)str_copy(app_of(s)->approver, sizeof(app_of(s)->approver),
	    st->grant.name);
	return session_pop(s, true, 0, "");
}

static enum turn
approve_proven(struct session *s, struct approve_screen *st, int r)
{
	if (r != 0) {
		/* DRAW, not KEEP: a secret does not stay on the line. */
		(void)session_fail(s, r);
		return TURN_DRAW;
	}
	return approve_done(s, st);
}

static enum turn
approve_enter(struct session *s, void *state, const char *text)
{
	struct approve_screen	*st = state;
	char			 login[NAME_SIZE];
	int			 r;

	if (app_badge(s, text)) {
		return approve_proven(s, st, app_prove(s, "", text,
		    &st->grant));
	}
	if (st->stage == APPROVE_NAME) {
		text = *text != '\0' ? text : st->last;
		if (*text == '\0') {
			return TURN_STAY;
		}
		/* An amount typed once more is not a person. */
		if ((r = shop_login_name(text, login)) != 0) {
			return session_fail(s, r);
		}
		(void)str_copy(st->name, sizeof(st->name), text);
		approve_stage(s, st, APPROVE_SECRET);
		return TURN_DRAW;
	}
	if (*text == '\0') {
		return TURN_STAY;
	}
	if (st->stage == APPROVE_SECRET) {
		r = app_prove(s, st->name, text, &st->grant);
		if (r == 0 && st->grant.needs_second) {
			approve_stage(s, st, APPROVE_CODE);
			return TURN_DRAW;
		}
	} else {
		r = auth_second(st->shop, st->grant.user, text);
	}
	return approve_proven(s, st, r);
}

static enum turn
approve_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct approve_screen	*st = state;

	(void)rest;
	if (act != ACT_BACK || st->stage == APPROVE_NAME) {
		return TURN_PASS;
	}
	st->grant = (struct grant){ 0 };
	approve_stage(s, st, APPROVE_NAME);
	return TURN_DRAW;
}

static void
approve_close(struct session *s, void *state)
{
	(void)s;
	explicit_bzero(state, sizeof(struct approve_screen));
}

const struct screen screen_approve = {
	.name = "approve",
	.title = N_("APPROVAL"),
	.help = N_("What was asked for needs somebody else's right.  Whoever "
	    "has it types their name and Enter, then their PIN (where this "
	    "terminal is trusted) or password and Enter, or shows their "
	    "badge at any moment: it is done once, "
	    "and both names are noted.  Nobody is signed out.  Esc leaves "
	    "it refused; what was typed before still stands."),
	.flags = SCREEN_OVER | SCREEN_LITERAL | SCREEN_BADGES,
	.state_size = sizeof(struct approve_screen),
	.open = approve_open,
	.draw = approve_draw,
	.prompt = approve_prompt,
	.enter = approve_enter,
	.act = approve_act,
	.close = approve_close,
};
