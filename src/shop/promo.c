/* SPDX-License-Identifier: ISC */
/* Promotions: making, ending and listing them. */
#include "shop/promo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/prices.h"
#include "shop/sale_part.h"
#include "sql/promo.h"

/* A line entered before a promotion was ended keeps it this long: tables and
 * held sales stay open for hours. */
#define PROMO_LINGERS	(INT64_C(36) * 3600 * 1000)

static const struct {
	const char	*name, *text;
} promo_kinds[PROMO_KIND_COUNT] = {
#define X(id, name, text) [PROMO_##id] = { name, text },
	PROMO_KINDS(X)
#undef X
};

const char *
promo_kind_name(enum promo_kind kind)
{
	return promo_kinds[kind].name;
}

const char *
promo_kind_text(enum promo_kind kind)
{
	return _(promo_kinds[kind].text);
}

int
promo_kind_find(const char *name, enum promo_kind *out)
{
	*out = PROMO_KIND_COUNT;
	for (enum promo_kind k = 0; k < PROMO_KIND_COUNT; k++) {
		if (strcmp(name, promo_kinds[k].name) == 0) {
			*out = k;
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("\"%.40s\" is no kind of promotion; "
	    "choose percent, amount, n_for_m, second, bundle or threshold"),
	    name);
}

/* --- reading ------------------------------------------------------------- */

static int
promo_load_items(struct shop *shop, int64_t since, struct prices *out)
{
	struct q_promo_items	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_promo_items(shop->db, since, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < out->npromos; i++) {
		struct promo	*p = &out->promo[i];

		p->item = xcalloc(PROMO_ITEMS, sizeof(*p->item));
		for (size_t j = 0; j < n && p->nitems < PROMO_ITEMS; j++) {
			struct promo_item	*item = &p->item[p->nitems];

			if (rows[j].promo != p->id) {
				continue;
			}
			item->part = (int)rows[j].part;
			item->product = rows[j].product_null ? 0 :
			    rows[j].product;
			item->qty = rows[j].qty;
			(void)str_copy(item->code, sizeof(item->code),
			    rows[j].code);
			(void)str_copy(item->category, sizeof(item->category),
			    rows[j].category == NULL ? "" : rows[j].category);
			p->nitems++;
		}
	}
	free(rows);
	return 0;
}

int
prices_load_promos(struct shop *shop, struct prices *out)
{
	struct q_promo_all	*rows;
	enum promo_kind		 kind;
	int64_t			 since = shop_now() - PROMO_LINGERS;
	size_t			 n;
	int			 r;

	if ((r = q_promo_all(shop->db, since, &rows, &n)) != 0) {
		return r;
	}
	out->promo = xcalloc(n + 1, sizeof(*out->promo));
	for (size_t i = 0; i < n; i++) {
		struct promo	*p = &out->promo[out->npromos];

		if (promo_kind_find(rows[i].kind, &kind) != 0) {
			continue;	/* a later version's */
		}
		*p = (struct promo){
			.id = rows[i].id, .kind = kind,
			.percent = rows[i].percent, .amount = rows[i].amount,
			.n = rows[i].n, .m = rows[i].m,
			.threshold = rows[i].threshold,
			.times = rows[i].times, .alone = rows[i].alone,
			.place = rows[i].place, .uses = rows[i].uses,
			.made_at = rows[i].made_at,
			.ended_at = rows[i].ended_at_null ? 0 :
			    rows[i].ended_at,
		};
		(void)str_copy(p->name, sizeof(p->name), rows[i].name);
		(void)str_copy(p->label, sizeof(p->label), rows[i].label);
		(void)str_copy(p->coupon, sizeof(p->coupon), rows[i].coupon);
		SCOPE_FROM(&p->scope, &rows[i]);
		out->asks_buyer |= SCOPE_ASKS(&p->scope);
		out->asks_store |= p->scope.store != 0;
		out->npromos++;
	}
	free(rows);
	return promo_load_items(shop, since, out);
}

/* --- making and ending --------------------------------------------------- */

/* What each kind needs, in words. */
static int
promo_check(const struct promo *p)
{
	bool	parts = false;

	for (size_t i = 0; i < p->nitems; i++) {
		parts |= p->item[i].part > 1 || p->item[i].qty > 1;
	}
	if (p->percent < 0 || p->percent > RATE_ONE || p->amount < 0 ||
	    p->amount > MONEY_MAX || p->threshold < 0 ||
	    p->threshold > MONEY_MAX || p->times < 0 || p->uses < 0) {
		return err_set(ERR_RANGE, _("a number is out of range"));
	}
	switch (p->kind) {
	case PROMO_PERCENT:
	case PROMO_SECOND:
		return p->percent > 0 ? 0 : err_set(ERR_INVALID,
		    _("say how many percent"));
	case PROMO_AMOUNT:
		return p->amount > 0 ? 0 : err_set(ERR_INVALID,
		    _("say how much off each"));
	case PROMO_N_FOR_M:
		return p->m > 0 && p->n > p->m && p->n <= 1000 ? 0 :
		    err_set(ERR_INVALID, _("say n and m, as 3 for 2"));
	case PROMO_BUNDLE:
		return p->amount > 0 && parts ? 0 : err_set(ERR_INVALID,
		    _("a set has a price and at least two pieces"));
	case PROMO_THRESHOLD:
		return (p->percent > 0) != (p->amount > 0) ? 0 :
		    err_set(ERR_INVALID, _("say what is taken off, an amount "
		    "or a percentage"));
	case PROMO_KIND_COUNT:
		break;
	}
	return ERR_BUG;
}

static int
promo_write(struct shop *shop, const struct promo *p, int64_t *id)
{
	const struct period	*when = &p->scope.when;
	struct q_promo_next_place next;
	int64_t			 place = p->place;
	int			 r;

	if (place == 0) {
		if ((r = q_promo_next_place(shop->db, &next)) != 0) {
			return r;
		}
		place = next.place;
	}
	if ((r = q_promo_add(shop->db, p->name, p->label,
	    promo_kind_name(p->kind), p->percent, p->amount, p->n, p->m,
	    p->threshold, p->times, p->alone, place, p->coupon, p->uses,
	    some(&p->scope.terminal), some(&p->scope.room),
	    some(&p->scope.store),
	    p->scope.group, p->scope.mode, when->since, when->until,
	    when->days, when->from, when->to, shop_now(),
	    shop->who.user == 0 ? NULL : &shop->who.user, id)) != 0) {
		return r;
	}
	for (size_t i = 0; i < p->nitems && r == 0; i++) {
		const struct promo_item	*item = &p->item[i];

		r = q_promo_item_add(shop->db, *id, item->part,
		    item->product == 0 ? NULL : &item->product,
		    item->product == 0 ? item->category : NULL, item->qty);
	}
	return r != 0 ? r : audit_add(shop, "promo.add", "promo", *id,
	    p->name);
}

int
promo_add(struct shop *shop, const struct promo *promo, int64_t *id)
{
	const struct prices	*c;
	int			 r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_PROMO)) != 0 ||
	    (r = price_name_check(promo->name, promo->label)) != 0 ||
	    (r = promo_check(promo)) != 0) {
		return r;
	}
	prices_drop(shop);
	if ((r = prices_of(shop, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c->npromos; i++) {
		const struct promo	*p = &c->promo[i];

		if (p->ended_at == 0 && (strcmp(p->name, promo->name) == 0 ||
		    (promo->coupon[0] != '\0' &&
		    strcmp(p->coupon, promo->coupon) == 0))) {
			return err_set(ERR_EXISTS, _("there is a promotion "
			    "\"%s\" with this name or coupon already"),
			    p->name);
		}
	}
	if (promo->uses > 0 && promo->coupon[0] == '\0') {
		return err_set(ERR_INVALID, _("only a coupon is used up"));
	}
	if ((r = db_begin(shop->db, "promo add")) != 0) {
		return r;
	}
	return prices_end(shop, promo_write(shop, promo, id));
}

int
promo_end(struct shop *shop, const char *name)
{
	const struct prices	*c;
	int64_t			 id = 0, n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_PROMO)) != 0 ||
	    (r = prices_of(shop, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c->npromos; i++) {
		if (c->promo[i].ended_at == 0 &&
		    strcmp(c->promo[i].name, name) == 0) {
			id = c->promo[i].id;
		}
	}
	if (id == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no promotion "
		    "\"%.40s\""), name);
	}
	if ((r = db_begin(shop->db, "promo end")) != 0) {
		return r;
	}
	if ((r = q_promo_end(shop->db, id, shop_now(), &n)) == 0) {
		r = audit_add(shop, "promo.end", "promo", id, name);
	}
	return prices_end(shop, r);
}

