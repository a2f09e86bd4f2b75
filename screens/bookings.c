/* SPDX-License-Identifier: ISC */
/* Who has asked for a table: one line adds, Enter seats who has come. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/booking.h"
#include "term/widgets.h"

#define BOOKINGS_EARLY_MS	(INT64_C(2) * 3600000)	/* come so soon? */
#define BOOKINGS_WIDE	60		/* narrower: telephone and note below */

struct bookings_screen {
	struct shop	*shop;
	struct booking	*rows;
	size_t		 n;
	struct list	 list;
	int64_t		 editing;	/* what the entry line is about; 0 */
	int64_t		 version;	/* of it, as it was read then */
	int		 cols;
};

enum { ASK_TABLE = 1, ASK_KEEP, ASK_END, ASK_EARLY,
    ASK_MISSED };

static const struct column bookings_columns[] = {
	{ N_("When"), 11, false, 0 },
	{ N_("Covers"), 6, true, 0 },
	{ N_("Who"), 0, false, 0 },
	{ N_("Table"), 5, true, 0 },
	{ N_("Telephone"), 14, false, 60 },
	{ N_("Note"), 20, false, 70 },
	{ 0 }
};

static const struct booking *
bookings_marked(const struct bookings_screen *st)
{
	for (size_t i = 0; i < st->n; i++) {
		if (st->rows[i].id == list_chosen(&st->list)) {
			return &st->rows[i];
		}
	}
	return NULL;
}

/* "24/12 20:30", and of tonight the hour alone. */
static void
bookings_when(struct session *s, const struct bookings_screen *st,
    const struct booking *b, char *out, size_t size)
{
	char	now[CLOCK_DAY_SIZE], day[CLOCK_DAY_SIZE];

	clock_business_day(session_now_ms(s), st->shop->set.day_start_hour,
	    now);
	clock_business_day(b->at, st->shop->set.day_start_hour, day);
	clock_local(b->at, strcmp(day, now) == 0 ? "%H:%M" : "%d/%m %H:%M",
	    out, size);
}

static int
bookings_count(struct session *s, void *ctx, int64_t *n)
{
	struct bookings_screen	*st = ctx;
	struct booking		*rows;
	size_t			 count;
	int			 r;

	*n = 0;
	if ((r = booking_list(st->shop, booking_since(st->shop,
	    session_now_ms(s)), &rows, &count)) != 0) {
		return r;
	}
	free(st->rows);
	st->rows = rows;
	st->n = count;
	*n = (int64_t)count;
	return 0;
}

static int
bookings_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct bookings_screen	*st = ctx;
	char				 when[24], table[16];

	for (int64_t i = from; i < from + n && i < (int64_t)st->n; i++) {
		const struct booking	*b = &st->rows[i];

		bookings_when(s, st, b, when, sizeof(when));
		(void)str_fmt(table, sizeof(table), "%s%d",
		    b->number != 0 ? "T" : "", b->number);
		list_add(into, b->id, STYLE_NORMAL, "%s\t%d\t%s\t%s\t%s\t%s",
		    when, b->covers, b->name, b->number != 0 ? table : "",
		    b->phone, b->note);
	}
	return 0;
}

static int
bookings_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	const struct bookings_screen	*st = ctx;

	(void)s;
	*at = -1;
	for (size_t i = 0; i < st->n; i++) {
		if (st->rows[i].id == id) {
			*at = (int64_t)i;
		}
	}
	return 0;
}

static const struct list_source bookings_source = {
	bookings_count, bookings_fetch, bookings_find
};

static int
bookings_open(struct session *s, void *state, const void *arg)
{
	struct bookings_screen	*st = state;

	st->shop = session_shop(s);
	list_init(&st->list, bookings_columns, &bookings_source, st);
	st->list.headed = true;
	if (arg != NULL && *(const char *)arg != '\0') {
		session_set_entry(s, arg);
	}
	return list_reload(s, &st->list);
}

static void
bookings_close(struct session *s, void *state)
{
	struct bookings_screen	*st = state;

	app_keep(s, "bookings", 0);
	list_done(&st->list);
	free(st->rows);
}

static void
bookings_layout(struct session *s, void *state, int rows, int cols)
{
	struct bookings_screen	*st = state;

	st->cols = cols;
	list_layout(s, &st->list, cols < BOOKINGS_WIDE ? rows - 1 : rows);
}

