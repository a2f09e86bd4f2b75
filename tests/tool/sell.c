/* SPDX-License-Identifier: ISC */
/*
 * sell SHOP COUNT|until [LINES [CODE]]
 * Cash sales by the functions the screens use, as user "cashier" (or the
 * first there is), of one item or of many.  Each thing acknowledged by the
 * shop is said at once:
 *	line SALE LINE
 *	ticket SALE NUMBER TOTAL
 * so that a test that kills this process knows what must be there.  "until"
 * stdin ends it says when its first sale is done, then sells without a word,
 * then says the longest that one line or payment took:
 *	selling
 *	worst MILLISECONDS
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/words.h"
#include "shop/auth.h"
#include "shop/sale.h"
#include "shop/user.h"

static int
first_user(void *ctx, const struct user_row *u)
{
	int64_t	*id = ctx;

	if (*id == 0 && u->active &&
	    (strcmp(u->role, "cashier") == 0 ||
	    strcmp(u->role, "admin") == 0)) {
		*id = u->id;
	}
	return 0;
}

static int
any_product(void *ctx, const struct product *p)
{
	int64_t	*ids = ctx;

	if (!p->by_weight && p->choices == 0 && !p->serials &&
	    p->kind == PRODUCT_ITEM && ids[0] < 60) {
		ids[++ids[0]] = p->id;
	}
	return 0;
}

static bool	quiet;
static int64_t	worst;

/* The longest that one of them took. */
static int
timed(int64_t start, int r)
{
	int64_t	took = clock_boot_ms() - start;

	worst = took > worst ? took : worst;
	return r;
}

static int
sell_one(struct shop *shop, const int64_t *products, int lines, unsigned n)
{
	struct sale	s;
	int64_t		id = 0, version = 0, line, change, at;
	bool		posted;
	int		r;

	for (int i = 0; i < lines; i++) {
		int64_t	product = products[1 + (n * 7 + (unsigned)i) %
			    (unsigned)products[0]];

		at = clock_boot_ms();
		if ((r = timed(at, sale_add(shop, &id, &version, product,
		    QTY_ONE, NULL, &line))) != 0) {
			return r;
		}
		if (!quiet) {
			printf("line %lld %lld\n", (long long)id,
			    (long long)line);
		}
	}
	at = clock_boot_ms();
	if ((r = timed(at, sale_pay(shop, id, &version, "cash", 0, &change,
	    &posted))) != 0 || quiet || (r = sale_load(shop, id, &s)) != 0) {
		return r;
	}
	printf("ticket %lld %s %lld\n", (long long)id, s.ticket,
	    (long long)s.total);
	sale_done(&s);
	return 0;
}

/* Somebody's pause between two sales; false when stdin has ended. */
static bool
goes_on(void)
{
	struct pollfd	p = { .fd = STDIN_FILENO, .events = POLLIN };
	char		c;

	return poll(&p, 1, 5) == 0 || read(STDIN_FILENO, &c, 1) > 0;
}

int
main(int argc, char **argv)
{
	struct shop	*shop;
	int64_t		 user = 0, products[61] = { 0 }, count = 0, lines = 3;
	int		 r;

	words_init();
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	quiet = argc > 2 && strcmp(argv[2], "until") == 0;
	if (argc < 3 || (!quiet &&
	    str_to_i64(argv[2], 0, 1000000, &count) != 0) || (argc > 3 &&
	    str_to_i64(argv[3], 1, 100, &lines) != 0)) {
		fprintf(stderr, "usage: sell SHOP COUNT|until [LINES "
		    "[CODE]]\n");
		return 64;
	}
	if ((r = shop_open(argv[1], DB_WRITE, &shop)) != 0 ||
	    (r = auth_owner(shop, DOOR_SHELL)) != 0 ||
	    (r = user_list(shop, first_user, &user)) != 0 ||
	    (r = auth_enter(shop, user, 0, DOOR_CONSOLE, "test",
	    true)) != 0 ||
	    (r = product_list(shop, NULL, 200, any_product,
	    products)) != 0) {
		fprintf(stderr, "sell: %s\n", err_text(r));
		return err_status(r);
	}
	if (argc > 4) {
		struct product	p;

		if ((r = product_find(shop, argv[4], &p)) != 0) {
			fprintf(stderr, "sell: %s\n", err_text(r));
			return err_status(r);
		}
		products[0] = 1;
		products[1] = p.id;
	}
	if (products[0] == 0) {
		fprintf(stderr, "sell: there is nothing to sell\n");
		return 66;
	}
	for (unsigned n = 0; r == 0 && (quiet ? goes_on() :
	    n < (unsigned)count); n++) {
		r = sell_one(shop, products, (int)lines, n);
		if (r == 0 && quiet && n == 0) {
			puts("selling");
		}
	}
	if (quiet) {
		printf("worst %lld\n", (long long)worst);
	}
	if (r != 0) {
		fprintf(stderr, "sell: %s\n", err_text(r));
	}
	auth_leave(shop);
	shop_close(shop);
	return err_status(r);
}
