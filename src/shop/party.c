/* SPDX-License-Identifier: ISC */
/* People who change tables, and lines that go with them. */
#include "shop/party.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/party_part.h"

/* ---- what they share ---------------------------------------------------- */

/* A row's text lives until its query is asked again: this is the same for
 * good. */
static const char *
party_mode_kept(const char *mode)
{
	static const char *const	modes[] = {
#define X(name, text) name,
		SALE_MODES(X)
#undef X
	};

	for (size_t i = 0; i < NELEM(modes); i++) {
		if (strcmp(mode, modes[i]) == 0) {
			return modes[i];
		}
	}
	return "";
}

int
party_ready(struct shop *shop, int64_t sale, struct serving *v,
    struct q_party_row *row)
{
	int	r;

	if ((r = serving_get(shop, sale, v)) != 0 ||
	    (r = q_party_row(shop->db, sale, row)) != 0) {
		return r;
	}
	row->mode = party_mode_kept(row->mode);
	if (v->ended) {
		return err_set(ERR_CHANGED, _("%s has paid or left meanwhile"),
		    v->name);
	}
	if (row->payments > 0 || strcmp(row->state, "draft") != 0) {
		return err_set(ERR_INVALID, _("money was taken for it; take "
		    "the payment back first (:undo)"));
	}
	return row->coupons == 0 ? 0 : err_set(ERR_INVALID, _("a coupon was "
	    "shown for %s; take it back first (:undo)"), v->name);
}

int
party_parts(struct shop *shop, int64_t sale, struct serving *v,
    struct q_party_row *row)
{
	int	r = party_ready(shop, sale, v, row);

	return r != 0 || !row->discounted ? r : discount_settle(shop, sale);
}

int
party_begin(struct shop *shop, const char *verb, int64_t sale,
    int64_t version, struct serving *v, struct q_party_row *row)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = db_begin(shop->db, verb)) != 0) {
		return r;
	}
	if ((r = q_serving_fence(shop->db, sale, version,
	    some(&shop->who.session), &n)) == 0 && n == 0) {
		return sale_refused(shop, sale, version);
	}
	if (r != 0 || (r = party_ready(shop, sale, v, row)) != 0) {
		db_rollback(shop->db);
	}
	return r;
}

int
party_again(struct shop *shop, int64_t from, int64_t to, bool discounted)
{
	int64_t	n;
	int	r;

	if ((r = q_party_discounts(shop->db, from, to, &n)) != 0 ||
	    (discounted && (r = q_party_flag(shop->db, to)) != 0) ||
	    (r = sale_discounts_again(shop, from, true)) != 0) {
		return r;
	}
	return sale_discounts_again(shop, to, true);
}

/* The other side of a move: it may be open in another session, which sees
 * that it has changed. */
static int
party_other(struct shop *shop, int64_t sale, struct serving *v,
    struct q_party_row *row, const struct q_party_row *with)
{
	int64_t	n;
	int	r;

	if ((r = party_parts(shop, sale, v, row)) != 0) {
		return r;
	}
	if (row->training != with->training) {
		return err_set(ERR_INVALID, _("practice and real sales stay "
		    "apart"));
	}
	return q_serving_moved_on(shop->db, sale, &n);
}

/* Lines came from a sale that is consumed in another way. */
static int
party_mode(struct shop *shop, int64_t to, const struct q_party_row *row,
    const struct q_party_row *with)
{
	int64_t	changed;

	return row->mode == with->mode ? 0 :
	    sale_mode_put(shop, to, row->mode, &changed);
}

/* Where they sit now may have prices of its own; a sale that sits at no table
 * is asked alone. */
