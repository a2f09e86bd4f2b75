/* SPDX-License-Identifier: ISC */
/* Rows of a text, broken once per size. */
#include "term/pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
pager_init(struct pager *p, const char *text)
{
	memset(p, 0, sizeof(*p));
	p->text = xstrdup(text);
}

void
pager_done(struct pager *p)
{
	free(p->text);
	free(p->lines);
	free(p->bytes);
	free(p->indent);
	memset(p, 0, sizeof(*p));
}

/* Bytes of the row that starts at `s` (n bytes long in all). */
static size_t
pager_break(const char *s, size_t n, int cols)
{
	size_t	fit = utf8_cut(s, cols), at;

	if (fit >= n) {
		return n;
	}
	for (at = fit; at > 0 && s[at] != ' '; at--) {
		continue;
	}
	/* A break far to the left would waste the row: cut the word. */
	return at > fit / 2 ? at : fit > 0 ? fit : n;
}

static void
pager_add(struct pager *p, const char *line, size_t n, int indent)
{
	if (p->n % 64 == 0) {
		p->lines = xrealloc(p->lines, (size_t)p->n + 64,
		    sizeof(*p->lines));
		p->bytes = xrealloc(p->bytes, (size_t)p->n + 64,
		    sizeof(*p->bytes));
		p->indent = xrealloc(p->indent, (size_t)p->n + 64,
		    sizeof(*p->indent));
	}
	p->indent[p->n] = indent;
	p->lines[p->n] = line;
	p->bytes[p->n++] = (int)n;
}

static void
pager_bound(struct pager *p)
{
	if (p->top > p->n - p->rows) {
		p->top = p->n - p->rows;
	}
	if (p->top < 0) {
		p->top = 0;
	}
}

void
pager_layout(struct pager *p, int rows, int cols)
{
	p->n = 0;
	p->rows = rows > 0 ? rows : 1;
	for (const char *s = p->text; *s != '\0';) {
		size_t	n = strcspn(s, "\n");
		/* On a narrow screen the words need the room. */
		int	hang = *s == ' ' && cols > 4 * p->hang ? p->hang : 0;
		int	indent = 0;

		do {
			size_t	fit = pager_break(s, n, cols - indent);

			pager_add(p, s, fit, indent);
			s += fit;
			n -= fit;
			indent = hang;
			while (n > 0 && *s == ' ') {
				s++;
				n--;
			}
		} while (n > 0);
		if (*s == '\n') {
			s++;
		}
	}
	pager_bound(p);
}

enum turn
pager_key(struct pager *p, struct key key)
{
	int	top = p->top, page = p->rows > 1 ? p->rows - 1 : 1;

	switch (key.code) {
	case K_UP:
		p->top--;
		break;
	case K_DOWN:
		p->top++;
		break;
	case K_PGUP:
		p->top -= page;
		break;
	case K_PGDN:
	case K_ENTER:
		p->top += page;
		break;
	case K_HOME:
		p->top = 0;
		break;
	case K_END:
		p->top = p->n;
		break;
	case K_CHAR:
		if (key.ch != ' ') {
			return TURN_PASS;
		}
		p->top += page;
		break;
	default:
		return TURN_PASS;
	}
	pager_bound(p);
	return p->top == top ? TURN_STAY : TURN_DRAW;
}

void
pager_draw(const struct pager *p, struct canvas *c)
{
	for (int i = 0; i < p->rows && p->top + i < p->n; i++) {
		canvas_fmt(c, i, p->indent[p->top + i], STYLE_NORMAL, "%.*s",
		    p->bytes[p->top + i], p->lines[p->top + i]);
	}
}

void
pager_place(const struct pager *p, char *out, size_t size)
{
	int	last = p->top + p->rows;

	out[0] = '\0';
	if (p->n > p->rows) {
		(void)str_fmt(out, size, _("%d-%d of %d"), p->top + 1,
		    last < p->n ? last : p->n, p->n);
	}
}
