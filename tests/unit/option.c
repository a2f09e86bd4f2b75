/* SPDX-License-Identifier: ISC */
/* Options, menus, variants, and how a sale is consumed: cases A10 and A11. */
#include "trade.h"

#include <sqlite3.h>

#include "shop/auth.h"
#include "shop/init.h"
#include "shop/discount.h"
#include "shop/option.h"
#include "shop/return.h"
#include "shop/variant.h"
#include "sql/journal.h"
#include "sql/option.h"

static char		dir[64];
static struct shop	*shop;
static int64_t		menu, steak, fish, wine, egg;

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

	OK(option_put_row(shop, &row));
}

static int
setup(void **state)
{
	(void)state;
	shop = test_shop("FR", dir);
	menu = test_product(shop, "900", "Menu du jour", "meal", "pc", 2500,
	    false);
	fish = test_product(shop, "901", "Poisson", "meal", "pc", 2640, true);
	wine = test_product(shop, "902", "Verre de vin", "alcohol", "pc", 600,
	    true);
	steak = test_product(shop, "910", "Steak", "meal", "pc", 1600, false);
	egg = test_product(shop, "911", "Œuf", "meal", "pc", 150, true);
	option("900", "Plat", "Poisson", "901", 1, 1, true, 0, "");
	option("900", "Plat", "Homard", "901", 1, 1, true, 800, "");
	option("900", "Boisson", "Vin", "902", 1, 1, true, 0, "");
	option("910", "Cuisson", "bleu", "", 1, 1, false, 0, "");
	option("910", "Cuisson", "saignant", "", 1, 1, false, 0, "");
	option("910", "Cuisson", "à point", "", 1, 1, false, 0, "");
	option("910", "Avec", "œuf", "911", 0, 2, false, 150, "");
	option("910", "Avec", "double", "", 0, 2, false, 500, "bleu");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_done(shop, dir);
	return 0;
}

/* "1.2" of a product, as choices. */
static size_t
picks(int64_t product, const char *text, int64_t out[OPTION_PICKS])
{
	struct option_set	set;
	size_t			n = 0;

	OK(option_load(shop, product, &set));
	OK(option_numbers(&set, text, out, &n));
	option_done(&set);
	return n;
}

static int
add(int64_t *id, int64_t *version, int64_t product, int64_t qty,
    const char *text, int64_t *line)
{
	int64_t			chosen[OPTION_PICKS] = { 0 };
	struct sale_item	item = { .product = product, .qty = qty,
				    .picks = chosen };

	item.npicks = picks(product, text, chosen);
	return sale_add_items(shop, id, version, &item, 1, line);
}

static void
vat_is(const struct sale *s, int at, int64_t rate, int64_t gross,
    int64_t net, int64_t vat)
{
	assert_int_equal(s->vat[at].rate, rate);
	assert_int_equal(s->vat[at].gross, gross);
	assert_int_equal(s->vat[at].net, net);
	assert_int_equal(s->vat[at].vat, vat);
}

/* Lines, taxes and payments add up, and what is shown is what is paid. */
static void
sound(const struct sale *s)
{
	int64_t	sum = 0, shown = 0, moved = 0, rates = 0;

	for (size_t i = 0; i < s->nlines; i++) {
		const struct sale_line	*l = &s->lines[i];

		if (l->state == LINE_VOID) {
			continue;
		}
		sum += l->amount;
		shown += l->amount - l->moved;
		moved += l->moved;
		assert_int_equal(l->amount, l->price * l->qty / QTY_ONE -
		    l->off + l->moved);
		if (l->state == LINE_LIVE) {
			assert_true(l->amount - l->moved >= 0);
			assert_true(l->amount >= 0);
		}
	}
	for (int i = 0; i < s->nvat; i++) {
		rates += s->vat[i].gross;
		assert_int_equal(s->vat[i].net + s->vat[i].vat,
		    s->vat[i].gross);
	}
	assert_int_equal(moved, 0);
	assert_int_equal(shown, s->total);
	assert_int_equal(sum, s->total);
	assert_int_equal(rates, s->total);
}

