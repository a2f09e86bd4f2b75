/* SPDX-License-Identifier: ISC */
/* Goods that come back, with their ticket or without. */
#include "shop/return.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/audit.h"
#include "shop/ean.h"
#include "shop/journal.h"
#include "shop/sale_part.h"
#include "sql/returned.h"

#define CODE_HEAD	"97"
#define CODE_TILL	4		/* digits of each part */
#define CODE_LIFE	2
#define CODE_NUMBER	7
#define CODE_HASH	4
#define CODE_DIGITS	(RETURN_CODE - 1)
_Static_assert(CODE_DIGITS == 2 + CODE_TILL + CODE_LIFE + CODE_NUMBER +
    CODE_HASH + 1, "the parts make the code");

/* --- the ticket's barcode ------------------------------------------------ */

/* The four printed characters of the hash as four digits: another shop's
 * ticket of the same number has others. */
static int64_t
code_hash(const char *hash)
{
	char	extract[5];

	journal_extract(hash, extract);
	return strtoll(extract, NULL, 16) % 10000;
}

bool
return_code(const struct sale *sale, char out[static RETURN_CODE])
{
	char	*end;
	long	 till, life = 1, number;

	out[0] = '\0';
	till = strtol(sale->ticket, &end, 10);
	if (end == sale->ticket) {
		return false;
	}
	if (*end == '.') {
		life = strtol(end + 1, &end, 10);
	}
	if (*end != '-' || sale->hash[0] == '\0') {
		return false;
	}
	number = strtol(end + 1, &end, 10);
	if (*end != '\0' || till < 0 || till > 9999 || life < 1 || life > 99 ||
	    number < 1 || number > 9999999) {
		return false;		/* it is typed then */
	}
	(void)str_fmt(out, RETURN_CODE, "%s%04ld%02ld%07ld%04lld", CODE_HEAD,
	    till, life, number, (long long)code_hash(sale->hash));
	out[CODE_DIGITS - 1] = (char)('0' + ean_check(out));
	out[CODE_DIGITS] = '\0';
	return true;
}

bool
return_code_looks(const char *text)
{
	char	head[RETURN_CODE];

	text = aim_strip(text);
	if (strlen(text) != CODE_DIGITS || !str_starts(text, CODE_HEAD) ||
	    strspn(text, "0123456789") != CODE_DIGITS) {
		return false;
	}
	(void)str_fmt(head, sizeof(head), "%.*s", CODE_DIGITS - 1, text);
	return ean_check(head) == text[CODE_DIGITS - 1] - '0';
}

/* So many digits at *p, which goes on behind them. */
static int64_t
code_part(const char **p, int digits)
{
	int64_t	n = 0;

	while (digits-- > 0) {
		n = n * 10 + *(*p)++ - '0';
	}
	return n;
}

int
return_find(struct shop *shop, const char *text, int64_t *sale)
{
	struct sale	found;
	const char	*p;
	char		ticket[32], code[RETURN_CODE];
	int64_t		till, life, number;
	bool		ours;
	int		r;

	if (!return_code_looks(text)) {
		return sale_by_ticket(shop, text, sale);
	}
	p = aim_strip(text) + strlen(CODE_HEAD);
	till = code_part(&p, CODE_TILL);
	life = code_part(&p, CODE_LIFE);
	number = code_part(&p, CODE_NUMBER);
	(void)str_fmt(ticket, sizeof(ticket), life > 1 ? "%lld.%lld-%06lld" :
	    "%lld%.0lld-%06lld", (long long)till, life > 1 ?
	    (long long)life : 0, (long long)number);
	if ((r = sale_by_ticket(shop, ticket, sale)) == 0 &&
	    (r = sale_load(shop, *sale, &found)) == 0) {
		ours = return_code(&found, code) &&
		    strcmp(code, aim_strip(text)) == 0;
		sale_done(&found);
		r = ours ? 0 : ERR_NOT_FOUND;
	}
	if (r != 0) {
		*sale = 0;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("ticket %s is not one of this shop"), ticket);
}

/* --- what may come back --------------------------------------------------- */

