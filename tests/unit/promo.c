/* SPDX-License-Identifier: ISC */
/* What promotions take off, worked out by hand and held against what must be
 * true of any.  COMPTOIR_SEED repeats a run. */
#include "trade.h"

#include "shop/promo.h"

#define LINES	8
#define PROMOS	6

static uint64_t		seed;
static struct promo_line line[LINES];
static struct promo	promo[PROMOS];
static struct promo_item item[PROMOS][4];
static struct promo_cuts cuts;

static int
setup(void **state)
{
	(void)state;
	(void)setenv("TZ", "UTC", 1);
	tzset();
	memset(line, 0, sizeof(line));
	memset(promo, 0, sizeof(promo));
	memset(item, 0, sizeof(item));
	for (int i = 0; i < PROMOS; i++) {
		promo[i].id = i + 1;
		promo[i].place = 10 * (i + 1);
		promo[i].scope.when = (struct period)PERIOD_ALWAYS;
		promo[i].item = item[i];
	}
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(cuts.cut);
	free(cuts.off);
	memset(&cuts, 0, sizeof(cuts));
	return 0;
}

/* A line of so many pieces of a product, at a unit price. */
static void
pieces(int at, int64_t product, const char *category, int64_t n,
    int64_t price)
{
	line[at] = (struct promo_line){
		.product = product, .qty = n * QTY_ONE, .amount = n * price,
		.category = category, .pieces = true, .at = test_now,
	};
}

static void
apply(size_t npromos, size_t nlines)
{
	const struct promo_sale	sale = { .line = line, .nlines = nlines };

	free(cuts.cut);
	free(cuts.off);
	OK(promo_apply(promo, npromos, &sale, &cuts));
}

static void
percent_and_amount(void **state)
{
	(void)state;
	pieces(0, 1, "Boissons", 2, 250);
	pieces(1, 2, "Plats", 1, 1850);
	promo[0].kind = PROMO_PERCENT;
	promo[0].percent = 20000;
	promo[0].nitems = 1;
	(void)strcpy(item[0][0].category, "Boissons");
	item[0][0].part = 1;
	promo[1].kind = PROMO_AMOUNT;
	promo[1].amount = 50;
	apply(2, 2);
	/* 20 % of 5.00, then 0.50 off each of the three pieces. */
	assert_int_equal(cuts.off[0], 100 + 100);
	assert_int_equal(cuts.off[1], 50);
	assert_int_equal(cuts.n, 3);
	assert_int_equal(cuts.cut[0].promo, 0);
	assert_int_equal(cuts.cut[0].amount, 100);
}

static void
n_for_m_gives_the_cheapest(void **state)
{
	(void)state;
	promo[0].kind = PROMO_N_FOR_M;
	promo[0].n = 3;
	promo[0].m = 2;
	pieces(0, 1, "", 2, 300);
	pieces(1, 2, "", 2, 500);
	apply(1, 2);
	/* 5 5 3 | 3: of the one whole group the 3. */
	assert_int_equal(cuts.total, 300);
	assert_int_equal(cuts.off[0], 300);
	pieces(2, 3, "", 5, 100);
	apply(1, 3);
	/* 5 5 3 | 3 1 1 | 1 1 1 */
	assert_int_equal(cuts.total, 300 + 100 + 100);
	promo[0].times = 1;
	apply(1, 3);
	assert_int_equal(cuts.total, 300);
	/* A weighing is no piece. */
	line[0].pieces = line[1].pieces = line[2].pieces = false;
	apply(1, 3);
	assert_int_equal(cuts.total, 0);
}

static void
the_second_at_half(void **state)
{
	(void)state;
	promo[0].kind = PROMO_SECOND;
	promo[0].percent = 50000;
	pieces(0, 1, "", 3, 499);
	apply(1, 1);
	assert_int_equal(cuts.total, 250);	/* 249.5 */
	pieces(1, 2, "", 1, 999);
	apply(1, 2);
	/* 9.99 4.99 | 4.99 4.99: 1.5 of the three, on one line */
	assert_int_equal(cuts.total, 499);
}

