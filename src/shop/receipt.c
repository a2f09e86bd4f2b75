/* SPDX-License-Identifier: ISC */
/* From a sale to paper: receipt, preview, duplicate (domain.md 1.6). */
#include "shop/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/words.h"
#include "shop/audit.h"
#include "shop/discount.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/return.h"
#include "shop/sale_part.h"
#include "shop/shift.h"
#include "shop/training.h"
#include "sql/sale.h"

/* Lines of a setting, parted by ';'. */
static void
receipt_lines(struct slip *out, unsigned style, const char *text)
{
	char	own[256], *save = NULL;

	(void)str_copy(own, sizeof(own), text);
	for (char *line = strtok_r(own, ";", &save); line != NULL;
	    line = strtok_r(NULL, ";", &save)) {
		while (*line == ' ') {
			line++;
		}
		slip_text(out, SLIP_CENTRE, style, line);
	}
}

/* "2026-12-24" as people write it. */
static void
receipt_day(const char *day, char *out, size_t size)
{
	(void)str_fmt(out, size, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

/* A quotation or an order: its number, its day, and until when it holds. */
static void
receipt_promise(const struct sale *sale, struct slip *out)
{
	bool	order = sale->kind == SALE_ORDER;
	char	when[32], due[32];

	slip_fmt(out, SLIP_CENTRE, SLIP_BOLD | SLIP_HIGH, "%s %s",
	    order ? _("Order") : _("Quotation"), sale->paper);
	if (strcmp(sale->name, sale->paper) != 0) {
		slip_text(out, SLIP_LEFT, 0, sale->name);
	}
	clock_local(shop_now(), "%d/%m/%Y", when, sizeof(when));
	slip_text(out, SLIP_LEFT, 0, when);
	if (sale->due_day[0] != '\0') {
		receipt_day(sale->due_day, due, sizeof(due));
		slip_columns(out, 0, order ? _("Wanted for") :
		    _("Prices hold until"), due);
	}
}

/* What became of the ticket, or of another by this one (domain.md 1.3). */
static void
receipt_cancels(const struct sale *sale, struct slip *out)
{
	if (sale->cancels[0] != '\0') {
		slip_fmt(out, SLIP_LEFT, SLIP_BOLD,
		    _("This ticket cancels ticket no. %s"), sale->cancels);
	}
	if (sale->cancelled_by[0] != '\0') {
		slip_fmt(out, SLIP_LEFT, SLIP_BOLD,
		    _("Cancelled by ticket no. %s"), sale->cancelled_by);
	}
}

/* Who sells, what this paper is, and what it is not. */
static void
receipt_head(struct shop *shop, const struct sale *sale, int duplicate,
    struct slip *out)
{
	char	when[32];

	slip_text(out, SLIP_CENTRE, SLIP_BOLD, shop->set.company);
	receipt_lines(out, 0, shop->set.address);
	receipt_lines(out, 0, shop->set.tax_ids);
	if (shop->set.demo) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD,
		    _("DEMO - not a receipt"));
	}
	if (sale->training) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD | SLIP_HIGH,
		    TRAINING_WORDS);
		slip_text(out, SLIP_CENTRE, SLIP_BOLD,
		    _("Practice - not a receipt"));
	}
	if (duplicate > 0) {
		slip_fmt(out, SLIP_CENTRE, SLIP_BOLD, "DUPLICATA %d",
		    duplicate);
	}
	slip_feed(out, 1);
	if (sale->ticket[0] == '\0' && sale->kind != SALE_SALE) {
		receipt_promise(sale, out);
	} else if (sale->ticket[0] == '\0') {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD,
		    _("Provisional - no proof of payment"));
		clock_local(shop_now(), "%d/%m/%Y %H:%M", when, sizeof(when));
		slip_text(out, SLIP_LEFT, 0, when);
	} else {
		char	title[64];

		(void)str_fmt(title, sizeof(title), "%s %s", _("Ticket"),
		    sale->ticket);
		clock_local(sale->posted_at, "%d/%m/%Y %H:%M:%S", when,
		    sizeof(when));
		slip_columns(out, 0, title,
		    sale->total < 0 ? _("Refund") : _("Sale"));
		slip_text(out, SLIP_LEFT, 0, when);
	}
	slip_fmt(out, SLIP_LEFT, 0, "%s%s%s", sale->terminal,
	    sale->terminal[0] != '\0' ? "  " : "", sale->user);
	receipt_cancels(sale, out);
	slip_rule(out, '-');
}