/* Is this a ticket that things can come back of? */
static int
return_head(struct shop *shop, int64_t sale, struct q_return_head *row)
{
	int	r;

	if ((r = q_return_head(shop->db, sale, row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no sale %lld"), (long long)sale);
	}
	if (strcmp(row->state, "paid") != 0) {
		return err_set(ERR_INVALID, _("it is not paid yet; void its "
		    "lines (F8)"));
	}
	return 0;
}

int
return_load(struct shop *shop, int64_t sale, struct return_ticket *out)
{
	struct q_return_head	 head;
	struct q_return_lines	*rows;
	size_t			 n;
	int			 r;

	*out = (struct return_ticket){ .sale = sale };
	if ((r = shop_require(shop, RIGHT_RETURN)) != 0 ||
	    (r = return_head(shop, sale, &head)) != 0) {
		return r;
	}
	out->posted_at = head.posted_at;
	out->total = head.total;
	sale_ticket(head.series, head.number, out->ticket);
	if (!head.by_number_null) {
		sale_ticket(head.by_series, head.by_number,
		    out->cancelled_by);
	}
	if ((r = q_return_lines(shop->db, sale, &rows, &n)) != 0) {
		return r;
	}
	out->lines = xcalloc(n + 1, sizeof(*out->lines));
	for (size_t i = 0; i < n; i++) {
		struct return_line	*l = &out->lines[out->nlines];

		if (rows[i].qty <= 0) {
			continue;	/* came back itself, or a card used */
		}
		out->nlines++;
		l->id = rows[i].id;
		l->product = rows[i].product;
		l->parent = rows[i].parent_null ? 0 : rows[i].parent;
		(void)str_copy(l->code, sizeof(l->code), rows[i].code);
		(void)str_copy(l->label, sizeof(l->label), rows[i].label);
		(void)str_copy(l->unit, sizeof(l->unit), rows[i].unit);
		l->by_weight = strcmp(l->unit, "pc") != 0;
		l->sold = rows[i].qty;
		l->amount = rows[i].amount;
		l->left = rows[i].qty - rows[i].back;
		l->left_amount = rows[i].amount - rows[i].back_amount;
	}
	free(rows);
	if (out->nlines == 0) {
		return_done(out);
		return err_set(ERR_INVALID, _("nothing was sold on this "
		    "ticket"));
	}
	return 0;
}

void
return_done(struct return_ticket *ticket)
{
	free(ticket->lines);
	*ticket = (struct return_ticket){ 0 };
}

int
return_worth(const struct return_line *line, int64_t qty, int64_t *amount)
{
	*amount = 0;
	return qty == 0 ? 0 : muldiv(line->left_amount, qty, line->left,
	    amount);
}

int
return_choose(const struct shop *shop, const struct return_ticket *t,
    struct return_pick *picks, size_t at, int64_t qty)
{
	const struct return_line	*l = &t->lines[at];
	char				 left[MONEY_TEXT];
	int64_t				 part;
	int				 r;

	if (qty > l->left) {
		qty_plain(shop->money.mark, l->left, left);
		return l->left <= 0 ? err_set(ERR_RANGE, _("%s came back "
		    "already"), l->label) : err_set(ERR_RANGE, _("%s: at most "
		    "%s may come back"), l->label, left);
	}
	if (qty < 0 || (!l->by_weight && qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: so much cannot come back"),
		    l->label);
	}
	picks[at].qty = qty;
	for (size_t i = 0; i < t->nlines; i++) {
		const struct return_line	*o = &t->lines[i];

		if (o->parent != l->id || o->left <= 0) {
			continue;
		}
		if ((r = muldiv(o->sold, qty, l->sold, &part)) != 0) {
			return r;
		}
		/* Some of them may have come back alone. */
		part = part > o->left || qty == l->left ? o->left : part;
		picks[i].qty = o->by_weight ? part : part / QTY_ONE * QTY_ONE;
		if (qty == 0) {
			picks[i].qty = 0;
		}
	}
	return 0;
}

int
return_amount(struct shop *shop, int64_t line, int64_t but, int64_t qty,
    int64_t *amount, int64_t *off)
{
	struct q_return_line	row;
	char			left[MONEY_TEXT];
	int64_t			most, share, full;
	int			r;

	*amount = *off = 0;
	if ((r = q_return_line(shop->db, line, but, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("that ticket has no such line"));
	}
	most = row.qty - row.back;
	if (qty <= 0 || (strcmp(row.unit, "pc") == 0 && qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: so much cannot come back"),
		    row.label);
	}
	if (most <= 0) {
		return err_set(ERR_RANGE, _("%s came back already"),
		    row.label);
	}
	if (qty > most) {
		qty_plain(shop->money.mark, most, left);
		return err_set(ERR_RANGE, _("%s: at most %s may come back"),
		    row.label, left);
	}
	if ((r = muldiv(row.amount - row.back_amount, qty, most,
	    &share)) != 0) {
		return r;
	}
	*amount = -share;
	/* Its share of what was taken off; a scale's amount has none. */
	if (row.off != 0 && (r = money_times(row.price, -qty, &full)) == 0) {
		*off = full + share;
	}
	return r;
}

static int
return_line_to(struct shop *shop, int64_t line, int64_t returns, int64_t qty)
{
	int64_t	amount, off;
	int	r;

	if ((r = return_amount(shop, returns, line, -qty, &amount,
	    &off)) == 0) {
		r = q_return_line_qty(shop->db, line, qty, amount, off);
	}
	return r;
}

int
return_set_qty(struct shop *shop, int64_t line, int64_t returns, int64_t qty)
{
	struct q_return_line		 whole, part;
	struct q_return_options		*rows = NULL;
	int64_t				 much, sold;
	size_t				 n = 0;
	int				 r;

	if ((r = return_line_to(shop, line, returns, qty)) != 0 ||
	    (r = q_return_line(shop->db, returns, 0, &whole)) != 0) {
		return r;
	}
	sold = whole.qty;
	r = q_return_options(shop->db, line, &rows, &n);
	/* As much of what was chosen with it, less what came back alone. */
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = q_return_line(shop->db, rows[i].returns, rows[i].id,
		    &part)) == 0 &&
		    (r = muldiv(part.qty, -qty, sold, &much)) == 0) {
			much = much > part.qty - part.back ?
			    part.qty - part.back : much;
			r = return_line_to(shop, rows[i].id, rows[i].returns,
			    -much);
		}
	}
	free(rows);
	return r;
}

