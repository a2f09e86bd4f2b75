/* SPDX-License-Identifier: ISC */
/* Belgium: cash to five cents, only the part paid in cash; restaurants need a
 * certified device that comptoir is not (README). */
#include "shop/country.h"

static const int64_t be_notes[] = { 500, 1000, 2000, 5000, 10000, 0 };
static const int64_t be_money[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000,
    2000, 5000, 10000, 20000, 50000, 0 };

static const struct country_tax be_taxes[] = {
	{ "standard", 1, "2010-01-01", "TVA", "A", 21000 },
	{ "alcohol", 1, "2010-01-01", "TVA", "A", 21000 },
	{ "meal", 1, "2010-01-01", "TVA", "B", 12000 },
	{ "drink", 1, "2010-01-01", "TVA", "A", 21000 },
	{ "food", 1, "2010-01-01", "TVA", "C", 6000 },
	{ "press", 1, "2010-01-01", "TVA", "D", 0 },
	{ "exempt", 1, "2010-01-01", "TVA", "D", 0 },
	{ 0 }
};

/* What leaves the house is food, not restaurant service. */
static const struct country_mode be_modes[] = {
	{ "take_away_now", { "meal", 1, "2010-01-01", "TVA", "C", 6000 } },
	{ "take_away_now", { "drink", 1, "2010-01-01", "TVA", "C", 6000 } },
	{ "take_away_later", { "meal", 1, "2010-01-01", "TVA", "C", 6000 } },
	{ "take_away_later", { "drink", 1, "2010-01-01", "TVA", "C", 6000 } },
	{ "delivery", { "meal", 1, "2010-01-01", "TVA", "C", 6000 } },
	{ "delivery", { "drink", 1, "2010-01-01", "TVA", "C", 6000 } },
	{ "on_site", { "food", 1, "2010-01-01", "TVA", "B", 12000 } },
	{ 0 }
};

static const struct country_tender be_tenders[] = {
	{ N_("Cash"), { .name = "cash", .letter = "e",
	    .kind = TENDER_CASH, .active = true, .change = true,
	    .drawer = true, .rounded = true, .refund = true } },
	{ N_("Card"), { .name = "card", .letter = "c",
	    .kind = TENDER_CARD, .active = true, .refund = true,
	    .tip = true } },
	/* Food and soft drinks, no change. */
	{ N_("Meal voucher"), { .name = "meal", .letter = "t",
	    .kind = TENDER_MEAL, .active = true,
	    .drawer = true, .eligible = "meal drink food" } },
	{ N_("Gift"), { .name = "gift", .letter = "k",
	    .kind = TENDER_VOUCHER, .active = true,
	    .refund = true } },
	{ N_("Credit note"), { .name = "credit", .letter = "n",
	    .kind = TENDER_VOUCHER, .active = true, .refund = true } },
	{ N_("Account"), { .name = "account", .letter = "o",
	    .kind = TENDER_ACCOUNT, .active = true,
	    .refund = true } },
	{ N_("Transfer"), { .name = "transfer", .letter = "v",
	    .kind = TENDER_TRANSFER, .reference = 1 } },
	{ N_("Mobile money"), { .name = "mobile", .letter = "m",
	    .kind = TENDER_MOBILE, .reference = 2, .phone = true,
	    .waits = true } },
	{ 0 }
};

/* comptoir is no certified till with a fiscal data module. */
static const char *const be_mentions[] = {
	N_("This is not a VAT till receipt"), NULL
};

const struct country country_be = {
	.code = "BE",
	.currency = "EUR",
	.cash_step = 5,
	.cash_keep = 5,
	.cash_limit = 300000,
	.largest_note = 50000,
	.notes = be_notes,
	.money = be_money,
	.regime = "none",
	.mentions = be_mentions,
	.taxes = be_taxes,
	.modes = be_modes,
	.tenders = be_tenders,
};
