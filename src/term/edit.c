/* SPDX-License-Identifier: ISC */
/* Editing one line, by whole characters. */
#include "term/edit.h"

#include <string.h>

void
edit_clear(struct edit *l)
{
	explicit_bzero(l, sizeof(*l));
}

void
edit_set(struct edit *l, const char *text)
{
	edit_clear(l);
	(void)utf8_clean(l->text, sizeof(l->text), text);
	l->len = l->at = strlen(l->text);
}

bool
edit_insert(struct edit *l, uint32_t c)
{
	char	enc[5];
	size_t	n = utf8_put(c, enc);

	if (l->len + n >= sizeof(l->text)) {
		return false;
	}
	memmove(l->text + l->at + n, l->text + l->at, l->len - l->at + 1);
	memcpy(l->text + l->at, enc, n);
	l->len += n;
	l->at += n;
	return true;
}

static size_t
edit_next(const struct edit *l, size_t at)
{
	const char	*p = l->text + at;

	(void)utf8_next(&p);
	return (size_t)(p - l->text);
}

static void
edit_cut(struct edit *l, size_t from, size_t to)
{
	memmove(l->text + from, l->text + to, l->len - to + 1);
	l->len -= to - from;
	l->at = from;
}

bool
edit_key(struct edit *l, enum key_code key, bool *changed)
{
	size_t	len = l->len;

	switch (key) {
	case K_BACKSPACE:
		edit_cut(l, utf8_back(l->text, l->at), l->at);
		break;
	case K_DELETE:
		edit_cut(l, l->at, edit_next(l, l->at));
		break;
	case K_LEFT:
		l->at = utf8_back(l->text, l->at);
		break;
	case K_RIGHT:
		l->at = edit_next(l, l->at);
		break;
	case K_HOME:
		l->at = 0;
		break;
	case K_END:
		l->at = l->len;
		break;
	default:
		*changed = false;
		return false;
	}
	*changed = l->len != len;
	return true;
}
