/* SPDX-License-Identifier: ISC */
/* document …, invoice …: what papers look like, and papers as text. */
#include "cli/command.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "drivers/driver.h"
#include "shop/customer.h"
#include "shop/document.h"
#include "shop/invoice.h"
#include "shop/slip.h"

#define PREVIEW_COLUMNS	42
#define PBM_MAX		(1 << 20)

static int
run_document_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "what", N_("what"), VALUE_TEXT },
		{ "own", N_("changed here"), VALUE_BOOL },
	};
	struct buf	text = { 0 };
	bool		own;
	int		r = 0;

	out_begin(&call->out, columns, NELEM(columns), false);
	for (enum document d = 0; d < DOCUMENT_COUNT && r == 0; d++) {
		r = document_template(call->shop, d, &text, &own);
		out_text(&call->out, document_name(d));
		out_text(&call->out, document_text(d));
		out_int(&call->out, own);
	}
	buf_done(&text);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_document_show(struct call *call)
{
	struct buf	text = { 0 };
	enum document	d;
	bool		own;
	int		r;

	if ((r = document_find(call_arg(call, 0), &d)) == 0 &&
	    (r = document_template(call->shop, d, &text, &own)) == 0) {
		r = io_write_all(STDOUT_FILENO, text.data, text.len);
	}
	buf_done(&text);
	return r;
}

static int
file_text(struct call *call, const char *path, size_t most, struct buf *out)
{
	int	fd, r;

	if ((r = call_open(call, path, false, &fd)) == 0) {
		r = io_read_all(fd, most, out);
		if (fd != STDIN_FILENO) {
			(void)close(fd);
		}
	}
	return r;
}

static int
run_document_set(struct call *call)
{
	struct buf	text = { 0 };
	enum document	d;
	int		r;

	if ((r = document_find(call_arg(call, 0), &d)) == 0 &&
	    (r = file_text(call, call_arg(call, 1), TEMPLATE_MAX,
	    &text)) == 0) {
		r = memchr(buf_text(&text), '\0', text.len) != NULL ?
		    err_set(ERR_INVALID, _("the text is no clean UTF-8")) :
		    text.len == 0 ? err_set(ERR_EMPTY, _("the template is "
		    "empty; document reset goes back to the usual one")) :
		    document_set(call->shop, d, buf_text(&text));
	}
	buf_done(&text);
	return r;
}

static int
run_document_reset(struct call *call)
{
	enum document	d;
	int		r;

	if ((r = document_find(call_arg(call, 0), &d)) != 0) {
		return r;
	}
	return document_set(call->shop, d, "");
}

static int
run_document_logo(struct call *call)
{
	struct buf	pbm = { 0 };
	int		r = 0;

	if (strcmp(call_arg(call, 0), "none") != 0) {
		r = file_text(call, call_arg(call, 0), PBM_MAX, &pbm);
	}
	if (r == 0) {
		r = document_logo_set(call->shop, pbm.data, pbm.len);
	}
	buf_done(&pbm);
	return r;
}

/* Plain text of `columns`, ready for a mail. */
static int
paper_text(struct call *call, struct slip *slip)
{
	const char	*columns = call_option(call, "columns");
	struct buf	 text = { 0 };
	int64_t		 width = PREVIEW_COLUMNS;
	int		 r;

	if (columns != NULL && (r = str_to_i64(columns, 20, 132,
	    &width)) != 0) {
		return err_set(ERR_RANGE, _("a paper is 20 to 132 columns "
		    "wide"));
	}
	if ((r = driver_preview(slip_stored(slip), (int)width, &text)) == 0) {
		r = io_write_all(STDOUT_FILENO, text.data, text.len);
	}
	buf_done(&text);
	return r;
}

/* A paper by its number: a ticket's receipt, an invoice, an order or a
 * quotation. */
