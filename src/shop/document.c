/* SPDX-License-Identifier: ISC */
/* Papers: their templates, and which of them the law wants. */
#include "shop/document.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/document_part.h"
#include "shop/journal.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/slip.h"
#include "sql/document.h"

#define LOGO_BYTES	(512 * 80)

static const struct {
	const char	*name, *text;
} documents[DOCUMENT_COUNT] = {
#define X(id, name, text) { name, text },
	DOCUMENTS(X)
#undef X
};

const char *
document_name(enum document d)
{
	return documents[d].name;
}

const char *
document_text(enum document d)
{
	return _(documents[d].text);
}

int
document_find(const char *name, enum document *out)
{
	char	list[160] = "";

	for (enum document d = 0; d < DOCUMENT_COUNT; d++) {
		if (strcmp(documents[d].name, name) == 0) {
			*out = d;
			return 0;
		}
	}
	*out = DOCUMENT_RECEIPT;
	for (enum document d = 0; d < DOCUMENT_COUNT; d++) {
		size_t	used = strlen(list);

		(void)str_fmt(list + used, sizeof(list) - used, "%s%s",
		    d > 0 ? ", " : "", documents[d].name);
	}
	return err_set(ERR_NOT_FOUND, _("there is no paper \"%.20s\"; one of "
	    "%s"), name, list);
}

int
document_template(struct shop *shop, enum document d, struct buf *out,
    bool *own)
{
	struct q_document_template	row;
	char				was[8];
	int				r;

	*own = false;
	r = q_document_template(shop->db, documents[d].name, &row);
	if (r == 0) {
		buf_str(out, row.text);
		*own = true;
	} else if (r == ERR_NOT_FOUND) {
		receipt_language(shop->set.language, was);
		document_usual(d, out);
		receipt_language(was, NULL);
		r = 0;
	}
	return r;
}

/* Clean but for the ends of its lines. */
static bool
text_clean(const char *text)
{
	char	*own = xstrdup(text);
	bool	 clean;

	for (char *p = own; *p != '\0'; p++) {
		if (*p == '\n' || *p == '\r') {
			*p = ' ';
		}
	}
	clean = utf8_is_clean(own);
	free(own);
	return clean;
}

int
document_set(struct shop *shop, enum document d, const char *text)
{
	int64_t	n;
	int	line, r;

	if ((r = shop_require(shop, RIGHT_DOCUMENT)) != 0) {
		return r;
	}
	if (!text_clean(text)) {
		return err_set(ERR_INVALID, _("the text is no clean UTF-8"));
	}
	if ((r = template_check(text, &line)) != 0 ||
	    (r = db_begin(shop->db, "template")) != 0) {
		return r;
	}
	r = text[0] == '\0' ?
	    q_document_template_drop(shop->db, documents[d].name, &n) :
	    q_document_template_put(shop->db, documents[d].name, text,
	    shop_now(), some(&shop->who.user));
	if (r == 0 && (r = journal_event(shop, JET_SETTING,
	    documents[d].name)) == 0) {
		r = audit_add(shop, "document.template", documents[d].name,
		    0, "");
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "setting");
	return db_commit(shop->db);
}

/* --- the logo ------------------------------------------------------------- */

/* The next number of a PBM's head; comments run to the end of a line. */
static bool
pbm_number(const unsigned char **at, const unsigned char *end, int *out)
{
	const unsigned char	*p = *at;
	int			 n = 0, digits = 0;

	while (p < end && (isspace(*p) || *p == '#')) {
		if (*p == '#') {
			while (p < end && *p != '\n') {
				p++;
			}
		} else {
			p++;
		}
	}
	for (; p < end && isdigit(*p) && digits < 5; p++, digits++) {
		n = n * 10 + (*p - '0');
	}
	*at = p;
	*out = n;
	return digits > 0 && digits < 5;
}

/* P1 (digits) or P4 (bits) into rows of bytes. */
static bool
pbm_read(const unsigned char *p, const unsigned char *end, bool bits,
    int width, int height, unsigned char *dots)
{
	size_t	stride = (size_t)(width + 7) / 8;

	if (bits) {
		/* One white byte ends the head. */
		if (end - p < 1 ||
		    (size_t)(end - p - 1) < stride * (size_t)height) {
			return false;
		}
		memcpy(dots, p + 1, stride * (size_t)height);
		return true;
	}
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++, p++) {
			while (p < end && isspace(*p)) {
				p++;
			}
			if (p == end || (*p != '0' && *p != '1')) {
				return false;
			}
			if (*p == '1') {
				dots[(size_t)y * stride + (size_t)x / 8] |=
				    (unsigned char)(0x80 >> (x % 8));
			}
		}
	}
	return true;
}

