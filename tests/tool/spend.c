/* SPDX-License-Identifier: ISC */
/*
 * spend SHOP NUMBER AMOUNT COUNT
 * COUNT sales by the functions the screens use, AMOUNT of each paid with that
 * gift card and the rest in cash.  Each that was acknowledged is said at once,
 * "spent SALE", and "refused" once the card has not so much left.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "shop/payment.h"

static int
dear(void *ctx, const struct product *p)
{
	int64_t	*id = ctx;

	if (*id == 0 && !p->by_weight && p->price >= 500 &&
	    p->kind == PRODUCT_ITEM && !p->serials) {
		*id = p->id;
	}
	return 0;
}

/* 1 when the card paid its part. */
static int
spend(struct shop *shop, int64_t product, const char *number, int64_t amount)
{
	struct pay	card = { .tender = "gift", .reference = number,
			    .amount = amount };
	struct pay	cash = { .tender = "cash" };
	struct paid	paid;
	int64_t		id = 0, version = 0, line;
	int		r, again;

	if (sale_add(shop, &id, &version, product, QTY_ONE, NULL,
	    &line) != 0) {
		return -1;
	}
	if ((r = sale_pay_with(shop, id, &version, &card, &paid)) != 0) {
		again = sale_cancel(shop, id, &version, "no card");
		return again == 0 && (r == ERR_RANGE || r == ERR_INVALID) ?
		    0 : -1;
	}
	printf("spent %lld\n", (long long)id);
	fflush(stdout);
	return paid.posted || sale_pay_with(shop, id, &version, &cash,
	    &paid) == 0 ? 1 : -1;
}

int
main(int argc, char **argv)
{
	struct shop	*shop;
	int64_t		 amount, count, product = 0;
	int		 r;

	if (argc != 5 || str_to_i64(argv[3], 1, MONEY_MAX, &amount) != 0 ||
	    str_to_i64(argv[4], 1, 1000000, &count) != 0) {
		return 64;
	}
	if (shop_open(argv[1], DB_WRITE, &shop) != 0) {
		return 1;
	}
	shop->who.rights = UINT64_MAX;
	shop->who.door = DOOR_SHELL;
	if (product_list(shop, NULL, 0, dear, &product) != 0 ||
	    product == 0) {
		return 1;
	}
	for (int64_t i = 0; i < count; i++) {
		if ((r = spend(shop, product, argv[2], amount)) < 0) {
			fprintf(stderr, "%s\n", err_text(r));
			return 1;
		}
		if (r == 0) {
			printf("refused\n");
			break;
		}
	}
	shop_close(shop);
	return 0;
}
