/* SPDX-License-Identifier: ISC */
/* Transfers: two movements each way, what is worth leaves with the goods. */
#include "shop/transfer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/sale_part.h"
#include "shop/serial.h"
#include "sql/transfer.h"

static int
transfer_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, "transfer", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "stock");
	return db_commit(shop->db);
}

int
transfer_open(struct shop *shop, int64_t source, int64_t target, int64_t *id)
{
	struct stock_place	p;
	int			r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_TRANSFER)) != 0 ||
	    (r = stock_place_get(shop, target, &p)) != 0 ||
	    (r = stock_place_seen(shop, source)) != 0) {
		return r;
	}
	if (source == target || source == PLACE_UNDER_WAY || !p.active) {
		return err_set(ERR_INVALID, _("goods go from one place to "
		    "another"));
	}
	if ((r = db_begin(shop->db, "transfer add")) != 0) {
		return r;
	}
	return transfer_end(shop, q_transfer_add(shop->db, source, target,
	    shop_now(), some(&shop->who.user), id), "transfer.add", *id, "");
}

int
transfer_get(struct shop *shop, int64_t id, struct transfer *out)
{
	struct q_transfer_get	row;
	int			r;

	*out = (struct transfer){ .id = id };
	if ((r = q_transfer_get(shop->db, id, &row)) == ERR_NOT_FOUND) {
		return err_set(ERR_NOT_FOUND, _("there is no transfer %lld"),
		    (long long)id);
	}
	if (r != 0 || (r = stock_place_get(shop, row.source,
	    &out->source)) != 0 || (r = stock_place_get(shop, row.target,
	    &out->target)) != 0) {
		return r;
	}
	if (stock_place_seen(shop, row.source) != 0 &&
	    (r = stock_place_seen(shop, row.target)) != 0) {
		return r;
	}
	out->made_at = row.made_at;
	out->shipped_at = row.shipped_at_null ? 0 : row.shipped_at;
	out->closed_at = row.closed_at_null ? 0 : row.closed_at;
	out->lines = row.lines;
	out->qty = row.qty;
	out->received = row.received;
	out->settled = row.settled;
	(void)str_copy(out->state, sizeof(out->state), row.state);
	(void)str_copy(out->made_by, sizeof(out->made_by), row.made_by);
	return 0;
}

int
transfer_list(struct shop *shop, bool open, int64_t limit,
    struct transfer **out, size_t *n)
{
	struct q_transfer_list	*rows;
	size_t			 all;
	int			 r;

	*out = NULL;
	*n = 0;
	if ((r = q_transfer_list(shop->db, open, limit, &rows, &all)) != 0) {
		return r;
	}
	*out = xcalloc(all + 1, sizeof(**out));
	for (size_t i = 0; i < all && r == 0; i++) {
		if ((r = transfer_get(shop, rows[i].id, &(*out)[*n])) == 0) {
			(*n)++;
		} else if (r == ERR_DENIED) {
			r = 0;
		}
	}
	free(rows);
	return r;
}

int
transfer_lines(struct shop *shop, int64_t id, struct transfer_line **out,
    size_t *n)
{
	struct q_transfer_lines	*rows;
	int			 r;

	*out = NULL;
	if ((r = q_transfer_lines(shop->db, id, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct transfer_line	*l = &(*out)[i];

		l->id = rows[i].id;
		l->product = rows[i].product;
		l->qty = rows[i].qty;
		l->received = rows[i].received;
		l->settled = rows[i].settled;
		(void)str_copy(l->code, sizeof(l->code), rows[i].code);
		(void)str_copy(l->name, sizeof(l->name), rows[i].name);
		(void)str_copy(l->unit, sizeof(l->unit), rows[i].unit);
		(void)str_copy(l->lot, sizeof(l->lot), rows[i].lot);
		(void)str_copy(l->serial, sizeof(l->serial), rows[i].serial);
	}
	free(rows);
	return 0;
}

/* Is it so far, and the actor's to do? */
static int
transfer_in(struct shop *shop, int64_t id, const char *state, bool target,
    struct transfer *t)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_TRANSFER)) != 0 ||
	    (r = transfer_get(shop, id, t)) != 0 ||
	    (r = stock_place_seen(shop, target ? t->target.id :
	    t->source.id)) != 0) {
		return r;
	}
	if (strcmp(t->state, state) == 0) {
		return 0;
	}
	return err_set(ERR_FROZEN, strcmp(t->state, "draft") == 0 ?
	    _("transfer %lld was not sent so far") :
	    strcmp(t->state, "shipped") == 0 ?
	    _("transfer %lld was sent already") :
	    _("transfer %lld is closed"), (long long)id);
}

