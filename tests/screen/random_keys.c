/* SPDX-License-Identifier: ISC */
/*
 * Everybody types anything: a manager, a cashier, a waiter on a telephone and
 * a cook on every screen of the demo shop, with every command, words that fit
 * and words that do not, keys in any order, windows that change their size.
 * Whatever comes, the screens stand, say what they have to say within their
 * width, and the shop adds up in the end.
 *
 * The seed is printed; COMPTOIR_SEED repeats a run, COMPTOIR_BURSTS makes it
 * longer, COMPTOIR_TRACE says what is typed.
 *
 * run: first
 * timeout: 300
 */
#include "till.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "db/conn.h"
#include "shop/init.h"

#define BURSTS		4000
#define PERIOD		60		/* bursts of one person */

static char		dir[64];
static struct shop	*owner;
static uint64_t		seed;

static uint32_t
rnd(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 32) % below;
}

#define ANY(list)	((list)[rnd((uint32_t)NELEM(list))])

static const char *const command[] = {
#define X(id, name, right, label, help) name,
	ACTIONS(X)
#undef X
};

/* What stands behind a command, or by itself. */
static const char *const word[] = {
	"1001", "1043", "2001", "3001", "9101", "5001", "3*1002", "-1*1001",
	"0.350*2001", "*4", "1001@9.50", "1001@", "croq", "caf", "zzz", ";a",
	";;", "3*;a", "+", "0", "1", "2", "3", "7", "12", "#1", "50", "50c",
	"5e", "20 cash", "card", "10%", "-2", "100%", "9,50", "9.999", "1e9",
	"99999999999999999999", "-0", "T1", "T7", "Zoé", "Dupont 4 20:00",
	"2026-11-21 19:30 4 Dupont 0612345678", "Blanquette 14,50 x20 chaud",
	"Chaud", "Froid", "Bar", "Salle", "Terrasse", "livré 12 rue du Port",
	"reason", "x3", "/caf", "@Boissons", "saignant", "demo", "cashier",
	"manager", "waiter", "1234", "METRO E-75 2,40", "L7 2027-01-31",
	"2026-11", "week", "%s%n%d", "../../etc/passwd", "' OR 1=1 --",
	"\xe2\x82\xac 5", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "日本語",
	"e\xcc\x81",
	"a name that is longer than any name of anybody in any house of any "
	"street and goes on and on until nothing on eighty columns holds it",
};

/* The keys themselves, as a VT220 or an xterm sends them. */
static const char *const key[] = {
	"\r", "\r", "\r", "\033OP", "\033OQ", "\033OR", "\033OS", "\033[15~",
	"\033[17~", "\033[18~", "\033[19~", "\033[20~", "\033[21~", "\t",
	"\033[A", "\033[B", "\033[C", "\033[D", "\033[5~", "\033[6~",
	"\033[1~", "\033[4~", "\177", "\025", "\014", "y", "n", "?", "+", "-",
	"*", "/", ".", "0", "1", "2", "9", "\033[200~1001\r\033[201~",
};

