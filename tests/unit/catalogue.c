/* SPDX-License-Identifier: ISC */
/* The catalogue beyond what a sale needs: what is known of an item, packs,
 * barcodes of the shop's own, past prices, categories, copies and ends. */
#include "trade.h"

#include "base/buf.h"
#include "shop/catalogue.h"
#include "shop/ean.h"
#include "shop/label.h"
#include "shop/mass.h"
#include "shop/print.h"
#include "shop/option.h"
#include "shop/variant.h"

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
test_info(void **state)
{
	struct product_info	info = { .lots = true, .keeps = 30,
				    .has_cost = true, .cost = 500,
				    .margin = 40000, .has_reorder = true,
				    .reorder_min = 4000,
				    .reorder_max = 24000 }, got;
	int64_t			id = test_product(shop, "1", "Pesto", "food",
				    "pc", 1055, false);
	char			text[ALLERGEN_TEXT], content[MONEY_TEXT];
	struct product		p;
	struct margin		m;
	int64_t			each;

	(void)state;
	OK(product_info_get(shop, id, &got));
	assert_int_equal(got.allergens, 0);
	assert_false(got.has_cost);
	(void)strcpy(info.brand, "Zapetti");
	OK(allergens_parse("milk, nuts", &info.allergens));
	OK(content_parse("190 g", &info));
	OK(product_info_put(shop, id, &info));
	OK(product_info_get(shop, id, &got));
	assert_memory_equal(&got, &info, sizeof(got));
	allergens_words(got.allergens, text);
	assert_string_equal(text, "milk nuts");
	content_text(',', &got, content);
	assert_string_equal(content, "0,190 kg");
	OK(product_get(shop, id, &p));
	/* 10.55 with 5.5 %: 10.00 net; 5.00 of it stay. */
	OK(product_margin(shop, &p, &got, &m));
	assert_int_equal(m.net, 1000);
	assert_int_equal(m.gain, 500);
	assert_int_equal(m.rate, 50000);
	/* 5.00 / 0.6 = 8.33, and 5.5 % on it. */
	assert_int_equal(m.suggested, 879);
	OK(product_unit_price(&p, &got, &each));
	assert_int_equal(each, 5553);
	/* Refusals. */
	assert_int_equal(allergens_parse("milk gravel", &info.allergens),
	    ERR_INVALID);
	assert_int_equal(content_parse("3 bags", &info), ERR_INVALID);
	info = got;
	info.margin = RATE_ONE;
	assert_int_equal(product_info_put(shop, id, &info), ERR_RANGE);
	info = got;
	info.reorder_max = 3999;
	assert_int_equal(product_info_put(shop, id, &info), ERR_RANGE);
	assert_int_equal(product_info_put(shop, 999, &got), ERR_NOT_FOUND);
	shop->who.rights = RIGHT_BIT(RIGHT_LOOK);
	assert_int_equal(product_info_put(shop, id, &got), ERR_DENIED);
}

static void
test_packs(void **state)
{
	int64_t		water = test_product(shop, "1", "Eau", "food", "pc",
			    100, false), id, box;
	struct pack	*packs;
	struct product	p;
	struct scan	scan;
	size_t		n;

	(void)state;
	OK(pack_put(shop, water, "box", 6000, "4006381333931", &box));
	OK(pack_put(shop, water, "pallet", 144000, NULL, &id));
	OK(pack_list(shop, water, &packs, &n));
	assert_int_equal(n, 2);
	assert_string_equal(packs[0].name, "box");
	assert_string_equal(packs[0].codes, "4006381333931");
	assert_int_equal(packs[1].qty, 144000);
	free(packs);
	/* Its barcode sells six. */
	OK(product_scan(shop, "4006381333931", &p, &scan));
	assert_int_equal(p.id, water);
	assert_true(scan.has_qty);
	assert_int_equal(scan.qty, 6000);
	assert_int_equal(scan.pack, box);
	OK(product_scan(shop, "1", &p, &scan));
	assert_false(scan.has_qty);
	/* Another quantity, the same pack. */
	OK(pack_put(shop, water, "box", 12000, NULL, &id));
	assert_int_equal(id, box);
	OK(product_scan(shop, "4006381333931", &p, &scan));
	assert_int_equal(scan.qty, 12000);
	/* A pack that does not divide, of nothing, without a name, a barcode
	 * with a wrong check digit, one that is taken. */
	assert_int_equal(pack_put(shop, water, "half", 6500, NULL, &id),
	    ERR_INVALID);
	assert_int_equal(pack_put(shop, water, "none", 0, NULL, &id),
	    ERR_RANGE);
	assert_int_equal(pack_put(shop, water, "", 1000, NULL, &id),
	    ERR_INVALID);
	assert_int_equal(pack_put(shop, water, "x", 1000, "4006381333932",
	    &id), ERR_INVALID);
	assert_int_equal(pack_put(shop, water, "x", 1000, "4006381333931",
	    &id), ERR_EXISTS);
	OK(pack_drop(shop, water, "box"));
	assert_int_equal(product_find(shop, "4006381333931", &p),
	    ERR_NOT_FOUND);
	assert_int_equal(pack_drop(shop, water, "box"), ERR_NOT_FOUND);
}

