/* SPDX-License-Identifier: ISC */
/* The reports there are, from the list the command line reads too. */
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/report.h"

struct reports_screen {
	struct rows	rows;
	struct list	list;
};

static const struct column reports_columns[] = {
	{ N_("Report"), 0, false, 0 },
	{ N_("Name"), 15, false, 60 },
	{ 0 }
};

static int
reports_open(struct session *s, void *state, const void *arg)
{
	struct reports_screen	*st = state;
	struct report		 report;
	int			 r;

	(void)arg;
	list_init(&st->list, reports_columns, &rows_source, &st->rows);
	st->list.headed = true;
	for (size_t i = 0; i < report_total(); i++) {
		if ((r = report_nth(i, &report)) != 0) {
			rows_clear(&st->rows);
			return r;
		}
		if (shop_may(session_shop(s), report.right)) {
			rows_add(&st->rows, (int64_t)i + 1, STYLE_NORMAL,
			    "%s\t%s", _(report.title), report.name);
			/* What is looked at most is marked. */
			if (strcmp(report.name, "day") == 0) {
				st->list.id = (int64_t)i + 1;
			}
		}
	}
	return list_reload(s, &st->list);
}

static void
reports_close(struct session *s, void *state)
{
	struct reports_screen	*st = state;

	app_keep(s, "reports", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
reports_layout(struct session *s, void *state, int rows, int cols)
{
	struct reports_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
reports_draw(const void *state, struct canvas *c)
{
	list_draw(&((const struct reports_screen *)state)->list, c, 0);
}

static void
reports_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size,
	    _("Enter: today; or type a day"));
}

static enum turn
reports_key(struct session *s, void *state, struct key key)
{
	struct reports_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* A report's name goes to that report, anything else is the marked one's
 * day. */
static enum turn
reports_enter(struct session *s, void *state, const char *text)
{
	struct reports_screen	*st = state;
	struct report		 report;
	int64_t			 id = list_chosen(&st->list);
	char			 words[128], name[sizeof(report.name)];
	int			 r;

	(void)str_fmt(name, sizeof(name), "%.*s", (int)strcspn(text, " "),
	    text);
	if (report_find(name, &report) == 0) {
		return session_push(s, &screen_report, text);
	}
	if (id == 0) {
		return TURN_STAY;
	}
	if ((r = report_nth((size_t)id - 1, &report)) != 0) {
		return session_fail(s, r);
	}
	if (!str_fmt(words, sizeof(words), "%s %s", report.name, text)) {
		return session_fail(s, err_set(ERR_TOO_LONG,
		    _("the report's words are too long")));
	}
	return session_push(s, &screen_report, words);
}

const struct screen screen_reports = {
	.name = "reports",
	.title = N_("REPORTS"),
	.help = N_("Every report you may read.  Enter shows the marked one, "
	    "of today where it is of a day; type a day first, like "
	    "20/11/2026 or yesterday, for another.  :report NAME DAY goes "
	    "there from any screen."),
	.state_size = sizeof(struct reports_screen),
	.open = reports_open,
	.layout = reports_layout,
	.draw = reports_draw,
	.prompt = reports_prompt,
	.key = reports_key,
	.enter = reports_enter,
	.close = reports_close,
};
