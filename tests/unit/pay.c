/* SPDX-License-Identifier: ISC */
/* Paying and posting: cases A and B, numbers, stock, paper, frozen rows. */
#include "trade.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/utf8.h"
#include "drivers/driver.h"
#include "shop/init.h"
#include "shop/print.h"
#include "shop/receipt.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		menu, wine, packed;

static int
start(const char *country)
{
	shop = test_shop(country, dir);
	menu = test_product(shop, "2001", "Menu du jour", "meal", "pc", 1850,
	    false);
	wine = test_product(shop, "3001", "Verre de vin", "alcohol", "pc", 500,
	    true);
	packed = test_product(shop, "4001", "Plat emballé", "food", "pc", 790,
	    true);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	return start("FR");
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

/* Case A04's ticket, open. */
static void
a04(int64_t *id, int64_t *version)
{
	int64_t	line;

	*id = *version = 0;
	OK(sale_add(shop, id, version, menu, 2 * QTY_ONE, NULL, &line));
	OK(sale_add(shop, id, version, wine, QTY_ONE, NULL, &line));
	OK(sale_add(shop, id, version, packed, QTY_ONE, NULL, &line));
}

/* One product at a price, open. */
static void
one_line(int64_t price, int64_t *id, int64_t *version)
{
	int64_t	line;

	*id = *version = 0;
	OK(sale_add(shop, id, version, wine, QTY_ONE, &price, &line));
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

static void
check_clean(void)
{
	int64_t	bad;

	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
}

static void
test_cash(void **state)
{
	int64_t		id, version, was, change, qty;
	bool		posted;
	struct sale	sale;

	(void)state;
	a04(&id, &version);
	was = version;
	OK(sale_pay(shop, id, &version, "e", 5000, &change, &posted));
	assert_true(posted);
	assert_int_equal(change, 10);
	/* The same version again changes nothing. */
	assert_int_equal(sale_pay(shop, id, &was, "e", 5000, &change,
	    &posted), ERR_CHANGED);
	assert_int_equal(sale_pay(shop, id, &version, "e", 5000, &change,
	    &posted), ERR_FROZEN);
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.ticket, "0-000001");
	assert_string_equal(sale.business_day, "2026-11-20");
	assert_int_equal(sale.total, 4990);
	assert_int_equal(sale.nvat, 3);
	assert_int_equal(sale.vat[0].vat, 83);
	assert_int_equal(sale.vat[0].net, 417);
	assert_int_equal(sale.vat[1].vat, 336);
	assert_int_equal(sale.vat[2].net, 749);
	assert_int_equal(sale.change, 10);
	assert_int_equal(sale.paid, 4990);
	assert_int_equal(sale.npayments, 1);
	assert_int_equal(sale.payments[0].given, 5000);
	sale_done(&sale);
	OK(stock_level(shop, wine, &qty));
	assert_int_equal(qty, -QTY_ONE);
	OK(stock_level(shop, menu, &qty));
	assert_int_equal(qty, 0);
	check_clean();
}

static void
test_split(void **state)
{
	int64_t		id, version, change, line;
	bool		posted;
	char		what[120];
	struct sale	sale;

	(void)state;
	a04(&id, &version);
	assert_int_equal(sale_pay(shop, id, &version, "card", 5000, &change,
	    &posted), ERR_RANGE);
	assert_int_equal(sale_pay(shop, id, &version, "gold", 5000, &change,
	    &posted), ERR_NOT_FOUND);
	OK(sale_pay(shop, id, &version, "c", 3000, &change, &posted));
	assert_false(posted);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.state, SALE_PAYING);
	assert_int_equal(sale.due, 1990);
	sale_done(&sale);
	/* A line may come, what is paid may not lose its ground. */
	assert_int_equal(sale_cancel(shop, id, &version, ""), ERR_INVALID);
	OK(sale_add(shop, &id, &version, packed, QTY_ONE, NULL, &line));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale_void_line(shop, id, &version,
	    sale.lines[0].id, ""), ERR_INVALID);
	sale_done(&sale);
	OK(sale_void_line(shop, id, &version, line, ""));
	OK(sale_pay(shop, id, &version, "cash", 1000, &change, &posted));
	assert_false(posted);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	assert_int_equal(change, 0);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.npayments, 2);
	assert_int_equal(sale.payments[1].amount, 1990);
	sale_done(&sale);
	assert_int_equal(sale_undo(shop, id, &version, what, sizeof(what)),
	    ERR_FROZEN);
	assert_non_null(strstr(err_text(ERR_FROZEN), "0-000001"));
	check_clean();
}

