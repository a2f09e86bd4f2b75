/* SPDX-License-Identifier: ISC */
/*
 * stockstorm SHOP SEED COUNT [average|fifo]
 * Makes a shop and COUNT random movements of 40 products in three places in
 * it, some of them below nothing, by lot, by piece; meanwhile sales that are
 * promised (handed over, ordered) and later paid, or not.  tests/stock.sql
 * adds the movements up again.  What is reserved is counted here, too, and
 * what the shop says is held against it after every step; at the end:
 *	reserved CODE QUANTITY
 * With fifo nothing goes below zero.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/words.h"
#include "shop/auth.h"
#include "shop/init.h"
#include "shop/journal.h"
#include "shop/order.h"
#include "shop/product.h"
#include "shop/setting.h"
#include "shop/stock.h"
#include "shop/stock_recipe.h"
#include "shop/user.h"

#define PRODUCTS	40
#define DISH		PRODUCTS	/* made of a piece and a weight */
#define DISH_PIECE	2
#define DISH_WEIGHT	5
#define BATCH		100
#define PROMISES	30		/* open at a time */

/* A sale that was promised and is not paid. */
struct promise {
	int64_t	id, qty;
	int	at;
	bool	order;
};

struct storm {
	struct shop	*shop, *till;
	int64_t		 product[PRODUCTS + 1], place[3];
	int64_t		 reserved[PRODUCTS + 1];
	struct promise	 promise[PROMISES];
	int		 npromises;
	int64_t		 done, sold, dropped;
	bool		 fifo;
};

static uint64_t	seed;
static int64_t	now = INT64_C(1700000000000);

static int64_t
storm_clock(void)
{
	return now;
}

static int64_t
rnd(int64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)below);
}

static int
storm_products(struct shop *shop, int64_t *product)
{
	for (int i = 0; i < PRODUCTS; i++) {
		struct product	p = { .price = 1000, .tracked = true,
				    .active = true, .serials = i % 8 == 3 };
		int		r;

		(void)str_fmt(p.code, sizeof(p.code), "S%03d", i);
		(void)str_fmt(p.name, sizeof(p.name), "Article %d", i);
		(void)str_fmt(p.tax_class, sizeof(p.tax_class), "standard");
		(void)str_fmt(p.unit, sizeof(p.unit), "%s",
		    i % 8 == 5 ? "kg" : "pc");
		if ((r = product_add(shop, &p, NULL, 0, &product[i])) != 0 ||
		    (i % 8 == 1 && (r = stock_by_lot(shop, product[i],
		    true)) != 0)) {
			return r;
		}
	}
	return 0;
}

/* One movement; whatever the ledger refuses for a good reason is skipped. */
static int
storm_move(struct shop *shop, int at, const int64_t *product,
    const int64_t *place, bool fifo, int64_t *done)
{
	static const enum stock_kind	outs[] = { STOCK_WASTE, STOCK_COUNT,
		STOCK_SHIP, STOCK_ADJUST };
	struct stock_entry	e = { .product = product[at],
				    .place = place[rnd(3)], .reason = "storm" };
	int64_t			value, qty, worth;
	char			text[24];
	int			r;

	e.qty = 1 + rnd(at % 8 == 5 ? 9000 : 30);
	if (at % 8 != 5) {
		e.qty *= QTY_ONE;
	}
	if (at % 8 == 3) {
		(void)str_fmt(text, sizeof(text), "N%lld",
		    (long long)rnd(60));
		e.serial = text;
		e.qty = QTY_ONE;
	}
	if (rnd(100) < 45) {
		e.kind = STOCK_RECEIPT;
		if (at % 8 == 1) {
			(void)str_fmt(text, sizeof(text), "L%lld",
			    (long long)rnd(20));
			e.lot = text;
			e.expiry = rnd(2) != 0 ? "2027-01-01" : "2026-12-01";
		}
		value = rnd(5000) * e.qty / QTY_ONE;
		e.value = rnd(10) == 0 ? NULL : &value;
		if (e.value == NULL) {
			e.kind = STOCK_ADJUST;
		}
	} else {
		e.kind = outs[rnd(4)];
		if ((r = stock_held(shop, e.product, e.place, &qty,
		    &worth)) != 0) {
			return r;
		}
		if (fifo || rnd(4) != 0) {
			e.qty = e.qty > qty ? qty : e.qty;
		}
		if (e.qty <= 0) {
			return 0;
		}
		e.qty = -e.qty;
	}
	r = stock_write(shop, &e);
	if (r == ERR_EXISTS || (r == ERR_INVALID && at % 8 == 3)) {
		return 0;
	}
	*done += r == 0;
	return r;
}

