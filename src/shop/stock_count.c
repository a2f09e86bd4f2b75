/* SPDX-License-Identifier: ISC */
/* Counting: what is expected is what was frozen and what moved until an item
 * was counted, so that the shop need not stop (J06). */
#include "shop/stock_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/sale_part.h"
#include "shop/serial.h"
#include "shop/stock.h"
#include "shop/stock_count_part.h"
#include "sql/stock_count.h"

static const char *const count_kinds[COUNT_KIND_COUNT] = {
#define X(id, name, text) [COUNT_##id] = name,
	COUNT_KINDS(X)
#undef X
};

int
count_kind_find(const char *name, enum count_kind *out)
{
	for (*out = 0; *out < COUNT_KIND_COUNT; (*out)++) {
		if (strcmp(count_kinds[*out], name) == 0) {
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("a count is full, rolling or part"));
}

int
count_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, "count", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "stock");
	return db_commit(shop->db);
}

/* ---- opening ------------------------------------------------------------ */

/* What is due of a rolling count: a year's sales are read for it, which no till
 * waits for. */
struct count_due {
	struct q_stock_count_due	*rows;
	size_t				 n;
};

/* Inside the transaction. */
static int
count_fill(struct shop *shop, enum count_kind kind, int64_t place,
    const char *category, const struct count_due *due, int64_t id)
{
	int64_t	n = 1;
	int	r = 0;

	if (kind == COUNT_FULL) {
		r = q_stock_count_all(shop->db, id, place, &n);
	} else if (kind == COUNT_ROLLING) {
		n = (int64_t)due->n;
		for (size_t i = 0; i < due->n && r == 0; i++) {
			r = q_stock_count_take(shop->db, id,
			    due->rows[i].product, place);
		}
	} else if (category[0] != '\0') {
		r = q_stock_count_category(shop->db, id, place, category, &n);
	}
	return r != 0 || n > 0 ? r :
	    err_set(ERR_EMPTY, _("nothing is to be counted there"));
}

int
count_open(struct shop *shop, enum count_kind kind, int64_t place, bool blind,
    const char *category, int64_t limit, int64_t *id)
{
	struct count_due	due = { .n = 0 };
	int			r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_ADJUST)) != 0 ||
	    (place == 0 && (r = stock_place_here(shop, &place)) != 0) ||
	    (r = stock_place_seen(shop, place)) != 0 ||
	    (kind == COUNT_ROLLING && (r = q_stock_count_due(shop->db, place,
	    shop_now(), limit <= 0 ? -1 : limit, &due.rows, &due.n)) != 0)) {
		return r;
	}
	if ((r = db_begin(shop->db, "count open")) != 0) {
		free(due.rows);
		return r;
	}
	if ((r = q_stock_count_open(shop->db, count_kinds[kind], place, blind,
	    shop_now(), some(&shop->who.user), id)) == ERR_EXISTS) {
		r = err_set(ERR_EXISTS, _("a count is open there; close or "
		    "cancel it first"));
	}
	if (r == 0) {
		r = count_fill(shop, kind, place, category, &due, *id);
	}
	free(due.rows);
	return count_end(shop, r, "count.open", *id, count_kinds[kind]);
}

/* ---- looking ------------------------------------------------------------ */

int
count_glance(struct shop *shop, int64_t id, struct stock_count *out)
{
	struct q_stock_count_get	row;
	struct q_stock_count_progress	sums;
	int				r;

	*out = (struct stock_count){ .id = id };
	if ((r = q_stock_count_get(shop->db, id, &row)) == ERR_NOT_FOUND) {
		return err_set(ERR_NOT_FOUND, _("there is no count %lld"),
		    (long long)id);
	}
	if (r != 0 || (r = stock_place_seen(shop, row.place)) != 0) {
		return r;
	}
	out->place = row.place;
	out->opened_at = row.opened_at;
	out->closed_at = row.closed_at_null ? 0 : row.closed_at;
	out->round = (int)row.round;
	out->blind = row.blind;
	(void)str_copy(out->kind, sizeof(out->kind), row.kind);
	(void)str_copy(out->state, sizeof(out->state), row.state);
	(void)str_copy(out->place_name, sizeof(out->place_name), row.name);
	(void)str_copy(out->opened_by, sizeof(out->opened_by),
	    row.opened_by);
	if ((r = q_stock_count_progress(shop->db, id, &sums)) == 0) {
		out->items = sums.items;
		out->counted = sums.counted;
	}
	return r;
}

int
count_get(struct shop *shop, int64_t id, struct stock_count *out)
{
	struct q_stock_count_sums	sums;
	struct q_stock_count_totals	done;
	int				r;

	if ((r = count_glance(shop, id, out)) != 0) {
		return r;
	}
	if (strcmp(out->state, "done") == 0) {
		if ((r = q_stock_count_totals(shop->db, id, &done)) == 0) {
			out->counted = done.counted;
			out->differ = done.differ;
			out->value = done.value;
		}
	} else if ((r = q_stock_count_sums(shop->db, id, &sums)) == 0) {
		out->counted = sums.counted;
		out->differ = sums.differ;
	}
	return r;
}

