/* SPDX-License-Identifier: ISC */
/* The rooms as they stand, and what is done to their tables.  A number jumps
 * to a table, Enter opens it; plan_draw.c has how it looks. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/pass.h"
#include "screens/plan_part.h"
#include "screens/screens.h"
#include "screens/split.h"
#include "shop/booking.h"
#include "shop/course.h"
#include "shop/invoice.h"
#include "shop/party.h"
#include "shop/user.h"

#define PLAN_TICK_MS	30000

enum { ASK_LEAVE = 1, ASK_COVERS, ASK_MOVE, ASK_SERVER, ASK_MESSAGE,
    ASK_JOIN, ASK_BLOCK, ASK_TAB, ASK_TAKE_AWAY, ASK_DELIVERY, ASK_BOOKED,
    ASK_FIRE };

/* ---- reading ------------------------------------------------------------ */

/* That room is before us, the first where it is gone. */
static void
plan_in(struct plan_screen *st, int64_t room)
{
	st->room = 0;
	for (size_t i = 0; i < st->nrooms; i++) {
		if (st->rooms[i].id == room) {
			st->room = i;
		}
	}
}

static int
plan_read(struct session *s, struct plan_screen *st)
{
	struct room		*rooms;
	struct table_view	*tables;
	struct tab_view		*tabs;
	size_t			 nrooms, ntables, ntabs;
	int64_t			 room = st->nrooms > 0 ?
				    st->rooms[st->room].id : 0;
	int			 r;

	if ((r = room_list(st->shop, &rooms, &nrooms)) != 0) {
		return r;
	}
	if ((r = table_plan(st->shop, &tables, &ntables)) != 0) {
		free(rooms);
		return r;
	}
	if ((r = tab_list(st->shop, &tabs, &ntabs)) != 0) {
		free(rooms);
		free(tables);
		return r;
	}
	free(st->rooms);
	free(st->tables);
	free(st->tabs);
	st->rooms = rooms;
	st->nrooms = nrooms;
	plan_in(st, room);
	st->tables = tables;
	st->ntables = ntables;
	st->tabs = tabs;
	st->ntabs = ntabs;
	st->now = session_now_ms(s);
	return 0;
}

/* Mark a table, in the room it stands in. */
static void
plan_mark(struct plan_screen *st, const struct table_view *v)
{
	st->tab = 0;
	st->table = v->t.id;
	if (st->nrooms == 0 || st->rooms[st->room].id != v->t.room) {
		plan_in(st, v->t.room);
		st->top = st->left = 0;
	}
	plan_follow(st);
}

static const struct table_view *
plan_numbered(const struct plan_screen *st, int64_t number)
{
	for (size_t i = 0; i < st->ntables; i++) {
		if (st->tables[i].t.number == number) {
			return &st->tables[i];
		}
	}
	return NULL;
}

static void
plan_forget(struct plan_screen *st)
{
	free(st->rooms);
	free(st->tables);
	free(st->tabs);
	free(st->courses);
}

static int
plan_open(struct session *s, void *state, const void *arg)
{
	struct plan_screen	*st = state;
	const char		*number = arg;
	int			 r;

	st->shop = session_shop(s);
	if ((r = course_list(st->shop, &st->courses, &st->ncourses)) != 0 ||
	    (r = plan_read(s, st)) != 0) {
		plan_forget(st);
		return r;
	}
	if (number != NULL && *number != '\0') {
		session_set_entry(s, number);
	}
	session_timer(s, PLAN_TICK_MS);
	return 0;
}

static void
plan_close(struct session *s, void *state)
{
	struct plan_screen	*st = state;

	app_keep(s, "plan", 0);
	plan_forget(st);
}

static void
plan_layout(struct session *s, void *state, int rows, int cols)
{
	struct plan_screen	*st = state;

	(void)s;
	st->rows = rows;
	st->cols = cols;
	plan_follow(st);
}

/* ---- opening ------------------------------------------------------------ */

