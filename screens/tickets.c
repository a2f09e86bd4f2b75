/* SPDX-License-Identifier: ISC */
/* Past tickets, newest first: look at one, print it again as a duplicate. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/receipt.h"
#include "shop/return.h"
#include "term/widgets.h"

#define TICKETS_MOST	1000

struct tickets_screen {
	struct shop		*shop;
	char			 day[CLOCK_DAY_SIZE];	/* "" all */
	struct sale_brief	*rows;
	size_t			 n;
	struct list		 list;
};

static const struct column tickets_columns[] = {
	{ N_("Ticket"), 14, false, 0 },
	{ N_("Day"), 10, false, 60 },
	{ N_("Time"), 5, false, 0 },
	{ N_("Who"), 10, false, 60 },
	{ N_("Where"), 0, false, 60 },
	{ "", 9, false, 70 },
	{ N_("Total"), 11, true, 0 },
	{ 0 }
};

static int
tickets_count(struct session *s, void *ctx, int64_t *n)
{
	struct tickets_screen	*st = ctx;
	struct sale_brief	*rows;
	int			 r;

	(void)s;
	*n = 0;
	if ((r = sale_posted_list(st->shop, st->day[0] == '\0' ? NULL :
	    st->day, TICKETS_MOST, &rows, &st->n)) != 0) {
		return r;
	}
	free(st->rows);
	st->rows = rows;
	*n = (int64_t)st->n;
	return 0;
}

static int
tickets_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	const struct tickets_screen	*st = ctx;
	char				 hour[8];

	(void)s;
	for (int64_t i = from; i < from + n && i < (int64_t)st->n; i++) {
		const struct sale_brief	*b = &st->rows[i];

		clock_local(b->posted_at, "%H:%M", hour, sizeof(hour));
		list_add(into, b->id, STYLE_NORMAL,
		    "%s\t%s\t%s\t%s\t%s\t%s\t%s", b->ticket,
		    app_day(st->shop, b->posted_at), hour,
		    b->user, b->terminal,
		    b->back == SALE_BACK_ALL ? _("returned") :
		    b->back == SALE_BACK_PART ? _("partly") : "",
		    app_money(st->shop, b->total));
	}
	return 0;
}

static int
tickets_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	const struct tickets_screen	*st = ctx;

	(void)s;
	*at = -1;
	for (size_t i = 0; i < st->n; i++) {
		if (st->rows[i].id == id) {
			*at = (int64_t)i;
		}
	}
	return 0;
}

static const struct list_source tickets_source = {
	tickets_count, tickets_fetch, tickets_find
};

static int
tickets_of(struct session *s, struct tickets_screen *st, const char *day)
{
	char	iso[CLOCK_DAY_SIZE] = "";
	int	r;

	if (*day != '\0' && (r = clock_day_read(day, iso)) != 0) {
		return r;
	}
	(void)str_copy(st->day, sizeof(st->day), iso);
	return list_reload(s, &st->list);
}

static int
tickets_open(struct session *s, void *state, const void *arg)
{
	struct tickets_screen	*st = state;

	st->shop = session_shop(s);
	list_init(&st->list, tickets_columns, &tickets_source, st);
	st->list.headed = true;
	return tickets_of(s, st, arg != NULL ? arg : "");
}

static void
tickets_close(struct session *s, void *state)
{
	struct tickets_screen	*st = state;

	app_keep(s, "tickets", 0);
	list_done(&st->list);
	free(st->rows);
}

static void
tickets_layout(struct session *s, void *state, int rows, int cols)
{
	struct tickets_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows);
}

static void
tickets_draw(const void *state, struct canvas *c)
{
	const struct tickets_screen	*st = state;

	if (st->n == 0) {
		canvas_fmt(c, 1, 4, STYLE_NORMAL, st->day[0] == '\0' ?
		    _("No ticket yet.") : _("No ticket on %s."), st->day);
		return;
	}
	list_draw(&st->list, c, 0);
}

