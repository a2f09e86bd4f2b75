/* SPDX-License-Identifier: ISC */
/* A text that scrolls: help, a receipt. */
#ifndef TERM_PAGER_H
#define TERM_PAGER_H

#include "term/term.h"

struct pager {
	char		*text;		/* owned */
	const char	**lines;	/* where each row begins */
	int		 *bytes;	/* and how many bytes it has */
	int		 *indent;	/* and where on the screen it begins */
	int		 n;
	int		 hang;		/* indent of a broken row's rest */
	int		 top;
	int		 rows;
};

void	pager_init(struct pager *p, const char *text);
void	pager_done(struct pager *p);
/* Break into rows of `cols`; words stay whole where they can. */
void	pager_layout(struct pager *p, int rows, int cols);
/* Arrows, PgUp, PgDn, Home, End, and Enter or Space for the next page. */
enum turn pager_key(struct pager *p, struct key key);
void	pager_draw(const struct pager *p, struct canvas *c);
/* "12-31 of 80", "" when all of it shows. */
void	pager_place(const struct pager *p, char *out, size_t size);

#endif
