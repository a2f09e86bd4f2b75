/* SPDX-License-Identifier: ISC */
/* Proving who one is, and becoming it: passwords, keys, codes, PINs, doors. */
#include "trade.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "shop/audit.h"
#include "shop/auth.h"
#include "shop/badge.h"
#include "shop/secret.h"

#define ED25519 \
	"AAAAC3NzaC1lZDI1NTE5AAAAIBPMpsw3CHpz9qHRsjV/Pim8GxaYZwiFtQWO" \
	"DoSbnWFJ"
#define RSA \
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

#define WORDS	"three words apart"
#define HERE	"10.0.0.7"

static char		dir[64];
static struct shop	*shop;		/* the door's: nobody is in it */
static struct shop	*boss;		/* the owner's */
static int64_t		ann, till;

static int
setup(void **state)
{
	(void)state;
	test_now = INT64_C(1795177815000);
	boss = test_shop("FR", dir);
	OK(user_add(boss, "Ann", ROLE_CASHIER, "", &ann));
	OK(user_set_password(boss, ann, WORDS));
	OK(terminal_add(boss, "Till 1", &till));
	OK(shop_open(dir, DB_WRITE, &shop));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(shop);
	test_done(boss, dir);
	return 0;
}

static int
password(const char *name, const char *secret, struct grant *grant)
{
	return auth_password(shop, name, secret, DOOR_SSH, HERE, grant);
}

/* --- passwords ----------------------------------------------------------- */

static void
test_password(void **state)
{
	struct grant	grant;

	(void)state;
	OK(password("ann", WORDS, &grant));
	assert_int_equal(grant.user, ann);
	assert_int_equal(grant.terminal, 0);
	assert_string_equal(grant.name, "Ann");
	assert_false(grant.needs_second || grant.enrol);
	OK(password("ANN", WORDS, &grant));
	assert_int_equal(password("ann", WORDS " ", &grant), ERR_AUTH);
	assert_int_equal(grant.user, 0);
	assert_int_equal(password("ann", "", &grant), ERR_AUTH);
}

static void
refused_alike(const char *name, const char *secret)
{
	struct grant	grant;

	assert_int_equal(password(name, secret, &grant), ERR_AUTH);
	assert_string_equal(err_text(ERR_AUTH), "wrong name or password");
	assert_int_equal(grant.user, 0);
	assert_string_equal(grant.name, "");
}

static void
test_equal_answers(void **state)
{
	char	longer[400];
	int64_t	gone, keys;

	(void)state;
	OK(user_add(boss, "gone", ROLE_CASHIER, "", &gone));
	OK(user_set_password(boss, gone, WORDS));
	OK(user_set(boss, gone, "active", "no"));
	OK(user_add(boss, "keys", ROLE_CASHIER, "", &keys));
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	refused_alike("ann", "wrong");
	refused_alike("nobody", WORDS);
	refused_alike("keys", WORDS);		/* has no password */
	refused_alike("keys", "");
	refused_alike("gone", WORDS);		/* works here no more */
	refused_alike("gone", "wrong");
	refused_alike("till1", WORDS);		/* a terminal */
	refused_alike("terminal", WORDS);
	refused_alike("", "");
	refused_alike("'; DROP TABLE user; --", WORDS);
	refused_alike("\xff\xfe", WORDS);
	refused_alike("ann", longer);
	refused_alike(longer, WORDS);
}

static void
test_locked_only_after_the_proof(void **state)
{
	struct grant	grant;

	(void)state;
	OK(user_set(boss, ann, "locked", "yes"));
	refused_alike("ann", "wrong");
	assert_int_equal(password("ann", WORDS, &grant), ERR_LOCKED);
	assert_int_equal(grant.user, 0);
	assert_int_equal(auth_enter(shop, ann, 0, DOOR_SSH, HERE, true),
	    ERR_LOCKED);
	OK(user_set(boss, ann, "locked", "no"));
	OK(password("ann", WORDS, &grant));
}