/* What each promotion and each hand takes off this line; line 0: the whole
 * ticket. */
static void
receipt_discounts(struct shop *shop, const struct sale *sale, int64_t line,
    struct slip *out)
{
	char	text[128], what[140], amount[MONEY_TEXT];

	for (size_t i = 0; i < sale->ndiscounts; i++) {
		const struct sale_discount	*d = &sale->discounts[i];

		if (d->line == line && (d->amount > 0 ||
		    d->kind == DISCOUNT_OFFER)) {
			discount_text(shop, d, text, sizeof(text));
			(void)str_fmt(what, sizeof(what), "%s%s",
			    line == 0 ? "" : "    ", text);
			money_plain(&shop->money, -d->amount, amount);
			slip_columns(out, 0, what, amount);
		}
	}
}

/* "Happy hour (2,50)": the list its price is of, and the usual one. */
static void
receipt_list(struct shop *shop, const struct sale_line *line,
    struct slip *out)
{
	char	usual[MONEY_TEXT];

	if (line->price_label[0] != '\0' && line->price < line->list_price) {
		money_plain(&shop->money, line->list_price, usual);
		slip_fmt(out, SLIP_LEFT, 0, "    %s (%s)", line->price_label,
		    usual);
	}
}

static void
receipt_line(struct shop *shop, const struct sale *sale,
    const struct sale_line *line, struct slip *out)
{
	char		qty[MONEY_TEXT], price[MONEY_TEXT], amount[MONEY_TEXT];
	char		left[PRODUCT_NAME + MONEY_TEXT], right[MONEY_TEXT + 8];
	const char	*letter = "", *second = "";

	for (int i = 0; i < sale->nvat; i++) {
		if (sale->vat[i].part == 1 &&
		    sale->vat[i].rate == line->rate) {
			letter = sale->vat[i].letter;
		}
		if (sale->vat[i].part == 2 && line->rate2 != 0 &&
		    sale->vat[i].rate == line->rate2) {
			second = sale->vat[i].letter;
		}
	}
	qty_plain(shop->money.mark, line->qty, qty);
	money_plain(&shop->money, line->price, price);
	money_plain(&shop->money, line_before_all(line), amount);
	(void)str_fmt(left, sizeof(left), "%s%s%s %s", qty,
	    line->by_weight ? " " : "", line->by_weight ? line->unit : "",
	    line->label);
	(void)str_fmt(right, sizeof(right), "%s %s%s", amount, letter, second);
	slip_columns(out, 0, left, right);
	if (line->qty != QTY_ONE && line->qty != -QTY_ONE) {
		slip_fmt(out, SLIP_LEFT, 0, "    %s x %s%s%s", qty, price,
		    line->by_weight ? "/" : "",
		    line->by_weight ? line->unit : "");
	}
	if (line->note[0] != '\0') {
		slip_fmt(out, SLIP_LEFT, 0, "    %s", line->note);
	}
	receipt_list(shop, line, out);
	if (line->of[0] != '\0' && strcmp(line->of, sale->cancels) != 0) {
		slip_fmt(out, SLIP_LEFT, 0, _("    back from ticket %s"),
		    line->of);
	}
	if (line->state == LINE_LIVE) {
		receipt_discounts(shop, sale, line->id, out);
	}
}

/* The lines without what is taken off all of them, and that. */
static void
receipt_subtotal(struct shop *shop, const struct sale *sale,
    struct slip *out)
{
	char	amount[MONEY_TEXT];
	int64_t	sum = 0;
	bool	any = false;

	for (size_t i = 0; i < sale->ndiscounts; i++) {
		any |= sale->discounts[i].line == 0 &&
		    sale->discounts[i].amount > 0;
	}
	if (!any) {
		return;
	}
	for (size_t i = 0; i < sale->nlines; i++) {
		if (sale->lines[i].state != LINE_VOID) {
			sum += line_before_ticket(sale, &sale->lines[i]);
		}
	}
	slip_rule(out, '-');
	money_plain(&shop->money, sum, amount);
	slip_columns(out, 0, _("Subtotal"), amount);
	receipt_discounts(shop, sale, 0, out);
}

