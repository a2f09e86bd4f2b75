/* SPDX-License-Identifier: ISC */
/* What a station has to make: a tile for each ticket, and a digit for each
 * tile.  Everything is reached from a number pad, and news needs no key. */
#include "screens/kitchen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"

#define TILES		9		/* as many as there are digits */
#define TILE_WIDTH	26		/* columns it needs at least */
#define TILE_HEIGHT	8
#define KITCHEN_TALL	16		/* rows from which counts have one */
#define HELD_MS		3000		/* a made one's digit takes it back */
#define NEW_MS		700		/* a digit just given to another one */
#define REPAINT_MS	(10 * 60000)	/* idle: a tube switched on later */
#define PICKED		64		/* lines to choose one from */

enum verb { VERB_READY, VERB_START, VERB_PART, VERB_MOVE, VERB_FIRST };
enum { ASK_LEAVE = 1, ASK_LINE, ASK_TO, ASK_VERB };

/* A place on the screen; its digit is its number. */
struct tile {
	int64_t		 sale;		/* 0: free */
	int		 course;
	bool		 here;		/* not here: made a moment ago */
	int64_t		 held;		/* boot clock: until then taken back */
	int64_t		 given;		/* boot clock: whose it was before */
	bool		 used;
	char		 called[64];
};

struct kitchen_screen {
	struct shop		*shop;
	struct station		*stations;	/* with a display */
	size_t			 nstations;
	struct station		 at;		/* id 0: which one? */
	struct kitchen_board	 board;
	struct kitchen_count	*counts;
	size_t			 ncounts;
	char			 course[COURSES + 1][COURSE_NAME];
	struct tile		 tiles[TILES];
	int			 cols, rows;	/* of tiles */
	bool			 small;		/* few columns: fewer words */
	int			 page;
	int64_t			 now;		/* a whole minute */
	int64_t			 touched;	/* boot clock */
	enum verb		 verb;		/* the next digit does this */
	bool			 totals;	/* counts over the tiles */
	/* A ticket and its lines while something is chosen. */
	struct kitchen_ticket	 picked;
	int64_t			 lines[PICKED];
};

/* ---- tiles and their digits --------------------------------------------- */

static int
kitchen_per(const struct kitchen_screen *st)
{
	return st->cols * st->rows;
}

static int
kitchen_pages(const struct kitchen_screen *st)
{
	int	per = kitchen_per(st);

	return per == 0 || st->board.n == 0 ? 1 :
	    ((int)st->board.n + per - 1) / per;
}

static ptrdiff_t
kitchen_ticket_of(const struct kitchen_screen *st, const struct tile *tile)
{
	for (size_t i = 0; tile->sale != 0 && i < st->board.n; i++) {
		if (st->board.tickets[i].sale == tile->sale &&
		    st->board.tickets[i].course == tile->course) {
			return (ptrdiff_t)i;
		}
	}
	return -1;
}

/* Who stands there stays there; what waits for its course has no claim. */
static void
kitchen_keep(struct kitchen_screen *st, bool *placed, int64_t boot)
{
	for (int i = 0; i < TILES; i++) {
		struct tile			*tile = &st->tiles[i];
		ptrdiff_t			 at = kitchen_ticket_of(st,
						    tile);
		const struct kitchen_ticket	*t = at < 0 ? NULL :
						    &st->board.tickets[at];

		if (tile->sale == 0) {
			continue;
		}
		tile->here = t != NULL && i < kitchen_per(st) &&
		    (t->live || t->untold);
		if (tile->here) {
			tile->held = 0;
			placed[at] = true;
		} else if (t != NULL || tile->held <= boot) {
			*tile = (struct tile){ .used = tile->used };
		}
	}
}

/* After the last one while there is room, else the first free place. */
static int
kitchen_free(const struct kitchen_screen *st)
{
	int	per = kitchen_per(st), last = -1, first = -1;

	for (int i = 0; i < per; i++) {
		if (st->tiles[i].sale != 0) {
			last = i;
		} else if (first < 0) {
			first = i;
		}
	}
	return last + 1 < per ? last + 1 : first;
}

