/* SPDX-License-Identifier: ISC */
/* The key contract (design.md 9): what a key means, in the order in which it
 * is asked. */
#include <stdio.h>
#include <string.h>

#include "db/watch.h"
#include "term/inside.h"

struct screen_face
session_face(const struct frame *f)
{
	const struct screen_face	*face = f->screen->face == NULL ?
					    NULL : f->screen->face(f->state);

	return face != NULL ? *face : (struct screen_face){
	    .name = f->screen->name, .title = f->screen->title,
	    .help = f->screen->help, .keys = f->screen->keys };
}

const struct binding *
session_binding(const struct session *s, const struct frame *f,
    enum key_code key)
{
	(void)s;
	for (const struct binding *b = session_face(f).keys; b != NULL &&
	    b->act != ACT_NONE; b++) {
		if (b->key == key) {
			return b;
		}
	}
	return NULL;
}

static const struct binding *
session_letter(const struct frame *f, uint32_t ch)
{
	for (const struct binding *b = session_face(f).keys; b != NULL &&
	    b->act != ACT_NONE; b++) {
		if (b->letter != 0 && (uint32_t)b->letter == ch) {
			return b;
		}
	}
	return NULL;
}

char
session_binding_letter(const struct binding *b)
{
	switch (b->act) {
	case ACT_YES:
		return _("yes")[0];
	case ACT_NO:
		return _("no")[0];
	default:
		return b->letter;
	}
}

bool
session_offers(struct session *s, const struct frame *f, enum action act)
{
	return (session_allowed(s, action_right(act)) ||
	    session_lendable(s, action_right(act))) &&
	    (f->screen->can == NULL || f->screen->can(f->state, act));
}

/* Text here is only text: no ":", "?" or menu. */
static bool
session_literal(const struct frame *f)
{
	return f->secret || (f->screen->flags & SCREEN_LITERAL) != 0;
}

/* ---- actions ------------------------------------------------------------ */

static const struct {
	enum action	act;
	enum key_code	key;
} act_keys[] = {
	{ ACT_UP, K_UP }, { ACT_DOWN, K_DOWN }, { ACT_PGUP, K_PGUP },
	{ ACT_PGDN, K_PGDN }, { ACT_FIRST, K_HOME }, { ACT_LAST, K_END },
};

static enum turn
session_act_lock(struct session *s)
{
	if (s->config.lock == NULL) {
		session_warn(s, _("nothing locks this terminal"));
		return TURN_STAY;
	}
	return session_push(s, s->config.lock, NULL);
}

/* Is there anything for Tab to list? A question has nothing. */
static bool
session_has_menu(const struct session *s)
{
	const struct binding	*b = session_face(session_frame(s)).keys;

	return b != NULL && b->act != ACT_NONE;
}

/* What an action means where the screen says nothing. */
static enum turn
session_act_floor(struct session *s, enum action act, const char *rest)
{
	enum turn	turn = TURN_PASS;

	for (size_t i = 0; i < NELEM(act_keys); i++) {
		if (act_keys[i].act == act) {
			session_key(s, (struct key){
			    .code = act_keys[i].key });
			return TURN_STAY;
		}
	}
	if (s->config.act != NULL) {
		turn = s->config.act(s, act, rest);
	}
	if (turn != TURN_PASS) {
		return turn;
	}
	switch (act) {
	case ACT_HELP:
		session_help(s);
		return TURN_DRAW;
	case ACT_MENU:
		session_menu(s);
		return TURN_DRAW;
	case ACT_BACK:
		/* The lowest screen is where one is at home. */
		return s->depth > 1 ? session_pop(s, false, 0, NULL) :
		    TURN_STAY;
	case ACT_REDRAW:
		session_redraw(s);
		/* Who paints anew doubts what stands there. */
		if (s->config.watch != NULL) {
			watch_hurry(s->config.watch);
		}
		return TURN_STAY;
	case ACT_LOCK:
		return session_act_lock(s);
	case ACT_LANGUAGE:
		session_language(s, rest);
		session_layout(s);
		session_reread(s);	/* rows are made of words, too */
		return TURN_DRAW;
	case ACT_LEAVE:
		return session_end(s, 0);
	default:
		session_warn(s, session_has_menu(s) ?
		    _("\"%s\" does nothing here; Tab lists what does") :
		    _("\"%s\" does nothing here; Esc goes back"),
		    action_name_local(act));
		return TURN_STAY;
	}
}

