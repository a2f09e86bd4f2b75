/* SPDX-License-Identifier: ISC */
/* Cases I: payloads to the byte, and every way of tampering is named. */
#include "trade.h"

#include <sqlite3.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "shop/archive.h"
#include "shop/auth.h"
#include "shop/grand.h"
#include "shop/init.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/shift.h"
#include "sql/journal.h"

#define I01 "2000:500|1000:3700|0550:790,4990,20261120123015,1-000001,Vente,N,"
#define I02 "3cad85695df63093900f3d6d840aacdd424e9bcb16bfc544e24059a9849144d5"
#define I03 "0550:-300,-300,20261120124500,1-000002,Retour,Y," I02
#define I04 "b57f1c291ce5106c4805e948115765721cf468db34f81a65dc6a15cd630a83ca"

static char		dir[64];
static struct shop	*shop;
static int64_t		menu, wine, packed;
static char		found[8000];

static int
setup(void **state)
{
	(void)state;
	test_now = INT64_C(1795177815000);
	shop = test_shop("FR", dir);
	menu = test_product(shop, "2001", "Menu du jour", "meal", "pc", 1850,
	    false);
	wine = test_product(shop, "3001", "Verre de vin", "alcohol", "pc", 500,
	    false);
	packed = test_product(shop, "4001", "Plat emballé", "food", "pc", 790,
	    false);
	OK(terminal_add(shop, "Till 1", &shop->who.terminal));
	assert_int_equal(shop->who.terminal, 1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static int64_t
ticket(void)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	OK(sale_add(shop, &id, &version, menu, 2 * QTY_ONE, NULL, &line));
	OK(sale_add(shop, &id, &version, wine, QTY_ONE, NULL, &line));
	OK(sale_add(shop, &id, &version, packed, QTY_ONE, NULL, &line));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	return id;
}

static void
finding(void *ctx, const char *text)
{
	(void)ctx;
	(void)strncat(found, text, sizeof(found) - strlen(found) - 2);
	(void)strcat(found, "\n");
}

static int64_t
verify(void)
{
	int64_t	records, bad;

	found[0] = '\0';
	OK(journal_verify(shop, VERIFY_ALL, finding, NULL, &records, &bad));
	return bad;
}

/* Somebody at the files, with the triggers out of the way. */
static void
raw(const char *sql)
{
	char	path[100], *why = NULL;
	sqlite3	*db;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
		fail_msg("%s: %s", sql, why);
	}
	(void)sqlite3_close(db);
}

static void
tamper(const char *sql)
{
	raw("DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete; "
	    "DROP TRIGGER journal_head_forward; "
	    "DROP TRIGGER journal_head_no_delete; DROP TRIGGER sale_no_update; "
	    "DROP TRIGGER sale_vat_no_update");
	raw(sql);
}

static void
test_payloads(void **state)
{
	struct sale	ret = { .total = -300, .nvat = 1,
			    .vat = { { .part = 1, .rate = 5500,
			    .gross = -300 } } };
	struct buf	head = { 0 }, full = { 0 };
	char		hash[65], extract[5];
	struct sale	sale;
	struct q_journal_chain	*rows;
	size_t		n;
	int64_t		id = ticket();

	(void)state;
	/* I01 and I02, as posted. */
	OK(q_journal_chain(shop->db, "ticket/1", 0, 10, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].payload, I01);
	assert_string_equal(rows[0].hash, I02);
	free(rows);
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.hash, I02);
	sale_done(&sale);
	/* I03 and I04 */
	journal_ticket(&ret, test_now + 885000, "1-000002", &head);
	journal_seal(buf_text(&head), I02, &full, hash);
	assert_string_equal(buf_text(&full), I03);
	assert_string_equal(hash, I04);
	journal_extract(hash, extract);
	assert_string_equal(extract, "7210");
	buf_done(&head);
	buf_done(&full);
	assert_int_equal(verify(), 0);
}

