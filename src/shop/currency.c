/* SPDX-License-Identifier: ISC */
/* Foreign money taken at the till, each at a rate that is a fraction. */
#include "shop/currency.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/rates.h"
#include "sql/tender.h"

#define RATE_DECIMALS	6
#define RATE_MOST	INT64_C(9000000000000)	/* with six decimals it fits */

static int64_t
power_of_ten(int n)
{
	int64_t	p = 1;

	while (n-- > 0) {
		p *= 10;
	}
	return p;
}

int
currency_list(struct shop *shop, struct currency **rows, size_t *n)
{
	const struct rates	*rates;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	*rows = xcalloc(rates->ncurrencies + 1, sizeof(**rows));
	for (size_t i = 0; i < rates->ncurrencies; i++) {
		if (rates->currency[i].active) {
			(*rows)[(*n)++] = rates->currency[i];
		}
	}
	return 0;
}

int
currency_find(struct shop *shop, const char *code, struct currency *out)
{
	const struct rates	*rates;
	char			 upper[4] = "";
	int			 r;

	*out = (struct currency){ .active = false };
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (size_t i = 0; i < 3 && code[i] != '\0' && code[3] == '\0'; i++) {
		upper[i] = (char)toupper((unsigned char)code[i]);
	}
	for (size_t i = 0; i < rates->ncurrencies; i++) {
		if (strcmp(rates->currency[i].code, upper) == 0) {
			*out = rates->currency[i];
			return out->active ? 0 : err_set(ERR_INVALID,
			    _("%s is no longer taken"), upper);
		}
	}
	return err_set(ERR_NOT_FOUND, _("%.10s is no currency taken here"),
	    code);
}

int
currency_home(const struct currency *c, int64_t abroad, int64_t *home)
{
	return muldiv(abroad, c->home, c->abroad, home);
}

int
currency_abroad(const struct currency *c, int64_t home, int64_t *abroad)
{
	int64_t	back;
	int	r;

	if ((r = muldiv(home, c->abroad, c->home, abroad)) != 0 ||
	    (r = currency_home(c, *abroad, &back)) != 0) {
		return r;
	}
	*abroad += back < home ? 1 : 0;
	return 0;
}

/* Digits and one mark to an integer and how many decimals it has. */
static int
rate_digits(const char *text, int64_t *n, int *decimals)
{
	bool	seen = false;

	*n = 0;
	*decimals = -1;
	for (const char *p = text; *p != '\0'; p++) {
		if ((*p == '.' || *p == ',') && *decimals < 0) {
			*decimals = 0;
		} else if (*p >= '0' && *p <= '9' && *n < 100000000000) {
			*n = *n * 10 + (*p - '0');
			*decimals += *decimals >= 0 ? 1 : 0;
			seen = true;
		} else {
			seen = false;
			break;
		}
	}
	*decimals = *decimals < 0 ? 0 : *decimals;
	return seen && *n > 0 && *decimals <= RATE_DECIMALS ? 0 :
	    err_set(ERR_INVALID, _("%.20s is no rate; at most six decimals"),
	    text);
}

int
currency_rate(struct shop *shop, const char *text, bool worth,
    struct currency *c)
{
	int64_t	n, unit, one, a, b;
	int	decimals, r;

	if ((r = rate_digits(text, &n, &decimals)) != 0) {
		return r;
	}
	/* "one" is 1 of the currency the rate is said for, in its minor units
	 * and with the rate's decimals; `unit` is what it is worth. */
	one = power_of_ten((worth ? c->money.digits : shop->money.digits) +
	    decimals);
	unit = n * power_of_ten(worth ? shop->money.digits : c->money.digits);
	for (a = one, b = unit; b != 0;) {
		int64_t	rest = a % b;

		a = b;
		b = rest;
	}
	c->home = (worth ? unit : one) / a;
	c->abroad = (worth ? one : unit) / a;
	return c->home <= RATE_MOST && c->abroad <= RATE_MOST ? 0 :
	    err_set(ERR_INVALID, _("%.20s is no rate; at most six decimals"),
	    text);
}

void
currency_rate_text(const struct shop *shop, const struct currency *c,
    bool *worth, char out[static MONEY_TEXT])
{
	int64_t	scaled, mine = power_of_ten(shop->money.digits);
	int64_t	theirs = power_of_ten(c->money.digits);
	char	text[MONEY_TEXT];
	size_t	n;

	/* A unit here is less than a hundredth there: say it the other way. */
	*worth = c->abroad * mine < c->home * theirs / 100;
	if (muldiv(power_of_ten(RATE_DECIMALS) * (*worth ? c->home :
	    c->abroad), *worth ? theirs : mine, (*worth ? c->abroad :
	    c->home) * (*worth ? mine : theirs), &scaled) != 0) {
		scaled = 0;
	}
	(void)str_fmt(text, sizeof(text), "%lld%c%0*lld",
	    (long long)(scaled / power_of_ten(RATE_DECIMALS)),
	    shop->money.mark, RATE_DECIMALS,
	    (long long)(scaled % power_of_ten(RATE_DECIMALS)));
	for (n = strlen(text); text[n - 1] == '0'; n--) {
		text[n - 1] = '\0';
	}
	if (text[n - 1] == shop->money.mark) {
		text[n - 1] = '\0';
	}
	(void)str_copy(out, MONEY_TEXT, text);
}

int
currency_set(struct shop *shop, const struct currency *c)
{
	char	detail[64];
	int	r;

	if ((r = shop_require(shop, RIGHT_TENDER)) != 0) {
		return r;
	}
	if (strcmp(c->code, shop->money.currency) == 0) {
		return err_set(ERR_INVALID, _("%s is the shop's own currency"),
		    c->code);
	}
	(void)str_fmt(detail, sizeof(detail), "%s %lld=%lld%s", c->code,
	    (long long)c->home, (long long)c->abroad,
	    c->active ? "" : " off");
	if ((r = db_begin(shop->db, "currency set")) != 0) {
		return r;
	}
	if ((r = q_currency_set(shop->db, c->code, c->home, c->abroad,
	    c->active, shop_now())) != 0 ||
	    (r = audit_add(shop, "currency.set", "", 0, detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "setting");
	if ((r = db_commit(shop->db)) == 0) {
		rates_drop(shop);
	}
	return r;
}
