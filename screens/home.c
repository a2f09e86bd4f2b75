/* SPDX-License-Identifier: ISC */
/* Where a manager, an admin, a stock keeper begins: how the day goes, what
 * wants attention, what runs out.  Only what their rights let them see. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/browse.h"
#include "shop/stock_alert.h"
#include "shop/print.h"
#include "shop/session.h"
#include "term/widgets.h"

#define HOME_ALERTS	8
#define HOME_LOW	12
#define HOME_LATE_MS	(30 * 60 * 1000)	/* an open sale is late */
#define HOME_TICK_MS	60000

enum { HOME_LEAVE = 1 };

struct home_alert {
	enum style	style;
	char		text[128];
};

struct home_screen {
	struct shop		*shop;
	struct browse_day	 today, before;
	struct home_alert	 alerts[HOME_ALERTS];
	int			 nalerts;
	struct product		*low;		/* HOME_LOW of them */
	int			 nlow;
	/* For who minds the machine: its parts, each with its age. */
	int64_t			 working, far;	/* sessions, through a door */
	int64_t			 since;		/* the oldest one's start */
	int			 printers, troubled;
	int64_t			 jobs, oldest_job;
	int64_t			 backup;	/* when; 0 never */
};

/* ---- reading ------------------------------------------------------------ */

static void
home_alert(struct home_screen *st, enum style style, const char *fmt, ...)
    PRINTF(3, 4);

static void
home_alert(struct home_screen *st, enum style style, const char *fmt, ...)
{
	struct home_alert	*a;
	va_list			 ap;

	if (st->nalerts == HOME_ALERTS) {
		return;
	}
	a = &st->alerts[st->nalerts++];
	a->style = style;
	va_start(ap, fmt);
	(void)vsnprintf(a->text, sizeof(a->text), fmt, ap);
	va_end(ap);
}

static int
home_printer(void *ctx, const struct printer *p)
{
	struct home_screen	*st = ctx;
	int			 severity = printer_state_severity(p->state);

	st->printers += p->active ? 1 : 0;
	st->troubled += p->active && severity >= 2 ? 1 : 0;
	if (p->active && severity >= 2) {
		home_alert(st, severity >= 3 ? STYLE_ERROR : STYLE_WARN,
		    "%s: %s   %s", p->name, printer_state_text(p->state),
		    app_age(p->since, shop_now()));
	}
	return 0;
}

static int
home_job(void *ctx, const struct print_job *job)
{
	struct home_screen	*st = ctx;

	if (st->jobs++ == 0 || job->created < st->oldest_job) {
		st->oldest_job = job->created;
	}
	if (job->state == PRINT_STATE_FAILED ||
	    job->state == PRINT_STATE_UNSURE) {
		home_alert(st, STYLE_WARN, _("%s on %s: %s   %s"), job->ref,
		    job->printer_name, print_state_text(job->state),
		    app_age(job->changed, shop_now()));
	}
	return 0;
}

static void
home_late_sales(struct home_screen *st)
{
	struct sale_brief	*rows;
	size_t			 n;
	int64_t			 late = 0, total = 0, oldest = shop_now();

	if (sale_open_list(st->shop, &rows, &n) != 0) {
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (shop_now() - rows[i].opened_at > HOME_LATE_MS) {
			late++;
			total += rows[i].total;
			if (rows[i].opened_at < oldest) {
				oldest = rows[i].opened_at;
			}
		}
	}
	free(rows);
	if (late > 0) {
		home_alert(st, STYLE_WARN, ngettext(
		    "%lld sale open for long, %s   %s   F6",
		    "%lld sales open for long, %s   %s   F6",
		    (unsigned long)late), (long long)late,
		    app_cash(st->shop, total),
		    app_age(oldest, shop_now()));
	}
}

