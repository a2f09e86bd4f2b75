/* SPDX-License-Identifier: ISC */
/* Changing the rules of a tender. */
#include "shop/tender_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/rates.h"
#include "shop/user.h"
#include "sql/tender.h"

static const char *const tender_references[] = { "no", "yes", "once" };

const char *
tender_reference_word(int reference)
{
	return tender_references[reference];
}

int
tender_every(struct shop *shop, struct tender **rows, size_t *n)
{
	const struct rates	*rates;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	*rows = xcalloc(rates->ntenders + 1, sizeof(**rows));
	for (size_t i = 0; i < rates->ntenders; i++) {
		(*rows)[(*n)++] = rates->tender[i];
	}
	return 0;
}

/* ---- one rule ----------------------------------------------------------- */

static int
rule_active(struct shop *shop, struct tender *t, const char *value)
{
	int	r = people_flag(value, &t->active);

	(void)shop;
	if (r == 0 && !t->active && t->kind == TENDER_CASH) {
		return err_set(ERR_INVALID, _("cash is always taken"));
	}
	return r;
}

static int
rule_label(struct shop *shop, struct tender *t, const char *value)
{
	(void)shop;
	if (value[0] == '\0' || !utf8_is_clean(value)) {
		return err_set(ERR_INVALID, _("a tender has a name"));
	}
	return str_copy(t->label, sizeof(t->label), value) ? 0 :
	    err_set(ERR_TOO_LONG, _("the name is too long"));
}

/* One letter, and nobody else's. */
static int
rule_letter(struct shop *shop, struct tender *t, const char *value)
{
	const struct rates	*rates;
	int			 r;

	if (value[0] < 'a' || value[0] > 'z' || value[1] != '\0') {
		return err_set(ERR_INVALID, _("a letter is one of a to z"));
	}
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (size_t i = 0; i < rates->ntenders; i++) {
		if (strcmp(rates->tender[i].letter, value) == 0 &&
		    strcmp(rates->tender[i].name, t->name) != 0) {
			return err_set(ERR_EXISTS, _("the letter %s is that "
			    "of %s"), value, rates->tender[i].name);
		}
	}
	(void)str_copy(t->letter, sizeof(t->letter), value);
	return 0;
}