/* The same inside a transaction that begins here: whoever was in front of us
 * in the queue may just have sent or closed it. */
static int
transfer_begin(struct shop *shop, int64_t id, const char *state, bool target,
    const char *verb, struct transfer *t)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_TRANSFER)) != 0 ||
	    (r = db_begin(shop->db, verb)) != 0) {
		return r;
	}
	if ((r = transfer_in(shop, id, state, target, t)) != 0) {
		db_rollback(shop->db);
	}
	return r;
}

/* Is the piece, and the lot, in the store it is to leave? */
static int
transfer_there(struct shop *shop, const struct transfer *t,
    const struct product *p, const char *lot, const char *serial)
{
	int	r = serial_moves(shop, p, serial, t->source.id, false);

	return r != 0 || lot[0] == '\0' ? r :
	    stock_lot_there(shop, p, lot, t->source.id);
}

/* The line of a product, or of one piece of it; NULL. */
static const struct transfer_line *
transfer_line_of(const struct transfer_line *lines, size_t n, int64_t product,
    const char *lot, const char *serial)
{
	for (size_t i = 0; i < n; i++) {
		if (lines[i].product == product &&
		    (lot == NULL || strcmp(lines[i].lot, lot) == 0) &&
		    strcmp(lines[i].serial, serial) == 0) {
			return &lines[i];
		}
	}
	return NULL;
}

static int
transfer_line_put(struct shop *shop, int64_t id, const struct product *p,
    int64_t qty, const char *lot, const char *serial)
{
	const struct transfer_line	*line;
	struct transfer_line		*lines;
	size_t				 n;
	int				 r;

	if ((r = transfer_lines(shop, id, &lines, &n)) != 0) {
		return r;
	}
	line = transfer_line_of(lines, n, p->id, lot, serial);
	if (line == NULL && qty > 0) {
		r = q_transfer_line_add(shop->db, id, p->id, lot, serial,
		    qty);
	} else if (line == NULL || line->qty + qty < 0) {
		r = err_set(ERR_RANGE, _("%s: so much is not on it"),
		    p->name);
	} else if (line->qty + qty == 0) {
		r = q_transfer_line_drop(shop->db, line->id);
	} else if (serial[0] != '\0') {
		r = err_set(ERR_EXISTS, _("%s is on it already"), serial);
	} else {
		r = q_transfer_line_set(shop->db, line->id, line->qty + qty);
	}
	free(lines);
	return r;
}

int
transfer_put(struct shop *shop, int64_t id, int64_t product, int64_t qty,
    const char *lot, const char *number)
{
	char		serial[SERIAL_MAX + 1];
	struct transfer	t;
	struct product	p;
	char		detail[64], much[MONEY_TEXT];
	int		r;

	if ((r = product_get(shop, product, &p)) != 0 ||
	    (r = serial_read(number, serial)) != 0) {
		return r;
	}
	if (qty == 0 || qty > STOCK_QTY_MAX || qty < -STOCK_QTY_MAX ||
	    (!p.by_weight && qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: a transfer is a number of "
		    "%s"), p.code, p.unit);
	}
	if ((serial[0] != '\0' && qty != QTY_ONE && qty != -QTY_ONE) ||
	    !utf8_is_clean(lot) || strlen(lot) >= STOCK_LOT) {
		return err_set(ERR_INVALID, _("a serial number is one piece"));
	}
	if ((r = transfer_begin(shop, id, "draft", false, "transfer put",
	    &t)) != 0) {
		return r;
	}
	qty_plain('.', qty, much);
	(void)str_fmt(detail, sizeof(detail), "%s %s", p.code, much);
	if (qty < 0 || (r = transfer_there(shop, &t, &p, lot, serial)) == 0) {
		r = transfer_line_put(shop, id, &p, qty, lot, serial);
	}
	return transfer_end(shop, r, "transfer.put", id, detail);
}