static void
a_bundle_has_its_price(void **state)
{
	(void)state;
	promo[0].kind = PROMO_BUNDLE;
	promo[0].amount = 900;
	promo[0].nitems = 2;
	item[0][0] = (struct promo_item){ .part = 1, .product = 1, .qty = 1 };
	item[0][1] = (struct promo_item){ .part = 2, .product = 2, .qty = 2 };
	pieces(0, 1, "", 2, 700);
	pieces(1, 2, "", 3, 200);
	apply(1, 2);
	/* One set: 7 + 2 + 2 = 11, two less, 1.27 and 0.73. */
	assert_int_equal(cuts.total, 200);
	assert_int_equal(cuts.off[0], 127);
	assert_int_equal(cuts.off[1], 73);
	promo[0].amount = 1200;		/* dearer than its parts: nothing */
	apply(1, 2);
	assert_int_equal(cuts.total, 0);
}

static void
a_threshold_looks_at_what_is_left(void **state)
{
	(void)state;
	promo[0].kind = PROMO_THRESHOLD;
	promo[0].threshold = 5000;
	promo[0].amount = 1000;
	promo[1].kind = PROMO_PERCENT;
	promo[1].percent = 10000;
	promo[1].nitems = 1;
	item[1][0] = (struct promo_item){ .part = 1, .product = 2, .qty = 1 };
	pieces(0, 1, "", 1, 4000);
	pieces(1, 2, "", 1, 2000);
	apply(1, 2);
	assert_int_equal(cuts.n, 1);
	assert_int_equal(cuts.cut[0].line, -1);
	/* A08: 40 and 20, ten off. */
	assert_int_equal(cuts.off[0], 667);
	assert_int_equal(cuts.off[1], 333);
	pieces(1, 2, "", 1, 1050);	/* 9.45 behind its percent: 49.45 */
	apply(2, 2);
	assert_int_equal(cuts.total, 105);
}

static void
what_stands_alone_shares_nothing(void **state)
{
	(void)state;
	promo[0].kind = PROMO_PERCENT;
	promo[0].percent = 10000;
	promo[0].alone = true;
	promo[1].kind = PROMO_PERCENT;
	promo[1].percent = 30000;
	promo[1].alone = true;
	promo[1].nitems = 1;
	item[1][0] = (struct promo_item){ .part = 1, .product = 2, .qty = 1 };
	promo[2].kind = PROMO_PERCENT;
	promo[2].percent = 5000;
	pieces(0, 1, "", 1, 1000);
	pieces(1, 2, "", 1, 1000);
	apply(3, 2);
	/* 30 % on the one, 10 % on the other, the 5 % on none. */
	assert_int_equal(cuts.off[0], 100);
	assert_int_equal(cuts.off[1], 300);
	/* Two that share (3.00, then 5 % of 10 and of 7) are better than one
	 * that does not, or they are not. */
	promo[1].alone = false;
	promo[0].percent = 15000;
	apply(3, 2);
	assert_int_equal(cuts.total, 385);
	promo[0].percent = 30000;
	apply(3, 2);
	assert_int_equal(cuts.total, 600);
}

static void
the_moment_of_entry_counts(void **state)
{
	(void)state;
	promo[0].kind = PROMO_PERCENT;
	promo[0].percent = 50000;
	OK(period_hours(&promo[0].scope.when, "17:00-19:00"));
	OK(period_days(&promo[0].scope.when, "mon-fri"));
	for (int i = 0; i < 5; i++) {
		pieces(i, 1, "", 1, 1000);
	}
	/* Friday 2026-11-20 UTC, and the Saturday after. */
	line[0].at = INT64_C(1795193999999);	/* 16:59:59.999 */
	line[1].at = INT64_C(1795194000000);	/* 17:00 */
	line[2].at = INT64_C(1795201199999);	/* 18:59:59.999 */
	line[3].at = INT64_C(1795201200000);	/* 19:00 */
	line[4].at = line[1].at + INT64_C(86400000);
	apply(1, 5);
	assert_int_equal(cuts.off[0], 0);
	assert_int_equal(cuts.off[1], 500);
	assert_int_equal(cuts.off[2], 500);
	assert_int_equal(cuts.off[3], 0);
	assert_int_equal(cuts.off[4], 0);
	/* Past midnight it is still the day it began. */
	OK(period_hours(&promo[0].scope.when, "22:00-02:00"));
	OK(period_days(&promo[0].scope.when, "fri"));
	line[0].at = INT64_C(1795219200000);	/* Saturday 00:00 */
	line[1].at = INT64_C(1795226400000);	/* Saturday 02:00 */
	line[2].at = INT64_C(1795132800000);	/* Friday 00:00 */
	line[3].at = INT64_C(1795212000000);	/* Friday 22:00 */
	apply(1, 4);
	assert_int_equal(cuts.off[0], 500);
	assert_int_equal(cuts.off[1], 0);
	assert_int_equal(cuts.off[2], 0);
	assert_int_equal(cuts.off[3], 500);
	/* Days of the calendar hold their last day. */
	OK(period_hours(&promo[0].scope.when, "0-24"));
	OK(period_days(&promo[0].scope.when, "mon-sun"));
	OK(period_until(&promo[0].scope.when, "2026-11-20"));
	apply(1, 4);
	assert_int_equal(cuts.off[0], 0);
	assert_int_equal(cuts.off[2], 500);
	assert_int_equal(cuts.off[3], 500);
	/* And a line is older than the promotion, or younger than its end. */
	promo[0].scope.when = (struct period)PERIOD_ALWAYS;
	promo[0].made_at = line[1].at;
	promo[0].ended_at = line[1].at + 1;
	apply(1, 4);
	assert_int_equal(cuts.off[0], 0);
	assert_int_equal(cuts.off[1], 500);
	line[1].at++;
	apply(1, 4);
	assert_int_equal(cuts.total, 0);
}

