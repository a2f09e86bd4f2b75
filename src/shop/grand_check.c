/* SPDX-License-Identifier: ISC */
/* Closings held against tickets in plain SQL, by another way than they were
 * made. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "shop/grand.h"
#include "sql/check.h"

struct grand_check {
	struct shop	*shop;
	void		(*fn)(void *ctx, const char *finding);
	void		*ctx;
};

/* What a closing says and what was added here. */
static void
check_differs(const struct grand_check *c, int64_t till, const char *level,
    const char *period, int64_t says, int64_t makes)
{
	char	text[256], a[MONEY_TEXT], b[MONEY_TEXT];

	money_plain(&c->shop->money, says, a);
	money_plain(&c->shop->money, makes, b);
	(void)str_fmt(text, sizeof(text), _("closing of %s %s, till %lld: it "
	    "says %s, what it counts makes %s"), _(level), period,
	    (long long)till, a, b);
	c->fn(c->ctx, text);
}

/* The rows of these have the same fields under several types. */
#define CHECK_LEVEL(query, level_) do { \
	struct q_##query	*rows; \
	size_t			 n; \
	int			 r; \
 \
	if ((r = q_##query(c->shop->db, &rows, &n)) != 0) { \
		return r; \
	} \
	for (size_t i = 0; i < n; i++) { \
		check_differs(c, rows[i].till, level_, rows[i].day, \
		    rows[i].says, rows[i].makes); \
	} \
	free(rows); \
} while (0)

static int
check_sums(const struct grand_check *c)
{
	CHECK_LEVEL(check_closing_days, N_("day"));
	CHECK_LEVEL(check_closing_shifts, N_("shift"));
	CHECK_LEVEL(check_perpetual, N_("perpetual"));
	CHECK_LEVEL(check_absolute, N_("perpetual"));
	return 0;
}

static int
check_levels(const struct grand_check *c)
{
	struct q_check_closing_taxes	*taxes;
	struct q_check_closing_above	*above;
	size_t				 n;
	int				 r;

	if ((r = q_check_closing_taxes(c->shop->db, &taxes, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_differs(c, taxes[i].till, taxes[i].level,
		    taxes[i].period, taxes[i].says, taxes[i].makes);
	}
	free(taxes);
	if ((r = q_check_closing_above(c->shop->db, &above, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_differs(c, above[i].till, above[i].level,
		    above[i].period, above[i].says, above[i].makes);
	}
	free(above);
	return 0;
}

static int
check_places(const struct grand_check *c)
{
	struct q_check_closing_numbers	*gaps;
	struct q_check_records		*lost;
	char				 text[256];
	size_t				 n;
	int				 r;

	if ((r = q_check_closing_numbers(c->shop->db, &gaps, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_fmt(text, sizeof(text), _("closings of %s, till "
		    "%lld: there are %lld, the last number is %lld"),
		    _(gaps[i].level), (long long)gaps[i].till,
		    (long long)gaps[i].made, (long long)gaps[i].most);
		c->fn(c->ctx, text);
	}
	free(gaps);
	if ((r = q_check_records(c->shop->db, &lost, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		(void)str_fmt(text, sizeof(text), _("ticket %s-%06lld is in "
		    "the sales and not in the journal"), lost[i].series,
		    (long long)lost[i].number);
		c->fn(c->ctx, text);
	}
	free(lost);
	return 0;
}

int
grand_check(struct shop *shop, void (*fn)(void *ctx, const char *finding),
    void *ctx)
{
	const struct grand_check	c = { .shop = shop, .fn = fn,
					    .ctx = ctx };
	int				r;

	if ((r = check_sums(&c)) != 0 || (r = check_levels(&c)) != 0) {
		return r;
	}
	return check_places(&c);
}
