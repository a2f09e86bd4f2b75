/* SPDX-License-Identifier: ISC */
/* A manager arranges the quick keys: a page as the till shows it, every letter
 * of it in its place; Enter changes the one that is marked. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/sale.h"
#include "screens/screens.h"
#include "shop/quickkey.h"
#include "term/widgets.h"

struct quickkeys_screen {
	struct shop	*shop;
	int64_t		 terminal;	/* 0: of all tills */
	struct quick	 quick;
	int		 place;		/* of the page shown */
	int		 mark;		/* 0 is a */
	int		 cols;
};

/* What the form of one key is told. */
struct quickkey_arg {
	int64_t			 terminal;
	int			 place, letter;
	const struct quick_key	*key;
};

static const struct quick_page *
quickkeys_page(const struct quickkeys_screen *st)
{
	for (size_t i = 0; i < st->quick.n; i++) {
		if (st->quick.pages[i].place == st->place) {
			return &st->quick.pages[i];
		}
	}
	return NULL;
}

static int
quickkeys_read(struct quickkeys_screen *st)
{
	struct quick	fresh;
	int		r = quick_load_own(st->shop, st->terminal, &fresh);

	if (r == 0) {
		quick_done(&st->quick);
		st->quick = fresh;
	}
	return r;
}

/* `arg`: "" those of all tills, anything else those of this one. */
static int
quickkeys_open(struct session *s, void *state, const void *arg)
{
	struct quickkeys_screen	*st = state;
	const char		*which = arg != NULL ? arg : "";

	st->shop = session_shop(s);
	st->terminal = *which == '\0' ? 0 : st->shop->who.terminal;
	st->place = 1;
	st->cols = session_cols(s);
	if (*which != '\0' && st->terminal == 0) {
		return err_set(ERR_NOT_FOUND, _("this terminal has no name; "
		    "its quick keys are those of all tills"));
	}
	return quickkeys_read(st);
}

static void
quickkeys_close(struct session *s, void *state)
{
	struct quickkeys_screen	*st = state;

	(void)s;
	quick_done(&st->quick);
}

static void
quickkeys_layout(struct session *s, void *state, int rows, int cols)
{
	struct quickkeys_screen	*st = state;

	(void)s;
	(void)rows;
	st->cols = cols;
}

static void
quickkeys_draw(const void *state, struct canvas *c)
{
	const struct quickkeys_screen	*st = state;
	const struct quick_page		*page = quickkeys_page(st);
	struct buf			 text = { 0 };
	int				 row = canvas_rows(c) >= 14 ? 1 : 0;

	canvas_fmt(c, row, 1, STYLE_BOLD, "%d  %s   (%s)", st->place,
	    page != NULL ? page->title : _("no page yet: F3 names it"),
	    st->terminal == 0 ? _("all tills") :
	    st->shop->who.terminal_name);
	if (page == NULL) {
		return;
	}
	row += canvas_rows(c) >= 14 ? 2 : 1;
	quick_grid(page, c, row, true, st->mark);
	row += quick_rows(page, canvas_cols(c), true);
	if (row < canvas_rows(c)) {
		quick_text(st->shop, &page->keys[st->mark], &text);
		canvas_cell(c, canvas_rows(c) - 1, 1, canvas_cols(c) - 2,
		    STYLE_DIM, buf_text(&text));
		buf_done(&text);
	}
}

static void
quickkeys_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	const struct quickkeys_screen	*st = state;

	(void)typed;
	if (quickkeys_page(st) == NULL) {
		(void)str_copy(out, size, _("Enter names the page"));
	} else {
		(void)str_fmt(out, size, _("Enter changes %c; a letter goes "
		    "there"), 'a' + st->mark);
	}
}

static enum turn
quickkeys_change(struct session *s, struct quickkeys_screen *st)
{
	const struct quick_page	*page = quickkeys_page(st);
	struct quickkey_arg	 arg = { .terminal = st->terminal,
				    .place = st->place, .letter = st->mark };

	if (page == NULL) {
		return session_ask(s, 1, false, _("Title of this page"), "");
	}
	arg.key = &page->keys[st->mark];
	return session_push(s, &screen_quickkey, &arg);
}

