/* SPDX-License-Identifier: ISC */
/* Receipts of goods as they are read: what came, what is missing, and what
 * somebody may not have meant. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/purchase_part.h"
#include "shop/stock.h"
#include "sql/purchase.h"

int
intake_get(struct shop *shop, int64_t id, struct intake *out)
{
	struct q_receipt_get	row;
	struct supplier		s;
	struct purchase		p;
	int			r;

	*out = (struct intake){ .id = id };
	if ((r = q_receipt_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such receipt"));
	}
	out->supplier = row.supplier;
	out->purchase = row.purchase_null ? 0 : row.purchase;
	out->place = row.place;
	out->costs = row.costs;
	out->back = strcmp(row.kind, "return") == 0;
	out->billed = !row.bill_null;
	out->at = row.posted_at_null ? row.made_at : row.posted_at;
	(void)str_copy(out->number, sizeof(out->number),
	    row.number == NULL ? "" : row.number);
	(void)str_copy(out->state, sizeof(out->state), row.state);
	(void)str_copy(out->reference, sizeof(out->reference),
	    row.reference);
	if ((r = stock_place_seen(shop, out->place)) != 0 ||
	    (r = supplier_get(shop, out->supplier, &s)) != 0) {
		return r;
	}
	(void)str_copy(out->supplier_name, sizeof(out->supplier_name),
	    s.name);
	if (out->purchase != 0 &&
	    (r = purchase_get(shop, out->purchase, &p)) == 0) {
		(void)str_copy(out->order, sizeof(out->order), p.number);
	}
	return r;
}

int
intake_find(struct shop *shop, const char *text, struct intake *out)
{
	struct q_receipt_by_number	row;
	int64_t				id = purchase_draft_id(text);
	int				r = 0;

	*out = (struct intake){ .id = 0 };
	if (id == 0 && (r = q_receipt_by_number(shop->db, text, &row)) == 0) {
		id = row.id;
	}
	if (r != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no receipt %.24s"), text);
	}
	return intake_get(shop, id, out);
}

int
intake_list(struct shop *shop, const char *state, int64_t supplier,
    int64_t limit, int (*fn)(void *ctx, const struct intake *r), void *ctx)
{
	struct q_receipt_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_receipt_list(shop->db, state, supplier, shop->who.user,
	    limit > 0 ? limit : -1, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct intake	one = {
			.id = rows[i].id, .costs = rows[i].costs,
			.amount = rows[i].amount, .lines = rows[i].lines,
			.at = rows[i].at, .billed = rows[i].billed,
			.back = strcmp(rows[i].kind, "return") == 0,
		};

		(void)str_copy(one.number, sizeof(one.number),
		    rows[i].number);
		(void)str_copy(one.supplier_name, sizeof(one.supplier_name),
		    rows[i].supplier_name);
		(void)str_copy(one.order, sizeof(one.order),
		    rows[i].order_number);
		(void)str_copy(one.state, sizeof(one.state), rows[i].state);
		(void)str_copy(one.reference, sizeof(one.reference),
		    rows[i].reference);
		r = fn(ctx, &one);
	}
	free(rows);
	return r;
}

static bool
intake_expired(const struct shop *shop, const char *expiry)
{
	char	today[CLOCK_DAY_SIZE];

	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	return expiry[0] != '\0' && strcmp(expiry, today) < 0;
}

int
intake_lines(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct intake_line *l), void *ctx)
{
	struct q_receipt_lines	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_COST)) != 0 ||
	    (r = q_receipt_lines(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct intake_line	l = {
			.id = rows[i].id, .product = rows[i].product,
			.qty = rows[i].qty, .amount = rows[i].amount,
			.value = rows[i].value_null ? 0 : rows[i].value,
		};

		(void)str_copy(l.code, sizeof(l.code), rows[i].code);
		(void)str_copy(l.name, sizeof(l.name), rows[i].name);
		(void)str_copy(l.unit, sizeof(l.unit), rows[i].unit);
		(void)str_copy(l.lot, sizeof(l.lot), rows[i].lot);
		(void)str_copy(l.expiry, sizeof(l.expiry), rows[i].expiry);
		(void)str_copy(l.serial, sizeof(l.serial), rows[i].serial);
		l.expired = intake_expired(shop, l.expiry);
		r = fn(ctx, &l);
	}
	free(rows);
	return r;
}

int
intake_gaps(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct intake_gap *g), void *ctx)
{
	struct q_receipt_missing	*rows;
	size_t				 n;
	int				 r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = q_receipt_missing(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct intake_gap	g = {
			.product = rows[i].product, .code = rows[i].code,
			.name = rows[i].name, .unit = rows[i].unit,
			.ordered = rows[i].ordered, .before = rows[i].before,
			.now = rows[i].now,
		};

		r = fn(ctx, &g);
	}
	free(rows);
	return r;
}

static void
gap_doubt(const struct shop *shop, const struct q_receipt_missing *row,
    void (*say)(void *ctx, const char *text), void *ctx)
{
	char	text[200], came[MONEY_TEXT], ordered[MONEY_TEXT];

	qty_plain(shop->money.mark, row->before + row->now, came);
	qty_plain(shop->money.mark, row->ordered, ordered);
	if (row->ordered == 0) {
		(void)str_fmt(text, sizeof(text), _("%s %s: not on the "
		    "order"), row->code, row->name);
	} else {
		(void)str_fmt(text, sizeof(text), _("%s %s: %s came, %s were "
		    "ordered"), row->code, row->name, came, ordered);
	}
	say(ctx, text);
}

int
intake_doubts(struct shop *shop, int64_t id, int64_t product,
    void (*say)(void *ctx, const char *text), void *ctx)
{
	struct q_receipt_lines		*lines;
	struct q_receipt_missing	*gaps;
	struct intake			 in;
	char				 text[200];
	size_t				 n;
	int				 r;

	if ((r = intake_get(shop, id, &in)) != 0 || in.back ||
	    (r = q_receipt_lines(shop->db, id, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if ((product == 0 || lines[i].product == product) &&
		    intake_expired(shop, lines[i].expiry)) {
			(void)str_fmt(text, sizeof(text), _("%s %s: lot %s "
			    "expired on %s"), lines[i].code, lines[i].name,
			    lines[i].lot, lines[i].expiry);
			say(ctx, text);
		}
	}
	free(lines);
	if (in.purchase == 0 ||
	    (r = q_receipt_missing(shop->db, id, &gaps, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if ((product == 0 || gaps[i].product == product) &&
		    gaps[i].now > 0 &&
		    gaps[i].before + gaps[i].now > gaps[i].ordered) {
			gap_doubt(shop, &gaps[i], say, ctx);
		}
	}
	free(gaps);
	return 0;
}
