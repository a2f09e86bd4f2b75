/* SPDX-License-Identifier: ISC */
/* Taking back the last act of this session on a sale, then the one before. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/kitchen.h"
#include "shop/option.h"
#include "shop/discount.h"
#include "shop/sale_part.h"
#include "sql/discount.h"
#include "sql/option.h"
#include "sql/returned.h"
#include "sql/sale.h"

/* ---- the acts before it ------------------------------------------------- */

#define ACT_FIELDS	6		/* act at session line value text */
#define ACT_FIELD	'\x1f'
#define ACT_END		'\x1e'

static void
past_number(const char *text, bool *null, int64_t *out)
{
	*null = text[0] == '\0' ||
	    str_to_i64(text, INT64_MIN, INT64_MAX, out) != 0;
}

/*
 * Where the last act was taken back already, the one before it is the last:
 * fenced by who did it and when, as any.  *text owns its words, *past is what
 * was before it.
 */
static int
undo_past(struct q_sale_act *act, char **text, const char **past)
{
	const char	*end = strchr(act->act_past, ACT_END);
	char		*field[ACT_FIELDS], *next;
	size_t		 n = 0;

	*text = NULL;
	*past = act->act_past;
	if (act->act[0] != '\0' || end == NULL) {
		return 0;
	}
	*past = end + 1;
	*text = xstrndup(act->act_past, (size_t)(end - act->act_past));
	for (next = *text; n < ACT_FIELDS && next != NULL; n++) {
		field[n] = next;
		if ((next = strchr(next, ACT_FIELD)) != NULL) {
			*next++ = '\0';
		}
	}
	if (n < ACT_FIELDS) {
		return err_set(ERR_BUG, "an act of %zu fields", n);
	}
	act->act = field[0];
	past_number(field[1], &act->act_at_null, &act->act_at);
	past_number(field[2], &act->act_session_null, &act->act_session);
	past_number(field[3], &act->act_line_null, &act->act_line);
	past_number(field[4], &act->act_value_null, &act->act_value);
	act->act_text = field[5];
	return 0;
}

/* Where it was let go: by the same session, back to where it was. */
static int
undo_hold(struct shop *shop, int64_t id, int64_t *version, char *what,
    size_t size)
{
	int64_t	n;
	int	r;

	if ((r = db_begin(shop->db, "sale undo")) != 0) {
		return r;
	}
	if ((r = q_sale_own_again(shop->db, id, *version,
	    some(&shop->who.session), &n)) == 0 && n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0) {
		r = audit_add(shop, "sale.undo", "sale", id, "hold");
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
		(void)str_fmt(what, size, _("back from where it was put "
		    "aside"));
	}
	return r;
}