/* D01: the check digit of what the shop numbers itself. */
static void
test_own_barcodes(void **state)
{
	int64_t		id = test_product(shop, "1", "Pain", "food", "pc",
			    100, false), box;
	struct product	p;
	struct scan	scan;
	char		code[14], next[14];

	(void)state;
	OK(product_barcode_make(shop, id, 0, code));
	assert_string_equal(code, "2900000000018");
	assert_true(ean_is_valid(code));
	OK(product_find(shop, code, &p));
	assert_int_equal(p.id, id);
	OK(pack_put(shop, id, "tray", 20000, NULL, &box));
	OK(product_barcode_make(shop, id, box, next));
	assert_string_equal(next, "2900000000025");
	OK(product_scan(shop, next, &p, &scan));
	assert_int_equal(scan.qty, 20000);
	/* Where a scale prints such labels (21IIIIIWWWWWC), none is made. */
	OK(setting_set(shop, "barcode_prefix", "21"));
	assert_int_equal(product_barcode_make(shop, id, 0, code),
	    ERR_INVALID);
	assert_string_equal(code, "");
	OK(product_barcode_drop(shop, id, next));
	assert_int_equal(product_barcode_drop(shop, id, next),
	    ERR_NOT_FOUND);
}

struct history {
	int64_t	old[8], price[8];
	int	n;
};

static int
history_one(void *ctx, const struct price_change *c)
{
	struct history	*h = ctx;

	h->old[h->n] = c->old;
	h->price[h->n++] = c->price;
	return 0;
}

static void
test_history(void **state)
{
	int64_t			id = test_product(shop, "1", "Pull", "standard",
				    "pc", 5000, false), lowest;
	struct variant_row	row = { .template = "1", .axes = "Size",
				    .code = "1-M", .first = "M",
				    .second = "", .delta = 500 };
	struct history		h = { .n = 0 };
	struct product		p;

	(void)state;
	OK(variant_put(shop, &row));
	OK(product_get(shop, id, &p));
	p.price = 4000;
	test_now += 1000;
	OK(product_update(shop, &p));
	OK(product_get(shop, id, &p));
	p.price = 4500;
	test_now += 1000;
	OK(product_update(shop, &p));
	p.changed_at = test_now;
	OK(product_update(shop, &p));		/* the same again */
	OK(product_price_history(shop, id, 0, history_one, &h));
	assert_int_equal(h.n, 2);
	assert_int_equal(h.old[0], 4000);
	assert_int_equal(h.price[0], 4500);
	assert_int_equal(h.old[1], 5000);
	OK(product_price_lowest(shop, id, test_now - 1500, &lowest));
	assert_int_equal(lowest, 4000);
	OK(product_price_lowest(shop, id, test_now + 1, &lowest));
	assert_int_equal(lowest, 4500);
	/* The variant moved with it, and has a history of its own, which does
	 * not know the template's price without the difference: nobody could
	 * buy it at that. */
	OK(product_find(shop, "1-M", &p));
	assert_int_equal(p.price, 5000);
	h.n = 0;
	OK(product_price_history(shop, p.id, 0, history_one, &h));
	assert_int_equal(h.n, 2);
	assert_int_equal(h.price[0], 5000);
	assert_int_equal(h.price[1], 4500);
	assert_int_equal(h.old[1], 5500);
}

static int
tree_one(void *ctx, const struct category *c)
{
	buf_fmt(ctx, "%*s%s %lld\n", c->depth, "", c->name,
	    (long long)c->items);
	return 0;
}

static int
count_one(void *ctx, const struct product *p)
{
	(void)p;
	(*(int *)ctx)++;
	return 0;
}

