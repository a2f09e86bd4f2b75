/* SPDX-License-Identifier: ISC */
/* What a piece of text means; how it looks is decided in theme.c alone, once
 * for colour and once for monochrome. */
#ifndef TERM_THEME_H
#define TERM_THEME_H

/* Colour is decoration: each style is also told apart without it, or the
 * words beside it say the same. */
#define STYLES(X) \
	X(NORMAL)	/* plain */ \
	X(DIM)		/* less important; plain where there is no dim */ \
	X(BOLD)		/* headings, values that matter */ \
	X(MARKER)	/* the chosen row, with its ">" */ \
	X(TOTAL)	/* the one amount of a screen */ \
	X(SHOUT)	/* change due, a late ticket: the loudest there is */ \
	X(OK)		/* done, in order */ \
	X(WARN)		/* look at this */ \
	X(ERROR)	/* refused, broken */ \
	X(TITLE)	/* the status row's state word */ \
	X(KEY)		/* a key's number or letter in the bar and menus */ \
	X(ENTRY)	/* what is being typed */

enum style {
#define X(id) STYLE_##id,
	STYLES(X)
#undef X
	STYLE_COUNT
};

#endif
