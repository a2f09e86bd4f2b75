/* SPDX-License-Identifier: ISC */
/* Large figures made of text: the loudest amount that every terminal has, and
 * fifty bytes for it. */
#include "screens/app.h"

#include <string.h>

#define FIGURES_MOST	16

/* Three rows of three columns each, as on a pocket calculator. */
static const char figures_digits[10][FIGURES_ROWS][4] = {
	{ " _ ", "| |", "|_|" }, { "   ", "  |", "  |" },
	{ " _ ", " _|", "|_ " }, { " _ ", " _|", " _|" },
	{ "   ", "|_|", "  |" }, { " _ ", "|_ ", " _|" },
	{ " _ ", "|_ ", "|_|" }, { " _ ", "  |", "  |" },
	{ " _ ", "|_|", "|_|" }, { " _ ", "|_|", " _|" },
};

static void
figures_glyph(char c, char rows[FIGURES_ROWS][FIGURES_MOST * 4 + 1])
{
	for (int i = 0; i < FIGURES_ROWS; i++) {
		size_t	n = strlen(rows[i]);

		if (c >= '0' && c <= '9') {
			memcpy(rows[i] + n, figures_digits[c - '0'][i], 4);
			rows[i][n + 3] = ' ';
			rows[i][n + 4] = '\0';
		} else {
			rows[i][n] = i == FIGURES_ROWS - 1 ? c : ' ';
			rows[i][n + 1] = ' ';
			rows[i][n + 2] = '\0';
		}
	}
}

bool
figures_draw(struct canvas *c, int row, int end, int width, enum style style,
    const char *amount)
{
	char	rows[FIGURES_ROWS][FIGURES_MOST * 4 + 1] = { "", "", "" };
	size_t	n = 0;
	int	cols;

	for (const char *p = amount; *p != '\0'; p++) {
		/* The group's blank is two bytes; a narrow gap will do. */
		if ((unsigned char)*p >= 0x80) {
			continue;
		}
		if (++n > FIGURES_MOST) {
			return false;
		}
		figures_glyph(*p, rows);
	}
	cols = (int)strlen(rows[0]) - 1;
	if (n == 0 || cols > width || end - cols < 0) {
		return false;
	}
	/* Without the blanks around it: in a style they are bytes. */
	for (int i = 0; i < FIGURES_ROWS; i++) {
		int	skip = (int)strspn(rows[i], " ");

		for (int k = cols; k > 0 && rows[i][k] <= ' '; k--) {
			rows[i][k] = '\0';
		}
		canvas_put(c, row + i, end - cols + skip, style,
		    rows[i] + skip);
	}
	return true;
}
