/* SPDX-License-Identifier: ISC */
/* `comptoir check`: everything that is kept twice, held against itself. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "shop/grand.h"
#include "shop/init.h"
#include "shop/journal.h"
#include "shop/product.h"
#include "sql/check.h"
#include "sql/product.h"
#include "sql/purchase.h"
#include "sql/recipe.h"
#include "sql/stock.h"
#include "sql/stock_count.h"
#include "sql/transfer.h"

struct check {
	struct shop	*shop;
	void		(*fn)(void *ctx, const char *what,
			    const char *finding);
	void		*ctx;
	const char	*what;
	int64_t		 bad;
};

static void check_found(struct check *c, const char *fmt, ...) PRINTF(2, 3);

static void
check_found(struct check *c, const char *fmt, ...)
{
	char	text[256];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->bad++;
	c->fn(c->ctx, c->what, text);
}

static void
check_text(void *ctx, const char *finding)
{
	check_found(ctx, "%s", finding);
}

static int
check_database(struct check *c)
{
	c->what = N_("database");
	return db_integrity(c->shop->db, check_text, c);
}

static int
check_levels(struct check *c)
{
	struct q_check_stock	*rows;
	struct q_check_stock_worth *worth;
	char			 says[MONEY_TEXT], makes[MONEY_TEXT];
	size_t			 n;
	int			 r;

	if ((r = q_check_stock(c->shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		qty_plain('.', rows[i].level, says);
		qty_plain('.', rows[i].sum, makes);
		if (rows[i].level != rows[i].sum) {
			check_found(c, _("%s: the level says %s, its "
			    "movements make %s"), rows[i].code, says, makes);
			continue;
		}
		money_plain(&c->shop->money, rows[i].value, says);
		money_plain(&c->shop->money, rows[i].worth, makes);
		check_found(c, _("%s: it is worth %s, its movements make %s"),
		    rows[i].code, says, makes);
	}
	free(rows);
	if ((r = q_check_stock_worth(c->shop->db, &worth, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		money_plain(&c->shop->money, worth[i].value, says);
		money_plain(&c->shop->money, worth[i].sum, makes);
		check_found(c, _("place %s: it is worth %s, its movements "
		    "make %s"), worth[i].place, says, makes);
	}
	free(worth);
	return 0;
}

/* Lots, pieces, entries kept apart, and the marks that past dates go by. */
static int
check_stock(struct check *c)
{
	struct q_check_stock_lots	*lots;
	struct q_check_stock_serials	*serials;
	struct q_check_stock_marks	*marks;
	struct q_check_stock_layers	*layers;
	struct q_check_recipes		*recipes;
	struct q_check_stock_counts	*counts;
	struct q_check_transfers	*transfers;
	size_t				 n;
	int				 r;

	c->what = N_("stock");
	if ((r = check_levels(c)) != 0 ||
	    (r = q_check_stock_lots(c->shop->db, &lots, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		char	says[MONEY_TEXT], makes[MONEY_TEXT];

		qty_plain('.', lots[i].level, says);
		qty_plain('.', lots[i].sum, makes);
		check_found(c, _("%s lot %s: the level says %s, its movements "
		    "make %s"), lots[i].code, lots[i].lot, says, makes);
	}
	free(lots);
	if ((r = q_check_stock_serials(c->shop->db, &serials, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s number %s: not where its last movement "
		    "left it"), serials[i].code, serials[i].serial);
	}
	free(serials);
	if ((r = q_check_stock_marks(c->shop->db, &marks, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s at %s: its last mark is not its level"),
		    marks[i].code, marks[i].place);
	}
	free(marks);
	if ((r = q_check_stock_layers(c->shop->db, &layers, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s at %s: its entries do not make its "
		    "level"), layers[i].code, layers[i].place);
	}
	free(layers);
	if ((r = q_check_recipes(c->shop->db, &recipes, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s: a sale would not take what its recipe "
		    "says"), recipes[i].code);
	}
	free(recipes);
	if ((r = q_check_stock_counts(c->shop->db, &counts, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("count %lld: %s was not put right by what it "
		    "differs"), (long long)counts[i].counting, counts[i].code);
	}
	free(counts);
	if ((r = q_check_transfers(c->shop->db, &transfers, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s: not what transfers sent is under way"),
		    transfers[i].code);
	}
	free(transfers);
	return 0;
}

/* Orders and receipts, against each other and the stock. */
static int
check_purchases(struct check *c)
{
	struct q_check_received		*lines;
	struct q_check_intake		*intake;
	struct q_check_paper_numbers	*series;
	char				 says[MONEY_TEXT], makes[MONEY_TEXT];
	size_t				 n;
	int				 r;

	c->what = N_("purchases");
	if ((r = q_check_received(c->shop->db, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		qty_plain('.', lines[i].received, says);
		qty_plain('.', lines[i].sum, makes);
		check_found(c, _("order %s: line %s says %s received, the "
		    "receipts make %s"), lines[i].number, lines[i].code, says,
		    makes);
	}
	free(lines);
	if ((r = q_check_intake(c->shop->db, &intake, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("receipt %s: %s is not in the stock as it "
		    "says"), intake[i].number, intake[i].code);
	}
	free(intake);
	if ((r = q_check_paper_numbers(c->shop->db, &series, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s numbers are not gapless: %lld papers, "
		    "the last is %lld"), series[i].series,
		    (long long)series[i].papers, (long long)series[i].last);
	}
	free(series);
	return 0;
}

static int
check_numbers(struct check *c)
{
	struct q_check_series		*series;
	struct q_check_duplicates	*duplicates;
	size_t				 n;
	int				 r;

	c->what = N_("tickets");
	if ((r = q_check_series(c->shop->db, &series, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("series %s: %lld tickets, the last number is "
		    "%lld"), series[i].series, (long long)series[i].made,
		    (long long)series[i].most);
	}
	free(series);
	if ((r = q_check_duplicates(c->shop->db, &duplicates, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("ticket %s-%06lld: %lld duplicates, the last "
		    "is %lld"), duplicates[i].series,
		    (long long)duplicates[i].number,
		    (long long)duplicates[i].made,
		    (long long)duplicates[i].most);
	}
	free(duplicates);
	return 0;
}

static void
check_sum(struct check *c, const char *series, int64_t number,
    const char *kind, int64_t total, int64_t sum)
{
	char	says[MONEY_TEXT], makes[MONEY_TEXT];

	money_plain(&c->shop->money, total, says);
	money_plain(&c->shop->money, sum, makes);
	check_found(c, _("ticket %s-%06lld: %s make %s, it says %s"), series,
	    (long long)number, kind, makes, says);
}

static int
check_tickets(struct check *c)
{
	struct q_check_lines	*lines;
	struct q_check_vat	*vat;
	struct q_check_payments	*paid;
	size_t			 n;
	int			 r;

	if ((r = q_check_lines(c->shop->db, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_sum(c, lines[i].series, lines[i].number, _("its lines"),
		    lines[i].total, lines[i].sum);
	}
	free(lines);
	if ((r = q_check_vat(c->shop->db, &vat, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_sum(c, vat[i].series, vat[i].number, _("its taxes"),
		    vat[i].total, vat[i].sum);
	}
	free(vat);
	if ((r = q_check_payments(c->shop->db, &paid, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_sum(c, paid[i].series, paid[i].number,
		    _("its payments"), paid[i].total, paid[i].sum);
	}
	free(paid);
	return 0;
}

/* What is owed: each account is the payments put on it and what came in. */
static int
check_accounts(struct check *c)
{
	struct q_check_accounts	*rows;
	struct q_check_settled	*settled;
	char			 says[MONEY_TEXT], makes[MONEY_TEXT];
	size_t			 n;
	int			 r;

	c->what = N_("accounts");
	if ((r = q_check_accounts(c->shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		money_plain(&c->shop->money, rows[i].entries, says);
		money_plain(&c->shop->money, rows[i].payments, makes);
		check_found(c, _("customer %s: %s on account, the tickets "
		    "make %s"), rows[i].code, says, makes);
	}
	free(rows);
	if ((r = q_check_settled(c->shop->db, &settled, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("ticket %s-%06lld: posted with a payment "
		    "that is waited for"), settled[i].series,
		    (long long)settled[i].number);
	}
	free(settled);
	return 0;
}

/* What discounts take, held against what the lines gave up. */
static int
check_discounts(struct check *c)
{
	struct q_check_discounts	*sums;
	struct q_check_off		*lines;
	size_t				 n;
	int				 r;

	if ((r = q_check_discounts(c->shop->db, &sums, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_sum(c, sums[i].series, sums[i].number,
		    _("what is taken off its lines"), sums[i].taken,
		    sums[i].gone);
	}
	free(sums);
	if ((r = q_check_off(c->shop->db, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("ticket %s-%06lld: what is taken off %s "
		    "cannot be"), lines[i].series,
		    (long long)lines[i].number, lines[i].label);
	}
	free(lines);
	return 0;
}

/* What was chosen, held against the line it was chosen for; and variants. */
static int
check_choices(struct check *c)
{
	struct q_check_options	*lines;
	struct q_check_variants	*rows;
	size_t			 n;
	int			 r;

	c->what = N_("options");
	if ((r = q_check_options(c->shop->db, &lines, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("sale %lld: %s and its options do not add "
		    "up"), (long long)lines[i].sale, lines[i].label);
	}
	free(lines);
	if ((r = q_check_variants(c->shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s: its price is not that of what it is a "
		    "variant of"), rows[i].code);
	}
	free(rows);
	return 0;
}

/* FTS5 compares its words with the catalogue; it is asked by an INSERT. */
static int
check_words(struct check *c)
{
	int	r;

	c->what = N_("search");
	if ((r = product_import_finish(c->shop)) == ERR_BUSY) {
		return 0;		/* words are being written just now */
	}
	if (r != 0 || (r = db_begin(c->shop->db, "check")) != 0) {
		return r;
	}
	r = q_product_word_check(c->shop->db);
	db_rollback(c->shop->db);
	if (r == ERR_CORRUPT) {
		check_found(c, _("the search words do not match the "
		    "catalogue"));
		r = 0;
	}
	return r;
}

/* What is counted by rate and by day: the journal signs the sums only. */
static int
check_counted(struct check *c)
{
	struct q_check_rates	*rates;
	struct q_check_days	*days;
	size_t			 n;
	int			 r;

	c->what = "tickets";
	if ((r = q_check_rates(c->shop->db, &rates, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("ticket %s-%06lld: %s is not that of its "
		    "lines"), rates[i].series, (long long)rates[i].number,
		    rates[i].name);
	}
	free(rates);
	if ((r = q_check_days(c->shop->db, &days, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("ticket %s-%06lld: %s is not its day"),
		    days[i].series, (long long)days[i].number, days[i].day);
	}
	free(days);
	return 0;
}

/* A piece with a number of its own is in the shop or out of it. */
static int
check_serials(struct check *c)
{
	struct q_check_serials	*rows;
	size_t			 n;
	int			 r;

	c->what = N_("serial numbers");
	if ((r = q_check_serials(c->shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("%s no. %s: ticket %s-%06lld sold it while "
		    "it was out, or took it back while it was in"),
		    rows[i].code, rows[i].serial, rows[i].series,
		    (long long)rows[i].number);
	}
	free(rows);
	return 0;
}

/* How far a line is at a station is what was last done with it there. */
static int
check_kitchen(struct check *c)
{
	struct q_check_kitchen	*rows;
	size_t			 n;
	int			 r;

	c->what = N_("kitchen");
	if ((r = q_check_kitchen(c->shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("line %lld at %s: %s, its history says %s"),
		    (long long)rows[i].line, rows[i].station, rows[i].state,
		    rows[i].said);
	}
	free(rows);
	return 0;
}

/* What came back, and what is owed to who holds a number. */
static int
check_returns(struct check *c)
{
	struct q_check_turnover	*turnover;
	struct q_check_returned	*back;
	struct q_check_vouchers	*vouchers;
	struct q_check_voucher_payments	*paid;
	char			 sold[MONEY_TEXT], came[MONEY_TEXT];
	size_t			 n;
	int			 r;

	c->what = "tickets";
	if ((r = q_check_turnover(c->shop->db, &turnover, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_sum(c, turnover[i].series, turnover[i].number,
		    _("its turnover lines"), turnover[i].total,
		    turnover[i].sum);
	}
	free(turnover);
	if ((r = q_check_returned(c->shop->db, &back, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		qty_plain('.', back[i].total, sold);
		qty_plain('.', back[i].sum, came);
		check_found(c, _("ticket %s-%06lld: %s %s sold, %s taken "
		    "back"), back[i].series, (long long)back[i].number, sold,
		    back[i].label, came);
	}
	free(back);
	c->what = N_("vouchers");
	if ((r = q_check_vouchers(c->shop->db, &vouchers, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		money_plain(&c->shop->money, vouchers[i].balance, sold);
		money_plain(&c->shop->money, vouchers[i].sum, came);
		check_found(c, _("voucher %lld: %s on it, its log makes %s"),
		    (long long)vouchers[i].id, sold, came);
	}
	free(vouchers);
	if ((r = q_check_voucher_payments(c->shop->db, &paid, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		money_plain(&c->shop->money, paid[i].paid, sold);
		money_plain(&c->shop->money, paid[i].moved, came);
		check_found(c, _("voucher %lld: %s paid with it, %s went off "
		    "it"), (long long)paid[i].id, sold, came);
	}
	free(paid);
	return 0;
}

static void
check_amounts(struct check *c, const char *series, int64_t number,
    const char *what, int64_t says, int64_t makes)
{
	char	said[MONEY_TEXT], made[MONEY_TEXT];

	money_plain(&c->shop->money, says, said);
	money_plain(&c->shop->money, makes, made);
	check_found(c, _("closing Z%s-%06lld: %s makes %s, it says %s"),
	    series, (long long)number, what, made, said);
}

/* What a Z says of the drawer: movements and payments, added up anew. */
static int
check_drawers(struct check *c)
{
	struct q_check_shift_totals	*totals;
	struct q_check_shift_gaps	*gaps;
	size_t				 n;
	int				 r;

	if ((r = q_check_shift_totals(c->shop->db, &totals, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_amounts(c, totals[i].series, totals[i].number,
		    totals[i].tender, totals[i].says, totals[i].makes);
	}
	free(totals);
	if ((r = q_check_shift_gaps(c->shop->db, &gaps, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_amounts(c, gaps[i].series, gaps[i].number,
		    _("the difference"), gaps[i].says, gaps[i].makes);
	}
	free(gaps);
	return 0;
}

/* And of its tickets. */
static int
check_closings(struct check *c)
{
	struct q_check_shift_vat	*vat;
	struct q_check_shift_tickets	*tickets;
	struct q_check_shift_days	*days;
	struct q_check_z		*series;
	size_t				 n;
	int				 r;

	if ((r = q_check_shift_vat(c->shop->db, &vat, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_amounts(c, vat[i].series, vat[i].number, vat[i].name,
		    vat[i].says, vat[i].makes);
	}
	free(vat);
	if ((r = q_check_shift_tickets(c->shop->db, &tickets, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_amounts(c, tickets[i].series, tickets[i].number,
		    _("the tickets"), tickets[i].says, tickets[i].makes);
	}
	free(tickets);
	if ((r = q_check_shift_days(c->shop->db, &days, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("ticket %s-%06lld: the business day of its "
		    "shift is %s"), days[i].series, (long long)days[i].number,
		    days[i].day);
	}
	free(days);
	if ((r = q_check_z(c->shop->db, &series, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("closings Z%s: there are %lld, the last "
		    "number is %lld: a gap"), series[i].series,
		    (long long)series[i].made, (long long)series[i].most);
	}
	free(series);
	return 0;
}

static int
check_shifts(struct check *c)
{
	int	r;

	c->what = N_("shifts");
	return (r = check_drawers(c)) != 0 ? r : check_closings(c);
}

/* Who is served and the sale beside them agree. */
static int
check_tables(struct check *c)
{
	struct q_check_served	*served;
	struct q_check_counts	*counts;
	size_t			 n;
	int			 r;

	c->what = N_("tables");
	if ((r = q_check_served(c->shop->db, &served, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("sale %lld of %s is %s, and somebody is "
		    "still served there or not any more"),
		    (long long)served[i].sale, served[i].name,
		    served[i].state);
	}
	free(served);
	if ((r = q_check_counts(c->shop->db, &counts, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		check_found(c, _("line %lld: the kitchen was sent none of it"),
		    (long long)counts[i].line);
	}
	free(counts);
	return 0;
}

int
check_run(struct shop *shop, void (*fn)(void *ctx, const char *what,
    const char *finding), void *ctx, int64_t *bad)
{
	struct check	c = { .shop = shop, .fn = fn, .ctx = ctx };
	int64_t		records, broken;
	int		r;

	*bad = 0;
	if ((r = shop_require(shop, RIGHT_CHECK)) != 0 ||
	    (r = check_database(&c)) != 0 || (r = check_words(&c)) != 0 ||
	    (r = check_stock(&c)) != 0 || (r = check_purchases(&c)) != 0 ||
	    (r = check_numbers(&c)) != 0 ||
	    (r = check_tickets(&c)) != 0 ||
	    (r = check_discounts(&c)) != 0 ||
	    (r = check_choices(&c)) != 0 ||
	    (r = check_accounts(&c)) != 0 || (r = check_counted(&c)) != 0 ||
	    (r = check_returns(&c)) != 0 ||
	    (r = check_serials(&c)) != 0 || (r = check_shifts(&c)) != 0 ||
	    (r = check_tables(&c)) != 0 ||
	    (r = check_kitchen(&c)) != 0) {
		return r;
	}
	c.what = N_("closings");
	if ((r = grand_check(shop, check_text, &c)) != 0) {
		return r;
	}
	c.what = N_("journal");
	if ((r = journal_verify(shop, VERIFY_ALL, check_text, &c, &records,
	    &broken)) == 0) {
		*bad = c.bad;
	}
	return r;
}