/* Tickets to their places; all anew after a key that turned the page. */
static void
kitchen_settle(struct session *s, struct kitchen_screen *st, bool anew)
{
	bool	*placed = xcalloc(st->board.n + 1, sizeof(*placed));
	int64_t	 boot = session_boot_ms(s);
	int	 skip, at;

	if (anew) {
		memset(st->tiles, 0, sizeof(st->tiles));
	}
	if (st->page >= kitchen_pages(st)) {
		st->page = kitchen_pages(st) - 1;
	}
	kitchen_keep(st, placed, boot);
	skip = st->page * kitchen_per(st);
	for (size_t i = 0; i < st->board.n; i++) {
		const struct kitchen_ticket	*t = &st->board.tickets[i];
		bool				 used;

		if (placed[i] || skip-- > 0) {
			continue;
		}
		if ((at = kitchen_free(st)) < 0) {
			break;
		}
		used = st->tiles[at].used;
		st->tiles[at] = (struct tile){ .sale = t->sale,
		    .course = t->course, .here = true, .used = true,
		    .given = used ? boot : 0 };
		(void)str_copy(st->tiles[at].called,
		    sizeof(st->tiles[at].called), t->called);
	}
	free(placed);
}

/* As many as there is room for and digits: never narrower than can be read. */
static void
kitchen_layout(struct session *s, void *state, int rows, int cols)
{
	struct kitchen_screen	*st = state;
	int			 room = rows - (rows >= KITCHEN_TALL ? 1 : 0);
	int			 across = cols / TILE_WIDTH;
	int			 down = room / TILE_HEIGHT;

	across = across < 1 ? 1 : across > TILES ? TILES : across;
	down = down < 1 ? 1 : down > 3 ? 3 : down;
	while (across * down > TILES) {
		if (across > 3) {
			across--;
		} else {
			down--;
		}
	}
	st->cols = across;
	st->rows = down;
	st->small = cols < 2 * TILE_WIDTH;
	kitchen_settle(s, st, true);
}

/* ---- reading ------------------------------------------------------------ */

/* Is there something on it that was not there before? */
static bool
kitchen_is_news(const struct kitchen_board *old,
    const struct kitchen_ticket *t)
{
	const struct kitchen_ticket	*was = NULL;
	size_t				 untold = 0, before = 0;

	for (size_t i = 0; i < old->n; i++) {
		if (old->tickets[i].sale == t->sale &&
		    old->tickets[i].course == t->course) {
			was = &old->tickets[i];
		}
	}
	for (size_t i = 0; i < t->n; i++) {
		untold += t->lines[i].told ? 0 : 1;
	}
	for (size_t i = 0; was != NULL && i < was->n; i++) {
		before += was->lines[i].told ? 0 : 1;
	}
	return was == NULL || t->n > was->n || untold > before ||
	    (t->live && !was->live) || (t->rush && !was->rush) ||
	    strcmp(t->message, was->message) != 0 ||
	    strcmp(t->allergies, was->allergies) != 0;
}

/* Everything from the database, or what is new of it; *news: somebody should
 * look up. */
static int
kitchen_read(struct session *s, struct kitchen_screen *st, bool *news)
{
	struct kitchen_board	was = { 0 };
	int			r;

	*news = false;
	st->now = session_now_ms(s) / 60000 * 60000;
	if (st->at.id == 0) {
		return 0;
	}
	st->board.station.id = st->at.id;
	if ((r = kitchen_board_again(st->shop, &st->board, &was)) != 0) {
		return r;
	}
	for (size_t i = 0; i < st->board.n; i++) {
		*news = *news || (st->board.tickets[i].fresh &&
		    kitchen_is_news(&was, &st->board.tickets[i]));
	}
	kitchen_board_done(&was);
	free(st->counts);
	kitchen_all_day(&st->board, &st->counts, &st->ncounts);
	kitchen_settle(s, st, false);
	return 0;
}

/* The next minute of the wall's clock, or when a place is given free. */
static void
kitchen_timer(struct session *s, const struct kitchen_screen *st)
{
	int64_t	ms = 60000 - session_now_ms(s) % 60000;
	int64_t	boot = session_boot_ms(s);

	for (int i = 0; i < TILES; i++) {
		int64_t	left = st->tiles[i].held - boot;

		if (st->tiles[i].held > 0 && left < ms) {
			ms = left > 0 ? left : 1;
		}
	}
	session_timer(s, ms);
}

static int
kitchen_again(struct session *s, struct kitchen_screen *st)
{
	bool	news;
	int	r = kitchen_read(s, st, &news);

	kitchen_timer(s, st);
	return r;
}

static int
kitchen_stations(struct kitchen_screen *st)
{
	struct station	*rows;
	size_t		 n;
	int		 r;

	if ((r = station_list(st->shop, &rows, &n)) != 0) {
		return r;
	}
	free(st->stations);
	st->stations = rows;
	st->nstations = 0;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].display) {
			rows[st->nstations++] = rows[i];
		}
	}
	return 0;
}

