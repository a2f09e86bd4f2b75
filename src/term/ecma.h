/* SPDX-License-Identifier: ISC */
/*
 * Painting a terminal that speaks ECMA-48, as nearly all do: its cells as they
 * are to be and as they were sent, and the bytes between the two.  ncurses
 * looks for the fewest, which a slow line needs; on a fast one that search was
 * more than half of what a session does to show a row that somebody changed.
 */
#ifndef TERM_ECMA_H
#define TERM_ECMA_H

#include "base/buf.h"
#include "term/theme.h"

struct ecma;

/* As the terminal gets it: a character of Unicode or a byte of its set. */
struct ecma_cell {
	uint32_t	 c;
	uint32_t	 mark[2];	/* combined with it, 0 none */
	uint16_t	 style;		/* the first of those that look alike */
	uint16_t	 cols;		/* 1, 2, or 0: the right half of one */
};

/* Blank; what the terminal shows is not known.  `utf8`: cells are Unicode. */
struct ecma *ecma_new(bool utf8, int rows, int cols);
void	 ecma_free(struct ecma *e);
void	 ecma_resize(struct ecma *e, int rows, int cols);
/* The parameters of SGR for a style, "1;33"; "" is plain, as all are first.
 * All are said before the first cell is put. */
void	 ecma_look(struct ecma *e, enum style style, const char *sgr);

/* What is outside of the cells is left out; half a wide character is blank. */
void	 ecma_blank(struct ecma *e, int row, int col, int n);
/* `cols` 0: combined with what stands before. */
void	 ecma_put(struct ecma *e, int row, int col, uint32_t c, int cols,
	    enum style style);
/* The ASCII characters that `text` begins with, at most so many; how many. */
int	 ecma_ascii(struct ecma *e, int row, int col, int most,
	    enum style style, const char *text);
/* Of a row, from its first column; borrowed until the next call. */
const struct ecma_cell *ecma_cells(const struct ecma *e, int row);

/* Everything again, whatever the terminal shows now. */
void	 ecma_forget(struct ecma *e);
/*
 * The bytes since the last call, the cursor to (row, col) at their end; row -1
 * leaves it anywhere.  Borrowed until the next call; whoever sends them may
 * add some that move nothing.
 */
struct buf *ecma_bytes(struct ecma *e, int row, int col);

#endif
