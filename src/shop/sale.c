/* SPDX-License-Identifier: ISC */
/* A sale while it is open: its lines, who has it, and letting go of it. */
#include "shop/sale.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/journal.h"
#include "shop/dish.h"
#include "shop/kitchen.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "shop/session.h"
#include "shop/shift.h"
#include "shop/table.h"
#include "shop/training.h"
#include "sql/option.h"
#include "sql/sale.h"

/* --- the fence ---------------------------------------------------------- */

void
sale_ticket(const char *series, int64_t number, char out[static 32])
{
	(void)str_fmt(out, 32, "%s-%06lld", series, (long long)number);
}

bool
sale_owner_alive(bool has_owner, bool ended, const char *boot, int64_t pid,
    int64_t pid_start)
{
	return has_owner && !ended && boot != NULL &&
	    session_process_alive(boot, pid, pid_start);
}

int
sale_end(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "sale");
	return db_commit(shop->db);
}

int
sale_refused(struct shop *shop, int64_t id, int64_t version)
{
	struct q_sale_get	row;
	char			ticket[32];
	int			r;

	db_rollback(shop->db);
	if ((r = q_sale_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no sale %lld"), (long long)id);
	}
	if (strcmp(row.state, "paid") == 0) {
		sale_ticket(row.series, row.number, ticket);
		return err_set(row.version == version ? ERR_FROZEN :
		    ERR_CHANGED, _("already paid: ticket %s"), ticket);
	}
	if (strcmp(row.state, "cancelled") == 0) {
		return err_set(row.version == version ? ERR_FROZEN :
		    ERR_CHANGED, _("this sale was cancelled"));
	}
	if (row.owner_session_null && shop->who.session != 0) {
		return err_set(ERR_CHANGED, _("this sale was put aside; open "
		    "it again"));
	}
	if (row.owner_session != shop->who.session) {
		return row.owner_terminal[0] == '\0' ?
		    err_set(ERR_TAKEN, _("taken by %s"), row.owner_user) :
		    err_set(ERR_TAKEN, _("taken by %s at %s"), row.owner_user,
		    row.owner_terminal);
	}
	/* Ours, and as it was seen: its lines are locked. */
	if (strcmp(row.state, "pending") == 0 && row.version == version) {
		return err_set(ERR_INVALID, _("%s handed this sale over as it "
		    "is; :reopen lets its lines change"), row.seller_name);
	}
	return ERR_CHANGED;
}

int
sale_begin(struct shop *shop, const char *verb, int64_t id, int64_t version,
    const char *act, int64_t line, int64_t value, const char *text)
{
	int64_t	n;
	int	r;

	if ((r = db_begin(shop->db, verb)) != 0) {
		return r;
	}
	if ((r = q_sale_touch(shop->db, id, version,
	    some(&shop->who.session), act, shop_now(), some(&line), &value,
	    text, &n)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return n == 0 ? sale_refused(shop, id, version) : 0;
}

/* --- lines -------------------------------------------------------------- */

int
line_live(struct shop *shop, int64_t sale, int64_t line,
    struct q_sale_line_get *row)
{
	int	r;

	if ((r = q_sale_line_get(shop->db, line, sale, row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("this sale has no such line"));
	}
	if (strcmp(row->state, "live") != 0) {
		return err_set(ERR_INVALID, _("%s was voided already"),
		    row->label);
	}
	if (!row->parent_null && row->returns_null) {
		return err_set(ERR_INVALID, _("%s is an option of another "
		    "line; :options changes them"), row->label);
	}
	return 0;
}

int
line_covers(struct shop *shop, int64_t sale, int64_t less)
{
	bool			added = country_of(shop)->tax_added;
	struct q_sale_sums	sums;
	struct sale		now;
	int64_t			left;
	int			r;

	if (added && less != 0) {
		return 0;	/* its taxes are known once it is done */
	}
	if ((r = q_sale_sums(shop->db, sale, &sums)) != 0) {
		return r;
	}
	left = sums.amount - less;
	if (added && strcmp(sums.state, "paying") == 0) {
		if ((r = sale_load(shop, sale, &now)) != 0) {
			return r;
		}
		left = now.total;
		sale_done(&now);
	}
	if (strcmp(sums.state, "paying") == 0 &&
	    ((sums.paid > 0 && less >= 0 && left < sums.paid) ||
	    (sums.paid < 0 && less <= 0 && left > sums.paid))) {
		return err_set(ERR_INVALID, _("more was paid than would be "
		    "left; take the payment back first (:undo)"));
	}
	return 0;
}

/* The same once a line has changed, where taxes come on top. */
static int
line_covered(struct shop *shop, int64_t sale)
{
	return country_of(shop)->tax_added ? line_covers(shop, sale, 0) : 0;
}

int
line_fits(struct shop *shop, int64_t sale, int64_t amount)
{
	struct q_sale_sums	sums;
	int			r;

	if (amount < SALE_LARGE && amount > -SALE_LARGE) {
		return 0;		/* the way of all */
	}
	if ((r = q_sale_sums(shop->db, sale, &sums)) != 0) {
		return r;
	}
	return sums.amount <= SALE_MOST && sums.amount >= -SALE_MOST ? 0 :
	    err_set(ERR_RANGE, _("the total is too large"));
}

/* What `qty` of a line comes to: at its price, or its share of the ticket's
 * line that it takes back. */
static int
line_worth(struct shop *shop, const struct q_sale_line_get *row,
    int64_t line, int64_t qty, int64_t *amount)
{
	int64_t	off;

	return row->returns_null ? money_times(row->price, qty, amount) :
	    return_amount(shop, row->returns, line, -qty, amount, &off);
}

int
sale_set_qty(struct shop *shop, int64_t id, int64_t *version, int64_t line,
    int64_t qty)
{
	struct q_sale_line_get	row;
	struct product		p;
	char			detail[64], text[MONEY_TEXT], was[24];
	int64_t			amount, before;
	int			r;

	shop->said[0] = '\0';
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = line_live(shop, id, line, &row)) != 0 ||
	    (r = product_get(shop, row.product, &p)) != 0 ||
	    (r = line_qty_check(&p, qty)) != 0) {
		return r;
	}
	/* What comes back is counted below nothing: *2 makes it two back. */
	qty = row.qty < 0 ? -qty : qty;
	if ((r = line_one_piece(&row, qty)) != 0 ||
	    (row.qty < 0 && qty < row.qty && (r = shop_require(shop,
	    row.returns_null ? RIGHT_RETURN_FREE : RIGHT_RETURN)) != 0) ||
	    (qty > row.qty && row.qty > 0 &&
	    (r = line_grows(shop, id, line, &row)) != 0) ||
	    (r = line_worth(shop, &row, line, qty, &amount)) != 0 ||
	    (r = line_covers(shop, id, row.amount - amount)) != 0) {
		return r;
	}
	if (row.sent && qty != row.qty) {
		return err_set(ERR_INVALID, _("the kitchen has it already; "
		    "enter more as a line of its own, or take it back (F8)"));
	}
	if (row.at < shop_now() - shop->set.void_fresh_ms &&
	    (row.qty < 0 ? qty > row.qty : qty < row.qty)) {
		return err_set(ERR_INVALID, _("this line is too old to shrink; "
		    "reverse it (F8)"));
	}
	before = row.amount + row.off;
	(void)str_fmt(was, sizeof(was), "%lld", (long long)before);
	if ((r = sale_begin(shop, "sale quantity", id, *version, "qty", line,
	    row.qty, was)) != 0) {
		return r;
	}
	qty_plain('.', qty, text);
	(void)str_fmt(detail, sizeof(detail), "line %lld: %s*%s",
	    (long long)row.seq, text, p.code);
	if ((r = row.returns_null ? q_sale_line_qty(shop->db, line, qty,
	    amount) : return_set_qty(shop, line, row.returns, qty)) == 0 &&
	    (qty <= row.qty || row.qty < 0 ||
	    (r = stock_short(shop, line)) == 0) &&
	    (r = line_fits(shop, id, amount)) == 0 &&
	    (r = sale_discounts_again(shop, id, row.discounted)) == 0 &&
	    (r = line_covered(shop, id)) == 0) {
		r = audit_add(shop, "sale.qty", "sale", id, detail);
	}
	if (r == 0 && (p.choices & PRODUCT_COUNTED) != 0) {
		db_topic(shop->db, "dish");
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

int
sale_set_price(struct shop *shop, int64_t id, int64_t *version, int64_t line,
    int64_t price)
{
	struct q_sale_line_get	row;
	char			detail[64], was[32];
	int64_t			amount, before;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = shop_require(shop, RIGHT_PRICE)) != 0 ||
	    (r = line_live(shop, id, line, &row)) != 0) {
		return r;
	}
	if (!row.voucher_null) {
		return err_set(ERR_INVALID, _("a gift card is what it is; "
		    "void it (F8) and sell another"));
	}
	if (strcmp(row.kind, "deposit") == 0) {
		return err_set(ERR_INVALID, _("a deposit is what was paid; "
		    "void its line (F8)"));
	}
	if (!row.returns_null) {
		return err_set(ERR_INVALID, _("%s comes back at the price of "
		    "its ticket"), row.label);
	}
	if (price < 0 || price > MONEY_MAX) {
		return err_set(ERR_RANGE, _("the price is out of range"));
	}
	if ((r = money_times(price, row.qty, &amount)) != 0 ||
	    (r = line_covers(shop, id, row.amount - amount)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "line %lld: %lld to %lld",
	    (long long)row.seq, (long long)row.price, (long long)price);
	before = row.amount + row.off;
	(void)str_fmt(was, sizeof(was), "%lld%s", (long long)before,
	    row.overridden ? " overridden" : "");
	if ((r = sale_begin(shop, "sale price", id, *version, "price", line,
	    row.price, was)) != 0) {
		return r;
	}
	if ((r = q_sale_line_price(shop->db, line, price, amount,
	    true)) == 0 &&
	    (r = line_fits(shop, id, amount)) == 0 &&
	    (r = sale_discounts_again(shop, id, row.discounted)) == 0 &&
	    (r = line_covered(shop, id)) == 0 &&
	    (r = sale_price_event(shop, id, row.price, price)) == 0) {
		r = audit_add(shop, "sale.price", "sale", id, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

int
sale_note(struct shop *shop, int64_t id, int64_t *version, int64_t line,
    const char *note)
{
	struct q_sale_line_get	row;
	char			detail[64];
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = line_live(shop, id, line, &row)) != 0) {
		return r;
	}
	if (!utf8_is_clean(note)) {
		return err_set(ERR_INVALID, _("the note is no clean text"));
	}
	if (utf8_chars(note) > SALE_NOTE) {
		return err_set(ERR_TOO_LONG, _("the note is too long; at most "
		    "%d characters"), SALE_NOTE);
	}
	/* Notes are people's words: the audit says only that there was one. */
	(void)str_fmt(detail, sizeof(detail), "line %lld: %s",
	    (long long)row.seq, row.code);
	if ((r = sale_begin(shop, "sale note", id, *version, "note", line, 0,
	    row.note)) != 0) {
		return r;
	}
	if ((r = q_sale_line_note(shop->db, line, note)) == 0 &&
	    (!row.sent || (r = kitchen_changed(shop, line)) == 0)) {
		r = audit_add(shop, "sale.note", "sale", id, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* The line and its mirror both stay and make nothing together. */
static int
line_mirror(struct shop *shop, int64_t line, const char *reason,
    int64_t *mirror)
{
	int64_t	approver = approval_by(shop);
	int	r;

	if ((r = q_sale_line_state(shop->db, line, "reversed", reason,
	    some(&approver))) != 0) {
		return r;
	}
	return q_sale_line_reverse(shop->db, line, reason, some(&approver),
	    shop_now(), some(&shop->who.user), mirror);
}

/* With its options, if it has any. */
static int
line_reverse(struct shop *shop, int64_t sale, int64_t line, int64_t seq,
    const char *reason)
{
	struct q_option_lines	*rows;
	char			 info[200];
	int64_t			 mirror, under;
	size_t			 n;
	int			 r;

	if ((r = line_mirror(shop, line, reason, &mirror)) != 0 ||
	    (r = q_option_mirrored(shop->db, mirror)) != 0 ||
	    (r = q_option_lines(shop->db, line, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = line_mirror(shop, rows[i].id, reason,
		    &under)) == 0) {
			r = q_option_mirror(shop->db, under, mirror);
		}
	}
	free(rows);
	if (r != 0) {
		return r;
	}
	(void)str_fmt(info, sizeof(info), "sale %lld line %lld: %s",
	    (long long)sale, (long long)seq, reason);
	return journal_event(shop, JET_LINE, info);
}

int
sale_void_line(struct shop *shop, int64_t id, int64_t *version, int64_t line,
    const char *reason)
{
	struct q_sale_line_get	row;
	char			detail[64];
	bool			fresh;
	int64_t			seq, approver;
	int			r;

	if ((r = line_live(shop, id, line, &row)) != 0) {
		return r;
	}
	seq = row.seq;
	fresh = row.at >= shop_now() - shop->set.void_fresh_ms && !row.sent;
	if ((r = shop_require(shop, fresh ? RIGHT_VOID :
	    RIGHT_REVERSE)) != 0 ||
	    (r = line_covers(shop, id, row.amount)) != 0) {
		return r;
	}
	if (!fresh && (reason[0] == '\0' || !utf8_is_clean(reason))) {
		return err_set(ERR_EMPTY, row.sent ? _("the kitchen has %s; "
		    "say why it goes") : _("%s was entered a while ago; say "
		    "why it goes"), row.label);
	}
	(void)str_fmt(detail, sizeof(detail), "line %lld: %s", (long long)seq,
	    row.code);
	if ((r = sale_begin(shop, "sale void", id, *version,
	    fresh ? "void" : "reverse", line, 0, "")) != 0) {
		return r;
	}
	approver = approval_by(shop);
	r = fresh ? q_sale_line_state(shop->db, line, "void", reason,
	    some(&approver)) :
	    line_reverse(shop, id, line, seq, reason);
	if (r == 0 && row.sent) {
		r = serving_note(shop, &(struct serving_note){
		    .kind = "voided", .sale = id, .line = line,
		    .n = row.qty, .words = reason, .approved = true });
	}
	if (r == 0 && row.sent) {
		r = kitchen_voided(shop, line);
	}
	if (r == 0 && (r = sale_discounts_again(shop, id,
	    row.discounted)) == 0 && (r = line_covered(shop, id)) == 0) {
		r = audit_add(shop, fresh ? "sale.void" : "sale.reverse",
		    "sale", id, detail);
	}
	if (r == 0) {
		r = dish_back(shop);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* --- letting go and taking ---------------------------------------------- */

int
sale_hold(struct shop *shop, int64_t id, int64_t *version, const char *name)
{
	struct q_sale_get	row;
	char			kept[64];
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = q_sale_get(shop->db, id, &row)) != 0) {
		return r;
	}
	if (!utf8_is_clean(name) ||
	    !str_copy(kept, sizeof(kept), name[0] != '\0' ? name : row.name)) {
		return err_set(ERR_TOO_LONG, _("the name is too long; at most "
		    "60 characters"));
	}
	if (kept[0] == '\0') {
		(void)str_fmt(kept, sizeof(kept), "#%lld", (long long)id);
	}
	if ((r = db_begin(shop->db, "sale hold")) != 0) {
		return r;
	}
	if ((r = q_sale_release(shop->db, id, *version,
	    some(&shop->who.session), kept, &n)) == 0 && n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0) {
		r = audit_add(shop, "sale.hold", "sale", id, "");
	}
	sale_pending_changed(shop, row.submitted_at_null);
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* Inside a transaction.  One that nothing is left in is abandoned. */
static int
park_one(struct shop *shop, int64_t id, int64_t lines)
{
	struct q_sale_act	row;
	int64_t			n;
	int			r;

	if (lines > 0) {
		if ((r = q_sale_park(shop->db, id, some(&shop->who.session),
		    &n)) != 0 || n == 0) {
			return r;
		}
		return audit_add(shop, "sale.park", "sale", id, "");
	}
	if ((r = q_sale_act(shop->db, id, &row)) != 0 ||
	    (r = q_sale_cancel(shop->db, id, row.version,
	    some(&shop->who.session), shop_now(), "", NULL, &n)) != 0 ||
	    n == 0) {
		return r;
	}
	return audit_add(shop, "sale.cancel", "sale", id, "empty");
}

int
sale_park(struct shop *shop, int64_t id)
{
	struct q_sale_sums		sums;
	struct q_sale_discounted	row;
	int				r;

	if ((r = q_sale_sums(shop->db, id, &sums)) != 0 ||
	    (r = q_sale_discounted(shop->db, id, &row)) != 0) {
		return r;
	}
	if ((r = db_begin(shop->db, "sale park")) != 0) {
		return r;
	}
	return sale_end(shop, park_one(shop, id, sums.lines + row.seated));
}

int
sale_park_all(struct shop *shop)
{
	struct q_sale_owned	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_sale_owned(shop->db, shop->who.session, &rows, &n)) != 0) {
		return r;
	}
	if (n > 0 && (r = db_begin(shop->db, "sale park")) == 0) {
		for (size_t i = 0; i < n && r == 0; i++) {
			r = park_one(shop, rows[i].id, rows[i].lines);
		}
		db_topic(shop->db, "pending");
		r = sale_end(shop, r);
	}
	free(rows);
	return r;
}

static int
take_one(struct shop *shop, int64_t id, int64_t *version)
{
	struct q_sale_get	row;
	char			detail[64];
	int64_t			owner, n;
	bool			own;
	int			r;

	if (shop->who.session == 0) {
		return err_set(ERR_DENIED, _("a command takes no sale over; "
		    "sign in on a screen"));
	}
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = q_sale_get(shop->db, id, &row)) != 0 ||
	    (r = training_same(shop, row.training)) != 0) {
		return r;
	}
	if (*version == 0) {
		*version = row.version;
	}
	shop->mode_sale = 0;		/* another may have changed it */
	owner = row.owner_session_null ? 0 : row.owner_session;
	if (owner == shop->who.session && *version == row.version) {
		return 0;
	}
	own = strcmp(row.user, shop->who.name) == 0;
	if (strcmp(row.state, "pending") == 0 &&
	    !shop_may(shop, RIGHT_PAY)) {
		return !row.seller_null && row.seller == shop->who.user ?
		    sale_reopen(shop, id, version) :
		    shop_require(shop, RIGHT_PAY);
	}
	if (!own && (r = shop_require(shop, RIGHT_TAKE)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "from session %lld",
	    (long long)owner);
	if ((r = db_begin(shop->db, "sale take")) != 0) {
		return r;
	}
	if ((r = q_sale_take(shop->db, id, *version,
	    some(&shop->who.session), some(&shop->who.user),
	    some(&shop->who.terminal), true, &n)) == 0 && n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0 && owner != 0) {
		r = session_tell(shop, owner, "sale.taken", id);
	}
	if (r == 0) {
		r = audit_add(shop, "sale.take", "sale", id, detail);
	}
	sale_pending_changed(shop, row.submitted_at_null);
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

int
sale_take(struct shop *shop, int64_t id, int64_t *version)
{
	bool	any = *version == 0;
	int	r = take_one(shop, id, version);

	/* It changed while this one waited for its turn: as it is by now. */
	for (int again = 0; r == ERR_CHANGED && any && again < 3; again++) {
		*version = 0;
		r = take_one(shop, id, version);
	}
	return r;
}

int
sale_cancel(struct shop *shop, int64_t id, int64_t *version,
    const char *reason)
{
	struct q_sale_sums	sums;
	char			info[200];
	int64_t			n, shift;
	int			r;

	if ((r = shop_require(shop, RIGHT_CANCEL)) != 0 ||
	    (r = q_sale_sums(shop->db, id, &sums)) != 0) {
		return r;
	}
	if (!utf8_is_clean(reason)) {
		return err_set(ERR_INVALID, _("the reason is no clean text"));
	}
	if (strcmp(sums.state, "paying") == 0) {
		return err_set(ERR_INVALID, _("money was taken for it; take "
		    "the payment back first (:undo)"));
	}
	(void)str_fmt(info, sizeof(info), "sale %lld total %lld: %s",
	    (long long)id, (long long)sums.amount, reason);
	if ((r = db_begin(shop->db, "sale cancel")) != 0) {
		return r;
	}
	if ((r = shift_now(shop, &shift)) == 0 &&
	    (r = q_sale_cancel(shop->db, id, *version,
	    some(&shop->who.session), shop_now(), reason, some(&shift),
	    &n)) == 0 && n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0 && sums.lines > 0) {
		r = journal_event(shop, JET_SALE, info);
	}
	if (r == 0 && (r = serving_given_up(shop, id, reason)) == 0) {
		r = serving_over(shop, id, "cancelled");
	}
	if (r == 0) {
		r = audit_add(shop, "sale.cancel", "sale", id, "");
	}
	if (r == 0) {
		r = dish_back(shop);
	}
	sale_pending_changed(shop, strcmp(sums.state, "pending") != 0);
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}
