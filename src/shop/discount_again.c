/* SPDX-License-Identifier: ISC */
/* What is taken off a sale, worked out again when its lines change. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/discount_part.h"
#include "shop/prices.h"
#include "shop/sale_part.h"
#include "sql/option.h"

/* What comes back, and what is no turnover (gift cards, deposits), does not
 * take part. */
static bool
again_takes_part(const struct q_discount_lines *l)
{
	return strcmp(l->state, "live") == 0 && l->qty > 0 && l->turnover;
}

bool
row_given(const struct q_discount_rows *row, const int64_t *line)
{
	if (strcmp(row->kind, "discount") != 0 &&
	    strcmp(row->kind, "offer") != 0) {
		return false;
	}
	return line == NULL ? row->line_null : !row->line_null &&
	    row->line == *line;
}

const struct q_discount_rows *
again_given(const struct again *a, const int64_t *line)
{
	for (size_t i = 0; i < a->nrows; i++) {
		if (row_given(&a->row[i], line)) {
			return &a->row[i];
		}
	}
	return NULL;
}

void
again_done(struct again *a)
{
	free(a->line);
	free(a->row);
	free(a->gross);
	free(a->left);
	free(a->share);
	free(a->given);
	free(a->moved);
	*a = (struct again){ 0 };
}

/* Has each option the quantity of its line, and is that still there? */
static bool
again_follows(struct again *a)
{
	bool	well = true;

	for (size_t i = 0; i < a->nlines; i++) {
		const struct q_discount_lines	*l = &a->line[i];
		bool				 found = false;

		if (l->parent_null || strcmp(l->state, "live") != 0) {
			continue;
		}
		a->optioned = true;
		for (size_t k = 0; k < a->nlines; k++) {
			found = found || (a->line[k].id == l->parent &&
			    a->line[k].qty == l->qty);
		}
		well = well && found;
	}
	return well;
}

/* Options go with their line: in quantity, and when it is voided. */
static int
again_lines(struct shop *shop, int64_t sale, struct again *a)
{
	int	r;

	if ((r = q_discount_lines(shop->db, sale, &a->line,
	    &a->nlines)) != 0 || again_follows(a) ||
	    !db_in_write(shop->db)) {
		return r;
	}
	free(a->line);
	a->line = NULL;
	if ((r = q_option_follow_void(shop->db, sale)) != 0 ||
	    (r = q_option_follow(shop->db, sale)) != 0) {
		return r;
	}
	return q_discount_lines(shop->db, sale, &a->line, &a->nlines);
}

int
again_read(struct shop *shop, int64_t sale, struct again *a)
{
	int	r;

	*a = (struct again){ .shop = shop, .sale = sale };
	if ((r = again_lines(shop, sale, a)) != 0 ||
	    (r = q_discount_rows(shop->db, sale, &a->row, &a->nrows)) != 0) {
		again_done(a);
		return r;
	}
	a->gross = xcalloc(a->nlines + 1, sizeof(*a->gross));
	a->left = xcalloc(a->nlines + 1, sizeof(*a->left));
	a->share = xcalloc(a->nlines + 1, sizeof(*a->share));
	a->given = xcalloc(a->nrows + 1, sizeof(*a->given));
	a->moved = xcalloc(a->nlines + 1, sizeof(*a->moved));
	for (size_t i = 0; i < a->nlines; i++) {
		const struct q_discount_lines	*l = &a->line[i];

		a->gross[i] = again_takes_part(l) ? l->amount + l->off : 0;
		a->left[i] = a->gross[i];
	}
	return 0;
}

/* Promotions over the lines; *cuts is the caller's to free. */
static int
again_promos(struct again *a, const struct prices *c,
    struct promo_cuts *cuts)
{
	struct promo_sale	 sale = { .nlines = a->nlines };
	struct promo_line	*line = xcalloc(a->nlines + 1, sizeof(*line));
	int64_t			*coupon = xcalloc(a->nrows + 1,
				    sizeof(*coupon));
	int			 r;

	for (size_t i = 0; i < a->nlines; i++) {
		const struct q_discount_lines	*l = &a->line[i];
		const struct q_discount_rows	*given = again_given(a,
						    &l->id);

		line[i] = (struct promo_line){
			.product = l->product, .qty = l->qty,
			.amount = a->gross[i], .category = l->category,
			.pieces = strcmp(l->unit, "pc") == 0, .at = l->at,
			.barred = l->overridden || !l->parent_null ||
			    (given != NULL &&
			    strcmp(given->kind, "offer") == 0),
		};
	}
	for (size_t i = 0; i < a->nrows; i++) {
		if (strcmp(a->row[i].kind, "coupon") == 0) {
			coupon[sale.ncoupons++] = a->row[i].promo;
		}
	}
	sale.line = line;
	sale.coupon = coupon;
	if ((r = sale_buying(a->shop, a->sale, &sale.buying)) == 0) {
		r = promo_apply(c->promo, c->npromos, &sale, cuts);
	}
	for (size_t i = 0; i < a->nlines && r == 0; i++) {
		a->left[i] -= cuts->off[i];
	}
	free(line);
	free(coupon);
	return r;
}