static int
by_time(const void *a, const void *b)
{
	const int64_t	*x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int64_t
microseconds(const char *name)
{
	struct timespec	a, b;
	struct grant	grant;

	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	assert_int_equal(password(name, "a wrong guess", &grant), ERR_AUTH);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	return (b.tv_sec - a.tv_sec) * 1000000 +
	    (b.tv_nsec - a.tv_nsec) / 1000;
}

/* Medians within 10 %, known and unknown in turn.  A busy machine may need
 * another round; a tell-tale difference never passes one. */
static void
test_equal_times(void **state)
{
	enum { N = 9, ROUNDS = 6 };
	int64_t	known[N], unknown[N], a = 0, b = 1;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < N; i++) {
			known[i] = microseconds("ann");
			unknown[i] = microseconds("nobody");
		}
		qsort(known, N, sizeof(known[0]), by_time);
		qsort(unknown, N, sizeof(unknown[0]), by_time);
		a = known[N / 2];
		b = unknown[N / 2];
		if (a * 10 <= b * 11 && b * 10 <= a * 11) {
			return;
		}
	}
	fail_msg("known %lld us, unknown %lld us", (long long)a,
	    (long long)b);
}

/* --- keys ---------------------------------------------------------------- */

static int
key(const char *name, const char *type, const char *base64, bool verified,
    struct grant *grant)
{
	return auth_key(shop, name, type, base64, verified, DOOR_SSH, HERE,
	    grant);
}

static void
test_user_key(void **state)
{
	struct grant	grant;

	(void)state;
	OK(user_key_add(boss, ann, "ssh-ed25519 " ED25519 " x"));
	OK(key("ann", "ssh-ed25519", ED25519, false, &grant));
	OK(key("ann", "ssh-ed25519", ED25519, true, &grant));
	assert_int_equal(grant.user, ann);
	assert_string_equal(grant.name, "Ann");
	assert_int_equal(key("ann", "ssh-rsa", RSA, true, &grant), ERR_AUTH);
	assert_int_equal(key("nobody", "ssh-ed25519", ED25519, true, &grant),
	    ERR_AUTH);
	assert_int_equal(key("ann", "ssh-ed25519", "garbage", true, &grant),
	    ERR_AUTH);
	assert_int_equal(key("ann", "ssh-rsa", ED25519, true, &grant),
	    ERR_AUTH);
	OK(user_set(boss, ann, "locked", "yes"));
	OK(key("ann", "ssh-ed25519", ED25519, false, &grant));
	assert_int_equal(key("ann", "ssh-ed25519", ED25519, true, &grant),
	    ERR_LOCKED);
	OK(user_set(boss, ann, "active", "no"));
	assert_int_equal(key("ann", "ssh-ed25519", ED25519, false, &grant),
	    ERR_AUTH);
}

static void
test_terminal_key(void **state)
{
	struct grant	grant;

	(void)state;
	OK(terminal_key_add(boss, till, "ssh-ed25519 " ED25519));
	OK(key("till1", "ssh-ed25519", ED25519, true, &grant));
	assert_int_equal(grant.user, 0);
	assert_int_equal(grant.terminal, till);
	assert_string_equal(grant.name, "Till 1");
	/* At the name of all terminals too, but never at a user's. */
	OK(key("terminal", "ssh-ed25519", ED25519, true, &grant));
	assert_int_equal(grant.terminal, till);
	assert_int_equal(key("ann", "ssh-ed25519", ED25519, true, &grant),
	    ERR_AUTH);
	assert_int_equal(key("till2", "ssh-ed25519", ED25519, true, &grant),
	    ERR_AUTH);
	OK(terminal_set(boss, till, "active", "no"));
	assert_int_equal(key("till1", "ssh-ed25519", ED25519, true, &grant),
	    ERR_AUTH);
	assert_int_equal(key("terminal", "ssh-ed25519", ED25519, true,
	    &grant), ERR_AUTH);
}

struct waiting {
	int	n;
	char	code[16], from[64];
};

static int
waits(void *ctx, const struct enrolment_row *row)
{
	struct waiting	*w = ctx;

	w->n++;
	(void)str_copy(w->code, sizeof(w->code), row->code);
	(void)str_copy(w->from, sizeof(w->from), row->from);
	return 0;
}

