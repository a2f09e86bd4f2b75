/* SPDX-License-Identifier: ISC */
/* Stations and the rules that say what is made where. */
#include "shop/kitchen_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/product_part.h"

int
station_list(struct shop *shop, struct station **rows, size_t *n)
{
	struct q_station_all	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_station_all(shop->db, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct station	*st = &(*rows)[i];

		st->id = all[i].id;
		st->place = (int)all[i].place;
		st->display = all[i].display;
		st->printer = all[i].printer_null ? 0 : all[i].printer;
		st->fallback = all[i].fallback_null ? 0 : all[i].fallback;
		st->warn = (int)all[i].warn;
		st->late = (int)all[i].late;
		st->rest = all[i].rest;
		(void)str_copy(st->name, sizeof(st->name), all[i].name);
		(void)str_copy(st->printer_name, sizeof(st->printer_name),
		    all[i].printer_name);
		(void)str_copy(st->fallback_name, sizeof(st->fallback_name),
		    all[i].fallback_name);
	}
	free(all);
	return 0;
}

int
station_find(struct shop *shop, const char *name, struct station *out)
{
	struct station	*rows;
	size_t		 n, len = strlen(name), found = 0;
	int		 r;

	if ((r = station_list(shop, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if (strcasecmp(rows[i].name, name) == 0) {
			*out = rows[i];
			free(rows);
			return 0;
		}
		if (len > 0 && strncasecmp(rows[i].name, name, len) == 0) {
			*out = rows[i];
			found++;
		}
	}
	free(rows);
	return found == 1 ? 0 : err_set(ERR_NOT_FOUND, found == 0 ?
	    _("no station is called \"%s\"") :
	    _("several stations begin with \"%s\""), name);
}

static int
station_check(const struct station *st)
{
	if (st->name[0] == '\0' || !utf8_is_clean(st->name)) {
		return err_set(ERR_INVALID, _("a station has a name"));
	}
	if (st->warn < 1 || st->late < st->warn || st->late > 600) {
		return err_set(ERR_RANGE, _("minutes: 1 to 600, and late not "
		    "before waiting"));
	}
	if (st->id != 0 && st->fallback == st->id) {
		return err_set(ERR_INVALID, _("a station cannot stand in for "
		    "itself"));
	}
	return 0;
}

static int
station_done(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "kitchen");
	return db_commit(shop->db);
}

int
station_put(struct shop *shop, struct station *st)
{
	struct station	*rows;
	size_t		 n;
	int64_t		 changed = 1;
	int		 r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = station_check(st)) != 0 ||
	    (r = station_list(shop, &rows, &n)) != 0) {
		return r;
	}
	if (st->place == 0) {
		st->place = n == 0 ? 1 : rows[n - 1].place + 1;
	}
	st->rest = st->rest || n == 0;
	free(rows);
	if (st->id == 0 && n >= STATIONS) {
		return err_set(ERR_RANGE, _("a shop has at most %d stations"),
		    STATIONS);
	}
	if ((r = db_begin(shop->db, "station")) != 0) {
		return r;
	}
	r = st->id == 0 ? q_station_add(shop->db, st->name, st->place,
	    st->display, some(&st->printer), some(&st->fallback), st->warn,
	    st->late, st->rest, &st->id) :
	    q_station_change(shop->db, st->id, st->name, st->place,
	    st->display, some(&st->printer), some(&st->fallback), st->warn,
	    st->late, st->rest, &changed);
	if (r == ERR_EXISTS) {
		r = err_set(r, _("there is a station %s already"), st->name);
	}
	if (r == 0 && changed == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no such station"));
	}
	if (r == 0 && st->rest) {
		r = q_station_rest(shop->db, st->id);
	}
	if (r == 0) {
		r = audit_add(shop, "station.put", "station", st->id, "");
	}
	return station_done(shop, r);
}

int
station_end(struct shop *shop, int64_t id)
{
	int64_t	n, ignored;
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = db_begin(shop->db, "station")) != 0) {
		return r;
	}
	if ((r = q_station_end(shop->db, id, &n)) == 0 && n == 0) {
		r = err_set(ERR_BUSY, _("something is still to be made "
		    "there"));
	}
	if (r == 0 && (r = q_station_forget(shop->db, id, &ignored)) == 0 &&
	    (r = q_route_drop_all(shop->db, id, &ignored)) == 0) {
		r = audit_add(shop, "station.end", "station", id, "");
	}
	return station_done(shop, r);
}

int
station_minutes(struct shop *shop, int64_t id, int course, int warn, int late)
{
	struct station	st = { .name = "-", .warn = warn, .late = late };
	int		r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = station_check(&st)) != 0 ||
	    (r = db_begin(shop->db, "station")) != 0) {
		return r;
	}
	if ((r = q_station_minutes(shop->db, id, course, warn, late)) == 0) {
		r = audit_add(shop, "station.minutes", "station", id, "");
	}
	return station_done(shop, r);
}

