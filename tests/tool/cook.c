/* SPDX-License-Identifier: ISC */
/*
 * cook SHOP ACT AT TABLE [WHAT [USER]]
 * One act of the kitchen or the room, at the moment AT (ms of the day's clock)
 * so that several of these do theirs at once:
 *	bump, start	WHAT is a station
 *	serve		what is ready at the pass
 *	void		the last line of the table
 *	fire, fireall	the course that waits, and all behind it; or WHAT,
 *			as somebody who saw that one wait
 *	rush		before the others
 *	message		WHAT are words
 *	move		WHAT is a table
 *	add		WHAT are codes, on the bill as it is then; at once
 *	split		in WHAT equal parts
 *	whole		one bill again
 *	give		the first line that waits, to table WHAT
 *	take		that line on a bill of its own
 *	order		WHAT are codes, "1039,1047"; at once
 * Says "ok MS" or "ERROR MS".  What a board says is read before the moment:
 * as a screen that shows it.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/words.h"
#include "shop/auth.h"
#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/party.h"
#include "shop/product.h"
#include "shop/user.h"

static struct shop	*shop;
static int64_t		 moment;

static void
until(void)
{
	while (clock_now_ms() < moment) {
		(void)poll(NULL, 0, 1);
	}
}

static int64_t
sale_at(int64_t number)
{
	struct table_view	*rows;
	int64_t			 sale = 0;
	size_t			 n;

	if (table_plan(shop, &rows, &n) != 0) {
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		sale = rows[i].t.number == number ? rows[i].sale : sale;
	}
	free(rows);
	return sale;
}

static int
at_board(enum kitchen_act act, int64_t sale, const char *station)
{
	struct kitchen_board	b;
	struct station		st = { 0 };
	bool			seen;
	int			r;

	if ((act != KITCHEN_SERVE && (r = station_find(shop, station,
	    &st)) != 0) || (r = act == KITCHEN_SERVE ?
	    kitchen_pass(shop, &b) : kitchen_board(shop, st.id, &b)) != 0) {
		return r;
	}
	r = ERR_NOT_FOUND;
	for (size_t i = 0; i < b.n && r == ERR_NOT_FOUND; i++) {
		if (b.tickets[i].sale == sale) {
			until();
			r = kitchen_do(shop, act, st.id, &b.tickets[i], 0,
			    &seen);
		}
	}
	kitchen_board_done(&b);
	return r;
}

static int
take_back(int64_t sale, const char *what)
{
	struct sale	s;
	int64_t		line = 0, version = 0;
	int		r;

	(void)what;
	if ((r = sale_take(shop, sale, &version)) != 0 ||
	    (r = sale_load(shop, sale, &s)) != 0) {
		return r;
	}
	for (size_t i = 0; i < s.nlines; i++) {
		line = s.lines[i].id;
	}
	version = s.version;
	sale_done(&s);
	until();
	return sale_void_line(shop, sale, &version, line, "raced");
}

static int
go(int64_t sale, const char *to)
{
	struct serving	v;
	int64_t		number, table, version, merged;
	int		r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = str_to_i64(to, 1, 9999, &number)) != 0 ||
	    (r = table_numbered(shop, number, &table)) != 0) {
		return r;
	}
	version = v.version;
	until();
	return party_move(shop, sale, &version, table, &merged);
}

static int
codes_on(int64_t sale, int64_t *version, const char *codes)
{
	struct product	p;
	char		text[256], *word, *next = text;
	int64_t		line, sent;
	int		r = 0;

	(void)str_copy(text, sizeof(text), codes);
	while (r == 0 && (word = strsep(&next, " ,")) != NULL) {
		if ((r = product_find(shop, word, &p)) == 0) {
			r = sale_add(shop, &sale, version, p.id, QTY_ONE,
			    NULL, &line);
		}
	}
	return r != 0 ? r : course_send(shop, sale, version, &sent);
}

static int
order(int64_t number, const char *codes)
{
	int64_t	table, sale, version;
	int	r;

	if ((r = table_numbered(shop, number, &table)) != 0 ||
	    (r = table_seat(shop, table, 2, &sale, &version)) != 0) {
		return r;
	}
	return codes_on(sale, &version, codes);
}

static int
add_to(int64_t sale, const char *codes)
{
	int64_t	version = 0;
	int	r;

	until();
	r = sale_take(shop, sale, &version);
	return r != 0 ? r : codes_on(sale, &version, codes);
}

static int
split(int64_t sale, const char *heads)
{
	struct serving	v;
	int64_t		n;
	int		r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = str_to_i64(heads, 2, 99, &n)) != 0) {
		return r;
	}
	until();
	return bill_heads(shop, sale, &v.version, (int)n);
}

static int
whole(int64_t sale, const char *what)
{
	struct serving	v;
	int		r;

	(void)what;
	if ((r = serving_get(shop, sale, &v)) != 0) {
		return r;
	}
	until();
	return bill_whole(shop, sale, &v.version);
}

static int
fire(int64_t sale, bool all, const char *what)
{
	struct serving	v;
	int64_t		named = 0;
	int		course, seen, r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = course_waits(shop, &v, &seen)) != 0 ||
	    (*what != '\0' && (r = str_to_i64(what, 1, COURSES,
	    &named)) != 0)) {
		return r;
	}
	until();
	return course_fire(shop, sale, named > 0 ? (int)named : seen, all,
	    &course);
}

/* The first line that the kitchen has and nobody has asked for. */
static int
waiting(int64_t sale, struct serving *v, int64_t *line)
{
	struct sale	s;
	int		r;

	*line = 0;
	if ((r = serving_get(shop, sale, v)) != 0 ||
	    (r = sale_load(shop, sale, &s)) != 0) {
		return r;
	}
	for (size_t i = s.nlines; i-- > 0;) {
		if (s.lines[i].sent && !s.lines[i].fired &&
		    s.lines[i].parent == 0) {
			*line = s.lines[i].id;
		}
	}
	sale_done(&s);
	return 0;
}

