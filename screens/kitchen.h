/* SPDX-License-Identifier: ISC */
/* What the kitchen's display is opened with, and one tile of it. */
#ifndef SCREENS_KITCHEN_H
#define SCREENS_KITCHEN_H

#include "shop/course.h"
#include "shop/kitchen.h"
#include "term/canvas.h"

struct kitchen_arg {
	int64_t		 station;	/* 0: by name */
	const char	*name;		/* "": the terminal's, or ask */
};

/* A ticket as a tile shows it. */
struct tile_view {
	const struct kitchen_ticket *ticket;
	int		 digit;
	int64_t		 now;		/* a whole minute, for all of them */
	const char	*course;	/* its name, "" none */
	char		 mark;		/* of decimals */
};
/* Fills the canvas; what does not fit is counted on its last row. */
void	 tile_draw(struct canvas *c, const struct tile_view *v);

/* Minutes by the clock on the wall, so that all change at one moment. */
int	 tile_minutes(const struct kitchen_ticket *t, int64_t now);
/* "2 Entrecôte, bleu": with what happened to it in front. */
void	 tile_line(const struct kitchen_line *l, char mark, char *out,
	    size_t size);

#endif
