/* SPDX-License-Identifier: ISC */
/* The price that holds: the catalogue, its dated prices, the lists. */
#include "shop/price.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/prices.h"
#include "sql/price.h"

bool
scope_fits(const struct scope *scope, const struct buying *b)
{
	return (scope->terminal == 0 || scope->terminal == b->terminal) &&
	    (scope->room == 0 || scope->room == b->room) &&
	    (scope->store == 0 || scope->store == b->place ||
	    scope->store == b->store) &&
	    (scope->group[0] == '\0' || strcmp(scope->group, b->group) == 0) &&
	    (scope->mode[0] == '\0' || strcmp(scope->mode, b->mode) == 0);
}

static int
prices_load_lists(struct shop *shop, struct prices *out)
{
	struct q_price_list_all	*rows;
	struct q_price_dated	 dated;
	size_t			 n;
	int			 r;

	if ((r = q_price_dated(shop->db, &dated)) != 0 ||
	    (r = q_price_list_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	out->dated = dated.n != 0;
	out->list = xcalloc(n + 1, sizeof(*out->list));
	for (size_t i = 0; i < n; i++) {
		struct price_list	*l = &out->list[out->nlists++];

		l->id = rows[i].id;
		l->place = rows[i].place;
		l->prices = rows[i].prices;
		(void)str_copy(l->name, sizeof(l->name), rows[i].name);
		(void)str_copy(l->label, sizeof(l->label), rows[i].label);
		SCOPE_FROM(&l->scope, &rows[i]);
		out->asks_buyer |= SCOPE_ASKS(&l->scope);
		out->asks_store |= l->scope.store != 0;
	}
	free(rows);
	return 0;
}

void
prices_drop(struct shop *shop)
{
	struct prices	*p = shop->prices;

	if (p == NULL) {
		return;
	}
	for (size_t i = 0; i < p->npromos; i++) {
		free(p->promo[i].item);
	}
	free(p->promo);
	free(p->list);
	free(p);
	shop->prices = NULL;
}

int
prices_of(struct shop *shop, const struct prices **out)
{
	int	r = 0;

	if (shop->prices == NULL) {
		shop->prices = xcalloc(1, sizeof(*shop->prices));
		if ((r = prices_load_lists(shop, shop->prices)) != 0 ||
		    (r = prices_load_promos(shop, shop->prices)) != 0) {
			prices_drop(shop);
		}
	}
	*out = shop->prices;
	return r;
}

/* The latest of a list's prices that holds on that day; NULL for none. */
static const struct q_price_of_product *
price_on(const struct q_price_of_product *rows, size_t n, int64_t list,
    const char *day)
{
	for (size_t i = 0; i < n; i++) {
		const struct q_price_of_product	*x = &rows[i];

		if ((x->list_null ? 0 : x->list) == list &&
		    strcmp(x->since, day) <= 0 &&
		    (x->until[0] == '\0' || strcmp(day, x->until) <= 0)) {
			return x;
		}
	}
	return NULL;
}

int
price_of(struct shop *shop, const struct product *p, const struct buying *b,
    struct price *out)
{
	const struct prices		*c;
	const struct q_price_of_product	*found;
	struct q_price_of_product	*rows;
	struct moment			 at;
	size_t				 n;
	int				 r;

	*out = (struct price){ .catalogue = p->price, .unit = p->price };
	if ((r = prices_of(shop, &c)) != 0 ||
	    (c->nlists == 0 && !c->dated) ||
	    (r = q_price_of_product(shop->db, p->id, &rows, &n)) != 0) {
		return r;
	}
	at = moment_of(b->at);
	if ((found = price_on(rows, n, 0, at.day)) != NULL) {
		out->catalogue = out->unit = found->price;
	}
	for (size_t i = 0; i < c->nlists; i++) {
		const struct price_list	*l = &c->list[i];

		if (scope_fits(&l->scope, b) &&
		    period_holds(&l->scope.when, &at) &&
		    (found = price_on(rows, n, l->id, at.day)) != NULL) {
			out->unit = found->price;
			out->list = l->id;
			break;
		}
	}
	free(rows);
	return 0;
}
