/* SPDX-License-Identifier: ISC */
/* Suppliers' invoices: held against what came, due, paid. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/watch.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/purchase.h"

#define BILLS_RECEIPTS	16

struct bills_screen {
	struct shop	*shop;
	struct rows	 rows;
	struct list	 list;
	int64_t		 owed;
	bool		 paid;		/* those that are */
};

static const struct column bills_columns[] = {
	{ N_("Due"), 10, false, 0 },
	{ N_("Supplier"), 8, false, 0 },
	{ N_("Invoice"), 0, false, 0 },
	{ N_("Difference"), 10, true, 72 },
	{ N_("To pay"), 11, true, 0 },
	{ 0 }
};

static int
bills_row(void *ctx, const struct bill *b)
{
	struct bills_screen	*st = ctx;

	st->owed += b->net + b->tax;
	rows_add(&st->rows, b->id, b->late && !st->paid ? STYLE_WARN :
	    STYLE_NORMAL, "%s\t%s\t%s\t%s\t%s", app_day_of(st->shop, b->due),
	    b->supplier, b->number, b->net == b->expected ? "" :
	    app_money(st->shop, b->net - b->expected),
	    app_money(st->shop, b->net + b->tax));
	return 0;
}

static int
bills_read(struct session *s, struct bills_screen *st)
{
	int	r;

	rows_clear(&st->rows);
	st->owed = 0;
	if ((r = bill_list(st->shop, st->paid, 0, bills_row, st)) != 0) {
		return r;
	}
	return list_reload(s, &st->list);
}

static int
bills_open(struct session *s, void *state, const void *arg)
{
	struct bills_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, bills_columns, &rows_source, &st->rows);
	st->list.headed = true;
	return bills_read(s, st);
}

static void
bills_close(struct session *s, void *state)
{
	struct bills_screen	*st = state;

	app_keep(s, "bills", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
bills_layout(struct session *s, void *state, int rows, int cols)
{
	struct bills_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 1);
}

static void
bills_draw(const void *state, struct canvas *c)
{
	const struct bills_screen	*st = state;

	canvas_put(c, 0, 2, STYLE_BOLD, st->paid ? _("Paid") :
	    _("To be paid"));
	canvas_right(c, 0, canvas_cols(c) - 1, 16, STYLE_BOLD,
	    app_cash(st->shop, st->owed));
	if (st->list.count == 0) {
		(void)canvas_wrap(c, 2, 4, STYLE_NORMAL, _("None.  METRO F123 "
		    "20/11/2026 10.32 2.06 REC-000001 is their invoice F123 "
		    "for that receipt: without tax, the tax."));
		return;
	}
	list_draw(&st->list, c, 1);
}

static void
bills_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("SUPPLIER NUMBER DAY NET TAX RECEIPTS"));
}

