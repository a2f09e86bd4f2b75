/* SPDX-License-Identifier: ISC */
/* Courses: what is sent to the kitchen, and when it is to be made. */
#include "shop/course.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/kitchen.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "sql/room.h"

int
course_list(struct shop *shop, struct course **rows, size_t *n)
{
	struct q_course_all	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_course_all(shop->db, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		(*rows)[i].number = (int)all[i].number;
		(void)str_copy((*rows)[i].name, sizeof((*rows)[i].name),
		    all[i].name);
	}
	free(all);
	return 0;
}

void
course_name(struct shop *shop, int number, char *out, size_t size)
{
	struct course	*rows;
	size_t		 n;

	(void)str_fmt(out, size, _("course %d"), number);
	if (course_list(shop, &rows, &n) != 0) {
		return;			/* the number will do */
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].number == number) {
			(void)str_copy(out, size, rows[i].name);
		}
	}
	free(rows);
}

static int
course_check(int number, int least)
{
	return number >= least && number <= COURSES ? 0 : err_set(ERR_RANGE,
	    _("courses are numbered %d to %d"), least, COURSES);
}

int
course_put(struct shop *shop, int number, const char *name)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = course_check(number, 1)) != 0) {
		return r;
	}
	if (name[0] == '\0' || !utf8_is_clean(name) ||
	    strlen(name) >= COURSE_NAME) {
		return err_set(ERR_INVALID, _("a course has a short name"));
	}
	if ((r = db_begin(shop->db, "course")) != 0) {
		return r;
	}
	if ((r = q_course_put(shop->db, number, name)) == 0) {
		r = audit_add(shop, "course.put", "course", number, "");
	}
	db_topic(shop->db, "table");
	return sale_end(shop, r);
}

int
course_of_category(struct shop *shop, const char *category, int number)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = course_check(number, 0)) != 0 ||
	    (r = category_known(shop, category)) != 0 ||
	    (r = db_begin(shop->db, "course")) != 0) {
		return r;
	}
	if ((r = q_course_category(shop->db, category, number)) == 0) {
		r = audit_add(shop, "course.category", "course", number, "");
	}
	return sale_end(shop, r);
}

/* ---- lines -------------------------------------------------------------- */

int
course_fill(struct shop *shop, int64_t sale, const int64_t *course,
    int64_t seat)
{
	int64_t	n;

	db_topic(shop->db, "table");
	return q_course_fill(shop->db, sale, course, seat, &n);
}

static int
line_wanted(struct q_course_line *row, const struct line_wish *wish)
{
	int	r;

	if (row->sent_at_null == 0) {
		return err_set(ERR_INVALID, _("the kitchen has it already"));
	}
	if (wish->course >= 0) {
		if ((r = course_check(wish->course, 0)) != 0) {
			return r;
		}
		row->course = wish->course;
	}
	if (wish->seat >= 0) {
		if (wish->seat > TABLE_SEATS) {
			return err_set(ERR_RANGE, _("seats are numbered to "
			    "%d; 0 is shared"), TABLE_SEATS);
		}
		row->seat = wish->seat;
	}
	row->held = wish->held < 0 ? row->held : wish->held != 0;
	return 0;
}

int
course_line_set(struct shop *shop, int64_t sale, int64_t *version,
    int64_t line, const struct line_wish *wish)
{
	struct q_course_line	row;
	char			detail[48];
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = sale_begin(shop, "table line", sale, *version, "", 0, 0,
	    "")) != 0) {
		return r;
	}
	if ((r = q_course_line(shop->db, line, sale, &row)) ==
	    ERR_NOT_FOUND) {
		r = err_set(ERR_NOT_FOUND, _("this is no table's line"));
	}
	if (r == 0 && (r = line_wanted(&row, wish)) == 0) {
		r = q_course_line_set(shop->db, line, row.course, row.seat,
		    row.held);
	}
	(void)str_fmt(detail, sizeof(detail), "line %lld: %lld/%lld%s",
	    (long long)line, (long long)row.course, (long long)row.seat,
	    row.held ? " held" : "");
	if (r == 0) {
		r = audit_add(shop, "table.line", "sale", sale, detail);
	}
	db_topic(shop->db, "table");
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* ---- sending and firing ------------------------------------------------- */

/* Inside the transaction: up to `course` is to be made now.  What waited at a
 * station is told there; what was sent just now is not there yet. */
static int
course_live(struct shop *shop, const struct serving *v, int course)
{
	int64_t	n;
	int	r;

	if ((r = kitchen_fired(shop, v, course)) != 0 ||
	    (r = q_course_fire(shop->db, v->sale, course, shop_now(),
	    some(&shop->who.user), &n)) != 0 || course <= v->course) {
		return r;
	}
	return q_serving_course(shop->db, v->sale, course, shop_now());
}

