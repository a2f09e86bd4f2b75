/* SPDX-License-Identifier: ISC */
/* Tables that were asked for. */
#ifndef SHOP_BOOKING_H
#define SHOP_BOOKING_H

#include "shop/table.h"

struct booking {
	int64_t	id, at;			/* ms */
	int	covers, number;		/* number of the table kept; 0 */
	int64_t	table;			/* kept for them; 0 any */
	int	seats;			/* of that table */
	int64_t	version;
	char	name[64], phone[32], note[96];
};
#define BOOKING_TEXT	288		/* bytes of booking_text() */

/* Whoever came late tonight is expected still: since when to list. */
int64_t	 booking_since(const struct shop *shop, int64_t now);
/* Expected guests, from that moment on; free(*rows). */
int	 booking_list(struct shop *shop, int64_t since, struct booking **rows,
	    size_t *n) MUST_CHECK;
/* "20h30 4 Dupont, 0612345678, by the window"; a day (2026-12-24, 24/12 or
 * "tomorrow" in the user's words) may stand before the hour.  Without one an
 * hour that has passed is tomorrow's, and without a year a day is next
 * year's. */
int	 booking_parse(const char *text, int64_t now, struct booking *out)
	    MUST_CHECK;
/* What booking_parse() reads as this. */
void	 booking_text(const struct booking *b, char out[static BOOKING_TEXT]);
/* Right "sell", those up to booking_end().  ERR_EXISTS: the table is kept for
 * others within two hours of it. */
int	 booking_add(struct shop *shop, struct booking *b) MUST_CHECK;
/* All but the table, as it is kept in b->id and b->version; ERR_CHANGED when
 * somebody else was there since. */
int	 booking_change(struct shop *shop, const struct booking *b) MUST_CHECK;
int	 booking_table(struct shop *shop, int64_t id, int64_t table)
	    MUST_CHECK;
/* They are here: an open sale at that table (0: the one that was kept). */
int	 booking_seat(struct shop *shop, int64_t id, int64_t table,
	    int64_t *sale, int64_t *version) MUST_CHECK;
/* They said so, or (missed) never came: not before their hour. */
int	 booking_end(struct shop *shop, int64_t id, bool missed) MUST_CHECK;

/* Whoever was expected before then and nobody said more of never came: inside
 * the transaction that closes a day; when a session starts, of the days
 * before. */
int	 booking_day_over(struct shop *shop, int64_t until) MUST_CHECK;
int	 booking_catch_up(struct shop *shop) MUST_CHECK;

#endif
