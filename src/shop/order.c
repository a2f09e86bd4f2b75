/* SPDX-License-Identifier: ISC */
/* Quotations and orders, what is paid on them before, and the rest. */
#include "shop/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/slip.h"
#include "shop/training.h"
#include "sql/order.h"
#include "sql/product.h"
#include "sql/sale.h"

#define DEPOSIT_CODE	"DEPOSIT"

static const struct {
	const char	*series, *letter;
} order_series[] = {
	[SALE_QUOTATION] = { "quotation", "D" },	/* devis */
	[SALE_ORDER] = { "order", "C" },		/* commande */
};

/* What is deposited or to be deposited at one rate. */
struct share {
	int64_t	rate, rate2, amount;
};

/* --- papers ------------------------------------------------------------- */

static int
order_number(struct shop *shop, enum sale_kind kind,
    char paper[static SALE_PAPER])
{
	struct q_order_number	row;
	int			r;

	if ((r = q_order_number_take(shop->db,
	    order_series[kind].series)) == 0 &&
	    (r = q_order_number(shop->db, order_series[kind].series,
	    &row)) == 0) {
		(void)str_fmt(paper, SALE_PAPER, "%s-%06lld",
		    order_series[kind].letter, (long long)row.last);
	}
	return r;
}

static int
order_paper(struct shop *shop, int64_t id)
{
	struct sale	sale;
	struct slip	slip = { 0 };
	int64_t		printer, job;
	int		r;

	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0 || (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = receipt_build(shop, &sale, 0, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_REPORT, sale.paper, &slip,
		    &job);
	}
	slip_done(&slip);
	sale_done(&sale);
	return r;
}

static int
order_ready(struct shop *shop, const struct sale *sale, int64_t version,
    enum sale_kind kind)
{
	if (sale->version != version) {
		return sale_refused(shop, sale->id, version);
	}
	if (sale->state != SALE_DRAFT) {
		return err_set(ERR_INVALID, sale->state == SALE_PENDING ?
		    _("this sale waits for the till; :reopen it first") :
		    _("money was taken for it; take the payment back first "
		    "(:undo)"));
	}
	if (sale->units == 0 && sale->total == 0) {
		return err_set(ERR_EMPTY, _("there is nothing to promise"));
	}
	if (sale->refers != 0 || (int)sale->kind >= (int)kind) {
		return err_set(ERR_INVALID, sale->kind == SALE_ORDER ?
		    _("this is order %s already") :
		    sale->kind == SALE_QUOTATION ?
		    _("this is quotation %s already") :
		    _("a deposit is paid, not promised"), sale->paper);
	}
	return 0;
}

/* After its last day the prices are those of that day only by the word of who
 * may set prices. */
static int
quotation_holds(struct shop *shop, const struct sale *sale)
{
	char	today[CLOCK_DAY_SIZE];
	int	r;

	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	if (sale->kind != SALE_QUOTATION || sale->due_day[0] == '\0' ||
	    strcmp(today, sale->due_day) <= 0 ||
	    (r = shop_require(shop, RIGHT_PRICE)) == 0) {
		return 0;
	}
	return r != ERR_DENIED ? r : err_set(ERR_DENIED, _("quotation %s held "
	    "until %s; who may set prices may still honour it"), sale->paper,
	    sale->due_day);
}

static int
order_write(struct shop *shop, const struct sale *sale, enum sale_kind kind,
    const char *name, const char *due, char paper[static SALE_PAPER])
{
	int64_t	n;
	int	r;

	if ((r = order_number(shop, kind, paper)) != 0 ||
	    (r = q_order_make(shop->db, sale->id, sale->version,
	    some(&shop->who.session), order_series[kind].series, paper, name,
	    due[0] == '\0' ? NULL : due, some(&shop->who.user), &n)) != 0) {
		return r;
	}
	if (n == 0) {
		return ERR_CHANGED;
	}
	if ((r = audit_add(shop, kind == SALE_ORDER ? "sale.order" :
	    "sale.quotation", "sale", sale->id, paper)) != 0) {
		return r;
	}
	return order_paper(shop, sale->id);
}

