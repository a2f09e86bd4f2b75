/* SPDX-License-Identifier: ISC */
/* A table on the sale screen: its courses and seats, the kitchen, and where
 * its people go. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "screens/app.h"
#include "screens/pass.h"
#include "screens/sale.h"
#include "screens/screens.h"
#include "screens/split.h"
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/party.h"
#include "shop/user.h"

/* ---- what is shown ------------------------------------------------------ */

void
table_show(struct session *s, struct sale_screen *st)
{
	size_t	n = 0;

	st->serving = (struct serving){ 0 };
	st->waits = 0;
	if (!st->sale.seated || serving_get(st->shop, st->sale.id,
	    &st->serving) != 0 ||
	    course_waits(st->shop, &st->serving, &st->waits) != 0) {
		return;
	}
	if (st->courses == NULL &&
	    course_list(st->shop, &st->courses, &n) == 0) {
		st->bill.courses = st->courses;
		st->bill.ncourses = n;
	}
	(void)s;
}

void
table_close(struct sale_screen *st)
{
	free(st->courses);
	st->courses = NULL;
}

void
table_warn(struct session *s, struct sale_screen *st,
    const struct product *p)
{
	struct product_info	info;
	char			words[ALLERGEN_TEXT];
	unsigned		found;

	if (st->serving.sale == 0 || st->sale.allergies == NULL ||
	    product_info_get(st->shop, p->id, &info) != 0) {
		return;
	}
	found = allergens_named(info.allergens, st->sale.allergies);
	if (found != 0) {
		allergens_text(found, words);
		session_warn(s, _("!! ALLERGY  %s has %s"), p->name, words);
		session_beep(s);
	}
}

/* Lines the kitchen does not have yet. */
static int
table_unsent(const struct sale_screen *st)
{
	int	n = 0;

	for (size_t i = 0; i < st->sale.nlines; i++) {
		const struct sale_line	*l = &st->sale.lines[i];

		n += l->told && !l->sent && !l->held && l->shares <= 1 &&
		    l->state == LINE_LIVE ? 1 : 0;
	}
	return n;
}

/* What :fire does now. */
static void
table_waiting(const struct sale_screen *st, char *out, size_t size)
{
	for (size_t i = 0; i < st->bill.ncourses; i++) {
		if (st->courses[i].number == st->waits) {
			(void)str_fmt(out, size, _("code or name; :fire  %s"),
			    st->courses[i].name);
			return;
		}
	}
	(void)str_fmt(out, size, _("code or name; :fire  course %d"),
	    st->waits);
}

static bool
table_is_act(enum action act)
{
	return act == ACT_TABLE_SEND || act == ACT_TABLE_FIRE ||
	    act == ACT_TABLE_COVERS || act == ACT_TABLE_COURSE ||
	    act == ACT_TABLE_SEAT || act == ACT_TABLE_KEEP ||
	    act == ACT_TABLE_RUSH || act == ACT_TABLE_MESSAGE ||
	    act == ACT_TABLE_ALLERGY || act == ACT_TABLE_MOVE ||
	    act == ACT_TABLE_GIVE || act == ACT_TABLE_SERVER ||
	    act == ACT_TABLE_SPLIT;
}

bool
table_can(const struct sale_screen *st, enum action act)
{
	bool	open = st->serving.sale != 0 && !sale_over(st);

	if (act == ACT_SALE_HOLD || act == ACT_SALE_SUBMIT ||
	    act == ACT_QUOTE || act == ACT_ORDER) {
		return st->serving.sale == 0;
	}
	return open || !table_is_act(act);
}

void
table_head(const struct sale_screen *st, char *out, size_t size)
{
	const struct serving	*v = &st->serving;
	char			 covers[32] = "", way[SERVING_OUT];
	char			 where[SERVING_OUT + 4] = "";

	if (v->covers > 0) {
		(void)str_fmt(covers, sizeof(covers), ngettext("  %d cover",
		    "  %d covers", (unsigned long)v->covers), v->covers);
	}
	serving_way(v->kind, st->sale.mode, v->promised, way, sizeof(way));
	if (way[0] != '\0') {
		(void)str_fmt(where, sizeof(where), "  %s", way);
	}
	(void)str_fmt(out, size, "%s%s%s%s%s", v->name, covers, where,
	    v->rush ? _("  RUSH") : "", v->bill_at != 0 ? _("  BILL") : "");
}

