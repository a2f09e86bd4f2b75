/* SPDX-License-Identifier: ISC */
/* The stockroom's screens: what wants attention, movements, counting. */
#include "till.h"

#include "shop/catalogue.h"
#include "shop/setting.h"
#include "shop/stock.h"
#include "shop/stock_alert.h"
#include "shop/stock_count.h"
#include "shop/transfer.h"
#include "sql/stock_alert.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;
static int64_t		gum, beer;

static void
enter(int rows, int cols, enum role role, const char *language)
{
	struct session_config	c = till_config(rows, cols);

	till_enter(&t, dir, "Sam", role, "Caisse 1", language, &c);
	t.shop->who.rights = role_rights(role);
}

static int
setup(void **state)
{
	struct product	p;
	int64_t		cost = 500;

	(void)state;
	till_now = INT64_C(1795174260000);
	owner = till_shop(dir);
	OK(product_find(owner, "3002", &p));
	gum = p.id;
	OK(product_find(owner, "1003", &p));
	beer = p.id;
	OK(stock_adjust(owner, gum, 7 * QTY_ONE, "livraison"));
	OK(stock_adjust(owner, beer, -2 * QTY_ONE, "vendu"));
	OK(product_find(owner, "3001", &p));
	OK(stock_correct(owner, STOCK_RECEIPT, p.id, 0, 5 * QTY_ONE, &cost,
	    "livraison"));
	OK(stock_alert_look(owner));
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
alerts_and_movements(void **state)
{
	struct product	p;

	(void)state;
	OK(product_get(owner, gum, &p));
	(void)str_copy(p.category, sizeof(p.category), "Papeterie");
	OK(product_update(owner, &p));
	enter(24, 80, ROLE_STOCK, "fr");
	till_expect(t.s, "sous zéro");
	till_type(t.s, ":stock\r");
	till_golden(t.s, "stock_80x24_fr");
	till_expect(t.s, "1003");
	till_expect(t.s, "plus cher que son prix");
	/* the marked one, with a reason, or it is refused and stays */
	till_type(t.s, "+6\r");
	till_expect(t.s, "dire pourquoi");
	till_type(t.s, "\x7f\x7f+6 livraison\r");
	till_expect(t.s, "le niveau est maintenant de 4");
	till_type(t.s, "/^gom/\r");
	till_expect(t.s, "Gomme");
	till_refuse(t.s, "1664");
	/* all of a category, what stock is not kept of left out */
	till_type(t.s, "@Papeterie\r");
	till_expect(t.s, "Gomme");
	till_refuse(t.s, "1664");
	till_refuse(t.s, "Carnet");
	till_type(t.s, "/^gom/\r");
	till_type(t.s, "-1 perdue\r");
	till_expect(t.s, "est maintenant de 6");
	till_type(t.s, "4006381333931\r");
	till_expect(t.s, "Carnet");
}

static void
alerts_in_forty_columns(void **state)
{
	(void)state;
	enter(12, 40, ROLE_STOCK, "en");
	till_type(t.s, ":stock\r");
	till_golden(t.s, "stock_40x12");
}

/* Nothing wants attention: what there is stands there all the same. */
static void
levels_without_alerts(void **state)
{
	(void)state;
	OK(db_begin(owner->db, "test"));
	for (int k = 0; k < ALERT_KIND_COUNT; k++) {
		OK(q_stock_alert_drop(owner->db,
		    alert_kind_name((enum alert_kind)k), 0));
	}
	OK(db_commit(owner->db));
	enter(24, 80, ROLE_STOCK, "en");
	till_type(t.s, ":stock\r");
	till_expect(t.s, "No alert: the first items");
	till_expect(t.s, "Gomme");
	till_type(t.s, "+1 found\r");
	till_expect(t.s, "the level is now");
}

static void
a_count_beep_by_beep(void **state)
{
	int64_t	id, sum, qty;

	(void)state;
	OK(count_open(owner, COUNT_FULL, 0, true, "", 0, &id));
	enter(24, 80, ROLE_CASHIER, "en");
	till_type(t.s, ":stock-count\r");
	till_expect(t.s, "each beep is one");
	till_type(t.s, "96385074\r");
	till_type(t.s, "96385074\r");
	till_expect(t.s, "Gomme: 2 pc");
	/* somebody else counts the same thing */
	OK(count_enter(owner, id, gum, 3 * QTY_ONE, &sum));
	assert_int_equal(sum, 5 * QTY_ONE);
	till_type(t.s, "-1*3002\r");
	till_expect(t.s, "Gomme: 4 pc");
	till_type(t.s, "*6\r");
	till_golden(t.s, "stockcount_80x24");
	till_refuse(t.s, "7");			/* blind: not what is there */
	till_type(t.s, "12345\r");
	till_expect(t.s, "12345");
	till_esc(t.s);
	assert_int_equal(count_close(t.shop, id, false, true), ERR_DENIED);
	OK(count_close(owner, id, false, true));
	OK(stock_level(owner, gum, &qty));
	assert_int_equal(qty, 6 * QTY_ONE);
}

/* Three of a box of six are eighteen, counted and sent. */
static void
boxes_are_what_they_hold(void **state)
{
	int64_t	id, annex, box;

	(void)state;
	OK(pack_put(owner, gum, "box", 6 * QTY_ONE, "BOX-6", &box));
	OK(count_open(owner, COUNT_FULL, 0, true, "", 0, &id));
	enter(24, 80, ROLE_STOCK, "en");
	till_type(t.s, ":stock-count\r");
	till_type(t.s, "BOX-6\r");
	till_expect(t.s, "Gomme: 6 pc");
	till_type(t.s, "3*BOX-6\r");
	till_expect(t.s, "Gomme: 24 pc");
	till_esc(t.s);
	OK(stock_place_add(owner, "Annexe", NULL, &annex));
	till_type(t.s, ":transfer annexe\r");
	till_type(t.s, "2*BOX-6\r");
	till_expect(t.s, "Gomme: 12 pc");
}

static void
a_count_is_put_right(void **state)
{
	int64_t	qty;

	(void)state;
	enter(12, 40, ROLE_STOCK, "en");
	till_type(t.s, ":stock-count\r");
	till_expect(t.s, "no count is open here");
	till_esc(t.s);
	till_type(t.s, ":stock-count full\r");
	till_type(t.s, "9*3002\r");
	till_golden(t.s, "stockcount_40x12");
	till_type(t.s, ":differences\r");
	till_expect(t.s, "Gomme");
	till_expect(t.s, "Off by");
	till_refuse(t.s, "Now");
	till_type(t.s, ":again\ry");
	till_expect(t.s, "1 to be counted again");
	till_expect(t.s, "? Gomme");		/* which one */
	till_type(t.s, "8*3002\r");
	till_refuse(t.s, "? Gomme");
	till_type(t.s, ":put-right\ry");
	till_expect(t.s, "put right");
	OK(stock_level(owner, gum, &qty));
	assert_int_equal(qty, 8 * QTY_ONE);
}

/* Everything on the line is in the language of the screen. */
static void
a_count_in_french(void **state)
{
	(void)state;
	enter(12, 40, ROLE_STOCK, "fr");
	till_type(t.s, ":inventaire tous\r");
	till_expect(t.s, "a complet, tournant et partiel");
	till_esc(t.s);
	till_type(t.s, ":inventaire partiel\r");
	till_expect_row(t.s, 0, "INVENTAIRE");
	till_expect(t.s, "compte un");
	till_expect(t.s, "12 en tout");
	till_type(t.s, "9*3002\r:\303\251carts\r");
	till_golden(t.s, "stockcount_differ_40x12");
}

static void
no_bad_line(void *ctx, int64_t line, const char *why)
{
	(void)ctx;
	fail_msg("line %lld: %s", (long long)line, why);
}

/* 150 that were counted, each one too many. */
static void
many_counted(int64_t *id)
{
	struct product_import	im;
	FILE			*f = tmpfile(), *seen = tmpfile();
	int64_t			 lines;

	(void)fputs("code,name,tax_class,price,stock\n", f);
	for (int i = 1; i <= 150; i++) {
		(void)fprintf(f, "M%03d,Chose %03d,food,2,2\n", i, i);
		(void)fprintf(seen, "M%03d;3\n", i);
	}
	(void)fflush(f);
	(void)fflush(seen);
	(void)lseek(fileno(f), 0, SEEK_SET);
	(void)lseek(fileno(seen), 0, SEEK_SET);
	OK(product_import(owner, fileno(f), 0, no_bad_line, NULL, &im));
	OK(count_open(owner, COUNT_FULL, 0, true, "", 0, id));
	OK(count_import(owner, *id, fileno(seen), 0, no_bad_line, NULL,
	    &lines));
	assert_int_equal(lines, 150);
	(void)fclose(seen);
	(void)fclose(f);
}

/* All that differs can be walked to and is on the sheet, what differs in lots
 * alone too; the mark stays while others count. */
static void
all_that_differs(void **state)
{
	struct slip	slip = { 0 };
	struct product	p;
	int64_t		id, sum;

	(void)state;
	OK(stock_by_lot(owner, gum, true));
	many_counted(&id);
	OK(count_enter_piece(owner, id, gum, 7 * QTY_ONE,
	    &(struct count_piece){ .lot = "B7" }, &sum));
	enter(24, 80, ROLE_STOCK, "fr");
	till_type(t.s, ":inventaire tournant\r");
	till_expect(t.s, "cet inventaire (complet) est ouvert ici");
	till_type(t.s, ":\303\251carts\r");
	till_expect(t.s, "lot B7  Gomme");
	till_expect(t.s, "sans lot  Gomme");
	till_expect(t.s, "Chose 001");
	till_refuse(t.s, "Chose 150");
	till_type(t.s, "\033[4~");
	till_expect(t.s, "Chose 150");
	OK(product_find(owner, "M001", &p));
	OK(count_enter(owner, id, p.id, QTY_ONE, &sum));
	session_news(t.s, 1U << TOPIC_STOCK);
	till_expect(t.s, "Chose 150");
	OK(count_sheet(owner, id, COUNT_DIFFER, &slip));
	assert_non_null(strstr(slip_stored(&slip), "M001 Chose"));
	assert_non_null(strstr(slip_stored(&slip), "M150 Chose"));
	assert_null(strstr(slip_stored(&slip), "3001"));
	slip_done(&slip);
}

/* A piece with a number asks for it; a lot is named after the scan. */
static void
a_count_by_number_and_lot(void **state)
{
	struct count_gap	*gaps;
	struct product		p;
	int64_t			id;
	size_t			n;

	(void)state;
	OK(product_get(owner, beer, &p));
	p.serials = true;
	OK(product_update(owner, &p));
	OK(count_open(owner, COUNT_PART, 0, true, "", 0, &id));
	enter(24, 80, ROLE_CASHIER, "en");
	till_type(t.s, ":stock-count\r");
	till_type(t.s, "1003\r");
	till_type(t.s, "SN-1\r");
	till_expect(t.s, "Bière 1664: 1 pc");
	till_type(t.s, "1003\rSN-1\r");
	till_expect(t.s, "SN-1 is counted already");
	till_esc(t.s);			/* what was typed, then the question */
	till_esc(t.s);
	till_type(t.s, "3002\r:count-lot L7 31/12/2026\r");
	till_expect(t.s, "Gomme: 2 pc");
	OK(count_gaps(owner, id, &gaps, &n));
	assert_true(n >= 3);
	free(gaps);
}

/* Corrected by hand a piece asks for its number too; sent to another store. */
static void
a_piece_moves_by_its_number(void **state)
{
	struct product	p;
	int64_t		store, qty, value;

	(void)state;
	OK(product_get(owner, gum, &p));
	p.serials = true;
	OK(product_update(owner, &p));
	OK(stock_place_add(owner, "Gare", NULL, &store));
	enter(24, 80, ROLE_STOCK, "en");
	till_type(t.s, ":stock\rgomme\r+1 found\r");
	till_expect(t.s, "its serial number?");
	till_type(t.s, "G-8\r");
	till_expect(t.s, "the level is now 8");
	till_esc(t.s);
	till_type(t.s, ":transfer Gare\r3002\r");
	till_expect(t.s, "its serial number?");
	till_type(t.s, "3001\r");
	till_expect(t.s, "that is the code of Carnet");
	till_esc(t.s);
	till_type(t.s, "G-8\r");
	till_expect(t.s, "Gomme G-8");
	till_type(t.s, "\033[20~y");			/* F9 */
	till_expect(t.s, "under way");
	till_type(t.s, "3002\rG-8\r");
	OK(stock_held(owner, gum, store, &qty, &value));
	assert_int_equal(qty, QTY_ONE);
}

/* Where little fits, what wants attention stands before what one may. */
static void
alerts_at_home_on_a_telephone(void **state)
{
	(void)state;
	enter(12, 40, ROLE_STOCK, "en");
	till_expect_row(t.s, 1, "Stock: 1 below nothing");
	till_expect(t.s, "Here you can");
}

/* What stock says is not there: said, or by the word of who may. */
static void
what_is_not_there_is_said(void **state)
{
	(void)state;
	OK(setting_set(owner, "negative_stock", "warn"));
	enter(24, 80, ROLE_SELLER, "en");
	till_type(t.s, ":sell\r");
	till_type(t.s, "8*3002\r");
	till_expect(t.s, "Gomme: 7 pc left, says the stock");
	till_type(t.s, "3001\r");
	till_refuse(t.s, "says the stock");
	OK(setting_set(owner, "negative_stock", "ask"));
	OK(shop_reload_settings(t.shop));
	till_type(t.s, "3002\r");
	till_expect(t.s, "who may adjust stock");
}

static void
goods_go_to_another_store(void **state)
{
	int64_t	annex, qty, value;

	(void)state;
	OK(stock_place_add(owner, "Annexe", NULL, &annex));
	enter(24, 80, ROLE_STOCK, "fr");
	till_type(t.s, ":transit annexe\r");
	till_expect(t.s, "Transfert 1");
	till_type(t.s, "96385074\r2*3002\r");
	till_golden(t.s, "transfer_80x24_fr");
	till_type(t.s, "\033[20~");
	till_type(t.s, "o");
	till_expect(t.s, "en route");
	OK(stock_there(owner, gum, PLACE_UNDER_WAY, &qty, &value));
	assert_int_equal(qty, 3 * QTY_ONE);
	till_type(t.s, "2*3002\r");
	till_type(t.s, "2*3002\r");
	till_expect(t.s, "plus qu'envoy");
	till_esc(t.s);
	till_type(t.s, "\tlo");
	till_expect(t.s, "reçu");
	OK(stock_there(owner, gum, annex, &qty, &value));
	assert_int_equal(qty, 2 * QTY_ONE);
	OK(stock_there(owner, gum, PLACE_UNDER_WAY, &qty, &value));
	assert_int_equal(qty, 0);
}

static void
transfers_in_forty_columns(void **state)
{
	int64_t	annex, id;

	(void)state;
	OK(stock_place_add(owner, "Annexe", NULL, &annex));
	OK(transfer_open(owner, PLACE_FIRST, annex, &id));
	OK(transfer_put(owner, id, gum, QTY_ONE, "", ""));
	enter(12, 40, ROLE_STOCK, "en");
	till_type(t.s, ":transfer\r");
	till_golden(t.s, "transfers_40x12");
	till_type(t.s, "\r");
	till_expect(t.s, "Gomme");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(alerts_and_movements),
		T(alerts_in_forty_columns),
		T(levels_without_alerts),
		T(a_count_beep_by_beep),
		T(boxes_are_what_they_hold),
		T(a_count_is_put_right),
		T(a_count_in_french),
		T(all_that_differs),
		T(a_count_by_number_and_lot),
		T(a_piece_moves_by_its_number),
		T(alerts_at_home_on_a_telephone),
		T(what_is_not_there_is_said),
		T(goods_go_to_another_store),
		T(transfers_in_forty_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
