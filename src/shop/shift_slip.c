/* SPDX-License-Identifier: ISC */
/* X and Z on paper, from the figures of a closing; readable from 32 columns. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "shop/grand.h"
#include "shop/journal.h"
#include "shop/receipt.h"
#include "shop/sale.h"
#include "shop/shift_part.h"

/* One figure: its words, how often, how much. */
static void
slip_figure(struct shop *shop, struct slip *out, const char *words,
    int64_t count, int64_t amount)
{
	char	left[80], right[MONEY_TEXT];

	(void)str_fmt(left, sizeof(left), "%s  %lld", words,
	    (long long)count);
	money_plain(&shop->money, amount, right);
	slip_columns(out, 0, left, right);
}

/* An amount of another currency, written as that one is. */
static void
slip_abroad(struct shop *shop, const char *currency, int64_t amount,
    char out[static MONEY_TEXT])
{
	struct money_style	style = shop->money;

	if (currency[0] == '\0' ||
	    money_style_set(&style, currency, shop->set.country) != 0) {
		money_plain(&shop->money, amount, out);
	} else {
		money_plain(&style, amount, out);
	}
}

static void
slip_of(struct shop *shop, struct slip *out, unsigned style,
    const char *words, const char *currency, int64_t amount)
{
	char	text[MONEY_TEXT], left[64];

	slip_abroad(shop, currency, amount, text);
	(void)str_fmt(left, sizeof(left), "%s%s%s", words,
	    currency[0] != '\0' ? " " : "", currency);
	slip_columns(out, style, left, text);
}

/* --- parts ---------------------------------------------------------------- */

static void
slip_head(struct shop *shop, const struct closing *c, int64_t duplicate,
    struct slip *out)
{
	const struct shift	*s = &c->shift;
	char			 from[32], to[32];

	slip_text(out, SLIP_CENTRE, SLIP_BOLD, shop->set.company);
	if (shop->set.demo) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD,
		    _("DEMO - not a receipt"));
	}
	if (duplicate > 0) {
		slip_fmt(out, SLIP_CENTRE, SLIP_BOLD, "DUPLICATA %lld",
		    (long long)duplicate);
	}
	slip_feed(out, 1);
	if (s->open) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD | SLIP_HIGH,
		    _("X - THE SHIFT GOES ON"));
	} else {
		slip_fmt(out, SLIP_CENTRE, SLIP_BOLD | SLIP_HIGH,
		    _("CLOSING %s"), s->z);
	}
	slip_columns(out, 0, _("Business day"), s->business_day);
	slip_columns(out, 0, s->terminal[0] != '\0' ? s->terminal :
	    shop->set.company, s->user);
	clock_local(s->opened_at, "%d/%m/%Y %H:%M", from, sizeof(from));
	clock_local(s->open ? shop_now() : s->closed_at, "%d/%m/%Y %H:%M", to,
	    sizeof(to));
	slip_columns(out, 0, _("Opened"), from);
	slip_columns(out, 0, s->open ? _("Now") : _("Closed"), to);
	if (s->closer[0] != '\0' && strcmp(s->closer, s->user) != 0) {
		slip_columns(out, 0, _("Closed by"), s->closer);
	}
	if (s->forced) {
		slip_text(out, SLIP_LEFT, SLIP_BOLD,
		    _("Forgotten: closed at the next start, not counted"));
	}
	slip_rule(out, '-');
}

static void
slip_sales(struct shop *shop, const struct closing *c, struct slip *out)
{
	static const int			 widths[] = { 0, 9, 8, 9 };
	const char *const			 head[] = { "", _("Net"),
		_("Tax"), _("Gross") };
	const struct closing_figure		*tickets =
	    closing_figure(c, "tickets");

	slip_figure(shop, out, _("Tickets"), tickets->count, tickets->amount);
	if (c->nvats > 0) {
		slip_row(out, 0, NELEM(head), widths, head);
	}
	for (size_t i = 0; i < c->nvats; i++) {
		const struct closing_vat	*v = &c->vats[i];
		char	what[48], rate[MONEY_TEXT];
		char	net[MONEY_TEXT], vat[MONEY_TEXT], gross[MONEY_TEXT];
		const char	*cells[] = { what, net, vat, gross };

		rate_plain(shop->money.mark, v->rate, rate);
		(void)str_fmt(what, sizeof(what), "%s %s%%", v->name, rate);
		money_plain(&shop->money, v->net, net);
		money_plain(&shop->money, v->vat, vat);
		money_plain(&shop->money, v->gross, gross);
		slip_row(out, 0, NELEM(cells), widths, cells);
	}
	slip_rule(out, '-');
}