void
table_prompt(const struct sale_screen *st, char *out, size_t size)
{
	char	next[40] = "", words[80];
	size_t	used;

	if (st->course >= 0) {
		(void)str_fmt(next, sizeof(next), ">%lld ",
		    (long long)st->course);
	}
	if (st->seat != 0) {
		used = strlen(next);
		(void)str_fmt(next + used, sizeof(next) - used, "#%lld ",
		    (long long)st->seat);
	}
	if (table_unsent(st) == 0 && st->waits > 0) {
		table_waiting(st, words, sizeof(words));
	} else {
		(void)str_copy(words, sizeof(words), table_unsent(st) > 0 ?
		    _("code or name; Enter sends") :
		    _("code or name; Enter leaves"));
	}
	(void)str_fmt(out, size, "%s%s", next, words);
}

/* ---- acts --------------------------------------------------------------- */

static enum turn
table_failed(struct session *s, struct sale_screen *st, int r)
{
	return sale_failed(s, st, r);
}

static enum turn
table_send(struct session *s, struct sale_screen *st)
{
	int64_t	version = st->sale.version, n;
	int	r = course_send(st->shop, st->sale.id, &version, &n);

	if (r != 0) {
		return table_failed(s, st, r);
	}
	st->seat = 0;
	st->course = -1;
	sale_show(s, st);
	pass_sent(s, st->sale.id, n);
	return TURN_DRAW;
}

static enum turn
table_fire_seen(struct session *s, struct sale_screen *st, int seen, bool all)
{
	char	name[COURSE_NAME + 8];
	int	course, r;

	if ((r = course_fire(st->shop, st->sale.id, seen, all,
	    &course)) != 0) {
		return table_failed(s, st, r);
	}
	course_name(st->shop, course, name, sizeof(name));
	sale_show(s, st);
	session_say(s, _("%s: fired"), name);
	return TURN_DRAW;
}

static enum turn
table_fire(struct session *s, struct sale_screen *st, const char *text)
{
	enum turn	turn;
	bool		all;
	int		seen, r;

	st->asked = st->waits;
	if (pass_fire_asked(s, ASK_FIRE, st->sale.id, st->waits, text,
	    &turn)) {
		return turn;
	}
	return (r = pass_fire(text, st->waits, &seen, &all)) != 0 ?
	    table_failed(s, st, r) : table_fire_seen(s, st, seen, all);
}

