/* SPDX-License-Identifier: ISC */
/* Reading sales: one whole, or lists of them. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/course.h"
#include "shop/product_part.h"
#include "shop/rates.h"
#include "shop/sale_part.h"
#include "shop/tax.h"
#include "sql/discount.h"
#include "sql/returned.h"
#include "sql/room.h"
#include "sql/sale.h"

enum sale_state
sale_state_of(const char *word)
{
	return strcmp(word, "draft") == 0 ? SALE_DRAFT :
	    strcmp(word, "pending") == 0 ? SALE_PENDING :
	    strcmp(word, "paying") == 0 ? SALE_PAYING :
	    strcmp(word, "paid") == 0 ? SALE_PAID : SALE_CANCELLED;
}

static enum sale_kind
sale_kind(const char *word)
{
	return strcmp(word, "quotation") == 0 ? SALE_QUOTATION :
	    strcmp(word, "order") == 0 ? SALE_ORDER : SALE_SALE;
}

static enum line_state
line_state(const char *word)
{
	return strcmp(word, "live") == 0 ? LINE_LIVE :
	    strcmp(word, "void") == 0 ? LINE_VOID :
	    strcmp(word, "reversed") == 0 ? LINE_REVERSED : LINE_REVERSAL;
}

void
sale_done(struct sale *sale)
{
	free(sale->lines);
	free(sale->payments);
	free(sale->discounts);
	free(sale->allergies);
	*sale = (struct sale){ 0 };
}

static int
load_head(struct shop *shop, int64_t id, struct sale *s, bool *discounted,
    bool *added)
{
	struct q_sale_get	row;
	int			r;

	if ((r = q_sale_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no sale %lld"), (long long)id);
	}
	*discounted = row.discounted;
	*added = strcmp(row.act, "add") == 0;
	s->id = row.id;
	s->training = row.training;
	s->version = row.version;
	s->state = sale_state_of(row.state);
	if (!row.number_null) {
		sale_ticket(row.series, row.number, s->ticket);
	}
	(void)str_copy(s->name, sizeof(s->name), row.name);
	if (!row.owner_session_null &&
	    (row.owner_session == shop->who.session ||
	    sale_owner_alive(true, !row.ended_at_null, row.boot, row.pid,
	    row.pid_start))) {
		s->owner_session = row.owner_session;
		(void)str_copy(s->owner_user, sizeof(s->owner_user),
		    row.owner_user);
		(void)str_copy(s->owner_terminal, sizeof(s->owner_terminal),
		    row.owner_terminal);
	}
	s->recalled = row.recalled;
	s->tax_added = row.tax_added;
	s->opened_at = row.opened_at;
	s->posted_at = row.posted_at_null ? 0 : row.posted_at;
	(void)str_copy(s->business_day, sizeof(s->business_day),
	    row.business_day == NULL ? "" : row.business_day);
	s->total = row.total;
	s->rounding = row.rounding;
	(void)str_copy(s->user, sizeof(s->user), row.user);
	(void)str_copy(s->terminal, sizeof(s->terminal), row.terminal);
	(void)str_copy(s->hash, sizeof(s->hash),
	    row.hash == NULL ? "" : row.hash);
	s->seller_id = row.seller_null ? 0 : row.seller;
	(void)str_copy(s->seller, sizeof(s->seller), row.seller_name);
	s->submitted_at = row.submitted_at_null ? 0 : row.submitted_at;
	s->customer = row.customer_null ? 0 : row.customer;
	(void)str_copy(s->customer_code, sizeof(s->customer_code),
	    row.customer_code);
	(void)str_copy(s->customer_name, sizeof(s->customer_name),
	    row.customer_name);
	s->kind = sale_kind(row.kind);
	(void)str_copy(s->paper, sizeof(s->paper), row.paper);
	(void)str_copy(s->due_day, sizeof(s->due_day), row.due_day);
	s->refers = row.refers_null ? 0 : row.refers;
	(void)str_copy(s->mode, sizeof(s->mode), row.mode);
	s->seated = row.seated;
	sale_mode_seen(shop, s->id, s->mode);
	return 0;
}

/* Options stand under their line, also those chosen later. */
static void
load_order(struct sale *s)
{
	struct sale_line	*order = xcalloc(s->nlines, sizeof(*order));
	size_t			 n = 0;

	for (size_t i = 0; i < s->nlines; i++) {
		if (s->lines[i].parent != 0) {
			continue;
		}
		order[n++] = s->lines[i];
		for (size_t k = 0; k < s->nlines; k++) {
			if (s->lines[k].parent == s->lines[i].id) {
				order[n++] = s->lines[k];
			}
		}
	}
	free(s->lines);
	s->lines = order;
	s->nlines = n;
}

