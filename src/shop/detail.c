/* SPDX-License-Identifier: ISC */
/* Hashes of rows: lines of JSON that SQLite writes, one a row, each ended by a
 * newline, under a first line that names what follows. */
#include "shop/detail.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "shop/journal.h"
#include "sql/closing.h"
#include "sql/detail.h"

struct hasher {
	crypto_hash_sha256_state	state;
};

static void
hash_begin(struct hasher *h)
{
	(void)crypto_hash_sha256_init(&h->state);
}

static void
hash_line(struct hasher *h, const char *line)
{
	(void)crypto_hash_sha256_update(&h->state,
	    (const unsigned char *)line, strlen(line));
	(void)crypto_hash_sha256_update(&h->state,
	    (const unsigned char *)"\n", 1);
}

static void hash_fmt(struct hasher *h, const char *fmt, ...) PRINTF(2, 3);

static void
hash_fmt(struct hasher *h, const char *fmt, ...)
{
	char	line[512];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	hash_line(h, line);
}

static void
hash_end(struct hasher *h, char out[static 65])
{
	unsigned char	digest[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256_final(&h->state, digest);
	str_hex(digest, sizeof(digest), out);
}

/* Every list of rows has one column, the line. */
#define HASH_ROW(query) \
	static int \
	hash_##query(void *ctx, const struct q_##query *row) \
	{ \
		hash_line(ctx, row->line); \
		return 0; \
	}
HASH_ROW(detail_lines)
HASH_ROW(detail_discounts)
HASH_ROW(detail_vats)
HASH_ROW(detail_payments)
HASH_ROW(closing_audit_rows)

/* --- tickets ------------------------------------------------------------ */

static int
ticket_hash(struct shop *shop, int64_t sale,
    const struct detail_posted *posted, int64_t last, char hash[static 65])
{
	struct q_detail_sale	row;
	struct hasher		h;
	int			r;

	hash_begin(&h);
	hash_fmt(&h, "ticket %lld %lld %lld %lld %s %lld %lld",
	    (long long)posted->user, (long long)posted->terminal,
	    (long long)posted->shift, (long long)posted->posted_at,
	    posted->business_day, (long long)posted->total,
	    (long long)posted->rounding);
	if ((r = q_detail_sale(shop->db, sale, &row)) != 0) {
		return r;
	}
	hash_line(&h, row.line);
	if ((r = q_detail_lines(shop->db, sale, hash_detail_lines,
	    &h)) != 0 ||
	    (r = q_detail_discounts(shop->db, sale, hash_detail_discounts,
	    &h)) != 0 ||
	    (r = q_detail_vats(shop->db, sale, hash_detail_vats, &h)) != 0 ||
	    (r = q_detail_payments(shop->db, sale, 0, last,
	    hash_detail_payments, &h)) != 0) {
		return r;
	}
	hash_end(&h, hash);
	return 0;
}

int
detail_ticket(struct shop *shop, int64_t sale,
    const struct detail_posted *posted, char out[static DETAIL_SIZE])
{
	struct q_detail_payment_last	row;
	char				hash[65];
	int				r;

	if ((r = q_detail_payment_last(shop->db, sale, &row)) == 0 &&
	    (r = ticket_hash(shop, sale, posted, row.id, hash)) == 0) {
		(void)str_fmt(out, DETAIL_SIZE, "t1:%lld:%s",
		    (long long)row.id, hash);
	}
	return r;
}

static int
payments_hash(struct shop *shop, int64_t sale, int64_t after, int64_t last,
    char hash[static 65])
{
	struct hasher	h;
	int		r;

	hash_begin(&h);
	hash_fmt(&h, "payments %lld", (long long)sale);
	if ((r = q_detail_payments(shop->db, sale, after, last,
	    hash_detail_payments, &h)) == 0) {
		hash_end(&h, hash);
	}
	return r;
}

int
detail_payments(struct shop *shop, int64_t sale, int64_t after,
    char out[static DETAIL_SIZE])
{
	struct q_detail_payment_last	row;
	char				hash[65];
	int				r;

	if ((r = q_detail_payment_last(shop->db, sale, &row)) == 0 &&
	    (r = payments_hash(shop, sale, after, row.id, hash)) == 0) {
		(void)str_fmt(out, DETAIL_SIZE, "p1:%lld:%lld:%s",
		    (long long)after, (long long)row.id, hash);
	}
	return r;
}

/* --- closings and the audit --------------------------------------------- */

void
detail_grand(const struct grand *c, char out[static DETAIL_SIZE])
{
	struct hasher	h;
	char		hash[65];

	hash_begin(&h);
	hash_fmt(&h, "closing %lld %s %lld %s %lld %lld %d %lld %lld %lld "
	    "%lld %lld %lld %lld %s", (long long)c->till,
	    grand_level_name(c->level), (long long)c->seq, c->period,
	    (long long)c->shift, (long long)c->at, c->forced,
	    (long long)c->tickets, (long long)c->refunds,
	    (long long)c->total, (long long)c->absolute,
	    (long long)c->perpetual, (long long)c->perpetual_absolute,
	    (long long)c->audit, c->audit_hash);
	for (int i = 0; i < c->nvat; i++) {
		const struct sale_vat	*v = &c->vat[i];

		hash_fmt(&h, "%d %lld %s %s %lld %lld %lld", v->part,
		    (long long)v->rate, v->name, v->letter,
		    (long long)v->gross, (long long)v->net,
		    (long long)v->vat);
	}
	hash_end(&h, hash);
	(void)str_fmt(out, DETAIL_SIZE, "c1:%s", hash);
}

int
detail_audit_hash(struct shop *shop, int64_t after, int64_t last,
    char out[static 65])
{
	struct hasher	h;
	int		r;

	hash_begin(&h);
	if ((r = q_closing_audit_rows(shop->db, after, last,
	    hash_closing_audit_rows, &h)) == 0) {
		hash_end(&h, out);
	}
	return r;
}

int
detail_audit(struct shop *shop, struct grand *c)
{
	struct q_closing_audit	row;
	int			r;

	if ((r = q_closing_audit(shop->db, &row)) != 0) {
		return r;
	}
	c->audit = row.last;
	return detail_audit_hash(shop, row.upto, row.last, c->audit_hash);
}

/* --- proving ------------------------------------------------------------ */

static int
check_ticket(struct shop *shop, const char *detail, int64_t sale,
    int64_t last, bool *same)
{
	struct q_detail_posted	row;
	struct detail_posted	posted;
	char			hash[65], day[11], made[DETAIL_SIZE];
	int			r;

	if ((r = q_detail_posted(shop->db, sale, &row)) != 0) {
		*same = false;
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	(void)str_copy(day, sizeof(day), row.business_day);
	posted = (struct detail_posted){
		.user = row.user, .terminal = row.terminal,
		.shift = row.shift, .posted_at = row.posted_at,
		.business_day = day, .total = row.total,
		.rounding = row.rounding,
	};
	if ((r = ticket_hash(shop, sale, &posted, last, hash)) == 0) {
		(void)str_fmt(made, sizeof(made), "t1:%lld:%s",
		    (long long)last, hash);
		*same = strcmp(made, detail) == 0;
	}
	return r;
}

int
detail_check(struct shop *shop, const char *detail, int64_t sale,
    int64_t *last, bool *same)
{
	char		hash[65], made[DETAIL_SIZE];
	long long	from, to;
	int		r;

	*last = 0;
	*same = false;
	if (sscanf(detail, "t1:%lld:", &to) == 1) {
		*last = to;
		return check_ticket(shop, detail, sale, to, same);
	}
	if (sscanf(detail, "p1:%lld:%lld:", &from, &to) != 2) {
		return 0;
	}
	*last = to;
	if ((r = payments_hash(shop, sale, from, to, hash)) == 0) {
		(void)str_fmt(made, sizeof(made), "p1:%lld:%lld:%s", from, to,
		    hash);
		*same = strcmp(made, detail) == 0;
	}
	return r;
}