/* --- onto a sale ---------------------------------------------------------- */

/* Inside the transaction. */
static int
return_put(struct shop *shop, int64_t sale, int64_t ticket,
    const struct return_pick *pick)
{
	struct q_return_line	row;
	char			detail[80], qty[MONEY_TEXT];
	int64_t			amount, off, line;
	int			r;

	if ((r = return_amount(shop, pick->line, 0, pick->qty, &amount,
	    &off)) != 0 ||
	    (r = q_return_line(shop->db, pick->line, 0, &row)) != 0) {
		return r;
	}
	if (row.sale != ticket || strcmp(row.state, "live") != 0) {
		return err_set(ERR_NOT_FOUND, _("that ticket has no such "
		    "line"));
	}
	if ((r = order_deposit_stands(shop, pick->line, true)) != 0) {
		return r;
	}
	qty_plain('.', pick->qty, qty);
	(void)str_fmt(detail, sizeof(detail), "%s*%s line %lld%s", qty,
	    row.code, (long long)pick->line, pick->scrap ? " scrap" : "");
	if ((r = q_return_line_add(shop->db, sale, pick->line, -pick->qty,
	    amount, off, pick->scrap, shop_now(), some(&shop->who.user),
	    &line)) != 0) {
		return r;
	}
	return audit_add(shop, "sale.return", "sale", sale, detail);
}

/* A sale to put lines on: the one that is open, or a new one. */
static int
return_begin(struct shop *shop, int64_t *sale, int64_t *seen, size_t n)
{
	int	r;

	if (*sale == 0) {
		if ((r = db_begin(shop->db, "sale return")) != 0) {
			return r;
		}
		if ((r = sale_first(shop, (int64_t)n, sale, seen)) != 0) {
			db_rollback(shop->db);
		}
		return r;
	}
	if ((r = sale_begin(shop, "sale return", *sale, *seen, "add", 0,
	    (int64_t)n, "")) == 0) {
		(*seen)++;
	}
	return r;
}