static int
load_by_course(const void *a, const void *b)
{
	const struct sale_line	*x = a, *y = b;

	return x->course != y->course ? x->course - y->course :
	    x->seq - y->seq;
}

/* The kitchen knows nothing of what mirrors a line: it stands in the course of
 * that line, and so behind it. */
static void
load_mirrors(struct sale *s)
{
	for (size_t i = 0; i < s->nlines; i++) {
		for (size_t k = 0; k < s->nlines &&
		    s->lines[i].reverses != 0; k++) {
			if (s->lines[k].id == s->lines[i].reverses) {
				s->lines[i].course = s->lines[k].course;
			}
		}
	}
}

static int
load_allergies(struct shop *shop, struct sale *s)
{
	int	r = table_allergies(shop, s->id, &s->allergies);

	if (r == 0 && s->allergies[0] == '\0') {
		free(s->allergies);
		s->allergies = NULL;
	}
	return r;
}

/* What the kitchen knows of a table's lines, and their order: course after
 * course, options after their line. */
static int
load_courses(struct shop *shop, struct sale *s)
{
	struct q_course_lines	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_course_lines(shop->db, s->id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < s->nlines; k++) {
			struct sale_line	*l = &s->lines[k];

			if (l->id == rows[i].line) {
				l->course = (int)rows[i].course;
				l->seat = (int)rows[i].seat;
				l->told = true;
				l->held = rows[i].held;
				l->sent = !rows[i].sent_at_null;
				l->fired = !rows[i].fired_at_null;
				l->shares = rows[i].part_of_null ? 0 :
				    (int)rows[i].shares;
			}
		}
	}
	free(rows);
	load_mirrors(s);
	qsort(s->lines, s->nlines, sizeof(*s->lines), load_by_course);
	load_order(s);
	return load_allergies(shop, s);
}

/* All lines, or, where those of `known` stand as they did, only what came
 * after them; known NULL: all. */