/* I05, in the journal and in the sales. */
static void
test_changed(void **state)
{
	(void)state;
	ticket();
	ticket();
	tamper("UPDATE journal SET payload = replace(payload, '4990', '4980') "
	    "WHERE chain = 'ticket/1' AND seq = 1");
	assert_true(verify() >= 1);
	assert_non_null(strstr(found, "record 1 does not match its hash"));
	/* Event 90 was written. */
	{
		struct q_journal_chain	*rows;
		size_t			 n;

		OK(q_journal_chain(shop->db, "event/shop", 0, 10, &rows, &n));
		assert_true(n >= 2);
		assert_non_null(strstr(rows[0].payload, "1,260,"));
		assert_non_null(strstr(rows[n - 1].payload, ",90,"));
		free(rows);
	}
}

static void
test_changed_sale(void **state)
{
	(void)state;
	ticket();
	tamper("UPDATE sale SET total = 4980");
	assert_int_equal(verify(), 1);
	assert_non_null(strstr(found, "1-000001 does not match"));
}

static void
checked(void *ctx, const char *what, const char *text)
{
	(void)what;
	finding(ctx, text);
}

/* What reports count by is signed in sums only: it is held against the rest
 * of the ticket. */
static void
test_changed_counts(void **state)
{
	static const struct {
		const char	*sql;
		int64_t		 bad;
		const char	*says;
	} changes[] = {
		{ "SELECT 1", 0, "" },
		{ "UPDATE sale_vat SET vat = vat - 10, net = net + 10 "
		    "WHERE rate = 20000", 2, "TVA is not that of its lines" },
		{ "UPDATE sale_vat SET vat = vat + 10, net = net - 10 "
		    "WHERE rate = 20000; UPDATE sale_line SET amount = amount "
		    "+ CASE code WHEN '2001' THEN -100 ELSE 100 END "
		    "WHERE code IN ('2001', '3001')", 3, "its lines" },
		{ "UPDATE sale_line SET amount = amount + CASE code "
		    "WHEN '2001' THEN 100 ELSE -100 END "
		    "WHERE code IN ('2001', '3001'); UPDATE sale "
		    "SET business_day = '2026-11-25'", 3, "not its day" },
	};
	int64_t	bad;

	(void)state;
	ticket();
	tamper("DROP TRIGGER sale_line_no_update");
	for (size_t i = 0; i < NELEM(changes); i++) {
		found[0] = '\0';
		raw(changes[i].sql);
		OK(check_run(shop, checked, NULL, &bad));
		assert_int_equal(bad, changes[i].bad);
		assert_non_null(strstr(found, changes[i].says));
	}
}

/* What the payload does not say is signed too: words, tenders, people, and
 * payments that came later. */
static void
test_changed_details(void **state)
{
	static const struct {
		const char	*sql, *says;
	} changes[] = {
		{ "UPDATE sale_line SET label = 'Eau' WHERE code = '3001'",
		    "1-000001: its lines, payments or people" },
		{ "UPDATE sale_line SET note = 'offert' WHERE code = '2001'",
		    "its lines, payments or people" },
		{ "UPDATE sale_line SET user = 1 WHERE code = '2001'",
		    "its lines, payments or people" },
		{ "UPDATE payment SET tender = 'card' WHERE id = 1",
		    "1-000001: its lines, payments or people" },
		{ "UPDATE payment SET given = given + 100, change = change + "
		    "100 WHERE id = 1", "its lines, payments or people" },
		{ "UPDATE sale SET user = 1 WHERE number = 1",
		    "1-000001: its lines, payments or people" },
		{ "UPDATE sale SET business_day = '2026-11-19'",
		    "its lines, payments or people" },
		{ "UPDATE sale_vat SET name = 'TXA' WHERE rate = 20000",
		    "its lines, payments or people" },
		/* How a ticket was paid, corrected behind the back. */
		{ "INSERT INTO payment (sale, tender, amount, given, corrects, "
		    "at, shift, state) SELECT sale, tender, -amount, -amount, "
		    "id, at, shift, 'back' FROM payment WHERE sale = 1; INSERT "
		    "INTO payment (sale, tender, amount, given, corrects, at, "
		    "shift) SELECT sale, 'card', -amount, -amount, 1, at, "
		    "shift FROM payment WHERE sale = 1 AND amount < 0",
		    "1-000001: a payment is in no record" },
		/* The right way, and then edited. */
		{ "UPDATE payment SET amount = amount - 1, given = given - 1 "
		    "WHERE sale = 2 AND id > 2 AND amount > 0",
		    "the payments it is about were changed" },
		{ "UPDATE journal SET detail = replace(detail, 't1:1:', "
		    "'t1:0:') WHERE chain = 'ticket/1'", "false signature" },
		{ "UPDATE journal SET detail = '' WHERE chain = 'ticket/1'",
		    "false signature" },
		{ "DELETE FROM payment WHERE sale = 1",
		    "1-000001: its lines, payments or people" },
	};
	int64_t	second;

	(void)state;
	ticket();
	second = ticket();
	OK(sale_retender(shop, second, "card"));
	assert_int_equal(verify(), 0);
	tamper("PRAGMA foreign_keys = OFF; "
	    "DROP TRIGGER sale_line_no_update; DROP TRIGGER "
	    "payment_no_update; DROP TRIGGER payment_no_delete");
	for (size_t i = 0; i < NELEM(changes); i++) {
		raw(changes[i].sql);
		assert_true(verify() > 0);
		if (strstr(found, changes[i].says) == NULL) {
			fail_msg("%s: %s", changes[i].sql, found);
		}
	}
}

