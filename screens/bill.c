/* SPDX-License-Identifier: ISC */
/* Painting a sale: amounts under amounts, one thing loud. */
#include "screens/bill.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "screens/app.h"
#include "shop/discount.h"

#define BILL_WIDE	60	/* from here unit prices have a column */
#define BILL_MOST	80	/* wider only puts the amounts out of sight */

bool
bill_shows(const struct sale_line *line)
{
	return line->state != LINE_VOID;
}

int
bill_count(const struct sale *sale)
{
	int	n = 0;

	for (size_t i = 0; i < sale->nlines; i++) {
		n += bill_shows(&sale->lines[i]) ? 1 : 0;
	}
	return n;
}

const struct sale_line *
bill_line(const struct sale *sale, int nth)
{
	for (size_t i = 0; i < sale->nlines; i++) {
		if (bill_shows(&sale->lines[i]) && nth-- == 0) {
			return &sale->lines[i];
		}
	}
	return NULL;
}

int
bill_find(const struct sale *sale, int64_t id)
{
	const struct sale_line	*line;

	for (int i = 0; (line = bill_line(sale, i)) != NULL; i++) {
		if (line->id == id) {
			return i;
		}
	}
	return -1;
}

/* Discounts that say something: what they take, or that all is offered. */
static bool
bill_takes(const struct sale_discount *d, int64_t line)
{
	return d->line == line && (d->amount > 0 ||
	    d->kind == DISCOUNT_OFFER);
}

/* Has its price another reason than the catalogue? */
static bool
bill_listed(const struct sale_line *line)
{
	return line->price_label[0] != '\0' &&
	    line->price != line->list_price;
}

/* A coupon that nothing came of yet. */
static bool
bill_waits(const struct sale *sale, const struct sale_discount *coupon)
{
	for (size_t i = 0; i < sale->ndiscounts; i++) {
		if (sale->discounts[i].kind == DISCOUNT_PROMO &&
		    sale->discounts[i].promo == coupon->promo) {
			return false;
		}
	}
	return coupon->kind == DISCOUNT_COUPON;
}

/* Rows under a line; line NULL: those of the whole ticket. */
static int
bill_under(const struct sale *sale, const struct sale_line *line)
{
	int	n = line != NULL && bill_listed(line) ? 1 : 0;

	for (size_t i = 0; i < sale->ndiscounts; i++) {
		const struct sale_discount	*d = &sale->discounts[i];

		if (line == NULL) {
			n += bill_takes(d, 0) || bill_waits(sale, d) ? 1 : 0;
		} else if (line->state == LINE_LIVE) {
			n += bill_takes(d, line->id) ? 1 : 0;
		}
	}
	return n;
}

/* The course that begins with this line at a table; 0 none does. */
static int
bill_course(const struct sale *sale, int nth)
{
	const struct sale_line	*line = bill_line(sale, nth), *before;

	if (!sale->seated || line->parent != 0 || line->course == 0) {
		return 0;
	}
	for (int i = nth - 1; i >= 0; i--) {
		before = bill_line(sale, i);
		if (before->parent == 0) {
			return before->course == line->course ? 0 :
			    line->course;
		}
	}
	return line->course;
}

/* "saignant   no salt": what was said of a line. */
static void
bill_said(const struct sale_line *line, char *out, size_t size)
{
	(void)str_fmt(out, size, "%s%s%s", line->words,
	    line->words[0] != '\0' && line->note[0] != '\0' ? "   " : "",
	    line->note);
}

/* On a narrow screen: is what was said of it too long to stand beside it?
 * Then it has a row of its own. */
static bool
bill_below(const struct bill *b, const struct sale_line *line)
{
	char	said[sizeof(line->words) + sizeof(line->note) + 4];
	int	room = bill_end(b->cols) - 6;

	if (b->cols == 0 || b->cols >= BILL_WIDE || line->parent != 0) {
		return false;
	}
	bill_said(line, said, sizeof(said));
	/* Beside it: its mark and seat, two gaps, the amount. */
	return said[0] != '\0' && utf8_cols(line->label) + 3 +
	    utf8_cols(said) + 5 + (line->seat != 0 ? 4 : 0) + 8 > room;
}

/* Rows the lines from one to another take, with what stands over and under
 * them. */
static int
bill_span(const struct bill *b, int from, int to)
{
	const struct sale	*sale = b->sale;
	int			 n = to - from + 1;

	for (int i = from; i <= to && sale->seated; i++) {
		n += bill_course(sale, i) != 0 ? 1 : 0;
	}

	if (sale->ndiscounts > 0 && to == bill_count(sale) - 1) {
		n += bill_under(sale, NULL);
	}
	for (int i = from; i <= to; i++) {
		n += bill_under(sale, bill_line(sale, i)) +
		    (bill_below(b, bill_line(sale, i)) ? 1 : 0);
	}
	return n;
}

