/* SPDX-License-Identifier: ISC */
/* Taxes of a sale, and the rounding of cash: integers only (domain.md 3). */
#include "shop/tax.h"

int
vat_of_gross(int64_t gross, int64_t rate, int64_t *vat)
{
	return muldiv(gross, rate, RATE_ONE + rate, vat);
}

int
tax_on_net(int64_t net, int64_t rate, int64_t *tax)
{
	return muldiv(net, rate, RATE_ONE, tax);
}

int
cash_round(int64_t due, int64_t step, int64_t keep, int64_t *out)
{
	int	r;

	*out = due;
	if (step <= 1 || (due <= keep && due >= -keep)) {
		return 0;
	}
	if ((r = muldiv(due, 1, step, out)) == 0) {
		*out *= step;
	}
	return r;
}

/* The row of a tax, made when there is none; NULL when there is no room.
 * Kept by part, then from the highest rate down. */
static struct sale_vat *
tax_row(struct sale *sale, int part, int64_t rate)
{
	int	at = 0;

	while (at < sale->nvat && (sale->vat[at].part < part ||
	    (sale->vat[at].part == part && sale->vat[at].rate > rate))) {
		at++;
	}
	if (at < sale->nvat && sale->vat[at].part == part &&
	    sale->vat[at].rate == rate) {
		return &sale->vat[at];
	}
	if (sale->nvat == SALE_RATES) {
		return NULL;
	}
	for (int i = sale->nvat++; i > at; i--) {
		sale->vat[i] = sale->vat[i - 1];
	}
	sale->vat[at] = (struct sale_vat){ .part = part, .rate = rate };
	return &sale->vat[at];
}

/* Sums the line under its taxes; in `gross` until the taxes are known. */
static int
tax_gather(struct sale *sale, const struct sale_line *line)
{
	struct sale_vat	*row;

	for (int part = 1; part <= (line->rate2 != 0 ? 2 : 1); part++) {
		row = tax_row(sale, part, part == 1 ? line->rate :
		    line->rate2);
		if (row == NULL) {
			return err_set(ERR_RANGE, _("more than %d tax rates "
			    "on one sale; make two"), SALE_RATES);
		}
		row->gross += line->amount;
	}
	return 0;
}

int
tax_compute(struct sale *sale)
{
	int	r;

	sale->nvat = 0;
	sale->total = 0;
	sale->turnover = 0;
	sale->units = 0;
	for (size_t i = 0; i < sale->nlines; i++) {
		const struct sale_line	*line = &sale->lines[i];

		if (line->state == LINE_VOID) {
			continue;
		}
		if (line->state == LINE_LIVE && line->parent == 0) {
			sale->units += line->by_weight ? 1 :
			    (line->qty < 0 ? -line->qty : line->qty) /
			    QTY_ONE;
		}
		sale->total += line->amount;
		if (line->no_turnover) {
			continue;
		}
		sale->turnover += line->amount;
		if ((r = tax_gather(sale, line)) != 0) {
			return r;
		}
	}
	for (int i = 0; i < sale->nvat; i++) {
		struct sale_vat	*row = &sale->vat[i];

		if (sale->tax_added) {
			row->net = row->gross;
			if ((r = tax_on_net(row->net, row->rate,
			    &row->vat)) != 0) {
				return r;
			}
			row->gross += row->vat;
			sale->total += row->vat;
			sale->turnover += row->vat;
		} else {
			if ((r = vat_of_gross(row->gross, row->rate,
			    &row->vat)) != 0) {
				return r;
			}
			row->net = row->gross - row->vat;
		}
	}
	if (sale->total > MONEY_MAX || sale->total < -MONEY_MAX) {
		return err_set(ERR_RANGE, _("the total is too large"));
	}
	return 0;
}
