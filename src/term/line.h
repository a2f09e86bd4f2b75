/* SPDX-License-Identifier: ISC */
/* The text on the entry line and its cursor. */
#ifndef TERM_LINE_H
#define TERM_LINE_H

#include "term/term.h"

struct line {
	char	text[ENTRY_MAX];
	size_t	len;		/* bytes */
	size_t	at;		/* the cursor: byte offset of a character */
};

void	line_set(struct line *l, const char *text);	/* cursor at its end */
void	line_clear(struct line *l);			/* wiped: may be a PIN */
/* Insert at the cursor; false when there is no room left. */
bool	line_insert(struct line *l, uint32_t c);
/* Backspace, Delete, Left, Right, Home, End.  *changed: the text did;
 * false: no such key here. */
bool	line_key(struct line *l, enum key_code key, bool *changed);

#endif