static enum turn
plan_refused(struct session *s, struct plan_screen *st, int r)
{
	session_beep(s);
	(void)session_fail(s, r);
	(void)plan_read(s, st);
	return TURN_KEEP;
}

static enum turn
plan_go(struct session *s, int64_t sale)
{
	struct sale_arg	arg = { .sale = sale };

	session_set_entry(s, "");
	return session_push(s, &screen_sale, &arg);
}

static enum turn
plan_seat(struct session *s, struct plan_screen *st, int covers)
{
	int64_t	sale, version;
	int	r = table_seat(st->shop, st->table, covers, &sale, &version);

	return r != 0 ? plan_refused(s, st, r) : plan_go(s, sale);
}

/* Where it stands at another table, that one. */
static const struct table_view *
plan_real(const struct plan_screen *st, const struct table_view *v)
{
	for (size_t i = 0; i < st->ntables && v->t.joined != 0; i++) {
		if (st->tables[i].t.id == v->t.joined) {
			return &st->tables[i];
		}
	}
	return v;
}

/* Who was expected there has come, or others sit there. */
static enum turn
plan_expected(struct session *s, struct plan_screen *st, bool them)
{
	const struct table_view	*v = plan_marked(st);
	int64_t			 sale, version;
	int			 r;

	if (v == NULL) {
		return TURN_DRAW;
	}
	if (!them || v->booking == 0) {
		session_say(s, _("%d*2 seats two others there"), v->t.number);
		return TURN_DRAW;
	}
	r = booking_seat(st->shop, v->booking, 0, &sale, &version);
	return r != 0 ? plan_refused(s, st, r) : plan_go(s, sale);
}

static enum turn
plan_open_marked(struct session *s, struct plan_screen *st, int covers)
{
	const struct table_view	*v = plan_marked(st);
	char			 question[48];

	if (st->tab != 0 && plan_marked_tab(st) != NULL) {
		return plan_go(s, st->tab);
	}
	if (v == NULL) {
		return TURN_STAY;
	}
	v = plan_real(st, v);
	plan_mark(st, v);
	if (v->parts > 1) {
		return session_push(s, &screen_split,
		    &(struct split_arg){ .sale = v->sale });
	}
	if (v->sale != 0) {
		return plan_go(s, v->sale);
	}
	if (v->state == TABLE_BLOCKED) {
		return plan_refused(s, st, err_set(ERR_INVALID,
		    _("table %lld is blocked: %s"), (long long)v->t.number,
		    v->t.note));
	}
	if (covers > 0) {
		return plan_seat(s, st, covers);
	}
	if (v->state == TABLE_RESERVED) {
		return session_confirm(s, ASK_BOOKED, false,
		    _("Table %d is kept for %s.  Is it them?"), v->t.number,
		    v->booked);
	}
	(void)str_fmt(question, sizeof(question), _("Table %d: how many "
	    "people?"), v->t.number);
	return session_ask(s, ASK_COVERS, false, question, "");
}

/* "4", or "4*2": two people at table four. */
static enum turn
plan_enter(struct session *s, void *state, const char *text)
{
	struct plan_screen	*st = state;
	const struct table_view	*v;
	const char		*star = strchr(text, '*');
	char			 first[16];
	int64_t			 number = 0, covers = 0;

	if (*text == '\0') {
		return plan_open_marked(s, st, 0);
	}
	(void)str_fmt(first, sizeof(first), "%.*s", star == NULL ? 15 :
	    (int)(star - text), text);
	if (str_to_i64(first, 1, 9999, &number) != 0 || (star != NULL &&
	    str_to_i64(star + 1, 1, 999, &covers) != 0)) {
		return plan_refused(s, st, err_set(ERR_INVALID,
		    _("4 opens table 4, 4*2 seats two there")));
	}
	if ((v = plan_numbered(st, number)) == NULL) {
		return plan_refused(s, st, err_set(ERR_NOT_FOUND,
		    _("there is no table %lld"), (long long)number));
	}
	plan_mark(st, v);
	return plan_open_marked(s, st, (int)covers);
}