static int
load_lines(struct shop *shop, struct sale *s, const struct sale *known)
{
	struct q_sale_lines	*rows;
	bool			 optioned = false;
	size_t			 n, old = known == NULL ? 0 : known->nlines;
	int			 r, last = 0;

	for (size_t i = 0; i < old; i++) {
		last = known->lines[i].seq > last ? known->lines[i].seq :
		    last;
	}
	if ((r = q_sale_lines(shop->db, s->id, last, &rows, &n)) != 0) {
		return r;
	}
	s->lines = xcalloc(old + n + 1, sizeof(*s->lines));
	s->nlines = old + n;
	s->lines_of = s->id;
	if (old > 0) {
		memcpy(s->lines, known->lines, old * sizeof(*s->lines));
	}
	for (size_t i = 0; i < n; i++) {
		struct sale_line	*l = &s->lines[old + i];

		l->id = rows[i].id;
		l->product = rows[i].product;
		l->seq = (int)rows[i].seq;
		(void)str_copy(l->code, sizeof(l->code), rows[i].code);
		(void)str_copy(l->label, sizeof(l->label), rows[i].label);
		(void)str_copy(l->unit, sizeof(l->unit), rows[i].unit);
		l->by_weight = strcmp(l->unit, "pc") != 0;
		l->price_overridden = rows[i].overridden;
		l->qty = rows[i].qty;
		l->price = rows[i].price;
		l->amount = rows[i].amount;
		l->rate = rows[i].rate;
		l->rate2 = rows[i].rate2;
		l->at = rows[i].at;
		(void)str_copy(l->note, sizeof(l->note), rows[i].note);
		l->state = line_state(rows[i].state);
		if (strcmp(rows[i].kind, "item") != 0) {
			l->kind = product_kind_of(rows[i].kind);
		}
		(void)str_copy(l->serial, sizeof(l->serial), rows[i].serial);
		(void)str_copy(l->lot, sizeof(l->lot), rows[i].lot);
		(void)str_copy(l->expiry, sizeof(l->expiry), rows[i].expiry);
		l->returns = rows[i].returns_null ? 0 : rows[i].returns;
		l->reverses = rows[i].reverses_null ? 0 : rows[i].reverses;
		l->no_turnover = !rows[i].turnover;
		l->scrap = rows[i].scrap;
		l->voucher = rows[i].voucher_null ? 0 : rows[i].voucher;
		l->list_price = rows[i].list_price;
		l->off = rows[i].off;
		l->parent = rows[i].parent_null ? 0 : rows[i].parent;
		l->moved = rows[i].moved;
		(void)str_copy(l->words, sizeof(l->words), rows[i].words);
		(void)str_copy(l->why, sizeof(l->why), rows[i].why);
		optioned = optioned || l->parent != 0;
		(void)str_copy(l->price_label, sizeof(l->price_label),
		    rows[i].price_label == NULL ? "" : rows[i].price_label);
	}
	free(rows);
	if (optioned) {
		load_order(s);
	}
	return 0;
}

enum discount_kind
discount_kind(const char *word)
{
	return strcmp(word, "promo") == 0 ? DISCOUNT_PROMO :
	    strcmp(word, "discount") == 0 ? DISCOUNT_GIVEN :
	    strcmp(word, "offer") == 0 ? DISCOUNT_OFFER : DISCOUNT_COUPON;
}

static int
load_discounts(struct shop *shop, struct sale *s)
{
	struct q_discount_rows	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_discount_rows(shop->db, s->id, &rows, &n)) != 0) {
		return r;
	}
	s->discounts = xcalloc(n + 1, sizeof(*s->discounts));
	s->ndiscounts = n;
	for (size_t i = 0; i < n; i++) {
		struct sale_discount	*d = &s->discounts[i];

		d->id = rows[i].id;
		d->line = rows[i].line_null ? 0 : rows[i].line;
		d->kind = discount_kind(rows[i].kind);
		d->promo = rows[i].promo_null ? 0 : rows[i].promo;
		d->amount = rows[i].amount;
		d->percent = rows[i].percent_null ? 0 : rows[i].percent;
		d->capped = rows[i].capped;
		(void)str_copy(d->label, sizeof(d->label), rows[i].label);
		(void)str_copy(d->reason, sizeof(d->reason), rows[i].reason);
		(void)str_copy(d->user, sizeof(d->user), rows[i].user);
	}
	free(rows);
	return 0;
}