/* For who brings something back: a scanner finds the ticket by it. */
static void
receipt_code(const struct sale *sale, struct slip *out)
{
	char	code[RETURN_CODE];

	if (sale->state != SALE_PAID || !return_code(sale, code)) {
		return;
	}
	slip_feed(out, 1);
	if (slip_code128(out, code) != 0) {
		log_warn("ticket %s has no barcode", sale->ticket);
	}
}

static void
receipt_body(struct shop *shop, const struct sale *sale, struct slip *out)
{
	size_t	lines = 0;
	char	text[64], amount[MONEY_TEXT];

	for (size_t i = 0; i < sale->nlines; i++) {
		if (sale->lines[i].state != LINE_VOID) {
			receipt_line(shop, sale, &sale->lines[i], out);
			lines++;
		}
	}
	receipt_subtotal(shop, sale, out);
	slip_rule(out, '-');
	money_symbol(&shop->money, sale->total, amount);
	slip_columns(out, SLIP_BOLD | SLIP_HIGH, _("TOTAL"), amount);
	if (sale->rounding != 0) {
		money_plain(&shop->money, sale->rounding, amount);
		slip_columns(out, 0, _("Cash rounding"), amount);
		money_symbol(&shop->money, sale->total + sale->rounding,
		    amount);
		slip_columns(out, 0, _("To pay"), amount);
	}
	(void)str_fmt(text, sizeof(text), ngettext("%zu line", "%zu lines",
	    lines), lines);
	slip_text(out, SLIP_LEFT, 0, text);
}

/* Net, tax and gross of each rate, as they were stored. */
static void
receipt_vat(struct shop *shop, const struct sale *sale, struct slip *out)
{
	static const int	widths[] = { 0, 8, 7, 8 };
	const char		*head[] = { sale->nvat > 0 &&
	    !sale->tax_added ? sale->vat[0].name : "", _("Net"),
	    _("Tax"), _("Gross") };

	slip_feed(out, 1);
	slip_row(out, 0, NELEM(head), widths, head);
	for (int i = 0; i < sale->nvat; i++) {
		const struct sale_vat	*v = &sale->vat[i];
		char	what[64], rate[MONEY_TEXT];
		char	net[MONEY_TEXT], vat[MONEY_TEXT], gross[MONEY_TEXT];
		const char	*cells[] = { what, net, vat, gross };

		rate_plain(shop->money.mark, v->rate, rate);
		/* Two taxes side by side are told apart by name. */
		(void)str_fmt(what, sizeof(what), "%s %s%s%s%%", v->letter,
		    sale->tax_added ? v->name : "",
		    sale->tax_added ? " " : "", rate);
		money_plain(&shop->money, v->net, net);
		money_plain(&shop->money, v->vat, vat);
		money_plain(&shop->money, v->gross, gross);
		slip_row(out, 0, NELEM(cells), widths, cells);
	}
}

/* The tenders' words once more: the sale has them in the user's language. */
static int
receipt_money(struct shop *shop, const struct sale *sale, struct slip *out)
{
	struct tender	tender;
	char		amount[MONEY_TEXT];
	int		r;

	slip_feed(out, 1);
	for (size_t i = 0; i < sale->npayments; i++) {
		if ((r = tender_find(shop, sale->payments[i].tender,
		    &tender)) != 0) {
			return r;
		}
		money_plain(&shop->money, sale->payments[i].given, amount);
		slip_columns(out, 0, tender.label, amount);
	}
	if (sale->change != 0) {
		money_plain(&shop->money, sale->change, amount);
		slip_columns(out, SLIP_BOLD, _("Change"), amount);
	}
	return 0;
}

static void
receipt_foot(struct shop *shop, const struct sale *sale, struct slip *out)
{
	char	extract[5], program[64];

	slip_feed(out, 1);
	receipt_lines(out, 0, shop->set.receipt_footer);
	journal_extract(sale->hash, extract);
	(void)str_fmt(program, sizeof(program), "comptoir %s / %s", VERSION,
	    journal_module());
	slip_columns(out, 0, program, extract);
	if (sale->training) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD, TRAINING_WORDS);
	}
	receipt_code(sale, out);
	if (shop->set.demo) {
		slip_text(out, SLIP_CENTRE, SLIP_BOLD, "DEMO");
	}
}