static enum turn
quickkeys_enter(struct session *s, void *state, const char *text)
{
	struct quickkeys_screen	*st = state;
	char			 letter = text[0];

	if (letter == '\0') {
		return quickkeys_change(s, st);
	}
	if (letter >= 'A' && letter <= 'Z') {
		letter = (char)(letter - 'A' + 'a');
	}
	if (letter < 'a' || letter > 'z' || text[1] != '\0') {
		session_warn(s, _("a key is a letter, a to z"));
		session_beep(s);
		return TURN_KEEP;
	}
	st->mark = letter - 'a';
	return quickkeys_change(s, st);
}

static enum turn
quickkeys_title(struct session *s, struct quickkeys_screen *st,
    const char *title)
{
	int	r = quick_page_put(st->shop, st->terminal, st->place, title);

	if (r == 0) {
		r = quickkeys_read(st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
quickkeys_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct quickkeys_screen	*st = state;
	const struct quick_page	*page = quickkeys_page(st);
	int			 r;

	switch (act) {
	case ACT_QUICK_PAGE:
		return *rest != '\0' ? quickkeys_title(s, st, rest) :
		    session_ask(s, 1, false, _("Title of this page"),
		    page != NULL ? page->title : "");
	case ACT_CLEAR:
		if (page == NULL || page->keys[st->mark].n == 0) {
			session_warn(s, _("nothing is on key %c"),
			    'a' + st->mark);
			return TURN_DRAW;
		}
		if ((r = quick_key_drop(st->shop, st->terminal, st->place,
		    (char)('a' + st->mark))) != 0 ||
		    (r = quickkeys_read(st)) != 0) {
			return session_fail(s, r);
		}
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
}

static enum turn
quickkeys_key(struct session *s, void *state, struct key key)
{
	struct quickkeys_screen	*st = state;
	int			 wide = quick_columns(st->cols), to = st->mark;

	switch (key.code) {
	case K_UP:
		to -= wide;
		break;
	case K_DOWN:
		to += wide;
		break;
	case K_LEFT:
		to--;
		break;
	case K_RIGHT:
		to++;
		break;
	case K_DELETE:
		return quickkeys_act(s, st, ACT_CLEAR, "");
	case K_PGUP:
		st->place -= st->place > 1 ? 1 : 0;
		return TURN_DRAW;
	case K_PGDN:
		st->place += (size_t)st->place <= st->quick.n ? 1 : 0;
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
	if (to >= 0 && to < QUICK_LETTERS) {
		st->mark = to;
	}
	return TURN_DRAW;
}

static enum turn
quickkeys_resume(struct session *s, void *state, const struct answer *a)
{
	struct quickkeys_screen	*st = state;
	int			 r;

	if (a->from == &screen_quickkey) {
		if ((r = quickkeys_read(st)) != 0) {
			return session_fail(s, r);
		}
		if (a->ok && st->mark + 1 < QUICK_LETTERS) {
			st->mark++;
		}
		return TURN_DRAW;
	}
	return a->ok && a->tag == 1 ? quickkeys_title(s, st, a->text) :
	    TURN_DRAW;
}

static enum turn
quickkeys_news(struct session *s, void *state, unsigned topics)
{
	(void)s;
	(void)topics;
	return quickkeys_read(state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding quickkeys_keys[] = {
	{ ACT_QUICK_PAGE, K_F3, 'p', NULL },
	{ ACT_CLEAR, K_NONE, 'v', NULL },
	{ 0 }
};

const struct screen screen_quickkeys = {
	.name = "quickkeys",
	.title = N_("QUICK KEYS"),
	.right = "quickkey",
	.help = N_("A page of quick keys as the till shows it: a letter is a "
	    "place.  The arrows choose one, or its letter and Enter; Enter "
	    "says what it sells.  Tab v, or Delete, empties it.  PgUp and PgDn "
	    "turn the pages; after the last one a new one begins.  F3 is the "
	    "title.  \":quickkeys here\" arranges the keys of this till "
	    "alone; a till that has none of its own has those of all tills."),
	.topics = 1U << TOPIC_QUICKKEY,
	.state_size = sizeof(struct quickkeys_screen),
	.keys = quickkeys_keys,
	.open = quickkeys_open,
	.layout = quickkeys_layout,
	.draw = quickkeys_draw,
	.prompt = quickkeys_prompt,
	.key = quickkeys_key,
	.enter = quickkeys_enter,
	.act = quickkeys_act,
	.resume = quickkeys_resume,
	.news = quickkeys_news,
	.close = quickkeys_close,
};

/* ---- one key ------------------------------------------------------------- */

struct quickkey_screen {
	struct shop	*shop;
	int64_t		 terminal;
	int		 place, letter;
	struct form	 form;
};

static int
quickkey_check(struct session *s, void *ctx, const char *text)
{
	(void)ctx;
	return quick_check(session_shop(s), text);
}

static const struct field quickkey_fields[] = {
	{ .name = "key", .label = N_("Key"), .kind = FIELD_SHOW },
	{ .name = "items", .label = N_("Sells"), .required = true,
	    .max = 200, .check = quickkey_check,
	    .hint = N_("2*1001; 1044 rare; 7@1.20") },
	{ .name = "label", .label = N_("Label"), .max = QUICK_LABEL,
	    .hint = N_("else the name of the first") },
};

static int
quickkey_open(struct session *s, void *state, const void *arg)
{
	struct quickkey_screen		*st = state;
	const struct quickkey_arg	*a = arg;
	struct buf			 text = { 0 };
	char				 letter[2];

	st->shop = session_shop(s);
	st->terminal = a->terminal;
	st->place = a->place;
	st->letter = a->letter;
	letter[0] = (char)('a' + a->letter);
	letter[1] = '\0';
	form_init(&st->form, quickkey_fields, NELEM(quickkey_fields), st);
	quick_text(st->shop, a->key, &text);
	form_set(&st->form, "key", letter);
	form_set(&st->form, "items", buf_text(&text));
	form_set(&st->form, "label", a->key->label);
	buf_done(&text);
	return 0;
}

static void
quickkey_close(struct session *s, void *state)
{
	(void)s;
	form_done(&((struct quickkey_screen *)state)->form);
}

static void
quickkey_layout(struct session *s, void *state, int rows, int cols)
{
	(void)s;
	(void)cols;
	form_layout(&((struct quickkey_screen *)state)->form, rows - 1);
}

static void
quickkey_draw(const void *state, struct canvas *c)
{
	const struct quickkey_screen	*st = state;

	form_draw(&st->form, c, canvas_rows(c) >= 14 ? 1 : 0);
}

static void
quickkey_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)typed;
	form_prompt(&((const struct quickkey_screen *)state)->form, out,
	    size);
}

static enum turn
quickkey_save(struct session *s, struct quickkey_screen *st)
{
	int	r;

	if (form_check(s, &st->form) != 0) {
		return TURN_DRAW;
	}
	r = quick_key_put(st->shop, st->terminal, st->place,
	    (char)('a' + st->letter), form_get(&st->form, "label"),
	    form_get(&st->form, "items"));
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return session_pop(s, true, 0, "");
}

static enum turn
quickkey_enter(struct session *s, void *state, const char *text)
{
	struct quickkey_screen	*st = state;
	bool			 done = false;
	enum turn		 turn = form_enter(s, &st->form, text, &done);

	return done ? quickkey_save(s, st) : turn;
}

static enum turn
quickkey_key(struct session *s, void *state, struct key key)
{
	return form_key(s, &((struct quickkey_screen *)state)->form, key);
}

static enum turn
quickkey_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct quickkey_screen	*st = state;

	(void)rest;
	return act == ACT_SAVE ? quickkey_save(s, st) :
	    form_act(s, &st->form, act);
}

static const struct binding quickkey_keys[] = {
	{ ACT_SAVE, K_F9, 's', NULL },
	{ 0 }
};

const struct screen screen_quickkey = {
	.name = "quickkey",
	.title = N_("QUICK KEY"),
	.right = "quickkey",
	.help = N_("What a key sells, as one types it on the sale, with ; "
	    "between several things: 2*1001; 1044 rare.  Words after a code "
	    "are the note under its line.  A department may have its price "
	    "here: 7@1.20.  Without a label it bears the name of the first."),
	.state_size = sizeof(struct quickkey_screen),
	.keys = quickkey_keys,
	.open = quickkey_open,
	.layout = quickkey_layout,
	.draw = quickkey_draw,
	.prompt = quickkey_prompt,
	.key = quickkey_key,
	.enter = quickkey_enter,
	.act = quickkey_act,
	.close = quickkey_close,
};
