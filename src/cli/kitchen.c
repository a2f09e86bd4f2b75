/* SPDX-License-Identifier: ISC */
/* station … and kitchen …: who makes what, and how far it is. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/print.h"
#include "shop/product.h"

static int
station_named(struct call *call, struct station *out)
{
	return station_find(call->shop, call_arg(call, 0), out);
}

/* ---- stations ----------------------------------------------------------- */

static int
run_station_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "station", N_("station"), VALUE_TEXT },
		{ "display", N_("display"), VALUE_BOOL },
		{ "printer", N_("printer"), VALUE_TEXT },
		{ "fallback", N_("fallback"), VALUE_TEXT },
		{ "warn", N_("waits"), VALUE_COUNT },
		{ "late", N_("late"), VALUE_COUNT },
		{ "rest", N_("the rest"), VALUE_BOOL },
	};
	struct station	*rows;
	size_t		 n;
	int		 r;

	if ((r = station_list(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, rows[i].name);
		out_int(&call->out, rows[i].display);
		out_text(&call->out, rows[i].printer_name);
		out_text(&call->out, rows[i].fallback_name);
		out_int(&call->out, rows[i].warn);
		out_int(&call->out, rows[i].late);
		out_int(&call->out, rows[i].rest);
	}
	free(rows);
	return out_end(&call->out);
}

static int
station_flag(struct call *call, const char *name, bool *out)
{
	const char	*value = call_option(call, name);

	if (value == NULL) {
		return 0;
	}
	if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0) {
		return err_set(ERR_USAGE, _("--%s is yes or no"), name);
	}
	*out = strcmp(value, "yes") == 0;
	return 0;
}

static int
station_count(struct call *call, const char *name, int *out)
{
	const char	*value = call_option(call, name);
	int64_t		 n;

	if (value == NULL) {
		return 0;
	}
	if (str_to_i64(value, 1, 600, &n) != 0) {
		return err_set(ERR_INVALID, _("a number from %d to %d"), 1,
		    600);
	}
	*out = (int)n;
	return 0;
}

/* Printer and fallback; "none" takes them away. */
static int
station_paper(struct call *call, struct station *st)
{
	const char	*printer = call_option(call, "printer");
	const char	*fallback = call_option(call, "fallback");
	struct station	 other;
	int		 r;

	if (printer != NULL && strcmp(printer, "none") == 0) {
		st->printer = 0;
	} else if (printer != NULL && (r = printer_find(call->shop, printer,
	    &st->printer)) != 0) {
		return r;
	}
	if (fallback != NULL && strcmp(fallback, "none") == 0) {
		st->fallback = 0;
	} else if (fallback != NULL) {
		if ((r = station_find(call->shop, fallback, &other)) != 0) {
			return r;
		}
		st->fallback = other.id;
	}
	return 0;
}

static int
station_store(struct call *call, struct station *st)
{
	int	r;

	if ((r = station_flag(call, "display", &st->display)) != 0 ||
	    (r = station_flag(call, "rest", &st->rest)) != 0 ||
	    (r = station_count(call, "warn", &st->warn)) != 0 ||
	    (r = station_count(call, "late", &st->late)) != 0 ||
	    (r = station_paper(call, st)) != 0) {
		return r;
	}
	return station_put(call->shop, st);
}

static int
run_station_add(struct call *call)
{
	struct station	st = { .display = true, .warn = 10, .late = 20 };
	int		r;

	if (!str_copy(st.name, sizeof(st.name), call_arg(call, 0))) {
		return err_set(ERR_TOO_LONG, _("the name is too long"));
	}
	if ((r = station_store(call, &st)) == 0) {
		call_say(call, _("station %s added"), st.name);
	}
	return r;
}

static int
run_station_set(struct call *call)
{
	const char	*name = call_option(call, "name");
	struct station	 st;
	int		 r;

	if ((r = station_named(call, &st)) != 0) {
		return r;
	}
	if (name != NULL && !str_copy(st.name, sizeof(st.name), name)) {
		return err_set(ERR_TOO_LONG, _("the name is too long"));
	}
	return station_store(call, &st);
}

static int
run_station_remove(struct call *call)
{
	struct station	st;
	int		r = station_named(call, &st);

	return r != 0 ? r : station_end(call->shop, st.id);
}

static int
station_time_number(const char *text, int least, int most, int *out)
{
	int64_t	n;

	if (text == NULL || str_to_i64(text, least, most, &n) != 0) {
		return err_set(ERR_INVALID, _("a number from %d to %d"),
		    least, most);
	}
	*out = (int)n;
	return 0;
}

