/* SPDX-License-Identifier: ISC */
/* Settings: the table of setting.h against the rows that differ from it. */
#include "shop/setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/journal.h"
#include "shop/stock.h"
#include "sql/closing.h"
#include "sql/setting.h"
#include "sql/terminal.h"

enum setting_kind {
	KIND_TEXT,
	KIND_NUMBER,
	KIND_LANGUAGE,
	KIND_PLACES,
	KIND_ROLELIST,
	KIND_LIMITS,			/* "cashier 10, seller 5": percent */
	KIND_FIXED,			/* made on the first day, kept */
	KIND_WORD,			/* one of setting_choices */
};

static const struct {
	const char		*name;
	enum setting_kind	 kind;
	int64_t			 min, max;
	const char		*fallback;
	const char		*help;
} setting_table[SETTING_COUNT] = {
#define X(id, name, kind, min, max, fallback, help) \
	[SETTING_##id] = { name, KIND_##kind, min, max, fallback, help },
	SETTINGS(X)
#undef X
};

/* What a setting of one word may be. */
static const struct {
	enum setting	 setting;
	const char	*word;
} setting_choices[] = {
	{ SETTING_RECEIPT_PRINT, "always" }, { SETTING_RECEIPT_PRINT, "ask" },
	{ SETTING_SHIFT_OPEN, "auto" }, { SETTING_SHIFT_OPEN, "ask" },
	{ SETTING_SHIFT_PER, "till" }, { SETTING_SHIFT_PER, "cashier" },
	{ SETTING_VALUATION, "average" }, { SETTING_VALUATION, "fifo" },
	{ SETTING_NEGATIVE_STOCK, "yes" }, { SETTING_NEGATIVE_STOCK, "warn" },
	{ SETTING_NEGATIVE_STOCK, "ask" }, { SETTING_NEGATIVE_STOCK, "no" },
};

int
setting_find(const char *name, enum setting *out)
{
	*out = SETTING_COUNT;
	for (enum setting s = 0; s < SETTING_COUNT; s++) {
		if (strcmp(name, setting_table[s].name) == 0) {
			*out = s;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("there is no setting \"%s\"; "
	    "\"comptoir set\" lists them"), name);
}

int64_t
setting_default(enum setting s)
{
	return strtoll(setting_table[s].fallback, NULL, 10);
}

/* What is stored, the defaults where nothing is; rows owns the texts. */
static int
setting_values(struct shop *shop, const char *values[SETTING_COUNT],
    struct q_setting_all **rows)
{
	enum setting	s;
	size_t		n;
	int		r;

	for (s = 0; s < SETTING_COUNT; s++) {
		values[s] = setting_table[s].fallback;
	}
	if ((r = q_setting_all(shop->db, rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		/* One a later version knew is no harm. */
		if (setting_find((*rows)[i].name, &s) == 0) {
			values[s] = (*rows)[i].value;
		}
	}
	return 0;
}

static int
setting_number(const char *values[SETTING_COUNT], enum setting s)
{
	int64_t	v;

	if (str_to_i64(values[s], INT32_MIN, INT32_MAX, &v) != 0 &&
	    str_to_i64(setting_table[s].fallback, INT32_MIN, INT32_MAX,
	    &v) != 0) {
		return 0;
	}
	return (int)v;
}

/* A role and its percentage, comma after comma. */
static int
setting_limits(const char *text, int64_t limit[ROLE_COUNT])
{
	char		 copy[256], *save = NULL;
	enum role	 role;
	int64_t		 rate;
	int		 r;

	memset(limit, 0, ROLE_COUNT * sizeof(*limit));
	(void)str_copy(copy, sizeof(copy), text);
	for (char *one = strtok_r(copy, ",", &save); one != NULL;
	    one = strtok_r(NULL, ",", &save)) {
		char	*number;

		one += strspn(one, " ");
		number = one + strcspn(one, " ");
		if (*number != '\0') {
			*number++ = '\0';
		}
		number += strspn(number, " ");
		if ((r = role_find(one, &role)) != 0) {
			return r;
		}
		if (rate_parse(number, &rate) != 0 || rate > RATE_ONE) {
			return err_set(ERR_INVALID, _("say a role and its "
			    "percentage, as \"cashier 10, seller 5\""));
		}
		limit[role] = rate;
	}
	return 0;
}

static void
setting_fill(struct shop_settings *set, const char *values[SETTING_COUNT])
{
	const struct {
		enum setting	 from;
		char		*to;
		size_t		 size;
	} texts[] = {
		{ SETTING_COMPANY, set->company, sizeof(set->company) },
		{ SETTING_ADDRESS, set->address, sizeof(set->address) },
		{ SETTING_TAX_IDS, set->tax_ids, sizeof(set->tax_ids) },
		{ SETTING_RECEIPT_FOOTER, set->receipt_footer,
		    sizeof(set->receipt_footer) },
		{ SETTING_SCAN_PREFIX, set->scan_prefix,
		    sizeof(set->scan_prefix) },
		{ SETTING_BADGE_PREFIX, set->badge_prefix,
		    sizeof(set->badge_prefix) },
		{ SETTING_COUNTRY, set->country, sizeof(set->country) },
		{ SETTING_CURRENCY, set->currency, sizeof(set->currency) },
		{ SETTING_LANGUAGE, set->language, sizeof(set->language) },
		{ SETTING_ADMIN_FROM, set->admin_from,
		    sizeof(set->admin_from) },
		{ SETTING_SECOND_FACTOR, set->second_factor,
		    sizeof(set->second_factor) },
	};

	for (size_t i = 0; i < NELEM(texts); i++) {
		(void)str_copy(texts[i].to, texts[i].size,
		    values[texts[i].from]);
	}
	set->day_start_hour = setting_number(values, SETTING_DAY_START);
	set->lock_minutes = setting_number(values, SETTING_LOCK);
	set->away_minutes = setting_number(values, SETTING_AWAY);
	set->demo = setting_number(values, SETTING_DEMO) != 0;
	set->void_fresh_ms = (int64_t)1000 *
	    setting_number(values, SETTING_VOID_FRESH);
	set->cash_step = setting_number(values, SETTING_CASH_STEP);
	set->largest_note = setting_number(values, SETTING_LARGEST_NOTE);
	set->password_min = setting_number(values, SETTING_PASSWORD_MIN);
	set->enrol_minutes = setting_number(values, SETTING_ENROL);
	set->quotation_days = setting_number(values, SETTING_QUOTATION_DAYS);
	set->disk_warn_mb = setting_number(values, SETTING_DISK_WARN);
	set->backup_hours = setting_number(values, SETTING_BACKUP_HOURS);
	set->receipt_ask = strcmp(values[SETTING_RECEIPT_PRINT], "ask") == 0;
	set->shift_ask = strcmp(values[SETTING_SHIFT_OPEN], "ask") == 0;
	set->shift_cashier = strcmp(values[SETTING_SHIFT_PER], "cashier") == 0;
	set->short_stock = strcmp(values[SETTING_NEGATIVE_STOCK], "no") == 0 ?
	    SHORT_NO : strcmp(values[SETTING_NEGATIVE_STOCK], "ask") == 0 ?
	    SHORT_ASK : strcmp(values[SETTING_NEGATIVE_STOCK], "warn") == 0 ?
	    SHORT_WARN : SHORT_YES;
	set->gift_months = setting_number(values, SETTING_GIFT_MONTHS);
	set->credit_months = setting_number(values, SETTING_CREDIT_MONTHS);
	set->year_month = setting_number(values, SETTING_YEAR_MONTH);
	/* Checked when it was set; one that is not readable allows nothing. */
	if (setting_limits(values[SETTING_DISCOUNTS],
	    set->discount_limit) != 0) {
		memset(set->discount_limit, 0, sizeof(set->discount_limit));
	}
}

int
setting_load(struct shop *shop)
{
	const char		*values[SETTING_COUNT];
	struct q_setting_all	*rows;
	int			 r;

	if ((r = setting_values(shop, values, &rows)) != 0) {
		return r;
	}
	setting_fill(&shop->set, values);
	free(rows);
	return money_style_set(&shop->money, shop->set.currency,
	    shop->set.country);
}

int
setting_get(struct shop *shop, const char *name, char *out, size_t size)
{
	const char		*values[SETTING_COUNT];
	struct q_setting_all	*rows;
	enum setting		 s;
	int			 r;

	out[0] = '\0';
	if ((r = setting_find(name, &s)) != 0 ||
	    (r = setting_values(shop, values, &rows)) != 0) {
		return r;
	}
	if (!str_copy(out, size, values[s])) {
		r = ERR_TOO_LONG;
	}
	free(rows);
	return r;
}

int
setting_list(struct shop *shop,
    int (*fn)(void *ctx, const struct setting_row *row), void *ctx)
{
	const char		*values[SETTING_COUNT];
	struct q_setting_all	*rows;
	int			 r;

	if ((r = setting_values(shop, values, &rows)) != 0) {
		return r;
	}
	for (enum setting s = 0; s < SETTING_COUNT && r == 0; s++) {
		const struct setting_row	row = {
			.name = setting_table[s].name,
			.value = values[s],
			.fallback = setting_table[s].fallback,
			.help = _(setting_table[s].help),
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* --- what a value may be ---------------------------------------------- */

/* Each word of a list of names to fn(); spaces and commas part them. */
static int
setting_words(struct shop *shop, const char *list,
    int (*fn)(struct shop *shop, const char *word))
{
	char	 copy[256];
	char	*rest = copy, *word;
	int	 r = 0;

	(void)str_copy(copy, sizeof(copy), list);
	while (r == 0 && (word = strsep(&rest, " ,")) != NULL) {
		if (word[0] != '\0') {
			r = fn(shop, word);
		}
	}
	return r;
}

static int
setting_word_role(struct shop *shop, const char *word)
{
	enum role	role;

	(void)shop;
	return role_find(word, &role);
}

static int
setting_word_place(struct shop *shop, const char *word)
{
	struct q_terminal_by_login	row;
	char				login[NAME_SIZE];
	enum door			door;
	int				r;

	if (door_find(word, &door) == 0) {
		return 0;
	}
	if ((r = shop_login_name(word, login)) == 0) {
		r = q_terminal_by_login(shop->db, login, &row);
	}
	return r != ERR_NOT_FOUND && r != ERR_INVALID ? r :
	    err_set(ERR_NOT_FOUND, _("\"%s\" is neither a door (console, "
	    "ssh, line, shell) nor a terminal"), word);
}

static int
setting_word(enum setting s, const char *v)
{
	char	words[80] = "";

	for (size_t i = 0; i < NELEM(setting_choices); i++) {
		const char	*word = setting_choices[i].word;

		if (setting_choices[i].setting != s) {
			continue;
		}
		if (strcmp(word, v) == 0) {
			return 0;
		}
		(void)str_fmt(words + strlen(words),
		    sizeof(words) - strlen(words), "%s%s",
		    words[0] == '\0' ? "" : ", ", word);
	}
	return err_set(ERR_INVALID, _("%s is one of: %s"),
	    setting_table[s].name, words);
}

static int
setting_check(struct shop *shop, enum setting s, const char *v)
{
	int64_t	n, limit[ROLE_COUNT];

	if (!utf8_is_clean(v)) {
		return err_set(ERR_INVALID, _("%s must be plain text"),
		    setting_table[s].name);
	}
	if (setting_table[s].kind != KIND_NUMBER &&
	    (int64_t)strlen(v) > setting_table[s].max) {
		return err_set(ERR_TOO_LONG, _("%s takes at most %d bytes"),
		    setting_table[s].name, (int)setting_table[s].max);
	}
	switch (setting_table[s].kind) {
	case KIND_TEXT:
		return (int64_t)strlen(v) >= setting_table[s].min ? 0 :
		    err_set(ERR_INVALID, _("%s cannot be empty"),
		    setting_table[s].name);
	case KIND_NUMBER:
		return str_to_i64(v, setting_table[s].min,
		    setting_table[s].max, &n) == 0 ? 0 :
		    err_set(ERR_RANGE, _("%s is a whole number from %lld to "
		    "%lld"), setting_table[s].name,
		    (long long)setting_table[s].min,
		    (long long)setting_table[s].max);
	case KIND_LANGUAGE:
		return language_check(v);
	case KIND_PLACES:
		return setting_words(shop, v, setting_word_place);
	case KIND_ROLELIST:
		return setting_words(shop, v, setting_word_role);
	case KIND_WORD:
		return setting_word(s, v);
	case KIND_LIMITS:
		return setting_limits(v, limit);
	case KIND_FIXED:
		return err_set(ERR_FROZEN, _("%s is decided when the shop is "
		    "made"), setting_table[s].name);
	}
	return ERR_BUG;
}

int
setting_put(struct shop *shop, enum setting s, const char *value)
{
	const char	*name = setting_table[s].name;

	if (strcmp(value, setting_table[s].fallback) == 0) {
		return q_setting_drop(shop->db, name);
	}
	return q_setting_put(shop->db, name, value, shop_now());
}

/* What receipts say of the business. */
static bool
setting_of_company(enum setting s)
{
	return s == SETTING_COMPANY || s == SETTING_ADDRESS ||
	    s == SETTING_TAX_IDS || s == SETTING_RECEIPT_FOOTER;
}

/* Inside the transaction.  A shift that is open belongs to a till or to a
 * cashier: after the change nobody would find it, and no day would end. */
static int
setting_free(struct shop *shop, enum setting s)
{
	struct q_closing_shifts_open	open;
	int				r;

	if (s != SETTING_SHIFT_PER) {
		return 0;
	}
	if ((r = q_closing_shifts_open(shop->db, "9999-12-31", &open)) != 0) {
		return r;
	}
	return open.n == 0 ? 0 : err_set(ERR_BUSY, ngettext("a shift is open; "
	    "close it first", "%lld shifts are open; close them first",
	    (unsigned long)open.n), (long long)open.n);
}

int
setting_set(struct shop *shop, const char *name, const char *value)
{
	enum setting	s;
	int		r;

	if ((r = shop_require(shop, RIGHT_SETTING)) != 0 ||
	    (r = setting_find(name, &s)) != 0 ||
	    (r = setting_check(shop, s, value)) != 0 ||
	    (r = db_begin(shop->db, "set")) != 0) {
		return r;
	}
	if ((r = setting_free(shop, s)) != 0 ||
	    (r = setting_put(shop, s, value)) != 0 ||
	    (s == SETTING_VALUATION &&
	    (r = stock_valuation_changed(shop)) != 0) ||
	    (r = journal_event(shop, setting_of_company(s) ? JET_COMPANY :
	    JET_SETTING, name)) != 0 ||
	    (r = audit_add(shop, "set", "setting", 0, name)) != 0) {
		goto fail;
	}
	db_topic(shop->db, "setting");
	if ((r = db_commit(shop->db)) != 0) {
		return r;
	}
	return setting_load(shop);
fail:
	db_rollback(shop->db);
	return r;
}
