/* SPDX-License-Identifier: ISC */
/* What is above the work on every screen, and what is heard there whatever one
 * is doing: the printer, sales that wait, a call to the pass. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "shop/approval.h"
#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/price.h"
#include "shop/table.h"
#include "shop/training.h"

#define APP_PRINTER	36	/* bytes of a printer's trouble in the bar */

/* Before the printer: how many sales were handed to whoever takes money. */
static void
app_bar_state(struct session *s, enum style style, const char *printer)
{
	const struct app	*app = app_of(s);
	char			 text[APP_PRINTER + 32];

	if (app->waiting == 0) {
		session_status(s, STATUS_PRINTER, style, printer);
		return;
	}
	(void)str_fmt(text, sizeof(text), ngettext("%lld waits  %s",
	    "%lld wait  %s", (unsigned long)app->waiting),
	    (long long)app->waiting, printer);
	session_status(s, STATUS_PRINTER, style, text);
}

/* The bell once when another one comes, and the bar goes on showing how many:
 * the message row is for what was done here. */
static void
app_waiting(struct session *s, bool ring)
{
	struct app	*app = app_of(s);
	int64_t		 n = 0, since;

	if (shop_may(app->shop, RIGHT_PAY) &&
	    sale_waiting(app->shop, &n, &since) != 0) {
		return;			/* the next news mends it */
	}
	if (ring && n > app->waiting) {
		session_beep(s);
	}
	app->waiting = n;
}

/*
 * The bar has room for what is wrong; what to do about it is said once, on
 * the message row, when it begins.
 */
static void
app_bar_printer(struct session *s)
{
	struct app		*app = app_of(s);
	struct shop		*shop = app->shop;
	struct print_status	 status;
	char			 words[APP_PRINTER];
	int			 severity;

	if (print_status(shop, shop->who.terminal, &status) != 0) {
		return;			/* as it was; the next news mends it */
	}
	severity = printer_state_severity(status.state);
	(void)str_copy(words, sizeof(words), status.text);
	words[strcspn(words, ";(")] = '\0';
	for (size_t n = strlen(words); n > 0 && words[n - 1] == ' '; n--) {
		words[n - 1] = '\0';
	}
	app_bar_state(s, *words == '\0' ? STYLE_NORMAL :
	    severity >= 3 ? STYLE_ERROR : STYLE_WARN,
	    *words == '\0' ? _("printer ok") : words);
	if (severity >= 3 && status.state != app->printer) {
		session_warn(s, "%s", status.text);
	}
	app->printer = status.state;
}

void
app_bar(struct session *s)
{
	struct shop	*shop = session_shop(s);
	const char	*place = shop->who.terminal_name;

	if (*place == '\0') {
		place = shop->set.company;
	}
	session_status(s, STATUS_PLACE, STYLE_NORMAL, place);
	if (shop->who.training) {
		char	text[NAME_SIZE + 32];

		(void)str_fmt(text, sizeof(text), "%s  %s", TRAINING_WORDS,
		    shop->who.name);
		session_status(s, STATUS_PERSON, STYLE_WARN, text);
	} else {
		session_status(s, STATUS_PERSON, STYLE_NORMAL,
		    shop->who.name);
	}
	if (shop->who.user != 0 || shop->who.door == DOOR_SHELL) {
		app_waiting(s, false);
		app_bar_printer(s);
	} else {
		session_status(s, STATUS_PRINTER, STYLE_NORMAL, "");
	}
}

/* A waiter is called to the pass, whatever screen they are on: once. */
static void
app_called(struct session *s)
{
	struct app		*app = app_of(s);
	struct kitchen_runner	*rows;
	char			 course[COURSE_NAME + 8] = "";
	size_t			 n;

	if (app->shop->who.user == 0 || kitchen_runners(app->shop,
	    app->shop->who.user, &rows, &n) != 0) {
		return;
	}
	if (n > 0 && rows[n - 1].at > app->runner_at) {
		app->runner_at = rows[n - 1].at;
		if (rows[n - 1].course > 0) {
			course_name(app->shop, rows[n - 1].course, course,
			    sizeof(course));
		}
		session_beep(s);
		session_warn(s, _("at the pass: %s  %s"), rows[n - 1].called,
		    course);
	}
	free(rows);
}

