/* SPDX-License-Identifier: ISC */
/* A bill in parts: by item, by share of an item, by seat, by heads.  What was
 * sent stays what was sent; only who pays what is divided. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/party_part.h"
#include "shop/split.h"

static void
divide_done(struct divide *d)
{
	free(d->lines);
	d->lines = NULL;
}

int
divide_begin(struct divide *d, struct shop *shop, const char *verb,
    int64_t sale, int64_t version)
{
	int	r;

	*d = (struct divide){ .shop = shop };
	if ((r = party_begin(shop, verb, sale, version, &d->v,
	    &d->row)) != 0) {
		return r;
	}
	if ((r = discount_settle(shop, sale)) != 0 ||
	    (r = q_discount_drop_promos(shop->db, sale)) != 0 ||
	    (r = q_part_lines(shop->db, sale, &d->lines, &d->n)) != 0) {
		db_rollback(shop->db);
	}
	return r;
}

int
divide_end(struct divide *d, int64_t *version, const char *how, int r)
{
	int64_t	sale = d->v.sale;

	if (r == 0) {
		r = serving_note(d->shop, &(struct serving_note){
		    .kind = "split", .sale = sale, .table = d->v.table,
		    .words = how });
	}
	if (r == 0) {
		r = audit_add(d->shop, "table.split", "sale", sale, how);
	}
	divide_done(d);
	if ((r = sale_end(d->shop, r)) == 0) {
		(*version)++;
	}
	return r;
}

/* A new bill of the same party: "T4/2". */
static int
part_new(struct divide *d, int64_t *part)
{
	struct q_part_all	*rows;
	struct shop		*shop = d->shop;
	unsigned char		 uid[16];
	char			 name[64];
	int64_t			 whole = d->v.whole != 0 ? d->v.whole :
				    d->v.sale;
	size_t			 n, stem = strcspn(d->v.name, "/");
	int64_t			 told;
	int			 r;

	if ((r = q_part_all(shop->db, whole, &rows, &n)) != 0) {
		return r;
	}
	free(rows);
	(void)str_fmt(name, sizeof(name), "%.*s/%zu", (int)(stem < 50 ? stem :
	    50), d->v.name, n + 1);
	randombytes_buf(uid, sizeof(uid));
	if ((r = q_part_open(shop->db, uid, sizeof(uid),
	    some(&shop->who.user), some(&shop->who.terminal),
	    country_of(shop)->tax_added, shop_now(), d->row.training,
	    d->row.mode, name, NULL, part)) != 0) {
		return r;
	}
	/* Whoever pays: the kitchen is told of the guest with every dish. */
	return (r = q_part_serving(shop->db, *part, whole,
	    d->v.sale)) != 0 ? r : q_party_allergies(shop->db, d->v.sale,
	    *part, &told);
}

/* May this line be cut up? */
static int
part_cuttable(const struct q_part_lines *l)
{
	if (strcmp(l->state, "live") != 0 || !l->voucher_null ||
	    !l->parent_null || l->qty <= 0) {
		return err_set(ERR_INVALID, _("%s is not to be divided"),
		    l->label);
	}
	if (l->shares > 1 || !l->part_of_null) {
		return err_set(ERR_INVALID, _("%s is divided already; put the "
		    "bill together first"), l->label);
	}
	return 0;
}

/* "Wine 1/3": a share says so on the ticket, whole pieces do not. */
static void
part_label(const struct q_part_lines *l, int64_t shares, int64_t qty,
    char *out, size_t size)
{
	if (shares > 1 && qty % QTY_ONE != 0) {
		(void)str_fmt(out, size, "%.80s 1/%lld", l->label,
		    (long long)shares);
	} else {
		(void)str_copy(out, size, l->label);
	}
}

/* What is left to pay of a line, and what a hand took off it. */
static int64_t
part_net(const struct q_part_lines *l)
{
	return l->offered ? 0 : l->amount - l->given;
}

static int64_t
part_off(const struct q_part_lines *l)
{
	return l->amount - part_net(l);
}

/*
 * What n parts of some lines, or the n who share them, have of each: n for
 * every line.  What is paid and what is off are divided apart, so that each
 * adds up to the cent.
 */
struct shares {
	int64_t	*qty, *net, *off;
};

static void
shares_new(struct shares *s, size_t lines, size_t n)
{
	s->qty = xcalloc(lines * n + 1, sizeof(*s->qty));
	s->net = xcalloc(lines * n + 1, sizeof(*s->net));
	s->off = xcalloc(lines * n + 1, sizeof(*s->off));
}

static void
shares_done(struct shares *s)
{
	free(s->qty);
	free(s->net);
	free(s->off);
}