/* Payments taken one by one stand under the sum, with what is still due. */
static int
bill_sums(const struct sale *sale)
{
	if (sale->npayments == 0 ||
	    (sale->npayments == 1 && sale->state == SALE_PAID)) {
		return 1;
	}
	return (int)sale->npayments + (sale->state == SALE_PAID ? 1 : 2);
}

int
bill_sum_row(const struct sale *sale, int rows)
{
	return rows - 1 - bill_sums(sale);
}

/* A blank row above and below the lines where there is room for calm; what
 * must not be overlooked has the first one, wherever it is. */
static int
bill_first(const struct sale *sale, int rows)
{
	return rows >= 14 || sale->allergies != NULL ? 1 : 0;
}

int
bill_room(const struct sale *sale, int rows)
{
	int	first = bill_first(sale, rows);
	int	room = bill_sum_row(sale, rows) - first - (rows >= 14 ? 1 : 0);

	return room > 1 ? room : 1;
}

int
bill_lines_end(const struct sale *sale, int rows)
{
	return bill_first(sale, rows) + bill_room(sale, rows);
}

void
bill_scroll(struct bill *b, int rows, int at)
{
	int	n = bill_count(b->sale), room = bill_room(b->sale, rows);

	if (at < 0) {
		at = n - 1;
	}
	if (b->top >= n) {
		b->top = n - 1;
	}
	while (b->top < at && bill_span(b, b->top, at) > room) {
		b->top++;
	}
	if (at < b->top) {
		b->top = at;
	}
	while (b->top > 0 && bill_span(b, b->top - 1, n - 1) <= room) {
		b->top--;
	}
	if (b->top < 0) {
		b->top = 0;
	}
}

int
bill_cols(int cols)
{
	return cols < BILL_MOST ? cols : BILL_MOST;
}

int
bill_end(int cols)
{
	/* Room after the amounts for " EUR". */
	return bill_cols(cols) - (cols < BILL_WIDE ? 4 : 8);
}

/* "    + œuf        1,50": what is part of its line's price says none. */
static void
bill_put_option(const struct bill *b, struct canvas *c, int row,
    const struct sale_line *line, enum style style)
{
	int	end = bill_end(canvas_cols(c));
	int64_t	amount = line_before_all(line);

	canvas_put(c, row, 8, style, "+");
	canvas_cell(c, row, 10, end - 10 - (amount == 0 ? 0 :
	    canvas_cols(c) < BILL_WIDE ? 9 : 12), style, line->label);
	if (amount != 0) {
		canvas_right(c, row, end, 11, style,
		    app_money(b->shop, amount));
	}
}

/* "   #2 (new)" behind a line, "*#2 " before it on a narrow screen: for whom,
 * and that the kitchen does not have it yet. */
static void
bill_at_table(const struct sale_line *line, bool narrow, char *out,
    size_t size)
{
	bool	there = line->state != LINE_LIVE || !line->told ||
		    line->sent || line->shares > 0;
	char	seat[16] = "";

	if (line->seat != 0) {
		(void)str_fmt(seat, sizeof(seat), narrow ? "#%d " : "   #%d",
		    line->seat);
	}
	if (narrow) {
		(void)str_fmt(out, size, "%s%s", there ? "" : line->held ?
		    "=" : "*", seat);
	} else {
		(void)str_fmt(out, size, "%s%s", seat, there ? "" :
		    line->held ? _("   (held)") : _("   (new)"));
	}
}

