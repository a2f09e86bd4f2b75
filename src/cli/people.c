/* SPDX-License-Identifier: ISC */
/* user …: people, their secrets and their keys. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shop/secret.h"
#include "shop/session.h"
#include "shop/user.h"

static int
user_id(struct call *call, int64_t *id)
{
	return user_find(call->shop, call_arg(call, 0), id);
}

static int
user_list_row(void *ctx, const struct user_row *u)
{
	struct out	*o = ctx;

	out_text(o, u->name);
	out_text(o, u->role);
	out_text(o, u->language);
	out_int(o, u->active);
	out_int(o, u->locked);
	out_int(o, u->has_password);
	out_int(o, u->has_pin);
	out_int(o, u->has_totp);
	out_int(o, u->keys);
	out_int(o, u->badges);
	out_int(o, u->last_login);
	return 0;
}

static int
run_user_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "role", N_("role"), VALUE_TEXT },
		{ "language", N_("language"), VALUE_TEXT },
		{ "active", N_("active"), VALUE_BOOL },
		{ "locked", N_("locked"), VALUE_BOOL },
		{ "password", N_("password"), VALUE_BOOL },
		{ "pin", N_("PIN"), VALUE_BOOL },
		{ "second_factor", N_("2nd factor"), VALUE_BOOL },
		{ "keys", N_("keys"), VALUE_COUNT },
		{ "badges", N_("badges"), VALUE_COUNT },
		{ "last_login", N_("last login"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	if ((r = user_list(call->shop, user_list_row, &call->out)) != 0) {
		return r;
	}
	return out_end(&call->out);
}

/* The secret read from the standard input and given to `set`. */
static int
user_secret(struct call *call, int64_t id, const char *prompt,
    int (*set)(struct shop *, int64_t, const char *))
{
	char	secret[256];
	int	r = call_secret(call, prompt, secret, sizeof(secret));

	if (r == 0) {
		r = set(call->shop, id, secret);
	}
	explicit_bzero(secret, sizeof(secret));
	return r;
}

static int
run_user_add(struct call *call)
{
	const char	*role = call_option(call, "role");
	const char	*language = call_option(call, "language");
	char		 password[256] = "";
	bool		 with = call_option(call, "password-stdin") != NULL;
	enum role	 as;
	int64_t		 id;
	int		 r;

	if (role == NULL) {
		return err_set(ERR_USAGE, _("--role is missing: admin, "
		    "manager, seller, cashier, waiter, cook, stock or "
		    "bookkeeper"));
	}
	/* A password that will not do leaves nobody half made. */
	if ((r = role_find(role, &as)) != 0 || (with &&
	    ((r = call_secret(call, _("password"), password,
	    sizeof(password))) != 0 ||
	    (r = secret_password_check(call->shop, call_arg(call, 0),
	    password)) != 0)) ||
	    (r = user_add(call->shop, call_arg(call, 0), as,
	    language == NULL ? "" : language, &id)) != 0) {
		explicit_bzero(password, sizeof(password));
		return r;
	}
	if (with) {
		r = user_set_password(call->shop, id, password);
		explicit_bzero(password, sizeof(password));
	}
	if (r == 0) {
		call_say(call, _("user %s added"), call_arg(call, 0));
	}
	if (r == 0 && !with) {
		call_say(call, _("no password yet: comptoir user password %s, "
		    "or user key add"), call_arg(call, 0));
	}
	return r;
}

static int
run_user_password(struct call *call)
{
	int64_t	id;
	int	r = user_id(call, &id);

	return r != 0 ? r :
	    user_secret(call, id, _("new password"), user_set_password);
}

static int
run_user_pin(struct call *call)
{
	int64_t	id;
	int	r = user_id(call, &id);

	return r != 0 ? r : user_secret(call, id, _("new PIN"), user_set_pin);
}

static int
run_user_set(struct call *call)
{
	int64_t	id;
	int	r = user_id(call, &id);

	return r != 0 ? r : user_set(call->shop, id, call_arg(call, 1),
	    call_arg(call, 2));
}

static int
user_flag(struct call *call, const char *key, const char *value)
{
	int64_t	id;
	int	r = user_id(call, &id);

	return r != 0 ? r : user_set(call->shop, id, key, value);
}

static int
run_user_lock(struct call *call)
{
	return user_flag(call, "locked", "yes");
}

static int
run_user_unlock(struct call *call)
{
	return user_flag(call, "locked", "no");
}

static int
run_user_key_add(struct call *call)
{
	struct buf	line = { 0 };
	int64_t		id;
	int		r;

	if ((r = user_id(call, &id)) == 0 &&
	    (r = call_key(call, call_arg(call, 1), &line)) == 0) {
		r = user_key_add(call->shop, id, buf_text(&line));
	}
	buf_done(&line);
	return r;
}

static int
run_user_key_remove(struct call *call)
{
	int64_t	id;
	int	r = user_id(call, &id);

	return r != 0 ? r :
	    user_key_remove(call->shop, id, call_arg(call, 1));
}

static int
user_key_row(void *ctx, const struct user_key_row *k)
{
	struct out	*o = ctx;

	out_text(o, k->type);
	out_text(o, k->fingerprint);
	out_text(o, k->comment);
	out_int(o, k->made_at);
	return 0;
}

