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
take_back(int64_t sale)
{
	struct sale	s;
	int64_t		line = 0, version = 0;
	int		r;

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
whole(int64_t sale)
{
	struct serving	v;
	int		r;

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

static int
act_on(const char *act, int64_t number, const char *what)
{
	int64_t	sale = sale_at(number);

	if (strcmp(act, "order") == 0) {
		return order(number, what);
	}
	if (strcmp(act, "bump") == 0) {
		return at_board(KITCHEN_BUMP, sale, what);
	}
	if (strcmp(act, "start") == 0) {
		return at_board(KITCHEN_START, sale, what);
	}
	if (strcmp(act, "serve") == 0) {
		return at_board(KITCHEN_SERVE, sale, what);
	}
	if (strcmp(act, "void") == 0) {
		return take_back(sale);
	}
	if (strcmp(act, "move") == 0) {
		return go(sale, what);
	}
	if (strcmp(act, "add") == 0) {
		return add_to(sale, what);
	}
	if (strcmp(act, "split") == 0) {
		return split(sale, what);
	}
	if (strcmp(act, "whole") == 0) {
		return whole(sale);
	}
	if (strcmp(act, "fire") == 0 || strcmp(act, "fireall") == 0) {
		return fire(sale, act[4] != '\0', what);
	}
	until();
	return strcmp(act, "rush") == 0 ? course_rush(shop, sale, true) :
	    strcmp(act, "message") == 0 ? course_message(shop, sale, what) :
	    ERR_USAGE;
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