static void
test_categories(void **state)
{
	struct product	p = { .price = 100, .active = true, .code = "1",
			    .name = "Café", .tax_class = "food", .unit = "pc",
			    .category = "Hot" };
	struct buf	tree = { 0 };
	int64_t		id, n;
	int		items = 0;

	(void)state;
	OK(product_add(shop, &p, NULL, 0, &id));
	(void)strcpy(p.code, "2");
	(void)strcpy(p.category, "Cold");
	OK(product_add(shop, &p, NULL, 0, &id));
	OK(category_put(shop, "Drinks", ""));
	OK(category_put(shop, "Hot", "Drinks"));
	OK(category_put(shop, "Teas", "Hot"));
	OK(category_list(shop, tree_one, &tree));
	assert_string_equal(buf_text(&tree),
	    "Cold 1\nDrinks 0\n Hot 1\n  Teas 0\n");
	/* What stands below is in it. */
	OK(product_list(shop, "Drinks", 0, count_one, &items));
	assert_int_equal(items, 1);
	OK(category_put(shop, "Cold", "Drinks"));
	OK(product_list(shop, "Drinks", 0, count_one, &items));
	assert_int_equal(items, 3);
	/* No circles, no unknown place, nothing lost. */
	assert_int_equal(category_put(shop, "Drinks", "Teas"), ERR_INVALID);
	assert_int_equal(category_put(shop, "Hot", "Hot"), ERR_INVALID);
	assert_int_equal(category_put(shop, "Hot", "Nowhere"),
	    ERR_NOT_FOUND);
	assert_int_equal(category_drop(shop, "Hot"), ERR_EXISTS);
	OK(category_drop(shop, "Teas"));
	assert_int_equal(category_rename(shop, "Hot", "Cold", &n),
	    ERR_EXISTS);
	OK(category_rename(shop, "Drinks", "Boissons", &n));
	OK(category_rename(shop, "Hot", "Chaud", &n));
	assert_int_equal(n, 1);
	buf_clear(&tree);
	OK(category_list(shop, tree_one, &tree));
	assert_string_equal(buf_text(&tree),
	    "Boissons 0\n Chaud 1\n Cold 1\n");
	buf_done(&tree);
}

static void
option(const char *choice, const char *against)
{
	const struct option_row	row = { .code = "1", .group = "Cuisson",
				    .choice = choice, .component = "",
				    .against = against, .least = 1,
				    .most = 2, .price = 50 };

	OK(option_put_row(shop, &row));
}

static void
test_copy(void **state)
{
	int64_t			id = test_product(shop, "1", "Burger", "meal",
				    "pc", 1400, true), copy, pack, n;
	struct product_info	info = { .allergens = 1 };
	struct option_set	set;
	struct product		p;
	struct pack		*packs;
	size_t			npacks;

	(void)state;
	OK(product_info_put(shop, id, &info));
	OK(pack_put(shop, id, "pair", 2000, "4006381333931", &pack));
	OK(stock_adjust(shop, id, 5000, "start"));
	option("saignant", "");
	option("bien cuit", "saignant");
	OK(product_copy(shop, id, "2", "Burger XL", &copy));
	OK(product_get(shop, copy, &p));
	assert_string_equal(p.name, "Burger XL");
	assert_int_equal(p.price, 1400);
	assert_int_equal(p.stock, 0);
	OK(product_info_get(shop, copy, &info));
	assert_int_equal(info.allergens, 1);
	OK(pack_list(shop, copy, &packs, &npacks));
	assert_int_equal(npacks, 1);
	assert_string_equal(packs[0].codes, "");
	free(packs);
	OK(option_load(shop, copy, &set));
	assert_int_equal(set.ngroups, 1);
	assert_int_equal(set.nchoices, 2);
	assert_int_equal(set.nconflicts, 1);
	assert_string_equal(set.choice[1].name, "bien cuit");
	assert_int_equal(set.choice[1].price, 50);
	option_done(&set);
	assert_int_equal(product_copy(shop, id, "2", "", &copy), ERR_EXISTS);
	/* No longer sold; still there. */
	OK(product_archive(shop, id, true, &n));
	assert_int_equal(n, 1);
	OK(product_get(shop, id, &p));
	assert_false(p.active);
	OK(product_archive(shop, id, true, &n));
	assert_int_equal(n, 0);
	OK(product_archive(shop, id, false, &n));
	assert_int_equal(n, 1);
}

static void
test_archive_variants(void **state)
{
	struct variant_row	row = { .template = "1", .axes = "Size",
				    .code = "1-M", .first = "M",
				    .second = "" };
	int64_t			id = test_product(shop, "1", "Pull",
				    "standard", "pc", 5000, false), n;

	(void)state;
	OK(variant_put(shop, &row));
	row.code = "1-L";
	row.first = "L";
	OK(variant_put(shop, &row));
	OK(product_archive(shop, id, true, &n));
	assert_int_equal(n, 3);
}

