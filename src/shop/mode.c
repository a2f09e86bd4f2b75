/* SPDX-License-Identifier: ISC */
/* How a sale is consumed: on the spot, taken away, delivered.  The tax goes by
 * it, the price does not (case A11). */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/journal.h"
#include "shop/kitchen.h"
#include "shop/price.h"
#include "shop/rates.h"
#include "shop/sale_part.h"
#include "sql/option.h"

static const struct {
	const char	*name, *text;
} modes[] = {
#define X(name, text) { name, text },
	SALE_MODES(X)
#undef X
};

const char *
sale_mode_text(const char *mode)
{
	for (size_t i = 0; i < NELEM(modes); i++) {
		if (strcmp(modes[i].name, mode) == 0) {
			return _(modes[i].text);
		}
	}
	return "";
}

static bool
mode_begins(const char *words, const char *head)
{
	char	a[64], b[64];

	return utf8_fold(a, sizeof(a), words) &&
	    utf8_fold(b, sizeof(b), head) && str_starts(a, b);
}

/* The beginning, or that of a later word: "emporter" is "à emporter". */
static bool
mode_word(const char *words, const char *head)
{
	for (;;) {
		if (mode_begins(words, head)) {
			return true;
		}
		if ((words = strchr(words, ' ')) == NULL) {
			return false;
		}
		words++;
	}
}

int
sale_mode_find(const char *text, char out[static SALE_MODE])
{
	const char	*found = NULL;
	char		 list[160] = "";
	int		 n = 0;

	out[0] = '\0';
	if (*text == '\0' || strcmp(text, "none") == 0 ||
	    mode_begins(_("not said"), text)) {
		return 0;
	}
	for (size_t i = 0; i < NELEM(modes); i++) {
		size_t	used = strlen(list);

		(void)str_fmt(list + used, sizeof(list) - used, "%s%s",
		    i > 0 ? ", " : "", _(modes[i].text));
		if (strcmp(modes[i].name, text) == 0) {
			(void)str_copy(out, SALE_MODE, text);
			return 0;
		}
		if (mode_begins(modes[i].name, text) ||
		    mode_word(_(modes[i].text), text)) {
			found = modes[i].name;
			n++;
		}
	}
	if (n == 1) {
		(void)str_copy(out, SALE_MODE, found);
		return 0;
	}
	return err_set(ERR_INVALID, _("\"%.40s\" is no way of consuming; one "
	    "of: %s, %s"), text, list, _("not said"));
}

void
sale_mode_seen(struct shop *shop, int64_t id, const char *mode)
{
	shop->mode_sale = id;
	(void)str_copy(shop->mode, sizeof(shop->mode), mode);
}

int
sale_mode_of(struct shop *shop, int64_t id, char out[static SALE_MODE])
{
	struct q_sale_mode	row;
	int			r;

	if (id == 0) {
		(void)str_copy(out, SALE_MODE, shop->mode_next[0] != '\0' ?
		    shop->mode_next : shop->who.mode);
		if (strcmp(out, "none") == 0) {
			out[0] = '\0';
		}
		return 0;
	}
	if (id != shop->mode_sale) {
		if ((r = q_sale_mode(shop->db, id, &row)) != 0) {
			out[0] = '\0';
			return r;
		}
		sale_mode_seen(shop, id, row.mode);
	}
	(void)str_copy(out, SALE_MODE, shop->mode);
	return 0;
}

int
sale_mode_rates(struct shop *shop, const char *mode, struct product *p)
{
	const struct rates	*rates;
	int			 r;

	if (mode[0] == '\0') {
		return 0;
	}
	if ((r = rates_of(shop, &rates)) != 0 || !rates->modes) {
		return r;
	}
	p->rate = rates_on(rates, p->tax_class, mode, 1, rates->today);
	p->rate2 = rates_on(rates, p->tax_class, mode, 2, rates->today);
	return 0;
}

int
sale_mode_next(struct shop *shop, const char *mode)
{
	(void)str_copy(shop->mode_next, sizeof(shop->mode_next),
	    mode[0] == '\0' ? "none" : mode);
	return 0;
}

/* Inside the transaction: every line's rates by the mode, each on the day it
 * was entered. */
int
sale_mode_put(struct shop *shop, int64_t id, const char *mode,
    int64_t *changed)
{
	struct q_sale_mode_lines	*rows;
	const struct rates		*rates;
	char				 day[CLOCK_DAY_SIZE], info[96];
	size_t				 n;
	int64_t				 moded;
	int				 r;

	*changed = 0;
	if ((r = q_sale_mode_set(shop->db, id, mode, &moded)) != 0 ||
	    (r = rates_of(shop, &rates)) != 0 ||
	    (r = q_sale_mode_lines(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		int64_t	rate, rate2;

		clock_business_day(rows[i].at, shop->set.day_start_hour, day);
		rate = rates_on(rates, rows[i].tax_class, mode, 1, day);
		rate2 = rates_on(rates, rows[i].tax_class, mode, 2, day);
		if (rate != rows[i].rate || rate2 != rows[i].rate2) {
			(*changed)++;
			r = q_sale_line_rate(shop->db, rows[i].id, rate,
			    rate2);
		}
	}
	free(rows);
	if (r == 0 && moded > 0) {
		r = kitchen_moded(shop, id);
	}
	shop->mode_sale = 0;		/* read anew: it may be rolled back */
	if (r == 0 && *changed > 0) {
		(void)str_fmt(info, sizeof(info), "sale %lld %s, %lld lines",
		    (long long)id, mode[0] == '\0' ? "none" : mode,
		    (long long)*changed);
		r = journal_event(shop, JET_MODE, info);
	}
	if (r == 0) {
		r = sale_prices_again(shop, id);
		shop->mode_sale = 0;
	}
	return r;
}

int
sale_set_mode(struct shop *shop, int64_t id, int64_t *version,
    const char *mode)
{
	struct q_sale_sums	sums;
	char			was[SALE_MODE], detail[96];
	int64_t			changed;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0) {
		return r;
	}
	shop->mode_sale = 0;
	if ((r = sale_mode_of(shop, id, was)) != 0 ||
	    (r = q_sale_sums(shop->db, id, &sums)) != 0) {
		return r;
	}
	/* Where tax is added the total moves with it. */
	if (sums.paid != 0 && country_of(shop)->tax_added) {
		return err_set(ERR_INVALID, _("money was taken for it; take "
		    "the payment back first (:undo)"));
	}
	if ((r = sale_begin(shop, "sale mode", id, *version, "mode", 0, 0,
	    was)) != 0) {
		return r;
	}
	if ((r = sale_mode_put(shop, id, mode, &changed)) == 0) {
		(void)str_fmt(detail, sizeof(detail), "%s to %s, %lld lines",
		    was[0] == '\0' ? "none" : was,
		    mode[0] == '\0' ? "none" : mode, (long long)changed);
		r = audit_add(shop, "sale.mode", "sale", id, detail);
	}
	if ((r = sale_end(shop, r)) == 0) {
		(*version)++;
	}
	return r;
}
