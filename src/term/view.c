/* SPDX-License-Identifier: ISC */
/* Screens that show a text: a receipt as it will be printed, and help. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "term/inside.h"
#include "term/pager.h"

/* ---- any text ----------------------------------------------------------- */

struct view_arg {
	const char	*title, *text;
};

struct view_state {
	struct pager	 pager;
	char		 title[80];
};

static int
view_open(struct session *s, void *state, const void *arg)
{
	struct view_state	*v = state;
	const struct view_arg	*a = arg;

	(void)s;
	pager_init(&v->pager, a->text);
	(void)str_copy(v->title, sizeof(v->title), a->title);
	return 0;
}

static void
view_layout(struct session *s, void *state, int rows, int cols)
{
	(void)s;
	pager_layout(&((struct view_state *)state)->pager, rows, cols);
}

static void
view_draw(const void *state, struct canvas *c)
{
	pager_draw(&((const struct view_state *)state)->pager, c);
}

static void
view_head(const void *state, char *out, size_t size)
{
	(void)str_copy(out, size, ((const struct view_state *)state)->title);
}

static void
view_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct view_state	*v = state;
	char			 place[48];

	(void)typed;
	pager_place(&v->pager, place, sizeof(place));
	(void)str_fmt(out, size, "%s%s%s", place, place[0] != '\0' ? "  " : "",
	    _("Esc back"));
}

static enum turn
view_key(struct session *s, void *state, struct key key)
{
	(void)s;
	return pager_key(&((struct view_state *)state)->pager, key);
}

static void
view_close(struct session *s, void *state)
{
	(void)s;
	pager_done(&((struct view_state *)state)->pager);
}

static const struct screen screen_view = {
	.name = "view",
	.title = N_("TEXT"),
	.help = N_("A text to read."),
	.flags = SCREEN_DIRECT,
	.state_size = sizeof(struct view_state),
	.open = view_open,
	.layout = view_layout,
	.draw = view_draw,
	.head = view_head,
	.prompt = view_prompt,
	.key = view_key,
	.close = view_close,
};

enum turn
session_view(struct session *s, const char *title, const char *text)
{
	session_push_silent(s, &screen_view,
	    &(struct view_arg){ .title = title, .text = text });
	return TURN_DRAW;
}

/* ---- help --------------------------------------------------------------- */

#define HELP_HANG	13	/* where what a key does is said */
#define HELP_WIDE	60	/* narrower: a telephone */

struct help_state {
	struct pager		 pager;
	const struct frame	*about;	/* the screen below: it outlives us */
	bool			 explain, wide;
};

static void
help_line(struct buf *b, const char *key, const char *what, const char *name)
{
	int	pad = HELP_HANG - 3 - utf8_cols(key);

	buf_fmt(b, "  %s%*s %s", key, pad > 0 ? pad : 0, "", what);
	if (name != NULL && name[0] != '\0') {
		buf_fmt(b, "  (:%s)", name);
	}
	buf_chr(b, '\n');
}

static void
help_bindings(struct session *s, const struct frame *f, struct buf *b)
{
	for (const struct binding *k = session_face(f).keys; k != NULL &&
	    k->act != ACT_NONE; k++) {
		char	key[24], letter = session_binding_letter(k);

		if (!session_allowed(s, action_right(k->act))) {
			continue;
		}
		if (k->letter != 0 && k->key != K_NONE) {
			(void)str_fmt(key, sizeof(key), "%s, %c",
			    key_name(k->key), letter);
		} else if (k->letter != 0) {
			(void)str_fmt(key, sizeof(key),
			    (f->screen->flags & SCREEN_DIRECT) != 0 ?
			    "%c" : "Tab %c", letter);
		} else {
			(void)str_copy(key, sizeof(key), k->key != K_NONE ?
			    key_name(k->key) : ":");
		}
		help_line(b, key, action_help(k->act),
		    action_name_local(k->act));
	}
}

