/* SPDX-License-Identifier: ISC */
/* What is taken off a sale by hand or by coupon. */
#include "shop/discount.h"

#include <string.h>

#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/audit.h"
#include "shop/discount_part.h"
#include "shop/journal.h"
#include "shop/prices.h"
#include "shop/sale_part.h"
#include "sql/sale.h"

/* --- by hand ------------------------------------------------------------- */

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