/* The clock on the wall is another one since the shop moved. */
static void
test_moved_zone(void **state)
{
	(void)state;
	ticket();
	(void)setenv("TZ", "America/St_Johns", 1);
	tzset();
	ticket();
	assert_int_equal(verify(), 0);
	(void)setenv("TZ", "UTC", 1);
	tzset();
	assert_int_equal(verify(), 0);
	tamper("UPDATE sale SET posted_at = posted_at - 7000 WHERE number = 2");
	assert_int_equal(verify(), 1);
	assert_non_null(strstr(found, "1-000002 does not match"));
}

static void
test_changed_vat(void **state)
{
	(void)state;
	ticket();
	tamper("UPDATE sale_vat SET gross = 3690, net = 3354 "
	    "WHERE rate = 10000");
	assert_int_equal(verify(), 1);
}

/* A payload and hash made anew: the signature tells. */
static void
test_forged(void **state)
{
	struct buf	full = { 0 };
	char		hash[65], sql[600];

	(void)state;
	ticket();
	journal_seal("2000:500|1000:3700|0550:780,4980,20261120123015,"
	    "1-000001,Vente", "", &full, hash);
	(void)snprintf(sql, sizeof(sql), "UPDATE journal SET payload = '%s', "
	    "hash = '%s'; UPDATE journal_head SET hash = '%s' ",
	    buf_text(&full), hash, hash);
	buf_done(&full);
	tamper(sql);
	assert_true(verify() >= 2);
	assert_non_null(strstr(found, "record 1 has a false signature"));
	assert_non_null(strstr(found, "the head has a false signature"));
}

/* I10 */
static void
test_cut(void **state)
{
	(void)state;
	ticket();
	ticket();
	ticket();
	tamper("PRAGMA foreign_keys = OFF; DELETE FROM journal "
	    "WHERE chain = 'ticket/1' AND seq > 1");
	assert_true(verify() >= 1);
	assert_non_null(strstr(found, "the head says 3, the last record is 1"));
}

static void
test_hole(void **state)
{
	(void)state;
	ticket();
	ticket();
	ticket();
	tamper("PRAGMA foreign_keys = OFF; DELETE FROM journal "
	    "WHERE chain = 'ticket/1' AND seq = 2");
	assert_true(verify() >= 1);
	assert_non_null(strstr(found, "record 2 is missing"));
}

static void
test_swapped(void **state)
{
	(void)state;
	ticket();
	ticket();
	tamper("UPDATE journal SET seq = 99 WHERE seq = 1; "
	    "UPDATE journal SET seq = 1 WHERE seq = 2; "
	    "UPDATE journal SET seq = 2 WHERE seq = 99");
	assert_true(verify() >= 1);
	assert_non_null(strstr(found, "does not follow"));
}

static void
test_no_head(void **state)
{
	(void)state;
	ticket();
	tamper("DELETE FROM journal_head");
	assert_true(verify() >= 1);
	assert_non_null(strstr(found, "the head is missing"));
}

