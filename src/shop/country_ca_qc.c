/* SPDX-License-Identifier: ISC */
/* Quebec: two taxes on top of the price, cash to five cents; restaurants and
 * bars need a certified device that comptoir is not (README). */
#include "shop/country.h"

static const int64_t ca_qc_notes[] = { 500, 1000, 2000, 5000, 10000, 0 };
static const int64_t ca_qc_money[] = { 5, 10, 25, 100, 200, 500, 1000, 2000,
    5000, 10000, 0 };

static const struct country_tax ca_qc_taxes[] = {
	{ "standard", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "standard", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "alcohol", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "alcohol", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "meal", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "meal", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "drink", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "drink", 2, "2013-01-01", "TVQ", "P", 9975 },
	{ "press", 1, "2013-01-01", "TPS", "F", 5000 },
	{ "food", 1, "2013-01-01", "TPS", "Z", 0 },
	{ "exempt", 1, "2013-01-01", "TPS", "Z", 0 },
	{ 0 }
};

static const struct country_tender ca_qc_tenders[] = {
	{ N_("Cash"), { .name = "cash", .letter = "e",
	    .kind = TENDER_CASH, .active = true, .change = true,
	    .drawer = true, .rounded = true, .refund = true } },
	{ N_("Card"), { .name = "card", .letter = "c",
	    .kind = TENDER_CARD, .active = true, .refund = true,
	    .tip = true } },
	{ N_("Gift"), { .name = "gift", .letter = "k",
	    .kind = TENDER_VOUCHER, .active = true,
	    .refund = true } },
	{ N_("Credit note"), { .name = "credit", .letter = "n",
	    .kind = TENDER_VOUCHER, .active = true, .refund = true } },
	{ N_("Account"), { .name = "account", .letter = "o",
	    .kind = TENDER_ACCOUNT, .active = true,
	    .refund = true } },
	{ N_("Cheque"), { .name = "cheque", .letter = "q",
	    .kind = TENDER_CHEQUE, .drawer = true, .reference = 1 } },
	{ N_("Transfer"), { .name = "transfer", .letter = "v",
	    .kind = TENDER_TRANSFER, .reference = 1 } },
	{ 0 }
};

const struct country country_ca_qc = {
	.code = "CA-QC",
	.currency = "CAD",
	.tax_added = true,
	.cash_step = 5,
	.largest_note = 10000,
	.notes = ca_qc_notes,
	.money = ca_qc_money,
	.regime = "none",
	.taxes = ca_qc_taxes,
	.tenders = ca_qc_tenders,
};