/* The newest payment by a counter-entry that names it. */
static int
undo_pay(struct shop *shop, int64_t id, char *what, size_t size)
{
	struct q_sale_last_payment	row;
	struct q_sale_sums		sums;
	struct sale_payment		last;
	char				amount[MONEY_TEXT];
	int				r;

	if ((r = q_sale_last_payment(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_EMPTY,
		    _("there is nothing to take back"));
	}
	money_symbol(&shop->money, row.amount, amount);
	(void)str_fmt(what, size, _("payment of %s taken back"), amount);
	last = (struct sale_payment){ .id = row.id, .amount = row.amount,
	    .voucher = row.voucher_null ? 0 : row.voucher };
	if ((r = payment_back(shop, id, &last, false)) != 0 ||
	    (r = q_sale_sums(shop->db, id, &sums)) != 0) {
		return r;
	}
	return sums.paid == 0 ? q_sale_unpay(shop->db, id) : 0;
}

/*
 * What makes a sale smaller is taken back while it is fresh, as a line is
 * voided; later the line is reversed, with a reason.
 */
static int
undo_late(struct shop *shop, int64_t id, const struct q_sale_act *act,
    const char *name, bool *late)
{
	struct q_sale_line_get	row;
	int64_t			old = act->act_value_null ? 0 : act->act_value;
	int			r;

	*late = false;
	if (!act->act_at_null &&
	    act->act_at >= shop_now() - shop->set.void_fresh_ms) {
		return 0;
	}
	if (strcmp(name, "add") == 0 || strcmp(name, "more") == 0) {
		*late = true;
	} else if (strcmp(name, "qty") == 0) {
		if ((r = q_sale_line_get(shop->db, act->act_line_null ? 0 :
		    act->act_line, id, &row)) != 0) {
			return r;
		}
		*late = row.qty < 0 ? old > row.qty : old < row.qty;
	}
	return 0;
}

/* The last `n` lines go: they came with one act. */
static int
undo_add(struct shop *shop, int64_t id, int64_t n, char *what, size_t size)
{
	struct q_sale_last_line	last;
	struct q_sale_line_get	row;
	int			r;

	for (int64_t i = 0; i < n; i++) {
		if ((r = q_sale_last_line(shop->db, id, &last)) != 0 ||
		    (r = q_sale_line_get(shop->db, last.id, id, &row)) != 0) {
			return r;
		}
		(void)str_fmt(what, size, _("%s taken out again"), row.label);
		if ((r = q_sale_line_state(shop->db, last.id, "void", "",
		    some(&shop->who.user))) != 0) {
			return r;
		}
	}
	if (n > 1) {
		(void)str_fmt(what, size, _("%lld lines taken out again"),
		    (long long)n);
	}
	return q_return_emptied(shop->db, id);
}

/* "17:1000 18:1000 ": each of these lines gives back so much. */
static int
undo_more(struct shop *shop, int64_t id, const char *text, char *what,
    size_t size)
{
	struct q_sale_line_get	row;
	int64_t			line, less, amount;
	char			qty[MONEY_TEXT], *end;
	int			r;

	for (; *text != '\0'; text = end + strspn(end, " ")) {
		line = strtoll(text, &end, 10);
		less = *end == ':' ? strtoll(end + 1, &end, 10) : 0;
		if (less <= 0 ||
		    (r = q_sale_line_get(shop->db, line, id, &row)) != 0 ||
		    (r = money_times(row.price, row.qty - less,
		    &amount)) != 0) {
			return less <= 0 ? ERR_BUG : r;
		}
		qty_plain(shop->money.mark, row.qty - less, qty);
		(void)str_fmt(what, size, _("%s: %s again"), row.label, qty);
		if ((r = q_sale_line_qty(shop->db, line, row.qty - less,
		    amount)) != 0) {
			return r;
		}
	}
	return 0;
}

/* Add, quantity, price, note and void: the line as it was before. */
static int
undo_line(struct shop *shop, int64_t id, const struct q_sale_act *act,
    char *what, size_t size)
{
	struct q_sale_line_get	row;
	int64_t			line = act->act_line_null ? 0 : act->act_line;
	int64_t			old = act->act_value_null ? 0 : act->act_value;
	/* Not computed again: a scale may have said it. */
	int64_t			amount = strtoll(act->act_text, NULL, 10);
	char			qty[MONEY_TEXT], label[PRODUCT_NAME];
	int			r;

	if (strcmp(act->act, "add") == 0 || strcmp(act->act, "more") == 0) {
		if ((r = shop_require(shop, RIGHT_VOID)) != 0) {
			return r;
		}
		return act->act[0] == 'a' ?
		    undo_add(shop, id, old > 0 ? old : 1, what, size) :
		    undo_more(shop, id, act->act_text, what, size);
	}
	if (strcmp(act->act, "mode") == 0) {
		int64_t	changed;

		(void)str_fmt(what, size, _("%s again"), act->act_text[0] ==
		    '\0' ? _("no way of consuming") :
		    sale_mode_text(act->act_text));
		return sale_mode_put(shop, id, act->act_text, &changed);
	}
	if ((r = q_sale_line_get(shop->db, line, id, &row)) != 0) {
		return r;
	}
	(void)str_copy(label, sizeof(label), row.label);
	if (strcmp(act->act, "void") == 0) {
		(void)str_fmt(what, size, _("%s is back"), label);
		/* Another till may have taken some of it back meanwhile. */
		if (!row.returns_null && (r = return_set_qty(shop, line,
		    row.returns, row.qty)) != 0) {
			return r;
		}
		if ((r = q_sale_line_state(shop->db, line, "live", "",
		    NULL)) != 0) {
			return r;
		}
		return q_option_back(shop->db, line);
	}
	if (strcmp(act->act, "options") == 0) {
		(void)str_fmt(what, size, _("%s: its options again"), label);
		return option_undo(shop, id, line, act->act_text);
	}
	if (strcmp(act->act, "note") == 0) {
		if (act->act_text[0] == '\0') {
			(void)str_fmt(what, size, _("%s: no note again"),
			    label);
		} else {
			(void)str_fmt(what, size, _("%s: %s again"), label,
			    act->act_text);
		}
		return (r = q_sale_line_note(shop->db, line,
		    act->act_text)) != 0 || !row.sent ? r :
		    kitchen_changed(shop, line);
	}
	if (strcmp(act->act, "qty") == 0) {
		qty_plain(shop->money.mark, old, qty);
		(void)str_fmt(what, size, _("%s: %s again"), label, qty);
		return row.returns_null ?
		    q_sale_line_qty(shop->db, line, old, amount) :
		    return_set_qty(shop, line, row.returns, old);
	}
	money_plain(&shop->money, old, qty);
	(void)str_fmt(what, size, _("%s: %s again"), label, qty);
	return q_sale_line_price(shop->db, line, old, amount,
	    strchr(act->act_text, ' ') != NULL);
}

/* A discount, an offer or a coupon; the one before it counts again. */
static int
undo_discount(struct shop *shop, int64_t id, const struct q_sale_act *act,
    char *what, size_t size)
{
	struct q_discount_get	row;
	struct sale_discount	d = { .kind = DISCOUNT_GIVEN };
	int64_t			given = act->act_value_null ? 0 :
				    act->act_value;
	int64_t			before = strtoll(act->act_text, NULL, 10);
	char			words[96];
	int			r;

	if ((r = q_discount_get(shop->db, given != 0 ? given : before, id,
	    &row)) != 0) {
		return r;
	}
	d.kind = discount_kind(row.kind);
	d.percent = row.percent_null ? 0 : row.percent;
	(void)str_copy(d.label, sizeof(d.label), row.label);
	(void)str_copy(d.reason, sizeof(d.reason), row.reason);
	discount_text(shop, &d, words, sizeof(words));
	(void)str_fmt(what, size, given != 0 ? _("%s taken back") :
	    _("%s is back"), words);
	if (given != 0 &&
	    (r = q_discount_live(shop->db, given, false)) != 0) {
		return r;
	}
	return before == 0 ? 0 : q_discount_live(shop->db, before, true);
}

/* What would correct a ticket, since nothing changes it. */
static int
undo_posted(struct shop *shop, int64_t id)
{
	struct q_sale_get	row;
	char			ticket[32];
	int			r;

	if ((r = q_sale_get(shop->db, id, &row)) != 0) {
		return r;
	}
	if (row.number_null) {
		return err_set(ERR_FROZEN, _("this sale was cancelled; enter "
		    "it again"));
	}
	sale_ticket(row.series, row.number, ticket);
	return err_set(ERR_FROZEN, _("ticket %s stands; :retender corrects how "
	    "it was paid"), ticket);
}

/* The act and what follows from it, in one transaction. */
static int
undo_act(struct shop *shop, int64_t id, int64_t *version,
    const struct q_sale_act *act, const char *name, const char *past,
    char *what, size_t size)
{
	int64_t	n;
	int	r;

	if ((r = db_begin(shop->db, "sale undo")) != 0) {
		return r;
	}
	if ((r = q_sale_touch(shop->db, id, *version,
	    some(&shop->who.session), "", shop_now(), NULL, NULL, "",
	    &n)) == 0 &&
	    n == 0) {
		return sale_refused(shop, id, *version);
	}
	if (r == 0) {
		r = strcmp(name, "pay") == 0 ?
		    undo_pay(shop, id, what, size) :
		    strcmp(name, "discount") == 0 ?
		    undo_discount(shop, id, act, what, size) :
		    undo_line(shop, id, act, what, size);
	}
	if (r == 0 && strcmp(name, "pay") != 0) {
		r = sale_discounts_again(shop, id, true);
	}
	if (r == 0 && (r = q_sale_past(shop->db, id, past)) == 0) {
		r = audit_add(shop, "sale.undo", "sale", id, name);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* Which act it is, and whether this session may. */
static int
undo_which(struct shop *shop, int64_t id, int64_t *version,
    const struct q_sale_act *act, const char *past, char *what, size_t size)
{
	bool	mine = act->act_session_null ? shop->who.session == 0 :
		    act->act_session == shop->who.session;
	bool	paying = strcmp(act->state, "paying") == 0, late;
	char	name[16];
	int	r;

	(void)str_copy(name, sizeof(name), mine ? act->act : "");
	if (strcmp(name, "hold") == 0) {
		return undo_hold(shop, id, version, what, size);
	}
	if (strcmp(name, "submit") == 0) {
		(void)str_fmt(what, size, _("back from the till's list"));
		return sale_reopen(shop, id, version);
	}
	if ((r = undo_late(shop, id, act, name, &late)) != 0) {
		return r;
	}
	if (late && !paying) {
		return err_set(ERR_INVALID, _("that was a while ago; reverse "
		    "the line (F8)"));
	}
	/*
	 * No act is left that could be taken back, but money is: who has the
	 * sale can give it back.  Before a late act there are only later ones.
	 */
	if (paying &&
	    (late || name[0] == '\0' || strcmp(name, "reverse") == 0)) {
		(void)str_copy(name, sizeof(name), "pay");
		past = late ? "" : past;
	}
	if (name[0] == '\0') {
		return err_set(ERR_EMPTY, _("there is nothing to take back"));
	}
	if (strcmp(name, "reverse") == 0) {
		return err_set(ERR_INVALID, _("a reversal stands; enter the "
		    "line again"));
	}
	if (strcmp(name, "pay") == 0 &&
	    (r = shop_require(shop, RIGHT_PAY)) != 0) {
		return r;
	}
	return undo_act(shop, id, version, act, name, past, what, size);
}

int
sale_undo(struct shop *shop, int64_t id, int64_t *version, char *what,
    size_t size)
{
	struct q_sale_act	 act;
	const char		*past;
	char			*text;
	int			 r;

	what[0] = '\0';
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = q_sale_act(shop->db, id, &act)) != 0) {
		return r;
	}
	if (strcmp(act.state, "paid") == 0 ||
	    strcmp(act.state, "cancelled") == 0) {
		return undo_posted(shop, id);
	}
	if ((r = undo_past(&act, &text, &past)) == 0) {
		r = undo_which(shop, id, version, &act, past, what, size);
	}
	free(text);
	return r;
}