static int
load_payments(struct shop *shop, struct sale *s)
{
	struct q_sale_payments	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_sale_payments(shop->db, s->id, &rows, &n)) != 0) {
		return r;
	}
	s->payments = xcalloc(n + 1, sizeof(*s->payments));
	s->npayments = n;
	for (size_t i = 0; i < n; i++) {
		struct sale_payment	*p = &s->payments[i];

		p->id = rows[i].id;
		(void)str_copy(p->tender, sizeof(p->tender), rows[i].tender);
		(void)str_copy(p->letter, sizeof(p->letter), rows[i].letter);
		(void)str_copy(p->label, sizeof(p->label),
		    rows[i].label[0] == '\0' ? "" : _(rows[i].label));
		p->amount = rows[i].amount;
		p->given = rows[i].given;
		p->change = rows[i].change;
		p->pending = strcmp(rows[i].state, "pending") == 0;
		p->tip = rows[i].tip;
		(void)str_copy(p->reference, sizeof(p->reference),
		    rows[i].reference);
		(void)str_copy(p->currency, sizeof(p->currency),
		    rows[i].currency);
		p->abroad = rows[i].abroad;
		p->home = rows[i].home;
		p->per = rows[i].per;
		p->customer = rows[i].customer_null ? 0 : rows[i].customer;
		p->voucher = rows[i].voucher_null ? 0 : rows[i].voucher;
		s->paid += p->amount;
		s->change += p->change;
		s->tip += p->tip;
		s->waits = s->waits || p->pending;
	}
	free(rows);
	return 0;
}

/* What the ticket says, once there is one: never computed again. */
static int
load_vat(struct shop *shop, struct sale *s)
{
	struct q_sale_vats	*rows;
	int64_t			 total = s->total;
	size_t			 n;
	int			 r;

	if ((r = tax_compute(s)) != 0 ||
	    (r = q_sale_vats(shop->db, s->id, &rows, &n)) != 0) {
		return r;
	}
	s->total = total;
	s->nvat = 0;
	for (size_t i = 0; i < n && i < SALE_RATES; i++) {
		struct sale_vat	*v = &s->vat[s->nvat++];

		*v = (struct sale_vat){
			.part = (int)rows[i].part,
			.rate = rows[i].rate,
			.gross = rows[i].gross,
			.net = rows[i].net,
			.vat = rows[i].vat,
		};
		(void)str_copy(v->name, sizeof(v->name), rows[i].name);
		(void)str_copy(v->letter, sizeof(v->letter), rows[i].letter);
	}
	free(rows);
	return 0;
}

/* Names and letters for taxes just computed. */
static int
name_vat(struct shop *shop, struct sale *s)
{
	const struct rates	*rates;
	int			 r;

	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (int i = 0; i < s->nvat; i++) {
		struct sale_vat		*v = &s->vat[i];
		const struct rate	*word;

		if ((word = rates_word(rates, v->part, v->rate)) != NULL) {
			(void)str_copy(v->name, sizeof(v->name), word->name);
			(void)str_copy(v->letter, sizeof(v->letter),
			    word->letter);
		}
	}
	return 0;
}

