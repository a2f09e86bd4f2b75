/* SPDX-License-Identifier: ISC */
/* Papers made after the sale or before it is paid: invoice, bill, the receipt
 * that is asked for. */
#include "shop/invoice.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/audit.h"
#include "shop/customer.h"
#include "shop/document_part.h"
#include "shop/journal.h"
#include "shop/order.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/table.h"
#include "shop/slip.h"
#include "shop/training.h"
#include "sql/document.h"

static void
invoice_number(const char *series, int64_t number,
    char out[static INVOICE_NUMBER])
{
	(void)str_fmt(out, INVOICE_NUMBER, "F%s-%06lld", series,
	    (long long)number);
}

/* The post code: the first five digits in a row of an address. */
static void
invoice_zip(const char *address, char out[static 8])
{
	out[0] = '\0';
	for (; *address != '\0'; address++) {
		if (strspn(address, "0123456789") == 5) {
			(void)str_fmt(out, 8, "%.5s", address);
			return;
		}
		address += strspn(address, "0123456789") > 0 ?
		    strspn(address, "0123456789") - 1 : 0;
	}
}

int
paper_of_invoice(struct shop *shop, const struct sale *sale, struct paper *p)
{
	struct q_invoice_of_sale	row;
	char				number[INVOICE_NUMBER], when[32];
	int				r;

	if ((r = q_invoice_of_sale(shop->db, sale->id, &row)) != 0) {
		return r;
	}
	invoice_number(row.series, row.number, number);
	paper_set(p, "invoice", number);
	clock_local(row.at, "%d/%m/%Y", when, sizeof(when));
	paper_set(p, "date", when);
	clock_local(sale->posted_at, "%d/%m/%Y", when, sizeof(when));
	paper_set(p, "ticket_date", when);
	paper_set(p, "buyer", row.buyer_name);
	paper_lines(p, "buyer_address", row.buyer_address);
	paper_set(p, "buyer_vat_id", row.buyer_vat_id);
	paper_program(p, row.hash);
	if (strcmp(shop->set.country, "FR") == 0) {
		/* C. com. L441-9: on every invoice between businesses. */
		paper_set(p, "invoice_mentions", _("Paid. No discount for "
		    "early payment. Late payment: three times the legal rate "
		    "and 40 EUR for recovery."));
	}
	return 0;
}

static int
invoice_write(struct shop *shop, const struct sale *sale,
    const struct customer *buyer)
{
	struct journal_place	place;
	struct buf		payload = { 0 };
	char			chain[40], series[SALE_SERIES], hash[65];
	char			number[INVOICE_NUMBER], zip[8];
	int64_t			record, id;
	int			r;

	(void)str_fmt(chain, sizeof(chain), "invoice/%lld",
	    (long long)shop->who.terminal);
	if ((r = sale_series(shop, series)) != 0 ||
	    (r = journal_clock_check(shop)) != 0 ||
	    (r = journal_place(shop, chain, &place)) != 0) {
		return r;
	}
	invoice_number(series, place.seq, number);
	invoice_zip(buyer->address, zip);
	journal_invoice(sale, shop_now(), number, buyer->name, zip,
	    buyer->vat_id, &payload);
	r = journal_add(shop, &place, buf_text(&payload), "", sale->id, hash,
	    &record);
	buf_done(&payload);
	if (r == 0 && (r = q_invoice_add(shop->db, sale->id, series,
	    place.seq, buyer->id, buyer->name, buyer->address, buyer->vat_id,
	    shop_now(), some(&shop->who.user), some(&shop->who.terminal),
	    record, &id)) == 0) {
		r = audit_add(shop, "sale.invoice", "sale", sale->id, number);
	}
	return r;
}

static int
paper_print(struct shop *shop, enum document d, const struct sale *sale,
    int64_t n, enum print_kind kind, const char *ref)
{
	struct slip	slip = { 0 };
	int64_t		printer, job;
	int		r;

	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0) {
		return r;
	}
	if ((r = document_build(shop, d, sale, (int)n, NULL, &slip)) == 0) {
		r = print_add(shop, printer, kind, ref, &slip, &job);
	}
	slip_done(&slip);
	return r;
}

/* Made already: another print of it is a duplicate. */
static int
invoice_again(struct shop *shop, const struct sale *sale,
    const struct q_invoice_of_sale *row, char number[static INVOICE_NUMBER])
{
	char	copy[INVOICE_NUMBER + 8];
	int64_t	n;
	int	r;

	invoice_number(row->series, row->number, number);
	if ((r = receipt_duplicate(shop, sale, number, "Invoice", &n)) != 0) {
		return r;
	}
	(void)str_fmt(copy, sizeof(copy), "%s-D%lld", number, (long long)n);
	return paper_print(shop, DOCUMENT_INVOICE, sale, n, PRINT_DUPLICATE,
	    copy);
}

static int
invoice_new(struct shop *shop, const struct sale *sale, int64_t customer,
    char number[static INVOICE_NUMBER])
{
	struct q_invoice_of_sale	row;
	struct customer			buyer;
	int				r;

	if (customer == 0) {
		return err_set(ERR_INVALID, _("an invoice is for somebody; F7 "
		    "chooses the customer"));
	}
	if ((r = customer_get(shop, customer, &buyer)) != 0) {
		return r;
	}
	if (buyer.name[0] == '\0' || buyer.address[0] == '\0') {
		return err_set(ERR_INVALID, _("an invoice needs the name and "
		    "the address of the customer; F7, F3 takes them"));
	}
	if ((r = invoice_write(shop, sale, &buyer)) != 0 ||
	    (r = q_invoice_of_sale(shop->db, sale->id, &row)) != 0) {
		return r;
	}
	invoice_number(row.series, row.number, number);
	return paper_print(shop, DOCUMENT_INVOICE, sale, 0, PRINT_RECEIPT,
	    number);
}

