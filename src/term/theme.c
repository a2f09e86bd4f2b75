/* SPDX-License-Identifier: ISC */
/* How each style looks: the one place that knows attributes and colours. */
#include "term/theme.h"

#include "term/theme_curses.h"

/* Without colour: weight only, and reverse for the one thing that shouts.
 * Dim is left out: half the old terminals show it as nothing or unreadable. */
static const attr_t theme_mono[STYLE_COUNT] = {
	[STYLE_BOLD] = A_BOLD,
	[STYLE_MARKER] = A_BOLD,
	[STYLE_TOTAL] = A_BOLD,
	[STYLE_SHOUT] = A_BOLD | A_REVERSE,
	[STYLE_WARN] = A_BOLD,
	[STYLE_ERROR] = A_BOLD,
	[STYLE_TITLE] = A_BOLD,
};

/* Foregrounds only: the background is the terminal's own. */
static const struct {
	attr_t	attr;
	short	colour;		/* -1: the terminal's own */
} theme_colour[STYLE_COUNT] = {
	[STYLE_NORMAL] = { A_NORMAL, -1 },
	[STYLE_DIM] = { A_DIM, -1 },
	[STYLE_BOLD] = { A_BOLD, -1 },
	[STYLE_MARKER] = { A_BOLD, -1 },
	[STYLE_TOTAL] = { A_BOLD, -1 },
	[STYLE_SHOUT] = { A_BOLD | A_REVERSE, -1 },
	[STYLE_OK] = { A_NORMAL, COLOR_GREEN },
	[STYLE_WARN] = { A_BOLD, COLOR_YELLOW },
	[STYLE_ERROR] = { A_BOLD, COLOR_RED },
	[STYLE_TITLE] = { A_BOLD, -1 },
	[STYLE_KEY] = { A_NORMAL, COLOR_CYAN },
	[STYLE_ENTRY] = { A_NORMAL, -1 },
};

bool
theme_init(bool mono)
{
	if (mono || !has_colors() || start_color() == ERR ||
	    use_default_colors() == ERR) {
		return false;
	}
	for (int i = 0; i < STYLE_COUNT; i++) {
		if (theme_colour[i].colour >= 0) {
			(void)init_pair((short)(i + 1), theme_colour[i].colour,
			    -1);
		}
	}
	return true;
}

attr_t
theme_attr(enum style style, bool colour, short *foreground)
{
	*foreground = -1;
	if (style >= STYLE_COUNT) {
		return A_NORMAL;
	}
	if (!colour) {
		return theme_mono[style];
	}
	*foreground = theme_colour[style].colour;
	return theme_colour[style].attr;
}
