/* SPDX-License-Identifier: ISC */
/* The kitchen's paper: who it is for, in letters that are read from afar. */
#include "shop/kitchen_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "shop/catalogue.h"
#include "shop/course.h"
#include "shop/print.h"
#include "sql/print.h"
#include "sql/room.h"

/* Is a printer out, so that its paper goes elsewhere? */
static bool
printer_out(struct shop *shop, int64_t id, struct printer *out)
{
	return printer_get(shop, id, out) != 0 || !out->active ||
	    printer_state_severity(out->state) >= 3;
}

/*
 * The printer a station's paper comes from: its own, else the one of whoever
 * stands in for it, else its own again: it will come out when there is paper.
 * *instead: it is not its own.
 */
static int64_t
paper_printer(struct shop *shop, const struct station *st, bool *instead)
{
	struct station	*rows;
	struct printer	 p;
	size_t		 n;
	int64_t		 id = st->printer;

	*instead = false;
	if (!printer_out(shop, st->printer, &p) || st->fallback == 0 ||
	    station_list(shop, &rows, &n) != 0) {
		return id;
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == st->fallback && rows[i].printer != 0 &&
		    !printer_out(shop, rows[i].printer, &p)) {
			id = rows[i].printer;
			*instead = true;
		}
	}
	free(rows);
	return id;
}

static void
paper_for(struct slip *slip, const struct station *st)
{
	slip_fmt(slip, SLIP_CENTRE, SLIP_BOLD | SLIP_REVERSE,
	    _("FOR %s, whose printer is out"), st->name);
}

/* Is a station among those? */
static bool
paper_among(const struct q_kitchen_sent_last *rows, size_t n, int64_t station)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].station == station) {
			return true;
		}
	}
	return false;
}

/* false: it prints, or has no printer. */
static bool
paper_trouble_of(struct shop *shop, const struct station *st,
    struct paper_trouble *out)
{
	struct printer	p;

	if (st->printer == 0 || !printer_out(shop, st->printer, &p)) {
		return false;
	}
	*out = (struct paper_trouble){ .station = st->id };
	(void)str_copy(out->name, sizeof(out->name), st->name);
	(void)paper_printer(shop, st, &out->instead);
	(void)str_fmt(out->words, sizeof(out->words), out->instead ?
	    _("%s: the printer is out, its paper comes at %s") :
	    _("%s: the printer is out, its paper waits"), st->name,
	    st->fallback_name);
	return true;
}

int
kitchen_troubles(struct shop *shop, int64_t sale, struct paper_trouble **rows,
    size_t *n)
{
	struct q_kitchen_sent_last	*sent = NULL;
	struct station			*all;
	size_t				 nall, nsent = 0;
	int				 r;

	*rows = NULL;
	*n = 0;
	if ((sale != 0 && (r = q_kitchen_sent_last(shop->db, sale, &sent,
	    &nsent)) != 0) || (r = station_list(shop, &all, &nall)) != 0) {
		free(sent);
		return r;
	}
	*rows = xcalloc(nall + 1, sizeof(**rows));
	for (size_t i = 0; i < nall; i++) {
		if ((sale == 0 || paper_among(sent, nsent, all[i].id)) &&
		    paper_trouble_of(shop, &all[i], &(*rows)[*n])) {
			(*n)++;
		}
	}
	free(all);
	free(sent);
	return 0;
}

int
kitchen_paper_out(struct shop *shop, int64_t sale, char *out, size_t size)
{
	struct paper_trouble	*rows;
	struct buf		 text = { 0 };
	size_t			 n;
	int			 r;

	*out = '\0';
	if ((r = kitchen_troubles(shop, sale, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&text, "%s%s", i > 0 ? "; " : "", rows[i].words);
	}
	(void)str_copy(out, size, buf_text(&text));
	buf_done(&text);
	free(rows);
	return 0;
}

/* Who prints for a printer that is out: the station and where; false: nobody
 * can. */
static bool
paper_standin(struct shop *shop, int64_t printer, struct station *st,
    int64_t *to)
{
	struct station	*rows;
	size_t		 n;
	bool		 instead = false;

	if (station_list(shop, &rows, &n) != 0) {
		return false;
	}
	for (size_t i = 0; i < n && !instead; i++) {
		if (rows[i].printer == printer) {
			*st = rows[i];
			*to = paper_printer(shop, st, &instead);
		}
	}
	free(rows);
	return instead;
}

/* Under another mark at another printer. */
static int
paper_away(struct shop *shop, int64_t job, const char *text, int64_t from,
    const struct station *st, int64_t to, int64_t *moved)
{
	struct slip	 slip = { 0 };
	const char	*rest = strchr(text, '\n');
	int64_t		 changes = 0;
	int		 r;

	paper_for(&slip, st);
	buf_str(&slip.text, rest == NULL ? "" : rest + 1);
	r = q_print_away(shop->db, job, from, to, slip_stored(&slip),
	    N_("its own printer is out"), shop_now(), &changes);
	slip_done(&slip);
	*moved += changes;
	return r;
}

static int
paper_moved(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "print");
	db_topic(shop->db, "kitchen");
	return db_commit(shop->db);
}

