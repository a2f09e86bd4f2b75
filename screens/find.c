/* SPDX-License-Identifier: ISC */
/* The catalogue as one long list: scroll it, or type and it narrows. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/browse.h"
#include "shop/ean.h"
#include "term/widgets.h"

#define FIND_MOST	500	/* matches kept of a search */

struct find_screen {
	struct shop	*shop;
	struct product	*rows;		/* FIND_MOST of them */
	int		 n;
	bool		 searching;	/* rows are matches, not a page */
	struct list	 list;
};

static const struct column find_columns[] = {
	{ N_("Code"), 8, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Price"), 10, true, 0 },
	{ N_("Stock"), 10, true, 60 },
	{ 0 }
};

static int
find_count(struct session *s, void *ctx, int64_t *n)
{
	struct find_screen	*st = ctx;

	(void)s;
	if (st->searching) {
		*n = st->n;
		return 0;
	}
	return browse_count(st->shop, n);
}

static int
find_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	struct find_screen	*st = ctx;
	const struct product	*row = st->rows;
	int			 r, got = n;

	(void)s;
	if (st->searching) {
		row += from;
		got = from + n > st->n ? st->n - (int)from : n;
	} else if ((r = browse_page(st->shop, from,
	    n > FIND_MOST ? FIND_MOST : n, st->rows, &got)) != 0) {
		return r;
	}
	for (int i = 0; i < got; i++, row++) {
		list_add(into, row->id, STYLE_NORMAL, "%s\t%s\t%s\t%s",
		    row->code, row->name, app_money(st->shop, row->price),
		    app_stock(st->shop, row));
	}
	return 0;
}

static int
find_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	struct find_screen	*st = ctx;

	(void)s;
	*at = -1;
	if (!st->searching) {
		return browse_place(st->shop, id, at);
	}
	for (int i = 0; i < st->n; i++) {
		if (st->rows[i].id == id) {
			*at = i;
		}
	}
	return 0;
}

static const struct list_source find_source = {
	find_count, find_fetch, find_find
};

static bool
find_impatient(void *ctx)
{
	return session_pressed(ctx);
}

/* `live`: who types on does not wait for it. */
static int
find_words(struct session *s, struct find_screen *st, const char *words,
    bool live)
{
	int	r;

	while (*words == ' ') {
		words++;
	}
	st->searching = *words != '\0';
	if (st->searching && (r = product_search_until(st->shop, words,
	    FIND_MOST, live ? find_impatient : NULL, s, st->rows,
	    &st->n)) != 0) {
		st->n = 0;
		return r;
	}
	/* Other words, another list: the best match is its first row. */
	st->list.id = 0;
	st->list.at = 0;
	st->list.top = 0;
	return list_reload(s, &st->list);
}

static int
find_open(struct session *s, void *state, const void *arg)
{
	struct find_screen	*st = state;
	const char		*words = arg != NULL ? arg : "";
	int			 r;

	st->shop = session_shop(s);
	st->rows = xcalloc(FIND_MOST, sizeof(*st->rows));
	list_init(&st->list, find_columns, &find_source, st);
	st->list.headed = true;
	session_set_entry(s, words);
	/* A pattern that is none stands on the entry line, to be mended. */
	if ((r = find_words(s, st, words, false)) != 0) {
		(void)session_fail(s, r);
	}
	return 0;
}

static void
find_close(struct session *s, void *state)
{
	struct find_screen	*st = state;

	app_keep(s, "find", 0);
	list_done(&st->list);
	free(st->rows);
}

static void
find_layout(struct session *s, void *state, int rows, int cols)
{
	struct find_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
find_draw(const void *state, struct canvas *c)
{
	const struct find_screen	*st = state;

	if (st->list.count == 0) {
		canvas_put(c, 1, 4, STYLE_NORMAL, st->searching ?
		    _("Nothing has a word that begins so.") :
		    _("The catalogue is empty; product add fills it."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
find_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct find_screen	*st = state;

	(void)typed;
	if (st->searching && st->n > 0) {
		(void)str_fmt(out, size, st->n == FIND_MOST ?
		    _("the first %d; Enter takes it") :
		    _("%d found; Enter takes it"), st->n);
	} else {
		(void)str_copy(out, size,
		    _("words, or /pattern/; Enter takes it"));
	}
}

static enum turn
find_key(struct session *s, void *state, struct key key)
{
	struct find_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
find_typed(struct session *s, void *state, const char *text)
{
	struct find_screen	*st = state;

	if (text[0] == '/' && (strlen(text) < 3 ||
	    text[strlen(text) - 1] != '/')) {
		return TURN_STAY;	/* a pattern half typed */
	}
	/* A pattern that is none is said when it is entered. */
	return find_words(s, st, text, true) == 0 ? TURN_DRAW : TURN_STAY;
}

static enum turn
find_enter(struct session *s, void *state, const char *text)
{
	struct find_screen	*st = state;
	struct product		 product;
	int64_t			 id = list_chosen(&st->list);
	int			 r;

	if (*text != '\0' && product_find(st->shop, text, &product) == 0) {
		/* With its text: a label says how much of it. */
		return session_pop(s, true, product.id, text);
	}
	if (text[0] == '/' && (r = find_words(s, st, text, false)) != 0) {
		return session_fail(s, r);
	}
	if (id == 0 || scan_is(text, st->shop->set.scan_prefix)) {
		session_warn(s, _("nothing to take; mend the words or Esc"));
		session_beep(s);
		return TURN_KEEP;
	}
	return session_pop(s, true, id, "");
}

static enum turn
find_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct find_screen	*st = state;
	char			 code[PRODUCT_CODE] = "";
	struct product		 product;

	if (act == ACT_FIND) {
		session_set_entry(s, rest);
		return find_typed(s, state, rest);
	}
	if (act != ACT_PRODUCT || *rest != '\0') {
		return TURN_PASS;
	}
	if (product_get(st->shop, list_chosen(&st->list), &product) == 0) {
		(void)str_copy(code, sizeof(code), product.code);
	}
	return session_push(s, &screen_product, code);
}

static const struct binding find_keys[] = {
	{ ACT_PRODUCT, K_F3, 'k', NULL },
	{ 0 }
};

const struct screen screen_find = {
	.name = "find",
	.title = N_("FIND"),
	.right = "look",
	.help = N_("The whole catalogue in order of code.  Type the first "
	    "letters of words and it narrows: \"cro mon\" finds "
	    "Croque-monsieur.  Between slashes it is a pattern: /^th.*vert/. "
	    "The arrows choose, Enter takes, F3 shows all about it."),
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct find_screen),
	.keys = find_keys,
	.open = find_open,
	.layout = find_layout,
	.draw = find_draw,
	.prompt = find_prompt,
	.key = find_key,
	.typed = find_typed,
	.enter = find_enter,
	.act = find_act,
	.close = find_close,
};
