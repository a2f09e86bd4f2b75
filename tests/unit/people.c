/* SPDX-License-Identifier: ISC */
/* Users, roles and rights, keys, terminals, lines, settings, the audit. */
#include "trade.h"

#include "base/buf.h"
#include "shop/audit.h"
#include "shop/secret.h"
#include "shop/sshkey.h"

/* Made by ssh-keygen; the fingerprints are the ones it shows. */
#define ED25519 \
	"AAAAC3NzaC1lZDI1NTE5AAAAIBPMpsw3CHpz9qHRsjV/Pim8GxaYZwiFtQWO" \
	"DoSbnWFJ"
#define ED25519_PRINT "SHA256:fvQwgwDDFGfnwwCPD3bbQjDFrEkZtMLMd2GH6MxwFn0"
#define ECDSA \
	"AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMMHGdSX" \
	"zRe31s4mfjLlAhukkSFEL0HHe0XDyHzTlwxPNN5ps0oDpRna/VnyOXr8vLIG" \
	"F3Jkmz8jSVoeIFjPdGg="
#define ECDSA_PRINT "SHA256:k3vZs8V13xECfDw8YBcMUOR63J4TNgZWggR+k3EMj0I"
#define RSA3072 \
	"AAAAB3NzaC1yc2EAAAADAQABAAABgQCs7Pb2NfMsU3rykD/LK6L2E2ZxKYQe" \
	"2fTtEBrCAS4A7Y9yefIjqocwnJCV7JlOxhSq3wSPwXufPNlLdS8uIQcxfJ6J" \
	"dNfnAPCu8PLdTJVCk0/cFdWsIqjBK0kFnGts3PqMC7JZV1OpPSk3K//yclyF" \
	"Sa8iloc3VZ8QU3wU+CK/YnEDfVtg55/21IFrzBeBc/KsJcdB7mSbYjbqubJx" \
	"1G+2B8HIeXdWXJThilCvM4hQu2MNyAewsn425OOCXERNSPmdGynEUxxSbvLF" \
	"aZBVlISvbK4bkqgwjjuxui3w8WGvZH/Vi+zZ1SEN1oV/D5BVUfgMIbUbnRH4" \
	"eMgZZ1kWdTR82yunISE+8QklIKisy1ICofim5us8XJWIUCr9NS00kpv7KDm2" \
	"mCxSrhHdrfgTVqQ3Psj9o01fNBp3DjZgcP7cOpq8jnQX/mHqCyh3mxjrR3uG" \
	"mIqcQFj5bpA3m/GoilREDKEZxk8pv3y1VSj32deP/pMXWdVQiXQ930mXpuSe" \
	"1D0="
#define RSA3072_PRINT "SHA256:h6XFt8vWg3n3BFT/5cyCn1hsktUEmdkDbVTxn08KveU"
#define RSA2048 \
	"AAAAB3NzaC1yc2EAAAADAQABAAABAQC/Pmj0ETN3D69SnJ62mn/yTWpHMDki" \
	"xYm4IpuXRHX+/cjc2bPhHH7GOjN7oDdVdqw6mJl6PtZvaSa3XHGxnuxYDMeF" \
	"naGmlLHV6HAhc8zJrj39ZBZk35y0pxcKbUjPgvS4o/xJsHVJFoOvzNiV8NXU" \
	"L4+i2L6CSBUu2E5fyEOtqXud31KCK2suK7Ij1Q9fAhWBT1+tcBEQKu44EvLV" \
	"4t77BlHtluwgULSa5vR6AvgRHnnzN/s62/oan+o4vDUogImDCLvpYRmqkXCD" \
	"PdbGC745mt3o8fmPC/9uIepVS1k1buqNK4ELAO2mPf/zWSxOV+4fKfiRc0aF" \
	"+qXibJzSiCBD"
#define ECDSA384 \
	"AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBOSy6+Hu" \
	"MgRSpUDUu0hw2dqm6KOxwKERpYvZSN6qnQPYnnjsCFWZ0bAPmqe1rE/ywnIc" \
	"hi3s58K0nMKN65UI6YZ4S0FrmlhHwLjMaw1vgPAlCR9yIqi0oMUNGyaE4ZA2" \
	"uw=="

