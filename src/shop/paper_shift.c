/* SPDX-License-Identifier: ISC */
/* The values of an X, a Z and of money in or out of the drawer. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "shop/country.h"
#include "shop/document_part.h"
#include "shop/grand.h"
#include "shop/shift_part.h"
#include "shop/tender.h"
#include "sql/shift.h"

/* An amount only for who may see it. */
static void
closing_amount(struct shop *shop, const struct paper_closing *c,
    const char *name, int64_t amount, struct paper *p)
{
	if (c->sees) {
		paper_money(p, shop, name, amount);
	}
}

static void
closing_head(const struct shop *shop, const struct paper_closing *c,
    struct paper *p)
{
	const struct shift	*s = &c->closing->shift;
	char			 when[32];

	paper_duplicate(p, c->duplicate);
	paper_place(p, s->terminal, s->user);
	paper_set(p, "z", s->z);
	paper_day(p, shop, "business_day", s->business_day);
	clock_local(s->opened_at, "%d/%m/%Y %H:%M", when, sizeof(when));
	paper_set(p, "opened", when);
	clock_local(s->open ? shop_now() : s->closed_at, "%d/%m/%Y %H:%M",
	    when, sizeof(when));
	paper_set(p, s->open ? "now" : "closed", when);
	if (strcmp(s->closer, s->user) != 0) {
		paper_set(p, "closer", s->closer);
	}
	paper_set(p, "forced", s->forced ? "forced" : "");
	paper_set(p, "seen", c->sees ? "seen" : "");
	paper_set(p, "uncounted", s->drawer && !s->open && s->counted == 0 ?
	    "uncounted" : "");
}

/* Each figure that is not 0 as {name} and {name_amount}; tickets always. */
static void
closing_counts(struct shop *shop, const struct paper_closing *c,
    struct paper *p)
{
	/* Counted only; an amount means nothing. */
	static const char *const	bare[] = {
		"prices", "duplicates", "no_sales", "counts",
	};

	for (size_t i = 0; i < c->closing->nfigures; i++) {
		const struct closing_figure	*f = &c->closing->figures[i];
		char				 name[40];
		bool				 counted = false;

		for (size_t k = 0; k < NELEM(bare); k++) {
			counted |= strcmp(bare[k], f->name) == 0;
		}
		if (f->count == 0 && strcmp(f->name, "tickets") != 0) {
			continue;
		}
		paper_fmt(p, f->name, "%lld", (long long)f->count);
		(void)str_fmt(name, sizeof(name), "%s_amount", f->name);
		if (!counted) {
			closing_amount(shop, c, name, f->amount, p);
		}
	}
}

static void
closing_vat(struct shop *shop, const struct closing *c, struct paper *p)
{
	bool	added = country_of(shop)->tax_added;

	/* Two taxes side by side are told apart by name. */
	paper_set(p, "vat_name", c->nvats > 0 && !added ? c->vats[0].name :
	    " ");
	for (size_t i = 0; i < c->nvats; i++) {
		const struct closing_vat	*v = &c->vats[i];
		struct paper			*row = paper_row(p, "vat");
		char				 rate[MONEY_TEXT];

		rate_plain(shop->money.mark, v->rate, rate);
		paper_set(row, "name", v->name);
		paper_fmt(row, "rate", "%s %s%s%s%%", v->letter,
		    added ? v->name : "", added ? " " : "", rate);
		paper_money(row, shop, "net", v->net);
		paper_money(row, shop, "tax", v->vat);
		paper_money(row, shop, "gross", v->gross);
	}
}

/* The tender's word once more: the closing has it in the user's language. */
static void
closing_label(struct shop *shop, const struct closing_total *t,
    const char *name, struct paper *row)
{
	struct tender	tender;

	paper_fmt(row, name, "%s%s%s",
	    tender_find(shop, t->tender, &tender) == 0 ? tender.label :
	    t->label, t->currency[0] != '\0' ? " " : "", t->currency);
}

static void
closing_tenders(struct shop *shop, const struct closing *c, struct paper *p)
{
	for (size_t i = 0; i < c->ntotals; i++) {
		const struct closing_total	*t = &c->totals[i];
		struct paper			*row;

		if (t->payments == 0 && t->taken == 0) {
			continue;
		}
		row = paper_row(p, "tenders");
		closing_label(shop, t, "tender", row);
		paper_fmt(row, "payments", "%lld", (long long)t->payments);
		paper_abroad(row, shop, "taken", t->currency, t->taken);
	}
}

