/* SPDX-License-Identifier: ISC */
/* What proving the journal costs, and what a long past does. */
#include "bench.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "shop/auth.h"
#include "shop/journal.h"
#include "shop/journal_key.h"
#include "shop/user.h"
#include "sql/journal.h"

#define RUNS		5
#define STARTS		8
#define CHAIN		"ticket/1"
#define ENTRY_ROW	21		/* of 24 */

/* CPU seconds of this process. */
static double
cpu_now(void)
{
	struct timespec	t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct shop *
shop_as_owner(const char *name)
{
	char		*dir = path_in(name);
	struct shop	*shop;

	if (shop_open(dir, DB_WRITE, &shop) != 0 ||
	    auth_owner(shop, DOOR_SHELL) != 0) {
		die("%s does not open", dir);
	}
	free(dir);
	return shop;
}

static void
finding(void *ctx, const char *text)
{
	(void)ctx;
	die("the journal: %s", text);
}

/* CPU seconds a record of one verification. */
static double
verify(struct shop *shop, unsigned what)
{
	int64_t	records, bad;
	double	start = cpu_now();

	if (journal_verify(shop, what, finding, NULL, &records, &bad) != 0 ||
	    records == 0) {
		die("the journal cannot be verified");
	}
	return (cpu_now() - start) / (double)records;
}

/* The same signatures over the same texts, all decoded before: CPU seconds
 * for each by libsodium alone. */
static double
bare_signatures(struct shop *shop)
{
	struct q_journal_chain	*rows;
	struct q_journal_keys	*keys;
	unsigned char		 key[crypto_sign_PUBLICKEYBYTES];
	unsigned char		(*bytes)[crypto_sign_BYTES];
	char			(*text)[JOURNAL_SIGNED];
	size_t			 n, nkeys, done = 0;
	double			 start, took;

	if (q_journal_chain(shop->db, CHAIN, 0, 100000, &rows, &n) != 0 ||
	    q_journal_keys(shop->db, &keys, &nkeys) != 0 || nkeys != 1 ||
	    sodium_base642bin(key, sizeof(key), keys[0].public,
	    strlen(keys[0].public), NULL, NULL, NULL,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
		die("no chain to verify");
	}
	bytes = xcalloc(n, sizeof(*bytes));
	text = xcalloc(n, sizeof(*text));
	for (size_t i = 0; i < n; i++) {
		journal_signs(rows[i].hash, rows[i].detail, text[i]);
		if (sodium_base642bin(bytes[i], sizeof(bytes[i]),
		    rows[i].signature, strlen(rows[i].signature), NULL, NULL,
		    NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
			die("a signature does not decode");
		}
	}
	start = cpu_now();
	for (size_t i = 0; i < n; i++) {
		done += crypto_sign_verify_detached(bytes[i],
		    (const unsigned char *)text[i], strlen(text[i]),
		    key) == 0;
	}
	took = (cpu_now() - start) / (double)n;
	if (done != n) {
		die("%zu of %zu signatures are false", n - done, n);
	}
	free(bytes);
	free(text);
	free(keys);
	free(rows);
	return took;
}

void
bench_journal(void)
{
	struct shop	*past = shop_as_owner("past");
	struct shop	*young = shop_as_owner("young");
	struct samples	 walk = { 0 }, ratio = { 0 };

	for (int run = 0; run < RUNS; run++) {
		double	bare = bare_signatures(young);

		sample(&walk, verify(past, 0) * 1e6);
		sample(&ratio, verify(young, VERIFY_SIGNATURES) / bare);
	}
	judge("a million records, hashes and heads, CPU us each",
	    "journal_walk_us", median(&walk), 10);
	figure("journal_walk_per_cpu_s", 1e6 / median(&walk));
	judge("every signature too, to libsodium alone",
	    "journal_signature_ratio", median(&ratio), 1.25);
	samples_done(&walk);
	samples_done(&ratio);
	shop_close(past);
	shop_close(young);
}

/* From the start of the program to the screen a cashier can type on. */
static double
session_start(const char *dir, int64_t user)
{
	struct client	c;
	double		start = now_ms(), took;

	tty_start(&c, dir, user, B38400);
	took = client_until(&c, ENTRY_ROW, -1, "code, n") - start;
	client_stop(&c);
	return took;
}

void
bench_past(void)
{
	struct shop	*shop = shop_as_owner("past");
	char		*past = path_in("past"), *young = path_in("young");
	struct samples	 ratio = { 0 }, p50 = { 0 };
	int64_t		 user;

	if (user_find(shop, "cashier", &user) != 0) {
		die("no cashier");
	}
	shop_close(shop);
	for (int run = 0; run < RUNS; run++) {
		struct samples	a = { 0 }, b = { 0 };

		for (int i = 0; i < STARTS; i++) {
			sample(&a, session_start(past, user));
			sample(&b, session_start(young, user));
		}
		sample(&ratio, percentile(&a, 50) / percentile(&b, 50));
		sample(&p50, percentile(&a, 50));
		samples_done(&a);
		samples_done(&b);
	}
	judge("session start, 1 000 000 tickets to 1 000", "past_ratio",
	    median(&ratio), 1.2);
	figure("past_start_ms", median(&p50));
	samples_done(&ratio);
	samples_done(&p50);
	free(past);
	free(young);
}
