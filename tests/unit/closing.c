/* SPDX-License-Identifier: ISC */
/* Closings: what tickets add up to, when each is due, what stays shut. */
#include "trade.h"

#include <sqlite3.h>

#include "base/buf.h"
#include "shop/booking.h"
#include "shop/grand.h"
#include "shop/init.h"
#include "shop/shift.h"
#include "sql/closing.h"
#include "sql/journal.h"

#define DAY	INT64_C(86400000)

static char		dir[64];
static struct shop	*shop;
static int64_t		euro, other;
static char		found[2000];

static int
setup_of(const char *country)
{
	test_now = INT64_C(1795177815000);
	shop = test_shop(country, dir);
	euro = test_product(shop, "1", "Un euro", "standard", "pc", 100,
	    false);
	other = test_product(shop, "2", "Cinq et demi", "food", "pc", 100,
	    false);
	OK(terminal_add(shop, "Till 1", &shop->who.terminal));
	assert_int_equal(shop->who.terminal, 1);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	return setup_of("FR");
}

static int
setup_other(void **state)
{
	(void)state;
	return setup_of("CM");
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

/* A ticket of that amount, at that rate; its id. */
static int
sell(int64_t product, int64_t amount, int64_t *id)
{
	int64_t	version = 0, line, change;
	bool	posted;
	int	r;

	*id = 0;
	OK(sale_add(shop, id, &version, product, QTY_ONE, &amount, &line));
	r = sale_pay(shop, *id, &version, "cash", 0, &change, &posted);
	return r;
}

static int64_t
ticket(int64_t amount)
{
	int64_t	id;

	OK(sell(euro, amount, &id));
	return id;
}

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

/* The last closing of a level. */
static struct grand
last(enum grand_level level)
{
	struct q_closing_list	*rows;
	struct grand		 c;
	size_t			 n;

	OK(q_closing_list(shop->db, 1, grand_level_name(level), 1, &rows,
	    &n));
	assert_int_equal(n, 1);
	OK(grand_load(shop, rows[0].id, &c));
	free(rows);
	return c;
}

static int64_t
closings(enum grand_level level)
{
	struct q_closing_list	*rows;
	size_t			 n;

	OK(q_closing_list(shop->db, 1, grand_level_name(level), 1000, &rows,
	    &n));
	free(rows);
	return (int64_t)n;
}

/* Everybody went home, nobody counted. */
static void
shut(void)
{
	const struct shift_how	how = { .uncounted = true, .leave = true };
	int64_t			shift;

	OK(shift_now(shop, &shift));
	if (shift != 0) {
		OK(shift_close(shop, shift, &how));
	}
}

static int
shut_day(int64_t *count)
{
	shut();
	return grand_day(shop, count);
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	(void)what;
	(void)strncat(found, text, sizeof(found) - strlen(found) - 2);
	(void)strcat(found, "\n");
}

/* Nothing that `comptoir check` has to say. */
static void
whole(void)
{
	int64_t	bad;

	found[0] = '\0';
	OK(check_run(shop, finding, NULL, &bad));
	if (bad != 0) {
		fail_msg("%s", found);
	}
}

/* A18: the day adds the tickets' tax and does not work it out again. */
static void
test_adds(void **state)
{
	int64_t		count;
	struct grand	c;

	(void)state;
	ticket(100);
	ticket(100);
	OK(shut_day(&count));
	assert_int_equal(count, 1);
	c = last(GRAND_DAY);
	assert_int_equal(c.tickets, 2);
	assert_int_equal(c.total, 200);
	assert_int_equal(c.nvat, 1);
	assert_int_equal(c.vat[0].vat, 34);
	assert_int_equal(c.vat[0].net, 166);
	assert_int_equal(c.vat[0].rate, 20000);
	assert_string_equal(c.period, "2026-11-20");
	assert_false(c.forced);
	whole();
}

/* I06: the day before left 100.00 in both. */
static void
test_perpetual(void **state)
{
	struct q_journal_chain	*rows;
	struct grand		 c;
	int64_t			 id, count;
	char			 sql[200];
	size_t			 n;

	(void)state;
	ticket(10000);
	test_now += DAY;
	ticket(4990);
	c = last(GRAND_DAY);
	assert_int_equal(c.perpetual, 10000);
	assert_int_equal(c.perpetual_absolute, 10000);
	ticket(1200);
	OK(sell(other, 300, &id));
	(void)snprintf(sql, sizeof(sql), "DROP TRIGGER sale_no_update; "
	    "DROP TRIGGER sale_vat_no_update; UPDATE sale SET total = -total "
	    "WHERE id = %lld; UPDATE sale_vat SET gross = -gross, net = -net, "
	    "vat = -vat WHERE sale = %lld", (long long)id, (long long)id);
	raw(sql);
	OK(shut_day(&count));
	c = last(GRAND_DAY);
	assert_int_equal(c.tickets, 3);
	assert_int_equal(c.refunds, 1);
	assert_int_equal(c.total, 5890);
	assert_int_equal(c.absolute, 6490);
	assert_int_equal(c.perpetual, 15890);
	assert_int_equal(c.perpetual_absolute, 16490);
	assert_int_equal(c.seq, 2);
	/* The record says so in the order of domain.md 1.3. */
	OK(q_journal_chain(shop->db, "grandtotal/1", 0, 10, &rows, &n));
	assert_int_equal(n, 4);		/* a shift and a day, twice */
	assert_true(strncmp(rows[3].payload, "2000:6190|0550:-300,5890,15890,"
	    "20261121123015,2,Y,", 50) == 0);
	free(rows);
}

/* A day that nobody closed is closed before the next one sells, dated to its
 * end; months and years go the same way, each with numbers of its own. */
static void
test_forced(void **state)
{
	struct grand	c;

	(void)state;
	ticket(500);
	assert_int_equal(closings(GRAND_DAY), 0);
	test_now += DAY;
	ticket(700);
	c = last(GRAND_DAY);
	assert_true(c.forced);
	assert_string_equal(c.period, "2026-11-20");
	assert_int_equal(c.total, 500);
	/* 2026-11-21 03:59:59, the last second of the 20th. */
	assert_true(c.at == INT64_C(1795233599000));
	assert_int_equal(closings(GRAND_MONTH), 0);
	test_now += 20 * DAY;
	OK(journal_clock_confirm(shop));
	ticket(900);
	c = last(GRAND_MONTH);
	assert_string_equal(c.period, "2026-11");
	assert_int_equal(c.total, 1200);
	assert_int_equal(c.tickets, 2);
	assert_int_equal(c.perpetual, 1200);
	assert_int_equal(c.seq, 1);
	assert_int_equal(closings(GRAND_YEAR), 0);
	test_now += 30 * DAY;
	shut();
	OK(grand_catch_up(shop));
	assert_int_equal(closings(GRAND_DAY), 3);
	OK(journal_clock_confirm(shop));
	ticket(100);
	assert_int_equal(closings(GRAND_MONTH), 2);
	c = last(GRAND_YEAR);
	assert_string_equal(c.period, "2026");
	assert_int_equal(c.total, 2100);
	assert_int_equal(c.tickets, 3);
	assert_int_equal(c.seq, 1);
	assert_int_equal(c.perpetual, 2100);
	whole();
}

/* A fiscal year that begins in April. */
static void
test_fiscal_year(void **state)
{
	struct grand	c;

	(void)state;
	OK(setting_set(shop, "fiscal_year_month", "4"));
	ticket(500);
	test_now += 60 * DAY;
	OK(journal_clock_confirm(shop));
	ticket(300);
	assert_int_equal(closings(GRAND_YEAR), 0);
	test_now += 90 * DAY;
	OK(journal_clock_confirm(shop));
	ticket(200);
	c = last(GRAND_YEAR);
	assert_string_equal(c.period, "2026/27");
	assert_int_equal(c.total, 800);
	whole();
}

static void
test_closed_day(void **state)
{
	int64_t	id, count;

	(void)state;
	ticket(500);
	OK(shut_day(&count));
	assert_int_equal(sell(euro, 100, &id), ERR_INVALID);
	assert_int_equal(grand_day(shop, &count), ERR_EMPTY);
	test_now += DAY;
	ticket(100);
	whole();
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(grand_day(shop, &count), ERR_DENIED);
}

/* Who was expected and never came goes with the day; tomorrow's do not. */
static void
test_day_ends_bookings(void **state)
{
	struct booking	b = { .covers = 2, .name = "Martin" }, *rows;
	int64_t		count;
	size_t		n;

	(void)state;
	b.at = test_now + 60000;
	OK(booking_add(shop, &b));
	b.at = test_now + DAY;
	OK(booking_add(shop, &b));
	test_now += 3600000;
	ticket(500);
	OK(shut_day(&count));
	OK(booking_list(shop, 0, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id, b.id);
	free(rows);
}

/* Where no law shuts a day, it goes on, and its next closing counts what the
 * first one did not. */
static void
test_closed_day_elsewhere(void **state)
{
	struct grand	c;
	int64_t		count;

	(void)state;
	ticket(500);
	OK(shut_day(&count));
	ticket(100);
	OK(shut_day(&count));
	c = last(GRAND_DAY);
	assert_int_equal(c.seq, 2);
	assert_int_equal(c.total, 100);
	assert_int_equal(c.perpetual, 600);
	test_now += 31 * DAY;
	OK(journal_clock_confirm(shop));
	ticket(100);
	c = last(GRAND_MONTH);
	assert_int_equal(c.total, 600);
	whole();
}

/* A shift that another till forgot does not hold up this one. */
static void
test_other_till(void **state)
{
	struct q_closing_list	*rows;
	int64_t			 second;
	size_t			 n;

	(void)state;
	ticket(500);
	OK(terminal_add(shop, "Till 2", &second));
	shop->who.terminal = second;
	ticket(700);
	test_now += DAY;
	ticket(100);
	assert_int_equal(closings(GRAND_DAY), 0);	/* of till 1 */
	OK(q_closing_list(shop->db, second, "day", 10, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].total, 700);
	assert_int_equal(rows[0].perpetual, 700);
	free(rows);
	shop->who.terminal = 1;
	ticket(900);
	assert_int_equal(last(GRAND_DAY).total, 500);
	whole();
}

/* What somebody edits is found by the sums, by the record, or both. */
static void
test_tampered(void **state)
{
	static const struct {
		const char	*sql, *says;
	} changes[] = {
		{ "UPDATE closing SET total = total - 100, absolute = "
		    "absolute - 100 WHERE level = 'day' AND seq = 1",
		    "what it counts makes" },
		{ "UPDATE closing SET total = total + 100, absolute = "
		    "absolute + 100 WHERE level = 'day' AND seq = 1; UPDATE "
		    "closing SET perpetual = perpetual - 100 WHERE level = "
		    "'day' AND seq = 2", "does not match its record" },
		{ "UPDATE closing SET perpetual = perpetual + 100 WHERE "
		    "level = 'day' AND seq = 2; UPDATE closing_vat SET "
		    "gross = gross - 1, net = net - 1 WHERE closing = 1",
		    "does not match its record" },
		{ "UPDATE closing_vat SET gross = gross + 1, net = net + 1 "
		    "WHERE closing = 1; UPDATE closing SET period = "
		    "'2026-11-19' WHERE id = 1", "does not match its record" },
		{ "PRAGMA foreign_keys = OFF; UPDATE closing SET period = "
		    "'2026-11-20' WHERE id = 1; DELETE FROM closing "
		    "WHERE level = 'shift' AND seq = 2",
		    "is of a closing that is gone" },
		{ "UPDATE audit SET user = 7 WHERE id = 3",
		    "the audit was changed" },
		{ "UPDATE audit SET user = NULL WHERE id = 3; DELETE FROM "
		    "audit WHERE id = 4", "the audit was changed" },
	};
	int64_t	count, bad;

	(void)state;
	ticket(500);
	OK(shut_day(&count));
	test_now += DAY;
	ticket(700);
	OK(shut_day(&count));
	whole();
	raw("DROP TRIGGER closing_no_update; DROP TRIGGER closing_no_delete; "
	    "DROP TRIGGER closing_vat_no_update; DROP TRIGGER "
	    "audit_no_update; DROP TRIGGER audit_no_delete");
	for (size_t i = 0; i < NELEM(changes); i++) {
		raw(changes[i].sql);
		found[0] = '\0';
		OK(check_run(shop, finding, NULL, &bad));
		if (bad == 0 || strstr(found, changes[i].says) == NULL) {
			fail_msg("%s: %s", changes[i].sql, found);
		}
	}
}

/* A ticket that never was in the journal. */
static void
test_slipped_in(void **state)
{
	int64_t	bad;

	(void)state;
	ticket(500);
	ticket(700);
	raw("PRAGMA foreign_keys = OFF; DROP TRIGGER sale_no_update; "
	    "INSERT INTO sale (uid, state, tax_added, opened_at, posted_at, "
	    "business_day, series, number, total, turnover, journal, shift, "
	    "terminal) SELECT randomblob(16), state, tax_added, opened_at, "
	    "posted_at, business_day, series, number + 1, total, turnover, "
	    "journal, shift, terminal FROM sale WHERE number = 2");
	found[0] = '\0';
	OK(check_run(shop, finding, NULL, &bad));
	assert_true(bad > 0);
	assert_non_null(strstr(found, "1-000003 is in the sales and not in "
	    "the journal"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(test_adds),
		T(test_perpetual),
		T(test_forced),
		T(test_fiscal_year),
		T(test_closed_day),
		T(test_day_ends_bookings),
		T(test_other_till),
		T(test_tampered),
		T(test_slipped_in),
		cmocka_unit_test_setup_teardown(test_closed_day_elsewhere,
		    setup_other, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
