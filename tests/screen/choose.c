/* SPDX-License-Identifier: ISC */
/* What an item comes in and with, asked on the sale screen. */
#include "till.h"

#include "shop/option.h"
#include "shop/variant.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static void
option(const char *code, const char *group, const char *choice,
    const char *component, int64_t least, int64_t most, bool included,
    int64_t price, const char *against)
{
	const struct option_row	row = {
		.code = code, .group = group, .choice = choice,
		.component = component, .against = against, .least = least,
		.most = most, .included = included, .price = price,
	};

	OK(option_put_row(owner, &row));
}

static void
variant(const char *code, const char *first, const char *second)
{
	const struct variant_row	row = {
		.template = "4000", .axes = "Taille|Couleur", .code = code,
		.first = first, .second = second,
		.delta = strcmp(first, "XL") == 0 ? 200 : 0,
	};

	OK(variant_put(owner, &row));
}

static void
enter_at(const char *language, int rows, int cols)
{
	struct session_config	c = till_config(rows, cols);

	till_enter(&t, dir, "Anna", ROLE_MANAGER, "Till 1", language, &c);
	till_type(t.s, ":sell\r");
}

static int
setup(void **state)
{
	(void)state;
	owner = till_shop(dir);
	(void)test_product(owner, "1050", "Menu du jour", "meal", "pc", 2500,
	    false);
	(void)test_product(owner, "1051", "Poisson", "meal", "pc", 2640,
	    false);
	(void)test_product(owner, "1052", "Verre de vin", "alcohol", "pc",
	    600, true);
	(void)test_product(owner, "1060", "Steak", "meal", "pc", 1600, false);
	(void)test_product(owner, "1061", "Œuf", "meal", "pc", 150, false);
	(void)test_product(owner, "4000", "T-shirt", "standard", "pc", 1800,
	    true);
	option("1050", "Plat", "Poisson", "1051", 1, 1, true, 0, "");
	option("1050", "Plat", "Homard", "1051", 1, 1, true, 800, "");
	option("1050", "Boisson", "Verre de vin", "1052", 1, 1, true, 0, "");
	option("1050", "Boisson", "Eau", "", 1, 1, true, 0, "");
	option("1060", "Cuisson", "bleu", "", 1, 1, false, 0, "");
	option("1060", "Cuisson", "saignant", "", 1, 1, false, 0, "");
	option("1060", "Cuisson", "à point", "", 1, 1, false, 0, "");
	option("1060", "Avec", "œuf", "1061", 0, 2, false, 150, "");
	option("1060", "Avec", "sauce poivre", "", 0, 2, false, 0, "");
	option("1060", "Avec", "tartare", "", 0, 2, false, 0, "bleu");
	variant("4001", "M", "noir");
	variant("4002", "M", "rouge");
	variant("4003", "XL", "noir");
	enter_at("en", 24, 80);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	test_done(owner, dir);
	return 0;
}

static void
stored(struct sale *out)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_open_list(owner, &rows, &n));
	assert_int_equal(n, 1);
	OK(sale_load(owner, rows[0].id, out));
	free(rows);
}

static void
total_is(int64_t total)
{
	struct sale	sale;

	stored(&sale);
	assert_int_equal(sale.total, total);
	sale_done(&sale);
}

static size_t
open_sales(void)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_open_list(owner, &rows, &n));
	free(rows);
	return n;
}

static void
a_forced_choice_is_asked(void **state)
{
	(void)state;
	till_type(t.s, "1060\r");
	till_expect(t.s, "Steak  Cuisson  1/2");
	till_expect(t.s, " 2 saignant");
	assert_int_equal(open_sales(), 0);
	till_type(t.s, "\r");
	till_expect(t.s, "Cuisson: choose 1");
	till_type(t.s, "9\r");
	till_expect(t.s, "1 to 3");
	till_type(t.s, "2\r");
	till_expect(t.s, "Steak  Avec  2/2");
	till_type(t.s, "1\r");
	till_expect(t.s, "* 1 œuf");
	till_type(t.s, "\r");
	till_expect_row(t.s, 2, "1 Steak   saignant");
	till_expect_row(t.s, 3, "+ œuf");
	till_expect_row(t.s, 3, "1,50");
	till_expect(t.s, "TOTAL      17,50 €");
	total_is(1750);
	/* *3 is three of it all; F8 takes it all away. */
	till_type(t.s, "*3\r");
	till_expect(t.s, "TOTAL      52,50 €");
	till_type(t.s, "\033[19~");
	till_expect(t.s, "Steak is off");
	total_is(0);
}

static void
names_and_steps_back(void **state)
{
	(void)state;
	till_type(t.s, "2*1060\r");
	till_expect(t.s, "2 Steak  Cuisson");
	till_type(t.s, "ble\r");
	till_expect(t.s, "Avec  2/2");
	till_type(t.s, "tart\r");
	till_expect(t.s, "tartare does not go with bleu");
	till_esc(t.s);
	till_esc(t.s);
	till_expect(t.s, "Cuisson  1/2");
	till_expect(t.s, "* 1 bleu");
	till_type(t.s, "3\r3.2\r\r");
	till_expect(t.s, "2 Steak   à point, sauce poivre, tartare");
	total_is(3200);
	/* A scan is no number of a choice. */
	till_type(t.s, "1060\r4006381333931\r");
	till_expect(t.s, "a barcode is not taken here");
	till_type(t.s, "\025");
	till_esc(t.s);
	total_is(3200);
}