int
document_logo_set(struct shop *shop, const void *pbm, size_t n)
{
	static unsigned char	 dots[LOGO_BYTES];
	const unsigned char	*p = pbm, *end = p + n;
	int64_t			 gone;
	int			 width = 0, height = 0, r;
	bool			 bits;

	if ((r = shop_require(shop, RIGHT_DOCUMENT)) != 0) {
		return r;
	}
	memset(dots, 0, sizeof(dots));
	bits = n > 2 && p[0] == 'P' && p[1] == '4';
	if (n > 0 && (n < 3 || p[0] != 'P' || (p[1] != '1' && !bits) ||
	    (p += 2, !pbm_number(&p, end, &width)) ||
	    !pbm_number(&p, end, &height) || width < 1 || width > 640 ||
	    height < 1 || height > 512 ||
	    !pbm_read(p, end, bits, width, height, dots))) {
		return err_set(ERR_INVALID, _("the picture is no PBM (P1 or "
		    "P4) of at most 640 by 512 dots"));
	}
	if ((r = db_begin(shop->db, "logo")) != 0) {
		return r;
	}
	r = n == 0 ? q_document_logo_drop(shop->db, &gone) :
	    q_document_logo_put(shop->db, width, height, dots,
	    ((size_t)width + 7) / 8 * (size_t)height);
	if (r == 0 && (r = journal_event(shop, JET_SETTING, "logo")) == 0) {
		r = audit_add(shop, "document.logo", "", 0, "");
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* --- making one ----------------------------------------------------------- */

enum document
document_of(const struct sale *sale)
{
	return sale->ticket[0] != '\0' || sale->kind == SALE_SALE ?
	    DOCUMENT_RECEIPT : DOCUMENT_PROMISE;
}

int
document_build(struct shop *shop, enum document d, const struct sale *sale,
    int duplicate, const char *text, struct slip *out)
{
	struct paper_sale	of = { sale, duplicate,
				    d == DOCUMENT_INVOICE };

	return document_make(shop, d, text, paper_of_sale, &of, out);
}

/* --- is it printed without being asked ------------------------------------ */

/* Where a law says so: services from this amount on (France, decree
 * 2022-1565 and arrete 83-50/A), meals always (arrete 25-361). */
static const struct {
	const char	*country;
	int64_t		 service;
} note_rules[] = {
	{ "FR", 2500 },
};

static int
law_wants(struct shop *shop, const struct sale *sale, bool *out)
{
	struct q_document_natures	*rows;
	int64_t				 services = 0, from = 0;
	size_t				 n;
	int				 r;

	*out = false;
	for (size_t i = 0; i < NELEM(note_rules); i++) {
		if (strcmp(note_rules[i].country, shop->set.country) == 0) {
			from = note_rules[i].service;
		}
	}
	if (from == 0) {
		return 0;
	}
	if ((r = q_document_natures(shop->db, sale->id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].nature, "service") == 0) {
			services += rows[i].amount;
		}
		if (strcmp(rows[i].nature, "guarantee") == 0 ||
		    (rows[i].nature[0] == '\0' &&
		    (strcmp(rows[i].tax_class, "meal") == 0 ||
		    strcmp(rows[i].tax_class, "drink") == 0)) ||
		    strcmp(rows[i].unit, "kg") == 0 || rows[i].returned) {
			*out = true;
		}
	}
	free(rows);
	*out = *out || services >= from || sale->total < 0;
	return 0;
}

int
document_wanted(struct shop *shop, const struct sale *sale, bool *out)
{
	*out = true;
	return shop->set.receipt_ask ? law_wants(shop, sale, out) : 0;
}

int
product_nature_set(struct shop *shop, int64_t product, const char *nature)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	if (strcmp(nature, "goods") != 0 && strcmp(nature, "service") != 0 &&
	    strcmp(nature, "guarantee") != 0) {
		return err_set(ERR_INVALID, _("%.20s is no nature; one of "
		    "goods, service, guarantee"), nature);
	}
	if ((r = db_begin(shop->db, "product nature")) != 0) {
		return r;
	}
	if ((r = q_document_nature_put(shop->db, product,
	    strcmp(nature, "goods") == 0 ? "" : nature, shop_now(),
	    &n)) == 0) {
		r = audit_add(shop, "product.nature", "product", product,
		    nature);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}