static enum turn
bills_key(struct session *s, void *state, struct key key)
{
	struct bills_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* "METRO F123 20/11/2026 10.32 2.06 REC-000001 RET-000001 ! price rose" */
static int
bills_put(struct bills_screen *st, const char *text)
{
	char		 own[ENTRY_MAX], day[CLOCK_DAY_SIZE], *save = NULL;
	char		*word[5], *more;
	const char	*why = "";
	int64_t		 net, tax, ids[BILLS_RECEIPTS], id;
	struct supplier	 supplier;
	struct intake	 in;
	size_t		 n = 0;
	int		 r;

	(void)str_copy(own, sizeof(own), text);
	if ((more = strstr(own, " ! ")) != NULL) {
		*more = '\0';
		why = more + 3;
	}
	for (size_t i = 0; i < NELEM(word); i++) {
		if ((word[i] = strtok_r(i == 0 ? own : NULL, " ",
		    &save)) == NULL) {
			return err_set(ERR_INVALID, _("SUPPLIER NUMBER DAY "
			    "NET TAX RECEIPTS: METRO F123 20/11/2026 10.32 "
			    "2.06 REC-000001"));
		}
	}
	if ((r = supplier_find(st->shop, word[0], &supplier)) != 0 ||
	    (r = clock_day_read(word[2], day)) != 0 ||
	    (r = money_parse(&st->shop->money, word[3], false,
	    &net)) != 0 || (r = money_parse(&st->shop->money, word[4], false,
	    &tax)) != 0) {
		return r;
	}
	while ((more = strtok_r(NULL, " ", &save)) != NULL) {
		if (n == BILLS_RECEIPTS) {
			return err_set(ERR_RANGE, _("at most %d receipts"),
			    BILLS_RECEIPTS);
		}
		if ((r = intake_find(st->shop, more, &in)) != 0) {
			return r;
		}
		ids[n++] = in.id;
	}
	return bill_add(st->shop, supplier.id, word[1], day, "", net, tax,
	    ids, n, why, &id);
}

static enum turn
bills_done(struct session *s, struct bills_screen *st, int r)
{
	if (r == 0) {
		r = bills_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
bills_enter(struct session *s, void *state, const char *text)
{
	struct bills_screen	*st = state;

	return text[0] == '\0' ? TURN_STAY :
	    bills_done(s, st, bills_put(st, text));
}

/* The marked one is found again by its id: others may pay, too. */
struct bills_find {
	int64_t	id;
	char	supplier[PRODUCT_CODE], number[64];
};

static int
bills_found(void *ctx, const struct bill *b)
{
	struct bills_find	*f = ctx;

	if (b->id == f->id) {
		(void)str_copy(f->supplier, sizeof(f->supplier), b->supplier);
		(void)str_copy(f->number, sizeof(f->number), b->number);
	}
	return 0;
}

static int
bills_pay(struct session *s, struct bills_screen *st)
{
	struct bills_find	f = { .id = list_chosen(&st->list) };
	struct supplier		supplier;
	int			r;

	if ((r = bill_list(st->shop, false, 0, bills_found, &f)) != 0) {
		return r;
	}
	if (f.number[0] == '\0') {
		return err_set(ERR_EMPTY, _("mark an invoice first"));
	}
	if ((r = supplier_find(st->shop, f.supplier, &supplier)) == 0 &&
	    (r = bill_pay(st->shop, supplier.id, f.number)) == 0) {
		session_say(s, _("invoice %s is paid"), f.number);
	}
	return r;
}

static enum turn
bills_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct bills_screen	*st = state;

	(void)rest;
	switch (act) {
	case ACT_BILL_PAID:
		return bills_done(s, st, bills_pay(s, st));
	case ACT_BILL_WHICH:
		st->paid = !st->paid;
		return bills_done(s, st, 0);
	default:
		return TURN_PASS;
	}
}

static bool
bills_can(const void *state, enum action act)
{
	const struct bills_screen	*st = state;

	return act != ACT_BILL_PAID || (!st->paid && st->list.count > 0);
}

static enum turn
bills_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return bills_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding bills_keys[] = {
	{ ACT_BILL_WHICH, K_F3, 'p', NULL },
	{ ACT_BILL_PAID, K_F9, 'y', NULL },
	{ 0 }
};

const struct screen screen_bills = {
	.name = "bills",
	.title = N_("INVOICES"),
	.right = "purchase",
	.help = N_("Suppliers' invoices by the day they are due.  METRO F123 "
	    "20/11/2026 10.32 2.06 REC-000001 takes one: its day, what it "
	    "asks without tax, the tax, the receipts and returns it is for.  "
	    "What differs from these is refused, unless ! and why stand "
	    "behind it.  F9: the marked one is paid; F3 shows those that "
	    "are."),
	.topics = 1U << TOPIC_PURCHASE,
	.state_size = sizeof(struct bills_screen),
	.keys = bills_keys,
	.open = bills_open,
	.layout = bills_layout,
	.draw = bills_draw,
	.prompt = bills_prompt,
	.can = bills_can,
	.key = bills_key,
	.enter = bills_enter,
	.act = bills_act,
	.news = bills_news,
	.close = bills_close,
};