/* The keys that mean the same on every screen. */
static const struct {
	const char	*key, *what;
	bool		 phone;		/* it has these, too */
} help_common[] = {
	{ N_("Enter"), N_("the next thing, named beside the entry line"),
	    true },
	{ N_("Esc"), N_("one step back"), true },
	{ "F1, ?", N_("this help; F1 again: explain the next key"), true },
	{ "F2", N_("find"), false },
	{ "F5", N_("let go: hold, send"), false },
	{ "F6", N_("open sales or tables"), false },
	{ "F8", N_("void the line"), false },
	{ "F9", N_("money"), false },
	{ "F10", N_("back"), false },
	{ "Tab", N_("the menu of this screen's actions"), true },
	{ ":", N_("a command by name; Tab completes it"), true },
	{ ":1 … :0", N_("F1 to F10, for a keyboard without them"), true },
	{ "Ctrl-L", N_("paint the screen again (:redraw)"), false },
};

/* ":5", "s" or, where letters are typed text, "Tab s": as a telephone types
 * it; "" by name only. */
static void
help_typed(const struct frame *f, const struct binding *k, char out[8])
{
	bool	direct = (f->screen->flags & SCREEN_DIRECT) != 0;
	char	letter = session_binding_letter(k);

	*out = '\0';
	if (k->letter != 0 && (direct || k->key == K_NONE)) {
		(void)str_fmt(out, 8, direct ? "%c" : "Tab %c", letter);
	} else if (k->key >= K_F1 && k->key <= K_F10) {
		(void)str_fmt(out, 8, ":%d", ((int)k->key - K_F1 + 1) % 10);
	}
}

/* A telephone's first page is enough for whoever stands at a table: what is
 * done most, two beside each other. */
static void
help_first(struct session *s, const struct frame *f, struct buf *b)
{
	int	half = session_cols(s) / 2, most = 2 * (session_rows(s) - 2);
	int	n = 0;

	for (const struct binding *k = session_face(f).keys; k != NULL &&
	    k->act != ACT_NONE && n < most; k++) {
		const char	*label = k->label != NULL ? _(k->label) :
				    action_label(k->act);
		char		 key[8];
		int		 pad;

		help_typed(f, k, key);
		if (*key == '\0' || !session_offers(s, f, k->act)) {
			continue;
		}
		pad = half - 8 - utf8_cols(label);
		buf_fmt(b, " %-6s%s%*s", key, label, n % 2 == 0 && pad > 0 ?
		    pad : 0, "");
		if (++n % 2 == 0) {
			buf_chr(b, '\n');
		}
	}
	buf_str(b, n % 2 == 0 ? "" : "\n");
}

static void
help_text(struct session *s, const struct frame *f, struct buf *b)
{
	struct screen_face	face = session_face(f);

	buf_fmt(b, "%s\n", _(face.title));
	if (f->screen->legend != NULL) {
		f->screen->legend(f->state, b);
	}
	if (session_cols(s) < HELP_WIDE) {
		help_first(s, f, b);
	}
	if (face.help != NULL) {
		buf_fmt(b, "%s\n", _(face.help));
	}
	buf_str(b, "\n");
	help_bindings(s, f, b);
	buf_fmt(b, "\n%s\n", _("On every screen:"));
	for (size_t i = 0; i < NELEM(help_common); i++) {
		if (help_common[i].phone || session_cols(s) >= HELP_WIDE) {
			help_line(b, _(help_common[i].key),
			    _(help_common[i].what), NULL);
		}
	}
}

static int
help_open(struct session *s, void *state, const void *arg)
{
	struct help_state	*h = state;
	struct buf		 text = { 0 };

	h->about = arg;
	help_text(s, h->about, &text);
	pager_init(&h->pager, buf_text(&text));
	h->pager.hang = HELP_HANG;
	buf_done(&text);
	return 0;
}

static void
help_layout(struct session *s, void *state, int rows, int cols)
{
	struct help_state	*h = state;

	(void)s;
	h->wide = cols >= HELP_WIDE;
	pager_layout(&h->pager, rows, cols);
}

static void
help_draw(const void *state, struct canvas *c)
{
	pager_draw(&((const struct help_state *)state)->pager, c);
}

