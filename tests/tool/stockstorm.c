/* SPDX-License-Identifier: ISC */
/*
 * stockstorm SHOP SEED COUNT [average|fifo]
 * COUNT random movements of 40 products in three places, some of them below
 * nothing, by lot, by piece: what tests/stock.sql adds up again.  With fifo
 * nothing goes below zero.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/words.h"
#include "shop/auth.h"
#include "shop/product.h"
#include "shop/setting.h"
#include "shop/stock.h"

#define PRODUCTS	40
#define BATCH		500

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

static int
storm(struct shop *shop, int64_t count, bool fifo)
{
	int64_t	product[PRODUCTS], place[3] = { PLACE_FIRST }, done = 0, was;
	int	r;

	if ((r = storm_products(shop, product)) != 0 ||
	    (r = stock_place_add(shop, "Annexe", NULL, &place[1])) != 0 ||
	    (r = stock_place_add(shop, "Cave", "Annexe", &place[2])) != 0 ||
	    (fifo && (r = setting_set(shop, "valuation", "fifo")) != 0)) {
		return r;
	}
	while (done < count && r == 0) {
		was = done;
		if ((r = db_begin(shop->db, "storm")) != 0) {
			return r;
		}
		while (done < count && done < was + BATCH && r == 0) {
			now += rnd(1200000);
			r = storm_move(shop, (int)rnd(PRODUCTS), product,
			    place, fifo, &done);
		}
		if (r != 0) {
			db_rollback(shop->db);
		} else {
			r = db_commit(shop->db);
		}
	}
	printf("%lld movements\n", (long long)done);
	return r;
}

int
main(int argc, char **argv)
{
	struct shop	*shop;
	int64_t		 count, first;
	int		 r;

	words_init();
	if (argc < 4 || str_to_i64(argv[2], 1, 1000000000, &first) != 0 ||
	    str_to_i64(argv[3], 1, 10000000, &count) != 0) {
		fprintf(stderr, "usage: stockstorm SHOP SEED COUNT "
		    "[average|fifo]\n");
		return 64;
	}
	seed = (uint64_t)first * UINT64_C(2654435761);
	if ((r = shop_open(argv[1], DB_WRITE, &shop)) != 0 ||
	    (r = auth_owner(shop, DOOR_SHELL)) != 0) {
		fprintf(stderr, "stockstorm: %s\n", err_text(r));
		return err_status(r);
	}
	shop_set_clock(storm_clock);
	r = storm(shop, count, argc > 4 && strcmp(argv[4], "fifo") == 0);
	if (r != 0) {
		fprintf(stderr, "stockstorm: %s\n", err_text(r));
	}
	shop_close(shop);
	return err_status(r);
}