static int64_t
tender_sum(const char *tender)
{
	char		 path[96];
	sqlite3		*db;
	sqlite3_stmt	*st;
	int64_t		 sum;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT sum(amount) "
	    "FROM payment WHERE tender = ?1", -1, &st, NULL), SQLITE_OK);
	(void)sqlite3_bind_text(st, 1, tender, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	sum = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(db);
	return sum;
}

/* Whoever has the sale can give back all that was paid of it. */
static void
test_take_back(void **state)
{
	int64_t		id, version, seen = 0, change;
	bool		posted;
	char		what[120];
	struct shop	*till;
	struct sale	sale;

	(void)state;
	a04(&id, &version);
	OK(sale_pay(shop, id, &version, "card", 1000, &change, &posted));
	OK(sale_pay(shop, id, &version, "cash", 2000, &change, &posted));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	assert_non_null(strstr(what, "20,00"));
	OK(sale_hold(shop, id, &version, "Zoé"));
	till = test_till(dir, "Léa", "Bar");
	OK(sale_take(till, id, &seen));
	till->who.rights &= ~RIGHT_BIT(RIGHT_PAY);
	assert_int_equal(sale_undo(till, id, &seen, what, sizeof(what)),
	    ERR_DENIED);
	till->who.rights |= RIGHT_BIT(RIGHT_PAY);
	assert_int_equal(sale_cancel(till, id, &seen, ""), ERR_INVALID);
	OK(sale_undo(till, id, &seen, what, sizeof(what)));
	assert_non_null(strstr(what, "10,00"));
	OK(sale_load(till, id, &sale));
	assert_int_equal(sale.state, SALE_DRAFT);
	assert_int_equal(sale.due, 4990);
	sale_done(&sale);
	assert_int_equal(sale_undo(till, id, &seen, what, sizeof(what)),
	    ERR_EMPTY);
	OK(sale_cancel(till, id, &seen, "guest left"));
	shop_close(till);
	assert_int_equal(tender_sum("card"), 0);
	assert_int_equal(tender_sum("cash"), 0);
	check_clean();
}

/* A18: the day adds what the tickets say. */
static void
test_day_adds(void **state)
{
	int64_t		id, version, change, vat = 0;
	bool		posted;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct sale	sale;

		one_line(100, &id, &version);
		OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
		OK(sale_load(shop, id, &sale));
		vat += sale.vat[0].vat;
		sale_done(&sale);
	}
	assert_int_equal(vat, 34);
}

static void
test_belgium(void **state)
{
	static const int64_t	due[][2] = { { 491, 490 }, { 493, 495 },
				    { 498, 500 }, { 2, 2 }, { 5, 5 },
				    { 6, 5 } };
	int64_t			id, version, change;
	bool			posted;
	struct sale		sale;

	(void)state;
	start("BE");
	one_line(2347, &id, &version);			/* B02 */
	OK(sale_pay(shop, id, &version, "card", 800, &change, &posted));
	OK(sale_pay(shop, id, &version, "cash", 2000, &change, &posted));
	assert_true(posted);
	assert_int_equal(change, 2000 - 1545);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.rounding, -2);
	assert_int_equal(sale.paid, 2345);
	assert_int_equal(sale.total, 2347);
	sale_done(&sale);
	for (size_t i = 0; i < NELEM(due); i++) {	/* B01, B04 */
		one_line(due[i][0], &id, &version);
		OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
		OK(sale_load(shop, id, &sale));
		assert_int_equal(sale.paid, due[i][1]);
		sale_done(&sale);
	}
	/* A card is never rounded. */
	one_line(493, &id, &version);
	OK(sale_pay(shop, id, &version, "card", 0, &change, &posted));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.paid, 493);
	sale_done(&sale);
	check_clean();
}