static void
copy(const char *from, const char *to)
{
	char	command[300];

	(void)snprintf(command, sizeof(command), "cp %s/%s %s/%s", dir, from,
	    dir, to);
	assert_int_equal(system(command), 0);
}

/* A database put back is older than its witness. */
static void
test_older(void **state)
{
	char	path[100];

	(void)state;
	ticket();
	OK(db_checkpoint(shop->db, true));
	copy("shop.db", "old.db");
	ticket();
	assert_int_equal(verify(), 0);
	shop_close(shop);
	(void)snprintf(path, sizeof(path), "%s/shop.db-wal", dir);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/shop.db-shm", dir);
	(void)unlink(path);
	copy("old.db", "shop.db");
	OK(shop_open(dir, DB_WRITE, &shop));
	shop->who.rights = UINT64_MAX;
	shop->who.terminal = 1;
	assert_int_equal(verify(), 1);
	assert_non_null(strstr(found, "the witness saw record 2"));
	assert_non_null(strstr(found, "older"));
	/* And a ticket that takes the other one's place is not it. */
	test_now += 60000;
	ticket();
	assert_true(verify() >= 1);
	assert_non_null(strstr(found, "is not the one the witness saw"));
}

/* I09: the original is none, then 1 and 2 in the duplicate chain. */
static void
test_duplicates(void **state)
{
	struct q_journal_chain	*rows;
	int64_t			 id = ticket(), n;
	size_t			 count;

	(void)state;
	OK(receipt_reprint(shop, id, &n));
	OK(receipt_reprint(shop, id, &n));
	OK(q_journal_chain(shop->db, "duplicate/1", 0, 10, &rows, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].payload,
	    "1,Ticket,1,0,20261120123015,1-000001,N,");
	assert_true(strncmp(rows[1].payload,
	    "2,Ticket,2,0,20261120123015,1-000001,Y,", 39) == 0);
	free(rows);
	assert_int_equal(verify(), 0);
}

/* A receipt that may have come out and is sent again is the next duplicate;
 * one that surely did not is still the original. */
static void
test_sent_again(void **state)
{
	struct q_journal_chain	*rows;
	struct buf		 text = { 0 };
	int64_t			 printer;
	size_t			 count;

	(void)state;
	OK(printer_add(shop, "bar", &(struct printer_change){
	    .connection = "file:", .columns = -1, .drawer = -1, .active = -1,
	    .is_default = -1 }, &printer));
	ticket();
	raw("UPDATE print_job SET state = 'failed'");
	OK(print_retry(shop, 1));
	OK(q_journal_chain(shop->db, "duplicate/1", 0, 10, &rows, &count));
	assert_int_equal(count, 0);
	free(rows);
	raw("UPDATE print_job SET state = 'printed?', attempts = 1");
	OK(print_retry(shop, 1));
	raw("UPDATE print_job SET state = 'failed', attempts = 2");
	OK(print_retry(shop, 1));
	OK(q_journal_chain(shop->db, "duplicate/1", 0, 10, &rows, &count));
	assert_int_equal(count, 2);
	assert_non_null(strstr(rows[1].payload, "2,Ticket,2,0,"));
	free(rows);
	OK(print_slip(shop, 1, &text));
	assert_non_null(strstr(buf_text(&text), "DUPLICATA 2"));
	buf_done(&text);
	assert_int_equal(verify(), 0);
}