static int
course_fired(struct shop *shop, const struct serving *v, int course)
{
	int	r = course_live(shop, v, course);

	return r != 0 ? r : serving_note(shop, &(struct serving_note){
	    .kind = "fired", .sale = v->sale, .table = v->table,
	    .course = course });
}

/* What is new is sent now; *sent pieces, as a waiter counts them, at least one
 * where anything was. */
static int
course_gone(struct shop *shop, int64_t sale, int64_t *sent)
{
	struct q_course_new	row;
	int64_t			n;
	int			r;

	*sent = 0;
	if ((r = q_course_pieces(shop->db, sale, &n)) != 0 ||
	    (r = q_course_new(shop->db, sale, &row)) != 0 ||
	    (r = q_course_send(shop->db, sale, shop_now(),
	    some(&shop->who.user), &n)) != 0) {
		return r;
	}
	*sent = n > 0 && row.pieces == 0 ? 1 : row.pieces;
	return 0;
}

static int
course_sent(struct shop *shop, int64_t sale, int64_t *sent)
{
	struct q_course_next	next;
	struct serving		v;
	int			r, live;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = course_gone(shop, sale, sent)) != 0) {
		return r;
	}
	if (*sent == 0) {
		return err_set(ERR_EMPTY, _("nothing new to send"));
	}
	/* Seated by the shell or a booking: whoever takes the order serves. */
	if (v.server == 0 && (r = q_serving_server(shop->db, sale,
	    some(&shop->who.user))) != 0) {
		return r;
	}
	if ((r = q_serving_ordered(shop->db, sale, shop_now())) != 0 ||
	    (r = serving_note(shop, &(struct serving_note){ .kind = "sent",
	    .sale = sale, .table = v.table, .n = *sent })) != 0 ||
	    (r = q_course_next(shop->db, sale, &next)) != 0) {
		return r;
	}
	live = v.course > 0 ? v.course : (int)next.course;
	r = live > v.course ? course_fired(shop, &v, live) :
	    course_live(shop, &v, live);
	/* Nobody eats the one before the other comes: it leaves whole. */
	while (r == 0 && (v.kind == SERVING_TAKE_AWAY ||
	    v.kind == SERVING_DELIVERY) && (r = q_course_next(shop->db, sale,
	    &next)) == 0 && next.course != 0) {
		r = course_fired(shop, &v, (int)next.course);
	}
	return r != 0 ? r : kitchen_sent(shop, &v);
}

int
course_send(struct shop *shop, int64_t sale, int64_t *version, int64_t *sent)
{
	int64_t	n;
	int	r;

	*sent = 0;
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = db_begin(shop->db, "table send")) != 0) {
		return r;
	}
	if ((r = q_serving_fence(shop->db, sale, *version,
	    some(&shop->who.session), &n)) == 0 && n == 0) {
		return sale_refused(shop, sale, *version);
	}
	if (r == 0 && (r = course_sent(shop, sale, sent)) == 0) {
		r = audit_add(shop, "table.send", "sale", sale, "");
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* What goes with the payment was nobody's yet: it is noted, and goes to its
 * stations once its course is live. */
static int
course_sent_late(struct shop *shop, int64_t sale, int64_t sent)
{
	struct serving	v;
	int		r;

	if (sent == 0) {
		return 0;
	}
	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = course_live(shop, &v, v.course)) != 0) {
		return r;
	}
	return kitchen_sent(shop, &v);
}

int
course_paid(struct shop *shop, int64_t sale)
{
	struct q_course_next	next;
	struct serving		v;
	int64_t			n, sent;
	int			r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = q_course_released(shop->db, sale, &n)) != 0 ||
	    (r = course_gone(shop, sale, &sent)) != 0 ||
	    (sent > 0 && (r = serving_note(shop, &(struct serving_note){
	    .kind = "sent", .sale = sale, .table = v.table,
	    .n = sent })) != 0)) {
		return r;
	}
	while ((r = q_course_next(shop->db, sale, &next)) == 0 &&
	    next.course != 0 && (r = serving_get(shop, sale, &v)) == 0) {
		if ((r = course_fired(shop, &v, (int)next.course)) != 0) {
			break;
		}
	}
	return r != 0 ? r : course_sent_late(shop, sale, sent);
}

int
course_unsent(struct shop *shop, int64_t sale, int64_t *pieces)
{
	struct q_course_unsent	row;
	int			r = q_course_unsent(shop->db, sale, &row);

	*pieces = r == 0 ? row.pieces : 0;
	return r;
}