static void
test_other_countries(void **state)
{
	int64_t		id, version, change, line;
	bool		posted;
	struct sale	sale;
	struct slip	slip = { 0 };

	(void)state;
	start("CM");					/* A14 */
	one_line(11925, &id, &version);
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.vat[0].net, 10000);
	assert_int_equal(sale.vat[0].vat, 1925);
	sale_done(&sale);
	check_clean();
	test_done(shop, dir);

	start("CA-QC");					/* A16, B01 */
	one_line(2000, &id, &version);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.total, 2300);
	assert_int_equal(sale.nvat, 2);
	assert_string_equal(sale.vat[0].name, "TPS");
	assert_string_equal(sale.vat[1].name, "TVQ");
	sale_done(&sale);
	OK(sale_pay(shop, id, &version, "cash", 2500, &change, &posted));
	assert_int_equal(change, 200);
	OK(sale_load(shop, id, &sale));
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "F TPS 5%"));
	assert_non_null(strstr(slip_stored(&slip), "P TVQ 9,975%"));
	assert_non_null(strstr(slip_stored(&slip), "20,00 FP"));
	slip_done(&slip);
	sale_done(&sale);
	/* Of 46.00 21.00 are paid: half may go, though the other half is
	 * 20.00 before its taxes; more may not. */
	one_line(2000, &id, &version);
	OK(sale_load(shop, id, &sale));
	line = sale.lines[0].id;
	sale_done(&sale);
	OK(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE));
	OK(sale_pay(shop, id, &version, "card", 2100, &change, &posted));
	assert_false(posted);
	OK(sale_set_qty(shop, id, &version, line, QTY_ONE));
	OK(sale_set_qty(shop, id, &version, line, 2 * QTY_ONE));
	assert_int_equal(sale_set_price(shop, id, &version, line, 900),
	    ERR_INVALID);
	assert_int_equal(sale_void_line(shop, id, &version, line, ""),
	    ERR_INVALID);
	check_clean();
}