/* What a hand's discount takes: never more than there is, nor than its
 * giver might give of `base`, of which `used` is given already. */
static int
given_amount(const struct q_discount_rows *row, int64_t base, int64_t left,
    int64_t used, int64_t *out)
{
	int64_t	most;
	int	r;

	*out = left;
	if (strcmp(row->kind, "offer") == 0) {
		return 0;
	}
	if ((r = muldiv(base, row->most, RATE_ONE, &most)) != 0) {
		return r;
	}
	*out = row->fixed;
	if (!row->percent_null && (r = muldiv(left, row->percent, RATE_ONE,
	    out)) != 0) {
		return r;
	}
	if (row->most < RATE_ONE) {
		most = most > used ? most - used : 0;
	}
	*out = *out > most ? most : *out;
	*out = *out > left ? left : *out;
	return 0;
}

int64_t
hand_limit(const struct shop *shop)
{
	return shop_may(shop, RIGHT_DISCOUNT_ANY) ? RATE_ONE :
	    shop->set.discount_limit[shop->who.role];
}

/* A percentage off the ticket grows with the goods only for somebody who may
 * give that much; what was allowed of 20.00 is not allowed of 520.00. */
static void
ticket_cap(struct again *a, const struct q_discount_rows *row, int64_t *off)
{
	if (row->percent_null) {
		return;
	}
	a->capping = row;
	a->cap = row->cap_null || *off > row->cap ? *off : row->cap;
	if (!row->cap_null && *off > row->cap &&
	    row->percent > hand_limit(a->shop)) {
		a->cap = row->cap;
		a->capped = true;
		*off = row->cap;
	}
}

/* By hand: on lines first, then once on the ticket, spread over what is left
 * of them (case A08). */
static int
again_hand(struct again *a)
{
	const struct q_discount_rows	*row;
	int64_t				 sum = 0, base = 0, used = 0, off;
	int				 r = 0;

	for (size_t i = 0; i < a->nlines && r == 0; i++) {
		if (a->gross[i] > 0 &&
		    (row = again_given(a, &a->line[i].id)) != NULL &&
		    (r = given_amount(row, a->gross[i], a->left[i], 0,
		    &off)) == 0) {
			a->given[row - a->row] = off;
			a->left[i] -= off;
			used += row->most < RATE_ONE ? off : 0;
		}
		sum += a->left[i];
		base += a->gross[i];
	}
	if (r != 0 || (row = again_given(a, NULL)) == NULL ||
	    (r = given_amount(row, base, sum, used, &off)) != 0) {
		return r;
	}
	ticket_cap(a, row, &off);
	if (off == 0 ||
	    (r = money_spread(off, a->left, a->nlines, a->share)) != 0) {
		return r;
	}
	a->given[row - a->row] = off;
	for (size_t i = 0; i < a->nlines; i++) {
		a->left[i] -= a->share[i];
	}
	return 0;
}

/* Are the rows of promotions those already there, in their order? */
static bool
again_same(const struct again *a, const struct prices *c,
    const struct promo_cuts *cuts)
{
	size_t	n = 0;

	for (size_t i = 0; i < a->nrows; i++) {
		const struct q_discount_rows	*row = &a->row[i];

		if (strcmp(row->kind, "promo") != 0) {
			continue;
		}
		if (n == cuts->n ||
		    row->promo != c->promo[cuts->cut[n].promo].id ||
		    row->amount != cuts->cut[n].amount ||
		    row->line_null != (cuts->cut[n].line < 0) ||
		    (!row->line_null &&
		    row->line != a->line[cuts->cut[n].line].id)) {
			return false;
		}
		n++;
	}
	return n == cuts->n;
}

static int
again_write_promos(struct again *a, const struct prices *c,
    const struct promo_cuts *cuts)
{
	int	r;

	if (again_same(a, c, cuts)) {
		return 0;
	}
	r = q_discount_drop_promos(a->shop->db, a->sale);
	for (size_t i = 0; i < cuts->n && r == 0; i++) {
		const struct promo_cut	*cut = &cuts->cut[i];
		const struct promo	*promo = &c->promo[cut->promo];
		int64_t			 id;

		r = q_discount_add(a->shop->db, a->sale, cut->line < 0 ? NULL :
		    &a->line[cut->line].id, "promo", &promo->id, cut->amount,
		    NULL, NULL, RATE_ONE, promo->label, "", shop_now(),
		    some(&a->shop->who.user), NULL, &id);
	}
	return r != 0 ? r : q_discount_flag(a->shop->db, a->sale);
}

/*
 * The price of a line whose options are part of it is shared out over them,
 * pro rata of what each costs by itself, so that each part has its own tax
 * (case A10).
 */
