/* SPDX-License-Identifier: ISC */
/* A row as the list of what was put on it. */
#include "term/row.h"

#include <limits.h>
#include <string.h>

/* Before each text. */
struct row_head {
	int	col, cols, style;
	int	width;			/* columns it takes of these */
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
row_put(struct row *r, int col, int cols, int width, enum style style,
    const char *text)
{
	struct row_head	head = { col, cols, (int)style, width,
			    (int)strlen(text) + 1 };

	buf_add(&r->next, &head, sizeof(head));
	buf_add(&r->next, text, (size_t)head.len);
}

void
row_clear(struct row *r, int col, int cols)
{
	struct row_head	head = { .col = col, .cols = cols, .width = cols };

	buf_add(&r->next, &head, sizeof(head));
}

bool
row_keep(struct row *r, int col, int cols)
{
	struct row_head	head;

	if (!r->known || !r->begun) {
		return false;
	}
	for (size_t at = 0; at < r->shown.len;) {
		size_t	n;

		memcpy(&head, r->shown.data + at, sizeof(head));
		n = sizeof(head) + (size_t)head.len;
		if (head.col >= col && head.col < col + cols) {
			buf_add(&r->next, r->shown.data + at, n);
		}
		at += n;
	}
	return true;
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
	r->partly = r->known;
	r->shown = r->next;
	r->next = was;
	r->known = true;
	return !same;
}

/* ---- what of it has changed ---------------------------------------------- */

/* A list from `at` to `end`. */
struct row_part {
	const struct buf *list;
	size_t		  at, end;
};

static size_t
row_size(const struct buf *list, size_t at)
{
	struct row_head	head;

	memcpy(&head, list->data + at, sizeof(head));
	return sizeof(head) + (size_t)head.len;
}

/* Does something begin there? */
static bool
row_begins(const struct buf *list, size_t from, size_t there)
{
	while (from < there) {
		from += row_size(list, from);
	}
	return from == there;
}

/* Where the two begin to differ. */
static size_t
row_head_end(const struct buf *a, const struct buf *b)
{
	size_t	at = 0;

	while (at < a->len && at < b->len) {
		size_t	n = row_size(a, at);

		if (at + n > b->len ||
		    memcmp(a->data + at, b->data + at, n) != 0) {
			break;
		}
		at += n;
	}
	return at;
}

/* How much at the end of both is the same; nothing before `from` counts. */
static size_t
row_tail(const struct buf *a, const struct buf *b, size_t from)
{
	size_t	most = (a->len < b->len ? a->len : b->len) - from, same = 0;

	while (same < most && a->data[a->len - same - 1] ==
	    b->data[b->len - same - 1]) {
		same++;
	}
	for (size_t at = from; at < a->len; at += row_size(a, at)) {
		size_t	n = a->len - at;

		if (n <= same && row_begins(b, from, b->len - n)) {
			return n;
		}
	}
	return 0;
}

/*
 * [*from, *to) grows by what is in the list; `touching`: only by what reaches
 * into it from outside.  True: it grew.  A mark is combined with what stands
 * before it.
 */
static bool
row_grow(const struct row_part *p, bool touching, int *from, int *to)
{
	bool	grew = false;

	for (size_t at = p->at; at < p->end;) {
		struct row_head	 head;
		const char	*text = p->list->data + at + sizeof(head);
		int		 begin, end;

		memcpy(&head, p->list->data + at, sizeof(head));
		at += sizeof(head) + (size_t)head.len;
		begin = head.len > 0 && (text[0] & 0x80) != 0 ? head.col - 1 :
		    head.col;
		end = head.col + head.width;
		if (touching && (begin >= *to || end <= *from)) {
			continue;
		}
		grew = grew || begin < *from || end > *to;
		*from = begin < *from ? begin : *from;
		*to = end > *to ? end : *to;
	}
	return grew;
}

bool
row_span(const struct row *r, int *from, int *to)
{
	const struct buf	*now = &r->shown, *was = &r->next;
	size_t			 head = row_head_end(now, was);
	size_t			 tail = row_tail(now, was, head);
	struct row_part		 all = { now, 0, now->len };
	struct row_part		 old = { was, head, was->len - tail };
	struct row_part		 new = { now, head, now->len - tail };

	*from = INT_MAX;
	*to = 0;
	if (!r->partly) {
		return false;
	}
	(void)row_grow(&old, false, from, to);
	(void)row_grow(&new, false, from, to);
	while (row_grow(&all, true, from, to)) {
		continue;
	}
	*from = *from > 0 ? *from : 0;
	return *from < *to;
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