/* Digits jump to the table while they are typed. */
static enum turn
plan_typed(struct session *s, void *state, const char *text)
{
	struct plan_screen	*st = state;
	const struct table_view	*v;
	int64_t			 number;

	(void)s;
	if (str_to_i64(text, 1, 9999, &number) != 0 ||
	    (v = plan_numbered(st, number)) == NULL ||
	    v->t.id == st->table) {
		return TURN_STAY;
	}
	plan_mark(st, v);
	return TURN_DRAW;
}

/* A digit begins a number on the entry line. */
static enum turn
plan_press(struct session *s, void *state, uint32_t ch)
{
	(void)s;
	(void)state;
	return ch >= '0' && ch <= '9' ? TURN_PASS : TURN_STAY;
}

/* ---- moving the mark ---------------------------------------------------- */

static enum turn
plan_step(struct plan_screen *st, int step)
{
	int	n = plan_list_size(st), at = plan_list_at(st) + step;

	if (n == 0) {
		return TURN_PASS;
	}
	at = at < 0 ? 0 : at >= n ? n - 1 : at;
	if (at < (int)st->ntables) {
		plan_mark(st, &st->tables[at]);
	} else {
		st->table = 0;
		st->tab = st->tabs[at - (int)st->ntables].sale;
	}
	return TURN_DRAW;
}

/* The nearest table of the room in that direction. */
static enum turn
plan_walk(struct plan_screen *st, int down, int right)
{
	const struct table_view	*from = plan_marked(st), *best = NULL;
	int			 least = 0;

	if (from == NULL) {
		return plan_step(st, st->tab != 0 ? down + right : 1);
	}
	for (size_t i = 0; i < st->ntables; i++) {
		const struct table_view	*v = &st->tables[i];
		int			 ahead, aside;

		ahead = down * (v->t.line - from->t.line) +
		    right * (v->t.cell - from->t.cell);
		aside = down != 0 ? abs(v->t.cell - from->t.cell) :
		    abs(v->t.line - from->t.line);
		if (v->t.room != from->t.room || ahead <= 0 ||
		    (best != NULL && ahead + 3 * aside >= least)) {
			continue;
		}
		least = ahead + 3 * aside;
		best = v;
	}
	if (best != NULL) {
		plan_mark(st, best);
	} else if (st->ntabs > 0 && right > 0) {
		st->table = 0;
		st->tab = st->tabs[0].sale;
	}
	return TURN_DRAW;
}

static enum turn
plan_other_room(struct plan_screen *st, size_t step)
{
	if (st->nrooms == 0) {
		return TURN_PASS;
	}
	st->room = (st->room + step) % st->nrooms;
	st->top = st->left = 0;
	st->table = 0;
	st->tab = 0;
	return TURN_DRAW;
}

static enum turn
plan_key(struct session *s, void *state, struct key key)
{
	struct plan_screen	*st = state;
	bool			 wide = plan_wide(st);

	(void)s;
	switch (key.code) {
	case K_UP:
		return wide ? plan_walk(st, -1, 0) : plan_step(st, -1);
	case K_DOWN:
		return wide ? plan_walk(st, 1, 0) : plan_step(st, 1);
	case K_LEFT:
		return wide && session_entry(s)[0] == '\0' ?
		    plan_walk(st, 0, -1) : TURN_PASS;
	case K_RIGHT:
		return wide && session_entry(s)[0] == '\0' ?
		    plan_walk(st, 0, 1) : TURN_PASS;
	case K_PGUP:
		return wide ? plan_other_room(st, st->nrooms - 1) :
		    plan_step(st, -st->rows);
	case K_PGDN:
		return wide ? plan_other_room(st, 1) :
		    plan_step(st, st->rows);
	default:
		return TURN_PASS;
	}
}

/* ---- acts on the marked one --------------------------------------------- */

