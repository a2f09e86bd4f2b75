/* SPDX-License-Identifier: ISC */
/* Workplaces, and the codes of new ones that knock: a code and Enter lets one
 * in. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/sale.h"
#include "shop/user.h"

enum { TERMINALS_NAME = 1 };

struct terminals_screen {
	struct rows	 rows;
	struct list	 list;
	char		 code[24];
	struct tender	*tenders;	/* for their labels */
	size_t		 ntenders;
};

static const struct column terminals_columns[] = {
	{ N_("Terminal"), 0, false, 0 },
	{ N_("State"), 16, false, 0 },
	{ N_("Printer"), 12, false, 60 },
	{ N_("Pays by"), 7, false, 60 },
	{ N_("Seen"), 5, true, 0 },
	{ 0 }
};

static int
terminals_row(void *ctx, const struct terminal_row *t)
{
	struct terminals_screen	*st = ctx;
	const char		*tender = t->tender;

	for (size_t i = 0; i < st->ntenders; i++) {
		if (strcmp(st->tenders[i].name, t->tender) == 0) {
			tender = _(st->tenders[i].label);
		}
	}
	rows_add(&st->rows, t->id, t->active ? STYLE_NORMAL : STYLE_DIM,
	    "%s\t%s\t%s\t%s\t%s", t->name, !t->active ? _("gone") :
	    t->trusted ? _("trusted") : _("not trusted"),
	    t->printer != NULL ? t->printer : "", tender,
	    t->last_seen > 0 ? app_age(t->last_seen, shop_now()) : "-");
	return 0;
}

static int
terminals_new(void *ctx, const struct enrolment_row *e)
{
	struct terminals_screen	*st = ctx;

	rows_add(&st->rows, -1 - (int64_t)st->rows.n, STYLE_WARN,
	    "%s\t%s\t%s\t\t%s", e->from, _("wants in"), e->code,
	    app_age(e->made_at, shop_now()));
	return 0;
}

static int
terminals_read(struct session *s, struct terminals_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = terminal_waiting(session_shop(s), terminals_new, st)) != 0 ||
	    (r = terminal_list(session_shop(s), terminals_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
terminals_open(struct session *s, void *state, const void *arg)
{
	struct terminals_screen	*st = state;
	int			 r;

	(void)arg;
	list_init(&st->list, terminals_columns, &rows_source, &st->rows);
	st->list.headed = true;
	if ((r = tender_list(session_shop(s), &st->tenders,
	    &st->ntenders)) != 0) {
		return r;
	}
	return terminals_read(s, st);
}

static void
terminals_close(struct session *s, void *state)
{
	struct terminals_screen	*st = state;

	app_keep(s, "terminals", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
	free(st->tenders);
}

static void
terminals_layout(struct session *s, void *state, int rows, int cols)
{
	struct terminals_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
terminals_draw(const void *state, struct canvas *c)
{
	const struct terminals_screen	*st = state;

	if (st->rows.n == 0) {
		canvas_put(c, 1, 4, STYLE_NORMAL, _("No terminal is known."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
terminals_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size,
	    _("a new terminal's code lets it in"));
}

static enum turn
terminals_key(struct session *s, void *state, struct key key)
{
	struct terminals_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
terminals_enter(struct session *s, void *state, const char *text)
{
	struct terminals_screen	*st = state;

	if (*text == '\0') {
		return TURN_STAY;
	}
	(void)str_copy(st->code, sizeof(st->code), text);
	return session_ask(s, TERMINALS_NAME, false,
	    _("Name of the new terminal"), "");
}

static enum turn
terminals_resume(struct session *s, void *state, const struct answer *a)
{
	struct terminals_screen	*st = state;
	int64_t			 id;
	int			 r;

	if (a->tag == TERMINALS_NAME && a->ok && a->text[0] != '\0') {
		if ((r = terminal_accept(session_shop(s), st->code, a->text,
		    &id)) != 0) {
			return session_fail(s, r);
		}
		session_say(s, _("%s may come in now"), a->text);
	}
	if ((r = terminals_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	return TURN_DRAW;
}

static enum turn
terminals_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return terminals_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

const struct screen screen_terminals = {
	.name = "terminals",
	.title = N_("TERMINALS"),
	.right = "terminal",
	.help = N_("Every workplace, whether its PINs are trusted, where it "
	    "prints and when it was last seen.  A terminal nobody knows yet "
	    "shows a code: type that code and Enter, give it a name, and it "
	    "may come in."),
	.topics = 1U << TOPIC_TERMINAL | 1U << TOPIC_LINE,
	.state_size = sizeof(struct terminals_screen),
	.open = terminals_open,
	.layout = terminals_layout,
	.draw = terminals_draw,
	.prompt = terminals_prompt,
	.key = terminals_key,
	.enter = terminals_enter,
	.resume = terminals_resume,
	.news = terminals_news,
	.close = terminals_close,
};