/* ---- promises ----------------------------------------------------------- */

/* A dish of 1 takes a piece and, 20 % of it lost, 100 g. */
static int
storm_dish(struct storm *st)
{
	struct product	p = { .price = 1500, .active = true, .code = "D1",
			    .name = "Plat", .tax_class = "meal",
			    .unit = "pc" };
	int		r;

	if ((r = product_add(st->shop, &p, NULL, 0,
	    &st->product[DISH])) != 0 ||
	    (r = recipe_put(st->shop, st->product[DISH],
	    st->product[DISH_PIECE], QTY_ONE, 0)) != 0) {
		return r;
	}
	return recipe_put(st->shop, st->product[DISH],
	    st->product[DISH_WEIGHT], 80, 20000);
}

static void
promise_count(struct storm *st, const struct promise *p, int sign)
{
	st->reserved[p->at] += sign * p->qty;
	if (p->at == DISH) {
		st->reserved[DISH_PIECE] += sign * p->qty;
		st->reserved[DISH_WEIGHT] += sign * p->qty / 10;
	}
}

/* What the shop says is promised of each. */
static int
promise_compare(struct storm *st)
{
	int64_t	qty;
	int	r;

	for (int i = 0; i <= DISH; i++) {
		if ((r = sale_reserved(st->till, st->product[i], &qty)) != 0) {
			return r;
		}
		if (qty != st->reserved[i]) {
			return err_set(ERR_CORRUPT, "S%03d: %lld reserved, "
			    "not %lld", i, (long long)qty,
			    (long long)st->reserved[i]);
		}
	}
	return 0;
}

static int
promise_make(struct storm *st)
{
	struct promise	*p = &st->promise[st->npromises];
	char		 paper[SALE_PAPER];
	int64_t		 version = 0, line;
	int		 r;

	*p = (struct promise){ .at = (int)rnd(PRODUCTS + 1),
	    .qty = (1 + rnd(3)) * QTY_ONE, .order = rnd(2) == 0 };
	if (p->at % 8 == 3) {		/* a piece with a number is asked */
		p->at++;
	}
	if (p->at % 8 == 5) {
		p->qty = 50 + rnd(3000);
	}
	if ((r = sale_add(st->till, &p->id, &version, st->product[p->at],
	    p->qty, NULL, &line)) != 0 ||
	    (r = p->order ? order_make(st->till, p->id, &version, SALE_ORDER,
	    "storm", NULL, paper) : sale_submit(st->till, p->id,
	    &version)) != 0) {
		return r;
	}
	promise_count(st, p, 1);
	st->npromises++;
	return 0;
}

/* Is there so much of what it takes, where that matters? */
static int
promise_there(struct storm *st, const struct promise *p, bool *there)
{
	const int	of[] = { p->at == DISH ? DISH_PIECE : p->at,
			    p->at == DISH ? DISH_WEIGHT : p->at };
	int64_t		qty, worth;
	int		r;

	*there = true;
	for (size_t i = 0; i < NELEM(of) && st->fifo; i++) {
		if ((r = stock_held(st->shop, st->product[of[i]],
		    PLACE_FIRST, &qty, &worth)) != 0) {
			return r;
		}
		*there = *there && qty >= p->qty;
	}
	return 0;
}

/* One of them is paid, or given up. */
static int
promise_end(struct storm *st)
{
	int		at = (int)rnd(st->npromises);
	struct promise	p = st->promise[at];
	int64_t		version = 0, change, ticket;
	bool		there, posted;
	int		r;

	if ((r = promise_there(st, &p, &there)) != 0 ||
	    (r = sale_take(st->till, p.id, &version)) != 0) {
		return r;
	}
	if (!there || rnd(3) == 0) {
		r = p.order ? order_cancel(st->till, p.id, &version,
		    DEPOSIT_KEPT, "storm", &ticket) :
		    sale_cancel(st->till, p.id, &version, "storm");
		st->dropped++;
	} else {
		/* days may have gone by since the last ticket */
		if ((r = journal_clock_check(st->till)) == ERR_CLOCK) {
			r = journal_clock_confirm(st->till);
		}
		if (r != 0 || (p.order && (r = order_settle(st->till, p.id,
		    &version)) != 0)) {
			return r;
		}
		r = sale_pay(st->till, p.id, &version, "card", 0, &change,
		    &posted);
		st->sold++;
	}
	if (r == 0) {
		promise_count(st, &p, -1);
		st->promise[at] = st->promise[--st->npromises];
	}
	return r;
}

