/* SPDX-License-Identifier: ISC */
/* Who buys, where and when: the prices that hold for them. */
#include <stdlib.h>

#include "shop/prices.h"
#include "shop/sale_part.h"
#include "sql/price.h"

/* Whose goods this terminal sells; nothing where there is none. */
static int
buying_store(struct shop *shop, struct buying *out)
{
	struct q_price_store	row;
	int			r;

	if ((r = q_price_store(shop->db, out->terminal, &row)) == 0) {
		out->place = row.place;
		out->store = row.store;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
sale_buying(struct shop *shop, int64_t id, struct buying *out)
{
	const struct prices	*c;
	struct q_price_buyer	 row;
	int			 r;

	*out = (struct buying){
		.at = shop_now(),
		.terminal = shop->who.terminal,
	};
	if ((r = prices_of(shop, &c)) != 0 ||
	    (r = sale_mode_of(shop, id, out->mode)) != 0 ||
	    (c->asks_store && (r = buying_store(shop, out)) != 0) ||
	    id == 0 || !c->asks_buyer ||
	    (r = q_price_buyer(shop->db, id, &row)) != 0) {
		return r;
	}
	(void)str_copy(out->group, sizeof(out->group), row.customer_group);
	out->room = row.room;
	return 0;
}

/* One line at the price that holds for who buys now; a scale's amount and a
 * price given by hand stay. */
static int
price_line_again(struct shop *shop, const struct q_price_lines *l,
    struct buying *buying)
{
	const struct product	p = { .id = l->product,
				    .price = l->list_price };
	struct price		holds;
	int64_t			amount;
	int			r;

	buying->at = l->at;
	if ((r = money_times(l->price, l->qty, &amount)) != 0 ||
	    amount != l->amount + l->off ||
	    (r = price_of(shop, &p, buying, &holds)) != 0 ||
	    holds.unit == l->price ||
	    (r = money_times(holds.unit, l->qty, &amount)) != 0) {
		return r;
	}
	return q_price_line_put(shop->db, l->id, holds.unit, amount,
	    some(&holds.list));
}

int
sale_prices_again(struct shop *shop, int64_t id)
{
	const struct prices	*c;
	struct q_price_lines	*rows;
	struct buying		 buying;
	size_t			 n;
	int			 r;

	if ((r = prices_of(shop, &c)) != 0 || !c->asks_buyer ||
	    (r = sale_buying(shop, id, &buying)) != 0 ||
	    (r = q_price_lines(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = price_line_again(shop, &rows[i], &buying);
	}
	free(rows);
	return r != 0 ? r : sale_discounts_again(shop, id, true);
}
