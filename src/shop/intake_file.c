/* SPDX-License-Identifier: ISC */
/* What came, from a file and into one. */
#include <stdlib.h>

#include "shop/csv_rows.h"
#include "shop/purchase_part.h"
#include "sql/product.h"

static const char *const intake_columns[] = { "code", "qty", "lot", "expiry",
	"serial", "amount", NULL };

/* Our own code before theirs: what was exported has ours. */
static int
intake_item(struct shop *shop, int64_t supplier, const char *text,
    struct product *p, struct scan *scan)
{
	struct q_product_id_by_code	row;
	int				r;

	*scan = (struct scan){ 0 };
	if ((r = q_product_id_by_code(shop->db, text, &row)) == 0) {
		return product_get(shop, row.id, p);
	}
	return r != ERR_NOT_FOUND ? r :
	    supplier_item_find(shop, supplier, text, p, scan);
}

static int
intake_line(struct shop *shop, void *of, const char *const *cell, int pass)
{
	const struct intake	*in = of;
	struct intake_entry	 e = { .lot = cell[2], .expiry = cell[3],
				    .serial = cell[4] };
	struct product		 p;
	struct scan		 scan;
	int64_t			 times = QTY_ONE, amount;
	int			 r;

	(void)pass;
	if ((r = intake_item(shop, in->supplier, cell[0], &p, &scan)) != 0 ||
	    (cell[1][0] != '\0' && (r = qty_parse(cell[1], &times)) != 0) ||
	    (r = scan_times(&scan, times, &e.qty)) != 0 ||
	    (cell[5][0] != '\0' && (r = money_parse(&shop->money, cell[5],
	    false, &amount)) != 0)) {
		return r;
	}
	e.product = p.id;
	if (e.lot[0] == '\0' && scan.lot[0] != '\0') {
		e.lot = scan.lot;
		e.expiry = e.expiry[0] == '\0' ? scan.expiry : e.expiry;
	}
	e.serial = e.serial[0] == '\0' ? scan.serial : e.serial;
	e.amount = cell[5][0] == '\0' ? NULL : &amount;
	return intake_enter(shop, in->id, &e);
}

static const struct csv_rows intake_rows = {
	.verb = "receipt import", .columns = intake_columns,
	.kinds = "TQTTTM", .needed = 1, .bare = true, .line = intake_line,
	.topic = "purchase",
};

int
intake_import(struct shop *shop, int64_t id, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	struct csv_rows	rows = intake_rows;
	struct intake	in;
	int		r;

	*lines = 0;
	if ((r = intake_get(shop, id, &in)) != 0) {
		return r;
	}
	rows.of = &in;
	return csv_rows_take(shop, RIGHT_PURCHASE, fd, how, &rows, bad, ctx,
	    lines);
}

static int
intake_out(void *ctx, const struct intake_line *l)
{
	struct rows_out	*o = ctx;

	rows_out_text(o, l->code);
	rows_out_number(o, l->qty);
	rows_out_text(o, l->lot);
	rows_out_text(o, l->expiry);
	rows_out_text(o, l->serial);
	rows_out_number(o, l->amount);
	return 0;
}

int
intake_export(struct shop *shop, int64_t id, bool json, struct buf *out)
{
	struct rows_out	o;
	int		r;

	rows_out_begin(&o, shop, &intake_rows, json);
	r = intake_lines(shop, id, intake_out, &o);
	rows_out_end(&o);
	*out = o.text;
	return r;
}
