/* SPDX-License-Identifier: ISC */
/* Variants made of attributes: crossing, repeating, and all or nothing. */
#include "trade.h"

#include "base/buf.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/ean.h"
#include "shop/variant.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		shirt;

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	shirt = test_product(shop, "4000", "T-shirt", "standard", "pc", 1800,
	    true);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

static int
made_row(void *ctx, const struct variant *v, const char *barcode, bool fresh)
{
	struct buf	*b = ctx;

	buf_fmt(b, "%s%s/%s/%s %lld %lld%s\n", fresh ? "+" : "", v->code,
	    v->value[0], v->value[1], (long long)v->delta,
	    (long long)v->price, ean_is_valid(barcode) ? " ean" : "");
	return 0;
}

static int
make(const char *first, const char *second, unsigned how, struct buf *out,
    int64_t *made)
{
	const char	*attribute[] = { first, second };

	buf_done(out);
	*out = (struct buf){ 0 };
	return variant_make(shop, "4000", attribute, second == NULL ? 1 : 2,
	    how, made_row, out, made);
}

static int64_t
there(void)
{
	struct variant_set	set;
	int64_t			n;

	OK(variant_load(shop, shirt, &set));
	n = (int64_t)set.n;
	variant_done(&set);
	return n;
}

static int
count_row(void *ctx, const struct audit_row *row)
{
	(void)row;
	++*(int64_t *)ctx;
	return 0;
}

static int64_t
audited(void)
{
	int64_t	n = 0;

	OK(audit_list(shop, 0, 0, NULL, 10000, count_row, &n));
	return n;
}

static void
test_crossed(void **state)
{
	struct variant_set	set;
	struct product		p;
	struct buf		b = { 0 };
	int64_t			n, rows = audited();

	(void)state;
	OK(make("Size=S, M:+1", "Colour=Red,Blue:+2.00,Bleu nuit:-0.50",
	    VARIANT_DRY | VARIANT_BARCODE, &b, &n));
	assert_int_equal(n, 6);
	assert_string_equal(buf_text(&b),
	    "+4000-S-RED/S/Red 0 1800 ean\n"
	    "+4000-S-BLUE/S/Blue 200 2000 ean\n"
	    "+4000-S-BLEU-NUIT/S/Bleu nuit -50 1750 ean\n"
	    "+4000-M-RED/M/Red 100 1900 ean\n"
	    "+4000-M-BLUE/M/Blue 300 2100 ean\n"
	    "+4000-M-BLEU-NUIT/M/Bleu nuit 50 1850 ean\n");
	assert_int_equal(there(), 0);
	assert_int_equal(audited(), rows);
	OK(make("Size=S, M:+1", "Colour=Red;Blue:+2,00;Bleu nuit:-0,50",
	    VARIANT_BARCODE, &b, &n));
	assert_int_equal(n, 6);
	assert_int_equal(there(), 6);
	OK(variant_load(shop, shirt, &set));
	assert_string_equal(set.axis[0], "Size");
	assert_string_equal(set.axis[1], "Colour");
	assert_int_equal(variant_find(&set, "M", "Blue")->price, 2100);
	variant_done(&set);
	OK(product_find(shop, "4000-M-BLUE", &p));
	assert_string_equal(p.name, "T-shirt M Blue");
	assert_true(p.tracked);
	OK(product_find(shop, "2900000000018", &p));
	assert_string_equal(p.code, "4000-S-RED");
	/* The product, what it is a variant of, its barcode. */
	assert_int_equal(audited(), rows + 18);
	buf_done(&b);
}

/* However they are written, those that are there stay as they are. */
static void
test_repeated(void **state)
{
	struct buf	b = { 0 };
	int64_t		n, rows;

	(void)state;
	OK(make("Size=S,M", "Colour=Red", 0, &b, &n));
	rows = audited();
	OK(make("size=s,M", "COLOUR=red:+5", VARIANT_BARCODE, &b, &n));
	assert_int_equal(n, 0);
	assert_string_equal(buf_text(&b), "4000-S-RED/S/Red 0 1800\n"
	    "4000-M-RED/M/Red 0 1800\n");
	assert_int_equal(audited(), rows);
	OK(make("size=M,L", "colour=red,Blue", 0, &b, &n));
	assert_int_equal(n, 3);
	assert_string_equal(buf_text(&b), "4000-M-RED/M/Red 0 1800\n"
	    "+4000-M-BLUE/M/Blue 0 1800\n"
	    "+4000-L-RED/L/Red 0 1800\n"
	    "+4000-L-BLUE/L/Blue 0 1800\n");
	assert_int_equal(there(), 5);
	/* In something else they never were. */
	assert_int_equal(make("Size=S", NULL, 0, &b, &n), ERR_INVALID);
	assert_int_equal(make("Size=S", "Cloth=wool", 0, &b, &n),
	    ERR_INVALID);
	assert_int_equal(make("Colour=Red", "Size=S", 0, &b, &n),
	    ERR_INVALID);
	assert_int_equal(there(), 5);
	buf_done(&b);
}

