/* SPDX-License-Identifier: ISC */
/* What is taken off a sale by hand or by coupon, and working all of it out
 * again when lines change. */
#include "shop/discount.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/audit.h"
#include "shop/entry.h"
#include "shop/journal.h"
#include "shop/prices.h"
#include "shop/sale_part.h"
#include "sql/discount.h"
#include "sql/price.h"
#include "sql/option.h"
#include "sql/sale.h"

/* --- working it out ------------------------------------------------------ */

/* A sale's lines and what takes something off them, while it is worked out. */
struct again {
	struct shop		*shop;
	int64_t			 sale;
	struct q_discount_lines	*line;
	size_t			 nlines;
	struct q_discount_rows	*row;
	size_t			 nrows;
	int64_t			*gross;	/* of lines that take part, else 0 */
	int64_t			*left, *share;
	int64_t			*given;	/* what each row comes to */
	int64_t			*moved;	/* to the options of a line */
	const struct q_discount_rows *capping;	/* off the ticket, or NULL */
	int64_t			 cap;
	bool			 capped;
	bool			 optioned;	/* there are some */
	bool			 paying;
};

/* What comes back, and what is no turnover (gift cards, deposits), does not
 * take part. */
static bool
again_takes_part(const struct q_discount_lines *l)
{
	return strcmp(l->state, "live") == 0 && l->qty > 0 && l->turnover;
}

/* What of the rows is a hand's work on a line (NULL: the ticket). */
static bool
row_given(const struct q_discount_rows *row, const int64_t *line)
{
	if (strcmp(row->kind, "discount") != 0 &&
	    strcmp(row->kind, "offer") != 0) {
		return false;
	}
	return line == NULL ? row->line_null : !row->line_null &&
	    row->line == *line;
}

static const struct q_discount_rows *
again_given(const struct again *a, const int64_t *line)
{
	for (size_t i = 0; i < a->nrows; i++) {
		if (row_given(&a->row[i], line)) {
			return &a->row[i];
		}
	}
	return NULL;
}

static void
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

static int
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

/* What this role may take off, of RATE_ONE. */
static int64_t
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

