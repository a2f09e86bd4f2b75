/* SPDX-License-Identifier: ISC */
/* Labels as slips: any receipt or label printer prints them, and sheets of
 * them a printer of pages. */
#include "shop/label_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/catalogue.h"
#include "shop/ean.h"
#include "shop/print.h"
#include "shop/product_part.h"
#include "shop/setting.h"
#include "sql/catalogue.h"
#include "sql/label.h"

int
label_kind_find(const char *name, enum label_kind *out)
{
	*out = strcmp(name, "item") == 0 ? LABEL_ITEM : LABEL_SHELF;
	return *out == LABEL_ITEM || strcmp(name, "shelf") == 0 ? 0 :
	    err_set(ERR_INVALID, _("labels are shelf or item"));
}

/* Its first barcode of thirteen digits, else any, else its code. */
static int
label_code(struct shop *shop, const struct product *p, struct slip *slip)
{
	struct buf	codes = { 0 };
	char		first[BARCODE_MAX + 1];
	const char	*at;
	int		r;

	if ((r = product_barcodes(shop, p->id, &codes)) != 0) {
		return r;
	}
	(void)str_copy(first, sizeof(first), p->code);
	for (at = buf_text(&codes); *at != '\0'; at += strspn(at, " ")) {
		size_t	n = strcspn(at, " ");

		(void)str_fmt(first, sizeof(first), "%.*s", (int)n, at);
		at += n;
		if (n == 13 && ean_is_valid(first)) {
			break;
		}
	}
	buf_done(&codes);
	return strlen(first) == 13 && ean_is_valid(first) ?
	    slip_ean13(slip, first) : slip_code128(slip, first);
}

static int
label_one(struct shop *shop, enum label_kind kind, const struct product *p,
    struct slip *slip)
{
	struct product_info	info;
	char			price[MONEY_TEXT], each[MONEY_TEXT];
	int64_t			unit;
	int			r;

	if ((r = product_info_get(shop, p->id, &info)) != 0 ||
	    (r = product_unit_price(p, &info, &unit)) != 0) {
		return r;
	}
	money_symbol(&shop->money, p->price, price);
	slip_text(slip, SLIP_LEFT, SLIP_BOLD, p->name);
	if (info.brand[0] != '\0') {
		slip_text(slip, SLIP_LEFT, 0, info.brand);
	}
	if (kind == LABEL_SHELF) {
		slip_fmt(slip, SLIP_RIGHT, SLIP_WIDE | SLIP_HIGH, "%s%s%s",
		    price, p->by_weight ? "/" : "",
		    p->by_weight ? p->unit : "");
		if (unit > 0) {
			money_symbol(&shop->money, unit, each);
			slip_fmt(slip, SLIP_RIGHT, 0, "%s/%s", each,
			    info.content_unit);
		}
		if (info.origin[0] != '\0') {
			slip_text(slip, SLIP_LEFT, 0, info.origin);
		}
	} else {
		slip_columns(slip, SLIP_BOLD, p->code, price);
	}
	if ((r = label_code(shop, p, slip)) == 0) {
		slip_cut(slip, false);
	}
	return r;
}

/* Tenths of a millimetre: "70", "-0.5". */
static bool
label_tenths(const char **at, int *out)
{
	int	sign = **at == '-' ? -1 : 1, n = 0, digits = 0;

	*at += **at == '-' ? 1 : 0;
	for (; **at >= '0' && **at <= '9' && digits < 4; (*at)++, digits++) {
		n = n * 10 + (**at - '0');
	}
	n *= 10;
	if (**at == '.' && (*at)[1] >= '0' && (*at)[1] <= '9') {
		n += (*at)[1] - '0';
		*at += 2;
	}
	*out = sign * n;
	return digits > 0;
}

/* "3x8:70x37+0+0.5+2.5+0" */
static int
label_measures(const char *text, struct slip_sheet *out)
{
	int	*const	part[] = { &out->across, &out->down, &out->width,
			    &out->height, &out->left, &out->top,
			    &out->beside, &out->below };
	static const char	after[] = "x:x++++";
	const char		*at = text;

	for (size_t i = 0; i < NELEM(part) &&
	    label_tenths(&at, part[i]); i++) {
		if (*at == '\0' && i >= 3) {
			out->across /= 10;
			out->down /= 10;
			return 0;
		}
		if (i == NELEM(part) - 1 || *at++ != after[i]) {
			break;
		}
	}
	return err_set(ERR_INVALID, _("no sheet \"%.40s\": roll, a4-3x8, "
	    "a4-3x7, a4-2x7, a4-2x4, a4-4x10, a4-5x13, or its measures in "
	    "mm: 3x8:70x37+0+0.5"), text);
}

static int
label_find_sheet(const char *name, struct slip_sheet *out)
{
	static const struct {
		const char		*name;
		struct slip_sheet	 sheet;
	} sheets[] = {
#define X(called, ...) { called, { __VA_ARGS__, 0 } },
		LABEL_SHEETS(X)
#undef X
	};

	for (size_t i = 0; i < NELEM(sheets); i++) {
		if (strcmp(sheets[i].name, name) == 0) {
			*out = sheets[i].sheet;
			return 0;
		}
	}
	return label_measures(name, out);
}

int
label_sheet(struct shop *shop, const struct label_how *how,
    struct slip_sheet *out)
{
	char		 name[LABEL_SHEET_NAME], offset[16];
	const char	*at;
	int		 right = 0, down = 0, r;

