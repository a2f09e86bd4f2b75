/* SPDX-License-Identifier: ISC */
/*
 * What a row of the terminal was painted with.  Screens are drawn whole, and
 * of twenty rows two have changed: the others are not given to ncurses again,
 * which would take each character to find that it stands there already.
 */
#ifndef TERM_ROW_H
#define TERM_ROW_H

#include "base/buf.h"
#include "term/theme.h"

struct row {
	struct buf	 shown;		/* all put since it was blank */
	struct buf	 next;		/* the same of the painting under way */
	bool		 known;		/* `shown` tells all there is */
	bool		 begun;		/* blank in `next` only */
	bool		 partly;	/* row_end(): `next` is as it was */
};

/* One thing put on it, or a stretch made blank. */
struct row_put {
	int		 col, cols;	/* at most so many */
	bool		 clear;
	enum style	 style;
	const char	*text;		/* borrowed from the row */
};

void	row_done(struct row *r);
/* Blank from end to end: what is put from here on is kept, not painted. */
void	row_begin(struct row *r);
/* At most `cols` columns of a text, of which it takes `width`. */
void	row_put(struct row *r, int col, int cols, int width,
	    enum style style, const char *text);
void	row_clear(struct row *r, int col, int cols);
/* What was put in these columns by the painting before, put again; false: it
 * is not known. */
bool	row_keep(struct row *r, int col, int cols);
/* Something was done to it past row_begin(), or it is another terminal. */
void	row_forget(struct row *r);
/*
 * The painting is over.  False: nothing is to be done.  True: it is to be
 * made blank and painted with what row_next() gives one by one, from *at = 0.
 */
bool	row_end(struct row *r);
/*
 * The columns [*from, *to) outside of which it is as it was: only they are to
 * be made blank, and only what begins in them is to be painted.  False: none
 * can be told.
 */
bool	row_span(const struct row *r, int *from, int *to);
bool	row_next(const struct row *r, size_t *at, struct row_put *out);

#endif