/* What the last look at the stockroom found, for who may put it right. */
static void
home_stock(struct home_screen *st)
{
	int64_t	n[ALERT_KIND_COUNT];
	char	text[160] = "";

	if (stock_alert_counts(st->shop, n) != 0) {
		return;
	}
	for (int i = 0; i < ALERT_KIND_COUNT; i++) {
		if (n[i] > 0) {
			(void)str_fmt(text + strlen(text),
			    sizeof(text) - strlen(text), "%s%lld %s",
			    text[0] == '\0' ? "" : ", ", (long long)n[i],
			    alert_kind_text((enum alert_kind)i));
		}
	}
	if (text[0] != '\0') {
		home_alert(st, STYLE_WARN, _("Stock: %s   :stock"), text);
	}
}

static int
home_session(void *ctx, const struct session_row *row)
{
	struct home_screen	*st = ctx;

	if (st->working++ == 0 || row->started_at < st->since) {
		st->since = row->started_at;
	}
	st->far += strcmp(row->door, door_name(DOOR_CONSOLE)) != 0 ? 1 : 0;
	return 0;
}

static void
home_backup(struct home_screen *st)
{
	int64_t	at = browse_backup(st->shop), now = shop_now();

	st->backup = at;
	if (at == 0) {
		home_alert(st, STYLE_WARN,
		    _("there is no backup yet   comptoir backup"));
	} else if (now - at >
	    (int64_t)st->shop->set.backup_hours * 3600 * 1000) {
		home_alert(st, STYLE_WARN, _("the last backup is old   %s"),
		    app_age(at, now));
	}
}

/*
 * Everything again; what cannot be read is left out, not guessed.  What runs
 * out is looked for once a minute only: every sale moves stock, and the look
 * is a long one in a large shop.
 */
static void
home_read(struct home_screen *st, bool stock)
{
	struct shop	*shop = st->shop;

	st->nalerts = 0;
	st->working = st->far = 0;
	st->printers = st->troubled = 0;
	st->jobs = 0;
	if (shop_may(shop, RIGHT_REPORT)) {
		(void)!browse_day(shop, 0, &st->today);
		(void)!browse_day(shop, 7, &st->before);
	}
	if (shop_may(shop, RIGHT_PRINTER)) {
		(void)!printer_list(shop, home_printer, st);
		(void)!print_list(shop, 0, true, 50, home_job, st);
	}
	if (shop_may(shop, RIGHT_SELL)) {
		home_late_sales(st);
	}
	if (shop_may(shop, RIGHT_BACKUP)) {
		home_backup(st);
	}
	if (shop_may(shop, RIGHT_ADJUST)) {
		home_stock(st);
	}
	if (shop_may(shop, RIGHT_CHECK)) {
		(void)!session_list(shop, home_session, st);
	}
	if (stock && shop_may(shop, RIGHT_LOOK)) {
		(void)!browse_low(shop, 5 * QTY_ONE, HOME_LOW, st->low,
		    &st->nlow);
	}
}

/* ---- the contract ------------------------------------------------------- */

static int
home_open(struct session *s, void *state, const void *arg)
{
	struct home_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	st->low = xcalloc(HOME_LOW, sizeof(*st->low));
	home_read(st, true);
	session_timer(s, HOME_TICK_MS);
	return 0;
}

static void
home_close(struct session *s, void *state)
{
	struct home_screen	*st = state;

	app_keep(s, "home", 0);
	free(st->low);
}