	*out = (struct slip_sheet){ 0 };
	if ((r = setting_get(shop, "label_sheet", name, sizeof(name))) != 0 ||
	    (r = setting_get(shop, "label_offset", offset,
	    sizeof(offset))) != 0) {
		return r;
	}
	if ((how->sheet != NULL && !str_copy(name, sizeof(name),
	    how->sheet)) || (how->offset != NULL && !str_copy(offset,
	    sizeof(offset), how->offset))) {
		return err_set(ERR_TOO_LONG, _("no sheet is called so"));
	}
	if (name[0] == '\0' || strcmp(name, "roll") == 0) {
		return how->start <= 1 ? 0 : err_set(ERR_INVALID,
		    _("a roll begins where it is; say a sheet"));
	}
	if ((r = label_find_sheet(name, out)) != 0) {
		return r;
	}
	at = offset;
	if (*at != '\0' && (!label_tenths(&at, &right) || *at++ != ',' ||
	    !label_tenths(&at, &down) || *at != '\0')) {
		return err_set(ERR_INVALID, _("an offset is right and down in "
		    "mm: 1.5,-0.5"));
	}
	out->left += right;
	out->top += down;
	if (how->start > out->across * out->down) {
		return err_set(ERR_RANGE, _("the sheet has %d labels"),
		    out->across * out->down);
	}
	out->skip = how->start > 1 ? (int)how->start - 1 : 0;
	return 0;
}

int
label_slip(struct shop *shop, const struct label_how *how,
    const struct label_some *some, size_t n, struct slip *slip,
    int64_t *labels)
{
	struct slip_sheet	sheet;
	struct product		p;
	int			r;

	*labels = 0;
	for (size_t i = 0; i < n; i++) {
		*labels += some[i].copies;
	}
	if (*labels == 0) {
		return err_set(ERR_EMPTY, _("no label to print"));
	}
	if (*labels > LABEL_MOST) {
		return err_set(ERR_RANGE, _("at most %d labels of an item, "
		    "%d at once"), LABEL_COPIES, LABEL_MOST);
	}
	if ((r = label_sheet(shop, how, &sheet)) != 0 ||
	    (sheet.across > 0 && (r = slip_sheet(slip, &sheet)) != 0)) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if ((r = product_get(shop, some[i].product, &p)) != 0) {
			return r;
		}
		for (int64_t k = 0; k < some[i].copies; k++) {
			if ((r = label_one(shop, how->kind, &p, slip)) != 0) {
				return r;
			}
		}
	}
	return 0;
}

/* Sheets go to a printer of pages, whatever this terminal's is. */
static int
label_printer(struct shop *shop, const struct label_how *how, int64_t *id)
{
	struct slip_sheet	sheet;
	struct q_label_printer	row;
	int			r;

	*id = how->printer;
	if (*id != 0) {
		return 0;
	}
	if ((r = label_sheet(shop, how, &sheet)) != 0) {
		return r;
	}
	if (sheet.across == 0) {
		if ((r = printer_for(shop, shop->who.terminal, id)) != 0) {
			return r;
		}
		return *id != 0 ? 0 : err_set(ERR_NOT_FOUND,
		    _("there is no printer"));
	}
	if ((r = q_label_printer(shop->db, "pdf", &row)) == 0) {
		*id = row.id;
	}
	return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND, _("no printer "
	    "of whole pages; printer add NAME cups:QUEUE --driver pdf makes "
	    "one"));
}

int
label_queue(struct shop *shop, const struct label_how *how, int64_t first,
    int64_t labels, struct slip *slip, int64_t *job)
{
	char	detail[32];
	int64_t	printer;
	int	r;

	(void)str_fmt(detail, sizeof(detail), "%lld", (long long)labels);
	if ((r = label_printer(shop, how, &printer)) != 0 ||
	    (r = print_add(shop, printer, PRINT_LABEL, "labels", slip,
	    job)) != 0) {
		return r;
	}
	return audit_add(shop, "label.print", "product", first, detail);
}

int
label_print(struct shop *shop, const struct label_how *how,
    const int64_t *products, size_t n, int64_t copies, int64_t *job)
{
	struct label_some	*some;
	struct slip		 slip = { 0 };
	int64_t			 labels;
	int			 r;

	*job = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0) {
		return r;
	}
	if (copies < 1 || copies > LABEL_COPIES) {
		return err_set(ERR_RANGE, _("at most %d labels of an item, "
		    "%d at once"), LABEL_COPIES, LABEL_MOST);
	}
	some = xcalloc(n + 1, sizeof(*some));
	for (size_t i = 0; i < n; i++) {
		some[i] = (struct label_some){ products[i], copies };
	}
	if ((r = label_slip(shop, how, some, n, &slip, &labels)) == 0 &&
	    (r = db_begin(shop->db, "labels")) == 0) {
		if ((r = label_queue(shop, how, products[0], labels, &slip,
		    job)) != 0) {
			db_rollback(shop->db);
		} else {
			r = db_commit(shop->db);
		}
	}
	free(some);
	slip_done(&slip);
	return r;
}

int
label_due(struct shop *shop, const char *day, int64_t **out, size_t *n)
{
	struct q_price_changed_since	*rows;
	int				 r;

	*out = NULL;
	*n = 0;
	if ((r = clock_day_check(day)) != 0 ||
	    (r = q_price_changed_since(shop->db, day, &rows, n)) != 0) {
		return r;
	}
	*out = xcalloc(*n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		(*out)[i] = rows[i].id;
	}
	free(rows);
	return 0;
}
