/* SPDX-License-Identifier: ISC */
/* Text put in its place, cut by display columns. */
#include "term/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "term/tty.h"

#define CANVAS_TEXT	1024

int
canvas_rows(const struct canvas *c)
{
	return c->box.rows;
}

int
canvas_cols(const struct canvas *c)
{
	return c->box.cols;
}

/* Put at most `most` columns, never beyond the canvas; the column after. */
static int
canvas_text(struct canvas *c, int row, int col, int most, enum style style,
    const char *text)
{
	if (row < 0 || row >= c->box.rows || col < 0 || col >= c->box.cols) {
		return col;
	}
	if (most > c->box.cols - col) {
		most = c->box.cols - col;
	}
	return col + tty_put(c->tty, c->box.row + row, c->box.col + col, most,
	    style, text);
}

int
canvas_put(struct canvas *c, int row, int col, enum style style,
    const char *text)
{
	return canvas_text(c, row, col, c->box.cols, style, text);
}

int
canvas_fmt(struct canvas *c, int row, int col, enum style style,
    const char *fmt, ...)
{
	char	text[CANVAS_TEXT];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return canvas_put(c, row, col, style, text);
}

void
canvas_more(struct canvas *c, int row, int col, enum style style,
    const char *text)
{
	int	room = c->box.cols - col;

	if (tty_width(c->tty, text) > room) {
		col = canvas_text(c, row, col, room - tty_width(c->tty, "…"),
		    style, text);
		text = "…";
	}
	(void)canvas_put(c, row, col, style, text);
}

void
canvas_cell(struct canvas *c, int row, int col, int width, enum style style,
    const char *text)
{
	int	end = canvas_text(c, row, col, width, style, text);
	int	left = col + width - end;

	if (left > c->box.cols - end) {
		left = c->box.cols - end;
	}
	if (row >= 0 && row < c->box.rows && end >= 0 && left > 0) {
		tty_clear(c->tty, c->box.row + row, c->box.col + end, left);
	}
}

void
canvas_right(struct canvas *c, int row, int end, int width, enum style style,
    const char *text)
{
	int	cols = tty_width(c->tty, text);

	if (cols <= width) {
		(void)canvas_put(c, row, end - cols, style, text);
		return;
	}
	/* The end of a number says more than its beginning; "<" says that
	 * there is more. */
	while (cols > width - 1 && utf8_next(&text) != 0) {
		cols = tty_width(c->tty, text);
	}
	(void)canvas_put(c, row, end - cols - 1, style, "<");
	(void)canvas_put(c, row, end - cols, style, text);
}

void
canvas_marker(struct canvas *c, int row, int col, bool chosen)
{
	if (chosen) {
		(void)canvas_put(c, row, col, STYLE_MARKER, ">");
	}
}

/* A blank that parts words: not the one before a lone "?" or ":", or inside
 * of guillemets, where French has one. */
static bool
canvas_parts(const char *text, const char *at)
{
	const char	*p = at + 1;
	uint32_t	 ch = utf8_next(&p);

	if (ch == 0xbb || ((ch == '?' || ch == '!' || ch == ':' ||
	    ch == ';' || ch == '%') && (*p == ' ' || *p == '\0'))) {
		return false;
	}
	return at - text < 2 || at[-2] != '\xc2' || at[-1] != '\xab';
}

/* Bytes of the head of text that fits a line, broken after a space if there
 * is one; *next is where the following line starts. */
static size_t
canvas_break(const struct canvas *c, const char *text, int width,
    const char **next)
{
	const char	*p = text, *space = NULL;
	int		 cols = 0;

	for (;;) {
		const char	*at = p;
		char		 enc[5];
		uint32_t	 ch = utf8_next(&p);

		if (ch == 0 || ch == '\n') {
			*next = ch == 0 ? at : p;
			return (size_t)(at - text);
		}
		if (ch == ' ' && canvas_parts(text, at)) {
			space = at;
		}
		(void)utf8_put(ch, enc);
		cols += tty_width(c->tty, enc);
		if (cols > width) {
			if (space != NULL) {
				for (*next = space; **next == ' ';) {
					(*next)++;
				}
				return (size_t)(space - text);
			}
			*next = at > text ? at : p;
			return (size_t)(*next - text);
		}
	}
}

int
canvas_wrap(struct canvas *c, int row, int col, enum style style,
    const char *text)
{
	int	used = 0;

	while (*text != '\0') {
		char		 line[CANVAS_TEXT];
		const char	*next;
		size_t		 n = canvas_break(c, text, c->box.cols - col,
				    &next);

		if (n >= sizeof(line)) {
			n = sizeof(line) - 1;
		}
		memcpy(line, text, n);
		line[n] = '\0';
		(void)canvas_put(c, row + used, col, style, line);
		used++;
		text = next;
	}
	return used;
}

void
canvas_rule(struct canvas *c, int row, int col, int n, char ch)
{
	char	line[256];

	if (n < 0) {
		n = 0;
	}
	if ((size_t)n >= sizeof(line)) {
		n = (int)sizeof(line) - 1;
	}
	memset(line, ch, (size_t)n);
	line[n] = '\0';
	(void)canvas_put(c, row, col, STYLE_NORMAL, line);
}

int
canvas_width(const struct canvas *c, const char *text)
{
	return tty_width(c->tty, text);
}

void
canvas_clear(struct canvas *c, int row, int n)
{
	for (int i = 0; i < n; i++, row++) {
		if (row >= 0 && row < c->box.rows) {
			tty_clear(c->tty, c->box.row + row, c->box.col,
			    c->box.cols);
		}
	}
}

bool
canvas_kept(const struct canvas *c, const int64_t *facts, size_t n)
{
	struct kept_part	part = { .row = c->box.row, .col = c->box.col,
				    .rows = c->box.rows, .cols = c->box.cols,
				    .n = n };

	if (n > KEPT_FACTS) {
		return false;
	}
	memcpy(part.facts, facts, n * sizeof(facts[0]));
	return tty_kept(c->tty, &part);
}

struct canvas
canvas_part(const struct canvas *c, struct canvas_box box)
{
	struct canvas	part = { .tty = c->tty };

	if (box.row < 0) {
		box.rows += box.row;
		box.row = 0;
	}
	if (box.col < 0) {
		box.cols += box.col;
		box.col = 0;
	}
	if (box.rows > c->box.rows - box.row) {
		box.rows = c->box.rows - box.row;
	}
	if (box.cols > c->box.cols - box.col) {
		box.cols = c->box.cols - box.col;
	}
	part.box.row = c->box.row + box.row;
	part.box.col = c->box.col + box.col;
	part.box.rows = box.rows < 0 ? 0 : box.rows;
	part.box.cols = box.cols < 0 ? 0 : box.cols;
	return part;
}
