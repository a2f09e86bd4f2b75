/* SPDX-License-Identifier: ISC */
/* The session behind the screens: who works here, what is above the work, and
 * the acts that mean the same on every screen. */
#include "screens/app.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/watch.h"
#include "drivers/driver.h"
#include "screens/kitchen.h"
#include "screens/screens.h"
#include "screens/till.h"
#include "shop/approval.h"
#include "shop/badge.h"
#include "shop/country.h"
#include "shop/course.h"
#include "shop/dish.h"
#include "shop/journal.h"
#include "shop/kitchen.h"
#include "shop/price.h"
#include "shop/receipt.h"
#include "shop/room.h"
#include "shop/session.h"
#include "shop/training.h"
#include "shop/user.h"

#define GUESSES_FREE	3	/* wrong secrets before one has to wait */
#define GUESS_MS	250
#define GUESS_MS_MOST	3000
#define APP_RECEIPT	42	/* columns of a receipt on the screen */
#define APP_PRINTER	36	/* bytes of a printer's trouble in the bar */

struct app *
app_of(struct session *s)
{
	return session_app(s);
}

const struct screen *
screen_named(const char *name)
{
#define X(id) \
	if (strcmp(screen_##id.name, name) == 0) { \
		return &screen_##id; \
	}
	SCREENS(X)
#undef X
	return NULL;
}

/* ---- words -------------------------------------------------------------- */

/* Enough for the amounts of one printf. */
static char *
app_slot(void)
{
	static char	ring[8][MONEY_TEXT];
	static unsigned	at;

	return ring[at++ % NELEM(ring)];
}

const char *
app_money(const struct shop *shop, int64_t amount)
{
	char	*out = app_slot();

	money_plain(&shop->money, amount, out);
	return out;
}

const char *
app_day_of(const struct shop *shop, const char *iso)
{
	static char	out[COUNTRY_DAY];

	return country_day(shop, iso, out);
}

const char *
app_day(const struct shop *shop, int64_t ms)
{
	char	iso[16];

	clock_local(ms, "%Y-%m-%d", iso, sizeof(iso));
	return app_day_of(shop, iso);
}

const char *
app_cash(const struct shop *shop, int64_t amount)
{
	char	*out = app_slot();

	money_symbol(&shop->money, amount, out);
	return out;
}

const char *
app_typed(const struct shop *shop, int64_t amount)
{
	struct money_style	 typed = shop->money;
	char			*out = app_slot();

	typed.group[0] = '\0';
	money_plain(&typed, amount, out);
	return out;
}

enum turn
app_ask_serial(struct session *s, int tag, const struct product *p)
{
	char	question[PRODUCT_NAME + 60];

	(void)str_fmt(question, sizeof(question), _("%s: its serial number?"),
	    p->name);
	return session_ask_code(s, tag, question, "");
}

const char *
app_qty(const struct shop *shop, int64_t qty)
{
	char	*out = app_slot();

	qty_plain(shop->money.mark, qty, out);
	return out;
}

const char *
app_age(int64_t since, int64_t now)
{
	char	*out = app_slot();
	int64_t	 minutes = (now - since) / 60000;

	if (minutes < 0) {
		minutes = 0;
	}
	if (minutes < 60) {
		(void)str_fmt(out, MONEY_TEXT, _("%dm"), (int)minutes);
	} else if (minutes < 48 * 60) {
		(void)str_fmt(out, MONEY_TEXT, _("%dh"), (int)(minutes / 60));
	} else {
		(void)str_fmt(out, MONEY_TEXT, _("%lldd"),
		    (long long)(minutes / (24 * 60)));
	}
	return out;
}

/* ---- the top bar -------------------------------------------------------- */

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

	if (app->shop->who.user != 0 && app_told_over(app) == 0 &&
	    table_serves(app->shop, &serves) == 0 && serves) {
		(void)app_trouble(s, 0);
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

bool
app_allowed(struct session *s, const char *right)
{
	enum right	r;

	return right_find(right, &r) == 0 &&
	    (shop_may(session_shop(s), r) ||
	    approval_lends(session_shop(s), r));
}

int
app_refusal(struct session *s, const char *right)
{
	enum right	r;
	int		error = right_find(right, &r);

	return error != 0 ? error : shop_require(session_shop(s), r);
}

/* ---- rights lent for one act -------------------------------------------- */

static bool
app_lent_can(struct session *s, const char *right)
{
	struct shop	*shop = session_shop(s);
	enum right	 r;

	return right == NULL ? approval_wanted(shop, &r) :
	    right_find(right, &r) == 0 && shop->who.user != 0 &&
	    approval_can(shop, r);
}

static void
app_lent_begin(struct session *s)
{
	approval_begin(session_shop(s));
}

static bool
app_lent_extend(struct session *s)
{
	return approval_extend(session_shop(s));
}

static bool
app_lent_holds(struct session *s)
{
	return approval_holds(session_shop(s));
}

static void
app_lent_end(struct session *s)
{
	approval_end(session_shop(s));
}

const struct session_approval app_approval = {
	.screen = &screen_approve,
	.can = app_lent_can,
	.begin = app_lent_begin,
	.extend = app_lent_extend,
	.holds = app_lent_holds,
	.end = app_lent_end,
};

/* ---- coming and going --------------------------------------------------- */

/* Is there anywhere with a display of what is to be made? */
static bool
app_station(struct shop *shop)
{
	struct station	*rows;
	size_t		 n;
	bool		 any = false;

	if (station_list(shop, &rows, &n) != 0) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		any = any || rows[i].display;
	}
	free(rows);
	return any;
}

const struct screen *
app_home(struct shop *shop)
{
	bool	tables;

	switch (shop->who.role) {
	case ROLE_WAITER:
		if (shop_may(shop, RIGHT_SELL) &&
		    room_any(shop, &tables) == 0 && tables) {
			return &screen_plan;
		}
		/* FALLTHROUGH */
	case ROLE_CASHIER:
	case ROLE_SELLER:
		return shop_may(shop, RIGHT_SELL) ? &screen_sale :
		    &screen_home;
	case ROLE_COOK:
		return shop_may(shop, RIGHT_KITCHEN) && app_station(shop) ?
		    &screen_kitchen : &screen_home;
	default:
		return &screen_home;
	}
}

int
app_enter(struct session *s, int64_t user)
{
	struct app	*app = app_of(s);
	struct shop	*shop = app->shop;
	int		 r;

	if (shop->who.session != 0) {
		auth_leave(shop);
		app->changed = true;
	}
	app->sale = 0;
	app->kept = false;
	r = auth_enter(shop, user, app->terminal, app->door, app->from, true);
	if (r != 0) {
		return r;
	}
	session_language(s, shop->who.language[0] != '\0' ?
	    shop->who.language : shop->set.language);
	session_set_lock(s, (int64_t)shop->set.lock_minutes * 60000);
	app_bar(s);
	return 0;
}

void
app_nobody(struct session *s)
{
	struct app	*app = app_of(s);
	struct actor	*who = &app->shop->who;

	if (who->session != 0) {
		auth_leave(app->shop);
	}
	*who = (struct actor){ .door = app->door, .terminal = app->terminal };
	(void)str_copy(who->from, sizeof(who->from), app->from);
	if (app->terminal != 0 &&
	    terminal_name(app->shop, app->terminal, who->terminal_name) != 0) {
		log_warn("terminal %lld has no name",
		    (long long)app->terminal);
	}
	session_language(s, app->shop->set.language);
	app_bar(s);
}

/* The till of yesterday, if nobody closed it: said on the screen it is seen
 * from.  What cannot be closed (a wrong clock) waits for the first payment. */
static enum turn
app_started(struct session *s, enum turn turn)
{
	struct shop	*shop = app_of(s)->shop;
	struct shift	 shift;
	int64_t		 forced;
	int		 r;

	if ((r = shift_start(shop, &forced)) != 0) {
		log_err(r, "closing a forgotten shift");
	} else if (forced != 0 && shift_get(shop, forced, &shift) == 0) {
		session_warn(s, _("the till of %s was never closed: %s closes "
		    "it, not counted"), app_day_of(shop, shift.business_day),
		    shift.z);
	}
	return turn;
}

/*
 * A place this terminal kept for who was cut off comes back with its entry
 * line; any other screen than the sale is opened over home.
 */
enum turn
app_start(struct session *s)
{
	struct app		*app = app_of(s);
	const struct screen	*home = app_home(app->shop), *screen;
	struct sale_arg		 arg = { 0 };
	struct kitchen_arg	 station = { .name = "" };
	const void		*with = "";
	struct place		 place;
	enum turn		 turn;

	app->changed = false;
	app->left = false;
	/* What was of yesterday is off; a shop without counts asks once. */
	if (dish_sweep(app->shop) != 0) {
		log_warn("yesterday's dishes are still on");
	}
	if (session_place_take(app->shop, &place) != 0) {
		return app_started(s, session_push(s, home, NULL));
	}
	screen = screen_named(place.screen);
	if (screen == &screen_sale) {
		arg.sale = place.object;
		arg.entry = place.entry;
		with = &arg;
	} else if (screen == &screen_kitchen) {
		station.station = place.object;
		with = &station;
	}
	turn = session_push(s, home, home == screen ? with : NULL);
	if (screen != NULL && screen != home && screen != &screen_home) {
		turn = session_push(s, screen, with);
	}
	return app_started(s, turn);
}

static int
app_prove_once(struct session *s, const char *name, const char *secret,
    struct grant *out)
{
	struct app	*app = app_of(s);
	size_t		 n = strlen(secret);
	int		 r;

	if (badge_is(app->shop, secret)) {
		return auth_badge(app->shop, secret, out);
	}
	if (app->shop->who.terminal != 0 && n >= 4 && n <= 8 &&
	    strspn(secret, "0123456789") == n) {
		r = auth_pin(app->shop, name, secret, out);
		/* Long enough for a password of digits. */
		if (r != ERR_AUTH || n < 8) {
			return r;
		}
	}
	return auth_password(app->shop, name, secret, app->door, app->from,
	    out);
}

/* Who guesses at a keyboard waits, a little longer each time; three seconds
 * at most, so that nobody can lock the next one out. */
int
app_prove(struct session *s, const char *name, const char *secret,
    struct grant *out)
{
	struct app	*app = app_of(s);
	struct timespec	 wait = { 0 };
	int		 r;

	if (app->guesses >= GUESSES_FREE) {
		int	ms = (app->guesses - GUESSES_FREE + 1) * GUESS_MS;

		ms = ms < GUESS_MS_MOST ? ms : GUESS_MS_MOST;
		wait.tv_sec = ms / 1000;
		wait.tv_nsec = ms % 1000 * 1000000L;
		(void)nanosleep(&wait, NULL);
	}
	r = app_prove_once(s, name, secret, out);
	if (r == 0) {
		app->guesses = 0;
	} else if (r == ERR_AUTH && ++app->guesses == GUESSES_FREE) {
		log_warn("%d wrong secrets in a row at %s", app->guesses,
		    app->from);
	}
	if (r == ERR_AUTH && app->guesses >= GUESSES_FREE) {
		char	what[160];

		(void)str_copy(what, sizeof(what), err_text(ERR_AUTH));
		return err_set(ERR_AUTH, _("%s; each further try waits "
		    "longer"), what);
	}
	return r;
}

bool
app_badge(struct session *s, const char *text)
{
	return badge_is(app_of(s)->shop, text);
}

enum turn
app_leave(struct session *s)
{
	struct app	*app = app_of(s);

	app->left = true;
	return session_pop(s, true, 0, "");
}

bool
app_ended(struct session *s, int r)
{
	if (r != ERR_PARKED) {
		return false;
	}
	app_of(s)->farewell = err_text(ERR_PARKED);
	(void)session_end(s, err_status(ERR_PARKED));
	return true;
}

void
app_keep(struct session *s, const char *screen, int64_t object)
{
	struct app	*app = app_of(s);
	struct place	 place = { .object = object };

	if (app->left || app->kept || app->changed ||
	    !session_over(s) || app->shop->who.session == 0) {
		return;
	}
	app->kept = true;
	(void)str_copy(place.screen, sizeof(place.screen), screen);
	if (!badge_begun(app->shop, session_entry(s))) {
		(void)str_copy(place.entry, sizeof(place.entry),
		    session_entry(s));
	}
	if (session_place_keep(app->shop, &place) != 0) {
		log_warn("the place of session %lld is lost",
		    (long long)app->shop->who.session);
	}
}

/* ---- acts every screen may offer ---------------------------------------- */

/* The receipt of a ticket, of the open sale, or of the last one, as text. */
static enum turn
app_preview(struct session *s, const char *ticket)
{
	struct app	*app = app_of(s);
	struct sale	 sale = { 0 };
	struct slip	 slip = { 0 };
	struct buf	 text = { 0 };
	int64_t		 id = app->sale;
	enum turn	 turn = TURN_DRAW;
	int		 r = 0;

	if (*ticket != '\0') {
		r = sale_by_ticket(app->shop, ticket, &id);
	} else if (id == 0) {
		r = sale_last(app->shop, &id);
	}
	if (r == 0 && (r = sale_load(app->shop, id, &sale)) == 0 &&
	    (r = receipt_build(app->shop, &sale, 0, &slip)) == 0) {
		r = driver_preview(slip_stored(&slip),
		    session_cols(s) < APP_RECEIPT ? session_cols(s) :
		    APP_RECEIPT, &text);
	}
	if (r == 0) {
		turn = session_view(s, sale.ticket[0] != '\0' ? sale.ticket :
		    _("Receipt"), buf_text(&text));
	} else {
		session_beep(s);
		turn = session_fail(s, r);
	}
	sale_done(&sale);
	slip_done(&slip);
	buf_done(&text);
	return turn;
}

/* A manager's word that the clock is right: tickets may be made again. */
static enum turn
app_clock(struct session *s)
{
	char	now[32];
	int	r;

	if ((r = journal_clock_confirm(session_shop(s))) != 0) {
		return session_fail(s, r);
	}
	clock_local(session_now_ms(s), "%Y-%m-%d %H:%M", now, sizeof(now));
	session_say(s, _("noted: it is %s"), now);
	return TURN_DRAW;
}

/* "Blanquette 14,50 x20 chaud" */
static enum turn
app_dish(struct session *s, const char *text)
{
	struct shop	*shop = session_shop(s);
	struct dish_new	 dish;
	char		 said[DISH_SAID];
	int64_t		 id;
	int		 r;

	if ((r = dish_parse(shop, text, &dish)) != 0 ||
	    (r = dish_today(shop, &dish, &id)) != 0 ||
	    (r = dish_said(shop, id, said)) != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, "%s", said);
	return TURN_DRAW;
}

/* "1043 5", "1043 -"; the code alone: none is left. */
static enum turn
app_sold_out(struct session *s, const char *text)
{
	struct shop	*shop = session_shop(s);
	struct product	 p;
	char		 code[PRODUCT_CODE];
	const char	*count = text + strcspn(text, " ");
	int64_t		 n = 0;
	int		 r;

	(void)str_fmt(code, sizeof(code), "%.*s", (int)(count - text), text);
	count += strspn(count, " ");
	if ((r = product_find(shop, code, &p)) == 0 && *count != '\0' &&
	    strcmp(count, "-") != 0 && (r = str_to_i64(count, 0, 9999,
	    &n)) != 0) {
		r = err_set(ERR_INVALID, _("a number from %d to %d"), 0,
		    9999);
	}
	if (r == 0) {
		r = dish_left(shop, p.id, strcmp(count, "-") == 0 ? -1 :
		    n * QTY_ONE);
	}
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	session_say(s, strcmp(count, "-") == 0 ? _("%s is not counted any "
	    "more") : n == 0 ? _("%s is sold out everywhere") :
	    _("%s is counted from here"), p.name);
	return TURN_DRAW;
}

enum turn
app_act(struct session *s, enum action act, const char *rest)
{
	switch (act) {
	case ACT_LEAVE:
		app_of(s)->left = true;
		return session_end(s, 0);
	case ACT_CLOCK:
		return app_clock(s);
	case ACT_PREVIEW:
		return app_preview(s, rest);
	case ACT_TICKETS:
		return session_push(s, &screen_tickets, rest);
	case ACT_STOCK:
		return session_push(s, &screen_stock, rest);
	case ACT_TRANSFER:
		return session_push(s, &screen_transfers, rest);
	case ACT_STOCK_COUNT:
		return session_push(s, &screen_stockcount, rest);
	case ACT_REPORT:
		return session_push(s, *rest == '\0' ? &screen_reports :
		    &screen_report, rest);
	case ACT_PRODUCT:
		return session_push(s, &screen_product, rest);
	case ACT_SELL:
		return session_push(s, &screen_sale, NULL);
	case ACT_PASS:
		return session_push(s, &screen_pass, NULL);
	case ACT_PLAN:
		return session_push(s, &screen_plan, rest);
	case ACT_KITCHEN:
		return session_push(s, &screen_kitchen,
		    &(struct kitchen_arg){ .name = rest });
	case ACT_BOOKINGS:
		return session_push(s, &screen_bookings, "");
	case ACT_BOOK:
		return session_push(s, &screen_bookings, rest);
	case ACT_ROOMS:
		return session_push(s, &screen_rooms, NULL);
	case ACT_DISH:
		return app_dish(s, rest);
	case ACT_SOLD_OUT:
		return app_sold_out(s, rest);
	case ACT_SWITCH_USER:
		return session_push(s, &screen_lock, rest);
	case ACT_SELF:
		return session_push(s, &screen_self, NULL);
	case ACT_TEMPLATES:
		return session_push(s, &screen_templates, NULL);
	case ACT_USERS:
		return session_push(s, &screen_users, NULL);
	case ACT_TERMINALS:
		return session_push(s, &screen_terminals, NULL);
	case ACT_PRICES:
		return session_push(s, &screen_prices, NULL);
	case ACT_PROMOTIONS:
		return session_push(s, &screen_promos, NULL);
	case ACT_QUICKKEYS:
		return session_push(s, &screen_quickkeys, rest);
	case ACT_PRINTERS:
		return session_push(s, &screen_printers, NULL);
	case ACT_PURCHASES:
		return session_push(s, &screen_orders, NULL);
	case ACT_BILLS:
		return session_push(s, &screen_bills, NULL);
	case ACT_LABELS:
		return session_push(s, &screen_labels, NULL);
	case ACT_SUPPLIERS:
		return session_push(s, &screen_suppliers, NULL);
	case ACT_KEY_TEST:
		return session_push(s, &screen_keytest, NULL);
	case ACT_SHIFT:
		return session_push(s, &screen_shift, rest);
	case ACT_X:
		return till_x(s);
	case ACT_Z:
		return till_z(s);
	case ACT_DRAWER_COUNT:
		return till_count(s);
	case ACT_FLOAT:
	case ACT_PAY_IN:
	case ACT_PAY_OUT:
	case ACT_DROP:
		return till_money(s, act, rest);
	default:
		return TURN_PASS;
	}
}
