/* SPDX-License-Identifier: ISC */
/* room …, table …, booking …, dish …, course …: the house from a shell. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/booking.h"
#include "shop/course.h"
#include "shop/dish.h"

/* ---- rooms -------------------------------------------------------------- */

static int
run_room_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "name", N_("name"), VALUE_TEXT },
		{ "mode", N_("mode"), VALUE_TEXT },
		{ "tables", N_("tables"), VALUE_COUNT },
	};
	struct room			*rows;
	size_t				 n;
	int				 r;

	if ((r = room_list(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].id);
		out_text(&call->out, rows[i].name);
		out_word(&call->out, rows[i].mode,
		    sale_mode_text(rows[i].mode));
		out_int(&call->out, rows[i].tables);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_room_add(struct call *call)
{
	const char	*mode = call_option(call, "mode");
	struct room	 room = { .mode = "on_site" };
	int		 r;

	if (!str_copy(room.name, sizeof(room.name), call_arg(call, 0))) {
		return err_set(ERR_TOO_LONG, _("that name is too long"));
	}
	if (mode != NULL && (r = sale_mode_find(mode, room.mode)) != 0) {
		return r;
	}
	if ((r = room_put(call->shop, &room)) == 0) {
		call_say(call, _("room %s"), room.name);
	}
	return r;
}

static int
run_room_set(struct call *call)
{
	const char	*name = call_option(call, "name");
	const char	*mode = call_option(call, "mode");
	struct room	 room;
	int		 r;

	if ((r = room_find(call->shop, call_arg(call, 0), &room)) != 0) {
		return r;
	}
	if (name != NULL && !str_copy(room.name, sizeof(room.name), name)) {
		return err_set(ERR_TOO_LONG, _("that name is too long"));
	}
	if (mode != NULL && (r = sale_mode_find(mode, room.mode)) != 0) {
		return r;
	}
	return room_put(call->shop, &room);
}

static int
run_room_remove(struct call *call)
{
	struct room	room;
	int		r = room_find(call->shop, call_arg(call, 0), &room);

	return r != 0 ? r : room_end(call->shop, room.id);
}

/* ---- tables ------------------------------------------------------------- */

static int
run_table_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "number", N_("table"), VALUE_COUNT },
		{ "seats", N_("seats"), VALUE_COUNT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
		{ "sale", N_("sale"), VALUE_ID },
		{ "covers", N_("covers"), VALUE_COUNT },
		{ "course", N_("course"), VALUE_COUNT },
		{ "server", N_("server"), VALUE_TEXT },
		{ "total", N_("total"), VALUE_MONEY },
	};
	bool				 open = call_option(call, "open") !=
					    NULL;
	struct table_view		*rows;
	size_t				 n;
	int				 r;

	if ((r = table_plan(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		const struct table_view	*v = &rows[i];

		if (open && v->sale == 0) {
			continue;
		}
		out_int(&call->out, v->t.number);
		out_int(&call->out, v->t.seats);
		out_word(&call->out, table_state_name(v->state),
		    table_state_text(v->state));
		if (v->since == 0) {
			out_null(&call->out);
		} else {
			out_int(&call->out, v->since);
		}
		if (v->sale == 0) {
			out_null(&call->out);
		} else {
			out_int(&call->out, v->sale);
		}
		out_int(&call->out, v->covers);
		out_int(&call->out, v->course);
		out_text(&call->out, v->server);
		out_int(&call->out, v->total);
	}
	free(rows);
	return out_end(&call->out);
}

static int
room_number(const char *text, int least, int most, int *out)
{
	int64_t	n = 0;

	if (text == NULL || str_to_i64(text, least, most, &n) != 0) {
		return err_set(ERR_INVALID, _("a number from %d to %d"),
		    least, most);
	}
	*out = (int)n;
	return 0;
}

/* An option that must be there: from 0 on. */
static int
room_option(struct call *call, const char *name, int most, int *out)
{
	const char	*text = call_option(call, name);
	int64_t		 n = 0;

	if (text == NULL || str_to_i64(text, 0, most, &n) != 0) {
		return err_set(ERR_INVALID, _("--%s is a number from %d to "
		    "%d"), name, 0, most);
	}
	*out = (int)n;
	return 0;
}

static int
run_table_add(struct call *call)
{
	const char	*seats = call_option(call, "seats");
	const char	*shape = call_option(call, "shape");
	struct table	 t = { .seats = 4 };
	struct room	 room;
	int		 r;

	if ((r = room_number(call_arg(call, 0), 1, 9999,
	    &t.number)) != 0 ||
	    (r = room_find(call->shop, call_option(call, "room"),
	    &room)) != 0 ||
	    (r = room_option(call, "line", ROOM_LINES - 1,
	    &t.line)) != 0 ||
	    (r = room_option(call, "cell", ROOM_CELLS - 1,
	    &t.cell)) != 0 ||
	    (seats != NULL && (r = room_number(seats, 1, 99,
	    &t.seats)) != 0) ||
	    (shape != NULL && (r = shape_find(shape, &t.shape)) != 0)) {
		return r;
	}
	t.room = room.id;
	if ((r = table_put(call->shop, &t)) != 0) {
		return r;
	}
	call_say(call, _("table %d"), t.number);
	return 0;
}

static int
run_table_remove(struct call *call)
{
	int64_t	table;
	int	number, r;

	if ((r = room_number(call_arg(call, 0), 1, 9999, &number)) != 0 ||
	    (r = table_numbered(call->shop, number, &table)) != 0) {
		return r;
	}
	return table_end(call->shop, table);
}

/* From the shell nobody owns it; a waiter's screen takes it up. */
static int
run_table_seat(struct call *call)
{
	const char	*covers = call_arg(call, 1);
	int64_t		 table, sale, version;
	int		 number, people = 0, r;

	if ((r = room_number(call_arg(call, 0), 1, 9999, &number)) != 0 ||
	    (covers != NULL && (r = room_number(covers, 0, 999,
	    &people)) != 0) ||
	    (r = table_numbered(call->shop, number, &table)) != 0 ||
	    (r = table_seat(call->shop, table, people, &sale,
	    &version)) != 0) {
		return r;
	}
	call_say(call, _("sale %lld"), (long long)sale);
	return 0;
}

/* ---- courses ------------------------------------------------------------ */

static int
run_course_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "number", N_("course"), VALUE_COUNT },
		{ "name", N_("name"), VALUE_TEXT },
	};
	struct course			*rows;
	size_t				 n;
	int				 r;

	if ((r = course_list(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].number);
		out_text(&call->out, rows[i].name);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_course_set(struct call *call)
{
	const char	*category = call_option(call, "category");
	int		 number, r;

	if ((r = room_number(call_arg(call, 0), category != NULL ? 0 : 1,
	    COURSES, &number)) != 0) {
		return r;
	}
	if (category != NULL) {
		r = course_of_category(call->shop, category, number);
	}
	if (r == 0 && call_arg(call, 1) != NULL) {
		r = course_put(call->shop, number, call_arg(call, 1));
	}
	return r;
}

/* ---- reservations ------------------------------------------------------- */

static int
run_booking_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "id", N_("id"), VALUE_ID },
		{ "at", N_("when"), VALUE_TIME },
		{ "covers", N_("covers"), VALUE_COUNT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "phone", N_("telephone"), VALUE_TEXT },
		{ "table", N_("table"), VALUE_COUNT },
		{ "note", N_("note"), VALUE_TEXT },
	};
	struct booking			*rows;
	size_t				 n;
	int				 r;

	if ((r = booking_list(call->shop, booking_since(call->shop,
	    shop_now()), &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_int(&call->out, rows[i].id);
		out_int(&call->out, rows[i].at);
		out_int(&call->out, rows[i].covers);
		out_text(&call->out, rows[i].name);
		out_text(&call->out, rows[i].phone);
		if (rows[i].number == 0) {
			out_null(&call->out);
		} else {
			out_int(&call->out, rows[i].number);
		}
		out_text(&call->out, rows[i].note);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_booking_add(struct call *call)
{
	const char	*table = call_option(call, "table");
	struct booking	 b;
	int64_t		 number;
	int		 r;

	if ((r = booking_parse(call_arg(call, 0), shop_now(), &b)) != 0) {
		return r;
	}
	if (table != NULL && (str_to_i64(table, 1, 9999, &number) != 0 ||
	    (r = table_numbered(call->shop, number, &b.table)) != 0)) {
		return r != 0 ? r : err_set(ERR_INVALID,
		    _("a number from %d to %d"), 1, 9999);
	}
	if ((r = booking_add(call->shop, &b)) == 0) {
		call_say(call, _("booking %lld"), (long long)b.id);
	}
	return r;
}

static int
booking_id(struct call *call, int64_t *id)
{
	return str_to_i64(call_arg(call, 0), 1, INT64_MAX, id) == 0 ? 0 :
	    err_set(ERR_INVALID, _("%s is no number"), call_arg(call, 0));
}

static int
run_booking_table(struct call *call)
{
	int64_t	id, table;
	int	number, r;

	if ((r = booking_id(call, &id)) != 0 ||
	    (r = room_number(call_arg(call, 1), 1, 9999, &number)) != 0 ||
	    (r = table_numbered(call->shop, number, &table)) != 0) {
		return r;
	}
	return booking_table(call->shop, id, table);
}

static int
run_booking_cancel(struct call *call)
{
	int64_t	id;
	int	r = booking_id(call, &id);

	return r != 0 ? r : booking_end(call->shop, id,
	    call_option(call, "missed") != NULL);
}

/* ---- dishes ------------------------------------------------------------- */

static int
run_dish_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "left", N_("left"), VALUE_QTY },
		{ "day", N_("day"), VALUE_TEXT },
		{ "station", N_("station"), VALUE_TEXT },
	};
	struct dish			*rows;
	size_t				 n;
	int				 r;

	if ((r = dish_list(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, rows[i].code);
		out_text(&call->out, rows[i].name);
		if (rows[i].counted) {
			out_int(&call->out, rows[i].left);
		} else {
			out_null(&call->out);
		}
		out_text(&call->out, rows[i].day);
		out_text(&call->out, rows[i].station);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_dish_add(struct call *call)
{
	struct dish_new	dish;
	char		said[DISH_SAID];
	int64_t		id;
	int		r;

	if ((r = dish_parse(call->shop, call_arg(call, 0), &dish)) == 0 &&
	    (r = dish_today(call->shop, &dish, &id)) == 0 &&
	    (r = dish_said(call->shop, id, said)) == 0) {
		call_say(call, "%s", said);
	}
	return r;
}

static int
run_dish_left(struct call *call)
{
	const char	*text = call_arg(call, 1);
	struct product	 p;
	int		 n = -1, r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (strcmp(text, "none") != 0 &&
	    (r = room_number(text, 0, 9999, &n)) != 0)) {
		return r;
	}
	return dish_left(call->shop, p.id, n < 0 ? -1 : n * QTY_ONE);
}

const struct command commands_room[] = {
	{ "room list", "", "", N_("rooms"), COMMAND_READ | COMMAND_LISTS,
	    RIGHT_SELL, run_room_list },
	{ "room add", "NAME", "mode=MODE", N_("another room"), 0, RIGHT_ROOM,
	    run_room_add },
	{ "room set", "ROOM", "name=NAME mode=MODE", N_("change one"), 0,
	    RIGHT_ROOM, run_room_set },
	{ "room remove", "ROOM", "", N_("one where no table stands"), 0,
	    RIGHT_ROOM, run_room_remove },
	{ "table list", "", "open", N_("tables, and who sits there"),
	    COMMAND_READ | COMMAND_LISTS, RIGHT_SELL, run_table_list },
	{ "table add", "NUMBER", "room=ROOM! line=LINE! cell=CELL! "
	    "seats=SEATS shape=SHAPE", N_("a table at a place of a room's "
	    "grid"), 0, RIGHT_ROOM, run_table_add },
	{ "table remove", "NUMBER", "", N_("it stands there no longer"), 0,
	    RIGHT_ROOM, run_table_remove },
	{ "table seat", "NUMBER [COVERS]", "", N_("people sit down there"), 0,
	    RIGHT_SELL, run_table_seat },
	{ "course list", "", "", N_("courses"), COMMAND_READ | COMMAND_LISTS,
	    RIGHT_SELL, run_course_list },
	{ "course set", "NUMBER [NAME]", "category=CATEGORY",
	    N_("name a course, or say whose it is; 0 goes at once"), 0,
	    RIGHT_ROOM, run_course_set },
	{ "booking list", "", "", N_("who has asked for a table"),
	    COMMAND_READ | COMMAND_LISTS, RIGHT_SELL, run_booking_list },
	{ "booking add", "TEXT", "table=NUMBER",
	    N_("\"20h30 4 Dupont, 0612345678, a note\""), 0, RIGHT_SELL,
	    run_booking_add },
	{ "booking table", "BOOKING NUMBER", "",
	    N_("that table is kept for them"), 0, RIGHT_SELL,
	    run_booking_table },
	{ "booking cancel", "BOOKING", "missed",
	    N_("they do not come, or (missed) did not"), 0, RIGHT_SELL,
	    run_booking_cancel },
	{ "dish list", "", "", N_("what is counted, or of today only"),
	    COMMAND_READ | COMMAND_LISTS, RIGHT_LOOK, run_dish_list },
	{ "dish add", "TEXT", "",
	    N_("the dish of the day: \"Blanquette 14,50 x20 chaud\""), 0,
	    RIGHT_PRODUCT, run_dish_add },
	{ "dish left", "CODE N", "",
	    N_("so many are left; 0 sold out, none: not counted"), 0,
	    RIGHT_DISH, run_dish_left },
	{ 0 }
};