/* Whose goods this terminal sells; nothing where there is none. */
static int
buying_store(struct shop *shop, struct buying *out)
{
	struct q_price_store	row;
	int			r;

	if ((r = q_price_store(shop->db, out->terminal, &row)) == 0) {
		out->place = row.place;
		out->store = row.store;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
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

int
sale_buying(struct shop *shop, int64_t id, struct buying *out)
{
	const struct prices	*c;
	struct q_price_buyer	 row;
	int			 r;

	*out = (struct buying){
		.at = shop_now(),
		.terminal = shop->who.terminal,
	};
	if ((r = prices_of(shop, &c)) != 0 ||
	    (r = sale_mode_of(shop, id, out->mode)) != 0 ||
	    (c->asks_store && (r = buying_store(shop, out)) != 0) ||
	    id == 0 || !c->asks_buyer ||
	    (r = q_price_buyer(shop->db, id, &row)) != 0) {
		return r;
	}
	(void)str_copy(out->group, sizeof(out->group), row.customer_group);
	out->room = row.room;
	return 0;
}

/* One line at the price that holds for who buys now; a scale's amount and a
 * price given by hand stay. */
static int
price_line_again(struct shop *shop, const struct q_price_lines *l,
    struct buying *buying)
{
	const struct product	p = { .id = l->product,
				    .price = l->list_price };
	struct price		holds;
	int64_t			amount;
	int			r;

	buying->at = l->at;
	if ((r = money_times(l->price, l->qty, &amount)) != 0 ||
	    amount != l->amount + l->off ||
	    (r = price_of(shop, &p, buying, &holds)) != 0 ||
	    holds.unit == l->price ||
	    (r = money_times(holds.unit, l->qty, &amount)) != 0) {
		return r;
	}
	return q_price_line_put(shop->db, l->id, holds.unit, amount,
	    some(&holds.list));
}

int
sale_prices_again(struct shop *shop, int64_t id)
{
	const struct prices	*c;
	struct q_price_lines	*rows;
	struct buying		 buying;
	size_t			 n;
	int			 r;

	if ((r = prices_of(shop, &c)) != 0 || !c->asks_buyer ||
	    (r = sale_buying(shop, id, &buying)) != 0 ||
	    (r = q_price_lines(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = price_line_again(shop, &rows[i], &buying);
	}
	free(rows);
	return r != 0 ? r : sale_discounts_again(shop, id, true);
}

/* --- by hand ------------------------------------------------------------- */

/* Words after the number, as the reason. */
static int
wish_reason(const char *text, struct wish *out)
{
	text += strspn(text, " ");
	if (!utf8_is_clean(text) || utf8_chars(text) > SALE_REASON ||
	    !str_copy(out->reason, sizeof(out->reason), text)) {
		return err_set(ERR_TOO_LONG, _("a reason is at most %d plain "
		    "characters"), SALE_REASON);
	}
	return 0;
}

/* "offer broken glass": the word in English or in the user's language. */
static const char *
wish_offer(const char *text)
{
	const char *const	words[] = { "offer", _("offer") };

	for (size_t i = 0; i < NELEM(words); i++) {
		size_t	n = strlen(words[i]);

		if (strncmp(text, words[i], n) == 0 &&
		    (text[n] == ' ' || text[n] == '\0')) {
			return text + n;
		}
	}
	return NULL;
}

int
wish_parse(const char *text, const struct money_style *money, bool implied,
    struct wish *out)
{
	const char	*rest;
	char		 number[MONEY_TEXT];
	bool		 less;
	int		 r;

	*out = (struct wish){ .kind = WISH_OFFER };
	text += strspn(text, " ");
	if ((rest = wish_offer(text)) != NULL) {
		return wish_reason(rest, out);
	}
	less = *text == '-';
	rest = text + (less ? 1 : 0);
	(void)str_fmt(number, sizeof(number), "%.*s",
	    (int)strcspn(rest, " %"), rest);
	rest += strcspn(rest, " %");
	if (rest[strspn(rest, " ")] == '%') {
		rest += strspn(rest, " ") + 1;
		out->kind = WISH_PERCENT;
		if ((r = rate_parse(number, &out->value)) != 0) {
			return r;
		}
		return out->value > RATE_ONE ? err_set(ERR_RANGE, _("a "
		    "discount is at most 100 %%")) : wish_reason(rest, out);
	}
	out->kind = less ? WISH_AMOUNT : WISH_PRICE;
	if ((r = entry_price_parse(number, money, implied,
	    &out->value)) != 0) {
		return r;
	}
	return less ? wish_reason(rest, out) : *rest == '\0' ? 0 :
	    err_set(ERR_INVALID, _("\"%.40s\" is neither a price (9.50) nor "
	    "a discount (10%%, -2)"), text);
}

/* More than that needs the right to any; a refusal names the limit. */
static int
discount_above(struct shop *shop, int64_t most)
{
	char	rate[MONEY_TEXT];
	int	r = shop_require(shop, RIGHT_DISCOUNT_ANY);

	if (r == ERR_DENIED) {
		rate_plain(shop->money.mark, most, rate);
		return err_set(r, _("you may take %s\xc2\xa0%% off at most; "
		    "somebody who may take off more can allow it"), rate);
	}
	return r;
}

int
line_grows(struct shop *shop, int64_t sale, int64_t line,
    const struct q_sale_line_get *row)
{
	struct q_discount_of_line	given;
	int				r;

	if (row->overridden && (r = shop_require(shop, RIGHT_PRICE)) != 0) {
		return r;
	}
	if (!row->discounted) {
		return 0;
	}
	if ((r = q_discount_of_line(shop->db, line, sale, &given)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	if (strcmp(given.kind, "offer") == 0) {
		return shop_require(shop, RIGHT_OFFER);
	}
	return given.most <= hand_limit(shop) ? 0 :
	    discount_above(shop, hand_limit(shop));
}

static int64_t
total_of(const struct again *a)
{
	int64_t	total = 0;

	for (size_t i = 0; i < a->nlines; i++) {
		total += a->gross[i];
	}
	return total;
}

/*
 * Is it more than this role may give, of the line or of all the ticket?  What
 * was given by hand before on other lines counts too.
 */
static int
hand_above(const struct shop *shop, const struct again *a, int64_t line,
    const struct wish *wish, bool *above)
{
	int64_t	base = 0, total = total_of(a), hand = 0, ask, may, limit;
	int	r;

	limit = hand_limit(shop);
	*above = false;
	for (size_t i = 0; i < a->nlines; i++) {
		base += line == 0 || a->line[i].id == line ? a->gross[i] : 0;
	}
	for (size_t i = 0; i < a->nrows; i++) {
		if (strcmp(a->row[i].kind, "discount") == 0 &&
		    !row_given(&a->row[i], line == 0 ? NULL : &line)) {
			hand += a->row[i].amount;
		}
	}
	ask = wish->value;
	if ((wish->kind == WISH_PERCENT &&
	    (r = muldiv(base, wish->value, RATE_ONE, &ask)) != 0) ||
	    (r = muldiv(base, limit, RATE_ONE, &may)) != 0) {
		return r;
	}
	*above = ask > may || (wish->kind == WISH_PERCENT &&
	    wish->value > limit);
	if ((r = muldiv(total, limit, RATE_ONE, &may)) == 0) {
		*above |= hand + ask > may;
	}
	return r;
}

/* The line stands and takes part; its words for messages. */
static int
hand_line(struct shop *shop, int64_t sale, int64_t line,
    struct q_sale_line_get *row)
{
	int	r;

	if ((r = q_sale_line_get(shop->db, line, sale, row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("this sale has no such line"));
	}
	return strcmp(row->state, "live") == 0 && row->qty > 0 &&
	    row->voucher_null ? 0 :
	    err_set(ERR_INVALID, _("nothing can be taken off %s"),
	    row->label);
}

/* What is written of one discount by hand. */
struct hand {
	int64_t		 line;		/* 0: the ticket */
	const char	*kind;
	int64_t		 percent, fixed;	/* 0: it is taken away */
	int64_t		 most;
	const char	*reason;
	const char	*event;		/* for the journal; "" none */
};

/* The row instead of the one before it, and all worked out again. */
static int
hand_write(struct shop *shop, int64_t sale, int64_t before,
    const struct hand *h)
{
	char	text[24] = "", info[200];
	int64_t	id = 0, by = approval_by(shop);
	int	r = 0;

	if (by == shop->who.user) {
		by = 0;
	}

	if (before != 0) {
		(void)str_fmt(text, sizeof(text), "%lld", (long long)before);
		r = q_discount_live(shop->db, before, false);
	}
	if (r == 0 && (h->percent > 0 || h->fixed > 0 ||
	    strcmp(h->kind, "offer") == 0)) {
		r = q_discount_add(shop->db, sale, some(&h->line), h->kind,
		    NULL, 0, some(&h->percent), some(&h->fixed), h->most, "",
		    h->reason, shop_now(), some(&shop->who.user), some(&by),
		    &id);
	}
	if (r != 0 ||
	    (r = q_discount_act(shop->db, sale, some(&id), text)) != 0 ||
	    (r = sale_discounts_again(shop, sale, true)) != 0 ||
	    h->event[0] == '\0') {
		return r;
	}
	(void)str_fmt(info, sizeof(info), "sale %lld line %lld %s: %s",
	    (long long)sale, (long long)h->line, h->event, h->reason);
	return journal_event(shop, JET_DISCOUNT, info);
}

static int
hand_do(struct shop *shop, int64_t sale, int64_t *version, int64_t before,
    const struct hand *h, const char *action)
{
	char	detail[80];
	int	r;

	if ((r = sale_begin(shop, "sale discount", sale, *version, "discount",
	    h->line, 0, "")) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "line %lld: percent %lld "
	    "amount %lld", (long long)h->line, (long long)h->percent,
	    (long long)h->fixed);
	if ((r = hand_write(shop, sale, before, h)) == 0) {
		r = audit_add(shop, action, "sale", sale, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

int
sale_discount(struct shop *shop, int64_t id, int64_t *version, int64_t line,
    const struct wish *wish)
{
	const struct q_discount_rows	*before;
	struct q_sale_line_get		 row;
	struct again			 a;
	struct hand			 h = {
		.line = line, .kind = "discount", .event = "",
		.reason = wish->reason,
		.percent = wish->kind == WISH_PERCENT ? wish->value : 0,
		.fixed = wish->kind == WISH_AMOUNT ? wish->value : 0,
	};
	bool				 above = false;
	int				 r;

	if (wish->kind == WISH_PRICE) {
		return line == 0 ? err_set(ERR_INVALID, _("a ticket has no "
		    "price; take 10%% or -2 off it")) :
		    sale_set_price(shop, id, version, line, wish->value);
	}
	if (wish->kind == WISH_OFFER) {
		return sale_offer(shop, id, version, line, wish->reason);
	}
	if ((r = shop_require(shop, RIGHT_DISCOUNT)) != 0 ||
	    (line != 0 && (r = hand_line(shop, id, line, &row)) != 0) ||
	    (r = again_read(shop, id, &a)) != 0) {
		return r;
	}
	before = again_given(&a, line == 0 ? NULL : &line);
	if (before == NULL && wish->value == 0) {
		r = err_set(ERR_EMPTY, _("there is no discount to take "
		    "away"));
	} else {
		r = hand_above(shop, &a, line, wish, &above);
	}
	h.most = hand_limit(shop);
	if (r == 0 && above) {
		r = line == 0 && total_of(&a) == 0 ? err_set(ERR_EMPTY,
		    _("there is nothing on the ticket yet to take that "
		    "off")) : discount_above(shop, h.most);
		h.most = RATE_ONE;
		h.event = "discount above the limit";
	}
	if (r == 0) {
		r = hand_do(shop, id, version, before == NULL ? 0 :
		    before->id, &h, "sale.discount");
	}
	again_done(&a);
	return r;
}

int
sale_offer(struct shop *shop, int64_t id, int64_t *version, int64_t line,
    const char *reason)
{
	const struct q_discount_rows	*before;
	struct q_sale_line_get		 row;
	struct again			 a;
	const struct hand		 h = {
		.line = line, .kind = "offer", .most = RATE_ONE,
		.reason = reason, .event = "offered",
	};
	int				 r;

	if ((r = shop_require(shop, RIGHT_OFFER)) != 0 ||
	    (r = hand_line(shop, id, line, &row)) != 0) {
		return r;
	}
	if (reason[0] == '\0' || !utf8_is_clean(reason) ||
	    utf8_chars(reason) > SALE_REASON) {
		return err_set(ERR_EMPTY, _("say in a few words why %s is "
		    "offered"), row.label);
	}
	if ((r = again_read(shop, id, &a)) != 0) {
		return r;
	}
	before = again_given(&a, &line);
	r = hand_do(shop, id, version, before == NULL ? 0 : before->id, &h,
	    "sale.offer");
	again_done(&a);
	return r;
}

/* --- coupons ------------------------------------------------------------- */

/* The promotion a coupon is for, as typed: case does not matter. */
static int
coupon_find(struct shop *shop, const char *code, const struct promo **out)
{
	const struct prices	*c;
	char			 asked[2 * PRICE_NAME], has[2 * PRICE_NAME];
	struct moment		 now = moment_of(shop_now());
	int			 r;

	*out = NULL;
	if ((r = prices_of(shop, &c)) != 0) {
		return r;
	}
	code += strspn(code, " ");
	for (size_t i = 0; i < c->npromos && code[0] != '\0' &&
	    utf8_fold(asked, sizeof(asked), code); i++) {
		const struct promo	*p = &c->promo[i];

		if (p->coupon[0] != '\0' && p->ended_at == 0 &&
		    utf8_fold(has, sizeof(has), p->coupon) &&
		    strcmp(asked, has) == 0) {
			*out = p;
		}
	}
	if (*out == NULL) {
		return err_set(ERR_NOT_FOUND, _("there is no coupon "
		    "\"%.40s\""), code);
	}
	return period_holds(&(*out)->scope.when, &now) ? 0 :
	    err_set(ERR_INVALID, _("coupon %s is not good today"),
	    (*out)->coupon);
}

static int
coupon_write(struct shop *shop, int64_t sale, const struct promo *promo)
{
	struct q_discount_coupon_uses	uses;
	int64_t				id;
	int				r;

	if ((r = q_discount_coupon_uses(shop->db, promo->id, &uses)) != 0) {
		return r;
	}
	if (promo->uses > 0 && uses.n >= promo->uses) {
		return err_set(ERR_INVALID, _("coupon %s was used already"),
		    promo->coupon);
	}
	if ((r = q_discount_add(shop->db, sale, NULL, "coupon", &promo->id, 0,
	    NULL, NULL, RATE_ONE, promo->coupon, "", shop_now(),
	    some(&shop->who.user), NULL, &id)) != 0 ||
	    (r = q_discount_act(shop->db, sale, &id, "")) != 0) {
		return r;
	}
	return sale_discounts_again(shop, sale, true);
}

int
sale_coupon(struct shop *shop, int64_t id, int64_t *version, const char *code)
{
	const struct promo	*promo;
	struct again		 a;
	char			 detail[64];
	int			 r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = coupon_find(shop, code, &promo)) != 0 ||
	    (r = again_read(shop, id, &a)) != 0) {
		return r;
	}
	for (size_t i = 0; i < a.nrows && r == 0; i++) {
		if (strcmp(a.row[i].kind, "coupon") == 0 &&
		    a.row[i].promo == promo->id) {
			r = err_set(ERR_EXISTS, _("coupon %s is on this "
			    "ticket already"), promo->coupon);
		}
	}
	again_done(&a);
	if (r != 0 || (r = sale_begin(shop, "sale coupon", id, *version,
	    "discount", 0, 0, "")) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "promo %lld",
	    (long long)promo->id);
	if ((r = coupon_write(shop, id, promo)) == 0) {
		r = audit_add(shop, "sale.coupon", "sale", id, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* --- words and sums of a line -------------------------------------------- */

void
discount_text(const struct shop *shop, const struct sale_discount *d,
    char *out, size_t size)
{
	char		 rate[MONEY_TEXT], percent[64];
	const char	*what = _("discount");

	switch (d->kind) {
	case DISCOUNT_PROMO:
		(void)str_copy(out, size, d->label);
		return;
	case DISCOUNT_COUPON:
		(void)str_fmt(out, size, _("coupon %s"), d->label);
		return;
	case DISCOUNT_OFFER:
		what = _("offered");
		break;
	case DISCOUNT_GIVEN:
		if (d->percent != 0) {
			rate_plain(shop->money.mark, d->percent, rate);
			(void)str_fmt(percent, sizeof(percent),
			    d->capped ? _("%s %s\xc2\xa0%% (capped)") :
			    "%s %s\xc2\xa0%%", what, rate);
			what = percent;
		}
		break;
	}
	if (d->reason[0] == '\0') {
		(void)str_copy(out, size, what);
	} else {
		(void)str_fmt(out, size, _("%s: %s"), what, d->reason);
	}
}

int64_t
line_before_all(const struct sale_line *line)
{
	int64_t	amount = line->amount - line->moved;

	return line->state == LINE_LIVE || line->state == LINE_VOID ?
	    amount + line->off : amount;
}

int64_t
line_before_ticket(const struct sale *sale, const struct sale_line *line)
{
	int64_t	amount = line_before_all(line);

	for (size_t i = 0; i < sale->ndiscounts &&
	    line->state == LINE_LIVE; i++) {
		if (sale->discounts[i].line == line->id) {
			amount -= sale->discounts[i].amount;
		}
	}
	return amount;
}
