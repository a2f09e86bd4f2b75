/* SPDX-License-Identifier: ISC */
/* One's own things: language, how amounts are typed, password, PIN. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/user.h"
#include "term/widgets.h"

struct self_screen {
	struct shop	*shop;
	struct form	 form;
};

static const char *const self_languages[] = { "en", "fr", NULL };

static const struct field self_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_SHOW },
	{ .name = "role", .label = N_("Role"), .kind = FIELD_SHOW },
	{ .name = "language", .label = N_("Language"), .kind = FIELD_CHOICE,
	    .choices = self_languages },
	{ .name = "implied", .label = N_("2000 is 20.00"),
	    .kind = FIELD_BOOL, .hint = N_("decimals need not be typed") },
	{ .name = "old", .label = N_("Password now"), .kind = FIELD_SECRET,
	    .hint = N_("only to change password or PIN") },
	{ .name = "password", .label = N_("New password"),
	    .kind = FIELD_SECRET, .hint = N_("Enter alone keeps the old") },
	{ .name = "again", .label = N_("Once more"), .kind = FIELD_SECRET,
	    .hint = N_("the new password again") },
	{ .name = "pin", .label = N_("New PIN"), .kind = FIELD_SECRET,
	    .hint = N_("4 to 6 digits; Enter alone keeps the old") },
};

static int
self_open(struct session *s, void *state, const void *arg)
{
	struct self_screen	*st = state;
	const struct actor	*who;

	(void)arg;
	st->shop = session_shop(s);
	who = &st->shop->who;
	if (who->user == 0) {
		return err_set(ERR_DENIED,
		    _("the owner of the directory has no user here"));
	}
	form_init(&st->form, self_fields, NELEM(self_fields), st);
	form_set(&st->form, "name", who->name);
	form_set(&st->form, "role", role_text(who->role));
	form_set(&st->form, "language", session_language_code(s));
	form_set(&st->form, "implied", who->implied ? "yes" : "no");
	st->form.at = 2;
	session_secret(s, form_secret(&st->form));
	return 0;
}

static void
self_close(struct session *s, void *state)
{
	struct self_screen	*st = state;

	(void)s;
	form_done(&st->form);
}

static void
self_layout(struct session *s, void *state, int rows, int cols)
{
	struct self_screen	*st = state;

	(void)s;
	(void)cols;
	form_layout(&st->form, rows - 1);
}

static void
self_draw(const void *state, struct canvas *c)
{
	const struct self_screen	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

static void
self_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct self_screen	*st = state;

	(void)typed;
	form_prompt(&st->form, out, size);
}

/* New secrets want the old one: a till left open is not one's own. */
static int
self_save_secrets(struct session *s, struct self_screen *st)
{
	const char	*password = form_get(&st->form, "password");
	const char	*pin = form_get(&st->form, "pin");
	struct grant	 grant;
	int64_t		 user = st->shop->who.user;
	int		 r;

	if (*password == '\0' && *pin == '\0') {
		return 0;
	}
	if (strcmp(password, form_get(&st->form, "again")) != 0) {
		return err_set(ERR_INVALID,
		    _("the new password was not the same twice"));
	}
	if ((r = auth_password(st->shop, st->shop->who.name,
	    form_get(&st->form, "old"), app_of(s)->door, app_of(s)->from,
	    &grant)) != 0) {
		return r;
	}
	if (*password != '\0' &&
	    (r = user_set_password(st->shop, user, password)) != 0) {
		return r;
	}
	return *pin == '\0' ? 0 : user_set_pin(st->shop, user, pin);
}

static enum turn
self_save(struct session *s, struct self_screen *st)
{
	struct actor	*who = &st->shop->who;
	const char	*language = form_get(&st->form, "language");
	bool		 implied;
	int		 r;

	implied = strcmp(form_get(&st->form, "implied"), "yes") == 0;
	if ((r = self_save_secrets(s, st)) != 0) {
		return session_fail(s, r);
	}
	if (strcmp(language, session_language_code(s)) != 0) {
		if ((r = user_set(st->shop, who->user, "language",
		    language)) != 0) {
			return session_fail(s, r);
		}
		(void)str_copy(who->language, sizeof(who->language),
		    language);
		session_language(s, language);
		app_bar(s);
	}
	if (implied != who->implied) {
		if ((r = user_set(st->shop, who->user, "implied", implied ?
		    "yes" : "no")) != 0) {
			return session_fail(s, r);
		}
		who->implied = implied;
	}
	session_say(s, _("kept"));
	return session_pop(s, true, 0, "");
}

static enum turn
self_enter(struct session *s, void *state, const char *text)
{
	struct self_screen	*st = state;
	bool			 done = false;
	enum turn		 turn;

	turn = form_enter(s, &st->form, text, &done);
	session_secret(s, form_secret(&st->form));
	return done ? self_save(s, st) : turn;
}

static enum turn
self_key(struct session *s, void *state, struct key key)
{
	struct self_screen	*st = state;
	enum turn		 turn = form_key(s, &st->form, key);

	session_secret(s, form_secret(&st->form));
	return turn;
}

static enum turn
self_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct self_screen	*st = state;
	enum turn		 turn;

	(void)rest;
	if (act == ACT_SAVE) {
		turn = form_check(s, &st->form) != 0 ? TURN_DRAW :
		    self_save(s, st);
	} else {
		turn = form_act(s, &st->form, act);
	}
	return turn;
}

static const struct binding self_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};

const struct screen screen_self = {
	.name = "self",
	.title = N_("MYSELF"),
	.help = N_("Your language, how you type amounts, your password and "
	    "your PIN.  Enter goes from field to field and keeps what is "
	    "not changed; F9 saves at once, Esc leaves all as it was."),
	.state_size = sizeof(struct self_screen),
	.keys = self_keys,
	.open = self_open,
	.layout = self_layout,
	.draw = self_draw,
	.prompt = self_prompt,
	.key = self_key,
	.enter = self_enter,
	.act = self_act,
	.close = self_close,
};