static void
test_notes(void **state)
{
	static const struct {
		int64_t	due, notes[4];
	} cases[] = {
		{ 5292, { 5500, 6000, 7000, 10000 } },
		{ 2292, { 2500, 3000, 5000, 7000 } },
		{ 250, { 500, 1000, 2000, 5000 } },
		{ 15292, { 15500, 16000, 17000, 20000 } },
		{ 2000, { 5000, 10000, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		int64_t	out[4] = { 0 };
		size_t	n = tender_notes(shop, cases[i].due, out, 3);

		for (size_t k = 0; k < n; k++) {
			assert_int_equal(out[k], cases[i].notes[k]);
		}
		assert_true(n >= 2);
	}
}

/* --- paper -------------------------------------------------------------- */

/* What the law wants read stays whole on the narrowest paper. */
static void
receipt_shown(const char *stored)
{
	static const int		columns[] = { 32, 42, 48 };
	static const char *const	whole[] = { "0-000001",
					    "20/11/2026 12:30:15", "37,00 B",
					    "5,00 A", "7,90 C", "49,90",
					    "33,64", "3,36", "7,49", "50,00",
					    "0,10", "comptoir " VERSION };

	for (size_t i = 0; i < NELEM(columns); i++) {
		struct buf	out = { 0 };

		OK(driver_preview(stored, columns[i], &out));
		for (size_t k = 0; k < NELEM(whole); k++) {
			if (strstr(buf_text(&out), whole[k]) == NULL) {
				fail_msg("%s not in\n%s", whole[k],
				    buf_text(&out));
			}
		}
		for (const char *s = buf_text(&out); *s != '\0';) {
			char	line[200];
			size_t	n = strcspn(s, "\n");

			assert_true(n < sizeof(line));
			(void)memcpy(line, s, n);
			line[n] = '\0';
			assert_true(utf8_cols(line) <= columns[i]);
			s += n + (s[n] != '\0');
		}
		buf_done(&out);
	}
}

static void
test_receipt(void **state)
{
	int64_t		id, version, change, n;
	bool		posted;
	struct sale	sale;
	struct slip	slip = { 0 };
	const char	*text;

	(void)state;
	a04(&id, &version);
	OK(sale_load(shop, id, &sale));
	OK(receipt_build(shop, &sale, 0, &slip));
	assert_non_null(strstr(slip_stored(&slip), "Provisional"));
	slip_done(&slip);
	sale_done(&sale);
	OK(sale_pay(shop, id, &version, "cash", 5000, &change, &posted));
	OK(sale_load(shop, id, &sale));
	slip = (struct slip){ 0 };
	OK(receipt_build(shop, &sale, 0, &slip));
	text = slip_stored(&slip);
	assert_non_null(strstr(text, "Brasserie du Port"));
	assert_non_null(strstr(text, "0-000001"));
	assert_non_null(strstr(text, "20/11/2026 12:30:15"));
	assert_non_null(strstr(text, "2 Menu du jour"));
	assert_non_null(strstr(text, "37,00 B"));
	assert_non_null(strstr(text, "5,00 A"));
	assert_non_null(strstr(text, "7,90 C"));
	assert_non_null(strstr(text, "33,64"));
	assert_non_null(strstr(text, "3,36"));
	assert_non_null(strstr(text, "comptoir " VERSION));
	assert_null(strstr(text, "DUPLICATA"));
	assert_null(strstr(text, "DEMO"));
	receipt_shown(text);
	slip_done(&slip);
	sale_done(&sale);
	/* I09: two reprints, two records. */
	OK(receipt_reprint(shop, id, &n));
	assert_int_equal(n, 1);
	OK(receipt_reprint(shop, id, &n));
	assert_int_equal(n, 2);
	check_clean();
}

/* --- frozen ------------------------------------------------------------- */

static void
refuse(sqlite3 *db, const char *sql)
{
	char	*why = NULL;
	int	 rc = sqlite3_exec(db, sql, NULL, NULL, &why);

	if (rc == SQLITE_OK) {
		fail_msg("went through: %s", sql);
	}
	assert_non_null(strstr(why, "ERR:FROZEN"));
	sqlite3_free(why);
}

/* UPDATE, DELETE, REPLACE and UPSERT on every posted row. */
static void
test_frozen(void **state)
{
	static const char *const	sql[] = {
		"UPDATE sale SET total = 1",
		"DELETE FROM sale",
		"REPLACE INTO sale (id, uid, tax_added, opened_at) "
		    "SELECT id, uid, 0, 0 FROM sale",
		"INSERT INTO sale (id, uid, tax_added, opened_at) "
		    "SELECT id, uid, 0, 0 FROM sale WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET total = 1",
		"UPDATE sale_line SET amount = 1",
		"DELETE FROM sale_line",
		"REPLACE INTO sale_line SELECT * FROM sale_line",
		"INSERT INTO sale_line SELECT * FROM sale_line WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET amount = 1",
		"INSERT INTO sale_line (sale, seq, product, code, label, unit, "
		    "qty, price, amount, rate, at) SELECT sale, 99, product, "
		    "code, label, unit, qty, price, amount, rate, at "
		    "FROM sale_line LIMIT 1",
		"UPDATE payment SET amount = 1, given = 1, change = 0",
		"DELETE FROM payment",
		"REPLACE INTO payment SELECT * FROM payment",
		"INSERT INTO payment SELECT * FROM payment WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET amount = 1",
		"UPDATE sale_vat SET vat = 1",
		"DELETE FROM sale_vat",
		"REPLACE INTO sale_vat SELECT * FROM sale_vat",
		"INSERT INTO sale_vat SELECT * FROM sale_vat WHERE true "
		    "ON CONFLICT (sale, part, rate) DO UPDATE SET vat = 1",
		"UPDATE stock_move SET qty = 1",
		"DELETE FROM stock_move",
		"REPLACE INTO stock_move SELECT * FROM stock_move",
		"INSERT INTO stock_move SELECT * FROM stock_move WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET qty = 1",
		"UPDATE duplicate SET n = 7",
		"DELETE FROM duplicate",
		"REPLACE INTO duplicate SELECT * FROM duplicate",
		"INSERT INTO duplicate SELECT * FROM duplicate WHERE true "
		    "ON CONFLICT (sale, document, n) DO UPDATE SET at = 1",
		"UPDATE journal SET payload = ''",
		"DELETE FROM journal",
		"REPLACE INTO journal SELECT * FROM journal",
		"INSERT INTO journal SELECT * FROM journal WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET payload = ''",
		"UPDATE journal_head SET hash = ''",
		"DELETE FROM journal_head",
		"REPLACE INTO journal_head SELECT * FROM journal_head",
		"INSERT INTO journal_head SELECT * FROM journal_head "
		    "WHERE true ON CONFLICT (chain) DO UPDATE SET hash = ''",
		"UPDATE journal_key SET public = ''",
		"DELETE FROM journal_key",
		"REPLACE INTO journal_key SELECT * FROM journal_key",
		"INSERT INTO journal_key SELECT * FROM journal_key WHERE true "
		    "ON CONFLICT (id) DO UPDATE SET public = ''",
	};
	int64_t		id, version, change, n;
	bool		posted;
	char		path[100];
	sqlite3		*db;

	(void)state;
	a04(&id, &version);
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(receipt_reprint(shop, id, &n));
	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA recursive_triggers = ON; "
	    "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
	for (size_t i = 0; i < NELEM(sql); i++) {
		refuse(db, sql[i]);
	}
	(void)sqlite3_close(db);
	check_clean();
}

/* --- two at once -------------------------------------------------------- */

/* Many tries at one sale: exactly one ticket, paid once. */
static void
test_race(void **state)
{
	int64_t		id, version;
	struct sale	sale;
	int		status, won = 0;
	pid_t		pids[4];

	(void)state;
	a04(&id, &version);
	for (size_t i = 0; i < NELEM(pids); i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			struct shop	*own;
			int64_t		 change;
			bool		 posted;
			int		 r;

			if (shop_open(dir, DB_WRITE, &own) != 0) {
				_exit(9);
			}
			own->who.rights = UINT64_MAX;
			r = sale_pay(own, id, &version, "cash", 0, &change,
			    &posted);
			shop_close(own);
			_exit(r == 0 && posted ? 0 : r == ERR_CHANGED ? 1 : 2);
		}
	}
	for (size_t i = 0; i < NELEM(pids); i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 1);
		won += WEXITSTATUS(status) == 0;
	}
	assert_int_equal(won, 1);
	OK(sale_load(shop, id, &sale));
	assert_string_equal(sale.ticket, "0-000001");
	assert_int_equal(sale.npayments, 1);
	sale_done(&sale);
	check_clean();
}