static char		dir[64];
static struct shop	*shop;

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

/* The words of a refusal, for an assertion on them. */
static void
says(int r, int code, const char *part)
{
	if (r != code || strstr(err_text(r), part) == NULL) {
		fail_msg("%s \"%s\", not %s with \"%s\"", err_name(r),
		    err_text(r), err_name(code), part);
	}
}

/* --- rights -------------------------------------------------------------- */

static void
test_rights_by_name(void **state)
{
	enum right	right;
	enum role	role;

	(void)state;
	for (enum right r = 0; r < RIGHT_COUNT; r++) {
		OK(right_find(right_name(r), &right));
		assert_int_equal(right, r);
		assert_true(right_text(r)[0] != '\0');
		/* An admin may whatever anybody may. */
		assert_true((role_rights(ROLE_ADMIN) & RIGHT_BIT(r)) != 0);
	}
	for (enum role r = 0; r < ROLE_COUNT; r++) {
		OK(role_find(role_name(r), &role));
		assert_int_equal(role, r);
	}
	says(right_find("fly", &right), ERR_NOT_FOUND, "fly");
	says(role_find("king", &role), ERR_NOT_FOUND, "cashier");
}

static void
test_roles_differ(void **state)
{
	uint64_t	cook = role_rights(ROLE_COOK);
	uint64_t	cashier = role_rights(ROLE_CASHIER);
	uint64_t	book = role_rights(ROLE_BOOKKEEPER);

	(void)state;
	assert_true((cashier & RIGHT_BIT(RIGHT_PAY)) != 0);
	assert_true((cashier & RIGHT_BIT(RIGHT_PRICE)) == 0);
	assert_true((cook & RIGHT_BIT(RIGHT_SELL)) == 0);
	/* Reads everything, changes nothing. */
	assert_true((book & RIGHT_BIT(RIGHT_REPORT)) != 0);
	assert_true((book & RIGHT_BIT(RIGHT_AUDIT)) != 0);
	assert_true((book & (RIGHT_BIT(RIGHT_SELL) | RIGHT_BIT(RIGHT_PAY) |
	    RIGHT_BIT(RIGHT_PRODUCT) | RIGHT_BIT(RIGHT_ADJUST))) == 0);
	assert_int_equal(role_rights_alone(ROLE_ADMIN),
	    RIGHT_BIT(RIGHT_USER) | RIGHT_BIT(RIGHT_TERMINAL) |
	    RIGHT_BIT(RIGHT_SETTING) | RIGHT_BIT(RIGHT_BACKUP));
	assert_int_equal(role_rights_alone(ROLE_COOK), 0);
}

static void
test_refusal_says_who_may(void **state)
{
	(void)state;
	shop->who = (struct actor){ .user = 1, .role = ROLE_CASHIER,
		.rights = role_rights(ROLE_CASHIER) };
	OK(shop_require(shop, RIGHT_PAY));
	says(shop_require(shop, RIGHT_PRICE), ERR_DENIED,
	    "you may not override a price; ask: admin, manager");
	shop->who.rights &= ~RIGHT_BIT(RIGHT_PAY);
	says(shop_require(shop, RIGHT_PAY), ERR_DENIED,
	    "not from this terminal");
}