static int
storm_promises(struct storm *st)
{
	int	r = st->npromises < PROMISES ? promise_make(st) : 0;

	if (r == 0 && (st->npromises == PROMISES || rnd(2) == 0)) {
		r = promise_end(st);
	}
	return r != 0 ? r : promise_compare(st);
}

/* ---- all of it ---------------------------------------------------------- */

static int
storm_batch(struct storm *st, int64_t count)
{
	int64_t	was = st->done;
	int	r;

	if ((r = db_begin(st->shop->db, "storm")) != 0) {
		return r;
	}
	while (st->done < count && st->done < was + BATCH && r == 0) {
		now += rnd(1200000);
		r = storm_move(st->shop, (int)rnd(PRODUCTS), st->product,
		    st->place, st->fifo, &st->done);
	}
	if (r != 0) {
		db_rollback(st->shop->db);
		return r;
	}
	return db_commit(st->shop->db);
}

static int
storm(struct storm *st, int64_t count)
{
	int	r;

	st->place[0] = PLACE_FIRST;
	if ((r = storm_products(st->shop, st->product)) != 0 ||
	    (r = storm_dish(st)) != 0 ||
	    (r = stock_place_add(st->shop, "Annexe", NULL,
	    &st->place[1])) != 0 ||
	    (r = stock_place_add(st->shop, "Cave", "Annexe",
	    &st->place[2])) != 0 ||
	    (st->fifo && (r = setting_set(st->shop, "valuation",
	    "fifo")) != 0)) {
		return r;
	}
	while (st->done < count && r == 0) {
		if ((r = storm_batch(st, count)) == 0) {
			r = storm_promises(st);
		}
	}
	printf("%lld movements, %lld promises sold, %lld given up\n",
	    (long long)st->done, (long long)st->sold, (long long)st->dropped);
	for (int i = 0; i <= DISH; i++) {
		struct product	p;

		if (r == 0 && st->reserved[i] != 0 && (r = product_get(
		    st->shop, st->product[i], &p)) == 0) {
			printf("reserved %s %lld\n", p.code,
			    (long long)st->reserved[i]);
		}
	}
	return r;
}

/* The shop, from the first day of the storm's own time on, and two people. */
static int
storm_open(struct storm *st, const char *dir)
{
	const struct init_answers	first = {
		.company = "Storm", .address = "Brest", .tax_ids = "",
		.country = "FR", .printer = "file:", .printer_model = "text",
		.admin = "admin", .password = "storm storm",
	};
	int64_t				user;
	int				r;

	if ((r = init_shop(dir, &first)) != 0 ||
	    (r = shop_open(dir, DB_WRITE, &st->shop)) != 0 ||
	    (r = auth_owner(st->shop, DOOR_SHELL)) != 0 ||
	    (r = shop_open(dir, DB_WRITE, &st->till)) != 0 ||
	    (r = auth_owner(st->till, DOOR_SHELL)) != 0 ||
	    (r = user_find(st->shop, "admin", &user)) != 0) {
		return r;
	}
	return auth_enter(st->till, user, 0, DOOR_CONSOLE, "storm", true);
}

int
main(int argc, char **argv)
{
	struct storm	 st = { .done = 0 };
	int64_t		 count, first;
	int		 r;

	words_init();
	log_open("stockstorm", LOG_LEVEL_ERROR);
	if (argc < 4 || str_to_i64(argv[2], 1, 1000000000, &first) != 0 ||
	    str_to_i64(argv[3], 1, 10000000, &count) != 0) {
		fprintf(stderr, "usage: stockstorm SHOP SEED COUNT "
		    "[average|fifo]\n");
		return 64;
	}
	seed = (uint64_t)first * UINT64_C(2654435761);
	st.fifo = argc > 4 && strcmp(argv[4], "fifo") == 0;
	shop_set_clock(storm_clock);
	if ((r = storm_open(&st, argv[1])) == 0) {
		r = storm(&st, count);
	}
	if (r != 0) {
		fprintf(stderr, "stockstorm: %s\n", err_text(r));
	}
	if (st.till != NULL) {
		auth_leave(st.till);
		shop_close(st.till);
	}
	shop_close(st.shop);
	return err_status(r);
}