static void
a10_a_menu_with_wine_keeps_both_rates(void **state)
{
	struct sale	s;
	int64_t		id = 0, version = 0, line, change;
	bool		posted;

	(void)state;
	OK(add(&id, &version, menu, QTY_ONE, "1.1", &line));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.nlines, 3);
	assert_int_equal(s.total, 2500);
	assert_int_equal(s.units, 1);
	assert_string_equal(s.lines[1].label, "Poisson");
	assert_int_equal(s.lines[1].amount, 2037);
	assert_int_equal(s.lines[2].amount, 463);
	assert_int_equal(s.lines[0].amount, 0);
	vat_is(&s, 0, 20000, 463, 386, 77);
	vat_is(&s, 1, 10000, 2037, 1852, 185);
	sound(&s);
	sale_done(&s);
	/* And so it is on the ticket. */
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	assert_true(posted);
	OK(sale_load(shop, id, &s));
	vat_is(&s, 0, 20000, 463, 386, 77);
	vat_is(&s, 1, 10000, 2037, 1852, 185);
	assert_int_equal(s.total, 2500);
	sound(&s);
	sale_done(&s);
}

static void
finding(void *ctx, const char *what, const char *words)
{
	struct buf	*b = ctx;

	buf_fmt(b, "%s: %s\n", what, words);
}

/* Chosen by its line, the whole menu comes back, at both rates. */
static void
a10_a_menu_comes_back_at_both_rates(void **state)
{
	struct return_ticket	t;
	struct return_pick	pick[3] = { { 0 } };
	struct sale		s;
	int64_t			id = 0, version = 0, line, change, back = 0;
	struct buf		found = { 0 };
	int64_t			qty, bad;
	char			what[160];
	bool			posted;

	(void)state;
	OK(add(&id, &version, menu, 2 * QTY_ONE, "1.1", &line));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(return_load(shop, id, &t));
	assert_int_equal(t.nlines, 3);
	for (size_t i = 0; i < 3; i++) {
		pick[i].line = t.lines[i].id;
	}
	OK(return_choose(shop, &t, pick, 0, QTY_ONE));
	assert_int_equal(pick[1].qty, QTY_ONE);
	assert_int_equal(pick[2].qty, QTY_ONE);
	version = 0;
	OK(return_add(shop, &back, &version, id, pick, 3));
	return_done(&t);
	OK(sale_load(shop, back, &s));
	assert_int_equal(s.total, -2500);
	vat_is(&s, 0, 20000, -463, -386, -77);
	vat_is(&s, 1, 10000, -2037, -1852, -185);
	/* One menu, what was chosen under it: as it was sold. */
	assert_int_equal(s.units, 1);
	assert_int_equal(s.lines[0].parent, 0);
	assert_int_equal(s.lines[1].parent, s.lines[0].id);
	assert_int_equal(s.lines[2].parent, s.lines[0].id);
	line = s.lines[0].id;
	sale_done(&s);
	/* The second one, too: what belongs to it follows. */
	OK(sale_set_qty(shop, back, &version, line, 2 * QTY_ONE));
	OK(sale_load(shop, back, &s));
	assert_int_equal(s.total, -5000);
	assert_int_equal(s.lines[1].qty, -2 * QTY_ONE);
	assert_int_equal(s.lines[2].qty, -2 * QTY_ONE);
	vat_is(&s, 0, 20000, -926, -772, -154);
	sale_done(&s);
	OK(sale_set_qty(shop, back, &version, line, QTY_ONE));
	/* Voided it goes as a whole, and comes again as a whole. */
	OK(sale_void_line(shop, back, &version, line, ""));
	OK(sale_load(shop, back, &s));
	assert_int_equal(s.total, 0);
	assert_int_equal(s.lines[1].state, LINE_VOID);
	sale_done(&s);
	OK(sale_undo(shop, back, &version, what, sizeof(what)));
	OK(sale_load(shop, back, &s));
	assert_int_equal(s.total, -2500);
	assert_int_equal(s.lines[2].state, LINE_LIVE);
	sale_done(&s);
	OK(sale_pay(shop, back, &version, "cash", 0, &change, &posted));
	/* Fish and wine are on the shelf again, once. */
	OK(stock_level(shop, fish, &qty));
	assert_int_equal(qty, -QTY_ONE);
	OK(stock_level(shop, wine, &qty));
	assert_int_equal(qty, -QTY_ONE);
	OK(check_run(shop, finding, &found, &bad));
	assert_string_equal(buf_text(&found), "");
	buf_done(&found);
	assert_int_equal(bad, 0);
}