static int
mass_one(void *ctx, const struct mass_line *line)
{
	buf_fmt(ctx, "%s %s>%s ", line->code, line->old, line->new);
	return 0;
}

static int64_t
price_of(const char *code)
{
	struct product	p;

	OK(product_find(shop, code, &p));
	return p.price;
}

/* Through the slip of any printer; those whose price changed since a day. */
static void
test_labels(void **state)
{
	const struct product_info	info = { .content = 190,
					    .content_unit = "kg" };
	int64_t		id = test_product(shop, "1", "Pesto", "food", "pc",
			    450, false), job, *due;
	const struct label_how	shelf = { .kind = LABEL_SHELF },
			    item = { .kind = LABEL_ITEM };
	struct printer_change	printer = PRINTER_NO_CHANGE;
	struct product	p;
	struct buf	slip = { 0 };
	size_t		n;
	char		code[14];

	(void)state;
	OK(product_info_put(shop, id, &info));
	assert_int_equal(label_print(shop, &shelf, &id, 1, 1, &job),
	    ERR_NOT_FOUND);
	printer.driver = "text";
	printer.connection = "file:";
	OK(printer_add(shop, "paper", &printer, &job));
	OK(product_barcode_make(shop, id, 0, code));
	OK(label_print(shop, &shelf, &id, 1, 2, &job));
	OK(print_slip(shop, job, &slip));
	assert_non_null(strstr(buf_text(&slip), "Pesto"));
	assert_non_null(strstr(buf_text(&slip), "23,68"));	/* a kilogram */
	assert_non_null(strstr(buf_text(&slip), code));
	assert_int_equal(label_print(shop, &item, &id, 1, 0, &job),
	    ERR_RANGE);
	buf_done(&slip);
	OK(label_due(shop, "2026-11-20", &due, &n));
	assert_int_equal(n, 0);
	free(due);
	OK(product_get(shop, id, &p));
	p.price = 500;
	OK(product_update(shop, &p));
	OK(label_due(shop, "2026-11-20", &due, &n));
	assert_int_equal(n, 1);
	assert_int_equal(due[0], id);
	free(due);
	OK(label_due(shop, "2026-11-21", &due, &n));
	assert_int_equal(n, 0);
	free(due);
}

/* Gathered by scans and words, on a sheet from its third label on; printed
 * together, and none is wanted any more. */
static void
test_label_list(void **state)
{
	struct label_how	how = { .sheet = "a4-3x8", .start = 3 };
	struct printer_change	printer = PRINTER_NO_CHANGE;
	struct label_wanted	*rows;
	struct slip_sheet	sheet;
	struct buf		slip = { 0 };
	int64_t			tea, job, n;
	size_t			rowcount;

	(void)state;
	tea = test_product(shop, "1", "Thé vert", "food", "pc", 450, false);
	(void)test_product(shop, "2", "Thé noir", "food", "pc", 350, false);
	(void)test_product(shop, "3", "Café", "food", "pc", 250, false);
	OK(label_want(shop, tea, 3, false));
	OK(label_want(shop, tea, 1, true));
	OK(label_want_found(shop, "/noir|caf/", &n));
	assert_int_equal(n, 2);
	OK(label_wanted(shop, &rows, &rowcount));
	assert_int_equal(rowcount, 3);
	assert_int_equal(rows[0].copies, 4);
	assert_int_equal(rows[2].copies, 1);
	free(rows);
	/* a sheet needs a printer of pages */
	printer.driver = "text";
	printer.connection = "file:";
	OK(printer_add(shop, "paper", &printer, &job));
	assert_int_equal(label_print_wanted(shop, &how, &job, &n),
	    ERR_NOT_FOUND);
	printer.driver = "pdf";
	OK(printer_add(shop, "office", &printer, &job));
	how.offset = "1.5,-0.5";
	OK(label_sheet(shop, &how, &sheet));
	assert_int_equal(sheet.left, 15);
	assert_int_equal(sheet.top, 0);
	assert_int_equal(sheet.skip, 2);
	how.start = 25;
	assert_int_equal(label_sheet(shop, &how, &sheet), ERR_RANGE);
	how.start = 3;
	OK(label_print_wanted(shop, &how, &job, &n));
	assert_int_equal(n, 6);
	OK(print_slip(shop, job, &slip));
	assert_non_null(strstr(buf_text(&slip),
	    "sheet 3 8 700 370 15 0 0 0 2\n"));
	assert_non_null(strstr(buf_text(&slip), "Thé noir"));
	buf_done(&slip);
	assert_int_equal(label_print_wanted(shop, &how, &job, &n), ERR_EMPTY);
	/* measures of a sheet nobody knows, the last ones 0 */
	how = (struct label_how){ .sheet = "2x5:90x50.8+10.2" };
	OK(label_sheet(shop, &how, &sheet));
	assert_int_equal(sheet.height, 508);
	assert_int_equal(sheet.left, 102);
	assert_int_equal(sheet.beside, 0);
	how.sheet = "2x5";
	assert_int_equal(label_sheet(shop, &how, &sheet), ERR_INVALID);
	how.sheet = "2x5:90x50.8+10.2+1+1+1+1";
	assert_int_equal(label_sheet(shop, &how, &sheet), ERR_INVALID);
}

