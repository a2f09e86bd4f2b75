/* SPDX-License-Identifier: ISC */
/* What papers look like: their list, and the lines of one.  Changes are kept
 * here until F5 puts them in force, since half of a template is none. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/driver.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/document.h"
#include "shop/slip.h"
#include "term/widgets.h"

#define PREVIEW_COLUMNS	42

enum { ASK_LEAVE = 1, ASK_USUAL };

struct template_screen {
	struct shop	*shop;
	enum document	 document;
	bool		 own, changed;	/* by the shop; here, not in force */
	char		**text;		/* its lines */
	size_t		 n;
	size_t		 editing;	/* 1 + the line on the entry line; 0 */
	struct list	 list;		/* row id: 1 + the line */
};

/* --- the list of papers --------------------------------------------------- */

static const struct column templates_columns[] = {
	{ N_("Paper"), 0, false, 0 }, { N_("Changed"), 8, false, 0 }, { 0 }
};

struct templates_screen {
	struct shop	*shop;
	struct list	 list;
};

static int
templates_count(struct session *s, void *ctx, int64_t *n)
{
	(void)s;
	(void)ctx;
	*n = DOCUMENT_COUNT;
	return 0;
}

static int
templates_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct templates_screen	*st = ctx;
	int				 r = 0;

	(void)s;
	for (int64_t i = from; i < from + n && i < DOCUMENT_COUNT && r == 0;
	    i++) {
		struct buf	text = { 0 };
		bool		own = false;

		r = document_template(st->shop, (enum document)i, &text,
		    &own);
		list_add(into, i + 1, STYLE_NORMAL, "%s\t%s",
		    document_text((enum document)i), own ? _("yes") : "");
		buf_done(&text);
	}
	return r;
}

static int
templates_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	(void)s;
	(void)ctx;
	*at = id - 1;
	return 0;
}

static const struct list_source templates_source = {
	templates_count, templates_fetch, templates_find
};

static int
templates_open(struct session *s, void *state, const void *arg)
{
	struct templates_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, templates_columns, &templates_source, st);
	st->list.headed = true;
	return list_reload(s, &st->list);
}

static void
templates_close(struct session *s, void *state)
{
	struct templates_screen	*st = state;

	app_keep(s, "templates", 0);
	list_done(&st->list);
}

static void
templates_layout(struct session *s, void *state, int rows, int cols)
{
	struct templates_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
templates_draw(const void *state, struct canvas *c)
{
	const struct templates_screen	*st = state;

	list_draw(&st->list, c, 0);
}

static void
templates_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter opens the marked one"));
}

static enum turn
templates_key(struct session *s, void *state, struct key key)
{
	struct templates_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
templates_enter(struct session *s, void *state, const char *text)
{
	struct templates_screen	*st = state;
	int64_t			 id = list_chosen(&st->list);

	if (*text != '\0' || id == 0) {
		session_beep(s);
		return TURN_KEEP;
	}
	return session_push(s, &screen_template, &id);
}

static enum turn
templates_resume(struct session *s, void *state, const struct answer *a)
{
	struct templates_screen	*st = state;
	int			 r = list_reload(s, &st->list);

	(void)a;
	return r == 0 ? TURN_DRAW : session_fail(s, r);
}

static const struct binding templates_keys[] = { { 0 } };

const struct screen screen_templates = {
	.name = "templates",
	.title = N_("PAPERS"),
	.right = "document",
	.help = N_("The papers whose look can be changed here.  Enter opens "
	    "one: its lines, a preview, and the way back to the usual one.  "
	    "comptoir-templates(7) has the whole language."),
	.state_size = sizeof(struct templates_screen),
	.keys = templates_keys,
	.open = templates_open,
	.layout = templates_layout,
	.draw = templates_draw,
	.prompt = templates_prompt,
	.key = templates_key,
	.enter = templates_enter,
	.resume = templates_resume,
	.close = templates_close,
};

/* --- the lines of one ----------------------------------------------------- */

static const struct column template_columns[] = {
	{ "", 3, true, 0 }, { "", 0, false, 0 }, { 0 }
};

static int
template_count(struct session *s, void *ctx, int64_t *n)
{
	const struct template_screen	*st = ctx;

	(void)s;
	*n = (int64_t)st->n;
	return 0;
}

static int
template_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct template_screen	*st = ctx;

	(void)s;
	for (int64_t i = from; i < from + n && i < (int64_t)st->n; i++) {
		list_add(into, i + 1, STYLE_NORMAL, "%lld\t%s",
		    (long long)i + 1, st->text[i]);
	}
	return 0;
}