int
invoice_make(struct shop *shop, int64_t id, int64_t customer,
    char number[static INVOICE_NUMBER])
{
	struct q_invoice_of_sale	row;
	struct sale			sale;
	int				r;

	number[0] = '\0';
	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if (sale.state != SALE_PAID) {
		r = err_set(ERR_INVALID, _("an invoice is made from a ticket; "
		    "take the money first"));
	} else if (sale.training) {
		r = err_set(ERR_INVALID, _("ticket %s is practice; no invoice "
		    "is made of it"), sale.ticket);
	} else if ((r = training_same(shop, false)) != 0) {
		;			/* the words are set */
	} else if ((r = db_begin(shop->db, "invoice")) == 0) {
		r = q_invoice_of_sale(shop->db, id, &row);
		r = r == ERR_NOT_FOUND ? invoice_new(shop, &sale,
		    customer != 0 ? customer : sale.customer, number) :
		    r == 0 ? invoice_again(shop, &sale, &row, number) : r;
		r = sale_end(shop, r);
	}
	sale_done(&sale);
	return r;
}

int
note_print(struct shop *shop, int64_t id)
{
	struct sale	sale;
	char		info[80], ref[40];
	int		r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	(void)str_fmt(info, sizeof(info), "sale %lld provisional %lld",
	    (long long)id, (long long)sale.total);
	(void)str_fmt(ref, sizeof(ref), "note %lld", (long long)id);
	if (sale.state == SALE_PAID || sale.state == SALE_CANCELLED) {
		r = err_set(ERR_INVALID, _("this sale is over; :reprint "
		    "prints its ticket"));
	} else if ((r = db_begin(shop->db, "note")) == 0) {
		if ((r = journal_event(shop, JET_NOTE, info)) == 0 &&
		    (r = audit_add(shop, "sale.note_printed", "sale", id,
		    "")) == 0) {
			r = paper_print(shop, DOCUMENT_NOTE, &sale, 0,
			    PRINT_REPORT, ref);
		}
		if (r == 0 && sale.seated) {
			r = serving_billed(shop, id, sale.total);
		}
		r = sale_end(shop, r);
	}
	sale_done(&sale);
	return r;
}

/* The original, unless there was one: row->n.  Ends the transaction. */
static int
receipt_first(struct shop *shop, const struct sale *sale,
    struct q_document_printed *row)
{
	int	r;

	if ((r = q_document_printed(shop->db, sale->ticket, row)) == 0 &&
	    row->n == 0 && (r = audit_add(shop, "sale.receipt", "sale",
	    sale->id, "")) == 0) {
		r = paper_print(shop, DOCUMENT_RECEIPT, sale, 0,
		    PRINT_RECEIPT, sale->ticket);
	}
	if (r == 0 && row->n > 0) {
		db_rollback(shop->db);
		return 0;
	}
	return sale_end(shop, r);
}

int
receipt_request(struct shop *shop, int64_t id, int64_t *n)
{
	struct q_document_printed	row = { .n = 1 };
	struct sale			sale;
	int64_t				last;
	int				r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_PAY)) != 0 ||
	    (r = sale_last(shop, &last)) != 0) {
		return r;
	}
	/* Asked inside: of two that ask at once one gets the original. */
	if (id == last && (r = sale_load(shop, id, &sale)) == 0) {
		if ((r = db_begin(shop->db, "receipt")) == 0) {
			r = receipt_first(shop, &sale, &row);
		}
		sale_done(&sale);
	}
	return r != 0 || row.n == 0 ? r : receipt_reprint(shop, id, n);
}

/* --- finding -------------------------------------------------------------- */

int
invoice_list(struct shop *shop, int64_t limit,
    int (*fn)(void *ctx, const struct invoice *i), void *ctx)
{
	struct q_invoice_all	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_SALES)) != 0 ||
	    (r = q_invoice_all(shop->db, limit, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		char		number[INVOICE_NUMBER], ticket[32];
		struct invoice	invoice = { number, ticket,
		    rows[i].buyer_name, rows[i].at, rows[i].total };

		invoice_number(rows[i].series, rows[i].number, number);
		sale_ticket(rows[i].ticket_series, rows[i].ticket_number,
		    ticket);
		r = fn(ctx, &invoice);
	}
	free(rows);
	return r;
}

static int
invoice_find(struct shop *shop, const char *number, int64_t *sale)
{
	struct q_invoice_by_number	 row;
	const char			*dash = strrchr(number, '-');
	char				 series[SALE_SERIES];
	int64_t				 n;
	int				 r;

	*sale = 0;
	if (dash == NULL || !str_fmt(series, sizeof(series), "%.*s",
	    (int)(dash - number - 1), number + 1) ||
	    str_to_i64(dash + 1, 1, INT64_MAX, &n) != 0) {
		return err_set(ERR_INVALID, _("%.40s is no number of an "
		    "invoice; write it as F1-000003"), number);
	}
	if ((r = q_invoice_by_number(shop->db, series, n, &row)) == 0) {
		*sale = row.sale;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
	    _("there is no invoice %.40s"), number);
}

int
document_by_number(struct shop *shop, const char *number, enum document *d,
    int64_t *sale)
{
	*d = DOCUMENT_RECEIPT;
	switch (number[0]) {
	case 'F':
		*d = DOCUMENT_INVOICE;
		return invoice_find(shop, number, sale);
	case 'C':
	case 'D':
		*d = DOCUMENT_PROMISE;
		return order_find(shop, number, sale);
	default:
		return sale_by_ticket(shop, number, sale);
	}
}
