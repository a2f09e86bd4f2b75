/* SPDX-License-Identifier: ISC */
/* A row as the list of what was put on it. */
#include "term/row.h"

#include <string.h>

/* Before each text. */
struct row_head {
	int	col, cols, style;
	int	len;			/* with its NUL; 0: a blank stretch */
};

void
row_done(struct row *r)
{
	buf_done(&r->shown);
	buf_done(&r->next);
}

void
row_begin(struct row *r)
{
	buf_clear(&r->next);
	r->begun = true;
}

void
row_put(struct row *r, int col, int cols, enum style style, const char *text)
{
	struct row_head	head = { col, cols, (int)style,
			    (int)strlen(text) + 1 };

	buf_add(&r->next, &head, sizeof(head));
	buf_add(&r->next, text, (size_t)head.len);
}

void
row_clear(struct row *r, int col, int cols)
{
	struct row_head	head = { .col = col, .cols = cols };

	buf_add(&r->next, &head, sizeof(head));
}

void
row_forget(struct row *r)
{
	r->known = false;
}

bool
row_end(struct row *r)
{
	struct buf	was = r->shown;
	bool		same;

	if (!r->begun) {
		return false;
	}
	r->begun = false;
	same = r->known && was.len == r->next.len && (was.len == 0 ||
	    memcmp(was.data, r->next.data, was.len) == 0);
	r->shown = r->next;
	r->next = was;
	r->known = true;
	return !same;
}

bool
row_next(const struct row *r, size_t *at, struct row_put *out)
{
	struct row_head	head;

	if (*at >= r->shown.len) {
		return false;
	}
	memcpy(&head, r->shown.data + *at, sizeof(head));
	*at += sizeof(head);
	*out = (struct row_put){ .col = head.col, .cols = head.cols,
		.clear = head.len == 0, .style = (enum style)head.style,
		.text = r->shown.data + *at };
	*at += (size_t)head.len;
	return true;
}
