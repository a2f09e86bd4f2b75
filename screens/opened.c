/* SPDX-License-Identifier: ISC */
/* Open sales, wherever they are: whose, how old, how much.  Enter takes one. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "term/widgets.h"

struct opened_screen {
	struct shop		*shop;
	struct sale_brief	*rows;
	size_t			 n;
	struct list		 list;
	char			 filter[64];	/* folded */
	int64_t			 asked;		/* taking it is being asked */
};

static const struct column opened_columns[] = {
	{ N_("Sale"), 0, false, 0 },
	{ N_("Who"), 10, false, 0 },
	{ N_("Where"), 14, false, 60 },
	{ N_("Lines"), 5, true, 60 },
	{ N_("Age"), 4, true, 0 },
	{ N_("Total"), 11, true, 0 },
	{ 0 }
};

/* What a sale is called: its name, "part paid", or nothing special. */
static const char *
opened_name(const struct sale_brief *b)
{
	static char	paper[96];
	bool		named = b->name[0] != '\0' &&
			    strcmp(b->paper, b->name) != 0;

	if (b->paper[0] != '\0' && (named || b->customer[0] != '\0')) {
		(void)str_fmt(paper, sizeof(paper), "%s %s", b->paper,
		    named ? b->name : b->customer);
		return paper;
	}
	if (b->name[0] != '\0') {
		return b->name;
	}
	return b->state == SALE_PAYING ? _("part paid") :
	    b->state == SALE_PENDING ? _("waits for the till") :
	    b->parked ? _("left") : _("being rung up");
}

static bool
opened_matches(const struct opened_screen *st, const struct sale_brief *b)
{
	char	text[256], folded[256];

	if (st->filter[0] == '\0') {
		return true;
	}
	(void)str_fmt(text, sizeof(text), "%s %s %s %s %s %s", b->paper,
	    b->name, b->customer, b->user, b->terminal, opened_name(b));
	(void)utf8_fold(folded, sizeof(folded), text);
	return strstr(folded, st->filter) != NULL;
}

static int
opened_count(struct session *s, void *ctx, int64_t *n)
{
	struct opened_screen	*st = ctx;
	struct sale_brief	*rows;
	size_t			 all;
	int			 r;

	(void)s;
	*n = 0;
	if ((r = sale_open_list(st->shop, &rows, &all)) != 0) {
		return r;
	}
	free(st->rows);
	st->rows = rows;
	st->n = 0;
	for (size_t i = 0; i < all; i++) {
		if (opened_matches(st, &rows[i])) {
			rows[st->n++] = rows[i];
		}
	}
	*n = (int64_t)st->n;
	return 0;
}

static int
opened_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct opened_screen	*st = ctx;
	int64_t				 now = session_now_ms(s);

	for (int64_t i = from; i < from + n && i < (int64_t)st->n; i++) {
		const struct sale_brief	*b = &st->rows[i];

		list_add(into, b->id, STYLE_NORMAL, "%s\t%s\t%s\t%lld\t%s\t%s",
		    opened_name(b), b->user, b->here ? _("here") :
		    b->terminal, (long long)b->lines,
		    app_age(b->opened_at, now),
		    app_money(st->shop, b->total));
	}
	return 0;
}

static int
opened_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	const struct opened_screen	*st = ctx;

	(void)s;
	*at = -1;
	for (size_t i = 0; i < st->n; i++) {
		if (st->rows[i].id == id) {
			*at = (int64_t)i;
		}
	}
	return 0;
}

static const struct list_source opened_source = {
	opened_count, opened_fetch, opened_find
};

static int
opened_open(struct session *s, void *state, const void *arg)
{
	struct opened_screen	*st = state;
	const struct opened_arg	*asked = arg;

	st->shop = session_shop(s);
	list_init(&st->list, opened_columns, &opened_source, st);
	st->list.headed = true;
	st->list.id = asked->sale;
	if (asked->name != NULL) {
		(void)utf8_fold(st->filter, sizeof(st->filter), asked->name);
		session_set_entry(s, asked->name);
	}
	session_timer(s, 60000);
	return list_reload(s, &st->list);
}

