/* SPDX-License-Identifier: ISC */
/* The part of the screen a draw() may paint.  Rows and columns are counted in
 * the canvas, from 0; whatever falls outside is cut, never an error.  All
 * widths are display columns, all text is UTF-8 and is degraded here to what
 * the terminal can show. */
#ifndef TERM_CANVAS_H
#define TERM_CANVAS_H

#include "base/base.h"
#include "term/theme.h"

struct canvas;

int	canvas_rows(const struct canvas *c);
int	canvas_cols(const struct canvas *c);

/* Text from (row, col) rightwards; the column after it. */
int	canvas_put(struct canvas *c, int row, int col, enum style style,
	    const char *text);
int	canvas_fmt(struct canvas *c, int row, int col, enum style style,
	    const char *fmt, ...) PRINTF(5, 6);
/* The same to the end of the row, with a "…" where it does not fit. */
void	canvas_more(struct canvas *c, int row, int col, enum style style,
	    const char *text);
/* Cut to (or padded with spaces up to) `width` columns. */
void	canvas_cell(struct canvas *c, int row, int col, int width,
	    enum style style, const char *text);
/* Ends before column `end`: amounts line up on their decimals.  Text wider
 * than `width` is cut on its left, marked "<". */
void	canvas_right(struct canvas *c, int row, int end, int width,
	    enum style style, const char *text);
/* The ">" before a chosen row (nothing when not chosen), in column `col`. */
void	canvas_marker(struct canvas *c, int row, int col, bool chosen);
/* Words wrapped at the canvas's width from (row, col); rows used. */
int	canvas_wrap(struct canvas *c, int row, int col, enum style style,
	    const char *text);
/* `n` times a character, e.g. a rule of '-' under a sum. */
void	canvas_rule(struct canvas *c, int row, int col, int n, char ch);
/* Columns a text will take on this terminal once degraded ("€" is "EUR" in
 * ASCII). */
int	canvas_width(const struct canvas *c, const char *text);
/* Blank rows [row, row + n): what a pop-up list covers. */
void	canvas_clear(struct canvas *c, int row, int n);
/*
 * Does it show what it showed in the painting before?  True where the canvas
 * is at the same place and these facts (at most KEPT_FACTS), which say all that
 * is drawn from, are the same: then nothing is to be drawn on it.
 */
bool	canvas_kept(const struct canvas *c, const int64_t *facts, size_t n);
/* A smaller canvas inside this one; `out` borrows c's terminal. */
struct canvas_box {
	int	row, col, rows, cols;
};
struct canvas canvas_part(const struct canvas *c, struct canvas_box box);

/* Complete so that canvas_part() returns by value; for canvas.c alone. */
struct canvas {
	struct tty		*tty;
	struct canvas_box	 box;
};

#endif