/* Today against the same weekday, and the hours of both as digits. */
static int
home_draw_day(const struct home_screen *st, struct canvas *c, int row)
{
	bool	roomy = canvas_cols(c) >= 60;
	char	line[32];
	int	from = 6, to = 24;

	canvas_put(c, row, 2, STYLE_BOLD, _("Today"));
	canvas_right(c, row, 32, 16, STYLE_TOTAL,
	    app_cash(st->shop, st->today.amount));
	if (roomy) {
		canvas_fmt(c, row, 35, STYLE_NORMAL, ngettext("%lld ticket",
		    "%lld tickets", (unsigned long)st->today.tickets),
		    (long long)st->today.tickets);
	}
	row++;
	canvas_put(c, row, 2, STYLE_DIM, _("A week ago"));
	canvas_right(c, row, 32, 16, STYLE_DIM,
	    app_cash(st->shop, st->before.amount));
	if (!roomy) {
		return row + 1;
	}
	canvas_fmt(c, row, 35, STYLE_DIM, ngettext("%lld ticket",
	    "%lld tickets", (unsigned long)st->before.tickets),
	    (long long)st->before.tickets);
	row += 2;
	canvas_fmt(c, row, 2, STYLE_DIM, _("%d to %d o'clock"), from, to);
	spark_line(st->today.hour + from, (size_t)(to - from), line,
	    sizeof(line));
	canvas_put(c, row, 35, STYLE_NORMAL, line);
	row++;
	canvas_put(c, row, 2, STYLE_DIM, _("a week ago"));
	spark_line(st->before.hour + from, (size_t)(to - from), line,
	    sizeof(line));
	canvas_put(c, row, 35, STYLE_DIM, line);
	return row + 1;
}

/* One part of the machine: how it is, since when, what opens it. */
static void
home_draw_part(struct canvas *c, int row, const char *part,
    const char *state, int64_t since, const char *key)
{
	bool	roomy = canvas_cols(c) >= 60;

	canvas_put(c, row, 2, STYLE_DIM, part);
	canvas_put(c, row, 16, STYLE_NORMAL, state);
	if (since != 0 && (roomy ||
	    16 + canvas_width(c, state) < canvas_cols(c) - 6)) {
		canvas_right(c, row, roomy ? 54 : canvas_cols(c) - 1, 5,
		    STYLE_NORMAL, app_age(since, shop_now()));
	}
	if (roomy) {
		canvas_put(c, row, 58, STYLE_DIM, key);
	}
}

static int
home_draw_machine(const struct home_screen *st, struct canvas *c, int row)
{
	char	text[64];

	(void)str_fmt(text, sizeof(text), ngettext("%lld session, %lld far",
	    "%lld sessions, %lld far", (unsigned long)st->working),
	    (long long)st->working, (long long)st->far);
	home_draw_part(c, row++, _("Doors"), text, st->since, _("Tab w"));
	if (st->troubled > 0) {
		(void)str_fmt(text, sizeof(text), _("%d of %d in trouble"),
		    st->troubled, st->printers);
	} else {
		(void)str_fmt(text, sizeof(text), ngettext("%d, in order",
		    "%d, in order", (unsigned long)st->printers),
		    st->printers);
	}
	home_draw_part(c, row++, _("Printers"), text, 0, _("Tab p"));
	if (st->jobs > 0) {
		(void)str_fmt(text, sizeof(text), ngettext("%lld waits",
		    "%lld wait", (unsigned long)st->jobs),
		    (long long)st->jobs);
	} else {
		(void)str_copy(text, sizeof(text), _("none waits"));
	}
	home_draw_part(c, row++, _("Print jobs"), text,
	    st->jobs > 0 ? st->oldest_job : 0, _("Tab p"));
	if (st->backup != 0) {		/* else it is told above */
		home_draw_part(c, row++, _("Backup"), _("checked"),
		    st->backup, "comptoir backup");
	}
	return row;
}

static int
home_draw_alerts(const struct home_screen *st, struct canvas *c, int row)
{
	for (int i = 0; i < st->nalerts && row < canvas_rows(c); i++) {
		row += canvas_wrap(c, row, 2, st->alerts[i].style,
		    st->alerts[i].text);
	}
	return row;
}

