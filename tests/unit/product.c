/* SPDX-License-Identifier: ISC */
/* The catalogue: finding, searching, changing, stock, CSV.
 * run: alone
 * (a till's worst wait during an import is measured) */
#include "trade.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "shop/ean.h"
#include "shop/init.h"

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
found_is(const char *text, int64_t id)
{
	struct product	p;

	if (product_find(shop, text, &p) != 0) {
		fail_msg("%s: nothing", text);
	}
	assert_int_equal(p.id, id);
}

static void
test_find(void **state)
{
	struct product	p = { .price = 690, .active = true, .code = "3001",
			    .name = "Carnet", .tax_class = "standard",
			    .unit = "pc" };
	const char	*codes[] = { "4006381333931", "96385074" };
	const char	*usa[] = { "036000291452" };
	const char	*wrong[] = { "4006381333932" };
	int64_t		 id, soda, cheese, other;
	struct scan	 scan;

	(void)state;
	OK(product_add(shop, &p, codes, 2, &id));
	(void)strcpy(p.code, "3002");
	OK(product_add(shop, &p, usa, 1, &soda));
	cheese = test_product(shop, "12345", "Comté", "food", "kg", 890,
	    false);
	found_is("3001", id);
	found_is("4006381333931", id);
	found_is("96385074", id);
	found_is("]E04006381333931", id);			/* D08 */
	found_is("036000291452", soda);
	found_is("0036000291452", soda);	/* the same as EAN-13 */
	found_is("04006381333931", id);		/* the same as GTIN-14 */
	found_is("\"àà&", id);			/* a French top row */
	found_is("]C1010400638133393110LOT7", id);	/* D09 */
	assert_int_equal(product_find(shop, "3003", &p), ERR_NOT_FOUND);
	assert_int_equal(product_find(shop, "", &p), ERR_NOT_FOUND);
	/* D03, D04, D06 */
	OK(product_scan(shop, "2112345015002", &p, &scan));
	assert_int_equal(p.id, cheese);
	assert_true(scan.has_qty);
	assert_int_equal(scan.qty, 1500);
	OK(product_scan(shop, "2312345012500", &p, &scan));
	assert_true(scan.has_amount);
	assert_int_equal(scan.amount, 1250);
	assert_int_equal(scan.qty, 1404);
	/* Refusals. */
	p = (struct product){ .price = 690, .active = true, .code = "3001",
	    .name = "Other", .tax_class = "standard", .unit = "pc" };
	assert_int_equal(product_add(shop, &p, NULL, 0, &other), ERR_EXISTS);
	assert_non_null(strstr(err_text(ERR_EXISTS), "Carnet"));
	(void)strcpy(p.code, "3009");
	assert_int_equal(product_add(shop, &p, wrong, 1, &other),
	    ERR_INVALID);
	assert_int_equal(product_add(shop, &p, codes, 1, &other), ERR_EXISTS);
	(void)strcpy(p.code, "96385074");
	assert_int_equal(product_add(shop, &p, NULL, 0, &other), ERR_EXISTS);
	(void)strcpy(p.code, "a b");
	assert_int_equal(product_add(shop, &p, NULL, 0, &other), ERR_INVALID);
	(void)strcpy(p.code, "3009");
	(void)strcpy(p.tax_class, "luxury");
	assert_int_equal(product_add(shop, &p, NULL, 0, &other),
	    ERR_NOT_FOUND);
	/* and those there are stand in the refusal */
	assert_non_null(strstr(err_text(ERR_NOT_FOUND), "food"));
	assert_non_null(strstr(err_text(ERR_NOT_FOUND), "standard"));
	(void)strcpy(p.tax_class, "food");
	(void)strcpy(p.name, "bad \xff text");
	assert_int_equal(product_add(shop, &p, NULL, 0, &other), ERR_INVALID);
}

static void
search_is(const char *text, int n, const char *first)
{
	struct product	out[20];
	int		got;

	OK(product_search(shop, text, 20, out, &got));
	if (got != n) {
		fail_msg("%s: %d found, not %d", text, got, n);
	}
	if (n > 0) {
		assert_string_equal(out[0].name, first);
	}
}

