/* SPDX-License-Identifier: ISC */
/* From what was typed or scanned to the product it names: codes, barcodes,
 * labels of scales, GS1. */
#include <stdlib.h>
#include <string.h>

#include "shop/ean.h"
#include "shop/entry.h"
#include "shop/gs1.h"
#include "shop/product_part.h"
#include "shop/serial.h"
#include "sql/catalogue.h"
#include "sql/entry.h"
#include "sql/product.h"

#define SCAN_LONG	8		/* so long are barcodes, not codes */

static int
scan_barcode(struct shop *shop, const char *code, int64_t *id, int64_t *pack)
{
	struct q_product_id_by_barcode	row;
	int				r;

	*pack = 0;
	if ((r = q_product_id_by_barcode(shop->db, code, &row)) == 0) {
		*id = row.product;
		*pack = row.pack_null ? 0 : row.pack;
	}
	return r;
}

/* *pack is 0 for one of it.  No barcode is another product's code, so what is
 * likely is asked first: of a large catalogue each answer is a page to read.
 * Only a pack may be named by its own product's code, which then means one. */
static int
scan_code(struct shop *shop, const char *code, int64_t *id, int64_t *pack)
{
	struct q_product_id_by_code	row;
	bool				asked = strlen(code) >= SCAN_LONG;
	int				r = ERR_NOT_FOUND;

	if (asked && (r = scan_barcode(shop, code, id, pack)) !=
	    ERR_NOT_FOUND && (r != 0 || *pack == 0)) {
		return r;
	}
	if ((r = q_product_id_by_code(shop->db, code, &row)) == 0) {
		*id = row.id;
		*pack = 0;
		return 0;
	}
	return r == ERR_NOT_FOUND && (!asked || *pack != 0) ?
	    scan_barcode(shop, code, id, pack) : r;
}

int
product_id_of(struct shop *shop, const char *code, int64_t *id)
{
	int64_t	pack;

	return scan_code(shop, code, id, &pack);
}

/* As it is, then with and without the leading zeros that tell UPC-A, EAN-13
 * and GTIN-14 apart. */
static int
scan_number(struct shop *shop, const char *text, int64_t *id, int64_t *pack)
{
	char	wide[16];
	int	r;

	if ((r = scan_code(shop, text, id, pack)) != ERR_NOT_FOUND ||
	    !ean_is_valid(text)) {
		return r;
	}
	if (strlen(text) == 12) {
		(void)str_fmt(wide, sizeof(wide), "0%s", text);
		return scan_code(shop, wide, id, pack);
	}
	while (*text == '0' && strlen(text) > 12 && r == ERR_NOT_FOUND) {
		r = scan_code(shop, ++text, id, pack);
	}
	return r;
}

/* A label names its item by a product's code, with or without zeros. */
static int
scan_label_item(struct shop *shop, const char *item, int64_t *id)
{
	int	r = product_id_of(shop, item, id);

	while (r == ERR_NOT_FOUND && *item == '0' && item[1] != '\0') {
		r = product_id_of(shop, ++item, id);
	}
	return r;
}

static int
scan_label(struct shop *shop, const char *text, int64_t *id,
    struct scan *scan)
{
	struct q_pattern_all	*rows;
	struct label		 label;
	size_t			 n;
	int			 r;