/* Whatever happens to the menu's line happens to the whole menu. */
static void
a_menu_is_one_thing(void **state)
{
	const struct wish	ten = { .kind = WISH_PERCENT, .value = 10000 };
	struct sale		s;
	int64_t			id = 0, version = 0, line, other;
	char			what[160];

	(void)state;
	OK(add(&id, &version, menu, QTY_ONE, "2.1", &line));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 3300);	/* the lobster costs 8 more */
	assert_int_equal(s.lines[1].amount - s.lines[1].moved, 800);
	assert_int_equal(s.lines[0].amount - s.lines[0].moved, 2500);
	sound(&s);
	line = s.lines[0].id;
	sale_done(&s);

	OK(sale_set_qty(shop, id, &version, line, 3 * QTY_ONE));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 3 * 3300);
	assert_int_equal(s.lines[2].qty, 3 * QTY_ONE);
	sound(&s);
	sale_done(&s);

	OK(sale_set_price(shop, id, &version, line, 2000));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 3 * 2800);
	sound(&s);
	sale_done(&s);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));

	OK(sale_discount(shop, id, &version, line, &ten));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 3 * 3300 - 750);
	sound(&s);
	sale_done(&s);
	OK(sale_discount(shop, id, &version, 0, &ten));
	OK(sale_add(shop, &id, &version, wine, QTY_ONE, NULL, &other));
	OK(sale_load(shop, id, &s));
	sound(&s);
	sale_done(&s);

	OK(sale_void_line(shop, id, &version, line, ""));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 540);
	sound(&s);
	sale_done(&s);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.lines[2].state, LINE_LIVE);
	sound(&s);
	sale_done(&s);
	/* A part of it is nothing to void by itself. */
	OK(sale_load(shop, id, &s));
	assert_int_equal(sale_void_line(shop, id, &version, s.lines[1].id,
	    ""), ERR_INVALID);
	sale_done(&s);
}

static void
an_old_menu_is_reversed_whole(void **state)
{
	struct sale	s;
	int64_t		id = 0, version = 0, line;
	int64_t		change;
	bool		posted;

	(void)state;
	OK(add(&id, &version, menu, 2 * QTY_ONE, "1.1", &line));
	OK(sale_load(shop, id, &s));
	line = s.lines[0].id;
	sale_done(&s);
	test_now += 3600000;
	OK(sale_void_line(shop, id, &version, line, "cold"));
	OK(add(&id, &version, steak, QTY_ONE, "2.1", &line));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 1750);
	sound(&s);
	sale_done(&s);
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.nvat, 2);
	vat_is(&s, 0, 20000, 0, 0, 0);
	vat_is(&s, 1, 10000, 1750, 1591, 159);
	sale_done(&s);
}

static void
write_raw(const char *sql)
{
	char	path[96];
	sqlite3	*db;

	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(db);
}

/* Somebody writes into the file: what does not add up is named. */
static void
check_finds_it(void **state)
{
	struct buf	found = { 0 };
	int64_t		id = 0, version = 0, line, bad;

	(void)state;
	OK(add(&id, &version, menu, QTY_ONE, "1.1", &line));
	OK(add(&id, &version, steak, QTY_ONE, "2.1", &line));
	OK(check_run(shop, finding, &found, &bad));
	assert_int_equal(bad, 0);
	write_raw("UPDATE sale_line SET moved = moved + 1, amount = amount "
	    "+ 1 WHERE label = 'Poisson'");
	OK(check_run(shop, finding, &found, &bad));
	assert_int_equal(bad, 1);
	assert_non_null(strstr(buf_text(&found), "Menu du jour and its"));
	write_raw("UPDATE sale_line SET qty = 2000, amount = 300 "
	    "WHERE label = 'œuf'");
	OK(check_run(shop, finding, &found, &bad));
	assert_int_equal(bad, 2);
	buf_done(&found);
}