static void
home_draw_low(const struct home_screen *st, struct canvas *c, int row)
{
	canvas_put(c, row++, 2, STYLE_BOLD, st->nlow > 0 ?
	    _("Runs out") : _("Nothing runs out."));
	for (int i = 0; i < st->nlow && row < canvas_rows(c); i++, row++) {
		const struct product	*p = &st->low[i];

		canvas_right(c, row, 10, 9, p->stock <= 0 ? STYLE_WARN :
		    STYLE_NORMAL, app_qty(st->shop, p->stock));
		canvas_fmt(c, row, 11, STYLE_NORMAL, "%s%s%s",
		    p->by_weight ? p->unit : "", p->by_weight ? " " : "",
		    p->name);
	}
}

/* For who neither sells nor counts: what there is to do here. */
static int
home_draw_rights(const struct home_screen *st, struct canvas *c, int row)
{
	/* What does it: a key here, or the command line. */
	static const char *const	with[RIGHT_COUNT] = {
		[RIGHT_PRODUCT] = "comptoir product set",
		[RIGHT_ADJUST] = "comptoir stock adjust",
		[RIGHT_LOOK] = "F2",
	};
	bool				roomy = canvas_cols(c) >= 60;

	canvas_put(c, row++, 2, STYLE_BOLD, _("Here you can"));
	for (int i = 0; i < RIGHT_COUNT && row < canvas_rows(c); i++) {
		if (!shop_may(st->shop, (enum right)i)) {
			continue;
		}
		canvas_put(c, row, 4, STYLE_NORMAL, right_text((enum right)i));
		if (roomy && with[i] != NULL) {
			canvas_put(c, row, 40, STYLE_DIM, with[i]);
		}
		row++;
	}
	return row;
}

static void
home_draw(const void *state, struct canvas *c)
{
	const struct home_screen	*st = state;
	bool				 roomy = canvas_rows(c) >= 14;
	int				 row = roomy ? 1 : 0;

	if (shop_may(st->shop, RIGHT_REPORT)) {
		row = home_draw_day(st, c, row) + (roomy ? 1 : 0);
	} else if (!shop_may(st->shop, RIGHT_SELL)) {
		/* where little fits, what wants attention comes first */
		row = roomy ? row : home_draw_alerts(st, c, row);
		row = home_draw_rights(st, c, row);
	}
	if (shop_may(st->shop, RIGHT_BACKUP) && row + 4 < canvas_rows(c)) {
		row = home_draw_machine(st, c, row) + (roomy ? 1 : 0);
	} else if (shop_may(st->shop, RIGHT_CHECK) &&
	    row < canvas_rows(c)) {
		canvas_fmt(c, row++, 2, STYLE_NORMAL, ngettext(
		    "%lld person at work", "%lld people at work",
		    (unsigned long)st->working), (long long)st->working);
	}
	if (roomy || shop_may(st->shop, RIGHT_REPORT) ||
	    shop_may(st->shop, RIGHT_SELL)) {
		row = home_draw_alerts(st, c, row);
	}
	row += roomy && row > 1 ? 1 : 0;
	if (shop_may(st->shop, RIGHT_LOOK) && row + 1 < canvas_rows(c)) {
		home_draw_low(st, c, row);
	}
}

static void
home_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size,
	    _("code or name looks up; Tab: menu"));
}

static enum turn
home_enter(struct session *s, void *state, const char *text)
{
	(void)state;
	return *text == '\0' ? TURN_STAY :
	    session_push(s, &screen_product, text);
}

static enum turn
home_news(struct session *s, void *state, unsigned topics)
{
	(void)s;
	home_read(state, topics == 0);
	return TURN_DRAW;
}

static enum turn
home_tick(struct session *s, void *state)
{
	session_timer(s, HOME_TICK_MS);
	return home_news(s, state, 0);
}

static enum turn
home_act(struct session *s, void *state, enum action act, const char *rest)
{
	switch (act) {
	case ACT_REFRESH:
		return home_news(s, state, 0);
	case ACT_FIND:
		return session_push(s, &screen_find, rest);
	case ACT_OPENED:
		return session_push(s, &screen_opened,
		    &(struct opened_arg){ .name = rest });
	case ACT_BACK:
		return session_confirm(s, HOME_LEAVE, true, _("Sign out?"));
	default:
		return TURN_PASS;
	}
}

