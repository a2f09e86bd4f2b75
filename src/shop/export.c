/* SPDX-License-Identifier: ISC */
/* The catalogue to CSV or JSON, as the import reads it. */
#include <string.h>

#include "base/json.h"
#include "shop/import_part.h"
#include "shop/journal.h"

struct export {
	struct shop		*shop;
	struct money_style	 plain;		/* 1234.50 */
	struct json		 json;
	struct buf		 out, codes, packs;
	int			 fd;
	unsigned		 how;
	/* Of one product: texts, or a number where there is one. */
	const char		*text[COL_COUNT];
	int64_t			 number[COL_COUNT];
	bool			 has[COL_COUNT];
};

/* Who may not see costs gets a file without these columns: imported again, it
 * changes none. */
static bool
export_hides(const struct export *ex, enum column c)
{
	return (c == COL_COST || c == COL_MARGIN) &&
	    !shop_may(ex->shop, RIGHT_COST);
}

static void
export_text(struct export *ex, enum column c, const char *text)
{
	ex->text[c] = text;
	ex->has[c] = text[0] != '\0';
}

static void
export_number(struct export *ex, enum column c, bool has, int64_t v)
{
	ex->has[c] = has;
	ex->number[c] = v;
}

static void
export_fields(struct export *ex, const struct product *p,
    const struct product_info *i)
{
	export_text(ex, COL_CODE, p->code);
	export_text(ex, COL_NAME, p->name);
	export_text(ex, COL_CATEGORY, p->category);
	export_text(ex, COL_CLASS, p->tax_class);
	export_text(ex, COL_UNIT, p->unit);
	export_number(ex, COL_PRICE, true, p->price);
	export_text(ex, COL_BARCODES, buf_text(&ex->codes));
	export_number(ex, COL_STOCK, p->tracked, p->stock);
	export_text(ex, COL_KIND, product_kind_name(p->kind));
	export_number(ex, COL_MIN, p->min_price != 0, p->min_price);
	export_number(ex, COL_MAX, p->max_price != 0, p->max_price);
	export_number(ex, COL_SERIALS, p->serials, 1);
	export_text(ex, COL_BRAND, i->brand);
	export_text(ex, COL_ORIGIN, i->origin);
	export_number(ex, COL_LOTS, i->lots, 1);
	export_number(ex, COL_KEEPS, i->keeps != 0, i->keeps);
	export_number(ex, COL_COST, i->has_cost, i->cost);
	export_number(ex, COL_MARGIN, i->margin != 0, i->margin);
	export_number(ex, COL_REORDER_MIN, i->has_reorder, i->reorder_min);
	export_number(ex, COL_REORDER_MAX, i->has_reorder, i->reorder_max);
	export_text(ex, COL_PACKS, buf_text(&ex->packs));
	export_number(ex, COL_ACTIVE, true, p->active);
}

static void
export_csv(struct export *ex, enum column c, bool last)
{
	char	text[MONEY_TEXT] = "";

	switch (import_columns[c].kind) {
	case 'M':
		money_plain(&ex->plain, ex->number[c], text);
		break;
	case 'Q':
		qty_plain('.', ex->number[c], text);
		break;
	case 'R':
		rate_plain('.', ex->number[c], text);
		break;
	case 'N':
		(void)str_fmt(text, sizeof(text), "%lld",
		    (long long)ex->number[c]);
		break;
	case 'B':
		(void)str_copy(text, sizeof(text),
		    ex->number[c] != 0 ? "yes" : "no");
		break;
	default:
		csv_field(&ex->out, ex->text[c], last);
		return;
	}
	csv_field(&ex->out, ex->has[c] ? text : "", last);
}

static void
export_list(struct export *ex, const char *words)
{
	struct buf	word = { 0 };

	json_array(&ex->json);
	while (*words != '\0') {
		size_t	n = strcspn(words, " ");

		buf_clear(&word);
		buf_add(&word, words, n);
		json_text(&ex->json, buf_text(&word));
		words += n + strspn(words + n, " ");
	}
	json_end_array(&ex->json);
	buf_done(&word);
}

static void
export_json(struct export *ex, enum column c)
{
	json_key(&ex->json, import_columns[c].name);
	switch (import_columns[c].kind) {
	case 'T':
		json_text(&ex->json, ex->text[c]);
		break;
	case 'L':
		export_list(ex, ex->text[c]);
		break;
	case 'B':
		json_bool(&ex->json, ex->has[c] && ex->number[c] != 0);
		break;
	default:
		if (ex->has[c]) {
			json_i64(&ex->json, ex->number[c]);
		} else {
			json_null(&ex->json);
		}
		break;
	}
}

static int
export_one(void *ctx, const struct product *p)
{
	struct export		*ex = ctx;
	struct product_info	 info;
	char			 names[ALLERGEN_TEXT], content[MONEY_TEXT];
	int			 r;

	if (!p->active && (ex->how & EXPORT_ALL) == 0) {
		return 0;
	}
	buf_clear(&ex->codes);
	buf_clear(&ex->packs);
	if ((r = product_barcodes(ex->shop, p->id, &ex->codes)) != 0 ||
	    (r = packs_text(ex->shop, p->id, &ex->packs)) != 0 ||
	    (r = product_info_get(ex->shop, p->id, &info)) != 0) {
		return r;
	}
	allergens_words(info.allergens, names);
	content_text('.', &info, content);
	export_fields(ex, p, &info);
	export_text(ex, COL_ALLERGENS, names);
	export_text(ex, COL_CONTENT, content);
	if ((ex->how & EXPORT_JSON) != 0) {
		json_object(&ex->json);
		for (enum column c = 0; c < COL_COUNT; c++) {
			if (!export_hides(ex, c)) {
				export_json(ex, c);
			}
		}
		json_end_object(&ex->json);
		buf_chr(&ex->out, '\n');
	} else {
		for (enum column c = 0; c < COL_COUNT; c++) {
			if (!export_hides(ex, c)) {
				export_csv(ex, c, c + 1 == COL_COUNT);
			}
		}
	}
	if (ex->out.len >= 65536) {
		r = io_write_all(ex->fd, ex->out.data, ex->out.len);
		buf_clear(&ex->out);
	}
	return r;
}

int
product_export(struct shop *shop, int fd, unsigned how)
{
	struct export	ex = { .shop = shop, .fd = fd, .plain = shop->money,
			    .how = how };
	int		r;

	if ((r = shop_require(shop, RIGHT_LOOK)) != 0) {
		return r;
	}
	ex.json.out = &ex.out;
	ex.plain.mark = '.';
	ex.plain.group[0] = '\0';
	if ((how & EXPORT_JSON) != 0) {
		json_array(&ex.json);
		buf_chr(&ex.out, '\n');
	}
	for (enum column c = 0; c < COL_COUNT && (how & EXPORT_JSON) == 0;
	    c++) {
		if (!export_hides(&ex, c)) {
			csv_field(&ex.out, import_columns[c].name,
			    c + 1 == COL_COUNT);
		}
	}
	if ((r = product_list(shop, NULL, 0, export_one, &ex)) == 0 &&
	    (r = journal_export(shop, "products")) == 0) {
		if ((how & EXPORT_JSON) != 0) {
			json_end_array(&ex.json);
			buf_chr(&ex.out, '\n');
		}
		r = io_write_all(fd, ex.out.data, ex.out.len);
	}
	buf_done(&ex.out);
	buf_done(&ex.codes);
	buf_done(&ex.packs);
	return r;
}
