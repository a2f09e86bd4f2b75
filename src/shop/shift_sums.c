/* SPDX-License-Identifier: ISC */
/* What a shift comes to: tenders, taxes, people and everything counted. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/shift_part.h"
#include "sql/shift.h"

static int
closing_totals(struct shop *shop, struct closing *c, int64_t count)
{
	struct q_closing_totals	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_closing_totals(shop->db, c->shift.id, count, &rows,
	    &n)) != 0) {
		return r;
	}
	c->totals = xcalloc(n + 1, sizeof(*c->totals));
	c->ntotals = n;
	for (size_t i = 0; i < n; i++) {
		struct closing_total	*t = &c->totals[i];

		(void)str_copy(t->tender, sizeof(t->tender), rows[i].tender);
		(void)str_copy(t->label, sizeof(t->label),
		    rows[i].label[0] == '\0' ? "" : _(rows[i].label));
		(void)str_copy(t->currency, sizeof(t->currency),
		    rows[i].currency);
		t->cash = rows[i].cash;
		t->drawer = rows[i].drawer;
		t->opened = rows[i].opened;
		t->moved = rows[i].moved;
		t->taken = rows[i].taken;
		t->payments = rows[i].payments;
		t->expected = t->opened + t->moved + t->taken;
		t->is_counted = !rows[i].found_null;
		t->counted = t->is_counted ? rows[i].found : 0;
		t->left = !rows[i].stays_null ? rows[i].stays :
		    !t->cash ? 0 : t->is_counted ? t->counted : t->expected;
	}
	free(rows);
	return 0;
}

static int
closing_vats(struct shop *shop, struct closing *c)
{
	struct q_closing_vats	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_closing_vats(shop->db, c->shift.id, c->shift.business_day,
	    &rows, &n)) != 0) {
		return r;
	}
	c->vats = xcalloc(n + 1, sizeof(*c->vats));
	c->nvats = n;
	for (size_t i = 0; i < n; i++) {
		struct closing_vat	*v = &c->vats[i];

		(void)str_copy(v->name, sizeof(v->name), rows[i].name);
		(void)str_copy(v->letter, sizeof(v->letter), rows[i].letter);
		v->part = (int)rows[i].part;
		v->rate = rows[i].rate;
		v->gross = rows[i].gross;
		v->net = rows[i].net;
		v->vat = rows[i].vat;
	}
	free(rows);
	return 0;
}

static int
closing_users(struct shop *shop, struct closing *c)
{
	struct q_closing_users	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_closing_users(shop->db, c->shift.id, c->shift.business_day,
	    &rows, &n)) != 0) {
		return r;
	}
	c->users = xcalloc(n + 1, sizeof(*c->users));
	c->nusers = n;
	for (size_t i = 0; i < n; i++) {
		(void)str_copy(c->users[i].name, sizeof(c->users[i].name),
		    rows[i].user);
		c->users[i].tickets = rows[i].tickets;
		c->users[i].amount = rows[i].amount;
	}
	free(rows);
	return 0;
}

static int
closing_figures(struct shop *shop, struct closing *c)
{
	struct q_closing_figures	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_closing_figures(shop->db, c->shift.id,
	    c->shift.business_day, &rows, &n)) != 0) {
		return r;
	}
	c->figures = xcalloc(n + 1, sizeof(*c->figures));
	c->nfigures = n;
	for (size_t i = 0; i < n; i++) {
		(void)str_copy(c->figures[i].name, sizeof(c->figures[i].name),
		    rows[i].name);
		c->figures[i].count = rows[i].n;
		c->figures[i].amount = rows[i].amount;
	}
	free(rows);
	return 0;
}

int
closing_with(struct shop *shop, int64_t shift, int64_t count,
    struct closing *out)
{
	int	r;

	*out = (struct closing){ .ntotals = 0 };
	if ((r = shift_get(shop, shift, &out->shift)) != 0 ||
	    (r = closing_totals(shop, out, out->shift.open ? count :
	    out->shift.counted)) != 0 ||
	    (r = closing_vats(shop, out)) != 0 ||
	    (r = closing_users(shop, out)) != 0 ||
	    (r = closing_figures(shop, out)) != 0) {
		closing_done(out);
	}
	return r;
}

int
closing_read(struct shop *shop, int64_t shift, struct closing *out)
{
	return closing_with(shop, shift, 0, out);
}

void
closing_done(struct closing *closing)
{
	free(closing->totals);
	free(closing->vats);
	free(closing->users);
	free(closing->figures);
	*closing = (struct closing){ .ntotals = 0 };
}

const struct closing_figure *
closing_figure(const struct closing *closing, const char *name)
{
	static const struct closing_figure	none;

	for (size_t i = 0; i < closing->nfigures; i++) {
		if (strcmp(closing->figures[i].name, name) == 0) {
			return &closing->figures[i];
		}
	}
	return &none;
}