/* What it takes back, and what took it back; most sales neither. */
static int
load_returns(struct shop *shop, struct sale *s)
{
	struct q_return_tickets	*rows;
	struct q_return_cancels	 row;
	bool			 any = false;
	size_t			 n;
	int			 r;

	for (size_t i = 0; i < s->nlines; i++) {
		any = any || s->lines[i].returns != 0;
	}
	if (!any && s->state != SALE_PAID) {
		return 0;
	}
	if ((r = q_return_cancels(shop->db, s->id, &row)) != 0) {
		return r;
	}
	if (!row.number_null) {
		sale_ticket(row.series, row.number, s->cancels);
	}
	if (!row.by_number_null) {
		sale_ticket(row.by_series, row.by_number, s->cancelled_by);
	}
	if (!any ||
	    (r = q_return_tickets(shop->db, s->id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < s->nlines; k++) {
			if (s->lines[k].id == rows[i].line) {
				sale_ticket(rows[i].series, rows[i].number,
				    s->lines[k].of);
			}
		}
	}
	free(rows);
	return 0;
}

/*
 * `known` is the sale as it was read before, or NULL.  One version later, and
 * made so by adding to it, its lines stand as they did: the fence lets nobody
 * else come between.  Discounts and options may change them all.
 */
static int
sale_read(struct shop *shop, int64_t id, const struct sale *known,
    struct sale *s)
{
	bool	discounted = false, added = false;
	int	r;

	if ((r = load_head(shop, id, s, &discounted, &added)) != 0) {
		return r;
	}
	if (known != NULL && (known->lines_of != id || !added || discounted ||
	    s->seated || s->version != known->version + 1)) {
		known = NULL;
	}
	if ((r = load_lines(shop, s, known)) != 0 ||
	    (s->seated && (r = load_courses(shop, s)) != 0) ||
	    (r = load_returns(shop, s)) != 0 ||
	    (discounted && (r = load_discounts(shop, s)) != 0)) {
		return r;
	}
	if (s->state != SALE_DRAFT && s->state != SALE_PENDING &&
	    (r = load_payments(shop, s)) != 0) {
		return r;
	}
	if (s->state == SALE_PAID) {
		r = load_vat(shop, s);
	} else if ((r = tax_compute(s)) == 0) {
		r = name_vat(shop, s);
	}
	s->due = s->state == SALE_PAID ? 0 : s->total - s->paid;
	return r;
}

static int
load(struct shop *shop, int64_t id, const struct sale *known,
    struct sale *out)
{
	int	r;

	*out = (struct sale){ 0 };
	if ((r = db_read_begin(shop->db)) != 0) {
		return r;
	}
	r = sale_read(shop, id, known, out);
	db_read_end(shop->db);
	if (r != 0) {
		sale_done(out);
	}
	return r;
}

int
sale_load(struct shop *shop, int64_t id, struct sale *out)
{
	return load(shop, id, NULL, out);
}

int
sale_reload(struct shop *shop, struct sale *sale)
{
	struct sale	fresh;
	int		r = load(shop, sale->id, sale, &fresh);

	if (r == 0) {
		sale_done(sale);
		*sale = fresh;
	}
	return r;
}

/* --- lists -------------------------------------------------------------- */

/* Those that wait for the till first, then as they were opened. */
static int
open_order(const void *a, const void *b)
{
	const struct q_sale_open_all	*x = a, *y = b;

	if (x->submitted_at_null != y->submitted_at_null) {
		return x->submitted_at_null ? 1 : -1;
	}
	if (x->submitted_at != y->submitted_at) {
		return x->submitted_at < y->submitted_at ? -1 : 1;
	}
	return (x->id > y->id) - (x->id < y->id);
}

int
sale_open_list(struct shop *shop, struct sale_brief **rows, size_t *n)
{
	struct q_sale_open_all	*all;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = q_sale_open_all(shop->db, shop->who.training, &all,
	    n)) != 0) {
		return r;
	}
	if (*n > 1) {
		qsort(all, *n, sizeof(*all), open_order);
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct sale_brief	*b = &(*rows)[i];

		b->id = all[i].id;
		b->version = all[i].version;
		b->total = all[i].total;
		b->opened_at = all[i].opened_at;
		b->lines = all[i].lines;
		b->state = sale_state_of(all[i].state);
		b->kind = sale_kind(all[i].kind);
		(void)str_copy(b->paper, sizeof(b->paper), all[i].paper);
		(void)str_copy(b->name, sizeof(b->name), all[i].name);
		(void)str_copy(b->customer, sizeof(b->customer),
		    all[i].customer);
		(void)str_copy(b->user, sizeof(b->user), all[i].user);
		(void)str_copy(b->terminal, sizeof(b->terminal),
		    all[i].terminal);
		b->here = shop->who.session != 0 &&
		    !all[i].owner_session_null &&
		    all[i].owner_session == shop->who.session;
		b->parked = !b->here &&
		    !sale_owner_alive(!all[i].owner_session_null,
		    !all[i].ended_at_null, all[i].boot, all[i].pid,
		    all[i].pid_start);
	}
	free(all);
	return 0;
}

int
sale_of_user(struct shop *shop, struct sale_brief *out)
{
	struct q_sale_of_user	 mine;
	struct sale_brief	*rows;
	size_t			 n;
	int			 r;

	*out = (struct sale_brief){ 0 };
	if ((r = q_sale_of_user(shop->db, shop->who.user, shop->who.training,
	    &mine)) != 0 ||
	    (r = sale_open_list(shop, &rows, &n)) != 0) {
		return r;
	}
	r = ERR_NOT_FOUND;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == mine.id) {
			*out = rows[i];
			r = 0;
		}
	}
	free(rows);
	return r;
}