/* Inside the transaction: so much of a line from here to there (below 0:
 * nowhere); what left is what comes, lot by lot, at what it was worth.  What
 * is under way has the lot of its line. */
static int
transfer_move(struct shop *shop, int64_t id, const struct transfer_line *l,
    int64_t from, int64_t to, int64_t qty, enum stock_kind out,
    enum stock_kind in)
{
	const struct stock_entry	e = { .product = l->product,
					    .place = from,
					    .under_way = from ==
					    PLACE_UNDER_WAY,
					    .qty = -qty, .kind = out,
					    .lot = from == PLACE_UNDER_WAY ||
					    l->lot[0] != '\0' ?
					    l->lot : NULL,
					    .serial = l->serial,
					    .doc = "transfer",
					    .doc_id = id };
	struct q_transfer_last		last;
	int				r;

	if ((r = q_transfer_last(shop->db, &last)) != 0 ||
	    (r = stock_write(shop, &e)) != 0 || to < 0) {
		return r;
	}
	return q_transfer_arrives(shop->db, last.id, from, to,
	    stock_kind_name(in));
}

/* Each line of a transfer to fn(), in one transaction. */
static int
transfer_each(struct shop *shop, const struct transfer *t,
    int (*fn)(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l))
{
	struct transfer_line	*lines;
	size_t			 n;
	int			 r;

	if ((r = transfer_lines(shop, t->id, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = fn(shop, t, &lines[i]);
	}
	free(lines);
	return r;
}

/* A line that names no lot becomes one of each that left for it: another
 * transfer of the same item is not opened for it when it comes. */
static int
transfer_line_lots(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l, int64_t last)
{
	struct q_transfer_lots	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_transfer_lots(shop->db, last, &rows, &n)) != 0) {
		return r;
	}
	if (n > 1 || (n == 1 && rows[0].lot[0] != '\0')) {
		r = q_transfer_line_drop(shop->db, l->id);
		for (size_t i = 0; i < n && r == 0; i++) {
			r = q_transfer_line_add(shop->db, t->id, l->product,
			    rows[i].lot, l->serial, rows[i].qty);
		}
	}
	free(rows);
	return r;
}

static int
transfer_ship_line(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l)
{
	struct q_transfer_last	last;
	int			r;

	if ((r = q_transfer_last(shop->db, &last)) != 0 ||
	    (r = transfer_move(shop, t->id, l, t->source.id, PLACE_UNDER_WAY,
	    l->qty, STOCK_SHIP, STOCK_ARRIVE)) != 0 || l->lot[0] != '\0') {
		return r;
	}
	return transfer_line_lots(shop, t, l, last.id);
}

int
transfer_ship(struct shop *shop, int64_t id)
{
	struct transfer	t;
	int64_t		n;
	int		r;

	if ((r = transfer_begin(shop, id, "draft", false, "transfer ship",
	    &t)) != 0) {
		return r;
	}
	if (t.lines == 0) {
		r = err_set(ERR_EMPTY, _("there is nothing on it"));
	} else if ((r = q_transfer_shipped(shop->db, id, shop_now(),
	    some(&shop->who.user), &n)) == 0) {
		r = transfer_each(shop, &t, transfer_ship_line);
	}
	return transfer_end(shop, r, "transfer.ship", id, "");
}

static int
transfer_take(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l, int64_t qty)
{
	int	r;

	if (qty == 0) {
		return 0;
	}
	if ((r = transfer_move(shop, t->id, l, PLACE_UNDER_WAY, t->target.id,
	    qty, STOCK_SHIP, STOCK_ARRIVE)) == 0) {
		r = q_transfer_received(shop->db, l->id, qty);
	}
	return r;
}

