/* SPDX-License-Identifier: ISC */
/* The stockroom's screens: all about an item, orders, what comes, suppliers. */
#include "till.h"

#include "shop/catalogue.h"
#include "shop/label.h"
#include "shop/purchase.h"
#include "shop/stock.h"

static char		dir[64];
static struct shop	*owner;
static struct supplier	metro;
static int64_t		beer;

static int
setup(void **state)
{
	struct supplier_item	item = { .pack = 6000, .price = 240,
				    .least = 1, .ref = "E-75" };
	struct product_info	info = { .allergens = 1, .brand = "Fischer",
				    .has_cost = true, .cost = 100 };
	struct product		p;

	(void)state;
	till_now = INT64_C(1795174260000);
	owner = till_shop(dir);
	metro = (struct supplier){ .code = "METRO", .name = "Metro",
	    .lead = 3, .terms = 30, .active = true };
	OK(supplier_put(owner, &metro));
	OK(product_find(owner, "1003", &p));
	beer = p.id;
	OK(product_info_put(owner, beer, &info));
	item.supplier = metro.id;
	item.product = beer;
	OK(supplier_item_put(owner, &item));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(owner, dir);
	return 0;
}

static void
enter(struct till *t, enum role role, int rows, int cols, const char *lang)
{
	struct session_config	c = till_config(rows, cols);

	till_enter(t, dir, "Sam", role, "Office", lang, &c);
}

/* One page; what it costs only for who may see it. */
static void
all_about_an_item(void **state)
{
	struct till	t;
	struct product	p;
	int64_t		id;

	(void)state;
	OK(pack_put(owner, beer, "box", 6000, NULL, &id));
	OK(product_get(owner, beer, &p));
	p.price = 500;
	OK(product_update(owner, &p));
	enter(&t, ROLE_STOCK, 24, 80, "en");
	till_type(t.s, ":product 1003\r");
	till_expect(t.s, "Fischer");
	till_expect(t.s, "gluten");
	till_expect(t.s, "box 6");
	till_expect(t.s, "METRO E-75 2,40");
	till_expect(t.s, "margin 3,17");		/* 4.17 - 1.00 */
	till_expect(t.s, "4,50 20");			/* before */
	till_type(t.s, ":barcode\r");
	till_expect(t.s, "2900000000018");
	till_type(t.s, ":archive\r");
	till_expect(t.s, "no longer sold");
	till_type(t.s, ":archive\r");
	till_refuse(t.s, "no longer sold");
	till_leave(&t);
	enter(&t, ROLE_WAITER, 12, 40, "fr");
	till_type(t.s, ":product 1003\r");
	till_expect(t.s, "box 6");
	till_refuse(t.s, "marge");
	till_refuse(t.s, "METRO");
	till_leave(&t);
	/* nothing of it is out of reach of a telephone */
	enter(&t, ROLE_STOCK, 12, 40, "en");
	till_type(t.s, ":product 1003\r");
	till_refuse(t.s, "4,50 20");
	till_type(t.s, "\033[6~\033[6~");		/* PgDn */
	till_expect(t.s, "METRO E-75 2,40");
	till_expect(t.s, "4,50 20");
	till_golden(t.s, "product_end_40x12");
	till_leave(&t);
}

/* From an empty screen to goods in the stock, by scanner and keyboard. */
static void
ordered_and_received(void **state)
{
	struct till	t;
	int64_t		qty, value;

	(void)state;
	enter(&t, ROLE_STOCK, 24, 80, "en");
	till_type(t.s, ":purchases\r");
	till_expect_row(t.s, 0, "ORDERS");
	till_expect(t.s, "Nothing is ordered");
	till_type(t.s, "METRO E-75 4\r");
	till_expect(t.s, "draft");
	till_expect(t.s, "9,60");
	till_type(t.s, "METRO 9999 4\r");
	till_expect(t.s, "nothing has the code 9999");
	till_esc(t.s);
	till_type(t.s, "\r");
	till_expect(t.s, "not sent yet");
	till_type(t.s, ":send-order\r");
	till_expect(t.s, "PO-000001");
	till_type(t.s, "\r");
	till_expect_row(t.s, 0, "RECEIPT");
	till_type(t.s, "20*1003\r");
	till_expect(t.s, "20 more");
	till_type(t.s, "5*1003\r");
	till_expect(t.s, ": 25 came, 24 were ordered");
	till_type(t.s, "-5*1003\r");
	till_expect(t.s, "-5 more");
	/* what nobody ordered is taken, and said */
	till_type(t.s, "3002\r");
	till_expect(t.s, "3002 Gomme: not on the order");
	till_type(t.s, "-1*3002\r");
	till_refuse(t.s, "Gomme  ");
	till_type(t.s, "1001\r");
	till_expect(t.s, "1 more; it is kept in stock from here on");
	till_type(t.s, "-1*1001\r");
	till_type(t.s, ":costs 2\r");
	till_expect(t.s, "costs 2,00");
	till_type(t.s, ":save\r");
	till_expect(t.s, "1 line is short");
	till_type(t.s, "y");
	till_expect(t.s, "REC-000001 is in the stock");
	till_expect_row(t.s, 0, "ORDERS");
	till_expect(t.s, "in part");
	OK(stock_held(owner, beer, 0, &qty, &value));
	assert_int_equal(qty, 20000);
	assert_int_equal(value, 1000);		/* 8.00 and 2.00 */
	/* The rest, in one word; then there is nothing left to wait for. */
	till_type(t.s, "\r:came\r:save\r");
	till_expect(t.s, "REC-000002 is in the stock");
	till_expect(t.s, "Nothing is ordered");
	till_leave(&t);
}