static void
session_warn_why(struct session *s, const struct frame *f, enum action act)
{
	const char	*why = f->screen->why == NULL ? NULL :
			    f->screen->why(f->state, act);

	if (why != NULL) {
		session_warn(s, "%s", why);
	} else {
		session_warn(s, _("%s: not now"), action_label(act));
	}
}

static enum turn
session_act_do(struct session *s, struct frame *f, enum action act,
    const char *rest)
{
	struct frame	*before;
	enum turn	 turn = TURN_PASS;

	if (!session_allowed(s, action_right(act))) {
		(void)session_fail(s, session_refusal(s, action_right(act),
		    action_label(act)));
		session_beep(s);
		/* What a ":" line says is not lost while somebody is asked. */
		return s->doing->denied ? TURN_KEEP : TURN_STAY;
	}
	if (f->screen->can != NULL && !f->screen->can(f->state, act)) {
		session_warn_why(s, f, act);
		return TURN_STAY;
	}
	before = session_enter(s, f);
	if (f->screen->act != NULL) {
		turn = f->screen->act(s, f->state, act, rest);
	}
	session_leave(s, before);
	if (turn == TURN_PASS) {
		turn = session_act_floor(s, act, rest);
	}
	session_turned(s, turn);
	return turn;
}

enum turn
session_act(struct session *s, enum action act, const char *rest)
{
	struct frame	*f = session_frame(s);
	struct step	 step = { .kind = STEP_ACT, .frame = f, .act = act,
			    .text = rest };

	session_step(s, &step);
	return session_stepped(s, &step, session_act_do(s, f, act, rest));
}

/* ---- the entry line ----------------------------------------------------- */

static void
session_typed(struct session *s, struct frame *f)
{
	enum turn	turn = TURN_STAY;

	s->dirty |= DIRTY_ENTRY;
	if (f->screen->typed != NULL &&
	    (f->line.text[0] != ':' || session_literal(f))) {
		struct frame	*before = session_enter(s, f);

		turn = f->screen->typed(s, f->state,
		    session_badge_begun(s, f->line.text) ? "" : f->line.text);
		session_leave(s, before);
	}
	session_turned(s, turn);
}

void
session_keep(struct session *s, struct frame *f, const struct edit *text)
{
	if ((session_frame(s) == f || session_again_waits(s, f)) &&
	    !f->dead && f->line.len == 0) {
		f->line = *text;
		f->line.at = f->line.len;
		f->kept = true;
		s->dirty |= DIRTY_ENTRY;
	}
}

enum turn
session_enter_text(struct session *s, struct frame *f,
    const struct edit *text)
{
	struct step	 step = { .kind = STEP_ENTER, .frame = f,
			    .text = text->text };
	struct frame	*before;
	enum turn	 turn = TURN_PASS;

	session_step(s, &step);
	if (f->screen->enter != NULL) {
		before = session_enter(s, f);
		turn = f->screen->enter(s, f->state, text->text);
		if (turn == TURN_KEEP) {
			session_keep(s, f, text);
		}
		session_leave(s, before);
	}
	session_turned(s, turn);
	return session_stepped(s, &step, turn);
}

/* The end of an entry.  The line is empty while enter() runs, so that it may
 * put something else there; a refused text comes back. */