/* The two totals that never go back. */
static int
slip_perpetual(struct shop *shop, const struct closing *c, struct slip *out)
{
	struct grand	g;
	char		text[MONEY_TEXT], extract[5];
	int		r;

	r = c->shift.open ? grand_look(shop, c->shift.id, &g) :
	    grand_of_shift(shop, c->shift.id, &g);
	if (r != 0) {
		return r;
	}
	money_plain(&shop->money, g.perpetual, text);
	slip_columns(out, 0, _("Perpetual total"), text);
	money_plain(&shop->money, g.perpetual_absolute, text);
	slip_columns(out, 0, _("Perpetual, refunds added"), text);
	if (!c->shift.open) {
		journal_extract(g.hash, extract);
		slip_columns(out, 0, _("Record"), extract);
	}
	return 0;
}

/* The tender's word once more: the closing has it in the user's language. */
static void
slip_tender(struct shop *shop, const struct closing_total *t,
    char out[static 32])
{
	struct tender	tender;

	(void)str_copy(out, 32, tender_find(shop, t->tender, &tender) == 0 ?
	    tender.label : t->label);
}

static void
slip_tenders(struct shop *shop, const struct closing *c, struct slip *out)
{
	char	words[64], label[32];

	for (size_t i = 0; i < c->ntotals; i++) {
		const struct closing_total	*t = &c->totals[i];

		if (t->payments == 0 && t->taken == 0) {
			continue;
		}
		slip_tender(shop, t, label);
		(void)str_fmt(words, sizeof(words), "%s  %lld", label,
		    (long long)t->payments);
		slip_of(shop, out, 0, words, t->currency, t->taken);
	}
	slip_rule(out, '-');
}