static void
bill_put_line(const struct bill *b, struct canvas *c, int row,
    const struct sale_line *line)
{
	bool		chosen = line->id == b->mark;
	enum style	style = chosen ? STYLE_MARKER :
			    line->state == LINE_LIVE ? STYLE_NORMAL :
			    STYLE_DIM;
	int		cols = canvas_cols(c), end = bill_end(cols), at;
	char		text[sizeof(line->label) + sizeof(line->words) +
			    sizeof(line->note) + 96], at_table[48];
	char		said[sizeof(line->words) + sizeof(line->note) + 4];
	const char	*qty = app_qty(b->shop, line->qty);
	bool		narrow = cols < BILL_WIDE, below = bill_below(b, line);
	char		amount[MONEY_TEXT];
	bool		priced = cols >= BILL_WIDE &&
			    ((line->qty != QTY_ONE && line->qty != -QTY_ONE) ||
			    line->price_overridden);

	if (line->parent != 0) {
		bill_put_option(b, c, row, line, style);
		return;
	}
	canvas_marker(c, row, 0, chosen);
	at = canvas_width(c, qty) > 4 ? 2 + canvas_width(c, qty) : 5;
	canvas_right(c, row, at, at - 1, style, qty);
	bill_at_table(line, narrow, at_table, sizeof(at_table));
	(void)str_copy(amount, sizeof(amount), app_money(b->shop,
	    line_before_all(line)));
	bill_said(line, said, sizeof(said));
	(void)str_fmt(text, sizeof(text), "%s%s%s%s%s%s%s%s%s%s",
	    narrow ? at_table : "",
	    line->by_weight ? line->unit : "", line->by_weight ? " " : "",
	    line->label, line->state == LINE_REVERSED ? _(" (taken back)") :
	    "", line->of[0] != '\0' ? "   < " : "", line->of,
	    said[0] != '\0' && !below ? "   " : "", below ? "" : said,
	    narrow ? "" : at_table);
	canvas_cell(c, row, at + 1, end - (narrow ?
	    canvas_width(c, amount) + 1 : 11) - (priced ? 12 : 0) - at - 1,
	    style, text);
	if (priced) {
		canvas_right(c, row, end - 12, 10, style,
		    app_money(b->shop, line->price));
	}
	canvas_right(c, row, end, 11, style, amount);
}

/* What was said of a line, where it does not go beside it; the next row. */
static int
bill_put_below(const struct bill *b, struct canvas *c, int row, int end,
    const struct sale_line *line)
{
	char	said[sizeof(line->words) + sizeof(line->note) + 4];

	if (row == end || !bill_below(b, line)) {
		return row;
	}
	bill_said(line, said, sizeof(said));
	canvas_cell(c, row, 8, bill_end(canvas_cols(c)) - 8,
	    line->state == LINE_LIVE ? STYLE_NORMAL : STYLE_DIM, said);
	return row + 1;
}

/* "  - Happy hour              -1,20" */
static void
bill_put_off(const struct bill *b, struct canvas *c, int row, int at,
    const char *words, int64_t amount)
{
	int	end = bill_end(canvas_cols(c));

	canvas_put(c, row, at, STYLE_DIM, "-");
	canvas_cell(c, row, at + 2, end - 11 - at - 3, STYLE_DIM, words);
	if (amount != 0) {
		canvas_right(c, row, end, 11, STYLE_DIM,
		    app_money(b->shop, -amount));
	}
}

/* What stands under a line (NULL: under all of them); the next row. */
static int
bill_put_under(const struct bill *b, struct canvas *c, int row, int end,
    const struct sale_line *line)
{
	const struct sale	*sale = b->sale;
	int			 at = line == NULL ? 6 : 8;
	char			 words[160];

	if (line != NULL && bill_listed(line) && row < end) {
		(void)str_fmt(words, sizeof(words), "%s (%s)",
		    line->price_label, app_money(b->shop, line->list_price));
		bill_put_off(b, c, row++, at, words, 0);
	}
	if (line != NULL && line->state != LINE_LIVE) {
		return row;
	}
	for (size_t i = 0; i < sale->ndiscounts && row < end; i++) {
		const struct sale_discount	*d = &sale->discounts[i];

		if (bill_takes(d, line == NULL ? 0 : line->id) ||
		    (line == NULL && bill_waits(sale, d))) {
			discount_text(b->shop, d, words, sizeof(words));
			bill_put_off(b, c, row++, at, words, d->amount);
		}
	}
	return row;
}

/* "  Starters            in 4 to come": a course begins. */
static void
bill_put_course(const struct bill *b, struct canvas *c, int row, int course)
{
	const struct sale	*sale = b->sale;
	bool			 waits = false, fired = false;
	char			 name[COURSE_NAME];
	int			 at;

	(void)str_fmt(name, sizeof(name), _("course %d"), course);
	for (size_t i = 0; i < b->ncourses; i++) {
		if (b->courses[i].number == course) {
			(void)str_copy(name, sizeof(name),
			    b->courses[i].name);
		}
	}
	for (size_t i = 0; i < sale->nlines; i++) {
		const struct sale_line	*l = &sale->lines[i];

		if (l->course == course && l->state == LINE_LIVE) {
			waits = waits || (l->sent && !l->fired);
			fired = fired || l->fired;
		}
	}
	at = canvas_put(c, row, 2, STYLE_BOLD, name);
	/* A line from another table may be ahead of what waits here. */
	canvas_put(c, row, at + 2, STYLE_DIM, waits ?
	    _("waits for its turn") : fired ? _("being made") : "");
}