/* Over the lines of a product: lots one after the other. */
static int
transfer_take_some(struct shop *shop, const struct transfer *t,
    int64_t product, int64_t qty, const char *serial)
{
	struct transfer_line	*lines;
	size_t			 n;
	int			 r;

	if ((r = transfer_lines(shop, t->id, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0 && qty > 0; i++) {
		int64_t	left = lines[i].qty - lines[i].received -
			    lines[i].settled;

		if (lines[i].product == product &&
		    strcmp(lines[i].serial, serial) == 0) {
			left = left > qty ? qty : left;
			r = transfer_take(shop, t, &lines[i], left);
			qty -= left;
		}
	}
	free(lines);
	return r != 0 || qty == 0 ? r : err_set(ERR_RANGE,
	    _("more came than was sent; take in what was sent and count the "
	    "rest"));
}

int
transfer_receive(struct shop *shop, int64_t id, int64_t product, int64_t qty,
    const char *number)
{
	char		serial[SERIAL_MAX + 1];
	struct transfer	t;
	struct product	p;
	char		detail[64], much[MONEY_TEXT];
	int		r;

	if ((r = product_get(shop, product, &p)) != 0 ||
	    (r = serial_read(number, serial)) != 0) {
		return r;
	}
	if (qty <= 0 || qty > STOCK_QTY_MAX ||
	    (!p.by_weight && qty % QTY_ONE != 0)) {
		return err_set(ERR_RANGE, _("%s: a transfer is a number of "
		    "%s"), p.code, p.unit);
	}
	if ((r = transfer_begin(shop, id, "shipped", true, "transfer receive",
	    &t)) != 0) {
		return r;
	}
	qty_plain('.', qty, much);
	(void)str_fmt(detail, sizeof(detail), "%s %s", p.code, much);
	return transfer_end(shop, transfer_take_some(shop, &t, product, qty,
	    serial), "transfer.receive", id, detail);
}

static int
transfer_take_line(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l)
{
	return transfer_take(shop, t, l, l->qty - l->received - l->settled);
}

static int
transfer_lost_line(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l)
{
	int64_t	left = l->qty - l->received - l->settled;
	int	r;

	if (left == 0) {
		return 0;
	}
	r = transfer_move(shop, t->id, l, PLACE_UNDER_WAY, -1, left,
	    STOCK_LOSS, STOCK_LOSS);
	return r != 0 ? r : q_transfer_settled(shop->db, l->id, left);
}

static int
transfer_back_line(struct shop *shop, const struct transfer *t,
    const struct transfer_line *l)
{
	int64_t	left = l->qty - l->received - l->settled;
	int	r;

	if (left == 0) {
		return 0;
	}
	r = transfer_move(shop, t->id, l, PLACE_UNDER_WAY, t->source.id,
	    left, STOCK_SHIP, STOCK_ARRIVE);
	return r != 0 ? r : q_transfer_settled(shop->db, l->id, left);
}

/* The lines by fn(), then it is closed. */
static int
transfer_finish(struct shop *shop, int64_t id, const char *before,
    const char *state, const char *action, int (*fn)(struct shop *shop,
    const struct transfer *t, const struct transfer_line *l))
{
	struct transfer	t;
	int64_t		n;
	int		r;

	if ((r = transfer_begin(shop, id, before,
	    strcmp(before, "shipped") == 0, action, &t)) != 0) {
		return r;
	}
	if (fn == NULL || (r = transfer_each(shop, &t, fn)) == 0) {
		r = q_transfer_closed(shop->db, id, state, shop_now(),
		    some(&shop->who.user), &n);
	}
	return transfer_end(shop, r, action, id, "");
}

int
transfer_receive_all(struct shop *shop, int64_t id)
{
	return transfer_finish(shop, id, "shipped", "received",
	    "transfer.receive", transfer_take_line);
}

int
transfer_settle(struct shop *shop, int64_t id, bool lost)
{
	return transfer_finish(shop, id, "shipped", "received",
	    "transfer.settle", lost ? transfer_lost_line : transfer_back_line);
}

int
transfer_cancel(struct shop *shop, int64_t id)
{
	return transfer_finish(shop, id, "draft", "cancelled",
	    "transfer.cancel", NULL);
}
