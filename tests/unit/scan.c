/* SPDX-License-Identifier: ISC */
/* Barcodes: cases D01 to D09, labels by pattern, GS1 texts, what a scan is. */
#include "trade.h"

#include "shop/ean.h"
#include "shop/gs1.h"
#include "shop/pattern.h"

static char		dir[64];
static struct shop	*shop;

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static void
check_digits_are_known(void **state)
{
	(void)state;
	/* D01 */
	assert_int_equal(ean_check("400638133393"), 1);
	assert_int_equal(ean_check("301762042200"), 3);
	assert_int_equal(ean_check("9638507"), 4);
	assert_int_equal(ean_check("03600029145"), 2);
	assert_int_equal(ean_check("12a"), -1);
	assert_int_equal(ean_check(""), -1);
	assert_true(ean_is_valid("4006381333931"));
	assert_true(ean_is_valid("3017620422003"));
	assert_true(ean_is_valid("96385074"));
	assert_true(ean_is_valid("036000291452"));
	assert_false(ean_is_valid("4006381333932"));
	assert_false(ean_is_valid("400638133393"));
	assert_false(ean_is_valid("100"));
}

static void
a_label_is_read_by_its_pattern(void **state)
{
	struct label	label;
	char		text[32];

	(void)state;
	/* D03 */
	assert_true(label_read("21IIIIIWWWWWC", 3, 2, "2112345015002",
	    &label));
	assert_string_equal(label.item, "12345");
	assert_true(label.has_weight);
	assert_int_equal(label.weight, 1500);
	assert_false(label_read("21IIIIIWWWWWC", 3, 2, "2112345015003",
	    &label));
	assert_false(label_read("21IIIIIWWWWWC", 3, 2, "2312345015002",
	    &label));
	/* D04 */
	label = (struct label){ .item = "12345", .price = 1250 };
	OK(label_make("23IIIIIPPPPPC", 2, 2, &label, text, sizeof(text)));
	assert_string_equal(text, "2312345012500");
	/* D05 */
	label = (struct label){ .item = "01234", .price = 999 };
	OK(label_make("02IIIIIPPPPPC", 2, 2, &label, text, sizeof(text)));
	assert_string_equal(text, "0201234009993");
	label = (struct label){ .item = "012345", .price = 999 };
	assert_int_equal(label_make("02IIIIIPPPPPC", 2, 2, &label, text,
	    sizeof(text)), ERR_RANGE);
	/* Decimals of the pattern, and the currency's. */
	assert_true(label_read("23IIIIIPPPPP", 2, 0, "231234501200", &label));
	assert_int_equal(label.price, 12);
	assert_false(label_read("23IIIIIPPPPP", 2, 0, "231234501250",
	    &label));
	assert_true(label_read("23IIIIIPPPPP", 0, 2, "231234501200", &label));
	assert_int_equal(label.price, 120000);
	assert_true(label_read("28IIINWWWWN", 2, 2, "28123701509", &label));
	assert_string_equal(label.item, "123");
	assert_int_equal(label.weight, 1500);
}

/* The examples of the GS1 General Specifications, and their mirror. */
static void
the_inner_digit_checks_price_or_weight(void **state)
{
	struct label	label;
	char		text[32];

	(void)state;
	assert_int_equal(label_check("2875", 4), 9);
	assert_int_equal(label_check("14685", 5), 6);
	assert_int_equal(label_check("123", 3), -1);
	assert_int_equal(label_check("12a4", 4), -1);
	assert_true(label_read("2IIIIIVPPPPC", 2, 2, "212345928752", &label));
	assert_string_equal(label.item, "12345");
	assert_int_equal(label.price, 2875);
	/* One digit of the price wrong, though the last digit is right. */
	assert_false(label_read("2IIIIIVPPPPC", 2, 2, "212345928769",
	    &label));
	label = (struct label){ .item = "7", .weight = 14685 };
	OK(label_make("22IIIIVWWWWWC", 3, 2, &label, text, sizeof(text)));
	assert_true(label_read("22IIIIVWWWWWC", 3, 2, text, &label));
	assert_int_equal(label.weight, 14685);
	assert_int_equal(text[6], '6');
}