static int
run_user_key_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "type", N_("type"), VALUE_TEXT },
		{ "fingerprint", N_("fingerprint"), VALUE_TEXT },
		{ "comment", N_("comment"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
	};
	int64_t	id;
	int	r = user_id(call, &id);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = user_key_list(call->shop, id, user_key_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* Read from the standard input, never an argument: it is as good as a PIN. */
static int
run_user_badge_add(struct call *call)
{
	char	text[256];
	int64_t	id;
	int	r;

	if ((r = user_id(call, &id)) == 0 && (r = call_secret(call,
	    _("the badge"), text, sizeof(text))) == 0) {
		r = user_badge_add(call->shop, id, call_arg(call, 1) == NULL ?
		    "" : call_arg(call, 1), text);
	}
	explicit_bzero(text, sizeof(text));
	return r;
}

static int
run_user_badge_remove(struct call *call)
{
	const char	*label = call_arg(call, 1);
	bool		 all = call_option(call, "all") != NULL;
	int64_t		 id;
	int		 r;

	if ((label == NULL || *label == '\0') == !all) {
		return err_set(ERR_USAGE, _("which badge? its name, or "
		    "--all"));
	}
	r = user_id(call, &id);
	return r != 0 ? r :
	    user_badge_remove(call->shop, id, all ? "" : label);
}

static int
user_badge_out(void *ctx, const struct user_badge_row *b)
{
	struct out	*o = ctx;

	out_text(o, b->label);
	out_int(o, b->made_at);
	return 0;
}

static int
run_user_badge_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "badge", N_("badge"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
	};
	int64_t	id;
	int	r = user_id(call, &id);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = user_badge_list(call->shop, id, user_badge_out, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* The only time the authenticator's key is shown. */
static int
run_user_totp(struct call *call)
{
	char	uri[256];
	int64_t	id;
	int	r = user_id(call, &id);

	if (r == 0 &&
	    (r = user_totp_new(call->shop, id, uri, sizeof(uri))) == 0) {
		(void)printf("%s\n", uri);
	}
	explicit_bzero(uri, sizeof(uri));
	return r;
}

static int
session_row(void *ctx, const struct session_row *s)
{
	struct out	*o = ctx;

	out_int(o, s->id);
	out_text(o, s->user);
	out_text(o, s->terminal);
	out_text(o, s->door);
	out_text(o, s->from);
	out_int(o, s->pid);
	out_int(o, s->started_at);
	return 0;
}

static int
run_session_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "user", N_("user"), VALUE_TEXT },
		{ "terminal", N_("terminal"), VALUE_TEXT },
		{ "door", N_("door"), VALUE_TEXT },
		{ "from", N_("from"), VALUE_TEXT },
		{ "pid", N_("pid"), VALUE_ID },
		{ "since", N_("since"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = session_list(call->shop, session_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

const struct command commands_people[] = {
	{ "user list", "", "", N_("who may sign in"), COMMAND_LISTS,
	    RIGHT_USER, run_user_list },
	{ "user add", "NAME", "role=ROLE! language=LANG password-stdin",
	    N_("a new user; the password from standard input, or later by "
	    "user password"),
	    0, RIGHT_USER, run_user_add },
	{ "user password", "NAME", "",
	    N_("set a password, read from standard input (in the server's "
	    "shell also a lost one)"), 0, -1, run_user_password },
	{ "user pin", "NAME", "",
	    N_("set the PIN for quick switching, read from standard input"),
	    0, -1, run_user_pin },
	{ "user set", "NAME KEY VALUE", "",
	    N_("change role, language, implied, active or totp"),
	    0, -1, run_user_set },
	{ "user lock", "NAME", "", N_("refuse this user from now on"),
	    0, RIGHT_USER, run_user_lock },
	{ "user unlock", "NAME", "", N_("let this user in again"),
	    0, RIGHT_USER, run_user_unlock },
	{ "user totp", "NAME", "",
	    N_("a new second factor; prints what an authenticator reads"),
	    0, -1, run_user_totp },
	{ "user key list", "NAME", "", N_("the SSH keys of a user"),
	    COMMAND_LISTS, -1, run_user_key_list },
	{ "user key add", "NAME [FILE]", "",
	    N_("add an SSH public key, one authorized_keys line"),
	    0, -1, run_user_key_add },
	{ "user key remove", "NAME FINGERPRINT", "",
	    N_("take an SSH key away"), 0, -1, run_user_key_remove },
	{ "user badge list", "NAME", "", N_("the badges of a user"),
	    COMMAND_LISTS, -1, run_user_badge_list },
	{ "user badge add", "NAME [LABEL]", "",
	    N_("a badge a user carries: what its reader sends, from standard "
	    "input"), 0, -1, run_user_badge_add },
	{ "user badge remove", "NAME [LABEL]", "all",
	    N_("take a badge away, or all of them"),
	    0, -1, run_user_badge_remove },
	{ "session list", "", "", N_("who is at work where"),
	    COMMAND_LISTS, RIGHT_CHECK, run_session_list },
	{ .words = NULL },
};