static void
bookings_draw(const void *state, struct canvas *c)
{
	const struct bookings_screen	*st = state;
	const struct booking		*b = bookings_marked(st);

	if (st->n == 0) {
		(void)canvas_wrap(c, 1, 4, STYLE_NORMAL, _("Nobody is "
		    "expected.  20h30 4 Dupont, 0612345678, a note: keeps a "
		    "table."));
		return;
	}
	list_draw(&st->list, c, 0);
	if (canvas_cols(c) < BOOKINGS_WIDE && b != NULL) {
		canvas_fmt(c, canvas_rows(c) - 1, 2, STYLE_NORMAL, "%s%s%s",
		    b->phone, b->phone[0] != '\0' ? "  " : "", b->note);
	}
}

static void
bookings_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct bookings_screen	*st = state;
	const struct booking		*b = bookings_marked(st);

	if (st->editing != 0) {
		(void)str_copy(out, size, _("Enter keeps it so"));
	} else if (b == NULL || *typed != '\0') {
		(void)str_copy(out, size, _("hour covers name"));
	} else {
		(void)str_fmt(out, size, st->cols < BOOKINGS_WIDE ?
		    _("Enter seats %s") :
		    _("hour covers name; Enter seats %s"), b->name);
	}
}

static enum turn
bookings_key(struct session *s, void *state, struct key key)
{
	struct bookings_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
bookings_done_so(struct session *s, struct bookings_screen *st, int r)
{
	if (r == 0) {
		r = list_reload(s, &st->list);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static int
bookings_number(struct bookings_screen *st, const char *text, int64_t *table)
{
	int64_t	number;

	return str_to_i64(text, 1, 9999, &number) != 0 ?
	    err_set(ERR_INVALID, _("a number from %d to %d"), 1, 9999) :
	    table_numbered(st->shop, number, table);
}

/* They have come. */
static enum turn
bookings_seat(struct session *s, struct bookings_screen *st, int64_t table)
{
	struct sale_arg	arg = { 0 };
	int64_t		version, id = list_chosen(&st->list);
	int		r;

	if (id == 0) {
		return TURN_STAY;
	}
	r = booking_seat(st->shop, id, table, &arg.sale, &version);
	if (r == ERR_EMPTY) {
		return session_ask(s, ASK_TABLE, false, err_text(r), "");
	}
	if (r != 0) {
		return bookings_done_so(s, st, r);
	}
	return session_push(s, &screen_sale, &arg);
}

/* Somebody who is expected much later is not seated by Enter alone. */
static enum turn
bookings_come(struct session *s, struct bookings_screen *st)
{
	const struct booking	*b = bookings_marked(st);
	char			 when[24];

	if (b == NULL || b->at <= session_now_ms(s) + BOOKINGS_EARLY_MS) {
		return bookings_seat(s, st, 0);
	}
	bookings_when(s, st, b, when, sizeof(when));
	return session_confirm(s, ASK_EARLY, true,
	    _("%s: %s.  Are they here now?"), b->name, when);
}

static enum turn
bookings_enter(struct session *s, void *state, const char *text)
{
	struct bookings_screen	*st = state;
	struct booking		 b;
	char			 when[24];
	int			 r;

	if (*text == '\0') {
		return bookings_come(s, st);
	}
	if ((r = booking_parse(text, session_now_ms(s), &b)) == 0) {
		b.id = st->editing;
		b.version = st->version;
		r = b.id != 0 ? booking_change(st->shop, &b) :
		    booking_add(st->shop, &b);
	}
	if (r == 0) {
		st->list.id = b.id;
		st->editing = 0;
		bookings_when(s, st, &b, when, sizeof(when));
		session_say(s, ngettext("%s, %d person: %s",
		    "%s, %d people: %s", (unsigned long)b.covers), b.name,
		    b.covers, when);
	}
	return bookings_done_so(s, st, r);
}

/* Back to the entry line, to be mended there. */
static enum turn
bookings_edit(struct session *s, struct bookings_screen *st)
{
	const struct booking	*b = bookings_marked(st);
	char			 text[BOOKING_TEXT];

	booking_text(b, text);
	session_set_entry(s, text);
	st->editing = b->id;
	st->version = b->version;
	return TURN_DRAW;
}

/* What is thrown away changes nothing. */
static enum turn
bookings_typed(struct session *s, void *state, const char *text)
{
	struct bookings_screen	*st = state;

	(void)s;
	st->editing = *text == '\0' ? 0 : st->editing;
	return TURN_STAY;
}

static enum turn
bookings_keep(struct session *s, struct bookings_screen *st,
    const char *text)
{
	const struct booking	*b;
	int64_t			 table;
	enum turn		 turn;
	int			 r = bookings_number(st, text, &table);

	if (r == 0) {
		r = booking_table(st->shop, list_chosen(&st->list), table);
	}
	turn = bookings_done_so(s, st, r);
	if (r == 0 && (b = bookings_marked(st)) != NULL &&
	    b->seats < b->covers) {
		session_warn(s, _("table %d has %d seats for %d people"),
		    b->number, b->seats, b->covers);
	}
	return turn;
}

/* Once their hour has come it is counted which of both it was. */
static enum turn
bookings_off(struct session *s, struct bookings_screen *st)
{
	const char	*ways[] = { _("they called it off"),
			    _("they never came") };

	return bookings_marked(st)->at > session_now_ms(s) ?
	    session_confirm(s, ASK_END, true, _("They do not come?")) :
	    session_choose(s, ASK_END, _("They do not come?"), ways,
	    NELEM(ways));
}

static enum turn
bookings_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct bookings_screen	*st = state;

	if (act != ACT_BOOK_TABLE && act != ACT_BOOK_END &&
	    act != ACT_BOOK_MISSED && act != ACT_BOOK && act != ACT_EDIT) {
		return TURN_PASS;
	}
	if (act == ACT_BOOK) {
		return *rest == '\0' ? TURN_STAY :
		    bookings_enter(s, st, rest);
	}
	if (bookings_marked(st) == NULL) {
		session_warn(s, _("nobody is expected"));
		return TURN_KEEP;
	}
	if (act == ACT_EDIT) {
		return bookings_edit(s, st);
	}
	if (act == ACT_BOOK_END) {
		return bookings_off(s, st);
	}
	if (act == ACT_BOOK_MISSED) {
		return session_confirm(s, ASK_MISSED, true,
		    _("%s never came?"), bookings_marked(st)->name);
	}
	return *rest != '\0' ? bookings_keep(s, st, rest) :
	    session_ask(s, ASK_KEEP, false, _("Which table is kept?"), "");
}

static enum turn
bookings_resume(struct session *s, void *state, const struct answer *a)
{
	struct bookings_screen	*st = state;
	const struct booking	*b = bookings_marked(st);
	char			 text[32];
	int64_t			 table, id = list_chosen(&st->list);
	int			 r;

	if (a->from == &screen_sale || !a->ok) {
		return bookings_done_so(s, st, 0);
	}
	(void)str_copy(text, sizeof(text), a->text);
	switch (a->tag) {
	case ASK_TABLE:
		r = bookings_number(st, text, &table);
		return r != 0 ? bookings_done_so(s, st, r) :
		    bookings_seat(s, st, table);
	case ASK_EARLY:
		return bookings_seat(s, st, 0);
	case ASK_KEEP:
		return *text == '\0' ? TURN_DRAW :
		    bookings_keep(s, st, text);
	case ASK_END:
		return b == NULL ? TURN_DRAW : bookings_done_so(s, st,
		    booking_end(st->shop, id, a->value == 1));
	case ASK_MISSED:
		return b == NULL ? TURN_DRAW : bookings_done_so(s, st,
		    booking_end(st->shop, id, true));
	default:
		return TURN_DRAW;
	}
}

static enum turn
bookings_news(struct session *s, void *state, unsigned topics)
{
	struct bookings_screen	*st = state;

	(void)topics;
	return list_reload(s, &st->list) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding bookings_keys[] = {
	{ ACT_EDIT, K_F3, 'e', N_("Change") },
	{ ACT_BOOK_TABLE, K_F5, 't', NULL },
	{ ACT_BOOK_END, K_F7, 'c', NULL },
	{ ACT_BOOK_MISSED, K_NONE, 'n', NULL },
	{ 0 }
};

const struct screen screen_bookings = {
	.name = "bookings",
	.title = N_("BOOKINGS"),
	.right = "sell",
	.help = N_("Who is expected, the next first.  20h30 4 Dupont, "
	    "0612345678, by the window adds one; a day may stand before the "
	    "hour: 24/12 20h30 … or tomorrow 12h ….  An hour that has passed "
	    "is tomorrow's: 0h30 is tonight's.  F3 brings the marked ones "
	    "back to the entry line, to be changed.  F5 says which table is "
	    "kept; the plan shows it as reserved from an hour and a half "
	    "before.  Enter seats the marked ones and opens their table; F7 "
	    "when they do not come, or never came.  Who is still expected "
	    "when the day is closed never came; report bookings counts "
	    "them."),
	.topics = 1U << TOPIC_TABLE,
	.state_size = sizeof(struct bookings_screen),
	.keys = bookings_keys,
	.open = bookings_open,
	.layout = bookings_layout,
	.draw = bookings_draw,
	.prompt = bookings_prompt,
	.key = bookings_key,
	.typed = bookings_typed,
	.enter = bookings_enter,
	.act = bookings_act,
	.resume = bookings_resume,
	.news = bookings_news,
	.close = bookings_close,
};
