/* SPDX-License-Identifier: ISC */
/* From the shop floor to the till: handed over, taken, paid in parts. */
#include "trade.h"

static char		dir[64];
static struct shop	*owner, *seller, *till1, *till2;
static int64_t		mug;

static int
setup(void **state)
{
	(void)state;
	owner = test_shop("FR", dir);
	mug = test_product(owner, "3001", "Mug", "standard", "pc", 1200, true);
	seller = test_till(dir, "Sylvie", "Floor");
	seller->who.role = ROLE_SELLER;
	seller->who.rights = role_rights(ROLE_SELLER);
	till1 = test_till(dir, "Anna", "Till 1");
	till2 = test_till(dir, "Bob", "Till 2");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shop_close(till2);
	shop_close(till1);
	shop_close(seller);
	test_done(owner, dir);
	return 0;
}

static int64_t
hand_over(int64_t n, int64_t *version)
{
	int64_t	id = 0, line;

	*version = 0;
	OK(sale_add(seller, &id, version, mug, n * QTY_ONE, NULL, &line));
	OK(sale_submit(seller, id, version));
	return id;
}

static int64_t
waiting(void)
{
	int64_t	n, since;

	OK(sale_waiting(till1, &n, &since));
	return n;
}

static int64_t
reserved(void)
{
	int64_t	qty;

	OK(sale_reserved(till1, mug, &qty));
	return qty / QTY_ONE;
}

static void
it_waits_locked_for_the_till(void **state)
{
	int64_t		version, id, line, was;
	struct sale	sale;

	(void)state;
	id = hand_over(2, &version);
	assert_int_equal(waiting(), 1);
	assert_int_equal(reserved(), 2);
	was = version;
	assert_int_equal(sale_add(seller, &id, &version, mug, QTY_ONE, NULL,
	    &line), ERR_CHANGED);
	assert_int_equal(version, was);

	OK(sale_take(till1, id, &version));
	assert_int_equal(waiting(), 0);
	assert_int_equal(sale_add(till1, &id, &version, mug, QTY_ONE, NULL,
	    &line), ERR_INVALID);
	OK(sale_load(till1, id, &sale));
	assert_int_equal(sale.state, SALE_PENDING);
	assert_string_equal(sale.seller, "Sylvie");
	assert_int_equal(sale.units, 2);
	sale_done(&sale);
}

static void
one_cashier_has_it_and_the_other_is_told(void **state)
{
	int64_t	version, other, id;

	(void)state;
	id = hand_over(1, &version);
	other = version;		/* both saw it in the list */
	OK(sale_take(till1, id, &version));
	assert_int_equal(sale_take(till2, id, &other), ERR_TAKEN);
	assert_non_null(strstr(err_text(ERR_TAKEN), "Anna"));
	assert_int_equal(sale_take(seller, id, &version), ERR_TAKEN);
}

static void
a_sale_paid_in_parts_keeps_its_goods(void **state)
{
	int64_t		version, id, change;
	bool		posted;
	struct sale	sale;

	(void)state;
	id = hand_over(3, &version);
	OK(sale_take(till1, id, &version));
	OK(sale_pay(till1, id, &version, "card", 1000, &change, &posted));
	assert_false(posted);
	assert_int_equal(sale_reopen(till1, id, &version), ERR_INVALID);
	OK(sale_hold(till1, id, &version, "Roux"));
	assert_int_equal(reserved(), 3);
	assert_int_equal(waiting(), 0);

	/* The payment taken back: it waits again, as it was handed over. */
	version = 0;
	OK(sale_take(till2, id, &version));
	{
		char	what[160];

		OK(sale_undo(till2, id, &version, what, sizeof(what)));
	}
	OK(sale_load(till2, id, &sale));
	assert_int_equal(sale.state, SALE_PENDING);
	assert_int_equal(sale.due, 3600);
	sale_done(&sale);
	OK(sale_pay(till2, id, &version, "cash", 5000, &change, &posted));
	assert_true(posted);
	assert_int_equal(change, 1400);
	assert_int_equal(reserved(), 0);
}

static void
its_seller_has_it_back_and_others_may_not(void **state)
{
	int64_t		version, id, line;
	struct shop	*waiter;

	(void)state;
	id = hand_over(1, &version);
	waiter = test_till(dir, "Walid", "Phone");
	waiter->who.rights = role_rights(ROLE_WAITER);
	assert_int_equal(sale_take(waiter, id, &version), ERR_DENIED);
	shop_close(waiter);
	OK(sale_take(seller, id, &version));
	OK(sale_add(seller, &id, &version, mug, QTY_ONE, NULL, &line));
	assert_int_equal(waiting(), 0);
	assert_int_equal(sale_submit(seller, id, &(int64_t){ version - 1 }),
	    ERR_CHANGED);
}

static void
handing_over_nothing_is_refused(void **state)
{
	int64_t	id = 0, version = 0, line;

	(void)state;
	OK(sale_add(seller, &id, &version, mug, QTY_ONE, NULL, &line));
	OK(sale_void_line(seller, id, &version, line, ""));
	assert_int_equal(sale_submit(seller, id, &version), ERR_EMPTY);
}

static void
a_sale_that_waits_can_be_cancelled_by_who_has_it(void **state)
{
	int64_t	version, id;

	(void)state;
	id = hand_over(1, &version);
	OK(sale_take(till1, id, &version));
	OK(sale_cancel(till1, id, &version, "left without it"));
	assert_int_equal(reserved(), 0);
}

static void
who_waits_stands_before_who_rings(void **state)
{
	int64_t			 version = 0, rung = 0, first, second, line;
	struct sale_brief	*rows;
	size_t			 n;

	(void)state;
	OK(sale_add(till1, &rung, &version, mug, 3 * QTY_ONE, NULL, &line));
	first = hand_over(1, &version);
	second = hand_over(2, &version);
	OK(sale_open_list(till2, &rows, &n));
	assert_int_equal(n, 3);
	assert_int_equal(rows[0].id, first);
	assert_int_equal(rows[1].id, second);
	assert_int_equal(rows[2].id, rung);
	assert_int_equal(rows[1].total, 2400);
	assert_int_equal(rows[2].total, 3600);
	assert_int_equal(rows[2].lines, 1);
	free(rows);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(it_waits_locked_for_the_till),
		T(who_waits_stands_before_who_rings),
		T(one_cashier_has_it_and_the_other_is_told),
		T(a_sale_paid_in_parts_keeps_its_goods),
		T(its_seller_has_it_back_and_others_may_not),
		T(handing_over_nothing_is_refused),
		T(a_sale_that_waits_can_be_cancelled_by_who_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