static const struct list_source template_source = {
	template_count, template_fetch, templates_find
};

static void
template_clear(struct template_screen *st)
{
	for (size_t i = 0; i < st->n; i++) {
		free(st->text[i]);
	}
	free(st->text);
	st->text = NULL;
	st->n = 0;
}

static int
template_read(struct session *s, struct template_screen *st)
{
	struct buf	 text = { 0 };
	const char	*at;
	int		 r;

	if ((r = document_template(st->shop, st->document, &text,
	    &st->own)) != 0) {
		buf_done(&text);
		return r;
	}
	template_clear(st);
	for (at = buf_text(&text); *at != '\0';) {
		size_t	n = strcspn(at, "\n");

		st->text = xrealloc(st->text, st->n + 1, sizeof(*st->text));
		st->text[st->n++] = xasprintf("%.*s", (int)n, at);
		at += n + (at[n] == '\n');
	}
	buf_done(&text);
	st->changed = false;
	st->editing = 0;
	return list_reload(s, &st->list);
}

static int
template_open(struct session *s, void *state, const void *arg)
{
	struct template_screen	*st = state;

	st->shop = session_shop(s);
	st->document = (enum document)(*(const int64_t *)arg - 1);
	list_init(&st->list, template_columns, &template_source, st);
	return template_read(s, st);
}

static void
template_close(struct session *s, void *state)
{
	struct template_screen	*st = state;

	app_keep(s, "templates", 0);
	template_clear(st);
	list_done(&st->list);
}

static void
template_layout(struct session *s, void *state, int rows, int cols)
{
	struct template_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
template_draw(const void *state, struct canvas *c)
{
	const struct template_screen	*st = state;

	list_draw(&st->list, c, 0);
}

static void
template_head(const void *state, char *out, size_t size)
{
	const struct template_screen	*st = state;

	(void)str_fmt(out, size, "%s  %s%s", _("PAPERS"),
	    document_text(st->document), st->changed ? _("  changed") : "");
}

static void
template_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	const struct template_screen	*st = state;

	(void)str_copy(out, size, st->editing != 0 ?
	    _("Enter puts it back in its place") : *typed != '\0' ?
	    _("Enter adds it below the marked line") :
	    _("Enter edits the marked line; F5 puts all in force"));
}

