/* SPDX-License-Identifier: ISC */
/* Users, their secrets and keys; terminals and serial lines. */
#ifndef SHOP_USER_H
#define SHOP_USER_H

#include "shop/shop.h"

/*
 * Names of users, terminals and lines: letters, digits, blanks, . _ -; at
 * most 32 characters.  They are compared folded (shop_login_name()), and no
 * terminal may be called as a user is: both are names to ssh with.
 */
struct user_row {
	int64_t		 id, keys, badges, last_login;
	const char	*name, *role, *language;
	bool		 active, locked, has_password, has_pin, has_totp;
	bool		 implied;
};
int	 user_add(struct shop *shop, const char *name, enum role role,
	    const char *language, int64_t *id) MUST_CHECK;
int	 user_find(struct shop *shop, const char *name, int64_t *id)
	    MUST_CHECK;
int	 user_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct user_row *row), void *ctx)
	    MUST_CHECK;
/* One's own secret needs no right, another's RIGHT_USER.  NULL takes it
 * away: the user then needs a key, or the password instead of the PIN. */
int	 user_set_password(struct shop *shop, int64_t id, const char *secret)
	    MUST_CHECK;
int	 user_set_pin(struct shop *shop, int64_t id, const char *pin)
	    MUST_CHECK;
/*
 * key: role, language, implied, locked, active, totp (a base32 key, or "off").
 * Yes and no are written 1 0, yes no, on off.  The last admin who can sign in
 * stays one.  Language and implied of oneself need no right.
 */
int	 user_set(struct shop *shop, int64_t id, const char *key,
	    const char *value) MUST_CHECK;
/* A new authenticator key; `uri` is the otpauth: text for a QR code. */
int	 user_totp_new(struct shop *shop, int64_t id, char *uri, size_t size)
	    MUST_CHECK;

struct user_key_row {
	int64_t		 id, made_at;
	const char	*type, *fingerprint, *comment;
};
/* A line of an authorized_keys file; type, key and comment are kept. */
int	 user_key_add(struct shop *shop, int64_t id, const char *line)
	    MUST_CHECK;
int	 user_key_remove(struct shop *shop, int64_t id,
	    const char *fingerprint) MUST_CHECK;
int	 user_key_list(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct user_key_row *row), void *ctx)
	    MUST_CHECK;

/*
 * A badge: what its reader sends, with or without the prefixes (badge.h);
 * kept as a hash.  `label` is what it is called, "" a number; ERR_EXISTS
 * when it is somebody's already.  `label` "" of remove: all of them.
 */
struct user_badge_row {
	int64_t		 id, made_at;
	const char	*label;
};
int	 user_badge_add(struct shop *shop, int64_t id, const char *label,
	    const char *text) MUST_CHECK;
int	 user_badge_remove(struct shop *shop, int64_t id, const char *label)
	    MUST_CHECK;
int	 user_badge_list(struct shop *shop, int64_t id,
	    int (*fn)(void *ctx, const struct user_badge_row *row), void *ctx)
	    MUST_CHECK;

struct terminal_row {
	int64_t		 id, last_seen;
	const char	*name, *fingerprint, *printer;
	const char	*tender;	/* default: "cash", "card", "none" */
	const char	*rights;	/* names this door takes away, or "" */
	bool		 active, trusted;
};
int	 terminal_add(struct shop *shop, const char *name, int64_t *id)
	    MUST_CHECK;
int	 terminal_find(struct shop *shop, const char *name, int64_t *id)
	    MUST_CHECK;
/* For its own login screen: no right is asked. */
int	 terminal_name(struct shop *shop, int64_t id,
	    char out[static NAME_SIZE]) MUST_CHECK;
int	 terminal_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct terminal_row *row), void *ctx)
	    MUST_CHECK;
/*
 * The code an unknown key was shown: gives it a name and trust.  A name that
 * a terminal already has gives that terminal this key as well.
 */
int	 terminal_accept(struct shop *shop, const char *code,
	    const char *name, int64_t *id) MUST_CHECK;
/* Codes that wait to be accepted, oldest first. */
struct enrolment_row {
	int64_t		 made_at, expires_at;
	const char	*code, *fingerprint, *from;
};
int	 terminal_waiting(struct shop *shop,
	    int (*fn)(void *ctx, const struct enrolment_row *row), void *ctx)
	    MUST_CHECK;
/* A key as an authorized_keys line; all keys go when it is lost. */
int	 terminal_key_add(struct shop *shop, int64_t id, const char *line)
	    MUST_CHECK;
int	 terminal_key_forget(struct shop *shop, int64_t id) MUST_CHECK;
/* key: printer (name, "" the shop's), tender, drawer, trusted, active, deny
 * (names of rights). */
int	 terminal_set(struct shop *shop, int64_t id, const char *key,
	    const char *value) MUST_CHECK;

struct line_row {
	int64_t		 id, terminal, speed, columns, rows;
	const char	*name, *device, *format;	/* "8N1" */
	const char	*flow;			/* none, xonxoff, rtscts */
	const char	*term, *charset;
	bool		 modem;			/* DCD wired: hang-up is seen */
	bool		 active;
};
/* With a trusted terminal of the same name at its end. */
int	 line_add(struct shop *shop, const char *name, const char *device,
	    int64_t *id) MUST_CHECK;
int	 line_find(struct shop *shop, const char *name, int64_t *id)
	    MUST_CHECK;
/* key: device speed format flow term charset columns rows modem active. */
int	 line_set(struct shop *shop, int64_t id, const char *key,
	    const char *value) MUST_CHECK;
int	 line_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct line_row *row), void *ctx)
	    MUST_CHECK;

/* What the three files share: a yes or no as people write it, and that a new
 * name is free (inside the transaction that takes it). */
int	 people_flag(const char *text, bool *out) MUST_CHECK;
int	 people_name_free(struct shop *shop, const char *login) MUST_CHECK;

#endif
