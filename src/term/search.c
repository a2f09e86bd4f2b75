/* SPDX-License-Identifier: ISC */
/* Search while typing: a list that follows the entry line. */
#include "term/widgets.h"

int
search_typed(struct session *s, struct search *f, const char *text)
{
	f->focus = false;
	f->open = text[0] != '\0';
	if (!f->open) {
		return 0;
	}
	/* Another text is another list: the best match is its first row. */
	f->list.id = 0;
	f->list.at = 0;
	f->list.top = 0;
	f->list.unmarked = false;
	return list_reload(s, &f->list);
}

enum found
search_enter(struct session *s, struct search *f, int64_t exact, int64_t *id)
{
	(void)s;
	*id = 0;
	if (f->focus) {
		*id = list_chosen(&f->list);	/* seen, then taken */
	} else if (exact != 0) {
		*id = exact;
	} else if (f->open && f->list.count == 1) {
		*id = list_chosen(&f->list);
	} else if (f->open && f->list.count > 1) {
		f->focus = true;
		return FOUND_MANY;
	}
	if (*id == 0) {
		return FOUND_NOTHING;
	}
	f->open = f->focus = false;
	return FOUND_ONE;
}

enum turn
search_key(struct session *s, struct search *f, struct key key)
{
	enum turn	turn;

	if (!f->open || key.code == K_CHAR) {
		return TURN_PASS;
	}
	/* The first Down only enters the list: its first row is marked. */
	if (!f->focus && key.code == K_DOWN) {
		f->focus = true;
		return TURN_DRAW;
	}
	turn = list_key(s, &f->list, key);
	if (turn != TURN_PASS) {
		f->focus = true;
	}
	return turn;
}

bool
search_back(struct search *f)
{
	bool	open = f->open;

	f->open = f->focus = false;
	return open;
}

void
search_draw(const struct search *f, struct canvas *c, int bottom, int most)
{
	int64_t	rows = f->list.count < most ? f->list.count : most;

	if (!f->open || rows <= 0) {
		return;
	}
	if (rows > bottom) {
		rows = bottom;
	}
	canvas_clear(c, bottom - (int)rows, (int)rows);
	list_draw(&f->list, c, bottom - (int)rows);
}
