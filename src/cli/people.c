/* SPDX-License-Identifier: ISC */
/* user …: people, their secrets and their keys. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

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
	enum role	 as;
	int64_t		 id;
	int		 r;

	if (role == NULL) {
		return err_set(ERR_USAGE, _("--role is missing: admin, "
		    "manager, seller, cashier, waiter, cook, stock or "
		    "bookkeeper"));
	}
	if ((r = role_find(role, &as)) != 0 ||
	    (r = user_add(call->shop, call_arg(call, 0), as,
	    language == NULL ? "" : language, &id)) != 0) {
		return r;
	}
	if (call_option(call, "password-stdin") != NULL) {
		r = user_secret(call, id, _("password"), user_set_password);
	}
	if (r == 0) {
		call_say(call, _("user %s added"), call_arg(call, 0));
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
	struct buf	text = { 0 };
	int64_t		id;
	int		fd, r;

	if ((r = user_id(call, &id)) != 0 ||
	    (r = call_open(call, call_arg(call, 1), false, &fd)) != 0) {
		return r;
	}
	if ((r = io_read_all(fd, 16384, &text)) == 0) {
		size_t	end = strcspn(buf_text(&text), "\r\n");

		if (end == 0) {
			r = err_set(ERR_EMPTY,
			    _("no key came; give the file or its text on -"));
		} else {
			text.data[end] = '\0';
			r = user_key_add(call->shop, id, text.data);
		}
	}
	buf_done(&text);
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

const struct command commands_people[] = {
	{ "user list", "", "", N_("who may sign in"), COMMAND_LISTS,
	    RIGHT_USER, run_user_list },
	{ "user add", "NAME", "role=ROLE language=LANG password-stdin",
	    N_("a new user; the password is read from standard input"),
	    0, RIGHT_USER, run_user_add },
	{ "user password", "NAME", "",
	    N_("set a password, read from standard input (in the server's "
	    "shell also a lost one)"), 0, -1, run_user_password },
	{ "user pin", "NAME", "",
	    N_("set the PIN for quick switching, read from standard input"),
	    0, -1, run_user_pin },
	{ "user set", "NAME KEY VALUE", "",
	    N_("change role, language, implied, active or totp"),
	    0, RIGHT_USER, run_user_set },
	{ "user lock", "NAME", "", N_("refuse this user from now on"),
	    0, RIGHT_USER, run_user_lock },
	{ "user unlock", "NAME", "", N_("let this user in again"),
	    0, RIGHT_USER, run_user_unlock },
	{ "user key add", "NAME [FILE]", "",
	    N_("add an SSH public key, one authorized_keys line"),
	    0, RIGHT_USER, run_user_key_add },
	{ "user key remove", "NAME FINGERPRINT", "",
	    N_("take an SSH key away"), 0, RIGHT_USER, run_user_key_remove },
	{ .words = NULL },
};