void
receipt_language(const char *language, char *was)
{
	const char	*now = getenv("LANGUAGE");
	char		 old[8];

	(void)str_copy(old, sizeof(old), now == NULL ? "" : now);
	if (was != NULL) {
		(void)str_copy(was, sizeof(old), old);
	}
	if (strcmp(old, language) != 0) {
		words_language(language);
	}
}

int
receipt_build(struct shop *shop, const struct sale *sale, int duplicate,
    struct slip *out)
{
	char	was[8], now[8];
	int	r = 0;

	receipt_language(shop->set.language, was);
	receipt_head(shop, sale, duplicate, out);
	receipt_body(shop, sale, out);
	receipt_vat(shop, sale, out);
	if (sale->npayments > 0) {
		r = receipt_money(shop, sale, out);
	}
	receipt_foot(shop, sale, out);
	slip_cut(out, false);
	receipt_language(was, now);
	return r;
}

/* --- duplicates --------------------------------------------------------- */

/* seq, docType, reprintNo, operator, dateTime, docNumber */
static int
reprint_journal(struct shop *shop, const struct sale *sale, int64_t n,
    int64_t *record)
{
	struct journal_place	place;
	char			chain[40], when[16], payload[160], hash[65];
	int			r;

	/* Each chain counts its own; practice is kept apart here too. */
	(void)str_fmt(chain, sizeof(chain), "%s/%lld", sale->training ?
	    "training-duplicate" : "duplicate",
	    (long long)shop->who.terminal);
	if ((r = journal_clock_check(shop)) != 0 ||
	    (r = journal_place(shop, chain, &place)) != 0) {
		return r;
	}
	clock_local(shop_now(), "%Y%m%d%H%M%S", when, sizeof(when));
	(void)str_fmt(payload, sizeof(payload), "%lld,Ticket,%lld,%lld,%s,%s",
	    (long long)place.seq, (long long)n, (long long)shop->who.user,
	    when, sale->ticket);
	return journal_add(shop, &place, payload, "", sale->id, hash, record);
}

static int
reprint_write(struct shop *shop, const struct sale *sale, int64_t printer,
    int64_t *n)
{
	struct q_duplicate_last	last;
	struct slip		slip = { 0 };
	char			ref[48];
	int64_t			record, job, shift;
	int			r;

	if ((r = q_duplicate_last(shop->db, sale->id, &last)) != 0 ||
	    (r = shift_now(shop, &shift)) != 0) {
		return r;
	}
	*n = last.n + 1;
	(void)str_fmt(ref, sizeof(ref), "%s-D%lld", sale->ticket,
	    (long long)*n);
	if ((r = reprint_journal(shop, sale, *n, &record)) == 0 &&
	    (r = q_duplicate_add(shop->db, sale->id, *n, shop_now(),
	    some(&shop->who.user), record, some(&shift))) == 0 &&
	    (r = audit_add(shop, "sale.reprint", "sale", sale->id,
	    ref)) == 0 && printer != 0 &&
	    (r = receipt_build(shop, sale, (int)*n, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_DUPLICATE, ref, &slip,
		    &job);
	}
	slip_done(&slip);
	return r;
}

int
receipt_reprint(struct shop *shop, int64_t id, int64_t *n)
{
	struct sale	sale;
	int64_t		printer;
	int		r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_REPRINT)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if (sale.state != SALE_PAID) {
		r = err_set(ERR_INVALID, _("only a paid ticket is printed "
		    "again"));
	} else if ((r = training_same(shop, sale.training)) != 0) {
		;			/* said there */
	} else if ((r = printer_for(shop, shop->who.terminal,
	    &printer)) == 0 && (r = db_begin(shop->db, "reprint")) == 0) {
		r = sale_end(shop, reprint_write(shop, &sale, printer, n));
	}
	sale_done(&sale);
	if (r != 0) {
		*n = 0;
	}
	return r;
}