static void
bill_put_lines(const struct bill *b, struct canvas *c)
{
	int	rows = canvas_rows(c), first = bill_first(b->sale, rows);
	int	course;
	int	row = first, end = first + bill_room(b->sale, rows);
	char	text[320];

	for (int i = b->top; row < end; i++) {
		const struct sale_line	*line = bill_line(b->sale, i);

		if (line == NULL) {
			(void)bill_put_under(b, c, row, end, NULL);
			break;
		}
		course = bill_course(b->sale, i);
		if (course != 0) {
			bill_put_course(b, c, row++, course);
			if (row == end) {
				break;
			}
		}
		bill_put_line(b, c, row++, line);
		row = bill_put_below(b, c, row, end, line);
		row = bill_put_under(b, c, row, end, line);
	}
	if (b->sale->allergies != NULL) {
		(void)str_fmt(text, sizeof(text), _("!! ALLERGY  %s"),
		    b->sale->allergies);
		canvas_more(c, 0, 0, STYLE_SHOUT, text);
	} else if (first > 0 && b->top > 0) {
		canvas_fmt(c, 0, 6, STYLE_DIM, ngettext("%d line above",
		    "%d lines above", (unsigned long)b->top), b->top);
	}
}

/* "TOTAL   52,92 EUR": the number ends under the amounts.  One run of one
 * style: every change of it costs as much as the number. */
static void
bill_put_amount(const struct bill *b, struct canvas *c, int row,
    enum style style, const char *label, int64_t amount)
{
	const char	*mark = b->shop->money.symbol;
	bool		 first = b->shop->money.symbol_first;
	const char	*text = first ? app_cash(b->shop, amount) :
			    app_money(b->shop, amount);
	int		 end = bill_end(canvas_cols(c));
	int		 gap = 11 - canvas_width(c, text);
	char		 run[128];

	(void)str_fmt(run, sizeof(run), "%s%*s%s%s%s", label,
	    gap > 1 ? gap : 1, "", text, first ? "" : " ",
	    first ? "" : mark);
	canvas_put(c, row, end - canvas_width(c, label) - (gap > 1 ? gap :
	    1) - canvas_width(c, text), style, run);
}

static int64_t
bill_vat(const struct sale *sale)
{
	int64_t	vat = 0;

	for (int i = 0; i < sale->nvat; i++) {
		vat += sale->vat[i].vat;
	}
	return vat;
}

/* "20 %  1,25  10 %  2,13", where it is added "5 %  1,00  TVQ 9,975 %  2,00" */
static void
bill_vat_text(const struct bill *b, char *out, size_t size)
{
	const struct sale	*sale = b->sale;
	char			 rate[MONEY_TEXT];

	out[0] = '\0';
	for (int i = 0; i < sale->nvat; i++) {
		bool	second = sale->tax_added && i > 0;
		size_t	n = strlen(out);

		rate_plain(b->shop->money.mark, sale->vat[i].rate, rate);
		(void)str_fmt(out + n, size - n,
		    "%s%s%s%s\xc2\xa0%%\xc2\xa0 %s", i > 0 ? "  " : "",
		    second ? sale->vat[i].name : "", second ? " " : "", rate,
		    app_money(b->shop, sale->vat[i].vat));
	}
}

static void
bill_put_sum(const struct bill *b, struct canvas *c, int row)
{
	const struct sale	*sale = b->sale;
	int			 cols = canvas_cols(c), at;
	char			 text[160];

	bill_put_amount(b, c, row, STYLE_TOTAL, _("TOTAL"), sale->total);
	if (sale->units == 1 && sale->npayments == 0) {
		return;			/* the line itself has said it */
	}
	at = canvas_fmt(c, row, 2, STYLE_NORMAL, ngettext("%lld item",
	    "%lld items", (unsigned long)sale->units),
	    (long long)sale->units);
	if (cols >= BILL_WIDE && sale->nvat > 0) {
		at = canvas_put(c, row, at < 14 ? 17 : at + 3, STYLE_DIM,
		    sale->tax_added ? sale->vat[0].name : _("VAT"));
		bill_vat_text(b, text, sizeof(text));
		/* No part of them would be the truth: then their sum. */
		if (at + 1 + canvas_width(c, text) > bill_end(cols) - 18) {
			(void)str_copy(text, sizeof(text),
			    app_money(b->shop, bill_vat(sale)));
		}
		canvas_put(c, row, at + 1, STYLE_DIM, text);
	}
}

