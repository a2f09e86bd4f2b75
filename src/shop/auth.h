/* SPDX-License-Identifier: ISC */
/* Proving who somebody is: password, key, second factor, PIN, enrolment.
 * The same functions serve the doors' worker and the console. */
#ifndef SHOP_AUTH_H
#define SHOP_AUTH_H

#include "shop/shop.h"

/* What a door may open after a proof. */
struct grant {
	int64_t	user;			/* 0: a terminal's own login screen */
	int64_t	terminal;		/* 0: unknown terminal */
	char	name[NAME_SIZE];	/* user or terminal, for the log */
	const char *by;			/* "password", "pin", "badge", "key" */
	bool	needs_second;		/* ask for the code: auth_second() */
	bool	enrol;			/* only show this code, then end: */
	char	code[16];
};

/*
 * Each answers alike, in the same time, for unknown and known names:
 * ERR_AUTH; ERR_LOCKED only after a right proof.  A success is audited when
 * it is used, by auth_enter(); refusals are summed by the door, in a log,
 * without the name.  No transaction is open while a secret is hashed.
 */
int	 auth_password(struct shop *shop, const char *name,
	    const char *password, enum door door, const char *from,
	    struct grant *out) MUST_CHECK;
/*
 * A public key by type ("ssh-ed25519") and base64 wire form.  `verified`
 * false asks whether it would be taken; true: the door checked a signature.
 * The name is a user's, or a terminal's (out->user is then 0), or
 * "terminal": an unknown key is given a code to be enrolled with.
 */
int	 auth_key(struct shop *shop, const char *name, const char *type,
	    const char *key, bool verified, enum door door, const char *from,
	    struct grant *out) MUST_CHECK;
/* The authenticator's code (RFC 6238); the same step never twice. */
int	 auth_second(struct shop *shop, int64_t user, const char *code)
	    MUST_CHECK;
/* Only on a terminal already trusted (shop->who.terminal); after five wrong
 * ones the password is asked, and ERR_AUTH says so.  The password, once
 * given, makes the PIN good again. */
int	 auth_pin(struct shop *shop, const char *name, const char *pin,
	    struct grant *out) MUST_CHECK;

/*
 * What a badge's reader sent (badge.h): says by itself whose it is.  Only
 * where a PIN would do.  After five unknown ones in a row a terminal takes
 * none, and ERR_AUTH says so, until a PIN or a password was right there.
 */
int	 auth_badge(struct shop *shop, const char *text, struct grant *out)
	    MUST_CHECK;

/*
 * Become that user on that terminal in this process: fills shop->who, the
 * role's rights cut by what the door allows, a session row when interactive,
 * audit "login".  Fails if the user was locked meanwhile.
 */
int	 auth_enter(struct shop *shop, int64_t user, int64_t terminal,
	    enum door door, const char *from, bool interactive) MUST_CHECK;
/*
 * The rows of this user or terminal, or the settings, have changed: the
 * actor is who they say now.  ERR_LOCKED, ERR_AUTH (gone) and ERR_DENIED (the
 * terminal was switched off) end the session.  Nothing for the owner.
 */
int	 auth_refresh(struct shop *shop) MUST_CHECK;
/* who->user at who->terminal and who->door: name, role, language and the
 * rights they have there.  ERR_AUTH, ERR_LOCKED, ERR_DENIED as above. */
int	 auth_actor(struct shop *shop, struct actor *who) MUST_CHECK;
/* The Unix owner of the directory (or root): all rights. */
int	 auth_owner(struct shop *shop, enum door door) MUST_CHECK;
/* Ends the session row, audit "logout", parks the open sale. */
void	 auth_leave(struct shop *shop);

#endif