/* What is known of the template is known of its variants. */
static void
test_alike(void **state)
{
	struct product_info	info = { .allergens = 1, .keeps = 3,
				    .lots = true };
	struct product		p;
	struct buf		b = { 0 };
	int64_t			n;

	(void)state;
	(void)str_copy(info.brand, sizeof(info.brand), "Bleuet");
	OK(product_info_put(shop, shirt, &info));
	OK(make("Size=S", NULL, 0, &b, &n));
	OK(product_find(shop, "4000-S", &p));
	memset(&info, 0, sizeof(info));
	OK(product_info_get(shop, p.id, &info));
	assert_string_equal(info.brand, "Bleuet");
	assert_int_equal(info.allergens, 1);
	assert_int_equal(info.keeps, 3);
	assert_true(info.lots);
	buf_done(&b);
}

/* A code that somebody has, that does not fit, or has no letters. */
static void
test_codes(void **state)
{
	struct product	p;
	struct buf	b = { 0 };
	int64_t		n;

	(void)state;
	(void)test_product(shop, "4000-S", "Sock", "standard", "pc", 500,
	    false);
	OK(make("Size=S,7.5,赤,Extra large and long,Extra large and wide",
	    NULL, 0, &b, &n));
	assert_string_equal(buf_text(&b),
	    "+4000-S-2/S/ 0 1800\n"
	    "+4000-7-5/7.5/ 0 1800\n"
	    "+4000-3/赤/ 0 1800\n"
	    "+4000-EXTRA-LARGE-AND-LO/Extra large and long/ 0 1800\n"
	    "+4000-EXTRA-LARGE-AND-WI/Extra large and wide/ 0 1800\n");
	OK(product_find(shop, "4000-S", &p));
	assert_string_equal(p.name, "Sock");
	OK(make("Size=Extra large and lovely", NULL, 0, &b, &n));
	assert_string_equal(buf_text(&b),
	    "+4000-EXTRA-LARGE-AND-2/Extra large and lovely/ 0 1800\n");
	buf_done(&b);
}

static void
test_refused(void **state)
{
	static const char *const bad[] = { "Size", "=S", "Size=", "Size=S,",
		"Size=S,,M", "Size=S,s", "Size=S:", "Size=S:dear", ":",
		"Size=S:+2,00,M", "Size=S:+2,00", "A|B=S", "Size=S:1.005",
		"Size=a value of more than thirty-two bytes" };
	const char	*three[] = { "A=1", "B=2", "C=3" };
	struct buf	 b = { 0 }, many = { 0 };
	int64_t		 n, rows = audited();

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		assert_int_equal(make(bad[i], NULL, 0, &b, &n), ERR_INVALID);
	}
	assert_int_equal(variant_make(shop, "4000", three, 3, 0, made_row, &b,
	    &n), ERR_INVALID);
	three[0] = "Size=S";
	assert_int_equal(variant_make(shop, "none", three, 1, 0, made_row, &b,
	    &n), ERR_NOT_FOUND);
	/* 21 times 24 are 504. */
	buf_fmt(&many, "Number=0");
	for (int i = 1; i < 21; i++) {
		buf_fmt(&many, ",%d", i);
	}
	assert_int_equal(make(buf_text(&many), "Letter=a,b,c,d,e,f,g,h,i,j,k,"
	    "l,m,n,o,p,q,r,s,t,u,v,w,x", 0, &b, &n), ERR_RANGE);
	assert_string_equal(err_text(ERR_RANGE),
	    "504 variants; at most 500 can be made at once");
	/* The last one would cost less than nothing: none is made. */
	assert_int_equal(make("Size=S,M", "Colour=Red,Blue:-18.01", 0, &b,
	    &n), ERR_RANGE);
	assert_int_equal(n, 0);
	assert_int_equal(there(), 0);
	assert_int_equal(audited(), rows);
	shop->who.rights = 0;
	assert_int_equal(make("Size=S", NULL, 0, &b, &n), ERR_DENIED);
	buf_done(&many);
	buf_done(&b);
}

static void
test_a_variant_has_none(void **state)
{
	const char	*attribute[] = { "Fit=slim" };
	struct buf	 b = { 0 };
	int64_t		 n;

	(void)state;
	OK(make("Size=S", NULL, 0, &b, &n));
	assert_int_equal(variant_make(shop, "4000-S", attribute, 1, 0,
	    made_row, &b, &n), ERR_INVALID);
	assert_int_equal(there(), 1);
	buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_crossed), T(test_repeated), T(test_alike),
		T(test_codes),
		T(test_refused), T(test_a_variant_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