/* Float, movements and cash: what the drawer should hold. */
static int
slip_till(struct shop *shop, const struct closing *c, struct slip *out)
{
	struct drawer_move	*moves;
	size_t			 n;
	char			 words[DRAWER_REASON + 32], label[32];
	int			 r;

	if ((r = drawer_moves(shop, c->shift.id, &moves, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		const struct drawer_move	*m = &moves[i];

		if (m->kind == DRAWER_NO_SALE || m->kind == DRAWER_SURPLUS ||
		    m->kind == DRAWER_SHORTAGE) {
			continue;
		}
		(void)str_fmt(words, sizeof(words), "%s%s%s",
		    drawer_kind_text(m->kind), m->reason[0] != '\0' ? " " :
		    "", m->reason);
		slip_of(shop, out, 0, words, m->currency, m->amount);
	}
	free(moves);
	for (size_t i = 0; i < c->ntotals; i++) {
		const struct closing_total	*t = &c->totals[i];

		if (!t->drawer) {
			continue;
		}
		slip_tender(shop, t, label);
		(void)str_fmt(words, sizeof(words), _("%s expected"), label);
		slip_of(shop, out, SLIP_BOLD, words, t->currency,
		    t->expected);
		if (!t->is_counted) {
			continue;
		}
		(void)str_fmt(words, sizeof(words), _("%s counted"), label);
		slip_of(shop, out, 0, words, t->currency, t->counted);
		slip_of(shop, out, SLIP_BOLD, _("Difference"), t->currency,
		    t->counted - t->expected);
		if (!c->shift.open && t->cash) {
			slip_of(shop, out, 0, _("Taken out"), t->currency,
			    t->counted - t->left);
			slip_of(shop, out, 0, _("Left for the next shift"),
			    t->currency, t->left);
		}
	}
	if (c->shift.drawer && !c->shift.open && c->shift.counted == 0) {
		slip_text(out, SLIP_LEFT, SLIP_BOLD, _("Not counted"));
	}
	return 0;
}

/* name (stored), words; whether it has an amount. */
static const struct {
	const char	*name, *words;
	bool		 amount;
} slip_names[] = {
	{ "not_turnover", N_("Of it no turnover"), true },
	{ "returns", N_("Lines returned"), true },
	{ "discounts", N_("Discounts"), true },
	{ "offers", N_("Items offered"), true },
	{ "tips", N_("Tips"), true },
	{ "advances", N_("Paid for other tickets"), true },
	{ "paid_before", N_("Paid in earlier shifts"), true },
	{ "voids", N_("Voided lines"), true },
	{ "reversals", N_("Lines taken back"), true },
	{ "prices", N_("Prices changed"), false },
	{ "cancelled", N_("Sales cancelled"), true },
	{ "rounding", N_("Cash rounding"), true },
	{ "duplicates", N_("Duplicates"), false },
	{ "no_sales", N_("Drawer opened"), false },
	{ "counts", N_("Drawer counted"), false },
};

static void
slip_counts(struct shop *shop, const struct closing *c, bool sees,
    struct slip *out)
{
	char	number[24];

	slip_rule(out, '-');
	for (size_t i = 0; i < NELEM(slip_names); i++) {
		const struct closing_figure	*f =
		    closing_figure(c, slip_names[i].name);

		if (f->count == 0) {
			continue;
		}
		if (slip_names[i].amount && sees) {
			slip_figure(shop, out, _(slip_names[i].words),
			    f->count, f->amount);
		} else {
			(void)str_fmt(number, sizeof(number), "%lld",
			    (long long)f->count);
			slip_columns(out, 0, _(slip_names[i].words), number);
		}
	}
	for (size_t i = 0; i < c->nusers && sees; i++) {
		slip_figure(shop, out, c->users[i].name[0] != '\0' ?
		    c->users[i].name : "-", c->users[i].tickets,
		    c->users[i].amount);
	}
}

int
shift_slip(struct shop *shop, const struct closing *c, int64_t duplicate,
    bool sees, struct slip *out)
{
	char	was[8], number[24];
	int	r = 0;

	receipt_language(shop->set.language, was);
	slip_head(shop, c, duplicate, out);
	if (sees) {
		slip_sales(shop, c, out);
		slip_tenders(shop, c, out);
		r = slip_till(shop, c, out);
	} else {
		(void)str_fmt(number, sizeof(number), "%lld",
		    (long long)closing_figure(c, "tickets")->count);
		slip_columns(out, 0, _("Tickets"), number);
		slip_text(out, SLIP_LEFT, 0,
		    _("The amounts come once the drawer is counted."));
	}
	slip_counts(shop, c, sees, out);
	if (r == 0 && sees) {
		r = slip_perpetual(shop, c, out);
	}
	slip_feed(out, 1);
	slip_fmt(out, SLIP_LEFT, 0, "comptoir %s", VERSION);
	if (shop->set.demo) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD, "DEMO");
	}
	slip_cut(out, false);
	receipt_language(was, NULL);
	return r;
}

void
shift_slip_move(struct shop *shop, enum drawer_kind kind,
    const char *currency, int64_t amount, const char *reason,
    struct slip *out)
{
	char	when[32];

	slip_text(out, SLIP_CENTRE, SLIP_BOLD, shop->set.company);
	slip_feed(out, 1);
	slip_of(shop, out, SLIP_BOLD | SLIP_HIGH, drawer_kind_text(kind),
	    currency, amount < 0 ? -amount : amount);
	if (reason[0] != '\0') {
		slip_text(out, SLIP_LEFT, 0, reason);
	}
	clock_local(shop_now(), "%d/%m/%Y %H:%M", when, sizeof(when));
	slip_columns(out, 0, when, shop->who.name);
	slip_feed(out, 2);
	slip_text(out, SLIP_LEFT, 0, _("Signature"));
	slip_rule(out, '.');
	slip_cut(out, false);
}
