/* SPDX-License-Identifier: ISC */
/* Reading a CSV whole, then storing it in one transaction. */
#include "shop/csv_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"

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

static void
file_keep(struct csv_file *f, const struct csv *csv, const int *at)
{
	struct csv_row	*row;

	f->row = xrealloc(f->row, f->n + 1, sizeof(*f->row));
	row = &f->row[f->n++];
	row->line = csv->line;
	row->cell = xcalloc(f->columns, sizeof(*row->cell));
	for (size_t k = 0; k < f->columns; k++) {
		row->cell[k] = xstrdup(at[k] >= 0 &&
		    (size_t)at[k] < csv->nfields ? csv->field[at[k]] : "");
	}
}

static int
file_read(int fd, const struct csv_rows *rows, struct csv_file *f)
{
	struct csv	csv;
	int		at[CSV_FIELDS] = { 0 };
	int		r;

	csv_init(&csv, fd);
	if ((r = csv_next(&csv)) == 0) {
		r = err_set(ERR_EMPTY, _("the file is empty"));
	} else if (r == 1 && rows->bare && csv.nfields > 0 &&
	    strcmp(csv.field[0], rows->columns[0]) != 0) {
		for (size_t k = 0; k < f->columns; k++) {
			at[k] = (int)k;
		}
		file_keep(f, &csv, at);
		r = 0;
	} else if (r == 1) {
		r = file_head(&csv, rows, f->columns, at);
	}
	while (r == 0 && (r = csv_next(&csv)) != 0) {
		if (r == 1 && f->n == ROWS_MOST) {
			r = err_set(ERR_RANGE, _("at most %d lines at once"),
			    ROWS_MOST);
		} else if (r == 1) {
			file_keep(f, &csv, at);
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

		if (k >= f->n && f->bad > 0) {
			break;
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
csv_rows_import(struct shop *shop, int fd, bool dry,
    const struct csv_rows *rows, int64_t *lines)
{
	struct csv_file	f = { 0 };
	int		r;

	*lines = 0;
	while (rows->columns[f.columns] != NULL) {
		f.columns++;
	}
	if ((r = file_read(fd, rows, &f)) != 0 ||
	    (r = db_begin(shop->db, rows->verb)) != 0) {
		file_done(&f);
		return r;
	}
	r = file_store(shop, rows, &f);
	if (r != 0 || dry) {
		db_rollback(shop->db);
	} else {
		db_topic(shop->db, "product");
		db_topic(shop->db, "stock");
		r = db_commit(shop->db);
	}
	if (r == 0) {
		*lines = (int64_t)f.n;
	}
	file_done(&f);
	return r;
}
