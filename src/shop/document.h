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
	X(INVOICE,   "invoice",   N_("invoice of a ticket")) \
	X(X,         "x",         N_("figures of an open shift")) \
	X(Z,         "z",         N_("closing of a shift")) \
	X(CREDIT,    "credit-note", N_("credit note")) \
	X(CARD,      "gift-card", N_("gift card")) \
	X(DRAWER,    "drawer",    N_("money in or out of the drawer")) \
	X(ACCOUNT,   "account",   N_("payment received on account"))

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
 * Inside a transaction: the document of a print job whose paper may have come
 * out already, by its name ("1-000017", "1-000017-D1", "F1-000003",
 * "Z1-000012", "V12", "note 17"), once more.  It is counted and told to the
 * journal as the law wants it (domain.md 1.3); its new name and its text.
 * ERR_NOT_FOUND: it is none that is counted.
 */
int	 document_again(struct shop *shop, const char *ref,
	    char again[static 60], struct slip *out) MUST_CHECK;
/* The template, or one to try, on the newest thing there is of its kind;
 * ERR_NOT_FOUND: there is none yet. */
int	 document_sample(struct shop *shop, enum document d,
	    const char *text, struct slip *out) MUST_CHECK;

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

#endif
