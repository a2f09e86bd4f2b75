/* SPDX-License-Identifier: ISC */
/* Quick keys: pressed on the sale, and arranged by a manager. */
#include "till.h"

#include "shop/option.h"
#include "shop/quickkey.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static void
open_till(int rows, int cols, const char *language, bool keys)
{
	struct session_config	c = till_config(rows, cols);
	struct product		p = { .active = true, .unit = "pc",
				    .tax_class = "standard" };
	int64_t			id;

	owner = till_shop(dir);
	(void)strcpy(p.code, "7");
	(void)strcpy(p.name, "Divers");
	p.kind = PRODUCT_DEPARTMENT;
	OK(product_add(owner, &p, NULL, 0, &id));
	if (keys) {
		OK(quick_page_put(owner, 0, 1, "Boissons"));
		OK(quick_key_put(owner, 0, 1, 'a', "", "10"));
		OK(quick_key_put(owner, 0, 1, 'b', "Crème", "11 sans sucre"));
		OK(quick_key_put(owner, 0, 1, 'c', "Goûter",
		    "10; 2*1001; 7@1.20"));
		OK(quick_key_put(owner, 0, 1, 'd', "Divers", "7"));
		OK(quick_key_put(owner, 0, 1, 'e', "Comté", "2001"));
		OK(quick_page_put(owner, 0, 2, "Plats"));
		OK(quick_key_put(owner, 0, 2, 'a', "", "1002 saignant"));
	}
	till_enter(&t, dir, "Anna", ROLE_MANAGER, "Till 1", language, &c);
	till_type(t.s, ":sell\r");
}

static int
setup(void **state)
{
	(void)state;
	open_till(24, 80, "en", true);
	return 0;
}

static int
setup_bare(void **state)
{
	(void)state;
	open_till(24, 80, "en", false);
	return 0;
}

static int
setup_phone(void **state)
{
	(void)state;
	open_till(12, 40, "fr", true);
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
sale_is(size_t lines, int64_t total)
{
	struct sale	sale;

	till_stored(owner, &sale);
	if (sale.nlines != lines || sale.total != total) {
		till_dump(t.s, "sale_is");
	}
	assert_int_equal(sale.nlines, lines);
	assert_int_equal(sale.total, total);
	sale_done(&sale);
}

static void
an_empty_sale_shows_them(void **state)
{
	(void)state;
	till_expect(t.s, "Boissons  1/2");
	till_expect(t.s, "a Café");
	till_expect(t.s, "b Crème");
	till_golden(t.s, "quick-80x24");
	till_type(t.s, "1001\r");
	till_refuse(t.s, "Boissons");
	/* And when they are asked for. */
	till_type(t.s, ";");
	till_expect(t.s, "Boissons  1/2");
	till_expect(t.s, "a letter sells");
	till_esc(t.s);
	till_refuse(t.s, "Boissons");
	sale_is(1, 980);
}

static void
a_letter_sells_at_once(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, ";b");
	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, 1);
	assert_string_equal(sale.lines[0].label, "Café crème");
	assert_string_equal(sale.lines[0].note, "sans sucre");
	sale_done(&sale);
	assert_string_equal(session_entry(t.s), "");
	till_type(t.s, ";z");
	till_expect(t.s, "nothing is on key z of Boissons");
	sale_is(1, 380);
	/* Three of a key, and all typed ahead. */
	till_type(t.s, "3*;a1001\r");
	sale_is(3, 380 + 750 + 980);
}

static void
the_same_key_again_is_one_more(void **state)
{
	(void)state;
	till_type(t.s, ";a;a;A");
	sale_is(1, 750);
	till_type(t.s, "2*;a");
	sale_is(1, 1250);
	till_type(t.s, ":undo\r");
	sale_is(1, 750);
	/* Something between: a line of its own, however soon. */
	till_type(t.s, "1001\r;a");
	sale_is(3, 750 + 980 + 250);
	/* Its line was taken out: nothing to add to. */
	till_type(t.s, ":8;a");
	sale_is(4, 750 + 980 + 250);
}

static void
a_key_sells_several_things(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, ";c");
	sale_is(3, 250 + 1960 + 120);
	till_type(t.s, ";c");
	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, 3);
	assert_int_equal(sale.lines[1].qty, 4 * QTY_ONE);
	assert_int_equal(sale.total, 2 * (250 + 1960 + 120));
	sale_done(&sale);
	till_type(t.s, ":undo\r");
	sale_is(3, 250 + 1960 + 120);
}

static void
what_a_key_does_not_know_is_asked(void **state)
{
	(void)state;
	till_type(t.s, ";d");
	till_expect(t.s, "Divers: at what price?");
	till_type(t.s, "3\r");
	sale_is(1, 300);
	till_type(t.s, ";e");
	till_expect(t.s, "how many kg?");
	till_type(t.s, "0.2\r");
	sale_is(2, 300 + 578);
}