static void
test_enrolment(void **state)
{
	struct waiting	w = { 0 };
	struct grant	grant;
	char		code[16], typed[16];
	int64_t		id, again;

	(void)state;
	OK(key("terminal", "ssh-ed25519", ED25519, false, &grant));
	assert_true(grant.enrol);
	OK(terminal_waiting(boss, waits, &w));
	assert_int_equal(w.n, 0);	/* a question leaves nothing behind */
	OK(key("terminal", "ssh-ed25519", ED25519, true, &grant));
	assert_true(grant.enrol);
	assert_int_equal(grant.user, 0);
	assert_int_equal(grant.terminal, 0);
	assert_int_equal(strlen(grant.code), 7);
	assert_int_equal(grant.code[3], '-');
	(void)strcpy(code, grant.code);
	/* The same key again is shown the same code. */
	OK(key("terminal", "ssh-ed25519", ED25519, true, &grant));
	assert_string_equal(grant.code, code);
	OK(terminal_waiting(boss, waits, &w));
	assert_int_equal(w.n, 1);
	assert_string_equal(w.code, code);
	assert_string_equal(w.from, HERE);
	assert_int_equal(terminal_accept(boss, "ZZZ-ZZZ", "bar", &id),
	    ERR_NOT_FOUND);
	/* Typed as people type. */
	for (size_t i = 0, n = 0; i <= strlen(code); i++) {
		if (code[i] != '-') {
			typed[n++] = code[i] >= 'A' ? (char)(code[i] | 32) :
			    code[i];
		}
	}
	typed[6] = '\0';
	assert_int_equal(terminal_accept(boss, typed, "ann", &id),
	    ERR_EXISTS);
	OK(terminal_accept(boss, typed, "Bar", &id));
	OK(key("bar", "ssh-ed25519", ED25519, true, &grant));
	assert_false(grant.enrol);
	assert_int_equal(grant.terminal, id);
	/* Once: the code is spent. */
	assert_int_equal(terminal_accept(boss, typed, "bar2", &again),
	    ERR_NOT_FOUND);
	/* An old terminal may get a second key. */
	OK(key("terminal", "ssh-rsa", RSA, true, &grant));
	OK(terminal_accept(boss, grant.code, "bar", &again));
	assert_int_equal(again, id);
}

static void
test_enrolment_expires(void **state)
{
	struct grant	grant;
	char		code[16];
	int64_t		id;

	(void)state;
	OK(key("terminal", "ssh-ed25519", ED25519, true, &grant));
	(void)strcpy(code, grant.code);
	test_now += 15 * 60 * 1000;
	assert_int_equal(terminal_accept(boss, code, "bar", &id),
	    ERR_NOT_FOUND);
	OK(key("terminal", "ssh-ed25519", ED25519, true, &grant));
	assert_string_not_equal(grant.code, code);
	OK(terminal_accept(boss, grant.code, "bar", &id));
}

/* A stranger with a thousand keys fills nothing. */
static void
test_enrolment_is_bounded(void **state)
{
	struct waiting	w = { 0 };
	struct grant	grant;
	char		base64[] = ED25519, first[16] = "", from[32];
	char		*c = base64 + sizeof(base64) - 3;

	(void)state;
	for (int i = 0; i < 9; i++) {
		*c = (char)('A' + i);
		OK(key("terminal", "ssh-ed25519", base64, true, &grant));
		if (i == 3) {
			(void)strcpy(first, grant.code);
		}
	}
	OK(terminal_waiting(boss, waits, &w));
	assert_int_equal(w.n, 5);
	assert_string_not_equal(first, "");
	/* A household has 2^64 IPv6 addresses: they count as one. */
	base64[sizeof(base64) - 7] = 'z';
	for (int i = 0; i < 9; i++) {
		*c = (char)('A' + i);
		(void)snprintf(from, sizeof(from), "2001:db8:0:7::%x", i + 1);
		OK(auth_key(shop, "terminal", "ssh-ed25519", base64, true,
		    DOOR_SSH, from, &grant));
	}
	w.n = 0;
	OK(terminal_waiting(boss, waits, &w));
	assert_int_equal(w.n, 5 + 5);
	base64[sizeof(base64) - 7] = 'y';
	OK(auth_key(shop, "terminal", "ssh-ed25519", base64, true, DOOR_SSH,
	    "2001:db8:0:8::1", &grant));
	w.n = 0;
	OK(terminal_waiting(boss, waits, &w));
	assert_int_equal(w.n, 5 + 5 + 1);
	/* From many addresses: refused at two hundred. */
	for (int i = 0; i < 250; i++) {
		int	r;

		base64[sizeof(base64) - 5] = (char)('A' + i / 25);
		*c = (char)('A' + i % 25);
		(void)snprintf(from, sizeof(from), "10.1.%d.%d", i / 25,
		    i % 25);
		r = auth_key(shop, "terminal", "ssh-ed25519", base64, true,
		    DOOR_SSH, from, &grant);
		assert_true(r == 0 || (r == ERR_BUSY && i >= 200 - 11));
	}
	w.n = 0;
	OK(terminal_waiting(boss, waits, &w));
	assert_int_equal(w.n, 200);
}