/* Inside the transaction. */
static int
course_had_all(struct shop *shop, int64_t sale)
{
	struct serving	v;
	int64_t		n, pieces;
	int		r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = q_course_pieces(shop->db, sale, &n)) != 0 ||
	    (r = course_unsent(shop, sale, &pieces)) != 0 ||
	    (r = q_course_had(shop->db, sale, shop_now(),
	    some(&shop->who.user), &n)) != 0 ||
	    (r = serving_note(shop, &(struct serving_note){ .kind = "had",
	    .sale = sale, .table = v.table, .n = pieces })) != 0) {
		return r;
	}
	return audit_add(shop, "table.had", "sale", sale, "");
}

int
course_had(struct shop *shop, int64_t sale, int64_t *version)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = db_begin(shop->db, "table had")) != 0) {
		return r;
	}
	if ((r = q_serving_fence(shop->db, sale, *version,
	    some(&shop->who.session), &n)) == 0 && n == 0) {
		return sale_refused(shop, sale, *version);
	}
	if (r == 0) {
		r = course_had_all(shop, sale);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

int64_t
party_of(const struct serving *v)
{
	return v->whole != 0 ? v->whole : v->sale;
}

int
course_waits(struct shop *shop, const struct serving *v, int *course)
{
	struct q_course_waits	row;
	int			r = q_course_waits(shop->db, party_of(v), &row);

	*course = r == 0 ? (int)row.course : 0;
	return r;
}

/* However the bill is divided, they eat together: what is sent later on any of
 * their bills belongs to a course that was fired. */
static int
party_fired(struct shop *shop, const struct q_part_all *bills, size_t n,
    int course)
{
	struct q_course_next	next;
	struct serving		v;
	int			r = 0;

	for (size_t i = 0; i < n && r == 0; i++) {
		if (bills[i].ended || (r = q_course_next(shop->db,
		    bills[i].sale, &next)) != 0 ||
		    (r = serving_get(shop, bills[i].sale, &v)) != 0) {
			continue;
		}
		if (next.course == course) {
			r = course_fired(shop, &v, course);
		} else if (v.course < course) {
			r = q_serving_course(shop->db, v.sale, course,
			    shop_now());
		}
	}
	return r;
}

/* The course that the waiter saw waiting does not wait any more: why. */
static int
course_late(struct shop *shop, int64_t whole, int seen, int next)
{
	struct q_course_fired_by	row;
	char				name[COURSE_NAME + 8], hour[32];
	int				r;

	course_name(shop, seen, name, sizeof(name));
	r = seen == 0 ? ERR_NOT_FOUND :
	    q_course_fired_by(shop->db, whole, seen, &row);
	if (r == 0) {
		clock_local(row.at, "%H:%M", hour, sizeof(hour));
		return err_set(ERR_CHANGED, _("%s is already fired (%s, %s)"),
		    name, row.user, hour);
	}
	if (r != ERR_NOT_FOUND) {
		return r;
	}
	if (next == 0) {
		return err_set(ERR_EMPTY, _("no course waits; F5 sends what "
		    "is new"));
	}
	course_name(shop, next, name, sizeof(name));
	return err_set(ERR_CHANGED, _("%s waits now; look again"), name);
}

/* Each course has its own moment in the log. */
static int
course_next_fired(struct shop *shop, const struct serving *v, int seen,
    bool all, int *course)
{
	struct q_part_all	*bills;
	size_t			 n;
	int			 r, next;

	if ((r = course_waits(shop, v, &next)) != 0) {
		return r;
	}
	if (next == 0 || next != seen) {
		return course_late(shop, party_of(v), seen, next);
	}
	if ((r = q_part_all(shop->db, party_of(v), &bills, &n)) != 0) {
		return r;
	}
	while (r == 0 && next != 0) {
		*course = next;
		if ((r = party_fired(shop, bills, n, next)) != 0 || !all) {
			break;
		}
		r = course_waits(shop, v, &next);
	}
	free(bills);
	return r;
}

int
course_fire(struct shop *shop, int64_t sale, int seen, bool all, int *course)
{
	struct serving	v;
	int		r;

	*course = 0;
	if ((r = serving_act(shop, "table fire", sale, &v)) != 0) {
		return r;
	}
	if ((r = course_next_fired(shop, &v, seen, all, course)) == 0) {
		r = audit_add(shop, "table.fire", "sale", sale, "");
	}
	return sale_end(shop, r);
}

int
course_just(struct shop *shop, const struct serving *v, int *course)
{
	struct q_course_just	row;
	int			r = q_course_just(shop->db, party_of(v),
				    shop->who.user, &row);

	*course = r == 0 ? (int)row.course : 0;
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
course_rush(struct shop *shop, int64_t sale, bool rush)
{
	struct serving	v;
	int		r;

	if ((r = serving_act(shop, "table rush", sale, &v)) != 0) {
		return r;
	}
	if (v.rush == rush) {
		db_rollback(shop->db);	/* somebody was faster */
		return 0;
	}
	if ((r = q_serving_rush(shop->db, sale, rush)) == 0 &&
	    (r = serving_note(shop, &(struct serving_note){ .kind = "rush",
	    .sale = sale, .table = v.table, .n = rush })) == 0) {
		v.rush = rush;
		r = rush ? kitchen_rushed(shop, &v) : 0;
	}
	if (r == 0) {
		r = audit_add(shop, "table.rush", "sale", sale, "");
	}
	return sale_end(shop, r);
}

static int
words_check(const char *words)
{
	return utf8_is_clean(words) && utf8_chars(words) <= TABLE_WORDS ? 0 :
	    err_set(ERR_TOO_LONG, _("at most %d characters"), TABLE_WORDS);
}

int
course_message(struct shop *shop, int64_t sale, const char *words)
{
	struct q_serving_said	said;
	struct serving		v;
	int			r;

	if (words[0] == '\0') {
		return err_set(ERR_EMPTY, _("what is the kitchen to know?"));
	}
	if ((r = words_check(words)) != 0 ||
	    (r = serving_act(shop, "table message", sale, &v)) != 0) {
		return r;
	}
	if ((r = q_serving_said(shop->db, sale, &said)) == 0 &&
	    strcmp(said.words, words) == 0) {
		db_rollback(shop->db);	/* it stands on the ticket */
		return 0;
	}
	if ((r == 0 || r == ERR_NOT_FOUND) && (r = serving_note(shop,
	    &(struct serving_note){ .kind = "message", .sale = sale,
	    .table = v.table, .words = words })) == 0 &&
	    (r = kitchen_said(shop, &v)) == 0) {
		r = audit_add(shop, "table.message", "sale", sale, "");
	}
	return sale_end(shop, r);
}

int
allergy_told(struct shop *shop, const struct serving *v)
{
	struct q_part_all	*bills;
	struct serving		 w;
	size_t			 n;
	int			 r;

	if ((r = q_part_all(shop->db, party_of(v), &bills, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (!bills[i].ended && (r = serving_get(shop, bills[i].sale,
		    &w)) == 0) {
			r = kitchen_warned(shop, &w);
		}
	}
	free(bills);
	return r;
}

int
table_allergy(struct shop *shop, int64_t sale, int seat, const char *words)
{
	struct serving	v;
	int64_t		n;
	int		r;

	if (seat < 0 || seat > TABLE_SEATS) {
		return err_set(ERR_RANGE, _("seats are numbered to %d; 0 is "
		    "shared"), TABLE_SEATS);
	}
	if ((r = words_check(words)) != 0 ||
	    (r = serving_act(shop, "table allergy", sale, &v)) != 0) {
		return r;
	}
	r = words[0] == '\0' ? q_allergy_drop(shop->db, party_of(&v), seat,
	    &n) : q_allergy_add(shop->db, party_of(&v), seat, words, &n);
	if (r == 0 && n == 0) {
		db_rollback(shop->db);	/* it is written already */
		return 0;
	}
	if (r == 0 && words[0] != '\0') {
		r = allergy_told(shop, &v);
	}
	if (r == 0 && (r = serving_note(shop, &(struct serving_note){
	    .kind = "allergy", .sale = sale, .table = v.table, .n = seat,
	    .words = words })) == 0) {
		r = audit_add(shop, n > 1 ? "party.allergy" :
		    "table.allergy", "sale", sale, "");
	}
	return sale_end(shop, r);
}

void
allergy_words(struct buf *text, int64_t *last, int64_t seat,
    const char *words)
{
	bool	same = text->len > 0 && seat == *last;

	buf_str(text, text->len == 0 ? "" : same ? ", " : "; ");
	if (!same && seat != 0) {
		buf_fmt(text, _("seat %lld: "), (long long)seat);
	}
	buf_str(text, words);
	*last = seat;
}

int
table_allergies(struct shop *shop, int64_t sale, char **out)
{
	struct q_allergy_all	*rows;
	struct buf		 text = { 0 };
	int64_t			 seat = 0;
	size_t			 n;
	int			 r;

	*out = NULL;
	if ((r = q_allergy_all(shop->db, sale, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		allergy_words(&text, &seat, rows[i].seat, rows[i].words);
	}
	free(rows);
	*out = xstrdup(buf_text(&text));
	buf_done(&text);
	return 0;
}