static void
test_search(void **state)
{
	struct product	p, out[2];
	int64_t		id;
	int		n;

	(void)state;
	test_product(shop, "1", "Thermos", "standard", "pc", 100, false);
	test_product(shop, "2", "Croque-monsieur", "meal", "pc", 980, false);
	test_product(shop, "3", "Café crème", "drink", "pc", 380, false);
	test_product(shop, "4", "Décaféiné", "drink", "pc", 260, false);
	test_product(shop, "5", "Bière 1664", "alcohol", "pc", 420, false);
	id = test_product(shop, "6", "Thé vert", "drink", "pc", 400, true);
	test_product(shop, "7", "Œuf mayonnaise", "meal", "pc", 650, false);
	search_is("caf", 1, "Café crème");
	search_is("CREM", 1, "Café crème");
	search_is("the", 2, "Thé vert");	/* the whole word first */
	search_is("cro mon", 1, "Croque-monsieur");
	search_is("mon cro", 1, "Croque-monsieur");
	search_is("1664", 1, "Bière 1664");
	search_is("oeu", 1, "Œuf mayonnaise");
	search_is("c", 2, "Café crème");
	search_is("zzz", 0, NULL);
	search_is("", 0, NULL);
	search_is("\"*() OR", 0, NULL);
	search_is("/^caf.*e$/", 1, "Café crème");
	assert_int_equal(product_search(shop, "/(/", 20, &p, &n),
	    ERR_INVALID);
	/* A pattern that would never end is no match, not a hang. */
	search_is("/(a+)+$$$b/", 0, NULL);
	OK(product_search(shop, "c", 1, out, &n));
	assert_int_equal(n, 1);
	/* A changed name is found by its new words only. */
	OK(product_get(shop, id, &p));
	(void)strcpy(p.name, "Infusion");
	OK(product_update(shop, &p));
	search_is("the", 1, "Thermos");
	search_is("infu", 1, "Infusion");
	p.active = false;
	OK(product_update(shop, &p));
	search_is("infu", 0, NULL);
}

static void
test_stock(void **state)
{
	int64_t		id, qty;
	struct product	p;

	(void)state;
	id = test_product(shop, "1", "Carnet", "standard", "pc", 690, false);
	assert_int_equal(stock_adjust(shop, id, 3 * QTY_ONE, ""), ERR_EMPTY);
	assert_int_equal(stock_adjust(shop, id, 500, "x"), ERR_RANGE);
	assert_int_equal(stock_adjust(shop, id, 0, "x"), ERR_RANGE);
	OK(stock_adjust(shop, id, 12 * QTY_ONE, "delivery"));
	OK(stock_adjust(shop, id, -2 * QTY_ONE, "broken"));
	OK(stock_level(shop, id, &qty));
	assert_int_equal(qty, 10 * QTY_ONE);
	OK(product_get(shop, id, &p));
	assert_true(p.tracked);
	assert_int_equal(p.stock, 10 * QTY_ONE);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(stock_adjust(shop, id, QTY_ONE, "x"), ERR_DENIED);
}

/* --- CSV ----------------------------------------------------------------- */

static char	bad_lines[2000];

static void
bad_line(void *ctx, int64_t line, const char *why)
{
	char	text[300];

	(void)ctx;
	(void)snprintf(text, sizeof(text), "%lld:%s\n", (long long)line, why);
	(void)strncat(bad_lines, text,
	    sizeof(bad_lines) - strlen(bad_lines) - 1);
}

static int
import(const char *text, bool dry, struct product_import *out)
{
	FILE	*f = tmpfile();
	int	 r;

	assert_non_null(f);
	(void)fputs(text, f);
	(void)fflush(f);
	(void)lseek(fileno(f), 0, SEEK_SET);
	bad_lines[0] = '\0';
	r = product_import(shop, fileno(f), dry ? IMPORT_DRY : 0, bad_line,
	    NULL, out);
	(void)fclose(f);
	return r;
}

static void
export(unsigned how, struct buf *out)
{
	FILE	*f = tmpfile();

	assert_non_null(f);
	OK(product_export(shop, fileno(f), how));
	(void)lseek(fileno(f), 0, SEEK_SET);
	buf_clear(out);
	OK(io_read_all(fileno(f), 1 << 20, out));
	(void)fclose(f);
}

