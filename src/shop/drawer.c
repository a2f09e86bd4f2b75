/* SPDX-License-Identifier: ISC */
/* The drawer of a shift: movements, the sheet to count by, the count. */
#include "shop/drawer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/document_part.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/sale_part.h"
#include "shop/shift_part.h"
#include "sql/shift.h"

static const struct {
	const char	*name, *label;
} drawer_kinds[] = {
#define X(id, name, label) { name, label },
	DRAWER_KINDS(X)
#undef X
};

const char *
drawer_kind_name(enum drawer_kind kind)
{
	return drawer_kinds[kind].name;
}

const char *
drawer_kind_text(enum drawer_kind kind)
{
	return _(drawer_kinds[kind].label);
}

int
drawer_stands(struct shop *shop, bool *out)
{
	struct q_shift_has_drawer	row = { .drawer = true };
	int				r = 0;

	if (shop->who.terminal != 0) {
		r = q_shift_has_drawer(shop->db, shop->who.terminal, &row);
	}
	*out = r == 0 && row.drawer;
	return r;
}

int
drawer_here(struct shop *shop)
{
	bool	stands;
	int	r = drawer_stands(shop, &stands);

	return r != 0 || stands ? r : err_set(ERR_INVALID, _("this till "
	    "has no drawer"));
}

/* --- movements ------------------------------------------------------------ */

static int
move_check(struct shop *shop, enum drawer_kind kind, int64_t amount,
    const char *reason)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_DRAWER)) != 0 ||
	    (r = drawer_here(shop)) != 0) {
		return r;
	}
	if (amount <= 0 || amount > MONEY_MAX) {
		return err_set(ERR_RANGE, _("type an amount above 0"));
	}
	if (reason[0] == '\0' && kind != DRAWER_DROP) {
		return err_set(ERR_EMPTY, _("say what the money is for"));
	}
	return utf8_is_clean(reason) && strlen(reason) < DRAWER_REASON ? 0 :
	    err_set(ERR_TOO_LONG, _("a reason is one short line"));
}

