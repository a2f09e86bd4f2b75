/* SPDX-License-Identifier: ISC */
/* What promotions take off: pure, from lines to amounts (promo.h has the
 * rule). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/promo.h"

/* Pieces of one line, all of one value. */
struct run {
	size_t	line;
	int64_t	count, value;		/* pieces; of the line as it is now */
};

/* One way of doing it all, while it is being tried. */
struct plan {
	const struct promo	*promo;
	size_t			 npromos;
	const struct promo_sale	*sale;
	const unsigned char	*part;	/* [promo][line]: 0 none, else part */
	int64_t			*left;	/* of each line */
	bool			*taken;	/* by one that stands alone */
	bool			*done;	/* promotions that had their turn */
	/* What one promotion did. */
	int64_t			*cut;
	bool			*used;
	int64_t			 saved;
	struct run		*run;
	int64_t			*weight, *share;
	struct promo_cuts	 out;
};

static unsigned char
plan_part(const struct plan *p, size_t promo, size_t line)
{
	return p->part[promo * p->sale->nlines + line];
}

/* A line this promotion may look at now. */
static bool
plan_open(const struct plan *p, size_t promo, size_t line)
{
	return plan_part(p, promo, line) != 0 && !p->taken[line] &&
	    p->left[line] > 0;
}

static int
plan_percent(struct plan *p, size_t at)
{
	int	r = 0;

	for (size_t i = 0; i < p->sale->nlines && r == 0; i++) {
		if (plan_open(p, at, i)) {
			r = muldiv(p->left[i], p->promo[at].percent, RATE_ONE,
			    &p->cut[i]);
			p->used[i] = true;
		}
	}
	return r;
}

static int
plan_amount(struct plan *p, size_t at)
{
	int	r = 0;

	for (size_t i = 0; i < p->sale->nlines && r == 0; i++) {
		if (plan_open(p, at, i)) {
			r = muldiv(p->promo[at].amount, p->sale->line[i].qty,
			    QTY_ONE, &p->cut[i]);
			if (p->cut[i] > p->left[i]) {
				p->cut[i] = p->left[i];
			}
			p->used[i] = true;
		}
	}
	return r;
}