int
order_make(struct shop *shop, int64_t id, int64_t *version,
    enum sale_kind kind, const char *name, const char *due_day,
    char paper[static SALE_PAPER])
{
	struct sale	sale;
	char		due[CLOCK_DAY_SIZE] = "";
	int		r;

	paper[0] = '\0';
	if ((r = training_same(shop, false)) != 0 ||
	    (r = shop_require(shop, RIGHT_SELL)) != 0) {
		return r;
	}
	if (!utf8_is_clean(name) || strlen(name) >= sizeof(sale.name)) {
		return err_set(ERR_TOO_LONG, _("the name is too long; at most "
		    "60 characters"));
	}
	if (due_day != NULL) {
		if ((r = clock_day_check(due_day)) != 0) {
			return r;
		}
		(void)str_copy(due, sizeof(due), due_day);
	} else if (kind == SALE_QUOTATION) {
		char	today[CLOCK_DAY_SIZE];

		clock_local(shop_now(), "%Y-%m-%d", today, sizeof(today));
		clock_day_step(today, shop->set.quotation_days, due);
	}
	if ((r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = order_ready(shop, &sale, *version, kind)) == 0 &&
	    (r = quotation_holds(shop, &sale)) == 0 &&
	    (r = db_begin(shop->db, "order")) == 0) {
		r = order_write(shop, &sale, kind, name, due, paper);
		r = r == ERR_CHANGED ? sale_refused(shop, id, *version) :
		    sale_end(shop, r);
	}
	sale_done(&sale);
	if (r == 0) {
		(*version)++;
	} else {
		paper[0] = '\0';
	}
	return r;
}

/* --- deposits ----------------------------------------------------------- */

/* What of the order is due at each rate; returns how many rates. */
static int
order_shares(const struct sale *sale, struct share share[static SALE_RATES])
{
	int	n = 0;

	for (size_t i = 0; i < sale->nlines; i++) {
		const struct sale_line	*l = &sale->lines[i];
		int			 at = 0;

		if (l->state == LINE_VOID) {
			continue;
		}
		while (at < n && (share[at].rate != l->rate ||
		    share[at].rate2 != l->rate2)) {
			at++;
		}
		if (at == SALE_RATES) {
			continue;	/* as many as a sale can have */
		}
		if (at == n) {
			share[n++] = (struct share){ l->rate, l->rate2, 0 };
		}
		share[at].amount += l->amount;
	}
	return n;
}

int
order_deposited(struct shop *shop, int64_t order, int64_t *amount)
{
	struct q_order_deposits	*rows;
	size_t			 n;
	int			 r;

	*amount = 0;
	if ((r = q_order_deposits(shop->db, order, &rows, &n)) == 0) {
		for (size_t i = 0; i < n; i++) {
			*amount += rows[i].amount;
		}
		free(rows);
	}
	return r;
}

/* The hidden article that deposits are lines of; inside a transaction. */
static int
deposit_product(struct shop *shop, int64_t *id)
{
	struct q_product_id_by_code	row;
	int				r;

	if ((r = q_product_id_by_code(shop->db, DEPOSIT_CODE, &row)) == 0) {
		*id = row.id;
		return 0;
	}
	return r != ERR_NOT_FOUND ? r : q_order_deposit_product(shop->db,
	    DEPOSIT_CODE, _("Deposit"), shop_now(), id);
}

static int
deposit_line(struct shop *shop, int64_t sale, const struct share *s,
    const char *label, int64_t sign)
{
	int64_t	product, line;
	int	r;

	if ((r = deposit_product(shop, &product)) != 0) {
		return r;
	}
	return q_order_deposit_line(shop->db, sale, product, DEPOSIT_CODE,
	    label, sign * QTY_ONE, s->amount, sign * s->amount, s->rate,
	    s->rate2, shop_now(), some(&shop->who.user), &line);
}

/* The amount over the rates, as the order has them. */
static int
deposit_spread(const struct sale *order, int64_t amount,
    struct share share[static SALE_RATES], int *n)
{
	int64_t	weight[SALE_RATES], out[SALE_RATES];
	int	r;

	*n = order_shares(order, share);
	for (int i = 0; i < *n; i++) {
		weight[i] = share[i].amount < 0 ? 0 : share[i].amount;
	}
	if ((r = money_spread(amount, weight, (size_t)*n, out)) != 0) {
		return r;
	}
	for (int i = 0; i < *n; i++) {
		share[i].amount = out[i];
	}
	return 0;
}

/* Prices without tax: a deposit is said with it, as the customer pays it, and
 * its lines without. */
static int
deposit_amount(struct shop *shop, const struct sale *order, int64_t amount,
    int64_t rate, int64_t *out)
{
	int64_t	before, rest, lines = 0;
	char	text[MONEY_TEXT];
	int	r;

	if ((r = order_deposited(shop, order->id, &before)) != 0) {
		return r;
	}
	for (size_t i = 0; i < order->nlines; i++) {
		lines += order->lines[i].state == LINE_VOID ? 0 :
		    order->lines[i].amount;
	}
	if (order->tax_added && amount > 0 &&
	    (r = muldiv(amount, lines, order->total, &amount)) != 0) {
		return r;
	}
	rest = lines - before;
	if (amount == 0 && (r = muldiv(rest, rate, RATE_ONE,
	    &amount)) != 0) {
		return r;
	}
	if (amount <= 0 || amount > rest) {
		money_symbol(&shop->money, rest, text);
		return err_set(ERR_RANGE, _("a deposit is more than 0 and at "
		    "most %s"), text);
	}
	*out = amount;
	return 0;
}

