/* SPDX-License-Identifier: ISC */
/* Orders from a file and into one. */
#include <stdlib.h>

#include "base/clock.h"
#include "shop/csv_rows.h"
#include "shop/purchase_part.h"
#include "shop/stock.h"
#include "sql/purchase.h"

static const char *const order_columns[] = { "supplier", "code", "packs",
	"price", "pack", "place", "wanted", NULL };

/* So many packs mean another quantity where theirs are larger now. */
static int
order_pack(struct shop *shop, int64_t order, const struct product *p,
    const char *text)
{
	struct q_purchase_line_of	line;
	char				theirs[MONEY_TEXT];
	int64_t				pack;
	int				r;

	if (text[0] == '\0') {
		return 0;
	}
	if ((r = qty_parse(text, &pack)) != 0 ||
	    (r = q_purchase_line_of(shop->db, order, p->id, &line)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	qty_plain(shop->money.mark, line.pack, theirs);
	return pack == line.pack ? 0 : err_set(ERR_INVALID, _("%s: their "
	    "pack is %s %s, not %.20s"), p->code, theirs, p->unit, text);
}

static int
order_line(struct shop *shop, void *of, const char *const *cell, int pass)
{
	struct stock_place	place = { 0 };
	struct supplier		s;
	struct product		p;
	int64_t			packs, price, order;
	int			r;

	(void)of;
	(void)pass;
	if ((r = supplier_find(shop, cell[0], &s)) != 0 ||
	    (r = product_find(shop, cell[1], &p)) != 0 ||
	    (r = str_to_i64(cell[2], 0, 99999, &packs)) != 0 ||
	    (cell[3][0] != '\0' && (r = money_parse(&shop->money, cell[3],
	    false, &price)) != 0) ||
	    (cell[5][0] != '\0' && (r = stock_place_find(shop, cell[5],
	    &place)) != 0) ||
	    (cell[6][0] != '\0' && (r = clock_day_check(cell[6])) != 0) ||
	    (r = purchase_place(shop, &place.id)) != 0 ||
	    (r = purchase_write(shop, s.id, place.id, cell[6], &p, packs,
	    cell[3][0] == '\0' ? NULL : &price, &order)) != 0) {
		return r;
	}
	return order_pack(shop, order, &p, cell[4]);
}

static const struct csv_rows order_rows = {
	.verb = "purchase import", .columns = order_columns,
	.kinds = "TTNMQTT", .needed = 3, .line = order_line,
	.topic = "purchase",
};

int
purchase_import(struct shop *shop, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	return csv_rows_take(shop, RIGHT_PURCHASE, fd, how, &order_rows,
	    bad, ctx, lines);
}

int
purchase_export(struct shop *shop, int64_t id, bool json, struct buf *out)
{
	struct q_purchase_file	*rows;
	struct rows_out		 o;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_purchase_file(shop->db, id, shop->who.user, &rows,
	    &n)) != 0) {
		return r;
	}
	rows_out_begin(&o, shop, &order_rows, json);
	for (size_t i = 0; i < n; i++) {
		rows_out_text(&o, rows[i].supplier);
		rows_out_text(&o, rows[i].code);
		rows_out_number(&o, rows[i].packs);
		rows_out_number(&o, rows[i].price);
		rows_out_number(&o, rows[i].pack);
		rows_out_text(&o, rows[i].place);
		rows_out_text(&o, rows[i].wanted);
	}
	rows_out_end(&o);
	free(rows);
	*out = o.text;
	return 0;
}
