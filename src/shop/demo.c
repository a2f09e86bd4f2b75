/* SPDX-License-Identifier: ISC */
/* The demo: a brasserie with a shop corner, and the month it had. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "shop/catalogue.h"
#include "shop/demo_goods.h"
#include "shop/drawer.h"
#include "shop/ean.h"
#include "shop/init.h"
#include "shop/quickkey.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "shop/supplier.h"
#include "shop/user.h"

#define DEMO_DAYS	30
#define DEMO_TILL	"Caisse 1"
#define MINUTE_MS	INT64_C(60000)

struct demo {
	struct shop	*shop;
	uint64_t	 seed;
	int64_t		 dish[DEMO_DISHES];	/* product ids */
	int64_t		 weighed[DEMO_WEIGHED];
	int64_t		 item[DEMO_ITEMS];
	int		 likes;			/* sum of the dishes' */
};

/* The clock of the history being made. */
static int64_t demo_time;

static int64_t
demo_clock(void)
{
	return demo_time;
}

/* The same month for everybody (xorshift; nothing secret here). */
static int
demo_random(struct demo *d, int below)
{
	d->seed ^= d->seed << 13;
	d->seed ^= d->seed >> 7;
	d->seed ^= d->seed << 17;
	return (int)((d->seed >> 11) % (uint64_t)below);
}

/* --- the catalogue ------------------------------------------------------ */

static int
demo_product(struct demo *d, int code, const char *name,
    const char *category, const char *class, const char *unit, int64_t price,
    int64_t stock, int64_t *id)
{
	struct product	 p = { .price = price, .active = true };
	char		 ean[14];
	const char	*codes[] = { ean };
	int64_t		 cost = price / 2;
	int		 r;

	(void)str_fmt(p.code, sizeof(p.code), "%d", code);
	(void)str_copy(p.name, sizeof(p.name), name);
	(void)str_copy(p.category, sizeof(p.category), category);
	(void)str_copy(p.tax_class, sizeof(p.tax_class), class);
	(void)str_copy(p.unit, sizeof(p.unit), unit);
	p.tracked = stock != 0;
	/* Prefix 200 is a shop's own: no maker's number is taken. */
	(void)str_fmt(ean, sizeof(ean), "2000000%05d", code);
	(void)str_fmt(ean + 12, 2, "%d", ean_check(ean));
	if ((r = product_add(d->shop, &p, codes,
	    stock != 0 && strcmp(unit, "pc") == 0 ? 1 : 0, id)) != 0 ||
	    stock == 0) {
		return r;
	}
	return stock_correct(d->shop, STOCK_RECEIPT, *id, 0, stock, &cost,
	    "livraison");
}

static int
demo_catalogue(struct demo *d)
{
	size_t	n = 0;
	int	r = 0;

	for (size_t i = 0; i < DEMO_DISHES && r == 0; i++) {
		const struct demo_dish	*x = &demo_dishes[i];

		d->likes += x->liked;
		r = demo_product(d, x->code, x->name, x->category,
		    x->tax_class, "pc", x->price, 0, &d->dish[i]);
	}
	for (size_t i = 0; i < DEMO_WEIGHED && r == 0; i++) {
		const struct demo_weighed	*x = &demo_weighed[i];

		r = demo_product(d, x->code, x->name, x->category, "food",
		    "kg", x->price, 15 * QTY_ONE + demo_random(d, 5000),
		    &d->weighed[i]);
	}
	for (size_t f = 0; f < demo_families_count && r == 0; f++) {
		const struct demo_family	*x = &demo_families[f];

		for (int i = 0; i < DEMO_SORTS && x->sorts[i] != NULL &&
		    r == 0; i++) {
			char	name[PRODUCT_NAME];

			(void)str_fmt(name, sizeof(name), "%s %s%s%s", x->name,
			    x->sorts[i], x->size[0] != '\0' ? " " : "",
			    x->size);
			r = demo_product(d, 3001 + (int)n, name, x->category,
			    x->tax_class, "pc", x->price + i * x->step,
			    (12 + demo_random(d, 36)) * QTY_ONE,
			    &d->item[n]);
			n++;
		}
	}
	return r;
}

/* A department and something with serial numbers. */
static int
demo_others(struct demo *d)
{
	struct product	misc = { .code = "7", .name = "Divers",
			    .category = "Divers", .tax_class = "standard",
			    .unit = "pc", .active = true,
			    .kind = PRODUCT_DEPARTMENT, .min_price = 20,
			    .max_price = 10000 };
	struct product	radio = { .code = "9101", .name = "Radio à pile",
			    .category = "Cadeaux", .tax_class = "standard",
			    .unit = "pc", .active = true, .price = 3990,
			    .serials = true };
	int64_t		id;
	int		r;

	if ((r = product_add(d->shop, &misc, NULL, 0, &id)) != 0) {
		return r;
	}
	return product_add(d->shop, &radio, NULL, 0, &id);
}