/* An open sale as the plan shows it. */
struct plan_party {
	int64_t	sale, version;		/* sale 0: none */
	int	waits;			/* course to be fired */
	bool	rush;
};

/* That of the marked one; says so when there is none. */
static struct plan_party
plan_sale(struct session *s, struct plan_screen *st)
{
	const struct table_view	*v = plan_marked(st);
	const struct tab_view	*t = plan_marked_tab(st);

	if (v != NULL) {
		v = plan_real(st, v);
	}
	if (v != NULL && v->sale != 0) {
		session_set_entry(s, "");
		return (struct plan_party){ .sale = v->sale,
		    .version = v->version, .waits = v->waits,
		    .rush = v->rush };
	}
	if (t != NULL) {
		session_set_entry(s, "");
		return (struct plan_party){ .sale = t->sale,
		    .version = t->version, .waits = t->waits,
		    .rush = t->rush };
	}
	session_warn(s, v == NULL ? _("mark a table first: its number, or "
	    "the arrows") : _("nobody sits at table %d"),
	    v == NULL ? 0 : v->t.number);
	session_beep(s);
	return (struct plan_party){ 0 };
}

static enum turn
plan_done_so(struct session *s, struct plan_screen *st, int r)
{
	if (r != 0 || (r = plan_read(s, st)) != 0) {
		return plan_refused(s, st, r);
	}
	session_set_entry(s, "");
	return TURN_DRAW;
}