/* Both queries have these columns. */
#define BRIEF_FROM(b, row) do { \
	(b)->id = (row)->id; \
	(b)->total = (row)->total; \
	(b)->opened_at = (row)->opened_at; \
	(b)->posted_at = (row)->posted_at; \
	(b)->lines = (row)->lines; \
	(b)->state = sale_state_of((row)->state); \
	sale_ticket((row)->series, (row)->number, (b)->ticket); \
	(void)str_copy((b)->name, sizeof((b)->name), (row)->name); \
	(void)str_copy((b)->user, sizeof((b)->user), (row)->user); \
	(void)str_copy((b)->terminal, sizeof((b)->terminal), \
	    (row)->terminal); \
	(b)->back = (row)->back <= 0 ? SALE_BACK_NONE : \
	    (row)->back < (row)->sold ? SALE_BACK_PART : SALE_BACK_ALL; \
} while (0)

static int
posted_all(struct shop *shop, int64_t limit, struct sale_brief **out,
    size_t *n)
{
	struct q_sale_posted_all	*rows;
	int				 r;

	if ((r = q_sale_posted_all(shop->db, shop->who.training, limit, &rows,
	    n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		BRIEF_FROM(&(*out)[i], &rows[i]);
	}
	free(rows);
	return 0;
}

static int
posted_day(struct shop *shop, const char *day, int64_t limit,
    struct sale_brief **out, size_t *n)
{
	struct q_sale_posted_day	*rows;
	int				 r;

	if ((r = q_sale_posted_day(shop->db, day, shop->who.training, limit,
	    &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		BRIEF_FROM(&(*out)[i], &rows[i]);
	}
	free(rows);
	return 0;
}

int
sale_posted_list(struct shop *shop, const char *day, int64_t limit,
    struct sale_brief **rows, size_t *n)
{
	int	r;

	*rows = NULL;
	*n = 0;
	if ((r = shop_require(shop, RIGHT_SALES)) != 0) {
		return r;
	}
	if (limit <= 0) {
		limit = INT64_MAX;
	}
	return day == NULL || day[0] == '\0' ?
	    posted_all(shop, limit, rows, n) :
	    posted_day(shop, day, limit, rows, n);
}

int
sale_by_ticket(struct shop *shop, const char *ticket, int64_t *id)
{
	struct q_sale_by_ticket	 row;
	const char		*dash = strrchr(ticket, '-');
	char			 series[SALE_SERIES], chain[SALE_CHAIN];
	int64_t			 number;
	int			 r;

	*id = 0;
	if (dash == NULL) {		/* of this till */
		if ((r = sale_series(shop, series)) != 0) {
			return r;
		}
		dash = ticket - 1;
	} else {
		(void)str_fmt(series, sizeof(series), "%.*s",
		    (int)(dash - ticket), ticket);
	}
	if (str_to_i64(dash + 1, 1, INT64_MAX, &number) != 0) {
		return err_set(ERR_INVALID, _("%.40s is no ticket number; "
		    "write it as 1-000017"), ticket);
	}
	sale_chain(series, chain);
	if ((r = q_sale_by_ticket(shop->db, chain, number, &row)) == 0) {
		*id = row.id;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no ticket %.40s"), ticket);
}

int
sale_last(struct shop *shop, int64_t *id)
{
	struct q_sale_last	row;
	char			series[SALE_SERIES], chain[SALE_CHAIN];
	int			r;

	*id = 0;
	if ((r = sale_series(shop, series)) != 0) {
		return r;
	}
	sale_chain(series, chain);
	if ((r = q_sale_last(shop->db, chain, &row)) == 0) {
		*id = row.id;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("this till has no ticket yet"));
}