/* A piece with a number asks for it, and the next item's code is none; ten
 * letters of a name show beside the figures on a telephone. */
static void
a_piece_is_received(void **state)
{
	struct till	t;
	struct product	p;
	int64_t		qty, value;

	(void)state;
	OK(product_get(owner, beer, &p));
	p.serials = true;
	OK(product_update(owner, &p));
	enter(&t, ROLE_STOCK, 12, 40, "en");
	till_type(t.s, ":suppliers\r");
	till_type(t.s, ":receive\r1003\r");
	till_expect(t.s, "its serial number?");
	till_type(t.s, "3002\r");
	till_expect(t.s, "that is the code of Gomme");
	till_esc(t.s);
	till_type(t.s, "SN-1\r");
	till_expect(t.s, "1664: 1 more");
	till_type(t.s, "1003\rsn-1\r");
	till_expect(t.s, "SN-1 is on this receipt");
	till_esc(t.s);
	till_type(t.s, "SN-2\r-1*1003\rSN-1\r2*3001\r");
	till_golden(t.s, "receipt_40x12");
	till_type(t.s, ":save\r");
	till_expect(t.s, "REC-000001 is in the stock");
	OK(stock_held(owner, beer, 0, &qty, &value));
	assert_int_equal(qty, QTY_ONE);
	till_leave(&t);
}

/* What is past its last day is taken, and said where it is scanned. */
static void
a_lot_is_past_its_day(void **state)
{
	struct product_info	info = { .lots = true };
	struct till		t;

	(void)state;
	OK(product_info_put(owner, beer, &info));
	enter(&t, ROLE_STOCK, 24, 80, "en");
	till_type(t.s, ":suppliers\r");
	till_type(t.s, ":receive\r1003\r");
	till_type(t.s, ":lot L7 2099-01-31\r");
	till_expect(t.s, "1 more");
	till_type(t.s, ":lot L8 2001-01-31\r");
	till_expect(t.s, "1003 Bière 1664: lot L8 expired on 2001-01-31");
	till_leave(&t);
}

/* Labels gathered one by one, by words and from a receipt; on a sheet. */
static void
labels_are_gathered(void **state)
{
	struct printer_change	office = PRINTER_NO_CHANGE;
	struct intake_entry	came = { .product = beer, .qty = 6000 };
	struct label_wanted	*rows;
	struct till		t;
	char			number[PURCHASE_NUMBER];
	int64_t			id;
	size_t			n;

	(void)state;
	OK(intake_start(owner, metro.id, false, 0, "", &id));
	OK(intake_add(owner, id, &came));
	OK(intake_post(owner, id, number));
	enter(&t, ROLE_STOCK, 24, 80, "fr");
	till_type(t.s, ":etiquettes\r");
	till_expect(t.s, "Scannez des articles");
	till_type(t.s, "96385074\r2*3002\rcaf\r");
	till_expect(t.s, "étiquettes de 2 articles");
	till_type(t.s, "carnet\r*5\r");
	till_golden(t.s, "labels_80x24_fr");
	till_type(t.s, ":etiq-genre\r:etiq-reception\r");
	till_type(t.s, "\x7f\x7f\x7f\x7f");
	till_type(t.s, number);
	till_type(t.s, "\r:etiq-planche a4-5x13\r:etiq-debut 64\r");
	till_expect(t.s, "5x13 dès la 64, planches : 2");
	till_type(t.s, "\tl");
	till_expect(t.s, "Fischer");
	till_esc(t.s);
	till_type(t.s, "\033[20~");			/* F9 */
	till_expect(t.s, "aucune imprimante de pages");
	office.driver = "pdf";
	office.connection = "file:";
	OK(printer_add(owner, "office", &office, &id));
	till_type(t.s, "\033[20~");
	till_expect(t.s, "étiquettes");
	till_expect(t.s, "Scannez des articles");
	till_leave(&t);
	/* nothing is lost with the session; another one has its own */
	enter(&t, ROLE_STOCK, 12, 40, "en");
	till_type(t.s, ":labels\r1003\r");
	till_golden(t.s, "labels_40x12");
	till_leave(&t);
	enter(&t, ROLE_STOCK, 12, 40, "en");
	till_type(t.s, ":labels\r");
	till_expect(t.s, "1664");
	till_type(t.s, "*0\r");
	till_refuse(t.s, "1664");
	OK(label_wanted(t.shop, &rows, &n));
	assert_int_equal(n, 0);
	free(rows);
	till_leave(&t);
}