int
kitchen_paper_away(struct shop *shop, int64_t printer, bool held,
    int64_t *moved)
{
	struct q_print_stuck	*jobs;
	struct station		 st;
	int64_t			 to, changes;
	size_t			 n;
	int			 r;

	*moved = 0;
	if ((r = q_print_stuck(shop->db, printer, held, &jobs, &n)) != 0) {
		return r;
	}
	if (n == 0 || !paper_standin(shop, printer, &st, &to)) {
		free(jobs);
		return 0;
	}
	if ((r = db_begin(shop->db, "kitchen paper")) != 0) {
		free(jobs);
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = jobs[i].queued ? paper_away(shop, jobs[i].id,
		    jobs[i].slip, printer, &st, to, moved) :
		    q_print_leave(shop->db, jobs[i].id, &changes);
	}
	free(jobs);
	return paper_moved(shop, r);
}

int
kitchen_paper_left(struct shop *shop, int64_t printer, int64_t job)
{
	struct q_print_left	row;
	struct station		st;
	int64_t			to, moved = 0;
	int			r;

	if ((r = db_begin(shop->db, "kitchen paper")) != 0) {
		return r;
	}
	r = q_print_left(shop->db, job, &row);
	if (r == 0 && paper_standin(shop, printer, &st, &to)) {
		r = paper_away(shop, job, row.slip, printer, &st, to, &moved);
	} else if (r == 0) {
		r = q_print_stay(shop->db, job, shop_now());
	}
	/* Cancelled meanwhile: that is what becomes of it. */
	return paper_moved(shop, r == ERR_NOT_FOUND ? 0 : r);
}

static void
paper_head(struct shop *shop, struct slip *slip, const struct serving *v,
    const struct station *st, enum kitchen_paper what, int course,
    bool instead)
{
	static const struct {
		const char	*text;
		unsigned	 style;
	} heads[] = {
		[PAPER_VOIDED] = { N_("CANCELLED"), SLIP_REVERSE },
		[PAPER_FIRED] = { N_("MAKE IT NOW"), 0 },
		[PAPER_WARNED] = { N_("!! ALLERGY"), SLIP_REVERSE },
		[PAPER_MODE] = { N_("CHANGED"), SLIP_REVERSE },
		[PAPER_CHANGED] = { N_("CHANGED"), SLIP_REVERSE },
		[PAPER_MOVED] = { N_("MOVED"), SLIP_REVERSE },
		[PAPER_RUSH] = { N_("HURRY UP"), SLIP_REVERSE },
		[PAPER_MESSAGE] = { N_("MESSAGE"), 0 },
	};
	char	name[COURSE_NAME + 8], hour[32], way[SERVING_OUT];

	if (instead) {
		paper_for(slip, st);
	}
	if (heads[what].text != NULL) {
		slip_text(slip, SLIP_CENTRE, SLIP_BOLD | SLIP_WIDE |
		    SLIP_HIGH | heads[what].style, _(heads[what].text));
	}
	slip_text(slip, SLIP_LEFT, SLIP_BOLD | SLIP_WIDE | SLIP_HIGH,
	    v->name);
	if (course > 0) {
		course_name(shop, course, name, sizeof(name));
		slip_text(slip, SLIP_LEFT, SLIP_BOLD | SLIP_WIDE, name);
	}
	serving_way(v->kind, v->mode, v->promised, way, sizeof(way));
	if (way[0] == '\0' && what == PAPER_MODE) {
		(void)str_copy(way, sizeof(way), sale_mode_text(v->mode));
	}
	if (way[0] != '\0') {
		slip_text(slip, SLIP_LEFT, SLIP_BOLD | SLIP_WIDE, way);
	}
	if (v->rush) {
		slip_text(slip, SLIP_LEFT, SLIP_BOLD | SLIP_WIDE |
		    SLIP_REVERSE, _("URGENT"));
	}
	clock_local(shop_now(), "%H:%M", hour, sizeof(hour));
	slip_columns(slip, 0, v->server_name, hour);
	if (v->covers > 0) {
		slip_fmt(slip, SLIP_LEFT, 0, ngettext("%d cover",
		    "%d covers", (unsigned long)v->covers), v->covers);
	}
}

