/* SPDX-License-Identifier: ISC */
/* What plan.c and plan_draw.c share; nobody else includes this. */
#ifndef SCREENS_PLAN_PART_H
#define SCREENS_PLAN_PART_H

#include "shop/course.h"
#include "term/term.h"

struct plan_screen {
	struct shop		*shop;
	struct room		*rooms;
	size_t			 nrooms, room;
	struct table_view	*tables;
	size_t			 ntables;
	struct tab_view		*tabs;
	size_t			 ntabs;
	struct course		*courses;
	size_t			 ncourses;
	int64_t			 table;		/* marked; 0 none */
	int64_t			 tab;		/* or this sale */
	int64_t			 now;
	int			 rows, cols;
	int			 top, left;	/* first line, cell drawn */
	int64_t			 asked;		/* sale asked about … */
	int			 asked_course;	/* … and that course */
	int			 covers;	/* typed behind the number */
};

/* NULL: no table, or nobody without one, is marked. */
const struct table_view *plan_marked(const struct plan_screen *st);
const struct tab_view *plan_marked_tab(const struct plan_screen *st);
/* The list, also where the rooms are drawn: all tables, then the tabs; the
 * marked row, -1 none. */
int	 plan_list_size(const struct plan_screen *st);
int	 plan_list_at(const struct plan_screen *st);
/* So much of the room is drawn that the marked table is seen. */
void	 plan_follow(struct plan_screen *st);
/* Is there room to draw? */
bool	 plan_wide(const struct plan_screen *st);
/* Its name, until the next call. */
const char *plan_course(const struct plan_screen *st, int course);

void	 plan_draw(const void *state, struct canvas *c);
void	 plan_head(const void *state, char *out, size_t size);
void	 plan_prompt(const void *state, const char *typed, char *out,
	    size_t size);

#endif