static int
run_document_text(struct call *call)
{
	struct sale	sale;
	struct slip	slip = { 0 };
	enum document	d = DOCUMENT_RECEIPT;
	int64_t		id;
	int		r;

	if ((r = document_by_number(call->shop, call_arg(call, 0), &d,
	    &id)) != 0 || (r = sale_load(call->shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = document_build(call->shop, d, &sale, 0, NULL, &slip)) == 0) {
		r = paper_text(call, &slip);
	}
	sale_done(&sale);
	slip_done(&slip);
	return r;
}

/* The template in force, or one that is to be tried, on the newest thing of
 * its kind. */
static int
run_document_preview(struct call *call)
{
	const char	*file = call_option(call, "file");
	struct slip	 slip = { 0 };
	struct buf	 text = { 0 };
	enum document	 d;
	int		 r;

	if ((r = document_find(call_arg(call, 0), &d)) == 0 &&
	    (file == NULL || (r = file_text(call, file, TEMPLATE_MAX,
	    &text)) == 0) &&
	    (r = document_sample(call->shop, d, file == NULL ? NULL :
	    buf_text(&text), &slip)) == 0) {
		r = paper_text(call, &slip);
	}
	slip_done(&slip);
	buf_done(&text);
	return r;
}

static int
run_invoice_make(struct call *call)
{
	char	number[INVOICE_NUMBER];
	struct customer	customer;
	int64_t	sale;
	int	r;

	if ((r = sale_by_ticket(call->shop, call_arg(call, 0), &sale)) != 0 ||
	    (r = customer_find(call->shop, call_arg(call, 1),
	    &customer)) != 0 ||
	    (r = invoice_make(call->shop, sale, customer.id, number)) != 0) {
		return r;
	}
	call_say(call, _("invoice %s of ticket %s"), number,
	    call_arg(call, 0));
	return 0;
}

static int
invoice_row(void *ctx, const struct invoice *i)
{
	struct out	*o = ctx;

	out_text(o, i->number);
	out_text(o, i->ticket);
	out_int(o, i->at);
	out_text(o, i->buyer);
	out_int(o, i->total);
	return 0;
}

static int
run_invoice_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "number", N_("number"), VALUE_TEXT },
		{ "ticket", N_("ticket"), VALUE_TEXT },
		{ "at", N_("at"), VALUE_TIME },
		{ "buyer", N_("buyer"), VALUE_TEXT },
		{ "total", N_("total"), VALUE_MONEY },
	};
	const char	*limit = call_option(call, "limit");
	int64_t		 most = 1000;
	int		 r;

	if (limit != NULL &&
	    (r = str_to_i64(limit, 1, 1000000, &most)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = invoice_list(call->shop, most, invoice_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_product_nature(struct call *call)
{
	struct product	p;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0) {
		return r;
	}
	return product_nature_set(call->shop, p.id, call_arg(call, 1));
}

const struct command commands_document[] = {
	{ "product nature", "CODE NATURE", "",
	    N_("goods, service or guarantee: which papers the law wants"),
	    0, RIGHT_PRODUCT, run_product_nature },
	{ "document list", "", "", N_("papers whose look can be changed"),
	    COMMAND_LISTS, RIGHT_LOOK, run_document_list },
	{ "document show", "KIND", "",
	    N_("its template; comptoir-templates(7)"),
	    0, RIGHT_LOOK, run_document_show },
	{ "document set", "KIND FILE", "",
	    N_("another template; - reads the standard input"),
	    0, RIGHT_DOCUMENT, run_document_set },
	{ "document reset", "KIND", "", N_("the usual template again"),
	    0, RIGHT_DOCUMENT, run_document_reset },
	{ "document logo", "FILE", "",
	    N_("a PBM picture for the top of papers; none takes it away"),
	    0, RIGHT_DOCUMENT, run_document_logo },
	{ "document preview", "KIND", "file=FILE columns=N",
	    N_("a paper on the newest thing of its kind, as plain text"),
	    0, RIGHT_DOCUMENT, run_document_preview },
	{ "document text", "NUMBER", "columns=N",
	    N_("a ticket, invoice, order or quotation as plain text"),
	    0, RIGHT_SALES, run_document_text },
	{ "invoice make", "TICKET CUSTOMER", "",
	    N_("an invoice of a ticket; printed again it is a duplicate"),
	    0, RIGHT_PAY, run_invoice_make },
	{ "invoice list", "", "limit=N", N_("invoices, newest first"),
	    COMMAND_LISTS, RIGHT_SALES, run_invoice_list },
	{ .words = NULL },
};