static void
test_every_door_of_people_asks(void **state)
{
	int64_t	id;
	bool	r;

	(void)state;
	shop->who = (struct actor){ .user = 77, .role = ROLE_MANAGER,
		.rights = role_rights(ROLE_MANAGER) };
	assert_int_equal(user_add(shop, "eve", ROLE_ADMIN, "", &id),
	    ERR_DENIED);
	assert_int_equal(user_set(shop, 1, "role", "admin"), ERR_DENIED);
	assert_int_equal(user_set(shop, 1, "totp", "off"), ERR_DENIED);
	assert_int_equal(user_set_password(shop, 1, "x"), ERR_DENIED);
	assert_int_equal(user_set_pin(shop, 1, "1"), ERR_DENIED);
	assert_int_equal(user_key_add(shop, 1, "x"), ERR_DENIED);
	assert_int_equal(user_key_remove(shop, 1, "x"), ERR_DENIED);
	assert_int_equal(terminal_add(shop, "x", &id), ERR_DENIED);
	assert_int_equal(terminal_accept(shop, "x", "y", &id), ERR_DENIED);
	assert_int_equal(terminal_set(shop, 1, "trusted", "yes"),
	    ERR_DENIED);
	assert_int_equal(terminal_key_add(shop, 1, "x"), ERR_DENIED);
	assert_int_equal(terminal_key_forget(shop, 1), ERR_DENIED);
	assert_int_equal(line_add(shop, "x", "/dev/ttyS0", &id), ERR_DENIED);
	assert_int_equal(line_set(shop, 1, "speed", "9600"), ERR_DENIED);
	assert_int_equal(setting_set(shop, "company", "x"), ERR_DENIED);
	r = people_flag("perhaps", &r) == ERR_INVALID;
	assert_true(r);
}

/* --- users --------------------------------------------------------------- */

struct found {
	int		n;
	struct user_row	row;
	char		text[64];
};

static int
find_user(void *ctx, const struct user_row *row)
{
	struct found	*f = ctx;

	f->n++;
	if (strcmp(row->name, f->text) == 0) {
		f->row = *row;
	}
	return 0;
}

static void
test_names(void **state)
{
	int64_t	id, again;
	char	login[NAME_SIZE];

	(void)state;
	OK(user_add(shop, "Zoé", ROLE_CASHIER, "fr", &id));
	OK(user_find(shop, "zoe", &again));
	assert_int_equal(id, again);
	OK(user_find(shop, " ZOÉ ", &again));
	assert_int_equal(id, again);
	OK(shop_login_name("Caisse 1", login));
	assert_string_equal(login, "caisse1");
	says(user_add(shop, "ZOE", ROLE_COOK, "", &again), ERR_EXISTS, "taken");
	assert_int_equal(again, 0);
	/* ssh NAME@shop is a user or a terminal, never both. */
	says(terminal_add(shop, "zoe", &again), ERR_EXISTS, "taken");
	OK(terminal_add(shop, "Till 1", &id));
	says(user_add(shop, "till1", ROLE_COOK, "", &again), ERR_EXISTS,
	    "taken");
	says(user_add(shop, "terminal", ROLE_COOK, "", &again), ERR_INVALID,
	    "keeps");
	says(user_add(shop, "root", ROLE_COOK, "", &again), ERR_INVALID,
	    "keeps");
	assert_int_equal(user_add(shop, "", ROLE_COOK, "", &again),
	    ERR_INVALID);
	assert_int_equal(user_add(shop, "-x", ROLE_COOK, "", &again),
	    ERR_INVALID);
	assert_int_equal(user_add(shop, "a;b", ROLE_COOK, "", &again),
	    ERR_INVALID);
	assert_int_equal(user_add(shop, "a\nb", ROLE_COOK, "", &again),
	    ERR_INVALID);
	assert_int_equal(user_add(shop, "bad\xff", ROLE_COOK, "", &again),
	    ERR_INVALID);
	assert_int_equal(user_add(shop, "ann", ROLE_COOK, "de", &again),
	    ERR_INVALID);
	assert_int_equal(user_add(shop, "a123456789b123456789c123456789d1234",
	    ROLE_COOK, "", &again), ERR_INVALID);
	says(user_find(shop, "nobody", &again), ERR_NOT_FOUND, "nobody");
}

