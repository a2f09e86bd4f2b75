/* SPDX-License-Identifier: ISC */
/* One ticket of the kitchen's display: what nobody may miss comes first, and
 * every state is a word. */
#include "screens/kitchen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "shop/shop.h"
#include "shop/catalogue.h"

/* A tile being filled: the next row, and lines that found no room. */
struct filling {
	struct canvas	*c;
	char		 mark;		/* of decimals */
	int		 row;
	size_t		 hidden;	/* with nothing else on the last row */
	bool		 full;
};

int
tile_minutes(const struct kitchen_ticket *t, int64_t now)
{
	int64_t	minutes = now / 60000 - t->since / 60000;

	return minutes < 0 ? 0 : minutes > 999 ? 999 : (int)minutes;
}

void
tile_line(const struct kitchen_line *l, char mark, char *out, size_t size)
{
	char	qty[MONEY_TEXT];

	qty_plain(mark, l->qty, qty);
	(void)str_fmt(out, size, "%s%s %s%s%s%s%s", l->state ==
	    KITCHEN_VOIDED ? _("CANCELLED ") : !l->told ? _("CHANGED ") : "",
	    qty, l->label, l->words[0] == '\0' ? "" : ", ", l->words,
	    l->note[0] == '\0' ? "" : "  ! ", l->note);
}

/* Reverse from edge to edge, so that it is one block. */
static void
tile_block(struct filling *f, int rows)
{
	char	blank[256];
	int	cols = canvas_cols(f->c);

	(void)str_fmt(blank, sizeof(blank), "%*s", cols < 255 ? cols : 255,
	    "");
	for (int i = 0; i < rows; i++) {
		(void)canvas_put(f->c, f->row + i, 0, STYLE_SHOUT, blank);
	}
}

/* Nearly all of it fits its row. */
static void
tile_text(struct filling *f, int col, enum style style, const char *text)
{
	if (text[0] != '\0' && canvas_width(f->c, text) <= canvas_cols(f->c) -
	    col && strchr(text, '\n') == NULL) {
		(void)canvas_put(f->c, f->row++, col, style, text);
	} else {
		f->row += canvas_wrap(f->c, f->row, col, style, text);
	}
}

/* How long it has been there, or the hour it is promised for: what is taken
 * away or brought is late when that has come.  How pressing it is. */
static enum style
tile_age(const struct tile_view *v, char *out, size_t size)
{
	const struct kitchen_ticket	*t = v->ticket;
	int				 minutes = tile_minutes(t, v->now);
	char				 at[16] = "", day[CLOCK_DAY_SIZE];
	char				 today[CLOCK_DAY_SIZE];

	if (t->promised != 0) {
		clock_business_day(t->promised, 0, day);
		clock_business_day(v->now, 0, today);
		clock_local(t->promised, strcmp(day, today) == 0 ? "%H:%M" :
		    "%d/%m %H:%M", at, sizeof(at));
		minutes = t->late - (int)(t->promised / 60000 -
		    v->now / 60000);
	}
	if (!t->live) {
		(void)str_copy(out, size, _("waits"));
		return STYLE_NORMAL;
	}
	if (at[0] != '\0') {
		(void)str_fmt(out, size, minutes >= t->late ? _("%s LATE") :
		    _("for %s"), at);
	} else {
		(void)str_fmt(out, size, minutes >= t->late ?
		    _("%d min LATE") : _("%d min"), minutes);
	}
	return minutes >= t->late ? STYLE_SHOUT : minutes >= t->warn ?
	    STYLE_BOLD : STYLE_NORMAL;
}

/* "1 T12  4c          12 min" */
static void
tile_head(struct filling *f, const struct tile_view *v)
{
	const struct kitchen_ticket	*t = v->ticket;
	int		 cols = canvas_cols(f->c), width;
	char		 age[48], name[80];
	enum style	 aged = tile_age(v, age, sizeof(age));
	enum style	 style = aged == STYLE_SHOUT ? STYLE_SHOUT :
			    t->live ? STYLE_BOLD : STYLE_DIM;
	struct canvas	 part;

	if (aged == STYLE_SHOUT) {
		tile_block(f, 1);
	}
	width = canvas_width(f->c, age);
	(void)canvas_put(f->c, 0, cols - width, aged, age);
	if (t->covers > 0) {
		(void)str_fmt(name, sizeof(name), _("%d %s  %dc"), v->digit,
		    t->called, t->covers);
	} else {
		(void)str_fmt(name, sizeof(name), "%d %s", v->digit,
		    t->called);
	}
	if (canvas_width(f->c, name) > cols - width - 1) {
		(void)str_fmt(name, sizeof(name), "%d %s", v->digit,
		    t->called);
	}
	part = canvas_part(f->c, (struct canvas_box){ .rows = 1,
	    .cols = cols - width - 1 });
	(void)canvas_put(&part, 0, 0, style, name);
	f->row = 1;
}