static void
words_of_time(void **state)
{
	struct period	p = PERIOD_ALWAYS;
	char		text[PERIOD_TEXT];

	(void)state;
	assert_true(period_open(&p));
	period_text(&p, text);
	assert_string_equal(text, "");
	OK(period_days(&p, "sat-mon,wed"));
	OK(period_hours(&p, "7:30-19"));
	OK(period_since(&p, "2026-11-20"));
	period_text(&p, text);
	assert_string_equal(text,
	    "mon,wed,sat-sun 07:30-19:00 from 2026-11-20");
	assert_int_equal(period_days(&p, "mon-"), ERR_INVALID);
	assert_int_equal(period_days(&p, ""), ERR_INVALID);
	assert_int_equal(period_days(&p, "monday"), ERR_INVALID);
	assert_int_equal(period_hours(&p, "17:00"), ERR_INVALID);
	assert_int_equal(period_hours(&p, "17:00-17:00"), ERR_INVALID);
	assert_int_equal(period_hours(&p, "17:00--1"), ERR_INVALID);
	assert_int_equal(period_hours(&p, "25-26"), ERR_INVALID);
	assert_int_equal(period_hours(&p, "17:5-18"), ERR_INVALID);
	assert_int_equal(period_until(&p, "2026-02-30"), ERR_INVALID);
}

/* --- whatever they are --------------------------------------------------- */

static int
rnd(int below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)((seed >> 11) % (uint64_t)below);
}

static void
random_promo(struct promo *p, struct promo_item *items)
{
	p->kind = (enum promo_kind)rnd(PROMO_KIND_COUNT);
	p->percent = 1 + rnd(RATE_ONE);
	p->amount = 1 + rnd(3000);
	p->n = 2 + rnd(4);
	p->m = 1 + rnd((int)p->n - 1);
	p->threshold = rnd(6000);
	p->times = rnd(3);
	p->alone = rnd(2) == 0;
	if (p->kind == PROMO_THRESHOLD && rnd(2) == 0) {
		p->percent = 0;
	}
	p->nitems = (size_t)rnd(4);
	if (p->kind == PROMO_BUNDLE) {
		p->nitems = 2;
	}
	for (size_t i = 0; i < p->nitems; i++) {
		items[i] = (struct promo_item){
			.part = p->kind == PROMO_BUNDLE ? (int)i + 1 : 1,
			.product = 1 + rnd(4), .qty = 1 + rnd(2),
		};
	}
}

/* The lines as they are with one of two halves of the promotions. */
static int64_t
total_of(const struct promo *some, size_t n, size_t nlines)
{
	const struct promo_sale	sale = { .line = line, .nlines = nlines };
	struct promo_cuts	own;
	int64_t			total;

	OK(promo_apply(some, n, &sale, &own));
	total = own.total;
	free(own.cut);
	free(own.off);
	return total;
}