/* Inside the transaction: what was an exercise comes back in one only. */
static int
return_same(struct shop *shop, int64_t sale, int64_t ticket)
{
	struct q_return_same	row;
	int			r;

	if ((r = q_return_same(shop->db, sale, ticket, &row)) != 0) {
		return r;
	}
	return row.same ? 0 : err_set(ERR_INVALID, _("a ticket of the "
	    "training mode counts there only"));
}

int
return_add(struct shop *shop, int64_t *id, int64_t *version, int64_t ticket,
    const struct return_pick *picks, size_t n)
{
	struct q_return_head	head;
	int64_t			sale = *id, seen = *version;
	int			r;

	if ((r = shop_require(shop, RIGHT_RETURN)) != 0 ||
	    (r = return_head(shop, ticket, &head)) != 0) {
		return r;
	}
	if (n == 0) {
		return err_set(ERR_EMPTY, _("nothing was chosen"));
	}
	if ((r = return_begin(shop, &sale, &seen, n)) != 0) {
		return r;
	}
	r = return_same(shop, sale, ticket);
	for (size_t i = 0; i < n && r == 0; i++) {
		r = return_put(shop, sale, ticket, &picks[i]);
	}
	/* The lines stand already: nothing more is taken off. */
	if (r == 0 && (r = q_return_follow(shop->db, sale)) == 0) {
		r = line_covers(shop, sale, 0);
	}
	if ((r = sale_end(shop, r)) == 0) {
		*id = sale;
		*version = seen;
	}
	return r;
}