int
count_of_place(struct shop *shop, int64_t place, int64_t *id)
{
	struct q_stock_count_of_place	row;
	int				r;

	*id = 0;
	if (place == 0 && (r = stock_place_here(shop, &place)) != 0) {
		return r;
	}
	if ((r = q_stock_count_of_place(shop->db, place, &row)) == 0) {
		*id = row.id;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("no count is open here"));
}

int
count_list(struct shop *shop, int64_t limit, struct stock_count **out,
    size_t *n)
{
	struct q_stock_count_list	*rows;
	size_t				 all;
	int				 r;

	*out = NULL;
	*n = 0;
	if ((r = q_stock_count_list(shop->db, limit, &rows, &all)) != 0) {
		return r;
	}
	*out = xcalloc(all + 1, sizeof(**out));
	for (size_t i = 0; i < all && r == 0; i++) {
		if ((r = count_get(shop, rows[i].id, &(*out)[*n])) == 0) {
			(*n)++;
		} else if (r == ERR_DENIED) {
			r = 0;
		}
	}
	free(rows);
	return r;
}

int
count_rows(struct shop *shop, int64_t id, enum count_which which,
    const char *after, size_t limit, struct count_row *out, size_t *n)
{
	static const enum q_stock_count_rows_which picks[] = {
		[COUNT_ALL] = Q_STOCK_COUNT_ROWS_WHICH_ALL,
		[COUNT_LEFT] = Q_STOCK_COUNT_ROWS_WHICH_LEFT,
		[COUNT_DIFFER] = Q_STOCK_COUNT_ROWS_WHICH_DIFFER,
		[COUNT_AGAIN] = Q_STOCK_COUNT_ROWS_WHICH_AGAIN,
	};
	struct q_stock_count_rows	*rows;
	int				 r;

	*n = 0;
	if ((r = q_stock_count_rows(shop->db, picks[which], id, after,
	    (int64_t)limit, &rows, n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < *n; i++) {
		out[i] = (struct count_row){ .product = rows[i].product,
		    .frozen = rows[i].frozen, .expected = rows[i].expected,
		    .was_counted = !rows[i].counted_null,
		    .round = (int)rows[i].round };
		out[i].counted = rows[i].counted_null ? 0 : rows[i].counted;
		(void)str_copy(out[i].code, sizeof(out[i].code),
		    rows[i].code);
		(void)str_copy(out[i].name, sizeof(out[i].name),
		    rows[i].name);
		(void)str_copy(out[i].unit, sizeof(out[i].unit),
		    rows[i].unit);
	}
	free(rows);
	return 0;
}

int
count_latest(struct shop *shop, int64_t id, size_t limit,
    struct count_entry *out, size_t *n)
{
	struct q_stock_count_latest	*rows;
	int				 r;

	*n = 0;
	if ((r = q_stock_count_latest(shop->db, id, (int64_t)limit, &rows,
	    n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < *n; i++) {
		out[i] = (struct count_entry){ .id = rows[i].id,
		    .product = rows[i].product, .qty = rows[i].qty,
		    .at = rows[i].at, .total = rows[i].total,
		    .expected = rows[i].expected };
		(void)str_copy(out[i].code, sizeof(out[i].code),
		    rows[i].code);
		(void)str_copy(out[i].name, sizeof(out[i].name),
		    rows[i].name);
		(void)str_copy(out[i].unit, sizeof(out[i].unit),
		    rows[i].unit);
		(void)str_copy(out[i].user, sizeof(out[i].user),
		    rows[i].user);
	}
	free(rows);
	return 0;
}

/* ---- counting ----------------------------------------------------------- */

static const char *
count_text(const char *text)
{
	return text == NULL ? "" : text;
}

int
count_is_open(struct shop *shop, int64_t id, struct stock_count *c)
{
	int	r = count_glance(shop, id, c);

	if (r == 0 && strcmp(c->state, "open") != 0) {
		return err_set(ERR_FROZEN, strcmp(c->state, "closing") == 0 ?
		    _("count %lld is being closed") :
		    _("count %lld is closed"), (long long)id);
	}
	return r;
}

/* A number is one piece, counted once, and of this place. */
static int
count_serial(struct shop *shop, int64_t id, const struct product *p,
    int64_t qty, int64_t round, const char *serial)
{
	struct q_stock_count_serial	row;
	int				r;

	if (!p->serials) {
		return serial[0] == '\0' ? 0 : err_set(ERR_INVALID,
		    _("%s has no serial numbers"), p->name);
	}
	if (serial[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s: each piece is counted by its "
		    "number"), p->name);
	}
	if (qty != QTY_ONE && qty != -QTY_ONE) {
		return err_set(ERR_INVALID, _("a serial number is one piece"));
	}
	if ((r = q_stock_count_serial(shop->db, id, p->id, round, serial,
	    &row)) != 0) {
		return r;
	}
	if (row.place[0] != '\0') {
		return err_set(ERR_EXISTS, _("no. %s is in %s, says the stock; "
		    "transfer it"), serial, row.place);
	}
	return (row.qty > 0) == (qty < 0) ? 0 : err_set(ERR_EXISTS,
	    qty > 0 ? _("no. %s is counted already") :
	    _("no. %s is not counted"), serial);
}

int
count_put(struct shop *shop, int64_t id, const struct product *p, int64_t qty,
    bool total, const struct count_piece *piece, int64_t *sum)
{
	struct q_stock_count_item	item;
	char				serial[SERIAL_MAX + 1];
	int64_t				counted, entry;
	int				r;

	if ((r = serial_read(piece->serial, serial)) != 0) {
		return r;
	}
	if ((r = q_stock_count_item(shop->db, id, p->id,
	    &item)) == ERR_NOT_FOUND) {
		if ((r = q_stock_count_item_add(shop->db, id, p->id)) == 0) {
			r = q_stock_count_item(shop->db, id, p->id, &item);
		}
	}
	if (r != 0) {
		return r;
	}
	counted = item.counted_null ? 0 : item.counted;
	if (total) {
		qty -= counted;
	}
	if ((r = count_serial(shop, id, p, qty, item.round, serial)) != 0) {
		return r;
	}
	*sum = counted + qty;
	if (*sum < 0 || *sum > STOCK_QTY_MAX) {
		return err_set(ERR_RANGE, _("%s: that would leave less than "
		    "nothing counted"), p->name);
	}
	return q_stock_count_enter(shop->db, id, p->id, qty, item.round,
	    shop_now(), some(&shop->who.user), some(&shop->who.terminal),
	    count_text(piece->lot), count_text(piece->expiry), serial,
	    &entry);
}

int
count_kept(struct shop *shop, const struct product *p)
{
	bool	made;
	int	r = stock_made(shop, p, &made);

	return r != 0 || !made ? r : err_set(ERR_INVALID, _("%s is made when "
	    "it is sold: count what it is made of"), p->name);
}

int
count_allowed(const struct product *p, int64_t qty,
    const struct count_piece *piece)
{
	if ((p->choices & PRODUCT_VARIANTS) != 0 || p->kind != PRODUCT_ITEM) {
		return err_set(ERR_INVALID, _("%s is not counted itself"),
		    p->name);
	}
	if (qty > STOCK_QTY_MAX || qty < -STOCK_QTY_MAX ||
	    (!p->by_weight && qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: a count is a number of %s"),
		    p->code, p->unit);
	}
	if (strlen(count_text(piece->lot)) >= STOCK_LOT ||
	    !utf8_is_clean(count_text(piece->lot))) {
		return err_set(ERR_INVALID, _("the lot is no clean text"));
	}
	return count_text(piece->expiry)[0] == '\0' ? 0 :
	    clock_day_check(piece->expiry);
}

static int
count_say(struct shop *shop, int64_t id, int64_t product, int64_t qty,
    bool total, const struct count_piece *piece, int64_t *sum)
{
	struct stock_count	c;
	struct product		p;
	char			detail[64], much[MONEY_TEXT];
	int			r;

	*sum = 0;
	if ((r = shop_require(shop, RIGHT_COUNT_STOCK)) != 0 ||
	    (r = count_is_open(shop, id, &c)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0) {
		return r;
	}
	if ((r = count_allowed(&p, qty, piece)) != 0 ||
	    (r = count_kept(shop, &p)) != 0) {
		return r;
	}
	if ((r = db_begin(shop->db, "count")) != 0) {
		return r;
	}
	qty_plain('.', qty, much);
	(void)str_fmt(detail, sizeof(detail), "%s %s", p.code, much);
	return count_end(shop, count_put(shop, id, &p, qty, total, piece,
	    sum),
	    "count.enter", id, detail);
}

int
count_enter(struct shop *shop, int64_t id, int64_t product, int64_t qty,
    int64_t *total)
{
	return count_say(shop, id, product, qty, false,
	    &(struct count_piece){ .lot = "" }, total);
}

int
count_enter_piece(struct shop *shop, int64_t id, int64_t product, int64_t qty,
    const struct count_piece *piece, int64_t *total)
{
	return count_say(shop, id, product, qty, false, piece, total);
}

int
count_total(struct shop *shop, int64_t id, int64_t product, int64_t total)
{
	int64_t	sum;

	return count_say(shop, id, product, total, true,
	    &(struct count_piece){ .lot = "" }, &sum);
}