/* A supplier made and changed on a form, what they sell, what goes back to
 * them, their invoice. */
static void
all_about_a_supplier(void **state)
{
	struct supplier_item	item;
	struct supplier		s;
	struct till		t;
	int64_t			qty, value;

	(void)state;
	enter(&t, ROLE_STOCK, 24, 80, "en");
	till_type(t.s, ":suppliers\rBRAS Brasserie du Nord\r");
	till_expect_row(t.s, 0, "SUPPLIER");
	till_type(t.s, "\r\r1 quai du Port\r0102030405\r\rC-77\r3\r25\r");
	till_golden(t.s, "supplier_80x24");
	till_type(t.s, "45\r5\r\r");
	OK(supplier_find(owner, "BRAS", &s));
	assert_int_equal(s.lead, 3);
	assert_int_equal(s.least, 2500);
	assert_int_equal(s.terms, 45);
	assert_int_equal(s.discount, 5000);
	assert_string_equal(s.account, "C-77");
	till_expect_row(t.s, 0, "SUPPLIERS");
	till_type(t.s, "\033[H\r");
	till_expect_row(t.s, 0, "SELLS US");
	till_type(t.s, "1003 2.40 6 B-33 2\r");
	till_type(t.s, "3002 0.30\r");
	till_golden(t.s, "sells_80x24");
	till_type(t.s, "B-33 2.60\r");
	OK(supplier_item_get(owner, s.id, beer, &item));
	assert_int_equal(item.price, 260);
	assert_int_equal(item.pack, 6000);
	assert_int_equal(item.least, 2);
	till_esc(t.s);
	/* without an order, then some of it back */
	till_type(t.s, ":receive\r12*1003\r:save\r");
	till_expect(t.s, "REC-000001 is in the stock");
	till_type(t.s, ":send-back flat\r");
	till_expect_row(t.s, 0, "GOODS BACK");
	till_expect(t.s, "Scan what goes back");
	till_expect(t.s, "F9 sends it back");
	till_type(t.s, "2*1003\r:save\r");
	till_expect(t.s, "RET-000001 went back: it is off the stock");
	OK(stock_held(owner, beer, 0, &qty, &value));
	assert_int_equal(qty, 10000);
	till_leave(&t);
	enter(&t, ROLE_STOCK, 12, 40, "en");
	till_type(t.s, ":bills\r");
	till_expect(t.s, "None.");
	till_type(t.s, "BRAS F1 20/11/2026 9.99 2 REC-000001\r");
	till_expect(t.s, "9,99");
	till_esc(t.s);
	till_type(t.s, "BRAS F1 20/11/2026 9.99 2 REC-000001 ! agreed\r");
	till_golden(t.s, "bills_40x12");
	till_type(t.s, ":bill-paid\r");
	till_expect(t.s, "invoice F1 is paid");
	till_type(t.s, ":which\r");
	till_expect(t.s, "F1");
	till_leave(&t);
}

static void
who_sells(void **state)
{
	struct till	t;

	(void)state;
	enter(&t, ROLE_MANAGER, 12, 40, "fr");
	till_type(t.s, ":fournisseurs\r");
	till_expect_row(t.s, 0, "FOURNISSEURS");
	till_expect(t.s, "METRO");
	till_type(t.s, "PROMO Promocash Lyon\r");
	till_expect(t.s, "PROMO");
	till_leave(&t);
	enter(&t, ROLE_CASHIER, 24, 80, "en");
	till_type(t.s, ":suppliers\r");
	till_refuse(t.s, "SUPPLIERS");
	till_leave(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(all_about_an_item), T(ordered_and_received),
		T(a_piece_is_received), T(a_lot_is_past_its_day),
		T(labels_are_gathered), T(all_about_a_supplier),
		T(who_sells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
