/* SPDX-License-Identifier: ISC */
/* Tickets, closings and payments held against the records about them: who
 * edits a table and not the journal is seen here. */
#include "shop/verify_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/detail.h"
#include "shop/sale_part.h"
#include "sql/check.h"
#include "sql/closing.h"
#include "sql/detail.h"
#include "sql/sale.h"

#define ZONE_STEP	(15 * 60)	/* zones differ by quarter hours */
#define ZONE_MOST	(14 * 3600)

/*
 * A record says the time as the shop's clock showed it; the zone may be
 * another one today.  Where what it says is this moment in some zone, it is
 * put into what we made.  The time stands after so many commas.
 */
static void
rows_zone(char *made, const char *record, int64_t at, int fields)
{
	struct tm	 tm = { 0 };
	char		*time = made;
	ptrdiff_t	 offset;
	int64_t		 ahead;

	for (int field = 0; field < fields; field++) {
		time = strchr(time, ',') + 1;
	}
	offset = time - made;
	if (strncmp(made, record, (size_t)offset) != 0 ||
	    sscanf(record + offset, "%4d%2d%2d%2d%2d%2d,", &tm.tm_year,
	    &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min,
	    &tm.tm_sec) != 6) {
		return;
	}
	tm.tm_year -= 1900;
	tm.tm_mon--;
	ahead = (int64_t)timegm(&tm) - at / 1000;
	if (ahead % ZONE_STEP == 0 && ahead >= -ZONE_MOST &&
	    ahead <= ZONE_MOST) {
		memcpy(time, record + offset, strlen("YYYYMMDDHHMMSS"));
	}
}

/* --- tickets ------------------------------------------------------------ */

/* Number, kind, moment, total and taxes: what the payload says. */
static int
ticket_payload(struct verify *v, const struct q_journal_chain *row,
    const char *number, const struct q_check_ticket *ticket, bool *same)
{
	struct q_sale_vats	*vats;
	struct sale		 sale = { .total = ticket->total };
	struct buf		 payload = { 0 };
	int64_t			 posted_at = ticket->posted_at;
	size_t			 n;
	int			 r;

	if ((r = q_sale_vats(v->shop->db, ticket->id, &vats, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && i < SALE_RATES; i++) {
		sale.vat[sale.nvat++] = (struct sale_vat){
			.part = (int)vats[i].part,
			.rate = vats[i].rate,
			.gross = vats[i].gross,
		};
	}
	free(vats);
	journal_ticket(&sale, posted_at, number, &payload);
	buf_chr(&payload, ',');
	rows_zone(payload.data, row->payload, posted_at, 2);
	*same = str_starts(row->payload, buf_text(&payload));
	buf_done(&payload);
	return 0;
}

/* Payments that came after the posting stand in an event each. */
static int
ticket_later(struct verify *v, int64_t sale, const char *number,
    int64_t covered)
{
	struct q_detail_payment_last	row;
	int				r;

	if ((r = q_detail_payment_last(v->shop->db, sale, &row)) != 0 ||
	    row.id <= covered) {
		return r;
	}
	for (size_t i = 0; i < v->nlater; i++) {
		if (v->later[i].sale == sale &&
		    v->later[i].from == covered) {
			covered = v->later[i].to;
		}
	}
	if (row.id > covered) {
		verify_found(v, _("ticket %s: a payment is in no record"),
		    number);
	}
	return 0;
}

static int
rows_ticket(struct verify *v, const char *series,
    const struct q_journal_chain *row)
{
	struct q_check_ticket	 ticket;
	char			 number[32];
	int64_t			 last;
	bool			 same;
	int			 r;

	sale_ticket(series, row->seq, number);
	if ((r = q_check_ticket(v->shop->db, row->sale, series,
	    row->seq, &ticket)) == ERR_NOT_FOUND) {
		verify_found(v, _("ticket %s is in the journal and not in the "
		    "sales"), number);
		return 0;
	}
	if (r != 0 || (r = ticket_payload(v, row, number, &ticket,
	    &same)) != 0) {
		return r;
	}
	if (!same) {
		verify_found(v, _("ticket %s does not match its record"),
		    number);
		return 0;
	}
	if ((r = detail_check(v->shop, row->detail, row->sale, &last,
	    &same)) != 0) {
		return r;
	}
	if (!same) {
		verify_found(v, _("ticket %s: its lines, payments or people "
		    "are not those of its record"), number);
	}
	return ticket_later(v, row->sale, number, last);
}

/* --- later payments ----------------------------------------------------- */

static int
rows_event(struct verify *v, const struct q_journal_chain *row)
{
	long long	from, to;
	int64_t		last;
	bool		same;
	int		r;

	if (sscanf(row->detail, "p1:%lld:%lld:", &from, &to) != 2) {
		return 0;
	}
	if ((r = detail_check(v->shop, row->detail, row->sale, &last,
	    &same)) != 0) {
		return r;
	}
	if (!same) {
		verify_found(v, _("event %lld: the payments it is about were "
		    "changed"), (long long)row->seq);
	}
	if (v->nlater == v->later_size) {
		v->later_size = v->later_size * 2 + 16;
		v->later = xrealloc(v->later, v->later_size,
		    sizeof(*v->later));
	}
	v->later[v->nlater++] = (struct later){ row->sale, from, to };
	return 0;
}

/* --- closings ----------------------------------------------------------- */

static int
closing_audit(struct verify *v, const struct grand *g)
{
	struct q_closing_audit_before	row = { .audit = 0 };
	char				hash[65];
	int				r;

	r = q_closing_audit_before(v->shop->db, g->id, &row);
	if ((r != 0 && r != ERR_NOT_FOUND) ||
	    (r = detail_audit_hash(v->shop, row.audit, g->audit,
	    hash)) != 0) {
		return r;
	}
	if (strcmp(hash, g->audit_hash) != 0) {
		verify_found(v, _("the audit was changed between its rows %lld "
		    "and %lld"), (long long)row.audit + 1,
		    (long long)g->audit);
	}
	return 0;
}

static int
rows_closing(struct verify *v, const char *chain,
    const struct q_journal_chain *row)
{
	struct q_closing_of_record	 found;
	struct grand			 g;
	struct buf			 payload = { 0 };
	char				 detail[DETAIL_SIZE];
	int				 r;

	r = q_closing_of_record(v->shop->db, row->id, &found);
	if (r == ERR_NOT_FOUND) {
		verify_found(v, _("%s: record %lld is of a closing that is "
		    "gone"), chain, (long long)row->seq);
		return 0;
	}
	if (r != 0 || (r = grand_load(v->shop, found.id, &g)) != 0) {
		return r;
	}
	journal_grand_total(&g, &payload);
	buf_chr(&payload, ',');
	rows_zone(payload.data, row->payload, g.at, 3);
	detail_grand(&g, detail);
	if (!str_starts(row->payload, buf_text(&payload)) ||
	    strcmp(detail, row->detail) != 0) {
		verify_found(v, _("the closing of %s %s, till %lld, does not "
		    "match its record"), grand_level_name(g.level), g.period,
		    (long long)g.till);
	}
	buf_done(&payload);
	return closing_audit(v, &g);
}

int
verify_rows(struct verify *v, const char *chain,
    const struct q_journal_chain *row)
{
	char	series[48];

	if (str_starts(chain, "event/")) {
		return rows_event(v, row);
	}
	if (str_starts(chain, "grandtotal/")) {
		return rows_closing(v, chain, row);
	}
	return sale_series_of(chain, series) ?
	    rows_ticket(v, series, row) : 0;
}