/* What they do all day, so that the rest finds something to be done to. */
static const char *const habit[] = {
	":sell\r1001\r2*1043\r3001\r\r50\r", ":sell\r3001\r3002\r:pay card\r",
	":sell\r1043\r:hold Zo\303\251\r", ":sell\r3001\r:submit\r",
	":sell\r1043\r5c\r", ":sell\r2001\r0.350\r:discount 10%\r",
	":sell\r:open\r\r", ":sell\r3001\r:gift 20\r\r\r",
	":tables\r7\r2\r1043\r1045\r2*1012\r:send\r",
	":tables\r3\r4\r1043\r1003\r:course 2\r:send\r:fire\r",
	":tables\r7\r:allergy gluten\r1043\r:send\r", ":tables\r7\r:bill\r",
	":tables\r7\r:divide\r:heads 2\r", ":tables\r3\r:divide\r:seats\r",
	":tables\r3\r:pay\r\r", ":tables\r7\r:move 9\r",
	":tables\r5\r2\r1043\r:send\r:join 6\r", ":tables\r7\r:rush\r",
	":takeaway Ana 19:30\r1043\r:send\r", ":tab Max\r1003\r:send\r",
	":kitchen\r1\r", ":kitchen\r1\r2\r", ":kitchen\r:start\r1\r",
	":kitchen\r:part\r11\r", ":kitchen\r0\r", ":pass\r1\r",
	":pass\r:runner\r1\r", ":bookings\r:book 20:00 4 Dupont\r",
	":bookings\r:assign 12\r", ":dish Blanquette 14,50 x3 chaud\r",
	":soldout 1043 2\r", ":stock\r3001\r+5 delivery\r",
	":stock-count\r3001\r3001\r:put-right\ry",
	":purchases\r:propose\r:send-order\r", ":purchases\r\r:came\r:save\ry",
	":suppliers\r:receive\r3001\r3002\r:save\ry",
	":transfer\r\r3001\r:go\r", ":label 3001\r:labels\r:sheet\r",
	":return 1\r:all\r\r", ":shift\r:float 100\r", ":shift\r:count 50\r",
	":shift\r:z\ry", ":pay-in 20 change\r", ":training\r",
	":customer Durand\r", ":new-customer Durand\r", ":report day\r",
	":tickets\r\r:reprint\r", ":retender card\r", ":quote\r",
	":order\r:deposit 5\r", ":undo\r:undo\r", ":rooms\r:room Cave\r\r",
	":prices\r:new happy\r", ":promotions\r", ":templates\r",
	":quickkeys\r", ":users\r", ":printers\r",
};

static struct person {
	const char	*name, *terminal, *language;
	enum role	 role;
	int		 rows, cols;
} people[] = {
	{ "Marie", "Office", "en", ROLE_MANAGER, 24, 80 },
	{ "Cora", "Caisse 1", "fr", ROLE_CASHIER, 24, 80 },
	{ "Wim", "Phone", "fr", ROLE_WAITER, 12, 40 },
	{ "Karl", "Chaud", "en", ROLE_COOK, 24, 80 },
	{ "Sam", "Dock", "en", ROLE_STOCK, 24, 80 },
	{ "Ada", "Desk", "en", ROLE_ADMIN, 43, 132 },
};

/* What the screen says is text, and stays inside it. */
static void
stands(struct till *t, const struct person *who)
{
	char	row[2048];

	assert_false(t->shop->db->in_write);
	for (int i = 0; i < who->rows; i++) {
		assert_true(session_text(t->s, i, row, sizeof(row)));
		assert_true(utf8_is_clean(row));
		assert_in_range(utf8_cols(row), 0, (uintmax_t)who->cols);
		if (strstr(row, "internal error") != NULL ||
		    strstr(row, "erreur interne") != NULL) {
			till_dump(t->s, "a row");
			fail_msg("an internal error is on the screen");
		}
	}
}

/* One thing somebody does, as bytes; mostly on an empty line. */
static void
burst(char *out)
{
	const char	*clean = rnd(5) != 0 ? "\025" : "";

	switch (rnd(12)) {
	case 0:
	case 1:
	case 2:
		(void)snprintf(out, 512, "%s%s", clean, ANY(habit));
		return;
	case 3:
	case 4:
		(void)snprintf(out, 512, "%s%s\r", clean, ANY(command));
		return;
	case 5:
	case 6:
		(void)snprintf(out, 512, "%s%s %s\r", clean, ANY(command),
		    ANY(word));
		return;
	case 7:
	case 8:
		(void)snprintf(out, 512, "%s%s%s", clean, ANY(word),
		    rnd(3) != 0 ? "\r" : ANY(key));
		return;
	case 9:
		(void)snprintf(out, 512, "%s\t%c", clean,
		    'a' + (char)rnd(26));
		return;
	case 10:
		(void)snprintf(out, 512, "%c%c%c%c", (char)(1 + rnd(255)),
		    (char)(1 + rnd(255)), (char)(1 + rnd(255)),
		    (char)(1 + rnd(255)));
		return;
	default:
		(void)snprintf(out, 512, "%s%s", ANY(key), ANY(key));
		return;
	}
}

static void
traced(const struct person *who, const char *bytes)
{
	if (getenv("COMPTOIR_TRACE") == NULL) {
		return;
	}
	fprintf(stderr, "%s: ", who->name);
	for (; *bytes != '\0'; bytes++) {
		unsigned char	c = (unsigned char)*bytes;

		fprintf(stderr, c < 32 || c > 126 ? "\\%03o" : "%c", c);
	}
	fprintf(stderr, "\n");
}

