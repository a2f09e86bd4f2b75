/* SPDX-License-Identifier: ISC */
#include "screens/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

void
rows_clear(struct rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->row[i].text);
	}
	free(r->row);
	*r = (struct rows){ 0 };
}

void
rows_add(struct rows *r, int64_t id, enum style style, const char *fmt, ...)
{
	char	text[512];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (r->n == r->room) {
		r->room += 32;
		r->row = xrealloc(r->row, r->room, sizeof(*r->row));
	}
	r->row[r->n++] = (struct list_row){ id, style, xstrdup(text) };
}

static int
rows_count(struct session *s, void *ctx, int64_t *n)
{
	const struct rows	*r = ctx;

	(void)s;
	*n = (int64_t)r->n;
	return 0;
}

static int
rows_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct rows	*r = ctx;

	(void)s;
	for (int64_t i = from; i < from + n && i < (int64_t)r->n; i++) {
		list_add(into, r->row[i].id, r->row[i].style, "%s",
		    r->row[i].text);
	}
	return 0;
}

static int
rows_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	const struct rows	*r = ctx;

	(void)s;
	*at = -1;
	for (size_t i = 0; i < r->n; i++) {
		if (r->row[i].id == id) {
			*at = (int64_t)i;
		}
	}
	return 0;
}

const struct list_source rows_source = {
	rows_count, rows_fetch, rows_find
};