static void
refused(const char *pattern, int decimals)
{
	if (label_pattern_check(pattern, decimals) == 0) {
		fail_msg("%s is taken", pattern);
	}
}

static void
patterns_are_checked(void **state)
{
	(void)state;
	OK(label_pattern_check("21IIIIIWWWWWC", 3));
	OK(label_pattern_check("2IIIIIVPPPPC", 2));
	OK(label_pattern_check("04IIIINNPPPP", 0));
	refused("", 0);
	refused("21IIIII", 0);			/* no weight or price */
	refused("21WWWWWWWWWWC", 0);		/* no item */
	refused("IIIIIIIWWWWWC", 3);		/* nothing tells it */
	refused("21IIIIIXXXXXC", 0);
	refused("21IIIIIWWPPPC", 0);		/* both */
	refused("21IIWIIWWWWWC", 0);		/* in two places */
	refused("21IIIIIVVWWWW", 0);
	refused("21IIIIIVWWWWWWC", 0);		/* V over six */
	refused("21IIIIICWWWWW", 0);		/* C in the middle */
	refused("21IIIIIWWWWWC", 4);
	refused("21IIIIIWWWWWC", -1);
	refused("21IIIIIIIIIIIIIIIIIIIIIIIIWWWWWC", 3);
}

/* Any item, any value: what is made is read back. */
static void
labels_come_back(void **state)
{
	static const struct {
		const char	*pattern;
		int		 decimals;
		int64_t		 most;
	} rows[] = {
		{ "21IIIIIWWWWWC", 3, 99999 },
		{ "23IIIIIPPPPPC", 2, 99999 },
		{ "2IIIIIVPPPPC", 2, 9999 },
		{ "29IIIIIVWWWWWC", 3, 99999 },
		{ "0420IIINNWWWW", 2, 9999 },
	};
	uint64_t	seed = 42;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		size_t		at = (size_t)i % NELEM(rows);
		bool		weight = strchr(rows[at].pattern, 'W') != NULL;
		struct label	in = { .has_weight = weight }, out;
		char		text[32];
		size_t		items = 0;

		seed = seed * 6364136223846793005U + 1442695040888963407U;
		in.weight = (int64_t)((seed >> 33) %
		    (uint64_t)(rows[at].most + 1));
		for (int d = rows[at].decimals; weight && d < 3; d++) {
			in.weight *= 10;
		}
		in.price = weight ? 0 : in.weight;
		in.weight = weight ? in.weight : 0;
		for (const char *c = rows[at].pattern; *c != '\0'; c++) {
			items += *c == 'I' ? 1 : 0;
		}
		(void)snprintf(in.item, sizeof(in.item), "%0*d", (int)items,
		    (int)((seed >> 40) % 1000));
		OK(label_make(rows[at].pattern, rows[at].decimals, 2, &in,
		    text, sizeof(text)));
		if (!label_read(rows[at].pattern, rows[at].decimals, 2, text,
		    &out)) {
			fail_msg("%s: %s", rows[at].pattern, text);
		}
		assert_string_equal(out.item, in.item);
		assert_int_equal(out.weight, in.weight);
		assert_int_equal(out.price, in.price);
		/* One digit changed is noticed where there is a check. */
		if (rows[at].pattern[strlen(rows[at].pattern) - 1] == 'C') {
			text[8] = text[8] == '9' ? '0' : (char)(text[8] + 1);
			assert_false(label_read(rows[at].pattern,
			    rows[at].decimals, 2, text, &out));
		}
	}
}

