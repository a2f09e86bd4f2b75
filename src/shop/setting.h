/* SPDX-License-Identifier: ISC */
/* Settings of the shop: one table of names, kinds, defaults and help. */
#ifndef SHOP_SETTING_H
#define SHOP_SETTING_H

#include "shop/shop.h"

/*
 * id, name, kind, least and most (of a number; bytes of a text), default,
 * help.  Stored by name, only when they differ from the default.
 */
#define SETTINGS(X) \
	X(COMPANY, "company", TEXT, 1, 127, "", \
	    N_("name of the business, as on a receipt")) \
	X(ADDRESS, "address", TEXT, 0, 255, "", \
	    N_("address on a receipt, with ; between its lines")) \
	X(TAX_IDS, "tax_ids", TEXT, 0, 255, "", \
	    N_("SIRET, VAT number and so on, with ; between them")) \
	X(RECEIPT_FOOTER, "receipt_footer", TEXT, 0, 255, "", \
	    N_("last words of a receipt, with ; between its lines")) \
	X(COUNTRY, "country", FIXED, 0, 7, "FR", \
	    N_("whose rules apply: FR, BE, CM, CA-QC")) \
	X(CURRENCY, "currency", FIXED, 0, 3, "EUR", \
	    N_("ISO 4217 code")) \
	X(LANGUAGE, "language", LANGUAGE, 0, 2, "fr", \
	    N_("of receipts, and of users who chose none")) \
	X(DAY_START, "day_start_hour", NUMBER, 0, 23, "4", \
	    N_("hour when a new business day starts")) \
	X(LOCK, "lock_minutes", NUMBER, 0, 1440, "15", \
	    N_("idle minutes until a till locks; 0 never")) \
	X(AWAY, "away_minutes", NUMBER, 0, 10080, "240", \
	    N_("how long a terminal's place is kept for who comes back")) \
	X(DEMO, "demo", FIXED, 0, 1, "0", \
	    N_("an example shop: cannot go live")) \
	X(VOID_FRESH, "void_fresh_seconds", NUMBER, 0, 86400, "300", \
	    N_("a line younger is voided, an older one reversed")) \
	X(CASH_STEP, "cash_step", NUMBER, 1, 1000, "1", \
	    N_("cash is rounded to this many minor units; 1 not at all")) \
	X(LARGEST_NOTE, "largest_note", NUMBER, 1, 100000000, "50000", \
	    N_("largest note, in minor units; more change is asked twice")) \
	X(ADMIN_FROM, "admin_from", PLACES, 0, 255, "", \
	    N_("doors and terminals an admin's rights work from; empty: all")) \
	X(SECOND_FACTOR, "second_factor", ROLELIST, 0, 127, "", \
	    N_("roles that must also give an authenticator's code")) \
	X(PASSWORD_MIN, "password_min", NUMBER, 8, 64, "8", \
	    N_("least characters of a password")) \
	X(ENROL, "enrol_minutes", NUMBER, 1, 1440, "15", \
	    N_("how long a new terminal's code is good")) \
	X(QUOTATION_DAYS, "quotation_days", NUMBER, 1, 3650, "30", \
	    N_("days the prices of a quotation hold")) \
	X(DISK_WARN, "disk_warn_mb", NUMBER, 50, 1000000, "500", \
	    N_("less free disk than this is warned of")) \
	X(BACKUP_HOURS, "backup_hours", NUMBER, 1, 8760, "26", \
	    N_("an older last backup is warned of")) \
	X(RECEIPT_PRINT, "receipt_print", WORD, 0, 15, "always", \
	    N_("receipts without being asked: always, or ask: those the law " \
	    "wants, others by :receipt")) \
	X(SHIFT_OPEN, "shift_open", WORD, 0, 15, "auto", \
	    N_("auto: the first payment opens a shift; ask: :float does")) \
	X(SHIFT_PER, "shift_per", WORD, 0, 15, "till", \
	    N_("a shift is one per till or per cashier")) \
	X(GIFT_MONTHS, "gift_months", NUMBER, 0, 240, "12", \
	    N_("how long a gift card is good; 0 for ever")) \
	X(CREDIT_MONTHS, "credit_months", NUMBER, 0, 240, "12", \
	    N_("how long a credit note is good; 0 for ever")) \
	X(YEAR_MONTH, "fiscal_year_month", NUMBER, 1, 12, "1", \
	    N_("month the fiscal year begins in")) \
	X(DISCOUNTS, "discount_limits", LIMITS, 0, 127, \
	    "cashier 10, seller 5, waiter 5", \
	    N_("percent each role may take off; above it a manager must")) \
	X(SCAN_PREFIX, "scan_prefix", TEXT, 0, 7, "", \
	    N_("what the scanners are set to send before each code")) \
	X(BADGE_PREFIX, "badge_prefix", TEXT, 0, 7, "%", \
	    N_("what a badge's text begins with; empty: no badges")) \
	X(BARCODE_PREFIX, "barcode_prefix", NUMBER, 20, 29, "29", \
	    N_("barcodes of the shop's own begin with it")) \
	X(VALUATION, "valuation", WORD, 0, 15, "average", \
	    N_("stock is worth: average (weighted), fifo (oldest first)")) \
	X(NEGATIVE_STOCK, "negative_stock", WORD, 0, 15, "yes", \
	    N_("sell what stock says is not there: yes, warn, ask, no")) \
	X(LABEL_SHEET, "label_sheet", TEXT, 0, 63, "roll", \
	    N_("labels are on a roll, or on sheets: a4-3x8 …, 3x8:70x37")) \
	X(LABEL_OFFSET, "label_offset", TEXT, 0, 15, "", \
	    N_("sheets print so far off, right and down in mm: 1.5,-0.5")) \
	X(EXPIRY_DAYS, "expiry_days", NUMBER, 0, 3650, "10", \
	    N_("a lot is named so many days before it expires")) \
	X(UNSOLD_DAYS, "unsold_days", NUMBER, 1, 3650, "90", \
	    N_("stock is named that nobody bought for so many days"))

enum setting {
#define X(id, name, kind, min, max, fallback, help) SETTING_##id,
	SETTINGS(X)
#undef X
	SETTING_COUNT
};

struct setting_row {
	const char	*name, *value, *fallback, *help;
};
int	 setting_find(const char *name, enum setting *out) MUST_CHECK;
int64_t	 setting_default(enum setting s);	/* of one that is a number */
int	 setting_get(struct shop *shop, const char *name, char *out,
	    size_t size) MUST_CHECK;
/* Right "setting".  Checked against the kind in the table; audited; topic
 * "setting"; shop->set is as stored afterwards. */
int	 setting_set(struct shop *shop, const char *name, const char *value)
	    MUST_CHECK;
int	 setting_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct setting_row *row), void *ctx)
	    MUST_CHECK;

/* The first day only: inside a transaction, FIXED ones too, no right asked. */
int	 setting_put(struct shop *shop, enum setting s, const char *value)
	    MUST_CHECK;
/* Fill shop->set and shop->money; shop_reload_settings() calls it. */
int	 setting_load(struct shop *shop) MUST_CHECK;

#endif
