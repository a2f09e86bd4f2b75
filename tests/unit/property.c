/* SPDX-License-Identifier: ISC */
/* Thousands of random sales keep what must hold for each.  The seed is
 * printed; COMPTOIR_SEED repeats a run. */
#include "trade.h"

#include "shop/discount.h"
#include "shop/init.h"
#include "shop/promo.h"

#define SALES		700	/* in each of three countries */
#define PRODUCTS	24

static uint64_t		seed;
static struct shop	*shop;
static char		dir[64];
static int64_t		product[PRODUCTS], level[PRODUCTS];
static bool		weighed[PRODUCTS];

static int
rnd(int below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)((seed >> 11) % (uint64_t)below);
}

static void
catalogue(void)
{
	static const char *const	classes[] = { "standard", "meal",
					    "drink", "food", "alcohol",
					    "press", "exempt" };

	for (int i = 0; i < PRODUCTS; i++) {
		char	code[8], name[32];

		weighed[i] = i % 4 == 3;
		level[i] = 0;
		(void)snprintf(code, sizeof(code), "%d", 1000 + i);
		(void)snprintf(name, sizeof(name), "Produit %d", i);
		product[i] = test_product(shop, code, name,
		    classes[rnd((int)NELEM(classes))], weighed[i] ? "kg" :
		    "pc", 1 + rnd(9999), true);
	}
}

/* Three that meet on many a sale. */
static void
promotions(void)
{
	struct promo	three = { .name = "three", .label = "3 = 2",
			    .kind = PROMO_N_FOR_M, .n = 3, .m = 2,
			    .alone = true, .scope.when = PERIOD_ALWAYS };
	struct promo	second = { .name = "second", .label = "-33 %",
			    .kind = PROMO_SECOND, .percent = 33333,
			    .alone = true, .times = 2,
			    .scope.when = PERIOD_ALWAYS };
	struct promo	sum = { .name = "sum", .label = "-7 %",
			    .kind = PROMO_THRESHOLD, .threshold = 20000,
			    .percent = 7000, .scope.when = PERIOD_ALWAYS };
	int64_t		id;

	OK(promo_add(shop, &three, &id));
	OK(promo_add(shop, &second, &id));
	OK(promo_add(shop, &sum, &id));
}

/* What was added, less what was taken out, in the same order. */
static void
lines(int64_t *id, int64_t *version)
{
	int	count = 1 + rnd(9);
	int64_t	live = 0;

	for (int i = 0; i < count || live == 0; i++) {
		int	 p = rnd(PRODUCTS);
		int64_t	 qty = weighed[p] ? 1 + rnd(3000) :
			    (1 + rnd(5)) * QTY_ONE;
		int64_t	 line, price = rnd(20000), was = *version;
		char	 what[120];

		OK(sale_add(shop, id, version, product[p], qty,
		    rnd(6) == 0 ? &price : NULL, &line));
		test_now += rnd(3000);
		switch (rnd(14)) {
		case 0:
			OK(sale_void_line(shop, *id, version, line, ""));
			continue;
		case 1:
			OK(sale_undo(shop, *id, version, what, sizeof(what)));
			continue;
		case 2:
			test_now += shop->set.void_fresh_ms + 1;
			OK(sale_void_line(shop, *id, version, line, "late"));
			continue;
		case 3:
			qty = weighed[p] ? 1 + rnd(3000) : QTY_ONE * 9;
			OK(sale_set_qty(shop, *id, version, line, qty));
			break;
		case 4:
			/* An old version never does anything. */
			if (was > 0) {
				assert_int_equal(sale_set_qty(shop, *id, &was,
				    line, QTY_ONE * 2), ERR_CHANGED);
			}
			break;
		case 5:
		case 6:
			/* Something off the line, or off all of it. */
			OK(sale_discount(shop, *id, version, rnd(2) == 0 ?
			    line : 0, &(struct wish){
			    .kind = rnd(2) == 0 ? WISH_PERCENT : WISH_AMOUNT,
			    .value = 1 + rnd(9000) }));
			if (rnd(4) == 0) {
				OK(sale_undo(shop, *id, version, what,
				    sizeof(what)));
			}
			break;
		default:
			break;
		}
		level[p] -= qty;
		live++;
	}
}

