/* SPDX-License-Identifier: ISC */
/* Secrets: argon2id by libsodium, authenticator codes by liboath. */
#include "shop/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"
#include "shop/badge.h"
#include "shop/ean.h"

#define SLOT_WAIT_MS	10000	/* behind a stopped process, no longer */
#define SLOT_STEP_MS	10
#define PASSWORD_BYTES	256
#define TOTP_LEAST	10	/* bytes, RFC 4226 asks for 16 of new ones */
#define PIN_MIN		4
#define PIN_MAX		8

/* Of a random password nobody has: what is checked for an unknown user. */
static const char secret_dummy[] = "$argon2id$v=19$m=65536,t=2,p=1$"
    "AtdHcD8CrpNfUJ9CZnwoBQ$qon8uIsiM4Up2sqm7lj3uhhOAxOotz8d8BINqmoczcI";

static const char *const secret_usual[] = {
	"password", "passw0rd", "password1", "motdepasse", "12345678",
	"123456789", "1234567890", "01234567", "87654321", "11223344",
	"azertyuiop", "azertyui", "qwertyui", "qwertyuiop", "qwerty123",
	"azerty123", "iloveyou", "jetaime1", "bonjour1", "bienvenue",
	"comptoir", "restaurant", "boutique", "changeme", "letmein1",
	"welcome1", "admin123", "manager1", "caissier", "sunshine",
	"princess", "football", "loulou123", "doudou123", "chouchou",
};

static void
secret_start(void)
{
	if (sodium_init() < 0) {
		log_error("libsodium does not start: no secret can be "
		    "checked");
		abort();
	}
}

/* --- one hash a core at a time ---------------------------------------- */

static int
secret_slot_try(struct shop *shop, long cores, bool *unusable)
{
	char	path[4096];

	for (long i = 0; i < cores; i++) {
		int	fd;

		if (!str_fmt(path, sizeof(path), "%s/run/hash.%ld",
		    db_shop(shop->db), i) ||
		    (fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
		    0600)) < 0) {
			*unusable = true;
			return -1;
		}
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
			return fd;
		}
		(void)close(fd);
	}
	return -1;
}

/* A lock file each; the kernel frees those of who died.  Sixty at once would
 * want 4 GB and none of them would be quick. */
static int
secret_slot_take(struct shop *shop)
{
	const struct timespec	step = { 0, SLOT_STEP_MS * 1000000L };
	long			cores = sysconf(_SC_NPROCESSORS_ONLN);
	int64_t			end = clock_boot_ms() + SLOT_WAIT_MS;
	bool			unusable = false;
	int			fd;

	while ((fd = secret_slot_try(shop, cores < 1 ? 1 : cores,
	    &unusable)) < 0 && !unusable && clock_boot_ms() < end) {
		(void)nanosleep(&step, NULL);
	}
	return fd;
}

static void
secret_slot_leave(int fd)
{
	if (fd >= 0) {
		(void)close(fd);
	}
}

int
secret_hash(struct shop *shop, const char *secret,
    char out[static SECRET_HASH])
{
	int	fd, r;

	_Static_assert(SECRET_HASH >= crypto_pwhash_STRBYTES, "hash fits");
	out[0] = '\0';
	secret_start();
	fd = secret_slot_take(shop);
	r = crypto_pwhash_str(out, secret, strlen(secret),
	    crypto_pwhash_OPSLIMIT_INTERACTIVE,
	    crypto_pwhash_MEMLIMIT_INTERACTIVE);
	secret_slot_leave(fd);
	return r == 0 ? 0 : err_set(ERR_SYSTEM, _("not enough memory to "
	    "protect a password; close something"));
}

bool
secret_verify(struct shop *shop, const char *hash, const char *secret)
{
	size_t	n = strlen(secret);
	int	fd, r;

	secret_start();
	if (n > PASSWORD_BYTES) {
		hash = NULL;
		n = PASSWORD_BYTES;
	}
	fd = secret_slot_take(shop);
	r = crypto_pwhash_str_verify(hash != NULL ? hash : secret_dummy,
	    secret, n);
	secret_slot_leave(fd);
	return r == 0 && hash != NULL;
}