static const char	good_csv[] =
    "code,name,category,tax_class,unit,price,barcodes,stock,kind,min_price,"
    "max_price,serials,brand,origin,allergens,lots,keeps_days,content,cost,"
    "margin,reorder_min,reorder_max,packs,active\r\n"
    "1001,Café,Boissons,drink,pc,2.50,,,item,,,,,,,,,,,,,,,yes\r\n"
    "2001,\"Comté, 18 mois\",Fromages,food,kg,28.90,,12.350,item,,,,Marcel,"
    "Jura,milk,yes,60,,18.50,35,2,8,wheel=38.500,yes\r\n"
    "3001,Carnet,Presse,standard,pc,6.90,4006381333931 96385074,14,item,,,"
    ",,,,,,,,,,,box=12:036000291452 pallet=480,yes\r\n"
    "7,Divers,,standard,pc,0.00,,,department,0.50,99.00,,,,,,,,,,,,,yes\r\n"
    "8001,Pesto,,food,pc,4.50,,,item,,,,Zapetti,,milk nuts,,,0.190 kg,,,,,,"
    "yes\r\n"
    "9001,Perceuse,Outils,standard,pc,89.00,,3,item,,,yes,,,,,,,,,,,,yes\r\n";

/* What JSON carries is the same catalogue. */
static void
test_import_json(void **state)
{
	struct product_import	im;
	struct product		p;
	struct buf		csv = { 0 }, json = { 0 };
	struct scan		scan;

	(void)state;
	OK(import(good_csv, false, &im));
	OK(product_scan(shop, "036000291452", &p, &scan));
	assert_int_equal(scan.qty, 12000);
	export(EXPORT_JSON, &json);
	assert_non_null(strstr(buf_text(&json), "\"price\":2890,\"barcodes\":"
	    "[],\"stock\":12350"));
	assert_non_null(strstr(buf_text(&json), "\"barcodes\":["
	    "\"4006381333931\",\"96385074\"]"));
	OK(import(buf_text(&json), false, &im));
	assert_int_equal(im.lines, 6);
	assert_int_equal(im.added + im.changed, 0);
	/* Into an empty shop: the same file comes out. */
	test_done(shop, dir);
	shop = test_shop("FR", dir);
	OK(import(buf_text(&json), true, &im));
	assert_int_equal(im.added, 6);
	OK(import(buf_text(&json), false, &im));
	export(0, &csv);
	assert_string_equal(buf_text(&csv), good_csv);
	/* One object at fault, one fraction of a minor unit; a broken end. */
	assert_int_equal(import("[{\"code\":\"1\",\"name\":\"A\","
	    "\"tax_class\":\"food\",\"price\":100},\n{\"code\":\"2\"},\n"
	    "{\"code\":\"3\",\"name\":\"C\",\"tax_class\":\"food\","
	    "\"price\":1.5},\n{\"code\":", false, &im), ERR_INVALID);
	assert_int_equal(im.bad, 3);
	assert_int_equal(product_find(shop, "1", &p), ERR_NOT_FOUND);
	buf_done(&csv);
	buf_done(&json);
}

static void
test_import_packs(void **state)
{
	static const char	head[] =
	    "code,name,tax_class,price,packs,barcodes\n";
	struct product_import	im;
	struct product		p;
	struct scan		scan;
	char			text[600];

	(void)state;
	(void)snprintf(text, sizeof(text), "%s"
	    "1,Eau,food,1,box=6:4006381333931,\n", head);
	OK(import(text, false, &im));
	OK(product_scan(shop, "4006381333931", &p, &scan));
	assert_int_equal(scan.qty, 6000);
	/* Another pack, the code for one of it. */
	(void)snprintf(text, sizeof(text), "%s"
	    "1,Eau,food,1,tray=12:96385074,4006381333931\n", head);
	OK(import(text, false, &im));
	assert_int_equal(im.changed, 1);
	OK(product_scan(shop, "4006381333931", &p, &scan));
	assert_false(scan.has_qty);
	OK(product_scan(shop, "96385074", &p, &scan));
	assert_int_equal(scan.qty, 12000);
	OK(import(text, false, &im));
	assert_int_equal(im.changed, 0);
	/* A pack that does not divide, one twice, one of nothing, a code with
	 * a wrong digit, one that is somebody else's. */
	(void)snprintf(text, sizeof(text), "%s"
	    "2,A,food,1,box=1.5,\n3,B,food,1,box=2 box=3,\n"
	    "4,C,food,1,box=0,\n5,D,food,1,box=2:96385075,\n"
	    "6,E,food,1,box=2:96385074,\n7,F,food,1,box,\n", head);
	assert_int_equal(import(text, false, &im), ERR_INVALID);
	assert_int_equal(im.bad, 6);
}

