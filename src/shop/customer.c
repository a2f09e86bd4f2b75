/* SPDX-License-Identifier: ISC */
/* Customers, and what they owe. */
#include "shop/customer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/journal.h"
#include "shop/sale_part.h"
#include "shop/shift.h"
#include "shop/take.h"
#include "shop/training.h"
#include "sql/customer.h"
#include "sql/shift.h"

/* Three queries have these columns. */
#define CUSTOMER_FROM(c, row) do { \
	*(c) = (struct customer){ .id = (row)->id, .active = (row)->active, \
	    .on_account = !(row)->credit_null, .balance = (row)->owed }; \
	(c)->credit = (c)->on_account ? (row)->credit : 0; \
	(void)str_copy((c)->code, sizeof((c)->code), (row)->code); \
	(void)str_copy((c)->name, sizeof((c)->name), (row)->name); \
	(void)str_copy((c)->phone, sizeof((c)->phone), (row)->phone); \
	(void)str_copy((c)->email, sizeof((c)->email), (row)->email); \
	(void)str_copy((c)->address, sizeof((c)->address), (row)->address); \
	(void)str_copy((c)->vat_id, sizeof((c)->vat_id), (row)->vat_id); \
} while (0)

static int
customer_missing(int r)
{
	return r != ERR_NOT_FOUND ? r :
	    err_set(ERR_NOT_FOUND, _("there is no such customer"));
}

/* ---- rows --------------------------------------------------------------- */

/* One clean line; `what` is said when it is not. */
static int
customer_line(const char *what, const char *text)
{
	return utf8_is_clean(text) ? 0 :
	    err_set(ERR_INVALID, _("%s: not clean text"), what);
}

/* What is typed on a till: no blanks, nothing that could be a quantity. */
static int
customer_code(const char *code)
{
	for (const char *p = code; *p != '\0'; p++) {
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
		    "wxyz0123456789-_", *p) == NULL) {
			return err_set(ERR_INVALID, _("a code has letters, "
			    "digits and - _ only"));
		}
	}
	return 0;
}

static int
customer_check(const struct customer *c, char folded[static CUSTOMER_NAME],
    char phone[static 24])
{
	const char	*at = strchr(c->email, '@');
	int		 r;

	phone[0] = '\0';
	if (c->name[0] == '\0') {
		return err_set(ERR_EMPTY, _("a customer has a name"));
	}
	if ((r = customer_code(c->code)) != 0 ||
	    (r = customer_line(_("name"), c->name)) != 0 ||
	    (r = customer_line(_("e-mail"), c->email)) != 0 ||
	    (r = customer_line(_("address"), c->address)) != 0 ||
	    (r = customer_line(_("VAT id"), c->vat_id)) != 0 ||
	    (c->phone[0] != '\0' && (r = take_phone(c->phone, phone)) != 0)) {
		return r;
	}
	if (c->email[0] != '\0' && (at == NULL || at == c->email ||
	    at[1] == '\0' || strchr(c->email, ' ') != NULL)) {
		return err_set(ERR_INVALID, _("%.60s is no e-mail address"),
		    c->email);
	}
	if (c->on_account && (c->credit < 0 || c->credit > MONEY_MAX)) {
		return err_set(ERR_RANGE, _("this is no limit"));
	}
	if (!utf8_fold(folded, CUSTOMER_NAME, c->name)) {
		return err_set(ERR_TOO_LONG, _("the name is too long"));
	}
	return 0;
}

static int
customer_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, "customer", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "customer");
	return db_commit(shop->db);
}

int
customer_add(struct shop *shop, const struct customer *c, int64_t *id)
{
	char	folded[CUSTOMER_NAME], phone[24];
	int	r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_CUSTOMER)) != 0 ||
	    (c->on_account && (r = shop_require(shop, RIGHT_CREDIT)) != 0) ||
	    (r = customer_check(c, folded, phone)) != 0 ||
	    (r = db_begin(shop->db, "customer add")) != 0) {
		return r;
	}
	r = q_customer_add(shop->db, c->code, c->name, folded, phone,
	    c->email, c->address, c->vat_id, c->on_account ? &c->credit :
	    NULL, shop_now(), id);
	if (r == ERR_EXISTS) {
		r = err_set(ERR_EXISTS, _("code %s is another customer's"),
		    c->code);
	}
	if ((r = customer_end(shop, r, "customer.add", *id, "")) != 0) {
		*id = 0;
	}
	return r;
}

