/* SPDX-License-Identifier: ISC */
/* Closing a shift: everything its Z says is written down, once. */
#include "base/buf.h"
#include "shop/audit.h"
#include "shop/journal.h"
#include "shop/sale_part.h"
#include "shop/shift_part.h"
#include "sql/shift.h"

void
shift_z(const char *series, int64_t number, char out[static 40])
{
	(void)str_fmt(out, 40, "Z%s-%06lld", series, (long long)number);
}

static int
finish_figures(struct shop *shop, const struct closing *c)
{
	int64_t	id = c->shift.id;
	int	r = 0;

	for (size_t i = 0; i < c->ntotals && r == 0; i++) {
		const struct closing_total	*t = &c->totals[i];

		r = q_shift_total_add(shop->db, id, t->tender, t->currency,
		    t->opened + t->moved, t->taken, t->payments,
		    t->is_counted ? &t->counted : NULL, t->left);
	}
	for (size_t i = 0; i < c->nvats && r == 0; i++) {
		const struct closing_vat	*v = &c->vats[i];

		r = q_shift_vat_add(shop->db, id, v->part, v->rate, v->name,
		    v->letter, v->gross, v->net, v->vat);
	}
	for (size_t i = 0; i < c->nfigures && r == 0; i++) {
		const struct closing_figure	*f = &c->figures[i];

		r = q_shift_figure_add(shop->db, id, f->name, f->count,
		    f->amount);
	}
	return r;
}

/* A till's Z are numbered as its tickets are. */
static int
finish_number(struct shop *shop, const struct shift *shift,
    char series[static SALE_SERIES], int64_t *number)
{
	struct q_shift_next	row;
	char			life[JOURNAL_LIFE];
	int			r;

	if ((r = journal_life(shop, life)) != 0) {
		return r;
	}
	(void)str_fmt(series, SALE_SERIES, "%lld%s",
	    (long long)shift->terminal_id, life);
	if ((r = q_shift_next(shop->db, series, &row)) == 0) {
		*number = row.number;
	}
	return r;
}

int
shift_finish(struct shop *shop, int64_t id, int64_t count, bool forced)
{
	struct closing	c;
	char		series[SALE_SERIES];
	int64_t		number, n;
	int		r;

	if ((r = closing_with(shop, id, count, &c)) != 0) {
		return r;
	}
	if ((r = finish_figures(shop, &c)) == 0 &&
	    (r = finish_number(shop, &c.shift, series, &number)) == 0 &&
	    (r = q_shift_end(shop->db, id, shop_now(), some(&shop->who.user),
	    forced, series, number, some(&count), &n)) == 0 && n != 1) {
		r = err_set(ERR_CHANGED, _("the shift was closed meanwhile"));
	}
	db_topic(shop->db, "shift");
	closing_done(&c);
	return r;
}