static void
resized(struct till *t, struct person *who)
{
	static const int	rows[] = { 24, 12, 43, 25, 8, 60 };
	static const int	cols[] = { 80, 40, 132, 81, 30, 200 };

	who->rows = ANY(rows);
	who->cols = ANY(cols);
	session_resize(t->s, who->rows, who->cols);
	session_feed(t->s, "", 0);
}

/* Locked, or gone to the login: some tries, then somebody else's turn. */
static bool
gives_up(struct till *t)
{
	return (till_shows(t->s, "LOCKED") || till_shows(t->s, "VERROUILL") ||
	    till_shows(t->s, "WELCOME") || till_shows(t->s, "BIENVENUE")) &&
	    rnd(4) == 0;
}

static void
one_person(struct person *who, int bursts)
{
	struct session_config	c = till_config(who->rows, who->cols);
	struct till		t;
	char			bytes[512];

	till_enter(&t, dir, who->name, who->role, who->terminal,
	    who->language, &c);
	for (int i = 0; i < bursts && !session_over(t.s) && !gives_up(&t);
	    i++) {
		burst(bytes);
		traced(who, bytes);
		till_type(t.s, bytes);
		test_now = till_now;
		if (!session_over(t.s) && rnd(3) == 0) {
			till_esc(t.s);
		}
		if (!session_over(t.s) && rnd(8) == 0) {
			till_pass(t.s, rnd(4) != 0 ? 700 : 61000);
			test_now = till_now;
		}
		if (!session_over(t.s) && rnd(12) == 0) {
			session_news(t.s, ~0U);
			session_feed(t.s, "", 0);
		}
		if (!session_over(t.s) && rnd(40) == 0) {
			resized(&t, who);
		}
		if (!session_over(t.s)) {
			stands(&t, who);
		}
	}
	till_leave(&t);
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_error("%s: %s\n", what, text);
}

/* How many different things they did, of all that is written down. */
static int64_t
things_done(int64_t since)
{
	sqlite3_stmt	*st;
	int64_t		 n = 0;

	assert_int_equal(sqlite3_prepare_v2(owner->db->sq, "SELECT action, "
	    "count(*) FROM audit WHERE id > ?1 GROUP BY action ORDER BY 2 "
	    "DESC", -1, &st, NULL), SQLITE_OK);
	(void)sqlite3_bind_int64(st, 1, since);
	for (; sqlite3_step(st) == SQLITE_ROW; n++) {
		print_message("%s%s %lld", n % 6 == 0 ? "\n# " : ", ",
		    (const char *)sqlite3_column_text(st, 0),
		    (long long)sqlite3_column_int64(st, 1));
	}
	print_message("\n");
	(void)sqlite3_finalize(st);
	return n;
}

static int64_t
last_audit(void)
{
	sqlite3_stmt	*st;
	int64_t		 id;

	assert_int_equal(sqlite3_prepare_v2(owner->db->sq,
	    "SELECT max(id) FROM audit", -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	id = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return id;
}

static void
anybody_types_anything(void **state)
{
	const char	*given = getenv("COMPTOIR_BURSTS");
	int		 bursts = given != NULL ? atoi(given) : BURSTS;
	int64_t		 bad = -1, since;

	(void)state;
	test_now = till_now;
	owner = test_shop("FR", dir);
	(void)setenv("TZ", "Europe/Paris", 1);
	tzset();
	OK(demo_fill(owner));
	since = last_audit();
	for (int done = 0; done < bursts; done += PERIOD) {
		one_person(&people[rnd(NELEM(people))], PERIOD);
	}
	assert_true(things_done(since) >= 20);
	OK(check_run(owner, finding, NULL, &bad));
	assert_int_equal(bad, 0);
	test_done(owner, dir);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(anybody_types_anything),
	};
	const char		*given = getenv("COMPTOIR_SEED");

	seed = given != NULL ? strtoull(given, NULL, 10) :
	    (uint64_t)time(NULL) * 2654435761U + 1;
	print_message("# COMPTOIR_SEED=%" PRIu64 "\n", seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