static void
choices_are_forced_and_bounded(void **state)
{
	struct sale	s;
	int64_t		id = 0, version = 0, line, plain[1] = { 0 };
	struct sale_item item = { .product = 0, .qty = QTY_ONE,
			    .picks = plain };

	(void)state;
	item.product = steak;
	assert_int_equal(sale_add(shop, &id, &version, steak, QTY_ONE, NULL,
	    &line), ERR_EMPTY);
	assert_non_null(strstr(err_text(ERR_EMPTY), "Cuisson"));
	assert_int_equal(sale_add_items(shop, &id, &version, &item, 1,
	    &line), ERR_EMPTY);
	assert_int_equal(id, 0);
	/* Rare does not go with double. */
	assert_int_equal(add(&id, &version, steak, QTY_ONE, "1.2", &line),
	    ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "double"));
	OK(add(&id, &version, steak, QTY_ONE, "2.1", &line));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.nlines, 2);
	assert_string_equal(s.lines[0].words, "saignant");
	assert_int_equal(s.lines[0].amount, 1600);
	assert_string_equal(s.lines[1].label, "œuf");
	assert_int_equal(s.lines[1].amount, 150);
	assert_int_equal(s.total, 1750);
	sound(&s);
	sale_done(&s);
}

static void
options_change_and_come_back(void **state)
{
	struct sale	s;
	int64_t		id = 0, version = 0, line, chosen[OPTION_PICKS];
	size_t		n;
	char		what[160];

	(void)state;
	OK(add(&id, &version, steak, 2 * QTY_ONE, "2.1", &line));
	OK(sale_load(shop, id, &s));
	line = s.lines[0].id;
	sale_done(&s);
	n = picks(steak, "3.2", chosen);
	OK(sale_set_options(shop, id, &version, line, chosen, n));
	OK(sale_load(shop, id, &s));
	assert_string_equal(s.lines[0].words, "à point");
	assert_int_equal(s.total, 2 * 2100);
	sound(&s);
	sale_done(&s);
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_load(shop, id, &s));
	assert_string_equal(s.lines[0].words, "saignant");
	assert_int_equal(s.total, 2 * 1750);
	sound(&s);
	sale_done(&s);
	/* Too much of one group, nothing of a forced one. */
	n = picks(steak, "1", chosen);
	n = picks(steak, "0.1", chosen);
	assert_int_equal(sale_set_options(shop, id, &version, line, chosen,
	    n), ERR_EMPTY);
	/* All of the first act goes with one undo. */
	OK(add(&id, &version, menu, QTY_ONE, "1.1", &line));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 2 * 1750);
	sound(&s);
	sale_done(&s);
}

static void
level_is(int64_t product, int64_t want)
{
	int64_t	qty;

	OK(stock_level(shop, product, &qty));
	assert_int_equal(qty, want);
}

static void
components_leave_the_stock(void **state)
{
	int64_t	id = 0, version = 0, line, change;
	bool	posted;

	(void)state;
	OK(stock_adjust(shop, fish, 10 * QTY_ONE, "delivery"));
	OK(stock_adjust(shop, egg, 10 * QTY_ONE, "delivery"));
	OK(stock_adjust(shop, steak, 10 * QTY_ONE, "delivery"));
	OK(add(&id, &version, menu, 2 * QTY_ONE, "1.1", &line));
	OK(add(&id, &version, steak, QTY_ONE, "3.1", &line));
	OK(add(&id, &version, steak, QTY_ONE, "3.2", &line));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	level_is(fish, 8 * QTY_ONE);
	level_is(egg, 9 * QTY_ONE);
	level_is(steak, 8 * QTY_ONE);
}