/* Looked at, done, taken back in one act; what somebody changed stays. */
static void
test_mass(void **state)
{
	struct mass_select	select = { .words = "cafe", .category = "",
				    .brand = "" };
	struct variant_row	row = { .template = "1", .axes = "Size",
				    .code = "1-L", .first = "L",
				    .second = "", .delta = 50 };
	struct mass_rule	rule;
	struct buf		text = { 0 };
	struct product		p;
	int64_t			id, n, back, kept;

	(void)state;
	(void)test_product(shop, "1", "Café", "food", "pc", 200, false);
	(void)test_product(shop, "2", "Café crème", "food", "pc", 300,
	    false);
	(void)test_product(shop, "3", "Thé", "food", "pc", 250, false);
	OK(variant_put(shop, &row));
	OK(mass_price_rule(&shop->money, "+5%x90", &rule));
	OK(mass_preview(shop, &select, &rule, mass_one, &text, &n));
	/* The variant is not changed twice: it follows. */
	assert_string_equal(buf_text(&text), "1 200>290 2 300>390 ");
	assert_int_equal(price_of("1"), 200);
	OK(mass_apply(shop, &select, &rule, &id, &n));
	assert_int_equal(n, 2);
	assert_int_equal(price_of("1"), 290);
	assert_int_equal(price_of("1-L"), 340);
	assert_int_equal(price_of("3"), 250);
	OK(product_find(shop, "2", &p));
	p.price = 400;
	OK(product_update(shop, &p));
	OK(mass_undo(shop, id, &back, &kept));
	assert_int_equal(back, 1);
	assert_int_equal(kept, 1);
	assert_int_equal(price_of("1"), 200);
	assert_int_equal(price_of("1-L"), 250);
	assert_int_equal(price_of("2"), 400);
	assert_int_equal(mass_undo(shop, id, &back, &kept), ERR_EXISTS);
	assert_int_equal(mass_undo(shop, 99, &back, &kept), ERR_NOT_FOUND);
	/* By pattern; a price below zero changes none of them. */
	select.words = "/^Th/";
	OK(mass_price_rule(&shop->money, "-3", &rule));
	assert_int_equal(mass_apply(shop, &select, &rule, &id, &n),
	    ERR_RANGE);
	assert_int_equal(price_of("3"), 250);
	rule = (struct mass_rule){ .field = MASS_BRAND, .ending = -1 };
	(void)strcpy(rule.value, "Kusmi");
	OK(mass_apply(shop, &select, &rule, &id, &n));
	assert_int_equal(n, 1);
	select = (struct mass_select){ .words = "", .category = "",
	    .brand = "Kusmi" };
	rule.field = MASS_CLASS;
	(void)strcpy(rule.value, "nothing");
	assert_int_equal(mass_apply(shop, &select, &rule, &id, &n),
	    ERR_NOT_FOUND);
	(void)strcpy(rule.value, "standard");
	OK(mass_apply(shop, &select, &rule, &id, &n));
	OK(product_find(shop, "3", &p));
	assert_string_equal(p.tax_class, "standard");
	OK(mass_apply(shop, &select, &rule, &id, &n));
	assert_int_equal(id, 0);
	rule.field = MASS_ACTIVE;
	(void)strcpy(rule.value, "0");
	OK(mass_apply(shop, &select, &rule, &id, &n));
	OK(product_find(shop, "3", &p));
	assert_false(p.active);
	OK(mass_undo(shop, id, &back, &kept));
	OK(product_find(shop, "3", &p));
	assert_true(p.active);
	buf_done(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_info), T(test_packs), T(test_own_barcodes),
		T(test_history), T(test_categories), T(test_copy),
		T(test_archive_variants), T(test_mass),
		T(test_labels),
		T(test_label_list),
		T(test_label_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
