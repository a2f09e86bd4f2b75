/* SPDX-License-Identifier: ISC */
/*
 * Random input for whatever reads bytes of a stranger: keys, typed lines,
 * amounts, CSV, slips, text.  Built with the sanitizers by `make fuzz`.
 *
 *	fuzz SECONDS [SEED]
 *
 * Each reader has seeds; a case is a seed, cut, doubled, spliced and flipped.
 * The seed is printed; a failed case is left in build-asan/fuzz-case.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "drivers/driver.h"
#include "shop/ean.h"
#include "shop/entry.h"
#include "shop/gs1.h"
#include "shop/secret.h"
#include "shop/slip.h"
#include "shop/sshkey.h"
#include "shop/template.h"
#include "term/keys.h"

#define CASE_MAX	4096

/* A condition that holds for every input. */
#define HOLDS(x) \
	((x) ? (void)0 : fatal("%s:%d: not so: %s", __FILE__, __LINE__, #x))

static uint64_t fuzz_state;

static uint32_t
fuzz_random(uint32_t below)
{
	fuzz_state ^= fuzz_state << 13;
	fuzz_state ^= fuzz_state >> 7;
	fuzz_state ^= fuzz_state << 17;
	return (uint32_t)(fuzz_state >> 32) % below;
}

/* ---- the readers; `s` ends in a NUL, and may hold others ---------------- */

static void
fuzz_keys(const char *s, size_t n)
{
	static const char *const terms[] = { "vt220", "xterm", "wyse60", "?" };
	struct keymap	map;
	struct keys	keys;
	struct key	out[3];
	int64_t		now = 0;

	keymap_init(&map, terms[n % NELEM(terms)], NULL, NULL);
	keys_init(&keys, &map, (enum charset)(n % CHARSET_COUNT), 50);
	for (size_t i = 0; i < n; i++) {
		size_t	got;

		now += fuzz_random(80);
		got = keys_feed(&keys, (unsigned char)s[i], now, out);
		HOLDS(got <= NELEM(out));
		for (size_t k = 0; k < got; k++) {
			HOLDS(out[k].code > K_NONE && out[k].code < K_COUNT);
			HOLDS(out[k].code != K_CHAR || out[k].ch >= 0x20);
		}
	}
	HOLDS(keys_tick(&keys, now + 10 * KEYS_SEQ_MS, out) <= NELEM(out));
	HOLDS(keys_timeout_ms(&keys, now + 20 * KEYS_SEQ_MS) == -1);
}

static void
fuzz_text(const char *s, size_t n)
{
	char		out[256], small[7];
	struct buf	b = { 0 };

	(void)utf8_clean(out, sizeof(out), s);
	HOLDS(utf8_is_clean(out));
	(void)utf8_clean(small, sizeof(small), s);
	HOLDS(utf8_is_clean(small));
	HOLDS(utf8_cut(s, 3) <= strlen(s));
	(void)utf8_fold(out, sizeof(out), s);
	HOLDS(utf8_chars(s) <= strlen(s));
	charset_encode((enum charset)(n % CHARSET_COUNT), s, &b);
	buf_clear(&b);
	charset_fit((enum charset)(n % CHARSET_COUNT), s, &b);
	buf_done(&b);
}

static void
fuzz_typed(const char *s, size_t n)
{
	struct money_style	style;
	struct entry		entry;
	struct entry_pay	pay;
	int64_t			v;
	char			text[MONEY_TEXT], digits[64];

	if (money_style_set(&style, n % 2 ? "EUR" : "XAF", "FR") != 0) {
		fatal("no euro");
	}
	if (entry_parse(s, &style, n % 3 == 0, &entry) == 0) {
		HOLDS(entry.qty > 0 && entry.qty <= QTY_MAX);
		HOLDS(!entry.has_price || entry.price <= MONEY_MAX);
		(void)entry_doubt(&entry, n % 2, &v);
	}
	if (entry_pay_parse(s, &style, n % 3 == 0, &pay) == 0 &&
	    pay.has_amount) {
		HOLDS(pay.amount >= 0 && pay.amount <= MONEY_MAX);
	}
	(void)entry_unshift(s, digits, sizeof(digits));
	if (money_parse(&style, s, false, &v) == 0) {
		int64_t	again;

		/* What is written is read back the same. */
		HOLDS(v <= MONEY_MAX && v >= -MONEY_MAX);
		money_plain(&style, v, text);
		HOLDS(strlen(text) < sizeof(text));
		if (v > -1000 && v < 1000) {
			HOLDS(money_parse(&style, text, false, &again) == 0);
			HOLDS(again == v);
		}
	}
	if (qty_parse(s, &v) == 0) {
		HOLDS(v <= QTY_MAX && v >= -QTY_MAX);
	}
	if (rate_parse(s, &v) == 0) {
		rate_plain(',', v, text);
	}
	HOLDS(clock_day_check(s) <= 0);
}

/* What a scanner sends: labels, GS1, prefixes. */
static void
fuzz_scan(const char *s, size_t n)
{
	static const char *const	patterns[] = { "21IIIIIWWWWWC",
	    "2IIIIIVPPPPC", "29IIIIIVWWWWWC", "28IIINWWWWN" };
	const char	*pattern = patterns[n % NELEM(patterns)];
	struct label	label;
	struct gs1	gs1;
	char		text[64];
	int64_t		amount;

	(void)scan_is(s, n % 2 ? "~" : "");
	HOLDS(strlen(scan_bare(s, "~")) <= strlen(s));
	if (gs1_read(s, &gs1)) {
		HOLDS(ean_is_valid(gs1.gtin) && strlen(gs1.gtin) == 14);
		HOLDS(gs1.expiry[0] == '\0' ||
		    clock_day_check(gs1.expiry) == 0);
		HOLDS(strlen(gs1.lot) <= 20 && strlen(gs1.serial) <= 20);
		HOLDS(!gs1.has_weight || gs1.weight >= 0);
		if (gs1_amount(&gs1, (int)(n % 4), &amount)) {
			HOLDS(amount >= 0);
		}
	}
	if (label_read(pattern, (int)(n % 4), 2, s, &label)) {
		HOLDS(label.weight >= 0 && label.price >= 0);
		HOLDS(strchr(pattern, 'N') != NULL ||
		    (label_make(pattern, (int)(n % 4), 2, &label, text,
		    sizeof(text)) == 0 && strcmp(text, s) == 0));
	}
	/* A pattern that is taken can be read by. */
	if (label_pattern_check(s, 2) == 0) {
		HOLDS(strlen(s) <= LABEL_MAX);
		(void)label_read(s, 2, 2, "2112345015002", &label);
	}
}

static void
fuzz_csv(const char *s, size_t n)
{
	struct csv	csv;
	int		fd[2], r, records = 0;

	if (pipe(fd) != 0 || n > CASE_MAX ||
	    io_write_all(fd[1], s, n) != 0) {
		fatal("no pipe");
	}
	(void)close(fd[1]);
	csv_init(&csv, fd[0]);
	while ((r = csv_next(&csv)) != 0 && r != ERR_IO) {
		HOLDS(++records <= CASE_MAX + 1);
		for (size_t i = 0; r == 1 && i < csv.nfields; i++) {
			HOLDS(strlen(csv.field[i]) <= CSV_FIELD_MAX);
		}
	}
	csv_done(&csv);
	(void)close(fd[0]);
}

static void
fuzz_slip(const char *s, size_t n)
{
	struct buf		out = { 0 };
	struct driver_setup	setup;
	size_t			i = 0;

	while (drivers[i] != NULL) {
		i++;
	}
	if (driver_find(drivers[n % i]->name, "", 0, "", &setup) == 0 &&
	    driver_render(&setup, s, &out) == 0) {
		HOLDS(strncmp(s, "slip", 4) == 0);
	}
	buf_clear(&out);
	HOLDS(driver_preview(s, 16 + (int)(n % 64), &out) <= 0);
	buf_done(&out);
}

/* A paper's template: refused as a whole, naming the line, or what it makes of
 * any values can be printed. */
static void
fuzz_template(const char *s, size_t n)
{
	struct paper	*p = paper_new(), *row;
	struct slip	 slip = { 0 };
	struct buf	 out = { 0 };
	int		 line;

	paper_set(p, "company", "Brasserie\ndu Port");
	paper_set(p, "total", "{49,90} >> |");
	row = paper_row(p, "lines");
	paper_set(row, "label", "| Caf\xc3\xa9 >> {x}:8");
	if (template_check(s, &line) == 0) {
		HOLDS(template_render(s, p, &slip) == 0);
		HOLDS(driver_preview(slip_stored(&slip), 42, &out) == 0);
	} else {
		HOLDS(line > 0 || n > TEMPLATE_MAX);
	}
	slip_done(&slip);
	buf_done(&out);
	paper_free(p);
}

/* What a stranger at the door gives: a name, a key, a code. */
static void
fuzz_stranger(const char *s, size_t n)
{
	struct sshkey	key, again;
	char		login[NAME_SIZE], twice[NAME_SIZE];
	unsigned char	secret[64];
	size_t		len;

	if (shop_login_name(s, login) == 0) {
		/* A folded name is its own fold. */
		HOLDS(shop_login_name(login, twice) == 0);
		HOLDS(strcmp(login, twice) == 0);
	}
	if (sshkey_line(s, &key) == 0) {
		HOLDS(sshkey_base64(key.type, key.key, &again) == 0);
		HOLDS(strcmp(key.fingerprint, again.fingerprint) == 0);
		HOLDS(utf8_is_clean(key.comment));
	}
	HOLDS(sshkey_base64("", s, &key) <= 0);
	if (totp_from_base32(s, secret, sizeof(secret), &len) == 0) {
		HOLDS(len <= sizeof(secret));
	}
	HOLDS(totp_step((const unsigned char *)"12345678901234567890", 20, s,
	    (int64_t)n * 1000) >= -1);
	HOLDS(secret_pin_check(s) <= 0);
}

static const struct reader {
	const char	*name;
	void		 (*read)(const char *s, size_t n);
	const char	*seed[8];
} readers[] = {
	{ "keys", fuzz_keys, {
	    "3*1001\r\033[17~\033OP\033[A\x1b[1;5C\x7f\b\t",
	    "caf\xc3\xa9\r\n\033\033[5~\001@\r\033[15~\033[24~",
	} },
	{ "text", fuzz_text, {
	    "Cr\xc3\xaape \xc5\x92uf 5 \xe2\x82\xac", "\xed\xa0\x80\xff\xc0",
	    "e\xcc\x81\xe5\xad\x97", "\xf0\x9f\x8d\xb7 vin",
	} },
	{ "typed", fuzz_typed, {
	    "3*1001@9.50", "0.350*2001", "*4", "30c", "2x1001/9,50", "caf",
	    "&\xc3\xa9\"'(-\xc3\xa8_\xc3\xa7\xc3\xa0", "99999999999",
	} },
	{ "scan", fuzz_scan, {
	    "4006381333931", "]E096385074", "2112345015002", "212345928756",
	    "]C1010400638133393131030015001726123110LOT7",
	    "010400638133393110LOT7\x1d" "21S9\x1d" "39221250",
	    "21IIIIIWWWWWC", "2IIIIIVPPPPC" } },
	{ "csv", fuzz_csv, {
	    "code,name,price\r\n1,\"Caf\xc3\xa9, noir\",2.50\r\n",
	    "\xef\xbb\xbf" "a;b\n\"x\"\"y\";\n;;\n", "\"never closed\n,\n",
	} },
	{ "slip", fuzz_slip, {
	    "slip 1\ntext c bwh TOTAL\nspan x 5\ncols s 2 Caf\xc3\xa9\t7,00\n"
	    "row - 0,9,8 A 20 %\t10,00\t2,00\nrule =\nfeed 2\ncut part\n",
	    "slip 1\nean13 4006381333931\ncode128 T1-17\nqr 6 M https://x.fr\n"
	    "logo 16 2 ff00aa55\ndrawer 2 120 240\nbuzz 2 300\n",
	} },
	{ "template", fuzz_template, {
	    "^*{company}\n{each lines}\n{label} >> {total}\n{end}\n---\n",
	    "{if total}\n| {label} | {total}:8\n{else}\n{qr total}\n{end}\n",
	    "{barcode total}\n{logo}\n% x\n\\{a\\}\n", } },
	{ "stranger", fuzz_stranger, {
	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBPMpsw3CHpz9qHRsjV/Pim8Gxa"
	    "YZwiFtQWODoSbnWFJ anna@till 1",
	    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMMHGdSXzRe"
	    "31s4mfjLlAhukkSFEL0HHe0XDyHzTlwxPNN5ps0oDpRna/VnyOXr8vLIGF3Jkmz"
	    "8jSVoeIFjPdGg=",
	    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQCs7Pb2NfMsU3rykD/LK6L2E2ZxKYQe2fTt",
	    "Zo\xc3\xa9 Caisse-1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
	    "287082", "from=\"10.0.0.1\" ssh-rsa AAAA",
	} },
};

static size_t
fuzz_case(const struct reader *r, char out[static CASE_MAX + 1])
{
	size_t		seeds = 0, n;
	const char	*seed;

	while (seeds < NELEM(r->seed) && r->seed[seeds] != NULL) {
		seeds++;
	}
	seed = r->seed[fuzz_random((uint32_t)seeds)];
	n = strlen(seed);
	memcpy(out, seed, n);
	for (uint32_t change = fuzz_random(8); change > 0; change--) {
		size_t	at = fuzz_random((uint32_t)n + 1), len;

		switch (fuzz_random(5)) {
		case 0:			/* flip */
			if (at < n) {
				out[at] = (char)(out[at] ^
				    (1 << fuzz_random(8)));
			}
			break;
		case 1:			/* any byte */
			if (at < n) {
				out[at] = (char)fuzz_random(256);
			}
			break;
		case 2:			/* cut */
			len = fuzz_random((uint32_t)(n - at) + 1);
			memmove(out + at, out + at + len, n - at - len);
			n -= len;
			break;
		case 3:			/* double */
			len = fuzz_random((uint32_t)(n - at) + 1);
			if (n + len <= CASE_MAX) {
				memmove(out + at + len, out + at, n - at);
				n += len;
			}
			break;
		default:		/* a number, a digit more */
			if (n + 1 <= CASE_MAX) {
				memmove(out + at + 1, out + at, n - at);
				out[at] = "0123456789*@/,.-+\n"[
				    fuzz_random(18)];
				n++;
			}
			break;
		}
	}
	out[n] = '\0';
	return n;
}

int
main(int argc, char **argv)
{
	static char	text[CASE_MAX + 1];
	int64_t		until, seed, seconds, cases = 0;
	int		fd;

	if (argc < 2 || str_to_i64(argv[1], 1, 86400, &seconds) != 0) {
		fatal("usage: fuzz SECONDS [SEED]");
	}
	seed = clock_now_ms();
	if (argc > 2 && str_to_i64(argv[2], 1, INT64_MAX, &seed) != 0) {
		fatal("a seed is a number");
	}
	(void)printf("SEED=%lld\n", (long long)seed);
	(void)fflush(stdout);
	fuzz_state = (uint64_t)seed | 1;
	fd = open("build-asan/fuzz-case", O_RDWR | O_CREAT | O_TRUNC, 0644);
	until = clock_boot_ms() + seconds * 1000;
	while (clock_boot_ms() < until) {
		for (size_t i = 0; i < NELEM(readers); i++) {
			size_t	n = fuzz_case(&readers[i], text);

			if (fd >= 0 && (ftruncate(fd, 0) != 0 ||
			    pwrite(fd, text, n, 0) != (ssize_t)n)) {
				fatal("cannot keep the case");
			}
			readers[i].read(text, n);
			cases++;
		}
	}
	(void)printf("%lld cases, nothing found\n", (long long)cases);
	return 0;
}
