/* SPDX-License-Identifier: ISC */
/* Tickets and the places they stand at: whoever has a digit keeps it. */
#include "screens/kitchen_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

int
kitchen_per(const struct kitchen_screen *st)
{
	return st->cols * st->rows;
}

int
kitchen_pages(const struct kitchen_screen *st)
{
	int	per = kitchen_per(st);

	return per == 0 || st->board.n == 0 ? 1 :
	    ((int)st->board.n + per - 1) / per;
}

ptrdiff_t
kitchen_ticket_of(const struct kitchen_screen *st, const struct slot *slot)
{
	for (size_t i = 0; slot->sale != 0 && i < st->board.n; i++) {
		if (st->board.tickets[i].sale == slot->sale &&
		    st->board.tickets[i].course == slot->course) {
			return (ptrdiff_t)i;
		}
	}
	return -1;
}

/* Who stands there stays there; what waits for its course has no claim. */
static void
kitchen_keep(struct kitchen_screen *st, bool *placed, int64_t boot)
{
	for (int i = 0; i < SLOTS; i++) {
		struct slot			*slot = &st->slots[i];
		ptrdiff_t			 at = kitchen_ticket_of(st,
						    slot);
		const struct kitchen_ticket	*t = at < 0 ? NULL :
						    &st->board.tickets[at];

		if (slot->sale == 0) {
			continue;
		}
		slot->here = t != NULL && i < kitchen_per(st) &&
		    (t->live || t->untold);
		if (slot->here) {
			slot->held = 0;
			placed[at] = true;
		} else if (t != NULL || slot->held <= boot) {
			*slot = (struct slot){ .used = slot->used };
		}
	}
}

/* After the last one while there is room, else the first free place. */
static int
kitchen_free(const struct kitchen_screen *st)
{
	int	per = kitchen_per(st), last = -1, first = -1;

	for (int i = 0; i < per; i++) {
		if (st->slots[i].sale != 0) {
			last = i;
		} else if (first < 0) {
			first = i;
		}
	}
	return last + 1 < per ? last + 1 : first;
}

void
kitchen_settle(struct session *s, struct kitchen_screen *st, bool anew)
{
	bool	*placed = xcalloc(st->board.n + 1, sizeof(*placed));
	int64_t	 boot = session_boot_ms(s);
	int	 skip, at;

	if (anew) {
		memset(st->slots, 0, sizeof(st->slots));
	}
	if (st->page >= kitchen_pages(st)) {
		st->page = kitchen_pages(st) - 1;
	}
	kitchen_keep(st, placed, boot);
	skip = st->page * kitchen_per(st);
	for (size_t i = 0; i < st->board.n; i++) {
		const struct kitchen_ticket	*t = &st->board.tickets[i];
		bool				 used;

		if (placed[i] || skip-- > 0) {
			continue;
		}
		if ((at = kitchen_free(st)) < 0) {
			break;
		}
		used = st->slots[at].used;
		st->slots[at] = (struct slot){ .sale = t->sale,
		    .course = t->course, .here = true, .used = true,
		    .given = used ? boot : 0 };
		(void)str_copy(st->slots[at].called,
		    sizeof(st->slots[at].called), t->called);
	}
	free(placed);
}

/* As many as there is room for and digits: never narrower than can be read. */
void
kitchen_layout(struct session *s, void *state, int rows, int cols)
{
	struct kitchen_screen	*st = state;
	int			 room = rows - (rows >= KITCHEN_TALL ? 1 : 0);
	int			 across = cols / TILE_WIDTH;
	int			 down = room / TILE_HEIGHT;

	across = across < 1 ? 1 : across > SLOTS ? SLOTS : across;
	down = down < 1 ? 1 : down > 3 ? 3 : down;
	while (across * down > SLOTS) {
		if (across > 3) {
			across--;
		} else {
			down--;
		}
	}
	st->cols = across;
	st->rows = down;
	st->small = cols < 2 * TILE_WIDTH;
	kitchen_settle(s, st, true);
}