/* Seeded: menus of every price, quantity and discount; the parts add up. */
static void
rates_of_random_menus_add_up(void **state)
{
	uint64_t	seed = 4711;

	(void)state;
	for (int i = 0; i < 150; i++) {
		struct sale	s;
		struct wish	w = { .kind = WISH_PERCENT };
		int64_t		id = 0, version = 0, line, change, price;
		bool		posted;

		seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
		price = (int64_t)(seed >> 40) % 5000;
		OK(add(&id, &version, menu, (int64_t)(1 + (seed >> 33) % 7) *
		    QTY_ONE, (seed >> 20 & 1) != 0 ? "1.1" : "2.1", &line));
		OK(sale_load(shop, id, &s));
		line = s.lines[0].id;
		sale_done(&s);
		OK(sale_set_price(shop, id, &version, line, price));
		if ((seed >> 21 & 1) != 0 && price > 0) {
			w.value = (int64_t)(1 + (seed >> 24) % 99) * 1000;
			OK(sale_discount(shop, id, &version,
			    (seed >> 22 & 1) != 0 ? line : 0, &w));
		}
		OK(add(&id, &version, steak, QTY_ONE, "2.1", &line));
		OK(sale_load(shop, id, &s));
		sound(&s);
		sale_done(&s);
		OK(sale_pay(shop, id, &version, "card", 0, &change,
		    &posted));
		OK(sale_load(shop, id, &s));
		sound(&s);
		sale_done(&s);
	}
}

static int
row_text(void *ctx, const struct option_row *row)
{
	struct buf	*b = ctx;

	buf_fmt(b, "%s/%s/%s %lld-%lld%s %s %lld <%s>\n", row->code,
	    row->group, row->choice, (long long)row->least,
	    (long long)row->most, row->included ? " in" : "",
	    row->component, (long long)row->price, row->against);
	return 0;
}

static void
kept_and_ended(void **state)
{
	struct buf	text = { 0 };
	struct product	p;
	struct option_row row = { .code = "2001", .group = "g",
			    .choice = "c", .component = "", .against = "",
			    .most = 1 };

	(void)state;
	OK(option_list(shop, steak, row_text, &text));
	assert_string_equal(buf_text(&text),
	    "910/Cuisson/bleu 1-1  0 <double>\n"
	    "910/Cuisson/saignant 1-1  0 <>\n"
	    "910/Cuisson/à point 1-1  0 <>\n"
	    "910/Avec/œuf 0-2 911 150 <>\n"
	    "910/Avec/double 0-2  500 <bleu>\n");
	buf_done(&text);
	OK(product_get(shop, steak, &p));
	assert_int_equal(p.choices, PRODUCT_OPTIONS);
	OK(option_end(shop, "910", "Cuisson", ""));
	OK(option_end(shop, "910", "", ""));
	OK(product_get(shop, steak, &p));
	assert_int_equal(p.choices, 0);
	assert_int_equal(option_end(shop, "910", "Cuisson", ""),
	    ERR_NOT_FOUND);
	/* What is weighed has none, and no component has some itself. */
	(void)test_product(shop, "2001", "Comté", "food", "kg", 2890, false);
	assert_int_equal(option_put_row(shop, &row), ERR_INVALID);
	row.code = "911";
	row.component = "900";
	assert_int_equal(option_put_row(shop, &row), ERR_INVALID);
	row.component = "";
	row.price = -1;
	assert_int_equal(option_put_row(shop, &row), ERR_RANGE);
}

/* ---- variants ------------------------------------------------------------ */

static void
variant(const char *code, const char *first, const char *second,
    int64_t delta)
{
	const struct variant_row	row = {
		.template = "4000", .axes = "Taille|Couleur", .code = code,
		.first = first, .second = second, .delta = delta,
	};

	OK(variant_put(shop, &row));
}