static enum turn
template_key(struct session *s, void *state, struct key key)
{
	struct template_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
template_shown(struct session *s, struct template_screen *st, size_t line)
{
	int	r;

	st->changed = true;
	st->list.id = (int64_t)line;
	r = list_reload(s, &st->list);
	return r == 0 ? TURN_DRAW : session_fail(s, r);
}

static enum turn
template_enter(struct session *s, void *state, const char *text)
{
	struct template_screen	*st = state;
	size_t			 at = (size_t)list_chosen(&st->list);

	if (st->editing != 0) {
		at = st->editing;
		st->editing = 0;
		free(st->text[at - 1]);
		st->text[at - 1] = xstrdup(text);
		return template_shown(s, st, at);
	}
	if (*text == '\0') {
		if (at == 0) {
			return TURN_STAY;
		}
		st->editing = at;
		session_set_entry(s, st->text[at - 1]);
		return TURN_DRAW;
	}
	st->text = xrealloc(st->text, st->n + 1, sizeof(*st->text));
	memmove(st->text + at + 1, st->text + at,
	    (st->n - at) * sizeof(*st->text));
	st->text[at] = xstrdup(text);
	st->n++;
	return template_shown(s, st, at + 1);
}

static void
template_whole(const struct template_screen *st, struct buf *out)
{
	for (size_t i = 0; i < st->n; i++) {
		buf_fmt(out, "%s\n", st->text[i]);
	}
}

static enum turn
template_save(struct session *s, struct template_screen *st)
{
	struct buf	text = { 0 };
	int		r;

	template_whole(st, &text);
	r = document_set(st->shop, st->document, buf_text(&text));
	buf_done(&text);
	if (r == 0) {
		r = template_read(s, st);
	}
	if (r != 0) {
		return session_fail(s, r);
	}
	session_say(s, _("from here on it is printed so"));
	return TURN_DRAW;
}

/* The newest thing of its kind as it would be printed. */
static enum turn
template_preview(struct session *s, struct template_screen *st)
{
	struct slip	slip = { 0 };
	struct buf	text = { 0 }, paper = { 0 };
	enum turn	turn;
	int		r;

	template_whole(st, &text);
	if ((r = document_sample(st->shop, st->document, buf_text(&text),
	    &slip)) == 0) {
		r = driver_preview(slip_stored(&slip),
		    session_cols(s) < PREVIEW_COLUMNS ? session_cols(s) :
		    PREVIEW_COLUMNS, &paper);
	}
	turn = r == 0 ? session_view(s, document_text(st->document),
	    buf_text(&paper)) : session_fail(s, r);
	slip_done(&slip);
	buf_done(&text);
	buf_done(&paper);
	return turn;
}

static enum turn
template_delete(struct session *s, struct template_screen *st)
{
	size_t	at = (size_t)list_chosen(&st->list);

	if (at == 0) {
		session_beep(s);
		return TURN_STAY;
	}
	free(st->text[at - 1]);
	memmove(st->text + at - 1, st->text + at,
	    (st->n - at) * sizeof(*st->text));
	st->n--;
	st->editing = 0;
	return template_shown(s, st, at <= st->n ? at : st->n);
}

static enum turn
template_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct template_screen	*st = state;

	(void)rest;
	switch (act) {
	case ACT_SALE_HOLD:
		return template_save(s, st);
	case ACT_PREVIEW:
		return template_preview(s, st);
	case ACT_SALE_VOID:
		return template_delete(s, st);
	case ACT_SALE_CANCEL:
		return session_confirm(s, ASK_USUAL, true,
		    _("Back to the usual template?"));
	case ACT_BACK:
		if (st->changed) {
			return session_confirm(s, ASK_LEAVE, true,
			    _("Leave, and lose what was changed here?"));
		}
		return TURN_PASS;
	default:
		return TURN_PASS;
	}
}

static enum turn
template_resume(struct session *s, void *state, const struct answer *a)
{
	struct template_screen	*st = state;
	int			 r;

	if (!a->ok) {
		return TURN_DRAW;
	}
	if (a->tag == ASK_LEAVE) {
		return session_pop(s, false, 0, "");
	}
	if (a->tag != ASK_USUAL) {
		return TURN_DRAW;
	}
	if ((r = document_set(st->shop, st->document, "")) != 0 ||
	    (r = template_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, _("the usual template again"));
	return TURN_DRAW;
}

static const struct binding template_keys[] = {
	{ ACT_SALE_HOLD, K_F5, 'h', N_("In force") },
	{ ACT_SALE_VOID, K_F8, 'v', N_("Delete") },
	{ ACT_PREVIEW, K_NONE, 'w', NULL },
	{ ACT_SALE_CANCEL, K_NONE, 'c', N_("Usual one") },
	{ 0 }
};

const struct screen screen_template = {
	.name = "template",
	.title = N_("PAPERS"),
	.right = "document",
	.help = N_("The lines of a paper.  Enter puts the marked line on the "
	    "entry line to be changed; a new line is typed and Enter adds it "
	    "below.  F8 deletes one, Tab w shows the last one so, F5 puts "
	    "all in force, Tab c goes back to the usual one.  {company} and "
	    "the like are filled in; ^ in front centres, * is bold, + high; "
	    ">> parts left from right; --- is a rule."),
	.state_size = sizeof(struct template_screen),
	.keys = template_keys,
	.open = template_open,
	.layout = template_layout,
	.draw = template_draw,
	.head = template_head,
	.prompt = template_prompt,
	.key = template_key,
	.enter = template_enter,
	.act = template_act,
	.resume = template_resume,
	.close = template_close,
};