/* Who sells to the shop corner, and when more of it is ordered. */
static int
demo_suppliers(struct demo *d)
{
	struct supplier		s = { .code = "EPI", .lead = 3, .least = 5000,
				    .name = "Épicerie de gros du Port",
				    .terms = 30, .active = true };
	struct product_info	info = { .has_reorder = true,
				    .reorder_min = 12 * QTY_ONE,
				    .reorder_max = 48 * QTY_ONE };
	int			r;

	if ((r = supplier_put(d->shop, &s)) != 0) {
		return r;
	}
	for (int code = 3001; code <= 3006 && r == 0; code++) {
		struct supplier_item	i = { .supplier = s.id, .least = 1,
					    .pack = 12 * QTY_ONE };
		struct product		p;
		char			text[PRODUCT_CODE];

		(void)str_fmt(text, sizeof(text), "%d", code);
		(void)str_fmt(i.ref, sizeof(i.ref), "EG-%d", code - 3000);
		if ((r = product_find(d->shop, text, &p)) == 0) {
			i.product = p.id;
			i.price = p.price * 6;	/* twelve, at half of it */
			if ((r = supplier_item_put(d->shop, &i)) == 0) {
				r = product_info_put(d->shop, p.id, &info);
			}
		}
	}
	return r;
}

static int
demo_quick(struct demo *d)
{
	int	r;

	if ((r = quick_page_put(d->shop, 0, 1, "Boissons")) != 0 ||
	    (r = quick_page_put(d->shop, 0, 2, "Plats")) != 0) {
		return r;
	}
	for (const struct demo_key *k = demo_keys; k->label != NULL && r == 0;
	    k++) {
		r = quick_key_put(d->shop, 0, k->page, k->letter, k->label,
		    k->items);
	}
	return r;
}

/* --- the month ---------------------------------------------------------- */

static size_t
demo_pick_dish(struct demo *d)
{
	int	at = demo_random(d, d->likes);
	size_t	i = 0;

	while (i + 1 < DEMO_DISHES && at >= demo_dishes[i].liked) {
		at -= demo_dishes[i++].liked;
	}
	return i;
}

static int
demo_line(struct demo *d, bool shopping, int64_t *id, int64_t *version)
{
	int64_t	line, product, qty = QTY_ONE;
	int	r;

	if (!shopping) {
		product = d->dish[demo_pick_dish(d)];
		qty = demo_random(d, 3) == 0 ? 2 * QTY_ONE : QTY_ONE;
	} else if (demo_random(d, 4) == 0) {
		product = d->weighed[demo_random(d, DEMO_WEIGHED)];
		qty = 100 + 5 * demo_random(d, 100);
	} else {
		product = d->item[demo_random(d, DEMO_ITEMS)];
	}
	r = sale_add(d->shop, id, version, product, qty, NULL, &line);
	demo_time += 4000 + demo_random(d, 20000);
	/* Now and then a finger slips. */
	if (r == 0 && *version > 1 && demo_random(d, 60) == 0) {
		r = sale_void_line(d->shop, *id, version, line, "");
	}
	return r;
}

static int
demo_pay(struct demo *d, int64_t id, int64_t version)
{
	int64_t		change, given = 0, notes[4];
	bool		posted, cash = demo_random(d, 100) < 38;
	struct sale	sale;
	size_t		n;
	int		r;

	demo_time += 15000 + demo_random(d, 60000);
	if (cash && demo_random(d, 4) != 0) {
		if ((r = sale_load(d->shop, id, &sale)) != 0) {
			return r;
		}
		n = tender_notes(d->shop, sale.due, notes, NELEM(notes));
		given = n > 0 ? notes[demo_random(d, (int)n)] : 0;
		sale_done(&sale);
	}
	return sale_pay_history(d->shop, id, &version, cash ? "cash" : "card",
	    given, &change, &posted);
}

/* Minutes of the day when people come; the lists are weighted by length. */
static int64_t
demo_minute(struct demo *d)
{
	static const int	from[] = { 450, 450, 600, 720, 720, 720, 840,
				    960, 1080, 1140, 1140, 1200 };
	static const int	span[] = { 150, 150, 120, 110, 110, 110, 120,
				    120, 90, 120, 120, 120 };
	int			i = demo_random(d, (int)NELEM(from));

	return from[i] + demo_random(d, span[i]);
}

