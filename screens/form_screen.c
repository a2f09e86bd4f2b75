/* SPDX-License-Identifier: ISC */
/* What every screen that is one form does alike. */
#include "screens/form_screen.h"

#include "screens/app.h"

void
form_screen_init(struct session *s, void *state, const struct field *fields,
    size_t n, enum turn (*save)(struct session *s, void *state))
{
	struct form_screen	*st = state;
	struct shop		*shop = session_shop(s);

	form_init(&st->form, fields, n, state);
	st->form.money = &shop->money;
	st->form.implied = shop->who.implied;
	st->save = save;
}

void
form_screen_close(struct session *s, void *state)
{
	struct form_screen	*st = state;

	(void)s;
	form_done(&st->form);
}

void
form_screen_layout(struct session *s, void *state, int rows, int cols)
{
	struct form_screen	*st = state;

	(void)s;
	(void)cols;
	form_layout(&st->form, rows - 1);
}

void
form_screen_draw(const void *state, struct canvas *c)
{
	const struct form_screen	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

void
form_screen_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	const struct form_screen	*st = state;

	(void)typed;
	form_prompt(&st->form, out, size);
}

/* What stands on the entry line next is shown, or hidden if it is secret. */
static enum turn
form_screen_turn(struct session *s, const struct form_screen *st,
    enum turn turn)
{
	session_secret(s, form_secret(&st->form));
	return turn;
}

enum turn
form_screen_enter(struct session *s, void *state, const char *text)
{
	struct form_screen	*st = state;
	bool			 done = false;
	enum turn		 turn = form_enter(s, &st->form, text, &done);

	(void)form_screen_turn(s, st, turn);
	return done ? st->save(s, state) : turn;
}

enum turn
form_screen_key(struct session *s, void *state, struct key key)
{
	struct form_screen	*st = state;

	return form_screen_turn(s, st, form_key(s, &st->form, key));
}

enum turn
form_screen_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct form_screen	*st = state;

	(void)rest;
	if (act != ACT_SAVE) {
		return form_screen_turn(s, st, form_act(s, &st->form, act));
	}
	return form_check(s, &st->form) != 0 ? TURN_DRAW :
	    st->save(s, state);
}

const struct binding form_screen_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};
