/* SPDX-License-Identifier: ISC */
/*
 * serve SHOP USER ROUNDS SEED
 * A waiter at the tables of a shop, as fast as it goes: seats, orders, sends,
 * fires, moves people, divides and joins bills, pays.  Others do the same at
 * the same tables.  What the shop acknowledged is said at once:
 *	line LINE AMOUNT
 *	paid SALE TOTAL
 *	longest MS
 * A refusal (somebody was faster) is part of it; anything else ends it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fire.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/words.h"
#include "shop/auth.h"
#include "shop/party.h"
#include "shop/user.h"

static uint64_t	seed;
static int64_t	products[20];
static size_t	nproducts;

static unsigned
any(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 11) % below);
}

static int
any_product(void *ctx, const struct product *p)
{
	(void)ctx;
	if (!p->by_weight && p->choices == 0 && !p->serials &&
	    p->kind == PRODUCT_ITEM && nproducts < NELEM(products)) {
		products[nproducts++] = p->id;
	}
	return 0;
}

/* Somebody else was faster: not a fault. */
static bool
raced(int r)
{
	return r == ERR_CHANGED || r == ERR_TAKEN || r == ERR_EMPTY ||
	    r == ERR_INVALID || r == ERR_FROZEN || r == ERR_NOT_FOUND ||
	    r == ERR_RANGE;
}

static int
order(struct shop *shop, int64_t sale)
{
	int64_t	version = 0, line, sent;
	int	r;

	if ((r = sale_take(shop, sale, &version)) != 0) {
		return r;
	}
	for (unsigned i = any(3) + 1; i > 0; i--) {
		int64_t	id = sale;
		struct sale	s;

		if ((r = sale_add(shop, &id, &version,
		    products[any((unsigned)nproducts)], QTY_ONE, NULL,
		    &line)) != 0) {
			return r;
		}
		if (sale_load(shop, sale, &s) == 0) {
			for (size_t k = 0; k < s.nlines; k++) {
				if (s.lines[k].id == line) {
					printf("line %lld %lld\n",
					    (long long)line,
					    (long long)s.lines[k].amount);
				}
			}
			sale_done(&s);
		}
	}
	return course_send(shop, sale, &version, &sent);
}

static int
settle(struct shop *shop, int64_t sale)
{
	struct bill_part	*parts;
	size_t			 n;
	int			 r;

	if ((r = bill_parts(shop, sale, &parts, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		int64_t	version = 0, change;
		bool	posted;

		if (parts[i].state != SALE_DRAFT || parts[i].lines == 0) {
			continue;
		}
		if ((r = sale_take(shop, parts[i].sale, &version)) == 0 &&
		    (r = sale_pay(shop, parts[i].sale, &version, "card", 0,
		    &change, &posted)) == 0 && posted) {
			printf("paid %lld\n", (long long)parts[i].sale);
		}
	}
	free(parts);
	return r;
}

static int
act(struct shop *shop, const struct table_view *v, int64_t elsewhere)
{
	int64_t	sale = v->sale, version = v->version, to;
	int	course, r;

	if (sale == 0) {
		r = table_seat(shop, v->t.id, (int)any(4) + 1, &sale,
		    &version);
		return r != 0 ? r : order(shop, sale);
	}
	switch (any(12)) {
	case 0:
	case 1:
		return fire_seen(shop, sale, any(2) == 0, &course);
	case 2:
		return party_move(shop, sale, &version, elsewhere, &to);
	case 3:
		return bill_heads(shop, sale, &version, (int)any(3) + 2);
	case 4:
		return bill_whole(shop, sale, &version);
	case 5:
	case 6:
		return settle(shop, sale);
	default:
		return order(shop, sale);
	}
}

static int
serve(struct shop *shop, long rounds)
{
	int64_t	longest = 0;
	int	r = 0;

	for (long i = 0; i < rounds && r == 0; i++) {
		struct table_view	*rows;
		int64_t			 began = clock_boot_ms(), took;
		size_t			 n;

		if ((r = table_plan(shop, &rows, &n)) != 0) {
			break;
		}
		r = act(shop, &rows[any((unsigned)n)],
		    rows[any((unsigned)n)].t.id);
		free(rows);
		r = raced(r) ? 0 : r;
		took = clock_boot_ms() - began;
		longest = took > longest ? took : longest;
		/* Nothing is kept: the next one may have it. */
		if (r == 0) {
			r = sale_park_all(shop);
		}
	}
	printf("longest %lld\n", (long long)longest);
	return r;
}

int
main(int argc, char **argv)
{
	struct shop	*shop;
	int64_t		 user = 0;
	int		 r;

	words_init();
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc != 5) {
		fputs("usage: serve SHOP USER ROUNDS SEED\n", stderr);
		return 64;
	}
	seed = strtoull(argv[4], NULL, 10) * 2654435761U + 88172645463325252U;
	if ((r = shop_open(argv[1], DB_WRITE, &shop)) == 0 &&
	    (r = user_find(shop, argv[2], &user)) == 0 &&
	    (r = auth_enter(shop, user, 0, DOOR_CONSOLE, "test", true)) ==
	    0 && (r = product_list(shop, NULL, 0, any_product, NULL)) == 0) {
		shop->who.rights = UINT64_MAX;
		r = serve(shop, strtol(argv[3], NULL, 10));
		auth_leave(shop);
	}
	if (r != 0) {
		fprintf(stderr, "serve: %s: %s\n", err_name(r), err_text(r));
	}
	shop_close(shop);
	return r != 0;
}