/* "RUSH  Plats  started  Julie", and which way it leaves the house. */
static void
tile_state(struct filling *f, const struct tile_view *v)
{
	const struct kitchen_ticket	*t = v->ticket;
	enum style	 plain = t->live ? STYLE_NORMAL : STYLE_DIM;
	int		 col = 0, cols = canvas_cols(f->c), width;
	char		 out[SERVING_OUT];

	if (t->rush) {
		col = canvas_put(f->c, f->row, col, STYLE_SHOUT, _("RUSH")) +
		    1;
	}
	if (v->course[0] != '\0') {
		col = canvas_put(f->c, f->row, col, t->live ? STYLE_BOLD :
		    STYLE_DIM, v->course) + 1;
	}
	/* Its hour stands above, where it is to be made now. */
	kitchen_way(t, !t->live, out, sizeof(out));
	if (out[0] != '\0') {
		col = canvas_put(f->c, f->row, col, t->moded && t->untold ?
		    STYLE_SHOUT : STYLE_BOLD, out) + 1;
	}
	if (t->live && t->state == KITCHEN_STARTED) {
		col = canvas_put(f->c, f->row, col, plain,
		    kitchen_state_text(t->state)) + 1;
	}
	width = canvas_width(f->c, t->server);
	if (col + width <= cols) {
		(void)canvas_put(f->c, f->row, cols - width, plain,
		    t->server);
	}
	f->row++;
}

static void
tile_warnings(struct filling *f, const struct kitchen_ticket *t)
{
	struct canvas	 away;
	char		*text;
	int		 rows;

	if (t->allergies[0] != '\0') {
		text = xasprintf(_("!! ALLERGY %s"), t->allergies);
		/* Measured where nothing is seen, then in its block. */
		away = canvas_part(f->c, (struct canvas_box){
		    .cols = canvas_cols(f->c) });
		rows = canvas_wrap(&away, 0, 0, STYLE_SHOUT, text);
		tile_block(f, rows);
		tile_text(f, 0, STYLE_SHOUT, text);
		free(text);
	}
	if (t->message[0] != '\0') {
		text = xasprintf("\"%s\"", t->message);
		tile_text(f, 0, STYLE_BOLD, text);
		free(text);
	}
}

/* What was sent later stands under a rule with its time. */
static void
tile_more(struct filling *f, const struct kitchen_line *l)
{
	char	at[16];
	int	col, cols = canvas_cols(f->c);

	clock_local(l->sent_at, "%H:%M", at, sizeof(at));
	col = canvas_fmt(f->c, f->row, 0, STYLE_BOLD, "+ %s ", at);
	canvas_rule(f->c, f->row, col, cols - col, '-');
	f->row++;
}

/* The dish, quantity first; its words below, further in. */
static void
tile_dish(struct filling *f, const struct kitchen_ticket *t,
    const struct kitchen_line *l)
{
	enum style	 plain = t->live ? STYLE_NORMAL : STYLE_DIM;
	enum style	 style = t->live ? STYLE_BOLD : STYLE_DIM;
	char		 qty[MONEY_TEXT], text[256], seat[16] = "";
	char		 has[ALLERGEN_TEXT];
	const char	*dish = l->label;
	int		 col = 1;

	qty_plain(f->mark, l->qty, qty);
	if (l->seat > 0) {
		(void)str_fmt(seat, sizeof(seat), " #%d", l->seat);
	}
	if (l->state == KITCHEN_STARTED) {
		(void)canvas_put(f->c, f->row, 0, STYLE_BOLD, "*");
	}
	if (l->told) {
		col = canvas_put(f->c, f->row, col, style, qty) + 1;
	} else {
		style = STYLE_SHOUT;
	}
	if (!l->told || l->seat > 0) {
		(void)str_fmt(text, sizeof(text), "%s%s%s%s%s", l->told ? "" :
		    l->state == KITCHEN_VOIDED ? _("CANCELLED ") :
		    _("CHANGED "), l->told ? "" : qty, l->told ? "" : " ",
		    l->label, seat);
		dish = text;
	}
	tile_text(f, col, style, dish);
	if (l->harms != 0) {
		allergens_text(l->harms, has);
		(void)str_fmt(text, sizeof(text), _("!! HAS %s"), has);
		tile_text(f, 3, STYLE_SHOUT, text);
	}
	if (l->words[0] != '\0') {
		tile_text(f, 4, !l->told ? STYLE_SHOUT : plain, l->words);
	}
	if (l->note[0] != '\0') {
		(void)str_fmt(text, sizeof(text), "! %s", l->note);
		tile_text(f, 3, !l->told ? STYLE_SHOUT : STYLE_BOLD, text);
	}
}

static void
tile_lines(struct filling *f, const struct kitchen_ticket *t, int room)
{
	int64_t	block = t->n > 0 ? t->lines[0].sent_at : 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct kitchen_line	*l = &t->lines[i];

		if (l->more && l->sent_at != block) {
			tile_more(f, l);
			block = l->sent_at;
		}
		tile_dish(f, t, l);
		f->full = f->full || f->row > room;
		if (f->row >= room) {
			f->hidden++;
		}
	}
}

void
tile_draw(struct canvas *c, const struct tile_view *v)
{
	const struct kitchen_ticket	*t = v->ticket;
	struct filling			 f = { .c = c,
					    .mark = v->mark };
	int				 rows = canvas_rows(c);
	char				 text[160];

	tile_head(&f, v);
	tile_state(&f, v);
	tile_warnings(&f, t);
	tile_lines(&f, t, rows);
	if (f.full) {
		canvas_clear(c, rows - 1, 1);
		/* With the keys that show it whole. */
		(void)str_fmt(text, sizeof(text), ngettext("… %zu more: / %d",
		    "… %zu more: / %d", (unsigned long)f.hidden), f.hidden,
		    v->digit);
		f.row = rows - 1;
		tile_block(&f, 1);
		(void)canvas_put(c, rows - 1, 1, STYLE_SHOUT, text);
		return;
	}
	if (t->elsewhere[0] != '\0' && f.row < rows) {
		(void)str_fmt(text, sizeof(text), _("also at: %s"),
		    t->elsewhere);
		(void)canvas_put(c, f.row, 1, STYLE_DIM, text);
	}
}
