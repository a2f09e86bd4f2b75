/* SPDX-License-Identifier: ISC */
/* What shift.c and shift_page.c share; nobody else includes this. */
#ifndef SCREENS_SHIFT_PART_H
#define SCREENS_SHIFT_PART_H

#include "screens/screens.h"
#include "shop/drawer.h"

/* A row as it is painted; hint: which explanation it is, from 1. */
struct shift_row {
	enum style	 style;
	int		 hint;
	char		 text[160];
	char		 cell[3][MONEY_TEXT];	/* right, the last at the end */
};

struct shift_screen {
	struct shop		*shop;
	int64_t			 shift;		/* 0: none is open */
	bool			 past;		/* a Z that was asked for */
	bool			 sees;
	struct closing		 c;
	struct drawer_counted	 count;
	struct shift_sale	*sales;
	size_t			 nsales;
	struct gap_hint		*hints;
	size_t			 nhints;
	int			 mark;		/* a hint, from 1; 0 none */
	struct shift_row	*rows;
	size_t			 nrows, room;
	size_t			 top;
	int			 height;
	int64_t			 left;		/* stays in the drawer; … */
	bool			 has_left;	/* … when this says so */
	char			 retender[ENTRY_MAX];	/* no reference yet */
};

/* Write the rows of what was read, instead of those before. */
void	 shift_write(struct shift_screen *st);

#endif
