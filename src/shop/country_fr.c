/* SPDX-License-Identifier: ISC */
/* France (domain.md 1, 3). */
#include "shop/country.h"

static const int64_t fr_notes[] = { 500, 1000, 2000, 5000, 10000, 0 };
static const int64_t fr_money[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000,
    2000, 5000, 10000, 20000, 50000, 0 };

static const struct country_tax fr_taxes[] = {
	{ "standard", 1, "2014-01-01", "TVA", "A", 20000 },
	{ "alcohol", 1, "2014-01-01", "TVA", "A", 20000 },
	{ "meal", 1, "2014-01-01", "TVA", "B", 10000 },
	{ "drink", 1, "2014-01-01", "TVA", "B", 10000 },
	{ "food", 1, "2014-01-01", "TVA", "C", 5500 },
	{ "press", 1, "2014-01-01", "TVA", "D", 2100 },
	{ "exempt", 1, "2014-01-01", "TVA", "E", 0 },
	{ 0 }
};

/* Packed to be eaten later; and food eaten at once. */
static const struct country_mode fr_modes[] = {
	{ "take_away_later", { "meal", 1, "2014-01-01", "TVA", "C", 5500 } },
	{ "take_away_later", { "drink", 1, "2014-01-01", "TVA", "C", 5500 } },
	{ "on_site", { "food", 1, "2014-01-01", "TVA", "B", 10000 } },
	{ "take_away_now", { "food", 1, "2014-01-01", "TVA", "B", 10000 } },
	{ 0 }
};

static const struct country_tender fr_tenders[] = {
	{ N_("Cash"), { .name = "cash", .letter = "e",
	    .kind = TENDER_CASH, .active = true, .change = true,
	    .drawer = true, .rounded = true, .refund = true } },
	{ N_("Card"), { .name = "card", .letter = "c",
	    .kind = TENDER_CARD, .active = true, .refund = true,
	    .tip = true } },
	/* Food and soft drinks, 25 euros a day for one person, no change. */
	{ N_("Meal voucher"), { .name = "meal", .letter = "t",
	    .kind = TENDER_MEAL, .active = true,
	    .drawer = true, .eligible = "meal drink food", .most = 2500 } },
	{ N_("Cheque"), { .name = "cheque", .letter = "q",
	    .kind = TENDER_CHEQUE, .active = true,
	    .drawer = true, .reference = 1 } },
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

const struct country country_fr = {
	.code = "FR",
	.currency = "EUR",
	.cash_step = 1,
	.cash_limit = 100000,
	.largest_note = 50000,
	.notes = fr_notes,
	.money = fr_money,
	.regime = "fr",
	.taxes = fr_taxes,
	.modes = fr_modes,
	.tenders = fr_tenders,
};
