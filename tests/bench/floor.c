/* SPDX-License-Identifier: ISC */
/* The floor of the benchmark: the least program that can be typed at.  A list
 * of lines, a digit, Enter adds a line, a total.  No database, no rules. */
#include <curses.h>
#include <locale.h>
#include <stdlib.h>

int
main(void)
{
	char	text[64] = "";
	int	c, n = 0, lines = 0;
	long	total = 0;

	(void)setlocale(LC_ALL, "");
	(void)initscr();
	(void)cbreak();
	(void)noecho();
	(void)nonl();
	(void)keypad(stdscr, TRUE);
	do {
		(void)mvprintw(LINES - 4, 50, "TOTAL %12ld", total);
		(void)mvprintw(LINES - 2, 0, " %s", text);
		(void)clrtoeol();
		(void)refresh();
		c = getch();
		if (c >= '0' && c <= '9' && n < 60) {
			text[n++] = (char)c;
		} else if ((c == KEY_BACKSPACE || c == 127) && n > 0) {
			n--;
		} else if (c == '\r') {
			(void)mvprintw(2 + lines++ % 10, 4, "%-44s%10s", text,
			    "2.50");
			total += 250;
			n = 0;
		}
		text[n] = '\0';
	} while (c != 'q' && c != ERR);
	(void)endwin();
	return 0;
}
