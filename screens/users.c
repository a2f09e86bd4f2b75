/* SPDX-License-Identifier: ISC */
/* Who may sign in, since when they were not seen; Enter locks or unlocks, the
 * menu gives new secrets. */
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/user.h"

enum {
	USERS_LOCK = 1,
	USERS_UNLOCK,
	USERS_PASSWORD,
	USERS_PIN,
	USERS_TOTP,
	USERS_BADGE,
	USERS_BADGE_OFF,
};

struct users_screen {
	struct rows	 rows;
	struct list	 list;
	int64_t		 asked;
};

static const struct column users_columns[] = {
	{ N_("Name"), 0, false, 0 },
	{ N_("Role"), 14, false, 0 },
	{ N_("Signs in by"), 22, false, 60 },
	{ N_("State"), 9, false, 0 },
	{ N_("Seen"), 5, true, 60 },
	{ 0 }
};

static int
users_row(void *ctx, const struct user_row *u)
{
	struct users_screen	*st = ctx;
	char			 by[64];
	enum role		 role;
	bool			 gone = !u->active || u->locked;

	(void)str_fmt(by, sizeof(by), "%s%s%s%s%s",
	    u->has_password ? _("password ") : "",
	    u->keys > 0 ? _("key ") : "", u->has_pin ? _("PIN ") : "",
	    u->badges > 0 ? _("badge ") : "", u->has_totp ? _("code") : "");
	rows_add(&st->rows, u->id, gone ? STYLE_DIM : STYLE_NORMAL,
	    "%s\t%s\t%s\t%s\t%s", u->name,
	    role_find(u->role, &role) == 0 ? role_text(role) : u->role, by,
	    !u->active ? _("gone") : u->locked ? _("locked") :
	    _("active"),
	    u->last_login > 0 ? app_age(u->last_login, shop_now()) : "-");
	return 0;
}