static void
test_import(void **state)
{
	struct product_import	im;
	struct product		p;
	struct buf		out = { 0 };
	int64_t			bad;

	(void)state;
	OK(import(good_csv, true, &im));
	assert_int_equal(im.added, 6);
	assert_int_equal(product_find(shop, "1001", &p), ERR_NOT_FOUND);
	OK(import(good_csv, false, &im));
	assert_int_equal(im.lines, 6);
	assert_int_equal(im.added, 6);
	assert_int_equal(im.bad, 0);
	OK(product_find(shop, "96385074", &p));
	assert_string_equal(p.name, "Carnet");
	assert_int_equal(p.stock, 14 * QTY_ONE);
	search_is("comt", 1, "Comté, 18 mois");
	export(0, &out);
	assert_string_equal(buf_text(&out), good_csv);
	/* The same file changes nothing. */
	OK(import(good_csv, false, &im));
	assert_int_equal(im.added + im.changed, 0);
	/* Another price, name, level and barcode. */
	OK(import("code;name;tax_class;price;barcodes;stock\n"
	    "1001;Espresso;drink;2,60;;\n"
	    "3001;Carnet;standard;6,90;4006381333931;20\n", false, &im));
	assert_int_equal(im.changed, 2);
	search_is("espr", 1, "Espresso");
	search_is("cafe", 0, NULL);
	assert_int_equal(product_find(shop, "96385074", &p), ERR_NOT_FOUND);
	OK(product_find(shop, "3001", &p));
	assert_int_equal(p.stock, 20 * QTY_ONE);
	/* A file of before, without the later columns: they stay. */
	OK(import("code,name,tax_class,price\n7,Divers A,standard,0\n"
	    "9001,Perceuse,standard,85.00\n", false, &im));
	assert_int_equal(im.changed, 2);
	OK(product_find(shop, "7", &p));
	assert_int_equal(p.kind, PRODUCT_DEPARTMENT);
	assert_int_equal(p.min_price, 50);
	assert_int_equal(p.max_price, 9900);
	OK(product_find(shop, "9001", &p));
	assert_true(p.serials);
	assert_int_equal(p.price, 8500);
	/* And a limit that the other one left in the catalogue forbids. */
	assert_int_equal(import("code,name,tax_class,price,min_price\n"
	    "7,Divers A,standard,0,200\n", false, &im), ERR_INVALID);
	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
	buf_done(&out);
}

/* Every bad line is named, and nothing of the file is stored. */
static void
test_import_bad(void **state)
{
	static const char *const	expect[] = {
		"3:", "4:", "5:", "6:", "7:", "8:", "9:", "10:", "11:", "12:",
		"13:", "14:",
	};
	struct product_import	im;
	struct product		p;

	(void)state;
	assert_int_equal(import(
	    "code,name,category,tax_class,unit,price,barcodes,stock\n"
	    "1,Good,,food,pc,1.00,,\n"
	    "2,Three decimals,,food,pc,1.005,,\n"
	    "3,Not a price,,food,pc,abc,,\n"
	    "4,Bad check digit,,food,pc,1,4006381333932,\n"
	    "1,Twice,,food,pc,1,,\n"
	    "5,Latin \xe9,,food,pc,1,,\n"
	    "6,Class,,luxury,pc,1,,\n"
	    "7,Unit,,food,box,1,,\n"
	    "8,Fields,,food,pc,1\n"
	    ",No code,,food,pc,1,,\n"
	    "9,,,food,pc,1,,\n"
	    "10,Half a piece,,food,pc,1,,1.5\n"
	    "11,Below zero,,food,pc,-1,,\n"
	    "12,Good as well,,food,pc,1,,\n", false, &im), ERR_INVALID);
	assert_int_equal(im.bad, NELEM(expect));
	for (size_t i = 0; i < NELEM(expect); i++) {
		if (strstr(bad_lines, expect[i]) == NULL) {
			fail_msg("%s not in\n%s", expect[i], bad_lines);
		}
	}
	assert_int_equal(product_find(shop, "1", &p), ERR_NOT_FOUND);
	assert_int_equal(import("", false, &im), ERR_EMPTY);
	assert_int_equal(import("code,nom\n", false, &im), ERR_INVALID);
	assert_int_equal(import("code,name\n", false, &im), ERR_INVALID);
	shop->who.rights = role_rights(ROLE_CASHIER);
	assert_int_equal(import(good_csv, false, &im), ERR_DENIED);
}