int
promo_list(struct shop *shop,
    int (*fn)(void *ctx, const struct promo *promo, bool now), void *ctx)
{
	const struct prices	*c;
	struct moment		 at = moment_of(shop_now());
	int			 r;

	prices_drop(shop);		/* as things are, not as remembered */
	if ((r = shop_require(shop, RIGHT_LOOK)) != 0 ||
	    (r = prices_of(shop, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < c->npromos && r == 0; i++) {
		const struct promo	*p = &c->promo[i];

		if (p->ended_at == 0) {
			r = fn(ctx, p, period_holds(&p->scope.when, &at));
		}
	}
	return r;
}

/* --- words --------------------------------------------------------------- */

void
promo_terms(const struct shop *shop, const struct promo *promo, char *out,
    size_t size)
{
	char	rate[MONEY_TEXT], amount[MONEY_TEXT], sum[MONEY_TEXT];

	rate_plain(shop->money.mark, promo->percent, rate);
	money_plain(&shop->money, promo->amount, amount);
	money_plain(&shop->money, promo->threshold, sum);
	switch (promo->kind) {
	case PROMO_PERCENT:
		(void)str_fmt(out, size, "-%s\xc2\xa0%%", rate);
		return;
	case PROMO_AMOUNT:
		(void)str_fmt(out, size, _("-%s each"), amount);
		return;
	case PROMO_N_FOR_M:
		(void)str_fmt(out, size, _("%lld for %lld"),
		    (long long)promo->n, (long long)promo->m);
		return;
	case PROMO_SECOND:
		(void)str_fmt(out, size, _("second -%s\xc2\xa0%%"), rate);
		return;
	case PROMO_BUNDLE:
		(void)str_fmt(out, size, _("set %s"), amount);
		return;
	case PROMO_THRESHOLD:
		if (promo->percent > 0) {
			(void)str_fmt(out, size, _("from %s: -%s\xc2\xa0%%"),
			    sum, rate);
		} else {
			(void)str_fmt(out, size, _("from %s: -%s"), sum,
			    amount);
		}
		return;
	case PROMO_KIND_COUNT:
		break;
	}
	(void)str_copy(out, size, "");
}

void
promo_about(const struct promo *promo, char *out, size_t size)
{
	struct buf	text = { 0 };

	for (size_t i = 0; i < promo->nitems; i++) {
		const struct promo_item	*item = &promo->item[i];

		if (i > 0) {
			buf_str(&text, item->part != promo->item[i - 1].part ?
			    " + " : ", ");
		}
		if (item->qty > 1) {
			buf_fmt(&text, "%lld*", (long long)item->qty);
		}
		buf_str(&text, item->product != 0 ? item->code :
		    item->category);
	}
	(void)str_copy(out, size, buf_text(&text));
	buf_done(&text);
}

/* A category as the catalogue writes it. */
static int
promo_category(struct shop *shop, const char *text, char *out, size_t size)
{
	struct q_promo_category	row;
	int			r = q_promo_category(shop->db, text, &row);

	if (r == 0) {
		(void)str_copy(out, size, row.category);
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("\"%.40s\" is neither an item nor a category"), text);
}

int
promo_item_parse(struct shop *shop, enum promo_kind kind, const char *text,
    struct promo_item *item, size_t *n)
{
	struct product		 p;
	struct promo_item	*new = &item[*n];
	const char		*star = strchr(text, '*');
	char			 number[24];
	int			 r;

	if (*n == PROMO_ITEMS) {
		return err_set(ERR_RANGE, _("at most %d items"), PROMO_ITEMS);
	}
	*new = (struct promo_item){ .part = 1, .qty = 1 };
	if (kind == PROMO_BUNDLE) {
		new->part = (int)*n + 1;
		if (star != NULL && star > text) {
			(void)str_fmt(number, sizeof(number), "%.*s",
			    (int)(star - text), text);
			if ((r = str_to_i64(number, 1, 999,
			    &new->qty)) != 0) {
				return r;
			}
			text = star + 1;
		}
	}
	if ((r = product_find(shop, text, &p)) == 0) {
		new->product = p.id;
		(void)str_copy(new->code, sizeof(new->code), p.code);
		(*n)++;
		return 0;
	}
	if (r != ERR_NOT_FOUND ||
	    (r = promo_category(shop, text, new->category,
	    sizeof(new->category))) != 0) {
		return r;
	}
	(*n)++;
	return 0;
}

static int
promo_set_items(struct shop *shop, struct promo *promo, const char *value)
{
	char	*copy = xstrdup(value), *save = NULL;
	int	 r = 0;

	for (char *one = strtok_r(copy, ",", &save); one != NULL && r == 0;
	    one = strtok_r(NULL, ",", &save)) {
		size_t	n;

		one += strspn(one, " ");
		for (n = strlen(one); n > 0 && one[n - 1] == ' '; n--) {
			one[n - 1] = '\0';
		}
		r = promo_item_parse(shop, promo->kind, one, promo->item,
		    &promo->nitems);
	}
	free(copy);
	return r;
}

int
promo_set(struct shop *shop, struct promo *promo, const char *key,
    const char *value)
{
	const struct {
		const char	*key;
		int64_t		*to;
	} numbers[] = {
		{ "n", &promo->n }, { "m", &promo->m },
		{ "times", &promo->times }, { "uses", &promo->uses },
	};
	bool	fits = true;

	if (value == NULL || value[0] == '\0') {
		return 0;
	}
	for (size_t i = 0; i < NELEM(numbers); i++) {
		if (strcmp(key, numbers[i].key) == 0) {
			return str_to_i64(value, 0, 1000000, numbers[i].to);
		}
	}
	if (strcmp(key, "percent") == 0) {
		return rate_parse(value, &promo->percent);
	}
	if (strcmp(key, "amount") == 0 || strcmp(key, "threshold") == 0) {
		return money_parse(&shop->money, value, false,
		    key[0] == 'a' ? &promo->amount : &promo->threshold);
	}
	if (strcmp(key, "alone") == 0) {
		promo->alone = strcmp(value, "yes") == 0 ||
		    strcmp(value, "1") == 0;
	} else if (strcmp(key, "coupon") == 0) {
		fits = str_copy(promo->coupon, sizeof(promo->coupon), value);
	} else if (strcmp(key, "label") == 0) {
		fits = str_copy(promo->label, sizeof(promo->label), value);
	} else if (strcmp(key, "items") == 0) {
		return promo_set_items(shop, promo, value);
	} else {
		return scope_set(shop, &promo->scope, key, value);
	}
	return fits ? 0 : err_set(ERR_TOO_LONG, _("\"%.40s\" is too long"),
	    value);
}