int
customer_update(struct shop *shop, const struct customer *c)
{
	struct customer	was;
	char		folded[CUSTOMER_NAME], phone[24], detail[48] = "";
	int64_t		n;
	int		r;

	if ((r = shop_require(shop, RIGHT_CUSTOMER)) != 0 ||
	    (r = customer_get(shop, c->id, &was)) != 0 ||
	    (r = customer_check(c, folded, phone)) != 0) {
		return r;
	}
	if (c->code[0] == '\0') {
		return err_set(ERR_EMPTY, _("a customer has a code"));
	}
	if (c->on_account != was.on_account || c->credit != was.credit) {
		if ((r = shop_require(shop, RIGHT_CREDIT)) != 0) {
			return r;
		}
		(void)str_fmt(detail, sizeof(detail), "credit %lld",
		    c->on_account ? (long long)c->credit : -1);
	}
	if ((r = db_begin(shop->db, "customer set")) != 0) {
		return r;
	}
	r = q_customer_change(shop->db, c->id, c->code, c->name, folded,
	    phone, c->email, c->address, c->vat_id, c->on_account ?
	    &c->credit : NULL, c->active, shop_now(), &n);
	if (r == ERR_EXISTS) {
		r = err_set(ERR_EXISTS, _("code %s is another customer's"),
		    c->code);
	}
	return customer_end(shop, r, "customer.set", c->id, detail);
}

/* ---- forgetting ---------------------------------------------------------- */

/* Something between them and the shop is still open. */
static int
erase_ready(struct shop *shop, const struct customer *c)
{
	struct q_customer_busy	busy;
	char			owed[MONEY_TEXT];
	int			r;

	if (c->balance != 0) {
		money_symbol(&shop->money, c->balance, owed);
		return err_set(ERR_BUSY, _("the account of %s stands at %s; "
		    "settle it first"), c->code, owed);
	}
	if ((r = q_customer_busy(shop->db, c->id, &busy)) != 0) {
		return r;
	}
	return busy.n == 0 ? 0 : err_set(ERR_BUSY, _("a sale or an order of "
	    "%s is still open"), c->code);
}

static int
erase_rows(struct shop *shop, const struct customer *c)
{
	char	name[CUSTOMER_NAME], folded[CUSTOMER_NAME], info[48];
	char	code[CUSTOMER_CODE];
	int64_t	n;
	int	r;

	(void)str_fmt(name, sizeof(name), "CLIENT-%lld-EFFACE",
	    (long long)c->id);
	(void)str_fmt(code, sizeof(code), "X%lld", (long long)c->id);
	(void)str_fmt(info, sizeof(info), "customer %lld erased",
	    (long long)c->id);
	if (!utf8_fold(folded, sizeof(folded), name)) {
		return ERR_TOO_LONG;
	}
	if ((r = q_customer_change(shop->db, c->id, code, name, folded, "",
	    "", "", "", NULL, false, shop_now(), &n)) != 0 ||
	    (r = q_customer_forget_phones(shop->db, c->id)) != 0 ||
	    (r = q_customer_forget_prints(shop->db, c->name)) != 0) {
		return r;
	}
	return journal_event(shop, JET_ERASE, info);
}

int
customer_erase(struct shop *shop, int64_t id)
{
	struct customer	c;
	int		r;

	if ((r = shop_require(shop, RIGHT_CUSTOMER)) != 0 ||
	    (r = shop_require(shop, RIGHT_CREDIT)) != 0 ||
	    (r = db_begin(shop->db, "customer erase")) != 0) {
		return r;
	}
	if ((r = customer_get(shop, id, &c)) == 0 &&
	    (r = erase_ready(shop, &c)) == 0) {
		r = erase_rows(shop, &c);
	}
	return customer_end(shop, r, "customer.erase", id, "");
}

/* ---- reading ------------------------------------------------------------ */

int
customer_get(struct shop *shop, int64_t id, struct customer *out)
{
	struct q_customer_get	row;
	int			r;

	*out = (struct customer){ .id = 0 };
	if ((r = shop_require(shop, RIGHT_SELL)) != 0) {
		return r;
	}
	if ((r = q_customer_get(shop->db, id, &row)) != 0) {
		return customer_missing(r);
	}
	CUSTOMER_FROM(out, &row);
	return 0;
}

