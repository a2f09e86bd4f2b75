/* SPDX-License-Identifier: ISC */
/* The parts of a bill, and how they are one again: pieces go back into their
 * line, shares once all of them are there. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/course.h"
#include "shop/party_part.h"
#include "shop/split.h"

/* Is line k a part of line i, to go back into it? */
static bool
whole_part_of(const struct divide *d, size_t i, size_t k)
{
	return d->lines[k].parent_null && !d->lines[k].part_of_null &&
	    d->lines[k].part_of == d->lines[i].id &&
	    d->lines[k].offered == d->lines[i].offered &&
	    part_rows(d, k) == part_rows(d, i);
}

/* What was off its parts is off the line again: `given` of `gross`. */
static int
whole_discount(struct divide *d, int64_t line, const int64_t *parts, size_t n,
    int64_t given, int64_t gross)
{
	struct q_discount_by_hand	row;
	char				reason[4 * SALE_REASON + 1];
	int64_t				of = 0;
	int				r = 0;

	for (size_t k = 0; k <= n && r == 0; k++) {
		r = q_discount_by_hand(d->shop->db, d->v.sale, k == n ?
		    line : parts[k], &row);
		if (r == 0 && strcmp(row.kind, "discount") == 0) {
			of = row.id;
			(void)str_copy(reason, sizeof(reason), row.reason);
			r = q_discount_live(d->shop->db, of, false);
		}
		r = r == ERR_NOT_FOUND ? 0 : r;
	}
	return r != 0 || of == 0 ? r : discount_part(d->shop, of, d->v.sale,
	    line, given, gross, reason);
}

/* One line, or one of its options, is all of it again. */
static int
whole_line(struct divide *d, size_t i, size_t row, bool shared)
{
	struct q_part_lines	*l = &d->lines[i + row];
	int64_t			 qty = l->qty, amount = l->amount;
	int64_t			 given = l->given, parts[SPLIT_MOST];
	char			 label[PRODUCT_NAME], share[16];
	size_t			 n, count = 0;
	int			 r = 0;

	(void)str_copy(label, sizeof(label), l->label);
	(void)str_fmt(share, sizeof(share), " 1/%lld",
	    (long long)l->shares);
	n = strlen(label);
	if (shared && row == 0 && n > strlen(share) &&
	    strcmp(label + n - strlen(share), share) == 0) {
		label[n - strlen(share)] = '\0';
	}
	for (size_t k = 0; k < d->n && r == 0; k++) {
		if (whole_part_of(d, i, k) && count < SPLIT_MOST) {
			qty += d->lines[k + row].qty;
			amount += d->lines[k + row].amount;
			given += d->lines[k + row].given;
			parts[count++] = d->lines[k + row].id;
			r = q_part_gone(d->shop->db, d->lines[k + row].id);
		}
	}
	if (r == 0 && given > 0) {
		r = whole_discount(d, l->id, parts, count, given, amount);
	}
	return r != 0 ? r : q_part_line_cut(d->shop->db, l->id, qty, amount,
	    label);
}

/* Parts that met again on one bill are their line again. */
static int
whole_lines(struct divide *d)
{
	int	r = 0;

	for (size_t i = 0; i < d->n && r == 0; i++) {
		int64_t	shares = d->lines[i].shares, n = 1;

		if (!d->lines[i].parent_null || !d->lines[i].part_of_null ||
		    strcmp(d->lines[i].state, "live") != 0) {
			continue;
		}
		for (size_t k = 0; k < d->n; k++) {
			n += whole_part_of(d, i, k) ? 1 : 0;
		}
		/* Pieces go back one by one, shares only all together. */
		if (n == 1 || (shares > 1 && n != shares)) {
			continue;
		}
		for (size_t row = 0; row < part_rows(d, i) && r == 0;
		    row++) {
			r = whole_line(d, i, row, shares > 1);
		}
		if (r == 0) {
			r = q_part_line_shares(d->shop->db, d->lines[i].id,
			    1);
		}
	}
	return r;
}

/* Another part's lines are on this bill again. */
static int
whole_part(struct divide *d, int64_t part)
{
	struct q_party_row	row;
	struct serving		w;
	int64_t			n;
	int			r;

	if ((r = party_parts(d->shop, part, &w, &row)) != 0 ||
	    (r = q_discount_drop_promos(d->shop->db, part)) != 0 ||
	    (r = q_party_all_lines(d->shop->db, part, d->v.sale, &n)) != 0 ||
	    (r = party_again(d->shop, part, d->v.sale,
	    row.discounted)) != 0 ||
	    (r = q_party_allergies(d->shop->db, part, d->v.sale,
	    &n)) != 0 ||
	    (r = q_party_merged(d->shop->db, part, d->v.sale, true)) != 0 ||
	    (r = q_party_emptied(d->shop->db, part, shop_now(), &n)) != 0) {
		return r;
	}
	return serving_over(d->shop, part, "merged");
}

int
bill_whole(struct shop *shop, int64_t sale, int64_t *version)
{
	struct bill_part	*rows;
	struct divide		 d;
	size_t			 n;
	int			 r;

	if ((r = bill_parts(shop, sale, &rows, &n)) != 0) {
		return r;
	}
	if ((r = divide_begin(&d, shop, "bill whole", sale,
	    *version)) != 0) {
		free(rows);
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (rows[i].sale != sale && rows[i].state == SALE_DRAFT) {
			r = whole_part(&d, rows[i].sale);
		}
	}
	free(rows);
	free(d.lines);
	d.lines = NULL;
	if (r == 0 && (r = q_discount_drop_promos(shop->db, sale)) == 0 &&
	    (r = q_part_lines(shop->db, sale, &d.lines, &d.n)) == 0 &&
	    (r = whole_lines(&d)) == 0) {
		r = sale_discounts_again(shop, sale, true);
	}
	return divide_end(&d, version, "whole", r);
}

int
bill_parts(struct shop *shop, int64_t sale, struct bill_part **rows,
    size_t *n)
{
	struct q_part_all	*all;
	struct serving		 v;
	size_t			 count;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = q_part_all(shop->db, party_of(&v), &all,
	    &count)) != 0) {
		return r;
	}
	*rows = xcalloc(count + 1, sizeof(**rows));
	for (size_t i = 0; i < count; i++) {
		struct bill_part	*p = &(*rows)[*n];

		if (strcmp(all[i].state, "cancelled") == 0) {
			continue;
		}
		p->sale = all[i].sale;
		p->version = all[i].version;
		p->total = all[i].total;
		p->paid = all[i].paid;
		p->lines = all[i].lines;
		p->state = sale_state_of(all[i].state);
		(void)str_copy(p->name, sizeof(p->name), all[i].name);
		if (!all[i].number_null) {
			sale_ticket(all[i].series, all[i].number, p->ticket);
		}
		(*n)++;
	}
	free(all);
	return 0;
}