static void
a_gs1_text_says_all_of_a_piece(void **state)
{
	struct gs1	g;
	int64_t		amount;

	(void)state;
	/* D09 */
	assert_true(gs1_read("010400638133393131030015001726123110LOT7",
	    &g));
	assert_string_equal(g.gtin, "04006381333931");
	assert_true(g.has_weight);
	assert_int_equal(g.weight, 1500);
	assert_string_equal(g.expiry, "2026-12-31");
	assert_string_equal(g.lot, "LOT7");
	/* A free length ends at GS, as it comes and as it is shown. */
	assert_true(gs1_read("010400638133393110LOT7\x1d" "3103001500", &g));
	assert_int_equal(g.weight, 1500);
	assert_string_equal(g.lot, "LOT7");
	assert_true(gs1_read("\x1d" "010400638133393110L\xe2\x90\x9d"
	    "21S-9\xe2\x90\x9d" "17270200", &g));
	assert_string_equal(g.lot, "L");
	assert_string_equal(g.serial, "S-9");
	assert_string_equal(g.expiry, "2027-02-28");	/* day 00 */
	assert_true(gs1_read("01040063813339313922" "1250", &g));
	assert_true(g.has_price);
	assert_true(gs1_amount(&g, 2, &amount));
	assert_int_equal(amount, 1250);
	assert_false(gs1_amount(&g, 0, &amount));
	assert_true(gs1_read("01040063813339313920" "1250", &g));
	assert_true(gs1_amount(&g, 2, &amount));
	assert_int_equal(amount, 125000);
	assert_true(gs1_read("01040063813339313012\x1d" "15261201", &g));
	assert_int_equal(g.count, 12);
	assert_string_equal(g.best, "2026-12-01");
	/* Unknown fields are passed over, of fixed and of free length. */
	assert_true(gs1_read("0104006381333931" "11260101" "240ABC\x1d"
	    "7003" "2612311200\x1d" "414" "4006381333931" "10L2", &g));
	assert_string_equal(g.lot, "L2");
	assert_true(gs1_read("0104006381333931" "3101001500", &g));
	assert_int_equal(g.weight, 150000);
	assert_true(gs1_read("0104006381333931" "3104015004", &g));
	assert_int_equal(g.weight, 1500);
	/* What breaks off, or is none. */
	assert_false(gs1_read("0104006381333932", &g));
	assert_false(gs1_read("01040063813339", &g));
	assert_false(gs1_read("0104006381333931310", &g));
	assert_false(gs1_read("01040063813339313103", &g));
	assert_false(gs1_read("0104006381333931" "17261332", &g));
	assert_false(gs1_read("0104006381333931" "10", &g));
	assert_false(gs1_read("0104006381333931" "10123456789012345678901",
	    &g));
	assert_false(gs1_read("", &g));
	assert_false(gs1_read("1234", &g));
}

static void
a_scan_is_known_by_what_it_is(void **state)
{
	(void)state;
	/* D08, and the other symbologies. */
	assert_string_equal(scan_bare("]E04006381333931", ""),
	    "4006381333931");
	assert_string_equal(scan_bare("]E496385074", ""), "96385074");
	assert_string_equal(scan_bare("]C0ABC", ""), "ABC");
	assert_string_equal(scan_bare("]d20104", ""), "0104");
	assert_string_equal(scan_bare("]Q30104", ""), "0104");
	assert_string_equal(scan_bare("]", ""), "]");
	assert_string_equal(scan_bare("4006", ""), "4006");
	assert_string_equal(scan_bare("~4006", "~"), "4006");
	assert_string_equal(scan_bare("~]C14006", "~"), "4006");
	assert_true(scan_is("4006381333931", ""));
	assert_true(scan_is("96385074", ""));
	assert_true(scan_is("036000291452", ""));
	assert_true(scan_is("]C0ABC", ""));
	assert_true(scan_is("~A1", "~"));
	assert_true(scan_is("0104006381333931" "10L2", ""));
	assert_true(scan_is("'àà-\"_&\"\"\"ç\"&", ""));	/* wrong layout */
	assert_false(scan_is("4006381333932", ""));	/* its digit is wrong */
	assert_false(scan_is("1234567", ""));
	assert_false(scan_is("~A1", ""));
	assert_false(scan_is("~", "~"));
	assert_false(scan_is("Julie", ""));
	assert_false(scan_is("", ""));
	assert_false(scan_is("]", ""));
	assert_false(scan_is("(anna)", ""));
}

static int64_t
product_with(const char *code, const char *unit, int64_t price,
    const char *barcode)
{
	int64_t	id = test_product(shop, code, code, "food", unit, price,
		    false);

	if (barcode != NULL) {
		OK(product_barcode_add(shop, id, barcode));
	}
	return id;
}

