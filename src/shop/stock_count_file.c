/* SPDX-License-Identifier: ISC */
/* What was counted, from a file, into one, and the sheet to write on. */
#include <stdlib.h>

#include "base/mem.h"
#include "shop/audit.h"
#include "shop/csv_rows.h"
#include "shop/print.h"
#include "shop/stock_count_part.h"
#include "sql/stock_count.h"

static const char *const count_columns[] = { "code", "qty", "lot", "expiry",
	"serial", NULL };

static int
count_line(struct shop *shop, void *of, const char *const *cell, int pass)
{
	const int64_t		*id = of;
	struct count_piece	 piece = { cell[2], cell[3], cell[4] };
	struct product		 p;
	struct scan		 scan;
	int64_t			 times = QTY_ONE, qty, sum;
	int			 r;

	(void)pass;
	if ((r = product_scan(shop, cell[0], &p, &scan)) != 0 ||
	    (cell[1][0] != '\0' && (r = qty_parse(cell[1], &times)) != 0) ||
	    (r = scan_times(&scan, times, &qty)) != 0) {
		return r;
	}
	piece.lot = cell[2][0] == '\0' ? scan.lot : cell[2];
	piece.expiry = cell[3][0] == '\0' ? scan.expiry : cell[3];
	piece.serial = cell[4][0] == '\0' ? scan.serial : cell[4];
	if ((r = count_allowed(&p, qty, &piece)) != 0 ||
	    (r = count_kept(shop, &p)) != 0) {
		return r;
	}
	if ((r = count_put(shop, *id, &p, qty, false, &piece, &sum)) != 0) {
		return r;
	}
	return audit_add(shop, "count.enter", "count", *id, p.code);
}

static const struct csv_rows count_file_rows = {
	.verb = "count import", .columns = count_columns, .kinds = "TQTTT",
	.needed = 1, .bare = true, .line = count_line,
};

int
count_import(struct shop *shop, int64_t id, int fd, unsigned how,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	struct csv_rows		rows = count_file_rows;
	struct stock_count	c;
	int			r;

	*lines = 0;
	if ((r = shop_require(shop, RIGHT_COUNT_STOCK)) != 0 ||
	    (r = count_is_open(shop, id, &c)) != 0) {
		return r;
	}
	rows.of = &id;
	return csv_rows_take(shop, RIGHT_COUNT_STOCK, fd, how, &rows, bad,
	    ctx, lines);
}

int
count_export(struct shop *shop, int64_t id, bool json, struct buf *out)
{
	struct q_stock_count_file	*rows;
	struct stock_count		 c;
	struct rows_out			 o;
	size_t				 n;
	int				 r;

	if ((r = shop_require(shop, RIGHT_COUNT_STOCK)) != 0 ||
	    (r = count_glance(shop, id, &c)) != 0 ||
	    (r = q_stock_count_file(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	rows_out_begin(&o, shop, &count_file_rows, json);
	for (size_t i = 0; i < n; i++) {
		rows_out_text(&o, rows[i].code);
		rows_out_number(&o, rows[i].qty);
		rows_out_text(&o, rows[i].lot);
		rows_out_text(&o, rows[i].expiry);
		rows_out_text(&o, rows[i].serial);
	}
	rows_out_end(&o);
	free(rows);
	*out = o.text;
	return 0;
}

/* ---- paper -------------------------------------------------------------- */

#define SHEET_PAGE	200

int
count_sheet(struct shop *shop, int64_t id, enum count_which which,
    struct slip *slip)
{
	static const int	widths[] = { 0, 9, 9 };
	struct stock_count	c;
	struct count_row	*rows;
	char			after[PRODUCT_CODE] = "", qty[MONEY_TEXT];
	size_t			n = SHEET_PAGE;
	int			r;

	if ((r = shop_require(shop, RIGHT_COUNT_STOCK)) != 0 ||
	    (r = count_glance(shop, id, &c)) != 0 ||
	    (which == COUNT_DIFFER && c.blind &&
	    (r = shop_require(shop, RIGHT_ADJUST)) != 0)) {
		return r;
	}
	slip_fmt(slip, SLIP_CENTRE, SLIP_BOLD | SLIP_HIGH, _("COUNT %lld"),
	    (long long)id);
	slip_fmt(slip, SLIP_CENTRE, 0, _("%s, %lld items"), c.place_name,
	    (long long)c.items);
	if (which != COUNT_ALL) {
		slip_text(slip, SLIP_CENTRE, 0, which == COUNT_DIFFER ?
		    _("what differs") : _("what is still to be counted"));
	}
	slip_rule(slip, '-');
	slip_row(slip, SLIP_BOLD, 3, widths, (const char *const[]){ _("item"),
	    c.blind ? "" : _("expected"), _("counted") });
	rows = xcalloc(SHEET_PAGE, sizeof(*rows));
	while (n == SHEET_PAGE) {
		if ((r = count_rows(shop, id, which, after, SHEET_PAGE,
		    rows, &n)) != 0) {
			break;
		}
		for (size_t i = 0; i < n; i++) {
			char	name[PRODUCT_CODE + PRODUCT_NAME + 2];

			(void)str_fmt(name, sizeof(name), "%s %s",
			    rows[i].code, rows[i].name);
			qty_plain(shop->money.mark, rows[i].expected, qty);
			slip_row(slip, 0, 3, widths, (const char *const[]){
			    name, c.blind ? "" : qty, "........" });
		}
		if (n > 0) {
			(void)str_copy(after, sizeof(after),
			    rows[n - 1].code);
		}
	}
	free(rows);
	slip_cut(slip, false);
	return r;
}

int
count_print(struct shop *shop, int64_t id, enum count_which which)
{
	struct slip	slip = { 0 };
	char		ref[32];
	int64_t		printer, job;
	int		r;

	if ((r = count_sheet(shop, id, which, &slip)) != 0 ||
	    (r = printer_for(shop, shop->who.terminal, &printer)) != 0) {
		goto out;
	}
	if (printer == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no printer here"));
		goto out;
	}
	(void)str_fmt(ref, sizeof(ref), "count-%lld", (long long)id);
	if ((r = db_begin(shop->db, "count print")) == 0) {
		r = count_end(shop, print_add(shop, printer, PRINT_REPORT,
		    ref, &slip, &job), "count.print", id, "");
	}
out:
	slip_done(&slip);
	return r;
}