/* Inside the transaction: every line of a ticket, cards used on it too. */
static int
cancel_lines(struct shop *shop, int64_t sale, int64_t ticket)
{
	struct q_return_deposits off;
	struct q_return_lines	*rows;
	int64_t			 line;
	size_t			 n;
	int			 r;

	if ((r = q_return_deposits(shop->db, ticket, &off)) == 0 &&
	    off.n > 0) {
		return err_set(ERR_INVALID, _("a deposit was taken off this "
		    "ticket, and its order is done; take the goods back "
		    "(:return), at their full price"));
	}
	if (r != 0 || (r = q_return_lines(shop->db, ticket, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = rows[i].back != 0 ? err_set(ERR_INVALID, _("%s came back "
		    "already; take back the rest (:return)"), rows[i].label) :
		    q_return_line_add(shop->db, sale, rows[i].id, -rows[i].qty,
		    -rows[i].amount, -rows[i].off, false, shop_now(),
		    some(&shop->who.user), &line);
	}
	free(rows);
	return r;
}

/* A sale of its own, or one that was emptied again by undo. */
static int
cancel_alone(struct shop *shop, int64_t sale)
{
	struct q_return_blank	row = { .blank = sale == 0 };
	int			r = 0;

	if (sale != 0) {
		r = q_return_blank(shop->db, sale, &row);
	}
	return r != 0 || row.blank ? r : err_set(ERR_INVALID, _("pay or hold "
	    "the open sale first; a ticket is cancelled by one of its own"));
}

int
return_cancel(struct shop *shop, int64_t *id, int64_t *version,
    int64_t ticket, const char *reason)
{
	struct q_return_head	head;
	char			number[32], info[200];
	int64_t			sale = *id, seen = *version;
	int			r;

	if ((r = shop_require(shop, RIGHT_RETURN)) != 0 ||
	    (r = shop_require(shop, RIGHT_CANCEL)) != 0 ||
	    (r = return_head(shop, ticket, &head)) != 0) {
		return r;
	}
	sale_ticket(head.series, head.number, number);
	if ((r = cancel_alone(shop, sale)) != 0) {
		return r;
	}
	if (head.backward) {
		return err_set(ERR_INVALID, _("ticket %s took goods back; "
		    "sell them again"), number);
	}
	if (reason[0] == '\0' || !utf8_is_clean(reason)) {
		return err_set(ERR_EMPTY, _("say why ticket %s is cancelled"),
		    number);
	}
	(void)str_fmt(info, sizeof(info), "ticket %s cancelled: %.120s",
	    number, reason);
	if ((r = return_begin(shop, &sale, &seen, (size_t)head.lines)) != 0) {
		return r;
	}
	if ((r = q_return_whole(shop->db, sale, &ticket)) == ERR_EXISTS) {
		r = err_set(ERR_EXISTS, _("ticket %s is cancelled already, or "
		    "about to be"), number);
	}
	if (r == 0 && (r = return_same(shop, sale, ticket)) == 0 &&
	    (r = cancel_lines(shop, sale, ticket)) == 0 &&
	    (r = journal_event(shop, JET_LINE, info)) == 0) {
		r = audit_add(shop, "sale.return-all", "sale", sale, number);
	}
	if ((r = sale_end(shop, r)) == 0) {
		*id = sale;
		*version = seen;
	}
	return r;
}

/* --- without a ticket ----------------------------------------------------- */

static int
free_check(struct shop *shop, const struct product *p, int64_t qty,
    const int64_t *price, int64_t *unit, int64_t *amount)
{
	int	r;

	if ((r = line_qty_check(p, qty)) != 0) {
		return r;
	}
	/* Which piece it is, its ticket says. */
	if (p->kind == PRODUCT_VOUCHER || p->kind == PRODUCT_DEPOSIT ||
	    p->serials) {
		return err_set(ERR_INVALID, _("%s comes back with its ticket "
		    "only"), p->name);
	}
	if (p->kind == PRODUCT_DEPARTMENT && price == NULL) {
		return err_set(ERR_EMPTY, _("%s has no price of its own; type "
		    "it: %s@9%c50"), p->name, p->code, shop->money.mark);
	}
	*unit = price == NULL ? p->price : *price;
	if (*unit < 0 || *unit > MONEY_MAX) {
		return err_set(ERR_RANGE, _("the price is out of range"));
	}
	if (*unit != p->price && p->kind != PRODUCT_DEPARTMENT &&
	    (r = shop_require(shop, RIGHT_PRICE)) != 0) {
		return r;
	}
	return money_times(*unit, -qty, amount);
}

int
return_free(struct shop *shop, int64_t *id, int64_t *version,
    int64_t product, int64_t qty, const int64_t *price, bool scrap,
    const char *reason)
{
	struct product	p;
	char		info[240], text[MONEY_TEXT];
	int64_t		added, sale = *id, seen = *version, unit = 0, amount;
	int64_t		approver;
	int		r;

	if ((r = product_get(shop, product, &p)) != 0 ||
	    (r = shop_require(shop, RIGHT_RETURN_FREE)) != 0 ||
	    (r = free_check(shop, &p, qty, price, &unit, &amount)) != 0) {
		return r;
	}
	if (reason[0] == '\0' || !utf8_is_clean(reason)) {
		return err_set(ERR_EMPTY, _("say why %s comes back without a "
		    "ticket"), p.name);
	}
	approver = approval_by(shop);
	qty_plain('.', qty, text);
	(void)str_fmt(info, sizeof(info), "%s*%s without ticket: %.120s", text,
	    p.code, reason);
	if ((r = return_begin(shop, &sale, &seen, 1)) != 0) {
		return r;
	}
	if ((r = q_sale_line_add(shop->db, sale, p.id, p.code, p.name, p.unit,
	    -qty, unit, amount, p.rate, p.rate2, unit != p.price, shop_now(),
	    some(&shop->who.user), product_kind_name(p.kind), "", "", "", "",
	    p.price, NULL, &added)) == 0 &&
	    (r = q_return_free(shop->db, added, scrap, reason,
	    some(&approver))) == 0 &&
	    (r = line_covers(shop, sale, 0)) == 0 &&
	    (r = line_fits(shop, sale, amount)) == 0 &&
	    (r = journal_event(shop, JET_LINE, info)) == 0) {
		(void)str_fmt(info, sizeof(info), "-%s*%s", text, p.code);
		r = audit_add(shop, "sale.return-free", "sale", sale, info);
	}
	if ((r = sale_end(shop, r)) == 0) {
		*id = sale;
		*version = seen;
	}
	return r;
}

/* --- money that goes back ------------------------------------------------- */

int
return_tender(struct shop *shop, int64_t sale, char out[static 16],
    int64_t *voucher)
{
	struct q_return_paid	row;
	int			r;

	out[0] = '\0';
	*voucher = 0;
	if ((r = q_return_paid(shop->db, sale, &row)) == 0) {
		(void)str_copy(out, 16, row.tender);
		*voucher = row.voucher_null ? 0 : row.voucher;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}
