/* SPDX-License-Identifier: ISC */
/* A document whose paper may have come out already, once more: what the law
 * counts is counted (domain.md 1.3). */
#include <string.h>

#include "base/buf.h"
#include "shop/document_part.h"
#include "shop/invoice.h"
#include "shop/journal.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/shift_part.h"
#include "shop/voucher.h"

/* A ticket, or its invoice. */
static int
again_sale(struct shop *shop, const char *number, char again[static 60],
    struct slip *out)
{
	enum document	d;
	struct sale	sale;
	int64_t		id, n;
	int		r;

	r = document_by_number(shop, number, &d, &id);
	if (r == ERR_INVALID || r == ERR_NOT_FOUND) {
		return ERR_NOT_FOUND;	/* a name somebody else gave */
	}
	if (r != 0 || (r = sale_load(shop, id, &sale)) != 0) {
		return r;
	}
	if ((r = receipt_duplicate(shop, &sale, number,
	    d == DOCUMENT_INVOICE ? "Invoice" : "Ticket", &n)) == 0) {
		(void)str_fmt(again, 60, "%s-D%lld", number, (long long)n);
		r = document_build(shop, d, &sale, (int)n, NULL, out);
	}
	sale_done(&sale);
	return r;
}

static int
again_z(struct shop *shop, const char *z, char again[static 60],
    struct slip *out)
{
	struct closing	c;
	int64_t		shift, n;
	int		r;

	r = shift_by_name(shop, z, &shift);
	if (r == ERR_INVALID || r == ERR_NOT_FOUND) {
		return ERR_NOT_FOUND;
	}
	if (r != 0 || (r = closing_read(shop, shift, &c)) != 0) {
		return r;
	}
	r = shift_again(shop, &c, &n, again, out);
	closing_done(&c);
	return r;
}

static int
again_voucher(struct shop *shop, const char *name, const char *digits,
    char again[static 60], struct slip *out)
{
	int64_t	id, n;
	int	r;

	if (str_to_i64(digits, 1, INT64_MAX, &id) != 0) {
		return ERR_NOT_FOUND;
	}
	if ((r = voucher_again(shop, id, &n, out)) == 0) {
		(void)str_fmt(again, 60, "%s-D%lld", name, (long long)n);
	}
	return r;
}

/* A bill has no number: the journal says that it was printed once more, and
 * the spooler marks it. */
static int
again_note(struct shop *shop, const char *digits)
{
	char	info[80];
	int64_t	id;
	int	r;

	if (str_to_i64(digits, 1, INT64_MAX, &id) != 0) {
		return ERR_NOT_FOUND;
	}
	(void)str_fmt(info, sizeof(info), "sale %lld provisional again",
	    (long long)id);
	r = journal_event(shop, JET_NOTE, info);
	return r == 0 ? ERR_NOT_FOUND : r;
}

/* "1-000017-D2" is a print of "1-000017". */
static void
again_original(const char *ref, char out[static 60])
{
	char	*mark;
	size_t	 n;

	(void)str_copy(out, 60, ref);
	if ((mark = strrchr(out, '-')) != NULL && mark[1] == 'D') {
		n = strspn(mark + 2, "0123456789");
		if (n > 0 && mark[2 + n] == '\0') {
			*mark = '\0';
		}
	}
}

int
document_again(struct shop *shop, const char *ref, char again[static 60],
    struct slip *out)
{
	char		 name[60];
	const char	*card;

	again_original(ref, name);
	if (str_starts(name, "note ")) {
		return again_note(shop, name + 5);
	}
	if (name[0] == 'Z') {
		return again_z(shop, name, again, out);
	}
	card = name[0] == 'V' ? name + 1 : strstr(name, "-V");
	if (card != NULL) {
		return again_voucher(shop, name, card + (card[0] == '-' ? 2 :
		    0), again, out);
	}
	/* Quotations and orders ("D-", "C-") are promises, not counted; what
	 * was practised ("E1-000004") is, apart. */
	return name[0] == 'F' || name[0] == 'E' ||
	    (name[0] >= '0' && name[0] <= '9') ?
	    again_sale(shop, name, again, out) : ERR_NOT_FOUND;
}