/* A drawer gives no more than it has. */
static int
move_room(struct shop *shop, int64_t shift, const char *tender,
    const char *currency, int64_t amount)
{
	struct closing	c;
	int64_t		has = 0;
	int		r;

	if ((r = closing_read(shop, shift, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c.ntotals; i++) {
		if (strcmp(c.totals[i].tender, tender) == 0 &&
		    strcmp(c.totals[i].currency, currency) == 0) {
			has = c.totals[i].expected;
		}
	}
	closing_done(&c);
	return has + amount >= 0 ? 0 : err_set(ERR_RANGE, _("the drawer "
	    "cannot hold that much; check the amount"));
}

/* What the money was for, and a line to sign on. */
static int
move_paper(struct shop *shop, enum drawer_kind kind, const char *currency,
    int64_t amount, const char *reason)
{
	struct drawer_move	move = { .kind = kind, .amount = amount,
				    .at = shop_now() };
	struct slip		slip = { 0 };
	int64_t			printer, job;
	int			r;

	(void)str_copy(move.currency, sizeof(move.currency), currency);
	(void)str_copy(move.reason, sizeof(move.reason), reason);
	(void)str_copy(move.user, sizeof(move.user), shop->who.name);
	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0 ||
	    (r = print_drawer(shop, printer, drawer_kind_name(kind),
	    &job)) != 0) {
		return r;
	}
	if ((r = document_make(shop, DOCUMENT_DRAWER, NULL, paper_of_move,
	    &move, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_REPORT,
		    drawer_kind_name(kind), &slip, &job);
	}
	slip_done(&slip);
	return r;
}

static int
move_write(struct shop *shop, enum drawer_kind kind, const char *currency,
    int64_t amount, const char *reason)
{
	struct q_drawer_cash	row;
	char			tender[16], detail[64];
	int64_t			shift, id;
	int			r;

	if ((r = shift_for_payment(shop, &shift)) != 0 ||
	    (r = q_drawer_cash(shop->db, &row)) != 0) {
		return r;
	}
	(void)str_copy(tender, sizeof(tender), row.name);
	(void)str_fmt(detail, sizeof(detail), "%s %lld%s%s",
	    drawer_kind_name(kind), (long long)amount,
	    currency[0] != '\0' ? " " : "", currency);
	if ((amount < 0 && (r = move_room(shop, shift, tender, currency,
	    amount)) != 0) ||
	    (r = q_drawer_move_add(shop->db, shift, drawer_kind_name(kind),
	    tender, currency, amount, reason, shop_now(),
	    some(&shop->who.user), some(&shop->who.terminal), &id)) != 0 ||
	    (r = audit_add(shop, "drawer.move", "shift", shift,
	    detail)) != 0 ||
	    (r = move_paper(shop, kind, currency, amount, reason)) != 0) {
		return r;
	}
	return 0;
}

int
drawer_move(struct shop *shop, enum drawer_kind kind, const char *currency,
    int64_t amount, const char *reason)
{
	int	r;

	if (strcmp(currency, shop->set.currency) == 0) {
		currency = "";		/* as every other sum of it is kept */
	}
	if ((r = move_check(shop, kind, amount, reason)) != 0 ||
	    (r = db_begin(shop->db, "drawer move")) != 0) {
		return r;
	}
	if (drawer_values(shop, currency) == NULL) {
		r = err_set(ERR_INVALID, _("the currency \"%.8s\" is not "
		    "known"), currency);
	} else {
		r = move_write(shop, kind, currency,
		    kind == DRAWER_PAY_IN ? amount : -amount, reason);
	}
	return shift_done(shop, r);
}

int
drawer_no_sale(struct shop *shop, const char *reason)
{
	int64_t	shift;
	int	r;

	/* Before the till is opened the drawer may well be looked into. */
	r = shop->set.shift_ask ? shift_now(shop, &shift) :
	    shift_for_payment(shop, &shift);
	if (r != 0 || shift == 0) {
		return r;
	}
	db_topic(shop->db, "shift");
	return q_drawer_no_sale(shop->db, shift, reason, shop_now(),
	    some(&shop->who.user), some(&shop->who.terminal));
}

int
drawer_moves(struct shop *shop, int64_t shift, struct drawer_move **out,
    size_t *n)
{
	struct q_drawer_moves	*rows;
	int			 r;

	*out = NULL;
	*n = 0;
	if ((r = q_drawer_moves(shop->db, shift, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct drawer_move	*m = &(*out)[i];

		m->id = rows[i].id;
		m->amount = rows[i].amount;
		m->at = rows[i].at;
		for (size_t k = 0; k < NELEM(drawer_kinds); k++) {
			if (strcmp(drawer_kinds[k].name, rows[i].kind) == 0) {
				m->kind = (enum drawer_kind)k;
			}
		}
		(void)str_copy(m->tender, sizeof(m->tender), rows[i].tender);
		(void)str_copy(m->currency, sizeof(m->currency),
		    rows[i].currency);
		(void)str_copy(m->reason, sizeof(m->reason), rows[i].reason);
		(void)str_copy(m->user, sizeof(m->user), rows[i].user);
	}
	free(rows);
	return 0;
}

/* --- counting ------------------------------------------------------------- */

/* Of currencies that no country of ours has. */
static const struct {
	const char	*currency;
	int64_t		 values[20];
} drawer_abroad[] = {
	{ "USD", { 1, 5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000,
	    10000 } },
	{ "GBP", { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 } },
	{ "CHF", { 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000,
	    20000, 100000 } },
	{ "XOF", { 1, 5, 10, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000,
	    10000 } },
};

const int64_t *
drawer_values(const struct shop *shop, const char *currency)
{
	static const struct country *const	countries[] = {
#define X(name) &country_##name,
		COUNTRIES(X)
#undef X
	};

	if (currency[0] == '\0' ||
	    strcmp(currency, shop->set.currency) == 0) {
		return country_of(shop)->money;
	}
	for (size_t i = 0; i < NELEM(countries); i++) {
		if (strcmp(countries[i]->currency, currency) == 0) {
			return countries[i]->money;
		}
	}
	for (size_t i = 0; i < NELEM(drawer_abroad); i++) {
		if (strcmp(drawer_abroad[i].currency, currency) == 0) {
			return drawer_abroad[i].values;
		}
	}
	return NULL;
}

/* One row for each coin and note, the largest first; one alone for what is
 * not counted in notes. */
static void
sheet_put(struct shop *shop, const struct closing_total *t,
    struct drawer_line **rows, size_t *n)
{
	const int64_t	*values = t->cash ?
			    drawer_values(shop, t->currency) : NULL;
	size_t		 count = 0;

	while (values != NULL && values[count] != 0) {
		count++;
	}
	*rows = xrealloc(*rows, *n + count + 1, sizeof(**rows));
	for (size_t i = 0; i < (count == 0 ? 1 : count); i++) {
		struct drawer_line	*l = &(*rows)[(*n)++];

		*l = (struct drawer_line){
			.value = count == 0 ? 0 : values[count - 1 - i],
		};
		(void)str_copy(l->tender, sizeof(l->tender), t->tender);
		(void)str_copy(l->label, sizeof(l->label), t->label);
		(void)str_copy(l->currency, sizeof(l->currency), t->currency);
	}
}

/* A drawer nothing went into is counted all the same. */
static int
sheet_cash(struct shop *shop, const struct closing *c,
    struct drawer_line **rows, size_t *n)
{
	struct closing_total	cash = { .cash = true, .drawer = true };
	struct q_drawer_cash	row;
	struct tender		tender;
	int			r;

	for (size_t i = 0; i < c->ntotals; i++) {
		if (c->totals[i].cash && c->totals[i].currency[0] == '\0') {
			return 0;
		}
	}
	if ((r = q_drawer_cash(shop->db, &row)) != 0) {
		return r;
	}
	(void)str_copy(cash.tender, sizeof(cash.tender), row.name);
	if ((r = tender_find(shop, cash.tender, &tender)) == 0) {
		(void)str_copy(cash.label, sizeof(cash.label), tender.label);
		sheet_put(shop, &cash, rows, n);
	}
	return r;
}

/* What was typed of it before. */
static int
sheet_noted(struct shop *shop, int64_t shift, struct drawer_line *rows,
    size_t n)
{
	struct q_drawer_sheet_all	*noted;
	size_t				 count;
	int				 r;

	if ((r = q_drawer_sheet_all(shop->db, shift, &noted, &count)) != 0) {
		return r;
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < n; k++) {
			if (rows[k].value == noted[i].value &&
			    strcmp(rows[k].tender, noted[i].tender) == 0 &&
			    strcmp(rows[k].currency,
			    noted[i].currency) == 0) {
				rows[k].n = noted[i].n;
			}
		}
	}
	free(noted);
	return 0;
}

int
drawer_sheet(struct shop *shop, int64_t shift, struct drawer_line **rows,
    size_t *n)
{
	struct closing	c;
	int		r;

	*rows = NULL;
	*n = 0;
	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = closing_read(shop, shift, &c)) != 0) {
		return r;
	}
	r = sheet_cash(shop, &c, rows, n);
	for (size_t i = 0; i < c.ntotals && r == 0; i++) {
		if (c.totals[i].drawer) {
			sheet_put(shop, &c.totals[i], rows, n);
		}
	}
	closing_done(&c);
	return r != 0 ? r : sheet_noted(shop, shift, *rows, *n);
}

int
drawer_note(struct shop *shop, int64_t shift, const struct drawer_line *line)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = db_begin(shop->db, "drawer note")) != 0) {
		return r;
	}
	r = line->n == 0 ? q_drawer_sheet_drop(shop->db, shift, line->tender,
	    line->currency, line->value) : q_drawer_sheet_put(shop->db, shift,
	    line->tender, line->currency, line->value, line->n);
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
drawer_forget(struct shop *shop, int64_t shift)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = db_begin(shop->db, "drawer forget")) != 0) {
		return r;
	}
	if ((r = q_drawer_sheet_end(shop->db, shift)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

static bool
line_of(const struct drawer_line *l, const char *tender, const char *currency)
{
	return strcmp(l->tender, tender) == 0 &&
	    strcmp(l->currency, currency) == 0;
}

/* What was found of one tender and currency; ERR_RANGE past all sense. */
static int
count_sum(const struct drawer_line *rows, size_t n, const char *tender,
    const char *currency, int64_t *sum)
{
	int64_t	amount;

	*sum = 0;
	for (size_t i = 0; i < n; i++) {
		if (!line_of(&rows[i], tender, currency)) {
			continue;
		}
		if (rows[i].n < 0 || __builtin_mul_overflow(rows[i].n,
		    rows[i].value == 0 ? 1 : rows[i].value, &amount) ||
		    __builtin_add_overflow(*sum, amount, sum) ||
		    *sum > MONEY_MAX) {
			return err_set(ERR_RANGE, _("that is more money than "
			    "there is; count again"));
		}
	}
	return 0;
}

/* The books of that moment beside what was found. */
static int
count_sums(struct shop *shop, const struct closing *c, int64_t count,
    const struct drawer_line *rows, size_t n)
{
	int64_t	sum, expected;
	int	r = 0;

	for (size_t i = 0; i < c->ntotals && r == 0; i++) {
		const struct closing_total	*t = &c->totals[i];

		if (t->drawer && (r = count_sum(rows, n, t->tender,
		    t->currency, &sum)) == 0) {
			r = q_drawer_count_sum_add(shop->db, count, t->tender,
			    t->currency, sum, t->expected);
		}
	}
	/* And what nobody expected at all. */
	for (size_t i = 0; i < n && r == 0; i++) {
		bool	had = false;

		expected = 0;
		for (size_t k = 0; k < c->ntotals; k++) {
			had |= line_of(&rows[i], c->totals[k].tender,
			    c->totals[k].currency);
		}
		for (size_t k = 0; k < i; k++) {
			had |= line_of(&rows[i], rows[k].tender,
			    rows[k].currency);
		}
		if (!had && (r = count_sum(rows, n, rows[i].tender,
		    rows[i].currency, &sum)) == 0) {
			r = q_drawer_count_sum_add(shop->db, count,
			    rows[i].tender, rows[i].currency, sum, expected);
		}
	}
	return r;
}

static int
count_write(struct shop *shop, const struct closing *c,
    const struct drawer_line *rows, size_t n, int64_t *count)
{
	char	info[80];
	int	r;

	if ((r = q_drawer_count_add(shop->db, c->shift.id,
	    shop_may(shop, RIGHT_EXPECTED), shop_now(),
	    some(&shop->who.user), some(&shop->who.terminal), count)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (rows[i].n != 0) {
			r = q_drawer_count_line_add(shop->db, *count,
			    rows[i].tender, rows[i].currency, rows[i].value,
			    rows[i].n);
		}
	}
	(void)str_fmt(info, sizeof(info), "shift %lld counted",
	    (long long)c->shift.id);
	if (r != 0 || (r = count_sums(shop, c, *count, rows, n)) != 0 ||
	    (r = q_drawer_sheet_end(shop->db, c->shift.id)) != 0 ||
	    (r = journal_event(shop, JET_COUNT, info)) != 0) {
		return r;
	}
	return audit_add(shop, "drawer.count", "shift", c->shift.id, "");
}

int
drawer_count(struct shop *shop, int64_t shift, const struct drawer_line *rows,
    size_t n, int64_t *count)
{
	struct closing	c;
	int		r;

	*count = 0;
	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = db_begin(shop->db, "drawer count")) != 0) {
		return r;
	}
	if ((r = closing_read(shop, shift, &c)) == 0) {
		if (!c.shift.open) {
			r = err_set(ERR_FROZEN, _("%s is closed; nothing is "
			    "counted any more"), c.shift.z);
		} else if (!c.shift.drawer) {
			r = err_set(ERR_INVALID, _("this till has no drawer"));
		} else {
			r = count_write(shop, &c, rows, n, count);
		}
		closing_done(&c);
	}
	if ((r = shift_done(shop, r)) != 0) {
		*count = 0;
	}
	return r;
}

int
drawer_counted(struct shop *shop, int64_t shift, struct drawer_counted *out)
{
	struct q_drawer_count_last	row;
	int				r;

	*out = (struct drawer_counted){ .id = 0 };
	if ((r = q_drawer_count_last(shop->db, shift, &row)) == 0) {
		out->id = row.id;
		out->at = row.at;
		out->old = row.old;
		out->seen = row.seen;
		(void)str_copy(out->user, sizeof(out->user), row.user);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
drawer_closing(struct shop *shop, int64_t shift, struct closing *out)
{
	struct drawer_counted	count;
	int			r = drawer_counted(shop, shift, &count);

	*out = (struct closing){ .ntotals = 0 };
	return r != 0 ? r : closing_with(shop, shift, count.old ? 0 :
	    count.id, out);
}