static void
kitchen_at(struct kitchen_screen *st, const struct station *at)
{
	st->at.id = 0;
	if (at != NULL) {
		st->at = *at;
	}
	st->page = 0;
	st->verb = VERB_READY;
	st->totals = false;
	kitchen_board_done(&st->board);
	memset(st->tiles, 0, sizeof(st->tiles));
}

/* Which one is asked for only where there are several, and none was chosen at
 * this terminal before. */
static int
kitchen_begin(struct kitchen_screen *st, const struct kitchen_arg *arg)
{
	struct station	found;
	int64_t		here = 0;
	int		r;

	if ((r = kitchen_stations(st)) != 0) {
		return r;
	}
	if (st->nstations == 0) {
		return err_set(ERR_EMPTY, _("no station has a display; a "
		    "manager makes one with comptoir station"));
	}
	kitchen_at(st, st->nstations == 1 ? &st->stations[0] : NULL);
	if (arg != NULL && arg->name != NULL && arg->name[0] != '\0') {
		if ((r = station_find(st->shop, arg->name, &found)) == 0) {
			kitchen_at(st, &found);
			r = station_stay(st->shop, found.id);
		}
		return r;
	}
	if (arg == NULL && (r = station_here(st->shop, &here)) != 0) {
		return r;
	}
	for (size_t i = 0; i < st->nstations; i++) {
		if (st->stations[i].id == (arg == NULL ? here :
		    arg->station)) {
			kitchen_at(st, &st->stations[i]);
		}
	}
	return 0;
}

static int
kitchen_open(struct session *s, void *state, const void *arg)
{
	struct kitchen_screen	*st = state;
	struct course		*courses;
	size_t			 n;
	int			 r;

	st->shop = session_shop(s);
	st->cols = st->rows = 1;
	st->touched = session_boot_ms(s);
	if ((r = kitchen_begin(st, arg)) != 0 ||
	    (r = course_list(st->shop, &courses, &n)) != 0) {
		free(st->stations);
		return r;
	}
	for (int i = 1; i <= COURSES; i++) {
		(void)str_fmt(st->course[i], COURSE_NAME, _("course %d"), i);
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_copy(st->course[courses[i].number], COURSE_NAME,
		    courses[i].name);
	}
	free(courses);
	if ((r = kitchen_again(s, st)) != 0) {
		free(st->stations);
	}
	return r;
}

static void
kitchen_close(struct session *s, void *state)
{
	struct kitchen_screen	*st = state;

	app_keep(s, "kitchen", st->at.id);
	kitchen_board_done(&st->board);
	free(st->counts);
	free(st->stations);
}

/* ---- the drawing -------------------------------------------------------- */

static const char *
kitchen_course(const struct kitchen_screen *st, int course)
{
	return course >= 0 && course <= COURSES ? st->course[course] : "";
}

static void
kitchen_draw_tile(const struct kitchen_screen *st, struct canvas *c, int i)
{
	const struct tile	*tile = &st->tiles[i];
	ptrdiff_t		 at = kitchen_ticket_of(st, tile);

	if (at >= 0) {
		const struct kitchen_ticket	*t = &st->board.tickets[at];

		tile_draw(c, &(struct tile_view){ .ticket = t,
		    .digit = i + 1, .now = st->now,
		    .course = kitchen_course(st, t->course),
		    .mark = st->shop->money.mark });
	} else if (tile->sale != 0) {
		canvas_fmt(c, 0, 0, STYLE_DIM, _("%d %s  READY"), i + 1,
		    tile->called);
		canvas_fmt(c, 1, 2, STYLE_DIM, _("%d takes it back"), i + 1);
	}
}

/* "to make: 6 Frites  4 Magret": as many as the row has room for. */
static void
kitchen_draw_row(const struct kitchen_screen *st, struct canvas *c, int row)
{
	char	text[200], qty[MONEY_TEXT];
	int	col = 0;

	if (st->ncounts > 0) {
		col = canvas_put(c, row, 0, STYLE_NORMAL, _("to make:"));
	}
	for (size_t i = 0; i < st->ncounts; i++) {
		qty_plain(st->shop->money.mark, st->counts[i].qty, qty);
		(void)str_fmt(text, sizeof(text), "%s %s", qty,
		    st->counts[i].label);
		if (col + 2 + canvas_width(c, text) > canvas_cols(c)) {
			break;
		}
		col = canvas_put(c, row, col + 2, STYLE_NORMAL, text);
	}
}