static int
run_station_minutes(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "course", N_("course"), VALUE_COUNT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "warn", N_("waits"), VALUE_COUNT },
		{ "late", N_("late"), VALUE_COUNT },
	};
	struct station_time	*rows, t;
	struct station		 st;
	char			 name[COURSE_NAME + 8];
	size_t			 n;
	int			 r;

	if ((r = station_named(call, &st)) != 0) {
		return r;
	}
	if (call->nargs > 1) {
		if ((r = station_time_number(call_arg(call, 1), 0, COURSES,
		    &t.course)) != 0 ||
		    (r = station_time_number(call_arg(call, 2), 1, 600,
		    &t.warn)) != 0 ||
		    (r = station_time_number(call_arg(call, 3), 1, 600,
		    &t.late)) != 0) {
			return r;
		}
		return station_minutes(call->shop, st.id, t.course, t.warn,
		    t.late);
	}
	if ((r = station_times(call->shop, st.id, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		course_name(call->shop, rows[i].course, name, sizeof(name));
		out_int(&call->out, rows[i].course);
		out_text(&call->out, rows[i].course == 0 ? "" : name);
		out_int(&call->out, rows[i].warn);
		out_int(&call->out, rows[i].late);
	}
	free(rows);
	return out_end(&call->out);
}

/* ---- rules -------------------------------------------------------------- */

static int
station_rule_row(void *ctx, const struct station_rule *rule)
{
	struct out	*o = ctx;

	out_int(o, rule->id);
	out_text(o, rule->station);
	out_text(o, rule->code);
	out_text(o, rule->category);
	out_text(o, rule->room);
	out_text(o, rule->mode);
	return 0;
}

static int
station_rules_out(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "rule", N_("rule"), VALUE_ID },
		{ "station", N_("station"), VALUE_TEXT },
		{ "code", N_("code"), VALUE_TEXT },
		{ "category", N_("category"), VALUE_TEXT },
		{ "room", N_("room"), VALUE_TEXT },
		{ "mode", N_("mode"), VALUE_TEXT },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = station_rules(call->shop, station_rule_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_station_route(struct call *call)
{
	const char		*item = call_option(call, "item");
	const char		*category = call_option(call, "category");
	const char		*room = call_option(call, "room");
	const char		*mode = call_option(call, "mode");
	struct station_route	 route = { .category = "", .mode = "" };
	struct station		 st;
	struct product		 p;
	struct room		 its = { 0 };
	char			 how[SALE_MODE] = "";
	int64_t			 id;
	int			 r;

	if (call->nargs == 0) {
		return station_rules_out(call);
	}
	if ((r = station_named(call, &st)) != 0 ||
	    (item != NULL && (r = product_find(call->shop, item, &p)) != 0) ||
	    (room != NULL && (r = room_find(call->shop, room, &its)) != 0)) {
		return r;
	}
	route.station = st.id;
	route.room = its.id;
	route.product = item == NULL ? 0 : p.id;
	route.category = category == NULL ? "" : category;
	if (mode != NULL && (r = sale_mode_find(mode, how)) != 0) {
		return r;
	}
	route.mode = how;
	if ((r = station_route_add(call->shop, &route, &id)) == 0) {
		call_say(call, _("rule %lld added"), (long long)id);
	}
	return r;
}

static int
run_station_unroute(struct call *call)
{
	int64_t	id;

	if (str_to_i64(call_arg(call, 0), 1, INT64_MAX, &id) != 0) {
		return err_set(ERR_INVALID, _("%s is no number"),
		    call_arg(call, 0));
	}
	return station_route_drop(call->shop, id);
}

/* ---- what is before them ------------------------------------------------ */

static void
kitchen_out_line(struct call *call, const char *station,
    const struct kitchen_ticket *t, const struct kitchen_line *l)
{
	struct out	*o = &call->out;

	out_text(o, station);
	out_text(o, t->called);
	out_int(o, t->course);
	out_int(o, t->live);
	out_int(o, t->rush);
	out_word(o, kitchen_state_name(l->state),
	    kitchen_state_text(l->state));
	out_int(o, !l->told);
	out_int(o, l->qty);
	out_text(o, l->label);
	out_text(o, l->words);
	out_int(o, l->seat);
	out_int(o, t->since);
	out_text(o, t->server);
	out_text(o, l->note);
}

static int
kitchen_out_station(struct call *call, const struct station *st)
{
	struct kitchen_board	b;
	int			r = kitchen_board(call->shop, st->id, &b);

	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < b.n; i++) {
		for (size_t k = 0; k < b.tickets[i].n; k++) {
			kitchen_out_line(call, st->name, &b.tickets[i],
			    &b.tickets[i].lines[k]);
		}
	}
	kitchen_board_done(&b);
	return 0;
}

static int
run_kitchen_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "station", N_("station"), VALUE_TEXT },
		{ "table", N_("table"), VALUE_TEXT },
		{ "course", N_("course"), VALUE_COUNT },
		{ "live", N_("now"), VALUE_BOOL },
		{ "rush", N_("rush"), VALUE_BOOL },
		{ "state", N_("state"), VALUE_TEXT },
		{ "unseen", N_("unseen"), VALUE_BOOL },
		{ "qty", N_("quantity"), VALUE_QTY },
		{ "name", N_("name"), VALUE_TEXT },
		{ "words", N_("how"), VALUE_TEXT },
		{ "seat", N_("seat"), VALUE_COUNT },
		{ "since", N_("since"), VALUE_TIME },
		{ "server", N_("server"), VALUE_TEXT },
		{ "note", N_("note"), VALUE_TEXT },
	};
	struct station	*rows, st;
	size_t		 n;
	int		 r;

	if (call->nargs > 0) {
		if ((r = station_named(call, &st)) != 0) {
			return r;
		}
		out_begin(&call->out, columns, NELEM(columns), false);
		r = kitchen_out_station(call, &st);
		return r != 0 ? r : out_end(&call->out);
	}
	if ((r = station_list(call->shop, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n && r == 0; i++) {
		r = kitchen_out_station(call, &rows[i]);
	}
	free(rows);
	return r != 0 ? r : out_end(&call->out);
}

static int64_t
kitchen_ready(const struct kitchen_ticket *t)
{
	int64_t	n = 0;

	for (size_t i = 0; i < t->n; i++) {
		n += t->lines[i].state == KITCHEN_READY ? 1 : 0;
	}
	return n;
}

static int
run_kitchen_pass(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "table", N_("table"), VALUE_TEXT },
		{ "course", N_("course"), VALUE_COUNT },
		{ "covers", N_("covers"), VALUE_COUNT },
		{ "rush", N_("rush"), VALUE_BOOL },
		{ "state", N_("state"), VALUE_TEXT },
		{ "lines", N_("lines"), VALUE_COUNT },
		{ "ready", N_("ready"), VALUE_COUNT },
		{ "missing", N_("missing"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
		{ "server", N_("server"), VALUE_TEXT },
	};
	struct kitchen_board	b;
	struct out		*o = &call->out;
	int			 r;

	if ((r = kitchen_pass(call->shop, &b)) != 0) {
		return r;
	}
	out_begin(o, columns, NELEM(columns), false);
	for (size_t i = 0; i < b.n; i++) {
		const struct kitchen_ticket	*t = &b.tickets[i];

		out_text(o, t->called);
		out_int(o, t->course);
		out_int(o, t->covers);
		out_int(o, t->rush);
		out_word(o, kitchen_state_name(t->state),
		    kitchen_state_text(t->state));
		out_int(o, (int64_t)t->n);
		out_int(o, kitchen_ready(t));
		out_text(o, t->elsewhere);
		out_int(o, t->since);
		out_text(o, t->server);
	}
	kitchen_board_done(&b);
	return out_end(o);
}

/* ---- keys, from a script ------------------------------------------------ */

/* "T4", "4" or a name; of its courses the first one, or the one named. */
static const struct kitchen_ticket *
kitchen_ticket_of(const struct kitchen_board *b, const char *called,
    int64_t course)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct kitchen_ticket	*t = &b->tickets[i];

		if ((strcasecmp(t->called, called) == 0 ||
		    (t->kind == SERVING_TABLE && t->called[0] != '\0' &&
		    strcmp(t->called + 1, called) == 0)) &&
		    (course < 0 || t->course == course)) {
			return t;
		}
	}
	return NULL;
}

