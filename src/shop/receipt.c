/* SPDX-License-Identifier: ISC */
/* From a sale to paper: receipt, preview, duplicate (domain.md 1.6). */
#include "shop/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/words.h"
#include "shop/audit.h"
#include "shop/document.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/sale_part.h"
#include "shop/shift.h"
#include "shop/training.h"
#include "sql/sale.h"

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
	return document_build(shop, document_of(sale), sale, duplicate, NULL,
	    out);
}

/* --- duplicates --------------------------------------------------------- */

/* seq, docType, reprintNo, operator, dateTime, docNumber */
static int
duplicate_journal(struct shop *shop, const struct sale *sale,
    const char *number, const char *document, int64_t n, int64_t *record)
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
	/* The kind of document alone: which one it is the number says. */
	(void)str_fmt(payload, sizeof(payload), "%lld,%.*s,%lld,%lld,%s,%s",
	    (long long)place.seq, (int)strcspn(document, " "), document,
	    (long long)n, (long long)shop->who.user, when, number);
	return journal_add(shop, &place, payload, "", sale->id, hash, record);
}

int
receipt_duplicate(struct shop *shop, const struct sale *sale,
    const char *number, const char *document, int64_t *n)
{
	struct q_duplicate_last	last;
	int64_t			record, shift;
	int			r;

	if ((r = q_duplicate_last(shop->db, sale->id, document,
	    &last)) != 0 || (r = shift_now(shop, &shift)) != 0) {
		return r;
	}
	*n = last.n + 1;
	if ((r = duplicate_journal(shop, sale, number, document, *n,
	    &record)) == 0) {
		r = q_duplicate_add(shop->db, sale->id, document, *n,
		    shop_now(), some(&shop->who.user), record, some(&shift));
	}
	return r;
}

static int
reprint_write(struct shop *shop, const struct sale *sale, int64_t printer,
    int64_t *n)
{
	struct slip	slip = { 0 };
	char		ref[48];
	int64_t		job;
	int		r;

	if ((r = receipt_duplicate(shop, sale, sale->ticket, "Ticket",
	    n)) != 0) {
		return r;
	}
	(void)str_fmt(ref, sizeof(ref), "%s-D%lld", sale->ticket,
	    (long long)*n);
	if ((r = audit_add(shop, "sale.reprint", "sale", sale->id,
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
		;			/* the words are set */
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