static int
users_read(struct session *s, struct users_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = user_list(session_shop(s), users_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
users_open(struct session *s, void *state, const void *arg)
{
	struct users_screen	*st = state;

	(void)arg;
	list_init(&st->list, users_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return users_read(s, st);
}

static void
users_close(struct session *s, void *state)
{
	struct users_screen	*st = state;

	app_keep(s, "users", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
users_layout(struct session *s, void *state, int rows, int cols)
{
	struct users_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
users_draw(const void *state, struct canvas *c)
{
	const struct users_screen	*st = state;

	list_draw(&st->list, c, 0);
}

static void
users_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter locks or unlocks"));
}

static enum turn
users_key(struct session *s, void *state, struct key key)
{
	struct users_screen	*st = state;

	return list_key(s, &st->list, key);
}

struct users_one {
	int64_t	id;
	bool	locked;
	char	name[NAME_SIZE];
};

static int
users_one(void *ctx, const struct user_row *u)
{
	struct users_one	*one = ctx;

	if (u->id == one->id) {
		one->locked = u->locked;
		(void)str_copy(one->name, sizeof(one->name), u->name);
	}
	return 0;
}

static enum turn
users_enter(struct session *s, void *state, const char *text)
{
	struct users_screen	*st = state;
	struct users_one	 user = { .id = list_chosen(&st->list) };
	int			 r;

	(void)text;
	if (user.id == 0) {
		return TURN_STAY;
	}
	if ((r = user_list(session_shop(s), users_one, &user)) != 0) {
		return session_fail(s, r);
	}
	st->asked = user.id;
	if (user.locked) {
		return session_confirm(s, USERS_UNLOCK, false,
		    _("Let %s sign in again?"), user.name);
	}
	return session_confirm(s, USERS_LOCK, true,
	    _("Lock %s out from now on?"), user.name);
}

/* The only time the authenticator's key is shown. */
static enum turn
users_totp(struct session *s, struct users_screen *st)
{
	char		uri[256];
	enum turn	turn;
	int		r;

	r = user_totp_new(session_shop(s), st->asked, uri, sizeof(uri));
	if (r == 0) {
		turn = session_view(s, _("for an authenticator"), uri);
	} else {
		turn = session_fail(s, r);
	}
	explicit_bzero(uri, sizeof(uri));
	return turn;
}

static enum turn
users_resume(struct session *s, void *state, const struct answer *a)
{
	struct users_screen	*st = state;
	int			 r = 0;

	if (a->ok && a->tag == USERS_TOTP) {
		return users_totp(s, st);
	}
	if (a->ok && (a->tag == USERS_PASSWORD || a->tag == USERS_PIN)) {
		r = a->tag == USERS_PIN ?
		    user_set_pin(session_shop(s), st->asked, a->text) :
		    user_set_password(session_shop(s), st->asked, a->text);
		if (r == 0) {
			session_say(s, _("kept"));
		}
	}
	if (a->ok && (a->tag == USERS_BADGE || a->tag == USERS_BADGE_OFF)) {
		r = a->tag == USERS_BADGE ?
		    user_badge_add(session_shop(s), st->asked, "", a->text) :
		    user_badge_remove(session_shop(s), st->asked, "");
		if (r == 0) {
			session_say(s, a->tag == USERS_BADGE ? _("kept") :
			    _("the badges open nothing any more"));
		}
	}
	if (a->ok && (a->tag == USERS_LOCK || a->tag == USERS_UNLOCK)) {
		r = user_set(session_shop(s), st->asked, "locked",
		    a->tag == USERS_LOCK ? "yes" : "no");
	}
	if (r == 0) {
		r = users_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
users_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct users_screen	*st = state;
	struct users_one	 user = { .id = list_chosen(&st->list) };
	char			 question[120];
	int			 r;

	(void)rest;
	if (act != ACT_USER_PASSWORD && act != ACT_USER_PIN &&
	    act != ACT_USER_TOTP && act != ACT_USER_BADGE &&
	    act != ACT_USER_BADGE_OFF) {
		return TURN_PASS;
	}
	if ((st->asked = user.id) == 0) {
		return TURN_STAY;
	}
	if ((r = user_list(session_shop(s), users_one, &user)) != 0) {
		return session_fail(s, r);
	}
	if (act == ACT_USER_TOTP) {
		return session_confirm(s, USERS_TOTP, true, _("A new second "
		    "factor for %s? The old one opens no more."), user.name);
	}
	if (act == ACT_USER_BADGE_OFF) {
		return session_confirm(s, USERS_BADGE_OFF, true, _("Take all "
		    "badges of %s away?  They open nothing any more."),
		    user.name);
	}
	if (act == ACT_USER_BADGE) {
		(void)str_fmt(question, sizeof(question),
		    _("A badge of %s: show it to the reader"), user.name);
		return session_ask_badge(s, USERS_BADGE, question);
	}
	(void)str_fmt(question, sizeof(question), act == ACT_USER_PIN ?
	    _("New PIN of %s") : _("New password of %s"), user.name);
	return session_ask(s, act == ACT_USER_PIN ? USERS_PIN :
	    USERS_PASSWORD, true, question, "");
}

static const struct binding users_keys[] = {
	{ ACT_USER_PASSWORD, K_NONE, 'p', NULL },
	{ ACT_USER_PIN, K_NONE, 'n', NULL },
	{ ACT_USER_TOTP, K_NONE, 'c', NULL },
	{ ACT_USER_BADGE, K_NONE, 'b', NULL },
	{ ACT_USER_BADGE_OFF, K_NONE, 'o', NULL },
	{ 0 }
};

static enum turn
users_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return users_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

const struct screen screen_users = {
	.name = "users",
	.title = N_("USERS"),
	.right = "user",
	.help = N_("Everybody who may sign in, how, and when they last did.  "
	    "Enter locks the marked user or lets them in again; Tab gives "
	    "a new password, PIN, second factor or badge, and takes badges "
	    "away.  New users and SSH keys: "
	    "comptoir user add, user key add."),
	.topics = 1U << TOPIC_USER | 1U << TOPIC_SESSION,
	.state_size = sizeof(struct users_screen),
	.keys = users_keys,
	.open = users_open,
	.layout = users_layout,
	.draw = users_draw,
	.prompt = users_prompt,
	.key = users_key,
	.enter = users_enter,
	.act = users_act,
	.resume = users_resume,
	.news = users_news,
	.close = users_close,
};
