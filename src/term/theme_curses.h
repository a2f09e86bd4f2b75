/* SPDX-License-Identifier: ISC */
/* The theme as ncurses understands it; for tty.c alone. */
#ifndef TERM_THEME_CURSES_H
#define TERM_THEME_CURSES_H

#include <curses.h>

#include "term/theme.h"

/* Prepare the colours; false: this terminal is monochrome. */
bool	theme_init(bool mono);
attr_t	theme_attr(enum style style, bool colour, short *pair);

#endif