static int
kitchen_act_on(struct call *call, enum kitchen_act act, int64_t station,
    struct kitchen_board *b, int at)
{
	const struct kitchen_ticket	*t;
	const char			*called = call_arg(call, at);
	int64_t				 course = -1;
	bool				 seen;
	int				 r;

	if (call_arg(call, at + 1) != NULL && str_to_i64(call_arg(call,
	    at + 1), 0, COURSES, &course) != 0) {
		return err_set(ERR_INVALID, _("a number from %d to %d"), 0,
		    COURSES);
	}
	if ((t = kitchen_ticket_of(b, called, course)) == NULL) {
		return err_set(ERR_NOT_FOUND, _("nothing of %s is there"),
		    called);
	}
	if ((r = kitchen_do(call->shop, act, station, t, 0, &seen)) == 0) {
		call_say(call, seen ? _("%s: seen") : act == KITCHEN_SERVE ?
		    _("%s: served") : act == KITCHEN_START ?
		    _("%s: started") : _("%s: ready"), t->called);
	}
	return r;
}

static int
kitchen_at_station(struct call *call, enum kitchen_act act)
{
	struct kitchen_board	b;
	struct station		st;
	int			r;

	if ((r = station_named(call, &st)) != 0 ||
	    (r = kitchen_board(call->shop, st.id, &b)) != 0) {
		return r;
	}
	r = kitchen_act_on(call, act, st.id, &b, 1);
	kitchen_board_done(&b);
	return r;
}