static void
kitchen_draw_totals(const struct kitchen_screen *st, struct canvas *c)
{
	int	rows = canvas_rows(c) - 2, cols = canvas_cols(c);
	int	width = cols >= 2 * TILE_WIDTH ? cols / (cols /
		    (TILE_WIDTH + 12 < cols ? TILE_WIDTH + 12 : cols)) : cols;
	char	qty[MONEY_TEXT];

	(void)canvas_put(c, 0, 0, STYLE_BOLD, st->ncounts == 0 ?
	    _("nothing is to be made now") : _("to be made now"));
	for (size_t i = 0; i < st->ncounts && rows > 0; i++) {
		int	row = 2 + (int)i % rows, col = (int)i / rows * width;

		qty_plain(st->shop->money.mark, st->counts[i].qty, qty);
		canvas_right(c, row, col + 5, 5, STYLE_BOLD, qty);
		canvas_cell(c, row, col + 6, width - 7, STYLE_NORMAL,
		    st->counts[i].label);
	}
}

static void
kitchen_draw_stations(const struct kitchen_screen *st, struct canvas *c)
{
	(void)canvas_put(c, 0, 2, STYLE_BOLD, _("Which station?"));
	for (size_t i = 0; i < st->nstations && i < TILES; i++) {
		canvas_fmt(c, 2 + (int)i, 2, STYLE_NORMAL, "%zu  %s", i + 1,
		    st->stations[i].name);
	}
}

static void
kitchen_draw(const void *state, struct canvas *c)
{
	const struct kitchen_screen	*st = state;
	int				 rows = canvas_rows(c), width;

	if (st->at.id == 0) {
		kitchen_draw_stations(st, c);
		return;
	}
	if (st->totals) {
		kitchen_draw_totals(st, c);
		return;
	}
	if (rows >= KITCHEN_TALL) {
		rows--;
		kitchen_draw_row(st, c, rows);
	}
	width = canvas_cols(c) / st->cols;
	rows /= st->rows;
	for (int i = 0; i < kitchen_per(st); i++) {
		struct canvas	part = canvas_part(c, (struct canvas_box){
				    .row = i / st->cols * rows,
				    .col = i % st->cols * width,
				    .rows = rows, .cols = width - 1 });

		kitchen_draw_tile(st, &part, i);
	}
	if (st->board.n == 0) {
		(void)canvas_put(c, rows / 2, 2, STYLE_NORMAL,
		    _("nothing to make"));
	}
}

static void
kitchen_head(const void *state, char *out, size_t size)
{
	const struct kitchen_screen	*st = state;
	char				 text[96], page[24] = "";
	int				 live = 0, n = (int)st->board.n;

	if (st->at.id == 0) {
		return;
	}
	for (int i = 0; i < n; i++) {
		live += st->board.tickets[i].live ? 1 : 0;
	}
	(void)str_fmt(text, sizeof(text), ngettext("%d ticket", "%d tickets",
	    (unsigned long)live), live);
	if (kitchen_pages(st) > 1) {
		(void)str_fmt(page, sizeof(page), _("  p %d/%d"),
		    st->page + 1, kitchen_pages(st));
	}
	if (n > live) {
		(void)str_fmt(out, size, _("%s  %s  %d to come%s"),
		    st->at.name, text, n - live, page);
	} else {
		(void)str_fmt(out, size, "%s  %s%s", st->at.name, text, page);
	}
}

static void
kitchen_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct kitchen_screen	*st = state;
	static const char *const	 verbs[] = {
		[VERB_START] = N_("start which one? 1-9   0 none"),
		[VERB_PART] = N_("a dish of which one? 1-9   0 none"),
		[VERB_MOVE] = N_("transfer which one? 1-9   0 none"),
		[VERB_FIRST] = N_("which one first? 1-9   0 none"),
	};

	(void)typed;
	if (st->at.id == 0) {
		(void)str_copy(out, size, _("the digit of a station"));
	} else if (st->totals) {
		(void)str_copy(out, size, _("any key: the tickets again"));
	} else if (st->verb != VERB_READY) {
		(void)str_copy(out, size, _(verbs[st->verb]));
	} else {
		(void)str_copy(out, size, st->small ?
		    _("1-9 ready   Enter more") :
		    _("1-9 ready   0 undo   . start   Enter more"));
	}
}

/* ---- acts --------------------------------------------------------------- */

static enum turn
kitchen_refused(struct session *s, struct kitchen_screen *st, int r)
{
	session_beep(s);
	(void)session_fail(s, r);
	if (kitchen_again(s, st) != 0) {
		kitchen_at(st, NULL);
	}
	return TURN_KEEP;
}

