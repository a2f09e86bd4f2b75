/* SPDX-License-Identifier: ISC */
/* One's own things: language, how amounts are typed, password, PIN. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/form_screen.h"
#include "screens/screens.h"
#include "shop/user.h"

struct self_screen {
	struct form_screen	 top;
	struct shop		*shop;
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

/* New secrets want the old one: a till left open is not one's own. */
static int
self_save_secrets(struct session *s, struct self_screen *st)
{
	const char	*password = form_get(&st->top.form, "password");
	const char	*pin = form_get(&st->top.form, "pin");
	struct grant	 grant;
	int64_t		 user = st->shop->who.user;
	int		 r;

	if (*password == '\0' && *pin == '\0') {
		return 0;
	}
	if (strcmp(password, form_get(&st->top.form, "again")) != 0) {
		return err_set(ERR_INVALID,
		    _("the new password was not the same twice"));
	}
	if ((r = auth_password(st->shop, st->shop->who.name,
	    form_get(&st->top.form, "old"), app_of(s)->door, app_of(s)->from,
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
self_save(struct session *s, void *state)
{
	struct self_screen	*st = state;
	struct actor		*who = &st->shop->who;
	const char	*language = form_get(&st->top.form, "language");
	bool		 implied;
	int		 r;

	implied = strcmp(form_get(&st->top.form, "implied"), "yes") == 0;
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
	form_screen_init(s, st, self_fields, NELEM(self_fields), self_save);
	form_set(&st->top.form, "name", who->name);
	form_set(&st->top.form, "role", role_text(who->role));
	form_set(&st->top.form, "language", session_language_code(s));
	form_set(&st->top.form, "implied", who->implied ? "yes" : "no");
	st->top.form.at = 2;
	session_secret(s, form_secret(&st->top.form));
	return 0;
}

const struct screen screen_self = {
	.name = "self",
	.title = N_("MYSELF"),
	.help = N_("Your language, how you type amounts, your password and "
	    "your PIN.  Enter goes from field to field and keeps what is "
	    "not changed; F9 saves at once, Esc leaves all as it was."),
	.state_size = sizeof(struct self_screen),
	FORM_SCREEN_PARTS,
	.open = self_open,
	.close = form_screen_close,
};