/* Quantity first; what is to be done with it under it. */
static void
paper_line(struct shop *shop, struct slip *slip,
    const struct q_kitchen_paper *row, int64_t qty, const char *sign,
    const char *allergies)
{
	const char	*in = row->under ? "  " : "";
	unsigned	 harms = allergens_named((unsigned)row->allergens,
			    allergies);
	char		 text[ALLERGEN_TEXT], count[MONEY_TEXT];

	qty_plain(shop->money.mark, qty, count);
	slip_fmt(slip, SLIP_LEFT, SLIP_BOLD | SLIP_HIGH, "%s%s%s %s", sign,
	    in, count, row->label);
	if (harms != 0) {
		allergens_text(harms, text);
		slip_fmt(slip, SLIP_LEFT, SLIP_BOLD | SLIP_REVERSE,
		    _("    !! HAS %s"), text);
	}
	if (row->words[0] != '\0') {
		slip_fmt(slip, SLIP_LEFT, 0, "    %s%s", in, row->words);
	}
	if (row->note[0] != '\0') {
		slip_fmt(slip, SLIP_LEFT, SLIP_BOLD, "    %s! %s", in,
		    row->note);
	}
	if (row->seat > 0) {
		slip_fmt(slip, SLIP_LEFT, 0, _("    seat %lld"),
		    (long long)row->seat);
	}
}

/* All lines, each course under its name; what waits says so. */
static int
paper_lines(struct shop *shop, struct slip *slip, enum kitchen_paper what,
    const int64_t *lines, const int64_t *qty, size_t n, const char *allergies)
{
	struct q_kitchen_paper	row;
	char			name[COURSE_NAME + 8];
	int64_t			course = -1;
	int			r = 0;

	for (size_t i = 0; i < n; i++) {
		if ((r = q_kitchen_paper(shop->db, lines[i], &row)) != 0) {
			return r;
		}
		if (row.course != course && what == PAPER_SENT) {
			course = row.course;
			slip_rule(slip, '-');
			if (course > 0) {
				course_name(shop, (int)course, name,
				    sizeof(name));
				slip_columns(slip, SLIP_BOLD, name,
				    row.fired ? "" : _("waits"));
			}
		}
		paper_line(shop, slip, &row, qty[i],
		    what == PAPER_VOIDED ? "- " : "", allergies);
	}
	return 0;
}

/* Words for the kitchen: a paper of their own, or with what is the first
 * thing before a station. */
static int
paper_message(struct shop *shop, struct slip *slip, const struct serving *v,
    int64_t station, enum kitchen_paper what, size_t n)
{
	struct q_serving_said	 said;
	struct q_kitchen_open	*rows;
	size_t			 nrows;
	bool			 first = true;
	int			 r;

	if (what != PAPER_SENT && what != PAPER_MESSAGE) {
		return 0;
	}
	if ((r = q_kitchen_open(shop->db, v->sale, &rows, &nrows)) != 0) {
		return r;
	}
	for (size_t i = 0; i < nrows; i++) {
		first = first && (rows[i].station != station ||
		    rows[i].lines <= (int64_t)n);
	}
	free(rows);
	if (what == PAPER_SENT && !first) {
		return 0;		/* it lies there already */
	}
	if ((r = q_serving_said(shop->db, v->sale, &said)) == 0) {
		slip_fmt(slip, SLIP_LEFT, SLIP_BOLD | SLIP_HIGH, "\"%s\"",
		    said.words);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* All of it but the end. */
static int
paper_text(struct shop *shop, struct slip *slip, const struct serving *v,
    const struct station *st, enum kitchen_paper what, const int64_t *lines,
    const int64_t *qty, size_t n, bool instead)
{
	struct q_kitchen_paper	 row = { 0 };
	char			*allergies, *warned;
	bool			 one = what == PAPER_FIRED ||
				    what == PAPER_VOIDED ||
				    what == PAPER_CHANGED;
	int			 r;

	if ((one && (r = q_kitchen_paper(shop->db, lines[0], &row)) != 0) ||
	    (r = table_allergies(shop, v->sale, &allergies)) != 0) {
		return r;
	}
	paper_head(shop, slip, v, st, what, (int)row.course, instead);
	if (allergies[0] != '\0') {
		warned = xasprintf(_("ALLERGY: %s"), allergies);
		slip_text(slip, SLIP_LEFT, SLIP_BOLD | SLIP_HIGH |
		    SLIP_REVERSE, warned);
		free(warned);
	}
	if ((r = paper_message(shop, slip, v, st->id, what, n)) == 0) {
		r = paper_lines(shop, slip, what, lines, qty, n, allergies);
	}
	free(allergies);
	return r;
}

int
kitchen_print(struct shop *shop, const struct serving *v,
    const struct station *st, enum kitchen_paper what, const int64_t *lines,
    const int64_t *qty, size_t n)
{
	struct slip	slip = { 0 };
	bool		instead;
	int64_t		printer, job;
	int		r;

	if (st->printer == 0) {
		return 0;
	}
	printer = paper_printer(shop, st, &instead);
	if ((r = paper_text(shop, &slip, v, st, what, lines, qty, n,
	    instead)) == 0) {
		slip_feed(&slip, 1);
		slip_buzz(&slip, what == PAPER_SENT ? 1 : 2, 200);
		slip_cut(&slip, false);
		r = print_add(shop, printer, PRINT_KITCHEN, v->name, &slip,
		    &job);
	}
	slip_done(&slip);
	return r;
}
