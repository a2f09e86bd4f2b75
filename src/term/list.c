/* SPDX-License-Identifier: ISC */
/* A list of any length: only what shows is in memory, what is chosen is an
 * id. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/widgets.h"

#define LIST_TEXT	1024
#define LIST_COLUMNS	16
#define LIST_NARROW	60	/* a column takes no more than it needs */

void
list_init(struct list *l, const struct column *columns,
    const struct list_source *source, void *ctx)
{
	memset(l, 0, sizeof(*l));
	l->columns = columns;
	l->source = source;
	l->ctx = ctx;
	l->height = 1;
}

static void
list_empty(struct list *l)
{
	for (int i = 0; i < l->have; i++) {
		free(l->rows[i].text);
	}
	l->have = 0;
}

void
list_done(struct list *l)
{
	list_empty(l);
	free(l->rows);
	memset(l, 0, sizeof(*l));
}

void
list_add(struct list *l, int64_t id, enum style style, const char *fmt, ...)
{
	char	text[LIST_TEXT];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (l->have == l->room) {
		l->room += 32;
		l->rows = xrealloc(l->rows, (size_t)l->room,
		    sizeof(*l->rows));
	}
	l->rows[l->have].id = id;
	l->rows[l->have].style = style;
	l->rows[l->have++].text = xstrdup(text);
}

/* Keep the chosen row in sight and the window inside the rows. */
static void
list_bound(struct list *l)
{
	if (l->at >= l->count) {
		l->at = l->count - 1;
	}
	if (l->at < 0) {
		l->at = 0;
	}
	if (l->top > l->at) {
		l->top = l->at;
	}
	if (l->top < l->at - l->height + 1) {
		l->top = l->at - l->height + 1;
	}
	if (l->top > l->count - l->height) {
		l->top = l->count - l->height;
	}
	if (l->top < 0) {
		l->top = 0;
	}
}

/* Read the rows that show; the chosen place gets its id from them. */
static int
list_fetch(struct session *s, struct list *l)
{
	int64_t	left;
	int	n, r;

	list_empty(l);
	list_bound(l);
	left = l->count - l->top;
	n = left < l->height ? (int)left : l->height;
	if (n > 0 && (r = l->source->fetch(s, l->ctx, l->top, n, l)) != 0) {
		return r;
	}
	l->id = l->at - l->top < l->have ? l->rows[l->at - l->top].id : 0;
	return 0;
}

int
list_reload(struct session *s, struct list *l)
{
	int64_t	at, before = l->at;
	int	r;

	if ((r = l->source->count(s, l->ctx, &l->count)) != 0) {
		return r;
	}
	if (l->id != 0) {
		if ((r = l->source->find(s, l->ctx, l->id, &at)) != 0) {
			return r;
		}
		if (at >= 0) {
			/* The row keeps its place on the screen: what others
			 * added above does not push it about. */
			l->at = at;
			l->top += at - before;
		}
	}
	return list_fetch(s, l);
}

void
list_layout(struct session *s, struct list *l, int rows)
{
	int	height = rows - (l->headed ? 1 : 0);

	l->height = height > 0 ? height : 1;
	if (l->have > 0 && list_fetch(s, l) != 0) {
		list_empty(l);
	}
}

/* Go to a place; an error is on the message line. */
static void
list_go(struct session *s, struct list *l, int64_t at)
{
	int64_t	top = l->top;
	int	r;

	l->unmarked = false;
	l->at = at;
	list_bound(l);
	if (l->top == top && l->have > l->at - l->top) {
		l->id = l->rows[l->at - l->top].id;
		return;			/* in sight already */
	}
	if ((r = list_fetch(s, l)) != 0) {
		(void)session_fail(s, r);
	}
}

enum turn
list_key(struct session *s, struct list *l, struct key key)
{
	int	page = l->height > 1 ? l->height - 1 : 1;
	int64_t	at;

	switch (key.code) {
	case K_UP:
		at = l->at - 1;
		break;
	case K_DOWN:
		at = l->at + (l->unmarked ? 0 : 1);
		break;
	case K_PGUP:
		at = l->at - page;
		break;
	case K_PGDN:
		at = l->at + page;
		break;
	case K_HOME:
		at = 0;
		break;
	case K_END:
		at = l->count - 1;
		break;
	default:
		return TURN_PASS;
	}
	if (l->count == 0) {
		return TURN_STAY;
	}
	/* A page moves the rows under the mark, not only the mark. */
	if (key.code == K_PGUP || key.code == K_PGDN) {
		l->top += at - l->at;
		list_empty(l);
	}
	list_go(s, l, at);
	return TURN_DRAW;
}