static int
deposit_write(struct shop *shop, const struct sale *order, int64_t amount,
    int64_t *id, int64_t *version)
{
	struct share	share[SALE_RATES];
	char		label[PRODUCT_NAME], kept[64];
	int64_t		released;
	int		n = 0, r;

	(void)str_fmt(label, sizeof(label), _("Deposit on order %s"),
	    order->paper);
	(void)str_copy(kept, sizeof(kept), order->name);
	if ((r = deposit_spread(order, amount, share, &n)) != 0 ||
	    (r = q_sale_release(shop->db, order->id, order->version,
	    some(&shop->who.session), kept, &released)) != 0) {
		return r;
	}
	if (released == 0) {
		return ERR_CHANGED;
	}
	if ((r = sale_first(shop, n, id, version)) != 0 ||
	    (r = q_order_refer(shop->db, *id, order->id)) != 0) {
		return r;
	}
	for (int i = 0; i < n; i++) {
		if (share[i].amount != 0 &&
		    (r = deposit_line(shop, *id, &share[i], label, 1)) != 0) {
			return r;
		}
	}
	return audit_add(shop, "sale.deposit", "sale", order->id, "");
}

int
order_deposit(struct shop *shop, int64_t order, int64_t *version,
    int64_t amount, int64_t rate, int64_t *id, int64_t *id_version)
{
	struct q_order_deposits_open	open;
	struct sale			sale;
	int				r;

	*id = 0;
	*id_version = 0;
	if ((r = training_same(shop, false)) != 0 ||
	    (r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = sale_load(shop, order, &sale)) != 0) {
		return r;
	}
	if (sale.version != *version) {
		r = sale_refused(shop, order, *version);
	} else if (sale.kind != SALE_ORDER || sale.state != SALE_DRAFT) {
		r = err_set(ERR_INVALID, _("a deposit is paid on an order; "
		    ":order makes one of this sale"));
	} else if ((r = q_order_deposits_open(shop->db, order, &open)) == 0 &&
	    open.n != 0) {
		r = err_set(ERR_INVALID, _("a deposit on order %s is open "
		    "already; F6 has it"), sale.paper);
	}
	if (r == 0 && (r = deposit_amount(shop, &sale, amount, rate,
	    &amount)) == 0 &&
	    (r = db_begin(shop->db, "order deposit")) == 0) {
		r = deposit_write(shop, &sale, amount, id, id_version);
		r = r == ERR_CHANGED ? sale_refused(shop, order, *version) :
		    sale_end(shop, r);
		*id = r == 0 ? *id : 0;
		*version += r == 0 ? 1 : 0;
	}
	sale_done(&sale);
	return r;
}

/* --- the rest ----------------------------------------------------------- */

/* What the sale has taken off at a rate already, as a negative amount. */
static int64_t
settled_at(const struct sale *sale, int64_t rate, int64_t rate2)
{
	int64_t	sum = 0;

	for (size_t i = 0; i < sale->nlines; i++) {
		const struct sale_line	*l = &sale->lines[i];

		/* The deposit of another order may come back on it. */
		if (l->state == LINE_LIVE && l->qty < 0 && l->returns == 0 &&
		    strcmp(l->code, DEPOSIT_CODE) == 0 && l->rate == rate &&
		    l->rate2 == rate2) {
			sum += l->amount;
		}
	}
	return sum;
}

/* Deposits that are to be taken off yet; `over`: more is than was paid, or
 * was left when one was given back. */
