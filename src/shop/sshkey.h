/* SPDX-License-Identifier: ISC */
/* Public SSH keys as text: a line of authorized_keys, a fingerprint. */
#ifndef SHOP_SSHKEY_H
#define SHOP_SSHKEY_H

#include "base/base.h"

#define SSHKEY_TEXT		1024	/* base64 of an RSA key of 4096 bits */
#define SSHKEY_FINGERPRINT	52	/* "SHA256:" and 43 characters */

struct sshkey {
	char	type[48];		/* as the key itself says it */
	char	key[SSHKEY_TEXT];	/* base64 of the wire form */
	char	fingerprint[SSHKEY_FINGERPRINT];
	char	comment[64];
};

/*
 * Both prove that the key is whole and of a kind the ssh door takes
 * (ed25519, ecdsa nistp256, rsa of at least 3072 bits, and sk-ed25519), else
 * ERR_INVALID.  A line with options before the key is refused: dropping a
 * from="…" silently would open a door.
 */
int	sshkey_line(const char *line, struct sshkey *out) MUST_CHECK;
/* `type` "" believes the key itself; "rsa-sha2-…" is an rsa key. */
int	sshkey_base64(const char *type, const char *base64,
	    struct sshkey *out) MUST_CHECK;

#endif