static int
closing_moves(struct shop *shop, const struct closing *c, struct paper *p)
{
	struct drawer_move	*moves;
	size_t			 n;
	int			 r;

	if ((r = drawer_moves(shop, c->shift.id, &moves, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		const struct drawer_move	*m = &moves[i];
		struct paper			*row;

		if (m->kind == DRAWER_NO_SALE || m->kind == DRAWER_SURPLUS ||
		    m->kind == DRAWER_SHORTAGE) {
			continue;
		}
		row = paper_row(p, "moves");
		paper_set(row, "kind", drawer_kind_text(m->kind));
		paper_set(row, "reason", m->reason);
		paper_set(row, "user", m->user);
		paper_abroad(row, shop, "amount", m->currency, m->amount);
	}
	free(moves);
	return 0;
}

/* What each part of the drawer should hold, and what was found. */
static void
closing_drawers(struct shop *shop, const struct closing *c, struct paper *p)
{
	for (size_t i = 0; i < c->ntotals; i++) {
		const struct closing_total	*t = &c->totals[i];
		struct paper			*row;

		if (!t->drawer) {
			continue;
		}
		row = paper_row(p, "drawers");
		closing_label(shop, t, "drawer", row);
		paper_abroad(row, shop, "float", t->currency, t->opened);
		paper_abroad(row, shop, "moved", t->currency, t->moved);
		paper_abroad(row, shop, "taken", t->currency, t->taken);
		paper_abroad(row, shop, "expected", t->currency, t->expected);
		if (!t->is_counted) {
			continue;
		}
		paper_abroad(row, shop, "counted", t->currency, t->counted);
		paper_abroad(row, shop, "difference", t->currency,
		    t->counted - t->expected);
		if (!c->shift.open && t->cash) {
			paper_abroad(row, shop, "taken_out", t->currency,
			    t->counted - t->left);
			paper_abroad(row, shop, "left", t->currency, t->left);
		}
	}
}

static void
closing_users(struct shop *shop, const struct closing *c, struct paper *p)
{
	for (size_t i = 0; i < c->nusers; i++) {
		struct paper	*row = paper_row(p, "users");

		paper_set(row, "name", c->users[i].name[0] != '\0' ?
		    c->users[i].name : "-");
		paper_fmt(row, "tickets", "%lld",
		    (long long)c->users[i].tickets);
		paper_money(row, shop, "amount", c->users[i].amount);
	}
}

static int
closing_range(struct shop *shop, const struct closing *c, struct paper *p)
{
	struct q_closing_tickets	row;
	int				r;

	if ((r = q_closing_tickets(shop->db, c->shift.id,
	    c->shift.business_day, &row)) == 0) {
		paper_set(p, "ticket_first", row.first);
		paper_set(p, "ticket_last", row.last);
	}
	return r;
}

/* The turnover of the period, and the two totals that never go back. */
static int
closing_grand(struct shop *shop, const struct closing *c, struct paper *p)
{
	struct grand	g;
	int		r;

	r = c->shift.open ? grand_look(shop, c->shift.id, &g) :
	    grand_of_shift(shop, c->shift.id, &g);
	if (r == 0) {
		paper_money(p, shop, "turnover", g.total);
		paper_money(p, shop, "turnover_absolute", g.absolute);
		paper_money(p, shop, "perpetual", g.perpetual);
		paper_money(p, shop, "perpetual_absolute",
		    g.perpetual_absolute);
		paper_program(p, c->shift.open ? "" : g.hash);
	}
	return r;
}

int
paper_of_closing(struct shop *shop, const void *of, struct paper *out)
{
	const struct paper_closing	*c = of;
	int				 r;

	closing_head(shop, c, out);
	closing_counts(shop, c, out);
	if (!c->sees) {
		paper_program(out, "");
		return 0;
	}
	closing_vat(shop, c->closing, out);
	closing_tenders(shop, c->closing, out);
	closing_drawers(shop, c->closing, out);
	closing_users(shop, c->closing, out);
	if ((r = closing_range(shop, c->closing, out)) != 0 ||
	    (r = closing_moves(shop, c->closing, out)) != 0) {
		return r;
	}
	return closing_grand(shop, c->closing, out);
}

int
shift_slip(struct shop *shop, const struct closing *c, int64_t duplicate,
    bool sees, struct slip *out)
{
	struct paper_closing	of = { c, duplicate, sees };

	return document_make(shop, c->shift.open ? DOCUMENT_X : DOCUMENT_Z,
	    NULL, paper_of_closing, &of, out);
}

/* What the money was for, and a line to sign on. */
int
paper_of_move(struct shop *shop, const void *of, struct paper *out)
{
	const struct drawer_move	*m = of;
	char				 kind[64];

	(void)str_fmt(kind, sizeof(kind), "%s%s%s",
	    drawer_kind_text(m->kind), m->currency[0] != '\0' ? " " : "",
	    m->currency);
	paper_set(out, "kind", kind);
	paper_abroad(out, shop, "amount", m->currency,
	    m->amount < 0 ? -m->amount : m->amount);
	paper_set(out, "reason", m->reason);
	paper_when(out, m->at);
	paper_place(out, shop->who.terminal_name, m->user);
	paper_program(out, "");
	return 0;
}