static void
help_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct help_state	*h = state;
	char			 place[48];

	(void)typed;
	if (h->explain) {
		(void)str_copy(out, size,
		    _("press a key to have it explained"));
		return;
	}
	pager_place(&h->pager, place, sizeof(place));
	(void)str_fmt(out, size, "%s%s%s", place, place[0] != '\0' ? "  " : "",
	    h->wide ? _("F1 explain a key  Esc back") : place[0] != '\0' ?
	    _("Enter more  Esc back") : _("Esc back"));
}

/* What one key does on the screen that help was asked on. */
static const char *
help_explain(const struct help_state *h, struct key key, const char **name)
{
	static const struct {
		enum key_code	 code;
		const char	*what;
	} plain[] = {
		{ K_F1, N_("this help; F1 again: explain the next key") },
		{ K_F10, N_("back") },
		{ K_ENTER, N_("the next thing, named beside the entry line") },
		{ K_ESC, N_("one step back") },
		{ K_TAB, N_("ends what was typed; on an empty line the menu") },
		{ K_BACKSPACE, N_("takes back the last character") },
		{ K_UP, N_("one row up") }, { K_DOWN, N_("one row down") },
		{ K_PGUP, N_("one page up") }, { K_PGDN, N_("one page down") },
		{ K_HOME, N_("the first row, or the start of the entry") },
		{ K_END, N_("the last row, or the end of the entry") },
		{ K_LEFT, N_("back in the entry line") },
		{ K_RIGHT, N_("forward in the entry line") },
		{ K_DELETE, N_("removes the character at the cursor") },
		{ K_REDRAW, N_("paint the whole screen again") },
	};
	const struct binding	*keys = session_face(h->about).keys;
	bool			 direct = (h->about->screen->flags &
				    SCREEN_DIRECT) != 0;

	*name = "";
	for (const struct binding *b = keys; b != NULL &&
	    b->act != ACT_NONE; b++) {
		if (key.code == K_CHAR ? direct && b->letter != 0 &&
		    (uint32_t)session_binding_letter(b) == key.ch :
		    b->key == key.code) {
			*name = action_name_local(b->act);
			return action_help(b->act);
		}
	}
	for (size_t i = 0; i < NELEM(plain); i++) {
		if (plain[i].code == key.code) {
			return _(plain[i].what);
		}
	}
	if (key.code != K_CHAR) {
		return _("nothing here");
	}
	switch (key.ch) {
	case ':':
		return _("begins a command; then a digit is that F-key");
	case '?':
		return _("help, on an empty line");
	default:
		return direct ? _("nothing here") :
		    _("typed on the entry line");
	}
}

static enum turn
help_key(struct session *s, void *state, struct key key)
{
	struct help_state	*h = state;
	const char		*name, *what;
	char			 typed[5];

	if (!h->explain) {
		return pager_key(&h->pager, key);
	}
	h->explain = false;
	what = help_explain(h, key, &name);
	(void)utf8_put(key.ch, typed);
	session_say(s, "%s: %s%s%s%s", key.code == K_CHAR ? typed :
	    _(key_name(key.code)), what, name[0] != '\0' ? "  (:" : "", name,
	    name[0] != '\0' ? ")" : "");
	return TURN_DRAW;
}

static enum turn
help_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct help_state	*h = state;

	(void)s;
	(void)rest;
	if (act != ACT_HELP) {
		return TURN_PASS;
	}
	h->explain = true;
	return TURN_DRAW;
}

static void
help_close(struct session *s, void *state)
{
	(void)s;
	pager_done(&((struct help_state *)state)->pager);
}

static const struct screen screen_help = {
	.name = "help",
	.title = N_("HELP"),
	.flags = SCREEN_DIRECT,
	.state_size = sizeof(struct help_state),
	.open = help_open,
	.layout = help_layout,
	.draw = help_draw,
	.prompt = help_prompt,
	.key = help_key,
	.act = help_act,
	.close = help_close,
};

void
session_help(struct session *s)
{
	session_push_silent(s, &screen_help, session_frame(s));
}