/* "T4 Plats" */
static const char *
kitchen_named(const struct kitchen_screen *st, const char *called, int course)
{
	static char	name[64 + COURSE_NAME];
	const char	*words = kitchen_course(st, course);

	(void)str_fmt(name, sizeof(name), "%s%s%s", called,
	    *words == '\0' ? "" : " ", words);
	return name;
}

static enum turn
kitchen_ready(struct session *s, struct kitchen_screen *st, int i)
{
	struct kitchen_ticket	*t = &st->board.tickets[kitchen_ticket_of(st,
				    &st->tiles[i])];
	int			 course = t->course, r;
	char			 called[64];
	bool			 seen;

	(void)str_copy(called, sizeof(called), t->called);
	if ((r = kitchen_do(st->shop, KITCHEN_BUMP, st->at.id, t, 0,
	    &seen)) != 0) {
		return kitchen_refused(s, st, r);
	}
	st->tiles[i].held = session_boot_ms(s) + HELD_MS;
	if ((r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	if (seen) {
		session_say(s, _("%s: seen; %d again once it is ready"),
		    kitchen_named(st, called, course), i + 1);
	} else {
		session_say(s, _("%s: ready   0 takes it back"),
		    kitchen_named(st, called, course));
	}
	return TURN_DRAW;
}

/* The last one made comes back, then the one before; or (tile) that one. */
static enum turn
kitchen_undo(struct session *s, struct kitchen_screen *st,
    const struct tile *tile)
{
	struct kitchen_made	*made, one = { 0 };
	size_t			 n, i = 0;
	int			 r;

	if ((r = kitchen_made(st->shop, st->at.id, 50, &made, &n)) != 0) {
		return kitchen_refused(s, st, r);
	}
	while (tile != NULL && i < n && (made[i].sale != tile->sale ||
	    made[i].course != tile->course)) {
		i++;
	}
	if (i < n) {
		one = made[i];
	}
	free(made);
	if (one.sale == 0) {
		return kitchen_refused(s, st, err_set(ERR_EMPTY,
		    _("nothing that is ready stands at the pass any more")));
	}
	if ((r = kitchen_recall(st->shop, st->at.id, &one)) != 0 ||
	    (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	for (int k = 0; k < TILES; k++) {
		/* Whose digit it is was asked for by this key. */
		if (st->tiles[k].sale == one.sale &&
		    st->tiles[k].course == one.course) {
			st->tiles[k].given = 0;
		}
	}
	session_say(s, _("%s: back, to be made again"),
	    kitchen_named(st, one.called, one.course));
	return TURN_DRAW;
}

static enum turn
kitchen_start(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	struct kitchen_ticket	was = *t;
	bool			seen;
	int			r;

	if ((r = kitchen_do(st->shop, KITCHEN_START, st->at.id, t, 0,
	    &seen)) != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, _("%s: started"), kitchen_named(st, was.called,
	    was.course));
	return TURN_DRAW;
}

static enum turn
kitchen_before(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	struct kitchen_ticket	was = *t;
	bool			first;
	int			r;

	if ((r = kitchen_first(st->shop, st->at.id, t, &first)) != 0 ||
	    (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, first ? _("%s: before the others") :
	    _("%s: in its turn again"), was.called);
	return TURN_DRAW;
}

/* What is chosen from outlives news: only what states it is kept. */
static void
kitchen_pick(struct kitchen_screen *st, const struct kitchen_ticket *t)
{
	st->picked = (struct kitchen_ticket){ .sale = t->sale,
	    .course = t->course, .rev = t->rev, .live = t->live };
	(void)str_copy(st->picked.called, sizeof(st->picked.called),
	    t->called);
}

static enum turn
kitchen_part(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	const char	*labels[PICKED];
	char		 texts[PICKED][96];
	size_t		 n;

	kitchen_pick(st, t);
	for (n = 0; n < t->n && n < PICKED; n++) {
		tile_line(&t->lines[n], st->shop->money.mark, texts[n],
		    sizeof(texts[n]));
		labels[n] = texts[n];
		st->lines[n] = t->lines[n].line;
	}
	return session_choose(s, ASK_LINE, _("Which dish is ready?"), labels,
	    n);
}

static enum turn
kitchen_part_done(struct session *s, struct kitchen_screen *st, int64_t i)
{
	bool	seen;
	int	r;

	if ((r = kitchen_do(st->shop, KITCHEN_BUMP, st->at.id, &st->picked,
	    st->lines[i], &seen)) != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, seen ? _("%s: seen") : _("%s: one dish is ready"),
	    kitchen_named(st, st->picked.called, st->picked.course));
	return TURN_DRAW;
}

static enum turn
kitchen_move_to(struct session *s, struct kitchen_screen *st, int64_t i)
{
	char	name[STATION_NAME];
	int	r;

	(void)str_copy(name, sizeof(name), st->stations[i].name);
	if ((r = kitchen_move(st->shop, st->at.id, &st->picked,
	    st->stations[i].id)) != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	session_say(s, _("%s: at %s now"), kitchen_named(st,
	    st->picked.called, st->picked.course), name);
	return TURN_DRAW;
}

static enum turn
kitchen_transfer(struct session *s, struct kitchen_screen *st,
    const struct kitchen_ticket *t)
{
	const char	*labels[STATIONS];
	size_t		 n;

	kitchen_pick(st, t);
	if (kitchen_stations(st) != 0 || st->nstations < 2) {
		return kitchen_refused(s, st, err_set(ERR_EMPTY,
		    _("there is no other station with a display")));
	}
	for (n = 0; n < st->nstations && n < STATIONS; n++) {
		labels[n] = st->stations[n].name;
	}
	return session_choose(s, ASK_TO, _("Who makes it?"), labels, n);
}

/* A tile's digit, with what is to be done to it. */
static enum turn
kitchen_digit(struct session *s, struct kitchen_screen *st, int digit)
{
	enum verb		 verb = st->verb;
	const struct tile	*tile = &st->tiles[digit - 1];
	ptrdiff_t		 at = kitchen_ticket_of(st, tile);
	const struct kitchen_ticket *t;

	st->verb = VERB_READY;
	if (tile->sale != 0 && at < 0 && verb == VERB_READY) {
		return kitchen_undo(s, st, tile);
	}
	if (at < 0) {
		session_warn(s, _("%d: no ticket stands there"), digit);
		session_beep(s);
		return TURN_KEEP;
	}
	if (tile->given != 0 && session_boot_ms(s) - tile->given < NEW_MS) {
		session_warn(s, _("%d is %s since this moment: look, then "
		    "press it"), digit, tile->called);
		session_beep(s);
		return TURN_KEEP;
	}
	t = &st->board.tickets[at];
	switch (verb) {
	case VERB_START:
		return kitchen_start(s, st, t);
	case VERB_PART:
		return kitchen_part(s, st, t);
	case VERB_MOVE:
		return kitchen_transfer(s, st, t);
	case VERB_FIRST:
		return kitchen_before(s, st, t);
	default:
		return kitchen_ready(s, st, digit - 1);
	}
}

static enum turn
kitchen_station(struct session *s, struct kitchen_screen *st, int digit)
{
	int	r;

	if (digit > (int)st->nstations) {
		session_beep(s);
		return TURN_STAY;
	}
	kitchen_at(st, &st->stations[digit - 1]);
	if ((r = station_stay(st->shop, st->at.id)) != 0 ||
	    (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	return TURN_DRAW;
}

static enum turn
kitchen_press(struct session *s, void *state, uint32_t ch)
{
	/* The decimal key of half the number pads is a comma. */
	static const struct {
		char		letter;
		enum verb	verb;
	} letters[] = { { ',', VERB_START }, { 's', VERB_START },
	    { 't', VERB_MOVE }, { 'p', VERB_FIRST } };
	struct kitchen_screen	*st = state;

	st->touched = session_boot_ms(s);
	if (st->totals) {
		st->totals = false;
		return TURN_DRAW;
	}
	if (ch == 'a' && st->at.id != 0) {
		st->totals = true;
		return TURN_DRAW;
	}
	for (size_t i = 0; st->at.id != 0 && i < NELEM(letters); i++) {
		if (ch == (uint32_t)letters[i].letter) {
			st->verb = letters[i].verb;
			return TURN_DRAW;
		}
	}
	if (ch < '1' || ch > '9') {
		return TURN_STAY;
	}
	return st->at.id == 0 ? kitchen_station(s, st, (int)(ch - '0')) :
	    kitchen_digit(s, st, (int)(ch - '0'));
}

/* ":ready 3", or the digit is still to come. */
static enum turn
kitchen_verb(struct session *s, struct kitchen_screen *st, enum verb verb,
    const char *rest)
{
	int64_t	digit;

	st->verb = verb;
	if (*rest == '\0') {
		return TURN_DRAW;
	}
	if (str_to_i64(rest, 1, TILES, &digit) != 0) {
		st->verb = VERB_READY;
		session_warn(s, _("a number from %d to %d"), 1, TILES);
		return TURN_KEEP;
	}
	return kitchen_digit(s, st, (int)digit);
}

/* Another page; all stand in their order again. */
static enum turn
kitchen_turn(struct session *s, struct kitchen_screen *st, int step)
{
	int	pages = kitchen_pages(st);

	st->page = (st->page + step + pages) % pages;
	kitchen_settle(s, st, true);
	return TURN_DRAW;
}

static const enum action kitchen_more[] = { ACT_KITCHEN_START,
    ACT_KITCHEN_PART, ACT_KITCHEN_MOVE, ACT_KITCHEN_FIRST,
    ACT_KITCHEN_COUNTS, ACT_KITCHEN };

/* What a number pad has no key for. */
static enum turn
kitchen_enter(struct session *s, void *state, const char *text)
{
	struct kitchen_screen	*st = state;
	const char		*labels[NELEM(kitchen_more)];

	st->touched = session_boot_ms(s);
	if (*text != '\0' || st->at.id == 0) {
		return TURN_STAY;
	}
	if (st->totals || st->verb != VERB_READY) {
		st->totals = false;
		st->verb = VERB_READY;
		return TURN_DRAW;
	}
	for (size_t i = 0; i < NELEM(kitchen_more); i++) {
		labels[i] = action_label(kitchen_more[i]);
	}
	return session_choose(s, ASK_VERB, _("What else?"), labels,
	    NELEM(kitchen_more));
}

static enum turn
kitchen_other(struct session *s, struct kitchen_screen *st, const char *rest)
{
	int	r = kitchen_begin(st, &(struct kitchen_arg){ .name = rest });

	if (r != 0 || (r = kitchen_again(s, st)) != 0) {
		return kitchen_refused(s, st, r);
	}
	return TURN_DRAW;
}

static enum turn
kitchen_back(struct session *s, struct kitchen_screen *st)
{
	if (st->totals || st->verb != VERB_READY) {
		st->totals = false;
		st->verb = VERB_READY;
		return TURN_DRAW;
	}
	return app_home(st->shop) == &screen_kitchen ?
	    session_confirm(s, ASK_LEAVE, false, _("Sign out?")) :
	    session_pop(s, false, 0, "");
}

static enum turn
kitchen_station_act(struct session *s, struct kitchen_screen *st,
    enum action act, const char *rest)
{
	switch (act) {
	case ACT_KITCHEN_READY:
		return kitchen_verb(s, st, VERB_READY, rest);
	case ACT_KITCHEN_START:
		return kitchen_verb(s, st, VERB_START, rest);
	case ACT_KITCHEN_PART:
		return kitchen_verb(s, st, VERB_PART, rest);
	case ACT_KITCHEN_MOVE:
		return kitchen_verb(s, st, VERB_MOVE, rest);
	case ACT_KITCHEN_FIRST:
		return kitchen_verb(s, st, VERB_FIRST, rest);
	case ACT_KITCHEN_COUNTS:
		st->totals = true;
		return TURN_DRAW;
	case ACT_PGDN:
		return kitchen_turn(s, st, 1);
	case ACT_PGUP:
		return kitchen_turn(s, st, -1);
	case ACT_UNDO:
		if (st->verb != VERB_READY) {
			st->verb = VERB_READY;
			return TURN_DRAW;
		}
		return kitchen_undo(s, st, NULL);
	default:
		return TURN_PASS;
	}
}

static enum turn
kitchen_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct kitchen_screen	*st = state;
	enum turn		 turn;
	bool			 totals = st->totals;

	st->touched = session_boot_ms(s);
	switch (act) {
	case ACT_BACK:
		return kitchen_back(s, st);
	case ACT_KITCHEN:
		return kitchen_other(s, st, rest);
	case ACT_REFRESH:
		st->board.seen = 0;
		return kitchen_again(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	default:
		if (st->at.id == 0) {
			return TURN_PASS;
		}
		/* Nothing is done to what the counts hide. */
		turn = totals && *rest == '\0' ? TURN_PASS :
		    kitchen_station_act(s, st, act, rest);
		if (totals && turn == TURN_PASS) {
			st->totals = false;
			turn = TURN_DRAW;
		}
		return turn;
	}
}

static enum turn
kitchen_key(struct session *s, void *state, struct key key)
{
	struct kitchen_screen	*st = state;

	st->touched = session_boot_ms(s);
	switch (st->at.id == 0 ? K_NONE : key.code) {
	case K_PGDN:
	case K_DOWN:
	case K_RIGHT:
		return kitchen_turn(s, st, 1);
	case K_PGUP:
	case K_UP:
	case K_LEFT:
		return kitchen_turn(s, st, -1);
	default:
		return TURN_PASS;
	}
}

static enum turn
kitchen_resume(struct session *s, void *state, const struct answer *a)
{
	struct kitchen_screen	*st = state;

	if (a->tag == ASK_LEAVE) {
		return a->ok ? app_leave(s) : TURN_DRAW;
	}
	if (!a->ok || a->value < 0) {
		return kitchen_again(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	}
	switch (a->tag) {
	case ASK_LINE:
		return kitchen_part_done(s, st, a->value);
	case ASK_TO:
		return kitchen_move_to(s, st, a->value);
	case ASK_VERB:
		return kitchen_act(s, st, kitchen_more[a->value], "");
	default:
		return kitchen_again(s, st) == 0 ? TURN_DRAW : TURN_STAY;
	}
}

static enum turn
kitchen_news(struct session *s, void *state, unsigned topics)
{
	struct kitchen_screen	*st = state;
	bool			 news;

	(void)topics;
	if (kitchen_read(s, st, &news) != 0) {
		return TURN_STAY;
	}
	kitchen_timer(s, st);
	if (news) {
		session_beep(s);
	}
	return TURN_DRAW;
}

/* All clocks at once, from what was read already; what came in parts is read
 * as a whole then. */
static enum turn
kitchen_tick(struct session *s, void *state)
{
	struct kitchen_screen	*st = state;
	int64_t			 boot = session_boot_ms(s);
	int64_t			 now = session_now_ms(s) / 60000 * 60000;

	if (st->board.parts && now != st->now) {
		st->board.seen = 0;
		(void)kitchen_news(s, st, 0);
	}
	st->now = now;
	kitchen_settle(s, st, false);
	kitchen_timer(s, st);
	if (boot - st->touched >= REPAINT_MS) {
		st->touched = boot;
		session_redraw(s);
	}
	return TURN_DRAW;
}

static const struct binding kitchen_keys[] = {
	{ ACT_UNDO, K_NONE, '0', N_("Recall") },
	{ ACT_KITCHEN_START, K_NONE, '.', NULL },
	{ ACT_KITCHEN_PART, K_NONE, '/', NULL },
	{ ACT_KITCHEN_COUNTS, K_NONE, '*', NULL },
	{ ACT_PGDN, K_NONE, '+', NULL },
	{ ACT_PGUP, K_NONE, '-', NULL },
	{ ACT_KITCHEN_READY, K_NONE, 0, NULL },
	{ ACT_KITCHEN_MOVE, K_NONE, 0, NULL },
	{ ACT_KITCHEN_FIRST, K_NONE, 0, NULL },
	{ ACT_KITCHEN, K_NONE, 0, N_("Station") },
	{ ACT_SOLD_OUT, K_NONE, 0, NULL },
	{ ACT_SELF, K_NONE, 0, NULL },
	{ ACT_SWITCH_USER, K_NONE, 0, NULL },
	{ 0 }
};

const struct screen screen_kitchen = {
	.name = "kitchen",
	.title = N_("KITCHEN"),
	.right = "kitchen",
	.help = N_("What this station has to make, the oldest first, each "
	    "ticket with its digit.  The digit says that it is ready; where "
	    "something was cancelled or changed it says first that this was "
	    "seen.  For three seconds the digit takes it back, and 0 takes "
	    "back the last one at any time, then the one before.  . and a "
	    "digit: somebody makes it; / and a digit: one dish of it is "
	    "ready; * counts all that is to be made; + and - turn the page.  "
	    "Enter has the rest: another station makes it, this table "
	    "first, another station's tickets.  A star before a dish says "
	    "that it was started; what waits is not to be made yet."),
	.topics = 1U << TOPIC_KITCHEN | 1U << TOPIC_TABLE,
	.flags = SCREEN_DIRECT | SCREEN_NOLOCK | SCREEN_DIGITS,
	.state_size = sizeof(struct kitchen_screen),
	.keys = kitchen_keys,
	.open = kitchen_open,
	.layout = kitchen_layout,
	.draw = kitchen_draw,
	.head = kitchen_head,
	.prompt = kitchen_prompt,
	.key = kitchen_key,
	.press = kitchen_press,
	.enter = kitchen_enter,
	.act = kitchen_act,
	.resume = kitchen_resume,
	.news = kitchen_news,
	.tick = kitchen_tick,
	.close = kitchen_close,
};