static int
rule_reference(struct shop *shop, struct tender *t, const char *value)
{
	(void)shop;
	for (size_t i = 0; i < NELEM(tender_references); i++) {
		if (strcmp(tender_references[i], value) == 0) {
			t->reference = (int)i;
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("a reference is asked for: no, yes, or "
	    "once a day (once)"));
}

static int
rule_phone(struct shop *shop, struct tender *t, const char *value)
{
	(void)shop;
	return people_flag(value, &t->phone);
}

static int
rule_waits(struct shop *shop, struct tender *t, const char *value)
{
	int	r = people_flag(value, &t->waits);

	(void)shop;
	/* Rounded to coins there are, a sale is paid at once or not at all. */
	if (r == 0 && t->waits && (t->kind == TENDER_CASH || t->rounded ||
	    t->kind == TENDER_VOUCHER || t->kind == TENDER_ACCOUNT)) {
		return err_set(ERR_INVALID, _("%s is not waited for"),
		    t->name);
	}
	return r;
}

static int
rule_refund(struct shop *shop, struct tender *t, const char *value)
{
	(void)shop;
	return people_flag(value, &t->refund);
}

static int
rule_tip(struct shop *shop, struct tender *t, const char *value)
{
	int	r = people_flag(value, &t->tip);

	(void)shop;
	/* A tip is money that is there: more than the amount is not taken off
	 * a card, nor owed by anybody. */
	if (r == 0 && t->tip && (t->kind == TENDER_VOUCHER ||
	    t->kind == TENDER_ACCOUNT)) {
		return err_set(ERR_INVALID, _("no tip can be given by %s"),
		    t->name);
	}
	return r;
}

static bool
rule_is_class(const struct rates *rates, const char *class)
{
	for (size_t i = 0; i < rates->nrates; i++) {
		if (strcmp(rates->rate[i].class, class) == 0) {
			return true;
		}
	}
	return false;
}

static int
rule_eligible(struct shop *shop, struct tender *t, const char *value)
{
	const struct rates	*rates;
	char			 own[TENDER_CLASSES], *save = NULL;
	int			 r;

	if (strcmp(value, "all") == 0) {
		t->eligible[0] = '\0';
		return 0;
	}
	if (!str_copy(own, sizeof(own), value)) {
		return err_set(ERR_TOO_LONG, _("too many tax classes"));
	}
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (char *w = strtok_r(own, " ", &save); w != NULL;
	    w = strtok_r(NULL, " ", &save)) {
		if (!rule_is_class(rates, w)) {
			return err_set(ERR_INVALID, _("there is no tax class "
			    "%.20s"), w);
		}
	}
	(void)str_copy(t->eligible, sizeof(t->eligible), value);
	return 0;
}

static int
rule_amount(struct shop *shop, const char *value, int64_t *out)
{
	int	r = money_parse(&shop->money, value, false, out);

	return r != 0 || *out >= 0 ? r :
	    err_set(ERR_RANGE, _("this is no amount"));
}

static int
rule_least(struct shop *shop, struct tender *t, const char *value)
{
	return rule_amount(shop, value, &t->least);
}

static int
rule_most(struct shop *shop, struct tender *t, const char *value)
{
	return rule_amount(shop, value, &t->most);
}

static const struct {
	const char	*key;
	int		 (*set)(struct shop *, struct tender *,
			    const char *value);
} tender_rules[] = {
	{ "active", rule_active }, { "label", rule_label },
	{ "letter", rule_letter }, { "reference", rule_reference },
	{ "phone", rule_phone }, { "waits", rule_waits },
	{ "eligible", rule_eligible }, { "least", rule_least },
	{ "most", rule_most }, { "refund", rule_refund }, { "tip", rule_tip },
};

static int
tender_rule(struct shop *shop, struct tender *t, const char *key,
    const char *value)
{
	for (size_t i = 0; i < NELEM(tender_rules); i++) {
		if (strcmp(tender_rules[i].key, key) == 0) {
			return tender_rules[i].set(shop, t, value);
		}
	}
	return err_set(ERR_NOT_FOUND, _("a tender has no \"%.20s\""), key);
}

/* ---- kept --------------------------------------------------------------- */

static int
tender_keep(struct shop *shop, const struct tender *t, const char *detail)
{
	int64_t	n;
	int	r;

	if ((r = db_begin(shop->db, "tender set")) != 0) {
		return r;
	}
	if ((r = q_tender_change(shop->db, t->name, t->label, t->letter,
	    t->active, t->reference, t->phone, t->waits, t->eligible,
	    t->least, t->most, t->refund, t->tip, &n)) != 0 ||
	    (r = audit_add(shop, "tender.set", "", 0, detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "setting");
	if ((r = db_commit(shop->db)) == 0) {
		rates_drop(shop);
	}
	return r;
}

int
tender_set(struct shop *shop, const char *name, const char *key,
    const char *value)
{
	const struct rates	*rates;
	struct tender		 t = { .active = false };
	char			 detail[80];
	int			 r;

	if ((r = shop_require(shop, RIGHT_TENDER)) != 0 ||
	    (r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (size_t i = 0; i < rates->ntenders; i++) {
		if (strcmp(rates->tender[i].name, name) == 0) {
			t = rates->tender[i];
		}
	}
	if (t.name[0] == '\0') {
		return err_set(ERR_NOT_FOUND, _("there is no tender "
		    "\"%.20s\""), name);
	}
	if ((r = tender_rule(shop, &t, key, value)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "%s %s %.40s", name, key,
	    value);
	return tender_keep(shop, &t, detail);
}