/* A large file, and a till that goes on selling meanwhile. */
static void
test_import_large(void **state)
{
	FILE			*f = tmpfile();
	struct product_import	 im;
	struct product		 out[20];
	int64_t			 id, bad;
	int			 n, status;
	pid_t			 pid;

	(void)state;
	id = test_product(shop, "coffee", "Café", "drink", "pc", 250, false);
	(void)fputs("code,name,category,tax_class,unit,price,barcodes,stock\n",
	    f);
	for (int i = 0; i < 20000; i++) {
		char	ean[14];

		(void)snprintf(ean, sizeof(ean), "200%09d", i);
		(void)snprintf(ean + 12, 2, "%d", ean_check(ean));
		(void)fprintf(f, "%d,Confiture noire %d,Épicerie,food,pc,%d."
		    "%02d,%s,%d\n", 100000 + i, i, i % 50, i % 100, ean,
		    i % 7 + 1);
	}
	(void)fflush(f);
	(void)lseek(fileno(f), 0, SEEK_SET);
	if ((pid = fork()) == 0) {
		struct shop	*till;
		int64_t		 longest = 0;

		if (shop_open(dir, DB_WRITE, &till) != 0) {
			_exit(2);
		}
		till->who.rights = UINT64_MAX;
		for (int i = 0; i < 60; i++) {
			int64_t	sale = 0, version = 0, line, began;

			began = clock_boot_ms();
			if (sale_add(till, &sale, &version, id, QTY_ONE, NULL,
			    &line) != 0) {
				_exit(3);
			}
			began = clock_boot_ms() - began;
			longest = began > longest ? began : longest;
			(void)usleep(20000);
		}
		shop_close(till);
		_exit(longest < 1000 ? 0 : 4);
	}
	OK(product_import(shop, fileno(f), 0, bad_line, NULL, &im));
	assert_int_equal(im.added, 20000);
	(void)fclose(f);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	OK(product_search(shop, "conf 777", 20, out, &n));
	assert_int_equal(n, 11);	/* 777 and 7770 to 7779 */
	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* An import that only reads, killed: nothing of it stays. */
static void
test_import_killed_early(void **state)
{
	struct product_import	 im;
	struct product		 p;
	int			 ends[2], status;
	char			 line[80];
	int64_t			 bad;
	pid_t			 pid;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	if ((pid = fork()) == 0) {
		struct shop	*own;

		(void)close(ends[1]);
		if (shop_open(dir, DB_WRITE, &own) != 0) {
			_exit(2);
		}
		own->who.rights = UINT64_MAX;
		_exit(product_import(own, ends[0], 0, bad_line, NULL,
		    &im) == 0 ? 0 : 3);
	}
	(void)close(ends[0]);
	dprintf(ends[1], "code,name,tax_class,price\n");
	for (int i = 0; i < 2500; i++) {
		int	n = snprintf(line, sizeof(line), "%d,Chose %d,food,1\n",
		    i + 1, i);

		assert_int_equal(write(ends[1], line, (size_t)n), n);
	}
	/* The second slice was asked for: the first one is staged. */
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)close(ends[1]);
	assert_int_equal(product_find(shop, "1", &p), ERR_NOT_FOUND);
	OK(import(good_csv, false, &im));
	assert_int_equal(im.added, 6);
	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
}

/* Killed after its one moment: words and stock follow at the next check. */
static void
test_import_killed_late(void **state)
{
	struct product_import	 im;
	struct product		 p, out[20];
	FILE			*f = tmpfile();
	int			 n, status;
	int64_t			 bad;
	pid_t			 pid;

	(void)state;
	(void)fputs("code,name,tax_class,price,stock\n", f);
	for (int i = 1; i <= 6000; i++) {
		(void)fprintf(f, "%d,Chose %d,food,1,3\n", i, i);
	}
	(void)fflush(f);
	(void)lseek(fileno(f), 0, SEEK_SET);
	if ((pid = fork()) == 0) {
		struct shop	*own;

		if (shop_open(dir, DB_WRITE, &own) != 0) {
			_exit(2);
		}
		own->who.rights = UINT64_MAX;
		_exit(product_import(own, fileno(f), 0, bad_line, NULL,
		    &im) == 0 ? 0 : 3);
	}
	while (product_find(shop, "6000", &p) != 0) {
		(void)usleep(200);
	}
	(void)kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)fclose(f);
	OK(check_run(shop, NULL, NULL, &bad));
	assert_int_equal(bad, 0);
	OK(product_search(shop, "chose 6000", 20, out, &n));
	assert_int_equal(n, 1);
	assert_int_equal(out[0].stock, 3 * QTY_ONE);
	assert_true(out[0].tracked);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(test_find),
		T(test_search),
		T(test_stock),
		T(test_import),
		T(test_import_json),
		T(test_import_packs),
		T(test_import_bad),
		T(test_import_large),
		T(test_import_killed_early),
		T(test_import_killed_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