static void
test_user_values(void **state)
{
	struct found	f = { .text = "ann" };
	int64_t		id, boss;

	(void)state;
	OK(user_add(shop, "boss", ROLE_ADMIN, "", &boss));
	OK(user_add(shop, "ann", ROLE_CASHIER, "", &id));
	OK(user_set(shop, id, "role", "waiter"));
	OK(user_set(shop, id, "language", "en"));
	OK(user_set(shop, id, "implied", "yes"));
	OK(user_set(shop, id, "locked", "on"));
	OK(user_set(shop, id, "active", "0"));
	OK(user_list(shop, find_user, &f));
	assert_int_equal(f.n, 2);
	assert_int_equal(f.row.id, id);
	assert_true(f.row.locked && !f.row.active && f.row.implied);
	assert_false(f.row.has_password || f.row.has_pin || f.row.has_totp);
	says(user_set(shop, id, "role", "king"), ERR_NOT_FOUND, "king");
	says(user_set(shop, id, "locked", "maybe"), ERR_INVALID, "maybe");
	says(user_set(shop, id, "shoes", "42"), ERR_INVALID, "shoes");
	says(user_set(shop, 999, "implied", "yes"), ERR_NOT_FOUND, "user");
	/* A shop keeps an admin who can sign in. */
	says(user_set(shop, boss, "role", "cook"), ERR_DENIED, "last admin");
	says(user_set(shop, boss, "locked", "yes"), ERR_DENIED, "last admin");
	says(user_set(shop, boss, "active", "no"), ERR_DENIED, "last admin");
	OK(user_set(shop, id, "active", "yes"));
	OK(user_set(shop, id, "locked", "no"));
	OK(user_set(shop, id, "role", "admin"));
	OK(user_set(shop, boss, "locked", "yes"));
}

static void
test_own_things(void **state)
{
	int64_t	id, other;

	(void)state;
	OK(user_add(shop, "ann", ROLE_COOK, "", &id));
	OK(user_add(shop, "bob", ROLE_COOK, "", &other));
	shop->who = (struct actor){ .user = id, .role = ROLE_COOK,
		.rights = role_rights(ROLE_COOK) };
	OK(user_set_password(shop, id, "three words apart"));
	OK(user_set_pin(shop, id, "2580"));
	OK(user_key_add(shop, id, "ssh-ed25519 " ED25519 " mine"));
	OK(user_key_remove(shop, id, ED25519_PRINT));
	OK(user_set(shop, id, "language", "en"));
	assert_int_equal(user_set(shop, id, "role", "admin"), ERR_DENIED);
	assert_int_equal(user_set(shop, id, "locked", "no"), ERR_DENIED);
	assert_int_equal(user_set(shop, id, "totp", "off"), ERR_DENIED);
	assert_int_equal(user_set_pin(shop, other, "2580"), ERR_DENIED);
	assert_int_equal(user_set_password(shop, other, "three words apart"),
	    ERR_DENIED);
	assert_int_equal(user_set(shop, other, "language", "en"),
	    ERR_DENIED);
}

static void
test_password_rules(void **state)
{
	char	longer[300];

	(void)state;
	OK(secret_password_check(shop, "anna", "trois mots sans lien"));
	says(secret_password_check(shop, "anna", "short"), ERR_INVALID,
	    "at least 8");
	/* Characters count, not bytes. */
	says(secret_password_check(shop, "anna", "éàèùôîê"), ERR_INVALID,
	    "at least 8");
	says(secret_password_check(shop, "anna", "aaaaaaaaa"), ERR_INVALID,
	    "guess");
	says(secret_password_check(shop, "anna", "Password"), ERR_INVALID,
	    "guess");
	says(secret_password_check(shop, "anna", "MotDePasse"), ERR_INVALID,
	    "guess");
	says(secret_password_check(shop, "annabelle", "Annabelle"),
	    ERR_INVALID, "guess");
	says(secret_password_check(shop, "anna", "brasserie du port"),
	    ERR_INVALID, "guess");
	assert_int_equal(secret_password_check(shop, "anna", "tab\tinside it"),
	    ERR_INVALID);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(secret_password_check(shop, "anna", longer),
	    ERR_TOO_LONG);
	OK(setting_set(shop, "password_min", "12"));
	says(secret_password_check(shop, "anna", "elevenchars"), ERR_INVALID,
	    "at least 12");
}

static void
test_pin_rules(void **state)
{
	static const char *const	bad[] = { "", "123", "123456789",
					    "12a4", "1234", "4321", "0000",
					    "87654321", "-123", "１２３４" };

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		assert_int_equal(secret_pin_check(bad[i]), ERR_INVALID);
	}
	OK(secret_pin_check("2580"));
	OK(secret_pin_check("12345679"));
}