static int
run_order(const void *a, const void *b)
{
	const struct run	*x = a, *y = b;
	__extension__ typedef __int128 wide;
	wide			 vx = (wide)x->value * y->count;
	wide			 vy = (wide)y->value * x->count;

	if (vx != vy) {
		return vx > vy ? -1 : 1;
	}
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The pieces of one part (0: of all), dearest first. */
static size_t
plan_runs(struct plan *p, size_t at, int part, struct run *run,
    int64_t *pieces)
{
	size_t	n = 0;

	*pieces = 0;
	for (size_t i = 0; i < p->sale->nlines; i++) {
		if (!plan_open(p, at, i) || !p->sale->line[i].pieces ||
		    (part != 0 && plan_part(p, at, i) != part)) {
			continue;
		}
		run[n].line = i;
		run[n].count = p->sale->line[i].qty / QTY_ONE;
		run[n].value = p->left[i];
		*pieces += run[n++].count;
	}
	qsort(run, n, sizeof(*run), run_order);
	return n;
}

/* Of the first x pieces in groups of n, those past the m dearest of each. */
static int64_t
past(int64_t x, int64_t n, int64_t m)
{
	return x / n * (n - m) + (x % n > m ? x % n - m : 0);
}

/* n for m, and the second at less: of each whole group the cheapest pieces
 * by `percent`. */
static int
plan_groups(struct plan *p, size_t at, int64_t n, int64_t m, int64_t percent)
{
	int64_t	pieces, groups, begin = 0;
	size_t	runs = plan_runs(p, at, 0, p->run, &pieces);
	int	r = 0;

	groups = pieces / n;
	if (p->promo[at].times > 0 && groups > p->promo[at].times) {
		groups = p->promo[at].times;
	}
	for (size_t i = 0; i < runs && begin < groups * n && r == 0; i++) {
		const struct run	*x = &p->run[i];
		int64_t			 end = begin + x->count, cut;

		if (end > groups * n) {
			end = groups * n;
		}
		if ((r = muldiv(x->value, past(end, n, m) -
		    past(begin, n, m), x->count, &cut)) == 0) {
			r = muldiv(cut, percent, RATE_ONE, &p->cut[x->line]);
		}
		p->used[x->line] = true;
		begin += x->count;
	}
	return r;
}

/* The pieces begin … begin + n of sorted runs: their value, added to weight
 * of each line too. */
static int
plan_slice(struct plan *p, const struct run *run, size_t runs, int64_t begin,
    int64_t n, int64_t *sum)
{
	int64_t	at = 0, end = begin + n, value;
	int	r = 0;

	for (size_t i = 0; i < runs && at < end && r == 0; i++) {
		int64_t	lo = at > begin ? at : begin;
		int64_t	hi = at + run[i].count < end ? at + run[i].count :
			    end;

		if (hi > lo && (r = muldiv(run[i].value, hi - lo,
		    run[i].count, &value)) == 0) {
			p->weight[run[i].line] += value;
			*sum += value;
		}
		at += run[i].count;
	}
	return r;
}

/* How many pieces of a part make a set. */
static int64_t
promo_part_qty(const struct promo *promo, int part)
{
	for (size_t i = 0; i < promo->nitems; i++) {
		if (promo->item[i].part == part) {
			return promo->item[i].qty;
		}
	}
	return 0;
}

/*
 * Sets of the dearest pieces of each part, as long as one comes cheaper for
 * its price; what they save is spread over their pieces' lines.
 */
static int
plan_bundle(struct plan *p, size_t at)
{
	const struct promo	*promo = &p->promo[at];
	struct run		*run[PROMO_ITEMS];
	size_t			 runs[PROMO_ITEMS], n = p->sale->nlines;
	int64_t			 sets = promo->times > 0 ? promo->times :
				    INT64_MAX;
	int			 parts = 0, r = 0;

	while (parts < PROMO_ITEMS && promo_part_qty(promo, parts + 1) > 0) {
		int64_t	pieces, qty = promo_part_qty(promo, parts + 1);

		run[parts] = p->run + (size_t)parts * n;
		runs[parts] = plan_runs(p, at, parts + 1, run[parts],
		    &pieces);
		sets = pieces / qty < sets ? pieces / qty : sets;
		parts++;
	}
	memset(p->weight, 0, n * sizeof(*p->weight));
	for (int64_t s = 0; parts > 0 && s < sets && r == 0; s++) {
		int64_t	sum = 0;

		memcpy(p->share, p->weight, n * sizeof(*p->share));
		for (int i = 0; i < parts && r == 0; i++) {
			int64_t	qty = promo_part_qty(promo, i + 1);

			r = plan_slice(p, run[i], runs[i], s * qty, qty,
			    &sum);
		}
		if (sum <= promo->amount) {	/* and so are all that follow */
			memcpy(p->weight, p->share, n * sizeof(*p->share));
			break;
		}
		p->saved += sum - promo->amount;
	}
	if (r != 0 || p->saved == 0) {
		return r;
	}
	if ((r = money_spread(p->saved, p->weight, n, p->cut)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		p->used[i] = p->weight[i] > 0;
	}
	return 0;
}

static int
plan_threshold(struct plan *p, size_t at)
{
	const struct promo	*promo = &p->promo[at];
	size_t			 n = p->sale->nlines;
	int64_t			 sum = 0, off;
	int			 r;

	for (size_t i = 0; i < n; i++) {
		p->used[i] = plan_open(p, at, i);
		p->weight[i] = p->used[i] ? p->left[i] : 0;
		sum += p->weight[i];
	}
	if (sum == 0 || sum < promo->threshold) {
		memset(p->used, 0, n * sizeof(*p->used));
		return 0;
	}
	off = promo->amount < sum ? promo->amount : sum;
	if (promo->percent > 0 && (r = muldiv(sum, promo->percent, RATE_ONE,
	    &off)) != 0) {
		return r;
	}
	return money_spread(off, p->weight, n, p->cut);
}

/* What it would take off now, into cut, used and saved. */
static int
plan_try(struct plan *p, size_t at)
{
	const struct promo	*promo = &p->promo[at];
	size_t			 n = p->sale->nlines;
	int			 r = ERR_BUG;

	memset(p->cut, 0, n * sizeof(*p->cut));
	memset(p->used, 0, n * sizeof(*p->used));
	p->saved = 0;
	switch (promo->kind) {
	case PROMO_PERCENT:
		r = plan_percent(p, at);
		break;
	case PROMO_AMOUNT:
		r = plan_amount(p, at);
		break;
	case PROMO_N_FOR_M:
		r = plan_groups(p, at, promo->n, promo->m, RATE_ONE);
		break;
	case PROMO_SECOND:
		r = plan_groups(p, at, 2, 1, promo->percent);
		break;
	case PROMO_BUNDLE:
		r = plan_bundle(p, at);
		break;
	case PROMO_THRESHOLD:
		r = plan_threshold(p, at);
		break;
	case PROMO_KIND_COUNT:
		break;
	}
	p->saved = 0;
	for (size_t i = 0; i < n; i++) {
		if (p->cut[i] > p->left[i]) {	/* parts of it were rounded */
			p->cut[i] = p->left[i];
		}
		p->saved += p->cut[i];
	}
	return r;
}

/* What was tried last is done. */
static void
plan_do(struct plan *p, size_t at)
{
	struct promo_cuts	*out = &p->out;
	bool			 whole = p->promo[at].kind == PROMO_THRESHOLD;
	size_t			 n = p->sale->nlines;

	p->done[at] = true;
	if (p->saved == 0) {
		return;
	}
	out->cut = xrealloc(out->cut, out->n + n + 1, sizeof(*out->cut));
	for (size_t i = 0; i < n; i++) {
		p->taken[i] |= p->promo[at].alone && p->used[i];
		p->left[i] -= p->cut[i];
		out->off[i] += p->cut[i];
		out->total += p->cut[i];
		if (p->cut[i] > 0 && !whole) {
			out->cut[out->n++] = (struct promo_cut){
				.promo = at,
				.line = (int)i,
				.amount = p->cut[i],
			};
		}
	}
	if (whole) {
		out->cut[out->n++] = (struct promo_cut){
			.promo = at,
			.line = -1,
			.amount = p->saved,
		};
	}
}

/* The rest of those that stand alone, the one that saves most first. */
static int
plan_greedy(struct plan *p)
{
	int	r = 0;

	for (;;) {
		size_t	best = p->npromos;
		int64_t	most = 0;

		for (size_t i = 0; i < p->npromos && r == 0; i++) {
			if (!p->promo[i].alone || p->done[i]) {
				continue;
			}
			r = plan_try(p, i);
			if (p->saved > most) {
				most = p->saved;
				best = i;
			}
		}
		if (r != 0 || best == p->npromos ||
		    (r = plan_try(p, best)) != 0) {
			return r;
		}
		plan_do(p, best);
	}
}

/* The others, in their place; thresholds look at what comes of them. */
static int
plan_rest(struct plan *p)
{
	int	r = 0;

	for (int last = 0; last < 2; last++) {
		for (size_t i = 0; i < p->npromos && r == 0; i++) {
			if (!p->promo[i].alone && (p->promo[i].kind ==
			    PROMO_THRESHOLD) == (last == 1) &&
			    (r = plan_try(p, i)) == 0) {
				plan_do(p, i);
			}
		}
	}
	return r;
}

/* All of it, beginning with one that stands alone (npromos: none of them). */
static int
plan_run(struct plan *p, size_t first)
{
	size_t	n = p->sale->nlines;
	int	r = 0;

	p->out = (struct promo_cuts){ 0 };
	p->out.off = xcalloc(n + 1, sizeof(*p->out.off));
	memset(p->taken, 0, n * sizeof(*p->taken));
	memset(p->done, 0, p->npromos * sizeof(*p->done));
	for (size_t i = 0; i < n; i++) {
		p->left[i] = p->sale->line[i].barred ? 0 :
		    p->sale->line[i].amount;
	}
	if (first < p->npromos) {
		if ((r = plan_try(p, first)) != 0) {
			return r;
		}
		plan_do(p, first);
		if ((r = plan_greedy(p)) != 0) {
			return r;
		}
	}
	return plan_rest(p);
}

static bool
promo_shown(const struct promo *promo, const struct promo_sale *sale)
{
	for (size_t i = 0; i < sale->ncoupons; i++) {
		if (sale->coupon[i] == promo->id) {
			return true;
		}
	}
	return promo->coupon[0] == '\0';
}

/* The part of the promotion a line is of; 0: it is none of its business. */
static unsigned char
promo_line_part(const struct promo *promo, const struct promo_sale *sale,
    const struct promo_line *line, const struct moment *at)
{
	if (line->barred || line->amount <= 0 || line->qty <= 0 ||
	    line->at < promo->made_at ||
	    (promo->ended_at != 0 && line->at >= promo->ended_at) ||
	    !scope_fits(&promo->scope, &sale->buying) ||
	    !period_holds(&promo->scope.when, at)) {
		return 0;
	}
	if (promo->nitems == 0) {
		return promo->kind == PROMO_BUNDLE ? 0 : 1;
	}
	for (size_t i = 0; i < promo->nitems; i++) {
		const struct promo_item	*item = &promo->item[i];

		if (item->product != 0 ? item->product == line->product :
		    strcmp(item->category, line->category) == 0) {
			return (unsigned char)item->part;
		}
	}
	return 0;
}

static unsigned char *
promo_parts(const struct promo *promo, size_t npromos,
    const struct promo_sale *sale)
{
	unsigned char	*part = xcalloc(npromos * sale->nlines + 1, 1);

	for (size_t i = 0; i < sale->nlines; i++) {
		struct moment	at = moment_of(sale->line[i].at);

		for (size_t j = 0; j < npromos; j++) {
			if (promo_shown(&promo[j], sale)) {
				part[j * sale->nlines + i] =
				    promo_line_part(&promo[j], sale,
				    &sale->line[i], &at);
			}
		}
	}
	return part;
}

static void
promo_cuts_done(struct promo_cuts *cuts)
{
	free(cuts->cut);
	free(cuts->off);
	*cuts = (struct promo_cuts){ 0 };
}

int
promo_apply(const struct promo *promo, size_t npromos,
    const struct promo_sale *sale, struct promo_cuts *out)
{
	unsigned char	*part = promo_parts(promo, npromos, sale);
	size_t		 n = sale->nlines + 1;
	struct plan	 p = {
		.promo = promo,
		.npromos = npromos,
		.sale = sale,
		.part = part,
		.left = xcalloc(n, sizeof(*p.left)),
		.taken = xcalloc(n, sizeof(*p.taken)),
		.done = xcalloc(npromos + 1, sizeof(*p.done)),
		.cut = xcalloc(n, sizeof(*p.cut)),
		.used = xcalloc(n, sizeof(*p.used)),
		.run = xcalloc(n * PROMO_ITEMS, sizeof(*p.run)),
		.weight = xcalloc(n, sizeof(*p.weight)),
		.share = xcalloc(n, sizeof(*p.share)),
	};
	int		 r = 0;

	*out = (struct promo_cuts){ .total = -1 };
	for (size_t i = 0; i <= npromos && r == 0; i++) {
		if (i < npromos && !promo[i].alone) {
			continue;
		}
		if ((r = plan_run(&p, i)) == 0 && p.out.total > out->total) {
			promo_cuts_done(out);
			*out = p.out;
			p.out = (struct promo_cuts){ 0 };
		}
		promo_cuts_done(&p.out);
	}
	if (r != 0) {
		promo_cuts_done(out);
	}
	free(part);
	free(p.left);
	free(p.taken);
	free(p.done);
	free(p.cut);
	free(p.used);
	free(p.run);
	free(p.weight);
	free(p.share);
	return r;
}