static void
test_retender(void **state)
{
	int64_t		id, version, change;
	bool		posted;
	struct sale	sale;

	(void)state;
	a04(&id, &version);
	OK(sale_pay(shop, id, &version, "cash", 5000, &change, &posted));
	OK(sale_retender(shop, id, "card"));
	assert_int_equal(sale_retender(shop, id, "card"), ERR_INVALID);
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.npayments, 1);
	assert_string_equal(sale.payments[0].tender, "card");
	assert_int_equal(sale.payments[0].amount, 4990);
	sale_done(&sale);
	OK(sale_retender(shop, id, "cash"));
	OK(sale_load(shop, id, &sale));
	assert_int_equal(sale.npayments, 1);
	assert_string_equal(sale.payments[0].tender, "cash");
	sale_done(&sale);
	check_clean();
}

/* How many processes sleep in the queue for a locked file. */
static size_t
waiting(int fd)
{
	struct stat	st;
	char		inode[32], line[256];
	FILE		*locks = fopen("/proc/locks", "r");
	size_t		 n = 0;

	assert_non_null(locks);
	assert_int_equal(fstat(fd, &st), 0);
	(void)snprintf(inode, sizeof(inode), ":%llu ",
	    (unsigned long long)st.st_ino);
	while (fgets(line, sizeof(line), locks) != NULL) {
		n += strstr(line, "->") != NULL &&
		    strstr(line, inode) != NULL;
	}
	(void)fclose(locks);
	return n;
}