static void
opened_close(struct session *s, void *state)
{
	struct opened_screen	*st = state;

	app_keep(s, "opened", 0);
	list_done(&st->list);
	free(st->rows);
}

static void
opened_layout(struct session *s, void *state, int rows, int cols)
{
	struct opened_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
opened_draw(const void *state, struct canvas *c)
{
	const struct opened_screen	*st = state;

	/* The heading stays: between none and one it is a row that changes. */
	list_draw(&st->list, c, 0);
	if (st->n == 0) {
		canvas_put(c, 1, 4, STYLE_NORMAL, st->filter[0] == '\0' ?
		    _("No sale is open.") :
		    _("No open sale has that name.  Esc shows all."));
	}
}

static void
opened_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct opened_screen	*st = state;

	(void)typed;
	(void)str_copy(out, size, st->n == 0 ? _("Esc: back") :
	    _("Enter takes the marked one here"));
}

static enum turn
opened_key(struct session *s, void *state, struct key key)
{
	struct opened_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* Letters narrow the list by name, person or place. */
static enum turn
opened_typed(struct session *s, void *state, const char *text)
{
	struct opened_screen	*st = state;
	int			 r;

	(void)utf8_fold(st->filter, sizeof(st->filter), text);
	st->list.id = 0;
	st->list.at = 0;
	if ((r = list_reload(s, &st->list)) != 0) {
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static enum turn
opened_enter(struct session *s, void *state, const char *text)
{
	struct opened_screen	*st = state;
	int64_t			 id = list_chosen(&st->list);

	(void)text;
	if (id == 0) {
		session_warn(s, _("nothing here to take; Esc goes back"));
		session_beep(s);
		return TURN_KEEP;
	}
	for (size_t i = 0; i < st->n; i++) {
		const struct sale_brief	*b = &st->rows[i];

		/* Money is perhaps on the counter there. */
		if (b->id == id && b->state == SALE_PENDING && !b->here &&
		    !b->parked) {
			st->asked = id;
			return b->terminal[0] == '\0' ?
			    session_confirm(s, 0, true,
			    _("%s has it; take it here all the same?"),
			    b->user) : session_confirm(s, 0, true,
			    _("%s has it at %s; take it here all the same?"),
			    b->user, b->terminal);
		}
	}
	return session_pop(s, true, id, "");
}

static enum turn
opened_news(struct session *s, void *state, unsigned topics)
{
	struct opened_screen	*st = state;

	(void)topics;
	return list_reload(s, &st->list) == 0 ? TURN_DRAW : TURN_STAY;
}

static enum turn
opened_act(struct session *s, void *state, enum action act, const char *rest)
{
	(void)rest;
	if (act == ACT_REFRESH) {
		return opened_news(s, state, 0);
	}
	return TURN_PASS;
}

/* Ages grow by themselves. */
static enum turn
opened_tick(struct session *s, void *state)
{
	session_timer(s, 60000);
	return opened_news(s, state, 0);
}

static enum turn
opened_resume(struct session *s, void *state, const struct answer *a)
{
	struct opened_screen	*st = state;
	int64_t			 id = st->asked;

	st->asked = 0;
	if (id != 0 && a->ok) {
		return session_pop(s, true, id, "");
	}
	return opened_news(s, state, 0);
}

static const struct binding opened_keys[] = {
	{ ACT_REFRESH, K_NONE, 'r', NULL },
	{ 0 }
};

const struct screen screen_opened = {
	.name = "opened",
	.title = N_("OPEN SALES"),
	.right = "sell",
	.help = N_("Every sale that is not paid yet: held under a name, left "
	    "by somebody, or being rung up on another terminal right now.  "
	    "Letters narrow the list.  Enter takes the marked sale here; "
	    "who had it is told."),
	.topics = 1U << TOPIC_SALE,
	.state_size = sizeof(struct opened_screen),
	.keys = opened_keys,
	.open = opened_open,
	.layout = opened_layout,
	.draw = opened_draw,
	.prompt = opened_prompt,
	.key = opened_key,
	.typed = opened_typed,
	.enter = opened_enter,
	.act = opened_act,
	.resume = opened_resume,
	.news = opened_news,
	.tick = opened_tick,
	.close = opened_close,
};