int
station_times(struct shop *shop, int64_t id, struct station_time **rows,
    size_t *n)
{
	struct q_station_minutes_all	*all;
	int				 r;

	*rows = NULL;
	if ((r = q_station_minutes_all(shop->db, id, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		(*rows)[i] = (struct station_time){
		    .course = (int)all[i].course, .warn = (int)all[i].warn,
		    .late = (int)all[i].late };
	}
	free(all);
	return 0;
}

/* ---- rules --------------------------------------------------------------- */

int
station_route_add(struct shop *shop, const struct station_route *route,
    int64_t *id)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0) {
		return r;
	}
	if (route->product != 0 && route->category[0] != '\0') {
		return err_set(ERR_INVALID, _("an item or a category, not "
		    "both"));
	}
	if (route->product == 0 && route->category[0] == '\0' &&
	    route->room == 0 && route->mode[0] == '\0') {
		return err_set(ERR_EMPTY, _("say what is made there: an item, "
		    "a category, a room or a mode"));
	}
	if (route->category[0] != '\0' &&
	    (r = category_known(shop, route->category)) != 0) {
		return r;
	}
	if ((r = db_begin(shop->db, "station")) != 0) {
		return r;
	}
	if ((r = q_route_add(shop->db, route->station,
	    some(&route->product),
	    route->category[0] == '\0' ? NULL : route->category,
	    some(&route->room), route->mode[0] == '\0' ? NULL : route->mode,
	    id)) == 0) {
		r = audit_add(shop, "station.route", "station",
		    route->station, "");
	}
	return station_done(shop, r);
}

int
station_route_drop(struct shop *shop, int64_t id)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_ROOM)) != 0 ||
	    (r = db_begin(shop->db, "station")) != 0) {
		return r;
	}
	if ((r = q_route_drop(shop->db, id, &n)) == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no such rule"));
	}
	if (r == 0) {
		r = audit_add(shop, "station.route", "route", id, "gone");
	}
	return station_done(shop, r);
}

int
station_rules(struct shop *shop,
    int (*fn)(void *ctx, const struct station_rule *rule), void *ctx)
{
	struct q_route_all	*rows;
	size_t			 n;
	int			 r = q_route_all(shop->db, &rows, &n);

	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct station_rule	rule = { .id = rows[i].id,
					    .station = rows[i].name,
					    .code = rows[i].code,
					    .category = rows[i].category,
					    .room = rows[i].room,
					    .mode = rows[i].mode };

		r = fn(ctx, &rule);
	}
	free(rows);
	return r;
}

int
routing_load(struct shop *shop, struct routing *out)
{
	int	r;

	*out = (struct routing){ 0 };
	if ((r = station_list(shop, &out->stations, &out->nstations)) != 0) {
		return r;
	}
	if (out->nstations == 0) {
		routing_done(out);
		return ERR_EMPTY;
	}
	if ((r = q_route_words(shop->db, &out->rules, &out->nrules)) != 0) {
		out->rules = NULL;
		routing_done(out);
	}
	return r;
}

void
routing_done(struct routing *ro)
{
	free(ro->stations);
	free(ro->rules);
	*ro = (struct routing){ 0 };
}

/*
 * How much a rule names of a line, -1 when it is about something else.  An
 * item outweighs every category, the nearest category one above it, any
 * category the room, the room the mode.
 */
static int
rule_weight(const struct q_route_words *rule,
    const struct q_kitchen_unsent *line,
    const struct q_kitchen_category_up *up, size_t nup)
{
	int	weight = 0;
	size_t	k = 0;

	if (!rule->product_null) {
		if (rule->product != line->product) {
			return -1;
		}
		weight += 1000;
	}
	if (rule->category != NULL) {
		while (k < nup && strcmp(up[k].name, rule->category) != 0) {
			k++;
		}
		if (k == nup) {
			return -1;
		}
		weight += 500 - 10 * (int)k;
	}
	if (!rule->room_null) {
		if (rule->room != line->room) {
			return -1;
		}
		weight += 4;
	}
	if (rule->mode != NULL) {
		if (strcmp(rule->mode, line->mode) != 0) {
			return -1;
		}
		weight += 2;
	}
	return weight;
}

static void
routing_add(int64_t to[static STATIONS], size_t *n, int64_t station)
{
	for (size_t i = 0; i < *n; i++) {
		if (to[i] == station) {
			return;
		}
	}
	if (*n < STATIONS) {
		to[(*n)++] = station;
	}
}

int
routing_of(struct shop *shop, const struct routing *ro,
    const struct q_kitchen_unsent *line, int64_t to[static STATIONS],
    size_t *n)
{
	struct q_kitchen_category_up	*up;
	size_t				 nup;
	int				 best = -1, r;

	*n = 0;
	if ((r = q_kitchen_category_up(shop->db, line->category, &up,
	    &nup)) != 0) {
		return r;
	}
	for (size_t i = 0; i < ro->nrules; i++) {
		int	weight = rule_weight(&ro->rules[i], line, up, nup);

		if (weight > best) {
			best = weight;
			*n = 0;
		}
		if (weight >= 0 && weight == best) {
			routing_add(to, n, ro->rules[i].station);
		}
	}
	free(up);
	for (size_t i = 0; best < 0 && i < ro->nstations; i++) {
		if (ro->stations[i].rest) {
			routing_add(to, n, ro->stations[i].id);
		}
	}
	return 0;
}

/* ---- where a display stands ---------------------------------------------- */

int
station_here(struct shop *shop, int64_t *id)
{
	struct q_station_here	row;
	int			r;

	*id = 0;
	if ((r = q_station_here(shop->db, shop->who.terminal, &row)) == 0) {
		*id = row.station;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
station_stay(struct shop *shop, int64_t id)
{
	int64_t	was;
	int	r;

	if ((r = shop_require(shop, RIGHT_KITCHEN)) != 0 ||
	    (r = station_here(shop, &was)) != 0 || was == id ||
	    shop->who.terminal == 0 ||
	    (r = db_begin(shop->db, "kitchen.stay")) != 0) {
		return r;
	}
	if ((r = q_station_stays(shop->db, shop->who.terminal, id)) != 0 ||
	    (r = audit_add(shop, "kitchen.stay", "station", id, "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}