static void
test_hashes(void **state)
{
	char	one[SECRET_HASH], two[SECRET_HASH];

	(void)state;
	OK(secret_hash(shop, "three words apart", one));
	OK(secret_hash(shop, "three words apart", two));
	assert_string_not_equal(one, two);	/* salted */
	assert_ptr_equal(strstr(one, "$argon2id$v=19$m=65536,t=2,p=1$"), one);
	assert_true(secret_verify(shop, one, "three words apart"));
	assert_false(secret_verify(shop, one, "three words apar"));
	assert_false(secret_verify(shop, NULL, "three words apart"));
	assert_false(secret_verify(shop, "not a hash", "three words apart"));
}

/* --- keys ---------------------------------------------------------------- */

static int
count_keys(void *ctx, const struct user_key_row *row)
{
	struct found	*f = ctx;

	f->n++;
	(void)str_fmt(f->text, sizeof(f->text), "%s", row->comment);
	return 0;
}

static void
test_key_lines(void **state)
{
	struct sshkey	key;

	(void)state;
	OK(sshkey_line("ssh-ed25519 " ED25519 " anna@till 1\n", &key));
	assert_string_equal(key.type, "ssh-ed25519");
	assert_string_equal(key.fingerprint, ED25519_PRINT);
	assert_string_equal(key.comment, "anna@till 1");
	OK(sshkey_line("  ecdsa-sha2-nistp256 " ECDSA, &key));
	assert_string_equal(key.fingerprint, ECDSA_PRINT);
	assert_string_equal(key.comment, "");
	OK(sshkey_line("ssh-rsa " RSA3072 " x", &key));
	assert_string_equal(key.fingerprint, RSA3072_PRINT);
	OK(sshkey_base64("rsa-sha2-512", RSA3072, &key));
	assert_string_equal(key.type, "ssh-rsa");
	says(sshkey_line("ssh-rsa " RSA2048 " x", &key), ERR_INVALID,
	    "2048 bits");
	says(sshkey_line("ecdsa-sha2-nistp384 " ECDSA384, &key), ERR_INVALID,
	    "ed25519");
	says(sshkey_line("from=\"10.0.0.1\" ssh-ed25519 " ED25519, &key),
	    ERR_INVALID, "options");
	says(sshkey_line("restrict ssh-ed25519 " ED25519, &key), ERR_INVALID,
	    "options");
	says(sshkey_line("-----BEGIN OPENSSH PRIVATE KEY-----", &key),
	    ERR_INVALID, "private");
	says(sshkey_line("hello", &key), ERR_INVALID, "no key");
	says(sshkey_line("", &key), ERR_INVALID, "no key");
	says(sshkey_line("ssh-rsa " ED25519, &key), ERR_INVALID, "no key of");
	assert_int_equal(sshkey_line("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
	    &key), ERR_INVALID);
	assert_int_equal(sshkey_line("ssh-ed25519 ????", &key), ERR_INVALID);
	/* A byte too many is no key either. */
	assert_int_equal(sshkey_base64("", ED25519 "AAAA", &key),
	    ERR_INVALID);
}

static void
test_user_keys(void **state)
{
	struct found	f = { 0 };
	int64_t		id;

	(void)state;
	OK(user_add(shop, "ann", ROLE_CASHIER, "", &id));
	OK(user_key_add(shop, id, "ssh-ed25519 " ED25519 " ann's\x1b[31m"));
	says(user_key_add(shop, id, "ssh-ed25519 " ED25519), ERR_EXISTS,
	    ED25519_PRINT);
	OK(user_key_add(shop, id, "ssh-rsa " RSA3072));
	OK(user_key_list(shop, id, count_keys, &f));
	assert_int_equal(f.n, 2);
	OK(user_key_remove(shop, id, RSA3072_PRINT));
	says(user_key_remove(shop, id, RSA3072_PRINT), ERR_NOT_FOUND,
	    "no key");
	f.n = 0;
	OK(user_key_list(shop, id, count_keys, &f));
	assert_int_equal(f.n, 1);
	assert_null(strchr(f.text, '\x1b'));
	assert_int_equal(user_key_add(shop, 999, "ssh-ed25519 " ED25519),
	    ERR_NOT_FOUND);
}

