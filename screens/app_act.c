/* SPDX-License-Identifier: ISC */
/* The acts that mean the same on every screen. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "drivers/driver.h"
#include "screens/app.h"
#include "screens/kitchen.h"
#include "screens/screens.h"
#include "screens/till.h"
#include "shop/dish.h"
#include "shop/journal.h"
#include "shop/receipt.h"

#define APP_RECEIPT	42	/* columns of a receipt on the screen */

enum turn
app_ask_serial(struct session *s, int tag, const struct product *p)
{
	char	question[PRODUCT_NAME + 60];

	(void)str_fmt(question, sizeof(question), _("%s: its serial number?"),
	    p->name);
	return session_ask_code(s, tag, question, "");
}

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

	if (!str_fmt(code, sizeof(code), "%.*s", (int)(count - text), text)) {
		r = err_set(ERR_NOT_FOUND, _("nothing has the code %.40s"),
		    text);
	} else {
		r = product_find(shop, code, &p);
	}
	count += strspn(count, " ");
	if (r == 0 && *count != '\0' &&
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
