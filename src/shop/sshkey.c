/* SPDX-License-Identifier: ISC */
/* Reading public keys (RFC 4253 6.6, RFC 5656, RFC 8709). */
#include "shop/sshkey.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define RSA_BITS_MIN	3072
#define ED25519_BYTES	32
#define P256_POINT	65		/* 04, x, y */

/* A string of the wire form: four bytes of length, then the bytes. */
struct wire {
	const unsigned char	*at;
	size_t			 left;
};

static bool
wire_string(struct wire *w, const unsigned char **s, size_t *n)
{
	if (w->left < 4) {
		return false;
	}
	*n = (size_t)w->at[0] << 24 | (size_t)w->at[1] << 16 |
	    (size_t)w->at[2] << 8 | w->at[3];
	if (*n > w->left - 4) {
		return false;
	}
	*s = w->at + 4;
	w->at += 4 + *n;
	w->left -= 4 + *n;
	return true;
}

static bool
wire_is(struct wire *w, const char *word)
{
	const unsigned char	*s;
	size_t			 n;

	return wire_string(w, &s, &n) && n == strlen(word) &&
	    memcmp(s, word, n) == 0;
}

static bool
wire_bytes(struct wire *w, size_t want)
{
	const unsigned char	*s;
	size_t			 n;

	return wire_string(w, &s, &n) && n == want;
}

/* Bits of a positive number; 0 when there is none. */
static size_t
wire_number(struct wire *w)
{
	const unsigned char	*s;
	size_t			 n, bits;

	if (!wire_string(w, &s, &n) || n == 0 || (s[0] & 0x80) != 0) {
		return 0;
	}
	while (n > 0 && *s == 0) {
		s++;
		n--;
	}
	bits = n * 8;
	for (int b = 0x80; n > 0 && b != 0 && (*s & b) == 0; b >>= 1) {
		bits--;
	}
	return bits;
}

static int
sshkey_check(const char *type, struct wire *w)
{
	bool	fine = false;

	if (strcmp(type, "ssh-ed25519") == 0) {
		fine = wire_bytes(w, ED25519_BYTES);
	} else if (strcmp(type, "sk-ssh-ed25519@openssh.com") == 0) {
		const unsigned char	*app;
		size_t			 n;

		fine = wire_bytes(w, ED25519_BYTES) &&
		    wire_string(w, &app, &n);
	} else if (strcmp(type, "ecdsa-sha2-nistp256") == 0) {
		fine = wire_is(w, "nistp256") && wire_bytes(w, P256_POINT);
	} else if (strcmp(type, "ssh-rsa") == 0) {
		size_t	bits;

		if (wire_number(w) > 0 && (bits = wire_number(w)) > 0) {
			if (bits < RSA_BITS_MIN) {
				return err_set(ERR_INVALID, _("this RSA key "
				    "has %zu bits; make one of %d or more, "
				    "or better an ed25519 key"), bits,
				    RSA_BITS_MIN);
			}
			fine = true;
		}
	} else {
		return err_set(ERR_INVALID, _("keys of type %.40s are not "
		    "taken; make one with ssh-keygen -t ed25519"), type);
	}
	return fine && w->left == 0 ? 0 :
	    err_set(ERR_INVALID, _("this key is damaged; copy the whole "
	    "line"));
}

static void
sshkey_fingerprint(const unsigned char *blob, size_t n,
    char out[static SSHKEY_FINGERPRINT])
{
	unsigned char	hash[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256(hash, blob, n);
	memcpy(out, "SHA256:", 8);
	(void)sodium_bin2base64(out + 7, SSHKEY_FINGERPRINT - 7, hash,
	    sizeof(hash), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

int
sshkey_base64(const char *type, const char *base64, struct sshkey *out)
{
	unsigned char		 blob[SSHKEY_TEXT / 4 * 3];
	const unsigned char	*word;
	struct wire		 w;
	size_t			 n, len;
	int			 r;

	*out = (struct sshkey){ 0 };
	if (sodium_base642bin(blob, sizeof(blob), base64, strlen(base64),
	    NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
		return err_set(ERR_INVALID, _("this key is damaged; copy the "
		    "whole line"));
	}
	w = (struct wire){ blob, n };
	if (!wire_string(&w, &word, &len) || len == 0 ||
	    len >= sizeof(out->type) || memchr(word, 0, len) != NULL) {
		return err_set(ERR_INVALID, _("this is no public key"));
	}
	memcpy(out->type, word, len);
	if (type[0] != '\0' && strcmp(type, out->type) != 0 &&
	    !(str_starts(type, "rsa-sha2-") &&
	    strcmp(out->type, "ssh-rsa") == 0)) {
		return err_set(ERR_INVALID, _("this is no key of type %.40s"),
		    type);
	}
	if ((r = sshkey_check(out->type, &w)) != 0) {
		return r;
	}
	(void)sodium_bin2base64(out->key, sizeof(out->key), blob, n,
	    sodium_base64_VARIANT_ORIGINAL);
	sshkey_fingerprint(blob, n, out->fingerprint);
	return 0;
}

int
sshkey_line(const char *line, struct sshkey *out)
{
	char	 copy[SSHKEY_TEXT + 256];
	char	*rest = copy, *type, *base64;
	int	 r;

	*out = (struct sshkey){ 0 };
	line += strspn(line, " \t");
	if (!str_copy(copy, sizeof(copy), line)) {
		return err_set(ERR_TOO_LONG, _("this is longer than any "
		    "key"));
	}
	copy[strcspn(copy, "\r\n")] = '\0';
	if (str_starts(copy, "-----BEGIN")) {
		return err_set(ERR_INVALID, _("this is a private key: keep "
		    "it secret, give the line of the .pub file"));
	}
	type = strsep(&rest, " \t");
	base64 = rest == NULL ? NULL : strsep(&rest, " \t");
	if (base64 == NULL) {
		return err_set(ERR_INVALID, _("this is no key; give a line "
		    "like \"ssh-ed25519 AAAA… comment\""));
	}
	if (strchr(type, '=') != NULL || strchr(type, ',') != NULL ||
	    str_starts(base64, "ssh-") || str_starts(base64, "ecdsa-")) {
		return err_set(ERR_INVALID, _("options before a key are not "
		    "supported; give the line from its type on"));
	}
	if ((r = sshkey_base64(type, base64, out)) != 0) {
		return r;
	}
	(void)utf8_clean(out->comment, sizeof(out->comment),
	    rest == NULL ? "" : rest);
	return 0;
}