static int
again_move(struct again *a)
{
	int64_t	*weight = xcalloc(a->nlines + 1, sizeof(*weight));
	int64_t	*part = xcalloc(a->nlines + 1, sizeof(*part));
	int	 r = 0;

	for (size_t i = 0; i < a->nlines && r == 0; i++) {
		int64_t	sum = 0;

		for (size_t k = 0; k < a->nlines; k++) {
			const struct q_discount_lines	*l = &a->line[k];

			weight[k] = again_takes_part(l) && !l->parent_null &&
			    l->parent == a->line[i].id ? l->share : 0;
			sum += weight[k];
		}
		if (sum == 0 || !again_takes_part(&a->line[i]) ||
		    (r = money_spread(a->left[i], weight, a->nlines,
		    part)) != 0) {
			continue;
		}
		a->moved[i] = -a->left[i];
		for (size_t k = 0; k < a->nlines; k++) {
			a->moved[k] += weight[k] > 0 ? part[k] : 0;
		}
	}
	free(weight);
	free(part);
	return r;
}

/* What changed, and only that. */
static int
again_write(struct again *a)
{
	int	r = a->optioned ? again_move(a) : 0;

	for (size_t i = 0; i < a->nrows && r == 0; i++) {
		const struct q_discount_rows	*row = &a->row[i];

		if (strcmp(row->kind, "promo") != 0 &&
		    row->amount != a->given[i]) {
			r = q_discount_amount(a->shop->db, row->id,
			    a->given[i]);
		}
		if (r == 0 && row == a->capping && (row->cap_null ||
		    row->cap != a->cap || row->capped != a->capped)) {
			r = q_discount_cap(a->shop->db, row->id, &a->cap,
			    a->capped);
		}
	}
	for (size_t i = 0; i < a->nlines && r == 0; i++) {
		const struct q_discount_lines	*l = &a->line[i];

		if (again_takes_part(l) && (a->gross[i] - a->left[i] !=
		    l->off || a->moved[i] != l->moved)) {
			r = q_discount_line(a->shop->db, l->id,
			    a->left[i] + a->moved[i],
			    a->gross[i] - a->left[i], a->moved[i]);
		}
	}
	return r;
}

int
sale_discounts_again(struct shop *shop, int64_t id, bool discounted)
{
	const struct prices	*c;
	struct promo_cuts	 cuts = { 0 };
	struct again		 a;
	int			 r;

	if ((r = prices_of(shop, &c)) != 0 ||
	    (c->npromos == 0 && !discounted) ||
	    (r = again_read(shop, id, &a)) != 0) {
		return r;
	}
	if ((r = again_promos(&a, c, &cuts)) == 0 &&
	    (r = again_hand(&a)) == 0 &&
	    (r = again_write_promos(&a, c, &cuts)) == 0 &&
	    (r = again_write(&a)) == 0) {
		/* What was paid stays covered, whatever a promotion does. */
		r = line_covers(shop, id, 0);
	}
	free(cuts.cut);
	free(cuts.off);
	again_done(&a);
	return r;
}

/* --- off a line from now on ---------------------------------------------- */

int
discount_part(struct shop *shop, int64_t row, int64_t sale, int64_t line,
    int64_t fixed, int64_t gross, const char *reason)
{
	int64_t	id, most;

	if (fixed <= 0 || gross <= 0) {
		return 0;
	}
	/* Of less of it, no more than the same part may go. */
	most = fixed >= gross ? RATE_ONE : (fixed * RATE_ONE + gross - 1) /
	    gross;
	return q_discount_part(shop->db, row, sale, line, &fixed, most,
	    reason, &id);
}

/* A line's share of what is off the ticket, with what is off the line. */
static int
settle_line(struct again *a, size_t i, const struct q_discount_rows *ticket)
{
	const struct q_discount_rows	*own = again_given(a,
					    &a->line[i].id);
	char				 reason[4 * SALE_REASON + 1];
	int64_t				 sum = a->share[i];
	int				 r = 0;

	(void)str_copy(reason, sizeof(reason), ticket->reason);
	if (own != NULL && sum > 0) {
		sum += a->given[own - a->row];
		(void)str_copy(reason, sizeof(reason),
		    own->reason[0] != '\0' ? own->reason : ticket->reason);
		r = q_discount_live(a->shop->db, own->id, false);
	}
	return r != 0 || a->share[i] == 0 ? r : discount_part(a->shop,
	    ticket->id, a->sale, a->line[i].id, sum, a->gross[i], reason);
}

int
discount_settle(struct shop *shop, int64_t sale)
{
	const struct q_discount_rows	*ticket;
	const struct prices		*c;
	struct promo_cuts		 cuts = { 0 };
	struct again			 a;
	int				 r;

	if ((r = prices_of(shop, &c)) != 0 ||
	    (r = again_read(shop, sale, &a)) != 0) {
		return r;
	}
	if ((ticket = again_given(&a, NULL)) != NULL &&
	    (r = again_promos(&a, c, &cuts)) == 0 &&
	    (r = again_hand(&a)) == 0) {
		r = q_discount_live(shop->db, ticket->id, false);
		for (size_t i = 0; i < a.nlines && r == 0; i++) {
			r = settle_line(&a, i, ticket);
		}
	}
	free(cuts.cut);
	free(cuts.off);
	again_done(&a);
	return r;
}
