/* SPDX-License-Identifier: ISC */
/* One choice after the other: a number picks, Enter goes on.  Over the sale,
 * in as many rows as there is to choose from. */
#include "screens/choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/variant.h"

#define CHOOSE_ITEMS	99

struct choose_item {
	int64_t		 id;		/* choice; unused for a size */
	const char	*label;
	int64_t		 price;		/* supplement, or the variant's */
	bool		 priced, tracked;
	int64_t		 stock;
};

struct choose_screen {
	struct shop		*shop;
	struct product		 product;
	int64_t			 qty;
	bool			 variants;
	struct option_set	 set;
	struct variant_set	 sizes;
	size_t			 at, nsteps;
	const char		*first;		/* value of the first axis */
	int64_t			 picks[OPTION_PICKS];
	size_t			 npicks;
	struct choose_item	 item[CHOOSE_ITEMS];
	size_t			 nitems, top;
	int			 height;
};

size_t
choose_picks(const char *text, int64_t picks[static OPTION_PICKS])
{
	size_t	n = 0;
	char	*end;

	for (; *text != '\0' && n < OPTION_PICKS;
	    text = end + strspn(end, " ")) {
		picks[n++] = strtoll(text, &end, 10);
	}
	return n;
}

/* ---- what there is to choose from ---------------------------------------- */

static void
choose_sizes(struct choose_screen *st)
{
	const char	*values[CHOOSE_ITEMS];

	variant_values(&st->sizes, st->at, st->first, values, CHOOSE_ITEMS,
	    &st->nitems);
	for (size_t i = 0; i < st->nitems; i++) {
		struct choose_item	*x = &st->item[i];
		const struct variant	*v = NULL;

		*x = (struct choose_item){ .label = values[i] };
		if (st->at + 1 == st->nsteps) {
			v = st->nsteps == 1 ?
			    variant_find(&st->sizes, values[i], "") :
			    variant_find(&st->sizes, st->first, values[i]);
		}
		if (v != NULL) {
			x->priced = true;
			x->price = v->price;
			x->tracked = v->tracked;
			x->stock = v->stock;
		}
	}
}

static void
choose_options(struct choose_screen *st)
{
	const struct option_group	*g = &st->set.group[st->at];

	st->nitems = g->n < CHOOSE_ITEMS ? g->n : CHOOSE_ITEMS;
	for (size_t i = 0; i < st->nitems; i++) {
		const struct option_choice	*c;

		c = &st->set.choice[g->first + i];
		st->item[i] = (struct choose_item){ .id = c->id,
			.label = c->name, .price = c->price,
			.priced = c->price > 0, .tracked = c->tracked,
			.stock = c->stock };
	}
}

static void
choose_step(struct session *s, struct choose_screen *st, size_t at)
{
	st->at = at;
	st->top = 0;
	if (st->variants) {
		choose_sizes(st);
	} else {
		choose_options(st);
	}
	if (screen_choose.layout != NULL) {
		screen_choose.layout(s, st, session_rows(s),
		    session_cols(s));
	}
}

static const char *
choose_name(const struct choose_screen *st)
{
	return st->variants ? st->sizes.axis[st->at] :
	    st->set.group[st->at].name;
}

static void
choose_bounds(const struct choose_screen *st, int64_t *least, int64_t *most)
{
	*least = *most = 1;
	if (!st->variants) {
		*least = st->set.group[st->at].least;
		*most = st->set.group[st->at].most;
	}
}

static bool
choose_has(const struct choose_screen *st, int64_t id)
{
	for (size_t i = 0; i < st->npicks; i++) {
		if (st->picks[i] == id) {
			return true;
		}
	}
	return false;
}

static int64_t
choose_count(const struct choose_screen *st)
{
	return st->variants ? 0 :
	    option_count(&st->set, st->at, st->picks, st->npicks);
}

/* ---- the contract -------------------------------------------------------- */

/* The first step that still needs something. */
static size_t
choose_first(const struct choose_screen *st)
{
	for (size_t g = 0; g < st->set.ngroups; g++) {
		if (option_count(&st->set, g, st->picks, st->npicks) <
		    st->set.group[g].least) {
			return g;
		}
	}
	return 0;
}

static int
choose_open(struct session *s, void *state, const void *arg)
{
	struct choose_screen	*st = state;
	const struct choose_arg	*a = arg;
	int			 r;

	st->shop = session_shop(s);
	st->product = *a->product;
	st->qty = a->qty;
	st->variants = (a->product->choices & PRODUCT_VARIANTS) != 0;
	if (a->npicks > 0) {
		memcpy(st->picks, a->picks, a->npicks * sizeof(*a->picks));
		st->npicks = a->npicks;
	}
	r = st->variants ?
	    variant_load(st->shop, st->product.id, &st->sizes) :
	    option_load(st->shop, st->product.id, &st->set);
	if (r != 0) {
		return r;
	}
	st->nsteps = st->variants ? st->sizes.naxes : st->set.ngroups;
	if (st->nsteps == 0) {
		option_done(&st->set);
		variant_done(&st->sizes);
		return err_set(ERR_EMPTY, _("%s has no options"),
		    st->product.name);
	}
	choose_step(s, st, st->variants || a->again ? 0 : choose_first(st));
	return 0;
}

