/* SPDX-License-Identifier: ISC */
/* The key the journal is signed with: a file of its own beside the database,
 * read by its owner only. */
#include "shop/journal_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/journal.h"

#define BASE64	sodium_base64_VARIANT_URLSAFE_NO_PADDING

static char *
key_path(const char *dir)
{
	return xasprintf("%s/keys/journal.key", dir);
}

int
journal_key_make(const char *dir)
{
	unsigned char	public[crypto_sign_PUBLICKEYBYTES];
	unsigned char	secret[crypto_sign_SECRETKEYBYTES];
	char		hex[2 * sizeof(secret) + 2];
	char		*path = key_path(dir), *keys;
	struct stat	st;
	int		r = 0;

	if (stat(path, &st) == 0) {
		goto out;
	}
	keys = xasprintf("%s/keys", dir);
	if (mkdir(keys, 0700) != 0 && errno != EEXIST) {
		r = err_sys(ERR_IO, _("cannot make %s"), keys);
	}
	free(keys);
	if (r != 0) {
		goto out;
	}
	if (sodium_init() < 0) {
		r = err_set(ERR_SYSTEM, _("no random numbers to be had"));
		goto out;
	}
	(void)crypto_sign_keypair(public, secret);
	str_hex(secret, sizeof(secret), hex);
	hex[2 * sizeof(secret)] = '\n';
	r = io_write_file(path, 0600, hex, 2 * sizeof(secret) + 1);
	explicit_bzero(secret, sizeof(secret));
	explicit_bzero(hex, sizeof(hex));
out:
	free(path);
	return r;
}

int
journal_key_read(const char *dir, struct journal_key *out)
{
	char	 hex[2 * sizeof(out->secret)];
	char	*path = key_path(dir);
	ssize_t	 n = -1;
	int	 fd, r = 0;

	*out = (struct journal_key){ 0 };
	if (sodium_init() < 0) {
		free(path);
		return err_set(ERR_SYSTEM, _("no random numbers to be had"));
	}
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) >= 0) {
		n = read(fd, hex, sizeof(hex));
		(void)close(fd);
	}
	if (n != (ssize_t)sizeof(hex) || sodium_hex2bin(out->secret,
	    sizeof(out->secret), hex, sizeof(hex), NULL, NULL, NULL) != 0) {
		r = err_set(ERR_CONFIG, _("the signing key %s cannot be read; "
		    "restore it from a backup of the machine"), path);
		journal_key_wipe(out);
	} else {
		/* The second half of a secret key is its public key. */
		(void)sodium_bin2base64(out->public, sizeof(out->public),
		    out->secret + crypto_sign_SEEDBYTES,
		    crypto_sign_PUBLICKEYBYTES, BASE64);
	}
	explicit_bzero(hex, sizeof(hex));
	free(path);
	return r;
}

void
journal_key_wipe(struct journal_key *key)
{
	explicit_bzero(key, sizeof(*key));
}

void
journal_sign(const struct journal_key *key, const char *text,
    char out[static JOURNAL_SIGNATURE])
{
	unsigned char	signature[crypto_sign_BYTES];

	(void)crypto_sign_detached(signature, NULL,
	    (const unsigned char *)text, strlen(text), key->secret);
	(void)sodium_bin2base64(out, JOURNAL_SIGNATURE, signature,
	    sizeof(signature), BASE64);
}

void
journal_signs(const char *hash, const char *detail,
    char out[static JOURNAL_SIGNED])
{
	(void)str_fmt(out, JOURNAL_SIGNED, "%s%s%s", hash,
	    detail[0] == '\0' ? "" : ",", detail);
}

static bool
decode(const char *text, unsigned char *out, size_t size)
{
	size_t	n;

	return sodium_base642bin(out, size, text, strlen(text), NULL, &n,
	    NULL, BASE64) == 0 && n == size;
}

bool
journal_signed(const char *public, const char *text, const char *signature)
{
	unsigned char	key[crypto_sign_PUBLICKEYBYTES];
	unsigned char	bytes[crypto_sign_BYTES];

	return decode(public, key, sizeof(key)) &&
	    decode(signature, bytes, sizeof(bytes)) &&
	    crypto_sign_verify_detached(bytes, (const unsigned char *)text,
	    strlen(text), key) == 0;
}