static bool
app_was_told(const struct app *app, const struct paper_trouble *t)
{
	for (size_t i = 0; i < app->ntold; i++) {
		if (app->told[i].station == t->station &&
		    app->told[i].instead == t->instead) {
			return true;
		}
	}
	return false;
}

/* What is over may begin again, and is told again then. */
static int
app_told_over(struct app *app)
{
	struct paper_trouble	*rows;
	size_t			 n, kept = 0;
	int			 r;

	if ((r = kitchen_troubles(app->shop, 0, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < app->ntold; i++) {
		for (size_t k = 0; k < n; k++) {
			if (rows[k].station == app->told[i].station &&
			    rows[k].instead == app->told[i].instead) {
				app->told[kept++] = app->told[i];
				break;
			}
		}
	}
	app->ntold = kept;
	free(rows);
	return 0;
}

bool
app_trouble(struct session *s, int64_t sale)
{
	struct app		*app = app_of(s);
	struct paper_trouble	*rows;
	struct buf		 text = { 0 };
	size_t			 n;

	if (app_told_over(app) != 0 ||
	    kitchen_troubles(app->shop, sale, &rows, &n) != 0) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (app_was_told(app, &rows[i]) || app->ntold == STATIONS) {
			continue;
		}
		app->told[app->ntold].station = rows[i].station;
		app->told[app->ntold++].instead = rows[i].instead;
		buf_fmt(&text, "%s%s", text.len > 0 ? "; " : "",
		    rows[i].words);
	}
	free(rows);
	if (text.len == 0) {
		return false;
	}
	session_beep(s);
	session_warn(s, "%s", buf_text(&text));
	buf_done(&text);
	return true;
}

/* Who has people to serve hears of a kitchen's printer that is out, whatever
 * screen they are on. */
static void
app_paper(struct session *s)
{
	struct app	*app = app_of(s);
	bool		 serves;

	if (app->shop->who.user == 0 ||
	    table_serves(app->shop, &serves) != 0) {
		return;
	}
	if (serves) {
		(void)app_trouble(s, 0);
	} else {
		(void)app_told_over(app);
	}
}

void
app_heard(struct session *s, unsigned topics)
{
	struct app	*app = app_of(s);
	struct shop	*shop = app->shop;
	int		 r;

	if ((topics & 1U << TOPIC_SETTING) != 0 &&
	    shop_reload_settings(shop) != 0) {
		return;
	}
	if ((topics & 1U << TOPIC_PENDING) != 0) {
		app_waiting(s, true);
	}
	if ((topics & 1U << TOPIC_CALL) != 0) {
		app_called(s);
	}
	if ((topics & 1U << TOPIC_PRICE) != 0) {
		prices_drop(shop);	/* read again when next asked for */
	}
	if ((topics & ~(1U << TOPIC_PRINTER | 1U << TOPIC_PENDING |
	    1U << TOPIC_PRICE | 1U << TOPIC_CALL)) != 0) {
		approval_forget(shop);
		r = auth_refresh(shop);
		if (r == ERR_LOCKED || r == ERR_AUTH || r == ERR_DENIED) {
			/* Locked or switched off meanwhile.  The sale is
			 * parked, and whoever may takes it up. */
			app->left = true;
			app->farewell = r == ERR_DENIED ? _("this terminal "
			    "was switched off; ask an admin") :
			    _("this user is locked; ask an admin");
			(void)session_end(s, err_status(r));
			return;
		}
	}
	if (shop->who.user != 0) {
		app_bar_printer(s);
	}
	if ((topics & 1U << TOPIC_PRINTER) != 0) {
		app_paper(s);
	}
}