/* --- authenticator ------------------------------------------------------- */

static void
test_totp_vectors(void **state)
{
	/* RFC 6238, appendix B, SHA-1. */
	static const struct {
		int64_t		 at;
		const char	*code;
	} vectors[] = {
		{ 59, "94287082" }, { 1111111109, "07081804" },
		{ 1111111111, "14050471" }, { 1234567890, "89005924" },
		{ 2000000000, "69279037" }, { 20000000000, "65353130" },
	};
	const unsigned char	*key = (const unsigned char *)
				    "12345678901234567890";
	char			 code[9];

	(void)state;
	for (size_t i = 0; i < NELEM(vectors); i++) {
		OK(totp_code(key, 20, vectors[i].at * 1000, 8, code));
		assert_string_equal(code, vectors[i].code);
	}
	assert_int_equal(totp_step(key, 20, "287082", 59000), 1);
	assert_int_equal(totp_step(key, 20, "287082", 29000), 1); /* early */
	assert_int_equal(totp_step(key, 20, "287082", 89000), 1); /* late */
	assert_int_equal(totp_step(key, 20, "287082", 120000), -1);
	assert_int_equal(totp_step(key, 20, "287083", 59000), -1);
	assert_int_equal(totp_step(key, 20, "94287082", 59000), -1);
	assert_int_equal(totp_step(key, 20, "", 59000), -1);
}