static int
settle_shares(struct shop *shop, const struct sale *sale,
    struct share share[static SALE_RATES], char *tickets, size_t size,
    int *out, bool *over)
{
	struct q_order_deposits	*rows;
	size_t			 n;
	int			 r;

	*out = 0;
	*over = false;
	tickets[0] = '\0';
	if ((r = q_order_deposits(shop->db, sale->id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && *out < SALE_RATES; i++) {
		int64_t	amount = rows[i].amount + settled_at(sale,
		    rows[i].rate, rows[i].rate2);

		*over = *over || amount < 0;
		if (amount > 0) {
			share[(*out)++] = (struct share){ rows[i].rate,
			    rows[i].rate2, amount };
			(void)str_copy(tickets, size, rows[i].ticket);
		}
	}
	free(rows);
	return 0;
}

int
order_deposit_stands(struct shop *shop, int64_t line, bool back)
{
	struct q_order_of_deposit	row;
	int				r;

	if ((r = q_order_of_deposit(shop->db, line, &row)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	if (strcmp(row.state, "paid") == 0) {
		return err_set(ERR_INVALID, back ? _("this deposit was taken "
		    "off when order %s was paid; take its goods back") :
		    _("order %s is paid already; cancel this deposit"),
		    row.paper);
	}
	return back || strcmp(row.state, "cancelled") != 0 ? 0 :
	    err_set(ERR_INVALID, _("order %s was cancelled; cancel this "
	    "deposit, too"), row.paper);
}

/* A sale that deposits are paid on, or given back by. */
static int
deposits_stand(struct shop *shop, const struct sale *sale)
{
	int	r = 0;

	for (size_t i = 0; i < sale->nlines && r == 0; i++) {
		const struct sale_line	*l = &sale->lines[i];

		if (l->kind == PRODUCT_DEPOSIT && l->state == LINE_LIVE) {
			r = order_deposit_stands(shop, l->returns != 0 ?
			    l->returns : l->id, l->returns != 0);
		}
	}
	return r;
}

int
order_unsettled(struct shop *shop, const struct sale *sale)
{
	struct share	share[SALE_RATES];
	char		tickets[64];
	bool		over;
	int		n, r;

	if (sale->kind == SALE_SALE) {
		return deposits_stand(shop, sale);
	}
	if (sale->kind == SALE_QUOTATION) {
		return err_set(ERR_INVALID, _("this is quotation %s; F9 makes "
		    "a sale of it"), sale->paper);
	}
	if ((r = settle_shares(shop, sale, share, tickets, sizeof(tickets),
	    &n, &over)) != 0) {
		return r;
	}
	if (over) {
		return err_set(ERR_INVALID, _("more is taken off order %s "
		    "than was deposited; void that line (F8)"), sale->paper);
	}
	return n == 0 ? 0 : err_set(ERR_INVALID, _("deposits of order %s are "
	    "not taken off yet; F9 does it"), sale->paper);
}

static int
settle_write(struct shop *shop, const struct sale *sale,
    const struct share *share, int n, const char *tickets)
{
	char	label[PRODUCT_NAME];
	int64_t	changed;
	int	r;

	if ((r = q_order_settle(shop->db, sale->id, sale->version,
	    some(&shop->who.session), &changed)) != 0) {
		return r;
	}
	if (changed == 0) {
		return ERR_CHANGED;
	}
	(void)str_fmt(label, sizeof(label), _("Deposit paid, ticket %s"),
	    tickets);
	for (int i = 0; i < n; i++) {
		if ((r = deposit_line(shop, sale->id, &share[i], label,
		    -1)) != 0) {
			return r;
		}
	}
	return audit_add(shop, "sale.settle", "sale", sale->id, sale->paper);
}

int
order_settle(struct shop *shop, int64_t id, int64_t *version)
{
	struct share	share[SALE_RATES];
	char		tickets[64];
	struct sale	sale;
	bool		over;
	int		n, r;

	if ((r = training_same(shop, false)) != 0 ||
	    (r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if (sale.kind == SALE_SALE || sale.state == SALE_PAYING) {
		sale_done(&sale);
		return 0;
	}
	if (sale.version != *version) {
		r = sale_refused(shop, id, *version);
	} else if ((r = quotation_holds(shop, &sale)) == 0 &&
	    (r = settle_shares(shop, &sale, share, tickets,
	    sizeof(tickets), &n, &over)) == 0 &&
	    (n > 0 || sale.kind == SALE_QUOTATION) &&
	    (r = db_begin(shop->db, "order settle")) == 0) {
		r = settle_write(shop, &sale, share, n, tickets);
		r = r == ERR_CHANGED ? sale_refused(shop, id, *version) :
		    sale_end(shop, r);
		*version += r == 0 ? 1 : 0;
	}
	sale_done(&sale);
	return r;
}

/* --- lists -------------------------------------------------------------- */

int
order_list(struct shop *shop, enum sale_kind kind, struct order_brief **rows,
    size_t *n)
{
	struct q_order_all	*all;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = q_order_all(shop->db, kind == SALE_SALE ? "" :
	    order_series[kind].series, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct order_brief	*b = &(*rows)[i];

		b->id = all[i].id;
		b->opened_at = all[i].opened_at;
		b->total = all[i].total;
		b->deposit = all[i].deposit;
		b->kind = strcmp(all[i].kind, "order") == 0 ? SALE_ORDER :
		    SALE_QUOTATION;
		(void)str_copy(b->paper, sizeof(b->paper), all[i].paper);
		(void)str_copy(b->name, sizeof(b->name), all[i].name);
		(void)str_copy(b->due_day, sizeof(b->due_day),
		    all[i].due_day);
		(void)str_copy(b->seller, sizeof(b->seller), all[i].seller);
	}
	free(all);
	return 0;
}

int
order_find(struct shop *shop, const char *paper, int64_t *id)
{
	struct q_order_by_paper	row;
	int			r;

	*id = 0;
	if ((r = q_order_by_paper(shop->db, paper, &row)) == 0) {
		*id = row.id;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no order or quotation %.20s"), paper);
}
