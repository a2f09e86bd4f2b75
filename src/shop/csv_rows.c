/* SPDX-License-Identifier: ISC */
/* Reading a file whole, then storing it in one transaction; and writing one. */
#include "shop/csv_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/money.h"

#define ROWS_MOST	20000

struct csv_row {
	int64_t	 line;
	char	**cell;			/* as many as there are columns */
};
struct csv_file {
	struct csv_row	*row;
	size_t		 n, columns;
	int64_t		 bad;
};

static void
file_done(struct csv_file *f)
{
	for (size_t i = 0; i < f->n; i++) {
		for (size_t k = 0; k < f->columns; k++) {
			free(f->row[i].cell[k]);
		}
		free(f->row[i].cell);
	}
	free(f->row);
}

/* Where each of our columns stands in the file; -1 nowhere. */
static int
file_head(const struct csv *csv, const struct csv_rows *rows, size_t n,
    int *at)
{
	for (size_t k = 0; k < n; k++) {
		at[k] = -1;
		for (size_t i = 0; i < csv->nfields; i++) {
			if (strcmp(csv->field[i], rows->columns[k]) == 0) {
				at[k] = (int)i;
			}
		}
		if (k < rows->needed && at[k] < 0) {
			return err_set(ERR_INVALID, _("the first line names "
			    "no column \"%s\""), rows->columns[k]);
		}
	}
	return 0;
}

/* A number of JSON as a CSV would have it. */
static void
number_text(const struct money_style *plain, char kind, int64_t v,
    char out[static MONEY_TEXT])
{
	switch (kind) {
	case 'M':
		money_plain(plain, v, out);
		break;
	case 'Q':
		qty_plain('.', v, out);
		break;
	case 'R':
		rate_plain('.', v, out);
		break;
	case 'B':
		(void)str_copy(out, MONEY_TEXT, v != 0 ? "yes" : "no");
		break;
	default:
		(void)str_fmt(out, MONEY_TEXT, "%lld", (long long)v);
		break;
	}
}

static struct money_style
plain_style(const struct shop *shop)
{
	struct money_style	plain = shop->money;

	plain.mark = '.';
	plain.group[0] = '\0';
	return plain;
}

static char *
cell_text(const struct money_style *plain, char kind, const struct csv *csv,
    int at)
{
	const char	*text = at >= 0 && (size_t)at < csv->nfields ?
			    csv->field[at] : "";
	char		 plainly[MONEY_TEXT];
	int64_t		 v;

	if (kind == 'F' && strcmp(text, "yes") == 0) {
		text = "1";
	} else if (kind == 'F' && strcmp(text, "no") == 0) {
		text = "0";
	} else if (csv->json && text[0] != '\0' && csv->number[at] &&
	    strchr("MQR", kind) != NULL &&
	    str_to_i64(text, -MONEY_MAX, MONEY_MAX, &v) == 0) {
		number_text(plain, kind, v, plainly);
		text = plainly;
	}
	return xstrdup(text);
}

static void
file_keep(struct csv_file *f, const struct money_style *plain,
    const char *kinds, const struct csv *csv, const int *at)
{
	struct csv_row	*row;

	f->row = xrealloc(f->row, f->n + 1, sizeof(*f->row));
	row = &f->row[f->n++];
	row->line = csv->line;
	row->cell = xcalloc(f->columns, sizeof(*row->cell));
	for (size_t k = 0; k < f->columns; k++) {
		row->cell[k] = cell_text(plain, kinds[k], csv, at[k]);
	}
}

static int
file_read(const struct shop *shop, int fd, bool latin1,
    const struct csv_rows *rows, struct csv_file *f)
{
	struct money_style	plain = plain_style(shop);
	struct csv		csv;
	int			at[CSV_FIELDS] = { 0 };
	int			r;

	csv_init(&csv, fd);
	csv.latin1 = latin1;
	if ((r = csv_next(&csv)) == 0) {
		r = err_set(ERR_EMPTY, _("the file is empty"));
	} else if (r == 1 && rows->bare && f->columns > 0 &&
	    csv.nfields > 0 && strcmp(csv.field[0], rows->columns[0]) != 0) {
		for (size_t k = 0; k < f->columns; k++) {
			at[k] = (int)k;
		}
		file_keep(f, &plain, rows->kinds, &csv, at);
		r = 0;
	} else if (r == 1) {
		r = file_head(&csv, rows, f->columns, at);
	}
	while (r == 0 && (r = csv_next(&csv)) != 0) {
		if (r == 1 && f->n == ROWS_MOST) {
			r = err_set(ERR_RANGE, _("at most %d lines at once"),
			    ROWS_MOST);
		} else if (r == 1) {
			file_keep(f, &plain, rows->kinds, &csv, at);
			r = 0;
		} else if (r == ERR_INVALID || r == ERR_TOO_LONG) {
			rows->bad(rows->ctx, csv.line, err_text(r));
			f->bad++;
			r = 0;
		}
	}
	csv_done(&csv);
	return r;
}

