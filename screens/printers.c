/* SPDX-License-Identifier: ISC */
/* Printers and how they are; Enter prints a test page on the marked one. */
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/print.h"

struct printers_screen {
	struct rows	 rows;
	struct list	 list;
};

static const struct column printers_columns[] = {
	{ N_("Printer"), 12, false, 0 },
	{ N_("State"), 0, false, 0 },
	{ N_("Where"), 24, false, 60 },
	{ N_("Since"), 5, true, 0 },
	{ 0 }
};

static int
printers_row(void *ctx, const struct printer *p)
{
	struct printers_screen	*st = ctx;
	int			 severity = printer_state_severity(p->state);

	rows_add(&st->rows, p->id, severity >= 3 ? STYLE_ERROR :
	    severity > 0 ? STYLE_WARN : STYLE_NORMAL, "%s\t%s\t%s\t%s",
	    p->name, printer_state_text(p->state), p->connection,
	    p->since > 0 ? app_age(p->since, shop_now()) : "-");
	return 0;
}

static int
printers_read(struct session *s, struct printers_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = printer_list(session_shop(s), printers_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
printers_open(struct session *s, void *state, const void *arg)
{
	struct printers_screen	*st = state;

	(void)arg;
	list_init(&st->list, printers_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return printers_read(s, st);
}

static void
printers_close(struct session *s, void *state)
{
	struct printers_screen	*st = state;

	app_keep(s, "printers", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
printers_layout(struct session *s, void *state, int rows, int cols)
{
	struct printers_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
printers_draw(const void *state, struct canvas *c)
{
	const struct printers_screen	*st = state;

	if (st->rows.n == 0) {
		canvas_put(c, 1, 4, STYLE_NORMAL,
		    _("No printer; printer add makes one."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
printers_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter prints a test page"));
}

static enum turn
printers_key(struct session *s, void *state, struct key key)
{
	struct printers_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
printers_enter(struct session *s, void *state, const char *text)
{
	struct printers_screen	*st = state;
	int64_t			 id = list_chosen(&st->list), job;
	int			 r;

	(void)text;
	if (id == 0) {
		return TURN_STAY;
	}
	if ((r = printer_test(session_shop(s), id, &job)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, _("a test page is on its way"));
	return TURN_DRAW;
}

static enum turn
printers_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return printers_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

const struct screen screen_printers = {
	.name = "printers",
	.title = N_("PRINTERS"),
	.right = "printer",
	.help = N_("Every printer, how it is and since when.  Enter prints a "
	    "test page on the marked one.  A state in words says what to "
	    "do; comptoir printer adds and changes them."),
	.topics = 1U << TOPIC_PRINTER,
	.state_size = sizeof(struct printers_screen),
	.open = printers_open,
	.layout = printers_layout,
	.draw = printers_draw,
	.prompt = printers_prompt,
	.key = printers_key,
	.enter = printers_enter,
	.news = printers_news,
	.close = printers_close,
};