static void
tickets_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)str_copy(out, size, *typed == '\0' ?
	    _("Enter shows it; Tab r reprints it") :
	    _("ticket number, or a day: 20/11/2026"));
}

static enum turn
tickets_key(struct session *s, void *state, struct key key)
{
	struct tickets_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* The ticket a typed number or the mark names; refused in words. */
static int
tickets_which(struct tickets_screen *st, const char *text, int64_t *id)
{
	if (*text != '\0') {
		return return_find(st->shop, text, id);
	}
	if ((*id = list_chosen(&st->list)) == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no ticket here"));
	}
	return 0;
}

static enum turn
tickets_enter(struct session *s, void *state, const char *text)
{
	struct tickets_screen	*st = state;
	struct sale		 sale;
	int64_t			 id;
	char			 ticket[sizeof(sale.ticket)];
	char			 iso[CLOCK_DAY_SIZE];
	int			 r;

	if (*text != '\0' && clock_day_read(text, iso) == 0) {
		if ((r = tickets_of(s, st, text)) != 0) {
			return session_fail(s, r);
		}
		return TURN_DRAW;
	}
	if ((r = tickets_which(st, text, &id)) != 0 ||
	    (r = sale_load(st->shop, id, &sale)) != 0) {
		return session_fail(s, r);
	}
	(void)str_copy(ticket, sizeof(ticket), sale.ticket);
	sale_done(&sale);
	return app_act(s, ACT_PREVIEW, ticket);
}

static enum turn
tickets_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	struct tickets_screen	*st = state;
	int64_t			 id, n = 0;
	int			 r;

	switch (act) {
	case ACT_REPRINT:
		if ((r = tickets_which(st, rest, &id)) == 0) {
			r = receipt_reprint(st->shop, id, &n);
		}
		if (r != 0) {
			return session_fail(s, r);
		}
		session_say(s, _("duplicate %lld is printing"),
		    (long long)n);
		return TURN_DRAW;
	case ACT_RETURN:
		if ((r = *rest != '\0' ? return_find(st->shop, rest, &id) :
		    tickets_which(st, "", &id)) != 0) {
			return session_fail(s, r);
		}
		return session_push(s, &screen_return, &id);
	case ACT_BACK:
		if (st->day[0] != '\0' && tickets_of(s, st, "") == 0) {
			return TURN_DRAW;
		}
		return TURN_PASS;
	default:
		return TURN_PASS;
	}
}

/* What came back is on a sale now: show that. */
static enum turn
tickets_resume(struct session *s, void *state, const struct answer *a)
{
	(void)state;
	return a->from == &screen_return && a->ok ?
	    session_pop(s, true, a->value, "") : TURN_DRAW;
}

static enum turn
tickets_news(struct session *s, void *state, unsigned topics)
{
	struct tickets_screen	*st = state;

	(void)topics;
	return list_reload(s, &st->list) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding tickets_keys[] = {
	{ ACT_REPRINT, K_NONE, 'r', NULL },
	{ ACT_RETURN, K_NONE, 'z', NULL },
	{ 0 }
};

const struct screen screen_tickets = {
	.name = "tickets",
	.title = N_("TICKETS"),
	.right = "sales",
	.help = N_("Tickets that were paid, the newest first.  Enter shows "
	    "the marked one as it was printed; Tab r prints it again, "
	    "marked DUPLICATA and counted.  A number finds one ticket, a day "
	    "like 20/11/2026 that day's."),
	.topics = 1U << TOPIC_SALE,
	.state_size = sizeof(struct tickets_screen),
	.keys = tickets_keys,
	.open = tickets_open,
	.layout = tickets_layout,
	.draw = tickets_draw,
	.prompt = tickets_prompt,
	.key = tickets_key,
	.enter = tickets_enter,
	.act = tickets_act,
	.resume = tickets_resume,
	.news = tickets_news,
	.close = tickets_close,
};
