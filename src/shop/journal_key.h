/* SPDX-License-Identifier: ISC */
/* The key the journal is signed with; only the journal includes this. */
#ifndef SHOP_JOURNAL_KEY_H
#define SHOP_JOURNAL_KEY_H

#include <sodium.h>

#include "base/base.h"

#define JOURNAL_PUBLIC		44	/* base64url and NUL */
#define JOURNAL_SIGNATURE	88
#define JOURNAL_SIGNED		256

struct journal_key {
	unsigned char	secret[crypto_sign_SECRETKEYBYTES];
	char		public[JOURNAL_PUBLIC];
};

/* Read for one posting and wiped after it: no session carries it about.
 * Zeroed on failure (ERR_CONFIG). */
int	 journal_key_read(const char *dir, struct journal_key *out)
	    MUST_CHECK;
void	 journal_key_wipe(struct journal_key *key);
void	 journal_sign(const struct journal_key *key, const char *text,
	    char out[static JOURNAL_SIGNATURE]);
/* What a record's signature is over: its hash, and its detail if any. */
void	 journal_signs(const char *hash, const char *detail,
	    char out[static JOURNAL_SIGNED]);
bool	 journal_signed(const char *public, const char *text,
	    const char *signature);

#endif
