/* SPDX-License-Identifier: ISC */
/* Who buys: found by name, code or telephone, added where they are new, and
 * paid by where they owe. */
#include <string.h>

#include "base/buf.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/customer.h"
#include "shop/entry.h"

#define CUSTOMERS_MOST	200	/* shown of those found */

struct customer_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
	char		 words[ENTRY_WORDS];
	int64_t		 asked;		/* who ASK_COLLECT is about */
	int64_t		 buyer;		/* of the open sale; 0 nobody */
};

enum { ASK_COLLECT = 1 };

static const struct column customer_columns[] = {
	{ N_("Code"), 9, false, 0 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Telephone"), 16, false, 60 },
	{ N_("Owes"), 11, true, 0 },
	{ N_("Limit"), 11, true, 60 },
	{ 0 }
};

static int
customer_row(void *ctx, const struct customer *c)
{
	struct customer_screen	*st = ctx;

	bool			 buys = c->id == st->buyer;

	rows_add(&st->rows, c->id, buys ? STYLE_BOLD : STYLE_NORMAL,
	    "%s\t%s%s\t%s\t%s\t%s", c->code, c->name,
	    buys ? _("  (buys now)") : "", c->phone, c->balance != 0 ?
	    app_money(st->shop, c->balance) : "", c->on_account ?
	    app_money(st->shop, c->credit) : "");
	return 0;
}

static int
customer_read(struct session *s, struct customer_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	if ((r = customer_search(st->shop, st->words, CUSTOMERS_MOST,
	    customer_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
customer_open(struct session *s, void *state, const void *arg)
{
	struct customer_screen	*st = state;

	struct sale		 sale;

	st->shop = session_shop(s);
	if (app_of(s)->sale != 0 &&
	    sale_load(st->shop, app_of(s)->sale, &sale) == 0) {
		st->buyer = sale.customer;
		sale_done(&sale);
	}
	st->list.id = st->buyer;
	list_init(&st->list, customer_columns, &rows_source, &st->rows);
	st->list.headed = true;
	if (arg != NULL) {
		(void)str_copy(st->words, sizeof(st->words), arg);
		session_set_entry(s, st->words);
	}
	return customer_read(s, st);
}

static void
customer_close(struct session *s, void *state)
{
	struct customer_screen	*st = state;

	(void)s;
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
customer_layout(struct session *s, void *state, int rows, int cols)
{
	struct customer_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
customer_draw(const void *state, struct canvas *c)
{
	const struct customer_screen	*st = state;

	if (st->list.count == 0) {
		canvas_put(c, 1, 4, STYLE_NORMAL, st->words[0] != '\0' ?
		    _("Nobody is called so; F7 adds them.") :
		    _("No customer yet; F7 adds one."));
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
customer_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("name, code, telephone; Enter: they buy"));
}

static enum turn
customer_key(struct session *s, void *state, struct key key)
{
	struct customer_screen	*st = state;

	return list_key(s, &st->list, key);
}

static enum turn
customer_typed(struct session *s, void *state, const char *text)
{
	struct customer_screen	*st = state;

	(void)str_copy(st->words, sizeof(st->words), text);
	st->list.id = 0;
	st->list.at = 0;
	st->list.top = 0;
	return customer_read(s, st) == 0 ? TURN_DRAW : TURN_STAY;
}

/* An exact code is that one, whatever is marked. */
static enum turn
customer_enter(struct session *s, void *state, const char *text)
{
	struct customer_screen	*st = state;
	struct customer		 c;
	int64_t			 id = list_chosen(&st->list);

	if (*text != '\0' && customer_find(st->shop, text, &c) == 0) {
		return session_pop(s, true, c.id, "");
	}
	if (id == 0) {
		session_warn(s, _("nobody to take; F7 adds a customer"));
		session_beep(s);
		return TURN_KEEP;
	}
	return session_pop(s, true, id, "");
}

/* "30 e", "30c 1234": how much, and in what. */
static int
customer_collect(struct customer_screen *st, const char *text)
{
	struct entry_pay	entry;
	char			usual[16];
	int64_t			id;
	int			r;

	if ((r = entry_pay_parse(text, &st->shop->money,
	    st->shop->who.implied, &entry)) != 0 ||
	    (r = tender_default(st->shop, usual)) != 0) {
		return r;
	}
	if (!entry.has_amount || (entry.tender[0] == '\0' &&
	    usual[0] == '\0')) {
		return err_set(ERR_INVALID, _("how much, and by what? 30c"));
	}
	return customer_pay(st->shop, st->asked, entry.tender[0] != '\0' ?
	    entry.tender : usual, entry.amount, entry.rest, &id);
}

static enum turn
customer_collected(struct session *s, struct customer_screen *st,
    const char *text)
{
	int	r = customer_collect(st, text);

	if (r != 0 || (r = customer_read(s, st)) != 0) {
		return session_fail(s, r);
	}
	session_say(s, _("it is off the account"));
	return TURN_DRAW;
}

static enum turn
customer_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct customer_screen	*st = state;
	struct person_arg	 arg = { .name = rest };

	switch (act) {
	case ACT_CUSTOMER_NEW:
		if (*rest == '\0' && st->list.count == 0) {
			arg.name = st->words;
		}
		return session_push(s, &screen_person, &arg);
	case ACT_CUSTOMER_EDIT:
		if ((arg.customer = list_chosen(&st->list)) == 0) {
			return TURN_STAY;
		}
		return session_push(s, &screen_person, &arg);
	case ACT_CUSTOMER_NONE:
		return session_pop(s, true, 0, "");
	case ACT_CUSTOMER_PAY:
		if ((st->asked = list_chosen(&st->list)) == 0) {
			return TURN_STAY;
		}
		return *rest != '\0' ? customer_collected(s, st, rest) :
		    session_ask(s, ASK_COLLECT, false,
		    _("Pays how much of it?"), "");
	default:
		return TURN_PASS;
	}
}

static enum turn
customer_resume(struct session *s, void *state, const struct answer *a)
{
	struct customer_screen	*st = state;
	int			 r;

	if (a->ok && a->tag == ASK_COLLECT && *a->text != '\0') {
		return customer_collected(s, st, a->text);
	}
	if (a->from == &screen_person && a->ok) {
		/* The one who was added is the one that is marked. */
		st->words[0] = '\0';
		session_set_entry(s, "");
		st->list.id = a->value;
		if ((r = customer_read(s, st)) != 0) {
			return session_fail(s, r);
		}
	}
	return TURN_DRAW;
}

static enum turn
customer_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return customer_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding customer_keys[] = {
	{ ACT_CUSTOMER_EDIT, K_F3, 'd', NULL },
	{ ACT_CUSTOMER_NEW, K_F7, 'n', NULL },
	{ ACT_CUSTOMER_NONE, K_NONE, 'v', NULL },
	{ ACT_CUSTOMER_PAY, K_F9, 'p', NULL },
	{ 0 }
};

const struct screen screen_customer = {
	.name = "customer",
	.title = N_("CUSTOMER"),
	.right = "sell",
	.help = N_("Type the first letters of a name, a code or some digits "
	    "of a telephone number, and the list narrows.  Enter makes the "
	    "marked customer the buyer of the sale; :nobody takes the buyer "
	    "away.  F7 adds one, F3 shows and changes all about one.  F9 "
	    "takes money that somebody owes: 30 in the usual way, 30c by "
	    "card."),
	.flags = SCREEN_SCANS,
	.topics = 1U << TOPIC_CUSTOMER,
	.state_size = sizeof(struct customer_screen),
	.keys = customer_keys,
	.open = customer_open,
	.layout = customer_layout,
	.draw = customer_draw,
	.prompt = customer_prompt,
	.key = customer_key,
	.typed = customer_typed,
	.enter = customer_enter,
	.act = customer_act,
	.resume = customer_resume,
	.news = customer_news,
	.close = customer_close,
};
