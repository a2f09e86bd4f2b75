/* SPDX-License-Identifier: ISC */
/* The text on the entry line and its cursor. */
#ifndef TERM_EDIT_H
#define TERM_EDIT_H

#include "term/term.h"

struct edit {
	char	text[ENTRY_MAX];
	size_t	len;		/* bytes */
	size_t	at;		/* the cursor: byte offset of a character */
};

/* The cursor goes to its end. */
void	edit_set(struct edit *l, const char *text);
void	edit_clear(struct edit *l);		/* wiped: may be a PIN */
/* Insert at the cursor; false when there is no room left. */
bool	edit_insert(struct edit *l, uint32_t c);
/* Backspace, Delete, Left, Right, Home, End.  *changed: the text did;
 * false: no such key here. */
bool	edit_key(struct edit *l, enum key_code key, bool *changed);

#endif