int64_t
list_chosen(const struct list *l)
{
	return l->count > 0 && !l->unmarked ? l->id : 0;
}

/* ---- painting ----------------------------------------------------------- */

static bool
list_column_shows(const struct column *k, int cols)
{
	return cols >= k->from_cols;
}

/* What the nth cells of the rows in sight take, at most so many columns. */
static int
list_needs(const struct list *l, int nth, int most)
{
	int	needs = 1;

	for (int i = 0; i < l->have && i < l->height; i++) {
		const char	*from = l->rows[i].text;
		char		 cell[LIST_TEXT];
		size_t		 len;
		int		 cols;

		for (int k = 0; k < nth && *from != '\0'; k++) {
			from += strcspn(from, "\t");
			from += *from == '\t';
		}
		len = strcspn(from, "\t");
		len = len < sizeof(cell) ? len : sizeof(cell) - 1;
		memcpy(cell, from, len);
		cell[len] = '\0';
		cols = utf8_cols(cell);
		needs = cols > needs ? cols : needs;
	}
	return needs < most ? needs : most;
}

/* What each column takes, 0 where it does not show: never less than its
 * heading in the user's language; those without a width share the rest. */
static void
list_widths(const struct list *l, int cols, int width[static LIST_COLUMNS])
{
	int	n = 0, left = cols - 2, open = 0;

	for (const struct column *k = l->columns; k->title != NULL &&
	    n < LIST_COLUMNS; k++, n++) {
		int	title = l->headed && k->title[0] != '\0' ?
		    utf8_cols(words_of(k->title)) : 0;

		width[n] = 0;
		if (!list_column_shows(k, cols)) {
			continue;
		}
		left -= 1;
		if (k->width > 0) {
			width[n] = k->width > title ? k->width : title;
			if (cols < LIST_NARROW) {
				int	needs = list_needs(l, n, width[n]);

				width[n] = needs > title ? needs : title;
			}
			left -= width[n];
		} else {
			width[n] = -1;
			open++;
		}
	}
	for (int i = 0; i < n; i++) {
		if (width[i] < 0) {
			width[i] = (left + 1) / open;
		}
	}
}

static void
list_cell(struct canvas *c, int row, int col, int width,
    const struct column *k, enum style style, const char *text)
{
	if (k->right) {
		canvas_right(c, row, col + width, width, style, text);
	} else {
		char	cut[LIST_TEXT];
		size_t	n = strlen(text);

		/* Cut, not padded: blanks cost nothing on a clean row. */
		while (n > 0 && n < sizeof(cut)) {
			memcpy(cut, text, n);
			cut[n] = '\0';
			if (canvas_width(c, cut) <= width) {
				(void)canvas_put(c, row, col, style, cut);
				break;
			}
			n = utf8_back(text, n);
		}
	}
}

static void
list_line(const struct list *l, struct canvas *c, int row,
    const int width[static LIST_COLUMNS], enum style style, const char *text)
{
	int	col = 2, n = 0;

	for (const struct column *k = l->columns; k->title != NULL &&
	    n < LIST_COLUMNS; k++, n++) {
		char		 cell[LIST_TEXT];
		const char	*from = text != NULL ? text :
				    k->title[0] != '\0' ?
				    words_of(k->title) : "";
		size_t		 len = strcspn(from, "\t");
		size_t		 keep = len < sizeof(cell) ? len :
				    sizeof(cell) - 1;

		memcpy(cell, from, keep);
		cell[keep] = '\0';
		if (width[n] > 0) {
			list_cell(c, row, col, width[n], k, style, cell);
			col += width[n] + 1;
		}
		if (text != NULL) {
			text += len + (text[len] == '\t');
		}
	}
}

void
list_draw(const struct list *l, struct canvas *c, int row)
{
	int	width[LIST_COLUMNS];

	list_widths(l, canvas_cols(c), width);
	if (l->headed) {
		list_line(l, c, row++, width, STYLE_DIM, NULL);
	}
	for (int i = 0; i < l->have && i < l->height; i++) {
		bool		chosen = !l->unmarked && l->top + i == l->at;
		enum style	style = l->rows[i].style;

		canvas_marker(c, row + i, 0, chosen);
		if (chosen && style == STYLE_NORMAL) {
			style = STYLE_MARKER;
		}
		list_line(l, c, row + i, width, style, l->rows[i].text);
	}
}