static void
session_entered(struct session *s, struct frame *f)
{
	struct edit	text = f->line;

	s->dirty |= DIRTY_ENTRY;
	edit_clear(&f->line);
	if (text.text[0] == ':' && !session_literal(f)) {
		if (session_command(s, text.text + 1) == TURN_KEEP) {
			session_keep(s, f, &text);
		}
		return;
	}
	if (session_stray_entered(s, f, &text)) {
		explicit_bzero(&text, sizeof(text));
		return;
	}
	(void)session_enter_text(s, f, &text);
	explicit_bzero(&text, sizeof(text));
}

/* More than the line holds: one message, and its end is not executed. */
static void
session_overlong(struct session *s)
{
	s->dropping = true;
	session_warn(s, _("too long: the rest of that line was left out; "
	    "Esc empties it"));
	session_beep(s);
}

static void
session_type(struct session *s, struct frame *f, uint32_t ch)
{
	if (edit_insert(&f->line, ch)) {
		session_typed(s, f);
	} else {
		session_overlong(s);
	}
}

/* ---- keys --------------------------------------------------------------- */

static void
session_fkey(struct session *s, struct frame *f, enum key_code key)
{
	const struct binding	*b = session_binding(s, f, key);

	if (b != NULL) {
		(void)session_act(s, b->act, "");
	} else if (key == K_F1) {
		(void)session_act(s, ACT_HELP, "");
	} else if (key == K_F10) {
		(void)session_act(s, ACT_BACK, "");
	} else {
		session_warn(s, session_has_menu(s) ?
		    _("%s does nothing here; Tab lists what does") :
		    _("%s does nothing here; Esc goes back"), key_name(key));
	}
}

static void
session_esc(struct session *s, struct frame *f)
{
	if (f->line.len > 0) {
		edit_clear(&f->line);
		session_typed(s, f);
	} else {
		(void)session_act(s, ACT_BACK, "");
	}
}

/* ":" and then a digit at once: that F-key, for who has none. */
static bool
session_colon_digit(struct session *s, struct frame *f, uint32_t ch)
{
	enum key_code	key;

	if (strcmp(f->line.text, ":") != 0 || ch < '0' || ch > '9') {
		return false;
	}
	key = ch == '0' ? K_F10 : (enum key_code)(K_F1 + (int)(ch - '1'));
	edit_clear(&f->line);
	s->dirty |= DIRTY_ENTRY;
	session_fkey(s, f, key);
	return true;
}

enum turn
session_press(struct session *s, struct frame *f, uint32_t ch)
{
	struct step	 step = { .kind = STEP_PRESS, .frame = f,
			    .key = { .code = K_CHAR, .ch = ch } };
	struct frame	*before;
	enum turn	 turn;

	session_step(s, &step);
	before = session_enter(s, f);
	turn = f->screen->press(s, f->state, ch);
	session_leave(s, before);
	if (turn != TURN_PASS) {
		session_turned(s, turn);
	}
	return session_stepped(s, &step, turn);
}

/* A letter or digit on a direct screen; false: it is to be typed. */
static bool
session_direct(struct session *s, struct frame *f, uint32_t ch)
{
	const struct binding	*b;

	if ((f->screen->flags & SCREEN_DIRECT) == 0 || f->line.len > 0 ||
	    ch == ':') {
		return false;
	}
	if ((b = session_letter(f, ch)) != NULL) {
		(void)session_act(s, b->act, "");
		return true;
	}
	/* Without press() it means nothing here. */
	return f->screen->press == NULL ||
	    session_press(s, f, ch) != TURN_PASS;
}

static void
session_char(struct session *s, struct frame *f, uint32_t ch)
{
	bool	literal = session_literal(f);

	if (!literal && session_colon_digit(s, f, ch)) {
		return;
	}
	if (!literal && ch == '?' && f->line.len == 0) {
		(void)session_act(s, ACT_HELP, "");
		return;
	}
	if (session_direct(s, f, ch)) {
		return;
	}
	if (!literal && s->config.profile.times != 0 &&
	    ch == (uint32_t)s->config.profile.times) {
		ch = '*';
	}
	session_type(s, f, ch);
}