/* --- the second factor --------------------------------------------------- */

static void
code_at(int64_t ms, char out[static 9])
{
	OK(totp_code((const unsigned char *)"12345678901234567890", 20, ms, 6,
	    out));
}

static void
test_second_factor(void **state)
{
	struct grant	grant;
	char		code[9];

	(void)state;
	OK(user_set(boss, ann, "totp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	OK(password("ann", WORDS, &grant));
	assert_true(grant.needs_second);
	assert_int_equal(auth_second(shop, ann, "000000"), ERR_AUTH);
	code_at(test_now, code);
	OK(auth_second(shop, ann, code));
	/* Never the same step twice, nor an older one. */
	assert_int_equal(auth_second(shop, ann, code), ERR_AUTH);
	code_at(test_now - 30000, code);
	assert_int_equal(auth_second(shop, ann, code), ERR_AUTH);
	test_now += 30000;
	code_at(test_now, code);
	OK(auth_second(shop, ann, code));
	assert_int_equal(auth_second(shop, 999, code), ERR_AUTH);
	OK(user_set(boss, ann, "totp", "off"));
	assert_int_equal(auth_second(shop, ann, code), ERR_AUTH);
}

/* Codes cannot be gone through, at however many doors at once. */
static void
test_second_factor_guessed(void **state)
{
	char	code[9], wrong[9];

	(void)state;
	OK(user_set(boss, ann, "totp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	code_at(test_now - 3600000, wrong);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(auth_second(i % 2 == 0 ? shop : boss, ann,
		    wrong), ERR_AUTH);
	}
	code_at(test_now, code);
	assert_int_equal(auth_second(shop, ann, code), ERR_AUTH);
	/* Nobody is locked out for longer than one code lives. */
	test_now += 30000;
	OK(auth_second(shop, ann, code));
}

static void
test_second_factor_of_a_role(void **state)
{
	struct grant	grant;

	(void)state;
	OK(setting_set(boss, "second_factor", "admin cashier"));
	OK(shop_reload_settings(shop));
	refused_alike("ann", "wrong");
	/* After the proof it may be said what is missing. */
	assert_int_equal(password("ann", WORDS, &grant), ERR_LOCKED);
	assert_non_null(strstr(err_text(ERR_LOCKED), "authenticator"));
	OK(user_set(boss, ann, "totp", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	OK(password("ann", WORDS, &grant));
	assert_true(grant.needs_second);
}

/* --- PINs ---------------------------------------------------------------- */

static int
pin(const char *name, const char *typed, struct grant *grant)
{
	return auth_pin(shop, name, typed, grant);
}

static void
test_pin(void **state)
{
	struct grant	grant;

	(void)state;
	OK(user_set_pin(boss, ann, "2580"));
	/* Nowhere, at a stranger's, at a terminal not trusted: no PIN. */
	assert_int_equal(pin("ann", "2580", &grant), ERR_AUTH);
	shop->who.terminal = till;
	assert_int_equal(pin("ann", "2580", &grant), ERR_AUTH);
	assert_non_null(strstr(err_text(ERR_AUTH), "trusted"));
	OK(terminal_set(boss, till, "trusted", "yes"));
	OK(pin("ann", "2580", &grant));
	assert_int_equal(grant.user, ann);
	assert_int_equal(grant.terminal, till);
	assert_int_equal(pin("nobody", "2580", &grant), ERR_AUTH);
	assert_int_equal(pin("ann", "2581", &grant), ERR_AUTH);
	assert_string_equal(err_text(ERR_AUTH), "wrong name or PIN");
	OK(terminal_set(boss, till, "active", "no"));
	assert_int_equal(pin("ann", "2580", &grant), ERR_AUTH);
}

static void
test_pin_five_times(void **state)
{
	struct grant	grant;

	(void)state;
	OK(user_set_pin(boss, ann, "2580"));
	OK(terminal_set(boss, till, "trusted", "yes"));
	shop->who.terminal = till;
	for (int i = 0; i < PIN_TRIES - 1; i++) {
		assert_int_equal(pin("ann", "9999", &grant), ERR_AUTH);
	}
	/* A right one forgives the wrong ones before it. */
	OK(pin("ann", "2580", &grant));
	for (int i = 0; i < PIN_TRIES; i++) {
		assert_int_equal(pin("ann", "9999", &grant), ERR_AUTH);
	}
	assert_non_null(strstr(err_text(ERR_AUTH), "type your password"));
	assert_int_equal(pin("ann", "2580", &grant), ERR_AUTH);
	assert_non_null(strstr(err_text(ERR_AUTH), "type your password"));
	/* Nobody is locked out: the password works, and the PIN again. */
	OK(password("ann", WORDS, &grant));
	OK(pin("ann", "2580", &grant));
}

/* Eight tills guess at once: five guesses, not eight. */
static void
test_pin_at_many_tills(void **state)
{
	enum { TILLS = 8 };
	struct q_user_secret	row;
	struct grant		grant;
	int			status;

	(void)state;
	OK(user_set_pin(boss, ann, "2580"));
	OK(terminal_set(boss, till, "trusted", "yes"));
	(void)fflush(NULL);
	for (int i = 0; i < TILLS; i++) {
		pid_t	pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			struct shop	*own;

			if (shop_open(dir, DB_WRITE, &own) != 0) {
				_exit(1);
			}
			own->who.terminal = till;
			_exit(auth_pin(own, "ann", "9999", &grant) ==
			    ERR_AUTH ? 0 : 1);
		}
	}
	for (int i = 0; i < TILLS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	OK(q_user_secret(shop->db, ann, &row));
	assert_int_equal(row.pin_fails, PIN_TRIES);
	shop->who.terminal = till;
	assert_int_equal(pin("ann", "2580", &grant), ERR_AUTH);
}

/* --- badges -------------------------------------------------------------- */

static int
badge_seen(void *ctx, const struct user_badge_row *row)
{
	buf_fmt(ctx, "%s|", row->label);
	return 0;
}

static void
test_badge(void **state)
{
	struct q_user_badge_whose	whose;
	struct buf			seen = { 0 };
	struct grant			grant;
	char				hash[BADGE_HASH];
	int64_t				bob;

	(void)state;
	OK(user_add(boss, "Bob", ROLE_MANAGER, "", &bob));
	assert_int_equal(user_badge_add(boss, bob, "", "short"), ERR_INVALID);
	assert_int_equal(user_badge_add(boss, bob, "", "77777777"),
	    ERR_INVALID);
	assert_int_equal(user_badge_add(boss, bob, "", "with a blank"),
	    ERR_INVALID);
	OK(user_badge_add(boss, bob, "", "%01-A2B3C4D5"));
	assert_int_equal(user_badge_add(boss, ann, "", "01-A2B3C4D5"),
	    ERR_EXISTS);
	OK(user_badge_add(boss, bob, "keyring", "3F0000012B4A8801"));
	assert_int_equal(user_badge_add(boss, bob, "keyring", "some-other"),
	    ERR_EXISTS);
	OK(user_badge_list(boss, bob, badge_seen, &seen));
	assert_string_equal(buf_text(&seen), "1|keyring|");
	buf_done(&seen);
	/* What is kept says nothing of it, and finds it. */
	OK(badge_hash(boss, "%01-A2B3C4D5", hash));
	assert_null(strstr(hash, "A2B3C4D5"));
	OK(q_user_badge_whose(boss->db, hash, &whose));
	assert_int_equal(whose.user, bob);
	/* Only where a PIN would do. */
	assert_int_equal(auth_badge(shop, "%01-A2B3C4D5", &grant), ERR_AUTH);
	shop->who.terminal = till;
	assert_int_equal(auth_badge(shop, "%01-A2B3C4D5", &grant), ERR_AUTH);
	assert_non_null(strstr(err_text(ERR_AUTH), "trusted"));
	OK(terminal_set(boss, till, "trusted", "yes"));
	OK(auth_badge(shop, "%01-A2B3C4D5", &grant));
	assert_int_equal(grant.user, bob);
	assert_string_equal(grant.by, "badge");
	OK(user_set(boss, bob, "locked", "yes"));
	assert_int_equal(auth_badge(shop, "%01-A2B3C4D5", &grant),
	    ERR_LOCKED);
	OK(user_set(boss, bob, "locked", "no"));
	OK(user_badge_remove(boss, bob, "1"));
	assert_int_equal(auth_badge(shop, "%01-A2B3C4D5", &grant), ERR_AUTH);
	OK(auth_badge(shop, "%3F0000012B4A8801", &grant));
	OK(user_badge_remove(boss, bob, ""));
	assert_int_equal(user_badge_remove(boss, bob, ""), ERR_NOT_FOUND);
	/* A password is no badge. */
	assert_int_equal(user_set_password(boss, bob, "%oddwords77"),
	    ERR_INVALID);
	/* Another's is the admin's to give. */
	shop->who.user = ann;
	assert_int_equal(user_badge_add(shop, bob, "", "3F0000012B4A8801"),
	    ERR_DENIED);
}

/* --- coming and going ---------------------------------------------------- */

static int
audit_words(void *ctx, const struct audit_row *row)
{
	buf_fmt(ctx, "%s %s %s %s|", row->user, row->terminal, row->action,
	    row->detail);
	return 0;
}

static void
test_enter_and_leave(void **state)
{
	struct buf	out = { 0 };

	(void)state;
	OK(auth_enter(shop, ann, till, DOOR_SSH, HERE, true));
	assert_int_equal(shop->who.user, ann);
	assert_string_equal(shop->who.name, "Ann");
	assert_string_equal(shop->who.terminal_name, "Till 1");
	assert_string_equal(shop->who.language, "fr");
	assert_int_equal(shop->who.role, ROLE_CASHIER);
	assert_true(shop->who.session != 0);
	assert_true(session_alive(shop, shop->who.session));
	assert_true(shop_may(shop, RIGHT_PAY));
	assert_false(shop_may(shop, RIGHT_PRICE));
	auth_leave(shop);
	assert_int_equal(shop->who.user, 0);
	assert_int_equal(shop->who.rights, 0);
	OK(auth_enter(shop, ann, 0, DOOR_SSH, HERE, false));
	assert_int_equal(shop->who.session, 0);
	auth_leave(shop);
	OK(audit_list(boss, 0, 0, "ann", 0, audit_words, &out));
	assert_string_equal(buf_text(&out), "Ann  login command|"
	    "Ann Till 1 logout |Ann Till 1 login |");
	buf_done(&out);
	assert_int_equal(auth_enter(shop, 999, 0, DOOR_SSH, HERE, true),
	    ERR_AUTH);
	OK(terminal_set(boss, till, "active", "no"));
	assert_int_equal(auth_enter(shop, ann, till, DOOR_SSH, HERE, true),
	    ERR_DENIED);
	assert_int_equal(shop->who.user, 0);
}

static void
test_rights_of_a_door(void **state)
{
	int64_t	chief, office;

	(void)state;
	OK(user_add(boss, "chief", ROLE_ADMIN, "", &chief));
	OK(terminal_add(boss, "Back Office", &office));
	OK(terminal_set(boss, till, "deny", "reprint sales"));
	OK(auth_enter(shop, ann, till, DOOR_SSH, HERE, false));
	assert_true(shop_may(shop, RIGHT_PAY));
	assert_false(shop_may(shop, RIGHT_REPRINT));
	assert_false(shop_may(shop, RIGHT_SALES));
	/* Not said: an admin is one everywhere. */
	OK(auth_enter(shop, chief, 0, DOOR_SSH, HERE, false));
	assert_true(shop_may(shop, RIGHT_USER));
	OK(setting_set(boss, "admin_from", "console BackOffice"));
	OK(shop_reload_settings(shop));
	OK(auth_enter(shop, chief, 0, DOOR_SSH, HERE, false));
	assert_false(shop_may(shop, RIGHT_USER));
	assert_false(shop_may(shop, RIGHT_SETTING));
	assert_true(shop_may(shop, RIGHT_PAY));
	assert_int_equal(shop_require(shop, RIGHT_USER), ERR_DENIED);
	assert_non_null(strstr(err_text(ERR_DENIED), "not from this"));
	OK(auth_enter(shop, chief, till, DOOR_SSH, HERE, false));
	assert_false(shop_may(shop, RIGHT_USER));
	OK(auth_enter(shop, chief, office, DOOR_SSH, HERE, false));
	assert_true(shop_may(shop, RIGHT_USER));
	OK(auth_enter(shop, chief, 0, DOOR_CONSOLE, HERE, false));
	assert_true(shop_may(shop, RIGHT_USER));
}

/* What an admin changes reaches who is at work already. */
static void
test_refresh(void **state)
{
	(void)state;
	OK(auth_enter(shop, ann, till, DOOR_SSH, HERE, true));
	OK(user_set(boss, ann, "role", "manager"));
	OK(user_set(boss, ann, "implied", "yes"));
	OK(auth_refresh(shop));
	assert_true(shop_may(shop, RIGHT_PRICE));
	assert_true(shop->who.implied);
	assert_true(shop->who.session != 0);
	OK(terminal_set(boss, till, "deny", "price"));
	OK(auth_refresh(shop));
	assert_false(shop_may(shop, RIGHT_PRICE));
	OK(user_set(boss, ann, "locked", "yes"));
	assert_int_equal(auth_refresh(shop), ERR_LOCKED);
	OK(user_set(boss, ann, "locked", "no"));
	OK(terminal_set(boss, till, "active", "no"));
	assert_int_equal(auth_refresh(shop), ERR_DENIED);
	OK(terminal_set(boss, till, "active", "yes"));
	OK(user_set(boss, ann, "active", "no"));
	assert_int_equal(auth_refresh(shop), ERR_AUTH);
	auth_leave(shop);
	OK(auth_refresh(boss));
}

/* The owner of the directory may everything, and mends a lost password. */
static void
test_owner(void **state)
{
	struct grant	grant;

	(void)state;
	OK(auth_owner(shop, DOOR_SHELL));
	assert_int_equal(shop->who.user, 0);
	assert_true(shop->who.unix_user[0] != '\0');
	assert_int_equal(shop->who.rights, role_rights(ROLE_ADMIN));
	OK(user_set_password(shop, ann, "another three words"));
	OK(password("ann", "another three words", &grant));
}

static void
test_stranger_is_no_owner(void **state)
{
	int	r;

	(void)state;
	if (geteuid() != 0) {
		skip();
	}
	assert_int_equal(seteuid(65534), 0);
	r = auth_owner(shop, DOOR_SHELL);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(r, ERR_DENIED);
	assert_false(shop_may(shop, RIGHT_LOOK));
}

int
main(void)
{
#define T(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_password), T(test_equal_answers),
		T(test_locked_only_after_the_proof), T(test_equal_times),
		T(test_user_key), T(test_terminal_key), T(test_enrolment),
		T(test_enrolment_expires), T(test_enrolment_is_bounded),
		T(test_second_factor),
		T(test_second_factor_guessed),
		T(test_second_factor_of_a_role), T(test_pin),
		T(test_pin_five_times), T(test_pin_at_many_tills),
		T(test_badge),
		T(test_badge),
		T(test_enter_and_leave),
		T(test_rights_of_a_door), T(test_refresh), T(test_owner),
		T(test_stranger_is_no_owner),
	};

	return cmocka_run_group_tests_name("auth", tests, NULL, NULL);
}
