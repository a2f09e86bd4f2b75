/* SPDX-License-Identifier: ISC */
/* What the shift's page says, row by row. */
#include "screens/shift_part.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/till.h"

static struct shift_row *
shift_row(struct shift_screen *st, enum style style, const char *text)
{
	struct shift_row	*row;

	if (st->nrows == st->room) {
		st->room = st->room * 2 + 32;
		st->rows = xrealloc(st->rows, st->room, sizeof(*st->rows));
	}
	row = &st->rows[st->nrows++];
	*row = (struct shift_row){ .style = style };
	(void)str_copy(row->text, sizeof(row->text), text);
	return row;
}

/* "Tickets  15        968,35" */
static void
shift_figure(struct shift_screen *st, const char *words, int64_t n,
    const char *amount)
{
	char	text[96];

	if (n >= 0) {
		(void)str_fmt(text, sizeof(text), "%s  %lld", words,
		    (long long)n);
	} else {
		(void)str_copy(text, sizeof(text), words);
	}
	(void)str_copy(shift_row(st, STYLE_NORMAL, text)->cell[2], MONEY_TEXT,
	    amount);
}

static void
shift_rows_head(struct shift_screen *st)
{
	const struct shift	*s = &st->c.shift;
	char			 text[160], when[32];

	clock_local(s->opened_at, "%d/%m/%Y %H:%M", when, sizeof(when));
	(void)str_fmt(text, sizeof(text), _("Open since %s  %s"), when,
	    s->user);
	if (!s->open) {
		clock_local(s->closed_at, "%d/%m/%Y %H:%M", when,
		    sizeof(when));
		(void)str_fmt(text, sizeof(text), _("%s  closed %s  %s"),
		    s->z, when, s->forced ? _("forgotten") : s->closer);
	}
	(void)shift_row(st, STYLE_BOLD, text);
	if (!s->open || !s->drawer) {
		return;
	}
	clock_local(st->count.at, "%H:%M", when, sizeof(when));
	if (st->count.id == 0) {
		(void)shift_row(st, STYLE_NORMAL,
		    _("The drawer was not counted yet."));
	} else if (st->count.old) {
		(void)str_fmt(text, sizeof(text), _("The drawer moved since "
		    "it was counted at %s."), when);
		(void)shift_row(st, STYLE_WARN, text);
	}
}

static void
shift_rows_counted(struct shift_screen *st)
{
	bool	headed = false;

	for (size_t i = 0; i < st->c.ntotals && st->sees; i++) {
		const struct closing_total	*t = &st->c.totals[i];
		struct shift_row		*row;
		char				 text[64];

		if (!t->is_counted) {
			continue;
		}
		if (!headed) {
			row = shift_row(st, STYLE_DIM, "");
			(void)str_copy(row->cell[0], MONEY_TEXT,
			    _("counted"));
			(void)str_copy(row->cell[1], MONEY_TEXT,
			    _("expected"));
			(void)str_copy(row->cell[2], MONEY_TEXT,
			    _("difference"));
			headed = true;
		}
		(void)str_fmt(text, sizeof(text), "%s%s%s", t->label,
		    t->currency[0] != '\0' ? " " : "", t->currency);
		row = shift_row(st, t->counted == t->expected ? STYLE_OK :
		    STYLE_WARN, text);
		(void)str_copy(row->cell[0], MONEY_TEXT,
		    till_money_text(st->shop, t->currency, t->counted));
		(void)str_copy(row->cell[1], MONEY_TEXT,
		    till_money_text(st->shop, t->currency, t->expected));
		(void)str_copy(row->cell[2], MONEY_TEXT,
		    till_money_text(st->shop, t->currency,
		    t->counted - t->expected));
	}
}

static void
shift_rows_open(struct shift_screen *st)
{
	char	text[160];

	if (st->nsales == 0) {
		return;
	}
	(void)str_fmt(text, sizeof(text), ngettext("%zu sale is still open:",
	    "%zu sales are still open:", st->nsales), st->nsales);
	(void)shift_row(st, STYLE_WARN, text);
	for (size_t i = 0; i < st->nsales; i++) {
		const struct shift_sale	*b = &st->sales[i];

		(void)str_fmt(text, sizeof(text), "  %s%s%s%s%s",
		    b->name, b->name[0] != '\0' ? "  " : "", b->user,
		    b->part_paid ? "  " : "", b->part_paid ?
		    _("part paid") : "");
		(void)str_copy(shift_row(st, STYLE_NORMAL, text)->cell[2],
		    MONEY_TEXT, app_money(st->shop, b->total));
	}
}