/* One line's course, seat, or whether it is held back. */
static enum turn
table_line(struct session *s, struct sale_screen *st,
    const struct line_wish *wish)
{
	const struct sale_line	*line = sale_current(st);
	int64_t			 version = st->sale.version;
	int			 r;

	if (line == NULL) {
		session_warn(s, _("no line is left to change"));
		session_beep(s);
		return TURN_KEEP;
	}
	if ((r = course_line_set(st->shop, st->sale.id, &version, line->id,
	    wish)) != 0) {
		return table_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static int
table_number(const char *text, int least, int most, int64_t *n)
{
	return str_to_i64(text, least, most, n) == 0 ? 0 :
	    err_set(ERR_INVALID, _("a number from %d to %d"), least, most);
}

static enum turn
table_course(struct session *s, struct sale_screen *st, const char *text)
{
	struct line_wish	wish = { -1, -1, -1 };
	int64_t			n;
	int			r;

	if ((r = table_number(text, 0, COURSES, &n)) != 0) {
		return table_failed(s, st, r);
	}
	wish.course = (int)n;
	return table_line(s, st, &wish);
}

static enum turn
table_seat_line(struct session *s, struct sale_screen *st, const char *text)
{
	struct line_wish	wish = { -1, -1, -1 };
	int64_t			n;
	int			r;

	if ((r = table_number(text, 0, TABLE_SEATS, &n)) != 0) {
		return table_failed(s, st, r);
	}
	wish.seat = (int)n;
	return table_line(s, st, &wish);
}

static enum turn
table_keep(struct session *s, struct sale_screen *st)
{
	const struct sale_line	*line = sale_current(st);
	struct line_wish	 wish = { -1, -1, 1 };

	wish.held = line != NULL && line->held ? 0 : 1;
	return table_line(s, st, &wish);
}

static enum turn
table_count(struct session *s, struct sale_screen *st, const char *text)
{
	int64_t	n;
	int	r;

	if ((r = table_number(text, 0, 999, &n)) != 0 ||
	    (r = table_covers(st->shop, st->sale.id, (int)n)) != 0) {
		return table_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
table_hurry(struct session *s, struct sale_screen *st)
{
	bool	rush = !st->serving.rush;
	int	r;

	if ((r = course_rush(st->shop, st->sale.id, rush)) != 0) {
		return table_failed(s, st, r);
	}
	sale_show(s, st);
	session_say(s, rush ? _("before the others") :
	    _("no longer before the others"));
	return TURN_DRAW;
}

static enum turn
table_message(struct session *s, struct sale_screen *st, const char *text)
{
	int	r;

	if ((r = course_message(st->shop, st->sale.id, text)) != 0) {
		return table_failed(s, st, r);
	}
	session_say(s, _("the kitchen is told"));
	return TURN_DRAW;
}

/* "2 peanuts", "mustard" (somebody), "2" alone (nothing any more). */
static enum turn
table_allergic(struct session *s, struct sale_screen *st, const char *text)
{
	size_t	digits = strspn(text, "0123456789");
	int64_t	seat = 0;
	int	r;

	if (digits > 0 && digits < 4 && (text[digits] == ' ' ||
	    text[digits] == '\0')) {
		seat = strtoll(text, NULL, 10);
		text += digits + strspn(text + digits, " ");
	}
	if ((r = table_allergy(st->shop, st->sale.id, (int)seat,
	    text)) != 0) {
		return table_failed(s, st, r);
	}
	sale_show(s, st);
	return TURN_DRAW;
}

static enum turn
table_go(struct session *s, struct sale_screen *st, const char *text)
{
	char	name[64];
	int64_t	version = st->sale.version, number, table, to;
	int	r;

	if ((r = table_number(text, 1, 9999, &number)) != 0 ||
	    (r = table_numbered(st->shop, number, &table)) != 0 ||
	    (r = party_move(st->shop, st->sale.id, &version, table,
	    &to)) != 0) {
		return table_failed(s, st, r);
	}
	(void)str_copy(name, sizeof(name), st->serving.name);
	if (to == st->sale.id) {
		sale_show(s, st);
	} else {
		sale_clear(s, st);
		(void)sale_take_over(s, st, to);
	}
	session_say(s, _("%s is at table %lld now"), name, (long long)number);
	return TURN_DRAW;
}

/* "#2 9": seat and table; "9" the table alone. */
static int
table_give_parse(const char *text, int64_t *seat, int64_t *number)
{
	char		 first[8];
	const char	*blank = strchr(text, ' ');
	int		 r;

	*seat = 0;
	if (*text == '#' && blank != NULL) {
		(void)str_fmt(first, sizeof(first), "%.*s",
		    (int)(blank - text - 1), text + 1);
		if ((r = table_number(first, 1, TABLE_SEATS, seat)) != 0) {
			return r;
		}
		text = blank + 1;
	}
	return table_number(text, 1, 9999, number);
}

static enum turn
table_give(struct session *s, struct sale_screen *st, const char *text)
{
	const struct sale_line	*line = sale_current(st);
	struct table_view	*rows;
	int64_t			 version = st->sale.version, number, to = 0;
	int64_t			 seat;
	size_t			 n;
	int			 r;

	if (line == NULL) {
		session_warn(s, _("no line is left to change"));
		session_beep(s);
		return TURN_KEEP;
	}
	if ((r = table_give_parse(text, &seat, &number)) != 0 ||
	    (r = table_plan(st->shop, &rows, &n)) != 0) {
		return table_failed(s, st, r);
	}
	for (size_t i = 0; i < n; i++) {
		to = rows[i].t.number == number ? rows[i].sale : to;
	}
	free(rows);
	r = to == 0 ? err_set(ERR_NOT_FOUND, _("nobody sits at table %lld"),
	    (long long)number) : party_give(st->shop, st->sale.id, &version,
	    seat != 0 ? 0 : line->id, seat, to);
	if (r != 0) {
		return table_failed(s, st, r);
	}
	st->bill.mark = 0;
	sale_show(s, st);
	session_say(s, _("on the bill of table %lld now"),
	    (long long)number);
	return TURN_DRAW;
}

static enum turn
table_served_by(struct session *s, struct sale_screen *st, const char *name)
{
	int64_t	user;
	int	r;

	if ((r = user_find(st->shop, name, &user)) != 0 ||
	    (r = table_server(st->shop, st->sale.id, user)) != 0) {
		return table_failed(s, st, r);
	}
	sale_show(s, st);
	session_say(s, _("served by %s"), st->serving.server_name);
	return TURN_DRAW;
}

/* ---- keys --------------------------------------------------------------- */

bool
table_enter(struct session *s, struct sale_screen *st, const char *text,
    enum turn *turn)
{
	int64_t	n = 0;
	int	r = 0;

	if (st->serving.sale == 0 || (*text != '#' && *text != '>')) {
		return false;
	}
	*turn = TURN_DRAW;
	if (*text == '#') {
		if ((r = table_number(text + 1, 0, TABLE_SEATS, &n)) == 0) {
			st->seat = n;
		}
	} else if (text[1] == '\0') {
		st->course = -1;
	} else if ((r = table_number(text + 1, 0, COURSES, &n)) == 0) {
		st->course = n;
	}
	if (r != 0) {
		*turn = table_failed(s, st, r);
	}
	return true;
}

enum turn
table_leave(struct session *s, struct sale_screen *st)
{
	bool	over = sale_over(st);
	int	r;

	if (app_home(st->shop) != &screen_sale) {
		return session_pop(s, over, 0, "");
	}
	/* A till: the table is let go, the next customer may come. */
	if (!over && (r = sale_park(st->shop, st->sale.id)) != 0) {
		return table_failed(s, st, r);
	}
	sale_clear(s, st);
	return TURN_DRAW;
}

enum turn
table_go_on(struct session *s, struct sale_screen *st)
{
	return !sale_over(st) && table_unsent(st) > 0 ? table_send(s, st) :
	    table_leave(s, st);
}

/* A table's acts in the order a waiter wants them; what a shop does with a
 * sale is there by name. */
static const struct binding table_keys[] = {
	{ ACT_TABLE_SEND, K_F5, 0, NULL },
	{ ACT_TABLE_FIRE, K_NONE, 's', NULL },
	{ ACT_SALE_OPTIONS, K_NONE, 'i', NULL },
	{ ACT_SALE_NOTE, K_NONE, 'e', NULL },
	{ ACT_TABLE_COURSE, K_NONE, 'E', NULL },
	{ ACT_TABLE_SEAT, K_NONE, 'S', NULL },
	{ ACT_SALE_VOID, K_F8, 'v', NULL },
	{ ACT_UNDO, K_NONE, 'u', NULL },
	{ ACT_BILL, K_NONE, 'B', NULL },
	{ ACT_SALE_PAY, K_F9, 'p', NULL },
	{ ACT_TABLE_SPLIT, K_NONE, 'P', NULL },
	{ ACT_TABLE_ALLERGY, K_NONE, 'L', NULL },
	{ ACT_TABLE_KEEP, K_NONE, 'H', NULL },
	{ ACT_TABLE_MESSAGE, K_NONE, 'X', NULL },
	{ ACT_TABLE_RUSH, K_NONE, 'U', NULL },
	{ ACT_TABLE_COVERS, K_NONE, 'V', NULL },
	{ ACT_TABLE_MOVE, K_NONE, 'T', NULL },
	{ ACT_TABLE_GIVE, K_NONE, 'F', NULL },
	{ ACT_TABLE_SERVER, K_NONE, 'W', NULL },
	{ ACT_FIND, K_F2, 'f', NULL },
	{ ACT_SALE_LINE, K_F3, 'n', NULL },
	{ ACT_SALE_PRICE, K_F4, 'x', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_CUSTOMER, K_F7, 'C', NULL },
	{ ACT_SALE_DISCOUNT, K_NONE, 'D', NULL },
	{ ACT_SALE_OFFER, K_NONE, 'O', NULL },
	{ ACT_SALE_MODE, K_NONE, 'M', NULL },
	{ ACT_SALE_CANCEL, K_NONE, 'c', NULL },
	{ ACT_PREVIEW, K_NONE, 'w', NULL },
	{ ACT_PLAN, K_NONE, 'N', NULL },
	{ ACT_SELF, K_NONE, 'm', NULL },
	{ ACT_LOCK, K_NONE, 'l', NULL },
	{ ACT_SWITCH_USER, K_NONE, 0, NULL },
	{ 0 }
};

const struct screen_face face_table = {
	.name = "table",
	.title = N_("TABLE"),
	.help = N_("Type a code or a name, then Enter: one is ordered, "
	    "3*1046 three.  >2 puts what follows in course 2, #3 at seat 3; "
	    "> and #0 end that.  Enter on the empty line sends what is new "
	    "to the kitchen, and leaves the table when all was sent.  Fire "
	    "says that the next course is to be made.  The arrows mark a "
	    "line: options, words, course, seat and void are about it, "
	    "else about the last one."),
	.keys = table_keys,
};

const struct screen_face *
table_shown(const struct sale_screen *st)
{
	return st->serving.sale != 0 && !sale_over(st) ? &face_table : NULL;
}

static const struct {
	enum action	 act;
	int		 ask;
	const char	*question;
	enum turn	 (*fn)(struct session *, struct sale_screen *,
			    const char *);
} table_asks[] = {
	{ ACT_TABLE_COVERS, ASK_COVERS, N_("How many people?"), table_count },
	{ ACT_TABLE_COURSE, ASK_COURSE, N_("Of which course?"),
	    table_course },
	{ ACT_TABLE_SEAT, ASK_SEAT, N_("For which seat?"), table_seat_line },
	{ ACT_TABLE_MESSAGE, ASK_MESSAGE, N_("To the kitchen"),
	    table_message },
	{ ACT_TABLE_ALLERGY, ASK_ALLERGY, N_("Seat and allergy"),
	    table_allergic },
	{ ACT_TABLE_MOVE, ASK_MOVE, N_("To which table?"), table_go },
	{ ACT_TABLE_GIVE, ASK_GIVE, N_("To which table?  #2 9: seat 2"),
	    table_give },
	{ ACT_TABLE_SERVER, ASK_SERVER, N_("Who serves it?"),
	    table_served_by },
};

enum turn
table_do(struct session *s, struct sale_screen *st, enum action act,
    const char *rest)
{
	if (st->serving.sale == 0 || sale_over(st)) {
		return TURN_PASS;
	}
	for (size_t i = 0; i < NELEM(table_asks); i++) {
		if (table_asks[i].act == act) {
			return *rest != '\0' ? table_asks[i].fn(s, st, rest) :
			    session_ask(s, table_asks[i].ask, false,
			    _(table_asks[i].question), "");
		}
	}
	switch (act) {
	case ACT_TABLE_SEND:
		return table_send(s, st);
	case ACT_TABLE_FIRE:
		return table_fire(s, st, rest);
	case ACT_TABLE_KEEP:
		return table_keep(s, st);
	case ACT_TABLE_RUSH:
		return table_hurry(s, st);
	case ACT_TABLE_SPLIT:
		return session_push(s, &screen_split,
		    &(struct split_arg){ .sale = st->sale.id });
	case ACT_PLAN:
		return table_leave(s, st);
	case ACT_OPENED:
		/* At a till the list of open sales is what is meant. */
		return app_home(st->shop) == &screen_sale ? TURN_PASS :
		    table_leave(s, st);
	default:
		return TURN_PASS;
	}
}

enum turn
table_answered(struct session *s, struct sale_screen *st,
    const struct answer *a)
{
	char	text[ENTRY_MAX];

	if (a->tag == ASK_FIRE) {
		return a->ok ? table_fire_seen(s, st, st->asked, false) :
		    TURN_DRAW;
	}
	(void)str_copy(text, sizeof(text), a->text);
	for (size_t i = 0; i < NELEM(table_asks); i++) {
		if (table_asks[i].ask == a->tag) {
			return *text == '\0' ? TURN_DRAW :
			    table_asks[i].fn(s, st, text);
		}
	}
	return TURN_DRAW;
}