/* How many events bear that code. */
static int
events(enum jet code)
{
	struct q_journal_chain	*rows;
	char			 mark[16];
	size_t			 n;
	int			 found_ = 0;

	(void)snprintf(mark, sizeof(mark), ",%d,", (int)code);
	OK(q_journal_chain(shop->db, "event/shop", 0, 1000, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const char	*comma = strchr(rows[i].payload, ',');

		found_ += strncmp(comma, mark, strlen(mark)) == 0;
	}
	free(rows);
	return found_;
}

/* Every act of domain.md 1.3 leaves its code. */
static void
test_events(void **state)
{
	struct archive_span	span = { .since = 0 };
	struct archive_made	made;
	struct actor		owner = shop->who;
	char			path[100];
	int64_t			user, id = 0, version = 0, line, price = 1, n;
	int			fd;

	(void)state;
	OK(user_add(shop, "Ann", ROLE_CASHIER, "", &user));
	assert_int_equal(events(JET_START), 1);
	assert_int_equal(events(JET_RIGHTS), 1);
	OK(user_set(shop, user, "role", "manager"));
	OK(user_set(shop, user, "locked", "yes"));
	OK(user_set(shop, user, "locked", "no"));
	OK(user_set(shop, user, "language", "fr"));
	assert_int_equal(events(JET_RIGHTS), 4);
	OK(terminal_set(shop, 1, "deny", "nosale"));
	assert_int_equal(events(JET_RIGHTS), 5);
	OK(terminal_set(shop, 1, "deny", ""));
	OK(setting_set(shop, "lock_minutes", "7"));
	assert_int_equal(events(JET_SETTING), 1);
	OK(setting_set(shop, "address", "Quai 3"));
	assert_int_equal(events(JET_COMPANY), 1);
	OK(auth_enter(shop, user, 1, DOOR_SSH, "test", true));
	assert_int_equal(events(JET_LOGIN), 1);
	assert_int_equal(events(JET_MAINTENANCE), 1);
	auth_leave(shop);
	assert_int_equal(events(JET_LOGOFF), 1);
	/* The same program again: said once. */
	OK(auth_enter(shop, user, 1, DOOR_SSH, "test", true));
	assert_int_equal(events(JET_MAINTENANCE), 1);
	auth_leave(shop);
	raw("DROP TRIGGER journal_program_no_update; "
	    "UPDATE journal_program SET program = 'comptoir 0.0.1'");
	OK(auth_enter(shop, user, 1, DOOR_SSH, "test", true));
	assert_int_equal(events(JET_MAINTENANCE), 2);
	auth_leave(shop);
	shop->who = owner;
	OK(sale_add(shop, &id, &version, menu, QTY_ONE, &price, &line));
	OK(sale_set_price(shop, id, &version, line, 100));
	assert_int_equal(events(JET_PRICE), 2);
	test_now += shop->set.void_fresh_ms + 1000;
	OK(sale_void_line(shop, id, &version, line, "spilt"));
	assert_int_equal(events(JET_LINE), 1);
	OK(sale_cancel(shop, id, &version, "gone"));
	assert_int_equal(events(JET_SALE), 1);
	OK(sale_no_sale(shop, "change"));
	assert_int_equal(events(JET_DRAWER), 1);
	(void)ticket();
	OK(sale_last(shop, &id));
	OK(sale_retender(shop, id, "card"));
	assert_int_equal(events(JET_TENDER), 1);
	OK(journal_clock_confirm(shop));
	assert_int_equal(events(JET_CLOCK), 1);
	fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	OK(product_export(shop, fd, 0));
	(void)close(fd);
	assert_int_equal(events(JET_EXPORT), 1);
	(void)snprintf(path, sizeof(path), "%s/archive.tar", dir);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	OK(archive_write(shop, fd, &span, &made));
	(void)close(fd);
	assert_int_equal(events(JET_ARCHIVE), 1);
	/* A key of its own from now on. */
	(void)snprintf(path, sizeof(path), "%s/keys/journal.key", dir);
	assert_int_equal(unlink(path), 0);
	OK(journal_key_make(dir));
	(void)ticket();
	assert_int_equal(events(JET_KEY), 1);
	test_now += INT64_C(86400000);
	OK(shift_start(shop, &n));
	OK(grand_catch_up(shop));
	assert_int_equal(events(JET_FORCED), 1);
	assert_int_equal(events(JET_CLOSING), 1);
	assert_int_equal(verify(), 0);
}

/* Who signs in is not held up by a key that cannot be read. */
static void
test_no_key(void **state)
{
	struct actor	owner = shop->who;
	char		path[100];
	int64_t		user;

	(void)state;
	OK(user_add(shop, "Ann", ROLE_CASHIER, "", &user));
	(void)snprintf(path, sizeof(path), "%s/keys/journal.key", dir);
	assert_int_equal(unlink(path), 0);
	OK(auth_enter(shop, user, 1, DOOR_SSH, "test", true));
	auth_leave(shop);
	shop->who = owner;
	assert_int_equal(setting_set(shop, "address", "x"), ERR_CONFIG);
}

/* After a restore the numbers go on in a segment of their own, and what the
 * witness saw of the lost ones is no finding. */
static void
test_restored(void **state)
{
	char		*aside;
	char		path[100];
	struct sale	sale;
	int64_t		id;

	(void)state;
	ticket();
	(void)snprintf(path, sizeof(path), "%s/backups/b.db", dir);
	OK(db_backup(shop->db, path));
	ticket();
	shop_close(shop);
	OK(db_restore(dir, path, 0, &aside));
	free(aside);
	OK(shop_open(dir, DB_WRITE, &shop));
	shop->who.rights = UINT64_MAX;
	shop->who.terminal = 1;
	id = ticket();
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.ticket, "1.2-000001");
	sale_done(&sale);
	if (verify() != 0) {
		fail_msg("%s", found);
	}
	ticket();
	assert_int_equal(verify(), 0);
	/* The two totals go on from what the backup knew. */
	test_now += INT64_C(86400000);
	ticket();
	assert_int_equal(verify(), 0);
	found[0] = '\0';
	{
		int64_t	bad;

		OK(check_run(shop, checked, NULL, &bad));
		if (bad != 0) {
			fail_msg("%s", found);
		}
	}
}

