/* SPDX-License-Identifier: ISC */
/* Users, their secrets and keys; terminals and serial lines. */
#ifndef SHOP_USER_H
#define SHOP_USER_H

#include "shop/shop.h"

struct user_row {
	int64_t		 id, keys, last_login;
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
/* One's own secret needs no right, another's RIGHT_USER. */
int	 user_set_password(struct shop *shop, int64_t id, const char *secret)
	    MUST_CHECK;
int	 user_set_pin(struct shop *shop, int64_t id, const char *pin)
	    MUST_CHECK;
/* key: role, language, implied, locked, active, totp. */
int	 user_set(struct shop *shop, int64_t id, const char *key,
	    const char *value) MUST_CHECK;
/* A line of an authorized_keys file; type, key and comment are kept. */
int	 user_key_add(struct shop *shop, int64_t id, const char *line)
	    MUST_CHECK;
int	 user_key_remove(struct shop *shop, int64_t id,
	    const char *fingerprint) MUST_CHECK;

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
int	 terminal_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct terminal_row *row), void *ctx)
	    MUST_CHECK;
/* The code an unknown key was shown: gives it a name and trust. */
int	 terminal_accept(struct shop *shop, const char *code,
	    const char *name, int64_t *id) MUST_CHECK;
/* key: printer, tender, trusted, active, deny (names of rights). */
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

#endif
