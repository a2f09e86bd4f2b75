/* SPDX-License-Identifier: ISC */
/* The terminal itself: the only interface to ncurses, and nothing of ncurses
 * in it.  Input is not here (keys.h): ncurses never reads. */
#ifndef TERM_TTY_H
#define TERM_TTY_H

#include "base/utf8.h"
#include "term/kept.h"
#include "term/theme.h"

struct tty;

struct tty_config {
	int		 fd;		/* -1: paint into memory only */
	const char	*term;
	enum charset	 charset;
	int		 rows, cols;	/* 0: ask the tty */
	bool		 mono;
	bool		 slow;		/* only the mark, no bold row */
};

/*
 * Raw mode, alternate screen, nothing painted.  An unknown terminal type is
 * tried as its family or as a plain VT100; ERR_CONFIG in one plain line for
 * "dumb" and for what cannot move a cursor: nothing has been sent then.
 */
int	tty_open(const struct tty_config *config, struct tty **out) MUST_CHECK;
/* Give it back as it was; `alive` false: the line is dead, send nothing. */
void	tty_close(struct tty *t, bool alive);

/* The type really used: what was asked for, or the fallback. */
const char *tty_term(const struct tty *t);
int	tty_rows(const struct tty *t);
int	tty_cols(const struct tty *t);
/* Read the size again (SIGWINCH); true when it changed. */
bool	tty_measure(struct tty *t);
void	tty_resize(struct tty *t, int rows, int cols);
/* terminfo's string for a key of a struct tty; NULL when there is none. */
const char *tty_key(const void *tty, const char *name);

/* Blank from a column to the end of the row. */
void	tty_clear(struct tty *t, int row, int col, int n);
/* Text degraded to the character set, at most `most` columns; how many it
 * took. */
int	tty_put(struct tty *t, int row, int col, int most, enum style style,
	    const char *text);
/*
 * A painting of parts begins; `stand` false: something else was painted over
 * those of the one before, or they may look otherwise now.
 */
void	tty_parts(struct tty *t, bool stand);
/* The part was painted from the same facts by the painting before, and stands
 * again as it did then: nothing is to be put there. */
bool	tty_kept(struct tty *t, const struct kept_part *part);
/* Columns a text takes once degraded. */
int	tty_width(const struct tty *t, const char *text);
/* Where the cursor rests after the next flush; row -1: out of sight. */
void	tty_cursor(struct tty *t, int row, int col);
/* With the next flush: one packet, and a terminal that takes nothing more
 * holds nobody up. */
void	tty_beep(struct tty *t);
/* Everything again at the next flush, whatever the terminal shows now. */
void	tty_forget(struct tty *t);
/* Send the difference. */
void	tty_flush(struct tty *t);

/* What is shown, for tests: a row as UTF-8 without trailing blanks. */
bool	tty_text(struct tty *t, int row, char *out, size_t size);

#endif