static void
test_clock_rule(void **state)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	(void)state;
	ticket();
	OK(sale_add(shop, &id, &version, menu, QTY_ONE, NULL, &line));
	test_now -= 1000;
	assert_int_equal(sale_pay(shop, id, &version, "cash", 0, &change,
	    &posted), ERR_CLOCK);
	test_now += 36 * 3600 * INT64_C(1000) + 2000;
	assert_int_equal(sale_pay(shop, id, &version, "cash", 0, &change,
	    &posted), ERR_CLOCK);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(journal_clock_confirm(shop), ERR_DENIED);
	shop->who.rights = UINT64_MAX;
	OK(journal_clock_confirm(shop));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	/* Confirmed backwards as well. */
	test_now -= 3600 * INT64_C(1000);
	OK(sale_add(shop, &(int64_t){ 0 }, &(int64_t){ 0 }, menu, QTY_ONE,
	    NULL, &line));
	OK(journal_clock_confirm(shop));
	ticket();
	assert_int_equal(verify(), 0);
}

/* A demo shop left alone over a weekend sells again on Monday. */
static void
test_clock_rule_of_a_demo(void **state)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	(void)state;
	shop->set.demo = true;
	ticket();
	test_now += 30 * 24 * 3600 * INT64_C(1000);
	ticket();
	OK(sale_add(shop, &id, &version, menu, QTY_ONE, NULL, &line));
	test_now -= 1000;
	assert_int_equal(sale_pay(shop, id, &version, "cash", 0, &change,
	    &posted), ERR_CLOCK);
}

static void
test_key(void **state)
{
	char		path[100];
	struct stat	st;
	int64_t		id = 0, version = 0, line, change;
	bool		posted;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/keys/journal.key", dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	OK(sale_add(shop, &id, &version, menu, QTY_ONE, NULL, &line));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(sale_pay(shop, id, &version, "cash", 0, &change,
	    &posted), ERR_CONFIG);
	/* A new key is a new row; what the old one signed still verifies. */
	OK(journal_key_make(dir));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	ticket();
	assert_int_equal(verify(), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(test_payloads),
		T(test_changed),
		T(test_changed_sale),
		T(test_moved_zone),
		T(test_changed_counts),
		T(test_changed_details),
		T(test_changed_vat),
		T(test_forged),
		T(test_cut),
		T(test_hole),
		T(test_swapped),
		T(test_no_head),
		T(test_older),
		T(test_duplicates),
		T(test_sent_again),
		T(test_events),
		T(test_no_key),
		T(test_restored),
		T(test_clock_rule),
		T(test_clock_rule_of_a_demo),
		T(test_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