static void
test_totp_keys(void **state)
{
	unsigned char	key[64];
	char		text[TOTP_BASE32], uri[160];
	size_t		n;
	int64_t		id;

	(void)state;
	OK(totp_from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", key,
	    sizeof(key), &n));
	assert_int_equal(n, 20);
	assert_memory_equal(key, "12345678901234567890", 20);
	totp_to_base32(key, n, text, sizeof(text));
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	assert_int_equal(totp_from_base32("no/key", key, sizeof(key), &n),
	    ERR_INVALID);
	assert_int_equal(totp_from_base32("GEZDGNBV", key, sizeof(key), &n),
	    ERR_INVALID);
	OK(user_add(shop, "ann", ROLE_ADMIN, "", &id));
	OK(user_totp_new(shop, id, uri, sizeof(uri)));
	assert_ptr_equal(strstr(uri, "otpauth://totp/comptoir:ann?secret="),
	    uri);
	OK(user_set(shop, id, "totp", "off"));
	OK(user_set(shop, id, "totp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
}

/* --- terminals and lines ------------------------------------------------- */

static int
one_terminal(void *ctx, const struct terminal_row *row)
{
	(void)str_fmt(ctx, 64, "%s|%s|%s|%d%d", row->name, row->tender,
	    row->rights, row->trusted, row->active);
	return 0;
}

static void
test_terminal_values(void **state)
{
	char	text[64] = "";
	int64_t	id;

	(void)state;
	OK(terminal_add(shop, "Caisse 1", &id));
	OK(terminal_list(shop, one_terminal, text));
	assert_string_equal(text, "Caisse 1|cash||01");
	OK(terminal_set(shop, id, "tender", "card"));
	OK(terminal_set(shop, id, "trusted", "yes"));
	OK(terminal_set(shop, id, "deny", "user, setting backup"));
	OK(terminal_list(shop, one_terminal, text));
	assert_string_equal(text, "Caisse 1|card|user setting backup|11");
	OK(terminal_set(shop, id, "deny", ""));
	OK(terminal_set(shop, id, "printer", ""));
	says(terminal_set(shop, id, "deny", "user fly"), ERR_NOT_FOUND,
	    "fly");
	says(terminal_set(shop, id, "tender", "gold"), ERR_INVALID, "cash");
	says(terminal_set(shop, id, "printer", "none"), ERR_NOT_FOUND,
	    "none");
	says(terminal_set(shop, id, "hat", "x"), ERR_INVALID, "hat");
	says(terminal_set(shop, 99, "tender", "cash"), ERR_NOT_FOUND,
	    "terminal");
	OK(terminal_key_add(shop, id, "ssh-ed25519 " ED25519));
	says(terminal_key_add(shop, id, "ssh-ed25519 " ED25519), ERR_EXISTS,
	    "SHA256");
	OK(terminal_key_forget(shop, id));
	OK(terminal_key_add(shop, id, "ssh-ed25519 " ED25519));
}

static int
one_line(void *ctx, const struct line_row *row)
{
	(void)str_fmt(ctx, 160, "%s %s %d %s %s %s %s %dx%d %d%d", row->name,
	    row->device, (int)row->speed, row->format, row->flow, row->term,
	    row->charset, (int)row->columns, (int)row->rows, row->modem,
	    row->active);
	return 0;
}

static void
test_lines(void **state)
{
	char	text[160] = "";
	int64_t	id, other, terminal;

	(void)state;
	OK(line_add(shop, "bar", "/dev/ttyUSB0", &id));
	OK(terminal_find(shop, "bar", &terminal));
	OK(line_list(shop, one_line, text));
	assert_string_equal(text, "bar /dev/ttyUSB0 9600 8N1 xonxoff vt220 "
	    "latin1 80x24 01");
	says(line_add(shop, "bar2", "/dev/ttyUSB0", &other), ERR_EXISTS,
	    "bar");
	OK(line_set(shop, id, "speed", "19200"));
	OK(line_set(shop, id, "format", "7E1"));
	OK(line_set(shop, id, "flow", "rtscts"));
	OK(line_set(shop, id, "term", "wyse60"));
	OK(line_set(shop, id, "charset", "ascii"));
	OK(line_set(shop, id, "columns", "132"));
	OK(line_set(shop, id, "rows", "25"));
	OK(line_set(shop, id, "modem", "yes"));
	OK(line_set(shop, id, "active", "no"));
	OK(line_set(shop, id, "device", "/dev/ttyS1"));
	OK(line_list(shop, one_line, text));
	assert_string_equal(text, "bar /dev/ttyS1 19200 7E1 rtscts wyse60 "
	    "ascii 132x25 10");
	says(line_set(shop, id, "speed", "9601"), ERR_INVALID, "9601");
	says(line_set(shop, id, "format", "9N1"), ERR_INVALID, "8N1");
	says(line_set(shop, id, "flow", "hope"), ERR_INVALID, "rtscts");
	says(line_set(shop, id, "term", "a b"), ERR_INVALID, "vt220");
	says(line_set(shop, id, "device", "/etc/passwd"), ERR_INVALID,
	    "/dev/ttyS0");
	says(line_set(shop, id, "device", "/dev/../etc/passwd"), ERR_INVALID,
	    "/dev/ttyS0");
	assert_int_equal(line_set(shop, id, "columns", "5"), ERR_RANGE);
	assert_true(line_set(shop, id, "charset", "ebcdic") < 0);
	says(line_set(shop, 99, "speed", "9600"), ERR_NOT_FOUND, "line");
}

/* --- settings ------------------------------------------------------------ */

static int
count_setting(void *ctx, const struct setting_row *row)
{
	int	*n = ctx;

	assert_true(row->help[0] != '\0');
	(*n)++;
	return 0;
}

static void
test_settings(void **state)
{
	char	value[128];
	int	n = 0;
	int64_t	id;

	(void)state;
	OK(setting_list(shop, count_setting, &n));
	assert_int_equal(n, SETTING_COUNT);
	OK(setting_get(shop, "lock_minutes", value, sizeof(value)));
	assert_string_equal(value, "15");
	OK(setting_set(shop, "lock_minutes", "0"));
	assert_int_equal(shop->set.lock_minutes, 0);
	OK(setting_set(shop, "address", "1 rue du Port;17000 La Rochelle"));
	assert_string_equal(shop->set.address,
	    "1 rue du Port;17000 La Rochelle");
	says(setting_set(shop, "lock_minutes", "1441"), ERR_RANGE, "1440");
	says(setting_set(shop, "lock_minutes", "soon"), ERR_RANGE, "1440");
	says(setting_set(shop, "company", ""), ERR_INVALID, "empty");
	says(setting_set(shop, "company", "a\x01z"), ERR_INVALID, "plain");
	/* Another one would put its taxes on prices that hold them already,
	 * or make francs of cents. */
	says(setting_set(shop, "country", "CA-QC"), ERR_FROZEN, "made");
	says(setting_set(shop, "currency", "XAF"), ERR_FROZEN, "made");
	says(setting_set(shop, "language", "de"), ERR_INVALID, "de");
	says(setting_set(shop, "second_factor", "admin king"), ERR_NOT_FOUND,
	    "king");
	says(setting_set(shop, "admin_from", "console moon"), ERR_NOT_FOUND,
	    "moon");
	says(setting_set(shop, "demo", "1"), ERR_FROZEN, "made");
	says(setting_set(shop, "colour", "red"), ERR_NOT_FOUND, "colour");
	OK(terminal_add(shop, "Office", &id));
	OK(setting_set(shop, "admin_from", "console, office"));
	OK(setting_set(shop, "second_factor", "admin,manager"));
	/* Back to the default: what is not changed is not stored. */
	OK(setting_set(shop, "lock_minutes", "15"));
	assert_int_equal(shop->set.lock_minutes, 15);
}

/* --- audit --------------------------------------------------------------- */

static int
last_audit(void *ctx, const struct audit_row *row)
{
	struct buf	*out = ctx;

	buf_fmt(out, "%s %s %s %s|", row->user, row->door, row->action,
	    row->detail);
	return 0;
}

static void
test_audit(void **state)
{
	struct buf	out = { 0 };
	int64_t		id;

	(void)state;
	(void)strcpy(shop->who.unix_user, "root");
	OK(user_add(shop, "ann", ROLE_MANAGER, "", &id));
	shop->who.user = id;
	shop->who.door = DOOR_SSH;
	OK(setting_set(shop, "lock_minutes", "5"));
	OK(audit_list(shop, 0, 0, NULL, 2, last_audit, &out));
	assert_string_equal(buf_text(&out),
	    "ann ssh set lock_minutes|unix:root shell user.add manager|");
	buf_clear(&out);
	OK(audit_list(shop, 0, 0, "ANN", 0, last_audit, &out));
	assert_string_equal(buf_text(&out), "ann ssh set lock_minutes|");
	buf_clear(&out);
	OK(audit_list(shop, 0, 0, "unix:root", 1, last_audit, &out));
	assert_string_equal(buf_text(&out),
	    "unix:root shell user.add manager|");
	buf_clear(&out);
	OK(audit_list(shop, shop_now() + 1, 0, NULL, 0, last_audit, &out));
	assert_string_equal(buf_text(&out), "");
	assert_int_equal(audit_list(shop, 0, 0, "nobody", 0, last_audit,
	    &out), ERR_NOT_FOUND);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(audit_list(shop, 0, 0, NULL, 0, last_audit, &out),
	    ERR_DENIED);
	buf_done(&out);
}

/* More than one page, in order, and stopped by the reader. */
static int
stop_at(void *ctx, const struct audit_row *row)
{
	int64_t	*left = ctx;

	(void)row;
	return --*left == 0 ? ERR_EMPTY : 0;
}

static void
test_audit_pages(void **state)
{
	int64_t	left = 1200;

	(void)state;
	OK(db_begin(shop->db, "test"));
	for (int i = 0; i < 1201; i++) {
		OK(audit_add(shop, "test", "", i, ""));
	}
	OK(db_commit(shop->db));
	assert_int_equal(audit_list(shop, 0, 0, NULL, 0, stop_at, &left),
	    ERR_EMPTY);
	assert_int_equal(left, 0);
	left = 2000;
	OK(audit_list(shop, 0, 0, NULL, 1100, stop_at, &left));
	assert_int_equal(left, 900);
}

int
main(void)
{
#define T(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_rights_by_name), T(test_roles_differ),
		T(test_refusal_says_who_may),
		T(test_every_door_of_people_asks), T(test_names),
		T(test_user_values), T(test_own_things),
		T(test_password_rules), T(test_pin_rules), T(test_hashes),
		T(test_key_lines), T(test_user_keys), T(test_totp_vectors),
		T(test_totp_keys), T(test_terminal_values), T(test_lines),
		T(test_settings), T(test_audit), T(test_audit_pages),
	};

	return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
