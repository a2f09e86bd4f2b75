/* SPDX-License-Identifier: ISC */
/* A template on the newest thing there is of its kind, to look at. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "shop/document_part.h"
#include "shop/slip.h"
#include "shop/voucher.h"
#include "sql/customer.h"
#include "sql/document.h"
#include "sql/shift.h"
#include "sql/voucher.h"

/* Whoever only looks at the paper learns no number that is money. */
#define SAMPLE_NUMBER	"9800000000000005"

static int
sample_sale(struct shop *shop, enum document d, const char *text,
    struct slip *out)
{
	struct q_document_newest	ticket;
	struct q_document_promised	promise;
	struct sale			sale;
	int64_t				id = 0;
	int				r;

	if (d == DOCUMENT_PROMISE &&
	    (r = q_document_promised(shop->db, &promise)) != ERR_NOT_FOUND) {
		if (r != 0) {
			return r;
		}
		id = promise.id;
	} else if ((r = q_document_newest(shop->db, d == DOCUMENT_INVOICE,
	    &ticket)) == 0) {
		id = ticket.id;
	} else {
		return r;
	}
	if ((r = sale_load(shop, id, &sale)) == 0) {
		r = document_build(shop, d, &sale, 0, text, out);
		sale_done(&sale);
	}
	return r;
}

static int
sample_shift(struct shop *shop, enum document d, const char *text,
    struct slip *out)
{
	struct q_shift_newest	row;
	struct closing		c;
	struct paper_closing	of = { .closing = &c };
	int			r;

	if ((r = q_shift_newest(shop->db, d == DOCUMENT_X, &row)) != 0 ||
	    (r = shift_sees(shop, row.id, &of.sees)) != 0 ||
	    (r = drawer_closing(shop, row.id, &c)) != 0) {
		return r;
	}
	r = document_make(shop, d, text, paper_of_closing, &of, out);
	closing_done(&c);
	return r;
}

static int
sample_voucher(struct shop *shop, enum document d, const char *text,
    struct slip *out)
{
	struct q_voucher_newest	row;
	struct voucher		v;
	struct paper_voucher	of = { .voucher = &v };
	int			r;

	if ((r = q_voucher_newest(shop->db, voucher_kind_word(
	    d == DOCUMENT_CARD ? VOUCHER_GIFT : VOUCHER_CREDIT),
	    &row)) != 0 || (r = voucher_get(shop, row.id, &v)) != 0) {
		return r;
	}
	(void)str_copy(v.number, sizeof(v.number), SAMPLE_NUMBER);
	return document_make(shop, d, text, paper_of_voucher, &of, out);
}

static int
sample_move(struct shop *shop, const char *text, struct slip *out)
{
	struct q_drawer_newest	 row;
	struct drawer_move	*moves;
	size_t			 n;
	int			 r;

	if ((r = q_drawer_newest(shop->db, &row)) != 0 ||
	    (r = drawer_moves(shop, row.shift, &moves, &n)) != 0) {
		return r;
	}
	r = ERR_NOT_FOUND;
	for (size_t i = 0; i < n && r == ERR_NOT_FOUND; i++) {
		if (moves[i].id == row.id) {
			r = document_make(shop, DOCUMENT_DRAWER, text,
			    paper_of_move, &moves[i], out);
		}
	}
	free(moves);
	return r;
}

static int
sample_entry(struct shop *shop, const char *text, struct slip *out)
{
	struct q_customer_receipt_newest	row;
	int					r;

	if ((r = q_customer_receipt_newest(shop->db, &row)) != 0) {
		return r;
	}
	return document_make(shop, DOCUMENT_ACCOUNT, text, paper_of_entry,
	    &row.id, out);
}

int
document_sample(struct shop *shop, enum document d, const char *text,
    struct slip *out)
{
	int	line, r;

	if (text != NULL && (r = template_check(text, &line)) != 0) {
		return r;
	}
	r = ERR_NOT_FOUND;
	switch (d) {
	case DOCUMENT_RECEIPT:
	case DOCUMENT_NOTE:
	case DOCUMENT_PROMISE:
	case DOCUMENT_INVOICE:
		r = sample_sale(shop, d, text, out);
		break;
	case DOCUMENT_X:
	case DOCUMENT_Z:
		r = sample_shift(shop, d, text, out);
		break;
	case DOCUMENT_CREDIT:
	case DOCUMENT_CARD:
		r = sample_voucher(shop, d, text, out);
		break;
	case DOCUMENT_DRAWER:
		r = sample_move(shop, text, out);
		break;
	case DOCUMENT_ACCOUNT:
		r = sample_entry(shop, text, out);
		break;
	case DOCUMENT_COUNT:
		break;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND, _("there is "
	    "nothing yet to show this paper on: %s"), document_text(d));
}