static void
what_holds_for_any(void **state)
{
	(void)state;
	for (int round = 0; round < 4000; round++) {
		size_t		 nlines = 1 + (size_t)rnd(LINES);
		size_t		 npromos = 1 + (size_t)rnd(PROMOS);
		struct promo	 others[PROMOS];
		struct promo_cuts again;
		size_t		 n = 0;
		int64_t		 sum = 0, taken[LINES] = { 0 }, shared = 0;

		(void)setup(NULL);
		for (size_t i = 0; i < nlines; i++) {
			pieces((int)i, 1 + rnd(4), "", 1 + rnd(7),
			    rnd(4000));
			if (rnd(5) == 0) {
				line[i].pieces = false;
				line[i].qty = 1 + rnd(3000);
			}
			line[i].barred = rnd(9) == 0;
		}
		for (size_t i = 0; i < npromos; i++) {
			random_promo(&promo[i], item[i]);
		}
		apply(npromos, nlines);
		/* Nothing below 0, and every cent has its reason. */
		for (size_t i = 0; i < cuts.n; i++) {
			assert_true(cuts.cut[i].amount > 0);
			if (cuts.cut[i].line >= 0) {
				taken[cuts.cut[i].line] +=
				    cuts.cut[i].amount;
			} else {
				shared += cuts.cut[i].amount;
			}
			sum += cuts.cut[i].amount;
		}
		assert_int_equal(sum, cuts.total);
		for (size_t i = 0; i < nlines; i++) {
			assert_true(cuts.off[i] >= taken[i]);
			assert_true(cuts.off[i] <= line[i].amount);
			assert_true(!line[i].barred || cuts.off[i] == 0);
			shared -= cuts.off[i] - taken[i];
		}
		assert_int_equal(shared, 0);
		/* Never worse than any one that stands alone, nor than all
		 * those that do not. */
		for (size_t i = 0; i < npromos; i++) {
			if (promo[i].alone) {
				assert_true(total_of(&promo[i], 1, nlines) <=
				    cuts.total);
			} else {
				others[n++] = promo[i];
			}
		}
		assert_true(total_of(others, n, nlines) <= cuts.total);
		/* The same again is the same. */
		again = cuts;
		memset(&cuts, 0, sizeof(cuts));
		apply(npromos, nlines);
		assert_int_equal(again.n, cuts.n);
		for (size_t i = 0; i < cuts.n; i++) {
			assert_int_equal(again.cut[i].promo,
			    cuts.cut[i].promo);
			assert_int_equal(again.cut[i].line, cuts.cut[i].line);
			assert_int_equal(again.cut[i].amount,
			    cuts.cut[i].amount);
		}
		free(again.cut);
		free(again.off);
	}
}

/* Largest remainders, exactly, either way. */
static void
spread_is_exact(void **state)
{
	int64_t	w[3] = { 4000, 2000, 0 }, out[3];

	(void)state;
	OK(money_spread(1000, w, 3, out));
	assert_int_equal(out[0], 667);
	assert_int_equal(out[1], 333);
	assert_int_equal(out[2], 0);
	OK(money_spread(-1000, w, 3, out));
	assert_int_equal(out[0], -667);
	assert_int_equal(out[1], -333);
	w[0] = w[1] = 0;
	OK(money_spread(0, w, 3, out));
	assert_int_equal(money_spread(1, w, 3, out), ERR_RANGE);
	for (int round = 0; round < 3000; round++) {
		int64_t	sum = 0, all = 0, amount = rnd(100000);

		for (int i = 0; i < 3; i++) {
			w[i] = rnd(5) == 0 ? 0 : rnd(100000);
			all += w[i];
		}
		if (all == 0) {
			continue;
		}
		amount = amount > all ? all : amount;
		OK(money_spread(amount, w, 3, out));
		for (int i = 0; i < 3; i++) {
			assert_true(out[i] >= 0 && out[i] <= w[i]);
			sum += out[i];
		}
		assert_int_equal(sum, amount);
	}
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(percent_and_amount, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(n_for_m_gives_the_cheapest,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(the_second_at_half, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(a_bundle_has_its_price,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_threshold_looks_at_what_is_left, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    what_stands_alone_shares_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(the_moment_of_entry_counts,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(words_of_time, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(what_holds_for_any, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(spread_is_exact, setup,
		    teardown),
	};
	const char		*given = getenv("COMPTOIR_SEED");

	seed = given != NULL ? strtoull(given, NULL, 10) :
	    (uint64_t)time(NULL) * 2654435761U + 1;
	print_message("COMPTOIR_SEED=%llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
