/* SPDX-License-Identifier: ISC */
/* Taxes of a sale, and the rounding of cash: integers only (domain.md 3). */
#ifndef SHOP_TAX_H
#define SHOP_TAX_H

#include "shop/sale.h"

/* VAT inside a gross amount: round(gross * r / (1 + r)), half away. */
int	 vat_of_gross(int64_t gross, int64_t rate, int64_t *vat) MUST_CHECK;
/* Tax on top of a net amount: round(net * r), half away. */
int	 tax_on_net(int64_t net, int64_t rate, int64_t *tax) MUST_CHECK;

/*
 * Fills vat[], nvat, total, turnover and units from the lines; what is no
 * turnover is in the total and in no tax.  Tax included: per rate
 * over the sums of the lines, never line by line.  Tax added: each tax on the
 * sum of the prices it applies to.  ERR_RANGE with more than SALE_RATES.
 */
int	 tax_compute(struct sale *sale) MUST_CHECK;

/* What is due in cash: to the nearest step, half away from zero; an amount
 * of `keep` or less stays as it is (case B04). */
int	 cash_round(int64_t due, int64_t step, int64_t keep, int64_t *out)
	    MUST_CHECK;

#endif