static void
session_tab(struct session *s, struct frame *f)
{
	if (f->line.len == 0) {
		(void)session_act(s, ACT_MENU, "");
	} else if (f->line.text[0] == ':' && !session_literal(f)) {
		session_complete(s);
	} else {
		session_entered(s, f);	/* a scanner's end of entry */
	}
}

/* While something is being typed only keys that cannot belong to it. */
static bool
session_key_is_moving(enum key_code code)
{
	return code == K_UP || code == K_DOWN || code == K_PGUP ||
	    code == K_PGDN || code == K_BACKTAB ||
	    (code >= K_F1 && code <= K_F12);
}

enum turn
session_press_key(struct session *s, struct frame *f, struct key key)
{
	struct step	 step = { .kind = STEP_KEY, .frame = f, .key = key };
	struct frame	*before;
	enum turn	 turn;

	session_step(s, &step);
	before = session_enter(s, f);
	turn = f->screen->key(s, f->state, key);
	session_leave(s, before);
	if (turn != TURN_PASS) {
		session_turned(s, turn);
	}
	return session_stepped(s, &step, turn);
}

static bool
session_raw(struct session *s, struct frame *f, struct key key)
{
	if (f->screen->key == NULL ||
	    (f->line.len > 0 && !session_key_is_moving(key.code))) {
		return false;
	}
	return session_press_key(s, f, key) != TURN_PASS;
}

/* Is the key part of an overlong line that is being dropped? */
static bool
session_dropped(struct session *s, struct key key)
{
	if (!s->dropping) {
		return false;
	}
	if (key.code == K_CHAR) {
		return true;
	}
	s->dropping = false;
	return key.code == K_ENTER || key.code == K_TAB;
}

/*
 * A refused line may be mended with the arrows and the backspace, or entered
 * again; a character begins a new one.  Else the scan that follows an unknown
 * one would hang on to it and be refused too.
 */
static void
session_unkeep(struct session *s, struct frame *f, struct key key)
{
	if (!f->kept || key.code == K_ENTER ||
	    (key.code >= K_F1 && key.code <= K_F12)) {
		return;
	}
	f->kept = false;
	if (key.code == K_CHAR) {
		edit_clear(&f->line);
		s->dirty |= DIRTY_ENTRY;
		/* These are not the screen's to hear: the refused text goes. */
		if (key.ch == ':' || key.ch == '?') {
			session_typed(s, f);
		}
	}
}

void
session_key(struct session *s, struct key key)
{
	struct frame	*f = session_frame(s);
	bool		 changed;

	if (f == NULL || s->over || session_dropped(s, key)) {
		return;
	}
	/* A message stays until it has been on the screen once. */
	if (s->message[0] != '\0' && s->message_seen) {
		s->message[0] = '\0';
		s->dirty |= DIRTY_MESSAGE;
	}
	session_unkeep(s, f, key);
	if (session_stray_pressed(s, f, key) || session_raw(s, f, key)) {
		return;
	}
	if (key.code >= K_F1 && key.code <= K_F12) {
		session_fkey(s, f, key.code);
		return;
	}
	switch (key.code) {
	case K_CHAR:
		session_char(s, f, key.ch);
		break;
	case K_ENTER:
		session_entered(s, f);
		break;
	case K_TAB:
		session_tab(s, f);
		break;
	case K_ESC:
		session_esc(s, f);
		break;
	case K_REDRAW:
		(void)session_act(s, ACT_REDRAW, "");
		break;
	default:
		if (edit_key(&f->line, key.code, &changed)) {
			s->dirty |= DIRTY_ENTRY;
			if (changed) {
				session_typed(s, f);
			}
		}
		break;
	}
}