static void
pay(int64_t id, int64_t *version)
{
	bool	posted = false;
	int64_t	change, was = *version;

	while (!posted) {
		struct sale	sale;
		int64_t		due;
		const char	*tender = rnd(2) == 0 ? "cash" : "card";
		int64_t		amount = 0;

		OK(sale_load(shop, id, &sale));
		due = sale.due;
		sale_done(&sale);
		if (due > 10 && rnd(4) == 0) {
			amount = 1 + rnd((int)due);
		} else if (tender[2] == 's' && rnd(2) == 0) {
			amount = due + 5 + rnd(5000);
		}
		OK(sale_pay(shop, id, version, tender, amount, &change,
		    &posted));
		assert_true(change >= 0);
	}
	assert_true(sale_pay(shop, id, &was, "cash", 0, &change,
	    &posted) == ERR_CHANGED);
}

static void
holds(int64_t id, int64_t number)
{
	struct sale	sale;
	int64_t		sum = 0, gross = 0, paid = 0, vat = 0;
	char		ticket[32];

	OK(sale_load(shop, id, &sale));
	(void)snprintf(ticket, sizeof(ticket), "0-%06lld",
	    (long long)number);
	assert_string_equal(sale.ticket, ticket);
	for (size_t i = 0; i < sale.nlines; i++) {
		const struct sale_line	*l = &sale.lines[i];
		int64_t			 whole;

		if (l->state != LINE_VOID) {
			sum += l->amount;
			OK(money_times(l->price, l->qty, &whole));
			assert_int_equal(l->amount, whole - l->off);
		}
		if (l->state == LINE_LIVE) {
			assert_true(l->off >= 0 && l->amount >= 0);
		}
	}
	for (int i = 0; i < sale.nvat; i++) {
		assert_int_equal(sale.vat[i].net + sale.vat[i].vat,
		    sale.vat[i].gross);
		gross += sale.vat[i].gross;
		vat += sale.vat[i].vat;
	}
	for (size_t i = 0; i < sale.npayments; i++) {
		assert_int_equal(sale.payments[i].given -
		    sale.payments[i].change, sale.payments[i].amount);
		paid += sale.payments[i].amount;
	}
	if (sale.tax_added) {
		assert_int_equal(sale.total, sum + vat);
	} else {
		assert_int_equal(sale.total, sum);
		assert_int_equal(sale.total, gross);
	}
	assert_int_equal(paid, sale.total + sale.rounding);
	assert_in_range(sale.rounding + 2, 0, 4);
	assert_int_equal(sale.due, 0);
	sale_done(&sale);
}

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

static void
test_country(void **state)
{
	int64_t	bad, qty;

	shop = test_shop(*state, dir);
	OK(db_unsettle(shop->db));
	catalogue();
	promotions();
	for (int64_t n = 1; n <= SALES; n++) {
		int64_t	id = 0, version = 0;

		lines(&id, &version);
		pay(id, &version);
		holds(id, n);
		test_now += rnd(600000);
	}
	OK(db_settle(shop->db));
	for (int i = 0; i < PRODUCTS; i++) {
		OK(stock_level(shop, product[i], &qty));
		assert_int_equal(qty, level[i]);
	}
	OK(check_run(shop, finding, NULL, &bad));
	assert_int_equal(bad, 0);
	test_done(shop, dir);
}

int
main(void)
{
	static char	fr[] = "FR", be[] = "BE", qc[] = "CA-QC";
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_prestate(test_country, fr),
		cmocka_unit_test_prestate(test_country, be),
		cmocka_unit_test_prestate(test_country, qc),
	};
	const char		*given = getenv("COMPTOIR_SEED");

	seed = given != NULL ? strtoull(given, NULL, 10) :
	    (uint64_t)time(NULL) * 2654435761U + 1;
	print_message("COMPTOIR_SEED=%llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
