/* SPDX-License-Identifier: ISC */
/* The theme as ncurses understands it; for tty.c alone. */
#ifndef TERM_THEME_CURSES_H
#define TERM_THEME_CURSES_H

#include <curses.h>

#include "term/theme.h"

/* Prepare ncurses' colours, a style's as pair `style` + 1; false: this
 * terminal is monochrome. */
bool	theme_init(bool mono);
/* *foreground: one of COLOR_x, -1 for the terminal's own. */
attr_t	theme_attr(enum style style, bool colour, short *foreground);

#endif