static void
variants_are_products(void **state)
{
	struct variant_set	set;
	struct product		p, t;
	const char		*values[8];
	int64_t			id = 0, version = 0, line, shirt;
	size_t			n;

	(void)state;
	shirt = test_product(shop, "4000", "T-shirt", "standard", "pc", 1800,
	    true);
	variant("4001", "M", "noir", 0);
	variant("4002", "M", "rouge", 0);
	variant("4003", "XL", "noir", 200);
	OK(product_get(shop, shirt, &t));
	assert_int_equal(t.choices, PRODUCT_VARIANTS);
	OK(product_find(shop, "4003", &p));
	assert_string_equal(p.name, "T-shirt XL noir");
	assert_int_equal(p.price, 2000);
	assert_int_equal(sale_add(shop, &id, &version, shirt, QTY_ONE, NULL,
	    &line), ERR_EMPTY);
	OK(sale_add(shop, &id, &version, p.id, QTY_ONE, NULL, &line));
	OK(stock_adjust(shop, p.id, 5 * QTY_ONE, "delivery"));

	OK(variant_load(shop, shirt, &set));
	assert_string_equal(set.axis[1], "Couleur");
	variant_values(&set, 0, NULL, values, NELEM(values), &n);
	assert_int_equal(n, 2);
	variant_values(&set, 1, "XL", values, NELEM(values), &n);
	assert_int_equal(n, 1);
	assert_string_equal(values[0], "noir");
	assert_int_equal(variant_find(&set, "XL", "noir")->stock,
	    5 * QTY_ONE);
	assert_null(variant_find(&set, "XL", "rouge"));
	variant_done(&set);

	/* Prices move together; a variant's own moves its difference. */
	t.price = 2500;
	OK(product_update(shop, &t));
	OK(product_find(shop, "4003", &p));
	assert_int_equal(p.price, 2700);
	p.price = 2600;
	OK(product_update(shop, &p));
	OK(variant_load(shop, shirt, &set));
	assert_int_equal(variant_find(&set, "XL", "noir")->delta, 100);
	assert_int_equal(variant_find(&set, "M", "noir")->price, 2500);
	variant_done(&set);
}

/* ---- how it is consumed ------------------------------------------------- */

static int
mode_events(void)
{
	struct q_journal_chain	*rows;
	size_t			 n;
	int			 found = 0;

	OK(q_journal_chain(shop->db, "event/shop", 0, 1000, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		found += strstr(rows[i].payload, ",485,sale_") != NULL;
	}
	free(rows);
	return found;
}

static void
a11_the_tax_goes_by_how_it_is_eaten(void **state)
{
	struct sale	s;
	int64_t		id = 0, version = 0, line, sandwich, change;
	char		what[160], mode[SALE_MODE];
	bool		posted;

	(void)state;
	sandwich = test_product(shop, "950", "Sandwich", "meal", "pc", 600,
	    false);
	OK(sale_add(shop, &id, &version, sandwich, QTY_ONE, NULL, &line));
	OK(sale_set_mode(shop, id, &version, "on_site"));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 600);
	assert_int_equal(s.vat[0].vat, 55);
	assert_string_equal(s.mode, "on_site");
	sale_done(&s);
	OK(sale_set_mode(shop, id, &version, "take_away_later"));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.total, 600);
	assert_int_equal(s.vat[0].rate, 5500);
	assert_int_equal(s.vat[0].vat, 31);
	sale_done(&s);
	/* Later lines too, options too; alcohol stays. */
	OK(add(&id, &version, menu, QTY_ONE, "1.1", &line));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.nvat, 2);
	vat_is(&s, 0, 20000, 463, 386, 77);
	assert_int_equal(s.vat[1].rate, 5500);
	assert_int_equal(s.vat[1].gross, 600 + 2037);
	sound(&s);
	sale_done(&s);
	OK(sale_set_mode(shop, id, &version, "on_site"));
	OK(sale_undo(shop, id, &version, what, sizeof(what)));
	OK(sale_load(shop, id, &s));
	assert_string_equal(s.mode, "take_away_later");
	assert_int_equal(s.vat[1].rate, 5500);
	sale_done(&s);
	/* Other rates are an event of the journal, the way back another; a
	 * mode that changes no rate is none. */
	assert_int_equal(mode_events(), 3);
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(sale_load(shop, id, &s));
	assert_int_equal(s.vat[1].rate, 5500);
	sale_done(&s);
	OK(sale_mode_find("del", mode));
	assert_string_equal(mode, "delivery");
	assert_int_equal(sale_mode_find("take", mode), ERR_INVALID);
}

