/* SPDX-License-Identifier: ISC */
/* The bill as the sale screen shows it: lines, the sum under them, payments,
 * change.  Drawn from a struct sale and nothing else. */
#ifndef SCREENS_BILL_H
#define SCREENS_BILL_H

#include "shop/course.h"
#include "term/canvas.h"

struct bill {
	const struct sale	*sale;
	const struct shop	*shop;
	int64_t			 mark;	/* line with the ">"; 0 none */
	int			 top;	/* first live line shown */
	int			 cols;	/* of the screen; 0: as where it is
					 * wide */
	bool			 done;	/* paid: say what goes back */
	const struct course	*courses;	/* names, at a table */
	size_t			 ncourses;
};

/* Lines people see: a fresh line that was voided is not one of them. */
bool	 bill_shows(const struct sale_line *line);
/* How many, and which is the nth; NULL past the end. */
int	 bill_count(const struct sale *sale);
const struct sale_line *bill_line(const struct sale *sale, int nth);
/* Position of a line's id; -1 when it is not shown. */
int	 bill_find(const struct sale *sale, int64_t id);
/* Rows for lines on a work area of so many; what is below is the sum's. */
int	 bill_room(const struct sale *sale, int rows);
/* Keep the line at position `at` in the window (-1: the last one). */
void	 bill_scroll(struct bill *b, int rows, int at);
/* The row of the sum; the one below it is free for the screen's own words. */
int	 bill_sum_row(const struct sale *sale, int rows);
/* The row after the last that lines may take. */
int	 bill_lines_end(const struct sale *sale, int rows);
/* Columns a bill takes of so many. */
int	 bill_cols(int cols);
/* Column before which amounts end. */
int	 bill_end(int cols);
void	 bill_draw(const struct bill *b, struct canvas *c);
/* Rows left between the lines and the sum, on a screen of so many columns; 0
 * where the lines scroll. */
int	 bill_spare(const struct sale *sale, int rows, int cols);
/* Another's words need more rows: the sum one higher than bill_draw() has
 * it, and what was paid; the two rows at the foot are free then. */
void	 bill_raise(const struct shop *shop, const struct sale *sale,
	    struct canvas *c);

#endif