static void
the_shop_reads_them(void **state)
{
	int64_t		cheese = product_with("12345", "kg", 890, NULL);
	int64_t		pen = product_with("3001", "pc", 690,
			    "4006381333931");
	int64_t		pate = product_with("1234", "pc", 500, NULL);
	struct product	p;
	struct scan	scan;

	(void)state;
	/* D03 */
	OK(product_scan(shop, "2112345015002", &p, &scan));
	assert_int_equal(p.id, cheese);
	assert_int_equal(scan.qty, 1500);
	assert_false(scan.has_amount);
	/* D04 and D06: the weight follows, the price stays as printed. */
	OK(product_scan(shop, "2312345012500", &p, &scan));
	assert_int_equal(scan.amount, 1250);
	assert_int_equal(scan.qty, 1404);
	/* D05 */
	OK(product_scan(shop, "0201234009993", &p, &scan));
	assert_int_equal(p.id, pate);
	assert_int_equal(scan.amount, 999);
	assert_int_equal(scan.qty, QTY_ONE);
	/* D08 */
	OK(product_scan(shop, "]E04006381333931", &p, &scan));
	assert_int_equal(p.id, pen);
	/* D09 */
	OK(product_scan(shop, "]C1010400638133393131030015001726123110LOT7",
	    &p, &scan));
	assert_int_equal(p.id, pen);
	assert_int_equal(scan.qty, 1500);
	assert_string_equal(scan.lot, "LOT7");
	assert_string_equal(scan.expiry, "2026-12-31");
	assert_string_equal(scan.serial, "");
	OK(product_scan(shop, "]d2010400638133393121ab-7\x1d" "3922" "1999",
	    &p, &scan));
	assert_string_equal(scan.serial, "AB-7");
	assert_int_equal(scan.amount, 1999);
	assert_int_equal(product_scan(shop,
	    "]d20104006381333931" "3923" "1999", &p, &scan), ERR_RANGE);
	OK(setting_set(shop, "scan_prefix", "~"));
	OK(product_scan(shop, "~4006381333931", &p, &scan));
	assert_int_equal(p.id, pen);
}

static int
count_pattern(void *ctx, const struct pattern_row *row)
{
	int	*n = ctx;

	assert_true(strlen(row->pattern) >= 8);
	(*n)++;
	return 0;
}

static void
patterns_are_the_shops_own(void **state)
{
	struct product	p;
	struct scan	scan;
	int		n = 0;

	(void)state;
	(void)product_with("77", "pc", 690, NULL);
	assert_int_equal(product_scan(shop, "28000771234", &p, &scan),
	    ERR_NOT_FOUND);
	assert_int_equal(pattern_add(shop, "28IIIIIXXXX", 2), ERR_INVALID);
	OK(pattern_add(shop, "28IIIIIPPPP", 2));
	OK(product_scan(shop, "28000771234", &p, &scan));
	assert_int_equal(scan.amount, 1234);
	/* Two that would read the same label are one too many. */
	assert_int_equal(pattern_add(shop, "28IIIIIPPPP", 2), ERR_EXISTS);
	assert_int_equal(pattern_add(shop, "28IIIIWWWWW", 2), ERR_EXISTS);
	OK(pattern_add(shop, "29IIIIWWWWW", 2));
	OK(pattern_list(shop, count_pattern, &n));
	assert_int_equal(n, 5);
	OK(pattern_remove(shop, "28IIIIIPPPP"));
	assert_int_equal(product_scan(shop, "28000771234", &p, &scan),
	    ERR_NOT_FOUND);
	assert_int_equal(pattern_remove(shop, "28IIIIIPPPP"), ERR_NOT_FOUND);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(pattern_remove(shop, "29IIIIWWWWW"), ERR_DENIED);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(check_digits_are_known),
		cmocka_unit_test(a_label_is_read_by_its_pattern),
		cmocka_unit_test(the_inner_digit_checks_price_or_weight),
		cmocka_unit_test(patterns_are_checked),
		cmocka_unit_test(labels_come_back),
		cmocka_unit_test(a_gs1_text_says_all_of_a_piece),
		cmocka_unit_test(a_scan_is_known_by_what_it_is),
		T(the_shop_reads_them),
		T(patterns_are_the_shops_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