static int
party_prices(struct shop *shop, int64_t sale)
{
	struct q_serving_at	*rows;
	struct serving		 v;
	size_t			 n;
	int			 r;

	if ((r = serving_get(shop, sale, &v)) != 0 || v.table == 0) {
		return r != 0 ? r : sale_prices_again(shop, sale);
	}
	if ((r = q_serving_at(shop->db, v.table, v.training, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = sale_prices_again(shop, rows[i].sale);
	}
	free(rows);
	return r;
}

/* ---- tables ------------------------------------------------------------- */

/* Who comes to a table that was not cleared takes it for clean; tables that
 * were put together for them stay so. */
static int
party_cleaned(struct shop *shop, int64_t table)
{
	struct q_table_get	row;
	int			r = q_table_get(shop->db, table, false, &row);

	return r != 0 || strcmp(row.state, "free") == 0 ? r :
	    table_left(shop, table, "free");
}

/* Of each bill of that table what is being made is for another one. */
static int
party_replaced(struct shop *shop, const struct serving *v, int number)
{
	struct q_serving_at	*rows;
	struct serving		 w;
	char			 name[16];
	size_t			 n;
	int			 r;

	(void)str_fmt(name, sizeof(name), "T%d", number);
	if ((r = q_serving_at(shop->db, v->table, v->training, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = serving_get(shop, rows[i].sale, &w)) == 0) {
			r = kitchen_goes(shop, &w, name, NULL, 0);
		}
	}
	free(rows);
	return r;
}

/* Nobody sits there: all bills of the party go along, under its number. */
static int
party_to_free(struct shop *shop, const struct serving *v, int64_t table,
    int number)
{
	struct q_serving_at	*rows;
	char			 name[64];
	int64_t			 n, part = 0;
	size_t			 count;
	int			 r;

	if ((r = party_replaced(shop, v, number)) != 0 ||
	    (r = q_serving_to(shop->db, v->table, table, v->training,
	    &n)) != 0 ||
	    (r = q_serving_at(shop->db, table, v->training, &rows,
	    &count)) != 0) {
		return r;
	}
	for (size_t i = 0; i < count && r == 0; i++) {
		const char	*slash = strchr(rows[i].name, '/');

		(void)str_fmt(name, sizeof(name), "T%d%s", number,
		    slash == NULL ? "" : slash);
		r = q_serving_name(shop->db, rows[i].sale, name);
		if (r == 0 && rows[i].sale != v->sale) {
			r = q_serving_moved_on(shop->db, rows[i].sale, &part);
		}
	}
	free(rows);
	if (r == 0 && !v->training &&
	    (r = table_left(shop, v->table, "free")) == 0) {
		r = party_cleaned(shop, table);
	}
	return r;
}

/* A tab gets a table of its own. */
static int
party_seated(struct shop *shop, const struct serving *v, int64_t table,
    int number)
{
	char	name[64];
	int	r;

	(void)str_fmt(name, sizeof(name), "T%d", number);
	if ((r = kitchen_goes(shop, v, name, NULL, 0)) != 0 ||
	    (r = q_party_sits(shop->db, v->sale, table)) != 0 ||
	    (r = q_serving_name(shop->db, v->sale, name)) != 0) {
		return r;
	}
	return v->training ? 0 : party_cleaned(shop, table);
}

/* Who comes along from a seat of that sale (0: any) must not eat something:
 * so it is written where they sit now, and the kitchen looks again at *n > 0
 * words. */
static int
party_warned(struct shop *shop, int64_t from, int64_t seat,
    const struct serving *to, int64_t *n)
{
	int	r = q_allergy_follow(shop->db, from, seat, party_of(to), n);

	return r != 0 || *n == 0 ? r : allergy_told(shop, to);
}

/* A dish of that seat comes to another table: where somebody must not eat
 * something it is looked at again. */
static int
party_comes(struct shop *shop, const struct serving *v, int64_t line,
    int64_t seat, const struct serving *to)
{
	char	*words;
	int64_t	 n;
	int	 r;

	if (party_of(v) == party_of(to)) {
		return 0;
	}
	if ((r = party_warned(shop, v->sale, seat, to, &n)) != 0 || n > 0 ||
	    (r = table_allergies(shop, to->sale, &words)) != 0) {
		return r;
	}
	r = words[0] == '\0' ? 0 : kitchen_changed(shop, line);
	free(words);
	return r;
}

static int
party_merge(struct shop *shop, const struct serving *v,
    const struct q_party_row *row, int64_t to)
{
	struct q_party_row	other = { 0 };
	struct serving		w;
	int64_t			n;
	int			r;

	if ((r = party_other(shop, to, &w, &other, row)) != 0 ||
	    (r = discount_settle(shop, v->sale)) != 0 ||
	    (r = q_discount_drop_promos(shop->db, v->sale)) != 0 ||
	    (r = kitchen_goes(shop, v, w.name, NULL, 0)) != 0 ||
	    (r = q_party_all_lines(shop->db, v->sale, to, &n)) != 0 ||
	    (r = party_again(shop, v->sale, to, row->discounted)) != 0 ||
	    (r = party_mode(shop, to, &other, row)) != 0 ||
	    (r = party_warned(shop, v->sale, 0, &w, &n)) != 0 ||
	    (r = q_party_merged(shop->db, v->sale, to,
	    party_of(v) == party_of(&w))) != 0 ||
	    (r = q_party_emptied(shop->db, v->sale, shop_now(), &n)) != 0 ||
	    (r = serving_over(shop, v->sale, "merged")) != 0) {
		return r;
	}
	return serving_note(shop, &(struct serving_note){ .kind = "merged",
	    .sale = to, .table = w.table, .n = v->sale, .words = v->name });
}

/* All bills of their table. */
static int
party_merge_all(struct shop *shop, const struct serving *v,
    const struct q_party_row *row, int64_t to)
{
	struct q_serving_at	*bills;
	struct q_party_row	 other;
	struct serving		 w;
	size_t			 n = 0;
	int			 r = party_merge(shop, v, row, to);

	if (r != 0 || v->table == 0 || (r = q_serving_at(shop->db, v->table,
	    v->training, &bills, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = party_parts(shop, bills[i].sale, &w,
		    &other)) == 0) {
			r = party_merge(shop, &w, &other, to);
		}
	}
	free(bills);
	return r;
}

static int
party_goes(struct shop *shop, const struct serving *v,
    const struct q_party_row *row, int64_t table, int64_t *to)
{
	struct q_table_get	place;
	int			r;

	if ((r = q_table_get(shop->db, table, v->training,
	    &place)) == 0 &&
	    !place.joined_null) {
		table = place.joined;
		r = q_table_get(shop->db, table, v->training, &place);
	}
	if (r != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such table"));
	}
	if (table == v->table) {
		return err_set(ERR_INVALID, _("they sit there already"));
	}
	if (place.open != 0) {
		*to = place.open;
		return party_merge_all(shop, v, row, place.open);
	}
	if (strcmp(place.state, "blocked") == 0) {
		return err_set(ERR_INVALID, _("table %lld is blocked: %s"),
		    (long long)place.number, place.note);
	}
	*to = v->sale;
	r = v->table == 0 ? party_seated(shop, v, table, (int)place.number) :
	    party_to_free(shop, v, table, (int)place.number);
	return r != 0 ? r : serving_note(shop, &(struct serving_note){
	    .kind = "moved", .sale = v->sale, .table = table,
	    .n = v->table, .words = v->name });
}

int
party_move(struct shop *shop, int64_t sale, int64_t *version, int64_t table,
    int64_t *to)
{
	struct q_party_row	row = { 0 };
	struct serving		v;
	char			detail[48];
	int			r;

	*to = 0;
	if ((r = party_begin(shop, "table move", sale, *version, &v,
	    &row)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "table %lld to %lld",
	    (long long)v.table, (long long)table);
	if ((r = party_goes(shop, &v, &row, table, to)) == 0 &&
	    (r = party_prices(shop, *to)) == 0) {
		r = audit_add(shop, "table.move", "sale", sale, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* One line of them, or (0) all of a seat; none: that is said. */
static int
party_picked(struct shop *shop, int64_t sale, int64_t line, int64_t seat,
    struct q_party_seat **rows, size_t *n)
{
	struct q_sale_line_get	l;
	struct q_course_line	x = { 0 };
	int			r;

	*rows = NULL;
	*n = 0;
	if (line == 0) {
		r = q_party_seat(shop->db, sale, seat, rows, n);
		return r != 0 || *n > 0 ? r : err_set(ERR_EMPTY,
		    _("nobody at seat %lld has anything"), (long long)seat);
	}
	if ((r = line_live(shop, sale, line, &l)) != 0 ||
	    (r = q_course_line(shop->db, line, sale, &x)) != 0) {
		return r;
	}
	*rows = xcalloc(1, sizeof(**rows));
	(*rows)[(*n)++] = (struct q_party_seat){ .line = line,
	    .seat = x.seat };
	return 0;
}

/* And what a guest must not eat goes along with what the guest eats. */
static int
party_lines_go(struct shop *shop, const struct serving *v,
    const struct serving *to, const struct q_party_seat *rows, size_t n)
{
	int64_t	*lines = xcalloc(n + 1, sizeof(*lines)), moved;
	int	 r;

	for (size_t i = 0; i < n; i++) {
		lines[i] = rows[i].line;
	}
	r = kitchen_goes(shop, v, to->name, lines, n);
	free(lines);
	for (size_t i = 0; i < n && r == 0; i++) {
		if ((r = q_party_line(shop->db, rows[i].line, v->sale,
		    to->sale, &moved)) != 0 || (r = party_comes(shop, v,
		    rows[i].line, rows[i].seat, to)) != 0) {
			break;
		}
		r = serving_note(shop, &(struct serving_note){
		    .kind = "lines", .sale = to->sale, .table = to->table,
		    .line = rows[i].line, .n = v->sale, .words = v->name });
	}
	return r;
}

int
party_give(struct shop *shop, int64_t sale, int64_t *version, int64_t line,
    int64_t seat, int64_t to)
{
	struct q_party_seat	*rows = NULL;
	struct q_party_row	 row = { 0 }, other = { 0 };
	struct serving		 v, w;
	char			 detail[64];
	size_t			 n = 0;
	int			 r;

	if (sale == to) {
		return err_set(ERR_INVALID, _("it is on that bill already"));
	}
	if ((r = party_begin(shop, "table give", sale, *version, &v,
	    &row)) != 0) {
		return r;
	}
	if ((r = party_picked(shop, sale, line, seat, &rows, &n)) == 0 &&
	    (r = party_other(shop, to, &w, &other, &row)) == 0 &&
	    (r = discount_settle(shop, sale)) == 0 &&
	    (r = q_discount_drop_promos(shop->db, sale)) == 0 &&
	    (r = party_lines_go(shop, &v, &w, rows, n)) == 0 &&
	    (r = party_again(shop, sale, to, row.discounted)) == 0 &&
	    (r = party_mode(shop, to, &other, &row)) == 0 &&
	    (r = party_prices(shop, to)) == 0) {
		(void)str_fmt(detail, sizeof(detail), "%s %lld to %lld",
		    line == 0 ? "seat" : "line", (long long)(line == 0 ?
		    seat : line), (long long)to);
		r = audit_add(shop, "table.give", "sale", sale, detail);
	}
	free(rows);
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}