static void
choose_close(struct session *s, void *state)
{
	struct choose_screen	*st = state;

	(void)s;
	option_done(&st->set);
	variant_done(&st->sizes);
}

static void
choose_layout(struct session *s, void *state, int rows, int cols)
{
	struct choose_screen	*st = state;

	(void)s;
	(void)cols;
	st->height = (int)st->nitems < rows - 1 ? (int)st->nitems : rows - 1;
}

static void
choose_draw(const void *state, struct canvas *c)
{
	const struct choose_screen	*st = state;
	int				 row = canvas_rows(c) - st->height - 1;
	int				 cols = canvas_cols(c);
	int				 end = cols < 60 ? cols - 2 : 58;
	char				 text[64];

	canvas_clear(c, row, st->height + 1);
	canvas_fmt(c, row++, 1, STYLE_BOLD, "%s%s%s  %s  %zu/%zu",
	    st->qty != QTY_ONE ? app_qty(st->shop, st->qty) : "",
	    st->qty != QTY_ONE ? " " : "", st->product.name, choose_name(st),
	    st->at + 1, st->nsteps);
	for (size_t i = st->top; i < st->nitems &&
	    i < st->top + (size_t)st->height; i++, row++) {
		const struct choose_item	*x = &st->item[i];
		bool				 on = !st->variants &&
						    choose_has(st, x->id);

		canvas_put(c, row, 1, STYLE_MARKER, on ? "*" : " ");
		canvas_fmt(c, row, 2, STYLE_KEY, "%2zu", i + 1);
		canvas_cell(c, row, 5, end - (cols < 60 ? 12 : 22) - 5,
		    on ? STYLE_MARKER : STYLE_NORMAL, x->label);
		if (x->tracked && cols >= 60) {
			canvas_right(c, row, end - 12, 8, STYLE_DIM,
			    app_qty(st->shop, x->stock));
		}
		if (x->priced) {
			(void)str_fmt(text, sizeof(text), "%s%s",
			    st->variants ? "" : "+ ",
			    app_money(st->shop, x->price));
			canvas_right(c, row, end, 11, STYLE_NORMAL, text);
		}
	}
}

static void
choose_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct choose_screen	*st = state;
	int64_t				 least, most, has = choose_count(st);

	(void)typed;
	choose_bounds(st, &least, &most);
	if (has < least) {
		(void)str_fmt(out, size, ngettext("number, then Enter: choose "
		    "%lld", "numbers, then Enter: choose %lld",
		    (unsigned long)(least - has)), (long long)(least - has));
	} else if (st->at + 1 < st->nsteps) {
		(void)str_copy(out, size, _("Enter goes on, or a number"));
	} else {
		(void)str_copy(out, size, _("Enter takes it, or a number"));
	}
}

/* ---- choosing ------------------------------------------------------------ */

static enum turn
choose_refuse(struct session *s, int r)
{
	session_beep(s);
	return session_fail(s, r);
}

static enum turn
choose_done(struct session *s, struct choose_screen *st)
{
	char	text[OPTION_PICKS * 21] = "";
	int	r;

	if ((r = option_check(&st->set, st->picks, st->npicks)) != 0) {
		choose_step(s, st, choose_first(st));
		return choose_refuse(s, r);
	}
	for (size_t i = 0; i < st->npicks; i++) {
		size_t	n = strlen(text);

		(void)str_fmt(text + n, sizeof(text) - n, "%lld ",
		    (long long)st->picks[i]);
	}
	return session_pop(s, true, 0, text);
}

static enum turn
choose_on(struct session *s, struct choose_screen *st)
{
	int64_t	least, most, has = choose_count(st);

	choose_bounds(st, &least, &most);
	if (has < least) {
		return choose_refuse(s, err_set(ERR_EMPTY,
		    _("%s: choose %lld"), choose_name(st),
		    (long long)(least - has)));
	}
	if (st->at + 1 < st->nsteps) {
		choose_step(s, st, st->at + 1);
		return TURN_DRAW;
	}
	return choose_done(s, st);
}

static enum turn
choose_size(struct session *s, struct choose_screen *st, size_t i)
{
	const struct variant	*v;

	if (st->at + 1 < st->nsteps) {
		st->first = st->item[i].label;
		choose_step(s, st, st->at + 1);
		return TURN_DRAW;
	}
	v = st->nsteps == 1 ?
	    variant_find(&st->sizes, st->item[i].label, "") :
	    variant_find(&st->sizes, st->first, st->item[i].label);
	return v == NULL ? TURN_STAY : session_pop(s, true, v->product, "");
}

static void
choose_drop(struct choose_screen *st, int64_t id)
{
	size_t	n = 0;

	for (size_t i = 0; i < st->npicks; i++) {
		if (st->picks[i] != id) {
			st->picks[n++] = st->picks[i];
		}
	}
	st->npicks = n;
}