static int
by_time(const void *a, const void *b)
{
	const int64_t	x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* One day's guests, in the order they paid. */
static int
demo_day(struct demo *d, int64_t midnight, bool weekend)
{
	int64_t	minutes[80] = { 0 };
	int	count = (weekend ? 42 : 30) + demo_random(d, 18), r = 0;

	for (int i = 0; i < count; i++) {
		minutes[i] = demo_minute(d);
	}
	qsort(minutes, (size_t)count, sizeof(*minutes), by_time);
	for (int i = 0; i < count && r == 0; i++) {
		int64_t	id = 0, version = 0, at;
		bool	shopping = demo_random(d, 100) < 18;
		int	lines = 1 + demo_random(d, shopping ? 4 : 5);

		at = midnight + minutes[i] * MINUTE_MS;
		if (at > demo_time) {
			demo_time = at;
		}
		for (int k = 0; k < lines && r == 0; k++) {
			r = demo_line(d, shopping, &id, &version);
		}
		if (r == 0) {
			r = demo_pay(d, id, version);
		}
	}
	return r;
}

/* Notes and coins of an amount, the largest first. */
static void
demo_coins(struct drawer_line *rows, size_t n, int64_t amount)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].value != 0) {
			rows[i].n = amount / rows[i].value;
			amount %= rows[i].value;
		}
	}
}

/* Counted in the evening, now and then a note short; the float stays. */
static int
demo_close(struct demo *d)
{
	static const int64_t	 left = 15000;
	struct shift_how	 how = { .left = &left, .history = true };
	struct drawer_line	*rows = NULL;
	struct closing		 c;
	int64_t			 shift, count, cash = 0;
	size_t			 n;
	int			 r;

	demo_time += 20 * MINUTE_MS;
	if ((r = shift_now(d->shop, &shift)) != 0 || shift == 0 ||
	    (r = closing_read(d->shop, shift, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c.ntotals; i++) {
		cash += c.totals[i].cash ? c.totals[i].expected : 0;
	}
	closing_done(&c);
	cash -= demo_random(d, 8) == 0 ? 1000 : 0;
	if ((r = drawer_sheet(d->shop, shift, &rows, &n)) == 0) {
		demo_coins(rows, n, cash);
		r = drawer_count(d->shop, shift, rows, n, &count);
	}
	free(rows);
	return r != 0 ? r : shift_close(d->shop, shift, &how);
}

/* Local midnight `back` days before a moment, by the calendar. */
static int64_t
demo_midnight(int64_t now, int back, bool *weekend)
{
	time_t		t = (time_t)(now / 1000);
	struct tm	tm = { 0 };

	(void)localtime_r(&t, &tm);
	tm.tm_mday -= back;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	t = mktime(&tm);
	*weekend = tm.tm_wday == 0 || tm.tm_wday == 6;
	return (int64_t)t * 1000;
}

/* The cashier at the first till did all of it. */
static int
demo_actor(struct demo *d)
{
	struct actor	*who = &d->shop->who;
	int		 r;

	if ((r = terminal_find(d->shop, DEMO_TILL,
	    &who->terminal)) == ERR_NOT_FOUND) {
		r = terminal_add(d->shop, DEMO_TILL, &who->terminal);
	}
	if (r != 0) {
		return r;
	}
	(void)str_copy(who->terminal_name, sizeof(who->terminal_name),
	    DEMO_TILL);
	if ((r = user_find(d->shop, "cashier", &who->user)) == 0) {
		(void)str_copy(who->name, sizeof(who->name), "cashier");
		who->role = ROLE_CASHIER;
		who->rights = role_rights(ROLE_CASHIER);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int
demo_month(struct demo *d, int64_t now)
{
	int64_t	opening = 15000, shift;
	int	r = 0;

	for (int back = DEMO_DAYS; back >= 1 && r == 0; back--) {
		bool	weekend;
		int64_t	midnight = demo_midnight(now, back, &weekend);

		/* From the second on, what the evening before left. */
		if (back == DEMO_DAYS) {
			demo_time = midnight + 7 * 60 * MINUTE_MS;
			r = shift_open(d->shop, &opening, &shift);
		}
		if (r == 0 && (r = demo_day(d, midnight, weekend)) == 0) {
			r = demo_close(d);
		}
	}
	return r;
}

int
demo_fill(struct shop *shop)
{
	struct demo	 d = { .shop = shop, .seed = 0x636f6d70746f6972 };
	struct actor	 who = shop->who;
	char		 today[CLOCK_DAY_SIZE];
	int64_t		 now;
	bool		 weekend;
	int		 r;

	/* Between midnight and morning today is the evening's day still. */
	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	now = clock_day_noon(today);
	/* Ten thousand commits: the disk is asked once, at the end. */
	if ((r = db_unsettle(shop->db)) != 0) {
		return r;
	}
	demo_time = demo_midnight(now, DEMO_DAYS, &weekend);
	shop_set_clock(demo_clock);
	if ((r = demo_catalogue(&d)) == 0 && (r = demo_others(&d)) == 0 &&
	    (r = demo_suppliers(&d)) == 0 &&
	    (r = demo_quick(&d)) == 0 && (r = demo_actor(&d)) == 0) {
		r = demo_month(&d, now);
	}
	shop_set_clock(NULL);
	shop->who = who;
	if (r == 0 && (r = demo_choices(shop)) == 0 &&
	    (r = demo_house(shop)) == 0 &&
	    (r = demo_kitchen(shop)) == 0) {
		r = demo_stockroom(shop);
	}
	return r != 0 ? r : db_settle(shop->db);
}