/* That of line `at` and those behind it. */
static struct shares
shares_at(const struct shares *s, size_t at, size_t n)
{
	return (struct shares){ .qty = s->qty + at * n,
		.net = s->net + at * n, .off = s->off + at * n };
}

/* What a hand took off line i goes over its parts, lines[0 … n-1] now. */
static int
part_discounts(struct divide *d, size_t i, size_t n, const int64_t *to,
    const int64_t *lines, const int64_t *net, const int64_t *off)
{
	struct shop			*shop = d->shop;
	struct q_discount_by_hand	 row;
	char				 reason[4 * SALE_REASON + 1];
	int64_t				 id;
	int				 r;

	if ((r = q_discount_by_hand(shop->db, d->v.sale, lines[0],
	    &row)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	(void)str_copy(reason, sizeof(reason), row.reason);
	id = row.id;
	if (d->lines[i].offered) {
		for (size_t k = 1; k < n && r == 0; k++) {
			int64_t	new;

			r = q_discount_part(shop->db, id, to[k], lines[k],
			    NULL, RATE_ONE, reason, &new);
		}
		return r;
	}
	r = q_discount_live(shop->db, id, false);
	for (size_t k = 0; k < n && r == 0; k++) {
		r = discount_part(shop, id, k == 0 ? d->v.sale : to[k],
		    lines[k], off[k], net[k] + off[k], reason);
	}
	return r;
}

/*
 * Cut line `at`, with its options, into n: what is left stays, the others go
 * to the sales in to[1 …].  `what` is n for each line, options behind it;
 * shares is 1 where whole pieces are taken.
 */
static int
part_cut(struct divide *d, size_t at, size_t n, const int64_t *to,
    const struct shares *what, int64_t shares)
{
	struct shop	*shop = d->shop;
	char		 label[PRODUCT_NAME];
	int64_t		 id[SPLIT_MOST] = { 0 }, parent[SPLIT_MOST] = { 0 };
	int		 r = 0;

	for (size_t i = at; i < d->n && r == 0 && (i == at ||
	    (!d->lines[i].parent_null && d->lines[i].parent ==
	    d->lines[at].id)); i++) {
		const struct shares	w = shares_at(what, i - at, n);

		part_label(&d->lines[i], i == at ? shares : 1, w.qty[n - 1],
		    label, sizeof(label));
		/* First what is left: a count never falls below nothing. */
		id[0] = d->lines[i].id;
		r = q_part_line_cut(shop->db, id[0], w.qty[0],
		    w.net[0] + w.off[0], label);
		for (size_t k = 1; k < n && r == 0; k++) {
			if ((r = q_part_line_copy(shop->db, id[0], to[k],
			    i == at ? NULL : &parent[k], w.qty[k],
			    w.net[k] + w.off[k], label, &id[k])) == 0 &&
			    (r = q_part_line_choices(shop->db, id[k],
			    id[0])) == 0) {
				r = q_part_line_serving(shop->db, id[k],
				    id[0], shares);
			}
			parent[k] = i == at ? id[k] : parent[k];
		}
		if (r == 0) {
			r = part_discounts(d, i, n, to, id, w.net, w.off);
		}
		if (r == 0 && i == at && shares > 1) {
			r = q_part_line_shares(shop->db, id[0], shares);
		}
	}
	return r;
}

size_t
part_rows(const struct divide *d, size_t at)
{
	size_t	n = 1;

	while (at + n < d->n && !d->lines[at + n].parent_null &&
	    d->lines[at + n].parent == d->lines[at].id) {
		n++;
	}
	return n;
}

static size_t
part_find(const struct divide *d, int64_t line)
{
	size_t	at = 0;

	while (at < d->n && d->lines[at].id != line) {
		at++;
	}
	return at;
}

/* ---- by item ------------------------------------------------------------ */

/* So many pieces of line `at` to that sale. */
static int
take_pieces(struct divide *d, size_t at, int64_t pieces, int64_t part)
{
	size_t		 rows = part_rows(d, at);
	const int64_t	 to[2] = { 0, part };
	struct shares	 s;
	int		 r;

	if ((r = part_cuttable(&d->lines[at])) != 0) {
		return r;
	}
	shares_new(&s, rows, 2);
	for (size_t i = 0; i < rows && r == 0; i++) {
		const struct q_part_lines	*l = &d->lines[at + i];
		const struct shares		 w = shares_at(&s, i, 2);

		w.qty[1] = pieces;
		w.qty[0] = l->qty - pieces;
		if ((r = muldiv(part_net(l), pieces, l->qty,
		    &w.net[1])) == 0) {
			r = muldiv(part_off(l), pieces, l->qty, &w.off[1]);
		}
		w.net[0] = part_net(l) - w.net[1];
		w.off[0] = part_off(l) - w.off[1];
	}
	if (r == 0) {
		r = part_cut(d, at, 2, to, &s, 1);
	}
	shares_done(&s);
	return r;
}

static int
take_one(struct divide *d, const struct bill_pick *pick, int64_t part)
{
	size_t				 at = part_find(d, pick->line);
	const struct q_part_lines	*l = &d->lines[at];
	int64_t				 n;

	if (at == d->n || strcmp(l->state, "live") != 0 ||
	    !l->parent_null) {
		return err_set(ERR_NOT_FOUND, _("this sale has no such "
		    "line"));
	}
	if (pick->qty < 0 || pick->qty > l->qty ||
	    (pick->qty % QTY_ONE != 0 && strcmp(l->unit, "pc") == 0)) {
		return err_set(ERR_RANGE, _("%s: not so many"), l->label);
	}
	return pick->qty != 0 && pick->qty != l->qty ?
	    take_pieces(d, at, pick->qty, part) :
	    q_party_line(d->shop->db, l->id, d->v.sale, part, &n);
}

/* Something has to be left on the first bill. */
static int
take_leaves(struct divide *d)
{
	struct q_party_row	row;
	int			r;

	if ((r = q_party_row(d->shop->db, d->v.sale, &row)) != 0) {
		return r;
	}
	return row.lines > 0 ? 0 : err_set(ERR_INVALID, _("nothing would be "
	    "left on the bill; pay it as it is"));
}

int
bill_take(struct shop *shop, int64_t sale, int64_t *version,
    const struct bill_pick *picks, size_t n, int64_t *part)
{
	struct q_party_row	row;
	struct serving		w;
	struct divide		d;
	int64_t			id = *part, moved;
	int			r;

	if ((r = divide_begin(&d, shop, "bill take", sale, *version)) != 0) {
		return r;
	}
	if (id == 0) {
		r = part_new(&d, &id);
	} else if ((r = party_parts(shop, id, &w, &row)) == 0) {
		r = q_serving_moved_on(shop->db, id, &moved);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = take_one(&d, &picks[i], id);
	}
	if (r == 0 && (r = take_leaves(&d)) == 0) {
		r = party_again(shop, sale, id, d.row.discounted);
	}
	if ((r = divide_end(&d, version, "items", r)) == 0) {
		*part = id;
	}
	return r;
}

/* ---- by share ----------------------------------------------------------- */

/* Line `at` in equal shares; to[k] is where the k-th goes. */
static int
share_line(struct divide *d, size_t at, int n, const int64_t *to,
    const struct shares *s)
{
	size_t		 rows = part_rows(d, at), count = (size_t)n;
	int		 r;

	if ((r = part_cuttable(&d->lines[at])) != 0) {
		return r;
	}
	for (size_t i = 0; i < rows && r == 0; i++) {
		r = split_equal(d->lines[at + i].qty, n,
		    &s->qty[i * count]);
	}
	if (r == 0 && s->qty[rows * count - 1] == 0) {
		r = err_set(ERR_RANGE, _("%s is too little for so many "
		    "shares"), d->lines[at].label);
	}
	return r != 0 ? r : part_cut(d, at, count, to, s, n);
}

/* What each of n has of `rows` lines from `at` on, of those that are `shared`
 * (NULL: all): what is left over goes round. */
static int
shares_heads(const struct divide *d, size_t at, size_t rows, int n,
    bool (*shared)(const struct q_part_lines *l), struct shares *s)
{
	int64_t	*net = xcalloc(rows + 1, sizeof(*net));
	int64_t	*off = xcalloc(rows + 1, sizeof(*off));
	int	 r;

	shares_new(s, rows, (size_t)n);
	for (size_t i = 0; i < rows; i++) {
		const struct q_part_lines	*l = &d->lines[at + i];

		if (shared == NULL || shared(l)) {
			net[i] = part_net(l);
			off[i] = part_off(l);
		}
	}
	if ((r = split_rates(net, rows, n, s->net)) == 0) {
		r = split_rates(off, rows, n, s->off);
	}
	free(net);
	free(off);
	return r;
}

static int
shares_check(int n)
{
	return n >= 2 && n <= SPLIT_MOST ? 0 : err_set(ERR_RANGE,
	    _("a split is in 2 to %d parts"), SPLIT_MOST);
}

int
bill_share(struct shop *shop, int64_t sale, int64_t *version, int64_t line,
    int shares)
{
	int64_t		 to[SPLIT_MOST];
	struct divide	 d;
	struct shares	 s;
	size_t		 at, rows;
	int		 r;

	if ((r = shares_check(shares)) != 0 ||
	    (r = divide_begin(&d, shop, "bill share", sale,
	    *version)) != 0) {
		return r;
	}
	at = part_find(&d, line);
	rows = at < d.n ? part_rows(&d, at) : 0;
	if (rows == 0) {
		return divide_end(&d, version, "", err_set(ERR_NOT_FOUND,
		    _("this sale has no such line")));
	}
	for (int i = 0; i < shares; i++) {
		to[i] = sale;
	}
	if ((r = shares_heads(&d, at, rows, shares, NULL, &s)) == 0 &&
	    (r = share_line(&d, at, shares, to, &s)) == 0) {
		r = sale_discounts_again(shop, sale, true);
	}
	shares_done(&s);
	return divide_end(&d, version, "share", r);
}

/* New bills in to[1 … n-1]; the first is the one that is divided. */
static int
parts_new(struct divide *d, int n, int64_t *to)
{
	int	r = 0;

	to[0] = d->v.sale;
	for (int i = 1; i < n && r == 0; i++) {
		r = part_new(d, &to[i]);
	}
	return r;
}

static int
parts_again(struct divide *d, int n, const int64_t *to)
{
	int	r = 0;

	for (int i = 1; i < n && r == 0; i++) {
		r = party_again(d->shop, d->v.sale, to[i],
		    d->row.discounted);
	}
	return r;
}

/* What each pays of each line. */
static int
heads_lines(struct divide *d, int n, const int64_t *to)
{
	struct shares	s;
	int		r = shares_heads(d, 0, d->n, n, NULL, &s);

	for (size_t i = 0; i < d->n && r == 0; i++) {
		const struct shares	w = shares_at(&s, i, (size_t)n);

		/* Taken back lines make nothing; they stay where they are. */
		if (d->lines[i].parent_null &&
		    strcmp(d->lines[i].state, "live") == 0) {
			r = share_line(d, i, n, to, &w);
		}
	}
	shares_done(&s);
	return r;
}

int
bill_heads(struct shop *shop, int64_t sale, int64_t *version, int heads)
{
	int64_t		to[SPLIT_MOST];
	struct divide	d;
	char		how[24];
	int		r;

	if ((r = shares_check(heads)) != 0 ||
	    (r = divide_begin(&d, shop, "bill heads", sale,
	    *version)) != 0) {
		return r;
	}
	(void)str_fmt(how, sizeof(how), "heads %d", heads);
	if (d.n == 0) {
		r = err_set(ERR_EMPTY, _("there is nothing to divide"));
	}
	if (r == 0 && (r = parts_new(&d, heads, to)) == 0 &&
	    (r = heads_lines(&d, heads, to)) == 0) {
		r = parts_again(&d, heads, to);
	}
	return divide_end(&d, version, how, r);
}

/* ---- by seat ------------------------------------------------------------ */

/* The seats that have something, in order. */
static int
seats_of(const struct divide *d, int64_t *seat)
{
	int	n = 0;

	for (int64_t s = 1; s <= TABLE_SEATS && n < SPLIT_MOST; s++) {
		for (size_t i = 0; i < d->n; i++) {
			if (d->lines[i].seat == s && d->lines[i].parent_null &&
			    strcmp(d->lines[i].state, "live") == 0) {
				seat[n++] = s;
				break;
			}
		}
	}
	return n;
}

static bool
seat_none(const struct q_part_lines *l)
{
	return l->seat == 0;
}

static int
seats_lines(struct divide *d, int n, const int64_t *seat, const int64_t *to)
{
	struct shares	s;
	int64_t		moved;
	int		r = shares_heads(d, 0, d->n, n, seat_none, &s);

	for (size_t i = 0; i < d->n && r == 0; i++) {
		const struct q_part_lines	*l = &d->lines[i];
		const struct shares		 w = shares_at(&s, i,
						    (size_t)n);

		if (!l->parent_null || strcmp(l->state, "live") != 0) {
			continue;
		}
		if (l->seat == 0) {
			r = share_line(d, i, n, to, &w);
			continue;
		}
		for (int k = 1; k < n && r == 0; k++) {
			if (seat[k] == l->seat) {
				r = q_party_line(d->shop->db, l->id,
				    d->v.sale, to[k], &moved);
			}
		}
	}
	shares_done(&s);
	return r;
}

int
bill_seats(struct shop *shop, int64_t sale, int64_t *version, int *parts)
{
	int64_t		to[SPLIT_MOST], seat[SPLIT_MOST];
	struct divide	d;
	int		r;

	*parts = 0;
	if ((r = divide_begin(&d, shop, "bill seats", sale,
	    *version)) != 0) {
		return r;
	}
	if ((*parts = seats_of(&d, seat)) < 2) {
		r = err_set(ERR_EMPTY, _("no two seats have something; :seat "
		    "says whose a line is"));
	}
	if (r == 0 && (r = parts_new(&d, *parts, to)) == 0 &&
	    (r = seats_lines(&d, *parts, seat, to)) == 0) {
		r = parts_again(&d, *parts, to);
	}
	return divide_end(&d, version, "seats", r);
}