static enum turn
home_resume(struct session *s, void *state, const struct answer *a)
{
	struct sale_arg	arg = { .sale = a->value };

	if (a->tag == HOME_LEAVE) {
		return a->ok ? app_leave(s) : TURN_DRAW;
	}
	if ((a->from == &screen_opened || a->from == &screen_tickets) &&
	    a->ok) {
		return session_push(s, &screen_sale, &arg);
	}
	if (a->from == &screen_find && a->ok) {
		struct product	p;

		if (product_get(session_shop(s), a->value, &p) == 0) {
			return session_push(s, &screen_product, p.code);
		}
	}
	return home_news(s, state, 0);
}

static bool
home_can(const void *state, enum action act)
{
	const struct home_screen	*st = state;

	return act != ACT_OPENED || shop_may(st->shop, RIGHT_SELL);
}

static const struct binding home_keys[] = {
	{ ACT_FIND, K_F2, 'f', NULL },
	{ ACT_OPENED, K_F6, 'o', NULL },
	{ ACT_SELL, K_F9, 'v', NULL },
	{ ACT_TICKETS, K_NONE, 't', NULL },
	{ ACT_PLAN, K_NONE, 'a', NULL },
	{ ACT_BOOKINGS, K_NONE, 'h', NULL },
	{ ACT_ROOMS, K_NONE, 0, NULL },
	{ ACT_SHIFT, K_NONE, 'G', NULL },
	{ ACT_REPORT, K_NONE, 'e', NULL },
	{ ACT_PASS, K_NONE, 0, NULL },
	{ ACT_STOCK, K_NONE, 0, NULL },
	{ ACT_STOCK_COUNT, K_NONE, 0, NULL },
	{ ACT_TRANSFER, K_NONE, 0, NULL },
	{ ACT_PRODUCT, K_NONE, 'k', NULL },
	{ ACT_PRICES, K_NONE, 'x', NULL },
	{ ACT_PROMOTIONS, K_NONE, 'g', NULL },
	{ ACT_QUICKKEYS, K_NONE, 0, NULL },
	{ ACT_PRINTERS, K_NONE, 'p', NULL },
	{ ACT_PURCHASES, K_NONE, 0, NULL },
	{ ACT_SUPPLIERS, K_NONE, 0, NULL },
	{ ACT_BILLS, K_NONE, 0, NULL },
	{ ACT_LABELS, K_NONE, 0, NULL },
	{ ACT_TEMPLATES, K_NONE, 'b', NULL },
	{ ACT_USERS, K_NONE, 'u', NULL },
	{ ACT_TERMINALS, K_NONE, 'w', NULL },
	{ ACT_SELF, K_NONE, 'm', NULL },
	{ ACT_KEY_TEST, K_NONE, 'y', NULL },
	{ ACT_SWITCH_USER, K_NONE, 's', NULL },
	{ ACT_LOCK, K_NONE, 'l', NULL },
	{ ACT_REFRESH, K_NONE, 'r', NULL },
	{ 0 }
};

const struct screen screen_home = {
	.name = "home",
	.title = N_("HOME"),
	.help = N_("How the day goes beside the same weekday a week ago: a "
	    "digit an hour, 9 the best hour.  Below, what wants attention "
	    "and what runs out.  A code or a name looks an item up.  Tab "
	    "lists everything you may do here."),
	.topics = 1U << TOPIC_SALE | 1U << TOPIC_PRINTER |
	    1U << TOPIC_SESSION,
	.state_size = sizeof(struct home_screen),
	.keys = home_keys,
	.open = home_open,
	.draw = home_draw,
	.prompt = home_prompt,
	.can = home_can,
	.enter = home_enter,
	.act = home_act,
	.resume = home_resume,
	.news = home_news,
	.tick = home_tick,
	.close = home_close,
};