static enum turn
plan_fire_seen(struct session *s, struct plan_screen *st, int64_t sale,
    int seen, bool all)
{
	int	course, r;

	if ((r = course_fire(st->shop, sale, seen, all, &course)) == 0) {
		session_say(s, _("%s: fired"), plan_course(st, course));
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_fire(struct session *s, struct plan_screen *st,
    const struct plan_party *p, const char *text)
{
	enum turn	turn;
	bool		all;
	int		seen, r;

	st->asked = p->sale;
	st->asked_course = p->waits;
	if (pass_fire_asked(s, ASK_FIRE, p->sale, p->waits, text, &turn)) {
		return turn;
	}
	return (r = pass_fire(text, p->waits, &seen, &all)) != 0 ?
	    plan_done_so(s, st, r) :
	    plan_fire_seen(s, st, p->sale, seen, all);
}

static enum turn
plan_send(struct session *s, struct plan_screen *st, int64_t sale,
    int64_t version)
{
	int64_t	n;
	int	r = course_send(st->shop, sale, &version, &n);

	if (r == 0) {
		pass_sent(s, sale, n);
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_move(struct session *s, struct plan_screen *st, int64_t sale,
    int64_t version, const char *text)
{
	int64_t	number, table, to;
	int	r;

	if (str_to_i64(text, 1, 9999, &number) != 0) {
		r = err_set(ERR_INVALID, _("a number from %d to %d"), 1,
		    9999);
	} else if ((r = table_numbered(st->shop, number, &table)) == 0 &&
	    (r = party_move(st->shop, sale, &version, table, &to)) == 0) {
		st->table = table;
		st->tab = 0;
		session_say(s, _("at table %lld now"), (long long)number);
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_bill(struct session *s, struct plan_screen *st, int64_t sale)
{
	int	r = note_print(st->shop, sale);

	if (r == 0) {
		session_say(s, _("the bill is printing"));
	}
	return plan_done_so(s, st, r);
}

static enum turn
plan_table_act(struct session *s, struct plan_screen *st, enum action act,
    const char *rest)
{
	const struct table_view	*v = plan_marked(st);
	int64_t			 number, to = 0;
	int			 r;

	if (v == NULL) {
		session_warn(s, _("mark a table first: its number, or the "
		    "arrows"));
		session_beep(s);
		return TURN_KEEP;
	}
	if (act == ACT_TABLE_CLEAR) {
		r = table_clear(st->shop, v->t.id);
	} else if (act == ACT_TABLE_BLOCK) {
		if (*rest == '\0' && v->state != TABLE_BLOCKED) {
			return session_ask(s, ASK_BLOCK, false,
			    _("Why does nobody sit there?"), "");
		}
		r = table_block(st->shop, v->t.id, rest);
	} else {
		if (*rest == '\0' && v->t.joined == 0) {
			return session_ask(s, ASK_JOIN, false,
			    _("It stands at which table?"), "");
		}
		r = *rest == '\0' ? 0 : str_to_i64(rest, 1, 9999, &number);
		if (r == 0 && *rest != '\0') {
			r = table_numbered(st->shop, number, &to);
		}
		if (r == 0) {
			r = table_join(st->shop, v->t.id, to);
		}
	}
	return plan_done_so(s, st, r);
}

/* ---- without a table ---------------------------------------------------- */

/* "19:30 Karim, 0612345678, 3 rue du Port": time first if there is one. */
static enum turn
plan_tab(struct session *s, struct plan_screen *st, enum serving_kind kind,
    const char *text)
{
	char		words[ENTRY_MAX], *part[3] = { words, NULL, NULL };
	struct tab_new	tab = { .kind = kind, .phone = "", .address = "" };
	int64_t		sale, version;
	int		r;

	if (kind != SERVING_TAB) {
		text += clock_hour_next(text, st->now, &tab.promised);
	}
	(void)str_copy(words, sizeof(words), text);
	for (int i = 0; i < 2 && part[i] != NULL; i++) {
		if ((part[i + 1] = strchr(part[i], ',')) != NULL) {
			*part[i + 1]++ = '\0';
			part[i + 1] += strspn(part[i + 1], " ");
		}
	}
	tab.name = words;
	tab.phone = part[1] == NULL ? "" : part[1];
	tab.address = part[1] == NULL || part[2] == NULL ? "" : part[2];
	if ((r = tab_open(st->shop, &tab, &sale, &version)) != 0) {
		return plan_refused(s, st, r);
	}
	st->table = 0;
	st->tab = sale;
	return plan_go(s, sale);
}

static enum turn
plan_ask_tab(struct session *s, enum action act)
{
	return act == ACT_TAB ? session_ask(s, ASK_TAB, false,
	    _("Under what name?"), "") : act == ACT_TAKE_AWAY ?
	    session_ask(s, ASK_TAKE_AWAY, false,
	    _("Time name, telephone"), "") :
	    session_ask(s, ASK_DELIVERY, false,
	    _("Time name, telephone, address"), "");
}

/* ---- acts --------------------------------------------------------------- */

static enum turn
plan_serve(struct session *s, struct plan_screen *st, int64_t sale,
    const char *name)
{
	int64_t	user;
	int	r = user_find(st->shop, name, &user);

	if (r == 0) {
		r = table_server(st->shop, sale, user);
	}
	return plan_done_so(s, st, r);
}

/* Acts on somebody who is served. */
static enum turn
plan_sale_act(struct session *s, struct plan_screen *st, enum action act,
    const char *rest)
{
	const struct plan_party	p = plan_sale(s, st);
	int64_t			sale = p.sale, version = p.version;

	if (sale == 0) {
		return TURN_KEEP;
	}
	switch (act) {
	case ACT_TABLE_SEND:
		return plan_send(s, st, sale, version);
	case ACT_TABLE_FIRE:
		return plan_fire(s, st, &p, rest);
	case ACT_BILL:
		return plan_bill(s, st, sale);
	case ACT_TABLE_SPLIT:
		return session_push(s, &screen_split,
		    &(struct split_arg){ .sale = sale });
	case ACT_TABLE_RUSH:
		return plan_done_so(s, st, course_rush(st->shop, sale,
		    !p.rush));
	case ACT_TABLE_MOVE:
		return *rest != '\0' ? plan_move(s, st, sale, version,
		    rest) : session_ask(s, ASK_MOVE, false,
		    _("To which table?"), "");
	case ACT_TABLE_MESSAGE:
		return *rest != '\0' ? plan_done_so(s, st,
		    course_message(st->shop, sale, rest)) :
		    session_ask(s, ASK_MESSAGE, false, _("To the kitchen"),
		    "");
	default:
		return *rest != '\0' ? plan_serve(s, st, sale, rest) :
		    session_ask(s, ASK_SERVER, false, _("Who serves it?"),
		    "");
	}
}

static enum turn
plan_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct plan_screen	*st = state;

	switch (act) {
	case ACT_BACK:
		return app_home(st->shop) == &screen_plan ?
		    session_confirm(s, ASK_LEAVE, false, _("Sign out?")) :
		    session_pop(s, false, 0, "");
	case ACT_PLAN:
		return *rest == '\0' ? TURN_STAY : plan_enter(s, st, rest);
	case ACT_REFRESH:
		return plan_done_so(s, st, 0);
	case ACT_TABLE_SEND:
	case ACT_TABLE_FIRE:
	case ACT_BILL:
	case ACT_TABLE_SPLIT:
	case ACT_TABLE_RUSH:
	case ACT_TABLE_MOVE:
	case ACT_TABLE_MESSAGE:
	case ACT_TABLE_SERVER:
		return plan_sale_act(s, st, act, rest);
	case ACT_TABLE_CLEAR:
	case ACT_TABLE_BLOCK:
	case ACT_TABLE_JOIN:
		return plan_table_act(s, st, act, rest);
	case ACT_TAB:
	case ACT_TAKE_AWAY:
	case ACT_DELIVERY:
		return *rest == '\0' ? plan_ask_tab(s, act) :
		    plan_tab(s, st, act == ACT_TAB ? SERVING_TAB :
		    act == ACT_TAKE_AWAY ? SERVING_TAKE_AWAY :
		    SERVING_DELIVERY, rest);
	case ACT_OPENED:
		return session_push(s, &screen_opened,
		    &(struct opened_arg){ .name = rest });
	default:
		return TURN_PASS;
	}
}

static enum turn
plan_answered(struct session *s, struct plan_screen *st,
    const struct answer *a)
{
	char	text[ENTRY_MAX];
	int64_t	n;

	(void)str_copy(text, sizeof(text), a->text);
	switch (a->tag) {
	case ASK_COVERS:
		if (*text == '\0') {
			return plan_seat(s, st, 0);
		}
		if (str_to_i64(text, 1, 999, &n) != 0) {
			session_warn(s, _("a number from %d to %d"), 1, 999);
			return TURN_KEEP;
		}
		return plan_seat(s, st, (int)n);
	case ASK_MOVE:
		return plan_sale_act(s, st, ACT_TABLE_MOVE, text);
	case ASK_MESSAGE:
		return plan_sale_act(s, st, ACT_TABLE_MESSAGE, text);
	case ASK_SERVER:
		return plan_sale_act(s, st, ACT_TABLE_SERVER, text);
	case ASK_JOIN:
		return plan_table_act(s, st, ACT_TABLE_JOIN, text);
	case ASK_BLOCK:
		return plan_table_act(s, st, ACT_TABLE_BLOCK, text);
	case ASK_TAB:
		return plan_tab(s, st, SERVING_TAB, text);
	case ASK_TAKE_AWAY:
		return plan_tab(s, st, SERVING_TAKE_AWAY, text);
	case ASK_DELIVERY:
		return plan_tab(s, st, SERVING_DELIVERY, text);
	default:
		return TURN_DRAW;
	}
}

static enum turn
plan_resume(struct session *s, void *state, const struct answer *a)
{
	struct plan_screen	*st = state;

	if (a->tag == ASK_LEAVE && a->from != &screen_sale) {
		return a->ok ? app_leave(s) : TURN_DRAW;
	}
	if (a->tag == ASK_BOOKED && a->from != &screen_sale) {
		return plan_expected(s, st, a->ok);
	}
	if (a->tag == ASK_FIRE && a->from != &screen_sale) {
		return a->ok ? plan_fire_seen(s, st, st->asked,
		    st->asked_course, false) : TURN_DRAW;
	}
	if (a->from == &screen_opened && a->ok) {
		return plan_go(s, a->value);
	}
	if (a->from == &screen_sale || a->from == &screen_split ||
	    a->from == &screen_opened || a->from == &screen_lock) {
		return plan_done_so(s, st, 0);
	}
	if (!a->ok || (*a->text == '\0' && a->tag != ASK_COVERS)) {
		return TURN_DRAW;
	}
	return plan_answered(s, st, a);
}

static enum turn
plan_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return plan_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

/* Ages grow by themselves. */
static enum turn
plan_tick(struct session *s, void *state)
{
	session_timer(s, PLAN_TICK_MS);
	return plan_news(s, state, 0);
}

static const struct binding plan_keys[] = {
	{ ACT_TABLE_SEND, K_F5, 'e', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_BILL, K_F9, 'n', NULL },
	{ ACT_TABLE_FIRE, K_NONE, 's', NULL },
	{ ACT_TABLE_SPLIT, K_NONE, 'p', NULL },
	{ ACT_TABLE_MOVE, K_NONE, 't', NULL },
	{ ACT_TABLE_CLEAR, K_NONE, 'c', NULL },
	{ ACT_TAB, K_NONE, 'b', NULL },
	{ ACT_BOOKINGS, K_NONE, 'r', NULL },
	{ ACT_TAKE_AWAY, K_NONE, 'a', NULL },
	{ ACT_DELIVERY, K_NONE, 'd', NULL },
	{ ACT_TABLE_MESSAGE, K_NONE, 'm', NULL },
	{ ACT_TABLE_JOIN, K_NONE, 'j', NULL },
	{ ACT_TABLE_BLOCK, K_NONE, 0, NULL },
	{ ACT_TABLE_RUSH, K_NONE, 0, NULL },
	{ ACT_TABLE_SERVER, K_NONE, 0, NULL },
	{ ACT_PASS, K_NONE, 0, NULL },
	{ ACT_ROOMS, K_NONE, 0, NULL },
	{ ACT_DISH, K_NONE, 0, NULL },
	{ ACT_SOLD_OUT, K_NONE, 0, NULL },
	{ ACT_SELL, K_NONE, 0, NULL },
	{ ACT_SELF, K_NONE, 0, NULL },
	{ ACT_SWITCH_USER, K_NONE, 0, NULL },
	{ ACT_LOCK, K_NONE, 0, NULL },
	{ 0 }
};

const struct screen screen_plan = {
	.name = "plan",
	.title = N_("TABLES"),
	.right = "sell",
	.help = N_("Every table with its number, covers, state, how long and "
	    "who serves it.  A number jumps there, Enter opens it: 4*2 seats "
	    "two at table 4.  The arrows go from table to table, PgUp and "
	    "PgDn from room to room.  F5 sends what is new to the kitchen, s "
	    "fires the next course, F9 prints the bill, p divides it, t "
	    "moves everybody to another table or to who sits there, c clears "
	    "a table that has paid.  b opens an account at the bar, a is for "
	    "what is taken away, d for what is brought, r for who is "
	    "expected; Tab has the rest.  Below stands what wants "
	    "somebody."),
	.topics = 1U << TOPIC_TABLE | 1U << TOPIC_SALE,
	.flags = SCREEN_DIRECT,
	.state_size = sizeof(struct plan_screen),
	.keys = plan_keys,
	.open = plan_open,
	.layout = plan_layout,
	.draw = plan_draw,
	.head = plan_head,
	.prompt = plan_prompt,
	.key = plan_key,
	.press = plan_press,
	.typed = plan_typed,
	.enter = plan_enter,
	.act = plan_act,
	.resume = plan_resume,
	.news = plan_news,
	.tick = plan_tick,
	.close = plan_close,
};