/* Two tills correct the same ticket at once: its money moves once. */
static void
test_retender_race(void **state)
{
	int64_t	id, version, change;
	bool	posted;
	char	path[96];
	pid_t	pids[4];
	int	queue;

	(void)state;
	a04(&id, &version);
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	/* All of them come to the queue, then it opens. */
	(void)snprintf(path, sizeof(path), "%s/shop.lock", dir);
	queue = open(path, O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(queue, LOCK_EX), 0);
	for (size_t i = 0; i < NELEM(pids); i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			struct shop	*own;
			int		 r;

			if (shop_open(dir, DB_WRITE, &own) != 0) {
				_exit(9);
			}
			own->who.rights = UINT64_MAX;
			r = sale_retender(own, id, "card");
			shop_close(own);
			_exit(r == 0 ? 0 : r == ERR_INVALID ? 1 : 2);
		}
	}
	for (int i = 0; i < 1000 && waiting(queue) < NELEM(pids); i++) {
		(void)usleep(10000);
	}
	assert_int_equal(flock(queue, LOCK_UN), 0);
	(void)close(queue);
	for (size_t i = 0; i < NELEM(pids); i++) {
		int	status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 1);
	}
	assert_int_equal(tender_sum("cash"), 0);
	assert_int_equal(tender_sum("card"), 4990);
	check_clean();
}

static void
test_lookups(void **state)
{
	int64_t			 id, version, change, found;
	bool			 posted;
	struct sale_brief	*rows;
	size_t			 n;
	char			 tender[16];

	(void)state;
	assert_int_equal(sale_last(shop, &found), ERR_NOT_FOUND);
	for (int i = 0; i < 3; i++) {
		a04(&id, &version);
		OK(sale_pay(shop, id, &version, "card", 0, &change, &posted));
	}
	OK(sale_by_ticket(shop, "0-000002", &found));
	assert_int_equal(found, id - 1);
	OK(sale_by_ticket(shop, "3", &found));
	assert_int_equal(found, id);
	assert_int_equal(sale_by_ticket(shop, "0-000004", &found),
	    ERR_NOT_FOUND);
	assert_int_equal(sale_by_ticket(shop, "x", &found), ERR_INVALID);
	OK(sale_last(shop, &found));
	assert_int_equal(found, id);
	OK(sale_posted_list(shop, "2026-11-20", 2, &rows, &n));
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].ticket, "0-000003");
	free(rows);
	OK(sale_posted_list(shop, "2026-11-21", 0, &rows, &n));
	assert_int_equal(n, 0);
	free(rows);
	OK(tender_default(shop, tender));
	assert_string_equal(tender, "cash");
	assert_int_equal(sale_no_sale(shop, ""), ERR_EMPTY);
	OK(sale_no_sale(shop, "change for a guest"));
	check_clean();
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(test_cash),
		T(test_split),
		T(test_take_back),
		T(test_day_adds),
		cmocka_unit_test_setup_teardown(test_belgium, NULL, teardown),
		cmocka_unit_test_setup_teardown(test_other_countries, NULL,
		    teardown),
		T(test_notes),
		T(test_receipt),
		T(test_frozen),
		T(test_race),
		T(test_retender),
		T(test_retender_race),
		T(test_lookups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