/* One more, or no more; in a group of one it takes the other's place. */
static int
choose_toggle(struct choose_screen *st, int64_t id)
{
	const struct option_choice	*other, *c = option_find(&st->set, id);
	int64_t				 least, most;

	choose_bounds(st, &least, &most);
	if (choose_has(st, id) && most > 1) {
		choose_drop(st, id);
		return 0;
	}
	if (most == 1) {
		for (size_t i = 0; i < st->nitems; i++) {
			choose_drop(st, st->item[i].id);
		}
	}
	if (choose_count(st) == most) {
		return err_set(ERR_RANGE, _("%s: %lld at most"),
		    choose_name(st), (long long)most);
	}
	if ((other = option_against(&st->set, id, st->picks,
	    st->npicks)) != NULL) {
		return err_set(ERR_INVALID, _("%s does not go with %s"),
		    c->name, other->name);
	}
	if (st->npicks < OPTION_PICKS) {
		st->picks[st->npicks++] = id;
	}
	return 0;
}

/* The only one whose name begins so. */
static size_t
choose_named(const struct choose_screen *st, const char *text)
{
	char	a[128], b[128];
	size_t	found = st->nitems;

	if (!utf8_fold(b, sizeof(b), text)) {
		return found;
	}
	for (size_t i = 0; i < st->nitems; i++) {
		if (utf8_fold(a, sizeof(a), st->item[i].label) &&
		    str_starts(a, b)) {
			if (found < st->nitems) {
				return st->nitems;
			}
			found = i;
		}
	}
	return found;
}

/* "2" or "1.3" or the beginning of a name: one of them, *text goes on. */
static bool
choose_read(const struct choose_screen *st, const char **text, size_t *i)
{
	size_t	digits = strspn(*text, "0123456789"), number = 0;

	*i = 0;
	if (digits == 0) {
		*i = choose_named(st, *text);
		*text += strlen(*text);
		return *i < st->nitems;
	}
	if (digits > 2) {
		return false;
	}
	for (size_t k = 0; k < digits; k++) {
		number = number * 10 + (size_t)((*text)[k] - '0');
	}
	*text += digits;
	*text += strspn(*text, "., ");
	*i = number - 1;
	return number >= 1 && number <= st->nitems;
}

static enum turn
choose_enter(struct session *s, void *state, const char *text)
{
	struct choose_screen	*st = state;
	enum turn		 turn = TURN_DRAW;
	int64_t			 least, most;
	size_t			 i;
	int			 r;

	if (*text == '\0') {
		return choose_on(s, st);
	}
	while (*text != '\0' && turn == TURN_DRAW) {
		if (!choose_read(st, &text, &i)) {
			return choose_refuse(s, err_set(ERR_INVALID,
			    st->at == 0 ?
			    ngettext("there is %zu choice; Esc leaves it "
			    "unsold", "1 to %zu; Esc leaves it unsold",
			    st->nitems) : ngettext("there is %zu choice; Esc "
			    "goes one question back",
			    "1 to %zu; Esc goes one question back",
			    st->nitems), st->nitems));
		}
		if (st->variants) {
			turn = choose_size(s, st, i);
			if (st->at == 0 || *text == '\0') {
				return turn;
			}
			continue;
		}
		if ((r = choose_toggle(st, st->item[i].id)) != 0) {
			return choose_refuse(s, r);
		}
		choose_bounds(st, &least, &most);
		/* What is complete goes on by itself. */
		if (choose_count(st) == most && most == 1) {
			bool	last = st->at + 1 == st->nsteps;

			turn = choose_on(s, st);
			if (last) {
				return turn;
			}
		}
	}
	return turn;
}

static enum turn
choose_key(struct session *s, void *state, struct key key)
{
	struct choose_screen	*st = state;
	size_t			 page = (size_t)st->height;

	(void)s;
	if (key.code == K_PGDN && st->top + page < st->nitems) {
		st->top += page;
	} else if (key.code == K_PGUP && st->top > 0) {
		st->top = st->top > page ? st->top - page : 0;
	} else {
		return TURN_PASS;
	}
	return TURN_DRAW;
}

/* One step back; out of the first one nothing is sold. */
static enum turn
choose_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct choose_screen	*st = state;

	(void)rest;
	if (act != ACT_BACK || st->at == 0) {
		return TURN_PASS;
	}
	choose_step(s, st, st->at - 1);
	return TURN_DRAW;
}

const struct screen screen_choose = {
	.name = "choose",
	.title = N_("CHOICE"),
	.help = N_("What this item comes in or with.  A number and Enter picks "
	    "one (also the beginning of its name, or several: 1.3); Enter "
	    "alone goes on to the next question and, after the last, takes "
	    "it.  * marks what is chosen; a number again takes it away.  "
	    "Esc goes one question back, and at the first leaves it unsold.  "
	    "Who knows the numbers types them with the code: 1050.2.3."),
	.flags = SCREEN_OVER,
	.state_size = sizeof(struct choose_screen),
	.open = choose_open,
	.layout = choose_layout,
	.draw = choose_draw,
	.prompt = choose_prompt,
	.key = choose_key,
	.enter = choose_enter,
	.act = choose_act,
	.close = choose_close,
};
