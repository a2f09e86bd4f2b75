/* SPDX-License-Identifier: ISC */
/* Papers and what they look like: a template each, the program's own until a
 * manager changes it (template.h has the language). */
#ifndef SHOP_DOCUMENT_H
#define SHOP_DOCUMENT_H

#include "base/buf.h"
#include "shop/sale.h"
#include "shop/template.h"

struct slip;

#define DOCUMENTS(X) \
	X(RECEIPT,   "receipt",   N_("receipt of a ticket")) \
	X(NOTE,      "note",      N_("bill before it is paid")) \
	X(PROMISE,   "quotation", N_("quotation or order")) \
	X(INVOICE,   "invoice",   N_("invoice of a ticket"))

enum document {
#define X(id, name, text) DOCUMENT_##id,
	DOCUMENTS(X)
#undef X
	DOCUMENT_COUNT
};
const char *document_name(enum document d);
const char *document_text(enum document d);		/* translated */
int	 document_find(const char *name, enum document *out) MUST_CHECK;

/* The template as it is now; *own says whether a manager changed it. */
int	 document_template(struct shop *shop, enum document d,
	    struct buf *out, bool *own) MUST_CHECK;
/* Right "document"; "" goes back to the program's own.  Refused with the
 * number of the line when it is no template. */
int	 document_set(struct shop *shop, enum document d, const char *text)
	    MUST_CHECK;
/* Right "document": a picture for {logo}, as PBM (P1 or P4, at most 640 dots
 * wide and 512 high); n 0 takes it away. */
int	 document_logo_set(struct shop *shop, const void *pbm, size_t n)
	    MUST_CHECK;

/*
 * A paper about a sale, in the shop's language.  duplicate 0: the original,
 * n: DUPLICATA n.  `text` NULL: the template as it is, else one to try.
 */
int	 document_build(struct shop *shop, enum document d,
	    const struct sale *sale, int duplicate, const char *text,
	    struct slip *out) MUST_CHECK;
/* The one a sale as it is now would be printed with. */
enum document document_of(const struct sale *sale);

/*
 * Whether the law or the shop has a receipt printed without being asked
 * (domain.md 1.6, case K04): by the setting receipt_print always, or else what
 * the country's law wants; the others when asked (receipt_request).
 */
int	 document_wanted(struct shop *shop, const struct sale *sale,
	    bool *out) MUST_CHECK;

/* Right "product".  What the law calls an item: "goods", "service" or
 * "guarantee" (two years' conformity, said on paper). */
int	 product_nature_set(struct shop *shop, int64_t product,
	    const char *nature) MUST_CHECK;

/* Inside document_build(): what an invoice has beside its ticket. */
int	 paper_of_invoice(struct shop *shop, const struct sale *sale,
	    struct paper *out) MUST_CHECK;
/* paper_sale.c: the values of a sale for a template. */
int	 paper_of_sale(struct shop *shop, const struct sale *sale,
	    int duplicate, struct paper *out) MUST_CHECK;

#endif