/* The options of a key are part of it; what it leaves open is asked. */
static void
a_key_chooses_options(void **state)
{
	struct option_row	row = { .code = "1002", .group = "Cuisson",
				    .least = 1, .most = 1, .component = "",
				    .against = "" };
	struct sale		sale;

	(void)state;
	row.choice = "bleu";
	OK(option_put_row(owner, &row));
	row.choice = "saignant";
	OK(option_put_row(owner, &row));
	OK(quick_key_put(owner, 0, 1, 'f', "Bleu", "1002 1 bien chaud"));
	OK(quick_key_put(owner, 0, 1, 'g', "Entrecôte", "1002"));
	till_pass(t.s, 1000);
	session_news(t.s, ~0U);
	till_type(t.s, ";f");
	till_stored(owner, &sale);
	assert_string_equal(sale.lines[0].label, "Entrecôte 300 g");
	assert_string_equal(sale.lines[0].note, "bien chaud");
	sale_done(&sale);
	till_expect(t.s, "bleu");
	till_type(t.s, ";g");
	till_expect(t.s, "Cuisson");
}

static void
pages_turn(void **state)
{
	(void)state;
	till_type(t.s, ";;");
	till_expect(t.s, "Plats  2/2");
	till_type(t.s, "a");
	sale_is(1, 2400);
	till_type(t.s, ";;");
	till_expect(t.s, "Boissons  1/2");
	till_esc(t.s);
	till_type(t.s, ";2\r");
	till_expect(t.s, "Plats  2/2");
	till_type(t.s, "a");
	sale_is(1, 4800);
	till_type(t.s, ";9\r");
	till_expect(t.s, "there are 2 pages");
	/* A scan of digits behind it sells nothing. */
	till_esc(t.s);
	till_type(t.s, ";4006381333931\r");
	sale_is(1, 4800);
	till_esc(t.s);
	till_type(t.s, ":quick\r");
	till_expect(t.s, "Plats  2/2");
}

static void
without_keys_it_says_so(void **state)
{
	(void)state;
	till_type(t.s, ";\r");
	till_expect(t.s, ":quickkeys arranges them");
}

static void
a_manager_arranges_them(void **state)
{
	struct quick	quick;

	(void)state;
	till_type(t.s, ":quickkeys\r");
	till_expect_row(t.s, 0, "QUICK KEYS");
	till_expect(t.s, "no page yet");
	till_type(t.s, "\rBoissons\r");
	till_expect(t.s, "1  Boissons");
	till_type(t.s, "c\r");
	till_expect_row(t.s, 0, "QUICK KEY");
	till_type(t.s, "10; 1001 bien cuit\rFormule\r");
	till_expect_row(t.s, 0, "QUICK KEYS");
	till_expect(t.s, "c Formule");
	/* Refusals say what is right, and nothing typed is lost. */
	till_type(t.s, "d\r9999\r");
	till_expect(t.s, "nothing has the code 9999");
	assert_string_equal(session_entry(t.s), "9999");
	till_type(t.s, "1001@2\r");
	till_expect(t.s, "in the catalogue");
	till_esc(t.s);
	till_esc(t.s);
	till_expect_row(t.s, 0, "QUICK KEYS");
	OK(quick_load(owner, 0, &quick));
	assert_int_equal(quick.n, 1);
	assert_int_equal(quick.pages[0].keys[2].n, 2);
	assert_string_equal(quick.pages[0].keys[2].items[1].note,
	    "bien cuit");
	assert_int_equal(quick.pages[0].keys[3].n, 0);
	quick_done(&quick);
	/* The arrows, and F8 empties. */
	till_type(t.s, "c\r");
	till_esc(t.s);
	till_type(t.s, "\tv");
	till_refuse(t.s, "Formule");
	/* A new page after the last. */
	till_type(t.s, "\033[6~");
	till_expect(t.s, "no page yet");
	/* And this till's own. */
	till_esc(t.s);
	till_type(t.s, ":quickkeys here\r");
	till_expect(t.s, "(Till 1)");
	till_type(t.s, "\rBar\ra\r10\r\r");
	till_esc(t.s);
	till_type(t.s, ";a");
	sale_is(1, 250);
}

static void
a_phone_has_them_too(void **state)
{
	(void)state;
	till_refuse(t.s, "Boissons");
	till_type(t.s, "1001\r;");
	till_expect(t.s, "Boissons  1/2");
	till_golden(t.s, "quick-40x12-fr");
	till_type(t.s, "a");
	sale_is(2, 1230);
	till_type(t.s, ":quickkeys\r");
	till_expect_row(t.s, 0, "TOUCHES RAPIDES");
	till_golden(t.s, "quickkeys-40x12-fr");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(an_empty_sale_shows_them),
		T(a_letter_sells_at_once),
		T(the_same_key_again_is_one_more),
		T(a_key_sells_several_things),
		T(what_a_key_does_not_know_is_asked),
		T(a_key_chooses_options),
		T(pages_turn),
		cmocka_unit_test_setup_teardown(without_keys_it_says_so,
		    setup_bare, teardown),
		cmocka_unit_test_setup_teardown(a_manager_arranges_them,
		    setup_bare, teardown),
		cmocka_unit_test_setup_teardown(a_phone_has_them_too,
		    setup_phone, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