int
secret_digest(struct shop *shop, const char *secret,
    const unsigned char *salt, size_t n, char out[static 65])
{
	unsigned char	raw[32];
	int		fd, r = -1;

	out[0] = '\0';
	if (n != crypto_pwhash_SALTBYTES) {
		return err_set(ERR_BUG, "a salt of %zu bytes", n);
	}
	secret_start();
	fd = secret_slot_take(shop);
	r = crypto_pwhash(raw, sizeof(raw), secret, strlen(secret), salt,
	    crypto_pwhash_OPSLIMIT_INTERACTIVE,
	    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
	secret_slot_leave(fd);
	(void)sodium_bin2hex(out, 65, raw, sizeof(raw));
	explicit_bzero(raw, sizeof(raw));
	return r == 0 ? 0 : err_set(ERR_SYSTEM, _("not enough memory to "
	    "protect a password; close something"));
}

/* --- rules --------------------------------------------------------------- */

static bool
secret_all_alike(const char *s)
{
	return s[strspn(s, (const char[]){ s[0], '\0' })] == '\0';
}

/* Typed as a password, a name gives itself away in any case and accent. */
static bool
secret_holds(const char *folded, const char *name)
{
	char	other[512];

	return utf8_fold(other, sizeof(other), name) && other[0] != '\0' &&
	    strcmp(folded, other) == 0;
}

int
secret_password_check(const struct shop *shop, const char *login,
    const char *password)
{
	char	folded[PASSWORD_BYTES * 2];
	int	least = shop->set.password_min;
	bool	weak;

	if (!utf8_is_clean(password)) {
		return err_set(ERR_INVALID, _("a password is plain text on "
		    "one line"));
	}
	if (strlen(password) > PASSWORD_BYTES) {
		return err_set(ERR_TOO_LONG, _("a password has at most %d "
		    "bytes"), PASSWORD_BYTES);
	}
	if (shop->set.demo) {
		return 0;		/* "demo" is meant to be guessed */
	}
	if (utf8_chars(password) < (size_t)least) {
		return err_set(ERR_INVALID, _("too short: a password has at "
		    "least %d characters"), least);
	}
	weak = !utf8_fold(folded, sizeof(folded), password) ||
	    secret_all_alike(folded) || secret_holds(folded, login) ||
	    secret_holds(folded, shop->set.company);
	for (size_t i = 0; i < NELEM(secret_usual) && !weak; i++) {
		weak = strcmp(folded, secret_usual[i]) == 0;
	}
	explicit_bzero(folded, sizeof(folded));
	if (scan_is(password, shop->set.scan_prefix)) {
		return err_set(ERR_INVALID, _("this reads as a barcode, and a "
		    "scan is never taken for a secret"));
	}
	if (badge_is(shop, password)) {
		return err_set(ERR_INVALID, _("this begins as a badge does; "
		    "choose another"));
	}
	return weak ? err_set(ERR_INVALID, _("too easy to guess; take three "
	    "words that have nothing in common")) : 0;
}

int
secret_pin_check(const char *pin)
{
	size_t	n = strlen(pin);
	bool	up = true, down = true;

	if (n < PIN_MIN || n > PIN_MAX || strspn(pin, "0123456789") != n) {
		return err_set(ERR_INVALID, _("a PIN is %d to %d digits"),
		    PIN_MIN, PIN_MAX);
	}
	for (size_t i = 1; i < n; i++) {
		up = up && pin[i] == pin[i - 1] + 1;
		down = down && pin[i] == pin[i - 1] - 1;
	}
	if (scan_is(pin, "")) {
		return err_set(ERR_INVALID, _("this reads as a barcode, and a "
		    "scan is never taken for a secret"));
	}
	return up || down || secret_all_alike(pin) ? err_set(ERR_INVALID,
	    _("too easy to guess: not all alike, not a run")) : 0;
}

/* --- authenticator codes ------------------------------------------------- */

int
totp_code(const unsigned char *key, size_t n, int64_t now_ms,
    unsigned digits, char out[static 9])
{
	out[0] = '\0';
	if (oath_init() != OATH_OK || oath_totp_generate((const char *)key,
	    n, (time_t)(now_ms / 1000), TOTP_PERIOD,
	    OATH_TOTP_DEFAULT_START_TIME, digits, out) != OATH_OK) {
		return err_set(ERR_SYSTEM, _("the authenticator's code "
		    "cannot be computed"));
	}
	return 0;
}

int64_t
totp_step(const unsigned char *key, size_t n, const char *code,
    int64_t now_ms)
{
	char	want[9];
	int64_t	step = now_ms / 1000 / TOTP_PERIOD, found = -1;

	if (strlen(code) != 6) {
		return -1;
	}
	for (int64_t s = step - 1; s <= step + 1; s++) {
		if (totp_code(key, n, s * TOTP_PERIOD * 1000, 6, want) == 0 &&
		    sodium_memcmp(want, code, 6) == 0) {
			found = s;
		}
	}
	return found;
}

int
totp_from_base32(const char *text, unsigned char *key, size_t size,
    size_t *n)
{
	char	*bin = NULL;
	size_t	 len;
	int	 r = 0;

	*n = 0;
	if (oath_init() != OATH_OK ||
	    oath_base32_decode(text, strlen(text), &bin, &len) != OATH_OK) {
		return err_set(ERR_INVALID, _("this is no authenticator key "
		    "(letters A-Z and digits 2-7)"));
	}
	if (len < TOTP_LEAST || len > size) {
		r = err_set(ERR_INVALID, _("an authenticator key has %d to "
		    "%d letters"), TOTP_LEAST * 8 / 5, (int)(size * 8 / 5));
	} else {
		memcpy(key, bin, len);
		*n = len;
	}
	explicit_bzero(bin, len);
	free(bin);
	return r;
}

void
totp_to_base32(const unsigned char *key, size_t n, char *out, size_t size)
{
	char	*text = NULL;
	size_t	 len;

	out[0] = '\0';
	if (oath_base32_encode((const char *)key, n, &text, &len) ==
	    OATH_OK) {
		(void)str_copy(out, size, text);
	}
	free(text);
}