static void
shift_rows_hints(struct shift_screen *st)
{
	char	text[220], when[16];

	if (st->nhints == 0) {
		return;
	}
	(void)shift_row(st, STYLE_BOLD, _("What would explain it:"));
	for (size_t i = 0; i < st->nhints; i++) {
		const struct gap_hint	*h = &st->hints[i];

		clock_local(h->at, "%H:%M", when, sizeof(when));
		(void)str_fmt(text, sizeof(text), "%s %s%s%s", when,
		    h->ticket, h->ticket[0] != '\0' ? "  " : "", h->text);
		shift_row(st, STYLE_NORMAL, text)->hint = (int)i + 1;
	}
}

static void
shift_rows_sales(struct shift_screen *st)
{
	const struct closing_figure	*f =
	    closing_figure(&st->c, "tickets");
	char				 words[64], rate[MONEY_TEXT];

	shift_figure(st, _("Tickets"), f->count, st->sees ?
	    app_money(st->shop, f->amount) : "");
	for (size_t i = 0; i < st->c.nvats && st->sees; i++) {
		const struct closing_vat	*v = &st->c.vats[i];

		rate_plain(st->shop->money.mark, v->rate, rate);
		(void)str_fmt(words, sizeof(words), "%s %s %%", v->name,
		    rate);
		shift_figure(st, words, -1, app_money(st->shop, v->vat));
	}
	for (size_t i = 0; i < st->c.ntotals && st->sees; i++) {
		const struct closing_total	*t = &st->c.totals[i];

		if (t->payments != 0 || t->taken != 0) {
			(void)str_fmt(words, sizeof(words), "%s%s%s",
			    t->label, t->currency[0] != '\0' ? " " : "",
			    t->currency);
			shift_figure(st, words, t->payments,
			    till_money_text(st->shop, t->currency, t->taken));
		}
	}
}

static void
shift_rows_drawer(struct shift_screen *st)
{
	static const struct {
		const char	*name, *words;
	} counts[] = {
		{ "voids", N_("Voided lines") },
		{ "reversals", N_("Lines taken back") },
		{ "cancelled", N_("Sales cancelled") },
		{ "returns", N_("Lines returned") },
		{ "discounts", N_("Discounts") },
		{ "offers", N_("Items offered") },
		{ "duplicates", N_("Duplicates") },
		{ "no_sales", N_("Drawer opened") },
		{ "counts", N_("Drawer counted") },
	};
	char				 words[64];

	for (size_t i = 0; i < st->c.ntotals && st->sees; i++) {
		const struct closing_total	*t = &st->c.totals[i];

		if (!t->drawer) {
			continue;
		}
		if (t->opened != 0) {
			shift_figure(st, _("Opening float"), -1,
			    till_money_text(st->shop, t->currency,
			    t->opened));
		}
		if (t->moved != 0) {
			shift_figure(st, _("In and out"), -1, till_money_text(
			    st->shop, t->currency, t->moved));
		}
		(void)str_fmt(words, sizeof(words), _("%s expected"),
		    t->label);
		shift_figure(st, words, -1, till_money_text(st->shop,
		    t->currency, t->expected));
	}
	for (size_t i = 0; i < NELEM(counts); i++) {
		int64_t	n = closing_figure(&st->c, counts[i].name)->count;

		if (n != 0) {
			shift_figure(st, _(counts[i].words), n, "");
		}
	}
}

void
shift_write(struct shift_screen *st)
{
	st->nrows = 0;
	if (st->shift == 0) {
		(void)shift_row(st, STYLE_NORMAL, _("The till is closed."));
		(void)shift_row(st, STYLE_DIM, st->shop->set.shift_ask ?
		    _("An amount opens it with that float.") :
		    _("The first payment opens it; an amount now is its "
		    "float."));
		return;
	}
	shift_rows_head(st);
	shift_rows_counted(st);
	shift_rows_hints(st);
	shift_rows_open(st);
	shift_rows_sales(st);
	shift_rows_drawer(st);
	if (!st->sees) {
		(void)shift_row(st, STYLE_DIM,
		    _("The amounts come once the drawer is counted."));
	}
}