static void
who_knows_the_numbers(void **state)
{
	(void)state;
	till_type(t.s, "1060.2\r");
	till_expect(t.s, "1 Steak   saignant");
	till_type(t.s, "1050.2.1\r");
	till_expect(t.s, "TOTAL      49,00 €");
	till_type(t.s, "1060.1.3\r");
	till_expect(t.s, "does not go with");
	assert_string_equal(session_entry(t.s), "1060.1.3");
	till_type(t.s, "\0251050.2\r");
	till_expect(t.s, "Menu du jour  Boisson  2/2");
	till_type(t.s, "2\r");
	total_is(1600 + 3300 + 3300);
	till_type(t.s, "4000.2.1\r");
	till_expect(t.s, "T-shirt XL noir");
	total_is(1600 + 3300 + 3300 + 2000);
}

static void
a_size_is_asked(void **state)
{
	(void)state;
	till_type(t.s, "3*4000\r");
	till_expect(t.s, "3 T-shirt  Taille  1/2");
	till_type(t.s, "1\r");
	till_expect(t.s, "T-shirt  Couleur  2/2");
	till_expect(t.s, " 2 rouge");
	till_esc(t.s);
	till_expect(t.s, "Taille  1/2");
	till_type(t.s, "2\r");
	till_refuse(t.s, "rouge");
	till_type(t.s, "1\r");
	till_expect(t.s, "3 T-shirt XL noir");
	total_is(6000);
	till_type(t.s, "4002\r");
	till_expect(t.s, "T-shirt M rouge");
}

/* Somebody took the sale while the questions stood: what was typed is there. */
static void
taken_while_asked(void **state)
{
	struct shop		*other = test_till(dir, "Paul", "Till 2");
	struct sale_brief	*rows;
	int64_t			 version = 0;
	size_t			 n;

	(void)state;
	till_type(t.s, "10\r3*1060\r");
	till_expect(t.s, "Cuisson");
	OK(sale_open_list(owner, &rows, &n));
	OK(sale_take(other, rows[0].id, &version));
	free(rows);
	till_type(t.s, "3\r\r");
	till_expect(t.s, "Paul");
	till_refuse(t.s, "Steak");
	assert_string_equal(session_entry(t.s), "3*1060");
	total_is(250);
	shop_close(other);
}

static void
options_are_changed_later(void **state)
{
	(void)state;
	till_type(t.s, "1060.2.1\r:options\r");
	till_expect(t.s, "* 2 saignant");
	till_type(t.s, "1\r1\r2\r\r");
	till_expect(t.s, "1 Steak   bleu, sauce poivre");
	total_is(1600);
	till_type(t.s, ":undo\r");
	till_expect(t.s, "1 Steak   saignant");
	total_is(1750);
	till_type(t.s, "1001\r:options\r");
	till_expect(t.s, "Croque-monsieur has no options");
}

static void
how_it_is_consumed(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:mode packed\r");
	till_expect_row(t.s, 0, "SALE  packed for later");
	till_expect(t.s, "consumed: packed for later");
	till_type(t.s, ":preview\r");
	till_expect(t.s, "5,5%");
	till_expect(t.s, "emball");
	till_esc(t.s);
	till_type(t.s, ":mode\r");
	till_expect(t.s, "How is it consumed?");
	till_type(t.s, "5\r");
	till_expect(t.s, "consumed: not said");
	till_type(t.s, ":mode nowhere\r");
	till_expect(t.s, "is no way of consuming");
	assert_string_equal(session_entry(t.s), ":mode nowhere");
}

static void
how_it_looks(void **state)
{
	(void)state;
	till_type(t.s, "1001\r1050.1.1\r1060\r");
	till_golden(t.s, "options_80x24");
	till_type(t.s, "2\r1\r\r");
	till_golden(t.s, "options_sold_80x24");
	till_leave(&t);
	enter_at("fr", 24, 80);
	till_type(t.s, "1060.3\r1060.1\r1050\r");
	till_golden(t.s, "options_80x24_fr");
	till_esc(t.s);
	till_leave(&t);
	enter_at("en", 12, 40);
	till_type(t.s, "4000\r1\r");
	till_golden(t.s, "options_40x12");
	till_type(t.s, "2\r");
	till_golden(t.s, "options_sold_40x12");
	/* A choice is read whole beside its price. */
	till_type(t.s, "1050\r2\r");
	till_expect(t.s, "1 Verre de vin");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(a_forced_choice_is_asked),
		T(names_and_steps_back),
		T(who_knows_the_numbers),
		T(a_size_is_asked),
		T(taken_while_asked),
		T(options_are_changed_later),
		T(how_it_is_consumed),
		T(how_it_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
