/* SPDX-License-Identifier: ISC */
/* What would explain that a drawer is off by exactly so much. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/drawer.h"
#include "shop/sale_part.h"
#include "sql/shift.h"

/* The values of the shop's notes and coins, as a JSON array. */
static void
gap_notes(const struct shop *shop, struct buf *out)
{
	const int64_t	*values = drawer_values(shop, "");

	buf_chr(out, '[');
	for (size_t i = 0; values != NULL && values[i] != 0; i++) {
		buf_fmt(out, "%s%lld", i == 0 ? "" : ",",
		    (long long)values[i]);
	}
	buf_chr(out, ']');
}

/* The movement's kind is a stored word; its reason is what was typed. */
static void
gap_move_words(const char *words, struct gap_hint *h)
{
	const char	*reason = strchr(words, ' ');

	for (enum drawer_kind k = 0; k < DRAWER_KIND_COUNT; k++) {
		const char	*name = drawer_kind_name(k);

		if (reason != NULL && strncmp(words, name, (size_t)(reason -
		    words)) == 0 && strlen(name) == (size_t)(reason - words)) {
			(void)str_fmt(h->text, sizeof(h->text), "%s: %s",
			    drawer_kind_text(k), reason + 1);
		}
	}
}

static void
gap_words(struct shop *shop, const struct q_gap_hints *row, int64_t gap,
    struct gap_hint *h)
{
	struct tender	tender;
	char		given[MONEY_TEXT], other[MONEY_TEXT];
	char		label[32] = "";

	if (row->tender[0] != '\0' &&
	    tender_find(shop, row->tender, &tender) == 0) {
		(void)str_copy(label, sizeof(label), tender.label);
	}
	money_plain(&shop->money, row->given, given);
	switch (h->kind) {
	case GAP_TENDER:
		(void)str_fmt(h->text, sizeof(h->text), gap < 0 ?
		    _("noted as %s; was it something else?") :
		    _("noted as %s; was it cash?"), label);
		break;
	case GAP_MOVE:
		gap_move_words(row->words, h);
		break;
	case GAP_NOTE:
		money_plain(&shop->money, row->given + gap, other);
		(void)str_fmt(h->text, sizeof(h->text),
		    _("given %s; was it %s?"), given, other);
		break;
	case GAP_CANCELLED:
		(void)str_copy(h->text, sizeof(h->text),
		    _("a sale that was cancelled"));
		break;
	case GAP_TICKET:
		(void)str_copy(h->text, sizeof(h->text),
		    _("a ticket of that amount"));
		break;
	case GAP_CHANGE:
		money_plain(&shop->money, row->change, other);
		(void)str_fmt(h->text, sizeof(h->text), gap < 0 ?
		    _("change %s; one note too many?") :
		    _("change %s; one note too few?"), other);
		break;
	case GAP_OPENED:
		(void)str_fmt(h->text, sizeof(h->text),
		    _("drawer opened: %s"), row->words);
		break;
	}
}

int
gap_explain(struct shop *shop, int64_t shift, int64_t gap,
    struct gap_hint **out, size_t *n)
{
	struct q_gap_hints	*rows;
	struct buf		 notes = { 0 };
	char			 day[CLOCK_DAY_SIZE];
	bool			 sees;
	int			 r;

	*out = NULL;
	*n = 0;
	if (gap == 0 || (r = shift_sees(shop, shift, &sees)) != 0 || !sees) {
		return gap == 0 ? 0 : r != 0 ? r : err_set(ERR_DENIED,
		    _("count the drawer first"));
	}
	gap_notes(shop, &notes);
	if ((r = shift_day(shop, shift, day)) == 0) {
		r = q_gap_hints(shop->db, shift, day, gap, buf_text(&notes),
		    &rows, n);
	}
	buf_done(&notes);
	if (r != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		struct gap_hint	*h = &(*out)[i];

		h->kind = (enum gap_kind)rows[i].rank;
		h->sale = rows[i].sale;
		h->single = rows[i].single;
		h->at = rows[i].at;
		h->amount = rows[i].amount;
		(void)str_copy(h->tender, sizeof(h->tender), rows[i].tender);
		if (!rows[i].number_null) {
			sale_ticket(rows[i].series, rows[i].number, h->ticket);
		}
		gap_words(shop, &rows[i], gap, h);
	}
	free(rows);
	return 0;
}