static void
bill_put_payments(const struct bill *b, struct canvas *c, int row)
{
	const struct sale	*sale = b->sale;

	for (size_t i = 0; i < sale->npayments; i++) {
		bill_put_amount(b, c, row++, STYLE_NORMAL,
		    _(sale->payments[i].label), -sale->payments[i].amount);
	}
	if (sale->state != SALE_PAID) {
		bill_put_amount(b, c, row, STYLE_TOTAL, _("DUE"), sale->due);
	}
}

/* What goes to the customer: change, or the money for what came back. */
static int64_t
bill_back(const struct sale *sale)
{
	int64_t	back = sale->change;

	for (size_t i = 0; i < sale->npayments; i++) {
		back -= sale->payments[i].amount < 0 ?
		    sale->payments[i].amount : 0;
	}
	return back;
}

/* What is handed out in coins: a credit note or a card gives back, too, but
 * nobody opens the drawer for it. */
static bool
bill_back_in_cash(const struct sale *sale, int64_t back)
{
	if (sale->change == back) {
		return true;
	}
	for (size_t i = 0; i < sale->npayments; i++) {
		if (sale->payments[i].amount < 0 &&
		    strcmp(sale->payments[i].tender, "cash") == 0) {
			return true;
		}
	}
	return false;
}

/* "Cash 60,00      CHANGE 7,08", and the same large: over the last lines, if
 * there are many, for nothing else matters now. */
static void
bill_put_done(const struct bill *b, struct canvas *c)
{
	const struct sale		*sale = b->sale;
	const struct sale_payment	*last;
	int				 rows = canvas_rows(c);
	int				 cols = canvas_cols(c);
	int				 sum = bill_sum_row(sale, rows);
	int				 used;
	int64_t				 back = bill_back(sale);
	char				 text[128];

	if (sale->npayments == 0) {
		return;
	}
	last = &sale->payments[sale->npayments - 1];
	(void)str_fmt(text, sizeof(text), "%s  %s %s", sale->ticket,
	    _(last->label), app_money(b->shop,
	    last->given != 0 ? last->given : last->amount));
	if (canvas_width(c, text) + 4 > bill_end(cols) - 18) {
		text[0] = '\0';		/* the change matters more */
	}
	canvas_put(c, rows - 1, 2, STYLE_NORMAL, text);
	if (back == 0) {
		canvas_right(c, rows - 1, bill_end(cols), 20, STYLE_OK,
		    _("PAID"));
		return;
	}
	if (!bill_back_in_cash(sale, back)) {
		bill_put_amount(b, c, rows - 1, STYLE_SHOUT, _(last->label),
		    back);
		return;
	}
	bill_put_amount(b, c, rows - 1, STYLE_SHOUT, sale->change == back ?
	    _("CHANGE") : _("BACK"), back);
	used = bill_first(sale, rows) + bill_span(b, b->top,
	    bill_count(sale) - 1);
	if (sum - used <= FIGURES_ROWS && sum >= 3 * FIGURES_ROWS) {
		used = sum - FIGURES_ROWS - 1;
		canvas_clear(c, used, FIGURES_ROWS + 1);
	}
	if (sum - used > FIGURES_ROWS) {
		(void)figures_draw(c, sum - FIGURES_ROWS - 1, bill_end(cols),
		    cols, STYLE_TOTAL, app_money(b->shop, back));
	}
}

void
bill_draw(const struct bill *b, struct canvas *c)
{
	int	row = bill_sum_row(b->sale, canvas_rows(c));

	bill_put_lines(b, c);
	bill_put_sum(b, c, row);
	if (bill_sums(b->sale) > 1) {
		bill_put_payments(b, c, row + 1);
	}
	if (b->done) {
		bill_put_done(b, c);
	}
}

int
bill_spare(const struct sale *sale, int rows, int cols)
{
	const struct bill	b = { .sale = sale, .cols = cols };
	int			spare = bill_sum_row(sale, rows) -
				    bill_first(sale, rows) -
				    bill_span(&b, 0, bill_count(sale) - 1);

	return spare > 0 ? spare : 0;
}

void
bill_raise(const struct shop *shop, const struct sale *sale,
    struct canvas *c)
{
	const struct bill	b = { .shop = shop, .sale = sale };
	int			row = bill_sum_row(sale, canvas_rows(c)) - 1;

	canvas_clear(c, row, canvas_rows(c) - row);
	bill_put_sum(&b, c, row);
	if (bill_sums(sale) > 1) {
		bill_put_payments(&b, c, row + 1);
	}
}