int
customer_find(struct shop *shop, const char *code, struct customer *out)
{
	struct q_customer_by_code	row;
	int				r;

	*out = (struct customer){ .id = 0 };
	if ((r = q_customer_by_code(shop->db, code, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("no customer has the code %.20s"), code);
	}
	return customer_get(shop, row.id, out);
}

int
customer_list(struct shop *shop, bool every,
    int (*fn)(void *ctx, const struct customer *c), void *ctx)
{
	struct q_customer_all	*rows;
	struct customer		 c;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_SALES)) != 0 ||
	    (r = q_customer_all(shop->db, every, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		CUSTOMER_FROM(&c, &rows[i]);
		r = fn(ctx, &c);
	}
	free(rows);
	return r;
}

int
customer_search(struct shop *shop, const char *words, int64_t limit,
    int (*fn)(void *ctx, const struct customer *c), void *ctx)
{
	struct q_customer_search	*rows;
	struct customer			 c;
	char				 first[CUSTOMER_NAME], *second, *end;
	char				 digits[24] = "";
	size_t				 n, at = 0;
	int				 r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0) {
		return r;
	}
	while (*words == ' ') {
		words++;
	}
	if (!utf8_fold(first, sizeof(first), words)) {
		return err_set(ERR_TOO_LONG, _("too long for a name"));
	}
	/* Three digits in a row may be of a telephone; fewer are too many. */
	for (const char *p = words; *p != '\0' && at + 1 < sizeof(digits);
	    p++) {
		if (*p >= '0' && *p <= '9') {
			digits[at++] = *p;
			digits[at] = '\0';
		}
	}
	if (at < 3) {
		digits[0] = '\0';
	}
	if ((second = strchr(first, ' ')) != NULL) {
		*second++ = '\0';
		if ((end = strchr(second, ' ')) != NULL) {
			*end = '\0';
		}
	}
	if ((r = q_customer_search(shop->db, first,
	    second == NULL ? "" : second, digits, limit, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		CUSTOMER_FROM(&c, &rows[i]);
		r = fn(ctx, &c);
	}
	free(rows);
	return r;
}

int
customer_statement(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct customer_entry *e), void *ctx)
{
	struct q_customer_entries	*rows;
	struct customer_entry		 e;
	int64_t				 balance = 0;
	size_t				 n;
	int				 r;

	if ((r = shop_require(shop, RIGHT_SALES)) != 0 ||
	    (r = q_customer_entries(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		balance += rows[i].amount;
		e = (struct customer_entry){ .id = rows[i].id,
		    .amount = rows[i].amount, .at = rows[i].at,
		    .balance = balance, .kind = rows[i].kind,
		    .tender = rows[i].tender == NULL ? "" : rows[i].tender,
		    .reference = rows[i].reference,
		    .reason = rows[i].reason, .user = rows[i].user };
		if (rows[i].series[0] != '\0') {
			sale_ticket(rows[i].series, rows[i].number,
			    e.ticket);
		}
		r = fn(ctx, &e);
	}
	free(rows);
	return r;
}

/* ---- who buys ----------------------------------------------------------- */

/* Nothing of it stands on somebody else's account. */
static int
buyer_free(struct shop *shop, int64_t id, int64_t customer)
{
	struct sale	sale;
	int		r = sale_load(shop, id, &sale);

	for (size_t i = 0; i < sale.npayments && r == 0; i++) {
		if (sale.payments[i].customer != 0 &&
		    sale.payments[i].customer != customer) {
			r = err_set(ERR_INVALID, _("part of it is on the "
			    "account of %s; :undo takes that back"),
			    sale.customer_code);
		}
	}
	sale_done(&sale);
	return r;
}

static int
buyer_served(struct shop *shop, int64_t customer)
{
	struct q_customer_account	row;
	int				r;

	if (customer == 0) {
		return 0;
	}
	if ((r = q_customer_account(shop->db, customer, &row)) != 0) {
		return customer_missing(r);
	}
	return row.active ? 0 : err_set(ERR_INVALID, _("customer %s is no "
	    "longer served"), row.code);
}

int
sale_set_customer(struct shop *shop, int64_t *id, int64_t *version,
    int64_t customer)
{
	int64_t	sale = *id, seen = *version, n = 0;
	char	detail[32];
	int	r;

	if (sale == 0 && customer == 0) {
		return 0;
	}
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (sale != 0 && (r = buyer_free(shop, sale, customer)) != 0) ||
	    (r = buyer_served(shop, customer)) != 0 ||
	    (r = db_begin(shop->db, "sale customer")) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "customer %lld",
	    (long long)customer);
	if ((sale != 0 || (r = sale_first(shop, 0, &sale, &seen)) == 0) &&
	    (r = q_customer_of_sale(shop->db, sale, seen,
	    some(&shop->who.session), some(&customer), &n)) == 0 && n == 0) {
		return sale_refused(shop, sale, seen);
	}
	if (r == 0 && (r = sale_prices_again(shop, sale)) == 0) {
		r = audit_add(shop, "sale.customer", "sale", sale, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		*id = sale;
		*version = seen + 1;
	}
	return r;
}

/* ---- what is owed ------------------------------------------------------- */

/* Money that is money: nothing that is owed again or was paid before. */
static int
collect_tender(struct shop *shop, const char *name, const char *reference,
    struct take *take)
{
	struct pay	how = { .reference = reference };
	int		r;

	*take = (struct take){ .rounding = 0 };
	if ((r = tender_find(shop, name, &take->tender)) != 0) {
		return r;
	}
	if (!take->tender.active || take->tender.phone ||
	    take->tender.kind == TENDER_ACCOUNT ||
	    take->tender.kind == TENDER_VOUCHER ||
	    take->tender.eligible[0] != '\0') {
		return err_set(ERR_INVALID, _("an account is not paid by %s"),
		    take->tender.label);
	}
	return take_words(shop, &how, take);
}

static int
collect_rows(struct shop *shop, int64_t id, const struct take *take,
    int64_t amount, int64_t *entry)
{
	struct q_customer_account	row;
	char				text[64], receipt[24];
	int64_t				shift, move;
	int				r;

	if ((r = q_customer_account(shop->db, id, &row)) != 0) {
		return customer_missing(r);
	}
	if (amount > row.owed) {
		money_symbol(&shop->money, row.owed, text);
		return err_set(ERR_RANGE, _("customer %s owes %s"), row.code,
		    text);
	}
	if ((r = shift_for_payment(shop, &shift)) != 0 ||
	    (r = q_customer_entry_add(shop->db, id, "payment", -amount,
	    take->tender.name, take->p.reference, "", shop_now(),
	    some(&shop->who.user), some(&shop->who.terminal), entry)) != 0) {
		return r;
	}
	/* The drawer's log names the receipt, the journal the account. */
	(void)str_fmt(receipt, sizeof(receipt), "A%lld", (long long)*entry);
	(void)str_fmt(text, sizeof(text), "account %lld %s %lld",
	    (long long)id, take->tender.name, (long long)amount);
	if ((r = q_drawer_move_add(shop->db, shift, "pay_in",
	    take->tender.name, "", amount, receipt, shop_now(),
	    some(&shop->who.user), some(&shop->who.terminal), &move)) != 0) {
		return r;
	}
	return (r = journal_event(shop, JET_OTHER, text)) != 0 ? r :
	    customer_receipt(shop, *entry);
}

int
customer_pay(struct shop *shop, int64_t id, const char *tender,
    int64_t amount, const char *reference, int64_t *entry)
{
	struct take	take;
	char		detail[48];
	int		r;

	*entry = 0;
	if ((r = training_same(shop, false)) != 0 ||
	    (r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = collect_tender(shop, tender, reference, &take)) != 0) {
		return r;
	}
	if (amount <= 0 || amount > MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount to pay with"));
	}
	(void)str_fmt(detail, sizeof(detail), "%s %lld", take.tender.name,
	    (long long)amount);
	if ((r = db_begin(shop->db, "customer pay")) != 0) {
		return r;
	}
	r = collect_rows(shop, id, &take, amount, entry);
	if ((r = customer_end(shop, r, "customer.pay", id, detail)) != 0) {
		*entry = 0;
	}
	return r;
}

int
customer_adjust(struct shop *shop, int64_t id, int64_t amount,
    const char *reason)
{
	char	detail[32];
	int64_t	entry;
	int	r;

	if ((r = shop_require(shop, RIGHT_CREDIT)) != 0) {
		return r;
	}
	if (reason[0] == '\0' || !utf8_is_clean(reason)) {
		return err_set(ERR_EMPTY, _("say why the account changes"));
	}
	if (amount == 0 || amount > MONEY_MAX || amount < -MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount"));
	}
	(void)str_fmt(detail, sizeof(detail), "%lld", (long long)amount);
	if ((r = db_begin(shop->db, "customer adjust")) != 0) {
		return r;
	}
	r = q_customer_entry_add(shop->db, id, "adjust", amount, NULL, "",
	    reason, shop_now(), some(&shop->who.user),
	    some(&shop->who.terminal), &entry);
	return customer_end(shop, r, "customer.adjust", id, detail);
}