/* Faults of a line are told and the next one tried; others end it. */
static int
file_store(struct shop *shop, const struct csv_rows *rows,
    struct csv_file *f)
{
	size_t	all = rows->twice ? 2 * f->n : f->n;
	int	r = 0;

	for (size_t k = 0; k < all && r == 0; k++) {
		size_t	i = k % f->n;

		if (k == f->n && f->bad > 0) {
			break;
		}
		if (rows->at != NULL) {
			*rows->at = f->row[i].line;
		}
		r = rows->line(shop, rows->of,
		    (const char *const *)f->row[i].cell, k < f->n ? 0 : 1);
		if (r == ERR_INVALID || r == ERR_NOT_FOUND ||
		    r == ERR_EXISTS || r == ERR_RANGE || r == ERR_EMPTY ||
		    r == ERR_TOO_LONG) {
			rows->bad(rows->ctx, f->row[i].line, err_text(r));
			f->bad++;
			r = 0;
		}
	}
	return r != 0 || f->bad == 0 ? r : err_set(ERR_INVALID, ngettext(
	    "%lld line will not do; nothing was stored",
	    "%lld lines will not do; nothing was stored",
	    (unsigned long)f->bad), (long long)f->bad);
}

int
csv_rows_import(struct shop *shop, int fd, unsigned how,
    const struct csv_rows *rows, int64_t *lines)
{
	struct csv_file	f = { 0 };
	int		r;

	*lines = 0;
	while (rows->columns[f.columns] != NULL) {
		f.columns++;
	}
	if ((r = file_read(shop, fd, (how & IMPORT_LATIN1) != 0, rows,
	    &f)) != 0 ||
	    (r = db_begin(shop->db, rows->verb)) != 0) {
		file_done(&f);
		return r;
	}
	r = file_store(shop, rows, &f);
	if (r != 0 || (how & IMPORT_DRY) != 0) {
		db_rollback(shop->db);
	} else {
		db_topic(shop->db, "product");
		db_topic(shop->db, "stock");
		if (rows->topic != NULL) {
			db_topic(shop->db, rows->topic);
		}
		r = db_commit(shop->db);
	}
	if (r == 0) {
		*lines = (int64_t)f.n;
	}
	file_done(&f);
	return r;
}

int
csv_rows_take(struct shop *shop, enum right right, int fd, unsigned how,
    const struct csv_rows *rows,
    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
    int64_t *lines)
{
	struct csv_rows	mine = *rows;
	int		r;

	mine.bad = bad;
	mine.ctx = ctx;
	*lines = 0;
	if ((r = shop_require(shop, right)) != 0) {
		return r;
	}
	return csv_rows_import(shop, fd, how, &mine, lines);
}

/* --- out ----------------------------------------------------------------- */

void
rows_out_begin(struct rows_out *o, const struct shop *shop,
    const struct csv_rows *rows, bool as_json)
{
	*o = (struct rows_out){ .rows = rows, .plain = plain_style(shop),
	    .as_json = as_json };
	o->json.out = &o->text;
	if (as_json) {
		json_array(&o->json);
		return;
	}
	for (size_t k = 0; rows->columns[k] != NULL; k++) {
		csv_field(&o->text, rows->columns[k],
		    rows->columns[k + 1] == NULL);
	}
}

/* Before a cell and, `ended`, after it. */
static void
rows_out_cell(struct rows_out *o, bool ended)
{
	if (!ended && o->as_json) {
		if (o->at == 0) {
			json_object(&o->json);
		}
		json_key(&o->json, o->rows->columns[o->at]);
	} else if (ended && o->rows->columns[++o->at] == NULL) {
		o->at = 0;
		if (o->as_json) {
			json_end_object(&o->json);
			buf_chr(&o->text, '\n');
		}
	}
}

void
rows_out_text(struct rows_out *o, const char *text)
{
	rows_out_cell(o, false);
	if (o->as_json) {
		json_text(&o->json, text);
	} else {
		csv_field(&o->text, text,
		    o->rows->columns[o->at + 1] == NULL);
	}
	rows_out_cell(o, true);
}

void
rows_out_number(struct rows_out *o, int64_t v)
{
	char	kind = o->rows->kinds[o->at], text[MONEY_TEXT];

	if (!o->as_json) {
		number_text(&o->plain, kind, v, text);
		rows_out_text(o, text);
		return;
	}
	rows_out_cell(o, false);
	if (kind == 'B' || kind == 'F') {
		json_bool(&o->json, v != 0);
	} else {
		json_i64(&o->json, v);
	}
	rows_out_cell(o, true);
}

void
rows_out_end(struct rows_out *o)
{
	if (o->as_json) {
		json_end_array(&o->json);
		buf_chr(&o->text, '\n');
	}
}