	if (!entry_is_scan(text)) {
		return ERR_NOT_FOUND;
	}
	if ((r = q_pattern_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	r = ERR_NOT_FOUND;
	for (size_t i = 0; i < n && r == ERR_NOT_FOUND; i++) {
		if (!label_read(rows[i].pattern, (int)rows[i].decimals,
		    shop->money.digits, text, &label) ||
		    (r = scan_label_item(shop, label.item, id)) != 0) {
			continue;
		}
		scan->has_qty = label.has_weight;
		scan->qty = label.weight;
		scan->has_amount = label.has_price;
		scan->amount = label.price;
	}
	free(rows);
	return r;
}

/* What a GS1 text says of the piece besides its number. */
static int
scan_gs1_facts(const struct shop *shop, const struct gs1 *gs1,
    struct scan *scan)
{
	if (gs1->has_weight) {
		scan->has_qty = true;
		scan->qty = gs1->weight;
	} else if (gs1->has_count && gs1->count <= QTY_MAX / QTY_ONE) {
		scan->has_qty = true;
		scan->qty = gs1->count * QTY_ONE;
	}
	if (gs1->has_price) {
		scan->has_amount = gs1_amount(gs1, shop->money.digits,
		    &scan->amount);
		if (!scan->has_amount) {
			return err_set(ERR_RANGE, _("the price in this code "
			    "has too many decimals"));
		}
	}
	(void)str_copy(scan->lot, sizeof(scan->lot), gs1->lot);
	(void)str_copy(scan->expiry, sizeof(scan->expiry),
	    gs1->expiry[0] != '\0' ? gs1->expiry : gs1->best);
	return gs1->serial[0] == '\0' ? 0 :
	    serial_clean(gs1->serial, scan->serial);
}

static int
scan_text(struct shop *shop, const char *text, int64_t *id,
    struct scan *scan)
{
	const char	*bare = scan_bare(text, shop->set.scan_prefix);
	struct gs1	 gs1;
	int		 r;

	if ((r = scan_number(shop, bare, id, &scan->pack)) != ERR_NOT_FOUND ||
	    (r = scan_label(shop, bare, id, scan)) != ERR_NOT_FOUND ||
	    strlen(bare) <= 14 || !gs1_read(bare, &gs1)) {
		return r;
	}
	/* Some put a scale's label into the GTIN. */
	r = scan_number(shop, gs1.gtin, id, &scan->pack);
	if (r == ERR_NOT_FOUND && gs1.gtin[0] == '0') {
		r = scan_label(shop, gs1.gtin + 1, id, scan);
	}
	return r != 0 ? r : scan_gs1_facts(shop, &gs1, scan);
}

/* A price label sold by weight: the weight follows from the price, and the
 * price on the label stays what is paid (case D06). */
static int
scan_weigh(const struct product *p, struct scan *scan)
{
	int	r;

	if (!scan->has_amount || scan->has_qty) {
		return 0;
	}
	if (!p->by_weight || p->price == 0) {
		scan->qty = QTY_ONE;
	} else if ((r = muldiv(scan->amount, QTY_ONE, p->price,
	    &scan->qty)) != 0) {
		return r;
	}
	if (scan->qty == 0) {
		scan->qty = 1;
	}
	scan->has_qty = true;
	return 0;
}

/* The barcode of a pack: as many as it holds. */
static int
scan_pack(struct shop *shop, struct scan *scan)
{
	struct q_pack_get	row;
	int			r = q_pack_get(shop->db, scan->pack, &row);

	if (r == 0 && !scan->has_qty) {
		scan->has_qty = true;
		scan->qty = row.qty;
	}
	return r;
}

static int
scan_product(struct shop *shop, const char *text, bool counted,
    struct product *out, struct scan *scan)
{
	char	digits[64];
	int64_t	id = 0;
	int	r;

	r = scan_text(shop, text, &id, scan);
	if (r == ERR_NOT_FOUND && entry_unshift(text, digits, sizeof(digits))) {
		r = scan_text(shop, digits, &id, scan);
	}
	if (r == ERR_NOT_FOUND) {
		return err_set(ERR_NOT_FOUND, _("nothing has the code %.40s"),
		    text);
	}
	if (r != 0 || (r = product_read(shop, id, counted,
	    out)) != 0 ||
	    (scan->pack != 0 && (r = scan_pack(shop, scan)) != 0)) {
		return r;
	}
	return scan_weigh(out, scan);
}

int
scan_times(const struct scan *scan, int64_t times, int64_t *qty)
{
	return muldiv(times, scan->has_qty ? scan->qty : QTY_ONE, QTY_ONE,
	    qty);
}

/* One look at the catalogue, however many questions it takes. */
static int
scan_once(struct shop *shop, const char *text, bool counted,
    struct product *out, struct scan *scan)
{
	int	r;

	*out = (struct product){ 0 };
	*scan = (struct scan){ 0 };
	if ((r = db_read_begin(shop->db)) == 0) {
		r = scan_product(shop, text, counted, out, scan);
		db_read_end(shop->db);
	}
	return r;
}

int
product_scan(struct shop *shop, const char *text, struct product *out,
    struct scan *scan)
{
	return scan_once(shop, text, false, out, scan);
}

int
product_find(struct shop *shop, const char *text, struct product *out)
{
	struct scan	scan;

	return scan_once(shop, text, true, out, &scan);
}

int
product_barcode_of(struct shop *shop, const char *text, char *out,
    size_t size)
{
	const char		*bare = scan_bare(text,
				    shop->set.scan_prefix);
	struct q_pattern_all	*rows;
	struct label		 label;
	struct gs1		 gs1;
	char			 digits[64];
	size_t			 n;
	int			 r;

	out[0] = '\0';
	if (entry_unshift(bare, digits, sizeof(digits))) {
		bare = digits;
	}
	if (strlen(bare) > 14 && gs1_read(bare, &gs1)) {
		bare = gs1.gtin + (gs1.gtin[0] == '0' ? 1 : 0);
	}
	if ((r = q_pattern_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (label_read(rows[i].pattern, (int)rows[i].decimals,
		    shop->money.digits, bare, &label)) {
			r = err_set(ERR_INVALID, _("this is a scale's label "
			    "of item %s, which is not in the catalogue"),
			    label.item);
		}
	}
	free(rows);
	if (r == 0 && !str_copy(out, size, bare)) {
		r = err_set(ERR_TOO_LONG, _("too long for a code or a name"));
	}
	return r == 0 ? barcode_check(out) : r;
}
