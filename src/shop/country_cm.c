/* SPDX-License-Identifier: ISC */
/* Cameroon: the CFA franc has no decimals, and half of it moves by mobile. */
#include "shop/country.h"

/* The 500 franc coin and note count apart in no drawer: one value. */
static const int64_t cm_notes[] = { 500, 1000, 2000, 5000, 10000, 0 };
static const int64_t cm_money[] = { 1, 2, 5, 10, 25, 50, 100, 500, 1000, 2000,
    5000, 10000, 0 };

/* 17.5 % and a tenth of it for the communes. */
static const struct country_tax cm_taxes[] = {
	{ "standard", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "alcohol", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "meal", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "drink", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "food", 1, "2005-01-01", "TVA", "A", 19250 },
	{ "press", 1, "2005-01-01", "TVA", "B", 0 },
	{ "exempt", 1, "2005-01-01", "TVA", "B", 0 },
	{ 0 }
};

static const struct country_tender cm_tenders[] = {
	{ N_("Cash"), { .name = "cash", .letter = "e",
	    .kind = TENDER_CASH, .active = true, .change = true,
	    .drawer = true, .rounded = true, .refund = true } },
	{ N_("Card"), { .name = "card", .letter = "c",
	    .kind = TENDER_CARD, .active = true, .refund = true,
	    .tip = true } },
	/* The reference is the one of the text message. */
	{ "MTN MoMo", { .name = "mobile", .letter = "m",
	    .kind = TENDER_MOBILE, .active = true,
	    .reference = 2, .phone = true,
	    .waits = true } },
	{ "Orange Money", { .name = "orange", .letter = "r",
	    .kind = TENDER_MOBILE, .active = true,
	    .reference = 2, .phone = true,
	    .waits = true } },
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

const struct country country_cm = {
	.code = "CM",
	.currency = "XAF",
	.cash_step = 1,
	.largest_note = 10000,
	.notes = cm_notes,
	.money = cm_money,
	.regime = "none",
	.taxes = cm_taxes,
	.tenders = cm_tenders,
};
