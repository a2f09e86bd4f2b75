/* SPDX-License-Identifier: ISC */
/*
 * What a paper looks like, as a text that a manager can edit.
 *
 *	% a comment
 *	^*{company}             marks first: ^ centre, < right, * bold, + high,
 *	                        = wide, _ underlined, ~ small; \ ends them
 *	{qty} {label} >> {amount} {letter}
 *	                        left and right on one line; the left is cut
 *	| {rate} | {net}:8 | {vat}:7
 *	                        a row of cells; ":8" is right aligned in 8
 *	---                     a rule of that character, across the paper
 *	{each lines}  …  {end}  once for every row of that list
 *	{if name}  …  {else}  …  {end}
 *	                        when the field is there; {if not name}
 *	{logo}  {qr name}  {barcode name}
 *
 * A line whose fields are all empty is left out, with the words around them; an
 * empty line feeds the paper.  A field of several lines ('\n') makes as many.
 */
#ifndef SHOP_TEMPLATE_H
#define SHOP_TEMPLATE_H

#include "base/base.h"

#define TEMPLATE_MAX	16384		/* bytes of a template */
#define TEMPLATE_DEPTH	8		/* {each} and {if} inside each other */

struct slip;

/* The values a paper is made of: named texts, and lists of such rows. */
struct paper;
struct paper *paper_new(void);		/* paper_free() */
void	 paper_free(struct paper *p);	/* NULL is fine */
void	 paper_set(struct paper *p, const char *name, const char *text);
/* At most 511 bytes. */
void	 paper_fmt(struct paper *p, const char *name, const char *fmt, ...)
	    PRINTF(3, 4);
/* A text of it; "" where there is none. */
const char *paper_get(const struct paper *p, const char *name);
/* Another row of a list; the paper's. */
struct paper *paper_row(struct paper *p, const char *list);
/* Black dots for {logo}, copied: rows of (width + 7) / 8 bytes. */
void	 paper_logo(struct paper *p, int width, int height,
	    const unsigned char *rows);

/* ERR_INVALID, naming the line, when the text is no template; *line is that
 * line's number, from 1. */
int	 template_check(const char *text, int *line) MUST_CHECK;
/* Append to `out` what a template that was checked makes of the values; unknown
 * names are empty, and what no bar code can say is put in letters. */
int	 template_render(const char *text, const struct paper *p,
	    struct slip *out) MUST_CHECK;

#endif
