/* SPDX-License-Identifier: ISC */
/* Promotions: making, ending and listing them. */
#include "shop/promo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/prices.h"
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
		out->npromos++;
	}
	free(rows);
	return promo_load_items(shop, since, out);
}