/* Another session's word on it is not overlooked. */
static void
a_till_has_its_mode(void **state)
{
	struct shop	*a, *b;
	struct sale	 s;
	int64_t		 id = 0, version = 0, line, till;

	(void)state;
	a = test_till(dir, "Anna", "Comptoir");
	b = test_till(dir, "Bob", "Salle");
	OK(terminal_find(shop, "Comptoir", &till));
	OK(terminal_set(shop, till, "mode", "take_away_later"));
	OK(auth_refresh(a));
	a->who.rights = UINT64_MAX;
	OK(sale_add(a, &id, &version, egg, QTY_ONE, NULL, &line));
	OK(sale_load(a, id, &s));
	assert_string_equal(s.mode, "take_away_later");
	assert_int_equal(s.vat[0].rate, 5500);
	sale_done(&s);
	OK(sale_take(b, id, &version));
	OK(sale_set_mode(b, id, &version, "on_site"));
	OK(sale_take(a, id, &version));
	OK(sale_add(a, &id, &version, egg, QTY_ONE, NULL, &line));
	OK(sale_load(a, id, &s));
	assert_int_equal(s.nvat, 1);
	assert_int_equal(s.vat[0].rate, 10000);
	sale_done(&s);
	assert_int_equal(terminal_set(shop, till, "mode", "nowhere"),
	    ERR_INVALID);
	/* The next sale only. */
	OK(sale_mode_next(b, "delivery"));
	id = version = 0;
	OK(sale_add(b, &id, &version, egg, QTY_ONE, NULL, &line));
	OK(sale_load(b, id, &s));
	assert_string_equal(s.mode, "delivery");
	sale_done(&s);
	id = version = 0;
	OK(sale_add(b, &id, &version, egg, QTY_ONE, NULL, &line));
	OK(sale_load(b, id, &s));
	assert_string_equal(s.mode, "");
	sale_done(&s);
	shop_close(b);
	shop_close(a);
}

/* Words that cost something are no second piece, thrown away or not. */
static void
words_move_no_stock(void **state)
{
	int64_t			id = 0, version = 0, line, burger, level;
	int64_t			change;
	struct return_ticket	t;
	struct return_pick	picks[2] = { 0 };
	bool			posted;

	(void)state;
	burger = test_product(shop, "920", "Burger", "meal", "pc", 1200, true);
	option("920", "Avec", "double", "", 0, 1, false, 500, "");
	OK(add(&id, &version, burger, QTY_ONE, "1", &line));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(stock_level(shop, burger, &level));
	assert_int_equal(level, -QTY_ONE);
	OK(return_load(shop, id, &t));
	assert_int_equal(t.nlines, 2);
	for (size_t i = 0; i < 2; i++) {
		picks[i] = (struct return_pick){ .line = t.lines[i].id,
		    .qty = QTY_ONE, .scrap = true };
	}
	return_done(&t);
	line = id;
	id = version = 0;
	OK(return_add(shop, &id, &version, line, picks, 2));
	OK(sale_pay(shop, id, &version, "cash", 0, &change, &posted));
	OK(stock_level(shop, burger, &level));
	assert_int_equal(level, -QTY_ONE);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(a10_a_menu_with_wine_keeps_both_rates),
		T(a10_a_menu_comes_back_at_both_rates),
		T(a_menu_is_one_thing),
		T(an_old_menu_is_reversed_whole),
		T(check_finds_it),
		T(choices_are_forced_and_bounded),
		T(options_change_and_come_back),
		T(components_leave_the_stock),
		T(rates_of_random_menus_add_up),
		T(kept_and_ended),
		T(variants_are_products),
		T(a11_the_tax_goes_by_how_it_is_eaten),
		T(a_till_has_its_mode),
		T(words_move_no_stock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
