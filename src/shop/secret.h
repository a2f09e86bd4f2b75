/* SPDX-License-Identifier: ISC */
/* Passwords, PINs and authenticator codes: making, checking, rules. */
#ifndef SHOP_SECRET_H
#define SHOP_SECRET_H

#include "shop/shop.h"

#define SECRET_HASH	128		/* an argon2id string */
#define PIN_TRIES	5
#define TOTP_BYTES	20
#define TOTP_BASE32	40		/* text of a key and NUL */
#define TOTP_PERIOD	30

/*
 * argon2id, INTERACTIVE limits: about 60 ms and 64 MiB.  At most as many at
 * once as there are cores, over all processes of the shop; a caller waits
 * for its turn.  Never inside a transaction.
 */
int	 secret_hash(struct shop *shop, const char *secret,
	    char out[static SECRET_HASH]) MUST_CHECK;
/* `hash` NULL, for a user who does not exist or has none, costs the same and
 * is false. */
bool	 secret_verify(struct shop *shop, const char *hash,
	    const char *secret);

/* The same work for the same secret and salt (16 bytes) gives the same text:
 * what has to be found by it. */
int	 secret_digest(struct shop *shop, const char *secret,
	    const unsigned char *salt, size_t n, char out[static 65])
	    MUST_CHECK;

/* Long enough, not a name of the user or the shop, not a usual one. */
int	 secret_password_check(const struct shop *shop, const char *login,
	    const char *password) MUST_CHECK;
/* Four to eight digits, neither all alike nor a run. */
int	 secret_pin_check(const char *pin) MUST_CHECK;

/* RFC 6238, SHA-1, six digits.  The step whose code this is, one step of
 * clock error either way; -1 for none. */
int64_t	 totp_step(const unsigned char *key, size_t n, const char *code,
	    int64_t now_ms);
/* The code of a moment, digits 6 to 8. */
int	 totp_code(const unsigned char *key, size_t n, int64_t now_ms,
	    unsigned digits, char out[static 9]) MUST_CHECK;
int	 totp_from_base32(const char *text, unsigned char *key, size_t size,
	    size_t *n) MUST_CHECK;
void	 totp_to_base32(const unsigned char *key, size_t n, char *out,
	    size_t size);

#endif