static int
run_kitchen_start(struct call *call)
{
	return kitchen_at_station(call, KITCHEN_START);
}

static int
run_kitchen_bump(struct call *call)
{
	return kitchen_at_station(call, KITCHEN_BUMP);
}

static int
run_kitchen_serve(struct call *call)
{
	struct kitchen_board	b;
	int			r;

	if ((r = kitchen_pass(call->shop, &b)) != 0) {
		return r;
	}
	r = kitchen_act_on(call, KITCHEN_SERVE, 0, &b, 0);
	kitchen_board_done(&b);
	return r;
}

static int
run_kitchen_recall(struct call *call)
{
	struct kitchen_made	*made;
	struct station		 st;
	size_t			 n;
	int			 r;

	if ((r = station_named(call, &st)) != 0 ||
	    (r = kitchen_made(call->shop, st.id, 1, &made, &n)) != 0) {
		return r;
	}
	if (n == 0) {
		r = err_set(ERR_EMPTY, _("nothing was made there that was "
		    "not served"));
	} else if ((r = kitchen_recall(call->shop, st.id, made)) == 0) {
		call_say(call, _("%s: to be made again"), made->called);
	}
	free(made);
	return r;
}

const struct command commands_kitchen[] = {
	{ "station list", "", "", N_("where things are made"),
	    COMMAND_LISTS, -1, run_station_list },
	{ "station add", "NAME", "printer=PRINTER display=yes|no "
	    "fallback=STATION warn=MINUTES late=MINUTES rest=yes|no",
	    N_("a kitchen, a bar; the first takes what no rule names"),
	    0, RIGHT_ROOM, run_station_add },
	{ "station set", "STATION", "name=NAME printer=PRINTER|none "
	    "display=yes|no fallback=STATION|none warn=MINUTES late=MINUTES "
	    "rest=yes|no", N_("change one"),
	    0, RIGHT_ROOM, run_station_set },
	{ "station remove", "STATION", "",
	    N_("nothing is made there any more"),
	    0, RIGHT_ROOM, run_station_remove },
	{ "station route", "[STATION]",
	    "item=CODE category=NAME room=ROOM mode=MODE",
	    N_("that is made there; without STATION every rule"),
	    COMMAND_LISTS, RIGHT_ROOM, run_station_route },
	{ "station unroute", "RULE", "", N_("a rule ends"),
	    0, RIGHT_ROOM, run_station_unroute },
	{ "station minutes", "STATION [COURSE] [WARN] [LATE]", "",
	    N_("other minutes for a course; without COURSE those there are"),
	    COMMAND_LISTS, RIGHT_ROOM, run_station_minutes },
	{ "kitchen list", "[STATION]", "",
	    N_("what is to be made, line by line"),
	    COMMAND_LISTS, RIGHT_KITCHEN, run_kitchen_list },
	{ "kitchen pass", "", "", N_("tables whose course is being made"),
	    COMMAND_LISTS, RIGHT_KITCHEN, run_kitchen_pass },
	{ "kitchen start", "STATION TABLE [COURSE]", "",
	    N_("somebody makes it"), 0, RIGHT_KITCHEN, run_kitchen_start },
	{ "kitchen bump", "STATION TABLE [COURSE]", "",
	    N_("it is ready; what changed is only seen by it"),
	    0, RIGHT_KITCHEN, run_kitchen_bump },
	{ "kitchen serve", "TABLE [COURSE]", "", N_("it left the pass"),
	    0, RIGHT_KITCHEN, run_kitchen_serve },
	{ "kitchen recall", "STATION", "",
	    N_("what was made last there is to be made again"),
	    0, RIGHT_KITCHEN, run_kitchen_recall },
	{ .words = NULL },
};
