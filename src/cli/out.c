/* SPDX-License-Identifier: ISC */
/* Tables, CSV and JSON from the same rows. */
#include "cli/out.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"

void
out_begin(struct out *o, const struct out_column *columns, size_t n,
    bool single)
{
	o->column = columns;
	o->ncolumns = n;
	o->single = single;
	o->at = 0;
	o->json = (struct json){ .out = &o->buf };
	if (o->format == OUT_JSON && !single) {
		json_array(&o->json);
	} else if (o->format == OUT_CSV) {
		for (size_t i = 0; i < n; i++) {
			csv_field(&o->buf, columns[i].key, i + 1 == n);
		}
	}
}

static void
out_cell(struct out *o, const char *text)
{
	if (o->ncells == o->room) {
		o->room = o->room == 0 ? 64 : o->room * 2;
		o->cell = xrealloc(o->cell, o->room, sizeof(*o->cell));
	}
	o->cell[o->ncells++] = xstrdup(text);
}

static bool
out_has_money(const struct out *o)
{
	for (size_t i = 0; i < o->ncolumns; i++) {
		if (o->column[i].kind == VALUE_MONEY) {
			return true;
		}
	}
	return false;
}

static void
out_before(struct out *o)
{
	if (o->format != OUT_JSON) {
		return;
	}
	if (o->at == 0) {
		json_object(&o->json);
	}
	json_key(&o->json, o->column[o->at].key);
}

static void
out_after(struct out *o)
{
	if (++o->at < o->ncolumns) {
		return;
	}
	o->at = 0;
	if (o->format == OUT_JSON) {
		if (out_has_money(o)) {
			json_key(&o->json, "currency");
			json_text(&o->json, o->money->currency);
		}
		json_end_object(&o->json);
	}
}

static void
out_plain(struct out *o, const char *text)
{
	if (o->format == OUT_CSV) {
		csv_field(&o->buf, text, o->at + 1 == o->ncolumns);
	} else {
		out_cell(o, text);
	}
}

void
out_text(struct out *o, const char *text)
{
	out_before(o);
	if (o->format == OUT_JSON) {
		json_text(&o->json, text);
	} else {
		out_plain(o, text == NULL ? "" : text);
	}
	out_after(o);
}

void
out_word(struct out *o, const char *word, const char *text)
{
	out_text(o, o->format == OUT_TABLE ? text : word);
}

void
out_null(struct out *o)
{
	out_text(o, NULL);
}

/* For programs: a point, no grouping, 1 or 0. */
static void
out_exact(const struct out *o, enum value_kind kind, int64_t v,
    char text[static MONEY_TEXT])
{
	struct money_style	exact = *o->money;

	exact.mark = '.';
	exact.group[0] = '\0';
	value_text(kind == VALUE_BOOL ? VALUE_COUNT : kind,
	    kind == VALUE_BOOL ? v != 0 : v, &exact, text);
}

void
out_int(struct out *o, int64_t v)
{
	enum value_kind	kind = o->column[o->at].kind;
	char		text[MONEY_TEXT], iso[CLOCK_ISO_SIZE];

	if (kind == VALUE_TIME && v == 0) {
		out_null(o);
		return;
	}
	if (o->format == OUT_TABLE) {
		value_text(kind, v, o->money, text);
		out_text(o, text);
		return;
	}
	if (kind == VALUE_TIME) {
		clock_iso(v, iso);
		out_text(o, iso);
		return;
	}
	out_before(o);
	if (o->format == OUT_CSV) {
		out_exact(o, kind, v, text);
		out_plain(o, text);
	} else if (kind == VALUE_BOOL) {
		json_bool(&o->json, v != 0);
	} else {
		json_i64(&o->json, v);
	}
	out_after(o);
}

static void
out_pad(struct buf *b, int n)
{
	for (int i = 0; i < n; i++) {
		buf_chr(b, ' ');
	}
}

static void
out_padded(struct buf *b, const char *text, int width, bool right, bool last)
{
	int	cols = utf8_cols(text);

	if (right) {
		out_pad(b, width - cols);
	}
	buf_str(b, text);
	if (!right && !last) {
		out_pad(b, width - cols);
	}
	buf_str(b, last ? "\n" : "  ");
}

static void
out_table(struct out *o)
{
	size_t	nrows = o->ncells / o->ncolumns;
	int	width[OUT_COLUMNS] = { 0 };

	for (size_t i = 0; i < o->ncolumns; i++) {
		width[i] = utf8_cols(_(o->column[i].title));
		for (size_t r = 0; r < nrows; r++) {
			int	w = utf8_cols(o->cell[r * o->ncolumns + i]);

			width[i] = w > width[i] ? w : width[i];
		}
	}
	for (size_t i = 0; i < o->ncolumns; i++) {
		out_padded(&o->buf, _(o->column[i].title), width[i],
		    value_is_number(o->column[i].kind), i + 1 == o->ncolumns);
	}
	for (size_t r = 0; r < nrows; r++) {
		for (size_t i = 0; i < o->ncolumns; i++) {
			out_padded(&o->buf, o->cell[r * o->ncolumns + i],
			    width[i], value_is_number(o->column[i].kind),
			    i + 1 == o->ncolumns);
		}
	}
}

static void
out_lines(struct out *o)
{
	int	width = 0;

	for (size_t i = 0; i < o->ncolumns; i++) {
		int	w = utf8_cols(_(o->column[i].title));

		width = w > width ? w : width;
	}
	for (size_t i = 0; i < o->ncells; i++) {
		out_padded(&o->buf, _(o->column[i % o->ncolumns].title), width,
		    false, false);
		buf_fmt(&o->buf, "%s\n", o->cell[i]);
	}
}

int
out_end(struct out *o)
{
	int	r;

	if (o->format == OUT_JSON) {
		if (!o->single) {
			json_end_array(&o->json);
		}
		buf_chr(&o->buf, '\n');
	} else if (o->format == OUT_TABLE) {
		if (o->single) {
			out_lines(o);
		} else {
			out_table(o);
		}
	}
	r = io_write_all(STDOUT_FILENO, buf_text(&o->buf), o->buf.len);
	out_done(o);
	return r;
}

void
out_done(struct out *o)
{
	for (size_t i = 0; i < o->ncells; i++) {
		free(o->cell[i]);
	}
	free(o->cell);
	o->cell = NULL;
	o->ncells = o->room = 0;
	buf_done(&o->buf);
}
