/* SPDX-License-Identifier: ISC */
/* The session behind the screens: who works here, how they come and go. */
#include "screens/app.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/log.h"
#include "screens/kitchen.h"
#include "screens/screens.h"
#include "shop/approval.h"
#include "shop/badge.h"
#include "shop/dish.h"
#include "shop/room.h"
#include "shop/session.h"
#include "shop/shift.h"
#include "shop/user.h"

#define GUESSES_FREE	3	/* wrong secrets before one has to wait */
#define GUESS_MS	250
#define GUESS_MS_MOST	3000

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