static int
give(int64_t sale, const char *to)
{
	struct serving	v;
	int64_t		number, line, other;
	int		r;

	if ((r = waiting(sale, &v, &line)) != 0 ||
	    (r = str_to_i64(to, 1, 9999, &number)) != 0) {
		return r;
	}
	other = sale_at(number);
	until();
	return party_give(shop, sale, &v.version, line, 0, other);
}

static int
take(int64_t sale, const char *what)
{
	struct bill_pick	pick = { 0 };
	struct serving		v;
	int64_t			part = 0;
	int			r;

	(void)what;
	if ((r = waiting(sale, &v, &pick.line)) != 0) {
		return r;
	}
	until();
	return bill_take(shop, sale, &v.version, &pick, 1, &part);
}

static int
fire_one(int64_t sale, const char *what)
{
	return fire(sale, false, what);
}

static int
fire_all(int64_t sale, const char *what)
{
	return fire(sale, true, what);
}

static int
bump(int64_t sale, const char *what)
{
	return at_board(KITCHEN_BUMP, sale, what);
}

static int
start(int64_t sale, const char *what)
{
	return at_board(KITCHEN_START, sale, what);
}

static int
serve(int64_t sale, const char *what)
{
	return at_board(KITCHEN_SERVE, sale, what);
}

static int
rush(int64_t sale, const char *what)
{
	(void)what;
	until();
	return course_rush(shop, sale, true);
}

static int
message(int64_t sale, const char *what)
{
	until();
	return course_message(shop, sale, what);
}

static int
act_on(const char *act, int64_t number, const char *what)
{
	static const struct {
		const char	*name;
		int		(*fn)(int64_t sale, const char *what);
	} acts[] = { { "bump", bump }, { "start", start },
	    { "serve", serve }, { "void", take_back }, { "move", go },
	    { "add", add_to }, { "split", split }, { "whole", whole },
	    { "fire", fire_one }, { "fireall", fire_all }, { "rush", rush },
	    { "message", message }, { "give", give }, { "take", take } };

	if (strcmp(act, "order") == 0) {
		return order(number, what);
	}
	for (size_t i = 0; i < NELEM(acts); i++) {
		if (strcmp(acts[i].name, act) == 0) {
			return acts[i].fn(sale_at(number), what);
		}
	}
	return ERR_USAGE;
}

int
main(int argc, char **argv)
{
	int64_t	user, number;
	int	r;

	words_init();
	if (argc < 5 || str_to_i64(argv[3], 0, INT64_MAX, &moment) != 0 ||
	    str_to_i64(argv[4], 1, 9999, &number) != 0) {
		fprintf(stderr,
		    "usage: cook SHOP ACT AT TABLE [WHAT [USER]]\n");
		return 64;
	}
	if ((r = shop_open(argv[1], DB_WRITE, &shop)) != 0 ||
	    (r = auth_owner(shop, DOOR_SHELL)) != 0 ||
	    (r = user_find(shop, argc > 6 ? argv[6] : "manager",
	    &user)) != 0 ||
	    (r = auth_enter(shop, user, 0, DOOR_CONSOLE, "test",
	    true)) != 0) {
		fprintf(stderr, "cook: %s\n", err_text(r));
		return err_status(r);
	}
	r = act_on(argv[2], number, argc > 5 ? argv[5] : "");
	printf("%s %lld\n", r == 0 ? "ok" : err_name(r), moment == 0 ?
	    0LL : (long long)(clock_now_ms() - moment));
	if (r != 0) {
		fprintf(stderr, "%s: %s\n", argv[2], err_text(r));
	}
	auth_leave(shop);
	shop_close(shop);
	return 0;
}
